//! The label solver: no label over another label or over a mark, none cut by the window's edge.
//!
//! A label goes inside its bar if it fits, else to its right, else to its left, else beside it in two smaller lines. What
//! has no room there goes into the fade of a bar of which only that is in sight, or to a free place in a row near by, joined to its mark by a leader, or over a bar lower than letters; then its first words go where
//! they fit, or all of it over a break of the axis; else it is left out and counted. Each of these is tried for all events of one importance before the next, so that no label is
//! cut or led astray for one that comes later. The events with most to tell are asked first: those with several claims,
//! then the longer ones. While a window moves, labels that have a place at their marks are asked before all others and
//! keep it as long as it is free, so that none flickers.

use super::label_room::Room;
use super::{ClaimBox, EventBox, Metrics, Rect};
use crate::event::EventId;
use crate::text::{TextMeter, Weight};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

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
    /// It is only the beginning of what was to be said.
    pub is_cut: bool,
    /// It stands over a break of the axis, and needs a ground of its own.
    pub over_break: bool,

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
    pub(super) text: Rc<str>,
    pub(super) note: Option<Rc<str>>,
    pub(super) width: f32,
    /// How many bytes of the text are the event's name, before what is said of its time.
    pub(super) named: usize,
    /// The same on two smaller lines, once that was asked for; `None` where it cannot be broken.
    pub(super) halves: Rc<OnceCell<Option<Halves>>>,
}

/// A label on two lines.
#[derive(Clone, Debug)]
pub(super) struct Halves {
    pub(super) lines: [Rc<str>; 2],
    /// Of the wider line, its note included.
    pub(super) width: f32,
}

/// What the claim of a mark would be called there.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) wish: &'a Wish,
    /// The part of the mark that a label may stand in, in points.
    pub(super) inside: Option<(f32, f32)>,
    /// How important its event is by a column; 0 without one.
    pub(super) weight: u32,
}

/// Between a mark and its label.
pub(super) const GAP: f32 = 6.0;
/// Between a label and whatever comes next to it.
pub(super) const CLEAR: f32 = 8.0;
/// Between a leader and its label.
pub(super) const LEADER_GAP: f32 = 3.0;
/// Longer labels are cut.
const LONGEST: f32 = 420.0;
/// As much more room is left before a label at the left of its mark: what stands near before it would seem to be its own.
pub(super) const BEFORE: f32 = 10.0;

impl Wish {
    /// A text of which the first `named` bytes are the event's name.
    pub(super) fn new(text: &str, named: usize, meter: &TextMeter, metrics: &Metrics) -> Self {
        // Of a long one the name is cut and never what is said of its time.
        let (name, rest) = text.split_at(if named > 0 && text.is_char_boundary(named) { named } else { text.len() });
        let room = LONGEST - if rest.is_empty() { 0.0 } else { meter.about(rest, metrics.font, Weight::Regular) };
        let name = meter.fit(name, metrics.font, Weight::Regular, room.max(LONGEST / 2.0)).unwrap_or_default();
        let (named, text) = (if named > 0 { name.len() } else { 0 }, format!("{name}{rest}"));
        let text = meter.fit(&text, metrics.font, Weight::Regular, LONGEST * 1.5).unwrap_or_default();
        let width = meter.width(&text, metrics.font, Weight::Regular);
        Self { text: text.into(), note: None, width, named, halves: Rc::default() }
    }

    /// No label at all.
    pub(super) fn nothing() -> Self {
        Self { text: "".into(), note: None, width: 0.0, named: 0, halves: Rc::default() }
    }

    /// The same with a note's number, if there is one.
    pub(super) fn with_note(self, note: Option<String>, meter: &TextMeter, metrics: &Metrics) -> Self {
        let Some(note) = note else { return self };
        let width = self.width + meter.width(&note, note_size(metrics.font), Weight::Regular) + 2.0;
        Self { note: Some(note.into()), width, halves: Rc::default(), ..self }
    }
}

/// The size of a note's number beside a label of a size.
pub(crate) fn note_size(font: f32) -> f32 {
    (font * 0.68).max(5.6)
}

/// A place at a mark that a label keeps while the window moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Right,
    Left,
}

impl Side {
    const BESIDE: [Self; 2] = [Self::Right, Self::Left];
}

/// How a whole label stands at its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) side: Side,
    /// On two lines rather than one.
    pub(super) in_two: bool,
}

impl Stand {
    /// That of a claim's label; `None` without one, and for one that is cut or in another row.
    fn of(claim: &ClaimBox) -> Option<Self> {
        let label = claim.label.as_ref().filter(|label| !label.is_cut)?;
        let side = match label.place {
            LabelPlace::Inside => Side::Inside,
            LabelPlace::Beside if label.x >= claim.right => Side::Right,
            LabelPlace::Beside => Side::Left,
            LabelPlace::Led { .. } => return None,
        };
        Some(Self { side, in_two: label.second.is_some() })
    }
}

/// How the labels of events' claims stood a moment ago.
pub(super) type Sides = HashMap<(EventId, usize), Stand>;

/// How the labels of a lane stand.
pub(super) fn sides(events: &[EventBox]) -> Sides {
    let claims =
        events.iter().flat_map(|event| event.claims.iter().enumerate().map(|(at, claim)| (event.event, at, claim)));
    claims.filter_map(|(event, at, claim)| Some(((event, at), Stand::of(claim)?))).collect()
}

/// Where the labels of a lane may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelArea<'a> {
    /// From the left to the right.
    pub(super) body: Rect,
    /// Breaks of the axis, from x to x, over which nothing is written.
    pub(super) breaks: &'a [(f32, f32)],
    /// The middles of the lane's first and last row.
    pub(super) rows: (f32, f32),
}

/// What stands in each row of a lane, from x to x.
pub(super) struct Taken {
    /// The middle of the first row, and the height of rows.
    first: f32,
    height: f32,
    rows: Vec<Vec<(f32, f32)>>,
}

impl Taken {
    fn new(first: f32, height: f32) -> Self {
        Self { first, height, rows: Vec::new() }
    }

    /// The number of the row with this middle; rows are a whole number of their height apart.
    fn at(&self, y: f32) -> Option<usize> {
        let at = ((y - self.first) / self.height).round();
        (at >= 0.0).then_some(at as usize)
    }

    pub(super) fn row(&self, y: f32) -> &[(f32, f32)] {
        self.at(y).and_then(|at| self.rows.get(at)).map_or(&[], Vec::as_slice)
    }

    fn give_back(&mut self, y: f32, part: (f32, f32)) {
        let Some(row) = self.at(y).and_then(|at| self.rows.get_mut(at)) else { return };
        if let Some(at) = row.iter().rposition(|own| *own == part) {
            row.swap_remove(at);
        }
    }

    fn take(&mut self, y: f32, part: (f32, f32)) {
        let Some(at) = self.at(y) else { return };
        if self.rows.len() <= at {
            self.rows.resize_with(at + 1, Vec::new);
        }
        self.rows[at].push(part);
    }
}

/// A claim without a label, by the places of event and claim.
type Open<'a> = (usize, usize, Wanted<'a>);

/// Gives labels to the claims of a lane, in place; returns how many found no room.
///
/// `wanted` has one for each claim, in the order of the events; `before` tells where labels stood a moment ago.
pub(super) fn solve(
    events: &mut [EventBox],
    wanted: &[Wanted<'_>],
    before: &Sides,
    area: LabelArea<'_>,
    (metrics, meter): (&Metrics, &TextMeter),
) -> usize {
    type Try = fn(&Room<'_>, Wanted<'_>) -> Option<LabelBox>;
    const KEEP: Try = |room, wanted| room.keep(wanted);
    const TRIES: [Try; 6] = [
        |room, wanted| room.place(wanted, &Side::BESIDE),
        |room, wanted| room.in_fade(wanted.wish),
        |room, wanted| room.lead(wanted.wish),
        |room, wanted| room.over(wanted.wish),
        |room, wanted| room.shorten(wanted),
        |room, wanted| room.across(wanted.wish),
    ];
    let mut taken = Taken::new(area.rows.0, metrics.row);
    for event in &*events {
        for (at, claim) in event.claims.iter().enumerate() {
            taken.take(claim.y, (reach(event, at), claim.right));
        }
    }
    let all = by_weight(events, wanted);
    let mut open = all.clone();
    let round = |open: &mut Vec<Open<'_>>, events: &mut [EventBox], taken: &mut Taken, attempt: Try| {
        open.retain(|&(event, at, wanted)| {
            let (claim, reach) = (&events[event].claims[at], reach(&events[event], at));
            let before = before.get(&(events[event].event, at)).copied();
            let room = Room { claim, taken, area, reach, before, metrics, meter };
            let Some(label) = attempt(&room, wanted) else { return true };
            for (y, part) in room.taken_by(&label) {
                taken.take(y, part);
            }
            events[event].claims[at].label = Some(label);
            false
        });
    };
    if !before.is_empty() {
        round(&mut open, events, &mut taken, KEEP);
        in_one_line(events, &all, &mut taken, area, (metrics, meter));
    }
    // What a column calls more important has its label in some place before anything else has one.
    let mut without = 0;
    for own in open.chunk_by(|a, b| a.2.weight == b.2.weight) {
        let mut own = own.to_vec();
        for attempt in TRIES {
            round(&mut own, events, &mut taken, attempt);
        }
        without += own.len();
    }
    without + without_names(events, wanted)
}

/// Takes the labels of accounts away whose event is named by none of them: a date alone would seem to be that of what
/// stands beside it. Returns how many.
fn without_names(events: &mut [EventBox], wanted: &[Wanted<'_>]) -> usize {
    let (mut taken, mut first) = (0, 0);
    for event in events {
        let wishes = &wanted[first..first + event.claims.len()];
        first += event.claims.len();
        let named = |(claim, wanted): (&ClaimBox, &Wanted<'_>)| claim.label.is_some() && wanted.wish.named > 0;
        let has_name = wishes.iter().any(|wanted| wanted.wish.named > 0);
        if has_name && !event.claims.iter().zip(wishes).any(named) {
            taken += event.claims.iter_mut().filter_map(|claim| claim.label.take()).count();
        }
    }
    taken
}

/// Puts labels of two lines on one, at the same side if it may be, where all that keep their places leave room for it.
fn in_one_line(
    events: &mut [EventBox],
    all: &[(usize, usize, Wanted<'_>)],
    taken: &mut Taken,
    area: LabelArea<'_>,
    (metrics, meter): (&Metrics, &TextMeter),
) {
    for &(event, at, wanted) in all {
        let (claim, reach) = (&events[event].claims[at], reach(&events[event], at));
        let Some(before) = Stand::of(claim).filter(|stand| stand.in_two) else { continue };
        let Some(label) = &claim.label else { continue };
        let own = Room { claim, taken, area, reach, before: None, metrics, meter }.taken_by(label);
        for (y, part) in &own {
            taken.give_back(*y, *part);
        }
        let room = Room { claim, taken, area, reach, before: None, metrics, meter };
        let other = if before.side == Side::Left { Side::Right } else { Side::Left };
        let longer = room.one_line(wanted.wish, &[before.side, other]);
        let parts = longer.as_ref().map_or(own, |label| room.taken_by(label));
        for (y, part) in parts {
            taken.take(y, part);
        }
        if longer.is_some() {
            events[event].claims[at].label = longer;
        }
    }
}

/// The claims that have something to be called, by the places of event and claim: those of the most important events first,
/// if a column says which these are, then of those with most to tell.
fn by_weight<'a>(events: &[EventBox], wanted: &[Wanted<'a>]) -> Vec<(usize, usize, Wanted<'a>)> {
    let weight = |event: &EventBox, first: usize| {
        let width = event.claims.iter().map(|claim| claim.right - claim.left).fold(0.0, f32::max);
        (wanted.get(first).map_or(0, |wanted| wanted.weight), event.claims.len(), width as i64)
    };
    let mut before = 0;
    let mut order = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        order.push((std::cmp::Reverse(weight(event, before)), at, before));
        before += event.claims.len();
    }
    // By its place last, so that equal ones stay in their order.
    order.sort_unstable();
    let claims = order
        .into_iter()
        .flat_map(|(_, event, first)| (0..events[event].claims.len()).map(move |at| (event, at, wanted[first + at])));
    claims.filter(|(_, _, wanted)| !wanted.wish.text.is_empty()).collect()
}

/// How far left the marks of a claim reach, the brackets that join it to its neighbours included.
fn reach(event: &EventBox, at: usize) -> f32 {
    let claims = &event.claims;
    let near = at.saturating_sub(1)..(at + 2).min(claims.len());
    let left = claims[near].iter().map(|claim: &ClaimBox| claim.left).fold(f32::INFINITY, f32::min);
    if claims.len() > 1 { left - BRACKET } else { left }
}

/// How far left of the leftmost of two claims the bracket between them stands, and a little more.
const BRACKET: f32 = 5.0;
