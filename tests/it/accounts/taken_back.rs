//! A person who takes back at the platform what they agreed to: nothing goes out any more, and whoever answers for the channel is
//! told what to do.

use serde_json::{Value, json};

use super::{Place, QUICK, SCOPES};
use crate::support::{client::until, engine::engines, program::Deployment, story::Story};

const TASKS: &str = "{ tasks(first: 50, kinds: [SECURE_CHANNEL]) { nodes { reason subjectId } } }";
const POST: &str =
    "query P($id: ID!) { node(id: $id) { ... on Post { state hold { gates { kind } } nextAct { act } } } }";

#[tokio::test]
async fn a_refresh_that_is_refused_holds_the_posts_and_is_a_task_of_the_stewards() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await.registered().await;
        place.server.grant(10, SCOPES);
        let asked = place.begun().await;
        let address = place.agreed(&asked, "c0de");
        place.complete(&place.story.administrator, &address).await;
        place.ended("GRANTED").await;
        place.story.activate(&place.channel).await;
        place.server.take_back();
        let read = until("the refresh to be refused", || async {
            let read = place.read().await;
            (read["credential"]["state"] == "REJECTED").then_some(read)
        })
        .await;
        let problem = read["credential"]["refreshProblem"].as_str().unwrap();
        assert!(problem.starts_with("GRANT_INVALID"), "{problem}");
        let draft = place.story.draft("Book a video visit from home.", &[&place.channel]).await;
        place.story.approve(&draft).await;
        let post = place.story.schedule_now(&draft).await.remove(0);
        let held = until("the post to be held", || async {
            let read = place.story.coordinator.ask(POST, json!({ "id": post })).await;
            (read["node"]["state"] == "HELD").then(|| read["node"].clone())
        })
        .await;
        assert_eq!(held["hold"]["gates"][0]["kind"], "CONNECTION", "{held}");
        assert_eq!(held["nextAct"]["act"], "RECONNECT_CHANNEL");
        let steward = place.story.manager.ask(TASKS, Value::Null).await;
        let tasks = steward["tasks"]["nodes"].as_array().unwrap();
        let task = tasks.iter().find(|task| task["subjectId"] == *place.channel);
        let task = task.unwrap_or_else(|| panic!("its steward hears nothing: {steward}"));
        assert!(task["reason"].as_str().unwrap().contains("refuses the credential"), "{task}");
        assert!(place.server.applied().is_empty(), "nothing goes out with what was taken back");
    }
}
