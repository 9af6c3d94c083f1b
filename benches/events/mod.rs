//! Synthetic events for benches: rows that look like the sample's, the same on every machine.
//!
//! Columns: id, title, start, end (for half of the rows), kind, location, lat, lon, participants; about 123 bytes a row.
//! Nothing of it goes into the program.

use std::io::{self, Write};

/// A deterministic sequence (xorshift64), so that runs compare.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// A sequence that begins at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ seed.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    /// The next number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// How the rows are spread over time and lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Days over fifty years, twelve kinds.
    Usual,
    /// The same in this many kinds.
    Kinds(u64),
    /// All in one second.
    OneSecond,
    /// Each a minute long, and one event of 10,000 years over them.
    Minutes,
}

const KINDS: [&str; 12] = [
    "exercise",
    "patrol",
    "port call",
    "summit",
    "visit",
    "statement",
    "drill",
    "missile test",
    "meeting",
    "incident",
    "deployment",
    "agreement",
];
const NAMES: [&str; 16] = [
    "Vostok",
    "Joint Sea",
    "Peace Mission",
    "Northern Interaction",
    "Ulchi Freedom",
    "Keen Sword",
    "Malabar",
    "Rimpac",
    "Balikatan",
    "Cobra Gold",
    "Pitch Black",
    "Talisman Sabre",
    "Zapad",
    "Tsentr",
    "Kavkaz",
    "Aman",
];
const MATTERS: [&str; 14] = [
    "river crossing",
    "air defence",
    "live fire",
    "mine clearing",
    "amphibious landing",
    "joint bomber patrol",
    "command post",
    "search and rescue",
    "convoy escort",
    "logistics",
    "submarine hunt",
    "opening day",
    "closing day",
    "press briefing",
];
const PLACES: [&str; 20] = [
    "Sergeevsky range",
    "Vladivostok",
    "Sea of Japan",
    "East China Sea",
    "Qingdao",
    "Zhanjiang",
    "Khabarovsk",
    "Chelyabinsk",
    "Okinawa",
    "Busan",
    "Guam",
    "Pearl Harbor",
    "Darwin",
    "Singapore",
    "Karachi",
    "Kaliningrad",
    "Baltiysk",
    "Murmansk",
    "Tokyo",
    "Seoul",
];
const STATES: [&str; 18] = [
    "China",
    "Russia",
    "Japan",
    "South Korea",
    "United States",
    "India",
    "Australia",
    "Belarus",
    "Kazakhstan",
    "Kyrgyzstan",
    "Tajikistan",
    "Mongolia",
    "Pakistan",
    "Iran",
    "France",
    "United Kingdom",
    "Canada",
    "Thailand",
];

/// Writes a header and `rows` rows.
///
/// # Errors
/// When `out` does.
pub(crate) fn write(out: &mut impl Write, rows: u64, shape: Shape) -> io::Result<()> {
    let mut numbers = Numbers::new(rows);
    writeln!(out, "id,title,start,end,kind,location,lat,lon,participants")?;
    for row in 0..rows {
        write_row(out, row, rows, shape, &mut numbers)?;
    }
    Ok(())
}

fn write_row(out: &mut impl Write, row: u64, rows: u64, shape: Shape, numbers: &mut Numbers) -> io::Result<()> {
    let (name, matter) = (numbers.of(&NAMES), numbers.of(&MATTERS));
    write!(out, "ev-{row:08},{name} {}: {matter} {},", 100 + numbers.below(50), 1 + numbers.below(400))?;
    match shape {
        Shape::Usual | Shape::Kinds(_) => {
            let day = numbers.below(18_262);
            write_day(out, day)?;
            write!(out, ",")?;
            if numbers.below(2) == 0 {
                // Most last days, a few months.
                let longest = if numbers.below(20) == 0 { 120 } else { 12 };
                write_day(out, day + 1 + numbers.below(longest))?;
            }
        }
        Shape::OneSecond => write!(out, "2022-05-24T10:00:00Z,")?,
        Shape::Minutes if row == rows / 2 => write!(out, "-2000-01-01,8000-01-01")?,
        Shape::Minutes => {
            let minute = row * 3 + numbers.below(3);
            write_minute(out, minute)?;
            write!(out, ",")?;
            write_minute(out, minute + 1)?;
        }
    }
    let kind = match shape {
        Shape::Kinds(count) => format!("kind {:04}", numbers.below(count)),
        _ => numbers.of(&KINDS).to_owned(),
    };
    let (lat, lon) = (numbers.below(180_000), numbers.below(360_000));
    let (lat, lon) = (lat as f64 / 1_000.0 - 90.0, lon as f64 / 1_000.0 - 180.0);
    let place = numbers.of(&PLACES);
    write!(out, ",{kind},{place} {},{lat:.3},{lon:.3},{}", 1 + numbers.below(20), numbers.of(&STATES))?;
    for _ in 0..numbers.below(4) {
        write!(out, ";{}", numbers.of(&STATES))?;
    }
    writeln!(out)
}

/// A day after 1 January 1975, in ISO 8601.
fn write_day(out: &mut impl Write, day: u64) -> io::Result<()> {
    let (year, month, day) = civil(day.cast_signed() + 1_826);
    write!(out, "{year:04}-{month:02}-{day:02}")
}

fn write_minute(out: &mut impl Write, minute: u64) -> io::Result<()> {
    let (year, month, day) = civil((minute / 1_440).cast_signed() + 14_610);
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}Z")
}

/// Days since 1970 as a date (after Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let part = (5 * of_year + 2) / 153;
    let month = if part < 10 { part + 3 } else { part - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * part + 2) / 5 + 1)
}
