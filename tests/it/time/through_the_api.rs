//! Recurrences, blackouts and warnings as a client of the API meets them.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::engines,
    program::Deployment,
    story::{Story, next_july},
};

fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}

/// Ten days of one July.
fn daily(draft: &str) -> Value {
    let first = next_july(1);
    let starts_on = first.split('T').next().unwrap();
    json!({
        "draftId": draft, "repeats": { "days": { "every": 1 } }, "startsOn": starts_on, "ends": { "after": 10 },
        "localTime": "09:30", "timeZone": "Europe/Berlin",
    })
}

async fn read(client: &Client, id: &Value, fields: &str) -> Value {
    let document = format!("query R($id: ID!) {{ node(id: $id) {{ ... on Recurrence {{ {fields} }} }} }}");
    client.ask(&document, json!({ "id": id })).await["node"].clone()
}

#[tokio::test]
async fn a_recurrence_is_proposed_approved_read_and_ended() {
    for engine in engines() {
        // So that a whole July is in sight.
        let settings = ["limits.recurrence_ahead_days=730"];
        let deployment = Deployment::fresh(&engine).await.with(&settings);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("We answer your questions every day.", &[&story.feed]).await;
        let early = story.author.attempt("createRecurrence", daily(&draft), "recurrence { id }").await;
        assert_eq!(codes(&early), ["ILLEGAL_STATE"], "nothing is repeated that is not approved");
        story.approve(&draft).await;
        let id = approved(&story, &draft).await;
        let row = one_is_cancelled(&story, &id).await;
        let update = json!({ "recurrenceId": id, "expectedVersion": row["version"], "ends": { "after": 5 } });
        let fields = "recurrence { version times posts { id } }";
        let updated = story.author.act("updateRecurrence", update, fields).await["recurrence"].clone();
        assert_eq!(updated["posts"].as_array().unwrap().len(), 4, "five, and one of them cancelled");
        let end = json!({ "recurrenceId": id, "expectedVersion": updated["version"] });
        let fields = "recurrence { state posts { id } endedBy { name } }";
        let ended = story.author.act("endRecurrence", end, fields).await["recurrence"].clone();
        assert_eq!((&ended["state"], &ended["posts"]), (&json!("ENDED"), &json!([])));
    }
}

/// Proposed by the author and approved by the coordinator, with what is refused on the way; gives its id.
async fn approved(story: &Story, draft: &str) -> Value {
    let made = story.author.act("createRecurrence", daily(draft), "recurrence { id version state }").await;
    let (id, version) = (&made["recurrence"]["id"], &made["recurrence"]["version"]);
    assert_eq!(made["recurrence"]["state"], "PROPOSED");
    let fields = "posts { id } upcoming(first: 2) { localTime dueAt clockChange }";
    let proposed = read(&story.author, id, fields).await;
    assert_eq!(proposed["posts"], json!([]));
    assert!(proposed["upcoming"][0]["dueAt"].as_str().unwrap().ends_with("-07-01T07:30:00Z"), "{proposed}");
    let tasks = "{ tasks(first: 20) { nodes { kind subjectId } } }";
    let asked = story.coordinator.ask(tasks, json!({})).await["tasks"]["nodes"].clone();
    let task = json!({ "kind": "APPROVE_RECURRENCE", "subjectId": id });
    assert!(asked.as_array().unwrap().contains(&task), "{asked}");
    let digest = story.look(draft, "revision { digest }").await["digest"].clone();
    let approval = json!({ "recurrenceId": id, "expectedVersion": version, "digest": digest });
    let denied = story.author.try_act("approveRecurrence", approval.clone(), "recurrence { id }").await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let wrong = json!({ "recurrenceId": id, "expectedVersion": version, "digest": "0" });
    let wrong = story.coordinator.attempt("approveRecurrence", wrong, "recurrence { id }").await;
    assert_eq!(codes(&wrong), ["CONFLICT"]);
    story.coordinator.act("approveRecurrence", approval, "recurrence { state }").await;
    id.clone()
}

/// Reads the recurrence, cancels one of its posts, and gives it as it was read.
async fn one_is_cancelled(story: &Story, id: &Value) -> Value {
    let fields = "version state repeats { ... on EveryDays { every } } channels { handle } approvedBy { name } \
        posts { id version state plannedFor recurrence { id } warnings { kind } time { localTime } }";
    let row = read(&story.author, id, fields).await;
    assert_eq!((&row["state"], &row["repeats"]["every"]), (&json!("ACTIVE"), &json!(1)));
    let posts = row["posts"].as_array().unwrap();
    assert_eq!(posts.len(), 10);
    let first = &posts[0];
    assert_eq!((&first["recurrence"]["id"], &first["plannedFor"]), (id, &first["time"]["localTime"]));
    let cancel = json!({ "postId": posts[3]["id"], "expectedVersion": posts[3]["version"] });
    story.author.act("cancelPost", cancel, "post { state }").await;
    let lists = "query L($id: ID!) { posts(first: 50, filter: { recurrenceId: $id, states: [SCHEDULED] }) { totalCount } \
        recurrences(first: 10, filter: { states: [ACTIVE] }) { nodes { id } } }";
    let listed = story.author.ask(lists, json!({ "id": id })).await;
    assert_eq!((&listed["posts"]["totalCount"], &listed["recurrences"]["nodes"][0]["id"]), (&json!(9), id));
    row
}

#[tokio::test]
async fn a_blackout_warns_holds_and_is_listed() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(&["worker.release_every_seconds=1"]);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let add = json!({
            "days": { "startsOn": "2020-02-29", "endsOn": "2020-02-29" }, "reason": "Once", "timeZone": "Europe/Berlin",
        });
        let over = story.coordinator.act("addBlackout", add, "blackout { id quietNow }").await;
        assert_eq!(over["blackout"]["quietNow"], false);
        let always = ["00:00", "12:00"].map(|from| {
            let to = if from == "00:00" { "12:00" } else { "00:00" };
            json!({ "hours": { "from": from, "to": to }, "reason": "A storm", "channelId": story.feed })
        });
        let mut ids = Vec::new();
        for half in always {
            let made = story
                .author
                .act("addBlackout", half, "blackout { id channel { handle } fromTime toTime }")
                .await;
            ids.push(made["blackout"]["id"].clone());
        }
        let draft = story.draft("Book a video visit from home.", &[&story.feed]).await;
        story.approve(&draft).await;
        let foreseen = story.author.ask(
            "query W($draft: ID!) { scheduleWarnings(draftId: $draft, when: { now: true }) { kind message postIds channel { handle } } }",
            json!({ "draft": draft }),
        ).await;
        assert_eq!(foreseen["scheduleWarnings"][0]["kind"], "BLACKOUT", "{foreseen}");
        let wish = json!({ "draftId": draft, "when": { "now": true }, "publishLateMinutes": 60 });
        let payload =
            story.author.act("schedulePost", wish, "posts { id warnings { kind } } warnings { kind }").await;
        assert_eq!(payload["warnings"], json!([{ "kind": "BLACKOUT" }]));
        assert_eq!(payload["posts"][0]["warnings"], payload["warnings"]);
        let post = payload["posts"][0]["id"].as_str().unwrap();
        let held = story.post_in(post, "HELD").await;
        assert_eq!(held["hold"]["gates"][0]["kind"], "BLACKOUT");
        for id in &ids {
            let exempt = json!({ "blackoutId": id, "postIds": [post] });
            let done = story.author.act("exemptFromBlackout", exempt, "blackout { exempt { id } }").await;
            assert_eq!(done["blackout"]["exempt"][0]["id"], post);
        }
        story.post_in(post, "PUBLISHED").await;
        for id in &ids {
            story.author.act("removeBlackout", json!({ "blackoutId": id }), "blackout { removedAt }").await;
        }
        let list = "query B($all: Boolean!) { blackouts(first: 10, withRemoved: $all) { nodes { reason } } }";
        for (all, count) in [(false, 1), (true, 3)] {
            let listed = story.author.ask(list, json!({ "all": all })).await;
            assert_eq!(listed["blackouts"]["nodes"].as_array().unwrap().len(), count);
        }
    }
}
