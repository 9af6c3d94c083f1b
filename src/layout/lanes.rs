//! Lanes: what is asked of the index, how rows are shared out, and what becomes a density.

use super::labels::{self, Wish};
use super::marks::{self, Sketch};
use super::pack::{Item, pack};
use super::{ClaimBox, EventBox, LaneBody, LaneBox, Layout, Metrics, Rect, Tally, TimeScale, Viewport};
use crate::event::{Claim, Document, EventId, EventTable, RowId, Statement};
use crate::index::{Index, LaneId};
use crate::query::Mask;
use crate::text::TextMeter;
use crate::time::{Answer, Precision, Shape, Span, When};
use std::collections::HashSet;

/// What a layout is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The events.
    pub document: &'a Document,
    /// The events that pass the search, by lane.
    pub index: &'a Index,
    /// What the search says of each event.
    pub mask: &'a Mask,
    /// The window.
    pub viewport: Viewport,
    /// Axis, headings and body together, in points.
    pub area: Rect,
    /// Sizes.
    pub metrics: Metrics,
    /// Measures the labels.
    pub text: &'a TextMeter,
    /// What to do when the lanes need more height than there is.
    pub fit: Fit,
    /// The note's number that goes after a claim's label, if any.
    pub note: Option<&'a dyn Fn(RowId) -> Option<String>>,
}

/// What to do when the lanes need more height than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They scroll.
    Scroll,
    /// Rows shrink; what has no room even then is left out and counted.
    Page,
}

/// A lane with more events than this in the window becomes a density.
const MOST_MARKS: usize = 600;
/// As many events as all lanes together draw as marks; beyond it the fullest lanes become densities.
const MOST_IN_ALL: usize = 2_400;
/// A lane of up to this many events is packed as a whole on a screen, so that panning moves no row.
const PACKED_WHOLE: usize = 600;
/// More rows than this in a lane become a density.
const MOST_ROWS: usize = 60;
/// Height of a density lane in rows: on a page, and on a screen, where its heading has three lines.
const DENSITY_ROWS: (f32, f32) = (1.4, 1.85);
/// Left of a mark with a label there: the gap to a bracket and to what comes before, in points.
const BRACKET_ROOM: f64 = 12.0;
/// Room at the right edge of a screen for a scroll bar, in points.
const SCROLL_BAR: f32 = 11.0;
/// Width of a part of a density, in points.
const BUCKET: f32 = 3.0;
/// Row limits that are tried, most generous first.
const CAPS: [usize; 12] = [60, 40, 28, 20, 15, 12, 9, 7, 5, 4, 3, 2];

/// What is tried on a page, one after the other: rows of this share of their height, and whether lanes become
/// densities.
const PAGE_ATTEMPTS: [(f32, bool); 9] = [
    (1.0, false),
    (0.85, false),
    (0.7, false),
    (0.58, false),
    (0.48, false),
    (0.42, false),
    (0.7, true),
    (0.42, true),
    (0.3, true),
];

/// Rows are lowered to this share of their height to find room for labels, and no further.
const LOWEST_FOR_LABELS: f32 = 0.7;

/// Lays out a view.
#[must_use]
pub fn lay_out(input: &Input<'_>) -> Layout {
    let attempts: &[(f32, bool)] = match input.fit {
        Fit::Scroll => &[(1.0, false)],
        Fit::Page => &PAGE_ATTEMPTS,
    };
    let area = input.area;
    let room = area.h - input.metrics.axis;
    let (mut best, mut fitting): (Option<Layout>, Option<Layout>) = (None, None);
    for &(ratio, dense) in attempts {
        let metrics = input.metrics.with_row(input.metrics.row * ratio);
        // Whole parts of a density, so that their edges fall on whole points.
        let width = ((area.w - metrics.header) / BUCKET).floor().max(1.0) * BUCKET;
        let body = Rect::new(area.x + metrics.header, area.y + metrics.axis, width, room.max(1.0));
        let scale = TimeScale::new(input.viewport, body.x, body.w);
        let stage = Stage { input, metrics, body, scale, dense, budget: Budget::of(input) };
        let drafts: Vec<Draft> = (0..input.index.lanes().len())
            .filter(|&lane| !input.index.lanes()[lane].is_empty())
            .map(|lane| stage.draft(LaneId(lane)))
            .collect();
        let cap = CAPS.into_iter().find(|&cap| stage.height(&drafts, &Stage::rows(&drafts, cap)) <= room);
        // Scrolling, a few rows a lane are worth more than no scrolling.
        let fits = cap.is_some();
        let mut rows = Stage::rows(&drafts, cap.unwrap_or(if input.fit == Fit::Scroll { 7 } else { 2 }));
        if fits {
            stage.share_spare_room(&drafts, &mut rows, room);
        }
        let layout = stage.finish(&drafts, &rows);
        if fits && input.fit == Fit::Scroll {
            return layout;
        }
        if !fits {
            best = fitting.is_none().then_some(layout).or(best);
            continue;
        }
        // On a page, rows may be a little lower for the sake of labels.
        let unlabelled = layout.tally.unlabelled;
        if fitting.as_ref().is_none_or(|before| unlabelled < before.tally.unlabelled) {
            fitting = Some(layout);
        }
        if unlabelled == 0 || ratio <= LOWEST_FOR_LABELS {
            break;
        }
    }
    fitting.or(best).unwrap_or_else(|| empty(input))
}

fn empty(input: &Input<'_>) -> Layout {
    let metrics = input.metrics;
    let body = Rect::new(input.area.x + metrics.header, input.area.y + metrics.axis, 1.0, 1.0);
    let scale = TimeScale::new(input.viewport, body.x, body.w);
    Layout { scale, metrics, body, lanes: vec![], content_height: 0.0, lanes_left_out: 0, tally: Tally::default() }
}

struct Stage<'a> {
    input: &'a Input<'a>,
    metrics: Metrics,
    body: Rect,
    scale: TimeScale,
    /// Whether all lanes are drawn as densities, because a page has no room for their marks.
    dense: bool,
    budget: Budget,
}

/// What a frame may cost, shared out over the lanes.
#[derive(Clone, Copy)]
struct Budget {
    /// Events of the window that a lane may have and still be drawn as marks.
    marks: usize,
    /// Whether lanes are packed as a whole.
    whole: bool,
}

impl Budget {
    fn of(input: &Input<'_>) -> Self {
        let lanes = input.index.lanes();
        let window = input.viewport.span();
        let mut counts: Vec<usize> = (0..lanes.len()).map(|lane| input.index.count(LaneId(lane), window)).collect();
        counts.sort_unstable();
        // The most that each lane may have so that all together stay within the limit.
        let (mut marks, mut sum) = (MOST_MARKS, 0);
        for count in counts {
            sum += count;
            if sum > MOST_IN_ALL {
                marks = marks.min(count.saturating_sub(1));
                break;
            }
        }
        let whole =
            lanes.iter().filter(|lane| lane.len() <= PACKED_WHOLE).map(crate::index::Lane::len).sum::<usize>();
        Self { marks, whole: input.fit == Fit::Scroll && whole <= MOST_IN_ALL }
    }
}

/// A lane before its rows are shared out.
struct Draft {
    lane: LaneId,
    in_window: usize,
    certain: usize,
    /// `None`: a density.
    marks: Option<Vec<Sketched>>,
    items: Vec<Item>,
    /// Rows in which all marks are placed, labels giving way where they must.
    rows_least: usize,
    /// Rows in which all labels have room too.
    rows_wanted: usize,
}

struct Sketched {
    event: EventId,
    claims: Vec<(Vec<RowId>, Claim, Sketch, Wish)>,
}

impl Stage<'_> {
    fn draft(&self, lane: LaneId) -> Draft {
        let index = self.input.index;
        let window = self.input.viewport.span();
        let range = index.count_range(lane, window);
        let (in_window, certain) = (range.possible, range.certain);
        let density = Draft { lane, in_window, certain, marks: None, items: vec![], rows_least: 0, rows_wanted: 0 };
        if in_window > self.budget.marks || self.dense {
            return density;
        }
        let whole = &index.lanes()[lane.0];
        let events: Vec<EventId> = if whole.len() <= PACKED_WHOLE && self.budget.whole {
            whole.iter().collect()
        } else {
            index.events(lane, window, MOST_MARKS).events
        };
        // Whether the marks have room at all is told from their edges, before any label is measured.
        let mut bare: Vec<Item> = events.iter().map(|&event| self.bare(event)).collect();
        bare.sort_by(|a, b| a.start.total_cmp(&b.start));
        let (_, rows_bare) = pack(&bare, MOST_ROWS + 1);
        if rows_bare > MOST_ROWS {
            return density;
        }
        let sketched: Vec<Sketched> = events.into_iter().map(|event| self.sketch(event)).collect();
        let left = |event: &Sketched| event.claims.iter().map(|claim| claim.2.left).fold(f64::INFINITY, f64::min);
        let edge = (self.input.fit == Fit::Page).then_some(f64::from(self.body.w));
        let with_label = |event: Sketched| (item(&event, left(&event), &self.metrics, edge), event);
        let mut both: Vec<(Item, Sketched)> = sketched.into_iter().map(with_label).collect();
        both.sort_by(|a, b| a.0.start.total_cmp(&b.0.start));
        let (items, sketched): (Vec<Item>, Vec<Sketched>) = both.into_iter().unzip();
        let (_, rows_wanted) = pack(&items, MOST_ROWS);
        let whole = |rows: &usize| pack(&items, *rows).0.iter().all(Option::is_some);
        let rows_least = (rows_bare..rows_wanted).find(whole).unwrap_or(rows_wanted);
        Draft { lane, in_window, certain, marks: Some(sketched), items, rows_least, rows_wanted }
    }

    /// The edges of an event's marks, at most as many as are drawn.
    fn bare(&self, event: EventId) -> Item {
        let table = &self.input.document.table;
        let mut start = f64::INFINITY;
        let mut ends: Vec<(f64, f64)> = Vec::new();
        for row in table.rows_of(event).take(marks::MOST_STATEMENTS) {
            let Some(when) = table.when(row) else { continue };
            let sketch = marks::sketch(&when, &set_windows(table, row, &when), &self.scale);
            start = start.min(sketch.left);
            // Rows that state the same share a mark.
            if !ends.contains(&(sketch.right, sketch.right)) {
                ends.push((sketch.right, sketch.right));
            }
        }
        Item { start, mark_start: start, claims: ends }
    }

    fn sketch(&self, event: EventId) -> Sketched {
        let table = &self.input.document.table;
        let title = table.rows_of(event).find_map(|row| table.title(row)).unwrap_or_default();
        let mut statements = table.statements(event);
        // What a user chose is told in full: other accounts are hidden by it.
        let several = statements.len() > 1 || table.is_chosen(event);
        let mixed = table.is_chosen(event)
            || statements.iter().any(|statement| statement.claim.status != statements[0].claim.status);
        let more = statements.len().saturating_sub(marks::MOST_STATEMENTS);
        statements.truncate(marks::MOST_STATEMENTS);
        let claims = statements
            .into_iter()
            .enumerate()
            .filter_map(|(at, Statement { rows, claim, .. })| {
                let when = claim.when?;
                let windows = rows.first().map(|&row| set_windows(table, row, &when)).unwrap_or_default();
                let sketch = marks::sketch(&when, &windows, &self.scale);
                let text =
                    if several { fork_label(title, &claim, at, mixed) } else { label(title, table, &rows, &claim) };
                let text = if more > 0 && at == 0 { format!("{text} (+{more} more accounts)") } else { text };
                let note = self.input.note.and_then(|note| note_of(note, &rows));
                let wish = Wish::new(&text, note, self.input.text, &self.metrics);
                Some((rows, claim, sketch, wish))
            })
            .collect();
        Sketched { event, claims }
    }

    /// Rows of each lane under a limit; a lane whose marks need more gets them.
    fn rows(drafts: &[Draft], cap: usize) -> Vec<usize> {
        drafts.iter().map(|draft| draft.rows_wanted.min(cap.max(draft.rows_least))).collect()
    }

    /// Gives what is left of the room to lanes whose labels want more rows, one row in turn.
    fn share_spare_room(&self, drafts: &[Draft], rows: &mut [usize], room: f32) {
        loop {
            let mut given = false;
            for lane in 0..drafts.len() {
                if rows[lane] < drafts[lane].rows_wanted {
                    rows[lane] += 1;
                    if self.height(drafts, rows) <= room {
                        given = true;
                    } else {
                        rows[lane] -= 1;
                    }
                }
            }
            if !given {
                return;
            }
        }
    }

    fn lane_height(&self, draft: &Draft, rows: usize) -> f32 {
        let rows = match (draft.marks.is_none(), self.input.fit) {
            (false, _) => rows as f32,
            (true, Fit::Page) => DENSITY_ROWS.0,
            (true, Fit::Scroll) => DENSITY_ROWS.1,
        };
        (rows * self.metrics.row + 2.0 * self.metrics.lane_pad).max(self.metrics.lane_min)
    }

    fn height(&self, drafts: &[Draft], rows: &[usize]) -> f32 {
        drafts.iter().zip(rows).map(|(draft, &rows)| self.lane_height(draft, rows)).sum()
    }

    fn finish(&self, drafts: &[Draft], rows: &[usize]) -> Layout {
        let mut layout = Layout {
            scale: self.scale,
            metrics: self.metrics,
            body: self.body,
            lanes: Vec::with_capacity(drafts.len()),
            content_height: 0.0,
            lanes_left_out: 0,
            tally: Tally::default(),
        };
        for (draft, &rows) in drafts.iter().zip(rows) {
            let tally = &mut layout.tally;
            tally.in_window += draft.in_window;
            tally.certain += draft.certain;
            let height = self.lane_height(draft, rows);
            let y = layout.content_height;
            if self.input.fit == Fit::Page && y + height > self.body.h + 0.5 && y > 0.0 {
                layout.lanes_left_out += 1;
                tally.hidden += draft.in_window;
                continue;
            }
            let lane = self.lane(draft, rows, y, height);
            match &lane.body {
                LaneBody::Marks(events) => tally.drawn += events.len(),
                LaneBody::Density { total, .. } => tally.as_density += total,
            }
            tally.hidden += lane.hidden;
            tally.unlabelled += lane.unlabelled;
            layout.content_height += height;
            layout.lanes.push(lane);
        }
        layout
    }

    fn lane(&self, draft: &Draft, rows_used: usize, y: f32, height: f32) -> LaneBox {
        let lane = &self.input.index.lanes()[draft.lane.0];
        let mut out = LaneBox {
            id: draft.lane,
            name: lane.name().to_owned(),
            count: lane.len(),
            y,
            height,
            body: LaneBody::Marks(Vec::new()),
            unlabelled: 0,
            hidden: 0,
        };
        let window = self.input.viewport.span();
        let Some(sketched) = &draft.marks else {
            let buckets = (self.body.w / BUCKET).round().max(1.0) as usize;
            let counts = self.input.index.counts(draft.lane, window, buckets);
            out.body = LaneBody::Density { counts, window, total: draft.in_window };
            return out;
        };
        let (rows, _) = pack(&draft.items, rows_used);
        let seen = self.in_window(draft.lane, window);
        let first = y + (height - rows_used as f32 * self.metrics.row) / 2.0 + self.metrics.row / 2.0;
        let (mut events, mut wishes) = (Vec::new(), Vec::new());
        for (event, row) in sketched.iter().zip(rows) {
            if !seen.contains(&event.event) {
                continue;
            }
            let Some(row) = row else {
                out.hidden += 1;
                continue;
            };
            let (claims, own) = self.boxes(event, first + row as f32 * self.metrics.row);
            let maybe = self.input.mask.answer(event.event) == Answer::Possibly;
            events.push(EventBox { event: event.event, claims, maybe });
            wishes.push(own);
        }
        out.unlabelled = labels::solve(&mut events, &wishes, self.label_room(), &self.metrics);
        out.body = LaneBody::Marks(events);
        out
    }

    /// Where labels may stand: on a screen not under the scroll bar.
    fn label_room(&self) -> Rect {
        let bar = if self.input.fit == Fit::Scroll { SCROLL_BAR } else { 0.0 };
        Rect { w: self.body.w - bar, ..self.body }
    }

    fn in_window(&self, lane: LaneId, window: Span) -> HashSet<EventId> {
        self.input.index.events(lane, window, MOST_MARKS).events.into_iter().collect()
    }

    fn boxes(&self, event: &Sketched, first: f32) -> (Vec<ClaimBox>, Vec<Wish>) {
        let mut wishes = Vec::new();
        let boxes = event.claims.iter().enumerate().map(|(at, (rows, claim, sketch, wish))| {
            let (shape, left, right) = sketch.place(self.body.x, self.body.w);
            let tall_enough = self.metrics.mark > self.metrics.font;
            let inside = sketch.inside().filter(|_| tall_enough).map(|(from, to)| {
                let x = |offset: f64| self.body.x + offset.clamp(-60.0, f64::from(self.body.w) + 60.0) as f32;
                (x(from), x(to))
            });
            wishes.push(Wish { inside, ..wish.clone() });
            ClaimBox {
                rows: rows.clone(),
                shape,
                tone: marks::tone(claim),
                doubtful: claim.when.as_ref().is_some_and(marks::doubtful),
                y: first + at as f32 * self.metrics.row,
                left,
                right,
                label: None,
            }
        });
        (boxes.collect(), wishes)
    }
}

/// The windows of a set's members in the table's clock; none where the date is no set.
fn set_windows(table: &EventTable, row: RowId, when: &When) -> Vec<Span> {
    let set = matches!(when.shape, Shape::OneOf | Shape::AllOf);
    let edtf = if set { table.edtf(row) } else { None };
    edtf.map(|edtf| table.display().alternatives(&edtf)).unwrap_or_default()
}

/// An event with its labels: inside where they fit, else at the right; at the left where `edge`, the right end of a
/// window that does not move, leaves no room there.
fn item(event: &Sketched, mark_start: f64, metrics: &Metrics, edge: Option<f64>) -> Item {
    let mut start = mark_start;
    let mut ends = |(_, _, sketch, wish): &(Vec<RowId>, Claim, Sketch, Wish)| {
        let label = f64::from(wish.width + labels::GAP);
        let inside = metrics.mark > metrics.font
            && sketch.inside().is_some_and(|(from, to)| to - from >= label + f64::from(labels::GAP));
        if inside {
            return (sketch.right, sketch.right);
        }
        if edge.is_some_and(|edge| sketch.right + label > edge) {
            start = start.min(mark_start - label - BRACKET_ROOM);
            return (sketch.right, sketch.right);
        }
        (sketch.right, sketch.right + label)
    };
    let claims = event.claims.iter().map(&mut ends).collect();
    Item { start, mark_start, claims }
}

/// An event's name; with its time in words where the mark cannot show how it is known.
fn label(title: &str, table: &EventTable, rows: &[RowId], claim: &Claim) -> String {
    let title =
        if title.is_empty() { rows.first().map_or("", |&row| table.description(row).unwrap_or("")) } else { title };
    let plain = claim.edtf.as_ref().is_some_and(|edtf| {
        claim.when.is_some_and(|when| !matches!(when.shape, Shape::OneOf | Shape::AllOf))
            && edtf.dates().iter().all(|date| {
                date.precision() >= Precision::Day && date.qualifiers == crate::time::Qualifiers::default()
            })
    });
    match (plain, title.is_empty()) {
        (true, false) => title.to_owned(),
        (_, true) => claim.words(),
        (false, false) => format!("{title} · {}", claim.words()),
    }
}

/// The first claim of a fork carries the event's name; each says how its source dates it, and whether it looked
/// ahead where not all did.
fn fork_label(title: &str, claim: &Claim, at: usize, mixed: bool) -> String {
    let standing = claim.status.as_ref().filter(|_| mixed).map_or("", |status| status.word());
    let stated = format!("{standing} {}", claim.words());
    if at == 0 && !title.is_empty() { format!("{title} · {}", stated.trim()) } else { stated.trim().to_owned() }
}

/// The notes' numbers of all rows that make a statement.
fn note_of(note: &dyn Fn(RowId) -> Option<String>, rows: &[RowId]) -> Option<String> {
    let mut numbers: Vec<String> = rows.iter().filter_map(|&row| note(row)).collect();
    numbers.dedup();
    (!numbers.is_empty()).then(|| numbers.join(","))
}
