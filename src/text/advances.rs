//! The width of a text from what shaping taught of others: how far each letter moves the pen before each next one.
//!
//! In the scripts of Europe a letter's advance, kerning included, depends on the letter after it and on nothing else, but
//! for a few signs that the font draws otherwise among capitals and digits (in Inter: a colon, an opening quote, the hyphen
//! after a capital, the x between digits). Texts with those are shaped.

use super::meter::stands_alone;
use epaint::text::Galley;
use std::collections::HashMap;

/// Advances of one weight at one size, in points. It learns from texts that had to be shaped.
#[derive(Default)]
pub(super) struct Advances {
    /// By the letter and the one after it; none after the last.
    known: HashMap<(char, Option<char>), f32>,
}

impl Advances {
    /// The width of a text; `None` where it must be shaped to be known.
    pub(super) fn width(&self, text: &str) -> Option<f32> {
        pairs(text)
            .map(|(before, at, after)| {
                depends_on_next(before, at, after).then(|| self.known.get(&(at, after)).copied())?
            })
            .sum()
    }

    /// Remembers how far the letters of a text that was laid out in one line moved the pen.
    pub(super) fn learn(&mut self, text: &str, laid_out: &Galley) {
        let [row] = laid_out.rows.as_slice() else { return };
        let glyphs = &row.row.glyphs;
        if !pairs(text).map(|(_, at, _)| at).eq(glyphs.iter().map(|glyph| glyph.chr)) {
            return;
        }
        for ((before, at, after), glyph) in pairs(text).zip(glyphs) {
            if depends_on_next(before, at, after) {
                self.known.insert((at, after), glyph.advance_width);
            }
        }
    }
}

/// Each letter of a text between those before and after it.
fn pairs(text: &str) -> impl Iterator<Item = (Option<char>, char, Option<char>)> {
    let mut rest = text.chars().peekable();
    let mut before = None;
    std::iter::from_fn(move || {
        let at = rest.next()?;
        Some((before.replace(at), at, rest.peek().copied()))
    })
}

/// Whether a letter's advance depends on the letter after it and on nothing else, with some room for caution.
fn depends_on_next(before: Option<char>, at: char, after: Option<char>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A colon or a hyphen stands higher after a capital, and then nearer to it.
    if matches!(after, Some(':' | '-')) && at.is_uppercase() {
        return false;
    }
    match at {
        // Between digits it is a times sign, also with spaces around it.
        'x' | 'X' | 'х' => {
            !digit(before) && !digit(after) && [before, after].into_iter().flatten().any(char::is_alphabetic)
        }
        '-' => {
            before.is_some_and(|c| c.is_ascii_digit() || c.is_lowercase()) && after.is_some_and(char::is_alphanumeric)
        }
        ':' | ')' => after.is_none_or(char::is_whitespace),
        ' ' | '!' | '"' | '#' | '%' | '&' | '\'' | '(' | ',' | '.' | '/' | ';' | '?' | '·' | '–' | '—' | '…'
        | '‘' | '’' | '“' | '”' => true,
        _ => at.is_alphanumeric() && stands_alone(at),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{TextMeter, Weight};
    use proptest::prelude::*;

    #[test]
    fn texts_that_were_never_shaped_are_measured_from_others() {
        let meter = TextMeter::new();
        for text in ["Vostok 2022, drill", "To Tokyo – Vostok", "Sea drill 2", "2021 Tk", "No 1"] {
            let _ = meter.width(text, 16.0, Weight::Regular);
        }
        assert!(meter.knows("Vostok drill 2021", Weight::Regular));
        // Nobody said these to it, or they stand differently in another company.
        assert!(!meter.knows("Zapad", Weight::Regular));
        let _ = meter.width("at 3:20, 3x4", 16.0, Weight::Regular);
        assert!(!meter.knows("3:20", Weight::Regular) && !meter.knows("3x4", Weight::Regular));
        // The sign between numbers teaches nothing of a letter at the end of a word.
        let _ = meter.width("3 x 2 relay, Vo drill", 16.0, Weight::Regular);
        let difference =
            meter.width("Vox drill", 16.0, Weight::Regular) - meter.shaped("Vox drill", 16.0, Weight::Regular);
        assert!(difference.abs() < 0.05, "{difference}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_was_learnt_is_what_shaping_says(texts in prop::collection::vec("[A-Za-z0-9 ,.()'’!?/·–—…:;\"#%&‘“”ÀàÉéÜüŁłŤťŠžÑñΑΩαωΓТГЖжщЯяАа-]{1,24}", 40..60), bold: bool) {
            let weight = if bold { Weight::SemiBold } else { Weight::Regular };
            let learnt = TextMeter::new();
            for text in &texts {
                let _ = learnt.width(text, 16.0, weight);
            }
            // Every part of a text consists of pairs that are known.
            for text in &texts {
                let letters: Vec<char> = text.chars().collect();
                let (a, b) = (letters.len() / 4, letters.len() - letters.len() / 3);
                let part: String = letters[a..b].iter().collect();
                let last: String = letters[a..b].iter().rev().take(1).collect();
                let _ = learnt.width(&last, 16.0, weight);
                let plain = !part.contains(['-', 'x', 'X', ':', ')']);
                prop_assert!(!plain || learnt.knows(&part, weight), "{part:?}");
                let difference = learnt.width(&part, 16.0, weight) - learnt.shaped(&part, 16.0, weight);
                prop_assert!(difference.abs() < 0.05, "{part:?} of {text:?}: {difference}");
            }
        }
    }
}
