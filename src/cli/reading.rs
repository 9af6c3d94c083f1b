//! How dates are to be read: options that `open`, `export` and `inspect` share.

use crate::event::Showing;
use crate::event::{Field, SharedIds};
use crate::import::{Choices, DateChoices, Mapping};
use crate::time::{Calendar, DateOrder, Display, SerialEpoch, TimePoint, Zone};
use clap::{Args, ValueEnum};

/// How dates are to be read, where the files themselves leave it open or are wrong.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Reading dates")]
pub(super) struct ReadingArgs {
    /// Order of numeric dates such as 5/6/2022; without it, what each column proves
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<OrderArg>,
    /// Zone of times that have no offset: an IANA name such as Asia/Tokyo, UTC or system
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// Last two-digit year that is of the 2000s [default: 68, and none where some date is before our era]
    #[arg(long, value_name = "YY", value_parser = clap::value_parser!(u8).range(0..=99))]
    pivot: Option<u8>,
    /// What serial day numbers of spreadsheets count from [default: 1900]
    #[arg(long, value_enum)]
    serials: Option<SerialsArg>,
    /// Calendar of dates that name none themselves: persian, hijri, hebrew, buddhist, roc, julian, french-republican,
    /// coptic, ethiopian or indian; without, the Gregorian
    #[arg(long, value_name = "CALENDAR", value_parser = calendar)]
    calendar: Option<Calendar>,
    /// Count negative years with a year 0; without, -431 is 431 BCE in a column that has no year 0
    #[arg(long)]
    astronomical_years: bool,
    /// Line of a table's head, where title lines above it are taken for it, or it for a title line
    #[arg(long, value_name = "LINE", value_parser = clap::value_parser!(u64).range(1..))]
    head: Option<u64>,
    /// What records are that share an id
    #[arg(long, value_enum, default_value = "auto", value_name = "WHAT")]
    shared_ids: SharedIdsArg,
    /// A file that says which columns feed which fields, as `inspect --mapping` prints it; of several, each input takes the
    /// one that names most of its columns
    #[arg(long, value_name = "FILE", value_parser = mapping)]
    map: Vec<Mapping>,
    /// Which field a column feeds, such as start=Datum or attribute=Year; may be given several times
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = column)]
    column: Vec<(Field, String)>,
}

impl ReadingArgs {
    pub(super) fn choices(&self) -> Choices {
        Choices {
            dates: DateChoices {
                order: self.date_order.map(Into::into),
                zone: self.zone,
                pivot: self.pivot,
                serials: self.serials.map(Into::into),
                calendar: self.calendar,
                astronomical: self.astronomical_years,
            },
            shared_ids: self.shared_ids.into(),
            head: self.head,
            mappings: self.map.clone(),
            remembered: Vec::new(),
            columns: self.column.clone(),
        }
    }
}

/// How events are shown: options that `open` and `export` share.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Showing")]
pub(super) struct ShownArgs {
    /// Whose clock times with an offset are shown by: an IANA name, UTC, system, or event for each event's own
    #[arg(long, value_name = "ZONE", value_parser = display)]
    display_zone: Option<Display>,
    /// Zone of a second axis
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub(super) second_zone: Option<Zone>,
    /// Show only what sources published until this date
    #[arg(long, value_name = "D", value_parser = last_moment, allow_hyphen_values = true)]
    as_known_on: Option<TimePoint>,
    /// Draw every account of an event, also those that the rule finds to agree
    #[arg(long)]
    all_accounts: bool,
    /// Leave out long stretches of time without events, with a visible break
    #[arg(long)]
    without_gaps: bool,
}

impl ShownArgs {
    pub(super) fn showing(&self) -> Showing {
        Showing {
            display: self.display_zone.unwrap_or_default(),
            known_until: self.as_known_on,
            apart: self.all_accounts,
            without_gaps: self.without_gaps,
            ..Showing::default()
        }
    }

    /// The clock, where one is named.
    pub(super) fn display(&self) -> Option<Display> {
        self.display_zone
    }
}

fn display(text: &str) -> Result<Display, String> {
    if text.eq_ignore_ascii_case("event") { Ok(Display::EventLocal) } else { zone(text).map(Display::Zone) }
}

/// The end of a date.
fn last_moment(text: &str) -> Result<TimePoint, String> {
    let reading = crate::time::read(text).map_err(|error| error.to_string())?;
    if matches!(&reading.edtf, crate::time::Edtf::OneOf(parts) if parts.len() > 1) {
        return Err("this may be several dates; write it as 2022-05-24".to_owned());
    }
    match reading.edtf.when().latest() {
        TimePoint::MAX => Err("that date has no end".to_owned()),
        end => Ok(end),
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum OrderArg {
    /// Day, month, year
    Dmy,
    /// Month, day, year
    Mdy,
    /// Year, month, day
    Ymd,
}

impl From<OrderArg> for DateOrder {
    fn from(order: OrderArg) -> Self {
        match order {
            OrderArg::Dmy => Self::Dmy,
            OrderArg::Mdy => Self::Mdy,
            OrderArg::Ymd => Self::Ymd,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SerialsArg {
    /// 1900-01-01 is day 1 (Excel on Windows)
    #[value(name = "1900")]
    Day1900,
    /// 1904-01-01 is day 0 (old Excel on the Mac)
    #[value(name = "1904")]
    Day1904,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum SharedIdsArg {
    /// Claims about one event where they can be, else events of their own
    #[default]
    Auto,
    /// Claims about one event
    Claims,
    /// Events of their own
    Events,
}

impl From<SharedIdsArg> for SharedIds {
    fn from(shared: SharedIdsArg) -> Self {
        match shared {
            SharedIdsArg::Auto => Self::Evidence,
            SharedIdsArg::Claims => Self::Claims,
            SharedIdsArg::Events => Self::Events,
        }
    }
}

impl From<SerialsArg> for SerialEpoch {
    fn from(serials: SerialsArg) -> Self {
        match serials {
            SerialsArg::Day1900 => Self::Day1900,
            SerialsArg::Day1904 => Self::Day1904,
        }
    }
}

pub(super) fn zone(text: &str) -> Result<Zone, String> {
    if text.eq_ignore_ascii_case("system") {
        return Ok(Zone::system());
    }
    Zone::named(text)
        .ok_or_else(|| "no zone of the IANA database is called so; write Asia/Tokyo, UTC or system".to_owned())
}

pub(super) fn calendar(text: &str) -> Result<Calendar, String> {
    Calendar::named(text).ok_or_else(|| {
        let words: Vec<&str> = Calendar::ALL.into_iter().map(Calendar::word).collect();
        format!("no such calendar is known; they are {}", words.join(", "))
    })
}

fn mapping(path: &str) -> Result<Mapping, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    Mapping::from_json(&text)
}

fn column(text: &str) -> Result<(Field, String), String> {
    let (word, name) = text.split_once('=').ok_or("write it as FIELD=COLUMN, such as start=Datum")?;
    let field = Field::named(word).ok_or_else(|| {
        let words: Vec<&str> = Field::all().map(Field::name).collect();
        format!("“{word}” is no field; the fields are {}", words.join(", "))
    })?;
    Ok((field, name.to_owned()))
}
