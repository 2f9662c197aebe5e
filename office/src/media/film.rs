//! A film that does not fit into memory, freed of its metadata as it is copied: box by box, for only small boxes tell anything.
//! Blocking, over any reader and writer. It does not know where films come from or go to.

use std::{
    collections::BTreeSet,
    io::{self, Read, Write},
};

use aws_lc_rs::digest::{Context, SHA256};
use entity::media::MetadataKind;
use thiserror::Error;

use super::metadata::{Unstrippable, mp4_boxes};

/// Largest box that is read whole. What describes a film of many hours is smaller.
const WHOLE: u64 = 64 * 1024 * 1024;
/// Bytes that are copied at once.
const PIECE: usize = 256 * 1024;

/// A film as it was copied.
#[derive(Debug)]
pub(super) struct Film {
    /// Its size in bytes.
    pub(super) length: u64,
    /// Digest of what was written, in lower-case hexadecimal digits.
    pub(super) sha256: String,
    /// What was found and taken out.
    pub(super) found: BTreeSet<MetadataKind>,
}

/// Why a film was not copied.
#[derive(Debug, Error)]
pub(super) enum NotCopied {
    /// It cannot be freed of its metadata.
    #[error(transparent)]
    Unstrippable(#[from] Unstrippable),
    /// It could not be read or written.
    #[error("a film could not be read or written")]
    Io(#[from] io::Error),
}

/// Copies a film of `length` bytes without its metadata. A few bytes at the end that are no box stay behind.
pub(super) fn copy(from: &mut impl Read, length: u64, to: &mut impl Write) -> Result<Film, NotCopied> {
    let mut out = Out { to, digest: Context::new(&SHA256), length: 0 };
    let mut found = BTreeSet::new();
    let mut left = length;
    while left >= 8 {
        let head = Head::read(from, left)?;
        left = left.checked_sub(head.size).ok_or(Unstrippable::Damaged)?;
        if head.tells() && head.size <= WHOLE {
            let mut whole = head.bytes.clone();
            read_exactly(from, head.content(), |piece| {
                whole.extend_from_slice(piece);
                Ok(())
            })?;
            let stripped = mp4_boxes(&whole)?;
            found.extend(stripped.found);
            out.write(&stripped.bytes)?;
        } else if head.is_free() {
            out.write(&head.bytes)?;
            read_exactly(from, head.content(), |piece| {
                if piece.iter().any(|byte| *byte != 0) {
                    found.insert(MetadataKind::Other);
                }
                out.write(&vec![0; piece.len()])
            })?;
        } else if head.tells() {
            return Err(Unstrippable::Damaged.into());
        } else {
            out.write(&head.bytes)?;
            read_exactly(from, head.content(), |piece| out.write(piece))?;
        }
    }
    if left > 0 {
        found.insert(MetadataKind::Trailing);
    }
    out.to.flush()?;
    Ok(Film { length: out.length, sha256: hex::encode(out.digest.finish()), found })
}

/// What stands before a box's content.
struct Head {
    bytes: Vec<u8>,
    /// Of the whole box.
    size: u64,
}

impl Head {
    fn read(from: &mut impl Read, left: u64) -> Result<Self, NotCopied> {
        let mut short = [0; 8];
        exact(from, &mut short)?;
        let mut bytes = short.to_vec();
        let stated = short.first_chunk::<4>().map_or(0, |size| u32::from_be_bytes(*size));
        let size = match stated {
            0 => left,
            1 => {
                let mut long = [0; 8];
                exact(from, &mut long)?;
                bytes.extend_from_slice(&long);
                u64::from_be_bytes(long)
            }
            size => u64::from(size),
        };
        let header = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size < header || size > left {
            return Err(Unstrippable::Damaged.into());
        }
        Ok(Self { bytes, size })
    }

    fn content(&self) -> u64 {
        self.size.saturating_sub(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX))
    }

    fn name(&self) -> &[u8] {
        self.bytes.get(4..8).unwrap_or_default()
    }

    /// Whether it may hold what is taken out, at the top of a file.
    fn tells(&self) -> bool {
        matches!(self.name(), b"moov" | b"moof" | b"udta" | b"meta" | b"uuid") || self.is_free()
    }

    fn is_free(&self) -> bool {
        matches!(self.name(), b"free" | b"skip" | b"wide")
    }
}

struct Out<'a, W> {
    to: &'a mut W,
    digest: Context,
    length: u64,
}

impl<W: Write> Out<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.to.write_all(bytes)
    }
}

/// A file that ends within a box is damaged, and no fault of the machine's.
fn exact(from: &mut impl Read, into: &mut [u8]) -> Result<(), NotCopied> {
    from.read_exact(into).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Unstrippable::Damaged.into(),
        _ => NotCopied::Io(error),
    })
}

fn read_exactly(
    from: &mut impl Read,
    length: u64,
    mut piece: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), NotCopied> {
    let mut buffer = vec![0; PIECE];
    let mut left = length;
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let part = buffer.get_mut(..wanted).unwrap_or_default();
        exact(from, part)?;
        piece(part)?;
        left = left.saturating_sub(u64::try_from(wanted).unwrap_or(u64::MAX));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;
    use crate::{media::metadata, sha256_hex};

    const FILM: &[u8] = include_bytes!("../../samples/film.mp4");

    fn copied(film: &[u8]) -> Result<(Vec<u8>, Film), NotCopied> {
        let mut out = Vec::new();
        let length = u64::try_from(film.len()).unwrap();
        let film = copy(&mut io::Cursor::new(film), length, &mut out)?;
        Ok((out, film))
    }

    fn of(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [size.to_be_bytes().as_slice(), &name, content].concat()
    }

    #[test]
    fn it_is_the_same_as_when_the_film_is_read_whole() {
        let clean = metadata::strip("video/mp4", &Bytes::from_static(FILM)).unwrap().bytes;
        let more =
            [clean.as_ref(), &of(*b"free", b"old words"), &of(*b"mdat", &vec![7; 900_000]), b"end"].concat();
        for film in [FILM.to_vec(), more] {
            let whole = metadata::strip("video/mp4", &Bytes::from(film.clone())).unwrap();
            let (out, told) = copied(&film).unwrap();
            assert!(whole.bytes == out);
            assert_eq!((told.sha256, told.found), (sha256_hex(&out), whole.found));
            assert_eq!(told.length, u64::try_from(out.len()).unwrap());
        }
    }

    #[test]
    fn a_film_with_a_track_of_data_is_refused_as_a_small_one_is() {
        let drone = include_bytes!("../../samples/drone.mp4");
        assert!(matches!(copied(drone), Err(NotCopied::Unstrippable(Unstrippable::DataTrack))));
    }

    proptest! {
        #[test]
        fn whatever_bytes_come_both_ways_agree(at in 0..FILM.len(), byte in any::<u8>(), cut in 0..FILM.len()) {
            let mut film = FILM.to_vec();
            film[at] = byte;
            film.truncate(FILM.len() - cut);
            let whole = metadata::strip("video/mp4", &Bytes::from(film.clone()));
            match (whole, copied(&film)) {
                (Ok(whole), Ok((out, told))) => {
                    prop_assert!(whole.bytes == out);
                    prop_assert_eq!(whole.found, told.found);
                }
                (Err(whole), Err(NotCopied::Unstrippable(told))) => prop_assert_eq!(whole, told),
                (whole, told) => prop_assert!(false, "{whole:?} {told:?}"),
            }
        }
    }
}
