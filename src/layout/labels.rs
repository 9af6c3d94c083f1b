//! The label solver: no label over another label or over a mark of its row, none cut by the window's edge.
//!
//! A label goes inside its bar if it fits, else to its right, else to its left, else its first words go where they fit,
//! else it is left out and counted. The
//! events with most to tell are asked first: those with several claims, then the longer ones.

use super::{ClaimBox, EventBox, Metrics, Rect};
use crate::text::{TextMeter, Weight};

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelPlace {
    /// On its mark.
    Inside,
    /// Beside its mark.
    Beside,
}

/// A label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelBox {
    /// Its text.
    pub text: String,
    /// A note's number after it, smaller.
    pub note: Option<String>,
    /// The left end of its text.
    pub x: f32,
    /// The width of text and note.
    pub width: f32,
    /// On the mark or beside it.
    pub place: LabelPlace,
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
const CLEAR: f32 = 8.0;
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

/// Gives labels to the claims of a lane, in place; returns how many found no room.
///
/// `wishes` has one list for each event, one wish for each claim.
pub(super) fn solve(
    events: &mut [EventBox],
    wishes: &[Vec<Wish>],
    body: Rect,
    (metrics, meter): (&Metrics, &TextMeter),
) -> usize {
    let row_of = |claim: &ClaimBox| (claim.y / metrics.row * 4.0).round() as i64;
    let mut taken: std::collections::HashMap<i64, Vec<(f32, f32)>> = std::collections::HashMap::new();
    for event in events.iter() {
        for (claim, reach) in event.claims.iter().zip(reaches(event)) {
            taken.entry(row_of(claim)).or_default().push((reach, claim.right));
        }
    }
    let mut order: Vec<usize> = (0..events.len()).collect();
    let weight = |event: &EventBox| {
        let width = event.claims.iter().map(|claim| claim.right - claim.left).fold(0.0, f32::max);
        (event.claims.len(), width as i64)
    };
    order.sort_by_key(|&at| std::cmp::Reverse(weight(&events[at])));
    let mut without = 0;
    for at in order {
        let reaches = reaches(&events[at]);
        for ((claim, wish), reach) in events[at].claims.iter_mut().zip(&wishes[at]).zip(reaches) {
            let row = taken.entry(row_of(claim)).or_default();
            let room = Room { claim, row, body, reach, sign: metrics.sign };
            claim.label = room.place(wish).or_else(|| room.place_shortened(wish, metrics, meter));
            match &claim.label {
                Some(label) if label.place == LabelPlace::Beside => {
                    row.push((label.x - GAP + 1.0, label.x + label.width));
                }
                Some(_) => {}
                None => without += usize::from(!wish.text.is_empty()),
            }
        }
    }
    without
}

/// How far left the marks of each claim reach, the brackets that join it to its neighbours included.
fn reaches(event: &EventBox) -> Vec<f32> {
    let claims = &event.claims;
    (0..claims.len())
        .map(|at| {
            let near = at.saturating_sub(1)..(at + 2).min(claims.len());
            let left = claims[near].iter().map(|claim| claim.left).fold(f32::INFINITY, f32::min);
            if claims.len() > 1 { left - BRACKET } else { left }
        })
        .collect()
}

/// How far left of the leftmost of two claims the bracket between them stands, and a little more.
const BRACKET: f32 = 5.0;

/// What a label may stand in.
struct Room<'a> {
    claim: &'a ClaimBox,
    /// What stands in the row already, from x to x.
    row: &'a [(f32, f32)],
    body: Rect,
    /// How far left the mark reaches.
    reach: f32,
    /// Room of a sign inside the mark.
    sign: f32,
}

impl Room<'_> {
    /// The whole label, where it has room.
    fn place(&self, wish: &Wish) -> Option<LabelBox> {
        if wish.text.is_empty() {
            return None;
        }
        let label = |x: f32, place| {
            Some(LabelBox { text: wish.text.clone(), note: wish.note.clone(), x, width: wish.width, place })
        };
        if let Some((from, to)) = wish.inside {
            // Held at the window's edge, so that a long bar keeps its name in sight.
            let from = from.max(self.body.x) + self.sign;
            let to = to.min(self.body.right());
            if to - from >= wish.width + 2.0 * GAP {
                return label(from + GAP, LabelPlace::Inside);
            }
        }
        let right = self.claim.right + GAP;
        if self.free(right, right + wish.width) {
            return label(right, LabelPlace::Beside);
        }
        let left = self.reach - GAP - wish.width;
        self.free(left, left + wish.width).then(|| label(left, LabelPlace::Beside)).flatten()
    }

    /// The first words of a label at the right of its mark, where a neighbour or the window's edge leaves room for no more.
    fn place_shortened(&self, wish: &Wish, metrics: &Metrics, meter: &TextMeter) -> Option<LabelBox> {
        /// Shorter beginnings say too little, in points and as a part of the whole.
        const LEAST: (f32, f32) = (52.0, 0.65);
        let right = self.claim.right + GAP;
        let next = self.row.iter().map(|(from, _)| *from).filter(|from| *from >= self.claim.right);
        let room = (next.fold(f32::INFINITY, f32::min) - CLEAR).min(self.body.right() - 2.0) - right;
        if room < LEAST.0.max(wish.width * LEAST.1) {
            return None;
        }
        let note =
            wish.note.as_ref().map_or(0.0, |note| meter.width(note, note_size(metrics.font), Weight::Regular) + 2.0);
        let text = meter.fit(&wish.text, metrics.font, Weight::Regular, room - note)?;
        let text = at_word_end(&text, &wish.text)?;
        let width = meter.width(&text, metrics.font, Weight::Regular) + note;
        if width < LEAST.0.max(wish.width * LEAST.1) || !self.free(right, right + width) {
            return None;
        }
        Some(LabelBox { text, note: wish.note.clone(), x: right, width, place: LabelPlace::Beside })
    }

    fn free(&self, from: f32, to: f32) -> bool {
        let own = (self.reach, self.claim.right);
        from >= self.body.x + 2.0
            && to <= self.body.right() - 2.0
            && self.row.iter().all(|&(a, b)| (a, b) == own || to + CLEAR <= a || from >= b + CLEAR)
    }
}

/// A shortened text cut back to the end of a word; `None` where no word is left, or the text ends in the middle of its
/// only one.
fn at_word_end(text: &str, whole: &str) -> Option<String> {
    let Some(head) = text.strip_suffix('…') else { return Some(text.to_owned()) };
    let at_end = whole.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '));
    // Scripts that are written without spaces may be cut anywhere.
    let spaceless = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{eff}');
    let at_end = at_end || head.chars().last().is_some_and(spaceless);
    let end = if at_end { head.len() } else { head.rfind(' ')? };
    let head = head[..end].trim_end_matches([' ', ',', '·', ':', '–', '-']);
    (!head.is_empty()).then(|| format!("{head}…"))
}
