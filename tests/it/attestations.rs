//! Answers to rules' questions: each for exactly one revision.

use entity::draft;
use guidelines::AttestationKind;
use office::{
    OfficeError, RefusalCode, Requester, Result,
    attestations::{self, Attest, Question},
    checks,
    drafts::{self, CreateDraft, ReviseDraft},
    handbooks,
    reviews::{self, SeekAdvice},
};

use crate::support::{
    desk::{Desk, content, permit},
    engine::engines,
};

async fn doubted(desk: &Desk) -> draft::Model {
    let mut words = content("The new clinic opens on Monday.", &desk.channels);
    words.in_doubt = true;
    let create = CreateDraft { client_key: None, initiative_id: desk.initiative, content: words };
    drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap()
}

async fn newest(desk: &Desk, draft: &draft::Model) -> draft::Model {
    office::read::one::<draft::Entity>(desk.office.db().read(), draft.office_id, draft.id).await.unwrap()
}

async fn questions(desk: &Desk, draft: &draft::Model) -> Vec<Question> {
    let draft = newest(desk, draft).await;
    let db = desk.office.db().read();
    let handbook = handbooks::in_force(&desk.office, db, draft.office_id).await.unwrap();
    let whole = checks::load(&desk.office, db, draft.office_id, draft.revision_id).await.unwrap();
    attestations::questions(&whole, &whole.check_all(&handbook.handbook, desk.office.now()))
}

async fn advice(desk: &Desk, draft: &draft::Model) -> Option<Question> {
    questions(desk, draft).await.into_iter().find(|question| question.kind == AttestationKind::Advice)
}

async fn submit(desk: &Desk, draft: &draft::Model) -> Result<draft::Model> {
    let draft = newest(desk, draft).await;
    drafts::submit(&desk.office, &permit(&desk.author), draft.id, draft.version).await
}

async fn attest(
    desk: &Desk,
    who: &Requester,
    draft: &draft::Model,
    change: impl FnOnce(&mut Attest),
) -> Result<entity::attestation::Model> {
    let mut input = Attest {
        client_key: None,
        draft_id: draft.id,
        expected_version: newest(desk, draft).await.version,
        kind: AttestationKind::Advice,
        answer: "The coordinator read it and had no objection.".to_owned(),
        person: Some("Cora Ford".to_owned()),
        given_on: None,
    };
    change(&mut input);
    attestations::attest(&desk.office, &permit(who), input).await
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> RefusalCode {
    match outcome {
        Err(OfficeError::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

async fn revise(desk: &Desk, draft: &draft::Model) {
    let mut words = content("The new clinic opens on Tuesday.", &desk.channels);
    words.in_doubt = true;
    let revised = ReviseDraft {
        draft_id: draft.id,
        expected_version: newest(desk, draft).await.version,
        content: words,
    };
    drafts::revise(&desk.office, &permit(&desk.author), revised).await.unwrap();
}

#[tokio::test]
async fn an_answer_settles_the_question_and_an_edit_asks_it_again() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = doubted(&desk).await;
        let open = advice(&desk, &draft).await.unwrap();
        assert!(open.attestation.is_none() && !open.findings.is_empty());
        assert_eq!(refusal(submit(&desk, &draft).await), RefusalCode::GuidelineFindings);
        let answer = attest(&desk, &desk.author, &draft, |_| ()).await.unwrap();
        let answered = advice(&desk, &draft).await.unwrap();
        assert_eq!(answered.attestation.map(|row| row.id), Some(answer.id));
        assert!(answered.findings.is_empty());
        submit(&desk, &draft).await.unwrap();
        revise(&desk, &draft).await;
        let again = advice(&desk, &draft).await.unwrap();
        assert!(again.attestation.is_none() && !again.findings.is_empty(), "the edit voids it");
        assert_eq!(refusal(submit(&desk, &draft).await), RefusalCode::GuidelineFindings);
    }
}

#[tokio::test]
async fn an_adviser_answers_it_too() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = doubted(&desk).await;
        attest(&desk, &desk.author, &draft, |_| ()).await.unwrap();
        submit(&desk, &draft).await.unwrap();
        let ask = SeekAdvice {
            client_key: None,
            draft_id: draft.id,
            adviser_id: desk.manager.member_id().unwrap(),
            question: "May we name the day?".to_owned(),
        };
        let asked = reviews::seek_advice(&desk.office, &permit(&desk.author), ask).await.unwrap();
        assert!(advice(&desk, &draft).await.unwrap().advice.is_none(), "asking is not an answer");
        reviews::give_advice(&desk.office, &permit(&desk.manager), asked.id, "Yes.").await.unwrap();
        assert_eq!(advice(&desk, &draft).await.unwrap().advice.map(|review| review.id), Some(asked.id));
        revise(&desk, &draft).await;
        assert!(advice(&desk, &draft).await.unwrap().advice.is_none(), "it was about other words");
    }
}

#[tokio::test]
async fn an_answer_names_what_the_question_asks_for_once_by_somebody_responsible() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let draft = doubted(&desk).await;
        let release = |given_on: Option<&str>| {
            let given_on = given_on.map(|day| day.parse().unwrap());
            move |input: &mut Attest| {
                input.kind = AttestationKind::DocumentRelease;
                input.given_on = given_on;
            }
        };
        let author = &desk.author;
        let nobody = attest(&desk, author, &draft, |input| input.person = None).await;
        assert_eq!(refusal(nobody), RefusalCode::Required);
        assert_eq!(refusal(attest(&desk, author, &draft, release(None)).await), RefusalCode::Required);
        let ahead = attest(&desk, author, &draft, release(Some("2027-03-09"))).await;
        assert_eq!(refusal(ahead), RefusalCode::Invalid);
        let stranger = attest(&desk, &desk.manager, &draft, |_| ()).await;
        assert_eq!(refusal(stranger), RefusalCode::NotResponsible);
        attest(&desk, &desk.coordinator, &draft, release(Some("2027-02-26"))).await.unwrap();
        let twice = attest(&desk, author, &draft, release(Some("2027-02-27"))).await;
        assert_eq!(refusal(twice), RefusalCode::Taken);
        let stale = attest(&desk, author, &draft, |input| input.expected_version = 1).await;
        assert_eq!(refusal(stale), RefusalCode::Conflict);
    }
}
