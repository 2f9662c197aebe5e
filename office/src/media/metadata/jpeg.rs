//! JPEG: a row of segments, some followed by coded picture data. Segments that only tell are left out; what comes after
//! the picture's end (a film of the moment before, a second picture with its own position) is cut off.

use std::collections::BTreeSet;

use bytes::Bytes;
use entity::media::MetadataKind;

use super::{Stripped, Unstrippable, exif};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const COMMENT: u8 = 0xfe;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP15: u8 = 0xef;

/// What stays of a file as it is read.
#[derive(Debug, Default)]
struct Kept {
    segments: Vec<u8>,
    /// Where the orientation belongs: behind the segments that must come first.
    turn_at: usize,
    orientation: Option<u8>,
    found: BTreeSet<MetadataKind>,
}

pub(super) fn strip(bytes: &[u8]) -> Result<Stripped, Unstrippable> {
    let mut rest = bytes.strip_prefix(&[0xff, START]).ok_or(Unstrippable::Damaged)?;
    let mut kept = Kept::default();
    let mut scanned = false;
    while let Some((marker, after)) = next_marker(rest, &mut kept.found) {
        match marker {
            END => {
                kept.end(after);
                return Ok(kept.file());
            }
            // Restarts and the like stand alone, and only within picture data, which are copied as a whole.
            0x01 | 0xd0..=0xd7 => rest = after,
            START => return Err(Unstrippable::Damaged),
            _ => {
                let (content, after) = segment(after).ok_or(Unstrippable::Damaged)?;
                kept.segment(marker, content);
                rest = after;
                if marker == SCAN {
                    scanned = true;
                    let (data, after) = after.split_at_checked(picture_data(after)).unwrap_or((after, &[]));
                    kept.segments.extend_from_slice(data);
                    rest = after;
                }
            }
        }
    }
    // Some cameras forget the end; viewers show such a picture all the same.
    if scanned { Ok(kept.file()) } else { Err(Unstrippable::Damaged) }
}

/// The next marker and what follows it; bytes before it belong to nothing and are left out.
fn next_marker<'b>(bytes: &'b [u8], found: &mut BTreeSet<MetadataKind>) -> Option<(u8, &'b [u8])> {
    let at = bytes.windows(2).position(|two| matches!(two, [0xff, marker] if !matches!(marker, 0 | 0xff)))?;
    let (before, from) = bytes.split_at_checked(at)?;
    if before.iter().any(|byte| *byte != 0xff) {
        found.insert(MetadataKind::Other);
    }
    let (marker, after) = from.split_first_chunk::<2>()?;
    Some((marker[1], after))
}

/// A segment's content without its length, and what follows it.
fn segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// Length of the coded data: up to the next marker that is no part of them.
fn picture_data(bytes: &[u8]) -> usize {
    let ends = |two: &[u8]| matches!(two, [0xff, marker] if !matches!(marker, 0 | 0xd0..=0xd7 | 0xff));
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

impl Kept {
    fn segment(&mut self, marker: u8, content: &[u8]) {
        match marker {
            APP0 if content.starts_with(b"JFIF\0") => self.jfif(content),
            APP1 if content.starts_with(exif::PREFIX) => {
                let seen = exif::read(content);
                self.orientation = self.orientation.or(seen.orientation);
                self.found.extend(seen.kinds);
            }
            COMMENT | APP0..=APP15 if !needed(marker, content) => {
                self.found.insert(kind(marker, content));
            }
            _ => self.push(marker, content),
        }
    }

    /// The header of most files may carry a small copy of the picture.
    fn jfif(&mut self, content: &[u8]) {
        let Some((head, thumbnail)) = content.split_at_checked(12).filter(|(_, rest)| rest.len() >= 2) else {
            return;
        };
        if thumbnail != [0, 0] {
            self.found.insert(MetadataKind::Thumbnail);
        }
        let at_start = self.segments.len() == self.turn_at;
        self.push(APP0, &[head, &[0, 0]].concat());
        if at_start {
            self.turn_at = self.segments.len();
        }
    }

    fn push(&mut self, marker: u8, content: &[u8]) {
        let length = u16::try_from(content.len().saturating_add(2)).unwrap_or(u16::MAX);
        self.segments.extend_from_slice(&[0xff, marker]);
        self.segments.extend_from_slice(&length.to_be_bytes());
        self.segments.extend_from_slice(content);
    }

    fn end(&mut self, after: &[u8]) {
        self.segments.extend_from_slice(&[0xff, END]);
        if !after.is_empty() {
            self.found.insert(MetadataKind::Trailing);
        }
    }

    fn file(self) -> Stripped {
        let turn = self.orientation.map(|orientation| {
            let mut turn = Self::default();
            turn.push(APP1, &[exif::PREFIX, &exif::only(orientation)].concat());
            turn.segments
        });
        let (first, rest) = self.segments.split_at_checked(self.turn_at).unwrap_or((&[], &self.segments));
        let bytes = [&[0xff, START], first, turn.as_deref().unwrap_or_default(), rest].concat();
        Stripped { bytes: Bytes::from(bytes), found: self.found }
    }
}

/// Colour profile, and how colours are coded: without them the picture looks different.
fn needed(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        _ => false,
    }
}

fn kind(marker: u8, content: &[u8]) -> MetadataKind {
    match marker {
        COMMENT => MetadataKind::Description,
        APP0 if content.starts_with(b"JFXX\0") => MetadataKind::Thumbnail,
        APP1 if content.starts_with(b"http://ns.adobe.com/") => MetadataKind::Xmp,
        0xeb => MetadataKind::Credentials,
        0xed => MetadataKind::Iptc,
        _ => MetadataKind::Other,
    }
}
