//! Exif blocks, as JPEG, PNG and WebP carry them: which kinds of fields they have, and the one that is kept.
//!
//! Knows field numbers. Never looks at a value but the orientation's.

use std::{collections::BTreeSet, iter};

use entity::media::MetadataKind;
use exif::{Context, Exif, Field, In, Reader, Tag};

/// What JPEG puts before the block, and some programs do elsewhere.
pub(super) const PREFIX: &[u8] = b"Exif\0\0";

/// A block that was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Kinds of its fields, but for the orientation.
    pub(super) kinds: BTreeSet<MetadataKind>,
    /// How to turn the picture, where it must be turned: 2 to 8.
    pub(super) orientation: Option<u8>,
}

/// Reads a block; one that cannot be read is said to be there, and nothing of it is kept.
pub(super) fn read(block: &[u8]) -> Seen {
    let block = block.strip_prefix(PREFIX).unwrap_or(block);
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    // What is half broken still tells half of what it told.
    let read = reader.read_raw(block.to_vec()).or_else(|error| error.distill_partial_result(|_broken| ()));
    match read {
        Ok(read) => seen(&read),
        Err(_unreadable) => Seen { kinds: iter::once(MetadataKind::Exif).collect(), orientation: None },
    }
}

fn seen(read: &Exif) -> Seen {
    let orientation = read.get_field(Tag::Orientation, In::PRIMARY);
    let turn = orientation.and_then(|field| field.value.get_uint(0)).and_then(|turn| u8::try_from(turn).ok());
    Seen {
        kinds: read.fields().filter_map(kind).collect(),
        orientation: turn.filter(|turn| (2..=8).contains(turn)),
    }
}

fn kind(field: &Field) -> Option<MetadataKind> {
    if field.ifd_num != In::PRIMARY {
        return Some(MetadataKind::Thumbnail);
    }
    if field.tag.context() == Context::Gps {
        return Some(MetadataKind::Position);
    }
    Some(match field.tag {
        Tag::Orientation => return None,
        Tag::Make
        | Tag::Model
        | Tag::BodySerialNumber
        | Tag::LensMake
        | Tag::LensModel
        | Tag::LensSerialNumber
        | Tag::LensSpecification => MetadataKind::Camera,
        Tag::DateTime
        | Tag::DateTimeOriginal
        | Tag::DateTimeDigitized
        | Tag::OffsetTime
        | Tag::OffsetTimeOriginal
        | Tag::OffsetTimeDigitized
        | Tag::SubSecTime
        | Tag::SubSecTimeOriginal
        | Tag::SubSecTimeDigitized => MetadataKind::Time,
        Tag::Artist | Tag::Copyright | Tag::CameraOwnerName => MetadataKind::Author,
        Tag::ImageDescription | Tag::UserComment => MetadataKind::Description,
        Tag::Software => MetadataKind::Software,
        Tag::MakerNote => MetadataKind::MakerNote,
        _ => MetadataKind::Exif,
    })
}

/// A block that says only how to turn the picture.
pub(super) fn only(orientation: u8) -> [u8; 26] {
    // Big-endian TIFF; one directory at 8 with one entry (0x0112, one short); no further directory.
    let mut block = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = block.get_mut(19) {
        *value = orientation;
    }
    block
}
