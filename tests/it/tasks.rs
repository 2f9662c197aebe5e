//! Tasks tell why they wait, by when, what settles them and what comes of leaving them, through the public API with a clock
//! that is moved.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served};

mod held;
mod mended;

const TASKS: &str = "query T($overdue: Boolean! = false, $kinds: [TaskKind!]) { tasks(first: 100, overdueOnly: $overdue, kinds: $kinds) {
    totalCount nodes { kind title since reason clause dueAt overdue consequence act } } }";

async fn waiting(client: &Client, variables: Value) -> Vec<Value> {
    client.ask(TASKS, variables).await["tasks"]["nodes"].as_array().unwrap().clone()
}

async fn one(client: &Client, kind: &str) -> Value {
    let mut found = waiting(client, json!({ "kinds": [kind] })).await;
    assert_eq!(found.len(), 1, "{kind}: {found:?}");
    found.remove(0)
}

async fn propose(manager: &Client) {
    let input = json!({
        "name": "Quiet nights", "purpose": "Help parents sleep", "audience": "Parents of newborns",
        "runBy": "The maternity team", "staffing": "One person", "successor": "The midwives",
        "startsOn": "2027-03-01",
    });
    manager.act("proposeInitiative", input, "initiative { id }").await;
}

#[tokio::test]
async fn a_decision_is_due_after_its_days_and_then_comes_first() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        propose(&served.client("manager").await).await;
        let coordinator = served.client("coordinator").await;
        let task = one(&coordinator, "DECIDE_INITIATIVE").await;
        assert_eq!(
            (&task["clause"], &task["act"]),
            (&json!("PS5"), &json!("acknowledgeInitiative")),
            "{task}"
        );
        assert_eq!(task["overdue"], false);
        assert!(task["consequence"].as_str().unwrap().contains("nothing of it goes out"), "{task}");
        let instant =
            |value: &Value| value.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert_eq!(
            instant(&task["dueAt"]) - instant(&task["since"]),
            TimeDelta::days(3),
            "limits.task_decide_days"
        );
        assert!(waiting(&coordinator, json!({ "overdue": true })).await.is_empty());
        served.desk.wait(TimeDelta::days(3));
        let coordinator = served.client("coordinator").await;
        assert_eq!(
            one(&coordinator, "DECIDE_INITIATIVE").await["overdue"],
            false,
            "its last moment is in time"
        );
        served.desk.wait(TimeDelta::seconds(1));
        let late = waiting(&coordinator, json!({ "overdue": true })).await;
        assert_eq!(late.len(), 1, "{late:?}");
        let all = waiting(&coordinator, json!({})).await;
        assert_eq!((&all[0]["kind"], &all[0]["overdue"]), (&json!("DECIDE_INITIATIVE"), &json!(true)));
        let due: Vec<_> = all.iter().map(|task| instant(&task["dueAt"])).collect();
        assert!(due.is_sorted(), "most urgent first: {due:?}");
        served.end().await;
    }
}

#[tokio::test]
async fn pages_of_tasks_follow_their_order_without_gap() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let manager = served.client("manager").await;
        propose(&manager).await;
        let all = waiting(&manager, json!({})).await;
        assert!(all.len() > 1, "{all:?}");
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let document = "query P($after: String) { tasks(first: 1, after: $after) { nodes { kind title } pageInfo { hasNextPage endCursor } } }";
            let page = manager.ask(document, json!({ "after": after })).await["tasks"].clone();
            seen.extend(page["nodes"].as_array().unwrap().clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let told: Vec<_> =
            all.iter().map(|task| json!({ "kind": task["kind"], "title": task["title"] })).collect();
        assert_eq!(seen, told);
        served.end().await;
    }
}

#[tokio::test]
async fn a_reason_has_the_facts_of_the_case() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        propose(&manager).await;
        let plan = one(&manager, "COMPLETE_PLAN").await;
        assert!(plan["reason"].as_str().unwrap().contains("one audience at least"), "{plan}");
        assert_eq!(plan["act"], "writePlan");
        let draft = served.desk.approved("We begin", &served.desk.channels[..1]).await;
        served.desk.schedule_now(draft.id).await;
        let pause = json!({ "scope": { "office": true }, "reason": "A storm" });
        coordinator.act("pausePublishing", pause, "pause { id }").await;
        served.desk.claim(1, 1).await;
        let held = one(&coordinator, "HELD_POST").await;
        assert_eq!(held["act"], "resumePublishing", "{held}");
        assert!(held["reason"].as_str().unwrap().contains("A storm"), "{held}");
        let own = one(&served.client("author").await, "HELD_POST").await;
        assert_eq!(own["act"], "reschedulePost", "an author resumes nothing: {own}");
        served.end().await;
    }
}

#[tokio::test]
async fn a_channel_at_risk_says_what_lowers_the_risk() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let coordinator = served.client("coordinator").await;
        let risks = "{ channels(first: 1) { nodes { orphanRisks { reason words act } } } }";
        let none = coordinator.ask(risks, json!({})).await;
        assert_eq!(none["channels"]["nodes"][0]["orphanRisks"], json!([]));
        let sql = "UPDATE channel SET credential_state = 'REJECTED'";
        served.desk.database.execute_unprepared(sql).await.unwrap();
        let told = coordinator.ask(risks, json!({})).await["channels"]["nodes"][0]["orphanRisks"].clone();
        let refused = "its platform refuses the credential";
        assert_eq!(
            told,
            json!([{ "reason": "CREDENTIAL_REJECTED", "words": refused, "act": "connectChannel" }])
        );
        let task = one(&coordinator, "SECURE_CHANNEL").await;
        assert_eq!((&task["act"], &task["clause"]), (&json!("connectChannel"), &json!("IC3")), "{task}");
        assert!(task["reason"].as_str().unwrap().ends_with(refused), "{task}");
        let own = one(&served.client("author").await, "SECURE_CHANNEL").await;
        assert_eq!(own["act"], Value::Null, "a steward connects nothing: {own}");
        assert!(own["reason"].as_str().unwrap().ends_with("a coordinator can lower this: ask one"), "{own}");
        served.end().await;
    }
}
