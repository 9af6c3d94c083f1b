//! A figure's page: title, timeline, legend, numbered sources, and what the figure says of itself.

use super::About;
use super::foot::FOOT_LINES;
use super::sources::Sources;
use crate::event::{Document, Relations, RowId};
use crate::index::Index;
use crate::layout::{Arranged, Fit, Input, Layout, Memory, Metrics, Rect, SIGN_ROOM, Tally, Viewport, lay_out};
use crate::query::Mask;
use crate::scene::{
    Anchor, Encodings, Headings, Legend, Node, Options, Palette, Primitive, Role, Scene, Stroke, Surroundings, Theme,
    ThemeName, timeline,
};
use crate::text::{TextMeter, Weight};
use crate::time::{Span, Tick, TimePoint, ticks, word_point, word_short};
use std::fmt::Write;

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
    /// The search, to be named in the figure; empty for none.
    pub search: &'a str,
    /// Measures texts.
    pub text: &'a TextMeter,
}

/// No figure has more pages.
pub const MOST_PAGES: usize = 60;

/// The pages of a figure: parts of its window, one after the other, of about the same length.
#[must_use]
pub fn compose_pages(figure: &Figure, input: &FigureInput<'_>) -> Vec<(Scene, About)> {
    let count = figure.pages.clamp(1, MOST_PAGES);
    let part = |at: usize| {
        let edge = |at: usize| page_break(input, at, count);
        let viewport = Viewport::over(Span::new(edge(at), edge(at + 1)));
        let (scene, about) = compose_one(figure, &FigureInput { viewport, ..*input }, (at + 1, count));
        let page =
            format!("{} of {count}: {}", at + 1, word_short(input.document.table.warp().span_truly(viewport.span())));
        (scene, About { page, ..about })
    };
    if count == 1 { vec![compose(figure, input)] } else { (0..count).map(part).collect() }
}

/// Where one of so many pages begins: where a year, a month, a day begins that is near enough.
fn page_break(input: &FigureInput<'_>, at: usize, count: usize) -> TimePoint {
    let (window, share) = (input.viewport.span(), 1.0 / count as f64);
    if at == 0 || at == count {
        return if at == 0 { window.start() } else { window.end() };
    }
    let even = input.viewport.part(0.0, at as f64 * share).span().end();
    // Where gaps are left out, the axis is not that of the calendar.
    if input.document.table.warp().gaps_in(window).next().is_some() {
        return even;
    }
    let (before, after) = ((at as f64 - SLACK) * share, (at as f64 + SLACK) * share);
    let near = input.viewport.part(before, after).span();
    let ticks = ticks(near, 100.0, 30.0);
    let nearest = |of: &[Tick]| {
        let inside = of.iter().map(|tick| tick.time).filter(|time| *time >= near.start() && *time <= near.end());
        inside.min_by_key(|time| time.as_nanos().abs_diff(even.as_nanos()))
    };
    nearest(&ticks.context).or_else(|| nearest(&ticks.labels)).unwrap_or(even)
}

/// A page is longer or shorter by no more than this part of it at either end.
const SLACK: f64 = 0.15;

/// The scene of a figure of one page, laid out anew for it, and what it says of itself.
#[must_use]
pub fn compose(figure: &Figure, input: &FigureInput<'_>) -> (Scene, About) {
    compose_one(figure, input, (1, 1))
}

fn compose_one(figure: &Figure, input: &FigureInput<'_>, number: (usize, usize)) -> (Scene, About) {
    // Laid out at the usual size of letters and then made smaller or larger as a whole.
    let by = (figure.font_that_fits() / Metrics::PAGE.font).clamp(0.1, 10.0);
    let figure = &Figure { size: (figure.size.0 / by, figure.size.1 / by), ..figure.clone() };
    let (scene, about) = compose_at(figure, input, number);
    let about = About { letters: about.letters * by, ..about };
    let scene = if (by - 1.0).abs() < 1e-3 { scene } else { scene.scaled(by) };
    (scene, about)
}

fn compose_at(figure: &Figure, input: &FigureInput<'_>, number: (usize, usize)) -> (Scene, About) {
    let page = Page {
        figure,
        number,
        input,
        theme: Theme::with(figure.theme, figure.palette),
        margin: (figure.size.0 * 0.03).clamp(14.0, 40.0).round(),
        memory: Memory::default(),
    };
    page.compose()
}

/// The size of a legend's letters: what explains the marks is no larger than their names.
fn letters(layout: &Layout) -> f32 {
    let names = if layout.tally.labelled > 0 { layout.metrics.font } else { SMALL };
    names.clamp(LEAST_LETTERS, Metrics::PAGE.small)
}

pub(super) struct Page<'a> {
    pub(super) figure: &'a Figure,
    /// Which page it is, and of how many.
    number: (usize, usize),
    pub(super) input: &'a FigureInput<'a>,
    pub(super) theme: &'a Theme,
    pub(super) margin: f32,
    memory: Memory,
}

/// Size of small print, in points.
pub(super) const SMALL: f32 = 10.5;
/// The legend's letters are no smaller than this, in points: as small as labels are.
const LEAST_LETTERS: f32 = 8.0;
/// Lanes with their axis have at least this height before a legend takes any.
const LEAST_ROOM: f32 = 150.0;

impl Page<'_> {
    fn compose(&self) -> (Scene, About) {
        let (width, height) = self.figure.size;
        let room = width - 2.0 * self.margin;
        let mut scene = Scene { width, height, ..Scene::default() };
        scene.nodes.push(Node::fill(Role::Background, Rect::new(0.0, 0.0, width, height), self.theme.background));
        let top = self.head(&mut scene, room);
        // The foot's lines are those of a first layout, and one more where its numbers grow.
        let draft = self.lay_out(Rect::new(self.margin, top, room, height - top - SMALL * 3.2), 0.0, None);
        let lines = self.foot_lines(&draft).1.len().clamp(1, FOOT_LINES);
        let bottom = height - self.margin * 0.6 - SMALL * (1.8 + 1.4 * lines as f32);

        // A first layout tells which sources and which legend there are; their height is then taken from the lanes.
        let draft = self.lay_out(Rect::new(self.margin, top, room, bottom - top), 0.0, None);
        let table = &self.input.document.table;
        let letters = letters(&draft);
        let sources = if self.figure.sources { Sources::of(&draft, table) } else { Sources::default() };
        let (_, legend_height) = self.legend(&draft).draw((0.0, 0.0), room, letters, self.theme, self.input.text);
        let (_, caption_height) = self.caption(0.0, room);
        let above = self.figure.legend == LegendPlace::Above;
        let (head, top) = (top, if above { top + legend_height } else { top });
        let legend_height = caption_height + if above { 0.0 } else { legend_height };
        if self.figure.legend != LegendPlace::Nowhere && bottom - top - legend_height < LEAST_ROOM {
            // On so small a page lanes say more than the legend.
            let figure = &Figure { legend: LegendPlace::Nowhere, ..self.figure.clone() };
            return Page { figure, memory: Memory::default(), ..*self }.compose();
        }
        let (sources, fitted) = self.fitted(sources, (top, bottom, legend_height));
        let tallest = fitted.tallest;
        let mut layout = self.loosened(fitted, &sources);
        if self.figure.fitted && !layout.lanes.is_empty() {
            layout.body.h = layout.content_height.min(layout.body.h);
        }
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
        let picture = timeline(&layout, &options);
        scene.nodes.extend(picture.nodes);
        scene.hits = picture.hits;
        let mut y = layout.body.y + layout.content_height.min(layout.body.h) + 10.0;
        if layout.lanes.is_empty() {
            y = self.nothing(&mut scene, &layout);
        }
        let (caption, caption_height) = self.caption(y, room);
        scene.nodes.extend(caption);
        y += caption_height;
        let at = if above { head } else { y };
        let letters = letters.min(self::letters(&layout));
        let (legend, legend_height) =
            self.legend(&layout).draw((self.margin, at), room, letters, self.theme, self.input.text);
        scene.nodes.extend(legend);
        y += 8.0 + if above { 0.0 } else { legend_height };
        if !sources.is_empty() {
            let stroke = Stroke::solid(1.0, self.theme.separator);
            scene.nodes.push(Node::line(Role::Separator, (self.margin, y), (width - self.margin, y), stroke));
            let (notes, height, _) = sources.draw((self.margin, y + 8.0), room, tallest, self.theme, self.input.text);
            scene.nodes.extend(notes);
            y += 8.0 + height;
        }
        if self.figure.fitted {
            self.cut(&mut scene, y, &layout);
        }
        let foot = self.foot(&mut scene, &layout);
        scene.in_pieces(self.input.text);
        let said = [&self.subtitle(), self.figure.caption.trim(), &foot].map(str::to_owned);
        let description = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let (title, lanes_left_out) = (self.title(), layout.lanes_left_out);
        let too_low_for_icons = self.input.encodings.too_low_for_icons(&layout);
        let Tally { in_window: shown, drawn: marks, labelled, unlabelled, .. } = layout.tally;
        let (page, letters) = (String::new(), layout.metrics.font);
        (
            scene,
            About {
                title,
                description,
                page,
                lanes_left_out,
                shown,
                marks,
                labelled,
                unlabelled,
                letters,
                too_low_for_icons,
            },
        )
    }

    pub(super) fn lay_out(&self, area: Rect, air: f32, note: Option<&dyn Fn(RowId) -> Option<String>>) -> Layout {
        let (lanes, own) = (self.input.index.lanes(), &self.input.lanes.names);
        let shown = self.input.lanes.shown.iter().filter(|lane| !lanes[lane.0].is_empty());
        let widest = shown
            .map(|lane| own.get(lane).map_or_else(|| lanes[lane.0].name(), String::as_str))
            .map(|name| self.input.text.width(name, Metrics::PAGE.heading, Weight::SemiBold))
            .fold(40.0, f32::max);
        let header = (widest + 22.0).min(area.w * 0.24).round();
        let axis = Metrics::PAGE.axis + self.input.around.height();
        let sign = if self.input.encodings.colours.is_some() { SIGN_ROOM } else { 0.0 };
        lay_out(&Input {
            document: self.input.document,
            index: self.input.index,
            mask: self.input.mask,
            viewport: self.input.viewport,
            area,
            metrics: Metrics { header, axis, sign, lane_pad: Metrics::PAGE.lane_pad + air, ..Metrics::PAGE },
            text: self.input.text,
            fit: Fit::Page,
            scroll: 0.0,
            lanes: self.input.lanes,
            memory: &self.memory,
            note,
        })
    }

    fn title(&self) -> String {
        if self.figure.title.is_empty() { self.input.document.name.clone() } else { self.figure.title.clone() }
    }

    fn legend(&self, layout: &Layout) -> Legend {
        if self.figure.legend == LegendPlace::Nowhere {
            return Legend::default();
        }
        Legend::of(layout, self.input.encodings, self.input.around, self.input.relations)
    }

    /// The caption's lines from `y` on, and the height they take.
    fn caption(&self, y: f32, room: f32) -> (Vec<Node>, f32) {
        const SIZE: f32 = 12.0;
        let caption = self.figure.caption.trim();
        if caption.is_empty() {
            return (Vec::new(), 0.0);
        }
        let lines = self.input.text.wrap(caption, SIZE, Weight::Regular, room.min(900.0));
        let height = lines.len() as f32 * SIZE * 1.4 + 6.0;
        let line = |(at, line): (usize, String)| {
            let at = (self.margin, y + SIZE * (1.0 + at as f32 * 1.4));
            Node::text(Role::Caption, at, SIZE, Weight::Regular, self.theme.text, line)
        };
        (lines.into_iter().enumerate().map(line).collect(), height)
    }

    fn subtitle(&self) -> String {
        let (at, count) = self.number;
        let mut words = if self.figure.subtitle.trim().is_empty() {
            self.shown_words()
        } else {
            self.figure.subtitle.trim().to_owned()
        };
        if count > 1 {
            let _ = write!(words, " · page {at} of {count}");
        }
        words
    }

    /// The true time that is shown.
    pub(super) fn window(&self) -> Span {
        self.input.document.table.warp().span_truly(self.input.viewport.span())
    }

    /// The time that is told: that of all events where the window holds them with no more than their margin, else the window's.
    fn told(&self) -> Span {
        // Both are of the time on the axis, from which gaps may be left out.
        let window = self.input.viewport.span();
        let all = self.input.document.extent().filter(|extent| {
            let airy = Viewport::around(*extent, Viewport::AIR).span();
            window.start() <= extent.start()
                && extent.end() <= window.end()
                && airy.start() <= window.start()
                && window.end() <= airy.end()
        });
        self.input.document.table.warp().span_truly(all.unwrap_or(window))
    }

    /// What is shown: the time, the search, the day, the clocks.
    fn shown_words(&self) -> String {
        let mut words = word_short(self.told());
        if !self.input.search.trim().is_empty() {
            let _ = write!(words, " · events with “{}”", self.input.search.trim());
        }
        if let Some(until) = self.input.known_until {
            let _ = write!(words, " · as known on {}", last_day(until));
        }
        let display = self.input.document.table.display();
        match self.input.around.second {
            Some(second) => {
                let _ = write!(words, " · times in {}, second axis {}", display.name(), second.name());
            }
            None if !display.is_utc() => {
                let _ = write!(words, " · times in {}", display.name());
            }
            None => {}
        }
        if let Some(zero) = &self.input.around.zero {
            let _ = write!(words, " · T = {}, {}", zero.name, zero.told);
        }
        words
    }

    /// Title and subtitle; the y under them.
    fn head(&self, scene: &mut Scene, room: f32) -> f32 {
        let wide = self.figure.size.0 >= 800.0;
        let (size, small) = if wide { (23.0, 13.5) } else { (16.0, 11.0) };
        let mut y = self.margin * 0.75;
        for line in self.input.text.wrap(&self.title(), size, Weight::SemiBold, room).into_iter().take(2) {
            y += size * 1.15;
            scene.nodes.push(Node::text(
                Role::Title,
                (self.margin, y),
                size,
                Weight::SemiBold,
                self.theme.text,
                line,
            ));
        }
        y += small * 1.75;
        let subtitle = self.input.text.fit(&self.subtitle(), small, Weight::Regular, room).unwrap_or_default();
        scene.nodes.push(Node::text(
            Role::Subtitle,
            (self.margin, y),
            small,
            Weight::Regular,
            self.theme.dim,
            subtitle,
        ));
        y + small
    }

    /// A page without events says so.
    fn nothing(&self, scene: &mut Scene, layout: &Layout) -> f32 {
        let at = (self.figure.size.0 / 2.0, layout.body.y + 60.0);
        let text = if self.input.index.is_empty() && self.input.known_until.is_some() {
            "Nothing was known of these events by then.".to_owned()
        } else if self.input.index.is_empty() && !self.input.search.trim().is_empty() {
            self.input.mask.nothing_dated(self.input.search) + "."
        } else {
            "No event lies in this time.".to_owned()
        };
        let primitive = Primitive::Text {
            at,
            anchor: Anchor::Middle,
            size: 13.0,
            weight: Weight::Regular,
            colour: self.theme.dim,
            text,
            counts: false,
        };
        scene.nodes.push(Node::new(Role::Footnote, primitive));
        at.1 + 30.0
    }
}

/// The day that ends just before a moment.
fn last_day(until: TimePoint) -> String {
    let day = TimePoint::from_nanos_clamped(until.as_nanos() - 1).date();
    TimePoint::from_date(day).map_or_else(String::new, word_point)
}
