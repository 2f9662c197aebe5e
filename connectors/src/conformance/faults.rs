//! Every fault, on every connector: what class it is, and that it ends with exactly one post.

use std::time::Duration;

use super::rig::{Rig, message, message_for, networked, picture};
use crate::{
    LookUp, Outcome, PlatformKind,
    fake::{Answer, Call, Script},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Delivered,
    NotSent,
    Refused,
    Credential,
    Unknown,
    Preparing,
}

fn class(outcome: &Outcome) -> Class {
    match outcome {
        Outcome::Delivered(_) => Class::Delivered,
        Outcome::NotSent { .. } => Class::NotSent,
        Outcome::Refused(_) => Class::Refused,
        Outcome::CredentialRejected(_) => Class::Credential,
        Outcome::Unknown(_) => Class::Unknown,
        Outcome::Preparing { .. } => Class::Preparing,
    }
}

fn status(status: u16, retry_after: Option<u64>) -> Answer {
    Answer::Status { status, retry_after }
}

fn faults() -> Vec<(&'static str, Script, Class)> {
    vec![
        ("nothing goes wrong", Script::applied(Answer::Normal), Class::Delivered),
        ("accepts, then hangs", Script::applied(Answer::Hang), Class::Unknown),
        ("hangs without accepting", Script::ignored(Answer::Hang), Class::Unknown),
        (
            "slow, within the limit",
            Script::applied(Answer::Slow(Duration::from_millis(100))),
            Class::Delivered,
        ),
        ("slow, beyond the limit", Script::applied(Answer::Slow(Duration::from_secs(3))), Class::Unknown),
        ("500 after accepting", Script::applied(status(500, None)), Class::Unknown),
        ("500 without accepting", Script::ignored(status(500, None)), Class::Unknown),
        ("502 after accepting", Script::applied(status(502, None)), Class::Unknown),
        ("503 after accepting", Script::applied(status(503, None)), Class::Unknown),
        ("504 after accepting", Script::applied(status(504, None)), Class::Unknown),
        ("303 after accepting", Script::applied(status(303, None)), Class::Unknown),
        ("503 with a time", Script::ignored(status(503, Some(9))), Class::NotSent),
        ("429", Script::ignored(status(429, None)), Class::NotSent),
        ("429 with a time", Script::ignored(status(429, Some(9))), Class::NotSent),
        ("400", Script::ignored(status(400, None)), Class::Refused),
        ("422", Script::ignored(status(422, None)), Class::Refused),
        ("401", Script::ignored(status(401, None)), Class::Credential),
        ("403", Script::ignored(status(403, None)), Class::Credential),
        ("garbage after accepting", Script::applied(Answer::Garbage), Class::Unknown),
        ("garbage without accepting", Script::ignored(Answer::Garbage), Class::Unknown),
        ("a huge answer after accepting", Script::applied(Answer::Huge(1 << 20)), Class::Unknown),
        ("drops at once after accepting", Script::applied(Answer::CutAfter(0)), Class::Unknown),
        ("drops at once without accepting", Script::ignored(Answer::CutAfter(0)), Class::Unknown),
    ]
}

/// Those that can be asked at once what came of a request: where it was done, they may say so instead of leaving it open.
const ASKING: [PlatformKind; 1] = [PlatformKind::YouTube];

#[tokio::test]
async fn every_fault_has_its_class_and_ends_with_one_post() {
    for kind in networked() {
        for (name, script, expected) in faults() {
            let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
            let name = format!("{kind}: {name}");
            rig.script(Call::Create, script.clone());
            let outcome = rig.connector.publish(&message).await;
            let told = expected == Class::Unknown && script.applied && ASKING.contains(&kind);
            let expected =
                if told && class(&outcome) == Class::Delivered { Class::Delivered } else { expected };
            assert_eq!(class(&outcome), expected, "{name}: {outcome:?}");
            if let (Outcome::NotSent { retry_after, .. }, Answer::Status { retry_after: stated, .. }) =
                (&outcome, &script.answer)
            {
                assert_eq!(*retry_after, stated.map(Duration::from_secs), "{name}");
            }
            let settled = rig.settle(&message, outcome, &name).await;
            let expected = usize::from(matches!(settled, Outcome::Delivered(_)));
            assert_eq!(rig.applied("k1"), expected, "{name}");
        }
    }
}

#[tokio::test]
async fn the_feed_is_as_truthful() {
    let faults = [
        (Script::applied(Answer::Normal), Class::Delivered),
        (Script::applied(Answer::Hang), Class::Unknown),
        (Script::ignored(Answer::Normal), Class::NotSent),
    ];
    for (script, expected) in faults {
        let (rig, message) = (Rig::new(PlatformKind::Feed).await, message("k1"));
        rig.script(Call::Create, script);
        let outcome = rig.connector.publish(&message).await;
        assert_eq!(class(&outcome), expected);
        rig.settle(&message, outcome, "feed").await;
        assert_eq!(rig.applied("k1"), 1);
    }
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_ends_with_one_post() {
    for kind in networked() {
        let rig = Rig::new(kind).await;
        assert_eq!(class(&rig.connector.publish(&message_for(kind, "whole")).await), Class::Delivered);
        let whole = rig.fake().answer_length(Call::Create);
        assert!(whole > 100);
        for cut in 0..=whole + 10 {
            let (key, name) = (format!("cut-{cut}"), format!("{kind} cut after {cut} of {whole}"));
            let message = message_for(kind, &key);
            rig.script(Call::Create, Script::applied(Answer::CutAfter(cut)));
            let outcome = rig.connector.publish(&message).await;
            assert!(matches!(class(&outcome), Class::Delivered | Class::Unknown), "{name}: {outcome:?}");
            let settled = rig.settle(&message, outcome, &name).await;
            assert_eq!((class(&settled), rig.applied(&key)), (Class::Delivered, 1), "{name}");
        }
    }
}

/// Those that ask or upload something before the one request that publishes.
const PREPARING: [PlatformKind; 7] = [
    PlatformKind::WordPress,
    PlatformKind::Mastodon,
    PlatformKind::Bluesky,
    PlatformKind::Facebook,
    PlatformKind::LinkedIn,
    PlatformKind::X,
    PlatformKind::YouTube,
];

#[tokio::test]
async fn whatever_fails_before_publishing_leaves_nothing_out() {
    let answers = [
        Answer::Hang,
        status(500, None),
        status(503, None),
        status(429, Some(5)),
        Answer::Garbage,
        Answer::Huge(1 << 20),
        Answer::CutAfter(30),
    ];
    for kind in PREPARING {
        for call in [Call::Read, Call::Media] {
            for answer in &answers {
                let (rig, mut message) = (Rig::new(kind).await, message_for(kind, "k1"));
                if message.media.is_empty() {
                    message.media.push(picture("image/png"));
                }
                rig.script(call, Script::applied(answer.clone()));
                let name = format!("{kind} {call:?} {answer:?}");
                let outcome = rig.connector.publish(&message).await;
                // Finding the API tolerates one bad answer; everything else must stop there.
                assert!(matches!(class(&outcome), Class::NotSent | Class::Delivered), "{name}: {outcome:?}");
                assert!(call == Call::Read || class(&outcome) == Class::NotSent, "{name}");
                let settled = rig.settle(&message, outcome, &name).await;
                assert_eq!((class(&settled), rig.applied("k1")), (Class::Delivered, 1), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_look_up_that_fails_never_says_absent() {
    for kind in networked() {
        let answers =
            [Answer::Hang, status(500, None), status(429, Some(5)), Answer::Garbage, Answer::CutAfter(20)];
        for answer in answers {
            let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
            assert_eq!(class(&rig.connector.publish(&message).await), Class::Delivered);
            rig.script(Call::Read, Script::applied(answer.clone()));
            let found = rig.connector.look_up(&message).await;
            assert!(matches!(found, LookUp::Unreachable { .. }), "{kind} {answer:?}: {found:?}");
        }
    }
}

#[tokio::test]
async fn where_posts_are_listed_late_none_is_said_to_be_absent_early() {
    for kind in [PlatformKind::Facebook, PlatformKind::LinkedIn, PlatformKind::X, PlatformKind::YouTube] {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let early = rig.connector.look_up(&message).await;
        let LookUp::Unreachable { retry_after: Some(wait), .. } = early else { panic!("{kind}: {early:?}") };
        assert!(wait >= Duration::from_mins(2), "{kind}: {wait:?}");
        assert_eq!(rig.look_up(&message).await, LookUp::Absent, "{kind}: in the end it is believed");
    }
}
