//! What a variant is painted of: the pixels in the form that they are written in, and how they become fewer. Pure; it knows
//! no types of files and no sizes in bytes.

use image::{DynamicImage, Rgba, RgbaImage, imageops::FilterType};

/// Every value of a colour, and all of a pixel's cover.
const FULL: u16 = 255;

/// Pixels without transparency, or ones whose colours are multiplied by their cover: only such can be mixed without a dark
/// seam.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    pixels: DynamicImage,
}

impl Canvas {
    /// The picture with no edge longer than this. Where transparency cannot be kept it is laid on white.
    pub(super) fn of(picture: DynamicImage, keep_transparency: bool, edge_max: u32) -> Self {
        let colour = picture.color();
        let (picture, transparent) = if colour.has_alpha() {
            let mut pixels = picture.into_rgba8();
            let transparent = pixels.pixels().any(|Rgba([.., cover])| u16::from(*cover) < FULL);
            if transparent {
                cover(&mut pixels, keep_transparency);
            }
            (DynamicImage::ImageRgba8(pixels), transparent && keep_transparency)
        } else {
            (picture, false)
        };
        let picture = halved(picture, edge_max);
        let pixels = match (transparent, colour.has_color()) {
            (true, _) => picture,
            (false, true) => DynamicImage::ImageRgb8(picture.into_rgb8()),
            (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
        };
        Self { pixels }
    }

    pub(super) fn is_transparent(&self) -> bool {
        self.pixels.color().has_alpha()
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.pixels.width(), self.pixels.height())
    }

    /// The right way up.
    pub(super) fn turned(mut self, orientation: image::metadata::Orientation) -> Self {
        self.pixels.apply_orientation(orientation);
        self
    }

    /// The same picture in this size, as it is written.
    pub(super) fn sized(&self, (width, height): (u32, u32)) -> DynamicImage {
        let pixels = if self.size() == (width, height) {
            self.pixels.clone()
        } else {
            self.pixels.resize_exact(width, height, FilterType::CatmullRom)
        };
        match pixels {
            DynamicImage::ImageRgba8(mut pixels) => {
                for Rgba([red, green, blue, cover]) in pixels.pixels_mut() {
                    for value in [red, green, blue] {
                        *value = uncovered(*value, *cover);
                    }
                }
                DynamicImage::ImageRgba8(pixels)
            }
            opaque => opaque,
        }
    }
}

/// Multiplies colours by their cover, and where it is not kept lays them on white.
fn cover(pixels: &mut RgbaImage, keep_transparency: bool) {
    for Rgba([red, green, blue, cover]) in pixels.pixels_mut() {
        let white = if keep_transparency { 0 } else { u8::MAX - *cover };
        for value in [red, green, blue] {
            *value = covered(*value, *cover).saturating_add(white);
        }
    }
}

/// Halved until no edge is longer: whole pixels are mixed, so that nothing is lost but size.
fn halved(mut picture: DynamicImage, edge_max: u32) -> DynamicImage {
    while picture.width().max(picture.height()) > edge_max.max(1) {
        let half = |edge: u32| edge.div_ceil(2);
        picture = picture.thumbnail_exact(half(picture.width()), half(picture.height()));
    }
    picture
}

fn covered(value: u8, cover: u8) -> u8 {
    let product = u16::from(value) * u16::from(cover) + FULL / 2;
    u8::try_from(product / FULL).unwrap_or(u8::MAX)
}

fn uncovered(value: u8, cover: u8) -> u8 {
    let cover = u16::from(cover);
    let quotient = (u16::from(value) * FULL + cover / 2).checked_div(cover).unwrap_or(0);
    u8::try_from(quotient).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_has_no_dark_seam() {
        let clear = |x: u32| if x < 32 { Rgba([250, 40, 40, 255]) } else { Rgba([0, 0, 0, 0]) };
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_fn(64, 8, |x, _| clear(x)));
        let small = Canvas::of(picture.clone(), true, 64).sized((21, 3)).into_rgba8();
        for Rgba([red, .., cover]) in small.pixels() {
            assert!(*cover < 8 || *red > 230, "{red} at {cover}");
        }
        let white = Canvas::of(picture, false, 64);
        assert!(!white.is_transparent());
        let white = white.sized((64, 8)).into_rgb8();
        assert_eq!((white.get_pixel(0, 0).0, white.get_pixel(63, 7).0), ([250, 40, 40], [255, 255, 255]));
    }

    #[test]
    fn halving_stops_at_the_edge_and_never_enlarges() {
        let size = |edge_max| Canvas::of(DynamicImage::new_rgb8(1000, 3), true, edge_max).size();
        assert_eq!((size(1000), size(999), size(0)), ((1000, 3), (500, 2), (1, 1)));
    }
}
