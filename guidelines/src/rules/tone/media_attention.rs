//! Whether a text is likely to bring journalists. It does not know whether any will call.

use std::ops::Range;

use serde::Deserialize;

use super::context::{self, Words, excerpt};
use crate::{
    Check, DraftView, Example, Field, Hit, InitiativeView, Office, PlanView, ProtectedKind, Reading,
    Surroundings, rule::rule,
};

rule!(
    MediaAttention, "CC3.media-attention", version 1, "CC3", Advise, asks: MediaReady, reads: [Plan, Draft],
    what: "Finds topics that the plan calls contentious, mentions of newsrooms, and words of press releases in English and \
           French, and asks who is ready to speak to journalists.",
    why: "What is said online may bring journalists to its author, in whichever capacity it was said.",
    instead: "Agree with the Coordinator who answers, then answer the question.",
    fires: [
        Example::of("Two clinic closures are planned for spring.").amid("a plan that calls closures contentious", contentious),
        Example::of("Here is how we decided.").amid("a declared topic that the plan calls contentious", declared),
        Example::of("Media inquiries: see our web site."),
        Example::of("Read our press release on wait times"),
        Example::of("Journalists are welcome to contact our team."),
        Example::of("Demandes des médias : voir notre site"),
    ],
    quiet: [
        Example::of("Our clinic tour is in spring.").amid("a plan that calls closures contentious", contentious),
        Example::of("How social media changes what people eat"),
        Example::of("We trained reporters' assistants in first aid."),
        Example::of("Les résultats ont été communiqués aux participants."),
    ],
);

fn contentious() -> Surroundings {
    let plan =
        PlanView { contentious: vec!["clinic closure".to_owned(), "fees".to_owned()], ..PlanView::default() };
    Surroundings {
        initiative: Some(InitiativeView { plan: Some(plan), ..InitiativeView::default() }),
        ..Surroundings::default()
    }
}

fn declared() -> Surroundings {
    let draft = DraftView { topic: Some("Clinic closures".to_owned()), ..DraftView::default() };
    Surroundings { draft, ..contentious() }
}

/// Newsrooms of Canada by their handles, without sign and in lower case.
const NEWSROOMS: &str = "cbc,cbcnews,cbchealth,cbcvancouver,cbctoronto,cbccalgary,cbcmontreal,cbcbc,cbcpolitics,cbcthenational,ctvnews,ctvnational,ctvvancouver,ctvtoronto,ctvmontreal,globalnews,globalbc,globaltoronto,globeandmail,nationalpost,torontostar,thestar,vancouversun,theprovince,timescolonist,calgaryherald,edmontonjournal,ottawacitizen,mtlgazette,montrealgazette,winnipegfreepress,chronicleherald,citynews,citynewsvan,cp24,thetyee,thenarwhalca,canadianpress,cdnpress,cdnpresshealth,lapresse,la_presse,lp_lapresse,radiocanada,radiocanadainfo,iciradiocanada,ledevoir,lesoleil,journaldemtl,tvanouvelles,lactualite,reuters,ap,bbcnews,nytimes,washingtonpost,guardian,cnn,statnews";

const PRESS: &[&str] = &[
    r"(?:press|news|media) (?:release|statement|advisory|conference|briefing|kit|inquir(?:y|ies)|enquir(?:y|ies)|contacts?|quer(?:y|ies)|requests?|availability|scrum)",
    r"for (?:immediate release|(?:media|press) (?:inquiries|enquiries|requests|interviews))",
    r"(?:journalists?|reporters?|(?:the )?media|newsrooms?|editors|producers)(?: (?:who|with|looking|interested|wanting|seeking)[^.!?\n]{0,40}?)? (?:are (?:welcome|invited|encouraged)|can|may|should|is (?:welcome|invited)|,? please)(?: to)? (?:contact|call|reach|e-?mail|get in touch|write|attend|join|interview|speak|talk|dm|ask|message|request|book)",
    r"(?:journalists?|reporters?|media|editors|newsrooms?) ?[:,-] ?(?:please )?(?:contact|call|reach|e-?mail|get in touch|write to|dm|ask)",
    r"(?:(?:calling|attention|dear|note to|invite|inviting|inviting all|welcome) (?:all )?(?:the )?(?:journalists|reporters|media|newsrooms))",
    r"(?:is|are|am|will be|'re|'m) available (?:for|to give) (?:(?:media|press) )?(?:interviews?|comments?|media)|available to (?:the media|media|press|journalists|reporters)|(?:speak|talk|talking|speaking) to (?:the media|the press|reporters|journalists)|contact (?:us|our team) for (?:an |media )?interviews?|to (?:book|request|arrange|set up) an interview|open to interviews",
    r"statement (?:in response|responding) to|our (?:official )?response to (?:the|recent|today's|last night's) (?:media |news )?(?:allegations?|reports?|coverage|story|investigation|article)|(?:media|news) coverage of our (?:decision|investigation|breach)|going public|whistle-?blow\w*|exclusive (?:story|interview)|breaking news",
    r"communiqués? de presse|conférence de presse|point de presse|avis aux médias|demandes? (?:des |de |d')?(?:médias|entrevues?|journalistes)|relations (?:médias|de presse)|pour (?:les médias|diffusion immédiate|publication immédiate)|dossier de presse",
    r"(?:(?:les )?journalistes|(?:les )?médias)(?: [\p{L}']+){0,4}? (?:peuvent|sont (?:invitée?s|bienvenue?s|priée?s)|peut)|disponibles? pour (?:des |une |les )?entrevues?|accorder(?:a|ont|ons)? (?:des |une )?entrevues?",
];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that invite journalists.
    phrases: Vec<String>,
    /// More handles of newsrooms.
    newsrooms: Vec<String>,
}

struct Prepared {
    press: Words,
    newsrooms: std::collections::HashSet<String>,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let handles = NEWSROOMS.split(',').map(str::to_owned).chain(office.newsrooms().iter().cloned());
    let more = params.newsrooms.iter().map(|handle| handle.trim().trim_start_matches('@').to_lowercase());
    Ok(Box::new(Prepared {
        press: Words::with(PRESS, &params.phrases)?,
        newsrooms: handles.chain(more).collect(),
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let initiative = reading.around().and_then(|around| around.initiative.as_ref());
        let topics = initiative
            .and_then(|initiative| initiative.plan.as_ref())
            .map(|plan| plan.contentious.as_slice());
        let lower = field.lower();
        let mut hits = Vec::new();
        if let Some(range) = topics.unwrap_or_default().iter().find_map(|topic| place_of(lower, topic)) {
            hits.push(hit(field, &range, "The plan says that this topic draws journalists."));
        } else if is_declared(reading.around(), topics.unwrap_or_default()) {
            let message = "The plan says that the draft's topic draws journalists.";
            hits.push(Hit::whole(field.target.clone(), message).suggesting(WAY));
        }
        if let Some(range) = self.mention(field) {
            hits.push(hit(field, &range, "A newsroom is mentioned: it will read this."));
        }
        if let Some(range) = self.press.find_in(lower).find(|range| !is_social(lower, range)) {
            hits.push(hit(field, &range, "This speaks to journalists."));
        }
        hits
    }
}

impl Prepared {
    fn mention(&self, field: &Field<'_>) -> Option<Range<usize>> {
        if !field.lower().contains('@') {
            return None;
        }
        let mentions = field.protected().iter().filter(|part| part.kind == ProtectedKind::Mention);
        mentions.map(|mention| &mention.range).find(|range| self.is_newsroom(field, range)).cloned()
    }

    /// `@paper`, `@paper@server` and `@paper.bsky.social` are the same paper.
    fn is_newsroom(&self, field: &Field<'_>, range: &Range<usize>) -> bool {
        let handle = context::part(field.lower(), range).trim_start_matches('@');
        let name = handle.split(['@', '.']).next().unwrap_or_default();
        self.newsrooms.contains(handle) || self.newsrooms.contains(name)
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>, message: &str) -> Hit {
    Hit::at(field, range, message).showing(excerpt(field, range)).suggesting(WAY)
}

/// What to do instead.
const WAY: &str = "Agree with the Coordinator who answers journalists.";

/// Whether the draft's declared topic is one that draws journalists.
fn is_declared(around: Option<&Surroundings>, topics: &[String]) -> bool {
    let declared = around.and_then(|around| around.draft.topic.as_deref());
    declared.is_some_and(|declared| {
        let lower = crate::Shadow::of(declared).lower();
        topics.iter().any(|topic| place_of(&lower, topic).is_some())
    })
}

fn is_social(lower: &str, range: &Range<usize>) -> bool {
    let left = context::before(lower, range).trim_end_matches([' ', '-']);
    ["social", "sociaux", "mixed", "culture"].iter().any(|word| left.ends_with(word))
}

/// Where a topic stands, in the singular or the plural.
fn place_of(lower: &str, topic: &str) -> Option<Range<usize>> {
    let folded = crate::Shadow::of(topic).lower();
    let topic = folded.trim();
    let stem =
        topic.strip_suffix("ies").or_else(|| topic.strip_suffix('y')).or_else(|| topic.strip_suffix('s'));
    let stem = stem.filter(|stem| stem.chars().count() > 2).unwrap_or(topic);
    if stem.is_empty() {
        return None;
    }
    lower.match_indices(stem).map(|(at, found)| at..at + found.len()).find_map(|range| {
        let glued = context::before(lower, &range).ends_with(char::is_alphanumeric);
        let right = context::after(lower, &range);
        let end = right.find(|c: char| !c.is_alphanumeric()).unwrap_or(right.len());
        let ending = right.get(..end).unwrap_or_default();
        (!glued && matches!(ending, "" | "s" | "es" | "y" | "ies" | "x"))
            .then(|| range.start..range.end + end)
    })
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn topics_bend() {
        assert_eq!(place_of("three closures and", "closure"), Some(6..14));
        assert_eq!(place_of("parking policies", "Parking policy"), Some(0..16));
        assert_eq!(place_of("feel", "fee"), None);
        assert_eq!(place_of("anything", " "), None);
    }
}
