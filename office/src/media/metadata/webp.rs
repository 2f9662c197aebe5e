//! WebP: chunks in a RIFF. Those that a viewer needs are named here; all others are left out.

use std::collections::BTreeSet;

use bytes::{Bytes, BytesMut};
use entity::media::MetadataKind;
use img_parts::{
    riff::{RiffChunk, RiffContent},
    webp::WebP,
};

use super::{Stripped, Unstrippable, exif};

const NEEDED: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// The header's bits that announce these chunks.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

pub(super) fn strip(bytes: &Bytes) -> Result<Stripped, Unstrippable> {
    let mut webp = WebP::from_bytes(bytes.clone()).map_err(|_damaged| Unstrippable::Damaged)?;
    if !webp.chunks().iter().any(|chunk| matches!(&chunk.id(), b"VP8 " | b"VP8L" | b"ANMF")) {
        return Err(Unstrippable::Damaged);
    }
    let mut found = BTreeSet::new();
    if usize::try_from(webp.len()).is_ok_and(|length| length < bytes.len()) {
        found.insert(MetadataKind::Trailing);
    }
    let mut orientation = None;
    webp.chunks_mut().retain(|chunk| {
        match (&chunk.id(), chunk.content().data()) {
            (b"EXIF", Some(block)) => {
                let seen = exif::read(block);
                orientation = orientation.or(seen.orientation);
                found.extend(seen.kinds);
            }
            (b"XMP ", _) => {
                found.insert(MetadataKind::Xmp);
            }
            (b"C2PA", _) => {
                found.insert(MetadataKind::Credentials);
            }
            (id, Some(_)) if NEEDED.contains(&id) => return true,
            _ => {
                found.insert(MetadataKind::Other);
            }
        }
        false
    });
    // Only the extended form may carry an orientation; the others had none to lose.
    let extended = announce(&mut webp, orientation.is_some());
    if let Some(orientation) = orientation.filter(|_| extended) {
        let block = Bytes::copy_from_slice(&exif::only(orientation));
        webp.chunks_mut().push(RiffChunk::new(*b"EXIF", RiffContent::Data(block)));
    }
    Ok(Stripped { bytes: webp.encoder().bytes(), found })
}

/// Makes the header say which chunks there are; false where there is no header.
fn announce(webp: &mut WebP, has_exif: bool) -> bool {
    let header = webp.chunks_mut().iter_mut().find(|chunk| chunk.id() == *b"VP8X");
    let Some(RiffContent::Data(content)) = header.map(RiffChunk::content_mut) else { return false };
    let mut changed = BytesMut::from(content.as_ref());
    let Some(bits) = changed.first_mut() else { return false };
    *bits = (*bits & !(HAS_EXIF | HAS_XMP)) | if has_exif { HAS_EXIF } else { 0 };
    *content = changed.freeze();
    true
}
