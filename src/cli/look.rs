//! Lanes and colours on the command line.

use crate::event::{EventTable, Facet};
use crate::import::Ledger;
use crate::index::{Grouping, MOST_LANES};
use crate::layout::{Arrangement, LaneOrder};
use crate::scene::{Icons, Period, Shaded, Sizes, Surroundings, Zero};
use anyhow::Context;
use clap::{Args, ValueEnum};

#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Lanes and colours")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct LookArgs {
    /// What makes the lanes: kind, who, where, source, status, tag, file, the name of another column, words that titles
    /// hold ("~vostok|zapad"), or none; a second one after a comma divides the lanes of the first
    #[arg(long, value_name = "FIELD[,FIELD]", value_delimiter = ',', num_args = 1)]
    lanes: Vec<String>,
    /// What the lanes are ordered by
    #[arg(long, value_enum, value_name = "ORDER")]
    lane_order: Option<LaneOrderArg>,
    /// Lanes that are not shown; may be given several times
    #[arg(long, value_name = "LANE")]
    hide: Vec<String>,
    /// Keep so many lanes, and merge the smaller ones into one more
    #[arg(long, value_name = "N", value_parser = most)]
    most_lanes: Option<usize>,
    /// Colour by a field, as for --lanes; without, each lane has its colour
    #[arg(long, visible_alias = "color", value_name = "FIELD")]
    colour: Option<String>,
    /// Draw marks larger by a column of numbers; without, all have one size
    #[arg(long, value_name = "FIELD")]
    size_by: Option<String>,
    /// Give point events icons by what the values of a field are called; without, they are dots
    #[arg(long, value_name = "FIELD")]
    icons_by: Option<String>,
    /// Shade every other year; where years are too narrow, every other decade or century
    #[arg(long, help_heading = "Around the lanes")]
    years: bool,
    /// Shade Saturdays and Sundays
    #[arg(long, help_heading = "Around the lanes")]
    weekends: bool,
    /// Shade the hours from 20 to 6, where hours can be seen
    #[arg(long, help_heading = "Around the lanes")]
    nights: bool,
    /// Number the weeks (ISO 8601)
    #[arg(long, help_heading = "Around the lanes")]
    weeks: bool,
    /// Show fiscal years that begin in this month, 1 to 12
    #[arg(long, value_name = "MONTH", value_parser = month, help_heading = "Around the lanes")]
    fiscal_year: Option<u8>,
    /// Count days from the start of the event with this id or title: as it was held, else as it was announced; the earliest of those its source leaves open
    #[arg(long, value_name = "EVENT", help_heading = "Around the lanes")]
    relative_to: Option<String>,
    /// A named period behind the lanes, such as "Cold War=1947/1991"; may be given several times
    #[arg(long, value_name = "NAME=DATES", value_parser = period, help_heading = "Around the lanes")]
    period: Vec<Period>,
}

fn month(text: &str) -> Result<u8, String> {
    let named =
        (1..=12).find(|month| text.to_lowercase().starts_with(&crate::time::month_name(*month).to_lowercase()));
    let number = text.parse().ok().filter(|month| (1..=12).contains(month));
    number.or(named).ok_or_else(|| "a month, as a number from 1 to 12 or by its name".to_owned())
}

fn period(text: &str) -> Result<Period, String> {
    let (name, dates) = text.split_once('=').ok_or("write it as NAME=DATES")?;
    Period::new(name, dates)
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LaneOrderArg {
    /// Most events first
    Count,
    /// By name
    Name,
    /// The lane with the earliest event first
    First,
}

fn most(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(most) if (1..=MOST_LANES).contains(&most) => Ok(most),
        _ => Err(format!("a number of lanes from 1 to {MOST_LANES}")),
    }
}

/// Lanes and colours that the command line asks for.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What makes the lanes.
    pub grouping: Grouping,
    /// By which field events are coloured; `None` as their lanes.
    pub colour_by: Option<Facet>,
    /// By which column of numbers marks have their size; `None` for one size.
    pub size_by: Option<Facet>,
    /// By which field point events have icons; `None` for dots.
    pub icons_by: Option<Facet>,
    /// The order of the lanes, and what is hidden.
    pub lanes: Arrangement,
    /// What stands around the lanes, the zero of counted days not found yet.
    pub around: Surroundings,
    /// The id or title of the event from which days are counted.
    pub relative_to: Option<String>,
}

impl LookArgs {
    pub(super) fn look(&self) -> Look {
        let named = |name: &String| !name.trim().is_empty() && !name.trim().eq_ignore_ascii_case("none");
        let by = if self.lanes.is_empty() {
            Grouping::default().by
        } else {
            self.lanes.iter().filter(|name| named(name)).map(|name| Facet::named(name)).collect()
        };
        Look {
            grouping: match self.most_lanes {
                None if self.lanes.is_empty() => Grouping::default(),
                most => Grouping { by, most: most.unwrap_or(MOST_LANES) },
            },
            colour_by: self.colour.as_ref().filter(|name| named(name)).map(|name| Facet::named(name)),
            size_by: self.size_by.as_ref().filter(|name| named(name)).map(|name| Facet::named(name)),
            icons_by: self.icons_by.as_ref().filter(|name| named(name)).map(|name| Facet::named(name)),
            lanes: Arrangement {
                order: match self.lane_order {
                    None | Some(LaneOrderArg::Count) => LaneOrder::Count,
                    Some(LaneOrderArg::Name) => LaneOrder::Name,
                    Some(LaneOrderArg::First) => LaneOrder::First,
                },
                hidden: self.hide.iter().cloned().collect(),
                ..Arrangement::default()
            },
            around: Surroundings {
                shaded: Shaded { years: self.years, weekends: self.weekends, nights: self.nights },
                weeks: self.weeks,
                fiscal: self.fiscal_year,
                periods: self.period.clone(),
                ..Surroundings::default()
            },
            relative_to: self.relative_to.clone(),
        }
    }
}

impl Look {
    /// The same with columns, where they are named as their file does, as the fields that they were taken for: a column
    /// `city` is where events were.
    pub(super) fn with_columns(mut self, ledger: &Ledger, table: &EventTable) -> Self {
        for facet in self.grouping.by.iter_mut().chain(&mut self.colour_by).chain(&mut self.icons_by) {
            *facet = ledger.meant(std::mem::replace(facet, Facet::Kind), table);
        }
        self
    }

    /// The same for a table, its fields spelled as the table has them.
    ///
    /// # Errors
    /// When a field is named that it does not have, with those that it has.
    pub(super) fn checked(&self, table: &EventTable) -> anyhow::Result<Self> {
        if let [_, _, more, ..] = self.grouping.by.as_slice() {
            anyhow::bail!("lanes are made of one field, divided by a second one; “{}” is one too many", more.name());
        }
        for facet in self.grouping.by.iter().chain(&self.colour_by) {
            // Kinds are the default, whether there are any or not.
            if *facet != Facet::Kind && facet.in_table(table).is_none() {
                let there = Facet::all(table);
                let there = there.iter().map(Facet::name).collect::<Vec<_>>().join(", ");
                anyhow::bail!("there is no field “{}” to make lanes or colours of; there are: {there}", facet.name());
            }
        }
        let colour_by = self.colour_by.as_ref().and_then(|facet| facet.in_table(table));
        let size_by = one_of(self.size_by.as_ref(), table, Sizes::fields, "column of numbers “{}” to make sizes of")?;
        let icons_by =
            one_of(self.icons_by.as_ref(), table, Icons::fields, "field “{}” with a value that means an icon")?;
        let zero = match &self.relative_to {
            None => None,
            Some(name) => {
                let zero = table.named(name).and_then(|event| Zero::of(table, event));
                Some(zero.with_context(|| format!("there is no event with a date and the id or title “{name}”"))?)
            }
        };
        let around = Surroundings { zero, ..self.around.clone() };
        Ok(Self { grouping: self.grouping.fitting(table), colour_by, size_by, icons_by, around, ..self.clone() })
    }
}

/// A field as a table spells it, if it is one of those that `fields` finds there.
///
/// # Errors
/// When it is none of them; `what` says what there is none of, its name in the place of `{}`.
fn one_of(
    facet: Option<&Facet>,
    table: &EventTable,
    fields: impl Fn(&EventTable) -> Vec<Facet>,
    what: &str,
) -> anyhow::Result<Option<Facet>> {
    let Some(facet) = facet else { return Ok(None) };
    let there = fields(table);
    let found = facet.in_table(table).filter(|facet| there.contains(facet));
    let found = found.with_context(|| {
        let names = there.iter().map(Facet::name).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { "none".to_owned() } else { names };
        format!("there is no {}; there are: {names}", what.replace("{}", facet.name()))
    })?;
    Ok(Some(found))
}
