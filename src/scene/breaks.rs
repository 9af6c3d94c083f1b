//! Breaks where the axis leaves out a stretch without events.

use super::{Anchor, Node, Point, Primitive, Role, Stroke, Theme};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, word_length};

/// How far a break's edge swings to either side, in points; labels keep a little farther away.
const SWING: f32 = 2.5;
/// From swing to swing, in points.
const STEP: f32 = 7.0;

/// A break for each gap in sight, from `top` to `bottom`.
pub(super) fn breaks(layout: &Layout, theme: &Theme, (top, bottom): (f32, f32)) -> Vec<Node> {
    let body = layout.body;
    let mut nodes = Vec::new();
    for (gap, left, right) in places(layout) {
        let title = Some(format!("{} without events left out", word_length(gap.nanos(), Some(gap.nanos()))));
        let ground = Node::fill(Role::Break, Rect::new(left, top, right - left, bottom - top), theme.panel);
        nodes.push(Node { title, ..ground });
        for x in [layout.x(gap.start()), layout.x(gap.end())] {
            if x >= body.x && x <= body.right() {
                let points = swings(x, top, bottom);
                let stroke = Some(Stroke::solid(1.0, theme.axis));
                nodes.push(Node::new(Role::Break, Primitive::Path { points, closed: false, fill: None, stroke }));
            }
        }
    }
    nodes
}

/// The same across the line of the axis, with the length that is left out where it has room.
pub(super) fn on_axis(layout: &Layout, theme: &Theme, text: &TextMeter) -> Vec<Node> {
    let line = layout.body.y;
    let mut nodes = breaks(layout, theme, (line - 5.0, line + 4.0));
    let size = layout.metrics.small;
    for (gap, left, right) in places(layout) {
        let words = short(gap);
        if text.width(&words, size, Weight::Regular) <= right - left - 2.0 {
            let at = (f32::midpoint(left, right), line - 8.0);
            let (weight, colour, anchor) = (Weight::Regular, theme.dim, Anchor::Middle);
            nodes.push(Node::new(
                Role::Break,
                Primitive::Text { at, anchor, size, weight, colour, text: words, counts: false },
            ));
        }
    }
    nodes
}

/// Whether something between two x stands where a gap is left out.
pub(super) fn hides(layout: &Layout, from: f32, to: f32) -> bool {
    places(layout).iter().any(|(_, left, right)| from < *right && to > *left)
}

/// The gaps in sight, with their edges as far as they are seen.
fn places(layout: &Layout) -> Vec<(Span, f32, f32)> {
    let body = layout.body;
    let seen = |gap: Span| (gap, layout.x(gap.start()).max(body.x), layout.x(gap.end()).min(body.right()));
    layout.warp.gaps_in(layout.window()).map(seen).filter(|(_, left, right)| right - left >= 1.0).collect()
}

/// "(9 y)", "(14 mo)", "(20 d)": in brackets, for it is no date.
fn short(gap: Span) -> String {
    const DAY: i128 = 86_400_000_000_000;
    match gap.nanos() / DAY {
        days if days >= 700 => format!("({} y)", (days + 182) / 365),
        days if days >= 60 => format!("({} mo)", (days + 15) / 30),
        days => format!("({days} d)"),
    }
}

/// A line that swings from side to side.
fn swings(x: f32, top: f32, bottom: f32) -> Vec<Point> {
    let count = ((bottom - top) / STEP).ceil().clamp(1.0, 2_000.0) as usize;
    let at = |i: usize| {
        let side = if i.is_multiple_of(2) { -SWING } else { SWING };
        (x + side, (top + i as f32 * STEP).min(bottom))
    };
    (0..=count).map(at).collect()
}
