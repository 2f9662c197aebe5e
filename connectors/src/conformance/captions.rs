//! Captions of films: where a platform says that it takes them they arrive with their languages, and where it does not the film
//! goes out without.

use super::rig::{Rig, able, caption, delivered, film, message_for, networked};
use crate::{
    Difference, Message, PlatformKind, Standing,
    fake::{Answer, Call, Script},
};

/// A film with captions in two languages. Its words name the key.
fn captioned(kind: PlatformKind, key: &str) -> Message {
    let mut message = message_for(kind, key);
    message.media = vec![film("video/mp4")];
    message.media[0].captions =
        vec![caption("en", Some("English"), "Come in"), caption("fr-CA", Some("Français"), "Entrez, entrez")];
    message
}

fn file(said: &str) -> String {
    format!("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{said}\n")
}

#[tokio::test]
async fn captions_arrive_where_a_platform_says_that_it_takes_them() {
    for kind in able(|can| can.captions).await {
        let (rig, message) = (Rig::new(kind).await, captioned(kind, "k1"));
        delivered(rig.connector.publish(&message).await);
        let told = rig.captions();
        let said: Vec<&str> = told.iter().map(|(_, _, file)| file.as_str()).collect();
        assert_eq!(said, [file("Come in"), file("Entrez, entrez")], "{kind}");
        let labels: Vec<Option<&str>> = told.iter().map(|(_, label, _)| label.as_deref()).collect();
        assert_eq!(labels, [Some("English"), Some("Français")], "{kind}");
        let languages: Vec<&str> = told.iter().map(|(language, _, _)| language.as_str()).collect();
        // X knows languages by two letters.
        let expected = if kind == PlatformKind::X { ["EN", "FR"] } else { ["en", "fr-CA"] };
        assert_eq!((languages, rig.applied("k1")), (expected.to_vec(), 1), "{kind}");
    }
}

#[tokio::test]
async fn a_film_without_captions_sends_none() {
    for kind in able(|can| can.captions).await {
        let (rig, mut message) = (Rig::new(kind).await, captioned(kind, "k1"));
        message.media[0].captions.clear();
        delivered(rig.connector.publish(&message).await);
        assert!(rig.captions().is_empty(), "{kind}");
        let asked = rig.fake().requests();
        assert!(
            !asked.iter().any(|asked| asked.contains("captions") || asked.contains("subtitles")),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn where_captions_do_not_arrive_the_film_goes_out_all_the_same() {
    let mut tried = Vec::new();
    for kind in networked() {
        let rig = Rig::new(kind).await;
        let can = rig.connector.capabilities();
        let takes_films =
            can.media_types.is_empty() || can.media_types.iter().any(|kind| kind == "video/mp4");
        if can.captions || !takes_films {
            continue;
        }
        tried.push(kind);
        delivered(rig.connector.publish(&captioned(kind, "k1")).await);
        assert_eq!((rig.applied("k1"), rig.captions().len()), (1, 0), "{kind}");
    }
    assert!(!tried.is_empty(), "nothing was tested");
}

#[tokio::test]
async fn what_x_cannot_name_is_refused_before_anything_is_sent() {
    let rows = [["haw", "en"], ["en", "en-CA"]];
    for languages in rows {
        let (rig, mut message) = (Rig::new(PlatformKind::X).await, captioned(PlatformKind::X, "k1"));
        message.media[0].captions = languages.map(|language| caption(language, None, "Come in")).to_vec();
        let outcome = rig.connector.publish(&message).await;
        assert!(format!("{outcome:?}").contains("CAPTIONS_LANGUAGE_REFUSED"), "{languages:?}: {outcome:?}");
        assert!(rig.fake().uploads().is_empty());
    }
}

#[tokio::test]
async fn captions_that_youtube_did_not_take_cost_no_second_film_and_are_told() {
    let kind = PlatformKind::YouTube;
    let lost = [
        Script::ignored(Answer::Status { status: 500, retry_after: None }),
        Script::applied(Answer::Garbage),
    ];
    for (script, arrived) in lost.into_iter().zip([0, 1]) {
        let (rig, message) = (Rig::new(kind).await, captioned(kind, "k1"));
        // The upload is announced, then the first captions.
        rig.script(Call::Media, Script::applied(Answer::Normal));
        rig.script(Call::Media, script.clone());
        let receipt = delivered(rig.connector.publish(&message).await);
        assert_eq!((rig.applied("k1"), rig.captions().len()), (1, arrived), "{script:?}");
        let read_back = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert_eq!(read_back, Standing::Changed(Difference::Captions), "{script:?}");
        delivered(rig.connector.update(&receipt.remote_id, &message).await);
        assert_eq!((rig.applied("k1"), rig.captions().len()), (1, 2), "{script:?}");
        assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::AsSent);
    }
}

#[tokio::test]
async fn a_correction_replaces_captions_and_leaves_other_languages_alone() {
    let kind = PlatformKind::YouTube;
    let (rig, mut message) = (Rig::new(kind).await, captioned(kind, "k1"));
    let receipt = delivered(rig.connector.publish(&message).await);
    message.media[0].captions = vec![caption("en", Some("English (Canada)"), "Come in, please")];
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    message.media[0].captions = vec![caption("en", Some("English (Canada)"), "Do come in")];
    delivered(rig.connector.update(&receipt.remote_id, &message).await);
    let told: Vec<(String, String)> =
        rig.captions().into_iter().map(|(language, _, file)| (language, file)).collect();
    let told: Vec<(&str, &str)> =
        told.iter().map(|(language, file)| (language.as_str(), file.as_str())).collect();
    assert_eq!(told, [("fr-CA", file("Entrez, entrez").as_str()), ("en", file("Do come in").as_str())]);
}
