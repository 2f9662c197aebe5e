//! The one place that decides who may do what.
//!
//! A permit is a value: every function that changes something takes a [`Permit`] for its own operation, and only
//! [`Requester::permit`] makes one, so an unchecked change does not compile. Conditions that depend on the thing (not
//! your own words, your own initiative) are the functions at the end of this file. Knows roles, scopes and operations;
//! reads no database.

use std::marker::PhantomData;

use entity::{
    MemberId,
    integration::Scope,
    member::{Role, Roles},
};

use crate::{
    Actor, Requester,
    error::{OfficeError, RefusalCode, Result, refuse},
};

mod operations;

pub use operations::{OPERATIONS, op};

/// One operation, as a row of the table of authority.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Its name: the root field in GraphQL.
    pub name: &'static str,
    /// The roles that may do it, any one of them.
    pub roles: &'static [Role],
    /// The scope that lets an integration do it; none: integrations never may.
    pub scope: Option<Scope>,
    /// Whether it is open without sign-in.
    pub public: bool,
    /// A condition on the thing itself, in words, for the table; empty when there is none.
    pub condition: &'static str,
}

/// An operation as a type.
pub trait Op {
    /// Its row of the table.
    const OPERATION: Operation;
}

/// The proof that a requester may do operation `O`, as far as roles and scopes decide.
#[derive(Debug)]
pub struct Permit<O> {
    requester: Requester,
    operation: PhantomData<fn() -> O>,
}

impl<O: Op> Permit<O> {
    /// Who holds it.
    pub fn requester(&self) -> &Requester {
        &self.requester
    }

    /// The office in which it holds.
    pub fn office_id(&self) -> entity::OfficeId {
        self.requester.office_id
    }
}

impl Requester {
    /// Asks for operation `O`.
    pub fn permit<O: Op>(&self) -> Result<Permit<O>> {
        let operation = O::OPERATION;
        if allows(&operation, &self.actor) {
            return Ok(Permit { requester: self.clone(), operation: PhantomData });
        }
        Err(OfficeError::Forbidden(denial(&operation, &self.actor)))
    }
}

/// What the command line may do besides the administrator's own operations: look at the queue, stop what leaves, and set
/// going again what it stopped itself. None of it opens a gate.
const OPERATORS: &[&str] = &[
    "members",
    "tasks",
    "orphanRadar",
    "setPassword",
    "channels",
    "connectChannel",
    "platformApps",
    "beginChannelAuthorization",
    "completeChannelAuthorization",
    "testChannel",
    "initiatives",
    "posts",
    "explain",
    "queueStatus",
    "simulate",
    "partners",
    "holdPost",
    "releasePost",
    "retryPost",
    "lookUpPost",
    "cancelPost",
    "withdrawPost",
    "pauses",
    "pausePublishing",
    "previewResume",
    "resumePublishing",
];

fn allows(operation: &Operation, actor: &Actor) -> bool {
    match actor {
        Actor::Member { roles, .. } => {
            operation.public || operation.roles.iter().any(|role| roles.contains(*role))
        }
        Actor::Integration { scopes, .. } => {
            operation.public || operation.scope.is_some_and(|scope| scopes.contains(scope))
        }
        // The command line manages people and tokens of its deployment and can stop its queue; it does not write, approve
        // or publish.
        Actor::Operator => {
            operation.public
                || operation.roles == [Role::Administrator]
                || OPERATORS.contains(&operation.name)
        }
        Actor::Worker(_) => operation.public,
    }
}

fn denial(operation: &Operation, actor: &Actor) -> String {
    match (actor, operation.scope) {
        (Actor::Integration { .. }, Some(scope)) => {
            format!(
                "{} needs the scope {}: ask an administrator for a token that has it",
                operation.name,
                scope_name(scope)
            )
        }
        (Actor::Integration { .. }, None) => {
            format!("{} is for people, not for integrations", operation.name)
        }
        _ => format!("{} needs one of the roles {}", operation.name, role_names(operation.roles)),
    }
}

fn role_names(roles: &[Role]) -> String {
    roles.iter().map(|role| role_name(*role)).collect::<Vec<_>>().join(", ")
}

/// A role as the table and messages print it.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Member => "MEMBER",
        Role::ProjectManager => "PROJECT_MANAGER",
        Role::Coordinator => "COORDINATOR",
        Role::Administrator => "ADMINISTRATOR",
    }
}

/// A scope as tokens and messages name it.
pub fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::DirectoryRead => "directory:read",
        Scope::OfficeRead => "office:read",
        Scope::DraftsWrite => "drafts:write",
        Scope::PostsWrite => "posts:write",
    }
}

/// The whole table of authority, as committed in `docs/authority.md`.
pub fn authority_markdown() -> String {
    let mut out = String::from(
        "# Who may do what\n\nPrinted from `office::policy`; a test keeps this file current.\n\n",
    );
    out.push_str("| operation | public | MEMBER | PROJECT_MANAGER | COORDINATOR | ADMINISTRATOR | integration scope | condition |\n|---|---|---|---|---|---|---|---|\n");
    let mark = |yes: bool| if yes { "yes" } else { "–" };
    for operation in OPERATIONS {
        let has = |role| mark(operation.roles.contains(&role));
        let scope = operation.scope.map_or("–", scope_name);
        out.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} | {} | {} |\n",
            operation.name,
            mark(operation.public),
            has(Role::Member),
            has(Role::ProjectManager),
            has(Role::Coordinator),
            has(Role::Administrator),
            scope,
            operation.condition
        ));
    }
    let operator: Vec<_> = OPERATIONS
        .iter()
        .filter(|operation| !operation.public && allows(operation, &Actor::Operator))
        .map(|operation| format!("`{}`", operation.name))
        .collect();
    out.push_str(&format!(
        "\nThe operator at the command line is no member and has no role. Besides what is public they may: {}.\n",
        operator.join(", ")
    ));
    out
}

/// Whether somebody with these roles may do an operation, by its name, as far as roles decide.
pub(crate) fn role_may(roles: &Roles, operation: &str) -> bool {
    let found = OPERATIONS.iter().find(|row| row.name == operation);
    found.is_some_and(|row| row.public || row.roles.iter().any(|role| roles.contains(*role)))
}

/// Who may hold a post: whoever may schedule one, a steward of its channel, and the operator, who must be able to stop
/// anything at any hour.
pub fn may_hold(requester: &Requester, stewards: &[MemberId]) -> Result<()> {
    const SCHEDULERS: [Role; 3] = [Role::Member, Role::ProjectManager, Role::Coordinator];
    match &requester.actor {
        Actor::Member { roles, .. }
            if stewards.iter().any(|id| requester.acts_as(*id))
                || SCHEDULERS.iter().any(|role| roles.contains(*role)) =>
        {
            Ok(())
        }
        Actor::Operator => Ok(()),
        _ => refuse(
            RefusalCode::NotResponsible,
            "postId",
            "only who may schedule posts or is a steward of the channel may hold one",
        ),
    }
}

/// Who may let go what a person holds: that person, the initiative's project manager, or a coordinator. The operator lets
/// go only what the operator held: going round a person is not theirs.
pub fn may_release(requester: &Requester, held_by: Option<MemberId>, manager: MemberId) -> Result<()> {
    match &requester.actor {
        Actor::Member { roles, .. }
            if held_by.is_some_and(|id| requester.acts_as(id))
                || requester.acts_as(manager)
                || is_coordinator(roles) =>
        {
            Ok(())
        }
        Actor::Operator if held_by.is_none() => Ok(()),
        _ => refuse(
            RefusalCode::NotResponsible,
            "postId",
            "only who holds it, the initiative's project manager or a coordinator may release it",
        ),
    }
}

/// Nobody approves their own words, whatever roles they hold (invariant 5). `words_of` are all who wrote any part of them.
pub fn not_own_words(reviewer: MemberId, words_of: &[MemberId]) -> Result<()> {
    if words_of.contains(&reviewer) {
        return refuse(
            RefusalCode::OwnWords,
            "draftId",
            "these are your own words: ask another member to review them",
        );
    }
    Ok(())
}

/// An initiative's manager, or a coordinator.
pub fn manages(requester: &Requester, manager: MemberId) -> Result<()> {
    match &requester.actor {
        Actor::Member { roles, .. } if requester.acts_as(manager) || is_coordinator(roles) => Ok(()),
        _ => refuse(
            RefusalCode::NotResponsible,
            "",
            "only the initiative's project manager or a coordinator may do this",
        ),
    }
}

/// Who looks after a partner, or a coordinator.
pub fn keeps(requester: &Requester, keeper: MemberId) -> Result<()> {
    match &requester.actor {
        Actor::Member { id, roles } if *id == keeper || is_coordinator(roles) => Ok(()),
        _ => {
            let message = "only the member who looks after this partner or a coordinator may do this";
            refuse(RefusalCode::NotResponsible, "", message)
        }
    }
}

/// A steward of the channel, or a coordinator.
pub fn answers_for(requester: &Requester, stewards: &[MemberId]) -> Result<()> {
    match &requester.actor {
        Actor::Member { roles, .. }
            if stewards.iter().any(|id| requester.acts_as(*id)) || is_coordinator(roles) =>
        {
            Ok(())
        }
        _ => refuse(
            RefusalCode::NotResponsible,
            "",
            "only a steward of the channel or a coordinator may do this",
        ),
    }
}

/// Whether the requester may own an initiative: project managers and coordinators.
pub fn may_own(requester: &Requester) -> bool {
    matches!(&requester.actor, Actor::Member { roles, .. } if roles.contains(Role::ProjectManager) || is_coordinator(roles))
}

/// Whether the requester is a coordinator.
pub fn coordinates(requester: &Requester) -> bool {
    matches!(&requester.actor, Actor::Member { roles, .. } if is_coordinator(roles))
}

/// Whether the roles include the coordinator's.
pub fn is_coordinator(roles: &Roles) -> bool {
    roles.contains(Role::Coordinator)
}
