//! The duty to blog: set, met, missed, paused, ended, through the public API with a clock that is moved.

use chrono::TimeDelta;
use office::queue::SendOutcome;
use serde_json::{Value, json};

use super::{codes, look, tasks};
use crate::queue::proof;
use crate::support::{
    client::Client,
    desk::Desk,
    engine::{Engine, engines},
    served::Served,
    story::Story,
};

const BLOGGING: &str = "blogging { standing due nextBy overdueSince lastPost { id } every { count unit } graceDays channel { handle } }";

/// An office with one blog, and the initiative's id.
async fn office(engine: &Engine) -> (Served, Value) {
    let served = Served::of(Desk::open(engine, 1).await).await;
    let manager = served.client("manager").await;
    let all = manager.ask("{ initiatives(first: 1) { nodes { id } } }", json!({})).await;
    let id = all["initiatives"]["nodes"][0]["id"].clone();
    (served, id)
}

async fn blog(client: &Client) -> Value {
    let all = client.ask("{ channels(first: 1) { nodes { id } } }", json!({})).await;
    all["channels"]["nodes"][0]["id"].clone()
}

/// Publishes a post on the blog, now.
async fn publish(desk: &Desk, words: &str) {
    let draft = desk.approved(words, &desk.channels[..1]).await;
    let post = desk.schedule_now(draft.id).await.remove(0);
    let ready = desk.claim_one(1).await;
    let outcome = SendOutcome::Delivered(proof(post.id));
    desk.settle(&ready, outcome).await;
}

#[tokio::test]
async fn an_overdue_post_is_the_managers_and_then_the_coordinators() {
    for engine in engines() {
        let (served, id) = office(&engine).await;
        let manager = served.client("manager").await;
        assert_eq!(tasks(&manager, "SET_BLOGGING_DUTY").await, ["Virtual visits"]);
        let set = json!({ "initiativeId": id, "channelId": blog(&manager).await, "every": { "weeks": 2 }, "graceDays": 5 });
        let fields = format!("initiative {{ {BLOGGING} }}");
        let duty =
            manager.act("setBloggingDuty", set.clone(), &fields).await["initiative"]["blogging"].clone();
        assert_eq!((&duty["standing"], &duty["nextBy"]), (&json!("ON_TIME"), &json!("2027-03-15")), "{duty}");
        assert_eq!(duty["every"], json!({ "count": 2, "unit": "WEEKS" }));
        assert_eq!(tasks(&manager, "SET_BLOGGING_DUTY").await, Vec::<Value>::new());
        let again = manager.act("setBloggingDuty", set, "initiative { blogging { id } }").await;
        assert_eq!(
            look(&manager, &id, "blogging { id }").await,
            again["initiative"],
            "the same again is the same duty"
        );
        publish(&served.desk, "We begin").await;
        served.desk.wait(TimeDelta::days(14));
        let manager = served.client("manager").await;
        let duty = look(&manager, &id, BLOGGING).await["blogging"].clone();
        assert_eq!(
            (&duty["due"], duty["lastPost"].is_object()),
            (&json!(false), true),
            "its last day is still in time"
        );
        served.desk.wait(TimeDelta::days(1));
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let duty = look(&manager, &id, BLOGGING).await["blogging"].clone();
        // The day after begins at midnight in Vancouver, in summer time by then.
        assert_eq!(duty["overdueSince"], "2027-03-16T07:00:00Z", "{duty}");
        assert_eq!(tasks(&manager, "BLOGGING_OVERDUE").await, ["Virtual visits"]);
        assert_eq!(tasks(&coordinator, "BLOGGING_OVERDUE").await, Vec::<Value>::new());
        served.desk.wait(TimeDelta::days(5));
        assert_eq!(tasks(&served.client("coordinator").await, "BLOGGING_OVERDUE").await, ["Virtual visits"]);
        let late = office::blogging::overdue(
            &served.desk.office,
            served.desk.manager.office_id,
            served.desk.office.now(),
        );
        let late = late.await.unwrap();
        assert!(
            late.len() == 1
                && late[0].escalated
                && Some(late[0].manager_id) == served.desk.manager.member_id()
        );
        publish(&served.desk, "We go on").await;
        assert_eq!(tasks(&served.client("manager").await, "BLOGGING_OVERDUE").await, Vec::<Value>::new());
        served.end().await;
    }
}

#[tokio::test]
async fn a_post_that_was_taken_back_does_not_count_and_a_pause_stops_the_clock() {
    for engine in engines() {
        let (served, id) = office(&engine).await;
        let manager = served.client("manager").await;
        let set = json!({ "initiativeId": id, "channelId": blog(&manager).await, "every": { "days": 10 } });
        manager.act("setBloggingDuty", set, "initiative { id }").await;
        served.desk.wait(TimeDelta::days(5));
        publish(&served.desk, "We begin").await;
        let next = look(&served.client("manager").await, &id, BLOGGING).await["blogging"]["nextBy"].clone();
        assert_eq!(next, "2027-03-16");
        let sql = "UPDATE post SET state = 'WITHDRAWN' WHERE state = 'PUBLISHED'";
        sea_orm::ConnectionTrait::execute_unprepared(&served.desk.database, sql).await.unwrap();
        let next = look(&served.client("manager").await, &id, BLOGGING).await["blogging"]["nextBy"].clone();
        assert_eq!(next, "2027-03-11", "counted from the first day again");
        let coordinator = served.client("coordinator").await;
        let pause = json!({ "scope": { "office": true }, "reason": "A storm" });
        let pause = coordinator.act("pausePublishing", pause, "pause { id }").await["pause"]["id"].clone();
        served.desk.wait(TimeDelta::days(30));
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        assert_eq!(look(&manager, &id, BLOGGING).await["blogging"]["standing"], "PAUSED");
        assert_eq!(tasks(&manager, "BLOGGING_OVERDUE").await, Vec::<Value>::new());
        coordinator.act("resumePublishing", json!({ "pauseId": pause }), "pause { id }").await;
        let duty = look(&manager, &id, BLOGGING).await["blogging"].clone();
        assert_eq!(duty["overdueSince"], "2027-04-05T17:00:00Z", "overdue since the pause ended: {duty}");
        served.end().await;
    }
}

#[tokio::test]
async fn a_duty_is_refused_excused_and_ended_with_its_initiative() {
    for engine in engines() {
        let (served, id) = office(&engine).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let set = |more: Value| {
            let mut input = json!({ "initiativeId": id });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        let channel = blog(&manager).await;
        let fields = "initiative { blogging { nextBy } }";
        for (more, code) in [
            (json!({ "channelId": id }), "NOT_FOUND"),
            (json!({ "channelId": channel, "every": { "weeks": 0 } }), "INVALID"),
            (json!({ "channelId": channel, "from": "2027-02-01" }), "INVALID"),
        ] {
            assert_eq!(codes(&manager.attempt("setBloggingDuty", set(more), fields).await), [code]);
        }
        let proposed = manager.act("setBloggingDuty", set(json!({ "channelId": channel })), fields).await;
        assert_eq!(
            proposed["initiative"]["blogging"]["nextBy"], "2027-03-29",
            "every four weeks, as the settings propose"
        );
        let end = json!({ "initiativeId": id, "reason": "It has no news of its own" });
        let denied = manager.try_act("endBloggingDuty", end.clone(), fields).await;
        assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN", "only a coordinator excuses");
        let ended = coordinator.act("endBloggingDuty", end.clone(), fields).await;
        assert_eq!(ended["initiative"]["blogging"], Value::Null);
        assert_eq!(
            tasks(&manager, "SET_BLOGGING_DUTY").await,
            Vec::<Value>::new(),
            "who is excused is not asked"
        );
        assert_eq!(codes(&coordinator.attempt("endBloggingDuty", end, fields).await), ["ILLEGAL_STATE"]);
        manager.act("setBloggingDuty", set(json!({ "channelId": channel })), fields).await;
        manager.act("closeInitiative", json!({ "initiativeId": id }), "initiative { state }").await;
        assert_eq!(
            look(&manager, &id, BLOGGING).await["blogging"],
            Value::Null,
            "it ends with the initiative"
        );
        served.end().await;
    }
}

#[tokio::test]
async fn a_blog_that_is_retired_leaves_its_initiative_without_one() {
    for engine in engines() {
        let (served, id) = office(&engine).await;
        let (manager, coordinator) = (served.client("manager").await, served.client("coordinator").await);
        let blog = blog(&manager).await;
        let set = json!({ "initiativeId": id, "channelId": blog, "every": { "days": 10 } });
        manager.act("setBloggingDuty", set, "initiative { id }").await;
        assert_eq!(tasks(&manager, "SET_BLOGGING_DUTY").await, Vec::<Value>::new());
        let draft = served.desk.approved("We answer.", &served.desk.channels[..1]).await;
        let author = served.client("author").await;
        let own = author.ask("{ drafts(first: 1) { nodes { id } } }", json!({})).await;
        let repeat = json!({ "draftId": own["drafts"]["nodes"][0]["id"],
            "repeats": { "weeks": { "weekdays": ["MONDAY"] } }, "startsOn": "2027-03-02", "ends": { "after": 3 },
            "localTime": "09:30" });
        let made = author.act("createRecurrence", repeat.clone(), "recurrence { id state }").await;
        assert_eq!(tasks(&coordinator, "APPROVE_RECURRENCE").await.len(), 1);
        let retire = json!({ "channelId": blog, "page": "KEPT_AS_ARCHIVE", "credentialRevoked": true });
        coordinator.act("retireChannel", retire, "channel { state }").await;
        assert_eq!(tasks(&manager, "SET_BLOGGING_DUTY").await, ["Virtual visits"], "it needs another blog");
        let state = "query R($id: ID!) { node(id: $id) { ... on Recurrence { state } } }";
        let ended =
            author.ask(state, json!({ "id": made["recurrence"]["id"] })).await["node"]["state"].clone();
        assert_eq!(ended, "ENDED", "nothing is repeated where nothing goes");
        assert_eq!(tasks(&coordinator, "APPROVE_RECURRENCE").await, Vec::<Value>::new());
        let refused = author.attempt("createRecurrence", repeat, "recurrence { id }").await;
        assert_eq!(codes(&refused), ["ILLEGAL_STATE"], "{refused} of {}", draft.id);
        served.end().await;
    }
}

#[tokio::test]
async fn nothing_begins_for_an_initiative_that_ends() {
    for engine in engines() {
        let (served, id) = office(&engine).await;
        let (author, coordinator) = (served.client("author").await, served.client("coordinator").await);
        served.desk.approved("We answer.", &served.desk.channels[..1]).await;
        let own = author.ask("{ drafts(first: 1) { nodes { id } } }", json!({})).await;
        let repeat = json!({ "draftId": own["drafts"]["nodes"][0]["id"],
            "repeats": { "weeks": { "weekdays": ["MONDAY"] } }, "startsOn": "2027-03-02", "ends": { "after": 3 },
            "localTime": "09:30" });
        author.act("createRecurrence", repeat, "recurrence { id }").await;
        let ask = |handle: &str| {
            let blog = blog(&author);
            let (handle, id, author) = (handle.to_owned(), id.clone(), author.clone());
            async move {
                let considered = blog.await;
                let url = format!("https://social.example/@{handle}");
                let mut wish = Story::wish("MASTODON", &handle, &url, &[considered.as_str().unwrap()]);
                wish["initiativeId"] = id;
                author.act("requestChannel", wish, "channel { id }").await["channel"]["id"].clone()
            }
        };
        let (asked, approved) = (ask("asked").await, ask("approved").await);
        coordinator.act("approveChannel", json!({ "channelId": approved }), "channel { state }").await;
        coordinator.act("closeInitiative", json!({ "initiativeId": id }), "initiative { state }").await;
        assert_eq!(tasks(&coordinator, "APPROVE_RECURRENCE").await, Vec::<Value>::new());
        for (mutation, channel, kind, act) in [
            ("approveChannel", asked, "DECIDE_CHANNEL", "declineChannel"),
            ("activateChannel", approved, "ACTIVATE_CHANNEL", "updateChannel"),
        ] {
            let refused =
                coordinator.attempt(mutation, json!({ "channelId": channel }), "channel { id }").await;
            assert_eq!(codes(&refused), ["ILLEGAL_STATE"], "{mutation}: {refused}");
            assert!(
                refused["userErrors"][0]["message"].as_str().unwrap().contains("Virtual visits"),
                "{refused}"
            );
            let task = "query T($kinds: [TaskKind!]) { tasks(first: 9, kinds: $kinds) { nodes { act } } }";
            let task = coordinator.ask(task, json!({ "kinds": [kind] })).await["tasks"]["nodes"].clone();
            assert_eq!(task, json!([{ "act": act }]), "{kind}");
        }
        let task = "{ tasks(first: 9, kinds: [COMPLETE_CLOSING]) { nodes { act reason } } }";
        let task = coordinator.ask(task, json!({})).await["tasks"]["nodes"][0].clone();
        assert_eq!(task["act"], "retireChannel", "{task}");
        assert!(task["reason"].as_str().unwrap().ends_with("handed on: approved, asked"), "{task}");
        served.end().await;
    }
}
