//! What Bluesky has of its own: records under chosen keys, sessions that end, text whose parts are told by bytes.

mod public;

use bytes::Bytes;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::rig::{Rig, message, now, picture};
use crate::{
    Evidence, LookUp, Message, Outcome, PlatformKind, Receipt, VerifyFailure,
    fake::{Answer, Call, Script},
};

async fn rig() -> Rig {
    Rig::new(PlatformKind::Bluesky).await
}

fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

fn count(rig: &Rig, call: &str) -> usize {
    rig.fake().requests().iter().filter(|request| request.ends_with(call)).count()
}

fn only_record(rig: &Rig) -> Value {
    rig.fake().applied()[0].record.clone().unwrap()
}

#[tokio::test]
async fn a_post_is_one_record_with_its_parts_by_bytes() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.text = "Für alle: @ana.example.org und @nobody.example.org, #Übung".to_owned();
    message.link = Some("https://example.org/open".to_owned());
    let receipt = delivered(rig.connector.publish(&message).await);
    let key = receipt.remote_id.rsplit('/').next().unwrap().to_owned();
    assert_eq!(receipt.remote_id, format!("at://did:plc:pressoffice/app.bsky.feed.post/{key}"));
    let url = format!("https://bsky.app/profile/press.example.org/post/{key}");
    assert_eq!((receipt.url, rig.fake().applied()[0].marker.as_ref()), (Some(url), Some(&key)));
    let facet = |start: u32, end: u32, feature: Value| json!({ "index": { "byteStart": start, "byteEnd": end }, "features": [feature] });
    assert_eq!(
        only_record(&rig),
        json!({
            "$type": "app.bsky.feed.post",
            "text": "Für alle: @ana.example.org und @nobody.example.org, #Übung\n\nhttps://example.org/open",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "langs": ["en"],
            "facets": [
                facet(11, 27, json!({ "$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ana" })),
                facet(53, 60, json!({ "$type": "app.bsky.richtext.facet#tag", "tag": "Übung" })),
                facet(62, 86, json!({ "$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/open" })),
            ],
            "embed": { "$type": "app.bsky.embed.external", "external": {
                "uri": "https://example.org/open", "title": "Open day", "description": "" } },
        })
    );
}

#[tokio::test]
async fn pictures_take_the_place_of_the_card_and_say_what_they_show() {
    let (rig, mut message) = (rig().await, message("k1"));
    let mut wide = picture("image/gif");
    wide.content = Bytes::from_static(b"GIF89a\x58\x02\x2c\x01").into();
    message.media = vec![wide, picture("image/png")];
    message.media[1].alt_text = None;
    delivered(rig.connector.publish(&message).await);
    let embed = only_record(&rig)["embed"].clone();
    assert_eq!(embed["$type"], "app.bsky.embed.images");
    let images = embed["images"].as_array().unwrap();
    assert_eq!((&images[0]["alt"], &images[1]["alt"]), (&json!("An open door"), &json!("")));
    assert_eq!(images[0]["aspectRatio"], json!({ "width": 600, "height": 300 }));
    assert_eq!(
        (images[0]["image"]["mimeType"].as_str(), images[1].get("aspectRatio")),
        (Some("image/gif"), None)
    );
    assert_eq!(rig.fake().applied()[0].media.len(), 2);
    assert_eq!(rig.fake().uploads()[0].alt_text.as_deref(), Some("An open door"));
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused_before_anything_is_uploaded() {
    let rig = rig().await;
    let with = |change: fn(&mut Message)| {
        let mut message = message("k1");
        (message.link, message.media) = (None, vec![picture("image/png")]);
        change(&mut message);
        message
    };
    let rows: [(Message, &str); 5] = [
        (with(|message| message.text = "é".repeat(301)), "TEXT_TOO_LONG"),
        (with(|message| message.text = "👩‍👩‍👧‍👦".repeat(121)), "TEXT_TOO_LONG"),
        (with(|message| message.media = vec![picture("image/png"); 5]), "TOO_MANY_MEDIA"),
        (with(|message| message.media = vec![picture("video/mp4")]), "MEDIA_TYPE_REFUSED"),
        (
            with(|message| message.media[0].content = Bytes::from(vec![0; 2_000_001]).into()),
            "MEDIA_TOO_LARGE",
        ),
    ];
    for (message, code) in rows {
        match rig.connector.publish(&message).await {
            Outcome::Refused(cause) => assert_eq!(cause.code, code),
            outcome => panic!("{code}: {outcome:?}"),
        }
    }
    assert_eq!((count(&rig, "uploadBlob"), count(&rig, "putRecord")), (0, 0));
    delivered(rig.connector.publish(&with(|message| message.text = "é".repeat(300))).await);
}

#[tokio::test]
async fn another_attempt_of_other_make_is_looked_up_and_not_sent_twice() {
    let (rig, first) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&first).await);
    // The first attempt's own instant was not known when it was made.
    let later = Message { first_sent_at: Some(now() + TimeDelta::seconds(3)), ..first.clone() };
    let outcome = rig.connector.publish(&later).await;
    assert!(matches!(&outcome, Outcome::Unknown(cause) if cause.code == "ALREADY_THERE"), "{outcome:?}");
    match rig.connector.look_up(&later).await {
        LookUp::Found(found) => {
            assert_eq!((found.evidence, found.published_at), (Evidence::IdempotencyKey, Some(now())));
            assert_eq!((found.remote_id, found.url), (receipt.remote_id, receipt.url));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(rig.applied("k1"), 1);
    let other = Message { text: "Something else. (k1)".to_owned(), ..first };
    let found = rig.connector.look_up(&other).await;
    assert!(matches!(&found, LookUp::CannotTell(cause) if cause.code == "OTHER_CONTENT"), "{found:?}");
}

#[tokio::test]
async fn one_log_in_serves_every_connector_of_the_account() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    let rig = rig.reconnect(|_| {});
    delivered(rig.connector.publish(&message("k2")).await);
    assert_eq!(count(&rig, "createSession"), 1);
}

#[tokio::test]
async fn a_session_that_has_ended_is_renewed_and_publishes_nothing_twice() {
    let rig = rig().await;
    rig.connector.verify().await.unwrap();
    rig.fake().end_sessions();
    // Nothing goes before it that would tell: the one request that publishes is not made a second time.
    let outcome = rig.connector.publish(&message("k1")).await;
    assert!(
        matches!(&outcome, Outcome::NotSent { cause, .. } if cause.code == "SESSION_ENDED"),
        "{outcome:?}"
    );
    delivered(rig.settle(&message("k1"), outcome, "ended").await);
    rig.fake().end_sessions();
    let mut with_picture = message("k2");
    with_picture.media.push(picture("image/png"));
    delivered(rig.connector.publish(&with_picture).await);
    assert_eq!((count(&rig, "refreshSession"), rig.applied("k1"), rig.applied("k2")), (2, 1, 1));
    assert_eq!(count(&rig, "createSession"), 1);
    // Two at once: the refresh token has ended too.
    rig.fake().end_sessions();
    rig.fake().end_sessions();
    assert!(matches!(rig.connector.look_up(&with_picture).await, LookUp::Found(_)));
    assert_eq!((count(&rig, "refreshSession"), count(&rig, "createSession")), (3, 2));
}

#[tokio::test]
async fn a_profile_is_the_accounts_own() {
    let profile = rig().await.connector.verify().await.unwrap();
    assert_eq!(
        (profile.handle.as_str(), profile.display_name.as_deref()),
        ("press.example.org", Some("Press office"))
    );
    assert_eq!(profile.url.as_deref(), Some("https://bsky.app/profile/press.example.org"));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
    let able = profile.capabilities;
    assert!(able.idempotent_send && able.delete && able.alt_text && !able.edit);
    assert_eq!((able.max_media, able.text.max), (4, Some(300)));
}

#[tokio::test]
async fn a_handle_may_be_written_as_people_write_it_or_be_the_channels_own() {
    let rig = rig().await.reconnect(|settings| settings.username = Some("@press".to_owned()));
    rig.connector.verify().await.unwrap();
    let rig = rig.reconnect(|settings| {
        (settings.username, settings.channel_handle) = (None, Some("press".to_owned()));
    });
    rig.connector.verify().await.unwrap();
    let rig = rig.reconnect(|settings| settings.username = Some("somebody".to_owned()));
    assert!(matches!(rig.connector.verify().await, Err(VerifyFailure::CredentialRejected(_))));
}

#[tokio::test]
async fn only_the_accounts_own_posts_are_touched() {
    let rig = rig().await;
    for id in [
        "at://did:plc:other/app.bsky.feed.post/3l",
        "at://did:plc:pressoffice/app.bsky.feed.like/3l",
        "",
        "a/b",
        "a?b",
    ] {
        let outcome = rig.connector.delete(id).await;
        assert!(
            matches!(&outcome, Outcome::Refused(cause) if cause.code == "REMOTE_ID_INVALID"),
            "{id} {outcome:?}"
        );
    }
    assert_eq!(count(&rig, "deleteRecord"), 0);
    let gone = rig.connector.update("3lnothing", &message("k1")).await;
    assert!(matches!(&gone, Outcome::Refused(cause) if cause.code == "GONE"), "{gone:?}");
}

#[tokio::test]
async fn a_change_keeps_the_post_and_its_time() {
    let (rig, mut message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    message.text = "Corrected. (k1)".to_owned();
    message.first_sent_at = None;
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.update(&receipt.remote_id, &message).await, Outcome::Unknown(_)));
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    let record = only_record(&rig);
    assert_eq!(record["createdAt"], "2026-11-22T10:00:00.000Z");
    assert!(record["text"].as_str().unwrap().starts_with("Corrected."));
}

#[tokio::test]
async fn nothing_secret_is_in_the_debug_output() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    let shown = format!("{:?}", rig.connector);
    assert!(
        !shown.contains("the-right-secret") && !shown.contains("access-") && !shown.contains("refresh-"),
        "{shown}"
    );
}
