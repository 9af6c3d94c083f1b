//! Golden ledgers: what is made of small files that show the troubles of real ones.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::RowId;
use kairograph::import::{Choices, Import, Input, load};
use kairograph::task::Control;
use std::fmt::Write;
use std::path::Path;

fn read(name: &str, bytes: &[u8]) -> Import {
    load(&[Input::Bytes { name: name.to_owned(), bytes: bytes.into() }], &Choices::default(), &Control::new())
        .unwrap()
}

/// Ledger and rows as text for a person to check.
fn account(import: &Import) -> String {
    let mut out = String::new();
    for file in &import.ledger.files {
        let counts = (file.records, file.placed, file.undated, file.rejected, file.events);
        writeln!(
            out,
            "{} {} records, placed, undated, rejected, events: {counts:?}",
            file.format.name(),
            file.encoding
        )
        .unwrap();
        assert_eq!(file.records, file.placed + file.undated + file.rejected);
        let columns: Vec<String> =
            file.mapping.columns.iter().map(|column| format!("{}={}", column.name, column.field.name())).collect();
        writeln!(out, "columns: {}", columns.join(", ")).unwrap();
        file.remarks.iter().for_each(|remark| writeln!(out, "remark: {remark}").unwrap());
        for line in &file.diagnostics {
            writeln!(
                out,
                "line {} {:?} {:?}: {}",
                line.line,
                line.outcome,
                line.column.as_deref().unwrap_or("-"),
                line.reason
            )
            .unwrap();
        }
    }
    let table = &import.document.table;
    for row in (0..table.rows() as u32).map(RowId) {
        let claim = table.claim(row);
        let edtf = claim.edtf.as_ref().map_or_else(|| "undated".to_owned(), ToString::to_string);
        let title = table.title(row).unwrap_or("-");
        writeln!(
            out,
            "event {} line {}: {title} | {edtf} | {}",
            table.event_of(row).0,
            table.origin(row).1,
            claim.words()
        )
        .unwrap();
    }
    out
}

#[test]
fn fixtures_give_the_ledgers_that_were_checked_by_eye() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut names: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 8);
    for name in names.iter().filter(|name| *name != "README.md") {
        let import = read(name, &std::fs::read(folder.join(name)).unwrap());
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.replace('.', "-"), account(&import));
        });
    }
}

#[test]
fn line_ends_and_encodings_make_no_difference() {
    let text = "title;start;kind\nÜbung Küstennähe;2022-05-24;Manöver\n„Osten“;2022-09-01;Manöver\n";
    let plain = account(&read("a.csv", text.as_bytes()));
    let rows = |account: &str| {
        account.lines().filter(|line| line.starts_with("event")).map(str::to_owned).collect::<Vec<_>>()
    };
    let legacy = windows_1252(text);
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, later) in [
        (text.replace('\n', "\r\n").into_bytes(), 0),
        (text.replace('\n', "\r").into_bytes(), 0),
        (text.replace('\n', "\n\n").into_bytes(), 1),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), 0),
        ([b"sep=;\n", text.as_bytes()].concat(), 1),
        (text.replace(';', "\t").into_bytes(), 0),
        (text.replace(';', ",").into_bytes(), 0),
        (utf16, 0),
    ] {
        let read = rows(&account(&read("b.csv", &bytes)));
        let first = rows(&plain)[0].replace("line 2", &format!("line {}", 2 + later));
        assert_eq!((read.len(), &read[0]), (2, &first));
    }
    assert_eq!(rows(&account(&read("c.csv", &legacy))), rows(&plain));
}

/// Windows-1252 of a text whose letters it has.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '„' => 0x84,
        '“' => 0x93,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn a_cancelled_import_stops_and_gives_nothing() {
    let control = Control::new();
    control.cancel();
    let input = Input::Bytes { name: "a.csv".into(), bytes: b"title,date\na,2022\n".as_slice().into() };
    assert!(matches!(load(&[input], &Choices::default(), &control), Err(kairograph::import::ImportError::Cancelled)));
}

#[test]
fn files_opened_together_are_one_document_and_their_ids_stay_apart() {
    let input = |name: &str, text: &str| Input::Bytes { name: name.into(), bytes: text.as_bytes().into() };
    let both = [
        input("a.csv", "id,title,date,colour\n1,RIMPAC,2022-06-29,red\n"),
        input("b.json", "[{\"id\": 1, \"name\": \"Vostok\", \"start\": \"2022-09-01\", \"size\": 50000}]"),
    ];
    let import = load(&both, &Choices::default(), &Control::new()).unwrap();
    let table = &import.document.table;
    assert_eq!((table.event_count(), import.ledger.files.len()), (2, 2));
    let names: Vec<_> = table.attributes().iter().map(|attribute| attribute.name.as_str()).collect();
    assert_eq!(names, ["colour", "size"]);
    assert_eq!(
        (table.attributes()[0].text(0).as_deref(), table.attributes()[1].text(1).as_deref()),
        (Some("red"), Some("50000"))
    );
}
