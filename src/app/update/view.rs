//! What part of time is seen.

use crate::app::actions::ViewAction;
use crate::app::state::{AppState, Loaded};
use crate::layout::Viewport;
use crate::time::{Span, TimePoint};

pub(super) fn apply(state: &mut AppState, action: &ViewAction) {
    let limit = limit(state);
    let held = |viewport: Viewport| hold(viewport, limit);
    match *action {
        ViewAction::Pan(share) => state.viewport = held(state.viewport.panned(share)),
        ViewAction::Zoom { factor, anchor } => state.viewport = held(state.viewport.zoomed(factor, anchor)),
        ViewAction::To(viewport) => state.viewport = held(viewport),
        ViewAction::Fit => {
            if let Some(open) = &state.loaded {
                state.viewport = open.whole();
            }
            state.scroll = 0.0;
        }
        ViewAction::ToEvent(event) => {
            if let Some(extent) = state.loaded.as_ref().and_then(|open| open.document.table.extent(event)) {
                state.viewport = held(around_event(extent, limit));
            }
            state.selected = Some(event);
        }
        ViewAction::ToSelection => {
            if let Some(event) = state.selected {
                apply(state, &ViewAction::ToEvent(event));
            }
        }
        ViewAction::ToFound => {
            if let Some(found) = state.loaded.as_ref().and_then(Loaded::found_extent) {
                state.viewport = held(Viewport::around(found, 0.05));
            }
        }
        ViewAction::Scroll(points) => state.scroll = (state.scroll + points).max(0.0),
        ViewAction::Tall(lane) => {
            if !state.tall.remove(&lane) {
                state.tall.insert(lane);
            }
            state.generation += 1;
        }
        ViewAction::Box(span) => state.zoom_box = span,
    }
}

/// An event with its own length around it, and no less than a few days of context for a single day.
fn around_event(extent: Span, limit: Option<Span>) -> Viewport {
    let inside = |point: TimePoint| match limit {
        // An end that is open leads no further than the document.
        Some(limit) => point.clamp(limit.start(), limit.end()),
        None => point,
    };
    Viewport::around(Span::new(inside(extent.start()), inside(extent.end())), 2.0)
}

/// How far one may look: the document's time and as much again on both sides.
fn limit(state: &AppState) -> Option<Span> {
    state.loaded.as_ref().filter(|open| open.extent.is_some()).map(|open| open.whole().span())
}

fn hold(viewport: Viewport, limit: Option<Span>) -> Viewport {
    let Some(limit) = limit else { return viewport };
    let all = Viewport::around(limit, 1.0);
    if viewport.width_nanos() >= all.width_nanos() {
        return all;
    }
    let (first, last) = (all.span().start().as_nanos(), all.span().end().as_nanos());
    let start = viewport.start_nanos().clamp(first, last - viewport.width_nanos());
    let share = (start - viewport.start_nanos()) as f64 / viewport.width_nanos() as f64;
    if start == viewport.start_nanos() { viewport } else { viewport.panned(share) }
}
