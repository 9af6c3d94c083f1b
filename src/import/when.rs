//! The date of one record, from the cells that tell of it.

use super::choices::DateChoices;
use super::dates::DateColumn;
use super::evidence::Evidence;
use super::ledger::{Diagnostic, Outcome, shortened};
use super::place::Plan;
use super::raw::RawTable;
use crate::event::{Field, Plain, WRITTEN_DASH};
use crate::time::{
    self, CivilDate, Date, Duration, Edtf, Endpoint, Month, Qualifier, ReadError, Reader, Reading, SetPart, Zone,
};
use std::borrow::Cow;

/// What a record says of its time.
pub(super) struct Dated<'r> {
    pub(super) edtf: Edtf,
    pub(super) duration: Option<Duration>,
    pub(super) written: Cow<'r, str>,
}

/// The date columns of a file, each with its account, its reader and what its cells tell of how to read them.
pub(super) struct Dates {
    columns: Vec<DateCells>,
    /// For dates put together from columns of year, month and day.
    plain: Reader,
    /// The zone of times without an offset.
    zone: Option<Zone>,
    /// Whether times without an offset are kept as they are, no zone being declared.
    plain_times: bool,
    /// Whether all columns are of our calendar, as far as their dates name none.
    gregorian: bool,
}

struct DateCells {
    at: usize,
    account: DateColumn,
    evidence: Evidence,
    reader: Reader,
    /// The same without the order, for evidence.
    open_reader: Reader,
}

impl Dates {
    /// For columns at these places, to be read as their accounts say.
    pub(super) fn new(columns: &[(usize, DateColumn)], choices: DateChoices) -> Self {
        let cells = |(at, account): &(usize, DateColumn)| DateCells {
            at: *at,
            account: account.clone(),
            evidence: Evidence::default(),
            reader: account.reader(choices),
            open_reader: Reader { order: None, zone: None, ..choices.reader() },
        };
        let columns: Vec<DateCells> = columns.iter().map(cells).collect();
        Self {
            gregorian: columns.iter().all(|own| own.reader.calendar.is_none()),
            columns,
            plain: Reader { zone: None, ..choices.reader() },
            zone: choices.zone,
            plain_times: choices.reader().zone.is_none(),
        }
    }

    /// What was made of each column's cells, and what they tell.
    pub(super) fn finish(self) -> impl Iterator<Item = (DateColumn, Evidence)> {
        self.columns.into_iter().map(|mut column| {
            column.account.end_run();
            (column.account, column.evidence)
        })
    }

    /// Reads a cell of a column and counts it.
    fn read(&mut self, column: Option<usize>, cell: &str) -> Result<Reading, ReadError> {
        match self.columns.iter_mut().find(|own| Some(own.at) == column) {
            Some(own) => {
                own.evidence.see(cell, own.open_reader);
                let reading = own.reader.read(cell);
                own.account.count(cell, reading.as_ref().ok());
                reading
            }
            None => self.plain.read(cell),
        }
    }

    /// Counts a cell of a column that says a date as EDTF has it.
    fn count_plain(&mut self, column: Option<usize>, plain: &Plain<'_>) {
        if let Some(own) = self.columns.iter_mut().find(|own| Some(own.at) == column) {
            own.evidence.see_plain();
            own.account.count_plain(plain.text(), &plain.date);
        }
    }
}

/// What a cell says of its end of the event.
pub(super) enum EndReading {
    Nothing,
    /// That nobody knows.
    NotKnown,
    /// That it goes on.
    GoesOn,
    Date(Reading),
    /// Something that is no date.
    Unread(ReadError),
}

impl EndReading {
    fn of(reading: Result<Reading, ReadError>) -> Self {
        match reading {
            Err(ReadError::Empty) => Self::Nothing,
            Err(error) => Self::Unread(error),
            Ok(reading) => match reading.edtf {
                Edtf::Interval(Endpoint::Unknown, Endpoint::Unknown) => Self::NotKnown,
                Edtf::Interval(Endpoint::Unknown | Endpoint::Open, Endpoint::Open) => Self::GoesOn,
                _ => Self::Date(reading),
            },
        }
    }
}

/// What a record says of its start and its end, and the cells that say it.
struct RecordEnds<'r> {
    /// The field of the start.
    first: Field,
    start: EndReading,
    end: EndReading,
    start_text: Option<Cow<'r, str>>,
    end_text: Option<Cow<'r, str>>,
}

/// The day of a cell that is written as EDTF has it.
fn as_kept(said: &EndReading, cell: &str) -> Option<CivilDate> {
    match said {
        EndReading::Date(Reading { edtf: Edtf::Date(date), rule: "EDTF", .. }) if cell.len() == 10 => {
            date.plain_day()
        }
        _ => None,
    }
}

/// The year that databases write for what has no end.
const NO_END: i64 = 9_999;

fn is_no_end(reading: &Reading) -> bool {
    matches!(&reading.edtf, Edtf::Date(date) if date.year.is_exact() && date.year.value() == NO_END)
}

const NO_YEAR: &str = "the date has no year, so it has no place on the timeline";

impl Plan<'_> {
    /// The first and the last date of a record, where its cells say days or moments as EDTF has them, in order, and nothing
    /// else tells of its time: most records of most big files. `None` for any other, of which [`Self::date`] tells.
    pub(super) fn plain<'r>(
        &self,
        raw: &'r RawTable,
        record: usize,
        dates: &mut Dates,
    ) -> Option<(Plain<'r>, Option<Plain<'r>>)> {
        let others = [Field::StartYear, Field::Duration, Field::StartTime, Field::EndTime];
        if !dates.gregorian || others.iter().any(|field| self.column(*field).is_some()) {
            return None;
        }
        let start = self.column(Field::Start).map_or(Field::When, |_| Field::Start);
        // A time without an offset may get one.
        let settled = |date: &Date| dates.plain_times || date.time.is_none() || date.is_instant();
        let plain = |text: &'r str| Plain::parse(text).filter(|own| settled(&own.date));
        let from = plain(self.cell(raw, record, start)?)?;
        let to = match self.cell(raw, record, Field::End) {
            Some(text) => {
                let ends = |to: &Plain<'_>| from.window.start() < to.window.end() && to.date.year.value() != NO_END;
                Some(plain(text).filter(ends)?)
            }
            None => None,
        };
        dates.count_plain(self.column(start), &from);
        if let Some(to) = &to {
            dates.count_plain(self.column(Field::End), to);
        }
        Some((from, to))
    }

    /// The record's date, or why it has none. What was kept otherwise than written goes to `notes`.
    pub(super) fn date<'r>(
        &self,
        raw: &'r RawTable,
        record: usize,
        dates: &mut Dates,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<Dated<'r>, Diagnostic> {
        let RecordEnds { first, start, end, start_text, end_text } = self.ends(raw, record, dates, notes);
        let goes_on = matches!(start, EndReading::GoesOn) || matches!(end, EndReading::GoesOn);
        let written = match (&start_text, &end_text) {
            // Cells that are written as the expression is say nothing more than that.
            (Some(from), Some(to)) if as_kept(&start, from).is_some_and(|day| as_kept(&end, to) >= Some(day)) => {
                Cow::Borrowed("")
            }
            (Some(start), Some(end)) => Cow::Owned(format!("{start}{WRITTEN_DASH}{end}")),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => Cow::Borrowed(""),
        };
        let begun_before = matches!(start, EndReading::GoesOn);
        // An undated record is told whole: a cell alone does not say which one it is.
        let whole = |problem: Diagnostic| Diagnostic { raw: shortened(&raw.record_text(record)), ..problem };
        let start = self.start(start, &end, (first, start_text.as_deref().unwrap_or("")), notes).map_err(whole)?;
        let start = start.or_else(|| self.spare_date(raw, record, dates.plain, notes));
        let mut duration = start.as_ref().and_then(|reading| reading.duration);
        if let Some(text) = self.cell(raw, record, Field::Duration) {
            match time::read_duration(text) {
                Ok(read) => duration = Some(read),
                Err(error) => notes.push(self.problem(Outcome::Note, Field::Duration, error.to_string(), text)),
            }
        }
        let both = match self.both(start, end, &written, end_text.as_deref().unwrap_or(""), notes) {
            // `..` before an end.
            Some((Edtf::Interval(Endpoint::Unknown, end), None)) if begun_before => {
                Some((Edtf::Interval(Endpoint::Open, end), None))
            }
            both => both,
        };
        let edtf = match both {
            Some((start, None)) => with_duration(start, duration, first),
            Some((start, Some(end))) => {
                let set = |edtf: &Edtf| matches!(edtf, Edtf::OneOf(_));
                let set_start = set(&start);
                let widened = set_start || set(&end);
                match joined(start, &end) {
                    Ok(edtf) => {
                        if widened {
                            let reason = "a part of a month or year, or one of several dates, is no end of an interval; the whole month or \
                                          year is taken";
                            let of = if set_start { first } else { Field::End };
                            notes.push(self.problem(Outcome::Note, of, reason, &written));
                        }
                        edtf
                    }
                    Err((start, reason)) => {
                        notes.push(self.problem(Outcome::Note, Field::End, reason, &written));
                        start
                    }
                }
            }
            None if goes_on => {
                let reason = "it goes on, but the source does not say since when";
                let raw = shortened(&raw.record_text(record));
                return Err(Diagnostic { raw, ..self.problem(Outcome::Undated, first, reason, "") });
            }
            None => {
                let reason = if written.is_empty() {
                    "no date is given"
                } else {
                    "the source says that the date is not known"
                };
                let raw = shortened(&raw.record_text(record));
                return Err(Diagnostic { raw, ..self.problem(Outcome::Undated, first, reason, "") });
            }
        };
        if edtf.dates().any(|date| date.year.is_unknown()) {
            return Err(whole(self.problem(Outcome::Undated, first, NO_YEAR, &written)));
        }
        Ok(Dated { edtf, duration, written })
    }

    /// What the cells of a record say of both ends, with the times of day in columns of their own.
    fn ends<'r>(
        &self,
        raw: &'r RawTable,
        record: usize,
        dates: &mut Dates,
        notes: &mut Vec<Diagnostic>,
    ) -> RecordEnds<'r> {
        let cell = |field| self.cell(raw, record, field).map(Cow::Borrowed);
        let parts = self.column(Field::StartYear).is_some();
        let first = [Field::StartYear, Field::Start].into_iter().find(|field| self.column(*field).is_some());
        let first = first.unwrap_or(Field::When);
        let by_parts = |field: Field| parts && field != Field::End;
        let (start_text, end_parts) = if parts {
            (self.parts(raw, record, START_PARTS, notes), self.parts(raw, record, END_PARTS, notes))
        } else {
            (cell(first), None)
        };
        // Beside years in a column of their own the end may be a whole date.
        let in_one_cell = end_parts.is_none() && self.column(Field::End).is_some();
        let end_text = end_parts.or_else(|| cell(Field::End));
        let mut said = |text: Option<&str>, field: Field, whole: bool| {
            let column = if by_parts(field) || !whole { None } else { self.column(field) };
            text.map_or(EndReading::Nothing, |text| EndReading::of(dates.read(column, text)))
        };
        let start = said(start_text.as_deref(), first, true);
        let end = match said(end_text.as_deref(), Field::End, in_one_cell) {
            EndReading::Date(reading) if is_no_end(&reading) => {
                let text = end_text.as_deref().unwrap_or("");
                notes.push(self.problem(Outcome::Note, Field::End, "the year 9999 stands for no end", text));
                EndReading::GoesOn
            }
            said => said,
        };
        let (clocks, start, end) = self.with_clocks((raw, record), start, end, dates.zone, notes);
        let with_clock = |text: Option<Cow<'r, str>>, clock: Option<&str>| match (text, clock) {
            (Some(text), Some(clock)) => Some(Cow::Owned(format!("{text} {clock}"))),
            (None, Some(clock)) => Some(Cow::Owned(clock.to_owned())),
            (text, None) => text,
        };
        let end_text = with_clock(end_text, clocks[1]);
        let start_text = if start_text.is_some() { with_clock(start_text, clocks[0]) } else { start_text };
        RecordEnds { first, start, end, start_text, end_text }
    }

    /// The start, if there is one; an error where the record has nothing but an unreadable start.
    fn start(
        &self,
        said: EndReading,
        end: &EndReading,
        (field, written): (Field, &str),
        notes: &mut Vec<Diagnostic>,
    ) -> Result<Option<Reading>, Diagnostic> {
        match said {
            EndReading::Date(reading) => {
                if let Some(reason) = reading.left_out {
                    notes.push(self.problem(Outcome::Note, field, reason, written));
                }
                Ok(Some(reading))
            }
            EndReading::Nothing | EndReading::NotKnown | EndReading::GoesOn => Ok(None),
            EndReading::Unread(error) if matches!(end, EndReading::Date(_)) => {
                let reason = format!("{error}; the record is placed by its end");
                notes.push(self.problem(Outcome::Note, field, reason, written));
                Ok(None)
            }
            EndReading::Unread(error) => Err(self.problem(Outcome::Undated, field, error.to_string(), written)),
        }
    }

    /// Start and end, as far as they are said: the first is the only one where there is no second.
    fn both(
        &self,
        start: Option<Reading>,
        end: EndReading,
        written: &str,
        end_text: &str,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<(Edtf, Option<Edtf>)> {
        let start = start.map(|reading| reading.edtf);
        let only = |end: Edtf| match end {
            Edtf::Date(end) => Edtf::Interval(Endpoint::Unknown, Endpoint::Date(end)),
            other => other,
        };
        match (start, end) {
            (None, EndReading::Date(end)) => Some((only(end.edtf), None)),
            (None, _) => None,
            (Some(start), EndReading::Nothing) => Some((start, None)),
            (Some(start), EndReading::Date(end)) => {
                if let Some(reason) = end.left_out {
                    notes.push(self.problem(Outcome::Note, Field::End, reason, end_text));
                }
                Some((start, Some(end.edtf)))
            }
            (Some(Edtf::Date(date)), EndReading::GoesOn) => {
                Some((Edtf::Interval(Endpoint::Date(date), Endpoint::Open), None))
            }
            (Some(Edtf::Date(date)), EndReading::NotKnown) => {
                Some((Edtf::Interval(Endpoint::Date(date), Endpoint::Unknown), None))
            }
            (Some(start), EndReading::GoesOn | EndReading::NotKnown) => {
                let reason = "this end cannot be joined to such a start; the record is placed by its start";
                notes.push(self.problem(Outcome::Note, Field::End, reason, written));
                Some((start, None))
            }
            (Some(start), EndReading::Unread(error)) => {
                let reason = format!("{error}; the record is placed by its start");
                notes.push(self.problem(Outcome::Note, Field::End, reason, end_text));
                Some((start, None))
            }
        }
    }

    /// A date from another column that is named like one, where the record has none in the proper place.
    fn spare_date(
        &self,
        raw: &RawTable,
        record: usize,
        reader: Reader,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Reading> {
        self.spare.iter().find_map(|&column| {
            let text = raw.cell(record, column)?;
            let reading = reader.read(text).ok().filter(|reading| reading.precision.is_some())?;
            let reason = "the date is taken from this column, because there is none in the usual one".to_owned();
            let (outcome, column) = (Outcome::Note, Some(self.names[column].to_owned()));
            notes.push(Diagnostic { outcome, line: 0, column, reason, raw: shortened(text) });
            Some(reading)
        })
    }

    /// `1815`, `12`, `10` as `1815-12-10`; a part that is empty, 0 or negative is not known.
    fn parts<'r>(
        &self,
        raw: &'r RawTable,
        record: usize,
        [year, month, day]: [Field; 3],
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Cow<'r, str>> {
        let number = |field| self.cell(raw, record, field).and_then(part_number);
        let text = self.cell(raw, record, year)?;
        let Some(value) = number(year).filter(|value| value.fract() == 0.0 && value.abs() < 1e15) else {
            return Some(Cow::Borrowed(text));
        };
        // Code books write −9 and the like for an end that nobody knows; after a start before the era it is a year.
        let coded = [0.0, -9.0, -99.0, -999.0].contains(&value);
        if year == Field::EndYear && coded && number(Field::StartYear).is_none_or(|start| start > 0.0) {
            return None;
        }
        let before_era = value < 0.0 && self.without_zero && value.abs() < 1e5;
        let mut out = time::Year::new(value as i64 + i64::from(before_era)).to_string();
        let mut known = true;
        for field in [month, day] {
            let Some(text) = self.cell(raw, record, field) else {
                known = false;
                continue;
            };
            match part_number(text).or_else(|| time::month_named(text).map(f64::from)) {
                Some(part) if part >= 1.0 && known => out = format!("{out}-{:02}", part as i64),
                // A code for "not known".
                Some(part) if part < 1.0 => known = false,
                _ => {
                    known = false;
                    notes.push(self.problem(Outcome::Note, field, "this part of the date was not used", text));
                }
            }
        }
        Some(Cow::Owned(out))
    }
}

/// A year, month or day that stands alone: a number, perhaps with its unit ("29日").
fn part_number(text: &str) -> Option<f64> {
    text.trim_end_matches(['年', '月', '日', '号', '년', '월', '일']).trim().parse().ok()
}

const START_PARTS: [Field; 3] = [Field::StartYear, Field::StartMonth, Field::StartDay];
const END_PARTS: [Field; 3] = [Field::EndYear, Field::EndMonth, Field::EndDay];

/// A start and an end as one interval; else the start alone, with the reason.
fn joined(start: Edtf, end: &Edtf) -> Result<Edtf, (Edtf, &'static str)> {
    let first = |edtf: &Edtf| match edtf {
        Edtf::Date(date) | Edtf::Interval(Endpoint::Date(date), _) => Some(Endpoint::Date(*date)),
        Edtf::OneOf(_) => covering(edtf).map(Endpoint::Date),
        _ => None,
    };
    let last = |edtf: &Edtf| match edtf {
        Edtf::Date(date) => Some(Endpoint::Date(*date)),
        Edtf::Interval(_, end) => Some(end.clone()),
        Edtf::OneOf(_) => covering(edtf).map(Endpoint::Date),
        Edtf::AllOf(_) => None,
    };
    let (Some(a), Some(b)) = (first(&start), last(end)) else {
        return Err((start, "an end or start of several dates makes no interval; the record is placed by its start"));
    };
    let when = |end: &Endpoint| end.bound().window();
    match (when(&a), when(&b)) {
        (Some(from), Some(to)) if from.start() >= to.end() => {
            let start = start.map(&|date| date.qualified(Qualifier::UNCERTAIN));
            Err((start, "the end is before the start; the record is placed by its start, as uncertain"))
        }
        _ => Ok(Edtf::Interval(a, b)),
    }
}

/// The month or year that holds all the dates of a one-of set: an end of an interval is one date, and a longer one makes
/// nothing finer ("late May" is May). `None` where no year holds them.
fn covering(edtf: &Edtf) -> Option<Date> {
    let Edtf::OneOf(parts) = edtf else { return None };
    if parts.iter().any(|part| matches!(part, SetPart::UpTo(_) | SetPart::From(_))) {
        return None;
    }
    let first = *edtf.dates().next()?;
    let same_year = first.year.is_exact() && edtf.dates().all(|date| date.year == first.year);
    let same_month =
        matches!(first.month, Some(Month::Number(_))) && edtf.dates().all(|date| date.month == first.month);
    let month = if same_month { first.month } else { None };
    same_year.then(|| Date { month, ..Date::of(first.year) }.qualified(edtf.qualifier()))
}

/// A duration after a stated start is an interval whose end nobody dated. Beside a single date it lies somewhere
/// inside that date, if there is room.
fn with_duration(start: Edtf, duration: Option<Duration>, field: Field) -> Edtf {
    let (Edtf::Date(date), Some(duration)) = (&start, duration) else { return start };
    let window = date.window();
    let fits = duration.add_to(window.start()).is_some_and(|end| end <= window.end());
    if field == Field::When && fits { start } else { Edtf::Interval(Endpoint::Date(*date), Endpoint::Unknown) }
}
