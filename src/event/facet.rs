//! What events can be dealt out by: a field whose values make lanes, or colours.

use super::claim::Status;
use super::column::{Attribute, ListColumn, TextColumn, WordColumn};
use super::schema::Field;
use super::table::{EventId, EventTable, RowId};
use std::collections::HashMap;

/// A field by whose values events can be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The kind of event.
    #[default]
    Kind,
    /// Who took part; an event has as many values as participants.
    Participants,
    /// Where it was.
    Location,
    /// Who says so; an event has as many values as sources.
    Source,
    /// Its standing; an event has as many values as its accounts differ in.
    Status,
    /// Its tags.
    Tags,
    /// The file that it is from.
    File,
    /// A column that is none of the known ones, by its name.
    Attribute(String),
    /// Words that its title may hold, in any case, as they are written: `~vostok|zapad`. An event has as many values as it
    /// holds of them.
    Words(String),
}

/// As many words are told apart.
const MOST_WORDS: usize = 32;

/// The words of [`Facet::Words`].
fn words_of(written: &str) -> Vec<&str> {
    let words = written.trim_start_matches('~').split('|').map(str::trim).filter(|word| !word.is_empty());
    let mut out: Vec<&str> = Vec::new();
    for word in words.take(MOST_WORDS) {
        // The same word in another case is the same.
        if !out.iter().any(|own| own.to_lowercase() == word.to_lowercase()) {
            out.push(word);
        }
    }
    out
}

/// Which words a title holds, a bit for each.
fn held(title: Option<&str>, lower: &[String]) -> u32 {
    let title = title.unwrap_or_default().to_lowercase();
    let holds = lower.iter().enumerate().filter(|(_, word)| title.contains(word.as_str()));
    holds.fold(0, |bits, (at, _)| bits | (1 << at))
}

/// The fields by whose values events can be told apart, each with its facet.
const GROUPED: [(Field, Facet); 6] = [
    (Field::Kind, Facet::Kind),
    (Field::Participants, Facet::Participants),
    (Field::Location, Facet::Location),
    (Field::Source, Facet::Source),
    (Field::Status, Facet::Status),
    (Field::Tags, Facet::Tags),
];

/// As many values can be lanes that one looks at together.
const MOST_LANES: usize = 40;

/// The file's name among those of fields.
const FILE: &str = "file";

impl Facet {
    /// The facet of a name: `kind`, `who`, `where`, `source`, `status`, `tag`, `file`, words after a `~`, else the column
    /// of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if !words_of(name).is_empty() && name.trim().starts_with('~') {
            return Self::Words(name.trim().to_owned());
        }
        let lower = name.trim().to_ascii_lowercase();
        if lower == FILE {
            return Self::File;
        }
        Field::searched(&lower).and_then(Self::of_field).unwrap_or_else(|| Self::Attribute(name.trim().to_owned()))
    }

    /// The facet of a known field, if events can be told apart by it.
    #[must_use]
    pub fn of_field(field: Field) -> Option<Self> {
        GROUPED.iter().find(|(own, _)| *own == field).map(|(_, facet)| facet.clone())
    }

    /// The known field that it is.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        GROUPED.iter().find(|(_, facet)| facet == self).map(|(field, _)| *field)
    }

    /// Its name in a search and on the command line.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Attribute(name) | Self::Words(name) => name,
            known => known.field().and_then(|field| field.spec().search.first()).copied().unwrap_or(FILE),
        }
    }

    /// Its name in menus.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Attribute(name) => name,
            Self::Words(written) => written.trim_start_matches('~'),
            known => known.field().map_or("File", |field| field.spec().title),
        }
    }

    /// What events are called that have no value, where others have one.
    #[must_use]
    pub fn without(&self) -> String {
        match self {
            Self::Attribute(name) => format!("No {name}"),
            Self::Words(_) => "None of these words".to_owned(),
            known => known.field().and_then(|field| field.spec().without).unwrap_or("No file").to_owned(),
        }
    }

    /// All facets of which some record of a table has a value.
    #[must_use]
    pub fn all(table: &EventTable) -> Vec<Self> {
        let columns = &table.columns;
        let known = [
            (Self::Kind, columns.word(Field::Kind).words() > 0),
            (Self::Participants, columns.list(Field::Participants).words().words() > 0),
            (Self::Location, columns.word(Field::Location).words() > 0),
            (Self::Source, !columns.text(Field::Source).is_empty()),
            (Self::Status, columns.word(Field::Status).words() > 0),
            (Self::Tags, columns.list(Field::Tags).words().words() > 0),
            (Self::File, table.files().len() > 1),
        ];
        let known = known.into_iter().filter(|(_, there)| *there).map(|(facet, _)| facet);
        known.chain(table.attributes().iter().map(|attribute| Self::Attribute(attribute.name.clone()))).collect()
    }

    /// The same facet as a table has it, its name in any case; `None` where it has none such.
    #[must_use]
    pub fn in_table(&self, table: &EventTable) -> Option<Self> {
        let same = |other: &Self| {
            *other == *self
                || matches!((other, self), (Self::Attribute(a), Self::Attribute(b)) if a.eq_ignore_ascii_case(b))
        };
        if matches!(self, Self::Words(_)) {
            return Some(self.clone());
        }
        Self::all(table).into_iter().find(same)
    }

    /// How many different values a known field has, where that is known without looking at all rows.
    #[must_use]
    pub fn value_count(&self, table: &EventTable) -> Option<usize> {
        match self.field()? {
            field @ (Field::Kind | Field::Status | Field::Location) => Some(table.columns.word(field).words()),
            field @ (Field::Participants | Field::Tags) => Some(table.columns.list(field).words().words()),
            _ => None,
        }
    }

    /// The field that makes the best lanes: kinds, where there are two or more; else a known field whose values are few and
    /// come again. A column of any other name whose values are so has been recognised as kinds already. `None` where no field
    /// does.
    #[must_use]
    pub fn for_lanes(table: &EventTable) -> Option<Self> {
        if Self::Kind.value_count(table).is_some_and(|values| values > 1) {
            return Some(Self::Kind);
        }
        let weigh = |facet: &Self| {
            let few = |values: &usize| (2..=MOST_LANES).contains(values) && values * 2 <= table.rows();
            let values = facet.value_count(table).filter(few)?;
            Some(((3..=16).contains(&values), std::cmp::Reverse(values)))
        };
        let known = Self::all(table).into_iter().filter_map(|facet| weigh(&facet).map(|weight| (weight, facet)));
        known.max_by_key(|(weight, _)| *weight).map(|(_, facet)| facet)
    }

    /// Whether a search can ask for one of its values.
    #[must_use]
    pub fn can_be_searched(&self) -> bool {
        !matches!(self, Self::File | Self::Words(_))
    }

    /// The values that an event has, each once.
    #[must_use]
    pub fn values(&self, table: &EventTable, event: EventId) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for row in table.rows_known(event) {
            let at = row.0 as usize;
            let columns = &table.columns;
            let found: Vec<String> = match self {
                Self::Kind => columns.word(Field::Kind).get(at).map(str::to_owned).into_iter().collect(),
                Self::Location => {
                    columns.word(Field::Location).get(at).into_iter().flat_map(parts).map(str::to_owned).collect()
                }
                Self::Status => columns.word(Field::Status).get(at).map(str::to_owned).into_iter().collect(),
                Self::Participants => table.participants(row),
                Self::Tags => table.tags(row),
                Self::Source => table.source(row).map(str::to_owned).into_iter().collect(),
                Self::File => vec![table.origin(row).0.to_owned()],
                Self::Words(written) => {
                    let title = table.title(row).unwrap_or_default().to_lowercase();
                    let words = words_of(written).into_iter().filter(|word| title.contains(&word.to_lowercase()));
                    words.map(capitalised).collect()
                }
                Self::Attribute(name) => {
                    let own = table.attributes().iter().find(|attribute| attribute.name == *name);
                    own.and_then(|attribute| attribute.text(at)).into_iter().collect()
                }
            };
            for value in found.iter().map(|value| self.shown(value)).filter(|value| !value.is_empty()) {
                if !out.contains(&value) {
                    out.push(value);
                }
            }
        }
        out
    }

    /// Whether accounts of one event differ in it by their nature.
    #[must_use]
    pub fn is_of_accounts(&self) -> bool {
        matches!(self, Self::Source | Self::Status | Self::File)
    }

    /// What a single account says, where that differs from account to account by its nature: its source, its status, its
    /// file; `None` for other facets.
    #[must_use]
    pub fn of_account(&self, table: &EventTable, row: RowId) -> Option<String> {
        let said = match self {
            Self::Source => table.source(row),
            Self::Status => table.columns.word(Field::Status).get(row.0 as usize),
            Self::File => Some(table.origin(row).0),
            _ => return None,
        };
        Some(said.map_or_else(|| self.without(), |said| self.shown(said)))
    }

    fn shown(&self, value: &str) -> String {
        match self {
            Self::Kind | Self::Tags => capitalised(value.trim()),
            Self::Status => capitalised(Status::parse(value).word()),
            _ => value.trim().to_owned(),
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The values of a facet, numbered, and which of them each event has. Values that are shown alike are one.
pub struct Classes<'a> {
    table: &'a EventTable,
    names: Vec<String>,
    values: Values<'a>,
    /// The number for events without a value.
    none: u32,
    /// Whether an event may have several.
    several: bool,
}

/// Where values stand, with the class of each of them.
enum Values<'a> {
    Words(&'a WordColumn, Vec<u32>),
    /// Words that may name several values.
    Several(&'a WordColumn, Vec<Vec<u32>>),
    Lists(&'a ListColumn, Vec<u32>),
    /// The class of each row.
    Rows(Vec<u32>),
    /// For each row a bit for each class from 0 on.
    Bits(Vec<u32>),
}

/// No class.
const NO_CLASS: u32 = u32::MAX;

/// Names as they are first met.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    known: HashMap<String, u32>,
}

impl Names {
    fn of(&mut self, name: String) -> u32 {
        let names = &mut self.names;
        *self.known.entry(name).or_insert_with_key(|name| {
            names.push(name.clone());
            names.len() as u32 - 1
        })
    }
}

impl<'a> Classes<'a> {
    /// The values of a facet in a table.
    #[must_use]
    pub fn new(table: &'a EventTable, facet: &Facet) -> Self {
        let columns = &table.columns;
        let mut names = Names::default();
        let of_words = |words: &WordColumn, names: &mut Names| -> Vec<u32> {
            texts(words).map(|word| names.of(facet.shown(word))).collect()
        };
        let values = match facet {
            Facet::Kind => Values::Words(columns.word(Field::Kind), of_words(columns.word(Field::Kind), &mut names)),
            Facet::Location if texts(columns.word(Field::Location)).any(|word| parts(word).count() > 1) => {
                let classes = |word| parts(word).map(|part| names.of(part.to_owned())).collect();
                Values::Several(
                    columns.word(Field::Location),
                    texts(columns.word(Field::Location)).map(classes).collect(),
                )
            }
            Facet::Location => {
                Values::Words(columns.word(Field::Location), of_words(columns.word(Field::Location), &mut names))
            }
            Facet::Status => {
                Values::Words(columns.word(Field::Status), of_words(columns.word(Field::Status), &mut names))
            }
            Facet::Participants => Values::Lists(
                columns.list(Field::Participants),
                of_words(columns.list(Field::Participants).words(), &mut names),
            ),
            Facet::Tags => {
                Values::Lists(columns.list(Field::Tags), of_words(columns.list(Field::Tags).words(), &mut names))
            }
            Facet::Source => Values::Rows(of_texts(table.rows(), columns.text(Field::Source), &mut names)),
            Facet::File => {
                let of_file: Vec<u32> = table.files().iter().map(|file| names.of(file.clone())).collect();
                let class = |file: &u16| of_file.get(usize::from(*file)).copied().unwrap_or(NO_CLASS);
                Values::Rows(columns.file.iter().map(class).collect())
            }
            Facet::Words(written) => {
                let words = words_of(written);
                for word in &words {
                    names.of(capitalised(word));
                }
                let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
                Values::Bits((0..table.rows()).map(|row| held(table.title(RowId(row as u32)), &lower)).collect())
            }
            Facet::Attribute(name) => {
                let attribute = table.attributes().iter().find(|attribute| attribute.name == *name);
                Values::Rows(attribute.map_or_else(Vec::new, |own| of_attribute(table.rows(), own, &mut names)))
            }
        };
        let none = names.of(facet.without());
        let several = !matches!(facet, Facet::Kind | Facet::File)
            && (!table.is_plain() || matches!(values, Values::Several(..) | Values::Lists(..) | Values::Bits(_)));
        Self { table, names: names.names, values, none, several }
    }

    /// The names of the values.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number for events without a value.
    #[must_use]
    pub fn none(&self) -> u32 {
        self.none
    }

    /// Whether an event may have several values.
    #[must_use]
    pub fn several(&self) -> bool {
        self.several
    }

    /// The numbers of an event's values, each once, in the order of its accounts; never none. `into` is emptied first.
    pub fn of(&self, event: EventId, into: &mut Vec<u32>) {
        self.of_rows(self.table.rows_read(event), into);
    }

    /// The same of what was known at the time that is shown.
    pub fn of_known(&self, event: EventId, into: &mut Vec<u32>) {
        self.of_rows(self.table.rows_known(event), into);
    }

    fn of_rows(&self, rows: impl Iterator<Item = RowId>, into: &mut Vec<u32>) {
        into.clear();
        for row in rows {
            self.of_row(row, into);
            if !self.several && !into.is_empty() {
                break;
            }
        }
        if into.is_empty() {
            into.push(self.none);
        }
    }

    /// The numbers of the values that one account names, each once; none where it names none. `into` is emptied first.
    pub fn of_account(&self, row: RowId, into: &mut Vec<u32>) {
        into.clear();
        self.of_row(row, into);
    }

    fn of_row(&self, row: RowId, into: &mut Vec<u32>) {
        let at = row.0 as usize;
        let mut add = |class: u32| {
            if class != NO_CLASS && !into.contains(&class) {
                into.push(class);
            }
        };
        match &self.values {
            Values::Words(column, of) => column.key(at).into_iter().for_each(|key| add(of[key])),
            Values::Several(column, of) => {
                column.key(at).into_iter().flat_map(|key| &of[key]).for_each(|class| add(*class));
            }
            Values::Lists(column, of) => column.keys(at).for_each(|key| add(of[key])),
            Values::Rows(of) => of.get(at).copied().into_iter().for_each(add),
            Values::Bits(of) => {
                let bits = of.get(at).copied().unwrap_or(0);
                (0..32).filter(|class| bits & (1 << class) != 0).for_each(add);
            }
        }
    }
}

fn texts(words: &WordColumn) -> impl Iterator<Item = &str> {
    (0..words.words()).map(|key| words.word(key))
}

/// The places of a cell, "Tokyo; Seoul". A comma is part of a place: "Tokyo, Japan".
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|']).map(str::trim).filter(|part| !part.is_empty())
}

fn of_texts(rows: usize, column: &TextColumn, names: &mut Names) -> Vec<u32> {
    let mut class = |row| column.get(row).map_or(NO_CLASS, |text| names.of(text.trim().to_owned()));
    (0..rows).map(&mut class).collect()
}

fn of_attribute(rows: usize, attribute: &Attribute, names: &mut Names) -> Vec<u32> {
    let mut class = |row| attribute.text(row).map_or(NO_CLASS, |text| names.of(text.trim().to_owned()));
    (0..rows).map(&mut class).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder};
    use super::*;
    use crate::time::Edtf;

    fn table() -> EventTable {
        let mut builder = EventTableBuilder::new(vec!["a.csv".into()], vec!["side".into()]);
        for (id, kind, status, who, side) in [
            ("1", Some("drill"), Some("planned"), vec!["China", "Russia"], Some("7")),
            ("1", None, Some("held"), vec!["Russia"], None),
            ("2", Some("Drill"), None, vec![], None),
        ] {
            let (edtf, attributes) = (Edtf::parse("2022").ok(), [side]);
            let draft = Draft {
                id: Some(id),
                kind,
                status,
                edtf,
                participants: &who,
                attributes: &attributes,
                ..Draft::default()
            };
            builder.push(&draft).unwrap();
        }
        builder.finish()
    }

    fn values(facet: &Facet) -> Vec<Vec<String>> {
        let table = table();
        let classes = Classes::new(&table, facet);
        let mut own = Vec::new();
        let mut of = |event| {
            classes.of(event, &mut own);
            own.iter().map(|&class| classes.names()[class as usize].clone()).collect()
        };
        table.events().map(&mut of).collect()
    }

    #[test]
    fn words_of_titles_tell_events_apart_and_one_may_hold_several() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for title in ["Vostok 2022", "Before Zapad and VOSTOK", "Kavkaz"] {
            let edtf = Edtf::parse("2022").ok();
            builder.push(&Draft { edtf, title: Some(title), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let facet = Facet::named("~ vostok | zapad| Vostok");
        let classes = Classes::new(&table, &facet);
        let mut own = Vec::new();
        let mut of = |event| {
            classes.of(EventId(event), &mut own);
            own.iter().map(|class| classes.names()[*class as usize].as_str()).collect::<Vec<_>>()
        };
        assert_eq!((of(0), of(1)), (vec!["Vostok"], vec!["Vostok", "Zapad"]));
        assert_eq!(of(2), ["None of these words"]);
        assert_eq!(facet.values(&table, EventId(1)), ["Vostok", "Zapad"]);
        assert_eq!(Facet::named("~"), Facet::Attribute("~".into()));
    }

    #[test]
    fn an_event_has_each_of_its_values_once() {
        assert_eq!(values(&Facet::Kind), [["Drill"], ["Drill"]]);
        assert_eq!(values(&Facet::Participants), [vec!["China", "Russia"], vec!["Nobody named"]]);
        assert_eq!(values(&Facet::Status), [vec!["Planned", "Held"], vec!["No status given"]]);
        assert_eq!(values(&Facet::Attribute("side".into())), [["7"], ["No side"]]);
    }

    #[test]
    fn a_cell_may_name_several_places() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for place in ["Tokyo, Japan; Seoul", "Seoul", "Busan"] {
            let edtf = Edtf::parse("2022").ok();
            builder.push(&Draft { edtf, location: Some(place), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let classes = Classes::new(&table, &Facet::Location);
        let mut own = Vec::new();
        let mut of = |event| {
            classes.of(EventId(event), &mut own);
            own.iter().map(|class| classes.names()[*class as usize].as_str()).collect::<Vec<_>>()
        };
        assert_eq!((of(0), of(1), of(2)), (vec!["Tokyo, Japan", "Seoul"], vec!["Seoul"], vec!["Busan"]));
        assert!(classes.several());
        assert_eq!(Facet::Location.values(&table, EventId(0)), ["Tokyo, Japan", "Seoul"]);
    }

    #[test]
    fn facets_are_found_by_name_where_a_table_has_them() {
        let table = table();
        assert_eq!(Facet::named("who").in_table(&table), Some(Facet::Participants));
        assert_eq!(Facet::named("SIDE").in_table(&table), Some(Facet::Attribute("side".into())));
        assert_eq!(Facet::named("where").in_table(&table), None);
    }
}
