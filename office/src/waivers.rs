//! Waivers: a coordinator's reasoned exception to one finding on one revision, and how often each rule needed one.
//!
//! Knows who may make one and take it back. An exception lapses by itself when the revision is replaced or the rule says
//! something else (`checks` compares the finding's key); what was queued under one that was taken back is stopped by the
//! gate.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{DraftId, OfficeId, WaiverId, draft, draft::DraftState, post, post::PostState, waiver};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func},
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Office,
    change::Change,
    checks::{self, Judged},
    client_keys::Call,
    drafts,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, handbooks,
    policy::{self, Permit, op},
    read,
    rows::{locked, taken},
};

/// Days of the recent part of a rule's record.
const RECENT_DAYS: i64 = 365;

/// An exception.
#[derive(Debug, Clone, Serialize)]
pub struct WaiveFinding {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// The draft.
    pub draft_id: DraftId,
    /// The version that was read; another means that somebody changed it meanwhile.
    pub expected_version: i64,
    /// The finding, by its key.
    pub finding_key: String,
    /// Why.
    pub reason: String,
}

/// How often exceptions were made to a rule: the false alarms that people told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRecord {
    /// The rule.
    pub rule: String,
    /// Exceptions of all time, those that were taken back too.
    pub waivers: i64,
    /// Exceptions of the last 365 days.
    pub recent_waivers: i64,
    /// Exceptions that were taken back.
    pub revoked: i64,
    /// When the last one was made.
    pub last_waived_at: DateTime<Utc>,
}

/// Makes an exception to a finding on a draft's newest revision. Nobody excepts their own words.
pub async fn waive(
    office: &Office,
    permit: &Permit<op::WaiveFinding>,
    input: WaiveFinding,
) -> Result<waiver::Model> {
    let call = Call::new::<op::WaiveFinding>(input.client_key.as_deref(), &input)?;
    handbooks::require_acknowledged(office, permit.requester()).await?;
    let reason = reason(office, &input.reason)?;
    let handbook = handbooks::in_force(office, office.db.read(), permit.office_id()).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<waiver::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let waived_by = coordinator(&change)?;
    let draft = drafts::current(&change, input.draft_id, input.expected_version).await?;
    if draft.state == DraftState::Withdrawn {
        return refuse(RefusalCode::IllegalState, "draftId", "this draft was withdrawn");
    }
    let writers = drafts::writers(change.tx(), draft.office_id, draft.id).await?;
    policy::not_own_words(waived_by, &writers)?;
    let whole = checks::load(office, change.tx(), draft.office_id, draft.revision_id).await?;
    let found = whole.check_all(&handbook.handbook, change.now);
    let found = checks::named(&found, &input.finding_key)?;
    let row = row(&change, &draft, waivable(found)?, reason, waived_by);
    let written = waiver::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "findingKey", "an exception to this finding stands already")?;
    let draft = drafts::touch(&change, &draft, draft::ActiveModel::from(draft.clone())).await?;
    note(&mut change, "waiveFinding", &draft, &row);
    change.move_gates();
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

fn reason(office: &Office, reason: &str) -> Result<String> {
    let reason = fields::paragraph(&office.limits, "reason", reason)?;
    let least = office.limits.waiver_reason_chars;
    if reason.chars().count() < least {
        let message = format!("say why, in at least {least} characters: it is kept with the post");
        return refuse(RefusalCode::Invalid, "reason", message);
    }
    Ok(reason)
}

fn coordinator(change: &Change<'_>) -> Result<entity::MemberId> {
    let member = change.requester().member_id();
    member.ok_or_else(|| OfficeError::Forbidden("only a member can do this".to_owned()))
}

fn waivable(found: &Judged) -> Result<&Judged> {
    if found.finding.waivable {
        return Ok(found);
    }
    let message = format!("nobody may make an exception to {}: the words must change", found.finding.rule);
    refuse(RefusalCode::NotWaivable, "findingKey", message)
}

fn row(
    change: &Change<'_>,
    draft: &draft::Model,
    found: &Judged,
    reason: String,
    waived_by: entity::MemberId,
) -> waiver::Model {
    waiver::Model {
        id: change.id(),
        office_id: draft.office_id,
        draft_id: draft.id,
        revision_id: draft.revision_id,
        finding_key: found.key.clone(),
        rule: found.finding.rule.clone(),
        rule_version: i32::try_from(found.finding.rule_version).unwrap_or(i32::MAX),
        clause: found.finding.clause.clone(),
        target: found.finding.target.clone(),
        reason,
        waived_by,
        created_at: change.now,
        revoked_at: None,
        revoked_by: None,
    }
}

fn note(change: &mut Change<'_>, action: &'static str, draft: &draft::Model, row: &waiver::Model) {
    let detail = json!({
        "waiver": row.id, "rule": row.rule, "ruleVersion": row.rule_version, "clause": row.clause,
        "target": row.target, "findingKey": row.finding_key,
    });
    change.note(action, "Draft", draft.id.0, detail);
}

/// Takes an exception back: the finding is heard again, and the gate stops what still waits.
pub async fn revoke(
    office: &Office,
    permit: &Permit<op::RevokeWaiver>,
    id: WaiverId,
) -> Result<waiver::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let revoked_by = coordinator(&change)?;
    let seen = read::one::<waiver::Entity>(change.tx(), change.office_id(), id).await?;
    // The draft first, as everywhere: two changes of it follow each other.
    let draft = locked::<draft::Entity>(&change, seen.draft_id).await?;
    let standing = locked::<waiver::Entity>(&change, id).await?;
    if standing.revoked_at.is_some() {
        return refuse(RefusalCode::IllegalState, "waiverId", "this exception was taken back already");
    }
    let mut edit = waiver::ActiveModel::from(standing);
    edit.revoked_at = Set(Some(change.now));
    edit.revoked_by = Set(Some(revoked_by));
    let row = edit.update(change.tx()).await?;
    look_again(&change, &draft).await?;
    let draft = drafts::touch(&change, &draft, draft::ActiveModel::from(draft.clone())).await?;
    note(&mut change, "revokeWaiver", &draft, &row);
    change.commit().await?;
    Ok(row)
}

/// Has the draft's waiting posts checked again, so that one that is blocked now is held and seen before its time. Whatever
/// comes first, the gate has the last word.
async fn look_again(change: &Change<'_>, draft: &draft::Model) -> Result<()> {
    post::Entity::update_many()
        .col_expr(post::Column::CheckedHandbookId, Expr::value(Option::<Uuid>::None))
        .filter(post::Column::OfficeId.eq(draft.office_id))
        .filter(post::Column::DraftId.eq(draft.id))
        .filter(post::Column::State.is_in([PostState::Scheduled, PostState::Retrying, PostState::Held]))
        .exec(change.tx())
        .await?;
    Ok(())
}

/// The record of each rule that ever needed an exception, by rule: one statement.
pub async fn records(office: &Office, permit: &Permit<op::RuleRecords>) -> Result<Vec<RuleRecord>> {
    let since = office.clock.now() - TimeDelta::days(RECENT_DAYS);
    let recent = Expr::case(waiver::Column::CreatedAt.gte(since), Expr::value(1));
    let rows = in_office(permit.office_id())
        .select_only()
        .column(waiver::Column::Rule)
        .column_as(waiver::Column::Id.count(), "waivers")
        .expr_as(Func::count(recent), "recent")
        .column_as(waiver::Column::RevokedAt.count(), "revoked")
        .column_as(waiver::Column::CreatedAt.max(), "last")
        .group_by(waiver::Column::Rule)
        .order_by_asc(waiver::Column::Rule)
        .into_tuple::<(String, i64, i64, i64, DateTime<Utc>)>()
        .all(office.db.read())
        .await?;
    let record = |(rule, waivers, recent_waivers, revoked, last_waived_at)| RuleRecord {
        rule,
        waivers,
        recent_waivers,
        revoked,
        last_waived_at,
    };
    Ok(rows.into_iter().map(record).collect())
}

fn in_office(office_id: OfficeId) -> sea_orm::Select<waiver::Entity> {
    waiver::Entity::find().filter(waiver::Column::OfficeId.eq(office_id))
}
