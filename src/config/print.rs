//! Settings as `masthead config print` shows them: each value with where it came from, secrets redacted.

use serde_json::{Map, Value as Json, json};
use toml::Value;
use url::Url;

use super::{Loaded, Values, values::Entry};

const REDACTED: &str = "(set, not shown)";

/// Whether a value must not be shown, nor be given as a flag.
pub(crate) fn is_secret(key: &str) -> bool {
    matches!(
        key,
        "secrets.master_key" | "database.url" | "media.access_key" | "media.secret_key" | "mail.password"
    )
}

impl Loaded {
    /// As TOML, with the source of each value as a comment.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        let mut current = "";
        for (key, entry) in self.values.iter() {
            let (section, name) = key.split_once('.').unwrap_or(("", key));
            if section != current {
                let gap = if current.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{gap}[{section}]\n"));
                current = section;
            }
            let setting = format!("{name} = {}", shown(key, entry));
            text.push_str(&format!("{setting:<44} # {}\n", entry.source));
        }
        text
    }

    /// As JSON: `{"server.port": {"value": 8080, "source": "default"}, …}`.
    pub(crate) fn to_json(&self) -> Json {
        json_of(&self.values)
    }
}

fn json_of(values: &Values) -> Json {
    let one = |(key, entry): (&str, &Entry)| {
        let value = json!({ "value": shown(key, entry), "source": entry.source.to_string() });
        (key.to_owned(), value)
    };
    Json::Object(values.iter().map(one).collect::<Map<_, _>>())
}

fn shown(key: &str, entry: &Entry) -> Value {
    match &entry.value {
        Value::String(secret) if is_secret(key) && !secret.is_empty() => Value::String(redacted(secret)),
        value => value.clone(),
    }
}

/// An address keeps all but its password.
fn redacted(secret: &str) -> String {
    match Url::parse(secret) {
        Ok(mut url) if url.has_host() => {
            if url.password().is_some() && url.set_password(Some("redacted")).is_err() {
                return REDACTED.to_owned();
            }
            // Parameters may hold a password too.
            if url.query().is_some() {
                url.set_query(Some("redacted"));
            }
            url.to_string()
        }
        _ => REDACTED.to_owned(),
    }
}
