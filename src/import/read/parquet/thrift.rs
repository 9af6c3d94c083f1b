//! A walk through data in Thrift's compact protocol, to see what it claims before a decoder believes it.
//!
//! It knows no schema: it checks that lists, maps and texts are no longer than the bytes that are left, and tells each
//! whole number with the numbers of the fields that lead to it. Source: Apache Thrift, *Thrift Compact protocol encoding*.

/// Structures inside each other; Parquet has fewer than ten.
const DEEPEST: usize = 32;

/// Why a walk ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The bytes end before the structure does.
    Short,
    /// It is no such structure.
    Malformed,
}

/// Stands at the end of a path for the length of the list there.
pub(super) const LENGTH: i16 = -1;

/// Walks through the structure at the beginning of some bytes and tells each whole number in it: the fields that lead
/// there, and the number; of lists also the length, under [`LENGTH`]. The bytes that the structure takes.
pub(super) fn walk(bytes: &[u8], tell: impl FnMut(&[i16], i64)) -> Result<usize, Broken> {
    walk_typed(bytes, |_| None, tell)
}

/// The same, where fields that are known have the kind that they must have: decoders read a known field as what it should be,
/// whatever the bytes say that it is, and would come out elsewhere. `kind_of` gives the kind of the fields that lead there.
pub(super) fn walk_typed(
    bytes: &[u8],
    kind_of: fn(&[i16]) -> Option<u8>,
    mut tell: impl FnMut(&[i16], i64),
) -> Result<usize, Broken> {
    let mut walker = Walker { bytes, at: 0, path: Vec::new(), kind_of, tell: &mut tell };
    walker.structure()?;
    Ok(walker.at)
}

/// Kinds of values: a truth value, a number of 32 bits, a text, a structure.
pub(super) const TRUTH: u8 = 1;
pub(super) const NUMBER: u8 = 5;
pub(super) const TEXT: u8 = 8;
pub(super) const STRUCTURE: u8 = 12;

struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    path: Vec<i16>,
    kind_of: fn(&[i16]) -> Option<u8>,
    tell: &'a mut dyn FnMut(&[i16], i64),
}

impl Walker<'_> {
    fn byte(&mut self) -> Result<u8, Broken> {
        let byte = self.bytes.get(self.at).copied().ok_or(Broken::Short)?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u64, Broken> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Broken::Malformed)
    }

    fn zigzag(&mut self) -> Result<i64, Broken> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    fn skip(&mut self, bytes: u64) -> Result<(), Broken> {
        let left = (self.bytes.len() - self.at) as u64;
        if bytes > left {
            return Err(Broken::Short);
        }
        self.at += bytes as usize;
        Ok(())
    }

    fn structure(&mut self) -> Result<(), Broken> {
        if self.path.len() >= DEEPEST {
            return Err(Broken::Malformed);
        }
        let mut field = 0_i16;
        loop {
            let head = self.byte()?;
            let kind = head & 0x0f;
            if kind == 0 {
                return Ok(());
            }
            field = match head >> 4 {
                0 => i16::try_from(self.zigzag()?).map_err(|_| Broken::Malformed)?,
                delta => field.wrapping_add(i16::from(delta)),
            };
            self.path.push(field);
            let general = if kind == 2 { TRUTH } else { kind };
            if (self.kind_of)(&self.path).is_some_and(|expected| expected != general) {
                return Err(Broken::Malformed);
            }
            // Truth is told by the kind alone.
            if kind > 2 {
                self.value(kind)?;
            }
            self.path.pop();
        }
    }

    fn value(&mut self, kind: u8) -> Result<(), Broken> {
        match kind {
            3 => self.skip(1),
            4..=6 => {
                let value = self.zigzag()?;
                (self.tell)(&self.path, value);
                Ok(())
            }
            7 => self.skip(8),
            8 => {
                let length = self.varint()?;
                self.skip(length)
            }
            9 | 10 => self.list(),
            11 => self.map(),
            12 => self.structure(),
            13 => self.skip(16),
            // Lists of truth values, too: a byte each, of which the decoder takes none, so that it reads on elsewhere. No header and
            // no footer has any.
            _ => Err(Broken::Malformed),
        }
    }

    /// Every element takes a byte at least.
    fn has_room(&self, elements: u64) -> Result<(), Broken> {
        if elements > (self.bytes.len() - self.at) as u64 { Err(Broken::Short) } else { Ok(()) }
    }

    fn list(&mut self) -> Result<(), Broken> {
        let head = self.byte()?;
        let size = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        self.has_room(size)?;
        if self.path.len() >= DEEPEST {
            return Err(Broken::Malformed);
        }
        self.path.push(LENGTH);
        (self.tell)(&self.path, size.cast_signed());
        self.path.pop();
        for _ in 0..size {
            // A list inside a list is one level more.
            self.path.push(0);
            self.value(head & 0x0f)?;
            self.path.pop();
        }
        Ok(())
    }

    fn map(&mut self) -> Result<(), Broken> {
        let size = self.varint()?;
        if size == 0 {
            return Ok(());
        }
        self.has_room(size)?;
        let kinds = self.byte()?;
        if self.path.len() >= DEEPEST {
            return Err(Broken::Malformed);
        }
        self.path.push(0);
        for _ in 0..size {
            self.value(kinds >> 4)?;
            self.value(kinds & 0x0f)?;
        }
        self.path.pop();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_told_with_their_fields_and_lists_are_held_to_the_bytes_left() {
        // 1: 150, 4: [{2: -1}]
        let bytes = [0x15, 0xac, 0x02, 0x39, 0x1c, 0x25, 0x01, 0x00, 0x00, 0xff];
        let mut told = Vec::new();
        assert_eq!(walk(&bytes, |path, value| told.push((path.to_vec(), value))), Ok(9));
        assert_eq!(told, [(vec![1], 150), (vec![4, LENGTH], 1), (vec![4, 0, 2], -1)]);
        // A list of 2³¹ structures in nine bytes.
        let claims = [0x19, 0xfc, 0x80, 0x80, 0x80, 0x80, 0x08, 0x00, 0x00];
        assert_eq!(walk(&claims, |_, _| ()), Err(Broken::Short));
    }

    proptest! {
        #[test]
        fn any_bytes_are_walked_through_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(length) = walk(&bytes, |_, _| ()) {
                prop_assert!(length <= bytes.len());
            }
        }
    }
}
