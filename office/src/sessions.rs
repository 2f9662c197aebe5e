//! Signing in, staying signed in, signing out. A sign-in is a family of refresh tokens, each used once: one that is
//! used twice was stolen, and its whole family ends. Knows no access tokens: `api` makes those.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{MemberId, OfficeId, SessionId, member, member::MemberState, office as offices_table, session};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Actor, Office, Requester,
    change::Change,
    error::{OfficeError, RefusalCode, Result, refuse},
    passwords,
    vault::{new_token, token_hash},
};

/// Offices in which one address may be a member and sign in without naming the office: each costs one hash.
const OFFICES_OF_ONE_ADDRESS: u64 = 5;

/// What somebody who signs in tells.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Address.
    pub email: String,
    /// Password.
    pub password: SecretString,
    /// Slug of the office; needed only by members of several with the same password.
    pub office: Option<String>,
    /// The request, for the audit.
    pub request_id: Option<String>,
}

/// A session that began or went on.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub member: member::Model,
    /// What keeps the session going: used once, and answered with the next.
    pub refresh_token: SecretString,
    /// Until when it must be used.
    pub refresh_expires_at: DateTime<Utc>,
    /// The sign-in.
    pub family: Uuid,
}

/// Signs a member in by address and password.
pub async fn sign_in(office: &Office, input: SignIn) -> Result<SignedIn> {
    let candidates = candidates(office, &input).await?;
    let mut matching = Vec::new();
    if candidates.is_empty() {
        passwords::verify(input.password.clone(), None).await?;
    }
    for candidate in candidates {
        if passwords::verify(input.password.clone(), candidate.password_hash.clone()).await? {
            matching.push(candidate);
        }
    }
    if matching.len() > 1 {
        let message = "you are a member of several offices here: name the one to sign in to";
        return refuse(RefusalCode::Required, "office", message);
    }
    let Some(member) = matching.pop() else {
        return refuse(RefusalCode::BadCredentials, "", "the e-mail address or the password is wrong");
    };
    let mut change = begin(office, &member, input.request_id).await?;
    // The password was checked outside of the transaction: it must still be the member's.
    let member =
        still_active(&change, member.id).await?.filter(|now| now.password_hash == member.password_hash);
    let Some(member) = member else {
        return refuse(RefusalCode::BadCredentials, "", "the e-mail address or the password is wrong");
    };
    let family = change.id::<SessionId>().0;
    let signed_in = issue(office, &change, member, family).await?;
    change.note("signIn", "Member", signed_in.member.id.0, json!({ "session": family }));
    change.commit().await?;
    Ok(signed_in)
}

async fn candidates(office: &Office, input: &SignIn) -> Result<Vec<member::Model>> {
    let mut select = member::Entity::find()
        .filter(member::Column::Email.eq(input.email.trim().to_lowercase()))
        .filter(member::Column::State.eq(MemberState::Active))
        .order_by_asc(member::Column::Id)
        .limit(OFFICES_OF_ONE_ADDRESS);
    if let Some(slug) = &input.office {
        let named = offices_table::Entity::find()
            .filter(offices_table::Column::Slug.eq(slug.trim()))
            .one(office.db.read())
            .await?;
        let Some(named) = named else { return Ok(Vec::new()) };
        select = select.filter(member::Column::OfficeId.eq(named.id));
    }
    Ok(select.all(office.db.read()).await?)
}

async fn begin<'a>(
    office: &'a Office,
    member: &member::Model,
    request_id: Option<String>,
) -> Result<Change<'a>> {
    let actor = Actor::Member { id: member.id, roles: member.roles.clone() };
    let mut requester = Requester::new(member.office_id, actor);
    requester.request_id = request_id;
    office.begin(&requester).await
}

async fn still_active(change: &Change<'_>, id: MemberId) -> Result<Option<member::Model>> {
    let found = member::Entity::find_by_id(id).lock_exclusive().one(change.tx()).await?;
    Ok(found.filter(|row| row.state == MemberState::Active))
}

async fn issue(
    office: &Office,
    change: &Change<'_>,
    member: member::Model,
    family: Uuid,
) -> Result<SignedIn> {
    let token = new_token("mhr_")?;
    let row = session::Model {
        id: change.id(),
        office_id: member.office_id,
        member_id: member.id,
        family,
        token_hash: token_hash(&token),
        issued_at: change.now,
        expires_at: change.now + TimeDelta::days(office.limits.refresh_token_days),
        replaced_at: None,
        revoked_at: None,
    };
    let refresh_expires_at = row.expires_at;
    session::ActiveModel::from(row).reset_all().insert(change.tx()).await?;
    Ok(SignedIn { member, refresh_token: token, refresh_expires_at, family })
}

/// Exchanges a refresh token for the next. One that was exchanged before ends its whole family: either the member or
/// a thief holds a copy, and nobody can tell which.
pub async fn refresh(office: &Office, token: &SecretString, request_id: Option<String>) -> Result<SignedIn> {
    let hash = token_hash(token);
    let Some((found, member)) = owner(office, &hash).await? else { return signed_out() };
    let mut change = begin(office, &member, request_id).await?;
    let row = session::Entity::find_by_id(found.id).lock_exclusive().one(change.tx()).await?;
    let Some(row) = row else { return signed_out() };
    if row.revoked_at.is_some() || row.expires_at <= change.now {
        return signed_out();
    }
    if row.replaced_at.is_some() {
        end_family(&change, row.family).await?;
        change.note("endReusedSession", "Member", row.member_id.0, json!({ "session": row.family }));
        change.commit().await?;
        return signed_out();
    }
    let Some(member) = still_active(&change, row.member_id).await? else { return signed_out() };
    let (family, now) = (row.family, change.now);
    let mut replaced = session::ActiveModel::from(row);
    replaced.replaced_at = Set(Some(now));
    replaced.update(change.tx()).await?;
    let signed_in = issue(office, &change, member, family).await?;
    change.note("refreshSession", "Member", signed_in.member.id.0, json!({ "session": family }));
    change.commit().await?;
    Ok(signed_in)
}

fn signed_out<T>() -> Result<T> {
    refuse(RefusalCode::BadCredentials, "refreshToken", "this session has ended: sign in again")
}

async fn owner(office: &Office, hash: &str) -> Result<Option<(session::Model, member::Model)>> {
    let found =
        session::Entity::find().filter(session::Column::TokenHash.eq(hash)).one(office.db.read()).await?;
    let Some(found) = found else { return Ok(None) };
    let member = member::Entity::find_by_id(found.member_id).one(office.db.read()).await?;
    Ok(member.map(|member| (found, member)))
}

/// Ends the sign-in that the token descends from. A token that means nothing is no error: it is out already.
pub async fn sign_out(office: &Office, token: &SecretString, request_id: Option<String>) -> Result<()> {
    let Some((found, member)) = owner(office, &token_hash(token)).await? else { return Ok(()) };
    let mut change = begin(office, &member, request_id).await?;
    if end_family(&change, found.family).await? > 0 {
        change.note("signOut", "Member", found.member_id.0, json!({ "session": found.family }));
        change.commit().await?;
    }
    Ok(())
}

/// Whether a sign-in still goes on: what `api` asks before it trusts an access token with more than reading.
pub async fn goes_on(office: &Office, office_id: OfficeId, family: Uuid) -> Result<bool> {
    let newest = session::Entity::find()
        .filter(session::Column::OfficeId.eq(office_id))
        .filter(session::Column::Family.eq(family))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ReplacedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(office.now()))
        .one(office.db.read())
        .await?;
    Ok(newest.is_some())
}

async fn end_family(change: &Change<'_>, family: Uuid) -> Result<u64> {
    revoke(change, session::Column::Family.eq(family)).await
}

/// Ends every session of a member.
pub(crate) async fn end_all(change: &Change<'_>, member_id: MemberId) -> Result<u64> {
    revoke(change, session::Column::MemberId.eq(member_id)).await
}

async fn revoke(change: &Change<'_>, which: sea_orm::sea_query::SimpleExpr) -> Result<u64> {
    let done = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(Some(change.now)))
        .filter(which.and(session::Column::RevokedAt.is_null()))
        .exec(change.tx())
        .await
        .map_err(OfficeError::from)?;
    Ok(done.rows_affected)
}

/// Forgets refresh tokens that ended a week ago: until then their reuse must still be noticed.
pub async fn prune(office: &Office) -> Result<u64> {
    let change = office.begin(&Requester::new(OfficeId(Uuid::nil()), Actor::Operator)).await?;
    let ended = change.now - TimeDelta::days(7);
    let pruned =
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(ended)).exec(change.tx()).await?;
    change.commit().await?;
    Ok(pruned.rows_affected)
}
