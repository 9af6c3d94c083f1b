//! Columns that grow part by part, each kind in its own way.
//!
//! A part grows row by row, and the table part by part: parts are taken as they come and let go at once, so that no more
//! than the table and a few parts are held. What has not occurred yet costs nothing: rows before the first text of a
//! column are filled in when it comes.

use super::build::TooManyRows;
use super::column::{CellColumn, ListColumn, NumberColumn, PointColumn, TextColumn, WordColumn};
use crate::time::TimePoint;
use arrow_array::builder::{
    Float64Builder, Int32Builder, Int64Builder, PrimitiveBuilder, StringBuilder, UInt32Builder,
};
use arrow_array::cast::AsArray;
use arrow_array::{Array, DictionaryArray};
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;
use std::sync::Arc;

/// A column that grows by others of its kind, of which the number of rows is told.
pub(super) trait Grow: Default {
    type Column;
    fn add(&mut self, part: &Self::Column, rows: usize) -> Result<(), TooManyRows>;
    fn finish(self) -> Self::Column;
}

#[derive(Default)]
pub(super) struct Points {
    seconds: Int64Builder,
    nanos: Option<UInt32Builder>,
}

impl Points {
    /// With room for so many.
    pub(super) fn with_room(rows: usize) -> Self {
        Self { seconds: Int64Builder::with_capacity(rows), nanos: None }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, point: Option<TimePoint>) {
        let nanos = point.filter(|point| *point != TimePoint::MAX).map_or(0, TimePoint::nanos);
        if nanos > 0 && self.nanos.is_none() {
            let mut before = UInt32Builder::new();
            before.append_value_n(0, self.seconds.values_slice().len());
            self.nanos = Some(before);
        }
        if let Some(fine) = &mut self.nanos {
            fine.append_value(point.map_or(0, TimePoint::nanos));
        }
        match point {
            Some(point) => self.seconds.append_value(point.seconds()),
            None => self.seconds.append_null(),
        }
    }
}

impl Grow for Points {
    type Column = PointColumn;

    fn add(&mut self, part: &PointColumn, rows: usize) -> Result<(), TooManyRows> {
        let before = self.seconds.values_slice().len();
        self.seconds.append_array(&part.seconds);
        if part.nanos.is_some() && self.nanos.is_none() {
            let mut nanos = UInt32Builder::new();
            nanos.append_value_n(0, before);
            self.nanos = Some(nanos);
        }
        match (&mut self.nanos, &part.nanos) {
            (Some(nanos), Some(own)) => nanos.append_array(own),
            (Some(nanos), None) => nanos.append_value_n(0, rows),
            (None, _) => {}
        }
        Ok(())
    }

    fn finish(mut self) -> PointColumn {
        PointColumn { seconds: self.seconds.finish(), nanos: self.nanos.map(|mut nanos| nanos.finish()) }
    }
}

#[derive(Default)]
pub(super) struct Numbers {
    rows: usize,
    /// How many there will be, as far as that is known.
    room: usize,
    cells: Option<Float64Builder>,
}

impl Numbers {
    /// With room for so many.
    pub(super) fn with_room(room: usize) -> Self {
        Self { room, ..Self::default() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, number: Option<f64>) {
        match (number, &mut self.cells) {
            (Some(number), _) => self.begun().append_value(number),
            (None, Some(numbers)) => numbers.append_null(),
            (None, None) => {}
        }
        self.rows += 1;
    }

    fn begun(&mut self) -> &mut Float64Builder {
        let (before, room) = (self.rows, self.room);
        self.cells.get_or_insert_with(|| {
            let mut numbers = Float64Builder::with_capacity(room);
            numbers.append_nulls(before);
            numbers
        })
    }
}

impl Grow for Numbers {
    type Column = NumberColumn;

    fn add(&mut self, part: &NumberColumn, rows: usize) -> Result<(), TooManyRows> {
        match &part.0 {
            Some(own) => self.begun().append_array(own),
            None => self.cells.iter_mut().for_each(|numbers| numbers.append_nulls(rows)),
        }
        self.rows += rows;
        Ok(())
    }

    fn finish(self) -> NumberColumn {
        NumberColumn(self.cells.map(|mut numbers| numbers.finish()))
    }
}

#[derive(Default)]
pub(super) struct Texts {
    rows: usize,
    /// How many there will be, as far as that is known.
    room: usize,
    cells: Option<StringBuilder>,
}

/// Bytes that a text takes, about.
const USUAL_TEXT: usize = 20;

impl Texts {
    /// With room for so many.
    pub(super) fn with_room(room: usize) -> Self {
        Self { room, ..Self::default() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, text: Option<&str>) {
        match (text, &mut self.cells) {
            (Some(text), _) => self.begun().append_value(text),
            (None, Some(texts)) => texts.append_null(),
            (None, None) => {}
        }
        self.rows += 1;
    }

    fn begun(&mut self) -> &mut StringBuilder {
        let (before, room) = (self.rows, self.room);
        self.cells.get_or_insert_with(|| {
            let mut texts = StringBuilder::with_capacity(room, room * USUAL_TEXT);
            texts.append_nulls(before);
            texts
        })
    }
}

impl Grow for Texts {
    type Column = TextColumn;

    fn add(&mut self, part: &TextColumn, rows: usize) -> Result<(), TooManyRows> {
        match &part.0 {
            // It refuses what its offsets cannot hold.
            Some(own) => self.begun().append_array(own).map_err(|_| TooManyRows)?,
            None => self.cells.iter_mut().for_each(|texts| texts.append_nulls(rows)),
        }
        self.rows += rows;
        Ok(())
    }

    fn finish(self) -> TextColumn {
        TextColumn(self.cells.map(|mut texts| texts.finish()))
    }
}

/// Texts of which only those that are there are held, with their rows: of many columns most may be empty in most rows.
#[derive(Default)]
pub(super) struct Cells {
    rows: usize,
    texts: Option<StringBuilder>,
    /// The rows of the texts; `None` as long as each row has one.
    at: Option<Vec<u32>>,
}

impl Cells {
    /// How many texts there are.
    fn count(&self) -> usize {
        self.texts.as_ref().map_or(0, |texts| texts.offsets_slice().len() - 1)
    }

    /// Adds the text of a row that comes after those that were added, with room for so many more.
    pub(super) fn push(&mut self, row: usize, text: &str, room: usize) {
        let count = self.count();
        if row > count && self.at.is_none() {
            self.at = Some((0..count as u32).collect());
        }
        if let Some(at) = &mut self.at {
            at.push(row as u32);
        }
        let with_room = || StringBuilder::with_capacity(room, room * USUAL_TEXT);
        self.texts.get_or_insert_with(with_room).append_value(text);
    }

    /// Says how many rows there are in all.
    pub(super) fn end(&mut self, rows: usize) {
        self.rows = rows;
        let count = self.count();
        if count > 0 && count < rows && self.at.is_none() {
            self.at = Some((0..count as u32).collect());
        }
    }
}

impl Grow for Cells {
    type Column = CellColumn;

    fn add(&mut self, part: &CellColumn, rows: usize) -> Result<(), TooManyRows> {
        if let Some(texts) = &part.texts {
            let (before, count) = (self.rows as u32, self.count());
            if self.at.is_none() && (count < self.rows || part.at.is_some()) {
                self.at = Some((0..count as u32).collect());
            }
            if let Some(at) = &mut self.at {
                match &part.at {
                    Some(own) => at.extend(own.iter().map(|row| row + before)),
                    None => at.extend(before..before + rows as u32),
                }
            }
            // It refuses what its offsets cannot hold.
            let grown = self.texts.get_or_insert_with(|| StringBuilder::with_capacity(0, 0));
            grown.append_array(texts).map_err(|_| TooManyRows)?;
        }
        self.end(self.rows + rows);
        Ok(())
    }

    fn finish(self) -> CellColumn {
        CellColumn { texts: self.texts.map(|mut texts| texts.finish()), at: self.at.map(Arc::new) }
    }
}

/// The same word of different rows is held once.
#[derive(Default)]
pub(super) struct Words {
    rows: usize,
    /// The words in `spelled`, found by what is spelled there.
    known: HashTable<Known>,
    hasher: DefaultHashBuilder,
    spelled: StringBuilder,
    keys: Option<Int32Builder>,
}

impl Grow for Words {
    type Column = WordColumn;

    fn add(&mut self, part: &WordColumn, rows: usize) -> Result<(), TooManyRows> {
        let before = self.rows;
        self.rows += rows;
        let Some(part) = &part.0 else {
            self.keys.iter_mut().for_each(|keys| keys.append_nulls(rows));
            return Ok(());
        };
        let own: Vec<i32> =
            part.values().as_string::<i32>().iter().map(|word| self.key(word.unwrap_or(""))).collect();
        let keys = begun(&mut self.keys, before);
        if part.null_count() == 0 {
            keys.extend(part.keys().values().iter().map(|key| Some(own[*key as usize])));
        } else {
            keys.extend(part.keys().iter().map(|key| key.map(|key| own[key as usize])));
        }
        Ok(())
    }

    fn finish(mut self) -> WordColumn {
        // The keys are positions in the words.
        let words = Arc::new(self.spelled.finish());
        let column = |mut keys: Int32Builder| DictionaryArray::try_new(keys.finish(), words).ok();
        WordColumn(self.keys.and_then(column))
    }
}

impl Words {
    /// Adds a row.
    pub(super) fn push(&mut self, word: Option<&str>) {
        match word {
            Some(word) => {
                let key = self.key(word);
                begun(&mut self.keys, self.rows).append_value(key);
            }
            None => self.keys.iter_mut().for_each(PrimitiveBuilder::append_null),
        }
        self.rows += 1;
    }

    fn key(&mut self, word: &str) -> i32 {
        let (spelled, hasher) = (&self.spelled, &self.hasher);
        let spelling = |key: i32| {
            let (ends, letters) = (spelled.offsets_slice(), spelled.values_slice());
            &letters[ends[key as usize] as usize..ends[key as usize + 1] as usize]
        };
        let bytes = word.as_bytes();
        let (length, ends) = (bytes.len(), ends(bytes));
        let short = length <= SHORT;
        let entry = self.known.entry(
            if short { hasher.hash_one(ends) } else { hasher.hash_one(bytes) },
            |known| known.ends == ends && known.length == length && (short || spelling(known.key) == bytes),
            |known| {
                if known.length <= SHORT { hasher.hash_one(known.ends) } else { hasher.hash_one(spelling(known.key)) }
            },
        );
        match entry {
            Entry::Occupied(known) => known.get().key,
            Entry::Vacant(place) => {
                let key = i32::try_from(spelled.offsets_slice().len() - 1).unwrap_or(i32::MAX);
                place.insert(Known { ends, length, key });
                self.spelled.append_value(word);
                key
            }
        }
    }
}

/// A word that has occurred.
struct Known {
    ends: (u64, u64),
    length: usize,
    /// Its number.
    key: i32,
}

/// The ends of a word of at most so many bytes tell all of it, and are compared and hashed as two numbers: most words are
/// that short, and this is done for each of them in every row.
const SHORT: usize = 16;

/// The first and the last eight bytes of a word, or as many as it has.
fn ends(bytes: &[u8]) -> (u64, u64) {
    if let Some((first, last)) = bytes.first_chunk().zip(bytes.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let Some((first, last)) = bytes.first_chunk().zip(bytes.last_chunk()) {
        return (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into());
    }
    (bytes.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte)), 0)
}

fn begun(keys: &mut Option<Int32Builder>, rows_before: usize) -> &mut Int32Builder {
    keys.get_or_insert_with(|| {
        let mut keys = Int32Builder::new();
        keys.append_nulls(rows_before);
        keys
    })
}

#[derive(Default)]
pub(super) struct Lists {
    rows: usize,
    starts: Vec<u32>,
    words: Words,
}

impl Lists {
    /// Adds a row of words.
    pub(super) fn push<'w>(&mut self, words: impl Iterator<Item = &'w str>) {
        let before = self.words.rows as u32;
        words.for_each(|word| self.words.push(Some(word)));
        if self.words.rows > 0 {
            // Rows before the first word of all have none.
            self.starts.resize(self.rows, 0);
            self.starts.push(before);
        }
        self.rows += 1;
    }
}

impl Grow for Lists {
    type Column = ListColumn;

    fn add(&mut self, part: &ListColumn, rows: usize) -> Result<(), TooManyRows> {
        let before = u32::try_from(self.words.rows).map_err(|_| TooManyRows)?;
        let count = part.words.0.as_ref().map_or(0, Array::len);
        if count > 0 && self.starts.is_empty() {
            self.starts.resize(self.rows, 0);
        }
        if count > 0 {
            self.starts.extend(part.starts[..rows].iter().map(|start| before + start));
            self.words.add(&part.words, count)?;
        } else if before > 0 {
            self.starts.extend(std::iter::repeat_n(before, rows));
        }
        self.rows += rows;
        Ok(())
    }

    fn finish(mut self) -> ListColumn {
        if self.words.rows == 0 {
            return ListColumn::default();
        }
        self.starts.push(self.words.rows as u32);
        ListColumn { starts: Arc::new(self.starts), words: self.words.finish() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder, Joiner, RowId};
    use crate::time::Edtf;

    #[test]
    fn words_of_any_length_are_told_apart() {
        let mut words = super::Words::default();
        let spelled: Vec<String> = (0..40)
            .flat_map(|length| ["a", "b", "\0"].map(|other| (length, other)))
            .flat_map(|(length, other)| (0..length).map(move |at| (length, other, at)))
            .map(|(length, other, at)| format!("{}{other}{}", "x".repeat(at), "x".repeat(length - at - 1)))
            .chain([String::new()])
            .collect();
        let keys: Vec<i32> = spelled.iter().map(|word| words.key(word)).collect();
        assert_eq!(keys, (0..).take(spelled.len()).collect::<Vec<i32>>());
        assert!(spelled.iter().zip(keys).all(|(word, key)| words.key(word) == key));
    }

    #[test]
    fn parts_of_any_fill_join_to_the_table_of_all_their_rows() {
        let rows = [
            ("a", "2022", None, "x"),
            ("b", "", Some("drill"), ""),
            ("", "2022-05-24T10:00:00.5Z", Some("drill"), "x;y"),
            ("d", "2021", Some("summit"), "y"),
            ("e", "", None, ""),
        ];
        let push = |builder: &mut EventTableBuilder, (title, date, kind, list): (&str, &str, Option<&str>, &str)| {
            let words: Vec<&str> = list.split(';').filter(|word| !word.is_empty()).collect();
            let (edtf, extra) = (Edtf::parse(date).ok(), [kind]);
            let (title, latitude) = (Some(title), kind.map(|_| 5.0));
            let draft =
                Draft { title, edtf, kind, latitude, participants: &words, attributes: &extra, ..Draft::default() };
            builder.push(&draft).unwrap();
        };
        let new = || EventTableBuilder::new(vec![], vec!["extra".into()]);
        let mut whole = new();
        for row in rows {
            push(&mut whole, row);
        }
        let whole = whole.finish();
        for cuts in [[1, 1, 3], [2, 2, 1], [4, 1, 0]] {
            let (mut joiner, mut from) = (Joiner::default(), 0);
            for cut in cuts {
                let mut part = new();
                for row in &rows[from..from + cut] {
                    push(&mut part, *row);
                }
                joiner.add(&part.finish_part()).unwrap();
                from += cut;
            }
            let table = super::super::EventTable::of_part(
                vec![],
                vec!["extra".into()],
                joiner.finish(),
                super::super::SharedIds::default(),
            );
            for row in (0..rows.len() as u32).map(RowId) {
                assert_eq!(table.claim(row), whole.claim(row));
                assert_eq!((table.title(row), table.kind(row)), (whole.title(row), whole.kind(row)));
                assert_eq!(table.participants(row), whole.participants(row));
                assert_eq!(table.coordinates(row), whole.coordinates(row));
                let extra = |table: &super::super::EventTable| table.attributes()[0].text(row.0 as usize);
                assert_eq!(extra(&table), extra(&whole));
            }
        }
    }
}
