//! What is written to standard output and standard error.
//!
//! Cells, names of files and texts of dates come from anywhere, and a terminal obeys what it is sent: control characters
//! are shown escaped, so that a file can neither colour nor clear it, nor write lines that are not the program's.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write;

/// Whether a character does something to a terminal, or turns the order of what follows it.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text of several lines as it can be shown: control characters but line ends and tabs are escaped.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, acts)
}

/// A text as part of a line: line ends and tabs are escaped too.
pub(super) fn in_line(text: &str) -> Cow<'_, str> {
    escaped(text, |c| acts(c) || matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_escaped(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// A JSON text in which what a terminal would obey is escaped as JSON has it, which changes nothing of what it says.
pub(super) fn json_shown(json: &str) -> Cow<'_, str> {
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        // All of them lie in the first plane.
        if acts(c) {
            // Writing into a string cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Prints to standard output. A reader that went away (`… | head`) is no failure.
///
/// # Errors
/// When it cannot be written.
pub fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(text.as_bytes()).map(drop)
}

/// The same of any bytes; tells whether somebody still reads.
pub(super) fn print_bytes(bytes: &[u8]) -> anyhow::Result<bool> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        other => {
            other.map(|()| true).map_err(|error| anyhow::anyhow!("standard output could not be written ({error})"))
        }
    }
}

/// A remark of one line beside the result, to standard error, where nobody may be listening.
pub fn remark(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", in_line(text));
}

/// The same of several lines of our own.
pub(super) fn remark_lines(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", shown(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        let hostile = "a\u{1b}[31mred\r\n\u{9b}2J\u{202e}txt\tb\u{7f}";
        assert_eq!(shown(hostile), "a\\u{1b}[31mred\\r\n\\u{9b}2J\\u{202e}txt\tb\\u{7f}");
        assert_eq!(in_line("a\nb\tc"), "a\\nb\\tc");
        let json = serde_json::to_string(hostile).unwrap();
        let told = json_shown(&json);
        assert!(!told.contains(acts));
        assert_eq!(serde_json::from_str::<String>(&told).unwrap(), hostile);
        assert!(matches!(shown("Übung — 演習"), Cow::Borrowed(_)));
    }
}
