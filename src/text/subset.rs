//! A font that holds some glyphs of another one.
//!
//! Glyphs keep their numbers, so that the tables that shape text (`GSUB`, `GPOS`, `GDEF`, `kern`) can be taken over as they
//! are; glyphs that are not needed are empty. Outlines of every kind are drawn once and written as TrueType ones, a variable
//! font's as it is without a choice.
//!
//! What is left as it was: the header's bounding box, which is that of the whole font. What is left out: variation selectors
//! (`cmap` format 14), so that a letter with one has its usual form.
//!
//! Source: OpenType specification 1.9, chapters `cmap`, `glyf`, `head`, `hhea`, `hmtx`, `loca`, `maxp`, `post`.

use kurbo::{BezPath, CubicBez, ParamCurve, PathEl, Point};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use std::collections::BTreeSet;
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{Contour, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::types::{GlyphId as Written, Tag as Name};

/// Tables by which a text takes other glyphs, or other places, than its letters have alone.
const SHAPING: [&[u8; 4]; 4] = [b"GDEF", b"GPOS", b"GSUB", b"kern"];
/// How far a quadratic curve may be from the cubic one that it stands for, as a part of the em.
const NEAR: f64 = 1.0 / 4_000.0;

/// The bytes of a font with these glyphs of another one, with what shapes text if that is needed. `None` where the font has no outlines for any of them, or tables that cannot be read.
pub(super) fn font(font: &FontRef, glyphs: &BTreeSet<u32>, shaping: bool) -> Option<Vec<u8>> {
    let own = font.maxp().ok()?.num_glyphs();
    // What shapes text names glyphs of the whole font.
    let used = glyphs.last().and_then(|last| u16::try_from(last + 1).ok()).unwrap_or(1);
    let count = if shaping { own } else { own.min(used) };
    let drawn = Drawn::of(font, glyphs, count)?;
    let mapped: Vec<(char, Written)> = font
        .charmap()
        .mappings()
        .filter_map(|(letter, glyph)| Some((char::from_u32(letter)?, glyph)))
        .filter(|(letter, glyph)| drawn.shows(*letter, *glyph, shaping))
        .map(|(letter, glyph)| (letter, Written::new(glyph.to_u32())))
        .collect();
    let raw = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).map(|data| data.as_bytes().to_vec());
    let mut tables = vec![
        (*b"OS/2", raw(b"OS/2")?),
        (*b"cmap", write_fonts::dump_table(&Cmap::from_mappings(mapped).ok()?).ok()?),
        (*b"glyf", drawn.outlines),
        (*b"loca", drawn.places),
        (*b"head", head(raw(b"head")?, drawn.format)?),
        (*b"hhea", patched(raw(b"hhea")?, 34, &count.to_be_bytes())?),
        (*b"hmtx", drawn.widths),
        (*b"maxp", write_fonts::dump_table(&drawn.most).ok()?),
        // The names hold who made it and on which terms.
        (*b"name", raw(b"name")?),
        (*b"post", post(raw(b"post"))),
    ];
    if shaping {
        tables.extend(SHAPING.iter().filter_map(|tag| Some((**tag, raw(tag)?))));
    }
    let mut builder = FontBuilder::new();
    for (tag, table) in tables {
        builder.add_raw(Name::new(&tag), table);
    }
    Some(builder.build())
}

/// The outlines of a subset.
struct Drawn {
    outlines: Vec<u8>,
    places: Vec<u8>,
    format: LocaFormat,
    widths: Vec<u8>,
    most: Maxp,
    glyphs: BTreeSet<u32>,
    /// Those of them that are not seen.
    empty: BTreeSet<u32>,
}

impl Drawn {
    fn of(font: &FontRef, glyphs: &BTreeSet<u32>, count: u16) -> Option<Self> {
        let outlines = font.outline_glyphs();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let near = f64::from(font.head().ok()?.units_per_em()) * NEAR;
        let (mut builder, mut widths, mut empty) = (GlyfLocaBuilder::new(), Vec::new(), BTreeSet::new());
        let (mut points, mut contours) = (0, 0);
        for number in 0..u32::from(count) {
            let mut glyph = SimpleGlyph::default();
            if number == 0 || glyphs.contains(&number) {
                if let Some(outline) = outlines.get(GlyphId::new(number)) {
                    let mut pen = Pen { path: BezPath::new(), near };
                    outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).ok()?;
                    glyph = pen.glyph();
                }
                points = points.max(glyph.contours.iter().map(Contour::len).sum());
                contours = contours.max(glyph.contours.len());
                let width = metrics.advance_width(GlyphId::new(number)).unwrap_or_default().round() as u16;
                widths.extend_from_slice(&width.to_be_bytes());
                // A renderer moves an outline until it begins here.
                widths.extend_from_slice(&glyph.bbox.x_min.to_be_bytes());
            } else {
                widths.extend_from_slice(&[0; 4]);
            }
            if glyph.contours.is_empty() {
                empty.insert(number);
                builder.add_glyph(&Glyph::Empty).ok()?;
            } else {
                builder.add_glyph(&glyph).ok()?;
            }
        }
        glyphs.iter().any(|glyph| *glyph != 0 && !empty.contains(glyph)).then_some(())?;
        let (glyf, loca, format) = builder.build();
        let most = Maxp {
            max_points: Some(points as u16),
            max_contours: Some(contours as u16),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_zones: Some(1),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
            ..Maxp::new(count)
        };
        Some(Self {
            outlines: write_fonts::dump_table(&glyf).ok()?,
            places: write_fonts::dump_table(&loca).ok()?,
            format,
            widths,
            most,
            glyphs: glyphs.clone(),
            empty,
        })
    }

    /// Whether a letter is to be drawn by one of these glyphs: what should be seen and has no outline (a picture in colours,
    /// say) is left to the reader's own fonts. With tables that shape text such a glyph may only hold the place of those that are
    /// drawn, as in fonts of Nastaliq.
    fn shows(&self, letter: char, glyph: GlyphId, shaping: bool) -> bool {
        let number = glyph.to_u32();
        let is_drawn = shaping || !self.empty.contains(&number) || !super::meter::is_seen(letter);
        self.glyphs.contains(&number) && is_drawn
    }
}

/// Draws an outline with quadratic curves alone.
struct Pen {
    path: BezPath,
    near: f64,
}

impl Pen {
    fn last(&self) -> Point {
        self.path.elements().last().and_then(PathEl::end_point).unwrap_or_default()
    }

    /// The outline with its points on whole units. An outline that cannot be written is empty.
    fn glyph(self) -> SimpleGlyph {
        if self.path.is_empty() {
            return SimpleGlyph::default();
        }
        SimpleGlyph::from_bezpath(&self.path).unwrap_or_default()
    }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(f64::from(x), f64::from(y))
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(point(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(point(x, y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.path.quad_to(point(cx0, cy0), point(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let cubic = CubicBez::new(self.last(), point(cx0, cy0), point(cx1, cy1), point(x, y));
        quadratic(cubic, self.near, &mut self.path);
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

/// Draws a cubic curve as quadratic ones that are no farther from it than `near`. As [`CubicBez::to_quads`] does it, but how
/// many there are is told by multiplications alone, which are the same on every machine, as a sixth root is not.
///
/// Source: Sederberg, Computer Aided Geometric Design, section 2.6: halving a curve's part makes its error an eighth.
fn quadratic(cubic: CubicBez, near: f64, path: &mut BezPath) {
    const MOST: u32 = 64;
    let bend =
        (cubic.p3.to_vec2() - 3.0 * cubic.p2.to_vec2() + 3.0 * cubic.p1.to_vec2() - cubic.p0.to_vec2()).hypot2();
    let is_near = |parts: &u32| {
        let cube = f64::from(*parts) * f64::from(*parts) * f64::from(*parts);
        bend <= 432.0 * near * near * cube * cube
    };
    let parts = (1..MOST).find(is_near).unwrap_or(MOST);
    for part in 0..parts {
        let own = cubic.subsegment(f64::from(part) / f64::from(parts)..f64::from(part + 1) / f64::from(parts));
        let control = (3.0 * (own.p1.to_vec2() + own.p2.to_vec2()) - own.p0.to_vec2() - own.p3.to_vec2()) / 4.0;
        path.quad_to(control.to_point(), own.p3);
    }
}

/// Bytes with others at a place; `None` where they end before.
fn patched(mut table: Vec<u8>, at: usize, bytes: &[u8]) -> Option<Vec<u8>> {
    table.get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
    Some(table)
}

/// The font's header, for its new outlines.
fn head(table: Vec<u8>, format: LocaFormat) -> Option<Vec<u8>> {
    // Bit 11: no longer the same bytes as its maker's.
    let flags = table.get(16)? | 0x08;
    let table = patched(table, 16, &[flags])?;
    // Whoever unpacks it sums it up anew.
    let table = patched(table, 8, &[0; 4])?;
    patched(table, 50, &(format as u16).to_be_bytes())
}

/// Slant and underline without names of glyphs (version 3).
fn post(table: Option<Vec<u8>>) -> Vec<u8> {
    let mut table = table.unwrap_or_default();
    table.resize(32, 0);
    table[..4].copy_from_slice(&[0, 3, 0, 0]);
    table
}
