//! The outbox: what members are told by e-mail, one row a recipient, written in the transaction of what it tells of.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{InitiativeId, MailId, MemberId, OfficeId, WorkerId};

/// What it tells of.
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
pub enum MailKind {
    /// An initiative was proposed: a coordinator decides.
    InitiativeProposed,
    /// A coordinator asks about a proposed initiative.
    InitiativeAsked,
    /// What a coordinator asked was answered.
    InitiativeAnswered,
    /// A coordinator acknowledged or declined an initiative.
    InitiativeDecided,
    /// The end of an initiative has begun or is complete.
    InitiativeClosing,
    /// The digest of a day: tasks that are due, and what nobody has settled.
    TasksDue,
}

/// Kinds of mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct MailKinds(pub Vec<MailKind>);

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
pub enum MailState {
    /// To be sent, or after a failure again. The server certainly has not taken it.
    Waiting,
    /// A worker speaks to the server.
    Sending,
    /// The server has taken it.
    Sent,
    /// The server may have taken it: its answer was lost.
    Unconfirmed,
    /// The server refused it for good.
    Refused,
    /// Given up by a person, by its age, or because the recipient has left.
    GivenUp,
}

/// One mail to one member. The address is not in it: it is the member's at the moment of sending.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// To whom.
    pub member_id: MemberId,
    /// What it tells of.
    pub kind: MailKind,
    /// The initiative that it is about: its mails make one thread.
    pub initiative_id: Option<InitiativeId>,
    /// What makes a second telling of the same thing to the same member impossible; unique in the office.
    pub dedupe_key: String,
    /// The subject line.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// What it says, without the lines that are the same in every mail.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Its Message-ID, fixed by the first claim; null before.
    #[sea_orm(column_type = "Text", nullable)]
    pub message_id: Option<String>,
    /// How far it is.
    pub state: MailState,
    /// When to try next; null when no worker will.
    pub next_at: Option<DateTimeUtc>,
    /// Tries so far.
    pub attempts: i32,
    /// Whether the message itself began to leave in this try.
    pub handing_over: bool,
    /// Times that the server's answer to the message was lost.
    pub lost: i32,
    /// Until when a worker holds it; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Which worker holds it.
    pub worker_id: Option<WorkerId>,
    /// Raised by each claim: who holds an older one has lost it.
    pub fence: i64,
    /// Stable code of the last failure; null when there was none.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_code: Option<String>,
    /// What a person should know of it.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_detail: Option<String>,
    /// When it was written: the date that it bears.
    pub created_at: DateTimeUtc,
    /// When it is given up, should no server take it.
    pub give_up_at: DateTimeUtc,
    /// When it was sent, refused or given up; null before.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
