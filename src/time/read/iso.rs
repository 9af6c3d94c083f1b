//! ISO 8601 forms that are not EDTF: a space for the `T`, basic format, weeks, ordinal days, durations at one end of an
//! interval, day or month 00 for "not known".

use super::{Precision, Reading};
use crate::time::{CivilDate, Date, Duration, Edtf, Endpoint, Offset, SetPart};

/// Reads the text as one of them, if it is.
pub(super) fn read(text: &str) -> Option<Reading> {
    let first = text.as_bytes()[0];
    if !first.is_ascii_digit() && first != b'P' && first != b'-' {
        return None;
    }
    with_duration(text)
        .or_else(|| week_or_ordinal(text))
        .or_else(|| date_and_time(text))
        .or_else(|| zeros(text))
        .or_else(|| interval(text))
}

/// Two of these forms with a slash between.
fn interval(text: &str) -> Option<Reading> {
    let (left, right) = text.split_once('/')?;
    let date = |text: &str| {
        let text = text.trim();
        let edtf = match Edtf::parse(text) {
            Ok(edtf) => edtf,
            Err(_) => week_or_ordinal(text).or_else(|| date_and_time(text))?.edtf,
        };
        match edtf {
            Edtf::Date(date) if date.year.form() == crate::time::YearForm::Plain && date.day.is_some() => Some(date),
            _ => None,
        }
    };
    let (a, b) = (date(left)?, date(right)?);
    let in_order = a.window().start() < b.window().end();
    let ends = (Endpoint::Date(a), Endpoint::Date(b));
    in_order.then(|| Reading::plain(Edtf::Interval(ends.0, ends.1), "ISO 8601 interval"))
}

/// `2022-05-24/PT13H`, `P10D/2022-05-24`.
fn with_duration(text: &str) -> Option<Reading> {
    let (left, right) = text.split_once('/')?;
    if left.starts_with('P') == right.starts_with('P') {
        return None;
    }
    let (date, duration, at_start) = if right.starts_with('P') { (left, right, true) } else { (right, left, false) };
    // Two or three digits are no century or decade here, as they are none alone.
    let Edtf::Date(date) = Edtf::parse(date).ok()? else { return None };
    if date.year.form() != crate::time::YearForm::Plain {
        return None;
    }
    let duration = Some(Duration::parse(duration).ok()?);
    let (start, end) =
        if at_start { (Endpoint::Date(date), Endpoint::Unknown) } else { (Endpoint::Unknown, Endpoint::Date(date)) };
    Some(Reading { duration, ..Reading::plain(Edtf::Interval(start, end), "ISO 8601 with duration") })
}

/// A day and a time between which stands a `T`, a `t`, a space or an underscore; with signs or without.
fn date_and_time(text: &str) -> Option<Reading> {
    let split = text.char_indices().skip(1).find(|(_, c)| matches!(c, ' ' | 'T' | 't' | '_')).map(|(at, _)| at);
    let (day, clock) = match split {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?.trim()),
        None => (text, ""),
    };
    let (day, basic) = extended_day(day)?;
    let mut joined = day;
    if !clock.is_empty() {
        joined.push('T');
        joined.push_str(&extended_clock(clock, !text.contains(['T', 't']))?);
    }
    let edtf = Edtf::parse(&joined).ok()?;
    let rule = if basic { "ISO 8601 basic format" } else { "ISO 8601" };
    matches!(edtf, Edtf::Date(_)).then(|| Reading::plain(edtf, rule))
}

/// `2015/01/31`, `2015-1-31`, `20150131` as `2015-01-31`; whether it was without signs.
fn extended_day(day: &str) -> Option<(String, bool)> {
    let (sign, body) = day.strip_prefix('-').map_or(("", day), |body| ("-", body));
    let separator = body.chars().find(|c| !c.is_ascii_digit());
    match separator {
        Some(separator @ ('-' | '/' | '.')) => {
            let mut parts = body.split(separator);
            let (year, month) = (parts.next()?, parts.next()?);
            let digits = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
            if year.len() != 4 || !digits(month) {
                return None;
            }
            match (parts.next(), parts.next()) {
                (Some(day), None) if digits(day) => Some((format!("{sign}{year}-{month:0>2}-{day:0>2}"), false)),
                // `2022-5` and `2022.5` may be other things; `2022/05` is no EDTF.
                // `2021/22` are two years; EDTF's seasons are written with a hyphen.
                (None, None) if separator == '/' && month.parse::<u8>().is_ok_and(|month| month <= 12) => {
                    Some((format!("{sign}{year}-{month:0>2}"), false))
                }
                _ => None,
            }
        }
        None if body.len() == 8 => {
            Some((format!("{sign}{}-{}-{}", body.get(..4)?, body.get(4..6)?, body.get(6..)?), true))
        }
        _ => None,
    }
}

/// `13:00 UTC`, `130005Z`, `13:00:05 +0900` as EDTF writes them.
fn extended_clock(clock: &str, spaced: bool) -> Option<String> {
    // RFC 9557 names the zone after the offset, which says all that is needed.
    let clock = match clock.split_once('[') {
        Some((clock, zone)) if zone.ends_with(']') && (clock.ends_with('Z') || clock.contains(['+', '-'])) => clock,
        Some(_) => return None,
        None => clock,
    };
    let clock = clock
        .strip_suffix("UTC")
        .or_else(|| clock.strip_suffix("GMT"))
        .map_or_else(|| clock.replace('z', "Z").replace(' ', ""), |bare| format!("{}Z", bare.trim_end()));
    let end = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (time, offset) = clock.split_at(end);
    // `09:00-11:00` is two times and no offset.
    if offset.starts_with('-') && offset.contains(':') && time.matches(':').count() == 1 && spaced {
        return None;
    }
    let whole = time.find(['.', ',']).unwrap_or(time.len());
    let (digits, fraction) = time.split_at(whole);
    // An offset of zero is +00:00.
    let offset = if matches!(offset, "-00:00" | "-0000" | "-00") { "Z" } else { offset };
    if digits.contains(':') || !digits.bytes().all(|b| b.is_ascii_digit()) {
        // A single digit of the hour: `9:05`.
        let zero = if digits.find(':') == Some(1) { "0" } else { "" };
        return Some(format!("{zero}{time}{offset}"));
    }
    match digits.len() {
        2 if fraction.is_empty() => Some(format!("{digits}{offset}")),
        4 if fraction.is_empty() => Some(format!("{}:{}{offset}", &digits[..2], &digits[2..])),
        6 => Some(format!("{}:{}:{}{fraction}{offset}", &digits[..2], &digits[2..4], &digits[4..])),
        _ => None,
    }
}

/// `2022-W21`, `2022W21`, `2022-W21-2`, `2022-143`, `2022143`.
fn week_or_ordinal(text: &str) -> Option<Reading> {
    let year: i64 = text.get(..4)?.parse().ok().filter(|_| text.as_bytes()[0].is_ascii_digit())?;
    let rest = &text[4..];
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
    if let Some(rest) = rest.strip_prefix(['W', 'w']) {
        let week = number(rest.get(..2)?)?;
        return match rest[2..].strip_prefix('-').unwrap_or(&rest[2..]) {
            "" => week_of(year, week, "ISO week"),
            day if day.len() == 1 => {
                let monday = monday_of(year, week)?;
                let day = number(day).filter(|day| (1..=7).contains(day))?;
                let date = Date::from_day(CivilDate::from_days_since_epoch(monday + day - 1));
                Some(Reading::plain(Edtf::Date(date), "ISO week date"))
            }
            _ => None,
        };
    }
    if rest.len() != 3 {
        return None;
    }
    let first = CivilDate::new(year, 1, 1)?.days_since_epoch();
    let day = CivilDate::from_days_since_epoch(first + number(rest)?.checked_sub(1).filter(|day| *day >= 0)?);
    (day.year == year).then(|| Reading::plain(Edtf::Date(Date::from_day(day)), "ISO ordinal day"))
}

/// The days of an ISO week, of which one is meant.
pub(super) fn week_of(year: i64, week: i64, rule: &'static str) -> Option<Reading> {
    let monday = monday_of(year, week)?;
    let day = |n| Date::from_day(CivilDate::from_days_since_epoch(monday + n));
    let edtf = Edtf::OneOf(vec![SetPart::Range(day(0), day(6))]);
    Some(Reading { precision: Some(Precision::Week), ..Reading::plain(edtf, rule) })
}

/// The Monday of an ISO week in days since 1970; week 1 is the one with 4 January (ISO 8601-1:2019, 3.1.1.23).
fn monday_of(year: i64, week: i64) -> Option<i64> {
    let fourth = |year| CivilDate::new(year, 1, 4).map(CivilDate::days_since_epoch);
    // 1970-01-01 was a Thursday: day n is weekday (n + 3) mod 7 from Monday.
    let first = |year| fourth(year).map(|day| day - (day + 3).rem_euclid(7));
    let monday = first(year)? + (week - 1) * 7;
    (week >= 1 && monday < first(year + 1)?).then_some(monday)
}

/// `2022-05-00`, `2022-00-00`, and the dates that databases and spreadsheets write for none.
fn zeros(text: &str) -> Option<Reading> {
    let day = text.strip_suffix(" 00:00:00").unwrap_or(text);
    if matches!(day, "0000-00-00" | "1900-01-00") {
        let rule = if day.starts_with('0') { "zero date: none given" } else { "spreadsheet day 0: none given" };
        return Some(Reading::plain(Edtf::Interval(Endpoint::Unknown, Endpoint::Unknown), rule));
    }
    let known = text.strip_suffix("-00")?;
    let known = known.strip_suffix("-00").unwrap_or(known);
    let has_year = matches!(known.len(), 4 | 7) && known.bytes().take(4).all(|byte| byte.is_ascii_digit());
    // `5223/62-00` is no date with an open day.
    let edtf = Edtf::parse(known).ok().filter(|edtf| has_year && matches!(edtf, Edtf::Date(_)))?;
    Some(Reading::plain(edtf, "month or day 00: not known"))
}

/// A moment of the Unix clock: seconds and nanoseconds since 1970 in UTC, as precise as `digits` of the fraction.
pub(super) fn epoch(seconds: i64, nanos: u32, digits: u8) -> Date {
    let day = CivilDate::from_days_since_epoch(seconds.div_euclid(86_400));
    let clock = seconds.rem_euclid(86_400);
    let time = crate::time::TimeOfDay {
        hour: (clock / 3_600) as u8,
        minute: Some((clock / 60 % 60) as u8),
        second: Some((clock % 60) as u8),
        nanos,
        fraction_digits: digits,
        offset: Some(Offset::Utc),
    };
    Date { time: Some(time), ..Date::from_day(day) }
}
