//! The real binary, in a temporary folder: what it reads, tells and refuses.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod program;

use program::{Place, SAMPLE, counts, inspect, run, stderr, text};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
    assert_eq!((undated["column"].as_str(), undated["raw"].as_str()), (Some("start"), Some("No date | soon")));
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

/// What `events` prints, an object a line.
fn events(arguments: &[&str]) -> Vec<serde_json::Value> {
    let told = run(&[&["events"], arguments].concat());
    assert!(told.status.success(), "{}", stderr(&told));
    String::from_utf8(told.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn events_are_written_for_other_programs_with_the_precision_of_their_dates() {
    let place = Place::new();
    let path = place.file(
        "drills.csv",
        "title,start,end,kind,who,lat,lon,troops\nVostok,2022-08-30,2022-09-05,exercise,Russia;China,48.5,135.1,50000\nPatrol,May 2022,,patrol,,,,\nGames,2022-08-13,..,games,,,,\nTalks,soon,,,,,,\n",
    );
    let all = events(&[text(&path)]);
    let field = |at: usize, name: &str| all[at][name].clone();
    assert_eq!(all.len(), 4);
    assert_eq!((field(0, "when"), field(0, "latest")), ("2022-08-30/2022-09-05".into(), "2022-09-05".into()));
    assert_eq!((field(1, "earliest"), field(1, "latest")), ("2022-05-01".into(), "2022-05-31".into()));
    assert_eq!((field(2, "latest"), field(3, "when")), ("open".into(), serde_json::Value::Null));
    assert_eq!((field(0, "who"), field(0, "lat")), (serde_json::json!(["Russia", "China"]), 48.5.into()));
    assert_eq!(
        (&all[0]["fields"]["troops"], field(0, "line"), field(0, "claims")),
        (&50_000.into(), 2.into(), 1.into())
    );
    assert_eq!(events(&[text(&path), "--undated"]).len(), 1);
    assert_eq!(events(&[text(&path), "--search", "who:china"]).len(), 1);
    let out = place.path("out.csv");
    assert!(run(&["events", text(&path), "-o", text(&out)]).status.success());
    let csv = fs::read_to_string(&out).unwrap();
    assert!(csv.starts_with("id,title,when,") && csv.contains(",Russia;China,") && csv.ends_with('\n'), "{csv}");
    let over = run(&["events", text(&path), "-o", text(&path)]);
    assert!(!over.status.success() && stderr(&over).contains("read"), "{}", stderr(&over));
}

#[test]
fn a_mapping_that_was_printed_and_changed_is_read_again() {
    let place = Place::new();
    let path = place.file("a.csv", "name,remark,date\nVostok,An exercise,2022-09-01\nZapad,Another one,2021-09-10\n");
    let printed = run(&["inspect", "--mapping", text(&path)]);
    let mapping = String::from_utf8(printed.stdout).unwrap();
    let mut told: serde_json::Value = serde_json::from_str(&mapping).unwrap();
    (told["columns"][0]["field"], told["columns"][1]["field"]) = ("description".into(), "title".into());
    let map = place.file("map.json", told.to_string());
    assert_eq!(events(&[text(&path), "--map", text(&map)])[0]["title"], "An exercise");
    // A field is fed by one column.
    told["columns"][0]["field"] = "title".into();
    let wrong = place.file("wrong.json", told.to_string());
    let refused = run(&["events", text(&path), "--map", text(&wrong)]);
    assert_eq!(
        (refused.status.code(), stderr(&refused).contains("both “name” and “remark” feed title")),
        (Some(2), true)
    );
    let other = place.file("other.csv", "what,day\nZapad,2021-09-10\n");
    let unfit = run(&["events", text(&other), "--map", text(&map)]);
    assert_eq!((unfit.status.code(), stderr(&unfit).contains("no file has a column “name”")), (Some(1), true));
    let template = serde_json::json!({"columns": [{"name": "name", "field": "attribute"}, {"name": "remark", "field": "attribute"},
        {"name": "date", "field": "when"}], "title": "{name}: {remark}"});
    let map = place.file("template.json", template.to_string());
    assert_eq!(events(&[text(&path), "--map", text(&map)])[1]["title"], "Zapad: Another one");
}

#[test]
fn what_evidence_decides_can_be_decided_otherwise() {
    let place = Place::new();
    let path = place
        .file("ids.csv", "id,date,event\nP1,2021-01-04,Admission\nP1,2021-01-06,Surgery\nP2,2021-01-05,Admission\n");
    assert_eq!(events(&[text(&path)]).len(), 3);
    assert_eq!(events(&[text(&path), "--shared-ids", "claims"]).len(), 2);
    let titled = place.file(
        "titled.csv",
        "A list of battles\nmade by hand\nDate,Event,Place\n1914-09-05,Marne,France\n1915-04-25,Gallipoli,Turkey\n",
    );
    assert_eq!(events(&[text(&titled)]).len(), 2);
    assert_eq!(events(&[text(&titled), "--head", "4"])[0]["line"], 5);
    let beyond = run(&["events", text(&titled), "--head", "99"]);
    assert_eq!((beyond.status.code(), stderr(&beyond).contains("no line 99")), (Some(1), true));
}

#[test]
fn dates_of_other_calendars_are_read_where_they_say_so_or_the_user_does() {
    let place = Place::new();
    let path =
        place.file("iran.csv", "title,date\nRevolution,1357/11/22\nNew year 1401,1401/01/01\nA month,1401/06\n");
    let chosen = run(&["events", text(&path), "--calendar", "persian"]);
    let events: Vec<serde_json::Value> =
        String::from_utf8_lossy(&chosen.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let when: Vec<&str> = events.iter().filter_map(|event| event["when"].as_str()).collect();
    assert_eq!(when, ["1979-02-11", "2022-03-21", "[2022-08-23..2022-09-22]"]);
    let words = run(&["inspect", text(&path), "--calendar", "persian"]);
    assert!(String::from_utf8_lossy(&words.stdout).contains("of the Persian calendar"));
    let wrong = run(&["inspect", text(&path), "--calendar", "mayan"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("french-republican"));
    // A column may name its calendar, and so may a mapping.
    let named = place.file("named.csv", "title,date jalali\nRevolution,1357/11/22\n");
    assert_eq!(lines(&run(&["inspect", "--json", text(&named)]))[0]["earliest"], "1979-02-11");
    let map = run(&["inspect", "--mapping", text(&path), "--calendar", "persian"]);
    let map = place.file("iran.map.json", &map.stdout);
    assert_eq!(lines(&run(&["inspect", "--json", text(&path), "--map", text(&map)]))[0]["earliest"], "1979-02-11");
}
