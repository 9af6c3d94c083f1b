//! How much of a machine reading and drawing may take.

/// Limits that keep a file, whatever it claims of itself, from taking all of a machine. Each has a switch of the command
/// line, which the message names when the limit is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory that the process may have; `None` for half of what is free when work begins.
    pub memory: Option<u64>,
    /// Columns of one input that are kept under their own names; the others share one.
    pub columns: usize,
    /// Objects inside each other that are opened on the way to a list of events.
    pub depth: usize,
    /// Bytes of one cell; what stands beyond is left out, and said.
    pub cell: usize,
    /// Diagnostics of each outcome that are kept for one input with their words; the others are counted.
    pub diagnostics: usize,
    /// Pixels of one picture.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: None, columns: 10_000, depth: 64, cell: 16 << 20, diagnostics: 100_000, pixels: 400_000_000 }
    }
}
