//! The legend of the window: what is in use in the present view, under whatever is told of the selection.

use super::details::section;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::paint::paint;
use crate::scene::{Encodings, Legend, Scene};
use eframe::egui::{Role, Sense, Ui, WidgetInfo, vec2};

/// What the marks of the present view mean; nothing before there is one.
pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded) {
    let Some(view) = state.last_view() else { return };
    let legend = Legend::of(
        &view.layout,
        Encodings { colours: None, ..open.encodings() },
        &state.surroundings(open),
        state.settings.relations && !open.relations.is_empty(),
    );
    if legend.is_empty() {
        return;
    }
    section(ui, "In this view");
    let theme = state.theme(ui.ctx());
    // One item a line.
    let (nodes, height) = legend.draw(0.0, 0.0, 1.0, theme, &state.text);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let scene = Scene { width: rect.width(), height, nodes, hits: Vec::new() };
    paint(&scene, &ui.painter_at(rect), rect.min, 1.0);
    let sizes = legend.sizes.as_deref();
    let icons = legend.icons.iter().map(|(_, words)| words.as_str());
    let words: Vec<&str> =
        sizes.into_iter().chain(icons).chain(legend.items.iter().map(|item| item.words())).collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Legend: {}", words.join(", "))));
}
