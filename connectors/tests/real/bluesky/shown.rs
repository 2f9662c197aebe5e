//! What an `AppView` shows of what the connector wrote, how often it counts, and posts of others that are passed on.

use chrono::Utc;
use connectors::{Amplified, Evidence, Figures, LookUp, Outcome, Standing, Unread};
use serde_json::{Value, json};

use super::{
    Server, message, pixel,
    proxy::SwallowingProxy,
    server,
    voice::{self, LIKE, POST, REPOST, Said, Voice, instant},
};
use crate::machine::delivered;

#[expect(
    clippy::disallowed_methods,
    reason = "posts are ordered by the time of the machine that writes them"
)]
fn now() -> String {
    instant(Utc::now())
}

fn about(post: &Said) -> Value {
    json!({ "subject": post.place(), "createdAt": now() })
}

fn passing_on(server: &Server, post: &Said, by: &str, name: &str) -> Amplified {
    let url = format!("https://bsky.app/profile/{by}/post/{}", post.key()).parse().unwrap();
    Amplified { url, idempotency_key: format!("{}{}", message(name).idempotency_key, server.identifier) }
}

#[tokio::test]
async fn readers_see_the_words_the_card_and_the_picture_with_what_it_shows() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (connector, carded, mut pictured) = (server.connector(), message("carded"), message("seen"));
    let id = delivered(connector.publish(&carded).await).remote_id;
    let shown = reader.sees_post(&id, "the card", |_| true).await;
    assert_eq!(shown["embed"]["$type"], "app.bsky.embed.external#view");
    assert_eq!(
        (&shown["embed"]["external"]["uri"], &shown["embed"]["external"]["title"]),
        (&json!(carded.link), &json!(carded.title))
    );
    assert_eq!(
        (&shown["author"]["handle"], &shown["record"]["text"]),
        (&json!(server.identifier), &json!(carded.text_with_link()))
    );

    pictured.media.push(pixel());
    let id = delivered(connector.publish(&pictured).await).remote_id;
    let shown = reader.sees_post(&id, "the picture", |_| true).await;
    let image = &shown["embed"]["images"][0];
    assert_eq!(
        (&image["alt"], &image["aspectRatio"]),
        (&json!("An \"open\" door"), &json!({ "width": 1, "height": 1 }))
    );
    let loaded = reqwest::get(image["fullsize"].as_str().unwrap()).await.unwrap();
    assert_eq!(loaded.status(), 200, "{image}");
    assert_eq!(connector.read_back(&id, &pictured).await, Standing::AsSent);

    delivered(connector.delete(&id).await);
    reader.sees_none(&id).await;
    assert_eq!(connector.read_back(&id, &pictured).await, Standing::Gone);
}

#[tokio::test]
async fn likes_reposts_quotes_and_answers_are_counted_and_what_is_gone_is_left_out() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let connector = server.connector();
    let liked = delivered(connector.publish(&message("liked")).await).remote_id;
    let unnoticed = delivered(connector.publish(&message("unnoticed")).await).remote_id;
    let post = Said::from(&server.record(&liked).await);
    reader.create(LIKE, about(&post)).await;
    reader.create(REPOST, about(&post)).await;
    let quoting = json!({ "$type": "app.bsky.embed.record", "record": post.place() });
    reader.create(POST, json!({ "text": "Look", "createdAt": now(), "embed": quoting })).await;
    let answering = json!({ "parent": post.place(), "root": post.place() });
    for text in ["When?", "Where?"] {
        reader.create(POST, json!({ "text": text, "createdAt": now(), "reply": answering })).await;
    }
    let counts = |shown: &Value| {
        ["likeCount", "repostCount", "quoteCount", "replyCount"].map(|name| shown[name].as_u64())
    };
    reader.sees_post(&liked, "all counts", |shown| counts(shown) == [1, 1, 1, 2].map(Some)).await;
    reader.sees_post(&unnoticed, "the other", |_| true).await;

    let of = |id: &String, [likes, shares, replies]: [u64; 3]| Figures {
        remote_id: id.clone(),
        likes: Some(likes),
        shares: Some(shares),
        replies: Some(replies),
        ..Figures::default()
    };
    let both = [liked.clone(), unnoticed.clone()];
    assert_eq!(connector.metrics(&both).await.unwrap(), [of(&liked, [1, 2, 2]), of(&unnoticed, [0, 0, 0])]);
    delivered(connector.delete(&unnoticed).await);
    reader.sees_none(&unnoticed).await;
    assert_eq!(connector.metrics(&both).await.unwrap(), [of(&liked, [1, 2, 2])]);
}

#[tokio::test]
async fn a_post_of_others_is_passed_on_once_and_found_again() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (connector, office) = (server.connector(), Voice::sign_in(&server).await);
    let theirs = reader.create(POST, json!({ "text": "Flu jabs from Monday", "createdAt": now() })).await;
    office.sees_post(&theirs.uri, "it", |_| true).await;
    let what = passing_on(&server, &theirs, &reader.handle, "once");
    assert_eq!(connector.look_up_amplified(&what).await, LookUp::Absent);
    let receipt = delivered(connector.amplify(&what).await);
    assert_eq!((receipt.evidence, receipt.url), (Evidence::Answer, Some(what.url.to_string())));
    let again = delivered(connector.amplify(&what).await);
    assert_eq!((&again.remote_id, again.evidence), (&receipt.remote_id, Evidence::IdempotencyKey));
    let found = connector.look_up_amplified(&what).await;
    assert!(matches!(&found, LookUp::Found(found) if found.remote_id == receipt.remote_id), "{found:?}");

    let mine = |shown: &Value| shown["viewer"]["repost"] == receipt.remote_id.as_str();
    office.sees_post(&theirs.uri, "its repost", mine).await;
    // Named by its account's lasting name and under another key: the first one is met all the same.
    let other = passing_on(&server, &theirs, &reader.did, "other");
    assert_eq!(delivered(connector.amplify(&other).await).remote_id, receipt.remote_id);
    let listed = office.sees("feed.getRepostedBy", &[("uri", &theirs.uri)]).await;
    assert_eq!(listed["repostedBy"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_passed_on_by_hand_stays_and_what_is_not_shown_is_not_found() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (connector, office) = (server.connector(), Voice::sign_in(&server).await);
    let theirs = reader.create(POST, json!({ "text": "By hand", "createdAt": now() })).await;
    let by_hand = office.create(REPOST, about(&theirs)).await.uri;
    let mine = |shown: &Value| shown["viewer"]["repost"] == by_hand.as_str();
    office.sees_post(&theirs.uri, "the repost", mine).await;
    let what = passing_on(&server, &theirs, &reader.handle, "hand");
    assert_eq!(delivered(connector.amplify(&what).await).remote_id, by_hand);

    reader.delete(POST, theirs.key()).await;
    office.sees_none(&theirs.uri).await;
    let nobody = format!("nobody.{}", reader.handle);
    for (by, name) in [(&reader.handle, "gone"), (&nobody, "nobody")] {
        let outcome = connector.amplify(&passing_on(&server, &theirs, by, name)).await;
        assert!(
            matches!(&outcome, Outcome::Refused(cause) if cause.code == "NOT_FOUND_ON_PLATFORM"),
            "{name}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn the_description_that_readers_see_is_the_one_that_is_told() {
    let Some(server) = server() else { return };
    let Some(reader) = voice::reader(&server).await else { return };
    let (connector, office) = (server.connector(), Voice::sign_in(&server).await);
    let bio = format!("Run by the press office. {}", message("bio").idempotency_key);
    let record =
        json!({ "$type": "app.bsky.actor.profile", "displayName": "Press Office", "description": bio });
    office.put("app.bsky.actor.profile", "self", record).await;
    let told = connector.verify().await.unwrap();
    assert_eq!(
        (told.bio.as_deref(), told.display_name.as_deref()),
        (Some(bio.as_str()), Some("Press Office"))
    );
    reader.sees_profile(&told.handle, |shown| shown["description"] == bio.as_str()).await;
}

#[tokio::test]
async fn an_app_view_that_the_server_does_not_reach_or_know_is_told_from_a_rejected_account() {
    let Some(server) = server() else { return };
    let proxy = SwallowingProxy::start(&server.url).await;
    let connector = server.at(&proxy.url, &server.password);
    let id = ["3l2abcdefgh2k".to_owned()];
    proxy.lead_astray("did:web:localhost%3A9");
    for asked in [connector.inbound(None).await.err(), connector.metrics(&id).await.err()] {
        assert!(matches!(&asked, Some(Unread::Unreachable { .. })), "{asked:?}");
    }
    proxy.lead_astray("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    for asked in [connector.inbound(None).await.err(), connector.metrics(&id).await.err()] {
        assert!(
            matches!(&asked, Some(Unread::Refused(cause)) if cause.code == "QUESTION_REFUSED"),
            "{asked:?}"
        );
    }
}
