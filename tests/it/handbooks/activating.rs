//! A version comes into force, and what it does to the queue, to members and to nobody else.

use entity::{handbook, handbook::HandbookState, post::PostState};
use guidelines::{HandbookDocument, Layer, Severity, starter_handbook};
use office::{
    OfficeError, RefusalCode, audit, drafts,
    handbooks::{self, Activated},
    paging::PageRequest,
    posts::{self, When},
    queue::{self, Rechecked},
    tasks::{self, TaskKind},
};

use super::{
    QUIET, SHOUTED, activate, enact, in_force, office_of, propose, queued, refusal, rule, strict, tick,
};
use crate::support::{
    desk::{Desk, content, first_administrator, new_office, permit},
    engine::{Engine, engines},
};

async fn kinds(desk: &Desk, who: &office::Requester) -> Vec<TaskKind> {
    let waiting = tasks::list(&desk.office, &permit(who), None, 100).await.unwrap();
    waiting.into_iter().map(|task| task.kind).collect()
}

async fn held_by_guidelines(desk: &Desk, id: entity::PostId) -> entity::post::ShutGate {
    let post = desk.post(id).await;
    assert_eq!(post.state, PostState::Held);
    assert_eq!(post.checked_handbook_id, Some(in_force(desk).await));
    let gates = post.hold.unwrap().gates;
    gates.into_iter().find(|gate| gate.gate == "GUIDELINES").unwrap()
}

#[tokio::test]
async fn what_newly_violates_is_held_with_the_reason_and_never_silently() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let (loud, quiet) = (queued(&desk, SHOUTED).await, queued(&desk, QUIET).await);
        assert_eq!(desk.post(loud).await.checked_handbook_id, Some(in_force(&desk).await));
        let Activated { handbook, rechecked, more } = enact(&desk, strict).await;
        assert_eq!((rechecked, more), (Rechecked { looked_at: 2, held: 1, released: 0 }, false));
        let gate = held_by_guidelines(&desk, loud).await;
        assert_eq!(gate.clause.as_deref(), Some("GP2"));
        assert!(gate.reason.starts_with("under handbook version 2: "), "{}", gate.reason);
        let post = desk.post(quiet).await;
        assert_eq!((post.state, post.checked_handbook_id), (PostState::Scheduled, Some(handbook.id)));
        let (author, version) = (permit(&desk.author), desk.post(loud).await.version);
        let moved = posts::reschedule(&desk.office, &author, loud, version, &When::Now).await.unwrap();
        assert_eq!(moved.0.state, PostState::Scheduled);
        tick(&desk).await;
        held_by_guidelines(&desk, loud).await;
        assert!(kinds(&desk, &desk.coordinator).await.contains(&TaskKind::HeldPost));
        assert!(kinds(&desk, &desk.author).await.contains(&TaskKind::HeldPost), "its author is told, too");
        let entries = entries_of(&desk, loud).await;
        assert!(entries.iter().any(|(action, detail)| action == "holdPost"
            && detail.contains("GP2.shouting")
            && !detail.contains("award")));
        let report = audit::verify(desk.office.db().read(), office_of(&desk)).await.unwrap();
        assert_eq!(report.broken_at, None);
        let claimed = desk.claim(1, 9).await;
        assert_eq!(claimed.ready.iter().map(|ready| ready.post.id).collect::<Vec<_>>(), [quiet]);
    }
}

async fn entries_of(desk: &Desk, id: entity::PostId) -> Vec<(String, String)> {
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let rows = entity::audit_entry::Entity::find()
        .filter(entity::audit_entry::Column::SubjectId.eq(id.0))
        .all(&desk.database)
        .await
        .unwrap();
    rows.into_iter().map(|row| (row.action, row.detail)).collect()
}

#[tokio::test]
async fn a_process_that_dies_after_activating_leaves_the_queue_to_the_worker() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let loud = queued(&desk, SHOUTED).await;
        let mut posts = Vec::new();
        for number in 0..3 {
            posts.push(queued(&desk, &format!("Clinic {number} opens on Monday.")).await);
        }
        let (proposal, before) = (propose(&desk, strict).await, in_force(&desk).await);
        let coordinator = permit(&desk.coordinator);
        handbooks::bring_into_force(&desk.office, &coordinator, proposal.id, before).await.unwrap();
        assert_eq!(desk.post(loud).await.state, PostState::Scheduled, "nobody looked yet");
        assert_eq!(queue::offices_to_recheck(&desk.office).await.unwrap(), [office_of(&desk)]);
        tick(&desk).await;
        held_by_guidelines(&desk, loud).await;
        for id in posts {
            assert_eq!(desk.post(id).await.checked_handbook_id, Some(proposal.id));
        }
        assert!(queue::offices_to_recheck(&desk.office).await.unwrap().is_empty(), "nothing is left");
    }
}

#[tokio::test]
async fn a_post_that_leaves_before_it_is_checked_again_meets_the_new_version_at_its_gate() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let loud = queued(&desk, SHOUTED).await;
        let (proposal, before) = (propose(&desk, strict).await, in_force(&desk).await);
        let coordinator = permit(&desk.coordinator);
        handbooks::bring_into_force(&desk.office, &coordinator, proposal.id, before).await.unwrap();
        assert_eq!(desk.claim(1, 1).await.stopped, [(loud, PostState::Held)]);
        held_by_guidelines(&desk, loud).await;
    }
}

#[tokio::test]
async fn a_lenient_version_releases_what_a_former_one_held() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let loud = queued(&desk, SHOUTED).await;
        enact(&desk, strict).await;
        held_by_guidelines(&desk, loud).await;
        let lenient = |document: &mut HandbookDocument| {
            rule(document, "GP2.shouting").severity = Severity::Advise;
            document.title = "Milder".to_owned();
        };
        let done = enact(&desk, lenient).await;
        assert_eq!(done.rechecked, Rechecked { looked_at: 1, held: 0, released: 1 });
        let post = desk.post(loud).await;
        assert_eq!((post.state, post.checked_handbook_id), (PostState::Scheduled, Some(done.handbook.id)));
        assert!(post.hold.is_none());
    }
}

#[tokio::test]
async fn exactly_one_version_is_in_force_and_who_was_late_is_told() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let first = in_force(&desk).await;
        let second = propose(&desk, strict).await;
        let third = propose(&desk, |document| document.title = "Ours".to_owned()).await;
        let coordinator = permit(&desk.coordinator);
        let (one, other) = tokio::join!(
            handbooks::activate(&desk.office, &coordinator, second.id, first),
            handbooks::activate(&desk.office, &coordinator, third.id, first),
        );
        let late = refusal(if one.is_ok() { other } else { one });
        assert_eq!((late.code, late.field), (RefusalCode::Conflict, vec!["expectedInForce".to_owned()]));
        let page =
            handbooks::list(&desk.office, &permit(&desk.author), &PageRequest::first(9)).await.unwrap();
        let rows = page.items;
        let count = |state| rows.iter().filter(|row: &&handbook::Model| row.state == state).count();
        let states = [HandbookState::Active, HandbookState::Superseded, HandbookState::Proposed].map(count);
        assert_eq!(states, [1, 1, 1]);
        let back = handbooks::activate(&desk.office, &coordinator, first, in_force(&desk).await).await;
        assert_eq!(refusal(back).code, RefusalCode::IllegalState, "an old version is proposed anew");
    }
}

#[tokio::test]
async fn members_acknowledge_the_new_version_before_they_submit_or_review() {
    let desk = Desk::open(&Engine::Sqlite, 1).await;
    let create = drafts::CreateDraft {
        client_key: None,
        initiative_id: desk.initiative,
        content: content(QUIET, &desk.channels),
    };
    let draft = drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap();
    assert!(!kinds(&desk, &desk.author).await.contains(&TaskKind::AcknowledgeHandbook));
    let done = enact(&desk, strict).await;
    let submitted = drafts::submit(&desk.office, &permit(&desk.author), draft.id, draft.version).await;
    assert_eq!(refusal(submitted).code, RefusalCode::HandbookNotAcknowledged);
    for who in [&desk.author, &desk.manager, &desk.coordinator] {
        assert!(kinds(&desk, who).await.contains(&TaskKind::AcknowledgeHandbook));
        handbooks::acknowledge(&desk.office, &permit(who), done.handbook.id).await.unwrap();
        assert!(!kinds(&desk, who).await.contains(&TaskKind::AcknowledgeHandbook));
    }
    desk.approve(draft.id).await;
}

#[tokio::test]
async fn another_office_is_not_touched() {
    let desk = Desk::open(&Engine::Sqlite, 1).await;
    let (other, _) =
        office::offices::create(&desk.office, new_office("other"), first_administrator()).await.unwrap();
    let theirs = handbooks::id_in_force(desk.office.db().read(), other.id).await.unwrap();
    let (proposal, ours) = (propose(&desk, strict).await, in_force(&desk).await);
    let coordinator = permit(&desk.coordinator);
    for (id, expected) in [(theirs, ours), (theirs, theirs)] {
        let refused = handbooks::activate(&desk.office, &coordinator, id, expected).await;
        assert!(matches!(refused, Err(OfficeError::NotFound(_))));
    }
    let mixed = handbooks::activate(&desk.office, &coordinator, proposal.id, theirs).await;
    assert_eq!(refusal(mixed).code, RefusalCode::Conflict);
    activate(&desk, proposal.id).await;
    assert_eq!(handbooks::id_in_force(desk.office.db().read(), other.id).await.unwrap(), theirs);
    let peek = handbooks::changes(&desk.office, &permit(&desk.author), theirs, proposal.id).await;
    assert!(matches!(peek, Err(OfficeError::NotFound(_))));
}

#[tokio::test]
async fn the_stricter_layer_wins_and_is_named() {
    let desk = Desk::open(&Engine::Sqlite, 1).await;
    let loud = queued(&desk, SHOUTED).await;
    let mut university = starter_handbook();
    university.title = "The university's".to_owned();
    strict(&mut university);
    let layered = propose(&desk, |document| {
        document.university = Some(Box::new(university));
        document.university_reviewed_on = "2027-01-01".parse().ok();
        document.university_published_on = "2027-02-01".parse().ok();
    })
    .await;
    let test = handbooks::back_test(&desk.office, &permit(&desk.coordinator), layered.id, 0).await.unwrap();
    let finding = &test.queued.newly_blocked[0].findings[0].finding;
    assert_eq!((finding.rule.as_str(), finding.layer), ("GP2.shouting", Layer::University));
    let stale = test.rules.iter().find(|count| count.rule == "UP1.handbook-stale").unwrap();
    assert_eq!((stale.found_before, stale.found_after), (0, 1), "published after it was reviewed");
    activate(&desk, layered.id).await;
    held_by_guidelines(&desk, loud).await;
}
