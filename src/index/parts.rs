//! Counts of many lanes in the same parts of a window.
//!
//! A big lane is asked at each edge. A small one has fewer events than there are edges: its moments are added up in the
//! parts where they lie, and the sums over parts are its ranks at their edges (a histogram and its prefix sums).

use super::lane::{CountRange, Lane};
use super::ranks::Rank;

/// Even parts of a window, none of them empty.
pub(super) struct Parts {
    /// In units, ascending.
    edges: Vec<i64>,
    /// Edges for each unit, in parts of 2⁶⁴.
    per_unit: u64,
}

/// A lane that has more events than so many for each edge is asked at the edges.
const FEW: usize = 4;

impl Parts {
    /// The parts between edges that are even but for rounding; `None` where some part is narrower than a unit.
    pub(super) fn between(edges: Vec<i64>) -> Option<Self> {
        let (first, last) = (*edges.first()?, *edges.last()?);
        if first == last || !edges.windows(2).all(|pair| pair[0] < pair[1]) {
            return None;
        }
        let per_unit = ((edges.len() as u128 - 1) << 64) / u128::from(last.abs_diff(first));
        Some(Self { per_unit: u64::try_from(per_unit).unwrap_or(u64::MAX), edges })
    }

    /// How many edges are less than a value.
    fn before(&self, value: i64) -> usize {
        let (edges, first) = (self.edges.as_slice(), self.edges[0]);
        if value <= first {
            return 0;
        }
        if edges[edges.len() - 1] < value {
            return edges.len();
        }
        // The part in which it lies, or one beside it.
        let mut at = ((u128::from(value.abs_diff(first)) * u128::from(self.per_unit)) >> 64) as usize;
        while edges[at] < value {
            at += 1;
        }
        while edges[at - 1] >= value {
            at -= 1;
        }
        at
    }

    /// How many are not greater.
    fn until(&self, value: i64) -> usize {
        value.checked_add(1).map_or(self.edges.len(), |next| self.before(next))
    }

    /// Nothing counted yet.
    pub(super) fn empty(&self) -> Counts<'_> {
        let edges = self.edges.len();
        Counts { parts: self, events: 0, risen: vec![Rank::default(); edges + 1], doubts: vec![0; edges + 1] }
    }
}

/// What has been counted in parts.
pub(super) struct Counts<'a> {
    parts: &'a Parts,
    events: usize,
    /// By how much ranks rise up to each edge from the one before; last, beyond all edges.
    risen: Vec<Rank>,
    /// How many more spans of doubt cover each part than the one before.
    doubts: Vec<isize>,
}

impl Counts<'_> {
    pub(super) fn add(&mut self, lane: &Lane) {
        self.events += lane.len();
        if lane.len() > FEW * self.parts.edges.len() { self.ask(lane) } else { self.walk(lane) }
    }

    fn ask(&mut self, lane: &Lane) {
        let mut before = Rank::default();
        for (edge, risen) in self.parts.edges.iter().zip(&mut self.risen) {
            let rank = lane.rank(*edge);
            *risen = risen.plus(rank.since(before));
            before = rank;
        }
        for (at, edges) in self.parts.edges.windows(2).enumerate() {
            let doubts = lane.vague().covering(edges[0], edges[1]).cast_signed();
            self.doubts[at] += doubts;
            self.doubts[at + 1] -= doubts;
        }
    }

    fn walk(&mut self, lane: &Lane) {
        let (parts, sorted) = (self.parts, lane.sorted());
        sorted.starts.iter().for_each(|start| self.risen[parts.until(*start)].begun += 1);
        sorted.ends.iter().for_each(|end| self.risen[parts.before(*end)].over += 1);
        sorted.sure_starts.iter().for_each(|start| self.risen[parts.before(*start)].surely_begun += 1);
        sorted.sure_ends.iter().for_each(|end| self.risen[parts.until(*end)].perhaps_over += 1);
        for (start, end) in lane.vague().spans() {
            // Parts that begin after its start and end before its end.
            let (first, after) = (parts.until(start), parts.before(end).saturating_sub(1));
            if first < after {
                self.doubts[first] += 1;
                self.doubts[after] -= 1;
            }
        }
    }

    /// Both together.
    pub(super) fn plus(mut self, other: &Self) -> Self {
        self.events += other.events;
        self.risen.iter_mut().zip(&other.risen).for_each(|(own, other)| *own = own.plus(*other));
        self.doubts.iter_mut().zip(&other.doubts).for_each(|(own, other)| *own += other);
        self
    }

    /// How many events touch each part, surely and at most; see [`Lane::between`].
    pub(super) fn finish(self) -> Vec<CountRange> {
        let sum = |all: &mut Rank, risen: &Rank| {
            *all = all.plus(*risen);
            Some(*all)
        };
        let ranks: Vec<Rank> = self.risen.iter().scan(Rank::default(), sum).collect();
        let mut both = 0;
        let part = |(at, doubts): (&[Rank], &isize)| {
            let (first, last) = (at[0], at[1]);
            both += doubts;
            let possible = last.begun.saturating_sub(first.over) as usize;
            let uncertain = (self.events - last.surely_begun as usize) + first.perhaps_over as usize;
            let certain = (self.events + usize::try_from(both).unwrap_or(0)).saturating_sub(uncertain);
            CountRange { certain: certain.min(possible), possible }
        };
        ranks[..self.parts.edges.len()].windows(2).zip(&self.doubts).map(part).collect()
    }
}
