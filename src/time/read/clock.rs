//! Times of day after a date, and their zones.

use super::cursor::Cursor;
use super::partial::Partial;
use super::words::{Sense, lookup};
use super::{NO_FORM, Reader, Reason, lexer};
use crate::time::{Offset, TimeOfDay};

/// A time of day that stands by itself, as in a column of its own: `13:00`, `01:21:52.5`, `1:30 pm`, `8h30`; `None` for any
/// other text.
#[must_use]
pub fn read_clock(text: &str) -> Option<TimeOfDay> {
    let text = text.trim();
    if text.len() > 40 || !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let tokens = lexer::cut(text)?;
    let mut cursor = Cursor { reader: Reader::default(), rest: tokens.as_slice(), assumed: false, unzoned: false };
    let time = cursor.clock().ok()?;
    cursor.rest.is_empty().then_some(time)
}

/// The month, 1–12, that a word names in some language; `None` where it names none, or two.
#[must_use]
pub fn month_named(word: &str) -> Option<u8> {
    let word = word.trim().trim_end_matches('.');
    if word.is_empty() || word.len() > 40 || word.contains(|c: char| c.is_whitespace() || c.is_ascii_digit()) {
        return None;
    }
    match lookup(&word.to_lowercase()) {
        Sense::Month(month) => Some(month),
        _ => None,
    }
}

/// Why two times of day with a hyphen between are not read.
pub(super) const TWO_TIMES: Reason =
    "a second time of day may be an end or an offset; write “14:00 to 16:00”, or the offset as UTC-4";

impl Cursor<'_> {
    /// A clock after the date, with its zone.
    pub(super) fn clock_after(&mut self, out: &mut Partial) -> Result<(), Reason> {
        if self.rest.is_empty() || out.time.is_some() || self.sense(0) == Some(Sense::PartOfDay) {
            return Ok(());
        }
        // "24 May 2022 T 13:00", "24/May/2022:13:00:05", "24 May 2022 - 13:00"
        if self.sense(0) == Some(Sense::LetterT) || (self.sign(0) == Some(':') && self.number(1).is_some()) {
            self.skip(1);
        }
        if self.number(0).is_none() || out.day.is_none() || out.bare.is_some() {
            return Err(NO_FORM);
        }
        out.time = Some(self.clock()?);
        Ok(())
    }

    /// `13:00`, `13:00:05.25`, `1:30 pm`, `5 pm`, `13h00`, and a zone.
    pub(super) fn clock(&mut self) -> Result<TimeOfDay, Reason> {
        if let Some(time) = self.four_digits() {
            return Ok(time);
        }
        let number = self.number(0).filter(|number| number.digits <= 2).ok_or(NO_FORM)?;
        let mut time = TimeOfDay {
            hour: number.value as u8,
            minute: None,
            second: None,
            nanos: 0,
            fraction_digits: 0,
            offset: None,
        };
        self.skip(1);
        let french = self.sense(0) == Some(Sense::LetterH);
        let glued = self.rest.first().is_some_and(|letter| letter.glued);
        let mut whole = french;
        if french || self.sign(0) == Some(':') {
            self.skip(1);
            if let Some(minute) = self.number(0).filter(|number| number.digits == 2) {
                time.minute = Some(minute.value as u8);
                self.skip(1);
                whole = true;
            } else if !french || (self.rest.is_empty() && !glued) {
                // "13 h" is how long, "13h" after a date is when.
                return Err(NO_FORM);
            }
        }
        if time.minute.is_some()
            && let (Some(':'), Some(second)) = (self.sign(0), self.number(1).filter(|number| number.digits == 2))
        {
            time.second = Some(second.value as u8);
            self.skip(2);
            if let (Some('.' | ','), Some(fraction)) = (self.sign(0), self.number(1).filter(|n| n.digits <= 9)) {
                time.nanos = fraction.value as u32 * 10_u32.pow(9 - u32::from(fraction.digits));
                time.fraction_digits = fraction.digits;
                self.skip(2);
            }
        }
        if let Some(sense @ (Sense::Am | Sense::Pm)) = self.sense(0) {
            if !(1..=12).contains(&time.hour) {
                return Err("there is no such time of day");
            }
            time.hour = time.hour % 12 + if sense == Sense::Pm { 12 } else { 0 };
            self.skip(1);
            whole = true;
        }
        if !whole {
            return Err(NO_FORM);
        }
        // `09:00-11:00` may be two times or a time with its offset; `17:00-04:00`, which would end before it begins, is most
        // likely the latter, though it may go on past midnight.
        if let (Some(sign @ ('-' | '–')), Some(hour), None) = (self.sign(0), self.number(1), time.second)
            && (self.sign(2) == Some(':') || hour.digits <= 2)
        {
            let minute = self.number(3).filter(|_| self.sign(2) == Some(':')).map(|minute| minute.value);
            let from = i64::from(time.hour) * 60 + i64::from(time.minute.unwrap_or(0));
            let is_offset = sign == '-' && minute.is_some_and(|minute| hour.value * 60 + minute < from.min(721));
            if !is_offset {
                return Err(TWO_TIMES);
            }
            self.assumed = true;
        }
        time.offset = self.zone()?;
        let in_day = time.hour < 24
            || (time.hour == 24 && time.minute.unwrap_or(0) == 0 && time.second.unwrap_or(0) == 0 && time.nanos == 0);
        if in_day && time.minute.unwrap_or(0) < 60 && time.second.unwrap_or(0) < 60 {
            Ok(time)
        } else {
            Err("there is no such time of day")
        }
    }

    /// `0800`, `1730` after a date, where nothing follows.
    fn four_digits(&mut self) -> Option<TimeOfDay> {
        let number = self.number(0).filter(|number| number.digits == 4 && self.rest.len() == 1)?;
        let (hour, minute) = (number.value / 100, number.value % 100);
        if hour > 23 || minute > 59 {
            return None;
        }
        self.skip(1);
        let (hour, minute) = (hour as u8, Some(minute as u8));
        Some(TimeOfDay { hour, minute, second: None, nanos: 0, fraction_digits: 0, offset: None })
    }

    /// `Z`, `JST`, `+0900`, `+09:00`, `UTC+9`.
    fn zone(&mut self) -> Result<Option<Offset>, Reason> {
        let named = match self.sense(0) {
            Some(Sense::Zulu) => Some(0),
            Some(Sense::Zone(minutes)) => Some(minutes),
            // The time stays as its clock showed it, and belongs to no zone.
            Some(Sense::SeveralZones) => {
                self.skip(1);
                self.unzoned = true;
                return Ok(None);
            }
            _ => None,
        };
        self.skip(usize::from(named.is_some()));
        let Some(sign) = self.sign(0).filter(|sign| matches!(sign, '+' | '-')) else {
            return Ok(named.map(|minutes| if minutes == 0 { Offset::Utc } else { Offset::Minutes(minutes) }));
        };
        if named.is_some_and(|minutes| minutes != 0) {
            return Err(NO_FORM);
        }
        let number = self.number(1).ok_or(NO_FORM)?;
        self.skip(2);
        let (hours, mut minutes) = match number.digits {
            1 | 2 => (number.value, 0),
            4 => (number.value / 100, number.value % 100),
            _ => return Err(NO_FORM),
        };
        if let (Some(':'), Some(number)) = (self.sign(0), self.number(1).filter(|number| number.digits == 2)) {
            minutes = number.value;
            self.skip(2);
        }
        let total = (hours * 60 + minutes) as i16;
        let total = if sign == '-' { -total } else { total };
        if minutes > 59 || !(-720..=840).contains(&total) {
            return Err("offsets go from −12:00 to +14:00");
        }
        Ok(Some(if total == 0 { Offset::Utc } else { Offset::Minutes(total) }))
    }
}
