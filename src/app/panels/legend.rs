//! The legend of the window: what is in use in the present view, under whatever is told of the selection.

use super::details::section;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::layout::Metrics;
use crate::paint::paint;
use crate::scene::{Encodings, Legend, Node, Scene, unnamed, unshaded};
use crate::text::Weight;
use eframe::egui::{RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

/// A legend, drawn and not yet shown.
pub(super) struct Drawn {
    nodes: Vec<Node>,
    /// Of the samples, in points.
    samples: f32,
    /// What was asked for and is not to be seen, and how high that is, in points.
    unseen: String,
    unseen_height: f32,
    spoken: String,
}

/// Heading and space above the samples, in points.
const HEADING: f32 = 50.0;

/// The size of small words of the window, and the height of a line of them, in points.
const SMALL: f32 = 11.5;
const LINE: f32 = 16.0;

/// Room at the right, in which a scroll bar may stand, in points.
const ROOM: f32 = 8.0;

/// What the marks of the present view mean; nothing before there is one.
pub(super) fn of(ui: &Ui, state: &AppState, open: &Loaded) -> Option<Drawn> {
    let view = state.last_view()?;
    let around = state.surroundings(open);
    let legend = Legend::of(
        &view.layout,
        Encodings { colours: None, ..open.encodings() },
        &around,
        state.settings.relations.then_some(&*open.relations),
    );
    // One item a line.
    let (nodes, samples) =
        legend.list(ui.available_width() - ROOM, Metrics::SCREEN.small, state.theme(ui.ctx()), &state.text);
    let words: Vec<&str> = legend.words().collect();
    let unshaded = unshaded(&view.layout, &around).into_iter().map(|what| format!("{what}: zoom in"));
    let unnamed = unnamed(&view.layout, &around, &state.text).into_iter();
    let unnamed = unnamed.map(|period| format!("{} ({}): no room for its name", period.name, period.written));
    let unseen = unshaded.chain(unnamed).collect::<Vec<_>>().join(" · ");
    if legend.is_empty() && unseen.is_empty() {
        return None;
    }
    let lines = state.text.wrap(&unseen, SMALL, Weight::Regular, (ui.available_width() - ROOM).max(1.0)).len();
    let unseen_height = if unseen.is_empty() { 0.0 } else { lines as f32 * LINE + 4.0 };
    Some(Drawn { nodes, samples, unseen, unseen_height, spoken: format!("Legend: {}", words.join(", ")) })
}

/// The legend as a panel of its own.
pub(super) fn alone(ui: &mut Ui, state: &AppState, open: &Loaded) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| match of(ui, state, open) {
        Some(legend) => legend.samples(ui),
        None => {
            ui.label(RichText::new("Nothing in sight that needs to be explained.").weak());
        }
    });
}

impl Drawn {
    /// How high it is with its heading, in points.
    pub(super) fn height(&self) -> f32 {
        self.samples + HEADING + self.unseen_height
    }

    pub(super) fn show(&self, ui: &mut Ui) {
        section(ui, "In this view");
        self.samples(ui);
    }

    /// Without its heading.
    fn samples(&self, ui: &mut Ui) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), self.samples), Sense::hover());
        let scene = Scene { width: rect.width(), height: self.samples, nodes: self.nodes.clone(), hits: Vec::new() };
        paint(&scene, &ui.painter_at(rect), rect.min, 1.0);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.spoken.clone()));
        if !self.unseen.is_empty() {
            ui.label(RichText::new(&self.unseen).small().weak());
        }
    }
}
