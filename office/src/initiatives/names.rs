//! Names of initiatives: no two of an office read the same. What a reader takes for one name is `fields::seen_name`; the
//! database's own index knows names that are equal letter by letter.

use entity::{InitiativeId, channel, initiative};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait as _, QueryFilter, QuerySelect};

use crate::{
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle as _,
    policy,
};

/// What is said when another initiative has the name.
pub(super) const NAME_TAKEN: &str = "another initiative of this office has this name";

/// The initiative of the office that a sheet names; it must not be over.
pub(crate) async fn by_name(change: &Change<'_>, field: &str, name: &str) -> Result<InitiativeId> {
    let names = all(change).await?;
    let wanted = fields::seen_name(name);
    let Some((id, _)) = names.iter().find(|(_, name)| fields::seen_name(name) == wanted) else {
        let message = format!("no initiative of this office is called “{name}”");
        return refuse(RefusalCode::NotFound, field, message);
    };
    if super::named(change.tx(), change.office_id(), *id).await?.state.is_terminal() {
        return refuse(RefusalCode::IllegalState, field, format!("the initiative “{name}” is over"));
    }
    Ok(*id)
}

async fn all(change: &Change<'_>) -> Result<Vec<(InitiativeId, String)>> {
    let names = initiative::Entity::find()
        .select_only()
        .columns([initiative::Column::Id, initiative::Column::Name])
        .filter(initiative::Column::OfficeId.eq(change.office_id()))
        .into_tuple();
    Ok(names.all(change.tx()).await?)
}

/// Refuses a name that reads like that of another initiative of the office.
pub(super) async fn free(change: &Change<'_>, row: &initiative::Model) -> Result<()> {
    let names = all(change).await?;
    let wanted = fields::seen_name(&row.name);
    if names.iter().any(|(id, name)| *id != row.id && fields::seen_name(name) == wanted) {
        return refuse(RefusalCode::Taken, "name", NAME_TAKEN);
    }
    Ok(())
}

/// The public reads the name beside the initiative's channels: there a coordinator changes it, who approves what the public
/// reads of channels too.
pub(super) async fn stays(change: &Change<'_>, row: &initiative::Model) -> Result<()> {
    if policy::coordinates(change.requester()) {
        return Ok(());
    }
    let listed = channel::Entity::find()
        .filter(channel::Column::OfficeId.eq(row.office_id))
        .filter(channel::Column::InitiativeId.eq(row.id))
        .filter(channel::Column::Published.is_not_null())
        .limit(1)
        .count(change.tx())
        .await?;
    if listed == 0 {
        return Ok(());
    }
    let message = "the public reads this name in the directory: a coordinator changes it";
    refuse(RefusalCode::NotResponsible, "name", message)
}
