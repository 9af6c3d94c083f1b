//! How many spans of doubt cover a whole window.
//!
//! An event of which nothing is sure has a span in which it may lie on either side of a moment. Counts of what surely
//! touches a window must know how many such spans cover all of it, a question of two dimensions. Dates of one precision
//! never nest (no month holds another), so sorted by start they are sorted by end too, and two binary searches answer.
//! The spans are therefore dealt into chains in which both ends ascend: one for each precision in a usual file.

use super::grid;

/// Spans of doubt in chains.
#[derive(Clone, Debug, Default)]
pub(super) struct Vague {
    chains: Vec<Chain>,
    /// Spans that nest too deeply for a chain of their own.
    rest: Vec<(i64, i64)>,
}

#[derive(Clone, Debug)]
struct Chain {
    /// Both ascend.
    starts: Vec<i64>,
    ends: Vec<i64>,
    longest: i64,
}

/// Spans by start, then by end.
fn by_start(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    if spans.len() < grid::FEWEST {
        grid::sort_few(&mut spans);
        return spans;
    }
    if spans.is_sorted() {
        return spans;
    }
    let starts: Vec<i64> = spans.iter().map(|span| span.0).collect();
    let mut spans: Vec<(i64, i64)> = grid::order(&starts).into_iter().map(|at| spans[at as usize]).collect();
    spans.chunk_by_mut(|a, b| a.0 == b.0).filter(|same| same.len() > 1).for_each(<[_]>::sort_unstable);
    spans
}

/// The end of a chain that is being dealt out.
struct Tail {
    end: i64,
    count: usize,
    longest: i64,
}

/// The chain of each of the spans, which are sorted by start, and what becomes of the chains. What nests too deeply for any
/// has the number after the last possible one.
fn dealt(spans: &[(i64, i64)]) -> (Vec<u8>, Vec<Tail>) {
    let mut tails: Vec<Tail> = Vec::new();
    let chain_of = |&(start, end): &(i64, i64)| {
        // The chain that leaves the least room, so that the others stay free for what ends earlier.
        let open = tails.iter().enumerate().filter(|(_, tail)| tail.end <= end);
        let at = open.max_by_key(|(_, tail)| tail.end).map_or(tails.len(), |(at, _)| at);
        if at == tails.len() && at < MOST_CHAINS {
            tails.push(Tail { end, count: 0, longest: 0 });
        }
        if let Some(tail) = tails.get_mut(at) {
            *tail = Tail { end, count: tail.count + 1, longest: tail.longest.max(end.saturating_sub(start)) };
        }
        at as u8
    };
    (spans.iter().map(chain_of).collect(), tails)
}

/// More chains than this are not made.
const MOST_CHAINS: usize = 64;
// A chain is told by a byte.
const _: () = assert!(MOST_CHAINS < 256);

impl Vague {
    /// Spans in any order.
    pub(super) fn new(spans: Vec<(i64, i64)>) -> Self {
        let spans = by_start(spans);
        // Dealt out first, so that each chain is made as long as it is: there are chains in each of thousands of lanes.
        let (of, dealt) = dealt(&spans);
        let chain = |tail: &Tail| Chain {
            starts: Vec::with_capacity(tail.count),
            ends: Vec::with_capacity(tail.count),
            longest: tail.longest,
        };
        let mut out = Self { chains: dealt.iter().map(chain).collect(), rest: Vec::new() };
        for ((start, end), of) in spans.into_iter().zip(of) {
            if let Some(chain) = out.chains.get_mut(usize::from(of)) {
                chain.starts.push(start);
                chain.ends.push(end);
            } else {
                out.rest.push((start, end));
            }
        }
        out
    }

    /// The length of the longest span; 0 without any.
    pub(super) fn longest(&self) -> i64 {
        let rest = self.rest.iter().map(|(start, end)| end.saturating_sub(*start));
        self.chains.iter().map(|chain| chain.longest).chain(rest).max().unwrap_or(0)
    }

    /// All spans, in no order.
    pub(super) fn spans(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let chained = self.chains.iter().flat_map(|chain| chain.starts.iter().zip(&chain.ends));
        chained.map(|(start, end)| (*start, *end)).chain(self.rest.iter().copied())
    }

    /// How many begin before `from` and end after `to`.
    pub(super) fn covering(&self, from: i64, to: i64) -> usize {
        let in_chain = |chain: &Chain| {
            if chain.longest <= to.saturating_sub(from) {
                return 0;
            }
            let begun = chain.starts.partition_point(|&start| start < from);
            begun.saturating_sub(chain.ends.partition_point(|&end| end <= to))
        };
        let begun = self.rest.partition_point(|&(start, _)| start < from);
        let rest = self.rest[..begun].iter().filter(|&&(_, end)| end > to).count();
        self.chains.iter().map(in_chain).sum::<usize>() + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_of_one_precision_make_one_chain() {
        let days = (0..1_000).map(|day| (day, day + 1));
        let months = (0..30).map(|month| (month * 30, month * 30 + 30));
        assert_eq!(Vague::new(days.chain(months).collect()).chains.len(), 2);
    }

    proptest! {
        #[test]
        fn covering_spans_are_counted_exactly(spans in prop::collection::vec((0_i64..60, 1_i64..40), 0..200), from in -5_i64..70, width in 0_i64..40) {
            let spans: Vec<(i64, i64)> = spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let expected = spans.iter().filter(|(start, end)| *start < from && *end > from + width).count();
            prop_assert_eq!(Vague::new(spans).covering(from, from + width), expected);
        }
    }
}
