//! The office goes on working while everything falls: people write, approve and schedule through whichever API process
//! answers, and a coordinator decides what no platform can tell. Each act is repeated until it is known to be done, as a
//! good client does; a client key keeps the repeat from doing it twice.

use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{accounts::Copies, cast::Doors};
use crate::support::{
    client::Client,
    story::{Story, content},
};

/// How long somebody tries before they say that the service is broken.
const PATIENCE: Duration = Duration::from_mins(10);

/// The people, and the doors that they knock at.
pub(crate) struct Work {
    pub(crate) story: Story,
    pub(crate) doors: Doors,
    pub(crate) channels: Vec<String>,
}

/// A post as the API shows it.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: Uuid,
    pub(crate) global: String,
    pub(crate) state: String,
    pub(crate) person_decides: bool,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) whole: Value,
}

impl Work {
    /// Asks at one door after the other until there is an answer without a fault.
    pub(crate) async fn ask(&self, who: &Client, document: &str, variables: &Value) -> Value {
        let (started, mut last) = (Instant::now(), String::new());
        while started.elapsed() < PATIENCE {
            for url in self.doors.urls() {
                match who.at(&url).try_answer(document, variables.clone()).await {
                    Ok(answer) if answer["errors"].is_null() => return answer["data"].clone(),
                    Ok(answer) => last = answer["errors"].to_string(),
                    Err(error) => last = error.to_string(),
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no API process answers {document} {variables}: {last}");
    }

    /// One mutation, done for certain or refused.
    async fn act(&self, who: &Client, mutation: &str, input: Value, fields: &str) -> Value {
        let kind = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation Act($input: {kind}Input!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ field code message }} }} }}"
        );
        self.ask(who, &document, &json!({ "input": input })).await[mutation].clone()
    }

    /// One text for every channel, from the first word to the schedule.
    pub(crate) async fn publish(&self, number: usize, when: Value) -> usize {
        let (story, key) = (&self.story, |what: &str| format!("faults-{what}-{number}"));
        let channels: Vec<&str> = self.channels.iter().map(String::as_str).collect();
        let words = content(&format!("Clinic {number} opens on Monday."), &channels);
        let create = json!({ "clientKey": key("draft"), "initiativeId": story.initiative, "content": words });
        let made = self.act(&story.author, "createDraft", create, "draft { id }").await;
        let id = made["draft"]["id"].clone();
        assert!(id.is_string(), "createDraft: {made}");
        loop {
            let look =
                "query D($id: ID!) { node(id: $id) { ... on Draft { state version revision { digest } } } }";
            let draft = self.ask(&story.author, look, &json!({ "id": id })).await["node"].clone();
            // A refusal means that an earlier try was done after all: the next look tells.
            match draft["state"].as_str().unwrap() {
                "DRAFT" => {
                    let submit = json!({ "draftId": id, "expectedVersion": draft["version"] });
                    self.act(&story.author, "submitDraft", submit, "draft { state }").await;
                }
                "IN_REVIEW" => {
                    let review = json!({ "clientKey": key("review"), "draftId": id, "digest": draft["revision"]["digest"], "judgement": "APPROVE" });
                    self.act(&story.coordinator, "reviewDraft", review, "review { decision }").await;
                }
                "APPROVED" => break,
                other => panic!("draft {number} is {other}"),
            }
        }
        let schedule = |key: String, when: &Value| json!({ "clientKey": key, "draftId": id, "when": when, "publishLateMinutes": 600 });
        let posts = |made: Value| made["posts"].as_array().map(Vec::len);
        let wish = schedule(key("posts"), &when);
        let made = self.act(&story.author, "schedulePost", wish, "posts { id }").await;
        // The time that was wished for passed while nobody answered: then now.
        let count = if made["userErrors"][0]["code"] == "INVALID" {
            let now = schedule(key("posts-now"), &json!({ "now": true }));
            posts(self.act(&story.author, "schedulePost", now, "posts { id }").await)
        } else {
            posts(made)
        };
        count.unwrap_or_else(|| panic!("draft {number} could not be scheduled"))
    }

    /// Every post of the office, page by page.
    pub(crate) async fn posts(&self, fields: &str) -> Vec<Shown> {
        let page = format!(
            "query P($after: String) {{ posts(first: 100, after: $after) {{ nodes {{ id state version personDecides dueAt {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let posts =
                self.ask(&self.story.author, &page, &json!({ "after": after })).await["posts"].clone();
            all.extend(posts["nodes"].as_array().unwrap().iter().map(shown));
            if posts["pageInfo"]["hasNextPage"] == false {
                return all;
            }
            after = posts["pageInfo"]["endCursor"].clone();
        }
    }

    /// Posts of which nobody knows yet how they end.
    pub(crate) async fn unsettled(&self) -> Vec<Shown> {
        let left = "{ posts(first: 100, filter: { states: [SCHEDULED, SENDING, RETRYING, UNCONFIRMED, HELD] }) \
                    { nodes { id state version personDecides dueAt causeCode nextTryAt hold { gates { kind reason } } attempts { kind outcome startedAt } } } }";
        let left = self.ask(&self.story.author, left, &json!({})).await;
        left["posts"]["nodes"].as_array().unwrap().iter().map(shown).collect()
    }

    /// Looks at the platform and says what is there, as a coordinator would who is asked.
    pub(crate) async fn decide(&self, post: &Shown, copies: &Copies) {
        let there = copies.contains_key(&post.id);
        let found = json!({ "publishedAt": "https://account.example.org/found" });
        let resolution = if there { found } else { json!({ "notPublished": true }) };
        let resolve = json!({ "postId": post.global, "expectedVersion": post.whole["version"], "resolution": resolution });
        self.act(&self.story.coordinator, "resolvePost", resolve, "post { state }").await;
    }
}

fn shown(post: &Value) -> Shown {
    let global = post["id"].as_str().unwrap().to_owned();
    let inside = String::from_utf8(URL_SAFE_NO_PAD.decode(&global).unwrap()).unwrap();
    Shown {
        id: inside.split_once(':').unwrap().1.parse().unwrap(),
        global,
        state: post["state"].as_str().unwrap().to_owned(),
        person_decides: post["personDecides"].as_bool().unwrap(),
        due_at: post["dueAt"].as_str().unwrap().parse().unwrap(),
        whole: post.clone(),
    }
}
