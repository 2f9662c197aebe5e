//! How long a text in JSON is where it goes. It does not know how any platform counts.

use serde_json::{Map, Value, json};
use twitter_text::{ParserBackend, validator::Validator};

use super::lookup::{count, text};
use crate::{LengthRule, Platform, measure, measure::XConfig};

/// Whether the text is one link, tag, mention or list of X's, where that is what is asked (`config: "validate"`).
fn entity(given: &Value, words: &str) -> Option<bool> {
    if text(given, &["config"]) != Some("validate") {
        return None;
    }
    let validator = Validator::with_parser_backend(ParserBackend::Pest);
    match text(given, &["group"])? {
        "valid_urls" => Some(validator.is_valid_url(words)),
        "valid_urls_without_protocol" => Some(validator.is_valid_url_without_protocol(words)),
        "valid_hashtags" => Some(validator.is_valid_hashtag(words)),
        "valid_usernames" => Some(validator.is_valid_username(words)),
        "valid_lists" => Some(validator.is_valid_list(words)),
        _ => None,
    }
}

/// `length`, `bytes` and `valid` of a text on its platform; nothing where none is named.
pub(super) fn measured(given: &Value, words: &str, platform: Option<Platform>) -> Map<String, Value> {
    let mut answer = Map::new();
    let Some(platform) = platform else { return answer };
    let warning = text(given, &["spoiler", "content_warning"]).unwrap_or_default();
    let whole = [warning, words].concat();
    let rule = platform.length_rule();
    let rule = LengthRule { limit: count(given, &["limit"]).unwrap_or(rule.limit), ..rule };
    let (length, valid) = if let Some(whole_is_one) = entity(given, words) {
        (measure(words, &rule), whole_is_one)
    } else if platform == Platform::X {
        let config = match text(given, &["config"]) {
            Some("v1") => XConfig::V1,
            Some("v2") => XConfig::V2,
            _ => XConfig::Current,
        };
        measure::on_x(&whole, config)
    } else {
        let length = measure(&whole, &rule);
        (
            length,
            length <= rule.limit
                && rule.max_bytes.is_none_or(|most| crate::text::narrow(whole.len()) <= most),
        )
    };
    answer.insert("length".to_owned(), json!(length));
    answer.insert("bytes".to_owned(), json!(whole.len()));
    answer.insert("valid".to_owned(), json!(valid));
    answer
}
