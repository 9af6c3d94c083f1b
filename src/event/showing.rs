//! A table as it is to be shown: in somebody's clock, as it was known on some day, with the accounts that were chosen.
//!
//! Each makes another table from the one that was read, sharing every column that stays as it is. All that stands
//! above (index, layout, counts) sees only the table it is given, so that nothing there has to know of zones.

use super::column::PointColumn;
use super::schema::Field;
use super::table::{EventId, EventTable, RowId};
use crate::time::{Bound, Display, Span, TimePoint, read, without_gaps};
use std::collections::BTreeMap;

/// How a table is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Showing {
    /// Whose clock instants are shown by.
    pub display: Display,
    /// Only what was published before this moment; `None` for all. An account whose publication is known to a month
    /// counts from the month's end; one without a date of publication counts unless it says that something was held which
    /// had not begun by then.
    pub known_until: Option<TimePoint>,
    /// Events of which one account is drawn by the user's choice.
    pub chosen: BTreeMap<EventId, RowId>,
    /// Whether every account is drawn, rather than those that the rule leaves.
    pub apart: bool,
    /// Whether long stretches without events are left out: all times of the table then stand on the axis of its
    /// [`EventTable::warp`].
    pub without_gaps: bool,
}

/// With a greater share of gaps the axis is better without them.
const MOSTLY_EMPTY: f64 = 0.6;
/// Gaps are looked for among no more events than this: more hardly leave any.
const FEW_ENOUGH: usize = 50_000;

impl EventTable {
    /// The table as it is to be shown. It must be one that was read, not one already shown.
    #[must_use]
    pub fn shown(&self, showing: &Showing) -> Self {
        let mut table = self.clone();
        table.display = showing.display;
        table.apart = showing.apart;
        table.chosen = showing.chosen.keys().copied().collect();
        if !showing.display.is_utc() {
            table.columns.bounds = self.bounds_by(showing.display);
        }
        if showing.known_until.is_some() || !showing.chosen.is_empty() {
            let was_known = |row: RowId| showing.known_until.is_none_or(|until| self.was_known(row, until));
            let is_chosen = |event: EventId, row: RowId| showing.chosen.get(&event).is_none_or(|own| *own == row);
            table.read = Some(self.groups.clone());
            table.known = showing.known_until.map(|_| self.groups.keeping(|_, row| was_known(row)));
            let known = table.known.as_ref().unwrap_or(&self.groups);
            table.groups = if showing.chosen.is_empty() { known.clone() } else { known.keeping(is_chosen) };
        }
        if showing.without_gaps {
            let warp = without_gaps(table.events().filter_map(|event| table.extent(event)).collect());
            table.columns.bounds =
                table.columns.bounds.each_ref().map(|points| points.moved(|point| warp.shown(point)));
            table.warp = warp;
        }
        table
    }

    /// How much of the time from the first to the last event holds none, 0–1, where that is so much that the axis is
    /// better without gaps; `None` where it is not, or where they are left out already.
    #[must_use]
    pub fn mostly_gaps(&self) -> Option<f64> {
        if !self.warp.is_none() || self.event_count() > FEW_ENOUGH {
            return None;
        }
        let spans: Vec<Span> = self.events().filter_map(|event| self.extent(event)).collect();
        let edges = spans.iter().flat_map(|span| [span.start(), span.end()]);
        let finite = edges.filter(|point| *point > TimePoint::MIN && *point < TimePoint::MAX);
        let (first, last) = (finite.clone().min()?, finite.max()?);
        let warp = without_gaps(spans);
        let gaps: i128 = warp.gaps_in(Span::new(first, last)).map(Span::nanos).sum();
        let share = gaps as f64 / (last.as_nanos() - first.as_nanos()).max(1) as f64;
        (share > MOSTLY_EMPTY).then_some(share)
    }

    /// When a row's source was published, if it says so in a way that can be read.
    #[must_use]
    pub fn published(&self, row: RowId) -> Option<Span> {
        let text = self.published_text(row)?;
        let reading = read(text).ok().filter(|reading| reading.precision.is_some())?;
        Some(reading.edtf.when().extent())
    }

    /// Whether what a row says may have been known before a moment.
    fn was_known(&self, row: RowId, until: TimePoint) -> bool {
        if let Some(day) = self.published(row) {
            return day.end() <= until;
        }
        // Nobody could say of what was to come that it was held.
        let is_later = self.when(row).is_some_and(|when| when.earliest() >= until);
        !(is_later && self.status(row).is_some_and(|status| status.tells_of_it()))
    }

    /// From the first to the last publication, for a slider; `None` where no source has a date.
    #[must_use]
    pub fn publications(&self) -> Option<Span> {
        if self.columns.text(Field::Published).is_empty() {
            return None;
        }
        (0..self.rows() as u32).filter_map(|row| self.published(RowId(row))).reduce(Span::union)
    }

    /// How many rows with a date of their event have none of publication; of those that count before a moment, if one is given
    /// ([`Showing::known_until`]).
    #[must_use]
    pub fn unpublished(&self, until: Option<TimePoint>) -> usize {
        let rows = (0..self.rows() as u32).map(RowId).filter(|row| !self.is_undated(*row));
        let without =
            rows.filter(|row| self.columns.text(Field::Published).is_empty() || self.published(*row).is_none());
        without.filter(|row| until.is_none_or(|until| self.was_known(*row, until))).count()
    }

    fn bounds_by(&self, display: Display) -> [PointColumn; 4] {
        let mut columns: [Vec<Option<TimePoint>>; 4] = Default::default();
        for row in (0..self.rows() as u32).map(RowId) {
            let when = self.when(row).map(|when| {
                let moves =
                    [when.start, when.end].iter().any(|end| matches!(end, Bound::Known(known) if known.instant));
                match self.edtf(row).filter(|_| moves) {
                    Some(edtf) => display.when(&when, &edtf),
                    None => when,
                }
            });
            for (end, bound) in [when.map(|when| when.start), when.map(|when| when.end)].into_iter().enumerate() {
                let window = bound.and_then(Bound::window);
                columns[end * 2].push(window.map(Span::start));
                columns[end * 2 + 1].push(window.map(Span::end));
            }
        }
        columns.map(|points| PointColumn::new(&points))
    }
}
