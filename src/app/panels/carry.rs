//! Lanes carried to another place by their headings.

use super::canvas::Canvas;
use super::marquee;
use crate::app::actions::{Action, Actions, Carried, LanesAction, ViewAction};
use crate::app::state::AppState;
use crate::index::LaneId;
use crate::layout::{self, HEAD};
use crate::paint::colour;
use crate::text::{Weight, on_screen};
use eframe::egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Stroke, Ui, pos2, vec2};

/// Whether the pointer was pressed on the headings, so that dragging moves a lane and not the time.
pub(super) fn pressed(ui: &Ui, state: &AppState, body: layout::Rect) -> bool {
    let origin = ui.max_rect().min;
    let on_headings = |at: &Pos2| at.x < origin.x + body.x && at.y > origin.y + body.y;
    state.carried.is_some() || ui.input(|input| input.pointer.press_origin()).as_ref().is_some_and(on_headings)
}

/// Takes up a lane, shows where it would go, and puts it there.
pub(super) fn show(ui: &Ui, canvas: &Canvas<'_>, response: &Response, actions: &mut Actions) {
    let carry = |key| Action::Lanes(LanesAction::Carry(key));
    let Some(carried) = &canvas.state.carried else {
        let taken = response.dragged_by(PointerButton::Primary) && !marquee::drawing(ui, canvas.state);
        let origin = ui.input(|input| input.pointer.press_origin()).filter(|_| taken);
        let under = |at| canvas.heading(at).map(|lane| (lane, false)).or(canvas.head(at).map(|lane| (lane, true)));
        if let Some((lane, whole)) = origin.and_then(under) {
            actions.push(carry(Some(Carried { key: canvas.key(lane.id), whole })));
        }
        return;
    };
    let key = &carried.key;
    // A finger that is lifted is gone with the same frame; where it was is still known.
    let (pointer, down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_down()));
    let Some(pointer) = pointer else {
        actions.push(carry(None));
        return;
    };
    let (body, layout) = (canvas.body(), &canvas.view.layout);
    let scroll = canvas.state.scroll.min(canvas.scrollable);
    let below_top = pointer.y - canvas.origin.y - body.y;
    let lanes = in_order(canvas);
    let place = Place::of(canvas, &lanes, carried, layout.unscrolled(below_top, scroll));
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    if !down {
        if place.moves {
            let before = place.before.map(|at| canvas.key(lanes[at].0));
            actions.push(Action::Lanes(LanesAction::Put(key.clone(), before)));
        }
        actions.push(carry(None));
        return;
    }
    let (left, top) = (canvas.origin.x, canvas.origin.y);
    let clip =
        Rect::from_min_max(pos2(left, top + body.y - LINE), pos2(left + body.right(), top + body.bottom() + LINE));
    let brush = ui.painter().with_clip_rect(clip);
    let own = lanes.iter().find(|lane| canvas.key(lane.0) == *key).map(|lane| lane.0);
    let outer = own.filter(|_| carried.whole).and_then(|own| canvas.outer(own));
    let goes_along = |lane: LaneId| Some(lane) == own || (outer.is_some() && canvas.outer(lane) == outer);
    for (_, y, height) in lanes.iter().filter(|lane| goes_along(lane.0)) {
        let y = top + y + layout.shift(*y, scroll);
        let rect = Rect::from_min_max(pos2(left, y.max(top + body.y)), pos2(left + body.x, y + height));
        brush.rect_filled(rect, 0.0, colour(canvas.theme.accent.alpha(0.12)));
    }
    if place.moves {
        let edge = place.before.map_or(layout.content_height, |at| {
            // Over the name of a divided lane, but for a part that stays inside it.
            let (outer, own) = (canvas.outer(lanes[at].0), own.and_then(|own| canvas.outer(own)));
            let first =
                outer.is_some() && at.checked_sub(1).is_none_or(|before| canvas.outer(lanes[before].0) != outer);
            if first && (carried.whole || own != outer) { lanes[at].1 - HEAD } else { lanes[at].1 }
        });
        let y = top + edge + layout.shift((edge - 1.0).max(0.0), scroll);
        brush.hline(left..=left + body.right(), y, Stroke::new(LINE, colour(canvas.theme.accent)));
    }
    // Its name goes along, for it may be scrolled out of sight.
    let name = outer.map(str::to_owned).or_else(|| own.map(|own| canvas.name(own)));
    let name = name.unwrap_or_else(|| key.clone());
    let words = on_screen(&name).into_owned();
    let galley = ui.painter().layout_no_wrap(words, Weight::SemiBold.font(12.0), colour(canvas.theme.accent.ink()));
    let at = pointer + vec2(14.0, 6.0);
    let pill = Rect::from_min_size(at, galley.size() + vec2(14.0, 8.0));
    ui.painter().rect_filled(pill, 5.0, colour(canvas.theme.accent));
    ui.painter().galley(at + vec2(7.0, 4.0), galley, colour(canvas.theme.accent.ink()));
    // Near an edge the lanes go on.
    let way = if below_top < EDGE { -1.0 } else { 1.0 };
    let wanted = (scroll + way * SPEED * ui.input(|input| input.stable_dt.min(0.1))).clamp(0.0, canvas.scrollable);
    if (below_top < EDGE || below_top > body.h - EDGE) && (wanted - scroll).abs() > 0.01 {
        actions.push(Action::View(ViewAction::Scroll(wanted - canvas.state.scroll)));
        ui.ctx().request_repaint();
    }
}

/// How near the body's top or bottom the lanes begin to scroll, in points, and how fast, in points a second.
const EDGE: f32 = 18.0;
const SPEED: f32 = 420.0;
/// Width of the line where the lane would go.
const LINE: f32 = 2.5;

/// Where a lane would go.
struct Place {
    /// The lane before which it would stand, by its place among those that are shown; `None` after all.
    before: Option<usize>,
    /// Whether it would stand elsewhere than now.
    moves: bool,
}

impl Place {
    /// The place at a `y` of the unscrolled body. The parts of a divided lane stay together: among them a part moves
    /// alone, elsewhere all of them move.
    fn of(canvas: &Canvas<'_>, lanes: &[(LaneId, f32, f32)], carried: &Carried, y: f32) -> Self {
        let outer = |at: usize| canvas.outer(lanes[at].0);
        let own = lanes.iter().position(|lane| canvas.key(lane.0) == carried.key);
        let mut at = lanes.iter().position(|(_, top, height)| y < top + height / 2.0).unwrap_or(lanes.len());
        if let Some(own) = own.filter(|own| outer(*own).is_some()) {
            let group = |at: usize| at < lanes.len() && outer(at) == outer(own);
            // Inside another divided lane: before all of it, or after it where a whole lane is over its lower half.
            let inside = |at: usize| at > 0 && at < lanes.len() && outer(at).is_some() && outer(at) == outer(at - 1);
            if !group(at) && inside(at) {
                let first = (1..=at).rev().find(|at| !inside(*at)).unwrap_or(0);
                let after = (at..lanes.len()).find(|at| !inside(*at)).unwrap_or(lanes.len());
                let (_, top, height) = lanes[after - 1];
                let middle = f32::midpoint(lanes[first].1, top + height);
                at = if carried.whole && y > middle { after } else { first };
            }
        }
        // Beside itself it stays where it is, and so does a whole lane among or beside its parts.
        let own_part =
            |at: usize| carried.whole && own.is_some_and(|own| at < lanes.len() && outer(at) == outer(own));
        let beside = own_part(at) || at.checked_sub(1).is_some_and(own_part);
        let moves = own.is_some_and(|own| at != own && at != own + 1) && !beside;
        Self { before: (at < lanes.len()).then_some(at), moves }
    }
}

/// All lanes that are shown, top to bottom, those out of sight among them, with top and height.
fn in_order(canvas: &Canvas<'_>) -> Vec<(LaneId, f32, f32)> {
    let layout = &canvas.view.layout;
    let seen = layout.lanes.iter().map(|lane| (lane.id, lane.y, lane.height));
    let mut all: Vec<(LaneId, f32, f32)> = seen.chain(layout.places.iter().copied()).collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    all
}
