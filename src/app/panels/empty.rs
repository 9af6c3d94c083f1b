//! What stands where there is nothing to draw: words and a button.

use crate::app::actions::{Action, Actions, PanelAction};
use crate::app::commands::command;
use crate::app::loaded::Loaded;
use crate::app::state::{AppState, LedgerTab};
use crate::import::Format;
use eframe::egui::{RichText, Ui};

/// No file is open.
pub(super) fn nothing_open(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    centred(ui, |ui| {
        if state.is_opening() {
            ui.heading("Opening…");
            return;
        }
        ui.heading("Open a file of dated events");
        ui.label(
            RichText::new(format!("{} with a column of dates. You can also drop files here.", Format::names()))
                .weak(),
        );
        ui.add_space(8.0);
        buttons(ui, &["open", "open-path", "sample"], actions);
    });
}

/// A file is open, but nothing in it has a date.
pub(super) fn nothing_placed(ui: &mut Ui, open: &Loaded, actions: &mut Actions) {
    centred(ui, |ui| {
        let records = open.ledger.total(|file| file.records);
        let (heading, remark) = if records == 0 {
            ("There are no records in this file", "")
        } else {
            (
                "Nothing here has a date that can be read",
                "All records are kept without a date. The ledger tells why, column by column.",
            )
        };
        ui.heading(heading);
        if !remark.is_empty() {
            ui.label(RichText::new(remark).weak());
        }
        for remark in open.ledger.files.iter().flat_map(|file| &file.remarks).take(3) {
            ui.label(RichText::new(remark).weak());
        }
        ui.add_space(8.0);
        if ui.button("Show the ledger").clicked() {
            actions.push(Action::Panel(PanelAction::Ledger(LedgerTab::Records)));
        }
        buttons(ui, &["open", "sample"], actions);
    });
}

fn centred(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let room = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space((room * 0.32).max(20.0));
        content(ui);
    });
}

fn buttons(ui: &mut Ui, ids: &[&str], actions: &mut Actions) {
    for id in ids {
        if let Some(command) = command(id)
            && ui.button(command.title).on_hover_text(command.tip).clicked()
        {
            actions.push((command.action)());
        }
    }
}
