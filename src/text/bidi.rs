//! The order of words on a screen, for alphabets that are written from right to left.
//!
//! `epaint` shapes a word in its own direction but places words from left to right. A text is therefore handed to it with
//! the words of its right-to-left runs in visual order (Unicode Standard Annex #9). SVG and PDF order words themselves, but
//! take lines to run from the left: figures get the pieces of a line, each held in its direction.

use std::borrow::Cow;
use unicode_bidi::{BidiInfo, Level};

/// Where a letter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The bundled fonts.
    Bundle,
    /// A font of the system.
    System,
    /// No font: a renderer that looks for one draws boxes for its neighbours too.
    Nowhere,
}

/// A text with its words in the order in which they stand on a screen, from the left. The line as a whole runs as its first
/// letter does.
#[must_use]
pub fn on_screen(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return Cow::Borrowed(text);
    }
    let info = BidiInfo::new(text, None);
    let mut out = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let part = &text[run];
            if rtl { words_reversed(part, &mut out) } else { digits_reversed(part, &mut out) }
        }
    }
    Cow::Owned(out)
}

/// Whether a line with a text begins at its right.
#[must_use]
pub fn begins_from_the_right(text: &str) -> bool {
    text.chars().any(is_right_to_left) && unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// A piece that runs from the right, so marked that what stands at its ends and has no direction of its own runs with it in
/// a renderer that takes lines to run from the left.
pub(super) fn held_from_the_right(piece: &str) -> Cow<'_, str> {
    const MARK: char = '\u{200f}';
    let loose = |c: Option<char>| c.is_some_and(|c| !is_right_to_left(c));
    match (loose(piece.chars().next()), loose(piece.chars().next_back())) {
        (false, false) => Cow::Borrowed(piece),
        _ => Cow::Owned(format!("{MARK}{piece}{MARK}")),
    }
}

/// Parts of a text as they stand on a line from the left, each of one direction, with whether that is from the right; where
/// it is not, of letters that come from the same kind of font.
pub(super) fn pieces<'t>(text: &'t str, own: &[Origin]) -> Vec<(&'t str, bool)> {
    let info = BidiInfo::new(text, None);
    let own: Vec<(usize, Origin)> = text.char_indices().map(|(at, _)| at).zip(own.iter().copied()).collect();
    let mut out = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            if levels.get(run.start).is_some_and(Level::is_rtl) {
                out.push((&text[run], true));
                continue;
            }
            let inside: Vec<_> = own.iter().filter(|(at, _)| run.contains(at)).collect();
            let mut ends: Vec<usize> =
                inside.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1].0).collect();
            ends.push(run.end);
            let mut from = run.start;
            for end in ends {
                out.push((&text[std::mem::replace(&mut from, end)..end], false));
            }
        }
    }
    out
}

/// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The words of a part that runs from the right, the last one first. `epaint` turns letters of such alphabets itself; what
/// has no direction, and comes from another font, it does not.
fn words_reversed(part: &str, out: &mut String) {
    let kind = |c: char| {
        if is_right_to_left(c) {
            0
        } else if c.is_whitespace() {
            1
        } else {
            2
        }
    };
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        // Signs one by one, for each is turned by itself.
        let end = match kind(first) {
            2 => first.len_utf8(),
            own => rest.find(|c: char| kind(c) != own).unwrap_or(rest.len()),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    for token in tokens.iter().rev() {
        out.extend(token.chars().map(|c| if kind(c) == 2 { mirrored(c) } else { c }));
    }
}

/// Brackets as they stand in a line from the right.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let other = |(open, close): &(char, char)| match c {
        c if c == *open => Some(*close),
        c if c == *close => Some(*open),
        _ => None,
    };
    PAIRS.iter().find_map(other).unwrap_or(c)
}

/// A part that runs from the left. Digits of Arabic are turned beforehand: their shaper takes them to run from the right.
fn digits_reversed(part: &str, out: &mut String) {
    let turned = |c: &char| matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}');
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        if !turned(&c) {
            out.push(c);
            continue;
        }
        let mut digits = vec![c];
        while let Some(next) = chars.next_if(turned) {
            digits.push(next);
        }
        out.extend(digits.iter().rev());
    }
}

#[cfg(test)]
mod tests {
    use super::{held_from_the_right, on_screen};

    #[test]
    fn signs_at_the_ends_of_a_piece_from_the_right_are_held_there() {
        assert_eq!(held_from_the_right("תרגיל צבאי"), "תרגיל צבאי");
        assert_eq!(held_from_the_right("תרגיל…"), "\u{200f}תרגיל…\u{200f}");
    }

    #[test]
    fn words_from_the_right_stand_in_their_order_and_others_stay() {
        assert_eq!(on_screen("Vostok 2022"), "Vostok 2022");
        assert_eq!(on_screen("תרגיל צבאי"), "צבאי תרגיל");
        assert_eq!(on_screen("a תרגיל צבאי b"), "a צבאי תרגיל b");
        // What began from the right runs from there, with what has no direction.
        assert_eq!(on_screen("תרגיל · May 2022"), "May 2022 · תרגיל");
        assert_eq!(on_screen("(תרגיל) צבאי…"), "…צבאי (תרגיל)");
        // A year in Arabic's digits, which are turned back where they are drawn.
        assert_eq!(on_screen("תרגיל ٢٠٢٤"), "٤٢٠٢ תרגיל");
        // Numbers keep their own order inside.
        assert_eq!(on_screen("תרגיל 2022 צבאי"), "צבאי 2022 תרגיל");
    }
}
