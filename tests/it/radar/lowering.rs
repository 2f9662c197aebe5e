//! Risks that come with a day: when the radar begins to tell of them, how grave they are, and the act that lowers each.
//! All of it is done through the public API; the test moves the clock, and looks at accounts as a worker does.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{expected, radar, told};
use crate::support::{
    client::Client,
    desk::Desk,
    engine::{Engine, engines},
    looked,
    served::Served,
    story::Story,
};

struct Bureau {
    served: Served,
    coordinator: Client,
}

impl Bureau {
    async fn open(engine: &Engine) -> Self {
        let served = Served::of(Desk::open(engine, 0).await).await;
        let coordinator = served.client("coordinator").await;
        Self { served, coordinator }
    }

    /// Days pass; sessions end meanwhile.
    async fn wait(&mut self, days: i64) {
        self.served.desk.wait(TimeDelta::days(days));
        self.coordinator = self.served.client("coordinator").await;
    }

    /// What the radar tells: each channel with its level and its risks.
    async fn told(&self) -> Vec<(String, String, Vec<String>)> {
        told(&radar(&self.coordinator, Value::Null).await)
    }

    /// The one risk that there is.
    async fn risk(&self) -> Value {
        let found = radar(&self.coordinator, Value::Null).await;
        let risks = found[0]["risks"].as_array().unwrap();
        assert_eq!((found.len(), risks.len()), (1, 1), "{found:?}");
        risks[0].clone()
    }

    async fn version(&self, channel: &Value) -> Value {
        let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version } } }";
        self.coordinator.ask(version, json!({ "id": channel })).await["node"]["version"].clone()
    }

    async fn connect(&self, channel: &Value, expires: &str) {
        let connect = json!({ "channelId": channel, "expectedVersion": self.version(channel).await,
            "baseUrl": "https://social.example", "secret": "s3cret", "expiresAt": expires });
        self.coordinator.act("connectChannel", connect, "channel { id }").await;
        looked::accepts(&self.served.desk, "news").await;
    }

    async fn serves(&self, channel: &Value, initiative: Value) {
        let edit = json!({ "channelId": channel, "expectedVersion": self.version(channel).await,
            "initiativeId": initiative });
        self.coordinator.act("updateChannel", edit, "channel { id }").await;
    }

    /// An approved channel with two stewards; for one initiative alone or for the whole office.
    async fn channel(&self, platform: &str, url: &str, initiative: &Value) -> Value {
        let author = self.served.client("author").await;
        let mut wish = Story::wish(platform, "news", url, &[]);
        wish["initiativeId"] = initiative.clone();
        let asked = author.act("requestChannel", wish, "channel { id }").await;
        let id = asked["channel"]["id"].clone();
        self.coordinator.act("approveChannel", json!({ "channelId": id }), "channel { state }").await;
        for name in ["author", "manager"] {
            let viewer = self.served.client(name).await.ask("{ viewer { member { id } } }", json!({})).await;
            let steward = json!({ "channelId": id, "memberId": viewer["viewer"]["member"]["id"] });
            self.coordinator.act("addSteward", steward, "steward { id }").await;
        }
        id
    }

    async fn activate(&self, channel: &Value) {
        self.coordinator.act("activateChannel", json!({ "channelId": channel }), "channel { state }").await;
    }

    /// An acknowledged initiative that ends on a day, and a channel in use that serves it alone.
    async fn ending(&self, on: Value) -> (Value, Value) {
        let propose = json!({ "name": "Quiet nights", "purpose": "Help parents sleep",
            "audience": "Parents of newborns", "runBy": "The maternity team", "staffing": "One person",
            "successor": "The midwives", "startsOn": "2027-03-01", "endsOn": on });
        let manager = self.served.client("manager").await;
        let made = manager.act("proposeInitiative", propose, "initiative { id }").await;
        let id = made["initiative"]["id"].clone();
        let acknowledge = json!({ "initiativeId": id });
        self.coordinator.act("acknowledgeInitiative", acknowledge, "initiative { state }").await;
        let channel = self.channel("FEED", "https://press.example.org/feed/press/news", &id).await;
        self.activate(&channel).await;
        (id, channel)
    }
}

#[tokio::test]
async fn a_credential_that_ends_is_told_in_time_and_another_one_lowers_it() {
    for engine in engines() {
        let mut bureau = Bureau::open(&engine).await;
        let channel = bureau.channel("MASTODON", "https://social.example/@news", &Value::Null).await;
        bureau.connect(&channel, "2027-03-21T17:00:00Z").await;
        bureau.activate(&channel).await;
        bureau.wait(5).await;
        assert_eq!(bureau.told().await, expected(&[]), "fifteen days are time enough");
        bureau.wait(1).await;
        assert_eq!(bureau.told().await, expected(&[("news", "MEDIUM", &["CREDENTIAL_EXPIRES"])]));
        let risk = bureau.risk().await;
        assert_eq!(risk["act"], "connectChannel", "{risk}");
        assert!(risk["words"].as_str().unwrap().contains("ends on 2027-03-21"), "{risk}");
        bureau.wait(14).await;
        assert_eq!(bureau.told().await, expected(&[("news", "HIGH", &["CREDENTIAL_EXPIRES"])]));
        let risk = bureau.risk().await;
        assert!(risk["words"].as_str().unwrap().contains("ended on 2027-03-21"), "{risk}");
        bureau.connect(&channel, "2027-06-21T17:00:00Z").await;
        assert_eq!(bureau.told().await, expected(&[]));
        bureau.served.end().await;
    }
}

#[tokio::test]
async fn an_initiative_that_ends_is_told_in_time_and_who_takes_the_channel_over_lowers_it() {
    for engine in engines() {
        let mut bureau = Bureau::open(&engine).await;
        let (_, channel) = bureau.ending(json!("2027-04-01")).await;
        assert_eq!(bureau.told().await, expected(&[]), "thirty-one days are time enough");
        bureau.wait(1).await;
        assert_eq!(bureau.told().await, expected(&[("news", "MEDIUM", &["INITIATIVE_ENDS"])]));
        let risk = bureau.risk().await;
        assert_eq!((&risk["act"], &risk["dueOn"]), (&json!("updateChannel"), &json!("2027-04-01")));
        bureau.serves(&channel, Value::Null).await;
        assert_eq!(bureau.told().await, expected(&[]), "the whole office's from now on");
        bureau.served.end().await;
    }
}

#[tokio::test]
async fn a_channel_of_an_initiative_that_closes_is_at_risk_until_another_one_has_it() {
    for engine in engines() {
        let bureau = Bureau::open(&engine).await;
        let (initiative, channel) = bureau.ending(Value::Null).await;
        assert_eq!(bureau.told().await, expected(&[]));
        let close = json!({ "initiativeId": initiative });
        bureau.coordinator.act("closeInitiative", close, "initiative { state }").await;
        assert_eq!(bureau.told().await, expected(&[("news", "MEDIUM", &["INITIATIVE_ENDING"])]));
        assert_eq!(bureau.risk().await["act"], "updateChannel");
        let all = "{ initiatives(first: 9) { nodes { id state } } }";
        let all = bureau.coordinator.ask(all, json!({})).await["initiatives"]["nodes"].clone();
        let other =
            all.as_array().unwrap().iter().find(|one| one["state"] == "ACTIVE").unwrap()["id"].clone();
        bureau.serves(&channel, other).await;
        assert_eq!(bureau.told().await, expected(&[]));
        bureau.served.end().await;
    }
}
