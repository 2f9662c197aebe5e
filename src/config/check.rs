//! Whether values fit: each by itself, and together. Every problem is said at once, with what to do.

use secrecy::ExposeSecret as _;
use toml::Value;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::{MailTlsName, Settings, Values};

/// Numbers that may be 0.
const MAY_BE_ZERO: [&str; 6] = [
    "server.port",
    "http.redirects",
    "limits.catch_up_gap_seconds",
    "limits.digest_hour",
    "limits.inbox_seconds",
    "limits.figures_seconds",
];

/// Largest number of any setting that is not a size in bytes: ten years in minutes, and far below any overflow.
const LARGEST: i64 = 5_256_000;

/// Seconds that a lease must be longer than the longest call; the worker checks the same at its start.
const LEASE_MARGIN: i64 = 5;

/// Each value by itself.
pub(super) fn ranges(values: &Values, problems: &mut Vec<String>) {
    for (key, entry) in values.iter() {
        let numbers = match &entry.value {
            Value::Array(items) => items.iter().filter_map(Value::as_integer).collect(),
            value => Vec::from_iter(value.as_integer()),
        };
        let least = i64::from(!MAY_BE_ZERO.contains(&key));
        let most = most(key);
        for number in numbers.into_iter().filter(|number| *number < least || *number > most) {
            let source = &entry.source;
            problems.push(format!("{key} ({source}) must be from {least} to {most}, not {number}"));
        }
    }
}

fn most(key: &str) -> i64 {
    match key {
        "server.port" | "mail.port" | "limits.fitted_edge_max" | "limits.fitted_edge_min" => {
            i64::from(u16::MAX)
        }
        "database.connections"
        | "database.read_connections"
        | "api.workers"
        | "worker.concurrency"
        | "worker.links_concurrency"
        | "worker.rounds_concurrency"
        | "mail.conversations"
        | "limits.years_around"
        | "limits.fitted_at_once" => 1_000,
        "limits.digest_hour" => 23,
        "limits.figure_max" => 1 << 53,
        "limits.fitted_quality" | "limits.fitted_quality_min" => 100,
        "limits.archive_bytes" => 1 << 44,
        _ if key.ends_with("_bytes") || key.ends_with("_pixels") => 1 << 32,
        _ => LARGEST,
    }
}

/// Values together, once each has its type.
pub(super) fn together(settings: &Settings, problems: &mut Vec<String>) {
    leases(settings, problems);
    if settings.limits.backoff_seconds > settings.limits.backoff_seconds_max {
        problems.push("limits.backoff_seconds must not be longer than limits.backoff_seconds_max".to_owned());
    }
    let limits = &settings.limits;
    if limits.fitted_edge_min > limits.fitted_edge_max || limits.fitted_quality_min > limits.fitted_quality {
        let what = "limits.fitted_edge_min must not be more than limits.fitted_edge_max, and limits.fitted_quality_min \
                    not more than limits.fitted_quality";
        problems.push(what.to_owned());
    }
    if settings.server.host.trim().is_empty()
        || settings.server.host.contains([':', '/', ' ']) && !is_v6(settings)
    {
        problems
            .push("server.host must be an address or a host name, such as 127.0.0.1 or 0.0.0.0".to_owned());
    }
    if let Some(problem) = public_url(&settings.server.public_url) {
        problems.push(problem);
    }
    let url = settings.database.url.expose_secret();
    if !url.is_empty() && !["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        let what =
            "database.url must be postgres://user:password@host/name, or empty for SQLite in the data folder";
        problems.push(what.to_owned());
    }
    media(settings, problems);
    mail(settings, problems);
    if let Err(error) = EnvFilter::try_new(&settings.log.level) {
        problems.push(format!("log.level must be a level such as info, or info,worker=debug: {error}"));
    }
    for origin in &settings.api.allowed_origins {
        if !is_origin(origin) {
            let what = "must be like https://dashboard.example.org, without a path or a slash at the end";
            problems.push(format!("api.allowed_origins: {origin} {what}"));
        }
    }
}

fn media(settings: &Settings, problems: &mut Vec<String>) {
    let media = &settings.media;
    if !media.url.is_empty() && bucket(&media.url).is_none() {
        problems.push(
            "media.url must be s3://bucket or s3://bucket/folder, or empty for the data folder".to_owned(),
        );
    }
    let fits = |url: &str| {
        Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    };
    if !media.endpoint.is_empty() && !fits(&media.endpoint) {
        problems.push("media.endpoint must be like https://s3.example.org".to_owned());
    }
    if media.endpoint.starts_with("http://") && !media.allow_http {
        problems.push("media.endpoint is not https://: set media.allow_http if that is meant".to_owned());
    }
    if media.access_key.expose_secret().is_empty() != media.secret_key.expose_secret().is_empty() {
        problems
            .push("media.access_key and media.secret_key belong together: set both, or neither".to_owned());
    }
}

fn mail(settings: &Settings, problems: &mut Vec<String>) {
    let mail = &settings.mail;
    if mail.host.is_empty() {
        return;
    }
    if !mail.from.contains('@') {
        problems.push("mail.from must be the sender's address, such as masthead@example.org".to_owned());
    }
    let local = ["127.0.0.1", "::1", "localhost"].contains(&mail.host.as_str());
    if mail.tls == MailTlsName::None && !local {
        let what =
            "mail.tls is \"none\", but mail.host is not this machine: use \"starttls\" or \"implicit\"";
        problems.push(what.to_owned());
    }
    if !mail.link.is_empty() && !mail.link.starts_with("https://") && !mail.link.starts_with("http://") {
        problems.push("mail.link must be like https://desk.example.org/{kind}/{id}".to_owned());
    }
    let slow = i64::try_from(mail.delivery_seconds).unwrap_or(i64::MAX);
    if settings.limits.mail_again_seconds <= slow {
        problems.push(format!(
            "limits.mail_again_seconds must be longer than a message and its answer may take \
             (mail.delivery_seconds): set it to at least {}",
            slow.saturating_add(1)
        ));
    }
}

/// The bucket and the folder in it that an address of media names; none where it names none.
pub(crate) fn bucket(url: &str) -> Option<(&str, &str)> {
    let (bucket, folder) =
        url.strip_prefix("s3://")?.split_once('/').unwrap_or((url.strip_prefix("s3://")?, ""));
    (!bucket.is_empty()).then(|| (bucket, folder.trim_matches('/')))
}

fn is_v6(settings: &Settings) -> bool {
    settings.server.host.parse::<std::net::Ipv6Addr>().is_ok()
}

fn leases(settings: &Settings, problems: &mut Vec<String>) {
    let http = settings.http_limits();
    let seconds = |time: std::time::Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    let longest = seconds(http.longest_publish());
    let needed = longest + LEASE_MARGIN;
    let lease = settings.limits.lease_seconds;
    if lease < needed {
        problems.push(format!(
            "limits.lease_seconds is {lease}, but a call may take {longest} seconds ([http] preparation and total): \
             set it to at least {needed}, or shorten those"
        ));
    }
    let (hold, total) = (settings.limits.link_hold_seconds, seconds(http.total));
    if hold <= total {
        problems.push(format!(
            "limits.link_hold_seconds is {hold}, but checking a link may take {total} seconds (http.total_seconds): \
             set it to at least {}",
            total + 1
        ));
    }
    let (after, total) = (settings.limits.look_up_after_seconds, seconds(http.total));
    if after < total {
        problems.push(format!(
            "limits.look_up_after_seconds is {after}, but a lost request may still arrive for {total} seconds \
             (http.total_seconds): set it to at least {total}"
        ));
    }
}

fn public_url(url: &str) -> Option<String> {
    if url.is_empty() || is_origin(url.trim_end_matches('/')) {
        return None;
    }
    Some(format!("server.public_url must be like https://social.example.org, without a path, not {url}"))
}

fn is_origin(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text
}
