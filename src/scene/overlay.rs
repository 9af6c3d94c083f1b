//! What lies over the picture while a user points and chooses: a second, small scene.

use super::{Node, Primitive, Role, Scene, Stroke, Target, Theme};
use crate::event::EventId;
use crate::layout::Rect;
use std::collections::{HashMap, HashSet};

/// Marks up to this wide are moments to look down from, in points.
const NARROW: f32 = 14.0;

/// Outlines around the marks of the hovered and the selected events, and a line down through the first selected one, if it
/// is narrow.
#[must_use]
pub fn overlay(scene: &Scene, body: Rect, hovered: Option<EventId>, selected: &[EventId], theme: &Theme) -> Scene {
    let mut out = Scene { width: scene.width, height: scene.height, ..Scene::default() };
    // One look at what is there, however many are selected.
    let wanted: HashSet<EventId> = selected.iter().copied().chain(hovered).collect();
    let mut places: HashMap<EventId, Vec<Rect>> = HashMap::new();
    for hit in scene.hits.iter().filter(|hit| !hit.label) {
        if let Target::Event { event, .. } = hit.target
            && wanted.contains(&event)
        {
            places.entry(event).or_default().push(hit.rect);
        }
    }
    let marks = |event: EventId| places.get(&event).into_iter().flatten().copied();
    let outline = |rect: Rect, role, stroke| {
        let rect = rect.grown(2.5);
        Node::new(role, Primitive::Rect { rect, radius: 4.0, fill: None, stroke: Some(stroke) })
    };
    let mut nodes = Vec::new();
    if let Some(event) = hovered.filter(|event| !selected.contains(event)) {
        nodes
            .extend(marks(event).map(|rect| outline(rect, Role::Hover, Stroke::solid(1.0, theme.accent.alpha(0.7)))));
    }
    for (at, &event) in selected.iter().enumerate() {
        // A line up to the axis tells of a point where it stands there.
        if let Some(first) = marks(event).next().filter(|_| at == 0).filter(|mark| mark.w <= NARROW) {
            let (x, top) = (first.x + first.w / 2.0, first.y - 2.5);
            if x > body.x && top > body.y {
                let stroke = Stroke::dashed(1.0, theme.accent.alpha(0.6), 3.0, 3.0);
                nodes.push(Node::line(Role::Selection, (x, body.y), (x, top), stroke));
            }
        }
        nodes.extend(marks(event).map(|rect| outline(rect, Role::Selection, Stroke::solid(1.8, theme.accent))));
    }
    out.nodes.push(Node::new(Role::Selection, Primitive::Clip { rect: body, nodes }));
    out
}
