//! A scene as the one item of an `egui_plot` plot.

use super::paint;
use crate::scene::{Rgba, Scene};
use egui::{Color32, Shape, Ui};
use egui_plot::{PlotBounds, PlotGeometry, PlotItem, PlotItemBase, PlotTransform};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Scenes, back to front, that fill a plot's frame. They are laid out in points already; the plot gives only place
/// and gestures.
pub struct SceneItem {
    base: PlotItemBase,
    scenes: Vec<Arc<Scene>>,
}

impl SceneItem {
    /// An item of these scenes.
    #[must_use]
    pub fn new(scenes: Vec<Arc<Scene>>) -> Self {
        Self { base: PlotItemBase::new("timeline".to_owned()), scenes }
    }
}

impl PlotItem for SceneItem {
    fn shapes(&self, ui: &Ui, transform: &PlotTransform, _shapes: &mut Vec<Shape>) {
        // Painted here rather than returned, because a list of shapes cannot say what clips it.
        let painter = ui.painter().with_clip_rect(*transform.frame());
        for scene in &self.scenes {
            paint(scene, &painter, transform.frame().min, 1.0);
        }
    }

    fn initialize(&mut self, _x_range: RangeInclusive<f64>) {}

    fn color(&self) -> Color32 {
        super::colour(Rgba::hex(0))
    }

    fn geometry(&self) -> PlotGeometry<'_> {
        PlotGeometry::None
    }

    fn bounds(&self) -> PlotBounds {
        PlotBounds::NOTHING
    }

    fn base(&self) -> &PlotItemBase {
        &self.base
    }

    fn base_mut(&mut self) -> &mut PlotItemBase {
        &mut self.base
    }
}
