//! Every creating mutation is safe to repeat. Which mutations take a client key is read from the schema, so that a new one
//! fails here until somebody says how it is tried.

use std::collections::BTreeSet;

use futures::future::join_all;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::engines,
    program::Deployment,
    story::{PASSWORD, Story, content, sign_in},
};

const INTROSPECTION: &str = "{ __schema { mutationType { fields { name args { type { ofType { name } } } } } \
    types { name inputFields { name } } } }";

/// A mutation, with two inputs that are both good.
struct Case<'a> {
    mutation: &'static str,
    /// What it makes, and where its id is in the payload.
    makes: (&'static str, &'static str),
    table: &'static str,
    /// Who sends the first input.
    who: &'a Client,
    first: Value,
    /// Who can send the second.
    other: &'a Client,
    second: Value,
}

/// People and things that the cases need.
struct Cast {
    story: Story,
    deputy: Client,
    deputy_id: String,
    coordinator_id: String,
    /// Two drafts of the author in review, for advice; two, with digests, for judgement; two approved ones.
    doubted: [String; 2],
    judged: [(String, Value); 2],
    approved: [String; 2],
}

impl Cast {
    async fn gather(facts: &Value) -> Self {
        let story = Story::tell(facts).await;
        let deputy = json!({
            "email": "deputy@example.org", "name": "Dana Roy", "roles": ["COORDINATOR", "ADMINISTRATOR"], "password": PASSWORD,
        });
        let deputy_id =
            id_of(&story.administrator, "createMember", deputy, ("member { id }", "/member/id")).await;
        let deputy = sign_in(&story.anonymous, "deputy@example.org").await;
        let handbook = deputy.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
        deputy.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
        let viewer = story.coordinator.ask("{ viewer { member { id } } }", json!({})).await;
        let coordinator_id = viewer["viewer"]["member"]["id"].as_str().unwrap().to_owned();
        let doubted = [in_review(&story, 1).await, in_review(&story, 2).await];
        let judged = [with_digest(&story, 3).await, with_digest(&story, 4).await];
        let approved = [
            story.draft("Clinic 5 opens.", &[&story.feed]).await,
            story.draft("Clinic 6 opens.", &[&story.feed]).await,
        ];
        for draft in &approved {
            story.approve(draft).await;
        }
        Self { story, deputy, deputy_id, coordinator_id, doubted, judged, approved }
    }
}

async fn in_review(story: &Story, number: usize) -> String {
    let draft = story.draft(&format!("Clinic {number} opens."), &[&story.feed]).await;
    story.submit(&draft).await;
    draft
}

async fn with_digest(story: &Story, number: usize) -> (String, Value) {
    let draft = in_review(story, number).await;
    let digest = story.look(&draft, "revision { digest }").await["digest"].clone();
    (draft, digest)
}

async fn id_of(client: &Client, mutation: &str, input: Value, (fields, pointer): (&str, &str)) -> String {
    let payload = client.act(mutation, input, fields).await;
    payload
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{mutation}: {payload}"))
        .to_owned()
}

fn writing(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, doubted, judged, approved, .. } = cast;
    let draft =
        |words: &str| json!({ "initiativeId": story.initiative, "content": content(words, &[&story.feed]) });
    let schedule = |id: &str| json!({ "draftId": id, "when": { "at": { "localTime": "2027-07-01T09:00" } } });
    let seek =
        |id: &str| json!({ "draftId": id, "adviserId": story.manager_id, "question": "May we say this?" });
    let judge =
        |(id, digest): &(String, Value)| json!({ "draftId": id, "digest": digest, "judgement": "APPROVE" });
    let upload = |name: &str| json!({ "fileName": name, "byteSize": 10 });
    let case = |mutation, makes, table, (who, first), (other, second)| Case {
        mutation,
        makes,
        table,
        who,
        first,
        other,
        second,
    };
    vec![
        case(
            "createDraft",
            ("draft { id }", "/draft/id"),
            "draft",
            (&story.author, draft("One.")),
            (&story.manager, draft("Two.")),
        ),
        case(
            "schedulePost",
            ("posts { id }", "/posts/0/id"),
            "post",
            (&story.author, schedule(&approved[0])),
            (&story.manager, schedule(&approved[1])),
        ),
        case(
            "seekAdvice",
            ("review { id }", "/review/id"),
            "review",
            (&story.author, seek(&doubted[0])),
            (deputy, seek(&doubted[1])),
        ),
        case(
            "reviewDraft",
            ("review { id }", "/review/id"),
            "review",
            (&story.coordinator, judge(&judged[0])),
            (deputy, judge(&judged[1])),
        ),
        case(
            "createUpload",
            ("media { id }", "/media/id"),
            "media",
            (&story.author, upload("a.png")),
            (&story.manager, upload("b.png")),
        ),
    ]
}

fn registry(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, deputy_id, coordinator_id, .. } = cast;
    let initiative = |name: &str| {
        json!({
            "name": name, "purpose": "Tell people", "audience": "Patients", "runBy": "The team", "staffing": "Two people",
            "successor": "The front desk", "startsOn": "2026-01-01",
        })
    };
    let plan = |audience: &str| {
        json!({
            "initiativeId": story.initiative, "audiences": [audience], "stakeholders": ["Clinics"], "keyMessages": ["Call us"],
            "shareable": ["How to book"], "notShareable": [], "goals": [{ "goal": "More visits", "measure": "Bookings" }],
        })
    };
    let channel = |handle: &str| {
        json!({
            "platform": "FEED", "handle": handle, "url": story.anonymous.address(&format!("/feed/press/{handle}")),
            "displayName": handle, "purpose": "Tells", "audience": "Everybody", "language": "en", "bioLine": "Run by us",
            "monitoredHours": "Weekdays", "justification": "Others", "considered": [story.feed],
        })
    };
    let slot = |time: &str| json!({ "channelId": story.feed, "weekday": "MONDAY", "localTime": time });
    let steward = |member: &str| json!({ "channelId": story.feed, "memberId": member });
    let case = |mutation, makes, table, (who, first), (other, second)| Case {
        mutation,
        makes,
        table,
        who,
        first,
        other,
        second,
    };
    vec![
        case(
            "proposeInitiative",
            ("initiative { id }", "/initiative/id"),
            "initiative",
            (&story.manager, initiative("A")),
            (deputy, initiative("B")),
        ),
        case(
            "writePlan",
            ("plan { id }", "/plan/id"),
            "plan",
            (&story.manager, plan("A")),
            (deputy, plan("B")),
        ),
        case(
            "requestChannel",
            ("channel { id }", "/channel/id"),
            "channel",
            (&story.author, channel("one")),
            (&story.manager, channel("two")),
        ),
        case(
            "addSlot",
            ("slot { id }", "/slot/id"),
            "slot",
            (&story.author, slot("09:30")),
            (&story.manager, slot("10:30")),
        ),
        case(
            "addSteward",
            ("steward { id }", "/steward/id"),
            "steward",
            (&story.coordinator, steward(deputy_id)),
            (deputy, steward(coordinator_id)),
        ),
    ]
}

fn running(cast: &Cast) -> Vec<Case<'_>> {
    let Cast { story, deputy, .. } = cast;
    let member = |name: &str| json!({ "email": format!("{name}@example.org"), "name": name, "roles": ["MEMBER", "COORDINATOR"], "password": PASSWORD });
    let integration = |name: &str| json!({ "name": name, "scopes": ["OFFICE_READ"] });
    let pause = |reason: &str| json!({ "scope": { "office": true }, "reason": reason });
    let case = |mutation, makes, table, (who, first), (other, second)| Case {
        mutation,
        makes,
        table,
        who,
        first,
        other,
        second,
    };
    vec![
        case(
            "createMember",
            ("member { id }", "/member/id"),
            "member",
            (&story.administrator, member("one")),
            (deputy, member("two")),
        ),
        case(
            "createIntegration",
            ("integration { id }", "/integration/id"),
            "integration",
            (&story.administrator, integration("One")),
            (deputy, integration("Two")),
        ),
        case(
            "pausePublishing",
            ("pause { id }", "/pause/id"),
            "pause",
            (&story.coordinator, pause("A storm")),
            (deputy, pause("A fire")),
        ),
    ]
}

fn keyed(mut input: Value, key: &str) -> Value {
    input["clientKey"] = json!(key);
    input
}

async fn rows(db: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS n FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}

async fn try_case(case: &Case<'_>, db: &DatabaseConnection) {
    let Case { mutation, makes, table, .. } = case;
    let first = keyed(case.first.clone(), "the same key");
    let id = id_of(case.who, mutation, first.clone(), *makes).await;
    let (made, keys) = (rows(db, table).await, rows(db, "client_key").await);
    assert_eq!(id_of(case.who, mutation, first, *makes).await, id, "{mutation}: the same result");
    let second = keyed(case.second.clone(), "the same key");
    let reused = case.who.attempt(mutation, second.clone(), makes.0).await;
    assert_eq!(codes(&reused), ["KEY_REUSED"], "{mutation}: {reused}");
    assert_eq!(
        (rows(db, table).await, rows(db, "client_key").await),
        (made, keys),
        "{mutation}: nothing new"
    );
    assert_ne!(
        id_of(case.other, mutation, second, *makes).await,
        id,
        "{mutation}: another member's key is another key"
    );
    assert_eq!(rows(db, table).await, made + 1, "{mutation}");
}

/// The mutations whose input has a client key.
async fn repeatable(client: &Client) -> BTreeSet<String> {
    let schema = client.ask(INTROSPECTION, json!({})).await["__schema"].clone();
    let takes_key = |input: &Value| {
        let kind = schema["types"].as_array().unwrap().iter().find(|kind| kind["name"] == *input).unwrap();
        kind["inputFields"].as_array().unwrap().iter().any(|field| field["name"] == "clientKey")
    };
    let mutations = schema["mutationType"]["fields"].as_array().unwrap().iter();
    let keyed = mutations.filter(|mutation| takes_key(&mutation["args"][0]["type"]["ofType"]["name"]));
    keyed.map(|mutation| mutation["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_creating_mutation_is_safe_to_repeat() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let cast = Cast::gather(&program.facts).await;
        let db = deployment.connect().await;
        let cases: Vec<_> = [writing(&cast), registry(&cast), running(&cast)].into_iter().flatten().collect();
        let tried: BTreeSet<_> = cases.iter().map(|case| case.mutation.to_owned()).collect();
        assert_eq!(
            tried,
            repeatable(&cast.story.author).await,
            "say here how each mutation with a client key is tried"
        );
        for case in &cases {
            try_case(case, &db).await;
        }
        what_is_shown_once(&cast.story).await;
        at_the_same_moment(&cast.story, &db).await;
        db.close().await.unwrap();
    }
}

async fn what_is_shown_once(story: &Story) {
    let create = json!({ "clientKey": "site", "name": "Web site", "scopes": ["OFFICE_READ"] });
    let first = story.administrator.act("createIntegration", create.clone(), "token").await;
    assert!(first["token"].is_string());
    assert_eq!(story.administrator.act("createIntegration", create, "token").await["token"], Value::Null);
    let member = |password: &str| json!({ "clientKey": "new", "email": "new@example.org", "name": "New", "roles": ["MEMBER"], "password": password });
    story.administrator.act("createMember", member(PASSWORD), "member { id }").await;
    let other =
        story.administrator.attempt("createMember", member("another good password"), "member { id }").await;
    assert_eq!(codes(&other), ["KEY_REUSED"], "a password is part of the input");
    let gif = *b"GIF89a\x01\x00\x01\x00\x00\x00\x00;";
    let create = json!({ "clientKey": "gif", "fileName": "dot.gif", "byteSize": gif.len() });
    let address = async || {
        let payload =
            story.author.act("createUpload", create.clone(), "media { state } upload { url }").await;
        (payload["media"]["state"].clone(), payload["upload"]["url"].as_str().map(str::to_owned))
    };
    let put =
        async |url: &str| story.author.http().put(url).body(gif.to_vec()).send().await.unwrap().status();
    let (lost, renewed) = (address().await.1.unwrap(), address().await.1.unwrap());
    assert_eq!(put(&lost).await, 404, "the former address is not good any more");
    assert!(put(&renewed).await.is_success());
    assert_eq!(address().await, (json!("READY"), None), "its bytes have arrived");
}

async fn at_the_same_moment(story: &Story, db: &DatabaseConnection) {
    let before = rows(db, "draft").await;
    let create = json!({ "clientKey": "race", "initiativeId": story.initiative, "content": content("Now.", &[&story.feed]) });
    let calls =
        (0..8).map(|_| id_of(&story.author, "createDraft", create.clone(), ("draft { id }", "/draft/id")));
    let ids: BTreeSet<_> = join_all(calls).await.into_iter().collect();
    assert_eq!((ids.len(), rows(db, "draft").await), (1, before + 1), "eight at once make one");
    let member =
        json!({ "clientKey": "race", "email": "race@example.org", "name": "Race", "roles": ["MEMBER"] });
    let calls = (0..4).map(|_| {
        id_of(&story.administrator, "createMember", member.clone(), ("member { id }", "/member/id"))
    });
    assert_eq!(
        join_all(calls).await.into_iter().collect::<BTreeSet<_>>().len(),
        1,
        "the second is not told TAKEN"
    );
    let pause = json!({ "clientKey": "race", "scope": { "office": true }, "reason": "A race" });
    let calls = (0..4)
        .map(|_| id_of(&story.coordinator, "pausePublishing", pause.clone(), ("pause { id }", "/pause/id")));
    assert_eq!(join_all(calls).await.into_iter().collect::<BTreeSet<_>>().len(), 1);
    // What was refused left its key free.
    let refused = json!({ "clientKey": "second try", "email": "race@example.org", "name": "Race", "roles": ["MEMBER"] });
    assert_eq!(
        codes(&story.administrator.attempt("createMember", refused.clone(), "member { id }").await),
        ["TAKEN"]
    );
    let mended = json!({ "clientKey": "second try", "email": "tried@example.org", "name": "Race", "roles": ["MEMBER"] });
    story.administrator.act("createMember", mended, "member { id }").await;
}
