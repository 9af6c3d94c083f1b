//! What columns mean, told from their names and their content.
//!
//! A name that is exactly one of the usual ones decides, unless the cells speak against it; a column of dates without
//! such a name is found by its cells. What is not recognised stays an attribute, under its own name.

use super::raw::RawTable;
use crate::time;
use serde::Serialize;
use std::collections::HashSet;

/// What a column tells of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Which event the record speaks of.
    Id,
    /// Its name.
    Title,
    /// When it was, at one date or over an interval.
    When,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// The year in which it was or began.
    StartYear,
    /// The month of that.
    StartMonth,
    /// The day of that.
    StartDay,
    /// The year in which it ended.
    EndYear,
    /// The month of that.
    EndMonth,
    /// The day of that.
    EndDay,
    /// How long it lasted.
    Duration,
    /// Its kind.
    Kind,
    /// Its standing: held, planned, …
    Status,
    /// Who took part.
    Participants,
    /// Where it was.
    Location,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Who says so.
    Source,
    /// When they said so.
    Published,
    /// Where that can be read.
    Url,
    /// What is said of it.
    Description,
    /// Its tags.
    Tags,
    /// Anything else; kept as it is.
    Attribute,
}

impl Meaning {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Attribute as usize + 1;

    /// The word for it, as `inspect` prints it.
    #[must_use]
    pub fn word(self) -> &'static str {
        NAMES.iter().find(|(meaning, _)| *meaning == self).map_or("attribute", |(_, names)| names[0])
    }

    /// The meaning that a word names, as [`Self::word`] gives it; `attribute` for none.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        if word == "attribute" {
            return Some(Self::Attribute);
        }
        NAMES.iter().find(|(_, names)| names[0] == word).map(|(meaning, _)| *meaning)
    }

    /// All meanings, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(meaning, _)| *meaning).chain([Self::Attribute])
    }

    fn is_date(self) -> bool {
        matches!(self, Self::When | Self::Start | Self::End)
    }

    fn is_part(self) -> bool {
        use Meaning::{EndDay, EndMonth, EndYear, StartDay, StartMonth, StartYear};
        matches!(self, StartYear | StartMonth | StartDay | EndYear | EndMonth | EndDay)
    }
}

/// What was recognised of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it tells.
    pub meaning: Meaning,
    /// Whether the cells told it rather than the name.
    pub by_content: bool,
}

/// The usual names in lower case without spaces or signs, best first; the first is the word that `inspect` prints.
#[rustfmt::skip]
const NAMES: [(Meaning, &[&str]); 23] = [
    (Meaning::Id, &["id", "eventid", "uniqueid", "guid"]),
    (Meaning::Title, &["title", "headline", "name", "eventname", "eventtitle", "label", "summary", "subject", "event", "content", "what", "text", "caption", "message", "titel", "titre", "titulo", "ereignis", "nom", "nombre"]),
    (Meaning::When, &["when", "date", "datetime", "timestamp", "eventdate", "dateofevent", "dateandtime", "time", "edtf", "datum", "fecha", "dato", "data", "occurred", "occurredat", "happened", "dob", "dateofbirth", "birthdate", "createdat"]),
    (Meaning::Start, &["start", "startdate", "datestart", "startdatetime", "begin", "begindate", "beginning", "from", "dtstart", "since", "starttime", "startsat", "startedat", "opened", "datetimemin", "datemin", "beginn", "anfang", "debut", "inicio", "datededebut", "datedebut", "anfangsdatum", "startdatum", "fechadeinicio", "fechainicio"]),
    (Meaning::End, &["end", "enddate", "dateend", "enddatetime", "finish", "finishdate", "until", "till", "to", "dtend", "endtime", "endsat", "endedat", "closed", "through", "datetimemax", "datemax", "ende", "fin", "datedefin", "datefin", "enddatum", "fechadefin", "fechafin"]),
    (Meaning::StartYear, &["startyear", "year", "styear", "beginyear", "yearstart", "startdateyear", "jahr", "annee"]),
    (Meaning::StartMonth, &["startmonth", "month", "stmon", "stmonth", "beginmonth", "startdatemonth", "monat"]),
    (Meaning::StartDay, &["startday", "day", "stday", "beginday", "startdateday", "tag"]),
    (Meaning::EndYear, &["endyear", "yearend", "enddateyear"]),
    (Meaning::EndMonth, &["endmonth", "endmon", "enddatemonth"]),
    (Meaning::EndDay, &["endday", "enddateday"]),
    (Meaning::Duration, &["duration", "lasted", "length", "dauer", "duree"]),
    (Meaning::Kind, &["kind", "type", "category", "eventtype", "class", "group", "lane", "theme", "kategorie", "typ", "art", "categorie"]),
    (Meaning::Status, &["status", "standing", "statut", "estado"]),
    (Meaning::Participants, &["participants", "participant", "actors", "actor", "who", "people", "parties", "attendees", "members", "countries", "teilnehmer"]),
    (Meaning::Location, &["location", "place", "where", "venue", "site", "city", "locality", "ort", "lieu", "lugar"]),
    (Meaning::Latitude, &["latitude", "lat"]),
    (Meaning::Longitude, &["longitude", "lon", "lng", "long"]),
    (Meaning::Source, &["source", "sources", "citation", "reference", "references", "publisher", "quelle"]),
    (Meaning::Published, &["published", "publishedat", "publicationdate", "sourcedate", "pubdate", "veroffentlicht", "publie", "publiele", "publicado", "datedepublication"]),
    (Meaning::Url, &["url", "link", "href", "uri", "sourceurl", "website", "weblink"]),
    (Meaning::Description, &["description", "desc", "notes", "note", "details", "comment", "comments", "text", "body", "remarks", "abstract", "beschreibung"]),
    (Meaning::Tags, &["tags", "tag", "keywords", "labels"]),
];

/// Words that make a column a likely date when they stand among others in its name ("Flight Date").
const DATE_WORDS: [(&str, Meaning); 8] = [
    ("start", Meaning::Start),
    ("begin", Meaning::Start),
    ("end", Meaning::End),
    ("until", Meaning::End),
    ("date", Meaning::When),
    ("datetime", Meaning::When),
    ("timestamp", Meaning::When),
    ("datum", Meaning::When),
];

/// How many records are looked at.
const LOOKED_AT: usize = 500;
/// As many different kinds are few.
const FEW_KINDS: usize = 24;
/// How many for kinds that are many.
const LOOKED_AT_FOR_KINDS: usize = 20_000;

/// The meanings of a table's columns, one each, in the table's order.
pub(super) fn recognise(raw: &RawTable) -> Vec<Column> {
    let looks: Vec<Look> = (0..raw.columns.len()).map(|column| Look::new(raw, column)).collect();
    let mut out = vec![Column { meaning: Meaning::Attribute, by_content: false }; raw.columns.len()];
    assign_dates(&looks, &mut out);
    for (meaning, names) in NAMES {
        if !meaning.is_date() && !meaning.is_part() {
            assign_by_name(meaning, names, &looks, &mut out);
        }
    }
    assign_title_by_content(&looks, &mut out);
    out
}

/// Lets the user's choices stand over what was recognised. A meaning that is given to one column leaves the one that had
/// it; a start leaves no other kind of start beside it.
pub(super) fn choose(raw: &RawTable, chosen: &[(Meaning, String)], columns: &mut [Column]) {
    for (meaning, name) in chosen {
        let Some(at) = raw.columns.iter().position(|own| own == name || own.eq_ignore_ascii_case(name)) else {
            continue;
        };
        let starts = |meaning| matches!(meaning, Meaning::When | Meaning::Start | Meaning::StartYear);
        for column in columns.iter_mut() {
            let same = column.meaning == *meaning || (starts(*meaning) && starts(column.meaning));
            if same && *meaning != Meaning::Attribute {
                *column = Column { meaning: Meaning::Attribute, by_content: false };
            }
        }
        columns[at] = Column { meaning: *meaning, by_content: false };
    }
}

/// What is seen of a column.
struct Look {
    /// The name in lower case without signs.
    plain: String,
    words: Vec<String>,
    filled: usize,
    dates: usize,
    /// Dates of day precision or finer, by a rule stronger than "four digits".
    strong_dates: usize,
    numbers: usize,
    durations: usize,
    links: usize,
    distinct: usize,
    /// Whether its cells name groups: a column in which nearly every cell differs names events.
    repeats: bool,
    letters: usize,
}

impl Look {
    fn new(raw: &RawTable, column: usize) -> Self {
        let name = raw.columns[column].as_str();
        // A nested field is known by its last name, `text.headline`, unless the whole is: `start_date.year`.
        let words = words(name);
        let mut look = Self {
            plain: words.concat(),
            words,
            filled: 0,
            dates: 0,
            strong_dates: 0,
            numbers: 0,
            durations: 0,
            links: 0,
            distinct: 0,
            repeats: false,
            letters: 0,
        };
        let last = name.rsplit('.').next().map(|last| self::words(last).concat()).unwrap_or_default();
        if !is_usual(&look.plain) && is_usual(&last) {
            look.plain = last;
        }
        let mut seen = HashSet::new();
        for record in 0..raw.records.len().min(LOOKED_AT) {
            let Some(cell) = raw.cell(record, column) else { continue };
            let cell = cell.trim();
            look.filled += 1;
            look.see_date(cell);
            look.numbers += usize::from(cell.parse::<f64>().is_ok());
            look.durations += usize::from(time::read_duration(cell).is_ok());
            look.links += usize::from(cell.starts_with("http://") || cell.starts_with("https://"));
            look.letters += cell.chars().take(200).count();
            seen.insert(cell.to_owned());
        }
        look.distinct = seen.len();
        look.repeats = look.filled <= 12 || look.distinct * 2 <= look.filled;
        if !look.repeats && name_rank(Meaning::Kind, &look.plain).is_some() {
            // Thousands of kinds hardly repeat among a few hundred records.
            let cells = || (0..raw.records.len().min(LOOKED_AT_FOR_KINDS)).filter_map(|at| raw.cell(at, column));
            let different: HashSet<&str> = cells().collect();
            // A few kinds are lanes even where most stand once.
            let few = look.distinct <= FEW_KINDS && look.distinct < look.filled;
            // What is called just so is that, whatever it holds.
            let called_so = name_rank(Meaning::Kind, &look.plain) == Some(0);
            look.repeats = few || called_so || different.len() * 2 <= cells().count();
        }
        look
    }

    /// Counts a cell that is a date. Numbers alone may be so many things that they make no column of dates by
    /// themselves, unless they are written as days; a date without a year makes none either.
    fn see_date(&mut self, cell: &str) {
        let Ok(reading) = time::read(cell) else { return };
        let mut dates = reading.edtf.dates();
        if dates.clone().next().is_none() {
            // "unknown" and "ongoing" speak for no kind of column.
            self.filled -= 1;
            return;
        }
        let number = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
        let day = digits && matches!(cell.len(), 8 | 14) && matches!(cell.as_bytes(), [b'1' | b'2', ..]);
        let with_year = !dates.any(|date| date.year.is_unknown());
        // "10" could be year 10, but hardly in a column of dates.
        self.dates += usize::from(with_year && (!digits || cell.len() > 2));
        let signs = number && !digits && cell.len() >= 8;
        self.strong_dates += usize::from(with_year && cell.len() > 4 && (day || !number || signs));
    }

    fn share(&self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// How well the column does for a date; `None` if not at all.
    fn date_score(&self, meaning: Meaning) -> Option<f64> {
        let share = self.share(self.dates);
        if let Some(rank) = name_rank(meaning, &self.plain) {
            // An exact name may stand over cells that cannot be read yet; the ledger then shows them.
            return Some(EXACT + share * 2.0 + 1.0 - rank as f64 * 0.01);
        }
        let named = DATE_WORDS.iter().any(|(word, of)| *of == meaning && self.words.iter().any(|own| own == word));
        if named && share >= 0.5 {
            return Some(LIKELY + share * 0.4);
        }
        (meaning == Meaning::When && self.share(self.strong_dates) >= 0.8).then_some(share)
    }
}

/// Whether a column's name is one of the usual ones.
pub(super) fn is_usual_name(name: &str) -> bool {
    is_usual(&words(name).concat())
}

/// Whether a column's name is exactly that of a date or a start.
pub(super) fn is_date_name(name: &str) -> bool {
    let plain = words(name).concat();
    name_rank(Meaning::When, &plain).or_else(|| name_rank(Meaning::Start, &plain)).is_some()
}

fn is_usual(plain: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&plain))
}

fn name_rank(meaning: Meaning, plain: &str) -> Option<usize> {
    let (_, names) = NAMES.iter().find(|(of, _)| *of == meaning)?;
    names.iter().position(|name| *name == plain)
}

/// `"Flight Date"`, `"flight_date"` and `"flightDate"` are the same words.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && lower_before) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase().map(unaccented));
        }
        lower_before = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn unaccented(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ö' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    }
}

fn assign_dates(looks: &[Look], out: &mut [Column]) {
    let readable = |at: usize| looks[at].share(looks[at].dates) >= 0.5;
    // The best column of a meaning among those that qualify; the leftmost of equals.
    let best = |meaning: Meaning, out: &[Column], qualifies: &dyn Fn(usize, f64) -> bool| {
        looks
            .iter()
            .enumerate()
            .filter(|(i, _)| out[*i].meaning == Meaning::Attribute)
            .filter_map(|(i, look)| look.date_score(meaning).map(|score| (i, score)))
            .filter(|&(i, score)| qualifies(i, score))
            .fold(None, |best: Option<(usize, f64)>, (i, score)| match best {
                Some((_, top)) if top >= score => best,
                _ => Some((i, score)),
            })
            .map(|(i, _)| i)
    };
    let from = |meaning: Meaning, least: f64, out: &[Column]| {
        best(meaning, out, &|at, score| score >= least && readable(at))
    };
    let set = |at: usize, meaning: Meaning, out: &mut [Column]| {
        let by_content = looks[at].date_score(meaning).is_some_and(|score| score < LIKELY);
        out[at] = Column { meaning, by_content };
    };
    // An exact name; then year and month in columns of their own; then a likely name; then a year alone; then
    // cells; then an exact name over cells that nobody can read, so that the ledger shows them.
    let parts = has_part(looks, Meaning::StartYear);
    let months = parts && has_part(looks, Meaning::StartMonth);
    let named = |least: f64, out: &[Column]| {
        let found = |meaning| from(meaning, least, out).map(|at| (at, meaning));
        found(Meaning::Start).or_else(|| found(Meaning::When))
    };
    let unread = |out: &[Column]| {
        let found = |meaning| best(meaning, out, &|_, score| score >= LIKELY).map(|at| (at, meaning));
        found(Meaning::Start).or_else(|| found(Meaning::When))
    };
    if let Some((at, meaning)) = named(EXACT, out) {
        set(at, meaning, out);
    } else if months {
        assign_parts(looks, out);
    } else if let Some((at, meaning)) = named(LIKELY, out) {
        set(at, meaning, out);
    } else if parts {
        assign_parts(looks, out);
    } else if let Some((at, meaning)) = named(0.0, out).or_else(|| unread(out)) {
        set(at, meaning, out);
    }
    if out.iter().any(|column| matches!(column.meaning, Meaning::Start | Meaning::When))
        && let Some(at) = from(Meaning::End, LIKELY, out)
    {
        set(at, Meaning::End, out);
    }
}

/// Scores from here on are those of an exact name, and of a likely one.
const EXACT: f64 = 2.0;
const LIKELY: f64 = 1.0;

fn has_part(looks: &[Look], meaning: Meaning) -> bool {
    looks.iter().any(|look| name_rank(meaning, &look.plain).is_some() && look.share(look.numbers) >= 0.5)
}

fn assign_parts(looks: &[Look], out: &mut [Column]) {
    use Meaning::{EndDay, EndMonth, EndYear, StartDay, StartMonth, StartYear};
    for meaning in [StartYear, StartMonth, StartDay, EndYear, EndMonth, EndDay] {
        let ranked = looks.iter().enumerate().filter(|(i, look)| {
            out[*i].meaning == Meaning::Attribute && (look.filled == 0 || look.share(look.numbers) >= 0.5)
        });
        // A day without its month tells nothing.
        let month_of = match meaning {
            StartDay => Some(StartMonth),
            EndDay => Some(EndMonth),
            _ => None,
        };
        if month_of.is_some_and(|month| !out.iter().any(|column| column.meaning == month)) {
            continue;
        }
        let found = ranked.filter_map(|(i, look)| name_rank(meaning, &look.plain).map(|rank| (rank, i))).min();
        if let Some((_, i)) = found {
            out[i].meaning = meaning;
        }
    }
}

fn assign_by_name(meaning: Meaning, names: &[&str], looks: &[Look], out: &mut [Column]) {
    let fits = |look: &Look| match meaning {
        Meaning::Latitude | Meaning::Longitude => look.share(look.numbers) >= 0.5,
        Meaning::Duration => look.share(look.durations) >= 0.5,
        Meaning::Url => look.share(look.links) >= 0.5 || look.filled == 0,
        Meaning::Title => look.filled > 0 && look.share(look.links) < 0.5 && look.share(look.numbers) < 0.9,
        Meaning::Kind => look.filled > 0 && look.repeats,
        _ => look.filled > 0,
    };
    let found = names.iter().find_map(|name| {
        looks
            .iter()
            .enumerate()
            .position(|(i, look)| out[i].meaning == Meaning::Attribute && look.plain == *name && fits(look))
    });
    if let Some(i) = found {
        out[i].meaning = meaning;
    }
}

/// Without a title by name, the first column of texts that differ is one.
fn assign_title_by_content(looks: &[Look], out: &mut [Column]) {
    if out.iter().any(|column| column.meaning == Meaning::Title) {
        return;
    }
    let found = looks.iter().enumerate().position(|(i, look)| {
        let mean = look.letters.checked_div(look.filled).unwrap_or(0);
        out[i].meaning == Meaning::Attribute
            && look.distinct * 2 > look.filled
            && look.share(look.numbers + look.links) < 0.2
            && look.share(look.strong_dates) < 0.2
            && (4..=120).contains(&mean)
    });
    if let Some(i) = found {
        out[i] = Column { meaning: Meaning::Title, by_content: true };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Input, sniff};
    use crate::task::Control;

    fn meanings(csv: &str) -> Vec<&'static str> {
        let input = Input::Bytes { name: "test.csv".into(), bytes: csv.as_bytes().into() };
        let raw = sniff::read(&input, csv.as_bytes(), &Control::new()).unwrap();
        recognise(&raw).iter().map(|column| column.meaning.word()).collect()
    }

    #[test]
    fn columns_are_known_by_their_usual_names() {
        assert_eq!(
            meanings(
                "Headline;Begin;Finish;Category;Actors;Venue;lat;lng;colour\nA drill;2022-05-24;2022-05-25;drill;China;Tokyo;1;2;red\n"
            ),
            ["title", "start", "end", "kind", "participants", "location", "latitude", "longitude", "attribute"]
        );
    }

    #[test]
    fn a_column_of_dates_is_found_by_its_cells_and_the_first_one_wins() {
        assert_eq!(
            meanings(
                "Land,Verabschiedung,Inkrafttreten\nBayern,1946-09-20,1946-12-08\nHessen,1946-10-29,1946-12-01\n"
            ),
            ["title", "when", "attribute"]
        );
    }

    #[test]
    fn a_name_does_not_make_a_column_a_date_when_another_has_the_dates() {
        assert_eq!(
            meanings("time,Flight Date,what\nday,2022-05-24,a\nnight,2022-05-25,b\n"),
            ["attribute", "when", "title"]
        );
    }

    #[test]
    fn a_date_may_stand_in_columns_for_year_month_and_day() {
        assert_eq!(
            meanings("Year,Month,Day,End Year,End Month,End Day,Headline\n1815,12,10,1852,11,27,Ada Lovelace\n"),
            ["startyear", "startmonth", "startday", "endyear", "endmonth", "endday", "title"]
        );
    }

    #[test]
    fn thousands_of_kinds_are_kinds_although_they_hardly_repeat_at_first() {
        let rows: Vec<String> = (0..6_000).map(|i| format!("event {i},2022-05-24,kind {}", i % 1_500)).collect();
        assert_eq!(meanings(&format!("title,date,kind\n{}", rows.join("\n"))), ["title", "when", "kind"]);
    }

    #[test]
    fn a_column_of_links_is_no_title() {
        assert_eq!(
            meanings("event,date,label\nhttp://example.org/1,2022,one\nhttp://example.org/2,2021,two\n"),
            ["attribute", "when", "title"]
        );
    }
}
