//! SVG to pixels.

use super::{ExportError, tree};
use crate::task;
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

/// Bands that a picture is drawn in beside each other: the same on every machine, so that its pixels are too.
const BANDS: u32 = 4;

pub(super) fn rasterise(svg: &str, scale: f32) -> Result<Pixels, ExportError> {
    let tree = tree::parse(svg)?;
    let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let too_large = || ExportError::TooLarge { width, height };
    if width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS {
        return Err(too_large());
    }
    let (width, height) = (width as u32, height as u32);
    // Rounding leaves no pixel half empty at the edges.
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    let each = height.div_ceil(BANDS);
    let bands = (0..BANDS).map(|band| (band * each).min(height)..((band + 1) * each).min(height));
    let drawn = task::in_parallel(bands.filter(|rows| !rows.is_empty()), |rows| {
        let mut pixmap = tiny_skia::Pixmap::new(width, rows.end - rows.start)?;
        let place = tiny_skia::Transform::from_scale(across, down).post_translate(0.0, -(rows.start as f32));
        resvg::render(&tree, place, &mut pixmap.as_mut());
        Some(pixmap.take_demultiplied())
    });
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for band in drawn {
        rgba.extend_from_slice(&band.ok_or_else(too_large)?);
    }
    Ok(Pixels { width, height, rgba })
}

/// A PNG of a picture of so many pixels a point: without alpha where all of it is opaque, with its dots per inch.
pub(super) fn encode(pixels: &Pixels, scale: f32) -> Result<Vec<u8>, ExportError> {
    let refused = |error: png::EncodingError| ExportError::Refused { reason: error.to_string() };
    let opaque = pixels.rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width, pixels.height);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    // Flat grounds and lines: little is gained by trying harder.
    encoder.set_compression(png::Compression::Fast);
    // A point is 1/72 inch, an inch 0.0254 m.
    let dots = (f64::from(scale) * 72.0 / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: dots, yppu: dots, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().map_err(refused)?;
    if opaque {
        let mut rgb = Vec::with_capacity(pixels.rgba.len() / 4 * 3);
        for pixel in pixels.rgba.chunks_exact(4) {
            rgb.extend_from_slice(&pixel[..3]);
        }
        writer.write_image_data(&rgb).map_err(refused)?;
    } else {
        writer.write_image_data(&pixels.rgba).map_err(refused)?;
    }
    writer.finish().map_err(refused)?;
    Ok(out)
}
