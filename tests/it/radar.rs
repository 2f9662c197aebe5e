//! The orphan radar: which channels may soon have nobody, how grave that is, and what lowers it.

mod lowering;

use chrono::TimeDelta;
use entity::channel::CredentialState;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, EntityTrait as _,
    QueryFilter as _, sea_query::Expr,
};
use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served};

const RADAR: &str = "query R($least: RiskLevel) { orphanRadar(first: 50, atLeast: $least) { totalCount nodes { level channel { handle }
    risks { reason level words act dueOn activeStewards neededStewards } } } }";

async fn radar(client: &Client, least: Value) -> Vec<Value> {
    let found = client.ask(RADAR, json!({ "least": least })).await["orphanRadar"].clone();
    let nodes = found["nodes"].as_array().unwrap().clone();
    assert_eq!(found["totalCount"], json!(nodes.len()));
    nodes
}

/// The handle, the level and the kinds of risk of each channel.
fn told(nodes: &[Value]) -> Vec<(String, String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let risks =
        |node: &Value| node["risks"].as_array().unwrap().iter().map(|risk| text(&risk["reason"])).collect();
    nodes.iter().map(|node| (text(&node["channel"]["handle"]), text(&node["level"]), risks(node))).collect()
}

fn expected(of: &[(&str, &str, &[&str])]) -> Vec<(String, String, Vec<String>)> {
    let owned = |text: &&str| (*text).to_owned();
    of.iter()
        .map(|(handle, level, risks)| (owned(handle), owned(level), risks.iter().map(owned).collect()))
        .collect()
}

#[tokio::test]
async fn the_gravest_comes_first_and_each_act_lowers_what_it_should() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 3).await).await;
        let desk = &served.desk;
        let coordinator = served.client("coordinator").await;
        assert_eq!(radar(&coordinator, Value::Null).await, Vec::<Value>::new());
        let [first, second, third] = &desk.channels[..] else { panic!("three channels") };
        let (db, edit) =
            (&desk.database, |id| entity::channel::ActiveModel { id: Set(id), ..Default::default() });
        entity::steward::Entity::update_many()
            .col_expr(entity::steward::Column::Until, Expr::col(entity::steward::Column::Since))
            .filter(entity::steward::Column::ChannelId.eq(*first))
            .exec(db)
            .await
            .unwrap();
        let mut refused = edit(*second);
        refused.credential_state = Set(CredentialState::Rejected);
        refused.update(db).await.unwrap();
        let mut served_alone = edit(*third);
        served_alone.initiative_id = Set(Some(desk.initiative));
        served_alone.update(db).await.unwrap();
        db.execute_unprepared("UPDATE initiative SET ends_on = '2027-03-31'").await.unwrap();
        let found = radar(&coordinator, Value::Null).await;
        assert_eq!(
            told(&found),
            expected(&[
                ("news-0", "HIGH", &["FEW_STEWARDS"]),
                ("news-1", "HIGH", &["CREDENTIAL_REJECTED"]),
                ("news-2", "MEDIUM", &["INITIATIVE_ENDS"]),
            ])
        );
        let ends = &found[2]["risks"][0];
        assert_eq!((&ends["dueOn"], &ends["act"]), (&json!("2027-03-31"), &json!("updateChannel")), "{ends}");
        assert!(ends["words"].as_str().unwrap().contains("ends on 2027-03-31"), "{ends}");
        assert_eq!(radar(&coordinator, json!("HIGH")).await.len(), 2);
        let page = "query P($after: String) { orphanRadar(first: 1, after: $after) { nodes { channel { handle } } pageInfo { hasNextPage endCursor } } }";
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let page = coordinator.ask(page, json!({ "after": after })).await["orphanRadar"].clone();
            seen.push(page["nodes"][0]["channel"]["handle"].as_str().unwrap().to_owned());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(seen, ["news-0", "news-1", "news-2"]);
        served.end().await;
    }
}

#[tokio::test]
async fn silence_and_absence_are_told_and_end_with_what_ends_them() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        desk.wait(TimeDelta::days(59));
        let coordinator = served.client("coordinator").await;
        assert_eq!(radar(&coordinator, Value::Null).await, Vec::<Value>::new(), "not yet silent for long");
        desk.wait(TimeDelta::days(1));
        let coordinator = served.client("coordinator").await;
        let found = radar(&coordinator, Value::Null).await;
        assert_eq!(told(&found), expected(&[("news-0", "LOW", &["SILENT"])]));
        assert_eq!(found[0]["risks"][0]["act"], "reviewChannel");
        let channel = coordinator.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
        let review = json!({ "channelId": channel["channels"]["nodes"][0]["id"], "findings": "It serves in emergencies", "verdict": "KEEP" });
        coordinator.act("reviewChannel", review, "review { id }").await;
        assert_eq!(radar(&coordinator, Value::Null).await, Vec::<Value>::new(), "somebody has looked");
        // Its two stewards are the author and the manager: one stands in for the other.
        let deputy = coordinator.ask("{ members(first: 9) { nodes { id email } } }", json!({})).await;
        let id = |name: &str| {
            let email = format!("{name}@example.org");
            let nodes = deputy["members"]["nodes"].as_array().unwrap();
            nodes.iter().find(|node| node["email"] == email.as_str()).unwrap()["id"].clone()
        };
        let away = json!({ "memberId": id("author"), "deputyId": id("manager"), "startsOn": "2027-04-30", "endsOn": "2027-05-02" });
        coordinator.act("delegateTasks", away, "delegation { holdsNow }").await;
        let found = radar(&coordinator, Value::Null).await;
        assert_eq!(told(&found), expected(&[("news-0", "LOW", &["FEW_PRESENT"])]));
        let risk = &found[0]["risks"][0];
        assert_eq!((&risk["activeStewards"], &risk["neededStewards"]), (&json!(1), &json!(2)));
        assert_eq!(risk["dueOn"], "2027-05-02");
        served.end().await;
    }
}
