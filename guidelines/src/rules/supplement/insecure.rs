//! Whether a link goes over a connection that anybody on the way can read and change.
//! It does not know whether the site answers over a secure one.

use serde::Deserialize;

use crate::{Check, Example, FieldKind, Hit, Office, Reading, Wake, rule::rule};

rule!(
    LinkInsecure, "X.insecure", version 1, "X4", Advise,
    what: "Finds links that begin with http:// and offers https:// in its place. Hosts of a private network pass here: \
           another rule finds those.",
    why: "Browsers warn of such pages, and whoever sits on the way can change what readers see.",
    instead: "Write https://, and look whether the page is there.",
    fires: [
        Example::of("Read http://example.org/sleep today"),
        Example::of("Read on").linking("http://example.org/sleep"),
    ],
    quiet: [
        Example::of("Read https://example.org/sleep today"),
        Example::of("Try http://localhost:3000 and http://192.168.0.4/x"),
        Example::of("What http:// means"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Hosts that have no secure connection, and are linked to all the same.
    without: Vec<String>,
}

struct Prepared {
    without: Vec<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule is prepared by the same signature")]
fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { without: params.without.iter().map(|host| host.trim().to_lowercase()).collect() }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        Wake::Words(vec!["http://".to_owned()])
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let fields = reading.of_kinds(&[FieldKind::Text, FieldKind::Link]);
        fields
            .flat_map(|field| {
                field.links().into_iter().filter_map(move |link| {
                    let (scheme, rest) = link.text.split_once("://")?;
                    let host = host(rest);
                    let public = host.contains('.') && host.chars().any(char::is_alphabetic);
                    if !scheme.eq_ignore_ascii_case("http") || !public || self.without.contains(&host) {
                        return None;
                    }
                    let raw = field.shadow.raw().get(field.shadow.raw_range(&link.range))?;
                    let (_, written) = raw.split_once("://")?;
                    Some(
                        Hit::at(field, &link.range, "This link is not secure.")
                            .suggesting("Write https://, and look whether the page is there.")
                            .fixed_by("Write https://", format!("https://{written}")),
                    )
                })
            })
            .collect()
    }
}

/// The host of an address without its scheme, in lower case.
fn host(rest: &str) -> String {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    place.split(':').next().unwrap_or_default().to_lowercase()
}
