//! Arrows that go around what stands between their ends: a curve is bowed to a side where it would otherwise run through
//! marks that it does not join, or through words.

use super::Point;
use crate::layout::Rect;

/// How far to either side the controls of a curve are moved, in points; the straightest first.
const BOWS: [f32; 11] = [0.0, 14.0, -14.0, 26.0, -26.0, 40.0, -40.0, 58.0, -58.0, 80.0, -80.0];
/// More arrows than this are a thicket, whose ways would cross however they were bowed, and cost a frame too much.
pub(super) const MOST: usize = 80;
/// How near a line may come to a mark, in points.
const CLEAR: f32 = 3.0;
/// What it costs to run through a mark, through a label, and to be bowed by a point.
const COSTS: (f32, f32, f32) = (4.0, 1.0, 0.03);

/// What stands in the way of arrows.
pub(super) struct Obstacles {
    pub(super) marks: Vec<Rect>,
    pub(super) labels: Vec<Rect>,
}

impl Obstacles {
    /// The curve of the bow that runs through least, with the marks that it joins; inside a body if any does. `curve` makes the
    /// one of a bow.
    pub(super) fn around(&self, joined: [Rect; 2], body: Rect, curve: impl Fn(f32) -> Vec<Point>) -> Vec<Point> {
        let straight = curve(0.0);
        let reach = BOWS.iter().copied().fold(0.0, f32::max);
        let near = |rect: &&Rect| bounds(&straight).grown(reach).overlaps(**rect);
        let is_own = |rect: &Rect| joined.iter().any(|own| own.overlaps(*rect));
        let marks: Vec<Rect> =
            self.marks.iter().filter(near).filter(|rect| !is_own(rect)).map(|rect| rect.grown(CLEAR)).collect();
        let labels: Vec<&Rect> = self.labels.iter().filter(near).collect();
        if marks.is_empty() && labels.is_empty() {
            return straight;
        }
        let cost = |line: &[Point], bow: f32| {
            let met = marks.iter().filter(|rect| meets(line, **rect)).count() as f32 * COSTS.0;
            let read = labels.iter().filter(|rect| meets(line, ***rect)).count() as f32 * COSTS.1;
            let outside = line.iter().any(|(x, _)| *x < body.x || *x > body.right());
            met + read + bow.abs() * COSTS.2 + if outside { 100.0 } else { 0.0 }
        };
        let mut best = (cost(&straight, 0.0), straight);
        for bow in &BOWS[1..] {
            // A larger one costs more by itself.
            if bow.abs() * COSTS.2 >= best.0 {
                break;
            }
            let line = curve(*bow);
            let own = cost(&line, *bow);
            if own < best.0 {
                best = (own, line);
            }
        }
        best.1
    }
}

/// The smallest rectangle around a line.
fn bounds(line: &[Point]) -> Rect {
    let edge = |of: fn(&Point) -> f32, pick: fn(f32, f32) -> f32| line.iter().map(of).reduce(pick).unwrap_or(0.0);
    let (left, right) = (edge(|point| point.0, f32::min), edge(|point| point.0, f32::max));
    let (top, bottom) = (edge(|point| point.1, f32::min), edge(|point| point.1, f32::max));
    Rect::new(left, top, right - left, bottom - top)
}

/// Whether a line runs through a rectangle, asked at its points and between each two.
fn meets(line: &[Point], rect: Rect) -> bool {
    let inside = |(x, y): Point| x > rect.x && x < rect.right() && y > rect.y && y < rect.bottom();
    line.windows(2).any(|pair| {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        // Four steps between two points of a curve are closer than any mark is high.
        (0..4).any(|step| {
            let t = step as f32 / 4.0;
            inside((ax + (bx - ax) * t, ay + (by - ay) * t))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Straight down from (100, 0) to (100, 200), bowed as a curve is.
    fn down(bow: f32) -> Vec<Point> {
        (0..=18).map(|i| i as f32 / 18.0).map(|t| (100.0 + 3.0 * t * (1.0 - t) * bow, 200.0 * t)).collect()
    }

    const ENDS: [Rect; 2] =
        [Rect { x: 95.0, y: -10.0, w: 10.0, h: 10.0 }, Rect { x: 95.0, y: 200.0, w: 10.0, h: 10.0 }];
    const BODY: Rect = Rect { x: 0.0, y: -50.0, w: 400.0, h: 400.0 };

    fn around(marks: &[Rect], labels: &[Rect]) -> Vec<Point> {
        Obstacles { marks: marks.to_vec(), labels: labels.to_vec() }.around(ENDS, BODY, down)
    }

    #[test]
    fn an_arrow_goes_around_a_mark_in_its_way_and_straight_where_there_is_none() {
        assert_eq!(around(&[], &[]), down(0.0));
        assert_eq!(around(&[Rect::new(200.0, 90.0, 20.0, 16.0)], &[]), down(0.0));
        let dot = Rect::new(94.0, 90.0, 12.0, 12.0);
        let line = around(&[dot], &[]);
        assert!(line != down(0.0) && !meets(&line, dot));
        // The marks that it joins are no obstacles.
        assert_eq!(around(&ENDS, &[]), down(0.0));
    }

    #[test]
    fn marks_weigh_more_than_words_and_what_cannot_be_avoided_bends_nothing() {
        let (dot, words) = (Rect::new(94.0, 90.0, 12.0, 12.0), Rect::new(106.0, 88.0, 200.0, 14.0));
        let line = around(&[dot], &[words]);
        assert!(!meets(&line, dot) && !meets(&line, words), "{line:?}");
        let bar = Rect::new(0.0, 90.0, 400.0, 12.0);
        assert_eq!(around(&[bar], &[]), down(0.0));
    }
}
