//! Dates as sources write them: tables whose expected values were written by hand, never taken from the program.

use kairograph::time::{DateOrder, Edtf, Reader, Reading};

const FREE_TEXT: &str = include_str!("dates/free_text.tsv");

fn order(text: &str) -> Option<DateOrder> {
    match text {
        "" => None,
        "dmy" => Some(DateOrder::Dmy),
        "mdy" => Some(DateOrder::Mdy),
        "ymd" => Some(DateOrder::Ymd),
        other => panic!("{other}"),
    }
}

/// What the table compares, as text.
fn account(reading: &Reading) -> String {
    let (earliest, latest) = reading.edtf.days();
    format!(
        "{}\t{earliest}\t{latest}\t{}\t{}",
        reading.edtf,
        reading.precision.map_or("none", |precision| precision.word()),
        reading.sureness.word()
    )
}

#[test]
fn free_text_dates_mean_what_a_reader_of_them_would_say() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in FREE_TEXT.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, order_text, expected @ ..] = cells.as_slice() else { panic!("{line}") };
        count += 1;
        let reader = Reader { order: order(order_text), ..Reader::default() };
        let expected = if expected[0] == "error" { "error".to_owned() } else { expected.join("\t") };
        let found = reader.read(text).map_or_else(|_| "error".to_owned(), |reading| account(&reading));
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(count >= 300);
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Strings that the specification and the test suites of edtf.js, edtf-validate, python-edtf and ProfessionalWiki/EDTF
/// call valid (1), invalid (0), or disagree on (?).
const EDTF: &str = include_str!("dates/edtf.tsv");

/// Where the suites disagree, or one of them contradicts the standard: what holds here, and why.
const DECIDED: &[(&str, bool, &str)] = &[
    ("1156X-12-25", false, LONG_YEAR),
    ("12004-06~-11", false, LONG_YEAR),
    ("22004?-06-11", false, LONG_YEAR),
    ("2XXXX-12-XX", false, LONG_YEAR),
    ("31XXX-XX", false, LONG_YEAR),
    ("[1760-01, 1760-02, 1760-12..]", false, SPACE),
    ("{1667, 1670..1672}", false, SPACE),
    ("[1667,1668, 1670..1672]", false, SPACE),
];
const LONG_YEAR: &str = "Library of Congress EDTF (2019), level 1: a year of more than four digits begins with Y; \
    edtf.js and edtf-validate refuse these too";
const SPACE: &str = "ISO 8601-1:2019 admits no space in an expression; edtf-validate itself refuses \
    `{-1667,1668, 1670..1672}`. The lenient reader takes them";

#[test]
fn edtf_is_what_the_suites_and_the_standard_say_it_is() {
    let mut decided = 0;
    for line in EDTF.lines().skip(1) {
        let (text, valid) = line.rsplit_once('\t').unwrap();
        let exception = DECIDED.iter().find(|(own, ..)| *own == text);
        decided += usize::from(exception.is_some());
        let expected = exception.map_or_else(|| valid == "1", |(_, expected, _)| *expected);
        assert!(exception.is_some() || valid != "?", "{text}: nobody has decided");
        let parsed = Edtf::parse_standard(text);
        assert_eq!(parsed.is_ok(), expected, "{text:?}: {parsed:?}");
        let Ok(edtf) = parsed else { continue };
        // The canonical text means the same and is its own canonical text.
        let printed = edtf.to_string();
        assert_eq!(Edtf::parse_standard(&printed).unwrap(), edtf, "{text} → {printed}");
        assert_eq!(Edtf::parse(&printed).unwrap(), edtf, "{text} → {printed}");
    }
    assert_eq!(decided, DECIDED.len(), "an exception is listed for a string that no suite has");
}

#[test]
fn each_level_has_its_earliest_and_latest_day() {
    // From the Library of Congress text's own explanations and the calendar.
    for (text, earliest, latest) in [
        ("1985-04-12", "1985-04-12", "1985-04-12"),
        ("1964/2008", "1964-01-01", "2008-12-31"),
        ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12"),
        ("193", "1930-01-01", "1939-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("Y-170000002", "Y-170000002-01-01", "Y-170000002-12-31"),
        ("2001-21", "2001-03-01", "2001-05-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("1985-04-12/..", "1985-04-12", "open"),
        ("../1985-04", "open", "1985-04-30"),
        ("1985/", "1985-01-01", "unknown"),
        ("/1985", "unknown", "1985-12-31"),
        ("-1985", "-1985-01-01", "-1985-12-31"),
        ("Y-17E7", "Y-170000000-01-01", "Y-170000000-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("Y171010000S3", "Y171000000-01-01", "Y171999999-12-31"),
        ("2001-25", "2001-03-01", "2001-05-31"),
        ("2001-29", "2001-09-01", "2001-11-30"),
        ("2001-30", "2001-12-01", "2002-02-28"),
        ("2001-32", "2001-06-01", "2001-08-31"),
        ("2001-34", "2001-04-01", "2001-06-30"),
        ("2001-38", "2001-05-01", "2001-08-31"),
        ("2001-41", "2001-07-01", "2001-12-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("[..1760-12-03]", "open", "1760-12-03"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("15XX-12-XX", "1500-12-01", "1599-12-31"),
        ("XXXX-12-XX", "0000-12-01", "9999-12-31"),
        ("1XXX-XX", "1000-01-01", "1999-12-31"),
        ("1984-1X", "1984-10-01", "1984-12-31"),
        ("2016-02-2X", "2016-02-20", "2016-02-29"),
        ("2015-02-2X", "2015-02-20", "2015-02-28"),
        ("1XX3", "1003-01-01", "1993-12-31"),
        ("-01XX", "-0199-01-01", "-0100-12-31"),
        ("2022-0X-31", "2022-01-31", "2022-08-31"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
    ] {
        let (a, b) = Edtf::parse_standard(text).unwrap().days();
        assert_eq!((a.to_string().as_str(), b.to_string().as_str()), (earliest, latest), "{text}");
    }
}

#[test]
fn a_qualifier_reaches_as_far_as_it_stands() {
    let marks = |text: &str| {
        let edtf = Edtf::parse_standard(text).unwrap();
        let qualifiers = edtf.dates().next().unwrap().qualifiers;
        [qualifiers.year, qualifiers.month, qualifiers.day].map(|mark| mark.to_string()).join("|")
    };
    // After a part: it and all to its left. Before a part: it alone.
    assert_eq!(marks("2004-06-11%"), "%|%|%");
    assert_eq!(marks("2004-06~-11"), "~|~|");
    assert_eq!(marks("2004?-06-11"), "?||");
    assert_eq!(marks("?2004-06-~11"), "?||~");
    assert_eq!(marks("2004-%06-11"), "|%|");
    assert_eq!(marks("?2004-06-04~"), "%|~|~");
}
