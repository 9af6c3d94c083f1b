//! Apache Parquet: typed columns as the texts that a CSV would have, row group by row group.
//!
//! Going through text costs some speed and keeps one way of reading dates: a timestamp with a zone becomes an instant
//! with its offset, one without stays civil, a date stays a day. Fields of structs become columns `outer.inner`, lists
//! are joined by semicolons, as in JSON.

mod claims;
mod thrift;

use super::dialect::{OTHER, beyond_limit};
use super::{Beginning, Format, FormatInfo, Opening, Reader};
use crate::import::ImportError;
use crate::import::chunks::{Chunk, ChunkIter, Chunks, Rest, all};
use crate::import::raw::RawTable;
use crate::import::source::Source;
use crate::task::{Control, memory, sheltered};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, FieldRef, Schema};
use bytes::Bytes;
use claims::Refusal;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};
use std::io::{BufReader, Read};
use std::sync::Arc;

/// Records at the beginning that tell what the columns are.
const HEAD: usize = 20_000;
/// Structs become columns down to here.
const DEEPEST: usize = 4;
/// Bytes of text that the records of a batch may have together; more is what a small dictionary makes of itself.
const LONGEST_BATCH: usize = 1 << 30;
/// Bytes of text between two looks at the memory budget.
const CHECKED: usize = 16 << 20;

/// Reads Apache Parquet.
pub(super) struct ParquetReader;

impl Reader for ParquetReader {
    fn formats(&self) -> &'static [FormatInfo] {
        &[FormatInfo { format: Format::Parquet, name: "Parquet", extensions: &["parquet"] }]
    }

    fn is_meant(&self, beginning: &Beginning<'_>) -> bool {
        beginning.bytes.starts_with(b"PAR1")
    }

    fn open(&self, source: &Source, _: &Opening<'_>, control: &Control) -> Result<Chunks, ImportError> {
        let (head, batches) = Batches::open(source, control)?;
        let size = batches.records();
        Ok(if batches.more() { Chunks::with_rest(head, Box::new(batches), size) } else { Chunks::whole(head) })
    }
}

/// The records of a file, in batches.
struct Batches {
    source: Source,
    metadata: ArrowReaderMetadata,
    columns: Vec<String>,
    /// Columns beyond the limit.
    other: Vec<String>,
    control: Control,
    name: String,
    /// Records that stand in the table of the first ones.
    head: u64,
}

/// Records as the decoder gives them, and how many stand before them.
struct Batch {
    records: RecordBatch,
    before: u64,
}

impl Batches {
    /// Opens a file and reads its first records.
    fn open(source: &Source, control: &Control) -> Result<(RawTable, Self), ImportError> {
        let name = source.input().place();
        control.phase(format!("Reading {}", source.input().name()), 0);
        let memory = control.memory();
        claims::check_footer(source, memory).map_err(|refused| failed(&name, refused))?;
        let metadata = quietly(&name, || {
            let load = |options| ArrowReaderMetadata::load(source, options);
            let metadata = load(ArrowReaderOptions::default()).map_err(|error| error.to_string())?;
            // A dictionary's texts are looked up where they stand, rather than copied for each record.
            let schema = Arc::new(Schema::new(metadata.schema().fields().iter().map(viewed).collect::<Vec<_>>()));
            Ok(load(ArrowReaderOptions::default().with_schema(schema)).unwrap_or(metadata))
        })?;
        let mut columns = Vec::new();
        names(metadata.schema(), &mut columns);
        let other = columns.split_off(columns.len().min(control.limits().columns.max(1)));
        columns.extend((!other.is_empty()).then(|| OTHER.to_owned()));
        let (source, control) = (source.clone(), control.clone());
        let mut batches = Self { source, metadata, columns, other, control, name, head: 0 };
        claims::check_records(batches.records(), batches.control.memory())
            .map_err(|refused| failed(&batches.name, refused))?;
        let mut head = batches.empty();
        let mut taken = 0;
        for batch in batches.all() {
            let batch = batch?;
            taken = batch.before + batch.records.num_rows() as u64;
            batches.append(&mut head, &batch)?;
            if head.records.len() >= HEAD {
                break;
            }
        }
        batches.head = taken;
        head.remarks.extend(beyond_limit(batches.other.len(), batches.control.limits()));
        if batches.records() == 0 {
            head.remarks.push("The file has columns and no rows.".to_owned());
        }
        Ok((head, batches))
    }

    /// How many records its row groups say that they have.
    fn records(&self) -> u64 {
        let groups = self.metadata.metadata().row_groups().iter();
        groups.map(|group| group.num_rows().max(0).unsigned_abs()).fold(0, u64::saturating_add)
    }

    /// Whether there are more than the first ones.
    fn more(&self) -> bool {
        self.records() > self.head
    }

    /// The batches after the first records.
    fn rest(&self) -> impl Iterator<Item = Result<Batch, ImportError>> + '_ {
        self.all().skip_while(|batch| batch.as_ref().is_ok_and(|batch| batch.before < self.head))
    }

    fn all(&self) -> BatchReader<'_> {
        BatchReader { batches: self, reader: None, group: 0, before: 0, is_over: false }
    }

    fn empty(&self) -> RawTable {
        RawTable::new(Format::Parquet, "typed columns", self.columns.clone(), self.control.limits())
    }

    /// The records of a batch as texts.
    fn read(&self, batch: &Batch) -> Result<RawTable, ImportError> {
        let mut table = self.empty();
        self.append(&mut table, batch)?;
        Ok(table)
    }

    /// Decodes a row group, in batches of few enough records.
    fn reader(&self, group: usize) -> Result<ParquetRecordBatchReader, ImportError> {
        let metadata = self.metadata.metadata().row_group(group);
        quietly(&self.name, || {
            let rows = claims::check_group(&self.source, metadata, self.control.memory())?;
            let builder =
                ParquetRecordBatchReaderBuilder::new_with_metadata(self.source.clone(), self.metadata.clone());
            let reader = builder.with_row_groups(vec![group]).with_batch_size(rows).build();
            reader.map_err(|error| error.to_string().into())
        })
    }

    /// Adds the records of a batch to a table.
    fn append(&self, table: &mut RawTable, batch: &Batch) -> Result<(), ImportError> {
        // Formatters panic too where values are damaged.
        quietly(&self.name, || self.append_texts(table, batch))
    }

    fn append_texts(&self, table: &mut RawTable, batch: &Batch) -> Result<(), Refusal> {
        let mut columns = Vec::new();
        for column in batch.records.columns() {
            flat(column, 1, &mut columns);
        }
        let options = FormatOptions::default();
        let cells = columns.iter().map(|array| Cells::new(array, &options)).collect::<Result<Vec<_>, _>>()?;
        let kept = self.columns.len() - usize::from(!self.other.is_empty());
        let (mut text, mut other, mut checked) = (String::new(), String::new(), table.text().len());
        for row in 0..batch.records.num_rows() {
            table.begin_record(batch.before + row as u64 + 1);
            for (column, cells) in cells.iter().enumerate() {
                text.clear();
                if !cells.write(row, &mut text) {
                    continue;
                }
                if column < kept {
                    table.set(column, &text);
                } else if let Some(name) = self.other.get(column - kept) {
                    let gap = if other.is_empty() { "" } else { "; " };
                    other.extend([gap, name, ": ", &text]);
                }
            }
            if !other.is_empty() {
                table.set(kept, &other);
                other.clear();
            }
            // A few bytes of a dictionary may be long texts in each record.
            if table.text().len() > checked + CHECKED {
                checked = table.text().len();
                self.control.memory().room_for(checked as u64)?;
                if checked > LONGEST_BATCH {
                    let size = memory::size(LONGEST_BATCH as u64);
                    return Err(format!("a few thousand of its records have more than {size} of text").into());
                }
            }
        }
        Ok(())
    }
}

impl Rest for Batches {
    fn chunks<'a>(&'a self, _: &'a Control) -> Result<ChunkIter<'a>, ImportError> {
        let read = move |batch: Batch| Box::new(move || Ok(all(self.read(&batch)?))) as Chunk<'a>;
        Ok(Box::new(self.rest().map(move |batch| batch.map(read))))
    }
}

/// Batches as they are decoded, one row group after the other.
struct BatchReader<'a> {
    batches: &'a Batches,
    reader: Option<ParquetRecordBatchReader>,
    /// The row group that comes next.
    group: usize,
    /// Records that were decoded.
    before: u64,
    /// Whether it failed, after which there is nothing.
    is_over: bool,
}

impl BatchReader<'_> {
    fn next_batch(&mut self) -> Result<Option<Batch>, ImportError> {
        let batches = self.batches;
        batches.control.advance(self.before)?;
        loop {
            if let Some(reader) = &mut self.reader {
                let next =
                    quietly(&batches.name, || reader.next().transpose().map_err(|error| error.to_string().into()))?;
                if let Some(records) = next {
                    let before = self.before;
                    self.before += records.num_rows() as u64;
                    return Ok(Some(Batch { records, before }));
                }
                self.reader = None;
            }
            if self.group >= batches.metadata.metadata().num_row_groups() {
                // A decoder may find fewer without a word.
                if self.before < batches.records() {
                    let reason =
                        format!("it says that it holds {} records, and {} are there", batches.records(), self.before);
                    return Err(failed(&batches.name, Refusal::Unsound(reason)));
                }
                return Ok(None);
            }
            self.reader = Some(batches.reader(self.group)?);
            self.group += 1;
        }
    }
}

impl Iterator for BatchReader<'_> {
    type Item = Result<Batch, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.next_batch().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.size()
    }
}

impl ChunkReader for Source {
    type T = BufReader<Box<dyn Read + Send>>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(BufReader::new(self.reader(start)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        if start.saturating_add(length as u64) > self.size() {
            return Err(ParquetError::EOF("its pages lie beyond its end".to_owned()));
        }
        let mut bytes = vec![0; length];
        self.reader(start)?.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

fn failed(name: &str, refused: Refusal) -> ImportError {
    let name = name.to_owned();
    match refused {
        Refusal::Unsound(reason) => ImportError::Malformed { format: Format::Parquet, at: None, reason, name },
        Refusal::Memory(source) => ImportError::Memory { source, name },
    }
}

/// Runs a decoder whose panics on damaged files are errors here.
fn quietly<T>(name: &str, work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, ImportError> {
    let outcome = sheltered(work).unwrap_or_else(|| Err("its pages are damaged".to_owned().into()));
    outcome.map_err(|refused| failed(name, refused))
}

/// The same field, its texts and bytes as views.
fn viewed(field: &FieldRef) -> FieldRef {
    let inner = |field: &FieldRef| viewed(field);
    let kind = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, kind) if matches!(**kind, DataType::Utf8 | DataType::LargeUtf8) => DataType::Utf8View,
        DataType::List(field) => DataType::List(inner(field)),
        DataType::LargeList(field) => DataType::LargeList(inner(field)),
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(inner).collect()),
        other => other.clone(),
    };
    Arc::new(Field::clone(field).with_data_type(kind))
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
            Utf8 | LargeUtf8 | Utf8View => Self::Texts(as_kind(&Utf8View)?),
            Dictionary(_, kind) if matches!(**kind, Utf8 | LargeUtf8 | Utf8View) => Self::Texts(as_kind(&Utf8View)?),
            Binary | LargeBinary | BinaryView => Self::Bytes(as_kind(&BinaryView)?),
            Float16 | Float32 => Self::Floats(as_kind(&Float32)?),
            Float64 => Self::Floats(array.clone()),
            List(field) | LargeList(field) if !field.data_type().is_nested() => return Self::list(array),
            _ => Self::Other(ArrayFormatter::try_new(array, options).map_err(|error| error.to_string())?, array),
        })
    }

    /// A list of texts or numbers; of anything else, what the formatter makes of it.
    fn list(array: &ArrayRef) -> Result<Self, String> {
        let as_texts =
            |values: &ArrayRef| arrow_cast::cast(values, &DataType::Utf8View).map_err(|error| error.to_string());
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
            Self::Texts(array) if array.is_valid(row) => out.push_str(array.as_string_view().value(row)),
            Self::Bytes(array) if array.is_valid(row) => {
                let bytes = array.as_binary_view().value(row);
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
    use super::*;
    use crate::event::RowId;
    use crate::import::{Choices, Input, load};
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
