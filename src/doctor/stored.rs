//! What the database holds: whether it answers and is up to date, whether a worker looks at it, whether credentials work.

use std::sync::Arc;

use object_store::memory::InMemory;
use office::entity::{
    IntegrationId,
    channel::{self, ChannelState, CredentialState},
    channel_round::RoundKind,
    integration::{Scope, Scopes},
    office as table,
};
use office::{
    Actor, Office, Parts, Requester, SystemClock, SystemIds, Vault, channels, offices,
    paging::{Direction, PageRequest},
    queue,
    rounds::{self, Round},
};

use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};

use super::Check;
use crate::{
    config::Settings,
    wiring::{database, master_key, schema},
};

/// Times in a row that a platform does not answer before that is told.
const UNANSWERED: i32 = 5;

/// Channels read at a time.
const PAGE: u64 = 500;

pub(super) async fn checks(settings: &Settings) -> Vec<Check> {
    const NAME: &str = "database";
    if !settings.is_postgres() && !settings.sqlite_file().exists() {
        return vec![Check::note(NAME, "there is none yet", "it is made at the first start: masthead serve")];
    }
    let db = match database::connect(settings).await {
        Ok(db) => db,
        Err(error) => {
            return vec![Check::wrong(NAME, format!("{error:#}"), "then try again: masthead doctor")];
        }
    };
    let mut checks = match schema::pending(db.read()).await {
        Err(error) => vec![Check::wrong(NAME, format!("{error:#}"), "install that, or restore a backup")],
        Ok(pending) if !pending.is_empty() => {
            let seen = format!("it answers, but {} migrations have not run", pending.len());
            vec![Check::wrong(NAME, seen, "masthead migrate")]
        }
        Ok(_) => vec![Check::ok(NAME, "it answers and is up to date")],
    };
    if checks.iter().all(|check| check.status == super::Status::Ok) {
        checks.extend(durable(&db).await);
        checks.extend(of_office(settings, db.clone()).await);
    }
    if let Err(error) = db.close().await {
        checks.push(Check::note(NAME, format!("it did not close cleanly: {error}"), ""));
    }
    checks
}

/// A claim that the database forgets is a post that goes out twice: what is committed must be on the disk.
async fn durable(db: &office::Database) -> Option<Check> {
    const NAME: &str = "durability";
    if db.engine() != DatabaseBackend::Postgres {
        return None;
    }
    let careless = "SELECT count(*) AS careless FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off'";
    let asked = db.read().query_one_raw(Statement::from_string(DatabaseBackend::Postgres, careless)).await;
    let careless: Option<i64> = asked.ok().flatten().and_then(|row| row.try_get("", "careless").ok());
    Some(match careless {
        Some(0) => Check::ok(NAME, "what is committed is on the disk"),
        Some(_) => Check::note(
            NAME,
            "the server answers before a commit is on its disk: after a loss of power a post may go out twice",
            "set fsync and synchronous_commit to on",
        ),
        None => Check::note(NAME, "the server does not say whether commits are on its disk", ""),
    })
}

async fn of_office(settings: &Settings, db: office::Database) -> Vec<Check> {
    // Without the key only what is sealed cannot be read, and that has its own check.
    let key = master_key::read(settings).ok().flatten();
    let office = Office::new(Parts {
        db,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        vault: Vault::new(key.unwrap_or_default()),
        media: Arc::new(InMemory::new()),
        limits: settings.limits.clone(),
    });
    let mut checks = Vec::new();
    if key.is_some() {
        checks.push(sealed(settings, &office).await);
    }
    checks.push(worker(settings, &office).await);
    checks.extend(of_offices(&office).await);
    checks
}

async fn sealed(settings: &Settings, office: &Office) -> Check {
    match office::signing_keys::current(office).await {
        Ok(_) => Check::ok("secrets", "the master key opens what the database holds"),
        Err(_) => Check::wrong("secrets", "a stored secret does not open", master_key::hint(settings)),
    }
}

async fn worker(settings: &Settings, office: &Office) -> Check {
    const NAME: &str = "worker";
    let readiness = match queue::readiness(office).await {
        Ok(readiness) => readiness,
        Err(error) => {
            return Check::wrong(NAME, format!("the queue cannot be read: {error}"), "masthead migrate");
        }
    };
    let Some(at) = readiness.worker_ticked_at else {
        return Check::note(
            NAME,
            "none runs",
            "nothing leaves until one does: masthead serve, or masthead worker",
        );
    };
    let silent = (office.now() - at).num_seconds();
    if silent > settings.api.worker_silent_seconds {
        let next = "one died or hangs: restart masthead serve, or masthead worker; look at its log";
        return Check::wrong(NAME, format!("none looked at the queue for {silent} seconds"), next);
    }
    if let Some(late) = readiness.oldest_due_at.map(|at| (office.now() - at).num_seconds())
        && late > settings.api.due_late_seconds
    {
        let next = "raise worker.concurrency or start another worker; look at the log for slow platforms";
        return Check::wrong(NAME, format!("the oldest due post waits for {late} seconds"), next);
    }
    Check::ok(NAME, format!("one looked at the queue {silent} seconds ago"))
}

async fn of_offices(office: &Office) -> Vec<Check> {
    match offices::all(office).await {
        Ok(offices) if offices.is_empty() => {
            let next = "masthead serve shows how to found one, or: masthead office create --help";
            vec![Check::note("offices", "there is none yet", next)]
        }
        Ok(offices) => {
            let names = offices.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>().join(", ");
            let mut checks = vec![Check::ok("offices", names)];
            for one in offices {
                checks.extend(rounds(office, &one).await);
                checks.extend(credentials(office, &one).await.unwrap_or_else(|error| {
                    vec![Check::wrong("channels", format!("of {} cannot be read: {error}", one.slug), "")]
                }));
            }
            checks
        }
        Err(error) => {
            vec![Check::wrong("offices", format!("they cannot be read: {error}"), "masthead migrate")]
        }
    }
}

/// What a platform was asked in vain, again and again.
async fn rounds(office: &Office, of: &table::Model) -> Vec<Check> {
    const NAME: &str = "channel";
    let found = match rounds::unanswered_for_long(office, of.id, UNANSWERED).await {
        Ok(found) => found,
        Err(error) => return vec![Check::wrong(NAME, format!("of {} cannot be read: {error}", of.slug), "")],
    };
    let told = |round: Round| {
        let what = match round.row.kind {
            RoundKind::Conversations => "what the public says to it",
            RoundKind::Figures => "how its posts do",
        };
        let cause = round.row.cause.unwrap_or_default();
        let seen =
            format!("{} of {}: its platform does not tell {what}: {cause}", round.channel.handle, of.slug);
        let next = "look at the rights of its credential, and connect it again where one is missing (connectChannel)";
        Check::note(NAME, seen, next)
    };
    found.into_iter().map(told).collect()
}

async fn credentials(office: &Office, of: &table::Model) -> office::Result<Vec<Check>> {
    // An integration that may read the directory: the command line itself has no right to an office's content.
    let scopes = Scopes(vec![Scope::DirectoryRead]);
    let actor = Actor::Integration { id: IntegrationId(uuid::Uuid::nil()), scopes };
    let permit = Requester::new(of.id, actor).permit()?;
    let filter = channels::ChannelFilter { states: vec![ChannelState::Active], ..Default::default() };
    let order = channels::ChannelOrder::Handle;
    let (mut checks, mut request) = (Vec::new(), PageRequest::first(PAGE));
    loop {
        let page = channels::list(office, &permit, &filter, order, Direction::Ascending, &request).await?;
        request.after = page.items.last().map(|channel| channels::cursor(order, channel));
        checks.extend(page.items.iter().filter_map(|channel| credential(of, channel)));
        if !page.has_next {
            return Ok(checks);
        }
    }
}

fn credential(of: &table::Model, channel: &channel::Model) -> Option<Check> {
    const NAME: &str = "channel";
    if !channels::needs_credential(channel.platform) {
        return None;
    }
    let who = format!("{} of {}", channel.handle, of.slug);
    Some(match channel.credential_state {
        CredentialState::Healthy => Check::ok(NAME, format!("{who}: the platform accepts its credential")),
        CredentialState::Untested => Check::note(
            NAME,
            format!("{who}: its credential was not tried yet"),
            "a worker tries it within a minute",
        ),
        CredentialState::Missing => {
            Check::wrong(NAME, format!("{who} has no credential"), "connect it (connectChannel)")
        }
        CredentialState::Rejected => {
            let next = "make a new one there and connect the channel again (connectChannel)";
            Check::wrong(NAME, format!("{who}: the platform refused its credential"), next)
        }
    })
}
