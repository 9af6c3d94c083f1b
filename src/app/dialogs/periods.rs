//! Named periods behind the lanes: eras, wars, terms of office.

use crate::app::actions::{Action, Actions, PanelAction, ShowAction};
use crate::app::around::Around;
use crate::app::state::AppState;
use crate::paint::bold;
use crate::scene::Period;
use eframe::egui::{self, Grid, RichText, ScrollArea, TextEdit, Ui};

pub(super) fn show(ui: &Ui, state: &AppState, typed: &[(String, String)], actions: &mut Actions) {
    let modal = super::modal(ui, "periods").show(ui.ctx(), |ui| {
        ui.set_width(560.0);
        ui.heading("Periods");
        let words = "Named stretches of time, shaded behind the lanes of window and figure. Dates are written as people \
            or EDTF write them: 1947/1991, 24 Feb 2022, 2022-02-24/..";
        ui.label(RichText::new(words).weak());
        ui.add_space(6.0);
        let mut draft = typed.to_vec();
        let (mut gone, mut entered) = (None, false);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            Grid::new("periods").num_columns(3).spacing([10.0, 6.0]).show(ui, |ui| {
                ui.label(bold("Name"));
                ui.label(bold("Dates"));
                ui.end_row();
                for (at, (name, dates)) in draft.iter_mut().enumerate() {
                    entered |= line(ui, at, name, dates);
                    if ui.small_button("Remove").clicked() {
                        gone = Some(at);
                    }
                    ui.end_row();
                }
            });
        });
        if let Some(at) = gone {
            draft.remove(at);
        }
        ui.horizontal(|ui| {
            if ui.button("Add a period").clicked() {
                draft.push(<(String, String)>::default());
            }
            if let Some(own) = selected(state)
                && ui.button("Add the selected event’s time").clicked()
            {
                draft.push(own);
            }
        });
        let problem = draft.iter().filter(|own| !is_empty(own)).find_map(|(name, dates)| {
            if name.trim().is_empty() {
                return Some("A period has no name.".to_owned());
            }
            Period::new(name, dates).err().map(|problem| format!("{name}: {problem}"))
        });
        if let Some(problem) = &problem {
            ui.label(RichText::new(problem).color(ui.visuals().warn_fg_color));
        }
        ui.add_space(6.0);
        if draft != typed {
            actions.push(Action::Panel(PanelAction::Periods(draft.clone())));
        }
        ui.horizontal(|ui| {
            let ready = problem.is_none();
            if ui.add_enabled(ready, egui::Button::new("Show them")).clicked() || (entered && ready) {
                let periods = draft.into_iter().filter(|own| !is_empty(own)).collect();
                actions.push(Action::Show(ShowAction::Around(Around { periods, ..state.around.clone() })));
                actions.push(Action::Panel(PanelAction::Escape));
            }
            ui.button("Cancel").clicked()
        })
        .inner
    });
    if modal.inner || modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

fn is_empty((name, dates): &(String, String)) -> bool {
    name.trim().is_empty() && dates.trim().is_empty()
}

/// A period's fields; tells whether Enter was pressed in one.
fn line(ui: &mut Ui, at: usize, name: &mut String, dates: &mut String) -> bool {
    let mut field = |text: &mut String, width: f32, hint: &str, label: &str| {
        let size = egui::vec2(width, ui.spacing().interact_size.y);
        let response = ui.add_sized(size, TextEdit::singleline(text).hint_text(hint));
        let label = format!("{label} of period {}", at + 1);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
        response
    };
    let first = field(name, 200.0, "Cold War", "Name");
    let second = field(dates, 220.0, "1947/1991", "Dates");
    // A new line takes the keyboard, once.
    let key = egui::Id::unique(("period was there", at));
    let there = ui.data(|data| data.get_temp::<bool>(key)).unwrap_or(false);
    if !there && name.is_empty() {
        first.request_focus();
    }
    ui.data_mut(|data| data.insert_temp(key, true));
    (first.lost_focus() || second.lost_focus()) && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The selected event's name and dates.
fn selected(state: &AppState) -> Option<(String, String)> {
    let (open, event) = (state.loaded.as_ref()?, state.selected?);
    let table = &open.document.table;
    let row = table.first_row(event);
    Some((table.title(row).unwrap_or_default().to_owned(), table.edtf(row)?.to_string()))
}
