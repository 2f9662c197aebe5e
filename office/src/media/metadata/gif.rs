//! GIF: a header, then blocks: pictures, and extensions that say how to show them or only tell.

use std::collections::BTreeSet;

use bytes::Bytes;
use entity::media::MetadataKind;

use super::{Stripped, Unstrippable};

/// Extensions of programs that a viewer needs: how often to repeat, and the colour profile.
const NEEDED: &[&[u8; 11]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];
/// Bytes of the header, and of a picture's, up to their colour tables.
const HEADER: usize = 13;
const PICTURE: usize = 10;

pub(super) fn strip(bytes: &[u8]) -> Result<Stripped, Unstrippable> {
    read(bytes).ok_or(Unstrippable::Damaged)
}

/// Nothing where it ends early or is no GIF.
fn read(bytes: &[u8]) -> Option<Stripped> {
    let mut found = BTreeSet::new();
    let start = HEADER.checked_add(colours(*bytes.get(10)?))?;
    let (head, mut rest) = bytes.split_at_checked(start)?;
    if !head.starts_with(b"GIF8") {
        return None;
    }
    let mut kept = head.to_vec();
    loop {
        let length = match rest {
            [b';', after @ ..] => {
                if !after.is_empty() {
                    found.insert(MetadataKind::Trailing);
                }
                kept.push(b';');
                return Some(Stripped { bytes: Bytes::from(kept), found });
            }
            [b',', ..] => picture(rest)?,
            [b'!', ..] => 2_usize.checked_add(sub_blocks(rest.get(2..)?)?)?,
            _ => return None,
        };
        let (block, after) = rest.split_at_checked(length)?;
        match kind(block) {
            None => kept.extend_from_slice(block),
            Some(kind) => {
                found.insert(kind);
            }
        }
        rest = after;
    }
}

/// Bytes of the colour table that these bits announce.
fn colours(bits: u8) -> usize {
    if bits & 0x80 == 0 { 0 } else { 3 << ((bits & 7) + 1) }
}

/// Bytes of a picture block.
fn picture(block: &[u8]) -> Option<usize> {
    // Its table, then one byte of coding, then the data.
    let data = PICTURE.checked_add(colours(*block.get(9)?))?.checked_add(1)?;
    data.checked_add(sub_blocks(block.get(data..)?)?)
}

/// Bytes of a row of sub-blocks with the empty one that ends it.
fn sub_blocks(bytes: &[u8]) -> Option<usize> {
    let mut at = 0_usize;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at = at.checked_add(length)?.checked_add(1)?;
        if length == 0 {
            return Some(at);
        }
    }
}

/// What a block that is not needed tells; none of one that is.
fn kind(block: &[u8]) -> Option<MetadataKind> {
    match block {
        [b'!', 0xfe, ..] => Some(MetadataKind::Description),
        [b'!', 0xff, 11, name @ ..] => {
            let name = name.first_chunk::<11>()?;
            let kind = if name == b"XMP DataXMP" { MetadataKind::Xmp } else { MetadataKind::Other };
            (!NEEDED.contains(&name)).then_some(kind)
        }
        // Timing and written-out text; everything else is of no known use.
        [b',', ..] | [b'!', 0xf9 | 0x01, ..] => None,
        _ => Some(MetadataKind::Other),
    }
}
