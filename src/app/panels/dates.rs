//! How dates were read, column by column, and choices about it that are looked at before they are taken.

use super::counted;
use crate::app::actions::{Action, Actions, ReadAction};
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::Field;
use crate::import::{Choices, DateChoices, DateColumn, FileLedger};
use crate::paint::bold;
use crate::time::{Calendar, DateOrder, Reader, SerialEpoch, Zone, word_edtf};
use eframe::egui::{self, ComboBox, DragValue, Grid, RichText, ScrollArea, TextEdit, Ui};

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let mut choices = state.drafted.clone().unwrap_or_else(|| state.choices.clone());
    let before = choices.clone();
    let drafted = choices != state.choices;
    if drafted {
        ui.horizontal(|ui| {
            ui.label(bold("Not taken yet."));
            ui.label("The columns below show what would change.");
            if ui.button("Read the files so").clicked() {
                actions.push(Action::Read(ReadAction::Take));
            }
            if ui.button("Drop").clicked() {
                actions.push(Action::Read(ReadAction::Draft(None)));
            }
        });
        ui.separator();
    }
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        fields(ui, &mut choices);
        for (i, file) in open.ledger.files.iter().enumerate() {
            ui.separator();
            ui.label(bold(&file.name));
            columns(ui, i, file, &mut choices);
            if file.dates.is_empty() {
                ui.label(
                    RichText::new("No column of whole dates; they are put together from parts, or there are none.")
                        .weak(),
                );
            }
            for column in &file.dates {
                account(ui, column, (file.mapping.dates, choices.dates.or(mapped(state, file))));
            }
        }
    });
    if choices != before {
        let same = choices == state.choices;
        actions.push(Action::Read(ReadAction::Draft((!same).then_some(choices))));
    }
}

fn fields(ui: &mut Ui, choices: &mut Choices) {
    Grid::new("choices").num_columns(2).spacing([18.0, 6.0]).show(ui, |ui| {
        ui.label("Numeric dates");
        let words = |order: Option<DateOrder>| order.map_or("as each column proves", DateOrder::words);
        ComboBox::from_id_salt("order").width(190.0).selected_text(words(choices.dates.order)).show_ui(ui, |ui| {
            for order in [None, Some(DateOrder::Dmy), Some(DateOrder::Mdy), Some(DateOrder::Ymd)] {
                ui.selectable_value(&mut choices.dates.order, order, words(order));
            }
        });
        ui.end_row();
        ui.label("Calendar");
        calendar_choice(ui, &mut choices.dates.calendar);
        ui.end_row();
        ui.label("Times without an offset");
        zone_choice(ui, &mut choices.dates.zone);
        ui.end_row();
        ui.label("Two-digit years up to");
        ui.horizontal(|ui| {
            let mut pivot = choices.dates.pivot.unwrap_or(Reader::PIVOT);
            let response = ui.add(DragValue::new(&mut pivot).range(0..=99));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Last two-digit year of the 2000s")
            });
            if response.changed() {
                choices.dates.pivot = Some(pivot);
            }
            ui.label(RichText::new("are of the 2000s").weak());
        });
        ui.end_row();
        ui.label("Spreadsheet day numbers");
        ui.horizontal(|ui| {
            let mut serials = choices.dates.serials.unwrap_or_default();
            let first = ui.radio_value(&mut serials, SerialEpoch::Day1900, "from 1900");
            if first.union(ui.radio_value(&mut serials, SerialEpoch::Day1904, "from 1904")).changed() {
                choices.dates.serials = Some(serials);
            }
        });
        ui.end_row();
    });
}

/// The calendar of dates that name none.
pub(in crate::app) fn calendar_choice(ui: &mut Ui, chosen: &mut Option<Calendar>) {
    let words = |calendar: Option<Calendar>| calendar.map_or("Gregorian", Calendar::name);
    let menu = ComboBox::from_id_salt("calendar").width(130.0).selected_text(words(*chosen)).show_ui(ui, |ui| {
        for own in std::iter::once(None).chain(Calendar::ALL.into_iter().map(Some)) {
            ui.selectable_value(chosen, own, words(own));
        }
    });
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Calendar"));
}

/// No zone, or one that is found by a part of its name.
pub(in crate::app) fn zone_choice(ui: &mut Ui, chosen: &mut Option<Zone>) {
    let key = ui.scope_id().with("zone typed");
    let mut typed = ui.data_mut(|data| data.get_temp::<String>(key)).unwrap_or_default();
    let selected = chosen.map_or("are of no zone", Zone::name);
    ComboBox::from_id_salt("zone").width(190.0).selected_text(selected).show_ui(ui, |ui| {
        let edit = ui.add(TextEdit::singleline(&mut typed).hint_text("Find a zone"));
        edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a zone"));
        ui.selectable_value(chosen, None, "are of no zone");
        let wanted = typed.to_lowercase().replace(' ', "_");
        for zone in Zone::all().filter(|zone| zone.name().to_lowercase().contains(&wanted)).take(200) {
            ui.selectable_value(chosen, Some(zone), zone.name());
        }
    });
    ui.data_mut(|data| data.insert_temp(key, typed));
}

/// What each column tells, to be chosen anew.
fn columns(ui: &mut Ui, file_at: usize, file: &FileLedger, choices: &mut Choices) {
    ui.collapsing(format!("What its {} tell", counted(file.mapping.columns.len() as u64, "column")), |ui| {
        Grid::new(("meanings", file_at)).num_columns(3).spacing([18.0, 4.0]).show(ui, |ui| {
            for (i, column) in file.mapping.columns.iter().enumerate() {
                let name = &column.name;
                ui.label(name);
                let chosen = choices.columns.iter().rev().find(|(_, own)| own.eq_ignore_ascii_case(name));
                let mut field = chosen.map_or(column.field, |(field, _)| *field);
                let was = field;
                ComboBox::from_id_salt((file_at, i)).selected_text(field.name()).show_ui(ui, |ui| {
                    for other in Field::all() {
                        ui.selectable_value(&mut field, other, other.name());
                    }
                });
                if field != was {
                    choices.columns.retain(|(_, own)| !own.eq_ignore_ascii_case(name));
                    if field != column.field {
                        choices.columns.push((field, name.clone()));
                    }
                }
                let cells: Vec<String> =
                    file.samples.get(i).map(|samples| preview(samples, field, choices)).unwrap_or_default();
                ui.add(egui::Label::new(RichText::new(cells.join("   ")).weak()).truncate());
                ui.end_row();
            }
        });
    });
}

/// Some cells of a column, with what they would be as dates where they are to be dates.
fn preview(samples: &[String], field: Field, choices: &Choices) -> Vec<String> {
    let dates = matches!(field, Field::When | Field::Start | Field::End);
    let one = |cell: &String| {
        if !dates {
            return cell.clone();
        }
        let read = choices.dates.reader().read(cell).map(|reading| word_edtf(&reading.edtf, reading.duration));
        format!("{cell} → {}", read.unwrap_or_else(|_| "no date".to_owned()))
    };
    samples.iter().take(3).map(one).collect()
}

/// What a mapping of its own says of a file's dates.
fn mapped(state: &AppState, file: &FileLedger) -> DateChoices {
    if state.choices.mappings.is_empty() { DateChoices::default() } else { file.mapping.dates }
}

/// A column's account, and its telling cells as they are read now and would be.
fn account(ui: &mut Ui, column: &DateColumn, (now, then): (DateChoices, DateChoices)) {
    ui.add_space(8.0);
    ui.label(bold(format!("{}: {} of {} read", column.column, column.read, counted(column.cells, "cell"))));
    let told = [column.order_words(), column.assumed_words(), column.zone_words(), column.calendar_words()];
    for sentence in told.into_iter().flatten() {
        ui.add(egui::Label::new(sentence).wrap());
    }
    let mut rules: Vec<_> = column.rules.iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
    let rules: Vec<String> = rules.iter().map(|(rule, count)| format!("{count} as {rule}")).collect();
    ui.add(egui::Label::new(RichText::new(rules.join("; ")).weak()).wrap());
    let (now, then) = (column.reader(now), column.reader_under(then));
    Grid::new(("cells", &column.column)).num_columns(3).striped(true).spacing([24.0, 3.0]).show(ui, |ui| {
        for cell in &column.samples {
            let words = |reader: Reader| match reader.read(cell) {
                Ok(reading) => word_edtf(&reading.edtf, reading.duration),
                Err(_) => "not read".to_owned(),
            };
            let (as_now, as_then) = (words(now), words(then));
            ui.label(RichText::new(cell).monospace());
            ui.label(&as_now);
            if as_now == as_then {
                ui.label("")
            } else {
                ui.label(bold(format!("→ {as_then}")))
            };
            ui.end_row();
        }
    });
}
