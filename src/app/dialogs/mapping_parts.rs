//! What a mapping says beside fields of columns: a template for titles, texts for all records, the header's line, and how
//! dates are read.

use super::mapping::has_head;
use crate::app::mapping::MappingForm;
use crate::app::panels::{calendar_choice, zone_choice};
use crate::event::Field;
use crate::import::Mapping;
use crate::time::{DateOrder, Reader, SerialEpoch};
use eframe::egui::{ComboBox, DragValue, Response, RichText, Role, TextEdit, Ui, WidgetInfo};

pub(super) fn all(ui: &mut Ui, form: &MappingForm, mapping: &mut Mapping) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        title(ui, mapping);
        ui.separator();
        constants(ui, mapping);
        ui.separator();
        ui.label("Calendar");
        calendar_choice(ui, &mut mapping.dates.calendar);
        let tip = "Negative years are counted as astronomers do: -431 is 432 BCE";
        ui.checkbox(&mut mapping.dates.astronomical, "There is a year 0").on_hover_text(tip);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let format = form.shown.as_ref().and_then(|open| open.ledger.files.first()).map(|file| file.format);
        if format.is_some_and(has_head) {
            head(ui, mapping);
            ui.separator();
        }
        dates(ui, mapping);
    });
}

fn named(response: Response, role: Role, name: &str) -> Response {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    response
}

/// A template for titles. While it stands there, no column alone is the title.
fn title(ui: &mut Ui, mapping: &mut Mapping) {
    ui.label("Title from a template");
    let mut typed = mapping.title.clone().unwrap_or_default();
    let example = mapping.column_names().take(2).map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(" – ");
    let edit = ui.add(TextEdit::singleline(&mut typed).hint_text(example).desired_width(200.0));
    if named(edit, Role::TextInput, "Title from a template").changed() {
        for column in mapping.columns.iter_mut().filter(|column| column.field == Field::Title) {
            (column.field, column.why) = (Field::Attribute, String::new());
        }
        mapping.constants.remove(&Field::Title);
        mapping.title = (!typed.is_empty()).then_some(typed);
    }
    if !mapping.has_sound_title() {
        let words = "names of columns stand in braces";
        ui.label(RichText::new(words).small().color(ui.visuals().warn_fg_color));
    }
}

/// Texts that all records have of a field that no column feeds.
fn constants(ui: &mut Ui, mapping: &mut Mapping) {
    let mut gone = None;
    for (field, text) in &mut mapping.constants {
        ui.label(format!("{} of all", field.spec().title));
        let edit = ui.add(TextEdit::singleline(text).desired_width(110.0));
        named(edit, Role::TextInput, &format!("{} of all records", field.spec().title));
        if ui.small_button("Remove").clicked() {
            gone = Some(*field);
        }
    }
    if let Some(field) = gone {
        mapping.constants.remove(&field);
    }
    let free = |field: &Field| {
        let taken = mapping.feeds(*field) || mapping.constants.contains_key(field);
        Mapping::can_be_constant(*field) && !taken && !(*field == Field::Title && mapping.title.is_some())
    };
    let fields: Vec<Field> = Field::all().filter(free).collect();
    let mut added = None;
    let menu = ComboBox::from_id_salt("constant").selected_text("One text for all…").width(140.0);
    let menu = menu.show_ui(ui, |ui| {
        for field in fields {
            if ui.selectable_label(false, field.spec().title).clicked() {
                added = Some(field);
            }
        }
    });
    named(menu.response, Role::ComboBox, "One text for all…");
    if let Some(field) = added {
        mapping.constants.insert(field, String::new());
    }
}

fn head(ui: &mut Ui, mapping: &mut Mapping) {
    ui.label("Header in line");
    // Without a choice it is found; 0 stands for that.
    let mut line = mapping.head.unwrap_or(0);
    let edit = DragValue::new(&mut line).range(0..=1_000_000).speed(0.05).update_while_editing(false);
    let edit =
        edit.custom_formatter(|line, _| if line < 1.0 { "found by itself".to_owned() } else { format!("{line}") });
    if named(ui.add(edit), Role::SpinButton, "Header in line").changed() {
        mapping.head = (line > 0).then_some(line);
    }
}

fn dates(ui: &mut Ui, mapping: &mut Mapping) {
    let dates = &mut mapping.dates;
    ui.label("Numeric dates");
    let words = |order: Option<DateOrder>| order.map_or("as each column proves", DateOrder::words);
    ComboBox::from_id_salt("mapped order").width(170.0).selected_text(words(dates.order)).show_ui(ui, |ui| {
        for order in [None, Some(DateOrder::Dmy), Some(DateOrder::Mdy), Some(DateOrder::Ymd)] {
            ui.selectable_value(&mut dates.order, order, words(order));
        }
    });
    ui.label("Times without an offset");
    zone_choice(ui, &mut dates.zone);
    ui.label("Two-digit years to");
    let mut pivot = dates.pivot.unwrap_or(Reader::PIVOT);
    let edit = ui.add(DragValue::new(&mut pivot).range(0..=99).speed(0.1).update_while_editing(false));
    if named(edit, Role::SpinButton, "Last two-digit year of the 2000s").changed() {
        dates.pivot = Some(pivot);
    }
    ui.label("Day numbers");
    let serials = dates.serials.unwrap_or_default();
    let words = |serials: SerialEpoch| if serials == SerialEpoch::Day1900 { "from 1900" } else { "from 1904" };
    ComboBox::from_id_salt("mapped serials").width(90.0).selected_text(words(serials)).show_ui(ui, |ui| {
        for own in [SerialEpoch::Day1900, SerialEpoch::Day1904] {
            if ui.selectable_label(own == serials, words(own)).clicked() {
                dates.serials = Some(own);
            }
        }
    });
}
