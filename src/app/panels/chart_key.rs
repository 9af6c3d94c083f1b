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
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let brush = ui.painter_at(area);
    let (size, ink) = (Metrics::SCREEN.small, colour(theme.text));
    let width = |words: &str| state.text.width(words, size, Weight::Regular);
    let put = |x: f32, words: &str| {
        let at = pos2(x, area.center().y);
        brush.text(at, Align2::LEFT_CENTER, words, Weight::Regular.font(size), ink);
    };
    let more = |left: usize| format!("and {left} more");
    let mut x = area.left();
    for (at, (class, _)) in drawn.iter().enumerate() {
        let name = state.text.fit(&class.name, size, Weight::Regular, LONGEST).unwrap_or_default();
        let left = drawn.len() - at;
        let own = SAMPLE + 6.0 + width(&name) + SPACE;
        // What tells of those without room needs room itself, unless this one is the last.
        let rest = if left > 1 { width(&more(left)) } else { 0.0 };
        if x + own + rest > area.right() {
            put(x, &more(left));
            break;
        }
        let square = Rect::from_min_size(pos2(x, area.center().y - SAMPLE / 2.0), vec2(SAMPLE, SAMPLE));
        let inks = class.colours(theme);
        for (nth, own) in inks.iter().enumerate() {
            let part = square.width() / inks.len() as f32;
            let min = square.min + vec2(nth as f32 * part, 0.0);
            brush.rect_filled(Rect::from_min_size(min, vec2(part, SAMPLE)), 0.0, colour(*own));
        }
        put(x + SAMPLE + 6.0, &name);
        x += own;
    }
    let line = |(class, count): &(&Class, u64)| format!("{}: {}", class.name, grouped(*count as usize));
    let all = drawn.iter().map(line).collect::<Vec<_>>();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Colours: {}", all.join(", "))));
    response.on_hover_text_at_pointer(all.join("\n"));
}
