//! Everything a user can do, as data.

use super::state::{ExportForm, LedgerTab};
use crate::event::{EventId, RowId};
use crate::import::{Choices, Input};
use crate::index::LaneId;
use crate::layout::Viewport;
use crate::scene::Target;
use crate::time::TimePoint;
use eframe::egui;

/// Something to be done to the state.
#[derive(Clone, Debug)]
pub enum Action {
    /// Files and the program.
    File(FileAction),
    /// What part of time is seen.
    View(ViewAction),
    /// Figures.
    Figure(FigureAction),
    /// Panels, windows and looks.
    Panel(PanelAction),
    /// How events are shown: in whose clock, as known when, which accounts.
    Show(ShowAction),
    /// How dates are read.
    Read(ReadAction),
    /// Shows only events that hold all these words.
    Search(String),
    /// Selects an event, or nothing.
    Select(Option<EventId>),
    /// The pointer is over this.
    Hover(Option<Target>),
}

/// What is done with files.
#[derive(Clone, Debug)]
pub enum FileAction {
    /// Asks for files with the system's dialog.
    Choose,
    /// Asks for a path to be typed.
    AskPath,
    /// The path typed so far.
    TypePath(String),
    /// Opens these together, in place of what is open.
    Open(Vec<Input>),
    /// Stops opening; what is open stays.
    Cancel,
    /// Forgets the recent files.
    ForgetRecent,
    /// Ends the program.
    Quit,
}

/// What is done with the window on time.
#[derive(Clone, Debug)]
pub enum ViewAction {
    /// Moves by a share of the window's width.
    Pan(f64),
    /// Zooms at a share of the width.
    Zoom {
        /// Above 1: closer.
        factor: f64,
        /// 0 is the left edge, 1 the right one.
        anchor: f64,
    },
    /// Shows all of the document.
    Fit,
    /// Shows exactly this.
    To(Viewport),
    /// Shows an event with some time around it.
    ToEvent(EventId),
    /// Shows the selected event.
    ToSelection,
    /// Shows all events that pass the search.
    ToFound,
    /// Moves the lanes by points (positive: further down).
    Scroll(f32),
    /// Gives a crowded lane many rows, or its few again.
    Tall(LaneId),
    /// Begins, moves or ends the rectangle of a zoom; x in points.
    Box(Option<(f32, f32)>),
}

/// How events are shown.
#[derive(Clone, Debug)]
pub enum ShowAction {
    /// By the clock of this name (see the settings).
    Zone(String),
    /// With a second axis in the zone of this name, or none.
    SecondZone(Option<String>),
    /// As known until this moment; `None` for all that is known.
    KnownUntil(Option<TimePoint>),
    /// With this account drawn of an event; `None` leaves it to the rule.
    Account(EventId, Option<RowId>),
    /// With all accounts drawn, or those that the rule leaves.
    AllAccounts(bool),
}

/// How dates are read.
#[derive(Clone, Debug)]
pub enum ReadAction {
    /// Choices to look at, not yet taken; `None` drops them.
    Draft(Option<Choices>),
    /// Takes the choices and reads the files anew.
    Take,
}

/// What is done with figures.
#[derive(Clone, Debug)]
pub enum FigureAction {
    /// Opens the dialog.
    Ask,
    /// Changes the dialog's form.
    Edit(ExportForm),
    /// Asks where to save, with the system's dialog.
    Browse,
    /// Writes the figure.
    Save,
    /// Puts the figure's SVG on the clipboard.
    CopySvg,
    /// Puts the figure's pixels on the clipboard.
    CopyPng,
    /// Stops writing.
    Cancel,
}

/// What is done with panels and looks.
#[derive(Clone, Debug)]
pub enum PanelAction {
    /// Shows or hides the details.
    Details(bool),
    /// Shows the ledger at a tab, or hides it.
    Ledger(Option<LedgerTab>),
    /// Shows the choice of zones.
    Zones,
    /// Looks for a zone in it.
    FindZone(String),
    /// Shows or hides the slider "as known on".
    Known(bool),
    /// Shows or hides the list of keys.
    Keys(bool),
    /// Light, dark or as the system.
    Theme(egui::ThemePreference),
    /// Puts the keyboard in the search box.
    FocusSearch,
    /// Closes the topmost thing: dialog, message, else the selection.
    Escape,
    /// Takes the message away.
    Dismiss,
}

/// The actions of a frame, in order.
#[derive(Debug, Default)]
pub struct Actions {
    list: Vec<Action>,
}

impl Actions {
    /// Adds one.
    pub fn push(&mut self, action: Action) {
        self.list.push(action);
    }

    /// All of them, leaving none.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.list)
    }
}
