//! The whole life of a channel, as its people go it: asked for, made ready, in use, looked at again, handed over, retired.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::engines,
    program::Deployment,
    story::{PASSWORD, Story, sign_in},
};

mod again;
mod leaving;
mod reviewing;

const CHANNEL: &str = "query C($id: ID!) { node(id: $id) { ... on Channel { state version contact reviewDueOn \
    readiness { item done message act } published { contact } orphanRisks { reason member { name } } \
    handovers { id closedAt leaver { name } items { item done tickedBy { name } } } \
    retirement { page credentialKeeper { name } lastPost { id } } } } }";

async fn channel(who: &Client, id: &str) -> Value {
    who.ask(CHANNEL, json!({ "id": id })).await["node"].clone()
}

/// What is missing, with the mutation that puts it right.
fn missing(channel: &Value) -> Vec<(&str, &str)> {
    let items = channel["readiness"].as_array().unwrap().iter().filter(|item| item["done"] == false);
    items.map(|item| (item["item"].as_str().unwrap(), item["act"].as_str().unwrap())).collect()
}

/// What a refusal says: its code, its field and its message.
async fn refused(who: &Client, mutation: &str, input: Value) -> (String, String, String) {
    let payload = who.attempt(mutation, input, "__typename").await;
    let error = &payload["userErrors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["code"]), text(&error["field"][0]), text(&error["message"]))
}

async fn code(who: &Client, mutation: &str, input: Value) -> String {
    refused(who, mutation, input).await.0
}

/// The tasks of somebody of this kind, as titles.
async fn tasks(who: &Client, kind: &str) -> Vec<String> {
    let document = "query T($kinds: [TaskKind!]) { tasks(first: 50, kinds: $kinds) { nodes { title subjectId subject { id } } } }";
    let asked = who.ask(document, json!({ "kinds": [kind] })).await;
    let nodes = asked["tasks"]["nodes"].as_array().unwrap().clone();
    for node in &nodes {
        assert_eq!(node["subject"]["id"], node["subjectId"], "{kind}: the subject is there");
    }
    nodes.iter().map(|node| node["title"].as_str().unwrap().to_owned()).collect()
}

fn wish(story: &Story, platform: &str, handle: &str, url: &str) -> Value {
    json!({
        "platform": platform, "handle": handle, "url": url, "displayName": "Press Office", "purpose": "Pictures",
        "audience": "Schools", "language": "en", "bioLine": "Press Office", "monitoredHours": "Weekdays",
        "justification": "No other shows pictures", "considered": [story.feed],
    })
}

async fn approved(story: &Story, wish: Value) -> String {
    let asked = story.author.act("requestChannel", wish, "channel { id }").await;
    let id = asked["channel"]["id"].as_str().unwrap().to_owned();
    story.coordinator.act("approveChannel", json!({ "channelId": id }), "channel { state }").await;
    id
}

async fn steward(story: &Story, channel: &str, member: &str) {
    let input = json!({ "channelId": channel, "memberId": member });
    story.coordinator.act("addSteward", input, "steward { id }").await;
}

async fn update(story: &Story, channel_id: &str, mut changes: Value) {
    let version = channel(&story.coordinator, channel_id).await["version"].clone();
    changes["channelId"] = json!(channel_id);
    changes["expectedVersion"] = version;
    story.coordinator.act("updateChannel", changes, "channel { id }").await;
}

#[tokio::test]
async fn a_channel_is_used_when_nothing_is_missing() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let press = wish(&story, "INSTAGRAM", "press", "https://www.instagram.com/press");
        let mut odd = press.clone();
        odd["contact"] = json!("call us");
        assert_eq!(refused(&story.author, "requestChannel", odd).await.1, "contact");
        // A feed is what this server shows under the office's name: no page of others, and no other office's.
        for foreign in [
            "https://evil.example/feed",
            "http://127.0.0.1/feed/other/press",
            "http://127.0.0.1/feed/press/else",
        ] {
            let feed = wish(&story, "FEED", "press", foreign);
            let (code, field, message) = refused(&story.author, "requestChannel", feed).await;
            assert_eq!((code.as_str(), field.as_str()), ("INVALID", "url"), "{message}");
            assert!(message.contains("/feed/press/press"), "{message}");
        }
        let id = approved(&story, press).await;
        let seen = channel(&story.author, &id).await;
        assert_eq!(
            missing(&seen),
            [("STEWARDS", "addSteward"), ("BIO_LINE", "updateChannel"), ("CONTACT", "updateChannel")],
            "a bio line that only repeats the name tells nobody who runs it"
        );
        let activate = json!({ "channelId": id });
        let (code, _, message) = refused(&story.coordinator, "activateChannel", activate.clone()).await;
        assert_eq!(code, "INCOMPLETE");
        for item in ["STEWARDS", "BIO_LINE", "CONTACT"] {
            assert!(message.contains(item), "{message}");
        }
        steward(&story, &id, &story.author_id).await;
        steward(&story, &id, &story.manager_id).await;
        update(
            &story,
            &id,
            json!({ "contact": "Press@Example.org", "bioLine": "Run by Ada Okafor and Max Ng" }),
        )
        .await;
        assert_eq!(missing(&channel(&story.author, &id).await), []);
        story.coordinator.act("activateChannel", activate, "channel { state }").await;
        let seen = channel(&story.author, &id).await;
        assert_eq!(seen["published"]["contact"], "press@example.org");
        assert!(seen["reviewDueOn"].is_string());
        its_contact_is_public(&story).await;
        what_the_public_was_told_stays(&story, &id).await;
        // Where a connector signs in, only a credential that works is enough.
        let blog = wish(&story, "WORDPRESS", "blog.example.org", "https://blog.example.org/");
        let mut blog = blog;
        blog["considered"] = json!([story.feed, id]);
        let blog = approved(&story, blog).await;
        assert!(missing(&channel(&story.author, &blog).await).contains(&("CREDENTIAL", "connectChannel")));
        story.connect(&blog, "http://127.0.0.1:9/", "press", "made up").await;
        let (code, _, message) =
            refused(&story.coordinator, "activateChannel", json!({ "channelId": blog })).await;
        assert_eq!(code, "INCOMPLETE");
        assert!(message.contains("CREDENTIAL"), "stored is not yet working: {message}");
    }
}

/// Of a channel in use nobody takes away what it was activated for.
async fn what_the_public_was_told_stays(story: &Story, id: &str) {
    for (field, value) in [("contact", Value::Null), ("bioLine", json!("Press Office"))] {
        let version = channel(&story.author, id).await["version"].clone();
        let taken_away = json!({ "channelId": id, "expectedVersion": version, field: value });
        let (code, on, _) = refused(&story.author, "updateChannel", taken_away).await;
        assert_eq!((code.as_str(), on.as_str()), ("INCOMPLETE", field));
    }
}

async fn its_contact_is_public(story: &Story) {
    for (path, said) in [
        ("/directory.json", "\"contact\":\"press@example.org\""),
        ("/directory.csv", "\"press@example.org\""),
        ("/directory.jsonld", "{\"@type\":\"ContactPoint\",\"email\":\"press@example.org\"}"),
    ] {
        let text = story.anonymous.get(path).await.text().await.unwrap();
        assert!(text.contains(said), "{path}: {text}");
    }
}

#[tokio::test]
async fn whoever_retires_a_channel_says_what_is_left_of_it() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let draft = story.draft("This page closes today. Thank you for reading.", &[&story.feed]).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        story.post_in(&post, "PUBLISHED").await;
        let press =
            story.channel("INSTAGRAM", "press", "https://www.instagram.com/press", &[&story.feed]).await;
        story.activate(&press).await;
        let coordinator = &story.coordinator;
        let end = |more: Value| {
            let mut input = json!({ "channelId": press });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let kept = json!({ "page": "MARKED_CLOSED", "credentialKeeperId": story.manager_id });
        for (more, expected) in [
            (json!({}), ("REQUIRED", "page")),
            (json!({ "page": "DELETED" }), ("REQUIRED", "credentialKeeperId")),
            (
                json!({ "page": "DELETED", "credentialKeeperId": story.manager_id, "credentialRevoked": true }),
                ("INVALID", "credentialKeeperId"),
            ),
            (
                json!({ "page": "DELETED", "credentialRevoked": true, "lastPostId": post }),
                ("INVALID", "lastPostId"),
            ),
        ] {
            let (code, field, _) = refused(coordinator, "retireChannel", end(more)).await;
            assert_eq!((code.as_str(), field.as_str()), expected);
        }
        coordinator.act("retireChannel", end(kept), "channel { state }").await;
        let seen = channel(coordinator, &press).await;
        assert_eq!(seen["state"], "RETIRED");
        let told =
            json!({ "page": "MARKED_CLOSED", "credentialKeeper": { "name": "Max Ng" }, "lastPost": null });
        assert_eq!((&seen["retirement"], &seen["reviewDueOn"]), (&told, &Value::Null));
        let ahead = "query P($id: ID!) { departurePreview(memberId: $id) { keptChannels { id } } }";
        let ahead = story.administrator.ask(ahead, json!({ "id": story.manager_id })).await;
        assert_eq!(ahead["departurePreview"]["keptChannels"], json!([{ "id": press }]));
        the_feed_says_goodbye(&story, &post).await;
    }
}

/// The office's own page has no account that anybody could keep.
async fn the_feed_says_goodbye(story: &Story, post: &str) {
    let later = story.draft("We open again in May.", &[&story.feed]).await;
    story.approve(&later).await;
    let when = json!({ "at": { "localTime": crate::support::story::next_july(1) } });
    let schedule = json!({ "draftId": later, "when": when });
    let scheduled =
        story.author.act("schedulePost", schedule, "posts { id }").await["posts"][0]["id"].clone();
    let end = |last: Value, cancel: bool| json!({ "channelId": story.feed, "page": "KEPT_AS_ARCHIVE", "lastPostId": last, "cancelPosts": cancel });
    let (code, field, _) = refused(&story.coordinator, "retireChannel", end(scheduled.clone(), true)).await;
    assert_eq!((code.as_str(), field.as_str()), ("ILLEGAL_STATE", "lastPostId"), "it is not out yet");
    let waits =
        story.coordinator.attempt("retireChannel", end(json!(post), false), "userErrors { posts }").await;
    let error = &waits["userErrors"][0];
    assert_eq!((&error["code"], &error["field"]), (&json!("ILLEGAL_STATE"), &json!(["cancelPosts"])));
    assert_eq!(error["posts"], json!([scheduled]), "what was promised is not forgotten");
    story.coordinator.act("retireChannel", end(json!(post), true), "channel { state }").await;
    assert_eq!(story.post(scheduled.as_str().unwrap()).await["state"], "CANCELLED");
    let seen = channel(&story.author, &story.feed).await;
    assert_eq!(seen["retirement"]["lastPost"]["id"], post);
    assert_eq!(seen["retirement"]["credentialKeeper"], Value::Null);
    let get = async |suffix: &str| {
        let answer = story.anonymous.get(&format!("/feed/press/news{suffix}")).await;
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, page) = get("").await;
    assert!(status == 200 && page.contains("This feed is closed") && !page.contains("Follow as"), "{page}");
    let (_, json) = get(".json").await;
    assert!(json.contains("\"expired\":true"), "{json}");
    let (_, atom) = get(".atom").await;
    assert!(atom.contains("This feed is closed"), "{atom}");
}

#[tokio::test]
async fn what_the_public_reads_is_a_coordinators_to_change_and_one_coordinator_stays() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version } ... on Initiative { version } } }";
        let version =
            async |id: &str| story.author.ask(version, json!({ "id": id })).await["node"]["version"].clone();
        let rename = async |who: &Client, name: &str| {
            let input = json!({ "initiativeId": story.initiative, "expectedVersion": version(&story.initiative).await, "name": name });
            who.attempt("updateInitiative", input, "initiative { name }").await
        };
        assert_eq!(rename(&story.manager, "Care").await["userErrors"], json!([]), "no channel tells of it");
        let run = json!({ "channelId": story.feed, "expectedVersion": version(&story.feed).await, "initiativeId": story.initiative });
        story.coordinator.act("updateChannel", run, "channel { version }").await;
        let refused = rename(&story.manager, "Call 604-555-0184").await;
        assert_eq!(refused["userErrors"][0]["code"], "NOT_RESPONSIBLE", "{refused}");
        assert_eq!(rename(&story.coordinator, "Care at home").await["userErrors"], json!([]));

        let me = story.coordinator.ask("{ viewer { member { id version } } }", json!({})).await;
        let me = &me["viewer"]["member"];
        let demote = json!({ "memberId": me["id"], "expectedVersion": me["version"], "roles": ["MEMBER"] });
        let last = story.administrator.attempt("updateMember", demote, "member { id }").await;
        assert_eq!(last["userErrors"][0]["code"], "ILLEGAL_STATE");
        let depart = json!({ "memberId": me["id"] });
        let last = story.administrator.attempt("departMember", depart, "member { id }").await;
        assert!(last["userErrors"][0]["message"].as_str().unwrap().contains("last coordinator"), "{last}");
    }
}
