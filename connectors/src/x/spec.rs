//! What is sent, held against X's own description of its requests. It knows as much of JSON Schema as that excerpt needs, and
//! nothing of answers.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{media, post, subtitles};
use crate::message::{Caption, Follows, MediaPart, Message};

const EXCERPT: &str = include_str!("../../tests/spec/x.json");

/// What is wrong with a value, by the schema of that name.
fn faults(name: &str, value: &Value) -> Vec<String> {
    let excerpt: Value = serde_json::from_str(EXCERPT).unwrap();
    let mut found = Vec::new();
    judge(&excerpt["schemas"], &excerpt["schemas"][name], value, name, &mut found);
    found
}

fn judge(all: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    assert!(schema.is_object(), "no schema at {at}");
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return judge(all, &all[name], value, at, found);
    }
    let mut say = |wrong: &str| found.push(format!("{at}: {wrong}"));
    match (schema["type"].as_str().unwrap(), value) {
        ("object", Value::Object(fields)) => judge_object(all, schema, fields, at, found),
        ("array", Value::Array(items)) => {
            let count = u64::try_from(items.len()).unwrap();
            if schema["minItems"].as_u64().is_some_and(|least| count < least)
                || schema["maxItems"].as_u64().is_some_and(|most| count > most)
            {
                say("number of items");
            }
            for item in items {
                judge(all, &schema["items"], item, at, found);
            }
        }
        ("string", Value::String(text)) => {
            if schema["enum"].as_array().is_some_and(|known| !known.contains(value)) {
                say("not one of those known");
            }
            if schema["maxLength"]
                .as_u64()
                .is_some_and(|most| u64::try_from(text.chars().count()).unwrap() > most)
            {
                say("too long");
            }
            if let Some(pattern) = schema["pattern"].as_str() {
                let fits = match pattern {
                    "^[0-9]{1,19}$" => {
                        (1..=19).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
                    }
                    "^[A-Z]{2}$" => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
                    other => panic!("{at}: the pattern {other} is not understood here"),
                };
                if !fits {
                    say("pattern");
                }
            }
        }
        ("integer", Value::Number(number)) => {
            let within = |number: u64| {
                schema["minimum"].as_u64().is_none_or(|least| number >= least)
                    && schema["maximum"].as_u64().is_none_or(|most| number <= most)
            };
            if !number.as_u64().is_some_and(within) {
                say("out of bounds");
            }
        }
        ("boolean", Value::Bool(_)) => {}
        _ => say("type"),
    }
}

fn judge_object(all: &Value, schema: &Value, fields: &Map<String, Value>, at: &str, found: &mut Vec<String>) {
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, value) in fields {
        match schema["properties"].get(name) {
            Some(schema) => judge(all, schema, value, &format!("{at}.{name}"), found),
            // X itself refuses what it does not know only in some objects; nothing unknown is sent to any.
            None => found.push(format!("{at}: {name} is not known")),
        }
    }
}

fn part(media_type: &str) -> MediaPart {
    MediaPart {
        file_name: "door".to_owned(),
        media_type: media_type.to_owned(),
        content: Bytes::from_static(b"not really a picture").into(),
        alt_text: None,
        sha256: String::new(),
        captions: Vec::new(),
    }
}

fn caption(language: &str, label: Option<&str>) -> Caption {
    Caption {
        language: language.to_owned(),
        label: label.map(str::to_owned),
        file_name: "door.vtt".to_owned(),
        content: Bytes::from_static(b"WEBVTT").into(),
        sha256: String::new(),
    }
}

fn message(text: &str, follows: Option<&str>) -> Message {
    let follows = follows.map(|id| Follows { remote_id: id.to_owned(), root_id: id.to_owned() });
    Message {
        idempotency_key: "k".to_owned(),
        title: Some("Open day".to_owned()),
        text: text.to_owned(),
        link: Some("https://example.org/a".to_owned()),
        language: Some("en".to_owned()),
        media: Vec::new(),
        follows,
        quotes: None,
        answers: None,
        due_at: None,
        first_sent_at: None,
        last_sent_at: None,
        prepared: crate::Prepared::default(),
        not_after: None,
    }
}

fn quoting(text: &str) -> Message {
    Message { quotes: Some("https://x.com/north/status/20".parse().unwrap()), ..message(text, None) }
}

#[test]
fn every_body_is_one_that_x_describes() {
    let four: Vec<String> = (1..=4).map(|id| id.to_string()).collect();
    let mut bodies = vec![
        ("CreatePostsRequest", post::body(&message("Hello", None), &[], None)),
        ("CreatePostsRequest", post::body(&message("Hello", Some("20")), &four, None)),
        ("CreatePostsRequest", post::body(&message("", Some("20")), &four, Some("1234567890123456789"))),
        ("CreatePostsRequest", post::body(&quoting("Hello"), &[], None)),
        ("CreatePostsRequest", post::body(&quoting("Hello"), &[], Some("1234567890123456789"))),
        ("CreateMediaMetadataRequest", media::description("7", &"é".repeat(1000))),
        ("RepostPostRequest", post::repost_body("20")),
    ];
    let announced = post::MEDIA_TYPES.map(|kind| media::announcement(&part(kind)));
    bodies.extend(announced.map(|body| ("InitializeMediaUploadRequest", body)));
    bodies.push(("InitializeMediaUploadRequest", media::announcement(&caption("en", None).file())));
    bodies.push(("SubtitlesCreateRequest", subtitles::body("7", "8", &caption("en-CA", Some("English")))));
    bodies.push(("SubtitlesCreateRequest", subtitles::body("7", "8", &caption("fr", None))));
    for (name, body) in bodies {
        assert!(faults(name, &body).is_empty(), "{body}: {:?}", faults(name, &body));
    }
}

#[test]
fn a_body_that_x_does_not_describe_is_noticed() {
    let rows = [
        ("CreatePostsRequest", r#"{"text":"a","scheduled_at":1}"#),
        ("CreatePostsRequest", r#"{"text":1}"#),
        ("CreatePostsRequest", r#"{"media":{"media_ids":[]}}"#),
        ("CreatePostsRequest", r#"{"media":{"media_ids":["1","2","3","4","5"]}}"#),
        ("CreatePostsRequest", r#"{"media":{}}"#),
        ("CreatePostsRequest", r#"{"reply":{"in_reply_to_tweet_id":"a7"}}"#),
        ("CreatePostsRequest", r#"{"edit_options":{}}"#),
        ("InitializeMediaUploadRequest", r#"{"media_category":"picture"}"#),
        ("InitializeMediaUploadRequest", r#"{"total_bytes":17179869185}"#),
        ("SubtitlesCreateRequest", r#"{"media_category":"tweet_video"}"#),
        ("SubtitlesCreateRequest", r#"{"subtitles":{"id":"8","language_code":"en"}}"#),
        ("CreateMediaMetadataRequest", r#"{"metadata":{}}"#),
        ("CreateMediaMetadataRequest", r#"{"id":"7","metadata":{"alt_text":{}}}"#),
    ];
    for (name, body) in rows {
        let body = serde_json::from_str(body).unwrap();
        assert_eq!(faults(name, &body).len(), 1, "{body}: {:?}", faults(name, &body));
    }
}
