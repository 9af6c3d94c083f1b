//! Further rows of the axis: numbered weeks, fiscal years, days counted from an event.

use super::surroundings::{Row, Surroundings, Zero};
use super::{Headings, Node, Role, Stroke, Theme};
use crate::layout::Layout;
use crate::text::{TextMeter, Weight};
use crate::time::{CivilDate, Span, Step, TimePoint, Unit, days_in_month, word_year};

const DAY: i64 = 86_400;

/// From where to where under its row a tick stands that has words over it, in points: nearer it would be taken for a comma.
pub(super) const UNDER: (f32, f32) = (4.5, 8.0);

/// A label that stands at the beginning of what it names.
struct Label {
    at: TimePoint,
    /// Empty where a tick alone tells the beginning.
    text: String,
}

/// The surroundings without those rows that would be empty in a layout's time, and what these are, in words.
#[must_use]
pub fn without_room(layout: &Layout, around: &Surroundings) -> (Surroundings, Vec<&'static str>) {
    let per_point = layout.scale.viewport().width_nanos() as f64 / f64::from(layout.body.w);
    let empty = |of: &dyn Fn(Span) -> Vec<Label>| {
        layout.pieces().into_iter().all(|piece| of(piece).iter().all(|label| label.text.is_empty()))
    };
    let (mut kept, mut out) = (around.clone(), Vec::new());
    if around.weeks && empty(&|piece| weeks(piece, per_point)) {
        kept.weeks = false;
        out.push("numbered weeks");
    }
    if around.fiscal.is_some_and(|month| empty(&|piece| fiscal(piece, per_point, month))) {
        kept.fiscal = None;
        out.push("fiscal years");
    }
    if around.zero.as_ref().is_some_and(|zero| empty(&|piece| counted(piece, per_point, zero))) {
        kept.zero = None;
        out.push("days counted from an event");
    }
    (kept, out)
}

/// All rows but those of the second clock and of the periods.
pub(super) fn rows(
    layout: &Layout,
    around: &Surroundings,
    headings: Headings,
    theme: &Theme,
    text: &TextMeter,
) -> Vec<Node> {
    let per_point = layout.scale.viewport().width_nanos() as f64 / f64::from(layout.body.w);
    let pieces = layout.pieces();
    // What a piece begins in is named at its beginning; a moment before it is in no piece.
    let all = |moments: bool, of: &dyn Fn(Span) -> Vec<Label>| -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let named = |label: &Label| !moments && !label.text.is_empty();
            let own = of(*piece).into_iter().filter(|label| label.at >= piece.start() || named(label));
            let from = if at == 0 { TimePoint::MIN } else { piece.start() };
            labels.extend(own.map(|label| Label { at: label.at.max(from), ..label }));
        }
        labels.dedup_by(|later, label| later.text == label.text && !label.text.is_empty());
        labels
    };
    let mut nodes = Vec::new();
    for (at, row) in around.rows().into_iter().enumerate() {
        let (name, labels) = match (row, &around.zero, around.fiscal) {
            (Row::Weeks, ..) => ("Week".to_owned(), all(false, &|piece| weeks(piece, per_point))),
            (Row::Fiscal, _, Some(month)) => {
                ("Fiscal year".to_owned(), all(false, &|piece| fiscal(piece, per_point, month)))
            }
            (Row::Zero, Some(zero), _) => {
                (format!("T = {}", zero.name), all(true, &|piece| counted(piece, per_point, zero)))
            }
            _ => continue,
        };
        let baseline = layout.body.y - Surroundings::rise(at);
        // A row that is asked for and has nothing to show says why; on a page there is none ([`without_room`]).
        let name = if labels.is_empty() && headings == Headings::Screen { format!("{name}: zoom in") } else { name };
        let fits = text.width(&name, layout.metrics.small, Weight::Regular) <= room(layout, headings);
        let name = match (row, headings) {
            _ if fits => name,
            // What T is has been told in full by then.
            (Row::Zero, Headings::Page) => "T".to_owned(),
            (Row::Fiscal, Headings::Screen) => name.replace("Fiscal year", "FY"),
            _ => name,
        };
        nodes.extend(heading(layout, &name, baseline, headings, theme, text));
        nodes.extend(draw(layout, &labels, baseline, theme, text));
    }
    nodes
}

/// How far from the left the names of rows stand, in points.
fn indent(headings: Headings) -> f32 {
    if headings == Headings::Page { 0.0 } else { 14.0 }
}

/// Room for the name of a row, in points.
pub(super) fn room(layout: &Layout, headings: Headings) -> f32 {
    layout.metrics.header - indent(headings) - 4.0
}

/// The name of a row beside it.
pub(super) fn heading(
    layout: &Layout,
    name: &str,
    baseline: f32,
    headings: Headings,
    theme: &Theme,
    text: &TextMeter,
) -> Option<Node> {
    let (size, body) = (layout.metrics.small, layout.body);
    let (indent, room) = (indent(headings), room(layout, headings));
    let name = text.fit(name, size, Weight::Regular, room)?;
    let at = (body.x - layout.metrics.header + indent, baseline);
    Some(Node::text(Role::AxisLabel, at, size, Weight::Regular, theme.dim, name))
}

/// Labels with ticks, as many as have room; the first stays at the left edge until the next pushes it out.
fn draw(layout: &Layout, labels: &[Label], baseline: f32, theme: &Theme, text: &TextMeter) -> Vec<Node> {
    let (size, body) = (layout.metrics.small, layout.body);
    let mut free_from = body.x;
    let mut nodes = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let edge = layout.x(label.at);
        let width = text.width(&label.text, size, Weight::Regular);
        let next = labels[i + 1..].iter().find(|next| !next.text.is_empty());
        let next = next.map_or(f32::INFINITY, |next| layout.x(next.at));
        let x = (edge + 5.0).max(body.x + 5.0);
        // What has no room for its name begins all the same where its tick stands.
        let is_named = !label.text.is_empty() && x + width + 4.0 <= next.min(body.right()) && x >= free_from;
        if edge >= body.x && edge <= body.right() {
            // Under a name before it only its foot is seen.
            let (top, bottom) = if is_named || edge >= free_from - 4.0 { (-10.0, 4.0) } else { UNDER };
            let ends = ((edge, baseline + top), (edge, baseline + bottom));
            nodes.push(Node::line(Role::Tick, ends.0, ends.1, Stroke::solid(1.0, theme.axis)));
        }
        if !is_named {
            continue;
        }
        free_from = x + width + 6.0;
        nodes.push(Node::text(Role::AxisLabel, (x, baseline), size, Weight::Regular, theme.dim, label.text.clone()));
    }
    nodes
}

/// The ticks of a step from the one before a window on.
fn walk(window: Span, step: Step) -> impl Iterator<Item = TimePoint> {
    let first = step.floor(window.start());
    let next = move |at: &TimePoint| step.after(*at);
    std::iter::successors(Some(first), next).take_while(move |at| *at < window.end())
}

/// Room that the number of a week takes, in points.
const WEEK: f64 = 36.0;

/// Numbered weeks, where they are wide enough to be told apart.
fn weeks(window: Span, per_point: f64) -> Vec<Label> {
    let step = Step { unit: Unit::Week, count: 1 };
    // Of weeks that are too narrow for their numbers, every second or fourth has one.
    let width = step.nominal_nanos() as f64 / per_point;
    let Some(every) = [1, 2, 4].into_iter().find(|every| width * f64::from(*every) >= WEEK) else {
        return Vec::new();
    };
    let numbered = walk(window, step).map(|at| (at, week_number(at)));
    let shown = numbered.filter(|(_, number)| (number - 1) % i64::from(every) == 0);
    shown.map(|(at, number)| Label { at, text: format!("W{number}") }).collect()
}

/// The number of the week that begins on a Monday: that of its Thursday in the Thursday's year (ISO 8601).
fn week_number(monday: TimePoint) -> i64 {
    let thursday = monday.seconds().div_euclid(DAY) + 3;
    let year = CivilDate::from_days_since_epoch(thursday).year;
    let first = CivilDate { year, month: 1, day: 1 }.days_since_epoch();
    (thursday - first) / 7 + 1
}

/// Fiscal years, named by both calendar years that they touch; of those too narrow for their names, every second, fifth, …
/// has one.
fn fiscal(window: Span, per_point: f64, month: u8) -> Vec<Label> {
    const ROOM: f64 = 82.0;
    const LEAST: f64 = 6.0;
    let width = 365.2425 * DAY as f64 * 1e9 / per_point;
    let Some(every) = [1, 2, 5, 10, 20, 50].into_iter().find(|every| width * f64::from(*every) >= ROOM) else {
        return Vec::new();
    };
    let year_of = |year: i64| TimePoint::from_date(CivilDate { year, month, day: 1 });
    let (first, last) = (window.start().date().year - 1, window.end().date().year);
    if last - first > 400 {
        return Vec::new();
    }
    let label = |year: i64| {
        let text = if month == 1 || year < 1 {
            format!("FY {}", word_year(year))
        } else {
            format!("FY {year}/{:02}", (year + 1).rem_euclid(100))
        };
        Some(Label { at: year_of(year)?, text })
    };
    let begins_before = |year: &i64| year_of(*year + 1).is_none_or(|next| next > window.start());
    let label = |year: i64| {
        let own = label(year)?;
        Some(if year.rem_euclid(i64::from(every)) == 0 { own } else { Label { text: String::new(), ..own } })
    };
    // Ticks that stand closer would tell nothing.
    let is_shown = |year: &i64| width >= LEAST || year.rem_euclid(i64::from(every)) == 0;
    let labels = (first..=last).filter(begins_before).filter(is_shown).filter_map(label);
    labels.filter(|label| label.at < window.end()).collect()
}

/// Hours, days or years from a moment on, in the finest steps that have room.
fn counted(window: Span, per_point: f64, zero: &Zero) -> Vec<Label> {
    const ROOM: f64 = 62.0;
    const STEPS: [i64; 18] = [
        60,
        300,
        900,
        3_600,
        7_200,
        10_800,
        21_600,
        43_200,
        DAY,
        2 * DAY,
        5 * DAY,
        7 * DAY,
        10 * DAY,
        14 * DAY,
        30 * DAY,
        60 * DAY,
        90 * DAY,
        180 * DAY,
    ];
    let Some(step) = STEPS.into_iter().find(|step| *step as f64 * 1e9 / per_point >= ROOM) else {
        return anniversaries(window, per_point / (365.2425 * DAY as f64 * 1e9) * ROOM, zero.at);
    };
    let from = window.start().seconds().saturating_sub(zero.at.seconds()).div_euclid(step);
    let to = window.end().seconds().saturating_sub(zero.at.seconds()).div_euclid(step);
    let label = |at: i64| {
        let seconds = at.checked_mul(step)?;
        Some(Label { at: zero.at.checked_add_seconds(seconds)?, text: relative(seconds) })
    };
    (from..=to).filter_map(label).collect()
}

/// The same day of other years, at most one in so many years.
fn anniversaries(window: Span, least: f64, zero: TimePoint) -> Vec<Label> {
    let steps = (0..10).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)));
    let step = steps.into_iter().find(|step| *step as f64 >= least).unwrap_or(i64::MAX / 4);
    let date = zero.date();
    let from = (window.start().date().year - date.year).div_euclid(step);
    let to = (window.end().date().year - date.year).div_euclid(step) + 1;
    let label = |at: i64| {
        let years = at.checked_mul(step)?;
        let year = date.year.checked_add(years)?;
        let day = date.day.min(days_in_month(year, date.month));
        let at = TimePoint::from_date(CivilDate { year, day, ..date })?;
        let text = match years {
            0 => "T".to_owned(),
            years if years < 0 => format!("T−{} y", -years),
            years => format!("T+{years} y"),
        };
        Some(Label { at, text })
    };
    (from..=to).filter_map(label).collect()
}

/// Seconds from the zero as people say them: "T−30 d", "T+6 h".
fn relative(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let size = seconds.abs();
    let (days, hours, minutes) = (size / DAY, size % DAY / 3_600, size % 3_600 / 60);
    match (days, hours, minutes) {
        (0, 0, 0) => "T".to_owned(),
        (days, 0, 0) => format!("T{sign}{days} d"),
        (0, hours, 0) => format!("T{sign}{hours} h"),
        (0, 0, minutes) => format!("T{sign}{minutes} min"),
        (0, hours, minutes) => format!("T{sign}{hours}:{minutes:02} h"),
        (days, hours, 0) => format!("T{sign}{days} d {hours} h"),
        (days, hours, minutes) => format!("T{sign}{days} d {hours}:{minutes:02} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read;

    fn texts(labels: &[Label]) -> Vec<&str> {
        labels.iter().map(|label| label.text.as_str()).collect()
    }

    fn span(text: &str) -> Span {
        read(text).unwrap().edtf.when().extent()
    }

    #[test]
    fn weeks_are_numbered_by_their_thursdays() {
        let monday = |text: &str| week_number(span(text).start());
        assert_eq!((monday("2021-01-04"), monday("2020-12-28"), monday("2022-05-23")), (1, 53, 21));
        assert_eq!((monday("2018-12-31"), monday("2023-01-02")), (1, 1));
    }

    #[test]
    fn of_weeks_too_narrow_for_their_numbers_every_second_or_fourth_has_one() {
        let year = span("2022");
        let numbered = |points: f64| weeks(year, year.nanos() as f64 / points).len();
        assert_eq!([2_000.0, 1_000.0, 500.0, 200.0].map(numbered), [53, 26, 13, 0]);
    }

    #[test]
    fn fiscal_years_are_named_by_both_of_their_years() {
        assert_eq!(texts(&fiscal(span("2022"), 1.0, 10)), ["FY 2021/22", "FY 2022/23"]);
        assert_eq!(texts(&fiscal(span("1999-12"), 1.0, 4)), ["FY 1999/00"]);
        assert_eq!(texts(&fiscal(span("2022"), 1.0, 1)), ["FY 2022"]);
        // A step that can be told, rather than those that happen to have room.
        let window = span("2003/2024");
        let labels = fiscal(window, window.nanos() as f64 / 1_200.0, 4);
        assert_eq!(texts(&labels)[..5], ["FY 2002/03", "", "FY 2004/05", "", "FY 2006/07"]);
        assert_eq!(texts(&fiscal(window, window.nanos() as f64 / 20.0, 4)), [""; 0]);
    }

    #[test]
    fn days_are_counted_from_the_zero() {
        let zero = Zero { at: span("2022-08-30").start(), name: "Vostok".into(), told: String::new() };
        let window = span("2022-08-28/2022-09-01");
        let labels = counted(window, window.nanos() as f64 / 400.0, &zero);
        assert_eq!(texts(&labels), ["T−2 d", "T−1 d", "T", "T+1 d", "T+2 d", "T+3 d"]);
        let window = span("2020/2025");
        let labels = counted(window, window.nanos() as f64 / 400.0, &zero);
        assert_eq!(texts(&labels)[..4], ["T−2 y", "T−1 y", "T", "T+1 y"]);
    }
}
