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
    for size in sizes(canvas.size(), recipe.edge_min) {
        let page = Page { picture: canvas.sized(size), profile: profile.as_deref(), most: recipe.most() };
        let file = match kind {
            Kind::Jpeg => page.best_jpeg(recipe.quality, recipe.quality_min)?,
            Kind::Png => page.png()?,
        };
        if let Some(file) = file {
            return Ok(Made { bytes: file.into(), kind });
        }
    }
    Err(Unfit::TooLarge)
}

/// The sizes that are tried, largest first, down to the one whose longer edge is the least.
pub(super) fn sizes(size: (u32, u32), edge_min: u32) -> impl Iterator<Item = (u32, u32)> {
    let smaller = |(width, height): &(u32, u32)| {
        let fewer = |edge: u32| (edge / 5 * 4 + edge % 5 * 4 / 5).max(1);
        Some((fewer(*width), fewer(*height)))
    };
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
    /// The best JPEG between these qualities that fits; none where not even the least does.
    fn best_jpeg(&self, most: u8, least: u8) -> Result<Option<Vec<u8>>, Unfit> {
        let best = self.jpeg(most)?;
        if best.is_some() || least >= most {
            return Ok(best);
        }
        let Some(mut fitting) = self.jpeg(least)? else { return Ok(None) };
        let (mut low, mut high) = (least, most);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if let Some(better) = self.jpeg(middle)? {
                (fitting, low) = (better, middle);
            } else {
                high = middle;
            }
        }
        Ok(Some(fitting))
    }

    fn jpeg(&self, quality: u8) -> Result<Option<Vec<u8>>, Unfit> {
        self.written(|file| self.write(JpegEncoder::new_with_quality(file, quality)))
    }

    fn png(&self) -> Result<Option<Vec<u8>>, Unfit> {
        let (effort, filter) = (CompressionType::Default, FilterType::Adaptive);
        self.written(|file| self.write(PngEncoder::new_with_quality(file, effort, filter)))
    }

    fn write(&self, mut encoder: impl ImageEncoder) -> ImageResult<()> {
        if let Some(profile) = self.profile.filter(|profile| describes(profile, &self.picture)) {
            encoder.set_icc_profile(profile.to_vec()).map_err(ImageError::Unsupported)?;
        }
        self.picture.write_with_encoder(encoder)
    }

    /// The file that this writes; none where it would have too many bytes.
    fn written(&self, write: impl FnOnce(&mut Bounded) -> ImageResult<()>) -> Result<Option<Vec<u8>>, Unfit> {
        let mut file = Bounded { bytes: Vec::new(), most: self.most, full: false };
        let written = write(&mut file);
        if file.full {
            return Ok(None);
        }
        written.map(|()| Some(file.bytes)).map_err(|_unwritten| Unfit::Damaged)
    }
}

/// Whether an ICC profile is of the colours that the picture has now.
fn describes(profile: &[u8], picture: &DynamicImage) -> bool {
    let space: &[u8] = if picture.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(space)
}

/// A file that takes no more than so many bytes: what is too long is not written to its end.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.full |= more.len() > self.most.saturating_sub(self.bytes.len());
        if self.full {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
