//! How far each event's sure time stands inside its extent, two bytes an event.
//!
//! Sources of one kind leave the same open: a day at each end, a month, nothing. So a lane has few different doubts, which
//! are held once. They give an event's sure time back from its extent in the lane's own order, which a search needs of
//! every event that it keeps; to ask the table, event by event, would be a walk all over its memory.

use super::lane;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// From the first possible unit to that by which it has surely begun, and from that until which it surely goes on to the
/// end of its extent; both wrap around at the ends of the axis.
type Doubt = (i64, i64);

/// The doubts of a lane's events, in the order of the lane.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    kinds: Vec<Doubt>,
    of: Vec<u16>,
}

/// So many kinds are looked through rather than looked up.
const FEW: usize = 16;

impl Doubts {
    /// Those of entries; `None` where there are more kinds than two bytes tell apart.
    pub(super) fn new(entries: &[lane::Entry]) -> Option<Self> {
        let mut known: HashMap<Doubt, u16> = HashMap::new();
        let mut own = Self { kinds: Vec::new(), of: Vec::with_capacity(entries.len()) };
        // Most events are like the one before.
        let mut last: Option<(Doubt, u16)> = None;
        for entry in entries {
            let doubt = (entry.sure_start.wrapping_sub(entry.start), entry.end.wrapping_sub(entry.sure_end));
            let kind = match last {
                Some((before, kind)) if before == doubt => kind,
                // A lane mostly has a few kinds, in turns.
                _ if let Some(kind) = own.kinds.iter().take(FEW).position(|kind| *kind == doubt) => kind as u16,
                _ => match known.entry(doubt) {
                    Entry::Occupied(kind) => *kind.get(),
                    Entry::Vacant(place) => {
                        let kind = u16::try_from(own.kinds.len()).ok()?;
                        own.kinds.push(doubt);
                        *place.insert(kind)
                    }
                },
            };
            last = Some((doubt, kind));
            own.of.push(kind);
        }
        Some(own)
    }

    /// By when the event at a place has surely begun and until when it surely goes on, from its extent.
    pub(super) fn sure(&self, at: usize, (start, end): (i64, i64)) -> (i64, i64) {
        let (late, early) = self.kinds[usize::from(self.of[at])];
        (start.wrapping_add(late), end.wrapping_sub(early))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_sure_time_comes_back_as_it_was(edges in prop::collection::vec((any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>()), 0..50)) {
            let entry = |&(start, end, sure_start, sure_end): &(i64, i64, i64, i64)| lane::Entry { start, end, sure_start, sure_end, event: 0, importance: 0 };
            let entries: Vec<lane::Entry> = edges.iter().map(entry).collect();
            let doubts = Doubts::new(&entries).unwrap();
            for (at, own) in entries.iter().enumerate() {
                prop_assert_eq!(doubts.sure(at, (own.start, own.end)), (own.sure_start, own.sure_end));
            }
        }
    }

    #[test]
    fn more_kinds_than_can_be_told_apart_are_not_told() {
        let entry = |at: i64| lane::Entry { start: 0, end: at, sure_start: at, sure_end: 0, event: 0, importance: 0 };
        assert!(Doubts::new(&(0..65_536).map(entry).collect::<Vec<_>>()).is_some());
        assert!(Doubts::new(&(0..65_537).map(entry).collect::<Vec<_>>()).is_none());
    }
}
