//! What changed since somebody approved, word by word.

use serde_json::{Value, json};

use super::{approve, in_review, revise, seen};
use crate::support::{engine::engines, program::Deployment, story::Story};

const PARTS: &str = "{ from { number } to { number } parts { part segments { kind words } } }";

fn told(parts: &Value) -> Vec<String> {
    let part = |part: &Value| {
        let segments = part["segments"].as_array().unwrap().iter().map(|segment| {
            let words = segment["words"].as_str().unwrap();
            match segment["kind"].as_str().unwrap() {
                "ADDED" => format!("+{words}+"),
                "REMOVED" => format!("-{words}-"),
                _ => words.to_owned(),
            }
        });
        format!("{}: {}", part["part"].as_str().unwrap(), segments.collect::<String>())
    };
    parts.as_array().unwrap().iter().map(part).collect()
}

#[tokio::test]
async fn a_reviewer_sees_what_changed_since_they_approved() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = in_review(&story, "The clinic opens on Monday.").await;
        assert!(
            seen(&story.coordinator, &draft, &format!("changesSince {PARTS}")).await["changesSince"]
                .is_null()
        );
        approve(&story, &story.coordinator, &draft).await;
        revise(&story, &story.author, &draft, "The clinic opens on Friday.").await;
        revise(&story, &story.author, &draft, "Our clinic opens on Friday.").await;
        let since =
            seen(&story.coordinator, &draft, &format!("changesSince {PARTS}")).await["changesSince"].clone();
        assert_eq!((&since["from"]["number"], &since["to"]["number"]), (&json!(1), &json!(3)));
        assert_eq!(told(&since["parts"]), ["text: -The-+Our+ clinic opens on -Monday-+Friday+."]);
        let last = seen(&story.author, &draft, &format!("changesSince(from: 2, to: 3) {PARTS}")).await;
        assert_eq!(told(&last["changesSince"]["parts"]), ["text: -The-+Our+ clinic opens on Friday."]);
        let back = seen(&story.author, &draft, &format!("changesSince(from: 3, to: 3) {PARTS}")).await;
        assert_eq!(back["changesSince"]["parts"], json!([]));
        let none = seen(&story.author, &draft, &format!("changesSince(from: 9) {PARTS}")).await;
        assert!(none["changesSince"].is_null());
        let reviews = seen(&story.manager, &draft, &format!("reviews {{ changes {PARTS} }}")).await;
        assert_eq!(told(&reviews["reviews"][0]["changes"]["parts"]), told(&since["parts"]));

        let version = story.look(&draft, "version").await;
        let whole = json!({ "title": "What is old", "text": "Our clinic opens on Friday.", "capacity": "PERSONAL_OPINION",
            "link": "https://example.org/", "targets": [{ "channelId": story.feed, "text": "Friday!" }] });
        let revise = json!({ "draftId": draft, "expectedVersion": version, "content": whole });
        story.author.act("reviseDraft", revise, "draft { state }").await;
        let other = seen(&story.author, &draft, &format!("changesSince(from: 3) {PARTS}")).await;
        assert_eq!(
            told(&other["changesSince"]["parts"]),
            [
                "title: What is -new-+old+",
                "variants.feed: +Friday!+",
                "link: +https://example.org/+",
                "capacity: -OFFICIAL-+PERSONAL_OPINION+",
            ]
        );
    }
}
