//! What the user asks for, as a mask over events.
//!
//! Words that must all occur somewhere in an event's texts, and times in which it must have been: to these the answer is
//! certainly, possibly or no, because a date may leave it open. It stands between `index` and `layout` and knows
//! nothing of either's pixels.

use crate::event::{EventId, EventTable, RowId};
use crate::index::CountRange;
use crate::task::{Cancelled, Control};
use crate::time::{Answer, Edtf, Span, read, word_edtf};

/// A search as typed: words, all of which must occur, in any case, in any field of any claim about an event; and
/// `in:2022-06` or `in:"late May 2022"`, a time in which it must have been.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    times: Vec<(String, Edtf)>,
    problem: Option<String>,
}

/// Which events a query lets through, and how surely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    answers: Option<Vec<Answer>>,
}

impl Mask {
    /// Lets every event through.
    pub const ALL: Self = Self { answers: None };

    /// What the query says of an event.
    #[must_use]
    pub fn answer(&self, event: EventId) -> Answer {
        let of = |answers: &Vec<Answer>| answers.get(event.0 as usize).copied().unwrap_or(Answer::No);
        self.answers.as_ref().map_or(Answer::Certainly, of)
    }

    /// Whether an event is let through, surely or possibly.
    #[must_use]
    pub fn keeps(&self, event: EventId) -> bool {
        self.answer(event) != Answer::No
    }

    /// How many events are let through: surely, and at most.
    #[must_use]
    pub fn count(&self) -> Option<CountRange> {
        let answers = self.answers.as_ref()?;
        let of = |least| answers.iter().filter(|answer| **answer >= least).count();
        Some(CountRange { certain: of(Answer::Certainly), possible: of(Answer::Possibly) })
    }
}

impl Query {
    /// The query for a typed text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let time = rest.strip_prefix("in:");
            let (term, after) = match time.and_then(|time| time.strip_prefix('"')) {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
            };
            match time {
                None => out.words.push(term.to_lowercase()),
                Some(_) => out.time(term.strip_prefix("in:").unwrap_or(term)),
            }
            rest = after.trim_start();
        }
        out
    }

    fn time(&mut self, text: &str) {
        match read(text) {
            Ok(reading) if reading.precision.is_some() => {
                if matches!(&reading.edtf, Edtf::OneOf(parts) if parts.len() > 1) {
                    self.problem = Some(format!("“{text}” may be several dates; write it as 2022-05-24"));
                } else {
                    self.times.push((word_edtf(&reading.edtf, None), reading.edtf));
                }
            }
            Ok(_) => self.problem = Some(format!("“{text}” names no time")),
            Err(error) => self.problem = Some(error.to_string()),
        }
    }

    /// Whether it asks for nothing, so that all events pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.times.is_empty()
    }

    /// What could not be understood of it, and is left out.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// The times that it asks for, in words.
    #[must_use]
    pub fn times(&self) -> Option<String> {
        let words: Vec<&str> = self.times.iter().map(|(words, _)| words.as_str()).collect();
        (!words.is_empty()).then(|| words.join(" and "))
    }

    /// The events that it lets through.
    ///
    /// # Errors
    /// [`Cancelled`] when `control` was.
    pub fn mask(&self, table: &EventTable, control: &Control) -> Result<Mask, Cancelled> {
        if self.is_empty() {
            return Ok(Mask::ALL);
        }
        let mut answers = vec![Answer::No; table.event_count()];
        for event in table.events() {
            if event.0.is_multiple_of(4_096) {
                control.check()?;
            }
            if self.matches(table, event) {
                answers[event.0 as usize] = self.when(table, event);
            }
        }
        Ok(Mask { answers: Some(answers) })
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
        let window = |edtf: &Edtf| table.display().when(&edtf.when(), edtf).extent();
        self.times.iter().map(|(_, edtf)| in_time(window(edtf))).min().unwrap_or(Answer::Certainly)
    }

    fn matches(&self, table: &EventTable, event: EventId) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut found = vec![false; self.words.len()];
        for row in table.rows_of(event) {
            self.look(table, row, &mut found);
            if found.iter().all(|found| *found) {
                return true;
            }
        }
        false
    }

    fn look(&self, table: &EventTable, row: RowId, found: &mut [bool]) {
        table.searchable(row, |text| {
            for (word, found) in self.words.iter().zip(found.iter_mut()) {
                *found = *found || contains(text, word);
            }
        });
    }
}

/// Whether `text` holds `word` (in lower case already), in any case.
fn contains(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        // Bytes beyond ASCII never equal an ASCII letter, so this is right for any text.
        let (text, word) = (text.as_bytes(), word.as_bytes());
        return text.len() >= word.len() && text.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    }
    text.to_lowercase().contains(word)
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
    fn every_word_must_occur_somewhere_in_the_event() {
        assert_eq!(found(""), [0, 1]);
        assert_eq!(found("vostok"), [0]);
        assert_eq!(found("VOSTOK primorsky"), [0]);
        assert_eq!(found("vostok zhanjiang"), [] as [u32; 0]);
        assert_eq!(found("sea"), [1]);
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
