//! Records to claims: their dates are read, and each record is placed, undated or rejected.

use super::ImportError;
use super::columns::{Column, Meaning, is_date_name};
use super::ledger::{Diagnostic, FileLedger, Outcome, shortened};
use super::raw::RawTable;
use crate::event::{Draft, EventTableBuilder};
use crate::task::Control;
use crate::time::{self, Date, Duration, Edtf, Endpoint, ReadError, TimePoint};
use std::collections::{HashMap, HashSet};

/// One file, read and with its columns recognised.
pub(super) struct File {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) raw: RawTable,
    pub(super) columns: Vec<Column>,
}

/// Adds all records of `file` to `builder` and accounts for them.
pub(super) fn place(
    file: &File,
    attribute_names: &[String],
    builder: &mut EventTableBuilder,
    control: &Control,
) -> Result<FileLedger, ImportError> {
    let raw = &file.raw;
    let mut ledger = begin_ledger(file);
    let plan = Plan::new(file, attribute_names);
    let mut extremes = Extremes::default();
    let mut ids = HashSet::new();
    for record in 0..raw.records.len() {
        if record.is_multiple_of(4_096) {
            control.advance(record as u64)?;
        }
        let line = raw.records[record].line;
        let mut notes = Vec::new();
        let dated = plan.date(raw, record, &mut notes);
        for note in notes {
            ledger.note(Diagnostic { line, ..note });
        }
        for (meaning, limit) in [(Meaning::Latitude, 90.0), (Meaning::Longitude, 360.0)] {
            if let (Some(text), None) = (plan.cell(raw, record, meaning), plan.degrees(raw, record, meaning, limit)) {
                let reason = "this is no number of degrees; it is not used";
                ledger.note(Diagnostic { line, ..plan.problem(Outcome::Note, meaning, reason, text) });
            }
        }
        let mut draft = plan.draft(raw, record);
        draft.file = u16::try_from(file.index).unwrap_or(u16::MAX);
        draft.line = line;
        if draft.id.is_none_or(|id| ids.insert(id.to_owned())) {
            ledger.events += 1;
        }
        match dated {
            Ok(dated) => {
                extremes.see(&dated.edtf);
                draft.edtf = Some(dated.edtf);
                draft.duration = dated.duration;
                draft.written = Some(dated.written);
                ledger.placed += 1;
            }
            Err(problem) => {
                draft.written = Some(problem.raw.clone());
                ledger.undated += 1;
                ledger.note(Diagnostic { line, ..problem });
            }
        }
        let pushed = builder.push(&draft);
        pushed.map_err(|source| ImportError::TooLarge { source, name: file.name.clone() })?;
    }
    ledger.records = (raw.records.len() + raw.rejected.len()) as u64;
    (ledger.earliest, ledger.latest) = extremes.texts();
    ledger.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Ok(ledger)
}

fn begin_ledger(file: &File) -> FileLedger {
    let raw = &file.raw;
    let mut ledger = FileLedger {
        name: file.name.clone(),
        format: raw.format,
        encoding: raw.encoding,
        columns: raw.columns.iter().cloned().zip(file.columns.iter().copied()).collect(),
        records: 0,
        placed: 0,
        undated: 0,
        rejected: raw.rejected.len() as u64,
        events: 0,
        earliest: None,
        latest: None,
        remarks: raw.remarks.clone(),
        diagnostics: Vec::new(),
        more_diagnostics: 0,
        notes: 0,
    };
    for diagnostic in raw.rejected.iter().chain(&raw.notes) {
        ledger.note(diagnostic.clone());
    }
    let dated = |column: &Column| {
        matches!(column.meaning, Meaning::When | Meaning::Start | Meaning::End | Meaning::StartYear)
    };
    if !raw.records.is_empty() && !file.columns.iter().any(dated) {
        let names = raw.columns.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
        ledger
            .remarks
            .push(format!("No column of dates was found, so nothing can be placed. The columns are: {names}."));
    }
    ledger
}

struct Dated {
    edtf: Edtf,
    duration: Option<Duration>,
    written: String,
}

/// Which column serves for what.
struct Plan<'a> {
    names: &'a [String],
    of: HashMap<Meaning, usize>,
    /// For each attribute of the table, the column that feeds it.
    attributes: Vec<Option<usize>>,
    /// Other columns with the name of a date.
    spare: Vec<usize>,
    participant_separator: char,
    tag_separator: char,
}

impl<'a> Plan<'a> {
    fn new(file: &'a File, attribute_names: &[String]) -> Self {
        let raw = &file.raw;
        let of: HashMap<Meaning, usize> = file
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.meaning != Meaning::Attribute)
            .map(|(i, column)| (column.meaning, i))
            .collect();
        let at: HashMap<&str, usize> = raw.columns.iter().enumerate().map(|(i, name)| (name.as_str(), i)).collect();
        let attribute = |name: &String| {
            at.get(name.as_str()).copied().filter(|&at| file.columns[at].meaning == Meaning::Attribute)
        };
        let separator = |meaning| of.get(&meaning).map_or(';', |&column| list_separator(raw, column));
        Self {
            names: &raw.columns,
            attributes: attribute_names.iter().map(attribute).collect(),
            spare: (0..raw.columns.len())
                .filter(|&at| file.columns[at].meaning == Meaning::Attribute && is_date_name(&raw.columns[at]))
                .collect(),
            participant_separator: separator(Meaning::Participants),
            tag_separator: separator(Meaning::Tags),
            of,
        }
    }

    fn cell<'r>(&self, raw: &'r RawTable, record: usize, meaning: Meaning) -> Option<&'r str> {
        self.of.get(&meaning).and_then(|&column| raw.cell(record, column)).map(str::trim)
    }

    fn degrees(&self, raw: &RawTable, record: usize, meaning: Meaning, limit: f64) -> Option<f64> {
        let value = self.cell(raw, record, meaning)?.parse::<f64>().ok()?;
        (value.abs() <= limit).then_some(value)
    }

    fn draft<'r>(&self, raw: &'r RawTable, record: usize) -> Draft<'r> {
        let cell = |meaning| self.cell(raw, record, meaning);
        let list = |meaning, separator: char| -> Vec<&'r str> {
            let cell = cell(meaning).unwrap_or("");
            cell.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect()
        };
        Draft {
            id: cell(Meaning::Id),
            title: cell(Meaning::Title),
            kind: cell(Meaning::Kind),
            status: cell(Meaning::Status),
            location: cell(Meaning::Location),
            latitude: self.degrees(raw, record, Meaning::Latitude, 90.0),
            longitude: self.degrees(raw, record, Meaning::Longitude, 360.0),
            participants: list(Meaning::Participants, self.participant_separator),
            tags: list(Meaning::Tags, self.tag_separator),
            description: cell(Meaning::Description),
            source: cell(Meaning::Source),
            published: cell(Meaning::Published),
            url: cell(Meaning::Url),
            attributes: self.attributes.iter().map(|at| at.and_then(|column| raw.cell(record, column))).collect(),
            ..Draft::default()
        }
    }

    fn problem(&self, outcome: Outcome, meaning: Meaning, reason: impl Into<String>, raw: &str) -> Diagnostic {
        let column = self.of.get(&meaning).map(|&column| self.names[column].clone());
        Diagnostic { outcome, line: 0, column, reason: reason.into(), raw: shortened(raw) }
    }

    /// The record's date, or why it has none. What was kept otherwise than written goes to `notes`.
    fn date(&self, raw: &RawTable, record: usize, notes: &mut Vec<Diagnostic>) -> Result<Dated, Diagnostic> {
        let cell = |meaning| self.cell(raw, record, meaning);
        let first = if self.of.contains_key(&Meaning::Start) { Meaning::Start } else { Meaning::When };
        let (start_text, end_text) = if self.of.contains_key(&Meaning::StartYear) {
            (self.parts(raw, record, START_PARTS, notes), self.parts(raw, record, END_PARTS, notes))
        } else {
            (cell(first).map(str::to_owned), cell(Meaning::End).map(str::to_owned))
        };
        let first = if self.of.contains_key(&Meaning::StartYear) { Meaning::StartYear } else { first };
        let whole = || shortened(&raw.record_text(record));
        let start = match start_text.as_deref().map(time::read) {
            None | Some(Err(ReadError::Empty)) => None,
            Some(Ok(reading)) => Some(reading),
            Some(Err(error)) => {
                let written = start_text.as_deref().unwrap_or("");
                let readable = |text: &String| time::read(text).is_ok();
                if !end_text.as_ref().is_some_and(readable) {
                    return Err(self.problem(Outcome::Undated, first, error.to_string(), written));
                }
                let reason = format!("{error}; the record is placed by its end");
                notes.push(self.problem(Outcome::Note, first, reason, written));
                None
            }
        };
        let end = match end_text.as_deref().map(time::read) {
            None | Some(Err(ReadError::Empty)) => None,
            Some(Ok(reading)) => Some(reading),
            Some(Err(error)) => {
                let reason = format!("{error}; the record is placed by its start");
                notes.push(self.problem(Outcome::Note, Meaning::End, reason, end_text.as_deref().unwrap_or("")));
                None
            }
        };
        let start = start.or_else(|| self.spare_date(raw, record, notes));
        let mut duration = start.as_ref().and_then(|reading| reading.duration);
        if let Some(text) = cell(Meaning::Duration) {
            match time::read_duration(text) {
                Ok(read) => duration = Some(read),
                Err(error) => notes.push(self.problem(Outcome::Note, Meaning::Duration, error.to_string(), text)),
            }
        }
        let written =
            [start_text.as_deref(), end_text.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" – ");
        let edtf = match (start.map(|reading| reading.edtf), end.map(|reading| reading.edtf)) {
            (None, None) => {
                return Err(Diagnostic {
                    raw: whole(),
                    ..self.problem(Outcome::Undated, first, "no date is given", "")
                });
            }
            (Some(start), None) => with_duration(start, duration, first),
            (None, Some(Edtf::Date(end))) => Edtf::Interval(Endpoint::Unknown, Endpoint::Date(end)),
            (None, Some(end)) => end,
            (Some(start), Some(end)) => joined(start, &end).unwrap_or_else(|start| {
                let reason = if matches!(start, Edtf::Date(_)) {
                    "the end is before the start; the record is placed by its start"
                } else {
                    "this end cannot be joined to such a start; the record is placed by its start"
                };
                notes.push(self.problem(Outcome::Note, Meaning::End, reason, &written));
                start
            }),
        };
        Ok(Dated { edtf, duration, written })
    }

    /// A date from another column that is named like one, where the record has none in the proper place.
    fn spare_date(&self, raw: &RawTable, record: usize, notes: &mut Vec<Diagnostic>) -> Option<time::Reading> {
        self.spare.iter().find_map(|&column| {
            let text = raw.cell(record, column)?;
            let reading = time::read(text).ok()?;
            let reason = "the date is taken from this column, because there is none in the usual one".to_owned();
            let (outcome, column) = (Outcome::Note, Some(self.names[column].clone()));
            notes.push(Diagnostic { outcome, line: 0, column, reason, raw: shortened(text) });
            Some(reading)
        })
    }

    /// `1815`, `12`, `10` as `1815-12-10`; a part that is empty, 0 or negative is not known.
    fn parts(
        &self,
        raw: &RawTable,
        record: usize,
        [year, month, day]: [Meaning; 3],
        notes: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let number = |meaning| self.cell(raw, record, meaning).and_then(|text| text.parse::<f64>().ok());
        let text = self.cell(raw, record, year)?;
        let Some(value) = number(year).filter(|value| value.fract() == 0.0 && value.abs() < 1e15) else {
            return Some(text.to_owned());
        };
        // Code books write −9 and the like for an end that nobody knows; after a start before the era it is a year.
        let coded = [0.0, -9.0, -99.0, -999.0].contains(&value);
        if year == Meaning::EndYear && coded && number(Meaning::StartYear).is_none_or(|start| start > 0.0) {
            return None;
        }
        let mut out = time::Year::new(value as i64).to_string();
        let mut known = true;
        for meaning in [month, day] {
            let Some(text) = self.cell(raw, record, meaning) else {
                known = false;
                continue;
            };
            match text.parse::<f64>() {
                Ok(part) if part >= 1.0 && known => out = format!("{out}-{:02}", part as i64),
                // A code for "not known".
                Ok(part) if part < 1.0 => known = false,
                _ => {
                    known = false;
                    notes.push(self.problem(Outcome::Note, meaning, "this part of the date was not used", text));
                }
            }
        }
        Some(out)
    }
}

const START_PARTS: [Meaning; 3] = [Meaning::StartYear, Meaning::StartMonth, Meaning::StartDay];
const END_PARTS: [Meaning; 3] = [Meaning::EndYear, Meaning::EndMonth, Meaning::EndDay];

/// A start and an end as one interval; the start alone as an error when the end is before it.
fn joined(start: Edtf, end: &Edtf) -> Result<Edtf, Edtf> {
    let first = |edtf: &Edtf| match edtf {
        Edtf::Date(date) | Edtf::Interval(Endpoint::Date(date), _) => Some(Endpoint::Date(*date)),
        _ => None,
    };
    let last = |edtf: &Edtf| match edtf {
        Edtf::Date(date) => Some(Endpoint::Date(*date)),
        Edtf::Interval(_, end) => Some(end.clone()),
        Edtf::OneOf(_) | Edtf::AllOf(_) => None,
    };
    let (Some(a), Some(b)) = (first(&start), last(end)) else { return Err(start) };
    let when = |end: &Endpoint| end.bound().window();
    match (when(&a), when(&b)) {
        (Some(from), Some(to)) if from.start() >= to.end() => Err(start),
        _ => Ok(Edtf::Interval(a, b)),
    }
}

/// A duration after a stated start is an interval whose end nobody dated. Beside a single date it lies somewhere
/// inside that date, if there is room.
fn with_duration(start: Edtf, duration: Option<Duration>, meaning: Meaning) -> Edtf {
    let (Edtf::Date(date), Some(duration)) = (&start, duration) else { return start };
    let window = date.window();
    let fits = duration.add_to(window.start()).is_some_and(|end| end <= window.end());
    if meaning == Meaning::When && fits { start } else { Edtf::Interval(Endpoint::Date(*date), Endpoint::Unknown) }
}

/// What separates the items of a list column: a semicolon where there is one, else a bar, else a comma.
fn list_separator(raw: &RawTable, column: usize) -> char {
    let any = |c: char| {
        (0..raw.records.len().min(2_000)).any(|record| raw.cell(record, column).is_some_and(|cell| cell.contains(c)))
    };
    [';', '|'].into_iter().find(|&c| any(c)).unwrap_or(',')
}

/// The earliest and the latest date seen, as written.
#[derive(Default)]
struct Extremes {
    earliest: Option<(TimePoint, Date)>,
    latest: Option<(TimePoint, Date)>,
}

impl Extremes {
    fn see(&mut self, edtf: &Edtf) {
        for date in edtf.dates() {
            let window = date.window();
            if self.earliest.is_none_or(|(point, _)| window.start() < point) {
                self.earliest = Some((window.start(), *date));
            }
            if self.latest.is_none_or(|(point, _)| window.end() > point) {
                self.latest = Some((window.end(), *date));
            }
        }
    }

    fn texts(&self) -> (Option<String>, Option<String>) {
        let text = |found: Option<(TimePoint, Date)>| found.map(|(_, date)| date.to_string());
        (text(self.earliest), text(self.latest))
    }
}
