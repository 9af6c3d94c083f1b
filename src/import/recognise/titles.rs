//! A title from several columns, where none is a title by itself: "explosion – Oslo", "Home – Away".

use super::Assignment;
use super::names::Concept;
use super::profile::Profile;
use super::roles::makes_lanes;
use crate::event::Field;

/// The columns that make a title; `None` where a column is the title, or nothing makes one.
pub(super) fn composed(profiles: &[Profile], found: &[Assignment]) -> Option<Vec<usize>> {
    if found.iter().any(|own| own.field == Field::Title) {
        return None;
    }
    opponents(profiles).or_else(|| of_words(profiles, found))
}

/// Whether two opponents say more of a match than the column that is taken for its title.
pub(super) fn are_better(profiles: &[Profile], found: &[Assignment]) -> Option<usize> {
    let title = found.iter().position(|own| own.field == Field::Title)?;
    let called_so = profiles[title].name.concepts.has_any(&[Concept::Title, Concept::Event, Concept::Name]);
    (!called_so && opponents(profiles).is_some()).then_some(title)
}

/// A template for titles over columns: `{home} – {away}`; `None` where a name has braces itself, which no template can name.
pub(super) fn template(parts: &[usize], names: &[String]) -> Option<String> {
    let part =
        |at: &usize| Some(&names[*at]).filter(|name| !name.contains(['{', '}'])).map(|name| format!("{{{name}}}"));
    parts.iter().map(part).collect::<Option<Vec<_>>>().map(|parts| parts.join(" – "))
}

/// Two columns of one meaning on two sides: home and away, attacker and defender.
fn opponents(profiles: &[Profile]) -> Option<Vec<usize>> {
    const SIDES: [(&str, &str); 4] =
        [("home", "away"), ("attacker", "defender"), ("heim", "gast"), ("local", "visitante")];
    let has = |at: &usize, word: &str| {
        let own = &profiles[*at];
        own.is_text() && own.share(own.short_capitals) < 0.5 && own.name.words.iter().any(|own| own == word)
    };
    let rest = |at: usize, word: &str| -> Vec<String> {
        profiles[at].name.words.iter().filter(|own| *own != word).cloned().collect()
    };
    SIDES.iter().find_map(|(one, other)| {
        let first: Vec<usize> = (0..profiles.len()).filter(|at| has(at, one)).collect();
        let second: Vec<usize> = (0..profiles.len()).filter(|at| has(at, other)).collect();
        let pairs = first.iter().flat_map(|a| second.iter().map(move |b| (*a, *b)));
        let same = pairs.filter(|(a, b)| rest(*a, one) == rest(*b, other));
        same.max_by_key(|(a, _)| profiles[*a].distinct).map(|(a, b)| vec![a, b])
    })
}

/// The one or two columns of words that tell most events apart.
fn of_words(profiles: &[Profile], found: &[Assignment]) -> Option<Vec<usize>> {
    use Concept::{
        Address, Code, Date, Description, Doubt, Editor, Flag, Id, Measure, Media, Source, Tags, Url, Zone,
    };
    let never = [Address, Code, Description, Doubt, Editor, Flag, Id, Media, Measure, Source, Tags, Url, Zone, Date];
    let weigh = |at: usize| {
        let own = &profiles[at];
        let concepts = own.name.concepts;
        let used = !matches!(
            found[at].field,
            Field::Attribute | Field::Kind | Field::Location | Field::Participants | Field::Status
        );
        let fits = own.is_text()
            && !own.is_constant()
            && !own.is_flag()
            && own.coverage() >= 0.5
            && own.mean_letters() <= 60.0;
        let other = own.share(own.links) > 0.3 || own.share(own.strong_dates) > 0.3 || own.share(own.clocks) > 0.3;
        if used || !fits || other || concepts.has_any(&never) || own.distinct < 2 {
            return None;
        }
        let mut score = own.coverage() + 0.4 * own.share(own.distinct).min(0.5);
        score += 0.3 * ((own.distinct as f64).ln() / 4.0).min(1.0);
        score += if concepts.has_any(&[Concept::Kind, Concept::Name, Concept::Event]) { 0.5 } else { 0.0 };
        score += match found[at].field {
            Field::Kind => 0.35,
            Field::Location => 0.45,
            Field::Participants => 0.3,
            _ => 0.0,
        };
        score -= 0.5 * own.share(own.short_capitals) + 0.5 * own.share(own.codes);
        score += if makes_lanes(own) || own.distinct > 12 { 0.1 } else { 0.0 };
        Some(score)
    };
    let mut ranked: Vec<(f64, usize)> =
        (0..profiles.len()).filter_map(|at| weigh(at).map(|score| (score, at))).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| profiles[a.1].name.words.cmp(&profiles[b.1].name.words)));
    let mut parts: Vec<usize> = ranked.iter().take(2).map(|(_, at)| *at).collect();
    // What comes again most says what it is, and stands first.
    parts.sort_by_key(|at| (profiles[*at].distinct, profiles[*at].name.words.concat()));
    (!parts.is_empty()).then_some(parts)
}
