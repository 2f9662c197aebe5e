//! Whether a quotation says who spoke, and whether they agreed. It does not know who spoke.

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use crate::{Check, Example, Field, FieldKind, Hit, Office, QuoteView, Reading, pattern, rule::rule};

rule!(
    QuoteUnsourced, "GP4.quote-unsourced", version 1, "GP4", Warn, asks: QuotePermission,
    reads: [Plan, Draft],
    what: "Finds direct speech of four words and more in quotation marks of which nobody is said to be the speaker, and \
           recorded quotations without speaker or permission. Titles, slogans, questions and the plan's own key messages pass.",
    why: "Who quotes answers for the quotation: readers can ask who said it, and the speaker whether they agreed.",
    instead: "Name the speaker, and record that they agreed.",
    fires: [
        Example::of("\"I finally sleep through the night again.\" What a day at our clinic!"),
        Example::of("Heard today: “we would have given up without these nurses.”"),
        Example::of("Entendu hier : « je ne savais pas que c'était possible. »"),
        Example::of("She is right.").amid("a recorded quotation without its speaker", examples::nobody),
    ],
    quiet: [
        Example::of("\"I finally sleep through the night again,\" says Ann Lee, who took part."),
        Example::of("Read our paper \"Why We Sleep Less Than Our Parents Did\"."),
        Example::of("Our talk \"what we know about sleep, and what we don't.\" is on Friday."),
        Example::of("We call it a \"lab\" and a \"home\"."),
        Example::of("\"How do I sign up for the study?\" See our page."),
        Example::of("“We would have given up without these nurses.” – Ben Roy, patient partner"),
        Example::of("\"Together we sleep better, all of us.\"").amid("a plan with that key message", examples::key_message),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words before a quotation that make it a title.
    title_words: Vec<String>,
}

/// Words before a quotation that make it a title, a slogan or a name.
const TITLES: &str = "paper,article,book,report,talk,webinar,workshop,session,event,study,entitled,titled,called,named,theme,podcast,\
    episode,course,module,poster,song,film,movie,campaign,slogan,motto,hashtag,read,watch,series,chapter,exhibit,exhibition,lecture,\
    keynote,panel,toolkit,guide,video,blog,post,story,project,program,programme,award,category,question,option,answer,button,subject,\
    labelled,labeled,marked,phrase,term,means,write,type,reply,search,say,livre,article,rapport,intitulé,intitulée,atelier,\
    thème,conférence,séance,balado,épisode,cours,affiche,film,campagne,slogan,devise,lisez,étude,guide,vidéo,billet,projet,nommé,appelé,\
    écrivez,tapez,répondez,mention,expression,titre,title,message,messages";

const SPEECH: &str = r"\b(?:i|i'm|i've|i'd|we|we're|we've|my|our|me|us|they|it's|it was|he|she|you|je|j'\w+|nous|mon|ma|mes|notre|on|ils|elles|c'est|c'était|vous|tu|il|elle)\b";

/// Who spoke, right before or after.
const SOURCED: &str = r"\b(?:said|says|say|told|tells|according to|explain(?:s|ed)|wrote|writes|add(?:s|ed)|notes?d?|recall(?:s|ed)|shar(?:es|ed)|remember(?:s|ed)|reflect(?:s|ed)|comment(?:s|ed)|stat(?:es|ed)|put it|in the words of|quot(?:es?|ing|ed)|as one|one of our|a (?:dit|déclaré|expliqué|ajouté|confié|raconté|écrit)|dit|déclare|explique|ajoute|confie|raconte|souligne|résume|selon|d'après|affirme)\b|@[\w.]";

struct Prepared {
    titles: Regex,
    speech: Regex,
    sourced: Regex,
    signed: Regex,
    headed: Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let words: Vec<String> = TITLES
        .split(',')
        .map(str::to_owned)
        .chain(params.title_words.iter().map(|word| word.to_lowercase()))
        .collect();
    let words: Vec<String> = words.iter().map(|word| regex::escape(word.trim())).collect();
    Ok(Box::new(Prepared {
        titles: pattern::exact_case(&format!(r"\b(?:{})\b[^.!?\n]{{0,24}}$", words.join("|")))?,
        speech: pattern::exact_case(SPEECH)?,
        sourced: pattern::exact_case(SOURCED)?,
        signed: pattern::exact_case(r"^[\s.,!]{0,3}(?:-{1,2}|~|\()\s?(?:(?:Dr|Prof|Pr|Mme|M)\.?\s)?\p{L}")?,
        headed: pattern::exact_case(r"\p{Lu}[\p{L}'\-]+(?:,[^:\n]{0,40})?\s?:\s?$")?,
    }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let recorded: &[QuoteView] =
            reading.around().map(|around| around.draft.quotes.as_slice()).unwrap_or_default();
        let Some(text) = reading.text() else { return Vec::new() };
        let mut hits: Vec<Hit> = recorded.iter().filter_map(|quote| unsettled(text, quote)).collect();
        let known = |words: &str| {
            let own = is_key_message(reading, words);
            own || recorded.iter().any(|quote| is_same(&quote.text, words))
        };
        for field in reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions]) {
            for range in quotations(field.lower()) {
                if self.is_speech(field, &range) && !known(field.shadow.part(&range)) {
                    hits.push(
                        Hit::at(field, &range, "A quotation that does not say who spoke.")
                            .suggesting("Name the speaker, and record that they agreed to be quoted."),
                    );
                }
            }
        }
        hits
    }
}

impl Prepared {
    fn is_speech(&self, field: &Field<'_>, range: &Range<usize>) -> bool {
        let lower = field.lower();
        let words = lower.get(range.clone()).unwrap_or_default().trim_matches('"').trim();
        let written = field.shadow.part(range).trim_matches('"').trim();
        if words.split_whitespace().count() < 4 || words.ends_with('?') || is_title_case(written) {
            return false;
        }
        let before = field.shadow.part(&(range.start.saturating_sub(110)..range.start));
        let before = if before.is_empty() { field.shadow.part(&(0..range.start)) } else { before };
        let lead = lower.get(range.start - before.len()..range.start).unwrap_or_default();
        let line = lead.rfind('\n').map_or(0, |at| at + 1);
        let after = field.shadow.part(&(range.end..field.shadow.folded().len()));
        let follows: String = after.chars().take(110).collect();
        let near = follows.split("\n\n").next().unwrap_or_default();
        self.speech.is_match(words)
            && !self.titles.is_match(lead.get(line..).unwrap_or_default())
            && !self.sourced.is_match(lead.get(line..).unwrap_or_default())
            && !self.sourced.is_match(&near.to_lowercase())
            && !self.signed.is_match(near.trim_start_matches('\n'))
            && !self.headed.is_match(before)
    }
}

fn is_key_message(reading: &Reading<'_, '_>, words: &str) -> bool {
    let initiative = reading.around().and_then(|around| around.initiative.as_ref());
    let plan = initiative.and_then(|initiative| initiative.plan.as_ref());
    let messages = plan.and_then(|plan| plan.key_messages.as_deref()).unwrap_or_default();
    messages.iter().any(|message| is_same(message, words))
}

/// A recorded quotation of which something is missing.
fn unsettled(text: &Field<'_>, quote: &QuoteView) -> Option<Hit> {
    let missing = match (&quote.speaker, &quote.permission) {
        (None, _) => "A recorded quotation without its speaker.",
        (Some(_), None) => "A recorded quotation without the speaker's permission.",
        (Some(_), Some(_)) => return None,
    };
    let wanted = crate::text::Shadow::of(&quote.text).lower();
    let place = text.lower().find(wanted.trim()).filter(|_| !wanted.trim().is_empty());
    let hit = match place {
        Some(at) => Hit::at(text, &(at..at + wanted.trim().len()), missing),
        None => Hit::whole(text.target.clone(), missing),
    };
    Some(hit.suggesting("Record who said it and when they agreed to be quoted."))
}

/// Whether two wordings say the same, apart from signs and case.
fn is_same(one: &str, other: &str) -> bool {
    let plain =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty() && !other.is_empty() && (one.contains(&other) || other.contains(&one))
}

/// What stands between pairs of quotation marks in one paragraph, marks included.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for paragraph in text.split_inclusive('\n') {
        let marks: Vec<usize> = paragraph.match_indices('"').map(|(index, _)| at + index).collect();
        for pair in marks.chunks_exact(2) {
            if let [open, close] = pair {
                found.push(*open..*close + 1);
            }
        }
        at += paragraph.len();
    }
    found
}

/// Whether most longer words begin with a capital.
fn is_title_case(words: &str) -> bool {
    let longer = words.split_whitespace().filter(|word| word.chars().count() > 3);
    let (mut capital, mut all) = (0, 0);
    for word in longer {
        all += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    all > 1 && capital * 10 >= all * 6
}

/// Surroundings of the examples.
mod examples {
    use crate::{DraftView, InitiativeView, PlanView, QuoteView, Surroundings};

    pub(super) fn nobody() -> Surroundings {
        let quotes = vec![QuoteView { text: "She is right.".to_owned(), ..QuoteView::default() }];
        Surroundings { draft: DraftView { quotes, ..DraftView::default() }, ..Surroundings::default() }
    }

    pub(super) fn key_message() -> Surroundings {
        let key_messages = Some(vec!["Together we sleep better, all of us.".to_owned()]);
        let plan = PlanView { key_messages, ..PlanView::default() };
        let initiative = InitiativeView { plan: Some(plan), ..InitiativeView::default() };
        Surroundings { initiative: Some(initiative), ..Surroundings::default() }
    }
}
