//! Text to [`Edtf`]. Strict: what is not EDTF is an error with the column where it stops being it.

use super::{Date, Day, Edtf, Endpoint, Month, Offset, Qualifier, Season, SetPart, TimeOfDay, Year};
use crate::time::days_in_month;

/// Why a text is not EDTF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not an EDTF date: {reason} (character {})", .at + 1)]
pub struct EdtfError {
    /// The text as it stood.
    pub text: String,
    /// Byte offset in the text where reading stopped.
    pub at: usize,
    /// What was expected or wrong there.
    pub reason: &'static str,
}

type Fail = (usize, &'static str);

/// Years with more digits than this cannot be placed on the axis.
const MAX_YEAR: i64 = 292_277_000_000;

impl Edtf {
    /// Reads an EDTF expression.
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
        expression(text).map_err(|(at, reason)| EdtfError { text: text.to_owned(), at, reason })
    }
}

fn expression(text: &str) -> Result<Edtf, Fail> {
    if text.starts_with('[') {
        return one_of(text);
    }
    let Some((left, right)) = text.split_once('/') else {
        return Ok(Edtf::Date(date(text, 0)?));
    };
    let start = endpoint(left, 0)?;
    let end = endpoint(right, left.len() + 1)?;
    match (&start, &end) {
        (Endpoint::Date(a), Endpoint::Date(b)) if a.window().start() >= b.window().end() => {
            Err((left.len() + 1, "the interval ends before it starts"))
        }
        (Endpoint::Date(_), _) | (_, Endpoint::Date(_)) => Ok(Edtf::Interval(start, end)),
        _ => Err((0, "an interval needs a date at one end at least")),
    }
}

fn endpoint(text: &str, at: usize) -> Result<Endpoint, Fail> {
    match text {
        "" => Ok(Endpoint::Unknown),
        ".." => Ok(Endpoint::Open),
        _ => date(text, at).map(Endpoint::Date),
    }
}

fn one_of(text: &str) -> Result<Edtf, Fail> {
    let body = text[1..].strip_suffix(']').ok_or((text.len(), "a set ends with ]"))?;
    let mut at = 1;
    let mut parts = Vec::new();
    for item in body.split(',') {
        let bare = item.trim_start_matches(' ');
        let inner_at = at + item.len() - bare.len();
        parts.push(set_part(bare, inner_at)?);
        at += item.len() + 1;
    }
    Ok(Edtf::OneOf(parts))
}

fn set_part(text: &str, at: usize) -> Result<SetPart, Fail> {
    match text.split_once("..") {
        None => date(text, at).map(SetPart::Date),
        Some(("", right)) => date(right, at + 2).map(SetPart::UpTo),
        Some((left, "")) => date(left, at).map(SetPart::From),
        Some((left, right)) => {
            let (a, b) = (date(left, at)?, date(right, at + left.len() + 2)?);
            if a.window().start() > b.window().end() {
                return Err((at, "the range ends before it starts"));
            }
            Ok(SetPart::Range(a, b))
        }
    }
}

/// One date with its qualifier; `at` is its offset in the whole text.
pub(in crate::time) fn date(text: &str, at: usize) -> Result<Date, Fail> {
    if let Some((day, time)) = text.split_once('T') {
        let mut date = calendar(day, at)?;
        if !matches!(date.day, Some(Day::Number(_))) {
            return Err((at + day.len(), "a time needs a day"));
        }
        date.time = Some(time_of_day(time, at + day.len() + 1)?);
        return Ok(date);
    }
    let (body, qualifier) = match text.as_bytes().last() {
        Some(b'?') => (&text[..text.len() - 1], Qualifier { uncertain: true, approximate: false }),
        Some(b'~') => (&text[..text.len() - 1], Qualifier { uncertain: false, approximate: true }),
        Some(b'%') => (&text[..text.len() - 1], Qualifier { uncertain: true, approximate: true }),
        _ => (text, Qualifier::default()),
    };
    Ok(Date { qualifier, ..calendar(body, at)? })
}

fn calendar(text: &str, at: usize) -> Result<Date, Fail> {
    if !text.is_ascii() {
        return Err((at, "only ASCII characters stand in a date"));
    }
    let sign = if text.starts_with("Y-") { 2 } else { usize::from(text.starts_with('-')) };
    let year_end = text[sign.min(text.len())..].find('-').filter(|&i| i > 0).map_or(text.len(), |i| i + sign);
    let (year_text, rest) = text.split_at(year_end);
    let year = year(year_text, at)?;
    let mut date = Date { year, month: None, day: None, time: None, qualifier: Qualifier::default() };
    if rest.is_empty() {
        return Ok(date);
    }
    let at = at + year_end + 1;
    let mut pieces = rest[1..].split('-');
    let (month_text, day_text, more) = (pieces.next().unwrap_or(""), pieces.next(), pieces.next());
    if more.is_some() {
        return Err((at, "a date has three parts at most"));
    }
    date.month = Some(month(month_text, at)?);
    if let Some(day_text) = day_text {
        date.day = Some(day(day_text, &date, at + 3)?);
    }
    if year.unspecified > 0 && (date.month != Some(Month::Unspecified) || matches!(date.day, Some(Day::Number(_)))) {
        return Err((at, "after a year with X digits only XX may stand (level 2 is not read yet)"));
    }
    Ok(date)
}

fn year(text: &str, at: usize) -> Result<Year, Fail> {
    let (body, long) = text.strip_prefix('Y').map_or((text, false), |body| (body, true));
    let (digits, negative) = body.strip_prefix('-').map_or((body, false), |digits| (digits, true));
    let specified = digits.trim_end_matches('X');
    let unspecified = digits.len() - specified.len();
    if !specified.bytes().all(|b| b.is_ascii_digit()) {
        return Err((at, "a year is digits, with X at its right for those unspecified"));
    }
    if long && (digits.len() <= 4 || unspecified > 0) {
        return Err((at, "a year with Y has more than four digits"));
    }
    if !long && digits.len() != 4 {
        return Err((at, "a year has four digits (Y before it when it has more)"));
    }
    if negative && specified.is_empty() {
        return Err((at, "a year before 0 needs a digit"));
    }
    let magnitude = if specified.is_empty() { Ok(0) } else { specified.parse::<i64>() };
    let scale = 10_i64.pow(unspecified.min(4) as u32);
    let magnitude =
        magnitude.ok().filter(|&value| value <= MAX_YEAR).ok_or((at, "the year is beyond ±292 billion"))? * scale;
    if negative && magnitude == 0 {
        return Err((at, "year −0 is written 0000"));
    }
    Ok(Year { value: if negative { -magnitude } else { magnitude }, unspecified: unspecified as u8 })
}

fn month(text: &str, at: usize) -> Result<Month, Fail> {
    if text == "XX" {
        return Ok(Month::Unspecified);
    }
    Ok(match two_digits(text, at, "a month has two digits or is XX")? {
        number @ 1..=12 => Month::Number(number),
        21 => Month::Season(Season::Spring),
        22 => Month::Season(Season::Summer),
        23 => Month::Season(Season::Autumn),
        24 => Month::Season(Season::Winter),
        _ => return Err((at, "months go from 01 to 12, seasons from 21 to 24")),
    })
}

fn day(text: &str, date: &Date, at: usize) -> Result<Day, Fail> {
    if text == "XX" {
        return match date.month {
            Some(Month::Season(_)) => Err((at, "a season has no days")),
            _ => Ok(Day::Unspecified),
        };
    }
    let number = two_digits(text, at, "a day has two digits or is XX")?;
    match date.month {
        Some(Month::Number(month)) if number >= 1 && number <= days_in_month(date.year.value, month) => {
            Ok(Day::Number(number))
        }
        Some(Month::Number(_)) => Err((at, "the month has no such day")),
        Some(Month::Season(_)) => Err((at, "a season has no days")),
        _ => Err((at, "a day needs its month (level 2 is not read yet)")),
    }
}

fn two_digits(text: &str, at: usize, reason: &'static str) -> Result<u8, Fail> {
    match text.as_bytes() {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok((a - b'0') * 10 + (b - b'0')),
        _ => Err((at, reason)),
    }
}

fn time_of_day(text: &str, at: usize) -> Result<TimeOfDay, Fail> {
    if !text.is_ascii() {
        return Err((at, "only ASCII characters stand in a time"));
    }
    let split = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(split);
    let mut time = clock_time(clock, at)?;
    time.offset = if zone.is_empty() { None } else { Some(offset(zone, at + split)?) };
    Ok(time)
}

fn clock_time(text: &str, at: usize) -> Result<TimeOfDay, Fail> {
    let (whole, fraction) = text.split_once(['.', ',']).map_or((text, ""), |(a, b)| (a, b));
    let mut pieces = whole.split(':');
    let reason = "a time is hh:mm:ss";
    let hour = two_digits(pieces.next().unwrap_or(""), at, reason)?;
    let minute = pieces.next().map(|text| two_digits(text, at + 3, reason)).transpose()?;
    let second = pieces.next().map(|text| two_digits(text, at + 6, reason)).transpose()?;
    if pieces.next().is_some() {
        return Err((at, reason));
    }
    let (minutes, seconds) = (minute.unwrap_or(0), second.unwrap_or(0));
    if hour > 24
        || minutes > 59
        || seconds > 60
        || (hour == 24 && (minutes > 0 || seconds > 0 || !fraction.is_empty()))
    {
        return Err((at, "there is no such time of day"));
    }
    if text.len() > whole.len()
        && (second.is_none() || fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err((at + whole.len(), "only seconds have a fraction, of digits"));
    }
    // Digits past the nanosecond are finer than the axis and fall away.
    let digits = fraction.len().min(9);
    let nanos = fraction[..digits].parse::<u32>().unwrap_or(0) * 10_u32.pow(9 - digits as u32);
    Ok(TimeOfDay { hour, minute, second, nanos, fraction_digits: digits as u8, offset: None })
}

fn offset(text: &str, at: usize) -> Result<Offset, Fail> {
    if text == "Z" {
        return Ok(Offset::Utc);
    }
    let reason = "an offset is Z, ±hh, ±hhmm or ±hh:mm";
    let negative = text.starts_with('-');
    let digits: String = text[1..].split(':').collect();
    let colon_at_two = text[1..].find(':').is_none_or(|i| i == 2);
    if !matches!(digits.len(), 2 | 4) || !colon_at_two || text.matches(':').count() > 1 {
        return Err((at, reason));
    }
    let hours = i16::from(two_digits(&digits[..2], at, reason)?);
    let minutes = if digits.len() == 4 { i16::from(two_digits(&digits[2..], at, reason)?) } else { 0 };
    if hours > 18 || minutes > 59 {
        return Err((at, "offsets stay within 18 hours"));
    }
    let total = hours * 60 + minutes;
    Ok(Offset::Minutes(if negative { -total } else { total }))
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
            "22",
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
            "2022-25",
            "2022-21-01",
            "2X22",
            "202X-05",
            "2022-XX-01",
            "2022/2021",
            "2012-24/2012-21",
            "/",
            "../..",
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
