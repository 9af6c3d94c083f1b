//! One lane's events, answered for by position in sorted arrays.

use crate::event::EventId;

/// The events of one lane.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    name: String,
    all: usize,
    /// Events by start, then by end.
    events: Vec<u32>,
    starts: Vec<i64>,
    /// Ends in the order of `events`.
    ends: Vec<i64>,
    sorted_ends: Vec<i64>,
    /// An implicit binary tree, root at 1: the latest end under each node, over blocks of [`BLOCK`] events.
    latest: Vec<i64>,
}

/// Events under a leaf of the tree.
const BLOCK: usize = 32;

/// The events of a lane that touch a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsIn {
    /// The first of them by start, as many as were asked for.
    pub events: Vec<EventId>,
    /// How many there are.
    pub total: usize,
}

impl Lane {
    /// A lane of events given as start, end and number, of `all` that it would hold unfiltered.
    pub(super) fn new(name: String, all: usize, mut events: Vec<(i64, i64, u32)>) -> Self {
        events.sort_unstable();
        let ends: Vec<i64> = events.iter().map(|event| event.1).collect();
        let mut sorted_ends = ends.clone();
        sorted_ends.sort_unstable();
        let leaves = events.len().div_ceil(BLOCK).next_power_of_two();
        let mut latest = vec![i64::MIN; leaves * 2];
        for (i, block) in ends.chunks(BLOCK).enumerate() {
            latest[leaves + i] = block.iter().copied().max().unwrap_or(i64::MIN);
        }
        for node in (1..leaves).rev() {
            latest[node] = latest[node * 2].max(latest[node * 2 + 1]);
        }
        Self {
            name,
            all,
            starts: events.iter().map(|event| event.0).collect(),
            events: events.into_iter().map(|event| event.2).collect(),
            ends,
            sorted_ends,
            latest,
        }
    }

    /// The lane's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many events it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How many it would hold without a filter.
    #[must_use]
    pub fn all(&self) -> usize {
        self.all
    }

    /// All its events, by start.
    pub fn iter(&self) -> impl Iterator<Item = EventId> + '_ {
        self.events.iter().copied().map(EventId)
    }

    /// How many events touch `[from, to)`.
    pub(super) fn count(&self, from: i64, to: i64) -> u32 {
        let begun = self.starts.partition_point(|&start| start < to);
        let over = self.sorted_ends.partition_point(|&end| end <= from);
        begun.saturating_sub(over) as u32
    }

    pub(super) fn events(&self, from: i64, to: i64, limit: usize) -> EventsIn {
        let total = self.count(from, to) as usize;
        let begun = self.starts.partition_point(|&start| start < to);
        let mut events = Vec::with_capacity(total.min(limit));
        self.descend(1, from, begun, limit, &mut events);
        EventsIn { events, total }
    }

    /// Collects, left to right, the events before position `begun` that end after `from`.
    fn descend(&self, node: usize, from: i64, begun: usize, limit: usize, out: &mut Vec<EventId>) {
        let leaves = self.latest.len() / 2;
        if out.len() >= limit || self.latest.get(node).is_none_or(|&latest| latest <= from) {
            return;
        }
        // The first leaf under this node, to leave out what starts too late.
        let mut first = node;
        while first < leaves {
            first *= 2;
        }
        let at = (first - leaves) * BLOCK;
        if at >= begun {
            return;
        }
        if node < leaves {
            self.descend(node * 2, from, begun, limit, out);
            self.descend(node * 2 + 1, from, begun, limit, out);
            return;
        }
        for i in at..(at + BLOCK).min(begun) {
            if self.ends[i] > from && out.len() < limit {
                out.push(EventId(self.events[i]));
            }
        }
    }
}
