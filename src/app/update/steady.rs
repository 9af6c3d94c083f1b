//! Lanes stay where they are on the screen while their heights change, as they do when one zooms or a panel takes room; and
//! what one goes to comes into sight, however high its lane is by then.

use crate::app::state::AppState;
use crate::app::view::Steady;
use crate::event::EventId;
use crate::layout::Layout;
use crate::scene::Target;
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
        let was_seen =
            |event: &EventId| place(&before.layout, *event).is_some_and(|y| seen(&before.layout, scroll, y));
        let hovered = match state.hovered {
            Some(Target::Event { event, .. }) => Some(event).filter(was_seen),
            _ => None,
        };
        let selected = state.selected.filter(was_seen);
        let under_pointer = || {
            let at = ctx.input(|input| input.pointer.hover_pos())?;
            let y = state.under_top(&before.layout, at.y);
            let is_inside = (0.0..before.layout.body.h).contains(&y);
            is_inside.then(|| lane_moved(&before.layout, &now, before.layout.unscrolled(y, scroll))).flatten()
        };
        let top = || lane_moved(&before.layout, &now, scroll + before.layout.still + 1.0);
        let by = |event: Option<EventId>| Some(top_of(&now, event?)? - top_of(&before.layout, event?)?);
        let moved = if state.at_pointer {
            by(hovered).or_else(under_pointer).or(by(selected)).or_else(top)
        } else {
            by(selected).or_else(top)
        };
        // The first lanes stay at the top.
        if scroll > 0.5 {
            scroll += moved.unwrap_or(0.0);
        }
        let kept = if state.at_pointer { hovered } else { selected };
        if let Some(y) = kept.and_then(|event| place(&now, event)).filter(|y| !seen(&now, scroll, *y)) {
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

/// How high an event stands in the unscrolled body, where it is drawn: its first account, in sight or not.
fn top_of(layout: &Layout, event: EventId) -> Option<f32> {
    let mut events = layout.lanes.iter().flat_map(|lane| &lane.events);
    events.find(|own| own.event == event)?.claims.first().map(|claim| claim.y)
}

/// How high the first account of an event in sight stands in the unscrolled body.
fn place(layout: &Layout, event: EventId) -> Option<f32> {
    let mut events = layout.lanes.iter().flat_map(|lane| &lane.events);
    let own = events.find(|own| own.event == event)?;
    let in_sight = own.claims.iter().find(|claim| claim.is_in(layout.body));
    in_sight.or(own.claims.first()).map(|claim| claim.y)
}

/// How far down the lane at a `y` of the unscrolled body has moved; `None` where it is in one of the two alone. What stands in
/// the middle of a lane that grows stays in its middle.
fn lane_moved(before: &Layout, now: &Layout, y: f32) -> Option<f32> {
    let lane = before.lanes.iter().find(|lane| lane.y + lane.height > y)?;
    let own = now.lanes.iter().find(|own| own.id == lane.id)?;
    let share = ((y - lane.y) / lane.height.max(1.0)).clamp(0.0, 1.0);
    Some(own.y - lane.y + (own.height - lane.height) * share)
}

/// The scroll nearest to one at which what stands at `y` is in sight.
fn into_sight(layout: &Layout, scroll: f32, y: f32) -> f32 {
    if y < layout.still {
        return scroll;
    }
    let (least, most) = (y + CLEAR - layout.body.h, y - CLEAR - layout.still);
    if least > most { scroll } else { scroll.clamp(least, most.max(least)).max(0.0) }
}
