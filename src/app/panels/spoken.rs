//! The canvas for those who cannot see it: a node for each lane and each event in sight, reached by Tab as well.

use crate::app::actions::{Action, Actions, ViewAction};
use crate::app::commands::event_node;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::app::view::View;
use crate::event::{EventId, RowId};
use crate::layout::{LaneBox, Layout, Rect};
use crate::scene::Target;
use crate::text::grouped;
use crate::time::spoken;
use eframe::egui::{EventFilter, Id, Key, Pos2, Role, Sense, Ui, WidgetInfo, vec2};

/// No more events than this are nodes: beyond it lanes tell their counts alone.
const MOST: usize = 600;

/// Under which egui remembers the event that Tab reaches first.
fn first_node() -> Id {
    Id::unique("first event by Tab")
}

/// Lets Tab begin with the events where nothing has the keyboard, rather than with the menus over them: the selected one
/// if it is in sight, else the first.
pub(super) fn first_by_tab(ui: &Ui, state: &AppState) {
    let tab = ui.input(|input| input.key_pressed(Key::Tab) && input.modifiers.is_none());
    let first = ui.data(|data| data.get_temp::<Option<Id>>(first_node())).flatten();
    // Without a canvas there is no event to reach.
    let drawn = state.loaded.as_ref().is_some_and(|open| open.placed > 0);
    if let (true, None, Some(first)) = (tab && drawn, &state.dialog, first) {
        let layer = ui.layer_id();
        ui.memory_mut(|memory| {
            // Whoever is asked first is given the keyboard that nobody has.
            if memory.focused().is_none() {
                memory.interested_in_focus(first, layer);
            }
        });
    }
}

/// Nodes for all lanes in sight and their events, in reading order.
pub(super) fn nodes(ui: &Ui, state: &AppState, open: &Loaded, (view, origin): (&View, Pos2), actions: &mut Actions) {
    let body = view.layout.body;
    let place = |rect: Rect| {
        eframe::egui::Rect::from_min_size(origin + vec2(rect.x, rect.y), vec2(rect.w.max(1.0), rect.h.max(1.0)))
    };
    let scroll = state.scroll.clamp(0.0, (view.layout.content_height - body.h).max(0.0));
    for lane in &view.layout.lanes {
        let top = lane.y + view.layout.shift(lane.y, scroll);
        if top > body.bottom() || top + lane.height < body.y {
            continue;
        }
        let rect =
            place(Rect::new(body.x - view.layout.metrics.header, top, view.layout.metrics.header, lane.height));
        let heading = ui.interact(rect, Id::unique(("lane", lane.id)), Sense::hover());
        heading.widget_info(|| WidgetInfo::labeled(Role::Label, true, lane_words(lane, &view.layout)));
    }
    let mut seen: Vec<EventId> = Vec::new();
    for hit in view.scene.hits.iter().filter(|hit| !hit.label) {
        let Target::Event { event, row } = hit.target else { continue };
        // An event of several accounts is one thing.
        if seen.len() >= MOST || seen.contains(&event) {
            continue;
        }
        seen.push(event);
        let rect = place(hit.rect).intersect(place(body));
        // It takes no clicks: those are the canvas' own.
        let response = ui.interact(rect, event_node(event), Sense::focusable_noninteractive());
        let chosen = state.selected == Some(event);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, event_words(open, event, row)));
        if response.has_focus() {
            // The arrows move the window, not the keyboard.
            let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        }
        // Whoever comes here by Tab, or whose screen reader does, sees what is spoken of.
        let pressed =
            ui.input(|input| input.has_accesskit_action_request(response.id, eframe::egui::accesskit::Action::Click));
        if (response.gained_focus() && !chosen) || pressed {
            actions.push(Action::View(ViewAction::Show(event)));
        }
    }
    let first = state.selected.filter(|own| seen.contains(own)).or(seen.first().copied()).map(event_node);
    ui.data_mut(|data| data.insert_temp(first_node(), first));
}

fn lane_words(lane: &LaneBox, layout: &Layout) -> String {
    let events = if lane.count == 1 { "1 event".to_owned() } else { format!("{} events", grouped(lane.count)) };
    let words = format!("Lane {}, {events}", lane.name);
    if let Some(strip) = lane.strip.as_ref().filter(|strip| strip.density.peak() > 0) {
        let peak = strip.density.peak();
        let at = strip.density.counts.iter().position(|count| count.possible == peak).unwrap_or(0);
        let when = spoken(&crate::time::word_short(layout.warp.span_truly(strip.density.part(at))));
        return format!("{words}; most at {when}: up to {}", grouped(peak));
    }
    words
}

/// "Vostok 2022, exercise, announced, 30 August to 5 September 2022; 2 accounts".
fn event_words(open: &Loaded, event: EventId, row: RowId) -> String {
    let table = &open.document.table;
    let claim = table.claim(row);
    let title = table.title(row).or_else(|| table.title(table.first_row(event))).unwrap_or("Untitled");
    let mut parts = vec![title.to_owned()];
    parts.extend(table.kind(row).map(str::to_owned));
    parts.extend(claim.status.as_ref().map(|status| status.word().to_owned()));
    parts.push(spoken(&claim.words()));
    let accounts = table.rows_of(event).count();
    let more = if accounts > 1 { format!("; {accounts} accounts") } else { String::new() };
    format!("{}{more}", parts.join(", "))
}
