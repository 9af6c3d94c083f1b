//! Rows to columns.

use super::column::{ListColumn, NumberColumn, PointColumn, TextColumn, Types, WordColumn};
use super::part::{Columns, Part};
use super::table::{EventTable, Flags};
use crate::time::{Bound, Duration, Edtf, Shape, TimePoint, When};
use arrow_array::builder::{StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use std::fmt::Write;
use std::sync::Arc;

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
    bounds: [Vec<Option<TimePoint>>; 4],
    flags: Vec<u16>,
    file: Vec<u16>,
    line: Vec<u32>,
    texts: Texts,
    kind: StringDictionaryBuilder<Int32Type>,
    status: StringDictionaryBuilder<Int32Type>,
    location: StringDictionaryBuilder<Int32Type>,
    degrees: [Vec<Option<f64>>; 2],
    participants: Lists,
    tags: Lists,
    attributes: Vec<(StringBuilder, Types)>,
    text_bytes: usize,
    /// A text on its way into a column.
    scratch: String,
}

#[derive(Default)]
struct Texts {
    id: StringBuilder,
    title: StringBuilder,
    edtf: StringBuilder,
    duration: StringBuilder,
    written: StringBuilder,
    description: StringBuilder,
    source: StringBuilder,
    published: StringBuilder,
    url: StringBuilder,
}

/// Lists of words while they are gathered.
#[derive(Default)]
struct Lists {
    starts: Vec<u32>,
    /// Words so far.
    count: u32,
    words: StringDictionaryBuilder<Int32Type>,
}

impl Lists {
    fn push(&mut self, words: &[&str]) {
        self.starts.push(self.count);
        for word in words {
            self.words.append_value(word);
        }
        self.count += words.len() as u32;
    }

    fn finish(mut self) -> ListColumn {
        self.starts.push(self.count);
        ListColumn::new(self.starts, self.words)
    }
}

impl EventTableBuilder {
    /// A table over these files, with these columns beside the known ones.
    #[must_use]
    pub fn new(files: Vec<String>, attribute_names: Vec<String>) -> Self {
        Self {
            files,
            bounds: Default::default(),
            flags: Vec::new(),
            file: Vec::new(),
            line: Vec::new(),
            texts: Texts::default(),
            kind: StringDictionaryBuilder::new(),
            status: StringDictionaryBuilder::new(),
            location: StringDictionaryBuilder::new(),
            degrees: Default::default(),
            participants: Lists::default(),
            tags: Lists::default(),
            attributes: attribute_names.iter().map(|_| (StringBuilder::new(), Types::ANY)).collect(),
            attribute_names,
            text_bytes: 0,
            scratch: String::new(),
        }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`TooManyRows`] when the table cannot hold more; it stays as it was.
    pub fn push(&mut self, draft: &Draft<'_>) -> Result<(), TooManyRows> {
        let size = |text: Option<&str>| text.map_or(0, str::len);
        self.text_bytes += size(draft.title) + size(draft.description) + size(draft.source) + size(draft.location);
        self.text_bytes += draft.participants.iter().chain(draft.tags).map(|text| text.len()).sum::<usize>();
        if self.flags.len() >= MOST_ROWS || self.text_bytes > i32::MAX as usize {
            return Err(TooManyRows);
        }
        self.push_time(draft);
        self.file.push(draft.file);
        // Beyond four billion lines the last number is repeated.
        self.line.push(u32::try_from(draft.line).unwrap_or(u32::MAX));
        let texts = &mut self.texts;
        for (builder, text) in [
            (&mut texts.id, draft.id),
            (&mut texts.title, draft.title),
            (&mut texts.description, draft.description),
            (&mut texts.source, draft.source),
            (&mut texts.published, draft.published),
            (&mut texts.url, draft.url),
        ] {
            builder.append_option(filled(text));
        }
        self.kind.append_option(filled(draft.kind));
        self.status.append_option(filled(draft.status));
        self.location.append_option(filled(draft.location));
        self.degrees[0].push(draft.latitude);
        self.degrees[1].push(draft.longitude);
        self.participants.push(draft.participants);
        self.tags.push(draft.tags);
        for (column, (cells, types)) in self.attributes.iter_mut().enumerate() {
            let cell = filled(draft.attributes.get(column).copied().flatten());
            if let Some(cell) = cell {
                types.see(cell);
            }
            cells.append_option(cell);
        }
        Ok(())
    }

    fn push_time(&mut self, draft: &Draft<'_>) {
        let texts = &mut self.texts;
        match draft.duration {
            Some(duration) => texts.duration.append_value(duration.to_string()),
            None => texts.duration.append_null(),
        }
        let Some(edtf) = &draft.edtf else {
            texts.edtf.append_null();
            texts.written.append_option(filled(draft.written));
            self.flags.push(Flags::UNDATED);
            self.bounds.iter_mut().for_each(|column| column.push(None));
            return;
        };
        self.scratch.clear();
        // Writing into a string cannot fail.
        let _ = write!(self.scratch, "{edtf}");
        texts.edtf.append_value(&self.scratch);
        // What a file writes as it is kept needs no place of its own.
        texts.written.append_option(filled(draft.written).filter(|written| !says_the_same(written, &self.scratch)));
        let when = When { duration: draft.duration, ..edtf.when() };
        let mut flags = match when.shape {
            Shape::Moment => Flags::MOMENT,
            Shape::OneOf => Flags::ONE_OF,
            Shape::AllOf => Flags::ALL_OF,
            Shape::Interval => 0,
        };
        for (end, bound) in [when.start, when.end].into_iter().enumerate() {
            let window = bound.window();
            self.bounds[end * 2].push(window.map(crate::time::Span::start));
            self.bounds[end * 2 + 1].push(window.map(crate::time::Span::end));
            flags |= Flags::of_bound(bound) << (end * Flags::END_SHIFT);
        }
        self.flags.push(flags);
    }

    /// The rows as a part of a table.
    #[must_use]
    pub fn finish_part(self) -> Part {
        let texts = self.texts;
        let rows = self.flags.len();
        let columns = Columns {
            bounds: self.bounds.map(|points| PointColumn::new(&points)),
            flags: Arc::new(self.flags),
            file: Arc::new(self.file),
            line: Arc::new(self.line),
            id: TextColumn::new(texts.id),
            title: TextColumn::new(texts.title),
            edtf: TextColumn::new(texts.edtf),
            duration: TextColumn::new(texts.duration),
            written: TextColumn::new(texts.written),
            description: TextColumn::new(texts.description),
            source: TextColumn::new(texts.source),
            published: TextColumn::new(texts.published),
            url: TextColumn::new(texts.url),
            kind: WordColumn::new(self.kind),
            status: WordColumn::new(self.status),
            location: WordColumn::new(self.location),
            degrees: self.degrees.map(NumberColumn::new),
            participants: self.participants.finish(),
            tags: self.tags.finish(),
        };
        let attributes = self.attributes.into_iter().map(|(cells, types)| (TextColumn::new(cells), types)).collect();
        Part { rows, columns, attributes }
    }

    /// The table.
    #[must_use]
    pub fn finish(mut self) -> EventTable {
        let (files, names) = (std::mem::take(&mut self.files), std::mem::take(&mut self.attribute_names));
        EventTable::of_part(files, names, self.finish_part())
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

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
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
