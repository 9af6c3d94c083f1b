//! What bytes are: the encoding of a text, or a kind of file that is not read.

use super::ImportError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Content that is recognised but not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Foreign(&'static str);

impl std::fmt::Display for Foreign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Text of a file and how it was decoded.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
    /// Whether some bytes were no text and became U+FFFD.
    pub(super) damaged: bool,
}

/// Bytes at the beginning that tell what a file is.
pub(super) const LOOKED_AT: usize = 64 << 10;

/// Refuses what is no text and no format that is read, by its first bytes.
pub(super) fn refuse_foreign(beginning: &[u8], name: &str) -> Result<(), ImportError> {
    if beginning.starts_with(b"PAR1") {
        return Ok(());
    }
    match binary_kind(beginning) {
        Some(what) => Err(ImportError::Foreign { what, name: name.to_owned() }),
        None => Ok(()),
    }
}

pub(super) fn binary_kind(bytes: &[u8]) -> Option<Foreign> {
    const MAGIC: [(&[u8], &str); 15] = [
        (b"\xff\xfe\0\0", "a text in UTF-32"),
        (b"\0\0\xfe\xff", "a text in UTF-32"),
        (b"PK\x03\x04", "a ZIP container (such as XLSX or ODS)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office file (such as XLS)"),
        (b"\x7fELF", "a program"),
        (b"ARROW1", "an Arrow file"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(Foreign(what));
    }
    let head = &bytes[..bytes.len().min(8_192)];
    (utf16_kind(bytes).is_none() && head.contains(&0)).then_some(Foreign("a binary file"))
}

pub(super) fn text_kind(body: &str) -> Option<Foreign> {
    let head: String = body.chars().take(200).collect::<String>().to_ascii_lowercase();
    let starts = |marks: &[&str]| marks.iter().any(|mark| head.starts_with(mark));
    if starts(&["begin:vcalendar"]) {
        return Some(Foreign("an iCalendar file"));
    }
    if starts(&["<!doctype html", "<html"]) {
        return Some(Foreign("a web page"));
    }
    starts(&["<?xml", "<kml", "<!doctype", "<timeline", "<data"]).then_some(Foreign("an XML file"))
}

pub(super) fn utf16_kind(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    // Without a mark: read either way, only one gives letters of few alphabets, with spaces, commas or line ends.
    let head = &bytes[..bytes.len().min(4_096) & !1];
    if head.len() < 16 || !head.contains(&0) {
        return None;
    }
    // Text of Latin letters has every second byte zero; text of bytes with some zeros in it is none.
    let zeros = memchr::memchr_iter(0, head).count();
    let plain = head.iter().filter(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')).count();
    if plain * 10 > (head.len() - zeros) * 9 && zeros * 10 < head.len() * 3 {
        return None;
    }
    let units = |read: fn([u8; 2]) -> u16| head.chunks_exact(2).map(move |pair| read([pair[0], pair[1]]));
    let (little, big) = (likeness(units(u16::from_le_bytes)), likeness(units(u16::from_be_bytes)));
    match (little, big) {
        (Some(little), Some(big)) if little > big => Some(UTF_16LE),
        (Some(little), Some(big)) if big > little => Some(UTF_16BE),
        (Some(_), None) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        _ => None,
    }
}

/// How many of some units of UTF-16 are signs that stand in every table; `None` where they are no text, or have too few.
fn likeness(units: impl Iterator<Item = u16> + Clone) -> Option<usize> {
    let (mut all, mut common, mut low) = (0, 0, false);
    for unit in units {
        let (high, follows) = ((0xd800..0xdc00).contains(&unit), (0xdc00..0xe000).contains(&unit));
        let no_letter = matches!(unit, 0..=8 | 11 | 12 | 14..=31 | 0x7f..=0x9f | 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfffe | 0xffff);
        if no_letter || low != follows {
            return None;
        }
        low = high;
        all += 1;
        common += usize::from(matches!(unit, 9 | 10 | 13 | 32..=63));
    }
    (common * 25 >= all).then_some(common)
}

/// Bytes to text: a byte order mark decides; else UTF-16 by its zeros, UTF-8 if it is valid or nearly so, else what
/// the detector of Firefox thinks.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(encoding) = utf16_kind(bytes) {
        let (text, damaged) = encoding.decode_with_bom_removal(bytes);
        return Decoded { text, encoding: encoding.name(), damaged };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", damaged: false };
    }
    if mostly_utf8(bytes) {
        return Decoded { text: String::from_utf8_lossy(bytes), encoding: "UTF-8", damaged: true };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = if encoding == UTF_8 { encoding_rs::WINDOWS_1252 } else { encoding };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), damaged }
}

/// Whether there are far more whole UTF-8 sequences beyond ASCII than broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_from_the_bytes() {
        let text = "title,start\nÜbung „Osten“,2022-09-01\nMañana,2022-09-02\n";
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let (legacy, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (utf16(false, true), "UTF-16LE"),
            (utf16(true, true), "UTF-16BE"),
            (utf16(false, false), "UTF-16LE"),
            (utf16(true, false), "UTF-16BE"),
            (legacy.into_owned(), "windows-1252"),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, decoded.text.as_ref()), (encoding, text));
        }
    }

    #[test]
    fn utf16_without_a_mark_is_told_in_any_script_and_other_bytes_are_not_it() {
        for text in ["название;дата\nУчения;2022-09-01\n", "标题,日期\n东方,2022-09-01\n", "a,b\nwhat,2022-05\n"]
        {
            let bytes = |big: bool| -> Vec<u8> {
                text.encode_utf16()
                    .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                    .collect()
            };
            assert_eq!(
                (decode(&bytes(false)).encoding, decode(&bytes(true)).encoding),
                ("UTF-16LE", "UTF-16BE"),
                "{text}"
            );
        }
        assert_eq!(
            binary_kind(b"\x00\x01\x02\x03 some binary header \x00\x00\x7f\x45"),
            Some(Foreign("a binary file"))
        );
        assert_eq!(binary_kind(&[0; 64]), Some(Foreign("a binary file")));
        assert_eq!(binary_kind(b"title,start\na\0b,2022\nc\0,2023\nd\0,2024\n"), Some(Foreign("a binary file")));
        assert_eq!(binary_kind(b"\xff\xfe\0\0a\0\0\0"), Some(Foreign("a text in UTF-32")));
    }

    #[test]
    fn a_stray_byte_in_utf8_does_not_turn_the_file_into_another_encoding() {
        let mut bytes = "Übung Öl Ärger Süd größer Maß für Köln Jäger Grün Höhe Tür".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert!(decoded.damaged && decoded.encoding == "UTF-8" && decoded.text.starts_with("Übung"));
    }
}
