//! A new recurrence: what may be asked for. It waits for another person's approval.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    ChannelId, DraftId, OfficeId, draft,
    draft::DraftState,
    recurrence,
    recurrence::{Channels, MonthDay, RecurrenceState, Repeats},
    revision, revision_target,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;
use serde_json::json;

use super::{OF_ONE_DRAFT, of_ending::all_open, rule};
use crate::{
    Office,
    calendar::{self, LocalInstant, MOST_PERIODS},
    change::Change,
    client_keys::Call,
    error::{OfficeError, RefusalCode, Result, refuse},
    lifecycle::Lifecycle as _,
    policy::{Permit, op},
    posts, read, reviews,
    rows::locked,
    slots,
};

/// Times that a rule may name by count, at most.
const MOST_TIMES: i32 = 1_000;

/// When a recurrence ends.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum Ends {
    /// With the last of its days that is not after this one.
    On(NaiveDate),
    /// After so many times, counted from the first.
    After(i32),
}

impl Ends {
    /// As they are stored: `until` and `times`.
    pub(super) fn columns(self) -> (Option<NaiveDate>, Option<i32>) {
        match self {
            Self::On(day) => (Some(day), None),
            Self::After(times) => (None, Some(times)),
        }
    }
}

/// A new recurrence.
#[derive(Debug, Clone, Serialize)]
pub struct CreateRecurrence {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The approved draft.
    pub draft_id: DraftId,
    /// On these of its channels; empty: on all of them.
    pub channel_ids: Vec<ChannelId>,
    /// How it repeats.
    pub repeats: Repeats,
    /// The first day that may be one of its days.
    pub starts_on: NaiveDate,
    /// When it ends.
    pub ends: Ends,
    /// `HH:MM`.
    pub local_time: String,
    /// IANA zone; none: the office's.
    pub time_zone: Option<String>,
    /// Minutes late that each of its posts may leave; none: the office's usual.
    pub publish_late_minutes: Option<i32>,
}

/// Refuses what can be done but once: to pass a post of others on, and to answer what the public said.
pub(super) fn once(revision: &revision::Model, field: &str) -> Result<()> {
    let message = if revision.passes_on() {
        "a platform passes a post on once, however often it is asked: schedule this draft instead of repeating it"
    } else if revision.answers.is_some() {
        "what the public said is answered once: schedule this draft instead of repeating it"
    } else {
        return Ok(());
    };
    refuse(RefusalCode::Invalid, field, message)
}

/// Makes a recurrence. Its posts come into being when another person has approved it.
pub async fn create(
    office: &Office,
    permit: &Permit<op::CreateRecurrence>,
    input: CreateRecurrence,
) -> Result<recurrence::Model> {
    let call = Call::new::<op::CreateRecurrence>(input.client_key.as_deref(), &input)?;
    let Some(member) = permit.requester().member_id() else {
        return Err(OfficeError::Forbidden("only a member can make a recurrence".to_owned()));
    };
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<recurrence::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let draft = locked::<draft::Entity>(&change, input.draft_id).await?;
    if draft.state != DraftState::Approved {
        let message = format!("this draft is {}: only an approved one can be repeated", draft.state.code());
        return refuse(RefusalCode::IllegalState, "draftId", message);
    }
    reviews::require_complete(&change, &draft, "draftId").await?;
    room(&change, &draft).await?;
    let targets = posts::targets(&change, &draft, &input.channel_ids).await?;
    no_threads(&targets)?;
    once(&read::one::<revision::Entity>(change.tx(), draft.office_id, draft.revision_id).await?, "draftId")?;
    let allowance = posts::allowance(office, &change, input.publish_late_minutes).await?;
    let (until, times) = input.ends.columns();
    let channels: Vec<ChannelId> = targets.into_iter().map(|target| target.channel_id).collect();
    all_open(&change, &channels).await?;
    let row = recurrence::Model {
        id: change.id(),
        office_id: change.office_id(),
        draft_id: draft.id,
        channels: Channels(channels),
        repeats: fitting(input.repeats)?,
        starts_on: input.starts_on,
        until,
        times,
        local_time: slots::time(&input.local_time)?,
        time_zone: slots::zone(&change, input.time_zone).await?,
        publish_late_minutes: i32::try_from(allowance.num_minutes()).unwrap_or(i32::MAX),
        state: RecurrenceState::START,
        revision_id: None,
        approved_by: None,
        approved_at: None,
        extend_at: None,
        ended_at: None,
        ended_by: None,
        created_by: member,
        version: 1,
        created_at: change.now,
        updated_at: change.now,
    };
    if row.starts_on < calendar::day(change.now, &row.time_zone)? {
        return refuse(RefusalCode::Invalid, "startsOn", "this day is past: name today or a later one");
    }
    fitting_end(office, &row, change.now)?;
    let row = recurrence::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    let detail = json!({ "draft": draft.id, "channels": row.channels.0, "startsOn": row.starts_on, "until": until, "times": times });
    change.note("createRecurrence", "Recurrence", row.id.0, detail);
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// What repeats is one post at each of its times.
pub(super) fn no_threads(targets: &[revision_target::Model]) -> Result<()> {
    if targets.iter().all(|target| target.thread_length() == 0) {
        return Ok(());
    }
    let message = "on one of these channels this draft goes out as a thread, and a thread is not repeated: write a text for \
                   that channel that fits whole, or leave the channel out";
    refuse(RefusalCode::IllegalState, "channelIds", message)
}

async fn room(change: &Change<'_>, draft: &draft::Model) -> Result<()> {
    let of_draft = |office_id: OfficeId| {
        recurrence::Entity::find()
            .filter(recurrence::Column::OfficeId.eq(office_id))
            .filter(recurrence::Column::DraftId.eq(draft.id))
            .filter(recurrence::Column::State.ne(RecurrenceState::Ended))
    };
    if of_draft(draft.office_id).count(change.tx()).await? < OF_ONE_DRAFT {
        return Ok(());
    }
    let message = format!("this draft has {OF_ONE_DRAFT} recurrences already: end some first");
    refuse(RefusalCode::TooLong, "draftId", message)
}

/// A rule's last time, if that is ahead and no further than posts may be scheduled.
pub(super) fn fitting_end(
    office: &Office,
    row: &recurrence::Model,
    now: DateTime<Utc>,
) -> Result<LocalInstant> {
    let days = office.limits.schedule_ahead_days;
    let latest = now + TimeDelta::days(days);
    let field = if row.times.is_some() { "ends.after" } else { "ends.on" };
    if row.times.is_some_and(|times| !(1..=MOST_TIMES).contains(&times)) {
        return refuse(RefusalCode::Invalid, field, format!("say how many times, from 1 to {MOST_TIMES}"));
    }
    let far = || refuse(RefusalCode::Invalid, field, format!("it must end at most {days} days ahead"));
    // Asked first: a day far off would be counted up to.
    if row.until.is_some_and(|until| until > latest.date_naive() + TimeDelta::days(1)) {
        return far();
    }
    match rule(row).last()? {
        Some(last) if last.instant > latest => far(),
        Some(last) if last.instant > now => Ok(last),
        _ => refuse(RefusalCode::Invalid, field, "none of its times is ahead: let it end later"),
    }
}

/// How it repeats, with its weekdays in order.
fn fitting(mut repeats: Repeats) -> Result<Repeats> {
    let (Repeats::Days { every } | Repeats::Weeks { every, .. } | Repeats::Months { every, .. }) = &repeats;
    if !(1..=MOST_PERIODS).contains(every) {
        let message = format!("it repeats every 1 to {MOST_PERIODS} days, weeks or months");
        return refuse(RefusalCode::Invalid, "repeats", message);
    }
    let is_weekday = |day: i16| (1..=7).contains(&day);
    let fits = match &mut repeats {
        Repeats::Days { .. } => true,
        Repeats::Weeks { weekdays, .. } => {
            weekdays.sort_unstable();
            weekdays.dedup();
            !weekdays.is_empty() && weekdays.iter().copied().all(is_weekday)
        }
        Repeats::Months { on, .. } => match *on {
            MonthDay::Day(day) => (1..=31).contains(&day),
            MonthDay::LastDay => true,
            MonthDay::Weekday { nth, weekday } => (1..=4).contains(&nth) && is_weekday(weekday),
            MonthDay::LastWeekday { weekday } => is_weekday(weekday),
        },
    };
    if fits {
        return Ok(repeats);
    }
    let message = "name one weekday at least; a day of the month from 1 to 31; the first to fourth of a weekday, or the last";
    refuse(RefusalCode::Invalid, "repeats", message)
}
