//! Which key messages of a plan were said, and what was said that none of them covers: counted from posts that are out, by
//! channel, in a stretch of days. A thread counts as one post. Reads only; knows the plan in force and no earlier one.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    ChannelId, InitiativeId, KeyMessageId, OfficeId, plan,
    plan::{KeyMessage, PlanState},
    post,
    post::PostState,
    revision,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

use crate::{
    Office, calendar,
    error::{RefusalCode, Result, refuse},
    paging::{Cursor, Direction, OrderBy, Page, PageRequest, SortKey, page},
    read,
};

/// States of a post that says something: it is out, as we sent it or as we put it right. One taken back does not, nor one
/// that somebody else changed or deleted: somebody has to look at that first.
pub(crate) const SAID: [PostState; 2] = [PostState::Published, PostState::Corrected];

/// The last part of a thread that counts: 0 is a post whole, 1 the first part.
const FIRST_PART: i32 = 1;

/// A stretch of days in the office's zone, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// When the first day begins.
    begins: DateTime<Utc>,
    /// When the last day is over.
    ends: DateTime<Utc>,
}

/// The stretch that is meant: until today, and as many days as the settings say, where nothing else is said.
pub fn period(office: &Office, zone: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<Period> {
    let limits = &office.limits;
    let to = to.unwrap_or(calendar::day(office.now(), zone)?);
    let usual = to.checked_sub_signed(TimeDelta::days(limits.coverage_days));
    let from = from.or(usual).unwrap_or(to);
    if to < from {
        return refuse(RefusalCode::Invalid, "to", "the last day must not be before the first");
    }
    if to.signed_duration_since(from).num_days() > limits.coverage_days_max {
        let message = format!("at most {} days are counted at once", limits.coverage_days_max);
        return refuse(RefusalCode::Invalid, "from", message);
    }
    let after = to.succ_opt().unwrap_or(to);
    Ok(Period {
        from,
        to,
        begins: calendar::day_begins(from, zone)?,
        ends: calendar::day_begins(after, zone)?,
    })
}

/// How often something was said, and when last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Posts.
    pub posts: i64,
    /// When the last of them was published; none without any.
    pub last_at: Option<DateTime<Utc>>,
}

impl Said {
    fn add(&mut self, other: Self) {
        self.posts += other.posts;
        self.last_at = Ord::max(self.last_at, other.last_at);
    }
}

/// What was said on a channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnChannel {
    /// All of it.
    pub said: Said,
    /// How much of it names no key message of the plan.
    pub unplanned: Said,
}

/// A key message of the plan, and how often it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageSaid {
    /// The message.
    pub message: KeyMessage,
    /// In all.
    pub said: Said,
    /// By channel, where it was said at all.
    pub channels: BTreeMap<ChannelId, Said>,
}

/// What was said for an initiative.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// For which.
    pub initiative_id: InitiativeId,
    /// In which days.
    pub period: Period,
    /// The plan in force; none while there is none, and all that was said is unplanned.
    pub plan: Option<plan::Model>,
    /// All that was said.
    pub said: Said,
    /// What names no key message of the plan.
    pub unplanned: Said,
    /// Every key message of the plan, in the plan's order.
    pub messages: Vec<MessageSaid>,
    /// By channel, where anything was said.
    pub channels: BTreeMap<ChannelId, OnChannel>,
}

/// What was said for these initiatives.
pub async fn of(
    office: &Office,
    office_id: OfficeId,
    initiatives: &[InitiativeId],
    period: Period,
) -> Result<HashMap<InitiativeId, Coverage>> {
    let db = office.db.read();
    let ids: Vec<Uuid> = initiatives.iter().map(|id| id.0).collect();
    let plans = plan::Entity::find()
        .filter(plan::Column::OfficeId.eq(office_id))
        .filter(read::among(db.get_database_backend(), plan::Column::InitiativeId, &ids))
        .filter(plan::Column::State.eq(PlanState::Approved))
        .all(db)
        .await?;
    let mut plans: HashMap<InitiativeId, plan::Model> =
        plans.into_iter().map(|plan| (plan.initiative_id, plan)).collect();
    let mut counts: HashMap<InitiativeId, Vec<Count>> = HashMap::new();
    for count in counted(db, office_id, &ids, period).await? {
        counts.entry(count.0).or_default().push(count);
    }
    let coverage = |id: &InitiativeId| {
        let counts = counts.remove(id).unwrap_or_default();
        (*id, whole(*id, period, plans.remove(id), &counts))
    };
    Ok(initiatives.iter().map(coverage).collect())
}

type Count = (InitiativeId, ChannelId, Option<KeyMessageId>, i64, Option<DateTime<Utc>>);

async fn counted(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    initiatives: &[Uuid],
    period: Period,
) -> Result<Vec<Count>> {
    let rows = post::Entity::find()
        .select_only()
        .column(post::Column::InitiativeId)
        .column(post::Column::ChannelId)
        .column(revision::Column::KeyMessageId)
        .column_as(post::Column::Id.count(), "posts")
        .column_as(post::Column::PublishedAt.max(), "last_at")
        .join(sea_orm::JoinType::InnerJoin, revision_of_post())
        .filter(read::among(db.get_database_backend(), post::Column::InitiativeId, initiatives))
        .filter(within(office_id, period))
        .group_by(post::Column::InitiativeId)
        .group_by(post::Column::ChannelId)
        .group_by(revision::Column::KeyMessageId);
    Ok(rows.into_tuple::<Count>().all(db).await?)
}

fn revision_of_post() -> sea_orm::RelationDef {
    post::Entity::belongs_to(revision::Entity).from(post::Column::RevisionId).to(revision::Column::Id).into()
}

fn within(office_id: OfficeId, period: Period) -> Condition {
    Condition::all()
        .add(post::Column::OfficeId.eq(office_id))
        .add(post::Column::PublishedAt.gte(period.begins))
        .add(post::Column::PublishedAt.lt(period.ends))
        .add(post::Column::State.is_in(SAID))
        .add(post::Column::Part.lte(FIRST_PART))
}

fn whole(
    initiative_id: InitiativeId,
    period: Period,
    plan: Option<plan::Model>,
    counts: &[Count],
) -> Coverage {
    let planned = plan.iter().flat_map(|plan| plan.key_messages.0.iter().cloned());
    let unsaid =
        |message: KeyMessage| MessageSaid { message, said: Said::default(), channels: BTreeMap::new() };
    let mut messages: Vec<MessageSaid> = planned.map(unsaid).collect();
    let mut channels: BTreeMap<ChannelId, OnChannel> = BTreeMap::new();
    let (mut all, mut unplanned) = (Said::default(), Said::default());
    for (_, channel_id, message, posts, last_at) in counts {
        let said = Said { posts: *posts, last_at: *last_at };
        let channel = channels.entry(*channel_id).or_default();
        all.add(said);
        channel.said.add(said);
        if let Some(entry) = messages.iter_mut().find(|entry| Some(entry.message.id) == *message) {
            entry.said.add(said);
            entry.channels.entry(*channel_id).or_default().add(said);
        } else {
            unplanned.add(said);
            channel.unplanned.add(said);
        }
    }
    Coverage { initiative_id, period, plan, said: all, unplanned, messages, channels }
}

/// A page of the posts that name no key message of the plan, last published first.
pub async fn unplanned(
    office: &Office,
    office_id: OfficeId,
    coverage: &Coverage,
    request: &PageRequest,
) -> Result<Page<post::Model>> {
    let order =
        OrderBy { column: post::Column::PublishedAt, id: post::Column::Id, direction: Direction::Descending };
    page(office.db.read(), unplanned_posts(office_id, coverage), order, request).await
}

fn unplanned_posts(office_id: OfficeId, coverage: &Coverage) -> Select<post::Entity> {
    let planned = coverage.messages.iter().map(|entry| entry.message.id);
    let names_one = Query::select()
        .expr(Expr::value(1))
        .from(revision::Entity)
        .and_where(
            Expr::col((revision::Entity, revision::Column::Id))
                .eq(Expr::col((post::Entity, post::Column::RevisionId))),
        )
        .and_where(revision::Column::KeyMessageId.is_in(planned))
        .take();
    post::Entity::find()
        .filter(within(office_id, coverage.period))
        .filter(post::Column::InitiativeId.eq(coverage.initiative_id))
        .filter(Expr::exists(names_one).not())
}

/// Where a post stands in that list.
pub fn cursor(row: &post::Model) -> Cursor {
    Cursor { key: SortKey::Time(row.published_at.unwrap_or(row.created_at)), id: row.id.0 }
}
