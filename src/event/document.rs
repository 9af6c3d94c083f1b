//! What is open: a table under a name.

use super::{EventTable, RowId};
use crate::task;
use crate::time::{Span, TimePoint};
use std::ops::Range;
use std::sync::Arc;

/// What is open: a name and its events. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the window's title and a figure call it.
    pub name: String,
    /// The events.
    pub table: Arc<EventTable>,
}

impl Document {
    /// From the earliest to the latest moment of all events, ends that are open left out; `None` without a date.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        const ROWS: usize = 1 << 17;
        // Without stated durations nothing lies outside the windows of starts and ends.
        if !self.table.has_durations() {
            return self.table.bounds_extent();
        }
        let rows = self.table.rows();
        let ranges = (0..rows).step_by(ROWS).map(|from| from..(from + ROWS).min(rows));
        task::in_parallel(ranges, |rows| self.extent_of(rows)).into_iter().flatten().reduce(Span::union)
    }

    fn extent_of(&self, rows: Range<usize>) -> Option<Span> {
        let mut all: Option<Span> = None;
        for row in rows {
            let Some(when) = self.table.when(RowId(row as u32)) else { continue };
            for bound in [when.start, when.end] {
                if let Some(window) = bound.window() {
                    all = Some(all.map_or(window, |span| span.union(window)));
                }
            }
            if let (false, Some(span)) = (when.latest() == TimePoint::MAX, all) {
                all = Some(span.union(Span::new(when.latest(), when.latest())));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder};
    use super::*;
    use crate::time::{Duration, Edtf};

    fn document(rows: &[(&str, Option<&str>)]) -> Document {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (date, duration) in rows {
            let edtf = Edtf::parse(date).ok();
            let duration = duration.map(|text| Duration::parse(text).unwrap());
            builder.push(&Draft { edtf, duration, ..Draft::default() }).unwrap();
        }
        Document { name: String::new(), table: Arc::new(builder.finish()) }
    }

    type Day = (i64, u8, u8);

    fn days(document: &Document) -> (Day, Day) {
        let day = |date: crate::time::CivilDate| (date.year, date.month, date.day);
        let extent = document.extent().unwrap();
        (day(extent.start().date()), day(extent.end().date()))
    }

    #[test]
    fn an_open_end_does_not_stretch_the_document() {
        let extent = document(&[("2022/..", None), ("1990", None)]).extent().unwrap();
        assert_eq!((extent.start().date().year, extent.end().date().year), (1990, 2023));
    }

    #[test]
    fn a_duration_stretches_it_and_the_columns_alone_tell_the_same_as_the_rows() {
        let plain = [
            ("2022-05", None),
            ("../2021-03-04", None),
            ("[1999,2003-05-06]", None),
            ("", None),
            ("2022-09-15/", None),
        ];
        let document_of = document(&plain);
        assert_eq!(document_of.extent(), document_of.extent_of(0..plain.len()));
        assert_eq!(days(&document_of).0, (1999, 1, 1));
        let lasting = document(&[("2022-05-01/", Some("P40D")), ("2022-05-03", None)]);
        assert_eq!(days(&lasting).1, (2022, 6, 11));
        assert_eq!(document(&[("", None)]).extent(), None);
    }
}
