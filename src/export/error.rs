//! Why a figure was not written.

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
        "a picture of {width} × {height} pixels is too large (at most 32,000 each way and 400 million in all); choose a smaller size or scale"
    )]
    TooLarge {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
    },
    /// A library refused the picture.
    #[error("the figure could not be made ({reason}); this is a bug worth reporting")]
    Refused {
        /// What it said.
        reason: String,
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
