//! The real binary, in a temporary folder.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kairograph")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn inspect(path: &Path) -> serde_json::Value {
    let output = run(&["inspect", "--json", text(path)]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn counts(report: &serde_json::Value) -> (u64, u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap();
    (count("records"), count("placed"), count("undated"), count("rejected"))
}

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.csv");

#[test]
fn help_teaches_and_wrong_usage_exits_with_two() {
    let help = run(&["--help"]);
    let words = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(
        help.status.success() && words.contains("export") && words.contains("inspect") && words.contains("Examples")
    );
    for wrong in [
        &["export", SAMPLE, "-o", "figure.gif"][..],
        &["export", SAMPLE, "-o", "figure.svg", "--from", "2023", "--to", "2022"],
        &["export", "x.csv"][..],
        &["inspect"],
        &["export", "x.csv", "-o", "y.svg", "--size", "big"],
        &["export", "x.csv", "-o", "y.svg", "--from", "soon"],
        &["--nonsense"],
    ] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn the_sample_is_placed_whole_with_the_precision_of_its_sources() {
    let report = inspect(Path::new(SAMPLE));
    let (records, placed, undated, rejected) = counts(&report);
    assert!(records > 80 && placed == records && undated == 0 && rejected == 0);
    assert!(report["events"].as_u64().unwrap() < placed, "claims about one event are joined");
    assert_eq!(report["earliest"], "2003-08-06");
    assert_eq!(report["latest"], "2024-11-30");
    assert_eq!(report["columns"]["participants"], "participants");
}

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
fn a_relation_to_an_id_that_no_event_has_is_told() {
    let place = Place::new();
    let path = place.path("related.csv");
    fs::write(&path, "id,title,date,responds_to\na,Alpha,2022-05-01,\nb,Beta,2022-05-03,a\nc,Gamma,2022-05-09,z\n")
        .unwrap();
    let told = run(&["inspect", text(&path)]);
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(words.contains("No event has the id “z”, named by “Gamma” in “responds to”"), "{words}");
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
fn two_dots_in_a_column_of_ends_or_starts_are_an_open_end() {
    let place = Place::new();
    let path = place.file(
        "open.csv",
        "title,start,end\nBorder closed,2023-08-18,..\nOld rule,..,2001-05\nTalks,2022-02-01,2022-02-03\n",
    );
    assert_eq!(counts(&inspect(&path)), (3, 3, 0, 0));
    let report = String::from_utf8(run(&["inspect", text(&path), "--json"]).stdout).unwrap();
    assert!(!report.contains("cannot be read"), "{report}");
    let figure = place.path("open.svg");
    assert!(run(&["export", text(&path), "-o", text(&figure)]).status.success());
    let svg = fs::read_to_string(&figure).unwrap();
    assert!(svg.contains("goes on") && !svg.contains("not known"));
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
fn standard_input_is_read_where_a_dash_stands() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kairograph"))
        .args(["inspect", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"title,date\nRIMPAC,2022-06-29/2022-08-04\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(counts(&report), (1, 1, 0, 0));
}

#[test]
fn a_file_that_cannot_be_opened_is_refused_with_what_where_and_what_to_do() {
    let place = Place::new();
    let empty = place.file("empty.csv", "");
    let blank = place.file("blank.csv", "\n \n\n");
    let binary = place.file("program.csv", b"\x7fELF\x02\x01\x01\0\0\0\0");
    let zeros = place.file("zeros.csv", [b"a,b\n".as_slice(), &[0; 64]].concat());
    let picture = place.file("events.json", b"\x89PNG\r\n\x1a\n\0\0");
    let broken = place.file("broken.json", "{\"events\": [\n  {\"title\": \"a\",}\n]}");
    let bare = place.file("number.json", "{\"a\": 1}");
    let missing = place.path("missing.csv");
    let folder = place.folder.path().to_owned();
    for (path, words) in [
        (&empty, "empty"),
        (&blank, "empty"),
        (&binary, "a program"),
        (&zeros, "binary"),
        (&picture, "PNG"),
        (&broken, "line 2, column"),
        (&missing, "no such file"),
        (&folder, "folder"),
    ] {
        let output = run(&["inspect", text(path)]);
        assert_eq!(output.status.code(), Some(1), "{}", path.display());
        let message = stderr(&output);
        assert!(message.contains(words), "{message}");
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(message.trim_end().ends_with(name), "the path stands last: {message}");
        assert!(output.stdout.is_empty());
    }
    assert_eq!(counts(&inspect(&bare)), (1, 0, 1, 0), "an object alone is one record without a date");
}

#[test]
fn the_wrong_extension_does_not_matter() {
    let place = Place::new();
    let json =
        place.file("events.csv", "[{\"title\": \"RIMPAC\", \"start\": \"2022-06-29\", \"end\": \"2022-08-04\"}]");
    let csv = place.file("events.txt", "title;start\nRIMPAC;2022-06-29\n");
    assert_eq!(inspect(&json)["format"], "json");
    assert_eq!(inspect(&csv)["format"], "csv");
}

#[test]
fn rows_with_flaws_are_kept_and_told() {
    let place = Place::new();
    let path = place.file(
        "flaws.csv",
        "title,start,end\nRIMPAC,2022-06-29,2022-08-04\nToo few\nToo many,2022-05-24,,x,y\nNo date,soon,\nBackwards,2022-09-07,2022-09-01\n,,\nBad end,2022-05-24,later\n",
    );
    let report = inspect(&path);
    assert_eq!(counts(&report), (7, 4, 2, 1));
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let told: Vec<(u64, &str)> =
        diagnostics.iter().map(|line| (line["line"].as_u64().unwrap(), line["reason"].as_str().unwrap())).collect();
    for (line, words) in [
        (3, "1 cells"),
        (3, "no date is given"),
        (4, "5 cells"),
        (5, "cannot be read as a date"),
        (6, "the end is before the start"),
        (7, "empty"),
        (8, "placed by its start"),
    ] {
        assert!(
            told.iter().any(|(at, reason)| *at == line && reason.contains(words)),
            "line {line}: {words}: {told:?}"
        );
    }
    let undated = diagnostics.iter().find(|line| line["line"] == 5).unwrap();
    assert_eq!((undated["column"].as_str(), undated["raw"].as_str()), (Some("start"), Some("soon")));
}

#[test]
fn a_header_without_rows_and_a_file_without_dates_are_told_and_not_drawn() {
    let place = Place::new();
    let header = place.file("header.csv", "title,start,end\n");
    let report = inspect(&header);
    assert_eq!(counts(&report), (0, 0, 0, 0));
    assert!(report["remarks"][0].as_str().unwrap().contains("no rows"));
    let words = place.file("words.csv", "name,place\nRIMPAC,Hawaii\nVostok,Primorsky\n");
    let report = inspect(&words);
    assert_eq!(counts(&report), (2, 0, 2, 0));
    assert!(report["remarks"][0].as_str().unwrap().contains("No column of dates"));
    for path in [&header, &words] {
        let output = run(&["export", text(path), "-o", text(&place.path("no.svg"))]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("nothing to draw") && !place.path("no.svg").exists());
    }
}

#[test]
fn a_cell_of_a_million_letters_and_broken_utf8_are_survived() {
    let place = Place::new();
    let long = "x".repeat(1_000_000);
    let path = place.file("long.csv", format!("title,start\n{long},2022-05-24\nshort,{long}\n"));
    let report = inspect(&path);
    assert_eq!(counts(&report), (2, 1, 1, 0));
    assert!(serde_json::to_string(&report).unwrap().len() < 10_000, "the ledger shortens it");
    let svg = place.path("long.svg");
    assert!(run(&["export", text(&path), "-o", text(&svg)]).status.success());
    let mut bytes = "title,start\nÜbung größer Ärger Öl Süd Köln Maß Jäger für Tür,2022-05-24\n".as_bytes().to_vec();
    bytes.extend(b"bad \xff byte,2022-05-25\n");
    let report = inspect(&place.file("broken.csv", bytes));
    assert_eq!(counts(&report), (2, 2, 0, 0));
    assert!(report["remarks"][0].as_str().unwrap().contains("UTF-8"));
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
fn one_bad_file_does_not_keep_the_others_from_being_inspected() {
    let place = Place::new();
    let bad = place.file("bad.csv", "");
    let output = run(&["inspect", "--json", text(&bad), SAMPLE]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("bad.csv") && String::from_utf8_lossy(&output.stdout).contains("\"placed\""));
}

#[test]
fn times_with_and_without_an_offset_in_one_column_are_said() {
    let place = Place::new();
    let mixed =
        place.file("mixed.csv", "title,time\nA,2024-03-09T22:20+01:00\nB,2024-03-09T22:20\nC,9 March 2024 22:40\n");
    let said = |report: &serde_json::Value| report["remarks"].to_string();
    assert!(said(&inspect(&mixed)).contains("2 times have no offset"), "{}", inspect(&mixed));
    let alike =
        place.file("alike.csv", "title,time\nA,2024-03-09T22:20+01:00\nB,2024-03-09T22:40+01:00\nC,2024-03-10\n");
    assert!(!said(&inspect(&alike)).contains("offset"));
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
fn many_lanes_many_claims_and_many_columns_are_drawn_and_counted() {
    // What this guards against took minutes; a hang shows by itself.
    let place = Place::new();
    let rows = |row: &dyn Fn(usize) -> String| (0..20_000).map(row).collect::<String>();
    let day = |i: usize| format!("{}-{:02}-{:02}", 1950 + i % 70, i % 12 + 1, i % 28 + 1);
    let lanes = rows(&|i| format!("Drill number {i},{},kind {}\n", day(i), i % 40));
    let claims = rows(&|i| format!("Drill,{},x\n", day(i)));
    let header = (0..20_000).map(|_| "same").collect::<Vec<_>>().join(",");
    for (name, content, words) in [
        ("lanes.csv", format!("title,date,kind\n{lanes}"), "20\u{a0}000 of 20\u{a0}000 events shown"),
        ("claims.csv", format!("title,date,id\n{claims}"), "more accounts"),
        ("header.csv", format!("title,date,{header}\nDrill,2022-05-24\n"), "1 of 1 events shown"),
    ] {
        let path = place.file(name, content);
        let figure = place.path("figure.svg");
        let output = run(&["export", text(&path), "-o", text(&figure)]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(fs::read_to_string(&figure).unwrap().contains(words), "{name}");
    }
}

#[test]
fn without_a_display_the_window_fails_with_words() {
    let output = Command::new(env!("CARGO_BIN_EXE_kairograph"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    if cfg!(target_os = "linux") {
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("no window could be opened"), "{}", stderr(&output));
    }
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    assert!(output.status.success(), "{}", stderr(output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn date_answers_each_text_on_a_line_of_its_own_wherever_the_options_stand() {
    let answers = lines(&run(&["date", "late May 2022", "-0043", "soon", "--json"]));
    assert_eq!(answers.len(), 3);
    assert_eq!(
        (answers[0]["edtf"].as_str(), answers[0]["earliest"].as_str(), answers[0]["sureness"].as_str()),
        (Some("[2022-05-21~..2022-05-31~]"), Some("2022-05-21"), Some("approximate"))
    );
    assert_eq!(answers[1]["latest"], "-0043-12-31");
    assert!(answers[2]["error"].as_str().unwrap().contains("no known form") && answers[2].get("edtf").is_none());
    let order = lines(&run(&["date", "--json", "5/6/2022", "--order", "dmy"]));
    assert_eq!(order[0]["edtf"], "2022-06-05");
    assert_eq!(run(&["date", "soon"]).status.code(), Some(1), "no text was a date");
    let words = run(&["date", "c. 1850"]);
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    assert!(words.contains("EDTF       1850~") && words.contains("in words   about 1850"), "{words}");
}

#[test]
fn date_reads_a_text_a_line_from_standard_input_and_admits_edtf_only_when_asked() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kairograph"))
        .args(["date", "--json", "--edtf", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"1984?/2004-06~\n24 May 2022\n\n 2022-05\r\n2001-34").unwrap();
    let answers = lines(&child.wait_with_output().unwrap());
    let edtf: Vec<_> = answers.iter().map(|answer| answer["edtf"].as_str().unwrap_or("-")).collect();
    assert_eq!(edtf, ["1984?/2004-06~", "-", "-", "-", "2001-34"]);
}

#[test]
fn what_a_column_proves_is_told_and_a_choice_goes_before_it() {
    let place = Place::new();
    let path = place.file("order.csv", "title,Datum\na,24/05/2022\nb,5/6/2022\nc,2022-05-24 10:00\n");
    let report = inspect(&path);
    let dates = &report["dates"][0];
    assert_eq!(
        (dates["column"].as_str(), dates["order"].as_str(), dates["basis"].as_str()),
        (Some("Datum"), Some("dmy"), Some("proved"))
    );
    assert_eq!(
        (dates["day_first"].as_u64(), dates["month_first"].as_u64(), dates["ambiguous"].as_u64()),
        (Some(1), Some(0), Some(1))
    );
    assert_eq!(report["latest"], "2022-06-05");
    let chosen = lines(&run(&["inspect", "--json", text(&path), "--date-order", "mdy", "--zone", "asia/tokyo"]));
    assert_eq!(
        (chosen[0]["earliest"].as_str(), chosen[0]["dates"][0]["zone"].as_str()),
        (Some("2022-05-06"), Some("Asia/Tokyo"))
    );
    let words = run(&["inspect", text(&path)]);
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    assert!(words.contains("1 cell proves day/month, 0 contradict, 1 is ambiguous; read as day/month"), "{words}");
}

#[test]
fn a_column_may_be_given_another_meaning_and_one_that_is_not_there_is_an_error() {
    let place = Place::new();
    let path = place.file("two.csv", "title,printed,made\na,2022-05-24,1850\n");
    let chosen = lines(&run(&["inspect", "--json", text(&path), "--column", "start=made"]));
    assert_eq!(
        (chosen[0]["columns"]["made"].as_str(), chosen[0]["earliest"].as_str()),
        (Some("start"), Some("1850"))
    );
    let missing = run(&["inspect", text(&path), "--column", "start=Datum"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(stderr(&missing).contains("no file has a column “Datum”") && stderr(&missing).contains("printed"));
    let unknown = run(&["inspect", text(&path), "--column", "begin=made"]);
    assert_eq!(unknown.status.code(), Some(2));
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
    assert!(!early.contains("Vostok") && early.contains("1 not known then"));
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
