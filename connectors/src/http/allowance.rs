//! What an answer's headers say of how much more may be asked: obeyed before the platform has to refuse. It knows the
//! spellings that are in use; it does not know which platform speaks.

use std::time::Duration;

use super::answer::{Answer, LONGEST_WAIT};

/// How many more requests are allowed, in each spelling.
const REMAINING: [&str; 3] = ["x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining"];
/// When that is renewed.
const RESET: [&str; 3] = ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"];

/// What X allows in a day stands beside that, for the user and for the app.
const DAILY: [[&str; 2]; 2] = [
    ["x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"],
    ["x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"],
];

/// How long the platform is to be left alone, because what it allows is used up; none while more is allowed, and when it
/// does not say until when.
pub(crate) fn wait(answer: &Answer) -> Option<Duration> {
    let daily =
        DAILY.map(|[remaining, reset]| stated(answer.header(remaining), answer.header(reset), answer));
    let stated = std::iter::once(spelled_out(answer).or_else(|| in_one(answer))).chain(daily);
    let used_up = stated.flatten().filter(|(remaining, _)| *remaining == 0);
    used_up.map(|(_, reset)| reset.min(LONGEST_WAIT)).max()
}

/// Two headers: `X-RateLimit-Remaining` and `-Reset` as Mastodon and Bluesky have them, `x-rate-limit-` as X.
fn spelled_out(answer: &Answer) -> Option<(u64, Duration)> {
    let first = |names: [&'static str; 3]| names.into_iter().find_map(|name| answer.header(name));
    stated(first(REMAINING), first(RESET), answer)
}

fn stated(remaining: Option<&str>, reset: Option<&str>, answer: &Answer) -> Option<(u64, Duration)> {
    Some((remaining?.trim().parse().ok()?, answer.moment(reset?.trim())?))
}

/// One header, `RateLimit: "default";r=0;t=30`, as the IETF's drafts have it since the eighth.
fn in_one(answer: &Answer) -> Option<(u64, Duration)> {
    let stated = answer.header("ratelimit")?.split(',').next()?;
    let value = |key: &str| {
        let mut parts = stated.split(';').filter_map(|part| part.trim().split_once('='));
        parts.find(|(name, _)| *name == key)?.1.parse::<u64>().ok()
    };
    Some((value("r")?, Duration::from_secs(value("t")?)))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    type Row = (&'static [(&'static str, &'static str)], Option<u64>);

    const DATE: (&str, &str) = ("date", "Sun, 22 Nov 2026 10:00:00 GMT");

    fn waited(headers: &[(&'static str, &'static str)]) -> Option<u64> {
        let header = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let headers = headers.iter().map(header).collect();
        wait(&Answer { status: 200, headers, body: Bytes::new() }).map(|wait| wait.as_secs())
    }

    #[test]
    fn each_spelling_is_read() {
        let rows: [Row; 12] = [
            (
                &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "2026-11-22T10:05:00.000Z"), DATE],
                Some(300),
            ),
            (
                &[("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "2026-11-22T10:05:00.000Z"), DATE],
                None,
            ),
            (&[("ratelimit-remaining", "0"), ("ratelimit-reset", "1795341720"), DATE], Some(120)),
            (&[("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1795341660"), DATE], Some(60)),
            (
                &[("x-app-limit-24hour-remaining", "0"), ("x-app-limit-24hour-reset", "1795345200"), DATE],
                Some(3600),
            ),
            (
                &[("x-user-limit-24hour-remaining", "1"), ("x-user-limit-24hour-reset", "1795345200"), DATE],
                None,
            ),
            (
                &[
                    ("x-rate-limit-remaining", "0"),
                    ("x-rate-limit-reset", "1795341660"),
                    ("x-user-limit-24hour-remaining", "0"),
                    ("x-user-limit-24hour-reset", "1795345200"),
                    DATE,
                ],
                Some(3600),
            ),
            (&[("ratelimit-remaining", "0"), ("ratelimit-reset", "30")], Some(30)),
            (&[("ratelimit", "\"default\";r=0;t=45")], Some(45)),
            (&[("ratelimit", "\"default\";r=7;t=45")], None),
            (&[("x-ratelimit-remaining", "0")], None),
            (&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "9999999999"), DATE], Some(6 * 3600)),
        ];
        for (headers, seconds) in rows {
            assert_eq!(waited(headers), seconds, "{headers:?}");
        }
    }
}
