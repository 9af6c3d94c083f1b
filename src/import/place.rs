//! Records to claims: their dates are read, and each record is placed, undated or rejected.

use super::ImportError;
use super::choices::Choices;
use super::columns::{Column, Meaning, is_date_name};
use super::dates::OrderBasis;
use super::ledger::{Diagnostic, FileLedger, Outcome, shortened};
use super::raw::RawTable;
use super::when::Dates;
use crate::event::{Draft, EventTableBuilder};
use crate::task::Control;
use crate::time::{Date, Edtf, TimePoint};
use std::collections::{HashMap, HashSet};

/// One file, read and with its columns recognised.
pub(super) struct File<'a> {
    pub(super) choices: &'a Choices,
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) raw: RawTable,
    pub(super) columns: Vec<Column>,
}

/// Adds all records of `file` to `builder` and accounts for them.
pub(super) fn place(
    file: &File<'_>,
    attribute_names: &[String],
    builder: &mut EventTableBuilder,
    control: &Control,
) -> Result<FileLedger, ImportError> {
    let raw = &file.raw;
    let mut ledger = begin_ledger(file);
    let plan = Plan::new(file, attribute_names);
    let mut dates = Dates::new(file);
    let mut extremes = Extremes::default();
    let mut ids = HashSet::new();
    for record in 0..raw.records.len() {
        if record.is_multiple_of(4_096) {
            control.advance(record as u64)?;
        }
        let line = raw.records[record].line;
        let mut notes = Vec::new();
        let outcome = plan.date(raw, record, &mut dates, &mut notes);
        for note in notes {
            ledger.note(Diagnostic { line, ..note });
        }
        for (meaning, limit) in [(Meaning::Latitude, 90.0), (Meaning::Longitude, 360.0)] {
            if let (Some(text), None) = (plan.cell(raw, record, meaning), plan.degrees(raw, record, meaning, limit)) {
                let reason = "this is no number of degrees; it is not used";
                ledger.note(Diagnostic { line, ..plan.problem(Outcome::Note, meaning, reason, text) });
            }
        }
        if let Some(text) = plan.cell(raw, record, Meaning::Published)
            && let Some(reason) = unread_publication(text)
        {
            ledger.note(Diagnostic { line, ..plan.problem(Outcome::Note, Meaning::Published, reason, text) });
        }
        let mut draft = plan.draft(raw, record);
        draft.file = u16::try_from(file.index).unwrap_or(u16::MAX);
        draft.line = line;
        if draft.id.is_none_or(|id| ids.insert(id.to_owned())) {
            ledger.events += 1;
        }
        match outcome {
            Ok(found) => {
                extremes.see(&found.edtf);
                draft.edtf = Some(found.edtf);
                draft.duration = found.duration;
                draft.written = Some(found.written);
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
    ledger.dates = dates.accounts();
    for account in &ledger.dates {
        if matches!(account.basis, OrderBasis::Contradicted | OrderBasis::Unproved) {
            let words = account.order_words().unwrap_or_default();
            ledger.remarks.push(format!("Column “{}”: {words}.", account.column));
        }
    }
    ledger.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Ok(ledger)
}

fn begin_ledger(file: &File<'_>) -> FileLedger {
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
        samples: (0..raw.columns.len()).map(|column| samples(raw, column)).collect(),
        dates: Vec::new(),
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

/// What is to be said of a date of publication that cannot be used.
fn unread_publication(text: &str) -> Option<String> {
    match crate::time::read(text) {
        Ok(reading) if reading.precision.is_some() => None,
        Ok(_) => Some("no date of publication; the account counts as always known".to_owned()),
        Err(error) => Some(format!("{error}; the account counts as always known")),
    }
}

/// The first three cells of a column that hold something, shortened.
fn samples(raw: &RawTable, column: usize) -> Vec<String> {
    let cells = (0..raw.records.len()).filter_map(|record| raw.cell(record, column));
    cells.take(3).map(|cell| cell.trim().chars().take(40).collect()).collect()
}

/// Which column serves for what.
pub(super) struct Plan<'a> {
    pub(super) names: &'a [String],
    pub(super) of: HashMap<Meaning, usize>,
    /// For each attribute of the table, the column that feeds it.
    attributes: Vec<Option<usize>>,
    /// Other columns with the name of a date.
    pub(super) spare: Vec<usize>,
    participant_separator: char,
    tag_separator: char,
}

impl<'a> Plan<'a> {
    fn new(file: &'a File<'a>, attribute_names: &[String]) -> Self {
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

    pub(super) fn cell<'r>(&self, raw: &'r RawTable, record: usize, meaning: Meaning) -> Option<&'r str> {
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

    pub(super) fn problem(
        &self,
        outcome: Outcome,
        meaning: Meaning,
        reason: impl Into<String>,
        raw: &str,
    ) -> Diagnostic {
        let column = self.of.get(&meaning).map(|&column| self.names[column].clone());
        Diagnostic { outcome, line: 0, column, reason: reason.into(), raw: shortened(raw) }
    }
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
