//! Records as texts, before anything is known of their meaning: what every reader delivers.
//!
//! Cells stand in one arena of text. A table whose records have most columns keeps a place for each of them; one whose
//! records name their fields, each its own few of many, keeps only the cells that are there.

use super::ledger::{Diagnostic, Notes, Outcome, shortened};
use super::read::Format;
use crate::event::is_blank;
use crate::task::{Limits, memory};
use std::ops::Range;

/// Records of a file, or of a block of it, in one arena of text.
pub(super) struct RawTable {
    pub(super) format: Format,
    pub(super) encoding: &'static str,
    pub(super) columns: Vec<String>,
    pub(super) records: Vec<RawRecord>,
    /// What a reader has to say of its records, and of those that could not even be told apart.
    pub(super) notes: Notes,
    pub(super) remarks: Vec<String>,
    text: String,
    cells: Vec<Cell>,
    /// The column of each cell, where records have cells only for some columns.
    places: Option<Vec<u32>>,
    /// Bytes that one cell may have.
    longest: usize,
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
/// Cells for which room is made at once; more of them grow as they come.
const MOST_RESERVED: usize = 1 << 21;

impl RawTable {
    pub(super) fn new(format: Format, encoding: &'static str, columns: Vec<String>, limits: &Limits) -> Self {
        Self::over(String::new(), format, encoding, columns, limits)
    }

    /// A table whose records have cells for a few of many columns.
    pub(super) fn sparse(format: Format, encoding: &'static str, limits: &Limits) -> Self {
        Self { places: Some(Vec::new()), ..Self::new(format, encoding, Vec::new(), limits) }
    }

    /// A table whose cells may be parts of a text.
    pub(super) fn over(
        text: String,
        format: Format,
        encoding: &'static str,
        columns: Vec<String>,
        limits: &Limits,
    ) -> Self {
        Self {
            format,
            encoding,
            columns,
            records: Vec::new(),
            notes: Notes::new(limits.diagnostics),
            remarks: Vec::new(),
            text,
            cells: Vec::new(),
            places: None,
            longest: limits.cell,
        }
    }

    /// Gives back the memory of a text that is not needed any more.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Makes room for records that stand in a text of so many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        // Every cell but the last ends with a sign of its own.
        self.records.reserve(bytes / 64);
        self.cells.reserve((bytes / 64 * self.columns.len()).min(bytes / 2).min(MOST_RESERVED));
    }

    /// The text that cells are parts of.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a record whose cells are these parts of the text, one for each column.
    pub(super) fn push_parts(&mut self, line: u64, parts: &[(usize, usize)]) {
        let base = parts.first().map_or(0, |part| part.0);
        self.records.push(RawRecord { line, base, first: self.cells.len(), count: parts.len() });
        // A record is shorter than 4 GiB.
        let cell = |&(from, to): &(usize, usize)| Cell { start: (from - base) as u32, len: (to - from) as u32 };
        self.cells.extend(parts.iter().map(cell));
        if parts.last().is_some_and(|last| last.1 - base > self.longest) {
            for (column, &(from, to)) in parts.iter().enumerate() {
                let kept = self.kept(from..to, column);
                let at = self.cells.len() - parts.len() + column;
                self.cells[at].len = kept as u32;
            }
        }
    }

    /// Bytes of a part of the text that are kept as a cell; notes where that is not all of it.
    fn kept(&mut self, part: Range<usize>, column: usize) -> usize {
        let length = part.len();
        if length <= self.longest {
            return length;
        }
        let kept = floor(&self.text[part.clone()], self.longest);
        let beginning = self.text[part.start..][..floor(&self.text[part], 300)].to_owned();
        self.note_cut(column, length, &beginning);
        kept
    }

    fn note_cut(&mut self, column: usize, length: usize, beginning: &str) {
        let reason = format!(
            "the cell has {}, of which the first {} are kept; --max-cell keeps more",
            memory::size(length as u64),
            memory::size(self.longest as u64)
        );
        let line = self.records.last().map_or(0, |record| record.line);
        let (column, raw) = (self.columns.get(column).cloned(), shortened(beginning));
        self.notes.add(Diagnostic { outcome: Outcome::Note, line, column, reason, raw });
    }

    /// Begins a record that stands on a line.
    pub(super) fn begin_record(&mut self, line: u64) {
        self.records.push(RawRecord { line, base: self.text.len(), first: self.cells.len(), count: 0 });
    }

    /// Sets a cell of the record begun last; a column new since then is added.
    pub(super) fn set(&mut self, column: usize, text: &str) {
        let kept = floor(text, self.longest);
        if kept < text.len() {
            self.note_cut(column, text.len(), &text[..floor(text, 300)]);
        }
        let text = &text[..kept];
        let Some(record) = self.records.last_mut() else { return };
        // Records are shorter than 4 GiB, and so are their cells.
        let (Ok(start), Ok(len)) = (u32::try_from(self.text.len() - record.base), u32::try_from(text.len())) else {
            let length = text.len();
            return self.note_cut(column, length, "");
        };
        if let Some(places) = &mut self.places {
            places.push(column as u32);
            self.cells.push(Cell { start, len });
            record.count += 1;
        } else {
            if column >= record.count {
                self.cells.resize(record.first + column + 1, Cell { start: 0, len: ABSENT });
                record.count = column + 1;
            }
            self.cells[record.first + column] = Cell { start, len };
        }
        self.text.push_str(text);
    }

    /// Ends the record begun last, where records have cells only for some columns: they are found by their order.
    pub(super) fn end_record(&mut self) {
        let (Some(places), Some(record)) = (&mut self.places, self.records.last_mut()) else { return };
        let (own, cells) = (&mut places[record.first..], &mut self.cells[record.first..]);
        if own.is_sorted_by(|a, b| a < b) {
            return;
        }
        // Of a field that is named twice the last one counts.
        let mut all: Vec<(u32, Cell)> = own.iter().copied().zip(cells.iter().copied()).rev().collect();
        all.sort_by_key(|(column, _)| *column);
        all.dedup_by_key(|(column, _)| *column);
        for (at, (column, cell)) in all.iter().enumerate() {
            (own[at], cells[at]) = (*column, *cell);
        }
        record.count = all.len();
        places.truncate(record.first + all.len());
        self.cells.truncate(record.first + all.len());
    }

    /// Whether records have a place for each column.
    pub(super) fn is_dense(&self) -> bool {
        self.places.is_none()
    }

    /// Hands each cell of some records to its column: the record's number among them, and the text. Blank cells are none.
    pub(super) fn each_cell<'r>(&'r self, records: Range<usize>, mut take: impl FnMut(usize, usize, &'r str)) {
        for (at, record) in self.records[records].iter().enumerate() {
            for own in 0..record.count {
                let column = self.places.as_ref().map_or(own, |places| places[record.first + own] as usize);
                if let Some(text) = self.text_of(record, self.cells[record.first + own]) {
                    take(at, column, text);
                }
            }
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
        let at = match &self.places {
            None => column,
            Some(places) => {
                let own = &places[record.first..record.first + record.count];
                // Most records begin with the same fields.
                let sought = column as u32;
                if own.get(column) == Some(&sought) { column } else { own.binary_search(&sought).ok()? }
            }
        };
        if at < record.count { self.text_of(record, self.cells[record.first + at]) } else { None }
    }

    #[inline]
    fn text_of(&self, record: &RawRecord, cell: Cell) -> Option<&str> {
        if cell.len == ABSENT {
            return None;
        }
        let start = record.base + cell.start as usize;
        let text = self.text.get(start..start + cell.len as usize)?;
        (!is_blank(text)).then_some(text)
    }

    /// The record as one line of text, for the ledger; its beginning, where it is very long.
    pub(super) fn record_text(&self, record: usize) -> String {
        let mut out = String::new();
        for column in 0..self.columns.len() {
            if out.len() > LONGEST_LINE {
                break;
            }
            if column > 0 {
                out.push_str(" | ");
            }
            let cell = self.cell(record, column).unwrap_or("");
            out.push_str(&cell[..floor(cell, LONGEST_LINE)]);
        }
        out.truncate(out.trim_end_matches([' ', '|']).len());
        out
    }

    /// Lines of the text in which a record's cells stand.
    pub(super) fn lines_of(&self, record: usize) -> usize {
        let all: usize = (0..self.columns.len())
            .filter_map(|column| self.cell(record, column))
            .map(|cell| memchr::memchr_iter(b'\n', cell.trim_end_matches(['\r', '\n']).as_bytes()).count())
            .sum();
        all + 1
    }
}

/// Bytes of a record that a ledger could want.
const LONGEST_LINE: usize = 4_000;

/// The most bytes of a text, up to a limit, that cut no letter.
fn floor(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_with_few_of_many_columns_give_back_their_cells() {
        let limits = Limits { cell: 8, ..Limits::default() };
        let mut table = RawTable::sparse(Format::Json, "UTF-8", &limits);
        table.columns = (0..4).map(|at| format!("c{at}")).collect();
        table.begin_record(1);
        for (column, text) in [(3, "d"), (1, "first"), (1, "last")] {
            table.set(column, text);
        }
        table.end_record();
        table.begin_record(2);
        table.set(0, "éééééé");
        table.end_record();
        let cells = |record| (0..4).map(|column| table.cell(record, column)).collect::<Vec<_>>();
        assert_eq!(cells(0), [None, Some("last"), None, Some("d")]);
        assert_eq!(cells(1), [Some("éééé"), None, None, None]);
        let mut each = Vec::new();
        table.each_cell(0..2, |record, column, text| each.push((record, column, text)));
        assert_eq!(each, [(0, 1, "last"), (0, 3, "d"), (1, 0, "éééé")]);
        assert!(table.notes.kept[0].reason.contains("--max-cell"));
    }
}
