//! Answers that are lost, to a post, an upload, a change and a boost: what came of it is looked up, and nothing is there twice,
//! whether the server keeps keys or not.

use std::sync::atomic::Ordering;

use connectors::{Amplified, Connector, Evidence, LookUp, Message, Outcome, Standing};
use reqwest::Method;
use serde_json::json;

use super::{Account, at, server};
use crate::{
    bluesky::{SwallowingProxy, Watch, message, pixel},
    machine::delivered,
};

/// Before the server; without the key, it stands for one that keeps none.
async fn proxy(office: &Account, withholds: Option<&'static str>) -> SwallowingProxy {
    SwallowingProxy::before(&office.url, Watch { loses: "POST /api/v1/statuses ", withholds }).await
}

/// The same that loses the answer to another request.
async fn losing(office: &Account, request: &'static str) -> SwallowingProxy {
    SwallowingProxy::before(&office.url, Watch { loses: request, withholds: None }).await
}

/// Publishes, and finds by the account's statuses what nobody answered for.
async fn found_after_loss(connector: &dyn Connector, proxy: &SwallowingProxy, message: &Message) -> String {
    assert_eq!(connector.look_up(message).await, LookUp::Absent);
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.publish(message).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    match connector.look_up(message).await {
        LookUp::Found(receipt) => {
            assert_eq!(receipt.evidence, Evidence::Timeline);
            receipt.remote_id
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_a_key_that_is_kept_makes_no_second_post() {
    let Some(server) = server() else { return };
    let office = server.account("lost").await;
    let proxy = proxy(&office, None).await;
    let (connector, message) = (at(&proxy.url, &office.token), message("lost"));
    let found = found_after_loss(&*connector, &proxy, &message).await;
    let again = delivered(connector.publish(&message).await);
    assert_eq!((again.remote_id, office.statuses().await.len()), (found, 1));
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_where_no_key_is_kept() {
    let Some(server) = server() else { return };
    let office = server.account("keyless").await;
    let proxy = proxy(&office, Some("idempotency-key")).await;
    let (connector, message) = (at(&proxy.url, &office.token), message("keyless"));
    let found = found_after_loss(&*connector, &proxy, &message).await;
    let only = office.statuses().await;
    assert_eq!(only.iter().map(|status| status["id"].as_str().unwrap()).collect::<Vec<_>>(), [found]);

    // What the look-up saves from: here a second try is a second post, and then only a person can tell.
    delivered(connector.publish(&message).await);
    assert_eq!(office.statuses().await.len(), 2);
    let unclear = connector.look_up(&message).await;
    assert!(matches!(&unclear, LookUp::CannotTell(cause) if cause.code == "SEVERAL_FOUND"), "{unclear:?}");
}

#[tokio::test]
async fn an_upload_whose_answer_is_lost_publishes_nothing_and_the_next_try_does() {
    let Some(server) = server() else { return };
    let office = server.account("upload").await;
    let proxy = losing(&office, "POST /api/v2/media ").await;
    let (connector, mut message) = (at(&proxy.url, &office.token), message("upload"));
    message.media.push(pixel());
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.publish(&message).await;
    assert!(matches!(outcome, Outcome::NotSent { .. }), "{outcome:?}");
    assert!(office.statuses().await.is_empty());
    delivered(connector.publish(&message).await);
    let shown: Vec<_> =
        office.statuses().await.iter().map(|status| status["media_attachments"].clone()).collect();
    assert_eq!(shown.iter().map(|media| media.as_array().unwrap().len()).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_may_be_made_again() {
    let Some(server) = server() else { return };
    let office = server.account("change").await;
    let proxy = losing(&office, "PUT /api/v1/statuses/").await;
    let (connector, message) = (at(&proxy.url, &office.token), message("change"));
    let id = delivered(connector.publish(&message).await).remote_id;
    let moved = Message { text: "Moved to Monday.".to_owned(), ..message };
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.update(&id, &moved).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert_eq!(connector.read_back(&id, &moved).await, Standing::AsSent);
    assert_eq!(delivered(connector.update(&id, &moved).await).remote_id, id);
    assert_eq!(connector.read_back(&id, &moved).await, Standing::AsSent);
}

#[tokio::test]
async fn a_boost_whose_answer_is_lost_is_found_and_not_made_again() {
    let Some(server) = server() else { return };
    let (office, reader) = (server.account("reblog").await, server.reader());
    let proxy = losing(&office, "POST /api/v1/statuses/").await;
    let theirs = reader.say(json!({ "status": "Flu jabs" })).await;
    let id = theirs["id"].as_str().unwrap();
    // The server searches words: the status names its address, as it is by way of the proxy.
    let url = proxy.url.join(&format!("/@{}/{id}", reader.name)).unwrap();
    let fields = json!({ "status": format!("Flu jabs: {url}") });
    reader.ask(Method::PUT, &format!("statuses/{id}"), Some(fields)).await;
    let what = Amplified { url, idempotency_key: message("reblog").idempotency_key };
    let connector = at(&proxy.url, &office.token);
    proxy.swallow.store(true, Ordering::SeqCst);
    let outcome = connector.amplify(&what).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert!(
        matches!(connector.look_up_amplified(&what).await, LookUp::Found(found) if found.remote_id == id)
    );
    delivered(connector.amplify(&what).await);
    assert_eq!(office.statuses().await.len(), 1);
}
