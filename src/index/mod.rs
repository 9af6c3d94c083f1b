//! The narrow door between many events and few pixels: counts and events, for a lane and a window.
//!
//! Above this module nobody walks all events. Events stand in the civil time of the display (UTC for instants) as
//! integers in the finest unit that the document needs. All answers are exact and cost O(pixels · log n):
//! * an event touches `[a, b)` unless it starts at or after `b` or ends at or before `a`, so a count is the
//!   difference of two positions, one in the sorted starts and one in the sorted ends; [`ranks`](self) looks them up in
//!   cumulative counts at the edges of even cells;
//! * a list, of all events or of the most important ones, descends a tree without pointers over the events by start.

mod build;
mod deal;
mod doubts;
mod grid;
mod importance;
mod lane;
mod parts;
mod quantum;
mod ranks;
mod together;
mod tree;
mod vague;

pub use deal::{ALL, Grouping, MOST_LANES};
pub use importance::Ranking;
pub use lane::{CountRange, EventsIn, Lane};
pub use quantum::Quantum;

use crate::event::{EventId, EventTable, Facet, RowId};
use crate::task::{self, Control, Memory, NoRoom, Stopped};
use crate::time::{Span, TimePoint};
use parts::Parts;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use together::Together;

/// A lane of an [`Index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub usize);

/// All placed events of a document by lane. Cloning shares the lanes.
#[derive(Clone, Debug, Default)]
pub struct Index {
    quantum: Quantum,
    /// What makes the lanes.
    by: Vec<Facet>,
    lanes: Vec<Arc<Lane>>,
    /// How many events each lane holds, side by side: every frame asks this of all lanes.
    lens: Arc<[u32]>,
    /// The number of each lane's colour, where lanes are divided.
    hues: Option<Arc<[u32]>>,
    /// All events once, where some may stand in several lanes.
    once: Option<Arc<Lane>>,
    /// The counts of all lanes, where there are very many; without any in it, where they cannot be counted so.
    together: Option<Arc<OnceLock<Option<Together>>>>,
    placed: usize,
    /// No event begins or ends within a day.
    in_days: bool,
    ranking: Ranking,
}

/// Exact counts of a lane in equal parts of time whose edges are the same wherever the window stands, so that nothing
/// shimmers while it moves: multiples of days or of even parts of a day, so that no edge cuts a day that is known and
/// makes it look uncertain; only where a day cannot be halved any further, of a power of two of the index's units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Density {
    quantum: Quantum,
    /// The number of the first part from the epoch.
    first: i64,
    /// The width of parts, in units.
    width: i64,
    /// Events that touch each part.
    pub counts: Vec<CountRange>,
}

impl Density {
    /// The time of a part.
    #[must_use]
    pub fn part(&self, at: usize) -> Span {
        Span::new(self.edge(at), self.edge(at + 1))
    }

    fn edge(&self, at: usize) -> TimePoint {
        self.quantum.point((i128::from(self.first) + at as i128) * i128::from(self.width))
    }

    /// The most events that touch one part.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.counts.iter().map(|count| count.possible).max().unwrap_or(0)
    }
}

/// A stretch of time from which the most important events are chosen whatever the window: `[index, index + 1)` times a
/// power of two of the index's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Tiles are `1 << level` units wide.
    pub level: u32,
    /// Its number from the epoch.
    pub at: i64,
}

/// Bytes that an event takes while it is indexed, filtered and laid out; measured with a million events in a few lanes, and
/// rounded up.
const EVENT: u64 = 128;
/// The same for a lane, with as many lanes as events.
const LANE: u64 = 1_024;

impl Index {
    /// Asks whether the memory budget holds what is made of a table: its index, that of a search, and what is drawn of them.
    ///
    /// # Errors
    /// [`NoRoom`] where it does not.
    pub fn room_for(table: &EventTable, memory: &Memory) -> Result<(), NoRoom> {
        memory.room_for(table.event_count() as u64 * EVENT)
    }

    /// Asks the same for the lanes that are drawn.
    ///
    /// # Errors
    /// [`NoRoom`] where it does not.
    pub fn room_for_lanes(&self, memory: &Memory) -> Result<(), NoRoom> {
        memory.room_for(self.lanes.len() as u64 * LANE)
    }

    /// Indexes the events that `keep` lets through, in lanes by kind.
    #[must_use]
    pub fn by_kind(table: &EventTable, keep: impl Fn(EventId) -> bool + Sync) -> Self {
        Self::new(table, &Grouping::default(), keep)
    }

    /// Indexes the events that `keep` lets through. The lanes, their order (most events first, then by name, the parts of
    /// a divided lane together) and their colours stay those of all events, whatever is kept.
    #[must_use]
    pub fn new(table: &EventTable, grouping: &Grouping, keep: impl Fn(EventId) -> bool + Sync) -> Self {
        let built = build::build(table, grouping, &keep);
        let (quantum, ranking) = (built.quantum, built.ranking);
        Self {
            quantum,
            by: grouping.by.clone(),
            placed: placed(&built.lanes, built.once.as_ref()),
            together: together(&built.lanes, built.once.as_ref()),
            lens: lens(&built.lanes),
            hues: hues(&built.lanes),
            in_days: built.in_days,
            lanes: built.lanes,
            once: built.once,
            ranking,
        }
    }

    /// The same lanes with the events that are kept of them; `table` is the one that was indexed. Lanes of which all
    /// events are kept are shared, and no lane is sorted by start again.
    #[must_use]
    pub fn keeping(&self, table: &EventTable, keep: impl Fn(EventId) -> bool + Sync) -> Self {
        let lanes = build::keeping(&self.lanes, self.quantum, table, &keep);
        let once = build::keeping(self.once.as_slice(), self.quantum, table, &keep).pop();
        let (quantum, ranking) = (self.quantum, self.ranking.clone());
        Self {
            quantum,
            by: self.by.clone(),
            placed: placed(&lanes, once.as_ref()),
            // Where all are kept, they are counted as before.
            together: if lanes.iter().zip(&self.lanes).all(|(a, b)| Arc::ptr_eq(a, b)) {
                self.together.clone()
            } else {
                together(&lanes, once.as_ref())
            },
            lens: lens(&lanes),
            hues: self.hues.clone(),
            // As before, or columns would change with what one types.
            in_days: self.in_days,
            lanes,
            once,
            ranking,
        }
    }

    /// Whether an account belongs to a lane: where lanes are made by what accounts differ in, an event stands in the lanes of
    /// all its accounts, and each account in its own.
    #[must_use]
    pub fn is_told_in(&self, lane: LaneId, table: &EventTable, row: RowId) -> bool {
        let Some(lane) = self.lanes.get(lane.0) else { return false };
        let names = lane.outer().into_iter().chain([lane.name()]);
        self.by.iter().zip(names).all(|(facet, name)| facet.of_account(table, row).is_none_or(|own| own == name))
    }

    /// Whether [`Self::is_told_in`] tells accounts apart.
    #[must_use]
    pub fn parts_accounts(&self) -> bool {
        self.by.iter().any(Facet::is_of_accounts)
    }

    /// How important an event is by the column that ranks events, greater first; 0 without one.
    #[must_use]
    pub fn weight(&self, table: &EventTable, event: EventId) -> u32 {
        self.ranking.weight(table, event)
    }

    /// The number of a lane's colour, from 0 on: its place in the order of lanes. Parts of divided lanes that are called
    /// alike have the same one, whatever they are parts of, so that a colour means one thing.
    #[must_use]
    pub fn hue(&self, lane: LaneId) -> usize {
        self.hues.as_ref().and_then(|hues| hues.get(lane.0)).map_or(lane.0, |hue| *hue as usize)
    }

    /// The lanes, in order.
    #[must_use]
    pub fn lanes(&self) -> &[Arc<Lane>] {
        &self.lanes
    }

    /// Whether some event stands in several lanes, so that lanes together hold more than there is.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.once.is_some()
    }

    /// Whether [`Self::count_range_of_all`] is what all lanes together hold and costs no more than one of them.
    #[must_use]
    pub fn counts_at_once(&self) -> bool {
        self.at_once().is_some()
    }

    fn at_once(&self) -> Option<&Together> {
        self.together.as_ref()?.get()?.as_ref()
    }

    /// Whether [`Self::gather`] has something to do.
    #[must_use]
    pub fn is_to_be_gathered(&self) -> bool {
        self.together.as_ref().is_some_and(|together| together.get().is_none())
    }

    /// Makes counts over very many lanes cost no more than those of one. Until it has, each lane is asked, so that a
    /// picture need not wait for this; it is meant to be called on another thread. It is done for all clones.
    ///
    /// # Errors
    /// [`Stopped`] when `control` says so; then it may be begun again.
    pub fn gather(&self, control: &Control) -> Result<(), Stopped> {
        if let Some(together) = self.together.as_ref().filter(|together| together.get().is_none()) {
            // Another thread may have been quicker.
            let _ = together.set(Together::new(&self.lanes, control)?);
        }
        Ok(())
    }

    /// Leaves each lane to be asked, now and later.
    pub fn give_up_gathering(&self) {
        if let Some(together) = &self.together {
            let _ = together.set(None);
        }
    }

    /// How many events there would be without a filter, each counted once.
    #[must_use]
    pub fn all(&self) -> usize {
        self.apart().iter().map(|lane| lane.all()).sum()
    }

    /// How many events a lane holds; 0 for no such lane.
    #[must_use]
    pub fn len_of(&self, lane: LaneId) -> usize {
        self.lens.get(lane.0).map_or(0, |len| *len as usize)
    }

    /// How many events are indexed, each counted once.
    #[must_use]
    pub fn len(&self) -> usize {
        self.placed
    }

    /// Whether no event is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.placed == 0
    }

    /// What decides which events are the most important.
    #[must_use]
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// From the earliest to the latest moment of all events; `None` without any.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        let extents = self.apart().iter().filter_map(|lane| lane.extent());
        let (from, to) = extents.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))?;
        Some(Span::new(self.quantum.point(from.into()), self.quantum.point(to.into())))
    }

    /// How many events of a lane touch each of `buckets` equal parts of a window. Zeros for no such lane.
    #[must_use]
    pub fn counts(&self, lane: LaneId, window: Span, buckets: usize) -> Vec<CountRange> {
        let none = || vec![CountRange::default(); buckets];
        self.lanes.get(lane.0).map_or_else(none, |lane| self.counts_in(lane, window, buckets))
    }

    fn counts_in(&self, lane: &Lane, window: Span, buckets: usize) -> Vec<CountRange> {
        self.parts(window, buckets).map(|(from, to)| lane.count_range(from, to)).collect()
    }

    /// Equal parts of a window, in units, none of them empty.
    fn parts(&self, window: Span, count: usize) -> impl Iterator<Item = (i64, i64)> {
        let mut edges = self.quantum.edges(window, count);
        let first = edges.next();
        edges.scan(first, |before, to| before.replace(to).map(|from| (from, to.max(from.saturating_add(1)))))
    }

    /// How many events of a lane touch each part of a window, in as many parts as there are even ones, and at most `most`;
    /// none is less than a day where no date of the document is finer. The first and the last part may reach beyond the
    /// window. Nothing for no such lane.
    #[must_use]
    pub fn density(&self, lane: LaneId, window: Span, most: usize) -> Density {
        let (from, to) = self.quantum.ticks(window);
        let even = self.quantum.even_width(i128::from(to) - i128::from(from), most.max(1));
        // Where nothing is known to the hour, nothing is counted by it.
        let width = if self.in_days { even.max(self.quantum.units_in_a_day()) } else { even };

        let (first, last) = (from.div_euclid(width), (to - 1).div_euclid(width));
        let mut out = Density { quantum: self.quantum, first, width, counts: Vec::new() };
        let Some(lane) = self.lanes.get(lane.0) else { return out };
        let edge = |at: i64| {
            let edge = clamped(i128::from(at) * i128::from(width));
            (edge, lane.rank(edge))
        };
        let mut before = edge(first);
        out.counts = (first..=last)
            .map(|at| {
                let after = edge(at + 1);
                let count = lane.between(before, after);
                before = after;
                count
            })
            .collect();
        out
    }

    /// The start of a lane's first event, in the units of the index; `None` for an empty lane or none such.
    #[must_use]
    pub fn first(&self, lane: LaneId) -> Option<i64> {
        self.lanes.get(lane.0)?.extent().map(|(start, _)| start)
    }

    /// From the earliest to the latest moment of a lane's events; `None` for an empty lane or none such.
    #[must_use]
    pub fn extent_of(&self, lane: LaneId) -> Option<Span> {
        let (from, to) = self.lanes.get(lane.0)?.extent()?;
        Some(Span::new(self.quantum.point(from.into()), self.quantum.point(to.into())))
    }

    /// Whether an event stands in a lane; `table` is the one that was indexed.
    #[must_use]
    pub fn holds(&self, lane: LaneId, table: &EventTable, event: EventId) -> bool {
        self.position(lane, table, event).is_some()
    }

    /// The event of a lane that is so many after another one by start, before it where `by` is negative.
    #[must_use]
    pub fn neighbour(&self, lane: LaneId, table: &EventTable, event: EventId, by: isize) -> Option<EventId> {
        let at = self.position(lane, table, event)?.checked_add_signed(by)?;
        self.lanes.get(lane.0)?.at(at)
    }

    /// The event of a lane whose start is nearest to that of a span.
    #[must_use]
    pub fn nearest(&self, lane: LaneId, span: Span) -> Option<EventId> {
        self.lanes.get(lane.0)?.nearest(self.quantum.ticks(span).0)
    }

    fn position(&self, lane: LaneId, table: &EventTable, event: EventId) -> Option<usize> {
        let (start, _) = self.quantum.ticks(table.extent(event)?);
        self.lanes.get(lane.0)?.position(start, event)
    }

    /// Whether a span touches a window, in the units in which events are counted.
    #[must_use]
    pub fn touches(&self, span: Span, window: Span) -> bool {
        let ((start, end), (from, to)) = (self.quantum.ticks(span), self.quantum.ticks(window));
        start < to && end > from
    }

    /// How many events of a lane touch a window.
    #[must_use]
    pub fn count(&self, lane: LaneId, window: Span) -> usize {
        let (from, to) = self.quantum.ticks(window);
        self.lanes.get(lane.0).map_or(0, |lane| lane.count(from, to) as usize)
    }

    /// How many events of a lane touch a window, surely and at most. An event surely does when it was under way or took
    /// place in it whatever its sources leave open, and in every account of it.
    #[must_use]
    pub fn count_range(&self, lane: LaneId, window: Span) -> CountRange {
        let (from, to) = self.quantum.ticks(window);
        self.lanes.get(lane.0).map_or_else(CountRange::default, |lane| lane.count_range(from, to))
    }

    /// The same over all lanes, each event counted once.
    #[must_use]
    pub fn count_range_of_all(&self, window: Span) -> CountRange {
        let (from, to) = self.quantum.ticks(window);
        self.count_range_in(from, to)
    }

    fn count_range_in(&self, from: i64, to: i64) -> CountRange {
        if let Some(together) = self.at_once() {
            return together.count_range(&self.lanes, from, to);
        }
        let filled = self.apart().iter().filter(|lane| !lane.is_empty());
        let of_lanes = filled.map(|lane| lane.count_range(from, to));
        of_lanes.fold(CountRange::default(), CountRange::plus)
    }

    /// How many events touch each of `buckets` equal parts of a window, over all lanes, each event counted once.
    #[must_use]
    pub fn counts_of_all(&self, window: Span, buckets: usize) -> Vec<CountRange> {
        let together = self.at_once();
        let parts = together.is_none().then(|| Parts::between(self.quantum.edges(window, buckets).collect()));
        let Some(parts) = parts.flatten() else {
            return self.parts(window, buckets).map(|(from, to)| self.count_range_in(from, to)).collect();
        };
        let filled: Vec<&Arc<Lane>> = self.apart().iter().filter(|lane| !lane.is_empty()).collect();
        let at_a_time = filled.len().div_ceil(SHARES * task::cores()).max(1);
        let shares = task::in_parallel(filled.chunks(at_a_time), |lanes| {
            let mut counts = parts.empty();
            for lane in lanes {
                counts.add(lane);
            }
            counts
        });
        shares.into_iter().fold(parts.empty(), |all, share| all.plus(&share)).finish()
    }

    /// Lanes that together hold each event once.
    fn apart(&self) -> &[Arc<Lane>] {
        if self.once.is_some() { self.once.as_slice() } else { &self.lanes }
    }

    /// Up to `limit` events of a lane that touch a window, the most important ones, by start; and how many there are in
    /// all.
    #[must_use]
    pub fn events(&self, lane: LaneId, window: Span, limit: usize) -> EventsIn {
        let (from, to) = self.quantum.ticks(window);
        self.lanes.get(lane.0).map_or_else(EventsIn::default, |lane| lane.events(from, to, limit))
    }

    /// The tiles that cover a window, no more than `most` (and one more at its edge).
    pub fn tiles(&self, window: Span, most: usize) -> impl Iterator<Item = Tile> + use<> {
        let (from, to) = self.quantum.ticks(window);
        self.tiles_of(window, level_for(i128::from(to) - i128::from(from), most.max(1)))
    }

    /// The tiles of a level that cover a window.
    pub fn tiles_of(&self, window: Span, level: u32) -> impl Iterator<Item = Tile> + use<> {
        let (from, to) = self.quantum.ticks(window);
        ((from >> level)..=((to - 1) >> level)).map(move |at| Tile { level, at })
    }

    /// Up to `limit` events of a lane that touch a tile, with their importance, most important first.
    #[must_use]
    pub fn important(&self, lane: LaneId, tile: Tile, limit: usize) -> Vec<(EventId, u32)> {
        let edge = |at: i64| clamped(i128::from(at) << tile.level);
        self.lanes.get(lane.0).map_or_else(Vec::new, |lane| lane.important(edge(tile.at), edge(tile.at + 1), limit))
    }
}

/// With more lanes than this, asking each of them for every frame costs more than all else.
const MANY_LANES: usize = 200;

/// Very many lanes are counted in so many shares for each core.
const SHARES: usize = 4;

fn together(lanes: &[Arc<Lane>], once: Option<&Arc<Lane>>) -> Option<Arc<OnceLock<Option<Together>>>> {
    (once.is_none() && lanes.len() > MANY_LANES).then(Arc::default)
}

/// The numbers of the colours of divided lanes: the names of parts, in the order in which they are first met.
fn hues(lanes: &[Arc<Lane>]) -> Option<Arc<[u32]>> {
    lanes.iter().any(|lane| lane.outer().is_some()).then(|| {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut hues = Vec::with_capacity(lanes.len());
        for lane in lanes {
            let next = known.len() as u32;
            hues.push(*known.entry(lane.name()).or_insert(next));
        }
        hues.into()
    })
}

fn lens(lanes: &[Arc<Lane>]) -> Arc<[u32]> {
    lanes.iter().map(|lane| lane.len() as u32).collect()
}

/// How many events there are, each counted once.
fn placed(lanes: &[Arc<Lane>], once: Option<&Arc<Lane>>) -> usize {
    once.map_or_else(|| lanes.iter().map(|lane| lane.len()).sum(), |once| once.len())
}

/// The power of two that cuts so many units into at most `most` parts.
fn level_for(units: i128, most: usize) -> u32 {
    (0..63).find(|level| units >> level < most as i128).unwrap_or(62)
}

fn clamped(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests;
