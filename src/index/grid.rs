//! Sorting moments that lie on a grid.
//!
//! Dates of a file are mostly days, or hours, or seconds of a few days: their moments lie on a grid that has hardly more
//! cells than there are moments. Those are counted cell by cell and read off in order, which is a counting sort (Knuth,
//! *The Art of Computer Programming* 3, 5.2, algorithm D) and takes a few nanoseconds each. All others go by their digits.

/// Equal cells on an axis, each moment at the beginning of one.
struct Grid {
    first: i64,
    width: i64,
    cells: usize,
}

/// Moments of which the width of the cells is guessed.
const SAMPLE: usize = 64;
/// So many cells for each moment are worth counting.
const CELLS: usize = 4;
/// Fewer moments than this are compared.
pub(super) const FEWEST: usize = 512;

impl Grid {
    /// The grid on which the moments may lie; `None` where it would have too many cells, or be no gain.
    fn guess(values: &[i64]) -> Option<Self> {
        if values.len() < FEWEST {
            return None;
        }
        let (first, last) = values.iter().fold((i64::MAX, i64::MIN), |(a, b), value| (a.min(*value), b.max(*value)));
        let step = values.len().div_ceil(SAMPLE).max(1);
        let offsets = values.iter().step_by(step).map(|value| i128::from(*value) - i128::from(first));
        let all = i128::from(last) - i128::from(first);
        let width = offsets.fold(all, gcd).max(1);
        let cells = usize::try_from(all / width).ok()?.checked_add(1)?;
        // Cells are found by floating point, which is exact so far.
        let exact = all < 1 << 52;
        let few = cells <= values.len() * CELLS;
        (exact && few).then_some(Self { first, width: width as i64, cells })
    }

    /// How many moments lie in each cell; `None` where one lies in none.
    fn counts(&self, values: &[i64]) -> Option<Vec<u32>> {
        let mut counts = vec![0_u32; self.cells];
        let inverse = 1.0 / self.width as f64;
        let mut all_on = true;
        for value in values {
            let offset = value - self.first;
            let cell = (offset as f64 * inverse + 0.5) as i64;
            all_on &= cell * self.width == offset;
            counts[(cell as usize).min(self.cells - 1)] += 1;
        }
        all_on.then_some(counts)
    }

    fn cell(&self, value: i64) -> usize {
        let inverse = 1.0 / self.width as f64;
        ((value - self.first) as f64 * inverse + 0.5) as usize
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// So many places each, on average, is a few moments moved before they are taken for unsorted ones.
const MOVES: usize = 8;

/// Sorts a few moments, or spans. Those of a lane are mostly in order but for some that are moved a little, which is done
/// by insertion (Knuth, 5.2.1, algorithm S) as long as it is a little.
pub(super) fn sort_few<T: Ord + Copy>(values: &mut [T]) {
    let mut moves = values.len() * MOVES;
    for at in 1..values.len() {
        let value = values[at];
        let mut to = at;
        while to > 0 && values[to - 1] > value {
            values[to] = values[to - 1];
            to -= 1;
        }
        values[to] = value;
        moves = moves.saturating_sub(at - to);
        if moves == 0 {
            return values.sort_unstable();
        }
    }
}

/// Sorts moments.
pub(super) fn sort(values: &mut [i64]) {
    if values.is_sorted() {
        return;
    }
    let counted = Grid::guess(values).and_then(|grid| grid.counts(values).map(|counts| (grid, counts)));
    let Some((grid, counts)) = counted else {
        if values.len() < FEWEST {
            sort_few(values);
        } else {
            radsort::sort(values);
        }
        return;
    };
    let mut at = 0;
    let mut moment = grid.first;
    for count in counts {
        let end = at + count as usize;
        values[at..end].fill(moment);
        (at, moment) = (end, moment.wrapping_add(grid.width));
    }
}

/// The places of moments in their order; those of the same moment as they come.
pub(super) fn order(values: &[i64]) -> Vec<u32> {
    let counted = Grid::guess(values).and_then(|grid| grid.counts(values).map(|counts| (grid, counts)));
    let Some((grid, mut next)) = counted else {
        let mut order: Vec<(i64, u32)> = values.iter().copied().zip(0..).collect();
        if values.len() < FEWEST {
            sort_few(&mut order);
        } else {
            radsort::sort_by_key(&mut order, |(value, _)| *value);
        }
        return order.into_iter().map(|(_, at)| at).collect();
    };
    let mut before = 0;
    for count in &mut next {
        before += std::mem::replace(count, before);
    }
    let mut order = vec![0; values.len()];
    for (at, value) in values.iter().enumerate() {
        let place = &mut next[grid.cell(*value)];
        order[*place as usize] = at as u32;
        *place += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(values: &[i64]) {
        let (mut expected, mut sorted, mut few) = (values.to_vec(), values.to_vec(), values.to_vec());
        expected.sort_unstable();
        sort(&mut sorted);
        sort_few(&mut few);
        assert_eq!((&sorted, &few), (&expected, &expected));
        let mut by_place: Vec<u32> = (0..values.len() as u32).collect();
        by_place.sort_by_key(|at| values[*at as usize]);
        assert_eq!(order(values), by_place);
    }

    #[test]
    fn days_with_one_moment_that_is_none_are_sorted_too() {
        let mut values: Vec<i64> = (0..1_000).map(|at| (at * 7_919 % 400) * 86_400 - 1_000_000_000).collect();
        check(&values);
        values[501] += 1;
        check(&values);
        values[777] = i64::MAX;
        values[778] = i64::MIN;
        check(&values);
    }

    proptest! {
        #[test]
        fn any_moments_are_sorted(values in prop::collection::vec(-50_i64..50, 0..900), width in 1_i64..100_000, odd in any::<i64>(), with_odd: bool) {
            let mut values: Vec<i64> = values.into_iter().map(|value| value * width).collect();
            if with_odd {
                values.push(odd);
            }
            check(&values);
        }
    }
}
