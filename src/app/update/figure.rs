//! Figures: composed at once, written beside the window.

use crate::app::actions::FigureAction;
use crate::app::state::{AppState, Dialog, ExportForm, FigureDone, Notice, Picked, Purpose};
use crate::export::{self, Figure, FigureFormat, Writing};
use crate::import::Input;
use crate::task::{Control, Task};
use crate::text::TextMeter;
use eframe::egui;
use std::path::{Path, PathBuf};

pub(super) fn apply(state: &mut AppState, action: FigureAction, ctx: &egui::Context) {
    match action {
        FigureAction::Ask => {
            if state.loaded.is_some() {
                // What was said of another figure is not of this one.
                state.notice = None;
                state.dialog = Some(Dialog::Export(form(state, ctx)));
            }
        }
        FigureAction::Edit(form) => state.dialog = Some(Dialog::Export(form)),
        FigureAction::Browse => {
            if let Some(Dialog::Export(form)) = &state.dialog {
                let name = Path::new(&form.path).file_name().map(|name| name.to_string_lossy().into_owned());
                let ask = state.dialogs.save(&name.unwrap_or_default());
                super::file::pick(state, ctx, Purpose::Figure, move || ask().into_iter().collect());
            }
        }
        FigureAction::Save => save(state, ctx),
        FigureAction::CopySvg => {
            let form = current_form(state, ctx);
            if let Some(open) = &state.loaded {
                let figure = state.figure(open, &form);
                if let Some((scene, about)) = figure.get(form.page).or_else(|| figure.first()) {
                    let control = Control::within(state.limits.clone());
                    // Fonts by name: at once, and what is pasted into is a program with fonts of its own.
                    let how =
                        Writing { embed_fonts: false, ..Writing::new(FigureFormat::Svg, &state.text, &control) };
                    ctx.copy_text(export::svg_text(scene, about, &how));
                }
                state.notice = Some(Notice { error: false, text: "The figure is on the clipboard as SVG.".into() });
            }
        }
        FigureAction::CopyPng => copy_png(state, ctx),
        FigureAction::Cancel => state.tasks.figure = None,
    }
}

/// The dialog's form if it is open, else a new one.
fn current_form(state: &AppState, ctx: &egui::Context) -> ExportForm {
    match &state.dialog {
        Some(Dialog::Export(form)) => form.clone(),
        _ => form(state, ctx),
    }
}

fn form(state: &AppState, ctx: &egui::Context) -> ExportForm {
    let name = state.loaded.as_ref().map_or("figure", |open| open.document.name.as_str());
    let stem =
        Path::new(name).file_stem().map_or_else(|| "figure".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let plain: String = stem.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let file = format!("{}.svg", plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"));
    let folder = std::env::current_dir().unwrap_or_default();
    ExportForm {
        format: FigureFormat::Svg,
        figure: Figure { theme: AppState::theme_name(ctx), palette: state.settings.palette, ..Figure::default() },
        scale: 2.0,
        embed_fonts: true,
        whole: false,
        page: 0,
        path: folder.join(file).display().to_string(),
    }
}

/// How a form's figure becomes files.
fn writing<'t>(form: &ExportForm, text: &'t TextMeter, control: &'t Control) -> Writing<'t> {
    Writing { format: form.format, scale: form.scale, embed_fonts: form.embed_fonts, text, control }
}

fn save(state: &mut AppState, ctx: &egui::Context) {
    let (Some(Dialog::Export(form)), Some(open)) = (&state.dialog, &state.loaded) else { return };
    let figure = state.figure(open, form);
    let pages = figure.to_vec();
    let (form, path) = (form.clone(), PathBuf::from(form.path.trim()));
    let (wake, text) = (ctx.clone(), state.text.clone());
    let inputs: Vec<PathBuf> = open.inputs.iter().filter_map(Input::path).map(Path::to_owned).collect();
    state.tasks.figure = Some(Task::start_under(
        Control::within(state.limits.clone()),
        "export",
        move |control| {
            control.phase("Drawing the figure", 0);
            let how = writing(&form, &text, control);
            let export::Rendered { files, remarks } =
                export::render_pages(&pages, &how).map_err(|error| error.to_string())?;
            control.check().map_err(|error| error.to_string())?;
            let paths = export::numbered(&path, files.len());
            export::spare_inputs(&paths, inputs.iter().map(PathBuf::as_path)).map_err(|error| error.to_string())?;
            let files: Vec<_> = paths.iter().cloned().zip(files).collect();
            export::save_all(&files).map_err(|error| error.to_string())?;
            Ok(FigureDone::Saved(paths, remarks))
        },
        move || wake.request_repaint(),
    ));
}

fn copy_png(state: &mut AppState, ctx: &egui::Context) {
    let form = current_form(state, ctx);
    let Some(open) = &state.loaded else { return };
    let figure = state.figure(open, &form);
    let Some(scene) = figure.get(form.page).or_else(|| figure.first()).map(|(scene, _)| scene.clone()) else {
        return;
    };
    let wake = ctx.clone();
    state.tasks.figure = Some(Task::start_under(
        Control::within(state.limits.clone()),
        "copy",
        move |control| {
            control.phase("Drawing the figure", 0);
            export::pixels(&scene, form.scale, control).map(FigureDone::Pixels).map_err(|error| error.to_string())
        },
        move || wake.request_repaint(),
    ));
}

pub(super) fn poll(state: &mut AppState, ctx: &egui::Context) {
    let Some(outcome) = state.tasks.figure.as_ref().and_then(Task::poll) else { return };
    state.tasks.figure = None;
    let notice = match outcome {
        Ok(Ok(FigureDone::Saved(paths, told))) => {
            state.dialog = None;
            let text = match paths.as_slice() {
                [first, .., last] => {
                    format!("{} pages are saved: {} to {}", paths.len(), first.display(), last.display())
                }
                _ => format!("The figure is saved: {}", paths.first().cloned().unwrap_or_default().display()),
            };
            // The path stands last, without a stop.
            Notice { error: false, text: told.into_iter().chain([text]).collect::<Vec<_>>().join(" ") }
        }
        Ok(Ok(FigureDone::Pixels(pixels))) => {
            let size = [pixels.width as usize, pixels.height as usize];
            ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &pixels.rgba));
            Notice { error: false, text: "The figure is on the clipboard as a picture.".into() }
        }
        Ok(Err(reason)) => Notice { error: true, text: format!("Not exported: {reason}") },
        Err(failure) => Notice { error: true, text: format!("Not exported: {failure}") },
    };
    state.notice = Some(notice);
}

/// A place from the system's dialog.
pub(super) fn picked(state: &mut AppState, picked: &Picked) {
    if let (Some(Dialog::Export(form)), Some(path)) = (&mut state.dialog, picked.paths.first()) {
        if let Ok(format) = FigureFormat::of_path(path) {
            form.format = format;
        }
        form.path = path.with_extension(form.format.extension()).display().to_string();
    } else if picked.at_once {
        state.notice =
            Some(Notice { error: false, text: "This system shows no file dialog; type the path instead.".into() });
    }
}
