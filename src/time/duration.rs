//! Durations as ISO 8601 writes them (`P10D`, `PT13H`, `P1Y2M`): calendar parts stay calendar parts.

use super::{CivilDate, TimePoint, days_in_month};

/// A length of time in the units of its source. A month is not turned into days until it is added to a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Whole months, years included.
    pub months: i64,
    /// Whole days, weeks included.
    pub days: i64,
    /// Whole seconds, hours and minutes included.
    pub seconds: i64,
    /// Nanoseconds below one second.
    pub nanos: u32,
}

/// Why a text is not an ISO 8601 duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a duration such as P10D, PT13H or 10 days")]
pub struct DurationError {
    /// The text as it stood, its beginning when it is long.
    pub text: String,
}

impl Duration {
    /// Reads an ISO 8601 duration (ISO 8601-1:2019, 5.5.2): designators `Y M W D` and, after `T`, `H M S`, in that
    /// order, the last number with an optional fraction when it counts seconds, minutes or hours.
    ///
    /// # Errors
    /// When the text has another form, is empty of parts, negative, or its parts exceed `i64`.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        Self::parse_parts(text.trim()).ok_or_else(|| DurationError { text: text.chars().take(60).collect() })
    }

    fn parse_parts(text: &str) -> Option<Self> {
        let body = text.strip_prefix('P')?;
        let (date, time) = match body.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (body, ""),
        };
        if date.is_empty() && time.is_empty() {
            return None;
        }
        let mut out = Self::default();
        let mut last = 0;
        for (count, fraction, designator) in parts(date)? {
            let order = "YMWD".find(designator)? + 1;
            if order <= last || fraction.is_some() {
                return None;
            }
            last = order;
            match designator {
                'Y' => out.months = count.checked_mul(12)?,
                'M' => out.months = out.months.checked_add(count)?,
                'W' => out.days = count.checked_mul(7)?,
                _ => out.days = out.days.checked_add(count)?,
            }
        }
        last = 0;
        let mut ended = false;
        for (count, fraction, designator) in parts(time)? {
            let order = "HMS".find(designator)? + 1;
            if order <= last || ended {
                return None;
            }
            last = order;
            let unit: i64 = match designator {
                'H' => 3_600,
                'M' => 60,
                _ => 1,
            };
            out.seconds = out.seconds.checked_add(count.checked_mul(unit)?)?;
            if let Some(digits) = fraction {
                let nanos = i128::from(unit) * i128::from(digits);
                out.seconds = out.seconds.checked_add((nanos / 1_000_000_000) as i64)?;
                out.nanos = (nanos % 1_000_000_000) as u32;
                ended = true;
            }
        }
        Some(out)
    }

    /// Whether it has no length.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    /// `point` moved on by this duration: months first (a day past the month's end becomes its last day), then
    /// days, then the clock. `None` beyond the range.
    #[must_use]
    pub fn add_to(self, point: TimePoint) -> Option<TimePoint> {
        let date = point.date();
        let month_count =
            date.year.checked_mul(12)?.checked_add(i64::from(date.month) - 1)?.checked_add(self.months)?;
        let (year, month) = (month_count.div_euclid(12), month_count.rem_euclid(12) as u8 + 1);
        let day = date.day.min(days_in_month(year, month));
        TimePoint::from_date(CivilDate { year, month, day })?
            .checked_add_seconds(point.second_of_day())?
            .checked_add_nanos(i128::from(point.nanos()))?
            .checked_add_seconds(self.days.checked_mul(super::SECONDS_PER_DAY)?)?
            .checked_add_seconds(self.seconds)?
            .checked_add_nanos(i128::from(self.nanos))
    }
}

impl Duration {
    /// `point` moved back by this duration, as [`Self::add_to`] moves it on.
    #[must_use]
    pub fn before(self, point: TimePoint) -> Option<TimePoint> {
        let back = Self { months: -self.months, days: -self.days, seconds: -self.seconds, nanos: 0 };
        back.add_to(point)?.checked_add_nanos(-i128::from(self.nanos))
    }
}

/// Splits `"1Y2M"` into number, fraction (as nanoseconds per one) and designator.
fn parts(mut text: &str) -> Option<Vec<(i64, Option<u32>, char)>> {
    let mut out = Vec::new();
    while !text.is_empty() {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = text.get(..digits)?.parse().ok()?;
        text = &text[digits..];
        let mut fraction = None;
        if let Some(rest) = text.strip_prefix(['.', ',']) {
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            if end == 0 || end > 9 {
                return None;
            }
            let value: u32 = rest[..end].parse().ok()?;
            fraction = Some(value * 10_u32.pow(9 - end as u32));
            text = &rest[end..];
        }
        let designator = text.chars().next()?;
        out.push((count, fraction, designator));
        text = &text[designator.len_utf8()..];
    }
    Some(out)
}

impl std::fmt::Display for Duration {
    /// The shortest ISO 8601 form with years, months, days, hours, minutes, seconds; zero is `PT0S`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_zero() {
            return f.write_str("PT0S");
        }
        f.write_str("P")?;
        for (count, designator) in [(self.months / 12, 'Y'), (self.months % 12, 'M'), (self.days, 'D')] {
            if count != 0 {
                write!(f, "{count}{designator}")?;
            }
        }
        if self.seconds == 0 && self.nanos == 0 {
            return Ok(());
        }
        f.write_str("T")?;
        let (hours, minutes, seconds) = (self.seconds / 3_600, self.seconds / 60 % 60, self.seconds % 60);
        if hours != 0 {
            write!(f, "{hours}H")?;
        }
        if minutes != 0 {
            write!(f, "{minutes}M")?;
        }
        if self.nanos != 0 {
            let fraction = format!("{:09}", self.nanos);
            write!(f, "{seconds}.{}S", fraction.trim_end_matches('0'))?;
        } else if seconds != 0 {
            write!(f, "{seconds}S")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn iso_durations_are_read_as_their_parts() {
        let read = |text| Duration::parse(text).unwrap();
        assert_eq!(read("PT13H"), Duration { seconds: 13 * 3_600, ..Duration::default() });
        assert_eq!(read("P1Y2M10DT2H30M"), Duration { months: 14, days: 10, seconds: 9_000, nanos: 0 });
        assert_eq!(read("P2W").days, 14);
        assert_eq!(read("PT0.25S").nanos, 250_000_000);
        assert_eq!(read("PT1.5H").seconds, 5_400);
    }

    #[test]
    fn texts_that_are_no_durations_are_refused() {
        for text in
            ["", "P", "PT", "P1", "1D", "P1H", "PT1D", "P1D2Y", "PT1.S", "P-1D", "P99999999999999999999D", "PT1.5H2M"]
        {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_after_the_last_of_january_is_the_last_of_february() {
        let day = |y, m, d| TimePoint::from_date(CivilDate::new(y, m, d).unwrap()).unwrap();
        let month = Duration::parse("P1M").unwrap();
        assert_eq!(month.add_to(day(2024, 1, 31)), Some(day(2024, 2, 29)));
        assert_eq!(month.add_to(day(-1, 12, 31)), Some(day(0, 1, 31)));
        assert_eq!(month.add_to(TimePoint::MAX), None);
        assert_eq!(month.before(day(2024, 3, 31)), Some(day(2024, 2, 29)));
    }

    proptest! {
        #[test]
        fn printing_and_reading_agree(months in 0_i64..10_000, days in 0_i64..10_000, seconds in 0_i64..10_000_000, nanos in 0_u32..1_000_000_000) {
            let duration = Duration { months, days, seconds, nanos };
            prop_assert_eq!(Duration::parse(&duration.to_string()).unwrap(), duration);
        }
    }
}
