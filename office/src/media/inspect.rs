//! What uploaded bytes are: their type by content, their measures, and the bytes as they are stored. Pure.

use bytes::Bytes;
use entity::media::MetadataKinds;

use super::metadata;
use crate::{
    error::{RefusalCode, Result, refuse},
    vault::sha256_hex,
};

/// Types that platforms take, as content tells them.
const ACCEPTED: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"];

/// A file as it is stored, and what is known of it.
#[derive(Debug)]
pub(super) struct Inspected {
    pub(super) bytes: Bytes,
    pub(super) media_type: &'static str,
    pub(super) sha256: String,
    pub(super) width: Option<i32>,
    pub(super) height: Option<i32>,
    pub(super) stripped: MetadataKinds,
}

/// Tells what the bytes are, measures them, and takes their metadata out; refuses what cannot be used, and
/// pictures of more than `max` pixels.
pub(super) fn inspect(bytes: &Bytes, max: usize) -> Result<Inspected> {
    let media_type = infer::get(bytes).map(|kind| kind.mime_type()).filter(|kind| ACCEPTED.contains(kind));
    let Some(media_type) = media_type else {
        return refuse(RefusalCode::Invalid, "", format!("the content is none of {}", ACCEPTED.join(", ")));
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
        if pixels > max {
            let message = format!("the picture has {pixels} pixels; at most {max} are allowed");
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
        ];
        for (name, media_type, misleads) in rows {
            assert_eq!(misnamed(name, media_type), misleads, "{name}");
        }
    }
}
