//! What surrounds a draft in JSON. It does not know what rules make of it.

use serde_json::Value;

use super::{
    attestation,
    lookup::{at, count, day, flag, instant, is_something, is_there, known_list, list, text, texts},
    people,
};
use crate::{
    Attestation, AttestationKind, AuthorView, ChannelKind, ChannelView, DraftView, Exemption, InitiativeView,
    KeptBack, LinkState, LinkView, Neighbour, Original, PlanView, QuoteView, Surroundings, Waiting,
};

/// What surrounds a draft on one of its channels.
pub(super) fn surroundings(draft: &Value, channel: Option<&str>) -> Surroundings {
    let now = instant(draft, &["now"]);
    Surroundings {
        now,
        scheduled_at: instant(draft, &["post.scheduled_at"]),
        university_published_on: day(draft, &["handbook.parent_published_on"]),
        university_reviewed_on: day(draft, &["handbook.parent_reviewed_on"]),
        channel: at(draft, "account").map(|account| channel_view(account, draft)),
        author: at(draft, "author").map(author_view),
        initiative: at(draft, "initiative").map(initiative_view),
        draft: at(draft, "post").map(|post| draft_view(post, draft)).unwrap_or_default(),
        neighbours: neighbours(draft, channel),
        links: links(draft),
        waiting: waiting(draft, now),
        amplified: None,
    }
}

fn channel_view(account: &Value, draft: &Value) -> ChannelView {
    let kind = match text(account, &["kind"]).unwrap_or_default() {
        "project" | "initiative" => ChannelKind::Project,
        "personal" => ChannelKind::Personal,
        _ => ChannelKind::Office,
    };
    ChannelView {
        handle: text(account, &["handle"]).unwrap_or_default().trim_start_matches('@').to_owned(),
        kind,
        bio: text(account, &["bio"]).map(str::to_owned),
        contact: is_there(account, "contact").then(|| flag(account, &["contact"]).unwrap_or(false)),
        operators_named: flag(account, &["operators_named", "operators_in_bio"]),
        stewards: people::stewards(account, draft),
        own_reason: text(account, &["reason", "own_reason"])
            .or_else(|| text(draft, &["initiative.own_account_reason"]))
            .map(str::to_owned),
        succession: people::succession(account, draft),
        notified: ["coordinator_notified_on", "notified_on"]
            .iter()
            .find(|key| is_there(account, key))
            .map(|key| flag(account, &[key]).unwrap_or(false)),
    }
}

fn author_view(author: &Value) -> AuthorView {
    let exemption = at(author, "representation_exemption").map(|given| Exemption {
        reason: text(given, &["reason"]).unwrap_or_default().to_owned(),
        approved_by: text(given, &["approved_by"]).map(str::to_owned),
        until: day(given, &["until", "expires_on"]),
    });
    AuthorView {
        name: text(author, &["name"]).unwrap_or_default().to_owned(),
        exemption,
        permanence_acknowledged: people::permanence(author),
    }
}

fn initiative_view(given: &Value) -> InitiativeView {
    let told = "coordinator_notified_on";
    InitiativeView {
        name: text(given, &["name"]).unwrap_or_default().to_owned(),
        notified: is_there(given, told).then(|| flag(given, &[told]).unwrap_or(false)),
        notified_on: day(given, &[told]),
        started_on: day(given, &["started_on", "starts_on"]),
        ends_on: day(given, &["ends_on"]),
        blog_posts: count(given, &["blog_posts"]),
        blog_due_on: day(given, &["blog_due_on"]),
        plan: at(given, "plan").map(plan_view),
    }
}

fn plan_view(given: &Value) -> PlanView {
    let forever = list(given, &["not_shareable"]).into_iter().map(|topic| KeptBack { topic, until: None });
    let embargoes = at(given, "embargoes").and_then(Value::as_array);
    PlanView {
        approved: flag(given, &["approved_on", "approved"]).unwrap_or(false),
        coordinator_consulted: flag(given, &["coordinator_consulted"]),
        audiences: known_list(given, &["audiences"]),
        stakeholders: known_list(given, &["stakeholders"]),
        key_messages: known_list(given, &["key_messages"]),
        shareable: known_list(given, &["shareable"]),
        kept_back: forever.chain(embargoes.into_iter().flatten().flat_map(embargo)).collect(),
        hashtags: list(given, &["hashtags"]),
        goals: known_list(given, &["goals"]),
        measures: known_list(given, &["measures"]),
        contentious: ["contentious", "contentious_topics"]
            .iter()
            .flat_map(|key| list(given, &[key]))
            .collect(),
        reading_grade: count(
            given,
            &["reading_grade", "readability_grade", "target_grade", "readability_target", "reading_level"],
        ),
    }
}

/// Everything that an embargo names, each until its end.
fn embargo(given: &Value) -> Vec<KeptBack> {
    let until = instant(given, &["until", "ends_at", "lifts_at", "embargoed_until"]);
    let Some(map) = given.as_object() else { return Vec::new() };
    let apart =
        ["until", "ends_at", "lifts_at", "embargoed_until", "reason", "by", "note", "source", "id", "set_by"];
    let named = map.iter().filter(|(key, _)| !apart.contains(&key.as_str()));
    let topics = named.flat_map(|(_, value)| texts(value)).filter(|topic| !topic.trim().is_empty());
    topics.map(|topic| KeptBack { topic, until }).collect()
}

fn draft_view(post: &Value, draft: &Value) -> DraftView {
    let author = text(draft, &["author.name"]);
    let advice = at(post, "advice").map(|given| (AttestationKind::Advice, given));
    let answers = at(post, "attestations").and_then(Value::as_object).into_iter().flatten();
    let attestations: Vec<Attestation> = answers
        .filter_map(|(key, value)| Some((kind_of(key)?, value)))
        .chain(advice)
        .filter(|(kind, value)| people::is_given(*kind, value, author))
        .map(|(kind, _)| attestation(kind, "given"))
        .collect();
    DraftView {
        variants: Vec::new(),
        topic: text(post, &["topic"]).map(str::to_owned),
        key_message: is_there(post, "key_message")
            .then(|| text(post, &["key_message"]).unwrap_or_default().to_owned()),
        correction_of: at(post, "correction_of").map(original),
        edit_of: at(post, "edit_of").map(original),
        quotes: at(post, "quotes").and_then(Value::as_array).into_iter().flatten().map(quote).collect(),
        in_doubt: flag(post, &["in_doubt"]).unwrap_or(false),
        attestations,
    }
}

fn kind_of(key: &str) -> Option<AttestationKind> {
    let key = key.to_lowercase();
    let words = [
        ("document", AttestationKind::DocumentRelease),
        ("quot", AttestationKind::QuotePermission),
        ("internal", AttestationKind::InternalPermission),
        ("paraphras", AttestationKind::InternalPermission),
        ("image", AttestationKind::ImageConsent),
        ("people", AttestationKind::ImageConsent),
        ("consent", AttestationKind::ImageConsent),
        ("advice", AttestationKind::Advice),
        ("doubt", AttestationKind::Advice),
        ("media", AttestationKind::MediaReady),
        ("perman", AttestationKind::Permanence),
    ];
    words.iter().find(|(word, _)| key.contains(word)).map(|(_, kind)| *kind)
}

fn original(given: &Value) -> Original {
    Original {
        url: text(given, &["url"]).map(str::to_owned),
        text: text(given, &["text"]).or(given.as_str()).unwrap_or_default().to_owned(),
    }
}

/// Who agreed to a quotation, or that somebody did.
const PERMISSION: &[&str] = &["permission", "permission_by", "agreed_on", "agreed"];

fn quote(given: &Value) -> QuoteView {
    QuoteView {
        text: text(given, &["text", "quote"]).or(given.as_str()).unwrap_or_default().to_owned(),
        speaker: text(given, &["speaker", "who", "source"]).map(str::to_owned),
        permission: PERMISSION
            .iter()
            .any(|key| at(given, key).is_some_and(is_something))
            .then(|| text(given, PERMISSION).unwrap_or("given").to_owned()),
    }
}

fn neighbours(draft: &Value, channel: Option<&str>) -> Vec<Neighbour> {
    let mut found = Vec::new();
    for (path, published) in [("context.recent_posts", true), ("context.also_scheduled", false)] {
        let items = at(draft, path).and_then(Value::as_array);
        for (index, item) in items.into_iter().flatten().enumerate() {
            let Some(at) = instant(item, &["published_at", "scheduled_at", "at"]) else { continue };
            let handle = text(draft, &["account.handle"]);
            let same_platform = text(item, &["channel", "platform"])
                .is_none_or(|name| Some(name) == channel || Some(name) == handle);
            let same_account = text(item, &["account", "handle"]).is_none_or(|name| Some(name) == handle);
            found.push(Neighbour {
                id: text(item, &["id"]).map_or_else(|| format!("{path}[{index}]"), str::to_owned),
                same_channel: same_platform && same_account,
                published,
                at,
                text: text(item, &["text"]).unwrap_or_default().to_owned(),
            });
        }
    }
    found
}

/// The links of a draft, and how they fared.
pub(super) fn links(draft: &Value) -> Vec<LinkView> {
    let items = at(draft, "post.links").and_then(Value::as_array);
    let view = |item: &Value| {
        let url = text(item, &["url", "href"]).or(item.as_str())?.to_owned();
        let word = text(item, &["state", "status"]).unwrap_or_default().to_lowercase();
        let code = item.get("status").and_then(Value::as_u64);
        let state = match code {
            Some(404 | 410) => LinkState::Dead,
            Some(200..=399) => LinkState::Alive,
            _ if word.contains("dead")
                || word.contains("404")
                || word.contains("gone")
                || word.contains("broken") =>
            {
                LinkState::Dead
            }
            _ if word.contains("internal") => LinkState::Internal,
            _ if word.contains("ok") || word.contains("alive") => LinkState::Alive,
            _ => LinkState::Unknown,
        };
        Some(LinkView { url, state, checked_at: instant(item, &["checked_at"]) })
    };
    items.into_iter().flatten().filter_map(view).collect()
}

fn waiting(draft: &Value, now: Option<chrono::DateTime<chrono::Utc>>) -> Vec<Waiting> {
    let items = at(draft, "context.inbox").and_then(Value::as_array);
    let view = |(index, item): (usize, &Value)| {
        if flag(item, &["answered_at", "answered", "thanked_at", "thanked"]) == Some(true) {
            return None;
        }
        let since =
            instant(item, &["received_at", "at"]).zip(now).map(|(then, now)| (now - then).num_hours());
        let hours = count(item, &["age_hours", "hours"])
            .or_else(|| since.and_then(|hours| u32::try_from(hours).ok()))?;
        let kind = text(item, &["kind", "type"]).unwrap_or("question");
        let id = text(item, &["id"]).map_or_else(|| format!("inbox[{index}]"), str::to_owned);
        Some(Waiting { id, question: kind.contains("question") || kind.contains("mention"), hours })
    };
    items.into_iter().flatten().enumerate().filter_map(view).collect()
}
