//! How events are shown: in whose clock, as known when, which accounts.

use super::refresh;
use crate::app::actions::ShowAction;
use crate::app::around::CountFrom;
use crate::app::state::AppState;
use eframe::egui;

pub(super) fn apply(state: &mut AppState, action: ShowAction, ctx: &egui::Context) {
    match action {
        ShowAction::Zone(name) => {
            state.settings.zone = name;
            state.ask.showing.display = state.settings.display();
        }
        ShowAction::SecondZone(name) => {
            // Nothing but the axis changes.
            state.settings.second_zone = name;
            state.second = state.settings.second();
            state.generation += 1;
            return;
        }
        ShowAction::Around(around) => {
            state.around = around;
            state.settings.around = state.around.clone();
            state.generation += 1;
            return;
        }
        ShowAction::CountFrom(event) => {
            state.zero = event.map(CountFrom::Event);
            state.generation += 1;
            return;
        }
        ShowAction::KnownUntil(until) if state.ask.showing.known_until == until => return,
        ShowAction::KnownUntil(until) => {
            state.ask.showing.known_until = until;
            // What hides events is in sight.
            state.settings.known |= until.is_some();
        }
        ShowAction::WithoutGaps(without) => {
            state.ask.showing.without_gaps = without;
            // What was advised is done.
            state.notice.take_if(|notice| without && !notice.error);
        }
        ShowAction::AllAccounts(apart) => state.ask.showing.apart = apart,
        ShowAction::Account(event, Some(row)) => {
            state.ask.showing.chosen.insert(event, row);
        }
        ShowAction::Account(event, None) => {
            state.ask.showing.chosen.remove(&event);
        }
    }
    refresh(state, ctx);
}
