//! Drafts and texts as JSON lines, and what the rules say of them: the format of `masthead check --jsonl`.
//!
//! A line is an object with an `id` and either a `text` (with an optional `channel`) or a `draft`: its `post`, and
//! what surrounds it (`account`, `author`, `initiative`, `handbook`, `context`). It is read kindly: what is left out is
//! not known, and not judged. It does not know files or how lines arrive.

mod around;
mod lookup;
mod measured;
mod media;
mod people;

use serde_json::{Map, Value, json};

use self::lookup::{list, text};
use crate::{
    Attestation, AttestationKind, Capacity, Finding, Handbook, ListEntry, OfficeFacts, Platform, Submission,
    VariantView, check,
};

/// A line that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// It is not JSON.
    #[error("not a JSON object: {0}; write one object a line")]
    NotJson(#[from] serde_json::Error),
    /// It has nothing to check.
    #[error("neither a `text` nor a `draft` in it: give one of them")]
    Nothing,
}

/// What the rules say of one line, as one line.
pub fn answer_line(line: &str, handbook: &Handbook) -> Result<String, ExchangeError> {
    let given: Value = serde_json::from_str(line)?;
    let mut answer = Map::new();
    answer.insert("id".to_owned(), given.get("id").cloned().unwrap_or(Value::Null));
    let (words, findings) = if let Some(draft) = given.get("draft") {
        (text(draft, &["post.text"]).unwrap_or_default().to_owned(), draft_findings(draft, handbook))
    } else {
        let words = text(&given, &["text"]).ok_or(ExchangeError::Nothing)?;
        let platform = text(&given, &["channel", "platform"]).and_then(|word| word.parse().ok());
        answer.extend(measured::measured(&given, words, platform));
        (words.to_owned(), check(&Submission::of_text(words), handbook).findings)
    };
    let told = findings.iter().map(|finding| told(finding, &words));
    answer.insert("findings".to_owned(), told.collect());
    Ok(Value::Object(answer).to_string())
}

/// An office's lists as a JSON object has them: its names, phone numbers, mail addresses, hosts and so on.
pub fn office_facts(source: &str) -> Result<OfficeFacts, ExchangeError> {
    let given: Value = serde_json::from_str(source)?;
    let entries = |keys: &[&str]| -> Vec<ListEntry> {
        keys.iter().flat_map(|key| list(&given, &[key])).map(|value| ListEntry::plain(&value)).collect()
    };
    Ok(OfficeFacts {
        names: entries(&["office", "names", "parent"]),
        phones: entries(&["phones"]),
        emails: entries(&["emails"]),
        email_domains: entries(&["email_domains", "email_domains_public"]),
        addresses: entries(&["addresses"]),
        venues: entries(&["venues"]),
        public_hosts: entries(&["public_hosts"]),
        internal_hosts: entries(&["internal_hosts"]),
        acronyms: entries(&["acronyms"]),
        consented_people: entries(&["consented_people", "consents"]),
        newsrooms: entries(&["newsrooms"]),
    })
}

/// What is said of a draft on each of its channels; what is the same on several is told once.
fn draft_findings(draft: &Value, handbook: &Handbook) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    on_each_channel(draft, |submission| {
        for finding in check(submission, handbook).findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    });
    findings
}

/// A draft as it is checked, once for each of its channels.
pub(crate) fn on_each_channel(draft: &Value, mut each: impl FnMut(&Submission<'_>)) {
    let post = draft.get("post").unwrap_or(&Value::Null);
    let common = text(post, &["text"]).unwrap_or_default();
    let channels = list(post, &["channels", "channel"]);
    let places: Vec<Option<&str>> =
        if channels.is_empty() { vec![None] } else { channels.iter().map(|c| Some(c.as_str())).collect() };
    let capacity = capacity(draft);
    let held = media::Held::of(post);
    let links = around::links(draft);
    for channel in places {
        let (words, path, variants) = words_on(post, common, channel);
        let mut around = around::surroundings(draft, channel);
        around.draft.variants = variants;
        around.draft.attestations.extend(held.attestations());
        each(&Submission {
            platform: channel.and_then(|word| word.parse::<Platform>().ok()),
            capacity,
            text_path: &path,
            link: text(post, &["link"]),
            more_links: links.iter().map(|link| link.url.as_str()).collect(),
            media: held.views(),
            captions: held.captions(),
            around: Some(&around),
            ..Submission::of_text(words)
        });
    }
}

/// The text for a channel, what findings call it, and the texts for the others.
fn words_on<'v>(
    post: &'v Value,
    common: &'v str,
    channel: Option<&str>,
) -> (&'v str, String, Vec<VariantView>) {
    let empty = Map::new();
    let variants = post.get("variants").and_then(Value::as_object).unwrap_or(&empty);
    let own = channel.and_then(|channel| post.get("variants")?.get(channel)?.as_str());
    let path = |name: &str| format!("variants.{name}");
    let others = variants.iter().filter(|(name, _)| Some(name.as_str()) != channel);
    let mut rest: Vec<VariantView> = others
        .filter_map(|(name, value)| Some(VariantView { path: path(name), text: value.as_str()?.to_owned() }))
        .collect();
    match (own, channel) {
        (Some(own), Some(channel)) => {
            rest.push(VariantView { path: "text".to_owned(), text: common.to_owned() });
            (own, path(channel), rest)
        }
        _ => (common, "text".to_owned(), rest),
    }
}

fn capacity(draft: &Value) -> Option<Capacity> {
    let word = text(draft, &["author.capacity", "post.capacity"])?.to_lowercase();
    Some(if word.starts_with("person") { Capacity::PersonalOpinion } else { Capacity::Official })
}

/// An answer of a kind, for a reader of lines.
fn attestation(kind: AttestationKind, answer: &str) -> Attestation {
    Attestation { kind, answer: answer.to_owned() }
}

fn told(finding: &Finding, words: &str) -> Value {
    let at = |byte: u32| usize::try_from(byte).ok().and_then(|at| words.get(..at)).map(|w| w.chars().count());
    let on_words = finding.target == "text";
    let span = finding.span.filter(|_| on_words);
    let (start, end) = span.map_or((None, None), |span| (at(span.byte_start), at(span.byte_end)));
    json!({
        "rule": finding.rule,
        "label": label(&finding.rule),
        "severity": finding.severity.as_str().to_lowercase(),
        "clause": finding.clause,
        "target": finding.target,
        "start": start.unwrap_or_default(),
        "end": end.unwrap_or_default(),
        "span": finding.span,
        "message": finding.message,
        "excerpt": finding.excerpt,
        "suggestion": finding.suggestion,
    })
}

/// What a corpus of labelled texts calls what a rule finds.
fn label(rule: &str) -> &str {
    match rule {
        "CC1b.phone" => "PERSONAL_PHONE",
        "CC1b.address" => "HOME_ADDRESS",
        "CC1b.email" => "PERSONAL_EMAIL",
        "CC1b.sin" => "SIN",
        "CC1b.phn" => "PHN",
        "CC1b.card" => "CREDIT_CARD",
        "CC1b.dob" => "DOB",
        "CC1b.patient-id" => "PATIENT_ID",
        "CC1b.patient-name" => "PATIENT_NAME",
        "GP6a.quoted-email" => "INTERNAL_EMAIL",
        "GP6b.conf-marker" => "CONFIDENTIAL_MARK",
        "GP6b.secret" => "SECRET",
        "GP6b.internal-link" => "INTERNAL_LINK",
        other => other,
    }
}
