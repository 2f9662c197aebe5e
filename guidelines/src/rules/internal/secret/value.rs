//! Whether what stands after "password" is one. It does not know which word stood before.

use std::ops::Range;

use super::formats::trimmed;

/// How a value was introduced: the surer, the plainer it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Introduced {
    /// By a blank.
    Blank,
    /// By "is".
    Verb,
    /// By a colon or an equals sign.
    Sign,
}

/// Words that stand where a password would and are none.
const NO_VALUES: &str = "a an the and or of to for in on at by is are was be as if it we our your you my their this that these those \
    no none not n/a na nil tba tbd yes ok see ask get use try call email e-mail click visit check contact choose change create \
    keep make pick reset update required optional needed provided given sent same available coming soon below above here there \
    inside attached enclosed forgotten lost expired invalid incorrect wrong safe secure strong weak unique long short simple \
    important everything nothing always never only still new old default manager managers managers' policy policies protected \
    protection reset resets hygiene security safety tips sharing fatigue day week length strength complexity required kindness \
    patience respect trust hope teamwork curiosity love persistence consistency listening sleep time people data \
    included emailed mailed shared private secret confidential hidden redacted removed withheld unknown \
    aucun aucune non oui requis requise obligatoire voir demandez écrivez sur à au aux le la les un une des du de ce votre vos notre \
    bienveillance patience respect fourni fournie envoyé envoyée unique fort forte sécuritaire oublié perdu";

/// The value that begins a text, if it is one. `at` is where the text begins.
pub(super) fn value(text: &str, at: usize, introduced: Introduced, in_context: bool) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    if let Some(quoted) = quoted(rest) {
        let inner = rest.get(quoted.clone())?;
        let plain = is_word(inner) && (introduced == Introduced::Blank || !in_context);
        let long = inner.chars().count() > 60 || inner.chars().count() < 3;
        let sentence = inner.split_whitespace().count() > 6;
        let fits = !plain || introduced == Introduced::Sign;
        return (fits && !long && !sentence && !is_listed(inner)).then(|| at + quoted.start..at + quoted.end);
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let range = trimmed(text, at..at + end);
    let token = text.get(range.clone())?;
    if token.contains("://") || token.starts_with(['#', '@', '<', '[', '{', '(', '/']) || is_listed(token) {
        return None;
    }
    let fits = match kind(token) {
        Kind::Mixed => true,
        Kind::Digits => {
            let year = token.len() == 4 && (token.starts_with("19") || token.starts_with("20"));
            token.len() >= 4 && !(year && introduced == Introduced::Blank) && !counts(rest.get(end..)?)
        }
        Kind::Word => match introduced {
            Introduced::Blank => false,
            Introduced::Verb => in_context && stands_alone(rest, end) && !is_participle(token),
            Introduced::Sign => stands_alone(rest, end) && token.chars().count() > 3,
        },
        Kind::Other => false,
    };
    fits.then_some(range)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Letters with digits or signs: nobody writes words so.
    Mixed,
    Digits,
    Word,
    Other,
}

fn kind(token: &str) -> Kind {
    let letters = token.chars().filter(|c| c.is_alphabetic()).count();
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let inner = token.trim_end_matches('!');
    let signs =
        inner.chars().filter(|c| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '/' | '.' | ',')).count();
    if token.chars().count() >= 4 && ((letters > 1 && digits > 0) || (signs > 0 && letters + digits > 2)) {
        // "24-character", "12th" and "2FA" are words with numbers.
        let counted = token.starts_with(|c: char| c.is_ascii_digit())
            && digits < 3
            && token
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start_matches(['-', '+'])
                .chars()
                .all(char::is_lowercase);
        let named = matches!(token.to_lowercase().as_str(), "1password" | "web3" | "covid-19");
        let host = signs == 0 && token.contains('.') && !inner.ends_with(|c: char| c.is_ascii_digit());
        return if counted || named || host { Kind::Other } else { Kind::Mixed };
    }
    if digits > 0 && letters == 0 && signs == 0 && inner.chars().all(|c| c.is_ascii_digit() || c == '-') {
        return Kind::Digits;
    }
    if digits == 0 && is_word(inner) {
        return Kind::Word;
    }
    Kind::Other
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | ' '))
}

fn is_listed(token: &str) -> bool {
    let lower = token.trim_end_matches('!').to_lowercase();
    NO_VALUES.split_whitespace().any(|word| word == lower)
}

fn is_participle(token: &str) -> bool {
    let lower = token.to_lowercase();
    ["ed", "ly", "ing", "able", "ive", "ful", "less"].iter().any(|ending| lower.ends_with(ending))
}

/// Whether nothing of the same clause follows.
fn stands_alone(rest: &str, end: usize) -> bool {
    let token = rest.get(..end).unwrap_or_default();
    if token.ends_with(['.', ',', ';', ')', '!', '"']) {
        return true;
    }
    let after = rest.get(end..).unwrap_or_default();
    if after.starts_with('\n') {
        return true;
    }
    let after = after.trim_start();
    !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '&'))
        || after.starts_with("http")
        || after.starts_with("and ")
        || after.starts_with("www.")
}

/// Whether what follows a number says what is counted.
fn counts(after: &str) -> bool {
    const COUNTED: &str = "characters character chars digits digit letters words times users people accounts minutes seconds \
        hours days years months attempts caractères chiffres lettres fois personnes comptes minutes jours ans % percent";
    let word = after.trim_start().split(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
    !word.is_empty() && COUNTED.split_whitespace().any(|counted| word == counted)
}

/// What stands between the quotation marks that begin a text.
fn quoted(rest: &str) -> Option<Range<usize>> {
    let open = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = rest.get(open.len_utf8()..)?;
    let line = inner.find('\n').unwrap_or(inner.len());
    let close = inner.get(..line)?.find(open)?;
    let words = inner.get(..close)?;
    let start = open.len_utf8() + (words.len() - words.trim_start().len());
    let trimmed = words.trim().trim_end_matches([',', '.']);
    (!trimmed.is_empty()).then(|| start..start + trimmed.len())
}
