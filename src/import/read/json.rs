//! JSON: an array of objects, an object with one inside, or an object a line (NDJSON).

use super::dialect::{OTHER, beyond_limit};
use super::json_lists::{Records, find};
use super::{Beginning, Format, FormatInfo, Opening, Reader, of_whole_text};
use crate::import::ImportError;
use crate::import::chunks::Chunks;
use crate::import::ledger::{Diagnostic, Outcome, shortened};
use crate::import::raw::RawTable;
use crate::import::sniff::Decoded;
use crate::import::source::Source;
use crate::task::{Control, Limits};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Nested objects become columns `outer.inner` down to here; what lies deeper stays JSON text.
const DEEPEST: usize = 4;

/// The column of the key under which a record or its list stands.
const KEY: &str = "(key)";

/// An object of so many bytes may have very many fields.
const LONG: usize = 1 << 16;

/// Reads lists of objects.
pub(super) struct JsonReader;

impl Reader for JsonReader {
    fn formats(&self) -> &'static [FormatInfo] {
        &[
            FormatInfo { format: Format::Json, name: "JSON", extensions: &["json", "geojson"] },
            FormatInfo { format: Format::Ndjson, name: "NDJSON", extensions: &["ndjson", "jsonl"] },
        ]
    }

    /// JSON begins with a brace or bracket, and so may a CSV of EDTF sets or a template: the next character tells, or the
    /// extension does.
    fn is_meant(&self, beginning: &Beginning<'_>) -> bool {
        let body = beginning.body();
        let next = || body[1..].trim_start().bytes().next();
        match body.as_bytes().first() {
            Some(b'{' | b'[') if beginning.has_extension(self) => true,
            Some(b'{') => matches!(next(), Some(b'"' | b'}')),
            Some(b'[') => matches!(next(), Some(b'{' | b'[' | b']' | b'"')),
            _ => false,
        }
    }

    fn open(&self, source: &Source, _: &Opening<'_>, control: &Control) -> Result<Chunks, ImportError> {
        of_whole_text(source, control, |decoded, name| read(decoded, name, control))
    }
}

fn read(decoded: &Decoded<'_>, name: &str, control: &Control) -> Result<RawTable, ImportError> {
    let text = decoded.text.as_ref();
    // Each element of a list has a place of sixteen bytes, in a list that grows by doubling.
    control.memory().room_for(32 * memchr::memchr_iter(b',', text.as_bytes()).count() as u64)?;
    let mut out = Out::new(decoded.encoding, control.limits());
    match find(text, control.limits().depth) {
        Ok(Records::Found { records, beside }) => {
            control.phase(format!("Reading {name}"), records.len() as u64);
            if !beside.is_empty() {
                let (told, more) =
                    (beside.iter().take(12).cloned().collect::<Vec<_>>(), beside.len().saturating_sub(12));
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                out.table
                    .remarks
                    .push(format!("Beside the list of events this is not read: {}{more}.", told.join(", ")));
            }
            let mut lines = LineCounter::new(text);
            for (i, (key, raw)) in records.iter().enumerate() {
                if i.is_multiple_of(1_024) {
                    control.advance(i as u64)?;
                }
                if raw.get().len() > LONG {
                    control.memory().room_for(8 * raw.get().len() as u64)?;
                }
                out.push(raw.get(), lines.line_of(raw.get()), key.as_deref());
            }
        }
        Ok(Records::TooDeep) => {
            return Err(ImportError::Deep { depth: control.limits().depth, name: name.to_owned() });
        }
        Ok(Records::None) if !is_one_object_line(text) => return Err(ImportError::NoList { name: name.to_owned() }),
        Err(error) if !is_ndjson(text) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            let at = Some((error.line(), error.column()));
            return Err(ImportError::Malformed { format: Format::Json, at, reason, name: name.to_owned() });
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
                    out.push(line, i as u64 + 1, None);
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
pub(super) struct Fields<'t>(pub(super) Vec<(Cow<'t, str>, &'t RawValue)>);

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

    /// Adds an object as a record, with the key under which it stands, where there are several.
    fn push(&mut self, raw: &str, line: u64, key: Option<&str>) {
        let reason = match serde_json::from_str::<Fields>(raw) {
            Ok(Fields(fields)) => {
                self.table.begin_record(line);
                if let Some(key) = key {
                    self.text(KEY, key);
                }
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
                Ok(Fields(fields)) if let Some(date) = milliseconds(&fields) => Cow::Owned(date),
                Ok(Fields(fields)) if let Some(inner) = wrapped(&fields) => return self.cell(key, inner, depth + 1),
                Ok(Fields(fields)) if let Some(seconds) = seconds(&fields) => Cow::Owned(seconds),
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
        self.text(key, &text);
    }

    fn text(&mut self, key: &str, text: &str) {
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
        self.table.set(column, text);
    }
}

/// The value in an object that only names its type, as `MongoDB`'s extended JSON has it: `{"$date": …}`.
fn wrapped<'t>(fields: &[(Cow<'t, str>, &'t RawValue)]) -> Option<&'t str> {
    const TYPES: [&str; 6] = ["$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal", "$oid"];
    match fields {
        [(name, value)] if TYPES.contains(&name.as_ref()) => Some(value.get()),
        _ => None,
    }
}

/// The date of an object that tells it in milliseconds since 1970, `{"$date": {"$numberLong": "…"}}`, written such that no other
/// cell of the column makes it anything else.
fn milliseconds(fields: &[(Cow<'_, str>, &RawValue)]) -> Option<String> {
    let [(name, value)] = fields else { return None };
    let inside = value.get();
    let number = match inside.as_bytes().first()? {
        b'{' => {
            let Fields(inner) = serde_json::from_str::<Fields>(inside).ok()?;
            wrapped(&inner)?.trim_matches('"').to_owned()
        }
        _ => inside.to_owned(),
    };
    (name == "$date" && number.parse::<i64>().is_ok()).then(|| format!("/Date({number})/"))
}

/// Seconds since 1970 of an object that tells them with their thousand-millionths, as Firestore exports it.
fn seconds(fields: &[(Cow<'_, str>, &RawValue)]) -> Option<String> {
    let [(a, seconds), (b, nanos)] = fields else { return None };
    let named =
        matches!((a.trim_start_matches('_'), b.trim_start_matches('_')), ("seconds", "nanoseconds" | "nanos"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (seconds, nanos) = (seconds.get(), nanos.get());
    let fits = named && digits(seconds.trim_start_matches('-')) && digits(nanos) && nanos.len() <= 9;
    fits.then(|| if nanos == "0" { seconds.to_owned() } else { format!("{seconds}.{nanos:0>9}") })
}

/// What an object in a list is called; `None` where no field says it.
fn name_of(object: &str) -> Option<String> {
    const NAMES: [&str; 8] = ["name", "label", "title", "displayName", "display_name", "login", "email", "text"];
    let Fields(fields) = serde_json::from_str::<Fields>(object).ok()?;
    let value = NAMES.iter().find_map(|name| fields.iter().find(|(own, _)| own == name))?.1.get();
    if value.starts_with('"') { Some(serde_json::from_str::<Key>(value).ok()?.0.into_owned()) } else { None }
}

/// A list of plain values as one text; `None` where some are lists or objects themselves.
fn joined(list: &str) -> Option<String> {
    let values: Vec<&RawValue> = serde_json::from_str(list).ok()?;
    let mut out = String::new();
    let mut any = false;
    for value in values {
        let value = value.get();
        let text = match value.as_bytes().first() {
            Some(b'{') => Cow::Owned(name_of(value)?),
            Some(b'[') => return None,
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
