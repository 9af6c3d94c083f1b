//! Parts of a table, made beside each other and joined in their order.

use super::build::{MOST_ROWS, TooManyRows};
use super::column::{Attribute, ListColumn, NumberColumn, PointColumn, TextColumn, Types, WordColumn};
use super::groups::Groups;
use super::table::EventTable;
use std::sync::Arc;

/// Rows as columns, before it is known which rows of other parts speak of the same events.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub(super) rows: usize,
    pub(super) columns: Columns,
    pub(super) attributes: Vec<(TextColumn, Types)>,
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

impl EventTable {
    /// The table that parts make in their order, with the names of the files and of the columns beside the known ones.
    ///
    /// # Errors
    /// [`TooManyRows`] when there are more rows, or more text in a column, than can be held.
    pub fn of_parts(
        files: Vec<String>,
        attribute_names: Vec<String>,
        mut parts: Vec<Part>,
    ) -> Result<Self, TooManyRows> {
        let part = match parts.len() {
            1 => parts.remove(0),
            _ => joined(parts)?,
        };
        Ok(Self::of_part(files, attribute_names, part))
    }

    pub(super) fn of_part(files: Vec<String>, attribute_names: Vec<String>, part: Part) -> Self {
        let Part { rows, columns, attributes } = part;
        let attributes = attribute_names
            .into_iter()
            .zip(attributes)
            .filter_map(|(name, (texts, types))| Attribute::typed(name, &texts, types, rows))
            .collect();
        let groups = Groups::by_id(&columns.file, &columns.id);
        Self::new(files, rows, columns, groups, attributes)
    }
}

/// Takes one column out of all parts, so that what was joined is freed before the next.
fn take<T: Default>(parts: &mut [Part], of: impl Fn(&mut Columns) -> &mut T) -> Vec<T> {
    parts.iter_mut().map(|part| std::mem::take(of(&mut part.columns))).collect()
}

fn flat<T: Copy>(parts: &[Arc<Vec<T>>]) -> Arc<Vec<T>> {
    Arc::new(parts.iter().flat_map(|part| part.iter().copied()).collect())
}

fn joined(mut parts: Vec<Part>) -> Result<Part, TooManyRows> {
    let rows: Vec<usize> = parts.iter().map(|part| part.rows).collect();
    let total: usize = rows.iter().sum();
    if total > MOST_ROWS {
        return Err(TooManyRows);
    }
    let parts = parts.as_mut_slice();
    let mut columns = Columns::default();
    for end in 0..4 {
        columns.bounds[end] = PointColumn::joined(&take(parts, |of| &mut of.bounds[end]))?;
    }
    columns.flags = flat(&take(parts, |of| &mut of.flags));
    columns.file = flat(&take(parts, |of| &mut of.file));
    columns.line = flat(&take(parts, |of| &mut of.line));
    columns.id = TextColumn::joined(take(parts, |of| &mut of.id), &rows)?;
    columns.title = TextColumn::joined(take(parts, |of| &mut of.title), &rows)?;
    columns.edtf = TextColumn::joined(take(parts, |of| &mut of.edtf), &rows)?;
    columns.duration = TextColumn::joined(take(parts, |of| &mut of.duration), &rows)?;
    columns.written = TextColumn::joined(take(parts, |of| &mut of.written), &rows)?;
    columns.description = TextColumn::joined(take(parts, |of| &mut of.description), &rows)?;
    columns.source = TextColumn::joined(take(parts, |of| &mut of.source), &rows)?;
    columns.published = TextColumn::joined(take(parts, |of| &mut of.published), &rows)?;
    columns.url = TextColumn::joined(take(parts, |of| &mut of.url), &rows)?;
    columns.kind = WordColumn::joined(&take(parts, |of| &mut of.kind), &rows);
    columns.status = WordColumn::joined(&take(parts, |of| &mut of.status), &rows);
    columns.location = WordColumn::joined(&take(parts, |of| &mut of.location), &rows);
    for axis in 0..2 {
        columns.degrees[axis] = NumberColumn::joined(take(parts, |of| &mut of.degrees[axis]), &rows)?;
    }
    columns.participants = ListColumn::joined(take(parts, |of| &mut of.participants), &rows);
    columns.tags = ListColumn::joined(take(parts, |of| &mut of.tags), &rows);
    let width = parts.iter().map(|part| part.attributes.len()).max().unwrap_or(0);
    let attribute = |at: usize| {
        let own = |part: &mut Part| part.attributes.get_mut(at).map(std::mem::take).unwrap_or_default();
        let (texts, types): (Vec<TextColumn>, Vec<Types>) = parts.iter_mut().map(own).unzip();
        let types = types.into_iter().fold(Types::ANY, Types::and);
        TextColumn::joined(texts, &rows).map(|texts| (texts, types))
    };
    let attributes = (0..width).map(attribute).collect::<Result<_, _>>()?;
    Ok(Part { rows: total, columns, attributes })
}
