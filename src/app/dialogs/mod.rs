//! Dialogs over the window: a figure's export, a typed path, the list of keys.

mod export;
mod mapping;
mod mapping_parts;
mod palette;
mod periods;
mod zones;

use super::actions::{Action, Actions, FileAction, LanesAction, PanelAction};
use super::commands::COMMANDS;
use super::state::{AppState, Dialog};
use crate::event::Facet;
use crate::import::{Format, Input};
use eframe::egui::{self, Frame, Grid, Id, Key, Margin, Modal, RichText, ScrollArea, TextEdit, Ui};
use std::path::PathBuf;

/// The dialog that is open, if any.
pub(super) fn all(ui: &Ui, state: &AppState, actions: &mut Actions) {
    match &state.dialog {
        None => {}
        Some(Dialog::Keys) => keys(ui, actions),
        Some(Dialog::Zones(typed)) => zones::show(ui, state, typed, actions),
        Some(Dialog::Path(text)) => path(ui, text, actions),
        Some(Dialog::Palette(typed, chosen)) => palette::show(ui, state, typed, *chosen, actions),
        Some(Dialog::Periods(typed)) => periods::show(ui, state, typed, actions),
        Some(Dialog::LaneWords(written)) => lane_words(ui, written, actions),
        Some(Dialog::LaneName(key, name)) => lane_name(ui, key, name, actions),
        Some(Dialog::Mapping) => {
            if let Some(form) = &state.mapping {
                mapping::show(ui, state, form, actions);
            }
        }
        Some(Dialog::Export(form)) => {
            if let Some(open) = &state.loaded {
                export::show(ui, state, open, form, actions);
            }
        }
    }
}

/// A dialog over everything, with air around its content.
fn modal(ui: &Ui, name: &str) -> Modal {
    Modal::new(Id::unique(name)).frame(Frame::popup(ui.style()).inner_margin(Margin::same(18)))
}

fn keys(ui: &Ui, actions: &mut Actions) {
    let closed = modal(ui, "keys").show(ui.ctx(), |ui| {
        ui.heading("Keys and gestures");
        ui.add_space(6.0);
        let tallest = (ui.ctx().content_rect().height() - 170.0).max(120.0);
        ui.set_width((ui.ctx().content_rect().width() - 80.0).min(720.0));
        ScrollArea::vertical().max_height(tallest).auto_shrink([false, true]).show(ui, |ui| {
            ui.scroll_with_delta(egui::vec2(0.0, -scrolled_by_keys(ui, tallest)));
            Grid::new("keys").num_columns(2).striped(true).spacing([24.0, 5.0]).show(ui, |ui| {
                for (gesture, effect) in GESTURES {
                    ui.label(*gesture);
                    ui.label(*effect);
                    ui.end_row();
                }
                for command in COMMANDS {
                    let Some(shortcut) = &command.shortcut else { continue };
                    ui.label(ui.ctx().format_shortcut(shortcut));
                    ui.label(command.tip);
                    ui.end_row();
                }
            });
        });
        ui.add_space(6.0);
        ui.button("Close").clicked()
    });
    if closed.inner || closed.should_close() {
        actions.push(Action::Panel(PanelAction::Keys(false)));
    }
}

/// How far the keys of a list that has no keyboard focus of its own scroll it down, in points.
fn scrolled_by_keys(ui: &Ui, page: f32) -> f32 {
    ui.input(|input| {
        let keys = [
            (Key::ArrowDown, 40.0),
            (Key::ArrowUp, -40.0),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::End, 1e5),
            (Key::Home, -1e5),
        ];
        keys.into_iter().filter(|(key, _)| input.key_pressed(*key)).map(|(_, by)| by).sum()
    })
}

const GESTURES: &[(&str, &str)] = &[
    ("Wheel, pinch", "Zoom at the pointer"),
    ("Drag", "Move in time, and up and down where lanes scroll"),
    ("Shift and drag", "Zoom to the marked time"),
    ("Ctrl and drag, Ctrl and click", "Select several events"),
    ("Drag a lane's name", "Move the lane"),
    ("Tab, Shift and Tab", "From event to event in sight"),
    ("Wheel over lane names, Alt and wheel", "Scroll the lanes"),
    ("Click", "Select an event, or go to the time of a column of counts"),
    ("Double click", "Zoom to an event"),
    ("Right click", "What can be done with an event or a lane"),
];

fn lane_name(ui: &Ui, key: &str, name: &str, actions: &mut Actions) {
    let modal = modal(ui, "lane name").show(ui.ctx(), |ui| {
        ui.set_width(360.0);
        ui.heading("Name of the lane");
        ui.label(RichText::new(format!("It holds “{key}”; an empty name is its own again")).weak());
        let mut typed = name.to_owned();
        let response = ui.add(TextEdit::singleline(&mut typed).hint_text(key).desired_width(f32::INFINITY));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of the lane"));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if response.changed() {
            actions.push(Action::Lanes(LanesAction::TypeName(key.to_owned(), typed.clone())));
        }
        if name.is_empty() && !response.has_focus() && !entered {
            response.request_focus();
        }
        ui.horizontal(|ui| {
            if ui.button("Rename").clicked() || entered {
                actions.push(Action::Lanes(LanesAction::Rename(key.to_owned(), typed.clone())));
            }
            ui.button("Cancel").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

fn lane_words(ui: &Ui, written: &str, actions: &mut Actions) {
    let modal = modal(ui, "lane words").show(ui.ctx(), |ui| {
        ui.set_width(420.0);
        ui.heading("Lanes by words of titles");
        ui.label(
            RichText::new("A lane for each word, separated by |; an event stands in each whose word its title holds")
                .weak(),
        );
        let mut typed = written.to_owned();
        let edit =
            TextEdit::singleline(&mut typed).hint_text("vostok | zapad | joint sea").desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Words of titles"));
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if response.changed() {
            actions.push(Action::Lanes(LanesAction::TypeWords(typed.clone())));
        }
        if written.is_empty() && !response.has_focus() && !entered {
            response.request_focus();
        }
        let facet = Facet::named(&format!("~{typed}"));
        let ready = matches!(facet, Facet::Words(_));
        ui.horizontal(|ui| {
            if ui.add_enabled(ready, egui::Button::new("Make lanes")).clicked() || (entered && ready) {
                actions.push(Action::Lanes(LanesAction::By(vec![facet])));
            }
            ui.button("Cancel").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

fn path(ui: &Ui, text: &str, actions: &mut Actions) {
    let modal = modal(ui, "path").show(ui.ctx(), |ui| {
        ui.set_width(520.0);
        ui.heading("Open path");
        ui.label(RichText::new(format!("The full path of a file: {}", Format::names())).weak());
        let mut typed = text.to_owned();
        let response = ui.add(TextEdit::singleline(&mut typed).desired_width(f32::INFINITY));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path"));
        if response.changed() {
            actions.push(Action::File(FileAction::TypePath(typed.clone())));
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if text.is_empty() && !response.has_focus() && !entered {
            response.request_focus();
        }
        ui.horizontal(|ui| {
            let ready = !typed.trim().is_empty();
            if ui.add_enabled(ready, egui::Button::new("Open")).clicked() || (entered && ready) {
                let path = PathBuf::from(typed.trim());
                actions.push(Action::File(FileAction::Open(vec![Input::Path(path)])));
            }
            ui.button("Cancel").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}
