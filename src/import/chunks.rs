//! An input as its first records, which tell what it is, and the rest, which may be read on many threads and more than once.

use super::ImportError;
use super::raw::RawTable;
use crate::task::Control;
use std::ops::Range;
use std::sync::Arc;

/// Records of a table in memory that one thread works on at a time.
const RECORDS: usize = 16_384;

/// An input whose first records are known.
pub(super) struct Chunks {
    pub(super) head: Arc<RawTable>,
    rest: Option<Box<dyn Rest>>,
    /// Bytes of the file, or records where it is in memory, for progress.
    size: u64,
}

/// The records of an input after its first ones.
pub(super) trait Rest: Send + Sync {
    /// They as pieces of work, in the order of the file.
    ///
    /// # Errors
    /// When the input cannot be opened again.
    fn chunks<'a>(&'a self, control: &'a Control) -> Result<ChunkIter<'a>, ImportError>;

    /// Takes back records that are done, for the memory of those to come.
    fn done(&self, _records: RawTable) {}
}

/// Pieces of work, one after the other.
pub(super) type ChunkIter<'a> = Box<dyn Iterator<Item = Result<Chunk<'a>, ImportError>> + Send + 'a>;

/// Work that any thread may do: it gives some records of a table.
pub(super) type Chunk<'a> = Box<dyn FnOnce() -> Result<(Arc<RawTable>, Range<usize>), Unfit> + Send + 'a>;

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
    /// A table that is here as a whole.
    pub(super) fn whole(head: RawTable) -> Self {
        let size = head.records.len() as u64;
        Self { head: Arc::new(head), rest: None, size }
    }

    /// First records with more to come. `size` is that of the input, in what its progress is told in.
    pub(super) fn with_rest(head: RawTable, rest: Box<dyn Rest>, size: u64) -> Self {
        Self { head: Arc::new(head), rest: Some(rest), size }
    }

    /// Whether there is more than the head.
    pub(super) fn more(&self) -> bool {
        self.rest.is_some()
    }

    /// The chunks after the head's first records, in order.
    pub(super) fn rest<'a>(&'a self, name: &str, control: &'a Control) -> Result<ChunkIter<'a>, ImportError> {
        control.phase(format!("Reading {name}"), self.size);
        let records = self.head.records.len();
        let begins = (Self::first_records(records).end..records).step_by(RECORDS);
        let head = begins.map(move |from| {
            if !self.more() {
                control.advance(from as u64)?;
            }
            let table = self.head.clone();
            let chunk = move || Ok((table, from..(from + RECORDS).min(records)));
            Ok(Box::new(chunk) as Chunk<'_>)
        });
        match &self.rest {
            None => Ok(Box::new(head)),
            Some(rest) => Ok(Box::new(head.chain(rest.chunks(control)?))),
        }
    }

    /// Takes back records that are done, for the memory of those to come.
    pub(super) fn done(&self, records: Arc<RawTable>) {
        if let (Some(rest), Some(table)) = (&self.rest, Arc::into_inner(records)) {
            rest.done(table);
        }
    }

    /// The first records of a head of so many.
    pub(super) fn first_records(records: usize) -> Range<usize> {
        0..records.min(RECORDS)
    }
}

/// All records of a table, as a chunk gives them.
pub(super) fn all(table: RawTable) -> (Arc<RawTable>, Range<usize>) {
    let records = 0..table.records.len();
    (Arc::new(table), records)
}
