//! Records to claims: their dates are read, and each record is placed, undated or rejected.
//!
//! A file is placed chunk by chunk, on any thread; what a [`Placed`] says of its chunk is added up in file order.

use super::ImportError;
use super::dates::DateColumn;
use super::evidence::{Evidence, is_bare_year};
use super::ledger::{Diagnostic, Notes, Outcome, shortened};
use super::mapping::{Mapping, TitleParts};
use super::markup::{one_line, plain_text};
use super::raw::RawTable;
use super::read::EXTRA;
use super::recognise::is_spare_date;
use super::when::Dates;
use crate::event::{Field, Filler, Part, Store, trimmed};
use crate::time::{Date, Edtf, Span, TimePoint};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// So many columns are few.
const FEW_COLUMNS: usize = 64;

/// One file, opened and with its columns recognised.
pub(super) struct File<'a> {
    pub(super) index: usize,
    pub(super) name: &'a str,
    /// Its first records.
    pub(super) head: &'a RawTable,
    pub(super) mapping: &'a Mapping,
    /// All columns of the table that are none of the known ones.
    pub(super) attribute_names: &'a [String],
}

/// What was made of some records of a file.
pub(super) struct Placed {
    pub(super) part: Part,
    pub(super) dated: u64,
    pub(super) undated: u64,
    pub(super) rejected: u64,
    /// Whether some record has more cells than the header.
    pub(super) extra: bool,
    pub(super) notes: Notes,
    pub(super) extremes: Extremes,
    /// For each column of dates, in the file's order.
    pub(super) dates: Vec<(DateColumn, Evidence)>,
}

impl File<'_> {
    /// The columns of dates.
    pub(super) fn date_columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.mapping.columns.iter().enumerate().filter(|(_, column)| column.field.is_date()).map(|(at, _)| at)
    }

    /// What the dates of the first records tell of how dates are written.
    pub(super) fn evidence(&self) -> Vec<Evidence> {
        let reader = crate::time::Reader { order: None, zone: None, ..self.mapping.dates.reader() };
        let of_column = |column: usize| {
            let mut evidence = Evidence::default();
            let cells = (0..self.head.records.len()).filter_map(|record| self.head.cell(record, column));
            cells.for_each(|cell| evidence.see(cell.trim(), reader));
            evidence
        };
        self.date_columns().map(of_column).collect()
    }
}

/// Makes claims of some records, their dates read as `dates` says.
pub(super) fn place(
    file: &File<'_>,
    plan: &Plan<'_>,
    mut dates: Dates,
    raw: &RawTable,
    records: Range<usize>,
) -> Result<Placed, ImportError> {
    let first = records.start == 0;
    let number = u16::try_from(file.index).unwrap_or(u16::MAX);
    let mut filler = Filler::new(number, records.len(), file.attribute_names.len());
    let (mut with_date, mut undated) = (0, 0);
    let mut extremes = Extremes::default();
    // What a chunk has to say is no more than its records, so only the whole file's has a limit.
    let most = raw.notes.most();
    let mut found = Vec::new();
    for record in records.clone() {
        let line = raw.records[record].line;
        if let Some((from, to)) = plan.plain(raw, record, &mut dates) {
            extremes.see_dates([Some(&from), to.as_ref()].into_iter().flatten().map(|own| (own.date, own.window)));
            filler.plain(line, from, to);
            with_date += 1;
            continue;
        }
        let before = found.len();
        match plan.date(raw, record, &mut dates, &mut found) {
            Ok(said) => {
                extremes.see(&said.edtf);
                filler.record(line, Some(&said.edtf), said.duration, Some(&said.written));
                with_date += 1;
            }
            Err(problem) => {
                filler.record(line, None, None, Some(&problem.raw));
                undated += 1;
                found.push(problem);
            }
        }
        found[before..].iter_mut().for_each(|note| note.line = line);
    }
    plan.fill(&mut filler, raw, &records, &mut found);
    // What the reader says is said once, with the first records of its table.
    let mut notes = if first { raw.notes.clone() } else { Notes::new(most) };
    found.sort_by_key(|note| note.line);
    for note in found {
        notes.add(note);
    }
    let part = filler.finish().map_err(|source| ImportError::TooLarge { source, name: file.name.to_owned() })?;
    Ok(Placed {
        part,
        dated: with_date,
        undated,
        rejected: if first { raw.notes.count(Outcome::Rejected) } else { 0 },
        extra: raw.columns.len() > file.head.columns.len(),
        notes,
        extremes,
        dates: dates.finish().collect(),
    })
}

/// What is to be said of a date of publication that cannot be used.
fn unread_publication(text: &str) -> Option<String> {
    match crate::time::read(text) {
        Ok(reading) if reading.precision.is_some() => None,
        Ok(_) => Some("no date of publication; the account counts as always known".to_owned()),
        Err(error) => Some(format!("{error}; the account counts as always known")),
    }
}

/// Which column serves for what.
pub(super) struct Plan<'a> {
    pub(super) names: Vec<&'a str>,
    /// By field.
    of: [Option<usize>; Field::COUNT],
    /// For each column, the attribute of the table that it feeds.
    attributes: Vec<Option<usize>>,
    /// Other columns with the name of a date.
    pub(super) spare: Vec<usize>,
    /// The first records, which tell what separates the items of lists.
    head: &'a RawTable,
    /// Whether negative years in columns of their own are years BCE as people count them.
    pub(super) without_zero: bool,
    /// How titles are composed, where no column has them.
    title: Option<TitleParts>,
    /// What all records have of fields that no column feeds.
    constants: &'a BTreeMap<Field, String>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(file: &File<'a>) -> Self {
        let raw = file.head;
        let mut of = [None; Field::COUNT];
        for (at, column) in file.mapping.columns.iter().enumerate() {
            if column.field != Field::Attribute {
                of[column.field as usize] = Some(at);
            }
        }
        let mut names: Vec<&str> = raw.columns.iter().map(String::as_str).collect();
        // Later records may be longer than the header where the first ones are not.
        if !names.contains(&EXTRA) {
            names.push(EXTRA);
        }
        let is_attribute =
            |at: usize| file.mapping.columns.get(at).is_none_or(|column| column.field == Field::Attribute);
        let known: HashMap<&str, usize> =
            file.attribute_names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        let mut fed = HashSet::new();
        // Of columns of one name the first counts.
        let attribute =
            |(at, name): (usize, &&str)| known.get(name).copied().filter(|own| is_attribute(at) && fed.insert(*own));
        Self {
            attributes: names.iter().enumerate().map(attribute).collect(),
            spare: (0..raw.columns.len())
                .filter(|&at| file.mapping.columns[at].field == Field::Attribute && is_spare_date(&raw.columns[at]))
                .collect(),
            head: raw,
            without_zero: !file.mapping.dates.astronomical
                && has_no_year_zero(raw, of[Field::StartYear as usize], of[Field::EndYear as usize]),
            title: file.mapping.title_parts(),
            constants: &file.mapping.constants,
            of,
            names,
        }
    }

    /// The column that has a field.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.of[field as usize]
    }

    pub(super) fn cell<'r>(&self, raw: &'r RawTable, record: usize, field: Field) -> Option<&'r str> {
        self.column(field).and_then(|column| raw.cell(record, column)).map(trimmed)
    }

    /// Fills all columns of some records but those of their times; notes what cannot be used.
    fn fill(&self, filler: &mut Filler, raw: &RawTable, records: &Range<usize>, notes: &mut Vec<Diagnostic>) {
        let cells = |column: usize| raw.column(records.clone(), column).map(|cell| cell.map(trimmed));
        if let Some(title) = &self.title {
            let mut text = String::new();
            let titles = records.clone().map(|record| {
                let any = title.compose(&mut text, |column| raw.cell(record, column).map(trimmed));
                any.then(|| one_line(&text).into_owned())
            });
            filler.texts(Field::Title, titles);
        }
        for (field, text) in self.constants {
            let texts = || records.clone().map(|_| Some(text.as_str()));
            match field.spec().store {
                Store::Texts => filler.texts(*field, texts()),
                Store::Words => filler.words(*field, texts()),
                Store::Lists => filler.lists(*field, texts(), |text| items(text, b';')),
                Store::Time | Store::Degrees | Store::Nowhere => {}
            }
        }
        for field in Field::all() {
            let Some(column) = self.column(field) else { continue };
            match field.spec().store {
                // An address is not shown but followed, and an id is compared.
                Store::Texts if matches!(field, Field::Id | Field::Url) => filler.texts(field, cells(column)),
                Store::Texts if field == Field::Title => {
                    filler.texts(field, cells(column).map(|cell| cell.map(one_line)));
                }
                Store::Texts => filler.texts(field, cells(column).map(|cell| cell.map(plain_text))),
                Store::Words => filler.words(field, cells(column).map(|cell| cell.map(plain_text))),
                Store::Lists => {
                    let separator = list_separator(self.head, column);
                    filler.lists(field, cells(column), |cell| items(cell, separator));
                }
                Store::Degrees => {
                    let limit = if field == Field::Latitude { 90.0 } else { 360.0 };
                    let degrees = |(record, cell): (usize, Option<&str>)| {
                        let value = degrees(cell?, limit);
                        if value.is_none() {
                            notes.push(self.no_degrees(raw, record, field));
                        }
                        value
                    };
                    filler.degrees(field, records.clone().zip(cells(column)).map(degrees));
                }
                // Each record has its time already.
                Store::Time | Store::Nowhere => {}
            }
        }
        let fed = || self.attributes.iter().enumerate().filter_map(|(column, own)| own.map(|own| (column, own)));
        if raw.is_dense() && raw.columns.len() <= FEW_COLUMNS {
            // Column by column is quicker, and looks at each column of each record.
            for (column, attribute) in fed() {
                let cells = raw.column(records.clone(), column).enumerate();
                filler.attribute(attribute, cells.filter_map(|(record, cell)| Some((record, cell?))));
            }
            return self.note_publications(raw, records, notes);
        }
        raw.each_cell(records.clone(), |record, column, cell| {
            if let Some(attribute) = self.attributes.get(column).copied().flatten() {
                filler.attribute(attribute, std::iter::once((record, cell)));
            }
        });
        self.note_publications(raw, records, notes);
    }

    fn note_publications(&self, raw: &RawTable, records: &Range<usize>, notes: &mut Vec<Diagnostic>) {
        if self.column(Field::Published).is_some() {
            notes.extend(records.clone().filter_map(|record| self.unread_publication(raw, record)));
        }
    }

    /// What is to be said of a record's cell that is no number of degrees.
    fn no_degrees(&self, raw: &RawTable, record: usize, field: Field) -> Diagnostic {
        let text = self.cell(raw, record, field).unwrap_or("");
        let problem = self.problem(Outcome::Note, field, "this is no number of degrees; it is not used", text);
        Diagnostic { line: raw.records[record].line, ..problem }
    }

    /// What is to be said of a date of publication that cannot be used.
    fn unread_publication(&self, raw: &RawTable, record: usize) -> Option<Diagnostic> {
        let text = self.cell(raw, record, Field::Published)?;
        let reason = unread_publication(text)?;
        let problem = self.problem(Outcome::Note, Field::Published, reason, text);
        Some(Diagnostic { line: raw.records[record].line, ..problem })
    }

    pub(super) fn problem(&self, outcome: Outcome, field: Field, reason: impl Into<String>, raw: &str) -> Diagnostic {
        let column = self.column(field).map(|column| self.names[column].to_owned());
        Diagnostic { outcome, line: 0, column, reason: reason.into(), raw: shortened(raw) }
    }
}

/// Whether columns of years have negative ones and no year 0, as far as the first records tell.
fn has_no_year_zero(raw: &RawTable, start: Option<usize>, end: Option<usize>) -> bool {
    let cells = || {
        start
            .into_iter()
            .chain(end)
            .flat_map(|column| (0..raw.records.len()).filter_map(move |at| raw.cell(at, column)))
    };
    let negative = |cell: &str| cell.trim().strip_prefix(['-', '−']).is_some_and(is_bare_year);
    cells().any(negative) && !cells().any(|cell| cell.trim().parse::<f64>().is_ok_and(|year| year == 0.0))
}

/// A number of degrees, up to a limit on both sides of zero.
pub(super) fn degrees(text: &str, limit: f64) -> Option<f64> {
    let value = decimal(text).or_else(|| text.parse().ok()).or_else(|| with_letter(text));
    value.filter(|value: &f64| value.abs() <= limit)
}

/// Degrees as maps write them: `33.675N`, `106,475 W`, `48°51'24"N`; south and west are negative.
fn with_letter(text: &str) -> Option<f64> {
    const SOUTH_WEST: [char; 4] = ['S', 's', 'W', 'w'];
    const NORTH_EAST: [char; 6] = ['N', 'n', 'E', 'e', 'O', 'o'];
    let text = text.trim();
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bare = text.trim_matches(|c: char| SOUTH_WEST.contains(&c) || NORTH_EAST.contains(&c) || c.is_whitespace());
    let (negative, bare) = bare.strip_prefix(['-', '−']).map_or((false, bare), |bare| (true, bare));
    let negative = negative || text.starts_with(SOUTH_WEST) || text.ends_with(SOUTH_WEST);
    let pieces: Vec<f64> = bare
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .filter(|piece| !piece.is_empty())
        .map(|piece| piece.replace(',', ".").parse().ok())
        .collect::<Option<_>>()?;
    let signs = bare.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,°º'′’\"″”".contains(c));
    let value = match pieces.as_slice() {
        [degrees] => *degrees,
        [degrees, minutes] if *minutes < 60.0 => degrees + minutes / 60.0,
        [degrees, minutes, seconds] if *minutes < 60.0 && *seconds < 60.0 => {
            degrees + minutes / 60.0 + seconds / 3_600.0
        }
        _ => return None,
    };
    signs.then_some(if negative { -value } else { value })
}

/// A number of few digits, as coordinates mostly are: `-71.053`. The digits and the power of ten are exact as floats, so
/// that one division gives the nearest one (Clinger, *How to read floating point numbers accurately*, 1990); `None` for
/// any other form.
fn decimal(text: &str) -> Option<f64> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const ZEROS: u64 = ONES * b'0' as u64;
    const TOPS: u64 = ONES << 7;
    const POWERS: [f64; 8] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
    let minus = text.starts_with('-');
    let digits = &text.as_bytes()[usize::from(minus)..];
    if digits.len() > 8 {
        return None;
    }
    // All at once, for where the point stands cannot be foretold: eight bytes, the last digit lowest, noughts above.
    let letters = match (digits.first_chunk(), digits.last_chunk()) {
        (Some(first), Some(last)) => {
            (u64::from(u32::from_be_bytes(*first)) << (8 * digits.len() - 32)) | u64::from(u32::from_be_bytes(*last))
        }
        _ => digits.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte)),
    };
    let above = ZEROS.checked_shl(8 * digits.len() as u32).unwrap_or(0);
    let values = (letters | above) ^ ZEROS;
    // The lowest byte that is the point; what stands above it moves down by one.
    let no_point = values ^ (ONES * u64::from(b'.' ^ b'0'));
    let point = no_point.wrapping_sub(ONES) & !no_point & TOPS;
    let (places, values) = if point == 0 {
        (0, values)
    } else {
        let places = point.trailing_zeros() / 8;
        let below = (1 << (8 * places)) - 1;
        (places as usize, ((values >> 8) & !below) | (values & below))
    };
    let all_digits = (values.wrapping_add(ONES * 0x76) | values) & TOPS == 0;
    if !all_digits || digits.len() == usize::from(point != 0) {
        return None;
    }
    // Digits to pairs, to fours, to one number.
    let pairs = ((values >> 8) & 0x00ff_00ff_00ff_00ff) * 10 + (values & 0x00ff_00ff_00ff_00ff);
    let fours = ((pairs >> 16) & 0x0000_ffff_0000_ffff) * 100 + (pairs & 0x0000_ffff_0000_ffff);
    let number = (fours >> 32) * 10_000 + (fours & 0xffff_ffff);
    let value = number as f64 / POWERS[places];
    Some(if minus { -value } else { value })
}

/// The items of a cell that holds a list.
fn items(cell: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(cell);
    let all = std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(at) = memchr::memchr(separator, text.as_bytes()) else { return Some(trimmed(text)) };
        rest = Some(&text[at + 1..]);
        Some(trimmed(&text[..at]))
    });
    all.filter(|item| !item.is_empty())
}

/// What separates the items of a list column: a semicolon where there is one, else a bar, else a comma.
fn list_separator(raw: &RawTable, column: usize) -> u8 {
    let holds = |record: usize, sign: u8| {
        raw.cell(record, column).is_some_and(|cell| memchr::memchr(sign, cell.as_bytes()).is_some())
    };
    let any = |sign: &u8| (0..raw.records.len().min(2_000)).any(|record| holds(record, *sign));
    [b';', b'|'].into_iter().find(any).unwrap_or(b',')
}

/// The earliest and the latest date seen, as written.
#[derive(Default)]
pub(super) struct Extremes {
    earliest: Option<(TimePoint, Date)>,
    latest: Option<(TimePoint, Date)>,
}

impl Extremes {
    fn see(&mut self, edtf: &Edtf) {
        self.see_dates(edtf.dates().map(|date| (*date, date.window())));
    }

    /// Takes dates with their windows into account.
    fn see_dates(&mut self, dates: impl Iterator<Item = (Date, Span)>) {
        for (date, window) in dates {
            if self.earliest.is_none_or(|(point, _)| window.start() < point) {
                self.earliest = Some((window.start(), date));
            }
            if self.latest.is_none_or(|(point, _)| window.end() > point) {
                self.latest = Some((window.end(), date));
            }
        }
    }

    /// Takes those of other records into account.
    pub(super) fn add(&mut self, other: &Self) {
        if let Some(own) = other.earliest.filter(|own| self.earliest.is_none_or(|(point, _)| own.0 < point)) {
            self.earliest = Some(own);
        }
        if let Some(own) = other.latest.filter(|own| self.latest.is_none_or(|(point, _)| own.0 > point)) {
            self.latest = Some(own);
        }
    }

    /// As EDTF.
    pub(super) fn texts(&self) -> (Option<String>, Option<String>) {
        let text = |found: Option<(TimePoint, Date)>| found.map(|(_, date)| date.to_string());
        (text(self.earliest), text(self.latest))
    }
}

#[cfg(test)]
mod tests {
    use super::{decimal, degrees};
    use proptest::prelude::*;

    #[test]
    fn other_forms_than_plain_decimals_are_left_to_the_parser() {
        for text in ["", "-", ".", "1e5", "+4", "1.2.3", "inf", " 4", "1234567890.123456"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal("-.5"), Some(-0.5));
    }

    #[test]
    fn degrees_are_read_as_maps_write_them() {
        for (text, value) in [
            ("33.675N", Some(33.675)),
            ("106,475 W", Some(-106.475)),
            ("48°51'36\"N", Some(48.86)),
            ("S 12° 30′", Some(-12.5)),
            ("35°N", Some(35.0)),
            ("**", None),
            ("Room 12", None),
            ("91N", None),
            ("12:30", None),
        ] {
            let found = degrees(text, 90.0_f64.max(if text.contains('W') { 180.0 } else { 0.0 }));
            assert_eq!(
                found.map(|found| (found * 1e6).round()),
                value.map(|value: f64| (value * 1e6).round()),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_plain_decimal_is_what_the_parser_makes_of_it(text in "-?[0-9]{1,4}(\\.[0-9]{0,3})?", other in "[-.,0-9e]{0,10}") {
            prop_assert_eq!(decimal(&text).map(f64::to_bits), text.parse().ok().map(f64::to_bits));
            if let Some(value) = decimal(&other) {
                prop_assert_eq!(Ok(value.to_bits()), other.parse().map(f64::to_bits), "{}", other);
            }
        }
    }
}
