//! Events to lanes, on all cores.

use super::deal::{Dealt, Grouping, Name};
use super::importance::{Importance, Ranking};
use super::lane::{Entry, Lane};
use super::quantum::Quantum;
use crate::event::{EventId, EventTable};
use crate::task;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Events that one thread looks at at a time.
const EVENTS: usize = 1 << 16;

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
    let maker = Maker { table, quantum, keep };
    let make = |lane: usize| Arc::new(maker.lane(&importance, dealt.names[lane].clone(), dealt.events(lane)));
    // Each takes what it needs only while it is made.
    let mut lanes = task::in_parallel(0..dealt.names.len(), make);
    let once = dealt.several.then(|| {
        let all = Dealt::new(table, &Grouping { by: Vec::new(), most: 1 });
        let events = if all.names.is_empty() { &[] } else { all.events(0) };
        Arc::new(maker.lane(&importance, (None, String::new()), events))
    });
    let mut of_outer: HashMap<Option<&str>, usize> = HashMap::new();
    for lane in &lanes {
        *of_outer.entry(lane.outer()).or_default() += lane.all();
    }
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|&at| {
        let lane = &lanes[at];
        (dealt.rest == Some(at), Reverse(of_outer[&lane.outer()]), lane.outer(), Reverse(lane.all()), lane.name())
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
    fn lane(&self, importance: &Importance<'_>, name: Name, events: &[u32]) -> Lane {
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
