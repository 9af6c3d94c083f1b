//! HTML in cells to the text that it shows: entities and tags, as sources leave them in titles and descriptions.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use memchr::{memchr, memchr2, memmem};
use std::borrow::Cow;
use std::cell::RefCell;

/// Tags that sources use in texts; other angle brackets are letters ("p < 0.05", "<unknown>").
const TAGS: [&str; 36] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
    "wbr",
];

/// The text that a cell shows, where it holds HTML; the cell itself, where it does not.
pub(super) fn plain_text(cell: &str) -> Cow<'_, str> {
    if memchr2(b'&', b'<', cell.as_bytes()).is_none() || !(holds_entity(cell) || holds_tag(cell)) {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(text_of(cell))
}

/// The same on one line: white space of any kind and length is one space.
pub(super) fn one_line(cell: &str) -> Cow<'_, str> {
    let text = plain_text(cell);
    let uneven = |text: &str| {
        text.bytes().any(|byte| matches!(byte, b'\n' | b'\r' | b'\t'))
            || memmem::find(text.as_bytes(), b"  ").is_some()
            || text.contains(['\u{a0}', '\u{3000}'])
    };
    if uneven(&text) { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) } else { text }
}

fn holds_entity(cell: &str) -> bool {
    let mut rest = cell;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let name: usize =
            rest.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        if name > 1 && rest.as_bytes().get(name) == Some(&b';') {
            return true;
        }
    }
    false
}

fn holds_tag(cell: &str) -> bool {
    let mut rest = cell;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let length = name.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        let ends = matches!(name.as_bytes().get(length), Some(b'>' | b' ' | b'/' | b'\n' | b'\r' | b'\t'));
        if ends
            && TAGS.iter().any(|tag| name[..length].eq_ignore_ascii_case(tag))
            && memchr(b'>', rest.as_bytes()).is_some()
        {
            return true;
        }
    }
    false
}

fn text_of(cell: &str) -> String {
    let tokenizer = Tokenizer::new(PlainText::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(cell));
    // Nothing here asks the tokenizer to stop for a script.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().trim().to_owned()
}

/// What the tokens of a text show.
#[derive(Default)]
struct PlainText(RefCell<String>);

impl TokenSink for PlainText {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut out = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => out.push_str(&text),
            Token::TagToken(tag) if !TAGS.contains(&&*tag.name) => {
                // What looks like a tag and is none is a text in angle brackets.
                let slash = if tag.kind == TagKind::EndTag { "/" } else { "" };
                out.extend(["<", slash, &*tag.name, ">"]);
            }
            Token::TagToken(tag) => {
                let inline = [
                    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "q", "s", "small", "span", "strong",
                    "sub", "sup", "u", "wbr",
                ];
                let breaks = !inline.contains(&&*tag.name) && (tag.kind == TagKind::StartTag || &*tag.name != "li");
                if breaks && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_the_text_that_it_shows_and_other_signs_stay() {
        for (cell, text) in [
            ("National Women&#x27;s Hall", "National Women's Hall"),
            ("<em>Footnotes</em>: What colour?", "Footnotes: What colour?"),
            ("R&amp;D starts", "R&D starts"),
            ("Fish & Chips", "Fish & Chips"),
            ("AT&T; others", "AT&T; others"),
            ("p < 0.05 and q > 3", "p < 0.05 and q > 3"),
            ("<unknown>", "<unknown>"),
            ("R&amp;D <unknown> event", "R&D <unknown> event"),
            ("<p>One</p><p>two</p>", "One\ntwo"),
        ] {
            assert_eq!(plain_text(cell), text);
        }
        assert_eq!(one_line("a\n  b&nbsp;c"), "a b c");
    }
}
