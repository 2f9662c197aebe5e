//! Writing an archive: the rows from one snapshot, then the media, which do not change. The file appears whole or not at
//! all, and is its owner's alone. It is written by the command that asks for it, on its thread: nothing else waits.

use std::{io::Write as _, path::Path};

use aws_lc_rs::digest::{Context, SHA256};
use entity::{OfficeId, directory_head, media};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
    sea_query::{Expr, Order, Query},
};
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    manifest::{FORMAT, MANIFEST, Manifest, MediaFile, README, TableFile, WhichOffice, readme},
    tables::{TABLES, Table},
    values,
};
use crate::{
    Limits, Office, Requester,
    error::{Fault, RefusalCode, Result, refuse},
    media as store, offices,
};

/// Rows that are read at a time.
const PAGE: u64 = 200;

/// Bytes of a medium that are read at a time.
const PIECE: u64 = 4 * 1024 * 1024;

/// What was exported.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Rows of all tables.
    pub rows: u64,
    /// Media.
    pub media: usize,
    /// Digests of media that the store does not have, or not as they were put there.
    pub missing_media: Vec<String>,
    /// Bytes of the archive.
    pub bytes: u64,
}

/// Writes the requester's office into a file that is not there yet.
pub async fn export(office: &Office, requester: &Requester, file: &Path) -> Result<Exported> {
    let row = offices::get(office, requester.office_id).await?;
    let mut writer = Writer::beside(file, &office.limits)?;
    // Whoever took everything that an office knows is in its record, and the record in the archive says so too.
    let mut change = office.begin(requester).await?;
    change.note("exportOffice", "Office", row.id.0, json!({}));
    change.commit().await?;
    let exported_at = office.now();
    let snapshot = office.db.snapshot().await?;
    let mut manifest = Manifest {
        format: FORMAT,
        product: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: migrations(&snapshot).await?,
        office: WhichOffice { id: row.id, slug: row.slug, name: row.name },
        exported_at,
        directory_sequence: directory_sequence(&snapshot).await?,
        tables: Vec::new(),
        media: Vec::new(),
        missing_media: Vec::new(),
    };
    for table in TABLES {
        manifest.tables.push(rows(&snapshot, &mut writer, table, row.id).await?);
    }
    let digests = digests(&snapshot, row.id).await?;
    // No transaction across the network: the media that these rows name never change.
    snapshot.commit().await?;
    for digest in digests {
        match medium(office, &mut writer, row.id, &digest).await? {
            Some(written) => manifest.media.push(written),
            None => manifest.missing_media.push(digest),
        }
    }
    let bytes = writer.finish(&manifest, file)?;
    Ok(Exported {
        rows: manifest.tables.iter().map(|table| table.rows).sum(),
        media: manifest.media.len(),
        missing_media: manifest.missing_media,
        bytes,
    })
}

/// Names of the migrations that ran, oldest first.
pub(super) async fn migrations(db: &DatabaseTransaction) -> Result<Vec<String>> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?)
}

async fn directory_sequence(db: &DatabaseTransaction) -> Result<i64> {
    let head = directory_head::Entity::find_by_id(directory_head::ONLY).one(db).await?;
    Ok(head.map_or(0, |head| head.sequence))
}

async fn digests(db: &DatabaseTransaction, office_id: OfficeId) -> Result<Vec<String>> {
    let stored = media::Entity::find()
        .select_only()
        .column(media::Column::Sha256)
        .distinct()
        .filter(media::Column::OfficeId.eq(office_id))
        .filter(media::Column::Sha256.is_not_null())
        .order_by_asc(media::Column::Sha256);
    Ok(stored.into_tuple().all(db).await?)
}

async fn rows(
    db: &DatabaseTransaction,
    writer: &mut Writer,
    table: &Table,
    office_id: OfficeId,
) -> Result<TableFile> {
    let columns = table.columns()?;
    writer.begin(&table.file(), CompressionMethod::Deflated)?;
    let (mut count, mut after): (u64, Option<sea_orm::Value>) = (0, None);
    loop {
        let mut page = Query::select();
        page.columns(columns.iter().map(|column| column.name))
            .from(table.name)
            .and_where(Expr::col(table.owner()).eq(office_id.0))
            .order_by(table.key, Order::Asc)
            .limit(PAGE);
        if let Some(after) = after {
            page.and_where(Expr::col(table.key).gt(Expr::val(after)));
        }
        let page = db.query_all_raw(db.get_database_backend().build(&page)).await?;
        for row in &page {
            let object = values::object(row, &columns)?;
            writer.line(&object)?;
            count += 1;
        }
        let full = u64::try_from(page.len()).unwrap_or(0) == PAGE;
        after = match page.last() {
            Some(last) if full => Some(key(last, table)?),
            _ => break,
        };
    }
    let (bytes, sha256) = writer.end();
    let columns = columns.iter().map(|column| column.name.to_owned()).collect();
    Ok(TableFile { table: table.name.to_owned(), columns, rows: count, bytes, sha256 })
}

fn key(row: &sea_orm::QueryResult, table: &Table) -> Result<sea_orm::Value> {
    Ok(match table.key {
        "sequence" => row.try_get::<i64>("", table.key)?.into(),
        _ => row.try_get::<uuid::Uuid>("", table.key)?.into(),
    })
}

/// Copies a medium; none when the store does not have it, or has other bytes under its name.
async fn medium(
    office: &Office,
    writer: &mut Writer,
    office_id: OfficeId,
    digest: &str,
) -> Result<Option<MediaFile>> {
    let Some(stored) = store::find(office, office_id, digest).await? else { return Ok(None) };
    let mut file = MediaFile { sha256: digest.to_owned(), bytes: 0 };
    // Pictures and films are compressed as they are.
    writer.begin(&file.name(), CompressionMethod::Stored)?;
    let mut from = 0;
    while from < stored.length() {
        let piece = stored.range(from, std::cmp::min(PIECE, stored.length() - from)).await?;
        writer.write(&piece)?;
        from += std::cmp::max(1, u64::try_from(piece.len()).unwrap_or(0));
    }
    let (bytes, sha256) = writer.end();
    if sha256 != digest {
        writer.zip.abort_file().map_err(unwritten)?;
        return Ok(None);
    }
    file.bytes = bytes;
    Ok(Some(file))
}

struct Writer {
    zip: ZipWriter<NamedTempFile>,
    digest: Context,
    bytes: u64,
    total: u64,
    entries: usize,
    limits: Limits,
}

impl Writer {
    /// In a file of another name in the same folder, which is gone when this is dropped. Only its owner may read it.
    fn beside(file: &Path, limits: &Limits) -> Result<Self> {
        if file.symlink_metadata().is_ok() {
            return taken(file);
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let beside = NamedTempFile::with_prefix_in(".masthead-export-", folder.unwrap_or(Path::new(".")));
        let zip = ZipWriter::new(beside.map_err(unwritten)?);
        Ok(Self {
            zip,
            digest: Context::new(&SHA256),
            bytes: 0,
            total: 0,
            entries: 0,
            limits: limits.clone(),
        })
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<()> {
        let options =
            SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(unwritten)?;
        (self.digest, self.bytes) = (Context::new(&SHA256), 0);
        self.entries += 1;
        if self.entries > self.limits.archive_files {
            return too_large("archive_files", "the archive would hold more files than one may");
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(length);
        self.total = self.total.saturating_add(length);
        if self.total > self.limits.archive_bytes {
            return too_large("archive_bytes", "the archive would be larger than one may");
        }
        self.digest.update(bytes);
        Ok(self.zip.write_all(bytes).map_err(unwritten)?)
    }

    fn line(&mut self, row: &Value) -> Result<()> {
        let mut line = serde_json::to_vec(row)?;
        line.push(b'\n');
        if line.len() > self.limits.archive_row_bytes {
            return too_large("archive_row_bytes", "a row is longer than one in an archive may be");
        }
        self.write(&line)
    }

    /// The bytes of the file in the archive, and their digest.
    fn end(&mut self) -> (u64, String) {
        let digest = std::mem::replace(&mut self.digest, Context::new(&SHA256)).finish();
        (self.bytes, hex::encode(digest))
    }

    /// Writes what is told of the whole, and gives the file its name.
    fn finish(mut self, manifest: &Manifest, file: &Path) -> Result<u64> {
        let mut text = serde_json::to_vec_pretty(manifest)?;
        text.push(b'\n');
        if text.len() > self.limits.archive_manifest_bytes {
            return too_large("archive_manifest_bytes", "the manifest is longer than one may be");
        }
        self.begin(README, CompressionMethod::Deflated)?;
        self.write(readme(manifest).as_bytes())?;
        self.begin(MANIFEST, CompressionMethod::Deflated)?;
        self.write(&text)?;
        let written = self.zip.finish().map_err(unwritten)?;
        written.as_file().sync_all().map_err(unwritten)?;
        let bytes = written.as_file().metadata().map_err(unwritten)?.len();
        match written.persist_noclobber(file) {
            Ok(_) => Ok(bytes),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => taken(file),
            Err(error) => Err(unwritten(error).into()),
        }
    }
}

fn taken<T>(file: &Path) -> Result<T> {
    let message =
        format!("{} is there already, and an archive never overwrites: name another file", file.display());
    refuse(RefusalCode::Taken, "file", message)
}

fn too_large<T>(limit: &str, what: &str) -> Result<T> {
    refuse(
        RefusalCode::TooLong,
        "file",
        format!("{what}: raise limits.{limit}, here and where it is imported"),
    )
}

fn unwritten(error: impl std::fmt::Display) -> Fault {
    Fault::Internal(format!("the archive cannot be written: {error}"))
}
