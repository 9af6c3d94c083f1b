//! Zones on the axis: their names, the clock of a second one, and the seams where a clock was moved.

use super::breaks;
use super::surroundings::Surroundings;
use super::{Headings, Node, Role, Stroke, Theme, rows};
use crate::layout::{Layout, Rect};
use crate::text::{TextMeter, Weight};
use crate::time::{Display, Local, SECONDS_PER_DAY, Seam, Span, TimePoint, Unit, Zone, ticks};

/// Least distance between labels of the second axis, in points.
const LABEL_GAP: f64 = 58.0;
/// Windows longer than this are not looked through for seams, in seconds: an hour is less than a point there.
const LONGEST: i64 = 60 * SECONDS_PER_DAY;

/// The seconds since 1970 UTC at which a zone's clock shows a civil time; of two the first.
fn instant(zone: Zone, civil: TimePoint) -> i64 {
    match zone.local(civil) {
        Local::Once(at) | Local::Twice(at, _) | Local::Never(at) => at,
    }
}

/// The instants of a window, in seconds since 1970 UTC; `None` where the window is too long for its hours to be seen.
fn instants(zone: Zone, window: Span) -> Option<(i64, i64)> {
    let short = window.nanos() <= i128::from(LONGEST) * crate::time::NANOS_PER_SECOND;
    short.then(|| (instant(zone, window.start()), instant(zone, window.end())))
}

/// Bands over the body where the clock of the display zone jumped: an hour that never was, or one that was twice.
pub(super) fn seams(
    layout: &Layout,
    display: Display,
    headings: Headings,
    theme: &Theme,
    text: &TextMeter,
) -> Vec<Node> {
    let Some(zone) = display.zone().filter(|zone| *zone != Zone::UTC) else { return Vec::new() };
    let Some((from, to)) = instants(zone, layout.window()) else { return Vec::new() };
    // A seam at the window's edge has its band inside.
    let seams = zone.seams_between(from.saturating_sub(SECONDS_PER_DAY), to.saturating_add(SECONDS_PER_DAY));
    seams.into_iter().flat_map(|seam| band(layout, seam, (zone, headings), theme, text)).collect()
}

fn band(
    layout: &Layout,
    seam: Seam,
    (zone, headings): (Zone, Headings),
    theme: &Theme,
    text: &TextMeter,
) -> Vec<Node> {
    let (a, b) = (seam.at + seam.before, seam.at + seam.after);
    // A page's lanes may end above its body.
    let body = Rect { h: layout.body.h.min(layout.content_height.max(40.0)), ..layout.body };
    let x = |seconds: i64| layout.x(TimePoint::from_seconds(seconds));
    let (left, right) = (x(a.min(b)).max(body.x), x(a.max(b)).min(body.right()));
    // Narrower than this there is nothing to see.
    if right - left < 2.0 {
        return Vec::new();
    }
    let strength = if b > a { 0.13 } else { 0.08 };
    let rect = Rect::new(left, body.y, right - left, body.h);
    let mut nodes = vec![Node::fill(Role::Seam, rect, theme.warning.alpha(strength))];
    let edge = Stroke::dashed(1.0, theme.warning, 3.0, 3.0);
    for x in [left, right] {
        nodes.push(Node::line(Role::Seam, (x, body.y), (x, body.bottom()), edge));
    }
    let words = words(seam, zone);
    let size = layout.metrics.small;
    let width = text.width(&words, size, Weight::Regular);
    // Under the lanes, where nothing stands; a page says it in its footnote.
    let baseline = body.bottom() + size + 5.0;
    if baseline + 6.0 < layout.body.bottom() && headings == Headings::Screen {
        let x = left.min(body.right() - width - 16.0).max(body.x + 4.0);
        nodes.push(Node::text(Role::Seam, (x, baseline), size, Weight::Regular, theme.text, words));
    }
    nodes
}

/// A seam in a sentence: "02:00–03:00 never was: the clock of Europe/Berlin went forward".
fn words(seam: Seam, zone: Zone) -> String {
    let (a, b) = (seam.at + seam.before, seam.at + seam.after);
    let (low, high) = (a.min(b), a.max(b));
    let clock = |seconds: i64| {
        let second = seconds.rem_euclid(SECONDS_PER_DAY);
        format!("{:02}:{:02}", second / 3_600, second / 60 % 60)
    };
    let day = crate::time::word_point(
        TimePoint::from_date(TimePoint::from_seconds(low).date()).unwrap_or(TimePoint::from_seconds(low)),
    );
    // Samoa left out a whole day.
    let what =
        if high - low >= SECONDS_PER_DAY / 2 { day } else { format!("{}–{} of {day}", clock(low), clock(high)) };
    let went = if b > a { "never was: the clock of" } else { "was twice: the clock of" };
    let way = if b > a { "forward" } else { "back" };
    format!("{what} {went} {} went {way}", zone.name())
}

/// What is to be said of the seams of a window, for those who cannot see them; none where its hours cannot be seen.
#[must_use]
pub fn seam_words(window: Span, display: Display) -> Vec<String> {
    let Some(zone) = display.zone().filter(|zone| *zone != Zone::UTC) else { return Vec::new() };
    // No more than a week: beyond it a figure shows no hours.
    let short = window.nanos() <= 7 * i128::from(SECONDS_PER_DAY) * crate::time::NANOS_PER_SECOND;
    let Some((from, to)) = instants(zone, window).filter(|_| short) else { return Vec::new() };
    zone.seams_between(from, to).into_iter().map(|seam| words(seam, zone)).collect()
}

/// The names of the clocks beside the axis, and the labels of the second one; `hours`: those of instants are seen.
pub(super) fn clocks(
    layout: &Layout,
    display: Display,
    around: &Surroundings,
    (hours, headings): (bool, Headings),
    theme: &Theme,
    text: &TextMeter,
) -> Vec<Node> {
    let body = layout.body;
    let size = layout.metrics.small;
    let second = around.second;
    let mut nodes = Vec::new();
    let mut name = |words: &str, baseline: f32| {
        // Without room for all of it the place is enough: "New York".
        let cut = text.width(words, size, Weight::Regular) > rows::room(layout, headings);
        let place = words.rsplit_once('/').map(|(_, place)| place.replace('_', " "));
        let place = place.or_else(|| (words == Display::EventLocal.name()).then(|| "own time".to_owned()));
        let place = place.filter(|_| cut);
        nodes.extend(rows::heading(layout, place.as_deref().unwrap_or(words), baseline, headings, theme, text));
    };
    // Without hours of instants on the axis the clock makes no difference that could be seen.
    if hours || !display.is_utc() || second.is_some() {
        name(display.name(), body.y - 8.0);
    }
    let Some(second) = second.filter(|_| display.zone().is_some()) else { return nodes };
    let line = body.y - Surroundings::rise(0);
    name(second.name(), line);
    let labels = display.zone().map(|zone| second_labels(layout, zone, second)).unwrap_or_default();
    let mut free_from = body.x - 4.0;
    for (at, label) in labels {
        let x = layout.x(at) + 5.0;
        let width = text.width(&label, size, Weight::Regular);
        if x - 5.0 < body.x || x - 5.0 > body.right() || breaks::hides(layout, x - 5.0, x + width) {
            continue;
        }
        // A time without room for its label has its tick all the same, under the label before it.
        let has_room = x >= free_from && x + width <= body.right();
        let (top, bottom) = if x - 5.0 < free_from - 4.0 { rows::UNDER } else { (-10.0, 4.0) };
        let tick = ((x - 5.0, line + top), (x - 5.0, line + bottom));
        nodes.push(Node::line(Role::Tick, tick.0, tick.1, Stroke::solid(1.0, theme.axis)));
        if !has_room {
            continue;
        }
        free_from = x + width + 6.0;
        nodes.push(Node::text(Role::AxisLabel, (x, line), size, Weight::Regular, theme.dim, label));
    }
    nodes
}

/// Where the second clock's round times stand on the first clock's axis. Between two seams of either zone the clocks
/// keep their distance; each such stretch is labelled by itself.
fn second_labels(layout: &Layout, first: Zone, second: Zone) -> Vec<(TimePoint, String)> {
    let window = layout.window();
    let (from, to) =
        instants(first, window).unwrap_or_else(|| (instant(first, window.start()), instant(first, window.end())));
    let mut edges = vec![from, to];
    if to.saturating_sub(from) <= LONGEST {
        edges.extend([first, second].iter().flat_map(|zone| zone.seams_between(from, to)).map(|seam| seam.at));
    }
    edges.sort_unstable();
    edges.dedup();
    let per_point = window.nanos() as f64 / f64::from(layout.body.w);
    let mut out = Vec::new();
    for stretch in edges.windows(2) {
        let (own, other) = (first.offset_at(stretch[0]), second.offset_at(stretch[0]));
        let there = Span::new(
            TimePoint::from_seconds(stretch[0].saturating_add(other)),
            TimePoint::from_seconds(stretch[1].saturating_add(other)),
        );
        let points = there.nanos() as f64 / per_point;
        let ticks = ticks(there, points, LABEL_GAP);
        // Midnight tells its day, where only hours stand beside it.
        let named = |tick: &crate::time::Tick| {
            let midnight = tick.time.second_of_day() == 0 && ticks.step.unit <= Unit::Hour;
            if midnight { crate::time::word_point(tick.time) } else { tick.label.clone() }
        };
        let here =
            |tick: &crate::time::Tick| tick.time.checked_add_seconds(own - other).map(|time| (time, named(tick)));
        out.extend(ticks.labels.iter().filter_map(here));
        // The first label tells which day it is there, for it may be another one than on the first clock.
        let names_day = ticks.labels.first().is_some_and(|tick| tick.time.second_of_day() == 0);
        if let (Unit::Hour | Unit::Minute | Unit::Second | Unit::Nanosecond, false, Some(tick)) =
            (ticks.step.unit, names_day, ticks.labels.first())
            && let Some((_, label)) = out.first_mut().filter(|(_, label)| *label == tick.label)
        {
            let day = TimePoint::from_date(tick.time.date()).map_or_else(String::new, crate::time::word_point);
            let short = day.rsplit_once(' ').map_or(day.as_str(), |(short, _)| short);
            *label = format!("{short}, {label}");
        }
    }
    out
}
