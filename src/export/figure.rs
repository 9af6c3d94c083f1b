//! A figure's page: title, timeline, legend, numbered sources, and what the figure says of itself.

use super::About;
use super::fitting::Air;
use super::foot::{Absent, FOOT_LINES};
use super::sources::{Most, Sources};
use crate::event::{Document, Relations, RowId};
use crate::index::Index;
use crate::layout::{Arranged, Fit, ICON_ROOM, Input, Layout, Memory, Metrics, Rect, SIGN_ROOM, Viewport, lay_out};
use crate::query::Mask;
use crate::scene::{
    Encodings, Headings, Legend, Node, Options, Palette, Primitive, Role, Scene, Stroke, Surroundings, Theme,
    ThemeName, timeline, unnamed, unshaded, without_room,
};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, TimePoint, Zone, word_short};

/// Where a figure's legend stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LegendPlace {
    /// Under the lanes.
    #[default]
    Below,
    /// Over the axis.
    Above,
    /// It has none.
    Nowhere,
}

impl LegendPlace {
    /// All places, in the order of menus, with their names.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Below, "below"), (Self::Above, "above"), (Self::Nowhere, "none")];
}

/// What a figure should look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its title; empty for the document's name.
    pub title: String,
    /// The line under it; empty for what is shown.
    pub subtitle: String,
    /// What a reader should know, under the picture; empty for nothing.
    pub caption: String,
    /// Width and height in points.
    pub size: (f32, f32),
    /// Whether it is only as high as its lanes need, and [`Self::size`] tells the most.
    pub fitted: bool,
    /// Its colours.
    pub theme: ThemeName,
    /// Whose hues lanes and values have.
    pub palette: Palette,
    /// The size of labels on the finished page, in points; all else keeps its proportion to it.
    pub font: f32,
    /// Where its legend stands.
    pub legend: LegendPlace,
    /// Whether the sources of what is drawn are numbered and listed.
    pub sources: bool,
    /// Pages over which its time is dealt out, each with the lanes' names and the axis.
    pub pages: usize,
    /// Pages over which its lanes are dealt out, each with the axis; with [`Self::pages`], there are so many for each part
    /// of the time.
    pub lane_pages: usize,
}

impl Default for Figure {
    fn default() -> Self {
        Self {
            title: String::new(),
            subtitle: String::new(),
            caption: String::new(),
            size: (1_400.0, 900.0),
            fitted: false,
            theme: ThemeName::Light,
            palette: Palette::default(),
            font: Metrics::PAGE.font,
            legend: LegendPlace::Below,
            sources: true,
            pages: 1,
            lane_pages: 1,
        }
    }
}

/// A page holds at least so many points at the usual size of letters; on less, head and foot would leave nothing.
const LEAST_PAGE: (f32, f32) = (420.0, 300.0);

impl Figure {
    /// The size of labels in points: as asked for, or the largest that leaves room for anything beside head and foot.
    #[must_use]
    pub fn font_that_fits(&self) -> f32 {
        let by = (self.size.0 / LEAST_PAGE.0).min(self.size.1 / LEAST_PAGE.1);
        self.font.min(by * Metrics::PAGE.font)
    }
}

/// What a figure is made of.
#[derive(Clone, Copy)]
pub struct FigureInput<'a> {
    /// The events.
    pub document: &'a Document,
    /// Those that pass the search, by lane.
    pub index: &'a Index,
    /// What the search says of each event.
    pub mask: &'a Mask,
    /// Which lanes are drawn, and in which order.
    pub lanes: &'a Arranged,
    /// What marks tell beside their time.
    pub encodings: Encodings<'a>,
    /// Relations that are drawn between all events; none for none.
    pub relations: Option<&'a Relations>,
    /// The window.
    pub viewport: Viewport,
    /// What stands around the lanes.
    pub around: &'a Surroundings,
    /// Only what was published before this moment is shown; `None` for all.
    pub known_until: Option<TimePoint>,
    /// The zone in which times without one were declared to be; `None` where they stand as they are written.
    pub read_in: Option<Zone>,
    /// The search, to be named in the figure; empty for none.
    pub search: &'a str,
    /// Measures texts.
    pub text: &'a TextMeter,
}

/// The scene of a figure of one page, laid out anew for it, and what it says of itself.
#[must_use]
pub fn compose(figure: &Figure, input: &FigureInput<'_>) -> (Scene, About) {
    let absent = Absent::of(input);
    let number = PageNumber { at: 1, of: 1, whole: input.viewport.span(), absent: &absent, lanes_elsewhere: false };
    compose_one(figure, input, number)
}

pub(super) fn compose_one(figure: &Figure, input: &FigureInput<'_>, number: PageNumber<'_>) -> (Scene, About) {
    // Laid out at the usual size of letters and then made smaller or larger as a whole.
    let by = (figure.font_that_fits() / Metrics::PAGE.font).clamp(0.1, 10.0);
    let figure = &Figure { size: (figure.size.0 / by, figure.size.1 / by), ..figure.clone() };
    let (scene, about) = compose_at(figure, input, number);
    let scene = if (by - 1.0).abs() < 1e-3 { scene } else { scene.scaled(by) };
    let about = About { letters: about.letters * by, smallest: smallest(&scene.nodes), ..about };
    (scene, about)
}

/// The size of the smallest letters of some nodes; the numbers of sources are as small as raised numbers are, and the question
/// mark of an end that is not known is a sign.
fn smallest(nodes: &[Node]) -> f32 {
    let size = |node: &Node| match &node.primitive {
        Primitive::Text { size, .. } if !matches!(node.role, Role::NoteNumber | Role::Extent) => *size,
        Primitive::Clip { nodes, .. } => smallest(nodes),
        _ => f32::INFINITY,
    };
    nodes.iter().map(size).fold(f32::INFINITY, f32::min)
}

fn compose_at(figure: &Figure, input: &FigureInput<'_>, number: PageNumber<'_>) -> (Scene, About) {
    let page = Page::new(figure, input, number);
    let (around, empty) = page.rows_with_room();
    if empty.is_empty() {
        return page.compose();
    }
    let (scene, mut about) = Page::new(figure, &FigureInput { around: &around, ..*input }, number).compose();
    let told = |rows: &str| format!("The time shown is too long for {rows}, which are left out");
    about.not_as_asked.extend(empty.into_iter().map(told));
    (scene, about)
}

/// The size of a legend's letters: what explains the marks is no larger than their names.
fn letters(layout: &Layout) -> f32 {
    let names = if layout.tally.labelled > 0 { layout.metrics.font } else { SMALL };
    names.clamp(LEAST_LETTERS, Metrics::PAGE.small)
}

/// Which page of a figure it is.
#[derive(Clone, Copy)]
pub(super) struct PageNumber<'a> {
    /// From 1 on.
    pub(super) at: usize,
    /// Of how many.
    pub(super) of: usize,
    /// The time of all of them, on the axis.
    pub(super) whole: Span,
    /// What stands on none of them.
    pub(super) absent: &'a Absent,
    /// Whether other pages have lanes that this one has not.
    pub(super) lanes_elsewhere: bool,
}

pub(super) struct Page<'a> {
    pub(super) figure: &'a Figure,
    pub(super) number: PageNumber<'a>,
    pub(super) input: &'a FigureInput<'a>,
    pub(super) theme: &'a Theme,
    pub(super) margin: f32,
    pub(super) short: Short,
    memory: Memory,
}

/// Size of small print, in points.
pub(super) const SMALL: f32 = 10.5;
/// The legend's letters are no smaller than this, in points: as small as labels are.
const LEAST_LETTERS: f32 = 8.0;
/// Lanes with a plain axis have at least this height before a legend takes any, and before sources do.
const LEAST_ROOM: f32 = 150.0;
pub(super) const LEAST_BESIDE_SOURCES: f32 = 110.0;
/// Lower lists of sources hold none.
const LEAST_SOURCES: f32 = 48.0;

/// What was asked for and gave way to the lanes.
#[derive(Clone, Copy, Default)]
pub(super) struct Short {
    /// The legend.
    pub(super) legend: bool,
    /// How many sources, all of them.
    pub(super) sources: usize,
}

/// What a page keeps beside its lanes.
struct Kept {
    /// The height of the legend, in points.
    legend: f32,
    /// The lines of the foot.
    foot: usize,
    /// The sources that are to be listed.
    sources: Sources,
}

/// Lanes, and the sources of what they show.
struct Laid {
    layout: Layout,
    sources: Sources,
    /// The height that the sources may take.
    most: Most,
}

impl<'a> Page<'a> {
    pub(super) fn new(figure: &'a Figure, input: &'a FigureInput<'a>, number: PageNumber<'a>) -> Self {
        Self {
            figure,
            number,
            input,
            theme: Theme::with(figure.theme, figure.palette),
            margin: (figure.size.0.min(figure.size.1 * 1.5) * 0.03).clamp(14.0, 40.0).round(),
            short: Short::default(),
            memory: Memory::default(),
        }
    }
}

impl Page<'_> {
    /// The page, laid out anew until legend and foot have the room that they need: what they say depends on what is drawn.
    fn compose(&self) -> (Scene, About) {
        const ROUNDS: usize = 4;
        let mut kept = self.drafted();
        let (mut round, mut tried) = (0, false);
        loop {
            round += 1;
            let (left, sources) = (self.left_for_lanes(&kept), kept.sources.count());
            if self.figure.legend != LegendPlace::Nowhere && left < LEAST_ROOM {
                // On so small a page lanes say more than the legend.
                let figure = Figure { legend: LegendPlace::Nowhere, ..self.figure.clone() };
                return self.but(&figure, Short { legend: true, ..self.short });
            }
            if sources > 0 && left < LEAST_BESIDE_SOURCES + LEAST_SOURCES {
                return self.but(&Figure { sources: false, ..self.figure.clone() }, Short { sources, ..self.short });
            }
            let laid = self.laid(&kept);
            let (tally, left_out) = (laid.layout.tally, laid.layout.lanes_left_out);
            if sources > 0 && !tried && (left_out > 0 || (tally.labelled == 0 && tally.in_window > tally.put_away)) {
                // Sources give way before a lane does, and before all events are without a name.
                tried = true;
                let other =
                    self.but(&Figure { sources: false, ..self.figure.clone() }, Short { sources, ..self.short });
                if other.1.lanes_left_out < left_out || other.1.labelled > 0 {
                    return other;
                }
            }
            let need = self.kept(&laid.layout);
            if round == ROUNDS || (need.legend <= kept.legend + 0.5 && need.foot <= kept.foot) {
                return self.drawn(&laid);
            }
            kept.legend = kept.legend.max(need.legend);
            kept.foot = kept.foot.max(need.foot);
        }
    }

    /// What stands around the lanes without rows that would be empty, and what those are.
    fn rows_with_room(&self) -> (Surroundings, Vec<&'static str>) {
        let around = self.input.around;
        if !around.weeks && around.fiscal.is_none() && around.zero.is_none() {
            return (around.clone(), Vec::new());
        }
        without_room(
            &self.lay_out(Rect::new(self.margin, 0.0, self.room(), self.figure.size.1), Air::NONE, None),
            around,
        )
    }

    /// The same page of a figure that asks for less.
    fn but(&self, figure: &Figure, short: Short) -> (Scene, About) {
        Page { figure, memory: Memory::default(), short, ..*self }.compose()
    }

    pub(super) fn room(&self) -> f32 {
        self.figure.size.0 - 2.0 * self.margin
    }

    /// What a first layout over all of the page needs beside its lanes.
    fn drafted(&self) -> Kept {
        let (_, top) = self.head(self.room());
        let over = |lines: usize| {
            let height = self.bottom(lines) - top;
            self.kept(&self.lay_out(Rect::new(self.margin, top, self.room(), height), Air::NONE, None))
        };
        let kept = over(1);
        if kept.foot > 1 { over(kept.foot) } else { kept }
    }

    /// What a layout needs beside its lanes.
    fn kept(&self, layout: &Layout) -> Kept {
        let table = &self.input.document.table;
        Kept {
            legend: self.legend(layout, (0.0, 0.0)).1,
            foot: self.foot_lines(layout).1.len().clamp(1, FOOT_LINES),
            sources: if self.figure.sources { Sources::of(layout, table) } else { Sources::default() },
        }
    }

    /// The y over a foot of so many lines.
    fn bottom(&self, lines: usize) -> f32 {
        self.figure.size.1 - self.margin * 0.6 - SMALL * (1.8 + 1.4 * lines as f32)
    }

    /// The top of the lanes, the bottom of all over the foot, and the height of legend and caption below the lanes.
    fn between(&self, kept: &Kept) -> (f32, f32, f32) {
        let (_, top) = self.head(self.room());
        let (_, caption) = self.caption(0.0, self.room());
        let above = self.figure.legend == LegendPlace::Above;
        let (over, under) = if above { (kept.legend, 0.0) } else { (0.0, kept.legend) };
        (top + over, self.bottom(kept.foot), caption + under)
    }

    /// The height that lanes with a plain axis have where no sources are listed.
    fn left_for_lanes(&self, kept: &Kept) -> f32 {
        let (top, bottom, under) = self.between(kept);
        bottom - top - under - self.input.around.height()
    }

    /// The lanes beside what is kept for the rest.
    fn laid(&self, kept: &Kept) -> Laid {
        let (sources, fitted) = self.fitted(kept.sources.clone(), self.between(kept));
        let most = fitted.most;
        let mut layout = self.loosened(fitted, &sources);
        if self.figure.fitted && !layout.lanes.is_empty() {
            layout.body.h = layout.content_height.min(layout.body.h);
        }
        Laid { layout, sources, most }
    }

    fn drawn(&self, Laid { layout, sources, most }: &Laid) -> (Scene, About) {
        let ((width, height), room) = (self.figure.size, self.room());
        let mut scene = Scene { width, height, ..Scene::default() };
        scene.nodes.push(Node::fill(Role::Background, Rect::new(0.0, 0.0, width, height), self.theme.background));
        let (titles, top) = self.head(room);
        scene.nodes.extend(titles);
        let options = Options {
            document: self.input.document,
            theme: self.theme,
            text: self.input.text,
            encodings: self.input.encodings,
            relations: self.input.relations,
            scroll: 0.0,
            headings: Headings::Page,
            around: self.input.around,
        };
        let picture = timeline(layout, &options);
        scene.nodes.extend(picture.nodes);
        scene.hits = picture.hits;
        let mut y = layout.body.y + layout.content_height.min(layout.body.h) + 10.0;
        if layout.lanes.is_empty() {
            y = self.nothing(&mut scene, layout);
        }
        let (caption, caption_height) = self.caption(y, room);
        scene.nodes.extend(caption);
        y += caption_height;
        let above = self.figure.legend == LegendPlace::Above;
        let (legend, legend_height) = self.legend(layout, (self.margin, if above { top } else { y }));
        scene.nodes.extend(legend);
        y += 8.0 + if above { 0.0 } else { legend_height };
        if !sources.is_empty() {
            let stroke = Stroke::solid(1.0, self.theme.separator);
            scene.nodes.push(Node::line(Role::Separator, (self.margin, y), (width - self.margin, y), stroke));
            let (notes, height, _) = sources.draw((self.margin, y + 8.0), room, *most, self.theme, self.input.text);
            scene.nodes.extend(notes);
            y += 8.0 + height;
        }
        if self.figure.fitted {
            self.cut(&mut scene, y, self.foot_lines(layout).1.len().clamp(1, FOOT_LINES));
        }
        let foot = self.foot(&mut scene, layout);
        scene.in_pieces(self.input.text);
        (scene, self.about(layout, &foot))
    }

    /// What is cut, and what is too narrow to be shaded.
    fn not_as_asked(&self, layout: &Layout) -> Vec<String> {
        let narrow = unshaded(layout, self.input.around).into_iter();
        let narrow = narrow.map(|what| format!("In so long a time {what} are too narrow to be shaded"));
        let unnamed = unnamed(layout, self.input.around, self.input.text).into_iter();
        let unnamed =
            unnamed.map(|period| format!("The name of the period “{}” has no room over the axis", period.name));
        self.cut_in_head().map(str::to_owned).chain(narrow).chain(unnamed).collect()
    }

    /// What the page says of itself.
    fn about(&self, layout: &Layout, foot: &str) -> About {
        let stopped = |part: &str| {
            let stop = if part.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            format!("{part}{stop}")
        };
        let said = [&self.subtitle(), self.figure.caption.trim(), foot];
        let tally = layout.tally;
        // Folded lanes are counted by choice.
        let open = layout.lanes.iter().filter(|lane| !lane.folded).filter_map(|lane| lane.strip.as_ref());
        let crowded = open.map(|strip| strip.only_counted).sum();
        About {
            title: self.title(),
            description: said.into_iter().filter(|part| !part.is_empty()).map(stopped).collect::<Vec<_>>().join(" "),
            page: word_short(self.told()),
            lanes_left_out: layout.lanes_left_out,
            legend_left_out: self.short.legend,
            shown: tally.in_window - tally.put_away,
            marks: tally.drawn,
            counted: crowded,
            only_counted: tally.drawn == 0 && layout.lanes.iter().any(|lane| lane.strip.is_some() && !lane.folded),
            labelled: tally.labelled,
            unlabelled: tally.unlabelled,
            letters: layout.metrics.font,
            smallest: layout.metrics.font,
            too_low_for_icons: self.input.encodings.too_low_for_icons(layout),
            not_as_asked: self.not_as_asked(layout),
        }
    }

    pub(super) fn lay_out(&self, area: Rect, air: Air, note: Option<&dyn Fn(RowId) -> Option<String>>) -> Layout {
        let (lanes, own) = (self.input.index.lanes(), &self.input.lanes.names);
        let shown = self.input.lanes.shown.iter().filter(|lane| !lanes[lane.0].is_empty());
        let widest = shown
            .map(|lane| own.get(lane).map_or_else(|| lanes[lane.0].name(), String::as_str))
            .map(|name| self.input.text.width(name, Metrics::PAGE.heading, Weight::SemiBold))
            .fold(40.0, f32::max);
        let header = (widest + 22.0).min(area.w * 0.24).round();
        let axis = Metrics::PAGE.axis + self.input.around.height();
        let sign = if self.input.encodings.colours.is_some() { SIGN_ROOM } else { 0.0 };
        let icon = if self.input.encodings.icons.is_some() { ICON_ROOM } else { 0.0 };
        let lane_pad = Metrics::PAGE.lane_pad + air.lanes;
        lay_out(&Input {
            document: self.input.document,
            index: self.input.index,
            mask: self.input.mask,
            viewport: self.input.viewport,
            whole: self.input.viewport,
            area,
            metrics: Metrics {
                header,
                axis,
                sign,
                icon,
                lane_pad,
                row: Metrics::PAGE.row * air.rows,
                ..Metrics::PAGE
            },
            text: self.input.text,
            fit: Fit::Page,
            scroll: 0.0,
            lanes: self.input.lanes,
            memory: &self.memory,
            known_until: self.input.known_until,
            note,
        })
    }

    /// The legend of a layout from a corner on, and the height it takes.
    fn legend(&self, layout: &Layout, at: (f32, f32)) -> (Vec<Node>, f32) {
        if self.figure.legend == LegendPlace::Nowhere {
            return (Vec::new(), 0.0);
        }
        let legend = Legend::of(layout, self.input.encodings, self.input.around, self.input.relations);
        legend.draw(at, self.room(), letters(layout), self.theme, self.input.text)
    }
}
