//! Which posts a supposition reaches, and what it needs to be supposed. Only reads, a bounded number of rows.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ChannelId, HandbookId, InitiativeId, MemberId, OfficeId, PauseId, PostId, acknowledgement, channel,
    handbook, initiative, member, office as office_row, pause,
    pause::{ExemptPosts, PauseScope},
    post, steward,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{
    Simulate, Supposition, bounds,
    suppose::{Absence, Supposed},
};
use crate::{
    Office, calendar,
    calendar::LocalInstant,
    error::{Fault, RefusalCode, Result, refuse},
    fields,
    handbooks::{self, QUEUED},
    lifecycle::{ChannelEvent, InitiativeEvent, Lifecycle as _, PostEvent},
    pauses::Scope,
    posts::{self, When, bulk},
    read,
};

/// Clashes that are told.
const CLASHES_AT_MOST: u64 = 50;

/// A supposition, and the posts that it could reach.
pub(super) struct Reached {
    pub(super) supposed: Supposed,
    pub(super) posts: Vec<post::Model>,
    pub(super) more: bool,
    pub(super) clashes: Vec<post::Model>,
}

/// Makes a supposition ready and finds the posts that it could reach.
pub(super) async fn reach(
    office: &Office,
    office_id: OfficeId,
    input: &Simulate,
    now: DateTime<Utc>,
) -> Result<Reached> {
    let (until, most) = bounds(office, input, now)?;
    let ready = Ready { office, office_id, now };
    if let Supposition::Move { post_id, when } = &input.suppose {
        return ready.moved(*post_id, when).await;
    }
    let (supposed, within) = ready.supposed(&input.suppose).await?;
    let mut waiting = post::Entity::find()
        .filter(post::Column::OfficeId.eq(office_id))
        .filter(post::Column::State.is_in(QUEUED))
        .filter(post::Column::DueAt.lt(until));
    if let Some(from) = input.from {
        waiting = waiting.filter(post::Column::DueAt.gte(from));
    }
    let (posts, more) = first(office.db.read(), within.narrow(waiting), most).await?;
    Ok(Reached { supposed, posts, more, clashes: Vec::new() })
}

/// The first so many by due time, and whether there are more.
async fn first(
    db: &impl ConnectionTrait,
    waiting: Select<post::Entity>,
    most: u64,
) -> Result<(Vec<post::Model>, bool)> {
    let waiting = waiting.order_by_asc(post::Column::DueAt).order_by_asc(post::Column::Id);
    let mut posts = waiting.limit(most + 1).all(db).await?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let more = posts.len() > most;
    posts.truncate(most);
    Ok((posts, more))
}

/// Where posts can be reached.
enum Within {
    Office,
    Channels(Vec<ChannelId>),
    Initiative(InitiativeId),
}

impl Within {
    fn narrow(self, waiting: Select<post::Entity>) -> Select<post::Entity> {
        match self {
            Self::Office => waiting,
            Self::Channels(ids) => waiting.filter(post::Column::ChannelId.is_in(ids)),
            Self::Initiative(id) => waiting.filter(post::Column::InitiativeId.eq(id)),
        }
    }
}

/// Reads what suppositions need, within one office.
struct Ready<'a> {
    office: &'a Office,
    office_id: OfficeId,
    now: DateTime<Utc>,
}

impl Ready<'_> {
    async fn supposed(&self, suppose: &Supposition) -> Result<(Supposed, Within)> {
        match suppose {
            Supposition::Pause { scope, .. } => {
                let within = self.scope(*scope).await?;
                Ok((Supposed::Pause(self.pause(suppose, *scope)?), within))
            }
            Supposition::Move { .. } => Err(Fault::Internal("a move reaches one post".to_owned()).into()),
            Supposition::Handbook(id) => Ok((self.handbook(*id).await?, Within::Office)),
            Supposition::StewardAbsent { member_id, from, until } => {
                self.absence(*member_id, from.unwrap_or(self.now), *until).await
            }
            Supposition::InitiativeCloses(id) => {
                let found = self.named::<initiative::Entity>(*id).await?;
                found.state.next(InitiativeEvent::Close)?;
                Ok((Supposed::Closes(*id), Within::Initiative(*id)))
            }
            Supposition::ChannelRests(id) => {
                let found = self.named::<channel::Entity>(*id).await?;
                found.state.next(ChannelEvent::Rest)?;
                Ok((Supposed::Rests(*id), Within::Channels(vec![*id])))
            }
            Supposition::CredentialLost(id) => {
                self.named::<channel::Entity>(*id).await?;
                Ok((Supposed::Lost(*id), Within::Channels(vec![*id])))
            }
        }
    }

    async fn named<E: read::Owned>(&self, id: impl Into<Uuid>) -> Result<E::Model> {
        read::one::<E>(self.office.db.read(), self.office_id, id).await
    }

    async fn scope(&self, scope: Scope) -> Result<Within> {
        Ok(match scope {
            Scope::Office => Within::Office,
            Scope::Channel(id) => {
                self.named::<channel::Entity>(id).await?;
                Within::Channels(vec![id])
            }
            Scope::Initiative(id) => {
                self.named::<initiative::Entity>(id).await?;
                Within::Initiative(id)
            }
        })
    }

    /// The row that `pausePublishing` would write, which nobody writes.
    fn pause(&self, suppose: &Supposition, scope: Scope) -> Result<pause::Model> {
        let Supposition::Pause { reason, starts_at, ends_at, exempt, .. } = suppose else {
            return Err(Fault::Internal("this supposes no pause".to_owned()).into());
        };
        let limits = &self.office.limits;
        fields::at_most(limits.list_items, "suppose.pause.exempt", exempt.len())?;
        let starts_at = starts_at.unwrap_or(self.now);
        if ends_at.is_some_and(|end| end <= starts_at) {
            let message = "a pause must end after it starts";
            return refuse(RefusalCode::Invalid, "suppose.pause.endsAt", message);
        }
        let (scope, channel_id, initiative_id) = match scope {
            Scope::Office => (PauseScope::Office, None, None),
            Scope::Channel(id) => (PauseScope::Channel, Some(id), None),
            Scope::Initiative(id) => (PauseScope::Initiative, None, Some(id)),
        };
        Ok(pause::Model {
            id: PauseId(Uuid::nil()),
            office_id: self.office_id,
            scope,
            channel_id,
            initiative_id,
            reason: fields::paragraph(limits, "suppose.pause.reason", reason)?,
            starts_at,
            ends_at: *ends_at,
            exempt: ExemptPosts(exempt.clone()),
            paused_by: None,
            resumed_at: None,
            resumed_by: None,
            created_at: self.now,
        })
    }

    async fn handbook(&self, id: HandbookId) -> Result<Supposed> {
        self.named::<handbook::Entity>(id).await?;
        let db = self.office.db.read();
        let version = handbooks::version(self.office, db, self.office_id, id).await?;
        let acknowledged: Vec<MemberId> = acknowledgement::Entity::find()
            .select_only()
            .column(acknowledgement::Column::MemberId)
            .filter(acknowledgement::Column::OfficeId.eq(self.office_id))
            .filter(acknowledgement::Column::HandbookId.eq(id))
            .into_tuple()
            .all(db)
            .await?;
        Ok(Supposed::Handbook { version, acknowledged: acknowledged.into_iter().collect() })
    }

    async fn absence(
        &self,
        member_id: MemberId,
        from: DateTime<Utc>,
        until: Option<DateTime<Utc>>,
    ) -> Result<(Supposed, Within)> {
        let found = self.named::<member::Entity>(member_id).await?;
        if until.is_some_and(|until| until <= from) {
            let message = "an absence must end after it begins";
            return refuse(RefusalCode::Invalid, "suppose.stewardAbsent.until", message);
        }
        let mut channels = Vec::new();
        // One who has departed counts nowhere already.
        if found.state == member::MemberState::Active {
            channels = steward::Entity::find()
                .select_only()
                .column(steward::Column::ChannelId)
                .filter(steward::Column::OfficeId.eq(self.office_id))
                .filter(steward::Column::MemberId.eq(member_id))
                .filter(steward::Column::Until.is_null())
                .into_tuple::<ChannelId>()
                .all(self.office.db.read())
                .await?;
        }
        let absence = Absence { channels: channels.iter().copied().collect(), from, until };
        Ok((Supposed::Absence(absence), Within::Channels(channels)))
    }

    async fn moved(&self, id: PostId, when: &When) -> Result<Reached> {
        let post = self.named::<post::Entity>(id).await?;
        post.state.next(PostEvent::Reschedule)?;
        let time = self.time(when, post.channel_id).await?;
        let db = self.office.db.read();
        let near = posts::near(&post, time.instant, TimeDelta::minutes(self.office.limits.clash_minutes));
        let clashes = near.limit(CLASHES_AT_MOST).all(db).await?;
        Ok(Reached { supposed: Supposed::Move(time), posts: vec![post], more: false, clashes })
    }

    async fn time(&self, when: &When, channel_id: ChannelId) -> Result<LocalInstant> {
        let db = self.office.db.read();
        let own = office_row::Entity::find_by_id(self.office_id).one(db).await?;
        let own = own.ok_or_else(|| Fault::Internal("the requester's office is gone".to_owned()))?;
        let time = match when {
            When::Now => return calendar::local(self.now, &own.time_zone),
            When::At { local_time, time_zone } => {
                let zone = time_zone.as_deref().unwrap_or(&own.time_zone);
                calendar::resolve("suppose.move.when.at.localTime", local_time, zone)?
            }
            When::NextFreeSlot => {
                let next = posts::next_free_slot(self.office, db, self.office_id, channel_id, self.now);
                let Some(time) = next.await? else {
                    let message = "this channel has no free slot: add one, or name a time";
                    return refuse(RefusalCode::Invalid, "suppose.move.when.nextFreeSlot", message);
                };
                time
            }
        };
        match bulk::out_of_bounds(self.now, self.office.limits.schedule_ahead_days, time.instant) {
            None => Ok(time),
            Some(reason) => {
                let message = bulk::why_left(reason, None);
                refuse(RefusalCode::Invalid, "suppose.move.when", message)
            }
        }
    }
}
