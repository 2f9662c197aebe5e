//! How a message is read back: as it was sent, as somebody changed it, or gone; and never gone because the question failed.

use super::{
    rig::{Rig, able, delivered, message_for, needs_film, picture},
    transport::{answering, connector},
};
use crate::{
    Difference, PlatformKind, Standing,
    fake::{Answer, Call, Script},
};

async fn reading() -> Vec<PlatformKind> {
    able(|can| can.read_back).await
}

#[tokio::test]
async fn what_was_just_published_stands_as_it_was_sent() {
    for kind in reading().await {
        let (rig, mut message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let can = rig.connector.capabilities();
        if can.max_media > 0 && !needs_film(kind) {
            message.media.push(picture("image/png"));
        }
        let receipt = delivered(rig.connector.publish(&message).await);
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert_eq!(standing, Standing::AsSent, "{kind}");
        if can.edit {
            message.text = "Corrected. (k1)".to_owned();
            let stale = rig.connector.read_back(&receipt.remote_id, &message).await;
            assert_eq!(stale, Standing::Changed(Difference::Words), "{kind}");
            delivered(rig.connector.update(&receipt.remote_id, &message).await);
            let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
            assert_eq!(standing, Standing::AsSent, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_change_by_hand_is_told() {
    for kind in reading().await {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let receipt = delivered(rig.connector.publish(&message).await);
        rig.fake().reword(&receipt.remote_id, "Something else altogether");
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert_eq!(standing, Standing::Changed(Difference::Words), "{kind}");
    }
}

#[tokio::test]
async fn what_was_deleted_is_gone() {
    for kind in reading().await {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let receipt = delivered(rig.connector.publish(&message).await);
        delivered(rig.connector.delete(&receipt.remote_id).await);
        assert_eq!(rig.connector.read_back(&receipt.remote_id, &message).await, Standing::Gone, "{kind}");
    }
}

#[tokio::test]
async fn a_question_that_fails_says_neither_gone_nor_changed() {
    let status = |status| Answer::Status { status, retry_after: None };
    let answers = [
        Answer::Hang,
        status(401),
        status(403),
        status(429),
        status(500),
        status(503),
        Answer::Garbage,
        Answer::Huge(1 << 20),
        Answer::CutAfter(20),
    ];
    for kind in reading().await {
        for answer in &answers {
            // Each question of one reading fails in its turn.
            for before in 0..3 {
                let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
                let receipt = delivered(rig.connector.publish(&message).await);
                for _ in 0..before {
                    rig.script(Call::Read, Script::applied(Answer::Normal));
                }
                rig.script(Call::Read, Script::ignored(answer.clone()));
                let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
                let name = format!("{kind} {answer:?} after {before}: {standing:?}");
                assert!(!matches!(standing, Standing::Gone | Standing::Changed(_)), "{name}");
                assert!(before > 0 || standing != Standing::AsSent, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn that_it_is_gone_is_believed_only_of_a_platform_that_knows_us() {
    let answers = [Answer::Hang, Answer::Status { status: 500, retry_after: None }, Answer::Garbage];
    for kind in reading().await {
        let (rig, message) = (Rig::new(kind).await, message_for(kind, "k1"));
        let receipt = delivered(rig.connector.publish(&message).await);
        delivered(rig.connector.delete(&receipt.remote_id).await);
        for answer in &answers {
            rig.script(Call::Read, Script::ignored(answer.clone()));
            let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
            assert!(matches!(standing, Standing::Unreachable { .. }), "{kind} {answer:?}: {standing:?}");
        }
        // It says "not found" to us, and then not who we are.
        let not_found = Answer::Status { status: 404, retry_after: None };
        let refused = Answer::Status { status: 401, retry_after: None };
        for answer in answers.iter().chain([&refused]) {
            rig.fake().forget_scripts();
            rig.script(Call::Read, Script::ignored(not_found.clone()));
            rig.script(Call::Read, Script::ignored(answer.clone()));
            let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
            assert_ne!(standing, Standing::Gone, "{kind} {answer:?}");
        }
        rig.fake().forget_scripts();
        rig.fake().refuse_credential(true);
        let standing = rig.connector.read_back(&receipt.remote_id, &message).await;
        assert!(matches!(standing, Standing::CannotTell(_)), "{kind}: {standing:?}");

        let stranger = b"HTTP/1.1 404 Nothing\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";
        let (address, _serving) = answering(stranger).await;
        let elsewhere = connector(kind, &format!("http://{address}"), true);
        let standing = elsewhere.read_back(&receipt.remote_id, &message).await;
        assert!(matches!(standing, Standing::CannotTell(_)), "{kind}: {standing:?}");
    }
}
