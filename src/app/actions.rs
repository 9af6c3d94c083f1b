//! Everything a user can do, as data.

use super::around::Around;
use super::dock::{PanelName, Place};
use super::sight::Chart;
use super::state::{ExportForm, LedgerTab, Marquee};
use crate::event::{EventId, Facet, RowId};
use crate::import::{Choices, Input, Mapping};
use crate::index::LaneId;
use crate::layout::{LaneOrder, Viewport};
use crate::query::Sort;
use crate::scene::{Palette, Target};
use crate::time::{Step, TimePoint};
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
    /// Which column of a file feeds which field.
    Mapping(MappingAction),
    /// Lanes and colours.
    Lanes(LanesAction),
    /// The table and the charts.
    Sight(SightAction),
    /// Undo and redo.
    Edit(EditAction),
    /// Shows only events that hold all these words.
    Search(String),
    /// Selects an event, or nothing.
    Select(Option<EventId>),
    /// Selects an event beside those that are selected, or no longer.
    SelectToo(EventId),
    /// Selects these events.
    SelectAll {
        /// The events.
        events: Vec<EventId>,
        /// Whether more are there, drawn as counts alone.
        counts: bool,
    },
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
    /// Zooms by a factor at the selected event, if that is in the window, else at its middle.
    ZoomBy(f64),
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
    /// Shows exactly this while a hand moves it.
    Drag(Viewport),
    /// Shows an event with some time around it.
    ToEvent(EventId),
    /// Moves, if need be, so that an event is seen, and selects it.
    Show(EventId),
    /// Shows the selected event.
    ToSelection,
    /// Shows all events that pass the search.
    ToFound,
    /// Moves the lanes by points (positive: further down).
    Scroll(f32),
    /// Scrolls until a lane is in sight.
    ToLane(LaneId),
    /// Shows the time of a lane's events.
    FitLane(LaneId),
    /// Selects another event, and moves so that it is seen.
    Travel(Travel),
    /// The window before the last movement.
    Back,
    /// The window that [`Self::Back`] left.
    Forward,
    /// Begins, moves or ends a rectangle on the canvas.
    Box(Option<Marquee>),
}

/// From the selected event to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// The next one of its lane.
    Next,
    /// The one before it in its lane.
    Previous,
    /// The nearest in time in the lane above.
    Up,
    /// The nearest in time in the lane below.
    Down,
}

/// A lane on its way to another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Its key.
    pub key: String,
    /// Whether it was taken by the name over all parts of a divided lane, which then all go along.
    pub whole: bool,
}

/// What is done with lanes and colours. Lanes are named by their keys.
#[derive(Clone, Debug)]
pub enum LanesAction {
    /// Lanes by these fields: none is one lane, a second divides those of the first.
    By(Vec<Facet>),
    /// Asks for words of titles that make lanes.
    AskWords,
    /// The words typed so far.
    TypeWords(String),
    /// No more lanes than this; smaller ones are merged.
    Most(usize),
    /// What lanes are ordered by.
    Order(LaneOrder),
    /// Colours by a field, or as the lanes.
    ColourBy(Option<Facet>),
    /// Sizes of marks by a column of numbers, or one for all.
    SizeBy(Option<Facet>),
    /// Gives point events icons by a field, or dots.
    IconsBy(Option<Facet>),
    /// Other colours for lanes and values.
    Palette(Palette),
    /// Shows only counts of a lane, or all of it again.
    Fold(String),
    /// The same for all parts of a divided lane.
    FoldGroup(String),
    /// Hides a lane.
    Hide(String),
    /// Hides all lanes but one.
    Only(String),
    /// Keeps a lane above all others, or no longer.
    Pin(String),
    /// Gives a crowded lane many rows, or its few again.
    Tall(String),
    /// Asks for a lane's name.
    AskName(String),
    /// The name typed so far.
    TypeName(String, String),
    /// Gives a lane another name; an empty one is its own.
    Rename(String, String),
    /// Takes a lane by its heading to carry it elsewhere, or lets it go.
    Carry(Option<Carried>),
    /// Puts a lane before another, or after all others.
    Put(String, Option<String>),
    /// Moves a lane up or down by so many.
    Move(String, isize),
    /// Shows all lanes as the field gives them.
    Reset,
    /// Shows hidden lanes again.
    ShowHidden,
    /// Takes a value of the colours' field into the search, or out of it.
    Toggle(Facet, String),
}

/// What is done with the table and the charts of the events in sight.
#[derive(Clone, Debug)]
pub enum SightAction {
    /// Sorts the table.
    Sort(Sort),
    /// Counts by periods of this length, or by what suits the window.
    Period(Option<Step>),
    /// Shows a chart.
    Chart(Chart),
    /// Puts the table on the clipboard.
    Copy,
}

/// What is done to changes.
#[derive(Clone, Copy, Debug)]
pub enum EditAction {
    /// Takes the last one back.
    Undo,
    /// Makes it again.
    Redo,
}

/// How events are shown.
#[derive(Clone, Debug)]
pub enum ShowAction {
    /// By the clock of this name (see the settings).
    Zone(String),
    /// With this around the lanes.
    Around(Around),
    /// With days counted from an event's start, or not counted.
    CountFrom(Option<EventId>),
    /// With a second axis in the zone of this name, or none.
    SecondZone(Option<String>),
    /// As known until this moment; `None` for all that is known.
    KnownUntil(Option<TimePoint>),
    /// With this account drawn of an event; `None` leaves it to the rule.
    Account(EventId, Option<RowId>),
    /// With all accounts drawn, or those that the rule leaves.
    AllAccounts(bool),
    /// With long stretches without events left out, or not.
    WithoutGaps(bool),
}

/// How dates are read.
#[derive(Clone, Debug)]
pub enum ReadAction {
    /// Choices to look at, not yet taken; `None` drops them.
    Draft(Option<Choices>),
    /// Takes the choices and reads the files anew.
    Take,
}

/// What is done in the dialog of a file's columns.
#[derive(Clone, Debug)]
pub enum MappingAction {
    /// Opens it for one of the open inputs.
    Ask(usize),
    /// Another mapping to look at, not yet taken.
    Draft(Mapping),
    /// What was recognised, to look at again.
    Recognised,
    /// Takes the last step back.
    Undo,
    /// Makes it again.
    Redo,
    /// Reads files of the same columns so from now on, or no longer.
    Remember(bool),
    /// Asks where to save the mapping as a file.
    Save,
    /// Reads the open files anew under it.
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
    /// Shows a panel before the others of its place, or hides it.
    Show(PanelName, bool),
    /// Shows a panel, or hides it where it is seen.
    Toggle(PanelName),
    /// Puts a panel elsewhere.
    Put(PanelName, Place),
    /// Shows the ledger at a tab.
    Ledger(LedgerTab),
    /// Shows the command palette, or what is typed there and which line is chosen.
    Palette(String, usize),
    /// Shows the choice of zones.
    Zones,
    /// Lets the window glide to where a command leads, or jump.
    Smooth(bool),
    /// Shows the dialog of named periods.
    AskPeriods,
    /// What is typed there.
    Periods(Vec<(String, String)>),
    /// Looks for a zone in it.
    FindZone(String),
    /// Shows or hides the slider "as known on".
    Known(bool),
    /// The day until which sources count has the keyboard.
    KnownFocused,
    /// Draws relations between all events, or those of the selected one alone.
    Relations(bool),
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
