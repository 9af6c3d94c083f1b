//! The label solver: no label over another label or over a mark, none cut by the window's edge.
//!
//! A label goes inside its bar if it fits, else to its right, else to its left, else beside it in two smaller lines. What
//! has no room there goes to a free place in a row near by, joined to its mark by a leader; then its first words go where
//! they fit; else it is left out and counted. Each of these is tried for all events before the next, so that no label is
//! cut or led astray for one that comes later. The events with most to tell are asked first: those with several claims,
//! then the longer ones.

use super::label_room::Room;
use super::{ClaimBox, EventBox, Metrics, Rect};
use crate::text::{TextMeter, Weight};
use std::collections::HashMap;

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LabelPlace {
    /// On its mark.
    Inside,
    /// Beside its mark.
    Beside,
    /// In another row, at the end of a leader from this point of its mark, counted down from the top of the unscrolled
    /// body.
    Led {
        /// Where the leader begins.
        from: (f32, f32),
    },
}

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelBox {
    /// Its text, or the first line of it.
    pub text: String,
    /// The second line, where it has two.
    pub second: Option<String>,
    /// A note's number after it, smaller.
    pub note: Option<String>,
    /// The left end of its text.
    pub x: f32,
    /// Its middle, from the top of the unscrolled body.
    pub y: f32,
    /// The width of text and note.
    pub width: f32,
    /// The size of its letters.
    pub size: f32,
    /// On the mark, beside it or led to it.
    pub place: LabelPlace,
}

impl LabelBox {
    /// The height of a line, as a part of the size of its letters.
    pub(crate) const LINE: f32 = 1.05;

    /// What it covers, from the top of the unscrolled body.
    #[must_use]
    pub fn rect(&self) -> Rect {
        let lines = if self.second.is_some() { 2.0 } else { 1.0 };
        let height = self.size * Self::LINE * lines;
        Rect::new(self.x, self.y - height / 2.0, self.width, height)
    }

    /// The points of its leader, from the mark to the text; none without one.
    #[must_use]
    pub fn leader(&self) -> Vec<(f32, f32)> {
        let LabelPlace::Led { from: (x, y) } = self.place else { return Vec::new() };
        let end = if x < self.x { self.x - LEADER_GAP } else { self.x + self.width + LEADER_GAP };
        vec![(x, y), (x, self.y), (end, self.y)]
    }
}

/// What a claim would be called.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) text: String,
    pub(super) note: Option<String>,
    pub(super) width: f32,
    /// The part of the mark that a label may stand in, in points.
    pub(super) inside: Option<(f32, f32)>,
}

/// Between a mark and its label.
pub(super) const GAP: f32 = 6.0;
/// Between a label and whatever comes next to it.
pub(super) const CLEAR: f32 = 8.0;
/// Between a leader and its label.
pub(super) const LEADER_GAP: f32 = 3.0;
/// Longer labels are cut.
const LONGEST: f32 = 420.0;

impl Wish {
    pub(super) fn new(text: &str, meter: &TextMeter, metrics: &Metrics) -> Self {
        let text = meter.fit(text, metrics.font, Weight::Regular, LONGEST).unwrap_or_default();
        let width = meter.width(&text, metrics.font, Weight::Regular);
        Self { text, note: None, width, inside: None }
    }

    /// The same with a note's number, if there is one.
    pub(super) fn with_note(self, note: Option<String>, meter: &TextMeter, metrics: &Metrics) -> Self {
        let Some(note) = note else { return self };
        let width = self.width + meter.width(&note, note_size(metrics.font), Weight::Regular) + 2.0;
        Self { note: Some(note), width, ..self }
    }
}

/// The size of a note's number beside a label of a size.
pub(crate) fn note_size(font: f32) -> f32 {
    (font * 0.68).max(7.0)
}

/// Where the labels of a lane may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelArea {
    /// From the left to the right.
    pub(super) body: Rect,
    /// The middles of the lane's first and last row.
    pub(super) rows: (f32, f32),
}

/// What stands in each row, from x to x.
#[derive(Default)]
pub(super) struct Taken(HashMap<i64, Vec<(f32, f32)>>);

impl Taken {
    /// Rows by their middles; those of a lane are a whole number of rows apart.
    fn key(y: f32, metrics: &Metrics) -> i64 {
        (y / metrics.row * 4.0).round() as i64
    }

    pub(super) fn row(&self, y: f32, metrics: &Metrics) -> &[(f32, f32)] {
        self.0.get(&Self::key(y, metrics)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn take(&mut self, y: f32, metrics: &Metrics, part: (f32, f32)) {
        self.0.entry(Self::key(y, metrics)).or_default().push(part);
    }
}

/// Gives labels to the claims of a lane, in place; returns how many found no room.
///
/// `wishes` has one list for each event, one wish for each claim.
pub(super) fn solve(
    events: &mut [EventBox],
    wishes: &[Vec<Wish>],
    area: LabelArea,
    (metrics, meter): (&Metrics, &TextMeter),
) -> usize {
    type Try = fn(&Room<'_>, &Wish) -> Option<LabelBox>;
    const TRIES: [Try; 3] = [
        |room, wish| room.place(wish).or_else(|| room.place_in_two(wish)),
        |room, wish| room.lead(wish),
        |room, wish| room.shorten(wish),
    ];
    let reaches: Vec<Vec<f32>> = events.iter().map(reaches).collect();
    let mut taken = Taken::default();
    for (event, reaches) in events.iter().zip(&reaches) {
        for (claim, reach) in event.claims.iter().zip(reaches) {
            taken.take(claim.y, metrics, (*reach, claim.right));
        }
    }
    let mut open = by_weight(events, wishes);
    for attempt in TRIES {
        open.retain(|&(event, at)| {
            let claim = &events[event].claims[at];
            let reach = reaches[event][at];
            let room = Room { claim, taken: &taken, area, reach, metrics, meter };
            let Some(label) = attempt(&room, &wishes[event][at]) else { return true };
            for (y, part) in room.taken_by(&label) {
                taken.take(y, metrics, part);
            }
            events[event].claims[at].label = Some(label);
            false
        });
    }
    open.len()
}

/// The claims that have something to be called, those of events with most to tell first.
fn by_weight(events: &[EventBox], wishes: &[Vec<Wish>]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    let weight = |event: &EventBox| {
        let width = event.claims.iter().map(|claim| claim.right - claim.left).fold(0.0, f32::max);
        (event.claims.len(), width as i64)
    };
    order.sort_by_key(|&at| std::cmp::Reverse(weight(&events[at])));
    let claims = order.into_iter().flat_map(|event| (0..events[event].claims.len()).map(move |at| (event, at)));
    claims.filter(|&(event, at)| !wishes[event][at].text.is_empty()).collect()
}

/// How far left the marks of each claim reach, the brackets that join it to its neighbours included.
fn reaches(event: &EventBox) -> Vec<f32> {
    let claims = &event.claims;
    (0..claims.len())
        .map(|at| {
            let near = at.saturating_sub(1)..(at + 2).min(claims.len());
            let left = claims[near].iter().map(|claim: &ClaimBox| claim.left).fold(f32::INFINITY, f32::min);
            if claims.len() > 1 { left - BRACKET } else { left }
        })
        .collect()
}

/// How far left of the leftmost of two claims the bracket between them stands, and a little more.
const BRACKET: f32 = 5.0;
