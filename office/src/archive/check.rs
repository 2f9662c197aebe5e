//! Verifying an archive before anything is written: that this program understands it, and that every file is what the
//! manifest says, row by row.

use std::collections::BTreeSet;

use sea_orm::Value;
use serde_json::Map;

use super::{
    file::{Archive, at, wrong},
    manifest::{MANIFEST, Manifest, OLDEST, TableFile},
    tables::{Column, TABLES, Table},
    values::{self, LARGEST},
};
use crate::error::{RefusalCode, Result, refuse};

/// Bytes of a medium that are in memory at a time.
pub(super) const PIECE: usize = 1024 * 1024;

/// An archive that was verified.
pub(super) struct Verified {
    pub(super) manifest: Manifest,
    /// In the order in which they are written.
    pub(super) tables: Vec<Held>,
    /// The first of the directory's changes, if there is any.
    pub(super) first_change: Option<i64>,
}

/// A table with its file, and the columns that the file has.
pub(super) struct Held {
    pub(super) table: &'static Table,
    pub(super) file: TableFile,
    pub(super) columns: Vec<Column>,
}

/// Verifies all of it. `ran`: the migrations of this deployment.
pub(super) fn verify(archive: &mut Archive, ran: &[String]) -> Result<Verified> {
    let manifest = archive.manifest()?;
    let older = age(&manifest, ran)?;
    for digest in manifest.media.iter().map(|file| &file.sha256).chain(&manifest.missing_media) {
        if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Err(wrong(MANIFEST, "a medium's name is not a SHA-256 digest"));
        }
    }
    if !(0..=LARGEST).contains(&manifest.directory_sequence) {
        return Err(wrong(MANIFEST, "directorySequence is not a count"));
    }
    let tables = shapes(&manifest, older)?;
    let mut seen = Seen::default();
    for held in &tables {
        rows(archive, &manifest, held, &mut seen)?;
    }
    let listed: BTreeSet<&String> =
        manifest.media.iter().map(|file| &file.sha256).chain(&manifest.missing_media).collect();
    if let Some(digest) = seen.digests.iter().find(|digest| !listed.contains(digest)) {
        return Err(wrong("rows/media.jsonl", format!("the manifest does not tell of the medium {digest}")));
    }
    if listed.len() != seen.digests.len() {
        return Err(wrong(MANIFEST, "it tells of media that no row names"));
    }
    let mut buffer = vec![0; PIECE];
    for file in &manifest.media {
        let mut medium = archive.medium(file)?;
        while medium.next(&mut buffer)? > 0 {}
        medium.end()?;
    }
    Ok(Verified { first_change: seen.first_change, manifest, tables })
}

/// Whether the archive is of an earlier Masthead; one of a later is refused.
fn age(manifest: &Manifest, ran: &[String]) -> Result<bool> {
    let theirs: BTreeSet<&String> = manifest.migrations.iter().collect();
    let ours: BTreeSet<&String> = ran.iter().collect();
    if let Some(unknown) = theirs.difference(&ours).last() {
        let message = format!(
            "this archive is of Masthead {}, whose rows have a shape ({}) that Masthead {} does not know: install that \
             version or a later one here, and import again; nothing was imported",
            manifest.product.escape_debug(),
            unknown.escape_debug(),
            env!("CARGO_PKG_VERSION")
        );
        return refuse(RefusalCode::Invalid, "file", message);
    }
    if !theirs.iter().any(|name| *name == OLDEST) {
        return Err(wrong(
            MANIFEST,
            format!("it does not name the migration {OLDEST}, which every archive has"),
        ));
    }
    Ok(theirs.len() < ours.len())
}

/// The tables of the archive with the columns that they have there. Only an older archive may lack some: they are what the
/// migrations since make of a row that does not say.
fn shapes(manifest: &Manifest, older: bool) -> Result<Vec<Held>> {
    if let Some(unknown) =
        manifest.tables.iter().find(|file| !TABLES.iter().any(|table| table.name == file.table))
    {
        let name = unknown.table.escape_debug();
        return Err(wrong(MANIFEST, format!("{name} is no table that an archive holds")));
    }
    let mut shapes = Vec::new();
    for table in TABLES {
        let Some(file) = manifest.tables.iter().find(|file| file.table == table.name) else {
            if older {
                continue;
            }
            return Err(wrong(MANIFEST, format!("the table {} is missing", table.name)));
        };
        let known = table.columns()?;
        if let Some(unknown) =
            file.columns.iter().find(|name| !known.iter().any(|column| column.name == *name))
        {
            let name = unknown.escape_debug();
            return Err(wrong(
                MANIFEST,
                format!("{name} is no column of {} that an archive holds", table.name),
            ));
        }
        if file.columns.iter().collect::<BTreeSet<_>>().len() != file.columns.len() {
            return Err(wrong(MANIFEST, format!("a column of {} is named twice", table.name)));
        }
        let all = known.len();
        let columns: Vec<Column> =
            known.into_iter().filter(|column| file.columns.iter().any(|name| name == column.name)).collect();
        let owned =
            [table.key, table.owner()].iter().all(|name| columns.iter().any(|column| column.name == *name));
        if !owned || (columns.len() < all && !older) {
            return Err(wrong(MANIFEST, format!("columns of {} are missing", table.name)));
        }
        shapes.push(Held { table, file: file.clone(), columns });
    }
    Ok(shapes)
}

#[derive(Default)]
struct Seen {
    digests: BTreeSet<String>,
    first_change: Option<i64>,
    last_change: i64,
}

fn rows(archive: &mut Archive, manifest: &Manifest, held: &Held, seen: &mut Seen) -> Result<()> {
    let name = held.table.file();
    if matches!(held.table.name, "office" | "audit_head") && held.file.rows != 1 {
        return Err(wrong(&name, "it must have exactly one row"));
    }
    let mut rows = archive.rows(&held.file)?;
    while let Some(row) = rows.next()? {
        let place = at(&name, row.line);
        values(&place, &row.object, &held.columns)?;
        let text = |column: &str| row.object.get(column).and_then(serde_json::Value::as_str);
        if text(held.table.owner()) != Some(manifest.office.id.to_string().as_str()) {
            return Err(wrong(&place, "the row is of another office than the manifest's"));
        }
        match held.table.name {
            "office" if text("slug") != Some(&manifest.office.slug) => {
                return Err(wrong(&place, "the slug is not the manifest's"));
            }
            "media" => seen.digests.extend(text("sha256").map(str::to_owned)),
            "directory_change" => {
                let sequence = row.object.get("sequence").and_then(serde_json::Value::as_i64).unwrap_or(0);
                if sequence <= seen.last_change || sequence > manifest.directory_sequence {
                    return Err(wrong(
                        &place,
                        "its sequence does not follow the one before, up to directorySequence",
                    ));
                }
                seen.last_change = sequence;
                seen.first_change.get_or_insert(sequence);
            }
            _ => {}
        }
    }
    rows.end()
}

/// The values of a row, in the order of the columns; it must have exactly these.
pub(super) fn values(
    place: &str,
    row: &Map<String, serde_json::Value>,
    columns: &[Column],
) -> Result<Vec<Value>> {
    let unknown = row.keys().find(|name| !columns.iter().any(|column| column.name == *name));
    if let Some(unknown) = unknown {
        let name: String = unknown.chars().take(100).collect();
        return Err(wrong(place, format!("the manifest names no column {}", name.escape_debug())));
    }
    let value = |column: &Column| {
        let value =
            row.get(column.name).ok_or_else(|| wrong(place, format!("{} is missing", column.name)))?;
        values::parse(column, value).map_err(|what| wrong(place, what))
    };
    columns.iter().map(value).collect()
}
