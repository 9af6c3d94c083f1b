//! Points and spans of the civil axis.

use super::CivilDate;

/// Seconds in a civil day.
pub const SECONDS_PER_DAY: i64 = 86_400;
/// Nanoseconds in a second.
pub const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// A moment on the proleptic Gregorian civil axis, without a zone.
///
/// `seconds` counts from 1970-01-01T00:00:00, so the range is about ±292 billion years at nanosecond resolution.
/// Order is chronological.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimePoint {
    seconds: i64,
    nanos: u32,
}

impl TimePoint {
    /// The earliest point, in the year −292 277 022 657.
    pub const MIN: Self = Self { seconds: i64::MIN, nanos: 0 };
    /// The latest point, in the year 292 277 026 596.
    pub const MAX: Self = Self { seconds: i64::MAX, nanos: 999_999_999 };
    /// 1970-01-01T00:00:00.
    pub const EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// A point from whole seconds since 1970 and nanoseconds within the second; `None` when `nanos` ≥ 10⁹.
    #[must_use]
    pub fn new(seconds: i64, nanos: u32) -> Option<Self> {
        (nanos < 1_000_000_000).then_some(Self { seconds, nanos })
    }

    /// A point at a whole second.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// Midnight at the start of a day; `None` beyond the range.
    #[must_use]
    pub fn from_date(date: CivilDate) -> Option<Self> {
        // The range of years that `i64` seconds can hold; it also keeps the day arithmetic from overflowing.
        if !(-292_277_022_657..=292_277_026_596).contains(&date.year) {
            return None;
        }
        date.days_since_epoch().checked_mul(SECONDS_PER_DAY).map(Self::from_seconds)
    }

    /// Whole seconds since 1970-01-01T00:00:00 (rounded towards the past).
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after `seconds`, below 10⁹.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// Nanoseconds since 1970; every point fits.
    #[must_use]
    pub fn as_nanos(self) -> i128 {
        i128::from(self.seconds) * NANOS_PER_SECOND + i128::from(self.nanos)
    }

    /// The point this many nanoseconds after 1970, held at [`Self::MIN`] or [`Self::MAX`] where it lies beyond.
    #[must_use]
    pub fn from_nanos_clamped(nanos: i128) -> Self {
        match i64::try_from(nanos.div_euclid(NANOS_PER_SECOND)) {
            Ok(seconds) => Self { seconds, nanos: nanos.rem_euclid(NANOS_PER_SECOND) as u32 },
            Err(_) if nanos < 0 => Self::MIN,
            Err(_) => Self::MAX,
        }
    }

    /// The day that the point falls on.
    #[must_use]
    pub fn date(self) -> CivilDate {
        CivilDate::from_days_since_epoch(self.seconds.div_euclid(SECONDS_PER_DAY))
    }

    /// Seconds since that day's midnight, 0–86 399.
    #[must_use]
    pub fn second_of_day(self) -> i64 {
        self.seconds.rem_euclid(SECONDS_PER_DAY)
    }

    /// Later by `seconds`, or `None` beyond the range.
    #[must_use]
    pub fn checked_add_seconds(self, seconds: i64) -> Option<Self> {
        self.seconds.checked_add(seconds).map(|seconds| Self { seconds, ..self })
    }

    /// Later by nanoseconds, or `None` beyond the range.
    #[must_use]
    pub fn checked_add_nanos(self, nanos: i128) -> Option<Self> {
        let sum = self.as_nanos().checked_add(nanos)?;
        let seconds = i64::try_from(sum.div_euclid(NANOS_PER_SECOND)).ok()?;
        Some(Self { seconds, nanos: sum.rem_euclid(NANOS_PER_SECOND) as u32 })
    }
}

/// A stretch of time, half-open: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    start: TimePoint,
    end: TimePoint,
}

impl Span {
    /// The span between two points, in whichever order they come.
    #[must_use]
    pub fn new(a: TimePoint, b: TimePoint) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// First point inside.
    #[must_use]
    pub const fn start(self) -> TimePoint {
        self.start
    }

    /// First point after.
    #[must_use]
    pub const fn end(self) -> TimePoint {
        self.end
    }

    /// Length in nanoseconds.
    #[must_use]
    pub fn nanos(self) -> i128 {
        self.end.as_nanos() - self.start.as_nanos()
    }

    /// Whether the span holds no time at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_ordered_by_its_constructor() {
        let (a, b) = (TimePoint::from_seconds(5), TimePoint::from_seconds(-5));
        assert_eq!(Span::new(a, b), Span::new(b, a));
        assert_eq!(Span::new(a, b).start(), b);
        assert_eq!(Span::new(a, b).nanos(), 10 * NANOS_PER_SECOND);
    }

    #[test]
    fn the_limits_convert_without_overflow() {
        for point in [TimePoint::MIN, TimePoint::MAX, TimePoint::EPOCH] {
            assert_eq!(TimePoint::from_nanos_clamped(point.as_nanos()), point);
            let _ = point.date();
        }
        assert_eq!(TimePoint::MIN.date().year, -292_277_022_657);
        assert_eq!(TimePoint::MAX.date().year, 292_277_026_596);
        assert_eq!(TimePoint::MAX.checked_add_nanos(1), None);
        assert_eq!(TimePoint::from_nanos_clamped(i128::MAX), TimePoint::MAX);
        assert_eq!(TimePoint::from_nanos_clamped(i128::MIN), TimePoint::MIN);
        assert_eq!(TimePoint::from_date(CivilDate { year: i64::MAX, month: 1, day: 1 }), None);
    }
}
