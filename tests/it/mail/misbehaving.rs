//! Recipients at whom a server misbehaves, and a program that dies in the middle: never lost, and never another mail.

use serde_json::json;

use super::{Post, deployment, proposal, tasks};
use crate::support::{client::until, engine::engines, story::Story};

#[tokio::test]
async fn a_busy_a_refusing_and_a_silent_server_each_get_what_they_need() {
    for engine in engines() {
        let Some(deployment) = deployment(&engine).await else { return };
        let program = deployment.serve();
        let post = Post::of(Story::tell(&program.facts).await);
        for name in ["tempfail", "later", "reject", "spam", "hang", "lost"] {
            post.person(name, &["COORDINATOR"]).await;
        }
        let proposer = post.person("proposer", &["PROJECT_MANAGER"]).await;
        proposer.act("proposeInitiative", proposal("Storm"), "initiative { id }").await;
        for name in ["tempfail", "later", "hang", "lost"] {
            post.ends(name, "SENT").await;
        }
        for name in ["tempfail", "later", "hang"] {
            assert_eq!(post.arrived(name).await.len(), 1, "{name}");
        }
        assert_eq!((post.tries("tempfail").await, post.tries("later").await), (3, 2));
        let [one, other] = post.arrived("lost").await.try_into().unwrap();
        assert_eq!(
            one["messageId"], other["messageId"],
            "its answer was lost: receivers can tell it is the same"
        );
        assert_eq!(one["raw"], other["raw"]);
        let (cause, refused) = post.ends("reject", "REFUSED").await;
        assert_eq!(cause, "SMTP_550");
        assert_eq!(post.ends("spam", "REFUSED").await.0, "SMTP_554");
        let administrator = &post.story.administrator;
        let waiting = ("UNDELIVERED_MAIL".to_owned(), refused.clone());
        assert!(tasks(administrator).await.contains(&waiting));
        administrator.act("retryMail", json!({ "mailId": refused }), "mail { state }").await;
        until("it to be tried again", || async { (post.tries("reject").await == 2).then_some(()) }).await;
        post.ends("reject", "REFUSED").await;
        administrator.act("giveUpMail", json!({ "mailId": refused }), "mail { state }").await;
        assert!(!tasks(administrator).await.contains(&waiting));
        let chain = post.story.coordinator.ask("{ auditChain { brokenAt } }", json!({})).await;
        assert!(chain["auditChain"]["brokenAt"].is_null());
    }
}

#[tokio::test]
async fn killed_while_the_server_keeps_silent_it_is_sent_once_more_and_arrives_once() {
    for engine in engines() {
        let Some(deployment) = deployment(&engine).await else { return };
        // The server takes so long that the program surely dies within the conversation.
        let deployment =
            deployment.with(&["mail.delivery_seconds=3", "mail.answer_seconds=1", "mail.connect_seconds=1"]);
        let program = deployment.serve();
        let post = Post::of(Story::tell(&program.facts).await);
        post.person("hang", &["COORDINATOR"]).await;
        let proposer = post.person("proposer", &["PROJECT_MANAGER"]).await;
        proposer.act("proposeInitiative", proposal("Silence"), "initiative { id }").await;
        until("the message to be there", || async { (post.messages("hang").await >= 1).then_some(()) }).await;
        program.kill();
        let again = deployment.serve();
        let post = Post { story: post.story.at(again.url()), tag: post.tag };
        post.ends("hang", "SENT").await;
        assert_eq!((post.arrived("hang").await.len(), post.tries("hang").await), (1, 2));
    }
}
