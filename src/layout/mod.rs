//! Where things stand: lanes, rows, marks and labels of a window at a size.
//!
//! `Viewport` (integers) owns which time is seen; [`TimeScale`] maps it to pixels. [`lay_out`] asks the index its two
//! questions, packs events into rows and solves the labels. It decides positions, not colours or shapes of
//! primitives (`scene` does), and it knows no window system.
//!
//! Rows are packed in the scale's own pixels, not the window's, so that panning moves nothing up or down. A lane with too
//! many events for that keeps its height whatever the window: a few rows of the most important events over a strip of
//! exact counts. A [`Memory`] carries what was worked out from one frame to the next.

mod arrange;
mod attempts;
mod crowd;
mod label_room;
mod labels;
mod lanes;
mod levels;
mod marks;
mod memory;
mod mix;
mod pack;
mod scale;
mod viewport;
mod whole;

pub use arrange::{Arranged, Arrangement, LaneOrder};
pub use attempts::lay_out;
pub(crate) use labels::note_size;
pub use labels::{LabelBox, LabelPlace};
pub use lanes::{Fit, Input};
pub use marks::{Beyond, ClaimBox, ClaimShape, Fade, Tone};
pub(crate) use marks::{EXACT, SOFT};
pub use memory::Memory;
pub use scale::TimeScale;
pub use viewport::Viewport;

use crate::event::EventId;
use crate::index::{CountRange, Density, LaneId};
use crate::time::{Span, TimePoint, Warp};

/// A rectangle in points, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl Rect {
    /// A rectangle from its edges.
    #[must_use]
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// Right edge.
    #[must_use]
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// Bottom edge.
    #[must_use]
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// Whether a point lies inside.
    #[must_use]
    pub fn contains(self, x: f32, y: f32) -> bool {
        x >= self.x && x < self.right() && y >= self.y && y < self.bottom()
    }

    /// Whether the two share some area.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The part that lies in another rectangle too; `None` where there is none.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let (w, h) = (self.right().min(other.right()) - x, self.bottom().min(other.bottom()) - y);
        (w > 0.0 && h > 0.0).then_some(Self { x, y, w, h })
    }

    /// The rectangle grown by `by` on every side.
    #[must_use]
    pub fn grown(self, by: f32) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }
}

/// Sizes in points that screen and page may choose for themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Height of a row of marks.
    pub row: f32,
    /// Height of a bar.
    pub mark: f32,
    /// Size of labels.
    pub font: f32,
    /// Size of lane names.
    pub heading: f32,
    /// Size of counts and the axis.
    pub small: f32,
    /// Space above and below a lane's rows.
    pub lane_pad: f32,
    /// Least height of a lane, for its heading.
    pub lane_min: f32,
    /// Height of the name over the parts of a divided lane.
    pub head: f32,
    /// Height of the axis.
    pub axis: f32,
    /// Width of the lane headings.
    pub header: f32,
    /// Room for a sign at the beginning of a bar, before a label inside it; 0 without signs.
    pub sign: f32,
    /// How much farther than a dot an icon reaches, in points; 0 without icons.
    pub icon: f32,
}

/// What [`Metrics::sign`] is where bars have signs.
pub const SIGN_ROOM: f32 = 10.0;
/// How much farther than a dot an icon reaches, in points.
pub const ICON_ROOM: f32 = 4.0;

impl Metrics {
    /// For the window.
    pub const SCREEN: Self = Self {
        row: 25.0,
        mark: 17.0,
        font: 12.5,
        heading: 13.0,
        small: 11.5,
        lane_pad: 7.0,
        lane_min: 46.0,
        head: HEAD,
        axis: 46.0,
        header: 150.0,
        sign: 0.0,
        icon: 0.0,
    };
    /// For a page.
    pub const PAGE: Self = Self { header: 140.0, axis: 44.0, lane_min: 44.0, ..Self::SCREEN };

    /// The same with rows of another height, marks and labels in proportion.
    #[must_use]
    pub fn with_row(self, row: f32) -> Self {
        let ratio = row / self.row;
        Self {
            row,
            mark: (self.mark * ratio).max(5.0),
            // Letters shrink less than rows: a label must stay readable.
            font: (self.font * ratio.sqrt()).clamp(8.0, self.font),
            lane_pad: (self.lane_pad * ratio).max(2.0),
            lane_min: (self.lane_min * ratio).max(14.0),
            head: (self.head * ratio).max(15.0),
            ..self
        }
    }
}

/// A view, laid out.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The time axis of the body, on which marks stand.
    pub scale: TimeScale,
    /// How that axis stands to true time.
    pub warp: Warp,
    /// Sizes that were used.
    pub metrics: Metrics,
    /// The body: right of the headings, under the axis.
    pub body: Rect,
    /// Height of the lanes that stay at the top while the others scroll.
    pub still: f32,
    /// The lanes, top to bottom; their `y` counts from the top of the unscrolled body.
    pub lanes: Vec<LaneBox>,
    /// Lanes that are scrolled out of sight and not laid out: top and height of each.
    pub places: Vec<(LaneId, f32, f32)>,
    /// Height of all lanes; more than the body's when they scroll.
    pub content_height: f32,
    /// Lanes for which a page had no room.
    pub lanes_left_out: usize,
    /// What is seen, in numbers.
    pub tally: Tally,
}

impl Layout {
    /// Whether a lane stays at the top while others scroll.
    #[must_use]
    pub fn stands_still(&self, lane: LaneId) -> bool {
        self.lanes.iter().any(|own| own.id == lane && own.y < self.still)
    }

    /// How far down from its place in the unscrolled body something at `y` is seen; lanes that stay are not scrolled.
    #[must_use]
    pub fn shift(&self, y: f32, scroll: f32) -> f32 {
        if y < self.still { self.body.y } else { self.body.y - scroll }
    }

    /// The `y` in the unscrolled body that is seen so far under its top.
    #[must_use]
    pub fn unscrolled(&self, below_top: f32, scroll: f32) -> f32 {
        if below_top < self.still { below_top } else { below_top + scroll }
    }

    /// The x of a moment of true time.
    #[must_use]
    pub fn x(&self, point: TimePoint) -> f32 {
        self.scale.x(self.warp.shown(point))
    }

    /// The moment of true time at an x.
    #[must_use]
    pub fn time_at(&self, x: f32) -> TimePoint {
        self.warp.truly(self.scale.time_at(x))
    }

    /// The true time that is seen, the gaps that are left out included.
    #[must_use]
    pub fn window(&self) -> Span {
        self.warp.span_truly(self.scale.viewport().span())
    }

    /// The true time that is seen, without what is left out.
    #[must_use]
    pub fn pieces(&self) -> Vec<Span> {
        self.warp.pieces(self.window())
    }
}

/// A view in numbers. `in_window = drawn + as_density + hidden + between + elsewhere + put_away`, always. An event that stands in
/// several lanes counts in each of them, but once in `events`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Events that touch the window and pass the search, each counted once: surely, whatever their sources leave open,
    /// and at most.
    pub events: CountRange,
    /// The same in all lanes together.
    pub in_window: usize,
    /// Of these, how many are drawn as marks.
    pub drawn: usize,
    /// How many are counted in a density and not drawn beside it.
    pub as_density: usize,
    /// How many found no row, or no lane on the page.
    pub hidden: usize,
    /// How many have accounts before and after the window, and none in it.
    pub between: usize,
    /// How many are in lanes that are scrolled out of sight.
    pub elsewhere: usize,
    /// How many are in lanes that the user has hidden.
    pub put_away: usize,
    /// Labels that found no room; an event of several accounts has several.
    pub unlabelled: usize,
    /// Of the drawn events, how many have a label.
    pub labelled: usize,
}

/// Height of the name over the parts of a divided lane on a screen, in points.
pub const HEAD: f32 = 26.0;

/// A lane.
#[derive(Clone, Debug)]
pub struct LaneBox {
    /// Which lane of the index.
    pub id: LaneId,
    /// Its name.
    pub name: String,
    /// Which of the colours of lanes it has.
    pub hue: usize,
    /// How many events it holds (that pass the search).
    pub count: usize,
    /// The name of the lane that it is a part of, where it is the first part that is shown: it stands over the lane, in
    /// [`Metrics::head`] points.
    pub head: Option<String>,
    /// Whether only counts are shown of it, by the user's choice.
    pub folded: bool,
    /// Top, from the top of the unscrolled body.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// Events as marks.
    pub events: Vec<EventBox>,
    /// Exact counts, where not all events have room.
    pub strip: Option<Strip>,
    /// Labels that found no room.
    pub unlabelled: usize,
    /// Events of the window that found no row.
    pub hidden: usize,
    /// Events with accounts before and after the window and none in it. On a screen, what joins their marks is drawn.
    pub between: usize,
}

/// Counts of a lane's events, those that are drawn among them.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The counts.
    pub density: Density,
    /// Top, from the top of the unscrolled body.
    pub y: f32,
    /// Height.
    pub height: f32,
    /// Events of the window that are counted here and not drawn.
    pub only_counted: usize,
}

/// An event with a box for each different claim about it.
#[derive(Clone, Debug)]
pub struct EventBox {
    /// Which event.
    pub event: EventId,
    /// Its claims, top to bottom, one a row.
    pub claims: Vec<ClaimBox>,
    /// It is only possibly in the time searched for.
    pub maybe: bool,
}
