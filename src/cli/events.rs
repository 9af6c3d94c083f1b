//! `kairograph events`: the events of files, for other programs.

use super::export::{is_standard_output, spare_what_is_read};
use super::limits::LimitArgs;
use super::reading::ReadingArgs;
use super::{inputs, print_bytes, remark};
use crate::export::{EventFormat, save, write_events};
use crate::import::load;
use crate::query::Query;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct EventsArgs {
    /// Files to read together; - reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How to write them [default: what the name of --output ends with, else jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<FormatArg>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Write only events in which all these words occur, surely or possibly
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Write only events without a date
    #[arg(long)]
    undated: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    limits: LimitArgs,
}

const EXAMPLES: &str = "Examples:
  kairograph events drills.csv | jq -r .when
  kairograph events drills.csv summits.json --search \"who:china\" -o china.csv
  kairograph events drills.csv --undated

Each event has: id, title, when (EDTF), earliest, latest, kind, status, where, lat, lon, who, source, url, tags, description,
file, line, claims (how many records speak of it), and under `fields` every other column of its file.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
}

impl EventsArgs {
    fn format(&self) -> EventFormat {
        let ends_with = |path: &Path, end: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(end));
        match self.format {
            Some(FormatArg::Csv) => EventFormat::Csv,
            None if self.output.as_deref().is_some_and(|path| ends_with(path, "csv")) => EventFormat::Csv,
            Some(FormatArg::Jsonl) | None => EventFormat::JsonLines,
        }
    }
}

pub(super) fn run(args: &EventsArgs) -> anyhow::Result<()> {
    let control = args.limits.control();
    if let Some(output) = &args.output {
        spare_what_is_read(output, &args.files, 1)?;
    }
    let import = load(&inputs(&args.files, &control)?, &args.reading.choices(), &control)?;
    let table = &import.document.table;
    let query = Query::parse(&args.search);
    if let Some(problem) = query.problem() {
        anyhow::bail!("the search asks for a time that cannot be read: {problem}");
    }
    let mask = query.mask(table, &control).map_err(crate::import::ImportError::from)?;
    let is_dated = |event| table.foremost(event).is_some();
    let events: Vec<_> =
        table.events().filter(|event| mask.keeps(*event) && !(args.undated && is_dated(*event))).collect();
    let rejected = import.ledger.total(|file| file.rejected);
    if rejected > 0 {
        remark(&format!("Records that could not be used: {rejected}. `kairograph inspect` tells why."));
    }
    if let Some(output) = args.output.as_deref().filter(|output| !is_standard_output(output)) {
        let mut bytes = Vec::new();
        write_events(table, &events, args.format(), &mut bytes)?;
        return Ok(save(output, &bytes)?);
    }
    let mut out = BufWriter::with_capacity(1 << 16, StandardOutput { gone: false });
    write_events(table, &events, args.format(), &mut out)?;
    Ok(out.flush()?)
}

/// Standard output; a reader that went away is no failure.
struct StandardOutput {
    gone: bool,
}

impl Write for StandardOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.gone {
            self.gone = !print_bytes(bytes).map_err(io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
