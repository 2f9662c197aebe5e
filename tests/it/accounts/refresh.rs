//! The refresh of a credential by hand, with a clock that the test moves.

use chrono::TimeDelta;
use entity::{WorkerId, channel, channel::CredentialState, channel::Platform};
use office::{
    channels::{
        self, Authorizer, BeginAuthorization, Consent, DueRefresh, GrantOutcome, Granted, RequestChannel,
        SetPlatformApp,
    },
    queue::Cause,
    read,
};
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use crate::support::{
    desk::{Desk, permit, wish},
    engine::engines,
};

/// Hands the state back in the address, as a platform does.
#[derive(Debug)]
struct Echo;

impl Authorizer for Echo {
    fn consent_url(
        &self,
        _platform: Platform,
        _settings: &channel::Connection,
        consent: &Consent<'_>,
    ) -> Result<url::Url, String> {
        let mut url = consent.redirect_uri.clone();
        url.query_pairs_mut().append_pair("state", consent.state.expose_secret()).append_pair("code", "c0de");
        Ok(url)
    }
}

pub(super) fn worker(number: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(number))
}

fn granted(access: &str, refresh: Option<&str>) -> GrantOutcome {
    GrantOutcome::Granted(Granted {
        access: SecretString::from(access),
        refresh: refresh.map(SecretString::from),
        lifetime: Some(TimeDelta::hours(2)),
        scopes: None,
        missing_scopes: Vec::new(),
    })
}

pub(super) fn cause(code: &str) -> Cause {
    Cause { code: code.to_owned(), detail: "because".to_owned(), http_status: None }
}

/// An office with a channel whose credential, `one`, is good for two hours.
pub(super) struct Account {
    pub(super) desk: Desk,
    pub(super) id: entity::ChannelId,
}

impl Account {
    pub(super) async fn open(engine: &crate::support::engine::Engine) -> Self {
        let desk = Desk::open(engine, 1).await;
        let request = RequestChannel {
            considered: desk.channels.clone(),
            ..wish(Platform::Mastodon, "press", "https://social.example/@press".to_owned())
        };
        let office = &desk.office;
        let row = channels::request(office, &permit(&desk.author), request).await.unwrap();
        let row = channels::approve(office, &permit(&desk.coordinator), row.id, None).await.unwrap();
        let operator = office::Requester::new(desk.author.office_id, office::Actor::Operator);
        let app = SetPlatformApp {
            platform: Platform::Mastodon,
            base_url: "https://social.example/".to_owned(),
            client_id: "masthead".to_owned(),
            client_secret: None,
        };
        channels::set_app(office, &permit(&operator), app).await.unwrap();
        let question = BeginAuthorization {
            channel_id: row.id,
            expected_version: row.version,
            base_url: Some("https://social.example".to_owned()),
            username: None,
            allow_private_host: false,
            redirect_uri: "https://press.example.org/connect/callback".parse().unwrap(),
        };
        let begun =
            channels::begin_authorization(office, &permit(&desk.coordinator), &Echo, question).await.unwrap();
        channels::complete_authorization(office, &permit(&desk.coordinator), begun.url.as_str())
            .await
            .unwrap();
        let answered = channels::claim_answered(office, worker(1), 9).await.unwrap().remove(0);
        assert_eq!(answered.code.expose_secret(), "c0de");
        channels::settle_authorization(office, worker(1), &answered, granted("one", Some("r1")))
            .await
            .unwrap();
        let account = Self { desk, id: row.id };
        assert_eq!(account.secret().await, "one");
        account
    }

    pub(super) async fn row(&self) -> channel::Model {
        let db = self.desk.office.db().read();
        read::one::<channel::Entity>(db, self.desk.author.office_id, self.id).await.unwrap()
    }

    async fn secret(&self) -> String {
        let opened = channels::open_credential(&self.desk.office, &self.row().await).unwrap().unwrap();
        opened.expose_secret().to_owned()
    }

    async fn claim(&self, number: u128) -> Vec<DueRefresh> {
        channels::claim_refreshes(&self.desk.office, worker(number), 9).await.unwrap()
    }

    async fn settle(&self, number: u128, due: &DueRefresh, outcome: GrantOutcome) {
        channels::settle_refresh(&self.desk.office, worker(number), due, outcome).await.unwrap();
    }
}

#[tokio::test]
async fn one_worker_refreshes_well_before_the_end_and_what_it_got_is_stored() {
    for engine in engines() {
        let account = Box::pin(Account::open(&engine)).await;
        assert!(account.claim(1).await.is_empty(), "it is good for two hours");
        account.desk.wait(TimeDelta::minutes(109));
        let due = account.claim(1).await.remove(0);
        assert_eq!((due.token.expose_secret(), due.begun_before), ("r1", false));
        assert!(account.claim(2).await.is_empty(), "one refresher at a time");
        account.settle(1, &due, granted("two", Some("r2"))).await;
        assert_eq!(account.secret().await, "two");
        account.desk.wait(TimeDelta::minutes(109));
        let due = account.claim(2).await.remove(0);
        assert_eq!(due.token.expose_secret(), "r2", "the new one is used, never the old one again");
        account.settle(2, &due, granted("three", None)).await;
        account.desk.wait(TimeDelta::minutes(109));
        assert_eq!(
            account.claim(2).await.remove(0).token.expose_secret(),
            "r2",
            "one that is not replaced is kept"
        );
    }
}

#[tokio::test]
async fn a_platform_that_does_not_answer_revokes_nothing_and_is_asked_again() {
    for engine in engines() {
        let account = Box::pin(Account::open(&engine)).await;
        account.desk.wait(TimeDelta::minutes(109));
        for try_number in 1..6 {
            let due = account.claim(1).await.remove(0);
            account.settle(1, &due, GrantOutcome::Unreachable(cause("TIMEOUT"), None)).await;
            let row = account.row().await;
            assert_eq!((row.refresh_failures, row.credential_state), (try_number, CredentialState::Untested));
            assert!(account.claim(1).await.is_empty(), "it waits before it asks again");
            account.desk.wait(TimeDelta::hours(1));
        }
        let due = account.claim(1).await.remove(0);
        account.settle(1, &due, granted("two", Some("r2"))).await;
        let row = account.row().await;
        assert_eq!((row.refresh_failures, row.refresh_cause), (0, None));
    }
}

#[tokio::test]
async fn a_worker_that_died_loses_its_claim_and_its_late_answer_counts_for_nothing() {
    for engine in engines() {
        let account = Box::pin(Account::open(&engine)).await;
        account.desk.wait(TimeDelta::minutes(109));
        let lost = account.claim(1).await.remove(0);
        account.desk.wait(TimeDelta::minutes(2));
        let taken = account.claim(2).await.remove(0);
        assert!(taken.begun_before);
        account.settle(1, &lost, granted("late", Some("late"))).await;
        assert_eq!(account.secret().await, "one");
        account.settle(2, &taken, GrantOutcome::Refused(cause("GRANT_INVALID"))).await;
        let row = account.row().await;
        assert_eq!((row.credential_state, row.refresh_at), (CredentialState::Rejected, None));
        assert!(row.refresh_cause.unwrap().contains("a worker died"), "who tried before may have lost it");
        assert!(account.claim(1).await.is_empty(), "a person must connect it again");
    }
}
