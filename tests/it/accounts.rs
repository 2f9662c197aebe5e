//! A channel's account: connected by asking a person at its platform, refreshed before its credential ends, looked at.

use std::collections::HashMap;

use connectors::fake::{Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    engine::engines,
    program::Deployment,
    story::Story,
};

mod bio;
mod looking;
mod own;
mod refresh;
mod taken_back;

const QUICK: &[&str] = &[
    "worker.credentials_every_seconds=1",
    "worker.release_every_seconds=1",
    "http.total_seconds=5",
    "http.read_seconds=5",
    "limits.refresh_ahead_seconds=1",
    "limits.backoff_seconds=1",
];

const SCOPES: &str = "read write";

const CHANNEL: &str = "query C($id: ID!) { node(id: $id) { ... on Channel { version \
    credential { state scopes refreshedAt refreshProblem expiresAt } authorization { state causeCode causeDetail } \
    profile { handle namesOperator readAt problem } } } }";

/// An office with a Mastodon channel that nobody has connected, and the server where it is.
struct Place {
    story: Story,
    server: FakePlatform,
    channel: String,
}

impl Place {
    async fn new(story: Story) -> Self {
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let url = format!("https://social.example/@{USERNAME}");
        let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
        server.grant(7_200, SCOPES);
        Self { story, server, channel }
    }

    async fn read(&self) -> Value {
        self.story.coordinator.ask(CHANNEL, json!({ "id": self.channel })).await["node"].clone()
    }

    async fn registered(self) -> Self {
        let app = json!({
            "platform": "MASTODON", "baseUrl": self.server.base_url().as_str(), "clientId": "masthead",
            "clientSecret": "hush",
        });
        let answer =
            self.story.administrator.act("setPlatformApp", app, "platformApp { clientId hasSecret }").await;
        assert_eq!(answer["platformApp"], json!({ "clientId": "masthead", "hasSecret": true }));
        self
    }

    async fn input(&self) -> Value {
        json!({
            "channelId": self.channel, "expectedVersion": self.read().await["version"],
            "baseUrl": self.server.base_url().as_str(), "allowPrivateHost": true,
        })
    }

    /// What the person's browser was sent to, as its query says.
    async fn begun(&self) -> HashMap<String, String> {
        let fields = "url redirectUri authorization { state }";
        let answer =
            self.story.administrator.act("beginChannelAuthorization", self.input().await, fields).await;
        assert_eq!(answer["authorization"]["state"], "WAITING");
        let url: url::Url = answer["url"].as_str().unwrap().parse().unwrap();
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(asked["redirect_uri"], answer["redirectUri"].as_str().unwrap());
        assert!(asked["redirect_uri"].ends_with("/connect/callback"));
        asked
    }

    /// The person agrees; where the browser comes back to.
    fn agreed(&self, asked: &HashMap<String, String>, code: &str) -> String {
        self.server.agree(code, &asked["code_challenge"]);
        format!("{}?code={code}&state={}", asked["redirect_uri"], asked["state"])
    }

    async fn complete(&self, by: &Client, address: &str) -> Value {
        by.attempt("completeChannelAuthorization", json!({ "address": address }), "authorization { state }")
            .await
    }

    async fn ended(&self, state: &str) -> Value {
        until("the question to be over", || async {
            let read = self.read().await;
            (read["authorization"]["state"] == state).then_some(read)
        })
        .await
    }
}

fn code_of(answer: &Value) -> &str {
    answer["userErrors"][0]["code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn whoever_began_finishes_and_the_channel_publishes_with_what_the_platform_gave() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await.registered().await;
        let asked = place.begun().await;
        assert_eq!(asked["code_challenge_method"], "S256");
        let address = place.agreed(&asked, "c0de");
        let other = place.complete(&place.story.coordinator, &address).await;
        assert_eq!(code_of(&other), "NOT_FOUND", "who did not begin cannot finish");
        let answer = place.complete(&place.story.administrator, &address).await;
        assert_eq!(answer["authorization"]["state"], "ANSWERED");
        place.ended("GRANTED").await;
        place.story.activate(&place.channel).await;
        let read = until("the credential to be tried", || async {
            let read = place.read().await;
            (read["credential"]["state"] == "HEALTHY").then_some(read)
        })
        .await;
        assert_eq!(read["credential"]["scopes"], json!(["read", "write"]));
        assert_eq!(read["profile"]["handle"], USERNAME);
        let again = place.complete(&place.story.administrator, &address).await;
        assert_eq!(code_of(&again), "ILLEGAL_STATE", "an answer is good once");
        let draft = place.story.draft("Book a video visit from home.", &[&place.channel]).await;
        place.story.approve(&draft).await;
        let post = place.story.schedule_now(&draft).await.remove(0);
        place.story.post_in(&post, "PUBLISHED").await;
        assert_eq!(place.server.applied().len(), 1);
    }
}

#[tokio::test]
async fn what_comes_to_nothing_is_told_and_the_channel_stays_as_it_was() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await;
        let unknown = place.input().await;
        let refused = place
            .story
            .administrator
            .attempt("beginChannelAuthorization", unknown, "authorization { state }")
            .await;
        assert_eq!(code_of(&refused), "NOT_FOUND", "without an application nobody can be asked");
        let place = place.registered().await;
        // The person says no.
        let asked = place.begun().await;
        let denied = format!("{}?error=access_denied&state={}", asked["redirect_uri"], asked["state"]);
        let answer = place.complete(&place.story.administrator, &denied).await;
        assert_eq!(answer["authorization"]["state"], "FAILED");
        assert_eq!(place.read().await["authorization"]["causeCode"], "ACCESS_DENIED");
        // The person leaves something out.
        place.server.grant(7_200, "read write:statuses");
        let asked = place.begun().await;
        let address = place.agreed(&asked, "c0de");
        place.complete(&place.story.administrator, &address).await;
        let read = place.ended("FAILED").await;
        assert_eq!(read["authorization"]["causeCode"], "SCOPES_MISSING");
        assert!(read["authorization"]["causeDetail"].as_str().unwrap().contains("write:media"), "{read}");
        // The code was made up, or belongs to another question.
        let asked = place.begun().await;
        let forged = format!("{}?code=forged&state={}", asked["redirect_uri"], asked["state"]);
        place.complete(&place.story.administrator, &forged).await;
        let read = place.ended("FAILED").await;
        assert_eq!(read["authorization"]["causeCode"], "GRANT_INVALID");
        assert_eq!(read["credential"]["state"], "MISSING");
        // Whoever was asked before somebody was asked anew can put no account in its place.
        let older = place.begun().await;
        place.begun().await;
        let address = place.agreed(&older, "c0de");
        let answer = place.complete(&place.story.administrator, &address).await;
        assert_eq!(code_of(&answer), "ILLEGAL_STATE");
        let newest = place.begun().await;
        let elsewhere = place.agreed(&newest, "c0de").replace("/connect/callback", "/elsewhere");
        assert_eq!(code_of(&place.complete(&place.story.administrator, &elsewhere).await), "INVALID");
        for nonsense in
            ["", "https://press.example.org/", "state=1&code=2", "https://x.example/?state=&code=1"]
        {
            let answer = place.complete(&place.story.administrator, nonsense).await;
            assert_eq!(code_of(&answer), "INVALID", "{nonsense}");
        }
    }
}

#[tokio::test]
async fn a_credential_is_refreshed_before_it_ends_and_a_blip_is_no_revocation() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await.registered().await;
        place.server.grant(3, SCOPES);
        let asked = place.begun().await;
        let address = place.agreed(&asked, "c0de");
        // The first refresh gets no answer.
        place.server.script(Call::Token, Script::applied(connectors::fake::Answer::Normal));
        let blip = connectors::fake::Answer::Status { status: 502, retry_after: None };
        place.server.script(Call::Token, Script::ignored(blip));
        place.complete(&place.story.administrator, &address).await;
        let read = until("the credential to be refreshed", || async {
            let read = place.read().await;
            (!read["credential"]["refreshedAt"].is_null()).then_some(read)
        })
        .await;
        assert_eq!(read["credential"]["refreshProblem"], Value::Null);
        assert_ne!(read["credential"]["state"], "REJECTED");
        assert!(place.server.granted() >= 2);
    }
}

#[tokio::test]
async fn testing_a_channel_posts_nothing_and_says_what_works() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let place = Place::new(Story::tell(&program.facts).await).await;
        let test = json!({ "channelId": place.channel });
        let early = place.story.coordinator.attempt("testChannel", test.clone(), "channel { id }").await;
        assert_eq!(code_of(&early), "ILLEGAL_STATE");
        place.story.connect(&place.channel, place.server.base_url().as_str(), USERNAME, SECRET).await;
        let state = |wanted: &'static str| {
            let place = &place;
            async move {
                until("the account to be looked at", || async {
                    let read = place.read().await;
                    (read["credential"]["state"] == wanted).then_some(read)
                })
                .await
            }
        };
        let first = state("HEALTHY").await;
        place.server.refuse_credential(true);
        place.story.coordinator.act("testChannel", test.clone(), "channel { id }").await;
        let refused = state("REJECTED").await;
        assert!(refused["profile"]["problem"].as_str().unwrap().starts_with("UNAUTHORIZED"), "{refused}");
        assert_eq!(refused["profile"]["readAt"], first["profile"]["readAt"], "what was read stays");
        place.server.refuse_credential(false);
        place.story.coordinator.act("testChannel", test, "channel { id }").await;
        let mended = state("HEALTHY").await;
        assert_eq!(mended["profile"]["problem"], Value::Null);
        assert!(place.server.applied().is_empty());
        let feed = json!({ "channelId": place.story.feed });
        let needless = place.story.coordinator.attempt("testChannel", feed, "channel { id }").await;
        assert_eq!(code_of(&needless), "INVALID");
    }
}

#[tokio::test]
async fn the_page_that_a_browser_comes_back_to_keeps_its_code_to_itself() {
    let engine = engines().into_iter().next().unwrap();
    let deployment = Deployment::fresh(&engine).await;
    let program = deployment.serve();
    let client = Client::anonymous(program.facts["url"].as_str().unwrap());
    let page = client.get("/connect/callback?code=c0de&state=s").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    let text = page.text().await.unwrap();
    assert!(text.contains("completeChannelAuthorization") && !text.contains("c0de"));
}
