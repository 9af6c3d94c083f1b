//! Which column of a file feeds which field: its first records as a table, over each column its field and the evidence for
//! it, and under it what comes of that, with the first picture.

use crate::app::actions::{Action, Actions, MappingAction, PanelAction};
use crate::app::loaded::Loaded;
use crate::app::mapping::MappingForm;
use crate::app::panels::counted;
use crate::app::state::AppState;
use crate::event::Field;
use crate::import::{FirstRecords, Format, Mapping};
use crate::paint::{bold, paint};
use crate::text::{grouped, on_screen};
use crate::time::{Reader, word_edtf};
use eframe::egui::{self, Button, ComboBox, Frame, Grid, Label, Margin, RichText, ScrollArea, Sense, Ui, vec2};
use egui_extras::{Column as Width, TableBuilder, TableRow};

/// Height of a record, in points.
const ROW: f32 = 21.0;
/// Air before the text of a cell, in points.
const INDENT: f32 = 5.0;
/// Height of the table's head: name, field, and the evidence in two lines.
const HEAD: f32 = 92.0;
/// Height of what stands between the table and what comes of it, in points.
const PARTS: f32 = 84.0;
/// Records that are shown.
const RECORDS: usize = 200;
/// How much smaller than in the window the first picture is.
const ZOOM: f32 = 0.72;
/// A dialog narrower than this has no room for all of its foot in one line, in points.
const NARROW: f32 = 820.0;
/// Width of what comes of it, in points.
const OUTCOME: f32 = 330.0;

pub(super) fn show(ui: &Ui, state: &AppState, form: &MappingForm, actions: &mut Actions) {
    let room = ui.ctx().content_rect().size();
    // Esc closes an open list first.
    let in_list = egui::Popup::is_any_open(ui.ctx());
    let modal = super::modal(ui, "mapping").show(ui.ctx(), |ui| {
        ui.set_width((room.x - 90.0).clamp(420.0, 1_500.0));
        let mut mapping = form.mapping.clone();
        heading(ui, state, form, actions);
        let tallest = (room.y - 190.0).max(160.0);
        // As high from the beginning as it will be: the dialog keeps its size while the records come.
        let scroll = ScrollArea::vertical().id_salt("mapping").max_height(tallest).min_scrolled_height(tallest);
        scroll.auto_shrink([false, false]).show(ui, |ui| {
            if let Some(first) = &form.first {
                // The picture has half of the height, within reason.
                let below = (tallest * 0.48).clamp(200.0, 420.0);
                let top = ui.cursor().top();
                table(ui, form, first, &mut mapping, (tallest - below - PARTS).max(HEAD + 3.0 * ROW));
                ui.add_space(6.0);
                super::mapping_parts::all(ui, form, &mut mapping);
                ui.add_space(6.0);
                let used = ui.cursor().top() - top;
                outcome(ui, state, form, (tallest - used - 14.0).max(below - 40.0));
            } else if form.problem.is_none() {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.label("Reading the first records…");
                });
            }
        });
        if mapping != form.mapping {
            actions.push(Action::Mapping(MappingAction::Draft(mapping)));
        }
        ui.separator();
        footer(ui, state, form, actions)
    });
    if modal.inner || (modal.should_close() && !in_list) {
        actions.push(Action::Panel(PanelAction::Escape));
    }
}

fn heading(ui: &mut Ui, state: &AppState, form: &MappingForm, actions: &mut Actions) {
    let Some(open) = &state.loaded else { return };
    let Some(file) = open.ledger.files.get(form.at) else { return };
    ui.horizontal(|ui| {
        ui.heading(format!("Columns of {}", on_screen(&file.name)));
        if open.ledger.files.len() > 1 {
            let other = ComboBox::from_id_salt("mapped file").selected_text("Another file");
            let menu = other.show_ui(ui, |ui| {
                for (at, file) in open.ledger.files.iter().enumerate() {
                    if ui.selectable_label(at == form.at, file.name.as_str()).clicked() {
                        actions.push(Action::Mapping(MappingAction::Ask(at)));
                    }
                }
            });
            menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Another file"));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let records = form.first.as_ref().filter(|first| !first.is_all()).map_or_else(
                || counted(file.records, "record"),
                |first| format!("{}, the first {} here", counted(file.records, "record"), grouped(first.len())),
            );
            let words = format!("{} · {} · {records}", file.format.name(), file.encoding);
            ui.add(Label::new(RichText::new(words).weak()).truncate());
        });
    });
    let told = form
        .reason
        .as_deref()
        .unwrap_or("These were chosen by the columns' names and cells. Change one, and everything below follows.");
    let told = RichText::new(told);
    ui.label(if form.reason.is_some() { told.color(ui.visuals().warn_fg_color) } else { told.weak() });
    ui.add_space(6.0);
}

/// The first records, each column under its field.
fn table(ui: &mut Ui, form: &MappingForm, first: &FirstRecords, mapping: &mut Mapping, height: f32) {
    let readers = readers(form);
    ui.spacing_mut().scroll = egui::style::ScrollStyle { bar_width: 8.0, ..egui::style::ScrollStyle::solid() };
    let salt = ("mapped columns", form.at, mapping.head);
    let records = first.len().min(RECORDS);
    // A short file needs no more than its rows.
    let rows = (height - HEAD).min(records as f32 * ROW + 2.0).max(3.0 * ROW);
    Frame::new().stroke(ui.visuals().widgets.noninteractive.bg_stroke).corner_radius(6).show(ui, |ui| {
        ScrollArea::horizontal().id_salt(salt).auto_shrink([false, true]).show(ui, |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut table = TableBuilder::new(ui)
                .id_salt(salt)
                .striped(true)
                .resizable(true)
                .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
                .max_scroll_height(rows)
                .min_scrolled_height(rows)
                .auto_shrink([false, false]);
            for column in 0..first.columns().len() {
                table = table.column(Width::initial(width(first, column)).at_least(64.0).clip(true));
            }
            let headed = table.header(HEAD, |mut row| {
                for column in 0..first.columns().len() {
                    row.col(|ui| head(ui, form, first, mapping, column));
                }
            });
            headed.body(|body| {
                body.rows(ROW, records, |row| record(row, form, first, &readers));
            });
        });
    });
}

/// Wide enough for what stands in a column, within reason, in points.
fn width(first: &FirstRecords, column: usize) -> f32 {
    let cells = (0..first.len().min(20)).filter_map(|record| first.cell(record, column));
    let longest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
    (longest as f32 * 7.0 + 18.0).clamp(132.0, 240.0)
}

/// A column's name, its field and the evidence for it.
fn head(ui: &mut Ui, form: &MappingForm, first: &FirstRecords, mapping: &mut Mapping, column: usize) {
    let name = &first.columns()[column];
    let Some(field) = mapping.columns.get(column).map(|column| column.field) else { return };
    ui.add_space(INDENT);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.add_space(4.0);
        ui.add(Label::new(bold(on_screen(name))).truncate()).on_hover_text(name);
        let titled = mapping.told(column) == Field::Title && field != Field::Title;
        let words = if titled { "Part of the title" } else { title(field) };
        let words = if field == Field::Attribute && !titled { RichText::new(words).weak() } else { bold(words) };
        let menu = ComboBox::from_id_salt(("field", column)).width(ui.available_width() - 6.0).selected_text(words);
        let mut chosen = field;
        let response = menu.height(MENU).show_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for other in FIRST.into_iter().chain(Field::all().filter(|own| !FIRST.contains(own))) {
                ui.selectable_value(&mut chosen, other, title(other));
            }
        });
        let spoken = format!("Field of {name}: {}", title(field));
        response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &spoken));
        if chosen != field {
            mapping.feed(column, chosen);
        }
        let why = mapping.columns.get(column).map(|column| column.why.as_str()).unwrap_or_default();
        let (read, warns) = dates_read(form, name).unwrap_or_else(|| (first.facts(column).to_owned(), false));
        let read = RichText::new(read).small();
        let read = if warns { read.color(ui.visuals().warn_fg_color) } else { read.weak() };
        ui.add(Label::new(read).truncate());
        if !why.is_empty() {
            ui.add(Label::new(RichText::new(why).small().weak()).truncate()).on_hover_text(why);
        }
    });
}

/// The fields that are chosen most, as they stand in the menu; the others follow.
const FIRST: [Field; 12] = [
    Field::Attribute,
    Field::When,
    Field::Start,
    Field::End,
    Field::Title,
    Field::Kind,
    Field::Status,
    Field::Participants,
    Field::Location,
    Field::Description,
    Field::Source,
    Field::Url,
];
/// Height of the menu of fields, in points, where the window has room for it.
const MENU: f32 = 620.0;

/// What a field is called over a column: one that feeds none of the others keeps its own name.
fn title(field: Field) -> &'static str {
    match field {
        Field::Attribute => "Kept as it is",
        Field::When => "Date",
        other => other.spec().title,
    }
}

/// How many cells of a column of dates were read, and whether that is to be looked at.
fn dates_read(form: &MappingForm, name: &str) -> Option<(String, bool)> {
    let file = form.shown.as_ref()?.ledger.files.first()?;
    let column = file.dates.iter().find(|column| column.column == *name)?;
    let most = column.rules.iter().max_by_key(|(_, count)| **count).map_or("", |(rule, _)| rule);
    let words =
        format!("{} of {} read, most as {most}", grouped(column.read as usize), grouped(column.cells as usize));
    Some((words, column.read < column.cells))
}

/// For each column, how its cells are read as dates, where they are.
fn readers(form: &MappingForm) -> Vec<Option<Reader>> {
    let file = form.shown.as_ref().and_then(|open| open.ledger.files.first());
    let reader = |name: &str| {
        let column = file?.dates.iter().find(|column| column.column == name)?;
        Some(column.reader(form.mapping.dates))
    };
    form.mapping.columns.iter().map(|column| reader(&column.name)).collect()
}

/// A record; a date tells under the pointer how it was read, and one that was not is marked.
fn record(mut row: TableRow<'_, '_>, form: &MappingForm, first: &FirstRecords, readers: &[Option<Reader>]) {
    let record = row.index();
    for column in 0..first.columns().len() {
        row.col(|ui| {
            let Some(cell) = first.cell(record, column) else { return };
            ui.add_space(INDENT);
            let text: String =
                on_screen(cell.trim()).chars().take(120).map(|c| if c < ' ' { ' ' } else { c }).collect();
            let used =
                form.mapping.columns.get(column).is_some_and(|_| form.mapping.told(column) != Field::Attribute);
            let text = RichText::new(text);
            let (text, told) = match readers.get(column).copied().flatten().map(|reader| reader.read(cell.trim())) {
                Some(Ok(reading)) => (text, word_edtf(&reading.edtf, reading.duration)),
                Some(Err(error)) => (text.color(ui.visuals().warn_fg_color), error.to_string()),
                None if used => (text, String::new()),
                None => (text.weak(), String::new()),
            };
            let label = ui.add(Label::new(text).selectable(false).truncate());
            if !told.is_empty() {
                let line =
                    first.line(record).map_or_else(String::new, |line| format!("Line {}: ", grouped(line as usize)));
                label.on_hover_text(format!("{line}{told}"));
            }
        });
    }
}

/// What comes of the mapping, in numbers and as the first picture.
fn outcome(ui: &mut Ui, state: &AppState, form: &MappingForm, height: f32) {
    let Some(open) = &form.shown else { return };
    let beside = ui.available_width() >= OUTCOME * 2.2;
    ui.horizontal_top(|ui| {
        let width = if beside { OUTCOME } else { ui.available_width() };
        let frame = Frame::new().fill(ui.visuals().faint_bg_color).corner_radius(6).inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            ui.set_width(width - 24.0);
            ui.set_height(height - 24.0);
            ui.vertical(|ui| numbers(ui, form, open));
        });
        if beside {
            picture(ui, state, form, height);
        }
    });
    if !beside {
        ui.add_space(6.0);
        picture(ui, state, form, height);
    }
}

fn numbers(ui: &mut Ui, form: &MappingForm, open: &Loaded) {
    let Some(file) = open.ledger.files.first() else { return };
    ui.horizontal(|ui| {
        ui.label(bold("What comes of it"));
        if form.is_reading() {
            ui.add(egui::Spinner::new().size(12.0));
        }
    });
    let count = |count: u64| grouped(count as usize);
    Grid::new("outcome").num_columns(2).spacing([16.0, 3.0]).show(ui, |ui| {
        let events = if file.events == file.placed + file.undated {
            format!("{}, one for each record", count(file.events))
        } else {
            count(file.events)
        };
        let between = match (&file.earliest, &file.latest) {
            // Days are enough here.
            (Some(earliest), Some(latest)) => {
                let day = |text: &str| text.split('T').next().unwrap_or_default().to_owned();
                format!("{} – {}", day(earliest), day(latest))
            }
            _ => "no date".to_owned(),
        };
        for (name, value) in [
            ("Placed", count(file.placed)),
            ("Undated", count(file.undated)),
            ("Rejected", count(file.rejected)),
            ("Events", events),
            ("From – to", between),
        ] {
            ui.label(RichText::new(name).weak());
            ui.add(Label::new(value).truncate());
            ui.end_row();
        }
    });
    ui.add_space(4.0);
    ui.label(bold("To look at"));
    ScrollArea::vertical().id_salt("remarks").auto_shrink([false, false]).show(ui, |ui| {
        if file.remarks.is_empty() && file.diagnostics.is_empty() {
            ui.label(RichText::new("Nothing: every record was taken as it was written.").weak());
        }
        for remark in &file.remarks {
            ui.add(Label::new(RichText::new(remark).small()).wrap());
        }
        for own in file.diagnostics.iter().take(20) {
            let words = format!("Line {}: {}", count(own.line), on_screen(&own.reason));
            ui.add(Label::new(RichText::new(words).small().weak()).wrap());
        }
    });
}

fn picture(ui: &mut Ui, state: &AppState, form: &MappingForm, height: f32) {
    let Some(open) = &form.shown else { return };
    ui.vertical(|ui| {
        ui.horizontal(|ui| {
            ui.label(bold("First picture"));
            let words = open.ledger.files.first().map(|file| file.mapping.clause(open.lanes_by()));
            ui.add(Label::new(RichText::new(words.unwrap_or_default()).weak()).truncate());
        });
        let size = vec2(ui.available_width(), height - 24.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        if open.placed == 0 {
            let words = "Nothing has a date yet: give a column the field Date, Start or Year of the start.";
            let font = egui::TextStyle::Body.resolve(ui.style());
            ui.painter().text(
                rect.center(),
                egui::Align2::CENTER_CENTER,
                words,
                font,
                ui.visuals().weak_text_color(),
            );
        } else if let Some(scene) = form.picture([size.x / ZOOM, size.y / ZOOM], state.theme(ui.ctx()), &state.text) {
            paint(&scene, &ui.painter_at(rect), rect.min, ZOOM);
        }
        ui.painter().rect_stroke(rect, 6.0, ui.visuals().window_stroke, egui::StrokeKind::Inside);
        response.widget_info(|| {
            let words = format!(
                "First picture: {} in {} lanes",
                counted(open.placed as u64, "event"),
                open.index.lanes().len()
            );
            egui::WidgetInfo::labeled(egui::Role::Image, true, words)
        });
    });
}

/// The buttons; tells whether the dialog is to be closed.
fn footer(ui: &mut Ui, state: &AppState, form: &MappingForm, actions: &mut Actions) -> bool {
    if let Some(problem) = &form.problem {
        ui.label(RichText::new(problem).color(ui.visuals().warn_fg_color));
    } else if let Some(notice) = &state.notice {
        ui.label(RichText::new(&notice.text).weak());
    }
    let mut closes = false;
    let mut send = |action: MappingAction| actions.push(Action::Mapping(action));
    let (undo, redo) = form.steps();
    // Ctrl+Z while a text is typed is that of the text.
    if !ui.ctx().text_edit_focused() {
        let shortcut = |name: &str| crate::app::commands::command(name).and_then(|command| command.shortcut);
        // With more modifiers first.
        if shortcut("redo").is_some_and(|keys| ui.input_mut(|input| input.consume_shortcut(&keys))) {
            send(MappingAction::Redo);
        } else if shortcut("undo").is_some_and(|keys| ui.input_mut(|input| input.consume_shortcut(&keys))) {
            send(MappingAction::Undo);
        }
    }
    let narrow = ui.available_width() < NARROW;
    if narrow {
        remember(ui, form, &mut send);
    }
    ui.horizontal(|ui| {
        if ui.add_enabled(undo, Button::new("Undo")).clicked() {
            send(MappingAction::Undo);
        }
        if ui.add_enabled(redo, Button::new("Redo")).clicked() {
            send(MappingAction::Redo);
        }
        let differs = form.first.as_ref().is_some_and(|first| *first.recognised() != form.mapping);
        let tip = "All columns as their names and cells speak for";
        if ui.add_enabled(differs, Button::new("As recognised")).on_hover_text(tip).clicked() {
            send(MappingAction::Recognised);
        }
        if !narrow {
            remember(ui, form, &mut send);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let sound = form.first.is_some() && form.mapping.check().is_ok();
            if ui.add_enabled(sound, Button::new(bold("Use these"))).clicked() {
                send(MappingAction::Take);
            }
            let tip = "As a file that --map reads on the command line";
            if ui.add_enabled(sound, Button::new("Save map…")).on_hover_text(tip).clicked() {
                send(MappingAction::Save);
            }
            closes = ui.button("Cancel").clicked();
        });
    });
    closes
}

fn remember(ui: &mut Ui, form: &MappingForm, send: &mut impl FnMut(MappingAction)) {
    let mut remember = form.remember;
    if ui.checkbox(&mut remember, "Use this for every file of the same columns").changed() {
        send(MappingAction::Remember(remember));
    }
}

/// Whether a file of this kind has a line that names its columns.
pub(super) fn has_head(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Tsv)
}
