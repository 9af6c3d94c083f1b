//! The choice of clocks: the one that the axis shows, and a second one beside it.

use crate::app::actions::{Action, Actions, PanelAction, ShowAction};
use crate::app::state::AppState;
use crate::time::{Zone, now};
use eframe::egui::{self, RichText, ScrollArea, TextEdit, Ui};

pub(super) fn show(ui: &Ui, state: &AppState, typed: &str, actions: &mut Actions) {
    let modal = super::modal(ui, "zones").show(ui.ctx(), |ui| {
        ui.set_width(560.0);
        ui.heading("Time zone");
        let words = "Times that a source gives with an offset are shown by this clock. Dates, and times without an \
            offset, never move.";
        ui.label(RichText::new(words).weak());
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let system = format!("System ({})", Zone::system().name());
            for (name, title) in [("UTC", "UTC"), ("system", system.as_str()), ("event", "Each event's own")] {
                if ui.radio(state.settings.zone == name, title).clicked() {
                    actions.push(Action::Show(ShowAction::Zone(name.to_owned())));
                }
            }
            if !["UTC", "system", "event"].contains(&state.settings.zone.as_str()) {
                let _ = ui.radio(true, &state.settings.zone);
            }
        });
        ui.horizontal(|ui| match state.second {
            None => {
                ui.label(RichText::new("Second axis: none; choose one below").weak());
            }
            Some(zone) => {
                ui.label(format!("Second axis: {}", zone.name()));
                if ui.button("Remove it").clicked() {
                    actions.push(Action::Show(ShowAction::SecondZone(None)));
                }
            }
        });
        ui.add_space(6.0);
        let mut text = typed.to_owned();
        let edit = TextEdit::singleline(&mut text)
            .hint_text("Find a zone: Tokyo, Europe, Samoa")
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a zone"));
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        if response.changed() {
            actions.push(Action::Panel(PanelAction::FindZone(text.clone())));
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if entered {
            // One that is called just so, or the only one of which it is a part.
            let zones = found(&text);
            let exact = zones.iter().find(|zone| zone.name().eq_ignore_ascii_case(text.trim()));
            if let Some(zone) = exact.or(Some(&zones[0]).filter(|_| zones.len() == 1)) {
                actions.push(Action::Show(ShowAction::Zone(zone.name().to_owned())));
            }
        }
        list(ui, &text, actions);
        ui.add_space(6.0);
        ui.button("Close").clicked()
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

/// The zones of whose names a text is a part.
fn found(text: &str) -> Vec<Zone> {
    let wanted = text.trim().to_lowercase().replace(' ', "_");
    Zone::all().filter(|zone| zone.name().to_lowercase().contains(&wanted)).collect()
}

fn list(ui: &mut Ui, text: &str, actions: &mut Actions) {
    let zones = found(text);
    if zones.is_empty() {
        ui.label(RichText::new("No zone of the IANA database is called so.").weak());
        return;
    }
    let instant = now().seconds();
    // Of one height always, so that nothing moves under the pointer while a name is typed.
    let tallest = (ui.ctx().content_rect().height() - 330.0).clamp(120.0, 300.0);
    ScrollArea::vertical().max_height(tallest).auto_shrink([false, false]).show_rows(
        ui,
        24.0,
        zones.len(),
        |ui, range| {
            for zone in &zones[range] {
                ui.horizontal(|ui| {
                    ui.set_min_height(24.0);
                    ui.allocate_ui(egui::vec2(270.0, 22.0), |ui| {
                        ui.set_width(270.0);
                        ui.label(zone.name());
                    });
                    ui.allocate_ui(egui::vec2(76.0, 22.0), |ui| {
                        ui.set_width(76.0);
                        ui.label(RichText::new(offset(zone.offset_at(instant))).weak());
                    });
                    if ui.small_button("Axis").on_hover_text("Show times by this clock").clicked() {
                        actions.push(Action::Show(ShowAction::Zone(zone.name().to_owned())));
                    }
                    if ui.small_button("Second axis").on_hover_text("Show this clock beside the axis").clicked() {
                        actions.push(Action::Show(ShowAction::SecondZone(Some(zone.name().to_owned()))));
                    }
                });
            }
        },
    );
}

/// "UTC+5:30"
fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.abs() / 60;
    if minutes % 60 == 0 {
        format!("UTC{sign}{}", minutes / 60)
    } else {
        format!("UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
    }
}
