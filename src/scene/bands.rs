//! Shades behind the lanes: years, weekends, nights, named periods.

use super::surroundings::{Period, Surroundings};
use super::{Node, Point, Primitive, Role, Stroke, Theme};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{CivilDate, Span, TimePoint};

const DAY: i64 = 86_400;
/// Days narrower than this are not told apart, in points.
const LEAST_DAY: f64 = 3.5;
/// Days narrower than this have no nights, in points.
const LEAST_NIGHT: f64 = 60.0;
/// Narrower years, decades or centuries are not told apart, in points.
const LEAST_YEARS: f64 = 14.0;
/// A year of the calendar, in seconds, on average.
const YEAR: f64 = 365.2425 * 86_400.0;
/// A night, in hours of the day that it begins and of the day that it ends.
const NIGHT: (i64, i64) = (20, 6);

/// Which shades a view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shades {
    /// Every other stretch of so many years; `None` for no shade.
    pub(super) years: Option<i64>,
    pub(super) weekends: bool,
    pub(super) nights: bool,
}

/// How wide a day is, in points.
fn day_width(layout: &Layout) -> f64 {
    f64::from(layout.body.w) * DAY as f64 * 1e9 / layout.scale.viewport().width_nanos().max(1) as f64
}

/// What is shaded at the zoom of a layout.
pub(super) fn shades(layout: &Layout, around: &Surroundings) -> Shades {
    let day = day_width(layout);
    Shades {
        years: around
            .shaded
            .years
            .then(|| wide_years(day * YEAR / DAY as f64))
            .filter(|years| has_edge(layout, *years)),
        weekends: around.shaded.weekends && day >= LEAST_DAY && lies_in(layout, 7, 2, (0, 2 * DAY)),
        nights: around.shaded.nights && day >= LEAST_NIGHT,
    }
}

/// Whether a stretch of every so many days lies in what is seen.
fn lies_in(layout: &Layout, days: i64, first: i64, part: (i64, i64)) -> bool {
    layout.pieces().into_iter().any(|piece| inside(piece, every(piece, days, first, part)).next().is_some())
}

/// Whether a shaded stretch of so many years begins or ends in what is seen: a shade over all of it would tell nothing.
fn has_edge(layout: &Layout, years: i64) -> bool {
    layout.pieces().into_iter().any(|piece| {
        inside(piece, every_other(piece, years)).any(|own| own.start() > piece.start() || own.end() < piece.end())
    })
}

/// What is to be shaded and is too narrow for it at the zoom of a layout.
#[must_use]
pub fn unshaded(layout: &Layout, around: &Surroundings) -> Vec<&'static str> {
    let day = day_width(layout);
    let asked = [
        (around.shaded.weekends && day < LEAST_DAY, "weekends"),
        (around.shaded.nights && day < LEAST_NIGHT, "nights"),
    ];
    asked.into_iter().filter(|(not, _)| *not).map(|(_, words)| words).collect()
}

/// How many years are wide enough to be told apart, if one has this width: a power of ten.
fn wide_years(mut width: f64) -> i64 {
    let mut years = 1_i64;
    while width < LEAST_YEARS && years < i64::MAX / 100 {
        (width, years) = (width * 10.0, years * 10);
    }
    years
}

/// Every other stretch of so many years that touches a window, those of years with odd numbers among them.
fn every_other(window: Span, years: i64) -> impl Iterator<Item = Span> {
    let at = |point: TimePoint| point.date().year.div_euclid(years);
    let edge = move |at: i64| {
        let first = CivilDate { year: at.checked_mul(years)?, month: 1, day: 1 };
        TimePoint::from_date(first)
    };
    let (from, to) = (at(window.start()), at(window.end()));
    (from..=to).filter(|at| at.rem_euclid(2) == 1).filter_map(move |at| Some(Span::new(edge(at)?, edge(at + 1)?)))
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
    if let Some(years) = shades.years {
        let spans = layout.pieces().into_iter().flat_map(|piece| inside(piece, every_other(piece, years)));
        nodes.extend(spans.filter_map(|span| fill(Role::Shade, span, 0.04, theme.text)));
    }
    if shades.weekends {
        let spans = layout.pieces().into_iter().flat_map(|piece| inside(piece, every(piece, 7, 2, (0, 2 * DAY))));
        nodes.extend(spans.filter_map(|span| fill(Role::Shade, span, 0.045, theme.text)));
    }
    if shades.nights {
        let night = (NIGHT.0 * 3_600, DAY + NIGHT.1 * 3_600);
        let spans = layout.pieces().into_iter().flat_map(|piece| inside(piece, every(piece, 1, 0, night)));
        nodes.extend(spans.filter_map(|span| fill(Role::Shade, span, 0.11, theme.text)));
    }
    // The name over the axis tells of a period that has no edge here.
    for period in around.periods.iter().filter(|period| has_edge_in(window, period)) {
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

/// Whether a period that is drawn behind the lanes has in sight a time in which it may have begun or ended.
pub(super) fn has_soft_edge(layout: &Layout, around: &Surroundings) -> bool {
    /// So pale a strip is not seen where it is narrower, in points.
    const LEAST_SEEN: f32 = 5.0;
    let (body, window) = (layout.body, layout.window());
    let seen = |from: TimePoint, to: TimePoint| {
        let (left, right) = (layout.x(from).max(body.x), layout.x(to).min(body.right()));
        right - left > LEAST_SEEN
    };
    around.periods.iter().filter(|period| has_edge_in(window, period)).any(|period| {
        let extent = period.extent();
        match period.core() {
            Some(core) => seen(extent.start(), core.start()) || seen(core.end(), extent.end()),
            None => seen(extent.start(), extent.end()),
        }
    })
}

/// Whether a period begins or ends in a window: one that does not would tint all of the view and tell nothing.
fn has_edge_in(window: Span, period: &Period) -> bool {
    let extent = period.extent();
    extent.start() > window.start() || extent.end() < window.end()
}

/// The parts of stretches that lie in a piece of time: one that reaches over what is left out is not shaded there, nor twice.
fn inside(piece: Span, stretches: impl Iterator<Item = Span>) -> impl Iterator<Item = Span> {
    let part = move |own: Span| (own.start().max(piece.start()), own.end().min(piece.end()));
    stretches.map(part).filter(|(from, to)| from < to).map(|(from, to)| Span::new(from, to))
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
    let names = names(layout, around, text);
    for ((period, row), name) in around.periods.iter().zip(around.period_rows()).zip(names) {
        let Some((left, right)) = sides(layout, period) else { continue };
        let top = body.y - around.period_top(row);
        let rect = Rect::new(left, top, (right - left - 1.0).max(1.5), HEIGHT);
        let fill = Some(theme.accent.alpha(0.16));
        nodes.push(Node {
            title: Some(format!("{}, {}", period.name, period.written)),
            ..Node::new(Role::Period, Primitive::Rect { rect, radius: 3.0, fill, stroke: None })
        });
        if let Some(Name { x, words: name, .. }) = name {
            let at = (x, top + HEIGHT / 2.0 + size * 0.36);
            nodes.push(Node::text(Role::Period, at, size, Weight::Regular, theme.text, name));
        }
    }
    nodes
}

/// A narrower period is drawn as wide as this, in points.
const LEAST_PERIOD: f32 = 2.0;

/// The left and right end of a period over the axis; `None` where it is out of sight.
fn sides(layout: &Layout, period: &Period) -> Option<(f32, f32)> {
    let (extent, window, body) = (period.extent(), layout.window(), layout.body);
    let (left, right) = (layout.x(extent.start()).max(body.x), layout.x(extent.end()).min(body.right()));
    let is_seen = extent.start() < window.end() && extent.end() > window.start() && left <= right;
    is_seen.then(|| (left.min(body.right() - LEAST_PERIOD), right.max(left + LEAST_PERIOD)))
}

/// A period's name as it stands over the axis.
struct Name {
    x: f32,
    words: String,
    is_cut: bool,
}

/// Where the name of each period begins, and as much of it as has room there: in its band, or else beside it, where neither
/// another band nor another name follows so soon. `None` for one that is not seen, and without room for its name.
fn names(layout: &Layout, around: &Surroundings, text: &TextMeter) -> Vec<Option<Name>> {
    let (body, size) = (layout.body, layout.metrics.small);
    let rows = around.period_rows();
    // Names that stand already, by row, from x to x.
    let mut taken: Vec<(usize, f32, f32)> = Vec::new();
    let mut named = |(at, (period, &row)): (usize, (&Period, &usize))| {
        let (left, right) = sides(layout, period)?;
        let (width, own) = (text.width(&period.name, size, Weight::Regular), right - left - 1.0);
        let neighbours = || {
            let all = around.periods.iter().zip(&rows).enumerate();
            let others = all.filter(|(other, (_, own))| *other != at && **own == row);
            others.filter_map(|(_, (other, _))| sides(layout, other))
        };
        let next = neighbours().map(|other| other.0).filter(|other| *other >= right - 1.0);
        let free = next.fold(body.right(), f32::min) - right;
        let before = neighbours().map(|other| other.1).filter(|other| *other <= left + 1.0);
        let free_before = left - before.fold(body.x, f32::max);
        let is_free = |from: f32| taken.iter().all(|own| own.0 != row || own.1 >= from + width || own.2 <= from);
        let (behind, ahead) = (right + 4.0, left - 4.0 - width);
        let (x, room) = match width > own - 10.0 {
            true if width + 8.0 <= free && is_free(behind) => (behind, free),
            true if width + 8.0 <= free_before && is_free(ahead) => (ahead, free_before),
            _ => (left + 5.0, own),
        };
        let words = text.fit(&period.name, size, Weight::Regular, room - 6.0).filter(|name| name != "…")?;
        taken.push((row, x - 4.0, x + width.min(room) + 4.0));
        Some(Name { x, is_cut: words != period.name, words })
    };
    around.periods.iter().zip(&rows).enumerate().map(&mut named).collect()
}

/// The periods in sight that have no room for all of their names.
#[must_use]
pub fn unnamed<'a>(layout: &Layout, around: &'a Surroundings, text: &TextMeter) -> Vec<&'a Period> {
    let all = around.periods.iter().zip(names(layout, around, text));
    let lacks_room = |(period, name): &(&Period, Option<Name>)| {
        sides(layout, period).is_some() && name.as_ref().is_none_or(|name| name.is_cut)
    };
    all.filter(lacks_room).map(|(period, _)| period).collect()
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

    #[test]
    fn every_other_year_is_an_odd_one_and_wider_stretches_take_their_place_where_it_is_narrow() {
        let span = crate::time::read("2019/2023").unwrap().edtf.when().extent();
        let years: Vec<i64> = every_other(span, 1).map(|span| span.start().date().year).collect();
        assert_eq!(years, [2019, 2021, 2023]);
        let span = crate::time::read("-0030/0030").unwrap().edtf.when().extent();
        let decades: Vec<i64> = every_other(span, 10).map(|span| span.start().date().year).collect();
        assert_eq!(decades, [-30, -10, 10, 30]);
        assert_eq!((wide_years(400.0), wide_years(14.0), wide_years(13.0), wide_years(0.02)), (1, 1, 10, 1_000));
    }
}
