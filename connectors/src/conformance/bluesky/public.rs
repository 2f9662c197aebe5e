//! What Bluesky shows of posts, of others and of threads, beyond what every platform does.

use serde_json::{Value, json};

use super::{delivered, rig};
use crate::{
    Amplified, Difference, Follows, Message, Standing, Unread,
    conformance::rig::{Rig, message, picture},
    fake::{Answer, Call, Heard, Script},
};

fn following(key: &str, remote_id: &str, root_id: &str) -> Message {
    let follows = Follows { remote_id: remote_id.to_owned(), root_id: root_id.to_owned() };
    Message { follows: Some(follows), ..message(key) }
}

fn reply(rig: &Rig, post: usize) -> Value {
    rig.fake().applied()[post].record.clone().unwrap()["reply"].clone()
}

#[tokio::test]
async fn a_thread_keeps_its_root_whatever_is_gone_or_changed() {
    let rig = rig().await;
    let first = delivered(rig.connector.publish(&message("k1")).await).remote_id;
    let second_message = following("k2", &first, &first);
    let second = delivered(rig.connector.publish(&second_message).await).remote_id;
    let root = json!({ "uri": first, "cid": format!("bafy{}0", rig.fake().applied()[0].id) });
    assert_eq!(reply(&rig, 1), json!({ "root": root, "parent": root }));
    let corrected = Message { text: "Corrected. (k2)".to_owned(), ..second_message };
    delivered(rig.connector.update(&second, &corrected).await);
    assert_eq!(reply(&rig, 1)["parent"], root, "a change keeps the place in the thread");
    delivered(rig.connector.delete(&first).await);
    delivered(rig.connector.publish(&following("k3", &second, &first)).await);
    let parent = json!({ "uri": second, "cid": format!("bafy{}1", rig.fake().applied()[1].id) });
    assert_eq!(reply(&rig, 2), json!({ "root": root, "parent": parent }));
}

#[tokio::test]
async fn each_change_by_hand_is_told_apart() {
    type Row = (bool, &'static str, Value, Difference);
    let link = json!("https://elsewhere.example");
    let rows: [Row; 6] = [
        (false, "/facets/0/features/0/uri", link.clone(), Difference::Words),
        (false, "/embed/external/uri", link, Difference::Words),
        (false, "/embed", json!({ "$type": "app.bsky.embed.record", "record": {} }), Difference::Words),
        (true, "/embed/images/0/alt", json!("A shut door"), Difference::AltText),
        (true, "/embed/images", json!([]), Difference::Media),
        (true, "/embed", json!({ "$type": "app.bsky.embed.video", "video": {} }), Difference::Media),
    ];
    for (with_picture, place, value, expected) in rows {
        let (rig, mut message) = (rig().await, message("k1"));
        if with_picture {
            message.media.push(picture("image/png"));
        }
        let id = delivered(rig.connector.publish(&message).await).remote_id;
        rig.fake().change(&id, |post| *post.record.as_mut().unwrap().pointer_mut(place).unwrap() = value);
        let standing = rig.connector.read_back(&id, &message).await;
        assert_eq!(standing, Standing::Changed(expected), "{place}");
    }
}

#[tokio::test]
async fn a_server_without_an_app_view_publishes_and_offers_nothing_to_read() {
    let rig = rig().await;
    rig.fake().keep_keys(false);
    let id = delivered(rig.connector.publish(&message("k1")).await).remote_id;
    assert_eq!(rig.connector.read_back(&id, &message("k1")).await, Standing::AsSent);
    assert_eq!(rig.connector.inbound(None).await, Err(Unread::NotOffered));
    assert_eq!(rig.connector.metrics(&[id]).await, Err(Unread::NotOffered));
}

#[tokio::test]
async fn a_server_without_an_app_view_quotes_what_it_keeps_itself() {
    let rig = rig().await;
    rig.fake().keep_keys(false);
    let first = delivered(rig.connector.publish(&message("k1")).await).remote_id;
    let (did, key) = first.trim_start_matches("at://").split_once("/app.bsky.feed.post/").unwrap();
    let url = format!("https://bsky.app/profile/{did}/post/{key}").parse().unwrap();
    let sent = Message { quotes: Some(url), link: None, ..message("k2") };
    let second = delivered(rig.connector.publish(&sent).await).remote_id;
    let cid = format!("bafy{}0", rig.fake().applied()[0].id);
    let embed = rig.fake().applied()[1].record.clone().unwrap()["embed"].clone();
    let expected = json!({ "$type": "app.bsky.embed.record", "record": { "uri": first, "cid": cid } });
    assert_eq!(embed, expected);
    assert_eq!(rig.connector.read_back(&second, &sent).await, Standing::AsSent);

    let elsewhere = "https://bsky.app/profile/ana.example.org/post/3l2abc".parse().unwrap();
    let sent = Message { quotes: Some(elsewhere), ..message("k3") };
    let outcome = rig.connector.publish(&sent).await;
    assert!(matches!(outcome, crate::Outcome::Refused(_)), "{outcome:?}");
    assert_eq!(rig.applied("k3"), 0);
}

#[tokio::test]
async fn an_app_view_that_fails_is_asked_again_later() {
    let rig = rig().await;
    rig.connector.verify().await.unwrap();
    rig.script(Call::Read, Script::ignored(Answer::Status { status: 502, retry_after: None }));
    let asked = rig.connector.inbound(None).await;
    assert!(matches!(asked, Err(Unread::Unreachable { .. })), "{asked:?}");
}

#[tokio::test]
async fn what_was_passed_on_by_hand_or_under_another_key_stays_so_once() {
    let rig = rig().await;
    let url = rig.fake().add_post_of_others("Flu jabs from Monday");
    let by = |key: &str| Amplified { url: url.clone(), idempotency_key: key.to_owned() };
    let first = delivered(rig.connector.amplify(&by("a1")).await);
    let second = delivered(rig.connector.amplify(&by("a2")).await);
    assert_eq!((first.remote_id, rig.fake().amplified().len()), (second.remote_id, 1));
}

#[tokio::test]
async fn more_than_one_reading_goes_back_over_is_told_all_the_same() {
    let rig = rig().await;
    let first = rig.connector.inbound(None).await.unwrap();
    let said = |number: u32| Heard { author: "ana".to_owned(), text: number.to_string(), ..Heard::default() };
    (0..1100).for_each(|number| drop(rig.fake().hear(said(number))));
    let (mut cursor, mut told, mut empty) = (first.cursor, Vec::new(), 0);
    loop {
        let page = rig.connector.inbound(cursor.as_deref()).await.unwrap();
        empty += usize::from(page.items.is_empty());
        told.extend(page.items.into_iter().map(|item| item.text));
        cursor = page.cursor;
        if !page.more {
            break;
        }
        assert!(told.len() + empty < 1200, "it does not end");
    }
    assert_eq!(told, (0..1100).map(|number| number.to_string()).collect::<Vec<_>>());
    assert!(empty > 0, "the walk back was longer than one reading");
}
