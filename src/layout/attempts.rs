//! How a view is laid out: on a screen at once, on a page at the first size at which all of it has room.

use super::crowd::Shape as CrowdShape;
use super::lanes::{Budget, Fit, Input, Stage, empty, is_wanted};
use super::{Layout, Rect, TimeScale};
use crate::index::LaneId;
use std::cmp::Reverse;

/// Row limits that are tried, most generous first; the last is for pages alone, for a screen scrolls.
const CAPS: [usize; 13] = [60, 40, 28, 20, 15, 12, 9, 7, 5, 4, 3, 2, 1];

/// What becomes of the events of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// Marks with their labels, where they have room.
    Named,
    /// The same in lanes that need few rows, and counts in those that need many.
    Mixed,
    /// Counts over time, and the most important events where there is room beside them.
    Counted,
    /// Marks alone, in rows that are too low for letters.
    Unnamed,
}

/// What is tried on a page, one after the other: rows of this share of their height.
const PAGE_ATTEMPTS: [(f32, Drawn); 16] = [
    (1.0, Drawn::Named),
    (0.85, Drawn::Named),
    (0.7, Drawn::Named),
    (0.58, Drawn::Named),
    (0.48, Drawn::Named),
    (0.42, Drawn::Named),
    (0.7, Drawn::Mixed),
    (0.55, Drawn::Mixed),
    (0.42, Drawn::Mixed),
    (0.34, Drawn::Mixed),
    (TIGHT, Drawn::Mixed),
    (0.7, Drawn::Counted),
    (0.42, Drawn::Counted),
    (0.3, Drawn::Counted),
    // Where counts would name nothing, each event is at least seen.
    (0.34, Drawn::Unnamed),
    (0.24, Drawn::Unnamed),
];

/// Rows that are just as high as their letters, in lanes without air.
const TIGHT: f32 = 0.337;

/// Where not all lanes have room for named marks in rows of this share of their height, they are as low as their rows.
const LOWEST_NAMED: f32 = 0.42;

/// Rows are lowered to this share of their height to find room for labels, and further only for one in so many of them.
const LOWEST_FOR_LABELS: f32 = 0.7;
const MANY: usize = 10;

/// Lays out a view.
#[must_use]
pub fn lay_out(input: &Input<'_>) -> Layout {
    let (attempts, caps): (&[(f32, Drawn)], _) = match input.fit {
        Fit::Scroll => (&PAGE_ATTEMPTS[..1], &CAPS[..CAPS.len() - 1]),
        Fit::Page => (&PAGE_ATTEMPTS, &CAPS[..]),
    };
    let room = input.area.h - input.metrics.axis;
    let wanted: Vec<LaneId> = input.lanes.shown.iter().copied().filter(|lane| is_wanted(input, *lane)).collect();
    let budget = Budget::of(input);
    let (mut best, mut fitting): (Option<Layout>, Option<Layout>) = (None, None);
    for &(ratio, drawn) in attempts {
        let mut stage = stage(input, wanted.len(), room, (ratio, drawn), budget);
        // Of very many lanes it is known at once that the lowest do not fit.
        if drawn == Drawn::Mixed && wanted.len() as f32 * stage.metrics.lane_min > room {
            continue;
        }
        let mut drafts = stage.drafts(&wanted);
        if drawn == Drawn::Mixed && !stage.mix(&mut drafts, room) {
            continue;
        }
        let fits = |cap: &usize| stage.height(&drafts, &Stage::rows(&drafts, *cap)) <= room;
        // Of thousands of lanes it is known at once that no limit makes them fit.
        let cap = caps.last().filter(|least| fits(least)).and_then(|_| caps.iter().copied().find(fits));
        // Scrolling, a few rows a lane are worth more than no scrolling.
        let fits = cap.is_some();
        let mut rows = Stage::rows(&drafts, cap.unwrap_or(if input.fit == Fit::Scroll { 7 } else { 2 }));
        if fits {
            stage.share_spare_room(&drafts, &mut rows, room);
        }
        if fits && input.fit == Fit::Scroll {
            stage.metrics.lane_pad += stage.air(&drafts, &rows, room);
            return stage.finish(&drafts, &rows);
        }
        let layout = stage.finish(&drafts, &rows);
        if !fits {
            // Where some lanes must be left out in any case, the others are worth what they name, if that is most of them.
            let worth = |Layout { tally, lanes_left_out, .. }: &Layout| {
                let most = 2 * tally.labelled >= tally.in_window - tally.hidden;
                (if most { tally.labelled } else { 0 }, Reverse(*lanes_left_out))
            };
            if best.as_ref().is_none_or(|best| worth(&layout) >= worth(best)) {
                best = Some(layout);
            }
            continue;
        }
        // On a page, rows may be a little lower for the sake of labels, and so low that beside counts some events are named.
        let tally = layout.tally;
        let enough = match drawn {
            // Lower than that only where many labels would be without room, and not in a crowd, which has always some.
            Drawn::Named => {
                let few = tally.as_density > 0 || tally.unlabelled * MANY <= tally.labelled + tally.unlabelled;
                tally.unlabelled == 0 || (ratio <= LOWEST_FOR_LABELS && few)
            }
            // Lower rows may name more, and so may the most important events of all lanes.
            Drawn::Mixed => false,
            Drawn::Counted => tally.drawn > 0,
            Drawn::Unnamed => true,
        };
        let worth = |Layout { tally, .. }: &Layout| (tally.labelled, tally.drawn, Reverse(tally.unlabelled));
        if fitting.as_ref().is_none_or(|before| worth(&layout) > worth(before)) {
            fitting = Some(layout);
        }
        if enough {
            break;
        }
    }
    fitting.or(best).unwrap_or_else(|| empty(input))
}

fn stage<'a>(
    input: &'a Input<'a>,
    lanes: usize,
    room: f32,
    (ratio, drawn): (f32, Drawn),
    budget: Budget,
) -> Stage<'a> {
    let area = input.area;
    let mut metrics = input.metrics.with_row(input.metrics.row * ratio);
    if drawn == Drawn::Mixed && ratio < LOWEST_NAMED {
        // Rather a low name of the lane than none of its events.
        metrics.lane_pad = if ratio <= TIGHT { 1.0 } else { metrics.lane_pad };
        metrics.lane_min = metrics.lane_min.min(metrics.row + 2.0 * metrics.lane_pad);
    }
    let body =
        Rect::new(area.x + metrics.header, area.y + metrics.axis, (area.w - metrics.header).max(1.0), room.max(1.0));
    let scale = TimeScale::new(input.viewport, body.x, body.w);
    let dense = matches!(drawn, Drawn::Counted | Drawn::Mixed);
    let crowd = CrowdShape::of(lanes, room, input.fit, metrics.row, metrics.lane_pad, dense);
    let breaks = breaks(input, &scale);
    Stage { input, metrics, body, scale, drawn, budget, crowd, breaks, at_once: input.index.counts_at_once() }
}

/// Where the axis leaves out time, from x to x, with what its edges swing and a little more.
fn breaks(input: &Input<'_>, scale: &TimeScale) -> Vec<(f32, f32)> {
    const CLEAR: f32 = 4.0;
    let warp = input.document.table.warp();
    let x = |point| scale.x(warp.shown(point));
    let gaps = warp.gaps_in(warp.span_truly(input.viewport.span()));
    gaps.map(|gap| (x(gap.start()) - CLEAR, x(gap.end()) + CLEAR)).collect()
}
