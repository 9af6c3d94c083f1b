//! Times of day in columns of their own, joined to the dates of their record.
//!
//! One date may have the times of its start and of its end; an end before its start is on the next day. A calendar's event
//! of whole days begins and ends at midnight, and its last day is the one before.

use super::ledger::{Diagnostic, Outcome};
use super::place::Plan;
use super::raw::RawTable;
use super::when::EndReading;
use crate::event::Field;
use crate::time::{CivilDate, Date, Edtf, Reading, TimeOfDay, Zone, read_clock};

impl Plan<'_> {
    /// Joins a record's times of day to its dates. Gives the cells that hold them, then start and end.
    pub(super) fn with_clocks<'r>(
        &self,
        (raw, record): (&'r RawTable, usize),
        start: EndReading,
        end: EndReading,
        zone: Option<Zone>,
        notes: &mut Vec<Diagnostic>,
    ) -> ([Option<&'r str>; 2], EndReading, EndReading) {
        let cells = [Field::StartTime, Field::EndTime].map(|field| self.cell(raw, record, field));
        if cells == [None; 2] {
            return (cells, start, end);
        }
        let mut clock = |field: Field, cell: Option<&str>| {
            let cell = cell?;
            let time = clock_of(cell);
            if time.is_none() && !is_placeholder(cell) {
                notes.push(self.problem(
                    Outcome::Note,
                    field,
                    "this is no time of day; the date is kept without it",
                    cell,
                ));
            }
            time
        };
        let (from, to) = (clock(Field::StartTime, cells[0]), clock(Field::EndTime, cells[1]));
        let (mut start, mut end) = (start, end);
        let (first, last) = (whole_day(&start), whole_day(&end));
        // "May 2022" and "15:00" make no moment, and a date that has a time already keeps it.
        let mut unused =
            |time: Option<TimeOfDay>, day: Option<CivilDate>, said: &EndReading, field: Field, cell: Option<&str>| {
                if let (Some(_), None, EndReading::Date(_)) = (time, day, said) {
                    let reason = "its date is no single day without a time, so this time of day is not used";
                    notes.push(self.problem(Outcome::Note, field, reason, cell.unwrap_or("")));
                }
            };
        unused(from, first, &start, Field::StartTime, cells[0]);
        unused(to, last, &end, Field::EndTime, cells[1]);
        let at = |said: EndReading, day: CivilDate, time: Option<TimeOfDay>| in_zone(dated(said, day, time), zone);
        match (first, last) {
            // Midnight to midnight: whole days, of which the last is not meant.
            (Some(a), Some(b)) if from.is_some_and(is_midnight) && to.is_some_and(is_midnight) && a <= b => {
                let day = if a < b { before(b) } else { b };
                end = if day > a { dated(end, day, None) } else { EndReading::Nothing };
            }
            (Some(a), Some(b)) => {
                // A night shift whose day of the end is that of its start.
                let late = a == b && to.zip(from).is_some_and(|(to, from)| seconds(to) < seconds(from));
                (start, end) = (at(start, a, from), at(end, if late { after(b) } else { b }, to));
            }
            (Some(a), None) => {
                if let (Some(to), EndReading::Nothing) = (to, &end) {
                    let late = from.is_some_and(|from| seconds(to) < seconds(from));
                    let day = if late { after(a) } else { a };
                    end = at(copy(&start), day, Some(to));
                }
                start = at(start, a, from);
            }
            (None, Some(b)) => end = at(end, b, to),
            (None, None) => {}
        }
        (cells, start, end)
    }
}

/// Words beside a time of day.
const WORDS: [&str; 8] = ["uhr", "ore", "h", "hrs", "o'clock", "klo", "kl.", "godz."];

/// The time of day of a cell: a clock, or an hour alone.
pub(super) fn clock_of(cell: &str) -> Option<TimeOfDay> {
    if let Some(time) = read_clock(cell) {
        return Some(time);
    }
    // "20 Uhr", "ore 20.30", "19.30 h"
    let lower = cell.trim().to_lowercase();
    let bare =
        WORDS.iter().find_map(|word| lower.strip_suffix(word).or_else(|| lower.strip_prefix(word)).map(str::trim));
    if let Some(bare) = bare {
        return read_clock(&bare.replace('.', ":")).or_else(|| clock_of(bare));
    }
    let number: f64 =
        cell.parse().ok().filter(|number: &f64| number.fract() == 0.0 && (0.0..=2_359.0).contains(number))?;
    let number = number as u16;
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, minute) = match digits {
        1 | 2 => (number, None),
        // "0930", "1430"
        3 | 4 => (number / 100, Some((number % 100) as u8)),
        _ => return None,
    };
    let fits = hour < 24 && minute.is_none_or(|minute| minute < 60);
    fits.then_some(TimeOfDay { hour: hour as u8, minute, second: None, nanos: 0, fraction_digits: 0, offset: None })
}

/// Whether a cell says that there is no time.
fn is_placeholder(cell: &str) -> bool {
    cell.bytes().all(|byte| !byte.is_ascii_alphanumeric())
        || crate::time::read(cell).is_ok_and(|read| read.edtf.dates().next().is_none())
}

/// The day that a start or an end is, where it is one day without a time.
fn whole_day(said: &EndReading) -> Option<CivilDate> {
    match said {
        EndReading::Date(Reading { edtf: Edtf::Date(date), .. }) => date.plain_day(),
        _ => None,
    }
}

fn copy(said: &EndReading) -> EndReading {
    match said {
        EndReading::Date(reading) => EndReading::Date(reading.clone()),
        _ => EndReading::Nothing,
    }
}

/// A reading moved to a day, at a time.
fn dated(said: EndReading, day: CivilDate, time: Option<TimeOfDay>) -> EndReading {
    match said {
        EndReading::Date(Reading { edtf: Edtf::Date(date), .. })
            if time.is_none() && date.plain_day() == Some(day) =>
        {
            said
        }
        EndReading::Date(reading) => {
            let Edtf::Date(date) = &reading.edtf else { return EndReading::Date(reading) };
            let moved = Date { time, ..Date::from_day(day) };
            let edtf = Edtf::Date(Date { qualifiers: date.qualifiers, ..moved });
            EndReading::Date(Reading { precision: edtf.precision(), edtf, ..reading })
        }
        other => other,
    }
}

fn is_midnight(time: TimeOfDay) -> bool {
    seconds(time) == 0 && time.minute.is_some()
}

fn seconds(time: TimeOfDay) -> u32 {
    u32::from(time.hour) * 3_600 + u32::from(time.minute.unwrap_or(0)) * 60 + u32::from(time.second.unwrap_or(0))
}

/// A time that was joined stands in the zone that is declared for times without an offset.
fn in_zone(said: EndReading, zone: Option<Zone>) -> EndReading {
    match (said, zone) {
        (EndReading::Date(reading), Some(zone)) => {
            EndReading::Date(Reading { edtf: reading.edtf.clone().map(&|date| zone.declare(date)), ..reading })
        }
        (said, _) => said,
    }
}

fn after(day: CivilDate) -> CivilDate {
    CivilDate::from_days_since_epoch(day.days_since_epoch() + 1)
}

fn before(day: CivilDate) -> CivilDate {
    CivilDate::from_days_since_epoch(day.days_since_epoch() - 1)
}

#[cfg(test)]
mod tests {
    use crate::event::RowId;
    use crate::import::{Choices, Input, load};
    use crate::task::Control;

    fn dates(csv: &str) -> Vec<String> {
        let input = Input::Bytes { name: "test.csv".into(), bytes: csv.as_bytes().into() };
        let table = load(&[input], &Choices::default(), &Control::new()).unwrap().document.table;
        (0..table.rows() as u32)
            .map(|row| table.edtf(RowId(row)).map_or_else(String::new, |edtf| edtf.to_string()))
            .collect()
    }

    #[test]
    fn a_time_of_day_in_a_column_of_its_own_joins_its_date() {
        assert_eq!(
            dates(
                "what,date,time\nDive one,1998-08-04,09:00:00 AM\nDive two,1998-08-05,12:30:00 AM\nDive three,1998-08-06,\nDive four,1998-08-06,dusk\n"
            ),
            ["1998-08-04T09:00:00", "1998-08-05T00:30:00", "1998-08-06", "1998-08-06"]
        );
    }

    #[test]
    fn a_time_of_day_that_no_day_takes_is_told() {
        let csv = "what,date,time\nTalks,May 2022,15:00\nDrill,2022-05-24,13:00\n";
        let input = Input::Bytes { name: "test.csv".into(), bytes: csv.as_bytes().into() };
        let import = load(&[input], &Choices::default(), &Control::new()).unwrap();
        let told: Vec<_> =
            import.ledger.files[0].diagnostics.iter().map(|note| (note.line, note.raw.as_str())).collect();
        assert_eq!(told, [(2, "15:00")]);
    }

    #[test]
    fn one_date_may_have_two_times_and_an_end_before_its_start_is_on_the_next_day() {
        assert_eq!(
            dates(
                "shift,date,start time,stop time\nEarly shift,2020-04-23,06:00,14:00\nNight shift,2020-04-23,22:00,06:00\n"
            ),
            ["2020-04-23T06:00/2020-04-23T14:00", "2020-04-23T22:00/2020-04-24T06:00"]
        );
    }

    #[test]
    fn an_event_of_whole_days_ends_before_the_midnight_of_its_end() {
        let csv = "Subject,Start Date,Start Time,End Date,End Time\nFair,2020-04-21,00:00:00,2020-04-22,00:00:00\nTour,2020-04-21,00:00:00,2020-04-24,00:00:00\nTalk,2020-04-23,10:00:00,2020-04-23,13:00:00\n";
        assert_eq!(dates(csv), ["2020-04-21", "2020-04-21/2020-04-23", "2020-04-23T10:00:00/2020-04-23T13:00:00"]);
    }
}
