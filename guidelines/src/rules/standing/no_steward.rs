//! Whether somebody answers for an account, now and when its project ends. It does not know who.

use serde::Deserialize;

use super::around::{is_blank, judged, kind, on};
use crate::{ChannelKind, ChannelView, Check, Example, Hit, Office, Surroundings, rule::rule};

rule!(
    NoSteward, "IC3.no-steward", version 1, "IC3", Warn, reads: [Channel, Stewards],
    what: "Finds accounts of a project with no steward, or with nothing settled for the project's end, and accounts of the \
           office with fewer than two stewards.",
    why: "No account is left behind when a project ends or its people and funding change.",
    instead: "Name who answers for the account, and what becomes of it when the project ends.",
    fires: [
        Example::of("Our last phase begins.").amid("a project's account without a steward", || {
            on(ChannelView { stewards: Some(0), ..kind(ChannelKind::Project) })
        }),
        Example::of("Our last phase begins.").amid("a project's account that nobody inherits", || {
            on(kind(ChannelKind::Project))
        }),
        Example::of("Our last phase begins.").amid("an account of the office with one steward", || {
            on(ChannelView { stewards: Some(1), ..kind(ChannelKind::Office) })
        }),
    ],
    quiet: [
        Example::of("Our last phase begins.").amid("a project's account with a steward", || {
            on(ChannelView { stewards: Some(1), ..kind(ChannelKind::Project) })
        }),
        Example::of("Our last phase begins.").amid("a project's account that the office inherits", || {
            let succession = Some("The office merges it into its own account.".to_owned());
            on(ChannelView { succession, ..kind(ChannelKind::Project) })
        }),
        Example::of("Our last phase begins.").amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("Our last phase begins.").amid("a person's own account", || {
            on(ChannelView { stewards: Some(0), ..kind(ChannelKind::Personal) })
        }),
    ],
);

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// An account of the office has at least so many stewards.
    at_least: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { at_least: 2 }
    }
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let at_least = params.at_least;
    judged(move |around| orphaned(around, at_least))
}

fn orphaned(around: &Surroundings, at_least: u32) -> Option<Hit> {
    let channel = around.channel.as_ref()?;
    let message = match (channel.kind, channel.stewards) {
        (ChannelKind::Project, Some(0)) => "Nobody answers for this account.".to_owned(),
        (ChannelKind::Project, None) if is_blank(channel.succession.as_ref()) => {
            "Nobody has said who takes this account over when its project ends.".to_owned()
        }
        (ChannelKind::Office, Some(stewards)) if stewards < at_least => {
            format!("Stewards who answer for this account: {stewards}; at least {at_least} are needed.")
        }
        _ => return None,
    };
    Some(Hit::whole("channel", message).suggesting("Name its stewards, and what becomes of it at the end."))
}
