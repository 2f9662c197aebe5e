//! Which addresses and paths are internal by where they are: hosts, IP addresses, folders.
//! It does not know the services whose pages are internal by what they are: `service` does.

use std::{net::IpAddr, ops::Range};

use crate::pattern::Regex;

use super::{address::Address, service};
use crate::{Office, pattern};

/// What is internal about an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A host on the office's list.
    Listed,
    /// A name that only a network of one's own knows.
    Private,
    /// An IP address of such a network.
    Ip,
    /// A site that is not finished.
    Staging,
    /// A shared folder.
    Share,
    /// A path of a computer.
    Path,
    /// A working page of a service.
    Service,
    /// A page of a service that may be shared with everybody.
    Shared,
    /// The background check was led inside.
    Found,
}

impl Class {
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Listed => "a host that the office lists as internal",
            Self::Private => "a host of a private network",
            Self::Ip => "an IP address of a private network",
            Self::Staging => "a staging or test site",
            Self::Share => "a shared folder or drive",
            Self::Path => "a path on somebody's computer",
            Self::Service => "a working page that only invited people can open",
            Self::Shared => "a shared file; is it meant for everybody?",
            Self::Found => "a place inside, as the check of links found",
        }
    }
}

/// A path's last part: with blanks only up to the ending of a file.
const TAIL: &str = r#"(?:[^\\/:*?"<>|\n\r]{1,80}?\.(?:docx?|xlsx?|xlsm|pptx?|pdf|csv|txt|png|jpe?g|mp4|zip|msg|one|vsdx?|accdb|sav|rdata|html?)\b|[^\\/:*?"<>|\s,;!]*)"#;

/// Top-level names of private networks.
const PRIVATE_ENDS: &str =
    "local corp internal intranet intra lan localdomain localhost private home.arpa ad office.lan";

/// Labels of hosts for staff.
const STAFF: &str = "intranet intra internal corp staging stg uat preprod staffonly staffnet int-net vpn";
/// What is not finished.
const UNFINISHED: &str = "dev test qa stage preview sandbox draft devel testing acc preproduction";

/// Hosts of others that look internal and are open to anybody.
const OPEN: &str = "confluence.hl7.org jira.hl7.org wiki.hl7.org wiki.openmrs.org confluence.ihtsdotools.org dev.mysql.com \
    dev.twitter.com dev.bitly.com test.pypi.org sandbox.zenodo.org preview.redd.it dev.to dev.w3.org test.salesforce.com \
    dev.socrata.com sandbox.orcid.org jira.mongodb.org dev.fitbit.com speedtest.net";

/// The compiled places.
#[derive(Debug)]
pub(super) struct Places {
    office: Office,
    open: Vec<String>,
    unc: Regex,
    drive: Regex,
    letter: Regex,
    home: Regex,
    not_an_ip: Regex,
    ip_context: Regex,
}

impl Places {
    pub(super) fn compile(office: &Office, open: &[String]) -> Result<Self, String> {
        let open =
            OPEN.split_whitespace().map(str::to_owned).chain(open.iter().map(|host| host.to_lowercase()));
        Ok(Self {
            office: office.clone(),
            open: open.collect(),
            unc: pattern::any_case(&format!(
                r#"\\\\[\w.$\-]+\\(?:[^\\/:*?"<>|\n\r]{{1,80}}\\)*{TAIL}|(?:^|[\s("'])(?P<p>//[a-z][\w\-]+/(?:[^\s"<>|]+))"#
            ))?,
            drive: pattern::any_case(&format!(
                r#"(?:^|[\s("'\[])(?P<p>[a-z]:[\\/](?:[^\\/:*?"<>|\n\r]{{1,80}}[\\/])*{TAIL})"#
            ))?,
            letter: pattern::exact_case(
                r"\b(?:the|our|on|your|shared|team|le|lecteur|disque)\s(?P<p>[A-Z]:\s?drive|[A-Z]:|[A-Z][ \-]drive)(?:$|[\s.,;)])",
            )?,
            home: pattern::exact_case(
                r"(?:^|[\s(:])(?P<p>(?:/(?:home|Users|mnt|srv|Volumes|nas|shared?|var/www|opt)/|~/)[\w.\-]+[^\s,;)]*)",
            )?,
            not_an_ip: pattern::exact_case(
                r"(?:\b(?:v|ver|version|versions|release|releases|build|ios|android|firmware|update|upgrade|section|clause|table|figure|chapter|article|rule|item)\.?\s?(?:number\s|no\.\s|to\s|of\s)?|/)$",
            )?,
            ip_context: pattern::exact_case(
                r"\b(?:ip|server|serveur|host|hosted|port|ping|ssh|rdp|vpn|router|printer|imprimante|dashboard|nas|database|browse to|connect to|log in|login|available at|running on|internal|interne)\b[^.!?\n]{0,40}$",
            )?,
        })
    }

    /// The paths in a text, given as it is and in lower case.
    pub(super) fn paths(&self, text: &str, lower: &str) -> Vec<(Range<usize>, Class)> {
        let mut found: Vec<(Range<usize>, Class)> = Vec::new();
        let back = text.contains('\\');
        let begins = |sign: &str| text.starts_with(sign.trim_start()) || text.contains(sign);
        let mut look = |wanted: bool, pattern: &Regex, class: Class| {
            if !wanted {
                return;
            }
            for captures in pattern.captures_iter(text) {
                let Some(path) = captures.name("p").or_else(|| captures.get(0)) else { continue };
                let kept = path.as_str().trim_end_matches(['.', ',', ';', ')', '"', '\'', ' ', '!', '?']);
                let range = path.start()..path.start() + kept.len();
                if found.iter().all(|(other, _)| other.start >= range.end || range.start >= other.end) {
                    found.push((range, class));
                }
            }
        };
        look(back || begins(" //") || text.contains("(//"), &self.unc, Class::Share);
        look(back || is_drive(text), &self.drive, Class::Path);
        look(
            ["drive", "lecteur", "disque"].iter().any(|word| lower.contains(word)),
            &self.letter,
            Class::Share,
        );
        look(
            begins(" /") || text.contains("\n/") || begins(" ~/") || text.contains("(/"),
            &self.home,
            Class::Path,
        );
        found
    }

    /// What is internal about an address, if anything. `lower` is the text that it stands in, in lower case.
    pub(super) fn class(&self, address: &Address<'_>, lower: &str) -> Option<Class> {
        let scheme = address.scheme.to_ascii_lowercase();
        match scheme.as_str() {
            "file" | "onenote" | "notes" => return Some(Class::Path),
            "smb" | "afp" | "nfs" | "cifs" => return Some(Class::Share),
            "slack" | "msteams" => return Some(Class::Service),
            _ => {}
        }
        let host = address.host.to_ascii_lowercase();
        if !is_host(&host) {
            return None;
        }
        if host.contains('.') && self.office.is_internal_host(&host) {
            return Some(Class::Listed);
        }
        if let Ok(ip) = host.parse::<IpAddr>() {
            return (is_private(ip) && self.is_meant(address, &host, lower)).then_some(Class::Ip);
        }
        let schemed = !scheme.is_empty();
        if !host.contains('.') {
            return lonely(&host, schemed, address);
        }
        if self.open.contains(&host) {
            return None;
        }
        let ended =
            PRIVATE_ENDS.split(' ').any(|end| host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')));
        if ended && (schemed || is_plain_name(address)) {
            return Some(Class::Private);
        }
        let service = service::class(&host, address.rest);
        if service.is_some() || self.office.is_public_host(&host) {
            return service;
        }
        by_labels(&host)
    }

    /// Four small numbers with points may as well be a version.
    fn is_meant(&self, address: &Address<'_>, host: &str, lower: &str) -> bool {
        if !address.scheme.is_empty() || address.has_port {
            return true;
        }
        let before = lower.get(..address.range.start).unwrap_or_default();
        if self.not_an_ip.is_match(before) {
            return false;
        }
        host.starts_with("192.168.") || !address.rest.is_empty() || self.ip_context.is_match(before)
    }
}

/// Whether a letter and a colon stand before a single slash somewhere.
fn is_drive(text: &str) -> bool {
    text.match_indices(":/").any(|(at, _)| !text.get(at + 2..).is_some_and(|rest| rest.starts_with('/')))
}

fn is_host(host: &str) -> bool {
    let wellformed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    !host.is_empty() && host.chars().all(wellformed) && !host.starts_with('.') && !host.contains("..")
}

/// Not a motto ("Stay.local").
fn is_plain_name(address: &Address<'_>) -> bool {
    let host = address.host;
    let deep = address.rest.len() > 1 || address.has_port || host.matches('.').count() > 1;
    let motto = matches!(
        host.split('.').next(),
        Some("shop" | "eat" | "buy" | "stay" | "think" | "act" | "live" | "go")
    );
    let numbered = host.bytes().any(|byte| byte.is_ascii_digit());
    deep || numbered
        || (!motto && host.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-')))
}

/// A host without a point: only a network of one's own knows it.
fn lonely(host: &str, schemed: bool, address: &Address<'_>) -> Option<Class> {
    let named =
        matches!(host, "intranet" | "intra" | "localhost" | "sharepoint" | "confluence" | "sharedrive");
    let led = schemed
        && matches!(
            address.scheme.to_ascii_lowercase().as_str(),
            "http" | "https" | "ftp" | "sftp" | "ssh" | "ldap" | "rdp"
        );
    let deep = address.rest.len() > 1 || address.has_port;
    ((led && host.chars().any(char::is_alphabetic)) || (named && deep)).then_some(Class::Private)
}

/// By the words that a host's name is made of; its last two labels are the owner's.
fn by_labels(host: &str) -> Option<Class> {
    let labels: Vec<&str> = host.split('.').collect();
    let owned = labels.len().saturating_sub(2);
    for (index, label) in labels.iter().take(owned.max(1)).enumerate() {
        let compound = label.contains('-');
        for word in label.split('-') {
            let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
            let staff = STAFF.split(' ').any(|known| known == word);
            let unfinished = UNFINISHED.split(' ').any(|known| known == word);
            // The owner's own name may hold a word ("corp.example", "intra-health.example"), but hardly as its mark.
            let inside = index < owned;
            if inside && (staff || unfinished) {
                let at_work = matches!(
                    word,
                    "intranet" | "intra" | "internal" | "corp" | "staffonly" | "staffnet" | "vpn"
                );
                return Some(if at_work { Class::Private } else { Class::Staging });
            }
            if !inside && compound && matches!(word, "staging" | "stg" | "uat" | "preprod") {
                return Some(Class::Staging);
            }
        }
    }
    None
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}
