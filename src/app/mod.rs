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
mod mapping;
mod panels;
mod settings_store;
mod sight;
mod state;
mod switches;
mod update;
mod view;

pub use actions::{
    Action, Actions, EditAction, FigureAction, FileAction, LanesAction, MappingAction, PanelAction, ReadAction,
    ShowAction, SightAction, Travel, ViewAction,
};
pub use around::{Around, CountFrom};
pub use commands::{COMMANDS, Command};
pub use dock::{PanelName, Panels, Place};
pub use loaded::Loaded;
pub use look::{Ask, History};
pub use mapping::MappingForm;
pub use sight::{Chart, Class, Sight, Sighted};
pub use state::{AppState, FileDialogs, NativeDialogs, Settings};

use crate::cli::{Renderer, Start};
use crate::event::Showing;
use crate::export::Pixels;
use crate::import::Input;
use crate::task::Control;
use crate::{export, paint};
use eframe::egui;
use settings_store::{SavedSettings, SettingsStore};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The name under which settings are kept.
const APP_ID: &str = "kairograph";
/// How long a window that is told to end has for it.
const LAST_MOMENTS: Duration = Duration::from_secs(2);

/// The program in its window.
pub struct App {
    state: AppState,
    store: SettingsStore,
    /// Whether the system asks the program to end.
    ending: Arc<AtomicBool>,
}

impl App {
    /// An app that opens the files of `start` at once, with the usual settings, of which nothing is kept.
    #[must_use]
    pub fn new(context: &eframe::CreationContext<'_>, start: Start, dialogs: Box<dyn FileDialogs>) -> Self {
        Self::with(context, start, dialogs, (SettingsStore::default(), SavedSettings::default()))
    }

    /// The same with settings from a folder, in which they are kept.
    #[must_use]
    pub fn keeping(
        context: &eframe::CreationContext<'_>,
        start: Start,
        dialogs: Box<dyn FileDialogs>,
        folder: &Path,
    ) -> Self {
        Self::with(context, start, dialogs, SettingsStore::of_folder(folder))
    }

    fn with(
        context: &eframe::CreationContext<'_>,
        start: Start,
        dialogs: Box<dyn FileDialogs>,
        (store, kept): (SettingsStore, SavedSettings),
    ) -> Self {
        paint::install(&context.egui_ctx);
        if let Some(memory) = kept.egui.as_deref().and_then(settings_store::memory) {
            context.egui_ctx.memory_mut(|own| own.data = memory);
        }
        if let Some(zoom) = kept.zoom {
            context.egui_ctx.set_zoom_factor(zoom);
        }
        let said_first = dropped(&kept);
        let (choices, limits) = (start.choices, start.limits);
        let mut state = AppState { said_first, limits, choices, ..AppState::new(kept.settings, dialogs) };
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
        Self { state, store, ending: Arc::default() }
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

/// The settings that are kept in a folder, and what of them is of no use.
#[must_use]
pub fn settings_in(folder: &Path) -> (Settings, Vec<String>) {
    let (_, kept) = SettingsStore::of_folder(folder);
    (kept.settings, kept.dropped)
}

/// What is to be said of settings that were of no use.
fn dropped(kept: &SavedSettings) -> Option<String> {
    let words = kept.dropped.join(", ");
    (!words.is_empty()).then(|| format!("Of the settings these had no usable value and are as usual: {words}."))
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
        self.store.see(&self.state.settings, ctx);
        if self.ending.load(Ordering::Relaxed) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
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

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.store.flush();
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
    let (ending, kept) = (Shutdown::default(), SettingsStore::of_user(APP_ID));
    ending.heed(&kept.0);
    if let Some(text) = dropped(&kept.1) {
        crate::cli::remark(&text);
    }
    for attempt in attempts {
        match run_with(start.clone(), *attempt, &ending, kept.clone()) {
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

/// What the system's wish that the program end is told by.
#[derive(Clone, Default)]
struct Shutdown {
    wished: Arc<AtomicBool>,
    window: Arc<Mutex<Option<egui::Context>>>,
}

impl Shutdown {
    /// Has the window end where the system asks for it (a terminated session, Ctrl+C): what is kept is written, and the
    /// window closes, if it still answers.
    fn heed(&self, store: &SettingsStore) {
        let (ending, store) = (self.clone(), store.clone());
        let end = move || {
            store.flush();
            ending.wished.store(true, Ordering::Relaxed);
            if let Some(window) = ending.window.lock().ok().and_then(|window| window.clone()) {
                window.request_repaint();
            }
            std::thread::sleep(LAST_MOMENTS);
            std::process::exit(1);
        };
        // Where the system has no such wish, nobody hears of it.
        let _ = ctrlc::set_handler(end);
    }
}

fn run_with(
    start: Start,
    renderer: Renderer,
    ending: &Shutdown,
    (store, kept): (SettingsStore, SavedSettings),
) -> eframe::Result {
    let place = kept.window;
    let (width, height) = place.map_or((1_360.0, 860.0), |place| place.size);
    let mut viewport = egui::ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Kairograph")
        .with_inner_size([width, height])
        .with_min_inner_size([640.0, 420.0])
        .with_maximized(place.is_some_and(|place| place.maximized))
        .with_drag_and_drop(true);
    if let Some((x, y)) = place.and_then(|place| place.position) {
        viewport = viewport.with_position([x, y]);
    }
    let icon = export::rasterise(include_str!("../../assets/icon.svg"), 1.0, &Control::new());
    if let Ok(Pixels { width, height, rgba }) = icon {
        viewport = viewport.with_icon(egui::IconData { rgba, width, height });
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: match renderer {
            Renderer::Glow => eframe::Renderer::Glow,
            Renderer::Wgpu => eframe::Renderer::Wgpu,
        },
        ..Default::default()
    };
    let ending = ending.clone();
    let open = move |context: &eframe::CreationContext<'_>| {
        if let Ok(mut window) = ending.window.lock() {
            *window = Some(context.egui_ctx.clone());
        }
        let app = App::with(context, start, Box::new(NativeDialogs), (store, kept));
        Ok(Box::new(App { ending: ending.wished, ..app }) as Box<dyn eframe::App>)
    };
    eframe::run_native(APP_ID, options, Box::new(open))
}
