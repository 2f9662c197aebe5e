//! What the machine must have: a right clock, time zones, a folder to write to, the key, a free port.

use std::{net::TcpListener, os::unix::fs::PermissionsExt as _};

use office::{Clock as _, SystemClock};

use super::Check;
use crate::{config::Settings, wiring};

/// When this was written: a clock that shows less is wrong.
const BUILT_AFTER: i64 = 1_735_689_600;

pub(super) fn clock() -> Check {
    let now = SystemClock.now();
    if now.timestamp() < BUILT_AFTER {
        let next = "set the clock (timedatectl set-ntp true): posts leave by it and tokens end by it";
        return Check::wrong("clock", format!("it shows {}", now.to_rfc3339()), next);
    }
    Check::ok("clock", format!("it shows {}", now.format("%Y-%m-%dT%H:%M:%SZ")))
}

pub(super) fn zones() -> Check {
    let spring = office::calendar::resolve("", "2026-03-08T02:30", "America/Vancouver");
    match spring {
        Ok(time) if time.clock_change == office::calendar::ClockChange::Skipped => {
            Check::ok("time zones", "the zone database knows clock changes")
        }
        Ok(_) | Err(_) => {
            Check::wrong("time zones", "the zone database is not usable", "install or update tzdata")
        }
    }
}

pub(super) fn data_folder(settings: &Settings) -> Check {
    const NAME: &str = "data folder";
    let folder = &settings.data.dir;
    let shown = folder.display();
    if !folder.exists() {
        return Check::note(
            NAME,
            format!("{shown} is not there"),
            "it is made at the first start: masthead serve",
        );
    }
    if let Err(error) = wiring::data_folder::writable(folder) {
        let next = "correct its owner or permissions, or choose another with --data-dir";
        return Check::wrong(NAME, format!("{shown} cannot be written to: {error}"), next);
    }
    let mode = folder.metadata().map_or(0, |about| about.permissions().mode());
    if mode & 0o077 != 0 {
        let next = format!("others can look into it: chmod 700 {shown}");
        return Check::wrong(NAME, format!("{shown} has mode {:o}", mode & 0o777), next);
    }
    Check::ok(NAME, format!("{shown} can be written to"))
}

pub(super) async fn media(settings: &Settings) -> Check {
    const NAME: &str = "media store";
    if settings.media.url.is_empty() {
        return Check::ok(NAME, "the folder \"media\" in the data folder");
    }
    match wiring::media::works(settings).await {
        Ok(()) => Check::ok(NAME, format!("{} takes files and gives them back", settings.media.url)),
        Err(error) => {
            let next = "correct [media]: the address, the keys, and what the keys may do (get, put, delete)";
            Check::wrong(NAME, format!("{}: {error:#}", settings.media.url), next)
        }
    }
}

pub(super) fn master_key(settings: &Settings) -> Check {
    const NAME: &str = "master key";
    let path = wiring::master_key::path(settings);
    match wiring::master_key::read(settings) {
        Err(error) => Check::wrong(NAME, format!("{error:#}"), "correct it; a backup of the key works too"),
        Ok(None) if !settings.is_postgres() && settings.sqlite_file().exists() => {
            let seen = format!("{} is missing, but there is a database", path.display());
            Check::wrong(NAME, seen, "put the file back from a backup, or set MASTHEAD_MASTER_KEY")
        }
        Ok(None) => Check::note(NAME, "there is none yet", "it is made at the first start: masthead serve"),
        Ok(Some(_)) => {
            let mode = path.metadata().map_or(0, |about| about.permissions().mode());
            if mode & 0o077 != 0 {
                let next = format!("others can read it: chmod 600 {}", path.display());
                return Check::wrong(NAME, format!("{} has mode {:o}", path.display(), mode & 0o777), next);
            }
            Check::ok(NAME, "it is readable, by its owner only")
        }
    }
}

pub(super) fn port(settings: &Settings) -> Check {
    let listen = settings.listen();
    match TcpListener::bind(&listen) {
        Ok(_) => Check::ok("port", format!("{listen} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let next = "if that is Masthead, all is well; else choose another with --port";
            Check::note("port", format!("something listens on {listen} already"), next)
        }
        Err(error) => {
            let next = "choose another with --host and --port";
            Check::wrong("port", format!("cannot listen on {listen}: {error}"), next)
        }
    }
}
