//! Inputs to one document: each is opened, its chunks are placed on all cores, and the parts are joined in order.
//!
//! How dates are written is told by all cells of a column, so it is known for certain only at a file's end. The first
//! records give a first answer, under which the file is read; where the rest proves it wrong, the file is read once
//! more under what all of it tells.

use super::chunks::{Chunk, Chunks, Unfit};
use super::dates::{DateColumn, OrderBasis, settle};
use super::evidence::Evidence;
use super::ledger::{FileLedger, Ledger, Notes};
use super::mapping::{Column, Mapping};
use super::place::{Extremes, File, Placed, Plan, place};
use super::raw::RawTable;
use super::read::{self, EXTRA};
use super::recognise::recognise;
use super::source::Source;
use super::when::Dates;
use super::{Choices, Import, ImportError, Input};
use crate::event::{Document, EventId, EventTable, Field, Joiner, Part, Relations, RowId, SharedIds, TooManyRows};
use crate::task::{self, Control};
use crate::text::grouped;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// An input with its columns recognised.
struct Opened {
    name: String,
    chunks: Chunks,
    mapping: Mapping,
}

impl Opened {
    fn new(input: &Input, chunks: Chunks, choices: &Choices) -> Self {
        let mut mapping = recognise(&chunks.head);
        mapping.choose(choices);
        Self { name: input.name(), chunks, mapping }
    }
}

/// What is said of a file that did not stay the same between two looks.
const CHANGED: &str = "The file was written to while it was read; this is what it held at one look.";

pub(super) fn load(
    inputs: &[Input],
    choices: &Choices,
    control: &Control,
    early: &(dyn Fn(Import) + Sync),
) -> Result<Import, ImportError> {
    let open = |input: &Input| Source::open(input, control).map_err(|error| error.of_file(&input.place()));
    let mut sources = inputs.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    let (mut whole, mut changed) = (vec![false; inputs.len()], vec![false; inputs.len()]);
    loop {
        match attempt(&sources, &whole, choices, control, early) {
            Ok(mut import) => {
                for (file, _) in import.ledger.files.iter_mut().zip(&changed).filter(|(_, changed)| **changed) {
                    file.remarks.push(CHANGED.to_owned());
                }
                return Ok(import);
            }
            Err((at, Unfit::Error(error))) => return Err(error.of_file(&inputs[at].place())),
            // Each once for each input at most.
            Err((at, Unfit::Encoding)) => whole[at] = true,
            Err((at, Unfit::Changed)) => {
                let held = sources[at].hold(control);
                changed[at] = true;
                sources[at] = held.map_err(|error| error.of_file(&inputs[at].place()))?;
            }
        }
    }
}

/// Reads all inputs, those of `whole` at once. An error names the input.
fn attempt(
    sources: &[Source],
    whole: &[bool],
    choices: &Choices,
    control: &Control,
    early: &(dyn Fn(Import) + Sync),
) -> Result<Import, (usize, Unfit)> {
    let mut files = Vec::new();
    for (at, (source, whole)) in sources.iter().zip(whole).enumerate() {
        control.phase(format!("Reading {}", source.input().name()), 0);
        let chunks = open(source, *whole, choices, control);
        let chunks = chunks.map_err(|error| (at, changed_or(source, error.into())))?;
        files.push(Opened::new(source.input(), chunks, choices));
    }
    check_choices(&files, choices).map_err(|error| (0, error.into()))?;
    let attribute_names = attribute_names(files.iter().map(|file| (&file.mapping, file.chunks.more())));
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let (mut parts, mut ledger) = (Vec::new(), Ledger::default());
    for (index, opened) in files.iter().enumerate() {
        let head = &opened.chunks.head;
        let (mapping, name) = (&opened.mapping, &opened.name);
        let file = File { index, name, head, mapping, attribute_names: &attribute_names };
        let source = &sources[index];
        let show = |first: &Placed, accounts: Vec<DateColumn>| {
            let part = first.part.clone();
            let ledger =
                Ledger { files: vec![account(&file, std::slice::from_ref(first), first.notes.clone(), accounts)] };
            let inputs = vec![source.input().clone()];
            early(join(&names[index..=index], &attribute_names, part, ledger, inputs, choices));
        };
        let alone = sources.len() == 1;
        let (own, account) = read_file(&file, &opened.chunks, control, alone.then_some(&show))
            .map_err(|error| (index, changed_or(source, error)))?;
        // What was looked at twice must have been the same both times.
        if opened.chunks.more() && source.has_changed() {
            return Err((index, Unfit::Changed));
        }
        parts.push(own);
        ledger.files.push(account);
    }
    control.phase("Building columns", 0);
    drop(files);
    let part = one(parts).map_err(|source| (0, ImportError::TooLarge { source, name: names.join(", ") }.into()))?;
    let inputs = sources.iter().map(|source| source.input().clone()).collect();
    let mut import = join(&names, &attribute_names, part, ledger, inputs, choices);
    tell_of_all(&mut import, choices);
    Ok(import)
}

/// Opens an input, its header where the user says it is: for all inputs, or in a mapping that fits what is found there.
fn open(source: &Source, whole: bool, choices: &Choices, control: &Control) -> Result<Chunks, ImportError> {
    let open = |head: Option<u64>| read::open(source, head, whole, control);
    let mapped = |of: fn(&Choices) -> &Vec<Mapping>| of(choices).iter().filter(|own| own.head.is_some());
    let mapped = mapped(|choices| &choices.mappings).chain(mapped(|choices| &choices.remembered));
    for mapping in mapped.filter(|_| choices.head.is_none()) {
        // Another file may have no such line.
        if let Ok(chunks) = open(mapping.head)
            && chunks.head.columns.iter().all(|name| mapping.column(name).is_some())
        {
            return Ok(chunks);
        }
        control.check()?;
    }
    open(choices.head)
}

/// Adds to the report what is to be said of all events together.
pub(super) fn tell_of_all(import: &mut Import, choices: &Choices) {
    let table = &import.document.table;
    let apart = ids_apart(table).filter(|_| choices.shared_ids == SharedIds::Evidence);
    let relations = Relations::of(table).remark(table);
    if let Some(file) = import.ledger.files.last_mut() {
        file.remarks.extend(far_dates(table).into_iter().chain(apart).chain(relations));
    }
}

/// The same, unless what failed was written to meanwhile: then that is why.
fn changed_or(source: &Source, unfit: Unfit) -> Unfit {
    let stopped = matches!(&unfit, Unfit::Error(ImportError::Cancelled | ImportError::Memory { .. }));
    if !stopped && source.has_changed() { Unfit::Changed } else { unfit }
}

/// The parts of all files as one.
fn one(mut parts: Vec<Part>) -> Result<Part, TooManyRows> {
    if parts.len() == 1 {
        return Ok(parts.remove(0));
    }
    let mut joiner = Joiner::default();
    parts.into_iter().try_for_each(|part| joiner.add(&part))?;
    Ok(joiner.finish())
}

fn check_choices(files: &[Opened], choices: &Choices) -> Result<(), ImportError> {
    let there = || files.iter().flat_map(|file| &file.chunks.head.columns);
    // A mapping may be made for more columns than the files have; one that fits none of them is another file's.
    let fits_none = |mapping: &&Mapping| !there().any(|name| mapping.column(name).is_some());
    let unfit = choices.mappings.iter().find(fits_none).and_then(|own| own.columns.first()).map(|own| &own.name);
    for name in choices.columns.iter().map(|(_, name)| name).chain(unfit) {
        if !there().any(|column| column.eq_ignore_ascii_case(name)) {
            let there = there().map(String::as_str).collect::<Vec<_>>().join(", ");
            return Err(ImportError::NoColumn { column: name.clone(), there });
        }
    }
    Ok(())
}

/// The columns that the inputs keep under their own names. Of each its mapping, and whether it may have longer records than
/// its first ones.
pub(super) fn attribute_names<'a>(files: impl Iterator<Item = (&'a Mapping, bool)>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    for (mapping, more) in files {
        let attributes = mapping.columns.iter().filter(|column| column.field == Field::Attribute);
        let attributes = attributes.map(|column| &column.name);
        let extra = more.then(|| EXTRA.to_owned());
        for name in attributes.chain(&extra) {
            if known.insert(name.clone()) {
                names.push(name.clone());
            }
        }
    }
    names
}

type Show<'a> = dyn Fn(&Placed, Vec<DateColumn>) + 'a;

/// Places all records of a file.
fn read_file(
    file: &File<'_>,
    chunks: &Chunks,
    control: &Control,
    show: Option<&Show<'_>>,
) -> Result<(Part, FileLedger), Unfit> {
    let mut accounts = settled(file, &file.evidence());
    loop {
        let (part, placed, notes) = pass(file, chunks, &accounts, control, show)?;
        let evidence = placed.iter().fold(Vec::new(), |mut all: Vec<Evidence>, chunk| {
            all.resize(chunk.dates.len(), Evidence::default());
            all.iter_mut().zip(&chunk.dates).for_each(|(all, (_, own))| all.add(own));
            all
        });
        let all = settled(file, &evidence);
        let reader = |account: &DateColumn| account.reader(file.mapping.dates);
        // What all cells tell is the same in a second pass, so there is no third.
        if all.iter().map(reader).eq(accounts.iter().map(reader)) {
            return Ok((part, account(file, &placed, notes, all)));
        }
        accounts = all;
    }
}

pub(super) fn settled(file: &File<'_>, evidence: &[Evidence]) -> Vec<DateColumn> {
    let names = file.date_columns().map(|at| file.head.columns[at].as_str());
    settle(names.zip(evidence), file.mapping.dates)
}

/// Places all records of a file, dates read as `accounts` say.
fn pass(
    file: &File<'_>,
    chunks: &Chunks,
    accounts: &[DateColumn],
    control: &Control,
    show: Option<&Show<'_>>,
) -> Result<(Part, Vec<Placed>, Notes), Unfit> {
    let plan = Plan::new(file);
    let columns: Vec<(usize, DateColumn)> = file.date_columns().zip(accounts.iter().cloned()).collect();
    let place_records = |raw: &RawTable, records: std::ops::Range<usize>| {
        let placed = place(file, &plan, Dates::new(&columns, file.mapping.dates), raw, records)?;
        control.count(placed.dated + placed.undated);
        Ok::<Placed, Unfit>(placed)
    };
    control.restart_count();
    let first = place_records(file.head, Chunks::first_records(file.head.records.len()))?;
    if let Some(show) = show.filter(|_| chunks.more()) {
        show(&first, accounts.to_vec());
    }
    let (placed, notes) = (Vec::new(), Notes::new(control.limits().diagnostics));
    let mut taken = Taken { joiner: Joiner::default(), placed, notes, failed: None, name: file.name, control };
    taken.take(Ok(first));
    // One chunk that fails ends the others.
    let failed = AtomicBool::new(false);
    let rest = chunks.rest(file.name, control)?.take_while(|_| !failed.load(Ordering::Relaxed));
    let work = |chunk: Result<Chunk<'_>, ImportError>| {
        let placed = chunk.map_err(Unfit::Error).and_then(|chunk| {
            let (table, records) = chunk()?;
            let placed = place_records(&table, records);
            chunks.done(table);
            placed
        });
        failed.fetch_or(placed.is_err(), Ordering::Relaxed);
        placed
    };
    task::in_order(rest, work, |placed| taken.take(placed));
    match taken.failed {
        Some(failed) => Err(failed),
        None => Ok((taken.joiner.finish(), taken.placed, taken.notes)),
    }
}

/// What was placed so far, its columns joined.
struct Taken<'a> {
    joiner: Joiner,
    /// Without their parts and notes.
    placed: Vec<Placed>,
    notes: Notes,
    failed: Option<Unfit>,
    name: &'a str,
    control: &'a Control,
}

impl Taken<'_> {
    fn take(&mut self, placed: Result<Placed, Unfit>) {
        if self.failed.is_some() {
            return;
        }
        match placed.and_then(|placed| self.control.check().map(|()| placed).map_err(Unfit::from)) {
            Ok(mut placed) => match self.joiner.add(&std::mem::take(&mut placed.part)) {
                Ok(()) => {
                    self.notes.append(std::mem::take(&mut placed.notes));
                    self.placed.push(placed);
                }
                Err(source) => {
                    self.failed = Some(Unfit::Error(ImportError::TooLarge { source, name: self.name.to_owned() }));
                }
            },
            Err(failed) => self.failed = Some(failed),
        }
    }
}

/// The account of a file, but for the number of its events.
pub(super) fn account(
    file: &File<'_>,
    chunks: &[Placed],
    mut notes: Notes,
    mut dates: Vec<DateColumn>,
) -> FileLedger {
    let raw = file.head;
    let sum = |of: fn(&Placed) -> u64| chunks.iter().map(of).sum::<u64>();
    let (placed, undated, rejected) = (sum(|own| own.dated), sum(|own| own.undated), sum(|own| own.rejected));
    let mut extremes = Extremes::default();
    for chunk in chunks {
        extremes.add(&chunk.extremes);
        dates.iter_mut().zip(&chunk.dates).for_each(|(all, (own, _))| all.add(own));
    }
    let mut mapping = file.mapping.clone();
    if mapping.columns.len() == file.head.columns.len() && chunks.iter().any(|chunk| chunk.extra) {
        mapping.columns.push(Column {
            name: EXTRA.to_owned(),
            field: Field::Attribute,
            why: String::new(),
            tells_of_time: false,
        });
    }
    let (earliest, latest) = extremes.texts();
    let mut remarks = raw.remarks.clone();
    if mapping.remembered {
        remarks.push("Its columns are used as was chosen for files of the same columns.".to_owned());
    }
    remarks.extend(no_dates(file));
    remarks.extend(unused(file));
    for account in &dates {
        if matches!(account.basis, OrderBasis::Contradicted | OrderBasis::Unproved) {
            let words = account.order_words().unwrap_or_default();
            remarks.push(format!("Column “{}”: {words}.", account.column));
        }
        remarks.extend(account.era_words().map(|words| format!("Column “{}”: {words}.", account.column)));
        remarks.extend(account.mixed_words().map(|words| format!("Column “{}”: {words}.", account.column)));
    }
    remarks.extend(notes.remark());
    notes.kept.sort_by_key(|diagnostic| diagnostic.line);
    FileLedger {
        name: file.name.to_owned(),
        format: raw.format,
        encoding: raw.encoding,
        samples: (0..mapping.columns.len()).map(|column| samples(raw, column)).collect(),
        mapping,
        records: placed + undated + rejected,
        placed,
        undated,
        rejected,
        events: 0,
        earliest,
        latest,
        dates,
        remarks,
        more_diagnostics: notes.more(),
        diagnostics: notes.kept,
    }
}

/// What is to be said of columns that look as if they told of time, and are not used.
fn unused(file: &File<'_>) -> Option<String> {
    let unused: Vec<&str> = file.mapping.unused_times().collect();
    let names: Vec<String> = unused.iter().take(6).map(|name| format!("“{name}”")).collect();
    let more =
        if unused.len() > names.len() { format!(" and {} more", unused.len() - names.len()) } else { String::new() };
    (!names.is_empty()).then(|| {
        format!(
            "Columns of dates or times that are not used: {}{more}. --column end=NAME (or start, starttime, endtime) uses one.",
            names.join(", ")
        )
    })
}

/// What is to be said of a file in which no column holds dates.
fn no_dates(file: &File<'_>) -> Option<String> {
    let dated = |column: &Column| column.field.is_start() || column.field == Field::End;
    if file.head.records.is_empty() || file.mapping.columns.iter().any(dated) {
        return None;
    }
    let names = file.head.columns.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    Some(format!("No column of dates was found, so nothing can be placed. The columns are: {names}."))
}

/// The first three cells of a column that hold something among the first thousand, shortened.
fn samples(raw: &RawTable, column: usize) -> Vec<String> {
    let cells = (0..raw.records.len().min(1_000)).filter_map(|record| raw.cell(record, column));
    cells.take(3).map(|cell| cell.trim().chars().take(40).collect()).collect()
}

/// The document that a part makes, its ledger told how many events each file has.
pub(super) fn join(
    names: &[String],
    attribute_names: &[String],
    part: Part,
    mut ledger: Ledger,
    inputs: Vec<Input>,
    choices: &Choices,
) -> Import {
    let name = names.join(", ");
    let table = EventTable::of_part(names.to_vec(), attribute_names.to_vec(), part, choices.shared_ids);
    let mut first_event = 0_u64;
    for file in &mut ledger.files {
        // Events are numbered by their first rows, and no event is of two files.
        let rows = file.placed + file.undated;
        file.events = if table.is_plain() { rows } else { events_of(&table, first_event, rows) };
        first_event += file.events;
    }
    Import { document: Document { name, table: Arc::new(table) }, ledger, inputs }
}

/// What is to be said of dates far away from all others.
fn far_dates(table: &EventTable) -> Option<String> {
    let far = table.date_outliers()?;
    let told = |row: &RowId| {
        let (file, line) = table.origin(*row);
        let place = if table.files().len() > 1 { format!("{file}, ") } else { String::new() };
        let date = table.edtf(*row).map(|edtf| edtf.to_string()).unwrap_or_default();
        format!("{date} ({place}line {})", grouped(line as usize))
    };
    // A span ends before its last moment.
    let last = far.rest.end().checked_add_nanos(-1).unwrap_or(far.rest.end()).date().year;
    let first = far.rest.start().date().year;
    let row = far.rows.first()?;
    let year = table.when(*row).map_or(first, |when| when.earliest().date().year);
    let (distance, side) = if year < first { (first - year, "before") } else { (year - last, "after") };
    let distance = match distance {
        1 => "1 year".to_owned(),
        more => format!("{} years", grouped(more.unsigned_abs() as usize)),
    };
    let lead = match far.rows.len() {
        1 => format!("1 date lies {distance} {side} the rest"),
        more => format!("{} dates lie far from the rest, the first of them {distance} {side} it", grouped(more)),
    };
    let rest = if first == last { format!("in {first}") } else { format!("from {first} to {last}") };
    let listed: Vec<String> = far.rows.iter().take(5).map(told).collect();
    let more = if far.rows.len() > listed.len() { ", …" } else { "" };
    Some(format!("{lead}: {}{more}. Look there for a typing error; all other dates lie {rest}.", listed.join(", ")))
}

/// What is to be said where an id stands in several records that are not one event.
fn ids_apart(table: &EventTable) -> Option<String> {
    let ids = match table.ids_apart() {
        0 => return None,
        1 => "1 id stands".to_owned(),
        more => format!("{} ids stand", grouped(more)),
    };
    Some(format!(
        "{ids} in several records that cannot be one event: their titles differ, and no source, status or publication tells \
         them apart. Each record is an event of its own; --shared-ids claims takes them as claims about one."
    ))
}

/// How many events from `first` on fill so many rows.
fn events_of(table: &EventTable, first: u64, rows: u64) -> u64 {
    let (mut events, mut filled) = (0, 0);
    while filled < rows {
        filled += table.rows_of(EventId((first + events) as u32)).count() as u64;
        events += 1;
    }
    events
}
