//! The limits of what a file may take: options that `open`, `export` and `inspect` share.

use crate::task::{Control, Limits, memory};
use clap::Args;

/// How much reading and drawing may take at most.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArgs {
    /// Memory that the program may have, such as 500MB or 2GB [default: half of what is free]
    #[arg(long, value_name = "SIZE", value_parser = memory::parse_size)]
    memory: Option<u64>,
    /// Columns that are kept under their own names; the others share one [default: 10000]
    #[arg(long, value_name = "N", value_parser = count(1_000_000))]
    max_columns: Option<u64>,
    /// Objects inside each other that are opened on the way to a JSON's list of events [default: 64]
    #[arg(long, value_name = "N", value_parser = count(1_000))]
    max_depth: Option<u64>,
    /// Length of a cell, beyond which it is cut; a record may have 64 times that [default: 16MiB]
    #[arg(long, value_name = "SIZE", value_parser = memory::parse_size)]
    max_cell: Option<u64>,
    /// Notes that are kept in words for a file, of each kind; the others are counted [default: 100000]
    #[arg(long, value_name = "N", value_parser = count(u64::MAX))]
    max_diagnostics: Option<u64>,
    /// Pixels of a PNG [default: 400000000]
    #[arg(long, value_name = "N", value_parser = count(u64::MAX))]
    max_pixels: Option<u64>,
}

fn count(most: u64) -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=most)
}

impl LimitArgs {
    pub(super) fn limits(&self) -> Limits {
        let usual = Limits::default();
        let size = |asked: Option<u64>, usual: usize| {
            asked.map_or(usual, |asked| usize::try_from(asked).unwrap_or(usize::MAX))
        };
        Limits {
            memory: self.memory,
            columns: size(self.max_columns, usual.columns),
            depth: size(self.max_depth, usual.depth),
            cell: size(self.max_cell, usual.cell).max(16),
            diagnostics: size(self.max_diagnostics, usual.diagnostics),
            pixels: self.max_pixels.unwrap_or(usual.pixels),
        }
    }

    /// A control for work within these limits.
    pub(super) fn control(&self) -> Control {
        Control::within(self.limits())
    }
}
