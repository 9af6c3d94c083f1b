//! Counts over very many lanes, without asking each of them.
//!
//! The moments of all lanes stand in cells of time, a power of two of units wide. What lies before a moment is what lies
//! in earlier cells, which is added up beforehand, and what a binary search finds in its own. Inside a cell four bytes tell
//! where a value lies, so that all of it is half as large as the arrays that it is made of.

use super::grid;
use super::lane::{CountRange, Lane};
use super::vague::Vague;
use crate::task::{Control, Stopped};
use std::sync::{Arc, OnceLock};

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
    /// All such spans, gathered when a window narrower than the longest is first asked for: most never are.
    vague: OnceLock<Vague>,
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

/// No more cells are made, and mostly no more than there are events.
const MOST_CELLS: i128 = 1 << 17;

impl Cells {
    /// Cells for all moments that lanes know; `None` where they would be too wide to tell their moments by four bytes.
    fn of(lanes: &[Arc<Lane>]) -> Option<Self> {
        let known = |value: &i64| *value != i64::MIN && *value != i64::MAX;
        let sorted = || lanes.iter().map(|lane| lane.sorted());
        let first = sorted().filter_map(|sorted| sorted.starts.iter().copied().find(known)).min()?;
        let last = sorted().filter_map(|sorted| sorted.ends.iter().rev().copied().find(known)).max()?;
        let width = (i128::from(last) - i128::from(first)).max(1);
        let events: usize = lanes.iter().map(|lane| lane.len()).sum();
        let most = (events as i128).clamp(1, MOST_CELLS);
        // Few events over a long time of fine units have more cells rather than none.
        let shift = (0..32).find(|shift| width >> shift < most).or((width >> 32 < MOST_CELLS).then_some(32))?;
        Some(Self { origin: first, shift, count: (width >> shift) as usize + 1 })
    }

    /// The cell of a value, and how far after its edge it lies; else whether it lies after all cells.
    fn place(self, value: i64) -> Result<(usize, u32), bool> {
        if value < self.origin {
            return Err(false);
        }
        let offset = value.abs_diff(self.origin);
        let cell = offset >> self.shift;
        if cell < self.count as u64 { Ok((cell as usize, (offset - (cell << self.shift)) as u32)) } else { Err(true) }
    }
}

impl Column {
    fn new(cells: Cells, mut values: Vec<i64>) -> Self {
        grid::sort(&mut values);
        let late = values.partition_point(|value| cells.place(*value) != Err(true));
        let early = values.partition_point(|value| cells.place(*value) == Err(false));
        let mut begins = vec![0_u32; cells.count + 1];
        let mut inside = Vec::with_capacity(late - early);
        for (cell, offset) in values[early..late].iter().filter_map(|value| cells.place(*value).ok()) {
            begins[cell + 1] += 1;
            inside.push(offset);
        }
        for cell in 0..cells.count {
            begins[cell + 1] += begins[cell];
        }
        Self { cells, outside: [values[..early].to_vec(), values[late..].to_vec()], begins, inside }
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
    /// All lanes as one, made on this thread alone, for the others draw the window; `None` where their time is too long for
    /// its unit.
    pub(super) fn new(lanes: &[Arc<Lane>], control: &Control) -> Result<Option<Self>, Stopped> {
        type Of = fn(&Lane) -> &[i64];
        let Some(cells) = Cells::of(lanes) else { return Ok(None) };
        let column = |of: Of| {
            control.check()?;
            let values: Vec<&[i64]> = lanes.iter().map(|lane| of(lane)).collect();
            Ok(Column::new(cells, values.concat()))
        };
        let starts = column(|lane| &lane.sorted().starts)?;
        let ends = column(|lane| &lane.sorted().ends)?;
        let sure_starts = column(|lane| &lane.sorted().sure_starts)?;
        let sure_ends = column(|lane| &lane.sorted().sure_ends)?;
        let events = lanes.iter().map(|lane| lane.len()).sum();
        let longest = lanes.iter().map(|lane| lane.vague().longest()).max().unwrap_or(0);
        Ok(Some(Self { events, starts, ends, sure_starts, sure_ends, longest, vague: OnceLock::new() }))
    }

    /// How many events of the `lanes` that it was made of touch a window, surely and at most; see [`Lane::between`].
    pub(super) fn count_range(&self, lanes: &[Arc<Lane>], from: i64, to: i64) -> CountRange {
        let possible = self.starts.before(to).saturating_sub(self.ends.until(from));
        let late = self.events - self.sure_starts.until(to);
        let early = self.sure_ends.before(from);
        let doubt = late > 0 && early > 0 && self.longest > to.saturating_sub(from);
        let vague = || Vague::new(lanes.iter().flat_map(|lane| lane.vague().spans()).collect());
        let both = if doubt { self.vague.get_or_init(vague).covering(from, to) } else { 0 };
        let certain = (self.events + both).saturating_sub(late + early);
        CountRange { certain: certain.min(possible), possible }
    }
}

#[cfg(test)]
mod tests {
    /// A log of nanoseconds over two days.
    #[test]
    fn few_events_over_a_long_time_are_counted_together_too() {
        let day = 86_400_000_000_000;
        let entry = |at: i64| Entry {
            start: at * day,
            end: at * day + 1,
            sure_start: at * day + 1,
            sure_end: at * day,
            event: 0,
            importance: 0,
        };
        let lane = |at| Arc::new(Lane::new((None, String::new()), 1, vec![entry(at)], Quantum::default()));
        let lanes = [lane(0), lane(2)];
        let together = Together::new(&lanes, &Control::new()).unwrap().unwrap();
        let counts =
            [(0, 1), (1, day), (0, 3 * day)].map(|(from, to)| together.count_range(&lanes, from, to).possible);
        assert_eq!(counts, [1, 0, 2]);
    }
    use super::super::lane::Entry;
    use super::super::quantum::Quantum;
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
                .map(|entries| Arc::new(Lane::new((None, String::new()), entries.len(), entries, Quantum::default())))
                .collect();
            let one_by_one = lanes.iter().map(|lane| lane.count_range(from, from + width));
            let expected = one_by_one.fold(CountRange::default(), CountRange::plus);
            let Some(together) = Together::new(&lanes, &Control::new()).unwrap() else {
                prop_assert!(open && events.len() == 1, "some moment is known");
                return Ok(());
            };
            prop_assert_eq!(together.count_range(&lanes, from, from + width), expected);
        }
    }
}
