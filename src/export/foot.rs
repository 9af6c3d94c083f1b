//! A figure's foot: what is shown of what there is, and who made it.

use super::figure::{FigureInput, Page, SMALL};
use crate::event::{EventTable, RowId};
use crate::layout::{ClaimBox, Layout, Tally};
use crate::query::Query;
use crate::scene::{Anchor, Node, Primitive, Role, Scene, leading_out, seam_words, unnamed};
use crate::text::{Weight, grouped};
use crate::time::{Bound, Span, TimePoint, When};
use std::collections::BTreeSet;
use std::fmt::Write;

/// As many lines has a foot at most.
pub(super) const FOOT_LINES: usize = 6;
/// As many periods that have no room for their names are named there.
const PERIODS_NAMED: usize = 4;

impl Page<'_> {
    /// What is shown of what there is, in a sentence, and as lines beside the credit.
    pub(super) fn foot_lines(&self, layout: &Layout) -> (String, Vec<String>) {
        let table = &self.input.document.table;
        let all = table.event_count();
        let &Absent { undated, not_yet, .. } = self.number.absent;
        let of_all = All { events: all, undated, not_yet, searched_for: self.input.index.len() };
        let repeats = self.input.index.repeats();
        let drawn =
            layout.lanes.iter().flat_map(|lane| &lane.events).map(|event| event.event).collect::<BTreeSet<_>>();
        let on = Lanes {
            left_out: layout.lanes_left_out,
            elsewhere: self.number.lanes_elsewhere,
            repeats,
            distinct: drawn.len(),
        };
        let mut words = footnote(layout.tally, on, &of_all);
        if layout.tally.as_density > 0 && layout.tally.drawn > 0 {
            let _ = write!(words, " Where not all have room: {}.", self.input.index.ranking().words());
        }
        let gaps = table.warp().gaps_in(self.window()).count();
        if gaps > 0 {
            let stretches = if gaps == 1 { "1 stretch".to_owned() } else { format!("{gaps} stretches") };
            let _ = write!(words, " {stretches} without events left out, at the breaks.");
        }
        let (begun, to_end) = self.number.absent.perhaps(self.input.viewport.span());
        for (count, what) in
            [(begun, "begun before it, without a stated end"), (to_end, "ended after it, without a stated beginning")]
        {
            if count > 0 {
                let _ = write!(words, " Of those outside this time, {what}: {}.", grouped(count));
            }
        }
        for seam in seam_words(self.window(), table.display()) {
            let _ = write!(words, " {seam}.");
        }
        if self.short.sources > 0 {
            let _ = write!(words, " Sources without room on the page: {}.", grouped(self.short.sources));
        }
        let out = self.input.relations.map_or(0, |relations| {
            // What was not known then is not told by the back door.
            leading_out(layout, relations, |event| table.rows_of(event).next().is_some())
        });
        if out > 0 {
            let lead =
                if out == 1 { "1 relation leads".to_owned() } else { format!("{} relations lead", grouped(out)) };
            let _ = write!(words, " {lead} to or from events that are not drawn here.");
        }
        let unzoned = unzoned(layout, table);
        if unzoned > 0 {
            let _ =
                write!(words, " Times of day without a zone, of those drawn, stand as they are written: {unzoned}.");
        }
        if let Some(zone) = self.input.read_in.filter(|_| tells_instants(layout, table)) {
            let _ = write!(words, " Times of day without a zone were read as those of {}.", zone.name());
        }
        if are_days_beside_instants(layout, table) {
            words.push_str(
                " Dates without a time of day are whole days wherever they were, whatever the clock of the axis.",
            );
        }
        let unpublished = self.input.known_until.map_or(0, |_| unpublished(layout, table));
        if unpublished > 0 {
            let _ = write!(words, " Accounts drawn that have no date of publication: {unpublished}.");
        }
        if let Some(times) = Query::parse(self.input.search).times()
            && let Some(count) = self.input.mask.count()
        {
            let _ = write!(words, " Events {times}: {}.", count.words("event"));
        }
        words.push_str(&self.periods_without_room(layout));
        let width = self.figure.size.0;
        let room = width - 2.0 * self.margin - self.input.text.width(&self.credit(), SMALL, Weight::Regular) - 20.0;
        let lines = self.input.text.wrap(&words, SMALL, Weight::Regular, room);
        (words, lines)
    }

    /// The periods whose names have no room, in a sentence after others; empty where all have.
    fn periods_without_room(&self, layout: &Layout) -> String {
        let all = unnamed(layout, self.input.around, self.input.text);
        if all.is_empty() {
            return String::new();
        }
        let named = all.iter().take(PERIODS_NAMED).map(|period| format!("{} ({})", period.name, period.written));
        let more = all.len().saturating_sub(PERIODS_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!(" Periods without room for all of their names: {}{more}.", named.collect::<Vec<_>>().join(", "))
    }

    /// Takes away what is left empty between a y and a foot of so many lines.
    pub(super) fn cut(&self, scene: &mut Scene, y: f32, lines: usize) {
        let foot = SMALL * (1.4 * (lines - 1) as f32 + 2.4) + self.margin * 0.6;
        scene.height = (y + foot).ceil().min(scene.height);
        if let Some(Node { primitive: Primitive::Rect { rect, .. }, .. }) = scene.nodes.first_mut() {
            rect.h = scene.height;
        }
    }

    /// Who made the figure, and of what.
    fn credit(&self) -> String {
        let credit = format!("Kairograph · {}", self.input.document.name);
        self.input.text.fit(&credit, SMALL, Weight::Regular, self.figure.size.0 * 0.4).unwrap_or_default()
    }

    /// What is shown of what there is, and who made the figure; the text is returned for those who cannot see it.
    pub(super) fn foot(&self, scene: &mut Scene, layout: &Layout) -> String {
        let (width, height) = (scene.width, scene.height);
        let (words, lines) = self.foot_lines(layout);
        let y = height - self.margin * 0.6;
        // The last lines say least, and give way where there is no room for all.
        let shown = lines.len().min(FOOT_LINES);
        for (i, line) in lines.into_iter().take(shown).enumerate() {
            let at = (self.margin, y - (shown - 1 - i) as f32 * SMALL * 1.4);
            scene.nodes.push(Node::text(Role::Footnote, at, SMALL, Weight::Regular, self.theme.dim, line));
        }
        let at = (width - self.margin, y);
        let (weight, colour, text) = (Weight::Regular, self.theme.dim, self.credit());
        let primitive = Primitive::Text { at, anchor: Anchor::End, size: SMALL, weight, colour, text, counts: false };
        scene.nodes.push(Node::new(Role::Footnote, primitive));
        words
    }
}

/// Whether an account that is drawn tells an instant.
fn tells_instants(layout: &Layout, table: &EventTable) -> bool {
    drawn(layout, table).iter().any(When::is_instant)
}

/// How many accounts that are drawn tell a time of day by a clock that nobody names, where others tell instants, which
/// move with the clock of the axis.
fn unzoned(layout: &Layout, table: &EventTable) -> usize {
    let all = drawn(layout, table);
    let unzoned = all.iter().filter(|when| when.is_of_unknown_clock()).count();
    if all.iter().any(When::is_instant) { unzoned } else { 0 }
}

/// Whether hours are drawn, and both instants, which move with the clock of the axis, and dates without a time of day, which
/// do not.
fn are_days_beside_instants(layout: &Layout, table: &EventTable) -> bool {
    const HOURS: i128 = 10 * 86_400_000_000_000;
    if layout.window().nanos() > HOURS {
        return false;
    }
    let (mut instants, mut days) = (false, false);
    for when in drawn(layout, table) {
        if when.is_instant() { instants = true } else { days |= !when.is_of_unknown_clock() }
    }
    instants && days
}

/// How many accounts that are drawn have no date of publication.
fn unpublished(layout: &Layout, table: &EventTable) -> usize {
    let rows: BTreeSet<RowId> = in_sight(layout).flat_map(|claim| claim.rows.iter().copied()).collect();
    rows.into_iter().filter(|row| table.published(*row).is_none()).count()
}

/// The dates of the accounts that are drawn in sight, each once: an event may stand in several lanes.
fn drawn(layout: &Layout, table: &EventTable) -> Vec<When> {
    let rows: BTreeSet<RowId> = in_sight(layout).filter_map(|claim| claim.rows.first().copied()).collect();
    rows.into_iter().filter_map(|row| table.when(row)).collect()
}

fn in_sight(layout: &Layout) -> impl Iterator<Item = &ClaimBox> {
    let claims = layout.lanes.iter().flat_map(|lane| &lane.events).flat_map(|event| &event.claims);
    claims.filter(|claim| claim.is_in(layout.body))
}

/// Events of a document that stand on no page of it, or may reach into a time in which they are not drawn.
pub(super) struct Absent {
    /// Without a date.
    undated: usize,
    /// Not known at the time that the figure is of.
    not_yet: usize,
    /// Where events stop being drawn of which nobody says when they ended, in order.
    unended: Vec<TimePoint>,
    /// Where events begin to be drawn of which nobody says when they began, in order.
    unbegun: Vec<TimePoint>,
}

impl Absent {
    /// Those of a figure's events that its search lets through. All events are asked, once for all pages.
    pub(super) fn of(input: &FigureInput<'_>) -> Self {
        let (table, mask) = (&input.document.table, input.mask);
        let mut out = Self { undated: 0, not_yet: 0, unended: Vec::new(), unbegun: Vec::new() };
        for event in table.events() {
            let Some(extent) = table.extent(event) else {
                let known = table.rows_of(event).next().is_some();
                *(if known { &mut out.undated } else { &mut out.not_yet }) += 1;
                continue;
            };
            if !mask.keeps(event) {
                continue;
            }
            let all = |of: fn(&When) -> Bound| {
                let mut dated = table.rows_of(event).filter_map(|row| table.when(row)).peekable();
                dated.peek().is_some() && dated.all(|when| of(&when) == Bound::Unknown && when.duration.is_none())
            };
            if all(|when| when.end) {
                out.unended.push(extent.end());
            } else if all(|when| when.start) {
                out.unbegun.push(extent.start());
            }
        }
        out.unended.sort_unstable();
        out.unbegun.sort_unstable();
        out
    }

    /// How many events begun before a window may go on into it, and how many ended after it may have begun by then.
    fn perhaps(&self, window: Span) -> (usize, usize) {
        let before = self.unended.partition_point(|end| *end <= window.start());
        let after = self.unbegun.len() - self.unbegun.partition_point(|start| *start < window.end());
        (before, after)
    }
}

/// What of the lanes a page has.
#[derive(Clone, Copy, Default)]
struct Lanes {
    /// How many have no room on it.
    left_out: usize,
    /// Whether some are on other pages.
    elsewhere: bool,
    /// Whether events stand in several of them.
    repeats: bool,
    /// How many events are drawn in any of them.
    distinct: usize,
}

/// Events of the whole document.
struct All {
    /// All of them.
    events: usize,
    /// Without a date.
    undated: usize,
    /// Not known at the time that the figure is of.
    not_yet: usize,
    /// With a date, and let through by the search.
    searched_for: usize,
}

fn footnote(tally: Tally, lanes: Lanes, all: &All) -> String {
    let shown = tally.drawn + tally.as_density;
    let outside = all.searched_for.saturating_sub(tally.events.possible);
    let left_out = all.events.saturating_sub(all.searched_for + all.undated + all.not_yet);
    let of_all = grouped(all.events);
    let only_counted = tally.drawn == 0 && tally.as_density > 0;
    let counted = if only_counted { ", counted, none drawn" } else { "" };
    let repeated = tally.in_window > tally.events.possible || (lanes.elsewhere && lanes.repeats);
    let mut parts = if repeated {
        let events = grouped(tally.events.possible);
        let times = match (lanes.elsewhere, tally.hidden) {
            (true, _) => format!("{} times on this page, the rest on other pages", grouped(shown)),
            (false, 0) => format!("{} times in all", grouped(shown)),
            (false, hidden) => format!("{} of {} times shown", grouped(shown), grouped(shown + hidden)),
        };
        let mut parts = vec![
            format!("{events} of {of_all} events touch this time{counted}"),
            format!("each stands in every lane that it belongs to, {times}"),
        ];
        // What has no room in one lane may be seen in another.
        let nowhere = tally.events.possible.saturating_sub(lanes.distinct + tally.between);
        if tally.hidden > 0 && tally.as_density == 0 && tally.put_away == 0 && !lanes.elsewhere && nowhere > 0 {
            parts.push(format!("{} nowhere for want of room", grouped(nowhere)));
        }
        parts
    } else {
        let told = if only_counted { "counted, none drawn" } else { "shown" };
        vec![format!("{} of {of_all} events {told}", grouped(shown))]
    };

    let mut add = |count: usize, words: &str| {
        match count {
            0 => {}
            // "1 labels" would be wrong.
            1 => parts.push(format!("1 {}", words.replacen("labels", "label", 1).replacen("lanes", "lane", 1))),
            _ => parts.push(format!("{} {words}", grouped(count))),
        }
    };
    if tally.drawn > 0 {
        add(tally.as_density, "of them only counted");
    }
    if lanes.elsewhere && !repeated {
        add(tally.events.possible.saturating_sub(tally.in_window), "in lanes on other pages");
    } else {
        let perhaps = (tally.events.possible - tally.events.certain).saturating_sub(tally.between);
        add(perhaps, "of them only possibly in this time");
    }
    add(outside, "outside this time");
    add(left_out, "left out by the search");
    add(all.undated, "without a date");
    add(all.not_yet, "not surely known then");
    // In several lanes, one event would be told several times.
    add(if repeated { 0 } else { tally.between }, "before or after this time by what is told of them, and not in it");
    add(tally.put_away, "in hidden lanes");
    if !repeated || lanes.elsewhere {
        add(tally.hidden, "without room on the page");
    }
    add(lanes.left_out, "lanes without room");
    add(tally.unlabelled, "labels without room");
    format!("{}. Dates as the sources give them; none is made finer.", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::CountRange;

    fn words(tally: Tally, all: &All) -> String {
        footnote(tally, Lanes::default(), all).split(". ").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_foot_tells_what_is_shown_and_why_the_rest_is_not() {
        let events = CountRange { certain: 9, possible: 10 };
        let tally = Tally { events, in_window: 10, drawn: 10, ..Tally::default() };
        let all = All { events: 20, undated: 1, not_yet: 2, searched_for: 14 };
        assert_eq!(
            words(tally, &all),
            "10 of 20 events shown; 1 of them only possibly in this time; 4 outside this time; 3 left out by the search; \
             1 without a date; 2 not surely known then"
        );
        // Nothing is said of a search where there is none, and lanes with several values are not counted as events.
        let events = CountRange { certain: 10, possible: 10 };
        let tally = Tally { events, in_window: 16, as_density: 16, ..Tally::default() };
        let all = All { events: 12, undated: 0, not_yet: 0, searched_for: 12 };
        assert_eq!(
            words(tally, &all),
            "10 of 12 events touch this time, counted, none drawn; each stands in every lane that it belongs to, 16 times in \
             all; 2 outside this time"
        );
    }
}
