//! Which columns say what an event is called, of what kind it is, where it was, and the rest.
//!
//! Every free column is weighed for every field by its name and its cells; the best pairs are taken first, so that a
//! column goes where it does best. A title is never a time, a number, a link or a code while words are there; lanes want
//! few values that come again; a constant tells nothing apart.

use super::Assignment;
use super::names::Concept;
use super::profile::Profile;
use crate::event::Field;

/// As many different values as lanes can show.
const MOST_LANES: usize = 40;

/// A weight, and what speaks for it.
type Weighed = Option<(f64, &'static str)>;
/// How well a column does for a field, if at all.
type Weigh = fn(&Profile) -> Weighed;

/// Gives columns that are free their fields.
pub(super) fn assign(profiles: &[Profile], out: &mut [Assignment]) {
    coordinates(profiles, out);
    let fields: [(Field, Weigh); 11] = [
        (Field::Id, id),
        (Field::Title, title),
        (Field::Location, place),
        (Field::Kind, kind),
        (Field::Status, status),
        (Field::Participants, who),
        (Field::Source, source),
        (Field::Published, published),
        (Field::Url, url),
        (Field::Tags, tags),
        (Field::Duration, duration),
    ];
    let mut pairs: Vec<(f64, Field, usize, &'static str)> = Vec::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(at, _)| out[*at].field == Field::Attribute) {
        let weighed =
            fields.iter().filter_map(|(field, of)| of(profile).map(|(score, why)| (score, *field, at, why)));
        pairs.extend(weighed);
    }
    // Of equals the name decides, so that the order of columns does not.
    pairs.sort_by(|a, b| {
        let name = |at: usize| (&profiles[at].name.words, profiles[at].name.number);
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then_with(|| name(a.2).cmp(&name(b.2)))
    });
    for (_, field, at, why) in pairs {
        let taken = out.iter().any(|own| own.field == field);
        if !taken && out[at].field == Field::Attribute {
            out[at].feed(field, why);
        }
    }
    title_at_last(profiles, out);
    describe(profiles, out);
}

/// Where no column is a title by itself, the only text is one before it is a description, and so is what names versions.
fn title_at_last(profiles: &[Profile], out: &mut [Assignment]) {
    if out.iter().any(|own| own.field == Field::Title) {
        return;
    }
    let free = |at: &usize| out[*at].field == Field::Attribute;
    let weigh = |at: usize| {
        let own = &profiles[at];
        let concepts = own.name.concepts;
        let differs = own.distinct >= 2 && own.coverage() >= 0.5;
        let text = own.is_text() && concepts.has(Concept::Description) && own.share(own.links) < 0.3 && differs;
        let named = concepts.has_any(&[Concept::Code, Concept::Name, Concept::Title]) && !concepts.has(Concept::Id);
        let version = named
            && own.name.words.len() == 1
            && distinct_share(own) > 0.9
            && own.coverage() > 0.9
            && own.clocks == 0;
        match (text, version) {
            (true, _) => Some((1.0 + distinct_share(own), "the only text is the title")),
            (_, true) => Some((0.5, "its values tell events apart")),
            _ => None,
        }
    };
    let all = (0..profiles.len()).filter(free).filter_map(|at| weigh(at).map(|weight| (weight, at)));
    let best = all.max_by(|(a, at), (b, other)| {
        a.0.total_cmp(&b.0).then_with(|| profiles[*other].name.words.cmp(&profiles[*at].name.words))
    });
    if let Some(((_, why), at)) = best {
        out[at].feed(Field::Title, why);
    }
}

/// What a name says for a field: the column is just that, ends with that, or has it among other words.
fn named(profile: &Profile, concept: Concept) -> f64 {
    let name = &profile.name;
    match () {
        () if name.is_just(concept) => 2.0,
        () if name.ends_with(concept) => 1.5,
        () if name.concepts.has(concept) => 1.2,
        () => 0.0,
    }
}

fn distinct_share(profile: &Profile) -> f64 {
    profile.share(profile.distinct)
}

fn title(own: &Profile) -> Weighed {
    use Concept::{
        Address, Area, Code, Date, Day, Description, Editor, Event, Flag, Id, Kind, Media, Month, Place, Source,
    };
    use Concept::{Tags, Title, Url, Who, Year, Zone};
    let concepts = own.name.concepts;
    let other = own.share(own.links) >= 0.3 || own.share(own.clocks) >= 0.3 || own.share(own.strong_dates) >= 0.5;
    if own.filled == 0 || !own.is_text() || other || own.is_flag() {
        return None;
    }
    let mut score = 0.8 * own.coverage() + 1.3 * distinct_share(own);
    score += if concepts.has(Title) { named(own, Title) + 0.6 } else { 0.0 };
    score += if concepts.has(Concept::Name) {
        // A name of something else names the event only where nothing else does.
        if concepts.has_any(&[Place, Area, Who, Kind, Concept::Group]) && !concepts.has(Event) {
            0.5
        } else {
            named(own, Concept::Name)
        }
    } else {
        0.0
    };
    score += if concepts.has(Event) { named(own, Event) * 0.8 } else { 0.0 };
    score += if own.share(own.phrases) >= 0.5 { 0.5 } else { 0.0 };
    let letters = own.mean_letters();
    score += match letters {
        0.0..2.0 => -1.0,
        2.0..90.0 => 0.3,
        90.0..160.0 => -0.2,
        _ => -0.7,
    };
    score -= own.share(own.codes) * 1.2 + own.share(own.short_capitals) * 1.0;
    for (concept, weight) in [
        (Description, -0.8),
        (Id, -0.7),
        (Code, -0.7),
        (Source, -1.0),
        (Url, -1.0),
        (Tags, -0.8),
        (Address, -0.9),
        (Place, -0.4),
        (Area, -0.7),
        (Kind, -0.9),
        (Concept::Group, -0.3),
        (Concept::Status, -0.8),
        (Concept::Measure, -0.4),
        (Media, -1.5),
        (Zone, -1.5),
        (Flag, -0.8),
        (Editor, -1.2),
        (Concept::Recorded, -0.8),
        (Concept::Doubt, -0.8),
        (Concept::Time, -1.2),
        (Who, -0.6),
        (Date, -0.4),
        (Year, -0.5),
        (Month, -1.0),
        (Day, -1.0),
    ] {
        // What is called a title, too, is one.
        score += if concepts.has(concept) && !(concepts.has(Title) && weight > -0.9) { weight } else { 0.0 };
    }
    score -= if own.coverage() < 0.4 { 1.2 } else { 0.0 };
    score -= if own.is_constant() && own.records > 3 { 2.0 } else { 0.0 };
    let why = if concepts.has_any(&[Title, Concept::Name, Event]) {
        "its name says so, and its cells are words"
    } else {
        "its cells are words that tell events apart"
    };
    (score >= 1.6).then_some((score + 0.6, why))
}

/// Whether values make lanes: few, repeated, none nearly everywhere, no yes or no.
pub(super) fn makes_lanes(own: &Profile) -> bool {
    let few = (2..=MOST_LANES).contains(&own.distinct) && own.distinct * 10 <= own.filled * 6;
    few && own.coverage() >= 0.5 && own.share(own.top) <= 0.93 && !own.is_flag() && own.mean_letters() <= 48.0
}

fn kind(own: &Profile) -> Weighed {
    use Concept::{Code, Date, Description, Flag, Group, Id, Kind, Measure, Media, Place, Title, Url, Year, Zone};
    let concepts = own.name.concepts;
    let other = own.share(own.links) >= 0.3 || own.share(own.strong_dates) >= 0.5 || own.share(own.clocks) >= 0.5;
    if own.filled == 0 || other {
        return None;
    }
    let called_so = named(own, Kind);
    if own.is_constant() && own.records > 2 {
        return None;
    }
    // What is called just "kind" is that, whatever it holds, unless nearly every cell differs.
    let is_few = makes_lanes(own);
    let is_many = called_so >= 1.5 && own.is_text() && own.coverage() >= 0.4 && (own.filled <= 12 || own.comes_again);
    if !is_few && !is_many || (own.is_flag() && called_so < 2.0) {
        return None;
    }
    let mut score = 0.5 + 0.5 * own.coverage();
    score += called_so * 1.1 - if is_few { 0.0 } else { 1.0 };
    score -= own.share(own.lists) * 0.4
        + if own.name.words.iter().any(|word| word.ends_with("es") && called_so > 0.0) { 0.1 } else { 0.0 };
    let named_else = concepts.has_any(&[Kind, Group, Concept::Area, Place]);
    score -= if concepts.has(Concept::Name) && !named_else { 0.6 } else { 0.0 };
    score += if concepts.has(Group) { 0.6 } else { 0.0 };
    score += if concepts.has(Concept::Status) { 0.2 } else { 0.0 };
    score += if concepts.has(Concept::Area) { 0.25 } else { 0.0 };
    score += match own.distinct {
        3..=16 => 0.4,
        2 | 17..=24 => 0.2,
        _ => 0.0,
    };
    score -= own.share(own.top).powi(2) * 0.6;
    score += if own.is_text() { 0.3 } else { -0.5 };
    // "M" and "F" say little on a lane.
    score -= if own.mean_letters() < 1.5 { 0.6 } else { 0.0 };
    score -= own.share(own.codes) * 0.4 + own.share(own.short_capitals) * 0.1;
    score += concepts.weight(&[
        (Id, -0.8),
        (Code, -0.4),
        (Measure, -0.6),
        (Date, -0.6),
        (Year, -0.8),
        (Concept::Month, -0.8),
        (Concept::Day, -0.8),
        (Concept::Time, -0.5),
        (Url, -1.0),
        (Media, -0.8),
        (Zone, -1.2),
        (Flag, -0.5),
        (Description, -0.6),
        (Title, -0.4),
        (Place, -0.2),
        (Concept::Editor, -1.0),
        (Concept::Doubt, -0.7),
        (Concept::Latitude, -0.8),
        (Concept::Longitude, -0.8),
    ]);
    let why =
        if called_so > 0.0 { "its name says so, and its values come again" } else { "few values that come again" };
    (score >= 0.7).then_some((score, why))
}

fn place(own: &Profile) -> Weighed {
    use Concept::{Address, Area, Code, Event, Group, Id, Latitude, Longitude, Measure, Place, Url};
    let concepts = own.name.concepts;
    if concepts.has_any(&[Concept::Date, Concept::Year])
        || !concepts.has_any(&[Place, Area])
        || !own.is_text()
        || own.share(own.links) > 0.3
        || own.is_flag()
    {
        return None;
    }
    if concepts.has_any(&[Latitude, Longitude, Url, Measure, Concept::Kind])
        || (concepts.has(Code) && own.share(own.phrases) < 0.2)
    {
        return None;
    }
    let mut score = 1.0 + named(own, Place) + 0.5 * own.coverage();
    score += if concepts.has(Place) { 0.0 } else { named(own, Area) * 0.5 };
    score += if own.share(own.phrases) >= 0.3 { 0.1 } else { 0.0 };
    score -= own.share(own.short_capitals) * 0.5 + own.share(own.codes) * 0.5;
    score += concepts.weight(&[
        (Id, -1.2),
        (Address, -0.6),
        (Group, -1.0),
        (Event, -0.2),
        (Concept::Birth, -0.5),
        (Concept::Status, -0.3),
    ]);
    let empty = own.coverage() < 0.15;
    (score >= 1.2 && !empty).then_some((score, "its name says where"))
}

fn who(own: &Profile) -> Weighed {
    use Concept::{Area, Code, Editor, Event, Id, Measure, Place, Url, Who};
    let concepts = own.name.concepts;
    let other = concepts.has_any(&[Editor, Url, Code, Measure, Place, Area])
        || (concepts.has(Id) && own.share(own.phrases) < 0.3);
    if !concepts.has(Who) || !(own.is_text() || own.name.is_just(Who)) || other || own.share(own.links) > 0.3 {
        return None;
    }
    let score = 0.9 + named(own, Who) + 0.3 * own.coverage() - if concepts.has(Event) { 0.3 } else { 0.0 };
    (own.name.number.is_none_or(|number| number <= 1) && own.coverage() >= 0.05)
        .then_some((score, "its name says who"))
}

fn status(own: &Profile) -> Weighed {
    use Concept::{Area, Code, Date, Id, Measure, Status};
    let concepts = own.name.concepts;
    let word =
        own.name.words.len() <= 2 && named(own, Status) >= 1.5 && !concepts.has_any(&[Date, Id, Code, Measure]);
    // "State" is a place where its cells are not words of how things stand.
    let place = concepts.has(Area) && own.distinct > 12;
    let words = own.is_text()
        && own.filled > 0
        && own.distinct <= 24.max(own.filled / 20)
        && own.share(own.short_capitals) < 0.5;
    (word && words && !place).then_some((1.2 + named(own, Status), "its name says how it stands"))
}

fn id(own: &Profile) -> Weighed {
    use Concept::{Code, Date, Event, Id, Name as Named, Title};
    let concepts = own.name.concepts;
    // An id of something else (`team_id`), or one of words, names no event.
    let of_event = own.name.words.len() == 1 || concepts.has(Event);
    let plain =
        own.name.words.iter().any(|word| matches!(word.as_str(), "id" | "uid" | "uuid" | "guid" | "identifier"));
    let other = concepts.has_any(&[Named, Title, Date]) || (concepts.has(Code) && !concepts.has(Event));
    let words = own.share(own.phrases) > 0.3;
    let fits = concepts.has(Id) && plain && of_event && !other && !words && own.filled > 0;
    fits.then_some((
        3.0 - 0.2 * own.name.words.len() as f64 + distinct_share(own) * 0.5,
        "its name says which record it is",
    ))
}

fn source(own: &Profile) -> Weighed {
    use Concept::{Code, Date, Id, Kind, Measure, Media, Source, Url};
    let concepts = own.name.concepts;
    let other = concepts.has_any(&[Id, Code, Url, Media, Measure, Date, Kind]);
    let fits = own.filled > 0
        && own.share(own.codes) < 0.5
        && named(own, Source) >= 1.5
        && own.name.words.len() <= 2
        && !other
        && own.texts + own.links > 0;
    fits.then_some((1.4 + named(own, Source), "its name says who says so"))
}

fn published(own: &Profile) -> Weighed {
    use Concept::{Published, Source};
    let concepts = own.name.concepts;
    let says = concepts.has(Published) && own.name.unknown == 0 && own.name.words.len() <= 3;
    let of_source = concepts.has(Source) && concepts.has(Concept::Date);
    let result = own.name.words.iter().any(|word| word.starts_with("result") || word.starts_with("divulg"));
    let dates = own.filled > 0 && own.share(own.dates) >= 0.5;
    ((says || of_source) && dates && !result).then_some((2.5, "its name says when the source appeared"))
}

fn url(own: &Profile) -> Weighed {
    use Concept::{Media, Source, Url};
    let concepts = own.name.concepts;
    let links = own.share(own.links) >= 0.5 || (own.filled == 0 && own.name.is_just(Url));
    if !links || !concepts.has_any(&[Url, Source]) || concepts.has(Media) {
        return None;
    }
    Some((1.0 + named(own, Url) - 0.1 * own.name.words.len() as f64 + 0.3 * own.coverage(), "its cells are links"))
}

fn tags(own: &Profile) -> Weighed {
    let word = own.name.words.len() <= 2 && named(own, Concept::Tags) >= 1.5;
    (word && own.filled > 0 && own.texts > 0).then_some((2.0, "its name says so"))
}

fn duration(own: &Profile) -> Weighed {
    use Concept::{Duration, Measure};
    let says = named(own, Duration) >= 1.2 && !own.name.concepts.has(Measure);
    (says && own.share(own.durations) >= 0.5).then_some((2.0, "its name and its cells say how long"))
}

/// A pair of degrees, both in range.
fn coordinates(profiles: &[Profile], out: &mut [Assignment]) {
    let fits = |at: usize, concept: Concept| {
        let own = &profiles[at];
        let in_range = own.share(if concept == Concept::Latitude { own.norths } else { own.degrees });
        // A name that says just that stands over some cells that do not.
        let least = if own.name.is_just(concept) { 0.3 } else { 0.5 };
        // One letter may be anything; it needs its partner and fractions.
        let letter = own.name.words.concat().len() == 1 && own.whole_numbers == own.numbers;
        out[at].field == Field::Attribute
            && own.name.concepts.has(concept)
            && !own.name.concepts.has_any(&[Concept::Duration, Concept::Doubt, Concept::Title, Concept::Description])
            && in_range >= least
            && !letter
    };
    let stem = |at: usize| profiles[at].name.without(&[Concept::Latitude, Concept::Longitude]);
    let all = |concept| (0..profiles.len()).filter(move |at| fits(*at, concept)).collect::<Vec<_>>();
    let (norths, easts) = (all(Concept::Latitude), all(Concept::Longitude));
    let pairs = norths.iter().flat_map(|north| easts.iter().map(move |east| (*north, *east)));
    let best = pairs.filter(|(north, east)| stem(*north) == stem(*east)).max_by_key(|(north, _)| {
        let own = &profiles[*north];
        (own.filled, std::cmp::Reverse(own.name.words.len()), std::cmp::Reverse(own.name.words.concat()))
    });
    if let Some((north, east)) = best {
        out[north].feed(Field::Latitude, "its name says so, and its numbers are in range");
        out[east].feed(Field::Longitude, "its name says so, and its numbers are in range");
    }
}

/// A description is what is said beside a title; the only text is the title before.
fn describe(profiles: &[Profile], out: &mut [Assignment]) {
    use Concept::{Address, Code, Description, Editor, Flag, Id, Kind, Measure, Source, Status, Url};
    let weigh = |own: &Profile| {
        let concepts = own.name.concepts;
        let other = concepts.has_any(&[Address, Code, Editor, Flag, Id, Kind, Measure, Source, Status, Url]);
        let fits = own.filled > 0
            && own.is_text()
            && concepts.has(Description)
            && own.share(own.links) < 0.3
            && !own.is_flag();
        // A remark here and there says less than a text in every record.
        let general = if own.name.is_just(Description) { 0.4 } else { 0.0 };
        let length = (own.mean_letters() / 200.0).min(0.6);
        (fits && (!other || general > 0.0)).then(|| named(own, Description) + general + own.coverage() + length)
    };
    let free = |at: &usize| out[*at].field == Field::Attribute;
    let best = (0..profiles.len()).filter(free).filter_map(|at| weigh(&profiles[at]).map(|score| (score, at)));
    let best = best.max_by(|a, b| {
        let names = || profiles[b.1].name.words.cmp(&profiles[a.1].name.words);
        a.0.total_cmp(&b.0).then_with(names)
    });
    if let Some((_, at)) = best {
        out[at].feed(Field::Description, "its name says so");
    }
}
