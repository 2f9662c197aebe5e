//! The public API in the test's own process, over an office whose clock the test moves.

use std::sync::Arc;

use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{client::Client, desk::Desk};

const PASSWORD: &str = "correct horse battery";

/// A desk and the API that serves it.
pub(crate) struct Served {
    pub(crate) desk: Desk,
    anonymous: Client,
    stop: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

impl Served {
    /// Serves it, on a free port; everybody has a password.
    pub(crate) async fn of(desk: Desk) -> Self {
        office::signing_keys::ensure(&desk.office).await.unwrap();
        let settings = api::ApiSettings { listen: "127.0.0.1:0".to_owned(), ..api::ApiSettings::default() };
        let (authorizer, front) = (Arc::new(worker::PlatformAuthorizer), Arc::new(String::new));
        let api = api::Server::build(desk.office.clone(), settings, authorizer, front).unwrap();
        let anonymous = Client::anonymous(&format!("http://{}", api.address()));
        let stop = CancellationToken::new();
        let running = TaskTracker::new().spawn(api.run_until(stop.clone()));
        let served = Self { desk, anonymous, stop, running };
        let administrator = served.client("ada").await;
        let people = administrator.ask("{ members(first: 50) { nodes { id email } } }", json!({})).await;
        for person in people["members"]["nodes"].as_array().unwrap() {
            if person["email"] != "ada@example.org" {
                let set = json!({ "memberId": person["id"], "new": PASSWORD });
                administrator.act("setPassword", set, "member { id }").await;
            }
        }
        served
    }

    /// Nobody.
    pub(crate) fn anybody(&self) -> Client {
        self.anonymous.clone()
    }

    /// Somebody, signed in now: sessions end as the clock is moved.
    pub(crate) async fn client(&self, name: &str) -> Client {
        let sign = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
        let session = self.anonymous.act("signIn", sign, "session { accessToken }").await;
        self.anonymous.with_token(session["session"]["accessToken"].as_str().unwrap())
    }

    /// Ends it.
    pub(crate) async fn end(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
    }
}
