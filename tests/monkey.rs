//! Hands without a plan: random keys, clicks, drags, wheels and words, after each of which all counts add up; undo leads
//! back to where they began.
//!
//! `KAIROGRAPH_MONKEY` says how many actions (10,000), `KAIROGRAPH_MONKEY_SEED` with which numbers.

#![expect(clippy::print_stdout, reason = "how much was tried is told")]

mod random;
mod window;

use eframe::egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2,
};
use egui_kittest::Harness;
use kairograph::app::{App, COMMANDS};
use kairograph::import::{Input, sample};
use random::Random;
use std::sync::Arc;
use window::{CTRL, NONE, app, settle};

fn place(random: &mut Random) -> Pos2 {
    pos2(random.below(1_360) as f32, random.below(860) as f32)
}

/// What is seen and how, as far as undo brings it back.
fn seen(harness: &Harness<'static, App>) -> String {
    let state = harness.state().state();
    let settings = (state.settings.relations, state.settings.palette, state.settings.second_zone.clone());
    // Clocks and the as-of date are settings that undo leaves as they are.
    let mut ask = state.ask.clone();
    (ask.showing.display, ask.showing.known_until) = Default::default();
    format!("{ask:?} {:?} {:?} {:?} {:?} {settings:?}", state.lanes, state.search, state.around, state.zero)
}

fn adds_up(harness: &Harness<'static, App>) {
    let Some(open) = &harness.state().state().loaded else { return };
    for file in &open.ledger.files {
        assert_eq!(file.records, file.placed + file.undated + file.rejected);
    }
    assert!(open.events_found() <= open.placed && open.placed <= open.read.event_count());
    for selected in harness.state().state().selection() {
        assert!((selected.0 as usize) < open.read.event_count());
    }
}

const WORDS: [&str; 12] = [
    "vostok",
    "kind:drill",
    "in:2022-06",
    "who:china",
    "\"",
    "lasted:1d..",
    "Ωж",
    "2022-05-24",
    "-",
    " ",
    "/nowhere/x.csv",
    "where:",
];
const KEYS: [Key; 18] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::Escape,
    Key::Enter,
    Key::Tab,
    Key::Plus,
    Key::Minus,
    Key::Space,
    Key::PageDown,
    Key::Delete,
    Key::F6,
    Key::F7,
    Key::F8,
    Key::F9,
];

fn pointer(
    harness: &mut Harness<'static, App>,
    pos: Pos2,
    pressed: bool,
    button: PointerButton,
    modifiers: Modifiers,
) {
    harness.event(Event::PointerMoved(pos));
    harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    harness.step();
}

fn act(harness: &mut Harness<'static, App>, random: &mut Random) -> String {
    let modifiers = [NONE, NONE, NONE, CTRL, Modifiers::SHIFT][random.below(5)];
    match random.below(10) {
        0..=2 => {
            let (at, button) = (
                place(random),
                [PointerButton::Primary, PointerButton::Primary, PointerButton::Secondary][random.below(3)],
            );
            pointer(harness, at, true, button, modifiers);
            pointer(harness, at, false, button, modifiers);
            format!("click {at:?} {button:?} {modifiers:?}")
        }
        3 => {
            let (from, to) = (place(random), place(random));
            pointer(harness, from, true, PointerButton::Primary, modifiers);
            harness.event(Event::PointerMoved(to));
            harness.step();
            pointer(harness, to, false, PointerButton::Primary, modifiers);
            format!("drag {from:?} {to:?} {modifiers:?}")
        }
        4 => {
            let (at, delta) =
                (place(random), vec2(random.below(200) as f32 - 100.0, random.below(400) as f32 - 200.0));
            harness.event(Event::PointerMoved(at));
            let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
            harness.event(Event::MouseWheel { unit, delta, modifiers, phase, source });
            harness.step();
            format!("wheel {at:?} {delta:?} {modifiers:?}")
        }
        5 => {
            let word = WORDS[random.below(WORDS.len())];
            harness.event(Event::Text(word.to_owned()));
            harness.step();
            format!("type {word:?}")
        }
        6 | 7 => {
            let key = KEYS[random.below(KEYS.len())];
            harness.key_press_modifiers(modifiers, key);
            harness.step();
            format!("key {key:?} {modifiers:?}")
        }
        _ => {
            let command = &COMMANDS[random.below(COMMANDS.len())];
            // Other files begin a history of their own.
            let begins_anew = ["quit", "sample", "open", "open-path"].contains(&command.id);
            let Some(keys) = command.shortcut.filter(|_| !begins_anew) else { return "nothing".to_owned() };
            harness.key_press_modifiers(keys.modifiers, keys.logical_key);
            harness.step();
            format!("command {}", command.id)
        }
    }
}

/// Escapes from whatever is open, then takes back all that can be taken back.
fn undo_all(harness: &mut Harness<'static, App>) -> u64 {
    for _ in 0..8 {
        harness.key_press(Key::Escape);
        harness.step();
    }
    settle(harness);
    let mut undone = 0;
    while undone < 400 && harness.state().state().history.undo_label().is_some() {
        harness.key_press_modifiers(CTRL, Key::Z);
        harness.step();
        settle(harness);
        undone += 1;
    }
    undone
}

#[test]
fn hands_without_a_plan_break_nothing() {
    // What they export lands where nobody minds.
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    let number =
        |variable: &str, usual: u64| std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (actions, seed) = (number("KAIROGRAPH_MONKEY", 10_000), number("KAIROGRAPH_MONKEY_SEED", 1));
    let mut random = Random(seed);
    let csv = "id,title,date,kind,who,relates_to,lat\n1,a,2022-05,drill,China;Russia,2,1\n2,b,24 May 2022,summit,Japan,,2\n3,c,soon,drill,,1,x\n4,d,2022-06-01T10:00Z,patrol,China,1,\n";
    let small = Input::Bytes { name: "small.csv".into(), bytes: csv.as_bytes().into() };
    let (mut done, mut undone, mut compared) = (0, 0, 0);
    while done < actions {
        let input = if random.below(3) == 0 { small.clone() } else { sample() };
        let mut harness = app(vec![input], Vec::new());
        let (begun, opened) = (seen(&harness), harness.state().state().loaded.as_ref().map(|open| open.read.clone()));
        let mut trail = Vec::new();
        // No more than undo takes back.
        for _ in 0..150.min(actions - done) {
            trail.push(act(&mut harness, &mut random));
            adds_up(&harness);
            done += 1;
        }
        undone += undo_all(&mut harness);
        // Files that were read again, also the same ones, begin a history of their own.
        let still = harness.state().state().loaded.as_ref().map(|open| open.read.clone());
        if still.zip(opened).is_some_and(|(still, opened)| Arc::ptr_eq(&still, &opened)) {
            compared += 1;
            let ended = seen(&harness);
            assert_eq!(ended, begun, "seed {seed}, before action {done}: {}", trail.join("\n"));
        }
    }
    println!("{done} actions, of which {undone} were undone, seed {seed}");
    assert!(compared > 0 || actions < 2_000, "each time the files were read again, so undo was never looked at");
    assert!(undone > 0 || actions < 200, "nothing was changed that undo takes back");
}
