//! What the public says to a channel: read from its platform once, a task until somebody has answered, a risk when nobody does.

use std::{collections::HashSet, time::Duration};

use connectors::fake::{Answer, Call, Dialect, FakePlatform, Heard, SECRET, Script, USERNAME};
use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    engine::engines,
    program::Deployment,
    story::{PASSWORD, Story, sign_in},
};

const QUICK: &[&str] =
    &["worker.rounds_every_seconds=1", "worker.credentials_every_seconds=1", "limits.inbox_seconds=1"];

/// What is left under a lease by the dead is free soon.
const SHORT: &[&str] = &[
    "http.connect_seconds=1",
    "http.read_seconds=5",
    "http.total_seconds=5",
    "http.preparation_seconds=5",
    "limits.lease_seconds=15",
    "limits.look_up_after_seconds=5",
    "limits.backoff_seconds=1",
];

const OPEN: &str = "query C($all: Boolean! = false) { conversations(first: 50, withSettled: $all) { nodes {
    id kind url dueAt saidAt overdue outcome note owner { name } settledBy { name } channel { handle } } } }";

fn said(text: &str) -> Heard {
    Heard { author: "ana".to_owned(), text: text.to_owned(), ..Heard::default() }
}

async fn open(client: &Client, all: bool) -> Vec<Value> {
    client.ask(OPEN, json!({ "all": all })).await["conversations"]["nodes"].as_array().unwrap().clone()
}

async fn tasks(client: &Client) -> Vec<Value> {
    let document =
        "{ tasks(first: 50, kinds: [ANSWER_PUBLIC]) { nodes { clause act subjectId dueAt title } } }";
    client.ask(document, json!({})).await["tasks"]["nodes"].as_array().unwrap().clone()
}

mod answering;
mod reading;

/// A Mastodon channel in use, with its server.
async fn channel(story: &Story) -> (FakePlatform, String) {
    let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
    let url = format!("https://social.example/@{USERNAME}");
    let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
    story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
    story.activate(&channel).await;
    (server, channel)
}

#[tokio::test]
async fn what_is_said_is_a_task_until_somebody_has_answered() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let (server, _channel) = channel(&story).await;
        server.hear(said("Are you open on Monday? My knee hurts."));
        let [heard] = until("it to be read", || async {
            let found = open(&story.author, false).await;
            <[Value; 1]>::try_from(found).ok()
        })
        .await;
        assert_eq!((&heard["channel"]["handle"], &heard["outcome"]), (&json!(USERNAME), &Value::Null));
        let waits = tasks(&story.author).await;
        assert_eq!((&waits[0]["clause"], &waits[0]["act"]), (&json!("GP3"), &json!("settleConversation")));
        assert_eq!((&waits[0]["subjectId"], &waits[0]["dueAt"]), (&heard["id"], &heard["dueAt"]));
        assert!(!deployment.log().contains("knee"), "the words are not logged");
        let stranger =
            json!({ "email": "sam@example.org", "name": "Sam", "roles": ["MEMBER"], "password": PASSWORD });
        let made = story.administrator.act("createMember", stranger, "member { id }").await;
        let sam = sign_in(&story.anonymous, "sam@example.org").await;
        let settle = json!({ "conversationId": heard["id"], "outcome": "ANSWERED", "note": "By Ana" });
        let refused = sam.attempt("settleConversation", settle.clone(), "__typename").await;
        assert_eq!(refused["userErrors"][0]["code"], "NOT_RESPONSIBLE");
        let give = json!({ "conversationId": heard["id"], "ownerId": made["member"]["id"] });
        story.author.act("assignConversation", give, "conversation { owner { name } }").await;
        assert!(tasks(&story.author).await.is_empty(), "it is somebody else's");
        assert_eq!(tasks(&sam).await.len(), 1);
        let ahead = "query P($id: ID!) { departurePreview(memberId: $id) { conversations { id } } }";
        let ahead = story.administrator.ask(ahead, json!({ "id": made["member"]["id"] })).await;
        assert_eq!(ahead["departurePreview"]["conversations"], json!([{ "id": heard["id"] }]));
        sam.act("settleConversation", settle.clone(), "conversation { outcome }").await;
        assert!(tasks(&sam).await.is_empty());
        let again = sam.attempt("settleConversation", settle, "__typename").await;
        assert_eq!(again["userErrors"][0]["code"], "ILLEGAL_STATE");
        assert!(open(&story.author, false).await.is_empty());
        let settled = open(&story.author, true).await;
        assert_eq!((&settled[0]["outcome"], &settled[0]["note"]), (&json!("ANSWERED"), &json!("By Ana")));
        assert_eq!(settled[0]["settledBy"]["name"], "Sam");
    }
}

#[tokio::test]
async fn whoever_reads_is_killed_again_and_again_and_each_is_there_once() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK).with(SHORT);
        let mut program = deployment.serve();
        let mut story = Story::tell(&program.facts).await;
        let (server, _channel) = channel(&story).await;
        let mut words = 0;
        for answer in [Answer::Slow(Duration::from_millis(300)), Answer::Hang, Answer::Normal] {
            for _ in 0..3 {
                server.hear(said(&format!("question {words}")));
                words += 1;
            }
            // Whatever is asked next meets this: the program dies while it waits, or just after.
            let before = server.requests().len();
            server.script(Call::Read, Script::applied(answer));
            until("it to be asked", || async { (server.requests().len() > before).then_some(()) }).await;
            program.kill();
            program = deployment.serve();
            story = story.at(program.url());
        }
        let found = until("all to be there", || async {
            let found = open(&story.author, false).await;
            (found.len() >= words).then_some(found)
        })
        .await;
        let places: HashSet<&str> = found.iter().map(|one| one["url"].as_str().unwrap()).collect();
        assert_eq!((found.len(), places.len()), (words, words));
        assert_eq!(program.stop(), 0, "{}", deployment.log());
    }
}
