//! Calendars other than the Gregorian: which days their days, months and years are.
//!
//! Days are those of `icu_calendar` (the Unicode project's), but for the French Republican calendar, which it lacks: its
//! years are those that were in force, I to XIV (decree of 4 frimaire an II; starts of years after the tables in Parise,
//! *The Book of Calendars*, 1982). Months of the Hijri calendar are those of Umm al-Qura, which are published for 1300–1600
//! and tabular elsewhere; where the moon was seen, they began a day earlier or later.

use super::CivilDate;
use icu_calendar::cal::{Coptic, Ethiopian, Hebrew, Hijri, Indian, Julian, Persian};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Date};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// A calendar in which dates may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// The solar one of Iran and Afghanistan.
    Persian,
    /// The lunar one of Islam, with the months of Umm al-Qura.
    Hijri,
    /// The Jewish one.
    Hebrew,
    /// Gregorian months, years of the Buddhist era (543 more).
    Buddhist,
    /// Gregorian months, years of the Republic of China (1911 fewer).
    Roc,
    /// That of the old style, before the Gregorian reform.
    Julian,
    /// That of the French Republic.
    FrenchRepublican,
    /// That of the Coptic church.
    Coptic,
    /// That of Ethiopia.
    Ethiopian,
    /// The national one of India.
    Indian,
}

/// Starts of the years I to XV of the French Republic.
const REPUBLIC: [(i64, u8); 15] = [
    (1792, 22),
    (1793, 22),
    (1794, 22),
    (1795, 23),
    (1796, 22),
    (1797, 22),
    (1798, 22),
    (1799, 23),
    (1800, 23),
    (1801, 23),
    (1802, 23),
    (1803, 24),
    (1804, 23),
    (1805, 23),
    (1806, 23),
];

/// The number of 1970-01-01 in the count of days from 0001-01-01.
const RATA_DIE_OF_EPOCH: i64 = 719_163;

impl Calendar {
    /// All.
    pub const ALL: [Self; 10] = [
        Self::Persian,
        Self::Hijri,
        Self::Hebrew,
        Self::Buddhist,
        Self::Roc,
        Self::Julian,
        Self::FrenchRepublican,
        Self::Coptic,
        Self::Ethiopian,
        Self::Indian,
    ];

    /// Its name: "Persian".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Persian => "Persian",
            Self::Hijri => "Hijri",
            Self::Hebrew => "Hebrew",
            Self::Buddhist => "Buddhist",
            Self::Roc => "Republic of China",
            Self::Julian => "Julian",
            Self::FrenchRepublican => "French Republican",
            Self::Coptic => "Coptic",
            Self::Ethiopian => "Ethiopian",
            Self::Indian => "Indian",
        }
    }

    /// Its word in options: "french-republican".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Persian => "persian",
            Self::Hijri => "hijri",
            Self::Hebrew => "hebrew",
            Self::Buddhist => "buddhist",
            Self::Roc => "roc",
            Self::Julian => "julian",
            Self::FrenchRepublican => "french-republican",
            Self::Coptic => "coptic",
            Self::Ethiopian => "ethiopian",
            Self::Indian => "indian",
        }
    }

    /// The calendar of such a word, in any case.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word().eq_ignore_ascii_case(word))
    }

    /// How many years more than the Gregorian it counts, where it differs in nothing else.
    #[must_use]
    pub fn years_more(self) -> Option<i64> {
        match self {
            Self::Buddhist => Some(543),
            Self::Roc => Some(-1_911),
            _ => None,
        }
    }

    /// A day; `None` where the calendar has no such day. Months are numbered as their names are: in the Hebrew calendar
    /// Tishrei is 1, Adar (in leap years the second one) 6 and Elul 12. `leap` is the first Adar of a leap year.
    #[must_use]
    pub fn day(self, year: i64, month: u8, leap: bool, day: u8) -> Option<CivilDate> {
        let number = i32::try_from(year).ok()?;
        let month = if leap { Month::leap(month) } else { Month::new(month) };
        match self {
            Self::Persian => of_icu(Persian, number, month, day),
            Self::Hijri => of_icu(Hijri::new_umm_al_qura(), number, month, day),
            Self::Hebrew => of_icu(Hebrew, number, month, day),
            Self::Julian => of_icu(Julian, number, month, day),
            Self::Coptic => of_icu(Coptic, number, month, day),
            Self::Ethiopian => of_icu(Ethiopian::new(), number, month, day),
            Self::Indian => of_icu(Indian, number, month, day),
            Self::Buddhist | Self::Roc => CivilDate::new(year - self.years_more()?, month.number(), day),
            Self::FrenchRepublican => republican(year, month.number(), day),
        }
    }

    /// The first and the last day of a month.
    #[must_use]
    pub fn month(self, year: i64, month: u8, leap: bool) -> Option<RangeInclusive<CivilDate>> {
        let first = self.day(year, month, leap, 1)?;
        let last = (1..=31).rev().find_map(|day| self.day(year, month, leap, day))?;
        Some(first..=last)
    }

    /// The first and the last day of a year.
    #[must_use]
    pub fn year(self, year: i64) -> Option<RangeInclusive<CivilDate>> {
        let first = self.day(year, 1, false, 1)?;
        let next = match self {
            Self::FrenchRepublican => republican_year(year + 1)?,
            _ => self.day(year + 1, 1, false, 1)?,
        };
        Some(first..=CivilDate::from_days_since_epoch(next.days_since_epoch() - 1))
    }
}

fn of_icu<C: AsCalendar>(calendar: C, year: i32, month: Month, day: u8) -> Option<CivilDate> {
    let date = Date::try_new(year.into(), month, day, calendar).ok()?;
    Some(CivilDate::from_days_since_epoch(date.to_rata_die().to_i64_date() - RATA_DIE_OF_EPOCH))
}

/// The first day of a year of the French Republic, 1 to 15.
fn republican_year(year: i64) -> Option<CivilDate> {
    let at = usize::try_from(year.checked_sub(1)?).ok()?;
    let (year, day) = REPUBLIC.get(at)?;
    CivilDate::new(*year, 9, day.to_owned())
}

/// A day of the French Republic: twelve months of thirty days, and five or six more as a thirteenth.
fn republican(year: i64, month: u8, day: u8) -> Option<CivilDate> {
    let (first, next) = (republican_year(year)?.days_since_epoch(), republican_year(year + 1)?.days_since_epoch());
    if !(1..=13).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let day = first + i64::from(month - 1) * 30 + i64::from(day) - 1;
    (day < next).then(|| CivilDate::from_days_since_epoch(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_of_other_calendars_are_their_gregorian_days() {
        for (calendar, (year, month, day), expected) in [
            // Nowruz 1401; the Iranian revolution on 22 Bahman 1357.
            (Calendar::Persian, (1401, 1, 1), "2022-03-21"),
            (Calendar::Persian, (1357, 11, 22), "1979-02-11"),
            // 1 Muharram 1444 by Umm al-Qura.
            (Calendar::Hijri, (1444, 1, 1), "2022-07-30"),
            // Rosh Hashanah 5783; independence of Israel on 5 Iyar 5708.
            (Calendar::Hebrew, (5783, 1, 1), "2022-09-26"),
            (Calendar::Hebrew, (5708, 8, 5), "1948-05-14"),
            (Calendar::Buddhist, (2565, 8, 30), "2022-08-30"),
            (Calendar::Roc, (38, 10, 1), "1949-10-01"),
            // The October revolution.
            (Calendar::Julian, (1917, 10, 25), "1917-11-07"),
            // 9 thermidor an II, 18 brumaire an VIII.
            (Calendar::FrenchRepublican, (2, 11, 9), "1794-07-27"),
            (Calendar::FrenchRepublican, (8, 2, 18), "1799-11-09"),
            (Calendar::Ethiopian, (2015, 1, 1), "2022-09-11"),
            (Calendar::Indian, (1944, 1, 1), "2022-03-22"),
        ] {
            assert_eq!(calendar.day(year, month, false, day), CivilDate::parse(expected), "{calendar:?} {year}");
        }
    }

    #[test]
    fn months_and_years_are_all_of_their_days_and_what_is_not_there_is_none() {
        let days = |first: &str, last: &str| Some(CivilDate::parse(first).unwrap()..=CivilDate::parse(last).unwrap());
        assert_eq!(Calendar::Persian.month(1401, 6, false), days("2022-08-23", "2022-09-22"));
        assert_eq!(Calendar::Persian.year(1401), days("2022-03-21", "2023-03-20"));
        assert_eq!(Calendar::FrenchRepublican.year(3), days("1794-09-22", "1795-09-22"));
        assert_eq!(Calendar::Hebrew.month(5782, 5, true), days("2022-02-02", "2022-03-03"));
        for (calendar, (year, month, day)) in [
            (Calendar::Persian, (1401, 7, 31)),
            (Calendar::FrenchRepublican, (2, 13, 6)),
            (Calendar::FrenchRepublican, (15, 1, 1)),
            (Calendar::Julian, (2021, 2, 29)),
            (Calendar::Hijri, (i64::MAX, 1, 1)),
        ] {
            assert_eq!(calendar.day(year, month, false, day), None, "{calendar:?}");
        }
    }
}
