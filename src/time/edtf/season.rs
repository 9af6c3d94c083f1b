//! Parts of a year that EDTF numbers 21–41.

use super::Precision;

/// A part of a year by its EDTF code: seasons 21–24 (no hemisphere said), 25–28 (northern), 29–32 (southern), quarters
/// 33–36, thirds 37–39, halves 40–41 (ISO 8601-2:2019, 4.8; Library of Congress profile, level 2).
///
/// A season is the meteorological one, of three whole months; without a hemisphere the northern. A winter that begins
/// in December ends in February of the next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Season(u8);

impl Season {
    /// 21.
    pub const SPRING: Self = Self(21);
    /// 22.
    pub const SUMMER: Self = Self(22);
    /// 23.
    pub const AUTUMN: Self = Self(23);
    /// 24.
    pub const WINTER: Self = Self(24);

    /// The part of the year with this code, `None` outside 21–41.
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        (21..=41).contains(&code).then_some(Self(code))
    }

    /// A quarter, 1–4.
    #[must_use]
    pub fn quarter(number: u8) -> Option<Self> {
        (1..=4).contains(&number).then(|| Self(32 + number))
    }

    /// A half of the year, 1 or 2.
    #[must_use]
    pub fn half(number: u8) -> Option<Self> {
        (1..=2).contains(&number).then(|| Self(39 + number))
    }

    /// Its EDTF code.
    #[must_use]
    pub fn code(self) -> u8 {
        self.0
    }

    /// Its first month and how many months it has.
    #[must_use]
    pub fn months(self) -> (u8, u8) {
        match self.0 {
            // Northern and unsaid: spring begins in March. Southern: in September.
            code @ 21..=24 => (3 + (code - 21) * 3, 3),
            code @ 25..=28 => (3 + (code - 25) * 3, 3),
            code @ 29..=32 => ((8 + (code - 29) * 3) % 12 + 1, 3),
            code @ 33..=36 => (1 + (code - 33) * 3, 3),
            code @ 37..=39 => (1 + (code - 37) * 4, 4),
            code => (1 + (code - 40) * 6, 6),
        }
    }

    /// The unit that it is.
    #[must_use]
    pub fn precision(self) -> Precision {
        match self.0 {
            21..=32 => Precision::Season,
            33..=36 => Precision::Quarter,
            37..=39 => Precision::Third,
            _ => Precision::HalfYear,
        }
    }

    /// Its name before a year: "spring", "winter (south)", "Q3", "first half of".
    #[must_use]
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 21] = [
            "spring",
            "summer",
            "autumn",
            "winter",
            "northern spring",
            "northern summer",
            "northern autumn",
            "northern winter",
            "southern spring",
            "southern summer",
            "southern autumn",
            "southern winter",
            "Q1",
            "Q2",
            "Q3",
            "Q4",
            "first third of",
            "second third of",
            "last third of",
            "first half of",
            "second half of",
        ];
        NAMES[usize::from(self.0) - 21]
    }
}
