//! Where the bytes of an input are, so that all looks at them see the same.
//!
//! Recognising a file and reading it takes several looks. A regular file is opened for each of them, for thousands may be
//! opened together and a program may hold few open, and each look makes sure that it is the same file and unchanged. All
//! else (pipes, sockets, devices) gives its bytes only once: it is read to its end, within the memory budget, and kept.

use super::{ImportError, Input, sniff};
use crate::task::Control;
use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// Bytes that are taken at a time from what can be read only once.
const STEP: usize = 4 << 20;

/// An input, opened.
#[derive(Clone, Debug)]
pub(super) struct Source {
    input: Input,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Arc<[u8]>),
    /// The input's path leads to it.
    File(State),
}

/// What tells whether a file has been written to, or another one stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
    /// Its number on its device, where the system tells.
    identity: Option<(u64, u64)>,
}

impl State {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            Some((metadata.dev(), metadata.ino()))
        };
        #[cfg(not(unix))]
        let identity = None;
        Self { length: metadata.len(), modified: metadata.modified().ok(), identity }
    }
}

impl Source {
    /// Opens an input; what can be read only once is read.
    pub(super) fn open(input: &Input, control: &Control) -> Result<Self, ImportError> {
        let path = match input {
            Input::Bytes { bytes, .. } => {
                return Ok(Self { input: input.clone(), content: Content::Bytes(bytes.clone()) });
            }
            Input::Path(path) => path,
        };
        control.phase(format!("Reading {}", input.name()), 0);
        let fail = |source| ImportError::from_io(path, source);
        let metadata = std::fs::metadata(path).map_err(fail)?;
        if metadata.is_dir() {
            return Err(ImportError::Directory { path: path.clone() });
        }
        if !metadata.is_file() {
            let bytes = to_the_end(open_stream(path, &metadata).map_err(fail)?, input, control)?;
            return Ok(Self::held(input, bytes));
        }
        let file = File::open(path).map_err(fail)?;
        let state = State::of(&file.metadata().map_err(fail)?);
        Ok(Self { input: input.clone(), content: Content::File(state) })
    }

    /// The same with all of its bytes in memory, read once.
    pub(super) fn hold(&self, control: &Control) -> Result<Self, ImportError> {
        match (&self.content, &self.input) {
            (Content::File(_), Input::Path(path)) => {
                let file = File::open(path).map_err(|source| ImportError::from_io(path, source))?;
                let bytes = to_the_end(file, &self.input, control)?.into();
                Ok(Self { input: self.input.clone(), content: Content::Bytes(bytes) })
            }
            _ => Ok(self.clone()),
        }
    }

    fn held(input: &Input, bytes: Vec<u8>) -> Self {
        let bytes: Arc<[u8]> = bytes.into();
        let input = Input::Bytes { name: input.place(), bytes: bytes.clone() };
        Self { input, content: Content::Bytes(bytes) }
    }

    /// The input, such that it can be opened again and gives the same bytes.
    pub(super) fn input(&self) -> &Input {
        &self.input
    }

    /// Bytes that it has, or had when it was opened.
    pub(super) fn size(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(state) => state.length,
        }
    }

    /// Whether it was written to since it was opened.
    pub(super) fn has_changed(&self) -> bool {
        match (&self.content, &self.input) {
            (Content::File(state), Input::Path(path)) => {
                std::fs::metadata(path).map_or(true, |now| State::of(&now) != *state)
            }
            _ => false,
        }
    }

    /// Its bytes from a place on.
    ///
    /// # Errors
    /// When the system refuses it, or the file is not the one that was opened at first.
    pub(super) fn reader(&self, from: u64) -> io::Result<Box<dyn Read + Send>> {
        match (&self.content, &self.input) {
            (Content::Bytes(bytes), _) => {
                let mut cursor = Cursor::new(bytes.clone());
                cursor.set_position(from);
                Ok(Box::new(cursor))
            }
            (Content::File(state), Input::Path(path)) => {
                let mut file = File::open(path)?;
                if State::of(&file.metadata()?) != *state {
                    return Err(io::Error::other("it was written to while it was read"));
                }
                file.seek(SeekFrom::Start(from))?;
                Ok(Box::new(file))
            }
            (Content::File(_), Input::Bytes { .. }) => Ok(Box::new(io::empty())),
        }
    }

    /// What is to be said where its bytes cannot be had.
    pub(super) fn failed(&self, source: io::Error) -> ImportError {
        ImportError::from_io(Path::new(&self.input.place()), source)
    }

    /// All its bytes.
    pub(super) fn whole(&self, control: &Control) -> Result<Arc<[u8]>, ImportError> {
        match &self.content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::File(_) => {
                control.phase(format!("Reading {}", self.input.name()), self.size());
                control.memory().room_for(self.size().saturating_mul(2))?;
                let reader = self.reader(0).map_err(|source| self.failed(source))?;
                Ok(to_the_end(reader, &self.input, control)?.into())
            }
        }
    }
}

/// Opens what is no regular file.
fn open_stream(path: &Path, metadata: &Metadata) -> io::Result<Box<dyn Read + Send>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        // A socket cannot be opened as a file, also where it is what standard input is.
        if metadata.file_type().is_socket() {
            let standard = ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];
            if standard.iter().any(|own| path == Path::new(own)) {
                return Ok(Box::new(io::stdin()));
            }
            return Ok(Box::new(std::os::unix::net::UnixStream::connect(path)?));
        }
    }
    let _ = metadata;
    Ok(Box::new(File::open(path)?))
}

/// Reads to the end, as far as the memory budget allows. What is no text and no format that is read is refused at once,
/// since a device may have no end.
pub(super) fn to_the_end(mut reader: impl Read, input: &Input, control: &Control) -> Result<Vec<u8>, ImportError> {
    let name = input.place();
    let fail = |source| ImportError::from_io(Path::new(&name), source);
    let mut bytes = Vec::new();
    loop {
        if bytes.capacity() - bytes.len() < STEP {
            // It grows by half of itself, and is copied once when it is whole.
            let more = STEP.max(bytes.len() / 2);
            control.memory().room_for((bytes.len() * 2 + more) as u64)?;
            let refused = |_| fail(io::Error::from(io::ErrorKind::OutOfMemory));
            bytes.try_reserve_exact(more).map_err(refused)?;
        }
        let step = if bytes.is_empty() { sniff::LOOKED_AT } else { STEP };
        let before = bytes.len();
        let got = reader.by_ref().take(step as u64).read_to_end(&mut bytes).map_err(fail)?;
        control.advance(bytes.len() as u64)?;
        if got == 0 {
            return Ok(bytes);
        }
        if before == 0 {
            sniff::refuse_foreign(&bytes, &name)?;
        }
    }
}
