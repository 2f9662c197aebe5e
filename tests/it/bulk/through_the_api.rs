//! Many posts at once, as a dashboard does it: look, show, do, and be told when the queue changed.

use serde_json::{Value, json};

use crate::support::{
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

const FIELDS: &str = "bulk { id plan selected changed leftAlone { reason count } outcomes { postId changes stateBefore stateAfter \
                      dueBefore timeAfter { localTime timeZone dueAt clockChange } leftBecause message post { id state version } } }";
const CHANGED: &str = "bulk { id } userErrors { posts }";

async fn queued(story: &Story, day: u8) -> String {
    let draft = story.draft(&format!("Clinic {day} opens on Monday."), &[&story.feed]).await;
    story.approve(&draft).await;
    let at = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(day) } } });
    let scheduled = story.author.act("schedulePost", at, "posts { id }").await;
    scheduled["posts"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_team_moves_its_week_and_gives_up_the_rest() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let out = story.draft("Book a video visit from home.", &[&story.feed]).await;
        story.approve(&out).await;
        let out = story.schedule_now(&out).await.remove(0);
        story.post_in(&out, "PUBLISHED").await;
        let posts = [queued(&story, 1).await, queued(&story, 2).await, queued(&story, 3).await];
        let filter = json!({ "filter": { "channelId": story.feed } });
        let mut input = json!({ "selection": filter, "act": { "shiftBy": { "days": 7 } }, "dryRun": true });
        let said = story.author.act("bulkPosts", input.clone(), FIELDS).await["bulk"].clone();
        assert_eq!((&said["id"], &said["selected"], &said["changed"]), (&Value::Null, &json!(4), &json!(3)));
        assert_eq!(said["leftAlone"], json!([{ "reason": "ALREADY_PUBLISHED", "count": 1 }]));
        assert_eq!(said["outcomes"][0]["leftBecause"], "ALREADY_PUBLISHED");
        assert_eq!(said["outcomes"][1]["timeAfter"]["localTime"], format!("{}:00", next_july(8)));
        assert_eq!(said["outcomes"][1]["post"]["version"], 1, "nothing is done yet");
        input["dryRun"] = json!(false);
        input["expect"] = said["plan"].clone();
        input["clientKey"] = json!("the week");
        let done = story.author.act("bulkPosts", input.clone(), FIELDS).await["bulk"].clone();
        assert_eq!(done["outcomes"][1]["post"]["version"], 2);
        assert_eq!(done["plan"], said["plan"]);
        let repeated = story.author.act("bulkPosts", input.clone(), FIELDS).await["bulk"].clone();
        assert_eq!(repeated, done, "the same key answers the first result");
        let chosen = json!({ "postIds": posts });
        let mut give_up = json!({ "selection": chosen, "act": { "cancel": true }, "dryRun": true });
        let plan = story.manager.act("bulkPosts", give_up.clone(), FIELDS).await["bulk"]["plan"].clone();
        let cancel = json!({ "postId": posts[2], "expectedVersion": 2 });
        story.author.act("cancelPost", cancel, "post { state }").await;
        give_up["dryRun"] = json!(false);
        give_up["expect"] = plan;
        let answer = story
            .manager
            .answer(
                &format!(
                    "mutation B($input: BulkPostsInput!) {{ bulkPosts(input: $input) {{ {CHANGED} }} }}"
                ),
                json!({ "input": give_up }),
            )
            .await;
        assert_eq!(
            answer["data"]["bulkPosts"],
            json!({ "bulk": null, "userErrors": [{ "posts": [posts[2]] }] })
        );
        give_up["dryRun"] = json!(true);
        let plan = story.manager.act("bulkPosts", give_up.clone(), FIELDS).await["bulk"]["plan"].clone();
        give_up["dryRun"] = json!(false);
        give_up["expect"] = plan;
        let done = story.manager.act("bulkPosts", give_up, FIELDS).await["bulk"].clone();
        assert_eq!(done["changed"], 2);
        for post in &posts {
            assert_eq!(story.post(post).await["state"], "CANCELLED");
        }
        let forbidden = story.administrator.try_act("bulkPosts", input, FIELDS).await;
        assert_eq!(forbidden["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}
