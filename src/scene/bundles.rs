//! Arrows that run together where many join the same two lanes.
//!
//! After D. Holten, "Hierarchical Edge Bundles" (2006): a curve is a B-spline whose control points lie on the way that its
//! neighbours share, here from the edge of one lane to the edge of the other. Arrows stay apart at their ends, so that
//! each can be followed. Only arrows that are drawn are gathered, so a bundle may part where panning takes one of few out of
//! sight.

use super::Point;
use super::relations::Joined;

/// Fewer arrows between two lanes than this keep to themselves.
const FEWEST: usize = 5;
/// Arrows whose middles are farther apart than this have no common way, in points.
const NEAR: f32 = 36.0;
/// No bundle gathers arrows from farther than this, in points.
const WIDEST: f32 = 150.0;
/// How far inside its lane the common way begins and ends, in points.
const INSIDE: f32 = 7.0;
/// Points of a curve between two of its knots.
const STEPS: usize = 8;

/// The common way of some arrows: where it leaves one lane, where it enters the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    pub(super) leave: Point,
    pub(super) enter: Point,
}

/// The common way of each of some arrows; `None` for one that goes its own.
pub(super) fn ways(all: &[Joined<'_>]) -> Vec<Option<Way>> {
    let mut out = vec![None; all.len()];
    let mut order: Vec<usize> = (0..all.len()).filter(|&at| all[at].from.lane != all[at].to.lane).collect();
    let key = |at: usize| (all[at].from.lane, all[at].to.lane);
    order.sort_by(|&a, &b| key(a).cmp(&key(b)).then(all[a].middle().total_cmp(&all[b].middle())));
    for between in order.chunk_by(|&a, &b| key(a) == key(b)) {
        for bundle in gathered(between, |at| all[at].middle()) {
            let way = way(bundle, all);
            for &at in bundle {
                out[at] = Some(way);
            }
        }
    }
    out
}

/// Runs of what is in order and near each other, if there is enough of it.
fn gathered(order: &[usize], middle: impl Fn(usize) -> f32) -> Vec<&[usize]> {
    let mut out = Vec::new();
    let mut first = 0;
    for end in 1..=order.len() {
        let goes_on = order.get(end).is_some_and(|&next| {
            middle(next) - middle(order[end - 1]) <= NEAR && middle(next) - middle(order[first]) <= WIDEST
        });
        if !goes_on {
            out.extend((end - first >= FEWEST).then(|| &order[first..end]));
            first = end;
        }
    }
    out
}

fn way(bundle: &[usize], all: &[Joined<'_>]) -> Way {
    let mean = |x: fn(&Joined<'_>) -> f32| bundle.iter().map(|&at| x(&all[at])).sum::<f32>() / bundle.len() as f32;
    let (from, to) = (mean(|joined| joined.from.centre()), mean(|joined| joined.to.centre()));
    let Some(one) = bundle.first().map(|&at| &all[at]) else { return Way { leave: (from, 0.0), enter: (to, 0.0) } };
    let down = one.to.top > one.from.top;
    let (leave, enter) = if down {
        (one.from.bottom - INSIDE, one.to.top + INSIDE)
    } else {
        (one.from.top + INSIDE, one.to.bottom - INSIDE)
    };
    Way { leave: (from, leave), enter: (to, enter) }
}

/// A curve from one point to another along a common way: a uniform cubic B-spline, its ends held.
pub(super) fn along(start: Point, way: Way, end: Point) -> Vec<Point> {
    let middle = (f32::midpoint(way.leave.0, way.enter.0), f32::midpoint(way.leave.1, way.enter.1));
    let knots = [start, start, start, way.leave, middle, way.enter, end, end, end];
    let mut out = vec![start];
    for four in knots.windows(4) {
        out.extend((1..=STEPS).map(|step| {
            let t = step as f32 / STEPS as f32;
            let (t2, t3) = (t * t, t * t * t);
            let weights = [(1.0 - t).powi(3), 3.0 * t3 - 6.0 * t2 + 4.0, -3.0 * t3 + 3.0 * t2 + 3.0 * t + 1.0, t3];
            let sum = |of: fn(&Point) -> f32| four.iter().zip(weights).map(|(p, w)| of(p) * w).sum::<f32>() / 6.0;
            (sum(|point| point.0), sum(|point| point.1))
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near_and_enough_is_gathered() {
        let at = [0.0, 20.0, 40.0, 60.0, 80.0, 300.0, 320.0, 600.0, 610.0, 620.0, 630.0, 640.0, 650.0_f32];
        let order: Vec<usize> = (0..at.len()).collect();
        let found = gathered(&order, |i| at[i]);
        assert_eq!(found, [&order[0..5], &order[7..13]]);
    }

    #[test]
    fn a_curve_begins_and_ends_where_it_should_and_nears_the_common_way() {
        let way = Way { leave: (100.0, 50.0), enter: (120.0, 150.0) };
        let curve = along((20.0, 10.0), way, (200.0, 190.0));
        assert_eq!((curve[0], curve.last().copied()), ((20.0, 10.0), Some((200.0, 190.0))));
        let nearest = curve.iter().map(|(x, y)| (x - 110.0).hypot(y - 100.0)).fold(f32::INFINITY, f32::min);
        assert!(nearest < 8.0, "{nearest}");
        assert!(curve.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }
}
