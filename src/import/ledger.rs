//! The account of every record of every file.

use super::dates::DateColumn;
use super::mapping::Mapping;
use super::read::Format;
use crate::event::{EventTable, Facet, Field};
use crate::text::grouped;
use serde::Serialize;

/// What became of a record, or of a cell in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The record could not be used.
    Rejected,
    /// The record is kept, without a date.
    Undated,
    /// The record is placed, but something in it was not taken as written.
    Note,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What became of it.
    pub outcome: Outcome,
    /// The record's line in the file, from 1.
    pub line: u64,
    /// The column's name, where one cell is meant.
    pub column: Option<String>,
    /// What happened and what was kept.
    pub reason: String,
    /// The text as it stood, shortened when it is very long.
    pub raw: String,
}

/// The account of one file. `records = placed + undated + rejected`, always.
#[derive(Clone, Debug)]
pub struct FileLedger {
    /// The file's name.
    pub name: String,
    /// What it was read as.
    pub format: Format,
    /// The character encoding it was read in.
    pub encoding: &'static str,
    /// Which of its columns feeds which field.
    pub mapping: Mapping,
    /// How many records there were.
    pub records: u64,
    /// How many have a date and are on the timeline.
    pub placed: u64,
    /// How many are kept without a date.
    pub undated: u64,
    /// How many could not be used.
    pub rejected: u64,
    /// How many events the records speak of.
    pub events: u64,
    /// The earliest date that any record names, as EDTF.
    pub earliest: Option<String>,
    /// The latest date that any record names, as EDTF.
    pub latest: Option<String>,
    /// The first cells of each column, in the order of the mapping's columns.
    pub samples: Vec<Vec<String>>,
    /// How the dates of each column were read.
    pub dates: Vec<DateColumn>,
    /// What is to be said of the file as a whole.
    pub remarks: Vec<String>,
    /// What is to be said of single records, in file order; of each outcome as many as the limits allow.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there were than are kept.
    pub more_diagnostics: u64,
}

impl FileLedger {
    /// Why what was recognised can hardly be what the file means, in a sentence; `None` where it may well be.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        if self.records == 0 || self.mapping.remembered {
            return None;
        }
        let dated = |column: &super::Column| column.field.is_start() || column.field == Field::End;
        if !self.mapping.columns.iter().any(dated) {
            return Some("No column of dates was found. Say which one tells when each event was.".to_owned());
        }
        (self.placed * 2 < self.records).then(|| {
            let (placed, records) = (grouped(self.placed as usize), grouped(self.records as usize));
            format!(
                "Only {placed} of {records} records have a date in the columns that were taken. Is another one meant?"
            )
        })
    }
}

/// What is to be said of single records, while it is gathered. Of each outcome some are kept, and the others counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) kept: Vec<Diagnostic>,
    /// How many there were of each outcome.
    counts: [u64; 3],
    most: usize,
}

impl Notes {
    /// With so many of each outcome kept.
    pub(super) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// How many of each outcome are kept.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        let count = &mut self.counts[diagnostic.outcome as usize];
        *count += 1;
        if *count <= self.most as u64 {
            self.kept.push(diagnostic);
        }
    }

    /// Adds those of later records.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.counts;
        other.kept.into_iter().for_each(|diagnostic| self.add(diagnostic));
        for (own, (before, more)) in self.counts.iter_mut().zip(before.iter().zip(other.counts)) {
            *own = before + more;
        }
    }

    /// How many there were of an outcome.
    pub(super) fn count(&self, outcome: Outcome) -> u64 {
        self.counts[outcome as usize]
    }

    /// How many were counted and not kept.
    pub(super) fn more(&self) -> u64 {
        self.counts.iter().sum::<u64>() - self.kept.len() as u64
    }

    /// What is to be said where not all are kept.
    pub(super) fn remark(&self) -> Option<String> {
        let beyond = |outcome: Outcome| self.count(outcome).saturating_sub(self.most as u64);
        let told: Vec<String> = [Outcome::Rejected, Outcome::Undated, Outcome::Note]
            .into_iter()
            .filter(|outcome| beyond(*outcome) > 0)
            .map(|outcome| match outcome {
                Outcome::Rejected => format!("{} more rejected records", grouped(beyond(outcome) as usize)),
                Outcome::Undated => format!("{} more records without a date", grouped(beyond(outcome) as usize)),
                Outcome::Note => format!("{} more notes", grouped(beyond(outcome) as usize)),
            })
            .collect();
        (!told.is_empty()).then(|| {
            format!(
                "Beyond the first {} of a kind these are only counted: {}; --max-diagnostics lists more.",
                grouped(self.most),
                told.join(", ")
            )
        })
    }
}

/// The account of all files of a document.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One for each file, in the order they were given.
    pub files: Vec<FileLedger>,
}

impl Ledger {
    /// What a field is that a table does not have, and that may be named as its file does: a column `city` is where events
    /// were.
    #[must_use]
    pub fn meant(&self, facet: Facet, table: &EventTable) -> Facet {
        let Facet::Attribute(name) = &facet else { return facet };
        if facet.in_table(table).is_some() {
            return facet;
        }
        let mut columns = self.files.iter().flat_map(|file| &file.mapping.columns);
        let column = columns.find(|column| column.name.trim().eq_ignore_ascii_case(name));
        column.and_then(|column| Facet::of_field(column.field)).unwrap_or(facet)
    }

    /// The sum over the files of one count.
    #[must_use]
    pub fn total(&self, count: impl Fn(&FileLedger) -> u64) -> u64 {
        self.files.iter().map(count).sum()
    }
}

/// A text for a ledger: its beginning, if it is very long.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 300;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{head}… ({} characters)", text.chars().count())
}
