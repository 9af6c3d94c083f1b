//! Worded dates for the ear.

use super::wording::MONTHS;

/// Worded dates as they are said aloud, for screen readers: months in full, dashes as "to", "h" as "hours".
#[must_use]
pub fn spoken(words: &str) -> String {
    const FULL: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let said = |word: &str| {
        let bare = word.trim_end_matches([',', ';', '.']);
        let full = MONTHS.iter().position(|month| *month == bare).map(|at| FULL[at]);
        let full = full.or(match bare {
            "–" => Some("to"),
            "h" => Some("hours"),
            "min" => Some("minutes"),
            _ => None,
        });
        full.map_or_else(|| word.replace('–', " to "), |full| format!("{full}{}", &word[bare.len()..]))
    };
    words.split(' ').map(said).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_aloud_in_whole_words() {
        assert_eq!(spoken("30 Aug – 5 Sep 2022"), "30 August to 5 September 2022");
        assert_eq!(spoken("1–7 Sep 2022"), "1 to 7 September 2022");
        assert_eq!(spoken("May 2022, 13 h"), "May 2022, 13 hours");
    }
}
