//! Standing in: a deputy sees what waits for somebody who is away and may do what is theirs alone, for just those days.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{client::Client, desk::Desk, engine::engines, served::Served};

const TASKS: &str =
    "{ tasks(first: 100) { nodes { kind title member { name } deputy { name } escalatesAt dueAt } } }";

/// What waits for somebody: the kind, and whose it is.
async fn waiting(client: &Client) -> Vec<(String, String)> {
    let nodes = client.ask(TASKS, json!({})).await["tasks"]["nodes"].clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    nodes
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (text(&node["kind"]), text(&node["member"]["name"])))
        .collect()
}

async fn add(served: &Served, name: &str, role: &str) -> (Client, String) {
    let input = json!({
        "email": format!("{name}@example.org"), "name": name, "roles": [role], "password": "correct horse battery",
    });
    let made = served.client("ada").await.act("createMember", input, "member { id }").await;
    (served.client(name).await, made["member"]["id"].as_str().unwrap().to_owned())
}

async fn id_of(client: &Client) -> String {
    client.ask("{ viewer { member { id } } }", json!({})).await["viewer"]["member"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn refused(client: &Client, mutation: &str, input: Value) -> (String, String) {
    let payload = client.attempt(mutation, input, "__typename").await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&payload["userErrors"][0]["code"]), text(&payload["userErrors"][0]["message"]))
}

fn proposal() -> Value {
    json!({
        "name": "Quiet nights", "purpose": "Help parents sleep", "audience": "Parents of newborns",
        "runBy": "The maternity team", "staffing": "One person", "successor": "The midwives",
        "startsOn": "2027-03-01",
    })
}

#[tokio::test]
async fn a_deputy_does_what_is_anothers_alone_for_just_those_days() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let manager = served.client("manager").await;
        let (deputy, deputy_id) = add(&served, "deputy", "PROJECT_MANAGER").await;
        let made = manager.act("proposeInitiative", proposal(), "initiative { id version }").await;
        let plan = |client: Client, text: &'static str| {
            let id = made["initiative"]["id"].clone();
            async move {
                let input = json!({ "initiativeId": id, "audiences": [text], "stakeholders": [],
                    "keyMessages": [], "shareable": [], "notShareable": [], "goals": [] });
                client.attempt("writePlan", input, "__typename").await["userErrors"][0]["code"].clone()
            }
        };
        assert_eq!(plan(deputy.clone(), "Before").await, "NOT_RESPONSIBLE");
        let theirs = ("COMPLETE_PLAN".to_owned(), "manager".to_owned());
        assert!(!waiting(&deputy).await.contains(&theirs));
        let away = json!({ "deputyId": deputy_id, "startsOn": "2027-03-02", "endsOn": "2027-03-03", "note": "Ask Bo" });
        let named = manager.act("delegateTasks", away, "delegation { id holdsNow timeZone note }").await;
        assert_eq!(named["delegation"]["holdsNow"], false, "it begins tomorrow");
        assert_eq!(plan(deputy.clone(), "The day before").await, "NOT_RESPONSIBLE");
        served.desk.wait(TimeDelta::days(1));
        let (deputy, manager) = (served.client("deputy").await, served.client("manager").await);
        assert!(waiting(&deputy).await.contains(&theirs), "{:?}", waiting(&deputy).await);
        let handbook = ("ACKNOWLEDGE_HANDBOOK".to_owned(), "manager".to_owned());
        assert!(!waiting(&deputy).await.contains(&handbook), "nobody reads for another");
        let told = manager.ask(TASKS, json!({})).await["tasks"]["nodes"][0].clone();
        assert_eq!(told["deputy"]["name"], "deputy", "whose it is still sees it: {told}");
        assert_eq!(plan(deputy.clone(), "In their stead").await, Value::Null);
        served.desk.wait(TimeDelta::days(2));
        let deputy = served.client("deputy").await;
        assert!(!waiting(&deputy).await.contains(&theirs));
        assert_eq!(plan(deputy.clone(), "After").await, "NOT_RESPONSIBLE");
        served.end().await;
    }
}

#[tokio::test]
async fn advice_that_a_deputy_gives_says_who_gave_it() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let desk = &served.desk;
        let (manager, author) = (served.client("manager").await, served.client("author").await);
        let (deputy, deputy_id) = add(&served, "deputy", "PROJECT_MANAGER").await;
        let create = crate::support::desk::content("The clinic opens.", &desk.channels[..1]);
        let create =
            office::drafts::CreateDraft { client_key: None, initiative_id: desk.initiative, content: create };
        let permit = crate::support::desk::permit(&desk.author);
        office::drafts::create(&desk.office, &permit, create).await.unwrap();
        let draft = author.ask("{ drafts(first: 1) { nodes { id version } } }", json!({})).await;
        let draft = draft["drafts"]["nodes"][0].clone();
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        author.act("submitDraft", submit, "draft { state }").await;
        let ask = json!({ "draftId": draft["id"], "adviserId": id_of(&manager).await, "question": "May we say so?" });
        let asked = author.act("seekAdvice", ask, "review { id answeredBy { name } }").await;
        let answer = json!({ "reviewId": asked["review"]["id"], "answer": "Yes." });
        assert_eq!(refused(&deputy, "giveAdvice", answer.clone()).await.0, "NOT_RESPONSIBLE");
        let away = json!({ "deputyId": deputy_id, "startsOn": "2027-03-01", "endsOn": "2027-03-01" });
        manager.act("delegateTasks", away, "delegation { id }").await;
        assert!(waiting(&deputy).await.contains(&("GIVE_ADVICE".to_owned(), "manager".to_owned())));
        let given = deputy.act("giveAdvice", answer, "review { adviser { name } answeredBy { name } }").await;
        assert_eq!(given["review"]["adviser"]["name"], "manager");
        assert_eq!(given["review"]["answeredBy"]["name"], "deputy");
        let again =
            json!({ "draftId": draft["id"], "adviserId": id_of(&manager).await, "question": "And now?" });
        let doubt = deputy.act("seekAdvice", again, "review { id }").await;
        let own = json!({ "reviewId": doubt["review"]["id"], "answer": "Yes, say I." });
        assert_eq!(
            refused(&deputy, "giveAdvice", own).await.0,
            "OWN_WORDS",
            "nobody answers their own doubt"
        );
        served.end().await;
    }
}

#[tokio::test]
async fn no_deputy_is_away_too_and_none_lacks_what_the_tasks_need() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (manager, author) = (served.client("manager").await, served.client("author").await);
        let (deputy, deputy_id) = add(&served, "deputy", "PROJECT_MANAGER").await;
        let (third, third_id) = add(&served, "third", "PROJECT_MANAGER").await;
        let (manager_id, author_id) = (id_of(&manager).await, id_of(&author).await);
        let to = |deputy: &str, from: &str, until: &str| json!({ "deputyId": deputy, "startsOn": from, "endsOn": until });
        let (code, message) =
            refused(&manager, "delegateTasks", to(&author_id, "2027-03-02", "2027-03-05")).await;
        assert_eq!(code, "INVALID");
        assert!(message.contains("PROJECT_MANAGER"), "{message}");
        for (deputy, from, until) in [
            (&manager_id, "2027-03-02", "2027-03-05"),
            (&deputy_id, "2027-02-28", "2027-03-05"),
            (&deputy_id, "2027-03-05", "2027-03-02"),
            (&deputy_id, "2027-03-02", "2028-09-01"),
            (&deputy_id, "2029-03-02", "2029-03-03"),
        ] {
            let input = to(deputy, from, until);
            assert_eq!(refused(&manager, "delegateTasks", input).await.0, "INVALID", "{from} {until}");
        }
        let week = to(&deputy_id, "2027-03-02", "2027-03-08");
        let named = manager.act("delegateTasks", week.clone(), "delegation { id }").await;
        let (code, message) =
            refused(&manager, "delegateTasks", to(&third_id, "2027-03-08", "2027-03-09")).await;
        assert_eq!((code.as_str(), message.contains("2027-03-08")), ("TAKEN", true), "{message}");
        assert_eq!(
            refused(&third, "delegateTasks", to(&manager_id, "2027-03-01", "2027-03-02")).await.0,
            "TAKEN"
        );
        assert_eq!(
            refused(&deputy, "delegateTasks", to(&third_id, "2027-03-04", "2027-03-04")).await.0,
            "TAKEN"
        );
        deputy.act("delegateTasks", to(&third_id, "2027-03-09", "2027-03-10"), "delegation { id }").await;
        let mut others = to(&third_id, "2027-03-20", "2027-03-21");
        others["memberId"] = json!(manager_id);
        assert_eq!(refused(&third, "delegateTasks", others.clone()).await.0, "NOT_RESPONSIBLE");
        served.client("coordinator").await.act("delegateTasks", others, "delegation { id }").await;
        let end = json!({ "delegationId": named["delegation"]["id"] });
        assert_eq!(refused(&author, "endDelegation", end.clone()).await.0, "NOT_RESPONSIBLE");
        deputy.act("endDelegation", end.clone(), "delegation { endedBy { name } }").await;
        assert_eq!(refused(&deputy, "endDelegation", end).await.0, "ILLEGAL_STATE");
        let list = "{ delegations(first: 10) { nodes { deputy { name } member { name } } } }";
        let standing = manager.ask(list, json!({})).await["delegations"]["nodes"].as_array().unwrap().len();
        assert_eq!(standing, 2);
        let ahead =
            "query P($id: ID!) { departurePreview(memberId: $id) { delegations { deputy { name } } } }";
        let ahead = served.client("ada").await.ask(ahead, json!({ "id": third_id })).await;
        let took = json!({ "deputy": { "name": "third" } });
        assert_eq!(ahead["departurePreview"]["delegations"], json!([took.clone(), took]));
        let leave = json!({ "memberId": third_id });
        served.client("ada").await.act("departMember", leave, "member { state }").await;
        let left = manager.ask(list, json!({})).await["delegations"]["nodes"].clone();
        assert_eq!(left, json!([]), "what a leaver had taken on goes back");
        served.end().await;
    }
}

#[tokio::test]
async fn only_who_oversees_sees_anothers_tasks() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (manager, author) = (served.client("manager").await, served.client("author").await);
        let document = "query T($id: ID) { tasks(first: 10, memberId: $id) { nodes { member { name } } } }";
        let of = json!({ "id": id_of(&manager).await });
        let hidden = author.answer(document, of.clone()).await;
        assert_eq!(hidden["errors"][0]["extensions"]["code"], "FORBIDDEN");
        for name in ["coordinator", "ada"] {
            let seen = served.client(name).await.ask(document, of.clone()).await["tasks"]["nodes"].clone();
            let seen = seen.as_array().unwrap().clone();
            assert!(
                !seen.is_empty() && seen.iter().all(|node| node["member"]["name"] == "manager"),
                "{seen:?}"
            );
        }
        served.end().await;
    }
}
