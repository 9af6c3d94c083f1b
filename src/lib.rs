//! Kairograph.
pub mod event;
pub mod import;
pub mod task;
pub mod text;
pub mod time;
