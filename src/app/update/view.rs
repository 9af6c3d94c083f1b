//! What part of time is seen.

use super::travel;
use crate::app::actions::ViewAction;
use crate::app::state::{AppState, Loaded};
use crate::layout::Viewport;
use crate::time::{Span, TimePoint};
use std::time::{Duration, Instant};

/// Movements that follow each other sooner than this are one.
const ONE_MOVEMENT: Duration = Duration::from_millis(700);
/// As many windows can be gone back to.
const MOST_BACK: usize = 100;

pub(super) fn apply(state: &mut AppState, action: &ViewAction) {
    let before = state.viewport;
    carry_out(state, action);
    if before != state.viewport && !matches!(action, ViewAction::Back | ViewAction::Forward) {
        let now = Instant::now();
        let same = state.views.moved.is_some_and(|moved| now.duration_since(moved) < ONE_MOVEMENT);
        state.views.moved = Some(now);
        state.views.forward.clear();
        if !same {
            state.views.back.push(before);
            if state.views.back.len() > MOST_BACK {
                state.views.back.remove(0);
            }
        }
    }
}

fn carry_out(state: &mut AppState, action: &ViewAction) {
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
                carry_out(state, &ViewAction::ToEvent(event));
            }
        }
        ViewAction::ToFound => {
            if let Some(found) = state.loaded.as_ref().and_then(Loaded::found_extent) {
                state.viewport = held(Viewport::around(found, 0.05));
            }
        }
        ViewAction::Scroll(points) => state.scroll = (state.scroll + points).max(0.0),
        ViewAction::ToLane(lane) => travel::to_lane(state, lane),
        ViewAction::FitLane(lane) => {
            let extent = state.loaded.as_ref().and_then(|open| open.index.extent_of(lane));
            if let Some(extent) = extent {
                let inside = |point: TimePoint| limit.map_or(point, |limit| point.clamp(limit.start(), limit.end()));
                state.viewport =
                    held(Viewport::around(Span::new(inside(extent.start()), inside(extent.end())), 0.05));
            }
            travel::to_lane(state, lane);
        }
        ViewAction::Show(event) => travel::show(state, event),
        ViewAction::Travel(travel) => travel::travel(state, travel),
        ViewAction::Back => {
            if let Some(before) = state.views.back.pop() {
                state.views.forward.push(std::mem::replace(&mut state.viewport, before));
            }
        }
        ViewAction::Forward => {
            if let Some(after) = state.views.forward.pop() {
                state.views.back.push(std::mem::replace(&mut state.viewport, after));
            }
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
pub(super) fn limit(state: &AppState) -> Option<Span> {
    state.loaded.as_ref().filter(|open| open.extent.is_some()).map(|open| open.whole().span())
}

pub(super) fn hold(viewport: Viewport, limit: Option<Span>) -> Viewport {
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
