//! Figures of documents, sizes and letters made at random: no text leaves the page, and none lies over another.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::{Document, Draft, EventTableBuilder, Facet};
use kairograph::export::{Figure, FigureInput, LegendPlace, compose_pages};
use kairograph::index::{Grouping, Index};
use kairograph::layout::{Arranged, Viewport};
use kairograph::query::Mask;
use kairograph::scene::{
    Anchor, Colours, Encodings, Node, Period, Primitive, Role, Scene, Shaded, Surroundings, ThemeName,
};
use kairograph::text::{TextMeter, on_screen};
use kairograph::time::{CivilDate, Date, Edtf, Span, TimePoint, Zone};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::{Arc, LazyLock};

static TEXT: LazyLock<TextMeter> = LazyLock::new(TextMeter::new);

/// Names as they are met: short, long, without spaces, from the right, none.
const TITLES: [&str; 8] = [
    "Vostok 2022",
    "International Army Games, tank biathlon and the competition of field kitchens near Moscow",
    "Учения «Восток-2022» на полигоне Сергеевский",
    "日米共同統合演習「ヤマサクラ」",
    "تمرين بحري مشترك 2022",
    "Quad",
    "Bilateral security consultations at vice-ministerial level",
    "",
];
const KINDS: [&str; 6] = ["drill", "summit", "Consultations at vice-ministerial level", "визит", "会談", "statement"];
const WHO: [&[&str]; 5] =
    [&["China"], &["Russia", "China"], &[], &["Japan", "United States", "Australia"], &["India"]];

/// One record: day of 2022, length in days, form of its date, and which of the texts it has.
type Made = (i64, i64, usize, usize);

fn document(records: &[Made]) -> Document {
    let mut builder = EventTableBuilder::new(vec!["made".into()], vec![]);
    for &(start, length, form, words) in records {
        let day = |n: i64| Date::from_day(CivilDate::from_days_since_epoch(18_993 + n));
        let (a, b) = (day(start), day(start + length));
        let text = match form % 6 {
            0 => format!("{a}"),
            1 => format!("{}", Date { day: None, ..a }),
            2 => format!("{a}/{b}"),
            3 => format!("{a}/.."),
            4 => format!("[{a},{b}]"),
            _ => format!("{a}~/{b}"),
        };
        let source = format!("Agency {} with a name, {a}", words % 7);
        let id = format!("{}", words % 40);
        builder
            .push(&Draft {
                title: Some(TITLES[words % TITLES.len()]),
                edtf: Edtf::parse(&text).ok(),
                kind: Some(KINDS[words % KINDS.len()]),
                status: Some(["held", "planned", "cancelled"][form % 3]),
                participants: WHO[words % WHO.len()],
                source: Some(&source),
                id: (form > 3).then_some(id.as_str()),
                ..Draft::default()
            })
            .unwrap();
    }
    Document { name: "made.csv".into(), table: Arc::new(builder.finish()) }
}

/// How a figure is asked for.
#[derive(Clone, Debug)]
struct Asked {
    size: (f32, f32),
    font: f32,
    pages: usize,
    legend: usize,
    flags: u8,
    days: i64,
    lanes: usize,
}

fn asked() -> impl Strategy<Value = Asked> {
    let size = (320.0_f32..2_000.0, 260.0_f32..1_600.0);
    (size, 4.0_f32..26.0, 1_usize..4, 0_usize..3, any::<u8>(), 2_i64..420, 0_usize..4).prop_map(
        |(size, font, pages, legend, flags, days, lanes)| Asked { size, font, pages, legend, flags, days, lanes },
    )
}

fn pages(document: &Document, asked: &Asked) -> Vec<Scene> {
    let flag = |bit: u8| asked.flags >> bit & 1 == 1;
    let by = [vec![Facet::Kind], vec![], vec![Facet::Participants], vec![Facet::Status, Facet::Kind]];
    let index =
        Index::new(&document.table, &Grouping { by: by[asked.lanes].clone(), ..Grouping::default() }, |_| true);
    let colours = flag(0).then(|| Colours::new(&document.table, &Facet::Participants));
    let around = Surroundings {
        second: flag(1).then(|| Zone::named("Asia/Tokyo").unwrap()),
        weeks: flag(2),
        fiscal: flag(3).then_some(4),
        shaded: Shaded { years: flag(3), weekends: flag(4), nights: flag(4) },
        periods: if flag(5) { vec![Period::new("A period with a name", "2022-03/2022-05").unwrap()] } else { vec![] },
        ..Surroundings::default()
    };
    let figure = Figure {
        title: "Drills in May, Vostok in September, and a title of more words than some pages are wide".into(),
        caption: if flag(6) {
            "What a reader should know of these events, said at length.".into()
        } else {
            String::new()
        },
        size: asked.size,
        font: asked.font,
        pages: asked.pages,
        lane_pages: 1 + asked.days.unsigned_abs() as usize % 3,
        legend: LegendPlace::ALL[asked.legend].0,
        fitted: flag(7),
        theme: ThemeName::Light,
        ..Figure::default()
    };
    let point = |n: i64| TimePoint::from_seconds((18_993 + n) * 86_400);
    let input = FigureInput {
        document,
        index: &index,
        mask: &Mask::ALL,
        lanes: &Arranged::plain(&index),
        encodings: Encodings { colours: colours.as_ref(), ..Encodings::default() },
        relations: None,
        around: &around,
        known_until: None,
        viewport: Viewport::over(Span::new(point(0), point(asked.days))),
        read_in: None,
        search: "",
        text: &TEXT,
    };
    compose_pages(&figure, &input).into_iter().map(|(scene, _)| scene).collect()
}

/// A text with the room of its letters: from x to x, from y to y.
struct Words<'a> {
    text: &'a str,
    role: Role,
    x: (f32, f32),
    y: (f32, f32),
}

impl std::fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} “{}” at {:?}, {:?}", self.role, self.text, self.x, self.y)
    }
}

fn words<'a>(nodes: &'a [Node], out: &mut Vec<Words<'a>>) {
    for node in nodes {
        match &node.primitive {
            Primitive::Clip { nodes, .. } => words(nodes, out),
            Primitive::Text { at, anchor, size, weight, text, .. } if !text.is_empty() => {
                let width = TEXT.width(&on_screen(text), *size, *weight);
                let left = match anchor {
                    Anchor::Start => at.0,
                    Anchor::Middle => at.0 - width / 2.0,
                    Anchor::End => at.0 - width,
                };
                // Capitals and the middle of descenders: lines of one text may stand close.
                let y = (at.1 - size * 0.70, at.1 + size * 0.12);
                out.push(Words { text, role: node.role, x: (left, left + width), y });
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        // The same figures everywhere and every time; fonts of the system may still differ.
        rng_seed: RngSeed::Fixed(0x5eed),
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn no_text_leaves_its_page_and_none_lies_over_another(
        records in prop::collection::vec((0_i64..360, 0_i64..90, 0_usize..24, 0_usize..200), 0..60), asked in asked()
    ) {
        let document = document(&records);
        for scene in pages(&document, &asked) {
            let mut all = Vec::new();
            words(&scene.nodes, &mut all);
            for own in &all {
                let inside = own.x.0 >= -0.5 && own.x.1 <= scene.width + 0.5 && own.y.0 >= -0.5 && own.y.1 <= scene.height + 0.5;
                prop_assert!(inside, "{own} leaves {} × {}", scene.width, scene.height);
            }
            for (at, a) in all.iter().enumerate() {
                for b in &all[at + 1..] {
                    let apart = |a: (f32, f32), b: (f32, f32)| a.1 <= b.0 + 0.5 || b.1 <= a.0 + 0.5;
                    prop_assert!(apart(a.x, b.x) || apart(a.y, b.y), "{a} over {b} on {} × {}", scene.width, scene.height);
                }
            }
        }
    }
}
