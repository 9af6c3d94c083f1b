//! A laid-out view as a scene: grounds, grid, lanes, marks, labels, axis.

use super::marks::{MAYBE, Pen};
use super::{Hit, Node, Primitive, Role, Scene, Stroke, Target, Theme, axis, zones};
use crate::event::{Document, EventId, RowId};
use crate::layout::{EventBox, LaneBody, LaneBox, Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, TimePoint, Unit, Zone};

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
    /// How far the lanes are scrolled up, in points.
    pub scroll: f32,
    /// How headings look.
    pub headings: Headings,
    /// The zone of a second axis, for which the layout has left room.
    pub second: Option<Zone>,
}

/// The scene of a layout. Only lanes that can be seen are made.
#[must_use]
pub fn timeline(layout: &Layout, options: &Options<'_>) -> Scene {
    let (body, theme) = (layout.body, options.theme);
    let area_left = body.x - layout.metrics.header;
    let mut scene = Scene { width: body.right(), height: body.bottom(), ..Scene::default() };
    let seen: Vec<&LaneBox> = layout
        .lanes
        .iter()
        .filter(|lane| lane.y + lane.height > options.scroll && lane.y < options.scroll + body.h)
        .collect();
    let shift = body.y - options.scroll;
    let mut grounds = Vec::new();
    let mut inside = Vec::new();
    let mut headings = Vec::new();
    for lane in &seen {
        let top = lane.y + shift;
        if lane.id.0 % 2 == 0 {
            grounds.push(Node::fill(
                Role::Lane,
                Rect::new(area_left, top, body.right() - area_left, lane.height),
                theme.lane,
            ));
        }
        inside.extend(lane_nodes(layout, lane, shift, options, &mut scene.hits));
        headings.extend(heading(layout, lane, shift, options));
        let bottom = top + lane.height;
        let stroke = Stroke::solid(1.0, theme.separator);
        headings.push(Node::line(Role::Separator, (area_left, bottom), (body.right(), bottom), stroke));
    }
    let ticks = axis::ticks_of(layout);
    let grid_bottom = (layout.content_height + shift).min(body.bottom());
    let clip = |rect, nodes| Node::new(Role::Lane, Primitive::Clip { rect, nodes });
    let whole = Rect::new(area_left, body.y, body.right() - area_left, body.h);
    scene.nodes.push(clip(whole, grounds));
    scene.nodes.extend(axis::grid(layout, &ticks, theme, body.y, grid_bottom));
    let display = options.document.table.display();
    let seams = if ticks.step.unit <= Unit::Day {
        zones::seams(layout, display, options.headings, theme, options.text)
    } else {
        vec![]
    };
    scene.nodes.push(clip(body, seams));
    scene.nodes.push(clip(body, inside));
    scene.nodes.push(clip(whole, headings));
    scene.nodes.push(axis::ground(layout, theme));
    scene.nodes.extend(axis::axis(layout, &ticks, theme, options.text));
    scene.nodes.extend(zones::clocks(
        layout,
        display,
        options.second,
        (ticks.step.unit, options.headings),
        theme,
        options.text,
    ));
    if options.headings == Headings::Screen {
        let stroke = Stroke::solid(1.0, theme.separator);
        let top = body.y - layout.metrics.axis;
        scene.nodes.push(Node::line(Role::Separator, (body.x, top), (body.x, body.bottom()), stroke));
    }
    scene.hits.retain(|hit| hit.rect.overlaps(body));
    scene
}

fn lane_nodes(layout: &Layout, lane: &LaneBox, shift: f32, options: &Options<'_>, hits: &mut Vec<Hit>) -> Vec<Node> {
    let pen = Pen {
        theme: options.theme,
        colour: options.theme.lane_colour(lane.id.0),
        height: layout.metrics.mark,
        font: layout.metrics.font,
        seen: layout.body,
    };
    match &lane.body {
        LaneBody::Density { counts, window, .. } => density(layout, lane, shift, (counts, *window), pen.colour, hits),
        LaneBody::Marks(events) => {
            // Labels lie over all marks of the lane.
            let mut nodes = Vec::new();
            let pale = Pen { colour: pen.colour.alpha(MAYBE), ..pen };
            for event in events {
                let pen = if event.maybe { &pale } else { &pen };
                nodes.extend(event_nodes(event, shift, pen, options, hits));
            }
            for event in events {
                for claim in &event.claims {
                    let width = |note: &str, size| options.text.width(note, size, Weight::Regular);
                    let labels = pen.label(claim, shift, width);
                    nodes.extend(labels.into_iter().map(|node| Node { event: Some(event.event), ..node }));
                }
            }
            nodes
        }
    }
}

fn event_nodes(event: &EventBox, shift: f32, pen: &Pen<'_>, options: &Options<'_>, hits: &mut Vec<Hit>) -> Vec<Node> {
    let mut nodes: Vec<Node> = pen.fork(event, shift);
    for claim in &event.claims {
        let Some(&row) = claim.rows.first() else { continue };
        let title = spoken(options.document, event.event, row);
        nodes.extend(pen.claim(claim, shift).into_iter().map(|node| Node { title: Some(title.clone()), ..node }));
        let target = Target::Event { event: event.event, row };
        let top = claim.y + shift - pen.height / 2.0;
        let mark = Rect::new(claim.left, top, (claim.right - claim.left).max(1.0), pen.height);
        hits.push(Hit { rect: mark, target, label: false });
        if let Some(label) = &claim.label {
            hits.push(Hit { rect: Rect::new(label.x, top, label.width, pen.height), target, label: true });
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

/// Exact counts as shades; the darkest is the lane's largest. The scale is a square root, so that few are still seen
/// beside many.
fn density(
    layout: &Layout,
    lane: &LaneBox,
    shift: f32,
    (counts, window): (&[u32], Span),
    colour: super::Rgba,
    hits: &mut Vec<Hit>,
) -> Vec<Node> {
    let peak = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let (body, pad) = (layout.body, layout.metrics.lane_pad);
    let width = body.w / counts.len().max(1) as f32;
    let mut nodes = Vec::new();
    let moment = |i: usize| {
        let nanos = window.start().as_nanos() + window.nanos() * i as i128 / counts.len().max(1) as i128;
        TimePoint::from_nanos_clamped(nanos)
    };
    let rect = |from: usize, parts: usize| {
        let (top, height) = (lane.y + shift + pad, lane.height - 2.0 * pad);
        Rect::new(body.x + from as f32 * width, top, parts as f32 * width, height)
    };
    for (i, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let span = Span::new(moment(i), moment(i + 1));
        hits.push(Hit { rect: rect(i, 1), target: Target::Density { lane: lane.id, span, count }, label: false });
    }
    // Neighbours of one count are one rectangle: fewer of them, and no seams between.
    let mut from = 0;
    for run in counts.chunk_by(|a, b| a == b) {
        if run[0] > 0 {
            let shade = colour.alpha(0.14 + 0.86 * (run[0] as f32 / peak).sqrt());
            nodes.push(Node::fill(Role::Density, rect(from, run.len()), shade));
        }
        from += run.len();
    }
    nodes
}

fn heading(layout: &Layout, lane: &LaneBox, shift: f32, options: &Options<'_>) -> Vec<Node> {
    let (theme, metrics) = (options.theme, &layout.metrics);
    let colour = theme.lane_colour(lane.id.0);
    let left = layout.body.x - metrics.header;
    let top = lane.y + shift;
    match options.headings {
        Headings::Page => {
            let size = metrics.heading.min(metrics.lane_min * 0.5);
            let room = metrics.header - 14.0;
            let name = options.text.fit(&lane.name, size, Weight::SemiBold, room).unwrap_or_default();
            let baseline = top + (metrics.lane_min / 2.0 + size * 0.36).min(23.0);
            let bar = Rect::new(left, baseline + 6.0, 22.0, 2.6);
            let mut nodes =
                vec![Node::text(Role::LaneName, (left, baseline), size, Weight::SemiBold, theme.text, name)];
            if lane.height > 30.0 {
                let shape = Primitive::Rect { rect: bar, radius: 1.3, fill: Some(colour), stroke: None };
                nodes.push(Node::new(Role::LaneColour, shape));
            }
            nodes
        }
        Headings::Screen => {
            let room = metrics.header - 44.0;
            let name = options.text.fit(&lane.name, metrics.heading, Weight::SemiBold, room).unwrap_or_default();
            let dot = Primitive::Circle {
                centre: (left + metrics.header - 16.0, top + 17.5),
                radius: 4.0,
                fill: Some(colour),
                stroke: None,
            };
            let mut nodes = vec![
                Node::text(
                    Role::LaneName,
                    (left + 14.0, top + 22.0),
                    metrics.heading,
                    Weight::SemiBold,
                    theme.text,
                    name,
                ),
                Node::new(Role::LaneColour, dot),
            ];
            for (i, words) in counts_of(lane).into_iter().enumerate() {
                let baseline = top + 39.0 + i as f32 * 15.0;
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

/// What a heading says under its name: how many, and what is not seen of them.
fn counts_of(lane: &LaneBox) -> Vec<String> {
    let events = if lane.count == 1 { "1 event".to_owned() } else { format!("{} events", lane.count) };
    let mut lines = match lane.body {
        LaneBody::Density { .. } => vec![events, "as density".to_owned()],
        LaneBody::Marks(_) => vec![events],
    };
    if lane.hidden > 0 {
        lines.push(format!("+{} not drawn", lane.hidden));
    }
    if lane.unlabelled > 0 {
        lines.push(format!("+{} unlabelled", lane.unlabelled));
    }
    lines
}
