//! How the dates of a column are read: what all its cells together prove, and what was made of them.
//!
//! A cell such as `5/6/2022` does not tell day from month; the cells beside it may. The order of a column is that
//! which its unambiguous cells prove. Where they prove none, or contradict each other, an ambiguous cell is kept as
//! both of its dates, and the ledger says so. Whatever the files prove, a user's choice goes first.

use super::choices::Choices;
use super::recognise::is_birth;
use crate::time::{Date, DateOrder, Edtf, EpochUnit, OrderSeen, Precision, Reader, Reading, Sureness};
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
    forms: Forms,
    /// Some cell of a date column tells of a year before our era, so that two digits are a year of the first century.
    pub ancient: bool,
    /// Its bare negative years are years BCE as people count them: none of its cells is a year 0.
    pub without_zero: bool,
    /// What its numbers count since 1970, where nearly all of its cells are such numbers.
    pub epoch: Option<EpochUnit>,
    /// The pivot was chosen, and holds whatever the cells tell.
    #[serde(skip)]
    pivot_chosen: bool,
    /// A rule, and how many cells in a row it has read that are not in `rules` yet.
    #[serde(skip)]
    run: (&'static str, u64),
}

/// How a column writes dates, where a cell alone does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Forms {
    /// EDTF's codes of seasons are meant.
    season_codes: bool,
    /// Most cells are known to the day and hardly any is a bare number, so that one is no year.
    whole: bool,
    /// Six digits are year, month and day.
    yymmdd: bool,
}

/// What the cells of a date column, or of a part of it, tell of how they are to be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    cells: u64,
    day_first: u64,
    month_first: u64,
    ambiguous: u64,
    season_codes: bool,
    /// Cells that tell of a year before our era.
    before_era: u64,
    /// Cells that are a bare negative year, and those that show that a year 0 is counted: zeros, and EDTF's four digits.
    negative: u64,
    with_zero: u64,
    /// Cells known to the day.
    days: u64,
    /// Cells that are a number, and those of them that have as many digits as moments of today in each unit.
    numbers: u64,
    epochs: [u64; 4],
    /// Cells of one to three digits.
    bare: u64,
    /// Cells of six digits that make only a day, and those that make only a month.
    six_days: u64,
    six_months: u64,
    /// Which years are written with two digits, a bit for each, and how many cells.
    two_digits: u128,
    two_digit_cells: u64,
}

/// The units of [`Evidence::epochs`].
const UNITS: [EpochUnit; 4] =
    [EpochUnit::Seconds, EpochUnit::Milliseconds, EpochUnit::Microseconds, EpochUnit::Nanoseconds];

impl Evidence {
    /// Looks at a cell; `reader` knows no order.
    pub(super) fn see(&mut self, cell: &str, reader: Reader) {
        self.cells += 1;
        self.season_codes |= is_marked_edtf(cell);
        let before = may_be_before_our_era(cell) && reader.read(cell).is_ok_and(|reading| is_ancient(&reading.edtf));
        self.before_era += u64::from(before);
        self.see_form(cell, reader);
        match order_of(cell, reader) {
            None => {}
            Some(OrderSeen::DayFirst) => self.day_first += 1,
            Some(OrderSeen::MonthFirst) => self.month_first += 1,
            Some(OrderSeen::Either) => self.ambiguous += 1,
        }
    }

    /// Takes the form of a cell into account, as far as it decides how others are read.
    fn see_form(&mut self, cell: &str, reader: Reader) {
        let bytes = cell.as_bytes();
        let number = !bytes.is_empty()
            && bytes.iter().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(byte))
            && cell.parse::<f64>().is_ok();
        let digits_of = cell.strip_prefix(['-', '−']);
        let zero = bytes.iter().all(|byte| *byte == b'0') || digits_of.is_some_and(|digits| digits.starts_with('0'));
        self.with_zero += u64::from(!bytes.is_empty() && zero);
        self.negative += u64::from(digits_of.is_some_and(is_bare_year) && !zero);
        if number {
            self.numbers += 1;
            if let Some(unit) = EpochUnit::of_digits(cell) {
                self.epochs[unit as usize] += 1;
            }
        }
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let six = bytes.len() == 6 && digits == 6;
        // Few others are no whole date, or write their year in full.
        let year_in_full = bytes.split(|byte| !byte.is_ascii_digit()).any(|run| run.len() > 2);
        self.bare += u64::from(number && digits == bytes.len() && digits <= 3);
        if number && !six {
            return;
        }
        let Ok(reading) = reader.read(cell) else { return };
        self.days += u64::from(reading.precision >= Some(Precision::Day));
        if six {
            let day = reading.precision >= Some(Precision::Day);
            self.six_days += u64::from(day && reading.sureness != Sureness::Ambiguous);
            self.six_months += u64::from(!day && reading.sureness != Sureness::Ambiguous);
        }
        let assumed = reading.sureness == Sureness::Assumed || reading.order.is_some();
        if assumed
            && (!year_in_full || six)
            && let Some(date) = reading.edtf.dates().next()
        {
            self.two_digits |= 1 << date.year.value().rem_euclid(100);
            self.two_digit_cells += 1;
        }
    }

    /// What numbers count, if nearly all cells are numbers and most have as many digits as a clock shows today.
    fn epoch(&self) -> Option<EpochUnit> {
        let most = (0..UNITS.len()).max_by_key(|at| self.epochs[*at])?;
        let count = self.epochs[most];
        (count > 0 && count * 2 >= self.numbers && self.numbers * 10 >= self.cells * 9).then(|| UNITS[most])
    }

    /// The last year of two digits that is of the 2000s: none that would lie in the future, unless it follows closely upon
    /// this year. The usual pivot, where nothing speaks against it.
    fn pivot(&self, this_year: i64, births: bool) -> u8 {
        /// Years that plans go ahead without one between.
        const AHEAD: u8 = 3;
        let this = this_year.rem_euclid(100) as u8;
        let mut last = this;
        for year in this + 1..=Reader::PIVOT.max(this) {
            if self.two_digits >> year & 1 == 1 {
                if births || year - last > AHEAD {
                    return last;
                }
                last = year;
            }
        }
        Reader::PIVOT
    }

    /// Takes a cell into account that says a date as EDTF has it, which tells nothing of any order.
    pub(super) fn see_plain(&mut self) {
        self.cells += 1;
        self.days += 1;
    }

    /// Adds what another part of the column tells.
    pub(super) fn add(&mut self, other: &Self) {
        self.cells += other.cells;
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.ambiguous += other.ambiguous;
        self.season_codes |= other.season_codes;
        self.before_era += other.before_era;
        self.negative += other.negative;
        self.with_zero += other.with_zero;
        self.days += other.days;
        self.numbers += other.numbers;
        self.epochs.iter_mut().zip(other.epochs).for_each(|(own, other)| *own += other);
        self.bare += other.bare;
        self.six_days += other.six_days;
        self.six_months += other.six_months;
        self.two_digits |= other.two_digits;
        self.two_digit_cells += other.two_digit_cells;
    }
}

/// The accounts of a file's date columns, by name and evidence. What one column proves also serves those of its
/// neighbours that prove nothing.
pub(super) fn settle<'a>(
    columns: impl Iterator<Item = (&'a str, &'a Evidence)>,
    choices: &Choices,
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

/// Whether some date is of a year before our era.
fn is_ancient(edtf: &Edtf) -> bool {
    edtf.dates().any(|date| date.year.value() < 1)
}

/// Whether a cell may tell of a year before our era, "490 BCE", "44 B.C.", "-0489": most need not be read to see that they
/// do not.
fn may_be_before_our_era(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let era = |at: usize| {
        let (b, c) = (bytes[at].eq_ignore_ascii_case(&b'b'), bytes.get(at + 1).or(Some(&b' ')));
        let c = if c == Some(&b'.') { bytes.get(at + 2) } else { c };
        let alone = at > 0 && (bytes[at - 1] == b' ' || bytes[at - 1].is_ascii_digit());
        b && alone && c.is_some_and(|c| c.eq_ignore_ascii_case(&b'c'))
    };
    matches!(bytes, [b'-', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', ..]) || (0..bytes.len()).any(era)
}

/// Samples that are kept of a column.
const SAMPLES: usize = 12;

impl DateColumn {
    /// The account of a column whose cells tell this, before any is read for good.
    fn of(column: &str, evidence: &Evidence, choices: &Choices) -> Self {
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
            forms: Forms {
                season_codes: evidence.season_codes || column.eq_ignore_ascii_case("edtf"),
                whole: evidence.cells >= 4
                    && evidence.days * 10 >= evidence.cells * 6
                    && evidence.bare * 20 <= evidence.cells.max(20),
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
    pub fn reader(&self, choices: &Choices) -> Reader {
        Reader {
            order: self.order,
            season_codes: self.forms.season_codes,
            ancient: self.ancient && choices.pivot.is_none(),
            pivot: self.pivot,
            epoch: self.epoch,
            without_zero: self.without_zero,
            whole: self.forms.whole,
            yymmdd: self.forms.yymmdd,
            ..choices.reader()
        }
    }

    /// The reader that this column's cells would get under other choices.
    #[must_use]
    pub fn reader_under(&self, choices: &Choices) -> Reader {
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
        let mut rules = Vec::new();
        if serials > 0 {
            rules.push("bare numbers of five digits are a spreadsheet's days".to_owned());
        }
        if digits > 0 && self.assumed > serials {
            rules.push("numbers of twelve digits are year, month, day, hour and minute".to_owned());
        }
        if self.assumed > serials + digits {
            rules.push(if self.ancient && !self.pivot_chosen {
                "years of two digits are those of the first century, beside years before our era".to_owned()
            } else {
                format!("two-digit years up to {:02} are of the 2000s, later ones of the 1900s", self.pivot)
            });
        }
        Some(format!("{cells} completed by rule: {}", rules.join("; ")))
    }
}

/// Whether digits are a year of people's history: few, and not filled up with zeros.
pub(super) fn is_bare_year(digits: &str) -> bool {
    (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}

/// Whether a cell can only be meant as EDTF.
fn is_marked_edtf(cell: &str) -> bool {
    cell.len() <= 40
        && (cell.ends_with(['~', '%', '/'])
            || cell.starts_with(['[', '{'])
            || cell.as_bytes().windows(2).any(|pair| pair == b".." || pair == b"XX"))
}

/// What a cell tells of the order, if it is a numeric date at all: a few bytes decide for all others.
fn order_of(cell: &str, reader: Reader) -> Option<OrderSeen> {
    let bytes = cell.as_bytes();
    let sign = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'/' | b'-' | b'.'));
    let starts = bytes.first()?.is_ascii_digit() && (sign(1) || (bytes.get(1)?.is_ascii_digit() && sign(2)));
    if !starts {
        return None;
    }
    reader.read(cell).ok()?.order
}
