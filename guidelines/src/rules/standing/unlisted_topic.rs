//! Whether the plan speaks of a draft's topic at all. It does not read the text.

use super::{
    around::{NoParams, judged, listed, planned},
    stems::Topic,
};
use crate::{Check, DraftView, Example, Hit, KeptBack, Office, PlanView, Surroundings, rule::rule};

rule!(
    UnlistedTopic, "GP6c.unlisted-topic", version 1, "GP6c", Advise, reads: [Plan, Draft],
    what: "Finds drafts whose declared topic is neither among what the plan says may be shared nor among what may not.",
    why: "The plan says early what may be told; of a topic that it does not know nobody has decided.",
    instead: "Ask the project's team, and add the topic to the plan.",
    fires: [
        Example::of("A walk with the team.").amid("a topic that the plan does not know", || on_topic("sports day")),
        Example::of("Une marche.").amid("another one", || on_topic("staff holidays")),
    ],
    quiet: [
        Example::of("Come and see!").amid("a topic that may be shared", || on_topic("Events")),
        Example::of("It is out!").amid("a topic in other words", || on_topic("results, published")),
        Example::of("Lower rent!").amid("a topic that may not be shared", || on_topic("rent")),
        Example::of("A walk with the team.").amid("no topic", || Surroundings {
            draft: DraftView::default(),
            ..on_topic("x")
        }),
    ],
);

/// Surroundings of an example: a plan with topics, and a draft with one.
fn on_topic(topic: &str) -> Surroundings {
    let draft = DraftView { topic: Some(topic.to_owned()), ..DraftView::default() };
    let kept_back = vec![KeptBack { topic: "rent".to_owned(), until: None }];
    let shareable = Some(listed(&["events", "published results"]));
    Surroundings { draft, ..planned(PlanView { shareable, kept_back, ..PlanView::default() }) }
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(unlisted)
}

fn unlisted(around: &Surroundings) -> Option<Hit> {
    let plan = around.initiative.as_ref()?.plan.as_ref()?;
    let shareable = plan.shareable.as_ref().filter(|list| !list.is_empty())?;
    let declared = around.draft.topic.as_ref().filter(|topic| !topic.trim().is_empty())?;
    let topic = Topic::of(declared)?;
    let kept = plan.kept_back.iter().map(|entry| &entry.topic);
    let known =
        shareable.iter().chain(kept).filter_map(|entry| Topic::of(entry)).any(|known| known.matches(&topic));
    let message = format!("The plan does not say whether {declared:?} may be shared.");
    (!known)
        .then(|| Hit::whole("plan", message).suggesting("Ask the project's team, and add it to the plan."))
}
