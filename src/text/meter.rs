//! The width of texts, and how much of one a room holds.

use super::advances::Advances;
use super::bidi::Origin;
use super::{Weight, bidi, bundled, with_system};
use epaint::text::{Fonts, LayoutJob};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Measures text in the bundled fonts. Cheap to share; widths are remembered.
pub struct TextMeter {
    inner: Mutex<Inner>,
}

struct Inner {
    /// The bundled fonts.
    fonts: Fonts,
    /// With the system's, from the first letter on that the bundled ones lack.
    more: Option<Fonts>,
    /// By weight: the widths of whole texts at [`MEASURED_AT`].
    texts: [HashMap<String, f32>; 2],
    /// By weight: what shaped texts taught.
    advances: [Advances; 2],
    /// By weight: the widths of single letters at [`MEASURED_AT`], unkerned; `None` for those that say little of a text's.
    letters: [HashMap<char, Option<f32>>; 2],
    /// How many texts were laid out since the fonts let go of what they keep of each.
    laid_out: usize,
    /// Letters of shaped texts that no font has.
    missing: BTreeSet<char>,
}

/// A part of a text that is drawn in one font, and where it begins, in points from the left of the text.
pub type Piece<'t> = (Cow<'t, str>, f32);

/// The size at which everything is measured once: the advances of an outline font grow with its size and nothing else.
const MEASURED_AT: f32 = 16.0;
/// The width alone is remembered: after so many texts the fonts let go of their glyphs' places.
const LET_GO: usize = 512;
/// More letters than any line has room for.
const LONGEST_LINE: usize = 600;
/// Beyond this many remembered widths the memory starts anew.
const REMEMBERED: usize = 60_000;
/// How far a width may be from the sum of its letters' widths, as a part of the sum, by kerning and ligatures. Beyond
/// that, a text need not be shaped to know whether it fits.
const SURE: f32 = 0.12;

impl Inner {
    fn new() -> Self {
        Self {
            fonts: bundled(),
            more: None,
            texts: Default::default(),
            advances: Default::default(),
            letters: Default::default(),
            laid_out: 0,
            missing: BTreeSet::new(),
        }
    }

    /// The width of a text at [`MEASURED_AT`]; what is not known is shaped.
    fn width(&mut self, text: &str, weight: Weight) -> f32 {
        if let Some(&width) = self.texts[weight as usize].get(text) {
            return width;
        }
        if let Some(width) = self.advances[weight as usize].width(text) {
            return width;
        }
        self.shaped(text, weight)
    }

    /// The width of a text at [`MEASURED_AT`] by shaping it, whatever is known.
    fn shaped(&mut self, text: &str, weight: Weight) -> f32 {
        if self.texts.iter().map(HashMap::len).sum::<usize>() >= REMEMBERED {
            *self = Self::new();
        }
        let font = weight.font(MEASURED_AT);
        let job = LayoutJob::simple_singleline(text.to_owned(), font.clone(), epaint::Color32::WHITE);
        let mut view = self.fonts.with_pixels_per_point(1.0);
        let covered = text.is_ascii() || text.chars().all(|c| c.is_ascii() || view.has_glyph(&font, c));
        let width = if covered {
            let laid_out = view.layout_job(job);
            self.advances[weight as usize].learn(text, &laid_out);
            laid_out.size().x
        } else {
            let mut more = self.more.get_or_insert_with(with_system).with_pixels_per_point(1.0);
            let boxed =
                text.chars().filter(|c| is_seen(*c) && !view.has_glyph(&font, *c) && !more.has_glyph(&font, *c));
            self.missing.extend(boxed);
            more.layout_job(job).size().x
        };
        self.texts[weight as usize].insert(text.to_owned(), width);
        self.laid_out += 1;
        if self.laid_out >= LET_GO {
            self.laid_out = 0;
            for fonts in std::iter::once(&mut self.fonts).chain(&mut self.more) {
                fonts.retain_galley_caches(|_| false);
            }
        }
        width
    }

    /// The sum of the widths of a text's letters at [`MEASURED_AT`], which costs next to nothing; `None` in scripts whose
    /// letters change with their neighbours, and where the bundled fonts lack one, for there it says little.
    fn sum(&mut self, text: &str, weight: Weight) -> Option<f32> {
        let font = weight.font(MEASURED_AT);
        let letters = &mut self.letters[weight as usize];
        let mut view = self.fonts.with_pixels_per_point(1.0);
        let mut width = |c: char| (stands_alone(c) && view.has_glyph(&font, c)).then(|| view.glyph_width(&font, c));
        text.chars().map(|c| *letters.entry(c).or_insert_with(|| width(c))).sum()
    }

    /// Where each letter of a text comes from.
    fn origins(&mut self, text: &str, weight: Weight) -> Vec<Origin> {
        let font = weight.font(MEASURED_AT);
        let mut view = self.fonts.with_pixels_per_point(1.0);
        let bundled: Vec<bool> = text.chars().map(|c| c.is_ascii() || view.has_glyph(&font, c)).collect();
        if bundled.iter().all(|own| *own) {
            return vec![Origin::Bundle; bundled.len()];
        }
        let mut more = self.more.get_or_insert_with(with_system).with_pixels_per_point(1.0);
        let mut origin = |(c, bundled): (char, bool)| match bundled {
            true => Origin::Bundle,
            false if more.has_glyph(&font, c) => Origin::System,
            false => Origin::Nowhere,
        };
        text.chars().zip(bundled).map(&mut origin).collect()
    }

    /// Whether a text is no wider than a room at [`MEASURED_AT`].
    fn fits(&mut self, text: &str, weight: Weight, room: f32) -> bool {
        match self.sum(text, weight) {
            Some(sum) if sum * (1.0 + SURE) < room => true,
            Some(sum) if sum * (1.0 - SURE) > room => false,
            _ => self.width(text, weight) <= room,
        }
    }

    /// How many of the first letters of a text fit with an ellipsis, by bisection: widths grow with the text.
    fn fitting(&mut self, letters: &[char], weight: Weight, room: f32) -> usize {
        let (mut fits, mut too_long) = (0, letters.len());
        while too_long - fits > 1 {
            let middle = fits.midpoint(too_long);
            if self.fits(&cut(letters, middle), weight, room) { fits = middle } else { too_long = middle }
        }
        fits
    }
}

/// Whether a letter is of a script whose letters keep their widths beside others: Latin, Greek, Cyrillic, and the signs
/// used with them.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}')
}

/// Whether a letter is seen: marks of direction and joiners are not.
pub(super) fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// Letters that are drawn as boxes, in a sentence without its stop.
#[must_use]
pub fn boxed_words(letters: &str) -> String {
    let first: String = letters.chars().take(8).collect();
    let count = match letters.chars().count() {
        1 => "1 letter".to_owned(),
        count => format!("{count} letters"),
    };
    format!(
        "No font of this system has {count}, such as “{first}”: they are drawn as boxes. Install a font that has them"
    )
}

/// The first letters of a text and an ellipsis.
fn cut(letters: &[char], count: usize) -> String {
    let head: String = letters[..count].iter().collect();
    format!("{}…", head.trim_end())
}

/// As much of a text as is ever measured: nothing so long is drawn.
fn measured(text: &str) -> &str {
    text.char_indices().nth(LONGEST_LINE).map_or(text, |(end, _)| &text[..end])
}

impl Default for TextMeter {
    fn default() -> Self {
        Self::new()
    }
}

impl TextMeter {
    /// A meter over the bundled fonts.
    #[must_use]
    pub fn new() -> Self {
        Self { inner: Mutex::new(Inner::new()) }
    }

    /// What it knows; after a panic elsewhere it still knows widths, and they are true.
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The advance width of one line of text, in points, at a size in points.
    #[must_use]
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.inner().width(measured(text), weight) * size / MEASURED_AT
    }

    /// The width of a text by shaping it, whatever was learnt.
    #[cfg(test)]
    pub(super) fn shaped(&self, text: &str, size: f32, weight: Weight) -> f32 {
        self.inner().shaped(measured(text), weight) * size / MEASURED_AT
    }

    /// Whether the width of a text is known from others.
    #[cfg(test)]
    pub(super) fn knows(&self, text: &str, weight: Weight) -> bool {
        self.inner().advances[weight as usize].width(text).is_some()
    }

    /// The pieces of a text that are each drawn in one font, with the places at which they begin, from the left, and the
    /// width of all, in points at a size; `None` where one font has all letters and they run as a renderer takes them to.
    #[must_use]
    pub fn pieces<'t>(&self, text: &'t str, size: f32, weight: Weight) -> Option<(Vec<Piece<'t>>, f32)> {
        if text.is_ascii() {
            return None;
        }
        let own = self.inner().origins(text, weight);
        if own.iter().all(|own| *own == Origin::Bundle) {
            return None;
        }
        let width = |text: &str| self.width(&bidi::on_screen(text), size, weight);
        let (space, mut x, mut out) = (width("m m") - width("mm"), 0.0, Vec::new());
        for (piece, from_the_right) in bidi::pieces(text, &own) {
            // Spaces around a piece are room: renderers do not agree at which end of it they stand.
            let spaces = |rest: &str| (piece.len() - rest.len()) as f32 * space;
            let (before, behind) = (spaces(piece.trim_start_matches(' ')), spaces(piece.trim_end_matches(' ')));
            let words = piece.trim_matches(' ');
            let (before, behind) = if from_the_right { (behind, before) } else { (before, behind) };
            if words.is_empty() {
                x += before;
                continue;
            }
            let held = if from_the_right { bidi::held_from_the_right(words) } else { Cow::Borrowed(words) };
            out.push((held, x + before));
            x += before + width(words) + behind;
        }
        let as_it_is = matches!(out.as_slice(), [] | [(Cow::Borrowed(_), _)]);
        (!as_it_is).then_some((out, x))
    }

    /// The letters of a text, each once, that neither the bundled fonts nor the system's have: they are drawn as boxes.
    #[must_use]
    pub fn without_font(&self, text: &str) -> String {
        let letters: String = text.chars().filter(|c| is_seen(*c)).collect::<BTreeSet<char>>().into_iter().collect();
        let origins = self.inner().origins(&letters, Weight::Regular);
        letters.chars().zip(origins).filter(|(_, origin)| *origin == Origin::Nowhere).map(|(c, _)| c).collect()
    }

    /// Those of the texts measured since [`Self::forget`] that are drawn as boxes.
    #[must_use]
    pub fn boxed(&self) -> String {
        self.inner().missing.iter().collect()
    }

    /// Lets go of the widths of whole texts, as when other ones will be asked for.
    pub fn forget(&self) {
        let mut inner = self.inner();
        inner.texts.iter_mut().for_each(HashMap::clear);
        inner.missing.clear();
    }

    /// About how wide a line of text is, in points: near enough to choose among lines, at hardly any cost for most scripts.
    #[must_use]
    pub fn about(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let (text, mut inner) = (measured(text), self.inner());
        inner.sum(text, weight).unwrap_or_else(|| inner.width(text, weight)) * size / MEASURED_AT
    }

    /// The longest beginning of `text` that fits, cut at a word's end where that costs little, with an ellipsis;
    /// the whole text if it fits, `None` if not even a few letters do.
    #[must_use]
    pub fn fit(&self, text: &str, size: f32, weight: Weight, room: f32) -> Option<String> {
        let mut inner = self.inner();
        let room = room * MEASURED_AT / size;
        // A line has room for a few hundred letters; a text of a million is not measured to learn that.
        if measured(text).len() == text.len() && inner.fits(text, weight, room) {
            return Some(text.to_owned());
        }
        let letters: Vec<char> = measured(text).chars().collect();
        let fits = inner.fitting(&letters, weight, room);
        if fits < 4 {
            return None;
        }
        let word_end = (fits * 2 / 3..fits).rev().find(|&i| letters[i] == ' ' && i > 3);
        Some(cut(&letters, if letters.get(fits) == Some(&' ') { fits } else { word_end.unwrap_or(fits) }))
    }

    /// Breaks text into lines no wider than `room`, at spaces; a word wider than that is cut.
    #[must_use]
    pub fn wrap(&self, text: &str, size: f32, weight: Weight, room: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace().take(2_000) {
            let word = self.fit(word, size, weight, room).unwrap_or_else(|| "…".to_owned());
            let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
            if self.inner().fits(measured(&longer), weight, room * MEASURED_AT / size) {
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
    fn a_text_of_several_fonts_falls_into_pieces_as_they_stand() {
        let meter = TextMeter::new();
        let pieces = |text| meter.pieces(text, 12.0, Weight::Regular);
        let words = |text: &'static str| {
            pieces(text).map(|(all, _)| all.into_iter().map(|(piece, _)| piece.into_owned()).collect::<Vec<_>>())
        };
        let some = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!((words(""), words("Vostok · Учения"), words("بيان مشترك")), (None, None, None));
        assert_eq!(words("Joint 2022 بيان مشترك"), some(&["Joint 2022", "بيان مشترك"]));
        // A line that begins from the right runs from there.
        assert_eq!(words("بيان مشترك · May"), some(&["May", "\u{200f}بيان مشترك ·\u{200f}"]));
        assert_eq!(words("Учения 演 2022"), some(&["Учения", "演", "2022"]));
        // A number after words from the right stands at their left.
        assert_eq!(words("تمرين 2022"), some(&["2022", "تمرين"]));
        let (all, width) = pieces("Учения 演 2022").unwrap();
        let whole = meter.width("Учения 演 2022", 12.0, Weight::Regular);
        assert!(
            all.windows(2).all(|pair| pair[0].1 + 3.0 < pair[1].1) && (width - whole).abs() < 1.0,
            "{all:?} {width} {whole}"
        );
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
    fn the_widths_of_letters_tell_that_of_a_text_within_what_is_counted_on() {
        let meter = TextMeter::new();
        for text in [
            "AVAVAVAVA To Ty. Wo",
            "Военные учения «Восток-2022»",
            "Vostok · 30 Aug – 5 Sep 2022",
            "ffi fl -> <= 1:2",
        ] {
            for weight in [Weight::Regular, Weight::SemiBold] {
                let mut inner = meter.inner();
                let (exact, sum) = (inner.width(text, weight), inner.sum(text, weight).unwrap());
                assert!((exact - sum).abs() < sum * SURE, "{text}: {exact} {sum}");
            }
        }
        // Joined letters and combining marks are shaped to be known.
        assert_eq!(meter.inner().sum("مناورات", Weight::Regular), None);
        assert_eq!(meter.inner().sum("e\u{301}", Weight::Regular), None);
    }

    #[test]
    fn what_is_drawn_at_a_size_is_as_wide_as_the_meter_says() {
        let meter = TextMeter::new();
        let mut fonts = bundled();
        for size in [7.0, 9.5, 11.18, 13.0, 26.0] {
            let text = "International Army Games, Vostok 2022";
            let job =
                LayoutJob::simple_singleline(text.to_owned(), Weight::Regular.font(size), epaint::Color32::WHITE);
            let drawn = fonts.with_pixels_per_point(1.0).layout_job(job).size().x;
            assert!((meter.width(text, size, Weight::Regular) - drawn).abs() < 0.1, "at {size}");
        }
    }

    #[test]
    fn wrapped_lines_stay_inside_their_room() {
        let meter = TextMeter::new();
        let lines = meter.wrap("Dates as the sources give them; none is made finer.", 12.0, Weight::Regular, 120.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| meter.width(line, 12.0, Weight::Regular) <= 120.0));
    }
}
