//! A picture made larger or smaller as a whole.

use super::{Hit, Node, Point, Primitive, Scene, Stroke};
use crate::layout::Rect;

impl Scene {
    /// The same picture with every length times `by`, letters and lines included.
    #[must_use]
    pub fn scaled(self, by: f32) -> Self {
        let hit = |hit: Hit| Hit { rect: rect(hit.rect, by), ..hit };
        Self {
            width: self.width * by,
            height: self.height * by,
            nodes: self.nodes.into_iter().map(|node| scaled(node, by)).collect(),
            hits: self.hits.into_iter().map(hit).collect(),
        }
    }
}

fn rect(rect: Rect, by: f32) -> Rect {
    Rect::new(rect.x * by, rect.y * by, rect.w * by, rect.h * by)
}

fn point((x, y): Point, by: f32) -> Point {
    (x * by, y * by)
}

fn stroke(stroke: Stroke, by: f32) -> Stroke {
    let dash = stroke.dash.map(|(on, off)| (on * by, off * by));
    Stroke { width: stroke.width * by, dash, ..stroke }
}

fn scaled(node: Node, by: f32) -> Node {
    let some = |own: Option<Stroke>| own.map(|own| stroke(own, by));
    let primitive = match node.primitive {
        Primitive::Rect { rect: own, radius, fill, stroke } => {
            Primitive::Rect { rect: rect(own, by), radius: radius * by, fill, stroke: some(stroke) }
        }
        Primitive::Lines { lines, stroke: own } => Primitive::Lines {
            lines: lines.into_iter().map(|(from, to)| (point(from, by), point(to, by))).collect(),
            stroke: stroke(own, by),
        },
        Primitive::Path { points, closed, fill, stroke } => {
            let points = points.into_iter().map(|own| point(own, by)).collect();
            Primitive::Path { points, closed, fill, stroke: some(stroke) }
        }
        Primitive::Circle { centre, radius, fill, stroke } => {
            Primitive::Circle { centre: point(centre, by), radius: radius * by, fill, stroke: some(stroke) }
        }
        Primitive::Text { at, anchor, size, weight, colour, text } => {
            Primitive::Text { at: point(at, by), anchor, size: size * by, weight, colour, text }
        }
        Primitive::Band { rect: own, stops } => Primitive::Band { rect: rect(own, by), stops },
        Primitive::Columns { corner, width, heights, fill } => Primitive::Columns {
            corner: point(corner, by),
            width: width * by,
            heights: heights.into_iter().map(|height| height * by).collect(),
            fill,
        },
        Primitive::Clip { rect: own, nodes } => {
            Primitive::Clip { rect: rect(own, by), nodes: nodes.into_iter().map(|node| scaled(node, by)).collect() }
        }
    };
    Node { primitive, ..node }
}
