//! What a plan keeps back is held when it is to leave, says so, and leaves when it may: by itself when its time has come,
//! and otherwise with a new version of the plan. Through the public API; only the worker's part is played by the test.

use chrono::TimeDelta;
use office::queue::{self, SendOutcome};
use serde_json::{Value, json};

use super::whole;
use crate::queue::{proof, worker};
use crate::support::{
    client::Client,
    desk::Desk,
    engine::{Engine, engines},
    served::Served,
    story::content,
};

const WORDS: &str = "The Moonrise study is out: what helps newborns sleep.";

struct Newsroom {
    served: Served,
    initiative: Value,
}

impl Newsroom {
    async fn open(engine: &Engine) -> Self {
        let served = Served::of(Desk::open(engine, 1).await).await;
        let author = served.client("author").await;
        let all = author.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
        let initiative = all["initiatives"]["nodes"][0]["id"].clone();
        Self { served, initiative }
    }

    /// A new version of the plan, in force.
    async fn plan(&self, changed: Value) {
        let mut plan = whole(&self.initiative);
        plan.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
        let (manager, coordinator) =
            (self.served.client("manager").await, self.served.client("coordinator").await);
        let written = manager.act("writePlan", plan, "plan { id }").await;
        coordinator.act("approvePlan", json!({ "planId": written["plan"]["id"] }), "plan { state }").await;
    }

    /// Approved words, scheduled to leave now, and a day late at most.
    async fn scheduled(&self) -> Value {
        let (author, coordinator) =
            (self.served.client("author").await, self.served.client("coordinator").await);
        let channels = author.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
        let channel = channels["channels"]["nodes"][0]["id"].as_str().unwrap().to_owned();
        let create = json!({ "initiativeId": self.initiative, "content": content(WORDS, &[&channel]) });
        let draft = author.act("createDraft", create, "draft { id version }").await["draft"].clone();
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        let sent = author.act("submitDraft", submit, "draft { revision { digest } }").await;
        let digest = &sent["draft"]["revision"]["digest"];
        let review = json!({ "draftId": draft["id"], "digest": digest, "judgement": "APPROVE" });
        coordinator.act("reviewDraft", review, "review { id }").await;
        let when = json!({ "draftId": draft["id"], "when": { "now": true }, "publishLateMinutes": 1440 });
        author.act("schedulePost", when, "posts { id }").await["posts"][0]["id"].clone()
    }

    /// The worker comes round: lets go what may leave, and sends what is due. Gives how many posts left.
    async fn round(&self) -> usize {
        let desk = &self.served.desk;
        queue::release_held(&desk.office, worker(1), None).await.unwrap();
        let claimed = desk.claim(1, 5).await.ready;
        for ready in &claimed {
            desk.settle(ready, SendOutcome::Delivered(proof(ready.post.id))).await;
        }
        claimed.len()
    }

    async fn look(&self, post: &Value) -> Value {
        let document = "query P($id: ID!) { node(id: $id) { ... on Post { state nextAct { act at } \
                        hold { gates { kind clause reason opens } } } } \
                        explain(id: $id) { mayLeave gates { kind open reason opens } } }";
        let author: Client = self.served.client("author").await;
        let found = author.ask(document, json!({ "id": post })).await;
        let gates = found["explain"]["gates"].as_array().unwrap();
        let shut: Vec<_> = gates.iter().filter(|gate| gate["open"] == false).collect();
        let mut told = found["node"].clone();
        told["shut"] = json!(shut);
        told["mayLeave"] = found["explain"]["mayLeave"].clone();
        told
    }
}

/// Held by these gates alone, and `explain` says the same; gives why by the embargo, and what opens it.
fn embargoed<'a>(post: &'a Value, gates: &[&str]) -> (&'a str, &'a str) {
    assert_eq!((&post["state"], &post["mayLeave"]), (&json!("HELD"), &json!(false)), "{post}");
    let (held, explained) = (post["hold"]["gates"].as_array().unwrap(), post["shut"].as_array().unwrap());
    let kinds = held.iter().map(|gate| gate["kind"].as_str().unwrap());
    assert_eq!(kinds.collect::<Vec<_>>(), gates, "{post}");
    assert_eq!(held.len(), explained.len(), "{post}");
    for (held, explained) in held.iter().zip(explained) {
        for key in ["kind", "reason", "opens"] {
            assert_eq!(held[key], explained[key], "one answer, from the hold and from the question");
        }
    }
    assert_eq!(held[0]["clause"], "GP6c");
    (held[0]["reason"].as_str().unwrap(), held[0]["opens"].as_str().unwrap())
}

#[tokio::test]
async fn what_is_kept_back_for_a_while_leaves_when_that_is_over() {
    // Either part of a plan can keep a topic back for a while.
    let until = |time: &str| json!({ "notShareable": [{ "topic": "the moonrise study", "until": time }] });
    let from = |time: &str| json!({ "shareable": [{ "topic": "Moonrise Study", "from": time }] });
    for engine in engines() {
        for plan in [until("2027-03-01T20:00:00Z"), from("2027-03-01T20:00:00Z")] {
            let newsroom = Newsroom::open(&engine).await;
            newsroom.plan(plan).await;
            let post = newsroom.scheduled().await;
            assert_eq!(newsroom.round().await, 0, "it is due, and kept back");
            let held = newsroom.look(&post).await;
            let (reason, opens) = embargoed(&held, &["EMBARGO"]);
            assert!(
                reason.to_lowercase().contains("moonrise study") && reason.contains("2027-03-01T20:00:00Z")
            );
            assert!(opens.contains("2027-03-01T20:00:00Z"), "{opens}");
            assert_eq!(held["nextAct"]["act"], "WAIT", "nobody need do anything: {held}");
            newsroom.served.desk.wait(TimeDelta::hours(3) - TimeDelta::seconds(1));
            assert_eq!(newsroom.round().await, 0, "not a second earlier");
            embargoed(&newsroom.look(&post).await, &["EMBARGO"]);
            newsroom.served.desk.wait(TimeDelta::seconds(1));
            assert_eq!(newsroom.round().await, 1);
            assert_eq!(newsroom.look(&post).await["state"], "PUBLISHED");
            newsroom.served.end().await;
        }
    }
}

#[tokio::test]
async fn what_is_not_to_be_shared_waits_for_another_plan_and_leaves_with_it() {
    for engine in engines() {
        let newsroom = Newsroom::open(&engine).await;
        newsroom.plan(json!({ "notShareable": [{ "topic": "the Moonrise study" }] })).await;
        let post = newsroom.scheduled().await;
        assert_eq!(newsroom.round().await, 0);
        let held = newsroom.look(&post).await;
        // The rule, which knows the topic in other forms too, says so as well.
        let (reason, opens) = embargoed(&held, &["EMBARGO", "GUIDELINES"]);
        assert!(reason.contains("not to share “the Moonrise study”"), "{reason}");
        assert!(opens.contains("new version of the plan"), "{opens}");
        assert_eq!(held["nextAct"]["act"], "REVISE", "no waiting helps: {held}");
        newsroom.served.desk.wait(TimeDelta::hours(20));
        assert_eq!(newsroom.round().await, 0, "it is never over by itself");
        newsroom.plan(json!({ "notShareable": [{ "topic": "the Fort Nelson pilot" }] })).await;
        assert_eq!(newsroom.round().await, 1);
        assert_eq!(newsroom.look(&post).await["state"], "PUBLISHED");
        newsroom.served.end().await;
    }
}
