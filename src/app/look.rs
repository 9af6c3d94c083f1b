//! How events are arranged and coloured: what a user decides beside the search, and what undo brings back.

use super::around::{Around, CountFrom};
use crate::cli::Look;
use crate::event::{EventTable, Facet, Showing};
use crate::import::{Choices, Ledger};
use crate::index::Grouping;
use crate::layout::Arrangement;

/// What the events of a document are made ready for: changes of it are worked out beside the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// How they are shown: in whose clock, as known when.
    pub showing: Showing,
    /// What makes the lanes.
    pub grouping: Grouping,
    /// By which field they are coloured; `None` as their lanes.
    pub colour_by: Option<Facet>,
    /// By which column of numbers marks have their size; `None` for one size.
    pub size_by: Option<Facet>,
    /// By which field point events have icons; `None` for dots.
    pub icons_by: Option<Facet>,
}

impl Ask {
    /// What the command line asks for, in UTC.
    #[must_use]
    pub fn of(look: &Look) -> Self {
        Self {
            grouping: look.grouping.clone(),
            colour_by: look.colour_by.clone(),
            size_by: look.size_by.clone(),
            icons_by: look.icons_by.clone(),
            ..Self::default()
        }
    }

    /// The same with fields that a table does not have, where they are named as the file's columns, as what these were
    /// taken for.
    #[must_use]
    pub fn with_columns(mut self, ledger: &Ledger, table: &EventTable) -> Self {
        for facet in self.grouping.by.iter_mut().chain(&mut self.colour_by).chain(&mut self.icons_by) {
            *facet = ledger.meant(std::mem::replace(facet, Facet::Kind), table);
        }
        self
    }

    /// The names of the fields that a table does not have; kinds are the default, whether there are any or not.
    #[must_use]
    pub fn lacking(&self, table: &EventTable) -> Vec<String> {
        let fields = self.grouping.by.iter().chain(&self.colour_by).chain(&self.size_by).chain(&self.icons_by);
        let lacking = fields.filter(|facet| **facet != Facet::Kind && facet.in_table(table).is_none());
        lacking.map(|facet| facet.name().to_owned()).collect()
    }

    /// The same for a table that may not have all the fields: what it does not have is left out.
    #[must_use]
    pub fn fitting(&self, table: &EventTable) -> Self {
        let there = |facet: &Option<Facet>| facet.as_ref().and_then(|facet| facet.in_table(table));
        Self {
            showing: self.showing.clone(),
            grouping: self.grouping.fitting(table),
            colour_by: there(&self.colour_by),
            size_by: there(&self.size_by),
            icons_by: there(&self.icons_by),
        }
    }
}

/// All that undo brings back: what is seen and how, but not which part of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Snapshot {
    pub(super) choices: Choices,
    pub(super) ask: Ask,
    pub(super) lanes: Arrangement,
    pub(super) search: String,
    pub(super) around: Around,
    pub(super) zero: Option<CountFrom>,
    pub(super) second_zone: Option<String>,
    pub(super) relations: bool,
    pub(super) palette: crate::scene::Palette,
}

/// A change that can be taken back.
#[derive(Clone, Debug)]
struct Step {
    label: &'static str,
    other: Snapshot,
}

/// Changes that were made and taken back.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// As many changes can be taken back.
const MOST: usize = 200;

impl History {
    /// Notes a change by what was before it. Changes of the search one after the other are one: it is typed.
    pub(super) fn note(&mut self, label: &'static str, before: Snapshot) {
        self.undone.clear();
        if label == SEARCH && self.done.last().is_some_and(|step| step.label == SEARCH) {
            return;
        }
        self.done.push(Step { label, other: before });
        if self.done.len() > MOST {
            self.done.remove(0);
        }
    }

    /// What was before the last change, to be shown in place of `now`.
    pub(super) fn undo(&mut self, now: Snapshot) -> Option<Snapshot> {
        exchange(&mut self.done, &mut self.undone, now)
    }

    /// The last change that was taken back, made again.
    pub(super) fn redo(&mut self, now: Snapshot) -> Option<Snapshot> {
        exchange(&mut self.undone, &mut self.done, now)
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&'static str> {
        self.done.last().map(|step| step.label)
    }

    /// What redo would make again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&'static str> {
        self.undone.last().map(|step| step.label)
    }
}

fn exchange(from: &mut Vec<Step>, to: &mut Vec<Step>, now: Snapshot) -> Option<Snapshot> {
    let Step { label, other } = from.pop()?;
    to.push(Step { label, other: now });
    Some(other)
}

/// The label of changes of the search.
pub(super) const SEARCH: &str = "search";

#[cfg(test)]
mod tests {
    use super::*;

    fn searching(text: &str) -> Snapshot {
        Snapshot { search: text.to_owned(), ..Snapshot::default() }
    }

    #[test]
    fn a_typed_search_is_one_step_and_redo_makes_again_what_undo_took_back() {
        let mut history = History::default();
        history.note(SEARCH, searching(""));
        history.note(SEARCH, searching("v"));
        history.note("lanes", searching("vo"));
        assert_eq!(history.undo(searching("vo now")), Some(searching("vo")));
        assert_eq!(history.undo(searching("vo")), Some(searching("")));
        assert_eq!(history.undo(searching("")), None);
        assert_eq!((history.redo_label(), history.redo(searching(""))), (Some(SEARCH), Some(searching("vo"))));
        history.note("colours", searching("vo"));
        assert_eq!((history.undo_label(), history.redo_label()), (Some("colours"), None));
    }
}
