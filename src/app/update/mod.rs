//! Actions applied to the state: the only place that changes it.

mod figure;
mod file;
mod show;
mod view;

use super::actions::{Action, PanelAction};
use super::state::{AppState, Dialog, SEARCHED_AT_ONCE, Seen, seen};
use crate::task::{Control, Task};
use eframe::egui;

/// Applies one action.
pub(super) fn apply(state: &mut AppState, action: Action, ctx: &egui::Context) {
    match action {
        Action::File(action) => file::apply(state, action, ctx),
        Action::View(action) => view::apply(state, &action),
        Action::Figure(action) => figure::apply(state, action, ctx),
        Action::Panel(action) => panel(state, action, ctx),
        Action::Show(action) => show::apply(state, action, ctx),
        Action::Read(action) => file::read_as(state, action, ctx),
        Action::Search(text) => search(state, text, ctx),
        Action::Select(event) => state.selected = event,
        Action::Hover(target) => state.hovered = target,
    }
}

/// Takes what workers have finished.
pub(super) fn tasks(state: &mut AppState, ctx: &egui::Context) {
    file::poll(state, ctx);
    figure::poll(state, ctx);
    if let Some(outcome) = state.tasks.search.as_ref().and_then(Task::poll) {
        state.tasks.search = None;
        if let Ok(Ok((generation, seen))) = outcome
            && generation == state.generation
        {
            found(state, seen);
        }
    }
    // A search that was superseded wakes nobody; its successor is looked for.
    if state.tasks.search.is_some() {
        ctx.request_repaint_after(std::time::Duration::from_millis(40));
    }
}

fn panel(state: &mut AppState, action: PanelAction, ctx: &egui::Context) {
    match action {
        PanelAction::Details(shown) => state.settings.details = shown,
        PanelAction::Ledger(tab) => state.ledger = tab,
        PanelAction::FindZone(text) => state.dialog = Some(Dialog::Zones(text)),
        PanelAction::Known(shown) => state.settings.known = shown,
        PanelAction::Zones => state.dialog = Some(Dialog::Zones(String::new())),
        PanelAction::Keys(shown) => state.dialog = shown.then_some(Dialog::Keys),
        PanelAction::Theme(theme) => {
            state.settings.theme = theme;
            ctx.set_theme(theme);
        }
        PanelAction::FocusSearch => state.focus_search = true,
        PanelAction::Dismiss => state.notice = None,
        PanelAction::Escape => {
            // The topmost first.
            if state.dialog.take().is_none()
                && state.zoom_box.take().is_none()
                && state.notice.take().is_none()
                && state.ledger.take().is_none()
                && state.selected.take().is_none()
            {
                search(state, String::new(), ctx);
            }
        }
    }
    if state.focus_search && !ctx.text_edit_focused() {
        ctx.request_repaint();
    }
}

/// Narrows the view to what a search finds.
fn search(state: &mut AppState, text: String, ctx: &egui::Context) {
    state.focus_search = false;
    if text == state.search {
        return;
    }
    state.search = text;
    refresh(state, false, ctx);
}

/// Makes anew what is seen: at once, or beside the window where that would be felt. `again`: how it is shown changed,
/// not the search alone.
fn refresh(state: &mut AppState, again: bool, ctx: &egui::Context) {
    let Some(open) = &state.loaded else { return };
    // A search that is still under way may have been about to change how events are shown.
    let again = again || state.tasks.search.is_some();
    let shown = (!again).then(|| open.shown());
    if open.read.event_count() <= SEARCHED_AT_ONCE {
        if let Ok(seen) = seen(&open.read, &state.showing, shown, &state.search, &Control::new()) {
            found(state, seen);
        }
        return;
    }
    let (read, showing, text, wake) = (open.read.clone(), state.showing.clone(), state.search.clone(), ctx.clone());
    let generation = state.generation;
    // Dropping the task before stops it.
    state.tasks.search = Some(Task::start(
        "search",
        move |control| seen(&read, &showing, shown, &text, control).map(|seen| (generation, seen)),
        move || wake.request_repaint(),
    ));
}

fn found(state: &mut AppState, seen: Seen) {
    if let Some(open) = &mut state.loaded {
        open.take(seen);
        state.generation += 1;
        state.hovered = None;
    }
}
