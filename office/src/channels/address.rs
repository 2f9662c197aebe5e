//! A channel's public address: it is the channel's own account, and no other channel's. Knows the rows of this office and
//! what the directory shows of the others; how addresses are read is `directory::place`.

use std::collections::HashSet;

use entity::{
    OfficeId, channel,
    channel::{ChannelState, DirectoryRecord, Platform, PublicPage},
    office as table,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait as _, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::LockType,
};

use url::Url;

use crate::{
    change::Change,
    directory::{self, Place, place},
    error::{RefusalCode, Result, refuse},
    partners,
};

/// What is compared of another channel.
#[derive(Debug, FromQueryResult)]
struct Other {
    office_id: OfficeId,
    platform: Platform,
    handle: String,
    url: String,
    published: Option<DirectoryRecord>,
}

/// Refuses an address that is not the channel's own account.
pub(super) fn own(row: &channel::Model) -> Result<Place> {
    match place(row.platform, &row.handle, &row.url) {
        Ok(place) => Ok(place),
        Err(why) => refuse(RefusalCode::Invalid, "url", why),
    }
}

/// Refuses an address that another channel has: one of this office that is not over, or one that another office publishes
/// or keeps as the page of a closed one. What this office closed itself it may take up again, but for a feed, whose page keeps
/// what was said there. Two wishes of one office are judged one after the other.
pub(super) async fn free(change: &Change<'_>, row: &channel::Model) -> Result<()> {
    let wanted = own(row)?;
    // Rows that name the office hold a key share of it: this lock lets them.
    let office =
        table::Entity::find_by_id(row.office_id).lock(LockType::NoKeyUpdate).one(change.tx()).await?;
    if row.platform == Platform::Feed {
        served(row, office.as_ref().map_or("", |office| &office.slug))?;
    }
    for other in others(change, row).await? {
        let ours = other.office_id == row.office_id;
        let is =
            |platform, handle: &str, url: &str| place(platform, handle, url).is_ok_and(|at| at == wanted);
        if ours && is(other.platform, &other.handle, &other.url) {
            return taken("the office", &other.handle);
        }
        // Of another office no more is told than what it publishes.
        let shown = other.published.filter(|shown| is(shown.platform, &shown.handle, &shown.url));
        if let Some(shown) = shown {
            return taken(if ours { "the office" } else { "another office" }, &shown.handle);
        }
    }
    let key = directory::own_key(row.platform, &row.handle, &row.url);
    let partner = match &key {
        Some(key) => partners::holder(change, key).await?,
        None => None,
    };
    let Some(name) = partner else { return Ok(()) };
    let message = format!(
        "this account is recorded of the partner {name}: where it is the office's own, take it from the partner first \
         (updatePartner)"
    );
    refuse(RefusalCode::Taken, "url", message)
}

/// Refuses an address that is not the page on which Masthead itself shows this feed: others' pages are not the office's, and a
/// handle that is no plain name has no page.
fn served(row: &channel::Model, slug: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !row.handle.chars().all(plain) {
        let message = "the handle of a feed is part of its address: use letters a to z, digits, - and _";
        return refuse(RefusalCode::Invalid, "handle", message);
    }
    let path =
        Url::parse(&row.url).map(|url| url.path().trim_end_matches('/').to_owned()).unwrap_or_default();
    if path.ends_with(&format!("/feed/{slug}/{}", row.handle)) {
        return Ok(());
    }
    let message = format!(
        "a FEED channel is served by Masthead, so its address is this server's, with the path /feed/{slug}/{}",
        row.handle
    );
    refuse(RefusalCode::Invalid, "url", message)
}

/// An account that this office and another both publish as theirs, by the handle that this one publishes: an office that is
/// brought in whole may claim what is another's.
pub(crate) async fn claimed_twice(change: &Change<'_>) -> Result<Option<String>> {
    use channel::Column;
    let in_use = Column::State.is_in([ChannelState::Active, ChannelState::Dormant]);
    let shown: Vec<Other> = channel::Entity::find()
        .select_only()
        .columns([Column::OfficeId, Column::Platform, Column::Handle, Column::Url, Column::Published])
        .filter(in_use.and(Column::Published.is_not_null()))
        .into_model()
        .all(change.tx())
        .await?;
    let key = |other: Other| {
        // The address of an office's own feed is another after a move, and is put right by hand.
        let shown = other.published.filter(|shown| shown.platform != Platform::Feed)?;
        Some((directory::own_key(shown.platform, &shown.handle, &shown.url)?, shown.handle))
    };
    let (ours, others): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|other| other.office_id == change.office_id());
    let others: HashSet<String> = others.into_iter().filter_map(key).map(|(key, _)| key).collect();
    Ok(ours.into_iter().filter_map(key).find(|(key, _)| others.contains(key)).map(|(_, handle)| handle))
}

fn taken(whose: &str, handle: &str) -> Result<()> {
    let message = format!("{whose} has a record of this account already: the channel {handle}");
    refuse(RefusalCode::Taken, "url", message)
}

async fn others(change: &Change<'_>, row: &channel::Model) -> Result<Vec<Other>> {
    use channel::Column;
    let over = [ChannelState::Declined, ChannelState::Retired];
    let of_office = Column::OfficeId.eq(row.office_id).and(Column::State.is_not_in(over));
    let in_use = Column::State.is_in([ChannelState::Active, ChannelState::Dormant]);
    // Of a page that was deleted the name is free; one that is kept is its office's still.
    let kept = Column::State
        .eq(ChannelState::Retired)
        .and(Column::OfficeId.ne(row.office_id).or(Column::Platform.eq(Platform::Feed)))
        .and(Column::PublicPage.is_in([PublicPage::KeptAsArchive, PublicPage::MarkedClosed]));
    let shown = in_use.or(kept).and(Column::Published.is_not_null());
    let which = Condition::any().add(of_office).add(shown);
    let select = channel::Entity::find()
        .select_only()
        .columns([Column::OfficeId, Column::Platform, Column::Handle, Column::Url, Column::Published])
        .filter(which)
        .filter(Column::Id.ne(row.id));
    Ok(select.into_model().all(change.tx()).await?)
}
