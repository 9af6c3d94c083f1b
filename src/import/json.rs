//! JSON: an array of objects, an object with one inside, or an object a line (NDJSON).

use super::ImportError;
use super::delimited::{OTHER, beyond_limit};
use super::ledger::{Diagnostic, Outcome, shortened};
use super::raw::RawTable;
use super::sniff::{Decoded, Format};
use crate::task::{Control, Limits};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Under these names an object keeps its list of events; the first one found wins.
const LISTS: [&str; 8] = ["events", "items", "records", "data", "rows", "results", "entries", "timeline"];
/// Nested objects become columns `outer.inner` down to here; what lies deeper stays JSON text.
const DEEPEST: usize = 4;

/// An object of so many bytes may have very many fields.
const LONG: usize = 1 << 16;

pub(super) fn read(decoded: &Decoded<'_>, name: &str, control: &Control) -> Result<RawTable, ImportError> {
    let text = decoded.text.as_ref();
    // Each element of a list has a place of sixteen bytes, in a list that grows by doubling.
    control.memory().room_for(32 * memchr::memchr_iter(b',', text.as_bytes()).count() as u64)?;
    let mut out = Out::new(decoded.encoding, control.limits());
    match list_of(text, control.limits().depth) {
        Ok(List::Found(list)) => {
            control.phase(format!("Reading {name}"), list.len() as u64);
            if let Some(remark) = beside(text, &list) {
                out.table.remarks.push(remark);
            }
            let mut lines = LineCounter::new(text);
            for (i, raw) in list.iter().enumerate() {
                if i.is_multiple_of(1_024) {
                    control.advance(i as u64)?;
                }
                if raw.get().len() > LONG {
                    control.memory().room_for(8 * raw.get().len() as u64)?;
                }
                out.push(raw.get(), lines.line_of(raw.get()));
            }
        }
        Ok(List::TooDeep) => return Err(ImportError::Deep { depth: control.limits().depth, name: name.to_owned() }),
        Ok(List::None) if !is_one_object_line(text) => return Err(ImportError::NoList { name: name.to_owned() }),
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
                if i.is_multiple_of(1_024) {
                    control.advance(done)?;
                }
                done += line.len() as u64 + 1;
                if !line.trim().is_empty() {
                    out.push(line, i as u64 + 1);
                }
            }
        }
    }
    if out.table.records.is_empty() && out.table.notes.count(Outcome::Rejected) == 0 {
        out.table.remarks.push("The list of events is empty.".to_owned());
    }
    out.table.remarks.extend(beyond_limit(out.beyond.len(), control.limits()));
    Ok(out.table)
}

/// A document's list of events.
enum List<'t> {
    Found(Vec<&'t RawValue>),
    None,
    /// There is one deeper than is looked.
    TooDeep,
}

/// The elements of the document's list of events, looked for in so many objects inside each other.
fn list_of(text: &str, depth: usize) -> Result<List<'_>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map(List::Found);
    }
    if depth == 0 {
        return Ok(List::TooDeep);
    }
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    // Of objects, or empty: a list of names is no list of events.
    let as_list = |raw: &&'_ RawValue| {
        raw.get().strip_prefix('[').is_some_and(|inside| inside.trim_start().starts_with(['{', ']']))
    };
    if let Some(raw) = LISTS.iter().find_map(|list| object.get(*list).copied().filter(as_list)) {
        return serde_json::from_str(raw.get()).map(List::Found);
    }
    // `{"data": {"events": […]}}`
    let mut too_deep = false;
    for inner in LISTS.iter().filter_map(|list| object.get(*list)).filter(|raw| raw.get().starts_with('{')) {
        match list_of(inner.get(), depth - 1)? {
            List::None => {}
            List::TooDeep => too_deep = true,
            found @ List::Found(_) => return Ok(found),
        }
    }
    if let Some(raw) = object.values().copied().filter(as_list).max_by_key(|raw| raw.get().len()) {
        return serde_json::from_str(raw.get()).map(List::Found);
    }
    // `{"response": {"results": […]}}`
    let others = object.iter().filter(|(name, raw)| !LISTS.contains(&name.as_str()) && raw.get().starts_with('{'));
    for (_, inner) in others {
        match list_of(inner.get(), depth - 1)? {
            List::None => {}
            List::TooDeep => too_deep = true,
            found @ List::Found(_) => return Ok(found),
        }
    }
    Ok(if too_deep { List::TooDeep } else { List::None })
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

/// The fields of an object as they stand in the text, so that what is deep costs no more than what is long.
struct Fields<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry::<Key<'de>, &RawValue>()? {
                    fields.push((field.0.0, field.1));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// A field's name, a part of the text where nothing in it is escaped.
#[derive(Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

struct Out {
    table: RawTable,
    known: HashMap<String, usize>,
    /// Fields that have no column of their own.
    beyond: HashSet<String>,
    /// What the record begun last has in such fields.
    other: Vec<String>,
    most: usize,
}

impl Out {
    fn new(encoding: &'static str, limits: &Limits) -> Self {
        Self {
            table: RawTable::sparse(Format::Json, encoding, limits),
            known: HashMap::new(),
            beyond: HashSet::new(),
            other: Vec::new(),
            most: limits.columns.max(1),
        }
    }

    fn push(&mut self, raw: &str, line: u64) {
        let reason = match serde_json::from_str::<Fields>(raw) {
            Ok(Fields(fields)) => {
                self.table.begin_record(line);
                for (key, value) in fields {
                    self.cell(&key, value.get(), 1);
                }
                self.put_other();
                self.table.end_record();
                return;
            }
            Err(error) if error.is_data() => "this is no object, so it has no named fields".to_owned(),
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
        self.table.notes.add(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw });
    }

    /// What found no column of its own goes into a common one.
    fn put_other(&mut self) {
        if self.other.is_empty() {
            return;
        }
        if self.table.columns.len() == self.most {
            self.table.columns.push(OTHER.to_owned());
        }
        let text = std::mem::take(&mut self.other).join("; ");
        self.table.set(self.most, &text);
    }

    fn cell(&mut self, key: &str, value: &str, depth: usize) {
        // What cannot be taken apart, such as a name with half a letter in it, stays as it stands.
        let text = match value.as_bytes().first() {
            Some(b'n') | None => return,
            Some(b'"') => serde_json::from_str::<Key>(value).map_or(Cow::Borrowed(value), |text| text.0),
            Some(b'{') if depth < DEEPEST => match serde_json::from_str::<Fields>(value) {
                Ok(Fields(fields)) => {
                    for (inner, value) in fields {
                        self.cell(&format!("{key}.{inner}"), value.get(), depth + 1);
                    }
                    return;
                }
                Err(_) => Cow::Borrowed(value),
            },
            Some(b'[') => joined(value).map_or(Cow::Borrowed(value), Cow::Owned),
            _ => Cow::Borrowed(value),
        };
        let column = if let Some(&column) = self.known.get(key) {
            column
        } else if self.known.len() >= self.most {
            self.other.push(format!("{key}: {text}"));
            if !self.beyond.contains(key) {
                self.beyond.insert(key.to_owned());
            }
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

/// A list of plain values as one text; `None` where some are lists or objects themselves.
fn joined(list: &str) -> Option<String> {
    let values: Vec<&RawValue> = serde_json::from_str(list).ok()?;
    let mut out = String::new();
    let mut any = false;
    for value in values {
        let value = value.get();
        let text = match value.as_bytes().first() {
            Some(b'{' | b'[') => return None,
            Some(b'n') => continue,
            Some(b'"') => serde_json::from_str::<Key>(value).ok()?.0,
            _ => Cow::Borrowed(value),
        };
        if any {
            out.push(';');
        }
        out.push_str(&text);
        any = true;
    }
    Some(out)
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
