//! Columns over Arrow arrays. A column of which no row has anything costs nothing.

use crate::time::TimePoint;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, Float64Array, Int64Array, StringArray, UInt32Array};
use arrow_buffer::{BooleanBufferBuilder, NullBuffer, OffsetBuffer};
use arrow_schema::DataType;
use std::ops::Range;
use std::sync::Arc;

/// A column of points of time; a null is a bound that is open, unknown or absent.
///
/// Nanoseconds are kept only where some row has them.
#[derive(Clone, Debug)]
pub struct PointColumn {
    pub(super) seconds: Int64Array,
    pub(super) nanos: Option<UInt32Array>,
}

impl Default for PointColumn {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl PointColumn {
    /// A column of these points.
    #[must_use]
    pub fn new(points: &[Option<TimePoint>]) -> Self {
        let seconds = points.iter().map(|point| point.map(TimePoint::seconds)).collect();
        let fine = points.iter().flatten().any(|point| point.nanos() > 0 && *point != TimePoint::MAX);
        let nanos = fine.then(|| points.iter().map(|point| point.map(TimePoint::nanos)).collect());
        Self { seconds, nanos }
    }

    /// The point of a row, if it has one. A row past the end has none.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize) -> Option<TimePoint> {
        if row >= self.seconds.len() || self.seconds.is_null(row) {
            return None;
        }
        let nanos = self.nanos.as_ref().map_or(0, |nanos| nanos.value(row));
        if nanos == 0 {
            Some(TimePoint::from_seconds(self.seconds.value(row)))
        } else {
            TimePoint::new(self.seconds.value(row), nanos)
        }
    }

    /// The earliest and the latest of its points; `None` without any.
    pub(super) fn range(&self) -> Option<(TimePoint, TimePoint)> {
        if self.nanos.is_some() {
            let points = || (0..self.seconds.len()).filter_map(|row| self.get(row));
            return points().min().zip(points().max());
        }
        let both = |(low, high): (i64, i64), second: i64| (low.min(second), high.max(second));
        let (low, high) = if self.seconds.null_count() == 0 {
            self.seconds.values().iter().copied().fold((i64::MAX, i64::MIN), both)
        } else {
            self.seconds.iter().flatten().fold((i64::MAX, i64::MIN), both)
        };
        (low <= high).then(|| (TimePoint::from_seconds(low), TimePoint::from_seconds(high)))
    }

    /// The column with each point moved.
    #[must_use]
    pub(super) fn moved(&self, to: impl Fn(TimePoint) -> TimePoint) -> Self {
        let points: Vec<Option<TimePoint>> = (0..self.seconds.len()).map(|row| self.get(row).map(&to)).collect();
        Self::new(&points)
    }

    /// Whether any row is finer than a second.
    #[must_use]
    pub fn has_nanos(&self) -> bool {
        self.nanos.is_some()
    }

    /// The whole seconds since 1970, for loops over many rows.
    #[must_use]
    pub fn seconds(&self) -> &Int64Array {
        &self.seconds
    }
}

/// A column of numbers.
#[derive(Clone, Debug, Default)]
pub struct NumberColumn(pub(super) Option<Float64Array>);

impl NumberColumn {
    /// The number of a row, if it has one. A row past the end has none.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<f64> {
        let numbers = self.0.as_ref()?;
        (row < numbers.len() && numbers.is_valid(row)).then(|| numbers.value(row))
    }
}

/// A column of texts.
#[derive(Clone, Debug, Default)]
pub struct TextColumn(pub(super) Option<StringArray>);

impl TextColumn {
    /// The text of a row, if it has one. A row past the end has none.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let texts = self.0.as_ref()?;
        (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))
    }

    /// Whether no row has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// All texts one after the other, and where each begins and the last ends; `None` where no row has a text.
    #[must_use]
    pub fn whole(&self) -> Option<(&[u8], &[i32])> {
        self.0.as_ref().map(|texts| (texts.value_data(), texts.value_offsets()))
    }
}

/// A column of texts of which many are the same: each is held once.
#[derive(Clone, Debug, Default)]
pub struct WordColumn(pub(super) Option<DictionaryArray<Int32Type>>);

impl WordColumn {
    /// The word of a row, if it has one. A row past the end has none.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.key(row).map(|key| self.word(key))
    }

    /// The number of a row's word.
    #[must_use]
    pub fn key(&self, row: usize) -> Option<usize> {
        let words = self.0.as_ref()?;
        if row < words.len() { words.key(row) } else { None }
    }

    /// Of each of some rows whether its word is one of those that are `held`, by number; nothing where a row lies past the
    /// end.
    pub fn holding(&self, rows: Range<usize>, held: &[bool]) -> impl Iterator<Item = bool> {
        let words = self.0.as_ref().map(DictionaryArray::keys).filter(|keys| rows.end <= keys.len());
        let nulls = words.and_then(Array::nulls).filter(|nulls| nulls.null_count() > 0);
        let is_held = |key: i32| usize::try_from(key).ok().and_then(|key| held.get(key)).copied().unwrap_or(false);
        let keys = words.map_or(&[][..], |keys| &keys.values()[rows.clone()]);
        keys.iter().zip(rows).map(move |(key, row)| is_held(*key) && nulls.is_none_or(|nulls| nulls.is_valid(row)))
    }

    /// The word of a number that [`Self::key`] gave.
    #[must_use]
    pub fn word(&self, key: usize) -> &str {
        self.0.as_ref().map_or("", |words| words.values().as_string::<i32>().value(key))
    }

    /// How many different words there are.
    #[must_use]
    pub fn words(&self) -> usize {
        self.0.as_ref().map_or(0, |words| words.values().len())
    }
}

/// A column of lists of words.
#[derive(Clone, Debug, Default)]
pub struct ListColumn {
    /// Where each row's words begin in `words`, and where the last row's end; empty where no row has a word.
    pub(super) starts: Arc<Vec<u32>>,
    pub(super) words: WordColumn,
}

impl ListColumn {
    /// The words of a row.
    pub fn get(&self, row: usize) -> impl Iterator<Item = &str> {
        self.keys(row).map(|key| self.words.word(key))
    }

    /// Of each of some rows whether one of its words is one of those that are `held`, by number; nothing where a row lies
    /// past the end.
    pub fn holding(&self, rows: Range<usize>, held: &[bool]) -> impl Iterator<Item = bool> {
        let ends = self.starts.get(rows.start..=rows.end).unwrap_or_default();
        let words = ends.first().map_or(0, |from| *from as usize)..ends.last().map_or(0, |to| *to as usize);
        let mut each = self.words.holding(words, held);
        ends.windows(2).map(move |ends| {
            let own = each.by_ref().take((ends[1] - ends[0]) as usize);
            own.fold(false, |some, one| some | one)
        })
    }

    /// The numbers of a row's words.
    pub fn keys(&self, row: usize) -> impl Iterator<Item = usize> {
        let range = match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(&from), Some(&to)) => from as usize..to as usize,
            _ => 0..0,
        };
        range.filter_map(|at| self.words.key(at))
    }

    /// The different words, by their numbers.
    #[must_use]
    pub fn words(&self) -> &WordColumn {
        &self.words
    }
}

/// The types that all cells of a column have in common so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types {
    int: bool,
    float: bool,
    bool: bool,
}

impl Default for Types {
    fn default() -> Self {
        Self::ANY
    }
}

impl Types {
    pub(super) const ANY: Self = Self { int: true, float: true, bool: true };

    /// Takes a cell into account. A type fits only when the cell prints back as it was written, so that `007` stays a
    /// text.
    pub(super) fn see(&mut self, cell: &str) {
        fn prints<T: std::str::FromStr + ToString>(cell: &str) -> bool {
            cell.parse::<T>().is_ok_and(|value| value.to_string() == cell)
        }
        if *self == (Self { int: false, float: false, bool: false }) {
            return;
        }
        // Most texts are told from numbers by their first letter.
        let number = matches!(cell.as_bytes(), [b'0'..=b'9' | b'-' | b'i' | b'N', ..]);
        self.int = self.int && number && prints::<i64>(cell);
        self.float = self.float && number && prints::<f64>(cell);
        self.bool = self.bool && matches!(cell, "true" | "false");
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { int: self.int && other.int, float: self.float && other.float, bool: self.bool && other.bool }
    }
}

/// The texts of a column that many rows may lack.
#[derive(Clone, Debug, Default)]
pub(super) struct CellColumn {
    /// Those that are there.
    pub(super) texts: Option<StringArray>,
    /// Their rows; `None` where each row has one.
    pub(super) at: Option<Arc<Vec<u32>>>,
}

/// A column of the source file that is none of the known ones, in the type that its cells have in common.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The column's name in the file.
    pub name: String,
    /// Its cells: `Int64`, `Float64`, `Boolean` or `Utf8`.
    values: ArrayRef,
    /// The rows of the cells, where most rows have none; else each row has its place among the values.
    rows: Option<Arc<Vec<u32>>>,
}

/// Where fewer than one row in so many has a cell, cells are kept with their rows.
const SPARSE: usize = 4;

impl Attribute {
    /// Texts as a column of the type that all of them have; `None` where no row has anything.
    pub(super) fn typed(name: String, cells: CellColumn, types: Types, rows: usize) -> Option<Self> {
        use arrow_array::BooleanArray;
        fn all<T: std::str::FromStr>(texts: &StringArray) -> impl Iterator<Item = Option<T>> {
            texts.iter().map(|cell| cell.and_then(|cell| cell.parse().ok()))
        }
        let texts = cells.texts?;
        let (texts, at) = match cells.at {
            Some(at) if at.len() * SPARSE >= rows => (spread(texts, &at, rows), None),
            at => (texts, at),
        };
        let values: ArrayRef = match types {
            Types { int: true, .. } => Arc::new(all::<i64>(&texts).collect::<Int64Array>()),
            Types { float: true, .. } => Arc::new(all::<f64>(&texts).collect::<Float64Array>()),
            Types { bool: true, .. } => Arc::new(all::<bool>(&texts).collect::<BooleanArray>()),
            _ => Arc::new(texts),
        };
        Some(Self { name, values, rows: at })
    }

    /// Where the cell of a row is among the values, if there is one.
    fn place(&self, row: usize) -> Option<usize> {
        let at = match &self.rows {
            None => row,
            Some(rows) => rows.binary_search(&u32::try_from(row).ok()?).ok()?,
        };
        (at < self.values.len() && self.values.is_valid(at)).then_some(at)
    }

    /// Whether most rows have no cell.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        self.rows.is_some()
    }

    /// Those of some rows that have a cell, where most have none.
    pub fn filled_rows(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        let all = self.rows.as_deref().map_or(&[][..], Vec::as_slice);
        let (from, to) = (
            all.partition_point(|row| (*row as usize) < rows.start),
            all.partition_point(|row| (*row as usize) < rows.end),
        );
        all[from..to.max(from)].iter().map(|row| *row as usize)
    }

    /// Whether its cells are numbers.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self.values.data_type(), DataType::Int64 | DataType::Float64)
    }

    /// The cell as a number, where the column has numbers.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<f64> {
        use arrow_array::types::{Float64Type, Int64Type};
        let at = self.place(row)?;
        let whole = self.values.as_primitive_opt::<Int64Type>().map(|whole| whole.value(at) as f64);
        whole.or_else(|| self.values.as_primitive_opt::<Float64Type>().map(|real| real.value(at)))
    }

    /// Whether its cells are true or false.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        self.values.data_type() == &DataType::Boolean
    }

    /// The cell as true or false, where the column has such.
    #[must_use]
    pub fn truth(&self, row: usize) -> Option<bool> {
        let truths = self.values.as_boolean_opt()?;
        self.place(row).map(|at| truths.value(at))
    }

    /// All its texts one after the other, and where each row's begins and the last ends; `None` where the column has no texts
    /// or most rows have none.
    #[must_use]
    pub fn whole(&self) -> Option<(&[u8], &[i32])> {
        let texts = self.values.as_string_opt::<i32>().filter(|_| !self.is_sparse())?;
        Some((texts.value_data(), texts.value_offsets()))
    }

    /// Its different texts, as many as `most`; `None` where there are more, or where it holds no texts.
    #[must_use]
    pub fn few_values(&self, most: usize) -> Option<Vec<&str>> {
        let texts = self.values.as_string_opt::<i32>()?;
        let mut known = std::collections::BTreeSet::new();
        for text in texts.iter().flatten() {
            if known.insert(text) && known.len() > most {
                return None;
            }
        }
        Some(known.into_iter().collect())
    }

    /// The cell as text, `None` where the file has nothing.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<String> {
        use arrow_array::types::{Float64Type, Int64Type};
        let at = self.place(row)?;
        Some(match self.values.data_type() {
            DataType::Int64 => self.values.as_primitive::<Int64Type>().value(at).to_string(),
            DataType::Float64 => self.values.as_primitive::<Float64Type>().value(at).to_string(),
            DataType::Boolean => self.values.as_boolean().value(at).to_string(),
            _ => self.values.as_string::<i32>().value(at).to_owned(),
        })
    }
}

/// Texts of some rows as those of all rows, with nothing between.
fn spread(texts: StringArray, at: &[u32], rows: usize) -> StringArray {
    let (offsets, bytes, _) = texts.into_parts();
    let mut starts = Vec::with_capacity(rows + 1);
    let mut filled = BooleanBufferBuilder::new(rows);
    let mut own = 0;
    for row in 0..rows {
        starts.push(offsets[own]);
        let is_filled = at.get(own).is_some_and(|at| *at as usize == row);
        filled.append(is_filled);
        own += usize::from(is_filled);
    }
    starts.push(offsets[own]);
    StringArray::new(OffsetBuffer::new(starts.into()), bytes, Some(NullBuffer::new(filled.finish())))
}

#[cfg(test)]
mod tests {
    use super::super::grow::{Cells, Grow};
    use super::*;

    fn attribute(cells: &[Option<&str>]) -> Attribute {
        let (mut texts, mut types) = (Cells::default(), Types::ANY);
        for (row, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell {
                texts.push(row, cell, 0);
                types.see(cell);
            }
        }
        texts.end(cells.len());
        Attribute::typed("a".into(), texts.finish(), types, cells.len()).unwrap()
    }

    #[test]
    fn a_column_with_few_cells_gives_each_row_its_own() {
        for filled in [vec![7], vec![0, 39], vec![0, 1, 2], (0..40).collect(), (1..30).collect::<Vec<usize>>()] {
            for word in ["x", "", "12"] {
                let cells: Vec<Option<String>> =
                    (0..40).map(|row| filled.contains(&row).then(|| format!("{word}{row}"))).collect();
                let texts: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
                let own = attribute(&texts);
                assert_eq!(own.is_sparse(), filled.len() < 10);
                let told: Vec<Option<String>> = (0..40).map(|row| own.text(row)).collect();
                assert_eq!(told, cells);
                let inside: Vec<usize> = filled.iter().copied().filter(|row| (1..39).contains(row)).collect();
                assert!(!own.is_sparse() || own.filled_rows(1..39).eq(inside));
            }
        }
    }

    #[test]
    fn columns_of_parts_join_to_that_of_all_their_rows() {
        let rows = [Some("a"), Some("b"), None, Some("d"), None, None, Some("g"), Some("h")];
        for cut in 0..=rows.len() {
            let part = |rows: &[Option<&str>]| {
                let mut cells = Cells::default();
                rows.iter().enumerate().for_each(|(row, cell)| cell.iter().for_each(|cell| cells.push(row, cell, 0)));
                cells.end(rows.len());
                cells.finish()
            };
            let mut joined = Cells::default();
            for own in [&rows[..cut], &rows[cut..]] {
                joined.add(&part(own), own.len()).unwrap();
            }
            let (joined, whole) = (joined.finish(), part(&rows));
            assert_eq!((joined.texts, joined.at), (whole.texts, whole.at), "{cut}");
        }
    }

    #[test]
    fn a_column_of_points_keeps_nanoseconds_only_where_there_are_some() {
        let coarse = [Some(TimePoint::from_seconds(5)), None];
        let fine = [TimePoint::new(5, 7), None];
        assert!(!PointColumn::new(&coarse).has_nanos());
        let column = PointColumn::new(&fine);
        assert_eq!((column.get(0), column.get(1), column.get(9)), (fine[0], None, None));
    }

    #[test]
    fn rows_that_hold_one_of_some_words_are_those_whose_words_are_looked_at_one_by_one() {
        let words = ["a", "b", "c"];
        let keys = [Some(0), None, Some(2), Some(1), Some(0)];
        let column =
            |keys: &[Option<usize>]| WordColumn(Some(keys.iter().map(|key| key.map(|key| words[key])).collect()));
        let single = column(&keys);
        // The words are numbered as they come: a, c, b.
        let held = [false, true, false];
        assert_eq!(single.holding(1..5, &held).collect::<Vec<_>>(), [false, true, false, false]);
        let list = ListColumn { starts: Arc::new(vec![0, 2, 2, 5]), words: single };
        assert_eq!(list.holding(0..3, &held).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(list.holding(0..3, &[true, false, false]).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(ListColumn::default().holding(0..3, &held).count(), 0);
    }

    #[test]
    fn an_attribute_takes_a_type_only_when_nothing_of_its_text_is_lost() {
        let kind = |cells: &[Option<&str>]| attribute(cells).values.data_type().clone();
        assert_eq!(kind(&[Some("1"), None, Some("-20")]), DataType::Int64);
        assert_eq!(kind(&[Some("1.5"), Some("2.25")]), DataType::Float64);
        assert_eq!(kind(&[Some("true"), Some("false")]), DataType::Boolean);
        assert_eq!(kind(&[Some("007"), Some("1")]), DataType::Utf8);
        assert_eq!(kind(&[Some("1.50")]), DataType::Utf8);
        assert_eq!(attribute(&[Some("007")]).text(0).as_deref(), Some("007"));
    }
}
