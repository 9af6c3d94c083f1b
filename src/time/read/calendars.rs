//! Dates of other calendars, where a text says that it is of one: by an era, by the name of a month, by its digits; or where
//! the user says so. A month or a year of theirs is some day from its first to its last.

use super::{Reader, Reading, Reason, Sureness};
use crate::time::{Calendar, CivilDate, Date, Edtf, Month, Precision, SetPart};
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::ops::RangeInclusive;

const NO_FORM: Reason =
    "a date of another calendar that is not understood; write its day, month and year, such as 15 Ramadan 1443";
const NO_DAY: Reason = "its calendar has no such day";
const NO_YEAR: Reason = "the month is of another calendar than the year seems to be; write the date in one of them";

/// What a text says that names no calendar of its own, under one that the user or the column names.
pub(super) fn read_in(calendar: Calendar, reader: Reader, text: &str) -> Result<Reading, Reason> {
    let plain = Reader { calendar: None, ..reader };
    if let Some(own) = read(plain, text) {
        return own;
    }
    if calendar == Calendar::Julian {
        return plain.any(text).and_then(old_style);
    }
    let text = ascii_digits(text);
    if let Some(more) = calendar.years_more() {
        // Only the year differs.
        return shifted(&text, more, 1..=4_000)
            .ok_or(NO_FORM)
            .and_then(|text| plain.any(&text))
            .map(|reading| Reading { rule: rule(calendar), ..reading });
    }
    // Nobody writes such years of these two: they are ours.
    let ours = matches!(calendar, Calendar::Persian | Calendar::Hijri);
    if ours && numbers(&text).iter().any(|(value, _)| (1_700..=2_200).contains(value)) {
        return plain.any(&text);
    }
    numeric(calendar, &text, reader).unwrap_or(Err(NO_FORM))
}

/// A text that says by itself of which calendar it is; `None` for any other.
pub(super) fn read(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    if let Some(reading) = of_eras(reader, text).or_else(|| of_old_style(reader, text)) {
        return Some(reading);
    }
    let digits = ascii_digits(text);
    let folded = fold(&digits);
    for (calendar, names) in MONTHS {
        // Beside other words a name of a month is that of something else.
        if let Some((month, rest)) = month_in(&folded, names)
            && let Some(reading) = named(calendar, month, &rest)
        {
            return Some(reading);
        }
    }
    for (calendar, eras) in ERAS {
        let rest = eras.iter().find_map(|era| without_word(&folded, era));
        if let Some(reading) = rest.and_then(|rest| numeric(calendar, &rest, reader)) {
            return Some(reading);
        }
    }
    // The digits of a script are used with the calendar of its country, unless the year is one of ours.
    let calendar = match text {
        _ if text.contains(|c| ('۰'..='۹').contains(&c)) => Calendar::Persian,
        _ if text.contains(|c| ('٠'..='٩').contains(&c)) => Calendar::Hijri,
        _ => return None,
    };
    let year = numbers(&digits).into_iter().map(|(value, _)| value).max()?;
    match year {
        1_200..=1_500 => numeric(calendar, &digits, reader),
        _ => Some(Reader { calendar: None, ..reader }.any(&digits)),
    }
}

/// Whether a sign is of a script with digits or eras of its own: Hebrew, Arabic, Thai, or one of the names of eras.
pub(super) fn is_of_other_script(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}' | '元' | '民')
}

fn rule(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Persian => "Persian calendar",
        Calendar::Hijri => "Hijri calendar",
        Calendar::Hebrew => "Hebrew calendar",
        Calendar::Buddhist => "Buddhist era",
        Calendar::Roc => "era of the Republic of China",
        Calendar::Julian => "Julian calendar",
        Calendar::FrenchRepublican => "French Republican calendar",
        Calendar::Coptic => "Coptic calendar",
        Calendar::Ethiopian => "Ethiopian calendar",
        Calendar::Indian => "Indian calendar",
    }
}

/// Years of eras whose months are the Gregorian ones: the text with our year in its place is read as any other.
fn of_eras(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    let thai = text.contains(|c| ('\u{e01}'..='\u{e5b}').contains(&c));
    if text.is_ascii() && !["BE", "B.E."].iter().any(|era| text.contains(era)) {
        return None;
    }
    let digits = ascii_digits(text);
    let again = |text: Option<String>, rule: &'static str| {
        let reading = text.ok_or(NO_FORM).and_then(|text| Reader { calendar: None, ..reader }.any(&text));
        Some(reading.map(|reading| Reading { rule, ..reading }))
    };
    // The first year of a reign; others are numbers, and read as such.
    for era in ["令和", "平成", "昭和", "大正"] {
        let first = format!("{era}元年");
        if digits.contains(&first) {
            return again(Some(digits.replacen(&first, &format!("{era}1年"), 1)), "Japanese era");
        }
    }
    for era in ["中華民國", "中华民国", "民國", "民国"] {
        if let Some((before, after)) = digits.split_once(era) {
            let after = after.trim_start();
            let after = after.strip_prefix('元').map_or_else(|| after.to_owned(), |rest| format!("1{rest}"));
            let year = shifted_first(&after, -1_911);
            return again(year.map(|year| format!("{before}{year}")), rule(Calendar::Roc));
        }
    }
    let marked = ["พ.ศ.", "พ.ศ", "พศ"].into_iter().find(|mark| digits.contains(mark));
    let bare = marked.map(|mark| digits.replacen(mark, " ", 1));
    let bare = bare.or_else(|| ["B.E.", "BE"].into_iter().find_map(|mark| without_word(&digits, mark)));
    let year = match &bare {
        Some(bare) => shifted(bare, 543, 544..=4_000),
        None if thai => shifted(&digits, 543, 2_400..=2_700),
        None => None,
    };
    year.and_then(|text| again(Some(text.trim().to_owned()), rule(Calendar::Buddhist)))
}

/// The text with the number at its beginning so many years earlier.
fn shifted_first(text: &str, more: i64) -> Option<String> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let year: i64 = text.get(..end.min(4))?.parse().ok()?;
    Some(format!("{}{}", year - more, &text[end..]))
}

/// The text with its year, the number of most digits in a range, so many years earlier.
fn shifted(text: &str, more: i64, years: RangeInclusive<i64>) -> Option<String> {
    let (year, at) = numbers(text).into_iter().filter(|(value, _)| years.contains(value)).max_by_key(|own| own.0)?;
    Some(format!("{}{}{}", &text[..at.start], year - more, &text[at.end..]))
}

/// A Gregorian-looking date that says to be of the old style; a bracket that only adds the old style is passed over.
fn of_old_style(reader: Reader, text: &str) -> Option<Result<Reading, Reason>> {
    const MARKS: [&str; 9] =
        ["(O.S.)", "(OS)", "O.S.", "(Julian)", "(Old Style)", "old style", "(ст. ст.)", "ст. ст.", "ст.ст."];
    let reader = Reader { calendar: None, ..reader };
    if let Some((before, rest)) = text.split_once("[O.S.").or_else(|| text.split_once("[OS "))
        && let Some((_, after)) = rest.split_once(']')
    {
        return Some(reader.any(&format!("{} {}", before.trim_end(), after.trim_start())));
    }
    let mark = MARKS.into_iter().find(|mark| text.contains(mark))?;
    let rest = text.replacen(mark, "", 1);
    Some(reader.any(rest.trim()).and_then(old_style))
}

/// A reading whose dates are of the Julian calendar.
fn old_style(reading: Reading) -> Result<Reading, Reason> {
    let rule = rule(Calendar::Julian);
    if let Edtf::Date(date) = &reading.edtf
        && date.year.is_exact()
    {
        let month = match date.month {
            Some(Month::Number(month)) => Some(month),
            None => None,
            Some(_) => return Err(NO_FORM),
        };
        let day = match (date.day, date.plain_day()) {
            (None, _) => None,
            (Some(_), Some(day)) => Some(day.day),
            // The 29th of February of a century's year has no Gregorian day of its name.
            (Some(_), None) => return Err(NO_DAY),
        };
        let qualifier = reading.edtf.qualifier();
        let made = made(Calendar::Julian, date.year.value(), month.map(|month| (month, false)), day)?;
        let edtf = made.edtf.map(&|date| date.qualified(qualifier));
        return Ok(Reading { edtf, rule, ..reading });
    }
    // Ends of a range that are days.
    let days = reading.edtf.dates().all(|date| date.plain_day().is_some());
    if !days {
        return Err(NO_FORM);
    }
    let day = |date: Date| {
        let own = date.plain_day().and_then(|own| Calendar::Julian.day(own.year, own.month, false, own.day));
        own.map_or(date, Date::from_day)
    };
    Ok(Reading { edtf: reading.edtf.map(&day), rule, ..reading })
}

/// Words beside the day, the month and the year.
const PASSED: [&str; 11] = ["of", "de", "lan", "l", "an", "year", "the", "st", "nd", "rd", "th"];

/// A date whose month is named: what is left are its day and its year. `None` where more is left.
fn named(calendar: Calendar, month: (u8, bool), rest: &str) -> Option<Result<Reading, Reason>> {
    let eras = ERAS.into_iter().filter(|(own, _)| *own == calendar).flat_map(|(_, eras)| eras);
    let mut rest = rest.to_owned();
    for era in eras {
        if let Some(without) = without_word(&rest, era) {
            rest = without;
        }
    }
    if calendar == Calendar::FrenchRepublican {
        rest = roman(&rest);
    }
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut numbers = Vec::new();
    for word in words {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let ending = &word[digits.len()..];
        match digits.parse::<i64>() {
            Ok(number) if digits.len() <= 4 && (ending.is_empty() || PASSED.contains(&ending)) => {
                numbers.push(number);
            }
            _ if PASSED.contains(&word) => {}
            _ => return None,
        }
    }
    // Years of the Republic are as small as days, which come first; elsewhere a number beyond days is the year.
    let small = calendar == Calendar::FrenchRepublican;
    match *numbers.as_slice() {
        [year] if small || year > 31 => Some(made(calendar, year, Some(month), None)),
        [a, b] => {
            let (day, year) = if !small && a > 31 { (b, a) } else { (a, b) };
            Some(u8::try_from(day).map_err(|_| NO_DAY).and_then(|day| made(calendar, year, Some(month), Some(day))))
        }
        _ => None,
    }
}

/// A date in numbers: a year alone, or year, month and day. `None` where it is neither.
fn numeric(calendar: Calendar, text: &str, reader: Reader) -> Option<Result<Reading, Reason>> {
    let signs = |c: char| c.is_ascii_digit() || " -/.,年月日".contains(c);
    if !text.chars().all(signs) {
        return None;
    }
    let small = |value: i64| u8::try_from(value).unwrap_or(0);
    let numbers: Vec<i64> = numbers(text).into_iter().map(|(value, _)| value).collect();
    Some(match *numbers.as_slice() {
        [year] if year > 31 => made(calendar, year, None, None),
        // Whichever of the two way round fits.
        [year, month] | [month, year] if year > 31 && (1..=13).contains(&month) => {
            made(calendar, year, Some((small(month), false)), None)
        }
        [year, month, day] if year > 31 => made(calendar, year, Some((small(month), false)), Some(small(day))),
        [a, b, year] if year > 31 => {
            let month_first = reader.order == Some(super::DateOrder::Mdy);
            let (day, month) = if month_first { (b, a) } else { (a, b) };
            made(calendar, year, Some((small(month), false)), Some(small(day)))
        }
        _ => return None,
    })
}

/// A day, or some day of a month or of a year.
fn made(calendar: Calendar, year: i64, month: Option<(u8, bool)>, day: Option<u8>) -> Result<Reading, Reason> {
    // A month of one calendar beside a year of ours: "Mehr 2022" is nothing that will be in 2643.
    let years = match calendar {
        Calendar::Persian | Calendar::Hijri => -1_000..=1_700,
        Calendar::Hebrew => 2_500..=7_000,
        _ => i64::MIN..=i64::MAX,
    };
    if !years.contains(&year) {
        return Err(NO_YEAR);
    }
    let some_day = |days: RangeInclusive<CivilDate>| {
        Edtf::OneOf(vec![SetPart::Range(Date::from_day(*days.start()), Date::from_day(*days.end()))])
    };
    let (edtf, precision) = match (month, day) {
        (Some((month, leap)), Some(day)) => {
            (calendar.day(year, month, leap, day).map(|day| Edtf::Date(Date::from_day(day))), Precision::Day)
        }
        (Some((month, leap)), None) => (calendar.month(year, month, leap).map(some_day), Precision::Month),
        (None, _) => (calendar.year(year).map(some_day), Precision::Year),
    };
    let edtf = edtf.ok_or(NO_DAY)?;
    let (duration, order, left_out) = (None, None, None);
    let precision = Some(precision);
    // Where the moon was seen, months began a day earlier or later than in the tables.
    let sureness = if calendar == Calendar::Hijri { Sureness::Assumed } else { Sureness::Certain };
    Ok(Reading { edtf, duration, rule: rule(calendar), precision, sureness, order, left_out })
}

/// The numbers of a text with their places; no more than four digits each are of a date.
fn numbers(text: &str) -> Vec<(i64, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if let Ok(value) = text[start..end.min(start + 9)].parse() {
            out.push((value, start..end));
        }
        from = end;
    }
    out
}

/// Digits of other scripts as ours.
fn ascii_digits(text: &str) -> String {
    const ZEROS: [char; 5] = ['۰', '٠', '๐', '०', '０'];
    let digit = |c: char| {
        let value = ZEROS.iter().map(|zero| u32::from(c).wrapping_sub(u32::from(*zero))).find(|value| *value < 10)?;
        char::from_digit(value, 10)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Small letters without accents and vowel signs; hyphens as spaces, apostrophes gone, letters of Arabic in one form.
fn fold(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let mut out = String::new();
    for c in decomposed.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5c7}'
            | '\u{610}'..='\u{61a}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{200c}'..='\u{200f}'
            | '\''
            | '’'
            | '‘'
            | 'ʿ'
            | 'ʾ'
            | '`'
            | '״'
            | '׳' => {}
            'ى' | 'ی' => out.push('ي'),
            'ک' => out.push('ك'),
            'ة' => out.push('ه'),
            '-' | '–' | '_' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// The text without a word that it holds as a whole.
fn without_word(text: &str, word: &str) -> Option<String> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut from = 0;
    while let Some(at) = text[from..].find(word).map(|at| from + at) {
        let end = at + word.len();
        if !letter(text[..at].chars().next_back()) && !letter(text[end..].chars().next()) {
            return Some(format!("{} {}", &text[..at], &text[end..]).trim().to_owned());
        }
        from = end;
    }
    None
}

/// The month that a text names, and what else it says. Of names that begin alike the longest counts.
fn month_in(text: &str, names: &[MonthName]) -> Option<((u8, bool), String)> {
    let found =
        names.iter().filter_map(|(name, month, leap)| Some((name.len(), (*month, *leap), without_word(text, name)?)));
    let (_, month, rest) = found.max_by_key(|(length, ..)| *length)?;
    // A name alone is a name.
    rest.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_alphabetic()).then_some((month, rest))
}

/// Years of the Republic in Roman numerals as numbers.
fn roman(text: &str) -> String {
    const YEARS: [&str; 14] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];
    let word =
        |word: &str| YEARS.iter().position(|year| *year == word).map_or(word.to_owned(), |at| (at + 1).to_string());
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Words of eras, folded.
const ERAS: [(Calendar, &[&str]); 2] = [
    (Calendar::Hijri, &["a.h.", "ah", "hijri", "هجريه", "هجري", "ه"]),
    (Calendar::Persian, &["هجري شمسي", "شمسي", "a.p.", "ap", "s.h.", "sh"]),
];

/// A month's name, its number, and whether it is the first Adar of a leap year.
type MonthName = (&'static str, u8, bool);

/// Names of months, folded.
#[rustfmt::skip]
const MONTHS: [(Calendar, &[MonthName]); 4] = [
    (Calendar::Persian, &[
        ("farvardin", 1, false), ("ordibehesht", 2, false), ("khordad", 3, false), ("tir", 4, false), ("mordad", 5, false),
        ("amordad", 5, false), ("shahrivar", 6, false), ("mehr", 7, false), ("aban", 8, false), ("azar", 9, false),
        ("dey", 10, false), ("bahman", 11, false), ("esfand", 12, false),
        ("فروردين", 1, false), ("ارديبهشت", 2, false), ("خرداد", 3, false), ("تير", 4, false), ("مرداد", 5, false),
        ("شهريور", 6, false), ("مهر", 7, false), ("ابان", 8, false), ("اذر", 9, false), ("دي", 10, false),
        ("بهمن", 11, false), ("اسفند", 12, false),
    ]),
    (Calendar::Hijri, &[
        ("muharram", 1, false), ("safar", 2, false), ("rabi al awwal", 3, false), ("rabi al awal", 3, false),
        ("rabi ul awwal", 3, false), ("rabi i", 3, false), ("rabi al thani", 4, false), ("rabi ath thani", 4, false),
        ("rabi al akhir", 4, false), ("rabi ul thani", 4, false), ("rabi ii", 4, false), ("jumada al awwal", 5, false),
        ("jumada al ula", 5, false), ("jumada i", 5, false), ("jumada al thani", 6, false), ("jumada al akhirah", 6, false),
        ("jumada al akhira", 6, false), ("jumada ath thaniya", 6, false), ("jumada ii", 6, false), ("rajab", 7, false),
        ("shaban", 8, false), ("ramadan", 9, false), ("ramazan", 9, false), ("shawwal", 10, false), ("shawal", 10, false),
        ("dhu al qadah", 11, false), ("dhu al qidah", 11, false), ("dhul qadah", 11, false), ("zul qadah", 11, false),
        ("dhu al hijjah", 12, false), ("dhu al hijja", 12, false), ("dhul hijjah", 12, false), ("dhul hijja", 12, false),
        ("zul hijjah", 12, false),
        ("محرم", 1, false), ("صفر", 2, false), ("ربيع الاول", 3, false), ("ربيع الثاني", 4, false), ("ربيع الاخر", 4, false),
        ("جمادي الاولي", 5, false), ("جمادي الاخره", 6, false), ("جمادي الثانيه", 6, false), ("رجب", 7, false),
        ("شعبان", 8, false), ("رمضان", 9, false), ("شوال", 10, false), ("ذو القعده", 11, false), ("ذي القعده", 11, false),
        ("ذو الحجه", 12, false), ("ذي الحجه", 12, false),
    ]),
    (Calendar::Hebrew, &[
        ("tishrei", 1, false), ("tishri", 1, false), ("cheshvan", 2, false), ("heshvan", 2, false), ("marcheshvan", 2, false),
        ("kislev", 3, false), ("tevet", 4, false), ("tebet", 4, false), ("shevat", 5, false), ("shvat", 5, false),
        ("adar", 6, false), ("adar i", 5, true), ("adar ii", 6, false), ("nisan", 7, false), ("iyar", 8, false),
        ("iyyar", 8, false), ("sivan", 9, false), ("tammuz", 10, false), ("tamuz", 10, false), ("av", 11, false),
        ("elul", 12, false),
        ("תשרי", 1, false), ("חשון", 2, false), ("חשוון", 2, false), ("כסלו", 3, false), ("טבת", 4, false), ("שבט", 5, false),
        ("אדר", 6, false), ("אדר א", 5, true), ("אדר ב", 6, false), ("ניסן", 7, false), ("אייר", 8, false), ("סיון", 9, false),
        ("סיוון", 9, false), ("תמוז", 10, false), ("אב", 11, false), ("אלול", 12, false),
    ]),
    (Calendar::FrenchRepublican, &[
        ("vendemiaire", 1, false), ("brumaire", 2, false), ("frimaire", 3, false), ("nivose", 4, false), ("pluviose", 5, false),
        ("ventose", 6, false), ("germinal", 7, false), ("floreal", 8, false), ("prairial", 9, false), ("messidor", 10, false),
        ("thermidor", 11, false), ("fructidor", 12, false), ("jour complementaire", 13, false), ("sansculottides", 13, false),
    ]),
];

#[cfg(test)]
mod tests {
    use super::super::{Reader, read};
    use crate::time::Calendar;

    fn edtf(text: &str) -> String {
        read(text).map_or_else(|error| error.to_string(), |reading| reading.edtf.to_string())
    }

    #[test]
    fn a_text_that_names_its_calendar_is_read_in_it() {
        for (text, expected) in [
            ("8 شهریور 1401", "2022-08-30"),
            ("۸ شهریور ۱۴۰۱", "2022-08-30"),
            ("۱۴۰۱/۰۶/۰۸", "2022-08-30"),
            ("8 Shahrivar 1401", "2022-08-30"),
            ("شهریور ۱۴۰۱", "[2022-08-23..2022-09-22]"),
            ("15 Ramadan 1443", "2022-04-16"),
            ("15 Ramaḍān 1443 AH", "2022-04-16"),
            ("١٥ رمضان ١٤٤٣ هـ", "2022-04-16"),
            ("1444 AH", "[2022-07-30..2023-07-18]"),
            ("5 Iyar 5708", "1948-05-14"),
            ("ה' אייר 5708", "not read"),
            ("民國111年8月30日", "2022-08-30"),
            ("中華民國38年", "1949"),
            ("令和4年8月30日", "2022-08-30"),
            ("令和元年5月", "2019-05"),
            ("昭和39年10月10日", "1964-10-10"),
            ("30 สิงหาคม พ.ศ. 2565", "2022-08-30"),
            ("30 สิงหาคม 2565", "2022-08-30"),
            ("2565 BE", "2022"),
            ("9 thermidor an II", "1794-07-27"),
            ("18 Brumaire, Year VIII", "1799-11-09"),
            ("brumaire an 8", "[1799-10-23..1799-11-21]"),
            ("25 October 1917 (O.S.)", "1917-11-07"),
            ("7 November [O.S. 25 October] 1917", "1917-11-07"),
        ] {
            if expected == "not read" {
                assert!(read(text).is_err(), "{text}");
            } else {
                assert_eq!(edtf(text), expected, "{text}");
            }
        }
    }

    #[test]
    fn words_and_numbers_of_our_calendar_stay_what_they_are() {
        for (text, expected) in [
            ("24 May 2022", "2022-05-24"),
            ("۲۰۲۲/۰۸/۳۰", "2022-08-30"),
            ("2022年5月24日", "2022-05-24"),
            ("5 March 1917", "1917-03-05"),
        ] {
            assert_eq!(edtf(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_of_the_calendar_that_is_chosen() {
        for (calendar, text, expected) in [
            (Calendar::Persian, "1401/06/08", "2022-08-30"),
            (Calendar::Persian, "8-6-1401", "2022-08-30"),
            (Calendar::Persian, "1401-06", "[2022-08-23..2022-09-22]"),
            (Calendar::Persian, "1401-06-31", "2022-09-22"),
            (Calendar::Hijri, "1444", "[2022-07-30..2023-07-18]"),
            (Calendar::Buddhist, "2565-08-30", "2022-08-30"),
            (Calendar::Buddhist, "30/08/2565", "2022-08-30"),
            (Calendar::Roc, "111-08-30", "2022-08-30"),
            (Calendar::Julian, "1917-10-25", "1917-11-07"),
            (Calendar::Julian, "October 1917", "[1917-10-14..1917-11-13]"),
        ] {
            let reader = Reader { calendar: Some(calendar), ..Reader::default() };
            let found = reader.read(text).map_or_else(|error| error.to_string(), |reading| reading.edtf.to_string());
            assert_eq!(found, expected, "{text}");
        }
        let reader = Reader { calendar: Some(Calendar::Persian), ..Reader::default() };
        for text in ["Mehr 2022", "2 Av 2022", "Tir 5, 2020", "1999 SH", "AH 1443–1444", "Mehr News, 2 of 3"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(reader.read("1401/07/31").is_err() && reader.read("soon").is_err());
    }
}
