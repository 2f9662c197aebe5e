//! A film with captions on a real WordPress: both are there, and a visitor's player finds the captions.

use bytes::Bytes;
use connectors::{Caption, MediaPart};

use super::{message, site};
use crate::machine::delivered;

/// As much of a film as tells its kind.
const FILM: &[u8] = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41\0\0\0\x08free\0\0\0\x08mdat";

const WORDS: &str = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe clinic opens on Monday.\n";

fn film() -> MediaPart {
    let caption = |language: &str, label: Option<&str>, words: &str| Caption {
        language: language.to_owned(),
        label: label.map(str::to_owned),
        file_name: format!("open.{language}.vtt"),
        content: Bytes::from(words.to_owned()).into(),
        sha256: "ab12".repeat(16),
    };
    MediaPart {
        file_name: "open.mp4".to_owned(),
        media_type: "video/mp4".to_owned(),
        content: Bytes::from_static(FILM).into(),
        alt_text: Some("Somebody opens a door".to_owned()),
        sha256: "cd34".repeat(16),
        captions: vec![
            caption("en", Some("English & \"more\""), WORDS),
            caption("fr", None, &WORDS.replace("The clinic opens on Monday", "La clinique ouvre lundi")),
        ],
    }
}

/// The value of an attribute of each track of a page.
fn tracks<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begins = format!("{attribute}=\"");
    let value = |track: &'a str| track.split(begins.as_str()).nth(1).and_then(|rest| rest.split('"').next());
    let tags = page.split("<track ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|track| value(track).unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_film_has_its_captions_where_a_visitor_plays_it() {
    let Some(site) = site() else { return };
    let (connector, mut message) = (site.plain(), message("film"));
    message.media.push(film());
    let receipt = delivered(connector.publish(&message).await);
    let page = site.visit(receipt.url.as_deref().unwrap()).await;
    assert!(page.contains("<video") && page.contains("open"), "{page}");
    assert_eq!(tracks(&page, "kind"), ["captions", "captions"]);
    assert_eq!(tracks(&page, "srclang"), ["en", "fr"]);
    assert_eq!(tracks(&page, "label")[0], "English &amp; &quot;more&quot;");
    let places = tracks(&page, "src");
    assert_eq!(site.visit(places[0]).await, WORDS);
    assert!(site.visit(places[1]).await.contains("La clinique ouvre lundi"));
    let again = delivered(connector.publish(&message).await);
    assert_eq!(again.remote_id, receipt.remote_id, "a repeat is no second film");
}
