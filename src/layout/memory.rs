//! What one layout leaves for the next, so that a frame works out only what is new.
//!
//! Nothing in it decides anything but the row that an event of a crowd keeps, and the side of a mark that its label keeps; all
//! else could be worked out again. It belongs to one document under one search: whoever changes these starts with an empty one.

use super::Metrics;
use super::labels::{Sides, Wish};
use super::levels::{Level, Rows};
use super::whole::Packed;
use crate::event::{Claim, EventId, RowId};
use crate::index::{LaneId, Tile};
use crate::time::{Span, When};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// What was worked out for earlier frames.
#[derive(Default)]
pub struct Memory {
    told: RefCell<HashMap<ToldKey, Rc<Vec<Told>>>>,
    tiles: RefCell<HashMap<TileKey, Rc<Chosen>>>,
    packed: RefCell<HashMap<LaneId, (PackKey, Rc<Packed>)>>,
    labels: RefCell<HashMap<LaneId, (Widths, Rc<Sides>)>>,
    rows: RefCell<HashMap<RowsKey, (Sizes, Rc<Rows>)>>,
}

/// A lane at a level; without one, in a window that is wider than the whole.
type RowsKey = (LaneId, Option<Level>);
/// What rows depend on beside the lane: sizes of letters, marks and rows, and how many points a nanosecond has.
type Sizes = [u32; 4];
/// Of a window in nanoseconds, and of the body in points.
pub(super) type Widths = (i128, f32);
/// An event, in a lane that parts accounts, and the size of its labels.
type ToldKey = (EventId, Option<LaneId>, u32);
/// A tile of a lane, and how many events are asked of it.
type TileKey = (LaneId, Tile, usize);

/// Events with their importance.
pub(super) type Chosen = Vec<(EventId, u32)>;

/// What a packing depends on beside the document: width of the window in nanoseconds, width of the body, sizes, rows, and
/// whether marks have labels.
pub(super) type PackKey = (i128, u32, [u32; 3], usize, bool);

/// A claim with all that does not change with the window.
pub(super) struct Told {
    pub(super) rows: Arc<[RowId]>,
    pub(super) claim: Claim,
    pub(super) when: When,
    /// Of a set's members.
    pub(super) windows: Vec<Span>,
    pub(super) wish: Wish,
    /// The same with the event's name, where another account usually tells it: that one may be out of sight.
    pub(super) with_name: Option<Wish>,
    /// How important its event is by a column; 0 without one.
    pub(super) weight: u32,
}

/// More than this is not remembered of one kind.
const MOST: usize = 4_000;
/// Nor more rows of lanes at levels: many lanes have the same ones at many levels.
const MOST_ROWS: usize = 40 * MOST;

impl Memory {
    /// What is told of an event, in a lane that parts accounts, with labels of a size.
    pub(super) fn told(
        &self,
        (event, lane): (EventId, Option<LaneId>),
        metrics: &Metrics,
        make: impl FnOnce() -> Vec<Told>,
    ) -> Rc<Vec<Told>> {
        remembered(&self.told, (event, lane, metrics.font.to_bits()), make)
    }

    /// The most important events of a tile.
    pub(super) fn chosen(&self, lane: LaneId, tile: Tile, limit: usize, make: impl FnOnce() -> Chosen) -> Rc<Chosen> {
        remembered(&self.tiles, (lane, tile, limit), make)
    }

    /// The packing of a lane, if it is of this kind and `serves`.
    pub(super) fn packed(
        &self,
        lane: LaneId,
        key: PackKey,
        serves: impl FnOnce(&Packed) -> bool,
    ) -> Option<Rc<Packed>> {
        let packed = self.packed.borrow();
        packed.get(&lane).filter(|(own, packed)| *own == key && serves(packed)).map(|(_, packed)| packed.clone())
    }

    /// The rows of a lane at a level, if they are for these sizes.
    pub(super) fn rows(&self, at: RowsKey, sizes: Sizes) -> Option<Rc<Rows>> {
        self.rows.borrow().get(&at).filter(|(own, _)| *own == sizes).map(|(_, rows)| rows.clone())
    }

    pub(super) fn keep_rows(&self, at: RowsKey, sizes: Sizes, rows: &Rc<Rows>) {
        let mut all = self.rows.borrow_mut();
        if all.len() >= MOST_ROWS {
            all.clear();
        }
        all.insert(at, (sizes, rows.clone()));
    }

    /// The last packing of a lane, whatever it was for.
    pub(super) fn last_packed(&self, lane: LaneId) -> Option<Rc<Packed>> {
        self.packed.borrow().get(&lane).map(|(_, packed)| packed.clone())
    }

    /// Where the labels of a lane stood, if the window has since been moved or zoomed and not exchanged for another one.
    pub(super) fn labels(&self, lane: LaneId, (width, points): Widths) -> Option<Rc<Sides>> {
        let kept = self.labels.borrow();
        let ((before, points_before), sides) = kept.get(&lane)?;
        let (narrow, wide) = (width.min(*before), width.max(*before));
        let same = wide <= narrow.saturating_mul(2) && (points - points_before).abs() < 1.0;
        same.then(|| sides.clone())
    }

    pub(super) fn keep_labels(&self, lane: LaneId, width: Widths, sides: Sides) {
        self.labels.borrow_mut().insert(lane, (width, Rc::new(sides)));
    }

    pub(super) fn keep_packed(&self, lane: LaneId, key: PackKey, packed: &Rc<Packed>) {
        self.packed.borrow_mut().insert(lane, (key, packed.clone()));
    }
}

fn remembered<K: std::hash::Hash + Eq, V>(
    kept: &RefCell<HashMap<K, Rc<V>>>,
    key: K,
    make: impl FnOnce() -> V,
) -> Rc<V> {
    if let Some(found) = kept.borrow().get(&key) {
        return found.clone();
    }
    let new = Rc::new(make());
    let mut all = kept.borrow_mut();
    if all.len() >= MOST {
        all.clear();
    }
    all.insert(key, new.clone());
    new
}
