//! The window without a display: driven and read through its accessibility tree.

mod window;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kairograph::app::App;
use kairograph::cli::Look;
use kairograph::event::Facet;
use kairograph::import::{Input, sample};
use kairograph::index::{Grouping, MOST_LANES};
use kairograph::time::TimePoint;
use std::fmt::Write;
use std::path::PathBuf;
use window::{CTRL, NONE, app, app_with, click, file, key, palette, settle, title};

#[test]
fn the_sample_opens_with_all_its_records_accounted_for() {
    let harness = app(vec![sample()], vec![]);
    assert!(title(&harness).starts_with("Sample"));
    harness.get_by_label_contains("89 records = 89 placed + 0 undated + 0 rejected");
    harness.get_by_label_contains("Timeline, ");
    harness.get_by_label("Search");
}

#[test]
fn a_search_narrows_and_its_end_widens_again() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, CTRL, eframe::egui::Key::F);
    harness.get_by_label("Search").type_text("nato madrid");
    harness.run_steps(4);
    harness.get_by_label("1 of 77 events");
    harness.get_by_label("Clear").click();
    harness.run_steps(4);
    harness.get_by_label("77 events");
}

#[test]
fn a_search_without_a_match_says_so_and_offers_a_way_back() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, CTRL, eframe::egui::Key::F);
    harness.get_by_label("Search").type_text("zzzz");
    harness.run_steps(4);
    harness.get_by_label("No event holds “zzzz”");
    harness.get_by_label("Clear the search").click();
    harness.run_steps(4);
    harness.get_by_label("77 events");
}

#[test]
fn keys_zoom_and_move_the_window_on_time() {
    let mut harness = app(vec![sample()], vec![]);
    let window = |harness: &Harness<'static, App>| harness.state().state().viewport.span();
    key(&mut harness, NONE, eframe::egui::Key::Home);
    let all = window(&harness);
    key(&mut harness, NONE, eframe::egui::Key::Plus);
    let closer = window(&harness);
    assert!(closer.nanos() < all.nanos() && closer.start() > all.start());
    key(&mut harness, NONE, eframe::egui::Key::ArrowRight);
    assert!(window(&harness).start() > closer.start());
    key(&mut harness, NONE, eframe::egui::Key::Home);
    assert_eq!(window(&harness), all);
}

#[test]
fn a_click_on_a_mark_shows_all_claims_and_escape_clears_it() {
    let (_folder, path) = file(
        "vostok.csv",
        "id,title,when,status,source,colour\nv,Vostok 2022,2022-08-30/2022-09-05,announced,Reuters,red\nv,Vostok 2022,2022-09-01/2022-09-07,held,Sputnik,\n",
    );
    let mut harness = app(vec![Input::Path(path)], vec![]);
    let canvas = harness.get_by_label_contains("Timeline, ").rect();
    // Left of the middle of the bars: the lane's rows begin under the axis.
    let mut found = false;
    for step in 0..12 {
        let at = eframe::egui::pos2(canvas.left() + canvas.width() * 0.5, canvas.top() + 52.0 + step as f32 * 6.0);
        click(&mut harness, at);
        if harness.state().state().selected.is_some() {
            found = true;
            break;
        }
    }
    assert!(found, "no mark was hit");
    for words in
        ["announced · 30 Aug – 5 Sep 2022", "held · 1–7 Sep 2022", "EDTF 2022-08-30/2022-09-05", "Sputnik", "colour"]
    {
        harness.get_all_by_label(words).next().unwrap();
    }
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    assert!(harness.state().state().selected.is_none());
}

#[test]
fn a_file_from_the_dialog_replaces_what_is_open() {
    let (_folder, path) = file("one.csv", "title,date\nRIMPAC 2022,2022-06-29/2022-08-04\n");
    let mut harness = app(vec![sample()], vec![path]);
    key(&mut harness, CTRL, eframe::egui::Key::O);
    settle(&mut harness);
    settle(&mut harness);
    assert!(title(&harness).starts_with("one.csv"));
    harness.get_by_label_contains("1 record = 1 placed");
}

#[test]
fn a_file_that_fails_to_open_leaves_what_was_open_and_says_why() {
    let missing = PathBuf::from("/no/such/folder/events.csv");
    let mut harness = app(vec![sample()], vec![missing]);
    key(&mut harness, CTRL, eframe::egui::Key::O);
    settle(&mut harness);
    settle(&mut harness);
    assert!(title(&harness).starts_with("Sample"));
    harness.get_by_label_contains("no such file");
    harness.get_by_label("Close").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("no such file").is_none());
}

#[test]
fn where_no_dialog_can_be_shown_a_path_is_asked_for() {
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, CTRL, eframe::egui::Key::O);
    settle(&mut harness);
    harness.run_steps(4);
    harness.get_by_label("Path");
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    assert!(harness.query_by_label("Path").is_none());
}

#[test]
fn a_file_without_dates_leads_to_the_ledger_and_its_undated_tray() {
    let (_folder, path) = file("words.csv", "title,when\nRIMPAC 2022,soon\nVostok,later\n");
    let mut harness = app(vec![Input::Path(path)], vec![]);
    // Whether another column is meant is asked first.
    harness.get_by_label_contains("Only 0 of 2 records have a date");
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    harness.get_by_label("Nothing here has a date that can be read");
    harness.get_by_label("Show the ledger").click();
    harness.run_steps(4);
    harness.get_by_label_contains("“soon” cannot be read as a date");
    harness.get_by_label("Undated (2)").click();
    harness.run_steps(4);
    harness.get_by_label_contains("line 2: RIMPAC 2022").click();
    harness.run_steps(4);
    assert!(harness.state().state().selected.is_some());
}

#[test]
fn nothing_open_has_words_and_a_button() {
    let mut harness = app(vec![Input::Path(PathBuf::from("/no/such/file.csv"))], vec![]);
    harness.get_by_label("Open a file of dated events");
    harness.get_by_label_contains("no such file");
    harness.get_by_label("Open the sample").click();
    settle(&mut harness);
    assert!(title(&harness).starts_with("Sample"));
}

#[test]
fn the_export_dialog_writes_the_figure_of_the_view() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.svg");
    let mut harness = app(vec![sample()], vec![]);
    key(&mut harness, CTRL, eframe::egui::Key::E);
    harness.get_by_label_contains("Preview. ");
    let input = eframe::egui::Role::TextInput;
    harness.get_by_role_and_label(input, "Save as").focus();
    harness.run_steps(2);
    key(&mut harness, CTRL, eframe::egui::Key::A);
    harness.get_by_role_and_label(input, "Save as").type_text(path.to_str().unwrap());
    harness.run_steps(4);
    harness.get_by_label("Export").click();
    settle(&mut harness);
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains("Vostok 2022") && svg.contains("May 2022, 13 h"));
    harness.get_by_label_contains("The figure is saved");
}

/// A file as the window system drops it.
#[derive(Debug)]
struct Dropped(PathBuf);
impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_drop_of_files_opens_them() {
    let (_folder, path) = file("dropped.csv", "title,date\nRIMPAC 2022,2022-06-29/2022-08-04\n");
    let mut harness = app(vec![sample()], vec![]);
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    harness.step();
    settle(&mut harness);
    assert!(title(&harness).starts_with("dropped.csv"));
}

#[test]
fn the_window_shows_the_months_of_the_article_first() {
    let harness = app(vec![sample()], vec![]);
    let span = harness.state().state().viewport.span();
    let years = |point: TimePoint| (point.date().year, point.date().month);
    assert_eq!((years(span.start()), years(span.end())), ((2022, 4), (2022, 10)));
}

#[test]
fn an_ambiguous_column_is_told_and_a_choice_is_looked_at_before_it_is_taken() {
    let (_folder, path) = file("order.csv", "title,date\nOne,5/6/2022\nTwo,7/8/2022\n");
    let mut harness = app(vec![Input::Path(path)], vec![]);
    key(&mut harness, CTRL, eframe::egui::Key::D);
    harness.get_by_label_contains("nothing proves an order");
    harness.get_by_label("6 May 2022 or 5 Jun 2022");
    harness.get_by_value("as each column proves").click();
    harness.run_steps(3);
    harness.get_by_label("day/month").click();
    harness.run_steps(3);
    // Looked at, not taken: the timeline still holds both dates.
    harness.get_by_label("→ 5 Jun 2022");
    let first = |harness: &Harness<'static, App>| {
        let open = harness.state().state().loaded.as_ref().unwrap();
        open.document.table.edtf(kairograph::event::RowId(0)).unwrap().to_string()
    };
    assert_eq!(first(&harness), "[2022-05-06,2022-06-05]");
    harness.get_by_label("Read the files so").click();
    settle(&mut harness);
    assert_eq!(first(&harness), "2022-06-05");
}

#[test]
fn a_zone_is_found_by_its_name_and_moves_instants_but_no_dates() {
    let (_folder, path) = file("zones.csv", "title,when\nAn instant,2022-05-24T23:00:00Z\nA day,2022-05-24\n");
    let mut harness = app(vec![Input::Path(path)], vec![]);
    let starts = |harness: &Harness<'static, App>| {
        let table = &harness.state().state().loaded.as_ref().unwrap().document.table;
        table
            .events()
            .map(|event| kairograph::time::word_point(table.extent(event).unwrap().start()))
            .collect::<Vec<_>>()
    };
    assert_eq!(starts(&harness), ["24 May 2022, 23:00", "24 May 2022"]);
    key(&mut harness, CTRL, eframe::egui::Key::T);
    harness.get_by_label("Find a zone").focus();
    harness.run_steps(2);
    harness.get_by_label("Find a zone").type_text("tokyo");
    harness.run_steps(3);
    harness.get_by_label("Axis").click();
    harness.run_steps(3);
    assert_eq!(starts(&harness), ["25 May 2022, 08:00", "24 May 2022"]);
    key(&mut harness, NONE, eframe::egui::Key::Escape);
    assert!(harness.query_by_label("Find a zone").is_none());
}

#[test]
fn the_user_may_choose_which_account_is_drawn_and_give_it_back_to_the_rule() {
    let rows = "id,title,when,status\nx,Drill,2022-09,announced\nx,Drill,2022-09-01/2022-09-07,held\n";
    let (_folder, path) = file("claims.csv", rows);
    let mut harness = app(vec![Input::Path(path)], vec![]);
    let drawn = |harness: &Harness<'static, App>| {
        let table = &harness.state().state().loaded.as_ref().unwrap().document.table;
        let event = table.events().next().unwrap();
        table.statements(event).iter().map(|statement| statement.claim.words()).collect::<Vec<_>>()
    };
    assert_eq!(drawn(&harness), ["1–7 Sep 2022"]);
    harness.state_mut().select_first();
    harness.run_steps(3);
    harness.get_by_label_contains("held before announced");
    harness.get_all_by_label("Draw this account").next().unwrap().click();
    harness.run_steps(4);
    assert_eq!(drawn(&harness), ["Sep 2022"]);
    harness.get_by_label("Leave it to the rule").click();
    harness.run_steps(4);
    assert_eq!(drawn(&harness), ["1–7 Sep 2022"]);
}

#[test]
fn a_slider_shows_what_was_known_on_a_day() {
    let mut harness = app(vec![sample()], vec![]);
    harness.get_by_label("Time").click();
    harness.run_steps(3);
    harness.get_by_label("As known on…").click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("All that is known").is_some());
    let known = |harness: &Harness<'static, App>| {
        let table = &harness.state().state().loaded.as_ref().unwrap().document.table;
        table.events().filter(|event| table.rows_of(*event).next().is_some()).count()
    };
    let all = known(&harness);
    let slider = harness.get_all_by_role(eframe::egui::accesskit::Role::Slider).next().unwrap();
    slider.focus();
    harness.run_steps(2);
    for _ in 0..40 {
        harness.key_press(eframe::egui::Key::ArrowLeft);
    }
    harness.run_steps(4);
    assert!(known(&harness) < all);
    harness.get_by_label("All that is known").click();
    harness.run_steps(4);
    assert_eq!(known(&harness), all);
}

/// Types into the palette and takes the line that stands first.
#[test]
fn lanes_and_colours_are_chosen_by_keys_and_taken_back() {
    let mut harness = app(vec![sample()], vec![]);
    let lanes = |harness: &Harness<'static, App>| {
        let open = harness.state().state().loaded.as_ref().unwrap();
        open.index.lanes().iter().map(|lane| lane.name().to_owned()).collect::<Vec<_>>()
    };
    let kinds = lanes(&harness);
    palette(&mut harness, "lanes by who");
    assert_eq!(lanes(&harness)[..2], ["China", "Russia"]);
    harness.get_by_label("77 events");
    palette(&mut harness, "colours by kind");
    let legend = "Exercise (40)";
    harness.get_by_label(legend).click();
    settle(&mut harness);
    assert_eq!(harness.state().state().search, "kind:=\"Exercise\"");
    harness.get_by_label("40 of 77 events");
    // The search, the colours, the lanes.
    for _ in 0..3 {
        key(&mut harness, CTRL, eframe::egui::Key::Z);
        settle(&mut harness);
    }
    assert!(harness.query_by_label(legend).is_none());
    assert_eq!(lanes(&harness), kinds);
    key(&mut harness, eframe::egui::Modifiers::COMMAND.plus(eframe::egui::Modifiers::SHIFT), eframe::egui::Key::Z);
    settle(&mut harness);
    assert_eq!(lanes(&harness)[..2], ["China", "Russia"]);
}

#[test]
fn events_are_travelled_by_keys_within_a_lane_and_across_lanes() {
    let mut harness = app(vec![sample()], vec![]);
    let selected = |harness: &Harness<'static, App>| harness.state().state().selected;
    let shift = eframe::egui::Modifiers::SHIFT;
    key(&mut harness, shift, eframe::egui::Key::ArrowRight);
    let first = selected(&harness).unwrap();
    key(&mut harness, shift, eframe::egui::Key::ArrowRight);
    let second = selected(&harness).unwrap();
    assert_ne!(first, second);
    key(&mut harness, shift, eframe::egui::Key::ArrowLeft);
    assert_eq!(selected(&harness), Some(first));
    key(&mut harness, shift, eframe::egui::Key::ArrowDown);
    let table = harness.state().state().loaded.as_ref().unwrap().document.table.clone();
    let below = selected(&harness).unwrap();
    assert_ne!(table.kind(table.first_row(below)), table.kind(table.first_row(first)));
}

#[test]
fn back_and_forward_go_through_the_windows_on_time() {
    let mut harness = app(vec![sample()], vec![]);
    let window = |harness: &Harness<'static, App>| harness.state().state().viewport;
    let begun = window(&harness);
    key(&mut harness, NONE, eframe::egui::Key::Home);
    let all = window(&harness);
    assert_ne!(begun, all);
    key(&mut harness, eframe::egui::Modifiers::ALT, eframe::egui::Key::ArrowLeft);
    assert_eq!(window(&harness), begun);
    key(&mut harness, eframe::egui::Modifiers::ALT, eframe::egui::Key::ArrowRight);
    assert_eq!(window(&harness), all);
}

#[test]
fn counts_of_hundreds_of_lanes_are_gathered_beside_the_window() {
    let row = |at: usize| format!("Drill {at},2022-05-{:02},kind {}\n", at % 28 + 1, at % 300);
    let rows = "title,date,kind\n".to_owned() + &(0..600).map(row).collect::<String>();
    let (_folder, path) = file("lanes.csv", &rows);
    let grouping = Grouping { by: vec![Facet::Kind], most: MOST_LANES };
    let mut harness = app_with(vec![Input::Path(path)], vec![], Look { grouping, ..Look::default() });
    let gathered = |harness: &Harness<'static, App>| {
        harness.state().state().loaded.as_ref().is_some_and(|open| open.index.counts_at_once())
    };
    assert!(gathered(&harness));
    key(&mut harness, CTRL, eframe::egui::Key::F);
    harness.get_by_label("Search").type_text("drill 1");
    settle(&mut harness);
    assert!(gathered(&harness), "those of a search too");
}

#[test]
fn keys_zoom_at_the_selected_event() {
    let mut harness = app(vec![sample()], vec![]);
    // Vostok 2022, far from the middle of the window.
    click(&mut harness, eframe::egui::pos2(844.0, 156.0));
    let extent = |harness: &Harness<'static, App>| {
        let state = harness.state().state();
        let open = state.loaded.as_ref().unwrap();
        (open.document.table.extent(state.selected.unwrap()).unwrap(), state.viewport.span())
    };
    for _ in 0..5 {
        key(&mut harness, NONE, eframe::egui::Key::Plus);
    }
    let (event, window) = extent(&harness);
    assert!(window.start() < event.end() && event.start() < window.end(), "{event:?} in {window:?}");
}

#[test]
fn what_one_goes_to_is_in_sight_and_stays_there_while_panels_come_and_go() {
    let mut csv = "title,start,end,kind\n".to_owned();
    for (lane, at) in (0..30).flat_map(|lane| (0..8).map(move |at| (lane, at))) {
        let month = 1 + (lane * 5 + at * 7) % 12;
        writeln!(csv, "Drill {lane}-{at},2022-{month:02}-03,2022-{month:02}-19,Kind {lane:02}").unwrap();
    }
    let file = Input::Bytes { name: "lanes.csv".into(), bytes: csv.into_bytes().into() };
    let mut harness = app(vec![file], vec![]);
    for name in ["Drill 20-3", "Drill 27-6", "Drill 3-1"] {
        palette(&mut harness, name);
        settle(&mut harness);
        let at =
            |harness: &Harness<'static, App>| harness.get_by_label_contains(&format!("{name},")).rect().center().y;
        let before = at(&harness);
        assert!((90.0..700.0).contains(&before), "{name} at {before}");
        for panel in [eframe::egui::Key::F6, eframe::egui::Key::F7] {
            for _ in 0..2 {
                key(&mut harness, NONE, panel);
                harness.run_steps(4);
                let now = at(&harness);
                assert!((90.0..700.0).contains(&now), "{name} at {now} after {panel:?}");
            }
        }
        let after = at(&harness);
        assert!((after - before).abs() < 60.0, "{name} moved from {before} to {after}");
    }
}
