//! Posts that follow another one: they become ready when it is out, and are held when it will not be.

use entity::{ChannelId, OfficeId, post, post::PostState};
use sea_orm::{DatabaseBackend, EntityTrait};
use serde_json::json;

use super::write;
use crate::{
    Office,
    change::Change,
    database::given::{Given, Kind, id, narrowed},
    error::Result,
    gate::{self, GateKind},
    lifecycle::{Lifecycle as _, PostEvent},
    read,
};

/// Lets what follows these posts go on, or holds it; gives the channels whose heads must be brought up to date.
pub(crate) async fn follow(
    change: &mut Change<'_>,
    posts: &[post::Model],
) -> Result<Vec<(OfficeId, ChannelId)>> {
    const SQL: &str = "SELECT post.* FROM {given} JOIN post ON post.follows_post_id = given.id \
                       WHERE post.follows_post_id IS NOT NULL AND post.waits AND post.state IN ('SCHEDULED', 'RETRYING')";
    let settled = posts.iter().filter(|post| decided(post.state).is_some());
    let given = Given::new(&[("id", Kind::Id)], settled.map(|post| json!([id(post.id)])).collect());
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let lock = if change.engine() == DatabaseBackend::Postgres { " FOR UPDATE OF post" } else { "" };
    let few = narrowed(change.engine(), "post.follows_post_id");
    let statement = given.statement(change.engine(), &format!("{SQL}{few} ORDER BY post.id{lock}"), []);
    let mut waiting = post::Entity::find().from_raw_sql(statement).all(change.tx()).await?;
    for post in &mut waiting {
        let before = posts.iter().find(|before| Some(before.id) == post.follows_post_id);
        let out = before.and_then(|before| decided(before.state)).unwrap_or_default();
        post.waits = false;
        if out {
            post.run_at = post.due_at.max(change.now);
            change.note_in(
                post.office_id,
                "followPost",
                "Post",
                post.id.0,
                json!({ "after": post.follows_post_id }),
            );
        } else {
            let missed = before.is_some_and(|before| before.state == PostState::Missed);
            hold(change, post, missed)?;
        }
    }
    write::posts(change, &mut waiting).await?;
    Ok(waiting.into_iter().map(|post| (post.office_id, post.channel_id)).collect())
}

/// Whether what follows a post in this state may go on; none while that is open.
pub(crate) fn decided(state: PostState) -> Option<bool> {
    match state {
        PostState::Published | PostState::Corrected | PostState::Drifted => Some(true),
        PostState::Rejected | PostState::Cancelled | PostState::Missed | PostState::Withdrawn => Some(false),
        PostState::Scheduled
        | PostState::Sending
        | PostState::Retrying
        | PostState::Unconfirmed
        | PostState::Held => None,
    }
}

/// What was too late may yet go out at another time; what was given up or refused will not.
fn hold(change: &mut Change<'_>, post: &mut post::Model, missed: bool) -> Result<()> {
    let (reason, opens) = if missed {
        (
            "the post that it follows did not go out in time",
            "give that post another time (reschedulePost), or cancel this one",
        )
    } else {
        (gate::WILL_NOT_BE_OUT, gate::CANCEL_FOLLOWER)
    };
    let gate = post::ShutGate {
        gate: GateKind::Order.code().to_owned(),
        clause: None,
        reason: reason.to_owned(),
        opens: opens.to_owned(),
    };
    post.state = post.state.next(PostEvent::Hold)?;
    post.hold = Some(post::Hold { since: change.now, gates: vec![gate] });
    change.note_in(post.office_id, "holdPost", "Post", post.id.0, json!({ "gates": ["ORDER"] }));
    Ok(())
}

/// The message that a post continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its id on the platform.
    pub remote_id: String,
    /// The id of the first of the thread.
    pub root_id: String,
}

/// Parts that are walked back to find where a thread begins.
const PARTS: usize = 200;

/// What a post continues on its platform; none where it continues nothing, or what it continues has no id there.
pub async fn followed(office: &Office, post: &post::Model) -> Result<Option<Followed>> {
    let db = office.db.read();
    let (mut before, mut remote_id, mut root_id) = (post.follows_post_id, None, None);
    for _ in 0..PARTS {
        let Some(id) = before else { break };
        let row = read::one::<post::Entity>(db, post.office_id, id).await?;
        remote_id = remote_id.or_else(|| row.remote_id.clone());
        root_id = row.remote_id.or(root_id);
        before = row.follows_post_id;
    }
    Ok(remote_id.zip(root_id).map(|(remote_id, root_id)| Followed { remote_id, root_id }))
}
