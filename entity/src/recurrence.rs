//! Posts that repeat: an approved draft on some of its channels, by a rule.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{ChannelId, DraftId, MemberId, OfficeId, RecurrenceId, RevisionId};

/// Where a recurrence is in its life.
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
pub enum RecurrenceState {
    /// Waits for another person's approval of its rule and of the words that it repeats.
    Proposed,
    /// Approved: its posts are made ahead.
    Active,
    /// Over: its last time has passed, or somebody ended it.
    Ended,
}

/// Which day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MonthDay {
    /// By its number, 1 to 31; in a shorter month its last day.
    Day(i16),
    /// The last one.
    LastDay,
    /// The first to fourth of an ISO weekday.
    Weekday {
        /// 1 to 4.
        nth: i16,
        /// ISO weekday, 1 = Monday to 7 = Sunday.
        weekday: i16,
    },
    /// The last of an ISO weekday.
    LastWeekday {
        /// ISO weekday, 1 = Monday to 7 = Sunday.
        weekday: i16,
    },
}

/// How it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(rename_all = "camelCase")]
pub enum Repeats {
    /// Every so many days.
    Days {
        /// How many.
        every: i32,
    },
    /// Every so many weeks, which begin on Mondays, on some weekdays.
    Weeks {
        /// How many.
        every: i32,
        /// ISO weekdays in order, each once.
        weekdays: Vec<i16>,
    },
    /// Every so many months.
    Months {
        /// How many.
        every: i32,
        /// On which day.
        on: MonthDay,
    },
}

/// The channels that it posts to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Channels(pub Vec<ChannelId>);

/// A recurrence.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recurrence")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecurrenceId,
    /// The office that owns the row.
    pub office_id: OfficeId,
    /// What it repeats.
    pub draft_id: DraftId,
    /// Where.
    #[sea_orm(column_type = "Json")]
    pub channels: Channels,
    /// How.
    #[sea_orm(column_type = "Json")]
    pub repeats: Repeats,
    /// The first day that may be one of its days.
    pub starts_on: Date,
    /// The last such day; null when it ends by count.
    pub until: Option<Date>,
    /// How many times, counted from the first; null when it ends by date.
    pub times: Option<i32>,
    /// `HH:MM`.
    pub local_time: String,
    /// IANA zone.
    pub time_zone: String,
    /// Minutes late that each of its posts may leave.
    pub publish_late_minutes: i32,
    /// Where it is in its life.
    pub state: RecurrenceState,
    /// The revision whose repeating was approved; null while none stands.
    pub revision_id: Option<RevisionId>,
    /// Who approved that.
    pub approved_by: Option<MemberId>,
    /// When.
    pub approved_at: Option<DateTimeUtc>,
    /// When its next posts are to be made; null unless ACTIVE.
    pub extend_at: Option<DateTimeUtc>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// Who ended it; null when its last time passed.
    pub ended_by: Option<MemberId>,
    /// Who made it.
    pub created_by: MemberId,
    /// Raised by each change; an update that names another version is refused as a conflict.
    pub version: i64,
    /// When the row was made, UTC.
    pub created_at: DateTimeUtc,
    /// Last change.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
