//! Metadata of pictures and films: what a file tells beside what it shows, taken out before it is stored.
//!
//! Pure: bytes in, bytes and kinds out. Picture data are copied, never decoded, so that nothing is lost by it. Kept are
//! what is needed to show the picture as it is meant: orientation, colour profile, animation. What is not known to be
//! needed goes. Values never leave this module, only the kinds of what was found.

use std::collections::BTreeSet;

use bytes::Bytes;
use entity::media::MetadataKind;
use thiserror::Error;

mod exif;
mod gif;
mod jpeg;
mod mp4;
mod png;
mod webp;

/// A file without its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    /// The file.
    pub bytes: Bytes,
    /// What was found and taken out.
    pub found: BTreeSet<MetadataKind>,
}

/// Why a file cannot be freed of its metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unstrippable {
    /// It does not have the form of its type, or ends early: what it holds cannot be told.
    #[error("the file is damaged or ends early: export it again and create a new upload")]
    Damaged,
    /// A film with a track of data, such as positions. Its data lie among those of picture and sound.
    #[error(
        "the film carries a track of data, which may tell where it was taken: export it with picture and sound only and create a new upload"
    )]
    DataTrack,
}

/// The same picture or film without metadata. Doing it twice changes nothing more. A type that is not known here is
/// damaged: nothing passes unread.
pub fn strip(media_type: &str, bytes: &Bytes) -> Result<Stripped, Unstrippable> {
    match media_type {
        "image/jpeg" => jpeg::strip(bytes),
        "image/png" => png::strip(bytes),
        "image/webp" => webp::strip(bytes),
        "image/gif" => gif::strip(bytes),
        "video/mp4" => mp4::strip(bytes),
        _ => Err(Unstrippable::Damaged),
    }
}

/// A few whole boxes of an MP4 film without metadata, for whoever reads a film box by box.
pub(super) fn mp4_boxes(bytes: &[u8]) -> Result<Stripped, Unstrippable> {
    mp4::strip(bytes)
}

/// Whether a block of bytes holds these.
fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len().max(1)).any(|part| part == wanted)
}

#[cfg(test)]
mod tests;
