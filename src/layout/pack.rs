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

/// The first row of each item, in the given order (by importance), on `rows` rows; `None` where it found none. An item
/// takes the row that `before` names where that is free, and items that have one go before all others, so that what is
/// drawn stays. What finds no row with its label is asked again without.
pub(super) fn pack_by_importance(
    items: &[Item],
    rows: usize,
    before: impl Fn(usize) -> Option<usize>,
) -> Vec<Option<usize>> {
    let mut taken = vec![Taken::default(); rows];
    let mut out = vec![None; items.len()];
    for (drawn, labels) in [(true, true), (true, false), (false, true), (false, false)] {
        for (at, item) in items.iter().enumerate().filter(|(_, item)| !item.claims.is_empty()) {
            let hint = before(at);
            if out[at].is_some() || hint.is_some() != drawn {
                continue;
            }
            let tall = item.claims.len();
            let Some(last) = rows.checked_sub(tall) else { continue };
            let start = if labels { item.start } else { item.mark_start };
            let end = |(mark, label): (f64, f64)| if labels { mark.max(label) } else { mark };
            let fits = |row: usize| {
                item.claims.iter().enumerate().all(|(i, claim)| taken[row + i].is_free(start, end(*claim)))
            };
            let hinted = hint.filter(|row| *row <= last && fits(*row));
            if let Some(row) = hinted.or_else(|| (0..=last).find(|row| fits(*row))) {
                for (i, claim) in item.claims.iter().enumerate() {
                    taken[row + i].take(start, end(*claim));
                }
                out[at] = Some(row);
            }
        }
    }
    out
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

    proptest! {
        #[test]
        fn marks_in_one_row_never_overlap(starts in prop::collection::vec((0.0_f64..500.0, 1.0_f64..80.0, 0.0_f64..90.0, 1_usize..4), 0..80), cap in 1_usize..12) {
            let mut items: Vec<Item> = starts.iter().map(|&(start, width, label, tall)| Item {
                start,
                mark_start: start,
                claims: vec![(start + width, start + width + label); tall],
            }).collect();
            items.sort_by(|a, b| a.start.total_cmp(&b.start));
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
