//! What WordPress has of its own: titles, a bin, a library, and sites that answer a stranger as if there were nothing.

use super::rig::{Rig, delivered, message, picture};
use crate::{
    Difference, Message, PlatformKind, Receipt, Standing,
    fake::{AppliedPost, Heard},
};

const KIND: PlatformKind = PlatformKind::WordPress;

async fn published(message: &Message) -> (Rig, Receipt) {
    let rig = Rig::new(KIND).await;
    let receipt = delivered(rig.connector.publish(message).await);
    (rig, receipt)
}

#[tokio::test]
async fn each_difference_has_its_name() {
    type Change = fn(&mut AppliedPost);
    let rows: [(Change, Difference); 5] = [
        (|post| post.visibility = Some("private".to_owned()), Difference::NotPublic),
        (|post| post.visibility = Some("draft".to_owned()), Difference::NotPublic),
        (|post| post.title = Some("Closed day".to_owned()), Difference::Title),
        (|post| post.text = post.text.replace("<img", "<img src=\"/more.png\"><img"), Difference::Media),
        (|post| post.text = post.text.replace("An open door", "A closed door"), Difference::AltText),
    ];
    for (change, difference) in rows {
        let mut message = message("k1");
        message.media.push(picture("image/png"));
        let (rig, receipt) = published(&message).await;
        rig.fake().change(&receipt.remote_id, change);
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert_eq!(standing, Standing::Changed(difference));
    }
}

#[tokio::test]
async fn an_editor_that_writes_blocks_has_changed_nothing() {
    let message = message("k1");
    let (rig, receipt) = published(&message).await;
    rig.fake().change(&receipt.remote_id, |post| {
        post.text = post.text.replace("<p>", "<!-- wp:paragraph -->\n<p class=\"has-drop-cap\">");
        post.title = post.title.as_deref().map(|title| format!("{title} "));
    });
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
}

#[tokio::test]
async fn a_post_that_the_site_does_not_know_is_gone_only_for_one_of_its_users() {
    let rig = Rig::new(KIND).await;
    let message = message("k1");
    assert_eq!(rig.connector.read_back("999", &message).await, Standing::Gone);
    rig.fake().refuse_credential(true);
    let standing = rig.connector.read_back("999", &message).await;
    assert!(matches!(standing, Standing::CannotTell(_)), "{standing:?}");
}

#[tokio::test]
async fn an_inbox_that_was_empty_has_a_place_to_go_on_from() {
    let rig = Rig::new(KIND).await;
    let empty = rig.connector.inbound(None).await.unwrap();
    for number in 0..120 {
        rig.fake().hear(Heard { text: number.to_string(), ..Heard::default() });
    }
    let page = rig.connector.inbound(empty.cursor.as_deref()).await.unwrap();
    assert_eq!((page.items[0].text.as_str(), page.more), ("0", true));
}

#[tokio::test]
async fn pages_that_shift_while_they_are_read_lose_nothing() {
    let rig = Rig::new(KIND).await;
    let mut cursor = rig.connector.inbound(None).await.unwrap().cursor;
    for number in 0..170 {
        rig.fake().hear(Heard { text: number.to_string(), ..Heard::default() });
    }
    rig.fake().unsay_after_pages(20);
    let mut told = Vec::new();
    loop {
        let page = rig.connector.inbound(cursor.as_deref()).await.unwrap();
        told.extend(page.items.into_iter().map(|item| item.text));
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    let there: Vec<_> = rig.fake().heard().into_iter().map(|heard| heard.text).collect();
    assert!(there.len() > 150, "{}", there.len());
    assert_eq!(told.get(..there.len()), Some(there.as_slice()));
}
