//! The tick ladder: calendar-aware steps from nanoseconds to billions of years, for every axis there is.
//!
//! [`ticks`] chooses a step whose labels have room and returns three ranks of ticks: *context* (the day above the
//! hours, the year above the months), *label* and *fine*. It does not know about fonts or colours.

use super::wording::{month_name, word_year};
use super::{CivilDate, NANOS_PER_SECOND, SECONDS_PER_DAY, Span, TimePoint};

/// The unit that a step counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Nanoseconds (and, by count, micro- and milliseconds).
    Nanosecond,
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks, from Monday (ISO 8601).
    Week,
    /// Months; three are a quarter.
    Month,
    /// Years.
    Year,
}

/// A distance between ticks, such as 15 minutes or 100 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// What is counted.
    pub unit: Unit,
    /// How many.
    pub count: i64,
}

/// The rank of a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TickLevel {
    /// Without a label, between two that have one.
    Fine,
    /// With a label of its own unit.
    Label,
    /// Begins a unit of the level above, named once.
    Context,
}

/// A mark of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands.
    pub time: TimePoint,
    /// Its rank.
    pub level: TickLevel,
    /// Its text; empty for a fine tick.
    pub label: String,
}

/// The ticks of a window, each rank in order of time. The first context tick may stand before the window, to name
/// what the window begins in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticks {
    /// The step of the labelled ticks.
    pub step: Step,
    /// Context ticks.
    pub context: Vec<Tick>,
    /// The month or year that the window begins in, where labels name these and its own tick is before the window.
    pub before: Option<Tick>,
    /// Labelled ticks.
    pub labels: Vec<Tick>,
    /// Fine ticks.
    pub fine: Vec<Tick>,
}

const HOUR: i128 = 3_600 * NANOS_PER_SECOND;
const DAY: i128 = 24 * HOUR;
/// The mean Gregorian year, 365.2425 days.
const YEAR: i128 = 31_556_952 * NANOS_PER_SECOND;

impl Step {
    /// Its length in nanoseconds, a mean one for months and years.
    #[must_use]
    pub fn nominal_nanos(self) -> i128 {
        let unit = match self.unit {
            Unit::Nanosecond => 1,
            Unit::Second => NANOS_PER_SECOND,
            Unit::Minute => 60 * NANOS_PER_SECOND,
            Unit::Hour => HOUR,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month => YEAR / 12,
            Unit::Year => YEAR,
        };
        unit * i128::from(self.count)
    }

    /// The last tick at or before `point`; the axis' start where there is none.
    #[must_use]
    pub fn floor(self, point: TimePoint) -> TimePoint {
        match self.unit {
            Unit::Nanosecond | Unit::Second | Unit::Minute | Unit::Hour => {
                let step = self.nominal_nanos();
                TimePoint::from_nanos_clamped(point.as_nanos().div_euclid(step) * step)
            }
            Unit::Day | Unit::Week => {
                // 1970-01-01 was a Thursday; the Monday before it is day −3.
                let (length, shift) = if self.unit == Unit::Week { (7 * self.count, 3) } else { (self.count, 0) };
                let days = point.seconds().div_euclid(SECONDS_PER_DAY) + shift;
                at_day(days.div_euclid(length) * length - shift)
            }
            Unit::Month => {
                let date = point.date();
                let months = date.year * 12 + i64::from(date.month) - 1;
                at_month(months.div_euclid(self.count) * self.count)
            }
            Unit::Year => at_year(floor_year(point.date().year, self.count)),
        }
    }

    /// The next tick after one that [`Self::floor`] returned, or `None` at the end of the axis.
    #[must_use]
    pub fn after(self, tick: TimePoint) -> Option<TimePoint> {
        let next = match self.unit {
            Unit::Nanosecond | Unit::Second | Unit::Minute | Unit::Hour => {
                return tick.checked_add_nanos(self.nominal_nanos());
            }
            Unit::Day => tick.checked_add_seconds(self.count * SECONDS_PER_DAY)?,
            Unit::Week => tick.checked_add_seconds(self.count * 7 * SECONDS_PER_DAY)?,
            Unit::Month => {
                let date = tick.date();
                at_month(date.year * 12 + i64::from(date.month) - 1 + self.count)
            }
            Unit::Year => at_year(next_year(tick.date().year, self.count)),
        };
        (next > tick).then_some(next)
    }
}

/// Years tick where their printed number is round: 500 BCE is the astronomical year −499. Between the eras stands
/// the year 1.
fn floor_year(year: i64, count: i64) -> i64 {
    if count == 1 {
        return year;
    }
    if year >= count {
        return year - year % count;
    }
    if year >= 1 {
        return 1;
    }
    let bce = 1 - year;
    1 - (bce + count - 1) / count * count
}

fn next_year(year: i64, count: i64) -> i64 {
    if count > 1 && year == 1 { count } else { year.saturating_add(count) }
}

fn at_day(days: i64) -> TimePoint {
    days.checked_mul(SECONDS_PER_DAY).map_or(TimePoint::MIN, TimePoint::from_seconds)
}

fn at_month(months: i64) -> TimePoint {
    point_of(months.div_euclid(12), months.rem_euclid(12) as u8 + 1)
}

fn at_year(year: i64) -> TimePoint {
    point_of(year, 1)
}

fn point_of(year: i64, month: u8) -> TimePoint {
    let end = if year < 0 { TimePoint::MIN } else { TimePoint::MAX };
    TimePoint::from_date(CivilDate { year, month, day: 1 }).unwrap_or(end)
}

/// All steps, fine to coarse.
fn ladder() -> impl Iterator<Item = Step> {
    let decimal = |unit, up_to: u32| {
        (0..up_to).flat_map(move |power| [1, 2, 5].map(|digit| Step { unit, count: digit * 10_i64.pow(power) }))
    };
    let list = |unit, counts: &'static [i64]| counts.iter().map(move |&count| Step { unit, count });
    decimal(Unit::Nanosecond, 9)
        .chain(list(Unit::Second, &[1, 2, 5, 10, 15, 30]))
        .chain(list(Unit::Minute, &[1, 2, 5, 10, 15, 30]))
        .chain(list(Unit::Hour, &[1, 2, 3, 6, 12]))
        .chain(list(Unit::Day, &[1]))
        .chain(list(Unit::Week, &[1]))
        .chain(list(Unit::Month, &[1, 3]))
        .chain(decimal(Unit::Year, 12))
}

/// The ticks of a window drawn `pixels` wide, with labelled ticks at least `min_gap` pixels apart. An empty window
/// or width has none.
#[must_use]
pub fn ticks(window: Span, pixels: f64, min_gap: f64) -> Ticks {
    let none = Ticks {
        step: Step { unit: Unit::Year, count: 1 },
        context: vec![],
        before: None,
        labels: vec![],
        fine: vec![],
    };
    if window.is_empty() || !pixels.is_finite() || pixels < 1.0 {
        return none;
    }
    let per_pixel = window.nanos() as f64 / pixels;
    let room = |step: &Step, gap: f64| step.nominal_nanos() as f64 / per_pixel >= gap;
    let Some(step) = ladder().find(|step| room(step, min_gap * label_weight(*step))) else { return none };
    let fine = ladder().find(|fine| room(fine, 7.0) && nests(*fine, step));
    let context = context_of(step);
    let label = |time| Tick { time, level: TickLevel::Label, label: label_of(time, step) };
    let above = |time| Tick { time, level: TickLevel::Context, label: context_label(time, context) };
    let small = |time| Tick { time, level: TickLevel::Fine, label: String::new() };
    // Hours name moments, and every fifth day none of those between: only these name what the window begins in.
    let periods = step.count == 1 && matches!(step.unit, Unit::Month | Unit::Year);
    let before = walk(step, window, true).next().filter(|time| periods && *time < window.start()).map(label);
    Ticks {
        step,
        before,
        context: context.map_or_else(Vec::new, |context| walk(context, window, true).map(above).collect()),
        labels: walk(step, window, false).map(label).collect(),
        fine: fine.map_or_else(Vec::new, |fine| walk(fine, window, false).map(small).collect()),
    }
}

/// How much wider than a month's name a step's labels are.
fn label_weight(step: Step) -> f64 {
    match (step.unit, step.count) {
        (Unit::Nanosecond, _) | (Unit::Year, 10_000..) => 1.7,
        (Unit::Day, _) => 0.55,
        (Unit::Month, 3) => 0.75,
        _ => 1.0,
    }
}

/// Whether fine ticks between two ticks of `step` make a regular division of it.
fn nests(fine: Step, step: Step) -> bool {
    fine.nominal_nanos() < step.nominal_nanos()
        && match (fine.unit, step.unit) {
            (Unit::Week, Unit::Month | Unit::Year) => step == (Step { unit: Unit::Month, count: 1 }),
            (a, b) if a == b => step.count % fine.count == 0,
            _ => true,
        }
}

fn walk(step: Step, window: Span, from_before: bool) -> impl Iterator<Item = TimePoint> {
    let first = step.floor(window.start());
    std::iter::successors(Some(first), move |&tick| step.after(tick))
        .take_while(move |&tick| tick < window.end())
        .filter(move |&tick| from_before || tick >= window.start())
        // A window and a step that `ticks` has matched give far fewer; this bounds any other use.
        .take(20_000)
}

fn context_of(step: Step) -> Option<Step> {
    Some(match (step.unit, step.count) {
        (Unit::Nanosecond, _) => Step { unit: Unit::Second, count: 1 },
        (Unit::Second | Unit::Minute | Unit::Hour, _) => Step { unit: Unit::Day, count: 1 },
        (Unit::Day | Unit::Week, _) => Step { unit: Unit::Month, count: 1 },
        (Unit::Month, _) => Step { unit: Unit::Year, count: 1 },
        (Unit::Year, 1 | 2) => Step { unit: Unit::Year, count: 10 },
        (Unit::Year, 5..=20) => Step { unit: Unit::Year, count: 100 },
        (Unit::Year, _) => return None,
    })
}

fn label_of(time: TimePoint, step: Step) -> String {
    let date = time.date();
    let second = time.second_of_day();
    let clock = || format!("{:02}:{:02}", second / 3_600, second / 60 % 60);
    match (step.unit, step.count) {
        (Unit::Nanosecond, count) => {
            let digits = 9 - count.max(1).ilog10() as usize;
            let fraction = format!("{:09}", time.nanos());
            format!(".{}", &fraction[..digits.clamp(1, 9)])
        }
        (Unit::Second, _) => format!("{}:{:02}", clock(), second % 60),
        (Unit::Minute | Unit::Hour, _) => clock(),
        (Unit::Day | Unit::Week, _) => date.day.to_string(),
        (Unit::Month, 3) => format!("Q{}", (date.month - 1) / 3 + 1),
        (Unit::Month, _) => month_name(date.month).to_owned(),
        (Unit::Year, _) => word_year(date.year),
    }
}

fn context_label(time: TimePoint, context: Option<Step>) -> String {
    let date = time.date();
    let day = || format!("{} {} {}", date.day, month_name(date.month), word_year(date.year));
    match context.map(|context| (context.unit, context.count)) {
        Some((Unit::Second, _)) => {
            let second = time.second_of_day();
            format!("{}, {:02}:{:02}:{:02}", day(), second / 3_600, second / 60 % 60, second % 60)
        }
        Some((Unit::Day, _)) => day(),
        Some((Unit::Month, _)) => format!("{} {}", month_name(date.month), word_year(date.year)),
        Some((Unit::Year, 1)) => word_year(date.year),
        // The calendar has no year 0, so that the first stretch is a year shorter.
        Some((Unit::Year, count)) if date.year == 1 => format!("1–{} CE", count - 1),
        Some((Unit::Year, count)) if date.year < 1 => {
            format!("{}–{}", 1 - date.year, word_year(date.year + count - 1))
        }
        // "2000s" would be a decade to some and a century to others.
        Some((Unit::Year, count)) if count > 10 || date.year % 100 == 0 => {
            format!("{}–{}", date.year, date.year + count - 1)
        }
        Some((Unit::Year, _)) => format!("{}s", date.year),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edtf;
    use super::*;
    use proptest::prelude::*;

    fn window(from: &str, to: &str) -> Span {
        let point = |text| Edtf::parse(text).unwrap().when().earliest();
        Span::new(point(from), point(to))
    }

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn months_stand_under_their_year() {
        let ticks = ticks(window("2022-04-20", "2022-09-20"), 900.0, 64.0);
        assert_eq!(ticks.step, Step { unit: Unit::Month, count: 1 });
        assert_eq!(labels(&ticks.labels), ["May", "Jun", "Jul", "Aug", "Sep"]);
        assert_eq!(labels(&ticks.context), ["2022"]);
        assert_eq!(ticks.before.as_ref().map(|tick| tick.label.as_str()), Some("Apr"));
        assert!(!ticks.fine.is_empty());
    }

    #[test]
    fn every_zoom_has_labels_of_its_own_unit() {
        for (from, to, label, context) in [
            ("2022-05-24T10:00:00", "2022-05-24T10:00:01", ".2", "24 May 2022, 10:00:00"),
            ("2022-05-24T10:00:00", "2022-05-24T10:01:00", "10:00:05", "24 May 2022"),
            ("2022-05-24T00:00:00", "2022-05-25T00:00:00", "06:00", "24 May 2022"),
            ("2022-05-01", "2022-06-01", "2", "May 2022"),
            ("2020", "2024", "Q3", "2020"),
            ("1990", "2003", "1992", "1990s"),
            ("1700", "2000", "1750", ""),
            ("-0600", "0400", "500 BCE", ""),
            ("-0509", "-0379", "450 BCE", "600–501 BCE"),
            ("Y-13800000000", "2022", "12 billion BCE", ""),
        ] {
            let ticks = ticks(window(from, to), 900.0, 64.0);
            assert!(labels(&ticks.labels).contains(&label), "{from}: {:?}", labels(&ticks.labels));
            assert_eq!(ticks.context.first().map_or("", |tick| &tick.label), context, "{from}");
        }
    }

    #[test]
    fn centuries_before_the_era_tick_at_round_numbers_and_the_era_begins_with_the_year_one() {
        let ticks = ticks(window("-0450", "0350"), 900.0, 64.0);
        assert_eq!(labels(&ticks.labels), ["400 BCE", "300 BCE", "200 BCE", "100 BCE", "1 CE", "100", "200", "300"]);
    }

    #[test]
    fn weeks_begin_on_monday() {
        let week = Step { unit: Unit::Week, count: 1 };
        let monday = week.floor(window("2022-05-26", "2022-05-27").start());
        assert_eq!(monday.date(), CivilDate { year: 2022, month: 5, day: 23 });
    }

    #[test]
    fn the_ends_of_the_axis_have_ticks_and_no_overflow() {
        let all = ticks(Span::new(TimePoint::MIN, TimePoint::MAX), 1_000.0, 64.0);
        assert!(all.labels.len() > 3 && all.labels.len() < 40, "{}", all.labels.len());
        assert!(ticks(Span::new(TimePoint::MAX, TimePoint::MAX), 1_000.0, 64.0).labels.is_empty());
    }

    proptest! {
        #[test]
        fn ticks_rise_stay_apart_and_lie_in_the_window(start in -10_000_000_000_000_i64..10_000_000_000_000, exponent in 0.0_f64..21.0) {
            let from = TimePoint::from_seconds(start);
            let to = TimePoint::from_nanos_clamped(from.as_nanos() + 10_f64.powf(exponent + 2.0) as i128);
            let window = Span::new(from, to);
            let ticks = ticks(window, 1_000.0, 60.0);
            prop_assert!(ticks.labels.len() <= 40);
            for pair in ticks.labels.windows(2) {
                prop_assert!(pair[0].time < pair[1].time);
            }
            for tick in ticks.labels.iter().chain(&ticks.fine) {
                prop_assert!(tick.time >= window.start() && tick.time < window.end());
            }
        }
    }
}
