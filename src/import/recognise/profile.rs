//! What the cells of a column are, counted over some of its records.

use super::names::{ColumnName, Concept};
use crate::import::place::degrees;
use crate::import::raw::RawTable;
use crate::import::time_of_day::clock_of;
use crate::time::{self, DECIMAL_YEAR, Precision, TimePoint};
use std::collections::{HashMap, HashSet};

/// Records that are looked at: the first ones, and as many spread over the others.
const LOOKED_AT: usize = 300;
/// Records that are looked at for kinds of which there are many.
const LOOKED_AT_FOR_KINDS: usize = 20_000;
/// Cells with more letters than this are looked at no further.
const LONG: usize = 200;

/// What is seen of a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) name: ColumnName,
    /// Records that were looked at.
    pub(super) records: usize,
    /// Of these, records with something in the cell.
    pub(super) filled: usize,
    pub(super) distinct: usize,
    /// Whether some of its values come again.
    pub(super) comes_again: bool,
    /// How often the most frequent value stands there.
    pub(super) top: usize,
    /// Cells that are dates, with a year, by more than "one or two digits".
    pub(super) dates: usize,
    /// Cells of one to five digits, which are years where the name says so.
    pub(super) bare_years: usize,
    /// Cells that only a date is written as: with signs or words, or eight digits.
    pub(super) strong_dates: usize,
    /// Dates known to the day.
    pub(super) days: usize,
    /// Cells that say that there is no date, or none yet.
    pub(super) no_dates: usize,
    /// Times of day.
    pub(super) clocks: usize,
    pub(super) numbers: usize,
    pub(super) whole_numbers: usize,
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) degrees: usize,
    /// Degrees of at most 90, as latitudes are.
    pub(super) norths: usize,
    pub(super) durations: usize,
    pub(super) links: usize,
    /// Signs without spaces that name nothing by themselves: letters with digits, or hexadecimal digits.
    pub(super) codes: usize,
    /// Words without spaces in capitals, of few letters: "RFC", "TX".
    pub(super) short_capitals: usize,
    /// Yes, no, true, false, 0 and 1.
    pub(super) flags: usize,
    /// Names of months.
    pub(super) months: usize,
    /// Cells that hold some letter and are none of the above.
    pub(super) texts: usize,
    /// Texts of more than one word, or in a script without spaces.
    pub(super) phrases: usize,
    /// Texts of several items, with commas or semicolons between.
    pub(super) lists: usize,
    letters: usize,
    /// The start of the windows of dates, by record, for comparing columns.
    pub(super) moments: Vec<Option<TimePoint>>,
}

/// What a cell is.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a cell may be")]
struct Cell {
    date: Option<(TimePoint, bool)>,
    strong: bool,
    bare_year: bool,
    no_date: bool,
    clock: bool,
    hour_minute: bool,
    number: Option<f64>,
    degrees: bool,
    north: bool,
    duration: bool,
    link: bool,
    code: bool,
    short_capitals: bool,
    flag: bool,
    month: bool,
    phrase: bool,
    list: bool,
    hash: bool,
    letters: usize,
    has_letter: bool,
}

/// The numbers of the records that are looked at.
pub(super) fn sample(records: usize) -> Vec<usize> {
    if records <= 2 * LOOKED_AT {
        return (0..records).collect();
    }
    let step = (records - LOOKED_AT) / LOOKED_AT;
    (0..LOOKED_AT).chain((0..LOOKED_AT).map(|at| LOOKED_AT + at * step)).collect()
}

impl Profile {
    /// Looks at a column.
    pub(super) fn new(raw: &RawTable, column: usize, sample: &[usize]) -> Self {
        let mut out = Self { name: ColumnName::new(&raw.columns[column]), records: sample.len(), ..Self::default() };
        (out.least, out.most) = (f64::INFINITY, f64::NEG_INFINITY);
        out.moments = vec![None; sample.len()];
        let mut known: HashMap<&str, (usize, Cell)> = HashMap::new();
        for (at, record) in sample.iter().enumerate() {
            let Some(text) = raw.cell(*record, column).map(str::trim) else { continue };
            let (count, cell) = known.entry(text).or_insert_with(|| (0, Cell::of(text)));
            *count += 1;
            out.moments[at] = cell.date.map(|(point, _)| point);
            let cell = *cell;
            out.see(&cell);
        }
        out.distinct = known.len();
        out.comes_again = out.distinct * 10 <= out.filled * 9;
        if !out.comes_again && out.name.concepts.has(Concept::Kind) {
            // Thousands of kinds hardly repeat among a few hundred records.
            let cells = || (0..raw.records.len().min(LOOKED_AT_FOR_KINDS)).filter_map(|at| raw.cell(at, column));
            out.comes_again = cells().collect::<HashSet<_>>().len() * 2 <= cells().count();
        }
        out.top = known.values().map(|(count, _)| *count).max().unwrap_or(0);
        out
    }

    fn see(&mut self, cell: &Cell) {
        let count = |into: &mut usize, is: bool| *into += usize::from(is);
        self.filled += 1;
        count(&mut self.no_dates, cell.no_date);
        count(&mut self.dates, cell.date.is_some() && !cell.bare_year);
        count(&mut self.bare_years, cell.bare_year);
        count(&mut self.strong_dates, cell.strong);
        count(&mut self.days, cell.date.is_some_and(|(_, day)| day));
        // "0930" is a time where the name says so, and a number elsewhere.
        let says_time = self.name.concepts.has(Concept::Time) && !self.name.concepts.has(Concept::Date);
        count(&mut self.clocks, cell.clock || (cell.hour_minute && says_time));
        count(&mut self.numbers, cell.number.is_some());
        count(&mut self.whole_numbers, cell.number.is_some_and(|number| number.fract() == 0.0));
        count(&mut self.degrees, cell.degrees);
        count(&mut self.norths, cell.north);
        count(&mut self.durations, cell.duration);
        count(&mut self.links, cell.link);
        count(&mut self.codes, cell.code);
        count(&mut self.short_capitals, cell.short_capitals);
        count(&mut self.flags, cell.flag);
        count(&mut self.months, cell.month);
        let text = cell.has_letter && !cell.strong && !cell.clock && !cell.link && !cell.degrees && !cell.hash;
        count(&mut self.texts, text);
        count(&mut self.phrases, text && cell.phrase);
        count(&mut self.lists, text && cell.list);
        self.letters += cell.letters;
        if let Some(number) = cell.number {
            (self.least, self.most) = (self.least.min(number), self.most.max(number));
        }
    }

    /// Dates as a share of the cells that do not say that there is none.
    pub(super) fn date_share(&self, dates: usize) -> f64 {
        let filled = self.filled - self.no_dates;
        if filled == 0 { 0.0 } else { dates as f64 / filled as f64 }
    }

    /// A count as a share of the filled cells.
    pub(super) fn share(&self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// Filled cells as a share of the records.
    pub(super) fn coverage(&self) -> f64 {
        if self.records == 0 { 0.0 } else { self.filled as f64 / self.records as f64 }
    }

    /// How many letters a cell has, in the mean.
    pub(super) fn mean_letters(&self) -> f64 {
        if self.filled == 0 { 0.0 } else { self.letters as f64 / self.filled as f64 }
    }

    /// Whether most of its cells hold words rather than numbers, dates, links or signs.
    pub(super) fn is_text(&self) -> bool {
        self.share(self.texts) >= 0.6
    }

    /// Whether it has one value alone, though there are several records.
    pub(super) fn is_constant(&self) -> bool {
        self.distinct <= 1 && self.filled >= 3
    }

    /// Whether all of it is yes and no.
    pub(super) fn is_flag(&self) -> bool {
        self.filled > 0 && self.flags == self.filled && self.distinct <= 3
    }
}

impl Cell {
    fn of(text: &str) -> Self {
        let mut out = Self { letters: text.chars().take(LONG).count(), ..Self::default() };
        out.has_letter = text.chars().take(LONG).any(char::is_alphabetic);
        let digits = text.bytes().take(LONG).filter(u8::is_ascii_digit).count();
        if text.len() <= 120 {
            out.see_date(text, digits);
        }
        out.number = number(text);
        let hours = text.len() <= 2 || !text.bytes().all(|byte| byte.is_ascii_digit());
        out.clock = hours && out.number.is_none() && clock_of(text).is_some();
        out.hour_minute = matches!(text.len(), 3 | 4) && out.number.is_some() && clock_of(text).is_some();
        out.degrees = degrees(text, 360.0).is_some();
        out.north = degrees(text, 90.0).is_some();
        out.link = is_link(text);
        out.flag = FLAGS.iter().any(|flag| text.eq_ignore_ascii_case(flag)) || FLAGS_ELSEWHERE.contains(&text);
        out.month = time::month_named(text).is_some();
        let spaces = text.split_whitespace().take(40).count().saturating_sub(1);
        let wide = text.chars().filter(|c| *c >= '\u{2e80}').count();
        out.phrase = spaces > 0 || wide >= 2;
        let signs = spaces == 0 && wide == 0 && text.len() <= 80;
        out.list = text.bytes().filter(|byte| matches!(byte, b',' | b';' | b'|')).count() >= 2;
        let address =
            signs && text.split_once('@').is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
        out.hash = address || text.len() >= 12 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        out.code = signs && ((out.has_letter && digits > 0 && !out.strong && !out.clock) || out.hash);
        out.short_capitals = signs && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        out.duration = out.number.is_none() && !out.strong && text.len() <= 40 && time::read_duration(text).is_ok();
        out
    }

    fn see_date(&mut self, text: &str, digits: usize) {
        // Words alone are no date, but may say that there is none.
        if digits == 0 && text.len() > 40 {
            return;
        }
        let Ok(reading) = time::read(text) else { return };
        let dates = || reading.edtf.dates();
        if dates().next().is_none() {
            self.no_date = true;
            return;
        }
        if dates().any(|date| date.year.is_unknown()) {
            return;
        }
        let point = reading.edtf.when().earliest();
        // Most numbers with decimals are no years: it takes a name to make them so, as it does for bare years.
        let decimal = reading.rule == DECIMAL_YEAR;
        let day = reading.precision >= Some(Precision::Day) && !decimal;
        self.date = Some((point, day));
        let number = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
        let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let as_day = only_digits && matches!(text.len(), 8 | 14) && matches!(text.as_bytes(), [b'1' | b'2', ..]);
        let signs = number && !only_digits && digits >= 6;
        self.strong = text.len() > 4 && (as_day || !number || signs) && !decimal;
        self.bare_year = decimal || (number && !self.strong && text.len() <= 6 && !day);
    }
}

const FLAGS: [&str; 14] = ["true", "false", "yes", "no", "y", "n", "t", "f", "0", "1", "ja", "nein", "oui", "non"];
const FLAGS_ELSEWHERE: [&str; 12] = ["да", "нет", "Да", "Нет", "是", "否", "有", "无", "はい", "いいえ", "sí", "não"];

/// A number, also with a currency, a percent sign or thousands set apart.
fn number(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    // "29日", "8月": a part of a date with its unit.
    let bare = text.trim_end_matches(['年', '月', '日', '号', '년', '월', '일']);
    let bare = bare.trim_matches(|c: char| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '%' | '+' | ' ' | '\u{3000}'));
    if bare.is_empty()
        || bare.len() > 24
        || !bare.bytes().all(|byte| byte.is_ascii_digit() || b".,-' ".contains(&byte))
    {
        return None;
    }
    let thousands = bare.replace([',', '\'', ' '], "");
    thousands.parse().ok().or_else(|| bare.replace('.', "").replace(',', ".").parse().ok())
}

fn is_link(text: &str) -> bool {
    let starts = ["http://", "https://", "ftp://", "www.", "mailto:", "//"];
    let file = || {
        let ends = [".jpg", ".jpeg", ".png", ".gif", ".svg", ".pdf", ".webp", ".mp4", ".mp3"];
        !text.contains(' ')
            && ends.iter().any(|end| text.len() > end.len() && text.to_ascii_lowercase().ends_with(end))
    };
    starts.iter().any(|start| text.starts_with(start)) || file()
}
