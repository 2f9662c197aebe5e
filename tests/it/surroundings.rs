//! What surrounds a draft reaches the rules: its plan, its other variants, what was said nearby, its links and media.

use entity::draft;
use office::{
    checks::{self, Judged},
    drafts::{self, Content, CreateDraft},
    handbooks,
    queue::SendOutcome,
};

use crate::{
    queue::proof,
    support::{
        desk::{Desk, content, permit},
        engine::engines,
    },
};

async fn write(desk: &Desk, content: Content) -> draft::Model {
    let create = CreateDraft { client_key: None, initiative_id: desk.initiative, content };
    drafts::create(&desk.office, &permit(&desk.author), create).await.unwrap()
}

async fn findings(desk: &Desk, draft: &draft::Model) -> Vec<Judged> {
    let db = desk.office.db().read();
    let handbook = handbooks::in_force(&desk.office, db, draft.office_id).await.unwrap();
    let whole = checks::load(&desk.office, db, draft.office_id, draft.revision_id).await.unwrap();
    whole.check_all(&handbook.handbook, desk.office.now())
}

async fn told(desk: &Desk, content: Content) -> Vec<String> {
    let draft = write(desk, content).await;
    findings(desk, &draft).await.into_iter().map(|judged| judged.finding.rule).collect()
}

async fn publish(desk: &Desk, words: &str) {
    let draft = desk.approved(words, &desk.channels[..1]).await;
    let post = desk.schedule_now(draft.id).await.remove(0);
    let ready = desk.claim_one(1).await;
    desk.settle(&ready, SendOutcome::Delivered(proof(post.id))).await;
}

#[tokio::test]
async fn a_topic_that_the_plan_keeps_back_is_found_and_held_when_it_is_to_leave() {
    for engine in engines() {
        let desk = Desk::open(&engine, 1).await;
        let words = content("News from the pilot in Fort Nelson, soon.", &desk.channels);
        let draft = write(&desk, words).await;
        let found = findings(&desk, &draft).await;
        let topic = found.iter().find(|judged| judged.finding.rule == "GP6c.not-shareable");
        assert!(topic.is_some_and(|judged| !judged.blocks()), "it is said of the draft: {found:?}");
        desk.approve(draft.id).await;
        desk.schedule_now(draft.id).await;
        let claimed = desk.claim(1, 1).await;
        assert!(claimed.ready.is_empty() && claimed.stopped.len() == 1, "{claimed:?}");
        let quiet = told(&desk, content("News from the pilot in Fort St. John.", &desk.channels)).await;
        assert!(!quiet.contains(&"GP6c.not-shareable".to_owned()), "{quiet:?}");
    }
}

#[tokio::test]
async fn what_was_just_said_on_the_channel_is_near_and_a_draft_is_not_compared_with_itself() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let words =
            "Our guide to a first visit by video is out: what to prepare, whom to call, where to sit.";
        publish(&desk, words).await;
        let again = told(&desk, content(words, &desk.channels[..1])).await;
        assert!(again.contains(&"CC4.duplicate".to_owned()), "{again:?}");
        let elsewhere = told(&desk, content(words, &desk.channels[1..])).await;
        assert!(!elsewhere.contains(&"CC4.duplicate".to_owned()), "on another channel: {elsewhere:?}");
        let waiting = "Next month two more clinics see people by video: in the valley, and by the lake.";
        let draft = desk.approved(waiting, &desk.channels[..1]).await;
        desk.schedule_now(draft.id).await;
        let own = findings(&desk, &draft).await;
        assert!(own.iter().all(|judged| judged.finding.rule != "CC4.duplicate"), "its own post: {own:?}");
        let twice = told(&desk, content(waiting, &desk.channels[..1])).await;
        assert!(twice.contains(&"CC4.duplicate".to_owned()), "what waits there: {twice:?}");
        desk.wait(chrono::TimeDelta::days(40));
        let later = told(&desk, content(words, &desk.channels[..1])).await;
        assert!(!later.contains(&"CC4.duplicate".to_owned()), "long ago: {later:?}");
    }
}

#[tokio::test]
async fn variants_that_tell_different_facts_are_found() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        let mut words = content("The clinic opens on 3 May at 9:00 with 12 rooms.", &desk.channels);
        words.targets[1].text = Some("The clinic opens on 5 May at 9:00 with 14 rooms.".to_owned());
        let drift = told(&desk, words.clone()).await;
        assert!(drift.contains(&"GP7.variant-drift".to_owned()), "{drift:?}");
        words.targets[1].text = Some("Opening on 3 May at 9:00, with 12 rooms!".to_owned());
        let same = told(&desk, words).await;
        assert!(!same.contains(&"GP7.variant-drift".to_owned()), "{same:?}");
    }
}

#[tokio::test]
async fn a_revision_with_all_that_surrounds_it_is_put_together_as_it_is_stored() {
    for engine in engines() {
        let desk = Desk::open(&engine, 2).await;
        publish(&desk, "Booking by telephone is open from eight to six now.").await;
        let mut words = content("Read https://example.org/visits first.", &desk.channels);
        words.key_message = Some("You need not travel to be seen".to_owned());
        words.targets[1].text = Some("Read it first.".to_owned());
        let draft = write(&desk, words).await;
        let db = desk.office.db().read();
        let whole = checks::load(&desk.office, db, draft.office_id, draft.revision_id).await.unwrap();
        let around = &whole.around;
        assert_eq!(around.initiative.id, desk.initiative);
        assert!(around.plan.is_some() && around.acknowledged && around.blog.there);
        assert_eq!(around.author.as_ref().map(|author| author.name.as_str()), Some("author"));
        assert_eq!(around.nearby.stewards.values().copied().collect::<Vec<_>>(), [2, 2]);
        assert_eq!(around.nearby.posts.len(), 1);
        assert!(
            around.nearby.posts[0].text.contains("telephone")
                && around.nearby.posts[0].published_at.is_some()
        );
        assert!(around.nearby.links.contains_key("https://example.org/visits"), "noted when it was written");
        let paths: Vec<_> = whole.targets.iter().map(|(target, _)| whole.path(target)).collect();
        assert!(
            paths.contains(&"text".to_owned()) && paths.contains(&"variants.feed".to_owned()),
            "{paths:?}"
        );
    }
}
