//! Whether an account shows a way to reach the office. It does not know whether anybody answers there.

use crate::pattern::Regex;

use super::around::{NoParams, kind, on, with_bio};
use crate::{ChannelKind, ChannelView, Check, Example, FieldKind, Hit, Office, Reading, pattern, rule::rule};

rule!(
    ContactMissing, "GP3.contact-missing", version 1, "GP3", Advise, reads: [Channel, Bio],
    what: "Finds accounts of the office or of a project that show no way to reach it: no contact field, and no address, \
           link or number in the biography.",
    why: "Be available: give a link, an address or another way of contact.",
    instead: "Put a link to the contact page or a mail address into the biography.",
    fires: [
        Example::of("News!").amid("a biography without contact", || {
            on(ChannelView { contact: Some(false), ..with_bio(ChannelKind::Office, "Health news. By Ann R.") })
        }),
        Example::of("News!").amid("a project's account without contact", || {
            on(ChannelView { contact: Some(false), ..kind(ChannelKind::Project) })
        }),
    ],
    quiet: [
        Example::of("News!").amid("a link in the biography", || {
            let channel = with_bio(ChannelKind::Office, "Health news. health.example.org/contact");
            on(ChannelView { contact: Some(false), ..channel })
        }),
        Example::of("News!").amid("a mail address in the biography", || {
            let channel = with_bio(ChannelKind::Office, "Health news. Write to desk@health.example.org");
            on(ChannelView { contact: Some(false), ..channel })
        }),
        Example::of("News!").amid("a contact field", || {
            on(ChannelView { contact: Some(true), ..kind(ChannelKind::Office) })
        }),
        Example::of("News!").amid("nothing known", || on(kind(ChannelKind::Office))),
        Example::of("News!").amid("a person's own account", || {
            on(ChannelView { contact: Some(false), ..with_bio(ChannelKind::Personal, "Reader.") })
        }),
    ],
);

struct Prepared {
    reachable: Regex,
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        reachable: pattern::any_case(
            r"(?:[a-z0-9._+-]+ ?(?:@|\(at\)|\[at\]) ?[a-z0-9-]+(?:\.| ?\(dot\) ?)[a-z]{2,}|\b(?:\d[ .()-]{0,2}){10,11}\b|\b(?:dms? (?:are |is )?(?:open|welcome|us)|(?:message|dm|e-?mail|text|call) us|write to us (?:at|via)|(?:mp|messages?) (?:ouverts?|privés?)|écrivez(?:-| )nous|appelez(?:-| )nous))",
        )?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(channel) = reading.around().and_then(|around| around.channel.as_ref()) else {
            return Vec::new();
        };
        if channel.kind == ChannelKind::Personal || channel.contact != Some(false) {
            return Vec::new();
        }
        let reachable = reading
            .of_kinds(&[FieldKind::Bio])
            .any(|bio| !bio.links().is_empty() || self.reachable.is_match(bio.shadow.folded()));
        if reachable {
            return Vec::new();
        }
        let hit = Hit::whole("channel", "The account shows no way to reach the office.");
        vec![hit.suggesting("Put a contact link or a mail address into its biography.")]
    }
}
