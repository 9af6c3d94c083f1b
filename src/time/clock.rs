//! The one place that asks the system clock, so that everything else is deterministic.

use super::{CivilDate, TimePoint};
use chrono::{Datelike, Timelike};

/// The present civil moment in the system's own zone, to the second.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one function that may ask the clock")]
pub fn now() -> TimePoint {
    let local = chrono::Local::now().naive_local();
    let date = CivilDate { year: i64::from(local.year()), month: local.month() as u8, day: local.day() as u8 };
    TimePoint::from_date(date)
        .and_then(|day| day.checked_add_seconds(i64::from(local.num_seconds_from_midnight())))
        .unwrap_or(TimePoint::EPOCH)
}
