//! What uploaded bytes are: their type by content, their measures, and the bytes as they are stored. Pure.

use bytes::Bytes;
use entity::media::MetadataKinds;

use super::{captions, metadata};
use crate::{
    error::{RefusalCode, Result, refuse},
    vault::sha256_hex,
};

/// Types that platforms take, as content tells them.
const ACCEPTED: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"];

/// The type of captions as they are stored: WebVTT, whatever they came as.
pub const CAPTIONS: &str = "text/vtt";

/// A file as it is stored, and what is known of it.
#[derive(Debug)]
pub(super) struct Inspected {
    pub(super) bytes: Bytes,
    pub(super) media_type: &'static str,
    pub(super) sha256: String,
    pub(super) width: Option<i32>,
    pub(super) height: Option<i32>,
    pub(super) stripped: MetadataKinds,
    /// What the cues of captions say.
    pub(super) words: Option<String>,
}

/// How large things may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// Pixels of a picture.
    pub(super) pixels: usize,
    /// Bytes of a file of captions, before and after it is written again.
    pub(super) caption_bytes: usize,
}

/// Whether a type is a film's.
pub(crate) fn is_film(media_type: &str) -> bool {
    media_type.starts_with("video/")
}

/// Tells what the bytes are, measures them, and takes their metadata out; refuses what cannot be used or is too large.
pub(super) fn inspect(bytes: &Bytes, most: Most) -> Result<Inspected> {
    let media_type = infer::get(bytes).map(|kind| kind.mime_type()).filter(|kind| ACCEPTED.contains(kind));
    let Some(media_type) = media_type else {
        return match captions::read(bytes) {
            Some(read) => inspect_captions(bytes.len(), read, most.caption_bytes),
            None => refuse(
                RefusalCode::Invalid,
                "",
                format!("the content is none of {}, nor captions (WebVTT or SubRip)", ACCEPTED.join(", ")),
            ),
        };
    };
    let file = match metadata::strip(media_type, bytes) {
        Ok(file) => file,
        Err(why) => return refuse(RefusalCode::Invalid, "", why.to_string()),
    };
    let (mut width, mut height) = (None, None);
    if media_type.starts_with("image/") {
        let Ok(size) = imagesize::blob_size(&file.bytes) else {
            return refuse(
                RefusalCode::Invalid,
                "",
                "the picture does not say how large it is: export it again",
            );
        };
        let pixels = size.width.saturating_mul(size.height);
        if pixels > most.pixels {
            let message = format!("the picture has {pixels} pixels; at most {} are allowed", most.pixels);
            return refuse(RefusalCode::TooLong, "", message);
        }
        width = i32::try_from(size.width).ok();
        height = i32::try_from(size.height).ok();
    }
    Ok(Inspected {
        sha256: sha256_hex(&file.bytes),
        bytes: file.bytes,
        media_type,
        width,
        height,
        stripped: MetadataKinds(file.found.into_iter().collect()),
        words: None,
    })
}

fn inspect_captions(
    sent: usize,
    read: std::result::Result<captions::Captions, captions::Malformed>,
    max: usize,
) -> Result<Inspected> {
    let file = match read {
        Ok(file) => file,
        Err(why) => return refuse(RefusalCode::Invalid, "", why.to_string()),
    };
    let length = sent.max(file.file.len());
    if length > max {
        let message = format!("the captions have {length} bytes; at most {max} are allowed");
        return refuse(RefusalCode::TooLong, "", message);
    }
    let bytes = Bytes::from(file.file);
    Ok(Inspected {
        sha256: sha256_hex(&bytes),
        bytes,
        media_type: CAPTIONS,
        width: None,
        height: None,
        stripped: MetadataKinds(file.found.into_iter().collect()),
        words: Some(file.words),
    })
}

/// Whether the name's ending says another type than the content has. A name without an ending says nothing.
pub fn misnamed(file_name: &str, media_type: &str) -> bool {
    let Some((stem, ending)) = file_name.rsplit_once('.') else { return false };
    let fitting: &[&str] = match media_type {
        "image/jpeg" => &["jpg", "jpeg", "jpe", "jfif"],
        "image/png" => &["png", "apng"],
        "image/gif" => &["gif"],
        "image/webp" => &["webp"],
        "video/mp4" => &["mp4", "m4v"],
        // SubRip is written again as WebVTT.
        CAPTIONS => &["vtt", "srt"],
        _ => return false,
    };
    !stem.is_empty() && !fitting.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_misleads_only_with_another_types_ending() {
        let rows = [
            ("a.jpg", "image/jpeg", false),
            ("a.JPEG", "image/jpeg", false),
            ("a.png", "image/jpeg", true),
            ("a.jpg.exe", "image/jpeg", true),
            ("photo", "image/jpeg", false),
            (".png", "image/jpeg", false),
            ("a.m4v", "video/mp4", false),
            ("a.srt", "text/vtt", false),
            ("a.txt", "text/vtt", true),
        ];
        for (name, media_type, misleads) in rows {
            assert_eq!(misnamed(name, media_type), misleads, "{name}");
        }
    }
}
