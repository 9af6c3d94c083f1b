//! One table of commands: menus, tooltips and shortcuts are all made from it.

use super::actions::{
    Action, Actions, EditAction, FigureAction, FileAction, MappingAction, PanelAction, Travel, ViewAction,
};
use super::dock::PanelName;
use super::state::{AppState, LedgerTab};
use crate::event::EventId;
use crate::import::sample;
use eframe::egui::{self, Context, Key, KeyboardShortcut, Modifiers};

/// A command.
pub struct Command {
    /// Its name in code.
    pub id: &'static str,
    /// Its name in menus.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub tip: &'static str,
    /// The key for it.
    pub shortcut: Option<KeyboardShortcut>,
    /// What it sends.
    pub action: fn() -> Action,
}

const fn with_command(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn with_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn with_alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn shifted(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

macro_rules! command {
    ($id:literal, $title:literal, $tip:literal, $shortcut:expr, $action:expr) => {
        Command { id: $id, title: $title, tip: $tip, shortcut: $shortcut, action: || $action }
    };
}

/// All commands.
#[rustfmt::skip]
pub const COMMANDS: &[Command] = &[
    command!("open", "Open…", "Open files in place of what is open", Some(with_command(Key::O)), Action::File(FileAction::Choose)),
    command!("open-path", "Open path…", "Type the path of a file to open", Some(with_shift(Key::O)), Action::File(FileAction::AskPath)),
    command!("sample", "Open the sample", "Open the bundled sample around Vostok 2022", None, Action::File(FileAction::Open(vec![sample()]))),
    command!("export", "Export figure…", "Draw the current view as SVG, PNG or PDF", Some(with_command(Key::E)), Action::Figure(FigureAction::Ask)),
    command!("copy-svg", "Copy as SVG", "Put the current view as SVG on the clipboard", Some(with_shift(Key::C)), Action::Figure(FigureAction::CopySvg)),
    command!("copy-png", "Copy as PNG", "Put the current view as a picture on the clipboard", None, Action::Figure(FigureAction::CopyPng)),
    command!("quit", "Quit", "Close the window", Some(with_command(Key::Q)), Action::File(FileAction::Quit)),
    command!("find", "Search", "Show only events that hold these words", Some(with_command(Key::F)), Action::Panel(PanelAction::FocusSearch)),
    command!("palette", "Commands…", "Find a command, a lane or an event by a few letters", Some(with_command(Key::K)), Action::Panel(PanelAction::Palette(String::new(), 0))),
    command!("undo", "Undo", "Take back the last change of lanes, colours, search or accounts", Some(with_command(Key::Z)), Action::Edit(EditAction::Undo)),
    command!("redo", "Redo", "Make the change again that was taken back", Some(with_shift(Key::Z)), Action::Edit(EditAction::Redo)),
    command!("back", "Back", "See the time that was seen before", Some(with_alt(Key::ArrowLeft)), Action::View(ViewAction::Back)),
    command!("forward", "Forward", "See the time again that Back left", Some(with_alt(Key::ArrowRight)), Action::View(ViewAction::Forward)),
    command!("next-event", "Next event", "Select the next event of the lane", Some(shifted(Key::ArrowRight)), Action::View(ViewAction::Travel(Travel::Next))),
    command!("previous-event", "Previous event", "Select the event before it in the lane", Some(shifted(Key::ArrowLeft)), Action::View(ViewAction::Travel(Travel::Previous))),
    command!("lane-above", "Event in the lane above", "Select the nearest event in the lane above", Some(shifted(Key::ArrowUp)), Action::View(ViewAction::Travel(Travel::Up))),
    command!("lane-below", "Event in the lane below", "Select the nearest event in the lane below", Some(shifted(Key::ArrowDown)), Action::View(ViewAction::Travel(Travel::Down))),
    command!("zoom-in", "Zoom in", "See less time, larger", Some(plain(Key::Plus)), Action::View(ViewAction::ZoomBy(1.5))),
    command!("zoom-out", "Zoom out", "See more time, smaller", Some(plain(Key::Minus)), Action::View(ViewAction::ZoomBy(1.0 / 1.5))),
    command!("fit", "Show all", "See all of the time that has events", Some(plain(Key::Home)), Action::View(ViewAction::Fit)),
    command!("to-selection", "Zoom to the selection", "See the selected event with some time around it", Some(plain(Key::Enter)), Action::View(ViewAction::ToSelection)),
    command!("earlier", "Earlier", "Move the window a little into the past", Some(plain(Key::ArrowLeft)), Action::View(ViewAction::Pan(-0.1))),
    command!("later", "Later", "Move the window a little into the future", Some(plain(Key::ArrowRight)), Action::View(ViewAction::Pan(0.1))),
    command!("page-earlier", "Much earlier", "Move the window by most of its width into the past", Some(plain(Key::PageUp)), Action::View(ViewAction::Pan(-0.8))),
    command!("page-later", "Much later", "Move the window by most of its width into the future", Some(plain(Key::PageDown)), Action::View(ViewAction::Pan(0.8))),
    command!("up", "Lanes up", "Scroll the lanes up", Some(plain(Key::ArrowUp)), Action::View(ViewAction::Scroll(-54.0))),
    command!("down", "Lanes down", "Scroll the lanes down", Some(plain(Key::ArrowDown)), Action::View(ViewAction::Scroll(54.0))),
    command!("dates", "How dates are read…", "See what each column of dates proves, and choose otherwise", Some(with_command(Key::D)), Action::Panel(PanelAction::Ledger(LedgerTab::Dates))),
    command!("columns", "Columns…", "Say which column of the file tells what, and see what comes of it", Some(with_command(Key::M)), Action::Mapping(MappingAction::Ask(0))),
    command!("zones", "Time zone…", "Choose whose clock the axis shows, and a second one", Some(with_command(Key::T)), Action::Panel(PanelAction::Zones)),
    command!("periods", "Periods…", "Name stretches of time to be shaded behind the lanes", None, Action::Panel(PanelAction::AskPeriods)),
    command!("ledger", "Ledger", "See what became of every record", Some(with_command(Key::L)), Action::Panel(PanelAction::Toggle(PanelName::Ledger))),
    command!("undated", "Records without a date…", "See the undated records, which have no place on the timeline", None, Action::Panel(PanelAction::Ledger(LedgerTab::Undated))),
    command!("details", "Details", "Show or hide what is known of the selected event", Some(plain(Key::F6)), Action::Panel(PanelAction::Toggle(PanelName::Details))),
    command!("table", "Table", "Show or hide the events in sight as a table", Some(plain(Key::F7)), Action::Panel(PanelAction::Toggle(PanelName::Table))),
    command!("charts", "Charts", "Show or hide how the events in sight spread over time", Some(plain(Key::F8)), Action::Panel(PanelAction::Toggle(PanelName::Charts))),
    command!("legend", "Legend", "Show or hide what the marks in sight mean, in a panel of its own", Some(plain(Key::F9)), Action::Panel(PanelAction::Toggle(PanelName::Legend))),
    command!("keys", "Keys and gestures", "See what keys and gestures do", Some(plain(Key::F1)), Action::Panel(PanelAction::Keys(true))),
    command!("escape", "Clear", "Close the dialog or message, else clear the selection, else the search", Some(plain(Key::Escape)), Action::Panel(PanelAction::Escape)),
];

/// The command of a name, `None` if the table has none such.
#[must_use]
pub(super) fn command(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// What has the keyboard where an event on the canvas has it.
pub(super) fn event_node(event: EventId) -> egui::Id {
    egui::Id::unique(("event", event))
}

/// Under which egui remembers the widget that uses the plain keys itself.
fn key_holder() -> egui::Id {
    egui::Id::unique("widget with keys")
}

/// Says that a widget, while it has the keyboard, uses plain keys such as the arrows itself.
pub(super) fn takes_keys(ctx: &Context, widget: egui::Id) {
    if ctx.memory(|memory| memory.has_focus(widget)) {
        ctx.data_mut(|data| data.insert_temp(key_holder(), widget));
    }
}

/// Whether a widget that uses plain keys may move by one.
fn moves_inside(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
    )
}

/// Sends the commands whose keys were pressed. While a text is typed, only those with Ctrl or Cmd and Escape are.
pub(super) fn shortcuts(ctx: &Context, state: &AppState, actions: &mut Actions) {
    let typing = ctx.text_edit_focused() || state.dialog.is_some();
    let menu_open = state.dialog.is_none() && egui::Popup::is_any_open(ctx);
    // A slider that has the keyboard moves by the arrows itself.
    let holder = ctx.data(|data| data.get_temp::<egui::Id>(key_holder()));
    let held = holder.is_some() && holder == ctx.memory(egui::Memory::focused);
    // Keys with more modifiers first: a key also answers to itself with Shift or Alt.
    let modifiers = |command: &&Command| {
        let own = command.shortcut.map(|shortcut| shortcut.modifiers).unwrap_or_default();
        std::cmp::Reverse(u8::from(own.command) + u8::from(own.shift) + u8::from(own.alt))
    };
    let mut commands: Vec<&Command> = COMMANDS.iter().collect();
    commands.sort_by_key(modifiers);
    for command in commands {
        let Some(shortcut) = command.shortcut else { continue };
        if held && shortcut.modifiers == Modifiers::NONE && moves_inside(shortcut.logical_key) {
            continue;
        }
        // Escape first leaves the search box, which does so itself.
        let escape = shortcut.logical_key == Key::Escape && state.dialog.is_some();
        let always = (shortcut.modifiers.command && state.dialog.is_none()) || escape;
        // Undo while one types is that of the text.
        let text_edit = ctx.text_edit_focused() && matches!(shortcut.logical_key, Key::Z);
        // Enter presses what has the keyboard; an event that has it is what is zoomed to.
        let focused = ctx.memory(egui::Memory::focused);
        let pressing = shortcut.logical_key == Key::Enter
            && focused.is_some_and(|own| state.selected.is_none_or(|event| own != event_node(event)));
        // An open menu closes itself at Escape.
        if text_edit || pressing || (typing && !always) || (menu_open && shortcut.logical_key == Key::Escape) {
            continue;
        }
        let mut pressed = ctx.input_mut(|input| input.consume_shortcut(&shortcut));
        // "+" needs Shift on many keyboards, and shares its key with "=" on others.
        if shortcut.logical_key == Key::Plus {
            pressed |= ctx.input_mut(|input| {
                input.consume_key(Modifiers::SHIFT, Key::Plus) || input.consume_key(Modifiers::NONE, Key::Equals)
            });
        }
        if pressed {
            actions.push((command.action)());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_commands_share_a_name_or_a_key() {
        let ids: HashSet<_> = COMMANDS.iter().map(|command| command.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        let keys: Vec<_> = COMMANDS.iter().filter_map(|command| command.shortcut).collect();
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
    }

    #[test]
    fn every_command_explains_itself() {
        assert!(
            COMMANDS.iter().all(|command| !command.title.is_empty() && command.tip.len() > command.title.len() / 2)
        );
    }
}
