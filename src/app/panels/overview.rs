//! The whole extent as a histogram, with the window as a brush that can be moved and resized.

use crate::app::actions::{Action, Actions, ViewAction};
use crate::app::loaded::Loaded;
use crate::app::loaded::OVERVIEW_PARTS;
use crate::app::state::AppState;
use crate::index::CountRange;
use crate::layout::Viewport;
use crate::paint::colour;
use crate::scene::Theme;
use crate::time::{Span, TimePoint, word_short, word_year};
use eframe::egui::{self, CursorIcon, Rect, Response, RichText, Sense, Ui, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot, PlotBounds};

/// How near an edge of the brush the pointer must be to resize it, in points.
const EDGE: f32 = 6.0;

/// Narrower columns stand without gaps, in points.
const LEAST_APART: f32 = 4.0;

/// What a drag does.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    Left,
    Right,
    Whole,
    /// Draws a new window from this share of the extent on.
    New(f64),
}

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let theme = state.theme(ui.ctx());
    let header = state.header_width(open);
    let full = ui.available_rect_before_wrap();
    let label = Rect::from_min_size(full.min + vec2(14.0, 16.0), vec2(header - 20.0, full.height() - 16.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(label), |ui| {
        let truly = |extent| open.document.table.warp().span_truly(extent);
        let words = open.extent.map(|extent| extent_words(truly(extent))).unwrap_or_default();
        ui.label(RichText::new(words).small());
        ui.label(RichText::new("overview").small().weak());
    });
    let area = Rect::from_min_max(full.min + vec2(header, 4.0), full.max - vec2(0.0, 4.0));
    let response = ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| histogram(ui, open, theme)).inner;
    brush(ui, &response, area, state, open, theme, actions);
}

/// The whole extent in few words: years where there are several.
fn extent_words(extent: Span) -> String {
    // A span ends before its end.
    let last = TimePoint::from_nanos_clamped(extent.end().as_nanos() - 1).max(extent.start());
    let (first, last) = (extent.start().date().year, last.date().year);
    if last - first > 1 { format!("{} – {}", word_year(first), word_year(last)) } else { word_short(extent) }
}

fn histogram(ui: &mut Ui, open: &Loaded, theme: &Theme) -> Response {
    let counts = &open.overview;
    let peak = counts.iter().map(|count| count.possible).max().unwrap_or(0).max(1);
    // Gaps between columns of few pixels would make a pattern of their own.
    let share = if ui.available_width() / (OVERVIEW_PARTS as f32) < LEAST_APART { 1.0 } else { 0.82 };
    // What is only possible stands paler behind what is certain.
    let bars = |of: fn(&CountRange) -> usize, strength: f32| -> Vec<Bar> {
        let counted = counts.iter().map(of).enumerate().filter(|(_, count)| *count > 0);
        let bar = |(i, count): (usize, usize)| {
            let fill = colour(theme.overview.alpha(strength));
            Bar::new(i as f64 + 0.5, count as f64).width(share).fill(fill).stroke(egui::Stroke::NONE)
        };
        counted.map(bar).collect()
    };
    let plot = Plot::new("overview")
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .set_margin_fraction(vec2(0.0, 0.0))
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .sense(Sense::click_and_drag());
    plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [OVERVIEW_PARTS as f64, peak as f64 * 1.08]));
        plot.bar_chart(BarChart::new("possible", bars(|count| count.possible, 0.38)).allow_hover(false));
        plot.bar_chart(BarChart::new("certain", bars(|count| count.certain, 1.0)).allow_hover(false));
    })
    .response
}

/// A dotted line where the axis leaves out a stretch without events; of those that stand close together the first.
fn breaks(ui: &Ui, area: Rect, open: &Loaded, theme: &Theme, x: impl Fn(TimePoint) -> f32) {
    const APART: f32 = 4.0;
    let warp = open.document.table.warp();
    let painter = ui.painter_at(area);
    let stroke = egui::Stroke::new(1.0, colour(theme.axis));
    let mut before = f32::NEG_INFINITY;
    for gap in warp.gaps_in(warp.span_truly(open.whole().span())) {
        let span = warp.span_shown(gap);
        let x = f32::midpoint(x(span.start()), x(span.end()));
        if x - before >= APART {
            let line = [pos2(x, area.top()), pos2(x, area.bottom())];
            painter.extend(egui::Shape::dotted_line(&line, stroke.color, 4.0, 0.9));
            before = x;
        }
    }
}

fn brush(
    ui: &Ui,
    response: &Response,
    area: Rect,
    state: &AppState,
    open: &Loaded,
    theme: &Theme,
    actions: &mut Actions,
) {
    let whole = open.whole();
    let share =
        |nanos: i128| ((nanos - whole.start_nanos()) as f64 / whole.width_nanos() as f64).clamp(-0.001, 1.001);
    let (from, to) =
        (share(state.viewport.start_nanos()), share(state.viewport.start_nanos() + state.viewport.width_nanos()));
    let x = |share: f64| area.left() + area.width() * share as f32;
    breaks(ui, area, open, theme, |time| x(share(time.as_nanos())));
    // A window too narrow to be seen is drawn wide enough to be grabbed.
    let (left, right) = (x(from), x(to).max(x(from) + 3.0));
    let rect = Rect::from_min_max(pos2(left, area.top()), pos2(right, area.bottom())).intersect(area);
    let painter = ui.painter_at(area.expand(1.0));
    painter.rect_filled(rect, 2.0, colour(theme.accent.alpha(0.16)));
    painter.rect_stroke(rect, 2.0, egui::Stroke::new(1.2, colour(theme.accent)), egui::StrokeKind::Inside);

    let grip_at = |pointer: egui::Pos2| {
        let near = |edge: f32| (pointer.x - edge).abs() <= EDGE;
        let share = f64::from((pointer.x - area.left()) / area.width());
        match (near(left), near(right), pointer.x > left && pointer.x < right) {
            (true, _, inside) if !inside || right - left > 3.0 * EDGE => Grip::Left,
            (_, true, inside) if !inside || right - left > 3.0 * EDGE => Grip::Right,
            (_, _, true) => Grip::Whole,
            _ => Grip::New(share),
        }
    };
    let key = response.id.with("grip");
    if let Some(pointer) = response.hover_pos() {
        ui.ctx().set_cursor_icon(match grip_at(pointer) {
            Grip::Left | Grip::Right => CursorIcon::ResizeHorizontal,
            Grip::Whole => CursorIcon::Grab,
            Grip::New(_) => CursorIcon::Crosshair,
        });
    }
    let to_share = |pointer: egui::Pos2| f64::from((pointer.x - area.left()) / area.width()).clamp(0.0, 1.0);
    if response.drag_started() {
        let begun = ui.input(|input| input.pointer.press_origin()).or_else(|| response.interact_pointer_pos());
        if let Some(begun) = begun {
            // A gesture of one widget, forgotten when it ends.
            ui.data_mut(|data| data.insert_temp(key, grip_at(begun)));
        }
    }
    let go = |viewport: Viewport, actions: &mut Actions| actions.push(Action::View(ViewAction::Drag(viewport)));
    if response.dragged()
        && let (Some(grip), Some(pointer)) =
            (ui.data(|data| data.get_temp::<Grip>(key)), response.interact_pointer_pos())
    {
        let at = to_share(pointer);
        let least = 1e-6;
        match grip {
            Grip::Left => go(whole.part(at.min(to - least), to), actions),
            Grip::Right => go(whole.part(from, at.max(from + least)), actions),
            Grip::New(begun) => go(whole.part(begun.clamp(0.0, 1.0), at), actions),
            Grip::Whole => {
                let moved = f64::from(response.drag_delta().x / area.width()) * whole.width_nanos() as f64;
                actions.push(Action::View(ViewAction::Pan(moved / state.viewport.width_nanos() as f64)));
            }
        }
    } else if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let middle = f64::midpoint(from, to);
        let moved = (to_share(pointer) - middle) * whole.width_nanos() as f64;
        actions.push(Action::View(ViewAction::Pan(moved / state.viewport.width_nanos() as f64)));
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Figure, true, "Overview of all events"));
}
