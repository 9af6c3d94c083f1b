//! Texts whose numbers change while a window moves.

use super::recent::Recent;
use egui::{Color32, FontId, Galley, Painter, Pos2, Vec2, vec2};
use std::sync::Arc;

/// A text laid out in pieces that egui remembers: its digits one by one, and its words. In one piece it would be shaped
/// anew for every number, and there is one in each lane.

///
/// Digits keep no distance of their own to their neighbours this way, which is less than is seen of a number that changes.
pub struct Changing {
    /// Where each begins, from the left.
    pieces: Vec<(f32, Arc<Galley>)>,
    size: Vec2,
}

impl Changing {
    /// Lays out one line of text, as much of it as fits a width in points; an ellipsis says that it goes on.
    #[must_use]
    pub fn within(width: f32, painter: &Painter, text: &str, font: &FontId) -> Self {
        let recent = painter.ctx().plugin_or_default::<Recent>();
        let recent = &mut recent.lock();
        let mut out = Self::lay_out(painter, text, font, recent);
        if out.size.x > width {
            let end = Self::lay_out(painter, "…", font, recent);
            while let Some((x, _)) = out.pieces.pop_if(|(x, _)| *x > 0.0) {
                out.size.x = x;
                if x + end.size.x <= width {
                    break;
                }
            }
            out.pieces.extend(end.pieces.into_iter().map(|(x, galley)| (out.size.x + x, galley)));
            out.size.x += end.size.x;
        }
        out
    }

    pub(super) fn lay_out(painter: &Painter, text: &str, font: &FontId, recent: &mut Recent) -> Self {
        let mut out = Self { pieces: Vec::new(), size: Vec2::ZERO };
        for piece in pieces(text) {
            // The colour comes later, so that other colours are the same text.
            let galley = painter.layout_no_wrap(piece.to_owned(), font.clone(), Color32::PLACEHOLDER);
            recent.drawn(&galley);
            let last = galley.rows.first().and_then(|row| row.glyphs.last());
            // Spaces at the end count too.
            let width = last.map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width);
            out.size = vec2(out.size.x + width, out.size.y.max(galley.size().y));
            out.pieces.push((out.size.x - width, galley));
        }
        out
    }

    /// Width and height, in points.
    #[must_use]
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// How far below the top its letters stand.
    pub(super) fn ascent(&self) -> f32 {
        self.pieces.first().map_or(0.0, |(_, galley)| super::ascent(galley))
    }

    /// Paints it with its left top corner at a point.
    pub fn paint(self, painter: &Painter, at: Pos2, colour: Color32) {
        for (x, galley) in self.pieces {
            painter.galley(at + vec2(x, 0.0), galley, colour);
        }
    }
}

/// A text in pieces: each digit alone, and what stands between digits in words, each with the space after it.

fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let digit = |c: char| c.is_ascii_digit();
        let end = match rest.chars().next()? {
            first if digit(first) => 1,
            _ => rest.find(digit).unwrap_or(rest.len()).min(rest.find(' ').map_or(rest.len(), |space| space + 1)),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_alone_and_words_with_the_space_after_them() {
        assert_eq!(pieces("+1,282 counted").collect::<Vec<_>>(), ["+", "1", ",", "2", "8", "2", " ", "counted"]);
        assert_eq!(pieces("20 Apr – 5 Oct").collect::<Vec<_>>(), ["2", "0", " ", "Apr ", "– ", "5", " ", "Oct"]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn in_pieces_a_text_is_as_wide_as_in_one_but_for_kerning() {
        let context = egui::Context::default();
        crate::paint::install(&context);
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            for text in ["+1,282 counted", "20 Apr – 5 Oct 2022 · 31–34 events in the window, 28 drawn"] {
                let font = crate::text::Weight::Regular.font(13.0);
                let whole = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
                let width = |room| Changing::within(room, ui.painter(), text, &font).size().x;
                let all = width(f32::INFINITY);
                assert!((all - whole.size().x).abs() < 0.03 * all, "{text}: {all} and {}", whole.size().x);
                assert!((40.0..=60.0).contains(&width(60.0)), "{text}: {}", width(60.0));
            }
        });
        output.shapes.clear();
        output.drop_without_applying_deltas();
    }
}
