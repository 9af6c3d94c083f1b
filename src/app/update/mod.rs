//! Actions applied to the state: the only place that changes it.

mod figure;
mod file;
mod lanes;
mod mapping;
mod show;
mod sight;
mod steady;
mod travel;
mod view;

use super::actions::{Action, EditAction, LanesAction, PanelAction, ShowAction};
use super::dock::{PanelName, Place};
use super::loaded::{Seen, seen};
use super::look::{Ask, SEARCH, Snapshot};
use super::state::{AppState, Dialog, Notice, SEARCHED_AT_ONCE, Views};
use crate::event::{EventId, Showing};
use crate::layout::Viewport;
use crate::task::{Control, Stopped, Task};
use eframe::egui;
use std::sync::Arc;

/// Applies one action, and notes it for undo where it changes what undo brings back.
pub(super) fn apply(state: &mut AppState, action: Action, ctx: &egui::Context) {
    let label = label(&action);
    let before = label.map(|label| (label, state.snapshot()));
    carry_out(state, action, ctx);
    if let Some((label, before)) = before
        && before != state.snapshot()
    {
        state.history.note(label, before);
    }
}

const SEARCH_ENDED: &str = "end of the search";

/// What undo calls an action; `None` where it has nothing to take back.
fn label(action: &Action) -> Option<&'static str> {
    match action {
        // Not one with the typing before it, which it would then take back as a whole.
        Action::Search(text) if text.is_empty() => Some(SEARCH_ENDED),
        Action::Panel(PanelAction::Escape) => Some(SEARCH_ENDED),
        Action::Search(_) => Some(SEARCH),
        // Each click by itself, unlike what is typed.
        Action::Lanes(LanesAction::Toggle(..)) => Some("choice in the legend"),
        Action::Lanes(LanesAction::ColourBy(_) | LanesAction::Palette(_)) => Some("colours"),
        Action::Lanes(LanesAction::SizeBy(_)) => Some("sizes"),
        Action::Lanes(LanesAction::IconsBy(_)) => Some("icons"),
        Action::Lanes(_) => Some("lanes"),
        Action::Show(ShowAction::Account(..)) => Some("choice of account"),
        Action::Show(ShowAction::AllAccounts(_)) => Some("all accounts"),
        Action::Show(ShowAction::WithoutGaps(_)) => Some("gaps"),
        Action::Show(ShowAction::SecondZone(_)) => Some("second zone"),
        Action::Panel(PanelAction::Relations(_)) => Some("relations"),
        Action::Show(ShowAction::Around(_) | ShowAction::CountFrom(_)) => Some("what stands around the lanes"),
        _ => None,
    }
}

fn edit(state: &mut AppState, action: EditAction, ctx: &egui::Context) {
    let now = state.snapshot();
    let other = match action {
        EditAction::Undo => state.history.undo(now),
        EditAction::Redo => state.history.redo(now),
    };
    let Some(Snapshot { choices, ask, lanes, search, around, zero, second_zone, relations, palette }) = other else {
        return;
    };
    // Clocks and "as known on" are settings that undo leaves as they are.
    let Showing { chosen, apart, without_gaps, .. } = ask.showing;
    let showing = Showing { chosen, apart, without_gaps, ..state.ask.showing.clone() };
    state.ask = Ask { showing, ..ask };
    state.lanes = lanes;
    state.search = search;
    state.around = around;
    state.settings.around = state.around.clone();
    state.zero = zero;
    if second_zone != state.settings.second_zone {
        state.settings.second_zone = second_zone;
        state.second = state.settings.second();
    }
    state.settings.relations = relations;
    state.settings.palette = palette;
    state.generation += 1;
    if choices == state.choices {
        refresh(state, ctx);
    } else {
        file::read_under(state, choices, state.history.clone(), ctx);
    }
}

fn carry_out(state: &mut AppState, action: Action, ctx: &egui::Context) {
    match action {
        Action::File(action) => file::apply(state, action, ctx),
        Action::View(action) => view::apply(state, &action, ctx),
        Action::Lanes(action) => lanes::apply(state, action, ctx),
        Action::Edit(action) => edit(state, action, ctx),
        Action::Sight(action) => sight::apply(state, action, ctx),
        Action::Figure(action) => figure::apply(state, action, ctx),
        Action::Panel(action) => panel(state, action, ctx),
        Action::Show(action) => show::apply(state, action, ctx),
        Action::Read(action) => file::read_as(state, action, ctx),
        Action::Mapping(action) => mapping::apply(state, action, ctx),
        Action::Search(text) => search(state, text, ctx),
        Action::Select(event) => state.select(event),
        Action::SelectToo(event) => select_too(state, event),
        Action::SelectAll { events, counts } => {
            if counts {
                let text = "Events that are drawn as counts are not selected; zoom in to select them.".to_owned();
                state.notice = Some(Notice { error: false, text });
            }
            let mut events = events.into_iter();
            state.selected = events.next();
            state.others = events.collect();
        }
        Action::Hover(target) => state.hovered = target,
    }
}

/// Takes what workers have finished.
pub(super) fn tasks(state: &mut AppState, ctx: &egui::Context) {
    file::poll(state, ctx);
    mapping::poll(state);
    figure::poll(state, ctx);
    view::fly(state, ctx);
    sight::poll(state, ctx);
    if let Some(outcome) = state.tasks.search.as_ref().and_then(Task::poll) {
        state.tasks.search = None;
        // It is the last that was asked for: a task that is superseded is dropped.
        match outcome {
            Ok(Ok(seen)) => found(state, seen),
            Ok(Err(stopped)) => state.tell_stopped("The search", &stopped),
            Err(_) => {}
        }
    }
    // A search that was superseded wakes nobody; its successor is looked for.
    if state.tasks.search.is_some() {
        ctx.request_repaint_after(std::time::Duration::from_millis(40));
    }
    gather(state, ctx);
    steady::hold(state, ctx);
}

/// Has the counts of very many lanes gathered beside the window, which until then asks each of them.
pub(super) fn gather(state: &mut AppState, ctx: &egui::Context) {
    let wanted = state.loaded.as_ref().map(|open| &open.index).filter(|index| index.is_to_be_gathered());
    if let Some((index, task)) = &state.tasks.gather {
        let superseded = wanted.is_none_or(|wanted| !Arc::ptr_eq(wanted, index));
        let outcome = task.poll();
        if let Some(Err(_) | Ok(Err(Stopped::Memory(_)))) = &outcome {
            // It would fail again.
            index.give_up_gathering();
        }
        if !superseded && outcome.is_none() {
            return;
        }
        // Dropping the task stops it.
        state.tasks.gather = None;
    }
    if let Some(index) = wanted.filter(|index| index.is_to_be_gathered()).cloned() {
        let (own, wake) = (index.clone(), ctx.clone());
        let task = Task::start_under(
            state.control(),
            "gather",
            move |control| own.gather(control),
            move || wake.request_repaint(),
        );
        state.tasks.gather = Some((index, task));
    }
}

fn panel(state: &mut AppState, action: PanelAction, ctx: &egui::Context) {
    match action {
        PanelAction::Show(name, shown) => state.settings.panels.show(name, shown),
        PanelAction::Toggle(name) => {
            let seen = state.settings.panels.is_seen(name);
            state.settings.panels.show(name, !seen);
        }
        PanelAction::Put(name, place) => state.settings.panels.put(name, place),
        PanelAction::Ledger(tab) => {
            state.ledger = tab;
            state.settings.panels.show(PanelName::Ledger, true);
        }
        PanelAction::FindZone(text) => state.dialog = Some(Dialog::Zones(text)),
        PanelAction::Relations(shown) => {
            state.settings.relations = shown;
            state.generation += 1;
        }
        PanelAction::AskPeriods => {
            let mut periods = state.around.periods.clone();
            if periods.is_empty() {
                periods.push(<(String, String)>::default());
            }
            for at in 0..=periods.len() {
                ctx.data_mut(|data| data.remove::<bool>(egui::Id::unique(("period was there", at))));
            }
            state.dialog = Some(Dialog::Periods(periods));
        }
        PanelAction::Periods(typed) => state.dialog = Some(Dialog::Periods(typed)),
        PanelAction::Smooth(smooth) => state.settings.smooth = smooth,
        PanelAction::Known(shown) => (state.settings.known, state.focus_known) = (shown, shown),
        PanelAction::KnownFocused => state.focus_known = false,
        PanelAction::Palette(text, line) => state.dialog = Some(Dialog::Palette(text, line)),
        PanelAction::Zones => state.dialog = Some(Dialog::Zones(String::new())),
        PanelAction::Keys(shown) => state.dialog = shown.then_some(Dialog::Keys),
        PanelAction::Theme(theme) => {
            state.settings.theme = theme;
            ctx.set_theme(theme);
        }
        PanelAction::FocusSearch => state.focus_search = true,
        PanelAction::Dismiss => state.notice = None,
        PanelAction::Escape => {
            state.flight = None;
            // The topmost first.
            if state.dialog.take().is_none()
                && state.marquee.take().is_none()
                && state.carried.take().is_none()
                && state.notice.take().is_none()
                && !hide_window(state)
                && state.selected.take().is_none()
            {
                search(state, String::new(), ctx);
            }
            if state.selected.is_none() {
                state.others.clear();
            }
        }
    }
    if state.focus_search && !ctx.text_edit_focused() {
        ctx.request_repaint();
    }
}

/// Selects an event beside the others, or takes it out of them.
fn select_too(state: &mut AppState, event: EventId) {
    let mut all = state.selection();
    if let Some(at) = all.iter().position(|own| *own == event) {
        all.remove(at);
    } else {
        all.insert(0, event);
    }
    let mut all = all.into_iter();
    state.selected = all.next();
    state.others = all.collect();
}

/// Hides a panel that lies over the canvas; tells whether there was one.
fn hide_window(state: &mut AppState) -> bool {
    let over = state.settings.panels.at(Place::Apart);
    over.last().map(|name| state.settings.panels.show(*name, false)).is_some()
}

/// Narrows the view to what a search finds.
fn search(state: &mut AppState, text: String, ctx: &egui::Context) {
    state.focus_search = false;
    if text == state.search {
        return;
    }
    state.search = text;
    refresh(state, ctx);
}

/// Makes anew what is seen, as far as it changes: at once, or beside the window where that would be felt.
fn refresh(state: &mut AppState, ctx: &egui::Context) {
    let Some(open) = &state.loaded else { return };
    let shown = open.shown();
    if open.read.event_count() <= SEARCHED_AT_ONCE {
        if let Ok(seen) = seen(&open.read, &state.ask, shown, &state.search, &Control::new()) {
            found(state, seen);
        }
        return;
    }
    let (read, ask, text, wake) = (open.read.clone(), state.ask.clone(), state.search.clone(), ctx.clone());
    // Dropping the task before stops it.
    state.tasks.search = Some(Task::start_under(
        state.control(),
        "search",
        move |control| seen(&read, &ask, shown, &text, control),
        move || wake.request_repaint(),
    ));
}

fn found(state: &mut AppState, seen: Seen) {
    if let Some(open) = &mut state.loaded {
        let before = open.document.table.warp().clone();
        open.take(seen);
        let after = open.document.table.warp();
        // Where the axis leaves out other stretches now, the same time stays in sight.
        if before != *after {
            let truly = before.span_truly(state.viewport.span());
            state.viewport = Viewport::over(after.span_shown(truly));
            (state.flight, state.views) = (None, Views::default());
        }
        state.generation += 1;
        state.hovered = None;
    }
}
