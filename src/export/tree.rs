//! The SVG as resvg and krilla read it: with the bundled fonts, and the system's only where those lack a letter.

use super::ExportError;
use crate::text;
use resvg::usvg::{self, fontdb};
use std::sync::{Arc, OnceLock};

/// The tree of an SVG that this program wrote.
pub(super) fn parse(svg: &str) -> Result<usvg::Tree, ExportError> {
    let more = text::fallback_fonts(svg);
    let fontdb = if more.is_empty() { bundled() } else { with(more) };
    let options = usvg::Options { fontdb, font_family: text::FAMILY.to_owned(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| ExportError::Refused { reason: error.to_string() })
}

fn bundled() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS.get_or_init(|| Arc::new(database())).clone()
}

/// The bundled fonts and a few of the system's.
fn with(more: Vec<Arc<dyn AsRef<[u8]> + Send + Sync>>) -> Arc<fontdb::Database> {
    let mut fonts = database();
    for font in more {
        fonts.load_font_source(fontdb::Source::Binary(font));
    }
    Arc::new(fonts)
}

fn database() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for bytes in [text::REGULAR, text::SEMI_BOLD] {
        fonts.load_font_data(bytes.to_vec());
    }
    fonts.set_sans_serif_family(text::FAMILY);
    fonts
}
