//! What a query says of each event.

use crate::event::EventId;
use crate::index::CountRange;
use crate::text::grouped;
use crate::time::Answer;

/// Which events a query lets through, and how surely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    answers: Option<Vec<Answer>>,
}

impl Mask {
    /// Lets every event through.
    pub const ALL: Self = Self { answers: None };

    pub(super) fn of(answers: Vec<Answer>) -> Self {
        Self { answers: Some(answers) }
    }

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

    /// Whether every event is let through, because nothing is asked for.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.answers.is_none()
    }

    /// What is to be said where a search for something lets no event with a date through.
    #[must_use]
    pub fn nothing_dated(&self, search: &str) -> String {
        let search = search.trim();
        match self.count().map_or(0, |undated| undated.possible) {
            0 => format!("No event holds “{search}”"),
            1 => format!("No event with a date holds “{search}”; 1 without a date does"),
            more => format!("No event with a date holds “{search}”; {} without a date do", grouped(more)),
        }
    }

    /// How many events are let through: surely, and at most.
    #[must_use]
    pub fn count(&self) -> Option<CountRange> {
        let answers = self.answers.as_ref()?;
        let of = |least| answers.iter().filter(|answer| **answer >= least).count();
        Some(CountRange { certain: of(Answer::Certainly), possible: of(Answer::Possibly) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_undated_events_hold_is_said() {
        let said = |answers: &[Answer]| Mask::of(answers.to_vec()).nothing_dated(" rumour ");
        assert_eq!(said(&[Answer::No]), "No event holds “rumour”");
        assert_eq!(
            said(&[Answer::No, Answer::Certainly]),
            "No event with a date holds “rumour”; 1 without a date does"
        );
    }
}
