//! Subscriptions over the socket: what is told, to whom, in which order, and how a socket ends.

use serde_json::{Value, json};

use crate::support::{
    client::Client,
    engine::{Engine, engines},
    program::{Deployment, Program},
    socket::Socket,
    story::{Story, content},
};

const CHANGES: &str = "subscription C($after: Int) { changes(after: $after) { sequence action subjectKind draft { id } post { id state } } }";
const DRAFT_CHANGED: &str = "subscription D($id: ID!, $after: Int) { draftChanged(id: $id, after: $after) { sequence action draft { id } } }";
const POST_CHANGED: &str = "subscription P($ids: [ID!], $channels: [ID!], $after: Int) { \
    postChanged(ids: $ids, channelIds: $channels, after: $after) { sequence post { id } } }";

async fn story(settings: &[&str]) -> (Deployment, Program, Story) {
    told(&Engine::Sqlite, settings).await
}

async fn told(engine: &Engine, settings: &[&str]) -> (Deployment, Program, Story) {
    let deployment = Deployment::fresh(engine).await.with(settings);
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    (deployment, program, story)
}

/// The newest sequence of the office's chain.
async fn newest(story: &Story) -> i64 {
    let entries = story.coordinator.ask("{ auditEntries(first: 1) { nodes { sequence } } }", json!({})).await;
    entries["auditEntries"]["nodes"][0]["sequence"].as_i64().unwrap()
}

/// Events of `changes` until one fits.
async fn changes_until(socket: &mut Socket, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut heard = Vec::new();
    loop {
        let change = socket.event("c").await["changes"].clone();
        let last = fits(&change);
        heard.push(change);
        if last {
            return heard;
        }
    }
}

fn sequences(changes: &[Value]) -> Vec<i64> {
    changes.iter().map(|change| change["sequence"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn whoever_was_cut_off_hears_exactly_what_was_missed() {
    for engine in engines() {
        let (_deployment, _program, story) = told(&engine, &[]).await;
        let start = newest(&story).await;
        let mut socket = Socket::begun(&story.author).await;
        socket.subscribe("c", CHANGES, json!({ "after": start })).await;
        let draft = story.draft("The clinic opens on Monday.", &[&story.feed]).await;
        let heard = changes_until(&mut socket, |change| change["action"] == "createDraft").await;
        assert_eq!((sequences(&heard), &heard[0]["draft"]["id"]), (vec![start + 1], &json!(draft)));
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        let published =
            |change: &Value| change["post"]["id"] == *post && change["post"]["state"] == "PUBLISHED";
        let heard = changes_until(&mut socket, published).await;
        let seen = sequences(&heard).last().copied().unwrap();
        drop(socket);
        for words in ["One.", "Two.", "Three."] {
            story.draft(words, &[&story.feed]).await;
        }
        let end = newest(&story).await;
        let mut socket = Socket::begun(&story.author).await;
        socket.subscribe("c", CHANGES, json!({ "after": seen })).await;
        let missed = changes_until(&mut socket, |change| change["sequence"] == end).await;
        assert_eq!(sequences(&missed), (seen + 1..=end).collect::<Vec<_>>(), "in order, each once");
        story.draft("Four.", &[&story.feed]).await;
        let live = changes_until(&mut socket, |_| true).await;
        assert_eq!(live[0]["sequence"], end + 1, "and goes on from there");
    }
}

#[tokio::test]
async fn one_draft_and_some_posts_can_be_followed() {
    let (_deployment, _program, story) = story(&[]).await;
    let after = newest(&story).await;
    let other = story.draft("The other clinic opens.", &[&story.feed]).await;
    let draft = story.draft("The clinic opens.", &[&story.feed]).await;
    let mut socket = Socket::begun(&story.author).await;
    socket.subscribe("d", DRAFT_CHANGED, json!({ "id": draft, "after": after })).await;
    let event = socket.event("d").await["draftChanged"].clone();
    assert_eq!((&event["action"], &event["draft"]["id"]), (&json!("createDraft"), &json!(draft)));
    for id in [&other, &draft] {
        story.approve(id).await;
    }
    for action in ["submitDraft", "reviewDraft"] {
        let event = socket.event("d").await["draftChanged"].clone();
        assert_eq!((&event["action"], &event["draft"]["id"]), (&json!(action), &json!(draft)));
    }
    socket.say(json!({ "type": "complete", "id": "d" })).await;
    let unwanted = story.schedule_now(&other).await.remove(0);
    let wanted = story.schedule_now(&draft).await.remove(0);
    for id in [&unwanted, &wanted] {
        story.post_in(id, "PUBLISHED").await;
    }
    for (id, filter) in
        [("by id", json!({ "ids": [wanted] })), ("none", json!({ "ids": [], "channels": [] }))]
    {
        let mut variables = filter;
        variables["after"] = json!(after);
        socket.subscribe(id, POST_CHANGED, variables).await;
    }
    assert_eq!(socket.event("by id").await["postChanged"]["post"]["id"], json!(wanted));
    let mut socket = Socket::begun(&story.author).await;
    socket.subscribe("channel", POST_CHANGED, json!({ "channels": [story.feed], "after": after })).await;
    assert_eq!(
        socket.event("channel").await["postChanged"]["post"]["id"],
        json!(unwanted),
        "the first on the channel"
    );
}

#[tokio::test]
async fn offices_do_not_hear_each_other() {
    let (deployment, _program, story) = story(&[]).await;
    let draft = story.draft("The clinic opens.", &[&story.feed]).await;
    let other = other_office(&deployment, &story).await;
    let mut socket = Socket::begun(&other).await;
    socket.subscribe("c", CHANGES, json!({ "after": 0 })).await;
    socket.subscribe("d", DRAFT_CHANGED, json!({ "id": draft, "after": 0 })).await;
    let mut founded = 0;
    loop {
        let message = socket.hear().await;
        if message["id"] == "d" {
            assert_eq!(code(&message), "NOT_FOUND", "{message}");
            break;
        }
        founded += 1;
        assert_eq!(message["payload"]["data"]["changes"]["sequence"], founded, "{message}");
    }
    // What their own office did may come in between.
    loop {
        let message = socket.hear().await;
        if message["id"] == "d" {
            assert_eq!(message, json!({ "type": "complete", "id": "d" }));
            break;
        }
        founded += 1;
        assert_eq!(message["payload"]["data"]["changes"]["sequence"], founded, "{message}");
    }
    story.draft("One more.", &[&story.feed]).await;
    let create = json!({ "email": "li@example.net", "name": "Li", "roles": ["MEMBER"] });
    other.act("createMember", create, "member { id }").await;
    let heard =
        changes_until(&mut socket, |change| change["action"] == "createMember" && change["sequence"] != 1)
            .await;
    assert!(heard.iter().all(|change| change["subjectKind"] != "Draft"), "{heard:?}");
    let mine = sequences(&heard);
    assert!(mine.windows(2).all(|pair| pair[1] == pair[0] + 1), "one office's chain: {mine:?}");
}

async fn other_office(deployment: &Deployment, story: &Story) -> Client {
    let made = deployment.run(&[
        "office",
        "create",
        "--name",
        "Other",
        "--slug",
        "other",
        "--time-zone",
        "Europe/Berlin",
        "--administrator",
        "Eve Stone",
        "--email",
        "eve@example.net",
    ]);
    let sign_in = json!({ "email": "eve@example.net", "password": made["password"] });
    let payload = story.anonymous.act("signIn", sign_in, "session { accessToken }").await;
    story.anonymous.with_token(payload["session"]["accessToken"].as_str().unwrap())
}

fn code(message: &Value) -> &str {
    let errors = if message["type"] == "error" { &message["payload"] } else { &message["payload"]["errors"] };
    errors[0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn each_breach_of_the_protocol_has_its_close_code() {
    let (_deployment, _program, story) = story(&["api.ws_message_bytes=10000"]).await;
    let author = &story.author;
    let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": CHANGES } });
    let init = json!({ "type": "connection_init" });
    let big = json!({ "type": "ping", "payload": { "a": "x".repeat(20_000) } });
    let deep = format!("{{\"type\":\"ping\",\"payload\":{}{}}}", "[".repeat(100), "]".repeat(100));
    // Said without an init before.
    for (said, expected) in
        [(subscribe.to_string(), 4401), ("nonsense".to_owned(), 4400), (deep, 4400), (big.to_string(), 1009)]
    {
        let mut socket = Socket::open(author).await;
        socket.say_raw(&said).await;
        assert_eq!(socket.closed().await, expected, "{said:.80}");
    }
    // Said twice after one.
    for (said, expected) in [(subscribe, 4409), (init, 4429)] {
        let mut socket = Socket::begun(author).await;
        socket.say(said.clone()).await;
        socket.say(said).await;
        assert_eq!(socket.closed().await, expected);
    }
    for token in ["not a token", "mh_neverissued", ""] {
        let mut socket = Socket::open(author).await;
        socket.init(token).await;
        assert_eq!(socket.closed().await, 4403, "{token:?}");
    }
    assert_eq!(Socket::speaking(author, None).await.unwrap().closed().await, 4406);
    assert!(
        Socket::speaking(author, Some("graphql-ws")).await.is_err(),
        "the client sees that it is not spoken"
    );
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await.with(&["api.ws_init_seconds=1"]);
    let program = deployment.serve();
    let mut socket = Socket::open(&Client::anonymous(program.url())).await;
    assert_eq!(socket.closed().await, 4408);
}

#[tokio::test]
async fn a_service_that_stops_says_so() {
    let (_deployment, program, story) = story(&[]).await;
    let mut socket = Socket::begun(&story.author).await;
    socket.subscribe("c", CHANGES, json!({})).await;
    let stopping = tokio::task::spawn_blocking(move || program.stop());
    assert_eq!(socket.closed().await, 1012);
    assert_eq!(stopping.await.unwrap(), 0);
}

#[tokio::test]
async fn who_left_hears_no_more() {
    let (_deployment, _program, story) = story(&["api.ws_ping_seconds=1"]).await;
    let mut socket = Socket::begun(&story.author).await;
    socket.subscribe("c", CHANGES, json!({})).await;
    story.administrator.act("departMember", json!({ "memberId": story.author_id }), "member { state }").await;
    assert_eq!(socket.closed().await, 4403);
    let mut socket = Socket::open(&story.author).await;
    socket.init(story.author.token()).await;
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn the_request_gate_stands_before_sockets_too() {
    let (_deployment, _program, story) = story(&["api.ws_operations=2"]).await;
    let mut socket = Socket::begun(&story.author).await;
    let costly = "subscription { changes { draft { initiative { channels(first: 200) { nodes { stewards { member { id } } \
         slots { id } orphanRisks { activeStewards } initiative { channels(first: 200) { nodes { id } } } } } } } } }";
    let unknown = "subscription { changes { nothing } }";
    for (query, expected) in
        [(costly, "QUERY_TOO_COMPLEX"), (unknown, "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")]
    {
        socket.subscribe("1", query, json!({})).await;
        let message = socket.hear().await;
        assert_eq!(
            (&message["type"], &message["id"], code(&message)),
            (&json!("error"), &json!("1"), expected),
            "{message}"
        );
    }
    socket.say(json!({ "type": "ping", "payload": { "a": 1 } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong", "payload": { "a": 1 } }), "it stays open");
    // The id is free again, and a query is answered and ended.
    socket.subscribe("1", "{ viewer { member { name } } }", json!({})).await;
    assert_eq!(socket.event("1").await["viewer"]["member"]["name"], "Ada Okafor");
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "1" }));
    let create = json!({ "input": { "initiativeId": story.initiative, "content": content("Said here.", &[&story.feed]) } });
    let mutation = "mutation C($input: CreateDraftInput!) { createDraft(input: $input) { draft { state } } }";
    socket.subscribe("1", mutation, create).await;
    assert_eq!(socket.event("1").await["createDraft"]["draft"]["state"], "DRAFT");
    assert_eq!(socket.hear().await["type"], "complete");
    for id in ["1", "2", "3"] {
        socket.subscribe(id, CHANGES, json!({})).await;
    }
    assert_eq!(socket.closed().await, 4400, "no more operations than allowed");
}
