//! Rows that stay while one zooms.
//!
//! The axis has levels, each half as wide as the one before; the widest that is whole shows all events. A lane's rows are
//! those of the level that is at least as wide as the window: what has room there has room in every narrower window, so that
//! from one level to the next no mark moves up or down. A level takes over the rows of its neighbour on the way from the
//! whole, and moves only what no longer has room, or what stands in rows that are no longer needed. So rows depend on where
//! one looks and not on how one came there: what one comes back to is what one has seen.

use super::TimeScale;
use super::lanes::Stage;
use super::pack::{Item, pack, pack_around};
use super::whole::Sketched;
use crate::event::EventId;
use crate::index::LaneId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// More rows than this in a lane make it a crowd.
const MOST_ROWS: usize = 60;

/// A level of the axis: 0 is the whole, each further one half as wide, and each before it twice as wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Level(i32);

/// No window is wider than the whole by so many doublings.
const FARTHEST: i32 = 100;

impl Level {
    /// The narrowest level that is as wide as a window; both widths in nanoseconds.
    pub(super) fn of(window: i128, whole: i128) -> Self {
        let (window, whole) = (window.max(1), whole.max(1));
        if window > whole {
            let wider = (1..FARTHEST).find(|by| whole.saturating_mul(1 << by) >= window);
            return Self(-wider.unwrap_or(FARTHEST));
        }
        Self((0..126).take_while(|by| whole >> by >= window).last().unwrap_or(0))
    }

    /// Its width in nanoseconds.
    fn width(self, whole: i128) -> i128 {
        let whole = whole.max(1);
        if self.0 < 0 {
            whole.saturating_mul(1 << self.0.abs().min(FARTHEST))
        } else {
            (whole >> self.0.min(126)).max(1)
        }
    }

    /// The one before it on the way from the whole.
    fn before(self) -> Option<Self> {
        (self.0 != 0).then(|| Self(self.0 - self.0.signum()))
    }
}

/// The rows of a lane's events at one width of the window.
pub(super) struct Rows {
    /// In order of their starts.
    pub(super) events: Vec<EventId>,
    items: Vec<Item>,
    /// Rows in which all marks are placed, labels giving way where they must.
    pub(super) least: usize,
    /// Rows in which all labels have room too.
    pub(super) wanted: usize,
    /// Whether it would need more rows than any lane has.
    pub(super) too_tall: bool,
    /// Of the level before.
    before: Option<Rc<Rows>>,
    /// By how many rows there may be.
    settled: RefCell<HashMap<usize, Settled>>,
}

/// How many rows there are, and the first row of each event; `None` where there is none.
type Settled = (usize, Rc<Vec<Option<usize>>>);

impl Rows {
    /// Of events with their items in order of their starts, whose marks alone take `bare` rows.
    fn of(events: Vec<EventId>, items: Vec<Item>, bare: usize, before: Option<Rc<Self>>) -> Self {
        let (rows, fewest) = pack(&items, MOST_ROWS);
        let least = (bare..fewest).find(|rows| is_whole(&pack(&items, *rows).0)).unwrap_or(fewest);
        let mut out =
            Self { events, items, least, wanted: fewest, too_tall: false, before, settled: RefCell::default() };
        // As few rows as there may be without moving what stands in them: sometimes more than the fewest.
        let most = out.before.as_ref().map_or(0, |before| before.wanted);
        let kept = (fewest..=most).find_map(|rows| out.around(rows, most, true).map(|kept| (rows, kept)));
        let settled = kept.map_or((fewest, Rc::new(rows)), |(rows, kept)| (rows, Rc::new(kept)));
        out.wanted = settled.0;
        out.settled.get_mut().insert(out.wanted, settled);
        out
    }

    fn too_tall(before: Option<Rc<Self>>) -> Self {
        Self { too_tall: true, ..Self::of(Vec::new(), Vec::new(), 0, before) }
    }

    /// How many rows of at most so many are used, and the row of each event. One row more may cost an event of several
    /// accounts its place, for labels then stand where it did: as many rows are used as hold all.
    pub(super) fn within(&self, most: usize) -> Settled {
        if let Some(known) = self.settled.borrow().get(&most) {
            return known.clone();
        }
        let all = (self.least..=most).rev().map(|rows| (rows, self.in_fewer(rows))).find(|(_, rows)| is_whole(rows));
        let (count, rows) = all.unwrap_or_else(|| (most, self.in_fewer(most)));
        let new = (count, Rc::new(rows));
        self.settled.borrow_mut().insert(most, new.clone());
        new
    }

    /// The events in fewer rows than are wanted: labels give way.
    fn in_fewer(&self, rows: usize) -> Vec<Option<usize>> {
        let before = self.before.as_ref().map_or(0, |before| rows.min(before.wanted));
        self.around(rows, before, false).unwrap_or_else(|| pack(&self.items, rows).0)
    }

    /// The events in so many rows, each where it stood in `before` rows of the level before.
    fn around(&self, rows: usize, before: usize, all_labels: bool) -> Option<Vec<Option<usize>>> {
        let level = self.before.as_ref()?;
        let (_, settled) = level.within(before);
        let hints: HashMap<EventId, usize> =
            level.events.iter().zip(&*settled).filter_map(|(event, row)| Some((*event, (*row)?))).collect();
        pack_around(&self.items, rows, all_labels, |at| hints.get(&self.events[at]).copied())
    }
}

fn is_whole(rows: &[Option<usize>]) -> bool {
    rows.iter().all(Option::is_some)
}

impl Stage<'_> {
    /// The rows of a lane on a screen: of all its events, at the level of the window.
    pub(super) fn rows_of_level(&self, lane: LaneId) -> Rc<Rows> {
        self.rows_at(lane, Level::of(self.input.viewport.width_nanos(), self.whole))
    }

    fn rows_at(&self, lane: LaneId, level: Level) -> Rc<Rows> {
        let sizes = [self.metrics.font, self.metrics.mark, self.metrics.row, self.body.w].map(f32::to_bits);
        if let Some(known) = self.memory().rows((lane, level), sizes) {
            return known;
        }
        let before = level.before().map(|before| self.rows_at(lane, before));
        let window = self.input.viewport.with_width(level.width(self.whole));
        let scale = TimeScale::new(window, self.body.x, self.body.w);
        let events = self.input.index.lanes()[lane.0].iter().collect();
        let rows = Rc::new(self.in_rows(lane, events, &scale, before).0);
        self.memory().keep_rows((lane, level), sizes, &rows);
        rows
    }

    /// The rows of some events of a lane at a scale, and the events as they are drawn at it.
    pub(super) fn in_rows(
        &self,
        lane: LaneId,
        events: Vec<EventId>,
        scale: &TimeScale,
        before: Option<Rc<Rows>>,
    ) -> (Rows, Vec<Sketched>) {
        // Whether the marks have room at all is told from their edges, before any label is measured.
        let mut bare: Vec<Item> = events.iter().map(|&event| self.bare(event, scale)).collect();
        bare.sort_by(|a, b| a.start.total_cmp(&b.start));
        let (_, rows_bare) = pack(&bare, MOST_ROWS + 1);
        if rows_bare > MOST_ROWS {
            return (Rows::too_tall(before), Vec::new());
        }
        let with_item = |event| {
            let event = self.sketch(lane, event, scale);
            (self.item(&event), event)
        };
        let mut both: Vec<(Item, Sketched)> = events.into_iter().map(with_item).collect();
        both.sort_by(|a, b| a.0.start.total_cmp(&b.0.start));
        let (items, sketched): (Vec<_>, Vec<_>) = both.into_iter().unzip();
        let events = sketched.iter().map(|event| event.event).collect();
        (Rows::of(events, items, rows_bare, before), sketched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_the_narrowest_that_is_as_wide_as_a_window() {
        let of = |window| Level::of(window, 1_000).0;
        assert_eq!([1_000, 999, 501, 500, 251, 250, 1].map(of), [0, 0, 0, 1, 1, 2, 9]);
        assert_eq!([1_001, 2_000, 2_001, i128::MAX].map(of), [-1, -1, -2, -100]);
        for level in [Level(-3), Level(0), Level(5)] {
            assert_eq!(Level::of(level.width(1 << 40), 1 << 40), level);
        }
        assert_eq!(
            (Level(2).before(), Level(-1).before(), Level(0).before()),
            (Some(Level(1)), Some(Level(0)), None)
        );
    }

    /// Dots of a day each, with labels of sixty points, in a window with so many points for a day.
    fn rows(days: &[f64], density: f64, before: Option<Rc<Rows>>) -> Rows {
        let item = |day: &f64| {
            let start = day * density;
            Item { start, mark_start: start, claims: vec![(start + 8.0, start + 68.0)] }
        };
        let items: Vec<Item> = days.iter().map(item).collect();
        let bare =
            items.iter().map(|item| Item { claims: vec![(item.claims[0].0, item.claims[0].0)], ..item.clone() });
        let (_, bare) = pack(&bare.collect::<Vec<_>>(), MOST_ROWS);
        Rows::of((0..days.len() as u32).map(EventId).collect(), items, bare, before)
    }

    #[test]
    fn zooming_in_moves_no_mark_but_those_of_rows_that_are_no_longer_needed() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let (mut used, mut fewest) = (0, 0);
        for _ in 0..40 {
            let mut days: Vec<f64> = (0..60).map(|_| random() * 400.0).collect();
            days.sort_by(f64::total_cmp);
            let mut level = Rc::new(rows(&days, 1.0, None));
            for density in [2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0] {
                let closer = Rc::new(rows(&days, density, Some(level.clone())));
                let ((count, after), (_, before)) = (closer.within(closer.wanted), level.within(level.wanted));
                for (before, after) in before.iter().zip(&*after) {
                    assert!(
                        before == after || before.is_some_and(|row| row >= count),
                        "{before:?} {after:?} of {count}"
                    );
                }
                assert!(is_whole(&after) && count <= level.wanted);
                (used, fewest) = (used + count, fewest + rows(&days, density, None).wanted);
                level = closer;
            }
        }
        assert!(used * 4 < fewest * 5, "{used} rows where {fewest} would do");
    }
}
