//! Whether media fit where they go: size, pixels and type. It does not know an instance's own limits.

use serde::Deserialize;

use crate::{Check, Example, Hit, MediaView, Office, Platform, Reading, rule::rule};

rule!(
    MediaFit, "X.media-fit", version 1, "X1", Warn,
    what: "Compares a medium's size, pixels and type with what its platform takes. What is not known of a medium is not judged.",
    why: "A platform refuses what it does not take, and mostly so at the last moment.",
    instead: "Make the file smaller, or save it as another type.",
    fires: [
        Example::of("").on(Platform::Mastodon).showing(MediaView { bytes: Some(17_000_000), ..MediaView::of("a.png", "image/png", None) }),
        Example::of("").on(Platform::Mastodon).showing(MediaView { pixels: Some((9000, 4000)), ..MediaView::of("a.png", "image/png", None) }),
        Example::of("").on(Platform::Bluesky).showing(MediaView { bytes: Some(2_100_000), ..MediaView::of("a.png", "image/png", None) }),
        Example::of("").on(Platform::X).showing(MediaView::of("a.tiff", "image/tiff", None)),
        Example::of("").on(Platform::X).showing(MediaView { bytes: Some(6_000_000), ..MediaView::of("a.png", "image/png", None) }),
    ],
    quiet: [
        Example::of("").on(Platform::Mastodon).showing(MediaView { bytes: Some(16_000_000), pixels: Some((7000, 4000)), ..MediaView::of("a.png", "image/png", None) }),
        Example::of("").on(Platform::Bluesky).showing(MediaView { bytes: Some(900_000), ..MediaView::of("a.jpg", "image/jpeg", None) }),
        Example::of("").on(Platform::WordPress).showing(MediaView { bytes: Some(90_000_000), ..MediaView::of("a.png", "image/png", None) }),
        Example::of("").showing(MediaView { bytes: Some(90_000_000), ..MediaView::of("a.png", "image/png", None) }),
    ],
);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Params {}

/// What a platform takes of one kind of media.
struct Limit {
    platform: Platform,
    /// The part before the slash of the type, or the whole type.
    kind: &'static str,
    bytes: Option<u64>,
    pixels: Option<u64>,
    /// Endings of the types that it takes; none where every one is taken.
    types: &'static [&'static str],
}

const MIB: u64 = 1024 * 1024;

/// Published limits; where two fit a medium, the first holds.
const LIMITS: &[Limit] = &[
    // docs.joinmastodon.org, user/posting and the default of an instance's `configuration.media_attachments`.
    limit(
        Platform::Mastodon,
        "image/",
        Some(16 * MIB),
        Some(33_177_600),
        &["jpeg", "jpg", "png", "gif", "webp", "heic", "heif", "avif"],
    ),
    limit(Platform::Mastodon, "video/", Some(99 * MIB), None, &["mp4", "webm", "quicktime", "ogg", "x-m4v"]),
    limit(Platform::Mastodon, "audio/", Some(99 * MIB), None, &[]),
    // Lexicons app.bsky.embed.images (2,000,000 since it was raised from 1,000,000) and app.bsky.embed.video.
    limit(Platform::Bluesky, "image/", Some(2_000_000), None, &[]),
    limit(Platform::Bluesky, "video/", Some(300_000_000), None, &["mp4"]),
    // docs.x.com, media upload: best practices.
    limit(Platform::X, "image/gif", Some(15 * MIB), None, &[]),
    limit(Platform::X, "image/", Some(5 * MIB), None, &["jpeg", "jpg", "png", "webp"]),
    limit(Platform::X, "video/", Some(512 * MIB), None, &["mp4", "quicktime"]),
    // developers.facebook.com, Graph API, page photos.
    limit(
        Platform::Facebook,
        "image/",
        Some(10 * MIB),
        None,
        &["jpeg", "jpg", "png", "gif", "bmp", "tiff", "webp", "heic"],
    ),
    // learn.microsoft.com, LinkedIn Images API.
    limit(Platform::LinkedIn, "image/", None, Some(36_152_320), &["jpeg", "jpg", "png", "gif"]),
    limit(Platform::LinkedIn, "video/", Some(500 * MIB), None, &["mp4"]),
    // developers.facebook.com, Instagram content publishing: JPEG is the only image format.
    limit(Platform::Instagram, "image/", Some(8 * MIB), None, &["jpeg", "jpg"]),
    limit(Platform::Instagram, "video/", Some(300 * MIB), None, &["mp4", "quicktime"]),
    // developers.google.com, YouTube Data API, videos.insert.
    limit(Platform::YouTube, "video/", Some(256 * 1024 * MIB), None, &[]),
];

const fn limit(
    platform: Platform,
    kind: &'static str,
    bytes: Option<u64>,
    pixels: Option<u64>,
    types: &'static [&'static str],
) -> Limit {
    Limit { platform, kind, bytes, pixels, types }
}

struct Prepared;

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(_: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(platform) = reading.submission.platform else { return Vec::new() };
        let media = reading.submission.media.iter().enumerate();
        media.flat_map(|(index, medium)| over(platform, index, medium)).collect()
    }
}

fn over(platform: Platform, index: usize, medium: &MediaView<'_>) -> Vec<Hit> {
    let kind = medium.media_type.to_ascii_lowercase();
    let found = LIMITS.iter().find(|limit| limit.platform == platform && kind.starts_with(limit.kind));
    let Some(limit) = found else { return Vec::new() };
    let name = medium.file_name;
    let mut messages = Vec::new();
    if let Some((bytes, most)) = medium.bytes.zip(limit.bytes).filter(|(bytes, most)| bytes > most) {
        messages.push(format!("{name} has {bytes} bytes; {platform} takes {most}."));
    }
    let area = medium.pixels.map(|(width, height)| u64::from(width).saturating_mul(u64::from(height)));
    if let Some((area, most)) = area.zip(limit.pixels).filter(|(area, most)| area > most) {
        messages.push(format!("{name} has {area} pixels; {platform} takes {most}."));
    }
    let written = kind.split('/').nth(1).unwrap_or_default();
    let ending = written.split([';', ' ']).next().unwrap_or_default();
    if !ending.is_empty() && !limit.types.is_empty() && !limit.types.contains(&ending) {
        messages.push(format!("{platform} does not take {name}: its type is {kind}."));
    }
    let hit = |message| {
        Hit::whole(format!("media[{index}]"), message)
            .suggesting("Make the file smaller, save it as another type, or leave this channel out.")
    };
    messages.into_iter().map(hit).collect()
}
