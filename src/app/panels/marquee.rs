//! Rectangles drawn on the canvas: Shift marks the time to zoom to, Ctrl or Cmd the events to select.

use crate::app::actions::{Action, Actions, ViewAction};
use crate::app::state::{AppState, Marquee};
use crate::app::view::View;
use crate::event::EventId;
use crate::layout::Rect;
use crate::paint::colour;
use crate::scene::{Target, Theme};
use eframe::egui::{self, PointerButton, Pos2, Response, Ui, pos2, vec2};
use std::collections::HashSet;

/// A rectangle smaller than this is a click, in points.
const LEAST: f32 = 6.0;

/// Whether a drag draws a rectangle rather than moves the window.
pub(super) fn drawing(ui: &Ui, state: &AppState) -> bool {
    ui.input(|input| input.modifiers.shift || input.modifiers.command) || state.marquee.is_some()
}

/// Begins, draws and ends the rectangle.
pub(super) fn show(
    ui: &Ui,
    response: &Response,
    state: &AppState,
    (view, origin): (&View, Pos2),
    theme: &Theme,
    actions: &mut Actions,
) {
    let body = view.layout.body;
    let Some(pointer) = response.interact_pointer_pos() else {
        if state.marquee.is_some() {
            actions.push(Action::View(ViewAction::Box(None)));
        }
        return;
    };
    let modifiers = ui.input(|input| input.modifiers);
    let inside = |at: Pos2| {
        let at = at - origin;
        (at.x.clamp(body.x, body.right()), at.y.clamp(body.y, body.bottom()))
    };
    let to = inside(pointer);
    if response.drag_started_by(PointerButton::Primary) && (modifiers.shift || modifiers.command) {
        let from = ui.input(|input| input.pointer.press_origin()).map_or(to, inside);
        actions.push(Action::View(ViewAction::Box(Some(Marquee { from, to, zooms: modifiers.shift }))));
        return;
    }
    let Some(marquee) = state.marquee.map(|own| Marquee { to, ..own }) else { return };
    let (a, b) = (marquee.from, marquee.to);
    let (low, high) = (a.0.min(b.0), a.0.max(b.0));
    if response.drag_stopped() {
        actions.push(Action::View(ViewAction::Box(None)));
        if marquee.zooms && high - low >= LEAST {
            let share = |x: f32| f64::from((x - body.x) / body.w);
            actions.push(Action::View(ViewAction::To(state.viewport.part(share(low), share(high)))));
        } else if !marquee.zooms && (high - low).max((a.1 - b.1).abs()) >= LEAST {
            let rect = Rect::new(low, a.1.min(b.1), high - low, (a.1 - b.1).abs());
            let (events, counts) = touched(view, rect);
            actions.push(Action::SelectAll { events, counts });
        }
        return;
    }
    actions.push(Action::View(ViewAction::Box(Some(marquee))));
    let (top, bottom) = if marquee.zooms { (body.y, body.bottom()) } else { (a.1.min(b.1), a.1.max(b.1)) };
    let corner = |x, y| pos2(origin.x, origin.y) + vec2(x, y);
    let rect = egui::Rect::from_min_max(corner(low, top), corner(high, bottom));
    ui.painter().rect_filled(rect, 2.0, colour(theme.accent.alpha(0.15)));
    ui.painter().rect_stroke(rect, 2.0, egui::Stroke::new(1.0, colour(theme.accent)), egui::StrokeKind::Inside);
}

/// The events of which a mark lies in a rectangle, from left to right, and whether there are counts besides.
fn touched(view: &View, rect: Rect) -> (Vec<EventId>, bool) {
    let mut known = HashSet::new();
    let mut found: Vec<(f32, EventId)> = Vec::new();
    let mut counts = false;
    for hit in view.scene.hits.iter().filter(|hit| !hit.label && hit.rect.overlaps(rect)) {
        match hit.target {
            Target::Event { event, .. } if known.insert(event) => found.push((hit.rect.x, event)),
            Target::Event { .. } => {}
            Target::Density { count, .. } => counts |= count.possible > 0,
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    (found.into_iter().map(|(_, event)| event).collect(), counts)
}
