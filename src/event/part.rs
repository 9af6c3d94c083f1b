//! Parts of a table, made beside each other and joined in their order.

use super::build::{MOST_ROWS, TooManyRows};
use super::column::{Attribute, CellColumn, ListColumn, NumberColumn, PointColumn, TextColumn, Types, WordColumn};
use super::groups::{Groups, SharedIds};
use super::grow::{Cells, Grow, Lists, Numbers, Points, Texts, Words};
use super::schema::{DEGREES, Field, LISTS, TEXTS, WORDS};
use super::table::EventTable;
use std::sync::Arc;

/// Rows as columns, before it is known which rows of other parts speak of the same events.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub(super) rows: usize,
    pub(super) columns: Columns,
    pub(super) attributes: Vec<(CellColumn, Types)>,
}

/// The known columns of a table. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Start earliest, start latest, end earliest, end latest.
    pub(super) bounds: [PointColumn; 4],
    pub(super) flags: Arc<Vec<u16>>,
    pub(super) file: Arc<Vec<u16>>,
    pub(super) line: Arc<Vec<u32>>,
    /// By the slots of their fields, as the three below. That of dates as written has only what says more than the
    /// expression.
    texts: [TextColumn; TEXTS],
    words: [WordColumn; WORDS],
    degrees: [NumberColumn; DEGREES],
    lists: [ListColumn; LISTS],
}

impl Columns {
    pub(super) fn text(&self, field: Field) -> &TextColumn {
        &self.texts[field.slot()]
    }

    pub(super) fn word(&self, field: Field) -> &WordColumn {
        &self.words[field.slot()]
    }

    pub(super) fn degrees(&self, field: Field) -> &NumberColumn {
        &self.degrees[field.slot()]
    }

    /// Whether two rows may be claims about one event: something tells who says each of them or how it stands, or they call the
    /// event the same.
    fn may_be_claims(&self, a: usize, b: usize) -> bool {
        // What only one of them has tells nothing apart, nor does an address, which each record may have.
        let differ = |field: Field| {
            let texts = self.text(field);
            texts.get(a).zip(texts.get(b)).is_some_and(|(one, other)| one != other)
        };
        let status = self.word(Field::Status);
        if [Field::Source, Field::Published].into_iter().any(differ) || status.get(a) != status.get(b) {
            return true;
        }
        let titles = self.text(Field::Title);
        match (titles.get(a), titles.get(b)) {
            (Some(a), Some(b)) => {
                let (a, b) = (a.to_lowercase(), b.to_lowercase());
                a.contains(&b) || b.contains(&a)
            }
            _ => true,
        }
    }

    pub(super) fn list(&self, field: Field) -> &ListColumn {
        &self.lists[field.slot()]
    }
}

/// Rows or parts on their way into one table, in their order.
#[derive(Default)]
pub struct Joiner {
    pub(super) rows: usize,
    pub(super) bounds: [Points; 4],
    pub(super) flags: Vec<u16>,
    pub(super) file: Vec<u16>,
    pub(super) line: Vec<u32>,
    /// By the slots of their fields, as the three below.
    pub(super) texts: [Texts; TEXTS],
    pub(super) words: [Words; WORDS],
    pub(super) degrees: [Numbers; DEGREES],
    pub(super) lists: [Lists; LISTS],
    pub(super) attributes: Vec<(Cells, Types)>,
}

impl Joiner {
    /// With room for so many rows, and with so many columns beside the known ones.
    pub(super) fn with_room(rows: usize, attributes: usize) -> Self {
        Self {
            bounds: std::array::from_fn(|_| Points::with_room(rows)),
            flags: Vec::with_capacity(rows),
            file: Vec::with_capacity(rows),
            line: Vec::with_capacity(rows),
            texts: std::array::from_fn(|_| Texts::with_room(rows)),
            degrees: std::array::from_fn(|_| Numbers::with_room(rows)),
            attributes: (0..attributes).map(|_| Default::default()).collect(),
            ..Self::default()
        }
    }

    /// Adds a part after those that were added before.
    ///
    /// # Errors
    /// [`TooManyRows`] when there are more rows, or more text in a column, than a table can hold; what was added is of
    /// no use then.
    pub fn add(&mut self, part: &Part) -> Result<(), TooManyRows> {
        fn all<G: Grow>(grown: &mut [G], parts: &[&G::Column], rows: usize) -> Result<(), TooManyRows> {
            grown.iter_mut().zip(parts).try_for_each(|(grown, part)| grown.add(part, rows))
        }
        let (rows, columns) = (part.rows, &part.columns);
        if self.rows + rows > MOST_ROWS {
            return Err(TooManyRows);
        }
        all(&mut self.bounds, &columns.bounds.each_ref(), rows)?;
        all(&mut self.texts, &columns.texts.each_ref(), rows)?;
        all(&mut self.words, &columns.words.each_ref(), rows)?;
        all(&mut self.degrees, &columns.degrees.each_ref(), rows)?;
        all(&mut self.lists, &columns.lists.each_ref(), rows)?;
        self.flags.extend_from_slice(&columns.flags);
        self.file.extend_from_slice(&columns.file);
        self.line.extend_from_slice(&columns.line);
        let known = self.attributes.len();
        self.attributes.resize_with(known.max(part.attributes.len()), Default::default);
        for ((cells, types), (own, own_types)) in self.attributes.iter_mut().zip(&part.attributes) {
            cells.add(own, rows)?;
            *types = types.and(*own_types);
        }
        self.rows += rows;
        Ok(())
    }

    /// All that was added, as one part.
    #[must_use]
    pub fn finish(self) -> Part {
        let columns = Columns {
            bounds: self.bounds.map(Grow::finish),
            flags: Arc::new(self.flags),
            file: Arc::new(self.file),
            line: Arc::new(self.line),
            texts: self.texts.map(Grow::finish),
            words: self.words.map(Grow::finish),
            degrees: self.degrees.map(Grow::finish),
            lists: self.lists.map(Grow::finish),
        };
        let rows = self.rows;
        let whole = |(mut cells, types): (Cells, Types)| {
            cells.end(rows);
            (cells.finish(), types)
        };
        Part { rows, columns, attributes: self.attributes.into_iter().map(whole).collect() }
    }
}

impl EventTable {
    /// The table that a part makes, with the names of the files and of the columns beside the known ones; `shared` says what rows
    /// are that share an identifier.
    #[must_use]
    pub fn of_part(files: Vec<String>, attribute_names: Vec<String>, part: Part, shared: SharedIds) -> Self {
        let Part { rows, columns, attributes } = part;
        let attributes = attribute_names
            .into_iter()
            .zip(attributes)
            .filter_map(|(name, (cells, types))| Attribute::typed(name, cells, types, rows))
            .collect();
        let may_share = |first: u32, row: u32| match shared {
            SharedIds::Claims => true,
            SharedIds::Events => false,
            SharedIds::Evidence => columns.may_be_claims(first as usize, row as usize),
        };
        let groups = Groups::by_id(&columns.file, columns.text(Field::Id), may_share);
        Self::new(files, rows, columns, groups, attributes)
    }
}
