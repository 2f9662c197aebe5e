//! Answering through the office: a draft that answers what the public said goes through everything that any post does, is out
//! once as the platform's own answer, and settles the conversation; and nobody is answered twice.

use connectors::fake::{Answer, AppliedPost, Call, Dialect, FakePlatform, Heard, SECRET, Script};
use serde_json::{Value, json};

use super::{QUICK, SHORT, open, said, tasks};
use crate::{
    platforms::film,
    support::{
        client::until,
        engine::engines,
        program::Deployment,
        story::{Story, address, content, day},
    },
};

const WORDS: &str = "On Monday we open at nine.";

/// Where the public speaks below posts alone.
const BELOW_POSTS: [&str; 3] = ["FACEBOOK", "LINKEDIN", "YOUTUBE"];

/// A channel in use, and its platform.
struct Desk {
    story: Story,
    server: FakePlatform,
    channel: String,
    /// The post of ours that the public speaks below, by the platform's name; none where it speaks to the account.
    below: Option<String>,
}

impl Desk {
    async fn on(story: &Story, dialect: Dialect, platform: &str, considered: &[&str]) -> Self {
        let server = FakePlatform::start(dialect).await.unwrap();
        let handle = format!("press-{}", platform.to_lowercase());
        server.rename(&handle);
        let channel = story.channel(platform, &handle, &address(platform, &handle), considered).await;
        let username = server.settings().username.unwrap();
        story.connect(&channel, server.base_url().as_str(), &username, SECRET).await;
        story.activate(&channel).await;
        let below = if BELOW_POSTS.contains(&platform) {
            Some(posted(story, &channel, platform).await)
        } else {
            None
        };
        Self { story: story.clone(), server, channel, below }
    }

    /// Somebody says something, and it is read. The platform's name for it, and the conversation.
    async fn spoken_to(&self) -> (String, String) {
        let before = open(&self.story.author, true).await.len();
        let words = said("When do you open? My knee hurts.");
        let said = self.server.hear(Heard { answers: self.below.clone(), ..words });
        let read = until("it to be read", || async {
            let found = open(&self.story.author, true).await;
            (found.len() > before).then_some(found)
        })
        .await;
        let newest = read.iter().find(|one| one["outcome"].is_null()).unwrap();
        (said, newest["id"].as_str().unwrap().to_owned())
    }

    fn answering(&self, conversation: &str, words: &str) -> Value {
        let mut content = content(words, &[&self.channel]);
        content["answers"] = json!(conversation);
        content
    }

    async fn drafted(&self, conversation: &str, words: &str) -> String {
        let made = create(&self.story, self.answering(conversation, words)).await;
        made["draft"]["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    async fn answered_now(&self, conversation: &str, words: &str) -> String {
        let draft = self.drafted(conversation, words).await;
        self.story.approve(&draft).await;
        self.story.schedule_now(&draft).await.remove(0)
    }

    async fn no_answer_needed(&self, conversation: &str) {
        let settle = json!({ "conversationId": conversation, "outcome": "NO_ANSWER_NEEDED" });
        self.story.author.act("settleConversation", settle, "conversation { outcome }").await;
    }

    fn last(&self) -> AppliedPost {
        self.server.applied().pop().unwrap()
    }

    /// How many answers the platform has.
    fn answers(&self) -> usize {
        self.server.applied().iter().filter(|post| post.answers.is_some()).count()
    }
}

/// A post of ours that somebody can speak below: the platform's name for it.
async fn posted(story: &Story, channel: &str, platform: &str) -> String {
    let mut content = content("The clinic opens on Monday.", &[channel]);
    if platform == "YOUTUBE" {
        content["media"] = film(story).await;
    }
    let made = create(story, content).await;
    let draft = made["draft"]["id"].as_str().unwrap_or_else(|| panic!("{made}"));
    story.approve(draft).await;
    let post = story.schedule_now(draft).await.remove(0);
    story.post_in(&post, "PUBLISHED").await["remoteId"].as_str().unwrap().to_owned()
}

async fn create(story: &Story, content: Value) -> Value {
    let create = json!({ "initiativeId": story.initiative, "content": content });
    story.author.attempt("createDraft", create, "draft { id }").await
}

/// Code and field of the first refusal.
fn refusal(payload: &Value) -> (&str, &str) {
    let error = &payload["userErrors"][0];
    (
        error["code"].as_str().unwrap_or("-"),
        error["field"].as_array().and_then(|path| path.last()?.as_str()).unwrap_or("-"),
    )
}

async fn conversation(story: &Story, id: &str) -> Value {
    let document = "query C($id: ID!) { node(id: $id) { ... on Conversation { outcome settledAt settledBy { name } \
                    draft { id } answer { id answers { id } } } } }";
    story.coordinator.ask(document, json!({ "id": id })).await["node"].clone()
}

fn kinds(post: &Value) -> Vec<String> {
    let attempts = post["attempts"].as_array().unwrap().iter();
    let word = |attempt: &Value, name: &str| attempt[name].as_str().unwrap_or("-").to_owned();
    attempts.map(|attempt| format!("{} {}", word(attempt, "kind"), word(attempt, "outcome"))).collect()
}

#[tokio::test]
async fn what_the_public_said_is_answered_once_and_nobody_is_asked_to_any_more() {
    answered_on(&[(Dialect::Mastodon, "MASTODON"), (Dialect::Bluesky, "BLUESKY")]).await;
}

#[tokio::test]
async fn what_the_public_said_below_a_post_is_answered_there() {
    let below =
        [(Dialect::Facebook, "FACEBOOK"), (Dialect::LinkedIn, "LINKEDIN"), (Dialect::YouTube, "YOUTUBE")];
    answered_on(&below).await;
}

async fn answered_on(platforms: &[(Dialect, &str)]) {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK).with(SHORT);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let mut considered = vec![story.feed.clone()];
        for (dialect, platform) in platforms {
            let others: Vec<&str> = considered.iter().map(String::as_str).collect();
            let desk = Desk::on(&story, *dialect, platform, &others).await;
            considered.push(desk.channel.clone());
            journey(&desk).await;
            if *platform == "LINKEDIN" {
                let (_, id) = desk.spoken_to().await;
                too_long(&desk, &id, &"No news. ".repeat(140)).await;
                desk.no_answer_needed(&id).await;
            }
        }
        assert!(!deployment.log().contains("knee"), "the words of the public are not logged");
    }
}

async fn journey(desk: &Desk) {
    let story = &desk.story;
    let (said, id) = desk.spoken_to().await;
    let draft = desk.drafted(&id, WORDS).await;
    let seen = story.look(&draft, "revision { answers { id } targets { composedText } }").await;
    assert_eq!(seen["answers"]["id"], json!(id));
    assert_eq!(seen["targets"][0]["composedText"], WORDS);
    let waits = conversation(story, &id).await;
    assert_eq!((&waits["outcome"], &waits["draft"]["id"]), (&Value::Null, &json!(draft)));
    assert_eq!(tasks(&story.author).await.len(), 1, "a draft is no answer yet");

    story.approve(&draft).await;
    let post = story.schedule_now(&draft).await.remove(0);
    let post = story.post_in(&post, "PUBLISHED").await;
    let (out, all) = (desk.last(), desk.answers());
    assert_eq!(
        (kinds(&post), all, out.answers.as_ref()),
        (vec!["PUBLISH DELIVERED".to_owned()], 1, Some(&said))
    );
    assert!(out.text.ends_with(WORDS), "{}", out.text);
    let settled = conversation(story, &id).await;
    let answer = json!({ "id": post["id"], "answers": { "id": id } });
    assert_eq!((&settled["outcome"], &settled["answer"]), (&json!("ANSWERED"), &answer));
    assert!(settled["settledAt"].is_string() && settled["settledBy"].is_null(), "{settled}");
    assert!(tasks(&story.author).await.is_empty());
    let again = create(story, desk.answering(&id, "Once more.")).await;
    assert_eq!(refusal(&again), ("ILLEGAL_STATE", "answers"), "nobody waits: {again}");

    // It is ours: it can be compared, and taken back; then somebody waits again.
    story.coordinator.act("readBackPost", json!({ "postId": post["id"] }), "post { id }").await;
    let version = story.post(post["id"].as_str().unwrap()).await["version"].clone();
    let order = json!({ "postId": post["id"], "expectedVersion": version, "reason": "A mistake" });
    story.coordinator.act("withdrawPost", order, "correction { id }").await;
    story.post_in(post["id"].as_str().unwrap(), "WITHDRAWN").await;
    assert!(desk.last().deleted);
    let open = conversation(story, &id).await;
    assert_eq!(
        (&open["outcome"], &open["answer"], &open["draft"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(tasks(&story.author).await.len(), 1);

    // A lost answer is looked up, and whoever asked has one.
    desk.server.script(Call::Create, Script::applied(Answer::Hang));
    let post = desk.answered_now(&id, "On Monday, at ten.").await;
    let post = story.post_in(&post, "PUBLISHED").await;
    let lost = vec!["PUBLISH UNKNOWN".to_owned(), "LOOK_UP FOUND".to_owned()];
    assert_eq!((kinds(&post), desk.answers(), desk.last().answers.as_ref()), (lost, 2, Some(&said)));
    assert_eq!(conversation(story, &id).await["outcome"], "ANSWERED");

    // What was taken back is not answered, and nothing is left behind.
    let (said, id) = desk.spoken_to().await;
    desk.server.unsay(&said);
    let post = desk.answered_now(&id, "On Tuesday, too.").await;
    let post = story.post_in(&post, "REJECTED").await;
    assert_eq!((post["causeCode"].as_str(), desk.answers()), (Some("ANSWERED_GONE"), 2));
    desk.no_answer_needed(&id).await;
}

#[tokio::test]
async fn one_answers_and_no_answer_goes_where_nobody_asked() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let desk = Desk::on(&story, Dialect::Mastodon, "MASTODON", &[&story.feed]).await;
        let (_, id) = desk.spoken_to().await;

        refused_as_it_is_written(&desk, &id).await;

        // Two do not answer at once; whoever gives up makes room.
        let first = desk.drafted(&id, WORDS).await;
        let second = create(&story, desk.answering(&id, "At ten.")).await;
        assert_eq!(refusal(&second), ("ILLEGAL_STATE", "answers"), "{second}");
        let revise = json!({ "draftId": first, "expectedVersion": story.look(&first, "version").await,
            "content": content("Of something else.", &[&desk.channel]) });
        story.author.act("reviseDraft", revise, "draft { id }").await;
        let second = desk.drafted(&id, "At ten.").await;
        story.author.act("withdrawDraft", json!({ "draftId": second }), "draft { state }").await;
        let third = desk.drafted(&id, "At eleven.").await;
        assert_eq!(conversation(&story, &id).await["draft"]["id"], json!(third));

        // An answer follows nothing else, is not repeated, and stays when somebody answered by hand meanwhile.
        story.approve(&third).await;
        let other = story.draft("News.", &[&desk.channel]).await;
        story.approve(&other).await;
        let leader = story.schedule_now(&other).await.remove(0);
        let after = json!({ "draftId": third, "when": { "now": true }, "after": leader });
        let refused = story.author.attempt("schedulePost", after, "posts { id }").await;
        assert_eq!(refusal(&refused), ("INVALID", "after"), "{refused}");
        let repeat = json!({ "draftId": third, "repeats": { "days": { "every": 1 } }, "startsOn": day(1),
            "ends": { "after": 2 }, "localTime": "09:00" });
        let refused = story.author.attempt("createRecurrence", repeat, "recurrence { id }").await;
        assert_eq!(refusal(&refused), ("INVALID", "draftId"), "{refused}");
        let pause = json!({ "scope": { "office": true }, "reason": "A storm" });
        story.coordinator.act("pausePublishing", pause, "pause { id }").await;
        let post = story.schedule_now(&third).await.remove(0);
        let by_hand = json!({ "conversationId": id, "outcome": "ANSWERED" });
        story.author.act("settleConversation", by_hand, "conversation { outcome }").await;
        let explain = "query E($id: ID!) { explain(id: $id) { gates { kind open reason } } }";
        let gates = story.author.ask(explain, json!({ "id": post })).await["explain"]["gates"].clone();
        let order = gates.as_array().unwrap().iter().find(|gate| gate["kind"] == "ORDER").unwrap().clone();
        assert_eq!(
            (&order["open"], &order["reason"]),
            (&json!(false), &json!("what it answers was settled meanwhile"))
        );
        let refused = story
            .author
            .attempt("schedulePost", json!({ "draftId": third, "when": { "now": true } }), "posts { id }")
            .await;
        assert_eq!(refusal(&refused), ("ILLEGAL_STATE", "draftId"), "{refused}");
        assert!(desk.server.applied().iter().all(|post| post.answers.is_none()), "nobody has two answers");
    }
}

/// Only where somebody spoke, whole, and not beside a post of others.
async fn refused_as_it_is_written(desk: &Desk, id: &str) {
    let story = &desk.story;
    let elsewhere = json!({ "targets": [{ "channelId": story.feed }] });
    let thread = json!({ "targets": [{ "channelId": desk.channel, "thread": true }] });
    let quote = json!({ "amplifies": "https://social.example/@ana/7" });
    for (with, field) in [(elsewhere, "channelId"), (thread, "thread"), (quote, "answers")] {
        let mut content = desk.answering(id, WORDS);
        content.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        let refused = create(story, content).await;
        assert_eq!(refusal(&refused), ("INVALID", field), "{refused}");
    }
    let none = create(story, desk.answering(&desk.channel, WORDS)).await;
    assert_eq!(refusal(&none).0, "NOT_FOUND", "{none}");
    assert_eq!(conversation(story, id).await["draft"], Value::Null, "nobody has begun");

    // The name that is put before it when it is sent must fit, too.
    too_long(desk, id, &"No news. ".repeat(53)).await;
}

/// Words that a post may have there, and an answer may not.
async fn too_long(desk: &Desk, id: &str, words: &str) {
    let story = &desk.story;
    let long = desk.drafted(id, words).await;
    let submit = json!({ "draftId": long, "expectedVersion": 1 });
    let refused = story.author.attempt("submitDraft", submit, "draft { id }").await;
    assert_eq!(refused["userErrors"][0]["findings"][0]["rule"], "X.length", "{refused}");
    story.author.act("withdrawDraft", json!({ "draftId": long }), "draft { state }").await;
    story.submit(&story.draft(words, &[&desk.channel]).await).await;
}
