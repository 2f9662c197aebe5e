//! Comments that follow an organisation's post, how both stand, and what is passed on, beyond what every platform does.

use serde_json::json;

use super::{delivered, refused, rig};
use crate::{
    Amplified, Difference, Follows, LookUp, Message, Outcome, Standing,
    conformance::rig::{Rig, message, picture},
    fake::{Answer, Call, Script},
};

async fn root(rig: &Rig) -> Follows {
    let root_id = delivered(rig.connector.publish(&message("k1")).await).remote_id;
    Follows { remote_id: root_id.clone(), root_id }
}

fn following(key: &str, follows: &Follows) -> Message {
    Message { follows: Some(follows.clone()), ..message(key) }
}

fn untold(found: &LookUp, code: &str) -> bool {
    matches!(found, LookUp::CannotTell(cause) if cause.code == code)
}

#[tokio::test]
async fn a_comment_is_plain_words_below_the_first_post() {
    let rig = rig().await;
    let first = root(&rig).await;
    let second = following("k2", &first);
    let receipt = delivered(rig.connector.publish(&second).await);
    let posts = rig.fake().applied();
    assert_eq!(
        posts[1].record,
        Some(json!({ "actor": "urn:li:organization:2414183", "object": first.root_id,
            "message": { "text": second.text_with_link() } }))
    );
    let (root_number, number) = (&posts[0].id, &posts[1].id);
    assert_eq!(receipt.remote_id, format!("urn:li:comment:(urn:li:activity:{root_number},{number})"));
    let third = Follows { remote_id: receipt.remote_id, ..first.clone() };
    delivered(rig.connector.publish(&following("k3", &third)).await);
    assert_eq!(rig.fake().applied()[2].follows.as_ref(), Some(root_number));

    let mut pictured = following("k4", &first);
    pictured.media.push(picture("image/png"));
    assert!(refused(&rig.connector.publish(&pictured).await, "MEDIA_IN_COMMENT"));
    let long = Message { text: "é".repeat(1251), link: None, ..following("k4", &first) };
    assert!(refused(&rig.connector.publish(&long).await, "TEXT_TOO_LONG"));
    assert_eq!(rig.fake().applied().len(), 3);
}

#[tokio::test]
async fn a_comment_is_read_back_changed_and_taken_back_as_one() {
    let rig = rig().await;
    let mut comment = following("k2", &root(&rig).await);
    let id = delivered(rig.connector.publish(&comment).await).remote_id;
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::AsSent);
    rig.fake().reword(&id, "Something else");
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::Changed(Difference::Words));
    comment.text = "Corrected (today). (k2)".to_owned();
    rig.script(Call::Edit, Script::ignored(Answer::Garbage));
    assert!(matches!(rig.connector.update(&id, &comment).await, Outcome::Unknown(_)));
    delivered(rig.connector.update(&id, &comment).await);
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::AsSent);
    assert_eq!(rig.connector.metrics(std::slice::from_ref(&id)).await, Ok(Vec::new()));
    delivered(rig.connector.delete(&id).await);
    delivered(rig.connector.delete(&id).await);
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::Gone);
}

#[tokio::test]
async fn a_comment_is_looked_for_to_the_end_of_the_list_and_among_ours() {
    let rig = rig().await;
    let first = root(&rig).await;
    let comment = following("k2", &first);
    for _ in 0..120 {
        delivered(rig.connector.publish(&following("k0", &first)).await);
    }
    assert_eq!(rig.look_up(&comment).await, LookUp::Absent);
    let id = delivered(rig.connector.publish(&comment).await).remote_id;
    match rig.connector.look_up(&comment).await {
        LookUp::Found(receipt) => assert_eq!(receipt.remote_id, id),
        other => panic!("{other:?}"),
    }
    rig.fake().change(&id, |post| post.title = Some("urn:li:person:7".to_owned()));
    assert_eq!(rig.look_up(&comment).await, LookUp::Absent, "a reader may say the same");
    assert!(untold(&rig.connector.look_up(&following("k0", &first)).await, "SEVERAL_FOUND"));
    let unknown = Message { first_sent_at: None, ..comment };
    assert!(untold(&rig.connector.look_up(&unknown).await, "NO_FIRST_ATTEMPT"));
}

#[tokio::test]
async fn each_change_by_hand_is_told_apart() {
    let rows = [
        ("/content/media/altText", json!("A shut door"), Difference::AltText),
        ("/content", json!({}), Difference::Media),
        ("/commentary", json!("Another"), Difference::Words),
        ("/visibility", json!("LOGGED_IN"), Difference::NotPublic),
        ("/lifecycleState", json!("DRAFT"), Difference::NotPublic),
    ];
    for (place, value, expected) in rows {
        let (rig, mut message) = (rig().await, message("k1"));
        message.media.push(picture("image/png"));
        let id = delivered(rig.connector.publish(&message).await).remote_id;
        rig.fake().change(&id, |post| *post.record.as_mut().unwrap().pointer_mut(place).unwrap() = value);
        let standing = rig.connector.read_back(&id, &message).await;
        assert_eq!(standing, Standing::Changed(expected), "{place}");
    }
}

#[tokio::test]
async fn a_figure_below_nought_is_none() {
    let rig = rig().await;
    let id = root(&rig).await.root_id;
    let figures = rig.connector.metrics(&[id]).await.unwrap();
    assert_eq!((figures[0].impressions, figures[0].clicks), (Some(400), None));
}

#[tokio::test]
async fn a_reshare_that_is_not_allowed_says_nothing_of_the_channel() {
    let rig = rig().await;
    let url = rig.fake().add_post_of_others("Flu jabs from Monday");
    rig.script(Call::Amplify, Script::ignored(Answer::Status { status: 403, retry_after: None }));
    let what = Amplified { url, idempotency_key: "a1".to_owned() };
    let outcome = rig.connector.amplify(&what).await;
    assert!(matches!(&outcome, Outcome::Refused(cause) if cause.code == "NOT_ALLOWED"), "{outcome:?}");
}
