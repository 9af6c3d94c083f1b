//! Work of others that may panic: the panic becomes a value here, and its words do not reach the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static SHELTERED: Cell<bool> = const { Cell::new(false) };
}

/// Runs work that may panic; `None` where it did. Nothing that the work has left half done may be used afterwards.
pub fn sheltered<T>(work: impl FnOnce() -> T) -> Option<T> {
    // The standard hook would print a message before anybody could say it better.
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !SHELTERED.get() {
                usual(panic);
            }
        }));
    });
    let before = SHELTERED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    SHELTERED.set(before);
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_value() {
        assert_eq!(sheltered(|| 2 + 2), Some(4));
        assert_eq!(sheltered(|| [1][usize::from(SHELTERED.get())]), None);
        assert!(!SHELTERED.get());
    }
}
