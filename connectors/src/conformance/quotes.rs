//! A quote goes out with its words and its post, once, or not at all: no platform is let leave one of them out.

use serde_json::Value;
use url::Url;

use super::rig::{Rig, delivered, message, message_for, picture};
use crate::{
    Difference, FollowKind, Follows, LookUp, Message, Outcome, PlatformKind, Standing,
    fake::{Answer, AppliedPost, Call, Quoting, Script},
};

fn quoting(url: &Url, key: &str) -> Message {
    Message { quotes: Some(url.clone()), ..message(key) }
}

/// Platforms that say of this account that it can quote, once they were asked.
async fn able() -> Vec<PlatformKind> {
    let mut able = Vec::new();
    for kind in PlatformKind::ALL {
        if Rig::new(kind).await.connector.verify().await.unwrap().capabilities.quotes {
            able.push(kind);
        }
    }
    assert!(!able.is_empty(), "nothing would be tested");
    able
}

async fn with_a_post_of_others(kind: PlatformKind) -> (Rig, Url) {
    let rig = Rig::new(kind).await;
    let url = rig.fake().add_post_of_others("Flu jabs from Monday");
    (rig, url)
}

/// Nothing is out, and why.
fn refused(rig: &Rig, outcome: &Outcome) -> String {
    let Outcome::Refused(cause) = outcome else { panic!("{}: {outcome:?}", rig.connector.kind()) };
    assert!(rig.fake().applied().is_empty(), "{}", rig.connector.kind());
    cause.code.clone()
}

#[tokio::test]
async fn a_quote_goes_out_with_its_words_and_its_post_once() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let sent = quoting(&url, "k1");
        let receipt = delivered(rig.connector.publish(&sent).await);
        let applied = rig.fake().applied();
        assert_eq!((applied.len(), applied[0].quotes.as_deref()), (1, Some(url.as_str())), "{kind}");
        assert!(applied[0].text.contains("opens its doors"), "{kind}: {}", applied[0].text);
        assert!(rig.fake().amplified().is_empty(), "{kind}: it is a post of ours");
        let standing = rig.connector.read_back(&receipt.remote_id, &sent).await;
        assert_eq!(standing, Standing::AsSent, "{kind}");
        let found = rig.connector.look_up(&sent).await;
        assert!(
            matches!(&found, LookUp::Found(found) if found.remote_id == receipt.remote_id),
            "{kind}: {found:?}"
        );
        rig.connector.publish(&sent).await;
        assert_eq!(rig.applied("k1"), 1, "{kind}: a repeat");
        delivered(rig.connector.delete(&receipt.remote_id).await);
        assert!(rig.fake().applied()[0].deleted, "{kind}");
    }
}

#[tokio::test]
async fn where_nothing_can_be_quoted_nothing_goes_out() {
    let able = able().await;
    let url: Url = "https://social.example/@somebody/7".parse().unwrap();
    for kind in PlatformKind::ALL.into_iter().filter(|kind| !able.contains(kind)) {
        let rig = Rig::new(kind).await;
        let sent = Message { quotes: Some(url.clone()), ..message_for(kind, "k1") };
        let outcome = rig.connector.publish(&sent).await;
        assert!(
            matches!(&outcome, Outcome::Refused(cause) if cause.code == "QUOTES_NOT_OFFERED"),
            "{kind}: {outcome:?}"
        );
        assert_eq!(rig.applied("k1"), 0, "{kind}");
    }
    // Of one family of servers some take quotes, and the others would leave them out without a word.
    let (rig, url) = with_a_post_of_others(PlatformKind::Mastodon).await;
    rig.fake().let_quote(Quoting::Unknown);
    let outcome = rig.connector.publish(&quoting(&url, "k1")).await;
    assert_eq!(refused(&rig, &outcome), "QUOTES_NOT_OFFERED");
    assert!(!rig.connector.verify().await.unwrap().capabilities.quotes);
}

#[tokio::test]
async fn a_quote_whose_answer_was_lost_is_found_and_stays_one() {
    for kind in able().await {
        for script in [Script::applied(Answer::Hang), Script::ignored(Answer::Hang)] {
            let (rig, url) = with_a_post_of_others(kind).await;
            rig.script(Call::Create, script);
            let sent = quoting(&url, "k1");
            let outcome = rig.connector.publish(&sent).await;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{kind}: {outcome:?}");
            delivered(rig.settle(&sent, outcome, kind.as_str()).await);
            assert_eq!(rig.applied("k1"), 1, "{kind}");
            assert_eq!(rig.fake().applied()[0].quotes.as_deref(), Some(url.as_str()), "{kind}");
        }
    }
}

#[tokio::test]
async fn the_same_words_below_another_post_are_not_taken_for_it() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let other = rig.fake().add_post_of_others("Something else");
        let receipt = delivered(rig.connector.publish(&quoting(&url, "k1")).await);
        let wanted = quoting(&other, "k1");
        let found = rig.connector.look_up(&wanted).await;
        assert!(!matches!(found, LookUp::Found(_)), "{kind}: {found:?}");
        let standing = rig.connector.read_back(&receipt.remote_id, &wanted).await;
        assert_eq!(standing, Standing::Changed(Difference::Quote), "{kind}");
    }
}

#[tokio::test]
async fn what_may_not_be_quoted_is_refused_for_good_and_does_not_stop_the_channel() {
    for kind in able().await {
        for quoting_is in [Quoting::Denied, Quoting::DeniedUnsaid] {
            let (rig, url) = with_a_post_of_others(kind).await;
            rig.fake().let_quote(quoting_is);
            // A server of this protocol minds no quote: only what its AppView says beforehand counts.
            if (kind, quoting_is) == (PlatformKind::Bluesky, Quoting::DeniedUnsaid) {
                continue;
            }
            let outcome = rig.connector.publish(&quoting(&url, "k1")).await;
            let code = refused(&rig, &outcome);
            assert!(matches!(code.as_str(), "QUOTE_DENIED" | "NOT_ALLOWED"), "{kind}: {code}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_quoted() {
    for kind in able().await {
        let rig = Rig::new(kind).await;
        let nothing = rig.fake().address_of_nothing();
        let outcome = rig.connector.publish(&quoting(&nothing, "k1")).await;
        refused(&rig, &outcome);
        let elsewhere = "https://example.org/news".parse().unwrap();
        let outcome = rig.connector.publish(&quoting(&elsewhere, "k1")).await;
        assert_eq!(refused(&rig, &outcome), "NOT_FOUND_ON_PLATFORM", "{kind}");
    }
}

#[tokio::test]
async fn pictures_go_with_a_quote_or_nothing_does() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let mut sent = quoting(&url, "k1");
        sent.media.push(picture("image/png"));
        let outcome = rig.connector.publish(&sent).await;
        if kind == PlatformKind::Bluesky {
            let receipt = delivered(outcome);
            let post = rig.fake().applied().remove(0);
            assert_eq!((post.media.len(), post.quotes.as_deref()), (1, Some(url.as_str())));
            let standing = rig.connector.read_back(&receipt.remote_id, &sent).await;
            assert_eq!(standing, Standing::AsSent);
        } else {
            assert_eq!(refused(&rig, &outcome), "QUOTE_WITH_MEDIA", "{kind}");
            assert!(rig.fake().uploads().is_empty(), "{kind}");
        }
    }
}

/// The platform shows the quote no more.
fn unquoted(post: &mut AppliedPost) {
    post.quotes = None;
    if let Some(record) = post.record.as_mut().and_then(Value::as_object_mut) {
        record.retain(|name, _| !["embed", "reshareContext"].contains(&name.as_str()));
    }
}

#[tokio::test]
async fn a_quote_that_is_not_shown_any_more_is_noticed() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let sent = Message { link: None, ..quoting(&url, "k1") };
        let receipt = delivered(rig.connector.publish(&sent).await);
        assert_eq!(rig.connector.read_back(&receipt.remote_id, &sent).await, Standing::AsSent, "{kind}");
        rig.fake().change(&receipt.remote_id, unquoted);
        let standing = rig.connector.read_back(&receipt.remote_id, &sent).await;
        assert_eq!(standing, Standing::Changed(Difference::Quote), "{kind}");
    }
}

#[tokio::test]
async fn other_words_keep_the_quote() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let sent = quoting(&url, "k1");
        let receipt = delivered(rig.connector.publish(&sent).await);
        let corrected = Message { text: "Corrected. (k1)".to_owned(), ..sent };
        let receipt = delivered(rig.connector.update(&receipt.remote_id, &corrected).await);
        let post = rig.fake().applied().remove(0);
        assert!(post.text.starts_with("Corrected."), "{kind}: {}", post.text);
        assert_eq!(post.quotes.as_deref(), Some(url.as_str()), "{kind}");
        let standing = rig.connector.read_back(&receipt.remote_id, &corrected).await;
        assert_eq!(standing, Standing::AsSent, "{kind}");
    }
}

#[tokio::test]
async fn what_follows_quotes_in_a_thread_and_nothing_below_a_post() {
    for kind in able().await {
        let (rig, url) = with_a_post_of_others(kind).await;
        let first = delivered(rig.connector.publish(&message("k1")).await).remote_id;
        let follows = Follows { remote_id: first.clone(), root_id: first };
        let sent = Message { follows: Some(follows), ..quoting(&url, "k2") };
        let outcome = rig.connector.publish(&sent).await;
        if rig.connector.capabilities().follow == FollowKind::Thread {
            delivered(outcome);
            let post = rig.fake().applied().remove(1);
            assert!(post.follows.is_some(), "{kind}");
            assert_eq!(post.quotes.as_deref(), Some(url.as_str()), "{kind}");
        } else {
            let why = matches!(&outcome, Outcome::Refused(cause) if cause.code == "QUOTES_NOT_OFFERED");
            assert!(why, "{kind}: {outcome:?}");
            assert_eq!(rig.applied("k2"), 0, "{kind}");
        }
    }
}
