//! What stands around the lanes beside the calendar: shades behind them, named periods, and further rows of the axis.

use crate::event::{EventId, EventTable};
use crate::time::{Bound, Shape, Span, TimePoint, When, Zone, read, word_point};
use serde::{Deserialize, Serialize};

/// Height of a further row of the axis, in points.
const ROW: f32 = 22.0;
/// Height of a row of periods, in points.
const PERIODS: f32 = 20.0;

/// A day in nanoseconds.
const DAY: i128 = 86_400_000_000_000;

/// What stands around the lanes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Surroundings {
    /// The zone of a second axis.
    pub second: Option<Zone>,
    /// Whether weeks are numbered (ISO 8601).
    pub weeks: bool,
    /// In which month fiscal years begin, 1–12.
    pub fiscal: Option<u8>,
    /// From which moment days are counted.
    pub zero: Option<Zero>,
    /// What of the calendar is shaded.
    pub shaded: Shaded,
    /// Named periods.
    pub periods: Vec<Period>,
}

/// What of the calendar is shaded behind the lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shaded {
    /// Every other year, or decade or century where years are too narrow.
    pub years: bool,
    /// Saturdays and Sundays.
    pub weekends: bool,
    /// The hours from 20 to 6, by the clock of the axis.
    pub nights: bool,
}

impl Shaded {
    /// What either asks for.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            years: self.years || other.years,
            weekends: self.weekends || other.weekends,
            nights: self.nights || other.nights,
        }
    }
}

/// The moment from which days are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zero {
    /// The moment.
    pub at: TimePoint,
    /// What began then; "earliest start of …" where its start is not known to the day.
    pub name: String,
    /// The start as its source tells it, in words.
    pub told: String,
}

impl Zero {
    /// The earliest possible start of an event, by an account that it was held where there is one; `None` where nobody says
    /// when it began. The name tells the account's standing where others differ.
    #[must_use]
    pub fn of(table: &EventTable, event: EventId) -> Option<Self> {
        let (row, when) = table.foremost(event)?;
        let at = table.warp().truly(when.extent().start());
        let name = table.title(table.first_row(event)).unwrap_or("the event");
        let status = table.status(row).filter(|_| table.drawn(event).len() > 1);
        let name = status.map_or_else(|| name.to_owned(), |status| format!("{name} ({})", status.word()));
        // A count of days from a date that is not one would be finer than the source.
        let exact = when.shape != Shape::OneOf
            && matches!(when.start, Bound::Known(known) if known.window.nanos() <= DAY && !known.approximate && !known.uncertain);
        let told = if exact { word_point(at) } else { table.claim(row).words() };
        let name = if exact { name } else { format!("earliest start of {name}") };
        (at > TimePoint::MIN).then_some(Self { at, name, told })
    }
}

/// A named period, such as an era or a war.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its dates as they were written.
    pub written: String,
    when: When,
}

impl Period {
    /// A period between dates as people or EDTF write them, such as `1947/1991` or `2022-02-24/..`.
    ///
    /// # Errors
    /// Why the dates are none that lie somewhere.
    pub fn new(name: &str, dates: &str) -> Result<Self, String> {
        let edtf = read(dates).map_err(|error| error.to_string())?.edtf;
        if edtf.dates().next().is_none() || edtf.dates().any(|date| date.year.is_unknown()) {
            return Err(format!("“{}” names no time with a year", dates.trim()));
        }
        let when = edtf.when();
        let unknown = match (when.start, when.end) {
            (Bound::Unknown, _) => Some("begins"),
            (_, Bound::Unknown) => Some("ends"),
            _ => None,
        };
        if let Some(unknown) = unknown {
            let dates = dates.trim();
            return Err(format!(
                "“{dates}” does not tell when the period {unknown}; .. stands for no end or beginning"
            ));
        }
        Ok(Self { name: name.trim().to_owned(), written: dates.trim().to_owned(), when })
    }

    /// All of its time, its ends as far out as they may lie.
    #[must_use]
    pub fn extent(&self) -> Span {
        self.when.extent()
    }

    /// The time that surely lies in it; `None` where nothing surely does.
    #[must_use]
    pub fn core(&self) -> Option<Span> {
        // A single date without doubt is a period itself: all of its time.
        let doubtful = |bound| matches!(bound, Bound::Known(known) if known.approximate || known.uncertain);
        if self.when.shape == Shape::Moment {
            return (!doubtful(self.when.start)).then(|| self.extent());
        }
        self.when.core()
    }
}

/// A further row of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Second,
    Weeks,
    Fiscal,
    Zero,
}

impl Surroundings {
    /// The further rows of the axis, from the lowest, without those of periods.
    pub(super) fn rows(&self) -> Vec<Row> {
        let rows = [
            (Row::Second, self.second.is_some()),
            (Row::Weeks, self.weeks),
            (Row::Fiscal, self.fiscal.is_some()),
            (Row::Zero, self.zero.is_some()),
        ];
        rows.into_iter().filter(|(_, shown)| *shown).map(|(row, _)| row).collect()
    }

    /// How much higher the axis is for its further rows, in points.
    #[must_use]
    pub fn height(&self) -> f32 {
        let periods = self.period_rows().into_iter().map(|row| row + 1).max().unwrap_or(0);
        self.rows().len() as f32 * ROW + periods as f32 * PERIODS
    }

    /// How far above the axis' line the letters of a row stand.
    pub(super) fn rise(at: usize) -> f32 {
        46.0 + at as f32 * ROW
    }

    /// How far above the axis' line the top of a row of periods lies.
    pub(super) fn period_top(&self, row: usize) -> f32 {
        Self::rise(self.rows().len()) + (row as f32 + 1.0) * PERIODS - 4.0
    }

    /// For each period the row in which it has room beside the others, from the lowest.
    pub(super) fn period_rows(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.periods.len()).collect();
        order.sort_by_key(|&at| self.periods[at].extent().start());
        let mut ends: Vec<TimePoint> = Vec::new();
        let mut rows = vec![0; self.periods.len()];
        for at in order {
            let extent = self.periods[at].extent();
            let row = ends.iter().position(|end| *end <= extent.start()).unwrap_or(ends.len());
            if row == ends.len() {
                ends.push(extent.end());
            } else {
                ends[row] = extent.end();
            }
            rows[at] = row;
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_overlap_stand_in_different_rows() {
        let period = |dates| Period::new("a", dates).unwrap();
        let periods = vec![period("1947/1991"), period("1955/1975"), period("1992/.."), period("1976")];
        let around = Surroundings { periods, ..Surroundings::default() };
        assert_eq!(around.period_rows(), [0, 1, 0, 1]);
        assert!((around.height() - 2.0 * PERIODS).abs() < 1e-6);
        assert!(Period::new("b", "soon").is_err());
    }

    #[test]
    fn a_period_is_sure_only_between_its_ends_windows() {
        let war = Period::new("war", "1939/1945").unwrap();
        let year = |text: &str| read(text).unwrap().edtf.when().extent();
        assert_eq!(war.extent(), year("1939").union(year("1945")));
        assert_eq!(war.core(), Some(year("1940").union(year("1944"))));
        assert_eq!(Period::new("year", "2020").unwrap().core(), Some(year("2020")));
        assert_eq!(Period::new("about", "1914~").unwrap().core(), None);
        assert_eq!(Period::new("either", "[2020,2022]").unwrap().core(), None);
        assert!(Period::new("no year", "XXXX-05").is_err());
        assert!(Period::new("no end", "2022-02/").is_err() && Period::new("goes on", "2022-02/..").is_ok());
    }
}
