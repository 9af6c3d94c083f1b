//! A scene as SVG: real text, role names as classes, an id and a title on each event's marks.

use super::About;
use super::fonts::Fonts;
use crate::event::EventId;
use crate::layout::Rect;
use crate::scene::{Anchor, Node, Point, Primitive, Rgba, Scene, Stroke};
use crate::text::{self, TextMeter};
use std::collections::HashMap;
use std::fmt::Write;

/// The SVG of a scene. The same scene gives the same bytes.
///
/// With a `meter` each text says how wide it was laid out (`textLength`): a renderer without the font then sets another one
/// no wider, and no text runs into what stands beside it. Its fonts come along where they are given.
pub(super) fn write(scene: &Scene, about: &About, meter: Option<&TextMeter>, fonts: Option<&Fonts>) -> String {
    let mut svg = Writer { meter, ..Writer::default() };
    svg.layers(&scene.nodes);
    let (w, h) = (number(scene.width), number(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"{INKSCAPE}\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" text-rendering=\"geometricPrecision\" \
         font-family=\"{}{}, 'Helvetica Neue', Arial, sans-serif\">\n",
        text::FAMILY,
        fonts.map_or("", |fonts| &fonts.families),
    );
    if !about.title.is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escaped(&about.title));
    }
    if !about.description.is_empty() {
        let _ = writeln!(out, "<desc>{}</desc>", escaped(&about.description));
    }
    if let Some(fonts) = fonts.filter(|fonts| !fonts.rules.is_empty()) {
        let _ = writeln!(out, "<style>\n{}</style>", fonts.rules);
    }
    if !svg.definitions.is_empty() {
        let _ = writeln!(out, "<defs>\n{}</defs>", svg.definitions);
    }
    out.push_str(&svg.body);
    out.push_str("</svg>\n");
    out
}

/// The namespace in which drawing programs look for the names of layers.
const INKSCAPE: &str = "http://www.inkscape.org/namespaces/inkscape";

// Writing to a `String` cannot fail, so the results of `write!` are dropped here.
#[derive(Default)]
struct Writer<'a> {
    /// Measures texts, where each is to say how wide it was laid out.
    meter: Option<&'a TextMeter>,
    definitions: String,
    body: String,
    gradients: HashMap<String, usize>,
    clips: usize,
    /// Outside what nothing is to be seen at present, and the number of its definition once it has one.
    clip: Option<(Rect, Option<usize>)>,
    ids: HashMap<String, usize>,
}

impl Writer<'_> {
    /// All nodes in order, those that follow each other in one layer as a group with its name.
    fn layers(&mut self, nodes: &[Node]) {
        let empty = |node: &Node| matches!(&node.primitive, Primitive::Clip { nodes, .. } if nodes.is_empty());
        let mut from = 0;
        while from < nodes.len() {
            let layer = nodes[from..].iter().find_map(|node| node.role.layer()).unwrap_or("Page");
            let other = |node: &Node| node.role.layer().is_some_and(|own| own != layer);
            let to = nodes[from..].iter().position(other).map_or(nodes.len(), |count| from + count);
            if nodes[from..to].iter().all(empty) {
                from = to;
                continue;
            }
            let base = format!("layer-{}", layer.to_lowercase().replace(' ', "-"));
            let count = self.ids.entry(base.clone()).or_insert(0);
            *count += 1;
            let id = if *count == 1 { base } else { format!("{base}-{count}") };
            let _ = writeln!(self.body, "<g id=\"{id}\" inkscape:groupmode=\"layer\" inkscape:label=\"{layer}\">");
            self.nodes(&nodes[from..to]);
            self.body.push_str("</g>\n");
            from = to;
        }
    }

    /// Nodes in order; neighbours that stand for the same thing share a group.
    fn nodes(&mut self, nodes: &[Node]) {
        let same = |a: &Node, b: &Node| a.event == b.event && a.title == b.title;
        for group in nodes.chunk_by(same) {
            let Some(first) = group.first() else { continue };
            let open = first.event.is_some() || first.title.is_some();
            if let Some(event) = first.event {
                let id = self.id(event, first);
                let _ = writeln!(self.body, "<g class=\"event\" id=\"{id}\">");
            } else if open {
                self.body.push_str("<g>\n");
            }
            if let Some(title) = &first.title {
                let _ = writeln!(self.body, "<title>{}</title>", escaped(title));
            }
            for node in group {
                self.node(node);
            }
            if open {
                self.body.push_str("</g>\n");
            }
        }
    }

    /// `event-12` for the first marks of an event, `event-12-2` for its second claim's, `event-12-label` for words.
    fn id(&mut self, event: EventId, node: &Node) -> String {
        let kind = if matches!(node.primitive, Primitive::Text { .. }) { "-label" } else { "" };
        let base = format!("event-{}{kind}", event.0 + 1);
        let count = self.ids.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { base } else { format!("{base}-{count}") }
    }

    /// A node, cut where it reaches out of what is to be seen. Nodes that do not are not clipped: a drawing program has
    /// less to undo, and a renderer less to do.
    fn node(&mut self, node: &Node) {
        let clip = self.clip.filter(|(rect, _)| !lies_in(*rect, &node.primitive));
        let Some((rect, number)) = clip else { return self.whole(node) };
        let number = number.unwrap_or_else(|| self.clip_path(rect));
        self.clip = Some((rect, Some(number)));
        let _ = write!(self.body, "<g clip-path=\"url(#clip-{number})\">");
        self.whole(node);
        self.body.push_str("</g>\n");
    }

    fn whole(&mut self, node: &Node) {
        let class = node.role.class();
        match &node.primitive {
            Primitive::Rect { rect, radius, fill, stroke } => {
                let _ = write!(
                    self.body,
                    "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                    number(rect.x),
                    number(rect.y),
                    number(rect.w),
                    number(rect.h)
                );
                if *radius > 0.0 {
                    let _ = write!(self.body, " rx=\"{}\"", number(*radius));
                }
                self.paint(*fill, *stroke);
            }
            Primitive::Lines { lines, .. } if lines.is_empty() => {}
            Primitive::Lines { lines, stroke } => {
                let mut data = String::new();
                for (from, to) in lines {
                    let _ = write!(data, "M{} L{} ", pair(*from), pair(*to));
                }
                let _ = write!(self.body, "<path class=\"{class}\" d=\"{}\"", data.trim_end());
                self.paint(None, Some(*stroke));
            }
            Primitive::Path { points, closed, fill, stroke } => {
                let mut data = String::new();
                for (i, point) in points.iter().enumerate() {
                    let _ = write!(data, "{}{} ", if i == 0 { "M" } else { "L" }, pair(*point));
                }
                let end = if *closed { "Z" } else { "" };
                let _ = write!(self.body, "<path class=\"{class}\" d=\"{}{end}\"", data.trim_end());
                self.paint(*fill, *stroke);
            }
            Primitive::Circle { centre, radius, fill, stroke } => {
                let _ = write!(
                    self.body,
                    "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"",
                    number(centre.0),
                    number(centre.1),
                    number(*radius)
                );
                self.paint(*fill, *stroke);
            }
            Primitive::Text { at, anchor, size, weight, colour, text, .. } => {
                // Where a text has a new line, a renderer would draw a space that nothing was measured for.
                let text = &text.replace(['\n', '\r', '\t'], " ");
                let anchor = match anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let length = self.meter.map_or_else(String::new, |meter| {
                    let width = number(meter.width(text, *size, *weight));
                    format!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"")
                });
                let weight =
                    if weight.css() == 400 { String::new() } else { format!(" font-weight=\"{}\"", weight.css()) };
                let _ = writeln!(
                    self.body,
                    "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}{length}{}>{}</text>",
                    number(at.0),
                    number(at.1),
                    number(*size),
                    colour_attributes("fill", *colour),
                    escaped(text)
                );
            }
            Primitive::Band { rect, stops } => self.band(class, *rect, stops),
            Primitive::Columns { corner, width, heights, fill } => {
                let seen = self.clip.map_or((f32::NEG_INFINITY, f32::INFINITY), |(rect, _)| (rect.x, rect.right()));
                let data = columns(*corner, *width, heights, seen);
                if !data.is_empty() {
                    let _ = write!(self.body, "<path class=\"{class}\" d=\"{data}\"");
                    self.paint(Some(*fill), None);
                }
            }
            Primitive::Clip { nodes, .. } if nodes.is_empty() => {}
            Primitive::Clip { rect, nodes } => self.clip(*rect, nodes),
        }
    }

    fn band(&mut self, class: &str, rect: Rect, stops: &[(f32, Rgba)]) {
        let id = self.gradient(stops);
        let _ = writeln!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"url(#shade-{id})\"/>",
            number(rect.x),
            number(rect.y),
            number(rect.w),
            number(rect.h)
        );
    }

    fn clip(&mut self, rect: Rect, nodes: &[Node]) {
        let around = self.clip.replace((rect, None));
        self.nodes(nodes);
        self.clip = around;
    }

    /// Defines a clip, and gives its number.
    fn clip_path(&mut self, rect: Rect) -> usize {
        self.clips += 1;
        let _ = writeln!(
            self.definitions,
            "<clipPath id=\"clip-{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
            self.clips,
            number(rect.x),
            number(rect.y),
            number(rect.w),
            number(rect.h)
        );
        self.clips
    }

    fn paint(&mut self, fill: Option<Rgba>, stroke: Option<Stroke>) {
        let fill = fill.map_or_else(|| " fill=\"none\"".to_owned(), |fill| colour_attributes("fill", fill));
        self.body.push_str(&fill);
        if let Some(stroke) = stroke {
            self.body.push_str(&colour_attributes("stroke", stroke.colour));
            if (stroke.width - 1.0).abs() > f32::EPSILON {
                let _ = write!(self.body, " stroke-width=\"{}\"", number(stroke.width));
            }
            if let Some((on, off)) = stroke.dash {
                let _ = write!(self.body, " stroke-dasharray=\"{} {}\"", number(on), number(off));
            }
        }
        self.body.push_str("/>\n");
    }

    fn gradient(&mut self, stops: &[(f32, Rgba)]) -> usize {
        let mut content = String::new();
        for (offset, colour) in stops {
            let [r, g, b, alpha] = colour.0;
            let _ = write!(
                content,
                "<stop offset=\"{}\" stop-color=\"#{r:02x}{g:02x}{b:02x}\" stop-opacity=\"{}\"/>",
                number(*offset),
                number(f32::from(alpha) / 255.0)
            );
        }
        let next = self.gradients.len() + 1;
        let id = *self.gradients.entry(content.clone()).or_insert(next);
        if id == next {
            let _ = writeln!(self.definitions, "<linearGradient id=\"shade-{id}\">{content}</linearGradient>");
        }
        id
    }
}

/// Whether all that a primitive draws lies in a rectangle. Of a text the height is looked at alone: labels keep inside the
/// edges by themselves.
fn lies_in(rect: Rect, primitive: &Primitive) -> bool {
    // Half a hairline over the edge is not worth a clip.
    const EPSILON: f32 = 0.55;
    let inside = |(left, top): Point, (right, bottom): Point, stroke: Option<Stroke>| {
        let half = stroke.map_or(0.0, |stroke| stroke.width / 2.0) - EPSILON;
        left - half >= rect.x
            && top - half >= rect.y
            && right + half <= rect.right()
            && bottom + half <= rect.bottom()
    };
    let around = |points: &mut dyn Iterator<Item = Point>, stroke| {
        let (mut low, mut high) = ((f32::INFINITY, f32::INFINITY), (f32::NEG_INFINITY, f32::NEG_INFINITY));
        for (x, y) in points {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        inside(low, high, stroke)
    };
    let within = |own: Rect, stroke| inside((own.x, own.y), (own.right(), own.bottom()), stroke);
    match primitive {
        Primitive::Rect { rect, stroke, .. } => within(*rect, *stroke),
        Primitive::Band { rect, .. } => within(*rect, None),
        Primitive::Lines { lines, stroke } => {
            around(&mut lines.iter().flat_map(|(from, to)| [*from, *to]), Some(*stroke))
        }
        // Corners of a stroked path may stick out.
        Primitive::Path { points, stroke, .. } => {
            around(&mut points.iter().copied(), stroke.map(|stroke| Stroke { width: stroke.width * 4.0, ..stroke }))
        }
        Primitive::Circle { centre: (x, y), radius, stroke, .. } => {
            within(Rect::new(x - radius, y - radius, 2.0 * radius, 2.0 * radius), *stroke)
        }
        Primitive::Text { at: (x, y), size, .. } => {
            *x >= rect.x && *x <= rect.right() && y - size >= rect.y && y + size * 0.3 <= rect.bottom()
        }
        Primitive::Columns { corner: (x, y), width, heights, .. } => {
            // Sideways they are cut as they are written.
            let tallest = heights.iter().copied().fold(0.0, f32::max);
            let (left, right) = (x.max(rect.x), (x + width * heights.len() as f32).min(rect.right()));
            within(Rect::new(left, y - tallest, right - left, tallest), None)
        }
        Primitive::Clip { .. } => true,
    }
}

/// Columns as one path, as far as they are seen between two x. Neighbours of one height are one column: fewer of them, and
/// no seams between.
fn columns(corner: Point, width: f32, heights: &[f32], seen: (f32, f32)) -> String {
    let (mut data, mut at) = (String::new(), 0);
    for run in heights.chunk_by(|a, b| a.total_cmp(b).is_eq()) {
        let begin = corner.0 + at as f32 * width;
        let (x, end) = (begin.max(seen.0), (begin + run.len() as f32 * width).min(seen.1));
        let wide = end - x;
        if run[0] > 0.0 && wide > 0.0 {
            let (from, height) = (pair((x, corner.1)), number(run[0]));
            let _ = write!(data, "M{from}v-{height}h{}v{height}z", number(wide));
        }
        at += run.len();
    }
    data
}

fn colour_attributes(name: &str, colour: Rgba) -> String {
    let [r, g, b, alpha] = colour.0;
    let opaque = format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\"");
    if alpha == 255 { opaque } else { format!("{opaque} {name}-opacity=\"{}\"", number(f32::from(alpha) / 255.0)) }
}

fn pair(point: Point) -> String {
    format!("{} {}", number(point.0), number(point.1))
}

/// Hundredths of a point, without trailing zeros.
fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text for XML: its signs escaped, characters that XML forbids replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || ('\u{fffe}'..='\u{ffff}').contains(&c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_files_cannot_break_the_document() {
        assert_eq!(
            escaped("<script>\"a\" & b</script>\u{0}\n"),
            "&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;\u{fffd} "
        );
    }

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(
            (number(1.5), number(2.0), number(-0.001), number(1.239)),
            ("1.5".into(), "2".into(), "0".into(), "1.24".into())
        );
    }
}
