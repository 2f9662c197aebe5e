//! The whole way as a coordinator goes it: read, edit, propose, compare, try out, activate.

use serde_json::{Value, json};

use super::SHOUTED;
use crate::support::{engine::Engine, program::Deployment, story::Story};

const PROPOSALS: &str = "query H($from: ID!, $to: ID!) { \
    handbooks(first: 10) { nodes { id version state note proposedBy { name } basedOn { version } } pageInfo { hasNextPage } } \
    handbookChanges(from: $from, to: $to) { path kind before after } \
    backTestHandbook(handbookId: $to) { \
        queued { checked more newlyBlocked { post { id } findings { rule clause layer } } nowPassing { post { id } } } \
        published { checked } rules { rule blockedBefore blockedAfter foundBefore foundAfter } } }";

#[tokio::test]
async fn a_coordinator_reads_edits_compares_tries_and_activates() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = story.draft(SHOUTED, &[&story.feed]).await;
    story.approve(&draft).await;
    let at =
        json!({ "draftId": draft, "when": { "at": { "localTime": crate::support::story::next_july(1) } } });
    let scheduled = story.author.act("schedulePost", at, "posts { id }").await;
    let post = scheduled["posts"][0]["id"].as_str().unwrap().to_owned();
    let read = "{ handbook { id version state supplementAdopted university { title } document(format: JSON) \
                clauses { name layer } rules { rule layer waivable params asks } lists { list entries { value owner reviewOn } } } }";
    let current = story.coordinator.ask(read, json!({})).await["handbook"].clone();
    assert_eq!((&current["state"], &current["university"]), (&json!("ACTIVE"), &Value::Null));
    assert_eq!(current["lists"].as_array().unwrap().len(), 11);
    let mut document: Value = serde_json::from_str(current["document"].as_str().unwrap()).unwrap();
    let rules = document["rules"].as_array_mut().unwrap();
    rules.iter_mut().find(|rule| rule["id"] == "GP2.shouting").unwrap()["severity"] = json!("BLOCK");
    let propose = json!({ "document": document.to_string(), "note": "No shouting" });
    let forbidden = story.author.try_act("proposeHandbook", propose.clone(), "handbook { id }").await;
    assert_eq!(forbidden["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let proposed = story.coordinator.act("proposeHandbook", propose, "handbook { id state version }").await;
    assert_eq!(proposed["handbook"]["state"], "PROPOSED");
    let id = proposed["handbook"]["id"].clone();
    let looked = story.coordinator.ask(PROPOSALS, json!({ "from": current["id"], "to": id })).await;
    assert_eq!(looked["handbooks"]["nodes"][0]["proposedBy"]["name"], "Cora Ford");
    assert_eq!(looked["handbooks"]["nodes"][0]["basedOn"]["version"], 1);
    assert_eq!(looked["handbookChanges"].as_array().unwrap().len(), 1);
    assert_eq!(looked["handbookChanges"][0]["path"], "rules.GP2.shouting");
    let blocked = &looked["backTestHandbook"]["queued"]["newlyBlocked"];
    assert_eq!(blocked[0]["post"]["id"], json!(post));
    assert_eq!(blocked[0]["findings"][0]["layer"], "OFFICE");
    let activate = json!({ "handbookId": id, "expectedInForce": current["id"] });
    let fields = "handbook { state activatedBy { name } } rechecked held released more";
    let done = story.coordinator.act("activateHandbook", activate.clone(), fields).await;
    assert_eq!((&done["rechecked"], &done["held"], &done["more"]), (&json!(1), &json!(1), &json!(false)));
    let held = story.post_in(&post, "HELD").await;
    assert_eq!(held["hold"]["gates"][0]["kind"], "GUIDELINES");
    let again = story.coordinator.attempt("activateHandbook", activate, fields).await;
    assert_eq!(again["userErrors"][0]["code"], "ILLEGAL_STATE");
    let discard =
        story.coordinator.attempt("discardHandbook", json!({ "handbookId": id }), "handbook { id }").await;
    assert_eq!(discard["userErrors"][0]["code"], "ILLEGAL_STATE");
}
