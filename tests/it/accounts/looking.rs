//! Two looks at one account at a time, by hand: the older answer does not take the place of the newer.

use entity::{channel::CredentialState, channel::Profile};
use office::channels::{self, Looked};

use super::refresh::{Account, cause, worker};
use crate::support::{desk::permit, engine::engines};

fn accepted(account: &Account, name: &str) -> Looked {
    Looked::Accepted(Box::new(Profile {
        handle: "press".to_owned(),
        display_name: Some(name.to_owned()),
        url: Some("https://social.example/@press".to_owned()),
        bio: None,
        bio_shown: true,
        abilities: None,
        read_at: account.desk.office.now(),
    }))
}

#[tokio::test]
async fn a_late_answer_changes_nothing() {
    for engine in engines() {
        let account = Box::pin(Account::open(&engine)).await;
        let office = &account.desk.office;
        let shown = |row: &entity::channel::Model| row.profile.clone().unwrap().display_name.unwrap();
        let untested = account.row().await;
        let found = accepted(&account, "first");
        let healthy = channels::record_look(office, worker(1), &untested, found).await.unwrap();
        assert_eq!(healthy.credential_state, CredentialState::Healthy);
        // Another worker asked at the same time.
        let late = Looked::Rejected(cause("UNAUTHORIZED"));
        let row = channels::record_look(office, worker(2), &untested, late).await.unwrap();
        assert_eq!((row.credential_state, shown(&row)), (CredentialState::Healthy, "first".to_owned()));
        // A person asks for a look while one is under way: what that one finds is from before.
        channels::test(office, &permit(&account.desk.coordinator), account.id).await.unwrap();
        let before = accepted(&account, "from before");
        let row = channels::record_look(office, worker(1), &healthy, before).await.unwrap();
        assert_eq!(shown(&row), "first");
        let due = channels::to_look_at(office, 9).await.unwrap().remove(0);
        let refused = Looked::Rejected(cause("UNAUTHORIZED"));
        let row = channels::record_look(office, worker(1), &due, refused).await.unwrap();
        assert_eq!(row.credential_state, CredentialState::Rejected, "the look that was asked for counts");
    }
}
