//! What part of time is seen.

use super::travel;
use crate::app::actions::ViewAction;
use crate::app::loaded::Loaded;
use crate::app::state::{AppState, Flight};
use crate::layout::Viewport;
use crate::time::{Span, TimePoint};
use eframe::egui;
use std::time::{Duration, Instant};

/// Movements that follow each other sooner than this are one.
const ONE_MOVEMENT: Duration = Duration::from_millis(700);
/// As many windows can be gone back to.
const MOST_BACK: usize = 100;

pub(super) fn apply(state: &mut AppState, action: &ViewAction, ctx: &egui::Context) {
    // What follows a movement under way begins where that leads; a hand on the window stops it where it is.
    let seen = state.viewport;
    let by_hand =
        matches!(action, ViewAction::Pan(_) | ViewAction::Zoom { .. } | ViewAction::ZoomBy(_) | ViewAction::Drag(_));
    if let Some(flight) = state.flight.take_if(|_| moves(action))
        && !by_hand
    {
        state.viewport = flight.to;
    }
    if by_hand || matches!(action, ViewAction::Scroll(_)) {
        state.follow = None;
    }
    if moves(action) {
        state.at_pointer = by_hand && !matches!(action, ViewAction::ZoomBy(_));
    }
    let before = state.viewport;
    carry_out(state, action);
    if before != state.viewport && !matches!(action, ViewAction::Back | ViewAction::Forward) {
        note(state, before);
    }
    if state.settings.smooth && !by_hand && moves(action) && seen != state.viewport {
        let (to, begun) = (state.viewport, ctx.input(|input| input.time));
        state.flight = Some(Flight { from: seen, to, begun });
        state.viewport = seen;
        ctx.request_repaint();
    }
}

/// Whether an action may move the window on time.
fn moves(action: &ViewAction) -> bool {
    !matches!(action, ViewAction::Scroll(_) | ViewAction::Box(_) | ViewAction::ToLane(_))
}

/// Keeps the window that was left, for going back.
fn note(state: &mut AppState, before: Viewport) {
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

/// Moves the window along a movement that is under way.
pub(super) fn fly(state: &mut AppState, ctx: &egui::Context) {
    /// In seconds: long enough to be followed, too short to be waited for.
    const LASTS: f64 = 0.25;
    let Some(Flight { from, to, begun }) = state.flight else { return };
    let share = (ctx.input(|input| input.time) - begun) / LASTS;
    if share >= 1.0 {
        state.viewport = to;
        state.flight = None;
        return;
    }
    // Fast first, then slower: where it leads is seen early.
    let eased = 1.0 - (1.0 - share.max(0.0)).powi(3);
    state.viewport = from.towards(to, eased);
    ctx.request_repaint();
}

/// Where the selected event stands in the window, as a share of its width; `None` where it is out of sight.
fn selected_at(state: &AppState) -> Option<f64> {
    let extent = state.loaded.as_ref()?.document.table.extent(state.selected?)?;
    let (from, to) = (extent.start().as_nanos(), extent.end().as_nanos());
    let middle = i128::midpoint(from, to) - state.viewport.start_nanos();
    let share = middle as f64 / state.viewport.width_nanos() as f64;
    (0.0..=1.0).contains(&share).then_some(share)
}

fn carry_out(state: &mut AppState, action: &ViewAction) {
    let limit = limit(state);
    let held = |viewport: Viewport| hold(viewport, limit);
    match *action {
        ViewAction::Pan(share) => state.viewport = held(state.viewport.panned(share)),
        ViewAction::Zoom { factor, anchor } => state.viewport = held(state.viewport.zoomed(factor, anchor)),
        ViewAction::ZoomBy(factor) => {
            let anchor = selected_at(state).unwrap_or(0.5);
            state.viewport = held(state.viewport.zoomed(factor, anchor));
        }
        ViewAction::To(viewport) | ViewAction::Drag(viewport) => state.viewport = held(viewport),
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
            travel::show(state, event);
        }
        ViewAction::ToSelection => match (state.selected, state.others.is_empty()) {
            (Some(event), true) => carry_out(state, &ViewAction::ToEvent(event)),
            (Some(_), false) => {
                let Some(open) = &state.loaded else { return };
                let extents = state.selection().into_iter().filter_map(|event| open.document.table.extent(event));
                if let (Some(all), Some(limit)) = (extents.reduce(Span::union), limit) {
                    let inside = |point: TimePoint| point.clamp(limit.start(), limit.end());
                    let all = Span::new(inside(all.start()), inside(all.end()));
                    state.viewport = held(Viewport::around(all, 0.1));
                }
            }
            (None, _) => {}
        },
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
        ViewAction::Box(span) => state.marquee = span,
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
