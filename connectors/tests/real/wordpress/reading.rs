//! What is read back from a real WordPress, after others were at it.

use connectors::{ConnectionSettings, Difference, IncomingKind, LookUp, Message, Outcome, Standing, Unread};

use super::{Site, message, pixel, site};
use crate::machine::delivered;

impl Site {
    /// What the office's own user does there by hand.
    async fn by_hand(&self, method: reqwest::Method, route: &str, fields: &[(&str, &str)]) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = self.url.join("/wp-json/wp/v2/").unwrap().join(route).unwrap();
        let request = client.request(method, url).basic_auth(&self.user, Some(&self.password));
        let fields: serde_json::Map<_, _> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        let answer = request.json(&fields).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// A visitor writes below a post, in the page's own form.
    async fn comment(&self, post: &str, words: &str) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let form = reqwest::multipart::Form::new()
            .text("comment_post_ID", post.to_owned())
            .text("author", "Ana")
            .text("email", "ana@example.test")
            .text("comment", words.to_owned());
        let url = self.url.join("/wp-comments-post.php").unwrap();
        let answer = client.post(url).multipart(form).send().await.unwrap();
        assert!(answer.status().as_u16() < 400, "{}", answer.text().await.unwrap());
    }
}

#[tokio::test]
async fn what_somebody_changes_there_is_told() {
    let Some(site) = site() else { return };
    let (connector, mut message) = (site.plain(), message("read"));
    message.media.push(pixel("image/png", "door.png"));
    let id = delivered(connector.publish(&message).await).remote_id;
    let route = format!("posts/{id}");
    assert_eq!(connector.read_back(&id, &message).await, Standing::AsSent);
    message.text.push_str("\n\nBring a 🍰, it's \u{201c}free\u{201d} \\o/");
    assert_eq!(connector.read_back(&id, &message).await, Standing::Changed(Difference::Words));
    delivered(connector.update(&id, &message).await);
    assert_eq!(connector.read_back(&id, &message).await, Standing::AsSent);

    let wrong = site.connector(ConnectionSettings::default(), "not the password");
    assert!(matches!(wrong.read_back(&id, &message).await, Standing::CannotTell(_)));
    assert!(matches!(wrong.inbound(None).await, Err(Unread::CredentialRejected(_))));
    assert!(matches!(wrong.metrics(std::slice::from_ref(&id)).await, Err(Unread::CredentialRejected(_))));

    let post = reqwest::Method::POST;
    site.by_hand(post.clone(), &route, &[("title", "Closed day")]).await;
    assert_eq!(connector.read_back(&id, &message).await, Standing::Changed(Difference::Title));
    delivered(connector.update(&id, &message).await);
    for hidden in [("status", "private"), ("password", "only for friends")] {
        site.by_hand(post.clone(), &route, &[hidden]).await;
        let standing = connector.read_back(&id, &message).await;
        assert_eq!(standing, Standing::Changed(Difference::NotPublic), "{hidden:?}");
        site.by_hand(post.clone(), &route, &[("status", "publish"), ("password", "")]).await;
    }
    assert_eq!(connector.read_back(&id, &message).await, Standing::AsSent);
    site.by_hand(post, &route, &[("content", "<p>Something else</p>")]).await;
    assert_eq!(connector.read_back(&id, &message).await, Standing::Changed(Difference::Words));

    delivered(connector.delete(&id).await);
    assert_eq!(connector.read_back(&id, &message).await, Standing::Gone);
    site.by_hand(reqwest::Method::DELETE, &format!("{route}?force=true"), &[]).await;
    assert_eq!(connector.read_back(&id, &message).await, Standing::Gone);
    assert!(matches!(wrong.read_back(&id, &message).await, Standing::CannotTell(_)));
}

#[tokio::test]
async fn comments_are_read_once_counted_when_they_are_public_and_answered() {
    let Some(site) = site() else { return };
    let (connector, message) = (site.plain(), message("talk"));
    let word = message.idempotency_key.replace('-', "");
    let id = delivered(connector.publish(&message).await).remote_id;
    let before = connector.inbound(None).await.unwrap();
    assert!(before.cursor.is_some() && !before.more);
    let replies = async || connector.metrics(std::slice::from_ref(&id)).await.unwrap()[0].replies;
    assert_eq!(replies().await, Some(0));

    site.comment(&id, &format!("Is it < 10 & free? {word}")).await;
    // The office's own answer is nothing that the public said.
    site.by_hand(reqwest::Method::POST, "comments", &[("post", &id), ("content", &format!("It is. {word}"))])
        .await;
    let inbox = connector.inbound(before.cursor.as_deref()).await.unwrap();
    let of_this: Vec<_> = inbox.items.iter().filter(|item| item.answers.as_ref() == Some(&id)).collect();
    let [item] = of_this.as_slice() else { panic!("{inbox:?}") };
    assert_eq!((item.kind, item.author.as_str()), (IncomingKind::Comment, "Ana"));
    assert_eq!(item.text, format!("Is it < 10 & free? {word}"));
    assert!((item.said_at.unwrap() - message.first_sent_at.unwrap()).num_seconds().abs() < 60);
    let after = connector.inbound(inbox.cursor.as_deref()).await.unwrap();
    assert!(!after.items.iter().any(|item| item.answers.as_ref() == Some(&id)));

    // A stranger's comment waits for somebody to let it through.
    assert_eq!(replies().await, Some(1));
    assert_eq!(not_answered(&site, &item.remote_id).await, "ANSWERED_NOT_PUBLIC");
    site.by_hand(reqwest::Method::POST, &format!("comments/{}", item.remote_id), &[("status", "approve")])
        .await;
    assert_eq!(replies().await, Some(2));
    is_answered(&site, &id, &item.remote_id).await;
    delivered(connector.delete(&id).await);
    assert!(connector.metrics(&[id]).await.unwrap().is_empty());
}

/// The comment is answered below it, and the answer can be changed and taken back.
async fn is_answered(site: &Site, post: &str, asked: &str) {
    let (connector, sent) = (site.plain(), message("answer"));
    let sent = Message {
        answers: Some(asked.to_owned()),
        text: format!("At nine & <not> before.\n\nSo it is. {}", sent.idempotency_key),
        ..sent
    };
    assert_eq!(connector.look_up(&sent).await, LookUp::Absent);
    let id = delivered(connector.publish(&sent).await).remote_id;
    assert_eq!(delivered(connector.publish(&sent).await).remote_id, id, "a repeat finds it");
    assert!(matches!(connector.look_up(&sent).await, LookUp::Found(found) if found.remote_id == id));
    assert_eq!(connector.read_back(&id, &sent).await, Standing::AsSent);
    let everybody = site.url.join(&format!("/wp-json/wp/v2/comments?post={post}")).unwrap();
    let shown = site.visit(everybody.as_str()).await;
    assert!(shown.contains("&lt;not&gt; before."), "everybody reads the words: {shown}");

    let corrected = Message { text: format!("At ten. {}", sent.idempotency_key), ..sent.clone() };
    delivered(connector.update(&id, &corrected).await);
    assert_eq!(connector.read_back(&id, &corrected).await, Standing::AsSent);
    assert!(matches!(connector.look_up(&sent).await, LookUp::CannotTell(_)), "other words may be of it");
    delivered(connector.delete(&id).await);
    delivered(connector.delete(&id).await);
    assert_eq!(connector.read_back(&id, &corrected).await, Standing::Gone);
    assert!(matches!(connector.look_up(&corrected).await, LookUp::CannotTell(_)), "it is in the bin");
    site.by_hand(reqwest::Method::DELETE, &format!("comments/{asked}?force=true"), &[]).await;
    assert_eq!(not_answered(site, asked).await, "ANSWERED_GONE");
}

/// Why a comment is not answered.
async fn not_answered(site: &Site, asked: &str) -> String {
    let sent = Message { answers: Some(asked.to_owned()), ..message("unanswered") };
    match site.plain().publish(&sent).await {
        Outcome::Refused(cause) => cause.code,
        other => panic!("{other:?}"),
    }
}
