//! Which columns tell when events were.
//!
//! Each column that can be read as dates is weighed: how many records it dates, how finely, and what its name says. When a
//! record was made, published or due loses against any other date; birth and death, first and last, early and late are
//! start and end where nothing better is. A start and an end are chosen as a pair, and only if they are in order.

use super::Assignment;
use super::names::Concept;
use super::profile::Profile;
use crate::event::Field;

/// Words that say nothing of which date it is.
const DATE_WORDS: [Concept; 6] =
    [Concept::Date, Concept::Time, Concept::Year, Concept::Month, Concept::Day, Concept::Event];

/// The best way to date the records.
struct DateCandidate {
    score: f64,
    /// The mean moment, so that of equals the earlier counts, in whatever order columns stand.
    mean: f64,
    columns: Vec<(usize, Field)>,
    why: &'static str,
}

/// Gives the columns of dates their fields.
pub(super) fn assign(profiles: &[Profile], out: &mut [Assignment]) {
    let mut candidates: Vec<DateCandidate> = (0..profiles.len()).filter_map(|at| single(profiles, at)).collect();
    candidates.extend(parts(profiles));
    let names = |choice: &DateCandidate| choice.columns.first().map(|(at, _)| profiles[*at].name.words.clone());
    let best = candidates.into_iter().max_by(|a, b| {
        a.score.total_cmp(&b.score).then(b.mean.total_cmp(&a.mean)).then_with(|| names(b).cmp(&names(a)))
    });
    let Some(best) = best.or_else(|| unread(profiles)) else { return };
    for (at, field) in &best.columns {
        out[*at].feed(*field, best.why);
    }
    let Some(start) = best.columns.first().map(|(at, _)| *at) else { return };
    let by_parts = best.columns[0].1 == Field::StartYear;
    let ended = if by_parts { end_parts(profiles, out) } else { false };
    let end = if ended { None } else { end_of(profiles, start, out) };
    if let Some((end, why)) = end {
        out[end].feed(Field::End, why);
    }
    clocks(profiles, start, end.map(|(end, _)| end), out);
}

/// A column that is named like a date, though its cells cannot be read: the report then shows them.
fn unread(profiles: &[Profile]) -> Option<DateCandidate> {
    let named = |at: &usize| {
        let name = &profiles[*at].name;
        name.concepts.has_any(&[Concept::Date, Concept::Start])
            && !name.concepts.has_any(&[Concept::Id, Concept::Flag])
    };
    let most = |at: &usize| {
        let own = &profiles[*at];
        (own.name.unknown == 0, own.filled, std::cmp::Reverse(own.name.words.clone()))
    };
    let at = (0..profiles.len()).filter(named).max_by_key(most)?;
    let field = start_field(&profiles[at]);
    Some(DateCandidate {
        score: 0.0,
        mean: 0.0,
        columns: vec![(at, field)],
        why: "it is named like a date, but its cells are not read",
    })
}

fn start_field(profile: &Profile) -> Field {
    use Concept::{Birth, First, Start};
    if profile.name.concepts.has_any(&[Start, Birth, First]) { Field::Start } else { Field::When }
}

/// Whether cells of one to five digits are years, by what the column is called.
fn means_years(profile: &Profile) -> bool {
    use Concept::{Birth, Code, Date, Death, Duration, End, First, Flag, Id, Last, Measure, Start, Year};
    let concepts = profile.name.concepts;
    let named = concepts.has_any(&[Year, Date, Start, End, Birth, Death, First, Last]);
    let other = concepts.has_any(&[Measure, Duration, Code, Flag]) || (concepts.has(Id) && !concepts.has(Year));
    named && (!other || concepts.has(Year))
}

/// Cells that date a record.
fn read(profile: &Profile) -> usize {
    profile.dates + if means_years(profile) { profile.bare_years } else { 0 }
}

/// How well a column alone does; `None` if not at all.
fn single(profiles: &[Profile], at: usize) -> Option<DateCandidate> {
    use Concept::{
        Birth, Date, Day, Death, Doubt, Due, Duration, End, Event, Id, Last, Measure, Month, Published, Recorded,
    };
    use Concept::{Start, Time, Year};
    let own = &profiles[at];
    let concepts = own.name.concepts;
    let read = read(own);
    if own.filled == 0 || own.date_share(read) < 0.5 {
        return None;
    }
    let named =
        concepts.has_any(&[Date, Start, Year, Time, End, Birth, Death, Published, Recorded, Concept::First, Last]);
    let strong = own.date_share(own.strong_dates);
    let is_part = concepts.has_any(&[Month, Day]) && !concepts.has_any(&[Date, Year]) && own.share(own.days) < 0.5;
    if is_part || (!named && strong < 0.8) || (concepts.has_any(&[Measure, Duration]) && strong < 0.5) {
        return None;
    }
    if concepts.has(Year) && own.share(own.whole_numbers) > 0.9 && !plausible_years(own) {
        return None;
    }
    let of_records = |count: usize| count as f64 / own.records.max(1) as f64;
    let mut score = 3.0 * of_records(read) + 0.6 * of_records(own.days);
    score += concepts.weight(&[
        (Start, 0.5),
        (Date, 0.4),
        (Event, 0.2),
        (Time, 0.3),
        (Year, 0.2),
        (Recorded, -1.6),
        (Published, -1.0),
        (Birth, -0.9),
        (Death, -1.5),
        (Due, -1.6),
        (Doubt, -1.5),
        (Last, -0.5),
        (Id, -0.5),
        (Concept::Editor, -1.0),
    ]);
    score += if concepts.has(End) && !concepts.has(Start) { -1.5 } else { 0.0 };
    score += if named { 0.0 } else { -0.25 };
    score += if own.is_constant() && own.filled > 10 { -1.0 } else { 0.0 };
    // A clock of computers beside dates in words or signs is mostly when the record was made.
    let epochs =
        own.numbers == own.filled && own.least.abs().max(own.most.abs()) > 1e8 && own.share(own.strong_dates) < 0.5;
    score += if epochs { -0.4 } else { 0.0 };
    // The plain word says more than a longer name.
    score -=
        0.02 * own.name.unknown as f64 + if own.name.number.is_some_and(|number| number > 1) { 0.1 } else { 0.0 };
    // A partner that is its end makes a start; one that ends it surely more than one that may.
    let partner = (0..profiles.len()).filter_map(|other| pair(profiles, at, other)).map(|(score, _)| score);
    score += partner.fold(0.0, f64::max).min(2.0) * 0.25;
    let only_year = concepts.has(Year) && own.share(own.days) < 0.1 && own.share(own.strong_dates) < 0.1;
    let field = if only_year && !concepts.has(End) { Field::StartYear } else { start_field(own) };
    let why = if named { "its name and its cells say when" } else { "its cells are dates" };
    Some(DateCandidate { score, mean: mean(own), columns: vec![(at, field)], why })
}

/// Whether whole numbers are years of a history, rather than counts of years.
fn plausible_years(profile: &Profile) -> bool {
    profile.filled == 0 || profile.most >= 100.0 || profile.least < 0.0
}

fn mean(profile: &Profile) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for point in profile.moments.iter().flatten() {
        (sum, count) = (sum + point.seconds() as f64, count + 1.0);
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Year, month and day in columns of their own.
fn parts(profiles: &[Profile]) -> Option<DateCandidate> {
    let (columns, fine) = parts_of(profiles, false)?;
    let year = single(profiles, columns[0])?;
    // A year alone is weighed as a column by itself.
    (columns.len() > 1).then(|| DateCandidate {
        score: year.score + 0.6 * fine + 0.3,
        mean: year.mean,
        columns: columns.into_iter().zip([Field::StartYear, Field::StartMonth, Field::StartDay]).collect(),
        why: "year, month and day stand in columns of their own",
    })
}

fn end_parts(profiles: &[Profile], out: &mut [Assignment]) -> bool {
    let Some((columns, ..)) = parts_of(profiles, true) else { return false };
    for (at, field) in columns.iter().zip([Field::EndYear, Field::EndMonth, Field::EndDay]) {
        out[*at].feed(field, "a part of the date of the end");
    }
    true
}

/// The columns of year, month and day of the start or of the end, and the share of records that they date to the day.
fn parts_of(profiles: &[Profile], end: bool) -> Option<(Vec<usize>, f64)> {
    use Concept::{Birth, Day, Death, Due, End, Measure, Month, Published, Recorded, Start, Year};
    let part = |own: &Profile, concept: Concept| {
        let concepts = own.name.concepts;
        let other = concepts.has_any(&[Measure, Concept::Duration, Concept::Id, Concept::Flag]);
        concepts.has(concept) && concepts.has(End) == end && !other
    };
    let stem = |own: &Profile| -> Vec<String> {
        own.name
            .without(&[Year, Month, Day, Start, End, Concept::Date, Concept::Event])
            .into_iter()
            .map(str::to_owned)
            .collect()
    };
    let whole = |own: &Profile| own.filled == 0 || own.share(own.whole_numbers.max(own.months)) >= 0.5;
    let rank = |at: &usize| {
        let own = &profiles[*at];
        let other = own.name.concepts.has_any(&[Recorded, Published, Birth, Death, Due]);
        (!other, own.filled, std::cmp::Reverse(own.name.words.len()), std::cmp::Reverse(own.name.words.concat()))
    };
    let years = (0..profiles.len()).filter(|at| {
        let own = &profiles[*at];
        let like_years =
            own.share(own.bare_years + own.whole_numbers.min(own.filled)) >= 0.5 || own.share(own.dates) >= 0.5;
        // A whole date is no part of one.
        part(own, Year) && like_years && own.share(own.days) < 0.1 && plausible_years(own)
    });
    let year = years.max_by_key(rank)?;
    let find = |concept: Concept, most: f64| {
        let fits = |at: &usize| {
            let own = &profiles[*at];
            let in_range = own.numbers == 0 || own.most <= most;
            *at != year && part(own, concept) && !own.name.concepts.has(Year) && whole(own) && in_range
        };
        let same_stem = |at: &usize| stem(&profiles[*at]) == stem(&profiles[year]);
        (0..profiles.len()).filter(fits).filter(same_stem).max_by_key(rank)
    };
    let mut columns = vec![year];
    let month = find(Month, 12.0);
    // A day without its month tells nothing.
    let day = month.and_then(|_| find(Day, 31.0));
    columns.extend(month);
    columns.extend(day);
    Some((columns, day.map_or(0.0, |at| profiles[at].coverage())))
}

/// The column that ends what a column begins.
fn end_of(profiles: &[Profile], start: usize, out: &[Assignment]) -> Option<(usize, &'static str)> {
    let free = |at: &usize| *at != start && out[*at].field == Field::Attribute;
    let all = (0..profiles.len()).filter(free).filter_map(|at| pair(profiles, start, at).map(|found| (at, found)));
    let best = all.max_by(|(a, (one, _)), (b, (other, _))| {
        let names = || profiles[*b].name.words.cmp(&profiles[*a].name.words);
        one.total_cmp(other).then_with(names)
    });
    best.map(|(at, (_, why))| (at, why))
}

/// How well a column does as the end of another, and why.
fn pair(profiles: &[Profile], start: usize, end: usize) -> Option<(f64, &'static str)> {
    use Concept::{Birth, Death, Due, End, First, Last, Published, Recorded, Start};
    let (a, b) = (&profiles[start], &profiles[end]);
    let (from, to) = (a.name.concepts, b.name.concepts);
    let readable = b.date_share(read(b)) >= 0.5 && b.filled > 0;
    if start == end || !readable || to.has_any(&[Recorded, Concept::Doubt, Concept::Measure]) {
        return None;
    }
    if (from.has(End) && !from.has(Start)) || (to.has(Start) && !to.has(End)) || !in_order(a, b) {
        return None;
    }
    let sides = [Start, End, First, Last, Birth, Death];
    let (own, others) = (a.name.without(&sides), b.name.without(&sides));
    let shared = own.iter().filter(|word| others.contains(word)).count();
    let same = own == others;
    // A deadline beside a start is no end of it, unless it says that too ("valid from", "valid until").
    let both_say = from.has(Start) && to.has(End);
    let other_matter = (to.has(Due) && !from.has(Due) && !both_say) || (to.has(Published) && !from.has(Published));
    let affinity = if same { 0.6 } else { 0.2 * shared.min(2) as f64 };
    let found = if to.has(End) && !other_matter {
        Some((2.0, "its name says that it is the end"))
    } else if from.has(Birth) && to.has(Death) {
        Some((1.2, "birth and death are taken as start and end"))
    } else if to.has(Last) && !to.has(First) && (from.has(First) || same) && !other_matter {
        // "from the least to the greatest" says more than "to the greatest".
        let score = if from.has(First) { 1.2 } else { 0.6 };
        Some((score, "the first and the last of two dates are taken as start and end"))
    } else if own == others && a.name.number.unwrap_or(1) == 1 && b.name.number == Some(2) && differs(a, b) {
        Some((1.0, "the second of two dates of one name is taken as the end"))
    } else {
        None
    };
    // Of bounds of an end, the outer one.
    let outer = if to.has(Last) { 0.1 } else { 0.0 };
    found.map(|(score, why)| (score + affinity + outer + b.coverage() * 0.3, why))
}

/// Whether one date is not after the other in nearly all records that have both.
fn in_order(a: &Profile, b: &Profile) -> bool {
    let both: Vec<bool> = a.moments.iter().zip(&b.moments).filter_map(|(a, b)| Some((*a)? <= (*b)?)).collect();
    let ordered = both.iter().filter(|ordered| **ordered).count();
    // A few records prove nothing: one may be wrong.
    ordered as f64 >= 0.85 * both.len() as f64 || (both.len() < 5 && (ordered > 0 || both.len() <= 1))
}

/// Whether two columns are not the same dates, written twice.
fn differs(a: &Profile, b: &Profile) -> bool {
    let both = || a.moments.iter().zip(&b.moments).filter_map(|(a, b)| Some((*a)? != (*b)?));
    let different = both().filter(|differ| *differ).count();
    different * 4 > both().count()
}

/// Times of day in columns of their own, each to the date that it belongs to.
fn clocks(profiles: &[Profile], start: usize, end: Option<usize>, out: &mut [Assignment]) {
    use Concept::{Due, End, Published, Recorded, Start, Time, Zone};
    let date_is_clock = |at: usize| profiles[at].share(profiles[at].days) < 0.5 && out[at].field != Field::StartYear;
    let is_free = |at: &usize| out[*at].field == Field::Attribute;
    let clocks: Vec<usize> = (0..profiles.len())
        .filter(is_free)
        .filter(|at| {
            let own = &profiles[*at];
            let concepts = own.name.concepts;
            let hours = concepts.has(Time) && own.filled > 0 && own.whole_numbers == own.filled;
            let in_day =
                hours && own.least >= 0.0 && own.most < 24.0 && own.distinct > 1 && !concepts.has(Concept::Duration);
            let clock = own.share(own.clocks) >= 0.6 || in_day;
            clock && !concepts.has_any(&[Due, Recorded, Published, Zone, Concept::Measure])
        })
        .collect();
    if clocks.is_empty() || date_is_clock(start) {
        return;
    }
    let stem = |at: usize| profiles[at].name.without(&DATE_WORDS);
    let belongs = |clock: usize, date: usize| {
        let (own, other) = (stem(clock), stem(date));
        let shared = own.iter().filter(|word| other.contains(word)).count();
        shared as f64 + if own == other { 1.0 } else { 0.0 } + 0.1 * profiles[clock].coverage()
    };
    let mut free = clocks;
    let by = |date: usize, says_end: bool, free: &[usize]| {
        let fits = |at: &&usize| {
            let concepts = profiles[**at].name.concepts;
            concepts.has(End) == says_end || (!says_end && concepts.has(Start))
        };
        let best = free.iter().filter(fits).max_by(|a, b| {
            let names = || profiles[**b].name.words.cmp(&profiles[**a].name.words);
            belongs(**a, date).total_cmp(&belongs(**b, date)).then_with(names)
        });
        best.copied()
    };
    if let Some(own) = by(start, false, &free) {
        out[own].feed(Field::StartTime, "a time of day beside the date");
        free.retain(|at| *at != own);
    }
    // One date with the times of its start and its end, or an end with a time of its own.
    if let Some(own) = by(end.unwrap_or(start), true, &free) {
        out[own].feed(Field::EndTime, "a time of day of the end");
    }
}
