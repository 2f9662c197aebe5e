//! What LinkedIn has of its own: text that is cut where it is not escaped, duplicates that are refused by name, pictures that
//! are sent elsewhere.

mod answers;
mod comments;
mod notices;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::rig::{Rig, message, now, picture};
use crate::{
    ConnectError, Evidence, LookUp, Message, Outcome, PlatformKind, Receipt, Standing, connect,
    fake::{Answer, Call, FakePlatform, Script},
};

async fn rig() -> Rig {
    Rig::new(PlatformKind::LinkedIn).await
}

fn delivered(outcome: Outcome) -> Receipt {
    match outcome {
        Outcome::Delivered(receipt) => receipt,
        other => panic!("not delivered: {other:?}"),
    }
}

fn record(rig: &Rig) -> Value {
    rig.fake().applied()[0].record.clone().unwrap()
}

fn refused(outcome: &Outcome, code: &str) -> bool {
    matches!(outcome, Outcome::Refused(cause) if cause.code == code)
}

#[tokio::test]
async fn a_post_is_escaped_and_its_link_a_card() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.text = "Doors (and windows) open <on> #Sunday: #open_day, @press".to_owned();
    let receipt = delivered(rig.connector.publish(&message).await);
    assert_eq!(
        record(&rig),
        json!({
            "author": "urn:li:organization:2414183",
            "commentary": "Doors \\(and windows\\) open \\<on\\> {hashtag|\\#|Sunday}: \\#open\\_day, \\@press",
            "visibility": "PUBLIC",
            "distribution": { "feedDistribution": "MAIN_FEED", "targetEntities": [],
                "thirdPartyDistributionChannels": [] },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": false,
            "content": { "article": { "source": "https://example.org/open?day=1&night=0", "title": "Open day" } },
        })
    );
    let post = &rig.fake().applied()[0];
    assert_eq!(post.text, message.text, "nothing is cut");
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
    assert_eq!(receipt.remote_id, format!("urn:li:share:{}", post.id));
    let page = format!("https://www.linkedin.com/feed/update/urn:li:share:{}/", post.id);
    assert_eq!((receipt.url, receipt.published_at), (Some(page), Some(now())));
}

#[tokio::test]
async fn one_picture_is_a_medium_and_several_are_many() {
    let (rig, mut message) = (rig().await, message("k1"));
    rig.fake().process_media_for(3);
    message.media.push(picture("image/png"));
    delivered(rig.connector.publish(&message).await);
    let content = record(&rig)["content"].clone();
    assert_eq!(content["media"]["altText"], "An open door");
    assert_eq!(
        rig.fake().applied()[0].text,
        message.text_with_link(),
        "a picture leaves no card for the link"
    );
    let upload = &rig.fake().uploads()[0];
    assert_eq!(content["media"]["id"], upload.id.as_str());
    assert_eq!((upload.processing, upload.alt_text.as_deref()), (0, Some("An open door")));

    let mut several = super::rig::message("k2");
    several.media = vec![picture("image/jpeg"), picture("image/gif")];
    several.media[1].alt_text = None;
    delivered(rig.connector.publish(&several).await);
    let post = rig.fake().applied()[1].clone();
    let images = post.record.unwrap()["content"]["multiImage"]["images"].clone();
    assert_eq!((&images[0]["altText"], &images[1]["altText"]), (&json!("An open door"), &json!("")));
    assert_eq!(post.media.len(), 2);
    for message in [message, several] {
        assert!(matches!(rig.connector.look_up(&message).await, LookUp::Found(_)));
    }
}

#[tokio::test]
async fn what_the_platform_would_refuse_or_cut_is_refused_before_anything_is_uploaded() {
    let rig = rig().await;
    let with = |change: fn(&mut Message)| {
        let mut message = message("k1");
        (message.link, message.media) = (None, vec![picture("image/png")]);
        change(&mut message);
        message
    };
    let rows: [(Message, &str); 4] = [
        (with(|message| message.text = "é".repeat(3001)), "TEXT_TOO_LONG"),
        (with(|message| message.media = vec![picture("image/png"); 21]), "TOO_MANY_MEDIA"),
        (with(|message| message.media = vec![picture("video/mp4")]), "MEDIA_TYPE_REFUSED"),
        (with(|message| message.media[0].alt_text = Some("é".repeat(4087))), "ALT_TEXT_TOO_LONG"),
    ];
    for (message, code) in rows {
        let outcome = rig.connector.publish(&message).await;
        assert!(refused(&outcome, code), "{code}: {outcome:?}");
    }
    assert!(rig.fake().requests().is_empty());
    // Escapes do not count.
    delivered(rig.connector.publish(&with(|message| message.text = "#".repeat(3000))).await);
}

#[tokio::test]
async fn a_duplicate_that_is_ours_is_the_post() {
    let (rig, message) = (rig().await, message("k1"));
    rig.script(Call::Create, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.publish(&message).await, Outcome::Unknown(_)));
    let receipt = delivered(rig.connector.publish(&message).await);
    let id = rig.fake().applied()[0].id.clone();
    assert_eq!((receipt.remote_id, receipt.evidence), (format!("urn:li:share:{id}"), Evidence::Timeline));
    assert_eq!((receipt.published_at, rig.applied("k1")), (Some(now()), 1));
}

#[tokio::test]
async fn a_duplicate_is_not_believed_by_its_name_alone() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().set_now(Some(now() - TimeDelta::days(1)));
    rig.fake().add_foreign_post(&message.text);
    rig.fake().set_now(Some(now()));
    let outcome = rig.connector.publish(&message).await;
    assert!(refused(&outcome, "DUPLICATE_POST"), "older than the message: {outcome:?}");
    for answer in [
        Answer::Hang,
        Answer::Garbage,
        Answer::Status { status: 404, retry_after: None },
        Answer::Status { status: 403, retry_after: None },
    ] {
        rig.script(Call::Read, Script::applied(answer.clone()));
        let outcome = rig.connector.publish(&message).await;
        let unknown = matches!(&outcome, Outcome::Unknown(cause) if cause.code == "DUPLICATE_POST");
        assert!(unknown, "{answer:?}: {outcome:?}");
    }
    assert_eq!(rig.fake().applied().len(), 1);
}

#[tokio::test]
async fn a_duplicate_that_reads_otherwise_may_be_ours_all_the_same() {
    let (rig, message) = (rig().await, message("k1"));
    rig.fake().add_foreign_post(&message.text);
    // It is as young as the message, and has no picture: whose it is, nothing tells.
    let mut pictured = message.clone();
    (pictured.link, pictured.media) = (None, vec![picture("image/png")]);
    let outcome = rig.connector.publish(&pictured).await;
    let unknown = matches!(&outcome, Outcome::Unknown(cause) if cause.code == "DUPLICATE_POST");
    assert!(unknown, "{outcome:?}");
    let unknown_start = Message { first_sent_at: None, ..message };
    assert!(matches!(rig.connector.publish(&unknown_start).await, Outcome::Unknown(_)));
    assert_eq!(rig.fake().applied().len(), 1);
}

#[tokio::test]
async fn a_success_that_names_no_post_is_looked_up() {
    let (address, _serving) = super::transport::answering(
        b"HTTP/1.1 201 Made\r\nConnection: close\r\nx-restli-id: urn:li:person:7\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    let connector = super::transport::connector(PlatformKind::LinkedIn, &format!("http://{address}"), true);
    let outcome = connector.publish(&message("k1")).await;
    assert!(matches!(&outcome, Outcome::Unknown(cause) if cause.code == "ANSWER_WITHOUT_ID"), "{outcome:?}");
}

#[tokio::test]
async fn the_undecidable_is_left_to_a_person() {
    let cannot_tell =
        |found: &LookUp, code: &str| matches!(found, LookUp::CannotTell(cause) if cause.code == code);
    let (twice, mut message) = (rig().await, message("k1"));
    twice.fake().add_foreign_post("The office opens its doors \\<on\\> Sunday & Monday. \\(k1\\)");
    assert!(matches!(twice.connector.look_up(&message).await, LookUp::Found(_)));
    twice.fake().add_foreign_post("The office opens its doors \\<on\\> Sunday & Monday. \\(k1\\)");
    assert!(cannot_tell(&twice.connector.look_up(&message).await, "SEVERAL_FOUND"));
    let cut = rig().await;
    cut.fake().add_foreign_post("The office opens its doors");
    assert!(cannot_tell(&cut.connector.look_up(&message).await, "TIMELINE_UNCLEAR"));
    let other = rig().await;
    other.fake().add_foreign_post("The office shuts its doors");
    assert_eq!(other.look_up(&message).await, LookUp::Absent);
    message.first_sent_at = None;
    assert!(cannot_tell(&other.connector.look_up(&message).await, "NO_FIRST_ATTEMPT"));
}

#[tokio::test]
async fn absent_is_said_only_of_posts_that_reach_back_far_enough() {
    let (rig, message) = (rig().await, message("k1"));
    for _ in 0..260 {
        rig.fake().add_foreign_post("Noise");
    }
    assert!(matches!(rig.connector.look_up(&message).await, LookUp::CannotTell(_)));
    // All of them are older than the window of this one: the first page shows that.
    let later = Message { first_sent_at: Some(now() + TimeDelta::minutes(2)), ..message };
    rig.clock.pass(std::time::Duration::from_mins(10));
    let before = rig.fake().requests().len();
    assert_eq!(rig.connector.look_up(&later).await, LookUp::Absent);
    assert_eq!(rig.fake().requests().len() - before, 1);
}

#[tokio::test]
async fn a_profile_is_the_organisations() {
    let profile = rig().await.connector.verify().await.unwrap();
    assert_eq!(
        (profile.handle.as_str(), profile.display_name.as_deref()),
        ("press-office", Some("Press office"))
    );
    assert_eq!(profile.url.as_deref(), Some("https://www.linkedin.com/company/press-office/"));
    assert_eq!(profile.bio.as_deref(), Some("Run by the press office"));
    let able = profile.capabilities;
    assert!(able.edit && able.delete && able.alt_text && !able.title && !able.idempotent_send);
    assert_eq!((able.max_media, able.text.max), (20, Some(3000)));
}

#[tokio::test]
async fn a_channel_without_an_organisation_is_not_connected() {
    let rig = rig().await;
    let connected = |username: Option<&str>| {
        let mut settings = rig.fake().settings();
        settings.username = username.map(str::to_owned);
        let http = crate::Http::new(super::rig::limits()).unwrap();
        let (secret, feed) = (Some(FakePlatform::secret()), std::sync::Arc::default());
        let feed: std::sync::Arc<super::rig::MemoryFeed> = feed;
        connect(PlatformKind::LinkedIn, &settings, secret, &http, feed, super::rig::clock()).err()
    };
    assert!(matches!(connected(None), Some(ConnectError::UsernameMissing)));
    assert!(matches!(connected(Some("press-office")), Some(ConnectError::OrganizationInvalid)));
    assert!(connected(Some("urn:li:organization:2414183")).is_none());
}

#[tokio::test]
async fn a_change_is_to_the_words_and_may_be_repeated() {
    let (rig, mut message) = (rig().await, message("k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    message.text = "Corrected (today). (k1)".to_owned();
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert!(matches!(rig.connector.update(&receipt.remote_id, &message).await, Outcome::Unknown(_)));
    rig.script(Call::Edit, Script::ignored(Answer::Garbage));
    assert!(matches!(rig.connector.update(&receipt.remote_id, &message).await, Outcome::Unknown(_)));
    rig.script(Call::Delete, Script::ignored(Answer::Garbage));
    assert!(matches!(rig.connector.delete(&receipt.remote_id).await, Outcome::Unknown(_)));
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    assert_eq!(record(&rig)["commentary"], "Corrected \\(today\\). \\(k1\\)");
    assert_eq!((rig.fake().applied()[0].edits, rig.applied("k1")), (2, 1));
    assert!(refused(&rig.connector.update("urn:li:share:9", &message).await, "GONE"));
    for id in ["", "a/b", "urn:li:comment:7", "urn:li:share:7?a"] {
        assert!(refused(&rig.connector.update(id, &message).await, "REMOTE_ID_INVALID"), "{id}");
        assert!(refused(&rig.connector.delete(id).await, "REMOTE_ID_INVALID"), "{id}");
    }
}

#[tokio::test]
async fn a_picture_that_never_becomes_ready_is_no_post() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.media.push(picture("image/png"));
    rig.fake().process_media_for(100_000);
    let outcome = rig.connector.publish(&message).await;
    assert!(matches!(&outcome, Outcome::Preparing { .. }), "{outcome:?}");
    assert!(rig.fake().applied().is_empty());
}

#[tokio::test]
async fn an_upload_that_is_not_taken_says_nothing_of_the_credential() {
    let (rig, mut message) = (rig().await, message("k1"));
    message.media.push(picture("image/png"));
    let status = |status| Answer::Status { status, retry_after: None };
    rig.script(Call::Media, Script::applied(Answer::Normal));
    rig.script(Call::Media, Script::ignored(status(403)));
    let outcome = rig.connector.publish(&message).await;
    let not_sent = matches!(&outcome, Outcome::NotSent { cause, .. } if cause.code == "UPLOAD_REFUSED");
    assert!(not_sent, "{outcome:?}");
    // A picture that is not to be seen everywhere yet is waited for.
    rig.script(Call::Read, Script::ignored(status(404)));
    delivered(rig.connector.publish(&message).await);
    assert_eq!((rig.fake().uploads().len(), rig.applied("k1")), (2, 1));
}

#[tokio::test]
async fn nothing_secret_is_in_the_debug_output() {
    let rig = rig().await;
    delivered(rig.connector.publish(&message("k1")).await);
    assert!(!format!("{:?}", rig.connector).contains("the-right-secret"));
}
