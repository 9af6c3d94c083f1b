//! A time axis on which long stretches without events take little room.
//!
//! Outside its gaps an axis time is a true time moved by whole seconds, so that lengths, orders and counts stay what they
//! are; inside a gap time runs faster. Both directions are exact outside gaps, and to a rounding inside.

use super::{NANOS_PER_SECOND, Span, TimePoint};
use std::sync::Arc;

/// A stretch that takes little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    /// In true time, in nanoseconds since 1970.
    from: i128,
    to: i128,
    /// Where it begins on the axis.
    begins: i128,
    /// How long it is on the axis.
    kept: i128,
}

/// A map between true time and an axis that leaves out gaps. Cloning shares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warp {
    gaps: Arc<[Gap]>,
}

impl Warp {
    /// An axis on which each of these stretches, in order and apart, is as long as `kept` seconds (at least one). Their
    /// edges are moved inwards to whole seconds; a stretch no longer than that stays as it is.
    #[must_use]
    pub fn new(gaps: impl IntoIterator<Item = Span>, kept: i64) -> Self {
        let kept = i128::from(kept.max(1)) * NANOS_PER_SECOND;
        let mut left_out = 0;
        let mut all = Vec::new();
        for gap in gaps {
            let from =
                (gap.start().as_nanos() + NANOS_PER_SECOND - 1).div_euclid(NANOS_PER_SECOND) * NANOS_PER_SECOND;
            let to = gap.end().as_nanos().div_euclid(NANOS_PER_SECOND) * NANOS_PER_SECOND;
            if to - from > kept {
                all.push(Gap { from, to, begins: from - left_out, kept });
                left_out += to - from - kept;
            }
        }
        Self { gaps: all.into() }
    }

    /// Whether the axis is true time.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.gaps.is_empty()
    }

    /// Where a moment stands on the axis. The ends of time stay, for they stand for "without end".
    #[must_use]
    pub fn shown(&self, point: TimePoint) -> TimePoint {
        if self.is_none() || point == TimePoint::MIN || point == TimePoint::MAX {
            return point;
        }
        let nanos = point.as_nanos();
        let after = self.gaps.partition_point(|gap| gap.from <= nanos);
        let Some(gap) = after.checked_sub(1).and_then(|at| self.gaps.get(at)) else { return point };
        let moved = if nanos < gap.to {
            gap.begins + ((nanos - gap.from) as f64 * (gap.kept as f64 / (gap.to - gap.from) as f64)) as i128
        } else {
            nanos - gap.to + gap.begins + gap.kept
        };
        TimePoint::from_nanos_clamped(moved)
    }

    /// The moment that stands at a place of the axis.
    #[must_use]
    pub fn truly(&self, place: TimePoint) -> TimePoint {
        if self.is_none() || place == TimePoint::MIN || place == TimePoint::MAX {
            return place;
        }
        let nanos = place.as_nanos();
        let after = self.gaps.partition_point(|gap| gap.begins <= nanos);
        let Some(gap) = after.checked_sub(1).and_then(|at| self.gaps.get(at)) else { return place };
        let inside = nanos - gap.begins;
        let moved = if inside < gap.kept {
            gap.from + (inside as f64 * ((gap.to - gap.from) as f64 / gap.kept as f64)) as i128
        } else {
            gap.to + inside - gap.kept
        };
        TimePoint::from_nanos_clamped(moved)
    }

    /// Where a stretch of time stands on the axis.
    #[must_use]
    pub fn span_shown(&self, span: Span) -> Span {
        Span::new(self.shown(span.start()), self.shown(span.end()))
    }

    /// The stretch of time that stands at a part of the axis.
    #[must_use]
    pub fn span_truly(&self, span: Span) -> Span {
        Span::new(self.truly(span.start()), self.truly(span.end()))
    }

    /// The gaps that touch a stretch of true time, in true time.
    pub fn gaps_in(&self, window: Span) -> impl Iterator<Item = Span> + '_ {
        let point = TimePoint::from_nanos_clamped;
        let all = self.gaps.iter().map(move |gap| Span::new(point(gap.from), point(gap.to)));
        all.filter(move |gap| gap.start() < window.end() && gap.end() > window.start())
    }

    /// The parts of a stretch of true time that lie outside all gaps, in true time.
    #[must_use]
    pub fn pieces(&self, window: Span) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut from = window.start();
        for gap in self.gaps_in(window) {
            if gap.start() > from {
                pieces.push(Span::new(from, gap.start()));
            }
            from = gap.end().min(window.end());
        }
        if from < window.end() || pieces.is_empty() {
            pieces.push(Span::new(from, window.end()));
        }
        pieces
    }
}

/// The axis that leaves out the long stretches in which none of `spans` lies: those longer than a tenth of all. A
/// stretch keeps a thirtieth of what remains, and as much again at both of its ends.
#[must_use]
pub fn without_gaps(mut spans: Vec<Span>) -> Warp {
    spans.sort_unstable_by_key(|span| span.start());
    let finite = |point: &TimePoint| *point > TimePoint::MIN && *point < TimePoint::MAX;
    let edges = || spans.iter().flat_map(|span| [span.start(), span.end()]).filter(finite);
    let (Some(first), Some(last)) = (edges().min(), edges().max()) else { return Warp::default() };
    let all = last.as_nanos() - first.as_nanos();
    let mut gaps: Vec<Span> = Vec::new();
    let mut reach = first;
    for span in &spans {
        if span.start() > reach && span.start().as_nanos() - reach.as_nanos() > all / 10 {
            gaps.push(Span::new(reach, span.start()));
        }
        reach = reach.max(span.end());
    }
    let left = all - gaps.iter().map(|gap| gap.nanos()).sum::<i128>();
    let kept = (left / 30 / NANOS_PER_SECOND).clamp(1, i128::from(i64::MAX)) as i64;
    let inside = |gap: Span| {
        let (from, to) = (gap.start().checked_add_seconds(kept)?, gap.end().checked_add_seconds(-kept)?);
        (from < to).then(|| Span::new(from, to))
    };
    Warp::new(gaps.into_iter().filter_map(inside), kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(seconds: i64) -> TimePoint {
        TimePoint::from_seconds(seconds)
    }

    fn span(from: i64, to: i64) -> Span {
        Span::new(point(from), point(to))
    }

    #[test]
    fn a_gap_takes_little_room_and_all_after_it_keeps_its_length() {
        let warp = Warp::new([span(100, 1_100), span(2_000, 5_000)], 10);
        assert_eq!(warp.shown(point(50)), point(50));
        assert_eq!(warp.shown(point(600)), point(105));
        assert_eq!(warp.span_shown(span(1_100, 1_200)), span(110, 210));
        assert_eq!(warp.span_shown(span(5_000, 6_000)), span(1_020, 2_020));
        assert_eq!(warp.pieces(span(0, 6_000)), [span(0, 100), span(1_100, 2_000), span(5_000, 6_000)]);
        assert_eq!(warp.shown(TimePoint::MAX), TimePoint::MAX);
    }

    #[test]
    fn only_long_stretches_in_which_nothing_lies_are_left_out() {
        let warp = without_gaps(vec![span(0, 100), span(5_000, 5_100), span(5_200, 5_300), span(60, 120)]);
        let gaps: Vec<Span> = warp.gaps_in(span(0, 10_000)).collect();
        // 420 seconds remain; a thirtieth is 14.
        assert_eq!(gaps, [span(134, 4_986)]);
        let open = without_gaps(vec![span(0, 100), Span::new(point(200), TimePoint::MAX), span(5_000, 5_100)]);
        assert_eq!(open.gaps_in(span(0, 10_000)).count(), 0);
        assert!(without_gaps(vec![]).is_none());
    }

    proptest! {
        #[test]
        fn the_axis_leads_back_to_the_moment(seconds in -10_000_i64..20_000, kept in 1_i64..50) {
            let warp = Warp::new([span(-500, 300), span(1_000, 4_000), span(4_100, 9_000)], kept);
            let there = warp.truly(warp.shown(point(seconds)));
            let inside = warp.gaps_in(span(seconds, seconds + 1)).next().is_some();
            let off = (there.as_nanos() - point(seconds).as_nanos()).abs();
            prop_assert!(off <= if inside { 10_000 } else { 0 }, "{}", off);
            prop_assert!(warp.shown(point(seconds)) <= warp.shown(point(seconds + 1)));
        }
    }
}
