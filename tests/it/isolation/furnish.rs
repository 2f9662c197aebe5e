//! What the made-up offices lack: something of every kind that an operation can name, made through the public API by
//! people of the office. Only what the public says cannot be made so: nobody outside is asked.

use entity::{conversation, conversation::ConversationKind};
use office::{IdSource as _, SystemIds};
use sea_orm::{ActiveModelTrait as _, Database, EntityTrait as _, IntoActiveModel as _};
use serde_json::{Value, json};

use crate::support::{
    client::{Client, until},
    story::{Story, content, day, next_july},
};

const FILM: &[u8] = include_bytes!("../../../office/samples/film.mp4");
const REASON: &str = "the number is the office's own";

/// What operations name among an office's things: such as are in the state that they ask for.
#[derive(Debug, Default)]
pub(super) struct Ready {
    pub(super) initiative: String,
    pub(super) closing: String,
    pub(super) channel: String,
    pub(super) over: String,
    pub(super) written: String,
    pub(super) approved: String,
    pub(super) asked: String,
    pub(super) film: String,
    /// The versions of the initiative and of the channel.
    versions: [Value; 2],
}

impl Ready {
    /// The ids, by kind, that an operation may be given without being refused for them.
    pub(super) fn suited_to(&self, operation: &str) -> [(&'static str, &str); 5] {
        let channel = if operation == "nameCredentialKeeper" { &self.over } else { &self.channel };
        let initiative = if operation == "completeClosing" { &self.closing } else { &self.initiative };
        let written = matches!(operation, "reviseDraft" | "reassignDraft");
        let draft = if written { &self.written } else { &self.approved };
        let (review, media) = (&self.asked, &self.film);
        [
            ("Channel", channel),
            ("Initiative", initiative),
            ("Draft", draft),
            ("Review", review),
            ("Media", media),
        ]
    }

    /// The version of what an operation edits, where it is not the first.
    pub(super) fn version(&self, operation: &str) -> Option<&Value> {
        let [initiative, channel] = &self.versions;
        match operation {
            "updateInitiative" => Some(initiative),
            "updateChannel" => Some(channel),
            _ => None,
        }
    }
}

/// Who does it.
pub(super) struct Hands {
    pub(super) administrator: Client,
    pub(super) coordinator: Client,
    pub(super) manager: Client,
    pub(super) author: Client,
    /// What tells the words of this office from those of any other.
    pub(super) mark: &'static str,
}

async fn own_id(who: &Client) -> Value {
    who.ask("{ viewer { member { id } } }", json!({})).await["viewer"]["member"]["id"].clone()
}

impl Hands {
    /// All of it.
    pub(super) async fn furnish(&self) -> Ready {
        let initiative = self.initiative("Open doors").await;
        let closing = self.initiative("Closed doors").await;
        let close = json!({ "initiativeId": closing });
        self.coordinator.act("closeInitiative", close, "initiative { id }").await;
        let channels = "{ channels(first: 50) { nodes { id handle platform state } } }";
        let channels = self.manager.ask(channels, json!({})).await["channels"]["nodes"].clone();
        let mut feeds = channels.as_array().unwrap().iter().filter(|one| one["platform"] == "FEED");
        let feed = feeds.find(|one| one["state"] == "ACTIVE").unwrap()["id"].as_str().unwrap();
        self.withdrawn(&initiative, feed).await;
        self.quiet(&initiative, feed).await;
        let approved = self.approved(&initiative, feed).await;
        let later = json!({ "draftId": approved, "when": { "at": { "localTime": next_july(1) } } });
        self.author.act("schedulePost", later, "posts { id }").await;
        let app =
            json!({ "platform": "MASTODON", "baseUrl": "https://social.example", "clientId": "masthead" });
        self.administrator.act("setPlatformApp", app, "platformApp { id }").await;
        self.excepted(&initiative, feed).await;
        let written = self.draft(&initiative, feed, "Come in on Friday.").await["id"].clone();
        let version = "query V($i: ID!, $c: ID!) { i: node(id: $i) { ... on Initiative { version } } \
                       c: node(id: $c) { ... on Channel { version } } }";
        let versions = self.manager.ask(version, json!({ "i": initiative, "c": feed })).await;
        let (asked, film) = (self.asked(&initiative, feed).await, self.film().await);
        let id = |value: Value| value.as_str().unwrap().to_owned();
        Ready {
            initiative: id(initiative),
            closing: id(closing),
            channel: feed.to_owned(),
            over: self.retired().await,
            written: id(written),
            approved: id(approved),
            asked: id(asked),
            film: id(film),
            versions: ["i", "c"].map(|of| versions[of]["version"].clone()),
        }
    }

    /// An initiative that was asked about, with a plan in force.
    async fn initiative(&self, name: &str) -> Value {
        let propose = json!({ "name": format!("{name} in the {}", self.mark), "purpose": "Show the clinics", "audience": "Neighbours",
            "runBy": "The front desk", "staffing": "Two people", "successor": "The clinics",
            "startsOn": "2026-01-01" });
        let made = self.manager.act("proposeInitiative", propose, "initiative { id }").await;
        let id = made["initiative"]["id"].clone();
        let ask = json!({ "initiativeId": id, "question": "Which clinics?" });
        self.coordinator.act("askAboutInitiative", ask, "question { id }").await;
        self.coordinator
            .act("acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { id }")
            .await;
        let plan = json!({ "initiativeId": id, "audiences": ["Neighbours"], "stakeholders": ["Clinics"],
            "keyMessages": [{ "text": "Come in" }], "shareable": [{ "topic": "How to come" }],
            "goals": [{ "goal": "More visits", "measure": "Visits", "target": 200, "dueOn": day(300) }] });
        let plan = self.manager.act("writePlan", plan, "plan { id }").await;
        self.coordinator.act("approvePlan", json!({ "planId": plan["plan"]["id"] }), "plan { id }").await;
        id
    }

    async fn draft(&self, initiative: &Value, feed: &str, words: &str) -> Value {
        let mut content = content(&format!("{words} See you in the {}.", self.mark), &[feed]);
        content["title"] = json!(format!("Doors in the {}", self.mark));
        let create = json!({ "initiativeId": initiative, "content": content });
        let made = self.author.act("createDraft", create, "draft { id version findings { key rule } }").await;
        made["draft"].clone()
    }

    async fn approved(&self, initiative: &Value, feed: &str) -> Value {
        let draft = self.draft(initiative, feed, "Come in on Monday: the clinic's doors are open.").await;
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        let sent = self.author.act("submitDraft", submit, "draft { revision { digest } }").await;
        let digest = &sent["draft"]["revision"]["digest"];
        let review = json!({ "draftId": draft["id"], "digest": digest, "judgement": "APPROVE" });
        self.coordinator.act("reviewDraft", review, "review { id }").await;
        draft["id"].clone()
    }

    /// A question of the author's that the manager has not answered.
    async fn asked(&self, initiative: &Value, feed: &str) -> Value {
        let draft = self.draft(initiative, feed, "May we say that it is open on Sunday?").await;
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        self.author.act("submitDraft", submit, "draft { id }").await;
        let ask = json!({ "draftId": draft["id"], "adviserId": own_id(&self.manager).await, "question": "May we?" });
        self.author.act("seekAdvice", ask, "review { id }").await["review"]["id"].clone()
    }

    async fn film(&self) -> Value {
        let upload = json!({ "byteSize": FILM.len(), "fileName": "door.mp4" });
        let made = self.author.act("createUpload", upload, "media { id } upload { url }").await;
        let http = self.author.http().put(made["upload"]["url"].as_str().unwrap()).body(FILM);
        assert!(http.send().await.unwrap().status().is_success());
        made["media"]["id"].clone()
    }

    /// A post that was out, and was taken back.
    async fn withdrawn(&self, initiative: &Value, feed: &str) {
        let draft = self.approved(initiative, feed).await;
        let now = json!({ "draftId": draft, "when": { "now": true }, "publishLateMinutes": 60 });
        let made = self.author.act("schedulePost", now, "posts { id }").await;
        let post = made["posts"][0]["id"].clone();
        let look = "query P($id: ID!) { node(id: $id) { ... on Post { state version } } }";
        let in_state = async |state: &str| {
            let what = format!("the post to be {state}");
            until(&what, || async {
                let post = self.author.ask(look, json!({ "id": post })).await["node"].clone();
                (post["state"] == state).then_some(post)
            })
            .await
        };
        let out = in_state("PUBLISHED").await;
        let withdraw =
            json!({ "postId": post, "expectedVersion": out["version"], "reason": "The doors are shut" });
        self.coordinator.act("withdrawPost", withdraw, "correction { id }").await;
        in_state("WITHDRAWN").await;
    }

    /// A pause and a blackout to come, and somebody who stands in.
    async fn quiet(&self, initiative: &Value, feed: &str) {
        let pause = json!({ "scope": { "initiativeId": initiative }, "reason": "A quiet week",
            "startsAt": format!("{}T10:00:00Z", day(200)), "endsAt": format!("{}T10:00:00Z", day(207)) });
        self.coordinator.act("pausePublishing", pause, "pause { id }").await;
        let blackout = json!({ "channelId": feed, "reason": "Holidays",
            "days": { "startsOn": day(100), "endsOn": day(101) } });
        self.coordinator.act("addBlackout", blackout, "blackout { id }").await;
        let away = json!({ "deputyId": own_id(&self.manager).await, "startsOn": day(20), "endsOn": day(30) });
        self.author.act("delegateTasks", away, "delegation { id }").await;
    }

    /// A draft with a finding that the coordinator excepts.
    async fn excepted(&self, initiative: &Value, feed: &str) {
        let draft = self.draft(initiative, feed, "Call Maria at 604-555-0142 before you come.").await;
        let findings = draft["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["rule"] == "CC1b.phone").unwrap();
        let waive = json!({ "draftId": draft["id"], "expectedVersion": draft["version"],
            "findingKey": found["key"], "reason": REASON });
        self.coordinator.act("waiveFinding", waive, "draft { id }").await;
    }

    /// A channel that is over.
    async fn retired(&self) -> String {
        let mut wish = Story::wish("X", self.mark, &format!("https://x.com/{}", self.mark), &[]);
        let asked = "channel { id } matches { channel { id } }";
        let mut made = self.author.attempt("requestChannel", wish.clone(), asked).await;
        if let Some(shown) = made["matches"].as_array().filter(|shown| !shown.is_empty()) {
            wish["considered"] = shown.iter().map(|one| one["channel"]["id"].clone()).collect();
            made = self.author.act("requestChannel", wish, asked).await;
        }
        let id = made["channel"]["id"].clone();
        self.coordinator.act("approveChannel", json!({ "channelId": id }), "channel { state }").await;
        let retire = json!({ "channelId": id, "page": "KEPT_AS_ARCHIVE", "credentialRevoked": true });
        self.coordinator.act("retireChannel", retire, "channel { state }").await;
        id.as_str().unwrap().to_owned()
    }
}

/// The public says something to every channel of the deployment.
pub(super) async fn said(file: &std::path::Path) {
    let db = Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    for channel in entity::channel::Entity::find().all(&db).await.unwrap() {
        let row = conversation::Model {
            id: SystemIds.next().into(),
            office_id: channel.office_id,
            channel_id: channel.id,
            remote_id: "1".to_owned(),
            kind: ConversationKind::Mention,
            url: None,
            post_id: None,
            said_at: channel.created_at,
            due_at: channel.created_at,
            owner_id: None,
            draft_id: None,
            answer_id: None,
            outcome: None,
            note: None,
            settled_by: None,
            settled_at: None,
            created_at: channel.created_at,
        };
        row.into_active_model().insert(&db).await.unwrap();
    }
    db.close().await.unwrap();
}
