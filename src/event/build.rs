//! Rows to columns.

use super::groups::SharedIds;
use super::part::{Joiner, Part};
use super::schema::Field;
use super::table::{EventTable, Flags};
use crate::time::{Bound, Duration, Edtf, Shape, Span};

/// A record on its way into a table. Empty texts are the same as absent ones.
#[derive(Clone, Debug, Default)]
pub struct Draft<'a> {
    /// Which file it is from.
    pub file: u16,
    /// Its line in the file, from 1.
    pub line: u64,
    /// The event that it speaks of; records of one file that share it are claims about one event.
    pub id: Option<&'a str>,
    /// The event's name.
    pub title: Option<&'a str>,
    /// The date expression; `None` for an undated record.
    pub edtf: Option<Edtf>,
    /// How long it lasted.
    pub duration: Option<Duration>,
    /// The date as the file wrote it.
    pub written: Option<&'a str>,
    /// The kind of event.
    pub kind: Option<&'a str>,
    /// Its standing.
    pub status: Option<&'a str>,
    /// Where it was.
    pub location: Option<&'a str>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Who took part.
    pub participants: &'a [&'a str],
    /// Its tags.
    pub tags: &'a [&'a str],
    /// What is said of it.
    pub description: Option<&'a str>,
    /// The source's citation.
    pub source: Option<&'a str>,
    /// When the source was published.
    pub published: Option<&'a str>,
    /// Where the source is.
    pub url: Option<&'a str>,
    /// The cells of the other columns, in the order given to [`EventTableBuilder::new`].
    pub attributes: &'a [Option<&'a str>],
}

/// The table is full: rows are counted in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 2,000,000,000 records, or 2 GiB of text in one column, cannot be held")]
pub struct TooManyRows;

/// Collects records into an [`EventTable`], or into a [`Part`] of one.
pub struct EventTableBuilder {
    files: Vec<String>,
    attribute_names: Vec<String>,
    rows: Joiner,
    text_bytes: usize,
    /// A text on its way into a column.
    scratch: String,
}

impl EventTableBuilder {
    /// A table over these files, with these columns beside the known ones.
    #[must_use]
    pub fn new(files: Vec<String>, attribute_names: Vec<String>) -> Self {
        let attributes = attribute_names.iter().map(|_| Default::default()).collect();
        let rows = Joiner { attributes, ..Joiner::default() };
        Self { files, attribute_names, rows, text_bytes: 0, scratch: String::new() }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`TooManyRows`] when the table cannot hold more; it stays as it was.
    pub fn push(&mut self, draft: &Draft<'_>) -> Result<(), TooManyRows> {
        let size = |text: Option<&str>| text.map_or(0, str::len);
        self.text_bytes += size(draft.title) + size(draft.description) + size(draft.source) + size(draft.location);
        self.text_bytes += draft.participants.iter().chain(draft.tags).map(|text| text.len()).sum::<usize>();
        if self.rows.rows >= MOST_ROWS || self.text_bytes > i32::MAX as usize {
            return Err(TooManyRows);
        }
        let rows = &mut self.rows;
        rows.push_time(&mut self.scratch, draft.edtf.as_ref(), draft.duration, draft.written);
        rows.begin(draft.file, draft.line);
        for (field, text) in [
            (Field::Id, draft.id),
            (Field::Title, draft.title),
            (Field::Description, draft.description),
            (Field::Source, draft.source),
            (Field::Published, draft.published),
            (Field::Url, draft.url),
        ] {
            rows.texts[field.slot()].push(filled(text));
        }
        for (field, word) in
            [(Field::Kind, draft.kind), (Field::Status, draft.status), (Field::Location, draft.location)]
        {
            rows.words[field.slot()].push(filled(word));
        }
        for (field, number) in [(Field::Latitude, draft.latitude), (Field::Longitude, draft.longitude)] {
            rows.degrees[field.slot()].push(number);
        }
        for (field, words) in [(Field::Participants, draft.participants), (Field::Tags, draft.tags)] {
            rows.lists[field.slot()].push(words.iter().copied());
        }
        for (column, (cells, types)) in rows.attributes.iter_mut().enumerate() {
            if let Some(cell) = filled(draft.attributes.get(column).copied().flatten()) {
                types.see(cell);
                cells.push(rows.rows - 1, cell, 0);
            }
        }
        Ok(())
    }

    /// The rows as a part of a table.
    #[must_use]
    pub fn finish_part(self) -> Part {
        self.rows.finish()
    }

    /// The table.
    #[must_use]
    pub fn finish(mut self) -> EventTable {
        let (files, names) = (std::mem::take(&mut self.files), std::mem::take(&mut self.attribute_names));
        EventTable::of_part(files, names, self.finish_part(), SharedIds::default())
    }
}

impl Joiner {
    /// Begins a row, of a file and a line in it.
    pub(super) fn begin(&mut self, file: u16, line: u64) {
        self.rows += 1;
        self.file.push(file);
        // Beyond four billion lines the last number is repeated.
        self.line.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// Adds what a record says of its time; `text` serves as scratch memory.
    pub(super) fn push_time(
        &mut self,
        text: &mut String,
        edtf: Option<&Edtf>,
        lasted: Option<Duration>,
        as_written: Option<&str>,
    ) {
        self.texts[Field::Duration.slot()].push(lasted.map(|duration| duration.to_string()).as_deref());
        let Some(edtf) = edtf else {
            self.texts[Field::When.slot()].push(None);
            self.texts[Field::Written.slot()].push(filled(as_written));
            self.flags.push(Flags::UNDATED);
            self.bounds.iter_mut().for_each(|column| column.push(None));
            return;
        };
        text.clear();
        edtf.write_to(text);
        self.texts[Field::When.slot()].push(Some(text));
        // What a file writes as it is kept needs no place of its own.
        let own = filled(as_written);
        let same = own.is_none_or(|own| says_the_same(own, text));
        let cells = if same && own != Some(text.as_str()) { Flags::CELLS } else { 0 };
        self.texts[Field::Written.slot()].push(own.filter(|_| !same));
        let (windows, flags) = bounds(edtf);
        for (end, window) in windows.into_iter().enumerate() {
            self.bounds[end * 2].push(window.map(Span::start));
            self.bounds[end * 2 + 1].push(window.map(Span::end));
        }
        self.flags.push(flags | cells);
    }
}

/// Rows that a table can hold.
pub(super) const MOST_ROWS: usize = 2_000_000_000;

/// Whether a date as it is written says no more than its expression: the same, or start and end with a dash between.
fn says_the_same(written: &str, edtf: &str) -> bool {
    written == edtf
        || edtf.split_once('/').is_some_and(|(start, end)| {
            written.strip_prefix(start).and_then(|rest| rest.strip_prefix(WRITTEN_DASH)) == Some(end)
        })
}

/// Between the cells of start and end, where the date as written is told.
pub const WRITTEN_DASH: &str = " – ";

/// The windows of both ends, where they have one, and all else of an expression that the flags tell.
fn bounds(edtf: &Edtf) -> ([Option<Span>; 2], u16) {
    let when = edtf.when();
    let shape = match when.shape {
        Shape::Moment => Flags::MOMENT,
        Shape::OneOf => Flags::ONE_OF,
        Shape::AllOf => Flags::ALL_OF,
        Shape::Interval => 0,
    };
    let flags = Flags::of_bound(when.start) | Flags::of_bound(when.end) << Flags::END_SHIFT;
    ([when.start.window(), when.end.window()], shape | flags)
}

/// Whether nothing but white space stands in a text. Most begin with a letter or digit, which tells at once.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && text.trim().is_empty()
}

/// A text without white space at its ends. Most have none, which their first and last byte tell at once.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

pub(super) fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !is_blank(text))
}

impl Flags {
    pub(super) fn of_bound(bound: Bound) -> u16 {
        match bound {
            Bound::Open => Self::OPEN,
            Bound::Unknown => Self::UNKNOWN,
            Bound::Known(known) => {
                let flag = |on: bool, flag: u16| if on { flag } else { 0 };
                flag(known.approximate, Self::APPROXIMATE)
                    | flag(known.uncertain, Self::UNCERTAIN)
                    | flag(known.instant, Self::INSTANT)
            }
        }
    }
}
