//! Names of initiatives: no two of an office read the same. What a reader takes for one name is `fields::seen_name`; the
//! database's own index knows names that are equal letter by letter.

use entity::{InitiativeId, initiative};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::{
    change::Change,
    error::{RefusalCode, Result, refuse},
    fields,
};

/// What is said when another initiative has the name.
pub(super) const NAME_TAKEN: &str = "another initiative of this office has this name";

/// Refuses a name that reads like that of another initiative of the office.
pub(super) async fn free(change: &Change<'_>, row: &initiative::Model) -> Result<()> {
    let names: Vec<(InitiativeId, String)> = initiative::Entity::find()
        .select_only()
        .columns([initiative::Column::Id, initiative::Column::Name])
        .filter(initiative::Column::OfficeId.eq(row.office_id))
        .filter(initiative::Column::Id.ne(row.id))
        .into_tuple()
        .all(change.tx())
        .await?;
    let wanted = fields::seen_name(&row.name);
    if names.iter().any(|(_, name)| fields::seen_name(name) == wanted) {
        return refuse(RefusalCode::Taken, "name", NAME_TAKEN);
    }
    Ok(())
}
