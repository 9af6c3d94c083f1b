//! Days to calendar dates and back, for every year that an `i64` of seconds can reach.
//!
//! The algorithm is Howard Hinnant's `days_from_civil` / `civil_from_days` ("chrono-Compatible Low-Level Date
//! Algorithms", 2013), on `i64`: eras of 400 years, years that begin in March.

/// A day of the proleptic Gregorian calendar. Year 0 is 1 BCE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    /// Astronomical year: 0 is 1 BCE, −1 is 2 BCE.
    pub year: i64,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, 1–31.
    pub day: u8,
}

const DAYS_PER_ERA: i64 = 146_097;
/// Days from 0000-03-01, where eras begin, to 1970-01-01.
const EPOCH_SHIFT: i64 = 719_468;

impl CivilDate {
    /// The day with these parts, or `None` when the calendar has no such day.
    #[must_use]
    pub fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// The day of a text that says `2022-05-24` and nothing else, with a year of four digits; `None` for any other text and
    /// for a day that no calendar has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text: &[u8; 10] = text.as_bytes().try_into().ok()?;
        if text[4] != b'-' || text[7] != b'-' {
            return None;
        }
        let digit = |at: usize| text[at].is_ascii_digit().then(|| text[at] - b'0');
        let pair = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
        let year = i64::from(pair(0)?) * 100 + i64::from(pair(2)?);
        Self::new(year, pair(5)?, pair(8)?)
    }

    /// Days since 1970-01-01. Years up to ±300 billion stay far inside `i64`.
    #[must_use]
    pub fn days_since_epoch(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT
    }

    /// The day this many days after 1970-01-01.
    #[must_use]
    pub fn from_days_since_epoch(days: i64) -> Self {
        let shifted = days + EPOCH_SHIFT;
        let era = shifted.div_euclid(DAYS_PER_ERA);
        let day_of_era = shifted.rem_euclid(DAYS_PER_ERA);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month, day }
    }
}

/// Whether a proleptic Gregorian year has 366 days. Year 0 has.
#[must_use]
pub fn is_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// Days in a month (1–12) of a year; 0 for a month that does not exist.
#[must_use]
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_known_numbers() {
        // Julian Day Number − 2440588 (JDN of 1970-01-01); JDNs as published by the US Naval Observatory's
        // converter and standard tables.
        for (year, month, day, days) in [
            (1970, 1, 1, 0),
            (2000, 1, 1, 2_451_545 - 2_440_588),
            (1858, 11, 17, 2_400_001 - 2_440_588),
            (1582, 10, 15, 2_299_161 - 2_440_588),
            (0, 3, 1, -719_468),
            (-4713, 11, 24, -2_440_588),
        ] {
            let date = CivilDate::new(year, month, day).unwrap();
            assert_eq!(date.days_since_epoch(), days, "{year}-{month}-{day}");
            assert_eq!(CivilDate::from_days_since_epoch(days), date);
        }
    }

    #[test]
    fn leap_years_follow_the_four_hundred_year_rule_through_year_zero() {
        for (year, leap) in
            [(2024, true), (1900, false), (2000, true), (0, true), (-4, true), (-100, false), (-400, true)]
        {
            assert_eq!(is_leap_year(year), leap, "{year}");
        }
        assert!(CivilDate::new(2023, 2, 29).is_none());
        assert!(CivilDate::new(2024, 2, 29).is_some());
        assert!(CivilDate::new(2024, 13, 1).is_none());
    }

    proptest! {
        #[test]
        fn days_and_dates_round_trip(days in -106_751_991_167_300_i64..106_751_991_167_300) {
            let date = CivilDate::from_days_since_epoch(days);
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert!(CivilDate::new(date.year, date.month, date.day).is_some());
        }
    }
}
