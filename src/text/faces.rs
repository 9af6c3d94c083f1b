//! Which fonts draw some texts, and each of them as a file with what it draws of them alone: for figures that bring their
//! fonts along.

use super::{FAMILY, REGULAR, SEMI_BOLD, Weight, subset, woff};
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The content of a font file.
pub(super) type Blob = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A font with pieces of texts that it draws.
pub struct Drawing {
    /// The font's family.
    pub family: String,
    /// The weight that it has in a figure; `None` where one font stands for all weights.
    pub weight: Option<Weight>,
    file: Blob,
    index: u32,
    pieces: BTreeSet<String>,
}

/// Why a font is not brought along by a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEmbedded {
    /// Its maker does not allow it.
    Forbidden,
    /// Its maker does not allow it in parts.
    NotInParts,
    /// It has no outlines, as fonts of pictures in colours have none.
    WithoutOutlines,
    /// It lacks a table that it must have, or one cannot be read.
    Unreadable,
}

impl NotEmbedded {
    /// The reason, in a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Forbidden => "its maker does not allow it",
            Self::NotInParts => "its maker does not allow parts of it",
            Self::WithoutOutlines => "it has no outlines",
            Self::Unreadable => "it cannot be read",
        }
    }
}

impl Drawing {
    /// The font with the glyphs of its pieces, and what shapes them, as a WOFF file. The same pieces give the same bytes.
    ///
    /// # Errors
    /// When its maker does not allow it or it has no outlines.
    pub fn file(&self) -> Result<Vec<u8>, NotEmbedded> {
        let font = self.font().ok_or(NotEmbedded::Unreadable)?;
        may_be_embedded(&font)?;
        let (glyphs, shaped) = glyphs(&font, &self.pieces);
        let bytes = subset::font(&font, &glyphs, shaped).ok_or(NotEmbedded::WithoutOutlines)?;
        woff::file(&bytes).map_err(|_| NotEmbedded::Unreadable)
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.file).as_ref(), self.index).ok()
    }

    fn has(&self, letter: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(letter).is_some())
    }
}

/// The fonts that draw texts: the bundled ones, and the system's for letters that those lack, each with its pieces. Fonts that
/// draw none of them are left out.
#[must_use]
pub fn drawings(texts: &BTreeSet<(Weight, String)>) -> Vec<Drawing> {
    let bundled = |weight, bytes: &'static [u8]| Drawing {
        family: FAMILY.to_owned(),
        weight: Some(weight),
        file: Arc::new(bytes),
        index: 0,
        pieces: BTreeSet::new(),
    };
    let mut all = vec![bundled(Weight::Regular, REGULAR), bundled(Weight::SemiBold, SEMI_BOLD)];
    let letters: BTreeSet<char> = texts.iter().flat_map(|(_, text)| text.chars()).collect();
    let more = super::fallbacks(&letters.iter().collect::<String>());
    all.extend(more.into_iter().map(|(name, file, index)| Drawing {
        family: family(&file, index).unwrap_or(name),
        weight: None,
        file,
        index,
        pieces: BTreeSet::new(),
    }));
    let of: std::collections::HashMap<(char, Weight), usize> = letters
        .iter()
        .flat_map(|letter| [Weight::Regular, Weight::SemiBold].map(|weight| (*letter, weight)))
        .filter_map(|(letter, weight)| {
            let fits = |font: &Drawing| font.weight.is_none_or(|own| own == weight) && font.has(letter);
            Some(((letter, weight), all.iter().position(fits)?))
        })
        .collect();
    for (weight, text) in texts {
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunk_by(|a, b| of.get(&(*a, *weight)) == of.get(&(*b, *weight))) {
            if let Some(font) = of.get(&(piece[0], *weight)) {
                all[*font].pieces.insert(piece.iter().collect());
            }
        }
    }
    all.retain(|font| !font.pieces.is_empty());
    all
}

/// The family of a font, by its own name table.
fn family(file: &Blob, index: u32) -> Option<String> {
    let font = FontRef::from_index((**file).as_ref(), index).ok()?;
    let name = font.localized_strings(StringId::FAMILY_NAME).english_or_first()?;
    Some(name.chars().collect())
}

/// Whether a font may be part of a figure, in parts, by the type flags of its maker (`fsType` in OpenType's `OS/2`): 2 is
/// "restricted", 4 and 8 allow more and count before it; 0x100 is "whole or not", 0x200 "bitmaps alone".
fn may_be_embedded(font: &FontRef) -> Result<(), NotEmbedded> {
    let kinds = font.os2().map_err(|_| NotEmbedded::Unreadable)?.fs_type();
    match kinds {
        _ if kinds & 0xe == 2 || kinds & 0x200 != 0 => Err(NotEmbedded::Forbidden),
        _ if kinds & 0x100 != 0 => Err(NotEmbedded::NotInParts),
        _ => Ok(()),
    }
}

/// Letters that are turned around in lines from the right (`Bidi_Mirrored` in Unicode, those that texts have), in pairs.
const MIRRORED: [(char, char); 9] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›'), ('≤', '≥'), ('⟨', '⟩'), ('「', '」')];

/// The other one of a pair.
fn mirrored(letter: char) -> Option<char> {
    let pair = MIRRORED.iter().find(|pair| pair.0 == letter || pair.1 == letter)?;
    Some(if pair.0 == letter { pair.1 } else { pair.0 })
}

/// The glyphs that pieces take, by themselves and beside each other, and whether a table of the font moves or changes any.
fn glyphs(font: &FontRef, pieces: &BTreeSet<String>) -> (BTreeSet<u32>, bool) {
    let (data, charmap) = (ShaperData::new(font), font.charmap());
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let shaper = data.shaper(font).build();
    let count = font.maxp().map_or(0, |maxp| u32::from(maxp.num_glyphs()));
    let (mut glyphs, mut changed, mut buffer) = (BTreeSet::new(), false, UnicodeBuffer::new());
    for piece in pieces {
        buffer.push_str(piece);
        buffer.guess_segment_properties();
        let out = shaper.shape(buffer, ShapeOptions::new());
        let mut alone: Vec<u32> = piece.chars().filter_map(|c| charmap.map(c)).map(GlyphId::to_u32).collect();
        glyphs.extend(&alone);
        // In which direction a renderer takes a piece is its own affair.
        let turned = piece.chars().filter_map(mirrored).filter_map(|letter| charmap.map(letter));
        glyphs.extend(turned.map(GlyphId::to_u32));
        let beside: Vec<u32> = out.glyph_infos().iter().map(|info| info.glyph_id).collect();
        glyphs.extend(&beside);
        alone.sort_unstable();
        let mut sorted = beside.clone();
        sorted.sort_unstable();
        changed |= alone != sorted
            || out.glyph_positions().iter().zip(&beside).any(|(place, glyph)| {
                let width = metrics.advance_width((*glyph).into()).unwrap_or_default();
                (place.x_advance as f32 - width).abs() > 0.5 || place.x_offset != 0 || place.y_offset != 0
            });
        buffer = out.clear();
    }
    glyphs.retain(|glyph| *glyph < count);
    (glyphs, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(file: &'static [u8], pieces: &[&str]) -> Drawing {
        let pieces = pieces.iter().map(|piece| (*piece).to_owned()).collect();
        Drawing { family: FAMILY.to_owned(), weight: None, file: Arc::new(file), index: 0, pieces }
    }

    /// The subset as a font that can be read, and whether it shapes text.
    fn subset_of(pieces: &[&str]) -> (Vec<u8>, bool) {
        let drawing = drawing(REGULAR, pieces);
        let font = drawing.font().unwrap();
        let (glyphs, shaped) = glyphs(&font, &drawing.pieces);
        (subset::font(&font, &glyphs, shaped).unwrap(), shaped)
    }

    fn widths(font: &FontRef, text: &str) -> Vec<(u32, i32)> {
        let (data, mut buffer) = (ShaperData::new(font), UnicodeBuffer::new());
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let out = data.shaper(font).build().shape(buffer, ShapeOptions::new());
        out.glyph_infos().iter().zip(out.glyph_positions()).map(|(info, at)| (info.glyph_id, at.x_advance)).collect()
    }

    #[test]
    fn a_subset_shapes_its_texts_as_the_whole_font_does_and_has_no_other_letters() {
        let text = "AVATAR: Учения 10:30 -> 5×7";
        let (bytes, shaped) = subset_of(&[text]);
        let (whole, part) = (FontRef::new(REGULAR).unwrap(), FontRef::new(&bytes).unwrap());
        assert!(shaped && bytes.len() < REGULAR.len() / 2, "{}", bytes.len());
        assert_eq!(widths(&part, text), widths(&whole, text));
        assert_eq!((part.charmap().map('B'), part.charmap().map('A')), (None, whole.charmap().map('A')));
    }

    #[test]
    fn letters_of_a_subset_have_the_outlines_of_the_whole_font_and_the_others_none() {
        let (bytes, _) = subset_of(&["Sg"]);
        let (whole, part) = (FontRef::new(REGULAR).unwrap(), FontRef::new(&bytes).unwrap());
        let edges = |font: &FontRef, glyph: GlyphId| {
            let bounds = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(glyph)?;
            Some([bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max])
        };
        for letter in ['S', 'g'] {
            let glyph = whole.charmap().map(letter).unwrap();
            let (own, other) = (edges(&part, glyph).unwrap(), edges(&whole, glyph).unwrap());
            assert!(own.iter().zip(other).all(|(own, other)| (own - other).abs() <= 1.0), "{own:?} {other:?}");
        }
        let unused = whole.charmap().map('B').unwrap();
        assert!(edges(&whole, unused).is_some_and(|edges| edges[2] > 0.0));
        assert!(edges(&part, unused).is_none_or(|edges| edges.iter().all(|edge| edge.abs() < 0.5)));
    }

    #[test]
    fn what_no_table_changes_brings_no_such_table_along() {
        let (bytes, shaped) = subset_of(&["…"]);
        let font = FontRef::new(&bytes).unwrap();
        assert!(!shaped && font.gsub().is_err() && font.gpos().is_err());
        assert!(bytes.len() < 30_000, "{}", bytes.len());
    }

    #[test]
    fn a_font_whose_maker_forbids_it_and_one_without_outlines_are_not_embedded() {
        let at = FontRef::new(REGULAR).unwrap().table_directory().table_records().iter();
        let at = at.clone().find(|record| record.tag() == skrifa::Tag::new(b"OS/2")).unwrap().offset() as usize + 8;
        let flagged = |kinds: u16| {
            let mut bytes = REGULAR.to_vec();
            bytes[at..at + 2].copy_from_slice(&kinds.to_be_bytes());
            let pieces = BTreeSet::from(["Vostok".to_owned()]);
            Drawing { file: Arc::new(bytes), pieces, ..drawing(REGULAR, &[]) }.file().map(|file| file.len() > 1_000)
        };
        assert_eq!((flagged(0), flagged(8), flagged(6)), (Ok(true), Ok(true), Ok(true)));
        let refused = Err(NotEmbedded::Forbidden);
        assert_eq!((flagged(2), flagged(3), flagged(0x200)), (refused, refused, refused));
        assert_eq!(flagged(0x108), Err(NotEmbedded::NotInParts));
        assert_eq!(drawing(b"not a font", &["a"]).file(), Err(NotEmbedded::Unreadable));
        assert_eq!(drawing(REGULAR, &[" "]).file(), Err(NotEmbedded::WithoutOutlines));
    }

    #[test]
    fn brackets_are_there_for_either_direction() {
        let (bytes, _) = subset_of(&["abc ("]);
        let font = FontRef::new(&bytes).unwrap();
        assert!(font.charmap().map(')').is_some() && font.charmap().map(']').is_none());
    }

    #[test]
    fn a_font_has_the_same_bytes_whenever_it_is_made() {
        let file = || drawing(REGULAR, &["Vostok 2022", "Учения"]).file().unwrap();
        assert_eq!(file(), file());
        // On every machine: only another version of the font or of what reads, writes and packs it may change them.
        let mut sum = flate2::Crc::new();
        sum.update(&file());
        assert_eq!((sum.amount(), sum.sum()), (36_664, 3_367_316_390));
    }

    #[test]
    fn each_weight_brings_its_own_texts() {
        let texts = [(Weight::Regular, "Vostok"), (Weight::SemiBold, "Exercise"), (Weight::Regular, "Summit")];
        let texts = texts.map(|(weight, text)| (weight, text.to_owned())).into();
        let all: Vec<_> = drawings(&texts).into_iter().map(|font| (font.weight, font.pieces.len())).collect();
        assert_eq!(all, [(Some(Weight::Regular), 2), (Some(Weight::SemiBold), 1)]);
        assert!(drawings(&BTreeSet::new()).is_empty());
    }
}
