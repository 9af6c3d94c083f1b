//! A laid-out view as a scene: grounds, grid, lanes, marks, labels, axis.

use super::marks::{MAYBE, Pen};
use super::stripes::Stripes;
use super::{
    Arrows, ColourEntry, Encodings, Hit, Node, Point, Primitive, Rgba, Role, Scene, Stroke, Surroundings, Target,
    Theme, ThemeName, arrows, axis, bands, breaks, density, rows, zones,
};
use crate::event::{Document, EventId, Relations, RowId};
use crate::layout::{ClaimBox, ClaimShape, EventBox, LaneBox, Layout, Rect};
use crate::text::{TextMeter, Weight, grouped};
use crate::time::Unit;

/// How lane headings look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headings {
    /// Name, counts and a dot.
    Screen,
    /// The name over a line in the lane's colour.
    Page,
}

/// What a scene of a view needs beside its layout.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The events.
    pub document: &'a Document,
    /// The colours.
    pub theme: &'a Theme,
    /// Measures texts.
    pub text: &'a TextMeter,
    /// What marks tell beside their time.
    pub encodings: Encodings<'a>,
    /// Relations that are drawn between all events; none for none.
    pub relations: Option<&'a Relations>,
    /// How far the lanes are scrolled up, in points.
    pub scroll: f32,
    /// How headings look.
    pub headings: Headings,
    /// What stands around the lanes; the layout has left room for its rows.
    pub around: &'a Surroundings,
}

/// The scene of a layout. Only lanes that can be seen are made.
#[must_use]
pub fn timeline(layout: &Layout, options: &Options<'_>) -> Scene {
    let (body, theme) = (layout.body, options.theme);
    let area_left = body.x - layout.metrics.header;
    let mut scene = Scene { width: body.right(), height: body.bottom(), ..Scene::default() };
    let whole = Rect::new(area_left, body.y, body.right() - area_left, body.h);
    let (still, below) = (layout.still, Rect { y: whole.y + layout.still, h: whole.h - layout.still, ..whole });
    // Lanes that stay at the top, and those that scroll under them.
    let parts = [
        lanes(layout, options, 0.0, Rect { h: still, ..whole }, |lane| lane.y < still),
        lanes(layout, options, options.scroll, below, |lane| lane.y >= still),
    ];
    let shift = body.y - options.scroll;
    let ticks = axis::ticks_of(layout, options.text);
    let grid_bottom = (layout.content_height + shift).min(body.bottom());
    let clip = |role, rect, nodes| Node::new(role, Primitive::Clip { rect, nodes });
    for part in &parts {
        scene.nodes.push(clip(Role::Lane, part.area, part.grounds.clone()));
    }
    let shades = bands::bands(layout, options.around, theme, (body.y, grid_bottom));
    scene.nodes.push(clip(Role::Shade, body, shades));
    scene.nodes.extend(axis::grid(layout, &ticks, theme, body.y, grid_bottom));
    scene.nodes.extend(breaks::breaks(layout, theme, (body.y, grid_bottom)));
    let display = options.document.table.display();
    let seams = if ticks.step.unit <= Unit::Day {
        zones::seams(layout, display, options.headings, theme, options.text)
    } else {
        vec![]
    };
    scene.nodes.push(clip(Role::Seam, body, seams));
    let mut headings = Vec::new();
    for part in &parts {
        scene.nodes.push(clip(Role::LaneHead, part.area, part.heads.clone()));
    }
    for part in parts {
        let inside = Rect { x: body.x, w: body.w, ..part.area };
        scene.nodes.push(clip(Role::Core, inside, part.inside));
        if !part.at_edge.is_empty() {
            scene.nodes.push(clip(
                Role::Core,
                Rect { x: inside.x - OVER, w: inside.w + 2.0 * OVER, ..inside },
                part.at_edge,
            ));
        }
        headings.push((part.area, part.headings));
        scene.hits.extend(part.hits.into_iter().filter_map(|hit| Some(Hit { rect: hit.rect.meet(inside)?, ..hit })));
    }
    if let Some(relations) = options.relations {
        let (scroll, theme, text) = (options.scroll, options.theme, options.text);
        scene.nodes.extend(
            arrows(
                layout,
                &Arrows { relations, of: None, among_all: false, scroll, theme, text, outside: &|_| None },
            )
            .0,
        );
    }
    for (area, nodes) in headings {
        scene.nodes.push(clip(Role::LaneName, area, nodes));
    }
    if still > 0.0 && still < layout.content_height {
        let ends = ((area_left, below.y), (body.right(), below.y));
        scene.nodes.push(Node::line(Role::Separator, ends.0, ends.1, Stroke::solid(2.0, theme.axis)));
    }
    scene.nodes.push(axis::ground(layout, theme));
    scene.nodes.extend(axis::axis(layout, &ticks, theme, options.text));
    scene.nodes.extend(zones::clocks(
        layout,
        display,
        options.around,
        (ticks.step.unit <= Unit::Hour && options.document.table.has_instants(), options.headings),
        theme,
        options.text,
    ));
    scene.nodes.extend(breaks::on_axis(layout, theme, options.text));
    scene.nodes.extend(rows::rows(layout, options.around, options.headings, theme, options.text));
    scene.nodes.extend(bands::periods(layout, options.around, theme, options.text));
    if options.headings == Headings::Screen {
        let stroke = Stroke::solid(1.0, theme.separator);
        let top = body.y - layout.metrics.axis;
        scene.nodes.push(Node::line(Role::Separator, (body.x, top), (body.x, body.bottom()), stroke));
    }
    scene
}

/// Lanes that are drawn together, in the part of the picture where they are seen.
struct Part {
    area: Rect,
    grounds: Vec<Node>,
    /// Grounds of the names over the parts of divided lanes.
    heads: Vec<Node>,
    inside: Vec<Node>,
    /// Points on a page that would be cut by its edge.
    at_edge: Vec<Node>,
    headings: Vec<Node>,
    hits: Vec<Hit>,
}

/// The lanes that `of` picks, as far as they are seen in an area.
fn lanes(layout: &Layout, options: &Options<'_>, scroll: f32, area: Rect, of: impl Fn(&LaneBox) -> bool) -> Part {
    let mut part = Part {
        area,
        grounds: vec![],
        heads: vec![],
        inside: vec![],
        at_edge: vec![],
        headings: vec![],
        hits: vec![],
    };
    let shift = layout.body.y - scroll;
    for (at, lane) in layout.lanes.iter().enumerate().filter(|(_, lane)| of(lane)) {
        let (top, bottom) = (lane.y + shift, lane.y + shift + lane.height);
        if bottom <= area.y || top >= area.bottom() {
            continue;
        }
        if let Some(head) = &lane.head {
            let (ground, name) = lane_head(layout, head, top - layout.metrics.head, options);
            part.heads.push(ground);
            part.headings.push(name);
        }
        // Lanes are told from their neighbours by every other one's ground, whatever their order.
        if at.is_multiple_of(2) {
            let ground = Rect::new(area.x, top, area.w, lane.height);
            part.grounds.push(Node::fill(Role::Lane, ground, options.theme.lane));
        }
        lane_nodes(layout, lane, shift, options, &mut part);
        part.headings.extend(heading(layout, lane, shift, options));
        let stroke = Stroke::solid(1.0, options.theme.separator);
        part.headings.push(Node::line(Role::Separator, (area.x, bottom), (area.right(), bottom), stroke));
    }
    part
}

/// How far over the edges of a page's body points at its very beginning or end may reach, in points.
const OVER: f32 = 10.0;

/// Whether all of an event is points at the edge of a page. A window cuts them: there they come and go.
fn is_at_edge(layout: &Layout, event: &EventBox, headings: Headings) -> bool {
    let (left, right) = (layout.body.x, layout.body.right());
    let inside = |x: f32| x >= left && x <= right;
    let mut points = event.claims.iter().map(|claim| match claim.shape {
        ClaimShape::Dot { x } if inside(x) => Some(x),
        _ => None,
    });
    let near = |x: f32| x < left + OVER || x > right - OVER;
    headings == Headings::Page && points.clone().all(|x| x.is_some()) && points.any(|x| x.is_some_and(near))
}

/// The marks, counts and labels of a lane.
fn lane_nodes(layout: &Layout, lane: &LaneBox, shift: f32, options: &Options<'_>, part: &mut Part) {
    let pen = Pen {
        theme: options.theme,
        colour: lane_colour(lane, options),
        beside: Stripes::NONE,
        sign: None,
        icon: None,
        height: layout.metrics.mark,
        seen: layout.body,
        is_page: options.headings == Headings::Page,
    };
    if let Some(strip) = &lane.strip {
        part.inside.extend(density::strip(layout, lane.id, strip, shift, pen.colour, &mut part.hits));
    }
    // Labels lie over all marks of the lane.
    let pen_of = |event: &EventBox, claim: &ClaimBox| {
        let own = options.encodings.colours.map(|own| own.of_claim(event.event, &claim.rows, options.theme));
        let (entry, beside) = own.unwrap_or((None, Stripes::NONE));
        let colour = entry.map_or(pen.colour, |entry| entry.colour(options.theme));
        let (colour, beside) =
            if event.maybe { (colour.alpha(MAYBE), beside.alpha(MAYBE)) } else { (colour, beside) };
        let sign = entry.and_then(ColourEntry::sign);
        let height = options.encodings.height(event, &layout.metrics);
        let icon = options.encodings.badge(event, &layout.metrics);
        Pen { colour, beside, sign, icon, height, ..pen }
    };
    for event in &lane.events {
        let nodes = event_nodes(event, shift, &|claim| pen_of(event, claim), options, &mut part.hits);
        if is_at_edge(layout, event, options.headings) { &mut part.at_edge } else { &mut part.inside }.extend(nodes);
    }
    for event in &lane.events {
        for claim in &event.claims {
            let own = pen_of(event, claim);
            let pen = Pen { colour: own.colour.alpha(1.0), beside: own.beside, ..pen };
            let labels = pen.label(claim, shift, options.text);
            part.inside.extend(labels.into_iter().map(|node| Node { event: Some(event.event), ..node }));
        }
    }
}

/// An event's marks, each drawn by the pen of its account.
fn event_nodes<'p>(
    event: &EventBox,
    shift: f32,
    pen_of: &dyn Fn(&ClaimBox) -> Pen<'p>,
    options: &Options<'_>,
    hits: &mut Vec<Hit>,
) -> Vec<Node> {
    let mut nodes: Vec<Node> = event.claims.first().map_or_else(Vec::new, |first| pen_of(first).fork(event, shift));
    for claim in &event.claims {
        let Some(&row) = claim.rows.first() else { continue };
        let pen = pen_of(claim);
        // A window has its tooltips instead.
        let title = (options.headings == Headings::Page).then(|| spoken(options.document, event.event, row));
        nodes.extend(pen.claim(claim, shift).into_iter().map(|node| Node { title: title.clone(), ..node }));
        let target = Target::Event { event: event.event, row };
        let top = claim.y + shift - pen.height / 2.0;
        let (left, right) = pen.edges(claim);
        let mark = Rect::new(left, top, (right - left).max(1.0), pen.height);
        hits.push(Hit { rect: mark, target, label: false });
        if let Some(label) = &claim.label {
            let rect = label.rect();
            hits.push(Hit { rect: Rect { y: rect.y + shift, ..rect }, target, label: true });
        }
    }
    nodes.into_iter().map(|node| Node { event: Some(event.event), ..node }).collect()
}

/// A claim in a sentence: "Vostok 2022, announced, 30 Aug – 5 Sep 2022".
fn spoken(document: &Document, event: EventId, row: RowId) -> String {
    let table = &document.table;
    let claim = table.claim(row);
    let title = table.title(row).or_else(|| table.title(table.first_row(event))).unwrap_or("untitled");
    let status = claim.status.as_ref().map(|status| format!(", {}", status.word())).unwrap_or_default();
    format!("{title}{status}, {}", claim.words())
}

/// The colour of a lane itself: none of its own where colours stand for something else.
fn lane_colour(lane: &LaneBox, options: &Options<'_>) -> Rgba {
    if options.encodings.colours.is_some() { options.theme.dim } else { options.theme.lane_colour(lane.hue) }
}

/// The name of a lane over its parts, with a line from edge to edge.
fn lane_head(layout: &Layout, name: &str, top: f32, options: &Options<'_>) -> (Node, Node) {
    let (theme, metrics) = (options.theme, &layout.metrics);
    let left = layout.body.x - metrics.header;
    let indent = if options.headings == Headings::Screen { 14.0 } else { 0.0 };
    let room = layout.body.right() - left - 2.0 * indent;
    let size = metrics.heading.min(metrics.head * 0.7);
    let name = options.text.fit(name, size, Weight::SemiBold, room).unwrap_or_default();
    let ground = Rect::new(left, top, layout.body.right() - left, metrics.head);
    let at = (left + indent, top + metrics.head / 2.0 + size * 0.36);
    // Arrows pass between the two.
    (
        Node::fill(Role::LaneHead, ground, theme.panel),
        Node::text(Role::LaneHead, at, size, Weight::SemiBold, theme.text, name),
    )
}

fn heading(layout: &Layout, lane: &LaneBox, shift: f32, options: &Options<'_>) -> Vec<Node> {
    let (theme, metrics) = (options.theme, &layout.metrics);
    let colour = lane_colour(lane, options);
    // A dot without a meaning would only puzzle.
    let coloured = options.encodings.colours.is_none() && theme.name != ThemeName::Grey;
    let left = layout.body.x - metrics.header;
    let top = lane.y + shift;
    match options.headings {
        Headings::Page => {
            // Parts of a lane are named no larger than it.
            let divided = layout.lanes.iter().any(|lane| lane.head.is_some());
            let most = if divided { metrics.heading.min(metrics.head * 0.7) * PART_OF } else { metrics.heading };
            // All of one size, which the lowest of them has room for.
            let lowest = layout.lanes.iter().map(|lane| lane.height).fold(f32::INFINITY, f32::min);
            let size = most.min(lowest * 0.72);
            let room = metrics.header - 14.0;
            let first =
                top + (lowest.min(metrics.lane_min) / 2.0).max(size * 0.62).min(23.0 - size * 0.36) + size * 0.36;
            // Beside its first row, where that stands lower.
            let rows = lane.events.iter().flat_map(|event| &event.claims).map(|claim| claim.y);
            let row = rows.fold(f32::INFINITY, f32::min);
            let first = if row.is_finite() { first.max(row + shift + size * 0.36) } else { first };
            let names = name_lines(&lane.name, (size, room), top + lane.height - first - 9.0, options.text);
            let baseline = first + (names.len() - 1) as f32 * size * NAME_LINE;
            let bar = Rect::new(left, baseline + 6.0, 22.0, 2.6);
            let mut nodes = named(names, (left, first), size, theme);
            // Where the lowest lane has no room for it, none has one, or it would seem to tell something.
            if first + 9.0 < top + lowest && coloured {
                let shape = Primitive::Rect { rect: bar, radius: 1.3, fill: Some(colour), stroke: None };
                nodes.push(Node::new(Role::LaneColour, shape));
            }
            nodes
        }
        Headings::Screen => {
            // A lane that stays at the top says so.
            let pinned = lane.y < layout.still;
            let room = metrics.header - if pinned { 52.0 } else { 44.0 };
            let size = metrics.heading;
            // Nothing is left out that a lane of one line would say.
            let counts = counts_of(lane);
            let below = lane.height - 44.0 - 15.0 * (counts.len() - 1) as f32;
            let names = name_lines(&lane.name, (size, room), below, options.text);
            let below = top + 39.0 + (names.len() - 1) as f32 * size * NAME_LINE;
            let dot = Primitive::Circle {
                centre: (left + metrics.header - 16.0, top + 17.5),
                radius: 4.0,
                fill: Some(colour),
                stroke: None,
            };
            let mut nodes = named(names, (left + 14.0, top + 22.0), size, theme);
            if coloured {
                nodes.push(Node::new(Role::LaneColour, dot));
            }
            if pinned {
                nodes.extend(pin((left + metrics.header - 31.0, top + 17.5), theme.dim));
            }
            for (i, words) in counts.into_iter().enumerate() {
                let baseline = below + i as f32 * 15.0;
                if baseline + 5.0 > top + lane.height {
                    break;
                }
                let (size, weight) = (metrics.small, Weight::Regular);
                let words = options.text.fit(&words, size, weight, metrics.header - 20.0).unwrap_or_default();
                nodes.push(Node::text(Role::LaneCount, (left + 14.0, baseline), size, weight, theme.dim, words));
            }
            nodes
        }
    }
}

/// The letters of parts of a lane, as a share of those of its name.
const PART_OF: f32 = 0.88;

/// From one line of a lane's name to the next, in heights of its letters.
const NAME_LINE: f32 = 1.2;

/// A lane's name in one line, or in two where it is cut in one and its lane has so much room below the first.
fn name_lines(name: &str, (size, room): (f32, f32), below: f32, text: &TextMeter) -> Vec<String> {
    let fit = |name: &str| text.fit(name, size, Weight::SemiBold, room).unwrap_or_default();
    let one = fit(name);
    if one == name || below < size * NAME_LINE {
        return vec![one];
    }
    let lines = text.wrap(name, size, Weight::SemiBold, room);
    match lines.as_slice() {
        [first, rest @ ..] if !rest.is_empty() => {
            vec![first.clone(), fit(&rest.join(" "))]
        }
        _ => vec![one],
    }
}

fn named(lines: Vec<String>, (x, first): Point, size: f32, theme: &Theme) -> Vec<Node> {
    let line = |(i, name): (usize, String)| {
        let at = (x, first + i as f32 * size * NAME_LINE);
        Node::text(Role::LaneName, at, size, Weight::SemiBold, theme.text, name)
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// A pin about a centre.
fn pin((x, y): Point, colour: Rgba) -> Vec<Node> {
    let head = Rect::new(x - 2.4, y - 5.5, 4.8, 5.5);
    let head = Primitive::Rect { rect: head, radius: 1.0, fill: Some(colour), stroke: None };
    let line = |from, to| Node::line(Role::LanePin, from, to, Stroke::solid(1.3, colour));
    let plate = line((x - 4.2, y + 0.4), (x + 4.2, y + 0.4));
    vec![Node::new(Role::LanePin, head), plate, line((x, y + 0.4), (x, y + 5.5))]
}

/// What a heading says under its name: how many, and what is not seen of them.
fn counts_of(lane: &LaneBox) -> Vec<String> {
    let events = if lane.count == 1 { "1 event".to_owned() } else { format!("{} events", grouped(lane.count)) };
    let mut lines = vec![events];
    if let Some(strip) = lane.strip.as_ref().filter(|strip| strip.only_counted > 0) {
        lines.push(format!("+{} counted", grouped(strip.only_counted)));
        lines.push(format!("up to {} a column", grouped(strip.density.peak())));
    }
    if lane.hidden > 0 {
        lines.push(format!("+{} not drawn", grouped(lane.hidden)));
    }
    if lane.unlabelled > 0 {
        lines.push(format!("+{} unlabelled", grouped(lane.unlabelled)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_takes_two_lines_where_its_lane_has_room_for_them() {
        let text = TextMeter::new();
        let lines = |name: &str, below: f32| name_lines(name, (13.0, 110.0), below, &text);
        assert_eq!(lines("Drill", 100.0), ["Drill"]);
        assert_eq!(lines("Ministry of National Defence", 100.0), ["Ministry of", "National Defence"]);
        let [one] = lines("Ministry of National Defence", 8.0).try_into().unwrap();
        assert!(one.starts_with("Ministry") && one.ends_with('…'));
        assert_eq!(lines("Donaudampfschifffahrtsgesellschaft", 100.0).len(), 1);
    }
}
