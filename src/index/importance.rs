//! Which events stay drawn where not all have room.
//!
//! A numeric column called importance, priority, weight, significance or relevance decides, greatest first. Without one
//! an event is the more important the longer it surely lasted (in powers of two) and the rarer its kind, standing and
//! place are in the document (in bits, −log₂ of their share), and each further account of it counts too. Equals are told
//! apart by a hash of their number, so that those drawn stand spread over time and are the same at every zoom.

use crate::event::{Attribute, EventId, EventTable, RowId, WordColumn};
use crate::task;

/// The names of columns that decide, in lower case.
const NAMES: [&str; 5] = ["importance", "priority", "weight", "significance", "relevance"];

/// What decides which events stay drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// The length of events and the rarity of what is said of them.
    #[default]
    LengthAndRarity,
    /// A column of this name.
    Column(String),
}

impl Ranking {
    /// What the column that decides says of an event, in the order of its numbers; 0 without one.
    pub(super) fn weight(&self, table: &EventTable, event: EventId) -> u32 {
        let Self::Column(name) = self else { return 0 };
        let column = table.attributes().iter().find(|attribute| attribute.name == *name);
        let row = table.rows_of(event).next();
        column.zip(row).map_or(0, |(column, row)| of_column(column, row))
    }

    /// In words, after "the most important first: ".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::LengthAndRarity => "the longest and rarest first".to_owned(),
            Self::Column(name) => format!("the highest first by the column “{name}”"),
        }
    }
}

/// Tells how important the events of a table are.
pub(super) struct Importance<'a> {
    table: &'a EventTable,
    column: Option<&'a Attribute>,
    /// For each word of a column, how rare it is, in sixteenths of a bit.
    rarity: Vec<(&'a WordColumn, Vec<u16>)>,
}

/// The lower bits of an importance tell equals apart.
const HASH_BITS: u32 = 16;

impl<'a> Importance<'a> {
    pub(super) fn new(table: &'a EventTable) -> Self {
        let named = |name: &str| NAMES.contains(&name.trim().to_lowercase().as_str());
        let column = table.attributes().iter().find(|attribute| named(&attribute.name) && attribute.is_numeric());
        let words: Vec<&WordColumn> =
            if column.is_some() { Vec::new() } else { table.word_columns().map(|(_, words)| words).collect() };
        let rows = table.rows();
        let rarity = task::in_parallel(words.into_iter(), |words| (words, rarity(words, rows)));
        Self { table, column, rarity }
    }

    pub(super) fn ranking(&self) -> Ranking {
        self.column.map_or(Ranking::LengthAndRarity, |column| Ranking::Column(column.name.clone()))
    }

    /// How important an event is that surely lasted so many units.
    pub(super) fn of(&self, event: EventId, lasted: i64) -> u32 {
        let mut rows = self.table.rows_of(event);
        let Some(row) = rows.next() else { return 0 };
        let score = if let Some(column) = self.column {
            of_column(column, row)
        } else {
            let length = sixteenths(lasted.max(0) as f32 + 1.0);
            let rare = |(words, rarity): &(&WordColumn, Vec<u16>)| {
                words.key(row.0 as usize).map_or(0.0, |key| f32::from(rarity[key]))
            };
            let accounts = rows.take(8).count() as f32 * 32.0;
            length + (self.rarity.iter().map(rare).sum::<f32>() + accounts) as u32
        };
        // The finaliser of MurmurHash3, by Austin Appleby (public domain).
        let mut hash = event.0.wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 13;
        hash = hash.wrapping_mul(0xc2b2_ae35);
        score.min(u32::from(u16::MAX)) << HASH_BITS | hash >> (32 - HASH_BITS)
    }
}

/// How often a number of at least one is the double of one, in sixteenths: its binary logarithm, between powers of two on
/// a straight line, which is how a float holds it (IEEE 754).
fn sixteenths(number: f32) -> u32 {
    (number.to_bits() >> (f32::MANTISSA_DIGITS - 1 - 4)).saturating_sub(127 << 4)
}

/// A number as sixteen bits in its order; nothing is the least.
fn of_column(column: &Attribute, row: RowId) -> u32 {
    let Some(number) = column.number(row.0 as usize).filter(|number| !number.is_nan()) else { return 0 };
    // Floats in IEEE 754 compare as their bits do, once the sign is turned over.
    let bits = (number as f32).to_bits();
    let ordered = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    ordered >> HASH_BITS
}

/// How rare each word of a column is among so many rows, in sixteenths of a bit.
fn rarity(words: &WordColumn, rows: usize) -> Vec<u16> {
    let mut counts = vec![0_u32; words.words()];
    for key in (0..rows).filter_map(|row| words.key(row)) {
        counts[key] += 1;
    }
    let total: u32 = counts.iter().sum();
    let bits = |count: &u32| (libm::log2f(total as f32 / (*count).max(1) as f32) * 16.0).clamp(0.0, 256.0) as u16;
    counts.iter().map(bits).collect()
}
