//! The window's panels. Each draws from the state and pushes actions; none changes anything.

mod canvas;
mod carry;
mod chart_key;
mod chart_words;
mod charts;
mod dates;
mod details;
mod dock;
mod empty;
mod known;
mod lanes;
mod ledger;
mod legend;
mod marquee;
mod outside;
mod overview;
mod spoken;
mod status;
mod table;
mod tooltip;
mod top;

pub(in crate::app) use dates::{calendar_choice, zone_choice};
pub(in crate::app) use lanes::{MOST, ORDERS, merged};
pub(in crate::app) use top::{THEMES, theme_name};

use super::actions::Actions;
use super::sight::Sighted;
use super::state::AppState;
use crate::scene::Theme;
use crate::text::{grouped, on_screen};
use eframe::egui::{self, CentralPanel, Frame, Margin, Panel, RichText, Ui};
use std::borrow::Cow;
use std::cmp::Ordering;

/// All panels, outermost first.
pub(super) fn all(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    if state.dialog.is_some() {
        // Nothing under a dialog answers, nor tells in a tooltip over it what it is; it looks as before.
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.disable();
    }
    spoken::first_by_tab(ui, state);
    let theme = state.theme(ui.ctx());
    let panel = Frame::new().fill(crate::paint::colour(theme.panel));
    Panel::top("top")
        .frame(panel.inner_margin(Margin::symmetric(10, 6)))
        .show(ui, |ui| top::show(ui, state, actions));
    top::messages(ui, state, actions);
    Panel::bottom("status")
        .frame(panel.inner_margin(Margin::symmetric(12, 5)))
        .show(ui, |ui| status::show(ui, state, actions));
    let ground = Frame::new().fill(crate::paint::colour(theme.background));
    hovering_files(ui, theme);
    let Some(open) = &state.loaded else {
        CentralPanel::no_frame().frame(ground).show(ui, |ui| empty::nothing_open(ui, state, actions));
        return;
    };
    dock::apart(ui, state, open, actions);
    dock::right(ui, state, open, panel, actions);
    dock::below(ui, state, open, panel, actions);
    if open.placed == 0 {
        CentralPanel::no_frame().frame(ground).show(ui, |ui| empty::nothing_placed(ui, open, actions));
        return;
    }
    Panel::bottom("overview").frame(panel).exact_size(72.0).show(ui, |ui| overview::show(ui, state, open, actions));
    if open.colours.is_some() {
        let frame = panel.inner_margin(Margin::symmetric(12, 4));
        Panel::bottom("colours").frame(frame).show(ui, |ui| lanes::legend(ui, state, open, actions));
    }
    if state.settings.known {
        let frame = panel.inner_margin(Margin::symmetric(12, 5));
        Panel::bottom("known").frame(frame).show(ui, |ui| known::show(ui, state, open, actions));
    }
    CentralPanel::no_frame().frame(ground).show(ui, |ui| canvas::show(ui, state, open, actions));
}

/// Says what dropping would do, while files are held over the window.
fn hovering_files(ui: &Ui, theme: &Theme) {
    if ui.ctx().input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    let rect = ui.ctx().content_rect();
    painter.rect_filled(rect, 0.0, crate::paint::colour(theme.background.alpha(0.85)));
    let font = egui::TextStyle::Heading.resolve(ui.style());
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, "Drop to open", font, crate::paint::colour(theme.text));
}

/// The events in sight for a panel, where there are any; else words in their place.
fn in_sight<'a>(ui: &mut Ui, state: &'a AppState) -> Option<&'a Sighted> {
    let Some((_, seen)) = &state.sight.made else {
        if state.loaded.as_ref().is_some_and(|open| open.placed == 0) {
            ui.label(RichText::new("No event has a date.").weak());
            return None;
        }
        ui.spinner();
        return None;
    };
    if seen.events.is_empty() {
        let open = state.loaded.as_ref();
        let words = match open.map_or((1, 1), |open| (open.events_found(), open.placed)) {
            (_, 0) => "No event has a date.",
            (0, _) if !state.search.trim().is_empty() => "The search finds no event.",
            (0, _) => "Nothing was published of these events by that day.",
            _ => "No event lies in this time.",
        };
        ui.label(RichText::new(words).weak());
        return None;
    }
    Some(seen)
}

/// "1 event", "77 events".
pub(super) fn counted(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(count as usize)) }
}

/// A text from a file, in lines as wide as there is room. What runs from the right is broken in the order in which it is read,
/// for egui breaks what it is given, which is in the order of the screen.
fn in_lines(ui: &Ui, text: &str, style: &egui::TextStyle) -> String {
    const MOST_WORDS: usize = 400;
    if matches!(on_screen(text), Cow::Borrowed(_)) {
        return readable(text);
    }
    let room = ui.available_width();
    let fits = |line: &str| width(ui, line, style) <= room;
    let (mut lines, mut words): (Vec<String>, usize) = (Vec::new(), 0);
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            words += 1;
            let word = match words.cmp(&MOST_WORDS) {
                Ordering::Less => word,
                Ordering::Equal => "…",
                Ordering::Greater => break,
            };
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if line.is_empty() || fits(&longer) {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
    }
    lines.iter().map(|line| on_screen(line)).collect::<Vec<_>>().join("\n")
}

/// A text from a file on one line, cut at its end, which for what runs from the right is at the left.
fn in_one_line(ui: &Ui, text: &str, style: &egui::TextStyle) -> String {
    let (plain, room) = (readable(text), ui.available_width());
    if matches!(on_screen(text), Cow::Borrowed(_)) || width(ui, &plain, style) <= room {
        return plain;
    }
    let letters: Vec<char> = text.chars().take(600).collect();
    let head = |count: usize| letters[..count].iter().collect::<String>().trim_end().to_owned() + "…";
    let fits = |count: &usize| width(ui, &on_screen(&head(*count)), style) <= room;
    let count = (1..letters.len()).collect::<Vec<_>>().partition_point(fits);
    on_screen(&head(count)).into_owned()
}

fn width(ui: &Ui, text: &str, style: &egui::TextStyle) -> f32 {
    let font = style.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE).size().x
}

/// A text from a file, cut where nobody would read on and the window would be slowed.
fn readable(text: &str) -> String {
    const LONGEST: usize = 3_000;
    if text.len() <= LONGEST {
        return on_screen(text).into_owned();
    }
    let mut head: String = text.chars().take(LONGEST).collect();
    head.push('…');
    on_screen(&head).into_owned()
}
