//! What stands on marks beside their shape: the signs of their values, and at an edge of what is seen that they go on.

use super::marks::{LEAST_SIGN, NARROW, Pen, circle};
use super::{Node, Primitive, Rgba, Role, Sign, Stroke};
use crate::layout::{Beyond, ClaimBox, ClaimShape, LabelBox, LabelPlace, Rect, Tone};

/// How far inside a bar the middle of its sign stands, in points.
const SIGN: f32 = 8.5;

impl Pen<'_> {
    /// The sign of a bar or band, at its left end or where that comes into sight; one too small has none.
    pub(super) fn signs(&self, claim: &ClaimBox, y: f32) -> Vec<Node> {
        /// Smaller signs are not told from each other, in points.
        const LEAST: f32 = 1.6;
        /// The edge of a hollow bar, with the ground within it.
        const EDGE: f32 = 2.6;
        let Some(sign) = self.sign else { return self.beside_signs(claim, y) };
        let (from, to, role, full) = match (&claim.shape, claim.tone) {
            (ClaimShape::Bar { from, to, .. }, Tone::Held) => (*from, *to, Role::Core, true),
            (ClaimShape::Bar { from, to, .. }, _) => (*from, *to, Role::Planned, false),
            (ClaimShape::Possible { from, to, slides: None }, _) => (*from, *to, Role::Extent, false),
            // Dots and sets are drawn as signs.
            _ => return Vec::new(),
        };
        // Beside the sign of what began before what is seen.
        let head = if claim.beyond.0.is_some() { 10.0 } else { 0.0 };
        let (from, to) = (from.max(self.seen.x) + head, to.min(self.seen.right()));
        // A narrow bar has a small one: more would make a full bar hollow, as what was only announced is, or cut the edges of
        // one that is.
        let hollow = !full && to - from < NARROW;
        let most = match (full, hollow) {
            (true, _) => (to - from) * 0.22,
            (false, true) => (to - from) / 2.0 - EDGE,
            (false, false) => (to - from) / 2.0 - 1.0,
        };
        let radius = (self.height * 0.2).clamp(LEAST, 3.4).min(most);
        if radius < LEAST {
            return Vec::new();
        }
        let centre = ((from + SIGN).min(f32::midpoint(from, to)), y);
        if full {
            return vec![Node::new(role, sign.draw(centre, radius, Some(self.colour.ink()), None))];
        }
        let own = Node::new(role, sign.draw(centre, radius, Some(self.colour.alpha(1.0)), None));
        // Hatching runs behind it.
        let ground = || Node::new(role, circle(centre, radius + 2.2, Some(self.theme.background), None));
        (!hollow).then(ground).into_iter().chain([own]).collect()
    }

    /// The signs of several values beside each other, from the left of a bar or band on or behind its label: all of them or,
    /// where there is no room, none.
    fn beside_signs(&self, claim: &ClaimBox, y: f32) -> Vec<Node> {
        const STEP: f32 = 11.0;
        let signs = self.beside.signs();
        if signs.len() < 2 || self.height < LEAST_SIGN {
            return Vec::new();
        }
        let (from, to) = match &claim.shape {
            ClaimShape::Bar { from, to, .. } | ClaimShape::Possible { from, to, slides: None } => (*from, *to),
            ClaimShape::Possible { .. } | ClaimShape::Dot { .. } | ClaimShape::Set { .. } => return Vec::new(),
        };
        let room = |beyond: Option<Beyond>| if beyond.is_some() { 10.0 } else { 0.0 };
        let from = from.max(self.seen.x) + room(claim.beyond.0);
        let to = to.min(self.seen.right()) - room(claim.beyond.1);
        let radius = (self.height * 0.2).clamp(1.6, 3.2);
        let wide = STEP * signs.len() as f32;
        let words = claim.label.as_ref().filter(|label| label.place == LabelPlace::Inside).map(LabelBox::rect);
        let before = words.map_or(to, |words| words.x - 3.0) - from >= wide + 3.0;
        let behind = words.map(|words| words.right() + 4.0).filter(|behind| to - behind >= wide);
        let Some(first) = before.then_some(from + 2.0).or(behind) else { return Vec::new() };
        let place = |(at, (sign, colour)): (usize, (Sign, Rgba))| {
            let centre = (first + STEP * (at as f32 + 0.5), y);
            let ground = circle(centre, radius + 2.2, Some(self.theme.background), None);
            [Node::new(Role::Extent, ground), Node::new(Role::Extent, sign.draw(centre, radius, Some(colour), None))]
        };
        signs.into_iter().enumerate().flat_map(place).collect()
    }

    /// At each edge of what is seen beyond which a mark goes on: an arrow head where it has no end, the two strokes of a
    /// break where the page cuts it off.
    pub(super) fn beyond(&self, y: f32, (start, end): (Option<Beyond>, Option<Beyond>), tone: Tone) -> Vec<Node> {
        let half = self.height / 2.0;
        // What was not held is hatched or empty: the sign stands on a ground of its own.
        let held = tone == Tone::Held;
        let colour = if held { self.colour.ink() } else { self.colour };
        let mut nodes = Vec::new();
        let mut sign = |beyond: Beyond, edge: f32, inward: f32| {
            let ground = |colour: Rgba, height: f32| {
                let rect = Rect::new((edge + inward * 2.0).min(edge + inward * 11.0), y - height, 9.0, 2.0 * height);
                let shape = Primitive::Rect { rect, radius: 0.0, fill: Some(colour), stroke: None };
                Node::new(Role::Extent, shape)
            };
            nodes.extend((!held).then(|| ground(self.theme.background, half * 0.7)));
            match beyond {
                Beyond::Open => {
                    let (tip, back) = (edge + inward * 4.0, edge + inward * 9.0);
                    let points = vec![(back, y - half * 0.5), (tip, y), (back, y + half * 0.5)];
                    let stroke = Some(Stroke::solid(2.0, colour));
                    let path = Primitive::Path { points, closed: false, fill: None, stroke };
                    nodes.push(Node::new(Role::Extent, path));
                }
                Beyond::Cut => {
                    // On a full bar they are slits through all of it.
                    let (reach, colour) = if held { (half, self.theme.background) } else { (half * 0.7, colour) };
                    let stroke = Stroke::solid(1.6, colour);
                    let line = |x: f32| ((x - 1.5, y + reach), (x + 1.5, y - reach));
                    let lines = [4.5, 8.5].map(|off| line(edge + inward * off)).to_vec();
                    nodes.push(Node::new(Role::Extent, Primitive::Lines { lines, stroke }));
                }
            }
        };
        if let Some(beyond) = end {
            sign(beyond, self.seen.right(), -1.0);
        }
        if let Some(beyond) = start {
            sign(beyond, self.seen.x, 1.0);
        }
        nodes
    }
}
