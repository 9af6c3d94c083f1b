//! Figures: a golden SVG, and that window and page show the same events.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::{Document, EventId, Relations};
use kairograph::export::{self, Figure, FigureFormat, FigureInput, Writing};
use kairograph::import::{Choices, Input, load, sample};
use kairograph::index::Index;
use kairograph::layout::{Arranged, Fit, Layout, Metrics, Rect, Viewport, lay_out};
use kairograph::query::Mask;
use kairograph::scene::{
    Arrows, Encodings, Headings, Node, Options, Outside, Primitive, Role, Scene, Surroundings, Theme, ThemeName,
    timeline,
};
use kairograph::task::Control;
use kairograph::text::{TextMeter, Weight};
use kairograph::time::{Span, read};
use std::collections::BTreeSet;
use std::fmt::Write;

fn document(input: Input) -> Document {
    load(&[input], &Choices::default(), &Control::new()).unwrap().document
}

fn window(from: &str, to: &str) -> Viewport {
    let extent = |text| read(text).unwrap().edtf.when().extent();
    Viewport::over(Span::new(extent(from).start(), extent(to).end()))
}

fn figure(document: &Document, viewport: Viewport, figure: &Figure) -> (Scene, export::About) {
    with_relations(document, None, viewport, figure)
}

fn with_relations(
    document: &Document,
    relations: Option<&Relations>,
    viewport: Viewport,
    figure: &Figure,
) -> (Scene, export::About) {
    let index = Index::by_kind(&document.table, |_| true);
    let text = TextMeter::new();
    export::compose(
        figure,
        &FigureInput {
            document,
            index: &index,
            mask: &Mask::ALL,
            lanes: &Arranged::plain(&index),
            encodings: Encodings::default(),
            relations,
            viewport,
            around: &Surroundings::default(),
            known_until: None,
            read_in: None,
            search: "",
            text: &text,
        },
    )
}

#[test]
fn lanes_dealt_out_over_pages_show_each_event_once_and_every_page_tells_where_the_rest_is() {
    let document = document(sample());
    let index = Index::by_kind(&document.table, |_| true);
    let text = TextMeter::new();
    let all = Arranged::plain(&index);
    let (mask, around) = (Mask::ALL, Surroundings::default());
    let input = FigureInput {
        document: &document,
        index: &index,
        mask: &mask,
        lanes: &all,
        encodings: Encodings::default(),
        relations: None,
        viewport: window("2022-05", "2022-09"),
        around: &around,
        known_until: None,
        read_in: None,
        search: "",
        text: &text,
    };
    let pages = |pages: usize, lane_pages: usize| {
        let figure = Figure { pages, lane_pages, size: (1_400.0, 1_200.0), ..Figure::default() };
        export::compose_pages(&figure, &input)
    };
    let whole = events(&pages(1, 1)[0].0);
    let dealt = pages(1, 3);
    assert_eq!(dealt.len(), 3);
    let own: Vec<BTreeSet<EventId>> = dealt.iter().map(|(scene, _)| events(scene)).collect();
    assert_eq!(own.iter().map(BTreeSet::len).sum::<usize>(), whole.len());
    assert_eq!(own.iter().flatten().copied().collect::<BTreeSet<_>>(), whole);
    for ((_, about), own) in dealt.iter().zip(&own) {
        let elsewhere =
            format!("{} of 77 events shown; {} in lanes on other pages", own.len(), whole.len() - own.len());
        assert!(about.description.contains(&elsewhere), "{}", about.description);
    }
    assert!(dealt[0].1.page.starts_with("1 of 3: ") && dealt[0].1.page.contains(", Exercise"), "{}", dealt[0].1.page);
    // On pages far too small for all lanes, each lane is still dealt to one of them.
    let small = export::compose_pages(&Figure { lane_pages: 2, size: (420.0, 300.0), ..Figure::default() }, &input);
    let told: usize = small.iter().map(|(_, about)| about.shown).sum();
    assert_eq!(told, whole.len());
    // Each part of the time has all lanes that hold anything of it, and no page is empty.
    let grid = pages(2, 3);
    assert!(grid.len() > 3 && grid.iter().all(|(scene, _)| !events(scene).is_empty()));
    let seen: BTreeSet<EventId> = grid.iter().flat_map(|(scene, _)| events(scene)).collect();
    assert_eq!(seen, whole);
}

#[test]
fn every_source_of_what_is_drawn_is_listed_or_counted() {
    let document = document(sample());
    let table = &document.table;
    // Lines are broken between words, so that words are compared without what stands between them.
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut looked_at = 0;
    for font in [8.5, 12.5, 20.0, 30.0] {
        for size in [(1_400.0, 900.0), (700.0, 500.0), (1_000.0, 1_400.0)] {
            let look = Figure { font, size, ..Figure::default() };
            let (scene, about) = figure(&document, window("2022-05", "2022-09"), &look);
            let words = scene.words();
            if words.contains("more sources, in the file") || about.description.contains("Sources without room") {
                continue;
            }
            looked_at += 1;
            let words = plain(&words);
            let rows = events(&scene).into_iter().flat_map(|event| table.rows_of(event));
            for source in rows.filter_map(|row| table.claim(row).source) {
                assert!(words.contains(&plain(&source.citation)), "{font} {size:?}: {}", source.citation);
            }
        }
    }
    assert!(looked_at >= 3, "{looked_at}");
}

#[test]
fn room_for_arrows_makes_no_letters_smaller_and_hides_nothing() {
    let document = document(sample());
    let relations = Relations::of(&document.table);
    for height in [620.0, 760.0, 900.0, 1_100.0, 1_600.0] {
        let look = Figure { size: (1_400.0, height), ..Figure::default() };
        let (_, plain) = figure(&document, window("2022-05", "2022-09"), &look);
        let (_, joined) = with_relations(&document, Some(&relations), window("2022-05", "2022-09"), &look);
        // Their words take a little room in the legend.
        assert!(joined.letters >= plain.letters * 0.9, "{height}: {} after {}", joined.letters, plain.letters);
        assert!(joined.marks == plain.marks && joined.labelled + 2 >= plain.labelled, "{height}");
    }
}

/// A view as the window lays it out.
fn on_screen(document: &Document, index: &Index, text: &TextMeter, viewport: Viewport, area: Rect) -> Layout {
    lay_out(&kairograph::layout::Input {
        document,
        index,
        mask: &Mask::ALL,
        viewport,
        whole: Viewport::over(document.extent().unwrap()),
        area,
        metrics: Metrics::SCREEN,
        text,
        fit: Fit::Scroll,
        scroll: 0.0,
        lanes: &Arranged::plain(index),
        memory: &kairograph::layout::Memory::default(),
        known_until: None,
        note: None,
    })
}

/// Every node, those inside clips too.
fn nodes(scene: &Scene) -> Vec<&Node> {
    fn gather<'a>(nodes: &'a [Node], out: &mut Vec<&'a Node>) {
        for node in nodes {
            out.push(node);
            if let Primitive::Clip { nodes, .. } = &node.primitive {
                gather(nodes, out);
            }
        }
    }
    let mut out = Vec::new();
    gather(&scene.nodes, &mut out);
    out
}

fn events(scene: &Scene) -> BTreeSet<EventId> {
    nodes(scene).into_iter().filter_map(|node| node.event).collect()
}

#[test]
fn the_figure_of_a_small_file_is_the_golden_one() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/claims.csv")).unwrap();
    let document = document(Input::Bytes { name: "claims.csv".into(), bytes: bytes.into() });
    let look = Figure { title: "Claims".into(), size: (900.0, 520.0), theme: ThemeName::Light, ..Figure::default() };
    let ((scene, about), text) = (figure(&document, window("2022-05", "2022-09"), &look), TextMeter::new());
    // The fonts within are looked at where they are made.
    let control = Control::new();
    let how = Writing { embed_fonts: false, ..Writing::new(FigureFormat::Svg, &text, &control) };
    let svg = String::from_utf8(export::render(&scene, &about, &how).unwrap()).unwrap();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("claims-svg", svg);
    });
}

#[test]
fn window_and_page_show_the_same_events() {
    let document = document(sample());
    let index = Index::by_kind(&document.table, |_| true);
    let text = TextMeter::new();
    for (from, to) in [("2022-05", "2022-09"), ("2003", "2024"), ("2022-08-29", "2022-09-08")] {
        let viewport = window(from, to);
        let layout = on_screen(&document, &index, &text, viewport, Rect::new(0.0, 0.0, 1_300.0, 4_000.0));
        let options = Options {
            document: &document,
            theme: &Theme::LIGHT,
            text: &text,
            encodings: Encodings::default(),
            relations: None,
            scroll: 0.0,
            headings: Headings::Screen,
            around: &Surroundings::default(),
        };
        let screen = timeline(&layout, &options);
        let (page, _) = figure(&document, viewport, &Figure::default());
        assert_eq!(events(&screen), events(&page), "{from}/{to}");
        assert!(!events(&page).is_empty());
    }
}

#[test]
fn no_text_leaves_the_page_whatever_its_size() {
    let document = document(sample());
    let text = TextMeter::new();
    let pages = export::PAGE_SIZES.map(|page| (page.size, page.font));
    for (size, font) in pages.into_iter().chain([((400.0, 300.0), 12.5), ((1_400.0, 900.0), 24.0)]) {
        let look = Figure {
            title: "Drills in May, Vostok in September, and a long title to be broken or cut".into(),
            caption: "A caption that says what a reader should know of these events and does so at length.".into(),
            size,
            font,
            theme: ThemeName::Grey,
            ..Figure::default()
        };
        let (scene, _) = figure(&document, window("2022-05", "2022-09"), &look);
        for node in nodes(&scene) {
            let Primitive::Text { at, anchor, size: points, weight, text: words, .. } = &node.primitive else {
                continue;
            };
            let width = text.width(words, *points, *weight);
            let left = match anchor {
                kairograph::scene::Anchor::Start => at.0,
                kairograph::scene::Anchor::Middle => at.0 - width / 2.0,
                kairograph::scene::Anchor::End => at.0 - width,
            };
            assert!(
                left >= -0.5 && left + width <= size.0 + 0.5 && at.1 <= size.1,
                "{size:?}: “{words}” at {at:?}, {width} wide"
            );
        }
    }
}

#[test]
fn a_fitted_figure_is_no_higher_than_its_lanes_need_and_shows_the_same() {
    let document = document(sample());
    let (viewport, size) = (window("2022-08", "2022-09"), (1_400.0, 1_600.0));
    let own = |fitted| figure(&document, viewport, &Figure { size, fitted, ..Figure::default() }).0;
    let (whole, fitted) = (own(false), own(true));
    assert_eq!(whole.height.to_bits(), size.1.to_bits());
    assert!(fitted.height < size.1 * 0.6, "{}", fitted.height);
    assert_eq!(events(&whole), events(&fitted));
    // Where there is not room enough, it is as high as its page at most, and nothing lies below its end either.
    let (low, _) = figure(&document, viewport, &Figure { size: (700.0, 360.0), fitted: true, ..Figure::default() });
    assert!(low.height <= 360.0);
    for scene in [&fitted, &low] {
        for node in nodes(scene) {
            let lowest = match &node.primitive {
                Primitive::Text { at, .. } => at.1,
                Primitive::Rect { rect, .. } | Primitive::Band { rect, .. } => rect.bottom(),
                Primitive::Lines { lines, .. } => lines.iter().map(|(a, b)| a.1.max(b.1)).fold(0.0, f32::max),
                _ => continue,
            };
            assert!(lowest <= scene.height + 0.5, "{lowest} of {}: {:?}", scene.height, node.primitive);
        }
    }
}

#[test]
fn on_the_smallest_page_the_legend_gives_way_and_no_lines_of_text_lie_over_each_other() {
    let document = document(sample());
    for size in [(400.0, 200.0), (400.0, 240.0), (300.0, 200.0), (700.0, 220.0)] {
        for fitted in [false, true] {
            let (scene, _) =
                figure(&document, window("2022-05", "2022-09"), &Figure { size, fitted, ..Figure::default() });
            let texts = nodes(&scene).into_iter().filter_map(|node| match (&node.primitive, node.role) {
                (Primitive::Text { at, size, .. }, Role::Footnote | Role::Legend | Role::Title) => {
                    Some((at.1 - size * 0.7, at.1, node.role))
                }
                _ => None,
            });
            let lines: Vec<(f32, f32, Role)> = texts.collect();
            // What the note counts is what is drawn: lanes that are cut off are told of.
            let names = nodes(&scene).into_iter().filter(|node| node.role == Role::LaneName);
            let cut =
                names.filter(|node| matches!(&node.primitive, Primitive::Text { at, .. } if at.1 > scene.height));
            assert_eq!(cut.count(), 0);
            for (at, a) in lines.iter().enumerate() {
                for b in lines[..at].iter().filter(|b| b.2 != a.2) {
                    assert!(a.1 <= b.0 + 0.5 || b.1 <= a.0 + 0.5, "{size:?} {fitted}: {a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn the_words_of_relations_cover_no_mark_and_no_label() {
    let mut csv = "id,title,date,kind,responds_to\n".to_owned();
    for at in 0..16 {
        let kind = ["drill", "patrol", "visit"][at % 3];
        let to = if at == 0 { String::new() } else { "e0".to_owned() };
        writeln!(csv, "e{at},Event number {at},2022-05-{:02},{kind},{to}", 3 + (at * 7) % 25).unwrap();
    }
    let document = document(Input::Bytes { name: "relations.csv".into(), bytes: csv.into_bytes().into() });
    let (index, text) = (Index::by_kind(&document.table, |_| true), TextMeter::new());
    let relations = kairograph::event::Relations::of(&document.table);
    let mut seen = 0;
    for width in [500.0, 800.0, 1_300.0] {
        let layout =
            on_screen(&document, &index, &text, window("2022-05", "2022-05"), Rect::new(0.0, 0.0, width, 600.0));
        let of = Some(EventId(0));
        let arrows = Arrows {
            relations: &relations,
            of,
            among_all: false,
            scroll: 0.0,
            theme: &Theme::LIGHT,
            text: &text,
            outside: &|_| None,
        };
        let drawn = Scene { nodes: kairograph::scene::arrows(&layout, &arrows).0, ..Scene::default() };
        let grounds: Vec<Rect> = nodes(&drawn)
            .into_iter()
            .filter_map(|node| match &node.primitive {
                Primitive::Rect { rect, .. } => Some(*rect),
                _ => None,
            })
            .collect();
        seen += grounds.len();
        let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
        let half = layout.metrics.mark / 2.0;
        let taken = claims.flat_map(|claim| {
            let top = layout.body.y + claim.y - half;
            let label = claim.label.as_ref().map(kairograph::layout::LabelBox::rect);
            let label = label.map(|rect| Rect { y: rect.y + layout.body.y, ..rect });
            [Some(Rect::new(claim.left, top, claim.right - claim.left, 2.0 * half)), label]
        });
        let taken: Vec<Rect> = taken.flatten().collect();
        for (at, ground) in grounds.iter().enumerate() {
            assert!(!taken.iter().any(|other| other.overlaps(*ground)), "{ground:?}");
            assert!(!grounds[..at].iter().any(|other| other.overlaps(*ground)), "{ground:?}");
        }
    }
    // Of many of a kind some are named, at each width.
    assert_eq!(seen, 12);
}

#[test]
fn the_legend_names_the_relations_of_which_both_ends_are_drawn() {
    let csv = b"id,title,date,responds_to,part_of\na,Drill,2022-05-01,,\nb,Reply,2022-05-09,a,\nc,Day one,2022-09-01,,d\nd,All,2022-09-01/2022-09-07,,\n";
    let document = document(Input::Bytes { name: "relations.csv".into(), bytes: csv.to_vec().into() });
    let relations = Relations::of(&document.table);
    let legend = |from: &str, to: &str| -> Vec<String> {
        let (scene, _) = with_relations(&document, Some(&relations), window(from, to), &Figure::default());
        let text = |node: &Node| match &node.primitive {
            Primitive::Text { text, .. } if node.role == Role::Legend => Some(text.clone()),
            _ => None,
        };
        nodes(&scene).into_iter().filter_map(text).collect()
    };
    let both = ["responds to".to_owned(), "part of".to_owned()];
    assert!(legend("2022-05", "2022-09").ends_with(&both));
    assert!(legend("2022-05-05", "2022-09").ends_with(&both[1..]));
    assert!(!legend("2022-05-05", "2022-09").contains(&both[0]));
    assert!(legend("2022-05-05", "2022-08").iter().all(|words| !both.contains(words)));
}

#[test]
fn the_rasteriser_measures_labels_as_the_layout_does() {
    let meter = TextMeter::new();
    for words in ["Vostok 2022 · announced 30 Aug – 5 Sep 2022", "WAVE Tokyo AVATAR", "Übungen in Грузия"] {
        let size = 20.0;
        let width = meter.width(words, size, Weight::Regular);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"700\" height=\"40\" font-family=\"Inter\"><text x=\"10\" y=\"28\" font-size=\"{size}\">{words}</text></svg>"
        );
        let pixels = export::rasterise(&svg, 1.0, &Control::new()).unwrap();
        let inked = |x: u32| (0..pixels.height).any(|y| pixels.rgba[((y * pixels.width + x) * 4 + 3) as usize] > 20);
        let last = (0..pixels.width).rev().find(|&x| inked(x)).unwrap() as f32;
        assert!((last - (10.0 + width)).abs() < 4.0, "{words}: drawn to {last}, measured {}", 10.0 + width);
    }
}

/// What is said under a picture, with the numbers at its labels and in its list of sources.
fn said(csv: &str, size: (f32, f32)) -> (String, BTreeSet<String>, BTreeSet<String>) {
    let document = document(Input::Bytes { name: "made.csv".into(), bytes: csv.as_bytes().into() });
    let figure = Figure { size, ..Figure::default() };
    let extent = document.extent().unwrap();
    let (scene, about) = self::figure(&document, Viewport::around(extent, 0.02), &figure);
    let (mut listed, mut labelled) = (BTreeSet::new(), BTreeSet::new());
    for node in nodes(&scene).into_iter().filter(|node| node.role == Role::NoteNumber) {
        let Primitive::Text { text, weight, .. } = &node.primitive else { continue };
        let set = if *weight == Weight::SemiBold { &mut listed } else { &mut labelled };
        set.extend(text.split(',').map(str::to_owned));
    }
    (about.description, labelled, listed)
}

#[test]
fn every_number_in_the_list_of_sources_stands_at_a_label() {
    let mut rows = "title,date,source\n".to_owned();
    for at in 0..40 {
        writeln!(rows, "Drill number {at} with a name of some length,2022-05-{:02},Paper {at}", at % 28 + 1).unwrap();
    }
    let mut unlabelled = 0;
    for size in [(1_200.0, 900.0), (700.0, 500.0), (420.0, 700.0), (500.0, 340.0)] {
        let (_, labelled, listed) = said(&rows, size);
        assert_eq!(labelled, listed, "{size:?}");
        unlabelled += usize::from(listed.len() < 40);
    }
    assert!(unlabelled > 0, "some page has no room for all labels");
}

#[test]
fn times_without_a_zone_are_said_beside_instants_and_counted_once() {
    let rows = "title,date,kind\nA,2022-05-01T10:00Z,x\nB,2022-05-01T12:00,x\nC,2022-05-01T13:00,y\nD,2022-05-01,y\n";
    assert!(
        said(rows, (1_000.0, 600.0))
            .0
            .contains("Times of day without a zone, of those drawn, stand as they are written: 2.")
    );
    let alone = rows.replace("10:00Z", "10:00");
    assert!(!said(&alone, (1_000.0, 600.0)).0.contains("without a zone"));
}

#[test]
fn what_was_put_off_says_so_beside_its_name() {
    let rows = "id,title,date,status\na,Summit,2022-05-24,postponed\nb,Talks,2022-06-01,postponed\nb,Talks,2022-06-09,postponed\n";
    let document = document(Input::Bytes { name: "made.csv".into(), bytes: rows.as_bytes().into() });
    let (scene, _) = figure(&document, window("2022-05", "2022-06"), &Figure::default());
    let labels: Vec<String> = nodes(&scene)
        .into_iter()
        .filter_map(|node| match &node.primitive {
            Primitive::Text { text, .. } if node.role == Role::Label => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(labels, ["Summit · postponed", "Talks · postponed 1 Jun 2022", "postponed 9 Jun 2022"]);
}

#[test]
fn relations_that_lead_out_of_the_picture_are_counted_under_it() {
    let csv = b"id,title,date,responds_to\na,Drill,2022-05-01,\nb,Reply,2022-06-09,a\nc,Reply,2022-06-10,b\n";
    let document = document(Input::Bytes { name: "relations.csv".into(), bytes: csv.to_vec().into() });
    let relations = Relations::of(&document.table);
    let foot = |from: &str, to: &str| {
        with_relations(&document, Some(&relations), window(from, to), &Figure::default()).1.description
    };
    assert!(foot("2022-06", "2022-07").contains("1 relation leads to or from events that are not drawn here."));
    assert!(!foot("2022-05", "2022-07").contains("not drawn here"));
}

#[test]
fn a_relation_that_leads_out_of_the_window_leads_to_its_edge_and_tells_where() {
    let csv = b"id,title,date,responds_to\na,Drill,2022-05-01,\nb,Reply,2022-06-09,a\nc,Answer,2022-09-10,b\n";
    let document = document(Input::Bytes { name: "relations.csv".into(), bytes: csv.to_vec().into() });
    let (index, text) = (Index::by_kind(&document.table, |_| true), TextMeter::new());
    let relations = Relations::of(&document.table);
    let area = Rect::new(0.0, 0.0, 900.0, 400.0);
    let layout = on_screen(&document, &index, &text, window("2022-06", "2022-07"), area);
    let outside = |event: EventId| {
        let name = document.table.title(document.table.first_row(event))?.to_owned();
        Some(Outside { later: event == EventId(2), lane: None, name, told: "then".to_owned() })
    };
    let arrows = Arrows {
        relations: &relations,
        of: Some(EventId(1)),
        among_all: false,
        scroll: 0.0,
        theme: &Theme::LIGHT,
        text: &text,
        outside: &outside,
    };
    let drawn = Scene { nodes: kairograph::scene::arrows(&layout, &arrows).0, ..Scene::default() };
    let told: Vec<&str> = nodes(&drawn)
        .into_iter()
        .filter_map(|node| if let Primitive::Text { text, .. } = &node.primitive { Some(&**text) } else { None })
        .collect();
    assert_eq!(told, ["responds to: Drill, then", "Answer, then · responds to: this"]);
    // The tip of the one that the event names lies at the left edge.
    let tips = nodes(&drawn).into_iter().filter_map(|node| match &node.primitive {
        Primitive::Path { points, closed: true, .. } => Some(points[0].0),
        _ => None,
    });
    assert!(tips.into_iter().any(|x| (x - layout.body.x).abs() < 8.0));
}

/// The texts of a figure of a file, in a window.
fn texts(csv: &str, (from, to): (&str, &str), look: &Figure) -> Vec<String> {
    let document = document(Input::Bytes { name: "made.csv".into(), bytes: csv.as_bytes().to_vec().into() });
    let (scene, _) = figure(&document, window(from, to), look);
    let text = |node: &Node| match &node.primitive {
        Primitive::Text { text, .. } => Some(text.clone()),
        _ => None,
    };
    nodes(&scene).into_iter().filter_map(text).collect()
}

#[test]
fn an_account_that_a_page_does_not_show_is_named_at_the_one_that_it_shows() {
    let csv = "id,title,start,end,source\na,Allied Resolve,2022-02-10,2022-02-20,TASS\n\
               a,Allied Resolve,2022-02-10,..,Reuters\nb,Vostok,2025-09-01,2025-09-05,Xinhua\n";
    let texts = texts(csv, ("2025", "2026"), &Figure::default());
    let said = |words: &str| texts.iter().any(|text| text.contains(words));
    assert!(said("Allied Resolve · from 10 Feb 2022 on; another account: 10–20 Feb 2022"), "{texts:?}");
    // The source of what is not shown is not listed, and the arrow head is explained.
    assert!(said("Reuters") && !said("TASS") && said("goes on"), "{texts:?}");
}

#[test]
fn a_long_title_ends_where_one_sees_it_and_the_name_of_a_file_has_no_ending() {
    let csv = "title,date\nDrill,2022-05-24\n";
    assert!(texts(csv, ("2022-05", "2022-06"), &Figure::default()).contains(&"made".to_owned()));
    let title = "Exercises and the summits that followed them ".repeat(6);
    let texts = texts(csv, ("2022-05", "2022-06"), &Figure { title, size: (420.0, 400.0), ..Figure::default() });
    assert!(texts.iter().any(|text| text.ends_with('…')), "{texts:?}");
}

#[test]
fn a_label_that_is_too_long_loses_of_its_name_and_nothing_of_its_time() {
    let name =
        "Consultations of the ministers, the deputy ministers and the heads of the general staffs of both states";
    let csv = format!("title,date\n\"{name}\",2022-05\n");
    let texts = texts(&csv, ("2022-01", "2022-12"), &Figure::default());
    assert!(
        texts.iter().any(|text| text.starts_with("Consultations") && text.ends_with("… · May 2022")),
        "{texts:?}"
    );
}
