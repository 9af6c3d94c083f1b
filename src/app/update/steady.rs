//! Lanes stay where they are on the screen while their heights change, as they do when one zooms or a panel takes room; and
//! what one goes to comes into sight, however high its lane is by then.

use crate::app::state::AppState;
use crate::app::view::Steady;
use crate::event::EventId;
use crate::layout::{LaneBox, Layout};
use eframe::egui;
use std::rc::Rc;

/// Between what is brought into sight and the edge of the body, in points.
const CLEAR: f32 = 24.0;

/// Scrolls the lanes of the window that is about to be painted so that what is looked at stays.
pub(super) fn hold(state: &mut AppState, ctx: &egui::Context) {
    state.refresh_view(ctx);
    let Some(now) = state.last_view().map(|view| view.layout) else { return };
    let before = state.steady.take().filter(|before| before.generation == state.generation);
    let changed = before.as_ref().is_some_and(|before| !Rc::ptr_eq(&before.layout, &now));
    let mut scroll = state.scroll;
    if let Some(before) = before.filter(|_| changed) {
        let seen = |layout: &Layout, scroll: f32, y: f32| {
            let y = y - if y < layout.still { 0.0 } else { scroll };
            (0.0..=layout.body.h).contains(&y)
        };
        let selected = state.selected.and_then(|event| Some((place(&before.layout, event)?, place(&now, event)?)));
        let selected = selected.filter(|(before_y, _)| seen(&before.layout, scroll, *before_y));
        let moved = match selected {
            Some((before, now)) => now - before,
            None => top(&before.layout, &now, scroll).unwrap_or(0.0),
        };
        // The first lanes stay at the top.
        if scroll > 0.5 {
            scroll += moved;
        }
        if let Some((_, y)) = selected {
            scroll = into_sight(&now, scroll, y);
        }
    }
    if let Some(event) = state.follow {
        scroll = place(&now, event).map_or(scroll, |y| into_sight(&now, scroll, y));
        state.follow = state.flight.is_some().then_some(event);
    }
    let most = (now.content_height - now.body.h).max(0.0);
    // Beyond the last lane it is held where it is drawn.
    if (scroll - state.scroll).abs() > 0.01 {
        state.scroll = scroll.clamp(0.0, most);
        state.refresh_view(ctx);
    }
    let layout = state.last_view().map_or(now, |view| view.layout);
    state.steady = Some(Steady { generation: state.generation, layout });
}

/// How high the first account of an event stands in the unscrolled body, where it is drawn.
fn place(layout: &Layout, event: EventId) -> Option<f32> {
    let mut events = layout.lanes.iter().flat_map(|lane| &lane.events);
    let own = events.find(|own| own.event == event)?;
    let in_sight = own.claims.iter().find(|claim| claim.is_in(layout.body));
    in_sight.or(own.claims.first()).map(|claim| claim.y)
}

/// How far down the lane at the top of what is seen has moved; `None` where it is in one of the two alone.
fn top(before: &Layout, now: &Layout, scroll: f32) -> Option<f32> {
    let is_seen = |lane: &&LaneBox| lane.y >= before.still && lane.y + lane.height > scroll + before.still;
    let lane = before.lanes.iter().find(is_seen)?;
    Some(now.lanes.iter().find(|own| own.id == lane.id)?.y - lane.y)
}

/// The scroll nearest to one at which what stands at `y` is in sight.
fn into_sight(layout: &Layout, scroll: f32, y: f32) -> f32 {
    if y < layout.still {
        return scroll;
    }
    let (least, most) = (y + CLEAR - layout.body.h, y - CLEAR - layout.still);
    if least > most { scroll } else { scroll.clamp(least, most.max(least)).max(0.0) }
}
