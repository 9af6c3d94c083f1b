//! What the program does with what goes wrong around it: pipes, limits, its own files, terminals, and ends in mid-work.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![expect(clippy::disallowed_methods, reason = "the other ends of pipes are threads of the test")]

mod program;

use program::{Place, SAMPLE, counts, inspect, run, stderr, text};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn kairograph() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kairograph"));
    command.stdin(Stdio::null());
    command
}

/// What the program makes of bytes on its standard input.
fn piped(args: &[&str], bytes: &[u8]) -> Output {
    let mut child =
        kairograph().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // It may end before it has read all.
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn report(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Records that take several looks at several blocks.
fn many(records: usize) -> String {
    let row = |at: usize| format!("event {at},2022-01-{:02},a text that makes rows longer\n", at % 28 + 1);
    std::iter::once("title,date,note\n".to_owned()).chain((0..records).map(row)).collect()
}

#[test]
fn a_pipe_gives_all_its_records() {
    let csv = many(60_000);
    for name in ["-", "/dev/stdin"] {
        if name != "-" && !Path::new(name).exists() {
            continue;
        }
        let told = report(&piped(&["inspect", "--json", name], csv.as_bytes()));
        assert_eq!(counts(&told), (60_000, 60_000, 0, 0), "{name}");
        let json = r#"{"events": [{"title": "a", "date": "2022-05"}]}"#;
        assert_eq!(counts(&report(&piped(&["inspect", "--json", name], json.as_bytes()))), (1, 1, 0, 0), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_named_pipe_and_a_socket_are_read_once_to_their_end() {
    let place = Place::new();
    let csv = many(50_000);
    let pipe = place.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (to, bytes) = (pipe.clone(), csv.clone());
    let writer = std::thread::spawn(move || std::fs::write(to, bytes));
    assert_eq!(counts(&inspect(&pipe)), (50_000, 50_000, 0, 0));
    writer.join().unwrap().unwrap();

    let socket = place.path("socket");
    let listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let server = std::thread::spawn(move || listener.accept().unwrap().0.write_all(csv.as_bytes()));
    assert_eq!(counts(&inspect(&socket)), (50_000, 50_000, 0, 0));
    server.join().unwrap().unwrap();
}

#[test]
fn a_file_that_grows_while_it_is_read_is_accounted_for_as_it_was_at_one_look() {
    use kairograph::import::{Choices, Input, load_showing};
    use kairograph::task::Control;
    let place = Place::new();
    let path = place.file("log.csv", many(60_000));
    let grow = |_| {
        // Between the first look and the second one.
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"one more,2022-02-01,\n").unwrap();
    };
    let import = load_showing(&[Input::Path(path.clone())], &Choices::default(), &Control::new(), &grow).unwrap();
    let file = &import.ledger.files[0];
    assert!(file.remarks.iter().any(|remark| remark.contains("written to while it was read")), "{:?}", file.remarks);
    assert!(file.records > 60_000 && file.records == file.placed, "{} records", file.records);
    assert_eq!(import.inputs, [Input::Path(path)]);
}

#[cfg(unix)]
#[test]
fn a_device_without_an_end_is_refused_at_once_and_a_stream_at_the_memory_budget() {
    let zero = run(&["inspect", "/dev/zero"]);
    assert_eq!(zero.status.code(), Some(1));
    assert!(stderr(&zero).contains("a binary file"), "{}", stderr(&zero));
    let mut yes = Command::new("yes").stdout(Stdio::piped()).spawn().unwrap();
    let stream = yes.stdout.take().unwrap();
    let output = kairograph().args(["inspect", "--memory", "200MB", "-"]).stdin(stream).output().unwrap();
    let _ = yes.kill();
    let _ = yes.wait();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("--memory"), "{}", stderr(&output));
}

#[test]
fn a_ragged_last_row_without_a_line_end_keeps_its_own_cells() {
    let place = Place::new();
    let told = inspect(&place.file("a.csv", "title|when\nx|2022|e1|e2\ny|2023"));
    assert_eq!((counts(&told), &told["latest"]), ((2, 2, 0, 0), &"2023".into()));
    let told = inspect(&place.file("b.csv", "title|when|kind\nx|2022|a|e1|e2\ny|2023"));
    assert_eq!((counts(&told), &told["latest"]), ((2, 2, 0, 0), &"2023".into()));
    assert!(run(&["inspect", text(&place.file("c.csv", "|\n|||,\n|"))]).status.success());
}

#[test]
fn each_limit_is_named_by_the_message_that_it_makes() {
    let place = Place::new();
    let deep = place.file("deep.json", format!("{}[]{}", "{\"data\":".repeat(40_000), "}".repeat(40_000)));
    let refused = run(&["inspect", text(&deep)]);
    assert_eq!((refused.status.code(), stderr(&refused).contains("--max-depth")), (Some(1), true));
    let value = place
        .file("value.json", format!("[{{\"date\":\"2022\",\"x\":{}1{}}}]", "[".repeat(50_000), "]".repeat(50_000)));
    assert_eq!(counts(&inspect(&value)), (1, 1, 0, 0));

    let names: Vec<String> = (0..20_000).map(|at| format!("c{at}")).collect();
    let wide =
        place.file("wide.csv", format!("title,date,{}\na,2022,{}7\nb,2023\n", names.join(","), ",".repeat(19_999)));
    let told = inspect(&wide);
    let remark = told["remarks"].to_string();
    assert!(remark.contains("--max-columns") && remark.contains("(other fields)"), "{remark}");
    assert_eq!((counts(&told), told["columns"].as_object().unwrap().len()), ((2, 2, 0, 0), 10_001));

    let long = place.file("long.csv", format!("title,date\n{},2022\n", "x".repeat(3_000)));
    let told = report(&run(&["inspect", "--json", "--max-cell", "1000", text(&long)]));
    assert!(told["diagnostics"].to_string().contains("--max-cell"), "{told}");
    let endless = place.file("endless.csv", format!("title,date\n{},2022\n", "x".repeat(3_000_000)));
    let told = run(&["inspect", "--max-cell", "1kB", text(&endless)]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("--max-cell") || stderr(&told).contains("--max-cell"));

    let undated = place.file("undated.csv", format!("title,date\n{}", "a,soon\n".repeat(500)));
    let told = report(&run(&["inspect", "--json", "--max-diagnostics", "100", text(&undated)]));
    assert_eq!((told["diagnostics"].as_array().unwrap().len(), &told["more_diagnostics"]), (100, &400.into()));
    assert!(told["remarks"].to_string().contains("--max-diagnostics"));
    assert_eq!(counts(&told), (500, 0, 500, 0));

    let out = place.path("large.png");
    let refused = run(&["export", SAMPLE, "-o", text(&out), "--max-pixels", "10000"]);
    assert_eq!(
        (refused.status.code(), stderr(&refused).contains("--max-pixels"), out.exists()),
        (Some(1), true, false)
    );
    let refused = run(&["inspect", text(&place.file("many.csv", many(300_000))), "--memory", "1MB"]);
    assert_eq!(
        (refused.status.code(), stderr(&refused).contains("--memory")),
        (Some(1), true),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn a_figure_is_not_written_over_what_it_is_made_from() {
    let place = Place::new();
    let csv = std::fs::read(SAMPLE).unwrap();
    let (input, page) = (place.file("in.svg", &csv), place.file("p-1.svg", &csv));
    let piped = kairograph()
        .args(["export", "-", "-o", text(&input)])
        .stdin(std::fs::File::open(&input).unwrap())
        .output()
        .unwrap();
    assert_eq!((piped.status.code(), std::fs::read(&input).unwrap() == csv), (Some(1), true));
    for (from, to, pages) in [(&input, "in.svg", "1"), (&page, "p.svg", "2")] {
        let refused = run(&["export", text(from), "-o", text(&place.path(to)), "--pages", pages]);
        assert_eq!(refused.status.code(), Some(1), "{to}");
        assert_eq!(std::fs::read(from).unwrap(), csv);
    }
    assert!(!place.path("p-2.svg").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("in.svg", place.path("link.svg")).unwrap();
        let refused = run(&["export", text(&input), "-o", text(&place.path("link.svg"))]);
        assert_eq!((refused.status.code(), std::fs::read(&input).unwrap()), (Some(1), csv));
    }
}

#[test]
fn a_figure_goes_to_standard_output_and_into_pipes() {
    let plain = run(&["export", SAMPLE, "-o", "-"]);
    assert!(plain.status.success() && plain.stdout.starts_with(b"<svg"), "{}", stderr(&plain));
    let png = run(&["export", SAMPLE, "-o", "-", "--format", "png"]);
    assert!(png.stdout.starts_with(b"\x89PNG"));
    let pages = run(&["export", SAMPLE, "-o", "-", "--pages", "2"]);
    assert_eq!((pages.status.code(), pages.stdout.len()), (Some(1), 0));
    let named = run(&["export", SAMPLE, "-o", "figure.gif"]);
    assert_eq!(named.status.code(), Some(2));
    #[cfg(unix)]
    {
        let place = Place::new();
        let pipe = place.path("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let from = pipe.clone();
        let reader = std::thread::spawn(move || std::fs::read(from).unwrap());
        assert!(run(&["export", SAMPLE, "-o", text(&pipe)]).status.success());
        assert_eq!(reader.join().unwrap(), plain.stdout);
        let device = run(&["export", SAMPLE, "-o", "/dev/stdout"]);
        assert_eq!(device.stdout, plain.stdout);
    }
}

#[test]
fn no_control_character_of_a_file_reaches_the_terminal() {
    let place = Place::new();
    let hostile = "\u{1b}[2J\u{9b}31m\u{7}\u{202e}";
    let file = place.file("a.csv", format!("title{hostile},date{hostile}\n{hostile},soon{hostile}\nb,2022\n"));
    let commands: [&[&str]; 4] = [
        &["inspect", text(&file)],
        &["inspect", "--json", text(&file)],
        &["date", &format!("2022{hostile}"), hostile],
        &["inspect", &format!("no such file{hostile}")],
    ];
    for command in commands {
        let output = run(command);
        for bytes in [&output.stdout, &output.stderr] {
            let shown = String::from_utf8(bytes.clone()).unwrap();
            let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(acts), "{command:?}: {shown:?}");
        }
    }
    let told = report(&run(&["inspect", "--json", text(&file)]));
    assert!(told["columns"].as_object().unwrap().contains_key(&format!("title{hostile}")));
}

#[test]
fn a_damaged_parquet_is_told_in_one_line() {
    let place = Place::new();
    let plain = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/parquet/plain")).unwrap();
    for at in (4..plain.len()).step_by(61) {
        let mut bytes = plain.clone();
        bytes[at] ^= 0x55;
        let output = run(&["inspect", text(&place.file("a.parquet", &bytes))]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "byte {at}");
        assert!(stderr(&output).lines().count() <= 1 && !stderr(&output).contains("panicked"), "{}", stderr(&output));
    }
}

#[test]
fn help_says_what_the_exit_code_of_date_is() {
    let help = String::from_utf8(run(&["date", "--help"]).stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("The exit code is 0 where at least one text is a date, else 1."), "{help}");
    assert_eq!(
        (run(&["date", "soon"]).status.code(), run(&["date", "soon", "2022"]).status.code()),
        (Some(1), Some(0))
    );
}

#[test]
fn an_export_that_is_killed_leaves_the_old_figure_or_the_new_one() {
    let place = Place::new();
    let out = place.path("figure.svg");
    assert!(run(&["export", SAMPLE, "-o", text(&out)]).status.success());
    let new = std::fs::read(&out).unwrap();
    let (mut old_seen, mut new_seen) = (0, 0);
    for at in 0..100 {
        std::fs::write(&out, "old").unwrap();
        let mut child =
            kairograph().args(["export", SAMPLE, "-o", text(&out)]).stderr(Stdio::null()).spawn().unwrap();
        // Until well after a whole run.
        std::thread::sleep(Duration::from_millis(at * at / 6));
        let _ = child.kill();
        child.wait().unwrap();
        let found = std::fs::read(&out).unwrap();
        assert!(found == b"old" || found == new, "{at}: half of a figure, {} bytes", found.len());
        old_seen += usize::from(found == b"old");
        new_seen += usize::from(found == new);
    }
    assert!(old_seen > 0 && new_seen > 0, "{old_seen} old, {new_seen} new");
}
