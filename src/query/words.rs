//! Where words occur in a table's columns.
//!
//! A column of texts is searched as one long text, many bytes at a time, and what is found is told to the row it lies
//! in; of a column of words each different word is looked at once. Rows are shared out over the cores.

use super::{Field, Term, plain_name};
use crate::event::{Attribute, EventTable, ListColumn, Status, TextColumn, WordColumn};
use crate::task::{self, Control, Stopped};
use memchr::memchr2_iter;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;

/// Rows that one thread looks at between two looks at the control.
const ROWS: usize = 1 << 16;

/// A bit for each row.
pub(super) struct Rows(Vec<u64>);

impl Rows {
    pub(super) fn has(&self, row: usize) -> bool {
        self.0[row / 64] & (1 << (row % 64)) != 0
    }

    /// The bits of a range that begins at a whole word of them.
    fn bits(&self, rows: &Range<usize>) -> &[u64] {
        &self.0[rows.start / 64..rows.end.div_ceil(64)]
    }
}

/// The rows in which a term occurs, of those `among` which it is looked for.
pub(super) fn rows_with(
    table: &EventTable,
    term: &Term,
    among: Option<&Rows>,
    control: &Control,
) -> Result<Rows, Stopped> {
    let rows = table.rows();

    let needle = match &term.exactly {
        Some(values) => Needle::Exactly(values.clone()),
        None => Needle::new(&term.text),
    };
    let columns = Columns::new(table, term, &needle);
    let ranges = (0..rows).step_by(ROWS).map(|from| from..(from + ROWS).min(rows));
    let parts = task::in_parallel(ranges, |range| {
        control.check()?;
        let mut found = Found { bits: vec![0; range.len().div_ceil(64)], from: range.start };
        match among.map(|rows| rows.bits(&range)) {
            None => columns.search(&needle, range, &mut found),
            Some(bits) if few(bits) => columns.search_each(&needle, bits, &mut found),
            Some(bits) => {
                columns.search(&needle, range, &mut found);
                found.bits.iter_mut().zip(bits).for_each(|(own, bits)| *own &= bits);
            }
        }
        Ok(found.bits)
    });
    let mut bits = Vec::with_capacity(rows.div_ceil(64));
    for part in parts {
        bits.extend(part?);
    }
    Ok(Rows(bits))
}

/// Whether so few bits are set that to look at these rows one by one costs less than to run through all their texts.
fn few(bits: &[u64]) -> bool {
    bits.iter().map(|word| word.count_ones() as usize).sum::<usize>() * 5 < bits.len() * 64
}

/// The bits of a range of rows.
struct Found {
    bits: Vec<u64>,
    from: usize,
}

impl Found {
    fn set(&mut self, row: usize) {
        let at = row - self.from;
        self.bits[at / 64] |= 1 << (at % 64);
    }

    /// Sets the rows of which it is true, of all in their order.
    fn add(&mut self, rows: impl Iterator<Item = bool>) {
        let mut rows = rows.fuse();
        for word in &mut self.bits {
            let own = (0..64).zip(rows.by_ref()).fold(0_u64, |own, (at, is)| own | u64::from(is) << at);
            *word |= own;
        }
    }
}

/// A word to look for in any case.
enum Needle {
    /// One ASCII sign in both cases.
    Sign(u8, u8),
    Word(Regex),
    /// A word of ASCII, in lower case.
    Ascii(Vec<u8>),
    /// Whole values, in lower case.
    Exactly(Vec<String>),
    /// A word that cannot be looked for.
    Nothing,
}

impl Needle {
    fn new(word: &str) -> Self {
        if let [sign] = word.as_bytes() {
            return Self::Sign(sign.to_ascii_lowercase(), sign.to_ascii_uppercase());
        }
        if word.is_ascii() {
            return Self::Ascii(word.to_ascii_lowercase().into());
        }
        // Letters of ASCII have two cases; other alphabets follow Unicode's simple folding.
        let found = RegexBuilder::new(&regex::escape(word)).case_insensitive(true).build();
        found.map_or(Self::Nothing, Self::Word)
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Sign(a, b) => memchr::memchr2(*a, *b, text.as_bytes()).is_some(),
            Self::Word(word) => word.is_match(text.as_bytes()),
            Self::Ascii(word) => occurs(word, text.as_bytes()),
            Self::Exactly(values) => values.contains(&text.trim().to_lowercase()),
            Self::Nothing => false,
        }
    }

    /// The same for a standing, which goes by many words.
    fn is_status(&self, text: &str) -> bool {
        self.is_in(text) || (matches!(self, Self::Exactly(_)) && self.is_in(Status::parse(text).word()))
    }
}

/// Whether a word of ASCII in lower case occurs in a text in any case.
fn occurs(word: &[u8], text: &[u8]) -> bool {
    let Some((&first, rest)) = word.split_first() else { return true };
    let Some(last) = text.len().checked_sub(word.len()) else { return false };
    memchr2_iter(first, first.to_ascii_uppercase(), &text[..=last])
        .any(|at| text[at + 1..=at + rest.len()].eq_ignore_ascii_case(rest))
}

/// What is to be looked at.
struct Columns<'a> {
    texts: Vec<(&'a [u8], &'a [i32])>,
    words: Vec<(&'a WordColumn, Vec<bool>)>,
    lists: Vec<(&'a ListColumn, Vec<bool>)>,
    numbers: Vec<&'a Attribute>,
    bools: Vec<(&'a Attribute, [bool; 2])>,
    /// Columns in which most rows have no cell.
    sparse: Vec<&'a Attribute>,
}

impl<'a> Columns<'a> {
    fn new(table: &'a EventTable, term: &Term, needle: &Needle) -> Self {
        let asked = |field: Field| term.field.is_none_or(|own| own == field);
        let texts = table.text_columns().filter(|(field, _)| asked(*field) && may_hold(*field, term));
        let words = table.word_columns().filter(|(field, _)| asked(*field));
        let lists = table.list_columns().filter(|(field, _)| asked(*field));
        let holding = |words: &WordColumn| -> Vec<bool> {
            (0..words.words()).map(|key| needle.is_in(words.word(key))).collect()
        };
        let some = |held: &Vec<bool>| held.contains(&true);
        let mut out = Self {
            texts: texts.filter_map(|(_, column): (Field, &TextColumn)| column.whole()).collect(),
            words: words
                .map(|(field, column)| match field {
                    Field::Status => {
                        let held = (0..column.words()).map(|key| needle.is_status(column.word(key)));
                        (column, held.collect())
                    }
                    _ => (column, holding(column)),
                })
                .filter(|(_, held)| some(held))
                .collect(),
            lists: lists
                .map(|(_, column)| (column, holding(column.words())))
                .filter(|(_, held)| some(held))
                .collect(),
            numbers: Vec::new(),
            bools: Vec::new(),
            sparse: Vec::new(),
        };
        if asked(Field::Attribute) {
            let meant = |attribute: &&Attribute| {
                term.column.as_ref().is_none_or(|column| *column == plain_name(&attribute.name))
            };
            table
                .attributes()
                .iter()
                .filter(meant)
                .for_each(|attribute| out.attribute(attribute, &term.text, needle));
        }
        out
    }

    fn attribute(&mut self, attribute: &'a Attribute, word: &str, needle: &Needle) {
        if attribute.is_sparse() {
            self.sparse.push(attribute);
        } else if let Some(texts) = attribute.whole() {
            self.texts.push(texts);
        } else if attribute.is_truth() {
            self.bools.push((attribute, [needle.is_in("false"), needle.is_in("true")]));
        } else if matches!(needle, Needle::Exactly(_))
            || word.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'.' | b'-' | b'e' | b'i' | b'n' | b'f' | b'a'))
        {
            // Nothing else stands in a printed number.
            self.numbers.push(attribute);
        }
    }

    fn search(&self, needle: &Needle, rows: Range<usize>, found: &mut Found) {
        for (bytes, offsets) in &self.texts {
            in_texts(needle, bytes, &offsets[rows.start..=rows.end], rows.start, found);
        }
        for (column, held) in &self.words {
            found.add(column.holding(rows.clone(), held));
        }
        for (column, held) in &self.lists {
            found.add(column.holding(rows.clone(), held));
        }
        for column in &self.sparse {
            let holds = |row: &usize| column.text(*row).is_some_and(|text| needle.is_in(&text));
            column.filled_rows(rows.clone()).filter(holds).for_each(|row| found.set(row));
        }
        if !self.bools.is_empty() || !self.numbers.is_empty() {
            rows.filter(|row| self.in_dense_values(needle, *row)).for_each(|row| found.set(row));
        }
    }

    /// The same, row by row.
    fn search_each(&self, needle: &Needle, bits: &[u64], found: &mut Found) {
        let from = found.from;
        for (word, at) in bits.iter().zip((from..).step_by(64)) {
            let mut left = *word;
            while left != 0 {
                let row = at + left.trailing_zeros() as usize;
                left &= left - 1;
                let in_texts = self.texts.iter().any(|(bytes, offsets)| {
                    let text = &bytes[offsets[row] as usize..offsets[row + 1] as usize];
                    match needle {
                        Needle::Ascii(word) => occurs(word, text),
                        _ => needle.is_in(std::str::from_utf8(text).unwrap_or_default()),
                    }
                });
                if in_texts || self.beside_texts(needle, row) {
                    found.set(row);
                }
            }
        }
    }

    /// Whether a row holds it in a column that is none of texts.
    fn beside_texts(&self, needle: &Needle, row: usize) -> bool {
        self.words.iter().any(|(column, held)| column.key(row).is_some_and(|key| held[key]))
            || self.lists.iter().any(|(column, held)| column.keys(row).any(|key| held[key]))
            || self.in_values(needle, row)
    }

    /// The same of numbers, of what is true or false, and of columns with few cells.
    fn in_values(&self, needle: &Needle, row: usize) -> bool {
        let holds = |column: &&Attribute| column.text(row).is_some_and(|text| needle.is_in(&text));
        self.in_dense_values(needle, row) || self.sparse.iter().any(holds)
    }

    /// The same of numbers, and of what is true or false.
    fn in_dense_values(&self, needle: &Needle, row: usize) -> bool {
        let truth =
            |(bools, held): &(&Attribute, [bool; 2])| bools.truth(row).is_some_and(|truth| held[usize::from(truth)]);
        self.bools.iter().any(truth)
            || self.numbers.iter().any(|number| number.text(row).is_some_and(|text| needle.is_in(&text)))
    }
}

/// Whether a column can hold a word at all: a date expression has few letters.
fn may_hold(field: Field, term: &Term) -> bool {
    field != Field::When
        || term.exactly.is_some()
        || term.text.bytes().all(|sign| b"0123456789-+:/.~?%[]{},xtzeysw".contains(&sign.to_ascii_lowercase()))
}

/// Marks the rows of a text in which the word occurs; `offsets` are those of rows from `first` on.
fn in_texts(needle: &Needle, bytes: &[u8], offsets: &[i32], first: usize, found: &mut Found) {
    let (Some(&from), Some(&to)) = (offsets.first(), offsets.last()) else { return };
    let (from, to) = (from as usize, to as usize);
    match needle {
        Needle::Nothing => {}
        Needle::Exactly(_) => {
            for (row, ends) in offsets.windows(2).enumerate() {
                let text = std::str::from_utf8(&bytes[ends[0] as usize..ends[1] as usize]).unwrap_or_default();
                if needle.is_in(text) {
                    found.set(first + row);
                }
            }
        }
        Needle::Sign(a, b) => {
            let mut row = 0;
            for at in memchr2_iter(*a, *b, &bytes[from..to]).map(|at| at + from) {
                if offsets[row + 1] as usize > at && found_at(found, first + row) {
                    continue;
                }
                row = row_of(offsets, row, at);
                found.set(first + row);
            }
        }
        Needle::Ascii(word) => {
            let (mut row, mut past) = (0, from);
            for hit in hits(word, &bytes[from..to]).map(|hit| hit + from) {
                // A row needs to be found but once.
                if hit < past {
                    continue;
                }
                row = row_of(offsets, row, hit);
                let end = offsets[row + 1] as usize;
                // What lies over the end of one row's text and the beginning of the next is in neither.
                if hit + word.len() <= end {
                    found.set(first + row);
                    past = end;
                }
            }
        }
        Needle::Word(word) => {
            let (mut at, mut row) = (from, 0);
            while let Some(hit) = word.find_at(&bytes[..to], at) {
                row = row_of(offsets, row, hit.start());
                let end = offsets[row + 1] as usize;
                // What lies over the end of one row's text and the beginning of the next is in neither.
                at = if hit.end() <= end {
                    found.set(first + row);
                    end
                } else {
                    hit.start() + 1
                };
            }
        }
    }
}

fn found_at(found: &Found, row: usize) -> bool {
    let at = row - found.from;
    found.bits[at / 64] & (1 << (at % 64)) != 0
}

/// The row in whose text a byte lies, at `row` or after it: in leaps that double, then by halves of the last one.
fn row_of(offsets: &[i32], row: usize, at: usize) -> usize {
    let ends = &offsets[row + 1..];
    let mut leap = 1;
    while leap < ends.len() && ends[leap - 1] as usize <= at {
        leap *= 2;
    }
    let known = leap / 2;
    row + known + ends[known..leap.min(ends.len())].partition_point(|end| *end as usize <= at)
}

/// Where a word of ASCII in lower case occurs in a long text, in any case: where the rarest of its signs does and the
/// others stand around it. (What finds many words at once, as regular expressions do, is slow where hits are many.)
fn hits<'a>(word: &'a [u8], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let rarest = rarest(word, text);
    let sign = word.get(rarest).copied().unwrap_or_default();
    memchr2_iter(sign, sign.to_ascii_uppercase(), text).filter_map(move |at| {
        let begin = at.checked_sub(rarest)?;
        text.get(begin..begin + word.len())?.eq_ignore_ascii_case(word).then_some(begin)
    })
}

/// The place of the sign of a word that is rarest, in both cases, at the beginning of a text.
fn rarest(word: &[u8], text: &[u8]) -> usize {
    let mut counts = [0_u16; 256];
    for sign in text.iter().take(SAMPLE) {
        counts[usize::from(sign.to_ascii_lowercase())] += 1;
    }
    (0..word.len()).min_by_key(|at| counts[usize::from(word[*at])]).unwrap_or(0)
}

/// As much of a text tells how often each sign stands in it.
const SAMPLE: usize = 1 << 12;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_of_ascii_occurs_where_the_long_search_finds_it(word in "[a-cA-C ]{1,4}", text in "[a-cA-Cé ]{0,12}") {
                        let within = text.to_lowercase().contains(&word.to_lowercase());
            prop_assert_eq!(occurs(&word.to_ascii_lowercase().into_bytes(), text.as_bytes()), within);
        }

        #[test]
        fn the_rows_found_are_those_in_whose_text_the_word_occurs(
            word in "[a-cA-C ]{1,4}|[áÁa]{1,3}",
            texts in prop::collection::vec("[a-cA-CáÁ ]{0,9}", 1..90), from in 0_usize..40,
        ) {
            let mut offsets = vec![0];
            offsets.extend(texts.iter().scan(0, |end, text| { *end += i32::try_from(text.len()).unwrap(); Some(*end) }));
            // A part of the rows, as each thread has one.
            let first = from.min(texts.len() - 1);
            let mut found = Found { bits: vec![0; 2], from: first };
            let needle = Needle::new(&word.to_lowercase());
            in_texts(&needle, texts.concat().as_bytes(), &offsets[first..], first, &mut found);
            let found = Rows(found.bits);
            for (row, text) in texts[first..].iter().enumerate() {
                prop_assert_eq!(found.has(row), text.to_lowercase().contains(&word.to_lowercase()), "{:?}", text);
            }
        }

    }
}
