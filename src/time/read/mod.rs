//! A cell of a source to a date: EDTF, ISO 8601, numbers, and the words of people.
//!
//! Everything that reads dates goes through a [`Reader`]. A text that is no date is an error, never a guess; a text that
//! may be several dates is all of them, as a one-of set, until somebody says which ([`Reader::order`]). The layers:
//! `lexer` cuts a text into tokens whose meaning `words` knows; `single` reads one date from tokens into a `Partial`,
//! which may lack what a neighbour has (by way of `cursor`, `numeric`, `spans` and `clock`); `phrase` joins them to ranges, sets and limits. `numbers` reads what is digits
//! alone, `iso` the forms of ISO 8601 that are not EDTF.

mod ages;
mod calendars;
mod clock;
mod cursor;
mod iso;
mod lexer;
mod numbers;
mod numeric;
mod partial;
mod phrase;
mod program_dates;
mod single;
mod spans;
mod words;

pub use clock::{month_named, read_clock};
pub use numbers::DECIMAL_YEAR;
pub use program_dates::EpochUnit;

use super::{Calendar, Date, Duration, Edtf, Precision, YearForm, Zone};

/// What was made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date. `/` says that the source knows none, `/..` that it still goes on.
    pub edtf: Edtf,
    /// A duration that the text states beside its date.
    pub duration: Option<Duration>,
    /// The rule that read it, for ledgers: "EDTF", "day/month/year", "epoch seconds", …
    pub rule: &'static str,
    /// The unit that the date is known to, the coarser of an interval's ends; `None` without a date.
    pub precision: Option<Precision>,
    /// How sure the reading is.
    pub sureness: Sureness,
    /// What a numeric date tells of the order of its day and month.
    pub order: Option<OrderSeen>,
    /// Why some of the text is no part of the date, where that is so.
    pub left_out: Option<&'static str>,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// The source says so.
    Certain,
    /// The source says "about".
    Approximate,
    /// The source says "perhaps".
    Uncertain,
    /// Both.
    Both,
    /// The rule filled in what the text leaves out: a century, the day that serial numbers count from.
    Assumed,
    /// The text allows several dates; all are kept.
    Ambiguous,
}

impl Sureness {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Approximate => "approximate",
            Self::Uncertain => "uncertain",
            Self::Both => "approximate and uncertain",
            Self::Assumed => "assumed",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// The order of a numeric date's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl DateOrder {
    /// The order in words: "day/month".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Dmy => "day/month",
            Self::Mdy => "month/day",
            Self::Ymd => "year/month/day",
        }
    }
}

/// What one numeric date tells of the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderSeen {
    /// Only day before month makes a date.
    DayFirst,
    /// Only month before day does.
    MonthFirst,
    /// Both do, and they differ.
    Either,
}

/// Which day a spreadsheet's serial numbers count from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum SerialEpoch {
    /// Day 1 is 1900-01-01 (and day 60 the 29 February 1900 that never was).
    #[default]
    #[serde(rename = "1900")]
    Day1900,
    /// Day 0 is 1904-01-01.
    #[serde(rename = "1904")]
    Day1904,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing stands there.
    #[error("no date given")]
    Empty,
    /// Something stands there that is no date.
    #[error("“{text}” cannot be read as a date ({reason})")]
    NoDate {
        /// The text, shortened when it is long.
        text: String,
        /// The nearest rule's objection.
        reason: &'static str,
    },
}

/// Reads dates under choices that a text alone cannot make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, which a column's cells turn")]
pub struct Reader {
    /// The order of numeric dates that allow several; `None` keeps all that they allow.
    pub order: Option<DateOrder>,
    /// Two-digit years up to this one are of the 2000s, later ones of the 1900s.
    pub pivot: u8,
    /// What spreadsheet serials count from.
    pub serials: SerialEpoch,
    /// The zone in which times without an offset stand; `None` leaves them as civil times.
    pub zone: Option<Zone>,
    /// Reads `1910-30` as EDTF's southern summer of 1910 rather than as the years 1910 to 1930.
    pub season_codes: bool,
    /// Takes a year of two digits as it stands, for its neighbours are of antiquity.
    pub ancient: bool,
    /// What numbers count, where the column tells; all of them are moments then.
    pub epoch: Option<EpochUnit>,
    /// Takes a bare number of few digits for no year, for its neighbours are whole dates.
    pub whole: bool,
    /// Reads six digits as year, month and day, as its neighbours can only be read.
    pub yymmdd: bool,
    /// Takes bare negative years for years BCE as people count them, without a year 0.
    pub without_zero: bool,
    /// A year with one or two decimals is a fraction of it, and no month.
    pub decimal_years: bool,
    /// The calendar of dates that name none.
    pub calendar: Option<Calendar>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            order: None,
            pivot: Self::PIVOT,
            serials: SerialEpoch::Day1900,
            zone: None,
            season_codes: false,
            ancient: false,
            epoch: None,
            whole: false,
            yymmdd: false,
            without_zero: false,
            decimal_years: false,
            calendar: None,
        }
    }
}

/// Why a rule does not read a text.
type Reason = &'static str;

/// Why the last words of a text are no part of its date.
const REMARK: &str = "what stands behind the date is kept as written";

/// Why a zone's abbreviation is no part of a date.
const SEVERAL_ZONES: &str =
    "several zones have this abbreviation, so the time is kept without one; write the offset, such as +09:00";

/// The reason where no rule has a better one.
const NO_FORM: Reason = "no known form of date; write it as 2022-05-24, 2022-05 or 24 May 2022";
const NO_SUCH_DAY: Reason = "the calendar has no such day";
const EITHER_WAY: Reason =
    "day and month may be either way round; say which with --order or --date-order, or write it as 2022-05-24";

/// Reads a date as sources write it, without knowing more than the text.
///
/// ```
/// use kairograph::time::read;
/// assert_eq!(read("2022-05").unwrap().edtf.to_string(), "2022-05");
/// assert_eq!(read("30 Aug – 5 Sep 2022").unwrap().edtf.to_string(), "2022-08-30/2022-09-05");
/// assert_eq!(read("5/6/2022").unwrap().edtf.to_string(), "[2022-05-06,2022-06-05]");
/// assert!(read("soon").is_err());
/// ```
///
/// # Errors
/// When the text is empty or no rule reads it.
pub fn read(text: &str) -> Result<Reading, ReadError> {
    Reader::default().read(text)
}

impl Reader {
    /// Two-digit years: 00–68 are 2000–2068, 69–99 are 1969–1999, as POSIX `strptime` has it.
    pub const PIVOT: u8 = 68;

    /// Reads a date.
    ///
    /// # Errors
    /// When the text is empty or no rule reads it.
    pub fn read(self, text: &str) -> Result<Reading, ReadError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ReadError::Empty);
        }
        if text.len() > 200 {
            return Err(no_date(text, "too long for a date"));
        }
        let mut reading = match self.any(text) {
            Err(reason) => {
                let other = calendars::read(self, text).filter(|_| self.calendar.is_none());
                let remark = || {
                    let reading = program_dates::with_remark(self, text)?;
                    Some(Ok(Reading { left_out: Some(REMARK), ..reading }))
                };
                let reading = other.or_else(remark).unwrap_or(Err(reason));
                reading.map_err(|reason| no_date(text, reason))?
            }
            Ok(reading) => reading,
        };
        if !reading.edtf.dates().all(|date| date.year.is_on_axis()) {
            return Err(no_date(text, "the year is beyond ±292 billion"));
        }
        if let Some(zone) = self.zone {
            reading.edtf = reading.edtf.map(&|date| zone.declare(date));
        }
        Ok(reading)
    }

    fn any(self, text: &str) -> Result<Reading, Reason> {
        // A remark or a sign may be all that a text had.
        if text.is_empty() {
            return Err(NO_FORM);
        }
        if let Some(calendar) = self.calendar {
            return calendars::read_in(calendar, self, text);
        }
        if let Some(date) = Date::parse_plain(text) {
            let (edtf, precision) = (Edtf::Date(date), Some(date.precision()));
            return Ok(Reading {
                edtf,
                duration: None,
                rule: "EDTF",
                precision,
                sureness: Sureness::Certain,
                order: None,
                left_out: None,
            });
        }
        if let Some(reading) = self.unmistakable(text) {
            return reading;
        }
        // Where the first character cannot begin EDTF, its parser need not be asked.
        let first = text.as_bytes()[0];
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        // "24 May" and "24/05/2022": one or two digits begin no year, and the forms of numbers alone are no such texts.
        let day_first = matches!(digits, 1 | 2) && digits < text.len();
        if day_first && text.as_bytes()[digits] != b'X' {
            return phrase::read(self, text);
        }
        let like_edtf = first.is_ascii_digit() || b"-.XY[{/?~%".contains(&first);
        let strict = if like_edtf { Some(Edtf::parse(text)) } else { None };
        // A year and two digits that could be the code of a season, and are taken for a later year.
        let mut could_be_season = false;
        let strict_reason = match strict {
            Some(Ok(edtf)) if self.means_edtf(&edtf, text) => {
                let two_years = !self.season_codes && text.len() == 7 && is_two_years(&edtf);
                let reading = Reading::plain(edtf, "EDTF");
                return Ok(if two_years {
                    Reading { rule: "EDTF: a season or quarter, though it could be two years", ..reading }
                        .sure(Sureness::Ambiguous)
                } else {
                    reading
                });
            }
            Some(Err(error)) => Some(error.reason),
            Some(Ok(edtf)) => {
                could_be_season = matches!(&edtf, Edtf::Date(Date { month: Some(super::Month::Season(_)), .. }));
                None
            }
            None => None,
        };
        if (like_edtf || first == b'P')
            && let Some(reading) = iso::read(text)
        {
            return Ok(reading);
        }
        match numbers::read(self, text) {
            Some(Ok(reading)) => return Ok(reading),
            Some(Err(reason)) => return Err(reason),
            None => {}
        }
        let reading = phrase::read(self, text);
        if could_be_season {
            let rule = "two years, though it could be EDTF's code of a quarter or season";
            return reading.map(|reading| Reading { rule, ..reading }.sure(Sureness::Ambiguous));
        }
        reading.map_err(|reason| {
            // The strict reader's objection helps where its form was begun, and only there.
            match strict_reason {
                Some(strict) if reason == NO_FORM && text.is_ascii() && (digits == 4 || b"-Y[{".contains(&first)) => {
                    strict
                }
                _ => reason,
            }
        })
    }

    /// A form that nothing else looks like, if the text has one.
    fn unmistakable(self, text: &str) -> Option<Result<Reading, Reason>> {
        // Years of other calendars would be read as ours.
        let other = || text.contains(calendars::is_of_other_script).then(|| calendars::read(self, text)).flatten();
        program_dates::read(self, text)
            .or_else(|| if text.is_ascii() { None } else { other() })
            .or_else(|| ages::read(text).map(Ok))
            .or_else(|| program_dates::refuses(self, text).map(Err))
            .or_else(|| program_dates::year_month_day(self, text).map(Ok))
            .or_else(|| {
                let masked = is_masked(text).then(|| Edtf::parse(&text.to_uppercase()).map_err(|_| NO_FORM))?;
                Some(masked.map(|edtf| Reading::plain(edtf, "year with unknown digits")))
            })
    }

    /// Whether a text that is EDTF by its letters is meant as such. Of bare digits, `476` is a year and no decade;
    /// `1910-30` are years, `-` alone is nothing.
    fn means_edtf(self, edtf: &Edtf, text: &str) -> bool {
        match edtf {
            Edtf::Date(date) if date.year.form() != YearForm::Plain && !text.starts_with('Y') => false,
            Edtf::Date(date) => match (date.month, date.year.value()) {
                // Two digits that are next year's, or of a later year of the centuries before quarters were coded so.
                (Some(super::Month::Season(season)), year) if season.code() > 24 && text.len() == 7 => {
                    let (code, digits) = (i64::from(season.code()), year.rem_euclid(100));
                    // Before the era nobody shortens a later year.
                    self.season_codes || year <= 0 || code <= digits || (year >= 2_000 && code != digits + 1)
                }
                _ => true,
            },
            Edtf::Interval(super::Endpoint::Date(_), _) | Edtf::Interval(_, super::Endpoint::Date(_)) => {
                edtf.dates().all(|date| date.year.form() == YearForm::Plain || date.year.magnitude() > 9_999)
            }
            _ => true,
        }
    }

    /// The year that two digits mean.
    fn two_digit_year(self, digits: i64) -> i64 {
        // Nobody counts a year 0.
        if self.ancient && digits > 0 {
            return digits;
        }
        if digits <= i64::from(self.pivot) { 2_000 + digits } else { 1_900 + digits }
    }
}

impl Reading {
    /// A reading whose precision and sureness are those of its date.
    #[must_use]
    pub fn of_edtf(edtf: Edtf, rule: &'static str) -> Self {
        Self::plain(edtf, rule)
    }

    fn plain(edtf: Edtf, rule: &'static str) -> Self {
        let doubt = edtf.qualifier();
        let sureness = match (doubt.approximate, doubt.uncertain) {
            (false, false) => Sureness::Certain,
            (true, false) => Sureness::Approximate,
            (false, true) => Sureness::Uncertain,
            (true, true) => Sureness::Both,
        };
        Self { precision: edtf.precision(), edtf, duration: None, rule, sureness, order: None, left_out: None }
    }

    fn sure(self, sureness: Sureness) -> Self {
        Self { sureness: self.sureness.max(sureness), ..self }
    }
}

/// "192x": a year whose last digits nobody knows, written small.
fn is_masked(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.len() == 4 && digits > 0 && digits < 4 && text.bytes().skip(digits).all(|c| c == b'x')
}

/// Whether a season's code could as well be the last two digits of a later year: `2021-22`, `2022-35`.
fn is_two_years(edtf: &Edtf) -> bool {
    let Edtf::Date(date) = edtf else { return false };
    let digits = date.year.value().rem_euclid(100);
    match date.month {
        Some(super::Month::Season(season)) if season.code() > 24 => i64::from(season.code()) > digits,
        Some(super::Month::Season(season)) => i64::from(season.code()) == digits + 1,
        _ => false,
    }
}

fn no_date(text: &str, reason: &'static str) -> ReadError {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    ReadError::NoDate { text: short, reason }
}

/// Reads a duration as ISO 8601 (`PT13H`) or in the words that [`super::word_duration`] prints ("13 h", "10 days").
///
/// # Errors
/// When the text is neither.
pub fn read_duration(text: &str) -> Result<Duration, super::DurationError> {
    Duration::parse(text).or_else(|error| word_durations(text.trim()).ok_or(error))
}

/// "13 h", "1 h 30 min", "10 days".
fn word_durations(text: &str) -> Option<Duration> {
    let mut out = Duration::default();
    let mut tokens = text.split_whitespace();
    while let Some(count) = tokens.next() {
        let count: i64 = count.parse().ok().filter(|&count| (0..=1_000_000).contains(&count))?;
        match tokens.next()? {
            "year" | "years" => out.months += count * 12,
            "month" | "months" => out.months += count,
            "week" | "weeks" => out.days += count * 7,
            "day" | "days" => out.days += count,
            "h" | "hour" | "hours" => out.seconds += count * 3_600,
            "min" | "minute" | "minutes" => out.seconds += count * 60,
            "s" | "second" | "seconds" => out.seconds += count,
            _ => return None,
        }
    }
    (!out.is_zero()).then_some(out)
}
