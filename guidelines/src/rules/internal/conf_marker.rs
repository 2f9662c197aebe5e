//! Whether a text, an alternative text or a file name carries a mark of confidentiality.
//! It does not know what the mark protects.

mod marks;
mod meant;
mod reach;

use std::ops::Range;

use crate::pattern::Regex;
use serde::Deserialize;

use self::marks::Marks;
use crate::{Check, Example, Field, FieldKind, Hit, Office, Reading, Wake, pattern, rule::rule};

rule!(
    ConfMarker, "GP6b.conf-marker", version 2, "GP6b", Block,
    what: "Finds marks of confidentiality in English and French: \"confidential - not for distribution\", \"internal use only\", \
           \"in camera\", embargoes, TLP and Protected A to C, and the small print of e-mails; in the text, in alternative texts \
           and in file names. Speaking about confidentiality passes.",
    why: "Sensitive documents are not released without the permission of the project team; whoever marked one said so.",
    instead: "Ask the project team; once released, use the released version, which no longer carries the mark.",
    fires: [
        Example::of("STRICTLY CONFIDENTIAL\nWhere the new clinics will be"),
        Example::of("Embargoed until Monday, 6 am: our paper on sleep"),
        Example::of("The in-camera meeting chose a new chair."),
        Example::of("TLP:AMBER Our vendor was breached."),
        Example::of("Note de service, à usage interne seulement."),
        Example::of("The budget").picturing("budget_CONFIDENTIAL_v3.png", Some("A table")),
        Example::of("If you are not the intended recipient, please delete this message."),
    ],
    quiet: [
        Example::of("The confidentiality of patients matters to us."),
        Example::of("Confidential help is a call away, day and night."),
        Example::of("Un service confidentiel pour les jeunes."),
        Example::of("The embargo has been lifted: read the paper."),
        Example::of("Learn what Protected B means for health data."),
        Example::of("TLP:CLEAR A summary for everyone."),
    ],
);

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// More phrases that mark something as confidential.
    phrases: Vec<String>,
}

/// What must stand in a text for a mark to stand in it; read in lower case.
const WAKING: &str = "confiden,internal,interne,not for,not yet for,do not,don't,not to be,never share,keep this,keep these,\
    keep it,keep the,embargo,in camera,in-camera,huis clos,huis-clos,tlp,protected,protég,protege,privileg,privilég,only,\
    need to know,need-to-know,restricted,secret,official use,limited distribution,limited circulation,recipient,addressee,\
    destinataire,prejudice,off the record,background,nda,non-disclosure,ne pas,ne diffusez,ne distribuez,ne partagez,ne publiez,\
    ne transférez,à ne pas,non publier,diffusion,distribution,réservé,usage,proprietary,sensitive,classified,in error,par erreur,\
    hold ,held for,release date,pre-decisional,predecisional,advice to,closed session,closed meeting,closed-door,closed door,\
    private board,marked,stamped,status,sensitivity,pas pour,pas encore pour,leaked,unreleased,staff only";

struct Prepared {
    marks: Marks,
    own: Vec<String>,
    more: Regex,
    in_names: Regex,
}

fn prepare(params: &Params, _: &Office) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(Prepared {
        marks: Marks::compile()?,
        own: params.phrases.clone(),
        more: pattern::phrases(&params.phrases)?,
        in_names: pattern::any_case(
            r"(?:^|[^\p{L}])(?P<m>confidential|confidentiel(?:le)?|internal(?:[ _\-]use)?[ _\-]only|(?:à[ _\-])?usage[ _\-]interne|not[ _\-]for[ _\-](?:public[ _\-])?(?:distribution|release|circulation)|do[ _\-]not[ _\-](?:distribute|share|forward)|embargo(?:ed)?|sous[ _\-]embargo|in[ _\-]camera|huis[ _\-]clos|protected[ _\-]?[abc]|tlp[ _\-:]?(?:red|amber|green)|privileged|restricted|secret)(?:$|[^\p{L}])",
        )?,
    }))
}

impl Check for Prepared {
    fn wakes(&self) -> Wake {
        // A phrase of the office's own may be written with hyphens: its first word wakes.
        let own = self.own.iter().filter_map(|phrase| phrase.split_whitespace().next());
        Wake::Words(WAKING.split(',').map(str::to_owned).chain(own.map(str::to_lowercase)).collect())
    }

    fn check(&self, reading: &Reading<'_, '_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        for field in &reading.fields {
            match field.kind {
                FieldKind::Text | FieldKind::AltText | FieldKind::Captions => {
                    let mut found = self.marks.find(field);
                    let more = self.more.find_iter(field.shadow.folded()).map(|m| m.range());
                    found.extend(more.filter(|range| !range.is_empty()));
                    hits.extend(merged(found).iter().map(|range| hit(field, range)));
                }
                FieldKind::FileName => {
                    let found =
                        self.in_names.captures_iter(field.shadow.folded()).filter_map(|c| c.name("m"));
                    hits.extend(found.map(|mark| hit(field, &mark.range())));
                }
                FieldKind::Link | FieldKind::Bio => {}
            }
        }
        hits
    }
}

fn hit(field: &Field<'_>, range: &Range<usize>) -> Hit {
    let wherein = match field.kind {
        FieldKind::AltText => "The alternative text",
        FieldKind::Captions => "What the captions say",
        FieldKind::FileName => "The file name",
        FieldKind::Text | FieldKind::Link | FieldKind::Bio => "The text",
    };
    let shown: String = field.shadow.part(range).chars().take(60).collect();
    Hit::at(field, range, format!("{wherein} carries a mark of confidentiality."))
        .showing(shown)
        .suggesting("Ask the project team whether it is released, and use the released version.")
}

/// Overlapping and touching ranges as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end + 3 => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}
