//! Durations and lengths in words: "13 h", "5–7 days", "at least 2 days".

use super::Duration;

/// A duration in units that people say: "13 h", "1 h 30 min", "10 days", "2 years 3 months".
#[must_use]
pub fn word_duration(duration: Duration) -> String {
    let plural = |count: i64, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let mut parts = Vec::new();
    if duration.months / 12 != 0 {
        parts.push(plural(duration.months / 12, "year"));
    }
    if duration.months % 12 != 0 {
        parts.push(plural(duration.months % 12, "month"));
    }
    if duration.days != 0 {
        parts.push(plural(duration.days, "day"));
    }
    let (hours, minutes, seconds) = (duration.seconds / 3_600, duration.seconds / 60 % 60, duration.seconds % 60);
    if hours != 0 {
        parts.push(format!("{hours} h"));
    }
    if minutes != 0 {
        parts.push(format!("{minutes} min"));
    }
    if duration.nanos != 0 {
        let digits = format!("{:09}", duration.nanos);
        parts.push(format!("{seconds}.{} s", digits.trim_end_matches('0')));
    } else if seconds != 0 || parts.is_empty() {
        parts.push(format!("{seconds} s"));
    }
    parts.join(" ")
}

/// A length that is known within bounds, in the unit that suits it: "5–7 days", "13 h", "at least 2 days",
/// rounded outwards to whole units; where it is known better than to a quarter of one, "about 3 h 30 min".
#[must_use]
pub fn word_length(least: i128, most: Option<i128>) -> String {
    const SECOND: i128 = super::NANOS_PER_SECOND;
    const DAY: i128 = 86_400 * SECOND;
    let longest = most.unwrap_or(least);
    let (unit, one, several) = match longest {
        n if n >= 800 * DAY => (31_556_952 * SECOND, "year", "years"),
        n if n >= 2 * DAY => (DAY, "day", "days"),
        n if n >= 2 * 3_600 * SECOND => (3_600 * SECOND, "h", "h"),
        n if n >= 120 * SECOND => (60 * SECOND, "min", "min"),
        _ => (SECOND, "s", "s"),
    };
    let low = least.div_euclid(unit);
    let name = |count: i128| if count == 1 { one } else { several };
    let whole = least == longest && least == low * unit;
    if !whole && most.is_some_and(|most| most - least < unit / 4) {
        // A little doubt is no whole unit.
        let middle = i128::midpoint(least, longest);
        let minutes = (middle + 30 * SECOND) / (60 * SECOND);
        let (words, said) = match one {
            "h" if minutes % 60 == 0 => (format!("{} h", minutes / 60), minutes * 60 * SECOND),
            "h" => (format!("{} h {} min", minutes / 60, minutes % 60), minutes * 60 * SECOND),
            "year" | "day" => {
                let tenths = (middle * 10 + unit / 2) / unit;
                let words = match tenths % 10 {
                    0 => format!("{} {several}", tenths / 10),
                    tenth => format!("{}.{tenth} {several}", tenths / 10),
                };
                (words, tenths * unit / 10)
            }
            _ => {
                let count = (middle + unit / 2) / unit;
                (format!("{count} {one}"), count * unit)
            }
        };
        let exact = least == longest && said == least;
        return if exact { words } else { format!("about {words}") };
    }
    match most.map(|most| (most + unit - 1).div_euclid(unit)) {
        None if low == 0 => "nobody says how long".to_owned(),
        None => format!("at least {low} {}", name(low)),
        Some(high) if high == low => format!("{low} {}", name(low)),
        Some(high) if low <= 0 => format!("up to {high} {}", name(high)),
        Some(high) => format!("{low}–{high} {}", name(high)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edtf;
    use super::*;

    #[test]
    fn lengths_and_gaps_are_ranges_where_the_dates_leave_them_open() {
        let when = |text| Edtf::parse(text).unwrap().when();
        let length = |text| when(text).length().map(|(least, most)| word_length(least, most));
        assert_eq!(length("2022-05-24T10:30/2022-05-24T14:00").as_deref(), Some("about 3 h 30 min"));
        assert_eq!(length("2022-05-24T10:30/2022-05-27T10:30").as_deref(), Some("about 3 days"));
        let minutes = |count: i128| word_length(count * 60_000_000_000, Some(count * 60_000_000_000));
        assert_eq!([150, 90, 5_040].map(minutes), ["2 h 30 min", "90 min", "3.5 days"]);
        assert_eq!(length("2022-08-30/2022-09-05").as_deref(), Some("5–7 days"));
        assert_eq!(length("2022-05-24T10:00:00Z/2022-05-24T23:00:00Z").as_deref(), Some("about 13 h"));
        assert_eq!(length("2014/2018").as_deref(), Some("3–5 years"));
        assert_eq!(length("2022-09-15/..").as_deref(), Some("nobody says how long"));
        assert_eq!(length("2022-05"), None);
        let (least, most) = when("2022-05").gap_to(&when("2022-06-10")).unwrap();
        assert_eq!(word_length(least, Some(most)), "9–41 days");
    }
}
