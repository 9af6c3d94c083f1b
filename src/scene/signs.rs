//! Signs that tell values apart where colours cannot: in print, on a poor screen, for the colour-blind. Each of the most
//! common values has a shape, each class of numbers a height.

use super::{Point, Primitive, Rgba, Stroke};
use crate::layout::Rect;

/// The sign of an event among those that colours tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// One of the most common values, by rank.
    Value(u8),
    /// A class of numbers, from the lowest, 0–4.
    Step(u8),

    /// One of the less common values.
    Other,
}

impl Sign {
    /// The sign about a centre, as large as a circle of a radius. All are convex, which the window paints at once.
    #[must_use]
    pub fn draw(self, centre: Point, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) -> Primitive {
        let (x, y) = centre;
        let around = |points: &[(f32, f32)]| {
            let points = points.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius)).collect();
            Primitive::Path { points, closed: true, fill, stroke }
        };
        match self {
            // No circle: that is a point without a value.
            Self::Value(rank) => match rank % 7 {
                0 => around(&[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]),
                1 => around(&[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)]),
                2 => around(&[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)]),
                3 => around(&[(-1.15, -0.85), (1.15, -0.85), (0.0, 1.2)]),
                4 => around(&[(-1.2, 0.0), (-0.6, -1.04), (0.6, -1.04), (1.2, 0.0), (0.6, 1.04), (-0.6, 1.04)]),
                5 => around(&[(0.0, -1.2), (1.14, -0.37), (0.7, 0.97), (-0.7, 0.97), (-1.14, -0.37)]),
                _ => around(&[(-0.5, -0.9), (1.3, -0.9), (0.5, 0.9), (-1.3, 0.9)]),
            },
            Self::Step(step) => {
                let height = radius * (0.7 + 0.5 * f32::from(step.min(4)));
                let rect = Rect::new(x - radius * 0.5, y + radius - height, radius, height);
                Primitive::Rect { rect, radius: 0.0, fill, stroke }
            }

            Self::Other => around(&[(-1.15, -0.38), (1.15, -0.38), (1.15, 0.38), (-1.15, 0.38)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_has_the_colours_that_it_is_given() {
        let (fill, stroke) = (Some(Rgba::hex(0xff_ffff)), Some(Stroke::solid(1.5, Rgba::hex(0x8c_8c8c))));
        let signs = (0..7).map(Sign::Value).chain([Sign::Step(2), Sign::Other]);
        for sign in signs {
            match sign.draw((5.0, 5.0), 3.0, fill, stroke) {
                Primitive::Path { fill: own, stroke: line, .. } | Primitive::Rect { fill: own, stroke: line, .. } => {
                    assert_eq!((own, line), (fill, stroke), "{sign:?}");
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
