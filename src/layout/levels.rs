//! Rows that stay while one zooms.
//!
//! The axis has levels, each half as wide as the one before; the widest that is whole shows all of the document. A lane's
//! rows are those of the narrowest level that is as wide as the window: marks that have room there have room in every narrower
//! window, so that none moves up or down until the next level is reached. A level takes over the rows of its neighbour on the
//! way from the whole, and moves only what no longer has room, or what stands in rows that are no longer needed. So rows depend
//! on where one looks and not on how one came there: what one comes back to is what one has seen.

use super::lanes::{Fit, Stage};
use super::pack::{Item, pack, pack_around};
use super::whole::Sketched;
use super::{TimeScale, Viewport};
use crate::event::EventId;
use crate::index::LaneId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// More rows than this in a lane make it a crowd.
const MOST_ROWS: usize = 60;

/// A level of the axis: 0 is the whole, each further one half as wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Level(u8);

/// Closer than this, rows stay as they are: pixels counted from one end of the whole would no longer be exact in a float.
const DEEPEST: u8 = 36;
/// Rows are worked out for widths that are multiples of this, in points, so that they need not be while a window is made
/// wider.
const STEP: f32 = 64.0;

impl Level {
    /// The narrowest level that is as wide as a window; both widths in nanoseconds. `None` where the window is wider than the
    /// whole.
    fn of(window: i128, whole: i128) -> Option<Self> {
        (0..=DEEPEST).take_while(|by| whole >> by >= window).last().map(Self)
    }

    /// Its width in nanoseconds.
    fn width(self, whole: i128) -> i128 {
        (whole >> self.0).max(1)
    }

    /// The one before it on the way from the whole.
    fn before(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }
}

/// The rows of a lane's events at one width of the window.
pub(super) struct Rows {
    /// In order of their starts.
    pub(super) events: Vec<EventId>,
    items: Vec<Item>,
    /// The first row of each event, where each has room for its label too.
    settled: Rc<Vec<Option<usize>>>,
    /// Rows in which all marks are placed, labels giving way where they must.
    pub(super) least: usize,
    /// Rows in which all labels have room too.
    pub(super) wanted: usize,
    /// Whether it would need more rows than any lane has.
    pub(super) too_tall: bool,
    /// Whether it is for a window that is zoomed, and not for a page.
    zooms: bool,
    /// By how many rows there may be, where these are fewer than are wanted.
    fewer: RefCell<HashMap<usize, Settled>>,
}

/// How many rows there are, and the first row of each event; `None` where there is none.
type Settled = (usize, Rc<Vec<Option<usize>>>);

impl Rows {
    /// Of events with their items in order of their starts, whose marks alone take `bare` rows.
    fn of(events: Vec<EventId>, items: Vec<Item>, bare: usize, zooms: bool, before: Option<&Self>) -> Self {
        let (afresh, fewest) = pack(&items, MOST_ROWS);
        let least = (bare..fewest).find(|rows| is_whole(&pack(&items, *rows).0)).unwrap_or(fewest);
        let kept = before.and_then(|before| {
            let own = before.events.iter().zip(&*before.settled);
            let hints: HashMap<EventId, usize> = own.filter_map(|(event, row)| Some((*event, (*row)?))).collect();
            // As few rows as there may be without moving what has room in them: sometimes more than the fewest.
            let most = (before.wanted.max(fewest) + fewest / 4 + 1).min(MOST_ROWS);
            let around = |rows| pack_around(&items, rows, true, |at| hints.get(&events[at]).copied());
            (fewest..=most).find_map(|rows| around(rows).map(|kept| (kept, rows)))
        });
        let (rows, wanted) = kept.unwrap_or((afresh, fewest));
        let (settled, fewer) = (Rc::new(rows), RefCell::default());
        Self { events, items, settled, least, wanted, too_tall: false, zooms, fewer }
    }

    fn too_tall() -> Self {
        Self { too_tall: true, ..Self::of(Vec::new(), Vec::new(), 0, false, None) }
    }

    /// How many rows of at most so many are used, and the row of each event. One row more may cost an event of several
    /// accounts its place, for labels then stand where it did: as many rows are used as hold all.
    pub(super) fn within(&self, most: usize) -> Settled {
        if most >= self.wanted {
            return (self.wanted, self.settled.clone());
        }
        if let Some(known) = self.fewer.borrow().get(&most) {
            return known.clone();
        }
        let all = (self.least..=most).rev().map(|rows| (rows, self.in_fewer(rows))).find(|(_, rows)| is_whole(rows));
        let (count, rows) = all.unwrap_or_else(|| (most, self.in_fewer(most)));
        let new = (count, Rc::new(rows));
        self.fewer.borrow_mut().insert(most, new.clone());
        new
    }

    /// The events in fewer rows than are wanted: labels give way, and in a window all that stands in these rows stays.
    fn in_fewer(&self, rows: usize) -> Vec<Option<usize>> {
        let around = || pack_around(&self.items, rows, false, |at| self.settled[at]);
        self.zooms.then(around).flatten().unwrap_or_else(|| pack(&self.items, rows).0)
    }
}

fn is_whole(rows: &[Option<usize>]) -> bool {
    rows.iter().all(Option::is_some)
}

impl Stage<'_> {
    /// The rows of a lane on a screen: of all its events, at the level of the window. A window that is wider than the whole
    /// has rows of its own, which begin with those of the whole.
    pub(super) fn rows_of_level(&self, lane: LaneId) -> Rc<Rows> {
        let (window, whole) = (self.input.viewport, self.input.whole);
        match Level::of(window.width_nanos(), whole.width_nanos()) {
            Some(level) => self.rows_at(lane, Some(level), whole.with_width(level.width(whole.width_nanos()))),
            None => self.rows_at(lane, None, window),
        }
    }

    fn rows_at(&self, lane: LaneId, level: Option<Level>, window: Viewport) -> Rc<Rows> {
        // Of nearly the same widths the narrowest: what has room there has room in the others.
        let width = (self.body.w / STEP).floor().max(1.0) * STEP;
        let scale = TimeScale::new(window, self.body.x, width);
        let sizes =
            [self.metrics.font, self.metrics.mark, self.metrics.row, scale.density() as f32].map(f32::to_bits);
        if let Some(known) = self.memory().rows((lane, level), sizes) {
            return known;
        }
        let whole = self.input.whole;
        let level_before = level.map_or(Some(Level(0)), Level::before);
        let before = level_before
            .map(|level| self.rows_at(lane, Some(level), whole.with_width(level.width(whole.width_nanos()))));
        let rows = match before {
            // Where all stands in one row already, it stays there however much closer one comes.
            Some(before) if before.wanted <= 1 && level.is_some() && !before.too_tall => before,
            before => {
                let events = self.input.index.lanes()[lane.0].iter().collect();
                Rc::new(self.in_rows(lane, events, &scale, before.as_deref()).0)
            }
        };
        self.memory().keep_rows((lane, level), sizes, &rows);
        rows
    }

    /// The rows of some events of a lane at a scale, and the events as they are drawn at it.
    pub(super) fn in_rows(
        &self,
        lane: LaneId,
        events: Vec<EventId>,
        scale: &TimeScale,
        before: Option<&Rows>,
    ) -> (Rows, Vec<Sketched>) {
        // Whether the marks have room at all is told from their edges, before any label is measured.
        let mut bare: Vec<Item> = events.iter().map(|&event| self.bare(event, scale)).collect();
        bare.sort_by(|a, b| a.start.total_cmp(&b.start));
        let (_, rows_bare) = pack(&bare, MOST_ROWS + 1);
        if rows_bare > MOST_ROWS {
            return (Rows::too_tall(), Vec::new());
        }
        let with_item = |event| {
            let event = self.sketch(lane, event, scale);
            (self.item(&event), event)
        };
        let mut both: Vec<(Item, Sketched)> = events.into_iter().map(with_item).collect();
        both.sort_by(|a, b| a.0.start.total_cmp(&b.0.start));
        let (items, sketched): (Vec<_>, Vec<_>) = both.into_iter().unzip();
        let events = sketched.iter().map(|event| event.event).collect();
        (Rows::of(events, items, rows_bare, self.input.fit == Fit::Scroll, before), sketched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_the_narrowest_that_is_as_wide_as_a_window() {
        let of = |window| Level::of(window, 1_000).map(|level| level.0);
        assert_eq!([1_000, 999, 501, 500, 251, 250, 1].map(of), [0, 0, 0, 1, 1, 2, 9].map(Some));
        assert_eq!((of(1_001), of(i128::MAX)), (None, None));
        for level in [Level(0), Level(5), Level(DEEPEST)] {
            assert_eq!(Level::of(level.width(1 << 80), 1 << 80), Some(level));
        }
        assert_eq!(
            (Level::of(1, 1 << 80), Level(2).before(), Level(0).before()),
            (Some(Level(DEEPEST)), Some(Level(1)), None)
        );
    }

    /// Dots with labels of many lengths, some with several accounts, in a window with so many points for a day.
    fn rows(days: &[f64], density: f64, before: Option<&Rows>) -> Rows {
        let item = |(at, day): (usize, &f64)| {
            let start = day * density;
            let long = start + 8.0 + [40.0, 90.0, 160.0][at % 3];
            Item { start, mark_start: start, claims: vec![(start + 8.0, long); if at % 9 == 4 { 2 } else { 1 }] }
        };
        let items: Vec<Item> = days.iter().enumerate().map(item).collect();
        let mark =
            |item: &Item| Item { claims: item.claims.iter().map(|own| (own.0, own.0)).collect(), ..item.clone() };
        let (_, bare) = pack(&items.iter().map(mark).collect::<Vec<_>>(), MOST_ROWS);
        Rows::of((0..days.len() as u32).map(EventId).collect(), items, bare, true, before)
    }

    fn random_days(seed: &mut u64) -> Vec<f64> {
        let mut random = || {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*seed >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut days: Vec<f64> = (0..60).map(|_| random() * 400.0).collect();
        days.sort_by(f64::total_cmp);
        days
    }

    /// How many marks of random lanes that may have so many rows leave rows that there still are, level by level, of how many;
    /// and how many rows are used where how many would do.
    fn moved(most: usize, densities: &[f64]) -> ((usize, usize), (usize, usize)) {
        let (mut moved, mut used, mut seed) = ((0, 0), (0, 0), 7);
        for _ in 0..40 {
            let days = random_days(&mut seed);
            let mut level = rows(&days, densities[0], None);
            for density in &densities[1..] {
                let next = rows(&days, *density, Some(&level));
                let ((count, after), (_, before)) = (next.within(most), level.within(most));
                assert!(is_whole(&after));
                let stay = before
                    .iter()
                    .zip(&*after)
                    .enumerate()
                    .filter(|(at, (row, _))| row.is_some_and(|row| row + next.items[*at].claims.len() <= count));
                for (_, (before, after)) in stay {
                    moved = (moved.0 + usize::from(before != after), moved.1 + 1);
                }
                used = (used.0 + next.wanted, used.1 + rows(&days, *density, None).wanted);
                level = next;
            }
        }
        (moved, used)
    }

    #[test]
    fn zooming_in_moves_no_mark_but_those_of_rows_that_are_no_longer_needed() {
        let densities = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
        let ((moved, all), (used, fewest)) = moved(MOST_ROWS, &densities);
        assert!(moved == 0 && all > 10_000, "{moved} of {all}");
        assert!(used * 4 < fewest * 5, "{used} rows where {fewest} would do");
    }

    #[test]
    fn marks_in_fewer_rows_than_are_wanted_stay_too() {
        let ((moved, all), _) = moved(9, &[4.0, 8.0, 16.0, 32.0, 64.0]);
        assert!(moved * 12 < all, "{moved} of {all}");
    }
}
