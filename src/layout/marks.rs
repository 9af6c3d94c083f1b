//! One claim to the shape that its four bounds call for.
//!
//! A day that is known is a dot, in a pale band where it is wider than one; an end known to the day or finer is drawn at
//! its outer edge. That is as exact as the axis, as long as it parts no day; where it does, both fade over their window. So "1–7 Sep" is a solid bar in a view of weeks or months, and shows at
//! hour zoom that the hours of its ends are not known. What is known less well is faded at every zoom, as long as a bar is
//! wide enough for fades to be seen: a month is never a dot.

use super::{LabelBox, Rect, TimeScale};
use crate::event::{Claim, RowId, Status};
use crate::time::{Bound, Shape, Span, TimePoint, When};
use std::sync::Arc;

/// What a claim's standing makes of its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// It was held.
    Held,
    /// It was only announced or planned.
    Ahead,
    /// It was called off.
    Cancelled,
}

/// How a mark goes on beyond an edge of what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Beyond {
    /// Its end lies there, beyond the edge of a page, which nobody can move.
    Cut,
    /// It has no end.
    Open,
}

/// A fade between two x, from full at the first to nothing at the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fade {
    /// Where the bar is full.
    pub full: f32,
    /// Where nothing is left.
    pub gone: f32,
    /// Nobody dated this end: the length of the fade tells nothing.
    pub undated: bool,
}

/// The shape of a mark; all x in points.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimShape {
    /// One occurrence, its window too narrow to be seen, or no wider than what the axis tells apart: all of the box then.
    Dot {
        /// Its middle.
        x: f32,
    },
    /// One occurrence somewhere in a window.
    Possible {
        /// Left edge.
        from: f32,
        /// Right edge.
        to: f32,
        /// How long it lasted, in points, where that is known: a bar that could slide inside the window.
        slides: Option<f32>,
    },
    /// Under way from one x to another.
    Bar {
        /// Left edge of the full part.
        from: f32,
        /// Right edge of the full part; of one that goes on, as far as that is known.
        to: f32,
        /// The start's window, or where nobody knows the start.
        fade_in: Option<Fade>,
        /// The end's window, or where nobody knows the end.
        fade_out: Option<Fade>,
        /// It had begun before any date.
        open_start: bool,
        /// It goes on.
        open_end: bool,
        /// Its source calls the start, the end approximate or uncertain: that end is soft, or its fade has dashes around it.
        soft: (bool, bool),
    },
    /// Several windows.
    Set {
        /// Left and right edge of each.
        windows: Vec<(f32, f32)>,
        /// It occurred in each of them, rather than in one.
        all: bool,
    },
}

/// A claim as a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimBox {
    /// The rows that state exactly this, the first one's texts shown.
    pub rows: Arc<[RowId]>,
    /// Its shape.
    pub shape: ClaimShape,
    /// Its standing.
    pub tone: Tone,
    /// A source calls it approximate or uncertain.
    pub doubtful: bool,
    /// No source says whether it was held, planned or cancelled, in words that are known.
    pub unstated: bool,
    /// The middle of its row, from the top of the unscrolled body.
    pub y: f32,
    /// Left edge of all that is drawn.
    pub left: f32,
    /// Right edge of all that is drawn.
    pub right: f32,
    /// How it goes on beyond the left, the right edge of what is seen, where its mark must say so.
    pub beyond: (Option<Beyond>, Option<Beyond>),
    /// Its label, if it found room.
    pub label: Option<LabelBox>,
}

impl ClaimBox {
    /// Whether anything of its mark lies between the left and the right of a body: of several dates one, for between them there
    /// is nothing.
    #[must_use]
    pub fn is_in(&self, body: Rect) -> bool {
        let seen = |from: f32, to: f32| to > body.x && from < body.right();
        match &self.shape {
            ClaimShape::Set { windows, .. } => windows.iter().any(|(from, to)| seen(from - 1.0, to + 1.0)),
            _ => seen(self.left, self.right),
        }
    }
}

/// Windows up to this wide, in points, are not told from a point.
pub(crate) const EXACT: f64 = 11.0;
/// Windows of a day or less up to this wide, in points, are as exact as the axis: wider ones, its labels part.
const AS_THE_AXIS: f64 = 110.0;

/// A window longer than this is coarser than a day and drawn as the time it takes, in nanoseconds: as a dot only where the dot
/// is no narrower than it, so that nothing is told that is not known.
const DAY: i128 = 86_401 * crate::time::NANOS_PER_SECOND;
/// Half the width of a dot.
pub(super) const DOT: f64 = 5.0;
/// Room of the sign at an edge of what is seen that a mark goes on beyond it, in points.
pub(super) const ARROW: f32 = 12.0;
/// Least width of a bar.
const LEAST: f64 = 4.0;
/// Half the least width of a band: no wider than it takes to be seen, for its width tells a time.
const LEAST_BAND: f64 = 2.0;
/// Bars with fading ends that are narrower than this have no room for fades.
const NO_FADES: f64 = 6.0;
/// How far outside the window the edges of a shaded band are still true, in points.
const FAR: f64 = 20_000.0;
/// Room of the arrow at each side of a bar that could slide, in points.
const SLIDER: f64 = 16.0;
/// How far a bar fades into an end that nobody dated.
const UNDATED_FADE: f64 = 30.0;
/// How far a bar goes on, softly, past an end that is approximate or uncertain.
pub(crate) const SOFT: f64 = 13.0;

/// As many different statements about one event are drawn; the label counts the rest.
pub(super) const MOST_STATEMENTS: usize = 12;

/// The tone of a claim.
pub(super) fn tone(claim: &Claim) -> Tone {
    match &claim.status {
        Some(Status::Cancelled) => Tone::Cancelled,
        Some(status) if status.looks_ahead() => Tone::Ahead,
        _ => Tone::Held,
    }
}

/// Whether a claim has no standing that a mark could show.
pub(super) fn unstated(claim: &Claim) -> bool {
    match &claim.status {
        None => true,
        Some(status) => matches!(status, Status::Other(_)) && !status.tells_of_it(),
    }
}

/// Whether a source calls either end approximate or uncertain.
pub(super) fn doubtful(when: &When) -> bool {
    [when.start, when.end].into_iter().any(is_doubtful)
}

fn is_doubtful(bound: Bound) -> bool {
    matches!(bound, Bound::Known(known) if known.approximate || known.uncertain)
}

/// Edges of a mark in the scale's own pixels, left edge of the window 0.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    pub(super) left: f64,
    pub(super) right: f64,
    kind: SketchKind,
    /// It has no beginning, no end.
    open: (bool, bool),
}

#[derive(Clone, Debug)]
enum SketchKind {
    Dot(f64),
    Possible(f64, f64, Option<f64>),
    Bar {
        from: f64,
        to: f64,
        fade_in: Option<(f64, f64)>,
        fade_out: Option<(f64, f64)>,
        /// Nobody dated the start, the end.
        undated: (bool, bool),
        open: (bool, bool),
        soft: (bool, bool),
    },
    Set(Vec<(f64, f64)>, bool),
}

/// The mark that a claim calls for; `windows` are those of a set's members.
pub(super) fn sketch(when: &When, windows: &[Span], scale: &TimeScale) -> Sketch {
    let open = if matches!(when.shape, Shape::OneOf | Shape::AllOf) {
        let any = |of: fn(&Span) -> bool| windows.iter().any(of);
        (any(|span| span.start() == TimePoint::MIN), any(|span| span.end() == TimePoint::MAX))
    } else {
        (when.start == Bound::Open, when.end == Bound::Open)
    };
    Sketch { open, ..shaped(when, windows, scale) }
}

fn shaped(when: &When, windows: &[Span], scale: &TimeScale) -> Sketch {
    let edges = |span: Span| (scale.offset(span.start()), scale.offset(span.end()));
    let shows_doubt = |(from, to): (f64, f64)| to - from > 2.0 * DOT || doubtful(when);
    if matches!(when.shape, Shape::OneOf | Shape::AllOf) {
        let windows: Vec<_> = windows.iter().copied().map(edges).collect();
        // One stretch of time in which it lies somewhere.
        if let ([whole], Shape::OneOf) = (windows.as_slice(), when.shape) {
            return moment(*whole, false, shows_doubt(*whole), None);
        }
        let left = windows.iter().map(|w| w.0).fold(f64::INFINITY, f64::min);
        let right = windows.iter().map(|w| w.1).fold(f64::NEG_INFINITY, f64::max);
        // Alternatives that cannot be told apart, or that follow each other without a gap, are one such stretch: 1905 or 1906
        // is somewhere in both.
        let mut in_order = windows.clone();
        in_order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let touching = in_order.windows(2).all(|pair| pair[1].0 - pair[0].1 <= 1.0);
        if when.shape == Shape::OneOf && (right - left <= EXACT || touching) {
            return moment((left, right), false, shows_doubt((left, right)), None);
        }
        let slack = if windows.iter().any(|w| w.1 - w.0 <= EXACT) { DOT } else { 0.0 };
        return Sketch::new(left - slack, right + slack, SketchKind::Set(windows, when.shape == Shape::AllOf));
    }
    if when.shape == Shape::Moment {
        let lasted = when.duration.and_then(|duration| {
            let start = when.earliest();
            duration.add_to(start).map(|end| scale.offset(end) - scale.offset(start))
        });
        let exact = when.extent().nanos() <= DAY && !doubtful(when);
        let own = edges(when.extent());
        return moment(own, exact, when.extent().nanos() > DAY && shows_doubt(own), lasted);
    }
    bar(when, edges)
}

fn moment((from, to): (f64, f64), exact: bool, coarse: bool, lasted: Option<f64>) -> Sketch {
    let x = f64::midpoint(from, to);
    // Where it is known how long it lasted, that is shown as soon as there is room.
    if exact && lasted.is_none() && to - from > EXACT && to - from <= AS_THE_AXIS {
        return Sketch::new(from, to, SketchKind::Dot(x));
    }
    if to - from > EXACT || coarse {
        // Wide enough to be seen as a band.
        let (from, to) = (from.min(x - LEAST_BAND), to.max(x + LEAST_BAND));
        let lasted = lasted.filter(|lasted| *lasted < to - from);
        return Sketch::new(from, to, SketchKind::Possible(from, to, lasted));
    }
    Sketch::new(x - DOT, x + DOT, SketchKind::Dot(x))
}

fn bar(when: &When, edges: impl Fn(Span) -> (f64, f64)) -> Sketch {
    let extent = edges(when.extent());
    // An end that is dated is its window; one that is not fades over a fixed length.
    let undated = |bound: Bound| bound.window().is_none() && bound != Bound::Open;
    let one_end = undated(when.start) || undated(when.end);
    let exact = |(a, b): (f64, f64), bound: Bound| {
        // What is only about that day is softer, and the length of a fade tells nothing where days can be seen.
        let most = if one_end || is_doubtful(bound) { EXACT } else { AS_THE_AXIS };
        b - a <= most && bound.window().is_none_or(|window| window.nanos() <= DAY)
    };

    let start = when.start.window().map(&edges);
    let end = when.end.window().map(&edges);
    let (mut from, mut fade_in) = match (start, when.start) {
        (Some((a, b)), bound) if exact((a, b), bound) => (a, None),
        (Some((a, b)), _) => (b, Some((b, a))),
        (None, Bound::Open) => (f64::NEG_INFINITY, None),
        (None, _) => (extent.0, Some((extent.0, extent.0 - UNDATED_FADE))),
    };
    let (mut to, mut fade_out) = match (end, when.end) {
        (Some((a, b)), bound) if exact((a, b), bound) => (b, None),
        (Some((a, b)), _) => (a, Some((a, b))),
        (None, Bound::Open) => (f64::INFINITY, None),
        // The stated duration gives the extent its end.
        (None, _) if when.duration.is_some() && extent.1 - from <= EXACT => (extent.1, None),
        (None, _) if when.duration.is_some() => (from, Some((from, extent.1))),
        (None, _) => (extent.1.min(from + LEAST), Some((extent.1.min(from + LEAST), from + UNDATED_FADE))),
    };
    if from > to {
        // Nothing is sure: both ends' windows overlap. All of it may be, none must.
        let middle = f64::midpoint(extent.0, extent.1);
        let (left, right) = (extent.0.min(middle - LEAST_BAND), extent.1.max(middle + LEAST_BAND));
        return Sketch::new(left, right, SketchKind::Possible(left, right, None));
    }
    let dated = start.is_some() && end.is_some();
    if dated && extent.1 - extent.0 < NO_FADES {
        (fade_in, fade_out) = (None, None);
    }
    if to - from < LEAST && fade_in.is_none() && fade_out.is_none() {
        let middle = f64::midpoint(from, to);
        (from, to) = (middle - LEAST / 2.0, middle + LEAST / 2.0);
    }
    // Overlapping fades would hide each other; the full part between them may be a line.
    if let Some(fade) = &mut fade_in {
        fade.0 = from;
    }
    if let Some(fade) = &mut fade_out {
        fade.0 = to;
    }
    let doubt = |bound: Bound| matches!(bound, Bound::Known(known) if known.approximate || known.uncertain);
    let soft = (doubt(when.start), doubt(when.end));
    let left = fade_in.map_or(if soft.0 { from - SOFT } else { from }, |fade| fade.1.min(from));
    let right = fade_out.map_or(if soft.1 { to + SOFT } else { to }, |fade| fade.1.max(to));
    let open = (when.start == Bound::Open, when.end == Bound::Open);
    // A stated duration tells how far it goes.
    let undated = (undated(when.start), undated(when.end) && when.duration.is_none());
    Sketch::new(left, right, SketchKind::Bar { from, to, fade_in, fade_out, undated, open, soft })
}

impl Sketch {
    fn new(left: f64, right: f64, kind: SketchKind) -> Self {
        Self { left, right, kind, open: (false, false) }
    }

    /// The same where nothing is known beyond an x: there a bar without an end is no longer full.
    pub(super) fn known_until(mut self, until: Option<f64>) -> Self {
        if let (SketchKind::Bar { from, to, open: (_, true), .. }, Some(until)) = (&mut self.kind, until)
            && *to == f64::INFINITY
        {
            *to = until.max(*from);
        }
        self
    }

    /// Whether anything of it lies in a view of a width.
    pub(super) fn is_in_sight(&self, shift: f64, width: f64) -> bool {
        self.right + shift > 0.0 && self.left + shift < width
    }

    /// Whether it is a point.
    pub(super) fn is_dot(&self) -> bool {
        matches!(self.kind, SketchKind::Dot(_))
    }

    /// How it goes on beyond the left, the right edge of what is seen, where it must say so: without an end everywhere, and
    /// whatever a page cuts off, for nobody can move it.
    pub(super) fn beyond(&self, shift: f64, (width, is_page): (f64, bool)) -> (Option<Beyond>, Option<Beyond>) {
        /// A mark of which less is in sight has no room for a sign, in points.
        const LEAST_IN_SIGHT: f64 = 10.0;
        let (mut left, mut right) = (self.left + shift, self.right + shift);
        // The length of the fade to an end that nobody dated tells nothing, so that nothing of it is cut off.
        if let SketchKind::Bar { from, to, undated, .. } = &self.kind {
            left = if undated.0 { from + shift } else { left };
            right = if undated.1 { to + shift } else { right };
        }
        let has_ends = matches!(self.kind, SketchKind::Bar { .. } | SketchKind::Possible(..));
        if !has_ends || right.min(width) - left.max(0.0) < LEAST_IN_SIGHT {
            return (None, None);
        }
        let of = |open: bool, out: bool| match (open, is_page) {
            _ if !out => None,
            (true, _) => Some(Beyond::Open),
            (false, is_page) => is_page.then_some(Beyond::Cut),
        };
        (of(self.open.0, left < -2.0), of(self.open.1, right > width + 2.0))
    }

    /// The full or possible part into which a label could go, left and right, moved by `shift`; in a view of a width, on a
    /// page or not, without the signs at its edges.
    pub(super) fn inside(&self, shift: f64, view: Option<(f64, bool)>) -> Option<(f64, f64)> {
        let (from, to) = match self.kind {
            SketchKind::Bar { from, to, .. } | SketchKind::Possible(from, to, None) => (from + shift, to + shift),
            SketchKind::Possible(from, to, Some(lasted)) => {
                // Before or behind the bar that could slide, where more of it is in sight.
                let (middle, half) = (f64::midpoint(from, to) + shift, lasted / 2.0 + SLIDER);
                let (from, to) = (from + shift, to + shift);
                let (first, last) = view.map_or((from, to), |(width, _)| (from.max(0.0), to.min(width)));
                let (before, behind) = ((middle - half).min(last) - first, last - (middle + half).max(first));
                if before >= behind { (from, (middle - half).min(to)) } else { ((middle + half).max(from), to) }
            }
            SketchKind::Dot(_) | SketchKind::Set(..) => return None,
        };
        let signs = view.map_or(self.open, |view| {
            let (left, right) = self.beyond(shift, view);
            (left.is_some(), right.is_some())
        });
        let width = view.map_or(f64::INFINITY, |(width, _)| width);
        let from = if signs.0 { from.max(f64::from(ARROW)) } else { from };
        Some((from, if signs.1 { to.min(width - f64::from(ARROW)) } else { to }))
    }

    /// The shape in points, moved by `shift`, with the window's left edge at `left` and `width` wide.
    pub(super) fn place(&self, left: f32, width: f32, shift: f64) -> (ClaimShape, f32, f32) {
        let x = |offset: f64| left + (offset + shift).clamp(-60.0, f64::from(width) + 60.0) as f32;
        let fade = |fade: &Option<(f64, f64)>, undated: bool| {
            fade.map(|(full, gone)| Fade { full: x(full), gone: x(gone), undated })
        };
        let shape = match &self.kind {
            SketchKind::Dot(at) => ClaimShape::Dot { x: x(*at) },
            // True edges as far as pixels can tell, so that the middle of its shading is the middle of its time.
            SketchKind::Possible(from, to, lasted) => {
                let x = |offset: f64| left + (offset + shift).clamp(-FAR, f64::from(width) + FAR) as f32;
                ClaimShape::Possible { from: x(*from), to: x(*to), slides: lasted.map(|lasted| lasted as f32) }
            }
            SketchKind::Set(windows, all) => {
                let windows = windows.iter().map(|(from, to)| (x(*from), x(*to))).collect();
                ClaimShape::Set { windows, all: *all }
            }
            SketchKind::Bar { from, to, fade_in, fade_out, undated, open, soft } => ClaimShape::Bar {
                soft: *soft,
                from: x(*from),
                to: x(*to),
                fade_in: fade(fade_in, undated.0),
                fade_out: fade(fade_out, undated.1),
                open_start: open.0,
                open_end: open.1,
            },
        };
        (shape, x(self.left), x(self.right))
    }
}

impl ClaimBox {
    /// Takes back the fades into ends that nobody dated to the edges of a page, so that their question marks are seen.
    pub(super) fn within_page(mut self, body: Rect) -> Self {
        /// A shorter fade has no room for its question mark, in points.
        const LEAST_FADE: f32 = 16.0;
        if let ClaimShape::Bar { fade_in, fade_out, .. } = &mut self.shape {
            if let Some(fade) = fade_out.as_mut().filter(|fade| fade.undated && fade.gone > body.right()) {
                fade.gone = body.right().max(fade.full + LEAST_FADE).min(fade.gone);
                self.right = fade.gone;
            }
            if let Some(fade) = fade_in.as_mut().filter(|fade| fade.undated && fade.gone < body.x) {
                fade.gone = body.x.min(fade.full - LEAST_FADE).max(fade.gone);
                self.left = fade.gone;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::Viewport;
    use super::*;
    use crate::time::Edtf;

    fn drawn(date: &str, from: &str, to: &str) -> ClaimShape {
        let point = |text| Edtf::parse(text).unwrap().when().earliest();
        let scale = TimeScale::new(Viewport::over(Span::new(point(from), point(to))), 0.0, 1_000.0);
        let edtf = Edtf::parse(date).unwrap();
        sketch(&edtf.when(), &edtf.alternatives(), &scale).place(0.0, 1_000.0, 0.0).0
    }

    #[test]
    fn a_day_is_a_dot_among_months_and_days_and_a_band_among_hours() {
        assert!(matches!(drawn("2022-05-24", "2022-04-01", "2022-10-01"), ClaimShape::Dot { .. }));
        assert!(matches!(drawn("2022-05-24", "2022-05-01", "2022-06-01"), ClaimShape::Dot { .. }));
        assert!(matches!(drawn("2022-05-24~", "2022-05-01", "2022-06-01"), ClaimShape::Possible { .. }));
        assert!(matches!(drawn("2022-05-24", "2022-05-23", "2022-05-27"), ClaimShape::Possible { .. }));
    }

    #[test]
    fn a_month_is_a_band_and_never_a_point_at_its_beginning() {
        let ClaimShape::Possible { from, to, .. } = drawn("2022-05", "2022-04-01", "2022-07-01") else { panic!() };
        assert!(to - from > 300.0 && from > 300.0);
        // No wider than a dot it is one, around its middle; what is only about then is not.
        assert!(matches!(drawn("2022-05", "1900-01", "2100-01"), ClaimShape::Dot { .. }));
        assert!(matches!(drawn("1526", "1000-01", "2000-01"), ClaimShape::Dot { .. }));
        assert!(matches!(drawn("[1525,1526]", "1000-01", "2000-01"), ClaimShape::Dot { .. }));
        assert!(matches!(drawn("1526~", "1000-01", "2000-01"), ClaimShape::Possible { .. }));
        assert!(matches!(drawn("2022-05", "2020-01", "2023-12"), ClaimShape::Possible { .. }));
        assert!(matches!(drawn("199X", "1900-01", "2100-01"), ClaimShape::Possible { .. }));
        let ClaimShape::Bar { fade_in: Some(_), fade_out: Some(_), .. } =
            drawn("2020-05/2022-06", "1900-01", "2100-01")
        else {
            panic!()
        };
    }

    #[test]
    fn a_label_stands_beside_the_bar_that_could_slide_where_more_of_its_time_is_in_sight() {
        let sketched = |width: f64, shift: f64| {
            let sketch = Sketch::new(0.0, 400.0, SketchKind::Possible(0.0, 400.0, Some(40.0)));
            sketch.inside(shift, Some((width, true)))
        };
        // The bar and its arrows take 164 to 236.
        assert_eq!(sketched(1_000.0, 0.0), Some((0.0, 164.0)));
        assert_eq!(sketched(1_000.0, -150.0), Some((86.0, 250.0)));
        assert_eq!(sketched(300.0, 100.0).map(|(_, to)| to), Some(264.0));
    }

    #[test]
    fn ends_that_are_doubted_say_so_however_wide_their_windows_are() {
        let soft = |date: &str| match drawn(date, "1850-01-01", "1860-01-01") {
            ClaimShape::Bar { soft, fade_in, fade_out, .. } => (soft, fade_in.is_some(), fade_out.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!(soft("1852?/1855~"), ((true, true), true, true));
        assert_eq!(soft("1852/1855~"), ((false, true), true, true));
        assert_eq!(soft("1852/1855"), ((false, false), true, true));
    }

    #[test]
    fn a_fade_says_whether_anybody_dated_its_end() {
        let undated = |date: &str| match drawn(date, "2022-01-01", "2023-01-01") {
            ClaimShape::Bar { fade_in, fade_out, .. } => {
                [fade_in, fade_out].map(|fade| fade.map(|fade| fade.undated))
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(undated("2022-08-04/"), [None, Some(true)]);
        assert_eq!(undated("/2022-08-04"), [Some(true), None]);
        assert_eq!(undated("2022-03/2022-08"), [Some(false), Some(false)]);
        assert_eq!(undated("2022-08-04/.."), [None, None]);
    }

    #[test]
    fn days_at_both_ends_are_solid_among_months_and_fade_among_hours() {
        let ClaimShape::Bar { fade_in: None, fade_out: None, .. } =
            drawn("2022-09-01/2022-09-07", "2022-05-01", "2022-11-01")
        else {
            panic!()
        };
        let ClaimShape::Bar { fade_in: Some(fade), fade_out: Some(_), .. } =
            drawn("2022-09-01/2022-09-07", "2022-08-31", "2022-09-08")
        else {
            panic!()
        };
        assert!(fade.gone < fade.full);
    }

    #[test]
    fn open_and_unknown_ends_differ() {
        let ClaimShape::Bar { open_end, to, .. } = drawn("2022-06/..", "2022-01", "2023-01") else { panic!() };
        assert!(open_end && to > 1_000.0);
        let ClaimShape::Bar { open_end, fade_out, .. } = drawn("2022-06-15/", "2022-01", "2023-01") else { panic!() };
        assert!(!open_end && fade_out.is_some());
    }

    #[test]
    fn what_goes_on_is_full_as_far_as_anybody_knew() {
        let point = |text| Edtf::parse(text).unwrap().when().earliest();
        let scale = TimeScale::new(Viewport::over(Span::new(point("2022-01"), point("2023-01"))), 0.0, 1_000.0);
        let known = scale.offset(point("2022-08-01"));
        let bar = |date: &str| {
            let own = sketch(&Edtf::parse(date).unwrap().when(), &[], &scale).known_until(Some(known));
            let (ClaimShape::Bar { to, .. }, _, right) = own.place(0.0, 1_000.0, 0.0) else { panic!("{date}") };
            (to, right)
        };
        let (to, right) = bar("2022-06-15/..");
        assert!((f64::from(to) - known).abs() < 0.01 && right > 1_000.0);
        // An end that was announced stays where it is.
        assert!(bar("2022-06-15/2022-10-15").0 > to + 100.0);
    }

    #[test]
    fn a_set_keeps_its_alternatives_apart() {
        let ClaimShape::Set { windows, all: false } = drawn("[2022-08-17,2022-08-24]", "2022-08-01", "2022-09-01")
        else {
            panic!()
        };
        assert_eq!(windows.len(), 2);
        assert!(windows[0].1 < windows[1].0);
        let ClaimShape::Set { all: true, .. } = drawn("{2022-08-17,2022-08-24}", "2022-08-01", "2022-09-01") else {
            panic!()
        };
        // Two years beside each other are one stretch.
        assert!(matches!(drawn("[1905,1906]", "1900-01", "1990-01"), ClaimShape::Possible { .. }));
        assert!(matches!(drawn("[1905,1908]", "1900-01", "1990-01"), ClaimShape::Set { .. }));
        // Somewhere in a week is one stretch.
        let ClaimShape::Possible { .. } = drawn("[2022-08-15..2022-08-21]", "2022-08-01", "2022-09-01") else {
            panic!()
        };
    }

    #[test]
    fn an_end_that_is_only_about_right_is_soft_and_the_other_is_not() {
        let ClaimShape::Bar { soft, .. } = drawn("2022-09-01~/2022-09-07", "2022-05-01", "2022-11-01") else {
            panic!()
        };
        assert_eq!(soft, (true, false));
    }
}
