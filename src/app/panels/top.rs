//! Menus, search, and messages under them.

use super::{counted, dock};
use crate::app::actions::{Action, Actions, FigureAction, FileAction, PanelAction, ShowAction, ViewAction};
use crate::app::around::Around;
use crate::app::commands::command;
use crate::app::dock::PanelName;
use crate::app::state::{AppState, Dialog, LedgerTab};
use crate::app::switches;
use crate::import::Input;
use crate::index::CountRange;
use crate::paint::colour;
use crate::query::Query;
use crate::task::Task;
use eframe::egui::{self, Align, Button, Frame, Layout, Margin, MenuBar, Panel, ProgressBar, RichText, TextEdit, Ui};

pub(super) fn show(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    MenuBar::new().ui(ui, |ui| {
        menus(ui, state, actions);
        ui.add_space(14.0);
        search(ui, state, actions);
        if let Some(open) = &state.loaded {
            let found = open.events_found();
            let text = if state.search.trim().is_empty() {
                counted(found as u64, "event")
            } else {
                let range = open.mask.count().unwrap_or(CountRange { certain: found, possible: found });
                let range = CountRange { certain: range.certain.min(found), possible: found };
                let found = range.words("event");
                let found = found.trim_end_matches(" event").trim_end_matches(" events");
                format!("{found} of {}", counted(open.placed as u64, "event"))
            };
            let label = ui.label(RichText::new(text).weak());
            let query = Query::parse(&state.search);
            if let (Some(times), Some(range)) = (query.times(), open.mask.count()) {
                let maybe = range.possible - range.certain;
                label.on_hover_text(format!(
                    "{} certainly {times}, {maybe} more possibly (drawn paler)",
                    range.certain
                ));
            }
            if let Some(problem) = query.problem() {
                // What stands at the right must not be covered.
                let words = if ui.available_width() < NARROW { "?" } else { "not all understood" };
                let words = RichText::new(words).strong().color(ui.visuals().warn_fg_color);
                ui.label(words).on_hover_text(format!("Not all was understood: {problem}"));
            }
            let seen = state.last_view().map_or(found, |view| view.layout.tally.in_window);
            if !state.search.trim().is_empty() && seen < found && ui.available_width() > NARROW {
                let tip = "Move the window so that all events found are in it";
                if ui.small_button("Show them all").on_hover_text(tip).clicked() {
                    actions.push(Action::View(ViewAction::ToFound));
                }
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            themes(ui, state, actions);
            let shown = state.settings.panels.is_seen(PanelName::Details);
            if ui.button(if shown { "Hide details" } else { "Show details" }).clicked() {
                actions.push(Action::Panel(PanelAction::Show(PanelName::Details, !shown)));
            }
        });
    });
}

/// With less room than this beside the search, only what stands at the right is shown whole, in points.
const NARROW: f32 = 350.0;

fn menus(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let open = state.loaded.is_some();
    ui.menu_button("File", |ui| {
        item(ui, "open", true, actions);
        item(ui, "open-path", true, actions);
        ui.menu_button("Open recent", |ui| recent(ui, state, actions));
        item(ui, "sample", true, actions);
        ui.separator();
        item(ui, "export", open, actions);
        item(ui, "copy-svg", open, actions);
        item(ui, "copy-png", open, actions);
        ui.separator();
        item(ui, "quit", true, actions);
    });
    ui.menu_button("Edit", |ui| {
        let words =
            |verb: &str, what: Option<&str>| what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"));
        let (undo, redo) = (state.history.undo_label(), state.history.redo_label());
        named_item(ui, "undo", &words("Undo", undo), undo.is_some(), actions);
        named_item(ui, "redo", &words("Redo", redo), redo.is_some(), actions);
        ui.separator();
        item(ui, "find", open, actions);
        item(ui, "palette", true, actions);
    });
    ui.menu_button("View", |ui| {
        for id in ["zoom-in", "zoom-out", "fit"] {
            item(ui, id, open, actions);
        }
        item(ui, "to-selection", state.selected.is_some(), actions);
        item(ui, "back", !state.views.back.is_empty(), actions);
        item(ui, "forward", !state.views.forward.is_empty(), actions);
        ui.separator();
        ui.menu_button("Move the window", |ui| {
            for id in ["earlier", "later", "page-earlier", "page-later", "up", "down"] {
                item(ui, id, open, actions);
            }
        });
        ui.menu_button("From event to event", |ui| {
            for id in ["next-event", "previous-event", "lane-above", "lane-below"] {
                item(ui, id, open, actions);
            }
        });
        ui.separator();
        switches::line(ui, "smooth", state, actions);
        switches::line(ui, "relations", state, actions);
        ui.separator();
        for id in ["details", "table", "charts", "ledger"] {
            item(ui, id, open, actions);
        }
        ui.menu_button("Where panels stand", |ui| {
            for name in PanelName::ALL {
                ui.menu_button(name.title(), |ui| dock::places(ui, state, name, actions));
            }
        });
    });
    if let Some(open) = &state.loaded {
        ui.menu_button("Lanes", |ui| super::lanes::menu(ui, state, open, actions));
    }
    ui.menu_button("Time", |ui| times(ui, state, actions));
    ui.menu_button("Help", |ui| item(ui, "keys", true, actions));
}

/// Clocks, what was known when, and how dates are read.
fn times(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let open = state.loaded.is_some();
    item(ui, "zones", true, actions);
    for id in ["known", "accounts", "gaps"] {
        switches::line(ui, id, state, actions);
    }
    ui.separator();
    around(ui, state, open, actions);
    ui.separator();
    item(ui, "columns", open, actions);
    item(ui, "dates", open, actions);
}

/// What stands around the lanes.
fn around(ui: &mut Ui, state: &AppState, open: bool, actions: &mut Actions) {
    for id in ["years", "weekends", "nights", "weeks"] {
        switches::line(ui, id, state, actions);
    }
    ui.menu_button("Fiscal years", |ui| {
        let mut choose = |ui: &mut Ui, fiscal: Option<u8>, words: &str| {
            if ui.radio(state.around.fiscal == fiscal, words).clicked() {
                actions.push(Action::Show(ShowAction::Around(Around { fiscal, ..state.around.clone() })));
            }
        };
        choose(ui, None, "None");
        for month in 1..=12_u8 {
            choose(ui, Some(month), &format!("From {}", crate::time::month_name(month)));
        }
    });
    item(ui, "periods", open, actions);
    switches::line(ui, "count-days", state, actions);
}

/// A command as a line of a menu.
fn item(ui: &mut Ui, id: &str, enabled: bool, actions: &mut Actions) {
    let title = command(id).map_or("", |command| command.title);
    named_item(ui, id, title, enabled, actions);
}

/// The same under another name.
fn named_item(ui: &mut Ui, id: &str, title: &str, enabled: bool, actions: &mut Actions) {
    let Some(command) = command(id) else { return };
    let mut button = Button::new(title);
    if let Some(shortcut) = &command.shortcut {
        button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
    }
    if ui.add_enabled(enabled, button).on_hover_text(command.tip).clicked() {
        actions.push((command.action)());
        ui.close();
    }
}

fn recent(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    if state.settings.recent.is_empty() {
        ui.label(RichText::new("No file was opened yet").weak());
        return;
    }
    for path in &state.settings.recent {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::File(FileAction::Open(vec![Input::Path(path.clone())])));
            ui.close();
        }
    }
    ui.separator();
    if ui.button("Forget these").clicked() {
        actions.push(Action::File(FileAction::ForgetRecent));
        ui.close();
    }
}

fn search(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let mut text = state.search.clone();
    let edit = TextEdit::singleline(&mut text)
        .align(egui::Align2::LEFT_CENTER)
        .margin(Margin::symmetric(8, 3))
        .min_size(egui::vec2(0.0, 26.0))
        .hint_text("Search any text; in:2022-06 for a time")
        .desired_width((ui.available_width() - 440.0).clamp(110.0, 380.0));
    let response = ui.add_enabled(state.loaded.is_some(), edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, state.loaded.is_some(), "Search"));
    if state.focus_search {
        response.request_focus();
        // What is typed next takes the place of what was searched for.
        let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
        let all = egui::text::CCursorRange::two(
            egui::text::CCursor::new(0),
            egui::text::CCursor::new(text.chars().count()),
        );
        edit.cursor.set_char_range(Some(all));
        edit.store(ui.ctx(), response.id);
        actions.push(Action::Search(text.clone()));
    }
    if response.changed() {
        actions.push(Action::Search(text));
    }
    if !state.search.is_empty() && ui.small_button("Clear").clicked() {
        actions.push(Action::Search(String::new()));
    }
}

/// The themes of the window.
pub(in crate::app) const THEMES: [egui::ThemePreference; 3] =
    [egui::ThemePreference::System, egui::ThemePreference::Light, egui::ThemePreference::Dark];

/// What a theme is called.
pub(in crate::app) fn theme_name(theme: egui::ThemePreference) -> &'static str {
    match theme {
        egui::ThemePreference::System => "As the system",
        egui::ThemePreference::Light => "Light",
        egui::ThemePreference::Dark => "Dark",
    }
}

fn themes(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let name = theme_name;
    ui.menu_button(format!("Theme: {}", name(state.settings.theme).to_lowercase()), |ui| {
        for theme in THEMES {
            if ui.radio(state.settings.theme == theme, name(theme)).clicked() {
                actions.push(Action::Panel(PanelAction::Theme(theme)));
                ui.close();
            }
        }
    });
}

/// Progress and messages, between the menus and the canvas.
pub(super) fn messages(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let theme = state.theme(ui.ctx());
    let frame =
        Frame::new().fill(colour(theme.accent.alpha(0.10).over(theme.panel))).inner_margin(Margin::symmetric(12, 6));
    if let Some(task) = &state.tasks.open {
        Panel::top("opening").frame(frame).show(ui, |ui| {
            progress(ui, task, FileAction::Cancel, actions);
        });
    }
    if let Some(task) = &state.tasks.figure {
        Panel::top("drawing").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(task.control().progress().phase);
                if ui.button("Cancel").clicked() {
                    actions.push(Action::Figure(FigureAction::Cancel));
                }
            });
        });
    }
    // The export dialog tells it itself.
    let elsewhere = matches!(state.dialog, Some(Dialog::Export(_) | Dialog::Mapping));
    if let Some(notice) = state.notice.as_ref().filter(|_| !elsewhere) {
        let ground = if notice.error { theme.warning } else { theme.accent };
        let frame = frame.fill(colour(ground.alpha(0.13).over(theme.panel)));
        Panel::top("notice").frame(frame).show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if ui.button("Close").clicked() {
                    actions.push(Action::Panel(PanelAction::Dismiss));
                }
                if notice.error && state.loaded.is_some() && ui.button("Ledger").clicked() {
                    actions.push(Action::Panel(PanelAction::Ledger(LedgerTab::Records)));
                }
                ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
                    ui.add(egui::Label::new(&notice.text).wrap());
                });
            });
        });
    }
}

fn progress<T: Send + 'static>(ui: &mut Ui, task: &Task<T>, cancel: FileAction, actions: &mut Actions) {
    let progress = task.control().progress();
    ui.horizontal(|ui| {
        ui.spinner();
        ui.label(&progress.phase);
        if progress.records > 0 {
            ui.label(RichText::new(counted(progress.records, "record")).weak());
        }
        if let Some(share) = progress.share {
            ui.add(ProgressBar::new(share).desired_width(220.0).show_percentage());
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::File(cancel));
        }
    });
}
