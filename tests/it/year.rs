//! The story of one year, through the public API with a clock that is moved: an initiative is announced, planned, blogs,
//! changes its people, nearly orphans a channel, is warned, hands over, and closes. At each step the directory and the mail
//! that arrived at a real server are exactly what they should be.

use serde_json::{Value, json};

use crate::support::engine::engines;

mod cast;

use cast::Cast;

const NOTHING: [&str; 0] = [];

/// Announced on the first of March, asked about, and acknowledged on the eve of the day on which that is due.
async fn announce(cast: &mut Cast) -> Value {
    cast.on("2027-03-01").await;
    let proposal = json!({
        "name": "River watch", "purpose": "Tell people how clean the river is", "audience": "Families by the river",
        "runBy": "The water team", "staffing": "Two people", "successor": "The parks desk",
        "startsOn": "2027-03-01", "endsOn": "2027-12-31", "existingChannelsNote": "None yet",
    });
    let made = cast.act("manager", "proposeInitiative", proposal, "initiative { id unanswered }").await;
    assert_eq!(made["initiative"]["unanswered"], json!([]));
    let id = made["initiative"]["id"].clone();
    cast.mail(&[("coordinator", "New initiative: River watch")]).await;
    let question = json!({ "initiativeId": id, "question": "Who answers in July?" });
    let asked = cast.act("coordinator", "askAboutInitiative", question, "question { id }").await;
    cast.mail(&[("manager", "Question about an initiative: River watch")]).await;
    let answer = json!({ "questionId": asked["question"]["id"], "answer": "The parks desk does." });
    cast.act("manager", "answerInitiativeQuestion", answer, "question { id }").await;
    cast.mail(&[("coordinator", "Answer about an initiative: River watch")]).await;
    cast.on("2027-03-02").await;
    cast.mail(&[]).await;
    cast.on("2027-03-03").await;
    cast.mail(&[("coordinator", "1 task due by tomorrow")]).await;
    assert_eq!(cast.tasks("coordinator").await, ["DECIDE_INITIATIVE"]);
    cast.act("coordinator", "acknowledgeInitiative", json!({ "initiativeId": id }), "initiative { state }")
        .await;
    cast.mail(&[("manager", "Initiative acknowledged: River watch")]).await;
    id
}

/// Planned within the same week. Gives its goal.
async fn plan(cast: &mut Cast, initiative: &Value) -> Value {
    cast.on("2027-03-05").await;
    cast.mail(&[]).await;
    assert!(cast.tasks("manager").await.contains(&"COMPLETE_PLAN".to_owned()));
    let plan = json!({
        "initiativeId": initiative, "audiences": ["Families"], "stakeholders": ["The city"], "partners": ["The anglers"],
        "keyMessages": [{ "text": "The river is clean enough to swim" }], "shareable": [{ "topic": "Water tests" }],
        "notShareable": [{ "topic": "the dam study" }], "reviewOn": "2028-01-15",
        "goals": [{ "goal": "More swimmers", "measure": "Visitors a month", "target": 200, "dueOn": "2027-12-15" }],
    });
    let written = cast.act("manager", "writePlan", plan, "plan { id goals { id } }").await;
    assert_eq!(cast.tasks("coordinator").await, ["APPROVE_PLAN"]);
    cast.act("coordinator", "approvePlan", json!({ "planId": written["plan"]["id"] }), "plan { state }")
        .await;
    written["plan"]["goals"][0]["id"].clone()
}

/// The office's blog, and a channel of the initiative's own. Only what is active is in the directory.
async fn channels(cast: &mut Cast, initiative: &Value) -> (Value, Value) {
    let blog = cast.channel("blog", &Value::Null, &[]).await;
    let river = cast.channel("river", initiative, std::slice::from_ref(&blog)).await;
    assert_eq!(cast.directory().await, Vec::new());
    for id in [&blog, &river] {
        cast.act("coordinator", "approveChannel", json!({ "channelId": id }), "channel { state }").await;
        for member in ["author", "manager"] {
            let steward = json!({ "channelId": id, "memberId": cast.id(member) });
            cast.act("coordinator", "addSteward", steward, "steward { id }").await;
        }
    }
    cast.act("coordinator", "activateChannel", json!({ "channelId": blog }), "channel { state }").await;
    assert_eq!(cast.directory().await, [cast::listed("blog", "ACTIVE")]);
    cast.act("coordinator", "activateChannel", json!({ "channelId": river }), "channel { state }").await;
    assert_eq!(cast.directory().await, [cast::listed("blog", "ACTIVE"), cast::listed("river", "ACTIVE")]);
    assert_eq!(cast.verify("river").await, "OFFICIAL");
    cast.mail(&[]).await;
    (blog, river)
}

/// A duty to blog every four weeks: met, forgotten, reminded of, met.
async fn blog(cast: &mut Cast, initiative: &Value, blog: &Value) {
    let duty = json!({ "initiativeId": initiative, "channelId": blog, "graceDays": 14 });
    cast.act("manager", "setBloggingDuty", duty, "initiative { id }").await;
    cast.publish(initiative, blog, "The first water tests are in.").await;
    cast.on("2027-04-02").await;
    cast.mail(&[]).await;
    cast.on("2027-04-03").await;
    cast.mail(&[("manager", "1 task for you, 1 overdue")]).await;
    assert_eq!(cast.tasks("manager").await, ["BLOGGING_OVERDUE"]);
    cast.publish(initiative, blog, "Spring on the river: what the tests say.").await;
    assert_eq!(cast.tasks("manager").await, NOTHING);
    cast.on("2027-04-04").await;
    cast.mail(&[]).await;
    let ended = json!({ "initiativeId": initiative, "reason": "The blog tells of all rivers from now on" });
    cast.act("coordinator", "endBloggingDuty", ended, "initiative { id }").await;
}

/// Who managed it and looked after its channel leaves. What depended on them is somebody's task at once; nobody acts, and
/// those who could not are told.
async fn leave(cast: &mut Cast) {
    cast.on("2027-06-01").await;
    cast.mail(&[]).await;
    let preview = "query P($id: ID!) { departurePreview(memberId: $id) { channels { stewardsLeft tooFew } initiatives { name } } }";
    let seen =
        cast.ask("ada", preview, json!({ "id": cast.id("manager") })).await["departurePreview"].clone();
    assert_eq!(seen["initiatives"], json!([{ "name": "River watch" }]));
    assert_eq!(
        seen["channels"],
        json!([{ "stewardsLeft": 1, "tooFew": true }, { "stewardsLeft": 1, "tooFew": true }])
    );
    cast.act("ada", "departMember", json!({ "memberId": cast.id("manager") }), "member { state }").await;
    assert_eq!(
        cast.radar().await,
        ["blog FEW_STEWARDS STEWARD_DEPARTED", "river FEW_STEWARDS STEWARD_DEPARTED"]
    );
    assert_eq!(cast.directory().await, [cast::listed("blog", "ACTIVE"), cast::listed("river", "ACTIVE")]);
    let waiting = cast.tasks("coordinator").await;
    for kind in ["TAKE_OVER_INITIATIVE", "HAND_OVER_CHANNEL", "SECURE_CHANNEL"] {
        assert!(waiting.contains(&kind.to_owned()), "{kind}: {waiting:?}");
    }
    cast.on("2027-06-03").await;
    cast.mail(&[("author", "2 tasks due by tomorrow"), ("coordinator", "3 tasks due by tomorrow")]).await;
    cast.on("2027-06-05").await;
    cast.mail(&[("author", "2 tasks for you, 2 overdue"), ("coordinator", "3 tasks for you, 3 overdue")])
        .await;
    cast.on("2027-06-11").await;
    cast.mail(&[("ada", "3 tasks of others that nobody has settled")]).await;
}

/// Somebody else takes over, and all is handed over: nothing is at risk any more.
async fn take_over(cast: &mut Cast, initiative: &Value, channels: [&Value; 2]) {
    let version = cast.node(initiative, "... on Initiative { version }").await["version"].clone();
    let manage =
        json!({ "initiativeId": initiative, "expectedVersion": version, "managerId": cast.id("nora") });
    cast.act("coordinator", "updateInitiative", manage, "initiative { id }").await;
    for channel in channels {
        let steward = json!({ "channelId": channel, "memberId": cast.id("nora") });
        cast.act("coordinator", "addSteward", steward, "steward { id }").await;
        let open = "... on Channel { handovers { id items { item done } } }";
        for handover in cast.node(channel, open).await["handovers"].as_array().unwrap() {
            for item in handover["items"].as_array().unwrap() {
                let tick = json!({ "handoverId": handover["id"], "item": item["item"] });
                cast.act("nora", "tickHandover", tick, "handover { id }").await;
            }
        }
    }
    assert_eq!(cast.radar().await, NOTHING);
    assert_eq!(cast.tasks("coordinator").await, NOTHING);
    cast.on("2027-06-12").await;
    cast.mail(&[]).await;
}

/// In July the coordinator is away, and a deputy decides in their stead.
async fn holiday(cast: &mut Cast) {
    cast.on("2027-07-01").await;
    cast.add("vera", "COORDINATOR").await;
    let away = json!({ "deputyId": cast.id("vera"), "startsOn": "2027-07-02", "endsOn": "2027-07-20" });
    cast.act("coordinator", "delegateTasks", away, "delegation { id }").await;
    cast.on("2027-07-05").await;
    let wish = json!({
        "name": "Lake watch", "purpose": "The same for the lake", "audience": "Families by the lake", "runBy": "The water team",
        "staffing": "One person", "successor": "The parks desk", "startsOn": "2027-08-01", "existingChannelsNote": "The river's",
    });
    let made = cast.act("nora", "proposeInitiative", wish, "initiative { id }").await;
    // Both are coordinators, and a proposal is told to each at once; the reminder is told to who is there.
    cast.mail(&[("coordinator", "New initiative: Lake watch"), ("vera", "New initiative: Lake watch")]).await;
    cast.on("2027-07-07").await;
    cast.mail(&[("vera", "1 task due by tomorrow")]).await;
    let decline =
        json!({ "initiativeId": made["initiative"]["id"], "reason": "River watch can tell of the lake too" });
    cast.act("vera", "declineInitiative", decline, "initiative { state }").await;
    cast.mail(&[("nora", "Initiative declined: Lake watch")]).await;
}

/// Its end nears: the radar warns of the channel that it alone is served by.
async fn warn(cast: &mut Cast) {
    cast.on("2027-11-30").await;
    cast.mail(&[]).await;
    assert_eq!(cast.radar().await, NOTHING, "not for a month");
    cast.on("2027-12-01").await;
    cast.mail(&[]).await;
    assert_eq!(cast.radar().await, ["river INITIATIVE_ENDS"]);
    assert_eq!(cast.tasks("coordinator").await, ["SECURE_CHANNEL"]);
}

/// Both channels go on: one that says nothing for long counts as silent.
async fn go_on(cast: &mut Cast, initiative: &Value, channels: [&Value; 2], day: &str) {
    cast.on(day).await;
    cast.mail(&[]).await;
    for (number, channel) in channels.into_iter().enumerate() {
        cast.publish(initiative, channel, &format!("The water of {day}, part {number}.")).await;
    }
}

/// Closed, with its channel retired and its goal answered.
async fn close(cast: &mut Cast, initiative: &Value, river: &Value, goal: &Value) {
    cast.on("2027-12-20").await;
    let late = "1 task for you, 1 overdue";
    cast.mail(&[("author", late), ("coordinator", late), ("nora", late), ("vera", late)]).await;
    let close = json!({ "initiativeId": initiative, "queue": "CANCEL" });
    cast.act("nora", "closeInitiative", close, "initiative { state }").await;
    cast.mail(&[
        ("coordinator", "Initiative closing: River watch"),
        ("vera", "Initiative closing: River watch"),
    ])
    .await;
    let complete =
        json!({ "initiativeId": initiative, "results": [{ "goalId": goal, "result": "240 a month" }] });
    let early = cast.attempt("coordinator", "completeClosing", complete.clone()).await;
    assert_eq!(early["userErrors"][0]["code"], "ILLEGAL_STATE", "its channel is not settled: {early}");
    let retire = json!({ "channelId": river, "page": "KEPT_AS_ARCHIVE", "credentialRevoked": true, "reason": "The watch is over" });
    cast.act("coordinator", "retireChannel", retire, "channel { state }").await;
    assert_eq!(cast.directory().await, [cast::listed("blog", "ACTIVE"), cast::listed("river", "RETIRED")]);
    assert_eq!(cast.verify("river").await, "RETIRED");
    cast.act("coordinator", "completeClosing", complete, "initiative { state }").await;
    cast.mail(&[("nora", "Initiative closed: River watch"), ("vera", "Initiative closed: River watch")])
        .await;
    cast.on("2027-12-21").await;
    cast.mail(&[]).await;
    assert_eq!(cast.radar().await, NOTHING, "what is retired is nobody's risk");
    cast.nothing_waits_in_the_outbox().await;
    cast.the_audit_holds().await;
}

#[tokio::test]
async fn a_year_of_an_initiative() {
    for engine in engines() {
        let Some(mut cast) = Cast::gather(&engine).await else { return };
        let initiative = announce(&mut cast).await;
        let goal = plan(&mut cast, &initiative).await;
        let (blog_id, river) = channels(&mut cast, &initiative).await;
        blog(&mut cast, &initiative, &blog_id).await;
        let both = [&blog_id, &river];
        for day in ["2027-04-25", "2027-05-30"] {
            go_on(&mut cast, &initiative, both, day).await;
        }
        leave(&mut cast).await;
        take_over(&mut cast, &initiative, both).await;
        holiday(&mut cast).await;
        for day in ["2027-07-25", "2027-09-20", "2027-11-15"] {
            go_on(&mut cast, &initiative, both, day).await;
        }
        warn(&mut cast).await;
        close(&mut cast, &initiative, &river, &goal).await;
        cast.end().await;
    }
}
