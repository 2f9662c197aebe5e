//! Edits of lists are proposals; entries come up for review on their day.

use chrono::NaiveDate;
use entity::handbook::{self, HandbookState};
use office::{
    RefusalCode,
    handbooks::{self, AddListEntry, HandbookList, RemoveListEntry},
    tasks::{self, TaskKind},
};

use super::{activate, document, in_force, refusal};
use crate::support::{
    desk::{Desk, permit},
    engine::engines,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn add(desk: &Desk, value: &str, review_on: &str) -> office::Result<handbook::Model> {
    let entry = AddListEntry {
        client_key: None,
        list: HandbookList::Phones,
        value: value.to_owned(),
        owner: "Cora Ford".to_owned(),
        reason: "The switchboard".to_owned(),
        review_on: day(review_on),
    };
    handbooks::add_entry(&desk.office, &permit(&desk.coordinator), entry).await
}

async fn remove(desk: &Desk, value: &str) -> office::Result<handbook::Model> {
    let entry = RemoveListEntry {
        client_key: None,
        list: HandbookList::Phones,
        value: value.to_owned(),
        reason: "Disconnected".to_owned(),
    };
    handbooks::remove_entry(&desk.office, &permit(&desk.coordinator), entry).await
}

async fn to_review(desk: &Desk) -> Vec<String> {
    let waiting = tasks::list(&desk.office, &permit(&desk.coordinator), None, 100).await.unwrap();
    let due = waiting.into_iter().filter(|task| task.kind == TaskKind::ReviewListEntry);
    due.map(|task| task.title).collect()
}

#[tokio::test]
async fn an_edit_of_a_list_is_a_proposal_that_the_next_edit_carries_on() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let before = in_force(&desk).await;
        let first = add(&desk, "604-555-0100", "2027-02-28").await.unwrap();
        assert_eq!((first.state, first.number), (HandbookState::Proposed, 2));
        assert_eq!(in_force(&desk).await, before, "nothing came into force");
        assert_eq!(refusal(add(&desk, "604-555-0100", "2027-02-28").await).code, RefusalCode::Taken);
        let second = add(&desk, "604-555-0101", "2027-06-01").await.unwrap();
        let phones = handbooks::document_of(&second).unwrap().office.phones;
        assert_eq!(phones.len(), 2, "the pending proposal is carried on");
        assert_eq!(phones[0].owner.as_deref(), Some("Cora Ford"));
        assert_eq!(second.note.as_deref().unwrap().lines().count(), 2);
        let replaced =
            office::read::one::<handbook::Entity>(desk.office.db().read(), desk.author.office_id, first.id);
        assert_eq!(replaced.await.unwrap().state, HandbookState::Discarded);
        let third = remove(&desk, "604-555-0101").await.unwrap();
        assert_eq!(refusal(remove(&desk, "604-555-0199").await).code, RefusalCode::NotFound);
        activate(&desk, third.id).await;
        assert_eq!(document(&desk).await.office.phones.len(), 1);
        assert_eq!(to_review(&desk).await, ["phones: 604-555-0100"], "its day has come");
        let later = add(&desk, "604-555-0102", "2027-03-02").await.unwrap();
        activate(&desk, later.id).await;
        assert_eq!(to_review(&desk).await.len(), 1, "that is tomorrow");
        desk.wait(chrono::TimeDelta::days(1));
        assert_eq!(to_review(&desk).await, ["phones: 604-555-0100", "phones: 604-555-0102"]);
    }
}
