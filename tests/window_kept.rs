//! What a window keeps for the next one, and that no end in mid-work halves it.

mod window;

use eframe::egui::{Key, os::OperatingSystem};
use egui_kittest::Harness;
use kairograph::app::{App, FileDialogs, PanelName, settings_in};
use kairograph::cli::Start;
use kairograph::import::sample;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use window::{NONE, key, settle};

struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn open(&self) -> Box<dyn FnOnce() -> Vec<PathBuf> + Send> {
        Box::new(Vec::new)
    }

    fn save(&self, _name: &str) -> Box<dyn FnOnce() -> Option<PathBuf> + Send> {
        Box::new(|| None)
    }
}

fn window(folder: &Path) -> Harness<'static, App> {
    let folder = folder.to_owned();
    let mut harness =
        Harness::builder().with_size([1_000.0, 700.0]).with_os(OperatingSystem::Nix).build_eframe(move |context| {
            App::keeping(context, Start { inputs: vec![sample()], ..Start::default() }, Box::new(NoDialogs), &folder)
        });
    settle(&mut harness);
    harness
}

/// Frames over a while, in which a window writes what changed.
fn wait(harness: &mut Harness<'static, App>, until: impl Fn() -> bool) -> bool {
    for _ in 0..400 {
        harness.step();
        if until() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

#[test]
fn a_change_is_written_soon_and_found_by_the_next_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(folder.path());
    let shown = |folder: &Path| settings_in(folder).0.panels.is_seen(PanelName::Table);
    let before = shown(folder.path());
    key(&mut harness, NONE, Key::F7);
    assert!(wait(&mut harness, || shown(folder.path()) != before), "it is not written while the window is open");
    drop(harness);
    let again = window(folder.path());
    assert_ne!(again.state().state().settings.panels.is_seen(PanelName::Table), before);
}

#[test]
fn a_bad_value_keeps_no_window_from_opening_and_is_said() {
    for zoom in ["0", "1e30", "-1"] {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "{{\"zoom_factor\": {zoom}, \"egui\": \"(nonsense NaN)\", \"zone\": \"Asia/Tokyo\", \"around\": {{\"fiscal\": 200}}}}"
        );
        std::fs::write(folder.path().join("settings.json"), text).unwrap();
        let harness = window(folder.path());
        let state = harness.state().state();
        assert_eq!(state.settings.zone, "Asia/Tokyo");
        let said = state.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        for word in ["zoom factor", "egui", "around"] {
            assert!(said.contains(word), "{said}");
        }
    }
}

/// Runs as the window that is killed: it changes a setting in each of many frames, and has it written.
#[test]
#[ignore = "is run by the next one, in a process of its own"]
fn a_window_that_changes_all_the_time() {
    let Ok(folder) = std::env::var("KAIROGRAPH_KEPT_FOLDER") else { return };
    let mut harness = window(Path::new(&folder));
    loop {
        key(&mut harness, NONE, Key::F7);
        for _ in 0..12 {
            harness.step();
            std::thread::sleep(Duration::from_millis(40));
        }
    }
}

#[test]
fn a_window_that_is_killed_leaves_settings_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.json");
    let whole = || {
        let text = std::fs::read_to_string(&file).ok()?;
        Some(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text).expect("half of a file").len())
    };
    let begin = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "a_window_that_changes_all_the_time"])
            .env("KAIROGRAPH_KEPT_FOLDER", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut found = 0;
    // The first ones may be killed before they have written anything.
    for at in 0..100_u64 {
        let mut child = begin();
        let early = if at < 50 { 12 * at } else { 500 + 4 * at };
        std::thread::sleep(Duration::from_millis(early));
        let _ = child.kill();
        child.wait().unwrap();
        found += usize::from(whole().is_some_and(|parts| parts > 5));
    }
    assert!(found > 20, "the file was there {found} times");
    assert_eq!(settings_in(folder.path()).1, Vec::<String>::new());
}
