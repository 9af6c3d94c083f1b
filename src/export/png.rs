//! SVG to pixels.

use super::{ExportError, tree};
use crate::task::{self, Control};
use resvg::tiny_skia;
use std::io::Write;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Bands that a picture is drawn in beside each other: the same on every machine, so that its pixels are too.
const BANDS: u32 = 4;
/// Bytes that a band may have; a larger picture has more bands.
const BAND: usize = 32 << 20;

/// A picture that can be drawn, band by band.
struct Canvas {
    tree: resvg::usvg::Tree,
    width: u32,
    height: u32,
    /// Pixels per point.
    scale: (f32, f32),
}

impl Canvas {
    fn new(svg: &str, scale: f32, control: &Control) -> Result<Self, ExportError> {
        let tree = tree::parse(svg)?;
        let side = |points: f32| (f64::from(points) * f64::from(scale)).round().max(1.0) as u64;
        let (width, height) = (side(tree.size().width()), side(tree.size().height()));
        let most = control.limits().pixels;
        if width > MOST_SIDE || height > MOST_SIDE || width * height > most {
            return Err(ExportError::TooLarge { width, height, most });
        }
        let (width, height) = (width as u32, height as u32);
        // Rounding leaves no pixel half empty at the edges.
        let scale = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
        Ok(Self { tree, width, height, scale })
    }

    /// The rows of each band.
    fn bands(&self) -> impl Iterator<Item = Range<u32>> + Send + use<> {
        let rows = (BAND / (self.width as usize * 4)).max(1) as u32;
        let (each, height) = (self.height.div_ceil(BANDS).min(rows), self.height);
        (0..height.div_ceil(each)).map(move |band| band * each..((band + 1) * each).min(height))
    }

    /// Red, green, blue and alpha of a band's pixels.
    fn draw(&self, rows: &Range<u32>) -> Result<Vec<u8>, ExportError> {
        let refused = || ExportError::Refused { reason: "a band of it cannot be drawn".to_owned() };
        let mut pixmap = tiny_skia::Pixmap::new(self.width, rows.end - rows.start).ok_or_else(refused)?;
        let (across, down) = self.scale;
        let place = tiny_skia::Transform::from_scale(across, down).post_translate(0.0, -(rows.start as f32));
        resvg::render(&self.tree, place, &mut pixmap.as_mut());
        Ok(pixmap.take_demultiplied())
    }

    /// Draws all bands, each handed on before many more are drawn.
    fn draw_all(
        &self,
        control: &Control,
        mut take: impl FnMut(&[u8]) -> Result<(), ExportError> + Send,
    ) -> Result<(), ExportError> {
        let mut outcome = Ok(());
        let failed = AtomicBool::new(false);
        let bands = self.bands().take_while(|_| !failed.load(Ordering::Relaxed));
        let work = |rows: Range<u32>| {
            // Each thread has a band under way, and one that waits for its turn.
            let bytes = 2 * u64::from(self.width) * u64::from(rows.end - rows.start) * 4;
            control.memory().room_for(bytes).map_err(|source| ExportError::Memory { source })?;
            self.draw(&rows)
        };
        task::in_order(bands, work, |band: Result<Vec<u8>, ExportError>| {
            if outcome.is_ok() {
                outcome = band.and_then(|band| take(&band));
                failed.store(outcome.is_err(), Ordering::Relaxed);
            }
        });
        outcome
    }
}

/// An SVG in pixels, all of them at once.
pub(super) fn rasterise(svg: &str, scale: f32, control: &Control) -> Result<Pixels, ExportError> {
    let canvas = Canvas::new(svg, scale, control)?;
    let bytes = canvas.width as usize * canvas.height as usize * 4;
    control.memory().room_for(bytes as u64).map_err(|source| ExportError::Memory { source })?;
    let mut rgba = Vec::with_capacity(bytes);
    canvas.draw_all(control, |band| {
        rgba.extend_from_slice(band);
        Ok(())
    })?;
    Ok(Pixels { width: canvas.width, height: canvas.height, rgba })
}

/// An SVG as a PNG of so many pixels a point: without alpha where all of it is opaque, with its dots per inch. Only some
/// bands of it are in memory at a time.
pub(super) fn write(svg: &str, scale: f32, control: &Control) -> Result<Vec<u8>, ExportError> {
    let canvas = Canvas::new(svg, scale, control)?;
    // Nearly every picture has a ground; one that has none is begun anew when that is seen.
    match encode(&canvas, scale, true, control)? {
        Some(bytes) => Ok(bytes),
        None => encode(&canvas, scale, false, control)?
            .ok_or_else(|| ExportError::Refused { reason: "its pixels change while they are drawn".to_owned() }),
    }
}

/// The PNG, `None` where it was to be opaque and is not.
fn encode(canvas: &Canvas, scale: f32, opaque: bool, control: &Control) -> Result<Option<Vec<u8>>, ExportError> {
    let refused = |error: png::EncodingError| ExportError::Refused { reason: error.to_string() };
    let unwritten = |error: std::io::Error| ExportError::Refused { reason: error.to_string() };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, canvas.width, canvas.height);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    // Flat grounds and lines: little is gained by trying harder.
    encoder.set_compression(png::Compression::Fast);
    // A point is 1/72 inch, an inch 0.0254 m.
    let dots = (f64::from(scale) * 72.0 / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: dots, yppu: dots, unit: png::Unit::Meter }));
    let mut header = encoder.write_header().map_err(refused)?;
    let mut writer = header.stream_writer().map_err(refused)?;
    let mut see_through = false;
    canvas.draw_all(control, |band| {
        if !opaque {
            return writer.write_all(band).map_err(unwritten);
        }
        if see_through || band.chunks_exact(4).any(|pixel| pixel[3] != u8::MAX) {
            see_through = true;
            return Ok(());
        }
        let mut rgb = Vec::with_capacity(band.len() / 4 * 3);
        for pixel in band.chunks_exact(4) {
            rgb.extend_from_slice(&pixel[..3]);
        }
        writer.write_all(&rgb).map_err(unwritten)
    })?;
    if see_through {
        return Ok(None);
    }
    writer.finish().map_err(refused)?;
    header.finish().map_err(refused)?;
    Ok(Some(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Limits;

    const RED: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="red"/><circle cx="20" cy="15" r="13.3" fill="blue"/></svg>"#;

    #[test]
    fn a_picture_in_many_bands_has_the_pixels_of_one_that_is_drawn_at_once() {
        let control = Control::new();
        for (svg, colour) in [
            (RED.to_owned(), png::ColorType::Rgb),
            (RED.replace("height=\"30\" fill", "height=\"9\" fill"), png::ColorType::Rgba),
        ] {
            let bytes = write(&svg, 2.0, &control).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
            assert_eq!((reader.info().size(), reader.info().color_type), ((80, 60), colour));
            let mut decoded = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut decoded).unwrap();
            let canvas = Canvas::new(&svg, 2.0, &control).unwrap();
            assert!(canvas.bands().count() > 1);
            let whole = canvas.draw(&(0..canvas.height)).unwrap();
            let banded = rasterise(&svg, 2.0, &control).unwrap().rgba;
            // Edges are rounded in each band by themselves; a seam would be a row of other pixels.
            let far = banded.iter().zip(&whole).filter(|(a, b)| a.abs_diff(**b) > 16).count();
            assert!(banded.len() == whole.len() && far < whole.len() / 400, "{far} of {}", whole.len());
            let channels = if colour == png::ColorType::Rgb { 3 } else { 4 };
            let expected: Vec<u8> = banded.chunks_exact(4).flat_map(|pixel| pixel[..channels].to_vec()).collect();
            assert!(decoded == expected);
        }
    }

    #[test]
    fn pictures_have_a_limit_that_is_named() {
        let control = Control::within(Limits { pixels: 4_000, ..Limits::default() });
        let refused = write(RED, 2.0, &control).unwrap_err();
        assert!(refused.to_string().contains("--max-pixels"), "{refused}");
        let control = Control::within(Limits { memory: Some(1), ..Limits::default() });
        assert!(matches!(write(RED, 2.0, &control), Err(ExportError::Memory { .. })));
    }
}
