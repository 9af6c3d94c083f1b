//! A cell of a source to a date: EDTF, ISO 8601 as it is met in files, plain years, and the words this program prints.
//!
//! Everything that reads dates goes through [`read`]. A text that is no date is an error, never a guess.

use super::wording::MONTHS;
use super::{CivilDate, Date, Day, Duration, Edtf, Endpoint, Month, Qualifier, SetPart, Year};

/// What was made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub edtf: Edtf,
    /// A duration that the text states beside its date.
    pub duration: Option<Duration>,
    /// The rule that read it, for ledgers: "EDTF", "ISO 8601", "year", "words".
    pub rule: &'static str,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing stands there.
    #[error("no date given")]
    Empty,
    /// Something stands there that is no date.
    #[error("“{text}” cannot be read as a date ({reason})")]
    NoDate {
        /// The text, shortened when it is long.
        text: String,
        /// The nearest rule's objection.
        reason: &'static str,
    },
}

/// Reads a date as sources write it.
///
/// ```
/// use kairograph::time::read;
/// assert_eq!(read("2022-05").unwrap().edtf.to_string(), "2022-05");
/// assert_eq!(read("30 Aug – 5 Sep 2022").unwrap().edtf.to_string(), "2022-08-30/2022-09-05");
/// assert!(read("soon").is_err());
/// ```
///
/// # Errors
/// When the text is empty or no rule reads it.
pub fn read(text: &str) -> Result<Reading, ReadError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    if text.len() > 200 {
        return Err(no_date(text, "too long for a date"));
    }
    let strict = match Edtf::parse(text) {
        Ok(edtf) => return Ok(Reading { edtf, duration: None, rule: "EDTF" }),
        Err(error) => error,
    };
    iso(text)
        .or_else(|| plain_year(text).map(|edtf| Reading { edtf, duration: None, rule: "year" }))
        .or_else(|| words(text))
        .ok_or_else(|| {
            // The strict reader's objection helps where its form was begun, and only there.
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let numbers = text.split(['.', '/', '-', ' ']).next().is_some_and(|first| matches!(first.len(), 1 | 2));
            let reason = match text.as_bytes()[0] {
                b'-' | b'Y' | b'[' => strict.reason,
                _ if digits == 4 => strict.reason,
                b'0'..=b'9' if numbers => "day and month may be either way round; write it as 2022-05-24",
                _ => "no known form of date; write it as 2022-05-24, 2022-05 or 24 May 2022",
            };
            no_date(text, reason)
        })
}

fn no_date(text: &str, reason: &'static str) -> ReadError {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    ReadError::NoDate { text: short, reason }
}

/// ISO 8601 and its near relations: a space for the `T`, `UTC` for `Z`, year/month/day with slashes, and an
/// interval with a duration at one end.
fn iso(text: &str) -> Option<Reading> {
    if let Some((left, right)) = text.split_once('/')
        && left.starts_with('P') != right.starts_with('P')
    {
        let (date, duration, at_start) =
            if right.starts_with('P') { (left, right, true) } else { (right, left, false) };
        let Edtf::Date(date) = Edtf::parse(date).ok()? else { return None };
        let duration = Some(Duration::parse(duration).ok()?);
        let edtf = if at_start {
            Edtf::Interval(Endpoint::Date(date), Endpoint::Unknown)
        } else {
            Edtf::Interval(Endpoint::Unknown, Endpoint::Date(date))
        };
        return Some(Reading { edtf, duration, rule: "ISO 8601" });
    }
    let (day, clock) = match text.find([' ', 'T', 't']) {
        Some(i) => (text.get(..i)?, text.get(i + 1..)?.trim()),
        None => (text, ""),
    };
    let mut joined = slashed(day).unwrap_or_else(|| day.to_owned());
    if !clock.is_empty() {
        joined.push('T');
        let clock = clock
            .strip_suffix("UTC")
            .or_else(|| clock.strip_suffix("GMT"))
            .map_or_else(|| clock.replace('z', "Z").replace(' ', ""), |bare| format!("{}Z", bare.trim_end()));
        joined.push_str(&clock);
    }
    let edtf = Edtf::parse(&joined).ok()?;
    matches!(edtf, Edtf::Date(_)).then_some(Reading { edtf, duration: None, rule: "ISO 8601" })
}

/// `2015/01/31` and `2015-1-31` as `2015-01-31`.
fn slashed(day: &str) -> Option<String> {
    let separator = if day.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = day.split(separator).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    (year.len() == 4).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// `476`, `-500`, `-13800000000`: a year of up to four digits, or any before the year 0. A longer number without
/// sign could be many other things.
fn plain_year(text: &str) -> Option<Edtf> {
    let digits = text.strip_prefix(['-', '−']).unwrap_or(text);
    let negative = digits.len() < text.len();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || (!negative && digits.len() > 4) {
        return None;
    }
    let magnitude: i64 = digits.parse().ok()?;
    let year = Year { value: if negative { -magnitude } else { magnitude }, unspecified: 0 };
    Edtf::parse(&year.to_string()).ok()
}

/// The words that [`super::word_edtf`] prints, and near ones: "about May 2022, 13 h", "1–7 Sep 2022".
fn words(text: &str) -> Option<Reading> {
    let (date_text, duration) = match text.rsplit_once(", ") {
        Some((date, tail)) => match word_durations(tail) {
            Some(duration) => (date, Some(duration)),
            None => (text, None),
        },
        None => (text, None),
    };
    let edtf = worded_edtf(date_text, duration.is_some())?;
    Some(Reading { edtf, duration, rule: "words" })
}

fn worded_edtf(text: &str, lasted: bool) -> Option<Edtf> {
    if let Some(date) = worded_date(text) {
        return Some(Edtf::Date(date));
    }
    if let Some(rest) = text.strip_prefix("from ") {
        let (date, end) = if let Some(date) = rest.strip_suffix(" on") {
            (date, Endpoint::Open)
        } else if let Some(date) = rest.strip_suffix(", end unknown") {
            (date, Endpoint::Unknown)
        } else if lasted {
            (rest, Endpoint::Unknown)
        } else {
            return None;
        };
        return Some(Edtf::Interval(Endpoint::Date(worded_date(date)?), end));
    }
    if let Some(rest) = text.strip_prefix("until ") {
        let (date, start) = if let Some(date) = rest.strip_suffix(", start unknown") {
            (date, Endpoint::Unknown)
        } else {
            (rest.strip_suffix(", no start")?, Endpoint::Open)
        };
        return Some(Edtf::Interval(start, Endpoint::Date(worded_date(date)?)));
    }
    if let Some((left, right)) = text.split_once(" or ") {
        return worded_set(left, right);
    }
    let (left, right) = text.split_once('–')?;
    worded_range(left.trim(), right.trim())
}

/// Days and months of the left side may leave to the right side what both share.
fn worded_range(left: &str, right: &str) -> Option<Edtf> {
    let end = worded_date(right)?;
    let start = completed(left, &end)?;
    let edtf = Edtf::Interval(Endpoint::Date(start), Endpoint::Date(end));
    // The parser refuses an interval that ends before it starts.
    Edtf::parse(&edtf.to_string()).ok()
}

/// A date that may lack its year, or its month and year, taken then from `like`.
fn completed(text: &str, like: &Date) -> Option<Date> {
    if let (Ok(day), Some(Month::Number(month)), Some(_)) = (text.parse::<u8>(), like.month, like.day) {
        return CivilDate::new(like.year.value, month, day).map(Date::from_day);
    }
    if let Some(date) = worded_date(text) {
        return Some(date);
    }
    worded_date(&format!("{text} {}", super::word_year(like.year.value)))
}

fn worded_set(left: &str, right: &str) -> Option<Edtf> {
    if right == "before" || right == "after" {
        let date = worded_date(left)?;
        return Some(Edtf::OneOf(vec![if right == "before" { SetPart::UpTo(date) } else { SetPart::From(date) }]));
    }
    let last = worded_date(right)?;
    let mut parts =
        left.split(", ").map(|text| completed(text, &last).map(SetPart::Date)).collect::<Option<Vec<_>>>()?;
    parts.push(SetPart::Date(last));
    Some(Edtf::OneOf(parts))
}

fn worded_date(text: &str) -> Option<Date> {
    let mut rest = text.trim();
    let mut qualifier = Qualifier::default();
    for word in ["perhaps ", "about ", "circa ", "c. "] {
        if let Some(after) = rest.strip_prefix(word) {
            if word == "perhaps " {
                qualifier.uncertain = true;
            } else {
                qualifier.approximate = true;
            }
            rest = after;
        }
    }
    let some_day = rest.strip_prefix("some day in ");
    let some_month = rest.strip_prefix("some month in ");
    rest = some_day.or(some_month).unwrap_or(rest);
    if let Some(decade) = rest.strip_suffix("0s").filter(|digits| digits.len() == 3) {
        let value = decade.parse::<i64>().ok()? * 10;
        return Some(Date { year: Year { value, unspecified: 1 }, month: None, day: None, time: None, qualifier });
    }
    let before_ad = rest.starts_with("AD ");
    let rest = rest.strip_prefix("AD ").unwrap_or(rest);
    let era = |name: &str| rest.strip_suffix(name);
    let era_named = before_ad || [" CE", " AD"].iter().any(|name| rest.ends_with(name));
    let (rest, bce) = match (era(" BCE").or_else(|| era(" BC")), era(" CE").or_else(|| era(" AD"))) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => (rest, false),
    };
    let mut tokens = rest.split_whitespace().rev();
    let year_text = tokens.next()?;
    // "May 24" is a day without a year; a year below 100 says its era.
    let shortest = if bce || era_named { 1 } else { 3 };
    if !(shortest..=4).contains(&year_text.len()) || !year_text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = year_text.parse().ok()?;
    let value = if bce { 1 - number } else { number };
    let mut date = Date { year: Year { value, unspecified: 0 }, month: None, day: None, time: None, qualifier };
    date.month =
        tokens.next().map(month_number).map(|month| month.map(Month::Number)).map_or(Some(None), |m| m.map(Some))?;
    date.day = tokens.next().map(|text| text.parse().ok().map(Day::Number)).map_or(Some(None), |d| d.map(Some))?;
    if tokens.next().is_some() {
        return None;
    }
    match (some_month, some_day, date.month) {
        (Some(_), _, None) => date.month = Some(Month::Unspecified),
        (_, Some(_), None) => (date.month, date.day) = (Some(Month::Unspecified), Some(Day::Unspecified)),
        (_, Some(_), Some(_)) if date.day.is_none() => date.day = Some(Day::Unspecified),
        (None, None, _) => {}
        _ => return None,
    }
    // The parser knows which days exist.
    let checked = Edtf::parse(&date.to_string()).ok()?;
    matches!(checked, Edtf::Date(_)).then_some(date)
}

fn month_number(text: &str) -> Option<u8> {
    let head: String = text.trim_end_matches('.').chars().take(3).collect();
    let index = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(&head))?;
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    (lower.len() == 3 || lower == "sept" || lower == full[index]).then_some(index as u8 + 1)
}

/// Reads a duration as ISO 8601 (`PT13H`) or in the words that [`super::word_duration`] prints ("13 h", "10 days").
///
/// # Errors
/// When the text is neither.
pub fn read_duration(text: &str) -> Result<Duration, super::DurationError> {
    Duration::parse(text).or_else(|error| word_durations(text.trim()).ok_or(error))
}

/// "13 h", "1 h 30 min", "10 days".
fn word_durations(text: &str) -> Option<Duration> {
    let mut out = Duration::default();
    let mut tokens = text.split_whitespace();
    while let Some(count) = tokens.next() {
        let count: i64 = count.parse().ok().filter(|&count| (0..=1_000_000).contains(&count))?;
        match tokens.next()? {
            "year" | "years" => out.months += count * 12,
            "month" | "months" => out.months += count,
            "day" | "days" => out.days += count,
            "h" | "hour" | "hours" => out.seconds += count * 3_600,
            "min" | "minute" | "minutes" => out.seconds += count * 60,
            "s" | "second" | "seconds" => out.seconds += count,
            _ => return None,
        }
    }
    (!out.is_zero()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::word_edtf;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sources_write_dates_in_many_ways_and_each_is_read_as_it_stands() {
        for (text, edtf, rule) in [
            ("2022-05-24", "2022-05-24", "EDTF"),
            (" 2022-05 ", "2022-05", "EDTF"),
            ("2022-05-24 13:00", "2022-05-24T13:00", "ISO 8601"),
            ("2022-05-24 13:00:05 +0900", "2022-05-24T13:00:05+09:00", "ISO 8601"),
            ("2022-05-24 13:00:05 UTC", "2022-05-24T13:00:05Z", "ISO 8601"),
            ("2022-05-24t13:00:05z", "2022-05-24T13:00:05Z", "ISO 8601"),
            ("2015/1/31 01:00:00", "2015-01-31T01:00:00", "ISO 8601"),
            ("2014-02-2", "2014-02-02", "ISO 8601"),
            ("-3000-01-01T00:00:00Z", "-3000-01-01T00:00:00Z", "EDTF"),
            ("476", "0476", "year"),
            ("-500", "-0500", "year"),
            ("-13800000000", "Y-13800000000", "year"),
            ("30 Aug – 5 Sep 2022", "2022-08-30/2022-09-05", "words"),
            ("1–7 Sep 2022", "2022-09-01/2022-09-07", "words"),
            ("c. 1850", "1850~", "words"),
            ("24 May 2022", "2022-05-24", "words"),
            ("Sept 2022", "2022-09", "words"),
            ("15 March 44 BC", "-0043-03-15", "words"),
            ("AD 79", "0079", "words"),
        ] {
            let reading = read(text).unwrap();
            assert_eq!((reading.edtf.to_string().as_str(), reading.rule), (edtf, rule), "{text}");
        }
        let lasted = read("2022-05-24/PT13H").unwrap();
        assert_eq!((lasted.edtf.to_string().as_str(), lasted.duration.unwrap().seconds), ("2022-05-24/", 46_800));
    }

    #[test]
    fn what_is_no_date_is_refused_and_not_guessed() {
        for text in [
            "",
            "  ",
            "soon",
            "n.d.",
            "20220524",
            "1653350400",
            "24",
            "2022-02-30",
            "30 Feb 2022",
            "5 Sep – 30 Aug 2022",
            "May",
            "May 24",
            "30 Aug – 5",
            "12/13/2022",
            "0x10",
        ] {
            let kept = read(text).map(|reading| reading.edtf.to_string());
            // A bare number of up to four digits is a year by rule.
            if text == "24" { assert_eq!(kept.unwrap(), "0024") } else { assert!(kept.is_err(), "{text}: {kept:?}") }
        }
        assert!(read(&"x".repeat(1_000_000)).unwrap_err().to_string().len() < 200);
    }

    proptest! {
        #[test]
        fn words_are_read_back_as_the_date_they_came_from(
            year in -3000_i64..3000, month in 1_u8..=12, day in 1_u8..=28, length in 1_i64..900, form in 0..12, hours in 1_i64..100
        ) {
            let start = CivilDate::new(year, month, day).unwrap();
            let end = CivilDate::from_days_since_epoch(start.days_since_epoch() + length);
            let (a, b) = (Date::from_day(start), Date::from_day(end));
            let text = match form {
                0 => a.year.to_string(),
                1 => Date { day: None, ..a }.to_string(),
                2 => a.to_string(),
                3 => format!("{a}~"),
                4 => format!("{}?", a.year),
                5 => format!("{a}/{b}"),
                6 => format!("{a}/.."),
                7 => format!("{a}/"),
                8 => format!("/{a}"),
                9 => format!("[{a},{b}]"),
                10 => format!("{}-XX", Date { day: None, ..a }),
                _ => format!("{}-XX", a.year),
            };
            let edtf = Edtf::parse(&text).unwrap();
            let duration = (form < 3).then_some(Duration { seconds: hours * 3_600, ..Duration::default() });
            let reading = read(&word_edtf(&edtf, duration)).unwrap();
            prop_assert_eq!((reading.edtf, reading.duration), (edtf, duration));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn no_near_date_makes_the_reader_panic(text in "[0-9XYTZPDMH:/ .,~?%–+\\[\\]-]{0,24}") {
            let _ = read(&text);
        }
    }
}
