//! Time to pixels and back.

use super::Viewport;
use crate::time::TimePoint;

/// A linear map from a window of time to a stretch of x. Differences are taken in integers before any float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeScale {
    viewport: Viewport,
    left: f32,
    width: f32,
}

impl TimeScale {
    /// The window over `width` points (at least one) from `left`.
    #[must_use]
    pub fn new(viewport: Viewport, left: f32, width: f32) -> Self {
        Self { viewport, left, width: width.max(1.0) }
    }

    /// The window.
    #[must_use]
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// Points per nanosecond.
    #[must_use]
    pub fn density(&self) -> f64 {
        f64::from(self.width) / self.viewport.width_nanos() as f64
    }

    /// Distance in points from the left edge of the window; infinite for the ends of the axis, which stand for
    /// "without end".
    #[must_use]
    pub fn offset(&self, point: TimePoint) -> f64 {
        if point == TimePoint::MIN {
            return f64::NEG_INFINITY;
        }
        if point == TimePoint::MAX {
            return f64::INFINITY;
        }
        (point.as_nanos() - self.viewport.start_nanos()) as f64 * self.density()
    }

    /// The x of a moment, held a little outside the window where it lies far beyond, so that `f32` can tell pixels.
    #[must_use]
    pub fn x(&self, point: TimePoint) -> f32 {
        self.left + self.offset(point).clamp(-100.0, f64::from(self.width) + 100.0) as f32
    }

    /// The moment at an x.
    #[must_use]
    pub fn time_at(&self, x: f32) -> TimePoint {
        self.viewport.at(f64::from(x - self.left) / f64::from(self.width))
    }
}
