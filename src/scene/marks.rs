//! Marks: each shape that a claim can have, in each standing.

use super::stripes::Stripes;
use super::{Icon, Node, Point, Primitive, Rgba, Role, Sign, Stroke, Theme};
use crate::layout::{ClaimBox, ClaimShape, EXACT, EventBox, Fade, Rect, SOFT, Tone};
use crate::text::Weight;

/// How strong the colour of an event is that is only possibly in the time searched for.
pub(super) const MAYBE: f32 = 0.42;

/// How strong the colour is of a time in which something lies somewhere: words can be read on it.
pub(super) const PALE: f32 = 0.32;

/// Narrower bars of what was only announced have no room for hatching, in points.
pub(super) const NARROW: f32 = 12.0;

/// Half the width of an icon's disc, at most, so that two of them beside each other do not touch, in points.
const BADGE: f32 = 7.5;
/// Half the width of a colour's sign at the edge of such a disc, in points.
const SIGN_BESIDE: f32 = 2.6;

/// How marks are drawn.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    pub(super) theme: &'a Theme,
    pub(super) colour: Rgba,
    /// Those of its values, where it has several.
    pub(super) beside: Stripes,
    /// What tells its value beside the colour.
    pub(super) sign: Option<Sign>,
    /// The picture of a point event.
    pub(super) icon: Option<Icon>,
    /// Height of a bar.
    pub(super) height: f32,
    /// What may be seen; marks reach a little beyond.
    pub(super) seen: Rect,
    /// Whether that is a page, which cannot be moved.
    pub(super) is_page: bool,
}

/// Smaller letters cannot be read.
pub(super) const LEAST_SIGN: f32 = 6.0;

/// Whether the day or hour of a point is wide enough to be seen around it.
pub(super) fn is_within(claim: &ClaimBox) -> bool {
    matches!(claim.shape, ClaimShape::Dot { .. }) && f64::from(claim.right - claim.left) > EXACT
}

/// Whether a bar goes on beyond what was known of it.
pub(super) fn is_onward(claim: &ClaimBox) -> bool {
    matches!(claim.shape, ClaimShape::Bar { to, open_end: true, .. } if claim.right > to + 1.0)
}

impl Pen<'_> {
    /// A claim's mark, at y downwards by `shift`.
    pub(super) fn claim(&self, claim: &ClaimBox, shift: f32) -> Vec<Node> {
        let mut nodes = self.shape(claim, shift);
        nodes.extend(self.signs(claim, claim.y + shift));
        nodes
    }

    /// A dot, or its sign, or one of several colours.
    fn spot(&self, role: Role, centre: Point, radius: f32, fill: Rgba, stroke: Option<Stroke>) -> Vec<Node> {
        let plain = |fill, stroke| match self.sign {
            Some(sign) => Node::new(role, sign.draw(centre, radius, Some(fill), stroke)),
            None => Node::new(role, circle(centre, radius, Some(fill), stroke)),
        };
        match stroke {
            // A class of numbers is a small column, which alone would be too little of a mark.
            _ if matches!(self.sign, Some(Sign::Step(_))) && self.beside.is_none() => {
                let ink = if stroke.is_some() { self.colour } else { fill.ink() };
                let column = self.sign.map(|sign| Node::new(role, sign.draw(centre, radius * 0.62, Some(ink), None)));
                std::iter::once(Node::new(role, circle(centre, radius, Some(fill), stroke))).chain(column).collect()
            }
            _ if self.beside.is_none() => vec![plain(fill, stroke)],
            None => self.beside.cake(role, centre, radius),
            Some(stroke) => {
                let ring = self.beside.ring(role, centre, radius, stroke.width + 0.4);
                std::iter::once(plain(fill, None)).chain(ring).collect()
            }
        }
    }

    /// A full rectangle, in all of its colours.
    fn full(&self, role: Role, rect: Rect, radius: f32) -> Vec<Node> {
        if self.beside.is_none() {
            let shape = Primitive::Rect { rect, radius, fill: Some(self.colour), stroke: None };
            return vec![Node::new(role, shape)];
        }
        self.beside.parts(rect).map(|(rect, colour)| Node::fill(role, rect, colour)).collect()
    }

    /// A band of so much of its colours at each share of its width.
    fn band(&self, rect: Rect, stops: &[(f32, f32)]) -> Vec<Node> {
        let own = |(rect, colour): (Rect, Rgba)| {
            let stops = stops.iter().map(|(at, share)| (*at, colour.weaker(*share))).collect();
            Node::new(Role::Extent, Primitive::Band { rect, stops })
        };
        if self.beside.is_none() {
            vec![own((rect, self.colour))]
        } else {
            self.beside.parts(rect).map(own).collect()
        }
    }

    fn shape(&self, claim: &ClaimBox, shift: f32) -> Vec<Node> {
        let y = claim.y + shift;
        match &claim.shape {
            ClaimShape::Dot { x } => self.dot((*x, y), claim),
            ClaimShape::Possible { from, to, slides } => {
                let mut nodes = self.possible(*from, *to, y, claim);
                nodes.extend(slides.iter().flat_map(|length| self.slider(*from, *to, *length, y)));
                nodes.extend(self.beyond(y, claim.beyond, Tone::Ahead));
                nodes
            }
            ClaimShape::Bar { from, to, fade_in, fade_out, soft, .. } => {
                let mut nodes: Vec<Node> =
                    [fade_in, fade_out].into_iter().flatten().flat_map(|fade| self.fade(*fade, y)).collect();
                nodes.extend([fade_in, fade_out].into_iter().flatten().filter_map(|fade| self.unknown(*fade, y)));
                let ends = [(soft.0, fade_in, *from, -SOFT as f32), (soft.1, fade_out, *to, SOFT as f32)];
                for (_, fade, edge, reach) in ends.into_iter().filter(|(soft, ..)| *soft) {
                    let soft = Fade { full: edge, gone: edge + reach, undated: false };
                    nodes.extend(fade.map_or_else(|| self.fade(soft, y), |fade| vec![self.doubted(fade, y)]));
                }
                let blended = (fade_in.is_some() || soft.0, fade_out.is_some() || soft.1);
                nodes.extend(self.bar(*from, *to, y, claim, blended));
                if claim.tone != Tone::Held && (fade_in.is_some() || fade_out.is_some()) {
                    nodes.push(self.outline(self.rect(claim.left, claim.right, y)));
                }
                // What goes on is pale where nobody knew whether it would, and so is the ground of the sign that it does.
                let onward = self.onward(*to, y, claim);
                nodes.extend(onward.map(|rect| self.band(rect, &[(0.0, PALE), (1.0, PALE)])).into_iter().flatten());
                let (start, end) = claim.beyond;
                let paler = if onward.is_some() && claim.tone == Tone::Held { Tone::Ahead } else { claim.tone };
                nodes.extend(self.beyond(y, (start, None), claim.tone));
                nodes.extend(self.beyond(y, (None, end), paler));
                nodes
            }
            ClaimShape::Set { windows, all } => self.set(windows, *all, y, claim),
        }
    }

    /// Where a bar that goes on was not known to; it is full up to `to`.
    fn onward(&self, to: f32, y: f32, claim: &ClaimBox) -> Option<Rect> {
        is_onward(claim).then(|| self.rect(to, claim.right, y).meet(self.seen.grown(60.0))).flatten()
    }

    fn rect(&self, from: f32, to: f32, y: f32) -> Rect {
        Rect::new(from, y - self.height / 2.0, (to - from).max(1.0), self.height)
    }

    fn dot_radius(&self) -> f32 {
        if self.icon.is_some() { (self.height * 0.43).min(BADGE) } else { (self.height * 0.28).clamp(2.5, 6.4) }
    }

    /// From the left to the right of what is drawn of a claim; an icon is wider than the dot for which rows have room.
    pub(super) fn edges(&self, claim: &ClaimBox) -> (f32, f32) {
        match claim.shape {
            ClaimShape::Dot { x } if self.icon.is_some() => {
                (claim.left.min(x - self.dot_radius()), claim.right.max(x + self.dot_radius()))
            }
            _ => (claim.left, claim.right),
        }
    }

    fn dot(&self, centre: Point, claim: &ClaimBox) -> Vec<Node> {
        let radius = self.dot_radius();
        let outline = Some(Stroke::solid(1.6, self.colour));
        let (role, fill, stroke) = match claim.tone {
            Tone::Held => (Role::Moment, self.colour, None),
            Tone::Ahead => (Role::Planned, self.theme.background, outline),
            Tone::Cancelled => (Role::Cancelled, self.theme.background, outline),
        };
        let mut nodes = Vec::new();
        if is_within(claim) {
            let (rect, fill) = (self.rect(claim.left, claim.right, centre.1), Some(self.colour.weaker(0.2)));
            nodes.push(Node::new(Role::Extent, Primitive::Rect { rect, radius: 2.5, fill, stroke: None }));
        }
        if claim.doubtful {
            let halo = Stroke::dashed(1.1, self.colour, 2.0, 2.0);
            nodes.push(Node::new(Role::Extent, circle(centre, radius + 3.2, None, Some(halo))));
        }
        if let Some(icon) = self.icon {
            nodes.push(Node::new(role, circle(centre, radius, Some(fill), stroke)));
            nodes.extend(self.beside.ring(role, centre, radius, 2.0));
            nodes.extend(self.picture(icon, centre, claim.tone).into_iter().map(|part| Node::new(role, part)));
        } else {
            nodes.extend(self.spot(role, centre, radius, fill, stroke));
        }
        if claim.tone == Tone::Cancelled {
            let (dx, (x, y)) = (radius + 2.5, centre);
            nodes.push(Node::line(role, (x - dx, y + dx), (x + dx, y - dx), Stroke::solid(1.4, self.colour)));
        }
        nodes
    }

    /// An icon on its disc, and the sign of the colour at the disc's edge.
    fn picture(&self, icon: Icon, centre: Point, tone: Tone) -> Vec<Primitive> {
        let (radius, ground) = (self.dot_radius(), self.colour.over(self.theme.background));
        let mut out = match tone {
            Tone::Held => icon.draw(centre, radius, ground.picture_ink(), ground),
            Tone::Ahead | Tone::Cancelled => icon.draw(centre, radius, self.colour, self.theme.background),
        };
        if let Some(sign) = self.sign {
            let at = (centre.0 + radius, centre.1 + radius * 0.9);
            out.push(circle(at, SIGN_BESIDE + 1.2, Some(self.theme.background), None));
            out.push(sign.draw(at, SIGN_BESIDE, Some(ground), None));
        }
        out
    }

    /// A window in which the event lies somewhere: even, because no moment of it is likelier than another, its edges
    /// dotted; where the edges themselves are only about right, the ends are softer.
    fn possible(&self, from: f32, to: f32, y: f32, claim: &ClaimBox) -> Vec<Node> {
        let rect = self.rect(from, to, y);
        let full = if claim.tone == Tone::Held { PALE } else { 0.16 };
        let end = if claim.doubtful { 0.04 } else { full };
        let edge = Stroke::dashed(1.0, self.colour.weaker(0.75), 2.0, 2.0);
        let mut nodes = self.band(rect, &[(0.0, end), (0.2, full), (0.8, full), (1.0, end)]);
        // Dashes far outside the window would be made for nobody.
        let seen = self.seen.grown(20.0);
        let near = |x: f32| x.clamp(seen.x, seen.right());
        let shown = self.rect(near(rect.x), near(rect.right()), y);
        match claim.tone {
            Tone::Held | Tone::Ahead if claim.doubtful => nodes.push(self.outline(shown)),
            Tone::Held | Tone::Ahead => {
                for x in [rect.x, rect.right()] {
                    nodes.push(Node::line(Role::Extent, (x, rect.y), (x, rect.bottom()), edge));
                }
            }
            Tone::Cancelled => nodes.push(self.outline(shown)),
        }
        match claim.tone {
            Tone::Held => {}
            // Without the frame of what is planned for a known time.
            Tone::Ahead => nodes.extend(self.hatch(shown)),
            Tone::Cancelled => nodes.push(self.strike(shown)),
        }
        nodes
    }

    fn bar(&self, from: f32, to: f32, y: f32, claim: &ClaimBox, fades: (bool, bool)) -> Vec<Node> {
        let rect = self.rect(from, to, y);
        // In a low row a rounder bar would seem to be a dot.
        let radius = if fades == (false, false) { 2.5_f32.min(rect.w * 0.35).min(rect.h * 0.2) } else { 0.0 };
        let shape = |fill, stroke| Primitive::Rect { rect, radius, fill, stroke };
        match claim.tone {
            Tone::Held => self.full(Role::Core, rect, radius),
            // Too small for a pattern: hollow, like a planned dot.
            Tone::Ahead if rect.w < NARROW && self.beside.is_none() => {
                vec![Node::new(
                    Role::Planned,
                    shape(Some(self.theme.background), Some(Stroke::solid(1.4, self.colour))),
                )]
            }
            Tone::Ahead if rect.w < NARROW => {
                const EDGE: f32 = 1.6;
                let inner = Rect::new(rect.x + EDGE, rect.y + EDGE, rect.w - 2.0 * EDGE, rect.h - 2.0 * EDGE);
                let mut nodes = self.full(Role::Planned, rect, 0.0);
                nodes.extend((inner.w > 0.5).then(|| Node::fill(Role::Planned, inner, self.theme.background)));
                nodes
            }
            Tone::Ahead => {
                let frame = shape(None, Some(Stroke::dashed(1.2, self.colour, 3.0, 2.0)));
                let ground = Node::new(Role::Planned, shape(Some(self.colour.weaker(0.12)), None));
                let hatch = self.hatch(rect);
                std::iter::once(ground).chain(hatch).chain([Node::new(Role::Planned, frame)]).collect()
            }
            Tone::Cancelled => {
                let frame = Node::new(Role::Cancelled, shape(None, Some(Stroke::solid(1.2, self.colour))));
                // Its values are told apart as weakly as what may be.
                let values =
                    if self.beside.is_none() { Vec::new() } else { self.band(rect, &[(0.0, PALE), (1.0, PALE)]) };
                values.into_iter().chain([frame, self.strike(rect)]).collect()
            }
        }
    }

    /// Dashes around what may be of something that was only announced.
    fn outline(&self, rect: Rect) -> Node {
        let stroke = Some(Stroke::dashed(1.1, self.colour, 3.0, 2.0));
        Node::new(Role::Planned, Primitive::Rect { rect, radius: 2.0, fill: None, stroke })
    }

    fn strike(&self, rect: Rect) -> Node {
        let y = rect.y + rect.h / 2.0;
        Node::line(Role::Cancelled, (rect.x - 3.0, y), (rect.right() + 3.0, y), Stroke::solid(1.6, self.colour))
    }

    /// Lines at 45° inside a rectangle, cut at its edges, where they can be seen; of several colours in turns.
    fn hatch(&self, rect: Rect) -> Vec<Node> {
        if self.beside.is_none() {
            return vec![self.hatched(rect, self.colour, (0, 1))];
        }
        let colours = self.beside.colours();
        let own = |(at, colour): (usize, &Rgba)| self.hatched(rect, *colour, (at, colours.len()));
        colours.iter().enumerate().map(own).collect()
    }

    /// Every so many of those lines, from one of the first on.
    fn hatched(&self, rect: Rect, colour: Rgba, (first, every): (usize, usize)) -> Node {
        const STEP: f32 = 6.0;
        let seen = self.seen.grown(20.0);
        let (left, right) = (rect.x.max(seen.x), rect.right().min(seen.right()));
        let mut lines = Vec::new();
        // The pattern hangs on the bar's own edge, so that it does not crawl while panning.
        let step = STEP * every as f32;
        let first = rect.x - rect.h + first as f32 * STEP;
        let mut foot = first + ((left - rect.x) / step).floor().max(0.0) * step;
        while foot < right {
            let (a, b) = (foot.max(left), (foot + rect.h).min(right));
            if a < b {
                lines.push(((a, rect.bottom() - (a - foot)), (b, rect.bottom() - (b - foot))));
            }
            foot += step;
        }
        Node::new(Role::Planned, Primitive::Lines { lines, stroke: Stroke::solid(1.0, colour.weaker(0.65)) })
    }

    fn fade(&self, fade: Fade, y: f32) -> Vec<Node> {
        const ENDS: (f32, f32) = (0.55, 0.04);
        let (left, right) = if fade.full < fade.gone { ENDS } else { (ENDS.1, ENDS.0) };
        let rect = self.rect(fade.full.min(fade.gone), fade.full.max(fade.gone), y);
        self.band(rect, &[(0.0, left), (1.0, right)])
    }

    /// Dashes around the fade to an end whose window is itself about right or doubted, as around any such time.
    fn doubted(&self, fade: Fade, y: f32) -> Node {
        let seen = self.seen.grown(20.0);
        let near = |x: f32| x.clamp(seen.x, seen.right());
        self.outline(self.rect(near(fade.full.min(fade.gone)), near(fade.full.max(fade.gone)), y))
    }

    /// A question mark at the end of a fade of which nobody knows how far it goes, where there is room for one.
    fn unknown(&self, fade: Fade, y: f32) -> Option<Node> {
        let size = (self.height * 0.72).max(LEAST_SIGN);
        let x = fade.gone + if fade.gone < fade.full { 1.0 } else { -1.0 - size * 0.62 };
        let seen = x >= self.seen.x && x + size * 0.62 <= self.seen.right();
        // A row is a little higher than its marks.
        (fade.undated && seen && size < self.height + 2.0 && (fade.full - fade.gone).abs() > size)
            .then(|| Node::text(Role::Extent, (x, y + size * 0.36), size, Weight::SemiBold, self.theme.text, "?"))
    }

    /// A bar of known length that could lie anywhere in its window: drawn in the middle, with an arrow to each side.
    fn slider(&self, from: f32, to: f32, length: f32, y: f32) -> Vec<Node> {
        let (middle, half) = (f32::midpoint(from, to), length.max(3.0) / 2.0);
        let (left, right) = (middle - half, middle + half);
        let height = self.height * 0.42;
        let rect = Rect::new(left, y - height / 2.0, right - left, height);
        let bar = Primitive::Rect { rect, radius: 1.5, fill: Some(self.colour), stroke: None };
        let mut nodes = vec![Node::new(Role::Core, bar)];
        let stroke = Stroke::solid(1.2, self.colour);
        for (edge, end, sign) in [(left, from, -1.0), (right, to, 1.0)] {
            let tip = edge + sign * ((end - edge).abs() - 3.0).clamp(0.0, 12.0);
            if (tip - edge).abs() < 6.0 {
                continue;
            }
            let back = tip - sign * 3.5;
            nodes.push(Node::line(Role::Extent, (edge + sign * 1.5, y), (tip, y), stroke));
            let points = vec![(back, y - 3.0), (tip, y), (back, y + 3.0)];
            let head = Primitive::Path { points, closed: false, fill: None, stroke: Some(stroke) };
            nodes.push(Node::new(Role::Extent, head));
        }
        nodes
    }

    /// Alternatives as pale marks on a hairline; dates that all hold as full marks on a firm line.
    fn set(&self, windows: &[(f32, f32)], all: bool, y: f32, claim: &ClaimBox) -> Vec<Node> {
        // What was only announced is dashed here too.
        let hair = match claim.tone {
            Tone::Ahead => Stroke::dashed(1.2, self.colour, 3.0, 2.0),
            Tone::Held | Tone::Cancelled => Stroke::solid(if all { 2.2 } else { 1.0 }, self.colour),
        };
        let full = all && claim.tone == Tone::Held;
        let radius = (self.height * 0.24).clamp(2.5, 4.5);
        let mut nodes =
            vec![Node::line(Role::Alternative, (claim.left + radius, y), (claim.right - radius, y), hair)];
        for &(from, to) in windows {
            if f64::from(to - from) <= EXACT {
                // Hollow is what was announced; one of several is pale, like all that is only possible.
                let inner = match (full, claim.tone) {
                    (true, _) => self.colour,
                    (false, Tone::Held) => self.colour.weaker(0.36).over(self.theme.background),
                    (false, Tone::Ahead | Tone::Cancelled) => self.theme.background,
                };
                let (centre, stroke) = ((f32::midpoint(from, to), y), Stroke::solid(1.5, self.colour));
                nodes.extend(self.spot(Role::Alternative, centre, radius, inner, Some(stroke)));
            } else {
                let (rect, ground) = (self.rect(from, to, y), self.colour.weaker(if full { 0.46 } else { 0.16 }));
                let stroke = Some(Stroke::dashed(1.1, self.colour, 3.0, 2.0));
                let window = Primitive::Rect { rect, radius: 2.5, fill: Some(ground), stroke };
                nodes.push(Node::new(Role::Alternative, window));
            }
        }
        let whole = self.rect(claim.left, claim.right, y);
        if claim.tone == Tone::Cancelled {
            nodes.push(self.strike(whole));
        }
        if claim.doubtful {
            nodes.push(self.outline(whole));
        }
        nodes
    }

    /// Dotted brackets from each claim of an event to the next.
    pub(super) fn fork(&self, event: &EventBox, shift: f32) -> Vec<Node> {
        let stroke = Stroke::dashed(1.2, self.colour, 1.5, 2.5);
        // On a page what lies beyond it is joined to nothing.
        let claims: Vec<&ClaimBox> =
            event.claims.iter().filter(|claim| !self.is_page || claim.is_in(self.seen)).collect();
        claims
            .windows(2)
            .map(|pair| {
                let (a, b) = (pair[0], pair[1]);
                // Marks that begin before the window are joined at its edge.
                let x = (a.left.min(b.left) - 4.0).max(self.seen.x + 2.0);
                let points = vec![(a.left, a.y + shift), (x, a.y + shift), (x, b.y + shift), (b.left, b.y + shift)];
                Node::new(Role::Fork, Primitive::Path { points, closed: false, fill: None, stroke: Some(stroke) })
            })
            .collect()
    }
}

pub(super) fn circle(centre: Point, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) -> Primitive {
    Primitive::Circle { centre, radius, fill, stroke }
}
