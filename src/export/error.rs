//! Why a figure was not written.

use crate::task::NoRoom;
use crate::text::grouped;
use std::path::PathBuf;

/// A figure that was not written; a file that was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file's name does not tell a format.
    #[error("the name must end in .svg, .png or .pdf, which says what to write: {}", path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
    },
    /// The picture would be too large.
    #[error(
        "a picture of {width} × {height} pixels is too large (at most 32,000 each way, and {} in all, which --max-pixels sets); \
         choose a smaller size or scale", grouped(*most as usize)
    )]
    TooLarge {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
        /// Pixels that a picture may have.
        most: u64,
    },
    /// The picture needs more memory than it may have.
    #[error("the figure was not made, for {source}; a smaller size or scale needs less")]
    Memory {
        /// How much.
        source: NoRoom,
    },
    /// Events could not be written to where they go.
    #[error("the events could not be written ({source})")]
    Events {
        /// What the system said.
        source: std::io::Error,
    },
    /// A library refused the picture.
    #[error("the figure could not be made ({reason}); this is a bug worth reporting")]
    Refused {
        /// What it said.
        reason: String,
    },
    /// It would replace what it is made from.
    #[error("this file is read to make the figure, so it is not written over; choose another name: {}", path.display())]
    OverInput {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be written to.
    #[error("the file is read-only and stays as it is; choose another name: {}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Some of several files are new and the others are not.
    #[error("of {of} files only the first {saved} are new ({source}); the others are as they were, from this one on: {}", path.display())]
    PartlySaved {
        /// How many are new.
        saved: usize,
        /// How many there are.
        of: usize,
        /// The first that is not.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file could not be written.
    #[error("the figure could not be saved ({source}); nothing was left behind, choose another place: {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}
