//! Whether what is passed on is of somebody whom the office knows. It does not know how the office knows them.

use super::around::{NoParams, judged};
use crate::{AmplifiedView, Check, Example, Hit, Office, SourceKind, Surroundings, rule::rule};

rule!(
    UnknownSource, "GP5.unknown-source", version 1, "GP5", Warn, reads: [Amplified],
    what: "Tells that a post that is to be passed on or quoted is of nobody whom the office knows: of no partner and of no channel of \
           ours, by its address, or that the address does not say whose it is.",
    why: "Whoever passes a post on, or quotes it, lends it the office's name; the network that the office supports is known by its accounts.",
    instead: "Open the post and see whose it is; where the office supports them, record them as a partner with this account.",
    fires: [
        Example::of("").amid("a post of somebody unknown", || passed_on(SourceKind::Unknown)),
        Example::of("Read this.").amid("a post of somebody unknown that is quoted", || {
            passed_on(SourceKind::Unknown)
        }),
        Example::of("").amid("a post of which the address does not say whose it is", || {
            passed_on(SourceKind::Unnamed)
        }),
    ],
    quiet: [
        Example::of("").amid("a post of a partner", || passed_on(SourceKind::Partner)),
        Example::of("").amid("a post of a channel of ours", || passed_on(SourceKind::Ours)),
        Example::of("A walk along the shore."),
    ],
);

/// Surroundings of an example.
fn passed_on(of: SourceKind) -> Surroundings {
    let url = "https://social.example.org/@somebody/115".to_owned();
    Surroundings { amplified: Some(AmplifiedView { url, of }), ..Surroundings::default() }
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    judged(|around| {
        let message = match around.amplified.as_ref()?.of {
            SourceKind::Unknown => "This post is of nobody whom the office knows.",
            SourceKind::Unnamed => "The address of this post does not say whose it is.",
            SourceKind::Partner | SourceKind::Ours => return None,
        };
        let way =
            "Open it and see whose it is; record whom the office supports as a partner, with this account.";
        Some(Hit::whole("amplifies", message).suggesting(way))
    })
}
