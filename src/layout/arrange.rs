//! Which lanes are shown, in which order, and how high: what a user decides, by the lanes' names, and what it means for
//! the lanes of an index.

use crate::index::{Index, LaneId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What lanes are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LaneOrder {
    /// Most events first.
    #[default]
    Count,
    /// By name.
    Name,
    /// The lane whose first event was the earliest goes first.
    First,
}

/// A user's lanes. Lanes are named by [`crate::index::Lane::key`]; names that an index does not have mean nothing to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// What they are ordered by.
    pub order: LaneOrder,
    /// Lanes moved by hand: these keep their order among each other, before all others.
    pub by_hand: Vec<String>,
    /// Lanes that stand before all others.
    pub pinned: Vec<String>,
    /// Lanes that are not shown; their events are counted.
    pub hidden: BTreeSet<String>,
    /// Lanes of which only counts are shown.
    pub folded: BTreeSet<String>,
    /// Crowded lanes that get many rows.
    pub tall: BTreeSet<String>,
    /// Names that a user gives to lanes.
    pub names: BTreeMap<String, String>,
}

/// An arrangement of the lanes of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The lanes that are shown, top to bottom.
    pub shown: Vec<LaneId>,
    /// How many of them, from the first on, stay at the top while the others scroll.
    pub still: usize,
    /// Those that are not.
    pub hidden: Vec<LaneId>,
    /// Lanes of which only counts are shown.
    pub folded: BTreeSet<LaneId>,
    /// Crowded lanes that get many rows.
    pub tall: BTreeSet<LaneId>,
    /// Names that replace the lanes' own.
    pub names: BTreeMap<LaneId, String>,
}

impl Arranged {
    /// All lanes of an index in its own order.
    #[must_use]
    pub fn plain(index: &Index) -> Self {
        Arrangement::default().of(index)
    }
}

impl Arrangement {
    /// What it means for the lanes of an index. The parts of a divided lane stay together.
    #[must_use]
    pub fn of(&self, index: &Index) -> Arranged {
        let lanes = index.lanes();
        let keys: Vec<String> = lanes.iter().map(|lane| lane.key()).collect();
        let place = |list: &[String]| -> HashMap<String, usize> {
            list.iter().enumerate().map(|(at, key)| (key.clone(), at)).collect()
        };
        let (pinned, by_hand) = (place(&self.pinned), place(&self.by_hand));
        let rank = |ranks: &HashMap<String, usize>, key: &String| ranks.get(key).copied().unwrap_or(usize::MAX);
        let mut order: Vec<usize> = (0..lanes.len()).collect();
        // The index has them by count; sorting keeps that among equals.
        match self.order {
            LaneOrder::Count => {}
            LaneOrder::Name => order.sort_by_cached_key(|&at| (lanes[at].outer(), natural(lanes[at].name()))),
            LaneOrder::First => order.sort_by_key(|&at| index.first(LaneId(at)).unwrap_or(i64::MAX)),
        }
        order.sort_by_key(|&at| (rank(&pinned, &keys[at]), rank(&by_hand, &keys[at])));
        together(&mut order, |at| lanes[at].outer());
        let of = |set: &BTreeSet<String>| -> BTreeSet<LaneId> {
            (0..lanes.len()).filter(|&at| set.contains(&keys[at])).map(LaneId).collect()
        };
        let (hidden, shown) = order.into_iter().partition::<Vec<_>, _>(|&at| self.hidden.contains(&keys[at]));
        let still = shown.iter().take_while(|&&at| pinned.contains_key(&keys[at])).count();
        let names = keys.iter().enumerate().filter_map(|(at, key)| Some((LaneId(at), self.names.get(key)?.clone())));
        Arranged {
            still,
            shown: shown.into_iter().map(LaneId).collect(),
            hidden: hidden.into_iter().map(LaneId).collect(),
            folded: of(&self.folded),
            tall: of(&self.tall),
            names: names.collect(),
        }
    }
}

/// A name as it is sorted: in any case, with its numbers by their value.
fn natural(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for letter in name.to_lowercase().chars() {
        match (pieces.last_mut(), letter.to_digit(10)) {
            (Some(Piece::Number(number)), Some(digit)) => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            (_, Some(digit)) => pieces.push(Piece::Number(digit.into())),
            (Some(Piece::Text(text)), None) => text.push(letter),
            (_, None) => pieces.push(Piece::Text(letter.to_string())),
        }
    }
    pieces
}

/// A part of a name: its digits, or what stands between them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u128),
    Text(String),
}

/// Puts lanes of one outer lane beside each other, where the first of them stands.
fn together<'a>(order: &mut Vec<usize>, outer: impl Fn(usize) -> Option<&'a str>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, &lane) in order.iter().enumerate() {
        if let Some(outer) = outer(lane) {
            first.entry(outer).or_insert(at);
        }
    }
    let mut placed: Vec<(usize, usize)> =
        order.iter().enumerate().map(|(at, &lane)| (outer(lane).map_or(at, |outer| first[outer]), lane)).collect();
    placed.sort_by_key(|(at, _)| *at);
    *order = placed.into_iter().map(|(_, lane)| lane).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Draft, EventTableBuilder, Facet};
    use crate::index::Grouping;
    use crate::time::Edtf;

    fn index(by: Vec<Facet>) -> Index {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (kind, place, date) in [
            ("visit", "Tokyo", "2022"),
            ("visit", "Seoul", "2021"),
            ("drill", "Tokyo", "2019"),
            ("visit", "Tokyo", "2023"),
            ("summit", "Seoul", "2020"),
            ("summit", "Tokyo", "2020"),
        ] {
            let edtf = Edtf::parse(date).ok();
            builder.push(&Draft { kind: Some(kind), location: Some(place), edtf, ..Draft::default() }).unwrap();
        }
        Index::new(&builder.finish(), &Grouping { by, most: 100 }, |_| true)
    }

    fn shown(arrangement: &Arrangement, by: Vec<Facet>) -> Vec<String> {
        let index = index(by);
        arrangement.of(&index).shown.iter().map(|lane| index.lanes()[lane.0].key()).collect()
    }

    #[test]
    fn lanes_stand_by_count_name_or_first_event_and_pinned_ones_first() {
        let by = |order| shown(&Arrangement { order, ..Arrangement::default() }, vec![Facet::Kind]);
        assert_eq!(by(LaneOrder::Count), ["Visit", "Summit", "Drill"]);
        assert_eq!(by(LaneOrder::Name), ["Drill", "Summit", "Visit"]);
        assert_eq!(by(LaneOrder::First), ["Drill", "Summit", "Visit"]);
        let own =
            Arrangement { pinned: vec!["Drill".into()], by_hand: vec!["Summit".into()], ..Arrangement::default() };
        assert_eq!(shown(&own, vec![Facet::Kind]), ["Drill", "Summit", "Visit"]);
        let hidden = Arrangement { hidden: ["Visit".to_owned()].into(), ..Arrangement::default() };
        assert_eq!(shown(&hidden, vec![Facet::Kind]), ["Summit", "Drill"]);
    }

    #[test]
    fn names_with_numbers_stand_by_their_value() {
        let mut names = ["Fleet 10", "fleet 9b", "Fleet 9", "7", "12", "Fleet"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["7", "12", "Fleet", "Fleet 9", "fleet 9b", "Fleet 10"]);
    }

    #[test]
    fn the_parts_of_a_divided_lane_stay_together() {
        let own = Arrangement { pinned: vec!["Visit › Seoul".into()], ..Arrangement::default() };
        let keys = shown(&own, vec![Facet::Kind, Facet::Location]);
        assert_eq!(keys, ["Visit › Seoul", "Visit › Tokyo", "Summit › Seoul", "Summit › Tokyo", "Drill › Tokyo"]);
    }
}
