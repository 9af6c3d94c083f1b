//! Counts over very many lanes, without asking each of them.
//!
//! The four sorted arrays of all lanes are dealt into cells of time, a power of two of units wide. What lies before a
//! moment is what lies in earlier cells, which is added up beforehand, and what a binary search finds in its own. Inside a
//! cell four bytes tell where a value lies, so that all of it is half as large as the arrays that it is made of.

use super::lane::{CountRange, Lane};
use crate::task;
use std::sync::Arc;

/// The counts of all lanes as one.
#[derive(Clone, Debug)]
pub(super) struct Together {
    events: usize,
    starts: Column,
    ends: Column,
    sure_starts: Column,
    sure_ends: Column,
    /// The longest span of doubt of any event.
    longest: i64,
}

/// Values in cells.
#[derive(Clone, Debug)]
struct Column {
    cells: Cells,
    /// Values before the first cell, and those after the last one, sorted.
    outside: [Vec<i64>; 2],
    /// How many values stand in earlier cells, for each cell and for the end.
    begins: Vec<u32>,
    /// How far after its cell's edge each value lies, sorted in each cell.
    inside: Vec<u32>,
}

/// Equal cells of time.
#[derive(Clone, Copy, Debug)]
struct Cells {
    origin: i64,
    /// Cells are `1 << shift` units wide.
    shift: u32,
    count: usize,
}

/// No more cells are made.
const MOST_CELLS: i128 = 1 << 17;

impl Cells {
    /// Cells for all moments that lanes know; `None` where they would be too wide to tell their moments by four bytes.
    fn of(lanes: &[Arc<Lane>]) -> Option<Self> {
        let known = |value: &i64| *value != i64::MIN && *value != i64::MAX;
        let sorted = || lanes.iter().map(|lane| lane.sorted());
        let first = sorted().filter_map(|sorted| sorted.starts.iter().copied().find(known)).min()?;
        let last = sorted().filter_map(|sorted| sorted.ends.iter().rev().copied().find(known)).max()?;
        let width = (i128::from(last) - i128::from(first)).max(1);
        let shift = (0..=32).find(|shift| width >> shift < MOST_CELLS)?;
        Some(Self { origin: first, shift, count: (width >> shift) as usize + 1 })
    }

    /// The cell of a value, and how far after its edge it lies; else whether it lies after all cells.
    fn place(self, value: i64) -> Result<(usize, u32), bool> {
        let offset = i128::from(value) - i128::from(self.origin);
        let cell = offset >> self.shift;
        match usize::try_from(cell) {
            Ok(at) if at < self.count => Ok((at, (offset - (cell << self.shift)) as u32)),
            Ok(_) => Err(true),
            Err(_) => Err(false),
        }
    }
}

impl Column {
    fn new<'a>(cells: Cells, values: impl Iterator<Item = &'a [i64]> + Clone) -> Self {
        let mut begins = vec![0_u32; cells.count + 1];
        let mut outside: [Vec<i64>; 2] = Default::default();
        for value in values.clone().flatten() {
            match cells.place(*value) {
                Ok((cell, _)) => begins[cell + 1] += 1,
                Err(after) => outside[usize::from(after)].push(*value),
            }
        }
        for cell in 0..cells.count {
            begins[cell + 1] += begins[cell];
        }
        let mut next = begins.clone();
        let mut inside = vec![0_u32; begins[cells.count] as usize];
        for (cell, offset) in values.flatten().filter_map(|value| cells.place(*value).ok()) {
            inside[next[cell] as usize] = offset;
            next[cell] += 1;
        }
        for cell in 0..cells.count {
            inside[begins[cell] as usize..begins[cell + 1] as usize].sort_unstable();
        }
        for values in &mut outside {
            values.sort_unstable();
        }
        Self { cells, outside, begins, inside }
    }

    /// How many values are less than a moment.
    fn before(&self, at: i64) -> usize {
        let [early, late] = &self.outside;
        let before = |values: &[i64]| values.partition_point(|value| *value < at);
        match self.cells.place(at) {
            Ok((cell, offset)) => {
                let (from, to) = (self.begins[cell] as usize, self.begins[cell + 1] as usize);
                early.len() + from + self.inside[from..to].partition_point(|value| *value < offset)
            }
            Err(false) => before(early),
            Err(true) => early.len() + self.inside.len() + before(late),
        }
    }

    /// How many are not greater.
    fn until(&self, at: i64) -> usize {
        match at.checked_add(1) {
            Some(next) => self.before(next),
            None => self.inside.len() + self.outside.iter().map(Vec::len).sum::<usize>(),
        }
    }
}

impl Together {
    /// All lanes as one; `None` where their time is too long for its unit.
    pub(super) fn new(lanes: &[Arc<Lane>]) -> Option<Self> {
        type Of = fn(&Lane) -> &[i64];
        let cells = Cells::of(lanes)?;
        let columns: [Of; 4] = [
            |lane| &lane.sorted().starts,
            |lane| &lane.sorted().ends,
            |lane| &lane.sorted().sure_starts,
            |lane| &lane.sorted().sure_ends,
        ];
        let made =
            task::in_parallel(columns.into_iter(), |of| Column::new(cells, lanes.iter().map(move |lane| of(lane))));
        let [starts, ends, sure_starts, sure_ends] = <[Column; 4]>::try_from(made).ok()?;
        let events = lanes.iter().map(|lane| lane.len()).sum();
        let longest = lanes.iter().map(|lane| lane.longest_doubt()).max().unwrap_or(0);
        Some(Self { events, starts, ends, sure_starts, sure_ends, longest })
    }

    /// How many events touch a window, surely and at most; see [`Lane::between`].
    pub(super) fn count_range(&self, lanes: &[Arc<Lane>], from: i64, to: i64) -> CountRange {
        let possible = self.starts.before(to).saturating_sub(self.ends.until(from));
        let late = self.events - self.sure_starts.until(to);
        let early = self.sure_ends.before(from);
        let doubt = late > 0 && early > 0 && self.longest > to.saturating_sub(from);
        // Only a window narrower than some date is known makes the lanes be asked.
        let both = if doubt { lanes.iter().map(|lane| lane.covering(from, to)).sum() } else { 0 };
        let certain = (self.events + both).saturating_sub(late + early);
        CountRange { certain: certain.min(possible), possible }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lane::Entry;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // No end of an event is known to less than a unit, so that it has surely begun only after its first.
        #[test]
        fn all_lanes_as_one_count_what_they_count_one_by_one(
            events in prop::collection::vec((0_usize..6, -400_i64..400, 1_i64..90, 1_i64..100, 1_i64..100), 1..150),
            open: bool, from in -500_i64..500, width in 1_i64..300
        ) {
            let mut of_lane: Vec<Vec<Entry>> = vec![Vec::new(); 6];
            for (event, &(lane, start, length, late, early)) in (0..).zip(&events) {
                let start = if open && event == 0 { i64::MIN } else { start };
                let end = start.saturating_add(length);
                let (sure_start, sure_end) = (start.saturating_add(late.min(length)), end.saturating_sub(early.min(length)));
                of_lane[lane].push(Entry { start, end, sure_start, sure_end, event, importance: 0 });
            }
            let lanes: Vec<Arc<Lane>> = of_lane
                .into_iter()
                .map(|entries| Arc::new(Lane::new((None, String::new()), entries.len(), entries)))
                .collect();
            let one_by_one = lanes.iter().map(|lane| lane.count_range(from, from + width));
            let expected = one_by_one.fold(CountRange::default(), CountRange::plus);
            if let Some(together) = Together::new(&lanes) {
                prop_assert_eq!(together.count_range(&lanes, from, from + width), expected);
            }
        }
    }
}
