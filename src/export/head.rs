//! What a figure's page says in words over and under its picture: title, subtitle, caption.

use super::figure::Page;
use crate::import::Format;
use crate::layout::{Layout, Viewport};
use crate::scene::{Anchor, Node, Primitive, Role, Scene};
use crate::text::Weight;
use crate::time::{Span, TimePoint, word_point, word_short};
use std::fmt::Write;

/// A title has so many lines at most.
const MOST_LINES: usize = 3;

impl Page<'_> {
    pub(super) fn title(&self) -> String {
        if self.figure.title.is_empty() {
            without_ending(&self.input.document.name)
        } else {
            self.figure.title.clone()
        }
    }

    /// The caption's lines from `y` on, and the height they take.
    pub(super) fn caption(&self, y: f32, room: f32) -> (Vec<Node>, f32) {
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

    pub(super) fn subtitle(&self) -> String {
        let (at, count) = (self.number.at, self.number.of);
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

    /// The time that is told: at each end that of all events, where the window ends there with their margin, else the window's.
    pub(super) fn told(&self) -> Span {
        // Both are of the time on the axis, from which gaps may be left out.
        let (window, all_pages) = (self.input.viewport.span(), self.number.whole);
        let all = self.input.document.extent().map(|extent| {
            let airy = Viewport::whole(extent, || self.input.document.table.tells_hours()).span();
            let (from, to) = (all_pages.start(), all_pages.end());
            // Nobody asks for a margin, and no margin but that of a few days ends at midnight.
            let asked = |edge: TimePoint| edge.second_of_day() == 0 && edge.nanos() == 0;
            let in_margin = (
                airy.start() == from || (airy.start() < from && from <= extent.start() && !asked(from)),
                airy.end() == to || (extent.end() <= to && to < airy.end() && !asked(to)),
            );
            Span::new(if in_margin.0 { extent.start() } else { from }, if in_margin.1 { extent.end() } else { to })
        });
        // A page of a margin alone tells its own time.
        let part = |all: Span| {
            let (from, to) = (all.start().max(window.start()), all.end().min(window.end()));
            (from < to).then(|| Span::new(from, to))
        };
        self.input.document.table.warp().span_truly(all.and_then(part).unwrap_or(window))
    }

    /// What is shown: the time, the search, the day, the clocks.
    fn shown_words(&self) -> String {
        let mut words = match self.input.document.extent() {
            Some(_) => word_short(self.told()),
            None => "no event has a date".to_owned(),
        };
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

    /// The sizes of the letters of title and subtitle.
    fn letters(&self) -> (f32, f32) {
        let is_large = self.figure.size.0 >= 800.0 && self.figure.size.1 >= 420.0;
        if is_large { (23.0, 13.5) } else { (16.0, 11.0) }
    }

    /// What of title and subtitle has no room, each in a sentence without its stop.
    pub(super) fn cut_in_head(&self) -> impl Iterator<Item = &'static str> {
        let ((size, small), room) = (self.letters(), self.room());
        let title = self.input.text.wrap(&self.title(), size, Weight::SemiBold, room).len() > MOST_LINES;
        let subtitle = self.subtitle();
        let fits = self.input.text.fit(&subtitle, small, Weight::Regular, room).is_some_and(|fits| fits == subtitle);
        let cut = [(title, "The title is cut for want of room"), (!fits, "The subtitle is cut for want of room")];
        cut.into_iter().filter_map(|(is_cut, words)| is_cut.then_some(words))
    }

    /// Title and subtitle, and the y under them.
    pub(super) fn head(&self, room: f32) -> (Vec<Node>, f32) {
        let (size, small) = self.letters();
        let (mut nodes, mut y) = (Vec::new(), self.margin * 0.75);
        for line in self.title_lines(size, room) {
            y += size * 1.15;
            nodes.push(Node::text(Role::Title, (self.margin, y), size, Weight::SemiBold, self.theme.text, line));
        }
        y += small * 1.75;
        let words = self.input.text.fit(&self.subtitle(), small, Weight::Regular, room).unwrap_or_default();
        nodes.push(Node::text(Role::Subtitle, (self.margin, y), small, Weight::Regular, self.theme.dim, words));
        (nodes, y + small)
    }

    /// The title in as many lines as a page has for it; what is left over is cut where one sees it.
    fn title_lines(&self, size: f32, room: f32) -> Vec<String> {
        let mut lines = self.input.text.wrap(&self.title(), size, Weight::SemiBold, room);
        if lines.len() > MOST_LINES {
            let rest = lines.split_off(MOST_LINES - 1).join(" ");
            lines.extend(self.input.text.fit(&rest, size, Weight::SemiBold, room));
        }
        lines
    }

    /// A page without events says so.
    pub(super) fn nothing(&self, scene: &mut Scene, layout: &Layout) -> f32 {
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

/// The name of a file without its ending, where it is that of a format: "drills" for "drills.csv".
fn without_ending(name: &str) -> String {
    let known = |(_, ending): &(&str, &str)| Format::extensions().any(|own| own.eq_ignore_ascii_case(ending));
    name.rsplit_once('.').filter(known).map_or(name, |(stem, _)| stem).to_owned()
}

/// The day that ends just before a moment.
fn last_day(until: TimePoint) -> String {
    let day = TimePoint::from_nanos_clamped(until.as_nanos() - 1).date();
    TimePoint::from_date(day).map_or_else(String::new, word_point)
}
