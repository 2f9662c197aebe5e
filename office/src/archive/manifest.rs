//! What an archive says of itself: `manifest.json`, and `README.txt` for people.

use chrono::{DateTime, Utc};
use entity::OfficeId;
use serde::{Deserialize, Serialize};

/// The form of archives that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// The first of the migrations from which on archives exist. An archive that lacks it, or one before it, was not written by
/// any Masthead. A later migration that rewrites what is stored, and does not only add to it, must move this to itself, or
/// bring a step that rewrites the rows of an archive as well.
pub(super) const OLDEST: &str = "m20261128_000702_create_draft_comments";

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const README: &str = "README.txt";

/// `manifest.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) product: String,
    /// The migrations that had run: how the rows are shaped. The newest is the last.
    pub(super) migrations: Vec<String>,
    pub(super) office: WhichOffice,
    pub(super) exported_at: DateTime<Utc>,
    /// How far the directory's changes had counted: copies of the directory hold cursors up to here.
    pub(super) directory_sequence: i64,
    pub(super) tables: Vec<TableFile>,
    pub(super) media: Vec<MediaFile>,
    /// Digests of media that rows name and the store had lost.
    pub(super) missing_media: Vec<String>,
}

/// Which office it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WhichOffice {
    pub(super) id: OfficeId,
    pub(super) slug: String,
    pub(super) name: String,
}

/// The rows of one table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TableFile {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// One medium.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct MediaFile {
    pub(super) sha256: String,
    pub(super) bytes: u64,
}

impl MediaFile {
    /// Its name in the archive.
    pub(super) fn name(&self) -> String {
        format!("media/{}", self.sha256)
    }
}

/// Enough to tell whether this program can read the rest.
#[derive(Debug, Deserialize)]
pub(super) struct Form {
    pub(super) format: u32,
    #[serde(default)]
    pub(super) product: String,
}

/// `README.txt`.
pub(super) fn readme(manifest: &Manifest) -> String {
    format!(
        "This is the office \"{name}\" ({slug}) as it was in Masthead {product} at {at}.\n\n\
         It holds personal data: names, addresses for signing in, everything that members wrote. Keep it as you keep the\n\
         database, and delete it when it is no longer needed.\n\n\
         It holds no secrets: no passwords, no tokens, no credentials of channels, no keys.\n\n\
         To bring it into another deployment:   masthead office import FILE --dry-run\n\
         and then, without --dry-run. Nothing leaves the office there until a person lifts the pause that it begins with.\n\n\
         manifest.json   what is in here, with counts and SHA-256 digests\n\
         rows/           a file a table, a row a line, as JSON\n\
         media/          pictures, films and other uploads, named by the SHA-256 digest of their bytes\n",
        name = manifest.office.name,
        slug = manifest.office.slug,
        product = manifest.product,
        at = manifest.exported_at.format("%Y-%m-%d %H:%M UTC"),
    )
}
