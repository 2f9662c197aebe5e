//! What a platform says that it can do, it does; what it says that it cannot, it answers so. Threads, figures, and passing on.

use super::rig::{Rig, able, delivered, message_for};
use crate::{
    Amplified, FollowKind, Follows, LookUp, Outcome, PlatformKind, Standing, Unread,
    fake::{Answer, Call, Counts, Script},
};

fn amplified(url: url::Url) -> Amplified {
    Amplified { url, idempotency_key: "a1".to_owned() }
}

fn not_offered(cause: &crate::Cause) -> bool {
    cause.code == "NOT_OFFERED"
}

#[tokio::test]
async fn a_capability_is_there_exactly_when_its_method_is() {
    for kind in PlatformKind::ALL {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let receipt = delivered(rig.connector.publish(&message).await);
        let can = rig.connector.capabilities();
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        let offered = !matches!(&standing, Standing::CannotTell(cause) if not_offered(cause));
        assert_eq!(can.read_back, offered, "{kind}: {standing:?}");
        let inbox = rig.connector.inbound(None).await;
        assert_eq!(can.inbound, inbox != Err(Unread::NotOffered), "{kind}: {inbox:?}");
        let figures = rig.connector.metrics(&[receipt.remote_id]).await;
        assert_eq!(can.metrics, figures != Err(Unread::NotOffered), "{kind}: {figures:?}");
        let passed_on = rig.connector.amplify(&amplified("https://example.org/1".parse().unwrap())).await;
        let offered = !matches!(&passed_on, Outcome::Refused(cause) if not_offered(cause));
        assert_eq!(can.amplify, offered, "{kind}: {passed_on:?}");
        let bio = rig.connector.verify().await.unwrap().bio;
        assert!(can.live_bio || bio.is_none(), "{kind}: {bio:?}");
    }
}

#[tokio::test]
async fn the_public_description_is_read_as_plain_text() {
    for kind in able(|can| can.live_bio).await {
        let bio = Rig::new(kind).await.connector.verify().await.unwrap().bio;
        assert_eq!(bio.as_deref(), Some("Run by the press office"), "{kind}");
    }
}

#[tokio::test]
async fn a_message_that_follows_is_a_reply_or_is_not_there() {
    for kind in able(|can| can.follow != FollowKind::Alone).await {
        let rig = Rig::new(kind).await;
        let first = delivered(rig.connector.publish(&message_for(kind, "k1")).await);
        let mut second = message_for(kind, "k2");
        let follows = Follows { remote_id: first.remote_id.clone(), root_id: first.remote_id.clone() };
        second.follows = Some(follows);
        delivered(rig.connector.publish(&second).await);
        let posts = rig.fake().applied();
        assert_eq!(posts[1].follows.as_ref(), Some(&posts[0].id), "{kind}");
        assert!(matches!(rig.connector.look_up(&second).await, LookUp::Found(_)), "{kind}");

        delivered(rig.connector.delete(&first.remote_id).await);
        let mut third = message_for(kind, "k3");
        third.follows.clone_from(&second.follows);
        match rig.connector.publish(&third).await {
            Outcome::Refused(cause) => assert_eq!(cause.code, "FOLLOWED_GONE", "{kind}"),
            other => panic!("{kind}: {other:?}"),
        }
        assert_eq!(rig.applied("k3"), 0, "{kind}");
    }
}

#[tokio::test]
async fn a_reply_whose_answer_was_lost_is_found_and_stays_one() {
    for kind in able(|can| can.follow != FollowKind::Alone).await {
        for script in [Script::applied(Answer::Hang), Script::ignored(Answer::Hang)] {
            let rig = Rig::new(kind).await;
            let first = delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id;
            let mut second = message_for(kind, "k2");
            second.follows = Some(Follows { root_id: first.clone(), remote_id: first });
            rig.script(Call::Create, script);
            let outcome = rig.connector.publish(&second).await;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{kind}: {outcome:?}");
            delivered(rig.settle(&second, outcome, kind.as_str()).await);
            assert_eq!(rig.applied("k2"), 1, "{kind}");
        }
    }
}

#[tokio::test]
async fn where_nothing_follows_a_message_stands_alone() {
    for kind in PlatformKind::ALL {
        let rig = Rig::new(kind).await;
        if rig.connector.capabilities().follow != FollowKind::Alone {
            continue;
        }
        let first = delivered(rig.connector.publish(&message_for(kind, "k1")).await);
        let mut second = message_for(kind, "k2");
        second.follows = Some(Follows { remote_id: first.remote_id.clone(), root_id: first.remote_id });
        delivered(rig.connector.publish(&second).await);
        assert_eq!((rig.applied("k1"), rig.applied("k2")), (1, 1), "{kind}");
    }
}

#[tokio::test]
async fn figures_are_the_platforms_and_what_it_does_not_tell_is_left_out() {
    for kind in able(|can| can.metrics).await {
        let rig = Rig::new(kind).await;
        let first = delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id;
        let gone = delivered(rig.connector.publish(&message_for(kind, "k2")).await).remote_id;
        let counts = Counts { likes: 7, shares: 5, replies: 3 };
        rig.fake().change(&first, |post| post.counts = counts);
        delivered(rig.connector.delete(&gone).await);
        let figures = rig.connector.metrics(&[gone, first.clone()]).await.unwrap();
        let [figures] = figures.as_slice() else { panic!("{kind}: {figures:?}") };
        assert_eq!(figures.remote_id, first);
        let told = [(figures.likes, 7), (figures.shares, 5), (figures.replies, 3)];
        assert!(told.iter().any(|(figure, _)| figure.is_some()), "{kind}: it tells nothing");
        for (figure, counted) in told {
            assert!(figure.is_none_or(|figure| figure == counted), "{kind}: {figures:?}");
        }
    }
}

#[tokio::test]
async fn figures_that_cannot_be_asked_for_are_no_figures() {
    for kind in able(|can| can.metrics).await {
        let rig = Rig::new(kind).await;
        let id = delivered(rig.connector.publish(&message_for(kind, "k1")).await).remote_id;
        rig.script(Call::Read, Script::ignored(Answer::Status { status: 500, retry_after: None }));
        let asked = rig.connector.metrics(std::slice::from_ref(&id)).await;
        assert!(matches!(asked, Err(Unread::Unreachable { .. })), "{kind}: {asked:?}");
        rig.fake().refuse_credential(true);
        let asked = rig.connector.metrics(&[id]).await;
        assert!(matches!(asked, Err(Unread::CredentialRejected(_))), "{kind}: {asked:?}");
    }
}

#[tokio::test]
async fn what_is_passed_on_twice_is_passed_on_once() {
    for kind in able(|can| can.amplify).await {
        let rig = Rig::new(kind).await;
        let url = rig.fake().add_post_of_others("Flu jabs from Monday");
        rig.fake().add_post_of_others(&format!("Have you seen {url} ?"));
        let first = delivered(rig.connector.amplify(&amplified(url.clone())).await);
        let second = delivered(rig.connector.amplify(&amplified(url.clone())).await);
        assert_eq!(rig.fake().amplified(), [url.to_string()], "{kind}");
        assert_eq!(first.remote_id, second.remote_id, "{kind}");
    }
}

#[tokio::test]
async fn what_may_have_been_passed_on_is_unknown_and_a_repeat_settles_it() {
    for kind in able(|can| can.amplify).await {
        for script in [Script::applied(Answer::Hang), Script::ignored(Answer::Garbage)] {
            let rig = Rig::new(kind).await;
            let url = rig.fake().add_post_of_others("Flu jabs from Monday");
            rig.script(Call::Amplify, script);
            let outcome = rig.connector.amplify(&amplified(url.clone())).await;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{kind}: {outcome:?}");
            delivered(rig.connector.amplify(&amplified(url.clone())).await);
            assert_eq!(rig.fake().amplified(), [url.to_string()], "{kind}");
        }
    }
}

#[tokio::test]
async fn what_became_of_passing_on_is_found_or_a_repeat_is_harmless() {
    for kind in able(|can| can.amplify).await {
        for (script, done) in [(Script::applied(Answer::Hang), true), (Script::ignored(Answer::Hang), false)]
        {
            let rig = Rig::new(kind).await;
            let url = rig.fake().add_post_of_others("Flu jabs from Monday");
            rig.script(Call::Amplify, script);
            let outcome = rig.connector.amplify(&amplified(url.clone())).await;
            assert!(matches!(outcome, Outcome::Unknown(_)), "{kind}: {outcome:?}");
            match rig.connector.look_up_amplified(&amplified(url.clone())).await {
                LookUp::Found(_) => assert!(done, "{kind}: it finds what is not there"),
                LookUp::Absent => {
                    delivered(rig.connector.amplify(&amplified(url.clone())).await);
                }
                other => panic!("{kind}: {other:?}"),
            }
            assert_eq!(rig.fake().amplified().len(), 1, "{kind}");
        }
    }
    for kind in PlatformKind::ALL {
        let rig = Rig::new(kind).await;
        if !rig.connector.capabilities().amplify {
            let told =
                rig.connector.look_up_amplified(&amplified("https://example.org/1".parse().unwrap())).await;
            assert!(matches!(told, LookUp::CannotTell(_)), "{kind}: {told:?}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_passed_on() {
    for kind in able(|can| can.amplify).await {
        let rig = Rig::new(kind).await;
        let url = rig.fake().address_of_nothing();
        rig.fake().add_post_of_others(&format!("Have you seen {url} ?"));
        let outcome = rig.connector.amplify(&amplified(url.clone())).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{kind}: {outcome:?}");
        assert!(rig.fake().amplified().is_empty(), "{kind}");
        // Whoever has been asked once may not need to be asked again.
        let rig = Rig::new(kind).await;
        rig.script(Call::Read, Script::ignored(Answer::Status { status: 500, retry_after: None }));
        let outcome = rig.connector.amplify(&amplified(url.clone())).await;
        assert!(matches!(outcome, Outcome::NotSent { .. }), "{kind}: {outcome:?}");
        rig.fake().refuse_credential(true);
        let outcome = rig.connector.amplify(&amplified(url)).await;
        assert!(matches!(outcome, Outcome::CredentialRejected(_)), "{kind}: {outcome:?}");
        assert!(rig.fake().amplified().is_empty(), "{kind}");
    }
}
