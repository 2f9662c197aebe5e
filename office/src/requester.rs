//! Who asks. Knows identities and what they carry; does not decide what they may do (that is `policy`).

use entity::{
    IntegrationId, MemberId, OfficeId, WorkerId, audit_entry::ActorKind, integration::Scopes, member::Roles,
};
use uuid::Uuid;

/// Somebody or something that asks for an operation in one office.
#[derive(Debug, Clone)]
pub struct Requester {
    /// The office in which it acts: nothing of another office is visible to it.
    pub office_id: OfficeId,
    /// Who or what.
    pub actor: Actor,
    /// Members for whom this one stands in today: what is theirs alone to do is this one's too.
    pub stands_in_for: Vec<MemberId>,
    /// The request, for the audit and the log.
    pub request_id: Option<String>,
    /// W3C trace context, carried across the queue.
    pub trace_parent: Option<String>,
}

/// Who or what acts.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A signed-in member, with the roles that they hold now.
    Member {
        /// Who.
        id: MemberId,
        /// Their roles.
        roles: Roles,
    },
    /// An integration, with its scopes.
    Integration {
        /// Which.
        id: IntegrationId,
        /// Its scopes.
        scopes: Scopes,
    },
    /// Somebody at the command line of the deployment.
    Operator,
    /// A worker process.
    Worker(WorkerId),
}

impl Requester {
    /// A requester without request or trace.
    pub fn new(office_id: OfficeId, actor: Actor) -> Self {
        Self { office_id, actor, stands_in_for: Vec::new(), request_id: None, trace_parent: None }
    }

    /// The member, when it is one.
    pub fn member_id(&self) -> Option<MemberId> {
        match &self.actor {
            Actor::Member { id, .. } => Some(*id),
            Actor::Integration { .. } | Actor::Operator | Actor::Worker(_) => None,
        }
    }

    /// Whether it is this member, or stands in for them today.
    pub fn acts_as(&self, id: MemberId) -> bool {
        self.member_id() == Some(id) || self.stands_in_for.contains(&id)
    }

    /// The integration, when it is one.
    pub fn integration_id(&self) -> Option<IntegrationId> {
        match &self.actor {
            Actor::Integration { id, .. } => Some(*id),
            Actor::Member { .. } | Actor::Operator | Actor::Worker(_) => None,
        }
    }
}

impl Actor {
    /// Its kind in the audit.
    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Member { .. } => ActorKind::Member,
            Self::Integration { .. } => ActorKind::Integration,
            Self::Operator => ActorKind::Operator,
            Self::Worker(_) => ActorKind::Worker,
        }
    }

    /// Its id in the audit; none for the command line.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Member { id, .. } => Some(id.0),
            Self::Integration { id, .. } => Some(id.0),
            Self::Worker(id) => Some(id.0),
            Self::Operator => None,
        }
    }
}
