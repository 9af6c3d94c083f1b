//! How dates are to be read: options that `open`, `export` and `inspect` share.

use crate::import::{Choices, Meaning};
use crate::time::{DateOrder, SerialEpoch, Zone};
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
    /// Last two-digit year that is of the 2000s [default: 68]
    #[arg(long, value_name = "YY", value_parser = clap::value_parser!(u8).range(0..=99))]
    pivot: Option<u8>,
    /// What serial day numbers of spreadsheets count from
    #[arg(long, value_enum, default_value = "1900")]
    serials: SerialsArg,
    /// What a column tells, such as start=Datum or attribute=Year; may be given several times
    #[arg(long, value_name = "MEANING=COLUMN", value_parser = column)]
    column: Vec<(Meaning, String)>,
}

impl ReadingArgs {
    pub(super) fn choices(&self) -> Choices {
        Choices {
            order: self.date_order.map(Into::into),
            zone: self.zone,
            pivot: self.pivot,
            serials: self.serials.into(),
            columns: self.column.clone(),
        }
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

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum SerialsArg {
    /// 1900-01-01 is day 1 (Excel on Windows)
    #[default]
    #[value(name = "1900")]
    Day1900,
    /// 1904-01-01 is day 0 (old Excel on the Mac)
    #[value(name = "1904")]
    Day1904,
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

fn column(text: &str) -> Result<(Meaning, String), String> {
    let (word, name) = text.split_once('=').ok_or("write it as MEANING=COLUMN, such as start=Datum")?;
    let meaning = Meaning::named(word).ok_or_else(|| {
        let words: Vec<&str> = Meaning::all().map(Meaning::word).collect();
        format!("“{word}” is no meaning of a column; the meanings are {}", words.join(", "))
    })?;
    Ok((meaning, name.to_owned()))
}
