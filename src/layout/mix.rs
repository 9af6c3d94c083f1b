//! Pages with room for the marks of some lanes: those that need few rows are drawn whole, and the others become crowds.

use super::crowd::Shape as CrowdShape;
use super::lanes::{Draft, Stage};

/// As many rows has a crowd beside lanes that are drawn whole, at most.
const ROWS_OF_A_CROWD: usize = 6;

impl Stage<'_> {
    /// Makes crowds of the lanes that need most rows until all have room, and gives the crowds some rows of what is left;
    /// `false` where even then not all have room.
    pub(super) fn mix(&mut self, drafts: &mut [Draft], room: f32) -> bool {
        self.crowd = CrowdShape { rows: 0, strip: self.metrics.row.max(8.0) };
        let least = |draft: &Draft| draft.whole.as_ref().map_or(0, |whole| whole.rows.least);
        for draft in drafts.iter_mut() {
            draft.crowded = self.crowd.height(self.metrics.row, self.metrics.lane_pad);
        }
        loop {
            let rows = Self::rows(drafts, 1);
            let spare = room - self.height(drafts, &rows);
            if spare >= 0.0 {
                break;
            }
            let tallest = drafts.iter_mut().max_by_key(|draft| least(draft));
            let Some(tallest) = tallest.filter(|draft| least(draft) > 1) else { return false };
            tallest.whole = None;
        }
        let crowds = drafts.iter().filter(|draft| draft.whole.is_none()).count();
        let with_rows = |rows: usize| CrowdShape { rows, ..self.crowd };
        let fits = |rows: &usize| {
            let more = with_rows(*rows).height(self.metrics.row, self.metrics.lane_pad).max(self.metrics.lane_min);
            let now = self.crowd.height(self.metrics.row, self.metrics.lane_pad).max(self.metrics.lane_min);
            let height = self.height(drafts, &Self::rows(drafts, 1));
            height + crowds as f32 * (more - now) <= room
        };
        if let Some(rows) = (1..=ROWS_OF_A_CROWD).rev().find(fits).filter(|_| crowds > 0) {
            self.crowd = with_rows(rows);
            for draft in drafts {
                draft.crowded = self.crowd_of(draft.lane).height(self.metrics.row, self.metrics.lane_pad);
            }
        }
        true
    }
}
