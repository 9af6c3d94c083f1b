//! Events to rows: first fit in order of start, labels counted in while there is room.

/// An event to pack: where it begins with a label at its left and without, and for each of its claims (one a row)
/// where its mark and its label end.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) start: f64,
    pub(super) mark_start: f64,
    pub(super) claims: Vec<(f64, f64)>,
}

/// Space between marks of a row.
const GAP: f64 = 6.0;

/// The first row of each item, in the given order (by start), with at most `cap` rows; `None` where it found none. A
/// mark never gives way to a label: when rows are full, it takes a row whose label must then go elsewhere.
pub(super) fn pack(items: &[Item], cap: usize) -> (Vec<Option<usize>>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        let tall = item.claims.len();
        let free = |rows: &[Row], at: usize, start: f64, end: fn(&Row) -> f64| {
            (at..at + tall).all(|row| rows.get(row).is_none_or(|row| end(row) + GAP <= start))
        };
        let last = cap.checked_sub(tall);
        let search = |rows: &[Row], start: f64, end: fn(&Row) -> f64| {
            last.and_then(|last| (0..=last.min(rows.len())).find(|&at| free(rows, at, start, end)))
        };
        let found = search(&rows, item.start, Row::end).or_else(|| search(&rows, item.mark_start, |row| row.marks));
        if let Some(at) = found {
            if rows.len() < at + tall {
                rows.resize(at + tall, Row::EMPTY);
            }
            for (row, &(mark, label)) in rows[at..].iter_mut().zip(&item.claims) {
                row.marks = row.marks.max(mark);
                row.labels = label.max(mark);
            }
        }
        out.push(found);
    }
    (out, rows.len())
}

/// The same, where items keep the rows of their hints and the others find room between them; `None` where one of them finds
/// none, or none with its label although `all_labels` are to have room.
pub(super) fn pack_around(
    items: &[Item],
    cap: usize,
    all_labels: bool,
    hint: impl Fn(usize) -> Option<usize>,
) -> Option<Vec<Option<usize>>> {
    let all = || items.iter().enumerate();
    let hinted = |keep: &dyn Fn(usize) -> bool| {
        let mut crowd = Crowd { taken: vec![Taken::default(); cap], places: vec![None; items.len()] };
        // Marks before labels, which give way to them.
        for (at, item) in all() {
            if let Some(row) = hint(at).filter(|row| row + item.claims.len() <= cap && keep(at)) {
                crowd.put_in(at, item, false, row);
            }
        }
        for (at, item) in all() {
            crowd.widen(at, item);
        }
        crowd
    };
    let mut crowd = hinted(&|_| true);
    if all_labels {
        // What stands without its label is to find a place with it.
        let first = std::mem::take(&mut crowd.places);
        crowd = hinted(&|at| first[at].is_none_or(|place| place.labelled));
    }
    for (at, item) in all() {
        if crowd.places[at].is_none()
            && !crowd.put(at, item, true, None)
            && (all_labels || !crowd.put(at, item, false, None))
        {
            return None;
        }
    }
    let labelled = |place: &Option<Place>| place.is_some_and(|place| place.labelled || !all_labels);
    crowd.places.iter().all(labelled).then(|| crowd.places.iter().map(|place| place.map(|place| place.row)).collect())
}

/// Where an item of a crowd stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its first row.
    pub(super) row: usize,
    /// Whether its label has room too.
    pub(super) labelled: bool,
}

/// The places of items in the given order (by importance), on `rows` rows; `None` where there is none. What is drawn
/// stays: items for which `before` names a place go first and keep it as it was, then those of them without a label get
/// one where there is room, then the others are placed, with their labels first.
pub(super) fn pack_by_importance(
    items: &[Item],
    rows: usize,
    before: impl Fn(usize) -> Option<Place>,
) -> Vec<Option<Place>> {
    let mut crowd = Crowd { taken: vec![Taken::default(); rows], places: vec![None; items.len()] };
    let all = || items.iter().enumerate().filter(|(_, item)| !item.claims.is_empty());
    for (at, item) in all() {
        if let Some(hint) = before(at)
            && !crowd.put(at, item, hint.labelled, Some(hint.row))
        {
            crowd.put(at, item, false, Some(hint.row));
        }
    }
    for (at, item) in all() {
        crowd.widen(at, item);
    }
    for labels in [true, false] {
        for (at, item) in all() {
            if crowd.places[at].is_none() {
                crowd.put(at, item, labels, None);
            }
        }
    }
    crowd.places
}

struct Crowd {
    taken: Vec<Taken>,
    places: Vec<Option<Place>>,
}

impl Crowd {
    /// Places an item, on the row of the hint where that is free.
    fn put(&mut self, at: usize, item: &Item, labelled: bool, hint: Option<usize>) -> bool {
        let Some(last) = self.taken.len().checked_sub(item.claims.len()) else { return false };
        let hinted = hint.filter(|row| *row <= last);
        hinted.into_iter().chain(0..=last).any(|row| self.put_in(at, item, labelled, row))
    }

    /// Places an item on a row, if that is free.
    fn put_in(&mut self, at: usize, item: &Item, labelled: bool, row: usize) -> bool {
        let start = if labelled { item.start } else { item.mark_start };
        let end = |(mark, label): (f64, f64)| if labelled { mark.max(label) } else { mark };
        let claims = || item.claims.iter().enumerate();
        let free = claims().all(|(i, claim)| self.taken[row + i].is_free(start, end(*claim)));
        if free {
            for (i, claim) in claims() {
                self.taken[row + i].take(start, end(*claim));
            }
            self.places[at] = Some(Place { row, labelled });
        }
        free
    }

    /// Gives an item without a label room for it, if there is some at its right.
    fn widen(&mut self, at: usize, item: &Item) {
        let Some(place) = self.places[at].filter(|place| !place.labelled && item.start >= item.mark_start) else {
            return;
        };
        let claims = || item.claims.iter().enumerate();
        if claims().all(|(i, (_, label))| self.taken[place.row + i].room_after(item.mark_start) >= *label) {
            for (i, (mark, label)) in claims() {
                self.taken[place.row + i].widen(item.mark_start, mark.max(*label));
            }
            self.places[at] = Some(Place { labelled: true, ..place });
        }
    }
}

/// What is taken of a row: stretches that do not overlap, in order.
#[derive(Clone, Default)]
struct Taken(Vec<(f64, f64)>);

impl Taken {
    fn is_free(&self, start: f64, end: f64) -> bool {
        let at = self.0.partition_point(|(_, end)| end + GAP <= start);
        self.0.get(at).is_none_or(|(next, _)| end + GAP <= *next)
    }

    fn take(&mut self, start: f64, end: f64) {
        let at = self.0.partition_point(|(other, _)| *other < start);
        self.0.insert(at, (start, end));
    }

    /// How far what begins at `start` may reach.
    fn room_after(&self, start: f64) -> f64 {
        let at = self.0.partition_point(|(other, _)| *other <= start);
        self.0.get(at).map_or(f64::INFINITY, |(next, _)| next - GAP)
    }

    fn widen(&mut self, start: f64, end: f64) {
        let at = self.0.partition_point(|(other, _)| *other < start);
        if let Some(own) = self.0.get_mut(at) {
            own.1 = own.1.max(end);
        }
    }
}

#[derive(Clone, Copy)]
struct Row {
    marks: f64,
    labels: f64,
}

impl Row {
    const EMPTY: Self = Self { marks: f64::NEG_INFINITY, labels: f64::NEG_INFINITY };

    fn end(&self) -> f64 {
        self.marks.max(self.labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(start: f64, mark: f64, label: f64) -> Item {
        Item { start, mark_start: start, claims: vec![(mark, label)] }
    }

    #[test]
    fn events_that_do_not_touch_share_a_row_and_their_labels_count() {
        let items = [item(0.0, 10.0, 60.0), item(30.0, 40.0, 90.0), item(100.0, 110.0, 150.0)];
        assert_eq!(pack(&items, 9), (vec![Some(0), Some(1), Some(0)], 2));
    }

    #[test]
    fn a_mark_takes_the_room_of_a_label_before_it_is_left_out() {
        let items = [item(0.0, 10.0, 60.0), item(30.0, 40.0, 90.0), item(35.0, 50.0, 90.0)];
        assert_eq!(pack(&items, 1), (vec![Some(0), Some(0), None], 1));
    }

    /// Items in order, of a start, a width, that of a label, and so many claims.
    fn made(starts: &[(f64, f64, f64, usize)]) -> Vec<Item> {
        let item = |&(start, width, label, tall): &(f64, f64, f64, usize)| Item {
            start,
            mark_start: start,
            claims: vec![(start + width, start + width + label); tall],
        };
        let mut items: Vec<Item> = starts.iter().map(item).collect();
        items.sort_by(|a, b| a.start.total_cmp(&b.start));
        items
    }

    proptest! {
        #[test]
        fn a_crowd_never_overlaps_and_keeps_its_places(starts in prop::collection::vec((0.0_f64..500.0, 1.0_f64..40.0, 0.0_f64..90.0), 0..80), rows in 1_usize..6) {
            let items: Vec<Item> = starts.iter().map(|&(start, width, label)| item(start, start + width, start + width + label)).collect();
            let places = pack_by_importance(&items, rows, |_| None);
            // Twice as far apart, nothing that was placed is lost.
            let wider: Vec<Item> = starts.iter().map(|&(start, width, label)| item(start * 2.0, start * 2.0 + width, start * 2.0 + width + label)).collect();
            let after = pack_by_importance(&wider, rows, |at| places[at]);
            for (before, after) in places.iter().zip(&after) {
                prop_assert!(before.is_none() || after.map(|place| place.row) == before.map(|place| place.row));
            }
            for (items, places) in [(&items, &places), (&wider, &after)] {
                let mut taken: Vec<(usize, f64, f64)> = Vec::new();
                for (item, place) in items.iter().zip(places) {
                    let Some(place) = place else { continue };
                    let end = if place.labelled { item.claims[0].1 } else { item.claims[0].0 };
                    for &(row, from, to) in &taken {
                        prop_assert!(row != place.row || item.mark_start >= to || end <= from);
                    }
                    taken.push((place.row, item.mark_start, end));
                }
            }
        }

        #[test]
        fn what_is_packed_around_others_overlaps_nothing_and_moves_nothing_that_has_room(
            starts in prop::collection::vec((0.0_f64..900.0, 1.0_f64..80.0, 0.0_f64..90.0, 1_usize..4), 0..60),
            (cap, all_labels) in (1_usize..14, any::<bool>()),
        ) {
            let items = made(&starts);
            let (hints, used) = pack(&items, 30);
            if let Some(rows) = pack_around(&items, cap, all_labels, |at| hints[at]) {
                let mut taken: Vec<(usize, f64, f64)> = Vec::new();
                for (at, (item, row)) in items.iter().zip(&rows).enumerate() {
                    let row = row.unwrap();
                    prop_assert!(row + item.claims.len() <= cap);
                    prop_assert!(cap < used || hints[at] == Some(row));
                    for (i, claim) in item.claims.iter().enumerate() {
                        let end = if all_labels { claim.1 } else { claim.0 };
                        for &(other, start, to) in &taken {
                            prop_assert!(other != row + i || item.start >= to || end <= start);
                        }
                    }
                    let own = |(i, claim): (usize, &(f64, f64))| (row + i, item.start, if all_labels { claim.1 } else { claim.0 });
                    taken.extend(item.claims.iter().enumerate().map(own));
                }
            }
        }

        #[test]
        fn marks_in_one_row_never_overlap(starts in prop::collection::vec((0.0_f64..500.0, 1.0_f64..80.0, 0.0_f64..90.0, 1_usize..4), 0..80), cap in 1_usize..12) {
            let items = made(&starts);
            let (rows, used) = pack(&items, cap);
            prop_assert!(used <= cap);
            let mut taken: Vec<(usize, f64, f64)> = Vec::new();
            for (item, row) in items.iter().zip(rows) {
                let Some(row) = row else { continue };
                for (i, claim) in item.claims.iter().enumerate() {
                    for &(other, start, end) in &taken {
                        prop_assert!(other != row + i || item.start >= end || claim.0 <= start);
                    }
                }
                taken.extend(item.claims.iter().enumerate().map(|(i, claim)| (row + i, item.start, claim.0)));
            }
        }
    }
}
