//! Lanes: what is asked of the index, how rows are shared out, and what becomes a density.

use super::arrange::Arranged;
use super::attempts::Drawn;
use super::crowd::Shape as CrowdShape;
use super::labels::{self, LabelArea, Wanted};
use super::marks;
use super::memory::Memory;
use super::whole::{Packed, Sketched, Whole};
use super::{ClaimBox, ClaimShape, EventBox, LaneBox, Layout, Metrics, Rect, Strip, Tally, TimeScale, Viewport};
use crate::event::{Document, RowId};
use crate::index::{CountRange, Index, LaneId};
use crate::query::Mask;
use crate::text::TextMeter;
use crate::time::{Answer, Span, TimePoint};

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
    /// The window over all of the document, however much of it is shown. Rows are settled for its width, halved and halved again.
    pub whole: Viewport,
    /// Axis, headings and body together, in points.
    pub area: Rect,
    /// Sizes.
    pub metrics: Metrics,
    /// Measures the labels.
    pub text: &'a TextMeter,
    /// What to do when the lanes need more height than there is.
    pub fit: Fit,
    /// How far the lanes are scrolled up, in points; only lanes in sight are laid out where there are very many events.
    pub scroll: f32,
    /// Which lanes are shown, in which order, and how.
    pub lanes: &'a Arranged,
    /// What earlier layouts of this document and search left.
    pub memory: &'a Memory,
    /// Only what was known by this moment is shown: what goes on without an end is not known to do so beyond it. `None` for
    /// all that is known.
    pub known_until: Option<TimePoint>,
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

/// More air than this is not put over and under a lane's rows, in points.
const MOST_AIR: f32 = 18.0;
/// A lane with more events than this in the window becomes a density.
pub(super) const MOST_MARKS: usize = 600;
/// As many events as all lanes together draw as marks; beyond it the fullest lanes become densities.
const MOST_IN_ALL: usize = 2_400;
/// A lane of up to this many events is packed as a whole on a screen, so that panning moves no row.
const PACKED_WHOLE: usize = 600;
/// What stands over the lane of what was merged, where lanes are divided.
const MERGED: &str = "Others";
/// Room at the right edge of a screen for a scroll bar, in points.
const SCROLL_BAR: f32 = 11.0;
/// Least width of a part of a density, in points; it is below twice as much.
const BUCKET: f32 = 2.5;
/// Lanes that stay at the top take no more than this share of the height.
const MOST_STILL: f32 = 0.6;

pub(super) fn empty(input: &Input<'_>) -> Layout {
    let metrics = input.metrics;
    let body = Rect::new(input.area.x + metrics.header, input.area.y + metrics.axis, 1.0, 1.0);
    let scale = TimeScale::new(input.viewport, body.x, body.w);
    Layout {
        scale,
        warp: input.document.table.warp().clone(),
        metrics,
        body,
        still: 0.0,
        lanes: vec![],
        places: vec![],
        content_height: 0.0,
        lanes_left_out: 0,
        tally: Tally::default(),
    }
}

pub(super) struct Stage<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) metrics: Metrics,
    pub(super) body: Rect,
    pub(super) scale: TimeScale,
    /// What a page has room for.
    pub(super) drawn: Drawn,
    pub(super) budget: Budget,
    pub(super) crowd: CrowdShape,
    /// Breaks of the axis in sight, from x to x.
    pub(super) breaks: Vec<(f32, f32)>,
    /// Whether all lanes are counted at once. It is asked once, for it may become so at any moment.
    pub(super) at_once: bool,
}

/// Whether a lane holds anything; on a page, which nobody can pan, anything of its time.
pub(super) fn is_wanted(input: &Input<'_>, lane: LaneId) -> bool {
    match input.fit {
        Fit::Page => input.index.count(lane, input.viewport.span()) > 0,
        Fit::Scroll => input.index.len_of(lane) > 0,
    }
}

/// What a frame may cost, shared out over the lanes.
#[derive(Clone, Copy)]
pub(super) struct Budget {
    /// Events that a lane may have and still draw all of them as marks: in the window of a page, in all on a screen.
    marks: usize,
}

impl Budget {
    pub(super) fn of(input: &Input<'_>) -> Self {
        let lanes = (0..input.index.lanes().len()).map(LaneId);
        if input.fit == Fit::Scroll {
            // Whatever the window, so that panning and zooming change no lane's kind.
            let counts = lanes.map(|lane| input.index.len_of(lane));
            let small = counts.filter(|count| *count <= PACKED_WHOLE).sum::<usize>();
            return Self { marks: if small <= MOST_IN_ALL { PACKED_WHOLE } else { 0 } };
        }
        let window = input.viewport.span();
        let mut counts: Vec<usize> = lanes.map(|lane| input.index.count(lane, window)).collect();
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
        Self { marks }
    }
}

/// A lane before its rows are shared out.
pub(super) struct Draft {
    pub(super) lane: LaneId,
    /// Whether the name of the lane that it is a part of stands over it.
    headed: bool,
    /// How many of its events touch the window; `None` where that is asked only of lanes in sight.
    range: Option<CountRange>,
    /// `None`: not all events have room.
    pub(super) whole: Option<Whole>,
    /// How high it is as a crowded lane, in points.
    pub(super) crowded: f32,
}

impl Draft {
    fn head(&self, metrics: &Metrics) -> f32 {
        if self.headed { metrics.head } else { 0.0 }
    }
}

impl Stage<'_> {
    pub(super) fn memory(&self) -> &Memory {
        self.input.memory
    }

    /// The lanes that are wanted.
    pub(super) fn drafts(&self, wanted: &[LaneId]) -> Vec<Draft> {
        let lanes = self.input.index.lanes();
        // Of divided lanes only the one of what was merged is part of none, and stands under a heading of its own.
        let divided = wanted.iter().take(2).any(|lane| lanes[lane.0].outer().is_some());
        let mut before = None;
        wanted
            .iter()
            .map(|&lane| {
                let outer = if divided { lanes[lane.0].outer() } else { None };
                let headed = divided && before != Some(outer);
                before = Some(outer);
                self.draft(lane, headed)
            })
            .collect()
    }

    fn draft(&self, lane: LaneId, headed: bool) -> Draft {
        let (index, page) = (self.input.index, self.input.fit == Fit::Page);
        let range = (page || !self.at_once).then(|| self.count_range(lane));
        let count = match range.filter(|_| page) {
            Some(range) => range.possible,
            None => index.len_of(lane),
        };
        let crowded = self.crowd_of(lane).height(self.metrics.row, self.metrics.lane_pad);
        if count > self.budget.marks || self.drawn == Drawn::Counted || self.input.lanes.folded.contains(&lane) {
            return Draft { lane, headed, range, whole: None, crowded };
        }
        Draft { lane, headed, range, whole: self.pack_whole(lane), crowded }
    }

    fn count_range(&self, lane: LaneId) -> CountRange {
        self.input.index.count_range(lane, self.input.viewport.span())
    }

    /// Rows of each lane under a limit; a lane whose marks need more gets them. A crowded lane has its own.
    pub(super) fn rows(drafts: &[Draft], cap: usize) -> Vec<usize> {
        let rows = |Whole { rows, .. }: &Whole| rows.wanted.min(cap.max(rows.least));
        drafts.iter().map(|draft| draft.whole.as_ref().map_or(0, rows)).collect()
    }

    /// Gives what is left of the room to lanes whose labels want more rows, one row in turn.
    pub(super) fn share_spare_room(&self, drafts: &[Draft], rows: &mut [usize], room: f32) {
        loop {
            let mut given = false;
            for lane in 0..drafts.len() {
                if drafts[lane].whole.as_ref().is_some_and(|whole| rows[lane] < whole.rows.wanted) {
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

    /// Rows and strip of a crowded lane.
    pub(super) fn crowd_of(&self, lane: LaneId) -> CrowdShape {
        let lanes = self.input.lanes;
        if lanes.folded.contains(&lane) {
            self.crowd.folded()
        } else if lanes.tall.contains(&lane) && self.drawn != Drawn::Mixed {
            // Beside lanes that are drawn whole a page has no room for many rows of one.
            self.crowd.tall()
        } else {
            self.crowd
        }
    }

    /// What may stand over and under the rows of each lane so that much room below all of them is not left empty; none
    /// where some lane is crowded, for that has its own height.
    pub(super) fn air(&self, drafts: &[Draft], rows: &[usize], room: f32) -> f32 {
        if drafts.is_empty() || drafts.iter().any(|draft| draft.whole.is_none()) {
            return 0.0;
        }
        let spare = room - self.height(drafts, rows);
        (spare / (2.0 * drafts.len() as f32)).clamp(0.0, MOST_AIR)
    }

    fn lane_height(&self, draft: &Draft, rows: usize) -> f32 {
        let metrics = &self.metrics;
        let height = match draft.whole {
            Some(_) => rows as f32 * metrics.row + 2.0 * metrics.lane_pad,
            None => draft.crowded,
        };
        height.max(metrics.lane_min)
    }

    pub(super) fn height(&self, drafts: &[Draft], rows: &[usize]) -> f32 {
        let height = |(draft, &rows): (&Draft, &usize)| self.lane_height(draft, rows) + draft.head(&self.metrics);
        drafts.iter().zip(rows).map(height).sum()
    }

    pub(super) fn finish(&self, drafts: &[Draft], rows: &[usize]) -> Layout {
        let mut layout = Layout {
            scale: self.scale,
            warp: self.input.document.table.warp().clone(),
            metrics: self.metrics,
            body: self.body,
            still: self.still(drafts, rows),
            lanes: Vec::with_capacity(drafts.len()),
            places: Vec::new(),
            content_height: 0.0,
            lanes_left_out: 0,
            tally: self.tally(drafts),
        };
        // No further than the lanes go.
        let scroll = self.input.scroll.min(self.height(drafts, rows) - self.body.h).max(0.0);
        for (draft, &rows) in drafts.iter().zip(rows) {
            let tally = &mut layout.tally;
            let height = self.lane_height(draft, rows);
            let y = layout.content_height + draft.head(&self.metrics);
            if self.input.fit == Fit::Page && y + height > self.body.h + 0.5 && !layout.lanes.is_empty() {
                layout.lanes_left_out += 1;
                let left_out = draft.range.map_or(0, |range| range.possible);
                tally.in_window += left_out;
                tally.hidden += left_out;
                continue;
            }
            layout.content_height = y + height;
            let in_sight = y < layout.still || (y + height > scroll && y < scroll + self.body.h);
            if self.input.fit == Fit::Scroll && draft.whole.is_none() && !in_sight {
                let out_of_sight = draft.range.map_or(0, |range| range.possible);
                tally.in_window += out_of_sight;
                tally.elsewhere += out_of_sight;
                layout.places.push((draft.lane, y, height));
                continue;
            }
            let range = draft.range.unwrap_or_else(|| self.count_range(draft.lane));
            tally.in_window += range.possible;
            let lane = self.lane(draft, range, rows, (y, height));
            tally.drawn += self.accounted_for(&lane) - lane.between;
            tally.between += lane.between;
            tally.as_density += lane.strip.as_ref().map_or(0, |strip| strip.only_counted);
            tally.hidden += lane.hidden;
            tally.unlabelled += lane.unlabelled;
            let named = |event: &&EventBox| event.claims.iter().any(|claim| claim.label.is_some());
            tally.labelled += lane.events.iter().filter(named).count();
            layout.lanes.push(lane);
        }
        if self.input.fit == Fit::Scroll && self.at_once {
            // What is in no lane in sight is elsewhere.
            layout.tally.elsewhere = layout.tally.events.possible.saturating_sub(layout.tally.in_window);
            layout.tally.in_window += layout.tally.elsewhere;
        }
        layout
    }

    /// How high the lanes are that stay at the top: as many of those that should as leave the others enough room.
    fn still(&self, drafts: &[Draft], rows: &[usize]) -> f32 {
        let lanes = self.input.lanes;
        let pinned = |draft: &Draft| lanes.shown.iter().take(lanes.still).any(|lane| *lane == draft.lane);
        if self.input.fit == Fit::Page {
            return 0.0;
        }
        let wanted = drafts.iter().take_while(|draft| pinned(draft)).count();
        let height = |count: usize| self.height(&drafts[..count], &rows[..count]);
        (0..=wanted).rev().map(height).find(|height| *height <= self.body.h * MOST_STILL).unwrap_or(0.0)
    }

    /// What is known before any lane is laid out: the events of the window, and those of hidden lanes.
    fn tally(&self, drafts: &[Draft]) -> Tally {
        let (index, window, hidden) = (self.input.index, self.input.viewport.span(), &self.input.lanes.hidden);
        let put_away = hidden.iter().map(|&lane| index.count(lane, window)).sum();
        // Lanes that are shown have been counted already; all of them together are all events where none is repeated and none
        // left out.
        let some = self.input.lanes.shown.len() < index.lanes().len();
        let events = if index.repeats() || self.at_once || some {
            index.count_range_of_all(window)
        } else {
            drafts.iter().fold(CountRange::default(), |all, draft| all.plus(draft.range.unwrap_or_default()))
        };
        Tally { events, in_window: put_away, put_away, ..Tally::default() }
    }

    fn lane(&self, draft: &Draft, range: CountRange, rows_used: usize, (y, height): (f32, f32)) -> LaneBox {
        let lane = &self.input.index.lanes()[draft.lane.0];
        let mut out = LaneBox {
            id: draft.lane,
            name: self.input.lanes.names.get(&draft.lane).map_or_else(|| lane.name(), String::as_str).to_owned(),
            // What was merged is part of none of the others.
            head: draft.headed.then(|| lane.outer().unwrap_or(MERGED).to_owned()),
            folded: self.input.lanes.folded.contains(&draft.lane),
            hue: self.input.index.hue(draft.lane),
            count: lane.len(),
            y,
            height,
            events: Vec::new(),
            strip: None,
            unlabelled: 0,
            hidden: 0,
            between: 0,
        };
        let row = self.metrics.row;
        if let Some(Whole { packed, rows }) = &draft.whole {
            let (rows_used, rows) = rows.within(rows_used);
            let first = y + (height - rows_used as f32 * row) / 2.0 + row / 2.0;
            self.fill(&mut out, packed, &rows, first);
            out.hidden = range.possible.saturating_sub(self.accounted_for(&out));
        } else {
            let packed = self.crowd(draft.lane, self.crowd_of(draft.lane));
            let rows: Vec<_> = packed.places.iter().map(|place| place.map(|place| place.row)).collect();
            self.fill(&mut out, &packed, &rows, y + self.metrics.lane_pad + row / 2.0);
            let parts = (self.body.w / BUCKET).floor().max(1.0) as usize;
            let strip = self.crowd.strip;
            out.strip = Some(Strip {
                density: self.input.index.density(draft.lane, self.input.viewport.span(), parts),
                y: y + height - self.metrics.lane_pad - strip,
                height: strip,
                only_counted: range.possible.saturating_sub(self.accounted_for(&out)),
            });
        }
        out
    }

    /// How many events of a lane have marks in the window, or accounts around it.
    fn accounted_for(&self, lane: &LaneBox) -> usize {
        lane.events.len() + if self.input.fit == Fit::Page { lane.between } else { 0 }
    }

    /// Gives a lane the events that touch the window and have a row.
    fn fill(&self, lane: &mut LaneBox, packed: &Packed, rows: &[Option<usize>], first: f32) {
        let window = self.input.viewport.span();
        let shift = (packed.start - self.input.viewport.start_nanos()) as f64 * self.scale.density();
        let mut wanted = Vec::new();
        for (event, row) in packed.sketched.iter().zip(rows) {
            // As it is counted: by all of its accounts, also where a lane tells but its own.
            let extent = if self.input.index.parts_accounts() {
                self.input.document.table.extent(event.event)
            } else {
                event.told.iter().map(|told| told.when.extent()).reduce(Span::union)
            };
            let seen = extent.is_some_and(|extent| self.input.index.touches(extent, window));
            let (true, Some(row)) = (seen, row) else { continue };
            let claims = self.boxes(event, first + *row as f32 * self.metrics.row, shift, &mut wanted);

            let is_set = |claim: &ClaimBox| matches!(claim.shape, ClaimShape::Set { .. });
            let may_be_between = claims.len() > 1 || self.input.index.parts_accounts() || claims.iter().any(is_set);
            if may_be_between && !claims.iter().any(|claim| claim.is_in(self.body)) {
                lane.between += 1;
                // A page shows nothing of it; on a screen what joins its accounts leads to them.
                if self.input.fit == Fit::Page {
                    wanted.truncate(wanted.len() - claims.len());
                    continue;
                }
            }
            let maybe = self.input.mask.answer(event.event) == Answer::Possibly;
            lane.events.push(EventBox { event: event.event, claims, maybe });
        }
        let last = rows.iter().flatten().max().copied().unwrap_or(0);
        let rows = (first, first + last as f32 * self.metrics.row);
        let area = LabelArea { body: self.label_room(), breaks: &self.breaks, rows };
        let measures = (&self.metrics, self.input.text);
        // Pages do not move.
        let (moves, width) = (self.input.fit == Fit::Scroll, (self.input.viewport.width_nanos(), self.body.w));
        let before = self.memory().labels(lane.id, width).filter(|_| moves).unwrap_or_default();
        lane.unlabelled = labels::solve(&mut lane.events, &wanted, &before, area, measures);
        if self.drawn == Drawn::Unnamed {
            let claims = lane.events.iter().flat_map(|event| &event.claims);
            lane.unlabelled += claims.filter(|claim| claim.is_in(self.body)).count();
        }
        if moves {
            self.memory().keep_labels(lane.id, width, labels::sides(&lane.events));
        }
    }

    /// Where labels may stand: on a screen not under the scroll bar.
    fn label_room(&self) -> Rect {
        let bar = if self.input.fit == Fit::Scroll { SCROLL_BAR } else { 0.0 };
        Rect { w: self.body.w - bar, ..self.body }
    }

    /// The claims of an event, and what each would be called.
    fn boxes<'p>(&self, event: &'p Sketched, first: f32, shift: f64, wanted: &mut Vec<Wanted<'p>>) -> Vec<ClaimBox> {
        // The first account in sight tells the name; one that is not has no label to find room for.
        let view = (f64::from(self.body.w), self.input.fit == Fit::Page);
        let in_sight = |sketch: &marks::Sketch| sketch.is_in_sight(shift, view.0);
        let first_in_sight = event.sketches.iter().position(in_sight);
        let claims = event.told.iter().zip(&event.sketches).zip(&event.wishes).enumerate();
        let boxes = claims.map(|(at, ((told, sketch), wish))| {
            let (shape, left, right) = sketch.place(self.body.x, self.body.w, shift);
            let wish = match (first_in_sight == Some(at), &event.with_name[at]) {
                (true, Some(with_name)) => with_name,
                _ if in_sight(sketch) => wish,
                _ => &event.nothing,
            };
            let tall_enough = self.metrics.mark > self.metrics.font;
            let inside = sketch.inside(shift, Some(view)).filter(|_| tall_enough).map(|(from, to)| {
                let x = |offset: f64| self.body.x + offset.clamp(-60.0, f64::from(self.body.w) + 60.0) as f32;
                (x(from), x(to))
            });
            wanted.push(Wanted { wish, inside, weight: told.weight });
            let own = ClaimBox {
                rows: told.rows.clone(),
                shape,
                tone: marks::tone(&told.claim),
                doubtful: marks::doubtful(&told.when),
                unstated: marks::unstated(&told.claim),
                y: first + at as f32 * self.metrics.row,
                left,
                right,
                beyond: sketch.beyond(shift, view),
                label: None,
            };
            if view.1 { own.within_page(self.body) } else { own }
        });
        boxes.collect()
    }
}
