//! Events as columns: what every later stage reads.
//!
//! A row of an [`EventTable`] is one [`Claim`]: one source's statement about one event. Rows of a file that share an
//! `id` are claims about one event; [`EventTable::statements`] says which of them are drawn. Undated rows are in the
//! table too, so that nothing is lost. [`EventTable::shown`] makes of a table that was read the one that is seen: in
//! somebody's clock, as known on some day. The module keeps what importers give it; it neither reads files nor decides
//! how anything is drawn.

mod build;
mod claim;
mod column;
mod document;
mod facet;
mod fill;
mod groups;
mod grow;
mod outliers;
mod part;
mod relations;
mod schema;
mod showing;
mod statement;
mod table;

pub use build::{Draft, EventTableBuilder, TooManyRows, WRITTEN_DASH};
pub(crate) use build::{is_blank, trimmed};
pub use claim::{Claim, Source, Status};
pub use column::{Attribute, ListColumn, NumberColumn, PointColumn, TextColumn, WordColumn};
pub use document::Document;
pub use facet::{Classes, Facet};
pub use fill::{Filler, Plain};
pub use groups::SharedIds;
pub use outliers::DateOutliers;
pub use part::{Joiner, Part};
pub use relations::{Relation, Relations};
pub use schema::{FIELDS, Field, FieldSpec, Store};
pub use showing::Showing;
pub use statement::Statement;
pub use table::{EventId, EventTable, RowId};
