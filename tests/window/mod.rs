//! What tests of the window share: a harness without a display, and hands for it.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![allow(dead_code, reason = "each test file uses its own part")]

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kairograph::app::{App, FileDialogs};
use kairograph::cli::{Look, Start};
use kairograph::import::Input;
use std::path::PathBuf;
use std::time::Duration;

/// Dialogs that answer with what a test wants.
struct Answers {
    open: Vec<PathBuf>,
}

impl FileDialogs for Answers {
    fn open(&self) -> Box<dyn FnOnce() -> Vec<PathBuf> + Send> {
        let paths = self.open.clone();
        Box::new(move || paths)
    }

    fn save(&self, _name: &str) -> Box<dyn FnOnce() -> Option<PathBuf> + Send> {
        Box::new(|| None)
    }
}

pub(crate) fn app(inputs: Vec<Input>, dialog: Vec<PathBuf>) -> Harness<'static, App> {
    app_with(inputs, dialog, Look::default())
}

pub(crate) fn app_with(inputs: Vec<Input>, dialog: Vec<PathBuf>, look: Look) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1_360.0, 860.0])
        .with_os(eframe::egui::os::OperatingSystem::Nix)
        .build_eframe(move |context| {
            App::new(context, Start { inputs, look, ..Start::default() }, Box::new(Answers { open: dialog }))
        });
    settle(&mut harness);
    harness
}

/// Frames until no worker is at work.
pub(crate) fn settle(harness: &mut Harness<'static, App>) {
    for _ in 0..400 {
        harness.step();
        if !harness.state().state().is_busy() {
            harness.run_steps(3);
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the work does not end");
}

pub(crate) fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

pub(crate) fn title(harness: &Harness<'static, App>) -> String {
    harness.state().state().window_title()
}

pub(crate) fn key(harness: &mut Harness<'static, App>, modifiers: eframe::egui::Modifiers, key: eframe::egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

pub(crate) const NONE: eframe::egui::Modifiers = eframe::egui::Modifiers::NONE;
pub(crate) const CTRL: eframe::egui::Modifiers = eframe::egui::Modifiers::COMMAND;

/// Sends a command by its words.
pub(crate) fn palette(harness: &mut Harness<'static, App>, words: &str) {
    key(harness, CTRL, eframe::egui::Key::K);
    harness.get_by_label("Command, lane or event").type_text(words);
    harness.run_steps(4);
    key(harness, NONE, eframe::egui::Key::Enter);
    settle(harness);
}

/// A click where the pointer is put, with the frames that egui takes to see it.
pub(crate) fn click(harness: &mut Harness<'static, App>, at: eframe::egui::Pos2) {
    harness.hover_at(at);
    harness.run_steps(2);
    for pressed in [true, false] {
        let button = eframe::egui::PointerButton::Primary;
        harness.event(eframe::egui::Event::PointerButton { pos: at, button, pressed, modifiers: NONE });
        harness.run_steps(1);
    }
    harness.run_steps(40);
}
