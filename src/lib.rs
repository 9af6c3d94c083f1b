//! Kairograph.
pub mod app;
pub mod cli;
pub mod event;
pub mod export;
pub mod import;
pub mod index;
pub mod layout;
pub mod paint;
pub mod query;
pub mod scene;
pub mod task;
pub mod text;
pub mod time;
