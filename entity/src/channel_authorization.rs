//! A consent that is asked for at a platform, so that a channel is connected: from the question to the credential.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ChannelAuthorizationId, ChannelId, MemberId, OfficeId, PlatformAppId, channel::Connection};

/// How far it is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthorizationState {
    /// A person is asked at the platform.
    Waiting,
    /// They agreed: a worker fetches the credential.
    Answered,
    /// The channel has the credential.
    Granted,
    /// It came to nothing.
    Failed,
}

/// One question, and what came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_authorization")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelAuthorizationId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// Which channel is to be connected.
    pub channel_id: ChannelId,
    /// In the name of which application.
    pub app_id: PlatformAppId,
    /// Who began it, and alone may finish it; null for the operator.
    pub begun_by: Option<MemberId>,
    /// How far it is.
    pub state: AuthorizationState,
    /// Hash of the secret that comes back with the browser.
    #[sea_orm(unique)]
    pub state_hash: String,
    /// The PKCE verifier, sealed with the row's id as context; null once it is used.
    pub verifier_sealed: Option<Vec<u8>>,
    /// The code that came back, sealed the same way; null before, and once it is used.
    pub code_sealed: Option<Vec<u8>>,
    /// Where the platform sends the browser.
    #[sea_orm(column_type = "Text")]
    pub redirect_uri: String,
    /// Where and as whom the connector will sign in.
    #[sea_orm(column_type = "Json")]
    pub settings: Connection,
    /// Raised by each worker that takes it.
    pub fence: i64,
    /// Until when a worker is at it; null when none is.
    pub lease_until: Option<DateTimeUtc>,
    /// Stable code of why it failed; null unless it did.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_code: Option<String>,
    /// What a person should know of that.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_detail: Option<String>,
    /// When the question was asked.
    pub created_at: DateTimeUtc,
    /// Until when an answer is taken.
    pub expires_at: DateTimeUtc,
    /// When it was over; null before.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
