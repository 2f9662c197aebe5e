//! Whether a text gives out somebody's mail address. It does not know whose address it is.

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use crate::{
    Check, Evidence, Example, Field, FieldKind, Hit, Office, Reading, Validation, Wake, Weight, mask,
    pattern, rule::rule,
};

rule!(
    Email, "CC1b.email", version 1, "CC1b", Block, reads: [Bio],
    what: "Finds mail addresses outside the office's domains and list, also those written as \"name at host dot com\". A role \
           address of another institution passes; a named address there is only a warning.",
    why: "The policy forbids giving out personal details such as addresses and phone numbers; a private mail address is \
          one by this office's reading.",
    instead: "Give an address of the office, or a link to a form.",
    fires: [
        Example::of("Questions? sam.lee72@home.example has the answers."),
        Example::of("Write to sam.lee@gmail.com for the form."),
        Example::of("Write to sam dot lee at gmail dot com."),
        Example::of("Write to sam.lee (at) shaw.ca"),
        Example::of("Our partner ann.lee@hospital.example"),
        Example::of("Write to us").linking("mailto:sam.lee@hotmail.com"),
    ],
    quiet: [
        Example::of("Write to front.desk@mail.example.net or sam@lists.office.example.org."),
        Example::of("Write to info@hospital.example."),
        Example::of("Follow @office@social.example and @ann.bsky.example"),
        Example::of("See you at example.com, and look at the dot on the map."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More mail providers of private people.
    private_providers: Vec<String>,
    /// More local parts that are a role and not a person.
    roles: Vec<String>,
}

/// Providers, by the first label of their domain, that private people use.
const PROVIDERS: &str = "gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol protonmail proton pm tutanota \
    tuta gmx fastmail hey zoho mail inbox yandex shaw telus rogers bell sympatico videotron cogeco eastlink sasktel mts \
    bellaliant nb xplornet comcast verizon att sbcglobal cox orange free laposte wanadoo sfr";

/// Local parts that are a role and not a person.
const ROLES: &str = "info contact office media press news newsroom communications comms events event help support admin admissions \
    registrar hello enquiries inquiries feedback jobs careers hr privacy security webmaster postmaster noreply no-reply \
    donotreply reception frontdesk research ethics study studies clinic library editor editors subscribe unsubscribe \
    newsletter git abuse sales team volunteer volunteers donate giving membership registration conference accueil \
    bureau renseignements communiquer medias";

const PLAIN: &str = r"(?:mailto:)?(?P<a>[\p{L}\d][\p{L}\d._%+\-']*@[\p{L}\d\-]+(?:\.[\p{L}\d\-]+)+)";
const SPELLED: &str = r"(?i)(?P<a>[a-z\d][a-z\d_+\-.]{0,40}(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\bdot\b|\bpoint\b)\s?[a-z\d_+\-]{1,40}){0,3}\s?(?:\s(?:at|@|arobase|chez)\s|[(\[{]\s?(?:at|@|arobase|a)\s?[)\]}])\s?[a-z\d\-]{1,40}(?:(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\(\.\)|\[\.\])\s?|\s(?:dot|point)\s|\s?\.\s?)[a-z\d\-]{1,40}){0,2}(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\(\.\)|\[\.\])\s?|\s(?:dot|point)\s|\s?\.\s?)(?:com|ca|org|net|edu|info|fr|uk|io|me|gov|example)\b)";

struct Prepared {
    office: Office,
    plain: Regex,
    spelled: Regex,
    disguise: Regex,
    providers: Vec<String>,
    roles: Vec<String>,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    let list = |base: &str, more: &[String]| -> Vec<String> {
        base.split_whitespace()
            .map(str::to_owned)
            .chain(more.iter().map(|word| word.to_lowercase()))
            .collect()
    };
    Ok(Box::new(Prepared {
        office: office.clone(),
        plain: pattern::exact_case(PLAIN)?,
        spelled: pattern::exact_case(SPELLED)?,
        disguise: pattern::any_case(r"[(\[{@]|\s(?:dot|point)\s")?,
        providers: list(PROVIDERS, &params.private_providers),
        roles: list(ROLES, &params.roles),
    }))
}

/// What stands for the sign between name and host.
const SIGNS: &[&str] = &[
    "@", " at ", "(at", "[at", "{at", "( at", "[ at", "{ at", "arobase", " chez ", "(a)", "[a]", "{a}",
    "( a )", "[ a ]",
];

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(SIGNS.iter().map(|sign| (*sign).to_owned()).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let kinds =
            [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Link, FieldKind::Bio];
        reading.of_kinds(&kinds).flat_map(|field| self.field(field)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>) -> Vec<Hit> {
        let text = field.shadow.folded();
        let mut seen: Vec<Range<usize>> = Vec::new();
        let mut hits = Vec::new();
        let plain = self.plain.captures_iter(text).filter_map(|captures| captures.name("a"));
        let spelled = self.spelled.captures_iter(text).filter_map(|captures| captures.name("a"));
        for (found, disguised) in plain.map(|m| (m, false)).chain(spelled.map(|m| (m, true))) {
            let range = found.start()..found.start() + found.as_str().trim_end_matches(['.', '-']).len();
            let taken = seen.iter().any(|other| other.start < range.end && range.start < other.end);
            if taken || (disguised && !self.disguise.is_match(found.as_str())) {
                continue;
            }
            seen.push(range.clone());
            hits.extend(self.address(field, &range, disguised));
        }
        hits
    }

    fn address(&self, field: &Field<'_>, range: &Range<usize>, disguised: bool) -> Option<Hit> {
        let before = field.shadow.part(&(0..range.start));
        if before.ends_with(['@', '/'])
            || (before.ends_with(':') && !before.to_lowercase().ends_with("mailto:") && before.contains("//"))
        {
            return None;
        }
        let shown = field.shadow.part(range);
        let address = if disguised { undisguise(shown) } else { shown.to_lowercase() };
        let (local, domain) = address.rsplit_once('@')?;
        let top = domain.rsplit('.').next().unwrap_or_default();
        if matches!(top, "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg") || self.office.owns_email(&address)
        {
            return None;
        }
        let private =
            self.providers.iter().any(|provider| domain.split('.').next() == Some(provider.as_str()));
        let role = self.roles.iter().any(|role| local == role);
        if role && !private {
            return None;
        }
        let institution = !private && !local.chars().any(|c| c.is_ascii_digit());
        let message = match (private, disguised) {
            (_, true) => "A mail address in disguise, not the office's.",
            (true, false) => "A mail address at a private provider, not on the office's list.",
            (false, false) => "A mail address outside the office's domains; is it meant to be public?",
        };
        Some(
            Hit::at(field, range, message)
                .weighing(if institution && !disguised { Weight::Unsure } else { Weight::Sure })
                .because(Evidence::of(
                    if disguised { "a mail address in words" } else { "a mail address" },
                    Validation::NotApplicable,
                ))
                .showing(mask::email(&address))
                .suggesting("Give an address of the office, or a link to a form."),
        )
    }
}

/// `sam (at) host dot com` as `sam@host.com`.
fn undisguise(spelled: &str) -> String {
    let spaced = spelled
        .to_lowercase()
        .replace(['(', ')', '[', ']', '{', '}'], " ")
        .replace('@', " @ ")
        .replace(" . ", ".");
    let words = spaced.split_whitespace().map(|word| match word {
        "at" | "arobase" | "chez" | "a" => "@",
        "dot" | "point" => ".",
        other => other,
    });
    words.collect()
}
