//! Numbers alone: years, compact dates, clocks of computers, serial days of spreadsheets.

use super::iso::epoch;
use super::{NO_FORM, Reader, Reading, Reason, SerialEpoch, Sureness};
use crate::time::{CivilDate, Date, Edtf, Month, Precision, SetPart, TimeOfDay};

/// Reads a text of digits, perhaps with a sign or a fraction; `None` where it is none.
pub(super) fn read(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    let (negative, body) = text.strip_prefix(['-', '−']).map_or((false, text), |body| (true, body));
    let (whole, fraction) = body.split_once('.').map_or((body, None), |(a, b)| (a, Some(b)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    let value: i64 = match whole.parse() {
        Ok(value) => value,
        Err(_) => return Some(Err("a number of so many digits is no date")),
    };
    let reading = match (negative, fraction) {
        (true, None) => year(-value),
        (true, Some(_)) => None,
        (false, None) => whole_number(reader, whole, value),
        // `24.05` is no serial and no clock; nobody can say what it is.
        (false, Some(fraction)) if whole.len() == 4 => match decimal_year(reader, value, fraction) {
            Some(reading) => Some(reading),
            None => return None,
        },
        (false, Some(_)) if whole.len() < 5 => return None,
        (false, Some(fraction)) => with_fraction(reader, whole, value, fraction),
    };
    Some(reading.ok_or(NO_FORM))
}

/// A number without fraction, by how many digits it has.
fn whole_number(reader: Reader, text: &str, value: i64) -> Option<Reading> {
    match text.len() {
        4 if value == 0 => None,
        1..=4 => year(value),
        5 => serial(reader, value, 0),
        6 => six(reader, value),
        8 => {
            let date = CivilDate::new(value / 10_000, (value / 100 % 100) as u8, (value % 100) as u8)?;
            Some(Reading::plain(Edtf::Date(Date::from_day(date)), "ISO 8601 basic format"))
        }
        9 | 10 => Some(Reading::plain(Edtf::Date(epoch(value, 0, 0)), "epoch seconds")),
        12 | 14 if compact(value, text.len()).is_some() => {
            let rule = "digits of year, month, day, hour, minute (and second)";
            // Twelve digits could be milliseconds of the 1970s to 2001.
            let sure = if text.len() == 12 { Sureness::Assumed } else { Sureness::Certain };
            compact(value, text.len()).map(|date| Reading::plain(Edtf::Date(date), rule).sure(sure))
        }
        12 | 13 => Some(scaled(value, 1_000, 3, "epoch milliseconds")),
        15 | 16 => Some(scaled(value, 1_000_000, 6, "epoch microseconds")),
        18 | 19 => Some(scaled(value, 1_000_000_000, 9, "epoch nanoseconds")),
        _ => None,
    }
}

fn year(value: i64) -> Option<Reading> {
    // Nobody counts a year 0 but astronomers, who write 0000.
    if value == 0 {
        return None;
    }
    let date = Date::from_year(value);
    Edtf::parse(&date.to_string()).ok().map(|edtf| Reading::plain(edtf, "year"))
}

/// The rule of a year with decimals.
pub const DECIMAL_YEAR: &str = "decimal year";

/// `1969.546`: days of the year as a fraction of it, as exact as its digits are. Fewer than three digits could be a month,
/// so the column must tell.
fn decimal_year(reader: Reader, year: i64, fraction: &str) -> Option<Reading> {
    if !(1_000..=2_999).contains(&year) || !(reader.decimal_years || (3..=9).contains(&fraction.len())) {
        return None;
    }
    let share: f64 = format!("0.{fraction}").parse().ok()?;
    let half = 0.5 * 10_f64.powi(-i32::try_from(fraction.len()).ok()?);
    let first = CivilDate::new(year, 1, 1)?.days_since_epoch();
    let length = (CivilDate::new(year + 1, 1, 1)?.days_since_epoch() - first) as f64;
    let day = |share: f64| {
        let passed = (share * length).clamp(0.0, length - 1.0).floor();
        Date::from_day(CivilDate::from_days_since_epoch(first + passed as i64))
    };
    let (from, to) = (day(share - half), day(share + half));
    let edtf = if from == to { Edtf::Date(from) } else { Edtf::OneOf(vec![SetPart::Range(from, to)]) };
    let precision = if fraction.len() > 2 { Precision::Day } else { Precision::Month };
    Some(Reading { precision: Some(precision), ..Reading::plain(edtf, DECIMAL_YEAR) })
}

fn scaled(value: i64, per_second: i64, digits: u8, rule: &'static str) -> Reading {
    let nanos = value.rem_euclid(per_second) * (1_000_000_000 / per_second);
    Reading::plain(Edtf::Date(epoch(value.div_euclid(per_second), nanos as u32, digits)), rule)
}

/// `yyyymm`, or where that is no month `yymmdd`; both where both are dates.
fn six(reader: Reader, value: i64) -> Option<Reading> {
    let month = (value % 100) as u8;
    let of_month = (1_000..=2_999).contains(&(value / 100)) && (1..=12).contains(&month);
    let first = of_month.then(|| Date { month: Some(Month::Number(month)), ..Date::from_year(value / 100) });
    let year = reader.two_digit_year(value / 10_000);
    let second = CivilDate::new(year, (value / 100 % 100) as u8, (value % 100) as u8).map(Date::from_day);
    match (first, second) {
        (Some(date), None) => Some(Reading::plain(Edtf::Date(date), "digits of year and month")),
        (None, Some(date)) => {
            let rule = "digits of a two-digit year, month, day";
            Some(Reading::plain(Edtf::Date(date), rule).sure(Sureness::Assumed))
        }
        (Some(a), Some(b)) => {
            let edtf = Edtf::OneOf(vec![SetPart::Date(a), SetPart::Date(b)]);
            Some(Reading::plain(edtf, "digits of year and month, or of year, month, day").sure(Sureness::Ambiguous))
        }
        (None, None) => None,
    }
}

/// `202205241300` and `20220524130005`, of 1900–2099.
fn compact(value: i64, digits: usize) -> Option<Date> {
    let value = if digits == 12 { value.checked_mul(100)? } else { value };
    let part = |scale: i64, size: i64| value / scale % size;
    let year = value / 10_000_000_000;
    let day = CivilDate::new(year, part(100_000_000, 100) as u8, part(1_000_000, 100) as u8)?;
    let (hour, minute, second) = (part(10_000, 100) as u8, part(100, 100) as u8, part(1, 100) as u8);
    if !(1_900..=2_099).contains(&year) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let time = TimeOfDay {
        hour,
        minute: Some(minute),
        second: (digits == 14).then_some(second),
        nanos: 0,
        fraction_digits: 0,
        offset: None,
    };
    Some(Date { time: Some(time), ..Date::from_day(day) })
}

/// A number with a fraction: a serial day with its time, or epoch seconds.
fn with_fraction(reader: Reader, whole: &str, value: i64, fraction: &str) -> Option<Reading> {
    let digits = fraction.len().min(9);
    let nanos = fraction[..digits].parse::<i64>().ok()? * 10_i64.pow(9 - digits as u32);
    match whole.len() {
        5 => serial(reader, value, nanos),
        9 | 10 => {
            Some(Reading::plain(Edtf::Date(epoch(value, nanos as u32, digits as u8)), "epoch seconds with fraction"))
        }
        _ => None,
    }
}

/// A spreadsheet's serial day: ECMA-376 part 1, 18.17.4.1, with the 1900 system's 29 February 1900 passed over.
fn serial(reader: Reader, day: i64, nanos: i64) -> Option<Reading> {
    if !(10_000..=99_999).contains(&day) {
        return None;
    }
    let (epoch, rule) = match reader.serials {
        SerialEpoch::Day1900 => (CivilDate::new(1_899, 12, 30)?, "spreadsheet serial day (1900 system)"),
        SerialEpoch::Day1904 => (CivilDate::new(1_904, 1, 1)?, "spreadsheet serial day (1904 system)"),
    };
    let mut date = Date::from_day(CivilDate::from_days_since_epoch(epoch.days_since_epoch() + day));
    if nanos > 0 {
        // A serial's fraction is a binary one; nothing finer than a second is meant by it.
        let seconds = ((nanos * 86_400 + 500_000_000) / 1_000_000_000).min(86_399);
        date.time = Some(TimeOfDay {
            hour: (seconds / 3_600) as u8,
            minute: Some((seconds / 60 % 60) as u8),
            second: Some((seconds % 60) as u8),
            nanos: 0,
            fraction_digits: 0,
            offset: None,
        });
    }
    Some(Reading::plain(Edtf::Date(date), rule).sure(Sureness::Assumed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_with_decimals_is_as_exact_as_its_digits_and_fewer_than_three_ask_the_column() {
        let column = Reader { decimal_years: true, ..Reader::default() };
        let words = |reader: Reader, text: &str| reader.read(text).map(|reading| reading.edtf.to_string());
        // The first steps on the Moon were on day 201 of 1969.
        assert_eq!(words(Reader::default(), "1969.551").unwrap(), "[1969-07-20..1969-07-21]");
        assert_eq!(words(column, "1969.5").unwrap(), "[1969-06-14..1969-07-20]");
        assert_eq!(words(column, "2000.00").unwrap(), "[2000-01-01..2000-01-02]");
        assert_eq!(words(column, "1999.9999").unwrap(), "1999-12-31");
        assert!(words(Reader::default(), "1969.5").is_err());
        assert_eq!(words(Reader::default(), "1969").unwrap(), "1969");
    }
}
