//! The events of a view as a table: what its columns hold, in an order that the user chooses.

use crate::event::{EventId, EventTable, Facet};
use crate::index::{Index, LaneId};
use crate::task::{self, Control, Stopped};
use crate::time::{Span, TimePoint};
use std::cmp::Ordering;

/// A column of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// The date in words; sorted by the earliest start, then by how finely it is known.
    #[default]
    When,
    /// The event's name.
    Title,
    /// Any field that events can be told apart by.
    Of(Facet),
}

/// What a listing is sorted by. Events without a value stand last either way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The column.
    pub by: Column,
    /// The greatest first.
    pub descending: bool,
}

impl Column {
    /// The columns of a table of which some cell is filled.
    #[must_use]
    pub fn all(table: &EventTable) -> Vec<Self> {
        [Self::When, Self::Title].into_iter().chain(Facet::all(table).into_iter().map(Self::Of)).collect()
    }

    /// Its name in the head of the table.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::When => "When",
            Self::Title => "Title",
            Self::Of(facet) => facet.title(),
        }
    }

    /// What stands in it for an event; several values are joined by semicolons.
    #[must_use]
    pub fn cell(&self, table: &EventTable, event: EventId) -> String {
        let first = table.first_row(event);
        match self {
            Self::When => {
                let drawn = table.drawn(event);
                // That by which it is sorted.
                let row = drawn.iter().min_by_key(|(_, when)| when.earliest()).map_or(first, |(row, _)| *row);
                let more = drawn.len().saturating_sub(1);
                let words = if table.is_undated(row) { "no date".to_owned() } else { table.claim(row).words() };
                if more == 0 { words } else { format!("{words} (+{more} more)") }
            }
            Self::Title => table.title(first).unwrap_or_default().to_owned(),
            Self::Of(facet) => facet.values(table, event).join("; "),
        }
    }
}

/// The events of some lanes that touch a window, each once, in the order of the document, with the lane that each stands
/// in; none where it stands in several of them.
///
/// # Errors
/// [`Stopped`] when `control` says so.
pub fn in_sight(
    index: &Index,
    lanes: &[LaneId],
    window: Span,
    control: &Control,
) -> Result<Vec<(EventId, Option<LaneId>)>, Stopped> {
    let of_lanes = task::in_parallel(lanes.iter(), |lane| {
        control.check()?;
        Ok((*lane, index.events(*lane, window, usize::MAX).events))
    });
    let mut out = Vec::new();
    for own in of_lanes {
        let (lane, events) = own?;
        out.extend(events.into_iter().map(|event| (event, Some(lane))));
    }
    out.sort_unstable();
    out.dedup_by(|(event, _), (first, lane)| {
        let again = event == first;
        if again {
            *lane = None;
        }
        again
    });
    Ok(out)
}

/// Sorts events by a column; those that are alike in it stay in the order of the document.
///
/// # Errors
/// [`Stopped`] when `control` says so.
pub fn sort(table: &EventTable, events: &[EventId], by: &Sort, control: &Control) -> Result<Vec<EventId>, Stopped> {
    let mut keyed = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        if at % 4_096 == 0 {
            control.check()?;
        }
        keyed.push((key(table, &by.by, *event), *event));
    }
    // Sorting itself cannot be stopped; a million keys take less than a second.
    keyed.sort_by(|(a, _), (b, _)| match (a, b) {
        (Key::Nothing, Key::Nothing) => Ordering::Equal,
        (Key::Nothing, _) => Ordering::Greater,
        (_, Key::Nothing) => Ordering::Less,
        _ if by.descending => b.cmp(a),
        _ => a.cmp(b),
    });
    Ok(keyed.into_iter().map(|(_, event)| event).collect())
}

/// What a cell is sorted by.
#[derive(PartialEq)]
enum Key {
    Number(f64),
    Time(TimePoint, TimePoint),
    Text(String),
    Nothing,
}

impl Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Time(a, b), Self::Time(c, d)) => (a, b).cmp(&(c, d)),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            // A column has keys of one kind.
            _ => Ordering::Equal,
        }
    }
}

fn key(table: &EventTable, by: &Column, event: EventId) -> Key {
    if *by == Column::When {
        return table.span_of(event).map_or(Key::Nothing, |(span, (begun, _))| Key::Time(span.start(), begun));
    }
    if let Column::Of(Facet::Attribute(name)) = by
        && let Some(column) = table.attributes().iter().find(|own| own.name == *name && own.is_numeric())
    {
        let mut numbers = table.rows_of(event).filter_map(|row| column.number(row.0 as usize));
        return numbers.next().map_or(Key::Nothing, Key::Number);
    }
    let text = by.cell(table, event);
    if text.is_empty() { Key::Nothing } else { Key::Text(text.to_lowercase()) }
}

/// Events as tab-separated values with a head, for a spreadsheet: the date as EDTF and in words, then the other columns.
///
/// # Errors
/// [`Stopped`] when `control` says so.
pub fn tsv(table: &EventTable, columns: &[Column], events: &[EventId], control: &Control) -> Result<String, Stopped> {
    let plain = |text: &str| text.replace(['\t', '\r', '\n'], " ");
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("\t"));
        out.push('\n');
    };
    let head = columns.iter().flat_map(|column| match column {
        Column::When => vec!["EDTF".to_owned(), "When".to_owned()],
        other => vec![other.title().to_owned()],
    });
    line(head.collect());
    for (at, &event) in events.iter().enumerate() {
        if at % 4_096 == 0 {
            control.check()?;
        }
        let cells = columns.iter().flat_map(|column| {
            let own = column.cell(table, event);
            if *column != Column::When {
                return vec![own];
            }
            let row = table.drawn(event).first().map_or(table.first_row(event), |(row, _)| *row);
            vec![table.edtf(row).map(|edtf| edtf.to_string()).unwrap_or_default(), own]
        });
        line(cells.collect());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::index::Grouping;
    use crate::time::Edtf;

    fn table() -> EventTable {
        let mut builder = EventTableBuilder::new(vec![], vec!["troops".into()]);
        for (date, title, who, troops) in [
            ("2022-09-01", "vostok", &["Russia", "China"][..], "50000"),
            ("2022-05", "Bomber patrol", &["China", "Russia"], "14"),
            ("2022-05-01", "A\tmeeting", &[], ""),
            ("2021", "Zapad", &["Russia"], "200000"),
        ] {
            let (edtf, attributes) = (Edtf::parse(date).ok(), [Some(troops)]);
            let (title, participants) = (Some(title), who);
            builder.push(&Draft { edtf, title, participants, attributes: &attributes, ..Draft::default() }).unwrap();
        }
        builder.finish()
    }

    fn sorted(by: Column, descending: bool) -> Vec<u32> {
        let table = table();
        let events: Vec<EventId> = table.events().collect();
        let sorted = sort(&table, &events, &Sort { by, descending }, &Control::new()).unwrap();
        sorted.into_iter().map(|event| event.0).collect()
    }

    #[test]
    fn events_are_sorted_by_any_column_and_those_without_a_value_stand_last() {
        assert_eq!(sorted(Column::When, false), [3, 2, 1, 0]);
        assert_eq!(sorted(Column::Title, false), [2, 1, 0, 3]);
        let troops = Column::Of(Facet::Attribute("troops".into()));
        assert_eq!(sorted(troops.clone(), false), [1, 0, 3, 2]);
        assert_eq!(sorted(troops, true), [3, 0, 1, 2]);
    }

    #[test]
    fn an_event_of_several_lanes_is_listed_once() {
        let table = table();
        let grouping = Grouping { by: vec![Facet::Participants], ..Grouping::default() };
        let index = Index::new(&table, &grouping, |_| true);
        let lanes: Vec<LaneId> = (0..index.lanes().len()).map(LaneId).collect();
        let year = Edtf::parse("2022").unwrap().when().extent();
        let events = in_sight(&index, &lanes, year, &Control::new()).unwrap();
        let lane = |name: &str| index.lanes().iter().position(|lane| lane.name() == name).map(LaneId);
        assert_eq!(events, [(EventId(0), None), (EventId(1), None), (EventId(2), lane("Nobody named"))]);
        let none = in_sight(&index, &[], year, &Control::new()).unwrap();
        assert_eq!(none, []);
    }

    #[test]
    fn a_copy_has_the_date_as_edtf_and_no_tab_in_a_cell() {
        let table = table();
        let columns = [Column::When, Column::Title, Column::Of(Facet::Participants)];
        let text = tsv(&table, &columns, &[EventId(2), EventId(0)], &Control::new()).unwrap();
        assert_eq!(
            text,
            "EDTF\tWhen\tTitle\tWho took part\n2022-05-01\t1 May 2022\tA meeting\t\n\
             2022-09-01\t1 Sep 2022\tvostok\tRussia; China\n"
        );
    }
}
