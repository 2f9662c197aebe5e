//! Whether words name the office or an initiative of it, and whether they say that somebody belongs to it.
//! It does not know who that is.

use crate::pattern::Regex;

use crate::{Field, Office, Shadow, Surroundings, pattern};

/// Words of names that any office's name has.
const COMMON: &str = " of the for and de du des la le les et pour à in at on a an l d ";

/// Ways of saying that one belongs to whatever is named around them.
const BELONGS: &str = r"\b(?:i (?:\w+ly )?(?:work|volunteer|consult|write|speak|post|tweet) (?:at|for|on|with|in)|(?:i|we) (?:\w+ly )?(?:also )?(?:coordinate|lead|run|manage|direct|head|oversee|supervise|represent|co-?lead|help (?:run|lead|coordinate)|am (?:part|responsible)|joined|do (?:research|outreach|communications|comms))\b|i(?:'m| am) (?:(?:a|an|the|one of the) )?[a-z ,-]{0,40}?\b(?:at|of|for|with|on)\b|my (?:work|job|role|team|colleagues?|project|office|employer)\b|we at|here at|on behalf of|speaking (?:for|as)|(?:as|being) (?:a|an|the) [a-z ,-]{2,40}? (?:at|of|for|with|on)\b|(?:our|notre) (?:office|team|bureau|équipe),|our (?:team|office|project|study|staff|colleagues) (?:at|of|here)|(?:officer|coordinator|manager|lead|director|researcher|nurse|scientist|analyst|assistant|staff|communications|comms|team)(?:,| at| of| for| with| @)|je (?:travaille|collabore|suis bénévole|parle|publie|écris) (?:à|au|aux|chez|pour|sur|avec|dans)\b|je (?:coordonne|dirige|gère|anime|représente|supervise|mène|pilote)\b|je suis [a-z éèê'-]{2,40}? (?:à|au|chez|pour|de|du)\b|(?:mon|notre) (?:équipe|travail|bureau|projet|employeur)|au nom d[eu']|en tant que|(?:agente?|coordonnat(?:eur|rice)|gestionnaire|chercheu(?:r|se)|chargée? de [a-zé']+|directeur|directrice|responsable|membre)\b)";

/// What recognises an office.
pub(super) struct Naming {
    names: Vec<Name>,
    belongs: Regex,
    office: Office,
}

struct Name {
    whole: String,
    joined: String,
    pairs: Vec<String>,
    initials: String,
}

impl Naming {
    /// By an office's names, hosts and mail addresses.
    pub(super) fn of(office: &Office) -> Result<Self, String> {
        Ok(Self {
            names: office.names().iter().filter_map(|name| Name::of(name)).collect(),
            belongs: pattern::any_case(BELONGS)?,
            office: office.clone(),
        })
    }

    /// Whether a field names the office or the initiative in any way.
    pub(super) fn is_named(&self, field: &Field<'_>, around: &Surroundings) -> bool {
        let words = spaced(field.lower());
        let initiative = around.initiative.as_ref().map(|initiative| initiative.name.as_str());
        let project = initiative.and_then(Name::of);
        let named = |name: &Name| {
            words.contains(&name.whole)
                || name.pairs.iter().any(|pair| words.contains(pair))
                || has_word(field.shadow.folded(), &name.initials)
        };
        self.names.iter().chain(&project).any(named)
            || project.iter().chain(&self.names).any(|name| is_tagged(field, name))
            || self.links_home(field)
    }

    /// Whether a field says that its author belongs to the office or the initiative.
    pub(super) fn belongs(&self, field: &Field<'_>, around: &Surroundings) -> bool {
        self.belongs.is_match(field.shadow.folded())
            && (self.names.is_empty() || self.is_named(field, around))
    }

    fn links_home(&self, field: &Field<'_>) -> bool {
        field.links().iter().any(|link| {
            let bare = link.text.split("://").last().unwrap_or_default();
            let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
            self.office.is_public_host(host)
        }) || field.lower().split_whitespace().any(|word| {
            let address = word.trim_matches(|c: char| !c.is_alphanumeric());
            address.contains('@') && address.contains('.') && self.office.owns_email(address)
        })
    }
}

impl Name {
    fn of(name: &str) -> Option<Self> {
        let shadow = Shadow::of(name);
        let lower = shadow.lower();
        let whole = spaced(&lower);
        let content: Vec<&str> =
            whole.split(' ').filter(|word| !word.is_empty() && !COMMON.contains(&spaced(word))).collect();
        if content.is_empty() || (content.len() == 1 && whole.trim().chars().count() < 3) {
            return None;
        }
        let pairs = if content.len() < 3 { Vec::new() } else { pairs(&whole, &content) };
        let letters: String = content.iter().filter_map(|word| word.chars().next()).collect();
        let initials = if content.len() < 3 { String::new() } else { letters.to_uppercase() };
        Some(Self { joined: content.concat(), pairs, initials, whole })
    }
}

/// Two words of a name that stand beside one another in it, as they stand.
fn pairs(whole: &str, content: &[&str]) -> Vec<String> {
    let beside = content.iter().zip(content.iter().skip(1));
    beside
        .filter_map(|(first, second)| {
            let from = whole.find(&spaced(first))?;
            let rest = whole.get(from..)?;
            let to = rest.find(&spaced(second))?;
            let pair = rest.get(..to + second.len() + 2)?;
            let generic = ["office", "strategy", "research", "health", "university", "centre", "center"];
            let telling = !generic.contains(first) || !generic.contains(second);
            telling.then(|| pair.to_owned())
        })
        .collect()
}

/// Whether a tag or a mention is made of a name: `#sleepwell`, `@ehealthstrategy`.
fn is_tagged(field: &Field<'_>, name: &Name) -> bool {
    let tags = field.shadow.tags();
    let mentions = field.shadow.mentions();
    let handles = tags.iter().map(|tag| tag.text).chain(mentions.iter().map(|mention| mention.text));
    handles.into_iter().any(|handle| {
        let bare: String = handle.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        bare.chars().count() >= 6 && (name.joined.contains(&bare) || bare.starts_with(&name.joined))
    })
}

/// Whether an acronym stands in a text as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    word.len() > 2 && text.split(|c: char| !c.is_alphanumeric()).any(|found| found == word)
}

/// Words in lower case between single spaces.
fn spaced(lower: &str) -> String {
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    [" ", &words.join(" "), " "].concat()
}
