//! "As known on": what sources had published until a day.

use super::counted;
use crate::app::actions::{Action, Actions, PanelAction, ShowAction};
use crate::app::commands::takes_keys;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::time::{CivilDate, SECONDS_PER_DAY, TimePoint, read, word_point};
use eframe::egui::{self, RichText, Slider, Ui};

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let Some(publications) = open.publications else {
        ui.label(RichText::new("No source of this file has a date of publication.").weak());
        if state.focus_known {
            actions.push(Action::Panel(PanelAction::KnownFocused));
        }
        return;
    };
    let day = |point: TimePoint| point.seconds().div_euclid(SECONDS_PER_DAY);
    let (first, last) = (day(publications.start()), day(publications.end()));
    let until = state.ask.showing.known_until;
    // The moment is the end of a day.
    let mut chosen = until.map_or(last, |until| (day(until) - 1).clamp(first, last));
    let before = chosen;
    ui.horizontal(|ui| {
        ui.label("As known on");
        ui.spacing_mut().slider_width = (ui.available_width() - 460.0).clamp(120.0, 900.0);
        let slider = Slider::new(&mut chosen, first..=last)
            .custom_formatter(|day, _| words(day as i64))
            .custom_parser(|text| read(text).ok().map(|reading| day(reading.edtf.when().latest()) as f64 - 1.0));
        let response = ui.add(slider).on_hover_text("Only what sources had published until this day is shown");
        if state.focus_known {
            response.request_focus();
            actions.push(Action::Panel(PanelAction::KnownFocused));
        }
        takes_keys(ui, response.id);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, "As known on"));
        if chosen != before {
            let until = TimePoint::from_seconds((chosen + 1) * SECONDS_PER_DAY);
            actions.push(Action::Show(ShowAction::KnownUntil(Some(until))));
        }
        if ui.add_enabled(until.is_some(), egui::Button::new("All that is known")).clicked() {
            actions.push(Action::Show(ShowAction::KnownUntil(None)));
        }
        if until.is_some() {
            let known = open.document.table.events().filter(|event| open.document.table.extent(*event).is_some());
            let text = format!("{} known", counted(known.count() as u64, "event"));
            let tip = match open.undated_sources {
                0 => "Every account has a date of publication".to_owned(),
                count => format!(
                    "{} without a date of publication: they stay unless they call held what was still to come",
                    counted(count as u64, "account")
                ),
            };
            ui.label(RichText::new(text).weak()).on_hover_text(tip);
        }
    });
}

fn words(day: i64) -> String {
    TimePoint::from_date(CivilDate::from_days_since_epoch(day)).map_or_else(String::new, word_point)
}
