//! Review policies: steps in order, of several scopes at once, checked again when a post leaves.

use serde_json::{Value, json};

use super::{acknowledge, approve, codes, in_review, judge, member, own_id, revise, seen};
use crate::support::{
    client::Client,
    engine::{Engine, engines},
    program::Deployment,
    story::{Story, next_july},
};

async fn set(story: &Story, scope: Value, name: &str, steps: Value) -> Value {
    let input = json!({ "scope": scope, "name": name, "steps": steps });
    story.coordinator.act("setReviewPolicy", input, "policy { id name undoableSteps }").await["policy"]
        .clone()
}

async fn try_set(story: &Story, steps: Value) -> Value {
    let input = json!({ "scope": { "office": true }, "name": "A policy", "steps": steps });
    story.coordinator.attempt("setReviewPolicy", input, "policy { id }").await
}

async fn gate(story: &Story, post: &str) -> Value {
    let document = "query E($id: ID!) { explain(id: $id) { gates { kind open reason } } }";
    let gates = story.author.ask(document, json!({ "id": post })).await["explain"]["gates"].clone();
    gates.as_array().unwrap().iter().find(|gate| gate["kind"] == "APPROVAL").unwrap().clone()
}

async fn to_review(who: &Client) -> usize {
    let tasks = who.ask("{ tasks(first: 50) { nodes { kind } } }", json!({})).await;
    let nodes = tasks["tasks"]["nodes"].as_array().unwrap().clone();
    nodes.iter().filter(|task| task["kind"] == "REVIEW_DRAFT").count()
}

const APPROVAL: &str = "state allowedActions approval { complete mayActNow problems policies { name } \
    steps { place done open dueAt overdue policy { name } step { rule roles } approvals { reviewer { name } } \
    missingRoles missingMembers { name } } }";

#[tokio::test]
async fn without_policies_one_approval_of_a_manager_or_coordinator_suffices() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let draft = in_review(&story, "The clinic opens on Monday.").await;
    let before = seen(&story.coordinator, &draft, APPROVAL).await;
    assert_eq!(before["approval"]["policies"], json!([]));
    assert_eq!(before["approval"]["mayActNow"], true);
    assert_eq!(before["approval"]["steps"][0]["missingRoles"], json!(["PROJECT_MANAGER", "COORDINATOR"]));
    for who in [&story.author, &story.administrator] {
        assert_eq!(seen(who, &draft, APPROVAL).await["approval"]["mayActNow"], false);
        let digest = story.look(&draft, "revision { digest }").await["digest"].clone();
        let input = json!({ "draftId": draft, "digest": digest, "judgement": "APPROVE" });
        let refused = who.try_act("reviewDraft", input, "review { id }").await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
    assert_eq!(approve(&story, &story.manager, &draft).await, "APPROVED");
    let after = seen(&story.coordinator, &draft, APPROVAL).await;
    assert_eq!(
        (&after["approval"]["complete"], &after["approval"]["mayActNow"]),
        (&json!(true), &json!(false))
    );
    let unfinished = story.draft("Not yet.", &[&story.feed]).await;
    assert_eq!(seen(&story.coordinator, &unfinished, APPROVAL).await["approval"]["mayActNow"], false);
    assert_eq!(after["approval"]["steps"][0]["approvals"][0]["reviewer"]["name"], "Max Ng");
    assert_eq!(codes(&judge(&story, &story.coordinator, &draft, "APPROVE").await), ["ILLEGAL_STATE"]);
}

#[tokio::test]
async fn steps_of_all_scopes_are_done_in_order_and_the_gate_asks_again() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await;
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        acknowledge(&story.administrator).await;
        let administrator = own_id(&story.administrator).await;
        let two = json!([
            { "rule": "ANY", "roles": ["PROJECT_MANAGER"], "deadlineHours": 24 },
            { "rule": "ALL", "roles": ["COORDINATOR"] },
        ]);
        set(&story, json!({ "office": true }), "Two pairs of eyes", two).await;
        let named = json!([{ "rule": "ANY", "memberIds": [administrator] }]);
        set(&story, json!({ "channelId": story.feed }), "The page", named).await;

        let draft = in_review(&story, "The clinic opens on Monday.").await;
        assert_eq!(codes(&judge(&story, &story.coordinator, &draft, "APPROVE").await), ["NOT_RESPONSIBLE"]);
        let begun = seen(&story.manager, &draft, APPROVAL).await;
        assert!(begun["allowedActions"].as_array().unwrap().contains(&json!("APPROVE")), "{begun}");
        let steps = begun["approval"]["steps"].as_array().unwrap();
        let open: Vec<_> =
            steps.iter().map(|step| (step["place"].as_i64(), step["open"].as_bool())).collect();
        assert_eq!(open, [(Some(1), Some(true)), (Some(1), Some(true)), (Some(2), Some(false))]);
        assert!(steps[0]["dueAt"].is_string() && steps[1]["dueAt"].is_null() && steps[0]["overdue"] == false);
        assert_eq!(steps[1]["missingMembers"][0]["name"], "Ada Minh");
        assert_eq!((to_review(&story.manager).await, to_review(&story.coordinator).await), (1, 0));

        assert_eq!(approve(&story, &story.manager, &draft).await, "IN_REVIEW");
        assert_eq!(codes(&judge(&story, &story.manager, &draft, "APPROVE").await), ["NOT_RESPONSIBLE"]);
        let schedule = json!({ "draftId": draft, "when": { "at": { "localTime": next_july(1) } } });
        let early = story.author.attempt("schedulePost", schedule.clone(), "posts { id }").await;
        assert_eq!(codes(&early), ["ILLEGAL_STATE"]);
        assert_eq!(approve(&story, &story.administrator, &draft).await, "IN_REVIEW");
        assert_eq!(approve(&story, &story.coordinator, &draft).await, "APPROVED");
        let posts = story.author.act("schedulePost", schedule, "posts { id }").await;
        let post = posts["posts"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(gate(&story, &post).await["open"], true);

        let (lawyer, lawyer_id) = member(&story, "Lena", "MEMBER").await;
        let law = json!([{ "rule": "ANY", "memberIds": [lawyer_id] }]);
        let policy = set(&story, json!({ "initiativeId": story.initiative }), "The law", law).await;
        let shut = gate(&story, &post).await;
        assert_eq!(shut["open"], false);
        assert!(shut["reason"].as_str().unwrap().contains("step 1 of “The law” waits for Lena"), "{shut}");
        assert_eq!(to_review(&lawyer).await, 1);
        assert_eq!(approve(&story, &lawyer, &draft).await, "APPROVED");
        let shut = gate(&story, &post).await;
        assert!(shut["reason"].as_str().unwrap().contains("step 2"), "its turn came after that: {shut}");
        assert_eq!(approve(&story, &story.coordinator, &draft).await, "APPROVED");
        assert_eq!(gate(&story, &post).await["open"], true);

        story.administrator.act("departMember", json!({ "memberId": lawyer_id }), "member { id }").await;
        let listed = "{ reviewPolicies(first: 10) { nodes { name undoableSteps channel { handle } initiative { name } steps { members { name } deputies { name } } } } }";
        let listed = story.author.ask(listed, json!({})).await["reviewPolicies"]["nodes"].clone();
        assert_eq!(listed[0]["undoableSteps"], json!([1]), "{listed}");
        assert_eq!(gate(&story, &post).await["open"], true, "she approved while she was there");
        let stuck = in_review(&story, "The clinic opens on Friday.").await;
        let problems = seen(&story.author, &stuck, APPROVAL).await["approval"]["problems"].clone();
        assert!(problems[0].as_str().unwrap().contains("Lena (who left)"), "{problems}");
        let end = json!({ "policyId": policy["id"] });
        story.coordinator.act("endReviewPolicy", end.clone(), "policy { endedAt endedBy { name } }").await;
        let again = story.coordinator.attempt("endReviewPolicy", end, "policy { id }").await;
        assert_eq!(codes(&again), ["ILLEGAL_STATE"]);
        assert_eq!(seen(&story.author, &stuck, APPROVAL).await["approval"]["problems"], json!([]));
    }
}

#[tokio::test]
async fn a_policy_that_nobody_could_follow_is_refused() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let coordinator = own_id(&story.coordinator).await;
    let refused = [
        (json!([]), "REQUIRED"),
        (json!([{ "rule": "ANY" }]), "REQUIRED"),
        (json!([{ "rule": "ANY", "roles": ["COORDINATOR"], "deadlineHours": 0 }]), "INVALID"),
        (json!([{ "rule": "ANY", "memberIds": [story.feed] }]), "NOT_FOUND"),
        // There is one coordinator, and nobody counts twice.
        (json!([{ "rule": "ALL", "roles": ["COORDINATOR"], "memberIds": [coordinator] }]), "INVALID"),
    ];
    for (steps, code) in refused {
        assert_eq!(codes(&try_set(&story, steps.clone()).await), [code], "{steps}");
    }
    let steps = json!([{ "rule": "ANY", "roles": ["COORDINATOR"] }]);
    let input = json!({ "scope": { "office": true }, "name": "Mine", "steps": steps });
    for who in [&story.author, &story.manager, &story.administrator] {
        let answer = who.try_act("setReviewPolicy", input.clone(), "policy { id }").await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
    let first = set(&story, json!({ "office": true }), "One", steps.clone()).await;
    let second = set(&story, json!({ "office": true }), "Another", steps).await;
    let list =
        "query L($all: Boolean!) { reviewPolicies(first: 10, withEnded: $all) { nodes { id endedAt } } }";
    let standing = story.author.ask(list, json!({ "all": false })).await["reviewPolicies"]["nodes"].clone();
    assert_eq!(standing.as_array().unwrap().len(), 1, "one a scope");
    assert_eq!(standing[0]["id"], second["id"]);
    let all = story.author.ask(list, json!({ "all": true })).await["reviewPolicies"]["nodes"].clone();
    assert_eq!(all[1]["id"], first["id"]);
}

#[tokio::test]
async fn who_changes_a_word_is_an_author_and_somebody_else_approves() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let steps = json!([{ "rule": "ALL", "roles": ["PROJECT_MANAGER", "COORDINATOR"] }]);
    set(&story, json!({ "office": true }), "Both", steps).await;
    let (other, _) = member(&story, "Olga", "COORDINATOR").await;
    let draft = in_review(&story, "The clinic opens on Monday.").await;
    assert_eq!(approve(&story, &story.manager, &draft).await, "IN_REVIEW");
    revise(&story, &story.coordinator, &draft, "The clinic opens on Tuesday.").await;
    let void = seen(&story.author, &draft, APPROVAL).await;
    assert_eq!((&void["state"], &void["approval"]["complete"]), (&json!("DRAFT"), &json!(false)));
    assert_eq!(void["approval"]["steps"][0]["approvals"], json!([]), "what was approved were other words");
    story.submit(&draft).await;
    assert_eq!(codes(&judge(&story, &story.coordinator, &draft, "APPROVE").await), ["OWN_WORDS"]);
    assert_eq!(approve(&story, &story.manager, &draft).await, "IN_REVIEW");
    assert_eq!(approve(&story, &other, &draft).await, "APPROVED");
    // Sent back, all of it begins anew.
    assert_eq!(codes(&judge(&story, &story.manager, &draft, "REQUEST_CHANGES").await), [""; 0]);
    story.submit(&draft).await;
    assert_eq!(approve(&story, &other, &draft).await, "IN_REVIEW");
    assert_eq!(approve(&story, &story.manager, &draft).await, "APPROVED");
}

#[tokio::test]
async fn a_deputy_stands_in_for_who_cannot() {
    let deployment = Deployment::fresh(&Engine::Sqlite).await;
    let program = deployment.serve();
    let story = Story::tell(&program.facts).await;
    let (deputy, deputy_id) = member(&story, "Dina", "MEMBER").await;
    let steps = json!([{ "rule": "ALL", "memberIds": [story.manager_id], "deputyIds": [deputy_id], "deadlineHours": 2 }]);
    set(&story, json!({ "channelId": story.feed }), "The manager", steps).await;
    let draft = in_review(&story, "The clinic opens on Monday.").await;
    assert_eq!(codes(&judge(&story, &deputy, &draft, "APPROVE").await), ["NOT_RESPONSIBLE"], "it is in time");
    let tasks = "{ tasks(first: 9, kinds: [REVIEW_DRAFT]) { nodes { dueAt } } }";
    let task = story.manager.ask(tasks, json!({})).await["tasks"]["nodes"][0]["dueAt"].clone();
    let step = seen(&story.manager, &draft, APPROVAL).await["approval"]["steps"][0]["dueAt"].clone();
    assert!(step.is_string() && task == step, "the task is due when its step is: {task} {step}");
    revise(&story, &story.manager, &draft, "The clinic opens on Tuesday.").await;
    story.submit(&draft).await;
    assert_eq!(approve(&story, &deputy, &draft).await, "APPROVED", "the manager wrote part of it");
}
