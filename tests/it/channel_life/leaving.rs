//! Somebody leaves: their rights end at once, and what depended on them waits for somebody else until they have it.

use super::*;

/// Dana: steward of two channels, manages an initiative, has a draft, is asked for advice, made two tokens.
struct Dana {
    id: String,
    client: Client,
    tokens: [(String, Client); 2],
    press: String,
    initiative: String,
    draft: String,
    question: String,
}

async fn integration(dana: &Client, name: &str) -> (String, Client) {
    let create = json!({ "name": name, "scopes": ["OFFICE_READ", "DIRECTORY_READ"] });
    let made = dana.act("createIntegration", create, "integration { id } token").await;
    let id = made["integration"]["id"].as_str().unwrap().to_owned();
    (id, dana.with_token(made["token"].as_str().unwrap()))
}

async fn dana(story: &Story) -> Dana {
    let roles = ["MEMBER", "PROJECT_MANAGER", "ADMINISTRATOR"];
    let create =
        json!({ "email": "dana@example.org", "name": "Dana Roy", "roles": roles, "password": PASSWORD });
    let made = story.administrator.act("createMember", create, "member { id }").await;
    let id = made["member"]["id"].as_str().unwrap().to_owned();
    let client = sign_in(&story.anonymous, "dana@example.org").await;
    let propose = json!({
        "name": "School visits", "purpose": "Tell schools", "audience": "Schools", "runBy": "The visits team",
        "staffing": "One person", "successor": "The front desk", "startsOn": "2026-01-01",
    });
    let proposed = client.act("proposeInitiative", propose, "initiative { id }").await;
    let initiative = proposed["initiative"]["id"].as_str().unwrap().to_owned();
    story
        .coordinator
        .act("acknowledgeInitiative", json!({ "initiativeId": initiative }), "initiative { id }")
        .await;
    let content = crate::support::story::content("Schools may visit us in May.", &[&story.feed]);
    let create = json!({ "initiativeId": initiative, "content": content });
    let draft =
        client.act("createDraft", create, "draft { id }").await["draft"]["id"].as_str().unwrap().to_owned();
    let doubted = story.draft("Clinic 9 opens.", &[&story.feed]).await;
    story.submit(&doubted).await;
    let seek = json!({ "draftId": doubted, "adviserId": id, "question": "May we say this?" });
    let sought = story.author.act("seekAdvice", seek, "review { id }").await;
    let question = sought["review"]["id"].as_str().unwrap().to_owned();
    let press = story.channel("INSTAGRAM", "press", "https://www.instagram.com/press", &[&story.feed]).await;
    story.activate(&press).await;
    let tokens = [integration(&client, "Web site").await, integration(&client, "Screens").await];
    for channel in [&press, &story.feed] {
        steward(story, channel, &id).await;
    }
    Dana { id, client, tokens, press, initiative, draft, question }
}

async fn remove_author(story: &Story, channel: &str) {
    let document = "query S($id: ID!) { node(id: $id) { ... on Channel { stewards { id member { id } } } } }";
    let asked = story.coordinator.ask(document, json!({ "id": channel })).await;
    let stewards = asked["node"]["stewards"].as_array().unwrap().clone();
    let one = stewards.iter().find(|one| one["member"]["id"] == json!(story.author_id)).unwrap();
    story.coordinator.act("removeSteward", json!({ "stewardId": one["id"] }), "steward { until }").await;
}

const PREVIEW: &str = "query P($id: ID!) { departurePreview(memberId: $id) { member { name } cut \
    channels { channel { id } onDuty stewardsLeft tooFew } initiatives { id } drafts { id } posts { id } \
    questions { id } integrations { name } authorizedChannels { id } } }";

async fn look_ahead(story: &Story, dana: &Dana) {
    let denied = story.coordinator.answer(PREVIEW, json!({ "id": dana.id })).await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let seen = story.administrator.ask(PREVIEW, json!({ "id": dana.id })).await["departurePreview"].clone();
    let mut channels = seen["channels"].as_array().unwrap().clone();
    channels.sort_by_key(|one| one["stewardsLeft"].as_u64());
    let left = |id: &str, left: u64| json!({ "channel": { "id": id }, "onDuty": false, "stewardsLeft": left, "tooFew": left < 2 });
    assert_eq!(channels, [left(&dana.press, 1), left(&story.feed, 2)]);
    assert_eq!(seen["initiatives"], json!([{ "id": dana.initiative }]));
    assert_eq!(seen["drafts"], json!([{ "id": dana.draft }]));
    assert_eq!(seen["questions"], json!([{ "id": dana.question }]));
    assert_eq!(seen["integrations"].as_array().unwrap().len(), 2);
    assert_eq!((&seen["cut"], &seen["posts"]), (&json!(false), &json!([])));
}

#[tokio::test]
async fn what_depended_on_a_leaver_becomes_somebodys_task() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let dana = dana(&story).await;
        // A steward who only goes from one channel hands it over too.
        remove_author(&story, &dana.press).await;
        look_ahead(&story, &dana).await;
        let viewer = "{ viewer { member { name } } }";
        assert_eq!(dana.client.ask(viewer, json!({})).await["viewer"]["member"]["name"], "Dana Roy");
        let other = json!({ "memberId": dana.id, "keepIntegrations": [dana.tokens[0].0.clone(), story.feed.clone()] });
        assert_eq!(code(&story.administrator, "departMember", other).await, "NOT_FOUND");
        let leaves = json!({ "memberId": dana.id, "keepIntegrations": [dana.tokens[0].0] });
        story.administrator.act("departMember", leaves, "member { state }").await;
        their_rights_end(&dana).await;
        everything_waits(&story).await;
        somebody_takes_over(&story, &dana).await;
        the_channel_is_handed_over(&story, &dana).await;
    }
}

async fn their_rights_end(dana: &Dana) {
    let list = "{ channels(first: 1) { nodes { handle } } }";
    let code = |answer: Value| answer["errors"][0]["extensions"]["code"].clone();
    assert_eq!(code(dana.client.answer(list, json!({})).await), "UNAUTHENTICATED");
    assert_eq!(code(dana.tokens[1].1.answer(list, json!({})).await), "UNAUTHENTICATED");
    assert!(dana.tokens[0].1.answer(list, json!({})).await["errors"].is_null(), "kept on purpose");
}

async fn everything_waits(story: &Story) {
    let coordinator = &story.coordinator;
    assert_eq!(tasks(coordinator, "TAKE_OVER_INITIATIVE").await, ["School visits"]);
    assert_eq!(tasks(coordinator, "REASSIGN_DRAFT").await, ["What is new"]);
    assert_eq!(tasks(coordinator, "ASK_ANOTHER_ADVISER").await, ["What is new"]);
    assert_eq!(tasks(&story.author, "ASK_ANOTHER_ADVISER").await, ["What is new"], "who asked");
    assert_eq!(tasks(&story.administrator, "REPLACE_TOKEN").await, ["Web site"]);
    let mut handed = tasks(coordinator, "HAND_OVER_CHANNEL").await;
    handed.sort();
    assert_eq!(handed, ["news", "press", "press"], "the author's, and Dana's two");
    assert_eq!(tasks(&story.manager, "HAND_OVER_CHANNEL").await.len(), 3, "a steward's too");
    assert_eq!(tasks(&story.author, "HAND_OVER_CHANNEL").await, ["news"]);
}

async fn somebody_takes_over(story: &Story, dana: &Dana) {
    let version = "query V($id: ID!) { node(id: $id) { ... on Initiative { version } ... on Draft { version author { name } } } }";
    let of = async |id: &str| story.coordinator.ask(version, json!({ "id": id })).await["node"].clone();
    let take = |version: &Value, member: &str| json!({ "draftId": dana.draft, "expectedVersion": version, "memberId": member });
    let draft = of(&dana.draft).await["version"].clone();
    assert_eq!(
        code(&story.manager, "reassignDraft", take(&draft, &story.author_id)).await,
        "NOT_RESPONSIBLE"
    );
    assert_eq!(code(&story.coordinator, "reassignDraft", take(&draft, &dana.id)).await, "NOT_FOUND");
    let initiative = of(&dana.initiative).await["version"].clone();
    let hand = json!({ "initiativeId": dana.initiative, "expectedVersion": initiative, "managerId": story.manager_id });
    story.coordinator.act("updateInitiative", hand, "initiative { id }").await;
    assert_eq!(tasks(&story.manager, "REASSIGN_DRAFT").await, ["What is new"], "now it is his initiative");
    story.manager.act("reassignDraft", take(&draft, &story.author_id), "draft { id }").await;
    assert_eq!(of(&dana.draft).await["author"]["name"], "Ada Okafor");
    let ask = |adviser: &str| json!({ "reviewId": dana.question, "adviserId": adviser });
    assert_eq!(code(&story.author, "askAnotherAdviser", ask(&story.author_id)).await, "INVALID");
    story.author.act("askAnotherAdviser", ask(&story.manager_id), "review { id } draft { state }").await;
    let answer = json!({ "reviewId": dana.question, "answer": "Yes." });
    story.manager.act("giveAdvice", answer, "draft { state }").await;
    assert_eq!(code(&story.author, "askAnotherAdviser", ask(&story.manager_id)).await, "ILLEGAL_STATE");
    story
        .administrator
        .act("revokeIntegration", json!({ "integrationId": dana.tokens[0].0 }), "integration { id }")
        .await;
    for kind in ["TAKE_OVER_INITIATIVE", "REASSIGN_DRAFT", "ASK_ANOTHER_ADVISER", "REPLACE_TOKEN"] {
        for who in [&story.coordinator, &story.administrator, &story.manager, &story.author] {
            assert_eq!(tasks(who, kind).await, Vec::<String>::new(), "{kind}");
        }
    }
}

async fn the_channel_is_handed_over(story: &Story, dana: &Dana) {
    let seen = channel(&story.coordinator, &dana.press).await;
    let risks = seen["orphanRisks"].as_array().unwrap();
    let reasons: Vec<&Value> = risks.iter().map(|risk| &risk["reason"]).collect();
    assert_eq!(reasons, ["FEW_STEWARDS", "STEWARD_DEPARTED"], "the author is still here");
    let handovers = seen["handovers"].as_array().unwrap();
    let open = handovers.iter().find(|one| one["leaver"]["name"] == "Dana Roy").unwrap();
    let items: Vec<&str> =
        open["items"].as_array().unwrap().iter().map(|one| one["item"].as_str().unwrap()).collect();
    assert_eq!(
        items,
        ["ADD_STEWARD", "REPLACE_CREDENTIAL", "CHECK_ACCESS_LIST", "CHECK_BIO", "PASS_ON_OPEN_WORK"]
    );
    let tick = |item: &str| json!({ "handoverId": open["id"], "item": item });
    assert_eq!(code(&story.author, "tickHandover", tick("CHECK_BIO")).await, "NOT_RESPONSIBLE");
    assert_eq!(code(&story.coordinator, "tickHandover", tick("ADD_STEWARD")).await, "ILLEGAL_STATE");
    steward(story, &dana.press, &story.author_id).await;
    for item in items {
        let ticked =
            story.manager.act("tickHandover", tick(item), "handover { items { item done } closedAt }").await;
        let lines = ticked["handover"]["items"].as_array().unwrap();
        assert!(lines.iter().any(|line| line["item"] == item && line["done"] == true));
    }
    assert_eq!(code(&story.manager, "tickHandover", tick("CHECK_BIO")).await, "ILLEGAL_STATE");
    let seen = channel(&story.coordinator, &dana.press).await;
    assert_eq!(seen["orphanRisks"], json!([]));
    let done =
        seen["handovers"].as_array().unwrap().iter().find(|one| one["id"] == open["id"]).unwrap().clone();
    assert!(done["closedAt"].is_string());
    assert_eq!(done["items"][0]["tickedBy"]["name"], "Max Ng");
    let mut handed = tasks(&story.coordinator, "HAND_OVER_CHANNEL").await;
    handed.sort();
    assert_eq!(handed, ["news"], "Dana's of press is done, and the author is its steward again");
}
