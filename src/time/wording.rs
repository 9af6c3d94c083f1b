//! Dates in the words a reader expects, never finer than the source: "30 Aug – 5 Sep 2022", "some day in May 2022",
//! "about 1930". [`super::read`] reads these words back.

use super::{
    CivilDate, Date, Day, Duration, Edtf, Endpoint, Month, Offset, Precision, Qualifier, Qualifiers, Season, SetPart,
    Span, TimeOfDay, TimePoint, Year, word_duration,
};

/// Short English month names, as printed.
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Words a date expression, and after it a duration: "May 2022, 13 h".
#[must_use]
pub fn word_edtf(edtf: &Edtf, duration: Option<Duration>) -> String {
    let mut text = match edtf {
        Edtf::Date(date) => word_date(date),
        Edtf::Interval(Endpoint::Date(a), Endpoint::Date(b)) => word_range(a, b),
        Edtf::Interval(Endpoint::Date(a), Endpoint::Open) => format!("from {} on", word_date(a)),
        Edtf::Interval(Endpoint::Date(a), _) if duration.is_some() => format!("from {}", word_date(a)),
        Edtf::Interval(Endpoint::Date(a), _) => format!("from {}, end unknown", word_date(a)),
        Edtf::Interval(Endpoint::Open, Endpoint::Date(b)) => format!("until {}, no start", word_date(b)),
        Edtf::Interval(_, Endpoint::Date(b)) => format!("until {}, start unknown", word_date(b)),
        Edtf::Interval(Endpoint::Open, Endpoint::Open) => "without start or end".to_owned(),
        Edtf::Interval(_, Endpoint::Open) => "ongoing, start unknown".to_owned(),
        Edtf::Interval(Endpoint::Open, _) => "without start, end unknown".to_owned(),
        Edtf::Interval(..) => "unknown".to_owned(),
        Edtf::OneOf(parts) => word_set(parts, "or"),
        Edtf::AllOf(parts) => word_set(parts, "and"),
    };
    if let Some(duration) = duration.filter(|duration| !duration.is_zero()) {
        text.push_str(", ");
        text.push_str(&word_duration(duration));
    }
    text
}

/// Words one date with its qualifiers: "about May 2022", "24 May 2022, 13:00 UTC+9", "11 Jun 2004 (year uncertain)".
#[must_use]
pub fn word_date(date: &Date) -> String {
    let plain = word_unqualified(date);
    let Qualifiers { year, month, day } = date.qualifiers;
    let parts = [("year", year, true), ("month", month, date.month.is_some()), ("day", day, date.day.is_some())];
    let mut there = parts.iter().filter(|part| part.2);
    if there.all(|part| part.1 == year) {
        return format!("{}{plain}", doubt_before(year));
    }
    let doubts: Vec<String> = parts
        .iter()
        .filter_map(|(name, qualifier, _)| {
            let word = match (qualifier.uncertain, qualifier.approximate) {
                (true, true) => "uncertain and approximate",
                (true, false) => "uncertain",
                (false, true) => "approximate",
                (false, false) => return None,
            };
            Some(format!("{name} {word}"))
        })
        .collect();
    format!("{plain} ({})", doubts.join(", "))
}

/// The words that stand before a date for its qualifier.
fn doubt_before(qualifier: Qualifier) -> &'static str {
    match (qualifier.uncertain, qualifier.approximate) {
        (true, true) => "perhaps about ",
        (true, false) => "perhaps ",
        (false, true) => "about ",
        (false, false) => "",
    }
}

fn word_unqualified(date: &Date) -> String {
    let year = word_some_year(date.year);
    let exact = date.year.is_exact();
    // "25 Dec of some year 1500–1599", "12 Jan of an unknown year"
    let of = |part: String| {
        if date.year.is_unknown() {
            format!("{part} of an unknown year")
        } else if exact {
            format!("{part} {year}")
        } else {
            format!("{part} of {year}")
        }
    };
    match (date.month, date.day) {
        (None, _) if date.year.is_unknown() => "some year".to_owned(),
        (None, _) => word_century(date.year).unwrap_or(year),
        (Some(Month::UNKNOWN), None) if exact => format!("some month in {year}"),
        (Some(Month::UNKNOWN), Some(Day::UNKNOWN)) if exact => format!("some day in {year}"),
        (Some(Month::Season(Season::WINTER)), _) if exact && (1_000..9_999).contains(&date.year.value()) => {
            let next = date.year.value() + 1;
            let next = if next % 100 == 0 { next.to_string() } else { format!("{:02}", next % 100) };
            format!("winter {year}–{next}")
        }
        (Some(Month::Season(season)), _) => of(season.name().to_owned()),
        (Some(Month::Number(month)), None) => of(month_name(month).to_owned()),
        (Some(Month::Number(month)), Some(Day::UNKNOWN)) if exact => {
            format!("some day in {} {year}", month_name(month))
        }
        (Some(Month::Number(month)), Some(Day::Number(day))) => {
            let day = of(format!("{day} {}", month_name(month)));
            date.time.map_or(day.clone(), |time| format!("{day}, {}", word_time(&time)))
        }
        // Digits that are known in part are told as they stand.
        (Some(_), None) => format!("some month written {}", Date { qualifiers: Qualifiers::default(), ..*date }),
        (Some(_), Some(_)) => format!("some day written {}", Date { qualifiers: Qualifiers::default(), ..*date }),
    }
}

/// A century of which no year is known: "19th century" for `18XX`, "2nd century BCE" for `-01XX`.
fn word_century(year: Year) -> Option<String> {
    let (first, last) = year.range();
    let is_century = year.spread() == 2 && last - first == 99 && year.significant_digits() == 0;
    is_century.then(|| word_count_of_centuries(first, last))
}

fn word_count_of_centuries(first: i64, last: i64) -> String {
    let (count, era) = if last > 0 { (first / 100 + 1, "") } else { (last / -100 + 1, " BCE") };
    let ending = match (count % 10, count % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{count}{ending} century{era}")
}

/// A year of any precision: "2022", "1930s", "some year 1800–1899", "some year written 1XX3".
fn word_some_year(year: Year) -> String {
    if year.is_exact() {
        return word_year(year.value());
    }
    let (first, last) = year.range();
    if year.spread() == 1 && first >= 0 {
        return format!("{first}s");
    }
    let together = (last - first) as u64 + 1 == year.candidates();
    if year.significant_digits() > 0 {
        return format!("some year {}, put at {}", word_years(first, last), word_year(year.value()));
    }
    if together { format!("some year {}", word_years(first, last)) } else { format!("some year written {year}") }
}

fn word_years(first: i64, last: i64) -> String {
    if last <= 0 {
        format!("{}–{}", word_count((1 - first).unsigned_abs()), word_year(last))
    } else {
        format!("{first}–{last}")
    }
}

/// A year, with its era where it needs one: "2022", "79 CE", "44 BCE", "12,000 BCE", "13.8 billion BCE".
#[must_use]
pub fn word_year(year: i64) -> String {
    if (1..100).contains(&year) {
        return format!("{year} CE");
    }
    if year > 0 {
        return if year <= 9_999 { year.to_string() } else { word_count(year.unsigned_abs()) };
    }
    format!("{} BCE", word_count(1_u64.saturating_add(year.unsigned_abs())))
}

/// A large count as people say it: exact below a million, else with as many decimals as it has.
fn word_count(count: u64) -> String {
    for (scale, name) in [(1_000_000_000, "billion"), (1_000_000, "million")] {
        // A BCE count is one more than its astronomical year, which at this size nobody means.
        let round = if count % 1_000 == 1 { count - 1 } else { count };
        if round >= scale && round % (scale / 1_000) == 0 {
            let decimals = format!("{:03}", round % scale / (scale / 1_000));
            let decimals = decimals.trim_end_matches('0');
            let dot = if decimals.is_empty() { "" } else { "." };
            return format!("{}{dot}{decimals} {name}", round / scale);
        }
    }
    let digits = count.to_string();
    if digits.len() <= 4 {
        return digits;
    }
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn word_time(time: &TimeOfDay) -> String {
    let mut text = format!("{:02}:{:02}", time.hour, time.minute.unwrap_or(0));
    if time.minute.is_none() {
        text = format!("between {:02}:00 and {:02}:00", time.hour, time.hour + 1);
    }
    if let Some(second) = time.second {
        text = format!("{text}:{second:02}");
    }
    if time.fraction_digits > 0 {
        let digits = format!("{:09}", time.nanos);
        text.push('.');
        text.push_str(&digits[..usize::from(time.fraction_digits.min(9))]);
    }
    if let Some(offset) = time.offset {
        text.push(' ');
        text.push_str(&word_offset(offset));
    }
    text
}

fn word_offset(offset: Offset) -> String {
    match offset {
        Offset::Utc | Offset::Minutes(0) => "UTC".to_owned(),
        Offset::Minutes(minutes) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") }
        }
    }
}

/// From one date to another, what both share said once.
fn word_range(a: &Date, b: &Date) -> String {
    if a == b {
        return word_date(a);
    }
    let plain = |date: &Date| date.qualifiers == Qualifiers::default() && date.year.is_exact() && date.time.is_none();
    if plain(a) && plain(b) && a.year == b.year {
        let year = word_year(a.year.value());
        match ((a.month, a.day), (b.month, b.day)) {
            (
                (Some(Month::Number(month)), Some(Day::Number(from))),
                (Some(Month::Number(last)), Some(Day::Number(to))),
            ) => {
                return if month == last {
                    format!("{from}–{to} {} {year}", month_name(month))
                } else {
                    format!("{from} {} – {to} {} {year}", month_name(month), month_name(last))
                };
            }
            ((Some(Month::Number(month)), None), (Some(Month::Number(last)), None)) => {
                return format!("{} – {} {year}", month_name(month), month_name(last));
            }
            _ => {}
        }
    }
    if let (Some(_), Some(end)) = (a.time, b.time)
        && (Date { time: None, ..*a }) == (Date { time: None, ..*b })
    {
        return format!("{} – {}", word_date(a), word_time(&end));
    }
    if plain(a) && plain(b) && a.month.is_none() && b.month.is_none() && a.year.value() > 0 {
        return format!("{}–{}", a.year.value(), word_year(b.year.value()));
    }
    // From before the era into it.
    let era = |date: &Date| date.month.is_none() && date.year.is_exact() && date.year.value() >= 100;
    let ends_after = a.year.is_exact() && a.year.value() <= 0 && era(b) && b.qualifiers == Qualifiers::default();
    format!("{} – {}{}", word_date(a), word_date(b), if ends_after { " CE" } else { "" })
}

fn word_set(parts: &[SetPart], joint: &str) -> String {
    if let Some(short) = same_month_days(parts, joint) {
        return short;
    }
    let words: Vec<String> = parts
        .iter()
        .map(|part| match part {
            SetPart::Date(date) => word_date(date),
            // One occurrence in a stretch is not an event that fills it.
            SetPart::Range(a, b) if joint == "or" => word_somewhere(a, b),
            SetPart::Range(a, b) => word_range(a, b),
            SetPart::UpTo(date) => format!("{} or before", word_date(date)),
            SetPart::From(date) => format!("{} or after", word_date(date)),
        })
        .collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {joint} {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => "unknown".to_owned(),
    }
}

/// "early", "mid" and "late" as this program reads them: the thirds of a month, a year, a decade or a century, about where
/// they begin and end. `None` for any other stretch.
fn word_third(a: &Date, b: &Date) -> Option<String> {
    let doubt = a.qualifiers.any();
    let about = |date: &Date| date.qualifiers.any() == doubt && doubt.approximate && date.year.is_exact();
    if !about(a) || !about(b) || a.time.is_some() || b.time.is_some() {
        return None;
    }
    let name = |third: usize| ["early", "mid", "late"][third];
    let of = |parts: [(i64, i64); 3], part: (i64, i64)| parts.iter().position(|own| *own == part).map(name);
    let year = a.year.value();
    let words = match ((a.month, a.day), (b.month, b.day)) {
        (
            (Some(Month::Number(month)), Some(Day::Number(from))),
            (Some(Month::Number(last)), Some(Day::Number(to))),
        ) if a.year == b.year && month == last => {
            let days = i64::from(super::days_in_month(year, month));
            let third = of([(1, 10), (11, 20), (21, days)], (i64::from(from), i64::from(to)))?;
            format!("{third} {} {}", month_name(month), word_year(year))
        }
        ((Some(Month::Number(from)), None), (Some(Month::Number(to)), None)) if a.year == b.year => {
            let third = of([(1, 4), (5, 8), (9, 12)], (i64::from(from), i64::from(to)))?;
            format!("{third} {}", word_year(year))
        }
        ((None, _), (None, _)) if year >= 100 => {
            let within = |unit: i64| (year.rem_euclid(unit), b.year.value() - (year - year.rem_euclid(unit)));
            let decade = of([(0, 3), (4, 6), (7, 9)], within(10)).filter(|_| year % 100 >= 10);
            if let Some(third) = decade {
                format!("{third} {}s", year - year % 10)
            } else {
                let third = of([(0, 33), (34, 66), (67, 99)], within(100))?;
                format!("{third} {}", word_count_of_centuries(year - year % 100, year - year % 100 + 99))
            }
        }
        _ => return None,
    };
    Some(if doubt.uncertain { format!("perhaps {words}") } else { words })
}

/// "some day in 21–31 May 2022", "late May 2022".
fn word_somewhere(a: &Date, b: &Date) -> String {
    if let Some(third) = word_third(a, b) {
        return third;
    }
    let unit = match a.precision().min(b.precision()) {
        Precision::Month => "month",
        precision if precision < Precision::Month => "year",
        Precision::Day => "day",
        _ => "time",
    };
    let doubt = a.qualifiers.any().or(b.qualifiers.any());
    let bare = |date: &Date| Date { qualifiers: Qualifiers::default(), ..*date };
    format!("some {unit} in {}{}", doubt_before(doubt), word_range(&bare(a), &bare(b)))
}

/// "17 or 24 Aug 2022", where all members are days of one month.
fn same_month_days(parts: &[SetPart], joint: &str) -> Option<String> {
    let mut days = Vec::new();
    let mut month = None;
    for part in parts {
        let SetPart::Date(date) = part else { return None };
        let (Some(Month::Number(number)), Some(Day::Number(day)), None) = (date.month, date.day, date.time) else {
            return None;
        };
        if *month.get_or_insert((date.year, number)) != (date.year, number)
            || date.qualifiers != Qualifiers::default()
            || !date.year.is_exact()
        {
            return None;
        }
        days.push(day.to_string());
    }
    let (last, rest) = days.split_last().filter(|(_, rest)| !rest.is_empty())?;
    let (year, number) = month?;
    Some(format!("{} {joint} {last} {} {}", rest.join(", "), month_name(number), word_year(year.value())))
}

/// A point of the axis in words: "24 May 2022", with the clock unless it is midnight.
#[must_use]
pub fn word_point(point: TimePoint) -> String {
    let day = word_day(point.date());
    let second = point.second_of_day();
    if second == 0 && point.nanos() == 0 {
        return day;
    }
    let clock = format!("{day}, {:02}:{:02}", second / 3_600, second / 60 % 60);
    match (second % 60, point.nanos()) {
        (0, 0) => clock,
        (seconds, 0) => format!("{clock}:{seconds:02}"),
        (seconds, nanos) => format!("{clock}:{seconds:02}.{}", format!("{nanos:09}").trim_end_matches('0')),
    }
}

fn word_day(date: CivilDate) -> String {
    format!("{} {} {}", date.day, month_name(date.month), word_year(date.year))
}

/// A window of the axis in words, as fine as its width makes sensible: "20 Apr – 5 Oct 2022".
#[must_use]
pub fn word_short(window: Span) -> String {
    const DAY_NANOS: i128 = 86_400 * super::NANOS_PER_SECOND;
    let (start, end) = (window.start(), window.end());
    let last = TimePoint::from_nanos_clamped(end.as_nanos() - 1).max(start);
    if window.nanos() > 366 * 40 * DAY_NANOS {
        return format!("{} – {}", word_year(start.date().year), word_year(last.date().year));
    }
    let midnight = |point: TimePoint| point.second_of_day() == 0 && point.nanos() == 0;
    if window.nanos() > 2 * DAY_NANOS || (midnight(start) && midnight(end) && start < end) {
        return word_range(&Date::from_day(start.date()), &Date::from_day(last.date()));
    }
    // No finer than a hundredth of the window.
    let unit = [60 * super::NANOS_PER_SECOND, super::NANOS_PER_SECOND, 1_000_000, 1_000, 1];
    let unit = unit.into_iter().find(|unit| window.nanos() / 100 >= *unit).unwrap_or(1);
    let round = |point: TimePoint| TimePoint::from_nanos_clamped(point.as_nanos().div_euclid(unit) * unit);
    // The end of a day is told as that, for no moment of the next one is meant.
    if midnight(end) && last.date() != start.date() {
        return format!("{} – {}, 24:00", word_point(round(start)), word_day(last.date()));
    }
    let (from, to) = (word_point(round(start)), word_point(round(end)));
    // Of one day the day once.
    let clock = to.rsplit_once(", ").map(|(_, clock)| clock).filter(|_| start.date() == end.date());
    if let (Some(clock), true) = (clock, from.contains(", ")) {
        return format!("{from}–{clock}");
    }
    format!("{from} – {to}")
}

/// The English name of a month, 1–12, as short as dates are written here: "Sep"; "?" for any other number.
#[must_use]
pub fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_worded_as_precisely_as_they_are_known_and_no_finer() {
        for (edtf, duration, words) in [
            ("2022-08-30/2022-09-05", None, "30 Aug – 5 Sep 2022"),
            ("2022-09-01/2022-09-07", None, "1–7 Sep 2022"),
            ("2019-12-27/2020-01-03", None, "27 Dec 2019 – 3 Jan 2020"),
            ("2022-05", Some("PT13H"), "May 2022, 13 h"),
            ("2022-05-XX", Some("PT13H"), "some day in May 2022, 13 h"),
            ("1930~", None, "about 1930"),
            ("2022-05-24?", None, "perhaps 24 May 2022"),
            ("2022%", None, "perhaps about 2022"),
            ("202X", None, "2020s"),
            ("20XX", None, "21st century"),
            ("18XX~", None, "about 19th century"),
            ("-01XX", None, "2nd century BCE"),
            ("1946-24", None, "winter 1946–47"),
            ("1999-24", None, "winter 1999–2000"),
            ("[2022-05-21~..2022-05-31~]", None, "late May 2022"),
            ("[1903-09~..1903-12~]", None, "late 1903"),
            ("[1890~..1893~]", None, "early 1890s"),
            ("[1634~..1666~]", None, "mid 17th century"),
            ("[1634..1666]", None, "some year in 1634–1666"),
            ("2022-XX", None, "some month in 2022"),
            ("2022-21", None, "spring 2022"),
            ("-0043-03-15", None, "15 Mar 44 BCE"),
            ("0000", None, "1 BCE"),
            ("Y-13800000000", None, "13.8 billion BCE"),
            ("[2022-08-17,2022-08-24]", None, "17 or 24 Aug 2022"),
            ("[1667,1760-12]", None, "1667 or Dec 1760"),
            ("[..1984]", None, "1984 or before"),
            ("2022-09-15/", None, "from 15 Sep 2022, end unknown"),
            ("2022-09-15/..", None, "from 15 Sep 2022 on"),
            ("/2022", None, "until 2022, start unknown"),
            ("2023-07/2023-08", None, "Jul – Aug 2023"),
            ("2014/2018", None, "2014–2018"),
            ("-0205/0220", None, "206 BCE – 220 CE"),
            ("2022-05-24/2022-05-24", None, "24 May 2022"),
            ("2022-05-24T13", None, "24 May 2022, between 13:00 and 14:00"),
            ("0079", None, "79 CE"),
            ("2022-05-24T13:00+09:00", None, "24 May 2022, 13:00 UTC+9"),
            ("2022-05-24T10:00Z/2022-05-24T23:00Z", None, "24 May 2022, 10:00 UTC – 23:00 UTC"),
        ] {
            let duration = duration.map(|text| Duration::parse(text).unwrap());
            assert_eq!(word_edtf(&Edtf::parse(edtf).unwrap(), duration), words, "{edtf}");
        }
    }

    #[test]
    fn windows_are_worded_by_their_width() {
        let point = |text| Edtf::parse(text).unwrap().when().earliest();
        assert_eq!(word_short(Span::new(point("2022-04-20"), point("2022-10-06"))), "20 Apr – 5 Oct 2022");
        assert_eq!(word_short(Span::new(point("1900"), point("2000"))), "1900 – 1999");
        assert_eq!(
            word_short(Span::new(point("2022-05-24T10:00"), point("2022-05-24T12:00"))),
            "24 May 2022, 10:00–12:00"
        );
        let odd = Span::new(point("2022-05-24T10:00:03.954868419"), point("2022-05-24T18:12:01"));
        assert_eq!(word_short(odd), "24 May 2022, 10:00–18:12");
    }
}
