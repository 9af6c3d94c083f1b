//! Kairograph opens a file of dated events and draws them on a timeline, to explore in a window or to export as a
//! figure fit to print.
//!
//! Its promises: a date keeps the precision its source gave; every record of a file is placed, undated or rejected,
//! and the counts add up; window, SVG, PNG and PDF are made from one [`scene::Scene`]; what a frame costs follows
//! pixels, not events.
//!
//! # The house
//! Imports point only to the left (`tests/architecture.rs` holds it):
//!
//! ```text
//! {time, task, text} → event → import → index → query → layout → scene → {paint, export} → cli → app
//! ```
//!
//! | module | what it is |
//! | --- | --- |
//! | [`time`] | points, bounds, EDTF, reading and wording dates, the tick ladder |
//! | [`task`] | named worker threads, progress, cancel |
//! | [`text`] | text metrics, and the fonts that figures bring along |
//! | [`event`] | the table of claims on Arrow columns, the document |
//! | [`import`] | sniff → read → map columns → read dates → document and ledger |
//! | [`index`] | `counts` and `events` for a lane and a window: the only way to many events |
//! | [`query`] | a search as a mask over events |
//! | [`layout`] | viewport, time scale, lanes, rows, labels |
//! | [`scene`] | primitives with roles and event ids, the themes, hit test |
//! | [`paint`] | scene → egui shapes, as one `egui_plot` item |
//! | [`export`] | a figure's page → SVG → PNG and PDF |
//! | [`cli`] | the command line: `export`, `inspect`, and what to open |
//! | [`app`] | the window: state, actions, commands, panels, dialogs |
//!
//! # A figure in a few lines
//! ```
//! use kairograph::export::{self, Figure, FigureFormat, FigureInput, Writing};
//! use kairograph::{import, index::Index, layout::{Arranged, Viewport}, query, scene::{Encodings, Surroundings}, task::Control, text::TextMeter};
//!
//! let control = Control::new();
//! let events = import::load(&[import::sample()], &import::Choices::default(), &control)?;
//! let document = &events.document;
//! let index = Index::by_kind(&document.table, |_| true);
//! let viewport = Viewport::around(document.extent().expect("the sample has dates"), 0.02);
//! let text = TextMeter::new();
//! let mask = query::Mask::ALL;
//! let input = FigureInput {
//!     document, index: &index, mask: &mask, lanes: &Arranged::plain(&index), encodings: Encodings::default(), relations: None,
//!     viewport,
//!     around: &Surroundings::default(), known_until: None, read_in: None, search: "", text: &text,
//! };
//! let (scene, about) = export::compose(&Figure::default(), &input);
//! let svg = export::render(&scene, &about, &Writing::new(FigureFormat::Svg, &text, &control))?;
//! assert!(svg.starts_with(b"<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
