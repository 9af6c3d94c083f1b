//! Sizes of marks by a column of numbers: what has more of it is drawn larger.

use super::steps::Steps;
use crate::event::{EventId, EventTable, Facet, RowId};
use crate::text::grouped;

/// How much larger or smaller than usual the marks of a document's events are.
#[derive(Clone, Debug, PartialEq)]
pub struct Sizes {
    facet: Facet,
    /// Size of each event's marks as a share of the usual one.
    of: Vec<f32>,
    words: String,
}

/// The smallest and the largest mark as a share of the usual one; the largest keeps to its row.
pub(super) const RANGE: (f32, f32) = (0.74, 1.3);

impl Sizes {
    /// The columns that sizes can be made by.
    #[must_use]
    pub fn fields(table: &EventTable) -> Vec<Facet> {
        let numeric = table.attributes().iter().filter(|own| own.is_numeric());
        numeric.map(|own| Facet::Attribute(own.name.clone())).collect()
    }

    /// The sizes of all events of a table by a column of numbers, as the accounts that are shown have them: in five
    /// steps that hold about as many events each, or one for each of up to seven different numbers. An event without a
    /// number is among the smallest. `None` where the field holds no numbers.
    #[must_use]
    pub fn new(table: &EventTable, facet: &Facet) -> Option<Self> {
        let Facet::Attribute(name) = facet else { return None };
        let column = table.attributes().iter().find(|own| own.name == *name && own.is_numeric())?;
        // What is drawn of an event goes before its other accounts; those that are not shown say nothing.
        let number = |event: EventId| {
            let drawn = || table.drawn(event).into_iter().map(|(row, _)| row);
            let mut rows = table.rows_of(event);
            let (first, second) = (rows.next()?, rows.next());
            let of = |row: RowId| column.number(row.0 as usize);
            if second.is_none() { of(first) } else { drawn().chain(table.rows_of(event)).find_map(of) }
        };
        let steps = Steps::of_any(table.events().filter_map(number).collect())?;
        let last = steps.count().saturating_sub(1);
        let size = |event| match (number(event), last) {
            (None, _) => RANGE.0,
            (Some(_), 0) => 1.0,
            (Some(number), last) => RANGE.0 + (RANGE.1 - RANGE.0) * steps.step(number) as f32 / last as f32,
        };
        let of: Vec<f32> = table.events().map(size).collect();
        let (low, high) = (steps.lows.first()?, steps.highs.last()?);
        let without = table.events().any(|event| number(event).is_none());
        let without = if without { ", none as least" } else { "" };
        let words = match steps.count() {
            1 => format!("{name} {}{without}", written(*low)),
            count => format!("{name} {} – {} in {count} steps{without}", written(*low), written(*high)),
        };
        Some(Self { facet: facet.clone(), of, words })
    }

    /// The column that they stand for.
    #[must_use]
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// The size of an event's marks as a share of the usual one.
    #[must_use]
    pub fn of(&self, event: EventId) -> f32 {
        self.of.get(event.0 as usize).copied().unwrap_or(1.0)
    }

    /// What the smallest and the largest stand for, for a legend.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

/// A number as people write it: whole ones in groups of three digits.
fn written(number: f64) -> String {
    const EXACT: f64 = 9.0e15;
    if number.fract() != 0.0 || number.abs() > EXACT {
        return number.to_string();
    }
    let sign = if number < 0.0 { "−" } else { "" };
    format!("{sign}{}", grouped(number.abs() as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::time::Edtf;

    fn sizes(numbers: &[&str]) -> Option<Sizes> {
        let mut builder = EventTableBuilder::new(vec![], vec!["troops".into()]);
        for number in numbers {
            let attributes = [Some(*number)];
            let edtf = Edtf::parse("2022").ok();
            builder.push(&Draft { edtf, attributes: &attributes, ..Draft::default() }).unwrap();
        }
        Sizes::new(&builder.finish(), &Facet::Attribute("troops".into()))
    }

    #[test]
    fn more_is_never_smaller_and_nothing_is_among_the_least() {
        let own = sizes(&["5", "20000", "", "20", "20000"]).unwrap();
        let of = |event| own.of(EventId(event));
        assert!(of(0) < of(3) && of(3) < of(1));
        assert_eq!((of(1), of(2), of(4)), (RANGE.1, RANGE.0, RANGE.1));
        assert_eq!(own.words(), "troops 5 – 20\u{a0}000 in 3 steps, none as least");
        let many: Vec<String> = (0..60).map(|number| (number * number).to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let own = sizes(&many).unwrap();
        assert!((1..60).all(|event| own.of(EventId(event - 1)) <= own.of(EventId(event))));
    }

    #[test]
    fn words_have_no_size() {
        assert_eq!(sizes(&["many", "few"]), None);
    }
}
