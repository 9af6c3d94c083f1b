//! Lanes and colours.

use super::{refresh, search};
use crate::app::actions::LanesAction;
use crate::app::state::{AppState, Dialog};
use crate::event::Facet;
use crate::layout::Arrangement;
use crate::query::toggled;
use eframe::egui;
use std::collections::BTreeSet;

pub(super) fn apply(state: &mut AppState, action: LanesAction, ctx: &egui::Context) {
    match action {
        LanesAction::By(by) => {
            if by != state.ask.grouping.by {
                // Other lanes have other names.
                state.lanes = Arrangement { order: state.lanes.order, ..Arrangement::default() };
                state.ask.grouping.by = by;
                state.dialog = None;
                state.scroll = 0.0;
                refresh(state, ctx);
            }
        }
        LanesAction::Most(most) => {
            state.ask.grouping.most = most;
            refresh(state, ctx);
        }
        LanesAction::ColourBy(facet) => {
            state.ask.colour_by = facet;
            refresh(state, ctx);
        }
        LanesAction::SizeBy(facet) => {
            state.ask.size_by = facet;
            refresh(state, ctx);
        }
        LanesAction::IconsBy(facet) => {
            state.ask.icons_by = facet;
            refresh(state, ctx);
        }
        LanesAction::Palette(palette) => state.settings.palette = palette,
        LanesAction::Carry(key) => {
            state.carried = key;
            return;
        }
        LanesAction::Toggle(facet, value) => {
            let text = toggled(&state.search, facet.name(), &value);
            search(state, text, ctx);
        }
        LanesAction::AskName(key) => {
            let name = state.lanes.names.get(&key).cloned().unwrap_or_default();
            state.dialog = Some(Dialog::LaneName(key, name));
            return;
        }
        LanesAction::AskWords => {
            let written = match state.ask.grouping.by.first() {
                Some(Facet::Words(written)) => written.trim_start_matches('~').to_owned(),
                _ => String::new(),
            };
            state.dialog = Some(Dialog::LaneWords(written));
            return;
        }
        LanesAction::TypeWords(written) => {
            state.dialog = Some(Dialog::LaneWords(written));
            return;
        }
        LanesAction::TypeName(key, name) => {
            state.dialog = Some(Dialog::LaneName(key, name));
            return;
        }
        other => arrange(state, other),
    }
    state.generation += 1;
}

/// Changes that the layout alone works out.
fn arrange(state: &mut AppState, action: LanesAction) {
    let lanes = &mut state.lanes;
    let flip = |set: &mut BTreeSet<String>, key: String| {
        if !set.remove(&key) {
            set.insert(key);
        }
    };
    match action {
        LanesAction::Order(order) => {
            lanes.order = order;
            lanes.by_hand.clear();
        }
        LanesAction::Fold(key) => flip(&mut lanes.folded, key),
        LanesAction::FoldGroup(outer) => fold_group(state, &outer),
        LanesAction::Hide(key) => {
            lanes.hidden.insert(key);
        }
        LanesAction::Only(key) => {
            let keys = keys(state);
            state.lanes.hidden = keys.into_iter().filter(|own| *own != key).collect();
        }
        LanesAction::Pin(key) => match lanes.pinned.iter().position(|own| *own == key) {
            Some(at) => {
                lanes.pinned.remove(at);
            }
            None => lanes.pinned.push(key),
        },
        LanesAction::Tall(key) => flip(&mut lanes.tall, key),
        LanesAction::Rename(key, name) => {
            let name = name.trim();
            if name.is_empty() || name == key {
                lanes.names.remove(&key);
            } else {
                lanes.names.insert(key, name.to_owned());
            }
            state.dialog = None;
        }
        LanesAction::Move(key, by) => shift(state, &key, by),
        LanesAction::Put(key, before) => put(state, &key, before.as_deref()),
        LanesAction::Reset => *lanes = Arrangement::default(),
        LanesAction::ShowHidden => lanes.hidden.clear(),
        _ => {}
    }
}

/// Folds all parts of a divided lane, or unfolds them where all are folded.
fn fold_group(state: &mut AppState, outer: &str) {
    let Some(open) = &state.loaded else { return };
    let parts = open.base.lanes().iter().filter(|lane| lane.outer() == Some(outer));
    let keys: Vec<String> = parts.map(|lane| lane.key()).collect();
    if keys.iter().all(|key| state.lanes.folded.contains(key)) {
        state.lanes.folded.retain(|key| !keys.contains(key));
    } else {
        state.lanes.folded.extend(keys);
    }
}

/// The keys of all lanes that are shown, top to bottom.
fn keys(state: &AppState) -> Vec<String> {
    let Some(open) = &state.loaded else { return Vec::new() };
    let lanes = open.base.lanes();
    state.arranged(open).shown.iter().map(|lane| lanes[lane.0].key()).collect()
}

/// Moves a lane among those that hold something; from then on the order is the user's.
fn shift(state: &mut AppState, key: &str, by: isize) {
    let mut keys = keys(state);
    let Some(at) = keys.iter().position(|own| own == key) else { return };
    let to = at.saturating_add_signed(by).min(keys.len() - 1);
    let moved = keys.remove(at);
    keys.insert(to, moved);
    state.lanes.pinned.retain(|own| own != key);
    state.lanes.by_hand = keys;
}

/// Puts a lane before another, or after all; the order is the user's from then on. A part of a divided lane moves alone
/// among its own, and takes all of them along elsewhere. Lanes that stay at the top do so until they are put among those
/// that do not.
fn put(state: &mut AppState, key: &str, before: Option<&str>) {
    let Some(open) = &state.loaded else { return };
    let outer = |key: &str| {
        let lane = open.base.lanes().iter().find(|lane| lane.key() == key);
        lane.and_then(|lane| lane.outer().map(str::to_owned))
    };
    let (mut keys, group) = (keys(state), outer(key));
    if before == Some(key) || !keys.iter().any(|own| own == key) {
        return;
    }
    let next = before.and_then(|before| keys.iter().position(|own| own == before)).unwrap_or(keys.len());
    let within = |at: usize| group.is_some() && keys.get(at).is_some_and(|own| outer(own) == group);
    let alone = group.is_none() || within(next) || next.checked_sub(1).is_some_and(within);
    let goes_along = |own: &String| own == key || (!alone && outer(own) == group);
    let moved: Vec<String> = keys.iter().filter(|own| goes_along(own)).cloned().collect();
    let pinned = &state.lanes.pinned;
    let is_pinned = |at: usize| keys.get(at).is_some_and(|own| pinned.contains(own));
    let stays = is_pinned(next) || (pinned.iter().any(|own| own == key) && next > 0 && is_pinned(next - 1));
    let to = keys[..next].iter().filter(|own| !goes_along(own)).count();
    keys = keys.iter().filter(|own| !goes_along(own)).cloned().collect();
    keys.splice(to..to, moved.iter().cloned());
    let stay = |own: &&String| if moved.contains(own) { stays } else { pinned.contains(own) };
    let pinned = keys.iter().filter(stay).cloned().collect();
    state.lanes.pinned = pinned;
    state.lanes.by_hand = keys;
}
