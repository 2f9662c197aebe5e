//! Whether a text asks for or against a party or its candidate. It does not know what any party stands for.

mod parties;

use std::ops::Range;

use serde::Deserialize;

use self::parties::{ALWAYS, LEADERS, WITH_CAPITAL};
use super::context::{self, Words, excerpt, is_address, spoken};
use crate::{Check, Example, Field, Hit, Office, Reading, Wake, lexicon::Lexicon, rule::rule};

rule!(
    Partisan, "GP2.partisan", version 1, "GP2", Warn,
    what: "Finds a Canadian party, its candidates or a leader as the object of a verb of voting, electing, supporting or \
           defeating, in English and French. News about a government, calls to vote at all and words such as \"liberal arts\" pass.",
    why: "Who posts for the office is taken for its ambassador, and a public institution takes no side in an election.",
    instead: "Tell people how and where to vote, or what every party says about health; leave the choice to them.",
    fires: [
        Example::of("Nurses, vote NDP on Thursday!"),
        Example::of("Time to kick out the Conservatives."),
        Example::of("Let's re-elect our Green Party candidate"),
        Example::of("The Liberals have earned your vote."),
        Example::of("Votez pour la CAQ, pour la santé."),
        Example::of("Il faut battre les conservateurs."),
    ],
    quiet: [
        Example::of("Vote on election day: find your polling station here."),
        Example::of("The Liberal government announced funding to support rural clinics."),
        Example::of("A liberal arts degree can lead to a career in health."),
        Example::of("We support conservative management before surgery."),
        Example::of("Before you vote, hear the NDP, Liberal and Green candidates at our forum."),
        Example::of("Bring green party decorations for the volunteers' picnic."),
    ],
);

/// Verbs that only elections have.
const VOTING: &str = "vote|votes for|voting|voted for|i voted|we voted|i'm voting|cast (?:your|my|a) (?:vote|ballot)|mark your ballot|your vote|re-?elect|elect|re-?electing|electing|votez|votons|voter|vote|voterai|voterons|votera|votez donc|élisez|élisons|élire|réélire|réélisons|réélisez";

/// Verbs of electing with the name of whom to elect.
const NAMED: &str =
    r"(?:re-?elect|elect|élisez|élisons|élire|réélire|vote for|votez pour)(?: [\p{L}'.-]+){1,3},";

/// Verbs that may be said of anything, and so only count as a call.
const CALLING: &str = "support|supporting|endorse|endorsing|back|backing|choose|join|defeat|defeating|beat|oust|dump|boot|boot out|kick out|throw out|vote out|vote against|get rid of|fire|reject|remove|stop|donate to|give to|campaign for|campaigning for|canvass for|canvassing for|volunteer for|volunteering with|volunteer with|rally behind|stand with|stand behind|stick with|get behind|rooting for|cheer for|say no to|send a message to|never trust|don't trust|appuyez|appuyons|appuyer|soutenez|soutenons|soutenir|battez|battons|battre|chassez|chassons|chasser|choisissez|choisissons|rejetez|rejetons|dehors|dégagez|dégageons|faites barrage à|barrons la route à|barrer la route à|bloquer la route à|se débarrasser de|débarrassons-nous de|faire campagne pour|faites campagne pour|militez pour|donnez à";

/// Words that may stand between the verb and the party.
const BETWEEN: &str = "(?: (?:for|out|in|to|with|against|behind|of|a|an|the|your|our|my|their|this|these|those|all|only|new|local|federal|provincial|strong|majority|minority|bc|b\\.c\\.|ontario|alberta|federal|manitoba|canada's|quebec|québec|ontario's|alberta's|bc's|canadian|straight|corrupt|damn|first|again|candidates?|mp|mla|mpp|premier|prime minister|minister|leader|gouvernement|government|team|pour|contre|pas|plus|jamais|le|la|les|l'|un|une|au|aux|à|du|des|de|d'|votre|vos|notre|nos|ce|cet|cette|ces|candidate?s?|député|députée|équipe|chef|parti|bloc|massivement|tous|toutes|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|lundi|mardi|demain|aujourd'hui)\\b){0,5} ?(?:l'|d')?";

/// What a party is told to have earned.
const EARNED: &str = "(?: (?:has|have|candidates?|party|government|team|really|truly|now|just|all|ont|a|mérite|méritent)){0,4} (?:earned|deserves?|needs?|wants?|gets?|got|has|have|counts? on|mérite|méritent|besoin de) (?:our|your|my|every|all our|the|notre|votre|mon|vos) (?:\\w+ )?(?:votes?|support|ballots?|appui|soutien)|(?: (?:party|government|gang|crowd|must|has to|have to|needs? to|got to|gotta|should)){1,3} (?:go|lose|be defeated|be voted out|be stopped|win)|(?: is| are| est| sont)(?: clearly| simply)? (?:the only|our only|the best|your best|le seul|la seule|les seuls|les seules) (?:party|ones?|choice|option|team|hope|government|parti|choix|qui|à)|(?: all the way| for the win| packing| out of office| the boot| ftw|, you have my vote|, get out)";

/// Who votes in a report about voting, and no call.
const REPORTED: &[&str] = &[
    "who",
    "that",
    "which",
    "they",
    "voters",
    "canadians",
    "people",
    "residents",
    "respondents",
    "participants",
    "those",
    "men",
    "women",
    "adults",
    "nurses",
    "doctors",
    "physicians",
    "not",
    "members",
    "qui",
    "électeurs",
    "répondants",
    "percent",
    "cent",
    "mps",
    "senators",
    "parties",
    "he",
    "she",
    "did",
    "may",
    "might",
];

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More parties, as they are called.
    parties: Vec<String>,
    /// More candidates and leaders.
    candidates: Vec<String>,
}

struct Prepared {
    parties: Lexicon,
    capitals: usize,
    voting: Words,
    calling: Words,
    earned: regex::Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let own = [params.parties.as_slice(), params.candidates.as_slice()].concat();
    Ok(Box::new(Prepared {
        parties: Lexicon::listed(&[WITH_CAPITAL, ALWAYS, LEADERS].join(","), &own)?,
        capitals: WITH_CAPITAL.split(',').count(),
        voting: Words::of(&format!("(?:{NAMED}|{VOTING}){BETWEEN}"))?,
        calling: Words::of(&format!("(?:{CALLING}){BETWEEN}"))?,
        earned: context::compiled(&format!("^(?:{EARNED})(?-u:\\b{{end-half}})"))?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.parties.words().collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        spoken(reading).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let lower = field.lower();
        let mut hits: Vec<Hit> = Vec::new();
        let mut end = 0;
        for party in self.parties.find(field) {
            if party.range.start < end || !self.is_party(field, party.index, &party.range) {
                continue;
            }
            let Some(range) = self.call(lower, &party.range).filter(|range| !is_address(field, range)) else {
                continue;
            };
            end = range.end;
            hits.push(
                Hit::at(field, &range, "This takes a side for or against a party.")
                    .showing(excerpt(field, &range))
                    .suggesting("Say how and where to vote, not for whom."),
            );
        }
        hits
    }

    /// Words such as "liberal" are a party's name only with a capital.
    fn is_party(&self, field: &Field<'_>, index: usize, range: &Range<usize>) -> bool {
        let right = context::after(field.lower(), range);
        let other = matches!(
            context::next_word(right),
            "arts"
                | "management"
                | "treatment"
                | "therapy"
                | "care"
                | "approach"
                | "estimate"
                | "estimates"
                | "estimation"
                | "measures"
                | "option"
                | "options"
                | "education"
                | "shield"
                | "building"
                | "space"
                | "team"
                | "energy"
        );
        let capital = field.shadow.part(range).starts_with(char::is_uppercase);
        let voted = context::words_before(context::before(field.lower(), range), 1)
            .any(|word| matches!(word, "vote" | "votez" | "votons" | "voting"));
        !other && (index >= self.capitals || capital || (voted && !right.starts_with([' ', '-'])))
    }

    fn call(&self, lower: &str, party: &Range<usize>) -> Option<Range<usize>> {
        let sentence = context::sentence(lower, party);
        let left = lower.get(sentence.start..party.start).unwrap_or_default();
        let right = context::after(lower, party);
        if let Some(found) = self.earned.find(right) {
            return Some(party.start..party.end + found.end());
        }
        let ends_here = |range: &Range<usize>| left.get(range.end..).is_some_and(|gap| gap.trim().is_empty());
        let verb = |words: &Words| words.find_in(left).filter(|range| ends_here(range)).last();
        let governs = |range: Range<usize>| sentence.start + range.start..party.end;
        if let Some(range) = verb(&self.voting).filter(|range| !is_reported(left, range, 2)) {
            return Some(governs(range));
        }
        let range = verb(&self.calling).filter(|range| !is_reported(left, range, 3))?;
        let next = context::next_word(right);
        let office = ["government", "gouvernement", "minister"].iter().any(|title| next.starts_with(title));
        let words = left.get(range.clone()).unwrap_or_default();
        let policy = office
            && (words.starts_with("support") || words.starts_with("back") || words.starts_with("join"));
        let noun =
            words.starts_with("support for") || words.starts_with("back to") || words.starts_with("back in");
        (!policy && !noun).then(|| governs(range))
    }
}

/// Somebody else is told to vote so: "voters who support the party".
fn is_reported(left: &str, verb: &Range<usize>, reach: usize) -> bool {
    let before = context::before(left, verb);
    context::words_before(before, reach).any(|word| REPORTED.contains(&word))
        && !left.trim_start().starts_with("nurses,")
}
