//! Pictures for elsewhere: a [`Figure`] is composed into a `Scene` for its page and written as SVG, PNG or PDF.
//!
//! SVG is written here, a dumb match over primitives; PNG (resvg) and PDF (krilla) are made from that SVG with the
//! bundled fonts, so that all three show the same; an SVG and a PDF bring the letters that they use along. Files appear whole
//! or not at all.

mod error;
mod events;
mod figure;
mod fitting;
mod fonts;
mod foot;
mod head;
mod pages;
mod pdf;
mod png;
mod save;
mod size;
mod sources;
mod svg;
mod tree;

pub use error::ExportError;
pub use events::{EventFormat, write_events};
pub use figure::{Figure, FigureInput, LegendPlace, compose};
pub use pages::{MOST_PAGES, compose_pages};
pub use png::Pixels;
pub use save::{numbered, save, save_all, spare_inputs};
pub use size::{PAGE_SIZES, PRINTED, PageSize};

use crate::scene::Scene;
use crate::task::Control;
use crate::text::{TextMeter, grouped};
use fonts::Fonts;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a figure can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureFormat {
    /// Scalable Vector Graphics, with real text.
    #[default]
    Svg,
    /// Portable Network Graphics.
    Png,
    /// Portable Document Format, with real text.
    Pdf,
}

impl FigureFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    /// Its usual extension, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The format that a file's extension asks for.
    ///
    /// # Errors
    /// When there is no extension, or one that is not written here.
    pub fn of_path(path: &Path) -> Result<Self, ExportError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        Self::ALL
            .into_iter()
            .find(|format| extension.as_deref() == Some(format.extension()))
            .ok_or_else(|| ExportError::UnknownFormat { path: path.to_owned() })
    }
}

/// What a figure says of itself, for title and metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// What is to be seen, in a sentence, for those who cannot see it.
    pub description: String,
    /// The name of the page, where there are several.
    pub page: String,
    /// Lanes for which it had no room.
    pub lanes_left_out: usize,
    /// Whether it had no room for its legend.
    pub legend_left_out: bool,
    /// Events of its time, those in hidden lanes apart.
    pub shown: usize,
    /// Those of them that are drawn as marks.
    pub marks: usize,
    /// Those of them that are only counted for want of room.
    pub counted: usize,
    /// Whether for want of room none of them is a mark and all are counted.
    pub only_counted: bool,
    /// Those of them that are drawn with their label.
    pub labelled: usize,
    /// Labels for which it had no room.
    pub unlabelled: usize,
    /// The size of labels on the page, in points.
    pub letters: f32,
    /// The size of its smallest letters, in points, raised numbers apart.
    pub smallest: f32,
    /// Whether icons were asked for, and its rows are too low for any.
    pub too_low_for_icons: bool,
    /// What else is not as it was asked for, each in a sentence without its stop.
    pub not_as_asked: Vec<String>,
}

impl About {
    /// What the page has no room for, each in a sentence without its stop; none where it holds all.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let has = |count: usize, one: &str| match count {
            1 => format!("1 {one} has"),
            _ => format!("{} {one}s have", grouped(count)),
        };
        let mut out = Vec::new();
        if self.lanes_left_out > 0 {
            out.push(format!("{} no room on the page", has(self.lanes_left_out, "lane")));
        }
        if self.counted > 0 && !self.only_counted {
            let are = if self.counted == 1 { "event is" } else { "events are" };
            out.push(format!(
                "{} {are} only counted, for their marks have no room on the page",
                grouped(self.counted)
            ));
        }
        if self.only_counted {
            let without = "without labels, colours of values, icons or relations";
            out.push(format!("No mark has room on the page, so only counts are drawn, {without}"));
        } else if self.marks > 0 && self.labelled == 0 {
            out.push("No label has room on the page".to_owned());
        } else if self.unlabelled > 0 {
            out.push(format!("{} no room on the page", has(self.unlabelled, "label")));
        }
        if self.legend_left_out {
            out.push("The legend has no room on the page".to_owned());
        }
        if self.too_low_for_icons {
            out.push("Rows are too low for icons, so points are dots".to_owned());
        }
        out.extend(self.not_as_asked.iter().cloned());
        out
    }
}

/// How scenes become files.
#[derive(Clone, Copy)]
pub struct Writing<'a> {
    /// What they are written as.
    pub format: FigureFormat,
    /// Pixels per point; matters to PNG alone.
    pub scale: f32,
    /// Whether an SVG brings its fonts along or only names them; a PDF always does, and a PNG has none.
    pub embed_fonts: bool,
    /// What the scenes were laid out with.
    pub text: &'a TextMeter,
    /// The limits of pictures, and the memory they may take.
    pub control: &'a Control,
}

impl<'a> Writing<'a> {
    /// One pixel per point, and fonts embedded.
    #[must_use]
    pub fn new(format: FigureFormat, text: &'a TextMeter, control: &'a Control) -> Self {
        Self { format, scale: 1.0, embed_fonts: true, text, control }
    }
}

/// A scene as the bytes of a file.
///
/// # Errors
/// When the picture would be too large, or a library refuses it.
pub fn render(scene: &Scene, about: &About, how: &Writing) -> Result<Vec<u8>, ExportError> {
    match how.format {
        FigureFormat::Svg => Ok(svg_text(scene, about, how).into_bytes()),
        FigureFormat::Png => png::write(&plain_svg(scene), how.scale, how.control),
        FigureFormat::Pdf => pdf::write(&[(scene.clone(), about.clone())]),
    }
}

/// Pages as the bytes of files: one PDF with all of them, else one file for each.
///
/// # Errors
/// As [`render`].
pub fn render_pages(pages: &[(Scene, About)], how: &Writing) -> Result<Rendered, ExportError> {
    let mut out = Rendered::default();
    match how.format {
        FigureFormat::Pdf => out.files.push(pdf::write(pages)?),
        FigureFormat::Png => {
            for (scene, about) in pages {
                out.files.push(render(scene, about, how)?);
            }
        }
        FigureFormat::Svg => {
            for (scene, about) in pages {
                let fonts = Fonts::of(scene, how.embed_fonts);
                out.files.push(svg::write(scene, about, Some(how.text), Some(&fonts)).into_bytes());
                let new = fonts.refused.into_iter().filter(|told| !out.remarks.contains(told)).collect::<Vec<_>>();
                out.remarks.extend(new);
            }
        }
    }
    Ok(out)
}

/// Pages as files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The bytes of each file.
    pub files: Vec<Vec<u8>>,
    /// What is to be said of them, each in a sentence.
    pub remarks: Vec<String>,
}

/// A scene as text of an SVG; of `how` the fonts and the measures count.
#[must_use]
pub fn svg_text(scene: &Scene, about: &About, how: &Writing) -> String {
    svg::write(scene, about, Some(how.text), Some(&Fonts::of(scene, how.embed_fonts)))
}

/// Any SVG as pixels, with the bundled fonts.
///
/// # Errors
/// When the text is no SVG, or the picture would be too large.
pub fn rasterise(svg: &str, scale: f32, control: &Control) -> Result<Pixels, ExportError> {
    png::rasterise(svg, scale, control)
}

/// A scene as pixels.
///
/// # Errors
/// When the picture would be too large, or a library refuses it.
pub fn pixels(scene: &Scene, scale: f32, control: &Control) -> Result<Pixels, ExportError> {
    png::rasterise(&plain_svg(scene), scale, control)
}

/// A scene as an SVG for our own rasteriser, which has the fonts.
fn plain_svg(scene: &Scene) -> String {
    svg::write(scene, &About::default(), None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_what_it_has_no_room_for_and_nothing_of_what_was_put_away() {
        let about = About { shown: 9, marks: 9, labelled: 7, unlabelled: 2, ..About::default() };
        assert_eq!(about.left_out(), ["2 labels have no room on the page"]);
        let about = About { lanes_left_out: 1, shown: 9, only_counted: true, ..About::default() };
        assert_eq!(about.left_out().len(), 2);
        let about = About { shown: 9, marks: 4, labelled: 4, counted: 5, ..About::default() };
        assert_eq!(about.left_out(), ["5 events are only counted, for their marks have no room on the page"]);
        // All of it in hidden lanes.
        assert_eq!(About::default().left_out(), Vec::<String>::new());
    }
}
