//! What the user asks for, as a mask over events.
//!
//! Words that must all occur somewhere in an event's texts, and times in which it must have been: to these the answer is
//! certainly, possibly or no, because a date may leave it open. It stands between `index` and `layout` and knows
//! nothing of either's pixels.

mod aspects;
mod listing;
mod mask;
mod starts;
mod stats;
mod words;

pub use aspects::weekday_name;
pub use listing::{Column, Sort, in_sight, sort, tsv};
pub use mask::Mask;
pub use stats::{PERIODS, Stats, suitable};

use crate::event::{EventId, EventTable, Field};
use crate::task::{self, Control, Stopped};
use crate::time::{Answer, Edtf, Span, read, word_edtf};
use aspects::Aspect;
use words::Rows;

/// A search as typed: words, all of which must occur, in any case, in any field of any claim about an event;
/// `kind:drill` or `where:"Sea of Japan"`, a word in one field; and `in:2022-06` or `in:"late May 2022"`, a time in which
/// it must have been. `began:2022-05`, `lasted:1d..7d`, `weekday:tue` and `hour:13` ask for a part of its time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    times: Vec<(String, Edtf)>,
    aspects: Vec<Aspect>,
    problem: Option<String>,
}

/// A word, and the field in which it must occur, if it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    field: Option<Field>,
    /// The one column that is meant of those that are none of the known ones.
    column: Option<String>,
    /// In lower case.
    text: String,
    /// The whole value must be one of these, in lower case; `text` is not looked at then.
    exactly: Option<Vec<String>>,
}

impl Term {
    /// The same where a table has a column of the name before a colon: `fiscal:a` then asks that column alone.
    fn in_columns(&self, table: &EventTable) -> Self {
        let named = self.text.split_once(':').filter(|_| self.field.is_none());
        let column = |name: &str| table.attributes().iter().any(|own| plain_name(&own.name) == name);
        match named.filter(|(name, _)| column(name)) {
            Some((name, word)) => {
                let (field, column) = (Some(Field::Attribute), Some(name.to_owned()));
                Self { field, column, text: word.trim_matches('"').to_owned(), exactly: None }
            }
            None => self.clone(),
        }
    }
}

/// What stands before a colon and asks for a part of an event's time.
const ASPECTS: [&str; 4] = ["began", "lasted", "weekday", "hour"];

/// Events that one thread looks at between two looks at the control.
const EVENTS: usize = 1 << 14;

impl Query {
    /// The query for a typed text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (name, value) = named(rest);
            let exact = value.strip_prefix('=').filter(|_| matches!(name, Some(Name::Field(_) | Name::Column(_))));
            let value = exact.unwrap_or(value);
            let (term, after) = match value.strip_prefix('"').filter(|_| name.is_some()) {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            let text = term.to_lowercase();
            let exactly = exact.map(|_| text.split('|').map(|value| value.trim().to_owned()).collect());
            let word = |field| Term { field, column: None, text: text.clone(), exactly: None };
            match name {
                Some(Name::In) => out.time(term),
                // A name without a value yet asks for nothing.
                Some(Name::Aspect(_)) if term.is_empty() => {}
                Some(Name::Aspect(name)) => match Aspect::parse(name, term) {
                    Some(Ok(aspect)) => out.aspects.push(aspect),
                    Some(Err(problem)) => out.problem = Some(problem),
                    None => {}
                },
                // A field without a word yet asks for nothing.
                Some(_) if term.is_empty() => {}
                Some(Name::Field(field)) => out.terms.push(Term { exactly, ..word(Some(field)) }),
                Some(Name::Column(column)) => {
                    out.terms.push(Term { exactly, column: Some(column), ..word(Some(Field::Attribute)) });
                }
                None => out.terms.push(word(None)),
            }
            rest = after.trim_start();
        }
        out
    }

    fn time(&mut self, text: &str) {
        match time_of(text) {
            Ok(edtf) => self.times.push((format!("in {}", word_edtf(&edtf, None)), edtf)),
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// Whether it asks for nothing, so that all events pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.times.is_empty() && self.aspects.is_empty()
    }

    /// What could not be understood of it, and is left out.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// What it asks of an event's time, in words: "in June 2022 and begun on a Tuesday".
    #[must_use]
    pub fn times(&self) -> Option<String> {
        let times = self.times.iter().map(|(words, _)| words.clone());
        let words: Vec<String> = times.chain(self.aspects.iter().map(Aspect::words)).collect();
        (!words.is_empty()).then(|| words.join(" and "))
    }

    /// The events that it lets through.
    ///
    /// # Errors
    /// [`Stopped`] when `control` says so.
    pub fn mask(&self, table: &EventTable, control: &Control) -> Result<Mask, Stopped> {
        if self.is_empty() {
            return Ok(Mask::ALL);
        }
        let found = self.rows(table, control)?;
        let asks_when = !(self.times.is_empty() && self.aspects.is_empty());
        let count = table.event_count();
        let ranges = (0..count).step_by(EVENTS).map(|from| from as u32..(from + EVENTS).min(count) as u32);
        let parts = task::in_parallel(ranges, |range| {
            control.check()?;
            let answer = |event| {
                // Words of different claims about one event count together.
                let holds = |rows: &Rows| table.rows_of(event).any(|row| rows.has(row.0 as usize));
                if !found.iter().all(holds) {
                    Answer::No
                } else if asks_when {
                    self.when(table, event)
                } else {
                    Answer::Certainly
                }
            };

            Ok(range.map(EventId).map(answer).collect::<Vec<_>>())
        });
        let mut answers = Vec::with_capacity(count);
        for part in parts {
            answers.extend(part?);
        }
        Ok(Mask::of(answers))
    }

    /// For each term, the rows in which it occurs. Where an event has one row, a term is looked for only where those before
    /// it were found, the longest first, as it is the rarest.
    fn rows(&self, table: &EventTable, control: &Control) -> Result<Vec<Rows>, Stopped> {
        let mut terms: Vec<Term> = self.terms.iter().map(|term| term.in_columns(table)).collect();
        // A column that is named without a word asks for nothing yet.
        terms.retain(|term| term.exactly.is_some() || !term.text.is_empty());
        if !table.is_plain() {
            return terms.iter().map(|term| words::rows_with(table, term, None, control)).collect();
        }
        terms.sort_by_key(|term| std::cmp::Reverse(term.text.len()));
        let mut found = None;
        for term in &terms {
            found = Some(words::rows_with(table, term, found.as_ref(), control)?);
        }
        Ok(found.into_iter().collect())
    }

    /// Whether it was in all the times asked for. Accounts that differ leave it possible.
    fn when(&self, table: &EventTable, event: EventId) -> Answer {
        let in_time = |window: Span| {
            let drawn = table.drawn(event);
            let answers = drawn.iter().map(|(row, when)| table.in_window(*row, when, window));
            let (mut least, mut most) = (Answer::Certainly, Answer::No);
            for answer in answers {
                (least, most) = (least.min(answer), most.max(answer));
            }
            if least == most { most } else { most.min(Answer::Possibly) }
        };
        // A time with an offset stands by the same clock as the events.
        let window = |edtf: &Edtf| table.warp().span_shown(table.display().when(&edtf.when(), edtf).extent());
        let times = self.times.iter().map(|(_, edtf)| in_time(window(edtf)));
        let aspects = self.aspects.iter().map(|aspect| aspect.answer(table, event));
        times.chain(aspects).min().unwrap_or(Answer::Certainly)
    }
}

enum Name {
    In,
    Aspect(&'static str),
    Field(Field),
    /// A column that is none of the known ones.
    Column(String),
}

/// A name before a colon, and what stands after it; no name, and all of it, where it names nothing here.
fn named(text: &str) -> (Option<Name>, &str) {
    let Some((name, value)) = text.split_once(':') else { return (None, text) };
    let name = name.to_lowercase();
    if name == "in" {
        return (Some(Name::In), value);
    }
    if let Some(name) = ASPECTS.iter().find(|own| **own == name) {
        return (Some(Name::Aspect(name)), value);
    }
    match Field::searched(&name) {
        Some(field) => (Some(Name::Field(field)), value),
        // Any name before a colon and an equals sign is meant as one; before a colon alone it may be a word.
        None if value.starts_with('=') && !name.contains(char::is_whitespace) => (Some(Name::Column(name)), value),
        None => (None, text),
    }
}

/// A column's name as it is written in a search: without spaces, in lower case.
fn plain_name(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
}

/// A search with a value of a field taken into what it asks for exactly, or out of it: `who:="China|Russia"`.
#[must_use]
pub fn toggled(search: &str, field: &str, value: &str) -> String {
    let field = plain_name(field);
    let start = format!("{field}:=");
    let place = search
        .match_indices(&start)
        .map(|(at, _)| at)
        .find(|at| search[..*at].chars().last().is_none_or(char::is_whitespace));
    let (before, values, after) = match place {
        None => (search, Vec::new(), ""),
        Some(at) => {
            let rest = &search[at + start.len()..];
            let (values, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
            };
            (&search[..at], values.split('|').filter(|own| !own.is_empty()).collect(), after)
        }
    };
    let same = |own: &&str| own.to_lowercase() == value.to_lowercase();
    let mut left: Vec<&str> = values.iter().copied().filter(|own| !same(own)).collect();
    if left.len() == values.len() {
        left.push(value);
    }
    let term = if left.is_empty() { String::new() } else { format!("{start}\"{}\"", left.join("|")) };
    let parts = [before.trim(), &term, after.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a search asks exactly for a value of a field, as [`toggled`] writes it.
#[must_use]
pub fn asks_for(search: &str, field: &str, value: &str) -> bool {
    toggled(search, field, value).len() < search.trim().len()
}

/// A time that a search asks for.
///
/// # Errors
/// What is wrong with it, where it names none, or none that lies somewhere.
pub(super) fn time_of(text: &str) -> Result<Edtf, String> {
    let edtf = match read(text) {
        Ok(reading) if reading.precision.is_some() => reading.edtf,
        Ok(_) => return Err(format!("“{text}” names no time")),
        Err(error) => return Err(error.to_string()),
    };
    if edtf.dates().any(|date| date.year.is_unknown()) {
        return Err(format!("“{text}” names no year"));
    }
    if matches!(&edtf, Edtf::OneOf(parts) if parts.len() > 1) {
        return Err(format!("“{text}” may be several dates; write it as 2022-05-24"));
    }
    Ok(edtf)
}

/// A search as its terms stand in it, quoted values whole.
fn pieces(search: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = search.trim_start();
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let quote = rest[..word]
            .find(":\"")
            .or(rest[..word].find(":=\""))
            .and_then(|at| rest[at..].find('"').map(|quote| at + quote));
        let end =
            quote.map_or(word, |quote| rest[quote + 1..].find('"').map_or(rest.len(), |close| quote + close + 2));
        out.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    out
}

/// A search that asks for values after names, in place of what it asked for there; without them where it asked for just
/// these.
#[must_use]
pub fn with_terms(search: &str, terms: &[(&str, &str)]) -> String {
    let named = |piece: &str, name: &str| {
        piece.split_once(':').filter(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let pieces = pieces(search);
    let has = |(name, value): &(&str, &str)| pieces.iter().any(|piece| named(piece, name).as_deref() == Some(*value));
    let all = terms.iter().all(has);
    let others = pieces.iter().filter(|piece| !terms.iter().any(|(name, _)| named(piece, name).is_some()));
    let mut out: Vec<String> = others.map(|piece| (*piece).to_owned()).collect();
    if !all {
        out.extend(terms.iter().map(|(name, value)| format!("{name}:{value}")));
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};

    fn found(query: &str) -> Vec<u32> {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (title, place, id) in
            [("Vostok", "Primorsky", "a"), ("Joint Sea", "Zhanjiang", "b"), ("Vostok revised", "Übungsplatz", "a")]
        {
            let draft = Draft { title: Some(title), location: Some(place), id: Some(id), ..Draft::default() };
            builder.push(&draft).unwrap();
        }
        let table = builder.finish();
        let mask = Query::parse(query).mask(&table, &Control::new()).unwrap();
        table.events().filter(|event| mask.keeps(*event)).map(|event| event.0).collect()
    }

    #[test]
    fn a_column_named_without_a_word_asks_for_nothing() {
        // With an account more, the events are no longer the rows.
        for accounts in [1, 2] {
            let mut builder = EventTableBuilder::new(vec![], vec!["fiscal".into()]);
            for (id, title, value) in [("1", "Vostok", "a"), ("2", "Vostok", "b"), ("3", "Zapad", "a")] {
                let draft =
                    Draft { id: Some(id), title: Some(title), attributes: &[Some(value)], ..Draft::default() };
                (0..accounts).for_each(|_| builder.push(&draft).unwrap());
            }
            let table = builder.finish();
            let kept = |query: &str| {
                let mask = Query::parse(query).mask(&table, &Control::new()).unwrap();
                table.events().filter(|event| mask.keeps(*event)).count()
            };
            assert_eq!(["fiscal:", "fiscal:\"\"", "fiscal:a"].map(kept), [3, 3, 2]);
            assert_eq!(["vostok fiscal:", "fiscal: zapad", "vostok fiscal:a"].map(kept), [2, 1, 1]);
        }
    }

    #[test]
    fn an_equals_sign_asks_for_the_whole_value_or_one_of_several() {
        assert_eq!(found("where:=primorsky"), [0]);
        assert_eq!(found("where:=primor"), [] as [u32; 0]);
        assert_eq!(found("where:=\"Zhanjiang|Primorsky\""), [0, 1]);
        assert_eq!(found("title:=\"joint sea\""), [1]);
        assert_eq!(found("where:="), [0, 1]);
    }

    #[test]
    fn a_value_is_taken_into_a_search_and_out_of_it() {
        let one = toggled("vostok", "who", "China");
        assert_eq!(one, "vostok who:=\"China\"");
        let two = toggled(&one, "who", "Sri Lanka");
        assert_eq!(two, "vostok who:=\"China|Sri Lanka\"");
        assert!(asks_for(&two, "who", "china") && !asks_for(&two, "who", "Japan"));
        assert_eq!(toggled(&toggled(&two, "who", "China"), "who", "Sri Lanka"), "vostok");
    }

    #[test]
    fn a_term_takes_the_place_of_another_and_asking_twice_takes_it_away() {
        let one = with_terms("vostok Began:2021", &[("began", "2022-05")]);
        assert_eq!(one, "vostok began:2022-05");
        assert_eq!(with_terms(&one, &[("began", "2022-05")]), "vostok");
        let quoted = with_terms("title:\"joint  sea\" began:\"late May 2022\" x", &[("began", "2022")]);
        assert_eq!(quoted, "title:\"joint  sea\" x began:2022");
        let both = with_terms("weekday:tue", &[("weekday", "tue"), ("hour", "10")]);
        assert_eq!(both, "weekday:tue hour:10");
        assert_eq!(with_terms(&both, &[("weekday", "tue"), ("hour", "10")]), "");
    }

    #[test]
    fn every_word_must_occur_somewhere_in_the_event() {
        assert_eq!(found(""), [0, 1]);
        assert_eq!(found("vostok"), [0]);
        assert_eq!(found("VOSTOK primorsky"), [0]);
        assert_eq!(found("vostok zhanjiang"), [] as [u32; 0]);
        assert_eq!(found("sea"), [1]);
    }

    #[test]
    fn a_word_may_be_asked_for_in_one_field() {
        assert_eq!(found("where:primorsky"), [0]);
        assert_eq!(found("title:primorsky"), [] as [u32; 0]);
        assert_eq!(found("title:\"joint sea\" where:zhan"), [1]);
        // A field that is not typed to its end asks for nothing yet, and other colons are letters.
        assert_eq!(found("kind:"), [0, 1]);
        assert_eq!(found("http://x"), [] as [u32; 0]);
    }

    #[test]
    fn a_word_over_the_border_of_two_texts_is_in_neither() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for title in ["Vos", "tok", "Vostok", "ok"] {
            builder.push(&Draft { title: Some(title), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let kept = |query: &str| -> Vec<u32> {
            let mask = Query::parse(query).mask(&table, &Control::new()).unwrap();
            table.events().filter(|event| mask.keeps(*event)).map(|event| event.0).collect()
        };
        assert_eq!((kept("vostok"), kept("k"), kept("tok")), (vec![2], vec![1, 2, 3], vec![1, 2]));
    }

    #[test]
    fn words_of_different_claims_about_one_event_count_together_and_umlauts_match_in_any_case() {
        assert_eq!(found("revised primorsky"), [0]);
        assert_eq!(found("übungsplatz"), [0]);
        assert_eq!(found("ÜBUNGS"), [0]);
    }

    #[test]
    fn a_time_is_answered_certainly_possibly_or_no() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (date, id) in [
            ("2022-06-15", "inside"),
            ("2022-06", "the month itself"),
            ("2022", "some time in the year"),
            ("2022-05-28/2022-07-03", "all through"),
            ("2022-05-28/2022-06-02", "from before"),
            ("2022-07-01", "after"),
            ("[2022-06-01,2022-08-01]", "one of two"),
            ("[2022-05-01,2022-08-01]", "neither of two"),
            ("{2022-06-01,2022-08-01}", "each of two"),
            ("2022-04-15/", "end unknown"),
            ("2022-06-10", "two accounts"),
            ("2022-07-10", "two accounts"),
        ] {
            let edtf = Some(crate::time::Edtf::parse(date).unwrap());
            builder.push(&Draft { edtf, id: Some(id), title: Some(id), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let mask = Query::parse("in:2022-06").mask(&table, &Control::new()).unwrap();
        let answers: Vec<Answer> = table.events().map(|event| mask.answer(event)).collect();
        assert_eq!(
            answers,
            [
                Answer::Certainly,
                Answer::Certainly,
                Answer::Possibly,
                Answer::Certainly,
                Answer::Certainly,
                Answer::No,
                Answer::Possibly,
                Answer::No,
                Answer::Certainly,
                Answer::Possibly,
                Answer::Possibly,
            ]
        );
        assert_eq!(mask.count().unwrap().words("event"), "5–9 events");
        let both = Query::parse("in:\"June 2022\" inside");
        assert_eq!(both.mask(&table, &Control::new()).unwrap().count().unwrap().possible, 1);
        assert!(Query::parse("in:soon").problem().is_some());
    }
}
