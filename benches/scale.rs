//! What grows with the number of events, and what must not: import, index, questions, layout with scene, search and
//! figure at 10⁴, 10⁵ and 10⁶ events. Run by hand: `cargo bench --bench scale`, with a part of a name to run less.
//!
//! A pan-and-zoom script through the window's own code is `kairograph bench FILE`.

mod events;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use events::Shape;
use kairograph::event::Document;
use kairograph::export::{self, Figure, FigureFormat, FigureInput, Writing};
use kairograph::import::{Choices, Input, load};
use kairograph::index::{Index, LaneId};
use kairograph::layout::{Arranged, Fit, Input as LayoutInput, Memory, Metrics, Rect, Viewport, lay_out};
use kairograph::query::{Mask, Query};
use kairograph::scene::{Encodings, Headings, Options, Surroundings, Theme, ThemeName, timeline};
use kairograph::task::Control;
use kairograph::text::TextMeter;
use std::hint::black_box;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

/// Documents that pictures are made of: of each size, and some that are hard in other ways.
const PICTURES: [(&str, u64, Shape); 6] = [
    ("10000", 10_000, Shape::Usual),
    ("100000", 100_000, Shape::Usual),
    ("1000000", 1_000_000, Shape::Usual),
    ("4000 lanes", 100_000, Shape::Kinds(4_000)),
    ("all in one second", 100_000, Shape::OneSecond),
    ("10000 years over minutes", 100_000, Shape::Minutes),
];

fn input(rows: u64, shape: Shape) -> Input {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail.
    let _ = events::write(&mut bytes, rows, shape);
    Input::Bytes { name: format!("{rows}.csv"), bytes: bytes.into() }
}

fn document(rows: u64, shape: Shape) -> Option<Document> {
    load(&[input(rows, shape)], &Choices::default(), &Control::new()).ok().map(|import| import.document)
}

fn import(c: &mut Criterion) {
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    for rows in SIZES {
        let input = [input(rows, Shape::Usual)];
        group.throughput(Throughput::Elements(rows));
        group.bench_function(BenchmarkId::from_parameter(rows), |bencher| {
            bencher.iter(|| load(&input, &Choices::default(), &Control::new()).is_ok());
        });
    }
    group.finish();
}

fn index(c: &mut Criterion) {
    for rows in SIZES {
        let Some(document) = document(rows, Shape::Usual) else { continue };
        let table = &document.table;
        let mut group = c.benchmark_group("index");
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("build", rows), |bencher| {
            bencher.iter(|| Index::by_kind(table, |_| true).len());
        });
        let index = Index::by_kind(table, |_| true);
        let Some(extent) = document.extent() else { continue };
        group.bench_function(BenchmarkId::new("density of a lane, 400 parts", rows), |bencher| {
            bencher.iter(|| index.density(LaneId(0), black_box(extent), 400).peak());
        });
        group.bench_function(BenchmarkId::new("64 most important events", rows), |bencher| {
            bencher.iter(|| index.events(LaneId(0), black_box(extent), 64).total);
        });
        for search in ["vostok", "kind:drill"] {
            group.bench_function(BenchmarkId::new(format!("search {search}"), rows), |bencher| {
                bencher.iter(|| Query::parse(search).mask(table, &Control::new()).map(|mask| mask.is_all()));
            });
        }
        let Ok(mask) = Query::parse("kind:drill").mask(table, &Control::new()) else { continue };
        group.bench_function(BenchmarkId::new("filter by kind", rows), |bencher| {
            bencher.iter(|| index.keeping(table, |event| mask.keeps(event)).len());
        });
        group.finish();
    }
}

fn picture(c: &mut Criterion) {
    let text = TextMeter::new();
    for (name, rows, shape) in PICTURES {
        let Some(document) = document(rows, shape) else { continue };
        let Some(extent) = document.extent() else { continue };
        let index = Index::by_kind(&document.table, |_| true);
        let mut group = c.benchmark_group("picture");
        group.sample_size(20);
        let scene = |viewport: Viewport, memory: &Memory| {
            let layout = lay_out(&LayoutInput {
                document: &document,
                index: &index,
                mask: &Mask::ALL,
                viewport,
                whole: Viewport::around(extent, Viewport::AIR),
                area: Rect::new(0.0, 0.0, 1_030.0, 715.0),
                metrics: Metrics::SCREEN,
                text: &text,
                fit: Fit::Scroll,
                scroll: 0.0,
                lanes: &Arranged::plain(&index),
                memory,
                known_until: None,
                note: None,
            });
            let theme = Theme::named(ThemeName::Light);
            let headings = Headings::Screen;
            let options = Options {
                document: &document,
                theme,
                text: &text,
                encodings: Encodings::default(),
                relations: None,
                scroll: 0.0,
                headings,
                around: &Surroundings::default(),
            };
            timeline(&layout, &options).nodes.len()
        };
        group.bench_function(BenchmarkId::new("first frame", name), |bencher| {
            bencher.iter(|| scene(Viewport::over(extent), &Memory::default()));
        });
        let memory = Memory::default();
        let mut viewport = Viewport::over(extent).zoomed(40.0, 0.5);
        group.bench_function(BenchmarkId::new("frame while panning", name), |bencher| {
            bencher.iter(|| {
                viewport = viewport.panned(0.004);
                scene(viewport, &memory)
            });
        });
        group.bench_function(BenchmarkId::new("figure as SVG", name), |bencher| {
            bencher.iter(|| {
                let input = FigureInput {
                    document: &document,
                    index: &index,
                    mask: &Mask::ALL,
                    lanes: &Arranged::plain(&index),
                    encodings: Encodings::default(),
                    relations: None,
                    viewport: Viewport::over(extent),
                    around: &Surroundings::default(),
                    known_until: None,
                    read_in: None,
                    search: "",
                    text: &text,
                };
                let (scene, about) = export::compose(&Figure::default(), &input);
                export::render(&scene, &about, &Writing::new(FigureFormat::Svg, &text, &Control::new()))
                    .map_or(0, |bytes| bytes.len())
            });
        });
        group.finish();
    }
}

criterion_group!(benches, import, index, picture);
criterion_main!(benches);
