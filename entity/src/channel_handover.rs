//! What is to be handed over when somebody who looked after a channel leaves it: a checklist that members tick.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelHandoverId, ChannelId, MemberId, OfficeId};

/// One thing to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HandoverItem {
    /// The channel has enough stewards again.
    AddSteward,
    /// The credential is another than the one that the leaver knew.
    ReplaceCredential,
    /// The platform's own list of who may enter the account does not name the leaver.
    CheckAccessList,
    /// Neither the account's description nor its record names the leaver.
    CheckBio,
    /// What the leaver had promised or begun there is somebody else's.
    PassOnOpenWork,
}

/// A thing to be done, and who says that it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What.
    pub item: HandoverItem,
    /// Who ticked it; null while it is open.
    pub ticked_by: Option<MemberId>,
    /// When; null while it is open.
    pub ticked_at: Option<DateTimeUtc>,
}

/// The checklist, in the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Items(pub Vec<Item>);

/// A hand-over.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_handover")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelHandoverId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Which channel.
    pub channel_id: ChannelId,
    /// Who leaves it.
    pub member_id: MemberId,
    /// The checklist.
    #[sea_orm(column_type = "Json")]
    pub items: Items,
    /// Since when.
    pub opened_at: DateTimeUtc,
    /// When the last item was ticked, or the channel retired; null while it is open.
    pub closed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
