//! Whether an account or a site could be taken for one of ours: by letters that look alike, one letter more or less or
//! another, words such as `official`, or our name in another place. Pure. It never says that something is ours.

use unicode_security::confusable_detection::skeleton;

use super::{
    address::Address,
    platforms::{self, Named},
};

/// Words that imitations put beside a name.
const EXTRA_WORDS: &[&str] = &[
    "official",
    "officiel",
    "offiziell",
    "oficial",
    "offical",
    "real",
    "thereal",
    "verified",
    "account",
    "page",
    "support",
    "help",
    "team",
    "the",
    "hq",
];

/// Letters of a name from which on one letter more or less, or the name in another place, tells something.
const TELLING_LETTERS: usize = 5;

/// Why something could be taken for ours. The likeliest deceit comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Its letters look like ours.
    SameLook,
    /// One letter is missing, added, changed or swapped.
    OneLetter,
    /// Our name with a word such as `official` added.
    ExtraWords,
    /// Our whole address stands in another, which is not ours.
    AddressInside,
    /// Our name on another platform or host, where we are not known to be.
    SameNameElsewhere,
}

/// What is compared: where an account is, and how it is called. A site is called by its host.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    place: String,
    name: String,
    host: String,
    site: bool,
}

impl Face {
    /// Of an address; none for a page of a platform that is no account.
    pub(super) fn of(address: &Address) -> Option<Self> {
        let host = idna::domain_to_unicode(&address.host).0;
        match platforms::read(address) {
            Named::Account(account) => {
                Some(Self { place: account.row.word.clone(), name: plain(&account.name), host, site: false })
            }
            Named::Landing(_) => None,
            Named::Elsewhere => {
                let account = address.account_path();
                let name = account.strip_prefix("/@").filter(|name| !name.contains(['/', '@']));
                Some(match name {
                    Some(name) => Self { place: host.clone(), name: plain(name), host, site: false },
                    None => Self { place: "site".to_owned(), name: host.clone(), host, site: true },
                })
            }
        }
    }

    /// Why it could be taken for ours.
    pub(super) fn likeness(&self, ours: &Self) -> Option<Likeness> {
        if self.site || ours.site {
            return if self.host == ours.host { None } else { hosts(&self.host, &ours.host) };
        }
        let same_name = squeezed(&self.name) == squeezed(&ours.name);
        let same_place = self.place == ours.place;
        if same_name && !same_place {
            let alike = hosts(&self.host, &ours.host).filter(|_| ours.place == ours.host);
            let telling = squeezed(&ours.name).chars().count() >= TELLING_LETTERS;
            return alike.or(telling.then_some(Likeness::SameNameElsewhere));
        }
        if same_name {
            return Some(Likeness::SameLook);
        }
        let extra = same_but_for_words(&self.name, &ours.name) || is_put_before(&ours.name, &self.name);
        let letter = same_place && one_letter(&squeezed(&self.name), &squeezed(&ours.name));
        let elsewhere = || elsewhere(&ours.name, &self.name).then_some(Likeness::SameNameElsewhere);
        letter.then_some(Likeness::OneLetter).or(extra.then_some(Likeness::ExtraWords)).or_else(elsewhere)
    }
}

fn hosts(theirs: &str, ours: &str) -> Option<Likeness> {
    let (seen, known) = (squeezed(theirs), squeezed(ours));
    if theirs == ours {
        return None;
    }
    if seen == known {
        return Some(Likeness::SameLook);
    }
    if one_letter(&seen, &known) {
        return Some(Likeness::OneLetter);
    }
    let extra = is_put_before(ours, theirs) || same_but_for_words(theirs, ours);
    extra.then_some(Likeness::ExtraWords).or(elsewhere(ours, theirs).then_some(Likeness::SameNameElsewhere))
}

/// Whether our host, without its ending, stands under another: ours.net or ours.bsky.social for ours.example.
fn elsewhere(ours: &str, theirs: &str) -> bool {
    let Some((name, _)) = ours.rsplit_once('.') else { return false };
    let rest = theirs.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
    let telling = squeezed(name).chars().count() >= TELLING_LETTERS;
    rest.is_some_and(|rest| telling && (name.contains('.') || !rest.contains('.')))
}

/// Whether our host stands in front of somebody else's: ours.example.attacker.net.
fn is_put_before(ours: &str, theirs: &str) -> bool {
    ours.contains('.') && theirs.strip_prefix(ours).is_some_and(|rest| rest.starts_with(['.', '-']))
}

fn plain(name: &str) -> String {
    let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().to_lowercase();
    if name.starts_with("xn--") { idna::domain_to_unicode(&name).0 } else { name }
}

/// What the eye sees of a name: letters that look alike are one, digits stand for the letters that they imitate, and
/// separators are nothing.
fn squeezed(name: &str) -> String {
    let looks = |text: &str| skeleton(text).collect::<String>().to_lowercase();
    let digits = |c: char| match c {
        '0' => 'o',
        '1' | 'i' | '|' | '!' => 'l',
        '3' => 'e',
        '4' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    };
    // Looks are of the letters as they are written, in both cases: capital I is a small l.
    let seen = looks(&looks(name)).chars().map(digits).filter(|c| c.is_alphanumeric()).collect::<String>();
    seen.replace("vv", "w")
}

fn without_words(name: &str) -> String {
    let mut rest = squeezed(name);
    let words: Vec<String> = EXTRA_WORDS.iter().map(|word| squeezed(word)).collect();
    let shorter = |rest: &str| {
        let cut =
            |word: &String| rest.strip_prefix(word.as_str()).or_else(|| rest.strip_suffix(word.as_str()));
        words.iter().filter_map(cut).find(|cut| cut.chars().count() >= 3).map(str::to_owned)
    };
    while let Some(cut) = shorter(&rest) {
        rest = cut;
    }
    rest
}

/// Whether the names are equal but for words put beside them. Where accounts are called by hosts, as on Bluesky, the words
/// are put beside any label.
fn same_but_for_words(one: &str, other: &str) -> bool {
    let labels = |name: &str| name.split('.').map(without_words).collect::<Vec<_>>();
    labels(one) == labels(other) || without_words(one) == without_words(other)
}

/// Whether one letter more, less, other or swapped makes one of the other.
fn one_letter(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < TELLING_LETTERS || one.len().abs_diff(other.len()) > 1 || one == other {
        return false;
    }
    let front = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.get(front..).unwrap_or_default(), other.get(front..).unwrap_or_default());
    let behind = |list: &[char], from: usize| list.get(from..).unwrap_or_default().to_vec();
    let swapped = a.first() == b.get(1) && b.first() == a.get(1) && behind(a, 2) == behind(b, 2);
    behind(a, 1) == behind(b, 1) || behind(a, 1) == b || a == behind(b, 1) || (a.len() == b.len() && swapped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(asked: &str, ours: &str) -> Option<Likeness> {
        let face = |text: &str| Face::of(&Address::read(text).unwrap());
        face(asked)?.likeness(&face(ours)?)
    }

    #[test]
    fn imitations_are_told_by_what_they_do() {
        for (asked, ours, expected) in [
            ("https://x.com/cl1nic", "https://x.com/clinic", Some(Likeness::SameLook)),
            ("https://x.com/cliոic", "https://x.com/clinic", Some(Likeness::SameLook)),
            ("https://x.com/cli_nic", "https://x.com/clinic", Some(Likeness::SameLook)),
            ("https://x.com/clinik", "https://x.com/clinic", Some(Likeness::OneLetter)),
            ("https://x.com/clinci", "https://x.com/clinic", Some(Likeness::OneLetter)),
            ("https://x.com/clinics", "https://x.com/clinic", Some(Likeness::OneLetter)),
            ("https://x.com/clinic_official", "https://x.com/clinic", Some(Likeness::ExtraWords)),
            (
                "https://bsky.app/profile/clinic-official.bsky.social",
                "https://bsky.app/profile/clinic.bsky.social",
                Some(Likeness::ExtraWords),
            ),
            (
                "https://bsky.app/profile/press.clinic.example.evil.com",
                "https://bsky.app/profile/press.clinic.example",
                Some(Likeness::ExtraWords),
            ),
            (
                "https://bsky.app/profile/press.clinic-official.example",
                "https://bsky.app/profile/press.clinic.example",
                Some(Likeness::ExtraWords),
            ),
            (
                "https://bsky.app/profile/press.clinic.bsky.social",
                "https://bsky.app/profile/press.clinic.example",
                Some(Likeness::SameNameElsewhere),
            ),
            ("https://clinic.net", "https://clinic.example/news", Some(Likeness::SameNameElsewhere)),
            ("https://clinic.bsky.social", "https://clinic.example/news", None),
            ("https://clinic-official.example", "https://clinic.example/news", Some(Likeness::ExtraWords)),
            ("https://tiktok.com/@therealclinic", "https://x.com/clinic", Some(Likeness::ExtraWords)),
            ("https://tiktok.com/@clinic", "https://x.com/clinic", Some(Likeness::SameNameElsewhere)),
            (
                "https://other.example/@clinic",
                "https://social.example/@clinic",
                Some(Likeness::SameNameElsewhere),
            ),
            ("https://sociаl.example/@clinic", "https://social.example/@clinic", Some(Likeness::SameLook)),
            ("https://social-example/@clinic", "https://social.example/@clinic", Some(Likeness::SameLook)),
            ("https://blog.example.attacker.net", "https://blog.example", Some(Likeness::ExtraWords)),
            ("https://bl0g.example", "https://blog.example/news", Some(Likeness::SameLook)),
            ("https://blog.example/other", "https://blog.example/news", None),
            ("https://x.com/xn--clnic-0sa", "https://x.com/clinic", Some(Likeness::SameLook)),
            ("https://x.com/hospital", "https://x.com/clinic", None),
            ("https://x.com/abd", "https://x.com/abc", None),
            ("https://x.com/home", "https://x.com/clinic", None),
        ] {
            assert_eq!(likeness(asked, ours), expected, "{asked} beside {ours}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_compare(name in "\\PC{0,40}") {
            prop_assert!(without_words(&name).len() <= squeezed(&name).len());
            prop_assert!(!one_letter(&name, &name));
        }
    }
}
