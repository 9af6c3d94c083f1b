//! What the user asks for, as a mask over events.
//!
//! Today: words that must all occur somewhere in an event's texts. It stands between `index` and `layout` and knows
//! nothing of either's pixels.

use crate::event::{EventId, EventTable, RowId};
use crate::task::{Cancelled, Control};

/// A search as typed: words, all of which must occur, in any case, in any field of any claim about an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

/// Which events a query lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    keep: Option<Vec<bool>>,
}

impl Mask {
    /// Lets every event through.
    pub const ALL: Self = Self { keep: None };

    /// Whether an event is let through.
    #[must_use]
    pub fn keeps(&self, event: EventId) -> bool {
        self.keep.as_ref().is_none_or(|keep| keep.get(event.0 as usize).copied().unwrap_or(false))
    }
}

impl Query {
    /// The query for a typed text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self { words: text.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether it asks for nothing, so that all events pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The events that it lets through.
    ///
    /// # Errors
    /// [`Cancelled`] when `control` was.
    pub fn mask(&self, table: &EventTable, control: &Control) -> Result<Mask, Cancelled> {
        if self.is_empty() {
            return Ok(Mask::ALL);
        }
        let mut keep = vec![false; table.event_count()];
        for event in table.events() {
            if event.0.is_multiple_of(4_096) {
                control.check()?;
            }
            keep[event.0 as usize] = self.matches(table, event);
        }
        Ok(Mask { keep: Some(keep) })
    }

    fn matches(&self, table: &EventTable, event: EventId) -> bool {
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
}
