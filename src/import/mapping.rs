//! Which column of an input feeds which field: recognised from its names and cells, or chosen by the user.

use super::choices::Choices;
use crate::event::{Facet, Field};
use serde::{Deserialize, Serialize};

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

/// Which column of one input feeds which field, and how its titles are composed. What was recognised is its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The columns, in the order of the input.
    pub columns: Vec<Column>,
    /// A template for titles, with names of columns in braces: `{home} – {away}`. Their columns may feed other fields too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Why a column feeds what the user chose.
const CHOSEN: &str = "chosen";

impl Mapping {
    /// Lets the user's choices stand over what was recognised. A field that is given to one column leaves the one that had
    /// it; a start leaves no other kind of start beside it.
    pub(super) fn choose(&mut self, choices: &Choices) {
        if let Some(chosen) = &choices.mapping {
            self.take(chosen);
        }
        for (field, name) in &choices.columns {
            let same_name = |own: &Column| own.name == *name || own.name.eq_ignore_ascii_case(name);
            let Some(at) = self.columns.iter().position(same_name) else { continue };
            for column in &mut self.columns {
                let same = column.field == *field || (field.is_start() && column.field.is_start());
                if same && *field != Field::Attribute {
                    (column.field, column.why) = (Field::Attribute, String::new());
                }
            }
            (self.columns[at].field, self.columns[at].why) = (*field, CHOSEN.to_owned());
            if *field == Field::Title {
                self.title = None;
            }
        }
    }

    /// Takes over what another mapping says of columns of the same names; other columns become attributes where it says
    /// something of any.
    fn take(&mut self, other: &Self) {
        let of = |name: &str| other.columns.iter().find(|column| column.name == name);
        if self.columns.iter().all(|column| of(&column.name).is_none()) {
            return;
        }
        for column in &mut self.columns {
            let said = of(&column.name);
            column.field = said.map_or(Field::Attribute, |said| said.field);
            column.why = said.map_or_else(String::new, |_| CHOSEN.to_owned());
        }
        let has_title = self.columns.iter().any(|column| column.field == Field::Title);
        self.title = other.title.clone().filter(|_| !has_title);
    }

    /// A mapping as [`Self::to_json`] writes it.
    ///
    /// # Errors
    /// When the text is no mapping, gives a field to two columns or a column two fields, places events by two columns, or has
    /// both a column of titles and a template for them.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let mapping: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for (at, column) in mapping.columns.iter().enumerate() {
            let before = &mapping.columns[..at];
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
        let has_title = mapping.columns.iter().any(|column| column.field == Field::Title);
        if has_title && mapping.title.is_some() {
            return Err("titles come from a column or from a template, not from both".to_owned());
        }
        if mapping.title.is_some() && mapping.title_parts().is_none() {
            return Err("the template for titles names a column that is not there".to_owned());
        }
        Ok(mapping)
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

    /// What makes titles and lanes, in a clause: "lanes by era; title from label". `lanes` are those of the picture.
    #[must_use]
    pub fn clause(&self, lanes: &Facet) -> Option<String> {
        let column = |field: Field| {
            self.columns.iter().find(|column| column.field == field).map(|column| column.name.as_str())
        };
        let lanes = match lanes.field().and_then(column) {
            Some(name) => name,
            None => lanes.name(),
        };
        let title = match &self.title {
            Some(template) => format!("; titles as {template}"),
            None => column(Field::Title).map(|name| format!("; title from {name}")).unwrap_or_default(),
        };
        (!lanes.is_empty()).then(|| format!("lanes by {lanes}{title}"))
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
