//! Reading a picture to make another of it: its pixels, which way up, and its colour profile. Pure. It reads no picture
//! that moves, and none whose colours it would get wrong.

use std::io::Cursor;

use image::{
    AnimationDecoder as _, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use super::recipe::Unfit;

/// A picture that was read.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) pixels: DynamicImage,
    pub(super) orientation: Orientation,
    /// The ICC profile of its colours.
    pub(super) profile: Option<Vec<u8>>,
}

/// Bytes that one pixel of an ordinary picture has.
const PIXEL_BYTES: u64 = 4;

/// Reads a picture of at most so many pixels.
pub(super) fn read(bytes: &[u8], media_type: &str, pixels: usize) -> Result<Picture, Unfit> {
    let format = ImageFormat::from_mime_type(media_type).ok_or(Unfit::Damaged)?;
    if moves(bytes, format)? {
        return Err(Unfit::Moves);
    }
    if format == ImageFormat::Jpeg && components(bytes).is_some_and(|count| count > 3) {
        return Err(Unfit::Printing);
    }
    let room = u64::try_from(pixels).unwrap_or(u64::MAX).saturating_mul(PIXEL_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(room);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let area = u64::from(width).saturating_mul(u64::from(height));
    if decoder.total_bytes() > room || area.saturating_mul(PIXEL_BYTES) > room {
        return Err(Unfit::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let pixels = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok(Picture { pixels, orientation, profile })
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn unreadable(error: image::ImageError) -> Unfit {
    match error {
        image::ImageError::Limits(_) => Unfit::TooManyPixels,
        _ => Unfit::Damaged,
    }
}

/// Whether it has more than one frame.
fn moves(bytes: &[u8], format: ImageFormat) -> Result<bool, Unfit> {
    let file = Cursor::new(bytes);
    match format {
        ImageFormat::Gif => {
            let frames = GifDecoder::new(file).map_err(unreadable)?.into_frames();
            Ok(frames.take(2).count() > 1)
        }
        ImageFormat::Png => PngDecoder::new(file).and_then(|decoder| decoder.is_apng()).map_err(unreadable),
        ImageFormat::WebP => Ok(WebPDecoder::new(file).map_err(unreadable)?.has_animation()),
        _ => Ok(false),
    }
}

/// How many colours a JPEG mixes: one, three, or the four of printing.
fn components(bytes: &[u8]) -> Option<u8> {
    const FRAME: u8 = 0xc0;
    const NO_FRAMES: [u8; 3] = [0xc4, 0xc8, 0xcc];
    let mut rest = bytes.get(2..)?;
    loop {
        let (marker, after) = match rest {
            [0xff, 0xff, ..] => {
                rest = rest.get(1..)?;
                continue;
            }
            [0xff, marker, after @ ..] => (*marker, after),
            _ => return None,
        };
        let (high, low) = (*after.first()?, *after.get(1)?);
        if marker & 0xf0 == FRAME && !NO_FRAMES.contains(&marker) {
            return after.get(7).copied();
        }
        rest = after.get(usize::from(u16::from_be_bytes([high, low]))..)?;
    }
}
