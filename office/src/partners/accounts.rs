//! Accounts of partners: each is one partner's, and none is ours. How addresses are read is `directory`.

use entity::{
    OfficeId, PartnerId, channel,
    channel::{ChannelState, DirectoryRecord, Platform},
    partner,
    partner::Account,
    partner_address,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait as _,
    FromQueryResult, QueryFilter, QuerySelect,
};

use crate::{
    Limits,
    change::Change,
    directory,
    error::{RefusalCode, Result, refuse},
    fields, read,
};

/// Reads what was written, each account once.
pub(super) fn read(limits: &Limits, written: &[String]) -> Result<Vec<Account>> {
    fields::at_most(limits.partner_accounts, "accounts", written.len())?;
    let mut accounts: Vec<Account> = Vec::with_capacity(written.len());
    for (i, text) in written.iter().enumerate() {
        let field = format!("accounts.{i}");
        let line = fields::line(limits, &field, text)?;
        let found = match directory::account(&line) {
            Ok(found) => found,
            Err(why) => return refuse(RefusalCode::Invalid, &field, why),
        };
        if accounts.iter().any(|other| other.key == found.key) {
            return refuse(RefusalCode::Invalid, &field, "this account is named twice");
        }
        accounts.push(Account { address: found.address, platform: found.platform, key: found.key });
    }
    Ok(accounts)
}

/// Refuses accounts that are ours, or of another partner.
pub(super) async fn free(change: &Change<'_>, row: &partner::Model, wanted: &[Account]) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let field = |key: &str| {
        let at = row.accounts.0.iter().position(|account| account.key == key).unwrap_or_default();
        format!("accounts.{at}")
    };
    let own = ours(change.tx(), row.office_id).await?;
    for account in wanted {
        if let Some(channel) = own.iter().find(|channel| channel.has(&account.key)) {
            let whose = if channel.of_this_office { "the office's" } else { "another office's" };
            let message = format!("this is ours, no partner: it is {whose} channel {}", channel.handle);
            return refuse(RefusalCode::Invalid, &field(&account.key), message);
        }
    }
    let keys = wanted.iter().map(|account| account.key.as_str());
    let taken = partner_address::Entity::find()
        .filter(partner_address::Column::OfficeId.eq(row.office_id))
        .filter(partner_address::Column::PartnerId.ne(row.id))
        .filter(partner_address::Column::Account.is_in(keys))
        .one(change.tx())
        .await?;
    let Some(taken) = taken else { return Ok(()) };
    let other = read::one::<partner::Entity>(change.tx(), row.office_id, taken.partner_id).await?;
    let message = format!("this account is recorded of the partner {} already", other.name);
    refuse(RefusalCode::Taken, &field(&taken.account), message)
}

/// The name of the partner of this office whose account this is.
pub(crate) async fn holder(change: &Change<'_>, key: &str) -> Result<Option<String>> {
    let taken = partner_address::Entity::find()
        .filter(partner_address::Column::OfficeId.eq(change.office_id()))
        .filter(partner_address::Column::Account.eq(key))
        .one(change.tx())
        .await?;
    let Some(taken) = taken else { return Ok(None) };
    let row = read::one::<partner::Entity>(change.tx(), change.office_id(), taken.partner_id).await?;
    Ok(Some(row.name))
}

/// Writes whose the accounts are.
pub(super) async fn keep(change: &Change<'_>, row: &partner::Model) -> Result<()> {
    let_go(change, row.id).await?;
    if row.accounts.0.is_empty() {
        return Ok(());
    }
    let rows = row.accounts.0.iter().map(|account| {
        partner_address::ActiveModel::from(partner_address::Model {
            id: change.id(),
            office_id: row.office_id,
            partner_id: row.id,
            account: account.key.clone(),
        })
        .reset_all()
    });
    partner_address::Entity::insert_many(rows).exec_without_returning(change.tx()).await?;
    Ok(())
}

/// The accounts are nobody's any more.
pub(super) async fn let_go(change: &Change<'_>, id: PartnerId) -> Result<()> {
    partner_address::Entity::delete_many()
        .filter(partner_address::Column::OfficeId.eq(change.office_id()))
        .filter(partner_address::Column::PartnerId.eq(id))
        .exec(change.tx())
        .await?;
    Ok(())
}

/// A channel of ours, as far as an office may know of it.
#[derive(Debug)]
pub(crate) struct Ours {
    pub(crate) id: entity::ChannelId,
    pub(crate) platform: Platform,
    pub(crate) handle: String,
    pub(crate) of_this_office: bool,
    /// Whether more than a wish is known of it.
    pub(crate) decided: bool,
    keys: Vec<String>,
}

impl Ours {
    /// Whether the account is this channel's.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|own| own == key)
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: entity::ChannelId,
    office_id: OfficeId,
    platform: Platform,
    state: ChannelState,
    handle: String,
    url: String,
    published: Option<DirectoryRecord>,
}

/// The channels of this office that were not declined, and those that other offices publish.
pub(crate) async fn ours(db: &impl ConnectionTrait, office_id: OfficeId) -> Result<Vec<Ours>> {
    use channel::Column;
    let of_office = Column::OfficeId.eq(office_id).and(Column::State.ne(ChannelState::Declined));
    let in_use = Column::State.is_in([ChannelState::Active, ChannelState::Dormant]);
    let which = Condition::any().add(of_office).add(in_use.and(Column::Published.is_not_null()));
    let rows: Vec<Row> = channel::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::OfficeId,
            Column::Platform,
            Column::State,
            Column::Handle,
            Column::Url,
            Column::Published,
        ])
        .filter(which)
        .into_model()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| of(row, office_id)).collect())
}

/// Of another office no more is told than what it publishes.
fn of(row: Row, office_id: OfficeId) -> Ours {
    let of_this_office = row.office_id == office_id;
    let mut keys = Vec::new();
    if let Some(shown) = &row.published {
        keys.extend(directory::own_key(shown.platform, &shown.handle, &shown.url));
    }
    if of_this_office {
        keys.extend(directory::own_key(row.platform, &row.handle, &row.url));
    }
    if row.platform == Platform::Feed {
        let pages =
            [Some(&row.url).filter(|_| of_this_office), row.published.as_ref().map(|shown| &shown.url)];
        // Its files are the feed too.
        let files =
            pages.into_iter().flatten().flat_map(|page| [format!("{page}.atom"), format!("{page}.json")]);
        keys.extend(files.filter_map(|file| Some(directory::account(&file).ok()?.key)));
    }
    let shown = row.published.filter(|_| !of_this_office).map(|shown| shown.handle);
    Ours {
        id: row.id,
        platform: row.platform,
        handle: shown.unwrap_or(row.handle),
        of_this_office,
        decided: row.state != ChannelState::Requested,
        keys,
    }
}
