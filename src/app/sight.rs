//! The events in sight, for the table and the charts: listed, sorted and counted beside the window where that would be
//! felt.

use super::loaded::Loaded;
use super::state::AppState;
use crate::event::{EventId, EventTable};
use crate::index::{Index, LaneId};
use crate::layout::Viewport;
use crate::query::{Sort, Stats, in_sight, sort, suitable};
use crate::scene::{ColourEntry, Colours, Rgba, Theme};
use crate::task::{Control, Stopped, Task};
use crate::time::Step;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chart {
    /// How many events began in each period.
    #[default]
    Periods,
    /// How many had begun by each moment.
    Growth,
    /// How long they lasted.
    Lengths,
    /// On which weekdays and at which hours they began.
    Week,
}

impl Chart {
    /// All charts, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Periods, Self::Growth, Self::Lengths, Self::Week];

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Periods => "Begun per period",
            Self::Growth => "Growing total",
            Self::Lengths => "How long",
            Self::Week => "Weekday and hour",
        }
    }
}

/// What the table and the charts are asked for, and what they show.
#[derive(Default)]
pub struct Sight {
    /// What the table is sorted by.
    pub sort: Sort,
    /// The periods of charts; `None` leaves them to the window.
    pub period: Option<Step>,
    /// The chart that is shown.
    pub chart: Chart,
    pub(super) made: Option<(Key, Arc<Sighted>)>,
    pub(super) task: Option<Task<Result<(Key, Sighted), Stopped>>>,
    /// What there was no memory for.
    pub(super) refused: Option<Key>,
    /// A long table on its way to the clipboard.
    pub(super) copy: Option<Task<Result<(usize, String), Stopped>>>,
}

impl Sight {
    /// Lets go of what was made of another file, and of what is being made of it.
    pub(super) fn forget(&mut self) {
        (self.made, self.task, self.copy) = (None, None, None);
    }
}

/// All that changes what is in sight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) generation: u64,
    viewport: Viewport,
    sort: Sort,
    period: Option<Step>,
}

impl Key {
    /// Of the present view.
    pub(super) fn now(state: &AppState) -> Self {
        let (sort, period) = (state.sight.sort.clone(), state.sight.period);
        Self { generation: state.generation, viewport: state.viewport, sort, period }
    }
}

/// The events in sight.
pub struct Sighted {
    /// Sorted as asked.
    pub events: Vec<EventId>,
    /// Counted.
    pub stats: Stats,
    /// The classes in which the charts count them.
    pub classes: Vec<Class>,
}

/// A class of events in a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name.
    pub name: String,
    paint: Paint,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Paint {
    /// An entry of the legend of colours.
    Entry(Box<ColourEntry>),
    /// A lane, with the number of its colour.
    Lane(LaneId, usize),
    Several,
    Others,
}

impl Class {
    /// Its colours, those of its marks: one, or for events of several classes those of the first ones, side by side.
    #[must_use]
    pub fn colours(&self, theme: &Theme) -> Vec<Rgba> {
        match &self.paint {
            Paint::Entry(entry) => entry.colours(theme),
            Paint::Lane(_, hue) => vec![theme.lane_colour(*hue)],
            Paint::Several => vec![theme.dim],
            Paint::Others => vec![theme.axis],
        }
    }
}

/// As many lanes have a class of their own.
const LANES: usize = 7;
/// All that is needed to make anew what is in sight, on any thread.
pub(super) struct Job {
    table: Arc<EventTable>,
    index: Arc<Index>,
    colours: Option<Arc<Colours>>,
    lanes: Vec<LaneId>,
    /// Names that replace the lanes' own.
    names: BTreeMap<LaneId, String>,
    pub(super) key: Key,
}

impl Job {
    /// For the present view.
    pub(super) fn new(state: &AppState, open: &Loaded, key: Key) -> Self {
        let arranged = state.arranged(open);
        Self {
            table: open.document.table.clone(),
            index: open.index.clone(),
            colours: open.colours.clone(),
            lanes: arranged.shown.clone(),
            names: arranged.names.clone(),
            key,
        }
    }

    /// # Errors
    /// [`Stopped`] when `control` says so.
    pub(super) fn run(&self, control: &Control) -> Result<Sighted, Stopped> {
        let window = self.key.viewport.span();
        let found = in_sight(&self.index, &self.lanes, window, control)?;
        let unsorted: Vec<EventId> = found.iter().map(|(event, _)| *event).collect();
        let events = sort(&self.table, &unsorted, &self.key.sort, control)?;
        let classes = self.classes();
        let lane_of = |event: EventId| {
            let at = found.binary_search_by_key(&event, |(own, _)| *own).ok();
            at.and_then(|at| found[at].1)
        };
        let others = classes.len() - 1;
        let class = |event: EventId| {
            if let Some(colours) = &self.colours {
                return colours.place(event).unwrap_or(others);
            }
            let paint = lane_of(event).map_or(Paint::Several, |lane| self.lane_paint(lane));
            classes.iter().position(|class| class.paint == paint).unwrap_or(others)
        };
        let window = self.table.warp().span_truly(window);
        let step = self.key.period.unwrap_or_else(|| suitable(window));
        let stats = Stats::of(&self.table, &unsorted, (window, step), (classes.len(), &class), control)?;
        Ok(Sighted { events, stats, classes })
    }

    fn lane_paint(&self, lane: LaneId) -> Paint {
        Paint::Lane(lane, self.index.hue(lane))
    }

    /// The classes: those of the colours, else the first lanes, those in several of them, and all others.
    fn classes(&self) -> Vec<Class> {
        if let Some(colours) = &self.colours {
            let entry = |entry: &ColourEntry| Class {
                name: entry.name.clone(),
                paint: Paint::Entry(Box::new(entry.clone())),
            };
            let mut classes: Vec<Class> = colours.entries().map(entry).collect();
            classes.push(Class { name: "Without a colour".to_owned(), paint: Paint::Others });
            return classes;
        }
        let own = |lane: &LaneId| {
            let own = || self.index.lanes().get(lane.0).map_or_else(String::new, |lane| lane.name().to_owned());
            let name = self.names.get(lane).cloned().unwrap_or_else(own);
            Class { name, paint: self.lane_paint(*lane) }
        };
        // One lane more than there are classes for is shown as itself.
        let most = if self.lanes.len() == LANES + 1 { LANES + 1 } else { LANES };
        let mut classes: Vec<Class> = self.lanes.iter().take(most).map(own).collect();
        classes.push(Class { name: "In several lanes".to_owned(), paint: Paint::Several });
        classes.push(Class { name: "Other lanes".to_owned(), paint: Paint::Others });
        classes
    }
}
