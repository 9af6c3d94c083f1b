//! Deciding which column of a file feeds which field: its first records are read under each draft beside the window.

use crate::app::actions::MappingAction;
use crate::app::loaded::Loaded;
use crate::app::look::Ask;
use crate::app::mapping::{MappingForm, MappingRead};
use crate::app::state::{AppState, Dialog, MOST_REMEMBERED, Notice, Purpose};
use crate::export;
use crate::import::{Choices, DateChoices, FirstRecords, Ledger, Mapping};
use crate::index::Grouping;
use crate::task::Task;
use eframe::egui;
use std::path::{Path, PathBuf};

pub(super) fn apply(state: &mut AppState, action: MappingAction, ctx: &egui::Context) {
    match action {
        MappingAction::Ask(at) => ask(state, at, None, ctx),
        MappingAction::Draft(mapping) => change(state, ctx, |form| form.draft(mapping)),
        MappingAction::Undo => change(state, ctx, |form| _ = form.undo()),
        MappingAction::Redo => change(state, ctx, |form| _ = form.redo()),
        MappingAction::Recognised => change(state, ctx, |form| {
            if let Some(first) = &form.first {
                form.draft(first.recognised().clone());
            }
        }),
        MappingAction::Remember(remember) => {
            if let Some(form) = &mut state.mapping {
                form.remember = remember;
            }
        }
        MappingAction::Save => {
            if let Some(name) = map_name(state) {
                let ask = state.dialogs.save(&name);
                super::file::pick(state, ctx, Purpose::Map, move || ask().into_iter().collect());
            }
        }
        MappingAction::Take => take(state, ctx),
    }
}

/// Opens the dialog for one of the open inputs.
fn ask(state: &mut AppState, at: usize, reason: Option<String>, ctx: &egui::Context) {
    let Some(file) = state.loaded.as_ref().and_then(|open| open.ledger.files.get(at)) else { return };
    let mut form = MappingForm::new(at, file.mapping.clone(), reason);
    form.remember = state.settings.mappings.iter().any(|own| own.is_of(&names(&file.mapping)));
    state.mapping = Some(form);
    state.dialog = Some(Dialog::Mapping);
    state.notice = None;
    read(state, ctx);
}

/// Opens the dialog by itself where what was recognised can hardly be meant.
pub(super) fn ask_where_unsure(state: &mut AppState, ctx: &egui::Context) {
    let Some(open) = state.loaded.as_ref().filter(|_| state.dialog.is_none() && state.before.is_none()) else {
        return;
    };
    if state.choices.mappings.is_empty() && state.choices.columns.is_empty() {
        let unsure = |ledger: &Ledger| {
            ledger.files.iter().enumerate().find_map(|(at, file)| file.doubt().map(|reason| (at, reason)))
        };
        if let Some((at, reason)) = unsure(&open.ledger) {
            ask(state, at, Some(reason), ctx);
        }
    }
}

fn names(mapping: &Mapping) -> Vec<String> {
    mapping.columns.iter().map(|column| column.name.clone()).collect()
}

fn change(state: &mut AppState, ctx: &egui::Context, change: impl FnOnce(&mut MappingForm)) {
    let Some(form) = &mut state.mapping else { return };
    let before = form.mapping.clone();
    change(form);
    if form.mapping != before {
        read(state, ctx);
    }
}

/// Has the first records read under the mapping. Dropping the task before stops it.
fn read(state: &mut AppState, ctx: &egui::Context) {
    let control = state.control();
    let (Some(form), Some(open)) = (&mut state.mapping, &state.loaded) else { return };
    let Some(input) = open.inputs.get(form.at).cloned() else { return };
    let (mapping, wake) = (form.mapping.clone(), ctx.clone());
    let first = form.first.clone().filter(|first| first.recognised().head == mapping.head);
    let was_open = form.first.is_some();
    form.task = Some(Task::start_under(
        control,
        "mapping",
        move |control| {
            // Another header has other columns: they are recognised anew.
            let mut mapping = mapping;
            let first = if let Some(first) = first {
                first
            } else {
                let first = FirstRecords::open(&input, mapping.head, control)?;
                let chosen = Choices { mappings: vec![mapping.clone()], ..Choices::default() };
                let same = mapping.column_names().any(|name| first.columns().iter().any(|own| own == name));
                let anew = Mapping { dates: mapping.dates, ..first.recognised().clone() };
                mapping = if same && !was_open { first.mapping(&chosen) } else { anew };
                first
            };
            let import = first.read(&mapping, &Choices::default(), control)?;
            Ok(MappingRead { shown: Loaded::new(import, &Ask::default()), first, mapping })
        },
        move || wake.request_repaint(),
    ));
}

/// Takes what the worker has made, and forgets the form of a dialog that was closed.
pub(super) fn poll(state: &mut AppState) {
    if state.mapping.is_some() && !matches!(state.dialog, Some(Dialog::Mapping)) {
        state.mapping = None;
    }
    let Some(form) = &mut state.mapping else { return };
    let Some(outcome) = form.task.as_ref().and_then(Task::poll) else { return };
    form.task = None;
    match outcome {
        Ok(Ok(read)) => form.take(read),
        Ok(Err(error)) => form.problem = Some(error.to_string()),
        Err(failure) => form.problem = Some(failure.to_string()),
    }
}

/// Reads the open files under what was decided.
fn take(state: &mut AppState, ctx: &egui::Context) {
    let (Some(form), Some(open)) = (state.mapping.take(), &state.loaded) else { return };
    state.dialog = None;
    let of_form = names(&form.mapping);
    state.settings.mappings.retain(|own| !own.is_of(&of_form));
    if form.remember {
        state.settings.mappings.insert(0, form.mapping.clone());
        state.settings.mappings.truncate(MOST_REMEMBERED);
    }
    let files = open.ledger.files.iter().enumerate();
    let mut mappings: Vec<Mapping> =
        files.map(|(at, file)| if at == form.at { form.mapping.clone() } else { file.mapping.clone() }).collect();
    // Of mappings that fit an input equally the first is taken.
    mappings[..=form.at].rotate_right(1);
    let mut dates = DateChoices::default();
    // Of one file they stand where the panel of dates shows them.
    if let [only] = mappings.as_mut_slice() {
        dates = std::mem::take(&mut only.dates);
    }
    if state.ask.grouping == Grouping::first_look(&open.read) {
        // Other columns may make better lanes.
        state.ask.grouping = Grouping::default();
    }
    let choices = Choices { dates, head: None, mappings, columns: Vec::new(), ..state.choices.clone() };
    super::file::read_again(state, choices, "columns", ctx);
}

/// The name of the map that is saved for the file of the dialog.
fn map_name(state: &AppState) -> Option<String> {
    let (form, open) = (state.mapping.as_ref()?, state.loaded.as_ref()?);
    let name = open.inputs.get(form.at)?.name();
    let stem = Path::new(&name).file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
    Some(format!("{stem}.map.json"))
}

/// Writes the mapping where the system's dialog said; where there is no such dialog, beside the file itself.
pub(super) fn save(state: &mut AppState, paths: Vec<PathBuf>, at_once: bool) {
    let (Some(name), Some(form), Some(open)) = (map_name(state), &mut state.mapping, &state.loaded) else { return };
    let beside = || {
        let folder = open.inputs.get(form.at).and_then(|input| input.path()).and_then(Path::parent);
        let path = folder.map_or_else(PathBuf::new, Path::to_owned).join(&name);
        (!path.exists()).then_some(path)
    };
    let Some(path) = paths.into_iter().next().or_else(|| at_once.then(beside).flatten()) else {
        if at_once {
            form.problem = Some(format!("{name} is there already; move it away to save another one"));
        }
        return;
    };
    let text = form.mapping.to_json() + "\n";
    match export::save(&path, text.as_bytes()) {
        Ok(()) => {
            let text = format!("The columns are saved as {}; --map reads them.", path.display());
            state.notice = Some(Notice { error: false, text });
        }
        Err(error) => form.problem = Some(error.to_string()),
    }
}
