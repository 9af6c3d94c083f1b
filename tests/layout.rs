//! Properties of the laid-out view, for random documents, sizes and zooms.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::{Document, Draft, EventTableBuilder, Facet};
use kairograph::index::{Grouping, Index};
use kairograph::layout::{Arranged, Arrangement, Fit, Input, Layout, Memory, Metrics, Rect, Viewport, lay_out};
use kairograph::query::Mask;
use kairograph::text::TextMeter;
use kairograph::time::{CivilDate, Date, Edtf, TimePoint};
use proptest::prelude::*;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

static TEXT: LazyLock<TextMeter> = LazyLock::new(TextMeter::new);

/// Day of the year 2022 on which it begins, length in days, form of its date, kind, letters of its title, event.
type Made = (i64, i64, u8, u8, usize, u8);

fn document(events: &[Made]) -> Document {
    let mut builder = EventTableBuilder::new(vec!["made".into()], vec![]);
    for (i, &(start, length, form, kind, letters, id)) in events.iter().enumerate() {
        let day = |n: i64| Date::from_day(CivilDate::from_days_since_epoch(18_993 + n));
        let (a, b) = (day(start), day(start + length));
        let month = Date { day: None, ..a };
        let text = match form {
            0 => format!("{a}"),
            1 => format!("{month}"),
            2 => format!("{a}/{b}"),
            3 => format!("{a}/.."),
            4 => format!("{a}/"),
            5 => format!("[{a},{b}]"),
            6 => format!("{}~", a.year),
            _ => format!("{month}/{b}"),
        };
        let title: String = "Exercise near the northern coast of the sea".chars().cycle().take(letters).collect();
        let id = format!("{}", if id < 3 { u32::from(id) } else { 100 + i as u32 });
        let draft = Draft {
            title: Some(&title),
            edtf: Edtf::parse(&text).ok(),
            kind: Some(["drill", "summit", "visit"][usize::from(kind % 3)]),
            status: Some(["held", "planned", "cancelled"][usize::from(kind / 3 % 3)]),
            id: Some(&id),
            ..Draft::default()
        };
        builder.push(&draft).unwrap();
    }
    Document { name: "made".into(), table: Arc::new(builder.finish()) }
}

fn laid_out(document: &Document, from: i64, days: i64, size: (f32, f32), fit: Fit) -> Layout {
    laid_out_as(document, (from, days), size, fit, &Grouping::default(), &Arrangement::default())
}

fn laid_out_as(
    document: &Document,
    (from, days): (i64, i64),
    size: (f32, f32),
    fit: Fit,
    grouping: &Grouping,
    arrangement: &Arrangement,
) -> Layout {
    laid_out_in(&Index::new(&document.table, grouping, |_| true), document, (from, days), size, fit, arrangement)
}

fn laid_out_in(
    index: &Index,
    document: &Document,
    (from, days): (i64, i64),
    size: (f32, f32),
    fit: Fit,
    arrangement: &Arrangement,
) -> Layout {
    let point = |n: i64| TimePoint::from_seconds((18_993 + n) * 86_400);
    let viewport = Viewport::over(kairograph::time::Span::new(point(from), point(from + days)));
    lay_out(&Input {
        document,
        index,
        mask: &Mask::ALL,
        viewport,
        whole: viewport,
        area: Rect::new(0.0, 0.0, size.0, size.1),
        metrics: if fit == Fit::Page { Metrics::PAGE } else { Metrics::SCREEN },
        text: &TEXT,
        fit,
        scroll: 0.0,
        lanes: &arrangement.of(index),
        memory: &Memory::default(),
        known_until: None,
        note: None,
    })
}

fn made() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec((0_i64..360, 0_i64..90, 0_u8..8, 0_u8..9, 0_usize..60, 0_u8..12), 0..70)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_two_labels_overlap_none_covers_another_mark_and_none_leaves_the_body(
        events in made(), from in -30_i64..300, days in 1_i64..500, width in 300.0_f32..1_600.0, height in 200.0_f32..1_000.0, page in any::<bool>()
    ) {
        let layout = laid_out(&document(&events), from, days, (width, height), if page { Fit::Page } else { Fit::Scroll });
        // In the lowest rows marks are lower than letters.
        let half = (layout.metrics.font * 0.6).min(layout.metrics.mark / 2.0);
        for lane in &layout.lanes {
            let boxes = &lane.events;
            let mut labels: Vec<(Rect, usize)> = Vec::new();
            let mut marks: Vec<(Rect, usize)> = Vec::new();
            let mut leaders: Vec<(Rect, usize)> = Vec::new();
            for (i, claim) in boxes.iter().flat_map(|event| &event.claims).enumerate() {
                marks.push((Rect::new(claim.left, claim.y - half, claim.right - claim.left, 2.0 * half), i));
                prop_assert!(claim.y > lane.y && claim.y < lane.y + lane.height);
                if let Some(label) = &claim.label {
                    let rect = label.rect();
                    prop_assert!(rect.y >= lane.y - 0.5 && rect.bottom() <= lane.y + lane.height + 0.5, "{rect:?}");
                    for ends in label.leader().windows(2) {
                        let ((a, b), (c, d)) = (ends[0], ends[1]);
                        leaders.push((Rect::new(a.min(c), b.min(d), (c - a).abs(), (d - b).abs()).grown(0.4), i));
                    }
                    prop_assert!(rect.x >= layout.body.x && rect.right() <= layout.body.right() + 0.5, "{rect:?}");
                    labels.push((rect, i));
                }
            }
            for (at, (label, own)) in labels.iter().enumerate() {
                for (other, _) in &labels[at + 1..] {
                    prop_assert!(!label.overlaps(*other), "{label:?} {other:?}");
                }
                for (mark, of) in &marks {
                    prop_assert!(own == of || !label.overlaps(*mark), "{label:?} {mark:?}");
                }
            }
            for (leader, own) in &leaders {
                for (other, of) in labels.iter().chain(&marks).chain(&leaders) {
                    prop_assert!(own == of || !leader.overlaps(*other), "{leader:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn every_event_of_the_window_is_drawn_or_counted(
        events in made(), from in -30_i64..300, days in 1_i64..500, height in 120.0_f32..900.0, page in any::<bool>(),
        by in 0_usize..3, hide in any::<bool>(), fold in any::<bool>()
    ) {
        let fit = if page { Fit::Page } else { Fit::Scroll };
        let arrangement = Arrangement {
            hidden: hide.then(|| "Drill".to_owned()).into_iter().collect(),
            folded: fold.then(|| "Summit".to_owned()).into_iter().collect(),
            ..Arrangement::default()
        };
        let by = [vec![Facet::Kind], vec![], vec![Facet::Status, Facet::Kind]][by].clone();
        let grouping = Grouping { by, most: 100 };
        let layout = laid_out_as(&document(&events), (from, days), (900.0, height), fit, &grouping, &arrangement);
        let tally = layout.tally;
        // Accounts of one event may differ in status: then it stands in several lanes.
        prop_assert!(tally.in_window >= tally.events.possible);
        prop_assert!(grouping.by.len() > 1 || tally.in_window == tally.events.possible);
        prop_assert_eq!(tally.in_window, tally.drawn + tally.as_density + tally.hidden + tally.between + tally.elsewhere + tally.put_away);
        let boxes: usize = layout.lanes.iter().map(|lane| lane.events.len()).sum();
        // On a screen, what joins accounts around the window is drawn.
        prop_assert_eq!(boxes, tally.drawn + if page { 0 } else { tally.between });
        if !page {
            prop_assert_eq!(tally.hidden, 0);
        }
    }

    #[test]
    fn panning_moves_no_event_up_or_down(events in made(), from in 0_i64..200, by in 1_i64..60) {
        let document = document(&events);
        let row = |layout: &Layout| -> Vec<(u32, i32)> {
            let boxes = layout.lanes.iter().flat_map(|lane| &lane.events);
            boxes.map(|event| (event.event.0, event.claims[0].y.round() as i32)).collect()
        };
        let before = row(&laid_out(&document, from, 120, (1_000.0, 700.0), Fit::Scroll));
        let after = row(&laid_out(&document, from + by, 120, (1_000.0, 700.0), Fit::Scroll));
        for (event, y) in &before {
            if let Some((_, then)) = after.iter().find(|(other, _)| other == event) {
                prop_assert_eq!(y, then);
            }
        }
    }
}

#[test]
fn a_label_without_room_beside_its_mark_has_two_lines_or_a_leader_before_it_is_cut() {
    // Two bars one over the other up to a little before a day with a long name, which is near the window's end.
    let label = |day: i64| {
        let events = [(100, day - 108, 2, 0, 10, 12), (101, 50, 2, 0, 10, 12), (day, 0, 0, 0, 34, 12)];
        let layout = laid_out(&document(&events), 0, 360, (900.0, 400.0), Fit::Scroll);
        let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
        let claim = claims.max_by(|a, b| a.left.total_cmp(&b.left)).unwrap();
        (claim.y, claim.label.clone().unwrap())
    };
    let (_, whole) = label(240);
    assert!(whole.second.is_none() && whole.leader().is_empty());
    let (_, two) = label(300);
    let words = format!("{} {}", two.text, two.second.clone().unwrap_or_default());
    assert_eq!((words.as_str(), two.width < whole.width * 0.6), (whole.text.as_str(), true));
    let (y, led) = label(340);
    assert_eq!((led.text.as_str(), led.leader().len()), (whole.text.as_str(), 3));
    assert!((led.y - y - Metrics::SCREEN.row).abs() < 0.1, "{} {y}", led.y);
}

proptest! {
    #[test]
    fn no_label_tells_a_part_of_a_time_or_a_time_without_a_name(events in made(), days in 5_i64..400) {
        let document = document(&events);
        let layout = laid_out(&document, 0, days, (1_000.0, 700.0), Fit::Page);
        for event in layout.lanes.iter().flat_map(|lane| &lane.events) {
            let title = document.table.rows_of(event.event).find_map(|row| document.table.title(row)).unwrap_or_default();
            let labels: Vec<_> = event.claims.iter().filter_map(|claim| claim.label.as_ref()).collect();
            for label in labels.iter().filter(|label| label.is_cut) {
                let said = label.text.trim_end_matches('…').trim_end_matches(" · ");
                prop_assert!(title.starts_with(said), "“{}” of “{title}”", label.text);
            }
            let word = title.split(' ').next().unwrap_or_default();
            prop_assert!(labels.is_empty() || labels.iter().any(|label| label.text.starts_with(word)));
        }
    }
}

/// So many events on days of one year, dealt out over so many lanes.
fn dealt(events: i64, lanes: i64) -> Document {
    let mut builder = EventTableBuilder::new(vec!["made".into()], vec![]);
    for i in 0..events {
        let edtf = Date::from_day(CivilDate::from_days_since_epoch(18_993 + i * 7 % 365));
        let (kind, edtf) = (format!("kind {}", i % lanes), Edtf::parse(&edtf.to_string()).ok());
        let draft = Draft { title: Some("Exercise"), edtf, kind: Some(&kind), ..Draft::default() };
        builder.push(&draft).unwrap();
    }
    Document { name: "made".into(), table: Arc::new(builder.finish()) }
}

#[test]
fn a_page_that_must_leave_out_lanes_names_the_events_of_the_others() {
    let document = dealt(200, 100);
    let layout = laid_out(&document, 0, 365, (1_000.0, 500.0), Fit::Page);
    assert!(layout.lanes_left_out > 0 && layout.lanes.len() > 15, "{}", layout.lanes.len());
    assert_eq!((layout.tally.labelled, layout.tally.unlabelled), (layout.tally.drawn, 0));
    assert_eq!(layout.tally.drawn + layout.tally.hidden, 200);
}

#[test]
fn forty_lanes_of_a_few_events_are_named_marks_on_a_page_and_not_counts() {
    let document = dealt(280, 40);
    let layout = laid_out(&document, 0, 365, (1_300.0, 640.0), Fit::Page);
    assert_eq!((layout.lanes.len(), layout.tally.drawn, layout.tally.unlabelled), (40, 280, 0));
    assert!(layout.lanes.iter().all(|lane| lane.strip.is_none()));
}

#[test]
fn on_a_page_small_lanes_beside_a_full_one_are_drawn_whole() {
    let mut builder = EventTableBuilder::new(vec!["made".into()], vec![]);
    for i in 0..420_i64 {
        let edtf = Date::from_day(CivilDate::from_days_since_epoch(18_993 + i * 37 % 365));
        // 400 in one lane, and two in each of ten.
        let kind = if i < 400 { "many".to_owned() } else { format!("kind {}", i % 10) };
        let edtf = Edtf::parse(&edtf.to_string()).ok();
        let draft = Draft { title: Some("Exercise"), edtf, kind: Some(&kind), ..Draft::default() };
        builder.push(&draft).unwrap();
    }
    let document = Document { name: "made".into(), table: Arc::new(builder.finish()) };
    let tall = Arrangement { tall: ["Many".to_owned()].into(), ..Arrangement::default() };
    let cases = [300.0, 330.0, 360.0].map(|height| [(height, Arrangement::default()), (height, tall.clone())]);
    for (height, arrangement) in cases.into_iter().flatten() {
        let grouping = Grouping::default();
        let layout = laid_out_as(&document, (0, 365), (1_000.0, height), Fit::Page, &grouping, &arrangement);
        assert_eq!((layout.lanes.len(), layout.lanes_left_out), (11, 0), "{height}");
        let counted: Vec<&str> =
            layout.lanes.iter().filter(|lane| lane.strip.is_some()).map(|lane| lane.name.as_str()).collect();
        assert_eq!(counted, ["Many"], "{height}");
        assert!(layout.content_height <= height - layout.metrics.axis + 0.5, "{height}");
        // Each mark stands in its lane.
        for lane in &layout.lanes {
            let claims = lane.events.iter().flat_map(|event| &event.claims);
            assert!(claims.into_iter().all(|claim| claim.y > lane.y && claim.y < lane.y + lane.height), "{height}");
        }
    }
}

/// A crowd in one lane: a few thousand days of one year.
fn crowd() -> Document {
    document(
        &(0..4_000).map(|i| (i * 37 % 360, i % 50 / 45 * 20, (i % 3 / 2 * 2) as u8, 0, 10, 12)).collect::<Vec<_>>(),
    )
}

#[test]
fn a_crowd_is_counted_exactly_and_its_most_important_events_stay_drawn() {
    let layout = laid_out(&crowd(), 0, 360, (1_000.0, 600.0), Fit::Scroll);
    let lane = &layout.lanes[0];
    let strip = lane.strip.as_ref().expect("a crowd has a strip");
    assert_eq!(layout.tally.in_window, 4_000);
    assert_eq!(lane.events.len() + strip.only_counted, 4_000);
    assert!(lane.events.len() > 20 && strip.density.counts.iter().filter(|count| count.possible > 0).count() > 100);
    let long = lane.events.iter().filter(|event| event.claims[0].right - event.claims[0].left > 30.0).count();
    assert!(long * 2 > lane.events.len(), "{long} of {}", lane.events.len());
}

/// A view of a window that has been moved to it.
fn in_a_window(document: &Document, index: &Index, viewport: Viewport, memory: &Memory) -> Layout {
    lay_out(&Input {
        document,
        index,
        mask: &Mask::ALL,
        viewport,
        whole: Viewport::over(document.extent().unwrap()),
        area: Rect::new(0.0, 0.0, 1_000.0, 400.0),
        metrics: Metrics::SCREEN,
        text: &TEXT,
        fit: Fit::Scroll,
        scroll: 0.0,
        lanes: &Arranged::plain(index),
        memory,
        known_until: None,
        note: None,
    })
}

#[test]
fn a_crowd_keeps_its_height_and_zooming_in_keeps_what_is_drawn() {
    let document = crowd();
    let index = Index::by_kind(&document.table, |_| true);
    let memory = Memory::default();
    let mut viewport = Viewport::over(document.extent().unwrap());
    let mut before: Option<Layout> = None;
    for _ in 0..24 {
        let layout = in_a_window(&document, &index, viewport, &memory);
        assert_eq!(layout.tally.in_window, index.count(kairograph::index::LaneId(0), viewport.span()));
        if let Some(before) = &before {
            assert!((before.content_height - layout.content_height).abs() < 0.01);
            let inside = |event: &&kairograph::layout::EventBox| {
                let claim = &event.claims[0];
                claim.left > 250.0 && claim.right < 750.0
            };
            let drawn: std::collections::HashSet<u32> =
                layout.lanes[0].events.iter().map(|event| event.event.0).collect();
            let (mut kept, mut all) = (0, 0);
            for event in before.lanes[0].events.iter().filter(inside) {
                all += 1;
                kept += usize::from(drawn.contains(&event.event.0));
            }
            assert!(kept * 10 >= all * 9, "{kept} of {all}");
        }
        before = Some(layout);
        viewport = viewport.zoomed(1.15, 0.5);
    }
}

#[test]
fn a_window_that_has_been_moved_and_stands_still_changes_no_label() {
    let document = crowd();
    let index = Index::by_kind(&document.table, |_| true);
    let memory = Memory::default();
    let mut viewport = Viewport::over(document.extent().unwrap());
    let lay = |viewport| in_a_window(&document, &index, viewport, &memory);
    let labels = |layout: &Layout| -> Vec<_> {
        let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
        claims.map(|claim| claim.label.clone()).collect()
    };
    for step in 0..40 {
        viewport = if step % 3 == 0 { viewport.part(0.01, 1.01) } else { viewport.zoomed(1.1, 0.4) };
        let moved = lay(viewport);
        assert!(labels(&moved) == labels(&lay(viewport)), "step {step}");
    }
}

#[test]
fn a_lane_that_stays_at_the_top_is_seen_however_far_the_others_are_scrolled() {
    let events: Vec<Made> = (0..12).map(|i| (i * 25, 1, 0, (i % 12) as u8, 10, 3)).collect();
    let document = document(&events);
    let index = Index::by_kind(&document.table, |_| true);
    let last = index.lanes().last().unwrap().key();
    let lanes = Arrangement { pinned: vec![last], ..Arrangement::default() }.of(&index);
    let memory = Memory::default();
    let layout = lay_out(&Input {
        document: &document,
        index: &index,
        mask: &Mask::ALL,
        viewport: Viewport::around(document.extent().unwrap(), 0.02),
        whole: Viewport::around(document.extent().unwrap(), 0.02),
        area: Rect::new(0.0, 0.0, 900.0, 260.0),
        metrics: Metrics { lane_min: 120.0, ..Metrics::SCREEN },
        text: &TEXT,
        fit: Fit::Scroll,
        scroll: 500.0,
        lanes: &lanes,
        memory: &memory,
        known_until: None,
        note: None,
    });
    let first = &layout.lanes[0];
    assert_eq!((first.id, first.y), (lanes.shown[0], 0.0));
    let (still, content, body) = (layout.still, layout.content_height, layout.body.h);
    assert!(still >= first.height && content > body, "{still} {content} {body}");
    assert!((layout.shift(first.y, 500.0) - layout.body.y).abs() < 1e-3);
    // What lies under the pointer there is the lane that stays.
    assert!((layout.unscrolled(10.0, 500.0) - 10.0).abs() < 1e-3);
    assert!((layout.unscrolled(layout.still + 10.0, 500.0) - layout.still - 510.0).abs() < 1e-3);
}

#[test]
fn the_sum_over_hundreds_of_lanes_is_that_of_their_own_counts() {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for i in 0..4_800_i64 {
        let day = |n: i64| Date::from_day(CivilDate::from_days_since_epoch(18_993 + n));
        let (start, kind) = (i * 37 % 360, format!("kind {}", i % 240));
        let text = if i % 3 == 0 { format!("{}/..", day(start)) } else { format!("{}", day(start)) };
        let edtf = Edtf::parse(&text).ok();
        builder.push(&Draft { title: Some("drill"), edtf, kind: Some(&kind), ..Draft::default() }).unwrap();
    }
    let document = Document { name: "made".into(), table: Arc::new(builder.finish()) };
    let index = Index::by_kind(&document.table, |_| true);
    let gathered = Index::by_kind(&document.table, |_| true);
    gathered.gather(&kairograph::task::Control::new()).unwrap();
    assert!(index.is_to_be_gathered() && gathered.counts_at_once() && !index.repeats());
    let hidden = [index.lanes()[3].key()].into();
    for arrangement in [Arrangement::default(), Arrangement { hidden, ..Arrangement::default() }] {
        for (from, days) in [(-10, 400), (100, 7), (0, 1), (380, 20)] {
            let point = |n: i64| TimePoint::from_seconds((18_993 + n) * 86_400);
            let span = kairograph::time::Span::new(point(from), point(from + days));
            let laid_out = |index: &Index| {
                laid_out_in(index, &document, (from, days), (900.0, 600.0), Fit::Scroll, &arrangement)
            };
            let tally = laid_out(&index).tally;
            assert_eq!(
                format!("{:?}", laid_out(&gathered)),
                format!("{:?}", laid_out(&index)),
                "how lanes are counted is not seen"
            );
            let lanes = (0..index.lanes().len()).map(kairograph::index::LaneId);
            let none = kairograph::index::CountRange::default();
            let ranges =
                lanes.map(|lane| index.count_range(lane, span)).fold(none, kairograph::index::CountRange::plus);
            let summed = ranges.possible;
            assert_eq!((tally.in_window, tally.events), (summed, ranges));
            assert_eq!(
                tally.in_window,
                tally.drawn + tally.as_density + tally.hidden + tally.between + tally.elsewhere + tally.put_away
            );
            assert!(tally.elsewhere > 0 || summed == 0, "{tally:?}");
            let own = if arrangement.hidden.is_empty() { 0 } else { index.count(kairograph::index::LaneId(3), span) };
            assert_eq!(tally.put_away, own);
        }
    }
}

/// The document of a file.
fn read(csv: &str) -> Document {
    let input = kairograph::import::Input::Bytes { name: "made.csv".into(), bytes: csv.as_bytes().into() };
    let control = kairograph::task::Control::new();
    kairograph::import::load(&[input], &kairograph::import::Choices::default(), &control).unwrap().document
}

#[test]
fn nothing_is_written_over_a_break_of_the_axis() {
    let mut rows = String::new();
    for i in 0..40 {
        let year = if i % 2 == 0 { 1990 + i / 4 } else { 2030 + i / 4 };
        let (kind, month) = (["drill", "summit", "visit"][i % 3], 1 + i % 12);
        writeln!(rows, "Exercise near the coast number {i},{year}-{month:02}-10,{kind}").unwrap();
    }
    let long = "Long war,1985-01-01/2045-01-01,war\n";
    let read = read(&format!("title,date,kind\n{long}{rows}"));
    let showing = kairograph::event::Showing { without_gaps: true, ..kairograph::event::Showing::default() };
    for table in [read.table.shown(&showing), self::read(&format!("title,date,kind\n{rows}")).table.shown(&showing)] {
        let document = Document { name: "made".into(), table: Arc::new(table) };
        let index = Index::new(&document.table, &Grouping::default(), |_| true);
        let viewport = Viewport::around(document.extent().unwrap(), 0.05);
        for (fit, width) in
            [Fit::Page, Fit::Scroll].into_iter().flat_map(|fit| [500.0, 900.0, 1_400.0].map(|w| (fit, w)))
        {
            let layout = lay_out(&Input {
                document: &document,
                index: &index,
                mask: &Mask::ALL,
                viewport,
                whole: Viewport::over(document.extent().unwrap()),
                area: Rect::new(0.0, 0.0, width, 700.0),
                metrics: if fit == Fit::Page { Metrics::PAGE } else { Metrics::SCREEN },
                text: &TEXT,
                fit,
                scroll: 0.0,
                lanes: &Arrangement::default().of(&index),
                memory: &Memory::default(),
                known_until: None,
                note: None,
            });
            let breaks: Vec<(f32, f32)> = layout
                .warp
                .gaps_in(layout.window())
                .map(|gap| (layout.x(gap.start()), layout.x(gap.end())))
                .collect();
            let labels: Vec<_> = layout
                .lanes
                .iter()
                .flat_map(|lane| &lane.events)
                .flat_map(|event| &event.claims)
                .filter_map(|claim| claim.label.as_ref())
                .collect();
            assert!(labels.len() > 5);
            for label in labels {
                let rect = label.rect();
                let over = breaks.iter().find(|(from, to)| rect.right() > *from && rect.x < *to);
                // But for what would have no name without it, on a ground of its own.
                assert!(over.is_none() || label.over_break, "{fit:?} {width} “{}”", label.text);
            }
        }
    }
}

#[test]
fn in_lanes_by_source_or_standing_each_account_stands_in_its_own() {
    let document = read(
        "id,title,date,status,source\nv,Vostok 2022,2022-08-30/2022-09-05,announced,Reuters\nv,Vostok 2022,2022-09-01/2022-09-07,held,Sputnik\n",
    );
    for (facet, lanes) in [(Facet::Source, ["Reuters", "Sputnik"]), (Facet::Status, ["Announced", "Held"])] {
        let grouping = Grouping { by: vec![facet], ..Grouping::default() };
        for fit in [Fit::Page, Fit::Scroll] {
            let layout = laid_out_as(&document, (200, 100), (900.0, 600.0), fit, &grouping, &Arrangement::default());
            let told: Vec<(&str, Vec<u32>)> = layout
                .lanes
                .iter()
                .map(|lane| {
                    let claims = lane.events.iter().flat_map(|event| &event.claims);
                    (lane.name.as_str(), claims.flat_map(|claim| claim.rows.iter().map(|row| row.0)).collect())
                })
                .collect();
            assert_eq!(told, [(lanes[0], vec![0]), (lanes[1], vec![1])], "{fit:?}");
        }
    }
}

#[test]
fn where_a_column_tells_importance_the_most_important_event_has_its_label_before_all_others() {
    const EVENTS: usize = 9;
    let labelled = |seed: usize, most: Option<usize>| -> Vec<bool> {
        let row = |at: usize| {
            let (weight, day) = (if most == Some(at) { 9 } else { 1 }, (at * 7 + at * at * seed) % 28 + 1);
            format!("Exercise with a rather long name,2022-05-{day:02},{weight},{at}\n")
        };
        let rows: String = (0..EVENTS).map(row).collect();
        let document = read(&("title,date,importance,id\n".to_owned() + &rows));
        let (grouping, own) = (Grouping::default(), Arrangement::default());
        let layout = laid_out_as(&document, (112, 45), (760.0, 104.0), Fit::Page, &grouping, &own);
        let mut all = vec![false; EVENTS];
        for event in layout.lanes.iter().flat_map(|lane| &lane.events) {
            all[event.event.0 as usize] = event.claims[0].label.as_ref().is_some_and(|label| !label.is_cut);
        }
        all
    };
    let mut won = 0;
    for seed in 0..12 {
        let usual = labelled(seed, None);
        for (most, usual) in usual.into_iter().enumerate() {
            // Not each has room beside its neighbours' marks, but what has room at all is not taken it.
            let own = labelled(seed, Some(most))[most];
            assert!(own || !usual, "{seed} {most}");
            won += usize::from(own && !usual);
        }
    }
    assert!(won > 0, "some event has the room that another one's label took");
}
