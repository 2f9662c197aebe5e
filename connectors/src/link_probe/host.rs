//! Which hosts a link may lead to: by the address as it is written, and by the addresses that its name has. Pure.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use crate::http::guard::is_public;

/// Endings of names that mean something else in every network.
const INTERNAL_ENDINGS: &[&str] = &[
    "local",
    "localhost",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "onion",
];

/// Where link checks may go.
#[derive(Debug)]
pub(super) struct Reachable {
    internal_hosts: Vec<String>,
    loopback: bool,
}

impl Reachable {
    pub(super) fn new(internal_hosts: &[String]) -> Self {
        Self { internal_hosts: internal_hosts.iter().map(|host| plain(host)).collect(), loopback: false }
    }

    #[cfg(any(test, feature = "fake"))]
    pub(super) fn with_loopback(internal_hosts: &[String]) -> Self {
        Self { loopback: true, ..Self::new(internal_hosts) }
    }

    /// Whether this address may be asked, as far as can be told without resolving its name.
    pub(super) fn permits(&self, url: &Url) -> bool {
        let web =
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let usual = self.loopback || matches!(url.port_or_known_default(), Some(80 | 443));
        web && usual
            && match url.host() {
                Some(Host::Ipv4(ip)) => self.permits_ip(IpAddr::V4(ip)),
                Some(Host::Ipv6(ip)) => self.permits_ip(IpAddr::V6(ip)),
                Some(Host::Domain(name)) => !self.is_internal(name),
                None => false,
            }
    }

    pub(super) fn permits_ip(&self, ip: IpAddr) -> bool {
        is_public(ip) || (self.loopback && ip == IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    fn is_internal(&self, name: &str) -> bool {
        let name = plain(name);
        let within = |zone: &str| {
            name.strip_suffix(zone).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        !name.contains('.')
            || INTERNAL_ENDINGS.iter().any(|ending| within(ending))
            || self.internal_hosts.iter().any(|host| !host.is_empty() && within(host))
    }
}

fn plain(host: &str) -> String {
    host.trim().trim_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_as_it_is_written() {
        let reachable = Reachable::new(&["Intranet.example.org.".to_owned()]);
        let rows = [
            ("https://example.org/x", true),
            ("http://example.org:80/", true),
            ("http://example.org:443/", true),
            ("https://93.184.216.34/", true),
            ("https://notintranet.example.org/", true),
            ("https://local.example.org/", true),
            ("https://example.org:8443/", false),
            ("ftp://example.org/", false),
            ("file:///etc/passwd", false),
            ("https://me:pw@example.org/", false),
            ("https://intranet.example.org/", false),
            ("https://wiki.INTRANET.example.org./", false),
            ("https://printer/", false),
            ("https://localhost/", false),
            ("https://localhost./", false),
            ("https://printer.local/", false),
            ("https://a.b.internal/", false),
            ("https://nas.home.arpa/", false),
            ("http://127.0.0.1/", false),
            ("http://2130706433/", false),
            ("http://0x7f.1/", false),
            ("http://017700000001/", false),
            ("http://169.254.169.254/latest/meta-data/", false),
            ("http://[::1]/", false),
            ("http://[::ffff:10.0.0.1]/", false),
            ("http://[fe80::1]/", false),
        ];
        for (url, good) in rows {
            assert_eq!(reachable.permits(&url.parse().unwrap()), good, "{url}");
        }
    }

    #[test]
    fn tests_may_reach_one_address_more_and_no_other() {
        let reachable = Reachable::with_loopback(&[]);
        assert!(reachable.permits(&"http://127.0.0.1:8080/".parse().unwrap()));
        for url in
            ["http://127.0.0.2:8080/", "http://[::1]:8080/", "http://10.0.0.1/", "http://localhost:80/"]
        {
            assert!(!reachable.permits(&url.parse().unwrap()), "{url}");
        }
    }
}
