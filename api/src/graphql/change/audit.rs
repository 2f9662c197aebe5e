//! The record: audit entries, and whether their chain holds.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::audit_entry;
use futures::FutureExt as _;
use office::{
    OfficeError, changes,
    paging::{Cursor, Direction, SortKey},
    policy::op,
};
use uuid::Uuid;

use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        id::{self, Kind},
        member::Member,
        paging::{Connection, PageArgs},
        relations,
        scalars::DateTime,
    },
};

/// What acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "audit_entry::ActorKind")]
pub(crate) enum ActorKind {
    /// A member.
    Member,
    /// An integration.
    Integration,
    /// The worker.
    Worker,
    /// Somebody at the command line of the deployment.
    Operator,
}

/// Who did what to which thing, written with the change itself and chained by hash. Nothing deletes from it.
#[derive(Debug, Clone)]
pub(crate) struct AuditEntry(Arc<audit_entry::Model>);

impl From<audit_entry::Model> for AuditEntry {
    fn from(row: audit_entry::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Who did what to which thing, written with the change itself and chained by hash. Nothing deletes from it.
#[Object]
impl AuditEntry {
    /// Global id.
    async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Its place in the chain, from 1 and without gaps.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }
    /// When.
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }
    /// What acted.
    async fn actor_kind(&self) -> ActorKind {
        self.0.actor_kind.into()
    }
    /// The member who acted; null when it was none.
    async fn actor(&self, ctx: &Context<'_>) -> Field<Member> {
        let member = self.0.actor_id.filter(|_| self.0.actor_kind == audit_entry::ActorKind::Member);
        relations::member(ctx, member.map(Into::into)).await
    }
    /// Global id of the member or integration that acted; null when it was neither.
    async fn actor_id(&self) -> Option<ID> {
        let kind = match self.0.actor_kind {
            audit_entry::ActorKind::Member => Kind::Member,
            audit_entry::ActorKind::Integration => Kind::Integration,
            audit_entry::ActorKind::Worker | audit_entry::ActorKind::Operator => return None,
        };
        self.0.actor_id.map(|actor| id::encode_any(kind, actor))
    }
    /// What was done: a mutation's name, or an event's.
    async fn action(&self) -> &str {
        &self.0.action
    }
    /// Type of the thing.
    async fn subject_kind(&self) -> &str {
        &self.0.subject_kind
    }
    /// Global id of the thing; null when its type has none.
    async fn subject_id(&self) -> Option<ID> {
        id::encode_named(&self.0.subject_kind, self.0.subject_id)
    }
    /// What changed, as the text of a JSON object with states, ids and numbers: exactly what is hashed.
    async fn detail(&self) -> &str {
        &self.0.detail
    }
    /// The request that caused it; null when there was none.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }
    /// Hash of the entry before, in hexadecimal digits; zeros for the first.
    async fn previous_hash(&self) -> &str {
        &self.0.previous_hash
    }
    /// SHA-256 over the entry and `previousHash`, in hexadecimal digits.
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}

/// Whether the whole chain holds.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AuditChain {
    /// How many entries hold, from the first.
    entries: i64,
    /// Whether all of them do, up to the head.
    intact: bool,
    /// The first sequence that does not fit; null when intact.
    broken_at: Option<i64>,
}

/// How a list of audit entries is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub(crate) enum AuditOrder {
    /// Newest first.
    #[default]
    SequenceDesc,
    /// Oldest first.
    SequenceAsc,
}

impl AuditOrder {
    fn read(self) -> (&'static str, Direction) {
        match self {
            Self::SequenceDesc => ("audit.sequence.desc", Direction::Descending),
            Self::SequenceAsc => ("audit.sequence.asc", Direction::Ascending),
        }
    }
}

/// Which audit entries to list; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub(crate) struct AuditFilter {
    /// Of these actions; empty means any.
    #[graphql(default)]
    actions: Vec<String>,
    /// About the thing with this global id.
    subject_id: Option<ID>,
    /// Done by the member or integration with this global id.
    actor_id: Option<ID>,
}

impl AuditFilter {
    fn read(self) -> office::Result<changes::AuditFilter> {
        // Postgres takes no text with NUL, and no action has one.
        if self.actions.iter().any(|action| action.contains('\0')) {
            return Err(OfficeError::NotFound("action"));
        }
        Ok(changes::AuditFilter {
            actions: self.actions,
            subject_id: any(self.subject_id.as_ref(), "subject")?,
            actor_id: any(self.actor_id.as_ref(), "actor")?,
        })
    }
}

fn any(id: Option<&ID>, word: &'static str) -> office::Result<Option<Uuid>> {
    let read = |id| id::decode_any(id).map(|(_, uuid)| uuid).ok_or(OfficeError::NotFound(word));
    id.map(read).transpose()
}

/// Queries of the record.
#[derive(Debug, Default)]
pub(crate) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// The office's audit entries: for coordinators and administrators.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100; give this or `last`.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100; give this or `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which entries.")] filter: Option<AuditFilter>,
        #[graphql(desc = "In which order.", default)] order_by: AuditOrder,
    ) -> Field<Connection<AuditEntry>> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AuditEntries>()?;
            let (sort, direction) = order_by.read();
            let request = PageArgs { first, after, last, before }.request(ctx, sort)?;
            let filter = filter.unwrap_or_default().read()?;
            let office = ctx.office()?;
            let page = changes::audit_entries(office, &permit, &filter, direction, &request).await?;
            let key =
                |row: &audit_entry::Model| Cursor { key: SortKey::Number(row.sequence), id: row.id.into() };
            let page = Connection::new(page, sort, key, AuditEntry::from);
            let counted = Arc::new((office.clone(), permit, filter));
            Ok(Some(page.counted(move || {
                let counted = Arc::clone(&counted);
                async move {
                    let (office, permit, filter) = counted.as_ref();
                    changes::count(office, permit, filter).await
                }
                .boxed()
            })))
        })
        .await
    }

    /// Walks the office's whole audit chain and says whether every link holds. Takes longer the longer the chain is.
    async fn audit_chain(&self, ctx: &Context<'_>) -> Field<AuditChain> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::AuditChain>()?;
            let report = changes::verify(ctx.office()?, &permit).await?;
            Ok(Some(AuditChain {
                entries: report.entries,
                intact: report.broken_at.is_none(),
                broken_at: report.broken_at,
            }))
        })
        .await
    }
}
