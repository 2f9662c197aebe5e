//! Bringing a restored office to rest. Where its archive comes from it may still run, and both would post: so nothing leaves
//! this one by itself. A pause stands from the first moment, and everything that was under way waits for a person.

use chrono::{DateTime, Utc};
use entity::{
    channel, channel::CredentialState, correction, correction::CorrectionState, integration, mail,
    mail::MailState, pause, post, read_back,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde_json::json;

use crate::{
    change::Change,
    error::Result,
    gate::GateKind,
    lifecycle::{Lifecycle as _, MailEvent},
    pauses,
    queue::{self, Restored},
};

/// Rows that are looked at together.
const BATCH: u64 = 200;

/// What was brought to rest.
#[derive(Debug, Clone)]
pub struct Rested {
    /// The pause that stands over the office.
    pub pause: pause::Model,
    /// What became of its posts.
    pub posts: Restored,
    /// Corrections that wait for their channels to be connected.
    pub corrections: usize,
    /// Mails that were still to be sent, and are given up.
    pub mails: usize,
    /// Channels to be connected again.
    pub channels: usize,
    /// Tokens of integrations that are no longer good.
    pub tokens: usize,
}

/// Brings the office of the change to rest.
pub(super) async fn rest(change: &mut Change<'_>, exported_at: DateTime<Utc>) -> Result<Rested> {
    let reason = format!(
        "restored from an archive of {}: resume when every channel is connected and the office runs nowhere else",
        exported_at.format("%Y-%m-%d %H:%M UTC")
    );
    let pause = pauses::pause_all(change, reason).await?;
    let posts = queue::restore(change, &pause).await?;
    let rested = Rested {
        posts,
        corrections: corrections(change).await?,
        mails: mails(change).await?,
        channels: channels(change).await?,
        tokens: tokens(change).await?,
        pause,
    };
    read_backs(change).await?;
    change.move_gates();
    Ok(rested)
}

/// Corrections wait: an edit for the pause, any for the connection. Telling a platform twice to take something back is
/// harmless, and it cannot be told at all until somebody connects the channel.
async fn corrections(change: &mut Change<'_>) -> Result<usize> {
    let mut count = 0;
    loop {
        let under_way = Condition::any()
            .add(correction::Column::State.eq(CorrectionState::Waiting))
            .add(correction::Column::LeaseUntil.is_not_null());
        let rows = correction::Entity::find()
            .filter(correction::Column::OfficeId.eq(change.office_id()))
            .filter(under_way)
            .limit(BATCH)
            .all(change.tx())
            .await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in rows {
            let (post, state) = (row.post_id, row.state);
            let mut edit = correction::ActiveModel::from(row);
            if state == CorrectionState::Waiting {
                edit.state = Set(CorrectionState::Held);
                edit.hold = Set(Some(unconnected(change.now)));
                count += 1;
            }
            edit.lease_until = Set(None);
            edit.worker_id = Set(None);
            let row = edit.update(change.tx()).await?;
            change.note(
                "holdCorrection",
                "Post",
                post.0,
                json!({ "correction": row.id, "state": row.state }),
            );
        }
    }
}

fn unconnected(since: DateTime<Utc>) -> post::Hold {
    let gate = post::ShutGate {
        gate: GateKind::Connection.code().to_owned(),
        clause: None,
        reason: "the office was restored from an archive, which holds no credentials".to_owned(),
        opens: "an administrator connects the channel (connectChannel)".to_owned(),
    };
    post::Hold { since, gates: vec![gate] }
}

/// What was still to be sent may have been sent from where the archive comes from.
async fn mails(change: &mut Change<'_>) -> Result<usize> {
    let mut count = 0;
    loop {
        let rows = mail::Entity::find()
            .filter(mail::Column::OfficeId.eq(change.office_id()))
            .filter(mail::Column::State.is_in([
                MailState::Waiting,
                MailState::Sending,
                MailState::Unconfirmed,
            ]))
            .order_by_asc(mail::Column::Id)
            .limit(BATCH)
            .all(change.tx())
            .await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in rows {
            let state = row.state.next(MailEvent::GiveUp)?;
            change.note("settleMail", "Mail", row.id.0, json!({ "state": state, "cause": "RESTORED" }));
            let mut edit = mail::ActiveModel::from(row);
            edit.state = Set(state);
            edit.next_at = Set(None);
            edit.handing_over = Set(false);
            edit.lease_until = Set(None);
            edit.worker_id = Set(None);
            edit.cause_code = Set(Some("RESTORED".to_owned()));
            edit.cause_detail =
                Set(Some("the office was restored from an archive; it may have been sent before".to_owned()));
            edit.ended_at = Set(Some(change.now));
            edit.update(change.tx()).await?;
            count += 1;
        }
    }
}

/// No credential came along.
async fn channels(change: &mut Change<'_>) -> Result<usize> {
    let mut count = 0;
    loop {
        let rows = channel::Entity::find()
            .filter(channel::Column::OfficeId.eq(change.office_id()))
            .filter(channel::Column::CredentialState.ne(CredentialState::Missing))
            .order_by_asc(channel::Column::Id)
            .limit(BATCH)
            .all(change.tx())
            .await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in rows {
            let version = row.version + 1;
            let mut edit = channel::ActiveModel::from(row);
            edit.credential_state = Set(CredentialState::Missing);
            edit.version = Set(version);
            edit.updated_at = Set(change.now);
            let row = edit.update(change.tx()).await?;
            change.note("restoreChannel", "Channel", row.id.0, json!({ "credential": row.credential_state }));
            count += 1;
        }
    }
}

/// Nobody's token came along: who uses the office from elsewhere needs a new one for this deployment.
async fn tokens(change: &mut Change<'_>) -> Result<usize> {
    let mut count = 0;
    loop {
        let rows = integration::Entity::find()
            .filter(integration::Column::OfficeId.eq(change.office_id()))
            .filter(integration::Column::RevokedAt.is_null())
            .limit(BATCH)
            .all(change.tx())
            .await?;
        if rows.is_empty() {
            return Ok(count);
        }
        for row in rows {
            let mut edit = integration::ActiveModel::from(row);
            edit.revoked_at = Set(Some(change.now));
            let row = edit.update(change.tx()).await?;
            change.note("revokeIntegration", "Integration", row.id.0, json!({}));
            count += 1;
        }
    }
}

/// Whoever held one is not here. No audit entry: nothing that a person sees changes.
async fn read_backs(change: &Change<'_>) -> Result<()> {
    read_back::Entity::update_many()
        .col_expr(read_back::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(read_back::Column::OfficeId.eq(change.office_id()))
        .filter(read_back::Column::LeaseUntil.is_not_null())
        .exec(change.tx())
        .await?;
    Ok(())
}
