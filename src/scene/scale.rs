//! A picture made larger or smaller as a whole.
//!
//! Lengths are changed where they stand and nothing else is moved. Built anew, a stroke's colour went through the floating
//! point multiplication of the width beside it in optimised builds (rustc 1.95, x86-64): as a float, an opaque colour
//! with a blue of 0x80 to 0xbf is a NaN that signals, and came out with another blue.

use super::{Hit, Node, Point, Primitive, Scene, Stroke};
use crate::layout::Rect;

impl Scene {
    /// The same picture with every length times `by`, letters and lines included.
    #[must_use]
    pub fn scaled(mut self, by: f32) -> Self {
        self.width *= by;
        self.height *= by;
        for node in &mut self.nodes {
            scale(node, by);
        }
        for Hit { rect, .. } in &mut self.hits {
            scale_rect(rect, by);
        }
        self
    }
}

fn scale_rect(rect: &mut Rect, by: f32) {
    for length in [&mut rect.x, &mut rect.y, &mut rect.w, &mut rect.h] {
        *length *= by;
    }
}

fn scale_point((x, y): &mut Point, by: f32) {
    *x *= by;
    *y *= by;
}

fn scale_stroke(stroke: &mut Stroke, by: f32) {
    stroke.width *= by;
    if let Some((on, off)) = &mut stroke.dash {
        *on *= by;
        *off *= by;
    }
}

fn scale_strokes(stroke: &mut Option<Stroke>, by: f32) {
    if let Some(stroke) = stroke {
        scale_stroke(stroke, by);
    }
}

fn scale(node: &mut Node, by: f32) {
    match &mut node.primitive {
        Primitive::Rect { rect, radius, stroke, .. } => {
            scale_rect(rect, by);
            *radius *= by;
            scale_strokes(stroke, by);
        }
        Primitive::Lines { lines, stroke } => {
            for (from, to) in lines {
                scale_point(from, by);
                scale_point(to, by);
            }
            scale_stroke(stroke, by);
        }
        Primitive::Path { points, stroke, .. } => {
            for point in points {
                scale_point(point, by);
            }
            scale_strokes(stroke, by);
        }
        Primitive::Circle { centre, radius, stroke, .. } => {
            scale_point(centre, by);
            *radius *= by;
            scale_strokes(stroke, by);
        }
        Primitive::Text { at, size, .. } => {
            scale_point(at, by);
            *size *= by;
        }
        Primitive::Band { rect, .. } => scale_rect(rect, by),
        Primitive::Columns { corner, width, heights, .. } => {
            scale_point(corner, by);
            *width *= by;
            for height in heights {
                *height *= by;
            }
        }
        Primitive::Clip { rect, nodes } => {
            scale_rect(rect, by);
            for node in nodes {
                scale(node, by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Rgba, Role};

    #[test]
    fn colours_stay_as_they_are_whatever_they_would_be_as_numbers() {
        for grey in 0..=255 {
            let colour = Rgba([grey, grey, grey, 255]);
            let path = |fill, width, point: Point| {
                let stroke = Some(Stroke::solid(width, colour));
                Node::new(Role::Planned, Primitive::Path { points: vec![point], closed: true, fill, stroke })
            };
            for fill in [None, Some(colour)] {
                let scene = Scene { nodes: vec![path(fill, 1.5, (3.0, 4.0))], ..Scene::default() };
                assert_eq!(scene.scaled(2.0).nodes, [path(fill, 3.0, (6.0, 8.0))]);
            }
        }
    }
}
