//! What the colours of a chart stand for, in a line under it.

use crate::app::sight::{Class, Sighted};
use crate::app::state::AppState;
use crate::layout::Metrics;
use crate::paint::colour;
use crate::scene::Theme;
use crate::text::{Weight, grouped};
use eframe::egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// Height of the line, width of a sample, and space between entries, in points.
const HEIGHT: f32 = 18.0;
const SAMPLE: f32 = 12.0;
const SPACE: f32 = 14.0;
/// Longer names are cut, in points.
const LONGEST: f32 = 180.0;

/// As many lines have the names at most.
const LINES: usize = 3;

/// The classes that the chart has columns of, as many as have room; the pointer tells of all.
pub(super) fn show(ui: &mut Ui, state: &AppState, seen: &Sighted, theme: &Theme) {
    let counted = seen.classes.iter().zip(&seen.stats.began);
    let drawn: Vec<(&Class, u64)> = counted
        .map(|(class, counts)| (class, counts.iter().map(|count| u64::from(*count)).sum()))
        .filter(|(_, count)| *count > 0)
        .collect();
    if drawn.is_empty() {
        return;
    }
    let size = Metrics::SCREEN.small;
    let names: Vec<String> = drawn
        .iter()
        .map(|(class, _)| state.text.fit(&class.name, size, Weight::Regular, LONGEST).unwrap_or_default())
        .collect();
    let width = |words: &str| state.text.width(words, size, Weight::Regular);
    let widths: Vec<f32> = names.iter().map(|name| SAMPLE + 6.0 + width(name)).collect();
    let places = places(&widths, ui.available_width());
    let lines = places.iter().map(|(line, _)| line + 1).max().unwrap_or(1);
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT * lines as f32), Sense::hover());
    let (brush, ink) = (ui.painter_at(area), colour(theme.text));
    for (((class, _), name), (line, x)) in drawn.iter().zip(&names).zip(&places) {
        let middle = area.top() + (*line as f32 + 0.5) * HEIGHT;
        let square = Rect::from_min_size(pos2(area.left() + x, middle - SAMPLE / 2.0), vec2(SAMPLE, SAMPLE));
        let inks = class.colours(theme);
        for (nth, own) in inks.iter().enumerate() {
            let part = square.width() / inks.len() as f32;
            let min = square.min + vec2(nth as f32 * part, 0.0);
            brush.rect_filled(Rect::from_min_size(min, vec2(part, SAMPLE)), 0.0, colour(*own));
        }
        let at = pos2(area.left() + x + SAMPLE + 6.0, middle);
        brush.text(at, Align2::LEFT_CENTER, name, Weight::Regular.font(size), ink);
    }
    let line = |(class, count): &(&Class, u64)| format!("{}: {}", class.name, grouped(*count as usize));
    let all = drawn.iter().map(line).collect::<Vec<_>>();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Colours: {}", all.join(", "))));
    response.on_hover_text_at_pointer(all.join("\n"));
}

/// The line of each of some widths, and where it begins in it; those that find no room in the last line are left out.
fn places(widths: &[f32], room: f32) -> Vec<(usize, f32)> {
    let (mut out, mut line, mut x) = (Vec::new(), 0, 0.0);
    for width in widths {
        if x > 0.0 && x + width > room {
            (line, x) = (line + 1, 0.0);
        }
        if line >= LINES {
            break;
        }
        out.push((line, x));
        x += width + SPACE;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_do_not_fit_begin_another_line() {
        assert_eq!(places(&[60.0, 60.0, 60.0], 140.0), [(0, 0.0), (0, 74.0), (1, 0.0)]);
        assert_eq!(places(&[200.0; 9], 100.0).len(), LINES);
    }
}
