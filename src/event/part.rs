//! Parts of a table, made beside each other and joined in their order.

use super::build::{MOST_ROWS, TooManyRows};
use super::column::{Attribute, CellColumn, ListColumn, NumberColumn, PointColumn, TextColumn, Types, WordColumn};
use super::groups::Groups;
use super::grow::{Cells, Grow, Lists, Numbers, Points, Texts, Words};
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
    pub(super) id: TextColumn,
    pub(super) title: TextColumn,
    pub(super) edtf: TextColumn,
    pub(super) duration: TextColumn,
    /// Only where it says more than `edtf`.
    pub(super) written: TextColumn,
    pub(super) description: TextColumn,
    pub(super) source: TextColumn,
    pub(super) published: TextColumn,
    pub(super) url: TextColumn,
    pub(super) kind: WordColumn,
    pub(super) status: WordColumn,
    pub(super) location: WordColumn,
    /// North and east.
    pub(super) degrees: [NumberColumn; 2],
    pub(super) participants: ListColumn,
    pub(super) tags: ListColumn,
}

/// Rows or parts on their way into one table, in their order.
#[derive(Default)]
pub struct Joiner {
    pub(super) rows: usize,
    pub(super) bounds: [Points; 4],
    pub(super) flags: Vec<u16>,
    pub(super) file: Vec<u16>,
    pub(super) line: Vec<u32>,
    /// In the order of [`texts`].
    pub(super) texts: [Texts; 9],
    /// In the order of [`words`].
    pub(super) words: [Words; 3],
    pub(super) degrees: [Numbers; 2],
    pub(super) lists: [Lists; 2],
    pub(super) attributes: Vec<(Cells, Types)>,
}

fn texts(columns: &Columns) -> [&TextColumn; 9] {
    let own = columns;
    [
        &own.id,
        &own.title,
        &own.edtf,
        &own.duration,
        &own.written,
        &own.description,
        &own.source,
        &own.published,
        &own.url,
    ]
}

fn words(columns: &Columns) -> [&WordColumn; 3] {
    [&columns.kind, &columns.status, &columns.location]
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
        all(&mut self.texts, &texts(columns), rows)?;
        all(&mut self.words, &words(columns), rows)?;
        all(&mut self.degrees, &columns.degrees.each_ref(), rows)?;
        all(&mut self.lists, &[&columns.participants, &columns.tags], rows)?;
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
        let [id, title, edtf, duration, written, description, source, published, url] = self.texts.map(Grow::finish);
        let [kind, status, location] = self.words.map(Grow::finish);
        let [participants, tags] = self.lists.map(Grow::finish);
        let columns = Columns {
            bounds: self.bounds.map(Grow::finish),
            flags: Arc::new(self.flags),
            file: Arc::new(self.file),
            line: Arc::new(self.line),
            id,
            title,
            edtf,
            duration,
            written,
            description,
            source,
            published,
            url,
            kind,
            status,
            location,
            degrees: self.degrees.map(Grow::finish),
            participants,
            tags,
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
    /// The table that a part makes, with the names of the files and of the columns beside the known ones.
    #[must_use]
    pub fn of_part(files: Vec<String>, attribute_names: Vec<String>, part: Part) -> Self {
        let Part { rows, columns, attributes } = part;
        let attributes = attribute_names
            .into_iter()
            .zip(attributes)
            .filter_map(|(name, (cells, types))| Attribute::typed(name, cells, types, rows))
            .collect();
        let groups = Groups::by_id(&columns.file, &columns.id);
        Self::new(files, rows, columns, groups, attributes)
    }
}
