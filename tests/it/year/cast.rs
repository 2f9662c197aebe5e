//! The people of the story, the day that it is, and what leaves the office: mail, and posts by a worker.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
    time::Duration,
};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use connectors::{
    Http, HttpLimits,
    mail::{MailServer, MailTls, Mailer},
};
use entity::WorkerId;
use office::{IdSource as _, SystemIds};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use worker::{Mailroom, MailroomSettings, Worker, WorkerSettings};

use super::{
    letters::Letters,
    postbox::Postbox,
    public::{Listed, Public, address},
};
use crate::support::{
    client::{Client, until},
    desk::Desk,
    engine::Engine,
    served::Served,
    story::content,
};

const MAILROOM: u128 = 7;

/// Everybody, and what the public and the recipients of mail have seen so far.
pub(super) struct Cast {
    served: Served,
    signed_in: Mutex<HashMap<String, Client>>,
    room: Mailroom,
    pub(super) letters: Letters,
    public: Public,
    ids: Value,
    today: NaiveDate,
    /// Posts that wait for a worker: the channel's handle, the words, the id.
    leaving: Vec<(String, String, Value)>,
    /// What each feed has: words and addresses, newest first.
    out: BTreeMap<String, Vec<(String, String)>>,
}

impl Cast {
    /// An office with its people.
    pub(super) async fn gather(engine: &Engine) -> Self {
        let postbox = Postbox::open().await;
        let served = Served::of(Desk::bare(engine).await).await;
        let domain = format!("y{}.example.org", SystemIds.next().simple());
        let room = mailroom(&served, &postbox, &domain);
        let mut cast = Self {
            signed_in: Mutex::default(),
            public: Public::new(served.anybody()),
            served,
            room,
            letters: Letters::new(postbox, &domain),
            ids: Value::Null,
            today: "2027-03-01".parse().unwrap(),
            leaving: Vec::new(),
            out: BTreeMap::new(),
        };
        cast.people().await;
        cast
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
        self.today = day.parse().unwrap();
        // Sessions end as the clock is moved.
        self.signed_in.lock().unwrap().clear();
        office::signing_keys::ensure(office).await.unwrap();
        office::reminders::run(office, worker_id(MAILROOM)).await.unwrap();
        self.room.send(&CancellationToken::new()).await.unwrap();
    }

    /// Every day until this one, as it is where a worker always runs: exactly this arrives, by day, recipient and subject.
    pub(super) async fn until(&mut self, day: &str, expected: &[(&str, &str, &str)]) {
        let last: NaiveDate = day.parse().unwrap();
        while self.today < last {
            let next = self.today + Days::new(1);
            self.on(&next.to_string()).await;
        }
        let arrived = self.letters.arrived().await;
        let arrived: Vec<_> = arrived
            .iter()
            .map(|letter| (letter.day.as_str(), letter.to.as_str(), letter.subject.as_str()))
            .collect();
        assert_eq!(arrived, expected);
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

    /// The public looks at everything: these channels are listed, and this alone was told since the last look.
    pub(super) async fn directory(&mut self, listed: &[Listed<'_>], news: &[&str]) {
        // No change is dated ahead of the clock: each has a second of its own.
        self.served.desk.wait(TimeDelta::seconds(20));
        self.public.look(listed, news).await;
        for handle in ["blog", "river"] {
            let status = listed.iter().find(|(one, _)| *one == handle).map(|(_, status)| *status);
            let out = self.out.get(handle).map(Vec::as_slice).unwrap_or_default();
            self.public.feed(handle, out, status).await;
        }
    }

    /// A requested channel.
    pub(super) async fn channel(&self, handle: &str, initiative: &Value, considered: &[Value]) -> Value {
        let wish = json!({
            "platform": "FEED", "handle": handle, "url": address(handle),
            "displayName": format!("The {handle}"), "purpose": "Tells what the office does", "audience": "Everybody",
            "language": "en", "bioLine": "Run by the communications team", "monitoredHours": "Weekdays",
            "contact": "press@example.org", "justification": "Nothing else reaches them", "considered": considered,
            "initiativeId": initiative,
        });
        self.act("author", "requestChannel", wish, "channel { id }").await["channel"]["id"].clone()
    }

    /// Written, approved by another, and to leave at once.
    pub(super) async fn schedule(
        &mut self,
        initiative: &Value,
        (handle, channel): (&str, &Value),
        text: &str,
    ) {
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
        let posts = self.act("author", "schedulePost", now, "posts { id }").await["posts"].clone();
        self.leaving.push((handle.to_owned(), text.to_owned(), posts[0]["id"].clone()));
    }

    /// A worker runs until all that was to leave is out.
    pub(super) async fn let_out(&mut self) {
        let http = Http::new(HttpLimits::default()).unwrap();
        let id = WorkerId(SystemIds.next());
        let worker = Worker::new(self.served.desk.office.clone(), http, seldom(), id, "year").unwrap();
        let stop = CancellationToken::new();
        let posts = std::mem::take(&mut self.leaving);
        let leave = async {
            let mut out = Vec::new();
            for (handle, text, id) in posts {
                let url = until("a post to be out", || async {
                    let post = self.node(&id, "... on Post { state remoteUrl }").await;
                    (post["state"] == "PUBLISHED").then(|| post["remoteUrl"].as_str().unwrap().to_owned())
                })
                .await;
                out.push((handle, text, url));
            }
            stop.cancel();
            out
        };
        let (ran, out) = tokio::join!(worker.run(stop.clone()), leave);
        ran.unwrap();
        for (handle, text, url) in out {
            self.out.entry(handle).or_default().insert(0, (text, url));
        }
    }

    /// Exactly this arrived since the mail was last looked at: recipient and subject. What it says is in `mail.txt`.
    pub(super) async fn mail(&mut self, expected: &[(&str, &str)]) {
        self.room.send(&CancellationToken::new()).await.unwrap();
        let arrived = self.letters.arrived().await;
        let arrived: Vec<_> =
            arrived.iter().map(|letter| (letter.to.as_str(), letter.subject.as_str())).collect();
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

fn worker_id(number: u128) -> WorkerId {
    WorkerId(uuid::Uuid::from_u128(number))
}

/// A worker that does nothing of its own accord: days pass when the story says so.
fn seldom() -> WorkerSettings {
    let defaults: toml::Table = include_str!("../../../config/default.toml").parse().unwrap();
    let settings: WorkerSettings = defaults["worker"].clone().try_into().unwrap();
    let hour = 3_600;
    WorkerSettings {
        housekeeping_every_seconds: hour,
        credentials_every_seconds: hour,
        links_every_seconds: hour,
        rounds_every_seconds: hour,
        ..settings
    }
}

fn mailroom(served: &Served, postbox: &Postbox, domain: &str) -> Mailroom {
    let mailbox = MailServer {
        host: postbox.host.clone(),
        port: postbox.port,
        tls: MailTls::None,
        authority: None,
        username: None,
        password: String::new().into(),
        from: format!("desk@{domain}"),
        from_name: "The desk".to_owned(),
        reply_to: None,
        connect: Duration::from_mins(2),
        answer: Duration::from_mins(2),
        delivery: Duration::from_mins(2),
    };
    let settings = MailroomSettings {
        link: "https://desk.example.org/{kind}/{id}".to_owned(),
        initiative: api::initiative_id,
        every: Duration::from_mins(10),
        at_once: 100,
        conversations: 1,
    };
    Mailroom::new(served.desk.office.clone(), Mailer::new(mailbox).unwrap(), worker_id(MAILROOM), settings)
}
