//! The status bar: what was read, and what is seen of it.

use super::counted;
use crate::app::actions::{Action, Actions, MappingAction, PanelAction};
use crate::app::state::{AppState, LedgerTab};
use crate::app::view::View;
use crate::paint::Line;
use crate::text::{boxed_words, grouped};
use crate::time::word_short;
use eframe::egui::{Align, Button, Id, Label, Layout, Response, RichText, Role, Sense, TextStyle, Ui, WidgetInfo};
use std::sync::Arc;
use std::time::Duration;

pub(super) fn show(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    ui.horizontal(|ui| {
        let Some(open) = &state.loaded else {
            let words = if state.is_opening() { "Opening…" } else { "Nothing is open" };
            ui.label(RichText::new(words).weak());
            return;
        };
        let ledger = &open.ledger;
        let (records, placed) = (ledger.total(|file| file.records), ledger.total(|file| file.placed));
        let (undated, rejected) = (ledger.total(|file| file.undated), ledger.total(|file| file.rejected));
        let name = shortened(&open.document.name);
        let more = if state.before.is_some() { " (the first records; the rest is being read)" } else { "" };
        let text = format!(
            "{name}{more}: {} = {} placed + {} undated + {} rejected",
            counted(records, "record"),
            grouped(placed as usize),
            grouped(undated as usize),
            grouped(rejected as usize)
        );
        let chosen = match ledger.files.as_slice() {
            [file] if ui.available_width() >= WIDE => Some(file.mapping.clause(open.lanes_by())),
            _ => None,
        };
        // Without room, a sum of one term is said in short.
        let short = placed > 0 && undated + rejected == 0 && ui.available_width() < NARROW;
        let text = if short { format!("{name}{more}: {}, all placed", counted(records, "record")) } else { text };
        // The right side first, so that the left one is cut where there is no room for both.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(view) = state.last_view().filter(|_| open.placed > 0) {
                let words = seen(&view);
                ui.scope(|ui| {
                    ui.set_max_width(ui.available_width() * 0.72);
                    moving(ui, &words).on_hover_text(explained(&view));
                });
            }
            let boxed = state.text.boxed();
            if !boxed.is_empty() {
                let words = RichText::new("Letters without a font").color(ui.visuals().warn_fg_color);
                ui.label(words).on_hover_text(boxed_words(&boxed) + ".");
                ui.label(RichText::new("·").weak());
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let records = ui.add(Button::new(text).frame(false).truncate());
                let records = records.on_hover_cursor(egui::CursorIcon::PointingHand);
                if records.on_hover_text("Open the ledger").clicked() {
                    actions.push(Action::Panel(PanelAction::Ledger(LedgerTab::Records)));
                }
                if let Some(chosen) = chosen {
                    ui.label(RichText::new("·").weak());
                    let columns = ui.add(Button::new(chosen).frame(false).truncate());
                    let columns = columns.on_hover_cursor(egui::CursorIcon::PointingHand);
                    if columns.on_hover_text("Say which column tells what").clicked() {
                        actions.push(Action::Mapping(MappingAction::Ask(0)));
                    }
                }
            });
        });
    });
}

/// A window so wide has room for what was chosen for titles and lanes, in points.
const WIDE: f32 = 1_200.0;

/// A window narrower than this has no room for all that may be said, in points.
const NARROW: f32 = 1_000.0;

/// For so long a text must have rested to be laid out as one, in seconds.
const RESTS: f64 = 0.3;

/// A line of text that changes with every frame while the window moves, and is put together from pieces so long.
fn moving(ui: &mut Ui, words: &str) -> Response {
    let (key, now) = (Id::unique("when the status bar changed"), ui.input(|input| input.time));
    let changed = ui.data_mut(|data| match data.get_temp::<(Arc<str>, f64)>(key) {
        Some((before, changed)) if &*before == words => changed,
        before => {
            // The first text has always rested.
            let changed = before.map_or(f64::NEG_INFINITY, |_| now);
            data.insert_temp::<(Arc<str>, f64)>(key, (words.into(), changed));
            changed
        }
    });
    if now - changed >= RESTS {
        return ui.add(Label::new(words).truncate());
    }
    ui.ctx().request_repaint_after(Duration::from_secs_f64(RESTS));
    let text = Line::within(ui.available_width(), ui.painter(), words, &TextStyle::Body.resolve(ui.style()));
    let (rect, response) = ui.allocate_exact_size(text.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    text.paint(ui.painter(), rect.min, ui.visuals().text_color());
    response
}

/// "20 Apr – 5 Oct 2022 · 31–34 events in the window, 28 drawn".
fn seen(view: &View) -> String {
    let tally = view.layout.tally;
    let window = word_short(view.layout.window());
    let mut parts =
        vec![format!("{window} · {} in the window, {} drawn", tally.events.words("event"), grouped(tally.drawn))];
    for (count, what) in [
        (tally.as_density, "only counted"),
        (tally.elsewhere, "in lanes out of sight"),
        (tally.between, "between their accounts"),
        (tally.put_away, "in hidden lanes"),
        (tally.hidden, "without room"),
        (tally.unlabelled, "unlabelled"),
    ] {
        if count > 0 {
            parts.push(format!("{} {what}", grouped(count)));
        }
    }
    let repeated = tally.in_window.saturating_sub(tally.events.possible);
    if repeated > 0 {
        parts.push(format!("{} of these again in other lanes", grouped(repeated)));
    }
    parts.join(", ")
}

/// What the numbers of [`seen`] mean, as far as they ask for it.
fn explained(view: &View) -> String {
    let tally = view.layout.tally;
    let (certain, possible) = (tally.events.certain, tally.events.possible);
    let mut lines = vec![seen(view)];
    if certain < possible {
        lines.push(format!(
            "{} surely in this time whatever the sources leave open, {} more possibly",
            grouped(certain),
            grouped(possible - certain)
        ));
    }
    for (count, what) in [
        (tally.as_density, "Only counted: in the columns under a lane's marks, which hold all its events"),
        (
            tally.between,
            "Between their accounts: some of their sources put them before this time, some after it, none in it",
        ),
        (tally.unlabelled, "Unlabelled: drawn without a name, for want of room; point at one, or zoom in"),
    ] {
        if count > 0 {
            lines.push(what.to_owned());
        }
    }
    lines.join("\n")
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= 60 {
        return name.to_owned();
    }
    let head: String = name.chars().take(57).collect();
    format!("{head}…")
}
