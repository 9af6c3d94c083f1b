//! Counts and lists of the index against brute force.

use super::*;
use crate::event::{Draft, EventTableBuilder, Facet};
use crate::time::{CivilDate, Date, Edtf, Endpoint, TimePoint};
use proptest::prelude::*;

fn day(n: i64) -> Date {
    Date::from_day(CivilDate::from_days_since_epoch(n))
}

fn point(n: i64) -> TimePoint {
    TimePoint::from_seconds(n * 86_400)
}

fn table(events: &[(i64, i64, bool)]) -> EventTable {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for &(start, length, drill) in events {
        let edtf = Edtf::Interval(Endpoint::Date(day(start)), Endpoint::Date(day(start + length)));
        let kind = Some(if drill { "drill" } else { "summit" });
        builder.push(&Draft { edtf: Some(edtf), kind, ..Draft::default() }).unwrap();
    }
    builder.finish()
}

#[test]
fn lanes_are_kinds_and_stand_by_their_number_of_events_even_when_filtered() {
    let table = table(&[(0, 1, true), (1, 1, false), (2, 1, false)]);
    let index = Index::by_kind(&table, |event| event.0 == 0);
    let names: Vec<_> = index.lanes().iter().map(|lane| (lane.name(), lane.len(), lane.all())).collect();
    assert_eq!(names, [("Summit", 0, 2), ("Drill", 1, 1)]);
}

#[test]
fn parts_of_divided_lanes_that_are_called_alike_have_one_colour() {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for (kind, place) in [("drill", "Japan"), ("drill", "Korea"), ("visit", "Korea"), ("visit", "Japan")] {
        let edtf = Some(Edtf::Date(day(0)));
        builder.push(&Draft { edtf, kind: Some(kind), location: Some(place), ..Draft::default() }).unwrap();
    }
    let table = builder.finish();
    let by = vec![Facet::Kind, Facet::Location];
    let index = Index::new(&table, &Grouping { by, ..Grouping::default() }, |_| true);
    let hues: std::collections::BTreeSet<(&str, usize)> =
        index.lanes().iter().enumerate().map(|(at, lane)| (lane.name(), index.hue(LaneId(at)))).collect();
    assert_eq!(hues, [("Japan", 0), ("Korea", 1)].into());
    let plain = Index::by_kind(&table, |_| true);
    assert_eq!((plain.hue(LaneId(0)), plain.hue(LaneId(1))), (0, 1));
}

#[test]
fn a_day_that_is_known_looks_certain_in_every_part_of_a_day_or_more() {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for at in 0..400 {
        builder.push(&Draft { edtf: Some(Edtf::Date(day(at * 3))), ..Draft::default() }).unwrap();
    }
    let index = Index::by_kind(&builder.finish(), |_| true);
    for days in [30, 40, 90, 400, 1_200] {
        let density = index.density(LaneId(0), Span::new(point(0), point(days)), 40);
        assert!(density.counts.len() <= 41);
        let counts = &density.counts[..density.counts.len() - 1];
        assert!(counts.iter().all(|count| count.certain == count.possible), "{days} days: {counts:?}");
    }
}

#[test]
fn where_no_date_is_finer_than_a_day_nothing_is_counted_by_less() {
    let edtf = |text: &str| Some(Edtf::parse(text).unwrap());
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for at in 0..40 {
        builder.push(&Draft { edtf: Some(Edtf::Date(day(at))), ..Draft::default() }).unwrap();
    }
    let window = Span::new(point(10), point(12));
    let in_days = Index::by_kind(&builder.finish(), |_| true).density(LaneId(0), window, 400);
    assert_eq!(in_days.counts, vec![CountRange { certain: 1, possible: 1 }; 2]);
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    builder.push(&Draft { edtf: edtf("1970-01-11T10:00"), ..Draft::default() }).unwrap();
    builder.push(&Draft { edtf: Some(Edtf::Date(day(10))), ..Draft::default() }).unwrap();
    let table = builder.finish();
    let index = Index::by_kind(&table, |_| true);
    assert!(index.density(LaneId(0), window, 400).counts.len() > 200);
    // Columns do not change with what one searches for.
    let kept = index.keeping(&table, |event| event.0 == 1);
    assert!(kept.density(LaneId(0), window, 400).counts.len() > 200);
}

/// Events of one day each, with who took part.
fn of_parties(parties: &[&[&str]]) -> EventTable {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for (at, participants) in (0..).zip(parties) {
        let (edtf, kind) = (Some(Edtf::Date(day(at))), Some(if at % 2 == 0 { "drill" } else { "visit" }));
        builder.push(&Draft { edtf, kind, participants, ..Draft::default() }).unwrap();
    }
    builder.finish()
}

fn lanes_of(table: &EventTable, by: Vec<Facet>, most: usize) -> Vec<(String, usize)> {
    let index = Index::new(table, &Grouping { by, most }, |_| true);
    let window = Span::new(point(-1), point(100));
    assert_eq!(index.count_range_of_all(window).possible, table.event_count());
    assert_eq!((index.len(), index.counts_of_all(window, 1)[0].possible), (table.event_count(), table.event_count()));
    let name =
        |lane: &Lane| format!("{}{}", lane.outer().map(|outer| format!("{outer}/")).unwrap_or_default(), lane.name());
    index.lanes().iter().map(|lane| (name(lane), lane.len())).collect()
}

#[test]
fn an_event_with_several_values_stands_in_each_of_their_lanes_and_once_in_the_counts() {
    let table = of_parties(&[&["China", "Russia"], &["Russia"], &["Japan", "Russia", "China"], &[]]);
    let named =
        |lanes: &[(&str, usize)]| lanes.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect::<Vec<_>>();
    let lanes = lanes_of(&table, vec![Facet::Participants], MOST_LANES);
    assert_eq!(lanes, named(&[("Russia", 3), ("China", 2), ("Japan", 1), ("Nobody named", 1)]));
    assert_eq!(lanes_of(&table, vec![], MOST_LANES), named(&[("Events", 4)]));
    let divided = lanes_of(&table, vec![Facet::Kind, Facet::Participants], MOST_LANES);
    assert_eq!(
        divided,
        named(&[
            ("Drill/China", 2),
            ("Drill/Russia", 2),
            ("Drill/Japan", 1),
            ("Visit/Nobody named", 1),
            ("Visit/Russia", 1),
        ])
    );
    // Of those that are merged, the one that China and Japan share counts once.
    assert_eq!(lanes_of(&table, vec![Facet::Participants], 1), named(&[("Russia", 3), ("3 smaller lanes", 3)]));
}

proptest! {
    #[test]
    fn counts_and_lists_agree_with_brute_force(
        events in prop::collection::vec((0_i64..300, 0_i64..60, any::<bool>()), 0..120),
        from in -20_i64..320, width in 1_i64..200, buckets in 1_usize..20
    ) {
        let table = table(&events);
        let index = Index::by_kind(&table, |_| true);
        let window = Span::new(point(from), point(from + width));
        for (lane_at, lane) in index.lanes().iter().enumerate() {
            let lane_id = LaneId(lane_at);
            let drill = lane.name() == "Drill";
            let touching = |a: i64, b: i64| {
                events.iter().filter(|e| e.2 == drill && e.0 * 86_400 < b && (e.0 + e.1 + 1) * 86_400 > a).count()
            };
            let expected = touching(from * 86_400, (from + width) * 86_400);
            prop_assert_eq!(index.count(lane_id, window), expected);
            let (a, b) = (from * 86_400, (from + width) * 86_400);
            // Of an interval of whole days, the start has surely passed a day after it, and so the end.
            let surely = events.iter().filter(|e| {
                e.2 == drill && (e.0 + 1) * 86_400 <= b && (e.0 + e.1) * 86_400 >= a
            }).count();
            let range = index.count_range(lane_id, window);
            prop_assert_eq!((range.certain, range.possible), (surely, expected));
            let listed = index.events(lane_id, window, usize::MAX);
            prop_assert_eq!((listed.events.len(), listed.total), (expected, expected));
            prop_assert_eq!(index.events(lane_id, window, 3).events.len(), expected.min(3));
            let seconds = width * 86_400;
            for (i, count) in index.counts(lane_id, window, buckets).into_iter().enumerate() {
                let edge = |i: usize| from * 86_400 + (i128::from(seconds) * i as i128 / buckets as i128) as i64;
                prop_assert_eq!(count.possible, touching(edge(i), edge(i + 1)));
            }
        }
    }

    /// Lanes of few events, whose moments are walked, and one of many, which is asked; some of doubtful length.
    #[test]
    fn counts_of_all_lanes_are_those_of_each_added_up(
        events in prop::collection::vec((0_i64..300, 0_i64..60, 0_usize..5), 0..60), many: bool,
        from in -20_i64..320, width in 1_i64..400, buckets in 1_usize..20
    ) {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        let more = (0..if many { 200 } else { 0 }).map(|at| (at, at % 7, 5));
        for (start, length, lane) in events.iter().copied().chain(more) {
            let text = match lane {
                0 => day(start).to_string()[..7].to_owned(),
                1 => format!("{}/..", day(start)),
                2 => format!("../{}", day(start)),
                _ => format!("{}/{}", day(start), day(start + length)),
            };
            let (edtf, kind) = (Some(Edtf::parse(&text).unwrap()), format!("kind {lane}"));
            builder.push(&Draft { edtf, kind: Some(&kind), ..Draft::default() }).unwrap();
        }
        let index = Index::by_kind(&builder.finish(), |_| true);
        let window = Span::new(point(from), point(from + width));
        let mut expected = vec![CountRange::default(); buckets];
        for lane in (0..index.lanes().len()).map(LaneId) {
            let own = index.counts(lane, window, buckets);
            expected.iter_mut().zip(own).for_each(|(all, own)| *all = all.plus(own));
        }
        prop_assert_eq!(index.counts_of_all(window, buckets), expected);
    }
}

#[test]
fn an_event_stands_in_no_lane_to_which_only_later_accounts_bring_it() {
    let mut builder = EventTableBuilder::new(vec![], vec![]);
    for (status, published) in [("planned", "2022-07-01"), ("held", "2022-08-25")] {
        let edtf = Edtf::parse("2022-08-17").ok();
        let (status, published) = (Some(status), Some(published));
        builder.push(&Draft { id: Some("x"), edtf, status, published, ..Draft::default() }).unwrap();
    }
    let table = builder.finish();
    let by_status = Grouping { by: vec![Facet::Status], ..Grouping::default() };
    let filled = |table: &EventTable| {
        let index = Index::new(table, &by_status, |_| true);
        let lanes = index.lanes().iter().filter(|lane| !lane.is_empty()).map(|lane| lane.name().to_owned());
        lanes.collect::<Vec<_>>()
    };
    let until = Some(Edtf::parse("2022-08-20").unwrap().when().latest());
    assert_eq!(filled(&table).len(), 2);
    let known = table.shown(&crate::event::Showing { known_until: until, ..crate::event::Showing::default() });
    assert_eq!(filled(&known), ["Planned"]);
}
