//! The ledger: what became of every record, the undated tray, and what columns were taken for.

use super::{counted, dates};
use crate::app::actions::{Action, Actions, MappingAction, PanelAction};
use crate::app::dock::PanelName;
use crate::app::loaded::Loaded;
use crate::app::state::{AppState, LedgerTab};
use crate::event::RowId;
use crate::import::{Diagnostic, FileLedger, Outcome};
use crate::paint::bold;
use crate::text::on_screen;
use eframe::egui::{self, Grid, RichText, ScrollArea, Ui, text::LayoutJob};
use std::collections::HashMap;

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let tab = state.ledger;
    let opened = appears(ui);
    ui.horizontal(|ui| {
        let undated = open.ledger.total(|file| file.undated);
        for (own, title) in [
            (LedgerTab::Records, "Records".to_owned()),
            (LedgerTab::Undated, format!("Undated ({undated})")),
            (LedgerTab::Columns, "Columns".to_owned()),
            (LedgerTab::Dates, "Dates".to_owned()),
        ] {
            let label = ui.selectable_label(tab == own, title);
            // The keyboard goes where one looks.
            if opened && tab == own {
                label.request_focus();
            }
            if label.clicked() {
                actions.push(Action::Panel(PanelAction::Ledger(own)));
            }
        }
    });
    ui.separator();
    match tab {
        LedgerTab::Records => records(ui, open),
        LedgerTab::Undated => undated(ui, state, open, actions),
        LedgerTab::Columns => columns(ui, open, actions),
        LedgerTab::Dates => dates::show(ui, state, open, actions),
    }
}

/// Whether it was not shown a frame ago; a panel that stands there from the beginning is not asked for by anyone.
fn appears(ui: &Ui) -> bool {
    const FIRST_FRAMES: u64 = 10;
    let (id, frame) = (egui::Id::unique("ledger shows"), ui.ctx().cumulative_frame_nr());
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<u64>(id);
        data.insert_temp(id, frame);
        before
    });
    frame > FIRST_FRAMES && before.is_none_or(|before| frame > before + 1)
}

fn records(ui: &mut Ui, open: &Loaded) {
    for file in &open.ledger.files {
        summary(ui, file);
    }
    let lines: Vec<(&str, &Diagnostic)> = open
        .ledger
        .files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(|diagnostic| (file.name.as_str(), diagnostic)))
        .collect();
    ui.separator();
    if lines.is_empty() {
        ui.label(RichText::new("Every record was taken as it was written.").weak());
        return;
    }
    let several = open.ledger.files.len() > 1;
    let height = 72.0;
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, height, lines.len(), |ui, range| {
        for (file, diagnostic) in &lines[range] {
            ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
                ui.set_min_height(height);
                line(ui, several.then_some(*file), diagnostic);
            });
        }
    });
}

fn summary(ui: &mut Ui, file: &FileLedger) {
    ui.label(bold(&file.name));
    ui.label(format!(
        "{}, {}: {} = {} placed + {} undated + {} rejected; {}",
        file.format.name(),
        file.encoding,
        counted(file.records, "record"),
        file.placed,
        file.undated,
        file.rejected,
        counted(file.events, "event")
    ));
    for remark in &file.remarks {
        ui.label(RichText::new(remark).weak());
    }
    if file.more_diagnostics > 0 {
        ui.label(RichText::new(format!("{} more lines are not listed.", file.more_diagnostics)).weak());
    }
}

fn line(ui: &mut Ui, file: Option<&str>, diagnostic: &Diagnostic) {
    let outcome = match diagnostic.outcome {
        Outcome::Rejected => "Rejected",
        Outcome::Undated => "Undated",
        Outcome::Note => "Note",
    };
    let file = file.map(|file| format!("{file}, ")).unwrap_or_default();
    let column = diagnostic.column.as_ref().map(|column| format!(", column {column}")).unwrap_or_default();
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.vertical(|ui| {
        ui.horizontal(|ui| {
            ui.label(bold(outcome));
            ui.label(RichText::new(format!("{file}line {}{column}", diagnostic.line)).weak());
        });
        // What two lines do not hold, a label tells in full under the pointer.
        let mut reason = LayoutJob::single_section(
            on_screen(&diagnostic.reason).into_owned(),
            egui::TextFormat::simple(egui::TextStyle::Body.resolve(ui.style()), ui.visuals().text_color()),
        );
        reason.wrap.max_rows = 2;
        ui.add(egui::Label::new(reason));
        let raw = diagnostic.raw.replace(['\n', '\r'], " ");
        ui.add(egui::Label::new(RichText::new(on_screen(&raw)).weak()).truncate());
    });
}

fn undated(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let table = &open.document.table;
    let rows: Vec<RowId> = (0..table.rows() as u32).map(RowId).filter(|row| table.is_undated(*row)).collect();
    if rows.is_empty() {
        ui.label(RichText::new("Every record that was kept has a date.").weak());
        return;
    }
    let reasons: HashMap<(&str, u64), &str> = open
        .ledger
        .files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(move |own| (file, own)))
        .filter(|(_, own)| own.outcome == Outcome::Undated)
        .map(|(file, own)| ((file.name.as_str(), own.line), own.reason.as_str()))
        .collect();
    ui.label(
        RichText::new("These records are kept, but have no place on the timeline. Click one for its details.").weak(),
    );
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, 22.0, rows.len(), |ui, range| {
        for &row in &rows[range] {
            let title = table.title(row).or_else(|| table.description(row)).unwrap_or("Untitled");
            let written = table.claim(row).written.unwrap_or_default();
            let (file, line) = table.origin(row);
            let why = reasons.get(&(file, line)).copied().unwrap_or(written.as_str());
            let text = format!("line {line}: {title} – {why}").replace(['\n', '\r'], " ");
            let text: String = text.chars().take(400).collect();
            let event = table.event_of(row);
            let button = egui::Button::selectable(state.selected == Some(event), on_screen(&text)).truncate();
            if ui.add(button).clicked() {
                actions.push(Action::Select(Some(event)));
                actions.push(Action::Panel(PanelAction::Show(PanelName::Details, true)));
            }
        }
    });
}

fn columns(ui: &mut Ui, open: &Loaded, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (i, file) in open.ledger.files.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.label(bold(&file.name));
                let tip = "Say which column tells what, and see what comes of it";
                if ui.button("Change columns…").on_hover_text(tip).clicked() {
                    actions.push(Action::Mapping(MappingAction::Ask(i)));
                }
            });
            Grid::new(("columns", i)).num_columns(2).striped(true).spacing([24.0, 4.0]).show(ui, |ui| {
                for column in &file.mapping.columns {
                    ui.label(&column.name);
                    let why = if column.why.is_empty() { String::new() } else { format!(": {}", column.why) };
                    ui.label(format!("{}{why}", column.field.spec().title));
                    ui.end_row();
                }
            });
        }
    });
}
