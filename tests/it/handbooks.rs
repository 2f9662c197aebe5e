//! Handbook versions: proposed, compared, tried out, put in force, and what becomes of the queue then.

use entity::{HandbookId, OfficeId, PostId, handbook, post::PostState};
use guidelines::{HandbookDocument, RuleSettings, Severity};
use office::{
    OfficeError, Refusal,
    handbooks::{self, Activated, Format, ProposeHandbook},
    queue::{self, SendOutcome},
};

use crate::{
    queue::{proof, worker},
    support::desk::{Desk, permit},
};

mod activating;
mod back_testing;
mod entries;
mod proposing;
mod through_the_api;

/// A text that the starter handbook only advises against.
pub(crate) const SHOUTED: &str = "We won the award!!!";
/// A text that no handbook minds.
pub(crate) const QUIET: &str = "Book a video visit from home.";

pub(crate) async fn in_force(desk: &Desk) -> HandbookId {
    handbooks::id_in_force(desk.office.db().read(), office_of(desk)).await.unwrap()
}

pub(crate) fn office_of(desk: &Desk) -> OfficeId {
    desk.author.office_id
}

/// The document of the version in force.
pub(crate) async fn document(desk: &Desk) -> HandbookDocument {
    let compiled = handbooks::in_force(&desk.office, desk.office.db().read(), office_of(desk)).await.unwrap();
    compiled.document.clone()
}

pub(crate) fn rule<'d>(document: &'d mut HandbookDocument, id: &str) -> &'d mut RuleSettings {
    document.rules.iter_mut().find(|rule| rule.id == id).unwrap()
}

/// A change that makes shouting block.
pub(crate) fn strict(document: &mut HandbookDocument) {
    rule(document, "GP2.shouting").severity = Severity::Block;
}

pub(crate) async fn try_propose(desk: &Desk, document: &str) -> office::Result<handbook::Model> {
    let proposal = ProposeHandbook {
        client_key: None,
        document: document.to_owned(),
        note: "Because we said so".to_owned(),
    };
    handbooks::propose(&desk.office, &permit(&desk.coordinator), proposal).await
}

/// A proposal that changes the version in force.
pub(crate) async fn propose(desk: &Desk, change: impl FnOnce(&mut HandbookDocument)) -> handbook::Model {
    let mut document = document(desk).await;
    change(&mut document);
    let written = handbooks::write_document(&document, Format::Toml).unwrap();
    try_propose(desk, &written).await.unwrap()
}

pub(crate) async fn activate(desk: &Desk, id: HandbookId) -> Activated {
    let expected = in_force(desk).await;
    handbooks::activate(&desk.office, &permit(&desk.coordinator), id, expected).await.unwrap()
}

/// Proposed and in force.
pub(crate) async fn enact(desk: &Desk, change: impl FnOnce(&mut HandbookDocument)) -> Activated {
    let proposal = propose(desk, change).await;
    activate(desk, proposal.id).await
}

/// What a worker's tick does.
pub(crate) async fn tick(desk: &Desk) {
    for office_id in queue::offices_to_recheck(&desk.office).await.unwrap() {
        let mut after = None;
        loop {
            let (_, last) = queue::recheck(&desk.office, worker(1), office_id, after).await.unwrap();
            if last.is_none() {
                break;
            }
            after = last;
        }
    }
}

/// A post of these words on the first channel, scheduled now.
pub(crate) async fn queued(desk: &Desk, words: &str) -> PostId {
    let draft = desk.approved(words, &desk.channels[..1]).await;
    desk.schedule_now(draft.id).await.remove(0).id
}

/// A post of these words that is out.
pub(crate) async fn published(desk: &Desk, words: &str) -> PostId {
    let id = queued(desk, words).await;
    let ready = desk.claim_one(1).await;
    desk.settle(&ready, SendOutcome::Delivered(proof(id))).await;
    assert_eq!(desk.post(id).await.state, PostState::Published);
    id
}

pub(crate) fn refusal<T: std::fmt::Debug>(result: office::Result<T>) -> Refusal {
    match result {
        Err(OfficeError::Refused(refusal)) => *refusal,
        other => panic!("not refused: {other:?}"),
    }
}
