//! Whether a text promises health. It does not know medicine: it knows what an absolute promise sounds like.

use std::ops::Range;

use serde::Deserialize;

use super::context::{self, Words, excerpt, is_address, spoken};
use crate::{Check, Example, Field, Hit, Office, Reading, Wake, rule::rule};

rule!(
    HealthClaim, "GP1.health-claim", version 1, "GP1", Warn, reads: [Bio],
    what: "Finds absolute promises about health, in English and French: cures, guarantees, \"100 % safe\", \"proven\", miracles, \"no \
           side effects\". Denied, questioned and searched-for ones pass, and so do measured results and claims with a source (a DOI, \
           a trial number, a link to a paper).",
    why: "People act on what a health office says: an opinion or a hope must not look like a fact.",
    instead: "Say what was measured, in whom, and link the source.",
    fires: [
        Example::of("Our app cures insomnia."),
        Example::of("Better sleep, guaranteed!"),
        Example::of("The patch is 100 % safe."),
        Example::of("The new inhaler is 100% safe and keeps you out of the emergency room."),
        Example::of("Guaranteed to take the stress out of sleep"),
        Example::of("A miracle treatment for back pain, now at our clinic"),
        Example::of("Clinically proven to stop migraines"),
        Example::of("Un traitement sans aucun risque."),
    ],
    quiet: [
        Example::of("There is no cure for dementia yet, but support helps."),
        Example::of("Is any vaccine 100% safe? Ask our pharmacist."),
        Example::of("Proven to lower blood pressure by 4 mmHg: https://doi.org/10.1000/example"),
        Example::of("Run for the cure with our team on Sunday!"),
        Example::of("A proven leader joins our office."),
        Example::of("Places are not guaranteed: register early."),
    ],
);

/// Promises that are promises wherever they stand.
const PROMISES: &[&str] = &[
    r"(?:100|one hundred|a hundred|cent|99\.9+) ?(?:%|percent|per cent|pour cent)[ -]?(?:safe|effective|accurate|natural|proven|reliable|risk[- ]free|success(?:ful)?|cure|guaranteed|sûre?s?|sécuritaires?|efficaces?|naturel(?:le)?s?|fiables?|garantie?s?|prouvée?s?|sans (?:aucun )?(?:risque|danger))",
    r"(?:completely|totally|perfectly|absolutely|entirely|utterly) (?:safe|harmless|risk[- ]free|effective|painless)|(?:complètement|totalement|parfaitement|absolument|tout à fait) (?:sûre?s?|sécuritaires?|inoffensi(?:f|ve)s?|sans (?:danger|risque)|efficaces?)",
    r"(?:clinically|scientifically|medically|fully|100% |completely)[ -]proven|(?:cliniquement|scientifiquement|médicalement) (?:prouvée?s?|démontrée?s?|éprouvée?s?)|(?:has|have|is|are|been|was) proven to|(?:proven|guaranteed) to (?:cure|stop|prevent|reduce|lower|improve|heal|treat|reverse|end|eliminate|work|help|save|boost|increase|keep|protect|make|relieve|ease|cut|fix|extend)|prouvée?s? (?:pour|contre|qu')|proves? (?:that )?(?:\w+ )?(?:works|cures|prevents|stops)",
    r"(?:no|zero|without|free of|free from)(?: any| known| absolutely any)? (?:side[- ]effects?|health risks?|risk to (?:your|you|patients)|adverse effects?)|zero risk|no risk (?:at all|whatsoever|to (?:you|your|patients))|without (?:any )?risks?|sans (?:aucun |aucuns )?(?:effets? (?:secondaires?|indésirables?))|sans (?:aucun|le moindre) (?:risque|danger)|aucun (?:effet secondaire|risque|danger)|zéro (?:risque|effet secondaire)",
    r"(?:miracle|wonder|magic|miraculous)[ -](?:cures?|drugs?|treatments?|pills?|therap(?:y|ies)|remed(?:y|ies)|foods?|app|solution|diet|device|supplements?|results?|bullet)|(?:remède|traitement|pilule|solution|régime|médicament|cure|produit|application)s?[ -](?:miracle|miraculeux|miraculeuse|magique)s?|works (?:like (?:a )?(?:magic|miracle)|miracles|wonders|every time|for everyone|for every patient|instantly)|(?:is|are|be|it's) (?:a|nothing short of a|truly a) miracle|fait des miracles|(?:est|c'est) un (?:vrai |véritable )?miracle",
    r"(?:cures|heals) (?:\w+|[\p{L}-]+)|(?:can|will|could|that|to|and|really|actually|now|finally|instantly|permanently|completely|totally|naturally) (?:cure|cures|cured|heal|heals)(?: (?:your|the|all|any|every|most|type|heart|cancer|diabetes|[\p{L}-]+))|(?:is|are|was|were|been|be|get|gets|got|totally|completely|fully|permanently|finally) cured|(?:the|a|an|our|real|only|natural|permanent|instant|guaranteed|complete|new|first|true|simple|total) cure (?:for|to|against|is here|exists)|(?:we|they|scientists|researchers|doctors|our team|have|has) (?:finally )?(?:found|discovered|have) (?:a|the) cure|cure-?all|never (?:be|get|end up) (?:readmitted|hospitali[sz]ed|sick|ill|in hospital|in the hospital)|(?:say goodbye to|never (?:suffer|worry|get sick|have|feel)|forget about) (?:\w+ ){0,3}?(?:pain|diabetes|cancer|heart failure|migraines?|sick|again|arthritis|insomnia|anxiety|depression|asthma)",
    r"(?:reverses?|reversed|eliminates?|eradicates?|wipes? out|banishes|destroys?|abolishes|gets? rid of|melts away|stops?) (?:your |all |the |type 2 |type two |any |every |chronic )*(?:diabetes|cancer|dementia|alzheimer's|heart (?:disease|failure|attacks?)|aging|ageing|pain|tumou?rs?|depression|anxiety|obesity|hypertension|arthritis|strokes?|asthma|toxins|risk of (?:\w+ ?){1,3}|infections?|addiction|readmissions?)|(?:prevents?|stops?|cures?|treats?) (?:all|every|any|100 ?%) (?:\w+ )?\w+|(?:completely|totally|fully|always|permanently) (?:prevents?|protects?|reverses?|eliminates?|removes?|heals?|restores?)|never fails|always works|fool-?proof|detox(?:es|ifies)? your|boosts? your immun\w+|instant (?:relief|results|cure|healing)|will (?:definitely |certainly |surely )?save your life|(?:live|living) forever|add \w+ years to your life",
    r"(?:guérit|guérissent|guérira|guérir|élimine|éliminent|éradique|fait disparaître|inverse|renverse|soigne|met fin à)(?: (?:définitivement|complètement|totalement|instantanément|vraiment))? (?:le |la |les |l'|votre |vos |tous |toutes |tout |toute |du |de |des )*(?:diabète|cancer|démence|alzheimer|insuffisance|maladies?|douleurs?|dépression|anxiété|obésité|hypertension|arthrite|asthme|migraines?|insomnie|toxines|covid|grippe|rhume|dos|alzheimer|mal|maux|patients?|dépendance|stress)|guérison (?:garantie|assurée|complète|totale|miracle)|(?:enfin|voici|le|un) remède (?:contre|à|au|définitif)|soulagement (?:garanti|instantané|immédiat)|marche à tous (?:les )?coups|fonctionne (?:toujours|à tout coup|pour tout le monde)",
];

/// Words that promise only next to something of health.
const LOOSE: &str = r"guarantees?|guaranteed|we promise|i promise|promises to|proven|risk[- ]free|miracles?|garantie?s?|garantissons|garantit|garantissent|prouvée?s?|sans risques?|infaillibles?|surefire|sure-fire";

/// What is of health.
const HEALTH: &str = r"results?|relief|heal(?:s|th|thy|thier|ing)?|safe|safety|safer|recover(?:y|s)?|weight|pain|improve(?:s|d|ments?)?|treat(?:s|ed|ments?)?|symptoms?|prevents?|prevention|lowers?|reduc(?:es?|ing|tion)|sleep|blood|pressure|works?|effective|heart|diabetes|cancer|readmi\w+|patients?|vaccines?|drugs?|medicines?|medications?|therapy|therapies|remed(?:y|ies)|cure|diet|app|monitoring|device|trial|surgery|pill|supplements?|better|well|sick|disease|illness|stress|anxiety|depression|mood|success|lives|life|immun\w*|migraines?|anti-?aging|hospital|résultats?|soulagement|guérison|santé|sécuritaire|douleurs?|traitements?|efficac\w+|symptômes?|sommeil|cœur|coeur|diabète|vaccins?|médicaments?|thérapie|remède|régime|application|mieux|maladie|poids|perte|succès|vie|pression|hospitalisation|méthode|method|formula|technique|solution|bras";

/// What may be guaranteed or proven and is no promise of health.
const OTHER: &str = r"confidential\w*|anonym\w*|privacy|private|spots?|seats?|places?|income|admission|funding|delivery|reply|response|fun|smiles?|coffee|snacks?|parking|track record|leaders?|leadership|partners?|ability|experience|skills?|expertise|winners?|satisfaction|laughs?|network|baby|street|jobs?|wage|free trial|revenu|confidentialité|anonymat|vie privée|place|places|emploi|plaisir|expérience|feuille de route|equal|rights?|charter|access to|accès|droits?|loan|rates?";

/// What takes a promise back, in its sentence.
const TAKEN_BACK: &str = r"no (?:known |simple |single |such thing as |one |magic |miracle |quick )*(?:cures?|guarantees?|miracles?|treatment|vaccine|medicine|test|drug|method|therapy|diet|pill|app|magic|wonder)|not|never|cannot|can't|won't|isn't|aren't|doesn't|don't|wasn't|didn't|nothing|none|nobody|neither|nor|unproven|unlikely|myths?|beware|be wary|wary|avoid|too good to be true|scams?|so-called|false|fake|misleading|misinformation|claims? (?:that|to|of)|claiming|claimed|promis(?:es|ing) (?:of|a|to)|ads? (?:for|that|promising)|sceptical|skeptical|red flags?|watch out|if (?:someone|something|a|an|it)|search(?:ing)? for|looking for|find(?:ing)? a|toward|towards|closer to|race for|run for|walk for|ride for|hope(?:s|d|ful)?|aim(?:s|ed|ing)? to|working (?:to|on)|work to|try(?:ing)? to|seeks?|seeking|may|might|could|someday|one day|whether|can we|dream|future|until|research into|bands?|meats?|ham|bacon|concrete|cheese|festival|fund|foundation|pas|aucune? (?:remède|traitement|garantie|cure|vaccin|médicament|preuve|test)|jamais|ne|n'est|n'y|n'existe|mythes?|méfiez|faux|fausse|fausses|arnaques?|trompeu\w+|espér\w+|espoir|cherch\w+|recherche (?:d'|de)|pourrait|pourraient|si (?:on|quelqu'un|un|une)|soi-disant|prétend\w*|course|marche pour";

/// Where a claim has its source.
const SOURCE: &str = r"doi\.org|\bdoi:|\b10\.\d{4,9}/|pubmed|ncbi\.nlm|pmid|cochrane|nejm\.org|bmj\.com|cmaj|jamanetwork|thelancet|nature\.com|plos|medrxiv|biomedcentral|springer|wiley\.com|sciencedirect|tandfonline|jmir|clinicaltrials|\bnct\d{8}|isrctn|who\.int|canada\.ca|arxiv|(?:paper|study|article|trial|source|reference|references|evidence|findings|publication|published|journal|results|report|systematic review|meta-analysis|étude|article scientifique|essai|publiée?|revue|preuves|résultats|rapport)\b[^.!?\n]{0,40}(?:https?://|www\.|[a-z0-9-]+\.(?:ca|org|com|net|io|edu)\b)";

/// Where a claim is a measurement.
const MEASURED: &str = r"\d[^.!?\n]{0,60}\b(?:of|in|among|sur|des|chez) (?:the |our |les |nos )?\d[\d, ]*\b|\b\d+(?:[.,]\d+)? ?(?:%|percent|per cent|pour cent)(?: (?:of|des|de nos) |[^.!?\n]{0,50}\b(?:fewer|lower|less|more|higher|reduction|de moins|de plus)\b)|\bci \d|\bp ?[<=] ?0|\bn ?= ?\d|\b(?:trial|study|cohort|sample|essai|étude|cohorte) (?:of|with|with over|de|avec|auprès de) \d";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that promise too much.
    promises: Vec<String>,
}

struct Prepared {
    promises: Words,
    loose: Words,
    health: Words,
    other: Words,
    taken_back: Words,
    source: regex::Regex,
    measured: regex::Regex,
    more: Vec<String>,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = context::plain(&params.promises);
    let ascii = |source: &str| context::compiled(&source.replace(r"\b", r"(?-u:\b)"));
    Ok(Box::new(Prepared {
        promises: Words::with(PROMISES, &more)?,
        loose: Words::of(LOOSE)?,
        health: Words::of(HEALTH)?,
        other: Words::of(OTHER)?,
        taken_back: Words::of(TAKEN_BACK)?,
        source: ascii(SOURCE)?,
        measured: ascii(MEASURED)?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let stems = "100|hundred|cent|99.9|% safe|completely|totally|perfectly|absolutely|entirely|utterly|complètement|totalement|parfaitement|absolument|tout à fait|prove|prouv|démontré|éprouvé|side effect|side-effect|health risk|no risk|zero risk|risk to|risk|risque|adverse|effets|effet|zéro|miracle|miracul|wonder|magic|magique|cure|heal|guéri|reverse|eliminat|eradicat|wipe|banish|destroy|get rid|gets rid|melts|stop|prevent|treats|never|always|fool|detox|immun|instant|save your life|forever|years to your|élimin|éradique|disparaître|inverse|renverse|soigne|met fin|remède|soulagement|à tous|fonctionne|guarant|promise|garanti|infaillible|surefire|sure-fire|goodbye|forget about|permanently|works|danger|abolish";
        context::stems(stems, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = spoken(reading).flat_map(|field| self.field(field)).collect();
        // A source stands for the whole post, and is looked for only where there is something to back.
        if !hits.is_empty() && reading.fields.iter().any(|field| self.source.is_match(field.lower())) {
            hits.clear();
        }
        hits
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let lower = field.lower();
        let promised = self.promises.find_in(lower).filter(|range| self.is_meant(lower, range));
        let loose = self
            .loose
            .find_in(lower)
            .filter(|range| self.is_of_health(lower, range) && self.is_meant(lower, range));
        let mut found: Vec<Range<usize>> =
            promised.chain(loose).filter(|range| !is_address(field, range)).collect();
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|range| {
            let apart = range.start >= end;
            end = end.max(range.end);
            apart
        });
        found.iter().map(|range| hit(field, range)).collect()
    }

    fn is_of_health(&self, lower: &str, range: &Range<usize>) -> bool {
        let sentence = context::part(lower, &context::sentence(lower, range));
        self.health.is_in(sentence) && !self.other.is_in(sentence)
    }

    /// Whether something in a sentence was measured; a whole hundred per cent was not.
    fn is_measured(&self, sentence: &str) -> bool {
        self.measured.find_iter(sentence).any(|found| {
            let rest = found.as_str().strip_prefix("100").map(str::trim_start).unwrap_or_default();
            !["%", "per", "pour"].iter().any(|sign| rest.starts_with(sign))
        })
    }

    fn is_meant(&self, lower: &str, range: &Range<usize>) -> bool {
        let sentence = context::sentence(lower, range);
        let words = context::part(lower, &sentence);
        // What takes it back stands before the promise, or takes back the whole sentence from its end.
        let before = lower.get(sentence.start..range.start).unwrap_or_default();
        let after = lower.get(range.end..sentence.end).unwrap_or_default();
        let promise = context::part(lower, range);
        let denied = self.taken_back.is_in(before)
            || context::words_before(before, 1)
                .any(|word| matches!(word, "no" | "not" | "non" | "un" | "aucun" | "aucune" | "pas"))
            || promise.starts_with("no ") && before.contains("there is")
            || [
                "is a myth",
                "are myths",
                "does not exist",
                "doesn't exist",
                "is not",
                "isn't",
                "too good to be true",
                "n'existe pas",
                "est un mythe",
                "are false",
                "is false",
                "rate",
                "meat",
                "foundation",
            ]
            .iter()
            .any(|denial| after.contains(denial))
            || is_taken_back_inside(promise);
        !denied && !context::asks(words) && !self.is_measured(words) && !context::is_quoted(lower, range)
    }
}

/// "could cure", "cured meat": the promise's own words take it back.
fn is_taken_back_inside(promise: &str) -> bool {
    ["could ", "ne "].iter().any(|start| promise.starts_with(start))
        || ["cured meat", "cured ham"].iter().any(|food| promise.contains(food))
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    Hit::at(field, range, "An absolute promise about health, without a source.")
        .showing(excerpt(field, range))
        .suggesting("Say what was measured, in whom, and link the source.")
}
