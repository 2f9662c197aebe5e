//! A draft that quotes a post of others: a post of our own, through every gate, that shows the other one below its words.

use connectors::fake::{Answer, AppliedPost, Call, Dialect, FakePlatform, Quoting, Script};
use serde_json::{Value, json};

use super::{Account, QUICK, code_of, message_of, passing};
use crate::support::{engine::engines, program::Deployment, story::Story};

const PNG: &[u8] = include_bytes!("../../../office/samples/plain.png");
const WORDS: &str = "Our partners say when to come: Monday, from nine.";

fn quoting(words: &str, url: &str, channels: &[&str]) -> Value {
    let mut content = passing(url, channels);
    content["text"] = json!(words);
    content
}

impl Account {
    async fn quoted(&self, words: &str, url: &str) -> String {
        let made = self.create(quoting(words, url, &[&self.channel])).await;
        made["draft"]["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    /// An approved quote, scheduled at once.
    async fn quoted_now(&self, words: &str, url: &str) -> String {
        let draft = self.quoted(words, url).await;
        self.story.approve(&draft).await;
        self.story.schedule_now(&draft).await.remove(0)
    }

    /// The last post that is out; nothing was passed on.
    fn last(&self) -> AppliedPost {
        assert!(self.server.amplified().is_empty(), "a quote is a post of our own");
        self.server.applied().pop().unwrap()
    }
}

fn kinds(post: &Value) -> Vec<String> {
    let attempts = post["attempts"].as_array().unwrap().iter();
    let word = |attempt: &Value, name: &str| attempt[name].as_str().unwrap_or("-").to_owned();
    attempts.map(|attempt| format!("{} {}", word(attempt, "kind"), word(attempt, "outcome"))).collect()
}

#[tokio::test]
async fn a_partners_post_is_quoted_once_and_only_with_words_that_may_go_out() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let mut considered = vec![story.feed.clone()];
        for (dialect, platform) in [(Dialect::Mastodon, "MASTODON"), (Dialect::Bluesky, "BLUESKY")] {
            let server = FakePlatform::start(dialect).await.unwrap();
            let others: Vec<&str> = considered.iter().map(String::as_str).collect();
            let account = Account::on(platform, server, story.clone(), &others).await;
            considered.push(account.channel.clone());
            journey(&account).await;
        }
    }
}

async fn journey(account: &Account) {
    let story = &account.story;
    let url = account.server.add_post_of_others("Flu jabs from Monday");
    let draft = account.quoted("Call her own cell at 604-555-0142 tonight.", url.as_str()).await;
    let submit = json!({ "draftId": draft, "expectedVersion": 1 });
    let refused = story.author.attempt("submitDraft", submit, "draft { id }").await;
    assert_eq!(code_of(&refused), "GUIDELINE_FINDINGS", "a quote's words are read: {refused}");
    assert!(account.server.applied().is_empty());

    let revise = json!({ "draftId": draft, "expectedVersion": story.look(&draft, "version").await,
        "content": quoting(WORDS, url.as_str(), &[&account.channel]) });
    story.author.act("reviseDraft", revise, "draft { state }").await;
    let seen = story
        .look(&draft, "revision { amplifies { url source } findings { rule } targets { composedText } }")
        .await;
    assert_eq!(seen["amplifies"], json!({ "url": url, "source": "UNKNOWN" }));
    assert_eq!(seen["targets"][0]["composedText"], WORDS);
    let found: Vec<&str> =
        seen["findings"].as_array().unwrap().iter().filter_map(|one| one["rule"].as_str()).collect();
    assert!(found.contains(&"GP5.unknown-source"), "{found:?}");

    story.approve(&draft).await;
    let post = story.schedule_now(&draft).await.remove(0);
    let post = story.post_in(&post, "PUBLISHED").await;
    let out = account.last();
    assert_eq!((out.text.as_str(), out.quotes.as_deref()), (WORDS, Some(url.as_str())));
    assert_eq!((kinds(&post), account.server.applied().len()), (vec!["PUBLISH DELIVERED".to_owned()], 1));
    assert_ne!(post["remoteUrl"], json!(url), "it has an address of its own");

    // It is ours: it can be compared, and taken back.
    story.coordinator.act("readBackPost", json!({ "postId": post["id"] }), "post { id }").await;
    let order = json!({ "postId": post["id"], "expectedVersion": story.post(post["id"].as_str().unwrap()).await["version"], "reason": "A mistake" });
    story.coordinator.act("withdrawPost", order, "correction { id }").await;
    story.post_in(post["id"].as_str().unwrap(), "WITHDRAWN").await;
    assert!(account.last().deleted);

    // A lost answer is looked up, and it is out once.
    account.server.script(Call::Create, Script::applied(Answer::Hang));
    let post = account.quoted_now("They told us once more.", url.as_str()).await;
    let post = story.post_in(&post, "PUBLISHED").await;
    assert_eq!(
        (kinds(&post), account.server.applied().len()),
        (vec!["PUBLISH UNKNOWN".to_owned(), "LOOK_UP FOUND".to_owned()], 2)
    );
    assert_eq!(account.last().quotes.as_deref(), Some(url.as_str()));

    // What may not be quoted leaves nothing behind.
    account.server.let_quote(Quoting::Denied);
    let post = account.quoted_now("And they told us a third time.", url.as_str()).await;
    let post = story.post_in(&post, "REJECTED").await;
    assert_eq!((post["causeCode"].as_str(), account.server.applied().len()), (Some("QUOTE_DENIED"), 2));
}

#[tokio::test]
async fn a_correction_changes_the_words_and_never_the_quote() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let [one, other] =
            ["Flu jabs from Monday", "Something else"].map(|text| account.server.add_post_of_others(text));
        let draft = account.quoted(WORDS, one.as_str()).await;
        story.approve(&draft).await;
        let post = story.schedule_now(&draft).await.remove(0);
        story.post_in(&post, "PUBLISHED").await;
        for (words, url, expected) in
            [("Of Tuesday, we hear.", &other, Some("ILLEGAL_STATE")), ("From ten, we hear.", &one, None)]
        {
            let revise = json!({ "draftId": draft, "expectedVersion": story.look(&draft, "version").await,
                "content": quoting(words, url.as_str(), &[&account.channel]) });
            story.author.act("reviseDraft", revise, "draft { state }").await;
            story.approve(&draft).await;
            let order = json!({ "postId": post, "expectedVersion": story.post(&post).await["version"], "reason": "It was wrong" });
            let answer = story.coordinator.attempt("correctPost", order, "correction { id }").await;
            assert_eq!(answer["userErrors"][0]["code"].as_str(), expected, "{answer}");
        }
        story.post_in(&post, "CORRECTED").await;
        let out = account.last();
        assert_eq!((out.text.as_str(), out.quotes.as_deref()), ("From ten, we hear.", Some(one.as_str())));
    }
}

async fn picture(story: &Story) -> Value {
    let create = json!({ "fileName": "plain.png", "byteSize": PNG.len() });
    let announced = story.author.act("createUpload", create, "media { id } upload { url }").await;
    let put = story.author.http().put(announced["upload"]["url"].as_str().unwrap()).body(PNG.to_vec());
    assert_eq!(put.send().await.unwrap().status(), 201);
    json!([{ "mediaId": announced["media"]["id"], "altText": "A clinic" }])
}

#[tokio::test]
async fn what_cannot_be_quoted_is_refused_with_what_to_do_instead() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let story = &account.story;
        let url = account.server.add_post_of_others("Flu jabs from Monday");
        let older = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        older.let_quote(Quoting::Unknown);
        let older = Account::on("MASTODON", older, story.clone(), &[&story.feed, &account.channel]).await;
        let on = |channel: &str| quoting(WORDS, url.as_str(), &[channel]);
        let mut with_media = on(&account.channel);
        with_media["media"] = picture(story).await;
        let mut silent = on(&account.channel);
        silent["targets"][0]["text"] = json!(" ");
        let mut half = passing(url.as_str(), &[&account.channel]);
        half["targets"][0]["text"] = json!(WORDS);
        let rows = [
            (on(&story.feed), "targets.0.channelId", "the address as its link"),
            (on(&older.channel), "targets.0.channelId", "since 4.5"),
            (
                quoting(WORDS, "https://x.com/north/status/20", &[&account.channel]),
                "targets.0.channelId",
                "quoted where it is",
            ),
            (with_media, "media", "media or a quote"),
            (silent, "targets.0.text", "would say nothing"),
            (half, "targets.0.text", "write a text as well"),
        ];
        for (content, field, words) in rows {
            let refused = account.create(content.clone()).await;
            let path: Vec<&str> = field.split('.').collect();
            assert_eq!(
                (code_of(&refused), &refused["userErrors"][0]["field"]),
                ("INVALID", &json!(path)),
                "{content}: {refused}"
            );
            assert!(message_of(&refused).contains(words), "{field}: {refused}");
        }
        below_a_post(story, &[&story.feed, &account.channel, &older.channel]).await;
    }
}

/// What follows a post on LinkedIn is a comment.
async fn below_a_post(story: &Story, considered: &[&str]) {
    let server = FakePlatform::start(Dialect::LinkedIn).await.unwrap();
    let account = Account::on("LINKEDIN", server, story.clone(), considered).await;
    let url = account.server.add_post_of_others("Flu jabs from Monday");
    let first = account.quoted_now(WORDS, url.as_str()).await;
    story.post_in(&first, "PUBLISHED").await;
    assert_eq!(account.last().quotes.as_deref(), Some(url.as_str()));
    let second = account.quoted("And they say it again.", url.as_str()).await;
    story.approve(&second).await;
    let schedule = json!({ "draftId": second, "when": { "now": true }, "after": first });
    let refused = story.author.attempt("schedulePost", schedule, "posts { id }").await;
    assert_eq!(
        (code_of(&refused), &refused["userErrors"][0]["field"]),
        ("INVALID", &json!(["after"])),
        "{refused}"
    );
    assert!(message_of(&refused).contains("a comment quotes nothing"), "{refused}");
}
