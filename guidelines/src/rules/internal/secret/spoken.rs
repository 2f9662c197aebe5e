//! Passwords, passcodes, PINs and door codes told in words. It does not know keys that look random by themselves.

use std::ops::Range;

use crate::pattern::Regex;
use regex::Captures;

use super::{
    super::gate::Gate,
    Found,
    formats::trimmed,
    value::{Introduced, value},
};
use crate::{Field, pattern};

/// Words after which a password stands, in lower case.
const WORDS: &str = r"pass ?words?|pass[ \-]?codes?|pass[ \-]?phrases?|passwd|p/w|pwd|psw|pw|mots? de passe|mdp|phrase secrète|(?:wi-?fi|network|wlan|wpa2?|réseau|guest|hotspot) (?:key|code|pass|clé)|clé (?:du |de |d'|wpa|réseau)?(?:wi-?fi)?|code (?:du )?wi-?fi|login code|code secret";

/// A word, perhaps what it opens, then a sign or a verb.
const TOLD: &str = r#"(?:["')\]]{0,2})(?:\s?\([^)\n]{1,40}\))?(?:\s(?:for|to|of|on|this|today|tonight|until|pour|du|de|des|à|au)\b[^\n.:=?!"]{0,60}?)?(?:\s?(?:=>|->|→|=|:)\s?(?:is\s)?|\s(?:is|was|remains|stays|will be|est|sera|reste|set to|changed to|changé pour)(?:\s(?:now|still|set to|simply|just|maintenant|toujours))?\s?:?\s|\s?-\s)"#;

/// A user, then the password beside it.
const PAIR: &str = r#"\b(?:log ?-?ins?|log in|logon|sign in|credentials?|creds|user ?name|user|account|identifiants?|connexion|wi-?fi|network|ssid|réseau)(?:\s(?:is|with|as|using|avec|est))?\s?[:\-]?\s["'(]?(?P<u>[\p{L}0-9._@\-]{2,40}(?: [\p{L}0-9\-]{2,20})?)["']?\s?(?:\s/\s|\s\|\s|/|,? (?:and )?pass:?\s|\s:\s)\s?(?P<v>\S{4,40})"#;

/// A number that opens something.
const CODE: &str = r"\b(?:(?:access|door|entry|entrance|gate|alarm|lock ?box|lock|keypad|buzzer|security|unlock|building|office|room|garage|elevator|safe|cabinet|locker|verification|confirmation|one[ \-]time|login|2fa|mfa|sms|backup|recovery|host|moderator|chair(?:person)?|leader|organi[sz]er)[ \-](?:pass)?(?:key ?code|codes?|pin|combination|key)|(?:code|combinaison) (?:d'accès|de (?:la |l')?(?:porte|sécurité|vérification|barrière)|d'entrée|d'alarme|du (?:cadenas|coffre|système)|d'hôte|nip|pin)|otp|pin (?:code|number|no\.?)|(?:numéro|code) (?:nip|pin)|nip|pin)\b(?:\s?\([^)\n]{1,30}\))?(?:\s(?:for|to|of|on|pour|de|du)\b[^\n.:=?!0-9]{0,40}?)?\s?(?P<s>:|=|#|\sis\s|\sest\s|-|\s)\s?(?P<v>[*#]?[0-9][0-9\- ]{2,11}[0-9]?[#*]?|[a-z]?[0-9][0-9a-z\-]{3,11})";

/// A code of a door that is named elsewhere in the sentence.
const DOOR: &str = r"\bcode\s?:?\s(?P<v>[*#]?[0-9]{4,8}[#*]?)(?:$|[^0-9\w])";
const DOORS: &str = r"\b(?:doors?|gate|building|entrance|lock ?box|keypad|padlock|alarm|elevator|porte|entrée|barrière|cadenas|alarme|ascenseur)\b";

/// Calls that many people dial into: their numbers are given out on purpose.
const DIALLED: &str = r"\b(?:dial|conference|toll[ \-]free|call[ \-]in|composez|conférence|discount|promo|coupon|postal|zip|rabais)";

/// What shows that a password is spoken of as a bad or a good one.
const ADVICE: &str = r"\b(?:if your|is your|are your|avoid|never use|don't use|do not use|stop using|worst|weak|common(?:ly)?|guess\w*|crack\w*|hackers?|such as|(?:passwords?|ones?|something) like|e\.g\.?|for example|an example|for instance|instead of|rather than|better than|strong(?:er)? passwords?|(?:a|what makes a|is a) good|good passwords?|still using|most popular|leaked passwords|évitez|n'utilisez|faible|courants?|par exemple|plutôt que|si votre|robuste|devin\w*)\b";

/// No password at all, or somebody else's: right before the word.
const DENIED: &str = r"(?:\b(?:no|without|forgot(?:ten)?|forget|reset(?:ting)?|lost|share|sharing|any|change|changing|every|one|strong|good|better|best|world|sans|aucun|oublié(?: votre| son)?|partagez|changez)(?:\s(?:your|a|the|their|my|votre|le|son|de|new))?|\bof the day)\s$";

/// Surroundings in which even a plain word is a password.
const CONTEXT: &str = r"\b(?:wi-?fi|guest|invité|log ?in|log in|user(?:name)?|zoom|webex|meeting|réunion|network|réseau|door|porte|portal|portail|room|salle|webinar|webinaire|stream|dashboard|account|compte|admin|site|server|serveur|link|lien|recording|video|file|folder|zip|pdf|survey|sondage)\b";

/// For each of the patterns, words of which one stands in it.
const GATES: [&str; 5] = [
    "app password,app passwords,application password",
    "passw,pass w,passcode,pass code,pass-code,passphrase,pass phrase,pass-phrase,pass,p/w,pwd,psw,pw,passe,mdp,phrase secrète,wifi,wi-fi,\
     code secret,network,wlan,wpa,réseau,guest,hotspot,login code",
    "login,log in,log-in,logon,sign in,credential,creds,user,account,identifiant,connexion,wifi,wi-fi,network,ssid,réseau",
    " code,-code,code ,codes,keycode,combin, key,-key,otp,pin,nip",
    "code",
];

/// The compiled words.
#[derive(Debug)]
pub(super) struct Spoken {
    told: Regex,
    beside: Regex,
    apart: Regex,
    pair: Regex,
    code: Regex,
    door: Regex,
    doors: Regex,
    dialled: Regex,
    advice: Regex,
    denied: Regex,
    context: Regex,
    public: Regex,
    app: Regex,
    gate: Gate,
}

impl Spoken {
    pub(super) fn compile(more: &[String]) -> Result<Self, String> {
        let own = GATES
            .get(1)
            .copied()
            .into_iter()
            .chain(more.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join(",");
        let more: Vec<String> =
            std::iter::once(String::new()).chain(more.iter().map(|word| regex::escape(word))).collect();
        let more = more.join("|");
        // A name in a program may begin it: `db_password`, `smtpPassword`.
        let words = format!(r"(?:\b|_|[a-z]{{2,8}})(?P<w>(?:{WORDS}{more}|pass))");
        let gates =
            GATES.iter().enumerate().map(|(index, words)| if index == 1 { own.as_str() } else { words });
        Ok(Self {
            gate: Gate::of(gates)?,
            told: pattern::exact_case(&format!("{words}{TOLD}"))?,
            beside: pattern::exact_case(&format!(r"(?:\b|--?)(?P<w>(?:{WORDS}{more}|pass))\s"))?,
            apart: pattern::exact_case(&format!(
                r#"\b(?P<w>(?:{WORDS}{more}))(?:\s[^\n.:=?!"]{{2,44}}:|\?)\s"#
            ))?,
            pair: pattern::exact_case(PAIR)?,
            code: pattern::exact_case(CODE)?,
            door: pattern::exact_case(DOOR)?,
            doors: pattern::exact_case(DOORS)?,
            dialled: pattern::exact_case(DIALLED)?,
            advice: pattern::exact_case(ADVICE)?,
            denied: pattern::exact_case(DENIED)?,
            context: pattern::exact_case(CONTEXT)?,
            public: pattern::exact_case(
                r"\b(?:webinar|webinaire|public|join us|register|everyone|everybody|all (?:are )?welcome|open to|free|rejoignez|inscri\w*|ouvert)\b",
            )?,
            app: pattern::exact_case(
                r"\bapp(?:lication)? passwords?\s?(?::|=|is|-)?\s?(?P<v>[a-z0-9]{4}(?:[ \-][a-z0-9]{4}){3})\b",
            )?,
        })
    }

    /// The secrets in a field.
    pub(super) fn find(&self, field: &Field<'_>) -> Vec<Found> {
        let lower = field.lower();
        let worth = self.gate.worth(lower);
        let mut found = Vec::new();
        for captures in matches(&self.app, lower, worth.is(0)) {
            found.extend(captures.name("v").map(|value| secret(value.range(), "a password", "app password")));
        }
        for captures in matches(&self.told, lower, worth.is(1)) {
            found.extend(self.password(field, &captures, introduction(&captures)));
        }
        for captures in matches(&self.beside, lower, worth.is(1)) {
            found.extend(self.password(field, &captures, Introduced::Blank));
        }
        for captures in matches(&self.apart, lower, worth.is(1)) {
            found.extend(self.password(field, &captures, Introduced::Blank));
        }
        for captures in matches(&self.pair, lower, worth.is(2)) {
            found.extend(paired(field, &captures));
        }
        for captures in matches(&self.code, lower, worth.is(3)) {
            found.extend(self.numbered(field, &captures));
        }
        for captures in matches(&self.door, lower, worth.is(4)) {
            let Some(value) = captures.name("v") else { continue };
            let sentence = sentence(field, &value.range());
            let year =
                value.len() == 4 && (value.as_str().starts_with("19") || value.as_str().starts_with("20"));
            if !year && self.doors.is_match(sentence) && !self.dialled.is_match(sentence) {
                found.push(secret(value.range(), "a door code", "code"));
            }
        }
        found
    }

    fn password(&self, field: &Field<'_>, captures: &Captures<'_>, how: Introduced) -> Option<Found> {
        let (whole, word) = captures.get(0).zip(captures.name("w"))?;
        let lower = field.lower();
        let place = field.shadow.sentence_around(&word.range());
        let before = lower.get(place.start..word.start()).unwrap_or_default();
        let after = lower.get(word.end()..place.end).unwrap_or_default();
        if self.denied.is_match(before) && how != Introduced::Sign {
            return None;
        }
        let in_context = self.context.is_match(before) || self.context.is_match(after);
        let text = field.shadow.folded();
        let range = value(text, whole.end(), how, in_context)?;
        if word.as_str() == "pwd" && self.is_invitation(field, word.start()) {
            return None;
        }
        // What stands beside "pass" may as well be a boarding pass or its number.
        let mixed = |token: &str| {
            token.bytes().any(|b| b.is_ascii_digit()) && token.bytes().any(|b| b.is_ascii_alphabetic())
        };
        if word.as_str() == "pass" && !text.get(range.clone()).is_some_and(mixed) {
            return None;
        }
        // What comes after the value says nothing of it.
        let between = lower.get(word.end()..range.start).unwrap_or_default();
        let advised = self.advice.is_match(before) || self.advice.is_match(between);
        (!advised).then(|| secret(range, "a password", "password"))
    }

    /// Whether a password inside an address lets everybody into a public meeting.
    fn is_invitation(&self, field: &Field<'_>, at: usize) -> bool {
        let lower = field.lower();
        let address =
            lower.get(..at).and_then(|before| before.rsplit(char::is_whitespace).next()).unwrap_or_default();
        address.contains("zoom.us/") && self.public.is_match(sentence(field, &(at..at)))
    }

    fn numbered(&self, field: &Field<'_>, captures: &Captures<'_>) -> Option<Found> {
        let (whole, sign, found) = (captures.get(0)?, captures.name("s")?, captures.name("v")?);
        let range = trimmed(field.lower(), found.range());
        let part = field.lower().get(range.clone())?;
        let range = range.start..range.start + part.trim_end_matches(['-', ' ']).len();
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let word = field.shadow.part(&(whole.start()..sign.start()));
        let loose = sign.as_str().trim().is_empty() && matches!(word, "pin" | "Pin" | "nip" | "Nip");
        let follows = field.lower().get(range.end..).and_then(|rest| rest.chars().next());
        let spills = follows.is_some_and(char::is_alphanumeric);
        let blank = sign.as_str().trim().is_empty();
        // "Building code 2018" is a law; a PIN may well be a year.
        let year = blank && digits == 4 && (part.starts_with("19") || part.starts_with("20"));
        let opens = ["pin", "nip", "door", "gate", "alarm", "entry", "code"];
        let law = year && !opens.iter().any(|word| whole.as_str().starts_with(word));
        let hosts = ["host", "moderator", "leader", "chair", "organi"];
        let hosted = hosts.iter().any(|word| whole.as_str().starts_with(word));
        let dialled = !hosted && self.dialled.is_match(sentence(field, &range));
        if digits < 3 || loose || spills || law || dialled {
            return None;
        }
        (digits > 3 || part.ends_with(['#', '*'])).then(|| secret(range, "a code", "code or PIN"))
    }
}

fn paired(field: &Field<'_>, captures: &Captures<'_>) -> Option<Found> {
    let (user, found) = captures.name("u").zip(captures.name("v"))?;
    let between = field.lower().get(user.end()..found.start()).unwrap_or_default();
    let glued = between == "/";
    // `host.example/page2` is an address, not a user with a password.
    if glued && (user.as_str().contains('.') && !user.as_str().contains('@') || user.as_str().contains(' ')) {
        return None;
    }
    let range = value(field.shadow.folded(), found.start(), Introduced::Blank, true)?;
    let token = field.shadow.part(&range);
    let digits = token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    (!digits && !token.contains('/')).then(|| secret(range, "a password", "a user's name"))
}

/// The matches of a pattern that is worth running.
fn matches<'t>(pattern: &Regex, text: &'t str, worth: bool) -> Vec<Captures<'t>> {
    if worth { pattern.captures_iter(text).collect() } else { Vec::new() }
}

fn secret(range: Range<usize>, what: &'static str, near: &'static str) -> Found {
    Found { range, what, near: Some(near), sure: false }
}

fn introduction(captures: &Captures<'_>) -> Introduced {
    let told = captures.get(0).map_or("", |whole| whole.as_str()).trim_end();
    if told.ends_with([':', '=', '>', '→']) { Introduced::Sign } else { Introduced::Verb }
}

fn sentence<'f>(field: &'f Field<'_>, range: &Range<usize>) -> &'f str {
    field.lower().get(field.shadow.sentence_around(range)).unwrap_or_default()
}
