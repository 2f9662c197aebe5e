//! Answers below comments: what is known of one whose receipt was lost, how one stands, and what is sent at all.

use std::time::Duration;

use chrono::TimeDelta;

use super::{behind, delivered, record, status, told, unclear};
use crate::{
    Evidence, LookUp, Message, Outcome, PlatformKind, Standing,
    conformance::{
        answers::{answering, spoken_to},
        rig::{Rig, film, limits, now},
    },
    fake::{Answer, Call, Heard, Script, USERNAME},
    youtube::spec,
};

async fn asked() -> (Rig, String) {
    let (rig, _, name) = spoken_to(PlatformKind::YouTube).await;
    (rig, name)
}

/// Somebody says something below a comment.
fn say(rig: &Rig, author: &str, answered: &str, text: &str) {
    let (author, answers) = (author.to_owned(), Some(answered.to_owned()));
    rig.fake().hear(Heard { author, text: text.to_owned(), answers, ..Heard::default() });
}

#[tokio::test]
async fn an_answer_that_is_not_listed_is_for_a_person_and_is_not_sent_again() {
    let rows = [
        ("lost on its way", false, Script::ignored(Answer::Hang), 0, "TIMEOUT"),
        ("held back, and its receipt lost", true, Script::applied(Answer::Hang), 1, "TIMEOUT"),
        ("held back", true, Script::applied(Answer::Normal), 1, "HELD_FOR_REVIEW"),
    ];
    for (name, holds, script, there, code) in rows {
        let (rig, said) = asked().await;
        let sent = answering(&said, "k1");
        rig.fake().hold_answers(holds);
        rig.script(Call::Create, script);
        assert_eq!(told(&rig.connector.publish(&sent).await), ("unknown", code), "{name}");
        // A list may lack what is new: that is worth another question.
        assert_eq!(behind(&rig.connector.look_up(&sent).await), Some(125), "{name}");
        rig.clock.pass(limits().longest_publish() + Duration::from_secs(119));
        assert_eq!(behind(&rig.connector.look_up(&sent).await), Some(1), "{name}");
        for days in [0, 1, 90] {
            rig.clock.pass(Duration::from_secs(1 + days * 86_400));
            assert_eq!(unclear(&rig.connector.look_up(&sent).await), Some("MAY_BE_HELD"), "{name}");
        }
        assert_eq!(rig.applied("k1"), there, "{name}");
    }
}

#[tokio::test]
async fn only_what_the_channel_itself_said_since_then_is_taken_for_it() {
    let (rig, said) = asked().await;
    let sent = answering(&said, "k1");
    say(&rig, "ben", &said, &sent.text);
    say(&rig, USERNAME, &said, "We open at ten.");
    rig.fake().set_now(Some(now() - TimeDelta::seconds(61)));
    say(&rig, USERNAME, &said, &sent.text);
    rig.fake().set_now(Some(now()));
    assert_eq!(unclear(&rig.look_up(&sent).await), Some("MAY_BE_HELD"));
    (0..60).for_each(|number| say(&rig, "ben", &said, &format!("Thanks! {number}")));
    say(&rig, USERNAME, &said, &format!("{}\r\n", sent.text));
    match rig.connector.look_up(&sent).await {
        LookUp::Found(receipt) => assert_eq!(receipt.evidence, Evidence::Timeline),
        other => panic!("{other:?}"),
    }
    say(&rig, USERNAME, &said, &sent.text);
    assert_eq!(unclear(&rig.connector.look_up(&sent).await), Some("SEVERAL_FOUND"));
    assert_eq!(told(&rig.connector.publish(&sent).await), ("unknown", "SEVERAL_FOUND"));
    assert_eq!(rig.applied("k1"), 0, "what may be there already is not sent");
}

#[tokio::test]
async fn a_search_ends_however_much_is_said() {
    let (rig, said) = asked().await;
    (0..520).for_each(|number| say(&rig, "ben", &said, &number.to_string()));
    let before = rig.fake().requests().len();
    assert_eq!(unclear(&rig.look_up(&answering(&said, "k1")).await), Some("MAY_BE_HELD"));
    // Twice: the thread, the channel, and ten pages.
    assert_eq!(rig.fake().requests().len() - before, 24);
}

#[tokio::test]
async fn a_page_that_comes_again_tells_of_no_other_answer() {
    let (rig, said) = asked().await;
    let sent = answering(&said, "k1");
    say(&rig, USERNAME, &said, &sent.text);
    (0..120).for_each(|number| say(&rig, "ben", &said, &number.to_string()));
    rig.fake().repeat_pages(true);
    let found = rig.connector.look_up(&sent).await;
    assert!(matches!(found, LookUp::Found(_)), "{found:?}");
}

#[tokio::test]
async fn what_stood_below_a_comment_that_is_gone_is_not_told() {
    let (rig, said) = asked().await;
    let sent = answering(&said, "k1");
    delivered(rig.connector.publish(&sent).await);
    rig.fake().unsay(&said);
    assert_eq!(unclear(&rig.look_up(&sent).await), Some("ANSWERED_GONE"));
    let unsure = Message { first_sent_at: None, last_sent_at: None, ..sent };
    assert_eq!(unclear(&rig.connector.look_up(&unsure).await), Some("NO_FIRST_ATTEMPT"));
}

#[tokio::test]
async fn what_youtube_would_refuse_is_refused_before_anything_is_sent() {
    let (rig, said) = asked().await;
    let before = rig.fake().requests().len();
    let with = |change: fn(&mut Message)| {
        let mut message = answering(&said, "k1");
        change(&mut message);
        message
    };
    let rows: [(Message, &str); 7] = [
        (with(|message| message.media.push(film("video/mp4"))), "MEDIA_REFUSED"),
        (with(|message| message.text = "é".repeat(10_001)), "TEXT_TOO_LONG"),
        (with(|message| message.answers = Some(String::new())), "REMOTE_ID_INVALID"),
        (with(|message| message.answers = Some("a,b".to_owned())), "REMOTE_ID_INVALID"),
        (with(|message| message.answers = Some("a.".to_owned())), "REMOTE_ID_INVALID"),
        (with(|message| message.answers = Some("a.b.c".to_owned())), "REMOTE_ID_INVALID"),
        (with(|message| message.answers = Some("a&id=b".to_owned())), "REMOTE_ID_INVALID"),
    ];
    for (message, code) in rows {
        assert_eq!(told(&rig.connector.publish(&message).await), ("refused", code));
    }
    for id in ["comment:", "comment:a/b", "comment:.b", "comment:a,b"] {
        let sent = answering(&said, "k1");
        assert_eq!(told(&rig.connector.update(id, &sent).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
        assert_eq!(told(&rig.connector.delete(id).await), ("refused", "REMOTE_ID_INVALID"), "{id}");
        assert!(matches!(rig.connector.read_back(id, &sent).await, Standing::CannotTell(_)), "{id}");
    }
    assert_eq!(rig.fake().requests().len(), before);
    let full = with(|message| message.text = "é".repeat(10_000));
    delivered(rig.connector.publish(&full).await);
}

#[tokio::test]
async fn the_life_of_an_answer_is_one_that_google_knows() {
    let (rig, said) = asked().await;
    let film = rig.fake().applied().remove(0).id;
    let before = rig.fake().asked().len();
    let link = Some("https://example.org/hours".to_owned());
    let sent = Message { link, ..answering(&said, "k1") };
    let receipt = delivered(rig.connector.publish(&sent).await);
    let id = rig.fake().applied().remove(1).id;
    assert_eq!((receipt.remote_id.as_str(), receipt.published_at), (&*format!("comment:{id}"), Some(now())));
    assert_eq!(receipt.url, Some(format!("https://www.youtube.com/watch?v={film}&lc={id}")));
    // Where an address is shown by its title, what was written is compared.
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &sent).await, Standing::AsSent);
    assert!(matches!(rig.connector.look_up(&sent).await, LookUp::Found(found) if found.url == receipt.url));

    let corrected = Message { text: "We open at ten. (k1)".to_owned(), ..sent.clone() };
    rig.script(Call::Edit, Script::applied(Answer::Hang));
    assert_eq!(told(&rig.connector.update(&receipt.remote_id, &corrected).await), ("unknown", "TIMEOUT"));
    assert_eq!(
        delivered(rig.connector.update(&receipt.remote_id, &corrected).await).remote_id,
        receipt.remote_id
    );
    assert_eq!(rig.connector.read_back(&receipt.remote_id, &corrected).await, Standing::AsSent);

    rig.script(Call::Delete, Script::ignored(Answer::Garbage));
    let garbage = rig.connector.delete(&receipt.remote_id).await;
    assert_eq!(told(&garbage), ("unknown", "GARBAGE_ANSWER"));
    delivered(rig.connector.delete(&receipt.remote_id).await);
    delivered(rig.connector.delete(&receipt.remote_id).await);
    assert_eq!(told(&rig.connector.update(&receipt.remote_id, &sent).await), ("refused", "GONE"));
    assert_eq!(record(&rig)["status"]["privacyStatus"], "public", "the film stays");
    let requests = rig.fake().asked().split_off(before);
    assert!(requests.len() > 12, "{requests:?}");
    for request in requests {
        assert!(spec::method_of(&request).is_some(), "Google knows nothing of {request}");
    }
}

#[tokio::test]
async fn whatever_is_answered_in_a_thread_the_answer_stands_below_its_beginning() {
    let (rig, said) = asked().await;
    delivered(rig.connector.publish(&answering(&format!("{said}.9ab"), "k1")).await);
    assert_eq!(rig.fake().applied()[1].answers, Some(said));
}

#[tokio::test]
async fn an_answer_whose_standing_cannot_be_read_is_not_gone() {
    let (rig, said) = asked().await;
    let sent = answering(&said, "k1");
    let id = delivered(rig.connector.publish(&sent).await).remote_id;
    for answer in [Answer::Hang, status(500), status(429), Answer::Garbage, Answer::CutAfter(20)] {
        rig.script(Call::Read, Script::applied(answer.clone()));
        let standing = rig.connector.read_back(&id, &sent).await;
        assert!(matches!(standing, Standing::Unreachable { .. }), "{answer:?} {standing:?}");
    }
    rig.script(Call::Read, Script::applied(status(404)));
    assert!(matches!(rig.connector.read_back(&id, &sent).await, Standing::CannotTell(_)));
    let before = rig.fake().requests().len();
    assert_eq!(rig.connector.metrics(&[id]).await, Ok(Vec::new()));
    assert_eq!(rig.fake().requests().len(), before, "how often an answer was seen is told nowhere");
}

#[tokio::test]
async fn whoever_may_not_read_what_is_answered_needs_a_person_and_nothing_is_sent() {
    let (rig, said) = asked().await;
    rig.script(Call::Read, Script::applied(status(403)));
    let outcome = rig.connector.publish(&answering(&said, "k1")).await;
    assert!(matches!(outcome, Outcome::CredentialRejected(_)), "{outcome:?}");
    assert_eq!(rig.applied("k1"), 0);
}
