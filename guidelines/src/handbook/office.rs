//! The office's facts, in the notation that rules compare in. It does not know which rule asks.

use std::collections::HashSet;

use super::{Disclaimer, ListEntry, OfficeFacts};
use crate::text::Shadow;

/// What is the office's own.
#[derive(Clone, Debug, Default)]
pub struct Office {
    phones: HashSet<String>,
    emails: HashSet<String>,
    email_domains: Vec<String>,
    addresses: Vec<Vec<String>>,
    venues: Vec<String>,
    names: Vec<String>,
    public_hosts: Vec<String>,
    internal_hosts: Vec<String>,
    acronyms: HashSet<String>,
    consented: Vec<String>,
    newsrooms: Vec<String>,
    disclaimers: Vec<Disclaimer>,
}

impl Office {
    /// Brings facts into the notation that rules compare in.
    pub fn of(facts: &OfficeFacts, disclaimers: &[Disclaimer]) -> Self {
        Self {
            phones: facts.phones.iter().map(|phone| subscriber(&phone.value)).collect(),
            emails: lower(&facts.emails).collect(),
            email_domains: facts
                .email_domains
                .iter()
                .map(|domain| domain.value.trim().trim_start_matches(['@', '.']).to_lowercase())
                .filter(|domain| !domain.is_empty())
                .collect(),
            addresses: facts.addresses.iter().map(|address| words_of_address(&address.value)).collect(),
            venues: lower(&facts.venues).collect(),
            names: lower(&facts.names).collect(),
            public_hosts: lower(&facts.public_hosts).collect(),
            internal_hosts: lower(&facts.internal_hosts).collect(),
            acronyms: facts.acronyms.iter().map(|acronym| acronym.value.trim().to_uppercase()).collect(),
            consented: lower(&facts.consented_people).collect(),
            newsrooms: lower(&facts.newsrooms)
                .map(|handle| handle.trim_start_matches('@').to_owned())
                .collect(),
            disclaimers: disclaimers.to_vec(),
        }
    }

    /// Whether a phone number, in any notation, is the office's.
    pub fn owns_phone(&self, phone: &str) -> bool {
        self.phones.contains(&subscriber(phone))
    }

    /// Whether a mail address is the office's: by itself or by its domain.
    pub fn owns_email(&self, email: &str) -> bool {
        let email = email.to_lowercase();
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.emails.contains(&email)
            || self.email_domains.iter().any(|own| {
                domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
    }

    /// Whether an address is one of the office's: it begins with the same number and street.
    pub fn owns_address(&self, address: &str) -> bool {
        let words = words_of_address(address);
        self.addresses.iter().any(|own| {
            let shared = own.iter().zip(&words).take_while(|(own, word)| own == word).count();
            shared >= 3 || (shared > 0 && (shared == own.len() || shared == words.len()))
        })
    }

    /// Its names, in lower case.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Places where it holds events, in lower case.
    pub fn venues(&self) -> &[String] {
        &self.venues
    }

    /// People who have consented to be named with what concerns their health, in lower case.
    pub fn consented(&self) -> &[String] {
        &self.consented
    }

    /// Handles of newsrooms, in lower case, without their sign.
    pub fn newsrooms(&self) -> &[String] {
        &self.newsrooms
    }

    /// Whether a host is the office's own and open to anybody.
    pub fn is_public_host(&self, host: &str) -> bool {
        self.public_hosts.iter().any(|own| covers_host(own, &host.to_lowercase()))
    }

    /// Whether a host is one that only staff can reach.
    pub fn is_internal_host(&self, host: &str) -> bool {
        self.internal_hosts.iter().any(|own| covers_host(own, &host.to_lowercase()))
    }

    /// Its acronyms, in capitals.
    pub const fn acronyms(&self) -> &HashSet<String> {
        &self.acronyms
    }

    /// The labels that mark a personal opinion.
    pub fn disclaimers(&self) -> &[Disclaimer] {
        &self.disclaimers
    }
}

fn lower(list: &[ListEntry]) -> impl Iterator<Item = String> + '_ {
    list.iter().map(|entry| entry.value.trim().to_lowercase()).filter(|value| !value.is_empty())
}

/// `*.corp.example` covers every host below and the name itself, any other entry itself alone.
fn covers_host(own: &str, host: &str) -> bool {
    match own.strip_prefix("*.") {
        Some(domain) => host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        None => own == host,
    }
}

/// A phone number's digits, without the prefix that only North America writes.
fn subscriber(phone: &str) -> String {
    let digits: String = Shadow::of(phone).folded().chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => digits,
    }
}

/// The words of an address, in lower case, with the usual abbreviations written one way.
fn words_of_address(address: &str) -> Vec<String> {
    Shadow::of(address)
        .folded()
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| abbreviated(word).to_owned())
        .collect()
}

fn abbreviated(word: &str) -> &str {
    match word {
        "street" => "st",
        "avenue" | "av" => "ave",
        "boulevard" | "boul" => "blvd",
        "road" => "rd",
        "drive" => "dr",
        "lane" => "ln",
        "place" => "pl",
        "court" => "crt",
        "crescent" => "cres",
        "highway" => "hwy",
        "west" | "ouest" => "w",
        "east" | "est" => "e",
        "north" | "nord" => "n",
        "south" | "sud" => "s",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_offices_own_is_known_in_any_notation() {
        let facts = OfficeFacts {
            phones: vec![ListEntry::plain("+1 604 555 0100")],
            emails: vec![ListEntry::plain("desk@mail.example")],
            email_domains: vec![ListEntry::plain("office.example")],
            addresses: vec![ListEntry::plain("5950 University Boulevard, Vancouver")],
            ..OfficeFacts::default()
        };
        let office = Office::of(&facts, &[]);
        assert!(office.owns_phone("(604) 555-0100") && !office.owns_phone("604-555-0101"));
        assert!(office.owns_email("Ann@lists.office.example") && !office.owns_email("a@notoffice.example"));
        assert!(office.owns_email("desk@mail.example") && !office.owns_email("ann@mail.example"));
        assert!(office.owns_address("5950 University Blvd.") && !office.owns_address("5950 Elm St"));
    }
}
