//! A coordinator asks before they pause, and then pauses.

use serde_json::json;

use crate::support::{
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

const ASK: &str = "query S($input: SimulateInput!) { simulate(input: $input) { lookedAt more counts { outcome count } clashes { id } \
                   posts { post { id state } outcome before { state dueAt leavesAt gates { kind } } \
                   after { state leavesAt gates { kind reason opens } } } } }";

#[tokio::test]
async fn a_coordinator_asks_before_they_pause() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("Clinic 1 opens on Monday.", &[&story.feed]).await;
        story.approve(&draft).await;
        let at = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } } });
        let scheduled = story.author.act("schedulePost", at, "posts { id time { dueAt } }").await;
        let post = scheduled["posts"][0].clone();
        let scope = json!({ "channelId": story.feed });
        let window = json!({
            "suppose": { "pause": { "scope": scope, "reason": "Mourning" } },
            "from": post["time"]["dueAt"], "first": 10,
        });
        let told = story.coordinator.ask(ASK, json!({ "input": window })).await["simulate"].clone();
        assert_eq!((&told["lookedAt"], &told["more"]), (&json!(1), &json!(false)));
        let held = &told["posts"][0];
        assert_eq!((&held["post"]["id"], &held["outcome"]), (&post["id"], &json!("HELD")));
        assert_eq!(held["before"]["state"], "PUBLISHED");
        assert_eq!(held["before"]["leavesAt"], post["time"]["dueAt"]);
        assert_eq!(held["after"]["gates"][0]["kind"], "PAUSE");
        assert_eq!(held["after"]["gates"][0]["reason"], "publishing is paused: Mourning");
        let counts = told["counts"].as_array().unwrap();
        assert!(counts.contains(&json!({ "outcome": "HELD", "count": 1 })));
        let moved = json!({ "suppose": { "move": { "postId": post["id"], "when": { "now": true } } } });
        let told = story.author.ask(ASK, json!({ "input": moved })).await["simulate"].clone();
        assert_eq!(told["posts"][0]["outcome"], "LEAVES_EARLIER");
        assert_eq!(story.post(post["id"].as_str().unwrap()).await["state"], "SCHEDULED", "nothing was done");
        let nowhere = json!({ "suppose": { "channelRests": post["id"] } });
        let answer = story.coordinator.answer(ASK, json!({ "input": nowhere })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
        let anonymous = story.anonymous.answer(ASK, json!({ "input": moved })).await;
        assert_eq!(anonymous["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
}
