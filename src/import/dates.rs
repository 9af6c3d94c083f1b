//! How the dates of a column are read: what all its cells together prove, and what was made of them.
//!
//! A cell such as `5/6/2022` does not tell day from month; the cells beside it may. The order of a column is that
//! which its unambiguous cells prove. Where they prove none, or contradict each other, an ambiguous cell is kept as
//! both of its dates, and the ledger says so. Whatever the files prove, a user's choice goes first.

use super::choices::DateChoices;
use super::evidence::Evidence;
use super::recognise::{calendar_named, is_birth};
use crate::time::{Calendar, Date, DateOrder, EpochUnit, Reader, Reading, Sureness};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Why a column's numeric dates are read in the order that they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderBasis {
    /// There is no numeric date whose order matters.
    NotNeeded,
    /// Its own cells prove it.
    Proved,
    /// Another date column of the file proves it.
    Neighbour,
    /// The user chose it.
    Chosen,
    /// Nothing proves any; ambiguous cells are kept as both dates.
    Unproved,
    /// Some cells prove one and some the other; ambiguous cells are kept as both dates.
    Contradicted,
}

/// The account of a column of dates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateColumn {
    /// The column's name in the file.
    pub column: String,
    /// Cells that hold something.
    pub cells: u64,
    /// Of these, cells that were read as dates (or as saying that there is none).
    pub read: u64,
    /// Cells by the rule that read them.
    pub rules: BTreeMap<&'static str, u64>,
    /// Cells that only make a date with the day first.
    pub day_first: u64,
    /// Cells that only make a date with the month first.
    pub month_first: u64,
    /// Cells that make a date either way, and not the same.
    pub ambiguous: u64,
    /// The order in which ambiguous cells were read, if any.
    pub order: Option<DateOrder>,
    /// Why.
    pub basis: OrderBasis,
    /// Cells whose century, epoch or the like a rule assumed.
    pub assumed: u64,
    /// The last two-digit year that is of the 2000s.
    pub pivot: u8,
    /// The zone that times without an offset were declared to be in.
    #[serde(serialize_with = "zone_name")]
    pub zone: Option<crate::time::Zone>,
    /// Times that name no one moment in that zone and stay without an offset: its clock showed them twice or never, or
    /// differed from UTC by no whole minute.
    pub without_zone: u64,
    /// Cells as they stand in the file, those first that are ambiguous, assumed or not read.
    pub samples: Vec<String>,
    /// Cells with a time that has an offset.
    #[serde(skip)]
    instants: u64,
    /// Cells with a time that has none.
    #[serde(skip)]
    civil_times: u64,
    /// Which of the samples are those.
    #[serde(skip)]
    telling: Vec<bool>,
    #[serde(skip)]
    forms: DateForms,
    /// Some cell of a date column tells of a year before our era, so that two digits are a year of the first century.
    pub ancient: bool,
    /// Its bare negative years are years BCE as people count them: none of its cells is a year 0.
    pub without_zero: bool,
    /// What its numbers count since 1970, where nearly all of its cells are such numbers.
    pub epoch: Option<EpochUnit>,
    /// The calendar of its dates that name none, where it is not the Gregorian: chosen, or named by the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Calendar>,
    /// The pivot was chosen, and holds whatever the cells tell.
    #[serde(skip)]
    pivot_chosen: bool,
    /// A rule, and how many cells in a row it has read that are not in `rules` yet.
    #[serde(skip)]
    run: (&'static str, u64),
}

/// How a column writes dates, where a cell alone does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a form by itself, which the cells show or not")]
struct DateForms {
    /// EDTF's codes of seasons are meant.
    season_codes: bool,
    /// Most cells are known to the day and hardly any is a bare number, so that one is no year.
    whole: bool,
    /// Six digits are year, month and day.
    yymmdd: bool,
    /// Years have decimals.
    decimal_years: bool,
}

/// The accounts of a file's date columns, by name and evidence. What one column proves also serves those of its
/// neighbours that prove nothing.
pub(super) fn settle<'a>(
    columns: impl Iterator<Item = (&'a str, &'a Evidence)>,
    choices: DateChoices,
) -> Vec<DateColumn> {
    let columns: Vec<(&str, &Evidence)> = columns.collect();
    let mut accounts: Vec<DateColumn> =
        columns.iter().map(|(name, evidence)| DateColumn::of(name, evidence, choices)).collect();
    let proved = accounts.iter().filter(|own| own.basis == OrderBasis::Proved);
    let mut proved: Vec<DateOrder> = proved.filter_map(|own| own.order).collect();
    proved.dedup();
    if let [order] = proved.as_slice() {
        for own in &mut accounts {
            own.lean_on(*order);
        }
    }
    // One date before our era does not make years of two digits ancient.
    let sum = |of: fn(&Evidence) -> u64| columns.iter().map(|(_, evidence)| of(evidence)).sum::<u64>();
    let before_era = sum(|own| own.before_era);
    let without_zero = !choices.astronomical && sum(|own| own.negative) > 0 && sum(|own| own.with_zero) == 0;
    for own in &mut accounts {
        own.without_zero = without_zero;
    }
    let ancient = before_era > 0 && before_era * 2 >= sum(|own| own.two_digit_cells);
    for own in &mut accounts {
        own.ancient = ancient;
    }
    accounts
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn zone_name<S: Serializer>(zone: &Option<crate::time::Zone>, out: S) -> Result<S::Ok, S::Error> {
    zone.map(crate::time::Zone::name).serialize(out)
}

/// Samples that are kept of a column.
const SAMPLES: usize = 12;

impl DateColumn {
    /// The account of a column whose cells tell this, before any is read for good.
    fn of(column: &str, evidence: &Evidence, choices: DateChoices) -> Self {
        let mut out = Self {
            column: column.to_owned(),
            cells: evidence.cells,
            read: 0,
            rules: BTreeMap::new(),
            day_first: evidence.day_first,
            month_first: evidence.month_first,
            ambiguous: evidence.ambiguous,
            order: choices.order,
            basis: if choices.order.is_some() { OrderBasis::Chosen } else { OrderBasis::NotNeeded },
            assumed: 0,
            pivot: choices.pivot.unwrap_or_else(|| evidence.pivot(crate::time::now().date().year, is_birth(column))),
            zone: choices.zone,
            without_zone: 0,
            samples: Vec::new(),
            instants: 0,
            civil_times: 0,
            telling: Vec::new(),
            run: ("", 0),
            ancient: false,
            without_zero: false,
            epoch: evidence.epoch(),
            pivot_chosen: choices.pivot.is_some(),
            calendar: choices.calendar.or_else(|| calendar_named(column)),
            forms: DateForms {
                season_codes: evidence.season_codes || column.eq_ignore_ascii_case("edtf"),
                whole: evidence.cells >= 4
                    && evidence.days * 10 >= evidence.cells * 6
                    && evidence.bare * 20 <= evidence.cells.max(20),
                decimal_years: evidence.decimal_years > 0 && evidence.numbers * 10 >= evidence.cells * 9,
                yymmdd: evidence.six_days > 0 && evidence.six_months == 0,
            },
        };
        if choices.order.is_none() {
            (out.order, out.basis) = match (out.day_first, out.month_first, out.ambiguous) {
                (0, 0, 0) => (None, OrderBasis::NotNeeded),
                (0, 0, _) => (None, OrderBasis::Unproved),
                (_, 0, _) => (Some(DateOrder::Dmy), OrderBasis::Proved),
                (0, _, _) => (Some(DateOrder::Mdy), OrderBasis::Proved),
                _ => (None, OrderBasis::Contradicted),
            };
        }
        out
    }

    /// Takes the order that another column of the file proves, where this one proves none.
    fn lean_on(&mut self, order: DateOrder) {
        if self.basis == OrderBasis::Unproved {
            (self.order, self.basis) = (Some(order), OrderBasis::Neighbour);
        }
    }

    /// The reader for this column's cells.
    #[must_use]
    pub fn reader(&self, choices: DateChoices) -> Reader {
        Reader {
            order: self.order,
            season_codes: self.forms.season_codes,
            ancient: self.ancient && choices.pivot.is_none(),
            pivot: self.pivot,
            epoch: self.epoch,
            without_zero: self.without_zero,
            whole: self.forms.whole,
            yymmdd: self.forms.yymmdd,
            decimal_years: self.forms.decimal_years,
            calendar: choices.calendar.or(self.calendar),
            ..choices.reader()
        }
    }

    /// The reader that this column's cells would get under other choices.
    #[must_use]
    pub fn reader_under(&self, choices: DateChoices) -> Reader {
        let proved = match (self.day_first, self.month_first, self.basis) {
            (_, _, OrderBasis::Neighbour) => self.order,
            (1.., 0, _) => Some(DateOrder::Dmy),
            (0, 1.., _) => Some(DateOrder::Mdy),
            _ => None,
        };
        let order = choices.order.or(proved);
        Reader { order, pivot: choices.pivot.unwrap_or(self.pivot), ..self.reader(choices) }
    }

    /// Counts what was made of a cell.
    pub(super) fn count(&mut self, cell: &str, reading: Option<&Reading>) {
        let Some(reading) = reading else {
            self.sample(cell, true);
            return;
        };
        self.read += 1;
        self.count_rule(reading.rule);
        self.count_times(reading.edtf.dates());
        self.assumed += u64::from(reading.sureness == Sureness::Assumed);
        self.sample(cell, reading.sureness >= Sureness::Assumed || reading.order.is_some());
    }

    /// Counts a cell that says a date as EDTF has it.
    pub(super) fn count_plain(&mut self, cell: &str, date: &Date) {
        self.count_times(std::iter::once(date));
        self.read += 1;
        self.count_rule("EDTF");
        self.sample(cell, false);
    }

    /// Counts a cell by what its times are.
    fn count_times<'d>(&mut self, mut dates: impl Iterator<Item = &'d Date> + Clone) {
        self.instants += u64::from(dates.clone().any(Date::is_instant));
        let civil = dates.any(|date| date.time.is_some() && !date.is_instant());
        self.civil_times += u64::from(civil);
        self.without_zone += u64::from(civil && self.zone.is_some());
    }

    /// Most cells of a column are read by the same rule, which need not be looked up each time.
    fn count_rule(&mut self, rule: &'static str) {
        if std::ptr::eq(self.run.0, rule) {
            self.run.1 += 1;
        } else {
            self.end_run();
            self.run = (rule, 1);
        }
    }

    /// Takes the run of cells of one rule into account.
    pub(super) fn end_run(&mut self) {
        let (rule, count) = std::mem::take(&mut self.run);
        if count > 0 {
            *self.rules.entry(rule).or_default() += count;
        }
    }

    fn sample(&mut self, cell: &str, telling: bool) {
        let room = if telling { SAMPLES } else { SAMPLES / 2 };
        if self.samples.len() < room && !self.samples.iter().any(|sample| sample == cell) {
            let cell: String = cell.chars().take(80).collect();
            self.samples.push(cell);
            self.telling.push(telling);
        }
    }

    /// Adds what was made of the cells of a later part of the column.
    pub(super) fn add(&mut self, part: &Self) {
        self.read += part.read;
        self.assumed += part.assumed;
        self.without_zone += part.without_zone;
        self.instants += part.instants;
        self.civil_times += part.civil_times;
        for (rule, count) in &part.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        for (cell, telling) in part.samples.iter().zip(&part.telling) {
            self.sample(cell, *telling);
        }
    }

    /// The order of day and month in a sentence: "212 cells prove day/month, 0 contradict, 41 are ambiguous; read as
    /// day/month". `None` where no cell asks for it.
    #[must_use]
    pub fn order_words(&self) -> Option<String> {
        if self.day_first + self.month_first + self.ambiguous == 0 {
            return None;
        }
        let (order, proving, against) = if self.order == Some(DateOrder::Mdy)
            || (self.order != Some(DateOrder::Dmy) && self.month_first > self.day_first)
        {
            (DateOrder::Mdy, self.month_first, self.day_first)
        } else {
            (DateOrder::Dmy, self.day_first, self.month_first)
        };
        let (verb, be) = (
            if proving == 1 { "cell proves" } else { "cells prove" },
            if self.ambiguous == 1 { "is" } else { "are" },
        );
        let contradict = if against == 1 { "contradicts" } else { "contradict" };
        let evidence =
            format!("{proving} {verb} {}, {against} {contradict}, {} {be} ambiguous", order.words(), self.ambiguous);
        let read = match (self.basis, self.order) {
            (OrderBasis::Chosen, Some(chosen)) => format!("read as {}, as chosen", chosen.words()),
            (OrderBasis::Neighbour, Some(order)) => {
                format!("read as {}, which another column of the file proves", order.words())
            }
            (OrderBasis::Contradicted, _) => {
                "the column contradicts itself; each ambiguous date is kept as both, choose an order to settle them"
                    .to_owned()
            }
            (OrderBasis::Unproved, _) => {
                "nothing proves an order; each ambiguous date is kept as both, choose an order to settle them"
                    .to_owned()
            }
            (_, Some(order)) => format!("read as {}", order.words()),
            (_, None) => "no order is needed".to_owned(),
        };
        Some(format!("{evidence}; {read}"))
    }

    /// The declared zone, and what it could not be applied to. `None` where no zone is declared.
    #[must_use]
    pub fn zone_words(&self) -> Option<String> {
        let zone = self.zone?.name();
        let all = format!("times without an offset are in {zone}");
        Some(match self.without_zone {
            0 => all,
            count => format!(
                "{all}, but {count} of them name no one moment there (the clock showed them twice or never, or it was \
                 before standard time) and stay without an offset"
            ),
        })
    }

    /// What is to be known of a column of negative years; `None` for any other.
    pub(super) fn era_words(&self) -> Option<String> {
        let any = self.without_zero && self.rules.contains_key("negative year, as a year BCE");
        any.then(|| "negative years are years BCE as people count them (−431 is 431 BCE); --astronomical-years counts a year 0".to_owned())
    }

    /// What is to be known of a column in which some times have an offset and some have none; `None` for any other.
    pub(super) fn mixed_words(&self) -> Option<String> {
        let (with, without) = (self.instants, self.civil_times);
        if with == 0 || without == 0 || self.zone.is_some() {
            return None;
        }
        let without = if without == 1 { "1 time has".to_owned() } else { format!("{without} times have") };
        Some(format!(
            "{without} no offset, taken as written, beside {with} with one, shown in UTC or the zone chosen; say with \
             --zone where those without were"
        ))
    }

    /// The calendar of its dates, in a sentence; `None` for the Gregorian.
    #[must_use]
    pub fn calendar_words(&self) -> Option<String> {
        let name = self.calendar?.name();
        Some(format!("dates are of the {name} calendar, shown by ours and kept as written; --calendar says another"))
    }

    /// What else was filled in: "3 cells were completed by rule: two-digit years 00–68 are 2000–2068, …". `None` where
    /// nothing was.
    #[must_use]
    pub fn assumed_words(&self) -> Option<String> {
        if self.assumed == 0 {
            return None;
        }
        let cells = if self.assumed == 1 { "1 cell was".to_owned() } else { format!("{} cells were", self.assumed) };
        let by = |word: &str| -> u64 {
            self.rules.iter().filter(|(rule, _)| rule.contains(word)).map(|(_, count)| *count).sum()
        };
        let digits = by("digits of year, month, day, hour");
        let serials: u64 =
            self.rules.iter().filter(|(rule, _)| rule.contains("serial")).map(|(_, count)| *count).sum();
        let hijri = by("Hijri");
        let mut rules = Vec::new();
        if hijri > 0 {
            rules.push(
                "Hijri dates are those of the calendar of Umm al-Qura, a day off where the moon was seen".to_owned(),
            );
        }
        if serials > 0 {
            rules.push("bare numbers of five digits are a spreadsheet's days".to_owned());
        }
        if digits > 0 && self.assumed > serials + hijri {
            rules.push("numbers of twelve digits are year, month, day, hour and minute".to_owned());
        }
        if self.assumed > serials + digits + hijri {
            rules.push(if self.ancient && !self.pivot_chosen {
                "years of two digits are those of the first century, beside years before our era".to_owned()
            } else {
                format!("two-digit years up to {:02} are of the 2000s, later ones of the 1900s", self.pivot)
            });
        }
        Some(format!("{cells} completed by rule: {}", rules.join("; ")))
    }
}
