//! Whether an opinion is stated as a fact. It does not know whether the opinion is right.

use std::ops::Range;

use serde::Deserialize;

use super::context::{self, Words, excerpt, is_address};
use crate::{Check, Example, Field, Hit, Office, Reading, Wake, rule::rule};

rule!(
    OpinionAsFact, "GP1.opinion-as-fact", version 1, "GP1", Advise,
    what: "Finds sentences that leave no room for another view (\"everyone agrees\", \"there is no doubt\", \"is by far the best\", \
           \"the government must\") and have neither a hedge nor an owner such as \"we think\"; in English and French. \
           Announcements, deadlines, facts with a source and praise for people pass.",
    why: "Opinions are welcome, but stated as opinions, not as facts.",
    instead: "Say whose view it is (\"we think\", \"à notre avis\"), or give the source.",
    fires: [
        Example::of("Everyone knows that fax machines are the problem."),
        Example::of("There is no doubt: virtual care is the future."),
        Example::of("Our app is by far the best in Canada."),
        Example::of("Everybody knows that paper is the worst option to receive test results."),
        Example::of("Without question, texting is the best option to book a visit."),
        Example::of("The government must pay for every app."),
        Example::of("Il est évident que le télécopieur a fait son temps."),
        Example::of("The only way to fix waiting lists is to share them."),
    ],
    quiet: [
        Example::of("We think that fax machines are the problem, and everyone knows it."),
        Example::of("You must register by Friday, and you must be 18 or older."),
        Example::of("The best way to reach us is by phone."),
        Example::of("By phone is clearly the best way to register."),
        Example::of("Best practices for clinics, at our best-attended workshop"),
        Example::of("À notre avis, il est évident que le télécopieur a fait son temps."),
        Example::of("Does everyone agree that fax is over?"),
    ],
);

const CERTAIN: &[&str] = &[
    r"(?:everyone|everybody|every (?:nurse|doctor|expert|patient|clinician|canadian|parent|sane person|reasonable person)|all (?:experts|doctors|nurses|scientists|patients|canadians|clinicians|of us)|the whole world|anyone (?:sane|sensible|with (?:a brain|eyes|any sense|common sense)))(?: \w+ly| else| already| in (?:health care|healthcare|this field))? (?:knows?|agrees?|can see|sees|understands|realizes|loves|hates|wants)|as (?:everyone|everybody|we all) knows?|we all (?:know|agree) (?:that|this|it|the|how|why|what|our|which)|we all know\b[,:]",
    r"(?:no one|nobody|no reasonable person|no sane person|no expert)(?: \w+ly)? (?:can|could|would|will|doubts|disputes|disagrees|denies|believes|questions|in their right mind)(?: (?:deny|dispute|doubt|argue|disagree|question))?(?: that| with)?",
    r"there(?:'s| is| can be| is simply)(?: absolutely| simply)? (?:no|zero|little) (?:doubt|question(?: that| about it|[:,;])|debate|denying|arguing|disputing|excuse|justification|other way|alternative|better way)|without (?:a |any )?(?:shadow of a )?(?:doubt|question)|no doubt about it|beyond (?:any |a )?(?:doubt|question|dispute|debate)|(?:it|that) goes without saying|needless to say|no ifs or buts|end of (?:story|discussion|debate)|plain and simple|case closed|full stop|it is (?:a fact|obvious|self-evident|undeniable|common sense|clear to (?:everyone|all|anyone))|it's (?:a fact|obvious|self-evident|undeniable|common sense|a no-brainer)|(?:the (?:simple |plain )?(?:fact|truth) is|fact is),? ?(?:that|:)?|let's face it|there's only one (?:way|answer|solution)|there is only one (?:way|answer|solution)",
    r"(?:undeniably|unquestionably|indisputably|undoubtedly|unarguably|indubitably|obviously|self-evidently|hands down|without exception|objectively)",
    r"clearly(?:,| (?:the|a|this|that|our|we|it|it's|there|no|not|an))|(?:is|are|was|were|has|have|'s|'re) clearly (?:the|a|an|better|worse|wrong|right|superior|inferior|broken|failing|failed|not|best|worst|working|needed|overdue|useless|unfair|unsafe)",
    r"(?:is|are|was|were|remains?|it's|that's|has|have)(?: \w+ly| by far| still| now| simply)? the(?: very| single| absolute)? (?:worst|greatest|finest|smartest|dumbest|stupidest|most (?:innovative|effective|advanced|amazing|incredible|useless|inefficient|outdated|brilliant|beautiful|ridiculous|exciting|wonderful|important (?:thing|issue|project|decision|reform|problem)))|by far the (?:best|worst|greatest|most|only)|(?:is|are|was|were|have|has) (?:simply |clearly |easily |truly |still |now |just |without a doubt )?the (?:very |single |absolute )?best (?:\w+ ){0,4}?(?:in (?:canada|the (?:world|country|province|west|business)|bc|b\.c\.|north america|town|british columbia|ontario|qu[eé]bec)|ever|anywhere|there is|of all|on earth|around|available|out there|for everyone|solution|system|option|choice|idea|model|approach|policy|answer)|(?:simply|truly|clearly|obviously|undeniably|definitely) the (?:best|worst)|second to none|unrivalled|unmatched|the best (?:\w+ ){1,3}?(?:in the world|ever made|ever built|on earth|hands down)|nothing (?:beats|compares|comes close)|better than (?:any(?:thing|one)? (?:other|else)|all (?:the )?others|everyone else)",
    r"(?:is|are|'s) (?:the |our )only (?:real |true |possible |right |sensible |sane |viable |reasonable )?(?:way|answer|solution|option|choice|path|thing that (?:works|matters|helps)|hope|fix)|the only (?:real |true |possible |right |sensible |sane |viable |reasonable )?(?:way|answer|solution|fix|path|thing that (?:works|matters|helps)|hope)(?: (?:to|for|forward|out|is|that))?",
    r"(?:government|governments|ottawa|victoria|queen's park|the (?:province|feds|state|minister|ministry|premier|media|public)|ministers?|provinces|politicians|canada|quebec|british columbia|hospitals|universities|employers|health authorities|health system|healthcare system|health care|society|the system|schools|tech companies|big pharma|decision-?makers|policy-?makers|leaders|every (?:hospital|clinic|doctor|government|province|school)|all (?:hospitals|clinics|doctors|governments|schools)|we|everyone|fax(?:es| machines?)?|paper charts?|wait lists|this|it|that)(?: \w+ly| now| all)? (?:must|has to|have to|needs to|need to) (?:\w+ly |all |not |never )?(?:act|ban|end|stop|go|change|fund|pay|fix|invest|apologi[sz]e|resign|admit|face|demand|fight|do better|do more|wake up|be (?:banned|stopped|ended|scrapped|abolished|fixed|funded|free|fired|replaced|mandatory|illegal|outlawed|eliminated|overhauled)|abolish|scrap|replace|get rid of|listen|deliver|rethink|overhaul|embrace|adopt|put|take responsibility|step up|legislate|regulate|tax|open|provide|guarantee)",
    r"(?:tout le monde|chacun|tous les (?:experts|médecins|patients|canadiens|québécois)|n'importe qui)(?: le)? (?:sait|savent|est d'accord|sont d'accord|s'accordent?|s'entendent?|reconnaît|voit bien|comprend|convient)|(?:on|nous) (?:le )?(?:sait|savons) (?:tous|toutes)|comme (?:tout le monde|chacun|on) (?:le )?sait",
    r"(?:personne|nul|aucun expert) ne (?:peut|pourrait|saurait|doute|conteste|nie)(?: (?:nier|contester|douter|le nier|en douter))?|il n'y a (?:aucun|pas de|nul|pas l'ombre d'un) doute|(?:aucun|nul) doute(?: que| possible| :)?|sans (?:aucun |nul |l'ombre d'un )?doute possible|sans (?:aucun|nul|l'ombre d'un) doute|hors de (?:tout )?doute|il (?:est|n'est) (?:évident|indéniable|incontestable|clair|clair pour tous) que|il va de soi|c'est (?:une évidence|un fait|évident|indéniable|incontestable|clair et net)|point final|un point c'est tout|force est de constater|de toute évidence",
    r"(?:indéniablement|incontestablement|indiscutablement|indubitablement|évidemment|manifestement|assurément|objectivement)",
    r"(?:est|sont|était|reste|demeure)(?: (?:clairement|sans conteste|de loin|tout simplement|vraiment))? (?:le pire|la pire|les pires|(?:la |le |les )?plus (?:grande? |belle |beau )?(?:innovante?|efficace|avancée?)s? (?:au|du|de)|(?:la|le|les) (?:meilleure?s?)(?: [\p{L}]+){1,3}? (?:au (?:pays|monde|canada|québec)|du (?:pays|monde|canada|québec)|de tous))|de loin (?:la|le|les) (?:meilleure?s?|pires?|plus)|(?:la|le) (?:meilleure?) (?:[\p{L}]+ ){1,2}(?:au|du) (?:monde|pays)|la seule (?:vraie |bonne )?(?:solution|façon de|voie|option|réponse)|le seul (?:vrai |bon )?(?:moyen|choix|remède) (?:de|pour|est)",
    r"(?:le gouvernement|québec|ottawa|l'état|le ministre|la ministre|les hôpitaux|les politiciens|le système|les élus|nos élus|la société|les universités|le réseau|les employeurs) (?:doit|doivent)(?: [\p{L}]+ment)? (?:agir|cesser|arrêter|bannir|interdire|payer|financer|investir|changer|s'excuser|démissionner|abolir|mettre fin|en finir|écouter|faire)|il faut (?:absolument|à tout prix|impérativement|interdire|abolir|bannir|en finir)",
];

/// Who says so, or how sure they are: such a sentence is an opinion stated as one, or somebody else's, or has a source.
const OWNED: &str = r"we (?:think|believe|feel|hope|find|would (?:say|argue)|argue|suspect|consider|see|suggest|recommend)|i(?:'d| would)? (?:think|believe|feel|find|say|argue|guess|suspect|hope|suppose)|i'm (?:convinced|sure)|in (?:our|my|his|her|their) (?:view|opinion|experience|eyes|book|judgement|judgment)|(?:our|my) (?:view|opinion|take|position|belief|hunch|feeling)|(?:to|for) (?:us|me)|as (?:we|i) see it|personally|if you ask (?:me|us)|imho|imo|arguably|perhaps|maybe|probably|may be|might|seems?|seemed|appears?|likely|possibly|some (?:people )?(?:say|argue|think)|one of the|among the|according to|says|said|(?:they|experts|doctors|nurses|patients|critics|authors|researchers|people|many) (?:say|argue|think|believe)|tells|told|writes|wrote|argues?|believes?|thinks?|claims?|calls?|called|suggests?|stud(?:y|ies) (?:finds?|found|shows?|showed)|survey|percent|\d ?%|according|reports?|data show|evidence (?:shows|suggests)|thank|thanks|congrat\w*|required by law|by law|legally|(?:a|à) (?:mon|notre|leur|son) avis|selon|d'après|nous (?:pensons|croyons|estimons|trouvons|jugeons|espérons)|je (?:pense|crois|trouve|considère|dirais)|pour (?:nous|moi)|peut-être|probablement|il (?:me|nous) semble|semble|dit|affirme|croit|estime|merci|félicitations|l'un des|l'une des|parmi|personnellement|opinion|pour cent";

/// What takes the certainty back, right before it.
const TAKEN_BACK: &[&str] = &[
    "help", "let", "helps", "lets", "helping", "letting", "to", "make", "makes", "making", "not", "n't",
    "if", "whether", "so", "sure", "ensure", "until", "when", "does", "do", "why", "how", "that", "ensuring",
    "myth", "pas", "si", "afin", "pour", "que",
];

/// Where things are done, not judged.
const LOGISTICS: &str = r"(?:way|thing|option|moyen|façon|answer|solution|path) (?:to|for|de|pour) (?:reach|contact|get in touch|register|sign up|join|attend|book|enter|apply|access|log ?in|vote|watch|participate|find (?:us|out)|get (?:here|there|tickets)|see|receive|park|nous (?:joindre|contacter)|s'inscrire|participer|joindre)|know(?:s)? (?:someone|somebody|a |one|what it's like|what it is like|the feeling|that feeling|their|its|his|her|where|when|about)|we have to (?:close|cancel|move|postpone|stop)|must (?:register|be (?:18|19|over|at least|received|submitted|signed|completed|worn|aged))|speak clearly|as clearly";

/// How far behind what was found, in bytes, its next words reach.
const NEXT_WORDS: usize = 12;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that leave no room for another view.
    certain: Vec<String>,
    /// More phrases that say whose view it is.
    owned: Vec<String>,
}

struct Prepared {
    certain: Words,
    owned: Words,
    logistics: Words,
    own_view: Words,
    more: Vec<String>,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let more = context::plain(&params.certain);
    let labels = office.disclaimers().iter().map(|label| label.text.trim_end_matches('.').to_owned());
    Ok(Box::new(Prepared {
        certain: Words::with(CERTAIN, &more)?,
        owned: Words::with(&[OWNED], &params.owned)?,
        logistics: Words::of(LOGISTICS)?,
        own_view: Words::with(
            &["(?:views?|opinions?) (?:are )?(?:my|our) own", "n'engagent? que"],
            &labels.collect::<Vec<_>>(),
        )?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let stems = "everyone|everybody|every |all |whole world|anyone|we all|no one|nobody|no reasonable|no sane|no expert|doubt|question|debate|denying|arguing|disputing|excuse|alternative|goes without|needless|no ifs|end of|plain and|case closed|full stop|a fact|fact is|obvious|evident|undeniabl|common sense|no-brainer|truth is|face it|only one|indisput|unquestion|unargu|indubit|hands down|exception|objective|clearly|worst|greatest|finest|smartest|dumbest|stupidest|the most|by far|the best|the very|second to none|unrivalled|unmatched|nothing|better than|only |must|has to|have to|need to|needs to|no other|clear to|justification|tout le monde|chacun|tous|toutes|n'importe|on le sait|on sait|savons|personne|nul|aucun|doute|évident|indéniable|incontestable|il va de soi|un fait|clair|point final|un point|force est|évidence|indéniablement|incontest|indiscut|évidemment|manifestement|assurément|objectivement|pire|plus|meilleur|de loin|seul|doit|doivent|il faut";
        context::stems(stems, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let Some(field) = reading.text() else {
            return Vec::new();
        };
        let lower = field.lower();
        let mut hits: Vec<Hit> = Vec::new();
        let mut done = 0;
        for range in self.certain.find_in(lower) {
            let range = context::trimmed(lower, &range);
            if range.start < done {
                continue;
            }
            let sentence = context::sentence(lower, &range);
            if self.is_meant(lower, &range, &sentence) && !is_address(field, &range) {
                done = sentence.end;
                hits.push(hit(field, &range));
            }
        }
        if hits.is_empty() || self.own_view.is_in(lower) { Vec::new() } else { hits }
    }
}

impl Prepared {
    fn is_meant(&self, lower: &str, range: &Range<usize>, sentence: &Range<usize>) -> bool {
        let words = context::part(lower, sentence);
        let left = lower.get(sentence.start..range.start).unwrap_or_default();
        let taken_back =
            context::words_before(left, 1).any(|word| TAKEN_BACK.contains(&word) || word.ends_with("n't"));
        !taken_back
            && !context::asks(words)
            && !self.is_owned(lower, range, sentence)
            && !self.is_arranged(lower, range, sentence)
            && !context::is_quoted(lower, range)
    }

    /// What was found is about how things are done: not another part of the sentence, but its own words or the next.
    fn is_arranged(&self, lower: &str, range: &Range<usize>, sentence: &Range<usize>) -> bool {
        let reach = range.end.saturating_add(NEXT_WORDS);
        self.logistics.find_in(context::part(lower, sentence)).any(|found| {
            let (start, end) = (sentence.start + found.start, sentence.start + found.end);
            start <= reach && range.start <= end
        })
    }

    /// Somebody owns the sentence: not the words that were found, but others beside them.
    fn is_owned(&self, lower: &str, range: &Range<usize>, sentence: &Range<usize>) -> bool {
        let beside = [sentence.start..range.start, range.end..sentence.end];
        beside.iter().any(|side| self.owned.is_in(context::part(lower, side)))
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    Hit::at(field, range, "An opinion, stated as a fact: the sentence has neither a hedge nor an owner.")
        .showing(excerpt(field, range))
        .suggesting("Say whose view it is (\"we think\", \"à notre avis\"), or give the source.")
}
