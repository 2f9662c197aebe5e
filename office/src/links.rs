//! Links that revisions use, and what was found where they lead.
//!
//! Knows the `link_check` table. Does not follow any link: a worker does, through `connectors`, in its own time, so that
//! checking a text never waits for somebody else's server. [`address`] is pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::{LinkCheckId, OfficeId, link_check, link_check::LinkState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Office, Requester, change::Change, error::Result, vault::sha256_hex};

pub mod address;
mod checks;

pub use checks::{Claimed, Found, claim_due, settle};

/// What is known of one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkStatus {
    /// The address in its normal form.
    pub url: String,
    /// What was found.
    pub state: LinkState,
    /// Last HTTP status; none when there was no answer.
    pub status: Option<i16>,
    /// Where it leads in the end, without query and fragment; none when nowhere else.
    pub redirected_to: Option<String>,
    /// When it was last checked; none before the first time.
    pub checked_at: Option<DateTime<Utc>>,
}

impl LinkStatus {
    fn of(url: &str, row: Option<&link_check::Model>) -> Self {
        Self {
            state: row.map_or(LinkState::Unchecked, |row| row.state),
            status: row.and_then(|row| row.status),
            redirected_to: row.and_then(|row| row.redirected_to.clone()),
            checked_at: row.and_then(|row| row.checked_at),
            url: url.to_owned(),
        }
    }
}

/// Notes that a revision of the change uses these links, as [`address::urls_in`] found them: new ones are due at once, old
/// ones are watched for longer. Part of the revision's change, whose audit entry is the revision's.
pub(crate) async fn note(change: &Change<'_>, urls: &[String]) -> Result<()> {
    // In the order of their hashes: two changes that use the same links lock their rows in the same order.
    let urls: BTreeMap<String, &String> = urls.iter().map(|url| (sha256_hex(url.as_bytes()), url)).collect();
    if urls.is_empty() {
        return Ok(());
    }
    let rows = urls.into_iter().map(|(url_hash, url)| {
        let row = link_check::Model {
            id: change.id::<LinkCheckId>(),
            office_id: change.office_id(),
            url: url.clone(),
            url_hash,
            state: LinkState::Unchecked,
            redirected_to: None,
            status: None,
            tries: 0,
            misses: 0,
            checked_at: None,
            due_at: Some(change.now),
            wanted_at: change.now,
            created_at: change.now,
        };
        row.into_active_model().reset_all()
    });
    let known = OnConflict::columns([link_check::Column::OfficeId, link_check::Column::UrlHash])
        .update_column(link_check::Column::WantedAt)
        .value(link_check::Column::DueAt, Expr::cust("COALESCE(link_check.due_at, excluded.due_at)"))
        .to_owned();
    link_check::Entity::insert_many(rows).on_conflict(known).exec_without_returning(change.tx()).await?;
    Ok(())
}

/// Watches links that no revision uses, such as those of a channel's profile.
pub async fn watch(office: &Office, requester: &Requester, urls: &[String]) -> Result<()> {
    let change = office.begin(requester).await?;
    note(&change, urls).await?;
    change.commit().await
}

/// What is known of these links in this office, by the links as they are given; one that was never noted is unchecked. A
/// link without a normal form is left out.
pub async fn statuses(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    urls: &[String],
) -> Result<BTreeMap<String, LinkStatus>> {
    let wanted: BTreeMap<&String, String> =
        urls.iter().filter_map(|url| Some((url, address::normal(url)?))).collect();
    let hashes: BTreeSet<String> = wanted.values().map(|url| sha256_hex(url.as_bytes())).collect();
    let rows = if hashes.is_empty() {
        Vec::new()
    } else {
        link_check::Entity::find()
            .filter(link_check::Column::OfficeId.eq(office_id))
            .filter(link_check::Column::UrlHash.is_in(hashes))
            .all(db)
            .await?
    };
    let known: BTreeMap<&str, &link_check::Model> = rows.iter().map(|row| (row.url.as_str(), row)).collect();
    let status = |url: &str| LinkStatus::of(url, known.get(url).copied());
    Ok(wanted.into_iter().map(|(given, normal)| (given.clone(), status(&normal))).collect())
}
