//! A recorded queue as a database: loaded as if it had been recorded ten minutes ago. Knows the form of the recordings,
//! and nothing of what is in them.

use std::{fs, path::Path, time::UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait as _, Database};

use crate::support::{engine::Engine, program::Deployment};

/// What stands in a recording for the address of the platform.
pub(super) const PLATFORM: &str = "http://platform.invalid/";

/// The upgrade took this long: what was due meanwhile is due now.
const DOWN: SignedDuration = SignedDuration::from_mins(10);

/// Tables of which the times are moved. Those of the audit chain are not: they are in its hashes.
const MOVED: &[&str] = &["post", "attempt", "channel_head", "pause", "worker_beat"];

/// The file of a recording.
pub(super) fn file_name(version: &str, engine: &Engine) -> String {
    let engine = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres(_) => "postgres",
    };
    format!("queue-{version}.{engine}.sql")
}

/// The present, as a time.
pub(super) fn now() -> Timestamp {
    Timestamp::from_microsecond(i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_micros()).unwrap()).unwrap()
}

/// The first line of a recording.
pub(super) fn heading(version: &str, at: Timestamp) -> String {
    format!("-- A queue that Masthead {version} filled, recorded at {at}\n")
}

/// A deployment with the recorded database and its master key.
pub(super) async fn load(folder: &Path, version: &str, engine: &Engine) -> Deployment {
    let recording = fs::read_to_string(folder.join(file_name(version, engine))).unwrap();
    let recorded_at: Timestamp =
        recording.lines().next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    let by = now().duration_since(recorded_at) - DOWN;
    let sql: String = recording.lines().flat_map(|line| [moved(line, by), "\n".to_owned()]).collect();
    let deployment = Deployment::at(engine.fresh().await);
    fs::copy(folder.join("master.key"), deployment.folder().join("master.key")).unwrap();
    if let Some(file) = deployment.sqlite() {
        fs::write(file, "").unwrap();
    }
    let database = deployment.connect().await;
    database.execute_unprepared(&sql).await.unwrap();
    database.close().await.unwrap();
    deployment
}

/// The channels lead to this platform from now on.
pub(super) async fn connect_to(deployment: &Deployment, platform: &str) {
    let database = match deployment.database() {
        Some(url) => Database::connect(url).await.unwrap(),
        None => deployment.connect().await,
    };
    let cast = if deployment.database().is_some() { "::jsonb" } else { "" };
    let sql = format!(
        "UPDATE channel SET settings = REPLACE(CAST(settings AS TEXT), '{PLATFORM}', '{platform}'){cast}"
    );
    database.execute_unprepared(&sql).await.unwrap();
    database.close().await.unwrap();
}

/// The line with its times moved, if its table is one of those.
fn moved(line: &str, by: SignedDuration) -> String {
    let inserts = line.strip_prefix("INSERT INTO ").and_then(|rest| rest.split([' ', '(']).next());
    let table = inserts.map(|table| table.trim_start_matches("public.").trim_matches('"'));
    if !table.is_some_and(|table| MOVED.contains(&table)) {
        return line.to_owned();
    }
    let (mut out, mut rest) = (String::new(), line);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| !"0123456789-:.+TZ ".contains(c)).unwrap_or(rest.len());
        out.push_str(&moved_time(&rest[..end], by).unwrap_or_else(|| rest[..end].to_owned()));
        rest = &rest[end..];
    }
    out + rest
}

/// `2026-11-27 15:00:00.123456+00:00`, in any of the forms that engines write; a local time has no zone and stays.
fn moved_time(text: &str, by: SignedDuration) -> Option<String> {
    let zone = ["+00:00", "+00", "Z"].into_iter().find(|zone| text.ends_with(zone))?;
    let time: Timestamp =
        format!("{}Z", text.strip_suffix(zone)?.trim_end().replacen(' ', "T", 1)).parse().ok()?;
    let date_ends = text.as_bytes().get(10)?;
    let moved = time.checked_add(by).ok()?.strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string();
    let gap = if text.strip_suffix(zone)?.ends_with(' ') { " " } else { "" };
    Some(format!("{}{gap}{zone}", moved.replacen('T', &char::from(*date_ends).to_string(), 1)))
}

#[test]
fn times_of_both_engines_are_moved_and_nothing_else() {
    let by = SignedDuration::from_hours(1);
    for (line, expected) in [
        (
            "INSERT INTO public.post VALUES ('2026-11-27 15:00:00.5+00', '2026-11-27T15:00:00', 7);",
            "INSERT INTO public.post VALUES ('2026-11-27 16:00:00.500000+00', '2026-11-27T15:00:00', 7);",
        ),
        (
            "INSERT INTO post VALUES(X'01','2026-11-27T15:00:00.000123+00:00',1);",
            "INSERT INTO post VALUES(X'01','2026-11-27T16:00:00.000123+00:00',1);",
        ),
        (
            "INSERT INTO audit_entry VALUES('2026-11-27T15:00:00.000123+00:00');",
            "INSERT INTO audit_entry VALUES('2026-11-27T15:00:00.000123+00:00');",
        ),
    ] {
        assert_eq!(moved(line, by), expected);
    }
}
