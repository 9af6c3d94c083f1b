//! Text metrics from the bundled fonts, for screen and page alike; the only place that measures text.
//!
//! Inter Regular and SemiBold (SIL Open Font License) are compiled in and go as the same bytes to the window, to
//! PNG and to PDF, so that a label is equally wide everywhere. Shaping is `epaint`'s, without a window. Letters that
//! Inter lacks (Arabic, Hebrew, Chinese, Japanese, Korean, …) come from the system's fonts, on the screen and in figures
//! from the same ones. Figures as SVG bring along what they use of them ([`drawings`]).

mod advances;
mod bidi;
mod faces;
mod meter;
mod subset;
mod woff;

pub use bidi::{begins_from_the_right, on_screen};
pub use faces::{Drawing, NotEmbedded, drawings};
pub use meter::{Piece, TextMeter, boxed_words};

use egui_system_font_provider::SystemFontProvider;
use epaint::text::{FontData, FontDefinitions, FontFamily, FontId, Fonts, LayoutJob, TextOptions};
use std::sync::{Arc, OnceLock};

/// Inter Regular, as OpenType bytes.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter SemiBold, as OpenType bytes.
pub const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
/// The family's name, as figures refer to it.
pub const FAMILY: &str = "Inter";
/// The name of the semi-bold face among egui's font families.
pub const SEMI_BOLD_FAMILY: &str = "Inter SemiBold";

/// A weight that is bundled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 600.
    SemiBold,
}

impl Weight {
    /// The weight on CSS's scale.
    #[must_use]
    pub fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::SemiBold => 600,
        }
    }

    /// The font of this weight at a size in points.
    #[must_use]
    pub fn font(self, size: f32) -> FontId {
        let family = match self {
            Self::Regular => FontFamily::Proportional,
            Self::SemiBold => FontFamily::Name(SEMI_BOLD_FAMILY.into()),
        };
        FontId::new(size, family)
    }
}

/// The bundled fonts, as the window and the measuring need them.
#[must_use]
pub fn font_definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [(FAMILY, REGULAR), (SEMI_BOLD_FAMILY, SEMI_BOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec![FAMILY.to_owned(), SEMI_BOLD_FAMILY.to_owned()]);
    }
    let bold = FontFamily::Name(SEMI_BOLD_FAMILY.into());
    fonts.families.insert(bold, vec![SEMI_BOLD_FAMILY.to_owned(), FAMILY.to_owned()]);
    fonts
}

/// The bundled fonts alone, to measure with: nobody sees their glyphs, which are neither hinted nor drawn at parts of a
/// pixel.
fn bundled() -> Fonts {
    let options = TextOptions { subpixel_binning: false, font_hinting: false, ..TextOptions::default() };
    Fonts::new(options, font_definitions())
}

/// The bundled fonts, and the system's for letters that they lack: the same that the window takes.
fn with_system() -> Fonts {
    static SYSTEM: OnceLock<Arc<SystemFontProvider>> = OnceLock::new();
    let system = SYSTEM.get_or_init(|| Arc::new(SystemFontProvider::new())).clone();
    bundled().with_font_providers(vec![system])
}

/// The letters of a text that the bundled fonts lack.
fn lacking(text: &str) -> String {
    let beyond: std::collections::BTreeSet<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    if beyond.is_empty() {
        return String::new();
    }
    let mut fonts = bundled();
    let mut view = fonts.with_pixels_per_point(1.0);
    let font = Weight::Regular.font(12.0);
    beyond.into_iter().filter(|c| !view.has_glyph(&font, *c)).collect()
}

/// The contents of font files of the system, for the letters of a text that the bundled fonts lack: those that the window
/// draws it with. None where nothing lacks, or where the system has none either.
#[must_use]
pub fn fallback_fonts(text: &str) -> Vec<Arc<dyn AsRef<[u8]> + Send + Sync>> {
    fallbacks(text).into_iter().map(|(_, file, _)| file).collect()
}

/// As [`fallback_fonts`], with the name by which the system knows each and its place in its file.
fn fallbacks(text: &str) -> Vec<(String, faces::Blob, u32)> {
    let lacking = lacking(text);
    if lacking.is_empty() {
        return Vec::new();
    }
    let mut fonts = with_system();
    let line = LayoutJob::simple_singleline(lacking, Weight::Regular.font(12.0), epaint::Color32::WHITE);
    fonts.with_pixels_per_point(1.0).layout_job(line);
    let found = fonts.discovered_fonts().iter();
    found.map(|found| (found.name.clone(), found.data.font.clone(), found.data.index)).collect()
}

/// A count in groups of three digits, "1 234 567", with spaces that do not break; four digits stay together.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}
