//! A text that is too long for a channel, through the public API: cut into parts that are approved, scheduled and published
//! one after the other, each as an answer to the one before it.

use connectors::fake::{Answer, AppliedPost, Call, Dialect, FakePlatform, SECRET, Script, USERNAME};
use serde_json::{Value, json};

use crate::support::{
    client::until,
    engine::engines,
    program::Deployment,
    story::{Story, content, next_july},
};

/// A lost answer is noticed and looked into within seconds.
const QUICK: &[&str] = &[
    "worker.credentials_every_seconds=1",
    "worker.release_every_seconds=1",
    "http.total_seconds=5",
    "http.read_seconds=5",
    "limits.look_up_after_seconds=5",
    "limits.backoff_seconds=1",
];

const TOWNS: &[&str] = &[
    "Terrace",
    "Smithers",
    "Burns Lake",
    "Hazelton",
    "Kitimat",
    "Masset",
    "Quesnel",
    "Vanderhoof",
    "Mackenzie",
    "Chetwynd",
    "Dawson Creek",
    "Prince Rupert",
];

const TARGETS: &str = "revision { targets { thread parts text } }";
const POST: &str = "query P($id: ID!) { node(id: $id) { ... on Post { id version state text part parts dueAt follows { id } \
                    corrections { state } hold { gates { kind } } attempts { kind outcome startedAt endedAt } } } }";

/// A sentence for each of these towns.
fn text(towns: &[&str]) -> String {
    let sentence = |town: &&str| {
        format!(
            "The clinic in {town} sees patients by video from Monday on, and its nurse helps with the camera."
        )
    };
    towns.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// A Mastodon account that threads go out on.
struct Account {
    story: Story,
    server: FakePlatform,
    channel: String,
}

impl Account {
    /// What may be a thread, on it.
    fn content(&self, text: &str) -> Value {
        let mut content = content(text, &[&self.channel]);
        content["targets"][0]["thread"] = json!(true);
        content
    }

    async fn create(&self, text: &str) -> Value {
        let create = json!({ "initiativeId": self.story.initiative, "content": self.content(text) });
        self.story.author.attempt("createDraft", create, "draft { id }").await
    }

    /// A channel that is connected once a thread was refused on it, and looked at.
    async fn open(story: Story) -> Self {
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let url = format!("https://social.example/@{USERNAME}");
        let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
        let account = Self { story, server, channel };
        let refused = account.create(&text(TOWNS)).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["targets", "0", "thread"]), "{refused}");
        assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("testChannel"), "{refused}");
        let (story, base) = (&account.story, account.server.base_url().as_str());
        story.connect(&account.channel, base, USERNAME, SECRET).await;
        story.activate(&account.channel).await;
        let profile = "query C($id: ID!) { node(id: $id) { ... on Channel { profile { abilities { follow textMax } } } } }";
        until("the account to be looked at", || async {
            let read = story.coordinator.ask(profile, json!({ "id": account.channel })).await;
            (read["node"]["profile"]["abilities"]["follow"] == "THREAD").then_some(())
        })
        .await;
        account
    }

    /// A draft whose text is three parts there, by its id.
    async fn thread(&self, text: &str) -> String {
        self.create(text).await["draft"]["id"].as_str().unwrap().to_owned()
    }

    async fn parts(&self, draft: &str) -> Vec<String> {
        let target = self.story.look(draft, TARGETS).await["targets"][0].clone();
        assert_eq!(target["thread"], true);
        target["parts"].as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned()).collect()
    }

    async fn post(&self, id: &str) -> Value {
        self.story.coordinator.ask(POST, json!({ "id": id })).await["node"].clone()
    }

    async fn until(&self, id: &str, what: &str, ready: impl Fn(&Value) -> bool) -> Value {
        until(what, || async {
            let read = self.post(id).await;
            ready(&read).then_some(read)
        })
        .await
    }

    async fn revise(&self, draft: &str, text: &str) {
        let version = self.story.look(draft, "version").await;
        let input = json!({ "draftId": draft, "expectedVersion": version, "content": self.content(text) });
        self.story.author.act("reviseDraft", input, "draft { id }").await;
    }

    async fn correct(&self, post: &str) -> Value {
        let version = self.post(post).await["version"].clone();
        let order = json!({ "postId": post, "expectedVersion": version, "reason": "A wrong town" });
        self.story.coordinator.attempt("correctPost", order, "correction { state }").await
    }
}

async fn all_parts_go_out_in_order(account: &Account) -> (String, Vec<String>) {
    let (story, server) = (&account.story, &account.server);
    let draft = account.thread(&text(TOWNS)).await;
    let parts = account.parts(&draft).await;
    assert_eq!(parts.len(), 3, "{parts:#?}");
    assert!(parts[2].ends_with("camera. 3/3") && parts.iter().all(|part| part.chars().count() <= 500));
    story.approve(&draft).await;
    // The second part is done, and its answer lost.
    server.script(Call::Create, Script::applied(Answer::Normal));
    server.script(Call::Create, Script::applied(Answer::CutAfter(0)));
    let posts = story.schedule_now(&draft).await;
    assert_eq!(posts.len(), 3);
    let mut read = Vec::new();
    for post in &posts {
        read.push(
            account
                .until(post, "the part to be out", |post| {
                    let stuck = ["HELD", "REJECTED", "MISSED", "CANCELLED"];
                    assert!(!stuck.iter().any(|state| post["state"] == *state), "{post}");
                    post["state"] == "PUBLISHED"
                })
                .await,
        );
    }
    for (i, post) in read.iter().enumerate() {
        assert_eq!(
            (&post["part"], &post["parts"], &post["text"]),
            (&json!(i + 1), &json!(3), &json!(parts[i]))
        );
        let before = i.checked_sub(1).map_or(Value::Null, |before| read[before]["id"].clone());
        assert_eq!(post["follows"]["id"], before);
    }
    let applied: Vec<AppliedPost> = server.applied();
    let words: Vec<&str> = applied.iter().map(|post| post.text.as_str()).collect();
    assert_eq!(words, parts, "each part once, in order");
    let follows: Vec<Option<&str>> = applied.iter().map(|post| post.follows.as_deref()).collect();
    assert_eq!(follows, [None, Some(applied[0].id.as_str()), Some(applied[1].id.as_str())]);
    let outcomes: Vec<&Value> =
        read[1]["attempts"].as_array().unwrap().iter().map(|attempt| &attempt["outcome"]).collect();
    assert_eq!(outcomes, ["UNKNOWN", "FOUND"], "{}", read[1]);
    let instant = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let known = read[1]["attempts"].as_array().unwrap().last().unwrap()["endedAt"].clone();
    assert!(instant(&read[2]["attempts"][0]["startedAt"]) >= instant(&known), "part 3 waited: {read:#?}");
    (draft, posts)
}

async fn a_part_is_corrected_by_the_same_part(account: &Account, draft: &str, posts: &[String]) {
    let mut towns = TOWNS.to_vec();
    towns[11] = "Fort Saint James";
    account.revise(draft, &text(&towns)).await;
    account.story.approve(draft).await;
    let ordered = account.correct(&posts[2]).await;
    assert_eq!(ordered["correction"]["state"], "WAITING", "{ordered}");
    account.until(&posts[2], "the correction", |post| post["state"] == "CORRECTED").await;
    let applied = account.server.applied();
    assert_eq!(applied.len(), 3);
    assert_eq!(applied[2].text, account.parts(draft).await[2]);
    assert!(applied[2].text.contains("Fort Saint James") && applied[1].text.ends_with("2/3"));
    account.revise(draft, &text(&TOWNS[..7])).await;
    account.story.approve(draft).await;
    let refused = account.correct(&posts[2]).await;
    assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE", "{refused}");
    assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("3 parts"), "{refused}");
}

/// Other words than those that are out.
fn by_phone(towns: &[&str]) -> String {
    let sentence = |town: &&str| {
        format!(
            "At the clinic in {town} you may ask a pharmacist about your medicine by phone, whatever the hour is."
        )
    };
    towns.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

async fn an_edit_voids_the_approval_and_cuts_anew(account: &Account) {
    let story = &account.story;
    let draft = account.thread(&by_phone(TOWNS)).await;
    story.approve(&draft).await;
    let repeat = json!({
        "draftId": draft, "repeats": { "days": { "every": 1 } }, "startsOn": &next_july(1)[..10], "ends": { "after": 2 }, "localTime": "09:00",
    });
    let refused = story.author.attempt("createRecurrence", repeat, "recurrence { id }").await;
    assert_eq!(refused["userErrors"][0]["field"], json!(["channelIds"]), "{refused}");
    let at = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } } });
    let scheduled =
        story.author.act("schedulePost", at.clone(), "posts { id dueAt } warnings { kind }").await;
    let of = |field: &str| -> Vec<Value> {
        scheduled["posts"].as_array().unwrap().iter().map(|post| post[field].clone()).collect()
    };
    let (ids, due) = (of("id"), of("dueAt"));
    assert!(ids.len() > 1 && due.iter().all(|at| *at == due[0]), "{scheduled}");
    assert!(!scheduled["warnings"].to_string().contains("CLASH"), "a thread is one post: {scheduled}");
    let again = story.author.attempt("schedulePost", at, "posts { id }").await;
    assert_eq!(again["userErrors"][0]["code"], "TAKEN");
    let shift =
        json!({ "selection": { "postIds": ids }, "act": { "shiftBy": { "days": 7 } }, "dryRun": true });
    let planned = story.author.act("bulkPosts", shift, "bulk { changed selected }").await["bulk"].clone();
    assert_eq!(planned["changed"], planned["selected"], "a thread moves as one: {planned}");
    account.revise(&draft, &by_phone(&TOWNS[..7])).await;
    assert_ne!(account.parts(&draft).await.len(), ids.len());
    for id in &ids {
        let held = account.until(id.as_str().unwrap(), "the gate", |post| post["state"] == "HELD").await;
        assert_eq!(held["hold"]["gates"][0]["kind"], "APPROVAL", "{held}");
    }
    account.revise(&draft, &by_phone(&TOWNS[..2])).await;
    assert_eq!(account.parts(&draft).await, Vec::<String>::new(), "it fits whole");
}

#[tokio::test]
async fn a_text_that_is_too_long_goes_out_as_a_thread() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let account = Account::open(Story::tell(&program.facts).await).await;
        let (draft, posts) = all_parts_go_out_in_order(&account).await;
        a_part_is_corrected_by_the_same_part(&account, &draft, &posts).await;
        an_edit_voids_the_approval_and_cuts_anew(&account).await;
    }
}
