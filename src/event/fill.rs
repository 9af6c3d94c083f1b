//! Many records at once to a part of a table: first the time of each, then one column after the other, which is what a
//! processor is quick at.

use super::build::{TooManyRows, filled};
use super::part::{Joiner, Part};
use super::schema::Field;
use super::table::Flags;
use crate::time::{Date, Duration, Edtf, Span};

/// A date that a cell says as [`Date::parse_plain`] has it.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'t> {
    /// The date.
    pub date: Date,
    /// What it allows.
    pub window: Span,
    instant: bool,
    text: &'t str,
}

impl<'t> Plain<'t> {
    /// The date of a cell, if it is a plain one.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        let date = Date::parse_plain(text)?;
        Some(Self { date, window: date.window(), instant: date.is_instant(), text })
    }

    /// The cell.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }
}

/// Collects records into a [`Part`]. Each is begun by [`Self::record`] or [`Self::plain`]; every column that is filled then
/// has a cell for each of them, in their order. A column that is not filled is empty.
pub struct Filler {
    rows: Joiner,
    /// Which file the records are from.
    file: u16,
    /// Bytes of text in the column with most.
    longest: usize,
    /// Bytes of text in each column beside the known ones.
    bytes: Vec<usize>,
    /// Cells for which such a column has room at first.
    room: usize,
    /// A text on its way into a column.
    scratch: String,
}

impl Filler {
    /// For about so many records of a file, with so many columns beside the known ones.
    #[must_use]
    pub fn new(file: u16, records: usize, attributes: usize) -> Self {
        // Room for all is made where it is little: of many columns most may stay empty.
        let room = if attributes <= FEW_COLUMNS { records } else { 0 };
        let (rows, bytes) = (Joiner::with_room(records, attributes), vec![0; attributes]);
        Self { rows, file, longest: 0, bytes, room, scratch: String::new() }
    }

    /// Begins a record on a line, by its date (none: it is undated), how long it lasted, and the date as the file writes it.
    pub fn record(&mut self, line: u64, edtf: Option<&Edtf>, duration: Option<Duration>, written: Option<&str>) {
        self.rows.begin(self.file, line);
        self.rows.push_time(&mut self.scratch, edtf, duration, written);
    }

    /// Begins a record on a line by a plain date, or by the first and the last of several, in order.
    pub fn plain(&mut self, line: u64, first: Plain<'_>, last: Option<Plain<'_>>) {
        self.rows.begin(self.file, line);
        let text = &mut self.scratch;
        text.clear();
        text.push_str(first.text);
        if let Some(last) = last {
            text.push('/');
            text.push_str(last.text);
        }
        let rows = &mut self.rows;
        rows.texts[Field::When.slot()].push(Some(text));
        rows.texts[Field::Duration.slot()].push(None);
        rows.texts[Field::Written.slot()].push(None);
        let ends = [first, last.unwrap_or(first)];
        let instant = |end: usize| if ends[end].instant { Flags::INSTANT << (end * Flags::END_SHIFT) } else { 0 };
        let shape = if last.is_some() { Flags::CELLS } else { Flags::MOMENT };
        rows.flags.push(shape | instant(0) | instant(1));
        let points = ends.iter().flat_map(|end| [end.window.start(), end.window.end()]);
        for (column, point) in rows.bounds.iter_mut().zip(points) {
            column.push(Some(point));
        }
    }

    /// Whether a column may take a text more; no column takes more than its offsets can tell.
    fn takes(longest: &mut usize, bytes: &mut usize, text: &str) -> bool {
        *bytes += text.len();
        *longest = (*longest).max(*bytes);
        *bytes <= MOST_BYTES
    }

    /// Fills a field that is kept as texts.
    pub fn texts<T: AsRef<str>>(&mut self, field: Field, cells: impl Iterator<Item = Option<T>>) {
        let (texts, mut bytes) = (&mut self.rows.texts[field.slot()], 0);
        for cell in cells {
            texts.push(
                filled(cell.as_ref().map(AsRef::as_ref))
                    .filter(|text| Self::takes(&mut self.longest, &mut bytes, text)),
            );
        }
    }

    /// Fills a field that is kept as words.
    pub fn words<T: AsRef<str>>(&mut self, field: Field, cells: impl Iterator<Item = Option<T>>) {
        let (words, mut bytes) = (&mut self.rows.words[field.slot()], 0);
        for cell in cells {
            words.push(
                filled(cell.as_ref().map(AsRef::as_ref))
                    .filter(|word| Self::takes(&mut self.longest, &mut bytes, word)),
            );
        }
    }

    /// Fills a field that is kept as lists; `cut` gives the items of a cell.
    pub fn lists<'t, I: Iterator<Item = &'t str>>(
        &mut self,
        field: Field,
        cells: impl Iterator<Item = Option<&'t str>>,
        cut: impl Fn(&'t str) -> I,
    ) {
        let (lists, mut bytes) = (&mut self.rows.lists[field.slot()], 0);
        for cell in cells {
            let cell = cell.filter(|cell| Self::takes(&mut self.longest, &mut bytes, cell));
            lists.push(cell.into_iter().flat_map(&cut));
        }
    }

    /// Fills a field that is kept in degrees.
    pub fn degrees(&mut self, field: Field, cells: impl Iterator<Item = Option<f64>>) {
        let numbers = &mut self.rows.degrees[field.slot()];
        cells.for_each(|cell| numbers.push(cell));
    }

    /// Adds cells to one of the columns beside the known ones, each with its record, which are numbered from 0. Those of a
    /// column come in the order of their records. Blank texts are none.
    pub fn attribute<'t>(&mut self, column: usize, cells: impl Iterator<Item = (usize, &'t str)>) {
        let (Some((own, types)), Some(bytes)) = (self.rows.attributes.get_mut(column), self.bytes.get_mut(column))
        else {
            return;
        };
        for (record, cell) in cells {
            if filled(Some(cell)).is_some() && Self::takes(&mut self.longest, bytes, cell) {
                types.see(cell);
                own.push(record, cell, self.room);
            }
        }
    }

    /// The records as a part of a table.
    ///
    /// # Errors
    /// [`TooManyRows`] when a column has more text than a table can hold.
    pub fn finish(self) -> Result<Part, TooManyRows> {
        if self.longest > MOST_BYTES { Err(TooManyRows) } else { Ok(self.rows.finish()) }
    }
}

/// So many columns are few.
const FEW_COLUMNS: usize = 64;

/// As much text as a column can hold, in bytes.
const MOST_BYTES: usize = i32::MAX as usize;

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTable, EventTableBuilder, RowId};
    use super::*;

    #[test]
    fn columns_make_the_table_that_records_make() {
        let plain = |text| Plain::parse(text).unwrap();
        let edtf = ["2022-08-30/2022-09-05T10:00Z", "2022-05?", "2022-08-30"].map(|text| Edtf::parse(text).unwrap());
        let who = ["China", "Russia"];
        let mut builder = EventTableBuilder::new(vec![], vec!["troops".into()]);
        let written = ["2022-08-30 – 2022-09-05T10:00Z", "maybe in May", "2022-08-30"];
        for (at, edtf) in edtf.iter().enumerate() {
            let draft = Draft {
                line: at as u64 + 2,
                title: Some(["Vostok", " ", "Kavkaz"][at]),
                kind: Some("exercise"),
                edtf: Some(edtf.clone()),
                written: Some(written[at]),
                latitude: (at == 1).then_some(40.0),
                participants: if at == 0 { &who } else { &[] },
                attributes: &[(at == 2).then_some("2000")],
                ..Draft::default()
            };
            builder.push(&draft).unwrap();
        }
        let by_row = builder.finish();
        let mut filler = Filler::new(0, 3, 1);
        filler.plain(2, plain("2022-08-30"), Some(plain("2022-09-05T10:00Z")));
        filler.record(3, Some(&edtf[1]), None, Some(written[1]));
        filler.plain(4, plain("2022-08-30"), None);
        filler.texts(Field::Title, ["Vostok", " ", "Kavkaz"].into_iter().map(Some));
        filler.words(Field::Kind, [Some("exercise"); 3].into_iter());
        filler.degrees(Field::Latitude, [None, Some(40.0), None].into_iter());
        filler.lists(Field::Participants, [Some("China;Russia"), None, None].into_iter(), |cell| cell.split(';'));
        filler.attribute(0, std::iter::once((2, "2000")));
        let by_column = EventTable::of_part(
            vec![],
            vec!["troops".into()],
            filler.finish().unwrap(),
            super::super::SharedIds::default(),
        );
        assert_eq!(by_column.rows(), by_row.rows());
        for row in (0..3).map(RowId) {
            assert_eq!(by_column.claim(row), by_row.claim(row));
            assert_eq!((by_column.title(row), by_column.kind(row)), (by_row.title(row), by_row.kind(row)));
            assert_eq!(by_column.participants(row), by_row.participants(row));
            assert_eq!(by_column.coordinates(row), by_row.coordinates(row));
            let troops = |table: &EventTable| table.attributes()[0].text(row.0 as usize);
            assert_eq!(troops(&by_column), troops(&by_row));
        }
    }
}
