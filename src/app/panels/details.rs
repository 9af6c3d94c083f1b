//! All that is known of the selected event: its time, its claims with their sources, its attributes.

use super::tooltip::by_the_axis;
use super::{counted, in_lines, legend, readable};
use crate::app::actions::{Action, Actions, ShowAction, ViewAction};
use crate::app::dock::PanelName;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::{Claim, EventId, EventTable, RowId};
use crate::paint::bold;
use crate::time::{
    Bound, Edtf, Endpoint, NANOS_PER_SECOND, Span, TimePoint, When, read, word_duration, word_edtf, word_length,
};
use eframe::egui::{Label, RichText, ScrollArea, TextStyle, TextWrapMode, Ui, vec2};

/// The details have at least this share of the panel's height.
const LEAST_SHARE: f32 = 0.62;

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let all = ui.available_height();
    // Where it has a panel of its own, it need not stand here.
    let legend = (!state.settings.panels.is_seen(PanelName::Legend)).then(|| legend::of(ui, state, open)).flatten();
    // The legend stays in sight under whatever is told, unless it would leave too little room for that.
    let room = legend.as_ref().map_or(all, |legend| all - legend.height());
    let below = room >= all * LEAST_SHARE;
    let list = ScrollArea::vertical().auto_shrink([false, false]).max_height(if below { room } else { all });
    list.show(ui, |ui| {
        // Beside the bar, not under it.
        ui.set_max_width(ui.available_width() - 6.0);
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        match state.selected {
            Some(_) if !state.others.is_empty() => several(ui, state, open, actions),
            Some(event) => details(ui, state, open, event, actions),
            None => nothing(ui, open),
        }
        if let Some(legend) = legend.as_ref().filter(|_| !below) {
            legend.show(ui);
        }
    });
    if let Some(legend) = legend.filter(|_| below) {
        legend.show(ui);
    }
}

fn nothing(ui: &mut Ui, open: &Loaded) {
    ui.heading("No event selected");
    if !open.index.is_empty() {
        ui.label(
            RichText::new("Click a mark to see its dates, sources and all else that the file says of it.").weak(),
        );
    }
    ui.add_space(10.0);
    let events = counted(open.document.table.event_count() as u64, "event");
    let dated = open.placed as u64;
    let name = &open.document.name;
    let holds = if open.ledger.files.len() > 1 { "hold" } else { "holds" };
    let words = if dated == open.document.table.event_count() as u64 {
        format!("{name} {holds} {events}.")
    } else {
        format!("{name} {holds} {events}, {dated} of them with a date.")
    };
    ui.label(RichText::new(words).weak());
}

fn details(ui: &mut Ui, state: &AppState, open: &Loaded, event: EventId, actions: &mut Actions) {
    // All that was read, also what is not known yet on the day that is looked at.
    let (table, shown) = (open.read.as_ref(), open.document.table.as_ref());
    let rows: Vec<RowId> = table.rows_of(event).collect();
    let Some(&first) = rows.first() else { return };
    let title = rows.iter().find_map(|&row| table.title(row)).unwrap_or("Untitled");
    ui.heading(in_lines(ui, title, &TextStyle::Heading));
    let mut under: Vec<String> = table.kind(first).map(str::to_owned).into_iter().collect();
    if rows.len() > 1 {
        under.push(format!("{} accounts", rows.len()));
    } else if let Some(status) = table.status(first) {
        under.push(status.word().to_owned());
    }
    ui.label(RichText::new(readable(&under.join(" · "))).weak());
    ui.add_space(6.0);
    if rows.len() == 1 {
        time(ui, shown, &table.claim(first));
    }
    facts(ui, table, &rows);
    ui.add_space(4.0);
    if ui.button("Zoom to it").clicked() {
        actions.push(Action::View(ViewAction::ToEvent(event)));
    }
    if rows.len() > 1 {
        section(ui, "Accounts");
        drawn_by(ui, state, open, event, actions);
        compared(ui, shown, table, event, &rows);
        for &row in rows.iter().take(ACCOUNTS) {
            account(ui, table, shown, (title, row));
            choice(ui, state, event, row, actions);
        }
        if rows.len() > ACCOUNTS {
            ui.label(RichText::new(format!("and {} more accounts", rows.len() - ACCOUNTS)).weak());
        }
    } else {
        sources(ui, table, first);
    }
    if let Some(description) = table.description(first).filter(|_| rows.len() == 1) {
        section(ui, "Notes");
        ui.label(in_lines(ui, description, &TextStyle::Body));
    }
    related(ui, open, event, actions);
    attributes(ui, table, &rows);
    section(ui, "Where it stands");
    for &row in rows.iter().take(ACCOUNTS) {
        let (file, line) = table.origin(row);
        ui.label(RichText::new(format!("{file}, line {line}")).weak());
    }
}

/// As many of several selected events are listed.
const SELECTED: usize = 200;

/// Several selected events side by side, in order of time, with how far apart they lie.
fn several(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    // As read, for the axis may leave out time between them.
    let table = &open.read;
    let mut events = state.selection();
    events.sort_by_key(|event| table.extent(*event).map(Span::start));
    ui.heading(format!("{} selected", counted(events.len() as u64, "event")));
    ui.horizontal(|ui| {
        if ui.button("Zoom to them").clicked() {
            actions.push(Action::View(ViewAction::ToSelection));
        }
        if ui.button("Select none").clicked() {
            actions.push(Action::Select(None));
        }
    });
    // Until when those so far may have gone on, in any account of them, and whether that is the end of a day.
    let mut reach: Option<(TimePoint, bool)> = None;
    for &event in events.iter().take(SELECTED) {
        let extent = table.extent(event);
        let (begins, ends) = in_days(table, event);
        if let Some((extent, (reach, to_day))) = extent.zip(reach) {
            let gap = extent.start().as_nanos() - reach.as_nanos();
            // From day to day as people count them, else as much as lies between for sure.
            let words = if begins && to_day {
                counted((gap / DAY + 1).unsigned_abs() as u64, "day")
            } else {
                word_length(gap, None)
            };
            // Days that follow each other leave nothing between them.
            if gap > 0 || (gap == 0 && begins && to_day) {
                ui.label(RichText::new(format!("↓ {words} later")).weak());
            }
        }
        reach = reach.max(extent.map(|extent| (extent.end(), ends)));
        ui.separator();
        let drawn: Vec<RowId> = table.drawn(event).into_iter().map(|(row, _)| row).collect();
        let title = table.title(table.first_row(event)).unwrap_or("Untitled");
        if ui.link(in_lines(ui, title, &TextStyle::Body)).on_hover_text("Select it alone").clicked() {
            actions.push(Action::View(ViewAction::Show(event)));
        }
        for &row in drawn.iter().take(ACCOUNTS) {
            let claim = table.claim(row);
            let status = claim.status.as_ref().map(|status| format!(" · {}", status.word())).unwrap_or_default();
            ui.label(format!("{}{status}", claim.words()));
        }
        if extent.is_none() {
            ui.label("no date");
        }
        let row = drawn.first().copied().unwrap_or_else(|| table.first_row(event));
        let under = [table.kind(row), table.location(row)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if !under.is_empty() {
            ui.label(RichText::new(readable(&under)).weak());
        }
    }
    if events.len() > SELECTED {
        ui.label(RichText::new(format!("and {} more", events.len() - SELECTED)).weak());
    }
}

/// A day, in nanoseconds.
const DAY: i128 = 86_400 * NANOS_PER_SECOND;

/// Whether all accounts of an event begin, and all end, on a whole day that is known.
fn in_days(table: &EventTable, event: EventId) -> (bool, bool) {
    let whens: Vec<When> = table.rows_of(event).filter_map(|row| table.when(row)).collect();
    let day = |bound: Bound| bound.window().is_some_and(|window| window.nanos() == DAY);
    (whens.iter().all(|when| day(when.start)), whens.iter().all(|when| day(when.end)))
}

/// As many related events are listed.
const RELATED: usize = 40;

/// The events that the file joins to this one; a click goes there.
fn related(ui: &mut Ui, open: &Loaded, event: EventId, actions: &mut Actions) {
    let (table, relations) = (&open.document.table, &open.relations);
    let count = relations.with(event).count();
    if count == 0 {
        return;
    }
    section(ui, "Related events");
    for relation in relations.with(event).take(RELATED) {
        let (other, name) = if relation.from == event {
            (relation.to, relations.name(relation).to_owned())
        } else {
            (relation.from, format!("{}: this", relations.name(relation)))
        };
        let later = if table.rows_of(other).next().is_none() { " · not known then" } else { "" };
        ui.label(RichText::new(format!("{name}{later}")).weak());
        let title = table.title(table.first_row(other)).unwrap_or("Untitled");
        if ui.link(in_lines(ui, title, &TextStyle::Body)).clicked() {
            actions.push(Action::Select(Some(other)));
            actions.push(Action::View(ViewAction::Show(other)));
        }
    }
    if count > RELATED {
        ui.label(RichText::new(format!("and {} more", count - RELATED)).weak());
    }
}

pub(super) fn section(ui: &mut Ui, title: &str) {
    ui.add_space(8.0);
    ui.separator();
    ui.label(bold(title));
}

/// A name and its value side by side, both from the top.
fn fact(ui: &mut Ui, name: &str, value: impl Into<String>) {
    ui.horizontal_top(|ui| {
        ui.allocate_ui(vec2(NAMES, 18.0), |ui| {
            ui.set_width(NAMES);
            ui.label(RichText::new(name).weak());
        });
        ui.vertical(|ui| {
            let value = in_lines(ui, &value.into(), &TextStyle::Body);
            ui.label(value)
        });
    });
}

/// As many accounts of one event are listed.
const ACCOUNTS: usize = 60;
/// Width of the names of facts, in points.
const NAMES: f32 = 74.0;

/// The time as worded, as EDTF, and as the file wrote it where that differs.
fn time(ui: &mut Ui, shown: &EventTable, claim: &Claim) {
    fact(ui, "When", claim.words());
    // Beside instants, which move with the clock of the axis.
    if shown.has_instants() && claim.when.is_some_and(|when| when.is_of_unknown_clock()) {
        fact(ui, "Zone", "not given; the time stands as it is written, by whatever clock the axis goes");
    }
    if let Some(words) = by_the_axis(shown, claim) {
        fact(ui, "On the axis", words);
    }
    let edtf = claim.edtf.as_ref().map(ToString::to_string);
    if let Some(edtf) = &edtf {
        fact(ui, "EDTF", edtf);
    }
    if let Some(written) = claim.written.as_ref().filter(|written| edtf.as_ref() != Some(written)) {
        fact(ui, "In the file", written);
    }
    if let Some(duration) = claim.duration {
        fact(ui, "Lasted", word_duration(duration));
    } else if let Some((least, most)) = claim.when.as_ref().and_then(When::length) {
        fact(ui, "Lasted", lasted(claim, least, most));
    }
}

/// A length; between whole days as people count them, first and last included, and as far as it is known.
fn lasted(claim: &Claim, least: i128, most: Option<i128>) -> String {
    let exact = word_length(least, most);
    let Some(Edtf::Interval(Endpoint::Date(from), Endpoint::Date(to))) = &claim.edtf else { return exact };
    let (Some(from), Some(to)) = (from.plain_day(), to.plain_day()) else { return exact };
    let days = to.days_since_epoch() - from.days_since_epoch() + 1;
    format!("{} by the calendar; hour by hour {exact}", counted(days.unsigned_abs(), "day"))
}

/// Where, who, status, tags: what all rows say, each thing once.
fn facts(ui: &mut Ui, table: &EventTable, rows: &[RowId]) {
    let once = |values: Vec<String>| {
        let mut seen = Vec::new();
        for value in values {
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
        seen
    };
    let places = once(rows.iter().filter_map(|&row| table.location(row).map(str::to_owned)).collect());
    let who = once(rows.iter().flat_map(|&row| table.participants(row)).collect());
    let tags = once(rows.iter().flat_map(|&row| table.tags(row)).collect());
    if !places.is_empty() {
        fact(ui, "Where", places.join("\n"));
    }
    if let Some((north, east)) = rows.iter().find_map(|&row| table.coordinates(row)) {
        fact(
            ui,
            "",
            format!(
                "{:.2}° {}, {:.2}° {}",
                north.abs(),
                if north < 0.0 { "S" } else { "N" },
                east.abs(),
                if east < 0.0 { "W" } else { "E" }
            ),
        );
    }
    if !who.is_empty() {
        fact(ui, "Who", who.join(", "));
    }
    if let Some(status) = rows.first().and_then(|&row| table.status(row)).filter(|_| rows.len() == 1) {
        fact(ui, "Status", status.word());
    }
    if !tags.is_empty() {
        fact(ui, "Tags", tags.join(", "));
    }
}

/// By what rule the accounts are drawn, and the way back to it.
fn drawn_by(ui: &mut Ui, state: &AppState, open: &Loaded, event: EventId, actions: &mut Actions) {
    if state.ask.showing.chosen.contains_key(&event) {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("One account is drawn by choice.").weak());
            if ui.small_button("Leave it to the rule").clicked() {
                actions.push(Action::Show(ShowAction::Account(event, None)));
            }
        });
        return;
    }
    let agreeing: usize = open.document.table.statements(event).iter().map(|statement| statement.agreeing).sum();
    if agreeing > 0 {
        let words =
            "Accounts that can be true together are drawn as one: held before announced, then the finer date.";
        ui.label(RichText::new(words).weak());
    }
}

/// The accounts under each other: standing, date, day of publication, and whose it is; those that are drawn stand out.
fn compared(ui: &mut Ui, shown: &EventTable, table: &EventTable, event: EventId, rows: &[RowId]) {
    let drawn: Vec<RowId> = shown.drawn(event).into_iter().map(|(row, _)| row).collect();
    let claims: Vec<Claim> = rows.iter().take(ACCOUNTS).map(|row| table.claim(*row)).collect();
    let published = |claim: &Claim| claim.source.as_ref().and_then(|source| source.published.clone());
    let when_published = claims.iter().any(|claim| published(claim).is_some());
    let width = (ui.available_width() - 12.0).max(160.0);
    let shares = if when_published { [0.25, 0.47, 0.28] } else { [0.3, 0.7, 0.0] };
    // The longest word of a standing is not broken.
    let first = (width * shares[0]).max(76.0);
    let rest = (width - first) / (1.0 - shares[0]);
    let cell = |ui: &mut Ui, at: usize, text: RichText| {
        let room = if at == 0 { first } else { rest * shares[at] };
        ui.allocate_ui(vec2(room, 16.0), |ui| {
            ui.set_width(room - 2.0);
            ui.label(text.size(12.0));
        });
    };
    let line = |ui: &mut Ui, words: [RichText; 3]| {
        let columns = if when_published { 3 } else { 2 };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            words.into_iter().enumerate().take(columns).for_each(|(at, words)| cell(ui, at, words));
        });
    };
    line(ui, ["Standing", "When", "Published"].map(|name| RichText::new(name).small().weak()));
    for (row, claim) in rows.iter().zip(&claims) {
        ui.add_space(2.0);
        let text = |words: String| if drawn.contains(row) { bold(words) } else { RichText::new(words) };
        let status = claim.status.as_ref().map_or_else(|| "—".to_owned(), |status| status.word().to_owned());
        let when = if claim.when.is_some() { claim.words() } else { "no date".to_owned() };
        let day = published(claim).map_or_else(|| "—".to_owned(), |text| day_words(&text));
        line(ui, [text(status), text(when), text(day)]);
        let whose = claim.source.as_ref().map_or("", |source| source.citation.as_str());
        if !whose.is_empty() {
            let words = RichText::new(readable(whose)).small().weak();
            ui.add(Label::new(words).truncate()).on_hover_text(readable(whose));
        }
        ui.separator();
    }
    if (1..rows.len()).contains(&drawn.len()) {
        ui.label(RichText::new("Heavy: drawn on the timeline").small().weak());
    }
}

/// A date of publication in words, as written where it cannot be read.
fn day_words(published: &str) -> String {
    read(published).map_or_else(|_| published.to_owned(), |reading| word_edtf(&reading.edtf, None))
}

/// Lets an account be the one that is drawn.
fn choice(ui: &mut Ui, state: &AppState, event: EventId, row: RowId, actions: &mut Actions) {
    let chosen = state.ask.showing.chosen.get(&event) == Some(&row);
    if chosen {
        ui.label(RichText::new("This is what is drawn").weak());
    } else if ui.small_button("Draw this account").clicked() {
        actions.push(Action::Show(ShowAction::Account(event, Some(row))));
    }
}

/// One claim among several.
fn account(ui: &mut Ui, table: &EventTable, shown: &EventTable, (title, row): (&str, RowId)) {
    let claim = table.claim(row);
    ui.add_space(4.0);
    let status = claim.status.as_ref().map(|status| format!("{} · ", status.word())).unwrap_or_default();
    ui.label(bold(format!("{status}{}", claim.words())));
    if let Some(words) = by_the_axis(shown, &claim) {
        ui.label(RichText::new(words).weak());
    }
    if let Some(edtf) = &claim.edtf {
        ui.label(RichText::new(format!("EDTF {edtf}")).weak());
    }
    if let Some(written) = claim
        .written
        .as_ref()
        .filter(|written| claim.edtf.as_ref().map(ToString::to_string).as_ref() != Some(written))
    {
        ui.label(RichText::new(format!("in the file: {}", readable(written))).weak());
    }
    // What another account calls it, which stands nowhere else.
    if let Some(own) = table.title(row).filter(|own| *own != title) {
        ui.label(in_lines(ui, &format!("“{own}”"), &TextStyle::Body));
    }
    source(ui, &claim);
    if let Some(description) = table.description(row) {
        ui.label(in_lines(ui, description, &TextStyle::Body));
    }
}

fn sources(ui: &mut Ui, table: &EventTable, row: RowId) {
    let claim = table.claim(row);
    if claim.source.is_some() {
        section(ui, "Source");
        source(ui, &claim);
    }
}

/// A source, as a link where the file gives one.
fn source(ui: &mut Ui, claim: &Claim) {
    let Some(source) = &claim.source else { return };
    let link = source.url.as_ref().or(Some(&source.citation)).filter(|text| text.starts_with("http"));
    let text =
        if source.citation.is_empty() { source.url.clone().unwrap_or_default() } else { source.citation.clone() };
    match link {
        _ if text.is_empty() => {}
        Some(url) => {
            ui.hyperlink_to(readable(&text), url);
        }
        None => {
            ui.label(readable(&text));
        }
    }
    if let Some(published) = &source.published {
        ui.label(RichText::new(format!("published {}", day_words(published))).weak());
    }
}

fn attributes(ui: &mut Ui, table: &EventTable, rows: &[RowId]) {
    let filled: Vec<(String, String)> = table
        .attributes()
        .iter()
        .flat_map(|attribute| {
            let values = rows.iter().filter_map(|row| attribute.text(row.0 as usize));
            values.map(|value| (attribute.name.clone(), value)).collect::<Vec<_>>()
        })
        .collect();
    if filled.is_empty() {
        return;
    }
    section(ui, "Other columns");
    for (name, value) in filled {
        fact(ui, &name, value);
    }
}
