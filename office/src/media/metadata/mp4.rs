//! MP4: boxes within boxes. Elsewhere in the file are offsets into it, so that nothing may move: a box that only tells
//! is overwritten where it is, with the box that the format has for free space.

use std::collections::BTreeSet;

use bytes::Bytes;
use entity::media::MetadataKind;

use super::{Stripped, Unstrippable, holds};

/// Boxes are nested less deep than this in any real film.
const DEPTH: usize = 8;
/// A film all around: how to project it. The only private box that is needed to show something.
const SPHERICAL: [u8; 16] = *b"\xff\xcc\x82\x63\xf8\x55\x4a\x93\x88\x14\x58\x7a\x02\x52\x1f\xdd";
/// What stands in boxes that tell, by their names in the formats' own words.
const TOLD: &[(&[u8], MetadataKind)] = &[
    (b"\xa9xyz", MetadataKind::Position),
    (b"loci", MetadataKind::Position),
    (b"location", MetadataKind::Position),
    (b"\xa9mak", MetadataKind::Camera),
    (b"\xa9mod", MetadataKind::Camera),
    (b".make", MetadataKind::Camera),
    (b".model", MetadataKind::Camera),
    (b"\xa9day", MetadataKind::Time),
    (b"creationdate", MetadataKind::Time),
    (b"\xa9ART", MetadataKind::Author),
    (b"\xa9aut", MetadataKind::Author),
    (b"cprt", MetadataKind::Author),
    (b"\xa9nam", MetadataKind::Description),
    (b"\xa9cmt", MetadataKind::Description),
    (b"desc", MetadataKind::Description),
    (b"\xa9too", MetadataKind::Software),
    (b"\xa9swr", MetadataKind::Software),
    (b".software", MetadataKind::Software),
    (b"xmpmeta", MetadataKind::Xmp),
];

pub(super) fn strip(bytes: &[u8]) -> Result<Stripped, Unstrippable> {
    let mut film = bytes.to_vec();
    let mut found = BTreeSet::new();
    let length = walk(&mut film, 0, &mut found)?;
    if length < film.len() {
        film.truncate(length);
        found.insert(MetadataKind::Trailing);
    }
    Ok(Stripped { bytes: Bytes::from(film), found })
}

/// Cleans a row of boxes; answers how many bytes they have. A few more may follow that are no box.
fn walk(bytes: &mut [u8], depth: usize, found: &mut BTreeSet<MetadataKind>) -> Result<usize, Unstrippable> {
    if depth > DEPTH {
        return Err(Unstrippable::Damaged);
    }
    let mut rest = bytes;
    let mut length = 0_usize;
    while rest.len() >= 8 {
        let (header, size) = size(rest).ok_or(Unstrippable::Damaged)?;
        let (this, after) = rest.split_at_mut_checked(size).ok_or(Unstrippable::Damaged)?;
        let (head, content) = this.split_at_mut_checked(header).ok_or(Unstrippable::Damaged)?;
        clean(head, content, depth, found)?;
        length = length.saturating_add(size);
        rest = after;
    }
    Ok(length)
}

/// Bytes of a box's header, and of the whole box.
fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let (short, rest) = bytes.split_first_chunk::<4>()?;
    let (header, size) = match u32::from_be_bytes(*short) {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*rest.get(4..)?.first_chunk::<8>()?)).ok()?),
        size => (8, usize::try_from(size).ok()?),
    };
    (size >= header && size <= bytes.len()).then_some((header, size))
}

fn clean(
    head: &mut [u8],
    content: &mut [u8],
    depth: usize,
    found: &mut BTreeSet<MetadataKind>,
) -> Result<(), Unstrippable> {
    let name = head.get(4..8).and_then(<[u8]>::first_chunk::<4>).copied().unwrap_or_default();
    match &name {
        b"moov" | b"trak" | b"mdia" | b"minf" | b"edts" | b"mvex" | b"moof" | b"traf" => {
            walk(content, depth.saturating_add(1), found)?;
        }
        b"mvhd" | b"tkhd" | b"mdhd" => times(content, found),
        b"hdlr" => handler(content, found)?,
        b"uuid" if content.starts_with(&SPHERICAL) => {}
        b"udta" | b"meta" | b"uuid" => {
            found.extend(told(content));
            content.fill(0);
            if let Some(name) = head.get_mut(4..8) {
                name.copy_from_slice(b"free");
            }
        }
        // Programs leave old words in the space that they free.
        b"free" | b"skip" | b"wide" => blank(content, MetadataKind::Other, found),
        _ => {}
    }
    Ok(())
}

fn told(content: &[u8]) -> BTreeSet<MetadataKind> {
    let kinds: BTreeSet<_> =
        TOLD.iter().filter(|(name, _)| holds(content, name)).map(|(_, kind)| *kind).collect();
    if kinds.is_empty() { BTreeSet::from([MetadataKind::Other]) } else { kinds }
}

fn blank(content: &mut [u8], kind: MetadataKind, found: &mut BTreeSet<MetadataKind>) {
    if content.iter().any(|byte| *byte != 0) {
        content.fill(0);
        found.insert(kind);
    }
}

/// When film, track or medium were made and changed: two numbers after version and flags.
fn times(content: &mut [u8], found: &mut BTreeSet<MetadataKind>) {
    let end = if content.first() == Some(&1) { 20 } else { 12 };
    if let Some(times) = content.get_mut(4..end) {
        blank(times, MetadataKind::Time, found);
    }
}

/// Says what a track holds, and often with which device it was made.
fn handler(content: &mut [u8], found: &mut BTreeSet<MetadataKind>) -> Result<(), Unstrippable> {
    if content.get(8..12) == Some(b"meta") {
        return Err(Unstrippable::DataTrack);
    }
    if let Some(name) = content.get_mut(24..) {
        blank(name, MetadataKind::Software, found);
    }
    Ok(())
}
