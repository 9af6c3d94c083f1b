//! Texts that were drawn a moment ago, kept ready.
//!
//! egui forgets how a text is laid out as soon as one frame does without it. While a window is zoomed, labels find room,
//! lose it and find it again within a few frames, and each time to shape them anew was the dearest part of the frame.

use egui::text::LayoutJob;
use egui::{Galley, Plugin, Ui};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// For so many frames a text is kept that is not drawn.
const KEPT: u64 = 12;
/// No more texts than this are kept that are not drawn.
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

    /// The frame since which texts are kept: not too long ago, and not for too many.
    fn since(&self) -> u64 {
        let oldest = self.frame.saturating_sub(KEPT);
        let mut idle: Vec<u64> = self.texts.values().map(|(_, drawn)| *drawn).filter(|at| *at < self.frame).collect();
        if idle.len() <= MOST {
            return oldest;
        }
        idle.sort_unstable_by_key(|drawn| Reverse(*drawn));
        oldest.max(idle[MOST] + 1)
    }
}

impl Plugin for Recent {
    fn debug_name(&self) -> &'static str {
        "recent texts"
    }

    /// Tells egui that the texts which this frame did without are still wanted.
    fn on_end_pass(&mut self, ui: &mut Ui) {
        let (frame, since) = (self.frame, self.since());
        self.texts.retain(|_, (_, drawn)| *drawn >= since);
        ui.fonts_mut(|fonts| {
            for (job, _) in self.texts.values().filter(|(_, drawn)| *drawn < frame) {
                fonts.layout_job(LayoutJob::clone(job));
            }
        });
        self.frame += 1;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::Weight;
    use egui::{Color32, Context, RawInput};

    /// A frame of a context with the bundled fonts.
    pub(in crate::paint) fn frame(context: &Context, show: impl FnMut(&mut Ui)) {
        if context.plugin_opt::<Recent>().is_none() {
            crate::paint::install(context);
            context.add_plugin(Recent::default());
        }
        context.run_ui(RawInput::default(), show).drop_without_applying_deltas();
    }

    fn laid_out(ui: &Ui, text: &str) -> Arc<Galley> {
        ui.painter().layout_no_wrap(text.to_owned(), Weight::Regular.font(13.0), Color32::PLACEHOLDER)
    }

    fn draw(ui: &Ui, text: &str) -> Arc<Galley> {
        let galley = laid_out(ui, text);
        ui.ctx().plugin::<Recent>().lock().drawn(&galley);
        galley
    }

    fn held(context: &Context) -> usize {
        context.plugin::<Recent>().lock().texts.len()
    }

    #[test]
    fn a_text_is_not_shaped_again_if_it_was_drawn_a_moment_ago() {
        for (frames, is_kept) in [(KEPT - 1, true), (KEPT + 1, false)] {
            let (context, mut first) = (Context::default(), None);
            frame(&context, |ui| first = Some(draw(ui, "Vostok 2022")));
            (0..frames).for_each(|_| frame(&context, |_| {}));
            let mut again = None;
            frame(&context, |ui| again = Some(laid_out(ui, "Vostok 2022")));
            assert_eq!(Arc::ptr_eq(&first.unwrap(), &again.unwrap()), is_kept, "after {frames} frames");
        }
    }

    #[test]
    fn no_more_texts_are_held_than_are_drawn_and_a_few() {
        let context = Context::default();
        for at in 0..6 {
            frame(&context, |ui| (0..200).for_each(|text| drop(draw(ui, &format!("{at} {text}")))));
            assert!(held(&context) <= MOST + 200, "{}", held(&context));
        }
        assert!(held(&context) > MOST, "the latest of many are kept");
        (0..=KEPT).for_each(|_| frame(&context, |_| {}));
        assert_eq!(held(&context), 0);
    }
}
