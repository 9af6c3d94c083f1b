//! Events to lanes, on all cores.

use super::deal::{Dealt, Grouping, Pair};
use super::importance::{Importance, Ranking};
use super::lane::{Entry, Lane};
use super::quantum::Quantum;
use crate::event::{EventId, EventTable};
use crate::task;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Events that one thread looks at at a time.
const EVENTS: usize = 1 << 17;

pub(super) struct Built {
    pub(super) quantum: Quantum,
    pub(super) lanes: Vec<Arc<Lane>>,
    /// All events once, where some may stand in several lanes.
    pub(super) once: Option<Arc<Lane>>,
    pub(super) ranking: Ranking,
}

pub(super) fn build(table: &EventTable, grouping: &Grouping, keep: &(impl Fn(EventId) -> bool + Sync)) -> Built {
    let quantum = Quantum::for_table(table);
    let importance = Importance::new(table);
    let dealt = Dealt::new(table, grouping);
    let maker = Maker { table, quantum, keep, importance: &importance };
    let (rest, several) = (dealt.rest, dealt.several);
    let mut lanes = maker.lanes(dealt);
    let once = several.then(|| {
        let all = Dealt::new(table, &Grouping { by: Vec::new(), most: 1 });
        maker.lanes(all).pop().unwrap_or_default()
    });
    let mut of_outer: HashMap<Option<&str>, usize> = HashMap::new();
    for lane in &lanes {
        *of_outer.entry(lane.outer()).or_default() += lane.all();
    }
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|&at| {
        let lane = &lanes[at];
        (rest == Some(at), Reverse(of_outer[&lane.outer()]), lane.outer(), Reverse(lane.all()), lane.name())
    });
    lanes = order.iter().map(|&at| lanes[at].clone()).collect();
    Built { quantum, lanes, once, ranking: importance.ranking() }
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
    task::in_parallel(lanes.iter(), |lane| {
        let is_kept = |event: EventId| kept[event.0 as usize / 64] & (1 << (event.0 % 64)) != 0;
        let places: Vec<u32> =
            (0..).zip(lane.iter()).filter(|(_, event)| is_kept(*event)).map(|(at, _)| at).collect();
        if places.len() == lane.len() { lane.clone() } else { Arc::new(lane.keeping(&places, sure)) }
    })
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
    /// All lanes. The table is read once, in its own order: lane by lane it would be walked as often as there are lanes.
    fn lanes(&self, dealt: Dealt) -> Vec<Arc<Lane>> {
        let Dealt { names, counts, pairs, .. } = dealt;
        let parts = task::in_parallel(pairs.chunks(EVENTS), |pairs| self.parts(pairs, names.len()));
        drop(pairs);
        let mut of_lane: Vec<Vec<Vec<Entry>>> = names.iter().map(|_| Vec::with_capacity(parts.len())).collect();
        for part in parts {
            let filled = of_lane.iter_mut().zip(part).filter(|(_, entries)| !entries.is_empty());
            filled.for_each(|(lane, entries)| lane.push(entries));
        }
        // Each lane's entries are let go as soon as it is made.
        let all = names.into_iter().zip(counts).zip(of_lane);
        task::in_parallel(all, |((name, count), parts)| Arc::new(Lane::new(name, count, joined(parts))))
    }

    /// The entries of some events, by lane.
    fn parts(&self, pairs: &[Pair], lanes: usize) -> Vec<Vec<Entry>> {
        let mut counts = vec![0_usize; lanes];
        for (lane, _) in pairs {
            counts[*lane as usize] += 1;
        }
        let mut out: Vec<Vec<Entry>> = counts.into_iter().map(Vec::with_capacity).collect();
        for &(lane, event) in pairs {
            out[lane as usize].extend(self.entry(EventId(event)));
        }
        out
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

/// Parts one after the other; a single one is not copied.
fn joined(mut parts: Vec<Vec<Entry>>) -> Vec<Entry> {
    if parts.len() == 1 { parts.pop().unwrap_or_default() } else { parts.concat() }
}
