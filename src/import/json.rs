//! JSON: an array of objects, an object with one inside, or an object a line (NDJSON).

use super::ImportError;
use super::ledger::{Diagnostic, Outcome, shortened};
use super::raw::RawTable;
use super::sniff::{Decoded, Format};
use crate::task::Control;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap};

/// Under these names an object keeps its list of events; the first one found wins.
const LISTS: [&str; 8] = ["events", "items", "records", "data", "rows", "results", "entries", "timeline"];
/// More different fields than this share one column.
const MOST_COLUMNS: usize = 1_000;
/// Nested objects become columns `outer.inner` down to here; what lies deeper stays JSON text.
const DEEPEST: usize = 4;

pub(super) fn read(decoded: &Decoded<'_>, name: &str, control: &Control) -> Result<RawTable, ImportError> {
    let text = decoded.text.as_ref();
    let mut out = Out {
        table: RawTable::new(Format::Json, decoded.encoding, Vec::new()),
        known: HashMap::new(),
        other: Vec::new(),
    };
    match list_of(text) {
        Ok(Some(list)) => {
            control.phase(format!("Reading {name}"), list.len() as u64);
            if let Some(remark) = beside(text, &list) {
                out.table.remarks.push(remark);
            }
            let mut lines = LineCounter::new(text);
            for (i, raw) in list.iter().enumerate() {
                if i.is_multiple_of(4_096) {
                    control.advance(i as u64)?;
                }
                out.push(raw.get(), lines.line_of(raw.get()));
            }
        }
        Ok(None) if !is_one_object_line(text) => return Err(ImportError::NoList { name: name.to_owned() }),
        Err(error) if !is_ndjson(text) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            return Err(ImportError::Json {
                line: error.line(),
                column: error.column(),
                reason,
                name: name.to_owned(),
            });
        }
        _ => {
            out.table.format = Format::Ndjson;
            control.phase(format!("Reading {name}"), text.len() as u64);
            let mut done = 0;
            for (i, line) in text.lines().enumerate() {
                if i.is_multiple_of(4_096) {
                    control.advance(done)?;
                }
                done += line.len() as u64 + 1;
                if !line.trim().is_empty() {
                    out.push(line, i as u64 + 1);
                }
            }
        }
    }
    if out.table.records.is_empty() && out.table.rejected.is_empty() {
        out.table.remarks.push("The list of events is empty.".to_owned());
    }
    Ok(out.table)
}

/// The elements of the document's list of events, `None` if it has none.
fn list_of(text: &str) -> Result<Option<Vec<&RawValue>>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map(Some);
    }
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    // Of objects, or empty: a list of names is no list of events.
    let as_list = |raw: &&'_ RawValue| {
        raw.get().strip_prefix('[').is_some_and(|inside| inside.trim_start().starts_with(['{', ']']))
    };
    let named = LISTS.iter().find_map(|list| object.get(*list).copied().filter(as_list));
    if let Some(raw) = named {
        return serde_json::from_str(raw.get()).map(Some);
    }
    // `{"data": {"events": […]}}`
    for inner in LISTS.iter().filter_map(|list| object.get(*list)).filter(|raw| raw.get().starts_with('{')) {
        if let Some(list) = list_of(inner.get())? {
            return Ok(Some(list));
        }
    }
    let largest = object.values().copied().filter(as_list).max_by_key(|raw| raw.get().len());
    largest.map(|raw| serde_json::from_str(raw.get())).transpose()
}

/// What stands beside the list of events and is not read: other lists, and objects such as a title slide.
fn beside(text: &str, list: &[&RawValue]) -> Option<String> {
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    let chosen = list.first()?.get().as_ptr();
    let left_out = |raw: &RawValue| {
        let own = raw.get();
        own.starts_with(['[', '{']) && own.len() > 2 && !own.as_bytes().as_ptr_range().contains(&chosen)
    };
    let names: Vec<String> =
        object.iter().filter(|(_, raw)| left_out(raw)).map(|(name, _)| format!("“{name}”")).take(12).collect();
    (!names.is_empty()).then(|| format!("Beside the list of events this is not read: {}.", names.join(", ")))
}

/// Whether the first line that is not blank is a whole object and there are more.
fn is_ndjson(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.next().is_some_and(is_object) && lines.next().is_some()
}

fn is_one_object_line(text: &str) -> bool {
    text.trim().lines().count() == 1 && is_object(text.trim())
}

fn is_object(line: &str) -> bool {
    line.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

struct Out {
    table: RawTable,
    known: HashMap<String, usize>,
    other: Vec<String>,
}

impl Out {
    fn push(&mut self, raw: &str, line: u64) {
        let reason = match serde_json::from_str::<Value>(raw) {
            Ok(Value::Object(object)) => {
                self.table.begin_record(line);
                for (key, value) in &object {
                    self.cell(key, value, 1);
                }
                self.put_other();
                return;
            }
            Ok(_) => "this is no object, so it has no named fields".to_owned(),
            Err(error) => {
                let words = error.to_string();
                format!(
                    "this is no JSON: {}, at column {}",
                    words.split(" at line ").next().unwrap_or(""),
                    error.column()
                )
            }
        };
        let raw = shortened(raw);
        self.table.rejected.push(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw });
    }

    /// What found no column of its own goes into a common one.
    fn put_other(&mut self) {
        if self.other.is_empty() {
            return;
        }
        if self.table.columns.len() == MOST_COLUMNS {
            self.table.columns.push("(other fields)".to_owned());
            self.table
                .remarks
                .push(format!("Fields beyond the first {MOST_COLUMNS} are kept together in one column."));
        }
        let text = std::mem::take(&mut self.other).join("; ");
        self.table.set(MOST_COLUMNS, &text);
    }

    fn cell(&mut self, key: &str, value: &Value, depth: usize) {
        let text = match value {
            Value::Null => return,
            Value::String(text) => text.clone(),
            Value::Object(inner) if depth < DEEPEST => {
                for (inner_key, value) in inner {
                    self.cell(&format!("{key}.{inner_key}"), value, depth + 1);
                }
                return;
            }
            Value::Array(values) if values.iter().all(|value| !value.is_object() && !value.is_array()) => {
                let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                values.iter().filter(|value| !value.is_null()).map(plain).collect::<Vec<_>>().join(";")
            }
            other => other.to_string(),
        };
        let column = if let Some(&column) = self.known.get(key) {
            column
        } else if self.table.columns.len() >= MOST_COLUMNS {
            self.other.push(format!("{key}: {text}"));
            return;
        } else {
            let column = self.table.columns.len();
            self.table.columns.push(key.to_owned());
            self.known.insert(key.to_owned(), column);
            column
        };
        self.table.set(column, &text);
    }
}

/// Lines of pieces that come in the order of the text.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line on which `piece`, a slice of the text, begins.
    fn line_of(&mut self, piece: &str) -> u64 {
        let offset = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        if offset > self.at {
            self.line += self.text[self.at..offset].matches('\n').count() as u64;
            self.at = offset;
        }
        self.line
    }
}
