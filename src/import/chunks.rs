//! An input as chunks of records: the first tells what it is, the rest may be read on many threads, and more than once.

use super::blocks::{Block, Blocks, Spare};
use super::delimited::{self, Dialect};
use super::parquet::{Batch, Batches};
use super::raw::RawTable;
use super::source::Source;
use super::{ImportError, sniff};
use crate::task::Control;
use std::ops::Range;
use std::sync::Arc;

/// Records of a table in memory that one thread works on at a time.
const RECORDS: usize = 16_384;

/// An input whose first records are known.
pub(super) struct Chunks {
    pub(super) head: Arc<RawTable>,
    rest: Rest,
    spare: Spare,
    /// Bytes of the file, or records where it is in memory, for progress.
    size: u64,
}

enum Rest {
    Nothing,
    Blocks { source: Source, dialect: Dialect, skipped: (usize, u64) },
    Batches(Batches),
}

/// Something that a thread makes records of.
pub(super) enum Chunk {
    /// Some records of a table that is here.
    Here(Arc<RawTable>, Range<usize>),
    Block(Block),
    /// Some records of a Parquet file, decoded.
    Batch(Batch),
}

/// Why an input cannot be read chunk by chunk.
pub(super) enum Unfit {
    /// Something in it is no UTF-8: its encoding must be told from all of it.
    Encoding,
    /// It was written to between two looks, so it must be read at one.
    Changed,
    Error(ImportError),
}

impl<E: Into<ImportError>> From<E> for Unfit {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl Chunks {
    /// Opens an input, chunk by chunk where its kind allows it. `head` is the line of a table's header, where the user says it.
    pub(super) fn open(source: &Source, head: Option<u64>, control: &Control) -> Result<Self, ImportError> {
        let mut blocks = Blocks::open(source, Spare::default(), control)?;
        let (beginning, all) = blocks.peek()?;
        if beginning.starts_with(b"PAR1") {
            let (head, batches) = Batches::open(source, control)?;
            let size = batches.records();
            let rest = if batches.more() { Rest::Batches(batches) } else { Rest::Nothing };
            return Ok(Self { head: Arc::new(head), rest, spare: Spare::default(), size });
        }
        if let Some(start) = sniff::plain_delimited(beginning, all, &source.input().place()) {
            match Self::of_blocks(source, blocks, &start, head, control) {
                Ok(chunks) => return Ok(chunks),
                Err(Unfit::Error(error)) => return Err(error),
                Err(Unfit::Encoding | Unfit::Changed) => {}
            }
        }
        Self::whole(source, head, control)
    }

    /// Reads all of an input at once.
    pub(super) fn whole(source: &Source, head: Option<u64>, control: &Control) -> Result<Self, ImportError> {
        let bytes = source.whole(control)?;
        let head = sniff::read(source.input(), &bytes, head, control)?;
        let size = head.records.len() as u64;
        Ok(Self { head: Arc::new(head), rest: Rest::Nothing, spare: Spare::default(), size })
    }

    fn of_blocks(
        source: &Source,
        mut blocks: Blocks,
        start: &sniff::PlainStart,
        chosen: Option<u64>,
        control: &Control,
    ) -> Result<Self, Unfit> {
        let sniff::PlainStart { delimiter, skipped, lines } = *start;
        let input = source.input();
        control.phase(format!("Reading {}", input.name()), source.size());
        blocks.begin(skipped, lines, delimiter);
        let name = input.place();
        let Some(first) = blocks.next().transpose()? else { return Err(ImportError::Empty { name }.into()) };
        let (line, open_quote) = (first.line, first.open_quote);
        let text = first.text().map_err(|_| Unfit::Encoding)?;
        let (mut head, dialect) = delimited::head(text, "UTF-8", delimiter, line, chosen, &name, control.limits())?;
        if open_quote {
            delimited::note_open_quote(&mut head);
        }
        let more = blocks.more();
        let size = if more { source.size() } else { head.records.len() as u64 };
        if !more && head.records.is_empty() {
            head.remarks.push(delimited::NO_ROWS.to_owned());
        }
        let skipped = (skipped, lines);
        let rest = if more { Rest::Blocks { source: source.clone(), dialect, skipped } } else { Rest::Nothing };
        Ok(Self { head: Arc::new(head), rest, spare: Spare::default(), size })
    }

    /// Whether there is more than the head.
    pub(super) fn more(&self) -> bool {
        !matches!(self.rest, Rest::Nothing)
    }

    /// The chunks after the head's first records, in order.
    pub(super) fn rest<'a>(
        &'a self,
        name: &str,
        control: &'a Control,
    ) -> Result<Box<dyn Iterator<Item = Result<Chunk, ImportError>> + Send + 'a>, ImportError> {
        control.phase(format!("Reading {name}"), self.size);
        let records = self.head.records.len();
        let begins = (Self::first_records(records).end..records).step_by(RECORDS);
        let head = begins.map(move |from| {
            if !self.more() {
                control.advance(from as u64)?;
            }
            Ok(Chunk::Here(self.head.clone(), from..(from + RECORDS).min(records)))
        });
        Ok(match &self.rest {
            Rest::Nothing => Box::new(head),
            Rest::Batches(batches) => Box::new(head.chain(batches.rest().map(|batch| batch.map(Chunk::Batch)))),
            Rest::Blocks { source, dialect, skipped } => {
                let mut blocks = Blocks::open(source, self.spare.clone(), control)?;
                blocks.peek()?;
                blocks.begin(skipped.0, skipped.1, dialect.delimiter);
                // The first one is the head.
                blocks.next().transpose()?;
                Box::new(head.chain(blocks.map(|block| block.map(Chunk::Block))))
            }
        })
    }

    /// Takes back records that are done, for the memory of those to come.
    pub(super) fn done(&self, records: Arc<RawTable>) {
        if let (Rest::Blocks { .. }, Some(table)) = (&self.rest, Arc::into_inner(records)) {
            self.spare.keep(table.into_text());
        }
    }

    /// The first records of a head of so many.
    pub(super) fn first_records(records: usize) -> Range<usize> {
        0..records.min(RECORDS)
    }

    /// The records of a chunk.
    pub(super) fn records(&self, chunk: Chunk) -> Result<(Arc<RawTable>, Range<usize>), Unfit> {
        let all = |table: RawTable| {
            let records = 0..table.records.len();
            (Arc::new(table), records)
        };
        match (chunk, &self.rest) {
            (Chunk::Here(table, records), _) => Ok((table, records)),
            (Chunk::Block(block), Rest::Blocks { dialect, .. }) => {
                let (line, open_quote) = (block.line, block.open_quote);
                let text = block.text().map_err(|_| Unfit::Encoding)?;
                let mut table = delimited::records(text, 0, line, dialect);
                if open_quote {
                    delimited::note_open_quote(&mut table);
                }
                Ok(all(table))
            }
            (Chunk::Batch(batch), Rest::Batches(batches)) => Ok(all(batches.read(&batch)?)),
            // Only these pairs are made.
            _ => Ok((self.head.clone(), 0..0)),
        }
    }
}
