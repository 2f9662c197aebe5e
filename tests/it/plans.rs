//! Communications plans: written part by part, completed, approved, measured, looked at again, through the public API.

mod blogging;
mod coverage;
mod embargo;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served};

/// The codes of a refusal.
fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
}

/// The tasks of one kind, as their titles.
async fn tasks(client: &Client, kind: &str) -> Vec<Value> {
    let document = "query T($kinds: [TaskKind!]) { tasks(first: 50, kinds: $kinds) { nodes { title } } }";
    let waiting = client.ask(document, json!({ "kinds": [kind] })).await;
    let nodes = waiting["tasks"]["nodes"].as_array().unwrap();
    nodes.iter().map(|task| task["title"].clone()).collect()
}

async fn proposed(manager: &Client, coordinator: &Client) -> Value {
    let propose = json!({
        "name": "Quiet nights", "purpose": "Help parents sleep", "audience": "Parents of newborns",
        "runBy": "The maternity team", "staffing": "One person, an hour a week", "successor": "The midwives",
        "startsOn": "2027-03-01",
    });
    let payload = manager.act("proposeInitiative", propose, "initiative { id }").await;
    let id = payload["initiative"]["id"].clone();
    coordinator.act("acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { state }").await;
    id
}

async fn look(client: &Client, initiative: &Value, fields: &str) -> Value {
    let document = format!("query I($id: ID!) {{ node(id: $id) {{ ... on Initiative {{ {fields} }} }} }}");
    client.ask(&document, json!({ "id": initiative })).await["node"].clone()
}

/// What is missing, part by part.
fn missing(completeness: &Value) -> Vec<(&str, Vec<&str>)> {
    let items = completeness["items"].as_array().unwrap().iter();
    let missing = |item: &'_ Value| item["missing"].as_array().unwrap().len();
    items
        .filter(|item| missing(item) > 0)
        .map(|item| {
            let words = item["missing"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
            (item["part"].as_str().unwrap(), words.collect())
        })
        .collect()
}

const COMPLETENESS: &str = "completeness { complete items { part complete missing clause } }";

fn whole(initiative: &Value) -> Value {
    json!({
        "initiativeId": initiative, "audiences": ["Parents"], "stakeholders": ["Midwives"], "partners": ["The library"],
        "keyMessages": [{ "text": "Sleep is health" }, { "text": "Nobody is alone at night" }],
        "shareable": [{ "topic": "How to join" }, { "topic": "the summer camp", "from": "2027-06-01T16:00:00Z" }],
        "goals": [{ "goal": "Parents call", "measure": "Calls a month", "unit": "calls", "baseline": 10, "target": 30,
                    "dueOn": "2027-12-31" }],
    })
}

#[tokio::test]
async fn a_plan_is_completed_part_by_part_and_only_then_approved() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 0).await).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let initiative = proposed(&manager, &coordinator).await;
        let lacks = look(&manager, &initiative, "planCompleteness { complete items { part missing } }").await;
        assert_eq!(missing(&lacks["planCompleteness"]).len(), 5, "without a plan every part is missing");
        assert_eq!(tasks(&manager, "COMPLETE_PLAN").await, ["Quiet nights"]);
        let part = json!({
            "initiativeId": initiative, "audiences": ["Parents"], "goals": [{ "goal": "Parents call" }],
            "keyMessages": [{ "text": "Sleep is health" }],
        });
        let fields = format!("plan {{ id {COMPLETENESS} keyMessages {{ id text }} }}");
        let plan = manager.act("writePlan", part, &fields).await["plan"].clone();
        let gaps = missing(&plan["completeness"]).into_iter().map(|(part, words)| (part, words.len()));
        assert_eq!(gaps.collect::<Vec<_>>(), [("STAKEHOLDERS", 1), ("TOPICS", 1), ("GOALS", 3)]);
        assert_eq!(
            tasks(&coordinator, "APPROVE_PLAN").await,
            Vec::<Value>::new(),
            "there is nothing to approve yet"
        );
        let document = "mutation A($input: ApprovePlanInput!) { approvePlan(input: $input) { userErrors { code planParts message } } }";
        let refused = coordinator.ask(document, json!({ "input": { "planId": plan["id"] } })).await;
        let error = &refused["approvePlan"]["userErrors"][0];
        assert_eq!(error["code"], "INCOMPLETE");
        assert_eq!(error["planParts"], json!(["STAKEHOLDERS", "TOPICS", "GOALS"]));
        assert!(error["message"].as_str().unwrap().contains("the day by which"), "{error}");
        let message = plan["keyMessages"][0].clone();
        let plan = manager.act("writePlan", whole(&initiative), &fields).await["plan"].clone();
        assert_eq!(plan["completeness"]["complete"], true);
        assert_eq!(plan["keyMessages"][0], message, "the same words are the same message");
        assert_eq!(tasks(&coordinator, "APPROVE_PLAN").await, ["Quiet nights"]);
        let approved = coordinator
            .act(
                "approvePlan",
                json!({ "planId": plan["id"] }),
                "plan { state reviewOn partners shareable { from } }",
            )
            .await;
        assert_eq!(approved["plan"]["reviewOn"], "2027-09-01", "six months, where the plan names no day");
        assert_eq!(tasks(&manager, "COMPLETE_PLAN").await, Vec::<Value>::new());
        served.end().await;
    }
}

#[tokio::test]
async fn a_message_keeps_its_id_when_its_words_change_and_drafts_name_it() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let served = Served::of(desk).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let author = served.client("author").await;
        let initiative = proposed(&manager, &coordinator).await;
        let fields = "plan { id keyMessages { id text } goals { id } }";
        let first = manager.act("writePlan", whole(&initiative), fields).await["plan"].clone();
        coordinator.act("approvePlan", json!({ "planId": first["id"] }), "plan { state }").await;
        let id = first["keyMessages"][0]["id"].clone();
        let mut other = whole(&initiative);
        other["keyMessages"] = json!([{ "id": id, "text": "Sleep keeps families well" }]);
        other["goals"][0]["id"] = first["goals"][0]["id"].clone();
        other["goals"][0]["goal"] = json!("Parents call us");
        let second = manager.act("writePlan", other.clone(), fields).await["plan"].clone();
        assert_eq!(
            (&second["keyMessages"][0]["id"], &second["goals"][0]["id"]),
            (&id, &first["goals"][0]["id"])
        );
        // A version that nobody approved takes nothing over: the words belong to what is in force.
        other["keyMessages"] = json!([{ "id": id, "text": "Sleep is bad" }, { "text": "Sleep is health" }]);
        let dropped = manager.act("writePlan", other.clone(), fields).await["plan"].clone();
        assert_ne!(dropped["keyMessages"][1]["id"], id);
        let again = manager.act("writePlan", whole(&initiative), fields).await["plan"].clone();
        assert_eq!(again["keyMessages"][0]["id"], id, "the same words as in the plan in force");
        other["keyMessages"] = json!([{ "text": "Sleep is health" }, { "text": "sleep is  health " }]);
        assert_eq!(
            codes(&manager.attempt("writePlan", other.clone(), fields).await),
            ["INVALID"],
            "said twice"
        );
        other["keyMessages"] = json!([{ "id": first["goals"][0]["id"], "text": "No" }]);
        assert_eq!(codes(&manager.attempt("writePlan", other.clone(), fields).await), ["NOT_FOUND"]);
        other["keyMessages"] = json!([{ "id": id, "text": "One" }, { "id": id, "text": "Two" }]);
        assert_eq!(codes(&manager.attempt("writePlan", other, fields).await), ["INVALID"]);
        let draft = |message: Value| {
            let mut content = json!({ "title": "Rest", "text": "Rest well.", "capacity": "OFFICIAL" });
            content.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
            json!({ "initiativeId": initiative, "content": content })
        };
        let fields = "draft { revision { keyMessage keyMessageId } }";
        for named in [json!({ "keyMessageId": id }), json!({ "keyMessage": "Sleep is health" })] {
            let made = author.act("createDraft", draft(named), fields).await["draft"]["revision"].clone();
            assert_eq!(made["keyMessageId"], id, "by its id, or by words that it has had");
        }
        let unknown = author.act("createDraft", draft(json!({ "keyMessage": "Bicycles" })), fields).await;
        assert_eq!(unknown["draft"]["revision"], json!({ "keyMessage": "Bicycles", "keyMessageId": null }));
        let both = draft(json!({ "keyMessage": "Sleep is health", "keyMessageId": id }));
        assert_eq!(codes(&author.attempt("createDraft", both, fields).await), ["INVALID"]);
        served.end().await;
    }
}

#[tokio::test]
async fn a_goals_figures_tell_how_far_it_has_come() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 0).await).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let initiative = proposed(&manager, &coordinator).await;
        let plan =
            manager.act("writePlan", whole(&initiative), "plan { id goals { id } }").await["plan"].clone();
        coordinator.act("approvePlan", json!({ "planId": plan["id"] }), "plan { state }").await;
        let goal = &plan["goals"][0]["id"];
        let figure = |value: f64, on: &str| json!({ "initiativeId": initiative, "goalId": goal, "value": value, "measuredOn": on });
        let fields = "measurement { value source recordedBy { name } }";
        let ahead = manager.attempt("recordMeasurement", figure(12.0, "2027-03-02"), fields).await;
        assert_eq!(codes(&ahead), ["INVALID"], "no figure of a day to come");
        let unknown = json!({ "initiativeId": initiative, "goalId": plan["id"], "value": 1 });
        assert_eq!(codes(&manager.attempt("recordMeasurement", unknown, fields).await), ["NOT_FOUND"]);
        served.desk.wait(TimeDelta::days(153));
        let manager = served.client("manager").await;
        manager.act("recordMeasurement", figure(11.0, "2027-05-01"), fields).await;
        manager.act("recordMeasurement", figure(2000.0, "2027-07-30"), fields).await;
        let made = manager.act("recordMeasurement", figure(20.0, "2027-07-30"), fields).await;
        assert_eq!(made["measurement"]["source"], "MANUAL");
        let fields = "plan { goals { progress { standing share expected words last { value } } \
                      measurements(first: 2) { nodes { value } pageInfo { hasNextPage } } } }";
        let goals = look(&manager, &initiative, fields).await["plan"]["goals"].clone();
        let progress = &goals[0]["progress"];
        assert_eq!((&progress["standing"], &progress["share"]), (&json!("ON_TRACK"), &json!(0.5)), "{goals}");
        assert_eq!(progress["last"]["value"], 20.0, "the figure that was written last for the day counts");
        assert_eq!(goals[0]["measurements"]["nodes"], json!([{ "value": 20.0 }, { "value": 2000.0 }]));
        assert_eq!(goals[0]["measurements"]["pageInfo"]["hasNextPage"], true);
        served.end().await;
    }
}

#[tokio::test]
async fn a_plan_is_looked_at_again_when_its_day_comes() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 0).await).await;
        assert_eq!(tasks(&served.client("manager").await, "REVIEW_PLAN").await, Vec::<Value>::new());
        served.desk.wait(TimeDelta::days(184));
        assert_eq!(tasks(&served.client("manager").await, "REVIEW_PLAN").await, ["Virtual visits"]);
        let coordinator = served.client("coordinator").await;
        assert_eq!(
            tasks(&coordinator, "REVIEW_PLAN").await,
            Vec::<Value>::new(),
            "not yet the coordinator's"
        );
        served.desk.wait(TimeDelta::days(14));
        assert_eq!(tasks(&served.client("coordinator").await, "REVIEW_PLAN").await, ["Virtual visits"]);
        served.end().await;
    }
}
