//! The people of the story, the day that it is, and the mail that arrived.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use chrono::{DateTime, Utc};
use connectors::mail::{MailServer, MailTls, Mailer};
use entity::WorkerId;
use office::{
    IdSource as _, SystemIds,
    queue::{Proof, SendOutcome},
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use worker::{Mailroom, MailroomSettings};

use crate::{
    mail::told,
    support::{client::Client, desk::Desk, engine::Engine, served::Served, story::content},
};

const WORKER: u128 = 7;

/// A listed channel.
pub(super) fn listed(handle: &str, status: &str) -> (String, String) {
    (handle.to_owned(), status.to_owned())
}

/// Everybody, and what they have seen so far.
pub(super) struct Cast {
    served: Served,
    signed_in: Mutex<HashMap<String, Client>>,
    room: Mailroom,
    /// The end of each Message-ID of this office.
    domain: String,
    ids: Value,
    seen: usize,
    today: String,
}

impl Cast {
    /// An office with its people; none where no mail server runs.
    pub(super) async fn gather(engine: &Engine) -> Option<Self> {
        let (host, port) = (told("HOST")?, told("PORT")?.parse().unwrap());
        let served = Served::of(Desk::bare(engine).await).await;
        let domain = format!("y{}.example.org", SystemIds.next().simple());
        let mailbox = MailServer {
            host,
            port,
            tls: MailTls::None,
            authority: None,
            username: None,
            password: String::new().into(),
            from: format!("desk@{domain}"),
            from_name: "The desk".to_owned(),
            reply_to: None,
            connect: Duration::from_secs(20),
            answer: Duration::from_secs(20),
            delivery: Duration::from_secs(20),
        };
        let settings = MailroomSettings {
            link: "https://desk.example.org/{kind}/{id}".to_owned(),
            every: Duration::from_mins(10),
            at_once: 100,
            conversations: 1,
        };
        let office = served.desk.office.clone();
        let room = Mailroom::new(office, Mailer::new(mailbox).unwrap(), worker_id(), settings);
        let mut cast = Self {
            signed_in: Mutex::default(),
            served,
            room,
            domain,
            ids: Value::Null,
            seen: 0,
            today: "2027-03-01".to_owned(),
        };
        cast.people().await;
        Some(cast)
    }

    async fn people(&mut self) {
        self.acknowledge("ada").await;
        self.add("nora", "PROJECT_MANAGER").await;
    }

    async fn acknowledge(&self, name: &str) {
        let handbook = self.ask(name, "{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
        self.act(name, "acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
    }

    /// Somebody new, who knows the handbook.
    pub(super) async fn add(&mut self, name: &str, role: &str) {
        let input = json!({
            "email": format!("{name}@example.org"), "name": name, "roles": [role], "password": "correct horse battery",
        });
        self.act("ada", "createMember", input, "member { id }").await;
        self.acknowledge(name).await;
        let people = self.ask("ada", "{ members(first: 20) { nodes { id email } } }", json!({})).await;
        self.ids = people["members"]["nodes"].clone();
    }

    /// Somebody's id.
    pub(super) fn id(&self, name: &str) -> Value {
        let email = format!("{name}@example.org");
        let nodes = self.ids.as_array().unwrap();
        nodes.iter().find(|node| node["email"] == email.as_str()).unwrap()["id"].clone()
    }

    /// Eight o'clock or nine in the morning of a day: the round of the day is made, and the mail is sent.
    pub(super) async fn on(&mut self, day: &str) {
        let moment: DateTime<Utc> = format!("{day}T16:30:00Z").parse().unwrap();
        let office = &self.served.desk.office;
        self.served.desk.wait(moment - office.now());
        day.clone_into(&mut self.today);
        // Sessions end as the clock is moved.
        self.signed_in.lock().unwrap().clear();
        office::reminders::run(office, worker_id()).await.unwrap();
    }

    /// Somebody, signed in on that day.
    async fn who(&self, name: &str) -> Client {
        let known = self.signed_in.lock().unwrap().get(name).cloned();
        if let Some(client) = known {
            return client;
        }
        let client = self.served.client(name).await;
        self.signed_in.lock().unwrap().insert(name.to_owned(), client.clone());
        client
    }

    pub(super) async fn act(&self, who: &str, mutation: &str, input: Value, fields: &str) -> Value {
        self.who(who).await.act(mutation, input, fields).await
    }

    pub(super) async fn attempt(&self, who: &str, mutation: &str, input: Value) -> Value {
        self.who(who).await.attempt(mutation, input, "__typename").await
    }

    pub(super) async fn ask(&self, who: &str, document: &str, variables: Value) -> Value {
        self.who(who).await.ask(document, variables).await
    }

    pub(super) async fn node(&self, id: &Value, fields: &str) -> Value {
        let document = format!("query N($id: ID!) {{ node(id: $id) {{ {fields} }} }}");
        self.ask("ada", &document, json!({ "id": id })).await["node"].clone()
    }

    /// What waits for somebody, each kind once.
    pub(super) async fn tasks(&self, who: &str) -> Vec<String> {
        let found = self.ask(who, "{ tasks(first: 100) { nodes { kind } } }", json!({})).await;
        let nodes = found["tasks"]["nodes"].as_array().unwrap().clone();
        let mut kinds: Vec<_> = nodes.iter().map(|node| node["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    /// The channels at risk with their risks, by handle.
    pub(super) async fn radar(&self) -> Vec<String> {
        let radar = "{ orphanRadar(first: 50) { nodes { channel { handle } risks { reason } } } }";
        let found = self.ask("coordinator", radar, json!({})).await["orphanRadar"]["nodes"].clone();
        let line = |node: &Value| {
            let mut words = vec![node["channel"]["handle"].as_str().unwrap()];
            words.extend(
                node["risks"].as_array().unwrap().iter().map(|risk| risk["reason"].as_str().unwrap()),
            );
            words.join(" ")
        };
        let mut lines: Vec<_> = found.as_array().unwrap().iter().map(line).collect();
        lines.sort();
        lines
    }

    /// The public directory: handles and statuses, as anybody sees it.
    pub(super) async fn directory(&self) -> Vec<(String, String)> {
        let url = self.who("ada").await.address("/directory/press.json");
        let told: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let channels = told["channels"].as_array().unwrap();
        let mut all: Vec<_> =
            channels.iter().map(|row| (text(&row["record"]["handle"]), text(&row["status"]))).collect();
        all.sort();
        all
    }

    /// What anybody is told of a channel's address.
    pub(super) async fn verify(&self, handle: &str) -> String {
        let document = "query V($url: String!) { verify(url: $url) { answer } }";
        let url = format!("https://press.example.org/feed/press/{handle}");
        let found = self.ask("ada", document, json!({ "url": url })).await;
        found["verify"]["answer"].as_str().unwrap().to_owned()
    }

    /// A requested channel.
    pub(super) async fn channel(&self, handle: &str, initiative: &Value, considered: &[Value]) -> Value {
        let wish = json!({
            "platform": "FEED", "handle": handle, "url": format!("https://press.example.org/feed/press/{handle}"),
            "displayName": format!("The {handle}"), "purpose": "Tells what the office does", "audience": "Everybody",
            "language": "en", "bioLine": "Run by the communications team", "monitoredHours": "Weekdays",
            "contact": "press@example.org", "justification": "Nothing else reaches them", "considered": considered,
            "initiativeId": initiative,
        });
        self.act("author", "requestChannel", wish, "channel { id }").await["channel"]["id"].clone()
    }

    /// Written, approved by another, and out.
    pub(super) async fn publish(&self, initiative: &Value, channel: &Value, text: &str) {
        let create =
            json!({ "initiativeId": initiative, "content": content(text, &[channel.as_str().unwrap()]) });
        let fields = "draft { id version revision { digest } }";
        let draft = self.act("author", "createDraft", create, fields).await["draft"].clone();
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        self.act("author", "submitDraft", submit, "draft { state }").await;
        let digest = &draft["revision"]["digest"];
        let review = json!({ "draftId": draft["id"], "digest": digest, "judgement": "APPROVE" });
        self.act("coordinator", "reviewDraft", review, "draft { state }").await;
        let now = json!({ "draftId": draft["id"], "when": { "now": true } });
        self.act("author", "schedulePost", now, "posts { id }").await;
        let desk = &self.served.desk;
        let ready = desk.claim_one(WORKER).await;
        let proof = Proof {
            remote_id: ready.post.id.to_string(),
            remote_url: None,
            published_at: None,
            evidence: "ANSWER".to_owned(),
        };
        desk.settle(&ready, SendOutcome::Delivered(proof)).await;
    }

    /// The mail that arrived since it was last looked at, in whatever order: recipient and subject.
    async fn arrived(&mut self) -> Vec<(String, String)> {
        self.room.send(&CancellationToken::new()).await.unwrap();
        let url = format!("{}/mail", told("MAILBOX").unwrap());
        let kept: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
        let ours = |mail: &&Value| mail["messageId"].as_str().unwrap().contains(&self.domain);
        let all: Vec<&Value> = kept.as_array().unwrap().iter().filter(ours).collect();
        let text = |value: &Value| value.as_str().unwrap().trim_end_matches("@example.org").to_owned();
        let new = all.iter().skip(self.seen).map(|mail| (text(&mail["to"]), text(&mail["subject"])));
        let mut new: Vec<_> = new.collect();
        self.seen = all.len();
        new.sort();
        new
    }

    /// Exactly this arrived since.
    pub(super) async fn mail(&mut self, expected: &[(&str, &str)]) {
        let arrived = self.arrived().await;
        let arrived: Vec<_> = arrived.iter().map(|(to, subject)| (to.as_str(), subject.as_str())).collect();
        assert_eq!(arrived, expected, "{}", self.today);
    }

    pub(super) async fn nothing_waits_in_the_outbox(&self) {
        let mails = "{ mails(first: 100) { nodes { state } } }";
        let nodes = self.ask("ada", mails, json!({})).await["mails"]["nodes"].clone();
        assert!(nodes.as_array().unwrap().iter().all(|mail| mail["state"] == "SENT"), "{nodes}");
    }

    pub(super) async fn the_audit_holds(&self) {
        let chain = self.ask("ada", "{ auditChain { intact } }", json!({})).await;
        assert_eq!(chain["auditChain"]["intact"], true);
    }

    pub(super) async fn end(self) {
        self.served.end().await;
    }
}

fn worker_id() -> WorkerId {
    WorkerId(uuid::Uuid::from_u128(WORKER))
}
