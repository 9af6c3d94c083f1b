//! The formats that are read: one file each, listed once in [`READERS`].
//!
//! A reader tells from an input's beginning whether it is meant, and turns bytes into a `RawTable` of texts; what columns
//! tell is not for it to say. Dialogs, help and messages take the formats' names and extensions from here.

mod blocks;
mod delimited;
mod dialect;
mod json;
mod json_lists;
mod parquet;

pub(super) use dialect::EXTRA;

use super::ImportError;
use super::chunks::Chunks;
use super::raw::RawTable;
use super::sniff::{self, Decoded};
use super::source::Source;
use crate::task::Control;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Read;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Values separated by commas (or semicolons or bars).
    Csv,
    /// Values separated by tabs.
    Tsv,
    /// JSON: an array of objects, alone or inside an object.
    Json,
    /// JSON objects, one a line.
    Ndjson,
    /// Apache Parquet.
    Parquet,
}

/// What a format is called.
#[derive(Debug)]
pub struct FormatInfo {
    /// Which one.
    pub format: Format,
    /// Its usual name.
    pub name: &'static str,
    /// The extensions of its files, in lower case, without the dot.
    pub extensions: &'static [&'static str],
}

impl Format {
    /// All that are read.
    pub fn all() -> impl Iterator<Item = &'static FormatInfo> {
        READERS.iter().flat_map(|reader| reader.formats())
    }

    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::all().find(|info| info.format == self).map_or("", |info| info.name)
    }

    /// The names of all in words: "CSV, TSV or JSON".
    #[must_use]
    pub fn names() -> String {
        let names: Vec<&str> = Self::all().map(|info| info.name).collect();
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => names.concat(),
        }
    }

    /// The extensions of all, in lower case, without the dot.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        Self::all().flat_map(|info| info.extensions.iter().copied())
    }
}

/// Reads one kind of file.
pub(super) trait Reader: Sync {
    /// The formats that it reads.
    fn formats(&self) -> &'static [FormatInfo];

    /// Whether an input is of one of them, as far as its beginning tells. The first reader that says so has it.
    fn is_meant(&self, beginning: &Beginning<'_>) -> bool;

    /// Reads the first records.
    ///
    /// # Errors
    /// When the input cannot be read at all.
    fn open(&self, source: &Source, how: &Opening<'_>, control: &Control) -> Result<Chunks, ImportError>;
}

/// All readers; the last one takes any text.
pub(super) static READERS: [&dyn Reader; 3] =
    [&parquet::ParquetReader, &json::JsonReader, &delimited::DelimitedReader];

/// How an input is to be opened.
pub(super) struct Opening<'a> {
    /// The line of a table's header, from 1, where it is chosen.
    pub(super) head: Option<u64>,
    /// At once: chunk by chunk it was found to be unfit.
    pub(super) whole: bool,
    /// Its beginning.
    pub(super) beginning: &'a Beginning<'a>,
}

/// How an input begins.
pub(super) struct Beginning<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether these are all of its bytes.
    pub(super) is_all: bool,
    /// What it is called.
    pub(super) name: &'a str,
    /// Its text, if it is one; its last letter may be cut.
    text: Cow<'a, str>,
}

impl<'a> Beginning<'a> {
    fn new(bytes: &'a [u8], is_all: bool, name: &'a str) -> Self {
        Self { bytes, is_all, name, text: sniff::decode(bytes).text }
    }

    /// Its text without white space before it.
    pub(super) fn body(&self) -> &str {
        self.text.trim_start()
    }

    /// Whether the name ends as those of a reader's files.
    pub(super) fn has_extension(&self, of: &dyn Reader) -> bool {
        let name = self.name.to_ascii_lowercase();
        let mut extensions = of.formats().iter().flat_map(|info| info.extensions);
        extensions.any(|end| name.strip_suffix(end).is_some_and(|stem| stem.ends_with('.')))
    }
}

/// Bytes at the beginning of an input by which it is told what it is.
const LOOKED_AT: u64 = 1 << 20;

/// Opens an input with the reader that it is meant for. `head` is the line of a table's header, where the user says it.
///
/// # Errors
/// When it is of a kind that is not read, is empty, or cannot be read.
pub(super) fn open(
    source: &Source,
    head: Option<u64>,
    whole: bool,
    control: &Control,
) -> Result<Chunks, ImportError> {
    let name = source.input().place();
    let mut bytes = Vec::new();
    let reader = source.reader(0).map_err(|error| source.failed(error))?;
    reader.take(LOOKED_AT).read_to_end(&mut bytes).map_err(|error| source.failed(error))?;
    let beginning = Beginning::new(&bytes, (bytes.len() as u64) < LOOKED_AT, &name);
    let how = Opening { head, whole, beginning: &beginning };
    let reader = READERS.iter().find(|reader| reader.is_meant(&beginning));
    reader.map_or(Err(ImportError::Empty { name: name.clone() }), |reader| reader.open(source, &how, control))
}

/// Reads all of an input as text.
///
/// # Errors
/// When it is empty or of a kind that is not read, or as `read` says.
fn of_whole_text(
    source: &Source,
    control: &Control,
    read: impl FnOnce(&Decoded<'_>, &str) -> Result<RawTable, ImportError>,
) -> Result<Chunks, ImportError> {
    let (bytes, name) = (source.whole(control)?, source.input().place());
    sniff::refuse_foreign(&bytes, &name)?;
    // The text in UTF-8, its records and what is made of them.
    control.memory().room_for(3 * bytes.len() as u64)?;
    let decoded = sniff::decode(&bytes);
    let body = decoded.text.trim_start();
    if body.is_empty() {
        return Err(ImportError::Empty { name });
    }
    if let Some(what) = sniff::text_kind(body) {
        return Err(ImportError::Foreign { what, name });
    }
    let mut table = read(&decoded, &name)?;
    if decoded.damaged {
        table.remarks.push(format!(
            "Some bytes are no {} text; they show as {}.",
            decoded.encoding,
            char::REPLACEMENT_CHARACTER
        ));
    }
    Ok(Chunks::whole(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_and_extensions_of_its_own() {
        let all: Vec<&FormatInfo> = Format::all().collect();
        assert_eq!(all.len(), Format::Parquet as usize + 1);
        let extensions: Vec<&str> = Format::extensions().collect();
        assert!(extensions.iter().all(|own| extensions.iter().filter(|other| *other == own).count() == 1));
        assert_eq!(Format::Ndjson.name(), "NDJSON");
    }

    #[test]
    fn the_readme_names_every_format_that_is_read() {
        let readme = include_str!("../../../README.md");
        for info in Format::all() {
            assert!(readme.contains(info.name), "{}", info.name);
        }
    }
}
