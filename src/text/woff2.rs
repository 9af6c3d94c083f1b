//! The tables of a font as a WOFF 2 file, the compressed form that browsers take.
//!
//! Source: W3C, WOFF File Format 2.0, sections 4 and 5. Outlines are not transformed (version 3 of `glyf` and `loca`), which
//! the format allows: the few of a subset are not worth it.

use std::io;

/// A table of a font: its four letters and its content.
pub(super) type Table = ([u8; 4], Vec<u8>);

/// Tables that have a number instead of their name, in the order of the format's section 4.1, as far as they are written here.
const KNOWN: [([u8; 4], u8); 14] = [
    (*b"cmap", 0),
    (*b"head", 1),
    (*b"hhea", 2),
    (*b"hmtx", 3),
    (*b"maxp", 4),
    (*b"name", 5),
    (*b"OS/2", 6),
    (*b"post", 7),
    (*b"glyf", 10),
    (*b"loca", 11),
    (*b"kern", 19),
    (*b"GDEF", 26),
    (*b"GPOS", 27),
    (*b"GSUB", 28),
];
/// In place of a number: the name follows.
const BY_NAME: u8 = 63;
/// The version of outlines that are as they are; for other tables it is 0.
const AS_IT_IS: u8 = 3 << 6;
/// TrueType outlines.
const FLAVOUR: u32 = 0x0001_0000;
/// Of the levels 0 to 11: on Inter's tables 5 took 5 ms for 44 kB where 9 took 30 ms for 43 kB and 11 450 ms for 34 kB.
const QUALITY: i32 = 5;

/// The file. `loca` has to follow `glyf`.
///
/// # Errors
/// When the compression fails, which writing to memory does not.
pub(super) fn file(tables: &[Table]) -> io::Result<Vec<u8>> {
    let (mut directory, mut content) = (Vec::new(), Vec::new());
    for (tag, table) in tables {
        let outlines = matches!(tag, b"glyf" | b"loca");
        let number = KNOWN.iter().find(|(known, _)| known == tag).map_or(BY_NAME, |(_, number)| *number);
        directory.push(number | if outlines { AS_IT_IS } else { 0 });
        if number == BY_NAME {
            directory.extend_from_slice(tag);
        }
        put_base_128(table.len() as u32, &mut directory);
        content.extend_from_slice(table);
    }
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: QUALITY,
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_FONT,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut content.as_slice(), &mut packed, &settings)?;
    // What the font takes unpacked: its header, its directory and its tables, each filled up to four bytes.
    let unpacked = 12 + tables.iter().map(|(_, table)| 16 + table.len().next_multiple_of(4)).sum::<usize>();
    let whole = (HEADER + directory.len() + packed.len()).next_multiple_of(4);
    let mut out = Vec::with_capacity(whole);
    out.extend_from_slice(b"wOF2");
    out.extend_from_slice(&FLAVOUR.to_be_bytes());
    out.extend_from_slice(&(whole as u32).to_be_bytes());
    out.extend_from_slice(&(tables.len() as u16).to_be_bytes());
    out.extend_from_slice(&[0; 2]);
    out.extend_from_slice(&(unpacked as u32).to_be_bytes());
    out.extend_from_slice(&(packed.len() as u32).to_be_bytes());
    // Version, and neither metadata nor private data.
    out.extend_from_slice(&[0; 24]);
    out.extend_from_slice(&directory);
    out.extend_from_slice(&packed);
    out.resize(whole, 0);
    Ok(out)
}

/// The length of what stands before the directory, in bytes.
const HEADER: usize = 48;

/// A number in groups of seven bits, the highest first, each but the last with its eighth bit set.
fn put_base_128(number: u32, out: &mut Vec<u8>) {
    let groups = (1..5).rev().filter(|group| number >> (7 * group) > 0);
    out.extend(groups.map(|group| 0x80 | (number >> (7 * group)) as u8 & 0x7f));
    out.push(number as u8 & 0x7f);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_the_format_asks_for() {
        let put = |number| {
            let mut out = Vec::new();
            put_base_128(number, &mut out);
            out
        };
        assert_eq!((put(0), put(63), put(127)), (vec![0], vec![63], vec![127]));
        assert_eq!((put(128), put(300)), (vec![0x81, 0], vec![0x82, 0x2c]));
        assert_eq!(put(u32::MAX), [0x8f, 0xff, 0xff, 0xff, 0x7f]);
    }

    #[test]
    fn a_file_holds_its_tables_behind_a_directory_of_their_lengths() {
        let tables = [(*b"glyf", vec![7; 300]), (*b"loca", vec![1, 2]), (*b"test", vec![9])];
        let file = file(&tables).unwrap();
        let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&file[..4], number(8), file.len() % 4), (&b"wOF2"[..], file.len(), 0));
        assert_eq!((file[13], number(16)), (3, 12 + 3 * 16 + 300 + 4 + 4));
        assert_eq!(&file[HEADER..HEADER + 11], [0xca, 0x82, 0x2c, 0xcb, 2, 63, b't', b'e', b's', b't', 1]);
        let mut content = Vec::new();
        let mut packed = &file[HEADER + 11..][..number(20)];
        brotli::BrotliDecompress(&mut packed, &mut content).unwrap();
        assert_eq!(content, [&[7; 300][..], &[1, 2], &[9]].concat());
    }
}
