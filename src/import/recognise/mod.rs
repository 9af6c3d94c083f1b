//! What columns mean: roles by evidence of names and of cells, weighed over all columns at once.
//!
//! `names` says what a column's name means in the main languages, `profile` what its cells are; `dates` finds when
//! events were, `roles` what they are called, of what kind, where and by whom, and `titles` composes a title where no
//! column deserves to be one. The order of columns decides nothing. What is not recognised stays an attribute, under
//! its own name.

mod dates;
mod names;
mod profile;
mod roles;
mod titles;

use super::mapping::{Column, Mapping};
use super::raw::RawTable;
use crate::event::Field;
use crate::time::Calendar;
use names::{ColumnName, Concept};
use profile::Profile;

/// What was found of a column.
#[derive(Clone, Debug)]
struct Assignment {
    field: Field,
    why: &'static str,
}

impl Assignment {
    fn feed(&mut self, field: Field, why: &'static str) {
        (self.field, self.why) = (field, why);
    }
}

/// The mapping that the names and cells of a table speak for.
pub(super) fn recognise(raw: &RawTable) -> Mapping {
    let sample = profile::sample(raw.records.len());
    let profiles: Vec<Profile> = (0..raw.columns.len()).map(|column| Profile::new(raw, column, &sample)).collect();
    let mut found = vec![Assignment { field: Field::Attribute, why: "" }; profiles.len()];
    dates::assign(&profiles, &mut found);
    roles::assign(&profiles, &mut found);
    if let Some(title) = titles::are_better(&profiles, &found) {
        found[title].feed(Field::Attribute, "");
    }
    let title = match titles::composed(&profiles, &found) {
        Some(parts) if parts.len() == 1 && profiles[parts[0]].share(profiles[parts[0]].distinct) >= 0.6 => {
            found[parts[0]].feed(Field::Title, "no other column tells events apart");
            None
        }
        parts => parts.and_then(|parts| titles::template(&parts, &raw.columns)),
    };
    let column = |(at, name): (usize, &String)| Column {
        name: name.clone(),
        field: found[at].field,
        why: found[at].why.to_owned(),
        tells_of_time: tells_of_time(&profiles[at], name),
    };
    let columns = raw.columns.iter().enumerate().map(column);
    Mapping { columns: columns.collect(), title, ..Mapping::default() }
}

/// Whether a column tells of time, by its cells, and its name does not say that it tells of something else than the event's:
/// a reader would expect it to be used. One that steps in where the usual one is empty is used.
fn tells_of_time(own: &Profile, name: &str) -> bool {
    use Concept::{Birth, Death, Doubt, Due, Editor, Flag, Measure, Published, Recorded};
    let other = [Recorded, Published, Due, Birth, Death, Doubt, Measure, Flag, Editor];
    let time = own.filled > 0 && own.share(own.strong_dates.max(own.clocks)) >= 0.5 && !own.is_constant();
    time && !own.name.concepts.has_any(&other) && !is_spare_date(name)
}

/// Whether a text is a usual name of a column rather than a value.
pub(super) fn is_usual_name(name: &str) -> bool {
    use Concept::{
        Date, Description, Duration, End, Event, Id, Kind, Latitude, Longitude, Place, Start, Status, Title, Url,
    };
    let name = ColumnName::new(name);
    let usual = [
        Date,
        Description,
        Duration,
        End,
        Event,
        Id,
        Kind,
        Latitude,
        Longitude,
        Place,
        Start,
        Status,
        Title,
        Url,
        Concept::Name,
    ];
    name.words.len() <= 3 && name.unknown == 0 && name.concepts.has_any(&usual)
}

/// Whether a field's name says that it tells of time.
pub(super) fn says_when(name: &str) -> bool {
    use Concept::{Birth, Date, Death, End, First, Last, Published, Recorded, Start, Time, Year};
    let of_time = [Birth, Date, Death, End, First, Last, Published, Recorded, Start, Time, Year];
    ColumnName::new(name).concepts.has_any(&of_time)
}

/// Whether a word before a colon says that a source or a remark follows.
pub(super) fn is_note_name(name: &str) -> bool {
    ColumnName::is_word_for(name, &[Concept::Source, Concept::Description])
}

/// Whether a column tells when somebody was born or died, which nobody does ahead.
pub(super) fn is_birth(name: &str) -> bool {
    ColumnName::new(name).concepts.has_any(&[Concept::Birth, Concept::Death])
}

/// The calendar other than ours that a column's name names.
pub(super) fn calendar_named(name: &str) -> Option<Calendar> {
    const NAMES: [(&str, Calendar); 14] = [
        ("jalali", Calendar::Persian),
        ("shamsi", Calendar::Persian),
        ("persian", Calendar::Persian),
        ("شمسی", Calendar::Persian),
        ("شمسي", Calendar::Persian),
        ("hijri", Calendar::Hijri),
        ("hijra", Calendar::Hijri),
        ("هجري", Calendar::Hijri),
        ("هجری", Calendar::Hijri),
        ("hebrew", Calendar::Hebrew),
        ("buddhist", Calendar::Buddhist),
        ("minguo", Calendar::Roc),
        ("民國", Calendar::Roc),
        ("republicain", Calendar::FrenchRepublican),
    ];
    let words = ColumnName::new(name).words;
    NAMES.into_iter().find(|(word, _)| words.iter().any(|own| own == word)).map(|(_, calendar)| calendar)
}

/// Whether a column may date a record that has no date in the usual one: not when it was made, published or due.
pub(super) fn is_spare_date(name: &str) -> bool {
    use Concept::{Birth, Date, Death, Doubt, Due, Published, Recorded, Start};
    let concepts = ColumnName::new(name).concepts;
    concepts.has_any(&[Date, Start])
        && !concepts.has_any(&[Recorded, Published, Due, Birth, Death, Doubt, Concept::Editor])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::Source;
    use crate::import::{Input, read};
    use crate::task::Control;
    use proptest::prelude::*;

    fn mapping(csv: &str) -> Mapping {
        let input = Input::Bytes { name: "test.csv".into(), bytes: csv.as_bytes().into() };
        let control = Control::new();
        let source = Source::open(&input, &control).unwrap();
        recognise(&read::open(&source, None, false, &control).unwrap().head)
    }

    fn fields(csv: &str) -> Vec<&'static str> {
        mapping(csv).columns.iter().map(|column| column.field.name()).collect()
    }

    #[test]
    fn columns_are_known_by_their_usual_names() {
        assert_eq!(
            fields(
                "Headline;Begin;Finish;Category;Actors;Venue;lat;lng;colour\nA drill;2022-05-24;2022-05-25;drill;China;Tokyo;1;2;red\n"
            ),
            ["title", "start", "end", "kind", "participants", "location", "latitude", "longitude", "attribute"]
        );
    }

    #[test]
    fn a_column_of_dates_is_found_by_its_cells_and_the_earlier_of_two_counts() {
        for order in [[0, 1, 2], [0, 2, 1], [2, 0, 1]] {
            let rows = [
                ["Land", "Verabschiedung", "Inkrafttreten"],
                ["Bayern", "1946-09-20", "1946-12-08"],
                ["Hessen", "1946-10-29", "1946-12-01"],
            ];
            let csv: String = rows.iter().map(|row| order.map(|at| row[at]).join(",") + "\n").collect();
            let expected = ["title", "when", "attribute"];
            assert_eq!(fields(&csv), order.map(|at| expected[at]));
        }
    }

    #[test]
    fn a_name_does_not_make_a_column_a_date_when_another_has_the_dates() {
        assert_eq!(
            fields("time,Flight Date,what\nday,2022-05-24,a thing\nnight,2022-05-25,b thing\n"),
            ["attribute", "when", "title"]
        );
    }

    #[test]
    fn a_date_may_stand_in_columns_for_year_month_and_day() {
        assert_eq!(
            fields("Year,Month,Day,End Year,End Month,End Day,Headline\n1815,12,10,1852,11,27,Ada Lovelace\n"),
            ["startyear", "startmonth", "startday", "endyear", "endmonth", "endday", "title"]
        );
        assert_eq!(
            fields("年,月,日,内容\n2003,10,29日,うまれる\n2013,7,1日,ネット環境\n"),
            ["startyear", "startmonth", "startday", "title"]
        );
    }

    #[test]
    fn thousands_of_kinds_are_kinds_although_they_hardly_repeat_at_first() {
        let rows: Vec<String> = (0..6_000).map(|i| format!("event {i},2022-05-24,kind {}", i % 1_500)).collect();
        assert_eq!(fields(&format!("title,date,kind\n{}", rows.join("\n"))), ["title", "when", "kind"]);
    }

    #[test]
    fn links_times_codes_and_uploads_are_no_title_and_no_date_of_an_event() {
        assert_eq!(
            fields("event,date,label\nhttp://example.org/1,2022,one\nhttp://example.org/2,2021,two\n"),
            ["attribute", "when", "title"]
        );
        assert_eq!(
            fields(
                "case_no,uploaded,time,day,report\nK7,2024-01-01,09:10,2022-05-01,Fire\nK8,2024-01-01,10:20,2022-05-02,Flood\n"
            ),
            ["attribute", "attribute", "starttime", "when", "title"]
        );
    }

    #[test]
    fn birth_and_death_are_start_and_end_only_where_nothing_better_is() {
        assert_eq!(fields("name,born,died\nAda,1815,1852\nAlan,1912,1954\n"), ["title", "start", "end"]);
        assert_eq!(
            fields(
                "name,born,died,elected\nPius,1792-05-13,1878-02-07,1846-06-16\nLeo,1810-03-02,1903-07-20,1878-02-20\n"
            )[3],
            "start"
        );
    }

    #[test]
    fn where_no_column_is_a_title_one_is_composed() {
        let csv = "date,party,site,yield\n1961-10-30,USSR,NZ,50000\n1962-07-09,USA,JI,1400\n1963-01-01,USA,NT,2\n1964-10-16,China,LN,20\n1965-01-01,USA,NT,3\n1966-01-01,USSR,NZ,5\n";
        let mapping = mapping(csv);
        assert!(mapping.title.is_some(), "{mapping:?}");
    }

    /// A table of a few columns of known meaning.
    fn table(order: &[usize], rows: &[usize], names: [&str; 6]) -> (String, Vec<String>) {
        let kinds = ["drill", "summit", "patrol"];
        let row = |at: usize| {
            [
                format!("Event number {at}"),
                format!("2022-{:02}-{:02}", at % 12 + 1, at % 27 + 1),
                format!("2022-{:02}-{:02}", at % 12 + 1, at % 27 + 2),
                kinds[at % 3].to_owned(),
                format!("Town {}", at % 7),
                format!("{}", at * 37 % 101),
            ]
        };
        let pick = |cells: [String; 6]| order.iter().map(|at| cells[*at].clone()).collect::<Vec<_>>().join(",");
        let head = pick(names.map(str::to_owned));
        let body: Vec<String> = rows.iter().map(|at| pick(row(*at))).collect();
        let csv = format!("{head}\n{}\n", body.join("\n"));
        let fields = ["title", "start", "end", "kind", "location", "attribute"];
        (csv, order.iter().map(|at| fields[*at].to_owned()).collect())
    }

    proptest! {
        #[test]
        fn neither_the_order_of_columns_nor_that_of_records_nor_the_language_changes_a_role(
            order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
            rows in Just((0..40).collect::<Vec<usize>>()).prop_shuffle(),
            language in 0..5_usize,
        ) {
            let names = [
                ["title", "start", "end", "category", "place", "size"],
                ["Name", "Start date", "End date", "Type", "City", "Count"],
                ["Titel", "Beginn", "Ende", "Kategorie", "Ort", "Anzahl"],
                ["titre", "date de début", "date de fin", "catégorie", "lieu", "montant"],
                ["标题", "开始日期", "结束日期", "类别", "地点", "数量"],
            ][language];
            let (csv, expected) = table(&order, &rows, names);
            prop_assert_eq!(fields(&csv), expected, "{}", csv);
        }
    }
}
