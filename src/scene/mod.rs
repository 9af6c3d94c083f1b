//! One picture: primitives with roles, the same for window, SVG, PNG and PDF.
//!
//! A [`Scene`] is made from a [`crate::layout::Layout`] and a [`Theme`], and is all that the back ends see. Axis,
//! grid, headings and legend are primitives like the marks. Colours are decided here, in [`theme`], and nowhere
//! else. What the pointer can touch is listed beside what is drawn, in [`Hit`]s.

mod axis;
mod bands;
mod bows;
mod breaks;
mod bundles;
mod colours;
mod density;
mod encodings;
mod icons;
mod labels;
mod leads;
mod legend;
mod mark_signs;
mod marks;
mod overlay;
mod pieces;
mod ports;
mod relations;
mod rows;
mod samples;
mod scale;
mod signs;
mod sizes;
mod steps;
mod stripes;
mod surroundings;
pub mod theme;
mod timeline;
mod zones;

pub use bands::{unnamed, unshaded};
pub use colours::{ColourEntry, Colours, SWATCH};
pub use encodings::Encodings;
pub use icons::{Icon, Icons};
pub use leads::Outside;
pub use legend::{Legend, LegendItem};
pub use overlay::overlay;
pub use relations::{Arrows, MOST_ARROWS, arrows, leading_out, taken};
pub use rows::without_room;
pub use signs::Sign;
pub use sizes::Sizes;
pub use surroundings::{Period, Shaded, Surroundings, Zero};
pub use theme::{Palette, Rgba, Theme, ThemeName};
pub use timeline::{Headings, Options, timeline};
pub use zones::seam_words;

use crate::event::{EventId, RowId};
use crate::index::{CountRange, LaneId};
use crate::layout::Rect;
use crate::text::Weight;
use crate::time::Span;

/// What a primitive is for: its class in an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The page or canvas under everything.
    Background,
    /// A lane's ground.
    Lane,
    /// The line between lanes.
    Separator,
    /// A vertical line at a tick.
    Grid,
    /// Weekends and nights.
    Shade,
    /// A named period.
    Period,
    /// Where a stretch without events is left out.
    Break,
    /// Where a zone's clock was moved.
    Seam,
    /// The ground under the axis.
    AxisGround,
    /// A line of the axis.
    AxisLine,
    /// A tick of the axis.
    Tick,
    /// A label of the axis.
    AxisLabel,
    /// The name of what the labels stand in: the year above the months.
    AxisContext,
    /// A lane's name.
    LaneName,
    /// A lane's count.
    LaneCount,
    /// A lane's colour beside its name.
    LaneColour,
    /// The pin of a lane that stays at the top.
    LanePin,
    /// The name of a lane over its parts.
    LaneHead,
    /// Where an event surely was under way.
    Core,
    /// Where it may have been.
    Extent,
    /// One occurrence, a day or less.
    Moment,
    /// What was only announced or planned.
    Planned,
    /// What was called off.
    Cancelled,
    /// One of several possible dates.
    Alternative,
    /// An arrow from an event to one that its record names.
    Relation,
    /// Joins the claims of one event.
    Fork,
    /// Counts where events are too many to draw.
    Density,
    /// An event's label.
    Label,
    /// The number of a source after a label.
    NoteNumber,
    /// The figure's title.
    Title,
    /// The line under it.
    Subtitle,
    /// The figure's caption.
    Caption,
    /// The legend.
    Legend,
    /// A source of the figure.
    SourceNote,
    /// What the figure says of itself.
    Footnote,
    /// What the pointer is over.
    Hover,
    /// What is selected.
    Selection,
}

impl Role {
    /// The layer of a figure that it belongs to; `None` where it goes with what is around it.
    #[must_use]
    pub fn layer(self) -> Option<&'static str> {
        Some(match self {
            Self::Background => "Page",
            Self::Lane => "Lanes",
            Self::Shade | Self::Period | Self::Seam | Self::Break => "Shades",
            Self::Grid => "Grid",
            Self::AxisGround | Self::AxisLine | Self::Tick | Self::AxisLabel | Self::AxisContext => "Axis",
            Self::LaneName | Self::LaneCount | Self::LaneColour | Self::LanePin | Self::LaneHead => "Lane names",
            Self::Core
            | Self::Extent
            | Self::Moment
            | Self::Planned
            | Self::Cancelled
            | Self::Alternative
            | Self::Fork
            | Self::Density
            | Self::Label => "Events",
            Self::Relation => "Relations",
            Self::Title | Self::Subtitle | Self::Caption => "Titles",
            Self::Legend => "Legend",
            Self::SourceNote => "Sources",
            Self::Footnote => "Footnote",
            // Numbers stand beside labels and before the sources that they name.
            Self::NoteNumber | Self::Hover | Self::Selection | Self::Separator => return None,
        })
    }

    /// Its class in an SVG.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Lane => "lane",
            Self::Separator => "separator",
            Self::Grid => "grid",
            Self::Shade => "shade",
            Self::Period => "period",
            Self::Break => "break",
            Self::Seam => "seam",
            Self::AxisGround => "axis-ground",
            Self::AxisLine => "axis-line",
            Self::Tick => "tick",
            Self::AxisLabel => "axis-label",
            Self::AxisContext => "axis-context",
            Self::LaneName => "lane-name",
            Self::LaneCount => "lane-count",
            Self::LaneColour => "lane-colour",
            Self::LanePin => "lane-pin",
            Self::LaneHead => "lane-head",
            Self::Core => "core",
            Self::Extent => "extent",
            Self::Moment => "moment",
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Alternative => "alternative",
            Self::Relation => "relation",
            Self::Fork => "fork",
            Self::Density => "density",
            Self::Label => "label",
            Self::NoteNumber => "note-number",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Caption => "caption",
            Self::Legend => "legend",
            Self::SourceNote => "source-note",
            Self::Footnote => "footnote",
            Self::Hover => "hover",
            Self::Selection => "selection",
        }
    }
}

/// A point of the picture.
pub type Point = (f32, f32);

/// A line's look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Width in points.
    pub width: f32,
    /// Colour.
    pub colour: Rgba,
    /// Length of dashes and of the gaps between them.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(width: f32, colour: Rgba) -> Self {
        Self { width, colour, dash: None }
    }

    /// A dashed line.
    #[must_use]
    pub const fn dashed(width: f32, colour: Rgba, on: f32, off: f32) -> Self {
        Self { width, colour, dash: Some((on, off)) }
    }
}

/// Which end of a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A shape. All lengths are points, y downwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of its corners.
        radius: f32,
        /// Its inside.
        fill: Option<Rgba>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// Straight lines, each from one point to another.
    Lines {
        /// From and to.
        lines: Vec<(Point, Point)>,
        /// Their look.
        stroke: Stroke,
    },
    /// A line through points.
    Path {
        /// The points.
        points: Vec<Point>,
        /// Whether it returns to the first.
        closed: bool,
        /// Its inside; only for a closed convex path.
        fill: Option<Rgba>,
        /// Its look.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        centre: Point,
        /// Its radius.
        radius: f32,
        /// Its inside.
        fill: Option<Rgba>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text {
        /// Where it is anchored, on its baseline.
        at: Point,
        /// Which end stands there.
        anchor: Anchor,
        /// Its size.
        size: f32,
        /// Its weight.
        weight: Weight,
        /// Its colour.
        colour: Rgba,
        /// The text.
        text: String,
        /// It holds a number that changes whenever the window moves. A screen may put such a text together from its digits.
        counts: bool,
    },
    /// A rectangle whose colour changes from left to right.
    Band {
        /// Where.
        rect: Rect,
        /// Colours at shares of the width, in order from 0 to 1.
        stops: Vec<(f32, Rgba)>,
    },
    /// Columns beside each other, of equal width, standing on one line.
    Columns {
        /// The lower left corner of the first.
        corner: Point,
        /// The width of each.
        width: f32,
        /// Their heights.
        heights: Vec<f32>,
        /// Their inside.
        fill: Rgba,
    },
    /// Nodes of which only what lies in a rectangle is seen.
    Clip {
        /// What is seen.
        rect: Rect,
        /// The nodes.
        nodes: Vec<Node>,
    },
}

/// A primitive with what it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is for.
    pub role: Role,
    /// The event that it stands for.
    pub event: Option<EventId>,
    /// What to say of it, where it stands for something.
    pub title: Option<String>,
    /// Its shape.
    pub primitive: Primitive,
}

impl Node {
    /// A node that stands for no event.
    #[must_use]
    pub fn new(role: Role, primitive: Primitive) -> Self {
        Self { role, event: None, title: None, primitive }
    }

    /// A text anchored at its left end.
    #[must_use]
    pub fn text(role: Role, at: Point, size: f32, weight: Weight, colour: Rgba, text: impl Into<String>) -> Self {
        let (text, counts) = (text.into(), role == Role::LaneCount);
        Self::new(role, Primitive::Text { at, anchor: Anchor::Start, size, weight, colour, text, counts })
    }

    /// A filled rectangle.
    #[must_use]
    pub fn fill(role: Role, rect: Rect, colour: Rgba) -> Self {
        Self::new(role, Primitive::Rect { rect, radius: 0.0, fill: Some(colour), stroke: None })
    }

    /// A line.
    #[must_use]
    pub fn line(role: Role, from: Point, to: Point, stroke: Stroke) -> Self {
        Self::new(role, Primitive::Lines { lines: vec![(from, to)], stroke })
    }
}

/// What lies under a point of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A claim about an event.
    Event {
        /// The event.
        event: EventId,
        /// The claim's first row.
        row: RowId,
    },
    /// A part of a density.
    Density {
        /// Its lane.
        lane: LaneId,
        /// Its time.
        span: Span,
        /// How many events touch it.
        count: CountRange,
    },
}

/// A place that answers to the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub rect: Rect,
    /// What is there.
    pub target: Target,
    /// Whether it is the label rather than the mark.
    pub label: bool,
}

/// A picture: what is drawn, back to front, and what answers to the pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What is drawn.
    pub nodes: Vec<Node>,
    /// What answers to the pointer, later ones on top.
    pub hits: Vec<Hit>,
}

impl Scene {
    /// All of its texts, one after the other.
    #[must_use]
    pub fn words(&self) -> String {
        fn gather(nodes: &[Node], out: &mut String) {
            for node in nodes {
                match &node.primitive {
                    Primitive::Clip { nodes, .. } => gather(nodes, out),
                    Primitive::Text { text, .. } => out.push_str(text),
                    _ => {}
                }
            }
        }
        let mut out = String::new();
        gather(&self.nodes, &mut out);
        out
    }

    /// What lies under a point: the smallest place that holds it, within `reach` points.
    #[must_use]
    pub fn hit(&self, x: f32, y: f32, reach: f32) -> Option<Target> {
        let area = |hit: &&Hit| hit.rect.w * hit.rect.h;
        let within = |by: f32| {
            let inside = self.hits.iter().filter(move |hit| hit.rect.grown(by).contains(x, y));
            inside.min_by(|a, b| area(a).total_cmp(&area(b)))
        };
        within(0.0).or_else(|| within(reach)).map(|hit| hit.target)
    }
}
