//! An approval that comes after a post's time: it gives another time, or the post is held.

use serde_json::{Value, json};

use super::{codes, in_review, judge};
use crate::support::{
    client::Client,
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

/// A post whose time has passed while its approval was taken back, in review again; and its draft.
async fn overtaken(story: &Story) -> (String, String) {
    let draft = in_review(story, "The clinic opens on Monday.").await;
    judge(story, &story.coordinator, &draft, "APPROVE").await;
    let post = story.schedule_now(&draft).await.remove(0);
    story.post_in(&post, "HELD").await;
    let back = judge(story, &story.coordinator, &draft, "REQUEST_CHANGES").await;
    assert_eq!(codes(&back), [""; 0]);
    story.submit(&draft).await;
    (draft, post)
}

async fn paused(story: &Story) -> Value {
    let pause = json!({ "scope": { "office": true }, "reason": "A quiet day" });
    story.coordinator.act("pausePublishing", pause, "pause { id }").await["pause"]["id"].clone()
}

/// The held posts of a member's tasks, with the act that each names.
async fn held_posts(who: &Client) -> Vec<(String, String)> {
    let document = "{ tasks(first: 50, kinds: [HELD_POST]) { nodes { subjectId act } } }";
    let waiting = who.ask(document, json!({})).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let nodes = waiting["tasks"]["nodes"].as_array().unwrap();
    nodes.iter().map(|task| (text(&task["subjectId"]), text(&task["act"]))).collect()
}

#[tokio::test]
async fn a_late_approval_holds_the_post_or_gives_it_another_time() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(&["worker.release_every_seconds=1"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let pause = paused(&story).await;
        let (draft, post) = overtaken(&story).await;
        let late = judge(&story, &story.manager, &draft, "APPROVE").await;
        assert_eq!(late["latePosts"], json!([{ "id": post, "state": "HELD" }]), "{late}");
        let (other, moved) = overtaken(&story).await;
        let digest = story.look(&other, "revision { digest }").await["digest"].clone();
        let with_time = json!({
            "draftId": other, "digest": digest, "judgement": "APPROVE", "clientKey": "late",
            "at": { "at": { "localTime": next_july(1) } },
        });
        let mut gone = with_time.clone();
        gone["at"]["at"]["localTime"] = json!("2020-07-01T09:00");
        let bygone = story.coordinator.attempt("reviewDraft", gone, "review { id }").await;
        assert_eq!(bygone["userErrors"][0]["field"], json!(["at", "at", "localTime"]), "{bygone}");
        let approved =
            story.coordinator.act("reviewDraft", with_time.clone(), "latePosts { id state dueAt }");
        let approved = approved.await["latePosts"].clone();
        let due = next_july(1).replace("T09:00", "T16:00:00Z");
        assert_eq!(approved, json!([{ "id": moved, "state": "SCHEDULED", "dueAt": due }]));
        let again = story.coordinator.act("reviewDraft", with_time.clone(), "latePosts { id }").await;
        assert_eq!(again["latePosts"], json!([]));
        let mut otherwise = with_time;
        otherwise["at"]["at"]["localTime"] = json!(next_july(2));
        let reused = story.coordinator.attempt("reviewDraft", otherwise, "review { id }").await;
        assert_eq!(codes(&reused), ["KEY_REUSED"]);

        story.coordinator.act("resumePublishing", json!({ "pauseId": pause }), "pause { id }").await;
        let document = "query P($id: ID!) { node(id: $id) { ... on Post { state version nextAct { act } hold { gates { kind reason opens } } } } }";
        let held = crate::support::client::until("the hold alone", || async {
            let held = story.author.ask(document, json!({ "id": post })).await["node"].clone();
            (held["hold"]["gates"].as_array().is_some_and(|gates| gates.len() == 1)).then_some(held)
        })
        .await;
        assert_eq!(
            (&held["state"], &held["nextAct"]["act"]),
            (&json!("HELD"), &json!("RESCHEDULE")),
            "{held}"
        );
        assert_eq!(held["hold"]["gates"][0]["kind"], "HOLD");
        assert!(held["hold"]["gates"][0]["reason"].as_str().unwrap().contains("approved after its time"));
        assert_eq!(
            held_posts(&story.manager).await,
            [(post.clone(), "releasePost".to_owned())],
            "in their name"
        );
        assert_eq!(held_posts(&story.author).await, [(post.clone(), "reschedulePost".to_owned())]);
        let now = json!({ "postId": post, "expectedVersion": held["version"], "when": { "now": true } });
        story.author.act("reschedulePost", now, "post { state }").await;
        story.post_in(&post, "PUBLISHED").await;
        assert!(held_posts(&story.manager).await.is_empty());
    }
}
