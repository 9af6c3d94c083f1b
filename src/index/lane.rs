//! One lane's events, answered for by position in sorted arrays.

use crate::event::EventId;

/// The events of one lane.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    name: String,
    all: usize,
    /// Events by start, then by end.
    events: Vec<u32>,
    /// Their extents.
    extents: Spans,
    sorted_ends: Vec<i64>,
    /// By when each has surely begun, sorted.
    sure_starts: Vec<i64>,
    /// Until when each surely goes on, sorted.
    sure_ends: Vec<i64>,
    /// For events of which nothing is sure: from the sure end to the sure start, the time in which they may lie on either
    /// side.
    vague: Spans,
}

/// An event on its way into a lane, in units of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// First possible unit.
    pub(super) start: i64,
    /// After the last possible one.
    pub(super) end: i64,
    /// It has surely begun by then.
    pub(super) sure_start: i64,
    /// It surely has not ended before.
    pub(super) sure_end: i64,
    pub(super) event: u32,
}

/// How many events touch a window: surely, and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountRange {
    /// Events that were under way in it whatever their sources leave open.
    pub certain: usize,
    /// Those and the ones that may have been.
    pub possible: usize,
}

impl CountRange {
    /// Both counts added up.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { certain: self.certain + other.certain, possible: self.possible + other.possible }
    }

    /// "31–34 events", "1 event".
    #[must_use]
    pub fn words(self, one: &str) -> String {
        match (self.certain, self.possible) {
            (1, 1) => format!("1 {one}"),
            (certain, possible) if certain == possible => format!("{possible} {one}s"),
            (certain, possible) => format!("{certain}–{possible} {one}s"),
        }
    }
}

/// The events of a lane that touch a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsIn {
    /// The first of them by start, as many as were asked for.
    pub events: Vec<EventId>,
    /// How many there are.
    pub total: usize,
}

impl Lane {
    /// A lane of events, of `all` that it would hold unfiltered.
    pub(super) fn new(name: String, all: usize, mut events: Vec<Entry>) -> Self {
        events.sort_unstable();
        let sorted = |of: &dyn Fn(&Entry) -> i64| {
            let mut values: Vec<i64> = events.iter().map(of).collect();
            values.sort_unstable();
            values
        };
        let mut vague: Vec<(i64, i64)> = events
            .iter()
            .filter(|entry| entry.sure_end < entry.sure_start)
            .map(|entry| (entry.sure_end, entry.sure_start))
            .collect();
        vague.sort_unstable();
        Self {
            name,
            all,
            sorted_ends: sorted(&|entry| entry.end),
            sure_starts: sorted(&|entry| entry.sure_start),
            sure_ends: sorted(&|entry| entry.sure_end),
            extents: Spans::new(events.iter().map(|entry| (entry.start, entry.end))),
            vague: Spans::new(vague.into_iter()),
            events: events.into_iter().map(|entry| entry.event).collect(),
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
        let begun = self.extents.starts.partition_point(|&start| start < to);
        let over = self.sorted_ends.partition_point(|&end| end <= from);
        begun.saturating_sub(over) as u32
    }

    /// The same, with how many of them surely do: those that have surely begun by `to` and surely not ended before `from`.
    pub(super) fn count_range(&self, from: i64, to: i64) -> CountRange {
        let possible = self.count(from, to) as usize;
        let late = self.len() - self.sure_starts.partition_point(|&start| start <= to);
        let early = self.sure_ends.partition_point(|&end| end < from);
        // Those that are both were counted twice: their doubt covers the whole window.
        let mut both = 0;
        let begun = self.vague.starts.partition_point(|&start| start < from);
        self.vague.each(begun, to, &mut |_| {
            both += 1;
            true
        });
        let certain = (self.len() + both).saturating_sub(late + early);
        CountRange { certain: certain.min(possible), possible }
    }

    pub(super) fn events(&self, from: i64, to: i64, limit: usize) -> EventsIn {
        let total = self.count(from, to) as usize;
        let begun = self.extents.starts.partition_point(|&start| start < to);
        let mut events = Vec::with_capacity(total.min(limit));
        self.extents.each(begun, from, &mut |at| {
            if events.len() < limit {
                events.push(EventId(self.events[at]));
            }
            events.len() < limit
        });
        EventsIn { events, total }
    }
}

/// Spans by start, with an implicit binary tree over blocks of them that knows the latest end under each node.
#[derive(Clone, Debug, Default)]
struct Spans {
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// Root at 1.
    latest: Vec<i64>,
}

/// Spans under a leaf of the tree.
const BLOCK: usize = 32;

impl Spans {
    /// Spans that come sorted by start.
    fn new(spans: impl Iterator<Item = (i64, i64)>) -> Self {
        let (starts, ends): (Vec<i64>, Vec<i64>) = spans.unzip();
        let leaves = ends.len().div_ceil(BLOCK).next_power_of_two();
        let mut latest = vec![i64::MIN; leaves * 2];
        for (i, block) in ends.chunks(BLOCK).enumerate() {
            latest[leaves + i] = block.iter().copied().max().unwrap_or(i64::MIN);
        }
        for node in (1..leaves).rev() {
            latest[node] = latest[node * 2].max(latest[node * 2 + 1]);
        }
        Self { starts, ends, latest }
    }

    /// Calls `each` with the position of every span before position `begun` that ends after `after`, in order, until it
    /// says no.
    fn each(&self, begun: usize, after: i64, each: &mut impl FnMut(usize) -> bool) {
        self.descend(1, begun, after, each);
    }

    fn descend(&self, node: usize, begun: usize, after: i64, each: &mut impl FnMut(usize) -> bool) -> bool {
        let leaves = self.latest.len() / 2;
        if self.latest.get(node).is_none_or(|&latest| latest <= after) {
            return true;
        }
        // The first leaf under this node, to leave out what starts too late.
        let mut first = node;
        while first < leaves {
            first *= 2;
        }
        let at = (first - leaves) * BLOCK;
        if at >= begun {
            return true;
        }
        if node < leaves {
            return self.descend(node * 2, begun, after, each) && self.descend(node * 2 + 1, begun, after, each);
        }
        (at..(at + BLOCK).min(begun)).all(|i| self.ends[i] <= after || each(i))
    }
}
