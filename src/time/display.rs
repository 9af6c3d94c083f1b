//! Whose clock the axis shows: where instants stand on the civil axis.
//!
//! A date and a time without an offset stand where they are whatever is chosen; only instants move.

use super::{Bound, Edtf, Endpoint, Known, SetPart, Span, When, Zone};

/// Whose clock instants are shown by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Display {
    /// The clock of one zone.
    Zone(Zone),
    /// Each event's own: the clock whose offset its source gives.
    EventLocal,
}

impl Default for Display {
    fn default() -> Self {
        Self::Zone(Zone::UTC)
    }
}

impl Display {
    /// The one zone, if there is one.
    #[must_use]
    pub fn zone(self) -> Option<Zone> {
        match self {
            Self::Zone(zone) => Some(zone),
            Self::EventLocal => None,
        }
    }

    /// Its name: an IANA name, or "each event's own time".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Zone(zone) => zone.name(),
            Self::EventLocal => "each event's own time",
        }
    }

    /// Whether nothing has to move for it.
    #[must_use]
    pub fn is_utc(self) -> bool {
        self == Self::default()
    }

    /// A bound held in UTC, as this clock shows it. `offset`: seconds east of UTC that the source gives.
    #[must_use]
    pub fn bound(self, bound: Bound, offset: Option<i64>) -> Bound {
        match bound {
            Bound::Known(known) if known.instant => {
                Bound::Known(Known { window: self.span(known.window, offset), ..known })
            }
            other => other,
        }
    }

    /// A span of instants, as this clock shows it.
    #[must_use]
    pub fn span(self, instants: Span, offset: Option<i64>) -> Span {
        match self {
            Self::Zone(zone) => zone.civil_span(instants),
            Self::EventLocal => {
                let shift = |point: super::TimePoint| point.checked_add_seconds(offset.unwrap_or(0)).unwrap_or(point);
                Span::new(shift(instants.start()), shift(instants.end()))
            }
        }
    }

    /// The windows of a set's members as this clock shows them.
    #[must_use]
    pub fn alternatives(self, edtf: &Edtf) -> Vec<Span> {
        let (Edtf::OneOf(parts) | Edtf::AllOf(parts)) = edtf else { return Vec::new() };
        let shown = |date: &super::Date| {
            let offset = date.time.and_then(|time| time.offset).map(super::Offset::seconds);
            if date.is_instant() { self.span(date.window(), offset) } else { date.window() }
        };
        let window = |part: &SetPart| match part {
            SetPart::Date(date) => shown(date),
            SetPart::Range(a, b) => shown(a).union(shown(b)),
            SetPart::UpTo(_) | SetPart::From(_) => part.window(),
        };
        parts.iter().map(window).collect()
    }

    /// The same expression with each instant told by this clock: 13:00 UTC+2 is 20:00 UTC+9 in Tokyo. Where the clock's
    /// offset is no whole minute, and for each event's own clock, it stays as it is.
    #[must_use]
    pub fn restated(self, edtf: &Edtf) -> Edtf {
        let Self::Zone(zone) = self else { return edtf.clone() };
        edtf.clone().map(&|date| {
            let Some(time) = date.time.filter(|_| date.is_instant()) else { return date };
            let instant = date.window().start();
            let offset = zone.offset_at(instant.seconds());
            let minutes = i16::try_from(offset / 60).ok().filter(|_| offset % 60 == 0);
            let Some(minutes) = minutes else { return date };
            let civil = zone.civil(instant);
            let second = civil.second_of_day();
            // An hour of one clock is no hour of another that differs by half of one.
            if time.minute.is_none() && second % 3_600 != 0 {
                return date;
            }
            let time = super::TimeOfDay {
                hour: (second / 3_600) as u8,
                minute: time.minute.map(|_| (second / 60 % 60) as u8),
                second: time.second.map(|_| (second % 60) as u8),
                offset: Some(if minutes == 0 { super::Offset::Utc } else { super::Offset::Minutes(minutes) }),
                ..time
            };
            super::Date { time: Some(time), qualifiers: date.qualifiers, ..super::Date::from_day(civil.date()) }
        })
    }

    /// When an event was, as this clock shows it.
    #[must_use]
    pub fn when(self, when: &When, edtf: &Edtf) -> When {
        let (start, end) = edtf.offsets();
        When { start: self.bound(when.start, start), end: self.bound(when.end, end), ..*when }
    }
}

impl Edtf {
    /// Seconds east of UTC that the first and the last date give, where they give one.
    #[must_use]
    pub fn offsets(&self) -> (Option<i64>, Option<i64>) {
        let of = |date: &super::Date| date.time.and_then(|time| time.offset).map(super::Offset::seconds);
        if let Self::Interval(Endpoint::Date(a), Endpoint::Date(b)) = self {
            return (of(a), of(b));
        }
        (self.dates().next().and_then(of), self.dates().next_back().and_then(of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(text: &str) -> (When, Edtf) {
        let edtf = Edtf::parse(text).unwrap();
        (edtf.when(), edtf)
    }

    fn shown(display: Display, text: &str) -> (String, String) {
        let (when, edtf) = when(text);
        let when = display.when(&when, &edtf);
        (super::super::word_point(when.earliest()), super::super::word_point(when.latest()))
    }

    #[test]
    fn an_instant_stands_where_the_chosen_clock_shows_it() {
        let tokyo = Display::Zone(Zone::named("Asia/Tokyo").unwrap());
        let text = "2022-05-24T13:00+02:00";
        assert_eq!(shown(Display::default(), text).0, "24 May 2022, 11:00");
        assert_eq!(shown(tokyo, text).0, "24 May 2022, 20:00");
        assert_eq!(shown(Display::EventLocal, text).0, "24 May 2022, 13:00");
        // The last hour before the clock springs forward ends with its own offset.
        let berlin = Display::Zone(Zone::named("Europe/Berlin").unwrap());
        assert_eq!(shown(berlin, "2022-03-27T00:30Z/2022-03-27T00:59Z").1, "27 Mar 2022, 02:00");
    }

    proptest! {
        #[test]
        fn no_choice_of_clock_moves_a_date_or_a_civil_time(
            year in -3_000_i64..3_000, month in 1_u8..=12, day in 1_u8..=28, hour in 0_u8..24, zone in 0_usize..590, form in 0..5
        ) {
            let zone = Zone::all().nth(zone % Zone::all().count()).unwrap();
            let sign = if year < 0 { "-" } else { "" };
            let year = year.unsigned_abs().max(1);
            let text = match form {
                0 => format!("{sign}{year:04}"),
                1 => format!("{sign}{year:04}-{month:02}"),
                2 => format!("{sign}{year:04}-{month:02}-{day:02}"),
                3 => format!("{sign}{year:04}-{month:02}-{day:02}T{hour:02}:30"),
                _ => format!("[{sign}{year:04}-{month:02}-{day:02},{sign}{year:04}-{month:02}-28]"),
            };
            let (when, edtf) = when(&text);
            for display in [Display::Zone(zone), Display::EventLocal] {
                prop_assert_eq!(display.when(&when, &edtf), when);
                prop_assert_eq!(display.alternatives(&edtf), edtf.alternatives());
            }
        }

        #[test]
        fn an_instant_and_its_clock_in_a_zone_name_each_other(seconds in -4_000_000_000_i64..8_000_000_000, zone in 0_usize..590) {
            let zone = Zone::all().nth(zone % Zone::all().count()).unwrap();
            let instant = super::super::TimePoint::from_seconds(seconds);
            let back = match zone.local(zone.civil(instant)) {
                super::super::Local::Once(only) => vec![only],
                super::super::Local::Twice(a, b) => vec![a, b],
                super::super::Local::Never(_) => vec![],
            };
            prop_assert!(back.contains(&seconds), "{} {back:?}", zone.name());
        }
    }
}
