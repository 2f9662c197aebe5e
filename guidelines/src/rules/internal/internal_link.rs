//! Whether a submission leads to a place that only staff can reach. It does not know whether the place exists.

mod address;
mod place;
mod service;

use std::ops::Range;

use serde::Deserialize;

use self::{
    address::Address,
    place::{Class, Places},
};
use crate::{
    Check, Evidence, Example, Field, FieldKind, Hit, LinkState, Office, Reading, Validation, Weight, mask,
    rule::rule,
};

rule!(
    InternalLink, "GP6b.internal-link", version 1, "GP6b", Block, reads: [Bio, Links],
    what: "Finds addresses that only staff can open: the office's internal hosts, intranets, private IP addresses, \
           staging sites, shared folders and drives, paths of one's own computer, and the working pages of document, \
           chat and task services. Pages published to everybody, forms and invitations to public meetings pass.",
    why: "Internal documents are not released by accident, and an address that readers cannot open helps none of them.",
    instead: "Link to the public page; if there is none, ask the project team to publish the document.",
    fires: [
        Example::of("Minutes: https://intranet.office.example.org/minutes/12"),
        Example::of("The slides are in \\\\fs02\\projects\\hearts\\Slides v3.pptx for all."),
        Example::of("Draft at https://docs.google.com/document/d/1aBcD/edit?usp=sharing"),
        Example::of("Try it on http://192.168.4.20:3000/ today"),
        Example::of("Preview: https://hearts-staging.example.net/"),
        Example::of("Details in the link").linking("https://clinic.sharepoint.com/sites/hearts"),
        Example::of("See file:///Users/ann/poster.pdf"),
    ],
    quiet: [
        Example::of("Why we left SharePoint: https://example.org/blog/sharepoint"),
        Example::of("Read it at https://docs.google.com/document/d/e/2PACX-1v/pub"),
        Example::of("Join us: https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"),
        Example::of("Version 10.1.2.3 is out; see doi 10.1136/bmj.10.2.3.4"),
        Example::of("Watch https://youtu.be/abc and sign up at https://forms.gle/xyz"),
        Example::of("and/or, 24/7, w/ friends: it's a win/win"),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Hosts that look internal and are open to anybody.
    open_hosts: Vec<String>,
}

struct Prepared {
    places: Places,
}

fn prepare(params: &Params, office: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared { places: Places::compile(office, &params.open_hosts)? }))
}

impl Check for Prepared {
    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let kinds =
            [FieldKind::Text, FieldKind::AltText, FieldKind::Captions, FieldKind::Link, FieldKind::Bio];
        reading.of_kinds(&kinds).flat_map(|field| self.field(field, reading)).collect()
    }
}

impl Prepared {
    fn field(&self, field: &Field<'_>, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let text = field.shadow.folded();
        if !text.contains(['/', '\\', '.', ':']) {
            return Vec::new();
        }
        let mut found: Vec<(Range<usize>, Class)> = self.places.paths(text, field.lower());
        for address in address::addresses(text) {
            let taken = found
                .iter()
                .any(|(range, _)| range.start < address.range.end && address.range.start < range.end);
            let class = if taken { None } else { self.class(&address, field.lower(), reading) };
            found.extend(class.map(|class| (address.range, class)));
        }
        found.sort_by_key(|(range, _)| range.start);
        found.iter().map(|(range, class)| hit(field, range, *class)).collect()
    }

    fn class(&self, address: &Address<'_>, lower: &str, reading: &Reading<'_, '_>) -> Option<Class> {
        let known = self.places.class(address, lower);
        let looked_at = || {
            let links = &reading.around()?.links;
            let internal = links.iter().any(|link| {
                link.state == LinkState::Internal
                    && link.url.trim_end_matches('/') == address.text.trim_end_matches('/')
            });
            internal.then_some(Class::Found)
        };
        known.or_else(looked_at)
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>, class: Class) -> Hit {
    Hit::at(field, range, format!("This leads to {}.", class.describe()))
        .weighing(if class == Class::Shared { Weight::Unsure } else { Weight::Sure })
        .because(Evidence::of(class.describe(), Validation::NotApplicable))
        .showing(mask::place(field.shadow.part(range)))
        .suggesting("Link to the public page, or ask the project team to publish it.")
}
