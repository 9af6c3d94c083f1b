//! The numbered sources of a figure.

use crate::event::{EventTable, RowId};
use crate::layout::Layout;
use crate::scene::{Node, Role, Theme};
use crate::text::{TextMeter, Weight};
use std::collections::HashMap;

/// The sources of the events that a layout draws: those of labels, numbered in reading order, then those of marks without
/// a label, to which no number could lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sources {
    texts: Vec<String>,
    /// How many of them are those of labels.
    labelled: usize,
    /// Whether there are labels to stand at, and several sources to tell apart.
    numbered: bool,
    numbers: HashMap<String, usize>,
}

/// What sources may take of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Most {
    /// Their height, in points.
    pub(super) height: f32,
    /// The size of their letters, in points; smaller ones find more room.
    pub(super) letters: f32,
}

/// Smaller letters are no help, in points of a page with letters of the usual size.
const SMALLEST: f32 = 6.5;

impl Sources {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.texts.len()
    }

    /// How many of them are those of labels.
    pub(super) fn labelled(&self) -> usize {
        self.labelled
    }

    /// Lane by lane, left to right.
    pub(super) fn of(layout: &Layout, table: &EventTable) -> Self {
        Self::gathered(layout, table, |_| true)
    }

    /// Those of another layout; none is numbered that was not, for a label that its number cost its room would come and go
    /// with it.
    pub(super) fn again(&self, layout: &Layout, table: &EventTable) -> Self {
        Self::gathered(layout, table, |text| self.numbers.get(text).is_some_and(|number| *number <= self.labelled))
    }

    /// The same with those of what a layout draws that are not among them, without numbers; `None` where all are.
    pub(super) fn completed(&self, layout: &Layout, table: &EventTable) -> Option<Self> {
        let drawn = Self::of(layout, table).texts;
        let more: Vec<String> = drawn.into_iter().filter(|text| !self.numbers.contains_key(text)).collect();
        let mut out = self.clone();
        for text in more {
            out.texts.push(text.clone());
            out.numbers.insert(text, out.texts.len());
        }
        (out.texts.len() > self.texts.len()).then_some(out)
    }

    fn gathered(layout: &Layout, table: &EventTable, may: impl Fn(&str) -> bool) -> Self {
        let mut out = Self::default();
        for labelled in [true, false] {
            let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
            // Those of labels first, then all the others.
            let own = claims.filter(|claim| claim.is_in(layout.body) && (claim.label.is_some() || !labelled));
            let cited = own.flat_map(|claim| &*claim.rows).filter_map(|row| citation(table, *row));
            for text in cited.filter(|text| !labelled || may(text)) {
                let next = out.texts.len() + 1;
                if *out.numbers.entry(text.clone()).or_insert(next) == next {
                    out.texts.push(text);
                }
            }
            if labelled {
                out.labelled = out.texts.len();
            }
        }
        out.numbered = out.texts.len() > 1 && out.labelled > 0;
        out
    }

    /// The number of a row's source, if it is one of the first `listed`: a number that leads nowhere would tell nothing.
    pub(super) fn number(&self, table: &EventTable, row: RowId, listed: usize) -> Option<usize> {
        let number = if self.numbered { self.numbers.get(&citation(table, row)?).copied() } else { None };
        number.filter(|number| *number <= listed.min(self.labelled))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The list in columns `room` wide in all, with the height it takes and how many are listed. What finds no room is counted
    /// in its last line.
    pub(super) fn draw(
        &self,
        at: (f32, f32),
        room: f32,
        most: Most,
        theme: &Theme,
        text: &TextMeter,
    ) -> (Vec<Node>, f32, usize) {
        let mut best = (Vec::new(), 0.0, 0);
        for share in [1.0_f32, 0.93, 0.86, 0.78, 0.7] {
            let size = (most.letters * share).max(SMALLEST);
            // Short ones stand in more columns.
            let widths = self.texts.iter().map(|entry| text.about(entry, size, Weight::Regular));
            let usual = widths.sum::<f32>() / self.texts.len().max(1) as f32 * 1.25 + size * 4.0;
            let columns = (room / usual.clamp(size * 9.0, size * 27.0)).floor().clamp(1.0, 5.0);
            let (left_out, nodes, height) =
                self.columns(at, room, most.height, (size, columns as usize), theme, text);
            best = (nodes, height, self.texts.len() - left_out);
            if left_out == 0 {
                break;
            }
        }
        best
    }

    fn columns(
        &self,
        (x, y): (f32, f32),
        room: f32,
        tallest: f32,
        (size, columns): (f32, usize),
        theme: &Theme,
        text: &TextMeter,
    ) -> (usize, Vec<Node>, f32) {
        let line = size * 1.42;
        let width = room / columns as f32;
        let (numbered, several) = (self.numbered, self.texts.len() > 1);
        // The numbers of several say nothing by themselves, nor does a single one.
        let heading = if several { line } else { 0.0 };
        let (y, tallest) = (y + heading, tallest - heading);
        let indent =
            if numbered { text.width(&format!("{} ", self.texts.len()), size, Weight::Regular) + 2.0 } else { 0.0 };
        let said = |entry: &String| if several { entry.clone() } else { format!("Source: {entry}") };
        let wrapped = |entry: String| text.wrap(&entry, size, Weight::Regular, width - indent - 14.0);
        let entries: Vec<Vec<String>> = self.texts.iter().map(said).map(wrapped).collect();
        let all: usize = entries.iter().map(Vec::len).sum();
        let most = ((tallest / line).floor() as usize).max(1);
        // The shortest columns into which all entries go whole, else the tallest allowed.
        let tallest = entries.iter().map(Vec::len).max().unwrap_or(1);
        let rows = (all.div_ceil(columns).max(tallest)..=most)
            .find(|&rows| columns_needed(&entries, rows) <= columns)
            .unwrap_or(most);
        let (mut nodes, mut column, mut row, mut used) = (Vec::new(), 0, 0, 0);
        if several {
            let at = (x, y - heading + 0.8 * line);
            let words = match (numbered, self.labelled < self.texts.len()) {
                (true, false) => "Sources, by the numbers at the events",
                (true, true) => "Sources, by the numbers at the events; without one where it had no room",
                (false, _) => "Sources of the events",
            };
            nodes.push(Node::text(Role::SourceNote, at, size, Weight::SemiBold, theme.dim, words.to_owned()));
        }
        for (i, entry) in entries.iter().enumerate() {
            if row + entry.len() > rows {
                (column, row) = (column + 1, 0);
            }
            let last = column + 1 == columns && i + 1 < entries.len() && row + entry.len() + 1 > rows;
            if column >= columns || (last && columns_needed(&entries[i..], rows - row) > 1) {
                let rest = entries.len() - i;
                let at = (x + column.min(columns - 1) as f32 * width, y + (row.min(rows - 1) as f32 + 0.8) * line);
                nodes.push(Node::text(
                    Role::SourceNote,
                    at,
                    size,
                    Weight::Regular,
                    theme.dim,
                    format!("and {rest} more sources, in the file"),
                ));
                return (rest, nodes, heading + used.max(row + 1) as f32 * line);
            }
            let left = x + column as f32 * width;
            for (at, words) in entry.iter().enumerate() {
                let baseline = y + ((row + at) as f32 + 0.8) * line;
                if at == 0 && numbered {
                    // What had no room for its number is not to be taken for the next line of another one.
                    let (role, weight, number) = if i < self.labelled {
                        (Role::NoteNumber, Weight::SemiBold, (i + 1).to_string())
                    } else {
                        (Role::SourceNote, Weight::Regular, "–".to_owned())
                    };
                    nodes.push(Node::text(role, (left, baseline), size, weight, theme.dim, number));
                }
                nodes.push(Node::text(
                    Role::SourceNote,
                    (left + indent, baseline),
                    size,
                    Weight::Regular,
                    theme.dim,
                    words.clone(),
                ));
            }
            row += entry.len();
            used = used.max(row);
        }
        (0, nodes, heading + used as f32 * line)
    }
}

fn columns_needed(entries: &[Vec<String>], rows: usize) -> usize {
    let (mut columns, mut row) = (1, 0);
    for entry in entries {
        if row + entry.len() > rows {
            (columns, row) = (columns + 1, 0);
        }
        row += entry.len();
    }
    columns
}

/// A row's source as a figure cites it, with its date unless the citation has it.
fn citation(table: &EventTable, row: RowId) -> Option<String> {
    let source = table.claim(row).source?;
    let mut text = if source.citation.is_empty() { source.url.clone()? } else { source.citation };
    if let Some(published) = source.published {
        let year: String = published.chars().take(4).collect();
        if !text.contains(&year) {
            let words = crate::time::read(&published)
                .map_or(published, |reading| crate::time::word_edtf(&reading.edtf, None));
            text = format!("{text}, {words}");
        }
    }
    Some(text)
}
