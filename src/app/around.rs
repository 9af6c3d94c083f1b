//! What the user puts around the lanes: shades, further rows of the axis, named periods.

use super::loaded::Loaded;
use super::state::AppState;
use crate::event::EventId;
use crate::scene::{Period, Shaded, Surroundings, Zero};
use serde::{Deserialize, Serialize};

/// What stands around the lanes, as it is kept from one run to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Around {
    /// What of the calendar is shaded.
    #[serde(flatten)]
    pub shaded: Shaded,
    /// Whether weeks are numbered.
    pub weeks: bool,
    /// In which month fiscal years begin, if they are shown.
    pub fiscal: Option<u8>,
    /// Names and dates of periods, as they were typed.
    pub periods: Vec<(String, String)>,
}

impl Around {
    /// The same with what the command line asks for besides.
    #[must_use]
    pub(super) fn and(&self, asked: &Surroundings) -> Self {
        let asked = Self::of(asked);
        // What is kept from an earlier run is not there twice.
        let new: Vec<_> = asked.periods.iter().filter(|own| !self.periods.contains(own)).cloned().collect();
        Self {
            shaded: self.shaded.or(asked.shaded),
            weeks: self.weeks || asked.weeks,
            fiscal: asked.fiscal.or(self.fiscal),
            periods: self.periods.iter().chain(&new).cloned().collect(),
        }
    }

    fn of(around: &Surroundings) -> Self {
        let written = |period: &Period| (period.name.clone(), period.written.clone());
        Self {
            shaded: around.shaded,
            weeks: around.weeks,
            fiscal: around.fiscal,
            periods: around.periods.iter().map(written).collect(),
        }
    }
}

/// From what days are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountFrom {
    /// The earliest possible start of an event.
    Event(EventId),
    /// The same of the event that the command line names.
    Named(String),
}

impl AppState {
    /// All that stands around the lanes.
    #[must_use]
    pub fn surroundings(&self, open: &Loaded) -> Surroundings {
        let table = &open.document.table;
        let event = match &self.zero {
            None => None,
            Some(CountFrom::Event(event)) => Some(*event),
            Some(CountFrom::Named(name)) => table.named(name),
        };
        let Around { shaded, weeks, fiscal, periods } = &self.around;
        Surroundings {
            // Events that each have their own clock have no second one in common.
            second: self.second.filter(|_| table.display().zone().is_some()),
            weeks: *weeks,
            fiscal: *fiscal,
            // By clocks of their own, events are as far apart as they stand only by chance.
            zero: event.filter(|_| table.display().zone().is_some()).and_then(|event| Zero::of(table, event)),
            shaded: *shaded,
            // What cannot be read is told where it is typed.
            periods: periods.iter().filter_map(|(name, dates)| Period::new(name, dates).ok()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_command_line_asks_for_is_added_once() {
        let asked = Surroundings {
            weeks: true,
            periods: vec![Period::new("War", "1939/1945").unwrap()],
            ..Surroundings::default()
        };
        let kept = Around { shaded: Shaded { weekends: true, ..Shaded::default() }, ..Around::default() };
        let both = kept.and(&asked);
        assert!(both.shaded.weekends && both.weeks && !both.shaded.nights);
        assert_eq!(both.periods, [("War".to_owned(), "1939/1945".to_owned())]);
        assert_eq!(both.and(&asked), both);
    }
}
