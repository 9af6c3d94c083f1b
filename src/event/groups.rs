//! Which rows speak of one event.

use super::column::TextColumn;
use super::table::{EventId, RowId};
use crate::task;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

/// The rows of each event. Where every row speaks of an event of its own, which is the usual case, this holds nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    rows: usize,
    shared: Option<Arc<Shared>>,
    /// Identifiers whose rows cannot be about one event, and are events of their own.
    apart: usize,
}

/// What records that share an identifier are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedIds {
    /// Claims about one event where they can be: where a source, a status or a publication tells them apart, or their titles
    /// agree; else events of their own.
    #[default]
    Evidence,
    /// Claims about one event.
    Claims,
    /// Events of their own.
    Events,
}

#[derive(Debug)]
struct Shared {
    /// The event of each row.
    event: Vec<u32>,
    /// Rows by event.
    rows: Vec<u32>,
    /// Where each event's rows begin in `rows`, and the last one's end.
    offsets: Vec<u32>,
}

impl Groups {
    /// Rows of one file that share an identifier speak of one event, if each of them may speak of that of the first one; a
    /// row without an identifier speaks of its own.
    pub(super) fn by_id(file: &[u16], id: &TextColumn, may_share: impl Fn(u32, u32) -> bool) -> Self {
        let rows = file.len();
        let mut again = repeats(file, id);
        let apart: HashSet<u32> = apart_of(&again, may_share);
        again.retain(|(_, first)| !apart.contains(first));
        let apart = apart.len();
        if again.is_empty() {
            return Self { rows, shared: None, apart };
        }
        // Events are numbered by their first rows.
        let mut event: Vec<u32> = Vec::with_capacity(rows);
        let (mut next, mut again) = (0, again.into_iter().peekable());
        for row in 0..rows as u32 {
            if let Some((_, first)) = again.next_if(|(own, _)| *own == row) {
                event.push(event[first as usize]);
            } else {
                event.push(next);
                next += 1;
            }
        }
        let (by_event, offsets) = rows_by_event(&event, next);
        Self { rows, shared: Some(Arc::new(Shared { event, rows: by_event, offsets })), apart }
    }

    /// The same events with only the rows that are kept; an event may be left with none.
    pub(super) fn keeping(&self, keeps: impl Fn(EventId, RowId) -> bool) -> Self {
        let mut rows = Vec::with_capacity(self.rows);
        let mut offsets = vec![0_u32];
        for event in (0..self.count() as u32).map(EventId) {
            rows.extend(self.rows_of(event).filter(|row| keeps(event, *row)).map(|row| row.0));
            offsets.push(rows.len() as u32);
        }
        let event = (0..self.rows as u32).map(|row| self.event_of(RowId(row)).0).collect();
        Self { rows: self.rows, shared: Some(Arc::new(Shared { event, rows, offsets })), apart: self.apart }
    }

    /// How many identifiers stand in several rows that are events of their own.
    pub(super) fn apart(&self) -> usize {
        self.apart
    }

    /// How many events there are.
    pub(super) fn count(&self) -> usize {
        self.shared.as_ref().map_or(self.rows, |shared| shared.offsets.len() - 1)
    }

    /// Whether every row is an event, so that rows and events have the same numbers.
    pub(super) fn is_plain(&self) -> bool {
        self.shared.is_none()
    }

    pub(super) fn event_of(&self, row: RowId) -> EventId {
        EventId(self.shared.as_ref().map_or(row.0, |shared| shared.event[row.0 as usize]))
    }

    pub(super) fn rows_of(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        let at = event.0 as usize;
        let range = match &self.shared {
            None if at < self.rows => at..at + 1,
            None => 0..0,
            Some(shared) => match (shared.offsets.get(at), shared.offsets.get(at + 1)) {
                (Some(&from), Some(&to)) => from as usize..to as usize,
                _ => 0..0,
            },
        };
        let rows = self.shared.as_ref().map(|shared| &shared.rows);
        range.map(move |at| RowId(rows.map_or(at as u32, |rows| rows[at])))
    }
}

/// Whether the identifiers of each file ascend, a shorter one before a longer one, as numbers do and whatever a program
/// counts: then none stands twice, and none need be remembered.
fn ascend(file: &[u16], id: &TextColumn) -> bool {
    let mut last: Option<(u16, &str)> = None;
    (0..file.len()).all(|row| {
        let Some(own) = id.get(row) else { return true };
        let after = last.is_none_or(|(of, before)| {
            of < file[row] || (of == file[row] && (before.len(), before) < (own.len(), own))
        });
        last = Some((file[row], own));
        after
    })
}

/// The first rows of identifiers of which some two rows cannot be about one event. Of very many rows of one, each is held
/// against the first ones.
fn apart_of(again: &[(u32, u32)], may_share: impl Fn(u32, u32) -> bool) -> HashSet<u32> {
    const COMPARED: usize = 12;
    let mut rows: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut out = HashSet::new();
    for (row, first) in again {
        let own = rows.entry(*first).or_insert_with(|| vec![*first]);
        if !out.contains(first) && !own.iter().all(|before| may_share(*before, *row)) {
            out.insert(*first);
        }
        if own.len() < COMPARED {
            own.push(*row);
        }
    }
    out
}

/// Rows whose identifier stood in an earlier row of the file, in order, each with the first such row.
///
/// Each thread looks at all rows and keeps those whose hash is its share.
fn repeats(file: &[u16], id: &TextColumn) -> Vec<(u32, u32)> {
    if id.is_empty() || ascend(file, id) {
        return Vec::new();
    }
    let hasher = DefaultHashBuilder::default();
    let key = |row: u32| (file[row as usize], id.get(row as usize));
    let shares = if file.len() < SMALL { 1 } else { task::cores() as u64 };
    let found = task::in_parallel(0..shares, |share| {
        let mut first: HashTable<u32> = HashTable::with_capacity(file.len() / shares as usize);
        let mut out = Vec::new();
        for row in 0..file.len() as u32 {
            let own = key(row);
            let hash = hasher.hash_one(own);
            // The lowest bits choose a place in the table.
            if own.1.is_none() || (hash >> 24) % shares != share {
                continue;
            }
            match first.entry(hash, |other| key(*other) == own, |other| hasher.hash_one(key(*other))) {
                Entry::Occupied(before) => out.push((row, *before.get())),
                Entry::Vacant(place) => {
                    place.insert(row);
                }
            }
        }
        out
    });
    let mut found: Vec<(u32, u32)> = found.into_iter().flatten().collect();
    found.sort_unstable();
    found
}

/// Fewer rows than this are not worth a thread.
const SMALL: usize = 50_000;

/// Rows in order of their events, and where each event's rows begin: a counting sort.
fn rows_by_event(event: &[u32], count: u32) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0_u32; count as usize + 1];
    for &event in event {
        offsets[event as usize + 1] += 1;
    }
    for i in 0..count as usize {
        offsets[i + 1] += offsets[i];
    }
    let mut next = offsets.clone();
    let mut rows = vec![0_u32; event.len()];
    for (row, &event) in event.iter().enumerate() {
        rows[next[event as usize] as usize] = row as u32;
        next[event as usize] += 1;
    }
    (rows, offsets)
}
