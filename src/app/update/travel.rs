//! From event to event by keys, and to lanes.

use super::view::{hold, limit};
use crate::app::actions::Travel;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::EventId;
use crate::index::LaneId;

/// Selects another event and moves so that it is seen. Without a selection, the first event of the window is taken.
pub(super) fn travel(state: &mut AppState, travel: Travel) {
    let Some(open) = &state.loaded else { return };
    let arranged = state.arranged(open);
    let shown: Vec<LaneId> =
        arranged.shown.iter().copied().filter(|lane| !open.index.lanes()[lane.0].is_empty()).collect();
    let here = state.selected.and_then(|event| Some((event, place_of(state, open, &shown, event)?)));
    let next = match (here, travel) {
        (None, _) => first_in_window(state, open, &shown),
        (Some((event, at)), Travel::Next) => open.index.neighbour(shown[at], &open.document.table, event, 1),
        (Some((event, at)), Travel::Previous) => open.index.neighbour(shown[at], &open.document.table, event, -1),
        (Some((event, at)), Travel::Up | Travel::Down) => {
            let other = if travel == Travel::Up { at.checked_sub(1) } else { Some(at + 1) };
            let lane = other.and_then(|other| shown.get(other));
            lane.and_then(|lane| open.index.nearest(*lane, open.document.table.extent(event)?))
        }
    };
    if let Some(event) = next {
        show(state, event);
    }
}

/// Selects an event and moves so that it is seen, no further than it needs.
pub(super) fn show(state: &mut AppState, event: EventId) {
    let Some(open) = &state.loaded else { return };
    let arranged = state.arranged(open);
    let shown: Vec<LaneId> =
        arranged.shown.iter().copied().filter(|lane| !open.index.lanes()[lane.0].is_empty()).collect();
    let extent = open.document.table.extent(event);
    let lane = place_of(state, open, &shown, event).map(|at| shown[at]);
    state.select(Some(event));
    state.follow = Some(event);
    if let Some(extent) = extent {
        let window = state.viewport.span();
        if extent.end() <= window.start() || extent.start() >= window.end() {
            let share = (extent.start().as_nanos() - state.viewport.start_nanos()) as f64
                / state.viewport.width_nanos() as f64;
            state.viewport = hold(state.viewport.panned(share - 0.4), limit(state));
        }
    }
    if let Some(lane) = lane {
        to_lane(state, lane);
    }
}

fn first_in_window(state: &AppState, open: &Loaded, shown: &[LaneId]) -> Option<EventId> {
    let window = state.viewport.span();
    shown.iter().find_map(|lane| {
        let events = open.index.events(*lane, window, 2_000).events;
        events.into_iter().find(|event| open.document.table.extent(*event).is_some())
    })
}

/// Where among the shown lanes an event stands; of several, where it was selected before.
fn place_of(state: &AppState, open: &Loaded, shown: &[LaneId], event: EventId) -> Option<usize> {
    let of_view = state.last_view().and_then(|view| {
        let mut lanes = view.layout.lanes.iter();
        lanes.find(|lane| lane.events.iter().any(|own| own.event == event)).map(|lane| lane.id)
    });
    let holds = |lane: &&LaneId| open.index.holds(**lane, &open.document.table, event);
    let lane = of_view.or_else(|| shown.iter().find(holds).copied())?;
    shown.iter().position(|own| *own == lane)
}

/// Scrolls until a lane is in sight, if it is in the picture at all.
pub(super) fn to_lane(state: &mut AppState, lane: LaneId) {
    let Some(view) = state.last_view() else { return };
    let (layout, body) = (&view.layout, view.layout.body);
    let place = layout.lanes.iter().find(|own| own.id == lane).map(|own| (own.y, own.height));
    let place =
        place.or_else(|| layout.places.iter().find(|(own, ..)| *own == lane).map(|(_, y, height)| (*y, *height)));
    let Some((y, height)) = place else { return };
    let most = (layout.content_height - body.h).max(0.0);
    let now = state.scroll.min(most);
    // Lanes that stay at the top are seen anyway, and cover what is scrolled under them.
    if y >= layout.still && (y < now + layout.still || y + height.min(body.h) > now + body.h) {
        state.scroll = (y - layout.still - 8.0).clamp(0.0, most);
    }
}
