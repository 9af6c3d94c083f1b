//! Kairograph.
pub mod event;
pub mod import;
pub mod index;
pub mod query;
pub mod task;
pub mod text;
pub mod time;
