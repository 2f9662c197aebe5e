//! What was said of what was planned: through the public API and the command line.

use chrono::TimeDelta;
use office::queue::SendOutcome;
use serde_json::{Value, json};

use super::look;
use crate::{
    queue::proof,
    support::{
        desk::{Desk, content, permit},
        engine::engines,
        served::Served,
    },
};

/// Publishes a post that names a message, or none.
async fn say(desk: &Desk, words: &str, message: Option<&str>) {
    let mut content = content(words, &desk.channels);
    content.key_message = message.map(str::to_owned);
    let create = office::drafts::CreateDraft { client_key: None, initiative_id: desk.initiative, content };
    let draft = office::drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap();
    let draft = desk.approve(draft.id).await;
    for post in desk.schedule_now(draft.id).await {
        let ready = desk.claim_one(1).await;
        desk.settle(&ready, SendOutcome::Delivered(proof(post.id))).await;
    }
}

const REPORT: &str = "from to posts unplanned messages { keyMessage { text } posts lastAt channels { posts channel { handle } } } \
                      neverSaid { text } channels { posts unplanned channel { handle } } \
                      unplannedPosts(first: 1) { nodes { revision { text } } pageInfo { hasNextPage } }";

#[tokio::test]
async fn what_was_said_is_held_against_what_was_planned() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 2).await).await;
        let manager = served.client("manager").await;
        let all = manager.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
        let id = all["initiatives"]["nodes"][0]["id"].clone();
        let report = look(&manager, &id, &format!("coverage {{ {REPORT} }}")).await["coverage"].clone();
        assert_eq!(report["neverSaid"], json!([{ "text": "You need not travel to be seen" }]), "{report}");
        assert_eq!((&report["from"], &report["to"]), (&json!("2026-12-01"), &json!("2027-03-01")));
        say(&served.desk, "See a doctor from home.", Some("You need not travel to be seen")).await;
        say(&served.desk, "Our front desk has moved.", None).await;
        say(&served.desk, "The lift works again.", Some("Lifts for all")).await;
        let report = look(&manager, &id, &format!("coverage {{ {REPORT} }}")).await["coverage"].clone();
        assert_eq!((&report["posts"], &report["unplanned"]), (&json!(6), &json!(4)), "{report}");
        assert_eq!((&report["neverSaid"], &report["messages"][0]["posts"]), (&json!([]), &json!(2)));
        assert_eq!(report["messages"][0]["channels"].as_array().unwrap().len(), 2);
        assert_eq!(report["unplannedPosts"]["nodes"][0]["revision"]["text"], "The lift works again.");
        assert_eq!(report["unplannedPosts"]["pageInfo"]["hasNextPage"], true);
        served.desk.wait(TimeDelta::days(91));
        let manager = served.client("manager").await;
        let across =
            format!("{{ messageCoverage(first: 10) {{ nodes {{ initiative {{ name }} {REPORT} }} }} }}");
        let across = manager.ask(&across, json!({})).await["messageCoverage"]["nodes"].clone();
        assert_eq!(
            (&across[0]["initiative"]["name"], &across[0]["posts"]),
            (&json!("Virtual visits"), &json!(0))
        );
        assert_eq!(across[0]["neverSaid"].as_array().unwrap().len(), 1, "not in these ninety days");
        let wrong =
            "{ messageCoverage(first: 1, from: \"2027-03-01\", to: \"2027-02-01\") { nodes { posts } } }";
        let wrong = manager.answer(wrong, Value::Null).await;
        assert_eq!(wrong["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong}");
        served.end().await;
    }
}
