//! What a user may decide for an import instead of leaving it to the files' own evidence.

use super::mapping::Mapping;
use crate::event::{Field, SharedIds};
use crate::time::{DateOrder, Reader, SerialEpoch, Zone};

/// Choices that override what the files tell. The default decides nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The order of numeric dates.
    pub order: Option<DateOrder>,
    /// The zone of times without an offset.
    pub zone: Option<Zone>,
    /// The last two-digit year of the 2000s.
    pub pivot: Option<u8>,
    /// What spreadsheet serials count from.
    pub serials: SerialEpoch,
    /// What records are that share an id.
    pub shared_ids: SharedIds,
    /// Whether negative years are counted with a year 0, as astronomers do, whatever their column looks like.
    pub astronomical: bool,
    /// The line of a table's header, from 1.
    pub head: Option<u64>,
    /// A whole mapping, for inputs that have columns of its names; `columns` stand over it.
    pub mapping: Option<Mapping>,
    /// Columns by name (in any case) and what they tell; the first of a name counts.
    pub columns: Vec<(Field, String)>,
}

impl Choices {
    /// The reader that these choices make, without any column's evidence.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader {
            order: self.order,
            pivot: self.pivot.unwrap_or(Reader::PIVOT),
            serials: self.serials,
            zone: self.zone,
            season_codes: false,
            ancient: false,
            epoch: None,
            whole: false,
            yymmdd: false,
            without_zero: false,
        }
    }
}
