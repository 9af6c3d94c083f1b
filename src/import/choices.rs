//! What a user may decide for an import instead of leaving it to the files' own evidence.

use super::mapping::Mapping;
use crate::event::{Field, SharedIds};
use crate::time::{Calendar, DateOrder, Reader, SerialEpoch, Zone};
use serde::{Deserialize, Serialize};

/// Choices that override what the files tell. The default decides nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// How dates are read; over what a mapping says of it.
    pub dates: DateChoices,
    /// The line of a table's header, from 1.
    pub head: Option<u64>,
    /// What records are that share an id.
    pub shared_ids: SharedIds,
    /// Whole mappings; an input takes the one that names most of its columns, if any does.
    pub mappings: Vec<Mapping>,
    /// Mappings for inputs that have exactly the columns of one of them, and no other mapping.
    pub remembered: Vec<Mapping>,
    /// Columns by name (in any case) and what they tell, over all mappings; the first of a name counts.
    pub columns: Vec<(Field, String)>,
}

/// How dates are read where cells leave it open or are wrong. The default decides nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DateChoices {
    /// The order of numeric dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrder>,
    /// The zone of times without an offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// The last two-digit year of the 2000s, 0 to 99.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pivot: Option<u8>,
    /// What spreadsheet serials count from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serials: Option<SerialEpoch>,
    /// The calendar of dates that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// Whether negative years are counted with a year 0, as astronomers do, whatever their column looks like.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub astronomical: bool,
}

impl DateChoices {
    /// Whether nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These, and what they leave open as `other` has it.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            order: self.order.or(other.order),
            zone: self.zone.or(other.zone),
            pivot: self.pivot.or(other.pivot),
            serials: self.serials.or(other.serials),
            calendar: self.calendar.or(other.calendar),
            astronomical: self.astronomical || other.astronomical,
        }
    }

    /// The reader that these make, without any column's evidence.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader {
            order: self.order,
            pivot: self.pivot.unwrap_or(Reader::PIVOT),
            serials: self.serials.unwrap_or_default(),
            zone: self.zone,
            season_codes: false,
            ancient: false,
            epoch: None,
            whole: false,
            yymmdd: false,
            without_zero: false,
            decimal_years: false,
            calendar: self.calendar,
        }
    }
}

impl Choices {
    /// The mapping that an input of these columns takes, and whether it is only remembered.
    pub(super) fn mapping_for(&self, columns: &[String]) -> Option<(&Mapping, bool)> {
        let shared = |mapping: &&Mapping| columns.iter().filter(|name| mapping.column(name).is_some()).count();
        // Of equals the first: `max_by_key` takes the last.
        let chosen = self.mappings.iter().rev().max_by_key(shared).filter(|mapping| shared(mapping) > 0);
        let remembered = || self.remembered.iter().find(|mapping| mapping.is_of(columns)).map(|own| (own, true));
        chosen.map(|own| (own, false)).or_else(remembered)
    }
}
