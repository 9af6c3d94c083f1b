//! CSV and its relations: any delimiter, any line end, quotes, ragged rows.

use super::ImportError;
use super::columns::is_usual_name;
use super::ledger::{Diagnostic, Outcome, shortened};
use super::raw::RawTable;
use super::sniff::{Decoded, Format};
use crate::event::TooManyRows;
use crate::task::Control;
use crate::time;
use csv::StringRecord;
use std::collections::HashMap;

/// The column that holds what stands beyond the header's last column.
const EXTRA: &str = "(beyond the last column)";

pub(super) fn read(decoded: &Decoded<'_>, name: &str, control: &Control) -> Result<RawTable, ImportError> {
    // Where lines end in CR alone, line numbers are counted by it.
    let lone_cr = !decoded.text.contains('\n') && decoded.text.contains('\r');
    let unified = lone_cr.then(|| decoded.text.replace('\r', "\n"));
    let text = unified.as_deref().unwrap_or(&decoded.text);
    let (delimiter, body, first_line) = match declared_delimiter(text) {
        Some((delimiter, rest)) => (delimiter, rest, 2),
        None => (sniff_delimiter(text), text, 1),
    };
    let format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let mut reader = reader(body, delimiter);
    let mut record = StringRecord::new();
    if !advance(&mut reader, &mut record) {
        return Err(ImportError::Empty { name: name.to_owned() });
    }
    let has_header = is_header(&record);
    let columns =
        if has_header { header(&record) } else { (1..=record.len()).map(|i| format!("column {i}")).collect() };
    let width = columns.len();
    let mut table = RawTable::new(format, decoded.encoding, columns);
    if !has_header {
        table.remarks.push("The first line holds data, so the columns have no names.".to_owned());
        push(&mut table, &record, (width, delimiter), first_line);
    }
    control.phase(format!("Reading {name}"), body.len() as u64);
    let mut count = 0_u64;
    while advance(&mut reader, &mut record) {
        let at = record.position().map_or(0, |position| line_at(body, position)) + first_line - 1;
        push(&mut table, &record, (width, delimiter), at);
        count += 1;
        if count.is_multiple_of(4_096) {
            control.advance(reader.position().byte())?;
        }
        if table.records.len() > 2_000_000_000 {
            return Err(ImportError::TooLarge { source: TooManyRows, name: name.to_owned() });
        }
    }
    if table.records.is_empty() {
        table.remarks.push("The file has a header and no rows under it.".to_owned());
    }
    warn_of_open_quote(&mut table, body);
    Ok(table)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// The next record. Reading text from memory with ragged rows allowed cannot fail; if it did, the rows end here.
fn advance(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> bool {
    reader.read_record(record).unwrap_or(false)
}

/// The line on which a record begins. The reader's own count stands before the line ends that it skips.
fn line_at(body: &str, position: &csv::Position) -> u64 {
    let rest = body.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + skipped as u64
}

fn push(table: &mut RawTable, record: &StringRecord, (width, delimiter): (usize, u8), line: u64) {
    let whole = || shortened(&record.iter().collect::<Vec<_>>().join(" | "));
    if record.iter().all(|cell| cell.trim().is_empty()) {
        let reason = "the row is empty".to_owned();
        table.rejected.push(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw: whole() });
        return;
    }
    if let Some(lines) = swallowed(record, width, delimiter) {
        let reason = format!("rows that a quoted cell seems to have swallowed: {lines}; is a quote missing?");
        table.notes.push(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw: whole() });
    }
    table.begin_record(line);
    for (column, cell) in record.iter().take(width).enumerate() {
        table.set(column, cell);
    }
    if record.len() == width {
        return;
    }
    let mut reason = format!("the row has {} cells, the header {width}", record.len());
    if record.len() > width {
        let extra: Vec<&str> = record.iter().skip(width).collect();
        if extra.iter().any(|cell| !cell.trim().is_empty()) {
            reason.push_str("; what stands beyond the last column is kept as an attribute");
            if table.columns.len() == width {
                table.columns.push(EXTRA.to_owned());
            }
            table.set(width, &extra.join(" | "));
        } else {
            return;
        }
    } else {
        reason.push_str("; the missing ones are taken as empty");
    }
    table.notes.push(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw: whole() });
}

/// How many lines inside a cell have as many delimiters as a row has: rows that a stray quote swallowed.
fn swallowed(record: &StringRecord, width: usize, delimiter: u8) -> Option<usize> {
    let cell = record.iter().find(|cell| cell.contains('\n'))?;
    let like_row = |line: &&str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 == width;
    let lines = if width > 1 { cell.lines().skip(1).filter(like_row).count() } else { 0 };
    (lines > 0).then_some(lines)
}

/// A quote that is never closed swallows the rest of the file into one cell: say so.
fn warn_of_open_quote(table: &mut RawTable, body: &str) {
    if body.bytes().filter(|&byte| byte == b'"').count().is_multiple_of(2) {
        return;
    }
    let Some(last) = table.records.len().checked_sub(1) else { return };
    let text = table.record_text(last);
    let lines = text.lines().count();
    if lines > 1 {
        let line = table.records[last].line;
        let reason = format!("a quote that opens here is never closed, so {lines} lines were read as one row");
        table.notes.push(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw: shortened(&text) });
    }
}

/// Spreadsheets write `sep=;` above the header.
fn declared_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_end().strip_prefix("sep=")?.as_bytes() {
        [delimiter] => Some((*delimiter, rest)),
        _ => None,
    }
}

/// The delimiter that cuts the first lines into the most even rows of more than one cell.
fn sniff_delimiter(text: &str) -> u8 {
    let mut end = text.len().min(64 << 10);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let mut best = (0.0_f64, b',');
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut reader = reader(head, delimiter);
        let mut record = StringRecord::new();
        let mut widths = Vec::new();
        while widths.len() < 100 && advance(&mut reader, &mut record) {
            widths.push(record.len());
        }
        // The last record may be cut by the end of the look-ahead.
        if widths.len() > 2 && end < text.len() {
            widths.pop();
        }
        let Some(&first) = widths.first() else { continue };
        let even = widths.iter().filter(|&&width| width == first).count() as f64 / widths.len() as f64;
        let score = if first < 2 { 0.0 } else { even * even * (first as f64).ln_1p() };
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// A header names: some cell is a usual name, or none is a date or a number. A year alone may be a name.
fn is_header(record: &StringRecord) -> bool {
    let is_value = |cell: &str| {
        let cell = cell.trim();
        cell.parse::<f64>().is_ok_and(|_| cell.len() != 4)
            || time::read(cell).is_ok_and(|read| read.edtf.dates().first().is_some_and(|date| date.day.is_some()))
    };
    let values = record.iter().filter(|cell| is_value(cell)).count();
    values == 0 || record.iter().any(is_usual_name)
}

fn header(record: &StringRecord) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    record
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            let base = match cell.trim() {
                "" => format!("column {}", i + 1),
                name => name.to_owned(),
            };
            let count = seen.entry(base.clone()).or_default();
            *count += 1;
            if *count == 1 { base } else { format!("{base} ({count})") }
        })
        .collect()
}
