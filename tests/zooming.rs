//! What stays where it is while one zooms.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use kairograph::event::{Document, EventId};
use kairograph::import::{Choices, Input as File, load};
use kairograph::index::Index;
use kairograph::layout::{Arranged, ClaimBox, Fit, Input, Layout, Memory, Metrics, Rect, Viewport, lay_out};
use kairograph::query::Mask;
use kairograph::task::Control;
use kairograph::text::TextMeter;
use std::fmt::Write;
use std::sync::LazyLock;

static TEXT: LazyLock<TextMeter> = LazyLock::new(TextMeter::new);

/// Three lanes of events of some days, with names of many lengths.
fn made() -> Document {
    let (mut csv, mut seed) = ("title,start,end,kind\n".to_owned(), 11_u64);
    let mut random = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for at in 0..60 {
        let (month, day, days, kind) = (1 + random(12), 1 + random(20), random(9), random(3));
        let name = "Exercise in the northern sea ".repeat(1 + random(2) as usize);
        writeln!(csv, "{name}{at},2022-{month:02}-{day:02},2022-{month:02}-{:02},kind {kind}", day + days).unwrap();
    }
    let file = File::Bytes { name: "made.csv".into(), bytes: csv.into_bytes().into() };
    load(&[file], &Choices::default(), &Control::new()).unwrap().document
}

fn lay(document: &Document, viewport: Viewport, memory: &Memory) -> Layout {
    let index = Index::by_kind(&document.table, |_| true);
    lay_out(&Input {
        document,
        index: &index,
        mask: &Mask::ALL,
        viewport,
        whole: self::whole(document),
        area: Rect::new(0.0, 0.0, 1_100.0, 700.0),
        metrics: Metrics::SCREEN,
        text: &TEXT,
        fit: Fit::Scroll,
        scroll: 0.0,
        lanes: &Arranged::plain(&index),
        memory,
        known_until: None,
        note: None,
    })
}

/// How high each event stands, in order of the events.
fn heights(layout: &Layout) -> Vec<(EventId, f32)> {
    let events = layout.lanes.iter().flat_map(|lane| &lane.events);
    let mut all: Vec<_> = events.map(|event| (event.event, event.claims[0].y)).collect();
    all.sort_by_key(|(event, _)| *event);
    all
}

fn whole(document: &Document) -> Viewport {
    Viewport::whole(document.extent().unwrap(), || false)
}

#[test]
fn until_half_of_the_time_is_in_sight_no_mark_moves_up_or_down() {
    let (document, memory) = (made(), Memory::default());
    let mut viewport = whole(&document);
    let before = heights(&lay(&document, viewport, &memory));
    assert!(before.len() == 60 && before.iter().any(|(_, y)| *y > 300.0));
    for _ in 0..6 {
        viewport = viewport.zoomed(1.11, 0.3);
        for own in heights(&lay(&document, viewport, &memory)) {
            assert!(before.contains(&own), "{own:?}");
        }
    }
}

#[test]
fn a_view_is_the_same_however_one_came_to_it() {
    let (document, walked) = (made(), Memory::default());
    let start = whole(&document);
    for (factor, anchor) in [(40.0, 0.2), (0.2, 0.9), (9.0, 0.5), (0.05, 0.1)] {
        let viewport = start.zoomed(factor, anchor);
        let after = heights(&lay(&document, viewport, &walked));
        assert_eq!(after, heights(&lay(&document, viewport, &Memory::default())), "{factor}");
    }
}

/// On which side of its mark a label stands; `None` without one.
fn side(claim: &ClaimBox) -> Option<i8> {
    let label = claim.label.as_ref()?.rect();
    Some(i8::from(label.x >= claim.right - 1.0) - i8::from(label.right() <= claim.left + 1.0))
}

#[test]
fn away_from_the_edges_no_label_is_lost_by_zooming_in_and_few_change_sides() {
    let (document, memory) = (made(), Memory::default());
    let mut viewport = whole(&document);
    let (mut changed, mut all) = (0, 0);
    let mut before = lay(&document, viewport, &memory);
    for _ in 0..60 {
        viewport = viewport.zoomed(1.075, 0.4);
        let layout = lay(&document, viewport, &memory);
        let claims = |layout: &Layout| -> Vec<(EventId, ClaimBox)> {
            let events = layout.lanes.iter().flat_map(|lane| &lane.events);
            events.map(|event| (event.event, event.claims[0].clone())).collect()
        };
        let now = claims(&layout);
        for (event, claim) in claims(&before).into_iter().filter(|(_, own)| own.left > 250.0 && own.right < 850.0) {
            let (Some(before), Some((_, now))) = (side(&claim), now.iter().find(|own| own.0 == event)) else {
                continue;
            };
            let now = side(now);
            assert!(now.is_some(), "{event:?} has lost its label");
            (changed, all) = (changed + usize::from(now != Some(before)), all + 1);
        }
        before = layout;
    }
    assert!(all > 400 && changed * 25 < all, "{changed} of {all}");
}
