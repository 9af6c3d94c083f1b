//! What stands before the words of a legend: each mark as a view draws it, in little.

use super::density::{FULL, PERHAPS};
use super::legend::LegendItem;
use super::marks::{MAYBE, Pen};
use super::relations;
use super::stripes::Stripes;
use super::{ColourEntry, Icon, Node, Primitive, Rgba, Role, SWATCH, Stroke, Theme, icons, sizes};
use crate::layout::{Beyond, ClaimBox, ClaimShape, Fade, Rect, Tone};

/// Width of a sample, in points.
pub(super) const SAMPLE: f32 = 26.0;
/// Width of an icon's disc, in points.
const BADGE: f32 = 16.0;

/// What stands before words of the legend.
pub(super) enum Sample<'a> {
    Colour(&'a ColourEntry),
    /// Marks of growing size.
    Sizes,
    Icon(Icon),
    Mark(LegendItem),
    /// An arrow of a kind.
    Relation(usize),
    /// What is not drawn.
    Nothing,
}

impl Sample<'_> {
    pub(super) fn width(&self) -> f32 {
        match self {
            Self::Colour(_) => SWATCH,
            Self::Icon(_) | Self::Mark(_) | Self::Sizes | Self::Relation(_) | Self::Nothing => SAMPLE,
        }
    }

    pub(super) fn nodes(&self, x: f32, y: f32, theme: &Theme) -> Vec<Node> {
        match self {
            Self::Colour(entry) => entry.swatch(x, y, theme),
            Self::Sizes => growing(x, y, theme),
            Self::Icon(icon) => icons::sample(*icon, (x + SAMPLE / 2.0, y), BADGE / 2.0, theme.dim),
            Self::Mark(item) => sample(*item, x, y, theme),
            Self::Relation(kind) => arrow(*kind, x, y, theme),
            Self::Nothing => Vec::new(),
        }
    }
}

/// An arrow of a kind.
fn arrow(kind: usize, x: f32, y: f32, theme: &Theme) -> Vec<Node> {
    let (end, stroke) = (x + SAMPLE, relations::stroke(kind, 1.3, theme.dim));
    let points = vec![(end, y), (end - 6.5, y - 3.25), (end - 6.5, y + 3.25)];
    let tip = Primitive::Path { points, closed: true, fill: Some(theme.dim), stroke: None };
    vec![Node::line(Role::Legend, (x, y), (end - 6.0, y), stroke), Node::new(Role::Legend, tip)]
}

/// Three bars, each higher than the one before.
fn growing(x: f32, y: f32, theme: &Theme) -> Vec<Node> {
    const USUAL: f32 = 11.0;
    let (least, most) = sizes::RANGE;
    let bar = |at: usize| {
        let height = USUAL * (least + (most - least) * at as f32 / 2.0);
        let rect = Rect::new(x + at as f32 * 9.0, y - height / 2.0, 7.0, height);
        Node::new(Role::Legend, Primitive::Rect { rect, radius: 1.5, fill: Some(theme.dim), stroke: None })
    };
    (0..3).map(bar).collect()
}

/// A bar of the legend.
fn bar(from: f32, to: f32, fade_out: Option<Fade>, open_end: bool) -> ClaimShape {
    ClaimShape::Bar { from, to, fade_in: None, fade_out, open_start: false, open_end, soft: (false, false) }
}

/// The mark that stands for an item, from `x` on; `None` where it is no mark of a claim.
fn mark(item: LegendItem, x: f32) -> Option<(ClaimShape, Tone, bool)> {
    let end = x + SAMPLE;
    let middle = x + SAMPLE / 2.0;
    let full = bar(x, end, None, false);
    let windows = vec![(x, x + 6.0), (end - 6.0, end)];
    // As wide as what is drawn as a box.
    let boxes = vec![(x, x + 11.5), (end - 11.5, end)];
    let held = |shape| Some((shape, Tone::Held, false));
    match item {
        LegendItem::Held | LegendItem::Maybe => held(full),
        LegendItem::Planned => Some((full, Tone::Ahead, false)),
        LegendItem::PlannedShort => Some((bar(middle - 4.0, middle + 4.0, None, false), Tone::Ahead, false)),
        LegendItem::Cancelled => Some((full, Tone::Cancelled, false)),
        // As soft ends are drawn, and no wider than a sample.
        LegendItem::Doubtful => {
            let fade = |full, gone| Some(Fade { full, gone, undated: false });
            let (from, to) = (x + 9.0, end - 9.0);
            let (fade_in, fade_out) = (fade(from, x), fade(to, end));
            let (open_start, open_end, soft) = (false, false, (false, false));
            Some((ClaimShape::Bar { from, to, fade_in, fade_out, open_start, open_end, soft }, Tone::Held, true))
        }
        LegendItem::DoubtfulTime => Some((ClaimShape::Possible { from: x, to: end, slides: None }, Tone::Held, true)),
        LegendItem::Possible => held(ClaimShape::Possible { from: x, to: end, slides: None }),
        LegendItem::Slides => held(ClaimShape::Possible { from: x, to: end, slides: Some(7.0) }),
        LegendItem::FadingEnd | LegendItem::UnknownEnd => {
            let undated = item == LegendItem::UnknownEnd;
            held(bar(x, x + 8.0, Some(Fade { full: x + 8.0, gone: end, undated }), false))
        }
        LegendItem::OpenEnd => held(bar(x, end + 1.0, None, true)),
        LegendItem::Onward => held(bar(x, x + 11.0, None, true)),
        LegendItem::CutEnd => held(bar(x, end + 1.0, None, false)),
        LegendItem::DoubtfulMoment => Some((ClaimShape::Dot { x: middle }, Tone::Held, true)),
        LegendItem::Moment | LegendItem::Within => held(ClaimShape::Dot { x: middle }),
        LegendItem::PlannedMoment => Some((ClaimShape::Dot { x: middle }, Tone::Ahead, false)),
        LegendItem::CancelledMoment => Some((ClaimShape::Dot { x: middle }, Tone::Cancelled, false)),
        LegendItem::OneOfTimes => held(ClaimShape::Set { windows: boxes, all: false }),
        LegendItem::PlannedOneOfTimes => Some((ClaimShape::Set { windows: boxes, all: false }, Tone::Ahead, false)),
        LegendItem::OneOf => held(ClaimShape::Set { windows, all: false }),
        LegendItem::PlannedOneOf => Some((ClaimShape::Set { windows, all: false }, Tone::Ahead, false)),
        LegendItem::AllOf => held(ClaimShape::Set { windows, all: true }),
        LegendItem::PlannedAllOf => Some((ClaimShape::Set { windows, all: true }, Tone::Ahead, false)),
        LegendItem::Fork
        | LegendItem::Density
        | LegendItem::PerhapsCounted
        | LegendItem::Break
        | LegendItem::Years
        | LegendItem::Weekend
        | LegendItem::Night
        | LegendItem::PeriodEdge => None,
    }
}

fn sample(item: LegendItem, x: f32, y: f32, theme: &Theme) -> Vec<Node> {
    let colour: Rgba = if item == LegendItem::Maybe { theme.dim.alpha(MAYBE) } else { theme.dim };
    let seen = Rect::new(x, y - 10.0, SAMPLE, 20.0);
    let pen =
        Pen { theme, colour, beside: Stripes::NONE, sign: None, icon: None, height: 12.0, seen, is_page: false };
    let nodes = match (mark(item, x), item) {
        (Some((shape, tone, doubtful)), _) => {
            let (rows, label, middle) = ([].into(), None, x + SAMPLE / 2.0);
            let point = matches!(mark(item, x), Some((ClaimShape::Dot { .. }, ..))) && item != LegendItem::Within;
            let (left, right) = if point { (middle, middle) } else { (x, x + SAMPLE) };
            let end = match item {
                LegendItem::OpenEnd => Some(Beyond::Open),
                LegendItem::CutEnd => Some(Beyond::Cut),
                _ => None,
            };
            let beyond = (None, end);
            pen.claim(&ClaimBox { rows, shape, tone, doubtful, unstated: false, y, left, right, beyond, label }, 0.0)
        }
        (None, LegendItem::Density | LegendItem::PerhapsCounted) => {
            let share = if item == LegendItem::Density { FULL } else { PERHAPS };
            let heights = vec![3.0, 6.0, 4.0, 9.0, 12.0, 7.0, 5.0];
            let columns = Primitive::Columns {
                corner: (x, y + 6.0),
                width: SAMPLE / heights.len() as f32,
                heights,
                fill: colour.alpha(share),
            };
            vec![Node::new(Role::Density, columns)]
        }
        (None, LegendItem::Years | LegendItem::Weekend | LegendItem::Night) => {
            let rect = Rect::new(x + 4.0, y - 8.0, SAMPLE - 8.0, 16.0);
            let strength = if item == LegendItem::Night { 0.18 } else { 0.07 };
            let (fill, stroke) = (Some(theme.text.alpha(strength)), None);
            vec![Node::new(Role::Shade, Primitive::Rect { rect, radius: 0.0, fill, stroke })]
        }
        (None, LegendItem::PeriodEdge) => {
            // Paler, and as pale again, stronger than on the canvas, where they are wide.
            let part = |from: f32, to: f32, strength: f32| {
                let rect = Rect::new(x + from, y - 8.0, to - from, 16.0);
                Node::fill(Role::Period, rect, theme.accent.alpha(strength))
            };
            let stroke = Stroke::dashed(1.0, theme.accent.alpha(0.5), 2.0, 3.0);
            let lines = vec![((x, y - 8.0), (x, y + 8.0))];
            let edge = Node::new(Role::Period, Primitive::Lines { lines, stroke });
            vec![part(0.0, SAMPLE / 2.0, 0.1), part(SAMPLE / 2.0, SAMPLE, 0.25), edge]
        }
        (None, LegendItem::Break) => {
            let stroke = Some(Stroke::solid(1.0, theme.axis));
            let line = |x: f32| {
                let points = (0..=4_u8)
                    .map(|i| (x + if i.is_multiple_of(2) { -2.0 } else { 2.0 }, y - 8.0 + f32::from(i) * 4.0));
                Primitive::Path { points: points.collect(), closed: false, fill: None, stroke }
            };
            [x + 8.0, x + 18.0].map(|x| Node::new(Role::Break, line(x))).to_vec()
        }

        (None, _) => {
            let stroke = Some(Stroke::dashed(1.2, colour, 1.5, 2.5));
            let points = vec![(x + 16.0, y - 5.0), (x + 6.0, y - 5.0), (x + 6.0, y + 5.0), (x + 16.0, y + 5.0)];
            vec![Node::new(Role::Fork, Primitive::Path { points, closed: false, fill: None, stroke })]
        }
    };
    nodes.into_iter().map(|node| Node { role: Role::Legend, ..node }).collect()
}
