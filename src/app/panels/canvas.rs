//! The timeline: an `egui_plot` `Plot` with one item, the scene.
//!
//! The plot gives the gesture of dragging; wheel, pinch, box and clicks are turned into actions on the integer
//! viewport here. The plot's bounds are seconds from the window's own start, set anew each frame and read back.

use super::{carry, counted, lanes, marquee, outside, spoken, tooltip};
use crate::app::actions::{Action, Actions, LanesAction, ShowAction, ViewAction};
use crate::app::commands::event_node;
use crate::app::loaded::Loaded;
use crate::app::state::AppState;
use crate::app::view::View;
use crate::event::EventId;
use crate::index::LaneId;
use crate::layout::{HEAD, LaneBox, Rect, Viewport};
use crate::paint::{SceneItem, colour};
use crate::scene::{Arrows, Target, Theme, arrows, overlay, taken};
use crate::time::{TimePoint, word_point, word_year};
use eframe::egui::{self, CursorIcon, Popup, Pos2, Response, Sense, Ui, vec2};
use egui_plot::{Plot, PlotBounds};
use std::sync::Arc;

/// How near a pointer must come to a mark, in points.
const REACH: f32 = 5.0;
/// How near it must come to the line of now, in points.
const NEAR_NOW: f32 = 4.0;
/// A click on a column of so many events gives its lane the rows to see them: fewer are seen in the rows that it has, and more in
/// none.
const SEEN_IN_MORE_ROWS: std::ops::RangeInclusive<usize> = 9..=40;

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let size = ui.available_size();
    let theme = state.theme(ui.ctx());
    let view = state.view(open, [size.x, size.y], theme);
    let hovered = match state.hovered {
        Some(Target::Event { event, .. }) => Some(event),
        _ => None,
    };
    let mut over = overlay(&view.scene, view.layout.body, hovered, &state.selection(), theme);
    if let Some(event) = state.selected.or(hovered).filter(|_| !open.relations.is_empty()) {
        let scroll = state.scroll.clamp(0.0, (view.layout.content_height - view.layout.body.h).max(0.0));
        let (relations, text) = (&*open.relations, &*state.text);
        over.nodes.extend(
            arrows(
                &view.layout,
                &Arrows {
                    relations,
                    of: Some(event),
                    among_all: state.settings.relations,
                    scroll,
                    theme,
                    text,
                    outside: &|other| outside::of(state, open, &view.layout, other),
                },
            )
            .0,
        );
    }
    let over = Arc::new(over);
    let item = SceneItem::new(vec![view.scene.clone(), over]);
    let body = view.layout.body;
    let scrollable = (view.layout.content_height - body.h).max(0.0);
    let scroll = state.scroll.min(scrollable);
    let seconds_per_point = state.viewport.width_nanos() as f64 / 1e9 / f64::from(body.w);
    let left = -f64::from(body.x) * seconds_per_point;
    let right = left + f64::from(size.x) * seconds_per_point;
    let top = f64::from(scroll);
    let boxing = marquee::drawing(ui, state) || carry::pressed(ui, state, body);
    let plot = Plot::new("timeline")
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .invert_y(true)
        .set_margin_fraction(vec2(0.0, 0.0))
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_drag([!boxing, !boxing && scrollable > 0.0])
        .sense(Sense::click_and_drag());
    let shown = plot.show(ui, |plot| {
        plot.set_plot_bounds(PlotBounds::from_min_max([left, top], [right, top + f64::from(size.y)]));
        plot.add(item);
    });
    let after = shown.transform.bounds();
    let (dx, dy) = (after.min()[0] - left, after.min()[1] - top);
    if dx.abs() > seconds_per_point * 1e-3 {
        actions.push(Action::View(ViewAction::Pan(dx / (seconds_per_point * f64::from(body.w)))));
    }
    if dy.abs() > 1e-3 {
        scroll_by(state, dy as f32, scrollable, actions);
    }
    let response = shown.response;
    state.note_top(response.rect.top());
    let canvas = Canvas { state, open, view: &view, origin: response.rect.min, theme, scrollable };
    canvas.wheel(ui, &response, actions);
    marquee::show(ui, &response, state, (&view, canvas.origin), theme, actions);
    canvas.point(ui, &response, actions);
    carry::show(ui, &canvas, &response, actions);
    canvas.scroll_bar(ui, actions);
    canvas.corner(ui, actions);
    canvas.readout(ui, &response);
    canvas.menu(&response, actions);
    canvas.nothing_here(ui, actions);
    accessible(ui, &response, &view);
    spoken::nodes(ui, state, open, (&view, response.rect.min), actions);
}

/// A moment in words, no finer than a pixel of so many nanoseconds shows it.
fn pointed(point: TimePoint, pixel: i128) -> String {
    const SECOND: i128 = 1_000_000_000;
    const DAY: i128 = 86_400 * SECOND;
    let date = point.date();
    if pixel > 20 * DAY {
        return word_year(date.year);
    }
    if pixel > DAY / 8 {
        return TimePoint::from_date(date).map_or_else(String::new, word_point);
    }
    let unit = if pixel > 20 * SECOND { 60 * SECOND } else { SECOND };
    word_point(TimePoint::from_nanos_clamped(point.as_nanos().div_euclid(unit) * unit))
}

/// The lanes moved by points, no further than they go.
fn scroll_by(state: &AppState, points: f32, scrollable: f32, actions: &mut Actions) {
    let now = state.scroll.min(scrollable);
    let then = (now + points).clamp(0.0, scrollable);
    if (then - state.scroll).abs() > 0.01 {
        actions.push(Action::View(ViewAction::Scroll(then - state.scroll)));
    }
}

/// What the canvas is, for those who cannot see it.
fn accessible(ui: &Ui, response: &Response, view: &View) {
    let tally = view.layout.tally;
    let words = crate::time::word_short(view.layout.window());
    let label = format!(
        "Timeline, {words}, {} events in the window, {} lanes",
        tally.events.possible,
        view.layout.lanes.len()
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Figure, ui.is_enabled(), label.clone()));
}

/// What the other button was clicked on.
#[derive(Clone, Copy)]
enum Under {
    Lane(LaneId),
    Event(EventId),
    Nothing,
}

pub(super) struct Canvas<'a> {
    pub(super) state: &'a AppState,
    open: &'a Loaded,
    pub(super) view: &'a View,
    pub(super) origin: Pos2,
    pub(super) theme: &'a Theme,
    pub(super) scrollable: f32,
}

impl Canvas<'_> {
    pub(super) fn body(&self) -> Rect {
        self.view.layout.body
    }

    /// A place on the screen as a share of the window's width.
    fn share(&self, x: f32) -> f64 {
        f64::from((x - self.origin.x - self.body().x) / self.body().w)
    }

    /// The wheel zooms at the pointer; over the headings, or with Alt, it scrolls the lanes; sideways it pans.
    fn wheel(&self, ui: &Ui, response: &Response, actions: &mut Actions) {
        let Some(pointer) = response.hover_pos() else { return };
        let (scroll, pinch, alt) =
            ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.alt));
        let over_headings = pointer.x - self.origin.x < self.body().x;
        let anchor = self.share(pointer.x).clamp(0.0, 1.0);
        if (pinch - 1.0).abs() > 1e-4 {
            actions.push(Action::View(ViewAction::Zoom { factor: f64::from(pinch), anchor }));
        }
        if scroll.x.abs() > 0.01 {
            actions.push(Action::View(ViewAction::Pan(-f64::from(scroll.x / self.body().w))));
        }
        if scroll.y.abs() > 0.01 {
            if over_headings || alt {
                scroll_by(self.state, -scroll.y, self.scrollable, actions);
            } else {
                let factor = (f64::from(scroll.y) * 0.006).exp();
                actions.push(Action::View(ViewAction::Zoom { factor, anchor }));
            }
        }
    }

    /// Hover tells, a click selects, a double click zooms.
    fn point(&self, ui: &Ui, response: &Response, actions: &mut Actions) {
        let target = response.hover_pos().and_then(|pointer| self.target(pointer));
        if target != self.state.hovered {
            actions.push(Action::Hover(target));
        }
        let dragging = response.dragged();
        if let (Some(target), false) = (target, dragging) {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            // A menu is not to be covered.
            if !Popup::is_any_open(ui.ctx()) && self.state.dialog.is_none() {
                tooltip::show(ui, response, self.state, self.open, target);
            }
        } else if dragging && self.state.marquee.is_none() && self.state.carried.is_none() {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        }
        let hovered = response.hover_pos().filter(|_| !dragging && self.state.carried.is_none());
        if let Some(lane) = hovered.and_then(|pointer| self.heading(pointer)) {
            let key = self.key(lane.id);
            let words = match (lane.strip.is_some(), lane.folded, self.state.lanes.tall.contains(&key)) {
                (_, true, _) => "Click to unfold",
                (true, _, true) => "Click for fewer rows",
                (true, _, false) => "Click for more rows",
                (false, ..) => "",
            };
            ui.ctx().set_cursor_icon(if words.is_empty() { CursorIcon::Grab } else { CursorIcon::PointingHand });
            if !words.is_empty() && response.clicked() {
                let action = if lane.folded { LanesAction::Fold(key) } else { LanesAction::Tall(key) };
                actions.push(Action::Lanes(action));
            }
            let drag = if words.is_empty() { "Drag".to_owned() } else { format!("{words}; drag") };
            let name = crate::text::on_screen(&lane.name);
            let words = format!("{name}\n{drag} to move it; right-click for its menu");
            response.clone().on_hover_text_at_pointer(words);
        }
        if response.clicked() || response.double_clicked() {
            // Typing goes to the canvas again.
            ui.ctx().memory_mut(egui::Memory::stop_text_input);
        }
        let event = |target| match target {
            Some(Target::Event { event, .. }) => Some(event),
            _ => None,
        };
        if response.double_clicked() {
            match target {
                Some(Target::Event { event, .. }) => actions.push(Action::View(ViewAction::ToEvent(event))),
                // The first click has gone there.
                Some(Target::Density { .. }) | None => {}
            }
        } else if let (true, Some(Target::Density { lane, span, count })) = (response.clicked(), target) {
            actions.push(Action::View(ViewAction::To(Viewport::around(span, 4.0))));
            // As many as have room in a lane of many rows are seen at once.
            let key = self.key(lane);
            let folded = self.state.lanes.folded.contains(&key);
            if SEEN_IN_MORE_ROWS.contains(&count.possible) && !folded && !self.state.lanes.tall.contains(&key) {
                actions.push(Action::Lanes(LanesAction::Tall(key)));
            }
        } else if response.clicked() {
            let adding = ui.input(|input| input.modifiers.command);
            match event(target) {
                Some(event) if adding => actions.push(Action::SelectToo(event)),
                _ if adding => {}
                found => {
                    if let Some(event) = found {
                        // Tab goes on from here.
                        ui.memory_mut(|memory| memory.request_focus(event_node(event)));
                    }
                    actions.push(Action::Select(found));
                }
            }
        }
    }

    /// The time under the pointer, as exactly as a pixel tells it, and where now is.
    fn readout(&self, ui: &Ui, response: &Response) {
        let body = self.body();
        let brush = ui.painter();
        let foot = self.origin.y + body.y;
        let upright = |x: f32, strength: f32| {
            let stroke = egui::Stroke::new(1.0, colour(self.theme.accent.alpha(strength)));
            brush.vline(x, foot..=foot + body.h, stroke);
        };
        let now = self.view.layout.x(crate::time::now());
        if now > body.x && now < body.right() {
            upright(self.origin.x + now, 0.35);
            self.name_of_now(brush, now);
        }
        let Some(pointer) = response.hover_pos().filter(|pointer| {
            let at = *pointer - self.origin;
            at.x > body.x && at.x < body.right() && at.y > 0.0 && !response.context_menu_opened()
        }) else {
            return;
        };
        // The line of now tells what it is.
        let on_now = (pointer.x - self.origin.x - now).abs() <= NEAR_NOW;
        let point = if on_now { crate::time::now() } else { self.view.layout.time_at(pointer.x - self.origin.x) };
        let words = pointed(point, self.state.viewport.width_nanos() / i128::from(body.w.max(1.0) as i64));
        let words = if on_now { format!("now · {words}") } else { words };
        let ink = self.theme.accent.ink();
        let galley = brush.layout_no_wrap(words, crate::text::Weight::Regular.font(11.5), colour(ink));
        let half = galley.size().x / 2.0 + 6.0;
        let right = self.origin.x + body.right();
        let x = pointer.x.clamp(self.origin.x + body.x + half, (right - half).max(self.origin.x + body.x + half));
        let pill = egui::Rect::from_center_size(egui::pos2(x, foot - 10.0), vec2(2.0 * half, 18.0));
        upright(pointer.x, 0.25);
        brush.rect_filled(pill, 4.0, colour(self.theme.accent));
        brush.galley(pill.center() - galley.size() / 2.0, galley, colour(ink));
    }

    /// What the line of now is, at its foot or its head, where it covers nothing; else the pointer has to ask it.
    fn name_of_now(&self, brush: &egui::Painter, x: f32) {
        let (body, size) = (self.body(), vec2(26.0, 14.0));
        let taken = taken(&self.view.layout, self.state.scroll.min(self.scrollable));
        let covers = |rect: Rect| taken.iter().any(|other| other.overlaps(rect));
        let places = [body.bottom() - size.y - 2.0, body.y + 2.0];
        // Before the line where the window ends behind it.
        let ends = x + 4.0 + size.x > body.right();
        let left = if ends { x - 3.0 - size.x } else { x + 3.0 };
        let free = places.into_iter().find(|y| !covers(Rect::new(left, *y, size.x, size.y)));
        if let Some(y) = free {
            let font = crate::text::Weight::Regular.font(10.5);
            let (by, align) =
                if ends { (-4.0, egui::Align2::RIGHT_CENTER) } else { (4.0, egui::Align2::LEFT_CENTER) };
            let at = self.origin + vec2(x + by, y + size.y / 2.0);
            brush.text(at, align, "now", font, colour(self.theme.accent));
        }
    }

    pub(super) fn key(&self, lane: LaneId) -> String {
        self.open.index.lanes().get(lane.0).map(|lane| lane.key()).unwrap_or_default()
    }

    /// What a lane is called.
    pub(super) fn name(&self, lane: LaneId) -> String {
        let own = || self.open.index.lanes().get(lane.0).map(|lane| lane.name().to_owned()).unwrap_or_default();
        self.state.lanes.names.get(&self.key(lane)).cloned().unwrap_or_else(own)
    }

    /// The name of the lane of which a lane is a part.
    pub(super) fn outer(&self, lane: LaneId) -> Option<&str> {
        self.open.index.lanes().get(lane.0).and_then(|lane| lane.outer())
    }

    /// What makes the lanes, in the corner over their names, with all that can be done about it.
    fn corner(&self, ui: &mut Ui, actions: &mut Actions) {
        let size = vec2(self.body().x - 16.0, 24.0);
        // Above the name of the clock.
        let corner = self.origin + vec2(8.0, self.body().y - 43.0);
        ui.scope_builder(egui::UiBuilder::new().max_rect(egui::Rect::from_min_size(corner, size)), |ui| {
            // Names of rows of the axis stand close above and below.
            if self.view.layout.metrics.axis > crate::layout::Metrics::SCREEN.axis {
                (ui.spacing_mut().button_padding.y, ui.spacing_mut().interact_size.y) = (0.0, 17.0);
                ui.add_space(3.0);
            }
            let words = lanes::words(self.open, &self.state.ask.grouping.by);
            let size = crate::layout::Metrics::SCREEN.small;
            let fitted = self.state.text.fit(&words, size, crate::text::Weight::Regular, self.body().x - 44.0);
            let title = egui::RichText::new(format!("{} ▼", fitted.unwrap_or_default())).size(size).weak();
            let menu = ui.menu_button(title, |ui| lanes::menu(ui, self.state, self.open, actions));
            let label = format!("Lanes by {words}");
            menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label.clone()));
            menu.response.on_hover_text(label);
        });
    }

    /// What can be done with what was clicked with the other button.
    fn menu(&self, response: &Response, actions: &mut Actions) {
        let key = response.id.with("menu");
        if response.secondary_clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let under = match (self.heading(pointer), self.target(pointer)) {
                (Some(lane), _) => Under::Lane(lane.id),
                (_, Some(Target::Event { event, .. })) => Under::Event(event),
                _ => Under::Nothing,
            };
            response.ctx.data_mut(|data| data.insert_temp(key, under));
        }
        response.context_menu(|ui| {
            let under = ui.data(|data| data.get_temp::<Under>(key)).unwrap_or(Under::Nothing);
            let mut entry = |ui: &mut Ui, words: &str, action: Action| {
                if ui.button(words).clicked() {
                    actions.push(action);
                    ui.close();
                }
            };
            match under {
                Under::Lane(lane) => lanes::of_lane(ui, self.state, self.open, lane, actions),
                Under::Event(event) => {
                    entry(ui, "Zoom to it", Action::View(ViewAction::ToEvent(event)));
                    entry(ui, "Select it", Action::Select(Some(event)));
                    entry(ui, "Count days from it", Action::Show(ShowAction::CountFrom(Some(event))));
                    for facet in self.open.facets.iter().filter(|facet| facet.can_be_searched()) {
                        let classes = facet.values(&self.open.document.table, event);
                        for value in classes.into_iter().take(8) {
                            let words = format!("Only {}: {value}", facet.title().to_lowercase());
                            entry(ui, &words, Action::Lanes(LanesAction::Toggle(facet.clone(), value)));
                        }
                    }
                }
                Under::Nothing => {
                    entry(ui, "Show all", Action::View(ViewAction::Fit));
                    entry(ui, "Back", Action::View(ViewAction::Back));
                    ui.menu_button("Lanes", |ui| lanes::menu(ui, self.state, self.open, actions));
                }
            }
        });
    }

    /// The lane whose heading lies there.
    pub(super) fn heading(&self, pointer: Pos2) -> Option<&LaneBox> {
        let y = self.beside_body(pointer)?;
        self.view.layout.lanes.iter().find(|lane| y >= lane.y && y < lane.y + lane.height)
    }

    /// The first part of the divided lane whose name lies there.
    pub(super) fn head(&self, pointer: Pos2) -> Option<&LaneBox> {
        let y = self.beside_body(pointer)?;
        let mut headed = self.view.layout.lanes.iter().filter(|lane| lane.head.is_some());
        headed.find(|lane| y >= lane.y - HEAD && y < lane.y)
    }

    /// The `y` in the unscrolled body at which a point lies among the headings.
    fn beside_body(&self, pointer: Pos2) -> Option<f32> {
        let at = pointer - self.origin;
        let over = at.x >= 0.0 && at.x < self.body().x && at.y > self.body().y;
        let scroll = self.state.scroll.min(self.scrollable);
        over.then(|| self.view.layout.unscrolled(at.y - self.body().y, scroll))
    }

    fn target(&self, pointer: Pos2) -> Option<Target> {
        let at = pointer - self.origin;
        self.body().contains(at.x, at.y).then(|| self.view.scene.hit(at.x, at.y, REACH)).flatten()
    }

    /// A thin bar at the right where the lanes are longer than the window.
    fn scroll_bar(&self, ui: &Ui, actions: &mut Actions) {
        if self.scrollable <= 0.0 {
            return;
        }
        let body = self.body();
        let content = self.view.layout.content_height;
        let length = (body.h * body.h / content).max(28.0);
        let travel = body.h - length;
        let at = self.state.scroll.min(self.scrollable) / self.scrollable * travel;
        let corner = self.origin + vec2(body.right() - 9.0, body.y + at);
        let thumb = egui::Rect::from_min_size(corner, vec2(7.0, length));
        let response = ui.interact(thumb.expand(2.0), ui.scope_id().with("lanes scroll bar"), Sense::drag());
        let strength = if response.hovered() || response.dragged() { 0.75 } else { 0.35 };
        ui.painter().rect_filled(thumb, 3.0, colour(self.theme.dim.alpha(strength)));
        if response.dragged() && travel > 0.0 {
            scroll_by(self.state, response.drag_delta().y / travel * self.scrollable, self.scrollable, actions);
        }
    }

    /// A window without events says so, and leads back.
    fn nothing_here(&self, ui: &mut Ui, actions: &mut Actions) {
        if self.view.layout.tally.in_window > 0 {
            return;
        }
        let found = self.open.events_found();
        let (words, button, action) = if self.open.index.is_empty() {
            let words = self.open.mask.nothing_dated(&self.state.search);
            (words, "Clear the search", Action::Search(String::new()))
        } else if self.state.search.is_empty() {
            ("No event lies in this time".to_owned(), "Show all", Action::View(ViewAction::Fit))
        } else {
            let words =
                format!("Nothing that was found lies in this time; {} elsewhere", counted(found as u64, "event"));
            (words, "Show what was found", Action::View(ViewAction::ToFound))
        };
        let body = self.body();
        let centre = self.origin + vec2(body.x + body.w / 2.0, body.y + body.h * 0.4);
        let rect = egui::Rect::from_center_size(centre, vec2(360.0, 80.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
            ui.vertical_centered(|ui| {
                ui.heading(words);
                if ui.button(button).clicked() {
                    actions.push(action);
                }
            });
        });
    }
}
