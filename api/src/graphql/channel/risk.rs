//! What puts a channel at risk, as clients see it.

use async_graphql::{ComplexObject, Context, Enum, SimpleObject};
use office::channels::OrphanReason;

use crate::{
    error::Field,
    graphql::{
        initiative::Initiative,
        member::Member,
        relation,
        scalars::{Date, DateTime},
    },
};

/// A kind of risk. Clients must accept values that they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum OrphanReasonKind {
    /// Fewer active stewards than a channel in use needs: see `activeStewards` and `neededStewards`.
    FewStewards,
    /// A steward has left the office, and not all is handed over: see `member`, and `Channel.handovers`.
    StewardDeparted,
    /// The initiative that it serves alone is closing or over: see `initiative`.
    InitiativeEnding,
    /// The platform refused the credential.
    CredentialRejected,
    /// The credential has ended or ends within two weeks: see `expiresAt`.
    CredentialExpires,
    /// Nobody looked whether it still serves: see `dueOn`.
    ReviewOverdue,
}

/// A reason why a channel may soon have nobody who looks after it. Only what belongs to the kind is not null.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct OrphanRisk {
    /// The kind.
    reason: OrphanReasonKind,
    /// The reason in words, with the facts of the case.
    words: String,
    /// The mutation that lowers the risk, such as `addSteward`. Clients must accept values that they do not know.
    act: &'static str,
    /// How many active stewards it has.
    active_stewards: Option<i32>,
    /// How many it needs.
    needed_stewards: Option<i32>,
    /// When the credential ends.
    expires_at: Option<DateTime>,
    /// The day on which somebody should have looked whether it still serves.
    due_on: Option<Date>,
    #[graphql(skip)]
    member_id: Option<entity::MemberId>,
    #[graphql(skip)]
    initiative_id: Option<entity::InitiativeId>,
}

#[ComplexObject]
impl OrphanRisk {
    /// The steward who left.
    async fn member(&self, ctx: &Context<'_>) -> Field<Member> {
        relation::maybe::<entity::member::Entity, _>(ctx, self.member_id, Member).await
    }

    /// The initiative that ends.
    async fn initiative(&self, ctx: &Context<'_>) -> Field<Initiative> {
        relation::maybe::<entity::initiative::Entity, _>(ctx, self.initiative_id, Initiative).await
    }
}

impl OrphanRisk {
    fn of(reason: OrphanReasonKind, told: &OrphanReason) -> Self {
        Self {
            reason,
            words: told.words(),
            act: told.act(),
            active_stewards: None,
            needed_stewards: None,
            expires_at: None,
            due_on: None,
            member_id: None,
            initiative_id: None,
        }
    }
}

impl From<OrphanReason> for OrphanRisk {
    fn from(reason: OrphanReason) -> Self {
        let of = |kind| Self::of(kind, &reason);
        match &reason {
            OrphanReason::FewStewards { active, needed } => Self {
                active_stewards: (*active).try_into().ok(),
                needed_stewards: (*needed).try_into().ok(),
                ..of(OrphanReasonKind::FewStewards)
            },
            OrphanReason::StewardDeparted { member_id, .. } => {
                Self { member_id: Some(*member_id), ..of(OrphanReasonKind::StewardDeparted) }
            }
            OrphanReason::InitiativeEnding { initiative_id, .. } => {
                Self { initiative_id: Some(*initiative_id), ..of(OrphanReasonKind::InitiativeEnding) }
            }
            OrphanReason::CredentialRejected => of(OrphanReasonKind::CredentialRejected),
            OrphanReason::CredentialExpires { at } => {
                Self { expires_at: Some((*at).into()), ..of(OrphanReasonKind::CredentialExpires) }
            }
            OrphanReason::ReviewOverdue { due_on } => {
                Self { due_on: Some((*due_on).into()), ..of(OrphanReasonKind::ReviewOverdue) }
            }
        }
    }
}
