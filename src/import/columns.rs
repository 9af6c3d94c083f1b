//! What columns mean, told from their names and their content.
//!
//! A name that is exactly one of the usual ones decides, unless the cells speak against it; a column of dates without
//! such a name is found by its cells. What is not recognised stays an attribute, under its own name.

use super::raw::RawTable;
use crate::event::Field;
use crate::time;
use std::collections::HashSet;

/// What was recognised of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it tells.
    pub field: Field,
    /// Whether the cells told it rather than the name.
    pub by_content: bool,
}

/// The usual names in lower case without spaces or signs, best first; the first is the word that `inspect` prints.
#[rustfmt::skip]
const NAMES: [(Field, &[&str]); 23] = [
    (Field::Id, &["id", "eventid", "uniqueid", "guid"]),
    (Field::Title, &["title", "headline", "name", "eventname", "eventtitle", "label", "summary", "subject", "event", "content", "what", "text", "caption", "message", "titel", "titre", "titulo", "ereignis", "nom", "nombre"]),
    (Field::When, &["when", "date", "datetime", "timestamp", "eventdate", "dateofevent", "dateandtime", "time", "edtf", "datum", "fecha", "dato", "data", "occurred", "occurredat", "happened", "dob", "dateofbirth", "birthdate", "createdat"]),
    (Field::Start, &["start", "startdate", "datestart", "startdatetime", "begin", "begindate", "beginning", "from", "dtstart", "since", "starttime", "startsat", "startedat", "opened", "datetimemin", "datemin", "beginn", "anfang", "debut", "inicio", "datededebut", "datedebut", "anfangsdatum", "startdatum", "fechadeinicio", "fechainicio"]),
    (Field::End, &["end", "enddate", "dateend", "enddatetime", "finish", "finishdate", "until", "till", "to", "dtend", "endtime", "endsat", "endedat", "closed", "through", "datetimemax", "datemax", "ende", "fin", "datedefin", "datefin", "enddatum", "fechadefin", "fechafin"]),
    (Field::StartYear, &["startyear", "year", "styear", "beginyear", "yearstart", "startdateyear", "jahr", "annee"]),
    (Field::StartMonth, &["startmonth", "month", "stmon", "stmonth", "beginmonth", "startdatemonth", "monat"]),
    (Field::StartDay, &["startday", "day", "stday", "beginday", "startdateday", "tag"]),
    (Field::EndYear, &["endyear", "yearend", "enddateyear"]),
    (Field::EndMonth, &["endmonth", "endmon", "enddatemonth"]),
    (Field::EndDay, &["endday", "enddateday"]),
    (Field::Duration, &["duration", "lasted", "length", "dauer", "duree"]),
    (Field::Kind, &["kind", "type", "category", "eventtype", "class", "group", "lane", "theme", "kategorie", "typ", "art", "categorie"]),
    (Field::Status, &["status", "standing", "statut", "estado"]),
    (Field::Participants, &["participants", "participant", "actors", "actor", "who", "people", "parties", "attendees", "members", "countries", "teilnehmer"]),
    (Field::Location, &["location", "place", "where", "venue", "site", "city", "locality", "ort", "lieu", "lugar"]),
    (Field::Latitude, &["latitude", "lat"]),
    (Field::Longitude, &["longitude", "lon", "lng", "long"]),
    (Field::Source, &["source", "sources", "citation", "reference", "references", "publisher", "quelle"]),
    (Field::Published, &["published", "publishedat", "publicationdate", "sourcedate", "pubdate", "veroffentlicht", "publie", "publiele", "publicado", "datedepublication"]),
    (Field::Url, &["url", "link", "href", "uri", "sourceurl", "website", "weblink"]),
    (Field::Description, &["description", "desc", "notes", "note", "details", "comment", "comments", "text", "body", "remarks", "abstract", "beschreibung"]),
    (Field::Tags, &["tags", "tag", "keywords", "labels"]),
];

/// Words that make a column a likely date when they stand among others in its name ("Flight Date").
const DATE_WORDS: [(&str, Field); 8] = [
    ("start", Field::Start),
    ("begin", Field::Start),
    ("end", Field::End),
    ("until", Field::End),
    ("date", Field::When),
    ("datetime", Field::When),
    ("timestamp", Field::When),
    ("datum", Field::When),
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
    let mut out = vec![Column { field: Field::Attribute, by_content: false }; raw.columns.len()];
    assign_dates(&looks, &mut out);
    for (field, names) in NAMES {
        if !field.is_date() && !field.is_part() {
            assign_by_name(field, names, &looks, &mut out);
        }
    }
    assign_title_by_content(&looks, &mut out);
    out
}

/// Lets the user's choices stand over what was recognised. A field that is given to one column leaves the one that had
/// it; a start leaves no other kind of start beside it.
pub(super) fn choose(raw: &RawTable, chosen: &[(Field, String)], columns: &mut [Column]) {
    for (field, name) in chosen {
        let Some(at) = raw.columns.iter().position(|own| own == name || own.eq_ignore_ascii_case(name)) else {
            continue;
        };
        let starts = |field| matches!(field, Field::When | Field::Start | Field::StartYear);
        for column in columns.iter_mut() {
            let same = column.field == *field || (starts(*field) && starts(column.field));
            if same && *field != Field::Attribute {
                *column = Column { field: Field::Attribute, by_content: false };
            }
        }
        columns[at] = Column { field: *field, by_content: false };
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
        if !look.repeats && name_rank(Field::Kind, &look.plain).is_some() {
            // Thousands of kinds hardly repeat among a few hundred records.
            let cells = || (0..raw.records.len().min(LOOKED_AT_FOR_KINDS)).filter_map(|at| raw.cell(at, column));
            let different: HashSet<&str> = cells().collect();
            // A few kinds are lanes even where most stand once.
            let few = look.distinct <= FEW_KINDS && look.distinct < look.filled;
            // What is called just so is that, whatever it holds.
            let called_so = name_rank(Field::Kind, &look.plain) == Some(0);
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
    fn date_score(&self, field: Field) -> Option<f64> {
        let share = self.share(self.dates);
        if let Some(rank) = name_rank(field, &self.plain) {
            // An exact name may stand over cells that cannot be read yet; the ledger then shows them.
            return Some(EXACT + share * 2.0 + 1.0 - rank as f64 * 0.01);
        }
        let named = DATE_WORDS.iter().any(|(word, of)| *of == field && self.words.iter().any(|own| own == word));
        if named && share >= 0.5 {
            return Some(LIKELY + share * 0.4);
        }
        (field == Field::When && self.share(self.strong_dates) >= 0.8).then_some(share)
    }
}

/// Whether a column's name is one of the usual ones.
pub(super) fn is_usual_name(name: &str) -> bool {
    is_usual(&words(name).concat())
}

/// Whether a column's name is exactly that of a date or a start.
pub(super) fn is_date_name(name: &str) -> bool {
    let plain = words(name).concat();
    name_rank(Field::When, &plain).or_else(|| name_rank(Field::Start, &plain)).is_some()
}

fn is_usual(plain: &str) -> bool {
    NAMES.iter().any(|(_, names)| names.contains(&plain))
}

fn name_rank(field: Field, plain: &str) -> Option<usize> {
    let (_, names) = NAMES.iter().find(|(of, _)| *of == field)?;
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
    // The best column of a field among those that qualify; the leftmost of equals.
    let best = |field: Field, out: &[Column], qualifies: &dyn Fn(usize, f64) -> bool| {
        looks
            .iter()
            .enumerate()
            .filter(|(i, _)| out[*i].field == Field::Attribute)
            .filter_map(|(i, look)| look.date_score(field).map(|score| (i, score)))
            .filter(|&(i, score)| qualifies(i, score))
            .fold(None, |best: Option<(usize, f64)>, (i, score)| match best {
                Some((_, top)) if top >= score => best,
                _ => Some((i, score)),
            })
            .map(|(i, _)| i)
    };
    let from =
        |field: Field, least: f64, out: &[Column]| best(field, out, &|at, score| score >= least && readable(at));
    let set = |at: usize, field: Field, out: &mut [Column]| {
        let by_content = looks[at].date_score(field).is_some_and(|score| score < LIKELY);
        out[at] = Column { field, by_content };
    };
    // An exact name; then year and month in columns of their own; then a likely name; then a year alone; then
    // cells; then an exact name over cells that nobody can read, so that the ledger shows them.
    let parts = has_part(looks, Field::StartYear);
    let months = parts && has_part(looks, Field::StartMonth);
    let named = |least: f64, out: &[Column]| {
        let found = |field| from(field, least, out).map(|at| (at, field));
        found(Field::Start).or_else(|| found(Field::When))
    };
    let unread = |out: &[Column]| {
        let found = |field| best(field, out, &|_, score| score >= LIKELY).map(|at| (at, field));
        found(Field::Start).or_else(|| found(Field::When))
    };
    if let Some((at, field)) = named(EXACT, out) {
        set(at, field, out);
    } else if months {
        assign_parts(looks, out);
    } else if let Some((at, field)) = named(LIKELY, out) {
        set(at, field, out);
    } else if parts {
        assign_parts(looks, out);
    } else if let Some((at, field)) = named(0.0, out).or_else(|| unread(out)) {
        set(at, field, out);
    }
    if out.iter().any(|column| matches!(column.field, Field::Start | Field::When))
        && let Some(at) = from(Field::End, LIKELY, out)
    {
        set(at, Field::End, out);
    }
}

/// Scores from here on are those of an exact name, and of a likely one.
const EXACT: f64 = 2.0;
const LIKELY: f64 = 1.0;

fn has_part(looks: &[Look], field: Field) -> bool {
    looks.iter().any(|look| name_rank(field, &look.plain).is_some() && look.share(look.numbers) >= 0.5)
}

fn assign_parts(looks: &[Look], out: &mut [Column]) {
    use Field::{EndDay, EndMonth, EndYear, StartDay, StartMonth, StartYear};
    for field in [StartYear, StartMonth, StartDay, EndYear, EndMonth, EndDay] {
        let ranked = looks.iter().enumerate().filter(|(i, look)| {
            out[*i].field == Field::Attribute && (look.filled == 0 || look.share(look.numbers) >= 0.5)
        });
        // A day without its month tells nothing.
        let month_of = match field {
            StartDay => Some(StartMonth),
            EndDay => Some(EndMonth),
            _ => None,
        };
        if month_of.is_some_and(|month| !out.iter().any(|column| column.field == month)) {
            continue;
        }
        let found = ranked.filter_map(|(i, look)| name_rank(field, &look.plain).map(|rank| (rank, i))).min();
        if let Some((_, i)) = found {
            out[i].field = field;
        }
    }
}

fn assign_by_name(field: Field, names: &[&str], looks: &[Look], out: &mut [Column]) {
    let fits = |look: &Look| match field {
        Field::Latitude | Field::Longitude => look.share(look.numbers) >= 0.5,
        Field::Duration => look.share(look.durations) >= 0.5,
        Field::Url => look.share(look.links) >= 0.5 || look.filled == 0,
        Field::Title => look.filled > 0 && look.share(look.links) < 0.5 && look.share(look.numbers) < 0.9,
        Field::Kind => look.filled > 0 && look.repeats,
        _ => look.filled > 0,
    };
    let found = names.iter().find_map(|name| {
        looks
            .iter()
            .enumerate()
            .position(|(i, look)| out[i].field == Field::Attribute && look.plain == *name && fits(look))
    });
    if let Some(i) = found {
        out[i].field = field;
    }
}

/// Without a title by name, the first column of texts that differ is one.
fn assign_title_by_content(looks: &[Look], out: &mut [Column]) {
    if out.iter().any(|column| column.field == Field::Title) {
        return;
    }
    let found = looks.iter().enumerate().position(|(i, look)| {
        let mean = look.letters.checked_div(look.filled).unwrap_or(0);
        out[i].field == Field::Attribute
            && look.distinct * 2 > look.filled
            && look.share(look.numbers + look.links) < 0.2
            && look.share(look.strong_dates) < 0.2
            && (4..=120).contains(&mean)
    });
    if let Some(i) = found {
        out[i] = Column { field: Field::Title, by_content: true };
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
        recognise(&raw).iter().map(|column| column.field.word()).collect()
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
