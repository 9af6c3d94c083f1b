//! Texts that were drawn a moment ago, kept ready.
//!
//! egui forgets how a text is laid out as soon as one frame does without it. While a window is zoomed, labels find room,
//! lose it and find it again within a few frames, and each time to shape them anew was the dearest part of the frame.

use egui::text::LayoutJob;
use egui::{Galley, Plugin, Ui};
use std::collections::HashMap;
use std::sync::Arc;

/// For so many frames a text is kept that is not drawn.
const KEPT: u64 = 12;
/// No more texts than this are kept.
const MOST: usize = 400;

/// The texts, and when each was last drawn.
#[derive(Default)]
pub(super) struct Recent {
    /// By the place of the job in memory, which is its own as long as it is held.
    texts: HashMap<usize, (Arc<LayoutJob>, u64)>,
    frame: u64,
}

impl Recent {
    /// Takes note of a text that is drawn.
    pub(super) fn drawn(&mut self, galley: &Galley) {
        let job = &galley.job;
        self.texts.entry(Arc::as_ptr(job).addr()).or_insert_with(|| (job.clone(), 0)).1 = self.frame;
    }
}

impl Plugin for Recent {
    fn debug_name(&self) -> &'static str {
        "recent texts"
    }

    /// Tells egui that the texts which this frame did without are still wanted.
    fn on_end_pass(&mut self, ui: &mut Ui) {
        let (frame, kept) = (self.frame, if self.texts.len() > MOST { 0 } else { KEPT });
        self.texts.retain(|_, (_, drawn)| frame - *drawn <= kept);
        ui.fonts_mut(|fonts| {
            for (job, _) in self.texts.values().filter(|(_, drawn)| *drawn < frame) {
                fonts.layout_job(LayoutJob::clone(job));
            }
        });
        self.frame += 1;
    }
}
