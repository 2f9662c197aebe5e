//! Pictures that are made at run time and made again to fit.

use image::{ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

const PIXELS: usize = 4_000_000;

fn recipe(bytes: u64) -> Recipe {
    Recipe {
        jpeg: true,
        png: true,
        bytes: Some(bytes),
        edge_max: 1024,
        edge_min: 64,
        quality: 88,
        quality_min: 60,
    }
}

/// The same noise every time, by place.
fn noise(x: u32, y: u32, seed: u32) -> u8 {
    let mixed = (x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ seed).wrapping_mul(0xc2b2_ae3d);
    (mixed >> 23).to_le_bytes()[0]
}

fn noisy(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([noise(x, y, 1), noise(x, y, 2), noise(x, y, 3)])).into()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    written(picture, ImageFormat::Png)
}

fn seen(made: &Made) -> DynamicImage {
    let format = if made.kind == Kind::Jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
    image::load_from_memory_with_format(&made.bytes, format).unwrap()
}

#[test]
fn a_large_noisy_picture_becomes_a_smaller_jpeg_the_same_every_time() {
    let original = png(&noisy(1200, 900));
    assert!(original.len() > 3_000_000);
    let made = make(&original, "image/png", &recipe(150_000), PIXELS).unwrap();
    assert!(made.kind == Kind::Jpeg && made.bytes.len() <= 150_000 && made.bytes.len() > 50_000);
    let picture = seen(&made);
    assert!(picture.width() <= 1024 && picture.width() * 3 / 4 == picture.height());
    assert_eq!(make(&original, "image/png", &recipe(150_000), PIXELS), Ok(made.clone()));
    let roomy = make(&original, "image/png", &Recipe { bytes: None, ..recipe(0) }, PIXELS).unwrap();
    assert_eq!(seen(&roomy).width(), 600, "halved below the longest edge, and no smaller");
}

#[test]
fn quality_goes_before_size() {
    let original = png(&noisy(400, 300));
    let at = |bytes| make(&original, "image/png", &recipe(bytes), PIXELS).unwrap();
    let best = at(10_000_000);
    let less = u64::try_from(best.bytes.len() - 1).unwrap();
    let lesser = at(less);
    assert_eq!((seen(&best).width(), seen(&lesser).width()), (400, 400));
    assert!(lesser.bytes.len() < best.bytes.len());
}

#[test]
fn transparency_stays_where_png_is_taken_and_becomes_white_elsewhere() {
    let pixel = |x, y| if x < 150 { Rgba([noise(x, y, 1), 9, 9, 255]) } else { Rgba([0, 0, 0, 0]) };
    let original = png(&RgbaImage::from_fn(300, 300, pixel).into());
    let made = make(&original, "image/png", &recipe(20_000), PIXELS).unwrap();
    let picture = seen(&made).into_rgba8();
    let corner = |x| picture.get_pixel(x, 0).0[3];
    assert!(made.kind == Kind::Png && made.bytes.len() <= 20_000);
    assert_eq!((corner(0), corner(picture.width() - 1)), (255, 0));
    let jpeg_only = Recipe { png: false, ..recipe(20_000) };
    let made = make(&original, "image/png", &jpeg_only, PIXELS).unwrap();
    let picture = seen(&made).into_rgb8();
    assert_eq!(made.kind, Kind::Jpeg);
    assert!(picture.get_pixel(picture.width() - 1, 0).0.iter().all(|value| *value > 250));
    // A picture that has the room for transparency and none is an ordinary one.
    let opaque = png(&DynamicImage::ImageRgba8(noisy(100, 100).into_rgba8()));
    assert_eq!(make(&opaque, "image/png", &recipe(20_000), PIXELS).unwrap().kind, Kind::Jpeg);
}

/// A JPEG with this segment behind its start.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

#[test]
fn a_picture_is_turned_the_right_way_up_and_tells_no_orientation_any_more() {
    let half = |x: u32, _| if x < 150 { Luma([255_u8]) } else { Luma([0]) };
    let jpeg = written(&image::GrayImage::from_fn(300, 100, half).into(), ImageFormat::Jpeg);
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = with_segment(&jpeg, 0xe1, exif);
    let made = make(&turned, "image/jpeg", &recipe(1_000_000), PIXELS).unwrap();
    let picture = seen(&made);
    assert_eq!((picture.width(), picture.height()), (100, 300));
    assert!(!picture.color().has_color(), "grey stays grey");
    let picture = picture.into_luma8();
    assert!(picture.get_pixel(50, 10).0[0] > 250 && picture.get_pixel(50, 290).0[0] < 5);
    assert!(!made.bytes.windows(4).any(|part| part == b"Exif"));
}

#[test]
fn a_profile_goes_along_where_it_is_of_the_same_colours() {
    let mut profile = vec![7; 200];
    let jpeg = written(&noisy(100, 100), ImageFormat::Jpeg);
    for (space, kept) in [(b"RGB ", true), (b"GRAY", false), (b"CMYK", false)] {
        profile[16..20].copy_from_slice(space);
        let original = with_segment(&jpeg, 0xe2, &[b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat());
        let made = make(&original, "image/jpeg", &recipe(1_000_000), PIXELS).unwrap();
        assert_eq!(made.bytes.windows(4).any(|part| part == space), kept);
    }
}

#[test]
fn what_cannot_be_made_says_why() {
    let original = png(&noisy(200, 200));
    let try_to = |bytes: &[u8], kind, most| make(bytes, kind, &recipe(most), PIXELS).unwrap_err();
    assert_eq!(try_to(&original, "image/png", 300), Unfit::TooLarge);
    assert_eq!(try_to(&original[..original.len() / 2], "image/png", 9_000), Unfit::Damaged);
    assert_eq!(try_to(b"no picture", "image/jpeg", 9_000), Unfit::Damaged);
    assert_eq!(try_to(&original, "image/tiff", 9_000), Unfit::Damaged);
    let small = make(&original, "image/png", &recipe(9_000), 39_999);
    assert_eq!(small, Err(Unfit::TooManyPixels));
    // Four colours: the count stands in the frame's header.
    let mut jpeg = written(&noisy(64, 64), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|part| part == [0xff, 0xc0]).unwrap();
    jpeg[frame + 9] = 4;
    assert_eq!(try_to(&jpeg, "image/jpeg", 9_000), Unfit::Printing);
}

#[test]
fn a_single_pixel_that_is_too_long_is_told_and_looked_for_no_further() {
    let original = png(&noisy(1, 1));
    assert_eq!(make(&original, "image/png", &recipe(10), PIXELS), Err(Unfit::TooLarge));
}

#[test]
fn what_moves_is_not_made_to_stand_still() {
    let mut file = Vec::new();
    let frame = || image::Frame::new(RgbaImage::from_pixel(40, 40, Rgba([1, 2, 3, 255])));
    image::codecs::gif::GifEncoder::new(&mut file).encode_frames([frame(), frame()]).unwrap();
    assert_eq!(make(&file, "image/gif", &recipe(9_000), PIXELS), Err(Unfit::Moves));
    let still = written(&noisy(40, 40), ImageFormat::Gif);
    assert!(make(&still, "image/gif", &recipe(9_000), PIXELS).is_ok());
}

#[test]
fn sizes_fall_by_a_fifth_and_end_at_the_least_edge() {
    let tried = |size, least| sizes(size, least).collect::<Vec<_>>();
    assert_eq!(tried((1000, 500), 600), [(1000, 500), (800, 400), (640, 320)]);
    assert_eq!(tried((100, 50), 480), [(100, 50)], "a small picture is tried as it is");
    assert_eq!(tried((3, 1), 0).last(), Some(&(2, 1)));
    assert_eq!(tried((1, 1), 0), [(1, 1)], "it comes to an end");
}

#[test]
fn sizes_that_cannot_do_are_passed_over() {
    assert_eq!(may_do(1_000, 4_000, 1_000), 500, "a quarter, and twice that for safety");
    assert_eq!(may_do(1_000, 1_001, 1_000), 1_998, "the next one is tried");
    assert_eq!(may_do(1_000, 900_000, 1_000), 250, "never too far at once");
    assert_eq!(may_do(u64::MAX, 1, usize::MAX), u64::MAX);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_variant_fits_or_there_is_none(
        width in 1_u32..400, height in 1_u32..400, clear in any::<bool>(), bytes in 100_u64..60_000,
        jpeg in any::<bool>(), edge_max in 1_u32..500, edge_min in 0_u32..300,
    ) {
        let cover = |x| if clear && x % 3 == 0 { 100 } else { 255 };
        let pixel = |x, y| Rgba([noise(x, y, 1), noise(x, y, 2), noise(x, y, 3), cover(x)]);
        let original = png(&RgbaImage::from_fn(width, height, pixel).into());
        let recipe = Recipe { jpeg, png: !jpeg || clear, edge_max, edge_min, ..recipe(bytes) };
        match make(&original, "image/png", &recipe, PIXELS) {
            Ok(made) => {
                prop_assert!(recipe.holds(made.bytes.len()) && recipe.takes(made.kind));
                prop_assert_eq!(Kind::of_whole(&made.bytes), Some(made.kind));
                let picture = seen(&made);
                prop_assert!(picture.width() <= width && picture.height() <= height);
                prop_assert!(picture.width().max(picture.height()) <= edge_max);
            }
            Err(unfit) => prop_assert_eq!(unfit, Unfit::TooLarge),
        }
    }
}
