//! The laid-out view, remembered until something that it is made of changes.

use super::loaded::Loaded;
use super::state::{AppState, ExportForm};
use crate::export::{About, FigureInput, compose_pages};
use crate::layout::{Arranged, Fit, ICON_ROOM, Input, Layout, Memory, Metrics, Rect, SIGN_ROOM, Viewport, lay_out};
use crate::scene::{Headings, Options, Palette, Scene, Theme, ThemeName, timeline};
use crate::text::Weight;
use eframe::egui::Context;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// A view that the next one is held to.
pub(super) struct Steady {
    pub(super) generation: u64,
    pub(super) layout: Rc<Layout>,
}

/// A view, ready to be painted.
#[derive(Clone)]
pub(super) struct View {
    pub(super) layout: Rc<Layout>,
    pub(super) scene: Arc<Scene>,
}

/// What was made for the last frame. It holds nothing that the next frame would not make again.
#[derive(Default)]
pub(super) struct ViewCache {
    layout: RefCell<Option<(LayoutKey, Rc<Layout>)>>,
    scene: RefCell<Option<(SceneKey, Arc<Scene>)>>,
    memory: RefCell<(u64, Rc<Memory>)>,
    header: Cell<Option<(u64, f32)>>,
    arranged: RefCell<Option<(u64, Rc<Arranged>)>>,
    figure: RefCell<Option<(FigureKey, Composed)>>,
    /// The top of the canvas on the screen.
    top: Cell<f32>,
}

/// A figure's page and what it says of itself.
type Composed = Rc<Vec<(Scene, About)>>;
type LayoutKey = (u64, Viewport, [u32; 2], u32);
type SceneKey = (LayoutKey, (ThemeName, Palette), u32);
type FigureKey = (u64, Viewport, ExportForm);

impl AppState {
    /// The view at a size in points.
    pub(super) fn view(&self, open: &Loaded, size: [f32; 2], theme: &'static Theme) -> View {
        // Of few lanes all are laid out, in sight or not.
        let scroll = if open.index.counts_at_once() { self.scroll } else { 0.0 };
        let key: LayoutKey = (self.generation, self.viewport, size.map(f32::to_bits), scroll.to_bits());
        let mut kept = self.cache.layout.borrow_mut();
        let layout = match &*kept {
            Some((own, layout)) if *own == key => layout.clone(),
            _ => {
                let layout = Rc::new(self.lay_out(open, size));
                *kept = Some((key, layout.clone()));
                layout
            }
        };
        let scroll = self.scroll.clamp(0.0, (layout.content_height - layout.body.h).max(0.0));
        let key: SceneKey = (key, (theme.name, theme.palette), scroll.to_bits());
        let mut kept = self.cache.scene.borrow_mut();
        let scene = match &*kept {
            Some((own, scene)) if *own == key => scene.clone(),
            _ => {
                let options = Options {
                    document: &open.document,
                    theme,
                    text: &self.text,
                    encodings: open.encodings(),
                    relations: self.settings.relations.then_some(&*open.relations),
                    scroll,
                    headings: Headings::Screen,
                    around: &self.surroundings(open),
                };
                let scene = Arc::new(timeline(&layout, &options));
                *kept = Some((key, scene.clone()));
                scene
            }
        };
        View { layout, scene }
    }

    /// Makes the present view at the size of the last one, if there was one, so that it is there when it is painted.
    pub(super) fn refresh_view(&self, ctx: &Context) {
        let size = self.cache.layout.borrow().as_ref().map(|((_, _, size, _), _)| size.map(f32::from_bits));
        if let Some((open, size)) = self.loaded.as_ref().zip(size) {
            self.view(open, size, self.theme(ctx));
        }
    }

    /// Remembers where on the screen the canvas begins.
    pub(super) fn note_top(&self, top: f32) {
        self.cache.top.set(top);
    }

    /// How far under the top of the lanes something at a height of the screen stands, in a layout.
    pub(super) fn under_top(&self, layout: &Layout, y: f32) -> f32 {
        y - self.cache.top.get() - layout.body.y
    }

    /// The view that was painted last, if it is still the present one.
    pub(super) fn last_view(&self) -> Option<View> {
        let layout = self.cache.layout.borrow().as_ref().map(|(_, layout)| layout.clone())?;
        let scene = self.cache.scene.borrow().as_ref().map(|(_, scene)| scene.clone())?;
        Some(View { layout, scene })
    }

    fn lay_out(&self, open: &Loaded, size: [f32; 2]) -> Layout {
        lay_out(&Input {
            document: &open.document,
            index: &open.index,
            mask: &open.mask,
            viewport: self.viewport,
            whole: open.whole(),
            area: Rect::new(0.0, 0.0, size[0], size[1]),
            metrics: self.metrics(open),
            text: &self.text,
            fit: Fit::Scroll,
            scroll: self.scroll,
            lanes: &self.arranged(open),
            memory: &self.memory(),
            known_until: open.ask.showing.known_until,
            note: None,
        })
    }

    /// What earlier frames left, as long as what is open and the search stay the same.
    fn memory(&self) -> Rc<Memory> {
        let mut kept = self.cache.memory.borrow_mut();
        if kept.0 != self.generation {
            *kept = (self.generation, Rc::default());
        }
        kept.1.clone()
    }

    /// The lanes as the user has arranged them. Their order is that of all events, whatever the search.
    pub(super) fn arranged(&self, open: &Loaded) -> Rc<Arranged> {
        let mut kept = self.cache.arranged.borrow_mut();
        match &*kept {
            Some((generation, arranged)) if *generation == self.generation => arranged.clone(),
            _ => {
                let arranged = Rc::new(self.lanes.of(&open.base));
                *kept = Some((self.generation, arranged.clone()));
                arranged
            }
        }
    }

    fn metrics(&self, open: &Loaded) -> Metrics {
        let axis = Metrics::SCREEN.axis + self.surroundings(open).height();
        let sign = if open.colours.is_some() { SIGN_ROOM } else { 0.0 };
        let icon = if open.icons.is_some() { ICON_ROOM } else { 0.0 };
        Metrics { header: self.header_width(open), axis, sign, icon, ..Metrics::SCREEN }
    }

    /// Wide enough for the names of the lanes, within reason.
    pub(super) fn header_width(&self, open: &Loaded) -> f32 {
        let kept = self.cache.header.get().filter(|(generation, _)| *generation == self.generation);
        let width = kept.map_or_else(|| self.widest_header(open), |(_, width)| width);
        self.cache.header.set(Some((self.generation, width)));
        width
    }

    fn widest_header(&self, open: &Loaded) -> f32 {
        let widest = open
            .index
            .lanes()
            .iter()
            .take(200)
            .map(|lane| self.text.width(lane.name(), Metrics::SCREEN.heading, Weight::SemiBold));
        // Counts of a crowd need their room too.
        let least = if open.index.len() > 2_000 { 146.0 } else { 120.0 };
        (widest.fold(0.0, f32::max) + 52.0).clamp(least, 230.0).round()
    }

    /// The figure that a form asks for.
    pub(super) fn figure(&self, open: &Loaded, form: &ExportForm) -> Composed {
        let key: FigureKey =
            (self.generation, self.viewport, ExportForm { path: String::new(), page: 0, ..form.clone() });
        let mut kept = self.cache.figure.borrow_mut();
        if let Some((own, figure)) = &*kept
            && *own == key
        {
            return figure.clone();
        }
        let input = FigureInput {
            document: &open.document,
            index: &open.index,
            mask: &open.mask,
            lanes: &self.arranged(open),
            encodings: open.encodings(),
            relations: self.settings.relations.then_some(&*open.relations),
            viewport: if form.whole { open.whole() } else { self.viewport },
            around: &self.surroundings(open),
            known_until: open.ask.showing.known_until,
            read_in: open.ledger.files.iter().find_map(|file| file.mapping.dates.zone),
            search: &self.search,
            text: &self.text,
        };
        let figure = Rc::new(compose_pages(&form.figure, &input));
        *kept = Some((key, figure.clone()));
        figure
    }
}
