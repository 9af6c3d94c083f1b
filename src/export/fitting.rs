//! How a page is shared out between lanes and sources: sources give way before a lane does, and take what lanes leave.

use super::figure::{LEAST_BESIDE_SOURCES, Page, SMALL};
use super::sources::{Most, Sources};
use crate::event::RowId;
use crate::layout::{Layout, Rect};
use std::cmp::Reverse;

/// Room that is not needed and given all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Air {
    /// Over and under a lane's rows, in points.
    pub(super) lanes: f32,
    /// The height of rows, as a multiple of the usual one.
    pub(super) rows: f32,
}

impl Air {
    pub(super) const NONE: Self = Self { lanes: 0.0, rows: 1.0 };
}

/// Lanes in what legend and sources leave of a page.
pub(super) struct Fitted {
    /// Lanes and events that are left out or only counted, and how many events are named: less is better.
    loss: ((usize, usize), Reverse<usize>),
    /// What the sources may take.
    pub(super) most: Most,
    area: Rect,
    layout: Layout,
    /// How many sources are listed.
    listed: usize,
}

/// The top of the lanes, the bottom of all over the foot, and the height of legend and caption.
type Room = (f32, f32, f32);

/// The usual size of the letters of sources, in points.
const LARGEST_NOTE: f32 = 10.0;
/// The shares of a page that sources may take, tried one after the other.
const SHARES: [f32; 3] = [0.3, 0.2, 0.13];
/// Heights of rows with arrows between them that are tried, as multiples of the usual one.
const ROWS_APART: [f32; 6] = [3.2, 2.6, 2.2, 1.9, 1.6, 1.35];
/// The most of them where a figure is no higher than its lanes need.
const ROWS_APART_IF_FITTED: f32 = 1.35;
/// More air than this is not put over and under a lane's rows on a page, in points.
const AIR_ON_A_PAGE: f32 = 44.0;

impl Fitted {
    /// Height that the lanes do not need.
    fn spare(&self) -> f32 {
        self.area.h - self.layout.metrics.axis - self.layout.content_height
    }

    /// Whether all of another layout has room here, no smaller than it is.
    fn holds(&self, other: &Layout) -> bool {
        let has_room = other.lanes_left_out == 0 && other.content_height + other.metrics.axis <= self.area.h;
        has_room && other.metrics.mark >= self.layout.metrics.mark
    }
}

impl Page<'_> {
    /// Lanes and the sources of what they show, in smaller letters before a lane has no room.
    pub(super) fn fitted(&self, mut sources: Sources, room: Room) -> (Sources, Fitted) {
        let most = room.1 - room.0 - room.2 - self.input.around.height() - LEAST_BESIDE_SOURCES;
        let tallest = |share: f32| ((room.1 - room.0) * share).min(most).max(SMALL * 2.0);
        let mut letters = LARGEST_NOTE;
        let of = |share: f32, letters: f32| Most { height: tallest(share), letters };
        let mut fitted = self.fit(&sources, room, of(SHARES[0], letters));
        if !sources.is_empty() && fitted.layout.tally.labelled > 0 && fitted.layout.metrics.font < letters {
            // Notes are no larger than what they are of, which may find more room so.
            letters = fitted.layout.metrics.font;
            fitted = self.fit(&sources, room, of(SHARES[0], letters));
        }
        for share in &SHARES[1..] {
            if fitted.loss.0 == (0, 0) {
                break;
            }
            let other = self.fit(&sources, room, of(*share, letters));
            // What sources give up must be of use to the lanes.
            if other.loss < fitted.loss {
                fitted = other;
            }
        }
        if !self.figure.sources {
            return (sources, fitted);
        }
        // Other marks and labels than at first may have found room, and only those are cited and numbered.
        let table = &self.input.document.table;
        for _ in 0..3 {
            let again = Sources::of(&fitted.layout, table);
            if again == sources {
                break;
            }
            (sources, fitted) = (again.clone(), self.fit(&again, room, fitted.most));
        }
        // A number may cost a label its room; each round has fewer of them.
        loop {
            let again = sources.again(&fitted.layout, table);
            if again.labelled() == sources.labelled() {
                break;
            }
            (sources, fitted) = (again.clone(), self.fit(&again, room, fitted.most));
        }
        // Whatever is drawn is listed. What found room when less was listed may lose it, and is listed all the same.
        for _ in 0..8 {
            let Some(all) = sources.completed(&fitted.layout, table) else { break };
            (sources, fitted) = (all.clone(), self.fit(&all, room, fitted.most));
        }
        if sources.count() > fitted.listed && fitted.spare() > SMALL {
            // What the lanes do not need is the sources' again.
            let other = self.fit(&sources, room, Most { height: fitted.most.height + fitted.spare(), letters });
            fitted = if other.loss <= fitted.loss { other } else { fitted };
        }
        (sources, fitted)
    }

    /// The lanes beside sources that take no more than this.
    fn fit(&self, sources: &Sources, (top, bottom, legend): Room, most: Most) -> Fitted {
        let room = self.figure.size.0 - 2.0 * self.margin;
        let (_, height, listed) = sources.draw((0.0, 0.0), room, most, self.theme, self.input.text);
        let below = legend + 14.0 + if sources.is_empty() { 0.0 } else { height + 18.0 };
        let area = Rect::new(self.margin, top, room, (bottom - top - below).max(60.0));
        let layout = self.with_numbers(area, Air::NONE, sources, listed);
        let left_out = (layout.lanes_left_out, layout.tally.hidden + layout.tally.as_density);
        Fitted { loss: (left_out, Reverse(layout.tally.labelled)), most, area, layout, listed }
    }

    /// The same with air between lanes rather than an empty foot, where there is room for it; and between rows, where arrows
    /// are to be followed through them.
    pub(super) fn loosened(&self, fitted: Fitted, sources: &Sources) -> Layout {
        let (mut fitted, mut rows) = (fitted, 1.0);
        if self.input.relations.is_some_and(|relations| !relations.is_empty()) {
            let most = if self.figure.fitted { ROWS_APART_IF_FITTED } else { f32::INFINITY };
            let own = fitted.layout.tally;
            let all_of_it = |layout: &Layout| {
                fitted.holds(layout) && layout.tally.drawn >= own.drawn && layout.tally.labelled >= own.labelled
            };
            let wider = ROWS_APART.into_iter().filter(|rows| *rows <= most).find_map(|rows| {
                let layout = self.with_numbers(fitted.area, Air { rows, ..Air::NONE }, sources, fitted.listed);
                all_of_it(&layout).then_some((layout, rows))
            });
            if let Some((layout, apart)) = wider {
                (fitted.layout, rows) = (layout, apart);
            }
        }
        let (spare, lanes) = (fitted.spare(), fitted.layout.lanes.len());
        if spare <= 8.0 || lanes == 0 || self.figure.fitted {
            return fitted.layout;
        }
        // All of it, or as much as makes nothing smaller.
        let loose = [1.0, 0.6, 0.3].into_iter().find_map(|share| {
            let air = Air { lanes: (spare * share / (2.0 * lanes as f32)).min(AIR_ON_A_PAGE), rows };
            let loose = self.with_numbers(fitted.area, air, sources, fitted.listed);
            fitted.holds(&loose).then_some(loose)
        });
        loose.unwrap_or(fitted.layout)
    }

    /// Lanes whose labels have the numbers of the sources that are listed.
    fn with_numbers(&self, area: Rect, air: Air, sources: &Sources, listed: usize) -> Layout {
        let table = &self.input.document.table;
        let number = |row: RowId| sources.number(table, row, listed).map(|number| number.to_string());
        self.lay_out(area, air, Some(&number))
    }
}
