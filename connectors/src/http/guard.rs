//! Where the client may connect. Checked on the address that is really connected to, so that a name which
//! answers differently the second time gains nothing. It does not know what is sent.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::failure::Failure;

/// How far a connection may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The public internet.
    Public,
    /// Also private and loopback addresses, but never link-local ones: cloud metadata lives there.
    Private,
}

#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("this host's address is not one that may be connected to")]
pub(crate) struct HostRefused;

#[derive(Debug, thiserror::Error)]
#[error("the host's name cannot be resolved")]
pub(crate) struct ResolveFailed(#[source] io::Error);

impl From<HostRefused> for Failure {
    fn from(_: HostRefused) -> Self {
        Self::refused("ADDRESS_REFUSED", "the channel's address leads into a private network")
    }
}

impl Reach {
    pub(crate) fn permits(self, ip: IpAddr) -> bool {
        match (self, ip) {
            (Self::Public, ip) => is_public(ip),
            (Self::Private, IpAddr::V4(ip)) => {
                !ip.is_link_local() && !ip.is_multicast() && !ip.is_broadcast()
            }
            (Self::Private, IpAddr::V6(ip)) => match ip.to_ipv4_mapped() {
                Some(mapped) => self.permits(IpAddr::V4(mapped)),
                None => !ip.is_unicast_link_local() && !ip.is_multicast(),
            },
        }
    }
}

/// Whether anyone on the internet reaches the same machine by this address.
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, middle @ .., y, z] = ip.segments();
    let [y1, y2] = y.to_be_bytes();
    let [z1, z2] = z.to_be_bytes();
    let last = Ipv4Addr::new(y1, y2, z1, z2);
    match (a, b) {
        // NAT64's well-known prefix reaches the IPv4 address in its last four bytes; its others are a network's own.
        (0x64, 0xff9b) => middle == [0; 4] && is_public_v4(last),
        // Everything else outside global unicast, and within it: Teredo, ORCHID, documentation, 6to4.
        (0x2001, 0..0x200 | 0xdb8) | (0x2002 | 0x3fff, _) => false,
        _ => (0x2000..0x4000).contains(&a),
    }
}

/// An address written into the URL is never resolved, so it is checked here.
pub(crate) fn check_literal(url: &Url, reach: Reach) -> Result<(), HostRefused> {
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        Some(Host::Domain(_)) => return Ok(()),
        None => return Err(HostRefused),
    };
    if reach.permits(ip) { Ok(()) } else { Err(HostRefused) }
}

/// Whether a redirect stays with whom the channel's credential is meant for.
pub(crate) fn same_site(from: &Url, to: &Url) -> bool {
    let bare = |url: &Url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned());
    let keeps_tls = to.scheme() == "https" || (from.scheme() == "http" && to.scheme() == "http");
    let keeps_port = from.port() == to.port() || to.port_or_known_default() == Some(443);
    keeps_tls && keeps_port && bare(from).is_some() && bare(from) == bare(to)
}

#[derive(Debug)]
pub(crate) struct GuardedResolver {
    reach: Reach,
}

impl GuardedResolver {
    pub(crate) fn new(reach: Reach) -> Self {
        Self { reach }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.reach;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(ResolveFailed)?;
            let kept: Vec<_> = found.filter(|address| reach.permits(address.ip())).collect();
            if kept.is_empty() {
                return Err(HostRefused.into());
            }
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        let rows = [
            ("93.184.216.34", true, true),
            ("10.1.2.3", false, true),
            ("127.0.0.1", false, true),
            ("169.254.169.254", false, false),
            ("172.16.0.1", false, true),
            ("192.168.1.1", false, true),
            ("100.64.0.1", false, true),
            ("0.0.0.0", false, true),
            ("224.0.0.1", false, false),
            ("255.255.255.255", false, false),
            ("198.18.0.1", false, true),
            ("192.0.2.1", false, true),
            ("::1", false, true),
            ("fc00::1", false, true),
            ("fe80::1", false, false),
            ("2606:4700::1111", true, true),
            ("2001:db8::1", false, true),
            ("::ffff:127.0.0.1", false, true),
            ("::ffff:169.254.169.254", false, false),
            ("64:ff9b::10.0.0.1", false, true),
            ("64:ff9b::93.184.216.34", true, true),
            ("64:ff9b:1::93.184.216.34", false, true),
            ("2002:7f00:1::", false, true),
            ("::", false, true),
            ("::93.184.216.34", false, true),
            ("::ffff:93.184.216.34", false, true),
            ("100::1", false, true),
            ("2001::1", false, true),
            ("2001:10::1", false, true),
            ("2001:4860:4860::8888", true, true),
            ("3fff::1", false, true),
            ("fec0::1", false, true),
            ("ff02::1", false, false),
            ("100.63.255.255", true, true),
            ("100.127.255.255", false, true),
            ("100.128.0.0", true, true),
            ("172.15.255.255", true, true),
            ("172.31.255.255", false, true),
            ("172.32.0.0", true, true),
            ("192.0.0.8", false, true),
            ("192.88.99.1", false, true),
            ("198.51.100.1", false, true),
            ("203.0.113.1", false, true),
            ("240.0.0.1", false, true),
        ];
        for (ip, public, private) in rows {
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!((Reach::Public.permits(ip), Reach::Private.permits(ip)), (public, private), "{ip}");
        }
    }

    #[test]
    fn a_redirect_stays_on_the_site() {
        let rows = [
            ("http://example.org/", "https://example.org/", true),
            ("https://example.org/", "https://www.example.org/", true),
            ("https://example.org/", "http://example.org/", false),
            ("https://example.org/", "https://example.net/", false),
            ("http://127.0.0.1:80/", "http://127.0.0.1:81/", false),
        ];
        for (from, to, good) in rows {
            assert_eq!(same_site(&from.parse().unwrap(), &to.parse().unwrap()), good, "{from} {to}");
        }
    }
}
