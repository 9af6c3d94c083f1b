//! Panels, selection and the keyboard, in a window without a display.

mod window;

use eframe::egui::accesskit::Toggled;
use eframe::egui::{Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use kairograph::app::App;
use kairograph::cli::Look;
use kairograph::event::Facet;
use kairograph::import::{Input, sample};
use kairograph::index::Grouping;
use kairograph::layout::Arrangement;
use window::{CTRL, NONE, app, app_with, click, file, key, palette, settle, title};

#[test]
fn the_table_lists_what_is_in_sight_sorted_as_asked_and_selects_with_the_canvas() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, NONE, eframe::egui::Key::F7);
    harness.get_by_label("25 events in sight");
    harness.get_by_label("Sorted by When, least first");
    harness.get_by_label("Sort by Title").click();
    harness.run_steps(4);
    harness.get_by_label("Sorted by Title, least first").click();
    harness.run_steps(4);
    harness.get_by_label("Sorted by Title, greatest first");
    // The first row, then the one under it by the keyboard.
    let first = harness.get_by_label("Vostok 2022 opening ceremony").rect().center();
    click(&mut harness, first);
    let ceremony = harness.state().state().selected;
    assert!(ceremony.is_some());
    key(&mut harness, NONE, eframe::egui::Key::ArrowDown);
    let next = harness.state().state().selected;
    assert!(next.is_some() && next != ceremony);
    harness.get_by_label("Copy").click();
    harness.run_steps(3);
    harness.get_by_label_contains("25 rows are on the clipboard");
    key(&mut harness, NONE, eframe::egui::Key::F7);
    assert!(harness.query_by_label("25 events in sight").is_none());
}

#[test]
fn a_click_in_a_chart_searches_for_what_was_clicked() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, NONE, eframe::egui::Key::F8);
    let chart = harness.get_by_label_contains("Events begun per week").rect();
    // The week of 24 May holds the most; it lies a sixth of the way into the window.
    let mut at = eframe::egui::pos2(chart.left() + chart.width() * 0.172, chart.bottom() - 34.0);
    click(&mut harness, at);
    assert_eq!(harness.state().state().search, "began:2022-05-23/2022-05-29");
    harness.get_by_label("4–5 of 77 events");
    at.x += 1.0;
    click(&mut harness, at);
    assert_eq!(harness.state().state().search, "");
}

#[test]
fn panels_stand_where_they_are_put() {
    let mut harness = app(vec![sample()], vec![]);
    harness.get_by_label("Hide details").click();
    harness.run_steps(3);
    assert!(harness.query_by_label("No event selected").is_none());
    palette(&mut harness, "table");
    harness.get_by_label("25 events in sight");
    harness.get_by_label("Move").click();
    harness.run_steps(3);
    harness.get_by_label("Show in a window").click();
    harness.run_steps(4);
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    assert!(harness.query_by_label("Sort by Title").is_none());
}

#[test]
fn periods_are_typed_checked_shown_and_taken_back() {
    let mut harness = app(vec![sample()], vec![]);
    palette(&mut harness, "periods");
    harness.get_by_label("Name of period 1").focus();
    harness.run_steps(2);
    harness.get_by_label("Name of period 1").type_text("War");
    harness.run_steps(2);
    harness.get_by_label_contains("War: ");
    harness.get_by_label("Dates of period 1").focus();
    harness.run_steps(2);
    harness.get_by_label("Dates of period 1").type_text("2022-02-24/..");
    harness.run_steps(3);
    harness.get_by_label("Show them").click();
    harness.run_steps(4);
    let periods = |harness: &Harness<'static, App>| harness.state().state().around.periods.clone();
    assert_eq!(periods(&harness), [("War".to_owned(), "2022-02-24/..".to_owned())]);
    assert!(harness.state().state().dialog.is_none());
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    assert!(periods(&harness).is_empty());
}

#[test]
fn lanes_and_events_are_spoken_of_and_reached_by_the_keyboard() {
    let mut harness = app(vec![sample()], vec![]);
    harness.get_by_label("Lane Exercise, 40 events");
    let words = "Vostok 2022, exercise, announced, 30 August to 5 September 2022; 4 accounts";
    harness.get_by_label(words).focus();
    harness.run_steps(3);
    let state = harness.state().state();
    let table = &state.loaded.as_ref().unwrap().document.table;
    assert_eq!(table.title(table.first_row(state.selected.unwrap())), Some("Vostok 2022"));
}

#[test]
fn tab_begins_with_the_first_event_in_sight_and_the_end_of_a_search_can_be_taken_back() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, NONE, eframe::egui::Key::Tab);
    let first = harness.state().state().selected;
    assert!(first.is_some(), "the menus have the keyboard");
    key(&mut harness, NONE, eframe::egui::Key::Tab);
    let second = harness.state().state().selected;
    assert!(second.is_some() && second != first);
    key(&mut harness, CTRL, eframe::egui::Key::F);
    harness.event(eframe::egui::Event::Text("nato".to_owned()));
    harness.run_steps(4);
    harness.get_by_label("Clear").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state().search, "");
    harness.get_by_label("Lane Exercise, 40 events");
    click(&mut harness, eframe::egui::pos2(400.0, 700.0));
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    assert_eq!(harness.state().state().search, "nato");
}

#[test]
fn a_rectangle_selects_several_events_and_zooming_shows_them_all() {
    let mut harness = app(vec![sample()], vec![]);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    let pos = |x: f32, y: f32| eframe::egui::pos2(canvas.left() + canvas.width() * x, canvas.top() + y);
    let (from, to) = (pos(0.6, 52.0), pos(0.98, 160.0));
    harness.hover_at(from);
    harness.run_steps(2);
    let press = |harness: &mut Harness<'static, App>, pos, pressed| {
        let button = eframe::egui::PointerButton::Primary;
        let event = eframe::egui::Event::PointerButton { pos, button, pressed, modifiers: CTRL };
        harness.event_modifiers(event, CTRL);
        harness.run_steps(1);
    };
    press(&mut harness, from, true);
    for step in 1..=4 {
        harness.event_modifiers(eframe::egui::Event::PointerMoved(from + (to - from) * step as f32 / 4.0), CTRL);
        harness.run_steps(1);
    }
    press(&mut harness, to, false);
    harness.run_steps(3);
    let selection = harness.state().state().selection();
    assert!(selection.len() >= 3, "{selection:?}");
    harness.get_by_label(&format!("{} events selected", selection.len()));
    harness.get_by_label("Zoom to them").click();
    harness.run_steps(10);
    let state = harness.state().state();
    let table = &state.loaded.as_ref().unwrap().document.table;
    let window = state.viewport.span();
    let inside = |span: kairograph::time::Span| span.start() >= window.start() && span.end() <= window.end();
    assert!(selection.iter().all(|event| inside(table.extent(*event).unwrap())));
    assert_eq!(state.selection(), selection);
}

#[test]
fn the_whole_work_is_done_by_the_keyboard() {
    let text = "title,when,kind\nVostok 2022,2022-09-01/2022-09-07,exercise\nVisit,2021-03,visit\n";
    let (folder, path) = file("drills.csv", text);
    let figure = folder.path().join("figure.svg");
    let mut harness = app(vec![sample()], vec![]);
    let shift = CTRL.plus(eframe::egui::Modifiers::SHIFT);
    key(&mut harness, shift, eframe::egui::Key::O);
    typed(&mut harness, path.to_str().unwrap());
    key(&mut harness, NONE, eframe::egui::Key::Enter);
    settle(&mut harness);
    assert!(title(&harness).starts_with("drills.csv"));
    key(&mut harness, CTRL, eframe::egui::Key::F);
    typed(&mut harness, "vostok");
    key(&mut harness, NONE, eframe::egui::Key::Enter);
    tab_to(&mut harness, "Vostok 2022, exercise, 1 to 7 September 2022");
    key(&mut harness, NONE, eframe::egui::Key::Enter);
    harness.run_steps(6);
    assert!(harness.state().state().viewport.width_nanos() < 90 * 86_400 * 1_000_000_000);
    key(&mut harness, CTRL, eframe::egui::Key::E);
    tab_to(&mut harness, "Save as");
    key(&mut harness, CTRL, eframe::egui::Key::A);
    typed(&mut harness, figure.to_str().unwrap());
    key(&mut harness, NONE, eframe::egui::Key::Enter);
    settle(&mut harness);
    assert!(std::fs::read_to_string(&figure).unwrap().contains("Vostok 2022"));
}

/// Types into whatever has the keyboard.
fn typed(harness: &mut Harness<'static, App>, text: &str) {
    harness.event(eframe::egui::Event::Text(text.to_owned()));
    harness.run_steps(4);
}

/// Presses Tab until something of this name has the keyboard.
fn tab_to(harness: &mut Harness<'static, App>, label: &str) {
    for _ in 0..80 {
        if harness.query_all_by_label(label).any(|node| node.is_focused()) {
            return;
        }
        key(harness, NONE, eframe::egui::Key::Tab);
    }
    panic!("Tab does not lead to {label}");
}

#[test]
fn a_search_that_takes_a_while_is_not_lost_to_what_is_clicked_meanwhile() {
    let rows: Vec<String> =
        (0..20_500).map(|i| format!("Drill {i},20{:02}-05-{:02},kind {}", i % 20, i % 28 + 1, i % 3)).collect();
    let (_folder, path) = file("many.csv", &format!("title,when,kind\n{}\n", rows.join("\n")));
    let mut harness = app(vec![Input::Path(path)], vec![]);
    palette(&mut harness, "colours by kind");
    settle(&mut harness);
    harness.get_by_label_contains("Kind 0 (");
    key(&mut harness, CTRL, eframe::egui::Key::F);
    harness.event(eframe::egui::Event::Text("20499".to_owned()));
    harness.run_steps(1);
    // While it is looked for, something else changes.
    palette(&mut harness, "zoom in");
    settle(&mut harness);
    harness.get_by_label_contains("1 of 20");
}

#[test]
fn a_long_file_shows_its_first_records_at_once_and_cancelling_brings_back_what_was_open() {
    let rows: Vec<String> = (0..200_000)
        .map(|i| format!("A drill with a long enough name {i},20{:02}-05-{:02},kind {}\n", i % 20, i % 28 + 1, i % 3))
        .collect();
    let (_folder, path) = file("long.csv", &format!("title,when,kind\n{}", rows.concat()));
    let mut harness = app(vec![sample()], vec![path]);
    palette(&mut harness, "lanes by who");
    let lanes = harness.state().state().ask.clone();
    key(&mut harness, CTRL, eframe::egui::Key::O);
    let mut early = false;
    for _ in 0..4_000 {
        harness.step();
        early |= harness.query_by_label_contains("the first records").is_some();
        if early {
            break;
        }
    }
    assert!(early, "the first records were never shown");
    assert!(title(&harness).starts_with("long.csv"));
    harness.get_by_label("Cancel").click();
    harness.run_steps(4);
    settle(&mut harness);
    assert!(title(&harness).starts_with("Sample"));
    harness.get_by_label("77 events");
    assert_eq!(harness.state().state().ask, lanes);
}

#[test]
fn lanes_are_made_of_words_that_titles_hold_and_gaps_are_left_out_and_back() {
    let mut harness = app(vec![sample()], vec![]);
    harness.get_by_label("Lanes").click();
    harness.run_steps(3);
    harness.get_by_label("Lanes by").click();
    harness.run_steps(3);
    harness.get_by_label("Words of titles…").click();
    harness.run_steps(4);
    harness.get_by_label("Words of titles").type_text("vostok | joint sea");
    harness.run_steps(3);
    key(&mut harness, NONE, eframe::egui::Key::Enter);
    settle(&mut harness);
    let open = harness.state().state().loaded.as_ref().unwrap();
    let mut names: Vec<&str> = open.index.lanes().iter().map(|lane| lane.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Joint sea", "None of these words", "Vostok"]);
    harness.get_by_label("77 events");
    let before = harness.state().state().viewport;
    harness.get_by_label("Time").click();
    harness.run_steps(3);
    harness.get_by_label("Leave out gaps").click();
    harness.run_steps(6);
    let open = harness.state().state().loaded.as_ref().unwrap();
    assert!(!open.document.table.warp().is_none());
    harness.get_by_label("77 events");
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    settle(&mut harness);
    let state = harness.state().state();
    assert!(state.loaded.as_ref().unwrap().document.table.warp().is_none());
    assert_eq!(state.viewport.span(), before.span());
}

/// Presses at one place, moves to another and lets go.
fn drag(harness: &mut Harness<'static, App>, from: eframe::egui::Pos2, to: eframe::egui::Pos2) {
    harness.hover_at(from);
    harness.run_steps(2);
    let button = |pos, pressed| eframe::egui::Event::PointerButton {
        pos,
        button: eframe::egui::PointerButton::Primary,
        pressed,
        modifiers: NONE,
    };
    harness.event(button(from, true));
    harness.run_steps(2);
    for step in 1..=8 {
        harness.hover_at(from + (to - from) * (step as f32 / 8.0));
        harness.run_steps(1);
    }
    harness.event(button(to, false));
    harness.run_steps(4);
}

#[test]
fn a_lane_is_dragged_to_another_place_by_its_heading_and_undo_puts_it_back() {
    let mut harness = app(vec![sample()], vec![]);
    let window = |harness: &Harness<'static, App>| harness.state().state().viewport;
    let before = window(&harness);
    drag(&mut harness, eframe::egui::pos2(60.0, 300.0), eframe::egui::pos2(62.0, 92.0));
    let by_hand = |harness: &Harness<'static, App>| harness.state().state().lanes.by_hand.clone();
    assert_eq!(by_hand(&harness)[..3], ["Summit", "Exercise", "Patrol"]);
    assert_eq!(window(&harness), before);
    // Beside itself it stays, and nothing is to be undone.
    drag(&mut harness, eframe::egui::pos2(60.0, 120.0), eframe::egui::pos2(60.0, 150.0));
    assert_eq!(by_hand(&harness)[..3], ["Summit", "Exercise", "Patrol"]);
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    assert!(by_hand(&harness).is_empty());
    // Escape lets it go where it was.
    harness.hover_at(eframe::egui::pos2(60.0, 300.0));
    harness.run_steps(2);
    let pos = eframe::egui::pos2(60.0, 300.0);
    let button = eframe::egui::PointerButton::Primary;
    harness.event(eframe::egui::Event::PointerButton { pos, button, pressed: true, modifiers: NONE });
    harness.run_steps(2);
    harness.hover_at(eframe::egui::pos2(60.0, 200.0));
    harness.run_steps(3);
    assert_eq!(harness.state().state().carried.as_ref().map(|carried| carried.key.as_str()), Some("Summit"));
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    assert_eq!(harness.state().state().carried, None);
    harness.event(eframe::egui::Event::PointerButton { pos, button, pressed: false, modifiers: NONE });
    harness.run_steps(3);
    assert!(by_hand(&harness).is_empty());
}

#[test]
fn accounts_are_compared_in_a_table() {
    let mut harness = app(vec![sample()], vec![]);
    palette(&mut harness, "Vostok 2022");
    for words in ["Standing", "Published", "Heavy: drawn on the timeline"] {
        harness.get_by_label(words);
    }
    assert_eq!(harness.get_all_by_label("1–7 Sep 2022").count(), 2);
}

#[test]
fn parts_of_a_divided_lane_move_together_and_pinned_lanes_among_themselves() {
    let rows = "title,date,kind,location\nA,2022-05-01,one,a\nB,2022-05-02,one,a\nC,2022-05-03,one,b\nD,2022-05-04,one,b\n\
                E,2022-05-05,two,c\nF,2022-05-06,two,d\n";
    let (_folder, path) = file("parts.csv", rows);
    let by = vec![Facet::Kind, Facet::Location];
    let look = Look { grouping: Grouping { by, ..Grouping::default() }, ..Look::default() };
    let mut harness = app_with(vec![Input::Path(path.clone())], vec![], look);
    // Lanes of one row are 75 points high with their air, and each first part has 26 for its head.
    let (a, b, d) = (149.0, 224.0, 400.0);
    let at = |y: f32| eframe::egui::pos2(60.0, y);
    drag(&mut harness, at(d), at(a + 45.0));
    let by_hand = |harness: &Harness<'static, App>| harness.state().state().lanes.by_hand.clone();
    assert_eq!(by_hand(&harness), ["Two › c", "Two › d", "One › a", "One › b"]);
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    drag(&mut harness, at(b), at(a - 20.0));
    assert_eq!(by_hand(&harness), ["One › b", "One › a", "Two › c", "Two › d"]);
    key(&mut harness, CTRL, eframe::egui::Key::Z);
    // By the name over its parts all of it is taken, also where one part would move alone.
    drag(&mut harness, at(a - 50.0), at(b));
    assert!(by_hand(&harness).is_empty());
    drag(&mut harness, at(a - 50.0), at(d + 40.0));
    assert_eq!(by_hand(&harness), ["Two › c", "Two › d", "One › a", "One › b"]);

    let look = Look {
        lanes: Arrangement { pinned: vec!["One".into(), "Two".into()], ..Arrangement::default() },
        ..Look::default()
    };
    let rows = rows.to_owned() + "G,2022-05-07,three,e\n";
    let (_folder, path) = file("pinned.csv", &rows);
    let mut harness = app_with(vec![Input::Path(path)], vec![], look);
    let heading = |harness: &Harness<'static, App>, lane: &str| {
        let rect = harness.get_by_label_contains(&format!("Lane {lane}")).rect();
        (rect.center().y, rect.bottom())
    };
    let (one, two) = (heading(&harness, "One"), heading(&harness, "Two"));
    drag(&mut harness, at(one.0), at(two.1 - 4.0));
    let pinned = |harness: &Harness<'static, App>| harness.state().state().lanes.pinned.clone();
    assert_eq!(pinned(&harness), ["Two", "One"]);
    // Under the others it no longer stays at the top.
    let (two, three) = (heading(&harness, "Two"), heading(&harness, "Three"));
    drag(&mut harness, at(two.0), at(three.1 - 4.0));
    assert_eq!(
        (pinned(&harness), by_hand(&harness)),
        (vec!["One".to_owned()], ["One", "Three", "Two"].map(str::to_owned).to_vec())
    );
}

#[test]
fn what_can_be_on_or_off_and_icons_are_turned_over_from_the_palette_and_taken_back() {
    let mut harness = app(vec![sample()], vec![]);
    palette(&mut harness, "week numbers");
    assert!(harness.state().state().around.weeks);
    palette(&mut harness, "icons by kind");
    settle(&mut harness);
    let icons = |harness: &Harness<'static, App>| harness.state().state().loaded.as_ref().unwrap().icons.is_some();
    assert!(icons(&harness));
    palette(&mut harness, "week numbers");
    assert!(!harness.state().state().around.weeks);
    for _ in 0..2 {
        key(&mut harness, CTRL, eframe::egui::Key::Z);
        settle(&mut harness);
    }
    assert!(harness.state().state().around.weeks && !icons(&harness));
}

#[test]
fn the_palette_keeps_its_room_after_a_search_with_few_hits_and_shows_what_is_chosen() {
    /// The lines in sight, and whether each is chosen. They are as wide as the palette.
    fn lines(harness: &Harness<'static, App>) -> Vec<(bool, Rect)> {
        let toggled = harness.query_all_by(|node| node.toggled().is_some());
        let all = toggled.map(|node| (node.accesskit_node().toggled() == Some(Toggled::True), node.rect()));
        all.filter(|(_, rect)| rect.width() > 400.0).collect()
    }
    let mut harness = app(vec![], vec![]);
    key(&mut harness, CTRL, Key::K);
    let first = lines(&harness);
    harness.get_by_label("Command, lane or event").type_text("zzzzqq");
    harness.run_steps(4);
    assert_eq!(lines(&harness).len(), 0);
    for _ in 0.."zzzzqq".len() {
        key(&mut harness, NONE, Key::Backspace);
    }
    harness.run_steps(4);
    assert_eq!(lines(&harness), first);
    for _ in 0..30 {
        key(&mut harness, NONE, Key::ArrowDown);
    }
    harness.run_steps(60);
    let chosen = lines(&harness).into_iter().find(|(chosen, _)| *chosen).map(|(_, rect)| rect).unwrap();
    // It stood far below the list, and stands in it now.
    let (top, list) = (first[0].1.top(), 420.0);
    assert!(chosen.top() >= top - 1.0 && chosen.bottom() <= top + list + 1.0, "{chosen:?} in a list from {top}");
}
