//! The real binary, in a temporary folder: the figures that it draws.

mod program;

use program::{Place, SAMPLE, run, stderr, text};
use std::fs;

#[test]
fn the_three_formats_show_the_same_events_and_the_same_input_gives_the_same_bytes() {
    let place = Place::new();
    let title = "Drills in May & Vostok";
    for (format, magic) in [("svg", &b"<svg"[..]), ("png", b"\x89PNG"), ("pdf", b"%PDF-")] {
        let (first, second) = (place.path(&format!("a.{format}")), place.path(&format!("b.{format}")));
        for path in [&first, &second] {
            let output =
                run(&["export", SAMPLE, "-o", text(path), "--from", "2022-05", "--to", "2022-09", "--title", title]);
            assert!(output.status.success(), "{}", stderr(&output));
        }
        let bytes = fs::read(&first).unwrap();
        assert!(bytes.starts_with(magic));
        assert_eq!(bytes, fs::read(&second).unwrap(), "{format}");
    }
    let svg = fs::read_to_string(place.path("a.svg")).unwrap();
    for part in [
        "<title>Drills in May &amp; Vostok</title>",
        "class=\"event\"",
        "class=\"planned\"",
        "class=\"fork\"",
        "class=\"alternative\"",
        "Vostok 2022, announced, 30 Aug – 5 Sep 2022",
        "May 2022, 13 h",
        "17 or 24 Aug 2022",
        "held 1–7 Sep 2022",
        "Euronews with AP",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(!svg.contains("1 May 2022"), "a month is never made a day");
}

#[test]
fn an_svg_brings_its_fonts_along_unless_they_are_to_be_named() {
    let place = Place::new();
    let svg = |name: &str, more: &[&str]| {
        let path = place.path(name);
        let output = run(&[&["export", SAMPLE, "-o", text(&path)], more].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        (fs::read_to_string(&path).unwrap(), stderr(&output))
    };
    let (embedded, _) = svg("a.svg", &[]);
    for weight in ["400", "600"] {
        let rule = format!("@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff;base64,d09GRg");
        assert_eq!(embedded.matches(&rule).count(), 1, "{weight}");
    }
    let (named, _) = svg("b.svg", &["--fonts", "named"]);
    assert!(!named.contains("@font-face") && named.contains("font-family=\"Inter, "));
    // Nothing but the fonts is another.
    let (before, after) = embedded.split_once("<style>").unwrap();
    assert_eq!(format!("{before}{}", after.split_once("</style>\n").unwrap().1), named);
    let path = place.path("c.png");
    let told = stderr(&run(&["export", SAMPLE, "-o", text(&path), "--fonts", "named"]));
    assert!(told.contains("--fonts is for an SVG, and changes nothing here."), "{told}");
}

#[test]
fn rows_of_the_axis_without_room_are_left_out_and_said_so() {
    let place = Place::new();
    let path = place.path("a.svg");
    let output = run(&["export", SAMPLE, "-o", text(&path), "--fonts", "named", "--weeks", "--fiscal-year", "4"]);
    let told = stderr(&output);
    assert!(told.contains("The time shown is too long for numbered weeks, which are left out."), "{told}");
    let svg = fs::read_to_string(&path).unwrap();
    assert!(svg.contains("Fiscal year") && !svg.contains(">Week"));
    // Every second one, so that each step is the same.
    let years: Vec<&str> = svg.split(">FY ").skip(1).filter_map(|rest| rest.split('/').next()).collect();
    assert!(years.len() > 8 && years.iter().all(|year| year.ends_with(['0', '2', '4', '6', '8'])), "{years:?}");
}

#[test]
fn a_png_has_the_size_asked_for_times_the_scale() {
    let place = Place::new();
    let path = place.path("figure.png");
    let output =
        run(&["export", SAMPLE, "-o", text(&path), "--size", "800x600", "--scale", "1.5", "--theme", "dark"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let bytes = fs::read(&path).unwrap();
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (1_200, 900));
    // On paper, 300 dots to the inch: a column is 85 mm wide.
    assert!(run(&["export", SAMPLE, "-o", text(&path), "--size", "column"]).status.success());
    let bytes = fs::read(&path).unwrap();
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(side(16), 1_004);
}

#[test]
fn lanes_are_made_of_a_column_by_its_own_name_and_of_each_place_of_a_cell() {
    let place = Place::new();
    let (path, figure) = (place.path("towns.csv"), place.path("towns.svg"));
    fs::write(&path, "title,date,Town\nAlpha,2022-05-01,Tokyo; Seoul\nBeta,2022-05-03,Seoul\n").unwrap();
    let made = run(&["export", text(&path), "-o", text(&figure), "--lanes", "town", "--column", "location=Town"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let svg = fs::read_to_string(&figure).unwrap();
    assert!(svg.contains(">Seoul<") && svg.contains(">Tokyo<") && !svg.contains("Tokyo; Seoul<"));
}

#[test]
fn a_page_too_small_for_all_marks_still_names_some_events() {
    let place = Place::new();
    let path = place.path("small.svg");
    assert!(run(&["export", SAMPLE, "-o", text(&path), "--size", "a4", "--font-size", "14"]).status.success());
    let svg = fs::read_to_string(&path).unwrap();
    assert!(svg.contains("of them only counted") && svg.contains(">Shangri-La Dialogue 2022<"));
}

#[test]
fn an_axis_that_is_mostly_empty_is_said_unless_its_gaps_are_left_out() {
    let place = Place::new();
    let far =
        place.file("far.csv", "title,date\nTreaty,1963-01-05\nDrill,2023-02\nPatrol,2023-06-07\nSummit,2024-01\n");
    let said = |file: &str, more: &[&str]| {
        let path = place.path("figure.svg");
        stderr(&run(&[&["export", file, "-o", text(&path)], more].concat()))
    };
    assert!(said(text(&far), &[]).contains("% of the axis is time without events; --without-gaps"));
    assert!(!said(text(&far), &["--without-gaps"]).contains("--without-gaps"));
    assert!(!said(SAMPLE, &[]).contains("--without-gaps"));
}

#[test]
fn letters_smaller_than_asked_are_said_and_pages_begin_where_months_do() {
    let place = Place::new();
    let figure = |name: &str, more: &[&str]| {
        let path = place.path(name);
        let args = [&["export", SAMPLE, "-o", text(&path)], more].concat();
        let output = run(&args);
        assert!(output.status.success(), "{}", stderr(&output));
        (path, stderr(&output))
    };
    let (_, said) = figure("small.svg", &["--font-size", "12"]);
    assert!(said.contains("points high instead of 12.0"), "{said}");
    let (_, said) = figure("large.svg", &["--font-size", "12", "--from", "2022-08-28", "--to", "2022-09-03"]);
    assert!(!said.contains("points high"), "{said}");

    let (path, _) = figure("pages.svg", &["--from", "2022-01-05", "--to", "2022-12-20", "--pages", "3"]);
    let page = |number: usize| {
        let name = path.with_file_name(format!("pages-{number}.svg"));
        fs::read_to_string(name).unwrap()
    };
    for (number, time) in [(1, "5 Jan – 30 Apr 2022"), (2, "1 May – 31 Aug 2022"), (3, "1 Sep – 20 Dec 2022")] {
        assert!(page(number).contains(time), "page {number}: {time}");
    }

    let (path, _) = figure("hours.svg", &["--from", "2022-09-01", "--to", "2022-09-01T02:00"]);
    let svg = fs::read_to_string(path).unwrap();
    assert!(svg.contains("02:00<") && !svg.contains("02:01"));
}

#[test]
fn a_search_and_a_window_narrow_the_figure() {
    let place = Place::new();
    let path = place.path("figure.svg");
    assert!(run(&["export", SAMPLE, "-o", text(&path), "--search", "nato madrid"]).status.success());
    let svg = fs::read_to_string(&path).unwrap();
    assert!(svg.contains("NATO Madrid summit") && !svg.contains("RIMPAC"));
    let output = run(&["export", SAMPLE, "-o", text(&path), "--from", "2023", "--to", "2022"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--from"));
}

#[test]
fn a_place_that_cannot_be_written_gets_no_half_file() {
    let place = Place::new();
    for (target, code) in [(place.path("missing/figure.svg"), 1), (place.path("figure.jpg"), 2)] {
        let output = run(&["export", SAMPLE, "-o", text(&target)]);
        assert_eq!(output.status.code(), Some(code));
        let message = stderr(&output);
        assert!(!message.is_empty() && !message.contains(".kairograph-"), "{message}");
    }
    assert_eq!(fs::read_dir(place.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_search_without_a_match_is_told_in_the_figure_and_beside_it() {
    let place = Place::new();
    let path = place.path("none.svg");
    let output = run(&["export", SAMPLE, "-o", text(&path), "--search", "zzzz"]);
    assert!(output.status.success() && stderr(&output).contains("zzzz"));
    assert!(fs::read_to_string(&path).unwrap().contains("No event holds “zzzz”"));
}

#[test]
fn the_first_look_has_the_most_frequent_of_many_lanes_or_those_of_another_field() {
    let place = Place::new();
    let rows = |row: &dyn Fn(usize) -> String| (0..400).map(row).collect::<String>();
    let day = |at: usize| format!("2022-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
    let many = format!("title,date,kind\n{}", rows(&|at| format!("Drill {at},{},kind {}\n", day(at), at % 40)));
    let other = format!(
        "title,date,fleet,size\n{}",
        rows(&|at| format!("Drill {at},{},Fleet {},{at}\n", day(at), ["one", "two", "three"][at % 3]))
    );
    for (name, content, words) in [("many.csv", many, "28 smaller lanes"), ("other.csv", other, "Fleet two")] {
        let (path, figure) = (place.file(name, content), place.path("figure.svg"));
        assert!(run(&["export", text(&path), "-o", text(&figure)]).status.success());
        assert!(fs::read_to_string(&figure).unwrap().contains(words), "{name}: {words}");
    }
}

#[test]
fn many_lanes_many_claims_and_many_columns_are_drawn_and_counted() {
    // What this guards against took minutes; a hang shows by itself.
    let place = Place::new();
    let rows = |row: &dyn Fn(usize) -> String| (0..20_000).map(row).collect::<String>();
    let day = |i: usize| format!("{}-{:02}-{:02}", 1950 + i % 70, i % 12 + 1, i % 28 + 1);
    let lanes = rows(&|i| format!("Drill number {i},{},kind {}\n", day(i), i % 40));
    let claims = rows(&|i| format!("Drill,{},x\n", day(i)));
    let header = (0..20_000).map(|_| "same").collect::<Vec<_>>().join(",");
    for (name, content, words) in [
        ("lanes.csv", format!("title,date,kind\n{lanes}"), "20\u{a0}000 of 20\u{a0}000 events counted, none drawn"),
        ("claims.csv", format!("title,date,id\n{claims}"), "more accounts"),
        ("header.csv", format!("title,date,{header}\nDrill,2022-05-24\n"), "1 of 1 events shown"),
    ] {
        let path = place.file(name, content);
        let figure = place.path("figure.svg");
        let output = run(&["export", text(&path), "-o", text(&figure), "--lanes", "kind"]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(fs::read_to_string(&figure).unwrap().contains(words), "{name}");
    }
}

#[test]
fn a_figure_shows_what_was_known_on_a_day_and_by_the_clock_that_was_asked_for() {
    let place = Place::new();
    let rows = "id,title,when,status,published\nv,Vostok,2022-08-30/2022-09-05,announced,2022-07-25\n\
                v,Vostok,2022-09-01/2022-09-07,held,2022-09-08\nq,Quad,2022-05-24T10:30:00+09:00,held,2022-05-24\n";
    let path = place.file("known.csv", rows);
    let figure = |name: &str, args: &[&str]| {
        let out = place.path(name);
        let all = [&["export", text(&path), "-o", text(&out)], args].concat();
        let output = run(&all);
        assert!(output.status.success(), "{}", stderr(&output));
        fs::read_to_string(&out).unwrap()
    };
    assert!(figure("all.svg", &[]).contains("held 1–7 Sep 2022"));
    let then = figure("then.svg", &["--as-known-on", "2022-08-24"]);
    assert!(!then.contains("1–7 Sep 2022") && then.contains("as known on 24 Aug 2022"));
    let early = figure("early.svg", &["--as-known-on", "2022-06"]);
    assert!(!early.contains("Vostok") && early.contains("1 not surely known then"));
    let tokyo = figure(
        "tokyo.svg",
        &["--display-zone", "Asia/Tokyo", "--second-zone", "UTC", "--from", "2022-05-24", "--to", "2022-05-24"],
    );
    assert!(tokyo.contains("times in Asia/Tokyo") && tokyo.contains(">UTC<"));
}

#[test]
fn a_time_in_the_search_counts_what_is_certain_and_what_is_possible() {
    let place = Place::new();
    let path = place.file("june.csv", "title,when\na,2022-06-15\nb,2022\nc,2022-07-15\n");
    let out = place.path("june.svg");
    let output = run(&["export", text(&path), "-o", text(&out), "--search", "in:2022-06"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let svg = fs::read_to_string(&out).unwrap();
    assert!(svg.contains("Events in Jun 2022: 1–2 events."), "{svg}");
    let wrong = run(&["export", text(&path), "-o", text(&out), "--search", "in:soon"]);
    assert!(!wrong.status.success() && stderr(&wrong).contains("cannot be read"));
}

#[test]
fn each_layer_of_a_figure_is_one_group_of_its_svg() {
    let place = Place::new();
    let rows = "title,when,kind,source\na,2022-05-24,drill,Reuters\nb,2022-06,visit,TASS\nc,2022-07-01/2022-07-09,drill,AP\n";
    let (path, out) = (place.file("layers.csv", rows), place.path("layers.svg"));
    let output = run(&["export", text(&path), "-o", text(&out), "--weekends"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let svg = fs::read_to_string(&out).unwrap();
    for layer in ["page", "titles", "lanes", "shades", "grid", "events", "lane-names", "axis", "legend", "sources"] {
        assert!(svg.contains(&format!("id=\"layer-{layer}\"")), "{layer}");
        assert!(!svg.contains(&format!("id=\"layer-{layer}-2\"")), "{layer} is torn");
    }
    let output = run(&["export", text(&path), "-o", text(&out), "--no-sources"]);
    let svg = fs::read_to_string(&out).unwrap();
    assert!(output.status.success() && !svg.contains("layer-sources") && !svg.contains("Reuters"));
}

#[test]
fn an_export_says_when_lanes_have_no_room() {
    let place = Place::new();
    let row = |at: usize| format!("Event {at},2022-05-{:02},kind {}", 1 + at % 28, at / 2);
    let rows: Vec<String> = (0..80).map(row).collect();
    std::fs::write(place.path("many.csv"), format!("title,date,kind\n{}\n", rows.join("\n"))).unwrap();
    let (from, to) = (place.path("many.csv"), place.path("many.svg"));
    let export = |size: &str| run(&["export", text(&from), "-o", text(&to), "--size", size]);
    let low = export("900x300");
    assert!(low.status.success() && stderr(&low).contains("lanes have no room on the page"), "{}", stderr(&low));
    assert!(stderr(&low).contains("--most-lanes"), "and what would help");
    assert_eq!(stderr(&export("900x4000")), "");
}

#[test]
fn a_figure_has_icons_by_a_field_whose_values_mean_some_and_its_legend_names_only_those_that_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figure.svg");
    // How often the name stands in the figure: as that of the lane, and in the legend where the icon is drawn.
    let named = |more: &[&str]| {
        let done = run(&[&["export", SAMPLE, "-o", text(&path)], more].concat());
        assert!(done.status.success(), "{}", stderr(&done));
        std::fs::read_to_string(&path).unwrap().matches(">Statement</text>").count()
    };
    let months = ["--from", "2022-05", "--to", "2022-09"];
    assert_eq!(named(&months), 1);
    assert_eq!(named(&[&months[..], &["--icons-by", "kind"]].concat()), 2);
    // Over all its years the rows are too low for icons.
    assert_eq!(named(&["--icons-by", "kind"]), 1);
    let wrong = run(&["export", SAMPLE, "-o", text(&path), "--icons-by", "where"]);
    assert!(
        !wrong.status.success() && stderr(&wrong).contains("means an icon; there are: kind"),
        "{}",
        stderr(&wrong)
    );
}

#[test]
fn a_figure_has_the_lanes_of_its_time_begins_where_it_is_told_to_and_says_when_nothing_lies_there() {
    let folder = tempfile::tempdir().unwrap();
    let (file, figure) = (folder.path().join("events.csv"), folder.path().join("figure.svg"));
    std::fs::write(&file, "title,date,kind\nVostok,2022-09-01,drill\nZapad,1999-06-21,visit\n").unwrap();
    let export = |more: &[&str]| {
        let done = run(&[&["export", text(&file), "-o", text(&figure)], more].concat());
        assert!(done.status.success(), "{}", stderr(&done));
        (std::fs::read_to_string(&figure).unwrap(), stderr(&done))
    };
    let (all, _) = export(&[]);
    assert!(all.contains(">Drill<") && all.contains(">Visit<"));
    let (late, said) = export(&["--from", "2022-01-01"]);
    assert!(late.contains(">Drill<") && !late.contains(">Visit<"), "an empty lane stands in the figure");
    assert!(late.contains(">1 Jan – ") && !said.contains("empty"), "{said}");
    let (_, said) = export(&["--from", "2030", "--to", "2031"]);
    assert!(said.contains("No event lies between --from and --to"), "{said}");
}

#[test]
fn a_figure_says_in_which_zone_times_without_one_were_read() {
    let place = Place::new();
    let file = place.file("made.csv", "title,date\nTalks,2022-05-24T10:00\nSigning,2022-05-24T18:00\n");
    let svg = |more: &[&str]| drawn(&place, text(&file), more);
    assert!(svg(&["--zone", "Asia/Tokyo"]).contains("without a zone were read as those of Asia/Tokyo"));
    assert!(!svg(&[]).contains("were read as"));
}

#[test]
fn ends_of_periods_that_may_lie_anywhere_in_a_year_are_explained_and_names_without_room_are_told_in_the_foot() {
    let place = Place::new();
    let file = place.file("made.csv", "title,date\nFirst,1900\nLast,1990\n");
    let svg = |periods: &[&str]| {
        let more: Vec<&str> = periods.iter().flat_map(|period| ["--period", period]).collect();
        drawn(&place, text(&file), &more)
    };
    let paler = "period may begin or end within, paler";
    let wide = svg(&["War=1914/1918"]);
    assert!(wide.contains(paler) && !wide.contains("without room for all of their names"));
    // A period of one date is all of it.
    assert!(!svg(&["Year=1914"]).contains(paler));
    let crowded: Vec<String> = (0..4).map(|at| format!("A conference with a long name {at}=192{at}")).collect();
    let crowded = svg(&crowded.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(
        crowded.contains("Periods without room for all of their names: A conference with a long name"),
        "{crowded}"
    );
}

/// The SVG of a file, by more arguments.
fn drawn(place: &Place, file: &str, more: &[&str]) -> String {
    let out = place.path("made.svg");
    let arguments: Vec<&str> = [&["export", file, "-o", text(&out)][..], more].concat();
    let output = run(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    fs::read_to_string(out).unwrap_or_default()
}
