//! Rows to columns.

use super::column::{Attribute, PointColumn};
use super::table::{EventTable, Flags};
use crate::time::{Bound, Duration, Edtf, Shape, TimePoint, When};
use arrow_array::builder::{Float64Builder, ListBuilder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{UInt16Array, UInt32Array, UInt64Array};
use std::collections::HashMap;

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
    pub written: Option<String>,
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
    pub participants: Vec<&'a str>,
    /// Its tags.
    pub tags: Vec<&'a str>,
    /// What is said of it.
    pub description: Option<&'a str>,
    /// The source's citation.
    pub source: Option<&'a str>,
    /// When the source was published.
    pub published: Option<&'a str>,
    /// Where the source is.
    pub url: Option<&'a str>,
    /// The cells of the other columns, in the order given to [`EventTableBuilder::new`].
    pub attributes: Vec<Option<&'a str>>,
}

/// The table is full: rows are counted in 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 2,000,000,000 records, or 2 GiB of text in one column, cannot be held")]
pub struct TooManyRows;

/// Collects records into an [`EventTable`].
pub struct EventTableBuilder {
    files: Vec<String>,
    bounds: [Vec<Option<TimePoint>>; 4],
    flags: Vec<u16>,
    file: Vec<u16>,
    line: Vec<u64>,
    event: Vec<u32>,
    known_events: HashMap<(u16, String), u32>,
    event_count: u32,
    texts: Texts,
    kind: StringDictionaryBuilder<Int32Type>,
    status: StringDictionaryBuilder<Int32Type>,
    location: StringDictionaryBuilder<Int32Type>,
    latitude: Float64Builder,
    longitude: Float64Builder,
    participants: ListBuilder<StringBuilder>,
    tags: ListBuilder<StringBuilder>,
    attribute_names: Vec<String>,
    attributes: Vec<Vec<Option<String>>>,
    text_bytes: usize,
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
            event: Vec::new(),
            known_events: HashMap::new(),
            event_count: 0,
            texts: Texts::default(),
            kind: StringDictionaryBuilder::new(),
            status: StringDictionaryBuilder::new(),
            location: StringDictionaryBuilder::new(),
            latitude: Float64Builder::new(),
            longitude: Float64Builder::new(),
            participants: ListBuilder::new(StringBuilder::new()),
            tags: ListBuilder::new(StringBuilder::new()),
            attributes: vec![Vec::new(); attribute_names.len()],
            attribute_names,
            text_bytes: 0,
        }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// [`TooManyRows`] when the table cannot hold more; it stays as it was.
    pub fn push(&mut self, draft: &Draft<'_>) -> Result<(), TooManyRows> {
        let size = |text: Option<&str>| text.map_or(0, str::len);
        self.text_bytes += size(draft.title) + size(draft.description) + size(draft.source) + size(draft.location);
        self.text_bytes += draft.participants.iter().chain(&draft.tags).map(|text| text.len()).sum::<usize>();
        if self.flags.len() >= 2_000_000_000 || self.text_bytes > i32::MAX as usize {
            return Err(TooManyRows);
        }
        self.push_time(draft);
        self.push_event(draft);
        self.file.push(draft.file);
        self.line.push(draft.line);
        let texts = &mut self.texts;
        for (builder, text) in [
            (&mut texts.id, draft.id),
            (&mut texts.title, draft.title),
            (&mut texts.description, draft.description),
            (&mut texts.source, draft.source),
            (&mut texts.published, draft.published),
            (&mut texts.url, draft.url),
            (&mut texts.written, draft.written.as_deref()),
        ] {
            builder.append_option(filled(text));
        }
        texts.edtf.append_option(draft.edtf.as_ref().map(ToString::to_string));
        texts.duration.append_option(draft.duration.map(|duration| duration.to_string()));
        self.kind.append_option(filled(draft.kind));
        self.status.append_option(filled(draft.status));
        self.location.append_option(filled(draft.location));
        self.latitude.append_option(draft.latitude);
        self.longitude.append_option(draft.longitude);
        for (builder, values) in [(&mut self.participants, &draft.participants), (&mut self.tags, &draft.tags)] {
            for value in values {
                builder.values().append_value(value);
            }
            builder.append(true);
        }
        for (column, cells) in self.attributes.iter_mut().enumerate() {
            let cell = draft.attributes.get(column).copied().flatten();
            cells.push(filled(cell).map(str::to_owned));
        }
        Ok(())
    }

    fn push_time(&mut self, draft: &Draft<'_>) {
        let when = draft.edtf.as_ref().map(|edtf| When { duration: draft.duration, ..edtf.when() });
        let Some(when) = when else {
            self.flags.push(Flags::UNDATED);
            self.bounds.iter_mut().for_each(|column| column.push(None));
            return;
        };
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

    fn push_event(&mut self, draft: &Draft<'_>) {
        let next = self.event_count;
        let event = match filled(draft.id) {
            Some(id) => *self.known_events.entry((draft.file, id.to_owned())).or_insert(next),
            None => next,
        };
        if event == next {
            self.event_count += 1;
        }
        self.event.push(event);
    }

    /// The table.
    #[must_use]
    pub fn finish(mut self) -> EventTable {
        let attributes = std::mem::take(&mut self.attribute_names)
            .into_iter()
            .zip(&self.attributes)
            .map(|(name, cells)| Attribute::infer(name, &cells.iter().map(Option::as_deref).collect::<Vec<_>>()))
            .filter(|attribute| arrow_array::Array::null_count(&attribute.values) < self.flags.len())
            .collect();
        let (event_rows, event_offsets) = rows_by_event(&self.event, self.event_count);
        let texts = &mut self.texts;
        EventTable {
            files: self.files,
            bounds: self.bounds.map(|points| PointColumn::new(&points)),
            flags: UInt16Array::from(self.flags),
            file: UInt16Array::from(self.file),
            line: UInt64Array::from(self.line),
            event: UInt32Array::from(self.event),
            event_rows,
            event_offsets,
            id: texts.id.finish(),
            title: texts.title.finish(),
            edtf: texts.edtf.finish(),
            duration: texts.duration.finish(),
            written: texts.written.finish(),
            description: texts.description.finish(),
            source: texts.source.finish(),
            published: texts.published.finish(),
            url: texts.url.finish(),
            kind: self.kind.finish(),
            status: self.status.finish(),
            location: self.location.finish(),
            latitude: self.latitude.finish(),
            longitude: self.longitude.finish(),
            participants: self.participants.finish(),
            tags: self.tags.finish(),
            attributes,
            display: crate::time::Display::default(),
            apart: false,
            chosen: Vec::new(),
            read: None,
        }
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// Rows in order of their events, and where each event's rows begin: a counting sort.
fn rows_by_event(event: &[u32], count: u32) -> (UInt32Array, Vec<u32>) {
    let mut offsets = vec![0_u32; count as usize + 1];
    for &event in event {
        offsets[event as usize + 1] += 1;
    }
    for i in 0..count as usize {
        offsets[i + 1] += offsets[i];
    }
    let mut next = offsets.clone();
    let mut rows = vec![0_u32; event.len()];
    for (row, &event) in event.iter().enumerate() {
        rows[next[event as usize] as usize] = row as u32;
        next[event as usize] += 1;
    }
    (UInt32Array::from(rows), offsets)
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
