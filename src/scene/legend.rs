//! The legend: what is in use in a view, and no more.

use super::encodings;
use super::marks::{NARROW, is_onward, is_within};
use super::relations::in_words;
use super::samples::{SAMPLE, Sample};
use super::{ColourEntry, Colours, Encodings, Icon, Icons, Node, Role, Surroundings, Theme, bands};
use crate::event::Relations;
use crate::layout::{Beyond, ClaimShape, EXACT, EventBox, Layout, Metrics, Rect, SOFT, Tone};
use crate::text::{TextMeter, Weight, grouped};
use std::collections::BTreeSet;

/// Something that a legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegendItem {
    /// A full bar.
    Held,
    /// A hatched bar.
    Planned,
    /// A hollow bar.
    PlannedShort,
    /// A struck bar.
    Cancelled,
    /// A faded band.
    Possible,
    /// A bar's end that fades.
    FadingEnd,
    /// A fade with a question mark.
    UnknownEnd,
    /// A bar that goes on.
    OpenEnd,
    /// The paler part of a bar that goes on.
    Onward,
    /// A bar that the edge of the page cuts off.
    CutEnd,
    /// A dot.
    Moment,
    /// A hollow dot.
    PlannedMoment,
    /// A struck dot.
    CancelledMoment,
    /// A dot in a pale band.
    Within,
    /// Pale marks on a hairline.
    OneOf,
    /// Pale boxes on a hairline.
    OneOfTimes,
    /// Hollow marks on a dashed line.
    PlannedOneOf,
    /// Boxes on a dashed line.
    PlannedOneOfTimes,
    /// Full marks on a firm line.
    AllOf,
    /// Hollow marks on a firm dashed line.
    PlannedAllOf,
    /// A short bar between arrows, inside a faded band.
    Slides,
    /// A dot in a dotted ring.
    DoubtfulMoment,
    /// Soft ends of a bar.
    Doubtful,
    /// Dashes around a time that is itself approximate or doubted.
    DoubtfulTime,
    /// Paler than the rest.
    Maybe,
    /// A dotted bracket.
    Fork,
    /// Columns for counts.
    Density,
    /// The paler part of a column.
    PerhapsCounted,
    /// A break of the axis.
    Break,
    /// Every other year, shaded.
    Years,
    /// A shaded Saturday and Sunday.
    Weekend,
    /// A shaded night.
    Night,
    /// The paler part of a named period.
    PeriodEdge,
}

/// What sources say of the events that are drawn as held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Of some, that they were held.
    pub said: bool,
    /// Of some, nothing that a mark could show.
    pub unsaid: bool,
}

impl LegendItem {
    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Planned => "announced or planned",
            Self::PlannedShort => "announced or planned, short",
            Self::Cancelled => "cancelled",
            Self::Possible => "somewhere in this time",
            Self::FadingEnd => "begins or ends somewhere in the fade",
            Self::UnknownEnd => "beginning or end not known",
            Self::OpenEnd => "goes on; no end or beginning stated",
            Self::Onward => "whether it went on was not known then",
            Self::CutEnd => "goes on beyond this page",
            Self::Moment => "at one time, as exact as can be seen here",
            Self::PlannedMoment => "announced for one day or time",
            Self::CancelledMoment => "cancelled, of one day or time",
            Self::Within => "once, within this day or hour",
            Self::OneOf => "one of these dates",
            Self::OneOfTimes => "in one of these times",
            Self::PlannedOneOf => "announced for one of these dates",
            Self::PlannedOneOfTimes => "announced for one of these times",
            Self::AllOf => "each of these dates",
            Self::PlannedAllOf => "announced for each of these dates",
            Self::Slides => "this long, somewhere in this time",
            Self::Maybe => "only possibly in the time searched for",
            Self::DoubtfulMoment => "about then, or uncertain",
            Self::Doubtful => "begins or ends about then, or uncertain",
            Self::DoubtfulTime => "somewhere about this time, or uncertain",
            Self::Fork => "one event, by different accounts",
            Self::Density => "all events, counted (square root, by lane)",
            Self::PerhapsCounted => "counted, only possibly then",

            Self::Break => "time without events, left out",
            Self::Years => "every other year",
            Self::Weekend => "weekend",
            Self::Night => "night, 20–6 h",
            Self::PeriodEdge => "period may begin or end within, paler",
        }
    }
}

/// The items of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// What colours stand for, where not for lanes.
    pub colours: Vec<ColourEntry>,
    /// What sizes stand for, where they stand for something.
    pub sizes: Option<String>,
    /// The icons in use, each with the values that it stands for.
    pub icons: Vec<(Icon, String)>,
    /// The kinds of arrows between events, with what they stand for, where there are any.
    pub relations: Vec<(usize, String)>,
    /// How many arrows there was no room for, in words.
    pub more_relations: Option<String>,
    /// What stretches of years are shaded, where some are.
    pub years: Option<String>,
    /// What is said of the events that are drawn as held.
    pub held: Held,
    /// In the order of [`LegendItem`].
    pub items: Vec<LegendItem>,
}

/// Between a sample and its words, and between items.
const SPACE: f32 = 8.0;
/// Longer words are cut.
const LONGEST: f32 = 260.0;
/// Height of a line of the legend in letters of the usual size, and the least one.
const LINE: f32 = 22.0;
const LEAST_LINE: f32 = 18.0;

impl Legend {
    /// What a layout uses, with what stands around it, and the relations that are drawn as arrows.
    #[must_use]
    pub fn of(
        layout: &Layout,
        encodings: Encodings<'_>,
        around: &Surroundings,
        relations: Option<&Relations>,
    ) -> Self {
        let (relations, more) = relations.map(|relations| in_words(layout, relations)).unwrap_or_default();
        let Encodings { colours, sizes, icons } = encodings;
        let shades = bands::shades(layout, around);
        let extra = [
            (LegendItem::Break, layout.warp.gaps_in(layout.window()).next().is_some()),
            (LegendItem::Years, shades.years.is_some()),
            (LegendItem::Weekend, shades.weekends),
            (LegendItem::Night, shades.nights),
            (LegendItem::PeriodEdge, bands::has_soft_edge(layout, around)),
        ];
        let mut items = BTreeSet::new();
        for lane in &layout.lanes {
            if let Some(strip) = lane.strip.as_ref().filter(|strip| strip.density.peak() > 0) {
                items.insert(LegendItem::Density);
                if strip.density.counts.iter().any(|count| count.certain < count.possible) {
                    items.insert(LegendItem::PerhapsCounted);
                }
            }
            for event in &lane.events {
                items.extend(items_of(event, encodings.badge(event, &layout.metrics).is_some(), layout.body));
            }
        }
        items.extend(extra.into_iter().filter(|(_, shown)| *shown).map(|(item, _)| item));
        let used = |colours: &Colours| {
            let events = layout.lanes.iter().flat_map(|lane| &lane.events);
            let used: Vec<&ColourEntry> = events
                .flat_map(|event| {
                    event
                        .claims
                        .iter()
                        .filter(|claim| claim.is_in(layout.body))
                        .flat_map(|claim| colours.of_mark(event.event, &claim.rows))
                })
                .collect();
            colours.entries().filter(|entry| used.contains(entry)).cloned().collect()
        };
        let drawn = layout.lanes.iter().any(|lane| !lane.events.is_empty());
        Self {
            colours: colours.map(used).unwrap_or_default(),
            sizes: sizes.filter(|_| drawn).map(|sizes| sizes.words().to_owned()),
            icons: icons.map(|icons| icons_of(layout, icons, encodings)).unwrap_or_default(),
            relations,
            more_relations: (more > 0).then(|| format!("{} more arrows are not drawn", grouped(more))),
            years: shades.years.map(years_in_words),
            held: held(layout),
            items: items.into_iter().collect(),
        }
    }

    /// Whether there is nothing to explain.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.samples().next().is_none()
    }

    fn samples(&self) -> impl Iterator<Item = (&str, Sample<'_>)> {
        let colours = self.colours.iter().map(|entry| (entry.name.as_str(), Sample::Colour(entry)));
        let sizes = self.sizes.iter().map(|words| (words.as_str(), Sample::Sizes));
        let icons = self.icons.iter().map(|(icon, words)| (words.as_str(), Sample::Icon(*icon)));
        let words = move |item: &LegendItem| match (item, &self.years, self.held) {
            // A full bar says nothing of how an event came out of which nobody says it.
            (LegendItem::Held, _, Held { said: false, unsaid: true }) => "from beginning to end",
            (LegendItem::Held, _, Held { said: true, unsaid: true }) => "held, or nothing else stated",
            (LegendItem::Years, Some(years), _) => years.as_str(),
            _ => item.words(),
        };
        let items = self.items.iter().map(move |item| (words(item), Sample::Mark(*item)));
        let relations = self.relations.iter().map(|(kind, words)| (words.as_str(), Sample::Relation(*kind)));
        let more = self.more_relations.iter().map(|words| (words.as_str(), Sample::Nothing));
        colours.chain(sizes).chain(icons).chain(items).chain(relations).chain(more)
    }

    /// What it says, in its order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.samples().map(|(words, _)| words)
    }

    /// The legend from `(x, y)` on, in letters of a size and lines up to `room` wide, with the height it takes.
    #[must_use]
    pub fn draw(
        &self,
        (x, y): (f32, f32),
        room: f32,
        size: f32,
        theme: &Theme,
        text: &TextMeter,
    ) -> (Vec<Node>, f32) {
        self.laid((x, y), (room, false), size, theme, text)
    }

    /// The legend as a list no wider than `room`, one item a line, with the height it takes.
    #[must_use]
    pub fn list(&self, room: f32, size: f32, theme: &Theme, text: &TextMeter) -> (Vec<Node>, f32) {
        self.laid((0.0, 0.0), (room, true), size, theme, text)
    }

    fn laid(
        &self,
        (x, y): (f32, f32),
        (room, one_a_line): (f32, bool),
        size: f32,
        theme: &Theme,
        text: &TextMeter,
    ) -> (Vec<Node>, f32) {
        // Samples keep their height.
        let height = (LINE * size / Metrics::PAGE.small).max(LEAST_LINE);
        let mut nodes = Vec::new();
        let (mut left, mut line) = (x, y + height / 2.0);
        let longest = (room - SAMPLE - SPACE).clamp(60.0, LONGEST);
        for (words, own) in self.samples() {
            // What sizes stand for is said whole.
            let longest = if matches!(own, Sample::Sizes) { longest.max(room - SAMPLE - SPACE) } else { longest };
            // A list has room for what a line has not.
            let lines = if one_a_line { text.wrap(words, size, Weight::Regular, longest) } else { Vec::new() };
            let first = lines.first().map_or(words, String::as_str);
            let words = text.fit(first, size, Weight::Regular, longest).unwrap_or_default();
            let width = own.width() + SPACE + text.width(&words, size, Weight::Regular) + 3.0 * SPACE;
            if left > x && (one_a_line || left + width > x + room) {
                (left, line) = (x, line + height);
            }
            nodes.extend(own.nodes(left, line, theme));
            let at = (left + own.width() + SPACE, line + size * 0.36);
            nodes.push(Node::text(Role::Legend, at, size, Weight::Regular, theme.dim, words));
            for words in lines.into_iter().skip(1) {
                line += size * 1.3;
                let at = (left + own.width() + SPACE, line + size * 0.36);
                nodes.push(Node::text(Role::Legend, at, size, Weight::Regular, theme.dim, words));
            }
            left += width;
        }
        let height = if self.is_empty() { 0.0 } else { line + height / 2.0 - y };
        (nodes, height)
    }
}

/// The icons of point events that are drawn.
fn icons_of(layout: &Layout, icons: &Icons, encodings: Encodings<'_>) -> Vec<(Icon, String)> {
    let badges = encodings::points(layout).filter_map(|event| encodings.badge(event, &layout.metrics));
    let used: BTreeSet<Icon> = badges.collect();
    icons.all().filter(|icon| used.contains(icon)).map(|icon| (icon, icons.words(icon))).collect()
}

/// What is said of what is drawn as held.
fn held(layout: &Layout) -> Held {
    let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
    let held = claims.filter(|claim| claim.tone == Tone::Held && claim.is_in(layout.body));
    held.fold(Held::default(), |own, claim| Held {
        said: own.said || !claim.unstated,
        unsaid: own.unsaid || claim.unstated,
    })
}

/// "every other decade".
fn years_in_words(years: i64) -> String {
    match years {
        1 => "every other year".to_owned(),
        10 => "every other decade".to_owned(),
        100 => "every other century".to_owned(),
        _ => format!("every other {} years", grouped(usize::try_from(years).unwrap_or(usize::MAX))),
    }
}

/// What an event's marks show inside a body; its held points are explained by their icons, if they have `icons`.
fn items_of(event: &EventBox, icons: bool, body: Rect) -> Vec<LegendItem> {
    let seen = |from: f32, to: f32| from.max(to) > body.x && from.min(to) < body.right();
    let mut items = Vec::new();
    if event.claims.iter().filter(|claim| claim.is_in(body)).count() > 1 {
        items.push(LegendItem::Fork);
    }
    if event.maybe {
        items.push(LegendItem::Maybe);
    }
    for claim in event.claims.iter().filter(|claim| claim.is_in(body)) {
        let somewhere = matches!(claim.shape, ClaimShape::Possible { .. });
        if claim.doubtful {
            items.extend(match &claim.shape {
                ClaimShape::Possible { .. } => Some(LegendItem::DoubtfulTime),
                ClaimShape::Dot { .. } => Some(LegendItem::DoubtfulMoment),
                ClaimShape::Bar { from, to, soft, fade_in, fade_out, .. } => {
                    let ends =
                        [(soft.0, fade_in, from - SOFT as f32, *from), (soft.1, fade_out, *to, to + SOFT as f32)];
                    ends.into_iter().filter(|(soft, ..)| *soft).find_map(|(_, fade, from, to)| {
                        let (from, to) = fade.map_or((from, to), |fade| (fade.full, fade.gone));
                        let item = if fade.is_some() { LegendItem::DoubtfulTime } else { LegendItem::Doubtful };
                        seen(from, to).then_some(item)
                    })
                }
                ClaimShape::Set { .. } => Some(LegendItem::Doubtful),
            });
        }

        items.extend([claim.beyond.0, claim.beyond.1].into_iter().flatten().map(|beyond| match beyond {
            Beyond::Open => LegendItem::OpenEnd,
            Beyond::Cut => LegendItem::CutEnd,
        }));
        items.extend(is_onward(claim).then_some(LegendItem::Onward));
        if somewhere && claim.tone == Tone::Ahead {
            items.push(LegendItem::Planned);
        }
        if is_within(claim) {
            items.push(LegendItem::Within);
        }
        let wide = |windows: &[(f32, f32)]| windows.iter().any(|(from, to)| f64::from(to - from) > EXACT);
        match (&claim.shape, claim.tone) {
            (ClaimShape::Set { all: false, windows }, Tone::Ahead) if wide(windows) => {
                items.push(LegendItem::PlannedOneOfTimes);
            }
            (ClaimShape::Set { all: false, windows }, Tone::Held) if wide(windows) => {
                items.push(LegendItem::OneOfTimes);
            }
            (ClaimShape::Set { all: false, .. }, Tone::Ahead) => items.push(LegendItem::PlannedOneOf),
            (ClaimShape::Set { all: true, .. }, Tone::Ahead) => items.push(LegendItem::PlannedAllOf),
            (ClaimShape::Set { all, .. }, _) => {
                items.push(if *all { LegendItem::AllOf } else { LegendItem::OneOf });
                items.extend((claim.tone == Tone::Cancelled).then_some(LegendItem::Cancelled));
            }
            (ClaimShape::Dot { .. }, Tone::Cancelled) => items.push(LegendItem::CancelledMoment),
            (_, Tone::Cancelled) => items.push(LegendItem::Cancelled),
            (ClaimShape::Dot { .. }, Tone::Ahead) => items.push(LegendItem::PlannedMoment),
            (ClaimShape::Dot { .. }, Tone::Held) if icons || is_within(claim) => {}
            (ClaimShape::Dot { .. }, Tone::Held) => items.push(LegendItem::Moment),
            (ClaimShape::Possible { slides: Some(_), .. }, _) => items.push(LegendItem::Slides),
            (ClaimShape::Possible { .. }, _) if claim.doubtful => {}
            (ClaimShape::Possible { .. }, _) => items.push(LegendItem::Possible),
            (ClaimShape::Bar { from, to, fade_in, fade_out, .. }, tone) => {
                items.push(match tone {
                    Tone::Ahead if to - from < NARROW => LegendItem::PlannedShort,
                    Tone::Ahead => LegendItem::Planned,
                    Tone::Held | Tone::Cancelled => LegendItem::Held,
                });
                let ends = [fade_in, fade_out].into_iter().flatten();
                for fade in ends.filter(|fade| seen(fade.full, fade.gone)) {
                    items.push(if fade.undated { LegendItem::UnknownEnd } else { LegendItem::FadingEnd });
                }
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::LegendItem::*;
    use super::*;

    #[test]
    fn no_words_of_the_legend_are_cut_where_there_is_room() {
        let text = TextMeter::new();
        let all = [
            Held,
            Planned,
            PlannedShort,
            Cancelled,
            Possible,
            FadingEnd,
            UnknownEnd,
            OpenEnd,
            Onward,
            CutEnd,
            Moment,
            PlannedMoment,
            CancelledMoment,
            Within,
            OneOf,
            OneOfTimes,
            PlannedOneOf,
            PlannedOneOfTimes,
            AllOf,
            PlannedAllOf,
            Slides,
            DoubtfulMoment,
            Doubtful,
            DoubtfulTime,
            Maybe,
            Fork,
            Density,
            PerhapsCounted,
            Break,
            Years,
            Weekend,
            Night,
            PeriodEdge,
        ];
        assert_eq!(all.len(), PeriodEdge as usize + 1, "all are looked at");
        for item in all {
            let width = text.width(item.words(), Metrics::PAGE.small, Weight::Regular);
            assert!(width <= LONGEST, "{} is {width} wide", item.words());
        }
    }
}
