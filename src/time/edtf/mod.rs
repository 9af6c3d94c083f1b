//! EDTF (ISO 8601-2:2019, Library of Congress profile, levels 0, 1 and 2): the canonical text form of every date here.
//!
//! Parsing lives in `parse`, printing in `print`, the moments that a date allows in `window`. [`Edtf::parse_standard`]
//! admits EDTF and nothing else. [`Edtf::parse`] reads the house's superset, which every date of a document is kept in:
//! times of day also inside intervals and sets, times of hour or minute precision, a qualifier after a time, and
//! intervals with no date at all (`/`: not known; `/..`: still going on).

mod clock;
mod parse;
mod plain;
mod print;
mod season;
mod window;
mod year;

pub use parse::EdtfError;
pub use season::Season;
pub use window::DayBound;
pub use year::{Year, YearForm};

use super::{CivilDate, Span};

/// A date expression: one date, an interval, or a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One occurrence somewhere inside the date.
    Date(Date),
    /// From one end to another.
    Interval(Endpoint, Endpoint),
    /// One of these, it is not known which (`[…]`).
    OneOf(Vec<SetPart>),
    /// All of these (`{…}`).
    AllOf(Vec<SetPart>),
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// At a date.
    Date(Date),
    /// `..`: there is none, or it still goes on.
    Open,
    /// Empty: there is one, but nobody says when.
    Unknown,
}

/// A member of a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetPart {
    /// This date.
    Date(Date),
    /// The dates from the first to the second: any one in a one-of set, each in an all-of set.
    Range(Date, Date),
    /// This date or any before (`..1984`).
    UpTo(Date),
    /// This date or any after (`1984..`).
    From(Date),
}

/// A date of some precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year, perhaps with unspecified digits.
    pub year: Year,
    /// The month or season, where the source names one.
    pub month: Option<Month>,
    /// The day of the month, where the source names one.
    pub day: Option<Day>,
    /// The time of day, where the source names one.
    pub time: Option<TimeOfDay>,
    /// `?`, `~` or `%` of each part.
    pub qualifiers: Qualifiers,
}

/// The second part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Month {
    /// 1–12.
    Number(u8),
    /// 21–41.
    Season(Season),
    /// With `X` for a digit, or for both.
    Masked(Digits),
}

/// The third part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// 1–31.
    Number(u8),
    /// With `X` for a digit, or for both.
    Masked(Digits),
}

/// Two digits of which one or both are not specified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digits {
    /// The first digit; `None` for `X`.
    pub tens: Option<u8>,
    /// The second digit; `None` for `X`.
    pub ones: Option<u8>,
}

/// A time of day as precise as its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeOfDay {
    /// 0–24; 24 only as the end of the day.
    pub hour: u8,
    /// 0–59.
    pub minute: Option<u8>,
    /// 0–60; 60 is a leap second.
    pub second: Option<u8>,
    /// Fraction of the second.
    pub nanos: u32,
    /// How many digits of the fraction were written, 0–9.
    pub fraction_digits: u8,
    /// The distance from UTC, which makes the time an instant.
    pub offset: Option<Offset>,
}

/// A distance from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offset {
    /// `Z`.
    Utc,
    /// Minutes east of UTC, from −12 to +14 hours.
    Minutes(i16),
}

/// How sure a source is of a date or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `~`: about then.
    pub approximate: bool,
    /// `?`: perhaps then.
    pub uncertain: bool,
}

/// How sure a source is of each part of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifiers {
    /// Of the year.
    pub year: Qualifier,
    /// Of the month; nothing where there is none.
    pub month: Qualifier,
    /// Of the day; nothing where there is none.
    pub day: Qualifier,
}

/// The unit that a date is known to, coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// 1,000 years or more.
    Millennium,
    /// 100 years.
    Century,
    /// 10 years.
    Decade,
    /// A year.
    Year,
    /// Six months.
    HalfYear,
    /// Four months.
    Third,
    /// A season of three months.
    Season,
    /// A quarter of a year.
    Quarter,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A decimal fraction of a second.
    Fraction,
}

impl Precision {
    /// The unit's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Millennium => "millennium",
            Self::Century => "century",
            Self::Decade => "decade",
            Self::Year => "year",
            Self::HalfYear => "half-year",
            Self::Third => "third of a year",
            Self::Season => "season",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Fraction => "fraction",
        }
    }
}

impl Digits {
    /// `XX`.
    pub const UNKNOWN: Self = Self { tens: None, ones: None };

    /// Whether a number has these digits.
    #[must_use]
    pub fn allows(self, number: u8) -> bool {
        self.tens.is_none_or(|tens| number / 10 == tens) && self.ones.is_none_or(|ones| number % 10 == ones)
    }
}

impl Month {
    /// `XX`: some month.
    pub const UNKNOWN: Self = Self::Masked(Digits::UNKNOWN);
}

impl Day {
    /// `XX`: some day.
    pub const UNKNOWN: Self = Self::Masked(Digits::UNKNOWN);
}

impl Offset {
    /// Seconds east of UTC.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Minutes(minutes) => i64::from(minutes) * 60,
        }
    }
}

impl Qualifier {
    /// `~`.
    pub const APPROXIMATE: Self = Self { approximate: true, uncertain: false };
    /// `?`.
    pub const UNCERTAIN: Self = Self { approximate: false, uncertain: true };

    /// Doubtful where either is.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { approximate: self.approximate || other.approximate, uncertain: self.uncertain || other.uncertain }
    }
}

impl Qualifiers {
    /// The doubt of any part.
    #[must_use]
    pub fn any(self) -> Qualifier {
        self.year.or(self.month).or(self.day)
    }
}

impl Date {
    /// A day.
    #[must_use]
    pub fn from_day(day: CivilDate) -> Self {
        Self { month: Some(Month::Number(day.month)), day: Some(Day::Number(day.day)), ..Self::from_year(day.year) }
    }

    /// A year.
    #[must_use]
    pub fn from_year(year: i64) -> Self {
        Self::of(Year::new(year))
    }

    /// A year of some precision, with nothing after it.
    #[must_use]
    pub fn of(year: Year) -> Self {
        Self { year, month: None, day: None, time: None, qualifiers: Qualifiers::default() }
    }

    /// The same with this doubt of all its parts, besides what they have.
    #[must_use]
    pub fn qualified(mut self, qualifier: Qualifier) -> Self {
        self.qualifiers.year = self.qualifiers.year.or(qualifier);
        if self.month.is_some() {
            self.qualifiers.month = self.qualifiers.month.or(qualifier);
        }
        if self.day.is_some() {
            self.qualifiers.day = self.qualifiers.day.or(qualifier);
        }
        self
    }

    /// The unit that the date is known to.
    #[must_use]
    pub fn precision(&self) -> Precision {
        // A time of a day in an unknown year is known no better than the year.
        if let Some(time) = self.time.filter(|_| self.year.is_exact()) {
            return match (time.fraction_digits, time.second, time.minute) {
                (1.., _, _) => Precision::Fraction,
                (_, Some(_), _) => Precision::Second,
                (_, _, Some(_)) => Precision::Minute,
                _ => Precision::Hour,
            };
        }
        match (self.year.spread(), self.month, self.day) {
            // A day of an unknown year is known to the day.
            _ if self.year.is_unknown() && self.month.is_some() => self.within_year(),
            (3.., _, _) => Precision::Millennium,
            (2, _, _) => Precision::Century,
            (1, _, _) => Precision::Decade,
            _ => self.within_year(),
        }
    }

    fn within_year(&self) -> Precision {
        match (self.month, self.day) {
            (None | Some(Month::Masked(_)), _) => Precision::Year,
            (Some(Month::Season(season)), _) => season.precision(),
            (_, None | Some(Day::Masked(_))) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// Whether the date has an offset, so that it names an instant rather than a civil time.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        self.year.is_exact() && self.time.is_some_and(|time| time.offset.is_some())
    }
}

impl Edtf {
    /// The windows of a set's members, in the order written; empty for anything else. A member without beginning or
    /// end reaches the end of the axis.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Span> {
        let (Self::OneOf(parts) | Self::AllOf(parts)) = self else { return Vec::new() };
        parts.iter().map(SetPart::window).collect()
    }

    /// Every date that the expression names, in the order written.
    #[must_use]
    pub fn dates(&self) -> impl DoubleEndedIterator<Item = &Date> + Clone {
        let (ends, parts) = match self {
            Self::Date(date) => ([Some(date), None], [].as_slice()),
            Self::Interval(start, end) => ([start.date(), end.date()], [].as_slice()),
            Self::OneOf(parts) | Self::AllOf(parts) => ([None, None], parts.as_slice()),
        };
        ends.into_iter().flatten().chain(parts.iter().flat_map(|part| part.dates().into_iter().flatten()))
    }

    /// The same with each of its dates changed.
    #[must_use]
    pub fn map(self, change: &impl Fn(Date) -> Date) -> Self {
        let end = |end| match end {
            Endpoint::Date(date) => Endpoint::Date(change(date)),
            other => other,
        };
        let part = |part| match part {
            SetPart::Date(date) => SetPart::Date(change(date)),
            SetPart::Range(a, b) => SetPart::Range(change(a), change(b)),
            SetPart::UpTo(date) => SetPart::UpTo(change(date)),
            SetPart::From(date) => SetPart::From(change(date)),
        };
        match self {
            Self::Date(date) => Self::Date(change(date)),
            Self::Interval(start, finish) => Self::Interval(end(start), end(finish)),
            Self::OneOf(parts) => Self::OneOf(parts.into_iter().map(part).collect()),
            Self::AllOf(parts) => Self::AllOf(parts.into_iter().map(part).collect()),
        }
    }

    /// The unit that the coarsest of its dates is known to; `None` without a date.
    #[must_use]
    pub fn precision(&self) -> Option<Precision> {
        self.dates().map(Date::precision).min()
    }

    /// The doubt of any of its dates.
    #[must_use]
    pub fn qualifier(&self) -> Qualifier {
        self.dates().map(|date| date.qualifiers.any()).fold(Qualifier::default(), Qualifier::or)
    }
}

impl Endpoint {
    /// The date, unless the end is open or unknown.
    fn date(&self) -> Option<&Date> {
        match self {
            Self::Date(date) => Some(date),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl SetPart {
    /// The dates that it names.
    fn dates(&self) -> [Option<&Date>; 2] {
        match self {
            Self::Range(a, b) => [Some(a), Some(b)],
            Self::Date(date) | Self::UpTo(date) | Self::From(date) => [Some(date), None],
        }
    }
}
