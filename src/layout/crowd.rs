//! Lanes with more events than have room: the most important ones in a few rows, over a strip of exact counts.
//!
//! Which events are drawn must not depend on where the window stands, or marks would come and go while it moves. The axis
//! is cut into tiles, a power of two of units wide, and each tile names its most important events, the same number at
//! every zoom. A tile's two halves name at least those of it that lie in them, so that zooming in only adds.
//! A lane's height is the same for every window.

use super::attempts::Drawn;
use super::lanes::Stage;
use super::pack::pack_by_importance;
use super::whole::Packed;
use super::{Fit, TimeScale, Viewport};
use crate::index::LaneId;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Tiles in a window, at most: so many, or up to twice as many. Lanes differ in it, so that zooming past a power of two
/// brings new events to one lane after the other and not to all in one frame.
const TILES: usize = 6;
/// Width that a mark with its label is taken to need when tiles are asked for events, in points.
const MARK: f32 = 104.0;
/// Most rows of a crowded lane.
const MOST_ROWS: f32 = 24.0;
/// Height of a strip on a screen, and its share of a row on a page.
const STRIP: f32 = 26.0;
/// Between rows and strip.
pub(super) const GAP: f32 = 4.0;

/// The heights of all crowded lanes of a view.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// Rows of marks.
    pub(super) rows: usize,
    /// Height of the strip.
    pub(super) strip: f32,
}

impl Shape {
    /// Rows and strip of each of so many lanes in a body of this height.
    pub(super) fn of(lanes: usize, room: f32, fit: Fit, row: f32, pad: f32, dense: bool) -> Self {
        let strip = if fit == Fit::Page { row.max(8.0) } else { STRIP };
        let strip = if dense { row * 1.4 } else { strip };
        let each = room / lanes.max(1) as f32 - strip - GAP - 2.0 * pad;
        let least = match (fit, dense) {
            // What room there is beside the counts is for the most important events.
            (_, true) => 0.0,
            (Fit::Scroll, _) => 2.0,
            (Fit::Page, _) => 1.0,
        };
        Self { rows: (each / row).floor().clamp(least, MOST_ROWS) as usize, strip }
    }

    /// With as many rows as any lane may have.
    pub(super) fn tall(self) -> Self {
        Self { rows: MOST_ROWS as usize, ..self }
    }

    /// With counts alone.
    pub(super) fn folded(self) -> Self {
        Self { rows: 0, ..self }
    }

    /// The height of a lane.
    pub(super) fn height(self, row: f32, pad: f32) -> f32 {
        let rows = if self.rows > 0 { self.rows as f32 * row + GAP } else { 0.0 };
        rows + self.strip + 2.0 * pad
    }
}

impl Stage<'_> {
    /// The most important events of a crowded lane, around the window, each with its row.
    pub(super) fn crowd(&self, lane: LaneId, shape: Shape) -> Rc<Packed> {
        let viewport = self.input.viewport;
        let key = (
            viewport.width_nanos(),
            self.body.w.to_bits(),
            [self.metrics.font, self.metrics.mark, self.metrics.row].map(f32::to_bits),
            shape.rows,
            self.drawn != Drawn::Unnamed,
        );
        let window = viewport.span();
        let serves = |packed: &Packed| {
            packed.span.is_some_and(|span| span.start() <= window.start() && span.end() >= window.end())
        };
        if let Some(packed) = self.memory().packed(lane, key, serves) {
            return packed;
        }
        let before = self.memory().last_packed(lane);
        // A moving window gets three times its width, which then serves for a while; one that is zoomed, only itself.
        let moved = before.as_ref().is_some_and(|before| before.width == viewport.width_nanos());
        let around = if moved { viewport.part(-1.0, 2.0) } else { viewport };
        // Zooming out begins afresh, so that what one comes back to is what one has seen.
        let stays = before.filter(|before| before.width >= viewport.width_nanos());
        let packed = Rc::new(self.crowd_around(lane, shape, around, stays.as_deref()));
        self.memory().keep_packed(lane, key, &packed);
        packed
    }

    fn crowd_around(&self, lane: LaneId, shape: Shape, around: Viewport, before: Option<&Packed>) -> Packed {
        let places_before: HashMap<_, _> = before
            .iter()
            .flat_map(|before| before.sketched.iter().zip(&before.places))
            .filter_map(|(event, place)| place.map(|place| (event.event, place)))
            .collect();
        let chosen = self.chosen(lane, shape, around);
        let scale = TimeScale::new(self.input.viewport, self.body.x, self.body.w);
        let sketched: Vec<_> = chosen.into_iter().map(|event| self.sketch(lane, event, &scale)).collect();
        let items: Vec<_> = sketched.iter().map(|event| self.item(event)).collect();
        let places = pack_by_importance(&items, shape.rows, |at| places_before.get(&sketched[at].event).copied());
        Packed {
            start: self.input.viewport.start_nanos(),
            width: self.input.viewport.width_nanos(),
            span: Some(around.span()),
            sketched,
            places,
        }
    }

    /// The events that the tiles name, most important first.
    fn chosen(&self, lane: LaneId, shape: Shape, around: Viewport) -> Vec<crate::event::EventId> {
        let (index, window) = (self.input.index, self.input.viewport.span());
        let tiles = TILES + lane.0 % TILES;
        // No tile is wider than two of so many parts of the window.
        let each = (shape.rows as f32 * self.body.w / (tiles as f32 / 2.0) / MARK).ceil() as usize;
        if each == 0 {
            return Vec::new();
        }
        let level = index.tiles(window, tiles).next().map_or(0, |tile| tile.level);
        let mut known = HashSet::new();
        let mut all: Vec<(crate::event::EventId, u32)> = Vec::new();
        for tile in index.tiles_of(around.span(), level) {
            let own = self.memory().chosen(lane, tile, each, || index.important(lane, tile, each));
            all.extend(own.iter().filter(|(event, _)| known.insert(*event)));
        }
        all.sort_by_key(|(event, importance)| (std::cmp::Reverse(*importance), *event));
        all.into_iter().map(|(event, _)| event).collect()
    }
}
