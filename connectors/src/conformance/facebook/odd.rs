//! What Facebook may tell that is odd: a newest comment of a time to come, posts that are not for the Page to read, addresses
//! that lead elsewhere.

use serde_json::{Value, json};

use super::{
    public::{at, post, read, said, words},
    rig,
};
use crate::{Clock as _, Unread};

#[tokio::test]
async fn a_newest_comment_of_a_time_to_come_hides_none_that_is_newer() {
    let rig = rig().await;
    let ours = post(&rig, "k1").await;
    rig.fake().hear(said("odd", Some(&ours)));
    // The platform keeps it above all others.
    rig.fake().twist(|target, answer| {
        let lists_posts = target.contains("/published_posts");
        let place = if lists_posts { "/data/0/comments/data" } else { "/data" };
        if let Some(Value::Array(told)) = answer.pointer_mut(place).filter(|_| !target.contains("/tagged")) {
            let odd = |one: &Value| lists_posts || one.pointer("/message") == Some(&"odd".into());
            let mut odd = told.iter().position(odd).map(|at| told.remove(at)).unwrap();
            odd["created_time"] = "9999-12-31T23:59:59+0000".into();
            if lists_posts {
                odd["id"] = "101_102".into();
            }
            told.insert(0, odd);
        }
    });
    let mut cursor = None;
    assert_eq!(words(&read(&rig, &mut cursor).await), ["odd"]);
    for number in ["one", "two"] {
        rig.clock.pass(std::time::Duration::from_hours(1));
        rig.fake().set_now(Some(rig.clock.now()));
        rig.fake().hear(said(number, Some(&ours)));
        assert_eq!(words(&read(&rig, &mut cursor).await), [number]);
        assert!(read(&rig, &mut cursor).await.items.is_empty());
    }
}

#[tokio::test]
async fn a_post_that_is_not_for_the_page_to_read_does_not_stop_the_others_and_all_are_a_missing_permission() {
    let rig = rig().await;
    let (first, second) = (post(&rig, "k1").await, post(&rig, "k2").await);
    let mut cursor = None;
    read(&rig, &mut cursor).await;
    rig.fake().hear(said("one", Some(&first)));
    at(&rig, 1);
    rig.fake().hear(said("two", Some(&second)));
    let denied = json!({ "error": { "code": 10, "message": "(#10)" } });
    let deny = |target: String, denied: Value| {
        move |asked: &str, answer: &mut Value| {
            if asked.contains(&target) {
                *answer = denied.clone();
            }
        }
    };
    rig.fake().twist(deny("/comments?".to_owned(), denied.clone()));
    let unread = rig.connector.inbound(cursor.as_deref()).await;
    let code = |cause: &crate::Cause| cause.code == "PERMISSION_MISSING";
    assert!(matches!(&unread, Err(Unread::CredentialRejected(cause)) if code(cause)), "{unread:?}");
    rig.fake().twist(deny(format!("/{first}/comments?"), denied));
    assert_eq!(words(&read(&rig, &mut cursor).await), ["two"]);
    rig.fake().untwist();
    assert_eq!(words(&read(&rig, &mut cursor).await), ["one"]);
}

#[tokio::test]
async fn an_address_leads_to_facebook_or_is_made_here() {
    let elsewhere = [
        "https://evil.example/104",
        "https://facebook.com.evil.example/1",
        "http://www.facebook.com/1",
        "javascript:alert(1)",
        "/permalink.php?story_fbid=1",
        "https://evil.example\\@www.facebook.com/",
    ];
    for told in elsewhere {
        let rig = rig().await;
        let ours = post(&rig, "k1").await;
        let id = rig.fake().hear(said("one", Some(&ours)));
        rig.fake().twist(move |_, answer| {
            if let Some(url) = answer.pointer_mut("/data/0/permalink_url") {
                *url = told.into();
            }
        });
        let url = read(&rig, &mut None).await.items.remove(0).url;
        assert_eq!(url, Some(format!("https://www.facebook.com/{ours}?comment_id={id}")), "{told}");
    }
}
