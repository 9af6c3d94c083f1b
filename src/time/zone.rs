//! Time zones: which offset from UTC a civil time has, and what the clock shows at an instant.
//!
//! The rules are the IANA database's, from `chrono-tz`; chrono does the lookup for the years it knows (±262,000), and
//! beyond them the first or last offset holds. Before a place had standard time its zone is its local mean time.

use super::{Date, Day, Month, NANOS_PER_SECOND, Offset, SECONDS_PER_DAY, Span, TimePoint};
use chrono::{Offset as _, TimeZone};
use chrono_tz::{OffsetName, Tz};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A time zone of the IANA database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// By its IANA name.
impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("“{name}” is no zone of the IANA database")))
    }
}

/// What a civil time is in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Local {
    /// One instant.
    Once(i64),
    /// Two: the clock went back over it. The seconds of the earlier and of the later instant.
    Twice(i64, i64),
    /// None: the clock went forward over it. The instant of the change.
    Never(i64),
}

/// A change of a zone's offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    /// The instant of the change, in seconds since 1970 UTC.
    pub at: i64,
    /// Seconds east of UTC before it.
    pub before: i64,
    /// Seconds east of UTC after it.
    pub after: i64,
}

impl Zone {
    /// UTC.
    pub const UTC: Self = Self(Tz::UTC);

    /// The zone of this IANA name, in any case; `None` if there is none.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let found = chrono_tz::TZ_VARIANTS.binary_search_by(|zone| zone.name().cmp(name)).ok();
        let zone = found.map(|at| chrono_tz::TZ_VARIANTS[at]);
        zone.or_else(|| chrono_tz::TZ_VARIANTS.iter().copied().find(|zone| zone.name().eq_ignore_ascii_case(name)))
            .map(Self)
    }

    /// The system's zone; UTC where it says none.
    #[must_use]
    pub fn system() -> Self {
        iana_time_zone::get_timezone().ok().and_then(|name| Self::named(&name)).unwrap_or(Self::UTC)
    }

    /// Its IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// All zones, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        chrono_tz::TZ_VARIANTS.iter().copied().map(Self)
    }

    /// Seconds east of UTC at an instant (seconds since 1970 UTC).
    #[must_use]
    pub fn offset_at(self, instant: i64) -> i64 {
        // The years that chrono knows.
        const LIMIT: i64 = 8_000_000_000_000;
        if self == Self::UTC {
            return 0;
        }
        let Some(utc) = chrono::DateTime::from_timestamp(instant.clamp(-LIMIT, LIMIT), 0) else { return 0 };
        i64::from(self.0.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc())
    }

    /// What people there call the zone at an instant: "JST", "CEST", "+03".
    #[must_use]
    pub fn abbreviation_at(self, instant: i64) -> String {
        let utc = chrono::DateTime::from_timestamp(instant, 0).unwrap_or_default();
        let offset = self.0.offset_from_utc_datetime(&utc.naive_utc());
        offset.abbreviation().map_or_else(String::new, str::to_owned)
    }

    /// The civil time that the clock shows there at an instant (a point in UTC).
    #[must_use]
    pub fn civil(self, instant: TimePoint) -> TimePoint {
        let offset = self.offset_at(instant.seconds());
        instant.checked_add_seconds(offset).unwrap_or(instant)
    }

    /// A span of instants from the time that the clock shows at its start to the one at its end. Over a seam it is longer
    /// or shorter than it was; one that would end before it starts is empty.
    #[must_use]
    pub fn civil_span(self, instants: Span) -> Span {
        let limit = |point: TimePoint| point == TimePoint::MIN || point == TimePoint::MAX;
        let shift = |point: TimePoint| if limit(point) { point } else { self.civil(point) };
        let start = shift(instants.start());
        // The last moment inside, so that a day that ends at the seam ends with its own offset.
        let last = TimePoint::from_nanos_clamped(instants.end().as_nanos() - 1).max(instants.start());
        let end = if limit(instants.end()) {
            instants.end()
        } else {
            TimePoint::from_nanos_clamped(
                instants.end().as_nanos() + i128::from(self.offset_at(last.seconds())) * NANOS_PER_SECOND,
            )
        };
        Span::new(start, end.max(start))
    }

    /// Which instants a civil time (a point on the civil axis) names there.
    #[must_use]
    pub fn local(self, civil: TimePoint) -> Local {
        let seconds = civil.seconds();
        // Offsets within a day of it are all that can be meant.
        let from = seconds.saturating_sub(2 * SECONDS_PER_DAY);
        let to = seconds.saturating_add(2 * SECONDS_PER_DAY);
        let early = self.offset_at(from);
        let seams = self.seams_between(from, to);
        let mut found = Vec::new();
        let mut offsets = vec![early];
        offsets.extend(seams.iter().map(|seam| seam.after));
        offsets.sort_unstable();
        offsets.dedup();
        for offset in offsets {
            let instant = seconds.saturating_sub(offset);
            if self.offset_at(instant) == offset {
                found.push(instant);
            }
        }
        found.sort_unstable();
        match *found.as_slice() {
            [] => {
                let over = |seam: &&Seam| seam.at + seam.before <= seconds && seconds < seam.at + seam.after;
                Local::Never(seams.iter().find(over).map_or(seconds.saturating_sub(early), |seam| seam.at))
            }
            [only] => Local::Once(only),
            [first, .., last] => Local::Twice(first, last),
        }
    }

    /// A zoneless time of day declared to be in this zone: the same date with its offset. Dates and times with an offset
    /// stay as they are; so does what names no one moment there: a time that the clock showed twice or never, and one
    /// whose offset is no whole minute (years before zones).
    #[must_use]
    pub fn declare(self, date: Date) -> Date {
        let Some(time) = date.time.filter(|time| time.offset.is_none()) else { return date };
        let is_day = matches!((date.month, date.day), (Some(Month::Number(_)), Some(Day::Number(_))));
        if !is_day || !date.year.is_exact() {
            return date;
        }
        let civil = date.window().start();
        let offset = match self.local(civil) {
            Local::Once(instant) => civil.seconds() - instant,
            Local::Twice(..) | Local::Never(_) => return date,
        };
        let minutes =
            i16::try_from(offset / 60).ok().filter(|minutes| offset % 60 == 0 && (-720..=840).contains(minutes));
        match minutes {
            Some(0) => Date { time: Some(super::TimeOfDay { offset: Some(Offset::Utc), ..time }), ..date },
            Some(minutes) => {
                Date { time: Some(super::TimeOfDay { offset: Some(Offset::Minutes(minutes)), ..time }), ..date }
            }
            None => date,
        }
    }

    /// The changes of offset between two instants (seconds since 1970 UTC), earliest first. Looks day by day, so that
    /// it is for windows of days to a few years; wider ones are cut to their first ten years.
    #[must_use]
    pub fn seams_between(self, from: i64, to: i64) -> Vec<Seam> {
        let mut out = Vec::new();
        let to = to.min(from.saturating_add(3_660 * SECONDS_PER_DAY));
        let mut at = from;
        let mut before = self.offset_at(at);
        while at < to {
            let next = at.saturating_add(SECONDS_PER_DAY).min(to);
            let after = self.offset_at(next);
            if after != before {
                // The change lies in this day: halve until it is found.
                let (mut low, mut high) = (at, next);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if self.offset_at(middle) == before { low = middle } else { high = middle }
                }
                out.push(Seam { at: high, before, after });
                before = after;
            }
            at = next;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edtf;
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }

    fn date(text: &str) -> Date {
        match Edtf::parse(text).unwrap() {
            Edtf::Date(date) => date,
            other => panic!("{other:?}"),
        }
    }

    fn civil(text: &str) -> TimePoint {
        date(text).window().start()
    }

    fn declared(name: &str, text: &str) -> String {
        zone(name).declare(date(text)).to_string()
    }

    #[test]
    fn a_clock_that_springs_forward_has_no_time_in_the_gap() {
        // European rules: Sunday 27 March 2022, 02:00 CET → 03:00 CEST, at 01:00 UTC (Directive 2000/84/EC).
        let berlin = zone("Europe/Berlin");
        assert_eq!(berlin.local(civil("2022-03-27T02:30")), Local::Never(civil("2022-03-27T01:00").seconds()));
        assert_eq!(berlin.local(civil("2022-03-27T01:59")), Local::Once(civil("2022-03-27T00:59").seconds()));
        assert_eq!(berlin.local(civil("2022-03-27T03:00")), Local::Once(civil("2022-03-27T01:00").seconds()));
        assert_eq!(declared("Europe/Berlin", "2022-03-27T02:30"), "2022-03-27T02:30");
    }

    #[test]
    fn a_clock_that_falls_back_shows_an_hour_twice() {
        // First Sunday of November 2022: 02:00 EDT → 01:00 EST at 06:00 UTC (15 U.S.C. 260a).
        let new_york = zone("America/New_York");
        let at = |text| civil(text).seconds();
        assert_eq!(
            new_york.local(civil("2022-11-06T01:30")),
            Local::Twice(at("2022-11-06T05:30"), at("2022-11-06T06:30"))
        );
        assert_eq!(declared("America/New_York", "2022-11-06T01:30"), "2022-11-06T01:30");
        let seams = new_york.seams_between(at("2022-01-01"), at("2023-01-01"));
        assert_eq!(seams.len(), 2);
        assert_eq!(seams[1], Seam { at: at("2022-11-06T06:00"), before: -4 * 3_600, after: -5 * 3_600 });
    }

    #[test]
    fn half_hours_and_quarters_count() {
        assert_eq!(declared("Asia/Kolkata", "2022-05-24T13:00"), "2022-05-24T13:00+05:30");
        assert_eq!(declared("Asia/Kathmandu", "2022-05-24T13:00"), "2022-05-24T13:00+05:45");
        // Lord Howe Island moves its clock by half an hour: +10:30 and +11.
        assert_eq!(declared("Australia/Lord_Howe", "2022-07-01T00:00"), "2022-07-01T00:00+10:30");
        assert_eq!(declared("Australia/Lord_Howe", "2022-01-01T00:00"), "2022-01-01T00:00+11:00");
    }

    #[test]
    fn samoa_skipped_the_thirtieth_of_december_2011() {
        // Samoa's International Date Line Act 2011: 29 December, 24:00 was followed by 31 December, 00:00.
        let apia = zone("Pacific/Apia");
        assert!(matches!(apia.local(civil("2011-12-30T12:00")), Local::Never(_)));
        assert_eq!(apia.civil(civil("2011-12-30T09:59:59")), civil("2011-12-29T23:59:59"));
        assert_eq!(apia.civil(civil("2011-12-30T10:00:00")), civil("2011-12-31T00:00:00"));
        assert_eq!(declared("Pacific/Apia", "2011-12-29T12:00"), "2011-12-29T12:00-10:00");
        assert_eq!(declared("Pacific/Apia", "2011-12-31T12:00"), "2011-12-31T12:00+14:00");
    }

    #[test]
    fn years_before_zones_have_local_mean_time() {
        // Paris was 9 min 21 s ahead of Greenwich: no EDTF offset can say seconds, so the time stays civil.
        assert_eq!(declared("Europe/Paris", "1850-06-01T12:00"), "1850-06-01T12:00");
        let paris = zone("Europe/Paris").offset_at(civil("1850-06-01").seconds());
        assert_eq!(paris, 561);
        assert_eq!(zone("Europe/Paris").offset_at(i64::MIN / 4), 561);
    }

    #[test]
    fn the_ends_of_the_axis_have_a_clock_too() {
        for point in [TimePoint::MIN, TimePoint::MAX] {
            assert!(matches!(zone("Asia/Tokyo").local(point), Local::Once(_)));
            let _ = zone("Asia/Tokyo").civil(point);
        }
    }

    #[test]
    fn dates_and_instants_are_not_touched_by_a_declared_zone() {
        for text in ["2022-05-24", "2022-05", "2022-05-24T13:00Z", "2022-05-24T13:00+02:00"] {
            assert_eq!(declared("Asia/Tokyo", text), text);
        }
        assert_eq!(declared("asia/tokyo", "2022-05-24T13:00"), "2022-05-24T13:00+09:00");
        assert_eq!(declared("UTC", "2022-05-24T13:00"), "2022-05-24T13:00Z");
    }
}
