//! Ages: how long before the present something was, as geologists and archaeologists count.
//!
//! `Ma`, `ka` and `Ga` are ages before the present in the practice of the International Commission on Stratigraphy; `BP` is
//! before 1950 (Stuiver & Polach, *Reporting of ¹⁴C data*, 1977). An age is as precise as its digits: 3.3 Ma is the year
//! −3,300,000 with two significant digits.

use super::{Reading, Sureness};
use crate::time::{Date, Edtf, Endpoint, Qualifier, Year, YearForm};

/// The year from which ages are counted.
const PRESENT: i128 = 1_950;

/// Reads an age, or a range of two; `None` where it is none.
pub(super) fn read(text: &str) -> Option<Reading> {
    let lower = text.to_ascii_lowercase();
    let approximate =
        ["c. ", "ca. ", "ca ", "circa ", "about ", "~"].iter().find_map(|word| lower.strip_prefix(word));
    let body = approximate.unwrap_or(&lower).trim();
    let digits = body.bytes().take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte)).count();
    if digits == 0 {
        return None;
    }
    let (first, rest) = body.split_at(digits);
    let (second, unit) = match rest.trim_start().strip_prefix(['-', '–', '—']).map(str::trim_start) {
        Some(after) => {
            let digits = after.bytes().take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte)).count();
            (Some(&after[..digits]), &after[digits..])
        }
        None => (None, rest),
    };
    let power = power_of(unit.trim())?;
    let doubt = Qualifier { approximate: approximate.is_some(), uncertain: false };
    let date = |number: &str| Some(Date::of(year(number, power)?).qualified(doubt));
    let edtf = match second {
        Some(second) => {
            let (a, b) = (date(first)?, date(second)?);
            let (a, b) = if a.window().start() <= b.window().start() { (a, b) } else { (b, a) };
            Edtf::Interval(Endpoint::Date(a), Endpoint::Date(b))
        }
        None => Edtf::Date(date(first)?),
    };
    Some(Reading::of_edtf(edtf, "years before the present").sure(Sureness::Certain))
}

/// How many years a unit counts, as a power of ten.
fn power_of(unit: &str) -> Option<u32> {
    let plain: String = unit.chars().filter(|c| c.is_alphanumeric()).collect();
    Some(match plain.as_str() {
        "bp" | "calbp" | "yearsbp" | "ybp" | "yearsago" | "yearsbeforepresent" | "yearsbeforethepresent" | "ya" => 0,
        "ka" | "kya" | "kyrago" | "kyrbp" | "kabp" | "thousandyearsago" => 3,
        "ma" | "mya" | "myrago" | "millionyearsago" | "mabp" => 6,
        "ga" | "gya" | "gyrago" | "bya" | "billionyearsago" => 9,
        _ => return None,
    })
}

/// The year so long before the present, with the significant digits of the number.
fn year(number: &str, power: u32) -> Option<Year> {
    let groups: Vec<&str> = number.split(',').collect();
    let thousands = groups.len() > 1
        && groups[1..].iter().all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3))
        && (1..=3).contains(&groups[0].len());
    let plain = match groups.len() {
        1 => number.to_owned(),
        _ if thousands => number.replace(',', ""),
        // A comma before one or two digits, or many, is a decimal one.
        2 if !number.contains('.') => number.replace(',', "."),
        _ => return None,
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.is_empty() || whole.len() + fraction.len() > 12 || fraction.len() > power as usize {
        return None;
    }
    let value: i128 = format!("{whole}{fraction}").parse().ok()?;
    let years = value * 10_i128.pow(power - fraction.len() as u32);
    // Closer than its last digit nobody counts from 1950.
    let unit = 10_i128.pow(trailing_zeros(years));
    let exact = PRESENT - years;
    let year = if unit > PRESENT { -years } else { exact };
    let magnitude = u64::try_from(year.unsigned_abs()).ok()?;
    // EDTF writes four digits at least.
    let known = magnitude.checked_ilog10().unwrap_or(0).max(3) + 1
        - trailing_zeros(years).min(magnitude.checked_ilog10().unwrap_or(0));
    let significant = if trailing_zeros(years) == 0 { 0 } else { known as u8 };
    Year::from_parts(magnitude, year < 0, 0, YearForm::Plain, significant)
}

fn trailing_zeros(mut number: i128) -> u32 {
    let mut zeros = 0;
    while number != 0 && number % 10 == 0 {
        (number, zeros) = (number / 10, zeros + 1);
    }
    zeros
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn ages_are_as_precise_as_their_digits() {
        for (text, edtf) in [
            ("3.3 Mya", "Y-3300000S2"),
            ("150 kya", "Y-150000S2"),
            ("66 Ma", "Y-66000000S2"),
            ("13.8 billion years ago", "Y-13800000000S3"),
            ("3.3–2.9 Ma", "Y-3300000S2/Y-2900000S2"),
            ("ca. 300 ka", "Y-300000S1~"),
            ("10,450 BP", "-8500S3"),
            ("3,3 Ma", "Y-3300000S2"),
            ("0.5-1.2 Ma", "Y-1200000S2/Y-500000S1"),
        ] {
            let found = read(text).map(|reading| reading.edtf.to_string());
            assert_eq!(found.as_deref(), Ok(edtf), "{text}");
        }
        for text in ["3 m", "5 Myr", "12 mayors", "Ma", "5 March"] {
            assert!(!read(text).is_ok_and(|reading| reading.rule == "years before the present"), "{text}");
        }
    }
}
