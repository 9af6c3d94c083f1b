//! SVG to PDF, pages of the figure's size; text stays text, with subsets of the bundled fonts.

use super::{About, ExportError, svg, tree};
use crate::scene::Scene;
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

/// The PDF of pages; a point of a scene is a point (1/72 inch) of its page. Several pages have bookmarks. It holds no date
/// of making, so that the same scenes give the same bytes.
pub(super) fn write(pages: &[(Scene, About)]) -> Result<Vec<u8>, ExportError> {
    let refused = |reason: &str| ExportError::Refused { reason: reason.to_owned() };
    let mut document = krilla::Document::new();
    let mut metadata = Metadata::new().creator("Kairograph".to_owned()).producer("Kairograph".to_owned());
    if let Some((_, about)) = pages.first() {
        if !about.title.is_empty() {
            metadata = metadata.title(about.title.clone());
        }
        if !about.description.is_empty() {
            metadata = metadata.description(about.description.clone());
        }
    }
    document.set_metadata(metadata);
    let mut outline = Outline::new();
    for (at, (scene, about)) in pages.iter().enumerate() {
        let tree = tree::parse(&svg::write(scene, about, None, None))?;
        let size = Size::from_wh(scene.width, scene.height).ok_or_else(|| refused("the page has no size"))?;
        let settings =
            PageSettings::from_wh(scene.width, scene.height).ok_or_else(|| refused("the page has no size"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
        surface.finish();
        page.finish();
        drawn.ok_or_else(|| refused("the picture could not be drawn"))?;
        let top = XyzDestination::new(at, Point::from_xy(0.0, 0.0));
        outline.push_child(OutlineNode::new(about.page.clone(), top));
    }
    if pages.len() > 1 {
        document.set_outline(outline);
    }
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}
