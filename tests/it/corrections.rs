//! What is done about posts that are out: put right, taken back, read back.

use connectors::fake::{Answer, Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use serde_json::{Value, json};

use crate::support::{client::until, engine::engines, program::Deployment, story::Story};

const QUICK: &[&str] = &[
    "worker.credentials_every_seconds=1",
    "worker.release_every_seconds=1",
    "http.total_seconds=2",
    "http.read_seconds=2",
    "limits.backoff_seconds=1",
];

const POST: &str = "query P($id: ID!) { node(id: $id) { ... on Post { version state causeCode text remoteUrl \
    nextAct { act } corrections { id kind state causeCode attempts hold { gates { kind } } revision { number } } \
    readBack { standing difference readAt } draft { id version } } } }";

/// A post that is out on a Mastodon account.
struct Out {
    story: Story,
    server: FakePlatform,
    channel: String,
    post: String,
}

impl Out {
    async fn new(story: Story) -> Self {
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let url = format!("https://social.example/@{USERNAME}");
        let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
        story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(&channel).await;
        let draft = story.draft("The clinic opens at nine.", &[&channel]).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        story.post_in(&post, "PUBLISHED").await;
        Self { story, server, channel, post }
    }

    async fn read(&self) -> Value {
        self.story.coordinator.ask(POST, json!({ "id": self.post })).await["node"].clone()
    }

    async fn until(&self, what: &str, ready: impl Fn(&Value) -> bool) -> Value {
        until(what, || async {
            let read = self.read().await;
            ready(&read).then_some(read)
        })
        .await
    }

    /// Gives the draft other words, and has them approved.
    async fn revised(&self, text: &str) {
        let draft = self.read().await["draft"].clone();
        let id = draft["id"].as_str().unwrap();
        let content = crate::support::story::content(text, &[&self.channel]);
        let input = json!({ "draftId": id, "expectedVersion": draft["version"], "content": content });
        self.story.author.act("reviseDraft", input, "draft { id }").await;
        self.story.approve(id).await;
    }

    async fn order(&self, mutation: &str) -> Value {
        let input = json!({ "postId": self.post, "expectedVersion": self.read().await["version"], "reason": "A mistake" });
        self.story.coordinator.attempt(mutation, input, "correction { id state }").await
    }

    async fn read_now(&self) {
        self.story.coordinator.act("readBackPost", json!({ "postId": self.post }), "post { id }").await;
    }
}

fn code_of(answer: &Value) -> &str {
    answer["userErrors"][0]["code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn approved_words_take_the_place_of_those_that_are_out_once_they_are_approved() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let out = Out::new(Story::tell(&program.facts).await).await;
        assert_eq!(code_of(&out.order("correctPost").await), "ILLEGAL_STATE", "nothing is different");
        out.revised("The clinic opens at ten.").await;
        // The first try is done, and its answer lost; the second finds it done.
        out.server.script(Call::Edit, Script::applied(Answer::CutAfter(0)));
        let ordered = out.order("correctPost").await;
        assert_eq!(ordered["correction"]["state"], "WAITING");
        let read = out.until("the correction", |read| read["state"] == "CORRECTED").await;
        let [correction] = read["corrections"].as_array().unwrap().as_slice() else { panic!("{read}") };
        assert_eq!((&correction["kind"], &correction["state"]), (&json!("EDIT"), &json!("DONE")));
        assert_eq!((&correction["attempts"], &correction["revision"]["number"]), (&json!(2), &json!(2)));
        assert_eq!(correction["causeCode"], Value::Null);
        let [taken] = out.server.applied().try_into().unwrap();
        assert!(taken.text.starts_with("The clinic opens at ten."), "{}", taken.text);
        assert!(read["text"].as_str().unwrap().starts_with("The clinic opens at ten."));
    }
}

#[tokio::test]
async fn a_pause_holds_a_correction_and_does_not_stop_taking_back() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let out = Out::new(Story::tell(&program.facts).await).await;
        out.revised("The clinic opens at ten.").await;
        let pause = json!({ "scope": { "office": true }, "reason": "We look into it" });
        out.story.coordinator.act("pausePublishing", pause, "pause { id }").await;
        out.order("correctPost").await;
        let held = out.until("the gate", |read| read["corrections"][0]["state"] == "HELD").await;
        assert_eq!(held["corrections"][0]["hold"]["gates"][0]["kind"], "PAUSE");
        assert_eq!(code_of(&out.order("withdrawPost").await), "ILLEGAL_STATE", "one correction at a time");
        let give_up = json!({ "correctionId": held["corrections"][0]["id"] });
        out.story.coordinator.act("cancelCorrection", give_up.clone(), "correction { state }").await;
        let again = out.story.coordinator.attempt("cancelCorrection", give_up, "correction { state }").await;
        assert_eq!(code_of(&again), "ILLEGAL_STATE");
        assert!(out.server.applied()[0].text.starts_with("The clinic opens at nine."));
        out.order("withdrawPost").await;
        out.until("it to be gone", |read| read["state"] == "WITHDRAWN").await;
        assert!(out.server.applied()[0].deleted);
        assert_eq!(code_of(&out.order("withdrawPost").await), "ILLEGAL_STATE", "it is not out any more");
    }
}

#[tokio::test]
async fn who_answers_for_the_channel_takes_back_and_nobody_else() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let out = Out::new(Story::tell(&program.facts).await).await;
        let input =
            json!({ "postId": out.post, "expectedVersion": out.read().await["version"], "reason": "Wrong" });
        let answer = out.story.administrator.answer(
            "mutation M($input: WithdrawPostInput!) { withdrawPost(input: $input) { correction { id } } }",
            json!({ "input": input }),
        );
        assert_eq!(answer.await["errors"][0]["extensions"]["code"], "FORBIDDEN");
        out.server.script(Call::Delete, Script::ignored(Answer::Status { status: 422, retry_after: None }));
        out.order("withdrawPost").await;
        let refused = out.until("the refusal", |read| read["corrections"][0]["state"] == "REFUSED").await;
        assert_eq!(
            (&refused["state"], &refused["corrections"][0]["causeCode"]),
            (&json!("PUBLISHED"), &json!("HTTP_422"))
        );
    }
}

#[tokio::test]
async fn what_is_changed_or_taken_away_by_others_is_seen_and_can_be_put_right() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let out = Out::new(Story::tell(&program.facts).await).await;
        out.read_now().await;
        let read = out.until("the reading", |read| !read["readBack"]["readAt"].is_null()).await;
        assert_eq!((&read["readBack"]["standing"], &read["state"]), (&json!("AS_SENT"), &json!("PUBLISHED")));
        let id = out.server.applied()[0].id.clone();
        out.server.reword(&id, "The clinic is closed for good.");
        out.read_now().await;
        let read = out.until("the drift", |read| read["state"] == "DRIFTED").await;
        assert_eq!(
            (&read["readBack"]["standing"], &read["readBack"]["difference"]),
            (&json!("CHANGED"), &json!("WORDS"))
        );
        assert_eq!((&read["causeCode"], &read["nextAct"]["act"]), (&json!("CHANGED"), &json!("CORRECT")));
        let tasks = out.story.coordinator.ask("{ tasks(first: 50) { nodes { kind } } }", json!({})).await;
        assert!(tasks.to_string().contains("DRIFTED_POST"), "{tasks}");
        // What was approved is put back.
        out.order("correctPost").await;
        out.until("the correction", |read| read["state"] == "CORRECTED").await;
        assert!(out.server.applied()[0].text.starts_with("The clinic opens at nine."));
        out.server.change(&id, |post| post.deleted = true);
        out.read_now().await;
        let read = out.until("it to be missed", |read| read["state"] == "DRIFTED").await;
        assert_eq!((&read["readBack"]["standing"], &read["causeCode"]), (&json!("GONE"), &json!("GONE")));
        // A platform that fails proves nothing.
        out.server.change(&id, |post| post.deleted = false);
        out.read_now().await;
        out.until("it to be found again", |read| read["state"] == "PUBLISHED").await;
    }
}
