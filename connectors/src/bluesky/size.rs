//! How wide and how high a picture is shown, by its first bytes: a reader that knows leaves room for it. It decodes nothing,
//! and says nothing of what it does not know.

/// Width and height.
pub(super) type Size = (u32, u32);

pub(super) fn of(bytes: &[u8]) -> Option<Size> {
    let size = png(bytes).or_else(|| gif(bytes)).or_else(|| webp(bytes)).or_else(|| jpeg(bytes))?;
    (size.0 > 0 && size.1 > 0).then_some(size)
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let read = bytes.get(at..at.checked_add(length)?)?;
    Some(read.iter().fold(0, |value, byte| (value << 8) | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let read = bytes.get(at..at.checked_add(length)?)?;
    Some(read.iter().rev().fold(0, |value, byte| (value << 8) | u32::from(*byte)))
}

fn png(bytes: &[u8]) -> Option<Size> {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
}

fn gif(bytes: &[u8]) -> Option<Size> {
    bytes.starts_with(b"GIF8").then_some(())?;
    Some((little(bytes, 6, 2)?, little(bytes, 8, 2)?))
}

fn webp(bytes: &[u8]) -> Option<Size> {
    (bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP").then_some(())?;
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8L" => {
            let both = little(bytes, 21, 4)?;
            Some(((both & 0x3fff) + 1, ((both >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff)),
        _ => None,
    }
}

fn jpeg(bytes: &[u8]) -> Option<Size> {
    bytes.starts_with(b"\xff\xd8").then_some(())?;
    let (mut at, mut on_its_side) = (2, false);
    loop {
        let marker = big(bytes, at, 2)?;
        let length = usize::try_from(big(bytes, at + 2, 2)?).ok()?;
        let segment = bytes.get(at + 4..)?;
        match marker {
            0xffff => {
                at += 1;
                continue;
            }
            0xffe1 if segment.starts_with(b"Exif\0\0") => {
                on_its_side = is_on_its_side(segment).unwrap_or(false);
            }
            0xffc0..=0xffc3 | 0xffc5..=0xffc7 | 0xffc9..=0xffcb | 0xffcd..=0xffcf => {
                let (height, width) = (big(segment, 1, 2)?, big(segment, 3, 2)?);
                return Some(if on_its_side { (height, width) } else { (width, height) });
            }
            0xff00..=0xffff => {}
            _ => return None,
        }
        at = at.checked_add(2)?.checked_add(length)?;
    }
}

/// Whether the camera was held upright: the picture is turned by a quarter before it is shown.
fn is_on_its_side(exif: &[u8]) -> Option<bool> {
    let tiff = exif.get(6..)?;
    let read = if tiff.starts_with(b"II") { little } else { big };
    let first = usize::try_from(read(tiff, 4, 4)?).ok()?;
    let entries = usize::try_from(read(tiff, first, 2)?).ok()?;
    for entry in 0..entries {
        let at = first.checked_add(2 + entry * 12)?;
        if read(tiff, at, 2)? == 0x0112 {
            return Some((5..=8).contains(&read(tiff, at + 8, 2)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg_of(orientation: Option<u8>) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\x00\x04ab".to_vec();
        if let Some(orientation) = orientation {
            bytes.extend(b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
            bytes.push(orientation);
            bytes.extend(b"\0\0\0\0\0\0");
        }
        bytes.extend(b"\xff\xff\xc2\x00\x0b\x08\x01\x2c\x02\x58\x01\x01\x11\x00");
        bytes
    }

    #[test]
    fn each_kind_says_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x58\0\0\x01\x2c";
        let gif = b"GIF89a\x58\x02\x2c\x01";
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x57\x02\0\x2b\x01\0";
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x57\xc2\x4a\x00";
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x58\x02\x2c\x01";
        for picture in [png.as_slice(), gif, extended, lossless, lossy, &jpeg_of(None), &jpeg_of(Some(1))] {
            assert_eq!(of(picture), Some((600, 300)), "{picture:?}");
        }
        assert_eq!(of(&jpeg_of(Some(6))), Some((300, 600)));
    }

    #[test]
    fn what_is_cut_or_strange_has_no_size() {
        for whole in [jpeg_of(Some(6)), b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x58\0\0\x01\x2c".to_vec()] {
            for length in 0..whole.len() - 10 {
                assert_eq!(of(&whole[..length]), None);
            }
        }
        assert_eq!(of(b"not really a picture"), None);
        assert_eq!(of(b"GIF89a\0\0\0\0"), None);
    }
}
