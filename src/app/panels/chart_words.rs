//! What charts say in words: of what they cannot draw, of periods, of moments.

use super::counted;
use crate::app::sight::{Chart, Sighted};
use crate::query::PERIODS;
use crate::text::grouped;
use crate::time::{CivilDate, Date, Edtf, Endpoint, Span, Step, TimePoint, Unit, word_edtf, word_short};

/// What a chart cannot draw.
pub(super) fn note(seen: &Sighted, chart: Chart) -> String {
    let stats = &seen.stats;
    let all = counted(stats.events as u64, "event");
    let called_off = match stats.called_off {
        0 => String::new(),
        1 => " Without 1 in sight that was cancelled or postponed; a click finds it too.".to_owned(),
        many => {
            format!(" Without {} in sight that were cancelled or postponed; a click finds them too.", grouped(many))
        }
    };
    let words = match chart {
        Chart::Periods => {
            let vague = stats.possibly.iter().any(|count| *count > 0);
            let pale = if vague {
                " Only outlined: dated too coarsely, or with doubt; each stands in every one in which it may have begun."
            } else {
                ""
            };
            format!("Of the {all} in sight, those that began in each {}.{pale}", period_words(stats.step))
        }
        Chart::Growth => {
            let vague = stats.growth.iter().any(|count| count.certain != count.possible);
            let band = if vague { " Between the lines: it depends on dates that are not exact." } else { "" };
            format!("Of the {all} in sight, those that had begun.{band}")
        }
        Chart::Lengths => {
            let none = counted(stats.without_length as u64, "event");
            format!("Fainter: may have lasted as long. {none} in sight with a date alone, which tells no length.")
        }
        Chart::Week => {
            let none = match stats.without_day {
                0 => String::new(),
                count => format!(" {} in sight began on a day that is not known.", counted(count as u64, "event")),
            };
            format!("When they began, by the clock of the axis.{none}")
        }
    };
    words + &called_off
}

pub(super) fn period_words(step: Step) -> String {
    let known = PERIODS.iter().find(|(_, own)| *own == step);
    known.map_or_else(|| format!("{} years", grouped(step.count as usize)), |(name, _)| name.to_lowercase())
}

/// A period as a search writes it.
pub(super) fn term(span: Span, step: Step) -> String {
    let last = TimePoint::from_nanos_clamped(span.end().as_nanos() - 1);
    let (from, to) = (span.start().date(), last.date());
    match (step.unit, step.count) {
        (Unit::Hour, _) => {
            let hour = span.start().second_of_day() / 3_600;
            format!("{}T{hour:02}", Date::from_day(from))
        }
        (Unit::Day, _) => Date::from_day(from).to_string(),
        (Unit::Month, 1) => {
            let day = Date::from_day(from).to_string();
            day.rsplit_once('-').map_or_else(|| day.clone(), |(month, _)| month.to_owned())
        }
        (Unit::Year, 1) => Date::from_year(from.year).to_string(),
        (Unit::Year, _) => {
            let year = |date: CivilDate| Endpoint::Date(Date::from_year(date.year));
            Edtf::Interval(year(from), year(to)).to_string()
        }
        _ => {
            let day = |date| Endpoint::Date(Date::from_day(date));
            Edtf::Interval(day(from), day(to)).to_string()
        }
    }
}

/// A period in words.
pub(super) fn words(span: Span, step: Step) -> String {
    Edtf::parse(&term(span, step)).map_or_else(|_| word_short(span), |edtf| word_edtf(&edtf, None))
}

/// A moment on the axis of a chart, as finely as so many seconds of it call for.
pub(super) fn axis_words(point: TimePoint, shown: f64) -> String {
    const DAY: f64 = 86_400.0;
    let date = point.date();
    match shown {
        shown if shown > 20.0 * 365.0 * DAY => crate::time::word_year(date.year),
        shown if shown > 2.0 * DAY => {
            let words = word_edtf(&Edtf::Date(Date::from_day(date)), None);
            if shown > 200.0 * DAY {
                words.split_once(' ').map_or(words.clone(), |(_, rest)| rest.to_owned())
            } else {
                words
            }
        }
        _ => {
            let second = point.second_of_day();
            let clock = format!("{:02}:{:02}", second / 3_600, second / 60 % 60);
            if shown > 600.0 { clock } else { format!("{clock}:{:02}", second % 60) }
        }
    }
}

pub(super) fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
