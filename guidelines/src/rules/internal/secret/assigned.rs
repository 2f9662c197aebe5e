//! Values that look random and stand after a name such as `api_key`, token or secret.
//! It does not know passwords, which need not look random.

use crate::pattern::Regex;

use super::{super::gate::Gate, Found, formats::trimmed};
use crate::pattern;

/// Words of which one stands in every name.
const WORDS: &str = "key,token,secret,jeton,clé,credential,_auth,sessionid,sessid";

/// A name, then a sign that gives it a value. Read in lower case.
const ASSIGNED: &str = r#"(?:api[ _\-]?(?:key|token|secret)|(?:access|account|secret|private|auth|client|app|signing|encryption|subscription|shared|storage|master|license|licence|bot|refresh|session|deploy|service|webhook|redcap|personal access|consumer|instrumentation)[ _\-]?(?:api )?(?:key|token|secret)|[a-z][a-z0-9]*_(?:key|token|secret|auth)|\b(?:token|secret|jeton|credentials?|jsessionid|sessionid|phpsessid)|\bkey|clés?(?: (?:d'api|api|secrète|d'accès|privée))|jeton (?:d'accès|api|d'api))["'`]?(?:\s\([^)\n]{1,30}\)|\s(?:for|to|of|pour|de|du)\s[^\n.:=]{1,40}?)?\s?(?:=>|:=|->|=|:|\sis\s|\sest\s)\s?["'`]?(?P<v>[^\s"'`<>,;]{8,})"#;

/// A name of which only secrets are said, then nothing but a blank.
const BESIDE: &str = r#"(?:\bapi (?:key|token|secret)|(?:access|secret|private|auth|client|signing|encryption|subscription|storage|bot|refresh|session|deploy|service|redcap|personal access|app|webhook) (?:api )?(?:key|token|secret)|\btoken|\bapikey|\bapi_key|\bclé (?:d'api|api|secrète)|\bjeton(?: d'accès| api| d'api)?)s?\s["'`(]?(?P<v>[a-z0-9_\-+/=.~]{12,})"#;

/// The compiled names.
#[derive(Debug)]
pub(super) struct Assigned {
    patterns: [(Regex, bool); 2],
    gate: Gate,
}

impl Assigned {
    pub(super) fn compile() -> Result<Self, String> {
        Ok(Self {
            patterns: [(pattern::exact_case(ASSIGNED)?, false), (pattern::exact_case(BESIDE)?, true)],
            gate: Gate::of([WORDS])?,
        })
    }

    /// The secrets in a text, given as it is and in lower case.
    pub(super) fn find(&self, text: &str, lower: &str) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.gate.worth(lower).is(0) {
            return found;
        }
        for (pattern, beside) in &self.patterns {
            for captures in pattern.captures_iter(lower) {
                let Some((whole, value)) = captures.get(0).zip(captures.name("v")) else { continue };
                let range = trimmed(text, value.range());
                let value = text.get(range.clone()).unwrap_or_default();
                // A bare "key:" heads many a list.
                let bare = whole.as_str().starts_with("key");
                if is_random(value, if *beside || bare { 16 } else { 8 }) {
                    found.push(Found { range, what: "a key", near: Some("key or token"), sure: true });
                }
            }
        }
        found
    }
}

/// Whether a value looks drawn at random: no word, no address, no date, no name of a file.
fn is_random(value: &str, least: usize) -> bool {
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let mixed = upper > 2 && lower > 2 && value.len() >= 24;
    let looks_drawn = (digits > 1 && letters > 1) || mixed || digits >= 16;
    value.len() >= least
        && looks_drawn
        && distinct(value) > 5
        && !value.contains("://")
        && !value.starts_with(['#', '@', '/'])
        && !value.starts_with("sha")
        && !value.starts_with("www.")
        && !is_dotted_words(value)
}

fn distinct(value: &str) -> usize {
    let mut bytes: Vec<u8> = value.bytes().collect();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len()
}

/// `host.example/page2`, `report-2026.pdf`: words with points, not one drawn piece.
fn is_dotted_words(value: &str) -> bool {
    let tail = value.rsplit('.').next().unwrap_or_default();
    let ending = value.contains('.') && (2..5).contains(&tail.len());
    (ending && tail.bytes().all(|byte| byte.is_ascii_lowercase()))
        || (value.contains('.') && value.contains('/'))
}
