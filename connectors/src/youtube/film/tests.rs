//! What is sent, held against Google's own description of it, and what is read.

use bytes::Bytes;

use super::*;
use crate::youtube::spec;

fn message() -> Message {
    Message {
        idempotency_key: "0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f11".to_owned(),
        title: Some(" Open day ".to_owned()),
        text: "The office opens its doors.".to_owned(),
        link: Some("https://example.org/open".to_owned()),
        language: Some("en-GB".to_owned()),
        media: vec![MediaPart {
            file_name: "door.mp4".to_owned(),
            media_type: "video/mp4".to_owned(),
            content: Bytes::from_static(b"a film").into(),
            alt_text: None,
            sha256: String::new(),
            captions: Vec::new(),
        }],
        follows: None,
        quotes: None,
        answers: None,
        due_at: None,
        first_sent_at: None,
        last_sent_at: None,
        prepared: crate::Prepared::default(),
        not_after: None,
    }
}

fn strange_to_google(video: &Value) -> Vec<String> {
    spec::strange_to_google("Video", video)
}

/// A film as it is read, with properties of today and of tomorrow.
fn read() -> Map<String, Value> {
    let read = json!({
        "publishedAt": "2026-11-22T10:00:00Z", "channelId": "UC1", "channelTitle": "Press",
        "title": "Old", "description": "Old", "thumbnails": { "default": {} }, "tags": ["doors"],
        "categoryId": "25", "liveBroadcastContent": "none", "defaultAudioLanguage": "cy",
        "localized": { "title": "Old", "description": "Old" },
    });
    read.as_object().unwrap().clone()
}

#[test]
fn what_is_sent_is_known_to_googles_own_description() {
    assert_eq!(strange_to_google(&body(&message())), Vec::<String>::new());
    assert_eq!(strange_to_google(&change("id", &read(), &message())), Vec::<String>::new());
    let bare = Message { language: None, link: None, ..message() };
    assert_eq!(strange_to_google(&body(&bare)), Vec::<String>::new());
    // The test sees what it is meant to see.
    let wrong = json!({ "snippet": { "titel": "x", "tags": "x" }, "status": { "privacyStatus": true } });
    assert_eq!(
        strange_to_google(&wrong),
        ["Video.snippet.tags", "Video.snippet.titel", "Video.status.privacyStatus"]
    );
}

#[test]
fn a_change_keeps_what_it_does_not_mean_to_change() {
    let mut there = read();
    there.insert("ofTomorrow".to_owned(), json!({ "kept": true }));
    let marker = marker(&message().idempotency_key);
    let changed = change("id", &there, &message());
    assert_eq!(
        changed,
        json!({ "id": "id", "snippet": {
            "title": "Open day", "description": "The office opens its doors.\n\nhttps://example.org/open",
            "tags": ["doors", marker], "categoryId": "25", "defaultAudioLanguage": "cy",
            "defaultLanguage": "en-GB", "ofTomorrow": { "kept": true },
        } })
    );
    let again = changed["snippet"].as_object().unwrap();
    assert_eq!(change("id", again, &message()), changed, "the marker is there once");
}

#[test]
fn a_marker_is_a_short_tag_that_depends_on_the_key_alone() {
    let first = marker("0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f11");
    assert_eq!(first, marker("0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f11"));
    assert_ne!(first, marker("0193a6c8-7d1e-7c10-9a55-0c1f0d3f7f12"));
    assert!(first.len() <= 30 && first.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
}

#[test]
fn each_limit_has_its_code() {
    type Row = (fn(&mut Message), &'static str);
    let rows: [Row; 12] = [
        (|message| message.media.clear(), "FILM_NEEDED"),
        (|message| message.media.push(message.media[0].clone()), "FILM_NEEDED"),
        (|message| message.media[0].media_type = "image/png".to_owned(), "MEDIA_TYPE_REFUSED"),
        (|message| message.media[0].content = Bytes::new().into(), "MEDIA_EMPTY"),
        (|message| message.media[0].content = too_large(), "MEDIA_TOO_LARGE"),
        (|message| message.title = None, "TITLE_MISSING"),
        (|message| message.title = Some("  ".to_owned()), "TITLE_MISSING"),
        (|message| message.title = Some("é".repeat(101)), "TITLE_TOO_LONG"),
        (|message| message.title = Some("a < b".to_owned()), "CHARACTER_REFUSED"),
        (|message| message.text = "a > b".to_owned(), "CHARACTER_REFUSED"),
        (|message| message.text = "é".repeat(2501), "TEXT_TOO_LONG"),
        // The link is a part of the words.
        (|message| message.text = "e".repeat(4980), "TEXT_TOO_LONG"),
    ];
    for (change, code) in rows {
        let mut message = message();
        change(&mut message);
        assert_eq!(check(&message).unwrap_err().cause.code, code);
    }
    let mut full = message();
    (full.title, full.text, full.link) = (Some("é".repeat(100)), "é".repeat(2500), None);
    assert!(check(&full).is_ok());
}

fn too_large() -> crate::Content {
    #[derive(Debug)]
    struct Nowhere;
    #[async_trait::async_trait]
    impl crate::ContentStore for Nowhere {
        async fn range(&self, _from: u64, _length: u64) -> Result<Bytes, crate::ContentError> {
            Err(crate::ContentError)
        }
    }
    crate::Content::stored(LARGEST_FILM + 1, std::sync::Arc::new(Nowhere))
}

#[test]
fn every_end_of_a_film_has_its_row() {
    let hidden = |code: &str| Some(code.to_owned());
    let rows = [
        (json!({ "uploadStatus": "uploaded", "privacyStatus": "public" }), State::Out, None),
        (json!({ "uploadStatus": "processed", "privacyStatus": "public" }), State::Out, None),
        (json!({ "uploadStatus": "deleted", "privacyStatus": "public" }), State::Deleted, None),
        (json!({ "uploadStatus": "failed", "failureReason": "uploadAborted" }), State::Aborted, None),
        (json!({ "uploadStatus": "uploaded" }), State::Unclear, None),
        (json!({ "uploadStatus": "paused", "privacyStatus": "public" }), State::Unclear, None),
        (json!({}), State::Unclear, None),
        (
            json!({ "uploadStatus": "processed", "privacyStatus": "private" }),
            State::Unclear,
            hidden("NOT_PUBLIC"),
        ),
        (
            json!({ "uploadStatus": "uploaded", "privacyStatus": "unlisted" }),
            State::Unclear,
            hidden("NOT_PUBLIC"),
        ),
        (
            json!({ "uploadStatus": "failed", "failureReason": "codec" }),
            State::Unclear,
            hidden("FILM_FAILED"),
        ),
        (json!({ "uploadStatus": "failed" }), State::Unclear, hidden("FILM_FAILED")),
        (
            json!({ "uploadStatus": "rejected", "rejectionReason": "duplicate" }),
            State::Unclear,
            hidden("DUPLICATE"),
        ),
        (
            json!({ "uploadStatus": "rejected", "rejectionReason": "claim" }),
            State::Unclear,
            hidden("FILM_REJECTED"),
        ),
        (json!({ "uploadStatus": "rejected" }), State::Unclear, hidden("FILM_REJECTED")),
    ];
    for (status, state, code) in rows {
        let film: Film = serde_json::from_value(json!({ "id": "a", "status": status })).unwrap();
        match (film.state(), code) {
            (State::Hidden(cause), Some(code)) => assert_eq!(cause.code, code, "{status}"),
            (told, None) => assert_eq!(told, state, "{status}"),
            (told, Some(_)) => panic!("{status}: {told:?}"),
        }
    }
}
