//! Which time is seen.

use crate::time::{Span, TimePoint};

/// The window on the time axis, in whole nanoseconds, so that it neither drifts nor jitters at any zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Viewport {
    start: i128,
    width: i128,
}

/// The narrowest window, one microsecond.
const NARROWEST: i128 = 1_000;
/// A day in nanoseconds: the window around a single moment.
const DAY: i128 = 86_400_000_000_000;

impl Viewport {
    /// The window over a span; a day around it, if it is empty.
    #[must_use]
    pub fn over(span: Span) -> Self {
        let width = span.nanos();
        if width == 0 {
            return Self { start: span.start().as_nanos() - DAY / 2, width: DAY }.held();
        }
        Self { start: span.start().as_nanos(), width }.held()
    }

    /// The margin around all events, as a share of their time, on each side.
    pub const AIR: f64 = 0.03;

    /// The window over all of a document's time. Where that is a day or a few and nothing `tells_hours`, it has days around it:
    /// hours would be finer than what is known of them.
    #[must_use]
    pub fn whole(extent: Span, tells_hours: impl FnOnce() -> bool) -> Self {
        const DAY: i128 = 86_400 * crate::time::NANOS_PER_SECOND;
        const FEW: i128 = 3;
        const AROUND: i128 = 7;
        let (from, to) = (extent.start().as_nanos(), extent.end().as_nanos());
        let in_days = from.rem_euclid(DAY) == 0 && to.rem_euclid(DAY) == 0 && to > from;
        if in_days && to - from <= FEW * DAY && !tells_hours() {
            let point = TimePoint::from_nanos_clamped;
            return Self::over(Span::new(point(from - AROUND * DAY), point(to + AROUND * DAY)));
        }
        Self::around(extent, Self::AIR)
    }

    /// The window over a span with a margin of `share` of its width at both ends.
    #[must_use]
    pub fn around(span: Span, share: f64) -> Self {
        let bare = Self::over(span);
        let margin = (bare.width as f64 * share) as i128;
        Self { start: bare.start - margin, width: bare.width + 2 * margin }.held()
    }

    /// Held inside the axis and no narrower than a microsecond.
    fn held(self) -> Self {
        let (first, last) = (TimePoint::MIN.as_nanos(), TimePoint::MAX.as_nanos());
        let width = self.width.clamp(NARROWEST, last - first);
        Self { start: self.start.clamp(first, last - width), width }
    }

    /// The span that is seen.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(TimePoint::from_nanos_clamped(self.start), TimePoint::from_nanos_clamped(self.start + self.width))
    }

    /// First nanosecond since 1970.
    #[must_use]
    pub fn start_nanos(self) -> i128 {
        self.start
    }

    /// Width in nanoseconds; positive.
    #[must_use]
    pub fn width_nanos(self) -> i128 {
        self.width
    }

    /// Of another width in nanoseconds, as far as that may be from the same moment on.
    pub(super) fn with_width(self, width: i128) -> Self {
        Self { width, ..self }.held()
    }

    /// Moved by a share of its width (positive: towards the future).
    #[must_use]
    pub fn panned(self, share: f64) -> Self {
        Self { start: self.start + (self.width as f64 * share) as i128, ..self }.held()
    }

    /// Zoomed by `factor` (above 1: closer) with the moment at `anchor` (0 left edge, 1 right edge) held in place.
    /// A factor that is no positive number changes nothing.
    #[must_use]
    pub fn zoomed(self, factor: f64, anchor: f64) -> Self {
        if !factor.is_finite() || factor <= 0.0 {
            return self;
        }
        let range = TimePoint::MAX.as_nanos() - TimePoint::MIN.as_nanos();
        let width = ((self.width as f64 / factor) as i128).clamp(NARROWEST, range);
        let shift = (self.width - width) as f64 * anchor;
        Self { start: self.start + shift as i128, width }.held()
    }

    /// The part between two shares of the width.
    #[must_use]
    pub fn part(self, from: f64, to: f64) -> Self {
        let at = |share: f64| (self.width as f64 * share) as i128;
        let (from, to) = (at(from.min(to)), at(from.max(to)));
        Self { start: self.start + from, width: to - from }.held()
    }

    /// The window a share of the way to another one: its width changes by equal factors in equal shares, about one moment
    /// that stays where it is.
    #[must_use]
    pub fn towards(self, to: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let (a, b) = (self.width as f64, to.width as f64);
        let width = a.powf(1.0 - share) * b.powf(share);
        // How far the edges have come: as far as the width has, where it changes.
        let way = if ((b - a) / a).abs() < 1e-6 { share } else { (width - a) / (b - a) };
        let start = self.start + ((to.start - self.start) as f64 * way) as i128;
        Self { start, width: width as i128 }.held()
    }

    /// The moment at a share of the width.
    #[must_use]
    pub fn at(self, share: f64) -> TimePoint {
        TimePoint::from_nanos_clamped(self.start + (self.width as f64 * share) as i128)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_window_stays_on_the_axis_at_its_ends() {
        let all = Viewport::over(Span::new(TimePoint::MIN, TimePoint::MAX));
        assert_eq!(all.zoomed(0.1, 0.5), all);
        assert_eq!(all.panned(5.0), all);
        let end = Viewport::over(Span::new(TimePoint::MAX, TimePoint::MAX));
        assert_eq!(end.span().end(), TimePoint::MAX);
    }

    #[test]
    fn on_its_way_to_another_window_one_moment_stays_in_place() {
        let point = |day: i64| TimePoint::from_seconds(day * 86_400);
        let (from, to) =
            (Viewport::over(Span::new(point(0), point(100))), Viewport::over(Span::new(point(20), point(30))));
        // 20/90 of the way from the left edge in both.
        let anchor = 20.0 / 90.0;
        let held = from.at(anchor);
        for step in 0..=10 {
            let between = from.towards(to, f64::from(step) / 10.0);
            assert!((between.at(anchor).as_nanos() - held.as_nanos()).abs() < 1_000_000_000, "{step}");
        }
        assert_eq!((from.towards(to, 0.0), from.towards(from.panned(0.5), 1.0)), (from, from.panned(0.5)));
    }

    #[test]
    fn a_day_alone_has_days_around_it_and_a_year_a_margin() {
        let extent = |text| crate::time::Edtf::parse(text).unwrap().when().extent();
        let days = |viewport: Viewport| viewport.width_nanos() / (86_400 * crate::time::NANOS_PER_SECOND);
        let whole = |text| days(Viewport::whole(extent(text), || false));
        assert_eq!((whole("2022-05-24"), whole("2022-05-24/2022-05-26"), whole("2022")), (15, 17, 386));
        // Hours are told where they are known.
        assert_eq!(whole("2022-05-24T10:00/2022-05-24T23:00"), 0);
        assert_eq!(days(Viewport::whole(extent("2022-05-24/2022-05-26"), || true)), 3);
    }

    proptest! {
        #[test]
        fn zooming_holds_the_moment_under_the_pointer(start in -1_000_000_i64..1_000_000, seconds in 100_i64..1_000_000, factor in 0.2_f64..5.0, anchor in 0.0_f64..1.0) {
            let view = Viewport::over(Span::new(TimePoint::from_seconds(start), TimePoint::from_seconds(start + seconds)));
            let zoomed = view.zoomed(factor, anchor);
            let drift = (view.at(anchor).as_nanos() - zoomed.at(anchor).as_nanos()).abs();
            prop_assert!(drift <= view.width_nanos() / 1_000_000 + 2, "{}", drift);
        }
    }
}
