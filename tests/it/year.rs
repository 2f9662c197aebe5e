//! The story of one year, through the public API with a clock that is moved: an initiative is announced, planned, blogs,
//! changes its people, nearly orphans a channel, is warned, hands over, and closes. At each step the directory and the mail
//! that arrived are exactly what they should be: what the mail said stands in `year/mail.txt`.

use serde_json::{Value, json};

use crate::support::engine::engines;

mod cast;
mod kept;
mod letters;
mod postbox;
mod public;

use cast::Cast;

const NOTHING: [&str; 0] = [];

/// Both channels in use.
const BOTH: [(&str, &str); 2] = [("blog", "ACTIVE"), ("river", "ACTIVE")];

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
    cast.letters.name(&id, "RIVER-WATCH");
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
    cast.directory(&[], &[]).await;
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
    for id in [&blog, &river] {
        cast.act("coordinator", "approveChannel", json!({ "channelId": id }), "channel { state }").await;
        for member in ["author", "manager"] {
            let steward = json!({ "channelId": id, "memberId": cast.id(member) });
            cast.act("coordinator", "addSteward", steward, "steward { id }").await;
        }
    }
    cast.directory(&[], &[]).await;
    cast.act("coordinator", "activateChannel", json!({ "channelId": blog }), "channel { state }").await;
    cast.directory(&[("blog", "ACTIVE")], &["PUBLISHED blog"]).await;
    cast.act("coordinator", "activateChannel", json!({ "channelId": river }), "channel { state }").await;
    cast.directory(&BOTH, &["PUBLISHED river"]).await;
    cast.mail(&[]).await;
    (blog, river)
}

/// A duty to blog every four weeks: met, forgotten, reminded of, met.
async fn blog(cast: &mut Cast, initiative: &Value, blog: &Value) {
    let duty = json!({ "initiativeId": initiative, "channelId": blog, "graceDays": 14 });
    cast.act("manager", "setBloggingDuty", duty, "initiative { id }").await;
    cast.schedule(initiative, ("blog", blog), "The first water tests are in.").await;
    cast.let_out().await;
    cast.directory(&BOTH, &[]).await;
    cast.on("2027-04-02").await;
    cast.mail(&[]).await;
    cast.on("2027-04-03").await;
    cast.mail(&[("manager", "1 task for you, 1 overdue")]).await;
    assert_eq!(cast.tasks("manager").await, ["BLOGGING_OVERDUE"]);
    cast.schedule(initiative, ("blog", blog), "Spring on the river: what the tests say.").await;
    cast.let_out().await;
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
    cast.directory(&BOTH, &[]).await;
    let waiting = cast.tasks("coordinator").await;
    for kind in ["TAKE_OVER_INITIATIVE", "HAND_OVER_CHANNEL", "SECURE_CHANNEL"] {
        assert!(waiting.contains(&kind.to_owned()), "{kind}: {waiting:?}");
    }
    let arrived = [
        ("2027-06-03", "author", "2 tasks due by tomorrow"),
        ("2027-06-03", "coordinator", "3 tasks due by tomorrow"),
        ("2027-06-05", "author", "2 tasks for you, 2 overdue"),
        ("2027-06-05", "coordinator", "3 tasks for you, 3 overdue"),
        ("2027-06-11", "ada", "3 tasks of others that nobody has settled"),
    ];
    cast.until("2027-06-11", &arrived).await;
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
    cast.directory(&BOTH, &[]).await;
    // What the new steward writes is public once a coordinator has approved it, and not before.
    let read = cast.node(channels[1], "... on Channel { version }").await;
    let edit = json!({ "channelId": channels[1], "expectedVersion": read["version"], "purpose": "Tells how clean the river is" });
    cast.act("nora", "updateChannel", edit, "channel { id }").await;
    cast.directory(&BOTH, &[]).await;
    let read = cast.node(channels[1], "... on Channel { version }").await;
    let approve = json!({ "channelId": channels[1], "expectedVersion": read["version"] });
    cast.act("coordinator", "approveChannelRecord", approve, "channel { id }").await;
    cast.directory(&BOTH, &["CHANGED river"]).await;
    cast.until("2027-06-13", &[]).await;
}

/// In July the coordinator is away, and a deputy decides in their stead. The river's channel rests meanwhile.
async fn holiday(cast: &mut Cast, river: &Value) {
    cast.on("2027-07-01").await;
    cast.add("vera", "COORDINATOR").await;
    let away = json!({ "deputyId": cast.id("vera"), "startsOn": "2027-07-02", "endsOn": "2027-07-20" });
    cast.act("coordinator", "delegateTasks", away, "delegation { id }").await;
    let rest = json!({ "channelId": river, "reason": "Nobody is there in July" });
    cast.act("nora", "restChannel", rest, "channel { state }").await;
    cast.directory(&[("blog", "ACTIVE"), ("river", "DORMANT")], &["DORMANT river"]).await;
    cast.on("2027-07-05").await;
    let wish = json!({
        "name": "Lake watch", "purpose": "The same for the lake", "audience": "Families by the lake", "runBy": "The water team",
        "staffing": "One person", "successor": "The parks desk", "startsOn": "2027-08-01", "existingChannelsNote": "The river's",
    });
    let made = cast.act("nora", "proposeInitiative", wish, "initiative { id }").await;
    cast.letters.name(&made["initiative"]["id"], "LAKE-WATCH");
    // Both are coordinators, and a proposal is told to each at once; the reminder is told to who is there.
    cast.mail(&[("coordinator", "New initiative: Lake watch"), ("vera", "New initiative: Lake watch")]).await;
    cast.on("2027-07-07").await;
    cast.mail(&[("vera", "1 task due by tomorrow")]).await;
    let decline =
        json!({ "initiativeId": made["initiative"]["id"], "reason": "River watch can tell of the lake too" });
    cast.act("vera", "declineInitiative", decline, "initiative { state }").await;
    cast.mail(&[("nora", "Initiative declined: Lake watch")]).await;
    cast.on("2027-07-21").await;
    cast.mail(&[]).await;
    cast.act("coordinator", "activateChannel", json!({ "channelId": river }), "channel { state }").await;
    cast.directory(&BOTH, &["ACTIVE river"]).await;
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
    for at in ["blog", "river"].into_iter().zip(channels) {
        cast.schedule(initiative, at, &format!("The water of {day}, as the {} tells it.", at.0)).await;
    }
    cast.let_out().await;
    cast.directory(&BOTH, &[]).await;
}

/// Closed, with its channel retired and its goal answered.
async fn close(cast: &mut Cast, initiative: &Value, river: &Value, goal: &Value) {
    let (near, late) = ("1 task due by tomorrow", "1 task for you, 1 overdue");
    let everybody = ["author", "coordinator", "nora", "vera"];
    let on = |day, subject| everybody.map(|who| (day, who, subject));
    cast.on("2027-12-12").await;
    cast.until("2027-12-20", &[on("2027-12-14", near), on("2027-12-16", late)].concat()).await;
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
    let closed = [("blog", "ACTIVE"), ("river", "RETIRED")];
    cast.directory(&closed, &["RETIRED river"]).await;
    cast.act("coordinator", "completeClosing", complete, "initiative { state }").await;
    cast.mail(&[("nora", "Initiative closed: River watch"), ("vera", "Initiative closed: River watch")])
        .await;
    cast.directory(&closed, &[]).await;
    cast.until("2027-12-24", &[]).await;
    assert_eq!(cast.radar().await, NOTHING, "what is retired is nobody's risk");
    cast.directory(&closed, &[]).await;
    cast.nothing_waits_in_the_outbox().await;
    cast.the_audit_holds().await;
}

#[tokio::test]
async fn a_year_of_an_initiative() {
    for engine in engines() {
        let mut cast = Cast::gather(&engine).await;
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
        holiday(&mut cast, &river).await;
        for day in ["2027-07-25", "2027-09-20", "2027-11-15"] {
            go_on(&mut cast, &initiative, both, day).await;
        }
        warn(&mut cast).await;
        close(&mut cast, &initiative, &river, &goal).await;
        cast.letters.are_as_written();
        cast.end().await;
    }
}
