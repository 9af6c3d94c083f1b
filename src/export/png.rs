//! SVG to pixels.

use super::{ExportError, tree};
use resvg::tiny_skia;

/// A picture in pixels, straight alpha, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and alpha of each.
    pub rgba: Vec<u8>,
}

const MOST_SIDE: u64 = 32_000;
const MOST_PIXELS: u64 = 400_000_000;

pub(super) fn rasterise(svg: &str, scale: f32) -> Result<Pixels, ExportError> {
    let pixmap = pixmap(svg, scale)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    Ok(Pixels { width, height, rgba: rgba.collect() })
}

fn pixmap(svg: &str, scale: f32) -> Result<tiny_skia::Pixmap, ExportError> {
    let tree = tree::parse(svg)?;
    let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let too_large = ExportError::TooLarge { width, height };
    if width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS {
        return Err(too_large);
    }
    let mut pixmap = tiny_skia::Pixmap::new(width as u32, height as u32).ok_or(too_large)?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

pub(super) fn encode(pixels: &Pixels) -> Result<Vec<u8>, ExportError> {
    let refused = |reason: String| ExportError::Refused { reason };
    let size = tiny_skia::IntSize::from_wh(pixels.width, pixels.height).ok_or_else(|| refused("no pixels".into()))?;
    let mut data = pixels.rgba.clone();
    for pixel in data.chunks_exact_mut(4) {
        let colour = tiny_skia::ColorU8::from_rgba(pixel[0], pixel[1], pixel[2], pixel[3]).premultiply();
        pixel.copy_from_slice(&[colour.red(), colour.green(), colour.blue(), colour.alpha()]);
    }
    let pixmap = tiny_skia::Pixmap::from_vec(data, size).ok_or_else(|| refused("wrong size".into()))?;
    pixmap.encode_png().map_err(|error| refused(error.to_string()))
}
