//! What is drawn of an event that several accounts speak of.
//!
//! The rule: accounts that can be true together are one statement, and it is told by the best of them: what was held
//! before what was called off, revised or postponed, announced, planned; of equals the one that knows the time more
//! finely, then the first in the file. One that alone says how long the event lasted stands for itself. Accounts that
//! cannot be true together stay apart, and the event is a fork. A cancelled event and one that was held never agree.

use super::claim::{Claim, Status};
use super::table::{EventId, EventTable, RowId};
use crate::time::{Bound, Shape, Span, When};
use std::collections::HashMap;

/// One statement about an event's time, and the rows that make or allow it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The row that is drawn, then the others.
    pub rows: Vec<RowId>,
    /// What the drawn row states.
    pub claim: Claim,
    /// How many other dates the rule found to agree with it, and left out of the drawing.
    pub agreeing: usize,
}

impl EventTable {
    /// The statements about an event that are drawn, in file order; undated accounts make none.
    #[must_use]
    pub fn statements(&self, event: EventId) -> Vec<Statement> {
        let different = self.different(event);
        if self.apart || different.len() < 2 || different.len() > MOST_COMPARED {
            return different;
        }
        settled(different)
    }

    /// The account by which an event is told when only one can be: one that it was held before one that looks ahead or calls it
    /// off, else the first that is drawn.
    #[must_use]
    pub fn foremost(&self, event: EventId) -> Option<(RowId, When)> {
        let drawn = self.drawn(event);
        let ahead = |row| self.status(row).is_some_and(|status| status.looks_ahead() || status == Status::Cancelled);
        drawn.iter().find(|(row, _)| !ahead(*row)).or(drawn.first()).copied()
    }

    /// Different accounts, each once, with the rows that give it.
    fn different(&self, event: EventId) -> Vec<Statement> {
        let mut out: Vec<Statement> = Vec::new();
        let mut known = HashMap::new();
        for row in self.rows_of(event) {
            if self.is_undated(row) {
                continue;
            }
            let claim = self.claim(row);
            let key = (claim.edtf.clone(), claim.duration, rank(&claim));
            let at = *known.entry(key).or_insert(out.len());
            match out.get_mut(at) {
                Some(statement) => statement.rows.push(row),
                None => out.push(Statement { rows: vec![row], claim, agreeing: 0 }),
            }
        }
        out
    }
}

/// Events with more different accounts than this are drawn without comparing them.
const MOST_COMPARED: usize = 200;

fn settled(mut all: Vec<Statement>) -> Vec<Statement> {
    let fineness = |statement: &Statement| statement.claim.when.map_or(i128::MAX, |when| vagueness(&when));
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&at| (rank(&all[at].claim), fineness(&all[at]), at));
    let mut kept: Vec<usize> = Vec::new();
    let mut joins: Vec<(usize, usize)> = Vec::new();
    for at in order {
        match kept.iter().find(|&&best| agree(&all[best].claim, &all[at].claim)) {
            Some(&best) => joins.push((best, at)),
            None => kept.push(at),
        }
    }
    for (best, at) in joins {
        let rows = std::mem::take(&mut all[at].rows);
        all[best].rows.extend(rows);
        all[best].agreeing += 1;
    }
    all.into_iter().filter(|statement| !statement.rows.is_empty()).collect()
}

/// The lower, the more a standing says of what came to be; what was put off says as much as what was revised.
fn rank(claim: &Claim) -> u8 {
    match &claim.status {
        // A word that is not known here ("under way") does not say that it was only to be.
        None | Some(Status::Held | Status::Other(_)) => 0,
        Some(Status::Cancelled) => 1,
        Some(Status::Revised | Status::Postponed) => 2,
        Some(Status::Announced) => 3,
        Some(Status::Planned) => 4,
    }
}

/// How wide the windows of both ends are together, in nanoseconds; an end that nobody dates counts as a thousand years.
fn vagueness(when: &When) -> i128 {
    const NO_DATE: i128 = 31_556_952_000 * crate::time::NANOS_PER_SECOND;
    let width = |bound: Bound| match bound {
        Bound::Known(known) => known.window.nanos(),
        Bound::Open => 0,
        Bound::Unknown => NO_DATE,
    };
    width(when.start) + width(when.end)
}

/// Whether the account `b` can be true together with the better one `a`, and says nothing that `a` leaves out.
fn agree(a: &Claim, b: &Claim) -> bool {
    let outcome = |claim: &Claim| match rank(claim) {
        0 => Some(true),
        1 => Some(false),
        _ => None,
    };
    if let (Some(held), Some(other)) = (outcome(a), outcome(b))
        && held != other
    {
        return false;
    }
    let (Some(a), Some(b)) = (a.when, b.when) else { return true };
    let sets = |when: &When| matches!(when.shape, Shape::OneOf | Shape::AllOf);
    if sets(&a) || sets(&b) {
        // Alternatives are never settled by a neighbour: which of them holds is for the reader to see.
        return false;
    }
    // A length that only the coarser account gives would be lost.
    if b.duration.is_some() && a.duration != b.duration {
        return false;
    }
    ends_agree(a.start, b.start) && ends_agree(a.end, b.end)
}

fn ends_agree(a: Bound, b: Bound) -> bool {
    let overlap = |a: Span, b: Span| a.start() < b.end() && b.start() < a.end();
    match (a, b) {
        (Bound::Known(a), Bound::Known(b)) => overlap(a.window, b.window),
        (Bound::Unknown, _) | (_, Bound::Unknown) | (Bound::Open, Bound::Open) => true,
        // One says that there is no end, the other dates it.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, EventTableBuilder, Showing};
    use super::*;
    use crate::time::Edtf;

    fn drawn_of(claims: &[(&str, &str)], showing: &Showing) -> Vec<(String, usize)> {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (date, status) in claims {
            let edtf = Some(Edtf::parse(date).unwrap());
            builder.push(&Draft { id: Some("x"), edtf, status: Some(status), ..Draft::default() }).unwrap();
        }
        let table = builder.finish().shown(showing);
        let words = |statement: Statement| (statement.claim.edtf.unwrap().to_string(), statement.rows.len());
        table.statements(EventId(0)).into_iter().map(words).collect()
    }

    fn drawn(claims: &[(&str, &str)]) -> Vec<(String, usize)> {
        drawn_of(claims, &Showing::default())
    }

    #[test]
    fn what_was_held_is_drawn_over_what_was_announced_where_both_can_be_true() {
        assert_eq!(
            drawn(&[("2022-09", "announced"), ("2022-09-01/2022-09-07", "held")]),
            [("2022-09-01/2022-09-07".into(), 2)]
        );
        assert_eq!(drawn(&[("2022-05-24", "announced"), ("2022-05-24", "held")]), [("2022-05-24".into(), 2)]);
    }

    #[test]
    fn of_two_that_agree_the_finer_is_drawn() {
        assert_eq!(drawn(&[("2022-05", "held"), ("2022-05-24", "held")]), [("2022-05-24".into(), 2)]);
        assert_eq!(
            drawn(&[("2022-05-24/", "held"), ("2022-05-24/2022-05-26", "held")]),
            [("2022-05-24/2022-05-26".into(), 2)]
        );
    }

    #[test]
    fn what_cannot_be_true_together_stays_a_fork_in_file_order() {
        assert_eq!(
            drawn(&[("2022-08-30/2022-09-05", "announced"), ("2022-09-01/2022-09-07", "held")]),
            [("2022-08-30/2022-09-05".into(), 1), ("2022-09-01/2022-09-07".into(), 1)]
        );
        assert_eq!(drawn(&[("2022-05-24", "held"), ("2022-05-24", "cancelled")]).len(), 2);
        assert_eq!(drawn(&[("2014/..", "held"), ("2014/2018", "held")]).len(), 2);
    }

    #[test]
    fn a_user_may_see_all_accounts_or_choose_one() {
        let claims = [("2022-05", "held"), ("2022-05-24", "held")];
        assert_eq!(drawn_of(&claims, &Showing { apart: true, ..Showing::default() }).len(), 2);
        let chosen = [(EventId(0), RowId(0))].into();
        assert_eq!(drawn_of(&claims, &Showing { chosen, ..Showing::default() }), [("2022-05".into(), 1)]);
    }

    #[test]
    fn a_table_shown_as_of_a_day_knows_only_what_was_published_by_then() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (date, published) in [("2022-09", Some("2022-07-25")), ("2022-09-01", Some("2022-08")), ("2022-10", None)]
        {
            let edtf = Some(Edtf::parse(date).unwrap());
            builder.push(&Draft { id: Some("x"), edtf, published, ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let known = |day: &str| {
            let until = Some(Edtf::parse(day).unwrap().when().latest());
            table.shown(&Showing { known_until: until, ..Showing::default() }).rows_of(EventId(0)).count()
        };
        assert_eq!(
            [known("2022-07-24"), known("2022-07-25"), known("2022-08-30"), known("2022-08-31")],
            [1, 2, 2, 3]
        );
        assert_eq!(table.unpublished(None), 1);
    }

    #[test]
    fn nobody_knew_that_something_was_held_before_it_began() {
        let mut builder = EventTableBuilder::new(vec![], vec![]);
        for (date, status) in
            [("2022-09", "held"), ("2022-09", "ongoing"), ("2022-09", "planned"), ("2022-05", "held")]
        {
            let edtf = Some(Edtf::parse(date).unwrap());
            builder.push(&Draft { id: Some("x"), edtf, status: Some(status), ..Draft::default() }).unwrap();
        }
        let table = builder.finish();
        let until = Some(Edtf::parse("2022-08-24").unwrap().when().latest());
        let shown = table.shown(&Showing { known_until: until, ..Showing::default() });
        assert_eq!(shown.rows_of(EventId(0)).collect::<Vec<_>>(), [RowId(2), RowId(3)]);
        assert_eq!((shown.rows_known(EventId(0)).count(), shown.rows_read(EventId(0)).count()), (2, 4));
        assert_eq!(table.unpublished(until), 2);
    }
}
