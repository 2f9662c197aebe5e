//! What the platform's headers say of how much of its limits is used up. Each is JSON in per cent of what is allowed. It does
//! not know which call was made.

use std::time::Duration;

use serde_json::Value;

use crate::http::answer::{Answer, LONGEST_WAIT};

/// Where no time is told, limits go by the last hour or day and ease bit by bit: asked again after this.
const EASING: Duration = Duration::from_mins(15);
const PERCENT: [&str; 3] = ["call_count", "total_time", "total_cputime"];

/// How long the account is to be left alone; none while more is allowed.
pub(super) fn wait(answer: &Answer) -> Option<Duration> {
    let read = |name: &str| serde_json::from_str::<Value>(answer.header(name)?).ok();
    let plain = ["x-app-usage", "x-page-usage"].into_iter().filter_map(read).filter_map(|usage| one(&usage));
    let by_use = read("x-business-use-case-usage");
    // By business, and then by kind of use.
    let by_use = by_use.iter().filter_map(Value::as_object).flat_map(|businesses| businesses.values());
    let by_use = by_use.filter_map(Value::as_array).flatten().filter_map(one);
    plain.chain(by_use).max().map(|wait| wait.min(LONGEST_WAIT))
}

fn one(usage: &Value) -> Option<Duration> {
    let regained = usage.get("estimated_time_to_regain_access").and_then(Value::as_u64);
    let used = |name: &&str| usage.get(name).and_then(Value::as_f64).is_some_and(|used| used >= 100.0);
    match regained {
        Some(minutes) if minutes > 0 => Some(Duration::from_secs(minutes.saturating_mul(60))),
        _ => PERCENT.iter().any(used).then_some(EASING),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn waited(headers: &[(&'static str, &'static str)]) -> Option<u64> {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let headers: HeaderMap = headers.iter().map(header).collect();
        wait(&Answer { status: 200, headers, body: Bytes::new() }).map(|wait| wait.as_secs() / 60)
    }

    #[test]
    fn each_header_is_read() {
        const APP: &str = "x-app-usage";
        const PAGE: &str = "x-page-usage";
        const USE: &str = "x-business-use-case-usage";
        let full = r#"{"call_count":100,"total_time":25,"total_cputime":25}"#;
        let most = r#"{"call_count":99,"total_time":99.5,"total_cputime":25}"#;
        let regain = r#"{"17":[{"type":"pages","call_count":100,"estimated_time_to_regain_access":19}]}"#;
        let two = r#"{"17":[{"type":"pages","call_count":3,"estimated_time_to_regain_access":0}],
            "18":[{"type":"pages","total_cputime":101,"estimated_time_to_regain_access":0}]}"#;
        let long = r#"{"17":[{"type":"pages","estimated_time_to_regain_access":99999999}]}"#;
        assert_eq!(waited(&[]), None);
        assert_eq!(waited(&[(APP, full)]), Some(15));
        assert_eq!(waited(&[(APP, most), (PAGE, most)]), None);
        assert_eq!(waited(&[(APP, most), (PAGE, r#"{"total_time":100}"#)]), Some(15));
        assert_eq!(waited(&[(APP, full), (USE, regain)]), Some(19));
        assert_eq!(waited(&[(USE, r#"{"17":[{"call_count":3}]}"#)]), None);
        assert_eq!(waited(&[(USE, Box::leak(two.replace('\n', "").into_boxed_str()))]), Some(15));
        assert_eq!(waited(&[(USE, long)]), Some(360));
        assert_eq!(waited(&[(APP, "none"), (USE, "[]"), (PAGE, "7")]), None);
    }
}
