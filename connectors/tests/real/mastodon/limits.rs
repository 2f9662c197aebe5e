//! What the server does not take is refused for good, by the connector where it can count it and by the server where it cannot.

use connectors::{Message, Outcome};

use super::{Account, server};
use crate::{
    bluesky::{message, pixel},
    machine::delivered,
};

async fn refusal(office: &Account, message: &Message) -> (String, Option<u16>) {
    match office.connector().publish(message).await {
        Outcome::Refused(cause) => (cause.code, cause.http_status),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_over_the_servers_limits_is_refused_and_what_just_fits_is_not() {
    let Some(server) = server() else { return };
    let office = server.account("limits").await;
    let mut long = message("long");
    long.link = None;
    long.text = "ä".repeat(500);
    delivered(office.connector().publish(&long).await);
    long.text.push('ä');
    assert_eq!(refusal(&office, &long).await, ("TEXT_TOO_LONG".to_owned(), None));
    let mut many = message("many");
    many.media = vec![pixel(); 5];
    assert_eq!(refusal(&office, &many).await, ("TOO_MANY_MEDIA".to_owned(), None));
    let mut odd = message("odd");
    odd.media.push(pixel());
    odd.media[0].media_type = "image/x-odd".to_owned();
    assert_eq!(refusal(&office, &odd).await, ("MEDIA_TYPE_REFUSED".to_owned(), None));
    assert_eq!(office.statuses().await.len(), 1);
}

/// This server counts code points, where Mastodon counts what a reader sees: so it refuses what passes the connector.
#[tokio::test]
async fn what_the_server_itself_refuses_is_refused_for_good() {
    let Some(server) = server() else { return };
    let office = server.account("refused").await;
    let mut family = message("family");
    family.text = "👩‍👩‍👧".repeat(200);
    let (code, status) = refusal(&office, &family).await;
    assert_eq!(status, Some(422), "{code}");
    assert!(office.statuses().await.is_empty());
}
