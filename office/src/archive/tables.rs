//! Which tables and columns an archive holds, in an order in which every row comes after what it refers to; and which it
//! does not, each with the reason. `tests/it/archive.rs` holds both lists against the schema.

use std::{future::Future, pin::Pin};

use entity::OfficeId;
use sea_orm::{
    ColumnTrait as _, ColumnType, DatabaseTransaction, DbErr, EntityTrait, ExprTrait as _, IdenStatic as _,
    Iterable as _, QueryFilter as _, sea_query::Expr,
};

use crate::error::{Fault, Result};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    Small,
    Whole,
    Large,
    Number,
    Truth,
    Text,
    Day,
    Instant,
    Document,
}

/// A column that an archive holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) may_be_null: bool,
}

type Decoding<'a> = Pin<Box<dyn Future<Output = std::result::Result<(), DbErr>> + Send + 'a>>;

/// A table of an office.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its rows are in the order of this column, which no two of an office share.
    pub(super) key: &'static str,
    columns: fn() -> Vec<(&'static str, ColumnType, bool)>,
    /// Reads rows as the program will read them: what was written may not be what the program understands.
    pub(super) decode:
        for<'a> fn(&'a DatabaseTransaction, OfficeId, &'static str, Vec<sea_orm::Value>) -> Decoding<'a>,
}

impl Table {
    /// Its columns, but those that no archive holds.
    pub(super) fn columns(&self) -> Result<Vec<Column>> {
        let held = (self.columns)().into_iter().filter(|(column, ..)| !is_left_out(self.name, column));
        held.map(|(name, of, may_be_null)| {
            let unknown =
                || Fault::Internal(format!("{}.{name} has a type that no archive holds", self.name));
            Ok(Column { name, kind: kind(&of).ok_or_else(unknown)?, may_be_null })
        })
        .collect()
    }

    /// The column that says whose a row is.
    pub(super) fn owner(&self) -> &'static str {
        if self.name == "office" { "id" } else { "office_id" }
    }

    /// Its file in the archive.
    pub(super) fn file(&self) -> String {
        format!("rows/{}.jsonl", self.name)
    }
}

fn kind(of: &ColumnType) -> Option<Kind> {
    Some(match of {
        ColumnType::Uuid => Kind::Id,
        ColumnType::SmallInteger => Kind::Small,
        ColumnType::Integer => Kind::Whole,
        ColumnType::BigInteger => Kind::Large,
        ColumnType::Double => Kind::Number,
        ColumnType::Boolean => Kind::Truth,
        ColumnType::Date => Kind::Day,
        ColumnType::TimestampWithTimeZone => Kind::Instant,
        ColumnType::Json | ColumnType::JsonBinary => Kind::Document,
        ColumnType::Text | ColumnType::String(_) | ColumnType::Char(_) | ColumnType::Enum { .. } => {
            Kind::Text
        }
        _ => return None,
    })
}

fn columns<E: EntityTrait>() -> Vec<(&'static str, ColumnType, bool)> {
    E::Column::iter()
        .map(|column| {
            let definition = column.def();
            (column.as_str(), definition.get_column_type().clone(), definition.is_null())
        })
        .collect()
}

fn decode<'a, E: EntityTrait>(
    tx: &'a DatabaseTransaction,
    office_id: OfficeId,
    key: &'static str,
    keys: Vec<sea_orm::Value>,
) -> Decoding<'a>
where
    E::Model: Send + Sync,
{
    Box::pin(async move {
        let mut rows = E::find().filter(Expr::col(key).is_in(keys));
        if key != "id" {
            rows = rows.filter(Expr::col("office_id").eq(office_id.0));
        }
        rows.all(tx).await.map(drop)
    })
}

macro_rules! tables {
    ($($module:ident by $key:literal)+) => {
        &[$(Table {
            name: stringify!($module),
            key: $key,
            columns: columns::<entity::$module::Entity>,
            decode: decode::<entity::$module::Entity>,
        }),+]
    };
}

/// The tables that an archive holds.
pub(super) const TABLES: &[Table] = tables! {
    office by "id"
    member by "id"
    delegation by "id"
    integration by "id"
    handbook by "id"
    acknowledgement by "id"
    initiative by "id"
    partner by "id"
    partner_address by "id"
    initiative_question by "id"
    plan by "id"
    measurement by "id"
    channel by "id"
    steward by "id"
    slot by "id"
    channel_handover by "id"
    channel_review by "id"
    blogging_duty by "id"
    blackout by "id"
    pause by "id"
    review_policy by "id"
    media by "id"
    draft by "id"
    revision by "id"
    revision_target by "id"
    revision_media by "id"
    attestation by "id"
    waiver by "id"
    review by "id"
    draft_comment by "id"
    recurrence by "id"
    post by "id"
    attempt by "id"
    correction by "id"
    conversation by "id"
    post_figures by "id"
    read_back by "id"
    feed_entry by "id"
    link_check by "id"
    bulk_act by "id"
    mail by "id"
    client_key by "id"
    directory_change by "sequence"
    audit_entry by "sequence"
    audit_head by "office_id"
};

/// Columns that are written when every row is there: a row may refer to a later one of its own table.
pub(super) const LATE: &[(&str, &str)] = &[("draft_comment", "parent_id")];

/// Tables that no archive holds, and why.
pub const NOT_EXPORTED: &[(&str, &str)] = &[
    ("session", "a sign-in ends with the deployment that it was made in"),
    ("platform_app", "an application is nothing without its secret"),
    ("channel_authorization", "a consent that is under way holds secrets, and ends within minutes"),
    ("post_preparation", "what a platform keeps of an upload is sealed; the next try uploads anew"),
    ("channel_round", "asking begins anew: what is there already is known by its name"),
    ("channel_head", "worked out from the posts"),
    ("signing_key", "the deployment's own"),
    ("setup_link", "the deployment's own"),
    ("worker_beat", "the deployment's own"),
    ("directory_head", "the deployment's own; the manifest says how far it had counted"),
    ("seaql_migrations", "the deployment's own; the manifest names them"),
];

/// Columns that no archive holds, and why.
pub const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("member", "password_hash", SECRET),
    ("integration", "token_hash", SECRET),
    ("media", "upload_token_hash", SECRET),
    ("channel", "credential_sealed", SECRET),
    ("channel", "refresh_sealed", SECRET),
    ("channel", "authorization_id", OF_THE_CREDENTIAL),
    ("channel", "credential_app_id", OF_THE_CREDENTIAL),
    ("channel", "credential_scopes", OF_THE_CREDENTIAL),
    ("channel", "credential_checked_at", OF_THE_CREDENTIAL),
    ("channel", "credential_expires_at", OF_THE_CREDENTIAL),
    ("channel", "refresh_at", OF_THE_CREDENTIAL),
    ("channel", "refresh_lease_until", OF_THE_CREDENTIAL),
    ("channel", "refresh_fence", OF_THE_CREDENTIAL),
    ("channel", "refresh_failures", OF_THE_CREDENTIAL),
    ("channel", "refresh_cause", OF_THE_CREDENTIAL),
    ("channel", "refreshed_at", OF_THE_CREDENTIAL),
];

const SECRET: &str = "a secret, or what could be tried until it is one";
const OF_THE_CREDENTIAL: &str = "says something of a credential that is left out";

fn is_left_out(table: &str, column: &str) -> bool {
    LEFT_OUT.iter().any(|(of, name, _)| *of == table && *name == column)
}

/// Every table and column that an archive holds.
pub fn exported() -> Result<Vec<(&'static str, Vec<&'static str>)>> {
    let names =
        |table: &Table| Ok((table.name, table.columns()?.into_iter().map(|column| column.name).collect()));
    TABLES.iter().map(names).collect()
}
