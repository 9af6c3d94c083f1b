//! The table and the charts of the events in sight: made at once, or beside the window where that would be felt.

use crate::app::actions::SightAction;
use crate::app::dock::PanelName;
use crate::app::sight::{Job, Key};
use crate::app::state::{AppState, Notice};
use crate::query::{Column, tsv};
use crate::task::{Control, Stopped, Task};
use crate::text::grouped;
use eframe::egui;
use std::sync::Arc;

/// Of no more events than this are the table and the charts made at once, and of no more rows the text of a copy.
const AT_ONCE: usize = 2_000;

pub(super) fn apply(state: &mut AppState, action: SightAction, ctx: &egui::Context) {
    match action {
        SightAction::Sort(sort) => state.sight.sort = sort,
        SightAction::Period(period) => state.sight.period = period,
        SightAction::Chart(chart) => {
            state.sight.chart = chart;
            state.settings.panels.show(PanelName::Charts, true);
        }
        SightAction::Copy => copy(state, ctx),
    }
    ctx.request_repaint();
}

fn copy(state: &mut AppState, ctx: &egui::Context) {
    let (Some(open), Some((_, seen))) = (&state.loaded, &state.sight.made) else { return };
    let few = seen.events.len() <= AT_ONCE;
    let (table, seen) = (open.document.table.clone(), seen.clone());
    let work = move |control: &Control| {
        let text = tsv(&table, &Column::all(&table), &seen.events, control)?;
        Ok::<_, Stopped>((seen.events.len(), text))
    };
    if few {
        if let Ok((rows, text)) = work(&Control::new()) {
            copied(state, ctx, rows, text);
        }
        return;
    }
    let wake = ctx.clone();
    state.sight.copy = Some(Task::start_under(state.control(), "copy", work, move || wake.request_repaint()));
}

fn copied(state: &mut AppState, ctx: &egui::Context, rows: usize, text: String) {
    ctx.copy_text(text);
    let text = format!("{} rows are on the clipboard, with tabs between the columns.", grouped(rows));
    state.notice = Some(Notice { error: false, text });
}

/// Takes what workers have made, and makes anew what has changed where a panel shows it; the old is kept until then.
pub(super) fn poll(state: &mut AppState, ctx: &egui::Context) {
    if let Some(outcome) = state.sight.copy.as_ref().and_then(Task::poll) {
        state.sight.copy = None;
        match outcome {
            Ok(Ok((rows, text))) => copied(state, ctx, rows, text),
            Ok(Err(stopped)) => state.tell_stopped("Copying", &stopped),
            Err(failure) => state.notice = Some(Notice { error: true, text: format!("Not copied: {failure}") }),
        }
    }
    if let Some(outcome) = state.sight.task.as_ref().and_then(Task::poll) {
        state.sight.task = None;
        // What was made of another file or under another search is let go.
        match outcome {
            Ok(Ok((key, made))) if key.generation == state.generation => {
                state.sight.made = Some((key, Arc::new(made)));
            }
            Ok(Err(stopped @ Stopped::Memory(_))) => {
                state.tell_stopped("The list of events in sight", &stopped);
                state.sight.refused = Some(Key::now(state));
            }
            _ => {}
        }
    }
    let panels = &state.settings.panels;
    let wanted = panels.is_seen(PanelName::Table) || panels.is_seen(PanelName::Charts);
    let Some(open) = state.loaded.as_ref().filter(|open| wanted && open.placed > 0) else {
        (state.sight.made, state.sight.task) = (None, None);
        return;
    };
    let key = Key::now(state);
    if state.sight.task.is_some()
        || state.sight.refused.as_ref() == Some(&key)
        || state.sight.made.as_ref().is_some_and(|(own, _)| *own == key)
    {
        return;
    }
    let job = Job::new(state, open, key);
    if open.index.len() <= AT_ONCE {
        if let Ok(made) = job.run(&Control::new()) {
            state.sight.made = Some((job.key, Arc::new(made)));
        }
        return;
    }
    let wake = ctx.clone();
    let work = move |control: &Control| job.run(control).map(|made| (job.key, made));
    state.sight.task = Some(Task::start_under(state.control(), "in sight", work, move || wake.request_repaint()));
}
