//! The commonest dates, read without detours: whole days and moments as EDTF writes them.

use super::{Date, Offset, TimeOfDay};
use crate::time::CivilDate;

impl Date {
    /// The date of a text that says `2022-05-24`, `2022-05-24T10:30` or `2022-05-24T10:30:05`, the time also with `Z` or
    /// `+09:00` after it, and nothing else. It prints as that text. `None` for any other text, although it may be a date.
    #[must_use]
    pub fn parse_plain(text: &str) -> Option<Self> {
        let day = Self::from_day(CivilDate::parse(text.get(..10)?)?);
        if text.len() == 10 {
            return Some(day);
        }
        let rest = text.as_bytes();
        let pair = |at: usize| {
            let [a @ b'0'..=b'9', b @ b'0'..=b'9'] = rest.get(at..at + 2)? else { return None };
            Some((a - b'0') * 10 + (b - b'0'))
        };
        let below = |at: usize, sign: u8, most: u8| {
            let value = pair(at + 1).filter(|value| rest[at] == sign && *value < most)?;
            Some(value)
        };
        let (hour, minute) = (below(10, b'T', 24)?, below(13, b':', 60)?);
        let (second, at) = if rest.get(16) == Some(&b':') { (Some(below(16, b':', 60)?), 19) } else { (None, 16) };
        let offset = match rest.get(at..)? {
            [] => None,
            [b'Z'] => Some(Offset::Utc),
            [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
                let total = i16::from(below(at, *sign, 15)?) * 60 + i16::from(below(at + 3, b':', 60)?);
                let total = if *sign == b'-' { -total } else { total };
                // Zero east is written so, zero west is not.
                let known = (-720..=840).contains(&total) && (total != 0 || *sign == b'+');
                Some(known.then_some(Offset::Minutes(total))?)
            }
            _ => return None,
        };
        let time = TimeOfDay { hour, minute: Some(minute), second, nanos: 0, fraction_digits: 0, offset };
        Some(Self { time: Some(time), ..day })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Edtf;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_at_once_is_what_the_parser_reads_and_prints_as_it_was(
            text in "(20|00)[0-3][0-9]-[01][0-9]-[0-3][0-9](T[012][0-9]:[0-6][0-9](:[0-6][0-9])?(Z|[+-][01][0-9]:[0-6][0-9])?)?"
        ) {
            if let Some(date) = Date::parse_plain(&text) {
                prop_assert_eq!(date.to_string(), text.clone());
                // An interval's ends go the long way.
                let long = Edtf::parse(&format!("{text}/..")).unwrap();
                prop_assert_eq!(long.dates().next(), Some(&date));
            }
        }
    }

    #[test]
    fn other_texts_are_left_to_the_parser() {
        for text in [
            "2022-05",
            "2022-05-24T24:00",
            "2022-05-24T10",
            "2022-05-24T10:00-00:00",
            "2022-05-24T10:00z",
            "2022-05-24 10:00",
        ] {
            assert_eq!(Date::parse_plain(text), None, "{text}");
        }
        for text in [
            "2022-05-24",
            "2022-05-24T23:59",
            "2022-05-24T10:00:59Z",
            "2022-05-24T10:00+00:00",
            "2022-05-24T10:00-12:00",
        ] {
            assert!(Date::parse_plain(text).is_some(), "{text}");
        }
    }
}
