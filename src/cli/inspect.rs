//! `kairograph inspect`: the ledger as text or JSON.

use super::terminal::{in_line, json_shown};
use super::{InspectArgs, inputs, print, remark, shown};
use crate::import::{DateColumn, Diagnostic, FileLedger, Format, Outcome, load};
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    format: Format,
    encoding: &'a str,
    records: u64,
    placed: u64,
    undated: u64,
    rejected: u64,
    events: u64,
    earliest: Option<&'a str>,
    latest: Option<&'a str>,
    columns: serde_json::Map<String, serde_json::Value>,
    dates: &'a [DateColumn],
    remarks: &'a [String],
    diagnostics: &'a [Diagnostic],
    more_diagnostics: u64,
}

pub(super) fn run(args: &InspectArgs) -> anyhow::Result<()> {
    let choices = args.reading.choices();
    let mut failed = None;
    for (i, input) in inputs(&args.files, &args.limits.control())?.into_iter().enumerate() {
        let import = match load(&[input], &choices, &args.limits.control()) {
            Ok(import) => import,
            // The others are told all the same; the last failure ends the program.
            Err(error) => {
                if let Some(before) = failed.replace(error) {
                    remark(&format!("kairograph: {before}"));
                }
                continue;
            }
        };
        for file in &import.ledger.files {
            if args.mapping {
                print(&json_shown(&(file.mapping.to_json() + "\n")))?;
                continue;
            }
            let gap = if i > 0 { "\n" } else { "" };
            let text = if args.json { json(file)? } else { format!("{gap}{}", words(file)) };
            print(&if args.json { json_shown(&text) } else { shown(&text) })?;
        }
    }
    failed.map_or(Ok(()), |error| Err(error.into()))
}

fn json(file: &FileLedger) -> anyhow::Result<String> {
    let columns = file.mapping.columns.iter().enumerate();
    let columns = columns.map(|(at, column)| (column.name.clone(), file.mapping.told(at).name().into())).collect();
    let report = Report {
        file: &file.name,
        format: file.format,
        encoding: file.encoding,
        records: file.records,
        placed: file.placed,
        undated: file.undated,
        rejected: file.rejected,
        events: file.events,
        earliest: file.earliest.as_deref(),
        latest: file.latest.as_deref(),
        columns,
        dates: &file.dates,
        remarks: &file.remarks,
        diagnostics: &file.diagnostics,
        more_diagnostics: file.more_diagnostics,
    };
    Ok(serde_json::to_string(&report)? + "\n")
}

// Writing to a `String` cannot fail, so the results of `writeln!` are dropped.
fn words(file: &FileLedger) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}: {}, {}", in_line(&file.name), file.format.name(), file.encoding);
    let _ = writeln!(
        out,
        "  {} records = {} placed + {} undated + {} rejected; {} events",
        file.records, file.placed, file.undated, file.rejected, file.events
    );
    if let (Some(earliest), Some(latest)) = (&file.earliest, &file.latest) {
        let _ = writeln!(out, "  from {earliest} to {latest}");
    }
    let columns = &file.mapping.columns;
    let widest = columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0).min(40);
    let _ = writeln!(out, "  columns:");
    for column in columns {
        let why = if column.why.is_empty() { String::new() } else { format!(" ({})", column.why) };
        let _ = writeln!(out, "    {:widest$}  {}{why}", in_line(&column.name), column.field.name());
    }
    if let Some(title) = &file.mapping.title {
        let _ = writeln!(out, "  no column is a title, so titles are composed: {}", in_line(title));
    }
    for dates in &file.dates {
        let _ = writeln!(out, "  dates of {}: {} of {} cells read", in_line(&dates.column), dates.read, dates.cells);
        let mut rules: Vec<_> = dates.rules.iter().collect();
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
        for (rule, count) in rules {
            let _ = writeln!(out, "    {count} as {rule}");
        }
        let told = [dates.order_words(), dates.assumed_words(), dates.zone_words(), dates.calendar_words()];
        for sentence in told.into_iter().flatten() {
            let _ = writeln!(out, "    {sentence}");
        }
    }
    for remark in &file.remarks {
        let _ = writeln!(out, "  {}", in_line(remark));
    }
    for diagnostic in file.diagnostics.iter().take(SHOWN) {
        let column =
            diagnostic.column.as_ref().map(|column| format!(", column {}", in_line(column))).unwrap_or_default();
        let _ = writeln!(
            out,
            "  line {}{column}: {}: {}",
            diagnostic.line,
            outcome(diagnostic.outcome),
            in_line(&diagnostic.reason)
        );
        let _ = writeln!(out, "    {}", in_line(&diagnostic.raw.replace(['\n', '\r'], " ")));
    }
    let more = (file.diagnostics.len() as u64).saturating_sub(SHOWN as u64) + file.more_diagnostics;
    if more > 0 {
        let _ = writeln!(out, "  and {more} more lines; --json gives more of them");
    }
    out
}

/// Lines of the ledger that are printed for a person.
const SHOWN: usize = 50;

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Rejected => "rejected",
        Outcome::Undated => "undated",
        Outcome::Note => "note",
    }
}
