//! Reading rows by id, for one office: what dataloaders and `node` stand on. A row of another office is not there.

use entity::OfficeId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait as _, extension::postgres::PgFunc},
};
use uuid::Uuid;

use crate::error::{OfficeError, Result};

/// An entity whose rows belong to an office and are found by id.
pub trait Owned: EntityTrait {
    /// What a missing one is called in errors.
    const KIND: &'static str;
    /// The id column.
    fn id() -> Self::Column;
    /// The office column.
    fn office() -> Self::Column;
}

macro_rules! owned {
    ($($module:ident $kind:literal)+) => {$(
        impl Owned for entity::$module::Entity {
            const KIND: &'static str = $kind;
            fn id() -> Self::Column { entity::$module::Column::Id }
            fn office() -> Self::Column { entity::$module::Column::OfficeId }
        }
    )+};
}

owned! {
    acknowledgement "acknowledgement" attempt "attempt" attestation "attestation" waiver "waiver"
    audit_entry "audit entry" blackout "blackout" conversation "conversation" delegation "delegation" bulk_act "bulk act" channel "channel"
    channel_handover "hand-over" channel_review "channel review"
    channel_authorization "authorization" correction "correction" read_back "read back"
    platform_app "platform app" draft "draft" draft_comment "comment" handbook "handbook" initiative "initiative"
    initiative_question "question" mail "mail" integration "integration" media "media item"
    member "member" partner "partner" partner_address "account of a partner" blogging_duty "duty to blog" measurement "measurement"
    pause "pause" plan "plan" post "post" recurrence "recurrence" review "review" review_policy "review policy" revision "revision" slot "slot" steward "steward"
    channel_round "round" post_figures "figures"
    feed_entry "feed entry" revision_target "revision target" revision_media "revision media item"
}

/// The row with this id in this office.
pub async fn one<E: Owned>(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    id: impl Into<Uuid>,
) -> Result<E::Model> {
    let found = E::find().filter(E::id().eq(id.into())).filter(E::office().eq(office_id)).one(db).await?;
    found.ok_or(OfficeError::NotFound(E::KIND))
}

/// The rows with these ids in this office, in no order; missing ones are left out.
pub async fn many<E: Owned>(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    ids: &[Uuid],
) -> Result<Vec<E::Model>> {
    related::<E>(db, office_id, E::id(), ids).await
}

/// The rows of this office whose `column` is one of `ids`, in the order of their own ids.
pub async fn related<E: Owned>(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    column: E::Column,
    ids: &[Uuid],
) -> Result<Vec<E::Model>> {
    let within =
        Condition::all().add(E::office().eq(office_id)).add(among(db.get_database_backend(), column, ids));
    Ok(E::find().filter(within).order_by_asc(E::id()).all(db).await?)
}

/// Whether a column is one of these ids, in words that do not depend on how many they are: the driver keeps a statement
/// by its text, and the server its plan.
pub(crate) fn among(engine: DatabaseBackend, column: impl ColumnTrait, ids: &[Uuid]) -> Expr {
    if engine == DatabaseBackend::Sqlite {
        return column.is_in(padded(ids));
    }
    let list = ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    // An array of a query's is made once; a cast of the parameter alone would be read anew for each row.
    let list = Expr::cust_with_values("ARRAY(SELECT unnest($1::text::uuid[]))", [format!("{{{list}}}")]);
    column.into_expr().eq(PgFunc::any(list))
}

/// Pads a list to a few lengths by repeating its last id, so that it makes few statements for the driver's cache.
fn padded(ids: &[Uuid]) -> Vec<Uuid> {
    let wanted = [1, 8, 32, 128, 512].into_iter().find(|length| *length >= ids.len()).unwrap_or(ids.len());
    let last = ids.last().copied();
    ids.iter().copied().chain(last.into_iter().cycle()).take(wanted).collect()
}
