//! Icons of point events by a field: what a value is called decides which of a few pictures stands for it.
//!
//! The pictures are lines and convex shapes of our own on a small grid, so that window, SVG and PDF draw the same. A value
//! whose words mean none of them keeps its dot: nothing is guessed beyond the words in [`WORDS`].

use super::{Node, Point, Primitive, Rgba, Role, Stroke};
use crate::event::{Attribute, Classes, EventId, EventTable, Facet, Field};

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Icon {
    /// A rocket.
    Missile,
    /// A burst.
    Attack,
    /// An aircraft.
    Plane,
    /// A ship.
    Ship,
    /// Two people.
    People,
    /// One person.
    Person,
    /// Something said.
    Speech,
    /// A sheet of paper.
    Page,
    /// A mark of choice.
    Check,
    /// A warning.
    Alert,
    /// A seismograph's line.
    Wave,
    /// A cup.
    Cup,
    /// A flag.
    Flag,
    /// A cross of first aid.
    Cross,
    /// A coin.
    Coin,
    /// An arrow.
    Route,
    /// A target.
    Target,
}

/// The words that mean each icon, in lower case and the singular; the first that a value holds decides.
const WORDS: [(Icon, &[&str]); 17] = [
    (Icon::Missile, &["missile", "rocket", "launch", "satellite", "spaceflight"]),
    (
        Icon::Attack,
        &[
            "attack",
            "strike",
            "battle",
            "war",
            "explosion",
            "bombing",
            "shelling",
            "clash",
            "conflict",
            "combat",
            "raid",
            "invasion",
            "offensive",
            "massacre",
        ],
    ),
    (Icon::Plane, &["flight", "air", "aircraft", "bomber", "sortie", "airspace", "scramble"]),
    (Icon::Ship, &["ship", "naval", "navy", "port", "fleet", "maritime", "submarine", "vessel", "sea"]),
    (
        Icon::People,
        &[
            "summit",
            "meeting",
            "conference",
            "talk",
            "forum",
            "negotiation",
            "dialogue",
            "congress",
            "assembly",
            "session",
            "council",
            "people",
        ],
    ),
    (Icon::Person, &["visit", "trip", "tour", "appointment", "resignation", "birth", "death", "person"]),
    (
        Icon::Speech,
        &[
            "statement",
            "announcement",
            "speech",
            "briefing",
            "press",
            "interview",
            "declaration",
            "comment",
            "reaction",
        ],
    ),
    (
        Icon::Page,
        &[
            "agreement",
            "treaty",
            "law",
            "sanction",
            "report",
            "resolution",
            "order",
            "document",
            "publication",
            "decree",
            "pact",
            "accord",
            "ruling",
            "page",
        ],
    ),
    (Icon::Check, &["election", "vote", "referendum", "ballot", "poll", "check"]),
    (Icon::Alert, &["incident", "accident", "crash", "crisis", "warning", "alert", "emergency", "collision"]),
    (
        Icon::Wave,
        &["earthquake", "flood", "storm", "hurricane", "typhoon", "eruption", "tsunami", "disaster", "wave"],
    ),
    (Icon::Cup, &["game", "competition", "match", "race", "championship", "tournament", "olympics", "award", "cup"]),
    (
        Icon::Flag,
        &["ceremony", "parade", "independence", "founding", "anniversary", "milestone", "protest", "rally", "flag"],
    ),
    (Icon::Cross, &["health", "outbreak", "epidemic", "pandemic", "medical", "hospital", "relief"]),
    (Icon::Coin, &["economy", "trade", "finance", "market", "sale", "deal", "purchase", "coin"]),
    (
        Icon::Route,
        &["patrol", "deployment", "withdrawal", "movement", "transfer", "mobilisation", "transit", "convoy", "route"],
    ),
    (Icon::Target, &["exercise", "drill", "manoeuvre", "maneuver", "training", "simulation", "test", "target"]),
];

/// A part of a picture, on a grid from −1 to 1 whose y goes down.
enum Part {
    /// A full convex shape.
    Full(&'static [Point]),
    /// A line in the picture's colour.
    Line(&'static [Point]),
    /// A line in the colour of what lies under it.
    Cut(&'static [Point]),
    /// A full circle: centre and radius.
    Disc(Point, f32),
    /// A circle's line.
    Ring(Point, f32),
}

impl Icon {
    /// The icon that a value's words mean.
    #[must_use]
    pub fn of(value: &str) -> Option<Self> {
        let value = value.to_lowercase();
        let words: Vec<&str> = value.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let is = |word: &str, own: &str| {
            let plural = |ending: &str, single: &str| {
                word.strip_suffix(ending).is_some_and(|stem| own.strip_suffix(single) == Some(stem))
            };
            word == own || plural("s", "") || plural("es", "") || plural("ies", "y")
        };
        let means = |own: &&str| words.iter().any(|word| is(word, own));
        WORDS.iter().find(|(_, own)| own.iter().any(&means)).map(|(icon, _)| *icon)
    }

    fn parts(self) -> &'static [Part] {
        use Part::{Cut, Disc, Full, Line, Ring};
        match self {
            Self::Missile => &[
                Full(&[(0.0, -1.15), (0.36, -0.5), (0.36, 0.7), (-0.36, 0.7), (-0.36, -0.5)]),
                Full(&[(-0.36, 0.1), (-0.36, 0.7), (-0.85, 1.0)]),
                Full(&[(0.36, 0.1), (0.85, 1.0), (0.36, 0.7)]),
            ],
            Self::Attack => &[
                Line(&[(-1.05, 0.0), (1.05, 0.0)]),
                Line(&[(0.0, -1.05), (0.0, 1.05)]),
                Line(&[(-0.72, -0.72), (0.72, 0.72)]),
                Line(&[(-0.72, 0.72), (0.72, -0.72)]),
            ],
            Self::Plane => &[
                Full(&[(0.0, -1.15), (0.22, -0.7), (0.22, 0.9), (-0.22, 0.9), (-0.22, -0.7)]),
                Full(&[(0.0, -0.4), (1.1, 0.3), (1.1, 0.58), (0.0, 0.2)]),
                Full(&[(0.0, -0.4), (0.0, 0.2), (-1.1, 0.58), (-1.1, 0.3)]),
                Full(&[(0.0, 0.5), (0.55, 1.02), (-0.55, 1.02)]),
            ],
            Self::Ship => &[
                Full(&[(-1.1, 0.25), (1.1, 0.25), (0.65, 0.9), (-0.65, 0.9)]),
                Full(&[(-0.5, -0.3), (0.4, -0.3), (0.4, 0.1), (-0.5, 0.1)]),
                Line(&[(0.0, -0.3), (0.0, -1.0)]),
            ],
            Self::People => &[
                Disc((-0.52, -0.5), 0.4),
                Disc((0.52, -0.5), 0.4),
                Full(&[(-1.08, 0.85), (-0.86, 0.1), (-0.2, 0.1), (-0.06, 0.85)]),
                Full(&[(0.06, 0.85), (0.2, 0.1), (0.86, 0.1), (1.08, 0.85)]),
            ],
            Self::Person => {
                &[Disc((0.0, -0.52), 0.46), Full(&[(-0.85, 0.95), (-0.55, 0.14), (0.55, 0.14), (0.85, 0.95)])]
            }
            Self::Speech => &[
                Full(&[(-1.0, -0.8), (1.0, -0.8), (1.0, 0.4), (-1.0, 0.4)]),
                Full(&[(-0.55, 0.3), (0.1, 0.3), (-0.55, 1.05)]),
            ],
            Self::Page => &[
                Full(&[(-0.72, -1.0), (0.25, -1.0), (0.72, -0.5), (0.72, 1.0), (-0.72, 1.0)]),
                Cut(&[(-0.38, 0.0), (0.38, 0.0)]),
                Cut(&[(-0.38, 0.48), (0.38, 0.48)]),
            ],
            Self::Check => &[Line(&[(-0.9, 0.05), (-0.25, 0.7), (0.95, -0.7)])],
            Self::Alert => &[
                Full(&[(0.0, -1.05), (1.08, 0.85), (-1.08, 0.85)]),
                Cut(&[(0.0, -0.4), (0.0, 0.25)]),
                Cut(&[(0.0, 0.48), (0.0, 0.66)]),
            ],
            Self::Wave => {
                &[Line(&[(-1.1, 0.1), (-0.6, 0.1), (-0.25, -0.9), (0.2, 0.9), (0.5, -0.2), (0.7, 0.1), (1.1, 0.1)])]
            }
            Self::Cup => &[
                Full(&[(-0.62, -0.95), (0.62, -0.95), (0.45, 0.0), (0.15, 0.3), (-0.15, 0.3), (-0.45, 0.0)]),
                Line(&[(0.0, 0.2), (0.0, 0.85)]),
                Line(&[(-0.55, 0.88), (0.55, 0.88)]),
                Line(&[(-0.6, -0.7), (-1.05, -0.65), (-0.9, -0.15), (-0.45, 0.0)]),
                Line(&[(0.6, -0.7), (1.05, -0.65), (0.9, -0.15), (0.45, 0.0)]),
            ],
            Self::Flag => &[Line(&[(-0.6, -1.05), (-0.6, 1.05)]), Full(&[(-0.6, -1.0), (0.95, -0.5), (-0.6, 0.08)])],
            Self::Cross => &[
                Full(&[(-0.32, -0.95), (0.32, -0.95), (0.32, 0.95), (-0.32, 0.95)]),
                Full(&[(-0.95, -0.32), (0.95, -0.32), (0.95, 0.32), (-0.95, 0.32)]),
            ],
            Self::Coin => &[Ring((0.0, 0.0), 0.95), Line(&[(0.0, -0.5), (0.0, 0.5)])],
            Self::Route => &[Line(&[(-1.05, 0.0), (0.95, 0.0)]), Line(&[(0.3, -0.65), (1.0, 0.0), (0.3, 0.65)])],
            Self::Target => &[Ring((0.0, 0.0), 0.95), Disc((0.0, 0.0), 0.36)],
        }
    }

    /// The picture about a centre, so large that it lies in a circle of a radius, in a colour over another.
    pub(super) fn draw(self, (x, y): Point, radius: f32, ink: Rgba, ground: Rgba) -> Vec<Primitive> {
        // Corners of the grid reach farther than its edges.
        let unit = radius * 0.66;
        let place = |&(dx, dy): &Point| (x + dx * unit, y + dy * unit);
        let path = |points: &[Point], closed, fill, stroke| {
            let points = points.iter().map(place).collect();
            Primitive::Path { points, closed, fill, stroke }
        };
        let line = |colour| Some(Stroke::solid((unit * 0.3).max(0.9), colour));
        let part = |part: &Part| match part {
            Part::Full(points) => path(points, true, Some(ink), None),
            Part::Line(points) => path(points, false, None, line(ink)),
            Part::Cut(points) => path(points, false, None, line(ground)),
            Part::Disc(centre, own) => {
                Primitive::Circle { centre: place(centre), radius: own * unit, fill: Some(ink), stroke: None }
            }
            Part::Ring(centre, own) => {
                Primitive::Circle { centre: place(centre), radius: own * unit, fill: None, stroke: line(ink) }
            }
        };
        self.parts().iter().map(part).collect()
    }
}

/// The icons of a document's events by a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icons {
    facet: Facet,
    of: Vec<Option<Icon>>,
    /// The values that each icon stands for, and those that have none, the most common first.
    values: Vec<(Option<Icon>, Vec<String>)>,
}

/// A field of more different values than this is not looked through for words that mean an icon.
const MOST_VALUES: usize = 300;
/// Of the values of a column that is none of the known ones, one in so many must mean an icon: notes and remarks do not say
/// what kind of event one is, though some of their words would mean one.
const ONE_IN: usize = 3;
/// As many values of one icon stand in a legend.
const NAMED: usize = 3;

impl Icons {
    /// The fields of which some value means an icon.
    #[must_use]
    pub fn fields(table: &EventTable) -> Vec<Facet> {
        let kinds = table.word_columns().find(|(field, _)| *field == Field::Kind).map(|(_, words)| words);
        let tags = table.list_columns().find(|(field, _)| *field == Field::Tags).map(|(_, lists)| lists.words());
        let known = [(Facet::Kind, kinds), (Facet::Tags, tags)].into_iter().filter(|(_, words)| {
            let few = words.filter(|words| words.words() <= MOST_VALUES);
            few.is_some_and(|words| (0..words.words()).any(|key| Icon::of(words.word(key)).is_some()))
        });
        let means = |own: &&Attribute| {
            let values = own.few_values(MOST_VALUES).unwrap_or_default();
            let icons = values.iter().filter(|value| Icon::of(value).is_some()).count();
            icons > 0 && icons * ONE_IN >= values.len()
        };
        let attributes = table.attributes().iter().filter(means).map(|own| Facet::Attribute(own.name.clone()));
        known.map(|(facet, _)| facet).chain(attributes).collect()
    }

    /// The icons of all events of a table. Where values of one event mean different icons, it has none. `None` where no
    /// value means any.
    #[must_use]
    pub fn new(table: &EventTable, facet: &Facet) -> Option<Self> {
        let classes = Classes::new(table, facet);
        let mut icons: Vec<Option<Icon>> = classes.names().iter().map(|name| Icon::of(name)).collect();
        // What events without a value are called is no value.
        icons[classes.none() as usize] = None;
        let mut counts = vec![0_usize; icons.len()];
        let mut own = Vec::new();
        let mut of_event = |event| {
            classes.of(event, &mut own);
            for &class in &own {
                counts[class as usize] += 1;
            }
            let mut found = own.iter().filter_map(|&class| icons[class as usize]);
            let first = found.next()?;
            found.all(|icon| icon == first).then_some(first)
        };
        let of: Vec<Option<Icon>> = table.events().map(&mut of_event).collect();
        let mut order: Vec<usize> = (0..counts.len()).filter(|&class| counts[class] > 0).collect();
        order.sort_by_key(|&class| std::cmp::Reverse(counts[class]));
        let mut values: Vec<(Option<Icon>, Vec<String>)> = Vec::new();
        for class in order.into_iter().filter(|&class| class != classes.none() as usize) {
            let icon = icons[class];
            let name = classes.names()[class].clone();
            match values.iter_mut().find(|(own, _)| *own == icon) {
                Some((_, names)) => names.push(name),
                None => values.push((icon, vec![name])),
            }
        }
        of.iter().any(Option::is_some).then(|| Self { facet: facet.clone(), of, values })
    }

    /// The field that they stand for.
    #[must_use]
    pub fn facet(&self) -> &Facet {
        &self.facet
    }

    /// The icon of an event.
    #[must_use]
    pub fn of(&self, event: EventId) -> Option<Icon> {
        self.of.get(event.0 as usize).copied().flatten()
    }

    /// What an icon stands for, for a legend: "Exercise, Drill".
    #[must_use]
    pub fn words(&self, icon: Icon) -> String {
        self.named(Some(icon)).unwrap_or_default()
    }

    /// The values that have no icon, for a legend: "without an icon: Games". `None` where all have one.
    #[must_use]
    pub fn without(&self) -> Option<String> {
        self.named(None).map(|names| format!("without an icon: {names}"))
    }

    /// The most common values of an icon, or of none.
    fn named(&self, icon: Option<Icon>) -> Option<String> {
        let (_, names) = self.values.iter().find(|(own, _)| *own == icon)?;
        let more = if names.len() > NAMED { "…" } else { "" };
        Some(names[..names.len().min(NAMED)].join(", ") + more)
    }

    /// Its icons, the most common first.
    pub(super) fn all(&self) -> impl Iterator<Item = Icon> + '_ {
        self.values.iter().filter_map(|(icon, _)| *icon)
    }
}

/// The disc of a legend with an icon on it.
pub(super) fn sample(icon: Icon, centre: Point, radius: f32, colour: Rgba) -> Vec<Node> {
    let disc = Primitive::Circle { centre, radius, fill: Some(colour), stroke: None };
    let own = icon.draw(centre, radius, colour.picture_ink(), colour);
    std::iter::once(disc).chain(own).map(|primitive| Node::new(Role::Legend, primitive)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder};
    use crate::time::Edtf;

    #[test]
    fn words_of_a_value_decide_and_what_they_do_not_mean_is_not_guessed() {
        assert_eq!(Icon::of("Missile test"), Some(Icon::Missile));
        assert_eq!(Icon::of("naval exercises"), Some(Icon::Ship));
        assert_eq!(Icon::of("DRILLS"), Some(Icon::Target));
        assert_eq!(Icon::of("Speeches"), Some(Icon::Speech));
        assert_eq!(Icon::of("Peace treaties"), Some(Icon::Page));
        assert_eq!(Icon::of("Cross-strait transit"), Some(Icon::Route));
        assert_eq!(Icon::of("Warsaw"), None);
        assert_eq!(Icon::of(""), None);
    }

    #[test]
    fn every_picture_lies_in_its_circle_and_its_full_parts_are_convex() {
        for (icon, _) in WORDS {
            let primitives = icon.draw((0.0, 0.0), 10.0, Rgba([0, 0, 0, 255]), Rgba([255; 4]));
            assert!(!primitives.is_empty());
            for primitive in primitives {
                if let Primitive::Circle { centre: (x, y), radius, .. } = primitive {
                    assert!(x.hypot(y) + radius <= 10.0, "{icon:?}");
                }
                let Primitive::Path { points, closed, .. } = primitive else { continue };
                assert!(points.iter().all(|(x, y)| x.hypot(*y) <= 10.0), "{icon:?} {points:?}");
                let turn = |at: usize| {
                    let [a, b, c] = [0, 1, 2].map(|step| points[(at + step) % points.len()]);
                    (b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0)
                };
                let turns: Vec<f32> = (0..points.len()).map(turn).collect();
                assert!(
                    !closed || turns.iter().all(|turn| *turn >= 0.0) || turns.iter().all(|turn| *turn <= 0.0),
                    "{icon:?}"
                );
            }
        }
    }

    #[test]
    fn values_share_an_icon_and_an_event_of_two_has_none() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for tags in
            [&["drill"][..], &["exercise"], &["summit", "drill"], &["drill", "exercise"], &["tea"], &["drill"]]
        {
            builder.push(&Draft { tags, edtf: Edtf::parse("2022").ok(), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        assert_eq!(Icons::fields(&table), [Facet::Tags]);
        let icons = Icons::new(&table, &Facet::Tags).unwrap();
        let of: Vec<Option<Icon>> = table.events().map(|event| icons.of(event)).collect();
        let target = Some(Icon::Target);
        assert_eq!(of, [target, target, None, target, None, target]);
        assert_eq!(icons.words(Icon::Target).to_lowercase(), "drill, exercise");
        assert_eq!(icons.without().map(|words| words.to_lowercase()).as_deref(), Some("without an icon: tea"));
        assert_eq!(Icons::new(&table, &Facet::Status), None);
    }

    #[test]
    fn what_a_column_is_called_gives_no_icon_and_free_text_is_no_field_of_icons() {
        let columns = vec!["port".to_owned(), "note".to_owned(), "type".to_owned()];
        let mut builder = EventTableBuilder::new(vec![], columns);
        let notes = ["In order to sail", "Left at noon", "Nobody came", "A long way"];
        for (at, note) in notes.into_iter().enumerate() {
            let cells = [(at == 0).then_some("Guam"), Some(note), Some(if at % 2 == 0 { "Drill" } else { "Visit" })];
            let edtf = Edtf::parse("2022").ok();
            builder.push(&Draft { attributes: &cells, edtf, ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        assert_eq!(Icons::fields(&table), [Facet::Attribute("type".into())]);
        assert_eq!(Icons::new(&table, &Facet::Attribute("port".into())), None);
    }
}
