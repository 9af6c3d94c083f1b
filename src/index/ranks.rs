//! How many of sorted values lie before a moment, looked up rather than searched for.
//!
//! A lane's four sorted arrays (starts, ends, sure starts, sure ends) are counted once at the edges of equal cells, a
//! power of two of units wide. Differences of these cumulative counts are exact counts of any cell, and every 2ᵏ-th of them
//! those of cells 2ᵏ times as wide, so that one array is the whole pyramid of levels. Between two edges a binary search
//! over the few values of one cell gives the exact rank.

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

impl Sorted {
    /// Whether all moments are ends of days, or of the axis.
    pub(super) fn in_days(&self, quantum: Quantum) -> bool {
        let day = quantum.units_in_a_day();
        let open = |moment: i64| moment == i64::MIN || moment == i64::MAX;
        [&self.starts, &self.ends].into_iter().flatten().all(|&moment| moment % day == 0 || open(moment))
    }
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
        // As the parts of a density are cut, so that the edges of those that are no finer are edges of cells.
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
        let beyond = if edge < self.origin { i64::MIN } else { i64::MAX };
        let from_origin = edge.checked_sub(self.origin).unwrap_or(beyond);
        let width = self.width.max(1);
        let cell = from_origin.div_euclid(width);
        if let Some(known) = usize::try_from(cell).ok().and_then(|cell| self.at.get(cell))
            && cell * width == from_origin
        {
            return *known;
        }

        let (low, high) = match usize::try_from(cell) {
            Err(_) => (Rank::default(), self.at.first().copied().unwrap_or(last)),
            Ok(cell) => (
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
