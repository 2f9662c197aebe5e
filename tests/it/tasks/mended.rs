//! Work that would be nobody's has somebody whose task it is, and nobody has a task that they cannot settle.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::{one, waiting};
use crate::support::{
    client::Client,
    desk::Desk,
    engine::{Engine, engines},
    served::Served,
    story::{Story, content},
};

/// How many tasks of a kind wait for somebody.
async fn count(client: &Client, kind: &str) -> usize {
    waiting(client, json!({ "kinds": [kind] })).await.len()
}

fn reason(task: &Value) -> &str {
    task["reason"].as_str().unwrap()
}

/// What a query of this form finds first.
async fn first(client: &Client, list: &str, fields: &str) -> Value {
    let asked = client.ask(&format!("{{ {list}(first: 1) {{ nodes {{ {fields} }} }} }}"), json!({})).await;
    asked[list]["nodes"][0].clone()
}

async fn id_of(client: &Client) -> Value {
    client.ask("{ viewer { member { id } } }", json!({})).await["viewer"]["member"]["id"].clone()
}

async fn add(served: &Served, name: &str, roles: &[&str]) -> (Client, Value) {
    let input = json!({
        "email": format!("{name}@example.org"), "name": name, "roles": roles, "password": "correct horse battery",
    });
    let made = served.client("ada").await.act("createMember", input, "member { id }").await;
    let client = served.client(name).await;
    let handbook = client.ask("{ handbook { id } }", json!({})).await["handbook"]["id"].clone();
    client.act("acknowledgeHandbook", json!({ "handbookId": handbook }), "acknowledgedAt").await;
    (client, made["member"]["id"].clone())
}

#[tokio::test]
async fn an_initiative_whose_manager_lost_the_role_waits_for_another() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (coordinator, ada) = (served.client("coordinator").await, served.client("ada").await);
        let manager = id_of(&served.client("manager").await).await;
        assert_eq!(count(&coordinator, "TAKE_OVER_INITIATIVE").await, 0);
        served.desk.wait(TimeDelta::minutes(5));
        let roles = async |roles: &[&str]| {
            let version = "query V($id: ID!) { node(id: $id) { ... on Member { version } } }";
            let version = ada.ask(version, json!({ "id": manager })).await["node"]["version"].clone();
            let edit = json!({ "memberId": manager, "expectedVersion": version, "roles": roles });
            ada.act("updateMember", edit, "member { roles }").await;
        };
        roles(&["MEMBER"]).await;
        let task = one(&coordinator, "TAKE_OVER_INITIATIVE").await;
        assert_eq!((&task["title"], &task["act"]), (&json!("Virtual visits"), &json!("updateInitiative")));
        assert!(reason(&task).contains("manager is no project manager any more"), "{task}");
        let since: chrono::DateTime<chrono::Utc> = task["since"].as_str().unwrap().parse().unwrap();
        assert_eq!(since.to_rfc3339(), "2027-03-01T17:05:00+00:00", "since the role was lost");
        roles(&["COORDINATOR"]).await;
        assert_eq!(count(&coordinator, "TAKE_OVER_INITIATIVE").await, 0, "a coordinator may manage one");
        served.end().await;
    }
}

#[tokio::test]
async fn an_initiative_past_its_last_day_is_closed_and_then_completed() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        served.desk.approved("We answer.", &served.desk.channels[..1]).await;
        let author = served.client("author").await;
        let approved = first(&author, "drafts", "id").await["id"].clone();
        let repeat = json!({ "draftId": approved, "repeats": { "weeks": { "weekdays": ["MONDAY"] } },
            "startsOn": "2027-03-02", "ends": { "after": 3 }, "localTime": "09:30" });
        let repeat = author.act("createRecurrence", repeat, "recurrence { id }").await["recurrence"].clone();
        let coordinator = served.client("coordinator").await;
        let initiative = first(&coordinator, "initiatives", "id version").await;
        let today = json!({ "initiativeId": initiative["id"], "expectedVersion": initiative["version"], "endsOn": "2027-03-01" });
        coordinator.act("updateInitiative", today, "initiative { endsOn }").await;
        assert_eq!(count(&coordinator, "CLOSE_INITIATIVE").await, 0, "its last day is its own");
        served.desk.wait(TimeDelta::days(1));
        let (coordinator, manager) = (served.client("coordinator").await, served.client("manager").await);
        for who in [&coordinator, &manager] {
            let task = one(who, "CLOSE_INITIATIVE").await;
            assert_eq!((&task["act"], &task["clause"]), (&json!("closeInitiative"), &json!("IC3")), "{task}");
            assert!(reason(&task).ends_with("it was to end on 2027-03-01"), "{task}");
            assert_eq!(count(who, "APPROVE_RECURRENCE").await, 1);
        }
        assert_eq!(count(&served.client("author").await, "CLOSE_INITIATIVE").await, 0);
        let id = json!({ "initiativeId": initiative["id"] });
        manager.act("closeInitiative", id, "initiative { state }").await;
        assert_eq!(count(&manager, "CLOSE_INITIATIVE").await, 0);
        assert_eq!(count(&manager, "COMPLETE_CLOSING").await, 0, "only coordinators may complete it");
        assert_eq!(one(&coordinator, "COMPLETE_CLOSING").await["act"], "completeClosing");
        served.desk.wait(TimeDelta::days(14) + TimeDelta::seconds(1));
        let coordinator = served.client("coordinator").await;
        assert_eq!(one(&coordinator, "COMPLETE_CLOSING").await["overdue"], true, "limits.task_care_days");
        let results = json!([{ "goal": "More visits by video", "result": "Twice as many" }]);
        let complete = json!({ "initiativeId": initiative["id"], "results": results });
        coordinator.act("completeClosing", complete, "initiative { state }").await;
        assert_eq!(count(&coordinator, "COMPLETE_CLOSING").await, 0);
        let state = "query R($id: ID!) { node(id: $id) { ... on Recurrence { state } } }";
        let ended = coordinator.ask(state, json!({ "id": repeat["id"] })).await["node"]["state"].clone();
        assert_eq!(ended, "ENDED", "it ends with its initiative");
        assert_eq!(count(&coordinator, "APPROVE_RECURRENCE").await, 0);
        served.end().await;
    }
}

#[tokio::test]
async fn of_an_initiative_that_is_over_no_draft_waits() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (author, manager) = (served.client("author").await, served.client("manager").await);
        let coordinator = served.client("coordinator").await;
        let channel = first(&author, "channels", "id").await["id"].clone();
        let announce =
            json!({ "name": "Night clinic", "purpose": "Tell of the night clinic", "audience": "Patients" });
        let create = json!({ "announce": announce, "content": content("We open at night.", &[channel.as_str().unwrap()]) });
        let made = author.act("createDraft", create, "draft { id version initiative { id } }").await["draft"]
            .clone();
        let task = one(&author, "COMPLETE_ANNOUNCEMENT").await;
        assert!(reason(&task).contains("who runs it, how it is staffed, who takes over"), "{task}");
        assert!(!reason(&task).contains("whom it is for"), "it says that: {task}");
        let decide = one(&coordinator, "DECIDE_INITIATIVE").await;
        assert_eq!(decide["act"], "askAboutInitiative", "it cannot be acknowledged yet: {decide}");
        assert!(reason(&decide).contains("who takes over"), "{decide}");
        let submit = json!({ "draftId": made["id"], "expectedVersion": made["version"] });
        author.act("submitDraft", submit, "draft { state }").await;
        assert_eq!(count(&manager, "REVIEW_DRAFT").await, 1);
        let leaves = json!({ "memberId": id_of(&author).await });
        served.client("ada").await.act("departMember", leaves, "member { state }").await;
        assert_eq!(count(&coordinator, "REASSIGN_DRAFT").await, 1);
        let decline = json!({ "initiativeId": made["initiative"]["id"], "reason": "The clinic does this" });
        coordinator.act("declineInitiative", decline, "initiative { state }").await;
        for who in [&coordinator, &manager] {
            assert_eq!(count(who, "REVIEW_DRAFT").await, 0);
            assert_eq!(count(who, "REASSIGN_DRAFT").await, 0);
        }
        let steps = json!([{ "rule": "ANY", "roles": ["COORDINATOR"] }]);
        let policy =
            json!({ "scope": { "initiativeId": made["initiative"]["id"] }, "name": "Late", "steps": steps });
        let refused = coordinator.attempt("setReviewPolicy", policy, "policy { id }").await;
        assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE", "{refused}");
        served.end().await;
    }
}

#[tokio::test]
async fn an_approved_channel_waits_until_it_is_in_use() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (author, coordinator) = (served.client("author").await, served.client("coordinator").await);
        let feed = first(&author, "channels", "id").await["id"].clone();
        let mut wish =
            Story::wish("MASTODON", "press", "https://social.example/@press", &[feed.as_str().unwrap()]);
        wish["contact"] = Value::Null;
        let asked = author.act("requestChannel", wish, "channel { id }").await["channel"]["id"].clone();
        assert_eq!(one(&coordinator, "DECIDE_CHANNEL").await["title"], "press (MASTODON press)");
        coordinator.act("approveChannel", json!({ "channelId": asked }), "channel { state }").await;
        let task = one(&coordinator, "ACTIVATE_CHANNEL").await;
        assert_eq!((&task["act"], &task["clause"]), (&json!("addSteward"), &json!("IC2")), "{task}");
        assert!(reason(&task).contains("it has no credential: connect it"), "{task}");
        assert_eq!(count(&author, "ACTIVATE_CHANNEL").await, 0, "nobody looks after it yet");
        for name in ["author", "manager"] {
            let steward = json!({ "channelId": asked, "memberId": id_of(&served.client(name).await).await });
            coordinator.act("addSteward", steward, "steward { id }").await;
        }
        assert_eq!(
            one(&author, "ACTIVATE_CHANNEL").await["act"],
            "updateChannel",
            "a steward may say the contact"
        );
        let version = "query V($id: ID!) { node(id: $id) { ... on Channel { version } } }";
        let version = author.ask(version, json!({ "id": asked })).await["node"]["version"].clone();
        let edit = json!({ "channelId": asked, "expectedVersion": version, "contact": "press@example.org" });
        author.act("updateChannel", edit, "channel { id }").await;
        assert_eq!(count(&author, "ACTIVATE_CHANNEL").await, 0, "the rest is not a steward's to do");
        assert_eq!(one(&coordinator, "ACTIVATE_CHANNEL").await["act"], "connectChannel");
        served.end().await;
    }
}

#[tokio::test]
async fn a_channel_that_lacks_nothing_is_activated() {
    let served = Served::of(Desk::open(&Engine::Sqlite, 1).await).await;
    let coordinator = served.client("coordinator").await;
    let sql = "UPDATE channel SET state = 'APPROVED'";
    served.desk.database.execute_unprepared(sql).await.unwrap();
    let task = one(&coordinator, "ACTIVATE_CHANNEL").await;
    assert_eq!(task["act"], "activateChannel", "{task}");
    let channel = first(&coordinator, "channels", "id").await["id"].clone();
    coordinator.act("activateChannel", json!({ "channelId": channel }), "channel { state }").await;
    assert_eq!(count(&coordinator, "ACTIVATE_CHANNEL").await, 0);
    served.end().await;
}

#[tokio::test]
async fn a_review_policy_that_nobody_can_follow_is_mended() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (coordinator, ada) = (served.client("coordinator").await, served.client("ada").await);
        let (_, lena) = add(&served, "lena", &["MEMBER"]).await;
        let steps =
            json!([{ "rule": "ANY", "roles": ["COORDINATOR"] }, { "rule": "ANY", "memberIds": [lena] }]);
        let policy =
            |steps: &Value| json!({ "scope": { "office": true }, "name": "The law", "steps": steps });
        let set = coordinator.act("setReviewPolicy", policy(&steps), "policy { id }").await;
        assert_eq!(count(&coordinator, "MEND_REVIEW_POLICY").await, 0);
        served.desk.wait(TimeDelta::minutes(5));
        ada.act("departMember", json!({ "memberId": lena }), "member { state }").await;
        let task = one(&coordinator, "MEND_REVIEW_POLICY").await;
        assert_eq!((&task["title"], &task["act"]), (&json!("The law"), &json!("setReviewPolicy")));
        assert!(reason(&task).ends_with(": step 2"), "{task}");
        assert!(task["since"].as_str().unwrap().starts_with("2027-03-01T17:05:00"), "since she left: {task}");
        let subject = "{ tasks(first: 9, kinds: [MEND_REVIEW_POLICY]) { nodes { subject { id } } } }";
        let subject = coordinator.ask(subject, json!({})).await["tasks"]["nodes"][0]["subject"].clone();
        assert_eq!(subject["id"], set["policy"]["id"]);
        assert_eq!(count(&served.client("manager").await, "MEND_REVIEW_POLICY").await, 0);
        let mended = json!([{ "rule": "ANY", "roles": ["COORDINATOR"] }]);
        coordinator.act("setReviewPolicy", policy(&mended), "policy { id }").await;
        assert_eq!(count(&coordinator, "MEND_REVIEW_POLICY").await, 0);
        served.end().await;
    }
}

#[tokio::test]
async fn a_question_about_the_deputys_own_words_stays_with_the_adviser() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (author, manager) = (served.client("author").await, served.client("manager").await);
        let (deputy, deputy_id) = add(&served, "deputy", &["PROJECT_MANAGER"]).await;
        let channel = first(&author, "channels", "id").await["id"].clone();
        let initiative = first(&author, "initiatives", "id").await["id"].clone();
        let words = content("The clinic opens.", &[channel.as_str().unwrap()]);
        let create = json!({ "initiativeId": initiative, "content": words });
        let draft = deputy.act("createDraft", create, "draft { id version }").await["draft"].clone();
        let submit = json!({ "draftId": draft["id"], "expectedVersion": draft["version"] });
        deputy.act("submitDraft", submit, "draft { state }").await;
        let ask =
            json!({ "draftId": draft["id"], "adviserId": id_of(&manager).await, "question": "May we?" });
        author.act("seekAdvice", ask, "review { id }").await;
        let away = json!({ "deputyId": deputy_id, "startsOn": "2027-03-01", "endsOn": "2027-03-01" });
        manager.act("delegateTasks", away, "delegation { id }").await;
        assert_eq!(count(&deputy, "GIVE_ADVICE").await, 0, "they may not answer it");
        let stays = "{ tasks(first: 9, kinds: [GIVE_ADVICE]) { nodes { deputy { name } } } }";
        let stays = manager.ask(stays, json!({})).await["tasks"]["nodes"].clone();
        assert_eq!(stays, json!([{ "deputy": null }]));
        served.end().await;
    }
}

#[tokio::test]
async fn who_can_still_enter_a_retired_account_is_never_somebody_who_left() {
    for engine in engines() {
        let served = Served::of(Desk::open(&engine, 1).await).await;
        let (coordinator, ada) = (served.client("coordinator").await, served.client("ada").await);
        let manager = id_of(&served.client("manager").await).await;
        let channel = first(&coordinator, "channels", "id").await["id"].clone();
        let keeper = json!({ "channelId": channel, "credentialKeeperId": manager });
        let early = coordinator.attempt("nameCredentialKeeper", keeper, "__typename").await;
        assert_eq!(early["userErrors"][0]["code"], "ILLEGAL_STATE", "it is not retired");
        let retire =
            json!({ "channelId": channel, "page": "KEPT_AS_ARCHIVE", "credentialKeeperId": manager });
        coordinator.act("retireChannel", retire, "channel { state }").await;
        assert_eq!(count(&coordinator, "KEEP_CREDENTIAL").await, 0);
        ada.act("departMember", json!({ "memberId": manager }), "member { state }").await;
        let task = one(&coordinator, "KEEP_CREDENTIAL").await;
        assert_eq!(task["act"], "nameCredentialKeeper", "{task}");
        let name = |more: Value| {
            let mut input = json!({ "channelId": channel });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        for (more, code) in [(json!({}), "REQUIRED"), (json!({ "credentialKeeperId": manager }), "NOT_FOUND")]
        {
            let refused = coordinator.attempt("nameCredentialKeeper", name(more), "__typename").await;
            assert_eq!(refused["userErrors"][0]["code"], code);
        }
        let own = name(json!({ "credentialKeeperId": id_of(&coordinator).await }));
        let fields = "channel { retirement { credentialKeeper { name } } }";
        let named = coordinator.act("nameCredentialKeeper", own, fields).await;
        assert_eq!(named["channel"]["retirement"]["credentialKeeper"]["name"], "coordinator");
        assert_eq!(count(&coordinator, "KEEP_CREDENTIAL").await, 0);
        let revoked = name(json!({ "credentialRevoked": true }));
        let named = coordinator.act("nameCredentialKeeper", revoked, fields).await;
        assert_eq!(named["channel"]["retirement"]["credentialKeeper"], Value::Null);
        served.end().await;
    }
}
