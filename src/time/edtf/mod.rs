//! EDTF (ISO 8601-2:2019, Library of Congress profile): the canonical text form of every date here.
//!
//! Level 0, and of level 1: `? ~ %` on a whole date, `..` and unknown ends, unspecified digits, seasons 21–24,
//! `Y` years; of level 2 the one-of set `[…]`. Time of day also comes in ISO 8601-1's reduced and fractional
//! forms. Parsing lives in `parse`, printing in `print`; both keep what was written, so that they round-trip.

mod parse;
mod print;

pub use parse::EdtfError;

use super::{Bound, CivilDate, Known, SECONDS_PER_DAY, Shape, Span, TimePoint, When, days_in_month};

/// A date expression: one date, an interval, or one of several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One occurrence somewhere inside the date.
    Date(Date),
    /// From one end to another.
    Interval(Endpoint, Endpoint),
    /// One of these, it is not known which (`[…]`).
    OneOf(Vec<SetPart>),
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

/// A member of a one-of set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetPart {
    /// This date.
    Date(Date),
    /// Any date from the first to the second.
    Range(Date, Date),
    /// This date or any before (`..1984`).
    UpTo(Date),
    /// This date or any after (`1984..`).
    From(Date),
}

/// A date of some precision, with the qualifier of the whole.
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
    /// `?`, `~` or `%`.
    pub qualifier: Qualifier,
}

/// A year on the astronomical count (0 is 1 BCE).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Year {
    /// The year, unspecified digits read as 0.
    pub value: i64,
    /// How many digits at the right are `X`.
    pub unspecified: u8,
}

/// The second part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Month {
    /// 1–12.
    Number(u8),
    /// 21–24.
    Season(Season),
    /// `XX`: some month.
    Unspecified,
}

/// A season without a hemisphere (EDTF 21–24), taken as the northern meteorological one: spring is March to May,
/// winter begins in December of its year and ends in February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// 21.
    Spring,
    /// 22.
    Summer,
    /// 23.
    Autumn,
    /// 24.
    Winter,
}

/// The third part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// 1–31.
    Number(u8),
    /// `XX`: some day.
    Unspecified,
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
    /// Minutes east of UTC, within ±18 hours.
    Minutes(i16),
}

/// How sure a source is of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `~`: about then.
    pub approximate: bool,
    /// `?`: perhaps then.
    pub uncertain: bool,
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
    /// Three months.
    Season,
    /// A month.
    Month,
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

impl Date {
    /// A day.
    #[must_use]
    pub fn from_day(day: CivilDate) -> Self {
        Self {
            year: Year { value: day.year, unspecified: 0 },
            month: Some(Month::Number(day.month)),
            day: Some(Day::Number(day.day)),
            time: None,
            qualifier: Qualifier::default(),
        }
    }

    /// The unit that the date is known to.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if let Some(time) = &self.time {
            return match (time.fraction_digits, time.second, time.minute) {
                (1.., _, _) => Precision::Fraction,
                (_, Some(_), _) => Precision::Second,
                (_, _, Some(_)) => Precision::Minute,
                _ => Precision::Hour,
            };
        }
        match (self.year.unspecified, self.month, self.day) {
            (3.., _, _) => Precision::Millennium,
            (2, _, _) => Precision::Century,
            (1, _, _) => Precision::Decade,
            (_, None | Some(Month::Unspecified), _) => Precision::Year,
            (_, Some(Month::Season(_)), _) => Precision::Season,
            (_, _, None | Some(Day::Unspecified)) => Precision::Month,
            _ => Precision::Day,
        }
    }

    /// Whether the date has an offset, so that it names an instant rather than a civil time.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        self.time.is_some_and(|time| time.offset.is_some())
    }

    /// All moments that the date may mean, from the earliest to the latest. An instant's is in UTC. Held at the
    /// ends of the axis where the date lies beyond them.
    #[must_use]
    pub fn window(&self) -> Span {
        match self.time {
            Some(time) => self.time_window(time),
            None => self.calendar_window(),
        }
    }

    fn calendar_window(&self) -> Span {
        let (first, last) = self.year.range();
        let (from, to) = match (self.month, self.day) {
            (None | Some(Month::Unspecified), _) => ((first, 1, 1), (last.saturating_add(1), 1, 1)),
            (Some(Month::Season(season)), _) => match season {
                Season::Spring => ((first, 3, 1), (last, 6, 1)),
                Season::Summer => ((first, 6, 1), (last, 9, 1)),
                Season::Autumn => ((first, 9, 1), (last, 12, 1)),
                Season::Winter => ((first, 12, 1), (last.saturating_add(1), 3, 1)),
            },
            (Some(Month::Number(month)), None | Some(Day::Unspecified)) => {
                let after = if month == 12 { (last.saturating_add(1), 1, 1) } else { (last, month + 1, 1) };
                ((first, month, 1), after)
            }
            (Some(Month::Number(month)), Some(Day::Number(day))) => {
                let start = midnight((first, month, day));
                let end = start.checked_add_seconds(SECONDS_PER_DAY).unwrap_or(TimePoint::MAX);
                return Span::new(start, end);
            }
        };
        Span::new(midnight(from), midnight(to))
    }

    fn time_window(&self, time: TimeOfDay) -> Span {
        let (Some(Month::Number(month)), Some(Day::Number(day))) = (self.month, self.day) else {
            return Date { time: None, ..*self }.calendar_window();
        };
        let seconds = i64::from(time.hour) * 3_600
            + i64::from(time.minute.unwrap_or(0)) * 60
            + i64::from(time.second.unwrap_or(0))
            - time.offset.map_or(0, Offset::seconds);
        let nanos: i128 = match self.precision() {
            Precision::Hour => 3_600_000_000_000,
            Precision::Minute => 60_000_000_000,
            Precision::Second => 1_000_000_000,
            _ => 10_i128.pow(9 - u32::from(time.fraction_digits.min(9))),
        };
        let start = midnight((self.year.value, month, day))
            .checked_add_seconds(seconds)
            .and_then(|point| point.checked_add_nanos(i128::from(time.nanos)));
        let end = start.and_then(|point| point.checked_add_nanos(nanos));
        Span::new(start.unwrap_or(TimePoint::MAX), end.unwrap_or(TimePoint::MAX))
    }

    fn bound(&self) -> Bound {
        Bound::Known(Known {
            window: self.window(),
            approximate: self.qualifier.approximate,
            uncertain: self.qualifier.uncertain,
            instant: self.is_instant(),
        })
    }
}

impl Year {
    /// First and last year that the digits allow.
    #[must_use]
    pub fn range(self) -> (i64, i64) {
        let slack = 10_i64.pow(u32::from(self.unspecified.min(18))) - 1;
        if self.value < 0 { (self.value - slack, self.value) } else { (self.value, self.value + slack) }
    }
}

fn midnight((year, month, day): (i64, u8, u8)) -> TimePoint {
    let day = day.min(days_in_month(year, month));
    let end = if year < 0 { TimePoint::MIN } else { TimePoint::MAX };
    TimePoint::from_date(CivilDate { year, month, day }).unwrap_or(end)
}

impl Endpoint {
    /// The end as a bound of time.
    #[must_use]
    pub fn bound(&self) -> Bound {
        match self {
            Self::Date(date) => date.bound(),
            Self::Open => Bound::Open,
            Self::Unknown => Bound::Unknown,
        }
    }
}

impl Edtf {
    /// What the expression says of an event's start and end.
    #[must_use]
    pub fn when(&self) -> When {
        match self {
            Self::Date(date) => When { start: date.bound(), end: date.bound(), duration: None, shape: Shape::Moment },
            Self::Interval(start, end) => {
                When { start: start.bound(), end: end.bound(), duration: None, shape: Shape::Interval }
            }
            Self::OneOf(parts) => {
                let bound = one_of_bound(parts);
                When { start: bound.0, end: bound.1, duration: None, shape: Shape::OneOf }
            }
        }
    }

    /// The windows of a one-of set's members, in the order written; empty for anything else. A member without
    /// beginning or end reaches the end of the axis.
    #[must_use]
    pub fn alternatives(&self) -> Vec<Span> {
        let Self::OneOf(parts) = self else { return Vec::new() };
        parts
            .iter()
            .map(|part| match part {
                SetPart::Date(date) => date.window(),
                SetPart::Range(a, b) => a.window().union(b.window()),
                SetPart::UpTo(date) => Span::new(TimePoint::MIN, date.window().end()),
                SetPart::From(date) => Span::new(date.window().start(), TimePoint::MAX),
            })
            .collect()
    }

    /// Every date that the expression names, in the order written.
    #[must_use]
    pub fn dates(&self) -> Vec<&Date> {
        fn of_end(end: &Endpoint) -> Option<&Date> {
            match end {
                Endpoint::Date(date) => Some(date),
                Endpoint::Open | Endpoint::Unknown => None,
            }
        }
        match self {
            Self::Date(date) => vec![date],
            Self::Interval(start, end) => [start, end].into_iter().filter_map(of_end).collect(),
            Self::OneOf(parts) => parts
                .iter()
                .flat_map(|part| match part {
                    SetPart::Range(a, b) => vec![a, b],
                    SetPart::Date(date) | SetPart::UpTo(date) | SetPart::From(date) => vec![date],
                })
                .collect(),
        }
    }
}

/// One occurrence somewhere in the set: from its earliest to its latest moment, open where a member is.
fn one_of_bound(parts: &[SetPart]) -> (Bound, Bound) {
    let mut cover: Option<Known> = None;
    let (mut open_start, mut open_end) = (false, false);
    for part in parts {
        let dates = match part {
            SetPart::Date(date) => [date, date],
            SetPart::Range(a, b) => [a, b],
            SetPart::UpTo(date) => {
                open_start = true;
                [date, date]
            }
            SetPart::From(date) => {
                open_end = true;
                [date, date]
            }
        };
        for date in dates {
            if let Bound::Known(known) = date.bound() {
                cover = Some(cover.map_or(known, |all| all.union(known)));
            }
        }
    }
    let bound = cover.map_or(Bound::Unknown, Bound::Known);
    (if open_start { Bound::Open } else { bound }, if open_end { Bound::Open } else { bound })
}
