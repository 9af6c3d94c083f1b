//! Text to [`Edtf`]. Strict: what is not EDTF is an error with the column where it stops being it.

use super::clock::{time_of_day, two_digits};
use super::{Date, Day, Digits, Edtf, Endpoint, Month, Qualifier, Season, SetPart, Year, YearForm};
use crate::time::{CivilDate, days_in_month};

/// Why a text is not EDTF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not an EDTF date: {reason} (character {})", self.character())]
pub struct EdtfError {
    /// The text as it stood.
    pub text: String,
    /// Byte offset in the text where reading stopped.
    pub at: usize,
    /// What was expected or wrong there.
    pub reason: &'static str,
}

impl EdtfError {
    /// The character at which reading stopped, from 1.
    #[must_use]
    pub fn character(&self) -> usize {
        self.text.char_indices().take_while(|(at, _)| *at < self.at).count() + 1
    }
}

pub(in crate::time) type Fail = (usize, &'static str);

/// What is let through beside EDTF.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Profile {
    /// Nothing.
    Standard,
    /// What the house needs for its own texts.
    House,
}

impl Edtf {
    /// Reads EDTF and the house's few additions to it (see the module).
    ///
    /// ```
    /// use kairograph::time::Edtf;
    /// let may = Edtf::parse("2022-05").unwrap();
    /// assert_eq!(may.to_string(), "2022-05");
    /// assert!(Edtf::parse("2022-13").is_err());
    /// ```
    ///
    /// # Errors
    /// When the text is not EDTF, names a day or month that does not exist, or an interval ends before it starts.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        if let Some(date) = Date::parse_plain(text) {
            return Ok(Self::Date(date));
        }
        Self::with(text, Profile::House)
    }

    /// Reads EDTF levels 0, 1 and 2 of the Library of Congress profile (2019), and of what ISO 8601-2:2019 has beyond it the
    /// forms that no suite of that profile refuses: times of hour or minute precision, times at both ends of an interval and
    /// in sets, a qualifier of the whole after a time, days of a year with unspecified digits at a time, and intervals of
    /// which neither end is dated. Nothing else.
    ///
    /// In an interval the start must not lie after the end, where an end without month or day counts by its first
    /// day and unspecified digits by their last.
    ///
    /// # Errors
    /// When the text is not EDTF, names a day or month that does not exist, or an interval ends before it starts.
    pub fn parse_standard(text: &str) -> Result<Self, EdtfError> {
        Self::with(text, Profile::Standard)
    }

    fn with(text: &str, profile: Profile) -> Result<Self, EdtfError> {
        expression(text, profile).map_err(|(at, reason)| EdtfError { text: text.to_owned(), at, reason })
    }
}

fn expression(text: &str, profile: Profile) -> Result<Edtf, Fail> {
    if !text.is_ascii() {
        return Err((text.find(|c: char| !c.is_ascii()).unwrap_or(0), "only ASCII characters stand in a date"));
    }
    if text.starts_with('[') {
        return members(text, ']', profile).map(Edtf::OneOf);
    }
    if text.starts_with('{') {
        return members(text, '}', profile).map(Edtf::AllOf);
    }
    let Some((left, right)) = text.split_once('/') else {
        return Ok(Edtf::Date(date(text, 0, profile)?));
    };
    let start = endpoint(left, 0, profile)?;
    let end = endpoint(right, left.len() + 1, profile)?;
    let timed = |end: &Endpoint| end.date().map(|date| date.time.is_some());
    if profile == Profile::Standard && timed(&start).zip(timed(&end)).is_some_and(|(a, b)| a != b) {
        return Err((left.len() + 1, "an EDTF interval has a time of day at both ends or at none"));
    }
    match (&start, &end) {
        (Endpoint::Date(a), Endpoint::Date(b)) if !in_order(a, b, profile) => {
            Err((left.len() + 1, "the interval ends before it starts"))
        }
        _ => Ok(Edtf::Interval(start, end)),
    }
}

fn in_order(a: &Date, b: &Date, profile: Profile) -> bool {
    if profile == Profile::House {
        return a.window().start() < b.window().end();
    }
    // What is not said of the end counts by its beginning, what is `X` by its last digit.
    let first = |month| (month, 1);
    let (_, year) = b.year.range();
    let highest = |allowed: &dyn Fn(u8) -> bool, most: u8| (1..=most).rev().find(|n| allowed(*n)).unwrap_or(1);
    let (month, day) = match (b.month, b.day) {
        (None, _) => (1, 1),
        (Some(Month::Season(season)), _) => first(season.months().0),
        (Some(month), day) => {
            let month = match month {
                Month::Number(number) => number,
                Month::Masked(digits) => highest(&|n| digits.allows(n), 12),
                Month::Season(_) => 1,
            };
            match day {
                None => first(month),
                Some(Day::Number(day)) => (month, day),
                Some(Day::Masked(digits)) => {
                    (month, highest(&|n| digits.allows(n), days_in_month(year, month).max(1)))
                }
            }
        }
    };
    let day = day.min(days_in_month(year, month));
    a.window().start().date() <= (CivilDate { year, month, day })
}

fn endpoint(text: &str, at: usize, profile: Profile) -> Result<Endpoint, Fail> {
    match text {
        "" => Ok(Endpoint::Unknown),
        ".." => Ok(Endpoint::Open),
        _ => date(text, at, profile).map(Endpoint::Date),
    }
}

fn members(text: &str, close: char, profile: Profile) -> Result<Vec<SetPart>, Fail> {
    let reason =
        if close == ']' { "a set that begins with [ ends with ]" } else { "a set that begins with { ends with }" };
    let body = text[1..].strip_suffix(close).ok_or((text.len(), reason))?;
    let mut at = 1;
    let mut parts = Vec::new();
    for item in body.split(',') {
        // ISO 8601 knows no spaces; hands write them after a comma.
        let bare = if profile == Profile::House { item.trim_start_matches(' ') } else { item };
        parts.push(set_part(bare, at + item.len() - bare.len(), profile)?);
        at += item.len() + 1;
    }
    Ok(parts)
}

fn set_part(text: &str, at: usize, profile: Profile) -> Result<SetPart, Fail> {
    match text.split_once("..") {
        None => date(text, at, profile).map(SetPart::Date),
        Some(("", right)) => date(right, at + 2, profile).map(SetPart::UpTo),
        Some((left, "")) => date(left, at, profile).map(SetPart::From),
        Some((left, right)) => {
            let (a, b) = (date(left, at, profile)?, date(right, at + left.len() + 2, profile)?);
            if a.window().start() >= b.window().end() {
                return Err((at, "the range ends before it starts"));
            }
            Ok(SetPart::Range(a, b))
        }
    }
}

/// One date with its qualifiers; `at` is its offset in the whole text.
fn date(text: &str, at: usize, profile: Profile) -> Result<Date, Fail> {
    let Some((day, time)) = text.split_once('T') else {
        return calendar(text, at, profile);
    };
    let mut date = calendar(day, at, profile)?;
    if !matches!((date.month, date.day), (Some(Month::Number(_)), Some(Day::Number(_)))) {
        return Err((at + day.len(), "a time needs a day"));
    }
    let at = at + day.len() + 1;
    let (time, qualifier) = match time.as_bytes().last().copied().and_then(qualifier) {
        Some(qualifier) => (&time[..time.len() - 1], qualifier),
        None => (time, Qualifier::default()),
    };
    let time = time_of_day(time, at)?;
    date.time = Some(time);
    Ok(date.qualified(qualifier))
}

fn qualifier(byte: u8) -> Option<Qualifier> {
    match byte {
        b'?' => Some(Qualifier::UNCERTAIN),
        b'~' => Some(Qualifier::APPROXIMATE),
        b'%' => Some(Qualifier { uncertain: true, approximate: true }),
        _ => None,
    }
}

/// A part of a date with the qualifiers before and after it.
struct Piece<'a> {
    text: &'a str,
    at: usize,
    before: Qualifier,
    after: Qualifier,
}

impl<'a> Piece<'a> {
    /// The part that `text` begins with, and what comes after its hyphen.
    fn take(text: &'a str, at: usize, year: bool) -> (Self, Option<(&'a str, usize)>) {
        let before = text.as_bytes().first().copied().and_then(qualifier);
        let begin = usize::from(before.is_some());
        let body = &text[begin..];
        // The sign of a year is no separator.
        let bare = if year { body.trim_start_matches('Y').trim_start_matches('-') } else { body };
        let sign = body.len() - bare.len();
        let end = body[sign..].find('-').map_or(body.len(), |i| i + sign);
        let (own, rest) = body.split_at(end);
        let after = own.as_bytes().last().copied().and_then(qualifier);
        let text = &own[..own.len() - usize::from(after.is_some())];
        let piece =
            Self { text, at: at + begin, before: before.unwrap_or_default(), after: after.unwrap_or_default() };
        (piece, rest.strip_prefix('-').map(|rest| (rest, at + begin + end + 1)))
    }
}

fn calendar(text: &str, at: usize, profile: Profile) -> Result<Date, Fail> {
    let (first, rest) = Piece::take(text, at, true);
    let mut date = Date::of(year(first.text, first.at)?);
    date.qualifiers.year = first.before.or(first.after);
    let Some((text, at)) = rest else { return Ok(date) };
    let long = date.year.magnitude() > 9_999 && profile == Profile::Standard;
    if date.year.form() != YearForm::Plain || long || date.year.significant_digits() > 0 {
        return Err((at, "only a year of four digits has months"));
    }
    let (second, rest) = Piece::take(text, at, false);
    date.month = Some(month(second.text, second.at)?);
    date.qualifiers.year = date.qualifiers.year.or(second.after);
    date.qualifiers.month = second.before.or(second.after);
    let mut last = second.at;
    if let Some((text, at)) = rest {
        let (third, rest) = Piece::take(text, at, false);
        if let Some((_, at)) = rest {
            return Err((at, "a date has three parts at most"));
        }
        if matches!(date.month, Some(Month::Season(_))) {
            return Err((third.at, "a season has no days"));
        }
        date.day = Some(day(third.text, third.at)?);
        date.qualifiers.year = date.qualifiers.year.or(third.after);
        date.qualifiers.month = date.qualifiers.month.or(third.after);
        date.qualifiers.day = third.before.or(third.after);
        last = third.at;
    }
    if date.exists() { Ok(date) } else { Err((last, "the calendar has no such day")) }
}

fn year(text: &str, at: usize) -> Result<Year, Fail> {
    let (body, long) = text.strip_prefix('Y').map_or((text, false), |body| (body, true));
    let (digits, negative) = body.strip_prefix('-').map_or((body, false), |digits| (digits, true));
    let (digits, significant) = match digits.split_once('S') {
        None => (digits, 0),
        Some((digits, count)) => {
            (digits, small(count).filter(|count| *count > 0).ok_or((at, "after S stands a number of digits"))?)
        }
    };
    if long {
        return long_year(digits, negative, significant, at);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return Err((at, "a year is digits, with X for those unspecified"));
    }
    let masked = digits.contains('X');
    let form = match digits.len() {
        4 => YearForm::Plain,
        3 if !masked && significant == 0 => YearForm::Decade,
        2 if !masked && significant == 0 => YearForm::Century,
        _ => {
            return Err((
                at,
                "a year has four digits, a decade three, a century two (with more digits Y stands before them)",
            ));
        }
    };
    if significant > 0 && masked {
        return Err((at, "a year has X or S, not both"));
    }
    let mut magnitude = 0;
    let mut unspecified = 0;
    for (place, byte) in digits.bytes().rev().enumerate() {
        match byte {
            b'X' => unspecified |= 1 << place,
            digit => magnitude += u64::from(digit - b'0') * 10_u64.pow(place as u32),
        }
    }
    magnitude *= match form {
        YearForm::Decade => 10,
        YearForm::Century => 100,
        _ => 1,
    };
    if negative && magnitude == 0 && unspecified == 0 {
        return Err((at, "year −0 is written 0000"));
    }
    Year::from_parts(magnitude, negative, unspecified, form, significant).ok_or((at, BEYOND))
}

const BEYOND: &str = "the year is beyond ±292 billion";

/// The digits after `Y`: more than four, or fewer with an exponent.
fn long_year(digits: &str, negative: bool, significant: u8, at: usize) -> Result<Year, Fail> {
    let (digits, exponent) = match digits.split_once('E') {
        None => (digits, None),
        Some((digits, exponent)) => (digits, Some(small(exponent).ok_or((at, "after E stands a number"))?)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err((at, "a year with Y is digits, perhaps with E or S"));
    }
    if digits.starts_with('0') || (exponent.is_none() && digits.len() <= 4) {
        return Err((at, "a year with Y has more than four digits and no 0 before them"));
    }
    let magnitude = digits.parse::<u64>().ok();
    let magnitude = match exponent {
        None => magnitude,
        Some(exponent) => magnitude.and_then(|value| value.checked_mul(10_u64.checked_pow(exponent.into())?)),
    };
    let form = exponent.map_or(YearForm::Plain, YearForm::Exponent);
    magnitude.and_then(|magnitude| Year::from_parts(magnitude, negative, 0, form, significant)).ok_or((at, BEYOND))
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u8> {
    (matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn month(text: &str, at: usize) -> Result<Month, Fail> {
    if let Some(digits) = masked(text) {
        let some = (1..=12).any(|month| digits.allows(month));
        return if some { Ok(Month::Masked(digits)) } else { Err((at, "no month has these digits")) };
    }
    match two_digits(text, at, "a month has two digits, X for those unspecified")? {
        number @ 1..=12 => Ok(Month::Number(number)),
        code => Season::new(code)
            .map(Month::Season)
            .ok_or((at, "months go from 01 to 12, seasons and other parts of a year from 21 to 41")),
    }
}

fn day(text: &str, at: usize) -> Result<Day, Fail> {
    if let Some(digits) = masked(text) {
        return Ok(Day::Masked(digits));
    }
    two_digits(text, at, "a day has two digits, X for those unspecified").map(Day::Number)
}

/// Two characters of which at least one is `X` and the other a digit.
fn masked(text: &str) -> Option<Digits> {
    let digit = |byte: u8| match byte {
        b'X' => Some(None),
        b'0'..=b'9' => Some(Some(byte - b'0')),
        _ => None,
    };
    match *text.as_bytes() {
        [a, b] if a == b'X' || b == b'X' => Some(Digits { tens: digit(a)?, ones: digit(b)? }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_expressions_print_as_they_were_written() {
        for text in [
            "2022",
            "2022-05",
            "2022-05-24",
            "0000",
            "-0043",
            "-0043-03-15",
            "Y-13800000000",
            "Y170000002",
            "2022~",
            "2022-05?",
            "2022-05-24%",
            "202X",
            "20XX",
            "XXXX",
            "-01XX~",
            "2022-XX",
            "2022-05-XX",
            "2022-XX-XX",
            "2022-21",
            "2022-24",
            "2022-08-30/2022-09-05",
            "2022-09-15/",
            "2022-09-15/..",
            "/2022",
            "../2022-05",
            "2015-05~/2015-05-21",
            "[2022-08-17,2022-08-24]",
            "[..1984]",
            "[1760-01,1760-12..]",
            "[1667,1670..1672]",
            "2022-05-24T13:00:05",
            "2022-05-24T13:00:05Z",
            "2022-05-24T13:00:05+09:00",
            "2022-05-24T13:00",
            "2022-05-24T13",
            "2022-05-24T13:00:05.123456789-04:30",
            "2016-12-31T23:59:60Z",
            "2022-05-24T24:00:00",
        ] {
            assert_eq!(Edtf::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn invalid_expressions_are_refused_with_a_reason_and_a_place() {
        for text in [
            "",
            " ",
            "2",
            "20220524",
            "2022-13",
            "2022-00",
            "2022-05-32",
            "2023-02-29",
            "2022-5",
            "2022-05-1",
            "2022-",
            "-0000",
            "Y2022",
            "2022-21-01",
            "2022/2021",
            "2012-24/2012-21",
            "[2022",
            "[]",
            "[2022,]",
            "[1 760-01]",
            "2022-05-24T",
            "2022-05-24T25:00",
            "2022-05-24T24:00:01",
            "2022-05T13:00",
            "2022-05-24T13:00:00+25:00",
            "2022-05-24T13:00.5",
            "Y99999999999999999999",
            "Y300000000000",
            "２０２２",
            "2022-05-24?~",
            "May 2022",
        ] {
            let error = Edtf::parse(text).expect_err(text);
            assert!(error.at <= text.len() && !error.reason.is_empty(), "{error}");
        }
    }
}
