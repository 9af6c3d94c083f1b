//! [`Edtf`] to its canonical text.
//!
//! Qualifiers print in their shortest form: after the date where all parts share one, else after the last of the first
//! parts that share one (which then holds for all to its left), and before each other part.

use super::{
    Date, Day, Digits, Edtf, Endpoint, Month, Offset, Qualifier, Qualifiers, SetPart, TimeOfDay, Year, YearForm,
};
use std::fmt::{Display, Formatter, Result, Write};

impl Display for Edtf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Interval(start, end) => {
                start.fmt(f)?;
                f.write_char('/')?;
                end.fmt(f)
            }
            Self::OneOf(parts) => set(f, '[', parts, ']'),
            Self::AllOf(parts) => set(f, '{', parts, '}'),
        }
    }
}

impl Edtf {
    /// Adds the canonical text to another, as `to_string` has it, without its detours for the commonest dates.
    pub fn write_to(&self, out: &mut String) {
        fn day(date: &Date, out: &mut String) -> Option<()> {
            // They are digits and signs.
            plain_day(date).map(|text| out.push_str(std::str::from_utf8(&text).unwrap_or_default()))
        }
        let before = out.len();
        let done = match self {
            Self::Date(date) => day(date, out),
            Self::Interval(Endpoint::Date(start), Endpoint::Date(end)) => day(start, out).and_then(|()| {
                out.push('/');
                day(end, out)
            }),
            _ => None,
        };
        if done.is_none() {
            out.truncate(before);
            // Writing into a string cannot fail.
            let _ = write!(out, "{self}");
        }
    }
}

fn set(f: &mut Formatter<'_>, open: char, parts: &[SetPart], close: char) -> Result {
    f.write_char(open)?;
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_char(',')?;
        }
        part.fmt(f)?;
    }
    f.write_char(close)
}

impl Display for Endpoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl Display for SetPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Range(a, b) => write!(f, "{a}..{b}"),
            Self::UpTo(date) => write!(f, "..{date}"),
            Self::From(date) => write!(f, "{date}.."),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(text) = plain_day(self) {
            // They are digits and signs.
            return f.write_str(std::str::from_utf8(&text).unwrap_or_default());
        }
        let Qualifiers { year, month, day } = self.qualifiers;
        let parts = 1 + usize::from(self.month.is_some()) + usize::from(self.day.is_some());
        let marks = [year, month, day];
        // How many of the first parts share the year's qualifier.
        let shared = marks[..parts].iter().take_while(|mark| **mark == year).count();
        let before = |part: usize| if part < shared { Qualifier::default() } else { marks[part] };
        let after = |part: usize| if part + 1 == shared { year } else { Qualifier::default() };
        self.year.fmt(f)?;
        after(0).fmt(f)?;
        if let Some(month) = &self.month {
            write!(f, "-{}", before(1))?;
            month.fmt(f)?;
            after(1).fmt(f)?;
        }
        if let Some(day) = &self.day {
            write!(f, "-{}", before(2))?;
            day.fmt(f)?;
        }
        // What holds for the whole stands at its end.
        match &self.time {
            None => after(2).fmt(f),
            Some(time) => write!(f, "T{time}{}", after(2)),
        }
    }
}

/// The letters of a day of a usual year without any mark, which is what most files hold by the million.
fn plain_day(date: &Date) -> Option<[u8; 10]> {
    let year = date.year.value();
    let (Some(Month::Number(month)), Some(Day::Number(day)), None) = (date.month, date.day, date.time) else {
        return None;
    };
    let usual = (0..=9_999).contains(&year) && date.year == Year::new(year) && month < 100 && day < 100;
    if !usual || date.qualifiers != Qualifiers::default() {
        return None;
    }
    let digit = |value: i64| b'0' + (value % 10) as u8;
    let (month, day) = (i64::from(month), i64::from(day));
    let mut text = *b"0000-00-00";
    for (at, value) in [
        (0, year / 1_000),
        (1, year / 100),
        (2, year / 10),
        (3, year),
        (5, month / 10),
        (6, month),
        (8, day / 10),
        (9, day),
    ] {
        text[at] = digit(value);
    }
    Some(text)
}

impl Display for Month {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Number(month) => write!(f, "{month:02}"),
            Self::Season(season) => write!(f, "{}", season.code()),
            Self::Masked(digits) => digits.fmt(f),
        }
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Number(day) => write!(f, "{day:02}"),
            Self::Masked(digits) => digits.fmt(f),
        }
    }
}

impl Display for Digits {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for digit in [self.tens, self.ones] {
            f.write_char(digit.map_or('X', |digit| char::from(b'0' + digit % 10)))?;
        }
        Ok(())
    }
}

impl Display for Year {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let magnitude = self.magnitude();
        match self.form() {
            YearForm::Century => return write!(f, "{sign}{:02}", magnitude / 100),
            YearForm::Decade => return write!(f, "{sign}{:03}", magnitude / 10),
            YearForm::Exponent(exponent) => {
                let digits = magnitude / 10_u64.pow(u32::from(exponent).min(18));
                write!(f, "Y{sign}{digits}E{exponent}")?;
            }
            YearForm::Plain if magnitude > 9_999 => write!(f, "Y{sign}{magnitude}")?,
            YearForm::Plain if self.unspecified_digits() == 0 => write!(f, "{sign}{magnitude:04}")?,
            YearForm::Plain => {
                f.write_str(sign)?;
                for place in (0..4).rev() {
                    let digit = (magnitude / 10_u64.pow(place) % 10) as u8;
                    let masked = self.unspecified_digits() & (1 << place) != 0;
                    f.write_char(if masked { 'X' } else { char::from(b'0' + digit) })?;
                }
            }
        }
        match self.significant_digits() {
            0 => Ok(()),
            digits => write!(f, "S{digits}"),
        }
    }
}

impl Display for TimeOfDay {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:02}", self.hour)?;
        if let Some(minute) = self.minute {
            write!(f, ":{minute:02}")?;
        }
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        if self.fraction_digits > 0 {
            let digits = format!("{:09}", self.nanos);
            write!(f, ".{}", &digits[..usize::from(self.fraction_digits.min(9))])?;
        }
        match self.offset {
            None => Ok(()),
            Some(offset) => offset.fmt(f),
        }
    }
}

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match *self {
            Self::Utc => f.write_str("Z"),
            Self::Minutes(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl Display for Qualifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match (self.uncertain, self.approximate) {
            (true, true) => "%",
            (true, false) => "?",
            (false, true) => "~",
            (false, false) => "",
        })
    }
}
