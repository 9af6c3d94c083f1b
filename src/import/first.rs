//! The first records of an input, kept in memory, to be read under one mapping after another: what somebody looks at who
//! decides which column is what.

use super::chunks::Chunks;
use super::gather::{account, attribute_names, join, settled, tell_of_all};
use super::ledger::Ledger;
use super::mapping::Mapping;
use super::place::{File, Plan, place};
use super::raw::RawTable;
use super::read;
use super::recognise::recognise;
use super::source::Source;
use super::when::Dates;
use super::{Choices, Import, ImportError, Input};
use crate::task::Control;
use crate::text::grouped;
use std::collections::HashSet;
use std::sync::Arc;

/// The first records of an input. Cloning it is cheap.
#[derive(Clone)]
pub struct FirstRecords {
    input: Input,
    head: Arc<RawTable>,
    recognised: Arc<Mapping>,
    /// What the cells of each column are, in a few words.
    facts: Arc<[String]>,
    /// Whether the input has no others.
    is_all: bool,
}

impl FirstRecords {
    /// The first records of an input; `head` is the line of a table's header, where it is chosen.
    ///
    /// # Errors
    /// As [`super::load`].
    pub fn open(input: &Input, head: Option<u64>, control: &Control) -> Result<Self, ImportError> {
        let of_file = |error: ImportError| error.of_file(&input.place());
        let source = Source::open(input, control).map_err(of_file)?;
        let chunks = read::open(&source, head, false, control).map_err(of_file)?;
        let first = Chunks::first_records(chunks.head.records.len()).len();
        let is_all = !chunks.more() && first == chunks.head.records.len();
        let recognised = Mapping { head, ..recognise(&chunks.head) };
        let facts = (0..chunks.head.columns.len()).map(|column| facts(&chunks.head, column)).collect();
        Ok(Self { input: input.clone(), head: chunks.head, recognised: Arc::new(recognised), facts, is_all })
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.head.columns
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        Chunks::first_records(self.head.records.len()).len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the input has no others.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.is_all
    }

    /// A cell; `None` where it is absent or blank.
    #[must_use]
    pub fn cell(&self, record: usize, column: usize) -> Option<&str> {
        self.head.cell(record, column)
    }

    /// The line of a record in its file, from 1.
    #[must_use]
    pub fn line(&self, record: usize) -> Option<u64> {
        self.head.records.get(record).map(|record| record.line)
    }

    /// What their names and cells speak for.
    #[must_use]
    pub fn recognised(&self) -> &Mapping {
        &self.recognised
    }

    /// The same with the user's choices over it.
    #[must_use]
    pub fn mapping(&self, choices: &Choices) -> Mapping {
        let mut mapping = (*self.recognised).clone();
        mapping.choose(choices);
        mapping
    }

    /// What the cells of a column are, in a few words: "7 values, full".
    #[must_use]
    pub fn facts(&self, column: usize) -> &str {
        self.facts.get(column).map_or("", String::as_str)
    }

    /// The events that they make under a mapping, with an account of each record.
    ///
    /// # Errors
    /// When there is no room for them, or when cancelled.
    pub fn read(&self, mapping: &Mapping, choices: &Choices, control: &Control) -> Result<Import, ImportError> {
        let name = self.input.name();
        let attribute_names = attribute_names(std::iter::once((mapping, !self.is_all)));
        let head = &*self.head;
        let file = File { index: 0, name: &name, head, mapping, attribute_names: &attribute_names };
        let accounts = settled(&file, &file.evidence());
        let columns: Vec<_> = file.date_columns().zip(accounts.iter().cloned()).collect();
        control.check()?;
        let records = Chunks::first_records(head.records.len());
        let mut placed = place(&file, &Plan::new(&file), Dates::new(&columns, mapping.dates), head, records)?;
        control.check()?;
        let part = std::mem::take(&mut placed.part);
        let notes = placed.notes.clone();
        let ledger = Ledger { files: vec![account(&file, &[placed], notes, accounts)] };
        let names = [name.clone()];
        let mut import = join(&names, &attribute_names, part, ledger, vec![self.input.clone()], choices);
        tell_of_all(&mut import, choices);
        Ok(import)
    }
}

/// Records that are looked at to say what a column's cells are.
const LOOKED_AT: usize = 2_000;

fn facts(raw: &RawTable, column: usize) -> String {
    let records = raw.records.len().min(LOOKED_AT);
    let cells: Vec<&str> = (0..records).filter_map(|record| raw.cell(record, column)).collect();
    let different = cells.iter().collect::<HashSet<_>>().len();
    let values = match different {
        0 => return "empty".to_owned(),
        1 => "1 value".to_owned(),
        all if all == cells.len() => "all different".to_owned(),
        some => format!("{} values", grouped(some)),
    };
    let filled = match cells.len() * 100 / records {
        100 => "full".to_owned(),
        0 => "hardly filled".to_owned(),
        share => format!("{share} % filled"),
    };
    format!("{values}, {filled}")
}
