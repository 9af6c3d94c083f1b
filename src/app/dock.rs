//! Where the panels beside the canvas stand, and which are shown.

use serde::{Deserialize, Serialize};

/// A panel beside the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelName {
    /// All that is known of the selected event.
    Details,
    /// The events in sight as a table.
    Table,
    /// Statistics of the events in sight.
    Charts,
    /// What became of every record.
    Ledger,
    /// What the marks in sight mean.
    Legend,
}

impl PanelName {
    /// All panels, in the order of menus and tabs.
    pub const ALL: [Self; 5] = [Self::Details, Self::Table, Self::Charts, Self::Ledger, Self::Legend];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Details => "Details",
            Self::Table => "Table",
            Self::Charts => "Charts",
            Self::Ledger => "Ledger",
            Self::Legend => "Legend",
        }
    }
}

/// Where a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// At the right of the canvas.
    Right,
    /// Under the canvas.
    Below,
    /// In a window of its own over the canvas.
    Apart,
}

impl Place {
    /// All places, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Right, Self::Below, Self::Apart];

    /// What it is called after "Show".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Right => "at the right",
            Self::Below => "below",
            Self::Apart => "in a window",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Docked {
    name: PanelName,
    place: Place,
    shown: bool,
}

/// The panels with their places. Panels of one place share it as tabs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    panels: Vec<Docked>,
    /// The tabs that were brought to the front, the latest last.
    front: Vec<PanelName>,
}

impl Default for Panels {
    fn default() -> Self {
        let docked = |name, place, shown| Docked { name, place, shown };
        let panels = vec![
            docked(PanelName::Details, Place::Right, true),
            docked(PanelName::Table, Place::Below, false),
            docked(PanelName::Charts, Place::Below, false),
            docked(PanelName::Ledger, Place::Apart, false),
            docked(PanelName::Legend, Place::Right, false),
        ];
        Self { panels, front: Vec::new() }
    }
}

impl Panels {
    fn docked(&self, name: PanelName) -> Docked {
        let own = self.panels.iter().find(|own| own.name == name);
        own.copied().unwrap_or(Docked { name, place: Place::Apart, shown: false })
    }

    fn change(&mut self, name: PanelName, change: impl FnOnce(&mut Docked)) {
        let mut own = self.docked(name);
        change(&mut own);
        self.panels.retain(|other| other.name != name);
        self.panels.push(own);
    }

    /// Whether a panel is shown, be it behind another tab.
    #[must_use]
    pub fn is_shown(&self, name: PanelName) -> bool {
        self.docked(name).shown
    }

    /// Where a panel stands or would stand.
    #[must_use]
    pub fn place(&self, name: PanelName) -> Place {
        self.docked(name).place
    }

    /// The panels that are shown at a place.
    #[must_use]
    pub fn at(&self, place: Place) -> Vec<PanelName> {
        let there = |name: &PanelName| {
            let own = self.docked(*name);
            own.shown && own.place == place
        };
        PanelName::ALL.into_iter().filter(there).collect()
    }

    /// The panel at a place that lies before the others.
    #[must_use]
    pub fn front(&self, place: Place) -> Option<PanelName> {
        let there = self.at(place);
        self.front.iter().rev().find(|name| there.contains(name)).or(there.first()).copied()
    }

    /// Whether a panel can be seen.
    #[must_use]
    pub fn is_seen(&self, name: PanelName) -> bool {
        let place = self.place(name);
        self.is_shown(name) && (place == Place::Apart || self.front(place) == Some(name))
    }

    /// Shows a panel before the others of its place, or hides it.
    pub fn show(&mut self, name: PanelName, shown: bool) {
        self.change(name, |own| own.shown = shown);
        self.bring(name);
    }

    /// Puts a panel elsewhere and shows it there.
    pub fn put(&mut self, name: PanelName, place: Place) {
        self.change(name, |own| *own = Docked { place, shown: true, ..*own });
        self.bring(name);
    }

    /// Brings a panel before the others of its place.
    pub fn bring(&mut self, name: PanelName) {
        self.front.retain(|own| *own != name);
        self.front.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_of_one_place_are_tabs_and_the_last_one_shown_lies_in_front() {
        let mut panels = Panels::default();
        assert_eq!((panels.front(Place::Right), panels.front(Place::Below)), (Some(PanelName::Details), None));
        panels.show(PanelName::Table, true);
        panels.show(PanelName::Charts, true);
        assert_eq!(panels.at(Place::Below), [PanelName::Table, PanelName::Charts]);
        assert!(panels.is_seen(PanelName::Charts) && !panels.is_seen(PanelName::Table));
        panels.show(PanelName::Charts, false);
        assert!(panels.is_seen(PanelName::Table));
        panels.put(PanelName::Table, Place::Right);
        assert_eq!((panels.front(Place::Right), panels.front(Place::Below)), (Some(PanelName::Table), None));
        assert!(!panels.is_seen(PanelName::Details) && panels.is_shown(PanelName::Details));
    }

    #[test]
    fn settings_of_other_versions_are_read_as_far_as_they_go() {
        let panels: Panels = serde_json::from_str("{\"front\":[]}").unwrap();
        assert_eq!(panels, Panels::default());
    }
}
