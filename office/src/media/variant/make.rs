//! Making a variant: the largest and best picture of a recipe that fits its bytes. Pure: bytes in, bytes out, the same
//! every time.

use std::io::{self, Write};

use bytes::Bytes;
use image::{
    DynamicImage, ImageEncoder, ImageError, ImageResult,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::{
    canvas::Canvas,
    read::{Picture, read},
    recipe::{Kind, Recipe, Unfit},
};

/// A picture that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) bytes: Bytes,
    pub(super) kind: Kind,
}

/// Makes a picture of the original by the recipe: as large as it may be, then smaller by a fifth at a time.
pub(super) fn make(original: &[u8], media_type: &str, recipe: &Recipe, pixels: usize) -> Result<Made, Unfit> {
    let Picture { pixels, orientation, profile } = read(original, media_type, pixels)?;
    let canvas = Canvas::of(pixels, recipe.png, recipe.edge_max).turned(orientation);
    let kind = if recipe.jpeg && !canvas.is_transparent() { Kind::Jpeg } else { Kind::Png };
    let mut room = u64::MAX;
    let last = sizes(canvas.size(), recipe.edge_min).last();
    for size in sizes(canvas.size(), recipe.edge_min) {
        if area(size) > room && Some(size) != last {
            continue;
        }
        let page = Page { picture: canvas.sized(size), profile: profile.as_deref(), most: recipe.most() };
        let file = match kind {
            Kind::Jpeg => page.best_jpeg(recipe.quality, recipe.quality_min)?,
            Kind::Png => page.png()?,
        };
        match file {
            File::Fits(bytes) => return Ok(Made { bytes: bytes.into(), kind }),
            File::TooLong(length) => room = may_do(area(size), length, recipe.most()),
        }
    }
    Err(Unfit::TooLarge)
}

fn area((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// The largest area that may do where this one took so many bytes: sizes far above it are not tried. Pixels that are mixed
/// of many may take less room each, so it is never less than a quarter.
fn may_do(area: u64, length: usize, most: usize) -> u64 {
    let wide = |length: usize| u128::try_from(length).unwrap_or(u128::MAX);
    let may = u128::from(area).saturating_mul(wide(most)).saturating_mul(2) / wide(length).max(1);
    u64::try_from(may).unwrap_or(u64::MAX).max(area / 4)
}

/// The sizes that are tried, largest first, down to the one whose longer edge is the least.
pub(super) fn sizes(size: (u32, u32), edge_min: u32) -> impl Iterator<Item = (u32, u32)> {
    let smaller = |(width, height): &(u32, u32)| {
        let fewer = |edge: u32| (edge / 5 * 4 + edge % 5 * 4 / 5).max(1);
        Some((fewer(*width), fewer(*height)))
    };
    // A picture of one pixel has no smaller one.
    let smaller = move |size: &(u32, u32)| smaller(size).filter(|next| next != size);
    let first = size;
    std::iter::successors(Some(size), smaller)
        .take_while(move |next| *next == first || next.0.max(next.1) >= edge_min.max(2))
}

/// A picture that is about to be written.
struct Page<'a> {
    picture: DynamicImage,
    profile: Option<&'a [u8]>,
    most: usize,
}

impl Page<'_> {
    /// The best JPEG between these qualities that fits; where none does, the least is too long.
    fn best_jpeg(&self, most: u8, least: u8) -> Result<File, Unfit> {
        let best = self.jpeg(most)?;
        if matches!(best, File::Fits(_)) || least >= most {
            return Ok(best);
        }
        let mut file = self.jpeg(least)?;
        if matches!(file, File::TooLong(_)) {
            return Ok(file);
        }
        let (mut low, mut high) = (least, most);
        while high - low > 1 {
            let middle = low.midpoint(high);
            match self.jpeg(middle)? {
                better @ File::Fits(_) => (file, low) = (better, middle),
                File::TooLong(_) => high = middle,
            }
        }
        Ok(file)
    }

    fn jpeg(&self, quality: u8) -> Result<File, Unfit> {
        self.written(|file| self.write(JpegEncoder::new_with_quality(file, quality)))
    }

    fn png(&self) -> Result<File, Unfit> {
        let (effort, filter) = (CompressionType::Default, FilterType::Adaptive);
        self.written(|file| self.write(PngEncoder::new_with_quality(file, effort, filter)))
    }

    fn write(&self, mut encoder: impl ImageEncoder) -> ImageResult<()> {
        if let Some(profile) = self.profile.filter(|profile| describes(profile, &self.picture)) {
            encoder.set_icc_profile(profile.to_vec()).map_err(ImageError::Unsupported)?;
        }
        self.picture.write_with_encoder(encoder)
    }

    fn written(&self, write: impl FnOnce(&mut Bounded) -> ImageResult<()>) -> Result<File, Unfit> {
        let mut file = Bounded { bytes: Vec::new(), most: self.most, length: 0 };
        write(&mut file).map_err(|_unwritten| Unfit::Damaged)?;
        Ok(if file.length > self.most { File::TooLong(file.length) } else { File::Fits(file.bytes) })
    }
}

/// Whether an ICC profile is of the colours that the picture has now.
fn describes(profile: &[u8], picture: &DynamicImage) -> bool {
    let space: &[u8] = if picture.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(space)
}

/// A file that was written.
enum File {
    Fits(Vec<u8>),
    /// It would have this many bytes.
    TooLong(usize),
}

/// A file of which no more than so many bytes are kept, and the others counted.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    length: usize,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.length = self.length.saturating_add(more.len());
        if self.length <= self.most {
            self.bytes.extend_from_slice(more);
        }
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
