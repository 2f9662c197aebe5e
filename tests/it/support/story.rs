//! An office, told through the public API as a newcomer would: set up, people, an initiative with its plan, channels.

use serde_json::{Value, json};

use super::client::Client;

/// Everybody's.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// An office with people of every role, an active initiative with an approved plan, and an active feed channel.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) anonymous: Client,
    pub(crate) administrator: Client,
    pub(crate) coordinator: Client,
    pub(crate) manager: Client,
    pub(crate) author: Client,
    pub(crate) author_id: String,
    pub(crate) manager_id: String,
    pub(crate) initiative: String,
    /// The goal of the initiative's plan.
    pub(crate) goal: String,
    pub(crate) feed: String,
}

impl Story {
    /// Tells it on a fresh service, from the one-time set-up token on.
    pub(crate) async fn tell(facts: &Value) -> Self {
        let anonymous = Client::anonymous(facts["url"].as_str().unwrap());
        let set_up = json!({
            "token": facts["setUpToken"],
            "office": { "name": "Press Office", "slug": "press", "timeZone": "America/Vancouver", "language": "en" },
            "administrator": { "name": "Ada Minh", "email": "ada@example.org", "password": PASSWORD },
        });
        anonymous.act("setUpOffice", set_up, "office { id }").await;
        let administrator = sign_in(&anonymous, "ada@example.org").await;
        let (coordinator, _) = person(&administrator, &anonymous, "Cora Ford", "COORDINATOR").await;
        let (manager, manager_id) = person(&administrator, &anonymous, "Max Ng", "PROJECT_MANAGER").await;
        let (author, author_id) = person(&administrator, &anonymous, "Ada Okafor", "MEMBER").await;
        let (initiative, goal) = initiative(&manager, &coordinator).await;
        let mut story = Self {
            anonymous,
            administrator,
            coordinator,
            manager,
            author,
            author_id,
            manager_id,
            initiative,
            goal,
            feed: String::new(),
        };
        let page = story.anonymous.address("/feed/press/news");
        story.feed = story.channel("FEED", "news", &page, &[]).await;
        story.activate(&story.feed).await;
        story
    }

    /// Everybody signed in again, at the service of this address; channels and initiatives are not known.
    pub(crate) async fn again(url: &str) -> Self {
        let anonymous = Client::anonymous(url);
        let nobody = String::new;
        Self {
            administrator: sign_in(&anonymous, "ada@example.org").await,
            coordinator: sign_in(&anonymous, "cora.ford@example.org").await,
            manager: sign_in(&anonymous, "max.ng@example.org").await,
            author: sign_in(&anonymous, "ada.okafor@example.org").await,
            anonymous,
            author_id: nobody(),
            manager_id: nobody(),
            initiative: nobody(),
            goal: nobody(),
            feed: nobody(),
        }
    }

    /// The same people on a service that started again elsewhere.
    pub(crate) fn at(&self, url: &str) -> Self {
        let moved = |client: &Client| client.at(url);
        Self {
            anonymous: moved(&self.anonymous),
            administrator: moved(&self.administrator),
            coordinator: moved(&self.coordinator),
            manager: moved(&self.manager),
            author: moved(&self.author),
            ..self.clone()
        }
    }

    /// An approved channel with two stewards, not yet active.
    pub(crate) async fn channel(
        &self,
        platform: &str,
        handle: &str,
        url: &str,
        considered: &[&str],
    ) -> String {
        let wish = Self::wish(platform, handle, url, considered);
        let payload = self.author.act("requestChannel", wish, "channel { id }").await;
        let id = payload["channel"]["id"].as_str().unwrap().to_owned();
        self.coordinator.act("approveChannel", json!({ "channelId": id }), "channel { state }").await;
        for member in [&self.author_id, &self.manager_id] {
            let steward = json!({ "channelId": id, "memberId": member });
            self.coordinator.act("addSteward", steward, "steward { id }").await;
        }
        id
    }

    /// What the author writes who asks for a channel.
    pub(crate) fn wish(platform: &str, handle: &str, url: &str, considered: &[&str]) -> Value {
        json!({
            "platform": platform, "handle": handle, "url": url, "displayName": handle,
            "purpose": "Tells what the office does", "audience": "Patients and clinics", "language": "en",
            "bioLine": "Run by the press office", "monitoredHours": "Weekdays, 9 to 5",
            "contact": "press@example.org",
            "justification": "The others do not reach them", "considered": considered,
        })
    }

    /// Activates an approved channel, once its credential has been tried where it needs one.
    pub(crate) async fn activate(&self, channel: &str) {
        let readiness =
            "query R($id: ID!) { node(id: $id) { ... on Channel { readiness { item done message } } } }";
        super::client::until("the channel to be ready", || async {
            let asked = self.coordinator.ask(readiness, json!({ "id": channel })).await;
            let items = asked["node"]["readiness"].as_array().unwrap().clone();
            items.iter().all(|item| item["done"] == true).then_some(())
        })
        .await;
        let payload = self
            .coordinator
            .act("activateChannel", json!({ "channelId": channel }), "channel { state }")
            .await;
        assert_eq!(payload["channel"]["state"], "ACTIVE");
    }

    /// Connects a channel to a server on this machine.
    pub(crate) async fn connect(&self, channel: &str, base_url: &str, username: &str, secret: &str) {
        let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version } } }";
        let version =
            self.coordinator.ask(version, json!({ "id": channel })).await["node"]["version"].clone();
        let connect = json!({
            "channelId": channel, "expectedVersion": version, "baseUrl": base_url, "username": username,
            "secret": secret, "allowPrivateHost": true,
        });
        self.administrator.act("connectChannel", connect, "channel { id }").await;
    }

    /// A draft of these words on these channels, by its id.
    pub(crate) async fn draft(&self, text: &str, channels: &[&str]) -> String {
        let create = json!({ "initiativeId": self.initiative, "content": content(text, channels) });
        let payload = self.author.act("createDraft", create, "draft { id }").await;
        payload["draft"]["id"].as_str().unwrap().to_owned()
    }

    /// Has a draft submitted.
    pub(crate) async fn submit(&self, draft: &str) {
        let version = self.look(draft, "version").await;
        self.author
            .act("submitDraft", json!({ "draftId": draft, "expectedVersion": version }), "draft { state }")
            .await;
    }

    /// Has a draft submitted, and approved by the coordinator.
    pub(crate) async fn approve(&self, draft: &str) {
        self.submit(draft).await;
        let digest = self.look(draft, "revision { digest }").await["digest"].clone();
        let review = json!({ "draftId": draft, "digest": digest, "judgement": "APPROVE" });
        self.coordinator.act("reviewDraft", review, "review { decision }").await;
    }

    /// Schedules an approved draft at once and gives the ids of its posts.
    pub(crate) async fn schedule_now(&self, draft: &str) -> Vec<String> {
        let schedule = json!({ "draftId": draft, "when": { "now": true }, "publishLateMinutes": 60 });
        let payload = self.author.act("schedulePost", schedule, "posts { id }").await;
        payload["posts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|post| post["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// One field of a draft.
    pub(crate) async fn look(&self, draft: &str, field: &str) -> Value {
        let document = format!("query D($id: ID!) {{ node(id: $id) {{ ... on Draft {{ {field} }} }} }}");
        let name = field.split(' ').next().unwrap();
        self.author.ask(&document, json!({ "id": draft })).await["node"][name].clone()
    }

    /// A post as it stands.
    pub(crate) async fn post(&self, id: &str) -> Value {
        let document = "query P($id: ID!) { node(id: $id) { ... on Post { id state version remoteId remoteUrl publishedAt causeCode personDecides \
                        hold { gates { kind reason opens } } attempts { kind outcome evidence } } } }";
        self.author.ask(document, json!({ "id": id })).await["node"].clone()
    }

    /// Waits until a post is in a state.
    pub(crate) async fn post_in(&self, id: &str, state: &str) -> Value {
        super::client::until(&format!("post in {state}"), || async {
            let post = self.post(id).await;
            (post["state"] == state).then_some(post)
        })
        .await
    }
}

/// Signs somebody in.
pub(crate) async fn sign_in(anonymous: &Client, email: &str) -> Client {
    let payload = anonymous
        .act("signIn", json!({ "email": email, "password": PASSWORD }), "session { accessToken }")
        .await;
    anonymous.with_token(payload["session"]["accessToken"].as_str().unwrap())
}

async fn person(administrator: &Client, anonymous: &Client, name: &str, role: &str) -> (Client, String) {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let create = json!({ "email": email, "name": name, "roles": [role], "password": PASSWORD });
    let created = administrator.act("createMember", create, "member { id }").await;
    let client = sign_in(anonymous, &email).await;
    let handbook = client.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
    client.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
    (client, created["member"]["id"].as_str().unwrap().to_owned())
}

async fn initiative(manager: &Client, coordinator: &Client) -> (String, String) {
    let propose = json!({
        "name": "Virtual visits", "purpose": "Tell people how to see a doctor by video", "audience": "Patients in the north",
        "runBy": "The telehealth team", "staffing": "Two people, two hours a week", "successor": "The clinics' front desk",
        "startsOn": "2026-01-01",
    });
    let payload = manager.act("proposeInitiative", propose, "initiative { id state }").await;
    assert_eq!(payload["initiative"]["state"], "PROPOSED");
    let id = payload["initiative"]["id"].as_str().unwrap().to_owned();
    coordinator.act("acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { state }").await;
    let plan = json!({
        "initiativeId": id, "audiences": ["Patients"], "stakeholders": ["Clinics"],
        "keyMessages": [{ "text": "You need not travel to be seen" }], "shareable": [{ "topic": "How to book" }],
        "notShareable": [{ "topic": "the Fort Nelson pilot" }],
        "goals": [{ "goal": "More visits by video", "measure": "Bookings a month", "target": 200, "dueOn": "2027-12-31" }],
    });
    let payload = manager.act("writePlan", plan, "plan { id goals { id } }").await;
    let goal = payload["plan"]["goals"][0]["id"].as_str().unwrap().to_owned();
    coordinator.act("approvePlan", json!({ "planId": payload["plan"]["id"] }), "plan { state }").await;
    (id, goal)
}

/// What a draft says.
pub(crate) fn content(text: &str, channels: &[&str]) -> Value {
    let targets: Vec<_> = channels.iter().map(|id| json!({ "channelId": id })).collect();
    json!({ "title": "What is new", "text": text, "capacity": "OFFICIAL", "targets": targets })
}

/// Nine o'clock on a day of July next year: always ahead, never too far.
pub(crate) fn next_july(day: u8) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let now = jiff::Timestamp::from_second(i64::try_from(now).unwrap()).unwrap();
    format!("{}-07-{day:02}T09:00", now.to_zoned_datetime(jiff::tz::TimeZone::UTC).year() + 1)
}

/// The day so many days from now.
pub(crate) fn day(ahead: i64) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let then = i64::try_from(now).unwrap() + ahead * 86_400;
    jiff::Timestamp::from_second(then).unwrap().to_zoned_datetime(jiff::tz::TimeZone::UTC).date().to_string()
}

/// The public address of a made-up account.
pub(crate) fn address(platform: &str, handle: &str) -> String {
    match platform {
        "X" => format!("https://x.com/{handle}"),
        "FACEBOOK" => format!("https://www.facebook.com/{handle}"),
        "LINKEDIN" => format!("https://www.linkedin.com/company/{handle}"),
        "YOUTUBE" => format!("https://www.youtube.com/@{handle}"),
        "BLUESKY" => format!("https://bsky.app/profile/{handle}"),
        "MASTODON" => format!("https://social.example/@{handle}"),
        _ => format!("https://{handle}.example.org/"),
    }
}
