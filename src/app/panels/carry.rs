//! Lanes carried to another place by their headings.

use super::canvas::Canvas;
use crate::app::actions::{Action, Actions, LanesAction};
use crate::app::state::AppState;
use crate::index::LaneId;
use crate::layout::Rect;
use crate::paint::colour;
use eframe::egui::{CursorIcon, Response, Stroke, Ui, pos2};

/// Whether the pointer was pressed on the headings, so that dragging moves a lane and not the time.
pub(super) fn pressed(ui: &Ui, state: &AppState, body: Rect) -> bool {
    let origin = ui.max_rect().min;
    let on_headings = |at: &eframe::egui::Pos2| at.x < origin.x + body.x && at.y > origin.y + body.y;
    state.carried.is_some() || ui.input(|input| input.pointer.press_origin()).as_ref().is_some_and(on_headings)
}

/// Takes up a lane, shows where it would go, and puts it there.
pub(super) fn show(ui: &Ui, canvas: &Canvas<'_>, response: &Response, actions: &mut Actions) {
    let carry = |key| Action::Lanes(LanesAction::Carry(key));
    let Some(key) = &canvas.state.carried else {
        let origin = ui.input(|input| input.pointer.press_origin()).filter(|_| response.dragged());
        if let Some(lane) = origin.and_then(|at| canvas.heading(at)) {
            actions.push(carry(Some(canvas.key(lane.id))));
        }
        return;
    };
    let (pointer, down) = ui.input(|input| (input.pointer.latest_pos(), input.pointer.any_down()));
    let (body, layout) = (canvas.body(), &canvas.view.layout);
    let scroll = canvas.state.scroll.min(canvas.scrollable);
    let y = pointer.map_or(0.0, |at| layout.unscrolled(at.y - canvas.origin.y - body.y, scroll));
    let lanes = in_order(canvas);
    let next = lanes.iter().find(|(_, top, height)| y < top + height / 2.0);
    let own = |at: Option<usize>| at.and_then(|at| lanes.get(at)).is_some_and(|lane| canvas.key(lane.0) == *key);
    let at = lanes.iter().position(|lane| Some(lane) == next).unwrap_or(lanes.len());
    // Beside itself it stays where it is.
    let moves = !own(Some(at)) && !own(at.checked_sub(1));
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if !down {
        let before = next.map(|lane| canvas.key(lane.0));
        if moves {
            actions.push(Action::Lanes(LanesAction::Put(key.clone(), before)));
        }
        actions.push(carry(None));
        return;
    }
    if let Some((_, top, height)) = lanes.iter().find(|lane| canvas.key(lane.0) == *key) {
        let left = canvas.origin.x;
        let top = canvas.origin.y + top + layout.shift(*top, scroll);
        let rect = eframe::egui::Rect::from_min_max(pos2(left, top), pos2(left + body.x, top + height));
        ui.painter().rect_filled(rect, 0.0, colour(canvas.theme.accent.alpha(0.12)));
    }
    if moves {
        let edge = next.map_or(layout.content_height, |lane| lane.1);
        let y = canvas.origin.y + edge + layout.shift((edge - 1.0).max(0.0), scroll);
        let line = Stroke::new(2.5, colour(canvas.theme.accent));
        ui.painter().hline(canvas.origin.x..=canvas.origin.x + body.right(), y, line);
    }
    // Near an edge the lanes go on.
    let below_top = pointer.map_or(0.0, |at| at.y - canvas.origin.y - body.y);
    let step = if below_top < EDGE { -STEP } else { STEP };
    let wanted = (scroll + step).clamp(0.0, canvas.scrollable);
    if (below_top < EDGE || below_top > body.h - EDGE) && (wanted - scroll).abs() > 0.01 {
        actions.push(Action::View(crate::app::actions::ViewAction::Scroll(wanted - canvas.state.scroll)));
        ui.ctx().request_repaint();
    }
}

/// How near the body's top or bottom the lanes begin to scroll, and how far in a frame, in points.
const EDGE: f32 = 18.0;
const STEP: f32 = 7.0;

/// All lanes that are shown, top to bottom, those out of sight among them, with top and height.
fn in_order(canvas: &Canvas<'_>) -> Vec<(LaneId, f32, f32)> {
    let layout = &canvas.view.layout;
    let seen = layout.lanes.iter().map(|lane| (lane.id, lane.y, lane.height));
    let mut all: Vec<(LaneId, f32, f32)> = seen.chain(layout.places.iter().copied()).collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    all
}
