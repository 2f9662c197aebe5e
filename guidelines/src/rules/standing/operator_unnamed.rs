//! Whether an account says who runs it. It does not know whether they still do.

use crate::pattern::Regex;

use super::around::{NoParams, kind, on, with_bio};
use crate::{
    ChannelKind, ChannelView, Check, Example, Field, FieldKind, Hit, Office, Reading, pattern, rule::rule,
};

rule!(
    OperatorUnnamed, "GP1.operator-unnamed", version 1, "GP1", Warn, reads: [Channel, Bio],
    what: "Finds accounts whose biography is known not to say who runs them. Of a project's account the biography itself is \
           read, for phrases such as \"run by\" or \"géré par\" and for names.",
    why: "People want to hear a person: a project's account says in its biography who speaks.",
    instead: "Name whoever runs the account, by name or initials, in its biography.",
    fires: [
        Example::of("News!").amid("a biography known to name nobody", || {
            on(ChannelView { operators_named: Some(false), ..kind(ChannelKind::Office) })
        }),
        Example::of("News!").amid("a project's biography that names nobody", || {
            on(with_bio(ChannelKind::Project, "A trial about sleep. Based in Victoria. sleep.example.org"))
        }),
        Example::of("News!").amid("a project's biography that names an institution", || {
            on(with_bio(ChannelKind::Project, "A trial run by the University of the North."))
        }),
    ],
    quiet: [
        Example::of("News!").amid("a biography known to name somebody", || {
            on(ChannelView { operators_named: Some(true), ..kind(ChannelKind::Project) })
        }),
        Example::of("News!").amid("a project's biography that names somebody", || {
            on(with_bio(ChannelKind::Project, "A trial about sleep. Posts by Ann R."))
        }),
        Example::of("News!").amid("a French one that does", || {
            on(with_bio(ChannelKind::Project, "Une étude du sommeil. Compte géré par Anne Roy."))
        }),
        Example::of("News!").amid("a first person", || {
            on(with_bio(ChannelKind::Project, "I'm Ann, and I tell you about our trial."))
        }),
        Example::of("News!").amid("initials", || {
            on(with_bio(ChannelKind::Project, "A trial about sleep. ^AR ^DH"))
        }),
        Example::of("News!").amid("an office's biography of which nothing else is known", || {
            on(with_bio(ChannelKind::Office, "News about sleep."))
        }),
        Example::of("News!").amid("a person's own account", || {
            on(ChannelView { operators_named: Some(false), ..with_bio(ChannelKind::Personal, "Reader.") })
        }),
    ],
);

struct Prepared {
    phrase: Regex,
    initials: Regex,
    organisation: Regex,
}

fn prepare(_: &NoParams, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        phrase: pattern::any_case(
            r"\b(?:(?:run|posts?|posted|posting|tweets?|tweeted|tweeting|toots?|managed|written|curated|maintained|moderated|operated|handled|staffed|edited|updates?|updated|content|account|words) (?:here )?by|(?:géré|gérée|tenu|tenue|animé|animée|alimenté|alimentée|rédigé|rédigée|administré|administrée|publié|publiée|écrit|écrite|gazouillis|publications?|messages|billets|compte) par|(?:your|account) (?:hosts?|editors?|operators?|managers?|managed):?|admins?:|operators?:|(?:the )?humans? (?:here|behind (?:this|it)):?|behind this account:?|say hi to|aux commandes|à la barre|au clavier|derrière ce compte)(?P<who>[^.|;\n]{0,40})",
        )?,
        initials: pattern::exact_case(
            r"(?:[\^~/][A-Z]{2,3}\b|\b(?:I'm|I am|[Mm]y name is|[Hh]i from|[Yy]ou're talking to|[Pp]osts from|[Tt]weets from|[Jj]e suis|[Jj]e m'appelle|[Ii]ci) [A-Z][a-zé]+\b(?: [A-Z]|[,.!:]| and | et |$)|\b[A-Z][a-zé]+ [A-Z]\.(?:\s|,|$)|\(\^?[A-Z]{2,3}\))",
        )?,
        organisation: pattern::any_case(
            r"\b(?:university|université|faculty|faculté|ministry|ministère|hospital|hôpital|institut[e]?|cent(?:re|er)|office|authority|foundation|fondation|agency|department|département|volunteers|bénévoles)\b",
        )?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let channel = reading.around().and_then(|around| around.channel.as_ref());
        let Some(channel) = channel.filter(|channel| channel.kind != ChannelKind::Personal) else {
            return Vec::new();
        };
        let bio = reading.of_kinds(&[FieldKind::Bio]).next();
        let unnamed = match (channel.operators_named, channel.kind) {
            (Some(named), _) => !named,
            (None, ChannelKind::Project) => bio.is_some_and(|bio| !self.names_somebody(bio)),
            (None, _) => false,
        };
        if !unnamed {
            return Vec::new();
        }
        let target = if bio.is_some() { "channel.bio" } else { "channel" };
        let hit = Hit::whole(target, "The biography does not say who runs the account.");
        vec![hit.suggesting("Add who posts, by name or initials: \"Posts by Ann R.\"")]
    }
}

impl Prepared {
    fn names_somebody(&self, bio: &Field<'_>) -> bool {
        let folded = bio.shadow.folded();
        let by_somebody = |who: &str| !who.trim().is_empty() && !self.organisation.is_match(who);
        let said = self.phrase.captures_iter(folded).filter_map(|found| found.name("who"));
        said.into_iter().any(|who| by_somebody(who.as_str())) || self.initials.is_match(folded)
    }
}
