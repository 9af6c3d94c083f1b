//! What can be asked of an event's time beside where it lies: when it began, how long it lasted, on which weekday, at
//! which hour.

use super::starts::{began, day_number, day_of, hour_of, last, lasted, weekday};
use crate::event::{EventId, EventTable};
use crate::time::{Answer, Edtf, Span, TimePoint, word_edtf, word_length};

/// One of them, with what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    /// It began in this time.
    Began(Edtf),
    /// It lasted at least so many nanoseconds, and less than so many.
    Lasted(i128, Option<i128>),
    /// It began on this weekday, Monday being 0.
    Weekday(usize),
    /// It began in this hour of the day.
    Hour(usize),
}

const FULL: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The name of a weekday as a search has it, Monday being 0.
#[must_use]
pub fn weekday_name(day: usize) -> &'static str {
    DAYS[day % 7]
}

impl Aspect {
    /// What a value asks for after one of the names `began`, `lasted`, `weekday`, `hour`; `None` for other names, and a
    /// reason where the value is none.
    pub(super) fn parse(name: &str, value: &str) -> Option<Result<Self, String>> {
        let problem = |what: &str| format!("“{value}” is no {what}");
        Some(match name {
            // Two dots between dates are a slash.
            "began" if value.contains('/') || value.starts_with("..") || value.ends_with("..") => {
                super::time_of(value).map(Self::Began)
            }
            "began" => super::time_of(&value.replace("..", "/")).map(Self::Began),
            "lasted" => lengths(value).ok_or_else(|| problem("length, such as 13h or 1d..7d")),
            "weekday" => {
                let day = DAYS.iter().position(|day| value.to_lowercase().starts_with(day));
                day.map(Self::Weekday).ok_or_else(|| problem("weekday, such as mon"))
            }
            "hour" => {
                let hour = value.parse().ok().filter(|hour| *hour < 24);
                hour.map(Self::Hour).ok_or_else(|| problem("hour from 0 to 23"))
            }
            _ => return None,
        })
    }

    /// What it asks, in words after "events": "begun in May 2022".
    pub(super) fn words(&self) -> String {
        let length = |nanos: i128| word_length(nanos, Some(nanos));
        match self {
            Self::Began(edtf) => format!("begun in {}", word_edtf(edtf, None)),
            Self::Lasted(from, None) => format!("of {} or more", length(*from)),
            Self::Lasted(from, Some(below)) => format!("of {} to {}", length(*from), length(*below)),
            Self::Weekday(day) => format!("begun on a {}", FULL[*day % 7]),
            Self::Hour(hour) => format!("begun between {hour:02}:00 and {hour:02}:59"),
        }
    }

    /// What is to be said of an event.
    pub(super) fn answer(&self, table: &EventTable, event: EventId) -> Answer {
        let (starts, in_doubt) = began(table, event);
        if let Self::Lasted(from, below) = self {
            let length = lasted(table, event).filter(|_| !starts.is_empty());
            return length.map_or(Answer::No, |length| lasting(length, *from, *below));
        }
        let window = match self {
            // By the same clock as the events, and in true time, as the starts are.
            Self::Began(edtf) => table.display().when(&edtf.when(), edtf).extent(),
            _ => Span::new(TimePoint::MIN, TimePoint::MAX),
        };
        let answers: Vec<Answer> = starts.into_iter().map(|start| self.of_start(start, window)).collect();
        match (answers.iter().min(), answers.iter().max()) {
            (Some(least), Some(Answer::Certainly)) if in_doubt && least == &Answer::Certainly => Answer::Possibly,
            (Some(least), Some(most)) if least == most => *least,
            (_, Some(Answer::Certainly | Answer::Possibly)) => Answer::Possibly,
            _ => Answer::No,
        }
    }

    fn of_start(&self, start: Span, window: Span) -> Answer {
        // What had begun before any date began on no day that could be told.
        if start.end() == TimePoint::MIN {
            return Answer::No;
        }
        let is = |same: bool| if same { Answer::Certainly } else { Answer::No };
        match self {
            Self::Began(_) => inside(start, window),
            Self::Weekday(day) => day_of(start).map_or_else(|| possible_day(start, *day), |own| is(own == *day)),
            Self::Hour(hour) => match (hour_of(start), day_of(start)) {
                (Some(own), _) => is(own == *hour),
                (None, Some(_)) if !day_has(start, *hour) => Answer::No,
                _ => Answer::Possibly,
            },
            // It is asked of no start.
            Self::Lasted(..) => Answer::No,
        }
    }
}

/// Whether something lasted at least so long, and less than so long.
fn lasting((least, most): (i128, Option<i128>), from: i128, below: Option<i128>) -> Answer {
    let under = |length: i128| below.is_none_or(|below| length < below);
    let exact = most == Some(least);
    if most.is_some_and(|most| if exact { most < from } else { most <= from }) || !under(least) {
        return Answer::No;
    }
    let top = most.map(|most| if exact { most } else { most - 1 });
    let all = least >= from && (below.is_none() || top.is_some_and(under));
    if all { Answer::Certainly } else { Answer::Possibly }
}

/// Whether what lies somewhere in a span lies in a window.
fn inside(span: Span, window: Span) -> Answer {
    if span.start() >= window.end() || (span.end() <= window.start() && span.start() < window.start()) {
        return Answer::No;
    }
    if span.start() >= window.start() && span.end() <= window.end() { Answer::Certainly } else { Answer::Possibly }
}

/// `13h` is at least 13 hours and less than 14; `1d..7d`, `1d..` and `..2h` are what they say. Units are `s`, `min`, `h`,
/// `d`, `w` and `y` (365 days).
fn lengths(value: &str) -> Option<Aspect> {
    let one = |text: &str| -> Option<(i128, i128)> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let seconds: i128 = match &text[digits..] {
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 7 * 86_400,
            "y" => 365 * 86_400,
            _ => return None,
        };
        let unit = seconds * 1_000_000_000;
        let count: i128 = text[..digits].parse().ok().filter(|count| *count < 1_000_000_000)?;
        Some((count * unit, unit))
    };
    let Some((from, to)) = value.split_once("..") else {
        return one(value).map(|(from, unit)| Aspect::Lasted(from, Some(from + unit)));
    };
    let from = if from.is_empty() { 0 } else { one(from)?.0 };
    let to = if to.is_empty() { None } else { Some(one(to)?.0) };
    Some(Aspect::Lasted(from, to))
}

/// Whether a span inside one day has a part of an hour.
fn day_has(span: Span, hour: usize) -> bool {
    let of = |point: TimePoint| point.second_of_day() as usize / 3_600;
    (of(span.start())..=of(last(span))).contains(&hour)
}

fn possible_day(span: Span, day: usize) -> Answer {
    let (from, to) = (day_number(span.start()), day_number(last(span)));
    let holds = to - from >= 6 || (from..=to).any(|own| weekday(own) == day);
    if holds { Answer::Possibly } else { Answer::No }
}

#[cfg(test)]
mod tests {
    use crate::event::{Draft, EventTableBuilder};
    use crate::query::Query;
    use crate::task::Control;
    use crate::time::{Answer, Edtf};

    fn answers(query: &str, dates: &[&str]) -> Vec<Answer> {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for date in dates {
            builder.push(&Draft { edtf: Edtf::parse(date).ok(), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let query = Query::parse(query);
        assert_eq!(query.problem(), None);
        let mask = query.mask(&table, &Control::new()).unwrap();
        table.events().map(|event| mask.answer(event)).collect()
    }

    const SURE: Answer = Answer::Certainly;
    const MAYBE: Answer = Answer::Possibly;
    const NO: Answer = Answer::No;

    #[test]
    fn when_it_began_may_be_sure_although_its_end_is_elsewhere() {
        let dates = ["2022-05-30/2022-07-01", "2022", "2022-04-30/2022-05-02", "../2022-05-03", "2022-05-15/.."];
        assert_eq!(answers("began:2022-05", &dates), [SURE, MAYBE, NO, NO, SURE]);
        assert_eq!(answers("began:2022-04..2022-05", &dates), [SURE, MAYBE, SURE, NO, SURE]);
        assert_eq!(answers("began:2022-05/..", &dates), [SURE, MAYBE, NO, NO, SURE]);
        assert_eq!(answers("weekday:mon hour:3", &["../2022-05-03"]), [NO]);
        // Each of a set's dates holds: it began on the first.
        let each = ["{2022-06-01,2022-08-01}"];
        assert_eq!((answers("began:2022-06", &each), answers("began:2022-07", &each)), (vec![SURE], vec![NO]));
    }

    #[test]
    fn lengths_are_compared_as_far_as_they_are_known() {
        let dates =
            ["2022-08-30/2022-09-05", "2022-05-24T10:00:00Z/2022-05-24T23:00:00Z", "2022-05-24", "2022-05-01/.."];
        assert_eq!(answers("lasted:5d..7d", &dates), [SURE, NO, NO, MAYBE]);
        assert_eq!(answers("lasted:6d", &dates), [MAYBE, NO, NO, MAYBE]);
        assert_eq!(answers("lasted:..1d", &dates), [NO, SURE, NO, MAYBE]);
        assert_eq!(answers("lasted:13h..", &dates), [SURE, MAYBE, NO, MAYBE]);
    }

    #[test]
    fn weekdays_and_hours_are_those_of_the_start() {
        let dates = ["2022-05-24", "2022-05-24T10:20Z", "2022-05", "2022-05-21/2022-05-24", "2022-05-24T10Z"];
        assert_eq!(answers("weekday:tuesday", &dates), [SURE, SURE, MAYBE, NO, SURE]);
        assert_eq!(answers("weekday:tue hour:10", &dates), [MAYBE, SURE, MAYBE, NO, SURE]);
        assert_eq!(answers("hour:11", &dates), [MAYBE, NO, MAYBE, MAYBE, NO]);
        let either = ["[2022-05-06,2022-06-05]"];
        assert_eq!((answers("weekday:fri", &either), answers("weekday:tue", &either)), (vec![MAYBE], vec![NO]));
    }

    #[test]
    fn what_cannot_be_understood_is_said_and_left_out() {
        for text in
            ["lasted:long", "weekday:soon", "hour:25", "began:ever", "began:05/06/2022", "began:XXXX-05", "in:June"]
        {
            let query = Query::parse(text);
            assert!(query.problem().is_some() && query.is_empty(), "{text}");
        }
    }
}
