//! One answer, read whole within its limits, and what its headers say of waiting. It does not know what a
//! body means.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use reqwest::{Response, header, header::HeaderMap};
use serde::de::DeserializeOwned;
use url::Url;

use super::{
    HttpLimits,
    failure::{Failure, read_status},
    transport,
};

/// No platform makes a post wait longer than this, whatever it says.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_hours(6);

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) async fn read(mut response: Response, limits: &HttpLimits) -> Result<Self, Failure> {
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let body = match read_body(&mut response, limits).await {
            Ok(body) => body,
            // A refusal is a refusal by its status alone; only a success needs its body.
            Err(_) if !(200..300).contains(&status) => Bytes::new(),
            Err(failure) => return Err(failure.with_status(status)),
        };
        Ok(Self { status, headers, body })
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer, unless its status says that it went wrong.
    pub(crate) fn checked(self) -> Result<Self, Failure> {
        if self.is_success() { Ok(self) } else { Err(self.failure()) }
    }

    /// What its status says, with the wait that it asks for.
    pub(crate) fn failure(&self) -> Failure {
        read_status(self.status, self.retry_after())
    }

    /// The body of a success. A body that cannot be read leaves the outcome unknown.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|_unreadable| {
            Failure::unknown("GARBAGE_ANSWER", "the platform's answer cannot be read")
                .with_status(self.status)
        })
    }

    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The platform's own clock.
    pub(crate) fn date(&self) -> Option<DateTime<Utc>> {
        DateTime::parse_from_rfc2822(self.header(header::DATE)?).ok().map(|date| date.to_utc())
    }

    /// How long it asks to wait, by `Retry-After`, or on a 429 by `X-RateLimit-Reset`.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let stated = match self.header(header::RETRY_AFTER) {
            Some(value) => match value.trim().parse::<u64>() {
                Ok(seconds) => Some(Duration::from_secs(seconds)),
                Err(_) => self.until(DateTime::parse_from_rfc2822(value.trim()).ok()?.to_utc()),
            },
            None if self.status == 429 => {
                let named = ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset"];
                self.moment(named.into_iter().find_map(|name| self.header(name))?.trim())
            }
            None => None,
        };
        stated.map(|wait| wait.min(LONGEST_WAIT))
    }

    /// How long it is until a moment, stated as a date, in seconds since 1970, or as the seconds themselves.
    pub(super) fn moment(&self, stated: &str) -> Option<Duration> {
        /// No wait is as long as this many seconds, and no moment of interest as long ago.
        const YEARS: i64 = 1_000_000_000;
        match stated.parse::<i64>() {
            Ok(seconds) if seconds < YEARS => u64::try_from(seconds).ok().map(Duration::from_secs),
            Ok(seconds) => self.until(DateTime::from_timestamp(seconds, 0)?),
            Err(_) => self.until(DateTime::parse_from_rfc3339(stated).ok()?.to_utc()),
        }
    }

    fn until(&self, instant: DateTime<Utc>) -> Option<Duration> {
        Some((instant - self.date()?).to_std().unwrap_or(Duration::ZERO))
    }

    pub(crate) fn redirect_from(&self, url: &Url) -> Option<Url> {
        if !(300..400).contains(&self.status) {
            return None;
        }
        url.join(self.header(header::LOCATION)?).ok()
    }
}

async fn read_body(response: &mut Response, limits: &HttpLimits) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    loop {
        let chunk = match tokio::time::timeout(limits.read, response.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| transport::read(&error))?,
            Err(_elapsed) => return Err(Failure::unknown("TIMEOUT", "the platform stopped in its answer")),
        };
        let Some(chunk) = chunk else { return Ok(body.freeze()) };
        if body.len().saturating_add(chunk.len()) > limits.answer_bytes {
            return Err(Failure::unknown("ANSWER_TOO_LARGE", "the platform's answer is larger than we take"));
        }
        body.extend_from_slice(&chunk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (u16, &'static [(&'static str, &'static str)], Option<u64>);

    fn answer(status: u16, headers: &[(&'static str, &'static str)]) -> Answer {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
            })
            .collect();
        Answer { status, headers, body: Bytes::new() }
    }

    #[test]
    fn waits_are_read_in_each_of_their_forms() {
        const DATE: (&str, &str) = ("date", "Sun, 22 Nov 2026 10:00:00 GMT");
        let rows: [Row; 8] = [
            (429, &[("retry-after", "30")], Some(30)),
            (503, &[("retry-after", "Sun, 22 Nov 2026 10:01:00 GMT"), DATE], Some(60)),
            (503, &[("retry-after", "Sun, 22 Nov 2026 10:01:00 GMT")], None),
            (503, &[("retry-after", "Sun, 22 Nov 2026 09:00:00 GMT"), DATE], Some(0)),
            (429, &[("x-ratelimit-reset", "2026-11-22T10:05:00.000Z"), DATE], Some(300)),
            (422, &[("x-ratelimit-reset", "2026-11-22T10:05:00.000Z"), DATE], None),
            (429, &[("retry-after", "99999999")], Some(6 * 3600)),
            (429, &[("retry-after", "soon")], None),
        ];
        for (status, headers, seconds) in rows {
            assert_eq!(
                answer(status, headers).retry_after(),
                seconds.map(Duration::from_secs),
                "{headers:?}"
            );
        }
    }
}
