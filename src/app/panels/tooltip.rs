//! What is said of the thing under the pointer.

use super::{in_lines, readable};
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::{Claim, EventId, EventTable};
use crate::paint::bold;
use crate::scene::Target;
use crate::time::{word_edtf, word_length, word_short};
use eframe::egui::{PopupAnchor, Response, RichText, TextStyle, Tooltip, Ui};

pub(super) fn show(ui: &Ui, response: &Response, state: &AppState, open: &Loaded, target: Target) {
    let mut tooltip = Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, PopupAnchor::Pointer);
    tooltip.popup = tooltip.popup.width(320.0);
    tooltip.gap(14.0).show(|ui| {
        ui.set_max_width(320.0);
        match target {
            Target::Density { lane, span, count } => {
                let name = open.index.lanes().get(lane.0).map_or("", |lane| lane.name());
                ui.label(bold(count.words("event")));
                ui.label(format!("{name} · {}", word_short(open.document.table.warp().span_truly(span))));
                let words = format!("Drawn above: {}. Click to go there.", open.index.ranking().words());
                ui.label(RichText::new(words).weak());
            }
            Target::Event { event, row } => {
                let table = &open.document.table;
                let title = table.title(row).or_else(|| table.title(table.first_row(event))).unwrap_or("Untitled");
                let lines = in_lines(ui, title, &TextStyle::Body);
                ui.label(bold(lines));
                let claim = table.claim(row);
                let status = claim.status.as_ref().map(|status| format!(" · {}", status.word())).unwrap_or_default();
                ui.label(format!("{}{status}", claim.words()));
                if let Some(words) = by_the_axis(table, &claim) {
                    ui.label(RichText::new(words).weak());
                }
                if let Some(words) = apart(&open.read, state.selected, event) {
                    ui.label(RichText::new(words).weak());
                }
                if let Some(place) = table.location(row) {
                    let lines = in_lines(ui, place, &TextStyle::Body);
                    ui.label(lines);
                }
                if let Some(source) = claim.source.filter(|source| !source.citation.is_empty()) {
                    ui.label(RichText::new(readable(&source.citation)).weak());
                }
                let others = table.rows_of(event).count().saturating_sub(1);
                if others > 0 {
                    let words = if others == 1 {
                        "1 more account of it".to_owned()
                    } else {
                        format!("{others} more accounts of it")
                    };
                    ui.label(RichText::new(words).weak());
                }
            }
        }
    });
}

/// The time by the axis' clock, where that is another than the source's: "24 May 2022, 20:00 UTC+9 (Asia/Tokyo)".
pub(super) fn by_the_axis(table: &EventTable, claim: &Claim) -> Option<String> {
    let edtf = claim.edtf.as_ref()?;
    let restated = table.display().restated(edtf);
    (restated != *edtf).then(|| format!("{} ({})", word_edtf(&restated, claim.duration), table.display().name()))
}

/// How far an event lies from the selected one: "12–14 days after Vostok 2022".
fn apart(table: &EventTable, selected: Option<EventId>, event: EventId) -> Option<String> {
    let selected = selected.filter(|selected| *selected != event)?;
    let when = |event| table.foremost(event).map(|(_, when)| when);
    let title = table.title(table.first_row(selected)).unwrap_or("the selected event");
    let (own, other) = (when(event)?, when(selected)?);
    let gap =
        |gap: (i128, i128), side: &str| format!("{} {side} {}", word_length(gap.0, Some(gap.1)), readable(title));
    match (other.gap_to(&own), own.gap_to(&other)) {
        (Some(after), _) if after.1 > 0 && after.0 >= 0 => Some(gap(after, "after")),
        (_, Some(before)) if before.1 > 0 && before.0 >= 0 => Some(gap(before, "before")),
        (Some(after), Some(before)) if after.1 > 0 || before.1 > 0 => {
            Some(format!("perhaps overlapping {}", readable(title)))
        }
        _ => None,
    }
}
