//! How fast dates are read: a million cells of one form, as a column has them. Run by hand: `cargo bench --bench dates`.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use kairograph::time::{DateOrder, Reader};
use std::hint::black_box;

const CELLS: u64 = 1_000_000;

/// A deterministic sequence, so that runs compare.
fn numbers() -> impl Iterator<Item = u64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn cells(form: impl Fn(u64, u64, u64, u64) -> String) -> Vec<String> {
    let make = |n: u64| form(1_900 + n % 123, n / 123 % 12 + 1, n / 2_000 % 28 + 1, n / 60_000);
    numbers().take(CELLS as usize).map(make).collect()
}

fn read(c: &mut Criterion) {
    let month = |month: u64| MONTHS[month as usize - 1];
    let columns: [(&str, Reader, Vec<String>); 7] = [
        ("ISO days", Reader::default(), cells(|y, m, d, _| format!("{y}-{m:02}-{d:02}"))),
        (
            "ISO instants",
            Reader::default(),
            cells(|y, m, d, n| format!("{y}-{m:02}-{d:02}T{:02}:{:02}:{:02}Z", n % 24, n / 24 % 60, n / 1_440 % 60)),
        ),
        ("24 May 2022", Reader::default(), cells(|y, m, d, _| format!("{d} {} {y}", month(m)))),
        ("May 24, 2022", Reader::default(), cells(|y, m, d, _| format!("{} {d}, {y}", month(m)))),
        (
            "24/05/2022, order known",
            Reader { order: Some(DateOrder::Dmy), ..Reader::default() },
            cells(|y, m, d, _| format!("{d:02}/{m:02}/{y}")),
        ),
        ("24.5.2022", Reader::default(), cells(|y, m, d, _| format!("{d}.{m}.{y}"))),
        ("ranges in words", Reader::default(), cells(|y, m, d, _| format!("{d}–{} {} {y}", d + 3, &month(m)[..3]))),
    ];
    let mut group = c.benchmark_group("read a million cells");
    group.throughput(Throughput::Elements(CELLS)).sample_size(10);
    for (name, reader, cells) in &columns {
        group.bench_function(*name, |bencher| {
            bencher.iter_batched(
                || (),
                |()| cells.iter().filter(|cell| black_box(reader.read(cell)).is_ok()).count(),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
