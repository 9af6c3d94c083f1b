//! Years as EDTF writes them: with unspecified digits, as decades and centuries, with an exponent, with significant
//! digits.

use super::super::CivilDate;

/// A year on the astronomical count (0 is 1 BCE), as precise as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Year {
    /// The digits as a number, unspecified ones read as 0 and the exponent carried out.
    magnitude: u64,
    /// A minus stands before them.
    negative: bool,
    /// Bit n: the digit of 10ⁿ is `X`.
    unspecified: u32,
    form: YearForm,
    /// How many digits are significant (`S`), 0 for all.
    significant: u8,
}

/// How a year's digits were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearForm {
    /// Four digits, or more after a `Y`.
    Plain,
    /// Three digits: a decade (`193` is the 1930s).
    Decade,
    /// Two digits: a century (`19` is 1900–1999).
    Century,
    /// `Y17E7`: digits, then how many zeros follow.
    Exponent(u8),
}

/// Years beyond this cannot be placed on the axis.
const MAX_YEAR: u64 = 292_277_000_000;

impl Year {
    /// An exactly known year.
    #[must_use]
    pub fn new(year: i64) -> Self {
        Self {
            magnitude: year.unsigned_abs(),
            negative: year < 0,
            unspecified: 0,
            form: YearForm::Plain,
            significant: 0,
        }
    }

    /// A year from its parts; `None` beyond ±292 billion. See the fields' meaning at [`Self::unspecified_digits`],
    /// [`Self::form`] and [`Self::significant_digits`].
    #[must_use]
    pub fn from_parts(
        magnitude: u64,
        negative: bool,
        unspecified: u32,
        form: YearForm,
        significant: u8,
    ) -> Option<Self> {
        (magnitude <= MAX_YEAR).then_some(Self { magnitude, negative, unspecified, form, significant })
    }

    /// Whether it can be placed on the axis.
    #[must_use]
    pub fn is_on_axis(self) -> bool {
        self.magnitude <= MAX_YEAR
    }

    /// The decade that begins with this year, such as 1930; `None` unless it ends in 0 and is none before 0.
    #[must_use]
    pub fn decade(first: i64) -> Option<Self> {
        let magnitude = u64::try_from(first).ok().filter(|year| year.is_multiple_of(10))?;
        Self::from_parts(magnitude, false, 1, YearForm::Plain, 0)
    }

    /// The hundred years whose digits are `hundreds` and two more: 18 gives `18XX`; before 0, 1 gives `-01XX`, the
    /// years −199 to −100.
    #[must_use]
    pub fn hundred(hundreds: i64, negative: bool) -> Option<Self> {
        Self::from_parts(u64::try_from(hundreds).ok()?.checked_mul(100)?, negative, 0b11, YearForm::Plain, 0)
    }

    /// The year, where all of it is known; else with 0 for each digit that is not.
    #[must_use]
    pub fn value(self) -> i64 {
        let value = i64::try_from(self.magnitude).unwrap_or(i64::MAX);
        if self.negative { -value } else { value }
    }

    /// Whether a single year is meant.
    #[must_use]
    pub fn is_exact(self) -> bool {
        let plain = self.form == YearForm::Plain && self.unspecified == 0 && self.significant == 0;
        plain || self.possible_digits().1 == 0
    }

    /// Whether a minus stands before the digits.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.negative
    }

    /// Whether all of its years are BCE.
    #[must_use]
    pub fn is_before_christ(self) -> bool {
        self.range().1 <= 0
    }

    /// The digits as a number, without sign.
    #[must_use]
    pub fn magnitude(self) -> u64 {
        self.magnitude
    }

    /// Bit n is set where the digit of 10ⁿ is `X`.
    #[must_use]
    pub fn unspecified_digits(self) -> u32 {
        self.unspecified
    }

    /// How it was written.
    #[must_use]
    pub fn form(self) -> YearForm {
        self.form
    }

    /// How many digits are significant, 0 for all: `1950S2` is some year of 1900–1999, estimated as 1950.
    #[must_use]
    pub fn significant_digits(self) -> u8 {
        self.significant
    }

    /// Whether four `X` say that nothing is known of it.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self.unspecified == 0b1111 && self.magnitude == 0
    }

    /// First and last year that the digits allow.
    #[must_use]
    pub fn range(self) -> (i64, i64) {
        (self.candidate(0), self.candidate_from_end(0))
    }

    /// How many powers of ten the possible years spread over: 0 a year, 1 a decade, 2 a century.
    #[must_use]
    pub fn spread(self) -> u32 {
        32 - self.possible_digits().1.leading_zeros()
    }

    /// The digits that are known, and which may be anything.
    fn possible_digits(self) -> (u64, u32) {
        match self.form {
            YearForm::Decade => return (self.magnitude, 0b1),
            YearForm::Century => return (self.magnitude, 0b11),
            YearForm::Plain | YearForm::Exponent(_) => {}
        }
        let digits = self.magnitude.max(1_000).ilog10() + 1;
        if self.significant > 0 && u32::from(self.significant) < digits {
            let open = digits - u32::from(self.significant);
            let unit = 10_u64.pow(open);
            return (self.magnitude / unit * unit, (1 << open) - 1);
        }
        (self.magnitude, self.unspecified)
    }

    /// How many years are possible.
    pub(in crate::time) fn candidates(self) -> u64 {
        10_u64.pow(self.possible_digits().1.count_ones().min(18))
    }

    /// The possible years, the first one 0; held at the last.
    pub(super) fn candidate(self, at: u64) -> i64 {
        let count = self.candidates();
        let at = at.min(count - 1);
        self.nth(if self.negative { count - 1 - at } else { at })
    }

    pub(super) fn candidate_from_end(self, at: u64) -> i64 {
        self.candidate((self.candidates() - 1).saturating_sub(at))
    }

    /// The digits of `index` in the places of the unspecified digits.
    fn nth(self, mut index: u64) -> i64 {
        let (mut magnitude, mask) = self.possible_digits();
        for place in 0..18 {
            if mask & (1 << place) != 0 {
                magnitude += index % 10 * 10_u64.pow(place);
                index /= 10;
            }
        }
        let value = i64::try_from(magnitude).unwrap_or(i64::MAX);
        if self.negative { -value } else { value }
    }

    /// Whether some possible year has this day.
    pub(super) fn has_day(self, month: u8, day: u8) -> bool {
        // Only 29 February depends on the year; its turn comes within eight candidates of the last digit, or never.
        (0..self.candidates().min(1_000)).any(|at| CivilDate::new(self.candidate(at), month, day).is_some())
    }
}
