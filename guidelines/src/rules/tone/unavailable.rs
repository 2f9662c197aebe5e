//! Whether a text or a biography turns people away. It does not know whether anybody answers in the end.

use serde::Deserialize;

use super::context::{self, Words, excerpt, is_address};
use crate::{Check, Example, Field, FieldKind, Hit, Office, Reading, Wake, rule::rule};

rule!(
    Unavailable, "GP3.unavailable", version 1, "GP3", Advise, reads: [Bio],
    what: "Finds phrases that turn people away, in English and French: \"do not reply\", \"this account is not monitored\", \
           \"comments are closed\"; in the text, in alternative texts and in the biography. Hours, emergencies and warnings \
           about fraud pass.",
    why: "Social media is a conversation: people who ask get an answer, or at least an address.",
    instead: "Say where and when people do get an answer.",
    fires: [
        Example::of("Results are out. Please do not reply to this post."),
        Example::of("This account isn't monitored."),
        Example::of("We can't answer questions here."),
        Example::of("Prière de ne pas répondre à ce message."),
        Example::of("Ce compte n'est pas surveillé."),
    ],
    quiet: [
        Example::of("Got a text about a prize? Do not reply to it, and do not click."),
        Example::of("This account is not monitored 24/7; in an emergency call 911."),
        Example::of("Many patients do not reply to surveys; we asked why."),
        Example::of("Blood pressure is often not monitored at home."),
        Example::of("Questions? Write to us and we will reply within a day."),
    ],
);

const TURNS_AWAY: &[&str] = &[
    r"(?:please |kindly )?(?:do not|don't|no need to|never) (?:reply|respond|answer|comment)(?: to (?:this|our|us|the|me)(?: (?:post|tweet|toot|thread|message|account|email|e-mail|address|dm|dms))?| here| below| on this(?: post| thread)?| directly| in the comments| via dm| by dm)?",
    r"(?:please |kindly )?(?:do not|don't) (?:contact|message|dm|call|email|e-mail|write to|phone|tag|ask|@|reach out to) (?:us|me|our (?:office|team|staff)|this (?:account|number|address|office))(?: (?:here|with questions|about this|directly|on this|for help))?",
    r"(?:please )?(?:no|don't send(?: us)?|do not send(?: us)?|not accepting|not taking|we don't (?:take|read|do)) (?:replies|questions|comments|dms|direct messages|private messages)(?: please| here| allowed| accepted| on this post)?",
    r"(?:dms?|direct messages|comments?|replies|mentions|inbox(?:es)?)(?: section)?(?: (?:is|are|will be|have been|has been))? (?:now |permanently |currently )?(?:closed|off|turned off|disabled|ignored|not (?:read|answered|accepted|open|checked))",
    r"(?:account|inbox|mailbox|page|channel|feed|profile|address|line|number|messages?|comments?|replies|mentions|dms?)(?: on (?:this (?:account|page|channel)|here))? (?:is|are|isn't|aren't|will) (?:not |no longer |never |currently |un)?(?:not |be )?(?:being )?(?:actively |regularly |currently |always )?(?:monitored|read|checked|answered|staffed|watched|looked at)",
    r"unmonitored(?: (?:account|inbox|mailbox|page|channel|feed|address))?|unattended (?:mailbox|inbox|account)",
    r"(?:we|i|staff|our team|the team) (?:do not|don't|can't|cannot|can not|won't|will not|are not able to|are unable to|aren't able to|never|no longer) (?:be )?(?:reply|respond|answer|read|monitor|check|take|look at|engage)(?:ing)?(?: (?:to|with|any|your|the|this|our|on|here|questions?|messages?|comments?|replies|dms?|mentions|account|inbox|page|all|calls?|emails?|e-mails?|in)\b){0,5}",
    r"(?:questions|messages|comments|replies|emails|e-mails|dms|calls) (?:will not|won't|cannot|can't|are not|aren't) (?:be )?(?:answered|read|returned|seen|replied to)",
    r"(?:prière de |merci de |veuillez |s'il vous plaît,? )?ne (?:pas|plus) (?:répondre|écrire|commenter|nous (?:écrire|contacter|appeler))(?: (?:à|au|aux|sur|sous|ici|directement)(?: (?:ce|cette|ces|cet|ici))?(?: (?:message|publication|courriel|compte|adresse|fil))?)?",
    r"ne (?:répondez|commentez|nous (?:écrivez|contactez|appelez)) (?:pas|plus)(?: (?:à|sur) (?:ce|cette) (?:message|publication|courriel|compte|adresse))?",
    r"(?:compte|boîte|page|messagerie|fil|adresse|messages?|commentaires?)(?: [\p{L}']+){0,4}? (?:n'est|ne sont|n'est plus|non|ne seront|ne sera)(?: (?:pas|plus))? (?:surveillée?s?|suivie?s?|lus?|lues?|consultée?s?|traitée?s?|répondus?)",
    r"(?:commentaires|messages privés|réponses|mp)(?: [\p{L}']+){0,2}? (?:sont|est) (?:fermée?s?|désactivée?s?|ignorée?s?)",
    r"(?:nous|on|je) ne (?:répondons|répondrons|répond|réponds|lisons|lisent|pouvons pas répondre|pourrons pas répondre|prenons)(?: (?:pas|plus|jamais|aucun|aucune|aucun message|aux questions|à vos questions|aux messages|ici|pas de questions))*",
    r"(?:aucune réponse|aucun suivi) ne sera (?:donnée?|faite?|envoyée?)|pas de (?:questions|commentaires|messages privés),? (?:s'il vous plaît|svp|merci)",
];

/// What makes such a phrase fair: hours, emergencies, medical questions, or something else than this account.
const FAIR: &str = "24/7|24/24|24 hours|around the clock|round the clock|at all times|after hours|outside|on weekends|over the weekend|on holidays|overnight|in real time|evenings|at night|en tout temps|en dehors|la fin de semaine|les fins de semaine|le soir|jour et nuit|24 heures|individual|personal|medical|clinical|health questions|private health|specific cases|about your health|within|avant|before|every|tous|toutes|médicales?|médicaux|personnelles|individuelles|when|until|hesitate";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that turn people away.
    phrases: Vec<String>,
}

struct Prepared {
    turns_away: Words,
    fair: Words,
    others: Words,
    more: Vec<String>,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = context::plain(&params.phrases);
    Ok(Box::new(Prepared {
        turns_away: Words::with(TURNS_AWAY, &more)?,
        fair: Words::of(FAIR)?,
        others: Words::of(
            "scams?|scammers?|phishing|suspicious|fraud|fraudsters?|spam|unknown (?:sender|number)|click|hameçonnage|frauduleux|frauduleuse|suspects?|surveys?|patients|participants (?:who|do)|many|some|people who|if you get|if you receive|stranger|strangers|trolls?",
        )?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let stems = "reply|replies|respond|answer|monitor|comment|contact us|contact me|contact our|contact this|message us|call us|call our|dm us|dms|email us|e-mail us|write to us|write to me|phone us|tag us|ask us|@ us|reach out to|unattended|inbox|mailbox|questions|messages|engage|répond|surveill|ne pas écrire|ne nous|suivi|lu|commentaire|messages privés|consulté|réponse|suivie|we no longer|we don't|we can't|checked|staffed|ne lisons";
        context::stems(stems, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields =
            reading.of_kinds(&[FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Bio]);
        fields.filter_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    /// Once a field: turning people away twice is no worse.
    fn field(&self, field: &Field<'_>) -> Option<Hit> {
        let lower = field.lower();
        let range = self.turns_away.find_in(lower).find(|range| self.is_meant(lower, range))?;
        let range = context::trimmed(lower, &range);
        (!is_address(field, &range)).then(|| {
            Hit::at(field, &range, "This turns people away.")
                .showing(excerpt(field, &range))
                .suggesting("Say where and when people do get an answer.")
        })
    }

    fn is_meant(&self, lower: &str, range: &std::ops::Range<usize>) -> bool {
        let sentence = context::sentence(lower, range);
        let words = context::part(lower, range);
        let right = lower.get(range.end..sentence.end).unwrap_or_default();
        let positive = [
            "is monitored",
            "are monitored",
            "is read",
            "are read",
            "is checked",
            "are checked",
            "is staffed",
            "are answered",
            "is answered",
            "will be",
        ]
        .iter()
        .any(|ending| words.ends_with(ending))
            || ((words.contains(" is ") || words.contains(" are ") || words.contains(" will "))
                && !["not", "n't", "no longer", "never", "un", "closed", "off", "disabled", "ignored"]
                    .iter()
                    .any(|no| words.contains(no)));
        let asked = context::asks(context::part(lower, &sentence));
        let told = context::words_before(lower.get(sentence.start..range.start).unwrap_or_default(), 1).any(
            |word| {
                matches!(
                    word,
                    "you" | "they" | "who" | "people" | "i" | "clinics" | "often" | "that" | "doctors" | "if"
                )
            },
        );
        let away = told || context::next_word(right) == "to" && !words.contains(" to ");
        !positive
            && !asked
            && !away
            && !self.fair.is_in(right)
            && !self.fair.is_in(words)
            && !self.others.is_in(context::part(lower, &nearby(lower, &sentence)))
    }
}

/// The sentence with the one before it: a warning often takes two.
fn nearby(lower: &str, sentence: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let earlier = lower.get(..sentence.start).unwrap_or_default().trim_end().len();
    context::sentence(lower, &(earlier.saturating_sub(1)..earlier)).start.min(sentence.start)..sentence.end
}
