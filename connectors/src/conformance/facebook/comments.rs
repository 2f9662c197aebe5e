//! Comments that follow a Page's post, and how posts and comments stand, beyond what every platform does.

use serde_json::json;

use super::{code, delivered, rig, sent, untold};
use crate::{
    Difference, Follows, LookUp, Message, Standing,
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

#[tokio::test]
async fn a_comment_has_only_words_and_stands_below_the_first_post() {
    let rig = rig().await;
    let first = root(&rig).await;
    let second = following("k2", &first);
    let receipt = delivered(rig.connector.publish(&second).await);
    assert_eq!(sent(&rig), json!({ "message": second.text_with_link() }), "a comment has no card");
    let number = receipt.remote_id.rsplit('_').next().unwrap();
    let page = format!("https://www.facebook.com/{}?comment_id={number}", first.root_id);
    assert_eq!(receipt.url, Some(page));
    let third = Follows { remote_id: receipt.remote_id.clone(), ..first.clone() };
    delivered(rig.connector.publish(&following("k3", &third)).await);
    assert_eq!(rig.fake().applied()[2].follows, Some(rig.fake().applied()[0].id.clone()));

    let mut pictured = following("k4", &first);
    pictured.media.push(picture("image/png"));
    assert_eq!(code(&rig.connector.publish(&pictured).await), "MEDIA_IN_COMMENT");
    let long = Message { text: "é".repeat(8001), link: None, ..following("k4", &first) };
    assert_eq!(code(&rig.connector.publish(&long).await), "TEXT_TOO_LONG");
    assert_eq!(rig.fake().applied().len(), 3);
}

#[tokio::test]
async fn a_comment_is_read_back_changed_and_taken_back_as_one() {
    let rig = rig().await;
    let mut comment = following("k2", &root(&rig).await);
    let id = delivered(rig.connector.publish(&comment).await).remote_id;
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::AsSent);
    comment.text = "Corrected. (k2)".to_owned();
    delivered(rig.connector.update(&id, &comment).await);
    assert_eq!(rig.connector.read_back(&id, &comment).await, Standing::AsSent);
    assert_eq!(rig.connector.metrics(std::slice::from_ref(&id)).await.unwrap().len(), 1);
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
    rig.fake().change(&id, |post| post.title = Some("999".to_owned()));
    assert_eq!(rig.look_up(&comment).await, LookUp::Absent, "a reader may say the same");
    assert_eq!(untold(&rig.connector.look_up(&following("k0", &first)).await), "SEVERAL_FOUND");
    let unknown = Message { first_sent_at: None, ..comment };
    assert_eq!(untold(&rig.connector.look_up(&unknown).await), "NO_FIRST_ATTEMPT");
}

#[tokio::test]
async fn a_duplicate_comment_is_doubted_like_a_post() {
    let rig = rig().await;
    let comment = following("k2", &root(&rig).await);
    rig.fake().refuse_duplicates(true);
    rig.script(Call::Create, Script::applied(Answer::Hang));
    rig.connector.publish(&comment).await;
    let later = Message { first_sent_at: None, ..comment };
    assert_eq!(code(&rig.connector.publish(&later).await), "DUPLICATE");
    assert_eq!(rig.applied("k2"), 1);
}

#[tokio::test]
async fn pictures_that_are_gone_and_posts_that_are_hidden_are_told() {
    for pictures in [1, 2] {
        let (rig, mut message) = (rig().await, message("k1"));
        message.media = vec![picture("image/png"); pictures];
        let id = delivered(rig.connector.publish(&message).await).remote_id;
        assert_eq!(rig.connector.read_back(&id, &message).await, Standing::AsSent);
        rig.fake().change(&id, |post| drop(post.media.pop()));
        let standing = rig.connector.read_back(&id, &message).await;
        assert_eq!(standing, Standing::Changed(Difference::Media), "{pictures}");
        rig.fake().change(&id, |post| post.visibility = Some("hidden".to_owned()));
        let standing = rig.connector.read_back(&id, &message).await;
        assert_eq!(standing, Standing::Changed(Difference::NotPublic));
    }
}

#[tokio::test]
async fn a_post_that_is_hidden_from_the_wrong_token_is_not_gone() {
    let rig = rig().await.reconnect(|settings| settings.username = Some("1".to_owned()));
    let hidden = Follows { remote_id: "1_7".to_owned(), root_id: "1_7".to_owned() };
    assert_eq!(code(&rig.connector.publish(&following("k2", &hidden)).await), "NOT_THE_PAGES_TOKEN");
}
