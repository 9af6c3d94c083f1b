//! Files to events: sniff → read → map columns → read dates → [`Document`] and [`Ledger`].
//!
//! A reader (`read`, one file a format) turns bytes into a `RawTable` of texts; which column feeds which field is decided by names and cells in
//! `recognise`, which gives a [`Mapping`]; `place` reads the dates. Every record of a file ends up placed, undated or rejected, and the ledger
//! says which. Nothing here draws, and nothing is written.

mod choices;
mod chunks;
mod dates;
mod error;
mod evidence;
mod first;
mod gather;
mod ledger;
mod mapping;
mod markup;
mod place;
mod raw;
mod read;
mod recognise;
mod sniff;
mod source;
mod time_of_day;
mod when;

pub use choices::{Choices, DateChoices};
pub use dates::{DateColumn, OrderBasis};
pub use error::ImportError;
pub use first::FirstRecords;
pub use ledger::{Diagnostic, FileLedger, Ledger, Outcome};
pub use mapping::{Column, Mapping};
pub use read::{Format, FormatInfo};

use crate::event::Document;
use crate::task::Control;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was made of the files: all their events, and an account of every record.
#[derive(Clone, Debug)]
pub struct Import {
    /// The events.
    pub document: Document,
    /// The account.
    pub ledger: Ledger,
    /// The inputs, such that they can be read again: of what gives its bytes only once, such as a pipe, the bytes.
    pub inputs: Vec<Input>,
}

/// Something to read events from.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// Bytes that are here already, under a name.
    Bytes {
        /// What to call them.
        name: String,
        /// The content.
        bytes: Arc<[u8]>,
    },
}

impl Input {
    /// What a stream gives, read to its end.
    ///
    /// # Errors
    /// When it cannot be read, is of a kind that is not read, needs more memory than the control allows, or when cancelled.
    pub fn of_stream(name: &str, stream: impl Read, control: &Control) -> Result<Self, ImportError> {
        let empty = Self::Bytes { name: name.to_owned(), bytes: [].into() };
        let bytes = source::to_the_end(stream, &empty, control).map_err(|error| error.of_file(name))?;
        Ok(Self::Bytes { name: name.to_owned(), bytes: bytes.into() })
    }

    /// Where it is: a file's whole path.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// The file that it is, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Bytes { .. } => None,
        }
    }

    /// The name to show: a file's last path component.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            Self::Bytes { name, .. } => name.clone(),
        }
    }
}

/// The bundled sample: exercises and summits around Vostok 2022, each with its source.
#[must_use]
pub fn sample() -> Input {
    let bytes: &[u8] = include_bytes!("../../assets/sample.csv");
    Input::Bytes { name: "Sample: around Vostok 2022".to_owned(), bytes: bytes.into() }
}

/// Reads all inputs into one document, under the user's choices where there are some.
///
/// Progress is told in bytes (in records, where a file is in memory as a whole). Records that cannot be used are in the
/// ledger; they are no error. What is no regular file is read once, to its end.
///
/// # Errors
/// When an input cannot be read at all, is empty, is of a kind that is not read, or goes beyond the control's limits; when a
/// chosen column is in none; or when cancelled. Nothing of the other inputs is returned then.
pub fn load(inputs: &[Input], choices: &Choices, control: &Control) -> Result<Import, ImportError> {
    gather::load(inputs, choices, control, &|_| ())
}

/// The same; where a file is long, `early` is given its first records as soon as they are read.
///
/// # Errors
/// As [`load`].
pub fn load_showing(
    inputs: &[Input],
    choices: &Choices,
    control: &Control,
    early: &(dyn Fn(Import) + Sync),
) -> Result<Import, ImportError> {
    gather::load(inputs, choices, control, early)
}
