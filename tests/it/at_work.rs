//! Who looks after something must be able to do something for it: whoever only administers is no steward, author or keeper.
//! And whoever comes back begins anew.

use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served, story::content};

async fn refused(who: &Client, mutation: &str, input: Value) -> (String, String) {
    let payload = who.attempt(mutation, input, "__typename").await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&payload["userErrors"][0]["code"]), text(&payload["userErrors"][0]["message"]))
}

async fn id_of(who: &Client) -> Value {
    who.ask("{ viewer { member { id } } }", json!({})).await["viewer"]["member"]["id"].clone()
}

async fn feed(who: &Client) -> Value {
    let fields = "id orphanRisks { reason } handovers { id closedAt items { item done } }";
    let found = who.ask(&format!("{{ channels(first: 1) {{ nodes {{ {fields} }} }} }}"), json!({})).await;
    let mut feed = found["channels"]["nodes"][0].clone();
    feed["handovers"].as_array_mut().unwrap().retain(|one| one["closedAt"].is_null());
    feed
}

#[tokio::test]
async fn who_only_administers_looks_after_nothing() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (ada, coordinator) = (served.client("ada").await, served.client("coordinator").await);
        let author = served.client("author").await;
        let administrator = id_of(&ada).await;
        let channel = feed(&coordinator).await;
        let steward = json!({ "channelId": channel["id"], "memberId": administrator });
        let (code, why) = refused(&coordinator, "addSteward", steward).await;
        assert_eq!(code, "INVALID");
        assert!(why.contains("only administers"), "{why}");
        let partner = json!({ "name": "North", "why": "They run the clinics", "accounts": ["x:north"], "keeperId": administrator });
        assert_eq!(refused(&coordinator, "createPartner", partner).await.0, "INVALID");
        let initiatives = author.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
        let create = json!({
            "initiativeId": initiatives["initiatives"]["nodes"][0]["id"],
            "content": content("We open.", &[channel["id"].as_str().unwrap()]),
        });
        let draft = author.act("createDraft", create, "draft { id version }").await["draft"].clone();
        let to =
            json!({ "draftId": draft["id"], "expectedVersion": draft["version"], "memberId": administrator });
        assert_eq!(refused(&coordinator, "reassignDraft", to).await.0, "INVALID");
        assert_eq!(channel["orphanRisks"], json!([]));
        let version = "query V($id: ID!) { node(id: $id) { ... on Member { version } } }";
        let id = id_of(&author).await;
        let version = ada.ask(version, json!({ "id": id })).await["node"]["version"].clone();
        let edit = json!({ "memberId": id, "expectedVersion": version, "roles": ["ADMINISTRATOR"] });
        ada.act("updateMember", edit, "member { roles }").await;
        let risks = feed(&coordinator).await["orphanRisks"].clone();
        assert_eq!(risks, json!([{ "reason": "FEW_STEWARDS" }]), "they count no longer");
        served.end().await;
    }
}

#[tokio::test]
async fn who_comes_back_hands_over_anew_when_they_leave_again() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (ada, coordinator) = (served.client("ada").await, served.client("coordinator").await);
        let id = id_of(&served.client("author").await).await;
        let leave = json!({ "memberId": id });
        ada.act("departMember", leave.clone(), "member { state }").await;
        let first = feed(&coordinator).await["handovers"][0].clone();
        let tick = json!({ "handoverId": first["id"], "item": "CHECK_BIO" });
        coordinator.act("tickHandover", tick, "handover { id }").await;
        let back = json!({ "email": "author@example.org", "name": "author", "roles": ["MEMBER"],
            "password": "correct horse battery" });
        ada.act("createMember", back, "member { id }").await;
        assert_eq!(
            feed(&coordinator).await["handovers"][0]["id"],
            first["id"],
            "they are off the channel still"
        );
        let channel = feed(&coordinator).await["id"].clone();
        coordinator
            .act("addSteward", json!({ "channelId": channel, "memberId": id }), "steward { id }")
            .await;
        assert_eq!(feed(&coordinator).await["handovers"], json!([]), "nobody leaves it any more");
        ada.act("departMember", leave, "member { state }").await;
        let second = feed(&coordinator).await["handovers"][0].clone();
        assert_ne!(second["id"], first["id"]);
        let done = second["items"].as_array().unwrap().iter().any(|item| item["done"] == true);
        assert!(!done, "what was ticked the first time is to be looked at again: {second}");
        served.end().await;
    }
}
