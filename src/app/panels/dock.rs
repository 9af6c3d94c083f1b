//! The places beside the canvas where panels stand: at the right, below, or in windows of their own.

use super::{charts, details, ledger, legend, table};
use crate::app::actions::{Action, Actions, PanelAction};
use crate::app::dock::{PanelName, Place};
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::paint::bold;
use eframe::egui::{Frame, Id, Margin, Panel, RichText, Ui, Window, vec2};

/// The panels at the right, outermost of all.
pub(super) fn right(ui: &mut Ui, state: &AppState, open: &Loaded, frame: Frame, actions: &mut Actions) {
    let Some(front) = state.settings.panels.front(Place::Right) else { return };
    let frame = frame.inner_margin(Margin { left: 16, right: 10, top: 12, bottom: 8 });
    // The canvas keeps most of the window.
    let most = (ui.available_width() * 0.5).clamp(240.0, 720.0);
    let usual = (ui.available_width() * 0.3).clamp(250.0, 330.0);
    Panel::right("details").frame(frame).default_size(usual).size_range(240.0..=most).show(ui, |ui| {
        ui.set_max_width(ui.available_width());
        // The details alone need no tab to say what they are.
        if state.settings.panels.at(Place::Right) != [PanelName::Details] {
            tabs(ui, state, Place::Right, front, actions);
        }
        content(ui, state, open, front, actions);
    });
}

/// The panels under the canvas.
pub(super) fn below(ui: &mut Ui, state: &AppState, open: &Loaded, frame: Frame, actions: &mut Actions) {
    let Some(front) = state.settings.panels.front(Place::Below) else { return };
    let frame = frame.inner_margin(Margin { left: 12, right: 0, top: 6, bottom: 6 });
    let most = (ui.available_height() - 240.0).max(150.0);
    Panel::bottom("dock below").frame(frame).default_size(236.0).size_range(150.0..=most).resizable(true).show(
        ui,
        |ui| {
            ui.set_max_width(ui.available_width());
            // Whatever it holds, it stays as high as it was made.
            ui.set_min_height(ui.available_height());
            tabs(ui, state, Place::Below, front, actions);
            content(ui, state, open, front, actions);
        },
    );
}

/// The panels in windows over the canvas.
pub(super) fn apart(ui: &Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    for name in state.settings.panels.at(Place::Apart) {
        let mut shown = true;
        let size = match name {
            PanelName::Details => [360.0, 460.0],
            PanelName::Legend => [300.0, 320.0],
            PanelName::Table | PanelName::Charts | PanelName::Ledger => [820.0, 460.0],
        };
        Window::new(name.title())
            .id(Id::unique(("panel", name.title())))
            .default_pos([170.0, 120.0])
            .open(&mut shown)
            .default_size(size)
            .collapsible(false)
            .show(ui.ctx(), |ui| {
                if matches!(name, PanelName::Table | PanelName::Charts) {
                    ui.horizontal_wrapped(|ui| tools(ui, state, name, actions));
                    ui.separator();
                }
                content(ui, state, open, name, actions);
            });
        if !shown {
            actions.push(Action::Panel(PanelAction::Show(name, false)));
        }
    }
}

/// Narrower than this, what can be done with a panel has a line of its own, in points.
const ONE_LINE: f32 = 760.0;

/// The panels of a place as tabs, and what can be done with the one in front.
fn tabs(ui: &mut Ui, state: &AppState, place: Place, front: PanelName, actions: &mut Actions) {
    let narrow = ui.available_width() < ONE_LINE;
    ui.horizontal_wrapped(|ui| {
        for name in state.settings.panels.at(place) {
            let tab = ui.selectable_label(name == front, bold(name.title()));
            if tab.clicked() {
                actions.push(Action::Panel(PanelAction::Show(name, true)));
            }
            tab.context_menu(|ui| places(ui, state, name, actions));
        }
        if narrow {
            ui.end_row();
        }
        ui.add_space(if narrow { 0.0 } else { 14.0 });
        tools(ui, state, front, actions);
        small(ui);
        if ui
            .button(RichText::new("Hide").small())
            .on_hover_text(format!("Hide the {}", front.title().to_lowercase()))
            .clicked()
        {
            actions.push(Action::Panel(PanelAction::Show(front, false)));
        }
    });
    ui.separator();
}

fn small(ui: &mut Ui) {
    ui.spacing_mut().button_padding = vec2(6.0, 1.0);
    ui.spacing_mut().interact_size.y = 18.0;
}

/// What can be done with a panel.
fn tools(ui: &mut Ui, state: &AppState, name: PanelName, actions: &mut Actions) {
    small(ui);
    match name {
        PanelName::Table => table::tools(ui, state, actions),
        PanelName::Charts => charts::tools(ui, state, actions),
        PanelName::Details | PanelName::Ledger | PanelName::Legend => {}
    }
    ui.menu_button(RichText::new("Move").small(), |ui| places(ui, state, name, actions));
}

/// Where a panel can stand.
pub(super) fn places(ui: &mut Ui, state: &AppState, name: PanelName, actions: &mut Actions) {
    let panels = &state.settings.panels;
    for place in Place::ALL {
        let here = panels.is_shown(name) && panels.place(name) == place;
        if ui.radio(here, format!("Show {}", place.words())).clicked() {
            actions.push(Action::Panel(PanelAction::Put(name, place)));
            ui.close();
        }
    }
    if ui.radio(!panels.is_shown(name), "Hide").clicked() {
        actions.push(Action::Panel(PanelAction::Show(name, false)));
        ui.close();
    }
}

fn content(ui: &mut Ui, state: &AppState, open: &Loaded, name: PanelName, actions: &mut Actions) {
    match name {
        PanelName::Details => details::show(ui, state, open, actions),
        PanelName::Table => table::show(ui, state, open, actions),
        PanelName::Charts => charts::show(ui, state, open, actions),
        PanelName::Ledger => ledger::show(ui, state, open, actions),
        PanelName::Legend => legend::alone(ui, state, open),
    }
}
