//! Quotes on a real server, which holds each record against the lexicon. What an `AppView` tells is not tried: this server
//! reaches none, and the account quotes its own post.

use connectors::{Difference, LookUp, Message, Outcome, Standing};
use serde_json::json;

use super::{message, pixel, server};
use crate::machine::delivered;

#[tokio::test]
async fn a_quote_is_a_record_that_names_the_other_one_with_and_without_a_picture() {
    let Some(server) = server() else { return };
    let connector = server.connector();
    let first = delivered(connector.publish(&message("quoted")).await);
    let place = json!({ "uri": first.remote_id, "cid": server.record(&first.remote_id).await["cid"] });
    let quotes = Some(first.url.as_deref().unwrap().parse().unwrap());

    let plain = Message { quotes: quotes.clone(), link: None, ..message("plain") };
    let mut pictured = Message { quotes: quotes.clone(), ..message("pictured") };
    pictured.media.push(pixel());
    let carded = Message { quotes, ..message("carded") };
    for (sent, at) in [(plain, "/record"), (pictured, "/record/record"), (carded, "/record/record")] {
        let id = delivered(connector.publish(&sent).await).remote_id;
        let embed = server.record(&id).await["value"]["embed"].clone();
        assert_eq!(embed.pointer(at), Some(&place), "{embed}");
        assert_eq!(connector.read_back(&id, &sent).await, Standing::AsSent);
        assert!(matches!(connector.look_up(&sent).await, LookUp::Found(found) if found.remote_id == id));
        let again = delivered(connector.publish(&sent).await);
        assert_eq!((again.remote_id, server.count(&sent.idempotency_key).await), (id.clone(), 1));

        let corrected = Message { text: format!("Corrected. {}", sent.idempotency_key), ..sent.clone() };
        delivered(connector.update(&id, &corrected).await);
        assert_eq!(server.record(&id).await["value"]["embed"].pointer(at), Some(&place), "a change keeps it");
        let other = "https://bsky.app/profile/did:plc:ana/post/3l2abc".parse().unwrap();
        let wanted = Message { quotes: Some(other), ..corrected };
        let standing = connector.read_back(&id, &wanted).await;
        assert_eq!(standing, Standing::Changed(Difference::Quote));
        delivered(connector.delete(&id).await);
    }
    delivered(connector.delete(&first.remote_id).await);

    let gone = Message { quotes: Some(first.url.unwrap().parse().unwrap()), ..message("nothing") };
    let outcome = connector.publish(&gone).await;
    assert!(
        matches!(&outcome, Outcome::Refused(cause) if cause.code == "NOT_FOUND_ON_PLATFORM"),
        "{outcome:?}"
    );
    assert_eq!(server.count(&gone.idempotency_key).await, 0);
}
