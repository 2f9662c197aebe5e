//! Whether a project's own account has a reason. It does not judge the reason.

use super::around::{NoParams, is_blank, judged, kind, on};
use crate::{ChannelKind, ChannelView, Check, Example, Hit, Office, rule::rule};

rule!(
    AccountUnjustified, "IC2.account-unjustified", version 1, "IC2", Warn, reads: [Channel],
    what: "Finds accounts of a project's own for which nobody has said why the shared accounts do not do.",
    why: "Projects speak through the office's existing accounts, whose audience is there already, unless a need calls \
          for a new one.",
    instead: "Use a shared account, or record the need with the channel.",
    fires: [
        Example::of("First post!").amid("a project's account without a reason", || {
            on(kind(ChannelKind::Project))
        }),
        Example::of("First post!").amid("a project's account with an empty reason", || {
            on(ChannelView { own_reason: Some("  ".to_owned()), ..kind(ChannelKind::Project) })
        }),
    ],
    quiet: [
        Example::of("First post!").amid("a project's account with a reason", || {
            let own_reason = Some("Teenagers asked for one without adults.".to_owned());
            on(ChannelView { own_reason, ..kind(ChannelKind::Project) })
        }),
        Example::of("First post!").amid("an account of the office", || on(kind(ChannelKind::Office))),
        Example::of("First post!").amid("a person's own account", || on(kind(ChannelKind::Personal))),
    ],
);

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let channel = around.channel.as_ref()?;
        let unjustified = channel.kind == ChannelKind::Project && is_blank(channel.own_reason.as_ref());
        let hit = Hit::whole("channel", "Nobody has said why this project needs an account of its own.");
        unjustified.then(|| hit.suggesting("Use a shared account, or record the need with the channel."))
    })
}
