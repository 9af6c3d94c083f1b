//! Columns over Arrow arrays. A column of which no row has anything costs nothing.

use crate::time::TimePoint;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Float64Array, Int64Array, StringArray, UInt32Array, new_null_array,
};
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

    fn array(&self, rows: usize) -> ArrayRef {
        self.0.clone().map_or_else(|| new_null_array(&DataType::Utf8, rows), |texts| Arc::new(texts))
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

/// A column of the source file that is none of the known ones, in the type that its cells have in common.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The column's name in the file.
    pub name: String,
    /// Its cells: `Int64`, `Float64`, `Boolean` or `Utf8`.
    pub values: ArrayRef,
}

impl Attribute {
    /// Texts as a column of the type that all of them have; `None` where no row has anything.
    pub(super) fn typed(name: String, texts: &TextColumn, types: Types, rows: usize) -> Option<Self> {
        use arrow_array::BooleanArray;
        fn all<T: std::str::FromStr>(texts: &TextColumn, rows: usize) -> impl Iterator<Item = Option<T>> {
            (0..rows).map(|row| texts.get(row).and_then(|cell| cell.parse().ok()))
        }
        if texts.is_empty() {
            return None;
        }
        let values: ArrayRef = match types {
            Types { int: true, .. } => Arc::new(all::<i64>(texts, rows).collect::<Int64Array>()),
            Types { float: true, .. } => Arc::new(all::<f64>(texts, rows).collect::<Float64Array>()),
            Types { bool: true, .. } => Arc::new(all::<bool>(texts, rows).collect::<BooleanArray>()),
            _ => texts.array(rows),
        };
        Some(Self { name, values })
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
        if row >= self.values.len() || self.values.is_null(row) {
            return None;
        }
        let whole = self.values.as_primitive_opt::<Int64Type>().map(|whole| whole.value(row) as f64);
        whole.or_else(|| self.values.as_primitive_opt::<Float64Type>().map(|real| real.value(row)))
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
        (row < truths.len() && truths.is_valid(row)).then(|| truths.value(row))
    }

    /// All its texts one after the other, and where each begins and the last ends; `None` where the column has none.
    #[must_use]
    pub fn whole(&self) -> Option<(&[u8], &[i32])> {
        self.values.as_string_opt::<i32>().map(|texts| (texts.value_data(), texts.value_offsets()))
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
        if row >= self.values.len() || self.values.is_null(row) {
            return None;
        }
        Some(match self.values.data_type() {
            DataType::Int64 => self.values.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Float64 => self.values.as_primitive::<Float64Type>().value(row).to_string(),
            DataType::Boolean => self.values.as_boolean().value(row).to_string(),
            _ => self.values.as_string::<i32>().value(row).to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::grow::{Grow, Texts};
    use super::*;

    fn attribute(cells: &[Option<&str>]) -> Attribute {
        let (mut texts, mut types) = (Texts::default(), Types::ANY);
        for cell in cells {
            texts.push(*cell);
            if let Some(cell) = cell {
                types.see(cell);
            }
        }
        Attribute::typed("a".into(), &texts.finish(), types, cells.len()).unwrap()
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
