//! Events for other programs: one JSON object a line, or CSV with one row an event.
//!
//! An event that several claims speak of is told by the foremost of them ([`EventTable::foremost`]), with how many there
//! are. All dates keep their precision: `when` is EDTF, `earliest` and `latest` bound what it allows.

use super::ExportError;
use crate::event::{Attribute, EventId, EventTable, Field, RowId};
use crate::time::{Bound, SECONDS_PER_DAY, TimePoint, When, Year};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// How events are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EventFormat {
    /// One JSON object a line.
    #[default]
    JsonLines,
    /// Comma-separated values under a header; the items of a list are joined by semicolons.
    Csv,
}

/// An event as other programs get it.
#[derive(Debug, Serialize)]
struct EventRecord<'t> {
    id: Option<&'t str>,
    title: Option<&'t str>,
    /// EDTF; `None` for an undated event.
    when: Option<String>,
    earliest: Option<String>,
    latest: Option<String>,
    kind: Option<&'t str>,
    status: Option<&'t str>,
    #[serde(rename = "where")]
    location: Option<&'t str>,
    lat: Option<f64>,
    lon: Option<f64>,
    who: Vec<String>,
    source: Option<&'t str>,
    url: Option<&'t str>,
    tags: Vec<String>,
    description: Option<&'t str>,
    file: &'t str,
    line: u64,
    /// How many claims speak of it.
    claims: usize,
    fields: Map<String, Value>,
}

impl<'t> EventRecord<'t> {
    fn new(table: &'t EventTable, event: EventId) -> Self {
        let first = table.first_row(event);
        let foremost = table.foremost(event);
        let row = foremost.map_or(first, |(row, _)| row);
        let when = foremost.map(|(_, when)| when);
        let (file, line) = table.origin(row);
        let degrees = table.coordinates(row).or_else(|| table.coordinates(first));
        let word = |field| table.word(row, field).or_else(|| table.word(first, field));
        let text = |field| table.text(row, field).or_else(|| table.text(first, field));
        let values = table.attributes().iter().filter_map(|own| Some((own.name.clone(), value(own, row)?)));
        Self {
            id: text(Field::Id),
            title: table.title(first),
            when: table.edtf(row).map(|edtf| edtf.to_string()),
            earliest: when.as_ref().map(|when| bound(when, when.start, false)),
            latest: when.as_ref().map(|when| bound(when, when.end, true)),
            kind: word(Field::Kind),
            status: table.word(row, Field::Status),
            location: word(Field::Location),
            lat: degrees.map(|(north, _)| north),
            lon: degrees.map(|(_, east)| east),
            who: table.participants(row),
            source: table.source(row),
            url: text(Field::Url),
            tags: table.tags(row),
            description: text(Field::Description),
            file,
            line,
            claims: table.rows_of(event).count(),
            fields: values.collect(),
        }
    }
}

/// What a row has in a column beside the known ones, as JSON has such values.
fn value(attribute: &Attribute, row: RowId) -> Option<Value> {
    let at = row.0 as usize;
    let text = attribute.text(at)?;
    if let Some(truth) = attribute.truth(at) {
        return Some(Value::Bool(truth));
    }
    let number = attribute.is_numeric().then(|| serde_json::from_str(&text).ok()).flatten();
    Some(number.unwrap_or(Value::String(text)))
}

/// The first or the last moment that an end allows: a day where it begins or ends with one, else a second.
fn bound(when: &When, end: Bound, last: bool) -> String {
    let point = match end {
        Bound::Open => return "open".to_owned(),
        Bound::Unknown => return "unknown".to_owned(),
        Bound::Known(known) if last => known.window.end(),
        Bound::Known(known) => known.window.start(),
    };
    let whole_days = |bound: Bound| {
        let window = bound.window();
        window.is_none_or(|window| [window.start(), window.end()].iter().all(|point| is_midnight(*point)))
    };
    let days = whole_days(when.start) && whole_days(when.end);
    let instant = matches!(end, Bound::Known(known) if known.instant);
    // Windows end before their last moment.
    let point = if last { point.checked_add_nanos(-1).unwrap_or(point) } else { point };
    let date = point.date();
    let day = format!("{}-{:02}-{:02}", Year::new(date.year), date.month, date.day);
    if days {
        return day;
    }
    let (second, zone) = (point.second_of_day(), if instant { "Z" } else { "" });
    format!("{day}T{:02}:{:02}:{:02}{zone}", second / 3_600, second / 60 % 60, second % 60)
}

fn is_midnight(point: TimePoint) -> bool {
    point.nanos() == 0 && point.seconds().rem_euclid(SECONDS_PER_DAY) == 0
}

/// Writes events, in the order given.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_events(
    table: &EventTable,
    events: &[EventId],
    format: EventFormat,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let written = match format {
        EventFormat::JsonLines => json_lines(table, events, out),
        EventFormat::Csv => csv(table, events, out),
    };
    written.map_err(|source| ExportError::Events { source })
}

fn json_lines(table: &EventTable, events: &[EventId], out: &mut dyn Write) -> io::Result<()> {
    for event in events {
        writeln!(out, "{}", serde_json::to_string(&EventRecord::new(table, *event))?)?;
    }
    Ok(())
}

/// The known columns of the CSV, in the order of [`EventRecord`].
const KNOWN: [&str; 18] = [
    "id",
    "title",
    "when",
    "earliest",
    "latest",
    "kind",
    "status",
    "where",
    "lat",
    "lon",
    "who",
    "source",
    "url",
    "tags",
    "description",
    "file",
    "line",
    "claims",
];

fn csv(table: &EventTable, events: &[EventId], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let own = table.attributes().iter().map(|attribute| attribute.name.as_str());
    writer.write_record(KNOWN.into_iter().chain(own))?;
    for event in events {
        let record = serde_json::to_value(EventRecord::new(table, *event))?;
        let known = KNOWN.iter().map(|name| cell(record.get(name)));
        let own = table.attributes().iter().map(|attribute| cell(record["fields"].get(&attribute.name)));
        writer.write_record(known.chain(own))?;
    }
    writer.flush()
}

/// A value as a cell; the items of a list are joined.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join(";"),
        Some(other) => other.to_string(),
    }
}
