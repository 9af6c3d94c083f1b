//! [`Edtf`] to its canonical text.

use super::{Date, Day, Edtf, Endpoint, Month, Offset, Qualifier, Season, SetPart, TimeOfDay, Year};
use std::fmt::{Display, Formatter, Result};

impl Display for Edtf {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Interval(start, end) => write!(f, "{start}/{end}"),
            Self::OneOf(parts) => {
                f.write_str("[")?;
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        f.write_str(",")?;
                    }
                    part.fmt(f)?;
                }
                f.write_str("]")
            }
        }
    }
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
        self.year.fmt(f)?;
        match self.month {
            None => {}
            Some(Month::Number(month)) => write!(f, "-{month:02}")?,
            Some(Month::Season(season)) => write!(f, "-{}", season_code(season))?,
            Some(Month::Unspecified) => f.write_str("-XX")?,
        }
        match self.day {
            None => {}
            Some(Day::Number(day)) => write!(f, "-{day:02}")?,
            Some(Day::Unspecified) => f.write_str("-XX")?,
        }
        if let Some(time) = &self.time {
            write!(f, "T{time}")?;
        }
        self.qualifier.fmt(f)
    }
}

fn season_code(season: Season) -> u8 {
    match season {
        Season::Spring => 21,
        Season::Summer => 22,
        Season::Autumn => 23,
        Season::Winter => 24,
    }
}

impl Display for Year {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let sign = if self.value < 0 { "-" } else { "" };
        let magnitude = self.value.unsigned_abs();
        if magnitude > 9_999 {
            return write!(f, "Y{sign}{magnitude}");
        }
        let digits = format!("{magnitude:04}");
        let known = digits.len().saturating_sub(usize::from(self.unspecified));
        write!(f, "{sign}{}{}", &digits[..known], "X".repeat(usize::from(self.unspecified)))
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
