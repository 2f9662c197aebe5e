//! The queue: one approved revision bound for one channel at one time.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    ChannelId, ConversationId, DraftId, HandbookId, InitiativeId, MemberId, OfficeId, PostId, RecurrenceId,
    RevisionId, WorkerId,
};

/// Where a post is in its life.
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
pub enum PostState {
    /// Waits for its time.
    Scheduled,
    /// A worker holds it and may be talking to the platform.
    Sending,
    /// Known not sent; waits for the next try.
    Retrying,
    /// Not known whether it was sent; being looked up.
    Unconfirmed,
    /// A gate is shut.
    Held,
    /// Too late to be wanted without asking.
    Missed,
    /// The platform refused it for good.
    Rejected,
    /// Out.
    Published,
    /// Given up before it left.
    Cancelled,
    /// Out, and corrected since.
    Corrected,
    /// Was out; taken back.
    Withdrawn,
    /// Changed or gone on the platform, not by us.
    Drifted,
}

/// A gate that is shut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShutGate {
    /// Which: `GateKind` in GraphQL.
    pub gate: String,
    /// The handbook clause that it rests on.
    pub clause: Option<String>,
    /// Why it is shut.
    pub reason: String,
    /// What would open it.
    pub opens: String,
}

/// Why a post is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    /// Since when.
    pub since: DateTimeUtc,
    /// The shut gates, most telling first.
    pub gates: Vec<ShutGate>,
}

/// What a person wants to be done before a post leaves: nobody but people lets it go again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub struct PersonHold {
    /// Who holds it; null for the operator at the command line.
    pub by: Option<MemberId>,
    /// Their name when they did.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// Whether it was approved after its time: then another time lets it go too.
    #[serde(default)]
    pub late_approval: bool,
}

/// A post.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// The draft.
    pub draft_id: DraftId,
    /// The approved revision.
    pub revision_id: RevisionId,
    /// Where it goes.
    pub channel_id: ChannelId,
    /// For which initiative.
    pub initiative_id: InitiativeId,
    /// Digest of exactly what will be sent: the target's.
    pub digest: String,
    /// Where it is in its life.
    pub state: PostState,
    /// The wish as local time, `YYYY-MM-DDTHH:MM:SS`.
    pub local_time: String,
    /// IANA zone of the wish.
    pub time_zone: String,
    /// The wish resolved to an instant: the promise to the user.
    pub due_at: DateTimeUtc,
    /// When to try next: backoff and gates move only this.
    pub run_at: DateTimeUtc,
    /// Later than this it is not wanted any more.
    pub missed_after: DateTimeUtc,
    /// Until when the worker holds it; null when none does.
    pub lease_until: Option<DateTimeUtc>,
    /// Which worker holds it.
    pub worker_id: Option<WorkerId>,
    /// Raised by each claim: who holds an older one has lost the post.
    pub fence: i64,
    /// Tries to send so far.
    pub attempts: i32,
    /// Tries to look it up since the outcome became unknown.
    pub look_ups: i32,
    /// Whether the platform cannot tell what became of it, so that a person must.
    pub person_decides: bool,
    /// Sent to the platform with each try; the same for all of them.
    #[sea_orm(unique)]
    pub idempotency_key: String,
    /// Its id on the platform; null until published.
    pub remote_id: Option<String>,
    /// Its live address; null until known.
    #[sea_orm(column_type = "Text", nullable)]
    pub remote_url: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// Which gates are shut, while HELD.
    #[sea_orm(column_type = "Json", nullable)]
    pub hold: Option<Hold>,
    /// A person's own hold; null while nobody holds it. It outlasts another time and a look at the gates.
    #[sea_orm(column_type = "Json", nullable)]
    pub person_hold: Option<PersonHold>,
    /// The handbook version under which its words were last checked while it waited; null before the first time.
    pub checked_handbook_id: Option<HandbookId>,
    /// The rules under which no rule that reads only words blocks its words, exceptions and answers aside: a digest of the
    /// compiled handbook, versions of rules included. What the same rules say of the same words cannot change. Null while
    /// that is not known.
    pub cleared_under: Option<String>,
    /// The post of the same channel that it follows, as the next part of a thread or a first comment; null for most.
    pub follows_post_id: Option<PostId>,
    /// Whether that post is not out yet: until then this one is not ready.
    pub waits: bool,
    /// Which part of a thread it is, from 1; 0 where it sends its words whole.
    pub part: i32,
    /// What the public said that it answers; null for most.
    pub answers: Option<ConversationId>,
    /// Stable code of the last failure; null when there was none.
    pub cause_code: Option<String>,
    /// What a person should know of it.
    #[sea_orm(column_type = "Text", nullable)]
    pub cause_detail: Option<String>,
    /// The recurrence that made it; null when a person scheduled it.
    pub recurrence_id: Option<RecurrenceId>,
    /// Which of the recurrence's times it is: its planned local time, `YYYY-MM-DDTHH:MM:SS`, whatever it was moved to.
    /// Empty when it is none of them, or none any more.
    pub occurrence: String,
    /// W3C trace context of the request that scheduled it.
    pub trace_parent: Option<String>,
    /// Who scheduled it; null when an integration did.
    pub created_by: Option<MemberId>,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
