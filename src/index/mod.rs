//! The narrow door between many events and few pixels: `counts` and `events`, for a lane and a window.
//!
//! Above this module nobody walks all events. Events stand in the civil time of the display (UTC for instants) as
//! integers in the finest unit that the document needs. Both answers are exact and cost O(pixels · log n):
//! * an event touches `[a, b)` unless it starts at or after `b` or ends at or before `a`, so a count is the
//!   difference of two positions, one in the sorted starts and one in the sorted ends;
//! * a list descends an implicit tree of latest ends over the events sorted by start (an interval tree without
//!   pointers; compare Cormen et al., *Introduction to Algorithms*, "interval trees").

mod lane;
mod quantum;

use lane::Entry;
pub use lane::{CountRange, EventsIn, Lane};
pub use quantum::Quantum;

use crate::event::{EventId, EventTable};
use crate::time::Span;
use std::collections::HashMap;

/// A lane of an [`Index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub usize);

/// All placed events of a document by lane.
#[derive(Clone, Debug, Default)]
pub struct Index {
    quantum: Quantum,
    lanes: Vec<Lane>,
    placed: usize,
}

/// A lane while it is gathered: its name, how many events it has in all, and start, end and number of those kept.
type Gathered = (String, usize, Vec<Entry>);

/// The name of the lane for events without a kind, where others have one.
pub const NO_KIND: &str = "Other";
/// The name of the only lane, where no event has a kind.
pub const ALL: &str = "Events";

impl Index {
    /// Indexes the events that `keep` lets through, in lanes by kind. The lanes, their order (most events first,
    /// then by name) and their colours stay those of all events, whatever is kept.
    #[must_use]
    pub fn by_kind(table: &EventTable, keep: impl Fn(EventId) -> bool) -> Self {
        let quantum = Quantum::for_table(table);
        let mut lanes: Vec<Gathered> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut any_kind = false;
        for event in table.events() {
            // Lanes, their order and colours stay the same whatever is known on the day that is looked at.
            if table.rows_read(event).all(|row| table.is_undated(row)) {
                continue;
            }
            let kind = table.rows_read(event).find_map(|row| table.kind(row)).map(str::trim);
            any_kind |= kind.is_some();
            // Kinds that are shown alike are one lane.
            let name = kind.map_or_else(|| NO_KIND.to_owned(), capitalised);
            let lane = *known.entry(name).or_insert_with_key(|name| {
                lanes.push((name.clone(), 0, Vec::new()));
                lanes.len() - 1
            });
            lanes[lane].1 += 1;
            if let Some(extent) = table.extent(event).filter(|_| keep(event)) {
                let (start, end) = quantum.ticks(extent);
                let (begun, on) = table.surely(event);
                let (sure_start, sure_end) = (quantum.up(begun), quantum.floor(on));
                lanes[lane].2.push(Entry { start, end, sure_start, sure_end, event: event.0 });
            }
        }
        if let [only] = lanes.as_mut_slice()
            && !any_kind
        {
            ALL.clone_into(&mut only.0);
        }
        lanes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let lanes: Vec<Lane> = lanes.into_iter().map(|(name, all, events)| Lane::new(name, all, events)).collect();
        let placed = lanes.iter().map(Lane::len).sum();
        Self { quantum, lanes, placed }
    }

    /// The lanes, in order.
    #[must_use]
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// How many events are indexed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.placed
    }

    /// Whether no event is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.placed == 0
    }

    /// How many events of a lane touch each of `buckets` equal parts of a window. Zeros for no such lane.
    #[must_use]
    pub fn counts(&self, lane: LaneId, window: Span, buckets: usize) -> Vec<u32> {
        let mut edges = self.quantum.edges(window, buckets);
        let Some(lane) = self.lanes.get(lane.0) else { return vec![0; buckets] };
        let Some(mut from) = edges.next() else { return Vec::new() };
        edges
            .map(|to| {
                let count = lane.count(from, to.max(from.saturating_add(1)));
                from = to;
                count
            })
            .collect()
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

    /// The same over all lanes.
    #[must_use]
    pub fn count_range_of_all(&self, window: Span) -> CountRange {
        (0..self.lanes.len())
            .map(|lane| self.count_range(LaneId(lane), window))
            .fold(CountRange::default(), CountRange::plus)
    }

    /// Up to `limit` events of a lane that touch a window, by start, and how many there are in all.
    #[must_use]
    pub fn events(&self, lane: LaneId, window: Span, limit: usize) -> EventsIn {
        let (from, to) = self.quantum.ticks(window);
        self.lanes.get(lane.0).map_or_else(EventsIn::default, |lane| lane.events(from, to, limit))
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::time::{CivilDate, Date, Edtf, Endpoint, TimePoint};
    use proptest::prelude::*;

    fn day(n: i64) -> Date {
        Date::from_day(CivilDate::from_days_since_epoch(n))
    }

    fn point(n: i64) -> TimePoint {
        TimePoint::from_seconds(n * 86_400)
    }

    fn table(events: &[(i64, i64, bool)]) -> EventTable {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for &(start, length, drill) in events {
            let edtf = Edtf::Interval(Endpoint::Date(day(start)), Endpoint::Date(day(start + length)));
            let kind = Some(if drill { "drill" } else { "summit" });
            builder.push(&Draft { edtf: Some(edtf), kind, ..Draft::default() }).unwrap();
        }
        builder.finish()
    }

    #[test]
    fn lanes_are_kinds_and_stand_by_their_number_of_events_even_when_filtered() {
        let table = table(&[(0, 1, true), (1, 1, false), (2, 1, false)]);
        let index = Index::by_kind(&table, |event| event.0 == 0);
        let names: Vec<_> = index.lanes().iter().map(|lane| (lane.name(), lane.len(), lane.all())).collect();
        assert_eq!(names, [("Summit", 0, 2), ("Drill", 1, 1)]);
    }

    proptest! {
        #[test]
        fn counts_and_lists_agree_with_brute_force(
            events in prop::collection::vec((0_i64..300, 0_i64..60, any::<bool>()), 0..120),
            from in -20_i64..320, width in 1_i64..200, buckets in 1_usize..20
        ) {
            let table = table(&events);
            let index = Index::by_kind(&table, |_| true);
            let window = Span::new(point(from), point(from + width));
            for (lane_at, lane) in index.lanes().iter().enumerate() {
                let lane_id = LaneId(lane_at);
                let drill = lane.name() == "Drill";
                let touching = |a: i64, b: i64| {
                    events.iter().filter(|e| e.2 == drill && e.0 * 86_400 < b && (e.0 + e.1 + 1) * 86_400 > a).count()
                };
                let expected = touching(from * 86_400, (from + width) * 86_400);
                prop_assert_eq!(index.count(lane_id, window), expected);
                let (a, b) = (from * 86_400, (from + width) * 86_400);
                // Of an interval of whole days, the start has surely passed a day after it, and so the end.
                let surely = events.iter().filter(|e| {
                    e.2 == drill && (e.0 + 1) * 86_400 <= b && (e.0 + e.1) * 86_400 >= a
                }).count();
                let range = index.count_range(lane_id, window);
                prop_assert_eq!((range.certain, range.possible), (surely, expected));
                let listed = index.events(lane_id, window, usize::MAX);
                prop_assert_eq!((listed.events.len(), listed.total), (expected, expected));
                prop_assert_eq!(index.events(lane_id, window, 3).events.len(), expected.min(3));
                let seconds = width * 86_400;
                for (i, count) in index.counts(lane_id, window, buckets).into_iter().enumerate() {
                    let edge = |i: usize| from * 86_400 + (i128::from(seconds) * i as i128 / buckets as i128) as i64;
                    prop_assert_eq!(count as usize, touching(edge(i), edge(i + 1)));
                }
            }
        }
    }
}
