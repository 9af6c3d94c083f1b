//! What is said of the thing under the pointer.

use super::readable;
use crate::app::state::Loaded;
use crate::paint::bold;
use crate::scene::Target;
use crate::time::word_short;
use eframe::egui::{PopupAnchor, Response, RichText, Tooltip, Ui};

pub(super) fn show(ui: &Ui, response: &Response, open: &Loaded, target: Target) {
    let mut tooltip = Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, PopupAnchor::Pointer);
    tooltip.popup = tooltip.popup.width(320.0);
    tooltip.gap(14.0).show(|ui| {
        ui.set_max_width(320.0);
        match target {
            Target::Density { lane, span, count } => {
                let name = open.index.lanes().get(lane.0).map_or("", |lane| lane.name());
                ui.label(bold(if count == 1 { "1 event".to_owned() } else { format!("{count} events") }));
                ui.label(format!("{name} · {}", word_short(span)));
                ui.label(RichText::new("Double-click to see them").weak());
            }
            Target::Event { event, row } => {
                let table = &open.document.table;
                let title = table.title(row).or_else(|| table.title(table.first_row(event))).unwrap_or("Untitled");
                ui.label(bold(readable(title)));
                let claim = table.claim(row);
                let status = claim.status.as_ref().map(|status| format!(" · {}", status.word())).unwrap_or_default();
                ui.label(format!("{}{status}", claim.words()));
                if let Some(place) = table.location(row) {
                    ui.label(readable(place));
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
