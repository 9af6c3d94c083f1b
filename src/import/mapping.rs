//! Which column of an input feeds which field: recognised from its names and cells, or chosen by the user.

use super::choices::{Choices, DateChoices};
use crate::event::{Facet, Field, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column of an input feeds, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name in the input.
    pub name: String,
    /// The field that it feeds.
    pub field: Field,
    /// The evidence, in words; empty where nothing speaks for more than an attribute.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Whether its cells tell of a time at which the event may have been.
    #[serde(skip)]
    pub(super) tells_of_time: bool,
}

/// Which column of one input feeds which field, how its titles are composed and how its dates are read. What was recognised
/// is its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The columns, in the order of the input.
    pub columns: Vec<Column>,
    /// A template for titles, with names of columns in braces: `{home} – {away}`. Their columns may feed other fields too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Texts that all records have of fields that no column feeds, such as a kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<Field, String>,
    /// The line of a table's header, from 1, where it is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<u64>,
    /// How its dates are read, as far as it is chosen.
    #[serde(default, skip_serializing_if = "DateChoices::is_empty")]
    pub dates: DateChoices,
    /// Whether it was taken from those remembered for inputs of the same columns.
    #[serde(skip)]
    pub remembered: bool,
}

/// Why a column feeds what the user chose.
const CHOSEN: &str = "chosen";
/// Why it feeds what the user chose for another input of the same columns.
const REMEMBERED: &str = "as chosen for files of the same columns";

impl Mapping {
    /// Lets the user's choices stand over what was recognised. A field that is given to one column leaves the one that had
    /// it; a start leaves no other kind of start beside it.
    pub(super) fn choose(&mut self, choices: &Choices) {
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        if let Some((chosen, remembered)) = choices.mapping_for(&names) {
            self.take(chosen, if remembered { REMEMBERED } else { CHOSEN });
            self.remembered = remembered;
        }
        for (field, name) in &choices.columns {
            let same_name = |own: &Column| own.name == *name || own.name.eq_ignore_ascii_case(name);
            if let Some(at) = self.columns.iter().position(same_name) {
                self.feed(at, *field);
            }
        }
        self.dates = choices.dates.or(self.dates);
        self.head = choices.head.or(self.head);
    }

    /// Lets a column feed a field, as the user chose. A field that another column feeds leaves that one; a start leaves no
    /// other kind of start beside it, and a column of titles no template.
    pub fn feed(&mut self, at: usize, field: Field) {
        for column in &mut self.columns {
            let same = column.field == field || (field.is_start() && column.field.is_start());
            if same && field != Field::Attribute {
                (column.field, column.why) = (Field::Attribute, String::new());
            }
        }
        if let Some(column) = self.columns.get_mut(at) {
            (column.field, column.why) = (field, CHOSEN.to_owned());
        }
        self.constants.remove(&field);
        if field == Field::Title {
            self.title = None;
        }
    }

    /// Takes over what another mapping says of columns of the same names; other columns become attributes.
    fn take(&mut self, other: &Self, why: &str) {
        for column in &mut self.columns {
            let field = other.column(&column.name).map_or(Field::Attribute, |said| said.field);
            if field != column.field {
                (column.field, column.why) = (field, why.to_owned());
            }
        }
        self.title = other.title.clone().filter(|_| !self.feeds(Field::Title));
        let constants = other.constants.iter().filter(|(field, _)| !self.feeds(**field));
        self.constants = constants.map(|(field, text)| (*field, text.clone())).collect();
        (self.head, self.dates) = (other.head, other.dates);
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The names of the columns, in their order.
    pub fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// Whether the template for titles can be used, if there is one.
    #[must_use]
    pub fn has_sound_title(&self) -> bool {
        self.title.is_none() || self.title_parts().is_some()
    }

    /// Whether some column feeds a field.
    #[must_use]
    pub fn feeds(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// Whether it is for an input of exactly these columns, in any order.
    #[must_use]
    pub fn is_of(&self, columns: &[String]) -> bool {
        self.columns.len() == columns.len() && columns.iter().all(|name| self.column(name).is_some())
    }

    /// Whether a text can stand for a field of all records: not for an id, a date or a number.
    #[must_use]
    pub fn can_be_constant(field: Field) -> bool {
        let text = matches!(field.spec().store, Store::Texts | Store::Words | Store::Lists);
        text && !matches!(field, Field::Id | Field::Published)
    }

    /// A mapping as [`Self::to_json`] writes it.
    ///
    /// # Errors
    /// When the text is no mapping, gives a field to two columns or a column two fields, places events by two columns, or has
    /// both a column of titles and a template for them.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let mapping: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        mapping.check().map(|()| mapping)
    }

    /// Whether it can be used.
    ///
    /// # Errors
    /// What contradicts itself in it, in words.
    pub fn check(&self) -> Result<(), String> {
        for (at, column) in self.columns.iter().enumerate() {
            let before = &self.columns[..at];
            if before.iter().any(|other| other.name == column.name) {
                return Err(format!("the column “{}” stands there twice", column.name));
            }
            let same =
                |other: &&Column| other.field == column.field || (other.field.is_start() && column.field.is_start());
            if let Some(before) = before.iter().find(same).filter(|_| column.field != Field::Attribute) {
                let what = if before.field == column.field { column.field.name() } else { "the start" };
                return Err(format!("both “{}” and “{}” feed {what}", before.name, column.name));
            }
            if !Field::all().any(|field| field == column.field) {
                return Err(format!("no column feeds {}, which is told by the date", column.field.name()));
            }
        }
        if self.feeds(Field::Title) && self.title.is_some() {
            return Err("titles come from a column or from a template, not from both".to_owned());
        }
        if !self.has_sound_title() {
            return Err("the template for titles names a column that is not there".to_owned());
        }
        for field in self.constants.keys() {
            if !Self::can_be_constant(*field) {
                return Err(format!("no text can stand for {} of all records", field.name()));
            }
            if self.feeds(*field) {
                return Err(format!("{} is fed by a column, and has a text for all records too", field.name()));
            }
        }
        if self.dates.pivot.is_some_and(|pivot| pivot > 99) {
            return Err("the last two-digit year of the 2000s is from 0 to 99".to_owned());
        }
        Ok(())
    }

    /// As JSON that can be edited and chosen again.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The columns that a template for titles names, and the texts between: text, column, text, … column, text.
    pub(super) fn title_parts(&self) -> Option<TitleParts> {
        TitleParts::new(self.title.as_deref()?, &self.columns)
    }

    /// What makes titles and lanes, in a clause: "lanes by era; title from label". `lanes` are those of the picture, if there
    /// is more than one.
    #[must_use]
    pub fn clause(&self, lanes: Option<&Facet>) -> String {
        let short = |name: &str| {
            let name: Vec<&str> = name.split_whitespace().collect();
            let name = name.join(" ");
            if name.chars().count() > 40 { name.chars().take(39).collect::<String>() + "…" } else { name }
        };
        let column =
            |field: Field| self.columns.iter().find(|column| column.field == field).map(|column| short(&column.name));
        let lanes = lanes.map(|lanes| lanes.field().and_then(column).unwrap_or_else(|| short(lanes.name())));
        let lanes = lanes.filter(|name| !name.is_empty()).map(|name| format!("lanes by {name}"));
        let title = match &self.title {
            Some(template) => Some(format!("titles as {template}")),
            None => column(Field::Title).map(|name| format!("title from {name}")),
        };
        let both: Vec<String> = lanes.into_iter().chain(title).collect();
        if both.is_empty() { "no titles".to_owned() } else { both.join("; ") }
    }

    /// The columns that tell of time and feed no field.
    pub(super) fn unused_times(&self) -> impl Iterator<Item = &str> {
        let unused = |column: &&Column| column.tells_of_time && column.field == Field::Attribute;
        self.columns.iter().filter(unused).map(|column| column.name.as_str())
    }

    /// What a column feeds, as reports tell it: one of a composed title is told as the title.
    #[must_use]
    pub fn told(&self, at: usize) -> Field {
        let column = &self.columns[at];
        let titled = self.title.as_ref().is_some_and(|title| title.contains(&format!("{{{}}}", column.name)));
        if titled { Field::Title } else { column.field }
    }
}

/// A template for titles, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TitleParts {
    /// A text and the column that stands after it.
    parts: Vec<(String, usize)>,
    last: String,
}

impl TitleParts {
    fn new(template: &str, columns: &[Column]) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}')?;
            let at = columns.iter().position(|column| column.name == name)?;
            parts.push((before.to_owned(), at));
            rest = behind;
        }
        (!parts.is_empty()).then(|| Self { parts, last: rest.to_owned() })
    }

    /// Composes a title into `out`; a part that is empty goes with the text before it. Tells whether any part has a text.
    pub(super) fn compose<'r>(&self, out: &mut String, cell: impl Fn(usize) -> Option<&'r str>) -> bool {
        out.clear();
        let mut any = false;
        for (before, at) in &self.parts {
            let Some(text) = cell(*at) else { continue };
            if any || self.parts.first().is_some_and(|first| first.1 == *at) {
                out.push_str(before);
            }
            out.push_str(text);
            any = true;
        }
        if any {
            out.push_str(&self.last);
        }
        any
    }
}
