//! Where arrows leave and meet a mark that several of them join: beside each other, in the order of where they lead, so that
//! each can be followed and no head covers another.

use super::Point;
use crate::layout::Rect;
use std::collections::HashMap;

/// Where an arrow leaves one mark and meets another, and how far it goes straight up or down at either end, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) start: Point,
    pub(super) end: Point,
    pub(super) out: f32,
    pub(super) into: f32,
}

/// From one arrow to the next on a mark, in points.
const STEP: f32 = 6.0;
/// Arrows on a mark as small as a dot stand no farther apart than this, in points.
const LEAST_ROOM: f32 = 14.0;
/// How far inside the ends of a long mark arrows stand, in points.
const INSIDE: f32 = 5.0;

/// Sets the ends of arrows apart that meet the same side of a mark. `marks` has the two marks of each.
pub(super) fn spread(all: &mut [Ends], marks: &[(Rect, Rect)]) {
    // A side of a mark, by its place, with the ends of arrows there: which arrow, and whether it is its start.
    let mut sides: HashMap<(u32, u32, bool), Vec<(usize, bool)>> = HashMap::new();
    for (at, (ends, (from, to))) in all.iter().zip(marks).enumerate() {
        for (mark, point, is_start) in [(from, ends.start, true), (to, ends.end, false)] {
            let above = point.1 < mark.y + mark.h / 2.0;
            sides.entry((mark.x.to_bits(), mark.y.to_bits(), above)).or_default().push((at, is_start));
        }
    }
    let before = all.to_vec();
    for mut side in sides.into_values().filter(|side| side.len() > 1) {
        let own = |(at, is_start): (usize, bool)| if is_start { before[at].start.0 } else { before[at].end.0 };
        let other = |(at, is_start): (usize, bool)| if is_start { before[at].end.0 } else { before[at].start.0 };
        side.sort_by(|a, b| other(*a).total_cmp(&other(*b)).then(a.cmp(b)));
        let (at, is_start) = side[0];
        let mark = if is_start { marks[at].0 } else { marks[at].1 };
        let room = (mark.w - 2.0 * INSIDE).max(LEAST_ROOM);
        let wide = (STEP * (side.len() - 1) as f32).min(room);
        let mean = side.iter().map(|end| own(*end)).sum::<f32>() / side.len() as f32;
        let slack = (room - wide) / 2.0;
        let middle = mark.x + mark.w / 2.0;
        let first = mean.clamp(middle - slack, middle + slack) - wide / 2.0;
        let step = wide / (side.len() - 1) as f32;
        for (place, (at, is_start)) in side.into_iter().enumerate() {
            let x = first + step * place as f32;
            if is_start {
                all[at].start.0 = x;
            } else {
                all[at].end.0 = x;
            }
        }
    }
}

/// Moves the tips of arrows along their marks to where their heads stand on no label, as little as that takes; a tip for
/// which there is no such place stays.
pub(super) fn clear_of(all: &mut [Ends], marks: &[(Rect, Rect)], labels: &[Rect]) {
    /// What a head covers, and a little more, in points.
    const HEAD: (f32, f32) = (8.0, 8.0);
    const PACE: f32 = 4.0;
    for (ends, (_, mark)) in all.iter_mut().zip(marks) {
        let (x, y) = ends.end;
        let head = |x: f32| {
            let top = if y < mark.y + mark.h / 2.0 { y - HEAD.1 } else { y };
            Rect::new(x - HEAD.0 / 2.0, top, HEAD.0, HEAD.1)
        };
        // Of all labels only those along the mark can be met.
        let along = Rect { x: mark.x - HEAD.0, w: mark.w + 2.0 * HEAD.0, ..head(mark.x) };
        let near: Vec<&Rect> = labels.iter().filter(|label| label.overlaps(along)).collect();
        let is_free = |x: &f32| !near.iter().any(|label| label.overlaps(head(*x)));
        let inside = |x: &f32| *x >= mark.x + INSIDE && *x <= mark.right() - INSIDE;
        if is_free(&x) {
            continue;
        }
        let paces = (1..=(mark.w / PACE) as usize).map(|pace| pace as f32 * PACE);
        let mut others = paces.flat_map(|off| [x - off, x + off]).filter(inside);
        ends.end.0 = others.find(is_free).unwrap_or(x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_stands_beside_a_label_where_its_mark_has_room() {
        let (from, mark) = (Rect::new(0.0, 10.0, 10.0, 16.0), Rect::new(100.0, 90.0, 80.0, 16.0));
        let tip = |label: Rect| {
            let mut all = [ends(5.0, 110.0)];
            clear_of(&mut all, &[(from, mark)], &[label]);
            all[0].end.0
        };
        let near = |a: f32, b: f32| assert!((a - b).abs() < 1e-3, "{a} is not {b}");
        near(tip(Rect::new(90.0, 78.0, 30.0, 10.0)), 126.0);
        // Far from it, and where the whole mark is covered, it stays.
        near(tip(Rect::new(0.0, 78.0, 30.0, 10.0)), 110.0);
        near(tip(Rect::new(50.0, 78.0, 300.0, 10.0)), 110.0);
    }

    fn ends(start: f32, end: f32) -> Ends {
        Ends { start: (start, 26.0), end: (end, 90.0), out: 20.0, into: -20.0 }
    }

    #[test]
    fn arrows_of_one_mark_stand_beside_each_other_in_the_order_of_where_they_lead() {
        let dot = Rect::new(100.0, 10.0, 10.0, 16.0);
        let far = |x: f32| Rect::new(x, 90.0, 10.0, 16.0);
        let mut all = [ends(105.0, 305.0), ends(105.0, 15.0), ends(105.0, 205.0)];
        spread(&mut all, &[(dot, far(300.0)), (dot, far(10.0)), (dot, far(200.0))]);
        let starts = all.map(|own| own.start.0);
        assert!(starts[1] + 5.0 <= starts[2] && starts[2] + 5.0 <= starts[0], "{starts:?}");
        // About the mark, and the other ends, where each is alone, as they were.
        assert!(starts.iter().all(|x| (*x - 105.0).abs() <= LEAST_ROOM / 2.0));
        assert!(all.iter().zip([305.0, 15.0, 205.0]).all(|(own, x)| (own.end.0 - x).abs() < 1e-3));
    }

    #[test]
    fn arrows_on_both_sides_of_a_mark_do_not_make_way_for_each_other() {
        let (mark, far) = (Rect::new(100.0, 10.0, 10.0, 16.0), Rect::new(300.0, 90.0, 10.0, 16.0));
        let up = Ends { start: (105.0, 10.0), ..ends(105.0, 305.0) };
        let mut all = [ends(105.0, 305.0), up];
        let other = Rect::new(500.0, 90.0, 10.0, 16.0);
        spread(&mut all, &[(mark, far), (mark, other)]);
        assert!(all.iter().all(|own| (own.start.0 - 105.0).abs() < 1e-3));
    }
}
