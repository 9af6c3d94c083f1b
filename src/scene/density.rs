//! Exact counts as columns: one for each part of time, as high as the square root of its count, so that few are still seen
//! beside many. The paler part of a column is only possibly in its time.

use super::{Hit, Node, Primitive, Rgba, Role, Target};
use crate::index::LaneId;
use crate::layout::{Layout, Rect, Strip};

/// How strong what is certain is drawn, and what is only possible.
pub(super) const FULL: f32 = 0.78;
pub(super) const PERHAPS: f32 = 0.34;

/// A lane's strip, at y downwards by `shift`.
pub(super) fn strip(
    layout: &Layout,
    lane: LaneId,
    strip: &Strip,
    shift: f32,
    colour: Rgba,
    hits: &mut Vec<Hit>,
) -> Vec<Node> {
    let density = &strip.density;
    let parts = density.counts.len();
    if parts == 0 {
        return Vec::new();
    }
    let scale = &layout.scale;
    // The first part may begin far outside the window.
    let edge = |at: usize| layout.body.x + scale.offset(density.part(at).start()).clamp(-1e6, 1e6) as f32;
    let left = edge(0);
    let width = if parts > 1 { (edge(parts - 1) - left) / (parts - 1) as f32 } else { layout.body.right() - left };
    let (top, bottom) = (strip.y + shift, strip.y + shift + strip.height);
    // Held at powers of two, so that columns keep their heights while the window moves.
    let peak = density.peak().max(1).next_power_of_two() as f32;
    let height = |count: usize| if count == 0 { 0.0 } else { ((count as f32 / peak).sqrt() * strip.height).max(1.0) };
    let columns = |of: &dyn Fn(&crate::index::CountRange) -> usize, share: f32| {
        let heights = density.counts.iter().map(|count| height(of(count))).collect();
        Node::new(
            Role::Density,
            Primitive::Columns { corner: (left, bottom), width, heights, fill: colour.alpha(share) },
        )
    };
    for (i, count) in density.counts.iter().enumerate().filter(|(_, count)| count.possible > 0) {
        let rect = Rect::new(left + i as f32 * width, top, width, strip.height);
        let target = Target::Density { lane, span: density.part(i), count: *count };
        hits.push(Hit { rect, target, label: false });
    }
    let mut nodes = Vec::new();
    if density.counts.iter().any(|count| count.certain < count.possible) {
        nodes.push(columns(&|count| count.possible, PERHAPS));
    }
    nodes.push(columns(&|count| count.certain, FULL));
    nodes
}
