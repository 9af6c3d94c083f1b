//! Relations that lead out of the time in sight: an arrow to the edge behind which the other event lies, with what it is.

use super::Point;
use super::relations::{Arrows, Place, arrow, cubic, is_free, labels, stroke, words, words_at, words_size};
use super::{Node, Rgba};
use crate::event::{EventId, Relation};
use crate::layout::{Layout, Rect};
use crate::text::Weight;
use std::collections::HashMap;

/// An event that lies outside the time in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Whether it lies after that time; else before it.
    pub later: bool,
    /// Its lane, by its place in the layout, where that is laid out.
    pub lane: Option<usize>,
    /// Its name.
    pub name: String,
    /// Its time and how it is said to have come out, in words.
    pub told: String,
}

/// As many are drawn; the last one tells that there are others.
const MOST: usize = 6;
/// As many relations are looked through for them.
const LOOKED_THROUGH: usize = 500;
/// From one to the next at an edge, in points.
const STEP: f32 = 18.0;
/// Between an arrow's end and the edge, in points.
const CLEAR: f32 = 4.0;
/// How long words are, in points, the first that have room: longer ones lose of the name.
const LONGEST: [f32; 3] = [340.0, 240.0, 150.0];
/// As much of the end of a line no words cover, in points.
const LINE: f32 = 120.0;
/// Room at the right edge for a scroll bar, in points.
const SCROLL_BAR: f32 = 11.0;
/// How far a lead turns aside over or under its mark, in points.
const TURN: f32 = 16.0;
/// How far along a mark the next lead leaves it, in points.
const BESIDE: f32 = 6.0;

/// The leads of an event, from the first of its places in sight, with their words; `taken` is what words must not cover.
pub(super) fn leads(
    layout: &Layout,
    (arrows, event): (&Arrows<'_>, EventId),
    places: &HashMap<EventId, Vec<Place>>,
    taken: &mut Vec<Rect>,
    colour: Rgba,
) -> Vec<Node> {
    let in_sight = |place: &&Place| {
        let (body, mark) = (layout.body, place.rect);
        mark.right() >= body.x && mark.x <= body.right() && mark.y >= body.y && mark.bottom() <= body.bottom()
    };
    let Some(own) = places.get(&event).and_then(|own| own.iter().find(in_sight)) else { return Vec::new() };
    let other = |relation: &Relation| if relation.from == event { relation.to } else { relation.from };
    let of_event = arrows.relations.with(event).take(LOOKED_THROUGH);
    let out = of_event.filter(|relation| !places.contains_key(&other(relation)));
    let all: Vec<(&Relation, Outside)> =
        out.filter_map(|own| Some((own, (arrows.outside)(other(own))?))).take(MOST + 1).collect();
    let labels = labels(layout, arrows.scroll);
    let size = words_size(layout);
    let mut nodes = Vec::new();
    // Where leads meet the edges already.
    let mut met: Vec<(bool, f32)> = Vec::new();
    let mut drawn = Vec::new();
    for (relation, other) in all.iter().take(MOST) {
        let y = edge_y(layout, own, other, arrows.scroll, taken);
        // The next one to the same place stands a step farther inside, and leaves the mark beside the others.
        let same = met.iter().filter(|(later, at)| *later == other.later && (at - y).abs() < 1.0).count();
        let along = met.iter().filter(|(later, _)| *later == other.later).count() as f32 * BESIDE;
        met.push((other.later, y));
        let inward = if y > layout.body.y + layout.body.h / 2.0 { -STEP } else { STEP };
        let y = y + inward * same as f32;
        let mut curve = way(layout.body, own.rect, (other.later, y), along);
        if relation.from != event {
            curve.reverse();
        }
        nodes.extend(arrow(&curve, stroke(relation.kind, 1.3, colour), &labels));
        drawn.push((*relation, other, y, curve));
    }
    // No words cover the end of another line.
    taken.extend(drawn.iter().map(|(_, other, y, _)| {
        let x = if other.later { layout.body.right() - LINE } else { layout.body.x };
        Rect::new(x, y - 2.0, LINE, 4.0)
    }));
    for (nth, (relation, other, y, curve)) in drawn.iter().enumerate() {
        let has_more = nth + 1 == MOST && all.len() > MOST;
        let texts = LONGEST.map(|longest| lead_words(arrows, (relation, event), other, (has_more, longest), size));
        // Over or under the line, at the edge, shortened if need be; else wherever there is room beside it.
        let at_edge = texts.iter().find_map(|text| {
            let width = arrows.text.width(text, size, Weight::Regular);
            let x = if other.later { layout.body.right() - SCROLL_BAR - width - 6.0 } else { layout.body.x + 12.0 };
            // First on the side from which the line does not come.
            let off = if *y > own.rect.y { size * 1.1 } else { -size * 1.1 };
            let mut beside = [1.0, -1.0, 2.4, -2.4]
                .into_iter()
                .map(|by| y + off * by)
                .map(|y| (Rect::new(x - 3.0, y - size * 0.8, width + 6.0, size * 1.5), y));
            Some((text, beside.find(|place| is_free(layout.body, taken, place.0))?))
        });
        nodes.extend(match at_edge {
            Some((text, place)) => words_at(arrows, text, size, place, taken),
            None => words(layout, arrows, &texts[texts.len() - 1], curve, taken),
        });
    }
    nodes
}

/// What a lead leads to: the name is cut before its time, and before which of the two names the other.
fn lead_words(
    arrows: &Arrows<'_>,
    (relation, event): (&Relation, EventId),
    other: &Outside,
    (has_more, longest): (bool, f32),
    size: f32,
) -> String {
    let name = arrows.relations.name(relation);
    let more = if has_more { "and more, such as " } else { "" };
    let (before, after) = match (relation.from == event, name) {
        (_, "") => (more.to_owned(), format!(", {}", other.told)),
        (true, name) => (format!("{more}{name}: "), format!(", {}", other.told)),
        (false, name) => (more.to_owned(), format!(", {} · {name}: this", other.told)),
    };
    let width = |words: &str| arrows.text.width(words, size, Weight::Regular);
    let room = (longest - width(&before) - width(&after)).max(40.0);
    let name = arrows.text.fit(&other.name, size, Weight::Regular, room).unwrap_or_default();
    format!("{before}{name}{after}")
}

/// Where a lead meets the edge: in the other event's lane where that is in sight, else beside its own mark; where nothing
/// stands in its way, if there is such a place.
fn edge_y(layout: &Layout, own: &Place, other: &Outside, scroll: f32, taken: &[Rect]) -> f32 {
    /// How far from the edge nothing is to stand in the way, in points.
    const NEAR: f32 = 60.0;
    let body = layout.body;
    let inside = |y: f32| (body.y + CLEAR..=body.bottom() - CLEAR).contains(&y);
    let lane = other.lane.filter(|lane| *lane != own.lane).and_then(|lane| layout.lanes.get(lane));
    let middle = lane.map(|lane| (lane.y + layout.shift(lane.y, scroll), lane.height));
    let (places, near) = if let Some((top, height)) = middle.filter(|(top, height)| inside(top + height / 2.0)) {
        (vec![top + height / 2.0, top + 6.0, top + height - 6.0], NEAR)
    } else {
        // In its own lane it runs beside what stands there, all of the way.
        let (over, under) = (own.rect.y - TURN / 2.0, own.rect.bottom() + TURN / 2.0);
        let way = if other.later { body.right() - own.rect.right() } else { own.rect.x - body.x };
        (vec![over, under, own.top + 4.0, own.bottom - 4.0], way.max(1.0))
    };
    let x = if other.later { body.right() - near } else { body.x };
    let free = |y: &&f32| {
        let way = Rect::new(x, **y - 3.0, near, 6.0);
        inside(**y) && !taken.iter().any(|other| other.overlaps(way))
    };
    let y = places.iter().find(free).or(places.first()).copied().unwrap_or(own.rect.y);
    y.clamp(body.y + CLEAR, (body.bottom() - CLEAR).max(body.y + CLEAR))
}

/// The way from a mark to an edge: up or down out of the mark, so far from its end, and flat into the edge.
fn way(body: Rect, mark: Rect, (later, y): (bool, f32), along: f32) -> Vec<Point> {
    const POINTS: usize = 40;
    let (left, right) = (mark.x.max(body.x), mark.right().min(body.right()));
    let middle = f32::midpoint(left, right);
    let (edge, x, aside) = if later {
        (body.right() - CLEAR, (right - 5.0 - along).max(middle), 1.0)
    } else {
        (body.x + CLEAR, (left + 5.0 + along).min(middle), -1.0)
    };
    let down = y > mark.y + mark.h / 2.0;
    let from = (x, if down { mark.bottom() } else { mark.y });
    let turn = (x, from.1 + (y - from.1).signum() * (y - from.1).abs().max(TURN));
    let flat = (edge - aside * ((edge - x).abs() * 0.5).max(TURN), y);
    cubic([from, turn, flat, (edge, y)], POINTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_goes_from_its_mark_to_the_edge_behind_which_the_other_event_lies() {
        let (body, mark) = (Rect::new(100.0, 50.0, 800.0, 400.0), Rect::new(400.0, 200.0, 60.0, 16.0));
        for (later, y) in [(true, 350.0), (false, 90.0), (true, 192.0), (false, 192.0)] {
            let way = way(body, mark, (later, y), 0.0);
            let (first, last) = (way[0], way[way.len() - 1]);
            assert!(mark.grown(0.5).contains(first.0, first.1), "{first:?}");
            let edge = if later { body.right() } else { body.x };
            assert!((last.0 - edge).abs() <= CLEAR && (last.1 - y).abs() < 0.01, "{last:?}");
            assert!(way.iter().all(|(x, y)| body.grown(0.5).contains(*x, *y)), "{way:?}");
            // It runs into the edge flat, so that its head points out of the time in sight.
            let before = way[way.len() - 3];
            assert!((last.1 - before.1).abs() < (last.0 - before.0).abs(), "{before:?} {last:?}");
        }
    }
}
