//! The command palette: every command, every choice of lanes and colours, every lane, and events by name, found by a few
//! of their letters.

use super::modal;
use crate::app::actions::{
    Action, Actions, EditAction, FileAction, LanesAction, PanelAction, ShowAction, SightAction, ViewAction,
};
use crate::app::around::Around;
use crate::app::commands::COMMANDS;
use crate::app::dock::{PanelName, Place};
use crate::app::loaded::Loaded;
use crate::app::panels::{MOST, ORDERS, THEMES, merged, theme_name};
use crate::app::sight::Chart;
use crate::app::state::AppState;
use crate::app::switches::{SWITCHES, Switch};
use crate::event::{EventId, Facet};
use crate::import::Input;
use crate::index::{LaneId, MOST_LANES};
use crate::scene::{Palette, Sizes};
use crate::text::on_screen;
use crate::time::{TimePoint, read, word_short};
use eframe::egui::{self, Align, Key, Layout, RichText, ScrollArea, TextEdit, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

/// Lines that are shown at most.
const LINES: usize = 60;
/// Names of events are looked through where there are no more of them than this; beyond, the search is quicker.
const MOST_EVENTS: usize = 50_000;
/// A match of an event's name must be this much better than that of a command to stand before it.
const EVENT_HANDICAP: u32 = 12;

/// A line of the palette.
struct Line {
    title: String,
    /// What it is, or its key.
    note: String,
    action: Action,
    handicap: u32,
}

impl AsRef<str> for Line {
    fn as_ref(&self) -> &str {
        &self.title
    }
}

pub(super) fn show(ui: &Ui, state: &AppState, typed: &str, chosen: usize, actions: &mut Actions) {
    let lines = lines(ui, state, typed);
    let chosen = chosen.min(lines.len().saturating_sub(1));
    let mut palette = modal(ui, "palette");
    // Its field stays where it is while the list below gets longer or shorter.
    palette.area = palette.area.anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, 64.0));
    let modal = palette.show(ui.ctx(), |ui| {
        ui.set_width((ui.ctx().content_rect().width() - 120.0).clamp(320.0, 560.0));
        let (up, down, enter) = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
            (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter))
        });
        let mut text = typed.to_owned();
        let edit = TextEdit::singleline(&mut text).hint_text("Command, lane or event").desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Command, lane or event"));
        response.request_focus();
        let mut at = chosen;
        if down {
            at = (at + 1).min(lines.len().saturating_sub(1));
        }
        if up {
            at = at.saturating_sub(1);
        }
        if response.changed() {
            at = 0;
        }
        if response.changed() || at != chosen {
            actions.push(Action::Panel(PanelAction::Palette(text, at)));
        }
        ui.add_space(4.0);
        let tallest = (ui.ctx().content_rect().height() - 200.0).clamp(120.0, 420.0);
        let mut picked = enter.then_some(chosen);
        let moved = is_new(ui, &(typed.to_owned(), chosen));
        // Without a least height, what it showed last would be all the room it gets.
        let list = ScrollArea::vertical().max_height(tallest).min_scrolled_height(tallest).auto_shrink([false, true]);
        list.show(ui, |ui| {
            for (place, line) in lines.iter().enumerate() {
                let response = row(ui, line, place == chosen);
                if place == chosen && moved {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    picked = Some(place);
                }
            }
            if lines.is_empty() {
                ui.label(RichText::new("Nothing has this name").weak());
            }
        });
        picked
    });
    if let Some(line) = modal.inner.and_then(|at| lines.into_iter().nth(at)) {
        actions.push(Action::Panel(PanelAction::Escape));
        actions.push(line.action);
    } else if modal.should_close() {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

/// Whether what is typed and chosen is not what the frame before showed, so that the chosen line must come into sight: it
/// changed, or the palette was opened again.
fn is_new(ui: &Ui, now: &(String, usize)) -> bool {
    let (id, frame) = (egui::Id::unique("palette shows"), ui.ctx().cumulative_frame_nr());
    ui.data_mut(|data| {
        let before = data.get_temp::<((String, usize), u64)>(id);
        data.insert_temp(id, (now.clone(), frame));
        before.is_none_or(|(shown, then)| shown != *now || frame > then + 1)
    })
}

fn row(ui: &mut Ui, line: &Line, chosen: bool) -> egui::Response {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(egui::vec2(width, 24.0), Layout::left_to_right(Align::Center), |ui| {
        let button = egui::Button::selectable(chosen, on_screen(&line.title))
            .right_text(RichText::new(&line.note).weak())
            .truncate()
            .min_size(egui::vec2(width, 24.0));
        ui.add(button)
    })
    .inner
}

/// A day that is typed, as that until which sources count.
fn as_known(open: &Loaded, typed: &str, all: &mut Vec<Line>) {
    let lower = typed.to_lowercase();
    let asked = lower.strip_prefix("as known on");
    let day = asked.unwrap_or(&lower).trim();
    let Some(reading) = read(day).ok().filter(|_| open.publications.is_some()) else { return };
    let extent = reading.edtf.when().extent();
    if extent.end() < TimePoint::MAX && reading.precision.is_some() {
        all.push(Line {
            // With what was typed, so that it is found by it.
            title: format!("As known on {day}"),
            note: word_short(extent),
            action: Action::Show(ShowAction::KnownUntil(Some(extent.end()))),
            // A year alone is rather part of a name.
            handicap: if asked.is_some() { 0 } else { 2 * EVENT_HANDICAP },
        });
    }
}

/// Where each panel may stand.
fn panels(state: &AppState, all: &mut Vec<Line>) {
    let own = &state.settings.panels;
    let places = PanelName::ALL.into_iter().flat_map(|name| Place::ALL.map(|place| (name, place)));
    let others = places.filter(|(name, place)| !own.is_shown(*name) || own.place(*name) != *place);
    all.extend(others.map(|(name, place)| Line {
        title: format!("{} {}", name.title(), place.words()),
        note: "panel".to_owned(),
        action: Action::Panel(PanelAction::Put(name, place)),
        handicap: 0,
    }));
}

/// What charts there are.
fn charts(all: &mut Vec<Line>) {
    all.extend(Chart::ALL.map(|chart| Line {
        title: format!("Chart: {}", chart.title().to_lowercase()),
        note: "panel".to_owned(),
        action: Action::Sight(SightAction::Chart(chart)),
        handicap: 0,
    }));
}

/// Files that were open before.
fn recent(state: &AppState, all: &mut Vec<Line>) {
    all.extend(state.settings.recent.iter().map(|path| Line {
        title: format!("Open {}", path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()),
        note: path.parent().map(|folder| folder.display().to_string()).unwrap_or_default(),
        action: Action::File(FileAction::Open(vec![Input::Path(path.clone())])),
        handicap: 0,
    }));
}

/// What fits what was typed, the best first; all commands where nothing was.
fn lines(ui: &Ui, state: &AppState, typed: &str) -> Vec<Line> {
    let typed = typed.trim();
    let mut all = commands(ui, state);
    switches(state, &mut all);
    recent(state, &mut all);
    if let Some(open) = &state.loaded {
        choices(state, open, &mut all);
        fiscal(state, &mut all);
        panels(state, &mut all);
        charts(&mut all);
        if !typed.is_empty() {
            as_known(open, typed, &mut all);
            lanes(state, open, &mut all);
            events(open, typed, &mut all);
        }
    }
    if typed.is_empty() {
        all.truncate(LINES);
        return all;
    }
    // A command by its name in code, such as "fit".
    let by_id = COMMANDS.iter().find(|command| command.id == typed).map(|command| command.title);
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut found = pattern.match_list(all, &mut matcher);
    // What is called just so goes before all that holds it.
    let named = |line: &Line| line.title.to_lowercase() == typed.to_lowercase();
    let asked = by_id.filter(|title| !found.iter().any(|(line, _)| line.title == *title));
    let asked = asked.and_then(|title| commands(ui, state).into_iter().find(|line| line.title == title));
    found.sort_by_key(|(line, score)| std::cmp::Reverse((named(line), score.saturating_sub(line.handicap))));
    let mut found: Vec<Line> = asked.into_iter().chain(found.into_iter().map(|(line, _)| line)).take(LINES).collect();
    if state.loaded.is_some() {
        let (title, note) = (format!("Search events for “{typed}”"), "search".to_owned());
        found.push(Line { title, note, action: Action::Search(typed.to_owned()), handicap: 0 });
    }
    found
}

fn commands(ui: &Ui, state: &AppState) -> Vec<Line> {
    let meaningful = |action: &Action| match action {
        Action::Panel(PanelAction::Palette(..)) => false,
        Action::Edit(EditAction::Undo) => state.history.undo_label().is_some(),
        Action::Edit(EditAction::Redo) => state.history.redo_label().is_some(),
        _ => true,
    };
    let line = |command: &crate::app::commands::Command| Line {
        title: command.title.to_owned(),
        note: command.shortcut.map(|shortcut| ui.ctx().format_shortcut(&shortcut)).unwrap_or_default(),
        action: (command.action)(),
        handicap: 0,
    };
    COMMANDS.iter().map(line).filter(|line| meaningful(&line.action)).collect()
}

/// What can be on or off, with what it is now; and the themes.
fn switches(state: &AppState, all: &mut Vec<Line>) {
    let line = |switch: &Switch| Line {
        title: switch.title.to_owned(),
        note: if switch.is_on(state) { "is on" } else { "is off" }.to_owned(),
        action: switch.turn(state),
        handicap: 0,
    };
    all.extend(SWITCHES.iter().filter(|switch| switch.can_be_used(state)).map(line));
    all.extend(THEMES.into_iter().map(|theme| Line {
        title: format!("Theme: {}", theme_name(theme).to_lowercase()),
        note: if theme == state.settings.theme { "is on" } else { "" }.to_owned(),
        action: Action::Panel(PanelAction::Theme(theme)),
        handicap: 0,
    }));
}

/// Fiscal years from each month, or none.
fn fiscal(state: &AppState, all: &mut Vec<Line>) {
    let choices = std::iter::once(None).chain((1..=12_u8).map(Some)).filter(|own| *own != state.around.fiscal);
    all.extend(choices.map(|fiscal| Line {
        title: fiscal.map_or_else(
            || "No fiscal years".to_owned(),
            |month| format!("Fiscal years from {}", crate::time::month_name(month)),
        ),
        note: String::new(),
        action: Action::Show(ShowAction::Around(Around { fiscal, ..state.around.clone() })),
        handicap: 0,
    }));
}

fn choices(state: &AppState, open: &Loaded, all: &mut Vec<Line>) {
    let mut add = |title: String, action: LanesAction| {
        // A second facet is wanted less often than a first.
        let handicap = if matches!(&action, LanesAction::By(by) if by.len() > 1) { EVENT_HANDICAP } else { 0 };
        all.push(Line { title, note: String::new(), action: Action::Lanes(action), handicap });
    };
    for facet in &open.facets {
        add(format!("Lanes by {}", called(facet)), LanesAction::By(vec![facet.clone()]));
    }
    add("No lanes".to_owned(), LanesAction::By(Vec::new()));
    if let Some(first) = state.ask.grouping.by.first() {
        for facet in open.facets.iter().filter(|facet| *facet != first) {
            add(format!("Lanes divided by {}", called(facet)), LanesAction::By(vec![first.clone(), facet.clone()]));
        }
    }
    for facet in &open.facets {
        add(format!("Colours by {}", called(facet)), LanesAction::ColourBy(Some(facet.clone())));
    }
    add("Colours as the lanes".to_owned(), LanesAction::ColourBy(None));
    for (palette, name) in Palette::ALL {
        add(format!("Palette of {name}"), LanesAction::Palette(palette));
    }
    let by_hand = !state.lanes.by_hand.is_empty();
    for (order, words) in ORDERS.into_iter().filter(|(order, _)| *order != state.lanes.order || by_hand) {
        add(format!("Lanes in order: {}", words.to_lowercase()), LanesAction::Order(order));
    }
    // Lanes that are merged already do not tell how many there would be; one too many is not merged.
    let (own, lanes) = (state.ask.grouping.most, open.base.lanes().len());
    let gains = |most: &usize| *most != own && (own != MOST_LANES || most + 1 < lanes);
    for most in MOST.into_iter().filter(gains) {
        add(format!("Merge small lanes: {}", merged(most).to_lowercase()), LanesAction::Most(most));
    }
    if state.ask.grouping.most != MOST_LANES {
        add("Small lanes each on its own".to_owned(), LanesAction::Most(MOST_LANES));
    }
    for facet in Sizes::fields(&open.read) {
        add(format!("Sizes by {}", facet.title()), LanesAction::SizeBy(Some(facet.clone())));
    }
    if state.ask.size_by.is_some() {
        add("Sizes all the same".to_owned(), LanesAction::SizeBy(None));
    }
    for facet in &open.icon_fields {
        add(format!("Icons by {}", facet.title()), LanesAction::IconsBy(Some(facet.clone())));
    }
    if state.ask.icons_by.is_some() {
        add("Dots instead of icons".to_owned(), LanesAction::IconsBy(None));
    }
    if !state.lanes.hidden.is_empty() {
        add("Show hidden lanes".to_owned(), LanesAction::ShowHidden);
    }
}

/// A field, by all names that one may type.
fn called(facet: &Facet) -> String {
    match facet {
        Facet::Participants => format!("{} (participants)", facet.title()),
        Facet::Location => format!("{} (location)", facet.title()),
        _ => facet.title().to_owned(),
    }
}

/// More lanes than this are arranged by their own menus alone.
const MOST_ARRANGED: usize = 200;

fn lanes(state: &AppState, open: &Loaded, all: &mut Vec<Line>) {
    let filled = open.index.lanes().iter().enumerate().filter(|(_, lane)| !lane.is_empty());
    all.extend(filled.map(|(at, lane)| Line {
        title: lane.key(),
        note: "lane".to_owned(),
        action: Action::View(ViewAction::ToLane(LaneId(at))),
        handicap: 0,
    }));
    if open.index.lanes().len() > MOST_ARRANGED {
        return;
    }
    for lane in open.index.lanes().iter().filter(|lane| !lane.is_empty()) {
        let key = lane.key();
        let pin = if state.lanes.pinned.contains(&key) { "Unpin" } else { "Pin at the top:" };
        let fold = if state.lanes.folded.contains(&key) { "Unfold" } else { "Fold to counts:" };
        let own = [
            (pin, LanesAction::Pin(key.clone())),
            (fold, LanesAction::Fold(key.clone())),
            ("Hide", LanesAction::Hide(key.clone())),
            ("Rename", LanesAction::AskName(key.clone())),
        ];
        all.extend(own.into_iter().map(|(words, action)| Line {
            title: format!("{words} {key}"),
            note: "lane".to_owned(),
            action: Action::Lanes(action),
            handicap: EVENT_HANDICAP,
        }));
    }
}

/// Events whose names hold each word that was typed: letters from all over a long name would fit anything.
fn events(open: &Loaded, typed: &str, all: &mut Vec<Line>) {
    let table = &open.document.table;
    if table.event_count() > MOST_EVENTS || typed.chars().count() < 2 {
        return;
    }
    let words: Vec<String> = typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let line = |event: EventId| {
        let title: String = table.title(table.first_row(event))?.chars().take(200).collect();
        let lower = title.to_lowercase();
        if !words.iter().all(|word| lower.contains(word.as_str())) {
            return None;
        }
        // What has no place on the timeline has its details.
        let (note, action) = match table.foremost(event) {
            Some((row, _)) => (table.claim(row).words(), Action::View(ViewAction::ToEvent(event))),
            None => ("event without a date".to_owned(), Action::Select(Some(event))),
        };
        Some(Line { title, note, action, handicap: EVENT_HANDICAP })
    };
    all.extend(table.events().filter_map(line));
}
