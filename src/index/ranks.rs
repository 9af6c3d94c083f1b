//! How many of sorted values lie before a moment, looked up rather than searched for.
//!
//! A lane's four sorted arrays (starts, ends, sure starts, sure ends) are counted once at the edges of equal cells, even
//! parts of a day or days ([`Quantum::even_width`]). Differences of these cumulative counts are exact counts of any cell,
//! and every 2ᵏ-th of them those of cells 2ᵏ times as wide, so that one array is the whole pyramid of levels. Between two
//! edges a binary search over the few values of one cell gives the exact rank.

use super::quantum::Quantum;

/// The sorted arrays of a lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Sorted {
    pub(super) starts: Vec<i64>,
    pub(super) ends: Vec<i64>,
    /// By when each has surely begun.
    pub(super) sure_starts: Vec<i64>,
    /// Until when each surely goes on.
    pub(super) sure_ends: Vec<i64>,
}

/// Cumulative counts at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rank {
    /// Events that may have started before it.
    pub(super) begun: u32,
    /// Events that were over at it, whatever their sources leave open.
    pub(super) over: u32,
    /// Events that have surely begun by it.
    pub(super) surely_begun: u32,
    /// Events that surely go on to some moment before it, and perhaps no further.
    pub(super) perhaps_over: u32,
}

impl Rank {
    /// The counts of both.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            begun: self.begun + other.begun,
            over: self.over + other.over,
            surely_begun: self.surely_begun + other.surely_begun,
            perhaps_over: self.perhaps_over + other.perhaps_over,
        }
    }

    /// What has come since an earlier moment.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            begun: self.begun - before.begun,
            over: self.over - before.over,
            surely_begun: self.surely_begun - before.surely_begun,
            perhaps_over: self.perhaps_over - before.perhaps_over,
        }
    }
}

/// Cumulative counts at the edges of cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    /// The first edge.
    origin: i64,
    /// The width of cells in units; 0 without cells.
    width: i64,
    at: Vec<Rank>,
}

/// Events for each cell, about.
const PER_CELL: usize = 8;
/// No lane has more cells.
const MOST_CELLS: usize = 1 << 17;

impl Ranks {
    pub(super) fn new(sorted: &Sorted, quantum: Quantum) -> Self {
        let n = sorted.starts.len();
        if n < 2 * PER_CELL {
            return Self::default();
        }
        // A few events far away must not make all cells coarse.
        let far = n / 1_000;
        let (first, last) = (sorted.starts[far], sorted.ends[n - 1 - far]);
        let cells = (n / PER_CELL).clamp(1, MOST_CELLS);
        let units = (i128::from(last) - i128::from(first)).max(1);
        // As the parts of a density are cut, so that the edges of most of those that are no finer are edges of cells.
        let width = quantum.even_width(units, cells);
        let origin = first.div_euclid(width).checked_mul(width).unwrap_or(first);
        let edges = (units / i128::from(width) + 2) as usize;
        let mut at = Vec::with_capacity(edges);
        let mut rank = Rank::default();
        let mut next = Some(origin);
        for _ in 0..edges {
            let Some(edge) = next else { break };
            next = edge.checked_add(width);
            let further = |from: u32, values: &[i64], before: &dyn Fn(i64) -> bool| {
                from + values[from as usize..].iter().take_while(|value| before(**value)).count() as u32
            };
            rank = Rank {
                begun: further(rank.begun, &sorted.starts, &|start| start < edge),
                over: further(rank.over, &sorted.ends, &|end| end <= edge),
                surely_begun: further(rank.surely_begun, &sorted.sure_starts, &|start| start <= edge),
                perhaps_over: further(rank.perhaps_over, &sorted.sure_ends, &|end| end < edge),
            };
            at.push(rank);
        }
        Self { origin, width, at }
    }

    /// The counts at a moment.
    pub(super) fn at(&self, sorted: &Sorted, edge: i64) -> Rank {
        let n = sorted.starts.len() as u32;
        let last = Rank { begun: n, over: n, surely_begun: n, perhaps_over: n };
        // Unsigned, for an axis that begins at its own end is longer than `i64` can tell.
        let from_origin = (edge >= self.origin).then(|| edge.abs_diff(self.origin));
        let width = self.width.max(1).unsigned_abs();
        let cell = from_origin.map(|units| units / width);
        if let Some(known) = cell.and_then(|cell| self.at.get(usize::try_from(cell).ok()?))
            && from_origin.is_some_and(|units| units.is_multiple_of(width))
        {
            return *known;
        }

        let (low, high) = match cell.map(|cell| usize::try_from(cell).unwrap_or(usize::MAX - 1)) {
            None => (Rank::default(), self.at.first().copied().unwrap_or(last)),
            Some(cell) => (
                self.at.get(cell).or(self.at.last()).copied().unwrap_or_default(),
                self.at.get(cell + 1).copied().unwrap_or(last),
            ),
        };
        let search = |values: &[i64], low: u32, high: u32, before: &dyn Fn(i64) -> bool| {
            low + values[low as usize..high as usize].partition_point(|value| before(*value)) as u32
        };
        Rank {
            begun: search(&sorted.starts, low.begun, high.begun, &|start| start < edge),
            over: search(&sorted.ends, low.over, high.over, &|end| end <= edge),
            surely_begun: search(&sorted.sure_starts, low.surely_begun, high.surely_begun, &|start| start <= edge),
            perhaps_over: search(&sorted.sure_ends, low.perhaps_over, high.perhaps_over, &|end| end < edge),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Also on an axis of nanoseconds that begins at its own end.
        #[test]
        fn ranks_are_those_of_brute_force(
            moments in prop::collection::vec((0_i64..4_000, 1_i64..90), 16..200), open: bool, at in -100_i64..5_000, off in -1_i64..2
        ) {
            // Days of this century in nanoseconds, from which the beginning of the axis is further than `i64` tells.
            let quantum = Quantum::of_nanos(1);
            let unit = |day: i64| 1_500_000_000_000_000_000 + day * 21_600_000_000_000;
            let mut starts: Vec<i64> = moments.iter().map(|(start, _)| unit(*start)).collect();
            let mut ends: Vec<i64> = moments.iter().map(|(start, length)| unit(start + length)).collect();
            if open {
                starts[0] = i64::MIN;
            }
            starts.sort_unstable();
            ends.sort_unstable();
            let sorted = Sorted { sure_starts: starts.clone(), sure_ends: ends.clone(), starts, ends };
            let ranks = Ranks::new(&sorted, quantum);
            let edge = unit(at) + off;
            let count = |values: &[i64], before: &dyn Fn(i64) -> bool| values.iter().filter(|value| before(**value)).count() as u32;
            let expected = Rank {
                begun: count(&sorted.starts, &|start| start < edge),
                over: count(&sorted.ends, &|end| end <= edge),
                surely_begun: count(&sorted.sure_starts, &|start| start <= edge),
                perhaps_over: count(&sorted.sure_ends, &|end| end < edge),
            };
            prop_assert_eq!(ranks.at(&sorted, edge), expected);
        }
    }
}
