//! The end of a channel: what becomes of its page, who keeps the way into the account, and what it said last.

use entity::{
    ChannelId, MemberId, PostId, channel,
    channel::{ChannelState, CredentialState, Platform, PublicPage},
    directory_change::ChangeKind,
    post,
    post::PostState,
};
use serde_json::json;

use super::{grant, save};
use crate::{
    Office, blogging,
    change::Change,
    conversations,
    error::{Refusal, RefusalCode, Result, refuse},
    fields, handovers,
    lifecycle::{ChannelEvent, Lifecycle as _},
    members,
    policy::{Permit, op},
    posts::{self, Ending},
    read, recurrences,
    rows::{locked, referenced},
};

/// Posts that a refusal names.
const NAMED_AT_MOST: u64 = 50;

/// Who may enter a retired account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialFate {
    /// This member, outside of Masthead.
    KeptBy(MemberId),
    /// Nobody: it was revoked at the platform.
    Revoked,
}

/// The end of a channel.
#[derive(Debug, Clone)]
pub struct RetireChannel {
    /// Which.
    pub channel_id: ChannelId,
    /// Why.
    pub reason: Option<String>,
    /// What becomes of its page. Asked of each that was ever public.
    pub page: Option<PublicPage>,
    /// What becomes of the credential. Asked of each account on a platform that was ever public.
    pub credential: Option<CredentialFate>,
    /// The post that says goodbye; it must be out.
    pub last_post_id: Option<PostId>,
    /// Whether what waits to be posted there is cancelled; otherwise there may be nothing.
    pub cancel_posts: bool,
}

/// Closes a channel for good. Its secret is forgotten here; the directory goes on listing it as retired.
pub async fn retire(
    office: &Office,
    permit: &Permit<op::RetireChannel>,
    input: RetireChannel,
) -> Result<channel::Model> {
    let reason = fields::optional_paragraph(&office.limits, "reason", input.reason.as_deref())?;
    let mut change = office.begin(permit.requester()).await?;
    // Whoever makes posts of a recurrence holds it, and then refers to the channel.
    recurrences::end_of_channel(&mut change, input.channel_id).await?;
    let before = locked::<channel::Entity>(&change, input.channel_id).await?;
    let mut after = before.clone();
    after.state = before.state.next(ChannelEvent::Retire)?;
    answered(&before, &input)?;
    if let Some(CredentialFate::KeptBy(id)) = input.credential {
        members::named(change.tx(), before.office_id, "credentialKeeperId", id).await?;
        after.credential_keeper_id = Some(id);
    }
    if let Some(id) = input.last_post_id {
        said(&change, before.id, id).await?;
    }
    posts_settled(&mut change, before.id, input.cancel_posts).await?;
    after.public_page = input.page;
    after.last_post_id = input.last_post_id;
    after.decision_reason = reason.or(after.decision_reason);
    after.decided_by = permit.requester().member_id();
    after.decided_at = Some(change.now);
    close(&mut after);
    let row = save(&change, &before, after).await?;
    handovers::close_all(&change, row.id).await?;
    conversations::close_with_channel(&change, row.id).await?;
    blogging::end_on(&mut change, row.id).await?;
    change.tell_public(ChangeKind::Retired, &row);
    let detail = json!({
        "state": row.state,
        "page": row.public_page,
        "credentialKeeper": row.credential_keeper_id,
        "credentialRevoked": input.credential == Some(CredentialFate::Revoked),
        "lastPost": row.last_post_id,
    });
    change.note("retireChannel", "Channel", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// Says who keeps the way into a retired account from now on, or that nobody does any more.
pub async fn name_keeper(
    office: &Office,
    permit: &Permit<op::NameCredentialKeeper>,
    id: ChannelId,
    fate: CredentialFate,
) -> Result<channel::Model> {
    let mut change = office.begin(permit.requester()).await?;
    let before = locked::<channel::Entity>(&change, id).await?;
    if before.state != ChannelState::Retired {
        let message =
            "this channel is not retired: who keeps its credential is said when it is (retireChannel)";
        return refuse(RefusalCode::IllegalState, "channelId", message);
    }
    let mut after = before.clone();
    after.credential_keeper_id = match fate {
        CredentialFate::KeptBy(id) => {
            members::named(change.tx(), before.office_id, "credentialKeeperId", id).await?;
            Some(id)
        }
        CredentialFate::Revoked => None,
    };
    let row = save(&change, &before, after).await?;
    let detail = json!({
        "from": before.credential_keeper_id,
        "credentialKeeper": row.credential_keeper_id,
        "credentialRevoked": fate == CredentialFate::Revoked,
    });
    change.note("nameCredentialKeeper", "Channel", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// Nothing is left behind that a person expects to go out, or of which the platform would still have to be asked.
async fn posts_settled(change: &mut Change<'_>, id: ChannelId, cancel: bool) -> Result<()> {
    if cancel {
        posts::cancel_waiting(change, Ending::Channel(id)).await?;
    }
    let left = posts::unsettled(change, Ending::Channel(id), NAMED_AT_MOST).await?;
    if left.is_empty() {
        return Ok(());
    }
    let message = if cancel {
        "posts on this channel are being sent or looked up, or more wait than one act cancels: let them come to their end, or \
         cancel some first"
    } else {
        "posts wait on this channel: set cancelPosts to cancel them with it, or let each come to its end first"
    };
    Err(Refusal::new(RefusalCode::IllegalState, "cancelPosts", message).with_posts(left).into())
}

fn close(row: &mut channel::Model) {
    row.credential_sealed = None;
    row.credential_state = CredentialState::Missing;
    row.credential_expires_at = None;
    grant::forget_refresh(row);
    row.profile_due_at = None;
    row.record_pending = false;
    row.review_due_on = None;
}

/// An account that the public knew does not vanish without a word: somebody says what is left of it.
fn answered(row: &channel::Model, input: &RetireChannel) -> Result<()> {
    if row.published.is_none() {
        return Ok(());
    }
    if input.page.is_none() {
        let message =
            "say what becomes of the public page: it is kept as an archive, marked as closed, or deleted";
        return refuse(RefusalCode::Required, "page", message);
    }
    // The office's own feed has no account that anybody could enter.
    if input.credential.is_none() && row.platform != Platform::Feed {
        let message = "say who keeps the way into the account, or that it was revoked";
        return refuse(RefusalCode::Required, "credentialKeeperId", message);
    }
    Ok(())
}

/// The last post is one of the channel's own, and out.
async fn said(change: &Change<'_>, channel_id: ChannelId, id: PostId) -> Result<()> {
    let found =
        referenced(read::one::<post::Entity>(change.tx(), change.office_id(), id).await, "lastPostId")?;
    if found.channel_id != channel_id {
        return refuse(RefusalCode::Invalid, "lastPostId", "this post is on another channel");
    }
    if matches!(found.state, PostState::Published | PostState::Corrected) {
        return Ok(());
    }
    let message = "the last post is not out: wait until it is, or retire the channel without one";
    refuse(RefusalCode::IllegalState, "lastPostId", message)
}
