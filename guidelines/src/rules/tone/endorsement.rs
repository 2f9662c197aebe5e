//! Whether a text sells something or praises one brand. It does not know any brand: it knows what selling sounds like.

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use super::context::{self, Words, excerpt, is_address, spoken};
use crate::{Check, Example, Field, Hit, Office, Reading, Wake, pattern, rule::rule};

rule!(
    Endorsement, "GP2.endorsement", version 1, "GP2", Warn,
    what: "Finds advertising, in English and French: calls to buy a product, promotion codes, affiliate links, sponsored posts, \
           and praise of one brand as the best or the only one to trust. Toolkits, free resources, tickets, thanks to funders and \
           advice for shoppers pass.",
    why: "Who posts for the office is taken for its ambassador; a public institution recommends no brand.",
    instead: "Describe what helps without naming or praising a brand, and leave discounts to the shops.",
    fires: [
        Example::of("Order your PulseBand now and use our code NURSE15 for 15% off!"),
        Example::of("GlucoSure is the only meter we trust."),
        Example::of("#ad These shoes keep our team on its feet"),
        Example::of("Buy the new CareWatch today."),
        Example::of("This post contains affiliate links."),
        Example::of("Achetez le CardioPlus dès maintenant avec notre code promo."),
    ],
    quiet: [
        Example::of("Use our toolkit to plan your visit. Free resources for all!"),
        Example::of("Use our code and data: everything is on GitHub."),
        Example::of("Thinking of buying a blood pressure monitor? Look for a validated one."),
        Example::of("Buy your ticket for the gala, in support of patient care."),
        Example::of("Our study is funded by CIHR and sponsored by the university."),
        Example::of("We recommend that you see your doctor once a year."),
    ],
);

/// Phrases that only selling has.
const SELLING: &[&str] = &[
    r"(?:use|with|enter|apply|try|and use|grab) (?:our|my|the|this|your|their) (?:promo|promotion|discount|coupon|referral|affiliate|partner|special|exclusive|voucher|team) ?codes?|(?:promo|discount|coupon|referral|affiliate|voucher) codes?",
    r"(?:use|with|enter|apply|using|mention) (?:our|my) (?:own |personal )?code|(?:use|enter|with|apply) (?:the )?code [a-z][a-z0-9]{2,}(?: (?:at checkout|for|to (?:get|save)|and (?:get|save)))",
    r"affiliate links?|lien(?:s)? (?:affiliés?|d'affiliation)|link in bio to (?:buy|shop|order)|(?:sponsored|paid) (?:post|content|partnership|promotion|tweet|thread|ad)|(?:this|today's) (?:post|thread|video|message|episode) is (?:proudly )?(?:sponsored|brought to you) by|proudly sponsored by|brought to you by|sponsored:|#ad|#sponsored|#sponsorisé|#spon|#paidpartnership|#partner ad|#pub|#commandité|#commandite|#collaborationcommerciale",
    r"(?:publication|contenu|partenariat|billet|message) (?:commanditée?|sponsorisée?|rémunérée?|publicitaire)|en collaboration commerciale|brand ambassadors?|ambassad(?:eur|rice) de (?:la )?marque",
    r"(?:order|shop|buy)(?:ing)? (?:now|yours|it now|yours now|here|online now|today|it today|one today|yours today|one now|from our (?:partners?|sponsors?|shop|store)|direct(?:ly)? from)|get (?:yours|one) (?:now|today|before|at|from|here)|go (?:and )?buy|(?:available|out) now (?:at|from|on) (?:amazon|walmart|costco|best buy|shoppers|london drugs|indigo|rexall)|(?:buy|purchase|order|get) (?:it|one|them|yours) (?:at|from|on) (?:amazon|walmart|costco|best buy|shoppers|london drugs|rexall)",
    r"(?:limited[ -]time|special|exclusive|introductory) (?:offer|discount|deal|price|savings)|(?:save|get|enjoy|take) \d{1,2} ?% (?:off )?(?:on|off|your|at|all|any|with)(?: [^.!?\n]{0,30})?(?:purchase|order|product|device|monitor|checkout|supplements?|subscription)s?|on sale (?:now|today)|free shipping|money-back|best price|lowest price",
    r"(?:the )?(?:best|top|finest|number one|no\. 1|#1|most trusted|most reliable|favou?rite|leading) (?:\w+[ -]){0,3}?(?:brands?|monitor|device|app|product|supplement|tracker|wearable|meter|vendor|supplier|company|scale|pump|inhaler|software|platform|smartwatch|watch|pharmacy|pill|cream) (?:on the market|money can buy|out there|you can (?:buy|get)|we (?:have|'ve) (?:ever )?(?:used|tried|tested)|around|available|by far|there is|in (?:canada|the world|the business)|for your money|hands down)|best brands?|(?:our|my) (?:favou?rite|go-to|preferred) (?:brand|vendor|supplier|product|company|store|shop|pharmacy)",
    r"(?:is |are |it's |'s )(?:simply |clearly |by far |still )?(?:the |our )?(?:only|one) (?:\w+ ){1,3}?(?:that )?(?:we|i|our (?:team|nurses|doctors|clinicians|staff|researchers|patients)) (?:trusts?|recommends?|uses?|would (?:trust|buy|use|recommend)|swears? by|rely on|believe in|endorse)",
    r"the only (?:\w+ ){0,3}?(?:we|i|our (?:team|nurses|doctors|clinicians|staff|researchers)) (?:trusts?|recommends?|would (?:trust|buy|use|recommend)|swears? by|rel(?:y|ies) on|endorses?)|(?:we|our (?:team|nurses|doctors|clinicians|staff)) (?:only|all|fully|always|wholeheartedly|proudly) (?:trust|trusts|buy|buys|swear by|endorse|endorses)|(?:we|i|our (?:team|nurses|doctors|clinicians|staff)) swears? by|you (?:won't|will not|can't) (?:find|buy|get) (?:a )?better (?:\w+ )?(?:monitor|device|app|product|brand|tracker|meter)|accept no substitutes?|(?:no|aucune?) (?:other|autre) (?:brand|monitor|device|app|product|tracker|meter|supplement|marque|produit|appareil|application) (?:comes close|compares|beats|can match|does it|does what|ne |arrive)|trust only|only trust",
    r"(?:code|coupon) (?:promo(?:tionnel)?|rabais|de réduction|d'escompte|de rabais)|(?:utilisez|entrez|avec|inscrivez) (?:notre|mon|le) code (?:promo|rabais|exclusif|de|[a-z]+\d+)|(?:notre|mon) code (?:promo|rabais|[a-z]+\d+)|(?:commandez|achetez|magasinez) (?:maintenant|dès maintenant|aujourd'hui|dès aujourd'hui|ici|le vôtre|la vôtre|vite|en ligne)|procurez-vous (?:le vôtre|la vôtre|dès)|en vente (?:maintenant|dès maintenant|chez|partout)|profitez de (?:l'offre|notre offre|ce rabais|cette offre|\d+ ?%)|offre (?:d'une durée limitée|exclusive|spéciale)|livraison gratuite",
    r"(?:la|notre|ma) (?:meilleure marque|marque (?:préférée|de confiance)|seule marque)|(?:le|la) (?:meilleure? |seule? )(?:[\p{L}]+ ){1,3}?(?:sur le marché|en qui nous avons confiance|que nous (?:recommandons|utilisons|achetons)|à qui nous faisons confiance)|nous ne faisons confiance qu'à|nous ne jurons que par",
];

/// Calls to buy, which need a name behind them.
const BUYING: &str = r"(?:^|[.!?:,;\n]\s*|\b(?:please|now|and|so|just|to|should|must|you can|can|we|We|nous|Nous) )(?P<m>(?:[Bb]uy|BUY|[Pp]urchase|[Oo]rder|[Pp]ick up|[Ss]witch to|[Ii]nvest in|[Cc]hoose|[Aa]chetez|[Cc]ommandez|[Pp]rocurez-vous|[Oo]ptez pour|[Cc]hoisissez|(?:fully |proudly )?endorse|(?:only|exclusively) recommend|recommend only|(?:recommandons|achetons) (?:seulement|uniquement))(?: (?:a|an|the|your|our|this|these|some|one|new|le|la|les|un|une|votre|ce|cette|nouveau|nouvelle|own|marque|brand)){0,3} (?P<name>(?:[A-Z][a-z]+[A-Z]\w*|[A-Z][\p{L}\d]+(?: [A-Z\d][\p{L}\d]*){0,3})[®™]?))";

/// Verbs that may also be said of a service: they count only before a name with signs of a brand.
const MILD: &[&str] = &["choose", "switch", "order", "pick", "invest", "optez", "choisissez", "commandez"];

/// What is not advertising although it sounds so.
const HARMLESS: &str = r"tickets?|billets?|code of (?:conduct|ethics|practice)|github|gitlab|licen[cs]e|data and code|code and data|open[ -]source|source code|r package|python|repositor(?:y|ies)|logiciel libre|code source|zoom|meeting|webinar|passcode|register|registration|inscription|poppy|poppies|local|season|seasonal|fruit|vegetables?|veggies|légumes|produce|raffle|loterie|tirage|before you buy|avant d'acheter|don't buy|do not buy|never buy|n'achetez pas|avoid|beware|scams?|counterfeit|fake|unapproved|contrefaits?|recall(?:ed)?|rappel";

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases of advertising.
    phrases: Vec<String>,
}

struct Prepared {
    selling: Words,
    buying: Regex,
    harmless: Words,
    more: Vec<String>,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = context::plain(&params.phrases);
    Ok(Box::new(Prepared {
        selling: Words::with(SELLING, &more)?,
        buying: pattern::exact_case(BUYING)?,
        harmless: Words::of(HARMLESS)?,
        more,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        let stems = "buy|purchas|order|shop|code|affili|sponsor|#ad|#spon|#paid|#pub|#comm|#coll|paid p|paid c|get yours|get one|brought to|brand|offer|discount|sale|shipping|best|trust|only|favorite|favourite|go-to|preferred|swear|better|substitut|available now|out now|% |money-back|price|finest|leading|number one|no. 1|#1|achet|command|magasin|procurez|vente|profitez|offre|livraison|marque|meilleur|seul|confiance|jurons|rémunér|publicit|switch to|choose|optez|choisissez|pick up|invest in|endors|link in bio";
        context::stems(stems, &self.more)
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        spoken(reading).filter_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    /// Once a field, at the first place: an advertisement says it in every sentence.
    fn field(&self, field: &Field<'_>) -> Option<Hit> {
        let lower = field.lower();
        let selling = self.selling.find_in(lower).find(|range| self.is_meant(lower, range));
        let range = selling.or_else(|| self.purchase(field))?;
        (!is_address(field, &range)).then(|| {
            Hit::at(field, &range, "This reads as advertising.")
                .showing(excerpt(field, &range))
                .suggesting("Describe what helps without selling or praising one brand.")
        })
    }

    fn is_meant(&self, lower: &str, range: &Range<usize>) -> bool {
        let sentence = context::sentence(lower, range);
        let words = context::part(lower, &sentence);
        let told = context::words_before(context::before(lower, range), 3).any(|word| {
            matches!(word, "no" | "not" | "never" | "without" | "don't" | "sans" | "aucun" | "aucune" | "pas")
        });
        !told && !context::asks(words) && !self.harmless.is_in(words) && !context::is_quoted(lower, range)
    }

    fn purchase(&self, field: &Field<'_>) -> Option<Range<usize>> {
        let folded = field.shadow.folded();
        self.buying.captures_iter(folded).find_map(|captures| {
            let (call, name) = (captures.name("m")?, captures.name("name")?);
            let verb = context::next_word(call.as_str()).to_lowercase();
            let branded = name.as_str().chars().skip(1).any(char::is_uppercase)
                && name.as_str().chars().any(char::is_lowercase)
                && !name.as_str().contains(' ')
                || name.as_str().ends_with(['®', '™']);
            let sure = branded || !MILD.contains(&verb.as_str());
            (sure && self.is_meant(field.lower(), &call.range())).then(|| call.range())
        })
    }
}
