//! A text to numbers, words and signs. What a word means is looked up at once; fillers and commas fall away.

use super::words::{Sense, lookup};

/// A run of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: i64,
    pub(super) digits: u8,
    /// "24th", "1er": it counts something.
    pub(super) ordinal: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Number),
    Word(Sense),
    Sign(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Nothing stands between it and the one before.
    pub(super) glued: bool,
}

/// No date has more parts.
const MOST: usize = 28;

/// The tokens of one text, on the stack: a column has millions of cells.
pub(super) struct Tokens {
    list: [Token; MOST],
    len: usize,
}

impl Tokens {
    pub(super) fn as_slice(&self) -> &[Token] {
        &self.list[..self.len]
    }

    fn push(&mut self, kind: Kind, glued: bool) -> Option<()> {
        *self.list.get_mut(self.len)? = Token { kind, glued };
        self.len += 1;
        Some(())
    }

    fn last(&mut self) -> Option<&mut Token> {
        self.list[..self.len].last_mut()
    }
}

/// Cuts a text; `None` where a sign stands that no date has, or too much.
pub(super) fn cut(text: &str) -> Option<Tokens> {
    let none = Token { kind: Kind::Sign(' '), glued: false };
    let mut out = Tokens { list: [none; MOST], len: 0 };
    let mut rest = text;
    let (mut glued, mut after_word) = (false, false);
    while let Some(c) = rest.chars().next() {
        if digit(c).is_some() {
            let (number, used) = number(rest)?;
            out.push(Kind::Number(number), glued)?;
            rest = &rest[used..];
            (glued, after_word) = (true, false);
        } else if is_letter(c) {
            // The signs of 2022年5月24日 stand each for itself.
            let unit = glued && !after_word && "年月日년월일".contains(c);
            let (sense, used) = if unit { (lookup(&rest[..c.len_utf8()]), c.len_utf8()) } else { word(rest) };
            rest = &rest[used..];
            after_word = true;
            match (sense, out.last()) {
                (Sense::Ordinal, Some(Token { kind: Kind::Number(number), .. })) if glued => number.ordinal = true,
                (Sense::Filler, _) => {
                    glued = false;
                    continue;
                }
                _ => out.push(Kind::Word(sense), glued)?,
            }
            glued = true;
        } else {
            rest = &rest[c.len_utf8()..];
            // The dot of an abbreviation; a comma between two digits is a sign.
            if c == '.' && after_word {
                after_word = false;
                continue;
            }
            if c == ',' && glued && rest.starts_with(|c: char| c.is_ascii_digit()) {
                out.push(Kind::Sign(','), true)?;
                continue;
            }
            after_word = false;
            glued = sign(&mut out, c, glued)?;
        }
    }
    Some(out)
}

/// Takes in a sign; whether what follows is glued to what is there.
fn sign(out: &mut Tokens, c: char, glued: bool) -> Option<bool> {
    let kept = match c {
        c if c.is_whitespace() => return Some(false),
        ',' | '(' | ')' | '、' | '،' => return Some(false),
        '–' | '—' | '―' | '‒' | '～' | '〜' => '–',
        '-' | '‐' | '‑' | '−' => '-',
        '~' | '≈' | '∼' => '~',
        '\'' | '’' | 'ʼ' => '\'',
        '.' | ':' | '/' | '+' | '?' | '%' | ';' | '&' => c,
        _ => return None,
    };
    out.push(Kind::Sign(kept), glued)?;
    Some(true)
}

/// Letters with all that is written on and under them.
pub(super) fn is_letter(c: char) -> bool {
    // Marks that stand alone, among them those that join Indic letters.
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{94d}' | '\u{93c}' | '°')
}

/// A decimal digit of the scripts that dates are met in.
fn digit(c: char) -> Option<i64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(i64::from(u32::from(c) - u32::from(zero)))
}

fn number(text: &str) -> Option<(Number, usize)> {
    let (mut value, mut digits, mut used) = (0_i64, 0_u8, 0);
    for c in text.chars() {
        let Some(digit) = digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(digit)?;
        digits += 1;
        used += c.len_utf8();
    }
    Some((Number { value, digits, ordinal: false }, used))
}

/// The word that a text begins with, in lower case; of "a.m." and "B.C.E." the dots are dropped.
fn word(text: &str) -> (Sense, usize) {
    const LONGEST: usize = 64;
    let mut lower = [0_u8; LONGEST];
    let (mut len, mut used) = (0, 0);
    let mut run = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '.' && run == 1 && chars.peek().is_some_and(|(_, next)| is_letter(*next)) {
            run = 0;
            continue;
        }
        if !is_letter(c) {
            break;
        }
        run += 1;
        used = at + c.len_utf8();
        for low in c.to_lowercase() {
            if len + 4 > LONGEST {
                return (Sense::Unread, text.len());
            }
            len += low.encode_utf8(&mut lower[len..]).len();
        }
    }
    let lower = std::str::from_utf8(&lower[..len]).unwrap_or("");
    (lookup(lower), used)
}
