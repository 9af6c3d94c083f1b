//! One table of what can be on or off: menus and the palette are both made from it.

use super::actions::{Action, Actions, PanelAction, ShowAction};
use super::around::Around;
use super::state::AppState;
use eframe::egui::{Checkbox, Ui};

/// Something that is on or off.
pub(super) struct Switch {
    /// Its name in code.
    id: &'static str,
    /// Its name in menus.
    pub(super) title: &'static str,
    /// What it does, in a sentence.
    tip: &'static str,
    /// Why it cannot be used, where that needs to be said.
    why_not: Option<&'static str>,
    can: fn(&AppState) -> bool,
    on: fn(&AppState) -> bool,
    set: fn(&AppState, bool) -> Action,
}

impl Switch {
    /// Whether it can be used now.
    pub(super) fn can_be_used(&self, state: &AppState) -> bool {
        (self.can)(state)
    }

    /// Whether it is on.
    pub(super) fn is_on(&self, state: &AppState) -> bool {
        (self.on)(state)
    }

    /// What turns it over.
    pub(super) fn turn(&self, state: &AppState) -> Action {
        (self.set)(state, !self.is_on(state))
    }
}

fn open(state: &AppState) -> bool {
    state.loaded.is_some()
}

fn around(state: &AppState, set: impl FnOnce(&mut Around)) -> Action {
    let mut own = state.around.clone();
    set(&mut own);
    Action::Show(ShowAction::Around(own))
}

/// All switches.
pub(super) const SWITCHES: &[Switch] = &[
    Switch {
        id: "smooth",
        title: "Smooth movement",
        tip: "Glide to where a command leads, so that one sees where it lies",
        why_not: None,
        can: |_| true,
        on: |state| state.settings.smooth,
        set: |_, on| Action::Panel(PanelAction::Smooth(on)),
    },
    Switch {
        id: "relations",
        title: "All relations",
        tip: "Draw the arrows of all events, not of the selected one alone",
        why_not: Some("The file has no column such as relates_to, responds_to or part_of with ids of other events"),
        can: |state| state.loaded.as_ref().is_some_and(|open| !open.relations.is_empty()),
        on: |state| state.settings.relations,
        set: |_, on| Action::Panel(PanelAction::Relations(on)),
    },
    Switch {
        id: "known",
        title: "As known on…",
        tip: "A slider: only what sources had published until a day",
        why_not: None,
        can: open,
        on: |state| state.settings.known,
        set: |_, on| Action::Panel(PanelAction::Known(on)),
    },
    Switch {
        id: "accounts",
        title: "All accounts",
        tip: "Draw also the accounts of an event that agree with a better one",
        why_not: None,
        can: open,
        on: |state| state.ask.showing.apart,
        set: |_, on| Action::Show(ShowAction::AllAccounts(on)),
    },
    Switch {
        id: "gaps",
        title: "Leave out gaps",
        tip: "Give long stretches without events little room, with a visible break",
        why_not: None,
        can: open,
        on: |state| state.ask.showing.without_gaps,
        set: |_, on| Action::Show(ShowAction::WithoutGaps(on)),
    },
    Switch {
        id: "years",
        title: "Years",
        tip: "Shade every other year; where years are too narrow, every other decade or century",
        why_not: None,
        can: open,
        on: |state| state.around.shaded.years,
        set: |state, on| around(state, |own| own.shaded.years = on),
    },
    Switch {
        id: "weekends",
        title: "Weekends",
        tip: "Shade Saturdays and Sundays, where days can be seen",
        why_not: None,
        can: open,
        on: |state| state.around.shaded.weekends,
        set: |state, on| around(state, |own| own.shaded.weekends = on),
    },
    Switch {
        id: "nights",
        title: "Nights",
        tip: "Shade the hours from 20 to 6, where hours can be seen",
        why_not: None,
        can: open,
        on: |state| state.around.shaded.nights,
        set: |state, on| around(state, |own| own.shaded.nights = on),
    },
    Switch {
        id: "weeks",
        title: "Week numbers",
        tip: "A row of the axis with the numbers of weeks (ISO 8601)",
        why_not: None,
        can: open,
        on: |state| state.around.weeks,
        set: |state, on| around(state, |own| own.weeks = on),
    },
    Switch {
        id: "count-days",
        title: "Days from the selected event",
        tip: "A row of the axis with the days before and after the earliest start of the selected event",
        why_not: Some("Select an event first"),
        can: |state| open(state) && (state.zero.is_some() || state.selected.is_some()),
        on: |state| state.zero.is_some(),
        set: |state, on| Action::Show(ShowAction::CountFrom(state.selected.filter(|_| on))),
    },
];

/// A switch as a line of a menu.
pub(super) fn line(ui: &mut Ui, id: &str, state: &AppState, actions: &mut Actions) {
    let found = SWITCHES.iter().find(|switch| switch.id == id);
    debug_assert!(found.is_some(), "no switch is called {id}");
    let Some(switch) = found else { return };
    let mut on = switch.is_on(state);
    let response = ui.add_enabled(switch.can_be_used(state), Checkbox::new(&mut on, switch.title));
    let response = response.on_hover_text(switch.tip).on_disabled_hover_text(switch.why_not.unwrap_or(switch.tip));
    if response.clicked() {
        actions.push(switch.turn(state));
    }
}
