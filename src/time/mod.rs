//! Time as sources give it: points, bounds, EDTF, wording and the tick ladder.
//!
//! The civil axis is proleptic Gregorian without a zone, from nanoseconds to ±292 billion years, with a year 0
//! (1 BCE). One integer algorithm serves all years; `chrono` is asked for the system clock and the rules of zones.
//!
//! This module decides what a date *means* (its earliest and latest moment, whether it is approximate, open or
//! unknown) and how it is worded. It does not decide how it is drawn or filtered. It stands first in the chain:
//! it imports nothing of the crate.

mod bound;
mod calendar;
mod civil;
mod clock;
mod display;
mod duration;
mod edtf;
mod ladder;
mod lengths;
mod point;
mod read;
mod spoken;
mod warp;
mod wording;
mod zone;

pub use bound::{Answer, Bound, Known, Shape, When};
pub use calendar::Calendar;
pub use civil::{CivilDate, days_in_month, is_leap_year};
pub use clock::now;
pub use display::Display;
pub use duration::{Duration, DurationError};
pub use edtf::{
    Date, Day, DayBound, Digits, Edtf, EdtfError, Endpoint, Month, Offset, Precision, Qualifier, Qualifiers, Season,
    SetPart, TimeOfDay, Year, YearForm,
};
pub use ladder::{Step, Tick, TickLevel, Ticks, Unit, ticks};
pub use lengths::{word_duration, word_length};
pub use point::{NANOS_PER_SECOND, SECONDS_PER_DAY, Span, TimePoint};
pub use read::{
    DECIMAL_YEAR, DateOrder, EpochUnit, OrderSeen, ReadError, Reader, Reading, SerialEpoch, Sureness, month_named,
    read, read_clock, read_duration,
};
pub use spoken::spoken;
pub use warp::{Warp, without_gaps};
pub use wording::{month_name, word_date, word_edtf, word_point, word_short, word_year};
pub use zone::{Local, Seam, Zone};
