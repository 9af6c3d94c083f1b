//! What one side of a phrase says of a date: perhaps too little for one, until its neighbour lends the rest.

use super::iso::week_of;
use super::lexer::Number;
use super::{NO_FORM, NO_SUCH_DAY, OrderSeen, Precision, Reading, Reason, SEVERAL_ZONES, Sureness};
use crate::time::{CivilDate, Date, Day, Edtf, Month, Qualifier, SetPart, TimeOfDay, Year, days_in_month};

/// A date that may lack parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Partial {
    pub(super) year: Option<Year>,
    /// The text names the era.
    pub(super) era: bool,
    /// What the year counts: a century, a decade.
    pub(super) unit: Unit,
    pub(super) month: Option<Month>,
    pub(super) day: Option<Day>,
    pub(super) time: Option<TimeOfDay>,
    pub(super) qualifier: Qualifier,
    pub(super) part: Option<Part>,
    /// A number of one or two digits that a neighbour makes a day or a year.
    pub(super) bare: Option<Number>,
    /// Month and day the other way round, where both are possible.
    pub(super) swapped: Option<(u8, u8)>,
    pub(super) special: Option<Special>,
    pub(super) weekday: Option<u8>,
    pub(super) assumed: bool,
    /// Its time names a zone by an abbreviation that several have.
    pub(super) unzoned: bool,
    pub(super) order: Option<OrderSeen>,
    pub(super) rule: &'static str,
}

/// What a year's digits count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    #[default]
    Year,
    Decade,
    Century,
    Millennium,
}

/// A third of something: "early", "mid", "late".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// What no single EDTF date can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    /// A week of a year.
    Week(i64, i64),
    /// A fiscal year that begins in the first and ends in the second.
    Fiscal(i64, i64),
}

impl Partial {
    pub(super) fn of_year(year: i64, rule: &'static str) -> Self {
        Self { year: Some(Year::new(year)), rule, ..Self::default() }
    }

    /// The date, if it has all that a date needs.
    pub(super) fn date(&self) -> Result<Date, Reason> {
        let year = match (self.year, self.month, self.bare) {
            (Some(year), _, None) => year,
            // A month in a year that is not said.
            (None, Some(_), None) => {
                Year::from_parts(0, false, 0b1111, crate::time::YearForm::Plain, 0).ok_or(NO_FORM)?
            }
            (None, None, Some(number)) if !number.ordinal => Year::new(number.value),
            _ => return Err(NO_FORM),
        };
        let mut date = Date { month: self.month, day: self.day, time: self.time, ..Date::of(year) };
        if let (None, Some(_)) = (date.month, date.day) {
            return Err(NO_FORM);
        }
        if !matches!(date.day, Some(Day::Number(_))) && date.time.is_some() {
            return Err("a time needs a day");
        }
        if !date.exists() {
            return Err(NO_SUCH_DAY);
        }
        date = date.qualified(self.qualifier);
        match (self.weekday, date.year.is_exact(), date.month, date.day) {
            (Some(weekday), true, Some(Month::Number(month)), Some(Day::Number(day))) => {
                let days = CivilDate { year: date.year.value(), month, day }.days_since_epoch();
                // 1970-01-01 was a Thursday, 4 from Sunday.
                let matches = (days + 4).rem_euclid(7) == i64::from(weekday);
                Ok(if matches { date } else { date.qualified(Qualifier::UNCERTAIN) })
            }
            (Some(_), ..) if self.day.is_none() => Err(NO_FORM),
            _ => Ok(date),
        }
    }

    /// The far edge of a part of something, or the day of a time, which a limit must not leave out; `None` where the date
    /// itself is the limit. `late`: the edge is the early one, for "after".
    pub(super) fn outer(&self, date: &Date, late: bool) -> Option<Date> {
        if date.time.is_some() {
            return Some(Date { time: None, ..*date });
        }
        match self.part?.of(date)? {
            SetPart::Range(a, b) => Some(if late { a } else { b }),
            _ => None,
        }
    }

    /// The reading of a text that says nothing else.
    pub(super) fn reading(&self) -> Result<Reading, Reason> {
        if let Some(special) = self.special {
            let reading = special.reading().ok_or(NO_SUCH_DAY)?;
            let edtf = reading.edtf.map(&|date| date.qualified(self.qualifier));
            let doubt = Reading::plain(edtf.clone(), reading.rule).sureness;
            return Ok(Reading { edtf, ..reading }.sure(doubt));
        }
        if self.bare.is_some() {
            return Err(NO_FORM);
        }
        let date = self.date()?;
        let mut reading = match self.part {
            None => Reading::plain(Edtf::Date(date), self.rule),
            Some(part) => {
                let precision = Some(date.precision());
                let edtf = Edtf::OneOf(vec![part.of(&date).ok_or("nothing has such a part")?]);
                Reading { precision, ..Reading::plain(edtf, "part of a month, year, decade or century, by thirds") }
            }
        };
        if let Some((month, day)) = self.swapped {
            let other = Date { month: Some(Month::Number(month)), day: Some(Day::Number(day)), ..date };
            let (a, b) = if date.window().start() < other.window().start() { (date, other) } else { (other, date) };
            reading.edtf = Edtf::OneOf(vec![SetPart::Date(a), SetPart::Date(b)]);
            reading = reading.sure(Sureness::Ambiguous);
        }
        if self.assumed {
            reading = reading.sure(Sureness::Assumed);
        }
        if self.weekday.is_some() && date.qualifiers.any().uncertain && !self.qualifier.uncertain {
            reading.rule = "the weekday is that of another day";
        }
        let left_out = self.unzoned.then_some(SEVERAL_ZONES);
        Ok(Reading { order: self.order, left_out, ..reading })
    }
}

impl Special {
    fn reading(self) -> Option<Reading> {
        match self {
            Self::Week(year, week) => week_of(year, week, "week of a year (ISO 8601)"),
            Self::Fiscal(first, last) => {
                // Fiscal years are named by their first or their last year and begin in April, July or October.
                let month = |year, month| Date { month: Some(Month::Number(month)), ..Date::from_year(year) };
                let edtf = if first == last {
                    Edtf::OneOf(vec![SetPart::Range(month(first - 1, 4), month(first + 1, 3))])
                } else {
                    Edtf::OneOf(vec![SetPart::Range(month(first, 4), month(last, 9))])
                };
                let rule = "fiscal year: countries begin it in April, July or October, and name it by either year";
                let reading = Reading { precision: Some(Precision::Year), ..Reading::plain(edtf, rule) };
                Some(reading.sure(Sureness::Ambiguous))
            }
        }
    }
}

impl Part {
    /// The third of a month, year, decade or century, with `~` at both ends: where it begins and ends is convention.
    fn of(self, date: &Date) -> Option<SetPart> {
        let third = |early: (i64, i64), mid: (i64, i64), late: (i64, i64)| match self {
            Self::Early => early,
            Self::Mid => mid,
            Self::Late => late,
        };
        let years = |(a, b): (i64, i64)| {
            let (first, _) = date.year.range();
            (Date::from_year(first + a), Date::from_year(first + b))
        };
        let (a, b) = match (date.precision(), date.month, date.day) {
            (Precision::Month, Some(Month::Number(month)), None) => {
                let last = days_in_month(date.year.value(), month);
                let (from, to) = third((1, 10), (11, 20), (21, i64::from(last)));
                let day = |day: i64| Date { day: Some(Day::Number(day as u8)), ..*date };
                (day(from), day(to))
            }
            (Precision::Year, None, _) => {
                let (from, to) = third((1, 4), (5, 8), (9, 12));
                let month = |month: i64| Date { month: Some(Month::Number(month as u8)), ..*date };
                (month(from), month(to))
            }
            (Precision::Decade, None, _) => years(third((0, 3), (4, 6), (7, 9))),
            (Precision::Century, None, _) => years(third((0, 33), (34, 66), (67, 99))),
            (Precision::Millennium, None, _) => years(third((0, 333), (334, 666), (667, 999))),
            _ => return None,
        };
        let doubt = date.qualifiers.any().or(Qualifier::APPROXIMATE);
        Some(SetPart::Range(a.qualified(doubt), b.qualified(doubt)))
    }
}

/// Lends each side what the other has and it lacks: "24–26 May 2022", "17th–19th century", "300–201 BC", "1910–30".
pub(super) fn complete(a: &mut Partial, b: &mut Partial) -> Result<(), Reason> {
    bare_before(a, b);
    bare_after(a, b)?;
    let (before, after) = (*a, *b);
    for (from, to) in [(after, &mut *a), (before, &mut *b)] {
        if to.year.is_none() && to.month.is_some() && to.bare.is_none() {
            to.year = from.year;
            to.era |= from.era;
        }
    }
    if b.era && !a.era && b.year.is_some_and(Year::is_before_christ) && a.unit == Unit::Year {
        a.year = a.year.filter(|year| year.is_exact()).map(|year| Year::new(1 - year.value())).or(a.year);
        a.era = true;
    }
    Ok(())
}

fn bare_before(a: &mut Partial, b: &Partial) {
    let Some(number) = a.bare else { return };
    let value = number.value;
    match b.unit {
        Unit::Century => {
            let negative = b.year.is_some_and(Year::is_negative);
            a.year = Year::hundred(value - 1, negative);
            a.unit = Unit::Century;
        }
        _ if b.day.is_some() => {
            (a.day, a.month, a.year, a.era) = (Some(Day::Number(number.value as u8)), b.month, b.year, b.era);
        }
        // "44–30 BC"
        _ if b.era && b.month.is_none() && b.year.is_some_and(Year::is_exact) => a.year = Some(Year::new(value)),
        _ => return,
    }
    a.bare = None;
}

fn bare_after(a: &Partial, b: &mut Partial) -> Result<(), Reason> {
    let Some(number) = b.bare else { return Ok(()) };
    match (a.year, a.month, a.day) {
        (year, Some(month), Some(Day::Number(_))) => {
            b.day = Some(Day::Number(number.value as u8));
            b.month = Some(month);
            b.year = b.year.or(year);
        }
        (Some(year), None, None) if year.is_exact() && number.digits == 2 && b.year.is_none() => {
            if a.era || year.value() <= 0 {
                return Err("a year before the era is written in full");
            }
            let value = year.value().div_euclid(100) * 100 + number.value;
            b.year = Some(Year::new(value));
        }
        _ => return Err(NO_FORM),
    }
    b.bare = None;
    Ok(())
}
