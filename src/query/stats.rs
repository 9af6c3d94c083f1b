//! Statistics of the events of a view: how many began when, how long they lasted, on which days and at which hours.
//!
//! Dates that are not exact are not made so here. Each count tells how many events it surely holds and how many it may
//! hold besides: an event dated to a month may have begun on any day of it.

use super::starts::{began, day_of, hour_of, last, lasted};
use crate::event::{EventId, EventTable};
use crate::index::CountRange;
use crate::task::{Control, Stopped};
use crate::time::{Span, Step, TimePoint, Unit};

const SECOND: i128 = 1_000_000_000;
const HOUR: i128 = 3_600 * SECOND;
const DAY: i128 = 24 * HOUR;

/// Classes of lengths: the names, and from how many nanoseconds on.
const LENGTHS: [(&str, i128); 9] = [
    ("< 1 h", 0),
    ("1–6 h", HOUR),
    ("6–24 h", 6 * HOUR),
    ("1–3 d", DAY),
    ("3–7 d", 3 * DAY),
    ("1–4 wk", 7 * DAY),
    ("1–3 mo", 28 * DAY),
    ("3–12 mo", 91 * DAY),
    ("≥ 1 y", 365 * DAY),
];
/// The same as terms of a search.
const LENGTH_TERMS: [&str; 9] =
    ["0h..1h", "1h..6h", "6h..1d", "1d..3d", "3d..1w", "1w..4w", "4w..13w", "13w..365d", "365d.."];

/// Most periods that are counted apart.
const MOST_PERIODS: i128 = 4_000;

/// Lengths of periods that events can be counted by, with their names.
pub const PERIODS: [(&str, Step); 8] = [
    ("Hour", Step { unit: Unit::Hour, count: 1 }),
    ("Day", Step { unit: Unit::Day, count: 1 }),
    ("Week", Step { unit: Unit::Week, count: 1 }),
    ("Month", Step { unit: Unit::Month, count: 1 }),
    ("Quarter", Step { unit: Unit::Month, count: 3 }),
    ("Year", Step { unit: Unit::Year, count: 1 }),
    ("Decade", Step { unit: Unit::Year, count: 10 }),
    ("Century", Step { unit: Unit::Year, count: 100 }),
];

/// The period that cuts a window into no more than about ninety parts.
#[must_use]
pub fn suitable(window: Span) -> Step {
    let fits = |(_, step): &&(&str, Step)| window.nanos() / step.nominal_nanos() <= 90;
    let longest = Step { unit: Unit::Year, count: 1_000 };
    PERIODS.iter().find(fits).map_or_else(|| longer(longest, window), |(_, step)| *step)
}

fn longer(mut step: Step, window: Span) -> Step {
    while window.nanos() / step.nominal_nanos() > 90 && step.count < 1_000_000_000 {
        step.count *= 10;
    }
    step
}

/// How events spread over time, over lengths, and over the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// How many events were looked at, without those that were called off.
    pub events: usize,
    /// How many were cancelled or postponed, whatever account one takes, and are not counted.
    pub called_off: usize,
    /// The length of the periods.
    pub step: Step,
    /// Where the periods begin, and where the last one ends.
    pub edges: Vec<TimePoint>,
    /// For each class, how many of its events surely began in each period.
    pub began: Vec<Vec<u32>>,
    /// How many more may have begun in each period.
    pub possibly: Vec<u32>,
    /// How many had begun by each edge.
    pub growth: Vec<CountRange>,
    /// How many lasted as long as each of [`Self::length_names`] says.
    pub lengths: Vec<CountRange>,
    /// How many have a date that says nothing of a length.
    pub without_length: usize,
    /// How many began on each weekday, from Monday, at each hour.
    pub hours: [[u32; 24]; 7],
    /// How many began on each weekday at an hour that is not known.
    pub days: [u32; 7],
    /// How many began on a day that is not known.
    pub without_day: usize,
}

impl Stats {
    /// The names of the classes of lengths.
    pub fn length_names() -> impl Iterator<Item = &'static str> {
        LENGTHS.iter().map(|(name, _)| *name)
    }

    /// The value of a search's `lasted:` for a class of lengths.
    #[must_use]
    pub fn length_term(class: usize) -> Option<&'static str> {
        LENGTH_TERMS.get(class).copied()
    }

    /// The time of a period.
    #[must_use]
    pub fn period(&self, at: usize) -> Option<Span> {
        Some(Span::new(*self.edges.get(at)?, *self.edges.get(at + 1)?))
    }

    /// How many events surely began in a period, of all classes.
    #[must_use]
    pub fn surely(&self, at: usize) -> u32 {
        self.began.iter().filter_map(|class| class.get(at)).sum()
    }

    /// Counts events, their periods those of `step` that cover a window of true time, each event in the class that `class` gives it (of
    /// so many). A step that would cut the window into thousands of parts gives way to a longer one.
    ///
    /// # Errors
    /// [`Stopped`] when `control` says so.
    pub fn of(
        table: &EventTable,
        events: &[EventId],
        (window, step): (Span, Step),
        (classes, class): (usize, &dyn Fn(EventId) -> usize),
        control: &Control,
    ) -> Result<Self, Stopped> {
        let step = if window.nanos() / step.nominal_nanos() > MOST_PERIODS { suitable(window) } else { step };
        let mut counts = Counts::new(table, edges(window, step), classes.max(1));
        let (some_called_off, mut called_off) = (table.has_called_off(), 0);
        for (at, &event) in events.iter().enumerate() {
            if at % 4_096 == 0 {
                control.check()?;
            }
            if some_called_off && is_called_off(table, event) {
                called_off += 1;
            } else {
                counts.see(event, class(event).min(classes.saturating_sub(1)));
            }
        }
        Ok(Self { called_off, ..counts.finish(events.len() - called_off, step) })
    }
}

/// Whether all accounts that are drawn of an event say that it was cancelled or put off: it did not begin then.
fn is_called_off(table: &EventTable, event: EventId) -> bool {
    let drawn = table.drawn(event);
    !drawn.is_empty() && drawn.iter().all(|(row, _)| table.status(*row).is_some_and(|status| status.is_called_off()))
}

fn edges(window: Span, step: Step) -> Vec<TimePoint> {
    let mut edges = vec![step.floor(window.start())];
    while let Some(next) = edges.last().and_then(|last| step.after(*last)) {
        edges.push(next);
        if next >= window.end() {
            break;
        }
    }
    edges
}

struct Counts<'a> {
    table: &'a EventTable,
    edges: Vec<TimePoint>,
    began: Vec<Vec<u32>>,
    /// What to add where one goes from a period to the next.
    possibly: Vec<i64>,
    /// By the first edge by which an event surely, possibly has begun.
    by: [Vec<u32>; 2],
    lengths: Vec<CountRange>,
    without_length: usize,
    hours: [[u32; 24]; 7],
    days: [u32; 7],
    without_day: usize,
}

impl<'a> Counts<'a> {
    fn new(table: &'a EventTable, edges: Vec<TimePoint>, classes: usize) -> Self {
        let periods = edges.len().saturating_sub(1);
        Self {
            table,
            began: vec![vec![0; periods]; classes],
            possibly: vec![0; periods + 1],
            by: [vec![0; edges.len()], vec![0; edges.len()]],
            lengths: vec![CountRange::default(); LENGTHS.len()],
            edges,
            without_length: 0,
            hours: [[0; 24]; 7],
            days: [0; 7],
            without_day: 0,
        }
    }

    fn see(&mut self, event: EventId, class: usize) {
        let (windows, in_doubt) = began(self.table, event);
        if windows.is_empty() {
            self.without_day += 1;
        } else {
            self.period(&windows, in_doubt, class);
            if in_doubt {
                self.without_day += 1;
            } else {
                self.weekday(&windows);
            }
        }
        self.length(event);
    }

    /// Where its start lies among the periods.
    fn period(&mut self, windows: &[Span], in_doubt: bool, class: usize) {
        let periods = self.edges.len() - 1;
        // The number of the period in which a moment lies; 0 is before the first one.
        let place = |point: TimePoint| self.edges.partition_point(|edge| *edge <= point);
        let places = |window: &Span| (place(window.start()), place(last(*window)));
        let mut all: Vec<(usize, usize)> = windows.iter().map(places).collect();
        all.sort_unstable();
        let from = all.first().map_or(0, |(from, _)| *from);
        let to = all.iter().map(|(_, to)| *to).max().unwrap_or(0);
        if from == to && !in_doubt && (1..=periods).contains(&from) {
            self.began[class][from - 1] += 1;
        } else {
            // Each period that one of the windows touches, once.
            let mut free = 0;
            for (from, to) in all {
                let (first, end) = ((from.max(1) - 1).max(free), to.min(periods));
                if end > first {
                    self.possibly[first] += 1;
                    self.possibly[end] -= 1;
                    free = end;
                }
            }
        }
        // It has begun by the end of the period that it begins in.
        if let (Some(edge), false) = (self.by[0].get_mut(to), in_doubt) {
            *edge += 1;
        }
        if let Some(edge) = self.by[1].get_mut(from) {
            *edge += 1;
        }
    }

    fn weekday(&mut self, windows: &[Span]) {
        let same = |of: fn(Span) -> Option<usize>| {
            let first = of(*windows.first()?)?;
            windows.iter().all(|window| of(*window) == Some(first)).then_some(first)
        };
        match (same(day_of), same(hour_of)) {
            (Some(day), Some(hour)) => self.hours[day][hour] += 1,
            (Some(day), None) => self.days[day] += 1,
            (None, _) => self.without_day += 1,
        }
    }

    fn length(&mut self, event: EventId) {
        let Some((least, most)) = lasted(self.table, event) else {
            self.without_length += 1;
            return;
        };
        let class = |length: i128| LENGTHS.partition_point(|(_, from)| *from <= length).saturating_sub(1);
        // A length is below the most that it may be, unless it is told exactly.
        let highest = most.map_or(LENGTHS.len() - 1, |most| class((most - 1).max(least)));
        let classes = &mut self.lengths[class(least)..=highest];
        let alone = classes.len() == 1;
        for count in classes {
            count.possible += 1;
            count.certain += usize::from(alone);
        }
    }

    fn finish(self, events: usize, step: Step) -> Stats {
        let mut open = 0;
        let possibly = self.possibly[..self.possibly.len() - 1].iter().map(|change| {
            open += change;
            u32::try_from(open).unwrap_or(0)
        });
        let mut range = CountRange::default();
        let growth = self.by[0].iter().zip(&self.by[1]).map(|(surely, maybe)| {
            range.certain += *surely as usize;
            range.possible += *maybe as usize;
            range
        });
        Stats {
            events,
            called_off: 0,
            step,
            possibly: possibly.collect(),
            growth: growth.collect(),
            edges: self.edges,
            began: self.began,
            lengths: self.lengths,
            without_length: self.without_length,
            hours: self.hours,
            days: self.days,
            without_day: self.without_day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::time::Edtf;
    use proptest::prelude::*;

    fn table(dates: &[&str]) -> EventTable {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for date in dates {
            builder.push(&Draft { edtf: Edtf::parse(date).ok(), ..Draft::default() }).unwrap();
        }
        builder.finish()
    }

    fn stats(dates: &[&str], window: &str, period: &str) -> Stats {
        let table = table(dates);
        let events: Vec<EventId> = table.events().collect();
        let window = Edtf::parse(window).unwrap().when().extent();
        let step = PERIODS.iter().find(|(name, _)| *name == period).unwrap().1;
        Stats::of(&table, &events, (window, step), (1, &|_| 0), &Control::new()).unwrap()
    }

    #[test]
    fn a_date_that_is_coarser_than_a_period_may_have_begun_in_each_of_several() {
        let of = |period| {
            let stats = stats(&["2022-05-24", "2022-05", "2022", "2022-06-01/2022-07-02"], "2022-05/2022-06", period);
            (stats.began[0].clone(), stats.possibly)
        };
        assert_eq!(of("Month"), (vec![2, 1], vec![1, 1]));
        let (days, maybe) = of("Day");
        assert_eq!((days.len(), days[23], days.iter().sum::<u32>()), (61, 1, 2));
        assert_eq!((maybe[0], maybe[30], maybe[31], maybe[60]), (2, 2, 1, 1));
        // What a source doubts is not surely of its own period either.
        let stats = stats(&["2022-05-24?", "2022-05-24"], "2022-05/2022-06", "Month");
        assert_eq!((stats.began[0][0], stats.possibly[0], stats.without_day), (1, 1, 1));
        assert_eq!(stats.growth.last().map(|count| (count.certain, count.possible)), Some((1, 2)));
        // Late May is in May.
        let stats = self::stats(&["[2022-05-21~..2022-05-31~]"], "2022-05/2022-06", "Month");
        assert_eq!(stats.began[0][0], 1);
    }

    #[test]
    fn what_was_cancelled_or_put_off_in_every_account_did_not_begin() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (id, status) in [("a", "cancelled"), ("b", "held"), ("c", "cancelled"), ("c", "held")] {
            let edtf = Edtf::parse(if status == "cancelled" { "2022-05" } else { "2022-05-24" }).ok();
            builder.push(&Draft { id: Some(id), edtf, status: Some(status), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let events: Vec<EventId> = table.events().collect();
        let window = Edtf::parse("2022-05").unwrap().when().extent();
        let month = PERIODS[3].1;
        let stats = Stats::of(&table, &events, (window, month), (1, &|_| 0), &Control::new()).unwrap();
        assert_eq!((stats.events, stats.called_off, stats.surely(0)), (2, 1, 2));
    }

    #[test]
    fn of_several_dates_only_their_own_periods_are_possible() {
        let stats = stats(&["[2022-05-06,2022-06-05]"], "2022-05/2022-06", "Week");
        let possible: Vec<usize> = (0..stats.possibly.len()).filter(|at| stats.possibly[*at] > 0).collect();
        assert_eq!((possible, stats.without_day), (vec![1, 5], 1));
        assert_eq!(stats.began[0].iter().sum::<u32>(), 0);
    }

    #[test]
    fn growth_tells_how_many_had_surely_and_possibly_begun() {
        let growth = stats(&["2022-05-24", "2022", "2020"], "2022-05/2022-06", "Month").growth;
        let range = |certain, possible| CountRange { certain, possible };
        assert_eq!(growth, [range(1, 2), range(2, 3), range(2, 3)]);
    }

    #[test]
    fn lengths_hours_and_weekdays_are_counted_only_as_far_as_they_are_known() {
        let stats = stats(
            &[
                "2022-05-24T10:00:00Z/2022-05-24T23:00:00Z",
                "2022-05-24",
                "2022-08-30/2022-09-05",
                "2022-05",
                "2022-05-01/..",
            ],
            "2022",
            "Year",
        );
        let named: Vec<(&str, CountRange)> = Stats::length_names()
            .zip(stats.lengths.iter().copied())
            .filter(|(_, count)| count.possible > 0)
            .collect();
        let range = |certain, possible| CountRange { certain, possible };
        // An end to the second leaves open a second; the open end leaves open everything.
        assert_eq!(named[2], ("6–24 h", range(1, 2)));
        assert_eq!(named.iter().find(|(name, _)| *name == "3–7 d"), Some(&("3–7 d", range(1, 2))));
        assert_eq!(stats.without_length, 2);
        // 24 May 2022 was a Tuesday, 30 August one too, 1 May a Sunday.
        assert_eq!((stats.hours[1][10], stats.days, stats.without_day), (1, [0, 2, 0, 0, 0, 0, 1], 1));
    }

    #[test]
    fn periods_suit_the_window() {
        let of = |window: &str| suitable(Edtf::parse(window).unwrap().when().extent());
        assert_eq!(of("2022-05-24").unit, Unit::Hour);
        assert_eq!((of("2022-05").unit, of("2022").unit), (Unit::Day, Unit::Week));
        assert_eq!(of("1500/2022"), Step { unit: Unit::Year, count: 10 });
        assert!(of("Y-13800000000/2022").count >= 100_000_000);
    }

    proptest! {
        #[test]
        fn every_event_that_began_in_the_window_is_counted_once(days in prop::collection::vec(0_u32..720, 0..40)) {
            let date = |day: &u32| format!("{:04}-{:02}-{:02}", 2020 + day / 360, day % 360 / 30 + 1, day % 28 + 1);
            let dates: Vec<String> = days.iter().map(date).collect();
            let texts: Vec<&str> = dates.iter().map(String::as_str).collect();
            for period in ["Day", "Week", "Month", "Year"] {
                let stats = stats(&texts, "2020/2021", period);
                prop_assert_eq!(stats.began[0].iter().sum::<u32>() as usize, days.len());
                prop_assert_eq!(stats.growth.last().unwrap().certain, days.len());
                prop_assert!(stats.possibly.iter().all(|count| *count == 0));
            }
        }
    }
}
