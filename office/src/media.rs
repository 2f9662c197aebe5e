//! Media: announced, uploaded once to a one-time address, told apart by content, freed of metadata, stored under their
//! hash.
//!
//! Knows the store and the `media` table. Does not know where an item is used (that is the revision's). [`metadata`]
//! and `inspect` are pure.

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    MediaId, media,
    media::{MediaState, MetadataKinds},
};
use object_store::ObjectStoreExt as _;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::json;

use crate::{
    Office,
    change::Change,
    client_keys::Call,
    error::{Fault, OfficeError, RefusalCode, Result, refuse},
    fields,
    policy::{Permit, op},
    read,
    rows::locked,
    vault::{new_token, token_hash},
};

mod captions;
mod film;
mod inspect;
mod large;
pub mod metadata;
mod store;
mod variant;

pub(crate) use inspect::is_film;
pub use inspect::{CAPTIONS, misnamed};
use inspect::{Inspected, Most, inspect};
use store::path;
pub use store::{Stored, bytes, stored};
pub(crate) use store::{find, writer};
pub use variant::{Fitted, Unfit, Variant, fitted};

/// An upload to come.
#[derive(Debug, Clone, Serialize)]
pub struct CreateUpload {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Name of the file.
    pub file_name: String,
    /// Its size in bytes.
    pub byte_size: u64,
}

/// An announced item.
#[derive(Debug)]
pub struct Announced {
    /// The item, PENDING; READY when the call was repeated after its bytes arrived.
    pub media: media::Model,
    /// Where to put the bytes; none when they arrived already.
    pub upload: Option<Upload>,
}

/// Where to put the bytes.
#[derive(Debug)]
pub struct Upload {
    /// The one-time token of the upload address.
    pub token: SecretString,
    /// Until when the address is good.
    pub expires_at: DateTime<Utc>,
}

/// Announces an upload. Repeated while its bytes have not arrived, it gives a new address in place of the former.
pub async fn create_upload(
    office: &Office,
    permit: &Permit<op::CreateUpload>,
    input: CreateUpload,
) -> Result<Announced> {
    let call = Call::new::<op::CreateUpload>(input.client_key.as_deref(), &input)?;
    let file_name = fields::line(&office.limits, "fileName", &input.file_name)?;
    let (max, film) = (office.limits.upload_bytes, office.limits.film_bytes);
    if input.byte_size == 0 || input.byte_size > film.max(max) {
        let message = format!("byteSize must be from 1 to {max}, or to {film} for a film");
        return refuse(RefusalCode::TooLong, "byteSize", message);
    }
    let token = new_token("mhu_")?;
    let mut change = office.begin(permit.requester()).await?;
    let expires_at = change.now + TimeDelta::minutes(office.limits.upload_minutes);
    let upload = Upload { token, expires_at };
    if let Some(id) = call.earlier(&change).await? {
        return again(change, id.into(), upload).await;
    }
    let row = media::Model {
        id: change.id(),
        office_id: change.office_id(),
        state: MediaState::Pending,
        file_name,
        media_type: "application/octet-stream".to_owned(),
        sha256: None,
        byte_size: i64::try_from(input.byte_size).unwrap_or(i64::MAX),
        width: None,
        height: None,
        stripped: None,
        words: None,
        upload_token_hash: Some(token_hash(&upload.token)),
        upload_expires_at: Some(expires_at),
        uploaded_by: permit.requester().member_id(),
        created_at: change.now,
    };
    let media = media::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    change.note("createUpload", "Media", media.id.0, json!({ "byteSize": media.byte_size }));
    call.remember(&change, media.id.0).await?;
    change.commit().await?;
    Ok(Announced { media, upload: Some(upload) })
}

/// The announced item, with this address in place of the one that it had.
async fn again(mut change: Change<'_>, id: MediaId, upload: Upload) -> Result<Announced> {
    let media = locked::<media::Entity>(&change, id).await?;
    if media.state != MediaState::Pending {
        return Ok(Announced { media, upload: None });
    }
    let mut edit = media::ActiveModel::from(media);
    edit.upload_token_hash = Set(Some(token_hash(&upload.token)));
    edit.upload_expires_at = Set(Some(upload.expires_at));
    let media = edit.update(change.tx()).await?;
    change.note("renewUpload", "Media", media.id.0, json!({}));
    change.commit().await?;
    Ok(Announced { media, upload: Some(upload) })
}

/// Takes the bytes of an announced upload. The token is the permission: it was given to the one who announced it.
pub async fn receive(
    office: &Office,
    id: MediaId,
    token: &SecretString,
    bytes: Bytes,
) -> Result<media::Model> {
    let row = expected(office, id, token, u64::try_from(bytes.len()).unwrap_or(u64::MAX)).await?;
    let most = Most { pixels: office.limits.image_pixels, caption_bytes: office.limits.caption_bytes };
    let file = tokio::task::spawn_blocking(move || inspect(&bytes, most))
        .await
        .map_err(|_panicked| Fault::Internal("looking at an upload stopped".to_owned()))??;
    let to = path(row.office_id, &file.sha256);
    office.media.put(&to, file.bytes.clone().into()).await.map_err(|e| Fault::Media(e.to_string()))?;
    finish(office, row, Kept::from(&file)).await
}

/// The same of a film that does not fit into memory: a file of so many bytes, read from where it stands. It is copied twice,
/// freed of its metadata and into the store, and never held.
pub async fn receive_film(
    office: &Office,
    id: MediaId,
    token: &SecretString,
    spooled: std::fs::File,
    length: u64,
) -> Result<media::Model> {
    let row = expected(office, id, token, length).await?;
    let most = office.limits.upload_bytes;
    let copied = tokio::task::spawn_blocking(move || large::clean(spooled, length, most)).await;
    let (file, told) =
        copied.map_err(|_panicked| Fault::Internal("looking at an upload stopped".to_owned()))??;
    let to = path(row.office_id, &told.sha256);
    large::store(&office.media, &to, file).await?;
    let kept = Kept {
        media_type: "video/mp4",
        byte_size: i64::try_from(told.length).unwrap_or(i64::MAX),
        sha256: told.sha256,
        width: None,
        height: None,
        stripped: MetadataKinds(told.found.into_iter().collect()),
        words: None,
    };
    finish(office, row, kept).await
}

/// The announced item that the token is for, if its bytes may come now and these are as many as were announced.
async fn expected(office: &Office, id: MediaId, token: &SecretString, length: u64) -> Result<media::Model> {
    let row = media::Entity::find_by_id(id).one(office.db.read()).await?;
    let Some(row) = row.filter(|row| row.upload_token_hash.as_deref() == Some(&token_hash(token))) else {
        return Err(OfficeError::NotFound("upload"));
    };
    if row.upload_expires_at.is_none_or(|end| end < office.clock.now()) {
        return refuse(RefusalCode::Invalid, "", "this upload address has ended: create a new upload");
    }
    if i64::try_from(length).unwrap_or(i64::MAX) != row.byte_size {
        let message =
            format!("{length} bytes arrived where {} were announced: create a new upload", row.byte_size);
        return refuse(RefusalCode::Invalid, "byteSize", message);
    }
    Ok(row)
}

/// What is known of an item that the store has.
struct Kept {
    media_type: &'static str,
    byte_size: i64,
    sha256: String,
    width: Option<i32>,
    height: Option<i32>,
    stripped: MetadataKinds,
    words: Option<String>,
}

impl From<&Inspected> for Kept {
    fn from(file: &Inspected) -> Self {
        Self {
            media_type: file.media_type,
            byte_size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            sha256: file.sha256.clone(),
            width: file.width,
            height: file.height,
            stripped: file.stripped.clone(),
            words: file.words.clone(),
        }
    }
}

fn uploader(row: &media::Model) -> crate::Actor {
    row.uploaded_by.map_or(crate::Actor::Operator, |id| crate::Actor::Member {
        id,
        roles: entity::member::Roles::default(),
    })
}

async fn finish(office: &Office, row: media::Model, file: Kept) -> Result<media::Model> {
    let requester = crate::Requester::new(row.office_id, uploader(&row));
    let mut change = office.begin(&requester).await?;
    // Of two uploads to the same address only the first finds the token; none does when a new address was given.
    let unused = media::Entity::update_many()
        .col_expr(media::Column::UploadTokenHash, sea_orm::sea_query::Expr::value(Option::<String>::None))
        .filter(media::Column::Id.eq(row.id))
        .filter(media::Column::UploadTokenHash.eq(row.upload_token_hash.clone()))
        .exec(change.tx())
        .await?;
    if unused.rows_affected == 0 {
        return Err(OfficeError::NotFound("upload"));
    }
    let mut edit = media::ActiveModel::from(row);
    edit.state = Set(MediaState::Ready);
    edit.media_type = Set(file.media_type.to_owned());
    edit.byte_size = Set(file.byte_size);
    edit.sha256 = Set(Some(file.sha256));
    edit.width = Set(file.width);
    edit.height = Set(file.height);
    edit.stripped = Set(Some(file.stripped));
    edit.words = Set(file.words);
    edit.upload_token_hash = Set(None);
    let row = edit.update(change.tx()).await?;
    change.note(
        "receiveUpload",
        "Media",
        row.id.0,
        json!({
            "mediaType": row.media_type,
            "sha256": row.sha256,
            "stripped": row.stripped,
            "misnamed": misnamed(&row.file_name, &row.media_type),
        }),
    );
    change.commit().await?;
    Ok(row)
}

/// The stored items of the office with these ids; refuses the first that is missing or still pending. `field` names the
/// input of each.
pub(crate) async fn ready(
    change: &Change<'_>,
    ids: &[MediaId],
    field: impl Fn(usize) -> String,
) -> Result<Vec<media::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for (i, id) in ids.iter().enumerate() {
        let row = read::one::<media::Entity>(change.tx(), change.office_id(), *id).await;
        match row {
            Ok(row) if row.state == MediaState::Ready => found.push(row),
            Ok(_) => {
                return refuse(RefusalCode::IllegalState, &field(i), "the upload has not arrived yet");
            }
            Err(OfficeError::NotFound(_)) => {
                return refuse(
                    RefusalCode::NotFound,
                    &field(i),
                    "there is no such media item in this office",
                );
            }
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}
