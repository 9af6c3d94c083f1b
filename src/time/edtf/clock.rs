//! Text to [`TimeOfDay`] and [`Offset`]: the part of an expression after its `T`.

use super::parse::Fail;
use super::{Offset, TimeOfDay};

pub(super) fn two_digits(text: &str, at: usize, reason: &'static str) -> Result<u8, Fail> {
    match text.as_bytes() {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok((a - b'0') * 10 + (b - b'0')),
        _ => Err((at, reason)),
    }
}

pub(super) fn time_of_day(text: &str, at: usize) -> Result<TimeOfDay, Fail> {
    let split = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(split);
    let mut time = clock_time(clock, at)?;
    time.offset = if zone.is_empty() { None } else { Some(offset(zone, at + split)?) };
    // A leap second is the last of a day in UTC.
    let minutes = i64::from(time.hour) * 60 + i64::from(time.minute.unwrap_or(0));
    let utc = (minutes - time.offset.map_or(0, Offset::seconds) / 60).rem_euclid(1_440);
    if time.second == Some(60) && utc != 1_439 {
        return Err((at, "second 60 stands only at the end of a day in UTC"));
    }
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
    if !text.starts_with(['+', '-']) {
        return Err((at, reason));
    }
    let negative = text.starts_with('-');
    let digits: String = text[1..].split(':').collect();
    let colon_at_two = text[1..].find(':').is_none_or(|i| i == 2);
    if !matches!(digits.len(), 2 | 4) || !colon_at_two || text.matches(':').count() > 1 {
        return Err((at, reason));
    }
    let hours = i16::from(two_digits(&digits[..2], at, reason)?);
    let minutes = if digits.len() == 4 { i16::from(two_digits(&digits[2..], at, reason)?) } else { 0 };
    let total = if negative { -(hours * 60 + minutes) } else { hours * 60 + minutes };
    if minutes > 59 || !(-720..=840).contains(&total) || (negative && total == 0) {
        return Err((at, "offsets go from −12:00 to +14:00, and 0 is +00:00 or Z"));
    }
    Ok(Offset::Minutes(total))
}
