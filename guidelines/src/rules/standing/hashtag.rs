//! Whether a text carries one of its initiative's tags. It does not know what else it is about.

use super::around::{NoParams, kind, on, planned, ready};
use crate::{
    AmplifiedView, Capacity, ChannelKind, Check, Example, Hit, Office, PlanView, Platform, Reading,
    SourceKind, Surroundings, rule::rule,
};

rule!(
    PlanHashtag, "GP7.hashtag", version 1, "GP7", Advise, reads: [Channel, Plan, Amplified],
    what: "Finds posts of an initiative that carry none of the hashtags its plan asks for. Feeds and web sites pass, and so \
           does what people say for themselves, and a post of others that is passed on without words.",
    why: "A project's messages belong together across all channels; its tag is what holds them.",
    instead: "Add the plan's tag.",
    fires: [
        Example::of("Sleep in: our trial begins.").amid("a plan with a tag", || tagged(ChannelKind::Office)),
        Example::of("SleepWell begins. #Sleep").on(Platform::Bluesky).amid("a plan with a tag", || {
            tagged(ChannelKind::Project)
        }),
        Example::of("Our partners say when.").amid("a plan with a tag, and a post of others that is quoted", beside_a_post),
    ],
    quiet: [
        Example::of("Sleep in: our trial begins. #SleepWellBC").amid("a plan with a tag", || {
            tagged(ChannelKind::Office)
        }),
        Example::of("#sleepwellbc begins.").amid("a plan with a tag", || tagged(ChannelKind::Office)),
        Example::of("Sleep in: our trial begins.").on(Platform::WordPress).amid("a plan with a tag", || {
            tagged(ChannelKind::Office)
        }),
        Example::of("").amid("a plan with a tag, and a post of others that is passed on", beside_a_post),
        Example::of("I slept in.").amid("a person's own account", || tagged(ChannelKind::Personal)),
        Example::of("Sleep in: our trial begins.").amid("a plan without tags", || planned(PlanView::default())),
    ],
);

/// Surroundings of an example.
fn tagged(of: ChannelKind) -> Surroundings {
    let plan = PlanView { hashtags: vec!["#SleepWellBC".to_owned()], ..PlanView::default() };
    Surroundings { channel: on(kind(of)).channel, ..planned(plan) }
}

/// The same, with a post of others.
fn beside_a_post() -> Surroundings {
    Surroundings {
        amplified: Some(AmplifiedView {
            url: "https://social.example.org/@somebody/115".to_owned(),
            of: SourceKind::Partner,
        }),
        ..tagged(ChannelKind::Office)
    }
}

struct Prepared;

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    ready(Prepared)
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let initiative = reading.around().and_then(|around| around.initiative.as_ref());
        let plan = initiative.and_then(|initiative| initiative.plan.as_ref());
        let (Some(plan), Some(text)) = (plan, reading.text()) else { return Vec::new() };
        let silent = text.shadow.folded().trim().is_empty();
        if plan.hashtags.is_empty() || is_elsewhere(reading) || (silent && passes_on(reading)) {
            return Vec::new();
        }
        let tags: Vec<String> = text.shadow.tags().iter().map(|tag| tag.text.to_lowercase()).collect();
        let wanted = plan.hashtags.iter().map(|tag| tag.trim().trim_start_matches('#'));
        let wanted: Vec<&str> = wanted.filter(|tag| !tag.is_empty()).collect();
        let Some(first) = wanted.first() else { return Vec::new() };
        if wanted.iter().any(|tag| tags.contains(&tag.to_lowercase())) {
            return Vec::new();
        }
        let end = text.shadow.folded().len();
        let named: Vec<String> = wanted.iter().map(|tag| format!("#{tag}")).collect();
        let hit = Hit::at(text, &(end..end), "The post carries none of the hashtags that the plan asks for.")
            .suggesting(format!("Add {}.", named.join(" or ")));
        vec![hit.fixed_by(format!("Add #{first}"), format!(" #{first}"))]
    }
}

/// Whether it has to do with a post of others: without words it passes that on, and nothing could carry a tag.
fn passes_on(reading: &Reading<'_, '_>) -> bool {
    reading.around().is_some_and(|around| around.amplified.is_some())
}

/// Whether tags make no sense there, or the plan does not bind who speaks.
fn is_elsewhere(reading: &Reading<'_, '_>) -> bool {
    let channel = reading.around().and_then(|around| around.channel.as_ref());
    channel.is_some_and(|channel| channel.kind == ChannelKind::Personal)
        || reading.submission.capacity == Some(Capacity::PersonalOpinion)
        || matches!(reading.submission.platform, Some(Platform::Feed | Platform::WordPress))
}
