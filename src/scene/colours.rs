//! Colours by a field: which events share one, and what each stands for.
//!
//! The most common values get a colour each; the others share one, events without a value have another, and events with
//! several values those of up to four of them, the most common ones, side by side. Numbers are cut into five classes of about as many events each, from pale to strong.

use super::steps::{FEW, STEPS, Steps};
use super::stripes::{MOST_BESIDE, Stripes};
use super::{Node, Primitive, Rgba, Role, Sign, Theme};
use crate::event::{Classes, EventId, EventTable, Facet, RowId};
use crate::layout::Rect;
use std::cmp::Reverse;
use std::collections::HashMap;

/// What an event's colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paint {
    /// One of the most common values, by rank.
    Value(u8),
    /// A class of numbers, from the lowest.
    Step(u8),
    /// A class of numbers of which others lie on the other side of zero: its place from 0, the farthest below, over
    /// [`ABOUT_ZERO`] to twice that, the farthest above; and which class it is, from the lowest.
    Side(u8, u8),
    /// Several of the values.
    Several,
    /// One of the less common values.
    Other,
    /// No value.
    Without,
}

/// An entry of the legend of colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourEntry {
    /// What it stands for.
    pub name: String,
    /// How many events are painted so.
    pub count: usize,
    /// How many have the value, alone or beside others.
    pub with: usize,
    /// The value to search for, where it is one.
    pub value: Option<String>,
    paint: Paint,
}

impl ColourEntry {
    /// Whether some mark has its colour.
    fn is_used(&self) -> bool {
        self.count > 0 || self.with > 0
    }

    /// Its sign, beside the colour.
    #[must_use]
    pub fn sign(&self) -> Option<Sign> {
        match self.paint {
            Paint::Value(rank) => Some(Sign::Value(rank)),
            Paint::Step(step) | Paint::Side(_, step) => Some(Sign::Step(step)),
            Paint::Other => Some(Sign::Other),
            // Their colours stand side by side.
            Paint::Several | Paint::Without => None,
        }
    }

    /// A square in its colour with its sign, for legends: `x` is its left edge, `y` its middle.
    #[must_use]
    pub fn swatch(&self, x: f32, y: f32, theme: &Theme) -> Vec<Node> {
        let colour = self.colour(theme);
        let rect = Rect::new(x, y - SWATCH / 2.0, SWATCH, SWATCH);
        if self.paint == Paint::Several {
            let stripes = Stripes::of(self.colours(theme).into_iter().map(|colour| (colour, None)));
            let stripe = |(rect, colour)| Node::fill(Role::Legend, rect, colour);
            return stripes.parts(rect).map(stripe).collect();
        }
        let square = Primitive::Rect { rect, radius: 3.0, fill: Some(colour), stroke: None };
        let sign = self.sign().map(|sign| sign.draw((x + SWATCH / 2.0, y), 3.4, Some(colour.ink()), None));
        std::iter::once(square).chain(sign).map(|primitive| Node::new(Role::Legend, primitive)).collect()
    }

    /// Its colours side by side: several where it stands for several values, those of the most common ones.
    #[must_use]
    pub fn colours(&self, theme: &Theme) -> Vec<Rgba> {
        match self.paint {
            Paint::Several => (0..3).map(|rank| theme.value_colour(rank)).collect(),
            _ => vec![self.colour(theme)],
        }
    }

    /// Its colour.
    #[must_use]
    pub fn colour(&self, theme: &Theme) -> Rgba {
        match self.paint {
            Paint::Value(rank) => theme.value_colour(usize::from(rank)),
            Paint::Step(step) => theme.steps[usize::from(step).min(theme.steps.len() - 1)],
            Paint::Side(place, _) => {
                // Between the two of the scale's colours that are nearest.
                let (at, share) = (usize::from(place) / EACH, usize::from(place) % EACH);
                let of = |at: usize| theme.sides[at.min(theme.sides.len() - 1)];
                of(at + 1).alpha(share as f32 / EACH as f32).over(of(at))
            }
            Paint::Several => theme.text,
            Paint::Other => theme.dim,
            Paint::Without => theme.axis,
        }
    }
}

/// The colours of a document's events by a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colours {
    facet: Facet,
    entries: Vec<ColourEntry>,
    /// The entry of each event.
    of: Vec<u8>,
    /// The entries of the values of events that have several, in the order of events.
    several: Vec<(EventId, [u8; MOST_BESIDE])>,
    /// The entries of each account's own values, of events with several accounts.
    of_account: HashMap<RowId, [u8; MOST_BESIDE]>,
    /// The entry that says that there are several.
    beside: u8,
}

/// Side of a legend's square, in points.
pub const SWATCH: f32 = 13.0;
/// Values with a colour of their own.
const VALUES: usize = FEW;
/// Places between two colours of the scale for both sides of zero, one of them included.
const EACH: usize = 6;
/// The place of a class about zero, in the middle of that scale.
const ABOUT_ZERO: u8 = 2 * EACH as u8;
/// Instead of an entry, where an event has no more of them.
const NONE: u8 = u8::MAX;

impl Colours {
    /// The colours of all events of a table.
    #[must_use]
    pub fn new(table: &EventTable, facet: &Facet) -> Self {
        let numbers = match facet {
            Facet::Attribute(name) => table.attributes().iter().find(|own| own.name == *name && own.is_numeric()),
            _ => None,
        };
        let of_row = |row: RowId| numbers.and_then(|column| column.number(row.0 as usize));
        // Classes are those of all that was read, so that they stay as they are whatever was known.
        let read = |event: EventId| table.rows_read(event).find_map(of_row);
        let number = |event: EventId| table.rows_known(event).find_map(of_row);
        let steps = numbers.and_then(|_| Steps::of(table.events().filter_map(read).collect()));
        match steps {
            Some(steps) => Self::by_number(table, facet, &steps, number),
            None => Self::by_value(table, facet),
        }
    }

    fn by_number(table: &EventTable, facet: &Facet, steps: &Steps, number: impl Fn(EventId) -> Option<f64>) -> Self {
        let mut entries: Vec<ColourEntry> = (0..steps.count())
            .map(|step| ColourEntry {
                name: steps.words(step),
                count: 0,
                with: 0,
                value: None,
                paint: Self::step_paint(steps, step),
            })
            .collect();
        entries.push(ColourEntry { name: facet.without(), count: 0, with: 0, value: None, paint: Paint::Without });
        let of = table.events().map(|event| number(event).map_or(steps.count(), |value| steps.step(value)) as u8);
        Self::counted(table, facet, entries, of.collect(), Vec::new())
    }

    fn by_value(table: &EventTable, facet: &Facet) -> Self {
        let classes = Classes::new(table, facet);
        let mut own = Vec::new();
        let mut counts = vec![0_usize; classes.names().len()];
        let mut known = counts.clone();
        // What has no date is drawn nowhere, so that no count has it.
        let is_dated = |event: EventId| table.rows_read(event).any(|row| !table.is_undated(row));
        let is_known = |event: EventId| table.rows_known(event).any(|row| !table.is_undated(row));
        // Several values are told apart from any one. Colours are given by all that was read, so that they stay as they are
        // whatever was known; each event has those of what was.
        let of_event: Vec<u32> = table
            .events()
            .map(|event| {
                classes.of(event, &mut own);
                for &class in own.iter().filter(|_| is_dated(event)) {
                    counts[class as usize] += 1;
                }
                if table.is_as_known() {
                    classes.of_known(event, &mut own);
                }
                for &class in own.iter().filter(|_| is_known(event)) {
                    known[class as usize] += 1;
                }
                if own.len() == 1 { own[0] } else { u32::MAX }
            })
            .collect();
        let without = classes.none();
        let mut ranked: Vec<u32> =
            (0..counts.len() as u32).filter(|&class| class != without && counts[class as usize] > 0).collect();
        ranked.sort_by_key(|&class| (Reverse(counts[class as usize]), &classes.names()[class as usize]));
        // One more value than there are colours for is not merged with nothing.
        let coloured = if ranked.len() <= VALUES { ranked.len() } else { VALUES - 1 };
        // Numbers are read in their order.
        let number = |class: u32| {
            classes.names()[class as usize].trim().parse::<f64>().ok().filter(|number| number.is_finite())
        };
        if ranked[..coloured].iter().all(|class| number(*class).is_some()) {
            let value = |class: &u32| number(*class).unwrap_or_default();
            ranked[..coloured].sort_by(|a, b| value(a).total_cmp(&value(b)));
        }
        let name = |class: u32| classes.names()[class as usize].clone();
        let mut entries: Vec<ColourEntry> = ranked[..coloured]
            .iter()
            .enumerate()
            .map(|(rank, &class)| ColourEntry {
                name: name(class),
                count: 0,
                with: known[class as usize],
                value: Some(name(class)),
                paint: Paint::Value(rank as u8),
            })
            .collect();
        let rank: HashMap<u32, u8> = ranked[..coloured].iter().copied().zip(0..).collect();
        let more = |name: String, paint| ColourEntry { name, count: 0, with: 0, value: None, paint };
        let (others, several) = (coloured as u8, coloured as u8 + 1);
        let others_named: Vec<String> = ranked[coloured..].iter().map(|&class| name(class)).collect();
        entries.push(more(others_in_words(&others_named), Paint::Other));

        entries.push(more("Several of these, up to four side by side".to_owned(), Paint::Several));
        entries.push(more(name(without), Paint::Without));
        let entry_of = |class: u32| rank.get(&class).copied().unwrap_or(others);
        let with_several = table.events().zip(&of_event).filter(|(_, class)| **class == u32::MAX);
        let beside: Vec<(EventId, [u8; MOST_BESIDE])> = with_several
            .map(|(event, _)| {
                classes.of_known(event, &mut own);
                (event, first_of(own.iter().map(|&class| entry_of(class)).collect()))
            })
            .collect();
        let mut of: Vec<u8> = of_event
            .into_iter()
            .map(|class| match class {
                u32::MAX => several,
                class if class == without => several + 1,
                class => entry_of(class),
            })
            .collect();
        // Several of the less common values share one colour.
        for (event, [first, second, ..]) in &beside {
            if *second == NONE {
                of[event.0 as usize] = *first;
            }
        }
        let beside: Vec<_> = beside.into_iter().filter(|(_, entries)| entries[1] != NONE).collect();
        // Of accounts that differ, each has its own.
        let mut of_account = HashMap::new();
        for (event, _) in beside.iter().filter(|(event, _)| table.rows_known(*event).nth(1).is_some()) {
            for row in table.rows_known(*event) {
                classes.of_account(row, &mut own);
                if !own.is_empty() {
                    of_account.insert(row, first_of(own.iter().map(|&class| entry_of(class)).collect()));
                }
            }
        }
        let less_common = beside.iter().filter(|(event, entries)| entries.contains(&others) && is_known(*event));
        entries[usize::from(others)].with = less_common.count();
        let mut out = Self { of_account, beside: several, ..Self::counted(table, facet, entries, of, beside) };
        let alone = out.entries[usize::from(others)].count;
        out.entries[usize::from(others)].with += alone;
        out
    }

    fn counted(
        table: &EventTable,
        facet: &Facet,
        mut entries: Vec<ColourEntry>,
        of: Vec<u8>,
        several: Vec<(EventId, [u8; MOST_BESIDE])>,
    ) -> Self {
        for (event, &entry) in table.events().zip(&of) {
            let is_dated = table.rows_known(event).any(|row| !table.is_undated(row));
            entries[usize::from(entry)].count += usize::from(is_dated);
        }
        Self { facet: facet.clone(), entries, of, several, of_account: HashMap::new(), beside: NONE }
    }

    /// The entry of an account's mark, whose rows are given, and its colours where it has several values, the most common one
    /// first. An account that names no value has those of its event.
    pub(super) fn of_claim(&self, event: EventId, rows: &[RowId], theme: &Theme) -> (Option<&ColourEntry>, Stripes) {
        let (entry, own) = self.places_of(event, rows);
        let entries = own.into_iter().flatten().map_while(|entry| self.entries.get(usize::from(entry)));
        let beside = Stripes::of(entries.map(|entry| (entry.colour(theme), entry.sign())));
        (entry.and_then(|entry| self.entries.get(usize::from(entry))), beside)
    }

    /// The same by their places: the entry, and those of several values.
    fn places_of(&self, event: EventId, rows: &[RowId]) -> (Option<u8>, Option<[u8; MOST_BESIDE]>) {
        let accounts = rows.iter().filter_map(|row| self.of_account.get(row)).flatten();
        match first_of(accounts.copied().filter(|entry| *entry != NONE).collect()) {
            [NONE, ..] => (self.of.get(event.0 as usize).copied(), self.beside_of(event).copied()),
            [one, NONE, ..] => (Some(one), None),
            own => (Some(self.beside), Some(own)),
        }
    }

    /// The facet that they tell apart.
    #[must_use]
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// What there is of them, in the order of a legend.
    pub fn entries(&self) -> impl Iterator<Item = &ColourEntry> {
        self.entries.iter().filter(|entry| entry.is_used())
    }

    /// The entries whose colours an account's mark has, whose rows are given: that of its only value, or of all that stand side
    /// by side, and the one that says so.
    pub fn of_mark(&self, event: EventId, rows: &[RowId]) -> impl Iterator<Item = &ColourEntry> {
        let (entry, beside) = self.places_of(event, rows);
        let places = entry.into_iter().chain(beside.into_iter().flatten());
        places.filter_map(|entry| self.entries.get(usize::from(entry)))
    }

    /// The entries of the values of an event that has several; those after the last are no entry.
    fn beside_of(&self, event: EventId) -> Option<&[u8; MOST_BESIDE]> {
        let at = self.several.binary_search_by_key(&event, |(own, _)| *own).ok()?;
        Some(&self.several[at].1)
    }

    /// The entry of an event.
    #[must_use]
    pub fn of(&self, event: EventId) -> Option<&ColourEntry> {
        self.of.get(event.0 as usize).and_then(|&entry| self.entries.get(usize::from(entry)))
    }

    /// The colour of a class. Numbers on both sides of zero go from one colour over grey to another.
    fn step_paint(steps: &Steps, step: usize) -> Paint {
        let (lowest, highest) = (steps.lows.first().copied(), steps.highs.last().copied());
        if lowest.is_none_or(|low| low >= 0.0) || highest.is_none_or(|high| high <= 0.0) {
            // Few classes take the ends of the scale.
            return Paint::Step((step * (STEPS - 1) / (steps.count() - 1).max(1)) as u8);
        }
        // The classes of each side are dealt out over its half of the scale.
        let below = steps.highs.iter().filter(|high| **high <= 0.0).count();
        let above = steps.lows.iter().filter(|low| **low >= 0.0).count();
        let (half, rank) = (usize::from(ABOUT_ZERO), step + 1 - (steps.count() - above).min(step + 1));
        let place = match step {
            _ if step < below => half * step / below,
            _ if rank > 0 => half + half * rank / above,
            _ => half,
        };
        Paint::Side(place as u8, step as u8)
    }

    /// Which of [`Self::entries`] an event's is.
    #[must_use]
    pub fn place(&self, event: EventId) -> Option<usize> {
        let own = usize::from(*self.of.get(event.0 as usize)?);
        Some(self.entries[..own].iter().filter(|entry| entry.is_used()).count())
    }

    /// The colour of an event.
    #[must_use]
    pub fn colour(&self, event: EventId, theme: &Theme) -> Rgba {
        self.of(event).map_or(theme.axis, |entry| entry.colour(theme))
    }
}

/// The first of some entries in their order, each once.
fn first_of(mut entries: Vec<u8>) -> [u8; MOST_BESIDE] {
    entries.sort_unstable();
    entries.dedup();
    let mut first = [NONE; MOST_BESIDE];
    first.iter_mut().zip(entries).for_each(|(place, entry)| *place = entry);
    first
}

/// Values that share a colour: all of a few, the first of many.
fn others_in_words(names: &[String]) -> String {
    const NAMED: usize = 3;
    let first = names[..names.len().min(NAMED)].join(", ");
    if names.len() <= NAMED { first } else { format!("{} more: {first}…", names.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::time::Edtf;

    fn table(rows: &[(&[&str], &str)]) -> EventTable {
        let mut builder = EventTableBuilder::new(vec![], vec!["troops".into()]);
        for (who, troops) in rows {
            let attributes = [Some(*troops)];
            let edtf = Edtf::parse("2022").ok();
            builder.push(&Draft { edtf, participants: who, attributes: &attributes, ..Draft::default() }).unwrap();
        }
        builder.finish()
    }

    fn names(colours: &Colours) -> Vec<(String, usize)> {
        colours.entries().map(|entry| (entry.name.clone(), entry.count)).collect()
    }

    #[test]
    fn an_event_with_several_values_has_no_one_values_colour() {
        let table =
            table(&[(&["China"], ""), (&["China", "Russia"], ""), (&["Russia"], ""), (&["China"], ""), (&[], "")]);
        let colours = Colours::new(&table, &Facet::Participants);
        let expected =
            [("China", 2), ("Russia", 1), ("Several of these, up to four side by side", 1), ("Nobody named", 1)];
        assert_eq!(names(&colours), expected.map(|(name, count)| (name.to_owned(), count)));
        let theme = &Theme::LIGHT;
        let of = |event| colours.colour(EventId(event), theme);
        assert!(of(0) == of(3) && of(0) != of(2) && of(1) != of(0) && of(1) != of(2) && of(4) != of(1));
        // Its mark shows the colours of both.
        let beside = |event| colours.of_claim(EventId(event), &[], theme).1;
        assert_eq!(beside(1).colours(), [of(0), of(2)]);
        assert!(beside(0).is_none() && beside(4).is_none());
    }

    #[test]
    fn accounts_that_differ_have_each_its_own_colour() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (when, status) in [("2022-09", "held"), ("2022-08", "planned"), ("2022-07", "")] {
            let (edtf, status) = (Edtf::parse(when).ok(), Some(status).filter(|status| !status.is_empty()));
            builder.push(&Draft { id: Some("a"), edtf, status, ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let colours = Colours::new(&table, &Facet::Status);
        let names = |row: u32| {
            colours.of_mark(EventId(0), &[RowId(row)]).map(|entry| entry.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!((names(0), names(1)), (vec!["Held"], vec!["Planned"]));
        // One that says nothing of it has what the event has.
        assert_eq!(names(2).len(), 3);
    }

    #[test]
    fn numbers_on_both_sides_of_zero_have_a_colour_for_each_side() {
        let numbers: Vec<String> = (-10..=10).map(|number| number.to_string()).collect();
        let rows: Vec<(&[&str], &str)> = numbers.iter().map(|number| (&[][..], number.as_str())).collect();
        let colours = Colours::new(&table(&rows), &Facet::Attribute("troops".into()));
        let of = |event| colours.colour(EventId(event), &Theme::LIGHT);
        let sides = Theme::LIGHT.sides;
        assert_eq!((of(0), of(10), of(20)), (sides[0], sides[2], sides[4]));
        // However many of the classes lie on one side, no two look alike.
        let numbers = ["-3", "0", "1", "2", "3", "4", "5", "7", "8", "10"];
        let rows: Vec<(&[&str], &str)> = numbers.iter().map(|number| (&[][..], *number)).collect();
        let colours = Colours::new(&table(&rows), &Facet::Attribute("troops".into()));
        let entries: Vec<_> = colours.entries().map(|entry| (entry.colour(&Theme::LIGHT), entry.sign())).collect();
        assert!(entries.len() >= 5, "{entries:?}");
        for (at, own) in entries.iter().enumerate() {
            assert!(entries[..at].iter().all(|other| other.0 != own.0 && other.1 != own.1), "{entries:?}");
        }
    }

    #[test]
    fn few_different_numbers_stand_in_their_order() {
        let rows: [(&[&str], &str); 5] = [(&[], "5"), (&[], "40"), (&[], "1000"), (&[], "-7"), (&[], "300")];
        let colours = Colours::new(&table(&rows), &Facet::Attribute("troops".into()));
        let names: Vec<&str> = colours.entries().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["-7", "5", "40", "300", "1000"]);
    }

    #[test]
    fn beyond_the_palette_values_share_a_colour_that_says_so() {
        let parties: Vec<String> = (0..12).map(|at| format!("P{at:02}")).collect();
        let who: Vec<[&str; 1]> = parties.iter().map(|name| [name.as_str()]).collect();
        let rows: Vec<(&[&str], &str)> = who.iter().map(|who| (who.as_slice(), "")).collect();
        let colours = Colours::new(&table(&rows), &Facet::Participants);
        assert_eq!(names(&colours).last(), Some(&("6 more: P06, P07, P08…".to_owned(), 6)));
        // Several that share it are not told apart; one of them beside another value is.
        let both: [&[&str]; 2] = [&["P10", "P11"], &["P00", "P11"]];
        let common = rows[..6].iter().flat_map(|row| [*row; 3]);
        let rows: Vec<(&[&str], &str)> =
            both.map(|who| (who, "")).into_iter().chain(common).chain(rows.clone()).collect();
        let colours = Colours::new(&self::table(&rows), &Facet::Participants);
        let beside = |event| colours.of_claim(EventId(event), &[], &Theme::LIGHT).1.colours().len();
        assert_eq!((beside(0), beside(1)), (0, 2));
        let of_mark =
            |event| colours.of_mark(EventId(event), &[]).map(|entry| entry.name.as_str()).collect::<Vec<_>>();
        assert_eq!(of_mark(0), ["6 more: P11, P10, P06…"]);
        assert_eq!(of_mark(1), ["Several of these, up to four side by side", "P00", "6 more: P11, P10, P06…"]);
    }

    #[test]
    fn numbers_make_classes_that_share_no_number() {
        let numbers: Vec<String> = (0..40).map(|at| (at / 2).to_string()).collect();
        let rows: Vec<(&[&str], &str)> = numbers.iter().map(|number| (&[][..], number.as_str())).collect();
        let colours = Colours::new(&table(&rows), &Facet::Attribute("troops".into()));
        let expected = ["0 – 3", "4 – 7", "8 – 11", "12 – 15", "16 – 19"].map(|name| (name.to_owned(), 8));
        assert_eq!(names(&colours), expected);
    }
}
