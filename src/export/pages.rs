//! A figure on several pages: its time and its lanes are dealt out over them, and each has the axis and its lanes' names.

use super::About;
use super::figure::{Figure, FigureInput, Page, PageNumber, compose, compose_one};
use super::fitting::Air;
use super::foot::Absent;
use crate::index::LaneId;
use crate::layout::{Arranged, LaneBox, Rect, Viewport};
use crate::scene::Scene;
use crate::time::{Span, Tick, TimePoint, ticks};
use std::collections::HashMap;

/// No figure has more pages.
pub const MOST_PAGES: usize = 60;

/// A page is longer or shorter by no more than this part of it at either end.
const SLACK: f64 = 0.15;

/// The pages of a figure: for each part of its lanes, one after the other, the parts of its window, of about the same length.
#[must_use]
pub fn compose_pages(figure: &Figure, input: &FigureInput<'_>) -> Vec<(Scene, About)> {
    let times = figure.pages.clamp(1, MOST_PAGES);
    let absent = Absent::of(input);
    let lanes = dealt_lanes(figure, input, figure.lane_pages.clamp(1, MOST_PAGES / times), &absent);
    if times * lanes.len() == 1 {
        return vec![compose(figure, input)];
    }
    let lanes_elsewhere = lanes.len() > 1;
    let edge = |at: usize| page_break(input, at, times);
    let window = |at: usize| Viewport::over(Span::new(edge(at), edge(at + 1)));
    let windows: Vec<Viewport> = (0..times).map(window).collect();
    let all = lanes.iter().flat_map(|lanes| windows.iter().map(move |viewport| (lanes, *viewport)));
    // Time without events is told; a part of the lanes that has none in a part of the time needs no page.
    let holds_any = |lanes: &Arranged, viewport: Viewport| {
        lanes.shown.iter().any(|lane| input.index.count(*lane, viewport.span()) > 0)
    };
    let all: Vec<_> = all.filter(|(lanes, viewport)| !lanes_elsewhere || holds_any(lanes, *viewport)).collect();
    if all.is_empty() {
        return vec![compose(figure, input)];
    }
    let count = all.len();
    let page = |(at, (lanes, viewport)): (usize, (&Arranged, Viewport))| {
        let number =
            PageNumber { at: at + 1, of: count, whole: input.viewport.span(), absent: &absent, lanes_elsewhere };
        let own = FigureInput { lanes, viewport, ..*input };
        let (scene, about) = compose_one(figure, &own, number);
        let named = if lanes_elsewhere { names(&own) } else { String::new() };
        let page = format!("{} of {count}: {}{named}", at + 1, about.page);
        (scene, About { page, ..about })
    };
    all.into_iter().enumerate().map(page).collect()
}

/// The first and the last lane of a page: ", Drill – Summit".
fn names(input: &FigureInput<'_>) -> String {
    let name = |lane: &LaneId| {
        let own = input.lanes.names.get(lane).cloned();
        own.unwrap_or_else(|| input.index.lanes()[lane.0].key())
    };
    match input.lanes.shown.as_slice() {
        [] => String::new(),
        [one] => format!(", {}", name(one)),
        [first, .., last] => format!(", {} – {}", name(first), name(last)),
    }
}

/// The lanes of each page, in their order: parts that are about as high as each other, where all of them have room for
/// what they would show on one page as high as all. No page is without lanes, so there may be fewer than asked for.
fn dealt_lanes(figure: &Figure, input: &FigureInput<'_>, count: usize, absent: &Absent) -> Vec<Arranged> {
    if count == 1 {
        return vec![input.lanes.clone()];
    }
    let tall = Figure { size: (figure.size.0, figure.size.1 * count as f32), ..figure.clone() };
    let number = PageNumber { at: 1, of: 1, whole: input.viewport.span(), absent, lanes_elsewhere: false };
    let page = Page::new(&tall, input, number);
    let layout = page.lay_out(Rect::new(0.0, 0.0, page.room(), tall.size.1), Air::NONE, None);
    let height = |lane: &LaneBox| lane.height + if lane.head.is_some() { layout.metrics.head } else { 0.0 };
    let known: HashMap<LaneId, f32> = layout.lanes.iter().map(|lane| (lane.id, height(lane))).collect();
    // Lanes for which even so high a page has no room have at least a name; the page that they are dealt to says so.
    let is_wanted = |lane: &LaneId| input.index.count(*lane, input.viewport.span()) > 0;
    let lanes: Vec<LaneId> = input.lanes.shown.iter().copied().filter(is_wanted).collect();
    let heights: Vec<f32> =
        lanes.iter().map(|lane| known.get(lane).copied().unwrap_or(layout.metrics.lane_min)).collect();
    let parts = parts(&heights, count);
    let own = |part: std::ops::Range<usize>| Arranged { shown: lanes[part].to_vec(), ..input.lanes.clone() };
    let all: Vec<Arranged> = parts.into_iter().map(own).collect();
    if all.is_empty() { vec![input.lanes.clone()] } else { all }
}

/// Cuts a row of heights into at most so many parts, none of them empty, so that the highest part is as low as can be.
fn parts(heights: &[f32], count: usize) -> Vec<std::ops::Range<usize>> {
    let cut = |most: f32| {
        let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
        let mut sum = 0.0;
        for (at, height) in heights.iter().enumerate() {
            if let Some(part) = parts.last_mut().filter(|_| sum + height <= most) {
                part.end = at + 1;
                sum += height;
            } else {
                parts.push(at..at + 1);
                sum = *height;
            }
        }
        parts
    };
    // The highest part is as high as some run of neighbours; halving finds it nearly enough.
    let all: f32 = heights.iter().sum();
    let (mut low, mut high) = (heights.iter().copied().fold(0.0, f32::max), all);
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if cut(middle).len() <= count { high = middle } else { low = middle }
    }
    cut(high * 1.000_1)
}

/// Where one of so many pages begins: where a year, a month, a day begins that is near enough.
fn page_break(input: &FigureInput<'_>, at: usize, count: usize) -> TimePoint {
    let (window, share) = (input.viewport.span(), 1.0 / count as f64);
    if at == 0 || at == count {
        return if at == 0 { window.start() } else { window.end() };
    }
    let even = input.viewport.part(0.0, at as f64 * share).span().end();
    // Where gaps are left out, the axis is not that of the calendar.
    if input.document.table.warp().gaps_in(window).next().is_some() {
        return even;
    }
    let (before, after) = ((at as f64 - SLACK) * share, (at as f64 + SLACK) * share);
    let near = input.viewport.part(before, after).span();
    let ticks = ticks(near, 100.0, 30.0);
    let nearest = |of: &[Tick]| {
        let inside = of.iter().map(|tick| tick.time).filter(|time| *time >= near.start() && *time <= near.end());
        inside.min_by_key(|time| time.as_nanos().abs_diff(even.as_nanos()))
    };
    nearest(&ticks.context).or_else(|| nearest(&ticks.labels)).unwrap_or(even)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_dealt_out_in_order_so_that_no_page_is_much_fuller_than_it_must_be() {
        let heights = [100.0, 20.0, 20.0, 20.0, 40.0, 90.0, 10.0];
        let dealt = parts(&heights, 3);
        assert_eq!(dealt, [0..1, 1..5, 5..7]);
        // Fewer lanes than pages make fewer pages, and none is empty.
        assert_eq!(parts(&heights[..2], 5), [0..1, 1..2]);
        assert!(parts(&[], 4).is_empty());
        for count in 1..=8 {
            let dealt = parts(&heights, count);
            assert!(dealt.len() <= count && dealt.iter().all(|part| !part.is_empty()));
            assert_eq!(dealt.iter().cloned().flatten().collect::<Vec<_>>(), (0..heights.len()).collect::<Vec<_>>());
        }
    }
}
