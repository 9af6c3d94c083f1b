//! Text metrics from the bundled fonts, for screen and page alike; the only place that measures text.
//!
//! Inter Regular and SemiBold (SIL Open Font License) are compiled in and go as the same bytes to the window, to
//! PNG and to PDF, so that a label is equally wide everywhere. Shaping is `epaint`'s, without a window. Letters that
//! Inter lacks (Arabic, Hebrew, Chinese, Japanese, Korean, …) come from the system's fonts, on the screen and in figures
//! from the same ones.

mod bidi;

pub use bidi::on_screen;

use egui_system_font_provider::SystemFontProvider;
use epaint::text::{FontData, FontDefinitions, FontFamily, FontId, Fonts, LayoutJob, TextOptions};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Inter Regular, as OpenType bytes.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter SemiBold, as OpenType bytes.
pub const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
/// The family's name, as figures refer to it.
pub const FAMILY: &str = "Inter";
/// The name of the semi-bold face among egui's font families.
pub const SEMI_BOLD_FAMILY: &str = "Inter SemiBold";

/// A weight that is bundled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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

/// The bundled fonts alone.
fn bundled() -> Fonts {
    Fonts::new(TextOptions::default(), font_definitions())
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
    let lacking = lacking(text);
    if lacking.is_empty() {
        return Vec::new();
    }
    let mut fonts = with_system();
    let line = LayoutJob::simple_singleline(lacking, Weight::Regular.font(12.0), epaint::Color32::WHITE);
    fonts.with_pixels_per_point(1.0).layout_job(line);
    fonts.discovered_fonts().iter().map(|found| found.data.font.clone()).collect()
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

/// Measures text in the bundled fonts. Cheap to share; widths are remembered.
pub struct TextMeter {
    inner: Mutex<Inner>,
}

struct Inner {
    /// The bundled fonts.
    fonts: Fonts,
    /// With the system's, from the first letter on that the bundled ones lack.
    more: Option<Fonts>,
    widths: HashMap<(Weight, u32, String), f32>,
    /// How many texts were laid out since the fonts let go of what they keep of each.
    laid_out: usize,
}

/// The width alone is remembered: after so many texts the fonts let go of their glyphs' places.
const LET_GO: usize = 512;
/// More letters than any line has room for.
const LONGEST_LINE: usize = 600;
/// Beyond this many remembered widths the memory starts anew.
const REMEMBERED: usize = 60_000;

impl Default for TextMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl TextMeter {
    /// A meter over the bundled fonts.
    #[must_use]
    pub fn new() -> Self {
        Self { inner: Mutex::new(Inner { fonts: bundled(), more: None, widths: HashMap::new(), laid_out: 0 }) }
    }

    /// The advance width of one line of text, in points, at a size in points.
    #[must_use]
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        // Nothing so long is drawn; it is measured by its beginning.
        let text = text.char_indices().nth(LONGEST_LINE).map_or(text, |(end, _)| &text[..end]);
        let Ok(mut inner) = self.inner.lock() else { return text.len() as f32 * size * 0.6 };
        let key = (weight, size.to_bits(), text.to_owned());
        if let Some(&width) = inner.widths.get(&key) {
            return width;
        }
        if inner.widths.len() >= REMEMBERED {
            *inner = Inner { fonts: bundled(), more: None, widths: HashMap::new(), laid_out: 0 };
        }
        let job = LayoutJob::simple_singleline(text.to_owned(), weight.font(size), epaint::Color32::WHITE);
        let own = weight.font(size);
        let mut view = inner.fonts.with_pixels_per_point(1.0);
        let covered = text.is_ascii() || text.chars().all(|c| c.is_ascii() || view.has_glyph(&own, c));
        let width = if covered {
            view.layout_job(job).size().x
        } else {
            inner.more.get_or_insert_with(with_system).with_pixels_per_point(1.0).layout_job(job).size().x
        };
        inner.widths.insert(key, width);
        inner.laid_out += 1;
        if inner.laid_out >= LET_GO {
            inner.laid_out = 0;
            let Inner { fonts, more, .. } = &mut *inner;
            for fonts in std::iter::once(fonts).chain(more) {
                fonts.retain_galley_caches(|_| false);
            }
        }
        width
    }

    /// The longest beginning of `text` that fits, cut at a word's end where that costs little, with an ellipsis;
    /// the whole text if it fits, `None` if not even a few letters do.
    #[must_use]
    pub fn fit(&self, text: &str, size: f32, weight: Weight, room: f32) -> Option<String> {
        // A line has room for a few hundred letters; a text of a million is not measured to learn that.
        let letters: Vec<char> = text.chars().take(LONGEST_LINE).collect();
        if text.len() <= LONGEST_LINE && self.width(text, size, weight) <= room {
            return Some(text.to_owned());
        }
        let cut = |count: usize| -> String {
            let head: String = letters[..count].iter().collect();
            format!("{}…", head.trim_end())
        };
        // The longest beginning that fits, by bisection: widths grow with the text.
        let (mut fits, mut too_long) = (0, letters.len());
        while too_long - fits > 1 {
            let middle = fits.midpoint(too_long);
            if self.width(&cut(middle), size, weight) <= room { fits = middle } else { too_long = middle }
        }
        if fits < 4 {
            return None;
        }
        let word_end = (fits * 2 / 3..fits).rev().find(|&i| letters[i] == ' ' && i > 3);
        Some(cut(if letters.get(fits) == Some(&' ') { fits } else { word_end.unwrap_or(fits) }))
    }

    /// Breaks text into lines no wider than `room`, at spaces; a word wider than that is cut.
    #[must_use]
    pub fn wrap(&self, text: &str, size: f32, weight: Weight, room: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace().take(2_000) {
            let word = self.fit(word, size, weight, room).unwrap_or_else(|| "…".to_owned());
            let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if self.width(&longer, size, weight) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = word;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_text_is_wider_and_bold_is_wider_than_regular() {
        let meter = TextMeter::new();
        let width = |text, weight| meter.width(text, 13.0, weight);
        assert!(width("Vostok", Weight::Regular) < width("Vostok 2022", Weight::Regular));
        assert!(width("Vostok", Weight::Regular) < width("Vostok", Weight::SemiBold));
        assert!(meter.width("Vostok", 26.0, Weight::Regular) > 1.9 * width("Vostok", Weight::Regular));
    }

    #[test]
    fn text_that_does_not_fit_is_cut_with_an_ellipsis_and_stays_inside() {
        let meter = TextMeter::new();
        let text = "International Army Games, tank biathlon";
        for room in [60.0, 90.0, 140.0] {
            let cut = meter.fit(text, 13.0, Weight::Regular, room).unwrap();
            assert!(cut.ends_with('…') && meter.width(&cut, 13.0, Weight::Regular) <= room, "{cut}");
        }
        assert_eq!(meter.fit(text, 13.0, Weight::Regular, 1_000.0).as_deref(), Some(text));
        assert_eq!(meter.fit(text, 13.0, Weight::Regular, 12.0), None);
    }

    #[test]
    fn wrapped_lines_stay_inside_their_room() {
        let meter = TextMeter::new();
        let lines = meter.wrap("Dates as the sources give them; none is made finer.", 12.0, Weight::Regular, 120.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| meter.width(line, 12.0, Weight::Regular) <= 120.0));
    }
}
