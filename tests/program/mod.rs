//! What tests of the real binary share: a folder of their own, and its answers.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub(crate) fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kairograph")).args(args).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn inspect(path: &Path) -> serde_json::Value {
    let output = run(&["inspect", "--json", text(path)]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(crate) fn counts(report: &serde_json::Value) -> (u64, u64, u64, u64) {
    let count = |name: &str| report[name].as_u64().unwrap();
    (count("records"), count("placed"), count("undated"), count("rejected"))
}

pub(crate) const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.csv");
