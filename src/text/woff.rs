//! A font as a WOFF file, the compressed form that browsers take.
//!
//! Source: W3C, WOFF File Format 1.0, sections 3 to 5. Version 2 of the format takes less, but its compressor
//! (Brotli) weighs what it may do with logarithms of the system's own library, and so may write other bytes on another
//! system. Deflate counts in whole numbers alone.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use skrifa::FontRef;
use std::io::{self, Write};

/// The length of what stands before the directory, and of an entry of the directory, in bytes.
const HEADER: usize = 44;
const ENTRY: usize = 20;

/// The file.
///
/// # Errors
/// When these are no bytes of a font, or the compression fails, which writing to memory does not.
pub(super) fn file(font: &[u8]) -> io::Result<Vec<u8>> {
    let directory = FontRef::new(font).map_err(io::Error::other)?.table_directory().clone();
    let records = directory.table_records();
    let (mut entries, mut content) = (Vec::new(), Vec::new());
    let first = HEADER + ENTRY * records.len();
    for record in records {
        let (from, length) = (record.offset() as usize, record.length());
        let table = font.get(from..from + length as usize).ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut deflate = ZlibEncoder::new(Vec::new(), Compression::best());
        deflate.write_all(table)?;
        let short = deflate.finish()?;
        // What does not get shorter stands as it is, which its two lengths tell.
        let packed = if short.len() < table.len() { &short[..] } else { table };
        entries.extend_from_slice(&record.tag().to_be_bytes());
        for number in [(first + content.len()) as u32, packed.len() as u32, length, record.checksum()] {
            entries.extend_from_slice(&number.to_be_bytes());
        }
        content.extend_from_slice(packed);
        content.resize(content.len().next_multiple_of(4), 0);
    }
    let unpacked: usize = records.iter().map(|record| (record.length() as usize).next_multiple_of(4)).sum();
    let mut out = Vec::with_capacity(first + content.len());
    out.extend_from_slice(b"wOFF");
    out.extend_from_slice(&directory.sfnt_version().to_be_bytes());
    out.extend_from_slice(&((first + content.len()) as u32).to_be_bytes());
    out.extend_from_slice(&(records.len() as u16).to_be_bytes());
    out.extend_from_slice(&[0; 2]);
    out.extend_from_slice(&((12 + 16 * records.len() + unpacked) as u32).to_be_bytes());
    // Version, and neither metadata nor private data.
    out.extend_from_slice(&[0; 24]);
    out.extend_from_slice(&entries);
    out.extend_from_slice(&content);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::ZlibDecoder;
    use std::io::Read;

    #[test]
    fn each_table_of_a_file_unpacks_to_what_the_font_has_of_it() {
        let font = crate::text::REGULAR;
        let file = file(font).unwrap();
        let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&file[..4], number(8)), (&b"wOFF"[..], file.len()));
        let own = FontRef::new(font).unwrap();
        let records = own.table_directory().table_records();
        assert_eq!(usize::from(u16::from_be_bytes([file[12], file[13]])), records.len());
        for (at, record) in records.iter().enumerate() {
            let entry = HEADER + ENTRY * at;
            let (from, packed, length) = (number(entry + 4), number(entry + 8), number(entry + 12));
            assert_eq!((&file[entry..entry + 4], from % 4), (&record.tag().to_be_bytes()[..], 0));
            let mut table = Vec::new();
            if packed < length {
                ZlibDecoder::new(&file[from..from + packed]).read_to_end(&mut table).unwrap();
            } else {
                table.extend_from_slice(&file[from..from + packed]);
            }
            assert_eq!(
                Some(&table[..]),
                own.table_data(record.tag()).map(|data| data.as_bytes()),
                "{}",
                record.tag()
            );
        }
        assert!(file.len() < font.len() * 3 / 4);
    }

    #[test]
    fn what_is_no_font_gives_an_error() {
        assert!(file(b"not a font").is_err());
        assert!(file(&crate::text::REGULAR[..5_000]).is_err());
    }
}
