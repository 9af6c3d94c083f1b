//! The mapping dialog's state: which column of a file feeds which field, as it is being decided, and what comes of it.

use super::loaded::Loaded;
use crate::import::{FirstRecords, ImportError, Mapping};
use crate::layout::{Arrangement, Fit, Input, Memory, Metrics, Rect, lay_out};
use crate::scene::{Headings, Options, Scene, Surroundings, Theme, timeline};
use crate::task::Task;
use crate::text::{TextMeter, Weight};
use std::cell::RefCell;
use std::sync::Arc;

/// What the dialog holds.
pub struct MappingForm {
    /// Which of the open inputs it is about.
    pub at: usize,
    /// The mapping as it is decided so far.
    pub mapping: Mapping,
    /// Its first records; `None` until they are read.
    pub first: Option<FirstRecords>,
    /// What they make under the mapping that was last read; `None` before the first one is.
    pub shown: Option<Loaded>,
    /// Why they could not be read.
    pub problem: Option<String>,
    /// Whether files of the same columns are to be read so from now on.
    pub remember: bool,
    /// Why the dialog opened by itself, if it did.
    pub reason: Option<String>,
    done: Vec<Mapping>,
    undone: Vec<Mapping>,
    /// Whether the last step was a letter of a text.
    typing: bool,
    pub(super) task: Option<Task<Result<MappingRead, ImportError>>>,
    picture: RefCell<Option<(PictureKey, Arc<Scene>)>>,
}

/// What a worker made of a mapping.
pub(super) struct MappingRead {
    pub(super) first: FirstRecords,
    pub(super) mapping: Mapping,
    pub(super) shown: Loaded,
}

/// The size in points and the theme that a picture was drawn for.
type PictureKey = ([u32; 2], *const Theme);

impl MappingForm {
    pub(super) fn new(at: usize, mapping: Mapping, reason: Option<String>) -> Self {
        Self {
            at,
            mapping,
            reason,
            first: None,
            shown: None,
            problem: None,
            remember: false,
            done: Vec::new(),
            undone: Vec::new(),
            typing: false,
            task: None,
            picture: RefCell::default(),
        }
    }

    /// Takes another mapping. What is typed letter by letter is one step for undo.
    pub(super) fn draft(&mut self, mapping: Mapping) {
        let before = std::mem::replace(&mut self.mapping, mapping);
        let now = &self.mapping;
        let same_texts = before.constants.keys().eq(now.constants.keys());
        let typed = same_texts && (&before.title, &before.constants) != (&now.title, &now.constants);
        if !(typed && self.typing) {
            self.done.push(before);
        }
        self.typing = typed;
        self.undone.clear();
    }

    /// Takes the last step back; tells whether there was one.
    pub(super) fn undo(&mut self) -> bool {
        self.typing = false;
        exchange(&mut self.done, &mut self.undone, &mut self.mapping)
    }

    /// Makes the step again that was taken back last; tells whether there was one.
    pub(super) fn redo(&mut self) -> bool {
        exchange(&mut self.undone, &mut self.done, &mut self.mapping)
    }

    /// Whether there is a step to take back, and one to make again.
    #[must_use]
    pub fn steps(&self) -> (bool, bool) {
        (!self.done.is_empty(), !self.undone.is_empty())
    }

    /// Whether the first records are being read under the mapping.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.task.is_some()
    }

    /// Takes what a worker made.
    pub(super) fn take(&mut self, read: MappingRead) {
        self.first = Some(read.first);
        self.mapping = read.mapping;
        self.shown = Some(read.shown);
        self.problem = None;
        self.picture.take();
    }

    /// The first picture of what the records make, at a size in points.
    pub(super) fn picture(&self, size: [f32; 2], theme: &'static Theme, text: &TextMeter) -> Option<Arc<Scene>> {
        let open = self.shown.as_ref()?;
        let key: PictureKey = (size.map(f32::to_bits), theme);
        let mut kept = self.picture.borrow_mut();
        if let Some((own, scene)) = &*kept
            && *own == key
        {
            return Some(scene.clone());
        }
        let scene = Arc::new(picture(open, size, theme, text));
        *kept = Some((key, scene.clone()));
        Some(scene)
    }
}

fn exchange(from: &mut Vec<Mapping>, to: &mut Vec<Mapping>, now: &mut Mapping) -> bool {
    let Some(other) = from.pop() else { return false };
    to.push(std::mem::replace(now, other));
    true
}

/// The lanes at the first look.
fn picture(open: &Loaded, size: [f32; 2], theme: &'static Theme, text: &TextMeter) -> Scene {
    let names = open.index.lanes().iter().take(40);
    let name = |name: &str| text.width(name, Metrics::SCREEN.heading, Weight::SemiBold);
    let widest = names.map(|lane| name(lane.name())).fold(0.0, f32::max);
    let metrics = Metrics { header: (widest + 52.0).clamp(120.0, 230.0).min(size[0] * 0.3), ..Metrics::SCREEN };
    let lanes = Arrangement::default().of(&open.base);
    let layout = lay_out(&Input {
        document: &open.document,
        index: &open.index,
        mask: &open.mask,
        viewport: open.first_view(),
        whole: open.whole(),
        area: Rect::new(0.0, 0.0, size[0], size[1]),
        metrics,
        text,
        fit: Fit::Scroll,
        scroll: 0.0,
        lanes: &lanes,
        memory: &Memory::default(),
        known_until: None,
        note: None,
    });
    let around = Surroundings::default();
    let options = Options {
        document: &open.document,
        theme,
        text,
        encodings: open.encodings(),
        relations: None,
        scroll: 0.0,
        headings: Headings::Screen,
        around: &around,
    };
    timeline(&layout, &options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_template_is_one_step_and_another_choice_one_more() {
        let mut form = MappingForm::new(0, Mapping::default(), None);
        for title in ["{", "{a", "{a}"] {
            form.draft(Mapping { title: Some(title.to_owned()), ..Mapping::default() });
        }
        form.draft(Mapping { head: Some(3), ..form.mapping.clone() });
        assert!(form.undo());
        assert_eq!((form.mapping.title.as_deref(), form.mapping.head), (Some("{a}"), None));
        assert!(form.undo() && form.mapping == Mapping::default());
        assert!(!form.undo() && form.redo() && form.redo() && !form.redo());
        assert_eq!(form.mapping.head, Some(3));
    }
}
