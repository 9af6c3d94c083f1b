//! A claim's label: its leader, the ground under its words where something runs behind them, its lines, and the number of
//! its source.

use super::marks::Pen;
use super::{Node, Point, Primitive, Role, Stroke};
use crate::layout::{ClaimBox, ClaimShape, LabelBox, LabelPlace, Rect, Tone, note_size};
use crate::text::{TextMeter, Weight, begins_from_the_right};

impl Pen<'_> {
    /// A claim's label and the number of its source.
    pub(super) fn label(&self, claim: &ClaimBox, shift: f32, text: &TextMeter) -> Vec<Node> {
        let Some(label) = &claim.label else { return Vec::new() };
        let (size, y) = (label.size, label.y + shift);
        let on_full = claim.tone == Tone::Held
            && self.beside.is_none()
            && self.height > size
            && matches!(claim.shape, ClaimShape::Bar { from, to, .. } if label.x >= from && label.x + label.width <= to);
        let inside = label.place == LabelPlace::Inside;
        // A full bar that is lower than its words is as high as they are where they stand, rather than in two parts.
        let on_low = inside
            && claim.tone == Tone::Held
            && self.beside.is_none()
            && self.height <= size
            && matches!(claim.shape, ClaimShape::Bar { from, to, .. } if label.x >= from && label.x + label.width <= to);
        let on_full = on_full || on_low;
        let colour = if inside && on_full { self.colour.ink() } else { self.theme.text };
        let mut nodes = Vec::new();
        let leader: Vec<Point> = label.leader().into_iter().map(|(x, y)| (x, y + shift)).collect();
        if !leader.is_empty() {
            // In the mark's colour, or it could be taken for an arrow between events.
            let stroke = Some(Stroke::solid(1.0, self.colour.weaker(0.8)));
            let path = Primitive::Path { points: leader, closed: false, fill: None, stroke };
            nodes.push(Node::new(Role::Label, path));
        }
        if on_low || label.over_break {
            let ground = Rect::new(label.x - 3.0, y - size * 0.62, label.width + 6.0, size * 1.24);
            let fill = Some(if on_low { self.colour } else { self.theme.background });
            nodes.push(Node::new(Role::Label, Primitive::Rect { rect: ground, radius: 2.0, fill, stroke: None }));
        }
        // On an even pale band words are read as they are.
        let on_band = claim.tone == Tone::Held
            && self.height > size
            && matches!(claim.shape, ClaimShape::Possible { slides: None, .. });
        if inside && !on_full && !on_band {
            // Hatching or a fade runs behind the words; the ground under them makes them readable and is tinted, or the bar would
            // seem to be two.
            let halo = Rect::new(label.x - 3.0, y - size * 0.62, label.width + 6.0, size * 1.24);
            let fill = Some(self.colour.alpha(0.16).over(self.theme.background).alpha(0.92));
            nodes.push(Node::new(Role::Label, Primitive::Rect { rect: halo, radius: 2.0, fill, stroke: None }));
        }
        let lines: Vec<&String> = std::iter::once(&label.text).chain(&label.second).collect();
        let first = y + size * 0.36 - size * LabelBox::LINE * (lines.len() - 1) as f32 / 2.0;
        // Two lines at the left of a mark end at it.
        let at_left = label.second.is_some() && label.x < claim.left;
        let note = |note: &String| text.width(note, note_size(size), Weight::Regular) + 2.0;
        let note = label.note.as_ref().map_or(0.0, note);
        // Only what is put by the end of a line asks how long it is.
        let is_measured = at_left || label.note.is_some();
        let mut last = (0.0, first);
        for (at, line) in lines.into_iter().enumerate() {
            let baseline = first + size * LabelBox::LINE * at as f32;
            let width = if is_measured { text.width(line, size, Weight::Regular) } else { 0.0 };
            let from_right = label.note.is_some() && label.second.is_none() && begins_from_the_right(line);
            let x = if from_right {
                label.x + note
            } else if at_left {
                label.x + label.width - width - if at > 0 { note } else { 0.0 }
            } else {
                label.x
            };
            nodes.push(Node::text(Role::Label, (x, baseline), size, Weight::Regular, colour, line.clone()));
            last = (x + width, baseline);
        }
        if let Some(own) = &label.note {
            // What runs from the right ends at its left.
            let is_last_from_right = label.second.is_none() && begins_from_the_right(&label.text);
            let colour = if inside && on_full { colour } else { self.theme.dim };
            let x = if is_last_from_right { label.x } else { last.0 + 2.0 };
            let at = (x, last.1 - size * 0.36);
            nodes.push(Node::text(Role::NoteNumber, at, note_size(size), Weight::Regular, colour, own.clone()));
        }
        nodes
    }
}
