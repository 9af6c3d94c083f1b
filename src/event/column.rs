//! Columns over Arrow arrays.

use crate::time::TimePoint;
use arrow_array::{Array, ArrayRef, Int64Array, UInt32Array};
use std::sync::Arc;

/// A column of points of time; a null is a bound that is open, unknown or absent.
///
/// Nanoseconds are kept only where some row has them.
#[derive(Clone, Debug)]
pub struct PointColumn {
    seconds: Int64Array,
    nanos: Option<UInt32Array>,
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
    pub fn get(&self, row: usize) -> Option<TimePoint> {
        if row >= self.seconds.len() || self.seconds.is_null(row) {
            return None;
        }
        TimePoint::new(self.seconds.value(row), self.nanos.as_ref().map_or(0, |nanos| nanos.value(row)))
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

/// A column of the source file that is none of the known ones, in the type that its cells have in common.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The column's name in the file.
    pub name: String,
    /// Its cells: `Int64`, `Float64`, `Boolean` or `Utf8`.
    pub values: ArrayRef,
}

impl Attribute {
    /// A column of these cells. A number type is taken only when every cell prints back as it was written, so that
    /// `007` stays a text.
    #[must_use]
    pub fn infer(name: String, cells: &[Option<&str>]) -> Self {
        Self { name, values: typed(cells) }
    }

    /// The cell as text, `None` where the file has nothing.
    #[must_use]
    pub fn text(&self, row: usize) -> Option<String> {
        use arrow_array::cast::AsArray;
        use arrow_array::types::{Float64Type, Int64Type};
        use arrow_schema::DataType;
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

fn typed(cells: &[Option<&str>]) -> ArrayRef {
    use arrow_array::{BooleanArray, Float64Array, StringArray};
    fn all<T: std::str::FromStr + ToString>(cells: &[Option<&str>]) -> Option<Vec<Option<T>>> {
        let read = |cell: &str| cell.parse::<T>().ok().filter(|value| value.to_string() == cell);
        cells.iter().map(|cell| cell.map_or(Some(None), |cell| read(cell).map(Some))).collect()
    }
    if cells.iter().all(Option::is_none) {
        return Arc::new(cells.iter().copied().collect::<StringArray>());
    }
    if let Some(values) = all::<i64>(cells) {
        return Arc::new(Int64Array::from(values));
    }
    if let Some(values) = all::<f64>(cells) {
        return Arc::new(Float64Array::from(values));
    }
    if let Some(values) = all::<bool>(cells) {
        return Arc::new(BooleanArray::from(values));
    }
    Arc::new(cells.iter().copied().collect::<StringArray>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_schema::DataType;

    #[test]
    fn a_column_of_points_keeps_nanoseconds_only_where_there_are_some() {
        let coarse = [Some(TimePoint::from_seconds(5)), None];
        let fine = [TimePoint::new(5, 7), None];
        assert!(!PointColumn::new(&coarse).has_nanos());
        let column = PointColumn::new(&fine);
        assert_eq!((column.get(0), column.get(1), column.get(9)), (fine[0], None, None));
    }

    #[test]
    fn an_attribute_takes_a_type_only_when_nothing_of_its_text_is_lost() {
        let kind = |cells: &[Option<&str>]| Attribute::infer("a".into(), cells).values.data_type().clone();
        assert_eq!(kind(&[Some("1"), None, Some("-20")]), DataType::Int64);
        assert_eq!(kind(&[Some("1.5"), Some("2.25")]), DataType::Float64);
        assert_eq!(kind(&[Some("true"), Some("false")]), DataType::Boolean);
        assert_eq!(kind(&[Some("007"), Some("1")]), DataType::Utf8);
        assert_eq!(kind(&[Some("1.50")]), DataType::Utf8);
        assert_eq!(Attribute::infer("a".into(), &[Some("007")]).text(0).as_deref(), Some("007"));
    }
}
