//! The events in sight as a table: a click on a head sorts, a click on a row selects, and what is selected on the canvas
//! is scrolled to.

use super::{counted, in_one_line, in_sight};
use crate::app::actions::{Action, Actions, SightAction, ViewAction};
use crate::app::commands::takes_keys;
use crate::app::loaded::Loaded;
use crate::app::sight::Sighted;
use crate::app::state::AppState;
use crate::event::EventId;
use crate::paint::bold;
use crate::query::{Column, Sort};
use crate::time::Answer;
use eframe::egui::{self, Align, Button, CursorIcon, Id, Key, Label, Modifiers, RichText, Sense, TextStyle, Ui};
use egui_extras::{Column as Width, TableBuilder};

/// Height of a row, in points.
const ROW: f32 = 22.0;

/// What stands beside the tab.
pub(super) fn tools(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let Some((_, seen)) = &state.sight.made else { return };
    let tip = "Put all rows on the clipboard as tab-separated values, for a spreadsheet";
    let copy = Button::new(RichText::new("Copy").small());
    if ui.add_enabled(!seen.events.is_empty(), copy).on_hover_text(tip).clicked() {
        actions.push(Action::Sight(SightAction::Copy));
    }
    if state.sight.task.is_some() {
        ui.add(egui::Spinner::new().size(12.0));
    }
    let words = format!("{} in sight", counted(seen.events.len() as u64, "event"));
    ui.label(RichText::new(words).small().weak());
}

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let Some(seen) = in_sight(ui, state) else { return };
    let columns = Column::all(&open.document.table);
    // What is sorted anew is read from its beginning.
    let first = sorted_anew(ui, &state.sight.sort).then_some(0);
    let scroll_to = newly_selected(ui, state, seen).or(first);
    keys(ui, state, seen, actions);
    // Bars have a place of their own: over the last row and column they would cover what is told there.
    ui.spacing_mut().scroll = egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::solid() };
    egui::ScrollArea::horizontal().auto_shrink([false, false]).show(ui, |ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        let mut table = TableBuilder::new(ui)
            .striped(true)
            .resizable(true)
            .sense(Sense::click())
            .cell_layout(egui::Layout::left_to_right(Align::Center))
            .auto_shrink([false, false])
            // In a low panel the rows give way, not the panel's head.
            .min_scrolled_height(ROW);
        for column in &columns {
            table = table.column(Width::initial(width(column)).at_least(40.0).clip(true));
        }
        if let Some(row) = scroll_to {
            table = table.scroll_to_row(row, None);
        }
        let headed = table.header(ROW, |mut row| {
            for column in &columns {
                row.col(|ui| head(ui, &state.sight.sort, column, actions));
            }
        });
        headed.body(|body| {
            body.rows(ROW, seen.events.len(), |mut row| {
                let event = seen.events[row.index()];
                let possible = open.mask.answer(event) == Answer::Possibly;
                row.set_selected(state.selected == Some(event) || state.others.contains(&event));
                for column in &columns {
                    row.col(|ui| {
                        let text = column.cell(&open.document.table, event);
                        // As on the canvas, what is only possibly in the time asked for is paler.
                        let text = RichText::new(in_one_line(ui, &text, &TextStyle::Body));
                        let text = if possible { text.weak() } else { text };
                        ui.add(Label::new(text).selectable(false).truncate());
                    });
                }
                let response = row.response();
                if response.double_clicked() {
                    actions.push(Action::View(ViewAction::ToEvent(event)));
                } else if response.clicked() && response.ctx.input(|input| input.modifiers.command) {
                    actions.push(Action::SelectToo(event));
                } else if response.clicked() {
                    response.ctx.memory_mut(|memory| memory.request_focus(own_keys()));
                    actions.push(Action::View(ViewAction::Show(event)));
                }
            });
        });
    });
}

fn width(column: &Column) -> f32 {
    match column {
        Column::When => 190.0,
        Column::Title => 280.0,
        Column::Of(_) => 140.0,
    }
}

/// A head; a click sorts by it, and again the other way round.
fn head(ui: &mut Ui, sort: &Sort, column: &Column, actions: &mut Actions) {
    let (own, mark) = match (sort.by == *column, sort.descending) {
        (false, _) => (false, ""),
        (true, false) => (true, " ↑"),
        (true, true) => (true, " ↓"),
    };
    let words = bold(format!("{}{mark}", column.title()));
    // All of the head answers, not its word alone.
    let whole = ui.interact(ui.max_rect(), ui.scope_id().with("head"), Sense::CLICK);
    let response = ui.add(Button::new(words).frame(false)).on_hover_cursor(CursorIcon::PointingHand);
    let spoken = match (own, sort.descending) {
        (false, _) => format!("Sort by {}", column.title()),
        (true, false) => format!("Sorted by {}, least first", column.title()),
        (true, true) => format!("Sorted by {}, greatest first", column.title()),
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, spoken.clone()));
    let tip = "Sort by this column; once more the other way round";
    let whole = whole.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(tip);
    if response.on_hover_text(tip).clicked() || whole.clicked() {
        let descending = own && !sort.descending;
        actions.push(Action::Sight(SightAction::Sort(Sort { by: column.clone(), descending })));
    }
}

/// The row of the event that has been selected since it was looked for last; it may come into the table only later.
fn newly_selected(ui: &Ui, state: &AppState, seen: &Sighted) -> Option<usize> {
    let key = Id::unique("selected in the table");
    let before: Option<EventId> = ui.data(|data| data.get_temp(key)).flatten();
    if before == state.selected {
        return None;
    }
    let row = state.selected.and_then(|event| position(seen, event));
    if row.is_some() || state.selected.is_none() {
        ui.data_mut(|data| data.insert_temp(key, state.selected));
    }
    row
}

/// Whether the order is another one than it was a frame before.
fn sorted_anew(ui: &Ui, sort: &Sort) -> bool {
    let key = Id::unique("order of the table");
    let before: Option<Sort> = ui.data(|data| data.get_temp(key));
    let anew = before.as_ref() != Some(sort);
    if anew {
        ui.data_mut(|data| data.insert_temp(key, sort.clone()));
    }
    anew
}

fn position(seen: &Sighted, event: EventId) -> Option<usize> {
    seen.events.iter().position(|own| *own == event)
}

/// What has the keyboard after a click on a row.
fn own_keys() -> Id {
    Id::unique("table with keys")
}

/// After a click on a row, the arrows go from row to row.
fn keys(ui: &mut Ui, state: &AppState, seen: &Sighted, actions: &mut Actions) {
    // A response of its own, so that egui keeps the focus.
    let place = egui::Rect::from_min_size(ui.max_rect().min, egui::Vec2::ZERO);
    let response = ui.interact(place, own_keys(), Sense::focusable_noninteractive());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, "Rows of the table"));
    if !response.has_focus() {
        return;
    }
    takes_keys(ui, response.id);
    ui.memory_mut(|memory| {
        let arrows = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
        memory.set_focus_lock_filter(response.id, arrows);
    });
    let last = seen.events.len() - 1;
    let page = 8;
    let key = ui.input_mut(|input| {
        let keys = [Key::ArrowDown, Key::ArrowUp, Key::PageDown, Key::PageUp, Key::Home, Key::End];
        keys.into_iter().find(|key| input.consume_key(Modifiers::NONE, *key))
    });
    // Only then is the row looked for.
    let Some(key) = key else { return };
    let Some(at) = state.selected.and_then(|event| position(seen, event)) else { return };
    let next = match key {
        Key::ArrowDown => at + 1,
        Key::ArrowUp => at.saturating_sub(1),
        Key::PageDown => at + page,
        Key::PageUp => at.saturating_sub(page),
        Key::Home => 0,
        _ => last,
    };
    actions.push(Action::View(ViewAction::Show(seen.events[next.min(last)])));
}
