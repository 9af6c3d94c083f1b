//! Statistics of the events in sight. What dates leave open is drawn paler, or told in words under the chart; a click
//! narrows the search to what was clicked.

use super::chart_words::{axis_words, capital, note, period_words, term, words};
use super::{chart_key, counted, in_sight};
use crate::app::actions::{Action, Actions, SightAction};
use crate::app::loaded::Loaded;
use crate::app::sight::{Chart, Sighted};
use crate::app::state::AppState;
use crate::paint::colour;
use crate::query::{PERIODS, Stats, weekday_name, with_terms};
use crate::scene::Theme;
use crate::text::grouped;
use crate::time::{Span, Step, TimePoint, Warp};
use eframe::egui::{self, ComboBox, Response, RichText, Sense, Stroke, Ui, pos2, vec2};
use egui_plot::{AxisHints, Bar, BarChart, Line, LineStyle, Plot, PlotBounds, PlotPoint, PlotPoints, PlotUi, VLine};

/// What stands beside the tab.
pub(super) fn tools(ui: &mut Ui, state: &AppState, actions: &mut Actions) {
    for chart in Chart::ALL {
        let words = RichText::new(chart.title()).small();
        if ui.selectable_label(chart == state.sight.chart, words).clicked() {
            actions.push(Action::Sight(SightAction::Chart(chart)));
        }
    }
    if matches!(state.sight.chart, Chart::Periods | Chart::Growth) {
        let name = |step: Option<Step>| {
            let known = PERIODS.iter().find(|(_, own)| Some(*own) == step);
            known.map_or("Periods that fit", |(name, _)| *name)
        };
        let chosen = state.sight.period;
        let combo = ComboBox::from_id_salt("period").selected_text(RichText::new(name(chosen)).small()).width(110.0);
        let response = combo.show_ui(ui, |ui| {
            let all = std::iter::once(None).chain(PERIODS.iter().map(|(_, step)| Some(*step)));
            for step in all {
                if ui.selectable_label(step == chosen, name(step)).clicked() {
                    actions.push(Action::Sight(SightAction::Period(step)));
                }
            }
        });
        let label = || egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Length of the periods");
        response.response.widget_info(label);
    }
    if state.sight.task.is_some() {
        ui.add(egui::Spinner::new().size(12.0));
    }
}

pub(super) fn show(ui: &mut Ui, state: &AppState, open: &Loaded, actions: &mut Actions) {
    let Some(seen) = in_sight(ui, state) else { return };
    let theme = state.theme(ui.ctx());
    let canvas = Drawn { state, open, seen, stats: &seen.stats, theme };
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
        ui.label(RichText::new(note(seen, state.sight.chart)).small().weak());
        if state.sight.chart == Chart::Periods {
            chart_key::show(ui, state, seen, theme);
        }
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            let asked = match state.sight.chart {
                Chart::Periods => canvas.periods(ui),
                Chart::Growth => canvas.growth(ui),
                Chart::Lengths => canvas.lengths(ui),
                Chart::Week => canvas.week(ui),
            };
            if let Some(search) = asked {
                actions.push(Action::Search(search));
            }
        });
    });
}

struct Drawn<'a> {
    state: &'a AppState,
    open: &'a Loaded,
    seen: &'a Sighted,
    stats: &'a Stats,
    theme: &'a Theme,
}

impl Drawn<'_> {
    fn warp(&self) -> &Warp {
        self.open.document.table.warp()
    }

    /// Seconds of the axis from the window's start, which a plot's numbers tell exactly enough.
    fn x(&self, point: TimePoint) -> f64 {
        (self.warp().shown(point).as_nanos() - self.state.viewport.start_nanos()) as f64 / 1e9
    }

    /// A plot over the window's time, under the canvas where it stands below it.
    fn over_time<'p>(&self, ui: &Ui, name: &'static str) -> Plot<'p> {
        let below = ui.available_width() > 480.0;
        let header = if below { (self.state.header_width(self.open) - 12.0).max(40.0) } else { 40.0 };
        let start = self.state.viewport.start_nanos();
        let warp = self.warp().clone();
        let time = {
            let warp = warp.clone();
            move |x: f64| warp.truly(TimePoint::from_nanos_clamped(start + (x * 1e9) as i128))
        };
        let time_of_marks = time.clone();
        let width = f64::from(ui.available_width() - header).max(100.0);
        let axis = AxisHints::new_x().formatter(move |mark, range| {
            let shown = (range.end() - range.start()).abs();
            // Seconds in a float may fall just short of the moment that they stand for.
            axis_words(time(mark.value + mark.step_size * 1e-6), shown)
        });
        plain(name, self.theme).custom_x_axes(vec![axis]).custom_y_axes(vec![counts_axis(header)]).x_grid_spacer(
            move |input| {
                let edge = |share: f64| time_of_marks(input.bounds.0 + (input.bounds.1 - input.bounds.0) * share);
                // A label at the very edge would be cut, or stand on the counts.
                calendar_marks(Span::new(edge(0.03), edge(0.955)), start, &warp, width)
            },
        )
    }

    fn periods(&self, ui: &mut Ui) -> Option<String> {
        let (stats, step) = (self.stats, self.stats.step);
        let periods = stats.edges.len() - 1;
        let mut base = vec![0.0; periods];
        let mut charts = Vec::new();
        let pale = stats.possibly.iter().map(|count| f64::from(*count)).collect();
        let surely = stats.began.iter().zip(&self.seen.classes).map(|(counts, class)| {
            let heights: Vec<f64> = counts.iter().map(|count| f64::from(*count)).collect();
            (class.name.clone(), heights, class.colours(self.theme), Stroke::NONE)
        });
        // Without a colour of its own, which would be taken for another class.
        let outline = Stroke::new(1.0, colour(self.theme.dim.alpha(0.6)));
        let maybe = ("Possibly".to_owned(), pale, vec![self.theme.dim.alpha(0.08)], outline);
        for (name, heights, inks, stroke) in surely.chain([maybe]) {
            let mut bars = Vec::new();
            for (at, height) in heights.iter().enumerate().filter(|(_, height)| **height > 0.0) {
                let Some(span) = stats.period(at) else { continue };
                let (from, to) = (self.x(span.start()), self.x(span.end()));
                // Several colours stand beside each other: one over the other, each would seem to be a count of its own.
                let (width, offset) = ((to - from) * 0.92 / inks.len() as f64, base[at]);
                let left = f64::midpoint(from, to) - (to - from) * 0.46;
                bars.extend(inks.iter().enumerate().map(|(nth, ink)| {
                    let middle = left + width * (nth as f64 + 0.5);
                    let bar = Bar::new(middle, *height).width(width).base_offset(offset);
                    bar.fill(colour(*ink)).stroke(stroke)
                }));
                base[at] += height;
            }
            charts.push(BarChart::new(name, bars).color(colour(inks[0])).allow_hover(false));
        }
        let top = base.iter().copied().fold(1.0, f64::max) * 1.08;
        let shown = self.over_time(ui, "periods").show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [self.width(), top]));
            for chart in charts {
                plot.bar_chart(chart);
            }
            self.breaks(plot);
        });
        let pointed = shown.response.hover_pos().map(|at| shown.transform.value_from_position(at));
        let inside = |at: &PlotPoint| {
            (0..periods).find(|i| self.x(stats.edges[*i]) <= at.x && at.x < self.x(stats.edges[*i + 1]))
        };
        let at = pointed.as_ref().and_then(inside);
        let most = (0..periods).max_by_key(|at| stats.surely(*at)).and_then(|at| Some((at, stats.period(at)?)));
        let spoken = most
            .map_or_else(String::new, |(at, span)| format!("; most in {}: {}", words(span, step), stats.surely(at)));
        spoken_as(&shown.response, &format!("Events begun per {}{spoken}", period_words(step)));
        let (at, span) = at.and_then(|at| Some((at, stats.period(at)?)))?;
        let search = with_terms(&self.state.search, &[("began", &term(span, step))]);
        let text = self.period_words(at, span);
        (base[at] > 0.0 && clicked(shown.response, &text)).then_some(search)
    }

    /// Where the axis leaves out time.
    fn breaks(&self, plot: &mut PlotUi<'_>) {
        let stroke = Stroke::new(1.0, colour(self.theme.axis));
        let window = self.warp().span_truly(self.state.viewport.span());
        let edges = self.warp().gaps_in(window).flat_map(|gap| [gap.start(), gap.end()]);
        for x in edges.map(|edge| self.x(edge)) {
            plot.vline(
                VLine::new("Time without events, left out", x).stroke(stroke).style(LineStyle::dashed_loose()),
            );
        }
    }

    /// What a period holds, class by class.
    fn period_words(&self, at: usize, span: Span) -> String {
        let mut lines = vec![words(span, self.stats.step)];
        for (class, counts) in self.seen.classes.iter().zip(&self.stats.began) {
            if counts[at] > 0 {
                lines.push(format!("{}: {}", class.name, grouped(counts[at] as usize)));
            }
        }
        if self.stats.possibly[at] > 0 {
            lines.push(format!("possibly {} more", grouped(self.stats.possibly[at] as usize)));
        }
        lines.join("\n")
    }

    fn width(&self) -> f64 {
        self.state.viewport.width_nanos() as f64 / 1e9
    }

    fn growth(&self, ui: &mut Ui) -> Option<String> {
        let edges = || self.stats.edges.iter().zip(&self.stats.growth);
        let line = |of: fn(&crate::index::CountRange) -> usize| -> Vec<[f64; 2]> {
            edges().map(|(edge, count)| [self.x(*edge), of(count) as f64]).collect()
        };
        let (surely, most) = (line(|count| count.certain), line(|count| count.possible));
        let accent = colour(self.theme.accent);
        let top = most.last().map_or(1.0, |last| last[1]).max(1.0) * 1.08;
        let xs: Vec<f64> = surely.iter().map(|point| point[0]).collect();
        let (low, high): (Vec<f64>, Vec<f64>) = surely.iter().zip(&most).map(|(a, b)| (a[1], b[1])).unzip();
        let band =
            egui_plot::FilledArea::new("Not certain", &xs, &low, &high).fill_color(accent.gamma_multiply(0.18));
        let shown = self.over_time(ui, "growth").show(ui, |plot| {
            self.breaks(plot);
            plot.set_plot_bounds(PlotBounds::from_min_max([0.0, 0.0], [self.width(), top]));
            plot.add(band);
            let pale = accent.gamma_multiply(0.5);
            plot.line(Line::new("At most", PlotPoints::from(most)).color(pale).width(1.0).allow_hover(false));
            plot.line(Line::new("Surely", PlotPoints::from(surely)).color(accent).width(2.0).allow_hover(false));
        });
        let total = self.stats.growth.last().copied().unwrap_or_default();
        spoken_as(&shown.response, &format!("Growing total, {} at the end", total.words("event")));
        let pointed = shown.response.hover_pos().map(|at| shown.transform.value_from_position(at))?;
        let after = self.stats.edges.partition_point(|edge| self.x(*edge) <= pointed.x);
        let (edge, count) = edges().nth(after.saturating_sub(1))?;
        let text = format!("{} by {}", count.words("event"), crate::time::word_point(*edge));
        shown.response.on_hover_text_at_pointer(text);
        None
    }

    fn lengths(&self, ui: &mut Ui) -> Option<String> {
        let names: Vec<&'static str> = Stats::length_names().collect();
        let counts = &self.stats.lengths;
        let accent = self.theme.accent;
        let bars = |of: fn(&crate::index::CountRange) -> (usize, usize), strength: f32| -> Vec<Bar> {
            let ink = colour(accent.alpha(strength));
            let bar = |(at, (from, to)): (usize, (usize, usize))| {
                let bar = Bar::new(at as f64, (to - from) as f64).base_offset(from as f64).width(0.8);
                (to > from).then(|| bar.fill(ink).stroke(Stroke::NONE))
            };
            counts.iter().map(of).enumerate().filter_map(bar).collect()
        };
        let top = counts.iter().map(|count| count.possible).max().unwrap_or(0).max(1) as f64 * 1.08;
        let own = names.clone();
        let axis = AxisHints::new_x().formatter(move |mark, _| {
            let at = mark.value.round();
            let near = (mark.value - at).abs() < 0.01 && at >= 0.0;
            if near {
                own.get(at as usize).map_or_else(String::new, |name| (*name).to_owned())
            } else {
                String::new()
            }
        });
        let marks = (0..names.len()).map(|at| egui_plot::GridMark { value: at as f64, step_size: 1.0 });
        let marks: Vec<_> = marks.collect();
        let plot = plain("lengths", self.theme).custom_x_axes(vec![axis]).custom_y_axes(vec![counts_axis(40.0)]);
        let shown = plot.x_grid_spacer(move |_| marks.clone()).show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.6, 0.0], [names.len() as f64 - 0.4, top]));
            let (sure, pale) =
                (bars(|count| (0, count.certain), 0.85), bars(|count| (count.certain, count.possible), 0.3));
            for (name, bars) in [("Surely", sure), ("Possibly", pale)] {
                plot.bar_chart(BarChart::new(name, bars).color(colour(accent)).allow_hover(false));
            }
        });
        spoken_as(&shown.response, "How long events lasted");
        let pointed = shown.response.hover_pos().map(|at| shown.transform.value_from_position(at))?;
        let at = pointed.x.round().max(0.0) as usize;
        let count = counts.get(at).filter(|count| count.possible > 0)?;
        let text = format!("{}: {}", Stats::length_names().nth(at)?, count.words("event"));
        let search = with_terms(&self.state.search, &[("lasted", Stats::length_term(at)?)]);
        clicked(shown.response, &text).then_some(search)
    }

    /// Seven rows of 24 hours, and a column for days without an hour. Cells are drawn by hand: each is a button.
    fn week(&self, ui: &mut Ui) -> Option<String> {
        let stats = self.stats;
        let (left, top) = (40.0, 18.0);
        let size = ui.available_size().max(vec2(320.0, 100.0));
        let (area, response) = ui.allocate_exact_size(size, Sense::click());
        let step = vec2(((size.x - left) / 26.0).min(64.0), ((size.y - top) / 7.0).min(30.0));
        let peak = stats.hours.iter().flatten().chain(&stats.days).max().copied().unwrap_or(0).max(1);
        let brush = ui.painter_at(area);
        let font = crate::text::Weight::Regular.font(11.0);
        let ink = colour(self.theme.dim);
        let cell = |day: usize, hour: Option<usize>| {
            let column = hour.map_or(24.5, |hour| hour as f32);
            let min = area.min + vec2(left + column * step.x, top + day as f32 * step.y);
            egui::Rect::from_min_size(min, step).shrink(1.0)
        };
        let spots = || (0..7).flat_map(|day| (0..24).map(Some).chain([None]).map(move |hour| (day, hour)));
        for (day, hour) in spots() {
            let count = hour.map_or(stats.days[day], |hour| stats.hours[day][hour]);
            let share = (f64::from(count) / f64::from(peak)).sqrt() as f32;
            let fill = if count == 0 { self.theme.lane } else { self.theme.accent.alpha(0.15 + 0.85 * share) };
            brush.rect_filled(cell(day, hour), 2.0, colour(fill));
            if count > 0 && step.x >= 20.0 && step.y >= 14.0 {
                let ground = if share > 0.55 { self.theme.accent.ink() } else { self.theme.text };
                let words = grouped(count as usize);
                brush.text(
                    cell(day, hour).center(),
                    egui::Align2::CENTER_CENTER,
                    words,
                    font.clone(),
                    colour(ground),
                );
            }
        }
        for day in 0..7 {
            let at = pos2(area.left() + left - 8.0, cell(day, Some(0)).center().y);
            let name = capital(weekday_name(day));
            brush.text(at, egui::Align2::RIGHT_CENTER, name, font.clone(), ink);
        }
        let every = if step.x < 22.0 { 3 } else { 1 };
        for hour in (0..24).step_by(every) {
            let at = pos2(cell(0, Some(hour)).center().x, area.top() + top - 4.0);
            brush.text(at, egui::Align2::CENTER_BOTTOM, format!("{hour:02}"), font.clone(), ink);
        }
        let at = pos2(cell(0, None).center().x, area.top() + top - 4.0);
        brush.text(at, egui::Align2::CENTER_BOTTOM, "no hour", font, ink);
        spoken_as(&response, "Weekdays and hours on which events began");
        let pointer = response.hover_pos()?;
        let (day, hour) = spots().find(|(day, hour)| cell(*day, *hour).contains(pointer))?;
        let count = hour.map_or(stats.days[day], |hour| stats.hours[day][hour]);
        let clock = hour.map_or_else(|| ", hour not known".to_owned(), |hour| format!(", {hour:02}:00–{hour:02}:59"));
        let text = format!("{}{clock}: {}", capital(weekday_name(day)), counted(u64::from(count), "event"));
        let Some(hour) = hour else {
            // No search asks for what is not known.
            response.on_hover_text_at_pointer(text);
            return None;
        };
        let terms = [("weekday", weekday_name(day)), ("hour", &hour.to_string())];
        (count > 0 && clicked(response, &text)).then(|| with_terms(&self.state.search, &terms))
    }
}

fn plain<'p>(name: &'static str, theme: &Theme) -> Plot<'p> {
    Plot::new(name)
        .show_background(false)
        .grid_color(colour(theme.grid))
        .grid_fade(0.0)
        .y_grid_spacer(|input| count_marks(input.bounds))
        .show_x(false)
        .show_y(false)
        .allow_scroll(false)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .set_margin_fraction(vec2(0.0, 0.0))
        .sense(Sense::click())
}

/// Whole numbers alone.
fn counts_axis(width: f32) -> AxisHints<'static> {
    AxisHints::new_y().min_thickness(width).formatter(|mark, _| {
        let whole = (mark.value - mark.value.round()).abs() < 1e-6;
        if whole { grouped(mark.value.round().max(0.0) as usize) } else { String::new() }
    })
}

/// Labels of a chart's time stand no closer than this, in points.
const LEAST_APART: f64 = 86.0;

/// The labelled ticks of the calendar in a window, piece by piece where gaps are left out.
fn calendar_marks(window: Span, start: i128, warp: &Warp, width: f64) -> Vec<egui_plot::GridMark> {
    let pieces = warp.pieces(window);
    let whole: i128 = pieces.iter().map(|piece| piece.nanos()).sum();
    let mut marks = Vec::new();
    for piece in pieces {
        // As many labels as a chart has room for.
        let points = width * piece.nanos() as f64 / whole.max(1) as f64;
        let ticks = crate::time::ticks(piece, points, 90.0);
        let step_size = ticks.step.nominal_nanos() as f64 / 1e9;
        let inside = |tick: &&crate::time::Tick| tick.time >= piece.start() && tick.time <= piece.end();
        let value = |tick: &crate::time::Tick| (warp.shown(tick.time).as_nanos() - start) as f64 / 1e9;
        // Of two that stand close together the one of the higher level stays.
        let apart = LEAST_APART * piece.nanos() as f64 / 1e9 / points;
        for tick in ticks.context.iter().chain(&ticks.labels).filter(inside) {
            let value = value(tick);
            if marks.iter().all(|mark: &egui_plot::GridMark| (mark.value - value).abs() >= apart) {
                marks.push(egui_plot::GridMark { value, step_size });
            }
        }
    }
    marks
}

/// Lines at round counts, about four of them; all alike, so that none stands out.
fn count_marks((low, high): (f64, f64)) -> Vec<egui_plot::GridMark> {
    let wanted = ((high - low) / 4.0).max(1.0);
    let power = 10_f64.powf(wanted.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= wanted);
    let step = step.unwrap_or(power);
    let marks = (0..=((high / step) as usize).min(50)).map(|at| at as f64 * step);
    marks.map(|value| egui_plot::GridMark { value, step_size: step }).collect()
}

fn spoken_as(response: &Response, words: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, words));
}

/// Tells what is under the pointer, and whether it was clicked.
fn clicked(response: Response, text: &str) -> bool {
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    let response = response.on_hover_text_at_pointer(format!("{text}\nClick to search for these alone"));
    response.clicked()
}
