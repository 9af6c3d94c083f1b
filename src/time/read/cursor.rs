//! Where reading stands in a row of tokens, and how it looks ahead.

use super::Reader;
use super::lexer::{Kind, Number, Token};
use super::words::Sense;

/// A place in a row of tokens.
pub(super) struct Cursor<'a> {
    pub(super) reader: Reader,
    pub(super) rest: &'a [Token],
    /// Whether something was taken for what it most likely is.
    pub(super) assumed: bool,
    /// Whether an abbreviation that several zones have was passed over.
    pub(super) unzoned: bool,
}

impl Cursor<'_> {
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.rest.get(at).map(|token| token.kind)
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.kind(at) {
            Some(Kind::Number(number)) => Some(number),
            _ => None,
        }
    }

    pub(super) fn sense(&self, at: usize) -> Option<Sense> {
        match self.kind(at) {
            Some(Kind::Word(sense)) => Some(sense),
            _ => None,
        }
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        match self.kind(at) {
            Some(Kind::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.rest = &self.rest[count.min(self.rest.len())..];
    }

    /// Passes one of these signs, if it is next.
    pub(super) fn pass(&mut self, signs: &str) -> bool {
        let found = self.sign(0).is_some_and(|sign| signs.contains(sign));
        self.skip(usize::from(found));
        found
    }
}
