//! Colours side by side: how a mark shows several values at once.
//!
//! Bars are parted from top to bottom, points like a cake: whose event it is can be seen without one value standing for
//! all of them.

use super::{Node, Point, Primitive, Rgba, Role, Sign, Stroke};
use crate::layout::Rect;
use std::f32::consts::TAU;

/// As many colours stand side by side: more stripes would be too thin.
pub(super) const MOST_BESIDE: usize = 4;

/// Some colours, none or at least two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stripes {
    colours: [Rgba; MOST_BESIDE],
    signs: [Option<Sign>; MOST_BESIDE],
    count: usize,
}

impl Stripes {
    /// No colours: a mark has but one.
    pub(super) const NONE: Self = Self { colours: [Rgba([0; 4]); MOST_BESIDE], signs: [None; MOST_BESIDE], count: 0 };

    /// The first of some colours, each with what tells its value beside it.
    pub(super) fn of(colours: impl Iterator<Item = (Rgba, Option<Sign>)>) -> Self {
        let mut out = Self::NONE;
        for ((place, own_sign), (colour, sign)) in out.colours.iter_mut().zip(&mut out.signs).zip(colours) {
            (*place, *own_sign) = (colour, sign);
            out.count += 1;
        }
        out
    }

    /// The sign and the colour of each value that has a sign.
    pub(super) fn signs(&self) -> Vec<(Sign, Rgba)> {
        let both = self.signs.into_iter().zip(self.colours).take(self.count);
        both.filter_map(|(sign, colour)| Some((sign?, colour))).collect()
    }

    pub(super) fn is_none(&self) -> bool {
        self.count == 0
    }

    /// From the top, or clockwise from there.
    pub(super) fn colours(&self) -> &[Rgba] {
        &self.colours[..self.count]
    }

    /// The same, weaker.
    pub(super) fn alpha(self, share: f32) -> Self {
        Self { colours: self.colours.map(|colour| colour.alpha(share)), ..self }
    }

    /// A rectangle's part of each, from top to bottom.
    pub(super) fn parts(&self, rect: Rect) -> impl Iterator<Item = (Rect, Rgba)> + '_ {
        let height = rect.h / self.count.max(1) as f32;
        let part =
            move |(at, colour): (usize, &Rgba)| (Rect { y: rect.y + at as f32 * height, h: height, ..rect }, *colour);
        self.colours().iter().enumerate().map(part)
    }

    /// A full circle, parted.
    pub(super) fn cake(&self, role: Role, centre: Point, radius: f32) -> Vec<Node> {
        let piece = |(at, colour): (usize, &Rgba)| {
            // A half is its arc alone; smaller pieces begin at the middle.
            let mut points = self.arc(at, centre, radius);
            if self.count > 2 {
                points.push(centre);
            }
            Node::new(role, Primitive::Path { points, closed: true, fill: Some(*colour), stroke: None })
        };
        self.colours().iter().enumerate().map(piece).collect()
    }

    /// A circle's line of a width, parted.
    pub(super) fn ring(&self, role: Role, centre: Point, radius: f32, width: f32) -> Vec<Node> {
        let part = |(at, colour): (usize, &Rgba)| {
            let (points, stroke) = (self.arc(at, centre, radius), Some(Stroke::solid(width, *colour)));
            Node::new(role, Primitive::Path { points, closed: false, fill: None, stroke })
        };
        self.colours().iter().enumerate().map(part).collect()
    }

    /// The part of a circle's line that belongs to one of them.
    fn arc(&self, at: usize, (x, y): Point, radius: f32) -> Vec<Point> {
        const STEPS: usize = 12;
        let share = TAU / self.count.max(1) as f32;
        let point = |step: usize| {
            let angle = share * (at as f32 + step as f32 / STEPS as f32);
            (x + radius * libm::sinf(angle), y - radius * libm::cosf(angle))
        };
        (0..=STEPS).map(point).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(count: u8) -> Stripes {
        Stripes::of((0..count).map(|at| (Rgba([at, 0, 0, 255]), Some(Sign::Value(at)))))
    }

    #[test]
    fn the_parts_of_a_mark_fill_it_and_do_not_overlap() {
        for count in 2..=6 {
            let stripes = colours(count);
            let parts: Vec<_> = stripes.parts(Rect::new(3.0, 10.0, 40.0, 14.0)).collect();
            assert_eq!(parts.len(), usize::from(count).min(MOST_BESIDE));
            assert!(parts.windows(2).all(|pair| (pair[0].0.bottom() - pair[1].0.y).abs() < 1e-4));
            assert!((parts[0].0.y - 10.0).abs() < 1e-4 && (parts[parts.len() - 1].0.bottom() - 24.0).abs() < 1e-4);
        }
        assert!(Stripes::NONE.is_none() && Stripes::NONE.parts(Rect::new(0.0, 0.0, 1.0, 1.0)).next().is_none());
    }

    #[test]
    fn the_pieces_of_a_circle_are_inside_it_and_as_large_as_each_other() {
        for count in [2, 3, 4] {
            let pieces = colours(count).cake(Role::Moment, (20.0, 20.0), 5.0);
            let area = |node: &Node| {
                let Primitive::Path { points, .. } = &node.primitive else { panic!("a path") };
                assert!(points.iter().all(|(x, y)| (x - 20.0).hypot(y - 20.0) < 5.01));
                let next = points.iter().cycle().skip(1);
                points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f32>().abs() / 2.0
            };
            let areas: Vec<f32> = pieces.iter().map(area).collect();
            assert!(areas.iter().all(|own| (own - areas[0]).abs() < 0.01), "{areas:?}");
            assert!((areas.iter().sum::<f32>() - 25.0 * TAU / 2.0).abs() < 1.5, "{areas:?}");
        }
    }
}
