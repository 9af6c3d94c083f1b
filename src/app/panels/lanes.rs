//! What makes the lanes, their order and colours: menus and the legend of colours.

use crate::app::actions::{Action, Actions, LanesAction, ViewAction};
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::Facet;
use crate::index::{LaneId, MOST_LANES};
use crate::layout::{Arranged, LaneOrder};
use crate::paint::{colour, paint};
use crate::query::asks_for;
use crate::scene::{ColourEntry, Palette, SWATCH, Scene, Sizes, Theme};
use crate::text::grouped;
use eframe::egui::{self, Button, RichText, Sense, Ui, WidgetInfo, vec2};

/// Numbers of lanes that a user may want to be left with.
pub(in crate::app) const MOST: [usize; 4] = [5, 10, 20, 50];

/// What lanes can be ordered by.
pub(in crate::app) const ORDERS: [(LaneOrder, &str); 3] = [
    (LaneOrder::Count, "Most events first"),
    (LaneOrder::Name, "By name"),
    (LaneOrder::First, "Earliest event first"),
];

/// Everything about lanes and colours.
pub(super) fn menu(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    ui.menu_button("Lanes by", |ui| by(ui, state, open, actions));
    ui.add_enabled_ui(!state.ask.grouping.by.is_empty(), |ui| {
        ui.menu_button("Divided by", |ui| divided(ui, state, open, actions));
        ui.menu_button("Order", |ui| order(ui, state, actions));
        ui.menu_button("Small lanes", |ui| small(ui, state, actions));
    });
    ui.menu_button("Colours by", |ui| colours(ui, state, open, actions));
    let fields = Sizes::fields(&open.read);
    if fields.is_empty() {
        let sizes = ui.add_enabled(false, Button::new("Sizes by"));
        sizes.on_disabled_hover_text("The file has no column that holds numbers alone");
    } else {
        ui.menu_button("Sizes by", |ui| sizes(ui, state, &fields, actions));
    }
    if open.icon_fields.is_empty() {
        let icons = ui.add_enabled(false, Button::new("Icons by"));
        icons.on_disabled_hover_text("No value of a field of this file means one of the icons");
    } else {
        ui.menu_button("Icons by", |ui| icons(ui, state, open, actions));
    }
    ui.separator();
    let hidden = state.lanes.hidden.len();
    let words = if hidden > 0 { format!("Show hidden lanes ({hidden})") } else { "Show hidden lanes".to_owned() };
    line(ui, &words, hidden > 0, actions, || LanesAction::ShowHidden);
    let changed = state.lanes != crate::layout::Arrangement::default();
    line(ui, "Lanes as they were", changed, actions, || LanesAction::Reset);
}

fn line(ui: &mut Ui, words: &str, enabled: bool, actions: &mut Actions, action: impl FnOnce() -> LanesAction) {
    if ui.add_enabled(enabled, Button::new(words)).clicked() {
        actions.push(Action::Lanes(action()));
        ui.close();
    }
}

fn choice(ui: &mut Ui, chosen: bool, words: &str, actions: &mut Actions, action: impl FnOnce() -> LanesAction) {
    if ui.radio(chosen, words).clicked() {
        actions.push(Action::Lanes(action()));
        ui.close();
    }
}

fn by(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let now = state.ask.grouping.by.first();
    choice(ui, now.is_none(), "No lanes", actions, || LanesAction::By(Vec::new()));
    for facet in &open.facets {
        choice(ui, now == Some(facet), facet.title(), actions, || LanesAction::By(vec![facet.clone()]));
    }
    let words = matches!(now, Some(Facet::Words(_)));
    choice(ui, words, "Words of titles…", actions, || LanesAction::AskWords);
}

fn divided(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let by = &state.ask.grouping.by;
    let Some(first) = by.first() else { return };
    choice(ui, by.len() < 2, "Not divided", actions, || LanesAction::By(vec![first.clone()]));
    for facet in open.facets.iter().filter(|facet| *facet != first) {
        let both = || LanesAction::By(vec![first.clone(), facet.clone()]);
        choice(ui, by.get(1) == Some(facet), facet.title(), actions, both);
    }
}

fn order(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let by_hand = !state.lanes.by_hand.is_empty();
    for (order, words) in ORDERS {
        choice(ui, state.lanes.order == order && !by_hand, words, actions, || LanesAction::Order(order));
    }
    if by_hand {
        ui.label(RichText::new("Now: as moved by hand").weak());
    }
}

fn small(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    let now = state.ask.grouping.most;
    choice(ui, now == MOST_LANES, "Each on its own", actions, || LanesAction::Most(MOST_LANES));
    for most in MOST {
        let words = merged(most);
        choice(ui, now == most, &words, actions, || LanesAction::Most(most));
    }
}

fn colours(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let now = state.ask.colour_by.as_ref();
    choice(ui, now.is_none(), "As the lanes", actions, || LanesAction::ColourBy(None));
    for facet in &open.facets {
        choice(ui, now == Some(facet), facet.title(), actions, || LanesAction::ColourBy(Some(facet.clone())));
    }
    ui.separator();
    ui.menu_button("Palette", |ui| {
        for (palette, name) in Palette::ALL {
            choice(ui, state.settings.palette == palette, name, actions, || LanesAction::Palette(palette));
        }
    });
}

fn sizes(ui: &mut Ui, state: &AppState, fields: &[Facet], actions: &mut Actions) {
    let now = state.ask.size_by.as_ref();
    choice(ui, now.is_none(), "All the same", actions, || LanesAction::SizeBy(None));
    for facet in fields {
        choice(ui, now == Some(facet), facet.title(), actions, || LanesAction::SizeBy(Some(facet.clone())));
    }
}

fn icons(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let now = state.ask.icons_by.as_ref();
    choice(ui, now.is_none(), "Dots", actions, || LanesAction::IconsBy(None));
    for facet in &open.icon_fields {
        choice(ui, now == Some(facet), facet.title(), actions, || LanesAction::IconsBy(Some(facet.clone())));
    }
}

/// What merging the small lanes is called.
pub(in crate::app) fn merged(most: usize) -> String {
    format!("All but the biggest {most} as one")
}

/// What makes the lanes, in few words.
pub(super) fn words(open: &Loaded, by: &[Facet]) -> String {
    match by {
        [] => "No lanes".to_owned(),
        [one] => open.called(one).to_owned(),
        [one, two, ..] => format!("{}, {}", open.called(one), open.called(two).to_lowercase()),
    }
}

/// The menu of one lane.
pub(super) fn of_lane(ui: &mut Ui, state: &AppState, open: &Loaded, lane: LaneId, actions: &mut Actions) {
    let Some(own) = open.index.lanes().get(lane.0) else { return };
    let (key, lanes) = (own.key(), &state.lanes);
    let arranged: &Arranged = &state.arranged(open);
    let at = arranged.shown.iter().position(|other| *other == lane);
    ui.label(RichText::new(own.name()).strong());
    if ui.button("Zoom to its events").clicked() {
        actions.push(Action::View(ViewAction::FitLane(lane)));
        ui.close();
    }
    let folded = lanes.folded.contains(&key);
    line(ui, if folded { "Unfold" } else { "Fold to counts" }, true, actions, || LanesAction::Fold(key.clone()));
    if let Some(outer) = own.outer() {
        let words = format!("Fold or unfold all of {outer}");
        line(ui, &words, true, actions, || LanesAction::FoldGroup(outer.to_owned()));
    }
    let tall = lanes.tall.contains(&key);
    let crowded = state.last_view().is_some_and(|view| {
        view.layout.lanes.iter().any(|other| other.id == lane && other.strip.is_some() && !other.folded)
    });
    line(ui, if tall { "Fewer rows" } else { "More rows" }, tall || crowded, actions, || {
        LanesAction::Tall(key.clone())
    });
    ui.separator();
    line(ui, "Hide", true, actions, || LanesAction::Hide(key.clone()));
    line(ui, "Hide all others", true, actions, || LanesAction::Only(key.clone()));
    ui.separator();
    line(ui, "Move up", at.is_some_and(|at| at > 0), actions, || LanesAction::Move(key.clone(), -1));
    let last = arranged.shown.len().saturating_sub(1);
    line(ui, "Move down", at.is_some_and(|at| at < last), actions, || LanesAction::Move(key.clone(), 1));
    let pinned = lanes.pinned.contains(&key);
    let stands = state.last_view().is_none_or(|view| view.layout.stands_still(lane));
    let pin = match (pinned, stands) {
        (false, _) => "Pin at the top",
        (true, true) => "Unpin",
        (true, false) => "Unpin (it is too tall to stay at the top)",
    };
    line(ui, pin, true, actions, || LanesAction::Pin(key.clone()));
    line(ui, "Rename…", true, actions, || LanesAction::AskName(key.clone()));
}

/// What the colours stand for; a click shows only that, or all again.
pub(super) fn legend(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let Some(colours) = &open.colours else { return };
    let theme = state.theme(ui.ctx());
    let facet = colours.facet();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(facet.title()).small().strong());
        for entry in colours.entries() {
            let asked = entry.value.as_ref().is_some_and(|value| asks_for(&state.search, facet.name(), value));
            let words = format!("{} ({})", entry.name, grouped(entry.with.max(entry.count)));
            let can = entry.value.is_some() && facet.can_be_searched();
            let response = swatch(ui, entry, &words, (can, asked), theme);
            response.widget_info(|| WidgetInfo::selected(egui::Role::Button, can, asked, words.clone()));
            if !can {
                continue;
            }
            let tip = match (asked, entry.with.saturating_sub(entry.count)) {
                (true, _) => "Click to show the others too".to_owned(),
                (false, 0) => "Click to show only these; click more to add".to_owned(),
                (false, more) => format!(
                    "Click to show the {} that have it: {} have it alone, {} beside others",
                    super::counted(entry.with as u64, "event"),
                    grouped(entry.count),
                    grouped(more)
                ),
            };
            if response.on_hover_text(tip).clicked()
                && let Some(value) = &entry.value
            {
                actions.push(Action::Lanes(LanesAction::Toggle(facet.clone(), value.clone())));
            }
        }
        if ui.add(Button::new(RichText::new("Colours as the lanes").small().weak()).frame(false)).clicked() {
            actions.push(Action::Lanes(LanesAction::ColourBy(None)));
        }
    });
}

/// An entry of the legend as one thing, so that its square and its words stay together.
fn swatch(
    ui: &mut Ui,
    entry: &ColourEntry,
    words: &str,
    (can, asked): (bool, bool),
    theme: &Theme,
) -> egui::Response {
    let ink = if can { ui.visuals().text_color() } else { colour(theme.dim) };
    let weight = if asked { crate::text::Weight::SemiBold } else { crate::text::Weight::Regular };
    let galley = ui.painter().layout_no_wrap(words.to_owned(), weight.font(11.5), ink);
    let size = vec2(SWATCH + 6.0 + galley.size().x + 8.0, 20.0);
    let (rect, response) = ui.allocate_exact_size(size, if can { Sense::click() } else { Sense::hover() });
    if asked || (can && (response.hovered() || response.has_focus())) {
        ui.painter().rect_filled(rect, 4.0, colour(theme.accent.alpha(if asked { 0.18 } else { 0.08 })));
    }
    let nodes = entry.swatch(4.0, size.y / 2.0, theme);
    paint(&Scene { width: size.x, height: size.y, nodes, hits: Vec::new() }, ui.painter(), rect.min, 1.0);
    let at = rect.min + vec2(SWATCH + 9.0, (size.y - galley.size().y) / 2.0);
    ui.painter().galley(at, galley, ink);
    response
}
