//! Why a post may leave or not at this moment: every gate, by the code that the worker obeys.

use async_graphql::{Context, ID, Object, SimpleObject};
use office::{OfficeError, gate, policy::op};

use super::object::Post;
use crate::{
    error::{Field, nullable},
    graphql::{
        context::ContextExt as _,
        finding::{Finding, GateKind},
        id,
    },
};

/// One gate, open or shut.
#[derive(SimpleObject)]
pub(crate) struct GateReport {
    /// Which.
    kind: GateKind,
    /// Whether the post may pass.
    open: bool,
    /// The handbook clause that it rests on; null for what only the house demands.
    clause: Option<String>,
    /// Why it is open or shut.
    reason: String,
    /// What would open it; null while open.
    opens: Option<String>,
    /// What the rules found: of `GUIDELINES` only.
    findings: Vec<Finding>,
}

impl From<gate::Gate> for GateReport {
    fn from(gate: gate::Gate) -> Self {
        Self {
            kind: gate.kind.into(),
            open: gate.open,
            clause: gate.clause,
            reason: gate.reason,
            opens: gate.opens,
            findings: gate.findings.into_iter().map(Finding).collect(),
        }
    }
}

/// Why a post may leave or not, at this moment.
#[derive(SimpleObject)]
pub(crate) struct Explanation {
    /// The post.
    post: Post,
    /// Whether it waits and every gate is open. What is out, leaving, given up or refused does not leave.
    may_leave: bool,
    /// Every gate, open or shut, in order.
    gates: Vec<GateReport>,
    /// What the guideline rules found that blocks; `Draft.findings` has the milder ones too.
    findings: Vec<Finding>,
}

/// Queries that explain.
#[derive(Debug, Default)]
pub(crate) struct ExplainQuery;

#[Object]
impl ExplainQuery {
    /// Whether a post may leave at this moment and, if not, which gates are shut, why, under which clause, and what would
    /// open each: the same answer, by the same code, that the worker gets. Null when there is no such post in your office.
    async fn explain(&self, ctx: &Context<'_>, #[graphql(desc = "The post.")] id: ID) -> Field<Explanation> {
        nullable(async {
            let permit = ctx.requester()?.permit::<op::Explain>()?;
            let Ok(post_id) = id::decode(&id) else { return Ok(None) };
            let (post, gates) = match Box::pin(gate::explain(ctx.office()?, &permit, post_id)).await {
                Err(OfficeError::NotFound(_)) => return Ok(None),
                explained => explained?,
            };
            let findings = gates.iter().flat_map(|gate| gate.findings.iter().cloned().map(Finding)).collect();
            Ok(Some(Explanation {
                may_leave: gate::may_leave(&post, &gates),
                post: post.into(),
                gates: gates.into_iter().map(GateReport::from).collect(),
                findings,
            }))
        })
        .await
    }
}
