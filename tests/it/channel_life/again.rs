//! What becomes of an account whose channel was retired: the office that closed it may take it up again, and nobody else while
//! its page is still there.

use entity::{
    ChannelId,
    channel::{Platform, PublicPage},
    member::Role,
};
use office::{
    Requester,
    channels::{self, CredentialFate, RetireChannel},
    directory::{self, VerificationStatus},
    error::{OfficeError, RefusalCode},
    members::{self, CreateMember},
    stewards::{self, AddSteward},
};

use crate::support::{
    desk::{Desk, first_administrator, new_office, permit, wish},
    engine::engines,
};

const PAGE: &str = "https://www.instagram.com/press";

async fn retire(desk: &Desk, id: ChannelId, page: PublicPage) {
    let input = RetireChannel {
        channel_id: id,
        reason: None,
        page: Some(page),
        credential: Some(CredentialFate::Revoked),
        last_post_id: None,
        cancel_posts: false,
    };
    channels::retire(&desk.office, &permit(&desk.coordinator), input).await.unwrap();
}

async fn in_use(desk: &Desk) -> ChannelId {
    let asked = wish(Platform::Instagram, "press", PAGE.to_owned());
    let id = channels::request(&desk.office, &permit(&desk.author), asked).await.unwrap().id;
    channels::approve(&desk.office, &permit(&desk.coordinator), id, None).await.unwrap();
    for steward in [&desk.author, &desk.manager] {
        let member_id = steward.member_id().unwrap();
        let add = AddSteward { client_key: None, channel_id: id, member_id, on_duty: false };
        stewards::add(&desk.office, &permit(&desk.coordinator), add).await.unwrap();
    }
    channels::activate(&desk.office, &permit(&desk.coordinator), id).await.unwrap();
    id
}

/// A member of another office of the deployment.
async fn stranger(desk: &Desk) -> Requester {
    let (_, first) =
        office::offices::create(&desk.office, new_office("other"), first_administrator()).await.unwrap();
    let administrator = members::requester_for(&desk.office, first.id).await.unwrap();
    let create = CreateMember {
        client_key: None,
        email: "stranger@example.org".to_owned(),
        name: "A stranger".to_owned(),
        roles: vec![Role::Member],
        password: None,
    };
    let member = members::create(&desk.office, &permit(&administrator), create).await.unwrap();
    members::requester_for(&desk.office, member.id).await.unwrap()
}

/// Why the other office may not have the account.
async fn claimed(desk: &Desk, by: &Requester) -> Option<RefusalCode> {
    let asked = wish(Platform::Instagram, "press", PAGE.to_owned());
    match channels::request(&desk.office, &permit(by), asked).await {
        Ok(_) => None,
        Err(OfficeError::Refused(why)) => Some(why.code),
        Err(fault) => panic!("{fault}"),
    }
}

async fn status(desk: &Desk) -> VerificationStatus {
    directory::verify(&desk.office, PAGE).await.unwrap().status
}

#[tokio::test]
async fn a_closed_account_is_its_office_s_to_take_up_again_and_nobody_else_s_while_its_page_is_there() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let other = stranger(&desk).await;
        let first = in_use(&desk).await;
        retire(&desk, first, PublicPage::MarkedClosed).await;
        assert_eq!(status(&desk).await, VerificationStatus::Retired);
        assert_eq!(claimed(&desk, &other).await, Some(RefusalCode::Taken), "the page is still the office's");
        let second = in_use(&desk).await;
        assert_ne!(first, second);
        assert_eq!(status(&desk).await, VerificationStatus::Official, "what is in use counts");
    }
}

#[tokio::test]
async fn the_name_of_a_page_that_was_deleted_is_free() {
    for engine in engines() {
        let desk = Desk::open(&engine, 0).await;
        let other = stranger(&desk).await;
        let id = in_use(&desk).await;
        assert_eq!(claimed(&desk, &other).await, Some(RefusalCode::Taken));
        retire(&desk, id, PublicPage::Deleted).await;
        assert_eq!(claimed(&desk, &other).await, None);
    }
}
