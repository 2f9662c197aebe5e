//! Exceptions to findings: who may make one, how long it holds, and what happens to a post when it is taken back.

use entity::{audit_entry, draft, post::PostState, waiver};
use office::{
    OfficeError, RefusalCode, Requester, Result,
    checks::{self, Judged},
    drafts::{self, ApplyFix, Content, CreateDraft, ReviseDraft},
    gate, handbooks, queue,
    waivers::{self, WaiveFinding},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::{
    queue::worker,
    support::{
        desk::{Desk, content, permit},
        engine::engines,
    },
};

const BLOCKED: &str = "Call her own cell at 604-555-0142 tonight.";
const REASON: &str = "She asked us in writing to print her number.";

async fn written(desk: &Desk, words: &str) -> draft::Model {
    write(desk, content(words, &desk.channels)).await
}

async fn write(desk: &Desk, content: Content) -> draft::Model {
    let create = CreateDraft { client_key: None, initiative_id: desk.initiative, content };
    drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap()
}

async fn newest(desk: &Desk, draft: &draft::Model) -> draft::Model {
    office::read::one::<draft::Entity>(desk.office.db().read(), draft.office_id, draft.id).await.unwrap()
}

async fn findings(desk: &Desk, draft: &draft::Model) -> Vec<Judged> {
    let draft = newest(desk, draft).await;
    let db = desk.office.db().read();
    let handbook = handbooks::in_force(&desk.office, db, draft.office_id).await.unwrap();
    let whole = checks::load(&desk.office, db, draft.office_id, draft.revision_id).await.unwrap();
    whole.check_all(&handbook.handbook, desk.office.now())
}

async fn of_rule(desk: &Desk, draft: &draft::Model, rule: &str) -> Judged {
    let found = findings(desk, draft).await;
    found.iter().find(|judged| judged.finding.rule == rule).unwrap_or_else(|| panic!("{found:?}")).clone()
}

async fn waive(
    desk: &Desk,
    who: &Requester,
    draft: &draft::Model,
    key: &str,
    reason: &str,
) -> Result<waiver::Model> {
    let input = WaiveFinding {
        client_key: None,
        draft_id: draft.id,
        expected_version: newest(desk, draft).await.version,
        finding_key: key.to_owned(),
        reason: reason.to_owned(),
    };
    waivers::waive(&desk.office, &permit(who), input).await
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> RefusalCode {
    match outcome {
        Err(OfficeError::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

async fn submit(desk: &Desk, draft: &draft::Model) -> Result<draft::Model> {
    let draft = newest(desk, draft).await;
    drafts::submit(&desk.office, &permit(&desk.author), draft.id, draft.version).await
}

#[tokio::test]
async fn an_excepted_finding_is_shown_and_does_not_block_anywhere() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = written(&desk, BLOCKED).await;
        assert_eq!(refusal(submit(&desk, &draft).await), RefusalCode::GuidelineFindings);
        let found = of_rule(&desk, &draft, "CC1b.phone").await;
        let waiver = waive(&desk, &desk.coordinator, &draft, &found.key, REASON).await.unwrap();
        let excepted = of_rule(&desk, &draft, "CC1b.phone").await;
        assert_eq!(excepted.waiver.as_ref().map(|row| row.id), Some(waiver.id), "it is shown with it");
        assert_eq!((excepted.key.as_str(), excepted.blocks()), (found.key.as_str(), false));
        assert_eq!(
            refusal(waive(&desk, &desk.coordinator, &draft, &found.key, REASON).await),
            RefusalCode::Taken
        );
        desk.approve(draft.id).await;
        let post = desk.schedule_now(draft.id).await.remove(0);
        let (_, gates) = gate::explain(&desk.office, &permit(&desk.author), post.id).await.unwrap();
        assert!(gates.iter().all(|gate| gate.open), "{gates:?}");
        assert_eq!(desk.claim_one(1).await.post.id, post.id);
    }
}

#[tokio::test]
async fn what_waits_under_an_exception_that_was_taken_back_is_held() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let mut posts = Vec::new();
        for _ in 0..2 {
            let draft = written(&desk, BLOCKED).await;
            let key = of_rule(&desk, &draft, "CC1b.phone").await.key;
            let waiver = waive(&desk, &desk.coordinator, &draft, &key, REASON).await.unwrap();
            desk.approve(draft.id).await;
            posts.push((desk.schedule_now(draft.id).await.remove(0), waiver));
        }
        for (_, waiver) in &posts {
            waivers::revoke(&desk.office, &permit(&desk.coordinator), waiver.id).await.unwrap();
        }
        let claimed = desk.claim(1, 1).await;
        assert_eq!(claimed.stopped, [(posts[0].0.id, PostState::Held)], "at the moment of leaving");
        queue::recheck(&desk.office, worker(1), desk.author.office_id, None).await.unwrap();
        for (post, waiver) in &posts {
            let held = desk.post(post.id).await;
            assert_eq!(held.state, PostState::Held, "and before it");
            assert!(held.hold.unwrap().gates.iter().any(|gate| gate.gate == "GUIDELINES"));
            let again = waivers::revoke(&desk.office, &permit(&desk.coordinator), waiver.id).await;
            assert_eq!(refusal(again), RefusalCode::IllegalState);
        }
    }
}

#[tokio::test]
async fn an_exception_lapses_with_the_revision_and_with_the_rules_version() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = written(&desk, BLOCKED).await;
        let found = of_rule(&desk, &draft, "CC1b.phone").await;
        waive(&desk, &desk.coordinator, &draft, &found.key, REASON).await.unwrap();
        let revised = ReviseDraft {
            draft_id: draft.id,
            expected_version: newest(&desk, &draft).await.version,
            content: content(BLOCKED, &desk.channels),
        };
        drafts::revise(&desk.office, &permit(&desk.author), revised).await.unwrap();
        let again = of_rule(&desk, &draft, "CC1b.phone").await;
        assert!(again.blocks() && again.key == found.key, "the same words again, but another revision");
        let mut next = found.finding.clone();
        next.rule_version += 1;
        assert_ne!(next.key(), found.finding.key(), "another version of the rule is another finding");
    }
}

#[tokio::test]
async fn only_a_coordinator_who_wrote_none_of_it_with_a_reason_and_only_what_is_found() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = written(&desk, BLOCKED).await;
        let key = of_rule(&desk, &draft, "CC1b.phone").await.key;
        assert!(desk.manager.permit::<office::policy::op::WaiveFinding>().is_err());
        let short = waive(&desk, &desk.coordinator, &draft, &key, "Fine by me.").await;
        assert_eq!(refusal(short), RefusalCode::Invalid);
        let unknown = waive(&desk, &desk.coordinator, &draft, "0000", REASON).await;
        assert_eq!(refusal(unknown), RefusalCode::NotFound);
        let revised = ReviseDraft {
            draft_id: draft.id,
            expected_version: draft.version,
            content: content(BLOCKED, &desk.channels),
        };
        drafts::revise(&desk.office, &permit(&desk.coordinator), revised).await.unwrap();
        let own = waive(&desk, &desk.coordinator, &draft, &key, REASON).await;
        assert_eq!(refusal(own), RefusalCode::OwnWords, "one revision of it is enough");
    }
}

#[tokio::test]
async fn what_nobody_may_except_is_refused_by_name() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = written(&desk, "Her social insurance number is 130 692 544, please note it.").await;
        let found = of_rule(&desk, &draft, "CC1b.sin").await;
        assert!(!found.finding.waivable);
        let never = waive(&desk, &desk.coordinator, &draft, &found.key, REASON).await;
        assert_eq!(refusal(never), RefusalCode::NotWaivable);
    }
}

#[tokio::test]
async fn each_rules_exceptions_are_counted_and_their_notes_tell_no_words() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        for _ in 0..2 {
            let draft = written(&desk, BLOCKED).await;
            let key = of_rule(&desk, &draft, "CC1b.phone").await.key;
            let waiver = waive(&desk, &desk.coordinator, &draft, &key, REASON).await.unwrap();
            waivers::revoke(&desk.office, &permit(&desk.coordinator), waiver.id).await.unwrap();
            waive(&desk, &desk.coordinator, &draft, &key, REASON).await.unwrap();
        }
        let records = waivers::records(&desk.office, &permit(&desk.author)).await.unwrap();
        let told: Vec<_> = records
            .iter()
            .map(|record| (record.rule.as_str(), record.waivers, record.recent_waivers, record.revoked))
            .collect();
        assert_eq!(told, [("CC1b.phone", 4, 4, 2)]);
        desk.wait(chrono::TimeDelta::days(400));
        let later = waivers::records(&desk.office, &permit(&desk.author)).await.unwrap();
        assert_eq!((later[0].waivers, later[0].recent_waivers), (4, 0));
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.is_in(["waiveFinding", "revokeWaiver"]))
            .all(&desk.database)
            .await
            .unwrap();
        assert_eq!(entries.len(), 6);
        for entry in entries {
            let detail = entry.detail.clone();
            assert!(detail.contains("CC1b.phone") && !detail.contains("555"), "{detail}");
            assert!(!detail.contains("in writing"), "the reason is in the waiver: {detail}");
        }
    }
}

#[tokio::test]
async fn a_fix_makes_the_next_revision_of_the_right_part() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let mut words = content("Nothing to mend here.", &desk.channels);
        words.targets[1].text = Some("Her social insurance number is 130 692 544.".to_owned());
        let draft = write(&desk, words).await;
        let found = of_rule(&desk, &draft, "CC1b.sin").await;
        assert_eq!(found.finding.target, "variants.feed");
        let fix = async |key: &str| {
            let input = ApplyFix {
                client_key: None,
                draft_id: draft.id,
                expected_version: newest(&desk, &draft).await.version,
                finding_key: key.to_owned(),
            };
            drafts::apply_fix(&desk.office, &permit(&desk.author), input).await
        };
        let mended = fix(&found.key).await.unwrap();
        assert!(findings(&desk, &draft).await.iter().all(|judged| judged.finding.rule != "CC1b.sin"));
        let db = desk.office.db().read();
        let whole = checks::load(&desk.office, db, mended.office_id, mended.revision_id).await.unwrap();
        assert_eq!((whole.revision.number, whole.revision.text.as_str()), (2, "Nothing to mend here."));
        let variant = whole.targets.iter().find_map(|(target, _)| target.text.as_deref()).unwrap();
        assert!(
            variant.starts_with("Her social insurance number is ") && !variant.contains("692"),
            "{variant}"
        );
        assert_eq!(refusal(fix(&found.key).await), RefusalCode::NotFound, "it is gone");
        let phone = written(&desk, BLOCKED).await;
        let unfixable = of_rule(&desk, &phone, "CC1b.phone").await;
        let input = ApplyFix {
            client_key: None,
            draft_id: phone.id,
            expected_version: phone.version,
            finding_key: unfixable.key,
        };
        let refused = drafts::apply_fix(&desk.office, &permit(&desk.author), input).await;
        assert_eq!(refusal(refused), RefusalCode::IllegalState);
    }
}
