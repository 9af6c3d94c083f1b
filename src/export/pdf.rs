//! SVG to PDF, one page of the figure's size; text stays text, with subsets of the bundled fonts.

use super::{About, ExportError, svg, tree};
use crate::scene::Scene;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

/// The PDF of a scene; a point of the scene is a point (1/72 inch) of the page. It holds no date of making, so that
/// the same scene gives the same bytes.
pub(super) fn write(scene: &Scene, about: &About) -> Result<Vec<u8>, ExportError> {
    let refused = |reason: &str| ExportError::Refused { reason: reason.to_owned() };
    let tree = tree::parse(&svg::write(scene, about))?;
    let size = Size::from_wh(scene.width, scene.height).ok_or_else(|| refused("the page has no size"))?;
    let page = PageSettings::from_wh(scene.width, scene.height).ok_or_else(|| refused("the page has no size"))?;
    let mut document = krilla::Document::new();
    let mut metadata = Metadata::new().creator("Kairograph".to_owned()).producer("Kairograph".to_owned());
    if !about.title.is_empty() {
        metadata = metadata.title(about.title.clone());
    }
    if !about.description.is_empty() {
        metadata = metadata.description(about.description.clone());
    }
    document.set_metadata(metadata);
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| refused("the picture could not be drawn"))?;
    document.finish().map_err(|error| refused(&format!("{error:?}")))
}
