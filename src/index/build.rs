//! Events to lanes, on all cores.

use super::deal::{Dealt, Grouping, Name, Pair};
use super::importance::{Importance, Ranking};
use super::lane::{Entry, Lane};
use super::quantum::Quantum;
use crate::event::{EventId, EventTable};
use crate::task;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Events that one thread looks at at a time.
const EVENTS: usize = 1 << 17;

pub(super) struct Built {
    pub(super) quantum: Quantum,
    pub(super) lanes: Vec<Arc<Lane>>,
    /// All events once, where some may stand in several lanes.
    pub(super) once: Option<Arc<Lane>>,
    /// No event begins or ends within a day.
    pub(super) in_days: bool,
    pub(super) ranking: Ranking,
}

pub(super) fn build(table: &EventTable, grouping: &Grouping, keep: &(impl Fn(EventId) -> bool + Sync)) -> Built {
    let quantum = Quantum::for_table(table);
    let importance = Importance::new(table);
    let dealt = Dealt::new(table, grouping).known(table, grouping);
    let maker = Maker { table, quantum, keep, importance: &importance };
    let (rest, several) = (dealt.rest, dealt.several);
    let (mut lanes, in_days) = maker.lanes(dealt);
    let once = several.then(|| {
        let all = Dealt::new(table, &Grouping { by: Vec::new(), most: 1 });
        maker.lanes(all).0.pop().unwrap_or_default()
    });
    in_order(&mut lanes, rest);
    Built { quantum, lanes, once, in_days, ranking: importance.ranking() }
}

/// Puts lanes into their order: those with the most events first, then by name, the parts of a divided lane together, and
/// the `rest` last.
fn in_order(lanes: &mut Vec<Arc<Lane>>, rest: Option<usize>) {
    let mut of_outer: HashMap<Option<&str>, usize> = HashMap::new();
    for lane in &*lanes {
        *of_outer.entry(lane.outer()).or_default() += lane.all();
    }
    let outer: Vec<usize> = lanes.iter().map(|lane| of_outer[&lane.outer()]).collect();
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_cached_key(|&at| {
        let lane = &lanes[at];
        (rest == Some(at), Reverse(outer[at]), lane.outer(), Reverse(lane.all()), lane.name())
    });
    *lanes = order.into_iter().map(|at| lanes[at].clone()).collect();
}

pub(super) fn keeping(
    lanes: &[Arc<Lane>],
    quantum: Quantum,
    table: &EventTable,
    keep: &(impl Fn(EventId) -> bool + Sync),
) -> Vec<Arc<Lane>> {
    let sure =
        |event: EventId| table.span_of(event).map_or((i64::MAX, i64::MIN), |(_, sure)| sure_units(quantum, sure));
    let kept = kept(table.event_count(), keep);
    let of_lane = |lane: &Arc<Lane>| {
        let places = places(lane, &kept);
        if places.len() == lane.len() { lane.clone() } else { Arc::new(lane.keeping(&places, quantum, sure)) }
    };
    // One by one, thousands of small lanes would keep the threads waiting for each other.
    let at_a_time = (lanes.len() / (SHARES * task::cores())).max(1);
    let made = task::in_parallel(lanes.chunks(at_a_time), |lanes| lanes.iter().map(of_lane).collect::<Vec<_>>());
    made.concat()
}

/// So many places are gathered before they are stored.
const BLOCK: usize = 1_024;

/// Very many lanes are filtered in so many shares for each core.
const SHARES: usize = 16;

/// The places in a lane of the events that are kept. What a search lets through has no order in time, so that no step
/// of it can be foretold: none branches.
fn places(lane: &Lane, kept: &[u64]) -> Vec<u32> {
    let (mut places, mut some, mut count) = (Vec::new(), [0; BLOCK], 0);
    for (at, event) in (0..).zip(lane.iter()) {
        some[count] = at;
        count += (kept[event.0 as usize / 64] >> (event.0 % 64) & 1) as usize;
        if count == BLOCK {
            places.extend_from_slice(&some);
            count = 0;
        }
    }
    places.extend_from_slice(&some[..count]);
    places
}

/// A bit for each event that is kept. Lanes ask for events in no order of memory, and bits of all of them stay at hand.
fn kept(count: usize, keep: &(impl Fn(EventId) -> bool + Sync)) -> Vec<u64> {
    let ranges = (0..count).step_by(EVENTS).map(|from| from..(from + EVENTS).min(count));
    let parts = task::in_parallel(ranges, |range| {
        let mut bits = vec![0_u64; range.len().div_ceil(64)];
        for (at, event) in range.enumerate() {
            bits[at / 64] |= u64::from(keep(EventId(event as u32))) << (at % 64);
        }
        bits
    });
    parts.concat()
}

fn sure_units(quantum: Quantum, (begun, on): (crate::time::TimePoint, crate::time::TimePoint)) -> (i64, i64) {
    (quantum.up(begun), quantum.floor(on))
}

struct Maker<'a, K> {
    table: &'a EventTable,
    quantum: Quantum,
    keep: &'a K,
    importance: &'a Importance<'a>,
}

impl<K: Fn(EventId) -> bool + Sync> Maker<'_, K> {
    /// All lanes, and whether all their events are known in whole days. The table is read once, in its own order: lane by
    /// lane it would be walked as often as there are lanes.
    fn lanes(&self, dealt: Dealt) -> (Vec<Arc<Lane>>, bool) {
        let Dealt { names, counts, pairs, .. } = dealt;
        let groups = Groups::of(&counts);
        let parts = task::in_parallel(pairs.into_iter(), |pairs| self.parts(&pairs, &groups));
        let mut of_group: Vec<Vec<Part>> = groups.lanes.iter().map(|_| Vec::with_capacity(parts.len())).collect();
        let mut all_in_days = true;
        for (part, in_days) in parts {
            all_in_days &= in_days;
            let filled = of_group.iter_mut().zip(part).filter(|(_, part)| !part.entries.is_empty());
            filled.for_each(|(group, part)| group.push(part));
        }
        let mut named = names.into_iter().zip(counts);
        let all: Vec<(Vec<_>, Vec<Part>)> =
            groups.lanes.iter().map(|lanes| named.by_ref().take(lanes.len()).collect()).zip(of_group).collect();
        // A group's entries are let go as soon as its lanes are made.
        let made = task::in_parallel(all.into_iter(), |(named, parts)| {
            let entries = by_lane(parts, &named);
            let lane = |((name, count), entries)| Arc::new(Lane::new(name, count, entries, self.quantum));
            named.into_iter().zip(entries).map(lane).collect::<Vec<_>>()
        });
        (made.into_iter().flatten().collect(), all_in_days)
    }

    /// The entries of some events, by group of lanes; and whether all of them are known in whole days.
    fn parts(&self, pairs: &[Pair], groups: &Groups) -> (Vec<Part>, bool) {
        let (day, mut in_days) = (self.quantum.units_in_a_day(), true);
        let mut counts = vec![0_usize; groups.lanes.len()];
        for (lane, _) in pairs {
            counts[groups.of_lane[*lane as usize] as usize] += 1;
        }
        let part = |(count, lanes): (usize, &Range<usize>)| Part {
            lanes: Vec::with_capacity(if lanes.len() > 1 { count } else { 0 }),
            entries: Vec::with_capacity(count),
        };
        let mut out: Vec<Part> = counts.into_iter().zip(&groups.lanes).map(part).collect();
        for &(lane, event) in pairs {
            let Some(entry) = self.entry(EventId(event)) else { continue };
            in_days = in_days && entry.is_in_days(day);
            let group = groups.of_lane[lane as usize] as usize;
            let (part, lanes) = (&mut out[group], &groups.lanes[group]);
            part.entries.push(entry);
            if lanes.len() > 1 {
                part.lanes.push(lane - lanes.start as u32);
            }
        }
        (out, in_days)
    }

    fn entry(&self, event: EventId) -> Option<Entry> {
        let (extent, sure) = self.table.span_of(event).filter(|_| (self.keep)(event))?;
        let (start, end) = self.quantum.ticks(extent);
        let (sure_start, sure_end) = sure_units(self.quantum, sure);
        let lasted = sure_end.saturating_sub(sure_start);
        Some(Entry {
            start,
            end,
            sure_start,
            sure_end,
            event: event.0,
            importance: self.importance.of(event, lasted),
        })
    }
}

/// Lanes beside each other that together have about as many events as fit the processor's nearer memory. Events are dealt
/// to groups first and then, group by group, to lanes: dealt to thousands of lanes at once, each would be a walk to
/// memory that is not at hand (a radix partition in two passes, as in Manegold, Boncz and Kersten, 2002).
struct Groups {
    lanes: Vec<Range<usize>>,
    /// The group of each lane.
    of_lane: Vec<u32>,
}

/// A group of several lanes has no more events than this.
const GROUP: usize = 1 << 13;

impl Groups {
    /// Groups of lanes that have so many events.
    fn of(counts: &[usize]) -> Self {
        let mut lanes: Vec<Range<usize>> = Vec::new();
        let mut of_lane = Vec::with_capacity(counts.len());
        let mut events = 0;
        for (lane, count) in counts.iter().enumerate() {
            events += count;
            match lanes.last_mut() {
                Some(group) if events <= GROUP => group.end = lane + 1,
                _ => {
                    lanes.push(lane..lane + 1);
                    events = *count;
                }
            }
            of_lane.push(lanes.len() as u32 - 1);
        }
        Self { lanes, of_lane }
    }
}

/// Entries of a group of lanes.
struct Part {
    /// Which of the group's lanes each stands in; empty where it has but one.
    lanes: Vec<u32>,
    entries: Vec<Entry>,
}

/// The entries of each lane of a group, in their order. Those of a lane alone are not copied where they are one part.
fn by_lane(parts: Vec<Part>, named: &[(Name, usize)]) -> Vec<Vec<Entry>> {
    if let [_] = named {
        let mut parts: Vec<Vec<Entry>> = parts.into_iter().map(|part| part.entries).collect();
        return vec![if parts.len() == 1 { parts.pop().unwrap_or_default() } else { parts.concat() }];
    }
    let mut out: Vec<Vec<Entry>> = named.iter().map(|(_, count)| Vec::with_capacity(*count)).collect();
    for Part { lanes, entries } in parts {
        lanes.into_iter().zip(entries).for_each(|(lane, entry)| out[lane as usize].push(entry));
    }
    out
}
