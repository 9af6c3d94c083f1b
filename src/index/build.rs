//! Events to lanes, on all cores.

use super::importance::{Importance, Ranking};
use super::lane::{Entry, Lane};
use super::quantum::Quantum;
use crate::event::{EventId, EventTable};
use crate::task;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The name of the lane for events without a kind, where others have one.
pub const NO_KIND: &str = "Other";
/// The name of the only lane, where no event has a kind.
pub const ALL: &str = "Events";

/// Events that one thread looks at at a time.
const EVENTS: usize = 1 << 16;
/// An event that stands in no lane.
const NOWHERE: u32 = u32::MAX;

pub(super) struct Built {
    pub(super) quantum: Quantum,
    pub(super) lanes: Vec<Arc<Lane>>,
    pub(super) ranking: Ranking,
}

pub(super) fn by_kind(table: &EventTable, keep: &(impl Fn(EventId) -> bool + Sync)) -> Built {
    let quantum = Quantum::for_table(table);
    let importance = Importance::new(table);
    let dealt = Dealt::by_kind(table);
    let maker = Maker { table, quantum, keep };
    let make = |lane: usize| {
        let events = &dealt.events[dealt.begins[lane]..dealt.begins[lane + 1]];
        Arc::new(maker.lane(&importance, dealt.names[lane].clone(), events))
    };
    // Big lanes first, so that no core is left with one at the end; each takes what it needs only while it is made.
    let mut lanes = task::in_parallel(0..dealt.names.len(), make);
    lanes.sort_by(|a, b| b.all().cmp(&a.all()).then_with(|| a.name().cmp(b.name())));
    Built { quantum, lanes, ranking: importance.ranking() }
}

pub(super) fn keeping(
    lanes: &[Arc<Lane>],
    quantum: Quantum,
    table: &EventTable,
    keep: &(impl Fn(EventId) -> bool + Sync),
) -> Vec<Arc<Lane>> {
    let sure =
        |event: EventId| table.span_of(event).map_or((i64::MAX, i64::MIN), |(_, sure)| sure_units(quantum, sure));
    task::in_parallel(lanes.iter(), |lane| {
        let kept = lane.iter().filter(|event| keep(*event)).count();
        if kept == lane.len() { lane.clone() } else { Arc::new(lane.keeping(keep, sure)) }
    })
}

fn sure_units(quantum: Quantum, (begun, on): (crate::time::TimePoint, crate::time::TimePoint)) -> (i64, i64) {
    (quantum.up(begun), quantum.floor(on))
}

struct Maker<'a, K> {
    table: &'a EventTable,
    quantum: Quantum,
    keep: &'a K,
}

impl<K: Fn(EventId) -> bool + Sync> Maker<'_, K> {
    fn lane(&self, importance: &Importance<'_>, name: String, events: &[u32]) -> Lane {
        let entry = |event: u32| {
            let event = EventId(event);
            let (extent, sure) = self.table.span_of(event).filter(|_| (self.keep)(event))?;
            let (start, end) = self.quantum.ticks(extent);
            let (sure_start, sure_end) = sure_units(self.quantum, sure);
            let lasted = sure_end.saturating_sub(sure_start);
            Some(Entry { start, end, sure_start, sure_end, event: event.0, importance: importance.of(event, lasted) })
        };
        let parts = task::in_parallel(events.chunks(EVENTS), |events| {
            events.iter().filter_map(|event| entry(*event)).collect::<Vec<_>>()
        });
        Lane::new(name, events.len(), parts.concat())
    }
}

/// Events by lane.
struct Dealt {
    names: Vec<String>,
    /// Events, those of a lane beside each other.
    events: Vec<u32>,
    /// Where each lane's events begin, and the last one's end.
    begins: Vec<usize>,
}

impl Dealt {
    /// Lanes, their order and colours stay the same whatever is known on the day that is looked at.
    fn by_kind(table: &EventTable) -> Self {
        // Kinds that are shown alike are one lane.
        let kinds = table.kinds();
        let mut names: Vec<String> = Vec::new();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut lane_of = |name: String| {
            *known.entry(name).or_insert_with_key(|name| {
                names.push(name.clone());
                names.len() as u32 - 1
            })
        };
        let of_kind: Vec<u32> = (0..kinds.words()).map(|key| lane_of(capitalised(kinds.word(key).trim()))).collect();
        let other = lane_of(NO_KIND.to_owned());
        let of_event = |event: EventId| {
            if table.rows_read(event).all(|row| table.is_undated(row)) {
                return NOWHERE;
            }
            let kind = table.rows_read(event).find_map(|row| kinds.key(row.0 as usize));
            kind.map_or(other, |key| of_kind[key])
        };
        let count = table.event_count();
        let ranges = (0..count).step_by(EVENTS).map(|from| from as u32..(from + EVENTS).min(count) as u32);
        let parts = task::in_parallel(ranges, |range: Range<u32>| {
            range.map(|event| of_event(EventId(event))).collect::<Vec<_>>()
        });
        let lanes = parts.concat();
        drop(parts);
        Self::sorted(names, &lanes, other as usize)
    }

    /// A counting sort; lanes without events are left out.
    fn sorted(mut names: Vec<String>, lanes: &[u32], other: usize) -> Self {
        let mut counts = vec![0_usize; names.len()];
        lanes.iter().filter(|lane| **lane != NOWHERE).for_each(|lane| counts[*lane as usize] += 1);
        let filled = counts.iter().filter(|count| **count > 0).count();
        if filled == 1 && counts[other] > 0 {
            ALL.clone_into(&mut names[other]);
        }
        let mut next: Vec<usize> = counts
            .iter()
            .scan(0, |before, count| {
                *before += count;
                Some(*before - count)
            })
            .collect();
        let mut begins = next.clone();
        let mut events = vec![0_u32; counts.iter().sum()];
        for (event, lane) in lanes.iter().enumerate().filter(|(_, lane)| **lane != NOWHERE) {
            events[next[*lane as usize]] = event as u32;
            next[*lane as usize] += 1;
        }
        let mut keep = counts.iter().map(|count| *count > 0);
        names.retain(|_| keep.next().unwrap_or(false));
        begins.retain({
            let mut keep = counts.iter().map(|count| *count > 0);
            move |_| keep.next().unwrap_or(false)
        });
        begins.push(events.len());
        Self { names, events, begins }
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
