//! What each fuzz target does with some bytes, and what must hold whatever they are. `cargo test` runs these too, over the
//! kept seeds and some seconds of plain mutation (`tests/fuzz.rs`).

#![allow(dead_code, reason = "each target is a program of its own and uses its own body")]

use kairograph::cli::Cli;
use kairograph::event::{EventTable, RowId};
use kairograph::import::{self, Choices, Import, Input};
use kairograph::query::Query;
use kairograph::task::{Control, Limits};
use kairograph::time::{Calendar, DateOrder, Edtf, Reader, Sureness};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Limits that no small input should come near.
fn control() -> Control {
    Control::within(Limits { memory: Some(6 << 30), ..Limits::default() })
}

/// The counts of an import add up, and what it holds prints and reads back.
fn adds_up(import: &Import) {
    let table = &import.document.table;
    let mut rows = 0;
    for file in &import.ledger.files {
        assert_eq!(file.records, file.placed + file.undated + file.rejected, "{}", file.name);
        assert!(file.events <= file.placed + file.undated);
        rows += file.placed + file.undated;
    }
    assert_eq!(table.rows() as u64, rows);
    let undated: u64 = import.ledger.files.iter().map(|file| file.undated).sum();
    let without = (0..table.rows() as u32).filter(|row| table.is_undated(RowId(*row))).count();
    assert_eq!(without as u64, undated, "an expression in the table cannot be read");
}

fn load(name: &str, data: &[u8]) {
    let input = Input::Bytes { name: name.to_owned(), bytes: data.into() };
    if let Ok(import) = import::load(&[input], &Choices::default(), &control()) {
        adds_up(&import);
    }
}

/// Delimited text, or whatever it is taken for.
pub(crate) fn csv(data: &[u8]) {
    load("a.csv", data);
}

/// JSON.
pub(crate) fn json(data: &[u8]) {
    load("a.json", data);
}

/// One JSON object a line.
pub(crate) fn ndjson(data: &[u8]) {
    load("a.ndjson", data);
}

/// Parquet: the bytes stand behind its mark.
pub(crate) fn parquet(data: &[u8]) {
    let marked = if data.starts_with(b"PAR1") { data.to_vec() } else { [b"PAR1", data].concat() };
    load("a.parquet", &marked);
}

/// A date as people write them: what is made of it prints, and reads back as the same four bounds.
pub(crate) fn dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // One calendar in turn: all of them would take ten times as long.
    let calendar = Calendar::ALL.into_iter().cycle().nth(data.len() % Calendar::ALL.len());
    let readers = [
        Reader::default(),
        Reader { order: Some(DateOrder::Dmy), ..Reader::default() },
        Reader { decimal_years: true, calendar, ..Reader::default() },
    ];
    for reader in readers {
        let Ok(reading) = reader.read(text) else { continue };
        let (printed, when) = (reading.edtf.to_string(), reading.edtf.when());
        let kept = Edtf::parse(&printed).unwrap_or_else(|error| panic!("{text:?} prints {printed:?}: {error}"));
        assert_eq!(kept.when(), when, "{text:?} prints {printed:?}");
        if let Ok(standard) = Edtf::parse_standard(&printed) {
            assert_eq!(standard.when(), when, "{text:?} prints {printed:?}");
        }
        let again =
            Reader::default().read(&printed).unwrap_or_else(|error| panic!("{text:?} prints {printed:?}: {error}"));
        let same = again.edtf.when() == when || again.sureness == Sureness::Ambiguous;
        assert!(same, "{text:?} prints {printed:?}, which is read as {}", again.edtf);
        let _ = reading.edtf.days();
    }
    let _ = kairograph::time::read_duration(text);
}

/// A date as EDTF has it.
pub(crate) fn edtf(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for parse in [Edtf::parse, Edtf::parse_standard] {
        let Ok(edtf) = parse(text) else { continue };
        let printed = edtf.to_string();
        assert_eq!(parse(&printed).as_ref(), Ok(&edtf), "{text:?} prints {printed:?}");
        let when = edtf.when();
        assert!(when.earliest() <= when.latest(), "{text:?}");
        let _ = (edtf.days(), kairograph::time::word_edtf(&edtf, None));
    }
}

/// The bundled sample.
fn sample() -> &'static EventTable {
    static SAMPLE: OnceLock<EventTable> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let import = import::load(&[import::sample()], &Choices::default(), &Control::new());
        EventTable::clone(&import.expect("the sample is read").document.table)
    })
}

/// A search.
pub(crate) fn query(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let query = Query::parse(text);
    let mask = query.mask(sample(), &Control::new()).expect("nobody cancels it");
    let found = (0..sample().event_count() as u32).filter(|event| mask.keeps(kairograph::event::EventId(*event)));
    assert!(found.count() <= sample().event_count());
    let toggled = kairograph::query::toggled(text, "kind", "drill");
    let _ = kairograph::query::asks_for(&toggled, "kind", "drill");
}

/// Options of `export`, one a line: a figure or an error, never a panic, and never a half file.
pub(crate) fn export(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folder = tempfile::tempdir().expect("a folder for figures");
    let out = folder.path().join("figure.svg");
    let options = text.lines().filter(|line| line.starts_with("--") && !line.starts_with("--output")).take(12);
    // Pictures of many pixels only take long.
    let options = options.filter(|line| !line.starts_with("--scale") && !line.starts_with("--format"));
    let words: [OsString; 5] = ["kairograph".into(), "export".into(), sample_path().into(), "-o".into(), out.into()];
    let all = words.into_iter().chain(options.map(OsString::from));
    let Ok(cli) = Cli::of_arguments(all) else { return };
    let done = cli.run().is_ok();
    let files = || std::fs::read_dir(folder.path()).expect("the folder is there").flatten();
    assert_eq!(files().count() > 0, done);
    for file in files() {
        let bytes = std::fs::read(file.path()).expect("it was written");
        assert!(bytes.ends_with(b"</svg>\n") || bytes.ends_with(b"</svg>"), "{}", file.path().display());
    }
}

/// The sample, from the root of the package and from this workspace of its own.
fn sample_path() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["assets/sample.csv", "../assets/sample.csv"]
        .map(|path| own.join(path))
        .into_iter()
        .find(|path| path.exists())
        .unwrap_or_default()
}

/// A settings file: whatever stands in it, there are settings.
pub(crate) fn settings(data: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for settings");
    for name in ["settings.json", "app.ron"] {
        std::fs::write(folder.path().join(name), data).expect("it is written");
        let _ = kairograph::app::settings_in(folder.path());
        std::fs::remove_file(folder.path().join(name)).expect("it is there");
    }
}
