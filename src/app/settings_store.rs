//! What is kept from one run to the next, in a file of its own.
//!
//! The file is JSON, an object of small parts. Each part is read by itself, so that a value that is of no use, by whatever
//! hand, is dropped alone and said, and never keeps the program from starting. It is written whole (a temporary file, synced,
//! renamed) soon after a change; a window writes only the parts that it changed itself, onto what another one wrote
//! meanwhile. Parts that this version does not know are left as they are.

use super::state::{RECENT, Settings};
use crate::export::save;
use crate::task::Task;
use eframe::egui;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A change waits so long for others before it is written.
const PATIENCE: Duration = Duration::from_millis(400);
/// What egui itself remembers, such as widths of panels, is looked at this often.
const LOOK: Duration = Duration::from_secs(2);
/// Another window has the file for less than this.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// As much as anybody zooms a window.
const ZOOMS: std::ops::RangeInclusive<f32> = 0.2..=5.0;
/// Points of a window's side, and of its place.
const SIDES: std::ops::RangeInclusive<f32> = 200.0..=20_000.0;
const PLACES: std::ops::RangeInclusive<f32> = -30_000.0..=30_000.0;
/// Parts beside the fields of [`Settings`].
const WINDOW: &str = "window";
const ZOOM: &str = "zoom_factor";
const EGUI: &str = "egui";

/// Where the program's window stood.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct WindowPlace {
    /// Points from the left and from the top of the screen.
    pub(super) position: Option<(f32, f32)>,
    /// Width and height in points.
    pub(super) size: (f32, f32),
    pub(super) maximized: bool,
}

impl WindowPlace {
    fn is_sound(&self) -> bool {
        let within =
            |(x, y): (f32, f32), range: &std::ops::RangeInclusive<f32>| range.contains(&x) && range.contains(&y);
        within(self.size, &SIDES) && self.position.is_none_or(|place| within(place, &PLACES))
    }
}

/// What was kept.
#[derive(Clone, Debug, Default)]
pub(super) struct SavedSettings {
    pub(super) settings: Settings,
    pub(super) window: Option<WindowPlace>,
    pub(super) zoom: Option<f32>,
    /// What egui remembers, as it writes it.
    pub(super) egui: Option<String>,
    /// What of it was of no use, each in a few words.
    pub(super) dropped: Vec<String>,
}

/// The file, or none where nothing is to be kept.
#[derive(Clone, Debug, Default)]
pub(super) struct SettingsStore {
    path: Option<PathBuf>,
    state: Arc<Mutex<State>>,
}

/// What is to be written, shared with whoever ends the program.
#[derive(Debug, Default)]
struct State {
    /// The parts as this window last read or wrote them.
    written: Map<String, Value>,
    /// The parts as they are now.
    now: Map<String, Value>,
    /// When a change was first seen that is not written.
    changed: Option<Instant>,
    looked: Option<Instant>,
    /// A writer at work.
    writing: Option<Task<()>>,
}

impl SettingsStore {
    /// The place of this user's settings, and what they are.
    pub(super) fn of_user(app: &str) -> (Self, SavedSettings) {
        let folder = dirs::data_dir().map(|folder| folder.join(app));
        folder.map_or_else(Default::default, |folder| Self::of_folder(&folder))
    }

    /// The same in a folder.
    pub(super) fn of_folder(folder: &Path) -> (Self, SavedSettings) {
        let path = folder.join("settings.json");
        let read_parts =
            |bytes: Vec<u8>| serde_json::from_slice::<Map<String, Value>>(&bytes).map_err(std::io::Error::from);
        let (parts, mut kept) = match std::fs::read(&path).and_then(read_parts) {
            Ok(parts) => (parts.clone(), read(&parts)),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                let dropped = vec![format!("all of them ({error})")];
                (Map::new(), SavedSettings { dropped, ..SavedSettings::default() })
            }
            // The file in which versions before 2026-12 kept them.
            Err(_) => {
                let text = std::fs::read_to_string(folder.join("app.ron")).unwrap_or_default();
                (Map::new(), read(&earlier(&text)))
            }
        };
        kept.settings.recent.truncate(RECENT);
        let state = State { written: parts, ..State::default() };
        (Self { path: Some(path), state: Arc::new(Mutex::new(state)) }, kept)
    }

    /// Takes note of what is to be kept, once a frame, and has changes written.
    pub(super) fn see(&self, settings: &Settings, ctx: &egui::Context) {
        let Some(path) = &self.path else { return };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        let now = Instant::now();
        let mut parts = fields(settings);
        if state.looked.is_none_or(|looked| now.duration_since(looked) >= LOOK) {
            state.looked = Some(now);
            parts.extend(of_window(ctx));
        } else {
            for part in [WINDOW, ZOOM, EGUI] {
                parts.extend(state.now.get(part).map(|value| (part.to_owned(), value.clone())));
            }
        }
        state.now = parts;
        if state.writing.as_ref().is_some_and(|task| task.poll().is_some()) {
            state.writing = None;
        }
        if changes(&state.written, &state.now).is_empty() {
            state.changed = None;
            return;
        }
        let since = *state.changed.get_or_insert(now);
        let waited = now.duration_since(since);
        if waited < PATIENCE || state.writing.is_some() {
            ctx.request_repaint_after(PATIENCE.saturating_sub(waited).max(Duration::from_millis(50)));
            return;
        }
        let changed = changes(&state.written, &state.now);
        let before = std::mem::replace(&mut state.written, state.now.clone());
        state.changed = None;
        let path = path.clone();
        // The window does not wait for a disk.
        state.writing = Some(Task::start("settings", move |_| write(&path, &changed, &before), || ()));
    }

    /// Writes what is not written yet, at once.
    pub(super) fn flush(&self) {
        let Some(path) = &self.path else { return };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        // A writer at work has older values than these, and the lock of the file.
        if let Some(task) = state.writing.take() {
            while task.poll().is_none() {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
        let changed = changes(&state.written, &state.now);
        if !changed.is_empty() {
            let now = state.now.clone();
            let before = std::mem::replace(&mut state.written, now);
            write(path, &changed, &before);
        }
    }
}

/// The parts that differ.
fn changes(before: &Map<String, Value>, now: &Map<String, Value>) -> Map<String, Value> {
    now.iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Puts changed parts into the file. Settings are a convenience: where they cannot be written, the program goes on without.
fn write(path: &Path, changed: &Map<String, Value>, before: &Map<String, Value>) {
    if let Some(folder) = path.parent() {
        let _ = std::fs::create_dir_all(folder);
    }
    // One window at a time; where the system knows no locks, the last one wins.
    let lock =
        std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(path.with_extension("lock")).ok();
    let has_lock = |lock: &std::fs::File| !matches!(lock.try_lock(), Err(std::fs::TryLockError::WouldBlock));
    let until = Instant::now() + LONGEST_WAIT;
    while lock.as_ref().is_some_and(|lock| !has_lock(lock)) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    let there = std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
    let mut parts = there.unwrap_or_default();
    for (name, value) in changed {
        let merged = if name == "recent" { both_recent(value, before.get(name), parts.get(name)) } else { None };
        parts.insert(name.clone(), merged.unwrap_or_else(|| value.clone()));
    }
    if let Ok(text) = serde_json::to_string_pretty(&parts) {
        let _ = save(path, (text + "\n").as_bytes());
    }
}

/// Files opened lately here and by other windows: these keep theirs, unless they were forgotten here.
fn both_recent(own: &Value, before: Option<&Value>, there: Option<&Value>) -> Option<Value> {
    let known =
        |list: Option<&Value>, file: &Value| list.and_then(Value::as_array).is_some_and(|list| list.contains(file));
    let mut all = own.as_array()?.clone();
    for file in there?.as_array()? {
        if !all.contains(file) && !known(before, file) {
            all.push(file.clone());
        }
    }
    all.truncate(RECENT);
    Some(Value::Array(all))
}

/// The fields of settings as parts.
fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Where the window stands, and what egui remembers.
fn of_window(ctx: &egui::Context) -> Map<String, Value> {
    let mut out = Map::new();
    let mut put = |name: &str, value: Result<Value, serde_json::Error>| {
        if let Ok(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    put(ZOOM, serde_json::to_value(ctx.zoom_factor()));
    let remembered = ctx.memory(|memory| serde_json::to_string(&memory.data));
    put(EGUI, remembered.map(|text| Value::from(if is_numeric(&text) { text } else { String::new() })));
    // A window is opened before it is zoomed.
    let zoom = ctx.zoom_factor();
    let place = ctx.input(|input| {
        let viewport = input.viewport();
        let size = viewport.inner_rect?.size() * zoom;
        let position = viewport.outer_rect.map(|rect| (rect.min.x * zoom, rect.min.y * zoom));
        Some(WindowPlace { position, size: (size.x, size.y), maximized: viewport.maximized.unwrap_or(false) })
    });
    // A window that is minimised has no place to come back to.
    if let Some(place) = place.filter(WindowPlace::is_sound) {
        put(WINDOW, serde_json::to_value(place));
    }
    out
}

/// What parts say, each by itself.
fn read(parts: &Map<String, Value>) -> SavedSettings {
    let mut kept = SavedSettings::default();
    let mut good = fields(&kept.settings);
    for (name, value) in parts {
        if !good.contains_key(name) {
            continue;
        }
        let usual = good.insert(name.clone(), value.clone());
        match serde_json::from_value::<Settings>(Value::Object(good.clone())) {
            Ok(settings) if settings.is_sound() => kept.settings = settings,
            _ => {
                good.extend(usual.map(|usual| (name.clone(), usual)));
                kept.dropped.push(name.replace('_', " "));
            }
        }
    }
    kept.window = part(parts, WINDOW, WindowPlace::is_sound, &mut kept.dropped);
    kept.zoom = part(parts, ZOOM, |zoom| ZOOMS.contains(zoom), &mut kept.dropped);
    // Numbers that are none would be found out only when they are drawn with.
    kept.egui = part(parts, EGUI, |text: &String| is_numeric(text) && memory(text).is_some(), &mut kept.dropped);
    kept
}

fn part<T: DeserializeOwned>(
    parts: &Map<String, Value>,
    name: &str,
    is_sound: impl Fn(&T) -> bool,
    dropped: &mut Vec<String>,
) -> Option<T> {
    let value = parts.get(name)?;
    let read = serde_json::from_value(value.clone()).ok().filter(is_sound);
    if read.is_none() {
        dropped.push(name.replace('_', " "));
    }
    read
}

/// Whether what egui remembers holds no number that is none.
fn is_numeric(text: &str) -> bool {
    [":NaN", ",NaN", "(NaN", "[NaN"].iter().all(|number| !text.contains(number))
}

/// What egui remembers.
pub(super) fn memory(text: &str) -> Option<egui::util::IdTypeMap> {
    if text.is_empty() {
        return Some(egui::util::IdTypeMap::default());
    }
    serde_json::from_str(text).ok()
}

/// The parts of a file of an earlier version, as far as they can be told: a map of texts, each in the notation of Rust.
fn earlier(text: &str) -> Map<String, Value> {
    let Ok(entries) = ron::from_str::<std::collections::HashMap<String, String>>(text) else { return Map::new() };
    let settings = entries.get("settings").and_then(|text| ron::from_str::<Settings>(text).ok());
    let mut parts = settings.as_ref().map(fields).unwrap_or_default();
    let zoom = entries.get("egui").and_then(|text| text.split_once("zoom_factor:"));
    if let Some((_, rest)) = zoom {
        let number = rest.split([',', ')']).next().unwrap_or_default();
        // What is no number is dropped, and said, when the parts are read.
        parts.insert(ZOOM.to_owned(), number.parse::<f64>().map_or_else(|_| Value::from(number), Value::from));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(file: &str, text: &str) -> (tempfile::TempDir, SettingsStore, SavedSettings) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(file), text).unwrap();
        let (store, kept) = SettingsStore::of_folder(folder.path());
        (folder, store, kept)
    }

    #[test]
    fn a_value_that_is_of_no_use_is_dropped_alone_and_said() {
        for zoom in ["0", "1000", "-1", "\"NaN\"", "null"] {
            let text = format!(
                "{{\"theme\": \"Dark\", \"zone\": 7, \"zoom_factor\": {zoom}, \"later\": [1],
                  \"window\": {{\"position\": null, \"size\": [0, 1e30], \"maximized\": false}}}}"
            );
            let (.., kept) = with("settings.json", &text);
            assert_eq!(kept.settings.theme, egui::ThemePreference::Dark);
            assert_eq!(kept.settings.zone, Settings::default().zone);
            assert_eq!((kept.zoom, kept.window), (None, None));
            assert_eq!(kept.dropped, ["zone", "window", "zoom factor"]);
        }
        for text in ["", "{", "[]", "\u{0}", "nonsense"] {
            let (.., kept) = with("settings.json", text);
            assert_eq!((kept.settings, kept.dropped.len()), (Settings::default(), 1));
        }
    }

    #[test]
    fn settings_of_an_earlier_version_are_taken_over_without_what_is_of_no_use() {
        for (zoom, kept_zoom) in [("0.0", None), ("NaN", None), ("1000", None), ("1.5", Some(1.5))] {
            let text = format!(
                "{{\"egui\": \"(options:(theme_preference:System,zoom_factor:{zoom},x:1))\",
                  \"settings\": \"(theme:Dark,recent:[\\\"/a.csv\\\"],zone:\\\"Asia/Tokyo\\\")\"}}"
            );
            let (.., kept) = with("app.ron", &text);
            assert_eq!(kept.settings.recent, [PathBuf::from("/a.csv")]);
            assert_eq!((kept.settings.zone.as_str(), kept.zoom), ("Asia/Tokyo", kept_zoom));
            assert_eq!(kept.dropped.is_empty(), kept_zoom.is_some());
        }
        assert_eq!(with("app.ron", "no such notation").2.settings, Settings::default());
    }

    #[test]
    fn two_windows_do_not_undo_what_the_other_changed() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = egui::Context::default();
        let open = || SettingsStore::of_folder(folder.path());
        let recent = |files: &[&str]| files.iter().map(PathBuf::from).collect::<Vec<_>>();
        let (first, kept) = open();
        first.see(&Settings { recent: recent(&["/old"]), ..kept.settings }, &ctx);
        first.flush();
        let ((first, one), (second, two)) = (open(), open());
        first.see(
            &Settings { theme: egui::ThemePreference::Dark, recent: recent(&["/a", "/old"]), ..one.settings },
            &ctx,
        );
        first.flush();
        second.see(&Settings { zone: "Asia/Tokyo".into(), recent: recent(&["/b"]), ..two.settings }, &ctx);
        second.flush();
        let (_, kept) = open();
        assert_eq!((kept.settings.theme, kept.settings.zone.as_str()), (egui::ThemePreference::Dark, "Asia/Tokyo"));
        // "/old" was forgotten in the second window.
        assert_eq!(kept.settings.recent, recent(&["/b", "/a"]));
        assert!(kept.dropped.is_empty(), "{:?}", kept.dropped);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
