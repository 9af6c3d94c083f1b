//! Scenes to egui shapes: a dumb match over primitives, and the bundled fonts and colours in egui's terms.
//!
//! It decides nothing of the picture; what is drawn and where is the scene's.

mod line;
mod look;
mod plot_item;
mod recent;

pub use line::Line;
pub use look::{bold, colour, install};
pub use plot_item::SceneItem;

use crate::layout::Rect;
use crate::scene::{Anchor, Node, Point, Primitive, Rgba, Scene, Stroke};
use crate::text::on_screen;
use egui::{Color32, CornerRadius, Mesh, Painter, Pos2, Shape, StrokeKind, Vec2, vec2};
use recent::Recent;

/// Paints a scene with its origin at `origin`, every length times `zoom`.
pub fn paint(scene: &Scene, painter: &Painter, origin: Pos2, zoom: f32) {
    let recent = painter.ctx().plugin_or_default::<Recent>();
    let mut brush = Brush { origin, zoom, recent: &mut recent.lock() };
    brush.nodes(&scene.nodes, painter);
}

struct Brush<'a> {
    origin: Pos2,
    zoom: f32,
    recent: &'a mut Recent,
}

impl Brush<'_> {
    fn nodes(&mut self, nodes: &[Node], painter: &Painter) {
        for node in nodes {
            self.primitive(&node.primitive, painter);
        }
    }

    fn point(&self, (x, y): Point) -> Pos2 {
        self.origin + vec2(x, y) * self.zoom
    }

    fn rect(&self, rect: Rect) -> egui::Rect {
        egui::Rect::from_min_size(self.point((rect.x, rect.y)), Vec2::new(rect.w, rect.h) * self.zoom)
    }

    fn stroke(&self, stroke: Stroke) -> egui::Stroke {
        egui::Stroke::new(stroke.width * self.zoom, colour(stroke.colour))
    }

    fn primitive(&mut self, primitive: &Primitive, painter: &Painter) {
        match primitive {
            Primitive::Rect { rect, radius, fill, stroke } => self.rectangle(*rect, *radius, *fill, *stroke, painter),
            Primitive::Lines { lines, stroke } => {
                for (from, to) in lines {
                    self.polyline(&[self.point(*from), self.point(*to)], *stroke, painter);
                }
            }
            Primitive::Path { points, closed, fill, stroke } => {
                let mut points: Vec<Pos2> = points.iter().map(|point| self.point(*point)).collect();
                if let Some(fill) = fill.filter(|_| *closed) {
                    painter.add(Shape::convex_polygon(points.clone(), colour(fill), egui::Stroke::NONE));
                }
                if *closed && let Some(&first) = points.first() {
                    points.push(first);
                }
                if let Some(stroke) = stroke {
                    self.polyline(&points, *stroke, painter);
                }
            }
            Primitive::Circle { centre, radius, fill, stroke } => {
                self.circle(*centre, *radius, *fill, *stroke, painter);
            }
            Primitive::Text { at, anchor, size, weight, colour: ink, text, counts } => {
                let (text, font) = (on_screen(text), weight.font(size * self.zoom));
                let laid_out = if *counts {
                    Line::of_pieces(painter, &text, &font, self.recent)
                } else {
                    Line::whole(painter, &text, &font, self.recent)
                };
                let shift = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => laid_out.size().x / 2.0,
                    Anchor::End => laid_out.size().x,
                };
                let corner = self.point(*at) - vec2(shift, laid_out.ascent());
                laid_out.paint(painter, corner, colour(*ink));
            }
            Primitive::Band { rect, stops } => {
                painter.add(Shape::mesh(band(self.rect(*rect), stops)));
            }
            Primitive::Columns { corner, width, heights, fill } => {
                painter.add(Shape::mesh(self.columns(*corner, *width, heights, colour(*fill))));
            }
            Primitive::Clip { rect, nodes } => {
                let clip = self.rect(*rect).intersect(painter.clip_rect());
                self.nodes(nodes, &painter.with_clip_rect(clip));
            }
        }
    }

    /// One mesh of all columns: their edges need no smoothing.
    fn columns(&self, corner: Point, width: f32, heights: &[f32], fill: Color32) -> Mesh {
        let mut mesh = Mesh::default();
        for (i, height) in heights.iter().enumerate().filter(|(_, height)| **height > 0.0) {
            let rect = Rect::new(corner.0 + i as f32 * width, corner.1 - height, width, *height);
            mesh.add_colored_rect(self.rect(rect), fill);
        }
        mesh
    }

    fn rectangle(&self, rect: Rect, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>, painter: &Painter) {
        let rect = self.rect(rect);
        let corners = CornerRadius::same((radius * self.zoom).round().clamp(0.0, 255.0) as u8);
        let fill = fill.map_or(Color32::TRANSPARENT, colour);
        let solid = stroke.filter(|stroke| stroke.dash.is_none()).map_or(egui::Stroke::NONE, |own| self.stroke(own));
        if fill != Color32::TRANSPARENT || !solid.is_empty() {
            painter.rect(rect, corners, fill, solid, StrokeKind::Middle);
        }
        if let Some(dashed) = stroke.filter(|stroke| stroke.dash.is_some()) {
            let corners =
                [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
            self.polyline(&corners, dashed, painter);
        }
    }

    fn circle(&self, centre: Point, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>, painter: &Painter) {
        let (at, r) = (self.point(centre), radius * self.zoom);
        let fill = fill.map_or(Color32::TRANSPARENT, colour);
        let solid = stroke.filter(|stroke| stroke.dash.is_none()).map_or(egui::Stroke::NONE, |own| self.stroke(own));
        if fill != Color32::TRANSPARENT || !solid.is_empty() {
            painter.circle(at, r, fill, solid);
        }
        if let Some(dashed) = stroke.filter(|stroke| stroke.dash.is_some()) {
            let around = (0..=32).map(|i| at + Vec2::angled(std::f32::consts::TAU * i as f32 / 32.0) * r);
            self.polyline(&around.collect::<Vec<_>>(), dashed, painter);
        }
    }

    fn polyline(&self, points: &[Pos2], stroke: Stroke, painter: &Painter) {
        let line = self.stroke(stroke);
        match stroke.dash {
            Some((on, off)) => {
                painter.extend(Shape::dashed_line(points, line, on * self.zoom, off * self.zoom));
            }
            None => match points {
                [from, to] => {
                    painter.line_segment([*from, *to], line);
                }
                _ => {
                    painter.add(Shape::line(points.to_vec(), line));
                }
            },
        }
    }
}

/// A strip of quads, one between each two stops.
fn band(rect: egui::Rect, stops: &[(f32, Rgba)]) -> Mesh {
    let mut mesh = Mesh::default();
    for (share, stop) in stops {
        let x = rect.left() + rect.width() * share;
        let shade: Color32 = colour(*stop);
        mesh.colored_vertex(Pos2::new(x, rect.top()), shade);
        mesh.colored_vertex(Pos2::new(x, rect.bottom()), shade);
    }
    for i in 0..stops.len().saturating_sub(1) as u32 {
        mesh.add_triangle(i * 2, i * 2 + 1, i * 2 + 2);
        mesh.add_triangle(i * 2 + 1, i * 2 + 2, i * 2 + 3);
    }
    mesh
}
