//! The known fields of events, in one table: what they are called, what kind of value they have, where it is kept, and
//! whether a search or lanes can ask for it. Columns of the table, search, lanes, mappings and reports are derived from it.
//! What columns of files are called, in many languages, is for `import` to know. A column that feeds no field is kept under
//! its own name ([`Field::Attribute`]).

use serde::{Deserialize, Serialize};

/// A known property of events that a column of a file can feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Which event the record speaks of.
    Id,
    /// Its name.
    Title,
    /// When it was, at one date or over an interval.
    When,
    /// When it began.
    Start,
    /// The time of day of that, in a column of its own.
    StartTime,
    /// When it ended.
    End,
    /// The time of day of that.
    EndTime,
    /// The year in which it was or began.
    StartYear,
    /// The month of that.
    StartMonth,
    /// The day of that.
    StartDay,
    /// The year in which it ended.
    EndYear,
    /// The month of that.
    EndMonth,
    /// The day of that.
    EndDay,
    /// How long it lasted.
    Duration,
    /// Its date as the file writes it.
    Written,
    /// Its kind.
    Kind,
    /// Its status: held, planned, …
    Status,
    /// Who took part.
    Participants,
    /// Where it was.
    Location,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Who says so.
    Source,
    /// When they said so.
    Published,
    /// Where that can be read.
    Url,
    /// What is said of it.
    Description,
    /// Its tags.
    Tags,
    /// A column that feeds none of the others, kept under its own name.
    Attribute,
}

/// Where a table keeps the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// A column of texts.
    Texts,
    /// A column of texts that is filled as a record's time is, not from one column of the file.
    Time,
    /// A column of words that come again and again.
    Words,
    /// A column of lists of such words.
    Lists,
    /// A column of numbers, in degrees.
    Degrees,
    /// Nowhere: it is a part of the date, or an attribute.
    Nowhere,
}

/// What is known of a field.
pub struct FieldSpec {
    /// Which one it is; its place in [`FIELDS`].
    pub field: Field,
    /// Its word in `inspect`, `--column` and mappings.
    pub name: &'static str,
    /// Its words before a colon in a search; the first is its name there and in `--lanes`.
    pub search: &'static [&'static str],
    /// Its name in menus.
    pub title: &'static str,
    /// Whether a search without a name looks at it.
    pub is_looked_at: bool,
    /// What a lane of events without a value is called; `None` where it makes no lanes.
    pub without: Option<&'static str>,
    /// Where a table keeps its values.
    pub store: Store,
}

const fn spec(field: Field, name: &'static str, title: &'static str, store: Store) -> FieldSpec {
    FieldSpec { field, name, search: &[], title, is_looked_at: false, without: None, store }
}

impl FieldSpec {
    const fn searched(self, search: &'static [&'static str]) -> Self {
        Self { search, is_looked_at: true, ..self }
    }

    const fn looked_at(self) -> Self {
        Self { is_looked_at: true, ..self }
    }

    const fn grouped(self, without: &'static str) -> Self {
        Self { without: Some(without), ..self }
    }
}

/// All fields, in the order of [`Field`].
#[rustfmt::skip]
pub const FIELDS: [FieldSpec; Field::COUNT] = [
    spec(Field::Id, "id", "Id", Store::Texts).searched(&["id"]),
    spec(Field::Title, "title", "Title", Store::Texts).searched(&["title"]),
    spec(Field::When, "when", "When", Store::Time).searched(&["date"]),
    spec(Field::Start, "start", "Start", Store::Nowhere),
    spec(Field::StartTime, "starttime", "Time of the start", Store::Nowhere),
    spec(Field::End, "end", "End", Store::Nowhere),
    spec(Field::EndTime, "endtime", "Time of the end", Store::Nowhere),
    spec(Field::StartYear, "startyear", "Year of the start", Store::Nowhere),
    spec(Field::StartMonth, "startmonth", "Month of the start", Store::Nowhere),
    spec(Field::StartDay, "startday", "Day of the start", Store::Nowhere),
    spec(Field::EndYear, "endyear", "Year of the end", Store::Nowhere),
    spec(Field::EndMonth, "endmonth", "Month of the end", Store::Nowhere),
    spec(Field::EndDay, "endday", "Day of the end", Store::Nowhere),
    spec(Field::Duration, "duration", "Duration", Store::Time),
    spec(Field::Written, "written", "Date as written", Store::Time).looked_at(),
    spec(Field::Kind, "kind", "Kind", Store::Words).searched(&["kind"]).grouped("Other"),
    spec(Field::Status, "status", "Status", Store::Words).searched(&["status"]).grouped("No status given"),
    spec(Field::Participants, "participants", "Who took part", Store::Lists).searched(&["who", "participants"]).grouped("Nobody named"),
    spec(Field::Location, "location", "Where", Store::Words).searched(&["where", "location"]).grouped("No place given"),
    spec(Field::Latitude, "latitude", "Latitude", Store::Degrees),
    spec(Field::Longitude, "longitude", "Longitude", Store::Degrees),
    spec(Field::Source, "source", "Source", Store::Texts).searched(&["source"]).grouped("No source given"),
    spec(Field::Published, "published", "Published", Store::Texts),
    spec(Field::Url, "url", "Link", Store::Texts),
    spec(Field::Description, "description", "Description", Store::Texts).searched(&["about"]),
    spec(Field::Tags, "tags", "Tag", Store::Lists).searched(&["tag", "tags"]).grouped("No tag"),
    spec(Field::Attribute, "attribute", "Other column", Store::Nowhere),
];

/// Columns of each kind that a table keeps.
pub(super) const TEXTS: usize = count(Store::Texts);
pub(super) const WORDS: usize = count(Store::Words);
pub(super) const LISTS: usize = count(Store::Lists);
pub(super) const DEGREES: usize = count(Store::Degrees);

const fn count(store: Store) -> usize {
    slot(store, FIELDS.len())
}

/// How many of the first fields are kept in a kind of column.
const fn slot(store: Store, first: usize) -> usize {
    let (mut at, mut found) = (0, 0);
    while at < first {
        found += FIELDS[at].store.is_with(store) as usize;
        at += 1;
    }
    found
}

impl Store {
    /// Whether both are kept among the same columns.
    const fn is_with(self, other: Self) -> bool {
        self.group() == other.group()
    }

    const fn group(self) -> u8 {
        match self {
            Self::Texts | Self::Time => 0,
            Self::Words => 1,
            Self::Lists => 2,
            Self::Degrees => 3,
            Self::Nowhere => 4,
        }
    }
}

const SLOTS: [usize; Field::COUNT] = {
    let (mut out, mut at) = ([0; Field::COUNT], 0);
    while at < out.len() {
        out[at] = slot(FIELDS[at].store, at);
        at += 1;
    }
    out
};

impl Field {
    /// How many there are.
    pub const COUNT: usize = Self::Attribute as usize + 1;

    /// What is known of it.
    #[must_use]
    pub fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// Its word in `inspect`, `--column` and mappings.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The field of such a word, in any case, that a column can feed.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::all().find(|field| field.name().eq_ignore_ascii_case(word))
    }

    /// The field that stands before a colon in a search.
    #[must_use]
    pub fn searched(word: &str) -> Option<Self> {
        FIELDS.iter().find(|spec| spec.search.contains(&word)).map(|spec| spec.field)
    }

    /// All that a column can feed, in the table's order.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(|spec| spec.field).filter(|field| *field != Self::Written)
    }

    /// Those kept in one kind of column that a search without a name looks at.
    pub(super) fn looked_at(store: Store) -> impl Iterator<Item = Self> {
        Self::kept_as(store).filter(|field| field.spec().is_looked_at)
    }

    /// All that are kept in one kind of column, in the order of their slots.
    pub(super) fn kept_as(store: Store) -> impl Iterator<Item = Self> {
        FIELDS.iter().filter(move |spec| spec.store.is_with(store)).map(|spec| spec.field)
    }

    /// Which of a table's columns of its kind it is.
    #[inline]
    pub(super) fn slot(self) -> usize {
        SLOTS[self as usize]
    }

    /// Whether a column that feeds it holds dates.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(self, Self::When | Self::Start | Self::End)
    }

    /// Whether a column that feeds it places events on the timeline.
    #[must_use]
    pub fn is_start(self) -> bool {
        matches!(self, Self::When | Self::Start | Self::StartYear)
    }

    /// Whether it is a part of a date in a column of its own.
    #[must_use]
    pub fn is_part(self) -> bool {
        use Field::{EndDay, EndMonth, EndYear, StartDay, StartMonth, StartYear};
        matches!(self, StartYear | StartMonth | StartDay | EndYear | EndMonth | EndDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_stands_at_its_place_and_is_found_by_its_words() {
        for (at, spec) in FIELDS.iter().enumerate() {
            assert_eq!(spec.field as usize, at);
            assert_eq!(Field::named(spec.name), Some(spec.field).filter(|field| *field != Field::Written));
            assert!(spec.search.iter().all(|word| Field::searched(word) == Some(spec.field)));
        }
        let slots = |store| Field::kept_as(store).map(Field::slot).collect::<Vec<_>>();
        assert_eq!(slots(Store::Texts), (0..TEXTS).collect::<Vec<_>>());
        assert_eq!(slots(Store::Lists), (0..LISTS).collect::<Vec<_>>());
    }
}
