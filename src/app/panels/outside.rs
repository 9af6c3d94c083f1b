//! What is told of an event that lies outside the time in sight, where a relation leads to it.

use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::event::EventId;
use crate::index::LaneId;
use crate::layout::Layout;
use crate::scene::Outside;

/// Where an event lies that has no mark, if it is shown and outside the time in sight.
pub(super) fn of(state: &AppState, open: &Loaded, layout: &Layout, event: EventId) -> Option<Outside> {
    let (table, window) = (&open.document.table, state.viewport.span());
    let extent = table.extent(event).filter(|_| open.mask.keeps(event))?;
    let later = extent.start() >= window.end();
    if !later && extent.end() > window.start() {
        return None;
    }
    let holds = |lane: LaneId| open.index.holds(lane, table, event);
    if !state.arranged(open).shown.iter().any(|lane| holds(*lane)) {
        return None;
    }
    let lane = layout.lanes.iter().position(|lane| holds(lane.id));
    let title = table.rows_of(event).find_map(|row| table.title(row));
    let title = title.or_else(|| table.rows_of(event).find_map(|row| table.description(row)));
    let name = title.map_or("Untitled".to_owned(), |title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let (row, _) = table.foremost(event)?;
    let claim = table.claim(row);
    let status = claim.status.as_ref().map(|status| format!(" · {}", status.word())).unwrap_or_default();
    let others = table.drawn(event).len().saturating_sub(1);
    let others = if others > 0 { format!(" (+{others} accounts)") } else { String::new() };
    Some(Outside { later, lane, name, told: format!("{}{status}{others}", claim.words()) })
}
