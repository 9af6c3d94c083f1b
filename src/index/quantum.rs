//! The unit in which an index counts time.

use super::{clamped, level_for};
use crate::event::EventTable;
use crate::time::{NANOS_PER_SECOND, Span, TimePoint};

/// A unit of time in which a document's moments fit `i64`: a second, or a decimal part of one where some event is
/// finer and the document is short enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantum {
    /// Nanoseconds in the unit.
    nanos: i128,
}

impl Default for Quantum {
    fn default() -> Self {
        Self { nanos: NANOS_PER_SECOND }
    }
}

impl Quantum {
    /// The finest unit that the table both needs and fits in.
    pub(super) fn for_table(table: &EventTable) -> Self {
        if !table.has_nanos() {
            return Self::default();
        }
        let mut widest: i128 = 0;
        for event in table.events() {
            if let Some(extent) = table.extent(event) {
                for point in [extent.start(), extent.end()] {
                    if point != TimePoint::MIN && point != TimePoint::MAX {
                        widest = widest.max(point.as_nanos().abs());
                    }
                }
            }
        }
        let fits = |nanos: &i128| widest / nanos < i128::from(i64::MAX / 4);
        let nanos = [1, 1_000, 1_000_000].into_iter().find(fits).unwrap_or(1_000_000_000);
        Self { nanos }
    }

    #[cfg(test)]
    pub(super) fn of_nanos(nanos: i128) -> Self {
        Self { nanos }
    }

    /// Units in a day.
    pub(super) fn units_in_a_day(self) -> i64 {
        (86_400 * NANOS_PER_SECOND / self.nanos) as i64
    }

    /// The width of even parts of which at most `most` cut so many units: days, a power of two of them, a half, a quarter
    /// and so on of one as far as that is whole, and below that a power of two of units. Parts of days lie in one another,
    /// and so do those below them.
    pub(super) fn even_width(self, units: i128, most: usize) -> i64 {
        let level = level_for(units, most);
        let day = self.units_in_a_day();
        let halvings = day.trailing_zeros();
        if 1_i64 << level < day >> halvings {
            return 1 << level;
        }
        let enough = |width: &i64| units / i128::from(*width) < most as i128;
        (0..=halvings).rev().map(|halved| day >> halved).find(enough).unwrap_or_else(|| {
            // No wider than the axis.
            let level = level_for(units / i128::from(day), most).min(i64::MAX.ilog2() - day.ilog2() - 1);
            day << level
        })
    }

    /// The moment of a unit, held at the ends of the axis.
    pub(super) fn point(self, unit: i128) -> TimePoint {
        match i64::try_from(unit) {
            Ok(i64::MIN) => TimePoint::MIN,
            Ok(i64::MAX) => TimePoint::MAX,
            _ => TimePoint::from_nanos_clamped(unit * self.nanos),
        }
    }

    /// A point in units, rounded up; the ends of the axis are the ends of `i64`.
    pub(super) fn up(self, point: TimePoint) -> i64 {
        if self.nanos == NANOS_PER_SECOND && point.nanos() == 0 {
            return point.seconds();
        }
        match point {
            TimePoint::MAX => i64::MAX,
            TimePoint::MIN => i64::MIN,
            point => clamped((point.as_nanos() + self.nanos - 1).div_euclid(self.nanos)),
        }
    }

    /// A point in units, rounded down; held at the ends of `i64`.
    pub(super) fn floor(self, point: TimePoint) -> i64 {
        if point == TimePoint::MAX {
            return i64::MAX;
        }
        if self.nanos == NANOS_PER_SECOND {
            return point.seconds();
        }
        clamped(point.as_nanos().div_euclid(self.nanos))
    }

    /// A span in units, rounded outwards. The ends of the axis become the ends of `i64`.
    pub(super) fn ticks(self, span: Span) -> (i64, i64) {
        let start = if span.start() == TimePoint::MIN { i64::MIN } else { self.floor(span.start()) };
        let end = self.up(span.end());
        (start, end.max(start.saturating_add(1)))
    }

    /// The `buckets + 1` edges of equal parts of a window; none for no buckets.
    pub(super) fn edges(self, window: Span, buckets: usize) -> impl Iterator<Item = i64> + use<> {
        let (start, width, parts) = (window.start().as_nanos(), window.nanos(), buckets as i128);
        let count = if buckets == 0 { 0 } else { parts + 1 };
        (0..count).map(move |i| clamped((start + width * i / parts).div_euclid(self.nanos)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_parts_are_enough_and_no_finer_than_need_be() {
        for nanos in [1, 1_000, 1_000_000, NANOS_PER_SECOND] {
            let quantum = Quantum { nanos };
            let day = quantum.units_in_a_day();
            let mut before = 1;
            for power in 1..63 {
                let units = (1_i128 << power) + 17;
                let width = quantum.even_width(units, 400);
                assert!(units / i128::from(width) < 400, "{units} by {width}");
                assert!(width == 1 || units / i128::from(width) >= 199, "{units} by {width}");
                assert!(
                    width >= before
                        && (width % day == 0 || day % width == 0 || width.unsigned_abs().is_power_of_two())
                );
                before = width;
            }
        }
    }
}
