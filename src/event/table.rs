//! The table of claims, and the document that holds it.

use super::claim::{Claim, Source, Status};
use super::column::{Attribute, PointColumn};
use super::statement::Statement;
use crate::time::{Answer, Bound, Display, Duration, Edtf, Known, Shape, Span, TimePoint, When};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, DictionaryArray, Float64Array, ListArray, StringArray, UInt16Array, UInt32Array, UInt64Array,
};
use std::sync::Arc;

/// An event of a document, numbered in the order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// A row of a table: one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// Bits of the flags column.
pub(super) struct Flags;

impl Flags {
    pub(super) const OPEN: u16 = 1;
    pub(super) const UNKNOWN: u16 = 1 << 1;
    pub(super) const APPROXIMATE: u16 = 1 << 2;
    pub(super) const UNCERTAIN: u16 = 1 << 3;
    pub(super) const INSTANT: u16 = 1 << 4;
    /// The same five bits for the end stand this much higher.
    pub(super) const END_SHIFT: usize = 5;
    pub(super) const MOMENT: u16 = 1 << 10;
    pub(super) const ONE_OF: u16 = 1 << 11;
    pub(super) const UNDATED: u16 = 1 << 12;
    pub(super) const ALL_OF: u16 = 1 << 13;
}

/// Claims as Arrow columns. Shared behind [`Arc`], never changed after it is built.
#[derive(Clone, Debug)]
pub struct EventTable {
    pub(super) files: Vec<String>,
    /// Start earliest, start latest, end earliest, end latest.
    pub(super) bounds: [PointColumn; 4],
    pub(super) flags: UInt16Array,
    pub(super) file: UInt16Array,
    pub(super) line: UInt64Array,
    pub(super) event: UInt32Array,
    pub(super) event_rows: UInt32Array,
    pub(super) event_offsets: Vec<u32>,
    pub(super) id: StringArray,
    pub(super) title: StringArray,
    pub(super) edtf: StringArray,
    pub(super) duration: StringArray,
    pub(super) written: StringArray,
    pub(super) description: StringArray,
    pub(super) source: StringArray,
    pub(super) published: StringArray,
    pub(super) url: StringArray,
    pub(super) kind: DictionaryArray<Int32Type>,
    pub(super) status: DictionaryArray<Int32Type>,
    pub(super) location: DictionaryArray<Int32Type>,
    pub(super) latitude: Float64Array,
    pub(super) longitude: Float64Array,
    pub(super) participants: ListArray,
    pub(super) tags: ListArray,
    pub(super) attributes: Vec<Attribute>,
    /// Whose clock the bounds of instants stand in.
    pub(super) display: Display,
    /// Whether all accounts of an event are drawn.
    pub(super) apart: bool,
    /// Events of which one account was chosen, sorted.
    pub(super) chosen: Vec<EventId>,
    /// Rows by event and their offsets as they were read, where fewer are shown.
    pub(super) read: Option<Arc<(UInt32Array, Vec<u32>)>>,
}

impl EventTable {
    /// How many rows (claims) there are, undated ones included.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.flags.len()
    }

    /// How many events the rows speak of.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.event_offsets.len().saturating_sub(1)
    }

    /// All events.
    pub fn events(&self) -> impl Iterator<Item = EventId> + use<> {
        (0..self.event_count() as u32).map(EventId)
    }

    /// The claims about an event, in file order; none for an event of another table.
    pub fn rows_of(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        let at = event.0 as usize;
        let range = match (self.event_offsets.get(at), self.event_offsets.get(at + 1)) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        range.map(|i| RowId(self.event_rows.value(i)))
    }

    /// The event that a row speaks of.
    #[must_use]
    pub fn event_of(&self, row: RowId) -> EventId {
        EventId(self.event.value(row.0 as usize))
    }

    /// The first claim about an event, from which its title and kind are taken.
    #[must_use]
    pub fn first_row(&self, event: EventId) -> RowId {
        self.rows_of(event).next().unwrap_or(RowId(0))
    }

    /// Whether a row has no date that could be placed.
    #[must_use]
    pub fn is_undated(&self, row: RowId) -> bool {
        self.flags.value(row.0 as usize) & Flags::UNDATED != 0
    }

    /// When a row says its event was; `None` if undated.
    #[must_use]
    pub fn when(&self, row: RowId) -> Option<When> {
        let at = row.0 as usize;
        let flags = self.flags.value(at);
        if flags & Flags::UNDATED != 0 {
            return None;
        }
        let bound = |end: usize| {
            let bits = flags >> (end * Flags::END_SHIFT);
            match (self.bounds[end * 2].get(at), self.bounds[end * 2 + 1].get(at)) {
                (Some(earliest), Some(latest)) => Bound::Known(Known {
                    window: Span::new(earliest, latest),
                    approximate: bits & Flags::APPROXIMATE != 0,
                    uncertain: bits & Flags::UNCERTAIN != 0,
                    instant: bits & Flags::INSTANT != 0,
                }),
                _ if bits & Flags::OPEN != 0 => Bound::Open,
                _ => Bound::Unknown,
            }
        };
        let shape = match flags & (Flags::MOMENT | Flags::ONE_OF | Flags::ALL_OF) {
            Flags::MOMENT => Shape::Moment,
            Flags::ONE_OF => Shape::OneOf,
            Flags::ALL_OF => Shape::AllOf,
            _ => Shape::Interval,
        };
        Some(When { start: bound(0), end: bound(1), duration: self.duration(row), shape })
    }

    /// All moments at which any claim says an event may have been under way; `None` if all are undated.
    #[must_use]
    pub fn extent(&self, event: EventId) -> Option<Span> {
        self.drawn(event).into_iter().map(|(_, when)| when.extent()).reduce(Span::union)
    }

    /// By when an event has surely begun, and until when it surely goes on, in every account of it. Undated events have
    /// the whole axis between.
    #[must_use]
    pub fn surely(&self, event: EventId) -> (TimePoint, TimePoint) {
        let all = self.drawn(event).into_iter().map(|(_, when)| when.surely());
        all.reduce(|(a, b), (c, d)| (a.max(c), b.min(d))).unwrap_or((TimePoint::MAX, TimePoint::MIN))
    }

    /// When the accounts that are drawn of an event say that it was, each with its row.
    #[must_use]
    pub fn drawn(&self, event: EventId) -> Vec<(RowId, When)> {
        let mut rows = self.rows_of(event);
        let (first, second) = (rows.next(), rows.next());
        if second.is_none() {
            // The usual case: one account, nothing to settle.
            return first.and_then(|row| self.when(row).map(|when| (row, when))).into_iter().collect();
        }
        let leading = |statement: Statement| {
            let row = *statement.rows.first()?;
            statement.claim.when.map(|when| (row, when))
        };
        self.statements(event).into_iter().filter_map(leading).collect()
    }

    /// Whether a row's event was under way, or took place, at some moment of a window. An end that nobody dates leaves
    /// open how far it reaches; the dates of a set are asked one by one.
    #[must_use]
    pub fn in_window(&self, row: RowId, when: &When, window: Span) -> Answer {
        if !matches!(when.shape, Shape::OneOf | Shape::AllOf) {
            return when.in_window(window);
        }
        let members = self.edtf(row).map(|edtf| self.display.alternatives(&edtf)).unwrap_or_default();
        let touches = |span: &Span| span.start() < window.end() && span.end() > window.start();
        let inside = |span: &Span| span.start() >= window.start() && span.end() <= window.end();
        let certain = match when.shape {
            Shape::OneOf => members.iter().all(inside),
            _ => members.iter().any(inside),
        };
        match (members.iter().any(touches), certain) {
            (false, _) => Answer::No,
            (true, true) => Answer::Certainly,
            (true, false) => Answer::Possibly,
        }
    }

    /// Whether the user chose which account of an event is drawn.
    #[must_use]
    pub fn is_chosen(&self, event: EventId) -> bool {
        self.chosen.binary_search(&event).is_ok()
    }

    /// All accounts of an event that were read, also those that are not shown.
    pub fn rows_read(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        let (rows, offsets) = self.read.as_deref().map_or((&self.event_rows, &self.event_offsets), |(a, b)| (a, b));
        let at = event.0 as usize;
        let range = match (offsets.get(at), offsets.get(at + 1)) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        range.map(|i| RowId(rows.value(i)))
    }

    /// Whether any bound is finer than a second.
    #[must_use]
    pub fn has_nanos(&self) -> bool {
        self.bounds.iter().any(PointColumn::has_nanos)
    }

    /// The date expression of a row.
    #[must_use]
    pub fn edtf(&self, row: RowId) -> Option<Edtf> {
        // The column holds only what `Edtf` printed.
        text(&self.edtf, row).and_then(|text| Edtf::parse(text).ok())
    }

    /// The stated duration of a row.
    #[must_use]
    pub fn duration(&self, row: RowId) -> Option<Duration> {
        text(&self.duration, row).and_then(|text| Duration::parse(text).ok())
    }

    /// All that a row states.
    #[must_use]
    pub fn claim(&self, row: RowId) -> Claim {
        let owned = |column| text(column, row).map(str::to_owned);
        let (citation, published, url) = (owned(&self.source), owned(&self.published), owned(&self.url));
        let has_source = citation.is_some() || published.is_some() || url.is_some();
        Claim {
            edtf: self.edtf(row),
            when: self.when(row),
            duration: self.duration(row),
            written: owned(&self.written),
            status: self.status(row),
            source: has_source.then(|| Source { citation: citation.unwrap_or_default(), published, url }),
        }
    }

    /// Whose clock the bounds of instants stand in.
    #[must_use]
    pub fn display(&self) -> Display {
        self.display
    }

    /// When a row's source was published, as the file gives it.
    #[must_use]
    pub fn published_text(&self, row: RowId) -> Option<&str> {
        text(&self.published, row)
    }

    /// The standing that a row states.
    #[must_use]
    pub fn status(&self, row: RowId) -> Option<Status> {
        dictionary_text(&self.status, row).map(Status::parse)
    }

    /// The title of a row.
    #[must_use]
    pub fn title(&self, row: RowId) -> Option<&str> {
        text(&self.title, row)
    }

    /// The kind of a row.
    #[must_use]
    pub fn kind(&self, row: RowId) -> Option<&str> {
        dictionary_text(&self.kind, row)
    }

    /// The place of a row.
    #[must_use]
    pub fn location(&self, row: RowId) -> Option<&str> {
        dictionary_text(&self.location, row)
    }

    /// Degrees north and east of a row, where both are given.
    #[must_use]
    pub fn coordinates(&self, row: RowId) -> Option<(f64, f64)> {
        let at = row.0 as usize;
        (self.latitude.is_valid(at) && self.longitude.is_valid(at))
            .then(|| (self.latitude.value(at), self.longitude.value(at)))
    }

    /// Who a row says took part.
    #[must_use]
    pub fn participants(&self, row: RowId) -> Vec<String> {
        list(&self.participants, row)
    }

    /// The tags of a row.
    #[must_use]
    pub fn tags(&self, row: RowId) -> Vec<String> {
        list(&self.tags, row)
    }

    /// What a row says of its event beyond the known columns.
    #[must_use]
    pub fn description(&self, row: RowId) -> Option<&str> {
        text(&self.description, row)
    }

    /// The source's citation of a row.
    #[must_use]
    pub fn source(&self, row: RowId) -> Option<&str> {
        text(&self.source, row)
    }

    /// The identifier that a row gives its event.
    #[must_use]
    pub fn id(&self, row: RowId) -> Option<&str> {
        text(&self.id, row)
    }

    /// The columns of the file that are none of the known ones.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The file of a row and its line there.
    #[must_use]
    pub fn origin(&self, row: RowId) -> (&str, u64) {
        let at = row.0 as usize;
        let file = self.files.get(usize::from(self.file.value(at))).map_or("", String::as_str);
        (file, self.line.value(at))
    }

    /// All texts of a row that a search looks at.
    pub fn searchable(&self, row: RowId, mut each: impl FnMut(&str)) {
        for column in [&self.title, &self.description, &self.source, &self.id, &self.edtf, &self.written] {
            text(column, row).into_iter().for_each(&mut each);
        }
        for column in [&self.kind, &self.status, &self.location] {
            dictionary_text(column, row).into_iter().for_each(&mut each);
        }
        for column in [&self.participants, &self.tags] {
            let values = column.value(row.0 as usize);
            values.as_string::<i32>().iter().flatten().for_each(&mut each);
        }
        for attribute in &self.attributes {
            if let Some(strings) = attribute.values.as_string_opt::<i32>() {
                text(strings, row).into_iter().for_each(&mut each);
            } else if let Some(number) = attribute.text(row.0 as usize) {
                each(&number);
            }
        }
    }
}

fn text(column: &StringArray, row: RowId) -> Option<&str> {
    let at = row.0 as usize;
    (at < column.len() && column.is_valid(at)).then(|| column.value(at))
}

fn dictionary_text(column: &DictionaryArray<Int32Type>, row: RowId) -> Option<&str> {
    let key = column.key(row.0 as usize)?;
    Some(column.values().as_string::<i32>().value(key))
}

fn list(column: &ListArray, row: RowId) -> Vec<String> {
    column.value(row.0 as usize).as_string::<i32>().iter().flatten().map(str::to_owned).collect()
}

/// What is open: a name and its events. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the window's title and a figure call it.
    pub name: String,
    /// The events.
    pub table: Arc<EventTable>,
}

impl Document {
    /// From the earliest to the latest moment of all events, ends that are open left out; `None` without a date.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        let table = &self.table;
        let mut all: Option<Span> = None;
        for row in 0..table.rows() as u32 {
            let Some(when) = table.when(RowId(row)) else { continue };
            for bound in [when.start, when.end] {
                if let Some(window) = bound.window() {
                    all = Some(all.map_or(window, |span| span.union(window)));
                }
            }
            if let (false, Some(span)) = (when.latest() == TimePoint::MAX, all) {
                all = Some(span.union(Span::new(when.latest(), when.latest())));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder};
    use super::*;

    fn table(rows: &[(&str, &str, Option<&str>)]) -> EventTable {
        let mut builder = EventTableBuilder::new(vec!["test.csv".into()], vec!["extra".into()]);
        for (line, (title, date, id)) in rows.iter().enumerate() {
            let draft = Draft {
                line: line as u64 + 2,
                title: Some(title),
                id: *id,
                edtf: Edtf::parse(date).ok(),
                status: Some("held"),
                participants: vec!["China", "Russia"],
                attributes: vec![Some("7")],
                ..Draft::default()
            };
            builder.push(&draft).unwrap();
        }
        builder.finish()
    }

    #[test]
    fn what_a_row_says_of_time_survives_the_columns() {
        let dates = [
            "2022-05",
            "2022-05-24~",
            "2022-08-30/2022-09-05",
            "2022-09-15/..",
            "2022-09-15/",
            "../2022?",
            "[2022-08-17,2022-08-24]",
            "2022-05-24T10:00:00.5+09:00",
            "Y-13800000000",
        ];
        let rows: Vec<_> = dates.iter().map(|date| ("event", *date, None)).collect();
        let table = table(&rows);
        for (row, date) in dates.iter().enumerate() {
            let row = RowId(row as u32);
            assert_eq!(table.edtf(row).unwrap().to_string(), *date);
            assert_eq!(table.when(row).unwrap(), Edtf::parse(date).unwrap().when(), "{date}");
        }
        assert!(table.has_nanos());
    }

    #[test]
    fn rows_that_share_an_id_are_claims_about_one_event() {
        let table =
            table(&[("a", "2022", Some("x")), ("b", "2023", None), ("a again", "2021", Some("x")), ("c", "", None)]);
        assert_eq!(table.event_count(), 3);
        assert_eq!(table.rows_of(EventId(0)).collect::<Vec<_>>(), [RowId(0), RowId(2)]);
        assert_eq!(table.event_of(RowId(2)), EventId(0));
        let years = |span: Span| (span.start().date().year, span.end().date().year);
        assert_eq!(table.extent(EventId(0)).map(years), Some((2021, 2023)));
        assert!(table.is_undated(RowId(3)) && table.extent(EventId(2)).is_none());
    }

    #[test]
    fn an_open_end_does_not_stretch_the_document() {
        let table = Arc::new(table(&[("a", "2022/..", None), ("b", "1990", None)]));
        let extent = Document { name: String::new(), table }.extent().unwrap();
        assert_eq!((extent.start().date().year, extent.end().date().year), (1990, 2023));
    }

    #[test]
    fn a_search_sees_every_text_of_a_row() {
        let table = table(&[("Vostok", "2022", None)]);
        let mut seen = Vec::new();
        table.searchable(RowId(0), |text| seen.push(text.to_owned()));
        for text in ["Vostok", "2022", "held", "Russia", "7"] {
            assert!(seen.iter().any(|seen| seen == text), "{text}");
        }
    }
}
