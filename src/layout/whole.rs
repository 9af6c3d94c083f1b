//! Events in the scale's own pixels: what is told of each, its marks' edges, and the rows of a lane of which all events
//! have room.

use super::attempts::Drawn;
use super::labels::{self, Wish};
use super::lanes::{Fit, MOST_MARKS, Stage};
use super::levels::Rows;
use super::marks::{self, Sketch};
use super::memory::{PackKey, Told};
use super::pack::{Item, Place};
use super::{Metrics, TimeScale};
use crate::event::{Claim, EventId, EventTable, RowId, Statement, Status};
use crate::index::LaneId;
use crate::time::{Precision, Shape, Span, When};
use std::rc::Rc;

/// Left of a mark with a label there: the gap to a bracket and to what comes before, in points.
const BRACKET_ROOM: f64 = 12.0;

/// Events in the scale's own pixels.
pub(super) struct Packed {
    /// The first nanosecond of the window that the pixels count from.
    pub(super) start: i128,
    /// The width of that window in nanoseconds.
    pub(super) width: i128,
    /// The time for which it serves; `None` for any.
    pub(super) span: Option<Span>,
    pub(super) sketched: Vec<Sketched>,
    /// The place of each event of a crowded lane.
    pub(super) places: Vec<Option<Place>>,
}

/// A lane of which all events have room.
pub(super) struct Whole {
    /// In the order of the rows' events.
    pub(super) packed: Rc<Packed>,
    pub(super) rows: Rc<Rows>,
}

pub(super) struct Sketched {
    pub(super) event: EventId,
    pub(super) told: Rc<Vec<Told>>,
    pub(super) sketches: Vec<Sketch>,
    pub(super) wishes: Vec<Wish>,
    /// Instead of the same ones, where the account that has the name is out of sight.
    pub(super) with_name: Vec<Option<Wish>>,
    /// What an account out of sight is called.
    pub(super) nothing: Wish,
}

impl Stage<'_> {
    /// A lane's events, on a screen all of them, on a page those of the window; `None` where they would need more rows than
    /// any lane has.
    pub(super) fn pack_whole(&self, lane: LaneId) -> Option<Whole> {
        let viewport = self.input.viewport;
        let packed = |sketched| {
            let (start, width) = (viewport.start_nanos(), viewport.width_nanos());
            Rc::new(Packed { start, width, span: None, sketched, places: Vec::new() })
        };
        if self.input.fit == Fit::Page {
            let events = self.input.index.events(lane, viewport.span(), MOST_MARKS).events;
            let (rows, sketched) = self.in_rows(lane, events, &self.scale, None);
            return (!rows.too_tall).then(|| Whole { packed: packed(sketched), rows: Rc::new(rows) });
        }
        let rows = self.rows_of_level(lane);
        if rows.too_tall {
            return None;
        }
        let sizes = [self.metrics.font, self.metrics.mark, self.metrics.row].map(f32::to_bits);
        // A lane that was folded has left its counts under the same key.
        let key: PackKey = (viewport.width_nanos(), self.body.w.to_bits(), sizes, 0, true);
        let is_of_rows =
            |packed: &Packed| packed.sketched.iter().map(|own| own.event).eq(rows.events.iter().copied());
        let packed = self.memory().packed(lane, key, is_of_rows).unwrap_or_else(|| {
            let sketched = rows.events.iter().map(|event| self.sketch(lane, *event, &self.scale)).collect();
            let new = packed(sketched);
            self.memory().keep_packed(lane, key, &new);
            new
        });
        Some(Whole { packed, rows })
    }

    /// An event with its labels, as it stands among others.
    pub(super) fn item(&self, event: &Sketched) -> Item {
        let left = event.sketches.iter().map(|sketch| sketch.left).fold(f64::INFINITY, f64::min);
        let edge = (self.input.fit == Fit::Page).then_some(f64::from(self.body.w));
        item(event, left, &self.metrics, edge)
    }

    /// The edges of an event's marks at a scale, at most as many as are drawn.
    pub(super) fn bare(&self, event: EventId, scale: &TimeScale) -> Item {
        let table = &self.input.document.table;
        let mut start = f64::INFINITY;
        let mut ends: Vec<(f64, f64)> = Vec::new();
        for row in table.rows_of(event).take(marks::MOST_STATEMENTS) {
            let Some(when) = table.when(row) else { continue };
            let sketch = marks::sketch(&when, &set_windows(table, row, &when), scale);
            start = start.min(sketch.left);
            // Rows that state the same share a mark.
            if !ends.contains(&(sketch.right, sketch.right)) {
                ends.push((sketch.right, sketch.right));
            }
        }
        Item { start, mark_start: start, claims: ends }
    }

    pub(super) fn sketch(&self, lane: LaneId, event: EventId, scale: &TimeScale) -> Sketched {
        let own = self.input.index.parts_accounts().then_some(lane);
        let told = self.memory().told((event, own), &self.metrics, || self.tell(own, event));
        let known = self.input.known_until.map(|until| scale.offset(self.input.document.table.warp().shown(until)));
        let own = |told: &Told| {
            // What was only to be, or was called off, is not said to go on.
            let held = marks::tone(&told.claim) == marks::Tone::Held;
            marks::sketch(&told.when, &told.windows, scale).known_until(known.filter(|_| held))
        };
        let sketches: Vec<Sketch> = told.iter().map(own).collect();
        let noted = |told: &Told, wish: &Wish| {
            if self.drawn == Drawn::Unnamed {
                return Wish::nothing();
            }
            let note = self.input.note.and_then(|note| note_of(note, &told.rows));
            wish.clone().with_note(note, self.input.text, &self.metrics)
        };
        let wishes = told.iter().map(|told| noted(told, &told.wish)).collect();
        let mut with_name: Vec<Option<Wish>> =
            told.iter().map(|told| told.with_name.as_ref().map(|wish| noted(told, wish))).collect();
        // On a page, an account that is contradicted beyond it says so.
        if self.input.fit == Fit::Page && sketches.len() > 1 && self.drawn != Drawn::Unnamed {
            let in_sight = |own: &marks::Sketch| own.is_in_sight(0.0, f64::from(self.body.w));
            let first = sketches.iter().position(in_sight);
            let beyond: Vec<&Told> =
                told.iter().zip(&sketches).filter(|(_, sketch)| !in_sight(sketch)).map(|(told, _)| told).collect();
            if let (Some(first), false) = (first, beyond.is_empty()) {
                let own = &told[first];
                let wish = own.with_name.as_ref().unwrap_or(&own.wish);
                let text = format!("{}; {}", wish.text, others_in_words(&beyond));
                let wish = Wish::new(&text, wish.named, self.input.text, &self.metrics);
                with_name[first] = Some(noted(own, &wish));
            }
        }
        Sketched { event, told, sketches, wishes, with_name, nothing: Wish::nothing() }
    }

    /// What is told of an event, whatever the window; in a lane that parts accounts, its own.
    fn tell(&self, lane: Option<LaneId>, event: EventId) -> Vec<Told> {
        let table = &self.input.document.table;
        // In one line, as it is drawn.
        let title = table.rows_of(event).find_map(|row| table.title(row)).unwrap_or_default();
        let one_line =
            title.contains(['\n', '\r', '\t']).then(|| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let title = one_line.as_deref().unwrap_or(title);
        let mut statements = table.statements(event);
        // What a user chose is told in full: other accounts are hidden by it.
        let several = statements.len() > 1 || table.is_chosen(event);
        let mixed = table.is_chosen(event)
            || statements.iter().any(|statement| statement.claim.status != statements[0].claim.status);
        if let Some(lane) = lane {
            let index = self.input.index;
            let own = |statement: &Statement| statement.rows.iter().any(|row| index.is_told_in(lane, table, *row));
            // Lanes of what was merged have no account of their own.
            if statements.iter().any(own) {
                statements.retain(own);
            }
            // Of rows that state the same, as one that was announced and was held then, those of the lane count.
            for statement in &mut statements {
                let rows: Vec<RowId> =
                    statement.rows.iter().copied().filter(|row| index.is_told_in(lane, table, *row)).collect();
                if let Some(first) = rows.first().filter(|_| rows.len() < statement.rows.len()) {
                    statement.claim = table.claim(*first);
                    statement.rows = rows;
                }
            }
        }
        let weight = self.input.index.weight(table, event);
        let more = statements.len().saturating_sub(marks::MOST_STATEMENTS);
        statements.truncate(marks::MOST_STATEMENTS);
        statements
            .into_iter()
            .enumerate()
            .filter_map(|(at, Statement { rows, claim, .. })| {
                let when = claim.when?;
                let windows = rows.first().map(|&row| set_windows(table, row, &when)).unwrap_or_default();
                let text = if several {
                    fork_label(title, table, &claim, at, mixed)
                } else {
                    label(title, table, &rows, &claim)
                };
                let others = if more > 0 { format!(" (+{more} more accounts)") } else { String::new() };
                let text = if at == 0 { format!("{text}{others}") } else { text };
                let wish = |text: &str| {
                    let named = if text.starts_with(title) { title.len() } else { 0 };
                    Wish::new(text, named, self.input.text, &self.metrics)
                };
                let named = || wish(&format!("{}{others}", fork_label(title, table, &claim, 0, mixed)));
                let with_name = (several && at > 0).then(named);
                let wish = wish(&text);
                Some(Told { rows: rows.into(), claim, when, windows, wish, with_name, weight })
            })
            .collect()
    }
}

/// The windows of a set's members in the table's clock; none where the date is no set.
fn set_windows(table: &EventTable, row: RowId, when: &When) -> Vec<Span> {
    let set = matches!(when.shape, Shape::OneOf | Shape::AllOf);
    if set { table.alternatives(row).unwrap_or_default() } else { Vec::new() }
}

/// An event with its labels: inside where they fit, else at the right; at the left where `edge`, the right end of a
/// window that does not move, leaves no room there.
fn item(event: &Sketched, mark_start: f64, metrics: &Metrics, edge: Option<f64>) -> Item {
    let mut start = mark_start;
    let mut ends = |(sketch, wish): (&Sketch, &Wish)| {
        let icon = if sketch.is_dot() { metrics.icon } else { 0.0 };
        let label = f64::from(wish.width + labels::GAP + icon);
        let inside = metrics.mark > metrics.font
            && sketch
                .inside(0.0, edge.map(|edge| (edge, true)))
                .is_some_and(|(from, to)| to - from >= label + f64::from(labels::GAP));
        if inside {
            return (sketch.right, sketch.right);
        }
        if edge.is_some_and(|edge| sketch.right + label > edge) {
            start = start.min(mark_start - label - BRACKET_ROOM);
            return (sketch.right, sketch.right);
        }
        (sketch.right, sketch.right + label)
    };
    // On a page the first account in sight tells the name.
    let first = edge.and_then(|edge| event.sketches.iter().position(|own| own.is_in_sight(0.0, edge)));
    let named = |at: usize| event.with_name[at].as_ref().filter(|_| first == Some(at));
    let wishes = event.wishes.iter().enumerate().map(|(at, wish)| named(at).unwrap_or(wish));
    let claims = event.sketches.iter().zip(wishes).map(&mut ends).collect();
    Item { start, mark_start, claims }
}

/// An event's name; with its time in words where the mark cannot show how it is known.
fn label(title: &str, table: &EventTable, rows: &[RowId], claim: &Claim) -> String {
    let title =
        if title.is_empty() { rows.first().map_or("", |&row| table.description(row).unwrap_or("")) } else { title };
    let plain = claim.edtf.as_ref().is_some_and(|edtf| {
        claim.when.is_some_and(|when| !matches!(when.shape, Shape::OneOf | Shape::AllOf))
            && edtf.dates().all(|date| {
                date.precision() >= Precision::Day && date.qualifiers == crate::time::Qualifiers::default()
            })
    });
    if let Some(standing) = standing_in_words(table, claim) {
        let words = if plain { String::new() } else { format!(" {}", claim.words()) };
        return if title.is_empty() {
            format!("{standing} {}", claim.words())
        } else {
            format!("{title} · {standing}{words}")
        };
    }
    match (plain, title.is_empty()) {
        (true, false) => title.to_owned(),
        (_, true) => claim.words(),
        (false, false) => format!("{title} · {}", claim.words()),
    }
}

/// What accounts beyond a page say: "another account: 10–20 Feb 2022".
fn others_in_words(beyond: &[&Told]) -> String {
    match beyond {
        [one] => format!("another account: {}", one.claim.words()),
        many => format!("{} accounts of other times", many.len()),
    }
}

/// A standing that no mark shows: put off is drawn like announced, and a word that is not known like held.
fn standing_in_words<'c>(table: &EventTable, claim: &'c Claim) -> Option<&'c str> {
    match claim.status.as_ref()? {
        Status::Postponed => Some("postponed"),
        Status::Other(word) if table.tells_standing() => Some(word),
        _ => None,
    }
}

/// The first claim of a fork carries the event's name; each says how its source dates it, and whether it looked
/// ahead where not all did.
fn fork_label(title: &str, table: &EventTable, claim: &Claim, at: usize, mixed: bool) -> String {
    let told = claim.status.as_ref().filter(|_| mixed).map(Status::word);
    let standing = told.or_else(|| standing_in_words(table, claim)).unwrap_or("");
    let stated = format!("{standing} {}", claim.words());
    if at == 0 && !title.is_empty() { format!("{title} · {}", stated.trim()) } else { stated.trim().to_owned() }
}

/// The notes' numbers of all rows that make a statement.
fn note_of(note: &dyn Fn(RowId) -> Option<String>, rows: &[RowId]) -> Option<String> {
    let mut numbers: Vec<String> = rows.iter().filter_map(|&row| note(row)).collect();
    // Numbers as numbers, the least first.
    numbers.sort_by_key(|number| (number.len(), number.clone()));
    numbers.dedup();
    (!numbers.is_empty()).then(|| numbers.join(","))
}
