//! One source's statement about one event.

use crate::time::{Duration, Edtf, When, word_edtf};

/// What a source says of an event's standing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Status {
    /// It took place (or the source does not say otherwise).
    #[default]
    Held,
    /// It was announced.
    Announced,
    /// It was planned.
    Planned,
    /// Its announcement was revised.
    Revised,
    /// It was put off. Whether its date is the old one or the new one is not said.
    Postponed,
    /// It was called off.
    Cancelled,
    /// Any other word of the source.
    Other(String),
}

impl Status {
    /// The standing that a source's word names, in English, German, French and Spanish as commonly
    /// written; unknown words are kept.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim().to_lowercase().as_str() {
            "" | "held" | "done" | "completed" | "complete" | "confirmed" | "occurred" | "happened"
            | "stattgefunden" | "abgehalten" | "tenu" | "celebrado" => Self::Held,
            "announced" | "angekündigt" | "annoncé" | "anunciado" => Self::Announced,
            "planned" | "scheduled" | "tentative" | "expected" | "proposed" | "geplant" | "prévu" | "previsto" => {
                Self::Planned
            }
            "revised" | "rescheduled" => Self::Revised,
            "postponed" | "delayed" | "deferred" | "verschoben" | "reporté" | "aplazado" => Self::Postponed,
            "cancelled" | "canceled" | "called off" | "abgesagt" | "annulé" | "cancelado" => Self::Cancelled,
            _ => Self::Other(text.trim().to_owned()),
        }
    }

    /// Whether its event did not come about then: it was cancelled, or put off.
    #[must_use]
    pub fn is_called_off(&self) -> bool {
        matches!(self, Self::Cancelled | Self::Postponed)
    }

    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Held => "held",
            Self::Announced => "announced",
            Self::Planned => "planned",
            Self::Revised => "revised",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
            Self::Other(word) => word,
        }
    }

    /// Whether it says that the event took place, or was taking place.
    #[must_use]
    pub fn tells_of_it(&self) -> bool {
        const BEGUN: [&str; 8] =
            ["under way", "underway", "ongoing", "in progress", "started", "began", "concluded", "ended"];
        match self {
            Self::Held => true,
            Self::Other(word) => BEGUN.iter().any(|begun| word.eq_ignore_ascii_case(begun)),
            _ => false,
        }
    }

    /// Whether the statement looks ahead: it says what is to be, not what was.
    #[must_use]
    pub fn looks_ahead(&self) -> bool {
        matches!(self, Self::Announced | Self::Planned | Self::Revised | Self::Postponed)
    }
}

/// Where a statement comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Source {
    /// Publisher and title, as the file cites them.
    pub citation: String,
    /// When it was published, as the file gives it.
    pub published: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// One source's statement of an event's time and standing.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The date expression; `None` for an undated record.
    pub edtf: Option<Edtf>,
    /// What it means; `None` for an undated record.
    pub when: Option<When>,
    /// How long it lasted, where said.
    pub duration: Option<Duration>,
    /// The date as the file wrote it.
    pub written: Option<String>,
    /// The standing; `None` where the file does not say.
    pub status: Option<Status>,
    /// Where the statement comes from, where said.
    pub source: Option<Source>,
}

impl Claim {
    /// The time in words, "undated" where there is none.
    #[must_use]
    pub fn words(&self) -> String {
        self.edtf.as_ref().map_or_else(|| "undated".to_owned(), |edtf| word_edtf(edtf, self.duration))
    }
}
