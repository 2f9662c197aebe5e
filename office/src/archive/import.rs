//! Bringing an archive in: verified as a whole first, then written in one transaction, or not at all. Media go first: they
//! are named by what they are, and one that nothing names does no harm.

use std::{cmp::max, path::PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{OfficeId, directory_head, member, office as office_row};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QuerySelect as _};
use secrecy::SecretString;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use super::{
    check::{self, PIECE, Verified},
    export,
    file::{Archive, wrong},
    manifest::MediaFile,
    references,
    rest::{self, Rested},
    write::Writing,
};
use crate::{
    Actor, Database, Office, Requester, audit, calendar,
    change::Change,
    channels,
    error::{Fault, OfficeError, RefusalCode, Result, refuse},
    fields, media as store, members, offices,
};

/// What to bring in, and how.
#[derive(Debug, Clone)]
pub struct ImportOffice {
    /// The archive.
    pub file: PathBuf,
    /// Another short name than the one in the archive.
    pub slug: Option<String>,
    /// Whose password is set, by address; none: the administrator who has been one for longest.
    pub administrator: Option<String>,
    /// Their new password.
    pub password: SecretString,
    /// Do all of it, and keep nothing.
    pub dry_run: bool,
}

/// What was brought in.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The office.
    pub office: office_row::Model,
    /// When it was exported.
    pub exported_at: DateTime<Utc>,
    /// Rows of all tables.
    pub rows: u64,
    /// Media.
    pub media: usize,
    /// Media that the archive says were lost before.
    pub missing_media: Vec<String>,
    /// Who can sign in; none when nobody in the office is an administrator any more.
    pub administrator: Option<member::Model>,
    /// What was brought to rest.
    pub rested: Rested,
}

/// Brings an office in that this deployment does not have.
pub async fn import(office: &Office, input: ImportOffice) -> Result<Imported> {
    let hash = members::hash(office, input.password.clone()).await?;
    let mut archive = Archive::open(&input.file, &office.limits)?;
    let ran = export::migrations(&office.db.snapshot().await?).await?;
    let verified = check::verify(&mut archive, &ran)?;
    let slug = match &input.slug {
        Some(slug) => offices::slug("slug", slug)?,
        None => offices::slug("slug", &verified.manifest.office.slug)?,
    };
    let id = verified.manifest.office.id;
    free(office, id, &slug).await?;
    if !input.dry_run {
        for file in &verified.manifest.media {
            put(office, id, &mut archive, file).await?;
        }
    }
    let mut change = office.begin(&Requester::new(id, Actor::Operator)).await?;
    Database::unhurried(change.tx()).await?;
    let mut writing = Writing { slug: &slug, later: 0 };
    for held in &verified.tables {
        if held.table.name == "directory_change" {
            // As late as may be: no other office's record can change from here on until this is committed.
            writing.later = later(&change, &verified).await?;
        }
        writing.table(&change, &mut archive, held).await?;
    }
    move_directory(&change, &verified, writing.later).await?;
    references::check(&change, id).await?;
    let chain = audit::verify(change.tx(), id).await?;
    if let Some(broken) = chain.broken_at {
        return Err(wrong(
            "rows/audit_entry.jsonl",
            format!("the audit chain is broken at its entry {broken}"),
        ));
    }
    let exported_at = verified.manifest.exported_at;
    let rows = verified.tables.iter().map(|held| held.file.rows).sum();
    let detail = json!({ "exportedAt": exported_at, "rows": rows, "media": verified.manifest.media.len() });
    change.note("restoreOffice", "Office", id.0, detail);
    let rested = rest::rest(&mut change, exported_at).await?;
    let administrator = let_in(&mut change, input.administrator.as_deref(), hash).await?;
    let row = office_row::Entity::find_by_id(id).one(change.tx()).await?;
    let row = row.ok_or(OfficeError::NotFound("office"))?;
    readable(&row)?;
    if let Some(handle) = channels::claimed_twice(&change).await? {
        let message = format!("another office here publishes the account of the channel {handle} as its own");
        return Err(wrong("rows/channel.jsonl", message));
    }
    if !input.dry_run {
        change.commit().await?;
    }
    Ok(Imported {
        office: row,
        exported_at,
        rows,
        media: verified.manifest.media.len(),
        missing_media: verified.manifest.missing_media,
        administrator,
        rested,
    })
}

/// What everything else is told by must be what the program understands.
fn readable(row: &office_row::Model) -> Result<()> {
    let told = |error: OfficeError| wrong("rows/office.jsonl", error.to_string());
    calendar::zone("timeZone", &row.time_zone).map_err(told)?;
    fields::language("language", &row.language).map(drop).map_err(told)
}

async fn free(office: &Office, id: OfficeId, slug: &str) -> Result<()> {
    let (same, named) = (offices::get(office, id).await, offices::by_slug(office, slug).await);
    if let Ok(row) = same {
        let message = format!(
            "this office is here already, as {}: an archive is brought into a deployment that does not have it",
            row.slug
        );
        return refuse(RefusalCode::Taken, "file", message);
    }
    match named {
        Err(OfficeError::NotFound(_)) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => {
            let message =
                format!("another office of this deployment is called {slug}: name a free one with --slug");
            refuse(RefusalCode::Taken, "slug", message)
        }
    }
}

/// Puts a medium into the store, unless it is there.
async fn put(office: &Office, id: OfficeId, archive: &mut Archive, file: &MediaFile) -> Result<()> {
    if store::find(office, id, &file.sha256).await?.is_some_and(|stored| stored.length() == file.bytes) {
        return Ok(());
    }
    let mut medium = archive.medium(file)?;
    let mut writer = store::writer(office, id, &file.sha256);
    let mut buffer = vec![0; PIECE];
    loop {
        let count = medium.next(&mut buffer)?;
        let Some(piece) = buffer.get(..count).filter(|piece| !piece.is_empty()) else { break };
        if let Err(error) = writer.write_all(piece).await {
            // What was put so far is forgotten, as far as the store answers at all.
            drop(writer.abort().await);
            return Err(Fault::Media(error.to_string()).into());
        }
    }
    medium.end()?;
    Ok(writer.shutdown().await.map_err(|error| Fault::Media(error.to_string()))?)
}

/// How much later the directory's changes come in this deployment's order than in the one that they had. Where none of
/// this deployment's is among them they keep their places: who holds a cursor goes on with it.
async fn later(change: &Change<'_>, verified: &Verified) -> Result<i64> {
    let Some(first) = verified.first_change else { return Ok(0) };
    let head = head(change).await?.sequence;
    if head < first {
        return Ok(0);
    }
    Ok(max(head, verified.manifest.directory_sequence).saturating_add(1).saturating_sub(first))
}

async fn head(change: &Change<'_>) -> Result<directory_head::Model> {
    let head =
        directory_head::Entity::find_by_id(directory_head::ONLY).lock_exclusive().one(change.tx()).await?;
    Ok(head.ok_or_else(|| Fault::Internal("the directory has no head".to_owned()))?)
}

/// The directory has got so far as it had there, and has changed.
async fn move_directory(change: &Change<'_>, verified: &Verified, later: i64) -> Result<()> {
    let head = head(change).await?;
    let reached = verified.manifest.directory_sequence.saturating_add(later);
    let next = head.changed_at.map_or(change.now, |at| max(change.now, at + TimeDelta::seconds(1)));
    let sequence = max(head.sequence, reached);
    let mut edit = directory_head::ActiveModel::from(head);
    edit.sequence = Set(sequence);
    edit.changed_at = Set(Some(next));
    edit.update(change.tx()).await?;
    Ok(())
}

/// Lets an administrator in again: nobody's password came along.
async fn let_in(change: &mut Change<'_>, email: Option<&str>, hash: String) -> Result<Option<member::Model>> {
    let Some(row) = members::administrator(change, email).await? else {
        let Some(email) = email else { return Ok(None) };
        let message =
            format!("{email} is no administrator of this office: leave --administrator out, or name one");
        return refuse(RefusalCode::NotFound, "administrator", message);
    };
    let version = row.version + 1;
    let mut edit = member::ActiveModel::from(row);
    edit.password_hash = Set(Some(hash));
    edit.version = Set(version);
    let row = edit.update(change.tx()).await?;
    change.note("setPassword", "Member", row.id.0, json!({ "own": false }));
    Ok(Some(row))
}
