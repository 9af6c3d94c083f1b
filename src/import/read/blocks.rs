//! A delimited text in blocks of whole records, so that no more of a file is held than is being worked on.
//!
//! Where records end is told by a scan for quotes and line ends alone. It follows the rules by which the `csv` crate
//! reads: a quote opens a cell only where the cell begins, and a doubled quote inside stands for one.

use crate::import::ImportError;
use crate::import::source::Source;
use crate::task::{Control, Limits};
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read};
use std::string::FromUtf8Error;
use std::sync::{Arc, Mutex};

/// As much of a file as one thread works on at a time, in bytes.
const BLOCK: usize = 1 << 20;

/// Memory of blocks that are done, for blocks to come: new memory would have to be cleared by the system first, which
/// costs as much as reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Spare(Arc<Mutex<Vec<Vec<u8>>>>);

impl Spare {
    /// Keeps memory for later.
    pub(super) fn keep(&self, text: String) {
        let mut bytes = text.into_bytes();
        bytes.clear();
        if let Ok(mut all) = self.0.lock()
            && all.len() < 8
        {
            all.push(bytes);
        }
    }

    fn take(&self) -> Vec<u8> {
        self.0.lock().ok().and_then(|mut all| all.pop()).unwrap_or_default()
    }
}

/// Reads a text block by block.
pub(super) struct Blocks {
    reader: Box<dyn Read + Send>,
    source: Source,
    /// What was read and not given out yet.
    carry: Vec<u8>,
    delimiter: u8,
    line: u64,
    given: u64,
    ended: bool,
    spare: Spare,
    control: Control,
}

/// Bytes that one record may have.
pub(super) fn longest_record(limits: &Limits) -> usize {
    // Places in a record are told in 32 bits.
    limits.cell.saturating_mul(64).min(3 << 30)
}

/// Whole records of a text.
pub(super) struct Block {
    bytes: Vec<u8>,
    /// The line of the text on which it begins, from 1.
    pub(super) line: u64,
    /// Whether a quote is still open where the text ends.
    pub(super) open_quote: bool,
}

impl Block {
    /// Its text, if it is UTF-8.
    pub(super) fn text(self) -> Result<String, FromUtf8Error> {
        String::from_utf8(self.bytes)
    }
}

impl Blocks {
    /// From the beginning of an input.
    pub(super) fn open(source: &Source, spare: Spare, control: &Control) -> Result<Self, ImportError> {
        let reader = source.reader(0).map_err(|error| source.failed(error))?;
        let (source, control) = (source.clone(), control.clone());
        let (carry, delimiter, line, given, ended) = (Vec::new(), b',', 1, 0, false);
        Ok(Self { reader, source, carry, delimiter, line, given, ended, spare, control })
    }

    /// Whether there is more than was given out.
    pub(super) fn more(&self) -> bool {
        !self.ended || !self.carry.is_empty()
    }

    /// Leaves out bytes and lines at the beginning, and says what separates cells.
    pub(super) fn begin(&mut self, bytes: usize, lines: u64, delimiter: u8) -> Result<(), ImportError> {
        self.fill(BLOCK)?;
        self.carry.drain(..bytes.min(self.carry.len()));
        self.line += lines;
        self.delimiter = delimiter;
        Ok(())
    }

    fn fill(&mut self, wanted: usize) -> Result<(), ImportError> {
        let missing = wanted.saturating_sub(self.carry.len());
        if missing > 0 && !self.ended {
            // Only a record that is longer than a block asks for so much.
            if wanted > BLOCK {
                self.control.memory().room_for(2 * wanted as u64)?;
            }
            self.carry.reserve_exact(missing);
            let got = self.reader.by_ref().take(missing as u64).read_to_end(&mut self.carry);
            self.ended = got.map_err(|source| self.failed(source))? < missing;
        }
        Ok(())
    }

    fn failed(&self, source: io::Error) -> ImportError {
        self.source.failed(source)
    }

    fn next_block(&mut self) -> Result<Option<Block>, ImportError> {
        self.control.advance(self.given)?;
        let mut wanted = BLOCK;
        let longest = longest_record(self.control.limits());
        let end = loop {
            self.fill(wanted)?;
            if self.ended {
                break self.carry.len();
            }
            match scan(&self.carry, self.delimiter).end {
                Some(end) => break end,
                // A record longer than a block.
                None if wanted > longest => {
                    return Err(ImportError::LongRecord {
                        line: self.line,
                        limit: longest as u64,
                        name: self.source.input().place(),
                    });
                }
                None => wanted *= 2,
            }
        };
        if end == 0 {
            return Ok(None);
        }
        let mut rest = self.spare.take();
        rest.extend_from_slice(&self.carry[end..]);
        self.carry.truncate(end);
        let bytes = std::mem::replace(&mut self.carry, rest);
        let line = self.line;
        self.line += memchr_iter(b'\n', &bytes).count() as u64;
        self.given += bytes.len() as u64;
        let last = self.ended && self.carry.is_empty();
        let open_quote = last && scan(&bytes, self.delimiter).open;
        Ok(Some(Block { bytes, line, open_quote }))
    }
}

impl Iterator for Blocks {
    type Item = Result<Block, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_block().transpose()
    }
}

/// What a scan for the ends of records finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scan {
    /// After the last line end outside quotes.
    end: Option<usize>,
    /// Whether a quote is open where the text ends.
    pub(super) open: bool,
}

/// Scans a text that begins where a record does.
pub(super) fn scan(bytes: &[u8], delimiter: u8) -> Scan {
    let (mut at, mut end) = (0, None);
    let last_line = |from: usize, to: usize| memrchr(b'\n', &bytes[from..to]).map(|i| from + i + 1);
    loop {
        let Some(quote) = memchr(b'"', &bytes[at..]).map(|i| at + i) else {
            return Scan { end: last_line(at, bytes.len()).or(end), open: false };
        };
        end = last_line(at, quote).or(end);
        at = quote + 1;
        let opens = quote == 0 || matches!(bytes[quote - 1], b'\n' | b'\r') || bytes[quote - 1] == delimiter;
        if !opens {
            continue;
        }
        loop {
            let Some(close) = memchr(b'"', &bytes[at..]).map(|i| at + i) else { return Scan { end, open: true } };
            at = close + 1;
            if bytes.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_end_inside_quotes_ends_no_record() {
        let ends = |text: &str| scan(text.as_bytes(), b',').end;
        assert_eq!(ends("a,b\nc,\"d\ne\"\nf"), Some(12));
        assert_eq!(ends("a,\"b\nc"), None);
        assert!(scan(b"a,\"b\nc", b',').open);
        // A quote inside a cell is a letter, and two in quotes are one.
        assert_eq!(ends("5\" gun,b\nc"), Some(9));
        assert_eq!(ends("\"a\"\"\nb\",c\nd"), Some(10));
    }

    proptest! {
        #[test]
        fn records_cut_into_blocks_are_those_of_the_whole(text in "[ab,\"\n]{0,60}") {
            let records = |text: &str| -> Vec<csv::StringRecord> {
                let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                reader.into_records().map(Result::unwrap).collect()
            };
            let cut = scan(text.as_bytes(), b',').end.unwrap_or(0);
            let parts = [records(&text[..cut]), records(&text[cut..])].concat();
            prop_assert_eq!(parts, records(&text));
        }
    }
}
