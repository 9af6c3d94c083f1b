//! The time axis: context above labels, ticks, and the grid behind the lanes.

use super::{Node, Point, Primitive, Role, Stroke, Theme, breaks};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, Tick, TickLevel, Ticks, Unit, ticks, word_year};

/// Least distance between labels of a month's width, in points.
const LABEL_GAP: f64 = 58.0;

/// The ticks of what a layout shows, piece by piece where gaps are left out. Years have room for all of their labels: of those
/// that were left out one by one, no step could be told.
pub(super) fn ticks_of(layout: &Layout, text: &TextMeter) -> Ticks {
    let usual = ticks_apart(layout, LABEL_GAP);
    let width = |tick: &Tick| text.width(&tick.label, layout.metrics.small, Weight::Regular);
    let widest = f64::from(usual.labels.iter().map(width).fold(0.0, f32::max)) + 12.0;
    if usual.step.unit == Unit::Year && widest > LABEL_GAP { ticks_apart(layout, widest) } else { usual }
}

/// The ticks with labels that are so far apart, in points.
fn ticks_apart(layout: &Layout, gap: f64) -> Ticks {
    let of = |piece: Span| {
        let points = f64::from(layout.body.w) * piece.nanos() as f64 / layout.scale.viewport().width_nanos() as f64;
        ticks(piece, points, gap)
    };
    let mut pieces = layout.pieces().into_iter();
    let mut all = pieces.next().map_or_else(|| of(layout.window()), of);
    for piece in pieces {
        let mut own = of(piece);
        // What a piece begins in is named at its beginning.
        for tick in own.context.iter_mut().filter(|tick| tick.time < piece.start()) {
            tick.time = piece.start();
        }
        if own.step.unit == Unit::Year {
            // The decade may be named already, but the year is not.
            let named = all.context.last().map(|tick| tick.label.clone());
            own.context.retain(|tick| Some(&tick.label) != named.as_ref());
            let next = own.labels.iter().find(|tick| tick.time > piece.start()).map(|tick| layout.x(tick.time));
            if next.is_none_or(|next| f64::from(next - layout.x(piece.start())) > gap * 0.75) {
                let label = word_year(piece.start().date().year);
                own.labels.retain(|tick| tick.time > piece.start());
                own.labels.insert(0, Tick { time: piece.start(), level: TickLevel::Label, label });
            }
        }
        if all.step.nominal_nanos() > own.step.nominal_nanos() {
            all.step = own.step;
        }
        all.context.append(&mut own.context);
        all.labels.append(&mut own.labels);
        all.fine.append(&mut own.fine);
    }
    all
}

/// Lines behind the lanes, from `top` to `bottom`.
pub(super) fn grid(layout: &Layout, ticks: &Ticks, theme: &Theme, top: f32, bottom: f32) -> Vec<Node> {
    let lines = |of: &[Tick]| -> Vec<(Point, Point)> {
        of.iter()
            .map(|tick| layout.x(tick.time))
            .filter(|x| *x >= layout.body.x && *x <= layout.body.right())
            .map(|x| ((x, top), (x, bottom)))
            .collect()
    };
    let node = |lines, colour| Node::new(Role::Grid, Primitive::Lines { lines, stroke: Stroke::solid(1.0, colour) });
    vec![node(lines(&ticks.labels), theme.grid), node(lines(&ticks.context), theme.separator)]
}

/// The axis above the body.
pub(super) fn axis(layout: &Layout, ticks: &Ticks, theme: &Theme, text: &TextMeter) -> Vec<Node> {
    let body = layout.body;
    let size = layout.metrics.small;
    let line = body.y;
    let mut nodes = tick_lines(layout, ticks, theme, line);
    let span = Span1d { left: body.x, right: body.right() };
    nodes.extend(context(layout, ticks, theme, text, line - 25.0));
    let mut free_from = body.x - 4.0;
    // What the window begins in is named at its edge, where that leaves the next one its room.
    if let Some(tick) = &ticks.before {
        let (x, width) = (body.x + 5.0, text.width(&tick.label, size, Weight::Regular));
        let next = ticks.labels.first().map_or(body.right(), |next| layout.x(next.time));
        if x + width + 6.0 <= next && !breaks::hides(layout, x, x + width) {
            let at = (x, line - 8.0);
            nodes.push(Node::text(Role::AxisLabel, at, size, Weight::Regular, theme.dim, tick.label.clone()));
        }
    }
    for (at, tick) in ticks.labels.iter().enumerate() {
        let x = layout.x(tick.time) + 5.0;
        let width = text.width(&tick.label, size, Weight::Regular);
        if x < span.left || x + width > span.right || x < free_from || breaks::hides(layout, x, x + width) {
            continue;
        }
        // The last days of a month give way to the first of the next.
        let begins = |next: &&Tick| ticks.context.iter().any(|context| context.time == next.time);
        let next = ticks.labels.get(at + 1).filter(begins).map(|next| layout.x(next.time));
        if next.is_some_and(|next| x + width > next - 2.0) {
            continue;
        }
        free_from = x + width + 6.0;
        let at = (x, line - 8.0);
        nodes.push(Node::text(Role::AxisLabel, at, size, Weight::Regular, theme.dim, tick.label.clone()));
    }
    let ends = ((body.x - layout.metrics.header, line), (body.right(), line));
    nodes.push(Node::line(Role::AxisLine, ends.0, ends.1, Stroke::solid(1.2, theme.axis)));
    nodes
}

struct Span1d {
    left: f32,
    right: f32,
}

fn tick_lines(layout: &Layout, ticks: &Ticks, theme: &Theme, line: f32) -> Vec<Node> {
    let body = layout.body;
    let marks = |of: &[Tick], length: f32| -> Vec<(Point, Point)> {
        of.iter()
            .map(|tick| layout.x(tick.time))
            .filter(|x| *x >= body.x && *x <= body.right())
            .map(|x| ((x, line - length), (x, line)))
            .collect()
    };
    [(&ticks.fine, 4.0), (&ticks.labels, 17.0), (&ticks.context, 36.0)]
        .into_iter()
        .map(|(of, length)| {
            let stroke = Stroke::solid(1.0, theme.axis);
            Node::new(Role::Tick, Primitive::Lines { lines: marks(of, length), stroke })
        })
        .collect()
}

/// Context labels. The one that the window begins in stays at its left edge until the next one pushes it out.
fn context(layout: &Layout, ticks: &Ticks, theme: &Theme, text: &TextMeter, baseline: f32) -> Vec<Node> {
    let body = layout.body;
    let size = layout.metrics.small + 1.0;
    let mut nodes = Vec::new();
    let mut free_from = f32::NEG_INFINITY;
    for (i, tick) in ticks.context.iter().enumerate() {
        let own = layout.x(tick.time) + 5.0;
        let next = ticks.context.get(i + 1).map_or(body.right(), |next| layout.x(next.time));
        let last = i + 1 == ticks.context.len();
        let room = if last { body.right() } else { next - 8.0 };
        let fits = |label: &&str| own + text.width(label, size, Weight::SemiBold) <= room;
        // At the right edge, without the year that stands before it: "7 Aug".
        let short = || tick.label.rsplit_once(' ').map(|(short, _)| short).filter(|_| last && i > 0);
        let label = Some(tick.label.as_str()).filter(fits).or_else(short).unwrap_or(&tick.label);
        let width = text.width(label, size, Weight::SemiBold);
        // Only the one that the window begins in is pushed out to the left; any other stands at its own line or not at all.
        let held = own < body.x + 5.0;
        let x = if held { (body.x + 5.0).min(next - width - 8.0) } else { own };
        // The first one may stand before its line, beside the lanes' names, where what follows leaves it no room.
        let before = own - 10.0 - width;
        if i == 0 && !held && x + width > room && before > body.x - layout.metrics.header {
            nodes.push(Node::text(Role::AxisContext, (before, baseline), size, Weight::SemiBold, theme.text, label));
            continue;
        }
        if x < body.x + 1.0 || x < own.min(body.x + 5.0) || x < free_from || x + width > room {
            continue;
        }
        free_from = x + width + 8.0;
        nodes.push(Node::text(Role::AxisContext, (x, baseline), size, Weight::SemiBold, theme.text, label));
    }
    nodes
}

/// The ground under the axis and the headings' corner.
pub(super) fn ground(layout: &Layout, theme: &Theme) -> Node {
    let body = layout.body;
    let (header, height) = (layout.metrics.header, layout.metrics.axis);
    Node::fill(
        Role::AxisGround,
        Rect::new(body.x - header, body.y - height, body.w + header, height),
        theme.background,
    )
}
