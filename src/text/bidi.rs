//! The order of words on a screen, for alphabets that are written from right to left.
//!
//! `epaint` shapes a word in its own direction but places words from left to right. A text is therefore handed to it with
//! the words of its right-to-left runs in visual order (Unicode Standard Annex #9). Figures need nothing of this: SVG and
//! PDF order words themselves.

use std::borrow::Cow;
use unicode_bidi::{BidiInfo, Level};

/// A text with its words in the order in which they stand on a screen, from the left.
#[must_use]
pub fn on_screen(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_right_to_left) {
        return Cow::Borrowed(text);
    }
    // Labels stand among others, so that the line as a whole runs from the left, as it does in a figure.
    let info = BidiInfo::new(text, Some(Level::ltr()));
    let mut out = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let part = &text[run];
            if rtl { words_reversed(part, &mut out) } else { out.push_str(part) }
        }
    }
    Cow::Owned(out)
}

/// Parts of a text as they stand on a line from the left, each of one direction, with whether that is from the right; where
/// it is not, of letters that are all `own` or all not.
pub(super) fn pieces<'t>(text: &'t str, own: &[bool]) -> Vec<(&'t str, bool)> {
    let info = BidiInfo::new(text, Some(Level::ltr()));
    let own: Vec<(usize, bool)> = text.char_indices().map(|(at, _)| at).zip(own.iter().copied()).collect();
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

fn words_reversed(part: &str, out: &mut String) {
    let mut tokens: Vec<&str> = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let space = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != space).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens.iter().rev().for_each(|token| out.push_str(token));
}

#[cfg(test)]
mod tests {
    use super::on_screen;

    #[test]
    fn words_from_the_right_stand_in_their_order_and_others_stay() {
        assert_eq!(on_screen("Vostok 2022"), "Vostok 2022");
        assert_eq!(on_screen("תרגיל צבאי"), "צבאי תרגיל");
        assert_eq!(on_screen("a תרגיל צבאי b"), "a צבאי תרגיל b");
        // Numbers keep their own order inside.
        assert_eq!(on_screen("תרגיל 2022 צבאי"), "צבאי 2022 תרגיל");
    }
}
