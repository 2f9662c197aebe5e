//! The worker's side of an answered question: one worker takes it, asks for the credential, and stores what it got.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    WorkerId, channel, channel_authorization, channel_authorization::AuthorizationState, platform_app,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
    sea_query::{LockBehavior, LockType},
};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use super::{
    super::{
        connection::{connectable, host},
        grant::{AppSecret, GrantOutcome, Granted, forget_refresh},
        refresh::secret_of,
        save,
    },
    fail, open,
};
use crate::{
    Actor, Office, Requester,
    change::Change,
    error::{Fault, Result},
    queue::{Cause, heads, preparing},
    read,
    rows::locked,
};

/// Seconds between two tries to fetch one credential.
const AGAIN_SECONDS: i64 = 5;

/// An answer that is to be made a credential, by whoever holds this.
#[derive(Debug)]
pub struct Answered {
    /// The question, as it was claimed.
    pub authorization: channel_authorization::Model,
    /// The channel.
    pub channel: channel::Model,
    /// In the name of which application.
    pub app: AppSecret,
    /// The code that came back.
    pub code: SecretString,
    /// The verifier of the question.
    pub verifier: SecretString,
    /// The address that the question named.
    pub redirect_uri: Url,
}

/// Claims answered questions of any office, at most `limit`.
pub async fn claim_answered(office: &Office, worker: WorkerId, limit: u64) -> Result<Vec<Answered>> {
    let waiting = answered(office.now()).order_by_asc(channel_authorization::Column::Id).limit(limit);
    let mut claimed = Vec::new();
    for row in waiting.all(office.db.read()).await? {
        claimed.extend(claim(office, worker, &row).await?);
    }
    Ok(claimed)
}

fn answered(now: DateTime<Utc>) -> Select<channel_authorization::Entity> {
    let free = Condition::any()
        .add(channel_authorization::Column::LeaseUntil.is_null())
        .add(channel_authorization::Column::LeaseUntil.lte(now));
    channel_authorization::Entity::find()
        .filter(channel_authorization::Column::State.eq(AuthorizationState::Answered))
        .filter(free)
}

async fn claim(
    office: &Office,
    worker: WorkerId,
    seen: &channel_authorization::Model,
) -> Result<Option<Answered>> {
    let change =
        office.begin_by_database_clock(&Requester::new(seen.office_id, Actor::Worker(worker))).await?;
    let still = answered(change.now).filter(channel_authorization::Column::Id.eq(seen.id));
    let row = still.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(change.tx()).await?;
    let Some(row) = row else { return Ok(None) };
    if row.expires_at <= change.now {
        let detail = "nobody could fetch the credential in time: begin again";
        fail(&change, row, "TOO_LATE", detail).await?;
        change.commit().await?;
        return Ok(None);
    }
    let app = read::one::<platform_app::Entity>(change.tx(), row.office_id, row.app_id).await?;
    let channel = read::one::<channel::Entity>(change.tx(), row.office_id, row.channel_id).await?;
    let over = if channel.authorization_id != Some(row.id) {
        Some(("SUPERSEDED", super::SUPERSEDED))
    } else if app.client_id.is_empty() {
        Some(("APP_MISSING", "the office has taken its application away: register it again, and begin again"))
    } else {
        None
    };
    if let Some((code, detail)) = over {
        fail(&change, row, code, detail).await?;
        change.commit().await?;
        return Ok(None);
    }
    let redirect_uri = Url::parse(&row.redirect_uri);
    let claimed = Answered {
        channel,
        app: secret_of(office, app)?,
        code: open(office, row.id, row.code_sealed.as_deref())?,
        verifier: open(office, row.id, row.verifier_sealed.as_deref())?,
        redirect_uri: redirect_uri
            .map_err(|_unreadable| Fault::Internal("a stored redirect address is none".to_owned()))?,
        authorization: row.clone(),
    };
    let fence = row.fence + 1;
    let mut edit = channel_authorization::ActiveModel::from(row);
    edit.fence = Set(fence);
    edit.lease_until = Set(Some(change.now + TimeDelta::seconds(office.limits.lease_seconds)));
    let authorization = edit.update(change.tx()).await?;
    change.commit().await?;
    Ok(Some(Answered { authorization, ..claimed }))
}

/// Stores what came of it, if nobody took it over meanwhile.
pub async fn settle_authorization(
    office: &Office,
    worker: WorkerId,
    answered: &Answered,
    outcome: GrantOutcome,
) -> Result<()> {
    let requester = Requester::new(answered.authorization.office_id, Actor::Worker(worker));
    let mut change = office.begin_by_database_clock(&requester).await?;
    let row = locked::<channel_authorization::Entity>(&change, answered.authorization.id).await?;
    if row.fence != answered.authorization.fence || row.state != AuthorizationState::Answered {
        return Ok(());
    }
    let row = match outcome {
        GrantOutcome::Granted(granted) if granted.missing_scopes.is_empty() => {
            store(office, &mut change, row, &granted).await?
        }
        GrantOutcome::Granted(granted) => {
            let detail = format!(
                "the account did not allow all that is needed; missing: {}. Begin again and leave everything allowed",
                granted.missing_scopes.join(", ")
            );
            fail(&change, row, "SCOPES_MISSING", &detail).await?
        }
        GrantOutcome::Refused(cause) => fail(&change, row, &cause.code, &cause.detail).await?,
        GrantOutcome::Unreachable(cause, wish) => again(&change, row, &cause, wish).await?,
    };
    let detail = json!({ "authorization": row.id.0, "state": row.state, "cause": row.cause_code });
    change.note("fetchCredential", "Channel", row.channel_id.0, detail);
    change.commit().await
}

async fn again(
    change: &Change<'_>,
    row: channel_authorization::Model,
    cause: &Cause,
    wish: Option<TimeDelta>,
) -> Result<channel_authorization::Model> {
    let wait = wish.unwrap_or_default().max(TimeDelta::seconds(AGAIN_SECONDS));
    let mut edit = channel_authorization::ActiveModel::from(row);
    edit.lease_until = Set(Some(change.now + wait));
    edit.cause_code = Set(Some(cause.code.clone()));
    edit.cause_detail = Set(Some(cause.detail.clone()));
    Ok(edit.update(change.tx()).await?)
}

/// The channel may have been closed while the person was asked.
async fn store(
    office: &Office,
    change: &mut Change<'_>,
    row: channel_authorization::Model,
    granted: &Granted,
) -> Result<channel_authorization::Model> {
    let before = locked::<channel::Entity>(change, row.channel_id).await?;
    if connectable(&before).is_err() {
        return fail(change, row, "CHANNEL_CLOSED", "the channel was closed meanwhile").await;
    }
    if before.authorization_id != Some(row.id) {
        return fail(change, row, "SUPERSEDED", super::SUPERSEDED).await;
    }
    let mut after = before.clone();
    forget_refresh(&mut after);
    after.settings = row.settings.clone();
    after.profile_due_at = None;
    granted.store(office, &mut after, row.app_id, change.now)?;
    let channel = save(change, &before, after).await?;
    heads::reconnect(change.tx(), channel.office_id, channel.id, host(&channel.settings)).await?;
    preparing::forget_channel(change.tx(), channel.id).await?;
    change.move_gates();
    let now = change.now;
    let mut edit = channel_authorization::ActiveModel::from(row);
    edit.state = Set(AuthorizationState::Granted);
    edit.verifier_sealed = Set(None);
    edit.code_sealed = Set(None);
    edit.lease_until = Set(None);
    edit.cause_code = Set(None);
    edit.cause_detail = Set(None);
    edit.ended_at = Set(Some(now));
    Ok(edit.update(change.tx()).await?)
}
