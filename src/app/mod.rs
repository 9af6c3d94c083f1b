//! The window: an eframe app over the library.
//!
//! Panels are functions of `(&mut Ui, &AppState, &mut Actions)` and change nothing; they push [`Action`]s, which
//! `update` applies after all panels are drawn. Menus, shortcuts and tests send the same actions. Long work runs in
//! [`crate::task`]s that `update::tasks` polls; the window never waits.

mod actions;
mod around;
pub mod bench;
mod commands;
mod dialogs;
mod dock;
mod loaded;
mod look;
mod panels;
mod sight;
mod state;
mod switches;
mod update;
mod view;

pub use actions::{
    Action, Actions, EditAction, FigureAction, FileAction, LanesAction, PanelAction, ReadAction, ShowAction,
    SightAction, Travel, ViewAction,
};
pub use around::{Around, CountFrom};
pub use commands::{COMMANDS, Command};
pub use dock::{PanelName, Panels, Place};
pub use loaded::Loaded;
pub use look::{Ask, History};
pub use sight::{Chart, Class, Sight, Sighted};
pub use state::{AppState, FileDialogs, NativeDialogs, Settings};

use crate::cli::{Renderer, Start};
use crate::event::Showing;
use crate::import::Input;
use crate::{export, paint};
use eframe::egui;

/// The name under which settings are kept.
const APP_ID: &str = "kairograph";
/// The key of the settings in eframe's storage.
const SETTINGS: &str = "settings";

/// The program in its window.
pub struct App {
    state: AppState,
}

impl App {
    /// An app that opens the files of `start` at once. Settings come from eframe's storage, where there is one.
    #[must_use]
    pub fn new(context: &eframe::CreationContext<'_>, start: Start, dialogs: Box<dyn FileDialogs>) -> Self {
        paint::install(&context.egui_ctx);
        let settings = context.storage.and_then(|storage| eframe::get_value(storage, SETTINGS)).unwrap_or_default();
        let mut state = AppState { choices: start.choices, ..AppState::new(settings, dialogs) };
        let display = if start.display_given { start.showing.display } else { state.settings.display() };
        state.ask = Ask { showing: Showing { display, ..start.showing }, ..Ask::of(&start.look) };
        state.lanes = start.look.lanes;
        // What is asked for here is added to what is kept, for this time.
        state.around = state.settings.around.and(&start.look.around);
        state.zero = start.look.relative_to.map(CountFrom::Named);
        // What the command line asks for is for this time only.
        state.second = start.second_zone.or_else(|| state.settings.second());
        context.egui_ctx.set_theme(state.settings.theme);
        update::apply(&mut state, Action::File(FileAction::Open(start.inputs)), &context.egui_ctx);
        Self { state }
    }

    /// Selects the first event, as a click on its mark does, for tests.
    pub fn select_first(&mut self) {
        self.state.selected = Some(crate::event::EventId(0));
    }

    /// The state, for tests.
    #[must_use]
    pub fn state(&self) -> &AppState {
        &self.state
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        update::tasks(&mut self.state, ctx);
        let dropped = ctx.input(|input| {
            input.raw.dropped_files.iter().map(|file| Input::Path(file.path().to_owned())).collect::<Vec<_>>()
        });
        if !dropped.is_empty() {
            update::apply(&mut self.state, Action::File(FileAction::Open(dropped)), ctx);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let mut actions = Actions::default();
        commands::shortcuts(ui.ctx(), &self.state, &mut actions);
        panels::all(ui, &self.state, &mut actions);
        dialogs::all(ui, &self.state, &mut actions);
        for action in actions.take() {
            update::apply(&mut self.state, action, ui.ctx());
        }
        let title = self.state.window_title();
        if title != self.state.shown_title {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.state.shown_title = title;
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, SETTINGS, &self.state.settings);
    }
}

/// Opens the window and returns when it is closed. Where the first renderer cannot start, the other is tried.
///
/// # Errors
/// When no renderer can open a window, for example without a display.
pub fn run(start: &Start) -> Result<(), NoWindow> {
    let renderer = start.renderer;
    let first = renderer.unwrap_or(if cfg!(target_os = "linux") { Renderer::Glow } else { Renderer::Wgpu });
    let second = if first == Renderer::Glow { Renderer::Wgpu } else { Renderer::Glow };
    let attempts: &[Renderer] = if renderer.is_some() { &[first] } else { &[first, second] };
    let mut failures = Vec::new();
    for attempt in attempts {
        match run_with(start.clone(), *attempt) {
            Ok(()) => return Ok(()),
            Err(error) => failures.push(format!("{attempt:?}: {error}")),
        }
    }
    Err(NoWindow { reasons: failures.join("; ") })
}

/// No renderer could open a window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no window could be opened ({reasons}); `kairograph export` draws figures without a display")]
pub struct NoWindow {
    /// What each of them said.
    pub reasons: String,
}

fn run_with(start: Start, renderer: Renderer) -> eframe::Result {
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Kairograph")
        .with_inner_size([1_360.0, 860.0])
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true);
    if let Ok(pixels) = export::rasterise(include_str!("../../assets/icon.svg"), 1.0) {
        let (width, height, rgba) = (pixels.width, pixels.height, pixels.rgba);
        viewport = viewport.with_icon(egui::IconData { rgba, width, height });
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        persist_window: true,
        ..Default::default()
    };
    eframe::run_native(
        APP_ID,
        options,
        Box::new(move |context| Ok(Box::new(App::new(context, start, Box::new(NativeDialogs))))),
    )
}
