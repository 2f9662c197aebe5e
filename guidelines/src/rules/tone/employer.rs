//! Whether somebody who speaks for themselves brings their employer into disrepute. It does not know whether they are right.

use std::ops::Range;

use serde::Deserialize;

use super::context::{self, Words, excerpt};
use crate::{
    Capacity, ChannelKind, ChannelView, Check, Example, Field, FieldKind, Hit, Office, Reading, Surroundings,
    Wake, lexicon::Lexicon, rule::rule,
};

rule!(
    EmployerDisrepute, "CC6.employer-disrepute", version 1, "CC6", Warn, reads: [Channel, Bio],
    what: "Finds, in what somebody says in a personal capacity or on an account of their own, contempt for or accusations against \
           an employer that the text or the biography names or points at, in English and French. Praise, plain news and \
           disagreement without contempt pass.",
    why: "Speaking for yourself, do not name your employer where that would bring it into disrepute.",
    instead: "Take it up inside, ask for advice (CC7), or say what should change without contempt.",
    fires: [
        Example::of("I work for the Pacific eHealth Office, and its managers lie to patients.").speaking(Capacity::PersonalOpinion),
        Example::of("My employer is corrupt. Views are my own.").speaking(Capacity::PersonalOpinion),
        Example::of("Our management is incompetent.").amid("an account of one's own", own_account),
        Example::of("Notre direction gaspille vos impôts.").amid("an account of one's own", own_account),
        Example::of("Honestly, this office is a toxic workplace.").amid("a biography that names the employer", own_account),
    ],
    quiet: [
        Example::of("I work for the Pacific eHealth Office and love it.").speaking(Capacity::PersonalOpinion),
        Example::of("The bus company is a bunch of crooks.").speaking(Capacity::PersonalOpinion),
        Example::of("My employer should publish waiting times. Views are my own.").speaking(Capacity::PersonalOpinion),
        Example::of("Our management is incompetent, say three of five respondents."),
        Example::of("I work at a hospital and study fraud prevention.").speaking(Capacity::PersonalOpinion),
    ],
);

fn own_account() -> Surroundings {
    let bio = Some("Nurse at the Pacific eHealth Office. Views are my own.".to_owned());
    let channel =
        ChannelView { handle: "sam".to_owned(), kind: ChannelKind::Personal, bio, ..ChannelView::default() };
    Surroundings { channel: Some(channel), ..Surroundings::default() }
}

/// Words by which somebody points at who employs them.
const EMPLOYER: &str = r"(?:i|we) (?:work|worked|am employed|'m employed) (?:at|for|in|with)|(?:i|we) (?:just )?(?:quit|left|started at)|my (?:employer|employers|boss|bosses|manager|managers|supervisor|director|workplace|work|job|office|department|team lead|dean|unit|company|organi[sz]ation|hospital|university|institution|colleagues|ceo)|our (?:employer|boss|bosses|manager|managers|management|leadership|leaders|director|directors|executives?|exec|dean|deans|administration|administrators|admin|hr|human resources|board|ceo|vp|office|workplace|department|higher-ups|unit|faculty|university|institution|organi[sz]ation|health authority)|where i work|the (?:office|place|hospital|university|team|department|institute|people|folks|idiots|clowns) (?:where )?i work(?: for| at| in)?|(?:upper |senior |our )?management|the (?:bosses|higher-ups|leadership|brass|c-suite)|my (?:own )?(?:shop|lab)|this (?:office|workplace|place|employer|job|organi[sz]ation|department|institution|university|hospital)|(?:working|work) here|people here|mon (?:employeur|patron|boss|bureau|travail|gestionnaire|superviseur|milieu de travail|université|hôpital|service|département)|ma (?:directrice|patronne|gestionnaire|direction|boîte|job|faculté|superviseure)|mes (?:patrons|boss|gestionnaires|supérieurs|directeurs)|nos (?:patrons|boss|gestionnaires|dirigeants|supérieurs|directeurs|cadres)|notre (?:direction|employeur|bureau|patron|gestionnaire|administration|conseil|université|hôpital|doyen|faculté|organisation)|la (?:haute )?direction|je travaille (?:à|au|aux|pour|chez|dans)|là où je travaille|où je travaille|ici au bureau";

/// Contempt and accusations.
const CONTEMPT: &str = r"crooks?|crooked|corrupt|corruption|incompetent|incompetents|incompetence|liars?|lies|lie to|lied|lying|wast(?:e|es|ed|ing) (?:of )?(?:your|our|my|taxpayers?'?|public|all (?:the|your|our)|the|people's|millions|thousands|everyone's|so much)(?: \w+){0,2}|wast(?:e|es|ing) (?:money|time|taxes|tax dollars|taxpayers?)|a waste of (?:money|taxes|time|space)|toxic|fraud|frauds|fraudulent|fraudsters|scandal|scandals|scandalous|scam|cover-?ups?|covers? up|covered up|covering up|hush(?:ed|ing)? up|sweep(?:s|ing)? (?:\w+ ){0,3}under the rug|disgrace|disgraceful|disgusting|shameful|shameless|ashamed (?:of|to work)|embarrassing|an embarrassment|a (?:complete |total |bad |sick )?joke|clowns?|idiots?|idiotic|morons?|fools?|buffoons?|useless|pathetic|clueless|spineless|gutless|bully|bullies|bullied|bullying|harass(?:es|ed|ment)?|abusive|abuses?|exploit(?:s|ed|ing|ation)?|treats? (?:us|staff|nurses|employees|people|patients|everyone|workers|me) (?:like|as if|terribly|badly|horribly)|worst (?:employer|place|boss|bosses|manager|managers|office|job|workplace|leadership|university|hospital)(?: \w+)?|(?:doesn't|don't|does not|do not|never) (?:really )?(?:care|give a)(?: about)?|couldn't care less|rotten|dysfunctional|unethical|immoral|criminals?|steal(?:s|ing)?|stole|thieves|thief|theft|cheats?|cheating|cheated|never work (?:here|there|for)|don't work (?:here|there|for)|avoid working|run by|fed up with|sick (?:and tired )?of|garbage|trash|a nightmare|hellhole|sexist|racist|misogynist\w*|nepotism|negligent|negligence|falsif\w+|fak(?:e|es|ed|ing) (?:the |our |their |its )?(?:data|results|numbers|figures|reports)|fudg\w+|cook(?:s|ed|ing)? the books|mislead(?:s|ing)?|misled|hid(?:es|ing|e)? (?:the |this |it |their )?(?:truth|data|errors|mistakes|results|from)|hate (?:my|this|our|working|it|them|the|these|him|her|that)|hates? (?:its|their|our) (?:staff|nurses|patients|people)|despise|loathe|can't stand|can't trust|don't trust|a mess|shambles|a circus|a sinking ship|hypocrites?|hypocritical|greedy|parasites?|tyrants?|dictators?|cowards?|broke the law|illegal(?:ly)?|embezzl\w+|stab(?:bed|s)? us|screw(?:s|ed|ing)? (?:us|over|patients|staff)|rip(?:s|ped|ping)? off|killing patients|puts? patients (?:at risk|in danger)|escrocs?|corrompue?s?|incompétente?s?|incompétence|menteurs?|menteuses?|mentent|menti|ment|gaspill\w+|toxiques?|fraudes?|frauduleux|scandale|scandaleux|scandaleuse|honte|honteux|honteuse|ridicules?|incapables|bande de|clowns|imbéciles?|nuls|nulle|minables?|pourrie?s?|voleurs?|voleuses?|volent|voler?|harcèl\w+|harcel\w+|harcèlement|intimid\w+|exploitent|exploite|traitent (?:mal|comme)|se (?:fout|foutent|fichent|fiche|moquent|moque)|pire (?:employeur|patron|endroit|boss|milieu)|déteste|haïs|hais|cachent|cache la|camoufl\w+|magouill\w+|lâches?|hypocrites|n'importe quoi|la joke|catastrophique|une farce";

/// What makes a matter of study of it, or takes it back.
const ABOUT: &str = r"research(?:es|er|ers|ing)?|study|studies|studying|prevent(?:s|ing|ion)?|detect(?:s|ing|ion)?|workshop|webinar|talk on|paper|policy (?:against|on)|fight(?:s|ing)? against|combat\w*|training|campaign against|toxicolog\w+|toxic (?:drugs?|drug supply|shock|waste|substances?|positivity)|étudi\w+|recherches?|prévenir|prévention|formation|lutte contre|drogues toxiques|used to|no longer|thanks to|merci|love (?:my|our|working)|proud|fiers?|fière|grateful|great place|wonderful";

/// Who has done it, where the sentence before has named them.
const THEY: &[&str] = &[
    "they", "they're", "it", "its", "it's", "these", "this", "that", "those", "he", "she", "their", "what",
    "such", "ils", "elles", "c'est", "elle", "il", "ce", "ces", "on", "quelle", "total", "complete",
    "absolute", "nothing",
];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More words of contempt.
    contempt: Vec<String>,
    /// More ways to name or point at the employer.
    employer: Vec<String>,
}

struct Prepared {
    names: Lexicon,
    acronyms: Lexicon,
    employer: Words,
    contempt: Words,
    about: Words,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let short = office.names().iter().filter_map(|name| name.strip_prefix("the "));
    Ok(Box::new(Prepared {
        names: Lexicon::of(office.names().iter().map(String::as_str).chain(short))?,
        acronyms: Lexicon::of(office.acronyms().iter().filter(|name| name.len() > 2))?,
        employer: Words::with(&[EMPLOYER], &params.employer)?,
        contempt: Words::with(&[CONTEMPT], &params.contempt)?,
        about: Words::of(ABOUT)?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        // Few texts are personal: `check` looks at that first, which is cheaper than any word.
        Wake::Always
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let personal = reading.submission.capacity == Some(Capacity::PersonalOpinion)
            || reading
                .around()
                .and_then(|around| around.channel.as_ref())
                .is_some_and(|channel| channel.kind == ChannelKind::Personal);
        if !personal {
            return Vec::new();
        }
        let bio = reading
            .of_kinds(&[FieldKind::Bio])
            .any(|bio| self.names.is_in(bio.lower()) || self.acronyms.is_in(bio.lower()));
        reading.text().and_then(|field| self.contempt(field, bio)).into_iter().collect()
    }
}

impl Prepared {
    fn contempt(&self, field: &Field<'_>, in_bio: bool) -> Option<Hit> {
        let lower = field.lower();
        let range = self.contempt.find_in(lower).find(|range| self.is_meant(lower, range))?;
        let message = if in_bio {
            "Contempt for an employer whom the biography names, in a personal capacity."
        } else {
            "Contempt for an employer whom the text names, in a personal capacity."
        };
        Some(Hit::at(field, &range, message).showing(excerpt(field, &range)).suggesting(
            "Ask for advice first; say what should change, without naming the employer or without contempt.",
        ))
    }

    fn is_meant(&self, lower: &str, range: &Range<usize>) -> bool {
        let sentence = context::sentence(lower, range);
        let words = context::part(lower, &sentence);
        let denied = context::words_before(lower.get(sentence.start..range.start).unwrap_or_default(), 3)
            .any(|word| {
                matches!(
                    word,
                    "not"
                        | "no"
                        | "never"
                        | "isn't"
                        | "aren't"
                        | "don't"
                        | "against"
                        | "pas"
                        | "aucun"
                        | "aucune"
                        | "jamais"
                        | "contre"
                )
            });
        if denied || context::asks(words) && !self.named(words) || self.about.is_in(words) {
            return false;
        }
        self.named(words)
            || (self.follows(words) && self.named(lower.get(..sentence.start).unwrap_or_default()))
    }

    fn named(&self, words: &str) -> bool {
        self.names.is_in(words) || self.acronyms.is_in(words) || self.employer.is_in(words)
    }

    /// The sentence speaks of whom an earlier one has named.
    fn follows(&self, words: &str) -> bool {
        let mut first =
            words.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty());
        first.by_ref().take(4).any(|word| THEY.contains(&word))
            || self.contempt.find_in(words).next().is_some_and(|found| found.start < 3)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::{Capacity, Handbook, ListEntry, OfficeFacts, Submission, check, starter_handbook};

    static HANDBOOK: LazyLock<Handbook> = LazyLock::new(|| {
        let mut document = starter_handbook();
        document.office = OfficeFacts {
            names: vec![ListEntry::plain("Coast Health Office")],
            acronyms: vec![ListEntry::plain("CHEO")],
            ..document.office
        };
        Handbook::from_document(&document).unwrap()
    });

    fn fires(text: &str) -> bool {
        let submission =
            Submission { capacity: Some(Capacity::PersonalOpinion), ..Submission::of_text(text) };
        check(&submission, &HANDBOOK).findings.iter().any(|finding| finding.rule == "CC6.employer-disrepute")
    }

    #[test]
    fn contempt_for_the_employer_is_found() {
        let texts = [
            "I work at the Coast Health Office and our managers are liars.",
            "My boss is an idiot.",
            "The Coast Health Office is a scandal.",
            "I work at CHEO. They waste your taxes on consultants.",
            "Our leadership covers up errors",
            "My employer treats nurses like dirt",
            "Worst employer ever: the Coast Health Office",
            "I hate working here. My office is toxic.",
            "Je travaille au Coast Health Office : des incompétents.",
            "Mon employeur gaspille l'argent public",
            "Nos patrons sont des menteurs",
            "The Coast Health Office fakes its results",
            "Never work for the Coast Health Office, they don't care about patients.",
            "My manager bullies everyone",
        ];
        let missed: Vec<_> = texts.iter().filter(|text| !fires(text)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn opinions_without_contempt_pass() {
        let texts = [
            "I work at the Coast Health Office and I'm proud of our team.",
            "My boss is great.",
            "Traffic on the bridge is a disgrace.",
            "I work at the Coast Health Office. The Canucks are a joke.",
            "My employer should extend the clinic's hours.",
            "I disagree with my employer on fax machines.",
            "At work we study workplace bullying.",
            "My office is not toxic, whatever you hear.",
            "Personally I think the new campus parking is a disgrace.",
            "The Coast Health Office is hiring!",
            "Je travaille au Coast Health Office et j'adore ça.",
        ];
        let wrong: Vec<_> = texts.iter().filter(|text| fires(text)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
