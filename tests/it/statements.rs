//! A page costs the same number of statements however many rows it shows.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use entity::{
    member::Role,
    review_policy::{Step, StepRule},
};
use office::{
    comments::{self, CommentOnDraft},
    pauses::Scope,
    reviews::{self, SetReviewPolicy},
};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::json;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::support::{
    client::Client,
    desk::{Desk, permit},
    engine::Engine,
};

const LISTS: &[(&str, &str)] = &[
    (
        "channels",
        "channels(first: $n) { nodes { handle state credential { state } orphanRisks { activeStewards } readiness { done } handovers { leaver { name } } reviews { verdict } reviewDueOn initiative { name } requestedBy { name } nextFreeSlot { at } \
         stewards { onDuty member { name email } } slots { weekday } } }",
    ),
    (
        "drafts",
        "drafts(first: $n) { nodes { title state author { name } initiative { name manager { name } } allowedActions \
         questions { kind open } checklist { clause } revision { number digest findings { rule key waiver { reason } } media { altText } targets { channel { handle } composedText } } \
         reviews { decision reviewer { name } } } }",
    ),
    (
        "approvals",
        "drafts(first: $n) { nodes { approval { complete mayActNow problems policies { name } steps { done approvals { id } } } } }",
    ),
    ("changes", "drafts(first: $n) { nodes { reviews { changes { parts { part } } } } }"),
    (
        "comments",
        "drafts(first: $n) { nodes { comments { quote place { stands } author { name } replies { text } } } }",
    ),
    (
        "reviewPolicies",
        "reviewPolicies(first: $n) { nodes { name undoableSteps channel { handle } createdBy { name } steps { members { name } } } }",
    ),
    (
        "posts",
        "posts(first: $n) { nodes { state dueAt channel { handle stewards { member { name } } } initiative { name } \
         draft { title author { name } revision { text } } attempts { outcome } hold { gates { reason } } \
         outcome { kind } figures { likes } nextAct { act } personHold { by { name } } allowedActions \
         recurrence { state } warnings { kind postIds channel { handle } } } }",
    ),
    (
        "initiatives",
        "initiatives(first: $n) { nodes { name manager { name } proposedBy { name } plan { keyMessages { text } completeness { complete } goals { progress { words } } } channels(first: 5) { nodes { handle } } } }",
    ),
    (
        "handbooks",
        "handbooks(first: $n) { nodes { version state note proposedBy { name } activatedBy { name } basedOn { version } acknowledgedAt rules { rule } } }",
    ),
    (
        "recurrences",
        "recurrences(first: $n) { nodes { state draft { title } channels { handle } createdBy { name } upcoming(first: 2) { dueAt } posts { state } } }",
    ),
    ("blackouts", "blackouts(first: $n) { nodes { reason quietNow channel { handle } createdBy { name } } }"),
    (
        "partners",
        "partners(first: $n) { totalCount nodes { name keeper { name } initiative { name } accounts { address } } }",
    ),
    ("members", "members(first: $n) { nodes { name roles } }"),
    ("auditEntries", "auditEntries(first: $n) { nodes { action subjectKind } }"),
    (
        "orphanRadar",
        "orphanRadar(first: $n) { nodes { level channel { handle } risks { reason member { name } initiative { name } } } }",
    ),
    (
        "conversations",
        "conversations(first: $n) { nodes { kind channel { handle } owner { name } settledBy { name } post { state } } }",
    ),
    (
        "delegations",
        "delegations(first: $n) { nodes { startsOn member { name } deputy { name } createdBy { name } } }",
    ),
    ("tasks", "tasks(first: $n) { nodes { kind title subject { id } member { name } deputy { name } } }"),
];

async fn count(client: &Client, statements: &AtomicUsize, query: &str, rows: i32) -> usize {
    let document = format!("query L($n: Int) {{ {query} }}");
    client.ask(&document, json!({ "n": rows })).await;
    let before = statements.load(Ordering::SeqCst);
    client.ask(&document, json!({ "n": rows })).await;
    statements.load(Ordering::SeqCst) - before
}

/// A policy for each channel, and comments on every draft.
async fn reviewed(desk: &Desk) {
    for id in &desk.channels {
        let step = Step {
            rule: StepRule::Any,
            roles: vec![Role::Coordinator],
            members: vec![desk.manager.member_id().unwrap()],
            deputies: Vec::new(),
            deadline_hours: None,
        };
        let set = SetReviewPolicy {
            client_key: None,
            scope: Scope::Channel(*id),
            name: "The page".to_owned(),
            steps: vec![step],
        };
        reviews::set(&desk.office, &permit(&desk.coordinator), set).await.unwrap();
    }
    let drafts = entity::draft::Entity::find().all(&desk.database).await.unwrap();
    for draft in drafts {
        let comment = CommentOnDraft {
            client_key: None,
            draft_id: draft.id,
            revision: 1,
            part: Some("text".to_owned()),
            span: Some((0, 6)),
            text: "Which one?".to_owned(),
        };
        comments::comment(&desk.office, &permit(&desk.manager), comment).await.unwrap();
    }
}

#[tokio::test]
async fn a_page_of_fifty_takes_hardly_more_statements_than_a_page_of_two() {
    let statements = Arc::new(AtomicUsize::new(0));
    let desk = Desk::counted(&Engine::Sqlite, Some(12), Some(Arc::clone(&statements))).await;
    for number in 0..12 {
        let draft = desk
            .approved(&format!("Clinic {number} opens on Monday."), &desk.channels[number..=number])
            .await;
        desk.schedule_now(draft.id).await;
    }
    reviewed(&desk).await;
    let at_risk = "UPDATE channel SET credential_state = 'REJECTED'";
    desk.database.execute_unprepared(at_risk).await.unwrap();
    office::signing_keys::ensure(&desk.office).await.unwrap();
    let settings = api::ApiSettings { listen: "127.0.0.1:0".to_owned(), ..api::ApiSettings::default() };
    let server = api::Server::build(
        desk.office.clone(),
        settings,
        Arc::new(worker::PlatformAuthorizer),
        Arc::new(String::new),
    )
    .unwrap();
    let anonymous = Client::anonymous(&format!("http://{}", server.address()));
    let stop = CancellationToken::new();
    let running = TaskTracker::new().spawn(server.run_until(stop.clone()));
    let sign = json!({ "email": "ada@example.org", "password": "correct horse battery" });
    let session = anonymous.act("signIn", sign, "session { accessToken }").await;
    let client = anonymous.with_token(session["session"]["accessToken"].as_str().unwrap());
    for (name, query) in LISTS {
        let (two, fifty) =
            (count(&client, &statements, query, 2).await, count(&client, &statements, query, 50).await);
        assert!(two > 0, "{name}: the test does not see the statements");
        // Loads of the same rows from different depths may share a statement or not, by the moment: never one a row.
        assert!(fifty <= two + 3, "{name}: {two} statements for a page of two, {fifty} for a page of fifty");
        // Drafts are checked with all that surrounds them: some twenty statements more, for the whole page.
        // Tasks are gathered from each kind of thing that can wait.
        let most = match *name {
            "drafts" => 50,
            "tasks" => 30,
            _ => 25,
        };
        assert!(fifty <= most, "{name}: {fifty} statements for one page");
    }
    stop.cancel();
    running.await.unwrap().unwrap();
}
