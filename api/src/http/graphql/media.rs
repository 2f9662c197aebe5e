//! Media types: which of the two answers a client takes, and whether what it sends is JSON. Pure.

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`: 200 for every well-formed request.
    Json,
    /// `application/graphql-response+json`: the status says whether it ran.
    GraphQl,
}

impl Media {
    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The media type that a client prefers; none when it takes neither. Without `Accept`, and for `*/*`, JSON.
pub(super) fn accepted(accept: Option<&str>) -> Option<Media> {
    let Some(accept) = accept else { return Some(Media::Json) };
    let mut best: Option<(u16, u8, Media)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let (media, exact) = match name.as_str() {
            "application/graphql-response+json" => (Media::GraphQl, 2),
            "application/json" => (Media::Json, 2),
            "application/*" => (Media::Json, 1),
            "*/*" => (Media::Json, 0),
            _ => continue,
        };
        let mut weight = 1000;
        for parameter in parts {
            match parameter.split_once('=') {
                Some(("q", value)) => weight = thousandths(value),
                Some(("charset", value)) if !value.trim_matches('"').eq_ignore_ascii_case("utf-8") => {
                    weight = 0;
                }
                _ => {}
            }
        }
        let better = best.is_none_or(|(known, how, _)| (weight, exact) > (known, how));
        if weight > 0 && better {
            best = Some((weight, exact, media));
        }
    }
    best.map(|(_, _, media)| media)
}

fn thousandths(weight: &str) -> u16 {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    match whole {
        "1" => 1000,
        "0" => format!("{part:0<3}").get(..3).and_then(|digits| digits.parse().ok()).unwrap_or(0),
        _ => 0,
    }
}

/// Whether a `Content-Type` is JSON in UTF-8. A missing one is not: this closes cross-site forms.
pub(super) fn is_json(content_type: Option<&str>) -> bool {
    let mut parts = content_type.unwrap_or_default().split(';').map(str::trim);
    let json = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let mut charsets = parts
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("charset"));
    json && charsets.all(|(_, value)| value.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_what_the_client_prefers() {
        const JSON: Option<Media> = Some(Media::Json);
        const GRAPHQL: Option<Media> = Some(Media::GraphQl);
        let table = [
            (None, JSON),
            (Some("*/*"), JSON),
            (Some("application/*"), JSON),
            (Some("application/json"), JSON),
            (Some("application/json; charset=utf-8"), JSON),
            (Some("application/graphql-response+json"), GRAPHQL),
            (Some("application/graphql-response+json; charset=UTF-8, */*;q=0.1"), GRAPHQL),
            (Some("application/graphql-response+json, application/json;q=0.9"), GRAPHQL),
            (Some("application/json, application/graphql-response+json"), JSON),
            (Some("application/json;q=0.5, application/graphql-response+json;q=0.8"), GRAPHQL),
            (Some("text/html, */*;q=0.8"), JSON),
            (Some("application/graphql-response+json;q=0"), None),
            (Some("text/html"), None),
            (Some("application/json; charset=iso-8859-1"), None),
            (Some(""), None),
        ];
        for (accept, expected) in table {
            assert_eq!(accepted(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_json_is_read() {
        let table = [
            (Some("application/json"), true),
            (Some("Application/JSON; charset=\"utf-8\""), true),
            (Some("application/json; charset=utf-16"), false),
            (Some("text/plain"), false),
            (Some("application/x-www-form-urlencoded"), false),
            (Some("multipart/form-data; boundary=a"), false),
            (Some("application/graphql"), false),
            (None, false),
        ];
        for (content_type, expected) in table {
            assert_eq!(is_json(content_type), expected, "{content_type:?}");
        }
    }
}
