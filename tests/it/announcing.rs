//! Announcing an initiative with its first draft, and closing one with all that hangs on it, through the public API.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::{Engine, engines},
    program::Deployment,
    story::{Story, content, next_july},
};

fn code(payload: &Value) -> &str {
    payload["userErrors"][0]["code"].as_str().unwrap_or_default()
}

async fn kinds(client: &Client) -> Vec<String> {
    let tasks = client.ask("{ tasks(first: 100) { nodes { kind } } }", json!({})).await;
    let nodes = tasks["tasks"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| node["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_draft_for_something_new_begins_its_announcement_and_is_told_what_is_still_to_do() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let words = content("Sleep well: our new course begins.", &[&story.feed]);
        let neither = story.author.attempt("createDraft", json!({ "content": words }), "draft { id }").await;
        assert_eq!(code(&neither), "REQUIRED");
        assert!(neither["userErrors"][0]["message"].as_str().unwrap().contains("announce"), "{neither}");
        let announce = json!({ "name": "Sleep well", "purpose": "Help people sleep" });
        let create = json!({ "announce": announce, "content": words, "clientKey": "sleep" });
        let fields =
            "draft { id initiative { id state version unanswered manager { name } } } stillToDo { act what }";
        let made = story.author.act("createDraft", create.clone(), fields).await;
        let initiative = &made["draft"]["initiative"];
        assert_eq!(
            (&initiative["state"], &initiative["manager"]["name"]),
            (&json!("PROPOSED"), &json!("Cora Ford"))
        );
        let acts: Vec<_> =
            made["stillToDo"].as_array().unwrap().iter().map(|open| open["act"].clone()).collect();
        assert_eq!(acts, ["updateInitiative", "acknowledgeInitiative", "writePlan"]);
        let again = story.author.act("createDraft", create, fields).await;
        assert_eq!(again["draft"]["id"], made["draft"]["id"], "a repeat makes nothing new");
        let mut taken = json!({ "announce": announce, "content": words });
        let refused = story.author.attempt("createDraft", taken.clone(), "draft { id }").await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["announce", "name"]), "{refused}");
        taken["initiativeId"] = json!(story.initiative);
        assert_eq!(code(&story.author.attempt("createDraft", taken, "draft { id }").await), "INVALID");
        assert!(kinds(&story.author).await.contains(&"COMPLETE_ANNOUNCEMENT".to_owned()));
        let id = json!({ "initiativeId": initiative["id"] });
        let early = story.coordinator.attempt("acknowledgeInitiative", id.clone(), "initiative { id }").await;
        assert_eq!(code(&early), "ILLEGAL_STATE", "who runs it is not said");
        let say = json!({
            "initiativeId": initiative["id"], "expectedVersion": initiative["version"], "audience": "Everybody who lies awake",
            "runBy": "The sleep clinic", "staffing": "One person", "successor": "The library",
            "existingChannels": [story.feed],
        });
        let said = story
            .author
            .act("updateInitiative", say, "initiative { unanswered existingChannels { handle } }")
            .await;
        assert_eq!(said["initiative"]["unanswered"], json!([]));
        assert_eq!(said["initiative"]["existingChannels"][0]["handle"], "news");
        assert!(!kinds(&story.author).await.contains(&"COMPLETE_ANNOUNCEMENT".to_owned()));
        story.coordinator.act("acknowledgeInitiative", id, "initiative { state }").await;
        let mails = "{ mails(first: 50) { nodes { kind state member { name } } } }";
        let mails = story.administrator.ask(mails, json!({})).await.to_string();
        assert!(mails.contains("INITIATIVE_PROPOSED") && mails.contains("INITIATIVE_DECIDED"), "{mails}");
        let foreign = story.author.answer("{ mails(first: 5) { nodes { id } } }", json!({})).await;
        assert_eq!(foreign["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}

#[tokio::test]
async fn closing_settles_the_queue_and_the_goals_of_the_plan() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
    story.approve(&draft).await;
    let later = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } } });
    let post = story.author.act("schedulePost", later, "posts { id }").await["posts"][0]["id"].clone();
    let id = json!({ "initiativeId": story.initiative });
    story.manager.act("closeInitiative", id.clone(), "initiative { state }").await;
    let mut wish = Story::wish("X", "visits", "https://x.com/visits", &[&story.feed]);
    wish["initiativeId"] = json!(story.initiative);
    let late = story.author.attempt("requestChannel", wish, "channel { id }").await;
    assert_eq!(code(&late), "ILLEGAL_STATE", "what is begun now is settled nowhere");
    let offered = story.look(&draft, "allowedActions").await.to_string();
    assert!(!offered.contains("SCHEDULE"), "{offered}");
    let document = "mutation C($input: CompleteClosingInput!) { completeClosing(input: $input) { initiative { state results { goal result } } userErrors { code message posts } } }";
    let complete = async |input: Value| {
        story.coordinator.ask(document, json!({ "input": input })).await["completeClosing"].clone()
    };
    let waiting = complete(id.clone()).await;
    assert_eq!((code(&waiting), &waiting["userErrors"][0]["posts"]), ("ILLEGAL_STATE", &json!([post])));
    let version = story.post(post.as_str().unwrap()).await["version"].clone();
    story
        .author
        .act("cancelPost", json!({ "postId": post, "expectedVersion": version }), "post { state }")
        .await;
    assert_eq!(code(&complete(id.clone()).await), "REQUIRED", "the goal has no result");
    let odd = json!({ "initiativeId": story.initiative, "results": [{ "goal": "Fame", "result": "None" }] });
    assert_eq!(code(&complete(odd).await), "INVALID");
    let twice = json!([{ "goalId": story.goal, "result": "One" }, { "goalId": story.goal, "result": "Two" }]);
    let twice = json!({ "initiativeId": story.initiative, "results": twice });
    assert_eq!(code(&complete(twice).await), "INVALID", "a goal has one result");
    let results = json!([{ "goal": "More visits by video", "result": "Twice as many as before" }]);
    let done = complete(json!({ "initiativeId": story.initiative, "results": results })).await;
    assert_eq!(done["initiative"], json!({ "state": "CLOSED", "results": results }), "{done}");
}

#[tokio::test]
async fn what_an_announcement_leaves_open_is_its_managers_task_until_it_is_said() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let propose = json!({
        "name": "Night clinic", "purpose": "Tell of it", "audience": "Patients", "runBy": "The team", "managerId": story.manager_id,
        "staffing": "Two people", "successor": "The desk", "startsOn": "2027-03-02",
    });
    let made = story.author.act("proposeInitiative", propose, "initiative { id version }").await;
    let id = made["initiative"]["id"].clone();
    let tasks = "{ tasks(first: 9, kinds: [COMPLETE_ANNOUNCEMENT]) { nodes { title } } }";
    let waits = async |who: &Client| who.ask(tasks, json!({})).await.to_string().contains("Night clinic");
    assert!(waits(&story.author).await && waits(&story.manager).await);
    let acknowledge = json!({ "initiativeId": id });
    story.coordinator.act("acknowledgeInitiative", acknowledge, "initiative { state }").await;
    assert!(!waits(&story.author).await, "it is not theirs to change any more");
    assert!(waits(&story.manager).await);
    let version = "query V($id: ID!) { node(id: $id) { ... on Initiative { version } } }";
    let version = story.manager.ask(version, json!({ "id": id })).await["node"]["version"].clone();
    let say = json!({ "initiativeId": id, "expectedVersion": version, "existingChannelsNote": "None reaches them" });
    story.manager.act("updateInitiative", say, "initiative { unanswered }").await;
    assert!(!waits(&story.manager).await);
    let both = json!({ "initiativeId": id, "shareable": [{ "topic": "The opening hours" }],
        "notShareable": [{ "topic": "the  opening hours" }] });
    let refused = story.manager.attempt("writePlan", both, "plan { id }").await;
    let why = &refused["userErrors"][0];
    assert_eq!((&why["code"], &why["field"]), (&json!("INVALID"), &json!(["notShareable", "0", "topic"])));
}

#[tokio::test]
async fn closing_may_cancel_what_waits() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
    story.approve(&draft).await;
    let later = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } } });
    let post = story.author.act("schedulePost", later, "posts { id }").await["posts"][0]["id"].clone();
    let close = json!({ "initiativeId": story.initiative, "queue": "CANCEL" });
    story.manager.act("closeInitiative", close, "initiative { state }").await;
    assert_eq!(story.post(post.as_str().unwrap()).await["state"], "CANCELLED");
}

#[tokio::test]
async fn what_says_nothing_or_reads_like_another_is_refused() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let proposal = |name: &str, purpose: &str, starts_on: &str| {
        json!({
            "name": name, "purpose": purpose, "audience": "Patients", "runBy": "The team", "staffing": "Two people",
            "successor": "The desk", "startsOn": starts_on, "existingChannels": [story.feed],
        })
    };
    for (input, field, refusal) in [
        (proposal("Visits at home", "\u{200b}\u{a0}", "2027-01-01"), "purpose", "REQUIRED"),
        (proposal("virtual  VISITS\u{200b}", "To tell", "2027-01-01"), "name", "TAKEN"),
        (proposal("Visits \u{202e}emoh ta", "To tell", "2027-01-01"), "name", "INVALID"),
        (proposal("Visits at home", "To tell", "1027-01-01"), "startsOn", "INVALID"),
    ] {
        let refused = story.manager.attempt("proposeInitiative", input, "initiative { id }").await;
        let error = &refused["userErrors"][0];
        assert_eq!((code(&refused), &error["field"][0]), (refusal, &json!(field)), "{refused}");
    }
}

#[tokio::test]
async fn nothing_of_a_declined_initiative_is_submitted() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let announce = json!({ "name": "Night clinic", "purpose": "Tell of the night clinic" });
    let create =
        json!({ "announce": announce, "content": content("The clinic opens at night.", &[&story.feed]) });
    let made =
        story.author.act("createDraft", create, "draft { id version initiative { id } }").await["draft"]
            .clone();
    let decline = json!({ "initiativeId": made["initiative"]["id"], "reason": "The project does this" });
    story.coordinator.act("declineInitiative", decline, "initiative { state }").await;
    let submit = json!({ "draftId": made["id"], "expectedVersion": made["version"] });
    let refused = story.author.attempt("submitDraft", submit, "draft { state }").await;
    assert_eq!(code(&refused), "ILLEGAL_STATE", "{refused}");
}
