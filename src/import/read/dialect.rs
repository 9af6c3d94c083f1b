//! CSV and its relations: any delimiter, any line end, quotes, ragged rows.

use super::Format;
use super::blocks;
use crate::import::ImportError;
use crate::import::ledger::{Diagnostic, Outcome, shortened};
use crate::import::raw::RawTable;
use crate::import::recognise::{is_note_name, is_usual_name};
use crate::import::sniff::Decoded;
use crate::task::{Control, Limits, memory};
use crate::text::grouped;
use crate::time;
use csv::StringRecord;
use memchr::{memchr, memchr_iter, memchr2_iter};
use std::collections::HashMap;

/// The column that holds what stands beyond the header's last column.
pub(in crate::import) const EXTRA: &str = "(beyond the last column)";

/// The column that holds what stands in columns beyond the limit.
pub(super) const OTHER: &str = "(other fields)";

/// What is said of a header alone.
pub(super) const NO_ROWS: &str = "The file has a header and no rows under it.";

/// How a delimited text is written.
#[derive(Clone, Debug)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    format: Format,
    encoding: &'static str,
    /// The columns that the header names, or their numbers; last the one that those beyond the limit share.
    columns: Vec<String>,
    /// Columns beyond the limit.
    other: Vec<String>,
    limits: Limits,
}

impl Dialect {
    /// Columns that have a place of their own.
    fn kept(&self) -> usize {
        self.columns.len() - usize::from(!self.other.is_empty())
    }

    /// Cells that a whole record has.
    fn width(&self) -> usize {
        self.kept() + self.other.len()
    }
}

/// What separates the cells of a text, and how many bytes at its beginning only say so.
pub(super) fn delimiter(text: &str) -> (u8, usize) {
    declared_delimiter(text).unwrap_or_else(|| (sniff_delimiter(text), 0))
}

/// Reads a whole text.
pub(super) fn read(
    decoded: &Decoded<'_>,
    chosen: Option<u64>,
    name: &str,
    control: &Control,
) -> Result<RawTable, ImportError> {
    // Where lines end in CR alone, line numbers are counted by it.
    let lone_cr = !decoded.text.contains('\n') && decoded.text.contains('\r');
    let unified = lone_cr.then(|| decoded.text.replace('\r', "\n"));
    let text = unified.as_deref().unwrap_or(&decoded.text);
    let (delimiter, skipped) = delimiter(text);
    control.phase(format!("Reading {name}"), text.len() as u64);
    let text = text[skipped..].to_owned();
    let open = blocks::scan(text.as_bytes(), delimiter).open;
    let line = 1 + u64::from(skipped > 0);
    let (mut table, _) = head(text, decoded.encoding, delimiter, line, chosen, name, control.limits())?;
    control.check()?;
    if open {
        note_open_quote(&mut table);
    }
    if table.records.is_empty() {
        table.remarks.push(NO_ROWS.to_owned());
    }
    Ok(table)
}

/// Reads the beginning of a text, with its header, and tells from it how the rest is written. The header is where the user
/// says, or the first line that agrees with those after it.
pub(super) fn head(
    text: String,
    encoding: &'static str,
    delimiter: u8,
    line: u64,
    chosen: Option<u64>,
    name: &str,
    limits: &Limits,
) -> Result<(RawTable, Dialect), ImportError> {
    let format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    let name = name.to_owned();
    let Some(Header { record: first, from, to, above }) =
        find_header(&text, delimiter, chosen.map(|own| (own, line)))
    else {
        return Err(
            chosen.map_or(ImportError::Empty { name: name.clone() }, |line| ImportError::NoHead { line, name })
        );
    };
    let has_header = chosen.is_some() || is_header(&first);
    let mut columns: Vec<String> =
        if has_header { header(&first) } else { (1..=first.len()).map(|i| format!("column {i}")).collect() };
    let other = columns.split_off(columns.len().min(limits.columns.max(1)));
    columns.extend((!other.is_empty()).then(|| OTHER.to_owned()));
    let dialect = Dialect { delimiter, format, encoding, columns, other, limits: limits.clone() };
    let skipped = if has_header { to } else { from };
    let line = line + memchr_iter(b'\n', &text.as_bytes()[..skipped]).count() as u64;
    let mut table = records(text, skipped, line, &dialect);
    table.remarks.extend(beyond_limit(dialect.other.len(), limits));
    table.remarks.extend(above_head(&above));
    if !has_header {
        table.remarks.push("The first line holds data, so the columns have no names.".to_owned());
    }
    Ok((table, dialect))
}

/// What is to be said where some columns have no place of their own.
pub(super) fn beyond_limit(columns: usize, limits: &Limits) -> Option<String> {
    let (columns, kept) = (grouped(columns), grouped(limits.columns));
    (columns != "0").then(|| {
        format!(
            "{columns} columns beyond the first {kept} are kept together in one, “{OTHER}”; --max-columns gives more of them \
             their own."
        )
    })
}

/// The records of a text that begins where a record does, from a byte on that stands in a line.
pub(super) fn records(text: String, from: usize, line: u64, dialect: &Dialect) -> RawTable {
    let bytes = &text.as_bytes()[from..];
    let plain =
        memchr(b'"', bytes).is_none() && memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'));
    let columns = dialect.columns.clone();
    if plain {
        let mut table = RawTable::over(text, dialect.format, dialect.encoding, columns, &dialect.limits);
        split(&mut table, from, line, dialect);
        return table;
    }
    let mut table = RawTable::new(dialect.format, dialect.encoding, columns, &dialect.limits);
    let body = &text[from..];
    let mut reader = reader(body, dialect.delimiter);
    let mut record = StringRecord::new();
    while advance(&mut reader, &mut record) {
        let at = record.position().map_or(0, |position| line_at(body, position)) + line - 1;
        push(&mut table, &record, dialect, at);
    }
    table
}

/// Cuts a text without quotes at its line ends and delimiters.
fn split(table: &mut RawTable, from: usize, mut line: u64, dialect: &Dialect) {
    // Cells of ragged rows are added behind the text, so it is read up to where it ended at first.
    let length = table.text().len();
    table.reserve(length - from);
    let longest = blocks::longest_record(&dialect.limits);
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut at = from;
    while at < length {
        parts.clear();
        let bytes = &table.text().as_bytes()[..length];
        let (mut start, mut end) = (at, length);
        for i in memchr2_iter(dialect.delimiter, b'\n', &bytes[at..]).map(|i| at + i) {
            if bytes[i] == b'\n' {
                end = i;
                break;
            }
            parts.push((start, i));
            start = i + 1;
        }
        let stop = if end > at && bytes[end - 1] == b'\r' { end - 1 } else { end };
        if stop > at {
            parts.push((start, stop));
            let blank = |&(from, to): &(usize, usize)| bytes[from..to].iter().all(u8::is_ascii_whitespace);
            let note = parts.len() > 2 && blank(&parts[1]) && parts[1..].iter().all(blank);
            let text = |&(from, to): &(usize, usize)| &table.text()[from..to];
            if note && is_note(text(&parts[0])) {
                let raw = shortened(text(&parts[0]).trim());
                reject_note(table, line, raw);
            } else if stop - at > longest {
                reject_long(table, line, at..stop, longest);
            } else if parts.len() == dialect.columns.len() && dialect.other.is_empty() && !parts.iter().all(blank) {
                table.push_parts(line, &parts);
            } else {
                let record: StringRecord = parts.iter().map(|&(from, to)| &table.text()[from..to]).collect();
                push(table, &record, dialect, line);
            }
        }
        (at, line) = (end + 1, line + 1);
    }
}

/// Rejects a record that is too long to be kept.
fn reject_long(table: &mut RawTable, line: u64, record: std::ops::Range<usize>, longest: usize) {
    let reason = format!(
        "the record has {}, and a record at most {}; is a quote missing, or a line end? --max-cell allows longer ones",
        memory::size(record.len() as u64),
        memory::size(longest as u64)
    );
    let raw = shortened(&String::from_utf8_lossy(&table.text().as_bytes()[record.start..record.start + 300]));
    table.notes.add(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw });
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

fn push(table: &mut RawTable, record: &StringRecord, dialect: &Dialect, line: u64) {
    let (width, kept, delimiter) = (dialect.width(), dialect.kept(), dialect.delimiter);
    if record.iter().all(|cell| cell.trim().is_empty()) {
        let reason = "the row is empty".to_owned();
        let raw = beginning(record);
        table.notes.add(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw });
        return;
    }
    let first = record.get(0).unwrap_or_default();
    if width > 2 && is_note(first) && record.iter().skip(1).all(|cell| cell.trim().is_empty()) {
        return reject_note(table, line, shortened(first.trim()));
    }
    if let Some(lines) = swallowed(record, width, delimiter) {
        let reason = format!("rows that a quoted cell seems to have swallowed: {lines}; is a quote missing?");
        let raw = beginning(record);
        table.notes.add(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw });
    }
    table.begin_record(line);
    for (column, cell) in record.iter().take(kept).enumerate() {
        table.set(column, cell);
    }
    if record.len() == width && dialect.other.is_empty() {
        return;
    }
    // What has no column of its own: cells of columns beyond the limit, by their names, and cells beyond the header.
    let named = record.iter().skip(kept).zip(&dialect.other).filter(|(cell, _)| !cell.trim().is_empty());
    let mut beside: Vec<String> = named.map(|(cell, name)| format!("{name}: {}", cell.trim())).collect();
    let beyond: Vec<&str> = record.iter().skip(width).collect();
    let has_beyond = beyond.iter().any(|cell| !cell.trim().is_empty());
    if has_beyond {
        beside.push(beyond.join(" | "));
    }
    if !beside.is_empty() {
        if table.columns.len() == kept {
            table.columns.push(EXTRA.to_owned());
        }
        table.set(kept, &beside.join("; "));
    }
    let mut reason = format!("the row has {} cells, the header {width}", record.len());
    if has_beyond {
        reason.push_str("; what stands beyond the last column is kept as an attribute");
    } else if record.len() < width {
        reason.push_str("; the missing ones are taken as empty");
    } else {
        return;
    }
    let raw = beginning(record);
    table.notes.add(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw });
}

/// A record as one line of text, shortened.
fn beginning(record: &StringRecord) -> String {
    // More cells than this do not show.
    let cells: Vec<String> = record.iter().take(400).map(|cell| cell.chars().take(400).collect()).collect();
    shortened(&cells.join(" | "))
}

/// How many lines inside a cell have as many delimiters as a row has: rows that a stray quote swallowed.
fn swallowed(record: &StringRecord, width: usize, delimiter: u8) -> Option<usize> {
    let cell = record.iter().find(|cell| cell.contains('\n'))?;
    let like_row = |line: &&str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 == width;
    let lines = if width > 1 { cell.lines().skip(1).filter(like_row).count() } else { 0 };
    (lines > 0).then_some(lines)
}

/// A quote that is never closed swallows the rest of the file into one cell: say so.
pub(super) fn note_open_quote(table: &mut RawTable) {
    let Some(last) = table.records.len().checked_sub(1) else { return };
    let (lines, raw) = (table.lines_of(last), shortened(&table.record_text(last)));
    if lines > 1 {
        let line = table.records[last].line;
        let reason = format!("a quote that opens here is never closed, so {lines} lines were read as one row");
        table.notes.add(Diagnostic { outcome: Outcome::Note, line, column: None, reason, raw });
    }
}

/// Where a table's header is.
struct Header {
    record: StringRecord,
    /// Bytes of the text before it, and with it.
    from: usize,
    to: usize,
    /// Lines above it, as texts.
    above: Vec<String>,
}

/// Lines that may stand above a header.
const MOST_ABOVE: usize = 40;

/// The header: the line that the user names (with the number of the text's first line), or the first that has about as many
/// filled cells as those after it. Title lines above a table have one, or few.
fn find_header(text: &str, delimiter: u8, chosen: Option<(u64, u64)>) -> Option<Header> {
    let mut reader = reader(text, delimiter);
    let mut rows: Vec<(StringRecord, usize, usize)> = Vec::new();
    let (mut record, mut from) = (StringRecord::new(), 0);
    let most = chosen.map_or(2 * MOST_ABOVE, |(line, first)| line.saturating_sub(first) as usize + 1);
    while rows.len() < most && advance(&mut reader, &mut record) {
        let to = reader.position().byte() as usize;
        rows.push((record.clone(), from, to));
        from = to;
    }
    let line_of = |row: &(StringRecord, usize, usize)| row.0.position().map_or(0, |position| line_at(text, position));
    let at = match chosen {
        // Lines are counted in the whole file.
        Some((line, first)) => rows.iter().position(|row| line_of(row) + first > line)?,
        // A row of usual names is a head, whatever stands below it.
        None if rows.first().is_some_and(|row| filled(&row.0) > 1 && row.0.iter().any(is_usual_name)) => 0,
        None => header_by_cells(&rows.iter().map(|row| filled(&row.0)).collect::<Vec<_>>()),
    };
    let above =
        rows[..at].iter().map(|row| beginning(&row.0)).filter(|text| !text.trim_matches([' ', '|']).is_empty());
    let above = above.collect();
    let (record, from, to) = rows.into_iter().nth(at)?;
    Some(Header { record, from, to, above })
}

/// Cells of a row that hold something.
fn filled(record: &StringRecord) -> usize {
    record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Which of the first rows is the header, by how many filled cells they have.
fn header_by_cells(filled: &[usize]) -> usize {
    let first = filled.first().copied().unwrap_or(0);
    let most = filled.iter().copied().max().unwrap_or(0);
    if first * 2 > most || most < 2 {
        return 0;
    }
    // Of a header of names every cell is filled, whatever the records below have.
    let usual = most_common(&filled[filled.len() / 2..]).unwrap_or(most);
    let like_head = |cells: usize| cells >= 2 && cells * 10 >= usual * 7;
    let at = filled.iter().take(MOST_ABOVE).position(|cells| like_head(*cells)).unwrap_or(0);
    // A row of few cells under a fuller one is a record.
    if filled[..at].iter().all(|cells| cells * 2 <= usual.max(2)) { at } else { 0 }
}

/// The number that comes most often; of equals the larger.
fn most_common(numbers: &[usize]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for number in numbers {
        *counts.entry(*number).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(number, count)| (*count, *number)).map(|(number, _)| number)
}

/// What is to be said of lines above the header.
fn above_head(above: &[String]) -> Option<String> {
    let told: Vec<String> = above.iter().take(3).map(|line| format!("“{}”", line.trim_matches([' ', '|']))).collect();
    let more =
        if above.len() > told.len() { format!(" and {} more", above.len() - told.len()) } else { String::new() };
    (!told.is_empty()).then(|| {
        format!(
            "Above the table's head these lines are no records: {}{more}. --head names another line as the head.",
            told.join(", ")
        )
    })
}

/// Whether a row's only cell is a remark on the table: "Source: …", "Note: …".
fn is_note(cell: &str) -> bool {
    let cell = cell.trim();
    let (word, rest) = cell.split_once([':', '：']).unwrap_or(("", ""));
    (!rest.is_empty() && word.len() <= 40 && is_note_name(word)) || cell.starts_with(['*', '©', '†'])
}

fn reject_note(table: &mut RawTable, line: u64, raw: String) {
    let reason = "a remark on the table, not a record".to_owned();
    table.notes.add(Diagnostic { outcome: Outcome::Rejected, line, column: None, reason, raw });
}

/// Spreadsheets write `sep=;` above the header.
fn declared_delimiter(text: &str) -> Option<(u8, usize)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_end().strip_prefix("sep=")?.as_bytes() {
        [delimiter] => Some((*delimiter, text.len() - rest.len())),
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
        // Title lines above a table have a width of their own.
        let Some(usual) = most_common(&widths) else { continue };
        let even = widths.iter().filter(|&&width| width == usual).count() as f64 / widths.len() as f64;
        let score = if usual < 2 { 0.0 } else { even * even * (usual as f64).ln_1p() };
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
            || time::read(cell).is_ok_and(|read| read.edtf.dates().next().is_some_and(|date| date.day.is_some()))
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
