//! The moments that a date expression allows.

use super::{Date, Day, Edtf, Endpoint, Month, Offset, Precision, Qualifiers, SetPart, TimeOfDay};
use crate::time::{Bound, CivilDate, Known, SECONDS_PER_DAY, Shape, Span, TimePoint, When, days_in_month};

impl Date {
    /// All moments that the date may mean, from the earliest to the latest. An instant's is in UTC. Held at the
    /// ends of the axis where the date lies beyond them.
    #[must_use]
    pub fn window(&self) -> Span {
        match self.time {
            Some(time) => self.time_window(time),
            None => self.calendar_window(),
        }
    }

    /// The day, where the date is exactly one without a time of day or any doubt.
    #[must_use]
    pub fn plain_day(&self) -> Option<CivilDate> {
        match (self.month, self.day) {
            (Some(Month::Number(month)), Some(Day::Number(day)))
                if self.time.is_none() && self.year.is_exact() && self.qualifiers == Qualifiers::default() =>
            {
                Some(CivilDate { year: self.year.value(), month, day })
            }
            _ => None,
        }
    }

    fn calendar_window(&self) -> Span {
        if let (true, Some(Month::Number(month)), Some(Day::Number(day))) =
            (self.year.is_exact(), self.month, self.day)
        {
            return day_window((self.year.value(), month, day));
        }
        let (first, last) = self.year.range();
        match (self.month, self.day) {
            (None, _) => Span::new(midnight((first, 1, 1)), after_year(last)),
            (Some(Month::Season(season)), _) => {
                let (month, count) = season.months();
                Span::new(midnight((first, month, 1)), month_after(last, month, count))
            }
            (Some(Month::Number(month)), None) => Span::new(midnight((first, month, 1)), month_after(last, month, 1)),
            _ => match (self.edge(false), self.edge(true)) {
                (Some(first), Some(last)) => day_window(first).union(day_window(last)),
                // The parser lets no such date through.
                _ => Span::new(midnight((first, 1, 1)), after_year(last)),
            },
        }
    }

    /// The first or last day that the digits allow.
    fn edge(&self, last: bool) -> Option<(i64, u8, u8)> {
        let months = |month: u8| match self.month {
            None => true,
            Some(Month::Number(number)) => number == month,
            Some(Month::Masked(digits)) => digits.allows(month),
            Some(Month::Season(_)) => false,
        };
        let days = |day: u8| match self.day {
            None => true,
            Some(Day::Number(number)) => number == day,
            Some(Day::Masked(digits)) => digits.allows(day),
        };
        // Leap years come round within 400 years, so that more candidates change nothing.
        (0..self.year.candidates().min(1_000)).find_map(|at| {
            let year = if last { self.year.candidate_from_end(at) } else { self.year.candidate(at) };
            let day_of = |month: u8| {
                let mut all = (1..=days_in_month(year, month)).filter(|&day| days(day));
                if last { all.next_back() } else { all.next() }.map(|day| (year, month, day))
            };
            let mut all = (1..=12).filter(|&month| months(month)).filter_map(day_of);
            if last { all.next_back() } else { all.next() }
        })
    }

    /// Whether the calendar has a day with these digits.
    pub(in crate::time) fn exists(&self) -> bool {
        match (self.month, self.day) {
            (None | Some(Month::Season(_) | Month::Number(_)), None) => true,
            (Some(Month::Number(month)), Some(Day::Number(day))) => self.year.has_day(month, day),
            _ => self.edge(false).is_some(),
        }
    }

    fn time_window(&self, time: TimeOfDay) -> Span {
        let (true, Some(Month::Number(month)), Some(Day::Number(day))) = (self.year.is_exact(), self.month, self.day)
        else {
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
        let start = midnight((self.year.value(), month, day))
            .checked_add_seconds(seconds)
            .and_then(|point| point.checked_add_nanos(i128::from(time.nanos)));
        let end = start.and_then(|point| point.checked_add_nanos(nanos));
        Span::new(start.unwrap_or(TimePoint::MAX), end.unwrap_or(TimePoint::MAX))
    }

    /// The date as one end of an event.
    #[must_use]
    pub fn bound(&self) -> Bound {
        let doubt = self.qualifiers.any();
        Bound::Known(Known {
            window: self.window(),
            approximate: doubt.approximate || self.year.significant_digits() > 0,
            uncertain: doubt.uncertain,
            instant: self.is_instant(),
        })
    }
}

fn midnight((year, month, day): (i64, u8, u8)) -> TimePoint {
    let day = day.min(days_in_month(year, month));
    let end = if year < 0 { TimePoint::MIN } else { TimePoint::MAX };
    TimePoint::from_date(CivilDate { year, month, day }).unwrap_or(end)
}

impl Span {
    /// A day, from its midnight to the next, in UTC or on no clock in particular.
    #[must_use]
    pub fn of_day(day: CivilDate) -> Self {
        day_window((day.year, day.month, day.day))
    }
}

fn day_window(day: (i64, u8, u8)) -> Span {
    let start = midnight(day);
    Span::new(start, start.checked_add_seconds(SECONDS_PER_DAY).unwrap_or(TimePoint::MAX))
}

fn after_year(year: i64) -> TimePoint {
    midnight((year.saturating_add(1), 1, 1))
}

/// The start of the month `count` months on, which may be one of the next year.
fn month_after(year: i64, month: u8, count: u8) -> TimePoint {
    let next = month + count;
    if next > 12 { midnight((year.saturating_add(1), next - 12, 1)) } else { midnight((year, next, 1)) }
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

impl SetPart {
    /// All moments that the member may mean; to the end of the axis where it has no beginning or end.
    #[must_use]
    pub fn window(&self) -> Span {
        match self {
            Self::Date(date) => date.window(),
            Self::Range(a, b) => a.window().union(b.window()),
            Self::UpTo(date) => Span::new(TimePoint::MIN, date.window().end()),
            Self::From(date) => Span::new(date.window().start(), TimePoint::MAX),
        }
    }
}

impl Edtf {
    /// What the expression says of an event's start and end.
    #[must_use]
    pub fn when(&self) -> When {
        let (start, end, shape) = match self {
            Self::Date(date) => {
                let bound = date.bound();
                (bound, bound, Shape::Moment)
            }
            Self::Interval(start, end) => (start.bound(), end.bound(), Shape::Interval),
            Self::OneOf(parts) => {
                let (start, end) = cover(parts);
                (start, end, Shape::OneOf)
            }
            Self::AllOf(parts) => {
                let (start, end) = cover(parts);
                (start, end, Shape::AllOf)
            }
        };
        When { start, end, duration: None, shape }
    }
}

/// A day, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayBound {
    /// This day.
    Day(CivilDate),
    /// There is no such end (`..`).
    Open,
    /// Nobody says (left empty).
    Unknown,
}

impl std::fmt::Display for DayBound {
    /// The day as ISO 8601 writes it (with as many digits as its year has), "open" or "unknown".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => Date::from_day(*day).fmt(f),
            Self::Open => f.write_str("open"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl Edtf {
    /// The earliest and the latest day that the expression allows, each as its own clock shows it: an instant's day is
    /// that of its offset, not of UTC.
    #[must_use]
    pub fn days(&self) -> (DayBound, DayBound) {
        fn ends(date: &Date) -> (CivilDate, CivilDate) {
            // A time of day lies in its own day, the leap second and 24:00 too.
            let window = Date { time: None, ..*date }.window();
            let last = TimePoint::from_nanos_clamped(window.end().as_nanos() - 1).max(window.start());
            (window.start().date(), last.date())
        }
        let (mut first, mut last): (Option<CivilDate>, Option<CivilDate>) = (None, None);
        for (a, b) in self.dates().map(ends) {
            first = Some(first.map_or(a, |day| day.min(a)));
            last = Some(last.map_or(b, |day| day.max(b)));
        }
        let (mut earliest, mut latest) =
            (first.map_or(DayBound::Unknown, DayBound::Day), last.map_or(DayBound::Unknown, DayBound::Day));
        match self {
            Self::Date(_) => {}
            Self::Interval(start, end) => {
                let bound = |end: &Endpoint, day| match end {
                    Endpoint::Date(_) => day,
                    Endpoint::Open => DayBound::Open,
                    Endpoint::Unknown => DayBound::Unknown,
                };
                (earliest, latest) = (bound(start, earliest), bound(end, latest));
            }
            Self::OneOf(parts) | Self::AllOf(parts) => {
                if parts.iter().any(|part| matches!(part, SetPart::UpTo(_))) {
                    earliest = DayBound::Open;
                }
                if parts.iter().any(|part| matches!(part, SetPart::From(_))) {
                    latest = DayBound::Open;
                }
            }
        }
        (earliest, latest)
    }
}

/// From a set's earliest to its latest moment, open where a member is.
fn cover(parts: &[SetPart]) -> (Bound, Bound) {
    let mut all: Option<Known> = None;
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
                all = Some(all.map_or(known, |all| all.union(known)));
            }
        }
    }
    let bound = all.map_or(Bound::Unknown, Bound::Known);
    (if open_start { Bound::Open } else { bound }, if open_end { Bound::Open } else { bound })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Dates of every kind and precision, also such as no calendar has.
    fn text() -> impl Strategy<Value = String> {
        let year = prop_oneof![
            "-?[0-9X]{4}",
            "[12][0-9]{2}[0-9X]",
            "Y-?[1-9][0-9]{4,9}",
            "[12][0-9]{3}S[1-4]",
            "Y[1-9]E[3-9]",
            "[0-9]{2,3}"
        ];
        let rest = prop_oneof![
            3 => Just(String::new()),
            2 => "-(0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|[01X]X|X[0-9])",
            4 => "-(0[1-9]|1[0-2]|XX|0X)-([0-2][0-9]|3[01]|[0-3X]X|X[0-9])",
        ];
        (year, rest, "[?~%]?").prop_map(|(year, rest, mark)| format!("{year}{rest}{mark}"))
    }

    proptest! {
        #[test]
        fn earliest_never_comes_after_latest_and_the_text_comes_back(a in text(), b in text(), form in 0..6) {
            let text = match form {
                0 | 1 => a,
                2 => format!("{a}/{b}"),
                3 => format!("[{a},{b}]"),
                4 => format!("{{{a}..{b}}}"),
                _ => format!("[..{a},{b}..]"),
            };
            let Ok(edtf) = Edtf::parse_standard(&text) else { return Ok(()) };
            let when = edtf.when();
            prop_assert!(when.earliest() < when.latest(), "{text}");
            if let (DayBound::Day(first), DayBound::Day(last)) = edtf.days() {
                prop_assert!(first <= last, "{text}");
            }
            let (begun, on) = when.surely();
            prop_assert!(begun >= when.earliest() && on <= when.latest(), "{text}");
            let printed = edtf.to_string();
            prop_assert_eq!(Edtf::parse_standard(&printed).unwrap().to_string(), printed.clone());
            prop_assert_eq!(Edtf::parse(&printed).unwrap().when(), when, "{}", printed);
        }

        #[test]
        fn saying_less_never_shrinks_an_extent(year in -3_000_i64..3_000, month in 1_u8..=12, day in 1_u8..=28, mask in 1_u32..16) {
            let exact = Date::from_day(CivilDate { year, month, day });
            let negative = year < 0;
            let widened_year = |mask: u32| {
                let mut magnitude = year.unsigned_abs();
                for place in 0..4 {
                    if mask & (1 << place) != 0 {
                        magnitude -= magnitude / 10_u64.pow(place) % 10 * 10_u64.pow(place);
                    }
                }
                crate::time::Year::from_parts(magnitude, negative, mask, crate::time::YearForm::Plain, 0).unwrap()
            };
            let tens = crate::time::Digits { tens: Some(day / 10), ones: None };
            let steps = [
                exact,
                Date { day: Some(Day::Masked(tens)), ..exact },
                Date { day: Some(Day::UNKNOWN), ..exact },
                Date { day: None, ..exact },
                Date { month: Some(Month::UNKNOWN), day: Some(Day::UNKNOWN), ..exact },
                Date { month: None, day: None, ..exact },
                Date { month: None, day: None, year: widened_year(mask), ..exact },
                Date { month: None, day: None, year: widened_year(0b1111), ..exact },
            ];
            for pair in steps.windows(2) {
                let (fine, coarse) = (pair[0].window(), pair[1].window());
                prop_assert!(coarse.start() <= fine.start() && coarse.end() >= fine.end(), "{} → {}", pair[0], pair[1]);
            }
            // A day keeps its place when only its year is known less well.
            let some_year = Date { year: widened_year(mask), ..exact };
            prop_assert!(some_year.window().start() <= exact.window().start() && some_year.window().end() >= exact.window().end());
        }
    }
}
