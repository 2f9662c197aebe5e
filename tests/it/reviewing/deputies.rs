//! The deputies of a review step: in its time it is theirs who are named, after its deadline the deputies' too. The test
//! moves the clock.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{codes, seen};
use crate::support::{
    client::Client,
    desk::Desk,
    engine::{Engine, engines},
    served::Served,
    story::content,
};

const HOURS: i64 = 2;

/// A draft in review under a policy whose one step names a role or a person, and a deputy who is neither.
async fn in_review(engine: &Engine, named: &str) -> (Served, Value) {
    let served = Served::of(Desk::open(engine, 1).await).await;
    let ada = served.client("ada").await;
    let create = json!({ "email": "dina@example.org", "name": "Dina", "roles": ["MEMBER"], "password": "correct horse battery" });
    let deputy = ada.act("createMember", create, "member { id }").await["member"]["id"].clone();
    let dina = served.client("dina").await;
    let handbook = dina.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
    dina.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
    let manager = served.client("manager").await.ask("{ viewer { member { id } } }", json!({})).await;
    let mut step = json!({ "rule": "ALL", "deputyIds": [deputy], "deadlineHours": HOURS });
    step[named] = match named {
        "roles" => json!(["PROJECT_MANAGER"]),
        _ => json!([manager["viewer"]["member"]["id"]]),
    };
    let policy = json!({ "scope": { "office": true }, "name": "The manager", "steps": [step] });
    served.client("coordinator").await.act("setReviewPolicy", policy, "policy { id }").await;
    let ahead = "query P($id: ID!) { departurePreview(memberId: $id) { reviewPolicies { name } } }";
    let ahead = ada.ask(ahead, json!({ "id": deputy })).await;
    assert_eq!(ahead["departurePreview"]["reviewPolicies"], json!([{ "name": "The manager" }]));
    let author = served.client("author").await;
    let found = author
        .ask("{ channels(first: 1) { nodes { id } } initiatives(first: 1) { nodes { id } } }", json!({}));
    let found = found.await;
    let channel = found["channels"]["nodes"][0]["id"].as_str().unwrap();
    let create = json!({ "initiativeId": found["initiatives"]["nodes"][0]["id"],
        "content": content("The clinic opens on Monday.", &[channel]) });
    let draft = author.act("createDraft", create, "draft { id version }").await["draft"].clone();
    let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
    author.act("submitDraft", submit, "draft { id }").await;
    (served, draft["id"].clone())
}

/// Whether the deputy is told that it is their turn: by the draft and by a task.
async fn invited(deputy: &Client, draft: &str) -> bool {
    let may = seen(deputy, draft, "approval { mayActNow }").await["approval"]["mayActNow"] == true;
    let tasks = deputy.ask("{ tasks(first: 9, kinds: [REVIEW_DRAFT]) { nodes { kind } } }", json!({})).await;
    let task = !tasks["tasks"]["nodes"].as_array().unwrap().is_empty();
    assert_eq!(may, task, "the draft and the tasks agree");
    may
}

async fn approve(who: &Client, draft: &str) -> Value {
    let digest = seen(who, draft, "revision { digest }").await["revision"]["digest"].clone();
    let review = json!({ "draftId": draft, "digest": digest, "judgement": "APPROVE" });
    who.attempt("reviewDraft", review, "draft { state }").await
}

#[tokio::test]
async fn a_deputy_decides_after_the_deadline_and_not_before() {
    for engine in engines() {
        for named in ["memberIds", "roles"] {
            let (served, draft) = in_review(&engine, named).await;
            let draft = draft.as_str().unwrap();
            let deputy = served.client("dina").await;
            assert!(!invited(&deputy, draft).await);
            assert_eq!(codes(&approve(&deputy, draft).await), ["NOT_RESPONSIBLE"], "it is in time");
            served.desk.wait(TimeDelta::hours(HOURS));
            let deputy = served.client("dina").await;
            assert!(!invited(&deputy, draft).await);
            assert_eq!(codes(&approve(&deputy, draft).await), ["NOT_RESPONSIBLE"], "to the last moment");
            served.desk.wait(TimeDelta::seconds(1));
            assert!(invited(&deputy, draft).await);
            let coordinator = served.client("coordinator").await;
            assert_eq!(codes(&approve(&coordinator, draft).await), ["NOT_RESPONSIBLE"], "nobody else");
            let done = approve(&deputy, draft).await;
            assert_eq!(done["draft"]["state"], "APPROVED", "{done}");
            served.end().await;
        }
    }
}
