//! When something was: two bounds, each a window of possible moments.

use super::{Duration, Span, TimePoint};

/// One end of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Somewhere inside a window.
    Known(Known),
    /// There is no such end, or it has not come yet (EDTF `..`).
    Open,
    /// There is one, but its source does not say when (EDTF: left empty).
    Unknown,
}

/// An end that lies somewhere inside a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// From the earliest moment to just after the latest.
    pub window: Span,
    /// The source says "about" (EDTF `~`).
    pub approximate: bool,
    /// The source doubts it (EDTF `?`).
    pub uncertain: bool,
    /// The source gave an offset from UTC: the window is in UTC and moves with a display zone. A civil date or
    /// time never moves.
    pub instant: bool,
}

/// What kind of statement a [`When`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One occurrence somewhere inside the window; not a span that covers it.
    Moment,
    /// Goes on from start to end.
    Interval,
    /// One occurrence at one of several dates.
    OneOf,
    /// An occurrence at each of several dates.
    AllOf,
}

/// All that one source says of an event's time.
///
/// Two windows make four bounds, and so a *core*, in which the event was surely under way, and an *extent*, in
/// which it may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// When it began.
    pub start: Bound,
    /// When it ended.
    pub end: Bound,
    /// How long it lasted, where the source says so apart from its dates.
    pub duration: Option<Duration>,
    /// What kind of statement this is.
    pub shape: Shape,
}

/// What sources that leave something open say to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It cannot be.
    No,
    /// It may be.
    Possibly,
    /// It is, whatever is left open.
    Certainly,
}

impl Bound {
    /// The window, unless the bound is open or unknown.
    #[must_use]
    pub fn window(self) -> Option<Span> {
        match self {
            Self::Known(known) => Some(known.window),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Known {
    /// The bound that allows what either allows; doubtful where either is.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            window: self.window.union(other.window),
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
            instant: self.instant && other.instant,
        }
    }
}

impl When {
    /// Earliest possible moment; [`TimePoint::MIN`] for an open start. An unknown start stretches nothing: the
    /// extent then begins with the end's window.
    #[must_use]
    pub fn earliest(&self) -> TimePoint {
        match (self.start, self.end) {
            (Bound::Known(start), _) => start.window.start(),
            (Bound::Unknown, Bound::Known(end)) => {
                let began = self.duration.and_then(|duration| duration.before(end.window.start()));
                began.unwrap_or(end.window.start())
            }
            _ => TimePoint::MIN,
        }
    }

    /// Just after the latest possible moment; [`TimePoint::MAX`] for an open end. A known duration after a known
    /// start gives an end where there is no other; an unknown end otherwise stretches nothing.
    #[must_use]
    pub fn latest(&self) -> TimePoint {
        match (self.start, self.end) {
            (_, Bound::Known(end)) => end.window.end().max(self.earliest()),
            (Bound::Known(start), Bound::Unknown) => {
                let lasted = self.duration.and_then(|duration| duration.add_to(start.window.end()));
                lasted.unwrap_or(start.window.end())
            }
            _ => TimePoint::MAX,
        }
    }

    /// Whether it is known to a time of day by some clock that nobody names: neither an instant nor a day.
    #[must_use]
    pub fn is_of_unknown_clock(&self) -> bool {
        const DAY: i128 = 86_400 * super::NANOS_PER_SECOND;
        let fine = |known: Known| !known.instant && known.window.nanos() < DAY;
        [self.start, self.end].into_iter().any(|bound| matches!(bound, Bound::Known(known) if fine(known)))
    }

    /// Whether one of its ends at least is an instant.
    #[must_use]
    pub fn is_instant(&self) -> bool {
        [self.start, self.end].into_iter().any(|bound| matches!(bound, Bound::Known(known) if known.instant))
    }

    /// All moments at which the event may have been under way.
    #[must_use]
    pub fn extent(&self) -> Span {
        Span::new(self.earliest(), self.latest())
    }

    /// By when it has surely begun (just after the latest possible start), and until when it surely goes on (the earliest
    /// possible end). An end that nobody dates is sure only as far as the other end and the duration tell.
    #[must_use]
    pub fn surely(&self) -> (TimePoint, TimePoint) {
        // One occurrence among several dates may be any of them; of several occurrences none is told apart here.
        if matches!(self.shape, Shape::OneOf | Shape::AllOf) {
            let begun = self.end.window().map_or(TimePoint::MAX, Span::end);
            let on = self.start.window().map_or(TimePoint::MIN, Span::start);
            return (begun, on);
        }
        let back = |end: TimePoint| self.duration.and_then(|duration| duration.before(end)).unwrap_or(end);
        let forth = |start: TimePoint| self.duration.and_then(|duration| duration.add_to(start)).unwrap_or(start);
        let begun = match (self.start, self.end) {
            (Bound::Known(start), _) => start.window.end(),
            (Bound::Open, _) => TimePoint::MIN,
            (Bound::Unknown, Bound::Known(end)) => back(end.window.end()),
            (Bound::Unknown, _) => TimePoint::MAX,
        };
        let on = match (self.end, self.start) {
            (Bound::Known(end), _) => end.window.start(),
            (Bound::Open, _) => TimePoint::MAX,
            (Bound::Unknown, Bound::Known(start)) => forth(start.window.start()),
            (Bound::Unknown, _) => TimePoint::MIN,
        };
        (begun, on)
    }

    /// Whether the event was under way, or took place, at some moment of a window.
    #[must_use]
    pub fn in_window(&self, window: Span) -> Answer {
        // An end that nobody dates may lie anywhere beyond the other, unless the duration tells.
        let told = self.duration.is_some();
        let first = if self.start == Bound::Unknown && !told { TimePoint::MIN } else { self.earliest() };
        let last = if self.end == Bound::Unknown && !told { TimePoint::MAX } else { self.latest() };
        if first >= window.end() || last <= window.start() {
            return Answer::No;
        }
        let (begun, on) = self.surely();
        if begun <= window.end() && on >= window.start() { Answer::Certainly } else { Answer::Possibly }
    }

    /// How long it lasted at least and at most, in nanoseconds; `None` at most where an end is open or not known. A
    /// stated duration is both.
    #[must_use]
    pub fn length(&self) -> Option<(i128, Option<i128>)> {
        if let Some(duration) = self.duration {
            let start = self.start.window().or(self.end.window())?.start();
            let nanos = duration.add_to(start)?.as_nanos() - start.as_nanos();
            return Some((nanos, Some(nanos)));
        }
        if self.shape != Shape::Interval {
            return None;
        }
        let (start, end) = (self.start.window(), self.end.window());
        match (start, end) {
            (Some(start), Some(end)) => {
                let least = end.start().as_nanos() - start.end().as_nanos();
                Some((least.max(0), Some(end.end().as_nanos() - start.start().as_nanos())))
            }
            (Some(_), None) | (None, Some(_)) => Some((0, None)),
            (None, None) => None,
        }
    }

    /// How long it is from the end of this to the start of `other`, at least and at most, in nanoseconds; negative where
    /// they may overlap. `None` where an end between them is open or not known.
    #[must_use]
    pub fn gap_to(&self, other: &Self) -> Option<(i128, i128)> {
        let (end, start) = (self.end.window()?, other.start.window()?);
        Some((start.start().as_nanos() - end.end().as_nanos(), start.end().as_nanos() - end.start().as_nanos()))
    }

    /// The moments at which it surely was, where there are any: from the latest start to the earliest end.
    #[must_use]
    pub fn core(&self) -> Option<Span> {
        if self.shape != Shape::Interval {
            return None;
        }
        let from = match self.start {
            Bound::Known(start) => start.window.end(),
            Bound::Open => TimePoint::MIN,
            Bound::Unknown => return None,
        };
        let to = match self.end {
            Bound::Known(end) => end.window.start(),
            Bound::Open => TimePoint::MAX,
            Bound::Unknown => return None,
        };
        (from < to).then(|| Span::new(from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edtf;
    use super::*;
    use proptest::prelude::*;

    fn when(text: &str) -> When {
        Edtf::parse(text).unwrap().when()
    }

    fn point(text: &str) -> TimePoint {
        when(text).earliest()
    }

    #[test]
    fn each_expression_has_its_earliest_and_latest_moment() {
        for (text, earliest, latest) in [
            ("2022-05-24", "2022-05-24", "2022-05-25"),
            ("2022-05", "2022-05-01", "2022-06-01"),
            ("2022-12", "2022-12-01", "2023-01-01"),
            ("2024-02-XX", "2024-02-01", "2024-03-01"),
            ("2022-XX", "2022-01-01", "2023-01-01"),
            ("202X", "2020-01-01", "2030-01-01"),
            ("-01XX", "-0199-01-01", "-0099-01-01"),
            ("0000", "0000-01-01", "0001-01-01"),
            ("2022-21", "2022-03-01", "2022-06-01"),
            ("2022-24", "2022-12-01", "2023-03-01"),
            ("2022-08-30/2022-09-05", "2022-08-30", "2022-09-06"),
            ("[2022-08-17,2022-08-24]", "2022-08-17", "2022-08-25"),
            ("2022-09-15/", "2022-09-15", "2022-09-16"),
            ("/2022-09-15", "2022-09-15", "2022-09-16"),
            ("2022-05-24T10:00:00+09:00", "2022-05-24T01:00:00", "2022-05-24T01:00:01"),
            ("2022-05-24T24:00:00", "2022-05-25", "2022-05-25T00:00:01"),
        ] {
            assert_eq!(when(text).earliest(), point(earliest), "{text}");
            assert_eq!(when(text).latest(), point(latest), "{text}");
        }
        assert_eq!(when("2022/..").latest(), TimePoint::MAX);
        assert_eq!(when("../2022").earliest(), TimePoint::MIN);
        assert_eq!(when("[..1984]").earliest(), TimePoint::MIN);
    }

    #[test]
    fn only_an_interval_has_a_core_and_it_lies_inside_the_extent() {
        assert_eq!(when("2022-05").core(), None);
        assert_eq!(when("[2022-08-17,2022-08-24]").core(), None);
        assert_eq!(when("2022-09-15/").core(), None);
        assert_eq!(when("2022-08-30/2022-09-05").core(), Some(Span::new(point("2022-08-31"), point("2022-09-05"))));
        assert_eq!(when("2022-05/2022-05-21").core(), None);
    }

    #[test]
    fn a_month_is_never_taken_for_its_first_day() {
        assert_ne!(when("2022-05").extent(), when("2022-05-01").extent());
        assert_eq!(when("2022-05").shape, Shape::Moment);
    }

    #[test]
    fn instants_are_kept_apart_from_civil_times() {
        let unknown = |text| when(text).is_of_unknown_clock();
        assert_eq!(["2022-05-24T10:00", "2022-05-24T10:00Z", "2022-05-24"].map(unknown), [true, false, false]);
        assert!(when("2022-05-24T10:00Z").is_instant() && !when("2022-05-24T10:00").is_instant());
        let instant = |text| matches!(when(text).start, Bound::Known(known) if known.instant);
        assert!(instant("2022-05-24T10:00:00Z"));
        assert!(!instant("2022-05-24T10:00:00"));
        assert!(!instant("2022-05-24"));
    }

    proptest! {
        #[test]
        fn earliest_never_comes_after_latest_and_printing_round_trips(
            year in -12_000_i64..12_000, month in 1_u8..=12, day in 1_u8..=28, length in 0_i64..4_000, form in 0..6
        ) {
            let start = super::super::CivilDate::new(year, month, day).unwrap();
            let end = super::super::CivilDate::from_days_since_epoch(start.days_since_epoch() + length);
            let (a, b) = (super::super::Date::from_day(start), super::super::Date::from_day(end));
            let text = match form {
                0 => a.year.to_string(),
                1 => super::super::Date { day: None, ..a }.to_string(),
                2 => format!("{a}~"),
                3 => format!("{a}/{b}"),
                4 => format!("{a}/.."),
                _ => format!("[{a},{b}]"),
            };
            let edtf = Edtf::parse(&text).unwrap();
            prop_assert_eq!(edtf.to_string(), text);
            let when = edtf.when();
            prop_assert!(when.earliest() < when.latest());
            if let Some(core) = when.core() {
                prop_assert!(core.start() >= when.earliest() && core.end() <= when.latest());
            }
        }
    }
}
