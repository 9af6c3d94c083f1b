//! Which lanes there are, and which events stand in each.

use crate::event::{Classes, EventId, EventTable, Facet};
use crate::task;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// What makes the lanes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grouping {
    /// By what: nothing is one lane of all events; a second facet divides the lanes of the first. Later ones are not
    /// looked at.
    pub by: Vec<Facet>,
    /// No more lanes than this: events of the smaller ones stand together in one more.
    pub most: usize,
}

/// Lanes that can be told apart by scrolling and searching, and no more.
pub const MOST_LANES: usize = 5_000;
/// The name of the only lane, where there is but one.
pub const ALL: &str = "Events";

impl Default for Grouping {
    fn default() -> Self {
        Self { by: vec![Facet::Kind], most: Self::UNDECIDED }
    }
}

impl Grouping {
    /// How many lanes there are where nobody has decided it: what is opened then gets those of [`Self::first_look`].
    pub const UNDECIDED: usize = usize::MAX;

    /// The same for a table that may not have all the fields: those that it has, and kinds where it has none of them.
    #[must_use]
    pub fn fitting(&self, table: &EventTable) -> Self {
        let by: Vec<Facet> = self.by.iter().filter_map(|facet| facet.in_table(table)).collect();
        let by = if by.is_empty() && !self.by.is_empty() { Self::default().by } else { by };
        Self { by, most: self.most }
    }

    /// The lanes that a person would choose at first sight: by kinds, or where there are none by the field whose values are few
    /// and come again; the most frequent of many, and one more lane for the others.
    #[must_use]
    pub fn first_look(table: &EventTable) -> Self {
        let facet = Facet::for_lanes(table);
        let many = facet.as_ref().and_then(|facet| facet.value_count(table)).is_some_and(|values| values > MANY);
        let by = vec![facet.unwrap_or_default()];
        Self { by, most: if many { FIRST } else { MOST_LANES } }
    }
}

/// More lanes than these are too many at first sight.
const MANY: usize = 16;
/// So many of them are shown then.
const FIRST: usize = 12;

/// Events that one thread looks at at a time.
const EVENTS: usize = 1 << 17;

/// A lane's name, with that of the lane it is a part of.
pub(super) type Name = (Option<Arc<str>>, String);

/// Events by lane.
pub(super) struct Dealt {
    pub(super) names: Vec<Name>,
    /// How many events each lane has.
    pub(super) counts: Vec<usize>,
    /// Events with their lanes, in the order of the events, in parts of so many as one thread looks at.
    pub(super) pairs: Vec<Vec<Pair>>,
    /// The lane of those that were merged, which stands last.
    pub(super) rest: Option<usize>,
    /// Whether an event may stand in several lanes.
    pub(super) several: bool,
}

/// A lane with an event that stands in it.
pub(super) type Pair = (u32, u32);

impl Dealt {
    /// Lanes, their order and colours stay the same whatever is known on the day that is looked at.
    pub(super) fn new(table: &EventTable, grouping: &Grouping) -> Self {
        let Some(first) = grouping.by.first() else { return Self::undivided(table) };
        let outer = Classes::new(table, first);
        let inner = grouping.by.get(1).filter(|second| *second != first).map(|facet| Classes::new(table, facet));
        let wide = inner.as_ref().map_or(1, |inner| inner.names().len() as u32);
        // Two facets of so many values that their pairs cannot be numbered are as good as one.
        let inner = inner.filter(|_| (outer.names().len() as u32).checked_mul(wide).is_some());
        let several = outer.several() || inner.as_ref().is_some_and(Classes::several);
        let mut pairs = pairs(table, |event, (own, other), add| {
            outer.of(event, own);
            match &inner {
                None => own.iter().for_each(|&class| add(class)),
                Some(inner) => {
                    inner.of(event, other);
                    for class in &*own {
                        for second in &*other {
                            add(class * wide + second);
                        }
                    }
                }
            }
        });
        let names = match &inner {
            None => outer.names().iter().map(|name| (None, name.clone())).collect(),
            Some(inner) => {
                let shared: Vec<Arc<str>> = outer.names().iter().map(|name| name.as_str().into()).collect();
                numbered(&mut pairs)
                    .into_iter()
                    .map(|key| {
                        let (class, second) = ((key / wide) as usize, (key % wide) as usize);
                        (Some(shared[class].clone()), inner.names()[second].clone())
                    })
                    .collect()
            }
        };
        let only_none = inner.is_none().then(|| outer.none());
        Self::filled(names, pairs, grouping.most.min(MOST_LANES), only_none, several)
    }

    /// Takes events out of lanes to which only accounts bring them that were not known by the time that is shown. Lanes keep
    /// their order.
    pub(super) fn known(mut self, table: &EventTable, grouping: &Grouping) -> Self {
        if !table.is_as_known() {
            return self;
        }
        let (names, rest) = (&self.names, self.rest);
        let is_told = |lane: usize, event: EventId| {
            let (outer, inner) = &names[lane];
            // One that all accounts bring there stays, and so do those of merged lanes.
            if table.rows_known(event).count() == table.rows_read(event).count() || Some(lane) == rest || inner == ALL
            {
                return true;
            }
            let asked = outer.as_deref().into_iter().chain([inner.as_str()]);
            grouping.by.iter().zip(asked).all(|(facet, name)| {
                let values = facet.values(table, event);
                values.iter().any(|value| value == name) || (values.is_empty() && name == facet.without())
            })
        };
        for part in &mut self.pairs {
            part.retain(|(lane, event)| is_told(*lane as usize, EventId(*event)));
        }
        self
    }

    fn undivided(table: &EventTable) -> Self {
        let pairs = pairs(table, |_, _, add| add(0));
        Self::filled(vec![(None, ALL.to_owned())], pairs, 1, None, false)
    }

    /// Lanes without events are left out. A lane `without` a value that is the only one has all events.
    fn filled(
        mut names: Vec<Name>,
        mut pairs: Vec<Vec<Pair>>,
        most: usize,
        without: Option<u32>,
        several: bool,
    ) -> Self {
        let mut counts = counted(&names, &pairs);
        let merged = merge_small(&mut names, &mut pairs, &counts, most.max(1));
        if merged {
            counts = counted(&names, &pairs);
        }
        let filled = counts.iter().filter(|count| **count > 0).count();
        if let Some(without) = without.filter(|without| filled == 1 && counts[*without as usize] > 0) {
            ALL.clone_into(&mut names[without as usize].1);
        }
        if filled < names.len() {
            let number = |next: &mut u32, count: &usize| Some(std::mem::replace(next, *next + u32::from(*count > 0)));
            let numbers: Vec<u32> = counts.iter().scan(0, number).collect();
            for (lane, _) in pairs.iter_mut().flatten() {
                *lane = numbers[*lane as usize];
            }
            let mut keep = counts.iter().map(|count| *count > 0);
            names.retain(|_| keep.next().unwrap_or(false));
            counts.retain(|count| *count > 0);
        }
        let rest = merged.then(|| names.len() - 1);
        Self { names, counts, pairs, rest, several }
    }
}

/// Every event that has a date in some account, with each of its lanes, in the order of the events. The two lists are
/// memory for `lanes` to work with.
fn pairs(
    table: &EventTable,
    lanes: impl Fn(EventId, (&mut Vec<u32>, &mut Vec<u32>), &mut dyn FnMut(u32)) + Sync,
) -> Vec<Vec<Pair>> {
    let count = table.event_count();
    let ranges = (0..count).step_by(EVENTS).map(|from| from as u32..(from + EVENTS).min(count) as u32);
    task::in_parallel(ranges, |range: Range<u32>| {
        let (mut out, mut own, mut other) = (Vec::with_capacity(range.len()), Vec::new(), Vec::new());
        for event in range {
            if table.rows_read(EventId(event)).any(|row| !table.is_undated(row)) {
                lanes(EventId(event), (&mut own, &mut other), &mut |lane| out.push((lane, event)));
            }
        }
        out
    })
}

/// Numbers the lanes of pairs anew, without gaps, and returns what they were.
fn numbered(pairs: &mut [Vec<Pair>]) -> Vec<u32> {
    let (mut keys, mut known) = (Vec::new(), HashMap::new());
    for (lane, _) in pairs.iter_mut().flatten() {
        *lane = *known.entry(*lane).or_insert_with_key(|key| {
            keys.push(*key);
            keys.len() as u32 - 1
        });
    }
    keys
}

/// How many events each lane has.
fn counted(names: &[Name], pairs: &[Vec<Pair>]) -> Vec<usize> {
    let mut counts = vec![0; names.len()];
    for (lane, _) in pairs.iter().flatten() {
        counts[*lane as usize] += 1;
    }
    counts
}

/// Puts the events of all but the biggest lanes into one more lane, each once; whether there were any such.
fn merge_small(names: &mut Vec<Name>, pairs: &mut [Vec<Pair>], counts: &[usize], most: usize) -> bool {
    let mut order: Vec<usize> = (0..names.len()).filter(|lane| counts[*lane] > 0).collect();
    // One lane too many is no reason to hide its name.
    if order.len() <= most + 1 {
        return false;
    }
    order.sort_by(|&a, &b| counts[b].cmp(&counts[a]).then_with(|| names[a].cmp(&names[b])));
    let mut merged = vec![false; names.len()];
    order[most..].iter().for_each(|lane| merged[*lane] = true);
    let more = names.len() as u32;
    names.push((None, format!("{} smaller lanes", order.len() - most)));
    pairs.iter_mut().flatten().filter(|(lane, _)| merged[*lane as usize]).for_each(|(lane, _)| *lane = more);
    // Pairs stand in the order of events, so that those of one event are beside each other.
    let mut last = None;
    for part in pairs {
        part.retain(|&(lane, event)| lane != more || last.replace(event) != Some(event));
    }
    true
}
