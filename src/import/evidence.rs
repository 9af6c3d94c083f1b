//! What the cells of a date column prove together of how each of them is to be read: the order of day and month, the unit of
//! epoch numbers, the century of two-digit years, eras.

use crate::time::{Edtf, EpochUnit, OrderSeen, Precision, Reader, Sureness};

/// What the cells of a date column, or of a part of it, tell of how they are to be read.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    pub(super) cells: u64,
    pub(super) day_first: u64,
    pub(super) month_first: u64,
    pub(super) ambiguous: u64,
    pub(super) season_codes: bool,
    /// Cells that tell of a year before our era.
    pub(super) before_era: u64,
    /// Cells that are a bare negative year, and those that show that a year 0 is counted: zeros, and EDTF's four digits.
    pub(super) negative: u64,
    pub(super) with_zero: u64,
    /// Cells known to the day.
    pub(super) days: u64,
    /// Cells that are a number, and those of them that have as many digits as moments of today in each unit.
    pub(super) numbers: u64,
    pub(super) epochs: [u64; 4],
    /// Cells of one to three digits.
    pub(super) bare: u64,
    /// Cells of six digits that make only a day, and those that make only a month.
    pub(super) six_days: u64,
    pub(super) six_months: u64,
    /// Which years are written with two digits, a bit for each, and how many cells.
    pub(super) two_digits: u128,
    pub(super) two_digit_cells: u64,
    /// Years with decimals that are no month.
    pub(super) decimal_years: u64,
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
            self.decimal_years += u64::from(is_decimal_year(cell));
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
    pub(super) fn epoch(&self) -> Option<EpochUnit> {
        let most = (0..UNITS.len()).max_by_key(|at| self.epochs[*at])?;
        let count = self.epochs[most];
        (count > 0 && count * 2 >= self.numbers && self.numbers * 10 >= self.cells * 9).then(|| UNITS[most])
    }

    /// The last year of two digits that is of the 2000s: none that would lie in the future, unless it follows closely upon
    /// this year. The usual pivot, where nothing speaks against it.
    pub(super) fn pivot(&self, this_year: i64, births: bool) -> u8 {
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
        self.decimal_years += other.decimal_years;
    }
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

/// Whether digits are a year of people's history: few, and not filled up with zeros.
pub(super) fn is_bare_year(digits: &str) -> bool {
    (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}

/// Whether a cell is a year with decimals, and not a year with its month behind a point.
fn is_decimal_year(cell: &str) -> bool {
    let Some((year, decimals)) = cell.split_once('.') else { return false };
    let year = year.len() == 4 && year.starts_with(['1', '2']);
    year && (decimals.len() > 2 || decimals.parse::<u8>().is_ok_and(|month| month == 0 || month > 12))
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
