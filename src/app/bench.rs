//! `kairograph bench FILE`: what opening, drawing and searching cost, without a display or a GPU.
//!
//! The window's own code runs in an [`egui::Context`]: a file is opened and made ready as the window does it, then a
//! script pans and zooms, and each frame's time on this thread is taken for panels, layout, scene and tessellation.

use super::actions::{Action, Actions, ViewAction};
use super::loaded::{Loaded, seen};
use super::look::Ask;
use super::state::{AppState, FileDialogs, Settings};
use super::{dialogs, panels, update};
use crate::import::{Choices, Input, load};
use crate::paint;
use crate::query::Query;
use crate::task::Control;
use eframe::egui::{self, RawInput, Rect, pos2, vec2};
use serde::Serialize;
use std::path::PathBuf;
use std::time::Instant;

/// What was measured; times in milliseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Events with a date.
    pub events: usize,
    /// Lanes.
    pub lanes: usize,
    /// Reading the file into columns.
    pub import_ms: f64,
    /// The index and all else that the first picture needs.
    pub index_ms: f64,
    /// From the choice of the file in an open window to the first scene.
    pub first_scene_ms: f64,
    /// The first frame alone.
    pub first_frame_ms: f64,
    /// Frames of the script.
    pub frames: usize,
    /// Their median.
    pub p50_ms: f64,
    /// 95 of a hundred are faster.
    pub p95_ms: f64,
    /// 99 of a hundred are faster.
    pub p99_ms: f64,
    /// The slowest.
    pub max_ms: f64,
    /// Of each frame, layout, scene and tessellation alone, without panels and the list of shapes (for which new texts are
    /// shaped): their median.
    pub picture_p50_ms: f64,
    /// 99 of a hundred of these are faster.
    pub picture_p99_ms: f64,
    /// The slowest of these.
    pub picture_max_ms: f64,
    /// Searches: what was asked, what it found, the time of the mask, and of all that the window then needs.
    pub searches: Vec<Search>,
    /// The most memory that the process had until its first scene, in MiB; 0 where the system does not tell.
    pub peak_memory_at_first_scene_mib: f64,
    /// The same until the end of the searches.
    pub peak_memory_mib: f64,
}

/// A search that was measured.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// The text.
    pub text: String,
    /// Events that it let through.
    pub found: usize,
    /// The mask alone.
    pub mask_ms: f64,
    /// Mask, index and overview: all that the next picture needs.
    pub all_ms: f64,
}

/// Searches as one types, and filters by a field.
const SEARCHES: [&str; 7] = ["v", "vo", "vostok", "joint sea", "kind:drill", "kind:exercise where:tokyo", "zzzz"];

struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn open(&self) -> Box<dyn FnOnce() -> Vec<PathBuf> + Send> {
        Box::new(Vec::new)
    }

    fn save(&self, _: &str) -> Box<dyn FnOnce() -> Option<PathBuf> + Send> {
        Box::new(|| None)
    }
}

/// Measures a file; `peak_memory` tells the most memory, in MiB, that the process had so far.
///
/// # Errors
/// When it cannot be read.
pub fn run(
    inputs: &[Input],
    size: (f32, f32),
    peak_memory: impl Fn() -> f64,
) -> Result<Report, crate::import::ImportError> {
    // A window is open already when a file is chosen in it.
    let mut stage = Stage::new(size);
    let begun = Instant::now();
    let import = load(inputs, &Choices::default(), &Control::new())?;
    let import_ms = millis(begun);
    let loading = Instant::now();
    let loaded = Loaded::new(import, &Ask::default());
    let index_ms = millis(loading);
    let (events, lanes) = (loaded.base.len(), loaded.base.lanes().len());
    let first = Instant::now();
    stage.open(loaded);
    stage.frame(None);
    let (first_frame_ms, first_scene_ms) = (millis(first), millis(begun));
    let peak_memory_at_first_scene_mib = peak_memory();
    let times: Vec<Frame> = stage.script().into_iter().map(|action| stage.frame(Some(action))).collect();
    let (frames, total) = (times.len(), sorted(&times, Frame::total));
    let picture = sorted(&times, |frame| frame.laid_out + frame.tessellated);
    let at = |times: &[f64], share: f64| times[((frames as f64 * share).ceil() as usize).clamp(1, frames) - 1];
    let searches = SEARCHES.into_iter().filter_map(|text| stage.search(text)).collect();
    Ok(Report {
        events,
        lanes,
        import_ms,
        index_ms,
        first_scene_ms,
        first_frame_ms,
        frames,
        p50_ms: at(&total, 0.5),
        p95_ms: at(&total, 0.95),
        p99_ms: at(&total, 0.99),
        max_ms: at(&total, 1.0),
        picture_p50_ms: at(&picture, 0.5),
        picture_p99_ms: at(&picture, 0.99),
        picture_max_ms: at(&picture, 1.0),
        searches,
        peak_memory_at_first_scene_mib,
        peak_memory_mib: peak_memory(),
    })
}

/// What a frame took, in milliseconds.
struct Frame {
    /// Layout and scene.
    laid_out: f64,
    /// Panels, and the list of all shapes.
    listed: f64,
    tessellated: f64,
}

impl Frame {
    fn total(&self) -> f64 {
        self.laid_out + self.listed + self.tessellated
    }
}

fn sorted(frames: &[Frame], of: impl Fn(&Frame) -> f64) -> Vec<f64> {
    // To a hundredth, as they were taken.
    let mut times: Vec<f64> = frames.iter().map(|frame| (of(frame) * 100.0).round() / 100.0).collect();
    times.sort_by(f64::total_cmp);
    times
}

struct Stage {
    context: egui::Context,
    state: AppState,
    size: egui::Vec2,
    time: f64,
}

impl Stage {
    /// A window with nothing open.
    fn new(size: (f32, f32)) -> Self {
        let context = egui::Context::default();
        paint::install(&context);
        let state = AppState::new(Settings { smooth: false, ..Settings::default() }, Box::new(NoDialogs));
        let mut made = Self { context, state, size: vec2(size.0, size.1), time: 0.0 };
        // The first frame of a context lays out its fonts and measures its panels.
        for _ in 0..2 {
            made.frame(None);
        }
        made
    }

    fn open(&mut self, loaded: Loaded) {
        self.state.viewport = loaded.whole();
        self.state.loaded = Some(loaded);
        self.state.generation += 1;
    }

    /// A frame after an action.
    fn frame(&mut self, action: Option<ViewAction>) -> Frame {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size)),
            time: Some(self.time),
            ..RawInput::default()
        };
        update::gather(&mut self.state, &self.context);
        let begun = Instant::now();
        if let Some(action) = action {
            update::apply(&mut self.state, Action::View(action), &self.context);
        }
        let state = &self.state;
        // What the canvas would do on its way is done before it, where it can be timed alone.
        state.refresh_view(&self.context);
        let laid_out = millis(begun);
        let begun = Instant::now();
        let mut output = self.context.run_ui(input, |ui| {
            let mut actions = Actions::default();
            panels::all(ui, state, &mut actions);
            dialogs::all(ui, state, &mut actions);
        });
        let listed = millis(begun);
        let begun = Instant::now();
        let shapes = std::mem::take(&mut output.shapes);
        let meshes = self.context.tessellate(shapes, output.pixels_per_point);
        let tessellated = millis(begun);
        drop(meshes);
        output.drop_without_applying_deltas();
        Frame { laid_out, listed, tessellated }
    }

    /// Into a thousandth of the time and out again, with pans on the way, as a wheel and a hand do it.
    fn script(&self) -> Vec<ViewAction> {
        let mut actions = Vec::new();
        let zoom = |factor: f64, anchor: f64| ViewAction::Zoom { factor, anchor };
        for round in 0..3 {
            let anchor = [0.5, 0.3, 0.8][round];
            for _ in 0..8 {
                actions.extend((0..12).map(|_| zoom(1.075, anchor)));
                actions.extend((0..16).map(|_| ViewAction::Pan(0.012)));
                actions.extend((0..8).map(|_| ViewAction::Pan(-0.02)));
            }
            actions.extend((0..96).map(|_| zoom(1.0 / 1.075, 1.0 - anchor)));
            actions.push(ViewAction::To(self.state.loaded.as_ref().map_or(self.state.viewport, Loaded::whole)));
        }
        // Lanes scroll too.
        actions.extend((0..30).map(|_| ViewAction::Scroll(24.0)));
        actions
    }

    fn search(&self, text: &str) -> Option<Search> {
        let open = self.state.loaded.as_ref()?;
        let begun = Instant::now();
        Query::parse(text).mask(&open.document.table, &Control::new()).ok()?;
        let mask_ms = millis(begun);
        let begun = Instant::now();
        let found = seen(&open.read, &Ask::default(), open.shown(), text, &Control::new()).ok()?;
        Some(Search { text: text.to_owned(), found: found.count(), mask_ms, all_ms: millis(begun) })
    }
}

fn millis(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e5).round() / 100.0
}
