//! What a file says of how its events hang together: columns such as `relates_to`, `responds_to` or `part_of`, whose cells
//! hold the ids of other events.

use super::schema::Field;
use super::table::{EventId, EventTable, RowId};
use std::collections::{BTreeSet, HashMap};

/// That one event is related to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The event whose record says so.
    pub from: EventId,
    /// The event that it names.
    pub to: EventId,
    /// Which column says so: a place in [`Relations::names`].
    pub kind: usize,
}

/// All relations of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// The columns in words, as `responds to`.
    pub names: Vec<String>,
    /// The relations, by the event that names the other, each once.
    pub all: Vec<Relation>,
    /// Places in `all`, by the event that is named.
    by_named: Vec<usize>,
    /// Ids that no event has, each once for its cell.
    pub unknown: usize,
    /// The first of them, with the record that names it, and the place of its column in `names`.
    pub first_unknown: Option<(RowId, String, usize)>,
}

/// Names of columns that hold ids of other events, without signs between their words.
const COLUMNS: [&str; 19] = [
    "relatesto",
    "relatedto",
    "related",
    "relation",
    "relations",
    "respondsto",
    "responseto",
    "inresponseto",
    "partof",
    "parent",
    "parentid",
    "follows",
    "precedes",
    "causedby",
    "causes",
    "leadsto",
    "supersedes",
    "replaces",
    "references",
];

/// Ids in one cell beyond this are not looked at.
const MOST_IN_A_CELL: usize = 64;

impl Relations {
    /// What a table's columns say.
    #[must_use]
    pub fn of(table: &EventTable) -> Self {
        let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let columns: Vec<_> =
            table.attributes().iter().filter(|column| COLUMNS.contains(&plain(&column.name).as_str())).collect();
        if columns.is_empty() || table.columns.text(Field::Id).is_empty() {
            return Self::default();
        }
        let mut by_id: HashMap<&str, EventId> = HashMap::new();
        let rows = || (0..table.rows() as u32).map(RowId);
        for row in rows() {
            if let Some(id) = table.id(row) {
                by_id.entry(id.trim()).or_insert_with(|| table.event_of(row));
            }
        }
        let mut out = Self::default();
        let mut known = BTreeSet::new();
        for (kind, column) in columns.iter().enumerate() {
            out.names.push(column.name.replace(['_', '-'], " ").to_lowercase());
            for row in rows() {
                let Some(cell) = column.text(row.0 as usize) else { continue };
                let from = table.event_of(row);
                for id in ids(&cell, &by_id) {
                    match by_id.get(id) {
                        Some(&to) if to != from && known.insert((from, to, kind)) => {
                            out.all.push(Relation { from, to, kind });
                        }
                        Some(_) => {}
                        None => {
                            out.unknown += 1;
                            out.first_unknown.get_or_insert_with(|| (row, id.to_owned(), kind));
                        }
                    }
                }
            }
        }
        out.number_used_kinds_first();
        out.all.sort_by_key(|relation| (relation.from, relation.to, relation.kind));
        out.by_named = (0..out.all.len()).collect();
        out.by_named.sort_by_key(|&at| out.all[at].to);
        out
    }

    /// Gives kinds that join events the first numbers, by which their lines are told apart.
    fn number_used_kinds_first(&mut self) {
        let used: BTreeSet<usize> = self.all.iter().map(|relation| relation.kind).collect();
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by_key(|kind| !used.contains(kind));
        let mut number = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, kind)| number[*kind] = at);
        self.names = order.iter().map(|kind| self.names[*kind].clone()).collect();
        self.all.iter_mut().for_each(|relation| relation.kind = number[relation.kind]);
        if let Some((.., kind)) = &mut self.first_unknown {
            *kind = number[*kind];
        }
    }

    /// What to say of ids that no event has; `None` where there are none of them.
    #[must_use]
    pub fn remark(&self, table: &EventTable) -> Option<String> {
        let (row, id, kind) = self.first_unknown.as_ref()?;
        let title = table.title(*row).unwrap_or("a record without a title");
        let first = format!("“{id}”, named by “{title}” in “{}”", self.names[*kind]);
        Some(if self.unknown == 1 {
            format!("No event has the id {first}; that relation is not drawn.")
        } else {
            let count = crate::text::grouped(self.unknown);
            format!("{count} ids are those of no event, the first {first}; those relations are not drawn.")
        })
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The relations of an event, named by it or naming it.
    pub fn with(&self, event: EventId) -> impl Iterator<Item = &Relation> {
        let first = self.by_named.partition_point(|&at| self.all[at].to < event);
        let named = self.by_named[first..].iter().map(|&at| &self.all[at]);
        self.of_event(event).iter().chain(named.take_while(move |relation| relation.to == event))
    }

    /// The relations that an event's own records name.
    #[must_use]
    pub fn of_event(&self, event: EventId) -> &[Relation] {
        let first = self.all.partition_point(|relation| relation.from < event);
        let count = self.all[first..].iter().take_while(|relation| relation.from == event).count();
        &self.all[first..first + count]
    }

    /// What a relation is called.
    #[must_use]
    pub fn name(&self, relation: &Relation) -> &str {
        self.names.get(relation.kind).map_or("", String::as_str)
    }
}

/// The ids of a cell: all of it where that is one, else its parts.
fn ids<'a>(cell: &'a str, by_id: &HashMap<&str, EventId>) -> Vec<&'a str> {
    let cell = cell.trim();
    if by_id.contains_key(cell) {
        return vec![cell];
    }
    cell.split([';', '|', ',']).map(str::trim).filter(|id| !id.is_empty()).take(MOST_IN_A_CELL).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder};
    use super::*;

    #[test]
    fn ids_in_columns_of_relations_join_events_and_unknown_ones_are_counted() {
        let mut builder = EventTableBuilder::new(vec![], vec!["responds_to".into(), "note".into()]);
        for (id, to) in [("a", None), ("b", Some("a")), ("c", Some("a; b; x")), ("c", Some("b"))] {
            let attributes = [to, Some("a")];
            builder.push(&Draft { id: Some(id), attributes: &attributes, ..Draft::default() }).unwrap();
        }
        let relations = Relations::of(&builder.finish());
        let pairs: Vec<_> = relations.all.iter().map(|relation| (relation.from.0, relation.to.0)).collect();
        assert_eq!((pairs, relations.unknown), (vec![(1, 0), (2, 0), (2, 1)], 1));
        assert_eq!(relations.first_unknown, Some((RowId(2), "x".to_owned(), 0)));
        assert_eq!(relations.name(&relations.all[0]), "responds to");
        assert_eq!(relations.with(EventId(1)).count(), 2);
    }
}
