//! Records to claims: their dates are read, and each record is placed, undated or rejected.
//!
//! A file is placed chunk by chunk, on any thread; what a [`Placed`] says of its chunk is added up in file order.

use super::ImportError;
use super::choices::Choices;
use super::columns::{Column, Meaning, is_date_name};
use super::dates::{DateColumn, Evidence};
use super::delimited::EXTRA;
use super::ledger::{Diagnostic, Notes, Outcome, shortened};
use super::raw::RawTable;
use super::when::Dates;
use crate::event::{Draft, EventTableBuilder, Part, trimmed};
use crate::time::{CivilDate, Date, Edtf, TimePoint};
use std::ops::Range;

/// One file, opened and with its columns recognised.
pub(super) struct File<'a> {
    pub(super) choices: &'a Choices,
    pub(super) index: usize,
    pub(super) name: &'a str,
    /// Its first records.
    pub(super) head: &'a RawTable,
    pub(super) columns: &'a [Column],
    /// All columns of the table that are none of the known ones.
    pub(super) attribute_names: &'a [String],
}

/// What was made of some records of a file.
pub(super) struct Placed {
    pub(super) part: Part,
    pub(super) dated: u64,
    pub(super) undated: u64,
    pub(super) rejected: u64,
    /// Whether some record has more cells than the header.
    pub(super) extra: bool,
    pub(super) notes: Notes,
    pub(super) extremes: Extremes,
    /// For each column of dates, in the file's order.
    pub(super) dates: Vec<(DateColumn, Evidence)>,
}

impl File<'_> {
    /// The columns of dates.
    pub(super) fn date_columns(&self) -> impl Iterator<Item = usize> + '_ {
        let of_dates = |meaning| matches!(meaning, Meaning::When | Meaning::Start | Meaning::End);
        self.columns.iter().enumerate().filter(move |(_, column)| of_dates(column.meaning)).map(|(at, _)| at)
    }

    /// What the dates of the first records tell of how dates are written.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let reader = crate::time::Reader { order: None, zone: None, ..self.choices.reader() };
        let of_column = |column: usize| {
            let mut evidence = Evidence::default();
            let cells = (0..self.head.records.len()).filter_map(|record| self.head.cell(record, column));
            cells.for_each(|cell| evidence.see(cell.trim(), reader));
            evidence
        };
        self.date_columns().map(of_column).collect()
    }
}

/// Makes claims of some records, their dates read as `dates` says.
pub(super) fn place(
    file: &File<'_>,
    plan: &Plan<'_>,
    mut dates: Dates,
    raw: &RawTable,
    records: Range<usize>,
) -> Result<Placed, ImportError> {
    let mut builder = EventTableBuilder::new(Vec::new(), file.attribute_names.to_vec());
    let first = records.start == 0;
    let mut notes = Notes::default();
    // What the reader says is said once, with the first records of its table.
    if first {
        raw.rejected.iter().chain(&raw.notes).for_each(|diagnostic| notes.add(diagnostic.clone()));
    }
    let (mut with_date, mut undated) = (0, 0);
    let mut extremes = Extremes::default();
    let mut own = Vec::new();
    let mut lists = Lists::default();
    for record in records {
        let line = raw.records[record].line;
        let outcome = plan.date(raw, record, &mut dates, &mut own);
        let degrees = plan.look_over(raw, record, &mut own);
        own.drain(..).for_each(|note| notes.add(Diagnostic { line, ..note }));
        lists.fill(plan, raw, record);
        let mut draft = plan.draft(raw, record, &lists);
        draft.file = u16::try_from(file.index).unwrap_or(u16::MAX);
        draft.line = line;
        [draft.latitude, draft.longitude] = degrees;
        let written;
        match outcome {
            Ok(found) => {
                extremes.see(&found.edtf);
                draft.edtf = Some(found.edtf);
                draft.duration = found.duration;
                written = found.written;
                with_date += 1;
            }
            Err(problem) => {
                written = problem.raw.clone().into();
                undated += 1;
                notes.add(Diagnostic { line, ..problem });
            }
        }
        draft.written = Some(&written);
        let pushed = builder.push(&draft);
        pushed.map_err(|source| ImportError::TooLarge { source, name: file.name.to_owned() })?;
    }
    Ok(Placed {
        part: builder.finish_part(),
        dated: with_date,
        undated,
        rejected: if first { raw.rejected.len() as u64 } else { 0 },
        extra: raw.columns.len() > file.head.columns.len(),
        notes,
        extremes,
        dates: dates.finish().collect(),
    })
}

/// What is to be said of a date of publication that cannot be used.
fn unread_publication(text: &str) -> Option<String> {
    match crate::time::read(text) {
        Ok(reading) if reading.precision.is_some() => None,
        Ok(_) => Some("no date of publication; the account counts as always known".to_owned()),
        Err(error) => Some(format!("{error}; the account counts as always known")),
    }
}

/// Which column serves for what.
pub(super) struct Plan<'a> {
    pub(super) names: Vec<&'a str>,
    /// By meaning.
    of: [Option<usize>; Meaning::COUNT],
    /// For each attribute of the table, the column that feeds it.
    attributes: Vec<Option<usize>>,
    /// Other columns with the name of a date.
    pub(super) spare: Vec<usize>,
    participant_separator: u8,
    tag_separator: u8,
}

impl<'a> Plan<'a> {
    pub(super) fn new(file: &File<'a>) -> Self {
        let raw = file.head;
        let mut of = [None; Meaning::COUNT];
        for (at, column) in file.columns.iter().enumerate() {
            if column.meaning != Meaning::Attribute {
                of[column.meaning as usize] = Some(at);
            }
        }
        let mut names: Vec<&str> = raw.columns.iter().map(String::as_str).collect();
        // Later records may be longer than the header where the first ones are not.
        if !names.contains(&EXTRA) {
            names.push(EXTRA);
        }
        let is_attribute = |at: usize| file.columns.get(at).is_none_or(|column| column.meaning == Meaning::Attribute);
        let attribute = |name: &String| names.iter().position(|own| own == name).filter(|&at| is_attribute(at));
        let separator = |meaning: Meaning| of[meaning as usize].map_or(b';', |column| list_separator(raw, column));
        Self {
            attributes: file.attribute_names.iter().map(attribute).collect(),
            spare: (0..raw.columns.len())
                .filter(|&at| file.columns[at].meaning == Meaning::Attribute && is_date_name(&raw.columns[at]))
                .collect(),
            participant_separator: separator(Meaning::Participants),
            tag_separator: separator(Meaning::Tags),
            of,
            names,
        }
    }

    /// The column that has a meaning.
    pub(super) fn column(&self, meaning: Meaning) -> Option<usize> {
        self.of[meaning as usize]
    }

    pub(super) fn cell<'r>(&self, raw: &'r RawTable, record: usize, meaning: Meaning) -> Option<&'r str> {
        self.column(meaning).and_then(|column| raw.cell(record, column)).map(trimmed)
    }

    /// The degrees north and east of a record; notes what cannot be used of it beside its date.
    fn look_over(&self, raw: &RawTable, record: usize, notes: &mut Vec<Diagnostic>) -> [Option<f64>; 2] {
        let degrees = [(Meaning::Latitude, 90.0), (Meaning::Longitude, 360.0)].map(|(meaning, limit)| {
            let text = self.cell(raw, record, meaning)?;
            let value = text.parse::<f64>().ok().filter(|value| value.abs() <= limit);
            if value.is_none() {
                let reason = "this is no number of degrees; it is not used";
                notes.push(self.problem(Outcome::Note, meaning, reason, text));
            }
            value
        });
        if let Some(text) = self.cell(raw, record, Meaning::Published)
            && let Some(reason) = unread_publication(text)
        {
            notes.push(self.problem(Outcome::Note, Meaning::Published, reason, text));
        }
        degrees
    }

    fn draft<'r>(&self, raw: &'r RawTable, record: usize, lists: &'r Lists<'r>) -> Draft<'r> {
        let cell = |meaning| self.cell(raw, record, meaning);
        Draft {
            id: cell(Meaning::Id),
            title: cell(Meaning::Title),
            kind: cell(Meaning::Kind),
            status: cell(Meaning::Status),
            location: cell(Meaning::Location),
            participants: &lists.participants,
            tags: &lists.tags,
            description: cell(Meaning::Description),
            source: cell(Meaning::Source),
            published: cell(Meaning::Published),
            url: cell(Meaning::Url),
            attributes: &lists.attributes,
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
        let column = self.column(meaning).map(|column| self.names[column].to_owned());
        Diagnostic { outcome, line: 0, column, reason: reason.into(), raw: shortened(raw) }
    }
}

/// The lists of one record, in memory that serves for all.
#[derive(Default)]
struct Lists<'r> {
    participants: Vec<&'r str>,
    tags: Vec<&'r str>,
    attributes: Vec<Option<&'r str>>,
}

impl<'r> Lists<'r> {
    fn fill(&mut self, plan: &Plan<'_>, raw: &'r RawTable, record: usize) {
        for (list, meaning, separator) in [
            (&mut self.participants, Meaning::Participants, plan.participant_separator),
            (&mut self.tags, Meaning::Tags, plan.tag_separator),
        ] {
            list.clear();
            if let Some(cell) = plan.cell(raw, record, meaning) {
                let cuts = memchr::memchr_iter(separator, cell.as_bytes()).chain([cell.len()]);
                let mut from = 0;
                let items = cuts.map(|to| trimmed(&cell[std::mem::replace(&mut from, to + 1)..to]));
                list.extend(items.filter(|item| !item.is_empty()));
            }
        }
        self.attributes.clear();
        let cell = |at: &Option<usize>| at.and_then(|column| raw.cell(record, column));
        self.attributes.extend(plan.attributes.iter().map(cell));
    }
}

/// What separates the items of a list column: a semicolon where there is one, else a bar, else a comma.
fn list_separator(raw: &RawTable, column: usize) -> u8 {
    let holds = |record: usize, sign: u8| {
        raw.cell(record, column).is_some_and(|cell| memchr::memchr(sign, cell.as_bytes()).is_some())
    };
    let any = |sign: &u8| (0..raw.records.len().min(2_000)).any(|record| holds(record, *sign));
    [b';', b'|'].into_iter().find(any).unwrap_or(b',')
}

/// The earliest and the latest date seen, as written.
#[derive(Default)]
pub(super) struct Extremes {
    earliest: Option<(TimePoint, Date)>,
    latest: Option<(TimePoint, Date)>,
    /// Days between which all others lie inside what was seen.
    days: Option<(CivilDate, CivilDate)>,
}

impl Extremes {
    fn see(&mut self, edtf: &Edtf) {
        if let (Some((from, to)), Some((first, last))) = (edtf.plain_days(), self.days)
            && first <= from
            && to <= last
        {
            return;
        }
        for date in edtf.dates() {
            let day = date.plain_day();
            if let (Some(day), Some((first, last))) = (day, self.days)
                && (first..=last).contains(&day)
            {
                continue;
            }
            if let Some(day) = day {
                self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
            }
            let window = date.window();
            if self.earliest.is_none_or(|(point, _)| window.start() < point) {
                self.earliest = Some((window.start(), *date));
            }
            if self.latest.is_none_or(|(point, _)| window.end() > point) {
                self.latest = Some((window.end(), *date));
            }
        }
    }

    /// Takes those of other records into account.
    pub(super) fn add(&mut self, other: &Self) {
        if let Some(own) = other.earliest.filter(|own| self.earliest.is_none_or(|(point, _)| own.0 < point)) {
            self.earliest = Some(own);
        }
        if let Some(own) = other.latest.filter(|own| self.latest.is_none_or(|(point, _)| own.0 > point)) {
            self.latest = Some(own);
        }
    }

    /// As EDTF.
    pub(super) fn texts(&self) -> (Option<String>, Option<String>) {
        let text = |found: Option<(TimePoint, Date)>| found.map(|(_, date)| date.to_string());
        (text(self.earliest), text(self.latest))
    }
}
