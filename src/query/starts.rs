//! When events began and how long they lasted, as far as their dates tell.

use crate::event::{EventId, EventTable, RowId};
use crate::time::{Bound, Shape, Span, TimePoint, When};

/// The true times in one of which an event began: one for each account that is drawn of it, and for each of several possible
/// dates. Empty without a date. Also whether some source calls its start approximate or uncertain.
pub(super) fn began(table: &EventTable, event: EventId) -> (Vec<Span>, bool) {
    let starts = |(row, when): (RowId, When)| match (when.shape, when.start) {
        (Shape::OneOf, _) => table.alternatives(row).unwrap_or_else(|| vec![when.extent()]),
        // Of several dates that all hold, the first.
        (Shape::AllOf, _) => {
            let first = table.alternatives(row).unwrap_or_default().into_iter().min_by_key(|span| span.start());
            vec![first.unwrap_or_else(|| when.extent())]
        }
        // It did not begin after its end.
        (_, Bound::Known(start)) => {
            let (from, to) = (start.window.start(), start.window.end());
            vec![Span::new(from, if when.end == Bound::Unknown { to } else { to.min(when.latest()).max(from) })]
        }
        (_, Bound::Open) => vec![Span::new(TimePoint::MIN, TimePoint::MIN)],
        (_, Bound::Unknown) => vec![Span::new(TimePoint::MIN, when.latest())],
    };
    let drawn = table.drawn(event);
    // The alternatives of a set, and the thirds of a month, say by themselves how far it goes: "late May" is in May.
    let doubted = |(_, when): &(RowId, When)| match when.start {
        Bound::Known(start) => start.uncertain || (start.approximate && when.shape != Shape::OneOf),
        Bound::Open | Bound::Unknown => false,
    };
    let in_doubt = drawn.iter().any(doubted);
    let spans = drawn.into_iter().flat_map(starts);
    (spans.map(|span| table.warp().span_truly(span)).collect(), in_doubt)
}

/// How long it lasted at least and at most, in nanoseconds, over all accounts that are drawn of it; `None` where no date
/// tells of a length.
pub(super) fn lasted(table: &EventTable, event: EventId) -> Option<(i128, Option<i128>)> {
    let mut lengths = table.drawn(event).into_iter().filter_map(|(_, when)| when.length());
    let first = lengths.next()?;
    let both = |(a, b): (i128, Option<i128>), (c, d): (i128, Option<i128>)| {
        (a.min(c), b.zip(d).map(|(b, d): (i128, i128)| b.max(d)))
    };
    Some(lengths.fold(first, both))
}

/// Days since 1970.
pub(super) fn day_number(point: TimePoint) -> i64 {
    point.seconds().div_euclid(86_400)
}

/// Monday is 0; the first day of 1970 was a Thursday.
pub(super) fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// The last moment of a span.
pub(super) fn last(span: Span) -> TimePoint {
    TimePoint::from_nanos_clamped(span.end().as_nanos() - 1).max(span.start())
}

/// The weekday on which a span lies, if it is one.
pub(super) fn day_of(span: Span) -> Option<usize> {
    let day = day_number(span.start());
    (span.start() > TimePoint::MIN && day == day_number(last(span))).then(|| weekday(day))
}

/// The hour of the day in which a span lies, if it is one.
pub(super) fn hour_of(span: Span) -> Option<usize> {
    let hour = |point: TimePoint| point.seconds().div_euclid(3_600);
    (span.start() > TimePoint::MIN && hour(span.start()) == hour(last(span)))
        .then(|| hour(span.start()).rem_euclid(24) as usize)
}
