//! What a Parquet file claims of its own sizes, held against its bytes and the memory budget before a decoder is let at it.
//!
//! Decoders make room for what a footer or a page's header says, and unpack without an end; one that the system refuses
//! memory takes the program with it. Source: Apache Parquet, *parquet.thrift* (numbers of fields are from there).

use super::thrift::{Broken, LENGTH, NUMBER, STRUCTURE, TEXT, TRUTH, walk, walk_typed};
use crate::import::source::Source;
use crate::task::{Memory, NoRoom};
use parquet::basic::{Compression, Type};
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use std::io::Read;

/// Bytes of the table that a record takes at least: its bounds, flags, file and line.
const RECORD: u64 = 48;
/// A row group, a column of one, an element of the schema, a pair of texts in memory, about.
const ELEMENT: u64 = 512;
/// Longer headers of pages are not looked for.
const LONGEST_HEADER: usize = 16 << 20;
/// Records that are decoded at a time.
const BATCH: usize = 8_192;
/// Bytes that these may take, as far as the file tells.
const BATCH_BYTES: u64 = 32 << 20;

/// Why a file is not decoded.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is damaged, or not what it says.
    Unsound(String),
    /// It is larger than the memory budget.
    Memory(NoRoom),
}

impl From<NoRoom> for Refusal {
    fn from(no_room: NoRoom) -> Self {
        Self::Memory(no_room)
    }
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::Unsound(reason)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Unsound(error.to_string())
    }
}

fn damaged(what: &str) -> Refusal {
    Refusal::Unsound(format!("{what} damaged"))
}

/// Looks through the footer.
pub(super) fn check_footer(source: &Source, memory: &Memory) -> Result<(), Refusal> {
    let size = source.size();
    let tail = bytes(source, size.saturating_sub(8), 8)?;
    // An encrypted footer, and a file without one, are for the decoder to refuse.
    let Some(length) = tail.strip_suffix(b"PAR1").and_then(|length| <[u8; 4]>::try_from(length).ok()) else {
        return Ok(());
    };
    let length = u64::from(u32::from_le_bytes(length));
    if length + 8 > size {
        return Err(damaged("its footer is"));
    }
    memory.room_for(length)?;
    let footer = bytes(source, size - 8 - length, length as usize)?;
    let (mut elements, mut largest, mut negative, mut listed) = (0_i64, 0, false, 0_u64);
    let walked = walk(&footer, |path, value| match path {
        [.., LENGTH] => listed = listed.saturating_add(value.unsigned_abs()),
        // FileMetaData.schema: the children of an element, and one number at least that each element has.
        [2, _, 5] => (largest, negative) = (largest.max(value), negative || value < 0),
        [2, _, 1 | 3] => elements += 1,
        // num_rows, of the file and of a row group
        [3] | [4, _, 3] => negative |= value < 0,
        _ => {}
    });
    // Each child has a type or is optional, so it was counted.
    if walked.is_err() || negative || largest > elements + 1 {
        return Err(damaged("its footer is"));
    }
    Ok(memory.room_for(listed.saturating_mul(ELEMENT).saturating_add(4 * length))?)
}

/// Whether the records of a file fit into memory at all.
pub(super) fn check_records(records: u64, memory: &Memory) -> Result<(), Refusal> {
    Ok(memory.room_for(records.saturating_mul(RECORD))?)
}

/// Looks through the headers of a row group's pages; how many of its records may be decoded at a time.
pub(super) fn check_group(source: &Source, group: &RowGroupMetaData, memory: &Memory) -> Result<usize, Refusal> {
    let mut needed = 0_u64;
    let records = group.num_rows().max(1).unsigned_abs();
    let mut record_bytes = group.total_byte_size().max(0).unsigned_abs() / records;
    for column in group.columns() {
        let pages = check_column(source, column, memory)?;
        let values = column.num_values().max(0).unsigned_abs();
        // Of a list all values of a record are decoded together; of texts told by their lengths, those of a page.
        let each = if column.column_descr().max_rep_level() > 0 { values } else { pages.values };
        needed =
            needed.saturating_add(2 * (pages.largest + pages.dictionary)).saturating_add(each.saturating_mul(16));
        if column.column_descr().physical_type() == Type::FIXED_LEN_BYTE_ARRAY {
            // Also one that is absent takes its whole length.
            record_bytes =
                record_bytes.saturating_add(column.column_descr().type_length().max(0).unsigned_abs().into());
        }
    }
    memory.room_for(needed)?;
    Ok((BATCH_BYTES / record_bytes.max(1)).clamp(1, BATCH as u64) as usize)
}

/// Bytes and values of a column's pages.
#[derive(Default)]
struct Pages {
    /// The largest page but the dictionary, unpacked.
    largest: u64,
    dictionary: u64,
    /// The most values of a page.
    values: u64,
}

/// The header of a page.
#[derive(Default)]
struct Header {
    /// Its type: a data page, an index, a dictionary, a data page of the second version.
    kind: i64,
    unpacked: i64,
    packed: i64,
    /// What the headers of the types say of values; only that of its own type counts, as for the decoder.
    data: Option<i64>,
    dictionary: Option<i64>,
    second: Option<i64>,
}

impl Header {
    fn is_dictionary(&self) -> bool {
        self.kind == 2
    }

    /// How many values it has; none in an index; `None` where the header of its type is missing.
    fn values(&self) -> Option<u64> {
        let values = match self.kind {
            0 => self.data?,
            1 => 0,
            2 => self.dictionary?,
            3 => self.second?,
            _ => return None,
        };
        u64::try_from(values).ok()
    }
}

fn check_column(source: &Source, column: &ColumnChunkMetaData, memory: &Memory) -> Result<Pages, Refusal> {
    let (start, length) = column.byte_range();
    let end = start.saturating_add(length);
    let (mut at, mut pages) = (start, Pages::default());
    let all = column.num_values().max(0).unsigned_abs();
    // To the end, also after the last value: where records are lists, only the next page tells that one has ended, and a group
    // may say that it has more records than the column has values.
    while at < end {
        // The decoder would read on, and skips lists of any length that are not there.
        let Some((header, taken)) = header(source, at)? else { return Err(damaged("a page's header is")) };
        let (Ok(unpacked), Ok(packed), Some(values)) =
            (u64::try_from(header.unpacked), u64::try_from(header.packed), header.values())
        else {
            return Err(damaged("a page's header is"));
        };
        at += taken;
        if at.saturating_add(packed) > source.size() || (values > all && !header.is_dictionary()) {
            return Err(damaged("a page's header is"));
        }
        check_unpacked(source, column.compression(), (at, packed), unpacked, memory)?;
        if header.is_dictionary() {
            pages.dictionary = pages.dictionary.max(unpacked);
        } else {
            pages.largest = pages.largest.max(unpacked);
            pages.values = pages.values.max(values);
        }
        at += packed;
    }
    Ok(pages)
}

/// The kind that a field of a page's header has: its numbers, the headers of the types of pages and their fields, with the
/// statistics.
fn kind_in_header(path: &[i16]) -> Option<u8> {
    Some(match path {
        [1..=4] | [5, 1..=4] | [7, 1..=2] | [8, 1..=6] => NUMBER,
        [5..=8] | [5, 5] | [8, 8] => STRUCTURE,
        [7, 3] | [8, 7] | [5, 5, 7..=8] | [8, 8, 7..=8] => TRUTH,
        [5, 5, 1..=2 | 5..=6] | [8, 8, 1..=2 | 5..=6] => TEXT,
        _ => return None,
    })
}

/// The page's header at a place, and the bytes it takes.
fn header(source: &Source, at: u64) -> Result<Option<(Header, u64)>, Refusal> {
    let mut length = 1 << 10;
    loop {
        let beginning = bytes(source, at, length)?;
        let mut out = Header::default();
        let walked = walk_typed(&beginning, kind_in_header, |path, value| match path {
            [1] => out.kind = value,
            [2] => out.unpacked = value,
            [3] => out.packed = value,
            [5, 1] => out.data = Some(value),
            [7, 1] => out.dictionary = Some(value),
            [8, 1] => out.second = Some(value),
            _ => {}
        });
        match walked {
            Ok(taken) => return Ok(Some((out, taken as u64))),
            Err(Broken::Short) if beginning.len() == length && length < LONGEST_HEADER => length *= 8,
            Err(_) => return Ok(None),
        }
    }
}

/// Unpacks a page to see whether it is as large as it says, where it could be so much larger that it matters.
fn check_unpacked(
    source: &Source,
    codec: Compression,
    (at, packed): (u64, u64),
    unpacked: u64,
    memory: &Memory,
) -> Result<(), Refusal> {
    // How many bytes one byte can stand for. Other codecs unpack into room of the size that the header says.
    let ratio = match codec {
        Compression::GZIP(_) => 1_032,
        Compression::LZ4 => 255,
        Compression::BROTLI(_) => 1 << 20,
        _ => return Ok(()),
    };
    let largest = packed.saturating_mul(ratio);
    if largest <= memory.room() / 8 {
        return Ok(());
    }
    let page = source.reader(at)?;
    let page = std::io::BufReader::new(page.take(packed));
    let count = |reader: &mut dyn Read| std::io::copy(&mut reader.take(unpacked + 1), &mut std::io::sink());
    let got = match codec {
        Compression::GZIP(_) => count(&mut flate2::bufread::MultiGzDecoder::new(page)),
        Compression::BROTLI(_) => count(&mut brotli_decompressor::Decompressor::new(page, 4_096)),
        _ => return Ok(memory.room_for(largest)?),
    };
    // What cannot be unpacked here cannot be there; what is larger than it says would be unpacked to its end.
    if got.is_ok_and(|got| got > unpacked) {
        return Err(Refusal::Unsound("a page unpacks to more than it says".to_owned()));
    }
    Ok(())
}

/// So many bytes from a place on, or those that are there.
fn bytes(source: &Source, at: u64, length: usize) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let reader = source.reader(at)?;
    reader.take(length as u64).read_to_end(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Input;
    use crate::task::Control;

    /// A file of which all but the footer is missing.
    fn check(footer: &[u8], memory: &Memory) -> Result<(), Refusal> {
        let length = (footer.len() as u32).to_le_bytes();
        let bytes = [b"PAR1".as_slice(), footer, &length, b"PAR1"].concat();
        let input = Input::Bytes { name: "a.parquet".into(), bytes: bytes.into() };
        check_footer(&Source::open(&input, &Control::new()).unwrap(), memory)
    }

    #[test]
    fn a_footer_may_claim_no_more_than_it_has() {
        let memory = Memory::new(None);
        // schema: one element with a type, which says that it has 1 or 2³⁰ children; num_rows: 3 or −3.
        let footer = |children: &[u8], rows: u8| {
            [[0x29, 0x1c, 0x15, 0x02, 0x45].as_slice(), children, &[0x00, 0x16, rows, 0x00]].concat()
        };
        assert!(check(&footer(&[0x02], 6), &memory).is_ok());
        for claims in [footer(&[0x80, 0x80, 0x80, 0x80, 0x08], 6), footer(&[0x02], 5), vec![0x29, 0xfc, 0xff, 0x7f]] {
            assert!(matches!(check(&claims, &memory), Err(Refusal::Unsound(_))), "{claims:?}");
        }
    }

    #[test]
    fn more_records_than_memory_are_refused_for_want_of_it() {
        let memory = Memory::new(Some(1 << 30));
        assert!(matches!(check_records(1_000_000_000, &memory), Err(Refusal::Memory(_))));
        assert!(check_records(1_000, &memory).is_ok());
    }
}
