//! Files that tell too much, made with Pillow: every word in them that must not get out begins with `SECRET`. The
//! pictures among them are whole; the films are boxes without sound or picture.

use proptest::prelude::*;

use super::*;

struct Sample {
    media_type: &'static str,
    bytes: &'static [u8],
    found: &'static [MetadataKind],
    /// What must still be there.
    kept: Vec<Vec<u8>>,
}

macro_rules! sample {
    ($media_type:literal $file:literal [$($kind:ident)*] [$($kept:expr),*]) => {
        Sample {
            media_type: $media_type,
            bytes: include_bytes!(concat!("../../../samples/", $file)),
            found: &[$(MetadataKind::$kind),*],
            kept: vec![$($kept.to_vec()),*],
        }
    };
}

fn samples() -> Vec<Sample> {
    vec![
        sample!("image/jpeg" "photo.jpg"
            [Position Camera Time Author Description Software Thumbnail MakerNote Exif Xmp Iptc Credentials Trailing Other]
            [b"ICC_PROFILE", b"Exif\0\0MM", exif::only(6), b"JFIF"]),
        sample!("image/jpeg" "plain.jpg" [] [b"ICC_PROFILE"]),
        sample!("image/png" "card.png"
            [Position Camera Time Author Description Software Thumbnail MakerNote Exif Xmp Iptc Credentials Trailing Other]
            [b"iCCP", b"eXIf", exif::only(3)]),
        sample!("image/png" "plain.png" [] [b"iCCP"]),
        sample!("image/gif" "loop.gif" [Description Xmp Trailing Other] [b"NETSCAPE2.0"]),
        sample!("image/gif" "plain.gif" [] [b"NETSCAPE2.0"]),
        sample!("image/webp" "card.webp"
            [Position Camera Time Author Description Software Thumbnail MakerNote Exif Xmp Credentials Trailing Other]
            [b"ICCP", b"VP8X", exif::only(8)]),
        sample!("image/webp" "clear.webp"
            [Position Camera Time Author Description Software Thumbnail MakerNote Exif Xmp Credentials Trailing Other]
            [b"ICCP", b"VP8L", exif::only(8)]),
        sample!("video/mp4" "film.mp4" [Position Camera Time Software Xmp Trailing Other] [b"SphericalVideo", b"mdat"]),
    ]
}

fn stripped(media_type: &str, bytes: &[u8]) -> Result<Stripped, Unstrippable> {
    strip(media_type, &Bytes::copy_from_slice(bytes))
}

#[test]
fn what_tells_is_found_and_taken_out() {
    for sample in samples() {
        let Sample { media_type, bytes, found, kept } = sample;
        let file = stripped(media_type, bytes).unwrap();
        assert_eq!(file.found.iter().copied().collect::<Vec<_>>(), found, "{media_type}");
        assert!(!holds(&file.bytes, b"SECRET"), "{media_type}");
        for part in kept {
            assert!(holds(&file.bytes, &part), "{media_type} lost {}", part.escape_ascii());
        }
    }
}

#[test]
fn the_picture_stays_what_it_was() {
    for sample in samples().into_iter().filter(|sample| sample.media_type.starts_with("image/")) {
        let file = stripped(sample.media_type, sample.bytes).unwrap();
        let size = |bytes: &[u8]| imagesize::blob_size(bytes).unwrap();
        assert_eq!(size(&file.bytes), size(sample.bytes), "{}", sample.media_type);
        assert_eq!(infer::get(&file.bytes).unwrap().mime_type(), sample.media_type);
    }
}

#[test]
fn a_file_that_tells_nothing_stays_byte_for_byte() {
    for sample in samples().into_iter().filter(|sample| sample.found.is_empty()) {
        assert_eq!(stripped(sample.media_type, sample.bytes).unwrap().bytes, sample.bytes);
    }
}

#[test]
fn a_film_keeps_its_length_and_its_offsets() {
    let whole = include_bytes!("../../../samples/film.mp4");
    let file = stripped("video/mp4", whole).unwrap();
    assert_eq!(file.bytes.len() + b"SECRET".len(), whole.len());
    let place = |bytes: &[u8]| bytes.windows(4).position(|name| name == b"mdat");
    assert_eq!(place(&file.bytes), place(whole));
}

#[test]
fn a_track_of_data_refuses_the_film() {
    let drone = include_bytes!("../../../samples/drone.mp4");
    assert_eq!(stripped("video/mp4", drone), Err(Unstrippable::DataTrack));
}

#[test]
fn nothing_passes_unread() {
    for kind in ["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "image/heic"] {
        let read = stripped(kind, b"GIF is not what this is");
        assert!(kind == "video/mp4" || read == Err(Unstrippable::Damaged), "{kind}");
    }
}

/// Whatever comes in: no panic, and what comes out is clean for good.
fn settles(media_type: &str, bytes: &[u8]) {
    if let Ok(once) = stripped(media_type, bytes) {
        let twice = stripped(media_type, &once.bytes).unwrap();
        assert_eq!(twice.bytes, once.bytes, "{media_type}");
        assert_eq!(twice.found, BTreeSet::new(), "{media_type}");
    }
}

#[test]
fn every_beginning_of_a_file_settles() {
    for sample in samples() {
        for end in 0..=sample.bytes.len() {
            settles(sample.media_type, &sample.bytes[..end]);
        }
    }
}

proptest! {
    #[test]
    fn rubbish_settles(bytes in proptest::collection::vec(any::<u8>(), 0..400), which in 0_usize..9) {
        let sample = &samples()[which];
        settles(sample.media_type, &bytes);
        // Rubbish behind a good beginning gets further in.
        let start = sample.bytes.len().min(48);
        settles(sample.media_type, &[&sample.bytes[..start], &bytes].concat());
    }

    #[test]
    fn a_damaged_file_settles(which in 0_usize..9, at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in 0_usize..64) {
        let sample = &samples()[which];
        let mut bytes = sample.bytes.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        settles(sample.media_type, &bytes);
        bytes.drain(at..(at + cut).min(sample.bytes.len()));
        settles(sample.media_type, &bytes);
    }
}
