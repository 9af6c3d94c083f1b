//! Sizes of pages that figures are made for.

/// A page that many need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// Its name in menus.
    pub title: &'static str,
    /// Its name on the command line.
    pub name: &'static str,
    /// Width and height in points.
    pub size: (f32, f32),
    /// The size of labels that suits it, in points.
    pub font: f32,
    /// Pixels per point of a picture of it: one on a screen, 300 to the inch on paper.
    pub scale: f32,
}

/// Pixels per point at 300 to the inch, as printers ask for them.
pub const PRINTED: f32 = 300.0 / 72.0;

/// Millimetres in points.
const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

const fn screen(title: &'static str, name: &'static str, size: (f32, f32)) -> PageSize {
    PageSize { title, name, size, font: 12.5, scale: 1.0 }
}

const fn page(title: &'static str, name: &'static str, size: (f32, f32), font: f32) -> PageSize {
    PageSize { title, name, size, font, scale: PRINTED }
}

/// All of them. Columns are those of many journals: 85 mm for one, 174 mm for two.
pub const PAGE_SIZES: [PageSize; 11] = [
    screen("Screen", "screen", (1_400.0, 900.0)),
    screen("Slide, 16 : 9", "slide", (1_280.0, 720.0)),
    page("A4 landscape", "a4", (842.0, 595.0), 8.5),
    page("A4 portrait", "a4-portrait", (595.0, 842.0), 8.0),
    page("A3 landscape", "a3", (1_191.0, 842.0), 9.5),
    page("A3 portrait", "a3-portrait", (842.0, 1_191.0), 9.0),
    page("Letter landscape", "letter", (792.0, 612.0), 8.5),
    page("Letter portrait", "letter-portrait", (612.0, 792.0), 8.0),
    page("Journal column, 85 mm", "column", (mm(85.0), mm(110.0)), 5.6),
    page("Journal page, 174 mm", "columns", (mm(174.0), mm(120.0)), 6.5),
    screen("Square", "square", (1_080.0, 1_080.0)),
];

impl PageSize {
    /// The page of a name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PAGE_SIZES.into_iter().find(|page| page.name.eq_ignore_ascii_case(name.trim()))
    }
}
