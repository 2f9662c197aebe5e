//! PNG: chunks, each with its name. Those that a viewer needs are named here; all others are left out.

use std::collections::BTreeSet;

use bytes::Bytes;
use entity::media::MetadataKind;
use img_parts::png::{Png, PngChunk};

use super::{Stripped, Unstrippable, exif, holds};

/// Picture, transparency, colour, size and animation.
const NEEDED: &[&[u8; 4]] = &[
    b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT", b"cICP",
    b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn strip(bytes: &Bytes) -> Result<Stripped, Unstrippable> {
    let mut png = Png::from_bytes(bytes.clone()).map_err(|_damaged| Unstrippable::Damaged)?;
    let first = png.chunks().first().map(PngChunk::kind);
    let last = png.chunks().last().map(PngChunk::kind);
    if first != Some(*b"IHDR") || last != Some(*b"IEND") {
        return Err(Unstrippable::Damaged);
    }
    let mut found = BTreeSet::new();
    if png.len() < bytes.len() {
        found.insert(MetadataKind::Trailing);
    }
    let mut orientation = None;
    png.chunks_mut().retain(|chunk| {
        if chunk.kind() == *b"eXIf" {
            let seen = exif::read(chunk.contents());
            orientation = orientation.or(seen.orientation);
            found.extend(seen.kinds);
            return false;
        }
        let keep = needed(chunk.kind());
        if !keep {
            found.insert(kind(chunk));
        }
        keep
    });
    if let Some(orientation) = orientation {
        let block = Bytes::copy_from_slice(&exif::only(orientation));
        png.chunks_mut().insert(1, PngChunk::new(*b"eXIf", block));
    }
    Ok(Stripped { bytes: png.encoder().bytes(), found })
}

/// A chunk whose name begins with a capital cannot be left out: without it nothing can be shown.
fn needed(name: [u8; 4]) -> bool {
    name.first().is_some_and(u8::is_ascii_uppercase) || NEEDED.contains(&&name)
}

fn kind(chunk: &PngChunk) -> MetadataKind {
    match &chunk.kind() {
        b"tIME" => MetadataKind::Time,
        b"caBX" => MetadataKind::Credentials,
        b"tEXt" | b"zTXt" | b"iTXt" => kind_of_text(chunk.contents()),
        _ => MetadataKind::Other,
    }
}

/// A text begins with its keyword and a NUL.
fn kind_of_text(content: &[u8]) -> MetadataKind {
    let keyword = content.split(|byte| *byte == 0).next().unwrap_or_default().to_ascii_lowercase();
    match keyword.as_slice() {
        b"author" | b"copyright" => MetadataKind::Author,
        b"creation time" => MetadataKind::Time,
        b"software" | b"source" => MetadataKind::Software,
        word if word.starts_with(b"date:") => MetadataKind::Time,
        word if holds(word, b"xmp") => MetadataKind::Xmp,
        word if holds(word, b"iptc") || holds(word, b"8bim") => MetadataKind::Iptc,
        word if holds(word, b"exif") || holds(word, b"app1") => MetadataKind::Exif,
        _ => MetadataKind::Description,
    }
}
