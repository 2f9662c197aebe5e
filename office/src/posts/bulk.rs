//! Many posts at once: moved, given their next slots, held, let go, or given up. A dry run says what would become of each, and names that
//! plan; the doing takes the name and does exactly that, in one transaction, or refuses because the queue changed. What
//! left, or is leaving, is never touched. Knows selections and answers; what would happen is `plan`.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{
    BulkActId, OfficeId, PostId,
    bulk_act::{LeftReason, Outcome},
    office as office_row, post,
    post::PostState,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use self::plan::{Around, Asked, Step};
use super::{PostFilter, hold, select};
use crate::{
    Office, Requester, calendar,
    error::{Fault, RefusalCode, Result, refuse},
    fields,
    lifecycle::Lifecycle,
    paging::{COUNT_CAP, count_up_to},
    policy::{Permit, op},
};

mod around;
mod carry_out;
mod people;
mod plan;
mod reslot;
mod token;

pub(crate) use plan::{TAKES_A_MOMENT, out_of_bounds};

/// Which posts.
#[derive(Debug, Clone)]
pub enum Selection {
    /// These.
    Posts(Vec<PostId>),
    /// All that a list would show.
    Filter(PostFilter),
}

/// What is to be done to each.
#[derive(Debug, Clone)]
pub enum Act {
    /// Move it. Days keep the local time of day across a clock change; minutes are counted on the clock that never changes.
    Shift {
        /// Local days, forwards or backwards.
        days: i64,
        /// Minutes, forwards or backwards.
        minutes: i64,
    },
    /// Move it to this local time.
    To {
        /// `YYYY-MM-DDTHH:MM`.
        local_time: String,
        /// IANA zone; none: the office's.
        time_zone: Option<String>,
    },
    /// Move it to the next free slot of its channel: the slots of a channel are given in the order of due times, those
    /// that the posts leave among them.
    Reslot,
    /// Give it up.
    Cancel,
    /// Hold it until a person releases it.
    Hold {
        /// Why, for everyone who sees the post.
        reason: String,
    },
    /// Let go what a person holds.
    Release,
}

/// A bulk act.
#[derive(Debug, Clone)]
pub struct BulkPosts {
    /// Makes a repeat safe. A dry run needs none.
    pub client_key: Option<String>,
    /// Which posts.
    pub selection: Selection,
    /// What to do.
    pub act: Act,
    /// Only say what would happen.
    pub dry_run: bool,
    /// The plan of a dry run; a dry run needs none.
    pub expect: Option<String>,
}

/// What became of many posts, or would.
#[derive(Debug, Clone)]
pub struct Bulk {
    /// The act that was carried out; none for a dry run.
    pub id: Option<BulkActId>,
    /// The name of the plan.
    pub plan: String,
    /// Post by post, in the order in which they were due; then those that are not there.
    pub outcomes: Vec<Outcome>,
    /// The posts as they are now.
    pub posts: HashMap<PostId, post::Model>,
}

/// Says what an act would do to many posts, or does exactly what a dry run said.
pub async fn act(office: &Office, permit: &Permit<op::BulkPosts>, input: BulkPosts) -> Result<Bulk> {
    // What one post demands, many do.
    match input.act {
        Act::Shift { .. } | Act::To { .. } | Act::Reslot => {
            permit.requester().permit::<op::ReschedulePost>()?;
        }
        Act::Cancel => {
            permit.requester().permit::<op::CancelPost>()?;
        }
        Act::Hold { .. } => {
            permit.requester().permit::<op::HoldPost>()?;
        }
        Act::Release => {
            permit.requester().permit::<op::ReleasePost>()?;
        }
    }
    if !input.dry_run {
        return carry_out::carry_out(office, permit, &input).await;
    }
    let (db, office_id) = (office.db.read(), permit.office_id());
    let asked = asked(office, db, permit.requester(), &input.act, office.clock.now()).await?;
    let chosen = Chosen::read(office, db, office_id, &input.selection, false).await?;
    let (outcomes, _) = chosen.planned(office, db, permit.requester(), &asked).await?;
    Ok(Bulk { id: None, plan: token::of(&input.act, &outcomes)?, outcomes, posts: by_id(chosen.posts) })
}

fn by_id(posts: Vec<post::Model>) -> HashMap<PostId, post::Model> {
    posts.into_iter().map(|post| (post.id, post)).collect()
}

/// The act with its time resolved, once for all posts.
async fn asked(
    office: &Office,
    db: &impl ConnectionTrait,
    requester: &Requester,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Asked> {
    let days_ahead = office.limits.schedule_ahead_days;
    let step = match act {
        Act::Shift { days: 0, minutes: 0 } => {
            return refuse(RefusalCode::Required, "act.shiftBy", "say by how many days or minutes");
        }
        Act::Shift { days, minutes }
            if days.unsigned_abs() > days_ahead.unsigned_abs()
                || minutes.unsigned_abs() / (24 * 60) > days_ahead.unsigned_abs() =>
        {
            let message = format!("posts are moved by {days_ahead} days at most");
            return refuse(RefusalCode::Invalid, "act.shiftBy", message);
        }
        Act::Shift { days, minutes } => Step::Shift { days: *days, minutes: *minutes },
        Act::To { local_time, time_zone } => {
            let own = office_row::Entity::find_by_id(requester.office_id).one(db).await?;
            let own = own.ok_or_else(|| Fault::Internal("the requester's office is gone".to_owned()))?;
            let zone = time_zone.as_deref().unwrap_or(&own.time_zone);
            Step::To(calendar::resolve("act.rescheduleTo.localTime", local_time, zone)?)
        }
        Act::Reslot => Step::Reslot,
        Act::Cancel => Step::Cancel,
        Act::Hold { reason } => {
            let reason = fields::paragraph(&office.limits, "act.hold", reason)?;
            Step::Hold(hold::by(db, requester, reason, now).await?)
        }
        Act::Release => Step::Release,
    };
    Ok(Asked { step, now, days_ahead })
}

/// The posts of a selection.
struct Chosen {
    posts: Vec<post::Model>,
    missing: Vec<PostId>,
}

impl Chosen {
    /// Reads them; for a change with `locked`, in the order of their ids, as everybody who locks several does.
    async fn read(
        office: &Office,
        db: &impl ConnectionTrait,
        office_id: OfficeId,
        selection: &Selection,
        locked: bool,
    ) -> Result<Self> {
        let most = office.limits.bulk_posts;
        let wanted = match selection {
            Selection::Posts(ids) if ids.is_empty() => {
                return refuse(RefusalCode::Required, "selection.postIds", "name at least one post");
            }
            Selection::Posts(ids) => {
                let most = usize::try_from(most).unwrap_or(usize::MAX);
                fields::at_most(most, "selection.postIds", ids.len())?;
                post::Entity::find()
                    .filter(post::Column::OfficeId.eq(office_id))
                    .filter(post::Column::Id.is_in(ids.iter().copied()))
            }
            Selection::Filter(filter) => select(office_id, filter),
        };
        let mut wanted = wanted.order_by_asc(post::Column::Id).limit(most + 1);
        if locked {
            wanted = wanted.lock_exclusive();
        }
        let posts = wanted.all(db).await?;
        match selection {
            Selection::Posts(ids) => Ok(Self { missing: missing(ids, &posts), posts }),
            Selection::Filter(filter) if u64::try_from(posts.len()).unwrap_or(u64::MAX) > most => {
                too_many(db, office_id, filter, most).await
            }
            Selection::Filter(_) => Ok(Self { posts, missing: Vec::new() }),
        }
    }

    async fn planned(
        &self,
        office: &Office,
        db: &impl ConnectionTrait,
        requester: &Requester,
        asked: &Asked,
    ) -> Result<(Vec<Outcome>, Around)> {
        let around = around::load(office, db, requester, asked, &self.posts).await?;
        Ok((plan::plan(asked, &self.posts, &self.missing, &around)?, around))
    }
}

/// Which of these are not among the posts that were found, each once.
fn missing(ids: &[PostId], found: &[post::Model]) -> Vec<PostId> {
    let mut missing: BTreeSet<PostId> = ids.iter().copied().collect();
    for post in found {
        missing.remove(&post.id);
    }
    missing.into_iter().collect()
}

async fn too_many<T>(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    filter: &PostFilter,
    most: u64,
) -> Result<T> {
    let count = count_up_to(db, select(office_id, filter), COUNT_CAP).await?;
    let count = count.map_or_else(|| format!("more than {COUNT_CAP}"), |count| count.to_string());
    let message = format!(
        "the filter matches {count} posts, and one call takes {most}: narrow it by states, channel, initiative or due \
         times, and go stretch by stretch"
    );
    refuse(RefusalCode::TooLong, "selection.filter", message)
}

/// Why a post is left alone, for people, and what can be done about it.
pub fn why_left(reason: LeftReason, state: Option<PostState>) -> String {
    let told = match reason {
        LeftReason::AlreadyPublished => "it is published already: what is out is corrected, not moved",
        LeftReason::Leaving => "it is leaving this moment: look again in a few seconds",
        LeftReason::IllegalState if state == Some(PostState::Unconfirmed) => {
            "it may be out already: it is being looked up, and when no platform can tell, resolvePost decides"
        }
        LeftReason::IllegalState => {
            let state = state.map(Lifecycle::code).unwrap_or_default();
            return format!("it is {state}: that cannot be done to it");
        }
        LeftReason::NotFound => "there is no such post in this office",
        LeftReason::InThePast => "it would be due in the past: move it to a later time",
        LeftReason::TooFarAhead => "it would be due later than a post may be: move it to an earlier time",
        LeftReason::WouldClash => {
            "another post of its channel is due at that moment, or its revision is scheduled there anew: take another \
             time, or the next slot"
        }
        LeftReason::NoFreeSlot => "its channel has no free slot left: add one, or name a time",
        LeftReason::AsWished => "it is as it would be",
        LeftReason::NotYours => {
            "another person holds it, or its channel is another's to hold: ask them, its project manager or a coordinator"
        }
    };
    told.to_owned()
}
