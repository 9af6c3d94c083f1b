//! The table of claims.

use super::build::WRITTEN_DASH;
use super::claim::{Claim, Source, Status};
use super::column::{Attribute, ListColumn, PointColumn, TextColumn, WordColumn};
use super::groups::Groups;
use super::part::Columns;
use super::schema::{Field, Store};
use super::statement::Statement;
use crate::task;
use crate::time::{Answer, Bound, Display, Duration, Edtf, Known, Shape, Span, TimePoint, Warp, When};
use std::sync::OnceLock;

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
    /// Start and end stood in a cell each, and say no more than the expression.
    pub(super) const CELLS: u16 = 1 << 14;
}

/// Claims as Arrow columns. Cloning shares them; they never change after they are built.
#[derive(Clone, Debug)]
pub struct EventTable {
    files: Vec<String>,
    rows: usize,
    pub(super) columns: Columns,
    pub(super) groups: Groups,
    attributes: Vec<Attribute>,
    /// Whose clock the bounds of instants stand in.
    pub(super) display: Display,
    /// Where the bounds stand, if not in true time.
    pub(super) warp: Warp,
    /// Whether all accounts of an event are drawn.
    pub(super) apart: bool,
    /// Events of which one account was chosen, sorted.
    pub(super) chosen: Vec<EventId>,
    /// The rows of each event as they were read, where fewer are shown.
    pub(super) read: Option<Groups>,
    /// The rows of each event that were known by the time that is shown, where that is not now.
    pub(super) known: Option<Groups>,
    /// Whether any row is an instant, once that was asked.
    instants: OnceLock<bool>,
    /// Whether any row tells more than a day, once that was asked.
    hours: OnceLock<bool>,
}

impl EventTable {
    pub(super) fn new(
        files: Vec<String>,
        rows: usize,
        columns: Columns,
        groups: Groups,
        attributes: Vec<Attribute>,
    ) -> Self {
        let (display, apart, chosen, read, known) = (Display::default(), false, Vec::new(), None, None);
        let warp = Warp::default();
        let (instants, hours) = (OnceLock::new(), OnceLock::new());
        Self { files, rows, columns, groups, attributes, display, warp, apart, chosen, read, known, instants, hours }
    }

    /// How many rows (claims) there are, undated ones included.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many events the rows speak of.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.groups.count()
    }

    /// How many identifiers stand in several rows that cannot be about one event, and are events of their own.
    #[must_use]
    pub fn ids_apart(&self) -> usize {
        self.groups.apart()
    }

    /// All events.
    pub fn events(&self) -> impl Iterator<Item = EventId> + use<> {
        (0..self.event_count() as u32).map(EventId)
    }

    /// Whether every row is an event of its own; then rows and events have the same numbers.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.groups.is_plain()
    }

    /// The claims about an event, in file order; none for an event of another table.
    pub fn rows_of(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        self.groups.rows_of(event)
    }

    /// The event that a row speaks of.
    #[must_use]
    pub fn event_of(&self, row: RowId) -> EventId {
        self.groups.event_of(row)
    }

    /// The first claim about an event, from which its title and kind are taken; of one that was not known at the time that is
    /// looked at, the first that was read.
    #[must_use]
    pub fn first_row(&self, event: EventId) -> RowId {
        self.rows_of(event).next().or_else(|| self.rows_read(event).next()).unwrap_or(RowId(0))
    }

    /// Whether a row has no date that could be placed.
    #[must_use]
    pub fn is_undated(&self, row: RowId) -> bool {
        self.columns.flags[row.0 as usize] & Flags::UNDATED != 0
    }

    /// When a row says its event was; `None` if undated.
    #[must_use]
    pub fn when(&self, row: RowId) -> Option<When> {
        let at = row.0 as usize;
        let flags = self.columns.flags[at];
        if flags & Flags::UNDATED != 0 {
            return None;
        }
        let bounds = &self.columns.bounds;
        let bound = |end: usize| {
            let bits = flags >> (end * Flags::END_SHIFT);
            match (bounds[end * 2].get(at), bounds[end * 2 + 1].get(at)) {
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
        self.span_of(event).map(|(extent, _)| extent)
    }

    /// The same, with by when an event has surely begun, and until when it surely goes on, in every account of it.
    #[must_use]
    pub fn span_of(&self, event: EventId) -> Option<(Span, (TimePoint, TimePoint))> {
        let mut rows = self.rows_of(event);
        let (first, second) = (rows.next()?, rows.next());
        let of = |when: When| (when.extent(), when.surely());
        if second.is_none() {
            // The usual case: one account, nothing to settle.
            return self.plain_span(first).or_else(|| self.when(first).map(of));
        }
        let both = |(a, (b, c)): (Span, (TimePoint, TimePoint)), (d, (e, f)): (Span, (TimePoint, TimePoint))| {
            (a.union(d), (b.max(e), c.min(f)))
        };
        self.drawn(event).into_iter().map(|(_, when)| of(when)).reduce(both)
    }

    /// What [`Self::span_of`] tells of one row, read off its bounds: where both ends are known and it is no set. This is
    /// asked of every event whenever lanes are made or searched.
    #[inline]
    fn plain_span(&self, row: RowId) -> Option<(Span, (TimePoint, TimePoint))> {
        const ENDS: u16 = Flags::OPEN | Flags::UNKNOWN;
        const OTHER: u16 = Flags::UNDATED | Flags::ONE_OF | Flags::ALL_OF | ENDS | ENDS << Flags::END_SHIFT;
        let at = row.0 as usize;
        if self.columns.flags[at] & OTHER != 0 {
            return None;
        }
        let [a, b, c, d] = &self.columns.bounds;
        let (start, end) = (Span::new(a.get(at)?, b.get(at)?), Span::new(c.get(at)?, d.get(at)?));
        let extent = Span::new(start.start(), end.end().max(start.start()));
        Some((extent, (start.end(), end.start())))
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
        let members = self.alternatives(row).unwrap_or_default();
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

    /// The windows of the dates of a set, where the bounds stand; `None` where a row states no set.
    #[must_use]
    pub fn alternatives(&self, row: RowId) -> Option<Vec<Span>> {
        let edtf = self.edtf(row).filter(|edtf| matches!(edtf, Edtf::OneOf(_) | Edtf::AllOf(_)))?;
        let windows = self.display.alternatives(&edtf).into_iter();
        Some(windows.map(|window| self.warp.span_shown(window)).collect())
    }

    /// How the times of this table stand to true time: a [`super::Showing`] may leave out long stretches without events.
    #[must_use]
    pub fn warp(&self) -> &Warp {
        &self.warp
    }

    /// Whether the user chose which account of an event is drawn.
    #[must_use]
    pub fn is_chosen(&self, event: EventId) -> bool {
        self.chosen.binary_search(&event).is_ok()
    }

    /// Whether it is shown as it was known by some day.
    #[must_use]
    pub fn is_as_known(&self) -> bool {
        self.known.is_some()
    }

    /// The accounts of an event that were known at the time that is shown, also those that were not chosen to be drawn.
    pub fn rows_known(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        self.known.as_ref().or(self.read.as_ref()).unwrap_or(&self.groups).rows_of(event)
    }

    /// All accounts of an event that were read, also those that are not shown.
    pub fn rows_read(&self, event: EventId) -> impl Iterator<Item = RowId> + '_ {
        self.read.as_ref().unwrap_or(&self.groups).rows_of(event)
    }

    /// Whether any bound is finer than a second.
    #[must_use]
    pub fn has_nanos(&self) -> bool {
        self.columns.bounds.iter().any(PointColumn::has_nanos)
    }

    /// The date expression of a row.
    #[must_use]
    pub fn edtf(&self, row: RowId) -> Option<Edtf> {
        // The column holds only what `Edtf` printed.
        self.columns.text(Field::When).get(row.0 as usize).and_then(|text| Edtf::parse(text).ok())
    }

    /// Whether some row states how long its event lasted.
    pub(super) fn has_durations(&self) -> bool {
        !self.columns.text(Field::Duration).is_empty()
    }

    /// From the earliest to the latest of all windows of starts and ends.
    pub(super) fn bounds_extent(&self) -> Option<Span> {
        let ranges = task::in_parallel(self.columns.bounds.iter(), PointColumn::range);
        ranges.into_iter().flatten().map(|(first, last)| Span::new(first, last)).reduce(Span::union)
    }

    /// The stated duration of a row.
    #[must_use]
    pub fn duration(&self, row: RowId) -> Option<Duration> {
        self.columns.text(Field::Duration).get(row.0 as usize).and_then(|text| Duration::parse(text).ok())
    }

    /// All that a row states.
    #[must_use]
    pub fn claim(&self, row: RowId) -> Claim {
        let columns = &self.columns;
        let owned = |column: &TextColumn| column.get(row.0 as usize).map(str::to_owned);
        let [citation, published, url] =
            [Field::Source, Field::Published, Field::Url].map(|field| owned(columns.text(field)));
        let has_source = citation.is_some() || published.is_some() || url.is_some();
        Claim {
            edtf: self.edtf(row),
            when: self.when(row),
            duration: self.duration(row),
            written: self.written(row),
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
        self.columns.text(Field::Published).get(row.0 as usize)
    }

    /// The standing that a row states.
    #[must_use]
    pub fn status(&self, row: RowId) -> Option<Status> {
        self.columns.word(Field::Status).get(row.0 as usize).map(Status::parse)
    }

    /// Whether some row begins or ends at an instant, which clocks of different zones tell differently.
    #[must_use]
    pub fn has_instants(&self) -> bool {
        const EITHER: u16 = Flags::INSTANT | Flags::INSTANT << Flags::END_SHIFT;
        *self.instants.get_or_init(|| self.columns.flags.iter().any(|flags| flags & EITHER != 0))
    }

    /// Whether some row begins or ends at a time that is known better than to the day. Rows are asked once, until one does.
    #[must_use]
    pub fn tells_hours(&self) -> bool {
        const DAY: i128 = 86_400 * crate::time::NANOS_PER_SECOND;
        let fine = |bound: Bound| bound.window().is_some_and(|window| window.nanos() < DAY);
        *self.hours.get_or_init(|| {
            let mut whens = (0..self.rows() as u32).filter_map(|row| self.when(RowId(row)));
            whens.any(|when| fine(when.start) || fine(when.end))
        })
    }

    /// Whether statuses tell how events came out, so that a word that is not known may matter: some of them say that an event
    /// was announced, planned, put off or cancelled.
    #[must_use]
    pub fn tells_standing(&self) -> bool {
        // A column of more words tells something else.
        const FEW: usize = 64;
        let status = self.columns.word(Field::Status);
        let tells = |word| !matches!(Status::parse(word), Status::Held | Status::Other(_));
        status.words() <= FEW && (0..status.words()).map(|key| status.word(key)).any(tells)
    }

    /// Whether some row says that its event did not come about then: that it was cancelled, or put off.
    #[must_use]
    pub fn has_called_off(&self) -> bool {
        let status = self.columns.word(Field::Status);
        (0..status.words()).map(|key| status.word(key)).any(|word| Status::parse(word).is_called_off())
    }

    /// What a row has in a field that is kept as texts.
    #[must_use]
    pub fn text(&self, row: RowId, field: Field) -> Option<&str> {
        self.columns.text(field).get(row.0 as usize)
    }

    /// What a row has in a field that is kept as words.
    #[must_use]
    pub fn word(&self, row: RowId, field: Field) -> Option<&str> {
        self.columns.word(field).get(row.0 as usize)
    }

    /// The title of a row.
    #[must_use]
    pub fn title(&self, row: RowId) -> Option<&str> {
        self.columns.text(Field::Title).get(row.0 as usize)
    }

    /// The kind of a row.
    #[must_use]
    pub fn kind(&self, row: RowId) -> Option<&str> {
        self.columns.word(Field::Kind).get(row.0 as usize)
    }

    /// The place of a row.
    #[must_use]
    pub fn location(&self, row: RowId) -> Option<&str> {
        self.columns.word(Field::Location).get(row.0 as usize)
    }

    /// The date of a row as its file writes it.
    #[must_use]
    pub fn written(&self, row: RowId) -> Option<String> {
        let at = row.0 as usize;
        let cells = self.columns.flags[at] & Flags::CELLS != 0;
        let between = if cells { WRITTEN_DASH } else { "/" };
        let same = || self.columns.text(Field::When).get(at).map(|edtf| edtf.replacen('/', between, 1));
        self.columns.text(Field::Written).get(at).map(str::to_owned).or_else(same)
    }

    /// Degrees north and east of a row, where both are given.
    #[must_use]
    pub fn coordinates(&self, row: RowId) -> Option<(f64, f64)> {
        let degrees = |field| self.columns.degrees(field).get(row.0 as usize);
        degrees(Field::Latitude).zip(degrees(Field::Longitude))
    }

    /// Who a row says took part.
    #[must_use]
    pub fn participants(&self, row: RowId) -> Vec<String> {
        self.columns.list(Field::Participants).get(row.0 as usize).map(str::to_owned).collect()
    }

    /// The tags of a row.
    #[must_use]
    pub fn tags(&self, row: RowId) -> Vec<String> {
        self.columns.list(Field::Tags).get(row.0 as usize).map(str::to_owned).collect()
    }

    /// What a row says of its event beyond the known columns.
    #[must_use]
    pub fn description(&self, row: RowId) -> Option<&str> {
        self.columns.text(Field::Description).get(row.0 as usize)
    }

    /// The source's citation of a row.
    #[must_use]
    pub fn source(&self, row: RowId) -> Option<&str> {
        self.columns.text(Field::Source).get(row.0 as usize)
    }

    /// The identifier that a row gives its event.
    #[must_use]
    pub fn id(&self, row: RowId) -> Option<&str> {
        self.columns.text(Field::Id).get(row.0 as usize)
    }

    /// The event with an id, else the first with a title, in any case.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<EventId> {
        let rows = || (0..self.rows() as u32).map(RowId);
        let wanted = name.trim().to_lowercase();
        let same = |own: Option<&str>| own.is_some_and(|own| own.to_lowercase() == wanted);
        let row = rows().find(|row| same(self.id(*row))).or_else(|| rows().find(|row| same(self.title(*row))));
        row.map(|row| self.event_of(row))
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
        let file = self.files.get(usize::from(self.columns.file[at])).map_or("", String::as_str);
        (file, u64::from(self.columns.line[at]))
    }

    /// The columns of texts that a search looks at.
    pub fn text_columns(&self) -> impl Iterator<Item = (Field, &TextColumn)> {
        Field::looked_at(Store::Texts).map(|field| (field, self.columns.text(field)))
    }

    /// The columns of words that a search looks at.
    pub fn word_columns(&self) -> impl Iterator<Item = (Field, &WordColumn)> {
        Field::looked_at(Store::Words).map(|field| (field, self.columns.word(field)))
    }

    /// The columns of lists that a search looks at.
    pub fn list_columns(&self) -> impl Iterator<Item = (Field, &ListColumn)> {
        Field::looked_at(Store::Lists).map(|field| (field, self.columns.list(field)))
    }

    /// The names of the files.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
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
                participants: &["China", "Russia"],
                attributes: &[Some("7")],
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
            let when = table.when(row).unwrap();
            assert_eq!(when, Edtf::parse(date).unwrap().when(), "{date}");
            assert_eq!(table.span_of(EventId(row.0)), Some((when.extent(), when.surely())), "{date}");
            let known = when.start.window().is_some() && when.end.window().is_some();
            let set = matches!(when.shape, Shape::OneOf | Shape::AllOf);
            assert_eq!(table.plain_span(row).is_some(), known && !set, "{date}");
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
}
