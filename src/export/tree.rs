//! The SVG as resvg and krilla read it: with the bundled fonts, and the system's only where those lack a letter.

use super::ExportError;
use crate::text;
use resvg::usvg::{self, fontdb};
use std::sync::{Arc, OnceLock};

/// The tree of an SVG that this program wrote.
pub(super) fn parse(svg: &str) -> Result<usvg::Tree, ExportError> {
    let fontdb = if text::covers(svg) { bundled() } else { with_system() };
    let options = usvg::Options { fontdb, font_family: text::FAMILY.to_owned(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| ExportError::Refused { reason: error.to_string() })
}

fn bundled() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS.get_or_init(|| Arc::new(database())).clone()
}

fn with_system() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = database();
            fonts.load_system_fonts();
            Arc::new(fonts)
        })
        .clone()
}

fn database() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    for bytes in [text::REGULAR, text::SEMI_BOLD] {
        fonts.load_font_data(bytes.to_vec());
    }
    fonts.set_sans_serif_family(text::FAMILY);
    fonts
}
