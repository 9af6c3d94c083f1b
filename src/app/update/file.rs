//! Opening files, beside the window. What is open stays until the new is whole.

use crate::app::actions::{FileAction, ReadAction};
use crate::app::around::CountFrom;
use crate::app::loaded::Loaded;
use crate::app::look::{Ask, History};
use crate::app::state::{AppState, Before, Dialog, Notice, Picked, Purpose, RECENT, Reread, Views};

use crate::import::{Choices, ImportError, Input, load_showing};
use crate::index::Index;
use crate::layout::Arrangement;
use crate::task::{Control, Task};
use eframe::egui;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// A dialog that answers sooner than this was never shown.
const NEVER_SHOWN: Duration = Duration::from_millis(250);

pub(super) fn apply(state: &mut AppState, action: FileAction, ctx: &egui::Context) {
    match action {
        FileAction::Choose => {
            let ask = state.dialogs.open();
            pick(state, ctx, Purpose::Open, ask);
        }
        FileAction::AskPath => state.dialog = Some(Dialog::Path(String::new())),
        FileAction::TypePath(text) => state.dialog = Some(Dialog::Path(text)),
        FileAction::Open(inputs) => open(state, inputs, ctx),
        FileAction::Cancel => {
            state.tasks.open = None;
            put_back(state);
        }
        FileAction::ForgetRecent => state.settings.recent.clear(),
        FileAction::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
    }
}

/// Runs a system dialog on its own thread.
pub(super) fn pick(
    state: &mut AppState,
    ctx: &egui::Context,
    purpose: Purpose,
    ask: impl FnOnce() -> Vec<PathBuf> + Send + 'static,
) {
    if state.tasks.pick.is_some() {
        return;
    }
    let wake = ctx.clone();
    let work = move |_: &crate::task::Control| {
        let asked = Instant::now();
        let paths = ask();
        Picked { at_once: paths.is_empty() && asked.elapsed() < NEVER_SHOWN, paths, purpose }
    };
    state.tasks.pick = Some(Task::start("file dialog", work, move || wake.request_repaint()));
}

fn open_paths(state: &mut AppState, paths: Vec<PathBuf>, ctx: &egui::Context) {
    if !paths.is_empty() {
        open(state, paths.into_iter().map(Input::Path).collect(), ctx);
    }
}

/// Choices about how dates are read; taking them reads the files anew.
pub(super) fn read_as(state: &mut AppState, action: ReadAction, ctx: &egui::Context) {
    match action {
        ReadAction::Draft(choices) => state.drafted = choices,
        ReadAction::Take => {
            if let Some(choices) = state.drafted.take() {
                read_again(state, choices, "how dates are read", ctx);
            }
        }
    }
}

/// Reads the open files anew under other choices, which undo can take back under a label.
pub(super) fn read_again(state: &mut AppState, choices: Choices, label: &'static str, ctx: &egui::Context) {
    give_up_reread(state);
    let mut history = History::default();
    history.note(label, state.snapshot());
    read_under(state, choices, history, ctx);
}

/// The same with a history of its own.
pub(super) fn read_under(state: &mut AppState, choices: Choices, history: History, ctx: &egui::Context) {
    let Some(inputs) = state.loaded.as_ref().map(|open| open.inputs.clone()) else { return };
    give_up_reread(state);
    let before = std::mem::replace(&mut state.choices, choices);
    open(state, inputs, ctx);
    state.reread = Some(Reread { before, history });
}

/// Lets the choices hold again under which the open files were read, where reading them anew came to nothing.
fn give_up_reread(state: &mut AppState) {
    if let Some(reread) = state.reread.take() {
        state.choices = reread.before;
    }
}

fn open(state: &mut AppState, inputs: Vec<Input>, ctx: &egui::Context) {
    if inputs.is_empty() {
        return;
    }
    state.dialog = None;
    put_back(state);
    // Other files know other accounts, days and fields. What is open keeps its own until they are there.
    let mut ask = state.ask.clone();
    if state.loaded.as_ref().is_some_and(|open| open.inputs != inputs) {
        ask = Ask::default();
        ask.showing.display = state.ask.showing.display;
        ask.showing.apart = state.ask.showing.apart;
        ask.showing.without_gaps = state.ask.showing.without_gaps;
        state.choices = Choices::default();
    }
    ask.showing.chosen.clear();
    let again = state.loaded.as_ref().is_some_and(|open| open.inputs == inputs);
    if !again {
        // What is remembered later changes nothing that is open.
        state.choices.remembered.clone_from(&state.settings.mappings);
    }
    let choices = state.choices.clone();
    let (wake, wake_early) = (ctx.clone(), ctx.clone());
    let (send, early) = channel();
    // The same files read in another way keep their picture until the new one is whole.
    state.tasks.early = (!again).then_some(early);
    let as_shown = ask.clone();
    let show_early = move |import| {
        // Nobody may be waiting any more.
        let _ = send.send(Loaded::new(import, &as_shown));
        wake_early.request_repaint();
    };
    state.tasks.open = Some(Task::start_under(
        Control::within(state.limits.clone()),
        "open",
        move |control| match load_showing(&inputs, &choices, control, &show_early) {
            Ok(import) => match Index::room_for(&import.document.table, control.memory()) {
                Ok(()) => Ok(Loaded::new(import, &ask)),
                Err(source) => Err((ImportError::Memory { source, name: import.document.name }, inputs)),
            },
            Err(error) => Err((error, inputs)),
        },
        move || wake.request_repaint(),
    ));
}

/// Shows again what was open before, where the first records of a file are shown that is not read to its end.
fn put_back(state: &mut AppState) {
    give_up_reread(state);
    state.tasks.early = None;
    if let Some(before) = state.before.take() {
        state.loaded = before.loaded;
        state.viewport = before.viewport;
        state.ask = before.ask;
        state.lanes = before.lanes;
        state.zero = before.zero;
        state.history = before.history;
        state.select(None);
        state.flight = None;
        state.sight.forget();
        state.hovered = None;
        state.generation += 1;
    }
}

/// Shows the first records of a file that is still being read.
fn show_early(state: &mut AppState) {
    let Some(early) = state.tasks.early.as_ref().and_then(|early| early.try_recv().ok()) else { return };
    state.tasks.early = None;
    if early.placed == 0 {
        return;
    }
    let viewport = state.viewport;
    state.viewport = early.first_view();
    state.scroll = 0.0;
    state.select(None);
    state.flight = None;
    state.sight.forget();
    state.hovered = None;
    state.search.clear();
    state.tasks.search = None;
    state.generation += 1;
    let ask = std::mem::replace(&mut state.ask, early.ask.clone());
    let lanes = if state.loaded.is_some() { std::mem::take(&mut state.lanes) } else { state.lanes.clone() };
    // What the command line names is looked for when all is there.
    let zero = if matches!(state.zero, Some(CountFrom::Event(_))) { state.zero.take() } else { state.zero.clone() };
    let history = std::mem::take(&mut state.history);
    let loaded = state.loaded.replace(early);
    state.before = Some(Before { loaded, viewport, shown: state.viewport, ask, lanes, zero, history });
}

pub(super) fn poll(state: &mut AppState, ctx: &egui::Context) {
    show_early(state);
    if let Some(outcome) = state.tasks.open.as_ref().and_then(Task::poll) {
        state.tasks.open = None;
        match outcome {
            Ok(Ok(loaded)) => {
                let again = state.reread.is_some();
                show(state, loaded);
                if !again {
                    super::mapping::ask_where_unsure(state, ctx);
                }
            }
            Ok(Err((ImportError::Cancelled, _))) => put_back(state),
            Ok(Err((error, inputs))) => {
                put_back(state);
                let kept =
                    if state.loaded.is_some() { "Not opened, and what was open is unchanged" } else { "Not opened" };
                state.notice = Some(Notice { error: true, text: format!("{kept}: {error}") });
                let failed = |recent: &PathBuf| inputs.contains(&Input::Path(recent.clone()));
                if matches!(error, ImportError::Missing { .. }) {
                    state.settings.recent.retain(|recent| !failed(recent));
                }
            }
            Err(failure) => {
                put_back(state);
                state.notice = Some(Notice { error: true, text: format!("Not opened: {failure}") });
            }
        }
    }
    // Progress is shown while files are read.
    if state.tasks.open.is_some() || state.tasks.figure.is_some() {
        ctx.request_repaint_after(Duration::from_millis(60));
    }
    if let Some(outcome) = state.tasks.pick.as_ref().and_then(Task::poll) {
        state.tasks.pick = None;
        let Ok(picked) = outcome else { return };
        match picked.purpose {
            Purpose::Figure => super::figure::picked(state, &picked),
            Purpose::Map => super::mapping::save(state, picked.paths, picked.at_once),
            Purpose::Open if picked.at_once => state.dialog = Some(Dialog::Path(String::new())),
            Purpose::Open => open_paths(state, picked.paths, ctx),
        }
    }
}

/// What is to be said of dates that are beyond the edge at first.
fn far_away(loaded: &Loaded) -> Option<Notice> {
    let count = loaded.far()?.rows.len() as u64;
    let (dates, lie, them) = if count == 1 { ("date", "lies", "it") } else { ("dates", "lie", "them") };
    let text = format!(
        "{count} {dates} {lie} far from all others, beyond the edge; Home shows {them}, the import report says where."
    );
    Some(Notice { error: false, text })
}

fn show(state: &mut AppState, loaded: Loaded) {
    for input in loaded.inputs.iter().rev() {
        if let Input::Path(path) = input {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            state.settings.recent.retain(|recent| *recent != path);
            state.settings.recent.insert(0, path);
        }
    }
    state.settings.recent.truncate(RECENT);
    state.tasks.early = None;
    // The same files read in another way keep the place that one looks at, and so does a file of which the first records
    // were shown, where one has looked further.
    let moved = state.before.take().is_some_and(|before| before.shown != state.viewport);
    let again = moved
        || state.loaded.as_ref().is_some_and(|open| open.inputs == loaded.inputs && open.extent == loaded.extent);
    if !again {
        state.viewport = loaded.first_view();
        state.scroll = 0.0;
    }
    state.select(None);
    state.flight = None;
    state.sight.forget();
    state.hovered = None;
    state.search.clear();
    state.drafted = None;
    state.tasks.search = None;
    state.notice = None;
    if state.loaded.as_ref().is_some_and(|open| open.inputs != loaded.inputs) {
        state.zero = None;
        state.lanes = Arrangement::default();
    }
    // What the file does not have cannot be asked of it.
    state.ask = loaded.ask.clone();
    if !loaded.lacking.is_empty() {
        let fields = loaded.lacking.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
        let text = format!("{} has no field {fields}; lanes and colours do without.", loaded.document.name);
        state.notice = Some(Notice { error: false, text });
    }
    if let Some(text) = state.said_first.take().filter(|_| state.notice.is_none()) {
        state.notice = Some(Notice { error: false, text });
    }
    if state.notice.is_none() {
        state.notice = far_away(&loaded).or_else(|| mostly_empty(&loaded));
    }
    if let Some(CountFrom::Named(name)) = &state.zero {
        let event = loaded.document.table.named(name);
        if event.is_none() {
            let text = format!("No event has the id or title “{name}”, so no days are counted from it.");
            state.notice = Some(Notice { error: true, text });
        }
        state.zero = event.map(CountFrom::Event);
    }
    state.history = state.reread.take().map(|reread| reread.history).unwrap_or_default();
    state.views = Views::default();
    state.generation += 1;
    state.text.forget();
    state.loaded = Some(loaded);
}

/// What is to be said where events stand crowded at few places of a long time.
fn mostly_empty(loaded: &Loaded) -> Option<Notice> {
    let share = loaded.document.table.mostly_gaps()?;
    let text =
        format!("{:.0} % of the file's time is without events; Time › Leave out gaps takes it out.", share * 100.0);
    Some(Notice { error: false, text })
}
