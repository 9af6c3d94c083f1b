//! Breaks where the axis leaves out a stretch without events.

use super::{Anchor, Node, Point, Primitive, Role, Stroke, Theme};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::word_length;

/// How far a break's edge swings, in points.
const SWING: f32 = 2.5;
/// From swing to swing, in points.
const STEP: f32 = 7.0;

/// A break over lanes and axis for each gap in sight, from `top` to `bottom`, with the length that is left out.
pub(super) fn breaks(layout: &Layout, theme: &Theme, text: &TextMeter, (top, bottom): (f32, f32)) -> Vec<Node> {
    let body = layout.body;
    let mut nodes = Vec::new();
    for gap in layout.warp.gaps_in(layout.window()) {
        let (from, to) = (layout.x(gap.start()), layout.x(gap.end()));
        let (left, right) = (from.max(body.x), to.min(body.right()));
        if right - left < 1.0 {
            continue;
        }
        let title = Some(format!("{} without events left out", word_length(gap.nanos(), Some(gap.nanos()))));
        let ground = Node::fill(Role::Break, Rect::new(left, top, right - left, bottom - top), theme.panel);
        nodes.push(Node { title, ..ground });
        for x in [from, to].into_iter().filter(|x| *x >= body.x && *x <= body.right()) {
            let points = swings(x, top, bottom);
            let stroke = Some(Stroke::solid(1.0, theme.axis));
            nodes.push(Node::new(Role::Break, Primitive::Path { points, closed: false, fill: None, stroke }));
        }
        let size = layout.metrics.small;
        let words = word_length(gap.nanos(), Some(gap.nanos())).replace(" years", " y").replace(" days", " d");
        let words = words.replace("about ", "");
        if text.width(&words, size, Weight::Regular) <= right - left - 2.0 {
            let at = (f32::midpoint(left, right), body.y - 8.0);
            let (weight, colour, anchor) = (Weight::Regular, theme.dim, Anchor::Middle);
            nodes.push(Node::new(Role::Break, Primitive::Text { at, anchor, size, weight, colour, text: words }));
        }
    }
    nodes
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
