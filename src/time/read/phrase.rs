//! Dates joined by words and signs: ranges, sets, limits, and what says that there is no date.

use super::clock::TWO_TIMES;
use super::lexer::{Kind, Token, cut};
use super::partial::{Partial, complete};
use super::single::partial;
use super::words::Sense;
use super::{EITHER_WAY, NO_FORM, OrderSeen, Reader, Reading, Reason, Sureness, word_durations};
use crate::time::{CivilDate, Date, Day, Edtf, Endpoint, Month, Qualifier, SetPart, Year, Zone};

/// Reads a text in words.
pub(super) fn read(reader: Reader, text: &str) -> Result<Reading, Reason> {
    if let Some(reading) = without_date(text) {
        return Ok(reading);
    }
    if let Some((date, tail)) = text.rsplit_once(", ")
        && let Some(duration) = word_durations(tail)
    {
        let tokens = cut(date).ok_or(NO_FORM)?;
        let reading = statement(reader, tokens.as_slice(), true)?;
        return Ok(Reading { duration: Some(duration), ..reading });
    }
    match cut(text).ok_or(NO_FORM).and_then(|tokens| statement(reader, tokens.as_slice(), false)) {
        Err(NO_FORM) => {}
        other => return other,
    }
    // "24 May 2022 13:00 Asia/Tokyo"
    if let Some((date, name)) = text.rsplit_once(' ')
        && name.contains('/')
        && let Some(zone) = Zone::named(name)
    {
        let tokens = cut(date).ok_or(NO_FORM)?;
        let reading = statement(reader, tokens.as_slice(), false).or_else(|_| reader.any(date))?;
        let edtf = reading.edtf.clone().map(&|date| zone.declare(date));
        if edtf.dates().any(|date| !date.is_instant()) {
            let left_out = "the clock of that zone showed this time twice, never, or by no whole minute from UTC, so the time is \
                            kept without a zone";
            return Ok(Reading { left_out: Some(left_out), ..reading });
        }
        return Ok(Reading { edtf, ..reading });
    }
    Err(NO_FORM)
}

/// Texts that say that the source knows no date, or that something goes on.
fn without_date(text: &str) -> Option<Reading> {
    const NONE: [&str; 30] = [
        "n.d.",
        "n. d.",
        "nd",
        "n.d",
        "no date",
        "undated",
        "not dated",
        "unknown",
        "date unknown",
        "tbd",
        "tba",
        "tbc",
        "to be announced",
        "to be determined",
        "to be confirmed",
        "?",
        "??",
        "-",
        "--",
        "–",
        "—",
        "n/a",
        "na",
        "none",
        "null",
        "unbekannt",
        "inconnu",
        "inconnue",
        "desconocido",
        "неизвестно",
    ];
    const GOES_ON: [&str; 10] = [
        "ongoing",
        "present",
        "now",
        "to date",
        "current",
        "to present",
        "still ongoing",
        "laufend",
        "en cours",
        "heute",
    ];
    const LONGEST: usize = 20;
    if text.len() > LONGEST || text.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let lower = text.to_lowercase();
    let (end, rule) = if NONE.contains(&lower.as_str()) {
        (Endpoint::Unknown, "no date is given")
    } else if GOES_ON.contains(&lower.as_str()) {
        (Endpoint::Open, "it still goes on")
    } else if lower == ".." {
        // Half of an open interval, as EDTF writes it.
        (Endpoint::Open, "open")
    } else {
        return None;
    };
    Some(Reading::plain(Edtf::Interval(Endpoint::Unknown, end), rule))
}

fn word(token: Option<&Token>) -> Option<Sense> {
    match token.map(|token| token.kind) {
        Some(Kind::Word(sense)) => Some(sense),
        _ => None,
    }
}

/// A whole text. `lasted`: a duration follows, so that "from May" has an end which nobody dates.
fn statement(reader: Reader, tokens: &[Token], lasted: bool) -> Result<Reading, Reason> {
    let [first, rest @ ..] = tokens else { return Err(NO_FORM) };
    if let Kind::Word(sense) = first.kind {
        match sense {
            Sense::Before | Sense::After | Sense::By => return limit(reader, sense, rest),
            Sense::Between => return between(reader, rest),
            Sense::On => return statement(reader, rest, lasted),
            Sense::Since => {
                let start = end_of(reader, rest)?;
                return Ok(interval(start, Endpoint::Open, "since"));
            }
            Sense::From => return from(reader, rest, lasted),
            Sense::Until | Sense::To => return until(reader, rest),
            _ => {}
        }
    }
    if let Some(reading) = or_limit(reader, tokens)? {
        return Ok(reading);
    }
    let single = partial(reader, tokens).and_then(|partial| partial.reading());
    let (reading, reason) = match single {
        Ok(reading) => return Ok(reading),
        Err(reason) => (range(reader, tokens), reason),
    };
    match reading {
        Ok(reading) => Ok(reading),
        Err(other) => {
            let better = if other == NO_FORM { reason } else { other };
            list(reader, tokens).map_err(|last| if last == NO_FORM { better } else { last })
        }
    }
}

fn interval(start: Endpoint, end: Endpoint, rule: &'static str) -> Reading {
    Reading::plain(Edtf::Interval(start, end), rule)
}

/// A date that can stand at the end of an interval.
fn end_of(reader: Reader, tokens: &[Token]) -> Result<Endpoint, Reason> {
    side(&partial(reader, tokens)?).map(Endpoint::Date)
}

fn side(partial: &Partial) -> Result<Date, Reason> {
    match partial {
        Partial { swapped: Some(_), .. } => Err(EITHER_WAY),
        Partial { special: Some(_), .. } => Err("a week or a fiscal year cannot be an end of an interval"),
        // No end of an interval is a third of something: the whole month or century holds it, and is about right.
        Partial { part: Some(_), .. } => partial.date().map(|date| date.qualified(about(&date))),
        _ => partial.date(),
    }
}

/// The doubt of a date, and that it is only about right.
fn about(date: &Date) -> Qualifier {
    date.qualifiers.any().or(Qualifier::APPROXIMATE)
}

/// "before 1066", "after May 2022", "by 1850".
fn limit(reader: Reader, sense: Sense, tokens: &[Token]) -> Result<Reading, Reason> {
    let partial = partial(reader, tokens)?;
    let date = side(&partial)?;
    let beyond = "there is no date beyond";
    // Before late May is before its last day, and before 13:00 may be that very day: the limit lies where the date may
    // reach, not where it begins.
    if let Some(edge) = partial.outer(&date, sense == Sense::After) {
        let part = if sense == Sense::After { SetPart::From(edge) } else { SetPart::UpTo(edge) };
        return Ok(Reading::plain(
            Edtf::OneOf(vec![part]),
            "some time before or after a part of a day, month or year",
        ));
    }
    let part = match sense {
        Sense::Before => SetPart::UpTo(next(&date, -1).ok_or(beyond)?),
        Sense::After => SetPart::From(next(&date, 1).ok_or(beyond)?),
        _ => SetPart::UpTo(date),
    };
    let rule = if sense == Sense::After { "some time after a date" } else { "some time before a date" };
    Ok(Reading::plain(Edtf::OneOf(vec![part]), rule))
}

/// The date before or after, of the same precision.
fn next(date: &Date, step: i64) -> Option<Date> {
    let doubt = date.qualifiers.any();
    let bare = Date { qualifiers: crate::time::Qualifiers::default(), time: None, ..*date };
    let moved = match (date.month, date.day) {
        _ if !date.year.is_exact() => {
            let (first, last) = date.year.range();
            Date::from_year(if step < 0 { first.checked_sub(1)? } else { last.checked_add(1)? })
        }
        (None, _) => Date::from_year(date.year.value().checked_add(step)?),
        (Some(Month::Number(month)), None) => {
            let months = date.year.value().checked_mul(12)?.checked_add(i64::from(month) - 1 + step)?;
            let year = Year::new(months.div_euclid(12));
            Date { year, month: Some(Month::Number(months.rem_euclid(12) as u8 + 1)), ..bare }
        }
        // A season, or digits known in part: the day beyond it.
        _ => {
            let window = date.window();
            let days = |point: crate::time::TimePoint| point.date().days_since_epoch();
            let day = if step < 0 { days(window.start()) - 1 } else { days(window.end()) };
            Date::from_day(CivilDate::from_days_since_epoch(day))
        }
    };
    Some(moved.qualified(doubt))
}

/// "between 1850 and 1860": some time in it.
fn between(reader: Reader, tokens: &[Token]) -> Result<Reading, Reason> {
    let joints =
        |token: &Token| matches!(token.kind, Kind::Word(Sense::And | Sense::To) | Kind::Sign('&' | '-' | '–'));
    let (a, b, order, sureness) = pair(reader, tokens, joints)?;
    let edtf = Edtf::OneOf(vec![SetPart::Range(a, b)]);
    Ok(Reading { order, ..Reading::plain(edtf, "some time between two dates").sure(sureness) })
}

/// "from 2014 to 2018", "from 2014 on", "from 2014".
fn from(reader: Reader, tokens: &[Token], lasted: bool) -> Result<Reading, Reason> {
    if let Some(head) = ends_unknown(tokens, 1) {
        return Ok(interval(end_of(reader, head)?, Endpoint::Unknown, "from a date, end unknown"));
    }
    let goes_on = match tokens {
        [head @ .., last] if matches!(word(Some(last)), Some(Sense::On | Sense::Later)) => Some(head),
        _ => None,
    };
    if let Some(head) = goes_on {
        return Ok(interval(end_of(reader, head)?, Endpoint::Open, "from a date on"));
    }
    range(reader, tokens).or_else(|reason| match end_of(reader, tokens) {
        Ok(start) if lasted => Ok(interval(start, Endpoint::Unknown, "from a date, for some time")),
        Ok(start) => Ok(interval(start, Endpoint::Open, "from a date on")),
        Err(NO_FORM) => Err(reason),
        Err(better) => Err(better),
    })
}

/// "until 2022", "until 2022, start unknown", "until 2022, no start".
fn until(reader: Reader, tokens: &[Token]) -> Result<Reading, Reason> {
    if let Some(head) = ends_unknown(tokens, 0) {
        return Ok(interval(Endpoint::Unknown, end_of(reader, head)?, "until a date, start unknown"));
    }
    if let [head @ .., no, start] = tokens
        && word(Some(no)) == Some(Sense::NoEnd)
        && word(Some(start)) == Some(Sense::Early)
    {
        return Ok(interval(Endpoint::Open, end_of(reader, head)?, "until a date, without start"));
    }
    Ok(interval(Endpoint::Unknown, end_of(reader, tokens)?, "until a date"))
}

/// What stands before "start unknown" (0) or "end unknown" (1).
fn ends_unknown(tokens: &[Token], end: usize) -> Option<&[Token]> {
    match tokens {
        [head @ .., name, unknown]
            if word(Some(unknown)) == Some(Sense::Unknown)
                && word(Some(name)) == Some([Sense::Early, Sense::Late][end]) =>
        {
            Some(head)
        }
        _ => None,
    }
}

/// "1850 or before", "1850 or later", "no later than 1850", "not before 1812", "later than 1928".
fn or_limit(reader: Reader, tokens: &[Token]) -> Result<Option<Reading>, Reason> {
    let limit_of = |date: Date, earlier: bool| {
        let part = if earlier { SetPart::UpTo(date) } else { SetPart::From(date) };
        let rule = if earlier { "a date or some time before" } else { "a date or some time after" };
        Reading::plain(Edtf::OneOf(vec![part]), rule)
    };
    if let [no, than, rest @ ..] = tokens
        && word(Some(no)) == Some(Sense::NoEnd)
        && let Some(sense @ (Sense::Earlier | Sense::Later | Sense::Before | Sense::After)) = word(Some(than))
    {
        let earlier = matches!(sense, Sense::Later | Sense::After);
        return side(&partial(reader, than_skipped(rest))?).map(|date| Some(limit_of(date, earlier)));
    }
    if let [first, rest @ ..] = tokens
        && let Some(sense @ (Sense::Earlier | Sense::Later)) = word(Some(first))
    {
        let sense = if sense == Sense::Later { Sense::After } else { Sense::Before };
        return limit(reader, sense, than_skipped(rest)).map(Some);
    }
    if let [head @ .., or, last] = tokens
        && word(Some(or)) == Some(Sense::Or)
        && let Some(sense @ (Sense::Before | Sense::Earlier | Sense::After | Sense::Later)) = word(Some(last))
        && let Ok(partial) = partial(reader, head)
    {
        return side(&partial).map(|date| Some(limit_of(date, matches!(sense, Sense::Before | Sense::Earlier))));
    }
    Ok(None)
}

fn than_skipped(tokens: &[Token]) -> &[Token] {
    match tokens {
        [first, rest @ ..] if word(Some(first)) == Some(Sense::Than) => rest,
        _ => tokens,
    }
}

/// Two dates, what they tell of the order of day and month, and how sure they are.
type Pair = (Date, Date, Option<OrderSeen>, Sureness);

/// How sure one of several dates is; a number that a neighbour made a day or a year was none by itself.
fn sureness(side: &Partial) -> Sureness {
    if side.assumed && side.bare.is_none() { Sureness::Assumed } else { Sureness::Certain }
}

/// The order that one of two sides proves, if the other does not prove another.
fn proved(a: &Partial, b: &Partial) -> Option<OrderSeen> {
    let proves = |side: &Partial| side.order.filter(|order| *order != OrderSeen::Either);
    match (proves(a), proves(b)) {
        (Some(a), Some(b)) if a != b => None,
        (a, b) => a.or(b),
    }
    .or(a.order.or(b.order).filter(|order| *order == OrderSeen::Either))
}

/// Takes the reading of an ambiguous side that the other one proves.
fn settle(side: &mut Partial, order: Option<OrderSeen>) {
    match (side.swapped, order) {
        (Some(_), Some(OrderSeen::DayFirst)) => side.swapped = None,
        (Some((month, day)), Some(OrderSeen::MonthFirst)) => {
            (side.month, side.day) = (Some(Month::Number(month)), Some(Day::Number(day)));
            side.swapped = None;
        }
        _ => {}
    }
}

/// Two dates with something between, each lending the other what it lacks.
fn pair(reader: Reader, tokens: &[Token], joint: impl Fn(&Token) -> bool) -> Result<Pair, Reason> {
    let mut reason = NO_FORM;
    // A hyphen that stands as close as those inside the dates joins nothing: `1940-09-1940`.
    let clock = |at: usize| matches!(tokens.get(at + 2).map(|token| token.kind), Some(Kind::Sign(':')));
    let close = |at: usize| {
        let sign = tokens[at].kind;
        !clock(at)
            && matches!(sign, Kind::Sign('-' | '/'))
            && tokens[at].glued
            && tokens[at + 1].glued
            && tokens.iter().enumerate().any(|(other, token)| other != at && token.kind == sign)
    };
    for at in (1..tokens.len().saturating_sub(1)).filter(|&at| joint(&tokens[at]) && !close(at)) {
        let after = |a: &mut Partial| {
            let rest = &tokens[at + 1..];
            match a.until(reader, rest) {
                // A hyphen before a time that could be an offset says neither.
                Some(b) if tokens[at].kind == Kind::Sign('-') && b.time.is_some_and(|time| time.hour <= 12) => {
                    Err(TWO_TIMES)
                }
                Some(b) => Ok(b),
                None => partial(reader, rest),
            }
        };
        let sides = partial(reader, &tokens[..at]).and_then(|mut a| {
            let b = after(&mut a)?;
            Ok((a, b))
        });
        let read = sides.and_then(|(mut a, mut b)| {
            let sureness = sureness(&a).max(sureness(&b));
            complete(&mut a, &mut b)?;
            // One side may prove the order of day and month for the other.
            let order = proved(&a, &b);
            settle(&mut a, order);
            settle(&mut b, order);
            // Two bare numbers are no dates.
            if a.bare.is_some() || b.bare.is_some() {
                Err(NO_FORM)
            } else {
                Ok((side(&a)?, side(&b)?, order, sureness))
            }
        });
        match read {
            Ok((a, b, ..)) if a.window().start() >= b.window().end() => reason = before(tokens),
            Ok(both) => return Ok(both),
            Err(NO_FORM) => {}
            Err(better) => reason = better,
        }
    }
    Err(reason)
}

/// Why a range that ends before it starts is none.
fn before(tokens: &[Token]) -> Reason {
    match tokens {
        // What was meant for a month is read as a year's last digits.
        [Token { kind: Kind::Number(year), .. }, _, Token { kind: Kind::Number(other), glued: true }]
            if (year.digits, other.digits) == (4, 2) =>
        {
            "after the year stands no month from 01 to 12, nor a later year"
        }
        _ => "the end is before the start",
    }
}

/// "24–26 May 2022", "30 August to 5 September 2022", "1914-18", "2014–present".
fn range(reader: Reader, tokens: &[Token]) -> Result<Reading, Reason> {
    let joint =
        |token: &Token| matches!(token.kind, Kind::Word(Sense::To | Sense::Until) | Kind::Sign('–' | '-' | '/'));
    if let [head @ .., last] = tokens
        && matches!(word(Some(last)), Some(Sense::Present | Sense::Unknown))
    {
        let head = match head {
            [rest @ .., token] if joint(token) => rest,
            _ => return Err(NO_FORM),
        };
        let end = if word(Some(last)) == Some(Sense::Present) { Endpoint::Open } else { Endpoint::Unknown };
        return Ok(interval(end_of(reader, head)?, end, "from a date on"));
    }
    // "2014 –": still going on.
    if let [head @ .., Token { kind: Kind::Sign('–' | '-'), .. }] = tokens {
        return Ok(interval(end_of(reader, head)?, Endpoint::Open, "from a date on"));
    }
    let (a, b, order, sureness) = pair(reader, tokens, joint)?;
    let thirds =
        tokens.iter().any(|token| matches!(word(Some(token)), Some(Sense::Early | Sense::Mid | Sense::Late)));
    let rule = if thirds {
        "from a date to a date; an end that is early, mid or late in something is about that"
    } else {
        "from a date to a date"
    };
    let reading = interval(Endpoint::Date(a), Endpoint::Date(b), rule).sure(sureness);
    let reading = Reading { order, ..reading };
    // `1910-30` is EDTF's southern summer too; next year's digits are hardly meant so.
    let code = |token: &Token| matches!(token.kind, Kind::Number(n) if n.digits == 2 && (25..=41).contains(&n.value));
    let season = matches!(tokens, [_, Token { kind: Kind::Sign('-'), glued: true }, last] if code(last));
    let next = a.year.value() + 1 == b.year.value();
    Ok(if season && !next { reading.sure(Sureness::Assumed) } else { reading })
}

/// "17 or 24 August 2022", "1863 or 1864", "1900; 1973", "12 and 14 May 2022".
fn list(reader: Reader, tokens: &[Token]) -> Result<Reading, Reason> {
    let one_of = |token: &Token| token.kind == Kind::Word(Sense::Or);
    let all_of = |token: &Token| matches!(token.kind, Kind::Word(Sense::And) | Kind::Sign(';' | '&'));
    let any = tokens.iter().any(one_of);
    if any == tokens.iter().any(all_of) {
        return Err(NO_FORM);
    }
    let pieces: Vec<&[Token]> = tokens.split(|token| one_of(token) || all_of(token)).collect();
    let [heads @ .., last] = pieces.as_slice() else { return Err(NO_FORM) };
    let mut last = partial(reader, last)?;
    let mut sure = sureness(&last);
    let mut dates = Vec::with_capacity(pieces.len());
    for head in heads {
        let mut partial = partial(reader, head)?;
        sure = sure.max(sureness(&partial));
        complete(&mut partial, &mut last)?;
        dates.push(side(&partial)?);
    }
    dates.push(side(&last)?);
    let parts = dates.into_iter().map(SetPart::Date).collect();
    let reading = if any {
        Reading::plain(Edtf::OneOf(parts), "one of several dates")
    } else {
        Reading::plain(Edtf::AllOf(parts), "several dates")
    };
    Ok(reading.sure(sure))
}
