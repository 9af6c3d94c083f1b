//! Dates that lie far away from all others: a typing error, or a first and a last word beside a chronicle.

use super::table::{EventTable, RowId};
use crate::time::{Span, TimePoint};

/// Rows that are asked how far apart dates usually lie.
const ASKED: usize = 20_000;
/// A date is far if it lies so many times as far from the middle as three quarters of the others.
const TIMES: i128 = 20;
/// And by so much at least: two years, in nanoseconds.
const LEAST: i128 = 2 * 31_556_952 * crate::time::NANOS_PER_SECOND;
/// More than two rows are no exception, if they are more than this share of them.
const MOST: usize = 20;
/// Fewer rows have no rest to be far from.
const FEWEST: usize = 5;

/// Rows far away from the rest, and from when to when the rest begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateOutliers {
    /// The rows, in file order.
    pub rows: Vec<RowId>,
    /// From the first start to the last end of all others.
    pub rest: Span,
}

impl EventTable {
    /// The few rows that begin far away from all others; `None` where there are none, or so many that they are no exception.
    ///
    /// Far is twenty times as far from the median start as the upper quartile of such distances, and two years at least.
    #[must_use]
    pub fn date_outliers(&self) -> Option<DateOutliers> {
        let starts = &self.columns.bounds[0];
        let (first, last) = starts.range()?;
        let step = self.rows().div_ceil(ASKED).max(1);
        let known = |row: usize| starts.get(row).filter(|point| *point > TimePoint::MIN && *point < TimePoint::MAX);
        let mut asked: Vec<i128> =
            (0..self.rows()).step_by(step).filter_map(known).map(TimePoint::as_nanos).collect();
        if asked.len() < FEWEST {
            return None;
        }
        let middle = asked.len() / 2;
        let median = *asked.select_nth_unstable(middle).1;
        let mut distances: Vec<i128> = asked.iter().map(|nanos| (nanos - median).abs()).collect();
        let at = (distances.len() - 1) * 3 / 4;
        let quartile = *distances.select_nth_unstable(at).1;
        // Where most dates are the same, decades may be no exception.
        let limit = (quartile * TIMES).max(if quartile * TIMES < LEAST { 50 * LEAST } else { LEAST });
        let is_far = |point: TimePoint| (point.as_nanos() - median).abs() > limit;
        if !is_far(first) && !is_far(last) {
            return None;
        }
        let mut rows = Vec::new();
        let mut rest: Option<Span> = None;
        for row in 0..self.rows() {
            let Some(point) = known(row) else { continue };
            if is_far(point) {
                rows.push(RowId(row as u32));
                if rows.len() > 2.max(self.rows() / MOST) {
                    return None;
                }
            } else {
                let end = self.columns.bounds[3].get(row).filter(|end| *end < TimePoint::MAX && !is_far(*end));
                let own = Span::new(point, end.unwrap_or(point));
                rest = Some(rest.map_or(own, |rest| rest.union(own)));
            }
        }
        Some(DateOutliers { rows, rest: rest? })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder};
    use crate::time::Edtf;

    fn far(dates: &[&str]) -> Vec<u32> {
        let mut builder = EventTableBuilder::new(vec!["test.csv".into()], vec![]);
        for date in dates {
            builder.push(&Draft { edtf: Edtf::parse(date).ok(), ..Draft::default() }).unwrap();
        }
        builder.finish().date_outliers().map_or_else(Vec::new, |far| far.rows.iter().map(|row| row.0).collect())
    }

    #[test]
    fn a_typing_error_in_a_year_is_far_and_a_long_history_is_not() {
        assert_eq!(far(&["2025-02-03", "2025-02-11", "0025-02-17", "2025-03-02", "2025-03-09"]), [2]);
        let mut launches: Vec<String> = (1957..2018).map(|year| format!("{year}-10-04")).collect();
        launches.push("2918-10-11".to_owned());
        assert_eq!(far(&launches.iter().map(String::as_str).collect::<Vec<_>>()), [61]);
        assert!(far(&["-3200", "-0490", "0476", "1066", "1492", "1789", "1914", "2001"]).is_empty());
        assert!(far(&["2022-05-01", "2022-05-01", "2022-05-01", "2022-05-01", "2022-06-01"]).is_empty());
        assert!(far(&["2022", "0022"]).is_empty());
    }
}
