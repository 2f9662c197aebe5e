//! What stands in an input: values that are good enough for an operation to come as far as its ids, and the kind of thing
//! that an id names.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::story::day;

/// What a name speaks of: the first that it holds, in small letters.
const SPOKEN: [(&str, &str); 43] = [
    ("platformapp", "PlatformApp"),
    ("keymessage", "KeyMessage"),
    ("goal", "Goal"),
    ("integration", "Integration"),
    ("inforce", "Handbook"),
    ("handbook", "Handbook"),
    ("handover", "ChannelHandover"),
    ("comment", "DraftComment"),
    ("question", "InitiativeQuestion"),
    ("policy", "ReviewPolicy"),
    ("review", "Review"),
    ("correction", "Correction"),
    ("recurrence", "Recurrence"),
    ("conversation", "Conversation"),
    ("answers", "Conversation"),
    ("delegation", "Delegation"),
    ("blackout", "Blackout"),
    ("waiver", "Waiver"),
    ("partner", "Partner"),
    ("pause", "Pause"),
    ("plan", "Plan"),
    ("slot", "Slot"),
    ("mail", "Mail"),
    ("media", "Media"),
    ("keeper", "Member"),
    ("owner", "Member"),
    ("manager", "Member"),
    ("adviser", "Member"),
    ("deputy", "Member"),
    ("author", "Member"),
    ("actor", "Member"),
    ("member", "Member"),
    ("steward", "Steward"),
    ("channel", "Channel"),
    ("considered", "Channel"),
    ("credentiallost", "Channel"),
    ("initiative", "Initiative"),
    ("draft", "Draft"),
    ("post", "Post"),
    ("exempt", "Post"),
    ("after", "Post"),
    ("explain", "Post"),
    ("node", "Draft"),
];

/// What is only looked for among ids of theirs, and never read.
const COMPARED: [&str; 3] = ["expectedInForce", "channelIds", "remove"];

/// What is given where an operation takes an id.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// One id of each kind.
    pub(super) ids: BTreeMap<String, String>,
    /// Which of several ways to say something is taken, where only one can be.
    pub(super) turn: usize,
}

impl Given {
    /// The kinds that an input takes ids of.
    pub(super) fn kinds(input: &Value) -> BTreeSet<&'static str> {
        let told = input.to_string();
        let named = |kind: &&str| told.contains(&global(kind, &uuid::Uuid::nil()));
        SPOKEN.iter().map(|(_, kind)| *kind).filter(named).collect()
    }
}

/// The kind of thing whose id a field takes; `within` is the input, or the query, that it stands in.
fn kind_of(field: &str, within: &str) -> &'static str {
    let name = match (within, field) {
        ("ChannelFilter", "stewardId") => "member".to_owned(),
        ("ChangeExemptionsInput", "add" | "remove") | ("AuditFilter", "subjectId") => "post".to_owned(),
        ("handbookChanges", _) => "handbook".to_owned(),
        (_, "id" | "ids") => within.to_lowercase(),
        _ => field.to_lowercase(),
    };
    let found = SPOKEN.iter().find(|(word, _)| name.contains(word));
    found.unwrap_or_else(|| panic!("what does {field} of {within} name?")).1
}

/// An id as clients see it.
pub(super) fn global(kind: &str, id: &uuid::Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{id}"))
}

impl Given {
    fn id(&self, field: &str, within: &str) -> Value {
        let kind = kind_of(field, within);
        let nothing = || global(kind, &uuid::Uuid::nil());
        json!(self.ids.get(kind).cloned().unwrap_or_else(nothing))
    }

    pub(super) fn scalar(&self, name: &str, field: &str, within: &str) -> Value {
        let late = matches!(field, "to" | "until" | "endsOn" | "endsAt");
        let ahead = day(if late { 20 } else { 10 });
        match name {
            "ID" => self.id(field, within),
            "Int" => json!(1),
            "Float" => json!(1.5),
            "Boolean" => json!(field != "allowPrivateHost"),
            "DateTime" => json!(format!("{ahead}T10:00:00Z")),
            "Date" if field == "givenOn" => json!("2025-05-06"),
            "Date" => json!(ahead),
            "LocalDateTime" => json!(format!("{ahead}T10:00")),
            "LocalTime" => json!("10:00"),
            "TimeZone" => json!("Europe/Berlin"),
            "URL" => json!("https://example.org/"),
            // What a plan keeps back is not what it shares.
            _ if within == "EmbargoInput" => json!("kept back"),
            _ => json!(words(field)),
        }
    }
}

fn words(field: &str) -> &'static str {
    match field {
        "email" | "contact" => "prying@example.org",
        "language" => "en",
        "localTime" | "from" => "10:00",
        "to" => "12:00",
        "accounts" => "https://social.example.org/@prying",
        "reason" | "password" | "new" => "prying into what others do",
        _ => "prying",
    }
}

/// The places at which two values of one shape hold something else.
pub(super) fn differing(one: &Value, other: &Value) -> Vec<String> {
    let below = |key: &str, one: &Value, other: &Value| -> Vec<String> {
        differing(one, other).into_iter().map(|rest| format!("/{key}{rest}")).collect()
    };
    match (one, other) {
        (Value::Object(fields), Value::Object(_)) => {
            let fields = fields.iter().filter(|(name, _)| !COMPARED.contains(&name.as_str()));
            fields.flat_map(|(name, value)| below(name, value, &other[name])).collect()
        }
        (Value::Array(items), Value::Array(_)) => {
            let items = items.iter().enumerate();
            items.flat_map(|(at, value)| below(&at.to_string(), value, &other[at])).collect()
        }
        _ if one == other => Vec::new(),
        _ => vec![String::new()],
    }
}
