//! What marks tell beside their time.

use super::{Colours, Icon, Icons, Sizes};
use crate::layout::{ClaimShape, EventBox, LabelPlace, Layout, Metrics};

/// By what marks are coloured, sized and given icons; nothing of it by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Encodings<'a> {
    /// The colours of events by a field; without, each has its lane's.
    pub colours: Option<&'a Colours>,
    /// The sizes of marks by a column of numbers; without, all have the usual one.
    pub sizes: Option<&'a Sizes>,
    /// The icons of point events by a field; without, they are dots.
    pub icons: Option<&'a Icons>,
}

/// Lower marks have no room for an icon, in points.
const LEAST_BADGE: f32 = 12.0;

impl Encodings<'_> {
    /// How high an event's marks are, in points.
    pub(super) fn height(&self, event: &EventBox, metrics: &Metrics) -> f32 {
        let height = metrics.mark * self.sizes.map_or(1.0, |sizes| sizes.of(event.event));
        // A label in a bar keeps its ground.
        let mut labels = event.claims.iter().filter_map(|claim| claim.label.as_ref());
        let holds = labels.any(|label| label.place == LabelPlace::Inside);
        if holds { height.max((metrics.font * 1.16).min(metrics.mark)) } else { height }
    }

    /// The icon of an event's points, where its marks are high enough for one.
    pub(super) fn badge(&self, event: &EventBox, metrics: &Metrics) -> Option<Icon> {
        self.icons?.of(event.event).filter(|_| self.height(event, metrics) >= LEAST_BADGE)
    }

    /// Whether points have icons, but rows are too low to draw any of them.
    #[must_use]
    pub fn too_low_for_icons(&self, layout: &Layout) -> bool {
        let Some(icons) = self.icons else { return false };
        let mut with = points(layout).filter(|event| icons.of(event.event).is_some()).peekable();
        with.peek().is_some() && with.all(|event| self.badge(event, &layout.metrics).is_none())
    }
}

/// The events of which some account is drawn as a point.
pub(super) fn points(layout: &Layout) -> impl Iterator<Item = &EventBox> {
    let events = layout.lanes.iter().flat_map(|lane| &lane.events);
    events.filter(|event| event.claims.iter().any(|claim| matches!(claim.shape, ClaimShape::Dot { .. })))
}
