//! Apache Parquet: typed columns as the texts that a CSV would have, row group by row group.
//!
//! Going through text costs some speed and keeps one way of reading dates: a timestamp with a zone becomes an instant
//! with its offset, one without stays civil, a date stays a day. Fields of structs become columns `outer.inner`, lists
//! are joined by semicolons, as in JSON.

use super::raw::RawTable;
use super::sniff::Format;
use super::{ImportError, Input};
use crate::task::Control;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Rows that become texts at a time.
const BATCH: usize = 8_192;
/// Structs become columns down to here.
const DEEPEST: usize = 4;
/// More columns than this are left out, and a remark says so.
const MOST_COLUMNS: usize = 1_000;

/// The row groups of a file.
pub(super) struct Groups {
    source: Source,
    metadata: ArrowReaderMetadata,
    columns: Vec<String>,
    name: String,
}

enum Source {
    Path(std::path::PathBuf),
    /// Bytes from standard input, where readers can seek.
    Kept(Arc<NamedTempFile>),
}

impl Groups {
    /// Opens a file and reads its first row group.
    pub(super) fn open(input: &Input, control: &Control) -> Result<(RawTable, Self), ImportError> {
        let name = input.place();
        control.phase(format!("Reading {}", input.name()), 0);
        let source = match input {
            Input::Path(path) => Source::Path(path.clone()),
            Input::Bytes { bytes, .. } => Source::Kept(Arc::new(kept(bytes).map_err(|error| failed(&name, &error))?)),
        };
        let metadata = sheltered(&name, || {
            ArrowReaderMetadata::load(&source.file()?, ArrowReaderOptions::default())
                .map_err(|error| error.to_string())
        })?;
        let mut columns = Vec::new();
        names(metadata.schema(), &mut columns);
        let left_out = columns.len().saturating_sub(MOST_COLUMNS);
        columns.truncate(MOST_COLUMNS);
        let groups = Self { source, metadata, columns, name };
        let mut head = if groups.count() == 0 { groups.empty() } else { groups.read(0)? };
        if left_out > 0 {
            head.remarks.push(format!("{left_out} columns beyond the first {MOST_COLUMNS} are not read."));
        }
        if groups.rows() == 0 {
            head.remarks.push("The file has columns and no rows.".to_owned());
        }
        Ok((head, groups))
    }

    fn count(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    fn rows(&self) -> i64 {
        self.metadata.metadata().file_metadata().num_rows()
    }

    /// Bytes of all row groups, uncompressed.
    pub(super) fn bytes(&self) -> u64 {
        (0..self.count()).map(|at| self.bytes_of(at)).sum()
    }

    fn bytes_of(&self, at: usize) -> u64 {
        self.metadata.metadata().row_group(at).total_byte_size().max(0).unsigned_abs()
    }

    /// The row groups after the first.
    pub(super) fn rest<'a>(&'a self, control: &'a Control) -> impl Iterator<Item = Result<usize, ImportError>> + 'a {
        let mut done = 0;
        (1..self.count()).map(move |at| {
            done += self.bytes_of(at - 1);
            control.advance(done)?;
            Ok(at)
        })
    }

    fn empty(&self) -> RawTable {
        RawTable::new(Format::Parquet, "typed columns", self.columns.clone())
    }

    /// The records of a row group.
    ///
    /// A damaged file is an error, also where the reader of the format would stop the program.
    pub(super) fn read(&self, group: usize) -> Result<RawTable, ImportError> {
        let before: i64 = (0..group).map(|at| self.metadata.metadata().row_group(at).num_rows()).sum();
        sheltered(&self.name, || {
            let file = self.source.file()?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            let reader = builder.with_row_groups(vec![group]).with_batch_size(BATCH).build();
            let mut table = self.empty();
            let mut line = before.max(0).unsigned_abs();
            for batch in reader.map_err(|error| error.to_string())? {
                line = self.append(&mut table, &batch.map_err(|error| error.to_string())?, line)?;
            }
            Ok(table)
        })
    }

    /// Adds the rows of a batch, of which `line` rows stand before; the number of rows after it.
    fn append(&self, table: &mut RawTable, batch: &RecordBatch, mut line: u64) -> Result<u64, String> {
        let mut columns = Vec::new();
        for column in batch.columns() {
            flat(column, 1, &mut columns);
        }
        let options = FormatOptions::default();
        let cells = columns.iter().take(self.columns.len()).map(|array| Cells::new(array, &options));
        let cells = cells.collect::<Result<Vec<_>, _>>()?;
        let mut text = String::new();
        for row in 0..batch.num_rows() {
            line += 1;
            table.begin_record(line);
            for (column, cells) in cells.iter().enumerate() {
                text.clear();
                if cells.write(row, &mut text) {
                    table.set(column, &text);
                }
            }
        }
        Ok(line)
    }
}

impl Source {
    fn file(&self) -> Result<File, String> {
        let file = match self {
            Self::Path(path) => File::open(path),
            Self::Kept(kept) => kept.reopen(),
        };
        file.map_err(|error| error.to_string())
    }
}

fn kept(bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    file.flush()?;
    Ok(file)
}

fn failed(name: &str, reason: &dyn std::fmt::Display) -> ImportError {
    ImportError::Parquet { reason: reason.to_string(), name: name.to_owned() }
}

/// Runs a reader whose panics on damaged files are errors here.
fn sheltered<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, ImportError> {
    let outcome = catch_unwind(AssertUnwindSafe(work));
    outcome.unwrap_or_else(|_| Err("its pages are damaged".to_owned())).map_err(|reason| failed(name, &reason))
}

fn names(schema: &Schema, out: &mut Vec<String>) {
    for field in schema.fields() {
        name(field.name(), field.data_type(), 1, out);
    }
}

fn name(own: &str, kind: &DataType, depth: usize, out: &mut Vec<String>) {
    match kind {
        DataType::Struct(fields) if depth < DEEPEST => {
            for field in fields {
                name(&format!("{own}.{}", field.name()), field.data_type(), depth + 1, out);
            }
        }
        _ => out.push(own.to_owned()),
    }
}

/// The columns of a column, in the order of [`names`]; what a struct lacks, its fields lack.
fn flat(array: &ArrayRef, depth: usize, out: &mut Vec<ArrayRef>) {
    match array.as_struct_opt() {
        Some(inner) if depth < DEEPEST => {
            for column in inner.columns() {
                flat(column, depth + 1, out);
            }
        }
        _ => out.push(array.clone()),
    }
}

/// A column of which each value can be written as text.
enum Cells<'a> {
    Texts(ArrayRef),
    Bytes(ArrayRef),
    Floats(ArrayRef),
    List { starts: Vec<usize>, of: Box<Cells<'a>>, array: ArrayRef },
    Other(ArrayFormatter<'a>, &'a ArrayRef),
}

impl<'a> Cells<'a> {
    fn new(array: &'a ArrayRef, options: &'a FormatOptions<'a>) -> Result<Self, String> {
        use DataType::{
            Binary, BinaryView, Dictionary, Float16, Float32, Float64, LargeBinary, LargeList, LargeUtf8, List, Utf8,
            Utf8View,
        };
        let as_kind = |kind: &DataType| arrow_cast::cast(array, kind).map_err(|error| error.to_string());
        Ok(match array.data_type() {
            Utf8 | LargeUtf8 | Utf8View => Self::Texts(as_kind(&LargeUtf8)?),
            Dictionary(_, kind) if matches!(**kind, Utf8 | LargeUtf8 | Utf8View) => Self::Texts(as_kind(&LargeUtf8)?),
            Binary | LargeBinary | BinaryView => Self::Bytes(as_kind(&LargeBinary)?),
            Float16 | Float32 => Self::Floats(as_kind(&Float32)?),
            Float64 => Self::Floats(array.clone()),
            List(field) | LargeList(field) if !field.data_type().is_nested() => return Self::list(array),
            _ => Self::Other(ArrayFormatter::try_new(array, options).map_err(|error| error.to_string())?, array),
        })
    }

    /// A list of texts or numbers; of anything else, what the formatter makes of it.
    fn list(array: &ArrayRef) -> Result<Self, String> {
        let as_texts =
            |values: &ArrayRef| arrow_cast::cast(values, &DataType::LargeUtf8).map_err(|error| error.to_string());
        let (starts, values): (Vec<usize>, ArrayRef) = match (array.as_list_opt::<i32>(), array.as_list_opt::<i64>())
        {
            (Some(list), _) => {
                (list.value_offsets().iter().map(|at| *at as usize).collect(), as_texts(list.values())?)
            }
            (_, Some(list)) => {
                (list.value_offsets().iter().map(|at| *at as usize).collect(), as_texts(list.values())?)
            }
            _ => return Err("a column of lists is of an unknown kind".to_owned()),
        };
        Ok(Self::List { starts, of: Box::new(Cells::Texts(values)), array: array.clone() })
    }

    /// Writes the value of a row; whether there is one.
    fn write(&self, row: usize, out: &mut String) -> bool {
        use std::fmt::Write;
        match self {
            Self::Texts(array) if array.is_valid(row) => out.push_str(array.as_string::<i64>().value(row)),
            Self::Bytes(array) if array.is_valid(row) => {
                let bytes = array.as_binary::<i64>().value(row);
                match std::str::from_utf8(bytes) {
                    Ok(text) => out.push_str(text),
                    Err(_) => bytes.iter().for_each(|byte| {
                        // Writing into a string cannot fail.
                        let _ = write!(out, "{byte:02x}");
                    }),
                }
            }
            Self::Floats(array) if array.is_valid(row) => {
                let number = match array.as_primitive_opt::<Float32Type>() {
                    Some(floats) => floats.value(row).to_string(),
                    None => array.as_primitive::<Float64Type>().value(row).to_string(),
                };
                out.push_str(&number);
            }
            Self::List { starts, of, array } if array.is_valid(row) => {
                let mut any = false;
                for item in starts[row]..starts[row + 1] {
                    if any {
                        out.push(';');
                    }
                    any |= of.write(item, out);
                }
                return any;
            }
            Self::Other(formatter, array) if array.is_valid(row) => {
                // What has no text, such as a year beyond the calendar's range, is told as such.
                let text = formatter.value(row).try_to_string().unwrap_or_else(|error| error.to_string());
                out.push_str(&text);
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Choices, load};
    use super::*;
    use crate::event::RowId;
    use arrow_array::types::Int32Type;
    use arrow_array::{Date32Array, DictionaryArray, ListArray, StringArray, TimestampMillisecondArray};
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    /// A file of two row groups with a zoned timestamp, a day, a dictionary and a list.
    fn file() -> Vec<u8> {
        let starts = vec![Some(1_653_354_000_000), Some(1_661_817_600_500), None];
        let starts = TimestampMillisecondArray::from(starts).with_timezone("Asia/Tokyo");
        let ends = Date32Array::from(vec![None, Some(19_240), None]);
        let kinds: DictionaryArray<Int32Type> =
            vec![Some("drill"), Some("exercise"), Some("drill")].into_iter().collect();
        let who = [Some(vec![Some(1), Some(2)]), None, Some(vec![])];
        let who = ListArray::from_iter_primitive::<Int32Type, _, _>(who);
        let columns: [(&str, ArrayRef); 5] = [
            ("title", Arc::new(StringArray::from(vec!["patrol", "Vostok", "no date"]))),
            ("start", Arc::new(starts)),
            ("end", Arc::new(ends)),
            ("kind", Arc::new(kinds)),
            ("participants", Arc::new(who)),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let groups = WriterProperties::builder().set_max_row_group_row_count(Some(2)).build();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(groups)).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<crate::import::Import, ImportError> {
        let input = Input::Bytes { name: "a.parquet".into(), bytes: bytes.into() };
        load(&[input], &Choices::default(), &Control::new())
    }

    #[test]
    fn typed_columns_keep_their_zones_and_their_precision() {
        let import = read(&file()).unwrap();
        let (table, ledger) = (&import.document.table, &import.ledger.files[0]);
        assert_eq!((ledger.records, ledger.placed, ledger.undated), (3, 2, 1));
        let edtf = |row| table.edtf(RowId(row)).map(|edtf| edtf.to_string());
        assert_eq!(edtf(0).as_deref(), Some("2022-05-24T10:00:00+09:00"));
        assert_eq!(edtf(1).as_deref(), Some("2022-08-30T09:00:00.500+09:00/2022-09-05"));
        assert_eq!(table.kind(RowId(2)), Some("drill"));
        assert_eq!(table.participants(RowId(0)), ["1", "2"]);
        assert_eq!(table.origin(RowId(2)).1, 3);
    }

    #[test]
    fn a_damaged_file_is_an_error_and_no_crash() {
        let whole = file();
        for length in (4..whole.len()).step_by(97) {
            assert!(read(&whole[..length]).is_err());
        }
        for at in (4..whole.len()).step_by(31) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            // Some damage cannot be seen; none may stop the program.
            let _ = read(&bytes);
        }
    }
}
