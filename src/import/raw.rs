//! Records as texts, before anything is known of their meaning: what every reader delivers.

use super::ledger::Diagnostic;
use super::sniff::Format;
use crate::event::is_blank;
use std::ops::Range;

/// Records of a file, or of a block of it, in one arena of text.
pub(super) struct RawTable {
    pub(super) format: Format,
    pub(super) encoding: &'static str,
    pub(super) columns: Vec<String>,
    pub(super) records: Vec<RawRecord>,
    /// Records that could not even be told apart, already with their reason.
    pub(super) rejected: Vec<Diagnostic>,
    /// What a reader has to say of records that it delivered.
    pub(super) notes: Vec<Diagnostic>,
    pub(super) remarks: Vec<String>,
    text: String,
    cells: Vec<Cell>,
}

/// A record: where it stands in the file and where its cells are.
pub(super) struct RawRecord {
    pub(super) line: u64,
    /// Where its cells begin in the text.
    base: usize,
    first: usize,
    count: usize,
}

#[derive(Clone, Copy)]
struct Cell {
    /// From the record's base.
    start: u32,
    /// `ABSENT` where the record has no such cell.
    len: u32,
}

const ABSENT: u32 = u32::MAX;

impl RawTable {
    pub(super) fn new(format: Format, encoding: &'static str, columns: Vec<String>) -> Self {
        Self::over(String::new(), format, encoding, columns)
    }

    /// A table whose cells may be parts of a text.
    pub(super) fn over(text: String, format: Format, encoding: &'static str, columns: Vec<String>) -> Self {
        Self {
            format,
            encoding,
            columns,
            records: Vec::new(),
            rejected: Vec::new(),
            notes: Vec::new(),
            remarks: Vec::new(),
            text,
            cells: Vec::new(),
        }
    }

    /// Gives back the memory of a text that is not needed any more.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Makes room for records that stand in a text of so many bytes.
    pub(super) fn reserve(&mut self, records: usize) {
        self.records.reserve(records);
        self.cells.reserve(records * self.columns.len());
    }

    /// The text that cells are parts of.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a record whose cells are these parts of the text, one for each column.
    pub(super) fn push_parts(&mut self, line: u64, parts: &[(usize, usize)]) {
        let base = parts.first().map_or(0, |part| part.0);
        self.records.push(RawRecord { line, base, first: self.cells.len(), count: parts.len() });
        // A block of text is far smaller than 4 GiB.
        let cell = |&(start, end): &(usize, usize)| Cell { start: (start - base) as u32, len: (end - start) as u32 };
        self.cells.extend(parts.iter().map(cell));
    }

    /// Adds a record with all its cells absent.
    pub(super) fn begin_record(&mut self, line: u64) {
        let (first, count) = (self.cells.len(), self.columns.len());
        self.cells.resize(first + count, Cell { start: 0, len: ABSENT });
        self.records.push(RawRecord { line, base: self.text.len(), first, count });
    }

    /// Sets a cell of the record begun last; a column new since then is added.
    pub(super) fn set(&mut self, column: usize, text: &str) {
        let Some(record) = self.records.last_mut() else { return };
        if column >= record.count {
            self.cells.resize(record.first + column + 1, Cell { start: 0, len: ABSENT });
            record.count = column + 1;
        }
        // What lies beyond the first 4 GiB of a record is left out.
        let start = u32::try_from(self.text.len() - record.base).unwrap_or(ABSENT);
        let len = u32::try_from(text.len()).unwrap_or(ABSENT);
        if start < ABSENT && len < ABSENT {
            self.cells[record.first + column] = Cell { start, len };
            self.text.push_str(text);
        }
    }

    /// The cell's text, `None` where it is absent or blank.
    pub(super) fn cell(&self, record: usize, column: usize) -> Option<&str> {
        self.cell_of(self.records.get(record)?, column)
    }

    /// The cells of some records in one column.
    pub(super) fn column(&self, records: Range<usize>, column: usize) -> impl Iterator<Item = Option<&str>> {
        self.records[records].iter().map(move |record| self.cell_of(record, column))
    }

    #[inline]
    fn cell_of(&self, record: &RawRecord, column: usize) -> Option<&str> {
        if column >= record.count {
            return None;
        }
        let cell = self.cells[record.first + column];
        if cell.len == ABSENT {
            return None;
        }
        let start = record.base + cell.start as usize;
        let text = self.text.get(start..start + cell.len as usize)?;
        (!is_blank(text)).then_some(text)
    }

    /// The record as one line of text, for the ledger.
    pub(super) fn record_text(&self, record: usize) -> String {
        let cells: Vec<&str> =
            (0..self.columns.len()).map(|column| self.cell(record, column).unwrap_or("")).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    }
}
