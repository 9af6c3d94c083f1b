//! The bodies of the fuzz targets over their kept seeds and over some seconds of plain mutations of them.
//!
//! `KAIROGRAPH_FUZZ_SECONDS` says how long each target mutates (2), `KAIROGRAPH_FUZZ_SEED` with which numbers. `fuzz/run` does
//! the same with coverage, by the hour.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "how much was tried is told, and what failed")]

#[path = "../fuzz/bodies.rs"]
mod bodies;
mod random;

use random::Random;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 40] = [
    "\"",
    "\n",
    "\r",
    ",",
    ";",
    "\t",
    "|",
    "\"\"",
    "\0",
    "\u{feff}",
    "é",
    "年",
    "月",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "true",
    "1e309",
    "-0",
    "9999999999999999999",
    "XX",
    "..",
    "/",
    "~",
    "%",
    "?",
    "T24:00",
    "-12:00",
    "S3",
    "E9",
    " BC",
    " to ",
    "Q1 ",
    "century",
    "kind:",
    "in:",
    "lasted:1d..",
];

fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(5) {
        let at = random.below(bytes.len() + 1);
        match random.below(7) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << random.below(8);
            }
            1 => bytes.insert(at, random.next() as u8),
            2 => {
                bytes.drain(at..(at + random.below(9)).min(bytes.len()));
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(40)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at),
            _ => {
                let to = (at + random.below(60)).min(bytes.len());
                let copy = bytes[at..to].to_vec();
                bytes.splice(at..at, copy);
            }
        }
    }
    bytes
}

fn fuzz(name: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    // The tables of dates are seeds too.
    let table = match name {
        "dates" => include_str!("dates/free_text.tsv"),
        "edtf" => include_str!("dates/edtf.tsv"),
        _ => "",
    };
    seeds.extend(table.lines().skip(1).filter_map(|line| Some(line.split('\t').next()?.as_bytes().to_vec())));
    assert!(!seeds.is_empty());
    let try_one = |bytes: &[u8]| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(bytes))) {
            let kept = std::env::temp_dir().join(format!("kairograph-fuzz-{name}"));
            std::fs::write(&kept, bytes).unwrap();
            eprintln!("the input that failed is {}: {:?}", kept.display(), String::from_utf8_lossy(bytes));
            resume_unwind(panic);
        }
    };
    for seed in &seeds {
        try_one(seed);
    }
    let number =
        |variable: &str, usual: u64| std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let until = Instant::now() + Duration::from_secs(number("KAIROGRAPH_FUZZ_SECONDS", 2));
    let mut random = Random(number("KAIROGRAPH_FUZZ_SEED", 1));
    let mut count = 0_u64;
    while Instant::now() < until {
        try_one(&mutated(&mut random, &seeds));
        count += 1;
    }
    println!("{name}: {} seeds, {count} mutations", seeds.len());
    assert!(count > 0);
}

#[test]
fn delimited_text_of_any_bytes_is_accounted_for() {
    fuzz("csv", bodies::csv);
}

#[test]
fn json_of_any_bytes_is_accounted_for() {
    fuzz("json", bodies::json);
    fuzz("ndjson", bodies::ndjson);
}

#[test]
fn parquet_of_any_bytes_is_read_or_refused() {
    fuzz("parquet", bodies::parquet);
}

#[test]
fn dates_read_back_as_what_they_print() {
    fuzz("dates", bodies::dates);
    fuzz("edtf", bodies::edtf);
}

#[test]
fn searches_of_any_letters_are_answered() {
    fuzz("query", bodies::query);
}

#[test]
fn figures_are_whole_or_not_there_under_any_options() {
    fuzz("export", bodies::export);
}

#[test]
fn settings_of_any_bytes_keep_no_window_from_opening() {
    fuzz("settings", bodies::settings);
}

/// Writes the seeds of `parquet`, which no editor can: `cargo test --test fuzz -- --ignored`.
#[test]
#[ignore = "writes files that are kept"]
fn parquet_seeds_are_written() {
    use arrow_array::{
        ArrayRef, Date32Array, Float64Array, ListArray, RecordBatch, StringArray, TimestampMillisecondArray,
    };
    use parquet::arrow::ArrowWriter;
    use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
    use parquet::file::properties::WriterProperties;
    use std::sync::Arc;
    let who = [Some(vec![Some(1), Some(2)]), None, Some(vec![])];
    let columns: [(&str, ArrayRef); 5] = [
        ("title", Arc::new(StringArray::from(vec!["patrol", "Vostok", "no date"]))),
        (
            "start",
            Arc::new(TimestampMillisecondArray::from(vec![Some(1_653_354_000_000), None, None]).with_timezone("UTC")),
        ),
        ("end", Arc::new(Date32Array::from(vec![None, Some(19_240), None]))),
        ("lat", Arc::new(Float64Array::from(vec![Some(47.5), None, Some(-1.0)]))),
        ("participants", Arc::new(ListArray::from_iter_primitive::<arrow_array::types::Int32Type, _, _>(who))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    for (name, codec) in [
        ("plain", Compression::UNCOMPRESSED),
        ("snappy", Compression::SNAPPY),
        ("gzip", Compression::GZIP(GzipLevel::default())),
        ("zstd", Compression::ZSTD(ZstdLevel::default())),
        ("brotli", Compression::BROTLI(BrotliLevel::default())),
        ("lz4", Compression::LZ4),
    ] {
        let how = WriterProperties::builder().set_compression(codec).set_max_row_group_row_count(Some(2));
        let how = how.set_dictionary_enabled(name != "gzip").build();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(how)).unwrap();
        writer.write(&batch).unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/parquet");
        std::fs::write(folder.join(name), writer.into_inner().unwrap()).unwrap();
    }
}
