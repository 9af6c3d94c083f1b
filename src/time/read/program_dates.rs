//! Dates as programs print them: JavaScript's and .NET's, and clocks of computers whose unit the column tells.

use super::iso::epoch;
use super::{Reader, Reading, Reason, Sureness};
use crate::time::{CivilDate, Date, Edtf, Offset, TimeOfDay};

/// What the numbers of a column count since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EpochUnit {
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths.
    Microseconds,
    /// Thousand-millionths.
    Nanoseconds,
}

impl EpochUnit {
    /// The unit that a number most likely counts, by how many digits it has today; `None` for fewer than nine.
    #[must_use]
    pub fn of_digits(text: &str) -> Option<Self> {
        let whole = text.strip_prefix('-').unwrap_or(text).split('.').next().unwrap_or("");
        if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match whole.len() {
            9 | 10 => Some(Self::Seconds),
            // Twelve digits may be year, month, day, hour and minute as well.
            12 if !text.starts_with("19") && !text.starts_with("20") => Some(Self::Milliseconds),
            13 => Some(Self::Milliseconds),
            15 | 16 => Some(Self::Microseconds),
            18 | 19 => Some(Self::Nanoseconds),
            _ => None,
        }
    }

    /// How many of them a second has, and how many digits that adds.
    fn per_second(self) -> (i128, u8) {
        match self {
            Self::Seconds => (1, 0),
            Self::Milliseconds => (1_000, 3),
            Self::Microseconds => (1_000_000, 6),
            Self::Nanoseconds => (1_000_000_000, 9),
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Seconds => "epoch seconds",
            Self::Milliseconds => "epoch milliseconds",
            Self::Microseconds => "epoch microseconds",
            Self::Nanoseconds => "epoch nanoseconds",
        }
    }

    /// The moment that a number of these tells: of any size, negative, with a fraction or an exponent.
    pub(super) fn read(self, text: &str) -> Option<Result<Reading, Reason>> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let exponent = exponent.trim_start_matches('+').parse::<i32>().ok()?;
                (mantissa, Some(exponent).filter(|exponent| (-99..=99).contains(exponent))?)
            }
            None => (text, 0),
        };
        let (negative, body) = mantissa.strip_prefix(['-', '−']).map_or((false, mantissa), |body| (true, body));
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || whole.len() + fraction.len() > 30 {
            return None;
        }
        let number: i128 = format!("{whole}{fraction}").parse().ok()?;
        let number = if negative { -number } else { number };
        // At most thirty digits.
        let scale = exponent - i32::try_from(fraction.len()).unwrap_or(i32::MAX);
        let (per_second, own) = self.per_second();
        // In thousand-millionths of a second.
        let nanos = if (-24..=24).contains(&scale) {
            let unit = 1_000_000_000 / per_second;
            if scale >= 0 {
                number.checked_mul(10_i128.pow(scale as u32)).and_then(|value| value.checked_mul(unit))
            } else {
                number.checked_mul(unit).map(|value| value.div_euclid(10_i128.pow(scale.unsigned_abs())))
            }
        } else {
            None
        };
        let seconds = nanos.and_then(|nanos| i64::try_from(nanos.div_euclid(1_000_000_000)).ok());
        let (Some(nanos), Some(seconds)) = (nanos, seconds) else {
            return Some(Err("the number is beyond ±292 billion years"));
        };
        // A clock of thousandths that always shows whole seconds is taken at its word, for it may have stopped there.
        let shown = (i32::from(own) - scale.min(0) - scale.max(0)).clamp(0, 9) as u8;
        let moment = epoch(seconds, nanos.rem_euclid(1_000_000_000) as u32, shown);
        // 1.65E+12 has lost its last digits.
        let lost = scale - i32::from(own);
        let edtf = Edtf::Date(coarser(moment, lost));
        Some(Ok(Reading::plain(edtf, self.rule())))
    }
}

/// A moment of which the last digits are lost: ten to this many seconds are not told apart.
fn coarser(moment: Date, power: i32) -> Date {
    let Some(time) = moment.time.filter(|_| power > 0) else { return moment };
    let time = match power {
        1 => TimeOfDay { second: None, nanos: 0, fraction_digits: 0, ..time },
        2 | 3 => TimeOfDay { minute: None, second: None, nanos: 0, fraction_digits: 0, ..time },
        // A hundred thousand seconds are a day and some hours, a million half a month, ten millions four months.
        4 | 5 => return Date { time: None, ..moment }.qualified(crate::time::Qualifier::APPROXIMATE),
        6 => return Date { time: None, day: None, ..moment }.qualified(crate::time::Qualifier::APPROXIMATE),
        _ => return Date::of(moment.year).qualified(crate::time::Qualifier::APPROXIMATE),
    };
    Date { time: Some(time), ..moment }
}

/// Reads what only programs write; `None` where it is none of that.
pub(super) fn read(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    if let Some(year) = before_era(reader, text) {
        return Some(Ok(year));
    }
    if let Some(unit) = reader.epoch
        && let Some(reading) = unit.read(text)
    {
        return Some(reading);
    }
    let first = *text.as_bytes().first()?;
    if let Some(reading) = without_day(reader, text) {
        return Some(reading);
    }
    match first {
        b'/' | b'\\' => dotnet(text),
        b'D' | b'n' => javascript_call(text),
        _ if first.is_ascii_alphabetic() && text.ends_with(')') => javascript_zone(reader, text),
        _ => None,
    }
}

/// A bare negative year where nobody counts a year 0: −431 is 431 BCE.
fn before_era(reader: Reader, text: &str) -> Option<Reading> {
    let digits = text.strip_prefix(['-', '−']).filter(|_| reader.without_zero)?;
    let fits = (1..=5).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    let value: i64 = digits.parse().ok().filter(|_| fits)?;
    Some(Reading::plain(Edtf::Date(Date::from_year(1 - value)), "negative year, as a year BCE"))
}

/// Days and months before a year that are filled in with signs or zeros: `??-MAY-2001`, `00/05/2001`.
fn without_day(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    let bytes = text.as_bytes();
    let is_sign = |byte: u8| matches!(byte, b'-' | b'/' | b'.' | b' ');
    if let [a, b, sign, ..] = bytes
        && a == b
        && matches!(a, b'?' | b'0')
        && is_sign(*sign)
        && bytes.len() > 6
    {
        let rest = text[3..]
            .trim_start_matches("??/")
            .trim_start_matches("??-")
            .trim_start_matches("00/")
            .trim_start_matches("00-");
        let months = rest.len() < text.len() - 3;
        let read = reader.any(rest).ok()?;
        let fits = matches!(&read.edtf, Edtf::Date(date)
            if date.day.is_none() && date.time.is_none() && (months || date.month.is_some()));
        return fits.then_some(Ok(Reading { rule: "month and year, the day left open", ..read }));
    }
    None
}

/// `/Date(1355961600000+0100)/`: milliseconds in UTC, and the offset of the clock that is meant (Microsoft's
/// `DataContractJsonSerializer`).
fn dotnet(text: &str) -> Option<Result<Reading, Reason>> {
    let inside = text.trim_matches(['\\', '/']).strip_prefix("Date(")?.strip_suffix(')')?;
    let sign = inside.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-')).map(|(at, _)| at);
    let (number, offset) = inside.split_at(sign.unwrap_or(inside.len()));
    let milliseconds: i64 = number.parse().ok()?;
    let minutes = if offset.is_empty() {
        0
    } else {
        let value: i16 = offset
            .get(1..5)?
            .parse()
            .ok()
            .filter(|value| offset.len() == 5 && (0..=1_400).contains(value) && value % 100 < 60)?;
        let minutes = value / 100 * 60 + value % 100;
        if offset.starts_with('-') { -minutes } else { minutes }
    };
    let local = milliseconds.checked_add(i64::from(minutes) * 60_000)?;
    let mut date = epoch(local.div_euclid(1_000), local.rem_euclid(1_000) as u32 * 1_000_000, 3);
    if minutes != 0
        && let Some(time) = &mut date.time
    {
        time.offset = Some(Offset::Minutes(minutes));
    }
    Some(Ok(Reading::plain(Edtf::Date(date), "milliseconds of a .NET date")))
}

/// `Date(2022,4,24)`, `new Date(2022, 4, 24, 13, 0)`: months from 0, as in Google's chart tables.
fn javascript_call(text: &str) -> Option<Result<Reading, Reason>> {
    let inside = text.strip_prefix("new ").unwrap_or(text).strip_prefix("Date(")?.strip_suffix(')')?;
    let parts: Vec<i64> = inside.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let rule = "year, month from 0, day of a program's date";
    let at = |index: usize| parts.get(index).copied();
    let (year, month) = (at(0)?, at(1)?.checked_add(1).filter(|month| (1..=12).contains(month))?);
    if parts.len() > 6 {
        return None;
    }
    let part =
        |index: usize, most: i64| at(index).map_or(Some(0), |value| (0..most).contains(&value).then_some(value));
    let Some(day) = at(2) else {
        let month = crate::time::Month::Number(month as u8);
        return Some(Ok(Reading::plain(Edtf::Date(Date { month: Some(month), ..Date::from_year(year) }), rule)));
    };
    let date = Date::from_day(CivilDate::new(year, month as u8, u8::try_from(day).ok()?)?);
    let (hour, minute, second) = (part(3, 24)?, part(4, 60)?, part(5, 60)?);
    let time = (parts.len() > 3).then(|| TimeOfDay {
        hour: hour as u8,
        minute: Some(minute as u8),
        second: (parts.len() > 5).then_some(second as u8),
        nanos: 0,
        fraction_digits: 0,
        offset: None,
    });
    Some(Ok(Reading::plain(Edtf::Date(Date { time, ..date }), rule)))
}

/// `Tue May 24 2022 13:00:00 GMT+0900 (Korean Standard Time)`: the offset says what the name in brackets does.
fn javascript_zone(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    let (date, name) = text.strip_suffix(')')?.rsplit_once(" (")?;
    let has_offset = ["GMT", "UTC"].iter().any(|zone| date.contains(zone));
    (has_offset && !name.bytes().any(|byte| byte.is_ascii_digit())).then(|| reader.any(date))
}

/// A bare number among whole dates is no year: the cell of a count that slipped, rather than the year 1.
pub(super) fn refuses(reader: Reader, text: &str) -> Option<Reason> {
    let bare = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    (reader.whole && bare).then_some("a bare number in a column of whole dates is no year")
}

/// A number of six digits in a column of dates as `yymmdd`.
pub(super) fn year_month_day(reader: Reader, text: &str) -> Option<Reading> {
    if !reader.yymmdd || text.len() != 6 {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    let year = reader.two_digit_year(value / 10_000);
    let day = CivilDate::new(year, (value / 100 % 100) as u8, (value % 100) as u8)?;
    let rule = "digits of a two-digit year, month, day";
    Some(Reading::plain(Edtf::Date(Date::from_day(day)), rule).sure(Sureness::Assumed))
}

/// A text of which the last bracketed or set-off words say something beside the date: `1861–67 (later print)`, `1863, printed
/// 1870`. The date.
pub(super) fn with_remark(reader: Reader, text: &str) -> Option<Reading> {
    let bracket = text.strip_suffix(')').and_then(|inside| inside.rfind(" ("));
    let words = |at: usize| {
        let rest = text[at..].trim_start_matches([',', ';', ' ', '(']);
        let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
        // Words that say more of the date itself are no remark on it.
        let of_date =
            ["not", "perhaps", "maybe", "possibly", "probably", "before", "after", "or", "until", "bc", "bce"];
        rest.chars().next().is_some_and(char::is_alphabetic) && !of_date.contains(&first.as_str())
    };
    let comma = text.find(", ").or_else(|| text.find("; ")).filter(|at| words(*at));
    for at in bracket.into_iter().chain(comma) {
        let date = text[..at].trim_end();
        // Without a digit before it, the remark is the text.
        if date.bytes().any(|byte| byte.is_ascii_digit())
            && let Ok(reading) = reader.any(date)
            && reading.precision.is_some()
            && !reading.edtf.dates().any(|date| date.year.is_unknown())
        {
            return Some(reading);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Reader, read};
    use super::EpochUnit;

    fn edtf(text: &str) -> String {
        read(text).map_or_else(|error| error.to_string(), |reading| reading.edtf.to_string())
    }

    #[test]
    fn dates_as_programs_print_them() {
        for (text, expected) in [
            ("/Date(1355961600000)/", "2012-12-20T00:00:00.000Z"),
            ("\\/Date(1357516800000+0100)\\/", "2013-01-07T01:00:00.000+01:00"),
            ("Date(2022,4,24)", "2022-05-24"),
            ("new Date(2022, 4, 24, 13, 0)", "2022-05-24T13:00"),
            ("Date(2022, 4)", "2022-05"),
            ("Tue May 24 2022 13:00:00 GMT+0900 (Korean Standard Time)", "2022-05-24T13:00:00+09:00"),
        ] {
            assert_eq!(edtf(text), expected, "{text}");
        }
        for text in ["Date(2022,13,1)", "/Date(x)/", "Date()", "Date(2022,5,31)"] {
            assert!(read(text).is_err(), "{text}");
        }
        for (text, expected) in [
            ("??-MAY-2001", "2001-05"),
            ("00/05/2001", "2001-05"),
            ("2001-05-00", "2001-05"),
            ("2001-00-00", "2001"),
            ("1900-01-00", "/"),
            ("0000-00-00 00:00:00", "/"),
        ] {
            assert_eq!(edtf(text), expected, "{text}");
        }
    }

    #[test]
    fn a_column_of_epoch_numbers_is_read_in_its_unit_whatever_their_size() {
        let reader = Reader { epoch: Some(EpochUnit::Milliseconds), ..Reader::default() };
        let edtf = |text: &str| reader.read(text).unwrap().edtf.to_string();
        assert_eq!(edtf("1600000000000"), "2020-09-13T12:26:40.000Z");
        assert_eq!(edtf("0"), "1970-01-01T00:00:00.000Z");
        assert_eq!(edtf("-86400000"), "1969-12-31T00:00:00.000Z");
        assert_eq!(edtf("1.65E+12"), "2022~");
        assert_eq!(edtf("2022-05"), "2022-05");
    }

    #[test]
    fn negative_years_are_those_before_our_era_where_nobody_counts_a_year_zero() {
        let reader = Reader { without_zero: true, ..Reader::default() };
        let edtf = |text: &str| reader.read(text).unwrap().edtf.to_string();
        assert_eq!([edtf("-431"), edtf("-3500"), edtf("-1"), edtf("-0431")], ["-0430", "-3499", "0000", "-0431"]);
    }

    #[test]
    fn a_remark_behind_a_date_is_left_out_and_told() {
        for (text, date) in [
            ("1863, printed 1870", "1863"),
            ("1861–67 (later print)", "1861/1867"),
            ("24 May 2022 (evening show)", "2022-05-24"),
        ] {
            let reading = read(text).unwrap();
            assert_eq!(reading.edtf.to_string(), date, "{text}");
            assert!(reading.left_out.is_some(), "{text}");
        }
        for text in ["Vostok, 2022", "soon (2022)"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
