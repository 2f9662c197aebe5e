//! The queue worked through the public API: what a dashboard sees and which buttons it may show.

use serde_json::{Value, json};

use crate::support::{
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

const SEEN: &str = "state version nextAct { act why operation } outcome { kind evidence reason } \
                    personHold { name reason by { name } } allowedActions hold { gates { kind reason opens } }";

async fn see(story: &Story, post: &str) -> Value {
    let document = format!("query P($id: ID!) {{ node(id: $id) {{ ... on Post {{ {SEEN} }} }} }}");
    story.author.ask(&document, json!({ "id": post })).await["node"].clone()
}

#[tokio::test]
async fn a_dashboard_holds_and_releases_and_reads_the_truth() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("Book a video visit from home.", &[&story.feed]).await;
        story.approve(&draft).await;
        let when = json!({ "at": { "localTime": next_july(1) } });
        let schedule = json!({ "draftId": draft, "when": when });
        let scheduled = story.author.act("schedulePost", schedule, "posts { id version }").await;
        let post = scheduled["posts"][0]["id"].as_str().unwrap().to_owned();
        let seen = see(&story, &post).await;
        assert_eq!(
            (&seen["outcome"]["kind"], &seen["nextAct"]["act"]),
            (&json!("NOT_TRIED"), &json!("WAIT"))
        );
        assert_eq!(seen["allowedActions"], json!(["RESCHEDULE", "CANCEL", "HOLD"]));

        let hold = json!({ "postId": post, "expectedVersion": seen["version"], "reason": "Legal reads it" });
        story.coordinator.act("holdPost", hold.clone(), "post { id }").await;
        let again = story.coordinator.attempt("holdPost", hold, "post { id }").await;
        assert_eq!(again["userErrors"][0]["code"], "CONFLICT");
        let seen = see(&story, &post).await;
        assert_eq!(
            seen["personHold"],
            json!({ "name": "Cora Ford", "reason": "Legal reads it", "by": { "name": "Cora Ford" } })
        );
        assert_eq!(seen["nextAct"]["operation"], "releasePost");
        assert_eq!(seen["hold"]["gates"][0]["kind"], "HOLD");
        assert_eq!(
            seen["allowedActions"],
            json!(["RESCHEDULE", "CANCEL"]),
            "it is not the author's to release"
        );
        let explain = "query E($id: ID!) { explain(id: $id) { mayLeave gates { kind open } } }";
        let told = story.author.ask(explain, json!({ "id": post })).await["explain"].clone();
        assert_eq!(told["mayLeave"], false);
        let shut: Vec<_> =
            told["gates"].as_array().unwrap().iter().filter(|gate| gate["open"] == false).collect();
        assert_eq!(shut, [&json!({ "kind": "HOLD", "open": false })]);

        let release = json!({ "postId": post, "expectedVersion": seen["version"] });
        let refused = story.author.attempt("releasePost", release.clone(), "post { id }").await;
        assert_eq!(refused["userErrors"][0]["code"], "NOT_RESPONSIBLE");
        let released =
            story.manager.act("releasePost", release, "post { state version } shut { kind }").await;
        assert_eq!((&released["post"]["state"], &released["shut"]), (&json!("SCHEDULED"), &json!([])));
        let retry = json!({ "postId": post, "expectedVersion": released["post"]["version"] });
        let refused = story.author.attempt("retryPost", retry, "post { id }").await;
        assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE");
        let refused = story.author.attempt("lookUpPost", json!({ "postId": post }), "post { id }").await;
        assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE");
        pauses(&story, &post).await;
    }
}

async fn pauses(story: &Story, post: &str) {
    let pause = json!({ "scope": { "channelId": story.feed }, "reason": "A storm" });
    let paused = story.coordinator.act("pausePublishing", pause, "pause { id pausedBy { name } }").await;
    assert_eq!(paused["pause"]["pausedBy"]["name"], "Cora Ford");
    let id = &paused["pause"]["id"];
    let exempt = json!({ "pauseId": id, "add": [post] });
    let changed = story.coordinator.act("changeExemptions", exempt, "pause { exempt { id } }").await;
    assert_eq!(changed["pause"]["exempt"], json!([{ "id": post }]));
    let preview = "query R($id: ID!) { previewResume(pauseId: $id) { released missed stillHeld more } }";
    let told = story.author.ask(preview, json!({ "id": id })).await["previewResume"].clone();
    assert_eq!(told, json!({ "released": 0, "missed": 0, "stillHeld": 0, "more": false }));
    let nothing = story.author.ask(preview, json!({ "id": post })).await["previewResume"].clone();
    assert_eq!(nothing, Value::Null, "that is no pause");
    let resumed = story
        .coordinator
        .act("resumePublishing", json!({ "pauseId": id }), "effect { released missed } pause { state }")
        .await;
    assert_eq!((&resumed["effect"]["missed"], &resumed["pause"]["state"]), (&json!(0), &json!("RESUMED")));
    let status = "{ queueStatus { states { state posts } oldestDueAt workers { inFlight tickedAt } } }";
    let status = story.author.ask(status, json!({})).await["queueStatus"].clone();
    assert_eq!(status["states"][0], json!({ "state": "SCHEDULED", "posts": 1 }));
    assert_eq!((&status["oldestDueAt"], status["workers"].as_array().unwrap().len()), (&Value::Null, 1));
}
