//! Why a file could not be read at all. What is wrong with single records is in the ledger instead.

use super::read::Format;
use super::sniff::Foreign;
use crate::event::TooManyRows;
use crate::task::{NoRoom, Stopped, memory};
use std::path::{Path, PathBuf};

/// An input that gave no events, with what happened, where, and what to do; the path stands last.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such file.
    #[error("there is no such file; check its name and folder: {}", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("this is a folder; name a file in it: {}", path.display())]
    Directory {
        /// The folder.
        path: PathBuf,
    },
    /// The system refused to read it.
    #[error("the file could not be read ({source}); check its permissions: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It holds nothing.
    #[error("the file is empty, so there is nothing to show: {name}")]
    Empty {
        /// The file.
        name: String,
    },
    /// Its content is of a kind that is not read.
    #[error("this is {what}, which is not read; export it as CSV or JSON and open that: {name}")]
    Foreign {
        /// What it seems to be.
        what: Foreign,
        /// The file.
        name: String,
    },
    /// It is of a format that is read, and damaged or of a kind of it that is not read.
    #[error(
        "the {} is broken{} ({reason}); nothing of it was taken: {name}", format.name(),
        at.map(|(line, column)| format!(" in line {line}, column {column}")).unwrap_or_default()
    )]
    Malformed {
        /// The format.
        format: Format,
        /// Line and column of the mistake, from 1, where it has such a place.
        at: Option<(usize, usize)>,
        /// What the reader says.
        reason: String,
        /// The file.
        name: String,
    },
    /// It is JSON without a list of events.
    #[error("the JSON holds no list of events (an array of objects, or an object with one under “events”): {name}")]
    NoList {
        /// The file.
        name: String,
    },
    /// A column was named that no file has.
    #[error("no file has a column “{column}”; the columns are: {there}")]
    NoColumn {
        /// The name given.
        column: String,
        /// The names that there are.
        there: String,
    },
    /// The line named as the table's header is beyond the end of the file.
    #[error("the file has no line {line}, which was to be the table's head (--head); nothing was read: {name}")]
    NoHead {
        /// The line named, from 1.
        line: u64,
        /// The file.
        name: String,
    },
    /// It holds more than a table can.
    #[error("{source}; split the file: {name}")]
    TooLarge {
        /// The limit.
        source: TooManyRows,
        /// The file.
        name: String,
    },
    /// A record is longer than one may be.
    #[error(
        "the record that begins in line {line} has more than {}; is a quote missing, or a line end? --max-cell allows longer \
         ones: {name}", memory::size(*limit)
    )]
    LongRecord {
        /// The line, from 1.
        line: u64,
        /// Bytes that a record may have.
        limit: u64,
        /// The file.
        name: String,
    },
    /// It needs more memory than it may have.
    #[error("the file was not read, for {source}: {name}")]
    Memory {
        /// How much.
        source: NoRoom,
        /// The file.
        name: String,
    },
    /// JSON is nested deeper than is looked into.
    #[error("the JSON has no list of events within {depth} levels; --max-depth looks deeper: {name}")]
    Deep {
        /// Levels that were looked into.
        depth: usize,
        /// The file.
        name: String,
    },
    /// The user asked to stop.
    #[error("opening was cancelled; what was open is unchanged")]
    Cancelled,
}

impl From<Stopped> for ImportError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Cancelled => Self::Cancelled,
            Stopped::Memory(source) => source.into(),
        }
    }
}

impl From<NoRoom> for ImportError {
    fn from(source: NoRoom) -> Self {
        Self::Memory { source, name: String::new() }
    }
}

impl ImportError {
    /// The same, told of a file where it does not say of which one yet.
    pub(super) fn of_file(self, file: &str) -> Self {
        match self {
            Self::Memory { source, name } if name.is_empty() => Self::Memory { source, name: file.to_owned() },
            other => other,
        }
    }

    pub(super) fn from_io(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::Missing { path },
            std::io::ErrorKind::IsADirectory => Self::Directory { path },
            _ => Self::Unreadable { path, source },
        }
    }
}
