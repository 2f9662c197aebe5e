//! How often posts were seen and answered: read from their platforms, kept, and shown.

use chrono::TimeDelta;
use connectors::fake::{Counts, Dialect, FakePlatform, SECRET, USERNAME};
use entity::{PostId, channel_round::RoundKind, post_figures};
use office::{
    figures::{self, Counted, Figures},
    queue::{Cause, SendOutcome},
    rounds::{self, Asked, Round},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use crate::{
    queue::proof,
    support::{client::until, desk::Desk, engine::engines, looked, program::Deployment, story::Story},
};

const QUICK: &[&str] =
    &["worker.rounds_every_seconds=1", "worker.credentials_every_seconds=1", "limits.figures_seconds=1"];

async fn shown(story: &Story, post: &str) -> Value {
    let document = "query P($id: ID!) { node(id: $id) { ... on Post { remoteId channel { platform } figures { impressions likes shares replies clicks readAt } } } }";
    story.author.ask(document, json!({ "id": post })).await["node"].clone()
}

#[tokio::test]
async fn what_the_platform_counts_is_shown_with_the_post_and_follows_it() {
    for engine in engines() {
        let deployment = Deployment::fresh(&engine).await.with(QUICK);
        let program = deployment.serve();
        let story = Story::tell(&program.facts).await;
        let server = FakePlatform::start(Dialect::Mastodon).await.unwrap();
        let url = format!("https://social.example/@{USERNAME}");
        let channel = story.channel("MASTODON", USERNAME, &url, &[&story.feed]).await;
        story.connect(&channel, server.base_url().as_str(), USERNAME, SECRET).await;
        story.activate(&channel).await;
        let draft = story.draft("The clinic opens on Monday.", &[&channel, &story.feed]).await;
        story.approve(&draft).await;
        let posts = story.schedule_now(&draft).await;
        for post in &posts {
            story.post_in(post, "PUBLISHED").await;
        }
        let first = shown(&story, &posts[0]).await["channel"]["platform"] == "MASTODON";
        let (post, on_the_feed) = if first { (&posts[0], &posts[1]) } else { (&posts[1], &posts[0]) };
        assert_eq!(shown(&story, on_the_feed).await["figures"], Value::Null, "the feed counts nothing");
        let remote_id = shown(&story, post).await["remoteId"].as_str().unwrap().to_owned();
        for likes in [3, 12] {
            let counts = Counts { likes, shares: 2, replies: 1 };
            server.change(&remote_id, |there| there.counts = counts);
            let found = until("the figures", || async {
                let found = shown(&story, post).await["figures"].clone();
                (found["likes"] == likes).then_some(found)
            })
            .await;
            assert_eq!((&found["shares"], &found["replies"]), (&json!(2), &json!(1)));
            assert_eq!(
                (&found["impressions"], &found["clicks"]),
                (&Value::Null, &Value::Null),
                "it does not say"
            );
        }
    }
}

async fn published(desk: &Desk, words: &str) -> PostId {
    let draft = desk.approved(words, &desk.channels).await;
    let post = desk.schedule_now(draft.id).await.remove(0);
    let ready = desk.claim_one(1).await;
    desk.settle(&ready, SendOutcome::Delivered(proof(post.id))).await;
    post.id
}

async fn round(desk: &Desk) -> Round {
    let worker = uuid::Uuid::from_u128(1).into();
    rounds::claim(&desk.office, worker, RoundKind::Figures, 5).await.unwrap().pop().unwrap()
}

async fn settle(desk: &Desk, round: &Round, asked: Asked<Vec<(PostId, Option<Figures>)>>) {
    figures::settle(&desk.office, uuid::Uuid::from_u128(1).into(), round, asked).await.unwrap();
}

async fn kept(desk: &Desk, post: PostId) -> Option<post_figures::Model> {
    let found = post_figures::Entity::find().filter(post_figures::Column::PostId.eq(post));
    found.one(&desk.database).await.unwrap()
}

#[tokio::test]
async fn who_waited_longest_is_asked_first_and_nothing_known_is_forgotten() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        looked::found(&desk, |can| can.metrics = true).await;
        let (first, second) = (published(&desk, "One.").await, published(&desk, "Two.").await);
        let likes = |number| Some(Figures { likes: Some(number), ..Figures::default() });
        let order = |asked: &[Counted]| asked.iter().map(|one| one.post_id).collect::<Vec<_>>();
        let held = round(&desk).await;
        assert_eq!(order(&figures::to_ask(&desk.office, &held).await.unwrap()), [first, second]);
        settle(&desk, &held, Asked::Answered(vec![(first, likes(5))])).await;
        settle(&desk, &held, Asked::Answered(vec![(first, likes(1))])).await;
        assert_eq!(kept(&desk, first).await.unwrap().likes, Some(5), "its lease had ended");
        desk.wait(TimeDelta::hours(6));
        let held = round(&desk).await;
        assert_eq!(order(&figures::to_ask(&desk.office, &held).await.unwrap()), [second, first]);
        settle(&desk, &held, Asked::Answered(vec![(second, None), (first, None)])).await;
        let (before, never) = (kept(&desk, first).await.unwrap(), kept(&desk, second).await.unwrap());
        assert_eq!((before.likes, never.likes), (Some(5), None), "what was known stays");
        desk.wait(TimeDelta::hours(6));
        let held = round(&desk).await;
        let cause = Cause { code: "HTTP_503".to_owned(), detail: "busy".to_owned(), http_status: Some(503) };
        settle(&desk, &held, Asked::Unanswered(cause, None)).await;
        assert_eq!(kept(&desk, first).await.unwrap(), before);
        desk.wait(TimeDelta::days(31));
        let held = round(&desk).await;
        assert_eq!(figures::to_ask(&desk.office, &held).await.unwrap(), [], "their time is over");
    }
}
