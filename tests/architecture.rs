//! The direction of imports: a module uses only modules to its left, and each outside crate only where it belongs.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use std::fs;
use std::path::{Path, PathBuf};

/// Layers, left to right. Modules of one layer do not use each other.
const LAYERS: [&[&str]; 11] = [
    &["time", "task", "text"],
    &["event"],
    &["import"],
    &["index"],
    &["query"],
    &["layout"],
    &["scene"],
    &["paint", "export"],
    &["cli"],
    &["app"],
    &["main"],
];

/// Outside crates that only some modules may name.
const CONFINED: [(&str, &[&str]); 27] = [
    ("chrono", &["time"]),
    ("epaint", &["text"]),
    ("egui", &["paint", "app"]),
    ("eframe", &["app"]),
    ("egui_plot", &["paint", "app"]),
    ("egui_extras", &["app"]),
    ("rfd", &["app"]),
    ("clap", &["cli", "main"]),
    ("anyhow", &["cli", "main"]),
    ("csv", &["import", "export"]),
    ("encoding_rs", &["import"]),
    ("resvg", &["export"]),
    ("skrifa", &["text"]),
    ("harfrust", &["text"]),
    ("write_fonts", &["text"]),
    ("kurbo", &["text"]),
    ("sysinfo", &["task"]),
    ("rustix", &["task"]),
    ("ctrlc", &["app"]),
    ("dirs", &["app"]),
    ("ron", &["app"]),
    ("same_file", &["export"]),
    ("brotli_decompressor", &["import"]),
    ("base64", &["export"]),
    ("krilla", &["export"]),
    ("arrow_array", &["event", "import"]),
    ("parquet", &["import"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// Each file with its top module and its code without comments and tests.
fn code() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            let module = name.split(['/', '\\', '.']).next().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            (name.clone(), module, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn imports_point_only_to_the_left() {
    for (file, module, code) in code() {
        let Some(own) = layer(&module) else {
            assert_eq!(module, "lib", "{file} belongs to no layer");
            continue;
        };
        for piece in code.split("crate::").skip(1) {
            let used: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if let Some(other) = layer(&used) {
                assert!(other < own || used == module, "{file} ({module}) uses {used}, which is not to its left");
            } else if piece.starts_with('{') {
                let inside = piece.split('}').next().unwrap();
                for used in
                    inside.trim_start_matches('{').split(',').map(|item| item.trim().split("::").next().unwrap())
                {
                    if let Some(other) = layer(used) {
                        assert!(
                            other < own || used == module,
                            "{file} ({module}) uses {used}, which is not to its left"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn outside_crates_stay_where_they_belong() {
    for (file, module, code) in code() {
        for (name, allowed) in CONFINED {
            let named = code
                .match_indices(&format!("{name}::"))
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            assert!(!named || allowed.contains(&module.as_str()), "{file} names {name}");
        }
    }
}

#[test]
fn files_are_touched_only_where_files_are_dealt_with() {
    for (file, _, code) in code() {
        let deals = ["import", "export", "app/update", "app/dialogs", "app/settings_store", "cli"]
            .iter()
            .any(|place| file.starts_with(place));
        assert!(deals || !(code.contains("std::fs") || code.contains("File::open")), "{file} touches files");
    }
}

#[test]
fn nothing_prints_but_the_command_line_and_no_file_is_too_long() {
    for (file, module, code) in code() {
        for printing in ["println!", "print!(", "eprintln!", "dbg!"] {
            assert!(module == "cli" || !code.contains(printing), "{file} prints");
        }
        assert!(code.lines().count() < 500, "{file} is too long to hold one thing");
    }
}
