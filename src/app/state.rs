//! What the window knows.

use super::actions::Carried;
use super::around::{Around, CountFrom};
use super::dock::Panels;
use super::loaded::{Loaded, Seen};
use super::look::{Ask, History, Snapshot};
use super::mapping::MappingForm;
use super::sight::Sight;
use super::view::{Steady, ViewCache};
use crate::event::EventId;
use crate::export::{Figure, FigureFormat};
use crate::import::{Choices, Format, ImportError, Input, Mapping};
use crate::index::Index;
use crate::layout::{Arrangement, Viewport};
use crate::scene::{Palette, Target, Theme, ThemeName};
use crate::task::{Control, Limits, Stopped, Task};
use crate::text::TextMeter;
use crate::time::{Display, Span, TimePoint, Zone};
use eframe::egui;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// What is kept from one run to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system.
    pub theme: egui::ThemePreference,
    /// Files opened lately, the latest first.
    pub recent: Vec<PathBuf>,
    /// The panels beside the canvas.
    pub panels: Panels,
    /// Whose clock instants are shown by: an IANA name, `system`, or `event` for each event's own.
    pub zone: String,
    /// The zone of a second axis, if any.
    pub second_zone: Option<String>,
    /// Whether the window glides to where a command leads.
    pub smooth: bool,
    /// What stands around the lanes.
    pub around: Around,
    /// Whether the slider "as known on" is shown.
    pub known: bool,
    /// Whether relations are drawn between all events, rather than those of the selected one.
    pub relations: bool,
    /// Which colours lanes and values have.
    pub palette: Palette,
    /// Mappings for files of the same columns, the one chosen last first.
    pub mappings: Vec<Mapping>,
}

/// How many mappings are remembered.
pub(super) const MOST_REMEMBERED: usize = 100;

impl Settings {
    /// The clock that [`Self::zone`] names; UTC where it names none.
    #[must_use]
    pub fn display(&self) -> Display {
        match self.zone.as_str() {
            "system" => Display::Zone(Zone::system()),
            "event" => Display::EventLocal,
            name => Zone::named(name).map_or_else(Display::default, Display::Zone),
        }
    }

    /// Whether all of it can be used: years begin in a month that there is, and no mapping contradicts itself.
    pub(super) fn is_sound(&self) -> bool {
        let mapped = self.mappings.iter().all(|mapping| mapping.check().is_ok());
        mapped && self.around.fiscal.is_none_or(|month| (1..=12).contains(&month))
    }

    /// The zone of the second axis.
    #[must_use]
    pub fn second(&self) -> Option<Zone> {
        self.second_zone.as_deref().and_then(Zone::named)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: egui::ThemePreference::System,
            recent: Vec::new(),
            panels: Panels::default(),
            zone: "UTC".to_owned(),
            second_zone: None,
            smooth: true,
            around: Around::default(),
            known: false,
            relations: false,
            palette: Palette::default(),
            mappings: Vec::new(),
        }
    }
}

/// Documents with more events than this are searched beside the window.
pub(super) const SEARCHED_AT_ONCE: usize = 20_000;
/// How many recent files are kept.
pub(super) const RECENT: usize = 10;

/// What is put back where a file of which the first records are shown is not read to its end.
pub(super) struct Before {
    pub(super) loaded: Option<Loaded>,
    pub(super) viewport: Viewport,
    /// The window that the first records were shown in.
    pub(super) shown: Viewport,
    pub(super) ask: Ask,
    pub(super) lanes: Arrangement,
    pub(super) zero: Option<CountFrom>,
    pub(super) history: History,
}

/// A rectangle that is being drawn on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marquee {
    /// Where it began, in points of the canvas.
    pub from: (f32, f32),
    /// Where the pointer is.
    pub to: (f32, f32),
    /// Whether it marks a time to zoom to, rather than events to select.
    pub zooms: bool,
}

/// A movement from one window to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flight {
    pub(super) from: Viewport,
    pub(super) to: Viewport,
    /// When it began, by egui's clock in seconds.
    pub(super) begun: f64,
}

/// Windows on time that were left, the latest last.
#[derive(Default)]
pub(super) struct Views {
    pub(super) back: Vec<Viewport>,
    pub(super) forward: Vec<Viewport>,
    /// When the window was last changed: what follows at once is the same movement.
    pub(super) moved: Option<std::time::Instant>,
}

/// A message over the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether something went wrong.
    pub error: bool,
    /// The message.
    pub text: String,
}

/// What the export dialog holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportForm {
    /// What to write.
    pub format: FigureFormat,
    /// How it looks.
    pub figure: Figure,
    /// Pixels per point of a PNG.
    pub scale: f32,
    /// Whether an SVG brings its fonts along.
    pub embed_fonts: bool,
    /// All of the timeline rather than the window as it is seen.
    pub whole: bool,
    /// The page that the preview shows, from 0.
    pub page: usize,
    /// Where to, as typed.
    pub path: String,
}

/// A tab of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerTab {
    /// What is to be said of records.
    Records,
    /// Records without a date.
    Undated,
    /// What columns were taken for.
    Columns,
    /// How dates were read, and choices about that.
    Dates,
}

/// A dialog that is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// For a figure.
    Export(ExportForm),
    /// For a typed path.
    Path(String),
    /// The list of keys.
    Keys,
    /// The choice of zones, with what was typed to find one.
    Zones(String),
    /// The command palette: what was typed, and which line is chosen.
    Palette(String, usize),
    /// Words of titles that make lanes, as they are typed.
    LaneWords(String),
    /// Named periods, as they are typed.
    Periods(Vec<(String, String)>),
    /// A new name for a lane: its key, and what was typed.
    LaneName(String, String),
    /// Which column of a file feeds which field: [`AppState::mapping`].
    Mapping,
}

/// What a worker brings back from reading files.
pub(super) type Opened = Result<Loaded, (ImportError, Vec<Input>)>;

/// Work under way.
#[derive(Default)]
pub(super) struct Tasks {
    pub(super) open: Option<Task<Opened>>,
    /// The first records of a long file, while the rest is still read.
    pub(super) early: Option<Receiver<Loaded>>,
    pub(super) search: Option<Task<Result<Seen, Stopped>>>,
    /// Gathers the counts of very many lanes, once they are drawn.
    pub(super) gather: Option<Gathering>,
    pub(super) figure: Option<Task<Result<FigureDone, String>>>,
    pub(super) pick: Option<Task<Picked>>,
}

/// The index whose counts are gathered, and the work.
pub(super) type Gathering = (Arc<Index>, Task<Result<(), Stopped>>);

/// What a worker made of a figure.
pub(super) enum FigureDone {
    /// As one file or several, with what is to be said of them.
    Saved(Vec<PathBuf>, Vec<String>),
    Pixels(crate::export::Pixels),
}

/// What a system dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Open,
    Figure,
    Map,
}

/// The same files, while they are read under other choices.
pub(super) struct Reread {
    /// The choices before, which hold again where that fails.
    pub(super) before: Choices,
    /// The history that goes on once they are read.
    pub(super) history: History,
}

/// What a system dialog gave.
pub(super) struct Picked {
    pub(super) paths: Vec<PathBuf>,
    pub(super) purpose: Purpose,
    /// It answered faster than anybody could: there is no such dialog here.
    pub(super) at_once: bool,
}

/// The system's file dialogs. A closure is made on the window's thread and run on another, where it may wait.
pub trait FileDialogs {
    /// Asks for files to open.
    fn open(&self) -> Box<dyn FnOnce() -> Vec<PathBuf> + Send>;
    /// Asks where to save a file, with a name to start from.
    fn save(&self, name: &str) -> Box<dyn FnOnce() -> Option<PathBuf> + Send>;
}

/// The real ones.
pub struct NativeDialogs;

impl FileDialogs for NativeDialogs {
    fn open(&self) -> Box<dyn FnOnce() -> Vec<PathBuf> + Send> {
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open events")
            .add_filter("Events", &Format::extensions().collect::<Vec<_>>())
            .add_filter("All files", &["*"])
            .pick_files();
        Box::new(move || {
            let files = pollster::block_on(dialog).unwrap_or_default();
            files.iter().map(|file| file.path().to_owned()).collect()
        })
    }

    fn save(&self, name: &str) -> Box<dyn FnOnce() -> Option<PathBuf> + Send> {
        let dialog = rfd::AsyncFileDialog::new().set_title("Export figure").set_file_name(name).save_file();
        Box::new(move || pollster::block_on(dialog).map(|file| file.path().to_owned()))
    }
}

/// All that the window knows.
pub struct AppState {
    /// What is open.
    pub loaded: Option<Loaded>,
    /// What was open before the first records of a file that is still being read were shown.
    pub(super) before: Option<Before>,
    /// Counts changes of what is open or of its search, for caches.
    pub generation: u64,
    /// What part of time is seen.
    pub viewport: Viewport,
    /// The order of lanes, and what is hidden, folded, renamed.
    pub lanes: Arrangement,
    /// How far the lanes are scrolled, in points.
    pub scroll: f32,
    /// The selected event, of several the one that was selected last.
    pub selected: Option<EventId>,
    /// Other events that are selected beside it, in the order of their selection.
    pub others: Vec<EventId>,
    /// What the pointer is over.
    pub hovered: Option<Target>,
    /// The search as typed.
    pub search: String,
    /// The rectangle that is being drawn on the canvas.
    pub marquee: Option<Marquee>,
    /// The lane that is carried to another place by its heading.
    pub carried: Option<Carried>,
    /// A smooth movement under way.
    pub(super) flight: Option<Flight>,
    /// The event that was gone to, until the movement to it has come to its end.
    pub(super) follow: Option<EventId>,
    /// Whether the window was last zoomed at the pointer, and not at what is selected.
    pub(super) at_pointer: bool,
    /// The view of the last frame, to which the next one is held.
    pub(super) steady: Option<Steady>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// The ledger's tab.
    pub ledger: LedgerTab,
    /// The events in sight, for the table and the charts.
    pub sight: Sight,
    /// A message.
    pub notice: Option<Notice>,
    /// Whether the search box should take the keyboard.
    pub focus_search: bool,
    /// Whether the day until which sources count should get the keyboard.
    pub focus_known: bool,
    /// What is to be said once files are open.
    pub(super) said_first: Option<String>,
    /// What files may take at most.
    pub limits: Limits,
    /// How dates are read.
    pub choices: Choices,
    /// How the events are shown, dealt out to lanes and coloured.
    pub ask: Ask,
    /// Changes that can be taken back.
    pub history: History,
    /// Windows on time that were left, for back and forward.
    pub(super) views: Views,
    /// The zone of a second axis.
    pub second: Option<Zone>,
    /// What stands around the lanes.
    pub around: Around,
    /// From what days are counted on a row of the axis.
    pub zero: Option<CountFrom>,
    /// What the mapping dialog holds, while it is open.
    pub mapping: Option<MappingForm>,
    /// The open files while they are read again.
    pub(super) reread: Option<Reread>,
    /// The choices that are being made in the ledger, before they are taken.
    pub drafted: Option<Choices>,
    /// What is kept for the next run.
    pub settings: Settings,
    /// Measures texts.
    pub text: Arc<TextMeter>,
    pub(super) shown_title: String,
    pub(super) tasks: Tasks,
    pub(super) dialogs: Box<dyn FileDialogs>,
    pub(super) cache: ViewCache,
}

impl AppState {
    /// A window with nothing open.
    #[must_use]
    pub fn new(settings: Settings, dialogs: Box<dyn FileDialogs>) -> Self {
        Self {
            loaded: None,
            before: None,
            generation: 0,
            viewport: Viewport::over(Span::new(TimePoint::EPOCH, TimePoint::EPOCH)),
            lanes: Arrangement::default(),
            scroll: 0.0,
            selected: None,
            others: Vec::new(),
            hovered: None,
            search: String::new(),
            marquee: None,
            carried: None,
            flight: None,
            follow: None,
            at_pointer: false,
            steady: None,
            dialog: None,
            ledger: LedgerTab::Records,
            sight: Sight::default(),
            notice: None,
            focus_search: false,
            focus_known: false,
            said_first: None,
            limits: Limits::default(),
            choices: Choices::default(),
            ask: Ask {
                showing: crate::event::Showing { display: settings.display(), ..Default::default() },
                ..Ask::default()
            },
            history: History::default(),
            views: Views::default(),
            second: settings.second(),
            zero: None,
            around: settings.around.clone(),
            mapping: None,
            reread: None,
            drafted: None,
            settings,
            text: Arc::new(TextMeter::new()),
            shown_title: String::new(),
            tasks: Tasks::default(),
            dialogs,
            cache: ViewCache::default(),
        }
    }

    /// A control for work within the limits.
    pub(super) fn control(&self) -> Control {
        Control::within(self.limits.clone())
    }

    /// Says that work was not finished for want of memory, where that is why it stopped.
    pub(super) fn tell_stopped(&mut self, what: &str, stopped: &Stopped) {
        if let Stopped::Memory(no_room) = stopped {
            self.notice = Some(Notice { error: true, text: format!("{what} was not finished, for {no_room}.") });
        }
    }

    /// The selected events, the one selected last first.
    #[must_use]
    pub fn selection(&self) -> Vec<EventId> {
        self.selected.iter().chain(&self.others).copied().collect()
    }

    /// Selects one event, or none.
    pub(super) fn select(&mut self, event: Option<EventId>) {
        self.selected = event;
        self.others.clear();
    }

    /// All that undo brings back, as it is now.
    #[must_use]
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            choices: self.choices.clone(),
            ask: self.ask.clone(),
            lanes: self.lanes.clone(),
            search: self.search.clone(),
            around: self.around.clone(),
            zero: self.zero.clone(),
            second_zone: self.settings.second_zone.clone(),
            relations: self.settings.relations,
            palette: self.settings.palette,
        }
    }

    /// Whether files are being read.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.tasks.open.is_some()
    }

    /// Whether any worker is at work.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let tasks = &self.tasks;
        tasks.open.is_some()
            || tasks.search.is_some()
            || tasks.gather.is_some()
            || tasks.figure.is_some()
            || tasks.pick.is_some()
            || self.mapping.as_ref().is_some_and(MappingForm::is_reading)
            || self.sight.task.is_some()
    }

    /// The window's title.
    #[must_use]
    pub fn window_title(&self) -> String {
        self.loaded
            .as_ref()
            .map_or_else(|| "Kairograph".to_owned(), |open| format!("{} – Kairograph", open.document.name))
    }

    /// The theme that egui shows.
    #[must_use]
    pub fn theme_name(ctx: &egui::Context) -> ThemeName {
        if ctx.theme() == egui::Theme::Dark { ThemeName::Dark } else { ThemeName::Light }
    }

    /// The theme that a context shows, in the palette that the user chose.
    pub(super) fn theme(&self, ctx: &egui::Context) -> &'static Theme {
        Theme::with(Self::theme_name(ctx), self.settings.palette)
    }
}
