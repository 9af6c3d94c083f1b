//! The account of every record of every file.

use super::columns::{Column, Meaning};
use super::dates::DateColumn;
use super::sniff::Format;
use crate::event::{EventTable, Facet};
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
    /// What its columns were taken for.
    pub columns: Vec<(String, Column)>,
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
    /// The first cells of each column, in the order of `columns`.
    pub samples: Vec<Vec<String>>,
    /// How the dates of each column were read.
    pub dates: Vec<DateColumn>,
    /// What is to be said of the file as a whole.
    pub remarks: Vec<String>,
    /// What is to be said of single records, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more notes on placed records there were than are kept.
    pub more_diagnostics: u64,
}

impl FileLedger {
    /// How many notes on placed records are kept for a file.
    pub const KEPT: usize = 10_000;
}

/// What is to be said of single records, while it is gathered. Remarks on placed records are kept up to
/// [`FileLedger::KEPT`]; why a record is not placed, always.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) kept: Vec<Diagnostic>,
    pub(super) more: u64,
    remarks: usize,
}

impl Notes {
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        if diagnostic.outcome != Outcome::Note {
            self.kept.push(diagnostic);
        } else if self.remarks < FileLedger::KEPT {
            self.remarks += 1;
            self.kept.push(diagnostic);
        } else {
            self.more += 1;
        }
    }

    /// Adds those of later records.
    pub(super) fn append(&mut self, other: Self) {
        self.more += other.more;
        other.kept.into_iter().for_each(|diagnostic| self.add(diagnostic));
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
        let mut columns = self.files.iter().flat_map(|file| &file.columns);
        let column = columns.find(|(own, _)| own.trim().eq_ignore_ascii_case(name));
        match column.map(|(_, column)| column.meaning) {
            Some(Meaning::Kind) => Facet::Kind,
            Some(Meaning::Status) => Facet::Status,
            Some(Meaning::Participants) => Facet::Participants,
            Some(Meaning::Location) => Facet::Location,
            Some(Meaning::Source) => Facet::Source,
            Some(Meaning::Tags) => Facet::Tags,
            _ => facet,
        }
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
