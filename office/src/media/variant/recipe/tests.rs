//! What is decided of a medium, and how variants are named.

use super::*;

fn takes(media_types: &[&str], media_bytes_max: Option<u64>) -> Abilities {
    Abilities {
        text_max: None,
        media_max: 4,
        media_types: media_types.iter().map(|kind| (*kind).to_owned()).collect(),
        media_bytes_max,
        alt_text: true,
        captions: None,
        edit: false,
        delete: false,
        follow: "ALONE".to_owned(),
        read_back: false,
        inbound: false,
        metrics: false,
        amplify: false,
        quotes: None,
        replies: None,
    }
}

fn decided(media_type: &str, length: u64, types: &[&str], most: Option<u64>) -> Option<Recipe> {
    needed(media_type, length, &takes(types, most), &Limits::default())
}

#[test]
fn what_fits_or_cannot_be_helped_goes_as_it_is() {
    let cases: [(&str, u64, &[&str], Option<u64>); 7] = [
        ("image/jpeg", 100, &["image/jpeg"], Some(100)),
        ("image/png", 101, &[], None),
        ("image/webp", 10, &["image/WEBP"], None),
        ("video/mp4", 101, &["video/mp4"], Some(100)),
        ("video/mp4", 10, &["image/jpeg"], Some(100)),
        ("image/png", 10, &["video/mp4"], None),
        ("image/tiff", 10, &["image/jpeg"], None),
    ];
    for (media_type, length, types, most) in cases {
        assert_eq!(decided(media_type, length, types, most), None, "{media_type} {types:?}");
    }
}

#[test]
fn what_is_too_large_or_of_another_type_gets_a_recipe_of_the_types_that_are_taken() {
    let kinds = |recipe: Option<Recipe>| recipe.map(|recipe| (recipe.jpeg, recipe.png, recipe.bytes));
    let large = decided("image/png", 101, &["image/jpeg", "image/png"], Some(100));
    assert_eq!(kinds(large), Some((true, true, Some(100))));
    let other = decided("image/webp", 10, &["image/png", "image/gif"], None);
    assert_eq!(kinds(other), Some((false, true, None)));
    assert_eq!(kinds(decided("image/gif", 101, &[], Some(100))), Some((true, true, Some(100))));
}

#[test]
fn every_number_of_a_recipe_is_in_its_name() {
    let recipe = || decided("image/png", 101, &[], Some(100)).unwrap();
    let changes: [fn(&mut Recipe); 7] = [
        |recipe| recipe.jpeg = false,
        |recipe| recipe.png = false,
        |recipe| recipe.bytes = None,
        |recipe| recipe.edge_max += 1,
        |recipe| recipe.edge_min += 1,
        |recipe| recipe.quality -= 1,
        |recipe| recipe.quality_min += 1,
    ];
    assert_eq!(recipe().key(), recipe().key());
    for (number, change) in changes.iter().enumerate() {
        let mut other = recipe();
        change(&mut other);
        assert_ne!(other.key(), recipe().key(), "change {number}");
    }
}

#[test]
fn a_variant_has_the_name_of_its_item_with_its_own_ending() {
    let named = [
        (Kind::Jpeg, "clinic.png", "clinic.jpg"),
        (Kind::Jpeg, "clinic.JPEG", "clinic.JPEG"),
        (Kind::Png, "our.new.clinic.webp", "our.new.clinic.png"),
        (Kind::Png, "clinic", "clinic.png"),
        (Kind::Jpeg, ".webp", "picture.jpg"),
    ];
    for (kind, from, to) in named {
        assert_eq!(kind.named(from), to);
    }
}

#[test]
fn half_a_file_is_no_variant() {
    let (jpeg, png) = (b"\xff\xd8\xff\xe0..\xff\xd9", b"\x89PNG\r\n\x1a\n..IEND\xae\x42\x60\x82");
    assert_eq!((Kind::of_whole(jpeg), Kind::of_whole(png)), (Some(Kind::Jpeg), Some(Kind::Png)));
    for bytes in [&jpeg[..6], &png[..12], b"", b"GIF89a"] {
        assert_eq!(Kind::of_whole(bytes), None);
    }
}
