//! Spans by start, with a tree without pointers over blocks of them: the latest end and the greatest importance under each
//! node. It lists the spans that touch a window, all of them or the most important ones.
//!
//! Latest ends make it an interval tree (Cormen et al., *Introduction to Algorithms*, "interval trees"); importance makes
//! it a priority search tree in the manner of `McCreight` (1985), searched best first.

use std::collections::BinaryHeap;

/// Spans with their importance; positions are those of the order by start.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    ends: Vec<i64>,
    importance: Vec<u32>,
    /// Root at 1.
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    latest: i64,
    importance: u32,
}

const NOTHING: Node = Node { latest: i64::MIN, importance: 0 };

/// Spans under a leaf of the tree.
const BLOCK: usize = 16;

impl Tree {
    /// Spans that come sorted by start.
    pub(super) fn new(ends: Vec<i64>, importance: Vec<u32>) -> Self {
        let leaves = ends.len().div_ceil(BLOCK).next_power_of_two();
        let mut nodes = vec![NOTHING; leaves * 2];
        for (i, (ends, importance)) in ends.chunks(BLOCK).zip(importance.chunks(BLOCK)).enumerate() {
            let latest = ends.iter().copied().max().unwrap_or(i64::MIN);
            nodes[leaves + i] = Node { latest, importance: importance.iter().copied().max().unwrap_or(0) };
        }
        for node in (1..leaves).rev() {
            let (a, b) = (nodes[node * 2], nodes[node * 2 + 1]);
            nodes[node] = Node { latest: a.latest.max(b.latest), importance: a.importance.max(b.importance) };
        }
        Self { ends, importance, nodes }
    }

    pub(super) fn end(&self, at: usize) -> i64 {
        self.ends[at]
    }

    pub(super) fn importance(&self, at: usize) -> u32 {
        self.importance[at]
    }

    /// The positions of all spans before position `begun` that end after `after`, in order.
    pub(super) fn all(&self, begun: usize, after: i64) -> Vec<usize> {
        let mut found = Vec::new();
        self.descend(1, begun, after, &mut found);
        found
    }

    fn descend(&self, node: usize, begun: usize, after: i64, found: &mut Vec<usize>) {
        if !self.may_hold(node, begun, after) {
            return;
        }
        if node < self.leaves() {
            self.descend(node * 2, begun, after, found);
            self.descend(node * 2 + 1, begun, after, found);
            return;
        }
        let at = self.first_under(node);
        found.extend((at..(at + BLOCK).min(begun)).filter(|&at| self.ends[at] > after));
    }

    /// The positions of the most important of them, as many as `limit`, most important first.
    pub(super) fn best(&self, begun: usize, after: i64, limit: usize) -> Vec<usize> {
        /// What waits to be looked at; a span stands before a node that can hold nothing better.
        type Waiting = (u32, bool, usize);
        let mut found = Vec::with_capacity(limit.min(1_024));
        let mut waiting: BinaryHeap<Waiting> = BinaryHeap::new();
        let add = |waiting: &mut BinaryHeap<Waiting>, node: usize| {
            if self.may_hold(node, begun, after) {
                waiting.push((self.nodes[node].importance, false, node));
            }
        };
        add(&mut waiting, 1);
        while found.len() < limit
            && let Some((_, is_span, at)) = waiting.pop()
        {
            if is_span {
                found.push(at);
            } else if at < self.leaves() {
                add(&mut waiting, at * 2);
                add(&mut waiting, at * 2 + 1);
            } else {
                let first = self.first_under(at);
                let spans = (first..(first + BLOCK).min(begun)).filter(|&at| self.ends[at] > after);
                waiting.extend(spans.map(|at| (self.importance[at], true, at)));
            }
        }
        found
    }

    fn leaves(&self) -> usize {
        self.nodes.len() / 2
    }

    /// The first position under a node.
    fn first_under(&self, node: usize) -> usize {
        let levels = self.leaves().ilog2() - node.ilog2();
        ((node << levels) - self.leaves()) * BLOCK
    }

    fn may_hold(&self, node: usize, begun: usize, after: i64) -> bool {
        self.nodes.get(node).is_some_and(|own| own.latest > after) && self.first_under(node) < begun
    }
}
