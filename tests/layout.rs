//! Properties of the laid-out view, for random documents, sizes and zooms.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::{Document, Draft, EventTableBuilder};
use kairograph::index::Index;
use kairograph::layout::{Fit, Input, LaneBody, Layout, Metrics, Rect, Viewport, lay_out};
use kairograph::query::Mask;
use kairograph::text::TextMeter;
use kairograph::time::{CivilDate, Date, Edtf, TimePoint};
use proptest::prelude::*;
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
    let index = Index::by_kind(&document.table, |_| true);
    let point = |n: i64| TimePoint::from_seconds((18_993 + n) * 86_400);
    lay_out(&Input {
        document,
        index: &index,
        mask: &Mask::ALL,
        viewport: Viewport::over(kairograph::time::Span::new(point(from), point(from + days))),
        area: Rect::new(0.0, 0.0, size.0, size.1),
        metrics: if fit == Fit::Page { Metrics::PAGE } else { Metrics::SCREEN },
        text: &TEXT,
        fit,
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
        let half = layout.metrics.font * 0.6;
        for lane in &layout.lanes {
            let LaneBody::Marks(boxes) = &lane.body else { continue };
            let mut labels: Vec<(Rect, usize)> = Vec::new();
            let mut marks: Vec<(Rect, usize)> = Vec::new();
            for (i, claim) in boxes.iter().flat_map(|event| &event.claims).enumerate() {
                marks.push((Rect::new(claim.left, claim.y - half, claim.right - claim.left, 2.0 * half), i));
                prop_assert!(claim.y > lane.y && claim.y < lane.y + lane.height);
                if let Some(label) = &claim.label {
                    let rect = Rect::new(label.x, claim.y - half, label.width, 2.0 * half);
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
        }
    }

    #[test]
    fn every_event_of_the_window_is_drawn_or_counted(
        events in made(), from in -30_i64..300, days in 1_i64..500, height in 120.0_f32..900.0, page in any::<bool>()
    ) {
        let layout = laid_out(&document(&events), from, days, (900.0, height), if page { Fit::Page } else { Fit::Scroll });
        let tally = layout.tally;
        prop_assert_eq!(tally.in_window, tally.drawn + tally.as_density + tally.hidden);
        let boxes: usize = layout.lanes.iter().map(|lane| match &lane.body {
            LaneBody::Marks(boxes) => boxes.len(),
            LaneBody::Density { .. } => 0,
        }).sum();
        prop_assert_eq!(boxes, tally.drawn);
        if !page {
            prop_assert_eq!(tally.hidden, 0);
        }
    }

    #[test]
    fn panning_moves_no_event_up_or_down(events in made(), from in 0_i64..200, by in 1_i64..60) {
        let document = document(&events);
        let row = |layout: &Layout| -> Vec<(u32, i32)> {
            let boxes = layout.lanes.iter().flat_map(|lane| match &lane.body {
                LaneBody::Marks(boxes) => boxes.as_slice(),
                LaneBody::Density { .. } => &[],
            });
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
fn a_crowd_becomes_a_density_whose_counts_are_exact() {
    let events: Vec<Made> = (0..4_000).map(|i| (i % 360, 0, 0, 0, 10, 12)).collect();
    let layout = laid_out(&document(&events), 0, 360, (1_000.0, 600.0), Fit::Scroll);
    let LaneBody::Density { counts, total, .. } = &layout.lanes[0].body else { panic!("no density") };
    assert_eq!(*total, 4_000);
    assert_eq!(layout.tally.as_density, 4_000);
    assert!(counts.iter().all(|count| *count > 0));
}
