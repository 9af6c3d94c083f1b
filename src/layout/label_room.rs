//! The places that one label may take, best first, and what it takes of the rows there.

use super::labels::{
    BEFORE, CLEAR, GAP, Halves, LEADER_GAP, LabelArea, LabelBox, LabelPlace, Side, Stand, Taken, Wanted, Wish,
    note_size,
};
use super::marks::ARROW;
use super::{Beyond, ClaimBox, ClaimShape, Metrics};
use crate::text::{TextMeter, Weight};

/// What one label may stand in.
pub(super) struct Room<'a> {
    pub(super) claim: &'a ClaimBox,
    pub(super) taken: &'a Taken,
    pub(super) area: LabelArea<'a>,
    /// How far left the mark reaches.
    pub(super) reach: f32,
    /// Where the label stood a moment ago.
    pub(super) before: Option<Stand>,

    pub(super) metrics: &'a Metrics,
    pub(super) meter: &'a TextMeter,
}

/// The letters of a label in two lines, as a part of those of others.
const SMALLER: f32 = 0.86;
/// How far a leader's upright part stays clear of marks beside it.
const LEADER: f32 = 4.0;
/// Between a leader's upright part and its label.
const ELBOW: f32 = 9.0;
/// How many rows a leader may go up or down.
const FAR: f32 = 2.0;
/// Shorter beginnings say too little, in points, and as a part of the whole as long as that is not much already.
const LEAST: (f32, f32) = (52.0, 0.65);
/// As much of a long label as says enough, in points.
const ENOUGH: f32 = 120.0;

impl Room<'_> {
    /// The whole label in its mark, or at one of the sides of it, on one line or else on two.
    pub(super) fn place(&self, wanted: Wanted<'_>, sides: &[Side]) -> Option<LabelBox> {
        let beside = || self.one_line(wanted.wish, sides).or_else(|| self.place_in_two(wanted.wish, sides));
        self.inside(wanted).or_else(beside)
    }

    /// The whole label as it stood a moment ago, or in its mark, where it is in nobody's way.
    pub(super) fn keep(&self, wanted: Wanted<'_>) -> Option<LabelBox> {
        let Stand { side, in_two } = self.before?;
        self.inside(wanted).or_else(|| {
            if in_two { self.place_in_two(wanted.wish, &[side]) } else { self.one_line(wanted.wish, &[side]) }
        })
    }

    fn inside(&self, Wanted { wish, inside, .. }: Wanted<'_>) -> Option<LabelBox> {
        let (from, to) = inside?;
        // Held at the window's edge, so that a long bar keeps its name in sight.
        self.in_part((from.max(self.area.body.x) + self.metrics.sign, to.min(self.area.body.right())), wish)
    }

    /// The whole label in a part of its mark, at its left or behind the first break there that leaves room for it.
    fn in_part(&self, (from, to): (f32, f32), wish: &Wish) -> Option<LabelBox> {
        let behind = self.area.breaks.iter().map(|(_, end)| *end).filter(|end| *end > from);
        let fits = |from: &f32| {
            let end = from + wish.width + 2.0 * GAP;
            end <= to && self.clear_of_breaks(*from, end - GAP)
        };
        let from = std::iter::once(from).chain(behind).find(fits)?;
        Some(LabelBox { place: LabelPlace::Inside, ..self.whole(wish, from + GAP) })
    }

    /// The whole label in the part of a mark that is in sight, where no more than a fade of it is.
    pub(super) fn in_fade(&self, wish: &Wish) -> Option<LabelBox> {
        if !matches!(&self.claim.shape, ClaimShape::Bar { fade_in, fade_out, open_end, .. } if *open_end || fade_in.or(*fade_out).is_some())
        {
            return None;
        }
        if self.metrics.mark > self.metrics.font { self.on_mark(wish) } else { None }
    }

    /// The whole label on the part of its mark that is in sight, beside its signs.
    fn on_mark(&self, wish: &Wish) -> Option<LabelBox> {
        let body = self.area.body;
        let sign = |beyond: Option<Beyond>| if beyond.is_some() { ARROW } else { 0.0 };
        let from = self.claim.left.max(body.x) + self.metrics.sign + sign(self.claim.beyond.0);
        self.in_part((from, self.claim.right.min(body.right()) - sign(self.claim.beyond.1)), wish)
    }

    /// The whole label over a bar that is lower than letters, on a ground of its own, where nothing else has room: a bar from
    /// edge to edge would be without a name.
    pub(super) fn over(&self, wish: &Wish) -> Option<LabelBox> {
        const LOWEST: f32 = 0.5;
        let (mark, font) = (self.metrics.mark, self.metrics.font);
        let is_bar = matches!(self.claim.shape, ClaimShape::Bar { .. } | ClaimShape::Possible { slides: None, .. });
        if is_bar && mark <= font && mark >= font * LOWEST { self.on_mark(wish) } else { None }
    }

    /// The whole label on one line at one of the sides of its mark.
    pub(super) fn one_line(&self, wish: &Wish, sides: &[Side]) -> Option<LabelBox> {
        self.free_at(sides, wish.width).map(|x| self.whole(wish, x))
    }

    /// The whole label at a side of its mark, over a break of the axis: what stands alone before one would be without a name.
    pub(super) fn across(&self, wish: &Wish) -> Option<LabelBox> {
        let width = wish.width;
        let sides = [(self.claim.right + self.gap(), 0.0), (self.reach - self.gap() - width, BEFORE)];
        let free = |&(x, before): &(f32, f32)| {
            self.in_sight(x, x + width) && self.free_in(self.claim.y, (x - before, x + width), CLEAR)
        };
        let (x, _) = sides.into_iter().find(free).filter(|_| !self.area.breaks.is_empty())?;
        Some(LabelBox { over_break: true, ..self.whole(wish, x) })
    }

    /// Where a label of a width begins at the first of the sides of its mark that has room for it.
    fn free_at(&self, sides: &[Side], width: f32) -> Option<f32> {
        let begins = sides.iter().filter_map(|side| match side {
            Side::Inside => None,
            Side::Right => Some((self.claim.right + self.gap(), 0.0)),
            Side::Left => Some((self.reach - self.gap() - width, BEFORE)),
        });
        begins.into_iter().find(|(x, before)| self.free(*x, x + width, *before)).map(|(x, _)| x)
    }

    /// Between the mark and its label.
    fn gap(&self) -> f32 {
        let icon = if matches!(self.claim.shape, ClaimShape::Dot { .. }) { self.metrics.icon } else { 0.0 };
        GAP + icon
    }

    fn whole(&self, wish: &Wish, x: f32) -> LabelBox {
        LabelBox {
            text: wish.text.to_string(),
            second: None,
            note: wish.note.as_deref().map(str::to_owned),
            x,
            y: self.claim.y,
            width: wish.width,
            size: self.metrics.font,
            is_cut: false,
            over_break: false,
            place: LabelPlace::Beside,
        }
    }

    /// The whole label in two smaller lines at a side of its mark, where rows are high enough for that.
    fn place_in_two(&self, wish: &Wish, sides: &[Side]) -> Option<LabelBox> {
        let size = self.metrics.font * SMALLER;
        if size * LabelBox::LINE * 2.0 > self.metrics.row {
            return None;
        }
        // Two lines are hardly narrower than half of one: without that, nothing need be measured.
        let least = wish.width * SMALLER * 0.5;
        self.free_at(sides, least)?;

        let Halves { lines: [first, second], width } =
            wish.halves.get_or_init(|| self.in_halves(wish, size)).as_ref()?;
        let x = self.free_at(sides, *width)?;
        let (text, second) = (first.to_string(), Some(second.to_string()));
        Some(LabelBox { text, second, width: *width, size, ..self.whole(wish, x) })
    }

    fn in_halves(&self, wish: &Wish, size: f32) -> Option<Halves> {
        let (first, second) = halves(&wish.text, |text| self.meter.about(text, size, Weight::Regular))?;
        let width = |text: &str| self.meter.width(text, size, Weight::Regular);
        let note =
            wish.note.as_ref().map_or(0.0, |note| self.meter.width(note, note_size(size), Weight::Regular) + 2.0);
        let width = width(&first).max(width(&second) + note);
        Some(Halves { lines: [first.into(), second.into()], width })
    }

    /// The whole label in a row near by, with a leader to its mark.
    pub(super) fn lead(&self, wish: &Wish) -> Option<LabelBox> {
        let (anchor, half) = self.anchor()?;
        let row = self.metrics.row;
        let (first, last) = self.area.rows;
        for step in [1.0, -1.0, FAR, -FAR] {
            let y = self.claim.y + step * row;
            // What lies between must let the leader through.
            let between = (step.abs() > 1.0).then_some(self.claim.y + step * row / 2.0);
            let through = between.is_none_or(|y| self.free_in(y, (anchor - LEADER, anchor + LEADER), 0.0));
            if y < first - 0.5 || y > last + 0.5 || !through {
                continue;
            }
            for x in [anchor + ELBOW, anchor - ELBOW - wish.width] {
                let part = ((anchor - LEADER).min(x), (anchor + LEADER).max(x + wish.width));
                if self.in_body(x, x + wish.width) && self.free_in(y, part, CLEAR) {
                    let from = (anchor, self.claim.y + half.copysign(step));
                    return Some(LabelBox { y, place: LabelPlace::Led { from }, ..self.whole(wish, x) });
                }
            }
        }
        None
    }

    /// Where a leader leaves the mark: its x, and how far above or below the middle of the mark it begins. `None` where
    /// the mark is out of sight there.
    fn anchor(&self) -> Option<(f32, f32)> {
        let body = self.area.body;
        let (left, right) = (self.claim.left.max(body.x), self.claim.right.min(body.right()));
        let (x, half) = match self.claim.shape {
            // An icon's disc is wider than a dot.
            ClaimShape::Dot { x } => (x, self.metrics.mark * 0.45),
            _ => (left + ((right - left) / 2.0).min(GAP), self.metrics.mark / 2.0),
        };
        (x >= body.x + LEADER && x <= body.right() - LEADER).then_some((x, half))
    }

    /// The first words of a label in its mark or at a side of it, wherever more of them have room.
    pub(super) fn shorten(&self, wanted: Wanted<'_>) -> Option<LabelBox> {
        let (inside, beside) = (self.shorten_inside(wanted), self.shorten_beside(wanted.wish));
        match (&inside, &beside) {
            (Some(own), Some(other)) if own.width < other.width => beside,
            _ => inside.or(beside),
        }
    }

    fn shorten_inside(&self, Wanted { wish, inside, .. }: Wanted<'_>) -> Option<LabelBox> {
        let (from, to) = inside?;
        let from = from.max(self.area.body.x) + self.metrics.sign;
        let room = to.min(self.area.body.right()) - from - 2.0 * GAP;
        let (text, width) = self.cut(wish, room)?;
        let is_cut = *text != *wish.text;
        let label = || LabelBox { text, width, is_cut, place: LabelPlace::Inside, ..self.whole(wish, from + GAP) };
        self.clear_of_breaks(from + GAP, from + GAP + width).then(label)
    }

    /// The first words of a label at a side of its mark, where a neighbour or the window's edge leaves room for no more.
    fn shorten_beside(&self, wish: &Wish) -> Option<LabelBox> {
        let row = self.taken.row(self.claim.y);
        let (right, left) = (self.claim.right + self.gap(), self.reach - self.gap());
        let others = || row.iter().chain(self.area.breaks);
        let next = others().map(|(from, _)| *from).filter(|from| *from >= self.claim.right);
        let last = others().map(|(_, to)| *to).filter(|to| *to <= self.reach);
        let room_right = (next.fold(f32::INFINITY, f32::min) - CLEAR).min(self.area.body.right() - 2.0) - right;
        let room_left = left - (last.fold(f32::NEG_INFINITY, f32::max) + CLEAR + BEFORE).max(self.area.body.x + 2.0);
        let at = |room: f32, before, begins: &dyn Fn(f32) -> f32| {
            let (text, width) = self.cut(wish, room)?;
            let (x, is_cut) = (begins(width), *text != *wish.text);
            self.free(x, x + width, before).then(|| LabelBox { text, width, is_cut, ..self.whole(wish, x) })
        };
        let on_right = || at(room_right, 0.0, &|_| right);
        let on_left = || at(room_left, BEFORE, &|width| left - width);
        // Where more of it has room.
        if room_left > room_right { on_left().or_else(on_right) } else { on_right().or_else(on_left) }
    }

    /// As many words of a label as have room, with their width; `None` where that is too little.
    fn cut(&self, wish: &Wish, room: f32) -> Option<(String, f32)> {
        let (font, meter) = (self.metrics.font, self.meter);
        let least = LEAST.0.max((wish.width * LEAST.1).min(ENOUGH));
        if room < least {
            return None;
        }
        let note = wish.note.as_ref().map_or(0.0, |note| meter.width(note, note_size(font), Weight::Regular) + 2.0);
        let text = meter.fit(&wish.text, font, Weight::Regular, room - note)?;
        let text = at_word_end(&text, &wish.text).or_else(|| in_a_word(&text))?;
        // A time that is cut tells another one.
        let text = match text.strip_suffix('…') {
            // After the whole name the sign tells that a time would follow, where there is room for that.
            Some(_) if wish.named == 0 => return None,
            Some(head) if head.len() >= wish.named => {
                let name = wish.text.get(..wish.named)?;
                let longer = format!("{name} · …");
                match meter.width(&longer, font, Weight::Regular) + note <= room {
                    // A long name ends so already.
                    _ if name.ends_with('…') => name.to_owned(),
                    true => longer,
                    false => format!("{name}…"),
                }
            }
            _ => text,
        };
        if text == "…" {
            return None;
        }
        let width = meter.width(&text, font, Weight::Regular) + note;
        (width >= least * 0.8 && width <= room).then_some((text, width))
    }

    /// The parts of rows, by their middles, that a label takes up, its leader included.
    pub(super) fn taken_by(&self, label: &LabelBox) -> Vec<(f32, (f32, f32))> {
        let end = label.x + label.width;
        match label.place {
            LabelPlace::Inside => Vec::new(),
            // With the gap between it and its mark.
            LabelPlace::Beside if label.x >= self.claim.right => {
                vec![(self.claim.y, (label.x - self.gap() + 1.0, end))]
            }
            LabelPlace::Beside => vec![(self.claim.y, (label.x - BEFORE, end + self.gap() - 1.0))],
            LabelPlace::Led { from: (x, _) } => {
                let leader = (x - LEADER, x + LEADER);
                let mut parts = vec![(label.y, (leader.0.min(label.x - LEADER_GAP), leader.1.max(end)))];
                if (label.y - self.claim.y).abs() > self.metrics.row * 1.5 {
                    parts.push((f32::midpoint(label.y, self.claim.y), leader));
                }
                parts
            }
        }
    }

    /// Whether a part of the mark's own row is free, and something more before it.
    fn free(&self, from: f32, to: f32, before: f32) -> bool {
        self.in_body(from, to) && self.free_in(self.claim.y, (from - before, to), CLEAR)
    }

    fn in_body(&self, from: f32, to: f32) -> bool {
        self.in_sight(from, to) && self.clear_of_breaks(from, to)
    }

    fn in_sight(&self, from: f32, to: f32) -> bool {
        from >= self.area.body.x + 2.0 && to <= self.area.body.right() - 2.0
    }

    fn clear_of_breaks(&self, from: f32, to: f32) -> bool {
        self.area.breaks.iter().all(|(start, end)| to <= *start || from >= *end)
    }

    /// Whether nothing stands in a part of a row, or nearer to it than `clear`; the mark itself does not count.
    fn free_in(&self, y: f32, (from, to): (f32, f32), clear: f32) -> bool {
        let own = (self.reach, self.claim.right);
        let row = self.taken.row(y).iter();
        row.copied().all(|(a, b)| {
            ((a, b) == own && y.to_bits() == self.claim.y.to_bits()) || to + clear <= a || from >= b + clear
        })
    }
}

/// A text as two lines of about the same length, broken between words (or anywhere, in scripts that have no spaces);
/// `None` where it cannot be broken.
fn halves(text: &str, width: impl Fn(&str) -> f32) -> Option<(String, String)> {
    let letters = text.chars().count();
    let mut breaks: Vec<(usize, usize)> = Vec::new();
    let mut before = None;
    for (count, (at, c)) in text.char_indices().enumerate() {
        let middle = (2 * count).abs_diff(letters);
        // A separator ends a line and begins none.
        let parts = text[at..].trim_start().starts_with(['·', '–', '-']);
        if (c == ' ' && !parts) || before.is_some_and(|before| may_part(before, c)) {
            breaks.push((middle, at));
        }
        before = Some(c);
    }
    breaks.sort_unstable();
    let halves = breaks.iter().take(2).map(|&(_, at)| (text[..at].trim_end(), text[at..].trim_start()));
    let halves = halves.filter(|(first, second)| !first.is_empty() && !second.is_empty());
    let longer = |(first, second): &(&str, &str)| width(first).max(width(second));
    let (first, second) = halves.min_by(|a, b| longer(a).total_cmp(&longer(b)))?;
    Some((first.to_owned(), second.to_owned()))
}

/// Whether a letter is of a script that is written without spaces: Chinese, Japanese, Thai, Lao.
fn spaceless(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{e00}'..='\u{eff}')
}

/// Whether a line may end between two letters of scripts without spaces. No line begins with a vowel or tone mark that
/// belongs to the letter before, nor with closing punctuation or a small kana, and none ends with an opening bracket or a
/// vowel that is written before its consonant: the rules of JIS X 4051 and of UAX #14, as far as labels need them.
fn may_part(before: char, after: char) -> bool {
    let begins_none = matches!(
        after,
        '\u{e30}'..='\u{e3a}' | '\u{e45}'..='\u{e4e}' | '\u{eb0}'..='\u{ebc}' | '\u{ec6}'..='\u{ecd}' | '\u{3099}'..='\u{309c}'
    )
        || "、。，．・：；？！」』）】〕〉》〟ー々〻ヽヾゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
            .contains(after);
    let ends_none =
        matches!(before, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}') || "「『（【〔〈《〝".contains(before);
    spaceless(before) && spaceless(after) && !begins_none && !ends_none
}

/// A shortened text cut back to the end of a word; `None` where no word is left, or the text ends in the middle of its
/// only one.
fn at_word_end(text: &str, whole: &str) -> Option<String> {
    let Some(head) = text.strip_suffix('…') else { return Some(text.to_owned()) };
    let at_end = whole.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '));
    let rest = whole.strip_prefix(head).and_then(|rest| rest.chars().next());
    let at_end = at_end || head.chars().last().zip(rest).is_some_and(|(before, after)| may_part(before, after));
    let end = if at_end { head.len() } else { head.rfind(' ')? };
    let head = head[..end].trim_end_matches([' ', ',', '·', ':', '–', '-']);
    (!head.is_empty()).then(|| format!("{head}…"))
}

/// A shortened text of a first word that is longer than words are, such as an address.
fn in_a_word(text: &str) -> Option<String> {
    const LONG: usize = 24;
    let head = text.strip_suffix('…')?;
    (!head.contains(' ') && head.chars().count() >= LONG).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words_near_its_middle_or_anywhere_without_spaces() {
        let by_letters = |text: &str| text.chars().count() as f32;
        let halves = |text| halves(text, by_letters).map(|(a, b)| format!("{a}|{b}"));
        assert_eq!(halves("International Army Games 2022").as_deref(), Some("International|Army Games 2022"));
        assert_eq!(halves("日米豪印首脳会合").as_deref(), Some("日米豪印|首脳会合"));
        // No line begins with a comma, a combining vowel, or ends with a vowel before its consonant.
        assert_eq!(halves("日米首、脳会談").as_deref(), Some("日米首、|脳会談"));
        for text in ["การประชุมสุดยอด", "เกาหลีเหนือยิงขีปนาวุธ"]
        {
            let Some((first, second)) = super::halves(text, by_letters) else { continue };
            let (before, after) = (first.chars().last().unwrap(), second.chars().next().unwrap());
            assert!(may_part(before, after), "{first}|{second}");
        }
        // Korean has spaces.
        assert_eq!(halves("한미연합훈련"), None);
        let both = halves("40th and 41st ASEAN summits · held 10–13 Nov 2022");
        assert_eq!(both.as_deref(), Some("40th and 41st ASEAN summits ·|held 10–13 Nov 2022"));
        assert_eq!(halves("Vostok"), None);
        assert_eq!(halves(""), None);
    }
}
