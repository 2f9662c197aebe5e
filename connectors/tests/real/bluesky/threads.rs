//! Threads on a real server, and how posts stand there. It knows nothing of what an `AppView` makes of them.

use connectors::{Difference, Follows, Message, Outcome, Standing};

use super::{message, pixel, server};
use crate::machine::delivered;

fn following(name: &str, remote_id: &str, root_id: &str) -> Message {
    let follows = Follows { remote_id: remote_id.to_owned(), root_id: root_id.to_owned() };
    Message { follows: Some(follows), ..message(name) }
}

#[tokio::test]
async fn a_thread_is_answers_that_know_where_it_began() {
    let Some(server) = server() else { return };
    let connector = server.connector();
    let first = delivered(connector.publish(&message("first")).await).remote_id;
    let second = following("second", &first, &first);
    let second_id = delivered(connector.publish(&second).await).remote_id;
    let third = following("third", &second_id, &first);
    let third_id = delivered(connector.publish(&third).await).remote_id;

    let (top, middle) = (server.record(&first).await, server.record(&second_id).await);
    let reply = server.record(&third_id).await["value"]["reply"].clone();
    assert_eq!((&reply["root"]["uri"], &reply["root"]["cid"]), (&first.as_str().into(), &top["cid"]));
    assert_eq!(
        (&reply["parent"]["uri"], &reply["parent"]["cid"]),
        (&second_id.as_str().into(), &middle["cid"])
    );

    let again = delivered(connector.publish(&third).await);
    assert_eq!(
        (again.remote_id.as_str(), server.count(&third.idempotency_key).await),
        (third_id.as_str(), 1)
    );
    let corrected = Message { text: format!("Corrected. {}", third.idempotency_key), ..third };
    delivered(connector.update(&third_id, &corrected).await);
    assert_eq!(
        server.record(&third_id).await["value"]["reply"],
        reply,
        "a change keeps the place in the thread"
    );
    assert_eq!(connector.read_back(&third_id, &corrected).await, Standing::AsSent);

    delivered(connector.delete(&second_id).await);
    let orphan = following("orphan", &second_id, &first);
    let outcome = connector.publish(&orphan).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "FOLLOWED_GONE"), "{outcome:?}");
    assert_eq!(server.count(&orphan.idempotency_key).await, 0);
    for id in [first, third_id] {
        delivered(connector.delete(&id).await);
    }
}

#[tokio::test]
async fn a_post_stands_as_it_was_sent_until_it_is_changed_or_gone() {
    let Some(server) = server() else { return };
    let (connector, plain) = (server.connector(), message("stands"));
    let id = delivered(connector.publish(&plain).await).remote_id;
    assert_eq!(connector.read_back(&id, &plain).await, Standing::AsSent);
    let other = Message { text: format!("Moved. {}", plain.idempotency_key), ..plain.clone() };
    assert_eq!(connector.read_back(&id, &other).await, Standing::Changed(Difference::Words));
    delivered(connector.update(&id, &other).await);
    assert_eq!(connector.read_back(&id, &other).await, Standing::AsSent);
    assert_eq!(connector.read_back(&id, &plain).await, Standing::Changed(Difference::Words));
    delivered(connector.delete(&id).await);
    assert_eq!(connector.read_back(&id, &other).await, Standing::Gone);

    let mut pictured = message("pictured");
    pictured.media.push(pixel());
    let id = delivered(connector.publish(&pictured).await).remote_id;
    assert_eq!(connector.read_back(&id, &pictured).await, Standing::AsSent);
    let mut untold = pictured.clone();
    untold.media[0].alt_text = None;
    assert_eq!(connector.read_back(&id, &untold).await, Standing::Changed(Difference::AltText));
    untold.media.clear();
    assert!(matches!(connector.read_back(&id, &untold).await, Standing::Changed(_)));
    delivered(connector.delete(&id).await);
}
