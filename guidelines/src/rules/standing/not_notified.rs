//! Whether the Coordinator was told of an initiative and its account. It does not know when.

use super::around::{NoParams, amid, judged, kind, on};
use crate::{
    ChannelKind, ChannelView, Check, Example, Hit, InitiativeView, Office, Surroundings, rule::rule,
};

rule!(
    NotNotified, "IC1.not-notified", version 1, "IC1", Block, reads: [Channel, Initiative],
    what: "Finds initiatives, and accounts of the office or of a project, of which the Coordinator has not been told.",
    why: "The Coordinator must be notified of every new office or project programme on social media, so that initiatives \
          strengthen one another.",
    instead: "Notify the Coordinator, and record the day.",
    fires: [
        Example::of("Hello world!").amid("an initiative that nobody announced", || {
            amid(InitiativeView { notified: Some(false), ..InitiativeView::default() })
        }),
        Example::of("Hello world!").amid("a project's account that nobody announced", || {
            on(ChannelView { notified: Some(false), ..kind(ChannelKind::Project) })
        }),
    ],
    quiet: [
        Example::of("Hello world!").amid("an announced initiative", || {
            amid(InitiativeView { notified: Some(true), ..InitiativeView::default() })
        }),
        Example::of("Hello world!").amid("a person's own account", || {
            on(ChannelView { notified: Some(false), ..kind(ChannelKind::Personal) })
        }),
        Example::of("Hello world!").amid("nothing known", || amid(InitiativeView::default())),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| initiative(around).or_else(|| channel(around)))
}

fn initiative(around: &Surroundings) -> Option<Hit> {
    let initiative = around.initiative.as_ref().filter(|initiative| initiative.notified == Some(false))?;
    let message = format!("The coordinator has not been told of the initiative {:?}.", initiative.name);
    Some(Hit::whole("initiative", message).suggesting("Notify the coordinator, and record the day."))
}

fn channel(around: &Surroundings) -> Option<Hit> {
    let channel = around.channel.as_ref()?;
    let told = channel.notified != Some(false) || channel.kind == ChannelKind::Personal;
    let message = format!("The coordinator has not been told of the account {:?}.", channel.handle);
    (!told).then(|| Hit::whole("channel", message).suggesting("Notify the coordinator, and record the day."))
}
