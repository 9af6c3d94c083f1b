//! Relations between events as arrows.

use super::leads::{Outside, leads};
use super::ports::{Ends, clear_of, spread};
use super::{Node, Point, Primitive, Rgba, Role, Stroke, Theme};
use super::{bows, bundles};
use crate::event::{EventId, Relation, Relations};
use crate::layout::{ClaimBox, Layout, Rect, note_size};
use crate::text::{TextMeter, Weight};
use std::collections::{BTreeMap, HashMap};

/// How arrows are drawn.
#[derive(Clone, Copy)]
pub struct Arrows<'a> {
    /// What there is.
    pub relations: &'a Relations,
    /// Only those of this event; `None` for all.
    pub of: Option<EventId>,
    /// Whether those of the event stand where they would among all, which are drawn too.
    pub among_all: bool,
    /// How far the lanes are scrolled up, in points.
    pub scroll: f32,
    /// The colours.
    pub theme: &'a Theme,
    /// Measures the words.
    pub text: &'a TextMeter,
    /// Tells of an event that has no mark where it lies, if that is outside the time in sight and leads there are wanted.
    pub outside: &'a dyn Fn(EventId) -> Option<Outside>,
}

/// How large words beside arrows are.
pub(super) fn words_size(layout: &Layout) -> f32 {
    note_size(layout.metrics.font) + 2.0
}

/// The kinds of relations between events that are drawn, with what they are called; and how many relations there is no
/// room for.
pub(super) fn in_words(layout: &Layout, relations: &Relations) -> (Vec<(usize, String)>, usize) {
    let drawn = drawn_events(layout);
    let mut kinds: BTreeMap<usize, String> = BTreeMap::new();
    let mut count = 0_usize;
    for relation in drawn.iter().flat_map(|event| relations.of_event(*event)) {
        if drawn.binary_search(&relation.to).is_err() {
            continue;
        }
        count += 1;
        kinds.entry(relation.kind).or_insert_with(|| match relations.name(relation) {
            "" => "names the other event".to_owned(),
            name => name.to_owned(),
        });
    }
    (kinds.into_iter().collect(), count.saturating_sub(MOST_ARROWS))
}

/// The line of a kind of relation: each of the first few has its own, so that they are told apart without colours.
pub(super) fn stroke(kind: usize, width: f32, colour: Rgba) -> Stroke {
    const DASHES: [Option<(f32, f32)>; 4] = [None, Some((6.0, 3.0)), Some((1.5, 2.5)), Some((13.0, 4.0))];
    Stroke { width, colour, dash: DASHES[kind % DASHES.len()] }
}

/// The events that have a mark, in order.
fn drawn_events(layout: &Layout) -> Vec<EventId> {
    let boxes = layout.lanes.iter().flat_map(|lane| &lane.events);
    let mut drawn: Vec<EventId> = boxes.map(|event| event.event).collect();
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

/// How many relations join an event that is drawn with one that is not; `is_known` tells which events count.
#[must_use]
pub fn leading_out(layout: &Layout, relations: &Relations, is_known: impl Fn(EventId) -> bool) -> usize {
    let drawn = drawn_events(layout);
    let is_drawn = |event: EventId| drawn.binary_search(&event).is_ok();
    let of_drawn = drawn.iter().flat_map(|event| relations.with(*event));
    let leads_out = |relation: &&Relation| {
        let (from, to) = (is_drawn(relation.from), is_drawn(relation.to));
        from != to && is_known(if from { relation.to } else { relation.from })
    };
    of_drawn.filter(leads_out).count()
}

/// More arrows than this are only a thicket.
pub const MOST_ARROWS: usize = 300;
/// As many arrows of a kind have words beside them.
const MOST_NAMED: usize = 4;
/// Points of a curve.
const POINTS: usize = 18;
/// Arrows between neighbouring rows that are longer than this lie flat, in points.
const FLAT: f32 = 80.0;

/// The arrows between events that are drawn, from the one that names the other; and how many there was no room for.
#[must_use]
pub fn arrows(layout: &Layout, arrows: &Arrows<'_>) -> (Vec<Node>, usize) {
    let all: Vec<&Relation> = if let Some(event) = arrows.of.filter(|_| !arrows.among_all) {
        arrows.relations.with(event).collect()
    } else {
        // Only events that are drawn can have an end of an arrow. Those of the event itself are never the ones too many.
        let of_drawn = drawn_events(layout).into_iter().flat_map(|event| arrows.relations.of_event(event));
        let (own, others): (Vec<_>, Vec<_>) =
            of_drawn.partition(|relation| arrows.of.is_some_and(|of| [relation.from, relation.to].contains(&of)));
        own.into_iter().chain(others).collect()
    };
    let places = places(layout, arrows.scroll);
    let drawn: Vec<Joined<'_>> = all
        .into_iter()
        .filter_map(|relation| {
            let (from, to) = nearest(places.get(&relation.from)?, places.get(&relation.to)?)?;
            Some(Joined { relation, from, to })
        })
        .collect();
    let left_out = drawn.len().saturating_sub(MOST_ARROWS);
    let strong = arrows.of.is_some();
    let drawn = &drawn[..drawn.len() - left_out];
    let ways = bundles::ways(drawn);
    let nth = nth(drawn);
    let mut nodes = Vec::new();
    // What words must not cover: marks, labels, and the words of other arrows.
    let mut taken = if strong { taken(layout, arrows.scroll) } else { Vec::new() };
    let labels = labels(layout, arrows.scroll);
    let (mut named, mut told) = (Vec::new(), HashMap::new());
    let marks: Vec<(Rect, Rect)> = drawn.iter().map(|joined| (joined.from.rect, joined.to.rect)).collect();
    let mut all: Vec<Ends> = marks.iter().map(|(from, to)| ends(*from, *to, layout.body.y)).collect();
    spread(&mut all, &marks);
    clear_of(&mut all, &marks, &labels);
    let obstacles = bows::Obstacles { marks: marks_of(layout, arrows.scroll), labels: labels.clone() };
    let own =
        |joined: &Joined<'_>| arrows.of.is_none_or(|of| [joined.relation.from, joined.relation.to].contains(&of));
    let each = drawn.iter().zip(ways).zip(nth).zip(all);
    for (((joined, way), nth), ends) in each.filter(|(((joined, ..), ..), _)| own(joined)) {
        let alone = || match drawn.len() {
            // An arch stands over both of its marks already.
            count if count <= bows::MOST && ends.out.signum() != ends.into.signum() => {
                let joins = [joined.from.rect, joined.to.rect];
                obstacles.around(joins, layout.body, |bow| curve(ends, nth, bow))
            }
            _ => curve(ends, nth, 0.0),
        };
        let curve = way.map_or_else(alone, |way| bundles::along(ends.start, way, ends.end));
        // Where many run together, each is fainter, so that the common way is not a black band.
        let strength = if way.is_some() { 0.5 } else { 0.75 };
        let colour = if strong { arrows.theme.accent } else { arrows.theme.dim.alpha(strength) };
        nodes.extend(arrow(&curve, stroke(joined.relation.kind, 1.3, colour), &labels));
        // Many of a kind are told by their line, once some of them are named.
        let count = told.entry(joined.relation.kind).or_insert(0_usize);
        if strong && *count < MOST_NAMED {
            let own = words(layout, arrows, arrows.relations.name(joined.relation), &curve, &mut taken);
            *count += usize::from(!own.is_empty());
            named.extend(own);
        }
    }
    if let Some(event) = arrows.of {
        named.extend(leads(layout, (arrows, event), &places, &mut taken, arrows.theme.accent));
    }
    nodes.extend(named);
    (vec![Node::new(Role::Relation, Primitive::Clip { rect: layout.body, nodes })], left_out)
}

/// A mark that an arrow meets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) rect: Rect,
    /// The lane it stands in, by its place in the layout.
    pub(super) lane: usize,
    /// The lane's edges on the screen.
    pub(super) top: f32,
    pub(super) bottom: f32,
}

impl Place {
    pub(super) fn centre(&self) -> f32 {
        self.rect.x + self.rect.w / 2.0
    }
}

/// A relation between two marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joined<'a> {
    relation: &'a Relation,
    pub(super) from: Place,
    pub(super) to: Place,
}

impl Joined<'_> {
    /// The middle between its ends, from left to right.
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.from.centre(), self.to.centre())
    }
}

/// Which of how many arrows that join the same two events, either way, an arrow is.
type Nth = (usize, usize);

fn nth(drawn: &[Joined<'_>]) -> Vec<Nth> {
    let pair = |joined: &Joined<'_>| {
        let Relation { from, to, .. } = *joined.relation;
        (from.min(to), from.max(to))
    };
    let mut counts: HashMap<(EventId, EventId), (usize, usize)> = HashMap::new();
    for joined in drawn {
        counts.entry(pair(joined)).or_default().0 += 1;
    }
    let aside = |joined: &Joined<'_>| {
        let (all, seen) = counts.entry(pair(joined)).or_default();
        *seen += 1;
        (*seen - 1, *all)
    };
    drawn.iter().map(aside).collect()
}

/// Where the marks of each event stand.
fn places(layout: &Layout, scroll: f32) -> HashMap<EventId, Vec<Place>> {
    // Each account by itself: between two of them nothing was.
    let mark = |claim: &ClaimBox| {
        let half = layout.metrics.mark / 2.0;
        // What reaches beyond the window is met at its edge.
        let (left, right) = (claim.left.max(layout.body.x), claim.right.min(layout.body.right()));
        Rect::new(left, claim.y + layout.shift(claim.y, scroll) - half, (right - left).max(1.0), 2.0 * half)
    };
    let mut out: HashMap<EventId, Vec<Place>> = HashMap::new();
    for (lane, own) in layout.lanes.iter().enumerate() {
        let top = own.y + layout.shift(own.y, scroll);
        for event in &own.events {
            let place = |claim| Place { rect: mark(claim), lane, top, bottom: top + own.height };
            // Accounts beyond the window are met at its edge where none is inside.
            let inside = event.claims.iter().any(|claim| claim.is_in(layout.body));
            let met = event.claims.iter().filter(|claim| !inside || claim.is_in(layout.body));
            out.entry(event.event).or_default().extend(met.map(place));
        }
    }
    out
}

/// Where marks and labels stand, with the lanes scrolled up by so many points.
#[must_use]
pub fn taken(layout: &Layout, scroll: f32) -> Vec<Rect> {
    let mut out = marks_of(layout, scroll);
    out.extend(labels(layout, scroll));
    out
}

/// Where marks stand.
fn marks_of(layout: &Layout, scroll: f32) -> Vec<Rect> {
    let half = layout.metrics.mark / 2.0;
    let mark = |claim: &ClaimBox| {
        let top = claim.y + layout.shift(claim.y, scroll) - half;
        Rect::new(claim.left, top, claim.right - claim.left, 2.0 * half)
    };
    claims(layout).map(mark).collect()
}

fn claims(layout: &Layout) -> impl Iterator<Item = &ClaimBox> {
    layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims)
}

/// Where labels stand.
pub(super) fn labels(layout: &Layout, scroll: f32) -> Vec<Rect> {
    let moved = |rect: Rect| Rect { y: rect.y + layout.shift(rect.y, scroll), ..rect };
    claims(layout).filter_map(|claim| claim.label.as_ref()).map(|label| moved(label.rect())).collect()
}

/// Of the places of two events, the two that are nearest to each other.
fn nearest(from: &[Place], to: &[Place]) -> Option<(Place, Place)> {
    let distance = |a: &Place, b: &Place| (a.rect.y - b.rect.y).abs() + (a.rect.x - b.rect.x).abs() * 0.25;
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b)));
    pairs.min_by(|(a, b), (c, d)| distance(a, b).total_cmp(&distance(c, d)))
}

/// Where an arrow leaves one mark and meets the other, from above or below, and how far it goes straight up or down at
/// either end; nothing of it is seen above `top`.
fn ends(from: Rect, to: Rect, top: f32) -> Ends {
    let inside = |rect: Rect, x: f32| {
        let room = (rect.w / 2.0).min(5.0);
        x.clamp(rect.x + room, (rect.right() - room).max(rect.x + room))
    };
    let (mut x_from, mut x_to) = (inside(from, to.x + to.w / 2.0), inside(to, from.x + from.w / 2.0));
    // Straight up or down, where one stands over the other.
    let (left, right) = (from.x.max(to.x), from.right().min(to.right()));
    if right - left > 4.0 {
        let middle = f32::midpoint(left, right);
        (x_from, x_to) = (inside(from, middle), inside(to, middle));
    }
    // Between neighbouring rows a long arrow would lie flat under the words of one: it goes over both, as within a row.
    let flat = (to.y - from.y).abs() < 2.0 * from.h.min(to.h) && (x_to - x_from).abs() > FLAT;
    // Between neighbouring rows no farther than there is room, or the curve would lie on both marks.
    let reach = |gap: f32| (gap * 0.5).clamp(gap.clamp(1.0, 10.0), 90.0);
    let below = to.y >= from.bottom() && !flat;
    let above = to.bottom() <= from.y && !flat;
    if below {
        let reach = reach(to.y - from.bottom());
        Ends { start: (x_from, from.bottom()), end: (x_to, to.y - 1.0), out: reach, into: -reach }
    } else if above {
        let reach = reach(from.y - to.bottom());
        Ends { start: (x_from, from.y), end: (x_to, to.bottom() + 1.0), out: -reach, into: reach }
    } else {
        let reach = 14.0 + ((x_to - x_from).abs() * 0.08).min(24.0);
        // A curve comes three quarters as far as its controls.
        if from.y.min(to.y) - reach * 0.75 < top {
            let (start, end) = ((x_from, from.bottom()), (x_to, to.bottom() + 1.0));
            return Ends { start, end, out: reach, into: reach };
        }
        Ends { start: (x_from, from.y), end: (x_to, to.y - 1.0), out: -reach, into: -reach }
    }
}

/// A curve that leaves one mark and meets the other from above or below, or arches over both where they share a row (under
/// both, where there is no room over them). Several between the same marks stand beside or over each other; its middle is moved
/// to a side by about three quarters of `bow`.
fn curve(Ends { start, end, out, into }: Ends, (at, of): Nth, bow: f32) -> Vec<Point> {
    const STEP: f32 = 16.0;
    const BENT: f32 = 14.0;
    let aside = at as f32 - (of as f32 - 1.0) / 2.0;
    // An arch goes the higher, all others to the side.
    let arch = out.signum() == into.signum();
    let (higher, beside) = if arch { (out.signum() * at as f32 * STEP, 0.0) } else { (0.0, aside * STEP + bow) };

    // What is bowed turns aside at once, to be beside what stands near its ends.
    let (out, into) = if bow.abs() > 0.0 { (out.clamp(-BENT, BENT), into.clamp(-BENT, BENT)) } else { (out, into) };
    // With upright ends.
    let (one, two) = ((start.0 + beside, start.1 + out + higher), (end.0 + beside, end.1 + into + higher));
    cubic([start, one, two, end], POINTS)
}

/// So many pieces of a cubic Bézier curve, from the first of its four points to the last.
pub(super) fn cubic([start, one, two, end]: [Point; 4], pieces: usize) -> Vec<Point> {
    (0..=pieces)
        .map(|i| {
            let t = i as f32 / pieces as f32;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                let s = 1.0 - t;
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            };
            (mix(start.0, one.0, two.0, end.0), mix(start.1, one.1, two.1, end.1))
        })
        .collect()
}

/// How long an arrow's head is, in points.
const HEAD_LENGTH: f32 = 6.5;

/// As much of an arrow is seen behind a label: the words can be read, and the line be followed.
const BEHIND: f32 = 0.45;

/// An arrow along a curve, which lets labels be read.
pub(super) fn arrow(curve: &[Point], stroke: Stroke, labels: &[Rect]) -> Vec<Node> {
    let colour = stroke.colour;
    let line = |points, stroke| {
        let (closed, fill, stroke) = (false, None, Some(stroke));
        Node::new(Role::Relation, Primitive::Path { points, closed, fill, stroke })
    };
    let faint = Stroke { colour: colour.weaker(BEHIND), ..stroke };
    let (free, hidden) = beside(curve, labels);
    let mut nodes: Vec<Node> = hidden.into_iter().map(|points| line(points, faint)).collect();
    nodes.extend(free.into_iter().map(|points| line(points, stroke)));
    if let Some((tip, rest)) = curve.split_last() {
        // The last piece of a curve may be far shorter than a head, and then says nothing of where it comes from.
        let away = |point: &&Point| libm::hypotf(tip.0 - point.0, tip.1 - point.1) >= HEAD_LENGTH;
        let before = rest.iter().rev().find(away).or(rest.first()).unwrap_or(tip);
        let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
        let length = libm::hypotf(dx, dy).max(0.01);
        let (ux, uy) = (dx / length, dy / length);
        let (long, wide) = (HEAD_LENGTH, HEAD_LENGTH / 2.0);
        let side = |sign: f32| (tip.0 - long * ux - sign * wide * uy, tip.1 - long * uy + sign * wide * ux);
        let points = vec![*tip, side(1.0), side(-1.0)];
        nodes.push(Node::new(
            Role::Relation,
            Primitive::Path { points, closed: true, fill: Some(colour), stroke: None },
        ));
    }
    nodes
}

/// The parts of a line that lie in none of some rectangles, and those that lie in one.
fn beside(line: &[Point], rects: &[Rect]) -> (Vec<Vec<Point>>, Vec<Vec<Point>>) {
    let edge = |of: fn(&Point) -> f32, pick: fn(f32, f32) -> f32| line.iter().map(of).reduce(pick).unwrap_or(0.0);
    let (left, top) = (edge(|p| p.0, f32::min), edge(|p| p.1, f32::min));
    let whole = Rect::new(left, top, edge(|p| p.0, f32::max) - left, edge(|p| p.1, f32::max) - top);
    let near: Vec<Rect> = rects.iter().map(|rect| rect.grown(1.0)).filter(|rect| rect.overlaps(whole)).collect();
    if near.is_empty() {
        return (vec![line.to_vec()], Vec::new());
    }
    let (mut out, mut own): (Vec<Vec<Point>>, Vec<Point>) = (Vec::new(), Vec::new());
    let mut behind = Vec::new();
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let at = |t: f32| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
        let mut hidden: Vec<(f32, f32)> = near.iter().filter_map(|rect| part_in(*rect, a, b)).collect();
        hidden.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut t = 0.0;
        for (from, to) in hidden.into_iter().chain([(1.0, 1.0)]) {
            if from > t {
                if own.is_empty() {
                    own.push(at(t));
                }
                own.push(at(from));
            }
            if from < 1.0 && !own.is_empty() {
                out.push(std::mem::take(&mut own));
            }
            if to > t.max(from) {
                behind.push(vec![at(t.max(from)), at(to)]);
            }
            t = to.max(t);
        }
    }
    out.extend((!own.is_empty()).then_some(own));
    (out, behind)
}

/// From where to where a line lies in a rectangle, in shares of its length (Liang and Barsky, 1984); `None` where it does
/// not.
fn part_in(rect: Rect, a: Point, b: Point) -> Option<(f32, f32)> {
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    for (start, step, low, high) in [(a.0, b.0 - a.0, rect.x, rect.right()), (a.1, b.1 - a.1, rect.y, rect.bottom())]
    {
        if step.abs() < 1e-6 {
            if start < low || start > high {
                return None;
            }
            continue;
        }
        let (one, other) = ((low - start) / step, (high - start) / step);
        (from, to) = (from.max(one.min(other)), to.min(one.max(other)));
    }
    (from < to).then_some((from, to))
}

/// What the relation is, beside its curve, as near its middle as nothing else stands; without room it is left out, and
/// the details tell it.
pub(super) fn words(
    layout: &Layout,
    arrows: &Arrows<'_>,
    name: &str,
    curve: &[Point],
    taken: &mut Vec<Rect>,
) -> Vec<Node> {
    let size = words_size(layout);
    let width = arrows.text.width(name, size, Weight::Regular);
    let middle = curve.len() / 2;
    let outward = (0..middle).flat_map(|step| [middle + step, middle - step]);
    let places = outward.filter_map(|at| curve.get(at)).flat_map(|&(x, y)| {
        [x + 6.0, x - 6.0 - width].map(|left| (Rect::new(left - 3.0, y - size * 0.8, width + 6.0, size * 1.5), y))
    });
    let mut free = places.filter(|(rect, _)| is_free(layout.body, taken, *rect));
    free.next().map_or_else(Vec::new, |place| words_at(arrows, name, size, place, taken))
}

/// Whether a place lies inside a body and is not taken.
pub(super) fn is_free(body: Rect, taken: &[Rect], place: Rect) -> bool {
    let inside =
        place.x >= body.x && place.right() <= body.right() && place.y >= body.y && place.bottom() <= body.bottom();
    inside && !taken.iter().any(|other| other.overlaps(place))
}

/// Words on a ground of their own, about a middle, which is taken from then on.
pub(super) fn words_at(
    arrows: &Arrows<'_>,
    name: &str,
    size: f32,
    (ground, y): (Rect, f32),
    taken: &mut Vec<Rect>,
) -> Vec<Node> {
    taken.push(ground);
    let fill = Some(arrows.theme.background.alpha(0.85));
    let at = (ground.x + 3.0, y + size * 0.34);
    vec![
        Node::new(Role::Relation, Primitive::Rect { rect: ground, radius: 3.0, fill, stroke: None }),
        Node::text(Role::Relation, at, size, Weight::Regular, arrows.theme.accent, name),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The only arrow between two events.
    const ALONE: Nth = (0, 1);

    #[test]
    fn a_curve_leaves_one_mark_and_meets_the_other() {
        let (a, b) = (Rect::new(10.0, 10.0, 50.0, 16.0), Rect::new(200.0, 90.0, 8.0, 16.0));
        for (from, to) in [(a, b), (b, a)] {
            let curve = curve(ends(from, to, -100.0), ALONE, 0.0);
            let (first, last) = (curve[0], curve[curve.len() - 1]);
            assert!(from.grown(0.5).contains(first.0, first.1), "{first:?}");
            assert!(to.grown(1.5).contains(last.0, last.1), "{last:?}");
        }
        // Marks of one row are joined over their heads.
        let beside = Rect::new(200.0, 10.0, 8.0, 16.0);
        assert!(curve(ends(a, beside, -100.0), ALONE, 0.0).iter().all(|point| point.1 <= a.y));
        // And under them, where those above would not be seen.
        assert!(curve(ends(a, beside, 0.0), ALONE, 0.0).iter().all(|point| point.1 >= a.bottom()));
    }

    #[test]
    fn arrows_between_the_same_events_stand_apart() {
        let (a, b) = (Rect::new(10.0, 10.0, 8.0, 16.0), Rect::new(12.0, 90.0, 8.0, 16.0));
        let middle = |from, to, nth| curve(ends(from, to, -100.0), nth, 0.0)[POINTS / 2];
        assert!((middle(a, b, (0, 2)).0 - middle(b, a, (1, 2)).0).abs() > 8.0);
        let beside = Rect::new(200.0, 10.0, 8.0, 16.0);
        assert!(middle(a, beside, (1, 2)).1 < middle(a, beside, (0, 2)).1 - 8.0);
        let (from, to) = (EventId(0), EventId(1));
        let relations = [(from, to), (to, from), (EventId(2), to)].map(|(from, to)| Relation { from, to, kind: 0 });
        let place = Place { rect: a, lane: 0, top: 0.0, bottom: 100.0 };
        let joined: Vec<_> = relations.iter().map(|relation| Joined { relation, from: place, to: place }).collect();
        assert_eq!(nth(&joined), [(0, 2), (1, 2), ALONE]);
    }

    #[test]
    fn a_line_stops_at_labels_and_goes_on_behind_them() {
        let line = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)];
        let labels =
            [Rect::new(6.0, -4.0, 8.0, 8.0), Rect::new(100.0, -4.0, 8.0, 8.0), Rect::new(24.0, -1.0, 1.0, 2.0)];
        let parts = beside(&line, &labels);
        let ends: Vec<(f32, f32)> = parts.0.iter().map(|part| (part[0].0, part[part.len() - 1].0)).collect();
        assert_eq!(ends, [(0.0, 5.0), (15.0, 23.0), (26.0, 30.0)]);
        assert_eq!(beside(&line, &labels[1..2]), (vec![line.to_vec()], vec![]));
        assert!(beside(&line, &[Rect::new(-5.0, -5.0, 50.0, 10.0)]).0.is_empty());
    }

    #[test]
    fn an_arrow_has_a_whole_head_however_short_its_last_piece_is() {
        let way = bundles::Way { leave: (60.0, 20.0), enter: (100.0, 87.0) };
        for curve in [bundles::along((10.0, 10.0), way, (101.0, 90.0)), vec![(0.0, 0.0), (3.0, 0.0)]] {
            let nodes = arrow(&curve, stroke(0, 1.3, Rgba([0, 0, 0, 255])), &[]);
            let Primitive::Path { points: head, .. } = &nodes[1].primitive else { panic!("a head is a path") };
            let area =
                (head[1].0 - head[0].0) * (head[2].1 - head[0].1) - (head[2].0 - head[0].0) * (head[1].1 - head[0].1);
            assert!((area.abs() / 2.0 - HEAD_LENGTH * HEAD_LENGTH / 2.0).abs() < 0.1, "{area}");
        }
    }
}
