//! Texts that no single font has all letters of, in pieces that are each drawn in one.
//!
//! A screen chooses a font letter by letter. Renderers of SVG and PDF set all of a text in the font that they fall back to
//! for one of its letters, which may be wider than what was measured, and run into what stands beside it.

use super::{Anchor, Node, Primitive, Scene};
use crate::text::{Piece, TextMeter};

impl Scene {
    /// The scene for such a renderer: each piece of a text is a text with its own place.
    pub fn in_pieces(&mut self, text: &TextMeter) {
        cut(&mut self.nodes, text);
    }
}

fn cut(nodes: &mut Vec<Node>, text: &TextMeter) {
    let mut cut_at = Vec::new();
    for (at, node) in nodes.iter_mut().enumerate() {
        match &mut node.primitive {
            Primitive::Clip { nodes, .. } => cut(nodes, text),
            Primitive::Text { .. } => cut_at.extend(pieces(node, text).map(|pieces| (at, pieces))),
            _ => {}
        }
    }
    for (at, pieces) in cut_at.into_iter().rev() {
        nodes.splice(at..=at, pieces);
    }
}

/// A text node as several; `None` where one font has all its letters.
fn pieces(node: &Node, meter: &TextMeter) -> Option<Vec<Node>> {
    let Primitive::Text { at, anchor, size, weight, text, .. } = &node.primitive else { return None };
    let (pieces, width) = meter.pieces(text, *size, *weight)?;
    let left = at.0
        - match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
    let piece = |(piece, from): Piece<'_>| {
        let mut own = node.clone();
        if let Primitive::Text { at, anchor, text, .. } = &mut own.primitive {
            (at.0, *anchor) = (left + from, Anchor::Start);
            *text = piece.into_owned();
        }
        own
    };
    Some(pieces.into_iter().map(piece).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Rgba, Role};
    use super::*;
    use crate::layout::Rect;
    use crate::text::Weight;

    #[test]
    fn only_texts_of_several_fonts_are_cut_and_keep_their_place() {
        let meter = TextMeter::new();
        let text =
            |words: &str| Node::text(Role::Label, (10.0, 5.0), 12.0, Weight::Regular, Rgba([0, 0, 0, 255]), words);
        let clip = Primitive::Clip {
            rect: Rect::new(0.0, 0.0, 9.0, 9.0),
            nodes: vec![text("Joint: بيان"), text("Vostok – «Восток»")],
        };
        let mut scene = Scene { nodes: vec![text("a"), Node::new(Role::Label, clip)], ..Scene::default() };
        scene.in_pieces(&meter);
        let Primitive::Clip { nodes, .. } = &scene.nodes[1].primitive else { panic!("still a clip") };
        let words = nodes.iter().map(|node| match &node.primitive {
            Primitive::Text { text, at, .. } => (text.as_str(), at.0 > 10.0),
            _ => panic!("a text"),
        });
        assert_eq!(words.collect::<Vec<_>>(), [("Joint:", false), ("بيان", true), ("Vostok – «Восток»", false)]);
    }
}
