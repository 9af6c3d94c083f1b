//! Shades behind the lanes: weekends, nights, named periods.

use super::surroundings::{Period, Surroundings};
use super::{Node, Point, Primitive, Role, Stroke, Theme};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, TimePoint};

const DAY: i64 = 86_400;
/// Days narrower than this are not told apart, in points.
const LEAST_DAY: f64 = 3.5;
/// Days narrower than this have no nights, in points.
const LEAST_NIGHT: f64 = 60.0;
/// A night, in hours of the day that it begins and of the day that it ends.
const NIGHT: (i64, i64) = (20, 6);

/// Which shades a view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shades {
    pub(super) weekends: bool,
    pub(super) nights: bool,
}

/// What is shaded at the zoom of a layout.
pub(super) fn shades(layout: &Layout, around: &Surroundings) -> Shades {
    let width = layout.scale.viewport().width_nanos();
    let day = f64::from(layout.body.w) * DAY as f64 * 1e9 / width.max(1) as f64;
    Shades { weekends: around.weekends && day >= LEAST_DAY, nights: around.nights && day >= LEAST_NIGHT }
}

/// All shades, from `top` to `bottom`.
pub(super) fn bands(layout: &Layout, around: &Surroundings, theme: &Theme, (top, bottom): (f32, f32)) -> Vec<Node> {
    let body = layout.body;
    let fill = |role, span: Span, strength: f32, ink: super::Rgba| {
        let x = |point| layout.x(point).clamp(body.x, body.right());
        let (left, right) = (x(span.start()), x(span.end()));
        let rect = Rect::new(left, top, right - left, bottom - top);
        (right - left > 0.3).then(|| Node::fill(role, rect, ink.alpha(strength)))
    };
    let shades = shades(layout, around);
    let window = layout.window();
    let mut nodes = Vec::new();
    if shades.weekends {
        let spans = layout.pieces().into_iter().flat_map(|piece| every(piece, 7, 2, (0, 2 * DAY)));
        nodes.extend(spans.filter_map(|span| fill(Role::Shade, span, 0.045, theme.text)));
    }
    if shades.nights {
        let night = (NIGHT.0 * 3_600, DAY + NIGHT.1 * 3_600);
        let spans = layout.pieces().into_iter().flat_map(|piece| every(piece, 1, 0, night));
        nodes.extend(spans.filter_map(|span| fill(Role::Shade, span, 0.09, theme.text)));
    }
    // A period that has no edge here would tint all of the view and tell nothing: its name over the axis does.
    let edge_inside = |period: &&Period| {
        let extent = period.extent();
        extent.start() > window.start() || extent.end() < window.end()
    };
    for period in around.periods.iter().filter(edge_inside) {
        nodes.extend(fill(Role::Period, period.extent(), 0.03, theme.accent));
        nodes.extend(period.core().and_then(|core| fill(Role::Period, core, 0.03, theme.accent)));
        let lines: Vec<(Point, Point)> = [period.extent().start(), period.extent().end()]
            .into_iter()
            .map(|edge| layout.x(edge))
            .filter(|x| *x > body.x && *x < body.right())
            .map(|x| ((x, top), (x, bottom)))
            .collect();
        if !lines.is_empty() {
            let stroke = Stroke::dashed(1.0, theme.accent.alpha(0.5), 2.0, 3.0);
            nodes.push(Node::new(Role::Period, Primitive::Lines { lines, stroke }));
        }
    }
    nodes
}

/// A stretch of seconds of every so many days that touches a window; days are counted from one of the first days of 1970,
/// a Thursday.
fn every(window: Span, days: i64, first: i64, (from, to): (i64, i64)) -> impl Iterator<Item = Span> {
    let begin = (window.start().seconds().div_euclid(DAY) - first).div_euclid(days) - 1;
    let end = (window.end().seconds().div_euclid(DAY) - first).div_euclid(days) + 1;
    let span = move |at: i64| {
        let start = at.checked_mul(days)?.checked_add(first)?.checked_mul(DAY)?;
        let point = |offset: i64| TimePoint::from_seconds(start.saturating_add(offset));
        Some(Span::new(point(from), point(to)))
    };
    (begin..=end).filter_map(span)
}

/// The names of periods in their rows over the axis.
pub(super) fn periods(layout: &Layout, around: &Surroundings, theme: &Theme, text: &TextMeter) -> Vec<Node> {
    const HEIGHT: f32 = 16.0;
    let (body, size) = (layout.body, layout.metrics.small);
    let mut nodes = Vec::new();
    let sides = |period: &Period| {
        let (from, to) = (layout.x(period.extent().start()), layout.x(period.extent().end()));
        (from.max(body.x), to.min(body.right()))
    };
    let rows = around.period_rows();
    for (at, (period, &row)) in around.periods.iter().zip(&rows).enumerate() {
        let (left, right) = sides(period);
        if right - left < 2.0 {
            continue;
        }
        let top = body.y - around.period_top(row);
        let rect = Rect::new(left, top, right - left - 1.0, HEIGHT);
        let fill = Some(theme.accent.alpha(0.16));
        nodes.push(Node {
            title: Some(format!("{}, {}", period.name, period.written)),
            ..Node::new(Role::Period, Primitive::Rect { rect, radius: 3.0, fill, stroke: None })
        });
        // Beside its band, where it would be cut inside and nothing follows so soon.
        let width = text.width(&period.name, size, Weight::Regular);
        let beside = around.periods.iter().zip(&rows).enumerate();
        let next = beside.filter(|(other, (_, other_row))| *other != at && **other_row == row);
        let next = next.map(|(_, (other, _))| sides(other).0).filter(|other| *other >= right - 1.0);
        let free = next.fold(body.right(), f32::min) - right;
        let (x, room) =
            if width > rect.w - 10.0 && width + 8.0 <= free { (right + 4.0, free) } else { (left + 5.0, rect.w) };
        if let Some(name) =
            text.fit(&period.name, size, Weight::Regular, room - 10.0 + 4.0).filter(|name| name != "…")
        {
            let at = (x, top + HEIGHT / 2.0 + size * 0.36);
            nodes.push(Node::text(Role::Period, at, size, Weight::Regular, theme.text, name));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_are_saturdays_and_sundays() {
        let month = crate::time::read("2022-05").unwrap().edtf.when().extent();
        let inside = every(month, 7, 2, (0, 2 * DAY)).filter(|span| span.start() >= month.start());
        let days: Vec<u8> = inside.take(3).map(|span| span.start().date().day).collect();
        assert_eq!(days, [7, 14, 21]);
    }
}
