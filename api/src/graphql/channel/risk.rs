//! What puts a channel at risk, as clients see it.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Object, SimpleObject};
use office::channels::{self, OrphanReason};

use crate::{
    error::Field,
    graphql::{
        channel::Channel,
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
    /// It has stewards enough, but so many are away that fewer people than it needs answer for it: see `activeStewards`,
    /// `neededStewards` and `dueOn`.
    FewPresent,
    /// The initiative that it serves alone ends within a month: see `initiative` and `dueOn`.
    InitiativeEnds,
    /// In use, and nothing was posted for two months, nor did anybody look at it: see `dueOn`.
    Silent,
    /// What the public said waits for an answer for a week longer than it should: see `waiting` and `dueOn`, and
    /// `conversations`.
    Unanswered,
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

/// How grave a risk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "channels::RiskLevel")]
pub(crate) enum RiskLevel {
    /// Somebody should look: it is silent, its review is overdue, its stewards are away.
    Low,
    /// It will be orphaned unless somebody acts: a steward too few or gone, an initiative or a credential that ends.
    Medium,
    /// Nobody can post, answer or put right now: no steward at all, or no credential that works.
    High,
}

/// A channel at risk of being orphaned.
#[derive(Debug, Clone)]
pub(crate) struct ChannelAtRisk(pub(super) channels::AtRisk);

/// A channel that may soon have nobody who looks after it, and why.
#[Object]
impl ChannelAtRisk {
    /// Which.
    async fn channel(&self) -> Channel {
        Channel(Arc::new(self.0.channel.clone()))
    }
    /// How grave the gravest of its risks is.
    async fn level(&self) -> RiskLevel {
        self.0.level.into()
    }
    /// Why, the gravest first.
    async fn risks(&self) -> Vec<OrphanRisk> {
        self.0.reasons.iter().cloned().map(OrphanRisk::from).collect()
    }
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
    /// How grave it is.
    level: RiskLevel,
    /// How many active stewards it has; of `FEW_PRESENT`, how many people answer for it now.
    active_stewards: Option<i32>,
    /// How many it needs.
    needed_stewards: Option<i32>,
    /// How many conversations wait too long.
    waiting: Option<i32>,
    /// When the credential ends.
    expires_at: Option<DateTime>,
    /// The day that the risk tells of: on which somebody should have looked, on which the initiative ends, until which stewards
    /// are away, since which it is silent.
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
            level: told.level().into(),
            active_stewards: None,
            needed_stewards: None,
            waiting: None,
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
            OrphanReason::FewPresent { present, needed, until } => Self {
                active_stewards: (*present).try_into().ok(),
                needed_stewards: (*needed).try_into().ok(),
                due_on: Some((*until).into()),
                ..of(OrphanReasonKind::FewPresent)
            },
            OrphanReason::InitiativeEnds { initiative_id, on, .. } => Self {
                initiative_id: Some(*initiative_id),
                due_on: Some((*on).into()),
                ..of(OrphanReasonKind::InitiativeEnds)
            },
            OrphanReason::Unanswered { waiting, since } => Self {
                waiting: (*waiting).try_into().ok(),
                due_on: Some((*since).into()),
                ..of(OrphanReasonKind::Unanswered)
            },
            OrphanReason::Silent { since } => {
                Self { due_on: Some((*since).into()), ..of(OrphanReasonKind::Silent) }
            }
            OrphanReason::CredentialExpires { at, .. } => {
                Self { expires_at: Some((*at).into()), ..of(OrphanReasonKind::CredentialExpires) }
            }
            OrphanReason::ReviewOverdue { due_on } => {
                Self { due_on: Some((*due_on).into()), ..of(OrphanReasonKind::ReviewOverdue) }
            }
        }
    }
}
