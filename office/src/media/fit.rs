//! What each platform takes of pictures and films: types, bytes, pixels. A table, as the platforms publish it.
//!
//! Pure. Knows published default limits; a server's or site's own may be other. Does not know drafts or channels.

use std::fmt;

use guidelines::Platform;

const MIB: u64 = 1024 * 1024;
/// The platform publishes no limit in bytes.
const UNPUBLISHED: u64 = u64::MAX;

/// Why an item does not fit a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The platform does not take this type.
    Type {
        /// What the item is.
        media_type: String,
        /// What it takes.
        accepted: &'static [&'static str],
    },
    /// The file is too large.
    Bytes {
        /// How large it is.
        actual: u64,
        /// How large it may be.
        max: u64,
    },
    /// The picture has too many pixels.
    Pixels {
        /// How many it has.
        actual: u64,
        /// How many it may have.
        max: u64,
    },
    /// The picture is too narrow or too low; the platform would blow it up or refuse it.
    Side {
        /// Its shorter side.
        actual: u32,
        /// How long that must be.
        min: u32,
    },
    /// The picture is too tall or too wide for the platform, which would cut or refuse it.
    Shape {
        /// Narrowest shape, width to height in hundredths.
        narrowest: u32,
        /// Widest shape, width to height in hundredths.
        widest: u32,
    },
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { media_type, accepted: [] } => {
                write!(f, "{media_type} is not taken")
            }
            Self::Type { media_type, accepted } => {
                write!(f, "{media_type} is not taken; use {}", accepted.join(" or "))
            }
            Self::Bytes { actual, max } => write!(f, "the file has {actual} bytes; at most {max} are taken"),
            Self::Pixels { actual, max } => {
                write!(f, "the picture has {actual} pixels; at most {max} are taken")
            }
            Self::Side { actual, min } => {
                write!(f, "the picture's shorter side has {actual} pixels; at least {min} are needed")
            }
            Self::Shape { narrowest, widest } => {
                let [narrowest, widest] = [narrowest, widest].map(|shape| f64::from(*shape) / 100.0);
                write!(f, "the picture's width must be from {narrowest} to {widest} times its height")
            }
        }
    }
}

/// What a platform takes of one type.
struct Takes {
    types: &'static [&'static str],
    bytes: u64,
    pixels: Option<u64>,
    side: Option<u32>,
    shape: Option<(u32, u32)>,
}

const fn takes(types: &'static [&'static str], bytes: u64) -> Takes {
    Takes { types, bytes, pixels: None, side: None, shape: None }
}

const STILL: &[&str] = &["image/jpeg", "image/png", "image/webp"];
const CLASSIC: &[&str] = &["image/jpeg", "image/png", "image/gif"];
const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp"];
const GIF: &[&str] = &["image/gif"];
const MP4: &[&str] = &["video/mp4"];

/// Nothing where the platform leaves it to the site or to the receiver.
fn table(platform: Platform) -> Option<Vec<Takes>> {
    Some(match platform {
        Platform::Feed | Platform::WordPress | Platform::Webhook => return None,
        // Mastodon's own defaults; the server says its limits in /api/v2/instance.
        Platform::Mastodon => {
            vec![Takes { pixels: Some(33_177_600), ..takes(PICTURES, 16 * MIB) }, takes(MP4, 99 * MIB)]
        }
        // The lexicon app.bsky.embed.images; a GIF is shown as a still picture.
        Platform::Bluesky => vec![takes(PICTURES, 2_000_000), takes(MP4, 300_000_000)],
        Platform::X => vec![takes(STILL, 5 * MIB), takes(GIF, 15 * MIB), takes(MP4, 512 * MIB)],
        Platform::Facebook => vec![takes(CLASSIC, 10 * MIB), takes(MP4, 1024 * MIB)],
        Platform::LinkedIn => {
            vec![Takes { pixels: Some(36_152_320), ..takes(CLASSIC, UNPUBLISHED) }, takes(MP4, 500 * MIB)]
        }
        Platform::YouTube => vec![takes(MP4, 256 * 1024 * MIB)],
        Platform::Instagram => vec![
            Takes { side: Some(320), shape: Some((80, 191)), ..takes(&["image/jpeg"], 8 * MIB) },
            takes(MP4, 300 * MIB),
        ],
    })
}

/// Types that a platform takes; empty where it leaves that to the site.
fn accepted(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Feed | Platform::WordPress | Platform::Webhook => &[],
        Platform::Mastodon | Platform::Bluesky | Platform::X => {
            &["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"]
        }
        Platform::Facebook | Platform::LinkedIn => &["image/jpeg", "image/png", "image/gif", "video/mp4"],
        Platform::YouTube => MP4,
        Platform::Instagram => &["image/jpeg", "video/mp4"],
    }
}

/// Why this item does not fit the platform; empty when it does. Width and height are those of a picture; what is not
/// known is not judged.
pub fn fit(
    platform: Platform,
    media_type: &str,
    bytes: u64,
    width: Option<u32>,
    height: Option<u32>,
) -> Vec<Misfit> {
    let Some(table) = table(platform) else { return Vec::new() };
    let Some(takes) = table.into_iter().find(|takes| takes.types.contains(&media_type)) else {
        return vec![Misfit::Type { media_type: media_type.to_owned(), accepted: accepted(platform) }];
    };
    let mut misfits = Vec::new();
    if bytes > takes.bytes {
        misfits.push(Misfit::Bytes { actual: bytes, max: takes.bytes });
    }
    let (Some(width), Some(height)) = (width, height) else { return misfits };
    let pixels = u64::from(width) * u64::from(height);
    if let Some(max) = takes.pixels.filter(|max| pixels > *max) {
        misfits.push(Misfit::Pixels { actual: pixels, max });
    }
    let side = width.min(height);
    if let Some(min) = takes.side.filter(|min| side < *min) {
        misfits.push(Misfit::Side { actual: side, min });
    }
    let (wide, high) = (u64::from(width) * 100, u64::from(height));
    let outside = |(narrowest, widest): &(u32, u32)| {
        wide < high * u64::from(*narrowest) || wide > high * u64::from(*widest)
    };
    if let Some((narrowest, widest)) = takes.shape.filter(outside) {
        misfits.push(Misfit::Shape { narrowest, widest });
    }
    misfits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_platform_has_its_limits() {
        let big = Misfit::Bytes { actual: 6_000_000, max: 5 * MIB };
        assert_eq!(fit(Platform::X, "image/png", 6_000_000, Some(10), Some(10)), [big]);
        assert!(fit(Platform::X, "image/gif", 6_000_000, Some(10), Some(10)).is_empty());
        let bluesky = fit(Platform::Bluesky, "image/jpeg", 2_000_001, None, None);
        assert_eq!(bluesky, [Misfit::Bytes { actual: 2_000_001, max: 2_000_000 }]);
        let mastodon = fit(Platform::Mastodon, "image/jpeg", 1, Some(7_681), Some(4_320));
        assert_eq!(mastodon, [Misfit::Pixels { actual: 33_181_920, max: 33_177_600 }]);
        assert!(fit(Platform::Mastodon, "image/jpeg", 1, Some(7_680), Some(4_320)).is_empty());
        for free in [Platform::Feed, Platform::WordPress, Platform::Webhook] {
            assert!(fit(free, "image/webp", u64::MAX, Some(u32::MAX), Some(1)).is_empty());
        }
    }

    #[test]
    fn shapes_are_instagrams_alone() {
        let shape = |width, height| fit(Platform::Instagram, "image/jpeg", 1, Some(width), Some(height));
        assert!(shape(1_080, 1_350).is_empty() && shape(1_910, 1_000).is_empty());
        let misfit = Misfit::Shape { narrowest: 80, widest: 191 };
        assert_eq!(shape(1_000, 1_251), std::slice::from_ref(&misfit));
        assert_eq!(shape(300, 100), [Misfit::Side { actual: 100, min: 320 }, misfit.clone()]);
        assert_eq!(misfit.to_string(), "the picture's width must be from 0.8 to 1.91 times its height");
    }

    #[test]
    fn a_type_that_is_not_taken_is_said_with_those_that_are() {
        let misfits = fit(Platform::Instagram, "image/png", 1, None, None);
        let said: Vec<_> = misfits.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["image/png is not taken; use image/jpeg or video/mp4"]);
    }

    #[test]
    fn the_two_tables_agree() {
        for platform in Platform::ALL {
            let listed: Vec<_> =
                table(platform).into_iter().flatten().flat_map(|takes| takes.types).collect();
            assert_eq!(listed.len(), accepted(platform).len(), "{platform}");
            assert!(listed.iter().all(|kind| accepted(platform).contains(kind)), "{platform}");
        }
    }
}
