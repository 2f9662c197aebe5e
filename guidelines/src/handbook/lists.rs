//! What is an office's own, and so no secret: its lists, each entry with who answers for it.
//! It does not know how rules compare entries.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One entry of a list. Written as a bare text where nobody has said more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Form", into = "Form")]
pub struct ListEntry {
    /// The phone number, address, name or word.
    pub value: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Why it is on the list.
    pub reason: Option<String>,
    /// When somebody looks whether it still belongs there.
    pub review_on: Option<NaiveDate>,
}

impl ListEntry {
    /// An entry of which only the value is known.
    pub fn plain(value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::default() }
    }
}

impl AsRef<str> for ListEntry {
    fn as_ref(&self) -> &str {
        &self.value
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Plain(String),
    #[serde(rename_all = "camelCase")]
    Full {
        value: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none", alias = "review_on")]
        review_on: Option<NaiveDate>,
    },
}

impl From<Form> for ListEntry {
    fn from(form: Form) -> Self {
        match form {
            Form::Plain(value) => Self { value, ..Self::default() },
            Form::Full { value, owner, reason, review_on } => Self { value, owner, reason, review_on },
        }
    }
}

impl From<ListEntry> for Form {
    fn from(entry: ListEntry) -> Self {
        match entry {
            ListEntry { value, owner: None, reason: None, review_on: None } => Self::Plain(value),
            ListEntry { value, owner, reason, review_on } => Self::Full { value, owner, reason, review_on },
        }
    }
}

/// What rules need to know of an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfficeFacts {
    /// Its names, and the names by which an employer is recognised.
    pub names: Vec<ListEntry>,
    /// Its public phone numbers, in any notation.
    pub phones: Vec<ListEntry>,
    /// Its public mail addresses.
    pub emails: Vec<ListEntry>,
    /// The domains whose mail addresses are its own.
    pub email_domains: Vec<ListEntry>,
    /// Its public street addresses.
    pub addresses: Vec<ListEntry>,
    /// Places where it holds events.
    pub venues: Vec<ListEntry>,
    /// Hosts of its own that anybody can reach.
    pub public_hosts: Vec<ListEntry>,
    /// Hosts that only its staff can reach; `*.` stands for every host below.
    pub internal_hosts: Vec<ListEntry>,
    /// Its acronyms, in capitals.
    pub acronyms: Vec<ListEntry>,
    /// People who have consented to be named with what concerns their health.
    pub consented_people: Vec<ListEntry>,
    /// Handles of newsrooms and journalists.
    pub newsrooms: Vec<ListEntry>,
}

impl OfficeFacts {
    /// Every list with its name.
    pub fn lists(&self) -> [(&'static str, &[ListEntry]); 11] {
        [
            ("names", &self.names),
            ("phones", &self.phones),
            ("emails", &self.emails),
            ("email_domains", &self.email_domains),
            ("addresses", &self.addresses),
            ("venues", &self.venues),
            ("public_hosts", &self.public_hosts),
            ("internal_hosts", &self.internal_hosts),
            ("acronyms", &self.acronyms),
            ("consented_people", &self.consented_people),
            ("newsrooms", &self.newsrooms),
        ]
    }
}
