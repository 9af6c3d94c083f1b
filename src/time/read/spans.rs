//! Dates that are a stretch of time by name: seasons, quarters, halves, weeks, fiscal years, centuries, millennia.

use super::cursor::Cursor;
use super::lexer::Number;
use super::partial::{Partial, Special, Unit};
use super::words::Sense;
use super::{NO_FORM, Reason};
use crate::time::{Month, Season, Year, YearForm};

impl Cursor<'_> {
    /// A word that is no month: "spring 2022", "Q3 2024", "first half of 2024", "FY2023", "week 21 of 2022".
    pub(super) fn named_part(&mut self) -> Result<Partial, Reason> {
        let sense = self.sense(0).ok_or(NO_FORM)?;
        self.skip(1);
        match sense {
            Sense::Season(code) => self.of_season(Season::new(code), "season of a year"),
            Sense::LetterQ | Sense::LetterH => {
                let number = self.number(0).filter(|number| number.digits == 1).ok_or(NO_FORM)?;
                self.skip(1);
                self.pass("-/");
                self.of_season(part_of_year(sense, number.value), "quarter or half of a year")
            }
            Sense::Quarter | Sense::Half => {
                let number = self.number(0).filter(|number| number.digits == 1).ok_or(NO_FORM)?;
                self.skip(1);
                self.of_season(part_of_year(sense, number.value), "quarter or half of a year")
            }
            Sense::Count(count) => self.counted(i64::from(count)),
            Sense::Week => {
                let week = self.number(0).filter(|number| number.digits <= 2).ok_or(NO_FORM)?;
                self.skip(1);
                self.pass("/-");
                let year = self.full_year()?.ok_or(NO_FORM)?;
                let special = Some(Special::Week(year.value(), week.value));
                Ok(Partial { special, ..Partial::default() })
            }
            Sense::Fiscal => self.fiscal(),
            // "令和4年10月4日"
            Sense::Reign(before, years) => {
                let year = self.number(0).filter(|number| number.digits <= 2).ok_or(NO_FORM)?;
                let last = if years == 0 { i64::MAX } else { i64::from(years) };
                if self.sense(1) != Some(Sense::Year) || !(1..=last).contains(&year.value) {
                    return Err(NO_FORM);
                }
                let value = i64::from(before) + year.value;
                let out = self.cjk(Number { value, ..year })?;
                // Japan counted months by the moon until the end of 1872.
                if value < 1873 && out.month.is_some() {
                    return Err("before 1873 Japan counted months by the moon; write the day as 1872-11-04");
                }
                Ok(out)
            }
            _ => Err(NO_FORM),
        }
    }

    pub(super) fn of_season(&mut self, season: Option<Season>, rule: &'static str) -> Result<Partial, Reason> {
        let month = Some(Month::Season(season.ok_or("a year has four quarters and two halves")?));
        let mut out = Partial { month, rule, ..Partial::default() };
        if self.pass("'") {
            self.short_year(&mut out)?;
        } else {
            out.year = self.full_year()?;
        }
        // A winter of two years begins in the first: "winter 2021/22".
        if let (Some('-' | '/' | '–'), Some(number), Some(year)) = (self.sign(0), self.number(1), out.year) {
            let next = year.value() + 1;
            let same = if number.digits == 2 { number.value == next % 100 } else { number.value == next };
            if season == Some(Season::WINTER) && same && self.rest.len() == 2 {
                self.skip(2);
            }
        }
        Ok(out)
    }

    /// "FY2023", "FY23", "fiscal year 2023", "FY2023/24".
    fn fiscal(&mut self) -> Result<Partial, Reason> {
        self.skip(usize::from(self.sense(0) == Some(Sense::Year)));
        let quote = self.pass("'");
        let first = match self.number(0) {
            Some(number) if number.digits == 4 && !quote => number.value,
            Some(number) if number.digits == 2 => self.reader.two_digit_year(number.value),
            _ => return Err(NO_FORM),
        };
        self.skip(1);
        let mut last = first;
        if self.sign(0).is_some_and(|sign| "/-–".contains(sign)) && self.rest.len() > 1 {
            last = match self.number(1) {
                Some(number) if number.digits == 2 => first.div_euclid(100) * 100 + number.value,
                Some(number) if number.digits == 4 => number.value,
                _ => return Err(NO_FORM),
            };
            if last != first + 1 {
                return Err("a fiscal year ends in the year after its first");
            }
            self.skip(2);
        }
        Ok(Partial { special: Some(Special::Fiscal(first, last)), ..Partial::default() })
    }

    /// "19th century", "2nd millennium BC", "3rd quarter of 2024", "first half of 2024".
    pub(super) fn counted(&mut self, count: i64) -> Result<Partial, Reason> {
        let sense = self.sense(0).ok_or(NO_FORM)?;
        self.skip(1);
        let index = u64::try_from(count - 1).map_err(|_| NO_FORM)?;
        match sense {
            Sense::Quarter | Sense::Half => self.of_season(part_of_year(sense, count), "quarter or half of a year"),
            Sense::Century | Sense::LetterC if index <= 99 => Ok(Partial {
                year: Year::hundred(count - 1, self.sense(0) == Some(Sense::Bce)),
                unit: Unit::Century,
                rule: "century",
                ..Partial::default()
            }),
            Sense::Millennium if index <= 9 => Ok(Partial {
                year: Year::from_parts(index * 1_000, false, 0b111, YearForm::Plain, 0),
                unit: Unit::Millennium,
                rule: "millennium",
                ..Partial::default()
            }),
            _ => Err(NO_FORM),
        }
    }
}

pub(super) fn part_of_year(sense: Sense, number: i64) -> Option<Season> {
    let number = u8::try_from(number).ok()?;
    if matches!(sense, Sense::LetterQ | Sense::Quarter) { Season::quarter(number) } else { Season::half(number) }
}
