//! A held post names the act that lets it go, and only an act that its reader may do.

use serde_json::{Value, json};

use super::{one, waiting};
use crate::support::{client::Client, desk::Desk, engine::engines, served::Served, story::content};

/// A draft that `author` wrote.
async fn written(author: &Client) -> Value {
    let channels = author.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
    let initiatives = author.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
    let create = json!({
        "initiativeId": initiatives["initiatives"]["nodes"][0]["id"],
        "content": content("We open at nine.", &[channels["channels"]["nodes"][0]["id"].as_str().unwrap()]),
    });
    author.act("createDraft", create, "draft { id version }").await["draft"].clone()
}

async fn submitted(author: &Client, draft: &Value) -> Value {
    let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
    author.act("submitDraft", submit, "draft { id version }").await["draft"].clone()
}

async fn judged(who: &Client, draft: &Value, judgement: &str) -> Value {
    let digest = "query D($id: ID!) { node(id: $id) { ... on Draft { revision { digest } } } }";
    let digest = who.ask(digest, json!({ "id": draft["id"] })).await["node"]["revision"]["digest"].clone();
    let input =
        json!({ "draftId": draft["id"], "digest": digest, "judgement": judgement, "comment": "Read" });
    who.act("reviewDraft", input, "draft { id version }").await["draft"].clone()
}

/// A held post whose approval was taken back, and its draft.
async fn held(served: &Served, author: &Client, coordinator: &Client) -> Value {
    let draft = submitted(author, &written(author).await).await;
    judged(coordinator, &draft, "APPROVE").await;
    let now = json!({ "draftId": draft["id"], "when": { "now": true } });
    author.act("schedulePost", now, "posts { id }").await;
    let draft = judged(coordinator, &draft, "REQUEST_CHANGES").await;
    served.desk.claim(1, 1).await;
    draft
}

async fn act(who: &Client) -> Value {
    one(who, "HELD_POST").await["act"].clone()
}

#[tokio::test]
async fn what_an_approval_waits_for_is_the_act_of_who_can_give_it() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (author, coordinator) = (served.client("author").await, served.client("coordinator").await);
        let manager = served.client("manager").await;
        let draft = held(&served, &author, &coordinator).await;
        assert_eq!(act(&coordinator).await, "submitDraft", "nobody has asked for a review");
        assert_eq!(act(&author).await, "submitDraft");
        let draft = submitted(&author, &draft).await;
        assert_eq!(act(&coordinator).await, "reviewDraft");
        assert_eq!(act(&author).await, "reschedulePost", "nobody judges their own words");
        let viewer = manager.ask("{ viewer { member { id } } }", json!({})).await;
        let steps = json!([{ "rule": "ALL", "memberIds": [viewer["viewer"]["member"]["id"]] }]);
        let policy = json!({ "scope": { "office": true }, "name": "The manager", "steps": steps });
        coordinator.act("setReviewPolicy", policy, "policy { id }").await;
        assert_eq!(act(&coordinator).await, "reschedulePost", "the policy waits for the manager alone");
        let channel = author.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
        let other = json!({
            "draftId": draft["id"], "expectedVersion": draft["version"],
            "content": content("We open at ten.", &[channel["channels"]["nodes"][0]["id"].as_str().unwrap()]),
        });
        author.act("reviseDraft", other, "draft { id }").await;
        assert_eq!(act(&coordinator).await, "cancelPost", "nobody approves the former words any more");
        served.end().await;
    }
}

#[tokio::test]
async fn a_draft_whose_only_judge_wrote_it_is_a_task() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let viewer = manager.ask("{ viewer { member { id } } }", json!({})).await;
        let steps = json!([{ "rule": "ALL", "memberIds": [viewer["viewer"]["member"]["id"]] }]);
        let policy = json!({ "scope": { "office": true }, "name": "The manager", "steps": steps });
        let policy = coordinator.act("setReviewPolicy", policy, "policy { id }").await["policy"].clone();
        let draft = written(&manager).await;
        assert!(waiting(&coordinator, json!({ "kinds": ["MEND_REVIEW_POLICY"] })).await.is_empty());
        submitted(&manager, &draft).await;
        let task = one(&coordinator, "MEND_REVIEW_POLICY").await;
        assert_eq!(
            (&task["title"], &task["act"]),
            (&json!("What is new"), &json!("setReviewPolicy")),
            "{task}"
        );
        assert!(
            task["reason"].as_str().unwrap().contains("step 1 of “The manager” waits for manager"),
            "{task}"
        );
        coordinator.act("endReviewPolicy", json!({ "policyId": policy["id"] }), "policy { id }").await;
        assert!(waiting(&coordinator, json!({ "kinds": ["MEND_REVIEW_POLICY"] })).await.is_empty());
        served.end().await;
    }
}
