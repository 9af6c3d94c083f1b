//! A line of text, laid out.

use super::recent::Recent;
use egui::{Color32, FontId, Galley, Painter, Pos2, Vec2, vec2};
use std::sync::Arc;

/// A line of text in one piece or in several, ready to be painted in any colour.
///
/// Numbers that change with every frame are put together from digits and words that egui remembers; in one piece they would
/// be shaped anew each time, and there is one in each lane. Kerning between pieces is lost.
pub struct Line {
    /// Where each begins, from the left.
    pieces: Vec<(f32, Arc<Galley>)>,
    size: Vec2,
}

impl Line {
    /// As much of a changing text as fits a width in points; an ellipsis says that it goes on.
    #[must_use]
    pub fn within(width: f32, painter: &Painter, text: &str, font: &FontId) -> Self {
        let recent = painter.ctx().plugin_or_default::<Recent>();
        let recent = &mut recent.lock();
        let mut out = Self::of_pieces(painter, text, font, recent);
        if out.size.x > width {
            let end = Self::whole(painter, "…", font, recent);
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

    /// A text in one piece.
    pub(super) fn whole(painter: &Painter, text: &str, font: &FontId, recent: &mut Recent) -> Self {
        let galley = piece(painter, text, font, recent);
        Self { size: galley.size(), pieces: vec![(0.0, galley)] }
    }

    /// A text in pieces: its digits one by one, and its words.
    pub(super) fn of_pieces(painter: &Painter, text: &str, font: &FontId, recent: &mut Recent) -> Self {
        let mut out = Self { pieces: Vec::new(), size: Vec2::ZERO };
        for text in pieces(text) {
            let galley = piece(painter, text, font, recent);
            let last = galley.rows.first().and_then(|row| row.glyphs.last());
            // Spaces at the end count too.
            let width = last.map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width);
            out.pieces.push((out.size.x, galley.clone()));
            out.size = vec2(out.size.x + width, out.size.y.max(galley.size().y));
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
        let row = self.pieces.first().and_then(|(_, galley)| galley.rows.first());
        row.map_or(0.0, |row| row.pos.y + row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y))
    }

    /// Paints it with its left top corner at a point.
    pub fn paint(self, painter: &Painter, at: Pos2, colour: Color32) {
        for (x, galley) in self.pieces {
            painter.galley(at + vec2(x, 0.0), galley, colour);
        }
    }
}

/// A text laid out without its colour, so that one that is dimmed need not be shaped again.
fn piece(painter: &Painter, text: &str, font: &FontId, recent: &mut Recent) -> Arc<Galley> {
    let galley = painter.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
    recent.drawn(&galley);
    galley
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
        super::super::recent::tests::frame(&egui::Context::default(), |ui| {
            for text in ["+1,282 counted", "20 Apr – 5 Oct 2022 · 31–34 events in the window, 28 drawn"] {
                let font = crate::text::Weight::Regular.font(13.0);
                let whole = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
                let width = |room| Line::within(room, ui.painter(), text, &font).size().x;
                let all = width(f32::INFINITY);
                assert!((all - whole.size().x).abs() < 4.0, "{text}: {all} and {}", whole.size().x);
                assert!((40.0..=60.0).contains(&width(60.0)), "{text}: {}", width(60.0));
            }
        });
    }
}
