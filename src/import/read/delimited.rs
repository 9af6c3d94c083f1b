//! Tables of cells between delimiters, block by block where the text allows it; what a text's dialect is, `dialect` tells.

use super::blocks::{Block, Blocks, Spare};
use super::dialect::{Dialect, NO_ROWS, delimiter, head, note_open_quote, read, records};
use super::{Beginning, Format, FormatInfo, Opening, Reader, of_whole_text};
use crate::import::ImportError;
use crate::import::chunks::{Chunk, ChunkIter, Chunks, Rest, Unfit, all};
use crate::import::raw::RawTable;
use crate::import::sniff;
use crate::import::source::Source;
use crate::task::Control;

/// Reads tables of cells between delimiters: any text that no other reader wants.
pub(super) struct DelimitedReader;

impl Reader for DelimitedReader {
    fn formats(&self) -> &'static [FormatInfo] {
        &[
            FormatInfo { format: Format::Csv, name: "CSV", extensions: &["csv", "txt"] },
            FormatInfo { format: Format::Tsv, name: "TSV", extensions: &["tsv", "tab"] },
        ]
    }

    fn is_meant(&self, _: &Beginning<'_>) -> bool {
        true
    }

    fn open(&self, source: &Source, how: &Opening<'_>, control: &Control) -> Result<Chunks, ImportError> {
        if let Some(start) = plain_start(how.beginning).filter(|_| !how.whole) {
            match of_blocks(source, &start, how.head, control) {
                Ok(chunks) => return Ok(chunks),
                Err(Unfit::Error(error)) => return Err(error),
                Err(Unfit::Encoding | Unfit::Changed) => {}
            }
        }
        of_whole_text(source, control, |decoded, name| read(decoded, how.head, name, control))
    }
}

/// How a text that can be read block by block begins.
struct PlainStart {
    delimiter: u8,
    /// Bytes that are no record: a byte order mark, a line that declares the delimiter.
    skipped: usize,
    /// Lines of these.
    lines: u64,
}

/// Whether an input is in UTF-8 with usual line ends, as far as its beginning tells; `None` for all else, which is looked at
/// as a whole.
fn plain_start(beginning: &Beginning<'_>) -> Option<PlainStart> {
    let bytes = beginning.bytes;
    if sniff::binary_kind(bytes).is_some() || sniff::utf16_kind(bytes).is_some() {
        return None;
    }
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let bytes = &bytes[mark..];
    // The last letter may be cut.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if !beginning.is_all && error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return None,
    };
    let body = text.trim_start();
    let lone_cr = !text.contains('\n') && text.contains('\r');
    if body.is_empty() || lone_cr || sniff::text_kind(body).is_some() {
        return None;
    }
    let (delimiter, declared) = delimiter(text);
    Some(PlainStart { delimiter, skipped: mark + declared, lines: u64::from(declared > 0) })
}

/// Opens an input that is read block by block.
fn of_blocks(source: &Source, start: &PlainStart, chosen: Option<u64>, control: &Control) -> Result<Chunks, Unfit> {
    let PlainStart { delimiter, skipped, lines } = *start;
    let input = source.input();
    control.phase(format!("Reading {}", input.name()), source.size());
    let mut blocks = Blocks::open(source, Spare::default(), control)?;
    blocks.begin(skipped, lines, delimiter)?;
    let name = input.place();
    let Some(first) = blocks.next().transpose()? else { return Err(ImportError::Empty { name }.into()) };
    let (line, open_quote) = (first.line, first.open_quote);
    let text = first.text().map_err(|_| Unfit::Encoding)?;
    let (mut table, dialect) = head(text, "UTF-8", delimiter, line, chosen, &name, control.limits())?;
    if open_quote {
        note_open_quote(&mut table);
    }
    if blocks.more() {
        let rest = BlocksRest { source: source.clone(), dialect, skipped: (skipped, lines), spare: Spare::default() };
        return Ok(Chunks::with_rest(table, Box::new(rest), source.size()));
    }
    if table.records.is_empty() {
        table.remarks.push(NO_ROWS.to_owned());
    }
    Ok(Chunks::whole(table))
}

/// The blocks after the first one.
struct BlocksRest {
    source: Source,
    dialect: Dialect,
    /// Bytes and lines at the beginning that are no record.
    skipped: (usize, u64),
    spare: Spare,
}

impl Rest for BlocksRest {
    fn chunks<'a>(&'a self, control: &'a Control) -> Result<ChunkIter<'a>, ImportError> {
        let mut blocks = Blocks::open(&self.source, self.spare.clone(), control)?;
        blocks.begin(self.skipped.0, self.skipped.1, self.dialect.delimiter)?;
        // The first one is the head.
        blocks.next().transpose()?;
        let records = |block: Block| {
            let (line, open_quote) = (block.line, block.open_quote);
            let text = block.text().map_err(|_| Unfit::Encoding)?;
            let mut table = records(text, 0, line, &self.dialect);
            if open_quote {
                note_open_quote(&mut table);
            }
            Ok(all(table))
        };
        Ok(Box::new(blocks.map(move |block| block.map(|block| Box::new(move || records(block)) as Chunk<'a>))))
    }

    fn done(&self, records: RawTable) {
        self.spare.keep(records.into_text());
    }
}
