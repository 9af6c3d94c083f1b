//! One lane's events, answered for by position in sorted arrays.

use super::deal::Name;
use super::doubts::Doubts;
use super::grid;
use super::quantum::Quantum;
use super::ranks::{Rank, Ranks, Sorted};
use super::tree::Tree;
use super::vague::Vague;
use crate::event::EventId;
use crate::task;
use crate::text::grouped;
use std::sync::Arc;

/// The events of one lane.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    name: String,
    /// The lane of which it is a part, where lanes are divided.
    outer: Option<Arc<str>>,
    all: usize,
    /// Events by start, then by end.
    events: Vec<u32>,
    sorted: Sorted,
    ranks: Ranks,
    tree: Tree,
    vague: Vague,
    /// `None` where there are too many kinds of them; then the table is asked.
    doubts: Option<Doubts>,
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
    pub(super) importance: u32,
}

impl Entry {
    /// Whether its moments are ends of days of so many units, or of the axis.
    pub(super) fn is_in_days(&self, day: i64) -> bool {
        let open = |moment: i64| moment == i64::MIN || moment == i64::MAX;
        [self.start, self.end, self.sure_start, self.sure_end].into_iter().all(|at| at % day == 0 || open(at))
    }
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
            (certain, possible) if certain == possible => format!("{} {one}s", grouped(possible)),
            (certain, possible) => format!("{}–{} {one}s", grouped(certain), grouped(possible)),
        }
    }
}

/// The events of a lane that touch a window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsIn {
    /// The most important of them, as many as were asked for, by start.
    pub events: Vec<EventId>,
    /// How many there are.
    pub total: usize,
}

/// Fewer events than this are sorted on one thread.
const SMALL: usize = 1 << 17;

/// Puts entries in their order, by start and what comes after it. Only starts are sorted: entries are far larger, and
/// are moved once.
fn by_start(entries: &mut Vec<Entry>) {
    if entries.is_sorted() {
        return;
    }
    let starts: Vec<i64> = entries.iter().map(|entry| entry.start).collect();
    *entries = grid::order(&starts).into_iter().map(|at| entries[at as usize]).collect();
    for same in entries.chunk_by_mut(|a, b| a.start == b.start).filter(|same| same.len() > 1) {
        same.sort_unstable();
    }
}

/// Those of which nothing is sure, from which moment until which.
fn vague(entries: &[Entry]) -> Vec<(i64, i64)> {
    let spans = entries.iter().filter(|entry| entry.sure_end < entry.sure_start);
    spans.map(|entry| (entry.sure_end, entry.sure_start)).collect()
}

type Moment = fn(&Entry) -> i64;
/// The moments of entries that are sorted, but for their start.
const MOMENTS: [Moment; 3] = [|entry| entry.end, |entry| entry.sure_start, |entry| entry.sure_end];

fn moments(entries: &[Entry], of: Moment) -> Vec<i64> {
    entries.iter().map(of).collect()
}

/// Puts entries in their order and sorts their moments, which are mostly in order too once the entries are.
fn sorted(entries: &mut Vec<Entry>) -> (Sorted, Vague) {
    by_start(entries);
    let [ends, sure_starts, sure_ends] = MOMENTS.map(|of| {
        let mut values = moments(entries, of);
        grid::sort(&mut values);
        values
    });
    let starts = moments(entries, |entry| entry.start);
    (Sorted { starts, ends, sure_starts, sure_ends }, Vague::new(vague(entries)))
}

/// The same on all cores, from entries as they come.
fn sorted_at_once(entries: &mut Vec<Entry>) -> (Sorted, Vague) {
    let [mut ends, mut sure_starts, mut sure_ends] = MOMENTS.map(|of| moments(entries, of));
    let mut spans = vague(entries);
    let mut vague = Vague::default();
    let jobs: [Box<dyn FnOnce() + Send + '_>; 5] = [
        Box::new(|| by_start(entries)),
        Box::new(|| grid::sort(&mut ends)),
        Box::new(|| grid::sort(&mut sure_starts)),
        Box::new(|| grid::sort(&mut sure_ends)),
        Box::new(|| vague = Vague::new(std::mem::take(&mut spans))),
    ];
    task::in_parallel(jobs.into_iter(), |job| job());
    let starts = moments(entries, |entry| entry.start);
    (Sorted { starts, ends, sure_starts, sure_ends }, vague)
}

impl Lane {
    /// A lane of events, of `all` that it would hold unfiltered.
    pub(super) fn new((outer, name): Name, all: usize, mut entries: Vec<Entry>, quantum: Quantum) -> Self {
        let (sorted, vague) = if all < SMALL { sorted(&mut entries) } else { sorted_at_once(&mut entries) };
        let doubts = Doubts::new(&entries);
        let tree = Tree::new(
            entries.iter().map(|entry| entry.end).collect(),
            entries.iter().map(|entry| entry.importance).collect(),
        );
        let events = entries.iter().map(|entry| entry.event).collect();
        let ranks = Ranks::new(&sorted, quantum);
        Self { name, outer, all, events, sorted, ranks, tree, vague, doubts }
    }

    /// The same lane with the events at some places alone; `sure` tells by when one has surely begun and until when it goes on.
    pub(super) fn keeping(&self, places: &[u32], quantum: Quantum, sure: impl Fn(EventId) -> (i64, i64)) -> Self {
        let kept = places.iter().map(|at| *at as usize);
        let entry = |at: usize| {
            let event = EventId(self.events[at]);
            let (start, end) = (self.sorted.starts[at], self.tree.end(at));
            let told = self.doubts.as_ref().map(|doubts| doubts.sure(at, (start, end)));
            let (sure_start, sure_end) = told.unwrap_or_else(|| sure(event));
            Entry { start, end, sure_start, sure_end, event: event.0, importance: self.tree.importance(at) }
        };
        Self::new((self.outer.clone(), self.name.clone()), self.all, kept.map(entry).collect(), quantum)
    }

    /// The lane's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the lane of which it is a part, where lanes are divided by a second facet.
    #[must_use]
    pub fn outer(&self) -> Option<&str> {
        self.outer.as_deref()
    }

    /// What tells it from all other lanes, also when the document is opened again: its name, after that of the lane of
    /// which it is a part.
    #[must_use]
    pub fn key(&self) -> String {
        self.outer.as_deref().map_or_else(|| self.name.clone(), |outer| format!("{outer} › {}", self.name))
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

    /// From the earliest start to the latest end, in units; `None` without events.
    pub(super) fn extent(&self) -> Option<(i64, i64)> {
        self.sorted.starts.first().copied().zip(self.sorted.ends.last().copied())
    }

    /// The event at a place by start.
    pub(super) fn at(&self, at: usize) -> Option<EventId> {
        self.events.get(at).copied().map(EventId)
    }

    /// The place of an event that starts at a unit.
    pub(super) fn position(&self, start: i64, event: EventId) -> Option<usize> {
        let starts = &self.sorted.starts;
        let first = starts.partition_point(|own| *own < start);
        let same = starts[first..].iter().take_while(|own| **own == start).count();
        (first..first + same).find(|&at| self.events[at] == event.0)
    }

    /// The event whose start is nearest to a unit.
    pub(super) fn nearest(&self, unit: i64) -> Option<EventId> {
        let starts = &self.sorted.starts;
        let after = starts.partition_point(|own| *own < unit);
        let distance = |at: usize| starts.get(at).map(|start| start.abs_diff(unit));
        match (after.checked_sub(1).and_then(distance), distance(after)) {
            (Some(before), Some(behind)) if before < behind => self.at(after - 1),
            (Some(_), None) => self.at(after - 1),
            _ => self.at(after),
        }
    }

    pub(super) fn rank(&self, edge: i64) -> Rank {
        self.ranks.at(&self.sorted, edge)
    }

    /// How many events touch `[from, to)`.
    pub(super) fn count(&self, from: i64, to: i64) -> u32 {
        self.rank(to).begun.saturating_sub(self.rank(from).over)
    }

    /// The same, with how many of them surely do.
    pub(super) fn count_range(&self, from: i64, to: i64) -> CountRange {
        self.between((from, self.rank(from)), (to, self.rank(to)))
    }

    /// How many events touch the time between two moments of known ranks, and how many of them surely do: those that
    /// have surely begun by its end and surely not ended before its beginning.
    pub(super) fn between(&self, (from, first): (i64, Rank), (to, last): (i64, Rank)) -> CountRange {
        let possible = last.begun.saturating_sub(first.over) as usize;
        let late = self.len() - last.surely_begun as usize;
        let early = first.perhaps_over as usize;
        // Those that are both were counted twice: their doubt covers the whole window.
        let both = if late == 0 || early == 0 { 0 } else { self.vague.covering(from, to) };
        let certain = (self.len() + both).saturating_sub(late + early);
        CountRange { certain: certain.min(possible), possible }
    }

    /// The sorted moments of its events.
    pub(super) fn sorted(&self) -> &Sorted {
        &self.sorted
    }

    /// The spans in which its events may or may not have been under way.
    pub(super) fn vague(&self) -> &Vague {
        &self.vague
    }

    pub(super) fn events(&self, from: i64, to: i64, limit: usize) -> EventsIn {
        let total = self.count(from, to) as usize;
        let begun = self.rank(to).begun as usize;
        let mut found = if total <= limit { self.tree.all(begun, from) } else { self.tree.best(begun, from, limit) };
        found.sort_unstable();
        let events = found.into_iter().map(|at| EventId(self.events[at])).collect();
        EventsIn { events, total }
    }

    /// The importance of events of this lane that touch `[from, to)`, most important first.
    pub(super) fn important(&self, from: i64, to: i64, limit: usize) -> Vec<(EventId, u32)> {
        let begun = self.rank(to).begun as usize;
        let found = self.tree.best(begun, from, limit);
        found.into_iter().map(|at| (EventId(self.events[at]), self.tree.importance(at))).collect()
    }
}
