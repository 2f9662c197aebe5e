//! Whether a link hides where it leads. It does not follow it.

use serde::Deserialize;

use crate::{Check, Example, FieldKind, Hit, Office, Reading, Wake, rule::rule};

rule!(
    LinkShortener, "X.shortener", version 1, "X4", Advise,
    what: "Finds links of services that shorten addresses. An office's own short addresses can be allowed.",
    why: "Readers cannot see where a short link leads, and it dies with its service; platforms count links at a fixed length anyway.",
    instead: "Give the address of the page itself.",
    fires: [
        Example::of("More: https://bit.ly/3abcdEF"),
        Example::of("More: tinyurl.com/sleep-2027"),
        Example::of("More").linking("https://buff.ly/xyz"),
    ],
    quiet: [
        Example::of("More: https://example.org/sleep"),
        Example::of("We pinned it on pinterest.com/office, not on habit.lyon.example"),
        Example::of("https://www.nytimes.com/bit.ly-is-down"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More hosts that shorten addresses.
    hosts: Vec<String>,
    /// Hosts that are allowed: the office's own.
    allowed: Vec<String>,
}

/// Services that shorten addresses.
const HOSTS: &str = "bit.ly t.co tinyurl.com ow.ly buff.ly lnkd.in goo.gl is.gd v.gd rebrand.ly cutt.ly t.ly tiny.cc shorturl.at rb.gy \
    bl.ink short.io dlvr.it ift.tt fb.me trib.al soo.gd s.id bitly.com j.mp amzn.to adf.ly shorte.st clck.ru qr.ae x.gd \
    tny.im hubs.ly hubs.la mailchi.mp snip.ly smarturl.it po.st su.pr u.to urlz.fr lc.cx lstu.fr urls.fr spr.ly sforce.co ms.spr.ly \
    conta.cc eepurl.com owl.li zpr.io surl.li tiny.one urly.it shor.by kutt.it qrco.de t2m.io tr.ee wp.me";

struct Prepared {
    hosts: Vec<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    let more = params.hosts.iter().map(|host| host.trim().to_lowercase());
    let hosts = HOSTS.split_whitespace().map(str::to_owned).chain(more);
    let allowed = |host: &String| params.allowed.iter().any(|own| own.trim().eq_ignore_ascii_case(host));
    Ok(Box::new(Prepared { hosts: hosts.filter(|host| !host.is_empty() && !allowed(host)).collect() }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(self.hosts.clone())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&[FieldKind::Text, FieldKind::Link]);
        fields
            .flat_map(|field| {
                field.links().into_iter().filter_map(move |link| {
                    let rest = link.text.split_once("://").map_or(link.text, |(_, rest)| rest);
                    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
                    let host = host.strip_prefix("www.").unwrap_or(&host);
                    let known = self.hosts.iter().any(|known| known == host);
                    known.then(|| {
                        Hit::at(
                            field,
                            &link.range,
                            format!("A short link of {host}: nobody sees where it leads."),
                        )
                        .suggesting("Give the address of the page itself.")
                    })
                })
            })
            .collect()
    }
}
