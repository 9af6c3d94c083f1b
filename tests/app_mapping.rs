//! The mapping dialog without a display: which column of a file feeds which field, what comes of it, and what is kept.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod window;

use eframe::egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kairograph::app::App;
use kairograph::event::{EventId, Field};
use kairograph::import::{Input, Mapping};
use window::{CTRL, NONE, app, file, key, palette, settle};

const DRILLS: &str = "name,where,signed,held\nFirst,Tokyo,2022-05-24,2021-01-01\nSecond,Kure,2022-06-01,2021-02-02\nThird,Tokyo,2022-06-09,2021-03-03\n";

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
    settle(harness);
}

/// Gives a column another field by its menu.
fn feed(harness: &mut Harness<'static, App>, column: &str, field: &str) {
    harness.get_by_label_contains(&format!("Field of {column}: ")).click();
    harness.run_steps(3);
    let last = harness.get_all_by_label(field).last().unwrap();
    last.click();
    harness.run_steps(3);
    settle(harness);
}

fn write(harness: &mut Harness<'static, App>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run_steps(2);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run_steps(3);
    settle(harness);
}

fn mapping(harness: &Harness<'static, App>) -> Mapping {
    harness.state().state().loaded.as_ref().unwrap().ledger.files[0].mapping.clone()
}

fn field(harness: &Harness<'static, App>, column: &str) -> Field {
    mapping(harness).column(column).unwrap().field
}

#[test]
fn another_field_for_a_column_shows_what_comes_of_it_before_it_is_taken_and_undo_brings_the_old_one_back() {
    let (_folder, path) = file("drills.csv", DRILLS);
    let mut harness = app(vec![Input::Path(path)], vec![]);
    let before = mapping(&harness);
    let old = if before.column("held").unwrap().field.is_start() { "held" } else { "signed" };
    let new = if old == "held" { "signed" } else { "held" };
    key(&mut harness, CTRL, Key::M);
    settle(&mut harness);
    harness.get_by_label("Columns of drills.csv");
    feed(&mut harness, new, "Date");
    // What is open is as it was, and the dialog shows what would be.
    assert_eq!(mapping(&harness), before);
    harness.get_by_label_contains("First picture: 3 events");
    let from = if new == "held" { "2021-01-01 – 2021-03-03" } else { "2022-05-24 – 2022-06-09" };
    harness.get_by_label(from);
    click(&mut harness, "Use these");
    assert_eq!((field(&harness, new), field(&harness, old)), (Field::When, Field::Attribute));
    key(&mut harness, CTRL, Key::Z);
    settle(&mut harness);
    assert_eq!(mapping(&harness), before);
    key(&mut harness, CTRL.plus(eframe::egui::Modifiers::SHIFT), Key::Z);
    settle(&mut harness);
    assert_eq!(field(&harness, new), Field::When);
}

#[test]
fn steps_of_the_dialog_are_taken_back_one_by_one_and_escape_changes_nothing() {
    let (_folder, path) = file("drills.csv", DRILLS);
    let mut harness = app(vec![Input::Path(path)], vec![]);
    let before = mapping(&harness);
    palette(&mut harness, "columns");
    feed(&mut harness, "where", "Who took part");
    feed(&mut harness, "name", "Description");
    let drafted = |harness: &Harness<'static, App>, column: &str| {
        harness.state().state().mapping.as_ref().unwrap().mapping.column(column).unwrap().field
    };
    click(&mut harness, "Undo");
    assert_eq!((drafted(&harness, "name"), drafted(&harness, "where")), (Field::Title, Field::Participants));
    click(&mut harness, "As recognised");
    assert_eq!(drafted(&harness, "where"), before.column("where").unwrap().field);
    key(&mut harness, NONE, Key::Escape);
    assert!(harness.state().state().mapping.is_none());
    assert_eq!(mapping(&harness), before);
}

#[test]
fn a_file_without_recognised_dates_asks_by_itself_and_one_of_the_same_columns_is_read_as_chosen_before() {
    let text = "what,x1\nFirst,day 5 of May 2022\nSecond,whenever\n";
    let (_folder, path) = file("one.csv", text);
    let (_other_folder, other) = file("two.csv", &text.replace("day 5 of May 2022", "2022-05-05"));
    let mut harness = app(vec![Input::Path(path)], vec![other]);
    assert!(harness.get_all_by_label_contains("No column of dates was found").count() > 0);
    feed(&mut harness, "x1", "Date");
    click(&mut harness, "Use this for every file of the same columns");
    click(&mut harness, "Use these");
    assert_eq!(field(&harness, "x1"), Field::When);
    // Undo takes back what was remembered too, as far as this file goes.
    key(&mut harness, CTRL, Key::Z);
    settle(&mut harness);
    assert_eq!((field(&harness, "x1"), harness.state().state().dialog.is_none()), (Field::Attribute, true));
    key(&mut harness, CTRL.plus(eframe::egui::Modifiers::SHIFT), Key::Z);
    settle(&mut harness);
    assert_eq!(field(&harness, "x1"), Field::When);
    key(&mut harness, CTRL, Key::O);
    settle(&mut harness);
    assert_eq!((field(&harness, "x1"), mapping(&harness).remembered), (Field::When, true));
    assert!(harness.state().state().dialog.is_none());
}

#[test]
fn a_template_makes_titles_and_a_text_for_all_stands_where_no_column_does() {
    let (_folder, path) = file("drills.csv", DRILLS);
    let mut harness = app(vec![Input::Path(path)], vec![]);
    palette(&mut harness, "columns");
    write(&mut harness, "Title from a template", "{name} in {where}");
    harness.get_by_label("One text for all…").click();
    harness.run_steps(3);
    harness.get_all_by_label("Status").last().unwrap().click();
    harness.run_steps(3);
    write(&mut harness, "Status of all records", "held");
    click(&mut harness, "Use these");
    let open = harness.state().state().loaded.as_ref().unwrap();
    let row = open.document.table.rows_of(EventId(0)).next().unwrap();
    assert_eq!(open.document.table.title(row), Some("First in Tokyo"));
    assert_eq!(mapping(&harness).constants.get(&Field::Status).map(String::as_str), Some("held"));
    // The same mapping as a file says the same.
    let written = mapping(&harness).to_json();
    assert_eq!(Mapping::from_json(&written).unwrap().to_json(), written);
}

#[test]
fn of_two_files_with_the_same_columns_the_mapping_that_was_just_chosen_holds() {
    let (_folder, one) = file("one.csv", DRILLS);
    let (_other_folder, two) = file("two.csv", DRILLS);
    let mut harness = app(vec![Input::Path(one), Input::Path(two)], vec![]);
    key(&mut harness, CTRL, Key::M);
    settle(&mut harness);
    harness.get_by_label("Another file").click();
    harness.run_steps(3);
    harness.get_all_by_label("two.csv").last().unwrap().click();
    harness.run_steps(3);
    settle(&mut harness);
    harness.get_by_label("Columns of two.csv");
    feed(&mut harness, "where", "Who took part");
    click(&mut harness, "Use these");
    let open = harness.state().state().loaded.as_ref().unwrap();
    assert!(open.ledger.files.iter().all(|file| file.mapping.column("where").unwrap().field == Field::Participants));
}
