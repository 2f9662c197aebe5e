//! Members: the people of an office and the roles that they hold. Knows how one is added and changed; how one
//! leaves is `depart`, what depends on them `departure`, how one signs in `sessions`.

use entity::{
    MemberId, OfficeId,
    mail::MailKinds,
    member,
    member::{MemberState, Role, Roles},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::{
    Actor, Office, Requester,
    change::Change,
    client_keys::Call,
    conversations, delegations,
    error::{OfficeError, RefusalCode, Result, refuse},
    fields, passwords,
    policy::{Permit, op, role_name},
    read,
    rows::{json_holds, locked, same_version, taken},
};

mod depart;
mod departure;
mod import;
mod list;
mod password;
mod returning;

pub use depart::{DepartMember, depart};
pub use departure::{Departure, LeftChannel, departure};
pub(crate) use departure::{RUNNING, departed};
pub use import::import;
pub use list::{MemberFilter, by_ids, count, cursor, list};
pub use password::{SetPassword, set_password};
pub(crate) use password::{administrator, hash};

/// A new member.
#[derive(Debug, Clone)]
pub struct CreateMember {
    /// Makes a repeat safe.
    pub client_key: Option<String>,
    /// Address for signing in.
    pub email: String,
    /// Name as colleagues know it.
    pub name: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// The first password; none: an administrator sets it later.
    pub password: Option<SecretString>,
}

/// An edit of a member.
#[derive(Debug, Clone, serde::Serialize)]
pub struct UpdateMember {
    /// Whom.
    pub member_id: MemberId,
    /// The version that was read.
    pub expected_version: i64,
    /// Another name.
    pub name: Option<String>,
    /// Other roles.
    pub roles: Option<Vec<Role>>,
}

/// The requester that a signed-in member is now: rights are those of this moment, not of the sign-in.
pub async fn requester_for(office: &Office, member_id: MemberId) -> Result<Requester> {
    let found = member::Entity::find_by_id(member_id).one(office.db.read()).await?;
    match found {
        Some(row) if row.state == MemberState::Active => {
            let now = office.now();
            let stands_in_for =
                delegations::stands_in_for(office.db.read(), (row.office_id, row.id), now).await?;
            let requester = Requester::new(row.office_id, Actor::Member { id: row.id, roles: row.roles });
            Ok(Requester { stands_in_for, ..requester })
        }
        _ => Err(OfficeError::NotFound(<member::Entity as read::Owned>::KIND)),
    }
}

/// Adds a member.
pub async fn create(
    office: &Office,
    permit: &Permit<op::CreateMember>,
    input: CreateMember,
) -> Result<member::Model> {
    // What is kept of the password is good for comparing, and only with the master key.
    let told = input.password.as_ref().map(|password| {
        office.vault.fingerprint("client_key|createMember", password.expose_secret().as_bytes())
    });
    let body = (&input.email, &input.name, &input.roles, told);
    let call = Call::new::<op::CreateMember>(input.client_key.as_deref(), &body)?;
    let new = NewMember::check(office, "", input).await?;
    let mut change = office.begin(permit.requester()).await?;
    if let Some(id) = call.earlier(&change).await? {
        return read::one::<member::Entity>(change.tx(), permit.office_id(), id).await;
    }
    let office_id = change.office_id();
    let row = insert(&mut change, office_id, new).await?;
    call.remember(&change, row.id.0).await?;
    change.commit().await?;
    Ok(row)
}

/// A member whose values fit and whose password is hashed, outside of any transaction.
#[derive(Debug)]
pub(crate) struct NewMember {
    email: String,
    name: String,
    roles: Roles,
    password_hash: Option<String>,
}

impl NewMember {
    pub(crate) async fn check(office: &Office, within: &str, input: CreateMember) -> Result<Self> {
        let field = |name: &str| if within.is_empty() { name.to_owned() } else { format!("{within}.{name}") };
        let email = fields::email(&office.limits, &field("email"), &input.email)?;
        let name = fields::line(&office.limits, &field("name"), &input.name)?;
        let roles = roles(&field("roles"), input.roles)?;
        let password_hash = match input.password {
            None => None,
            Some(password) => {
                passwords::fits(&office.limits, &field("password"), &password)?;
                Some(passwords::hash(password).await?)
            }
        };
        Ok(Self { email, name, roles, password_hash })
    }
}

pub(crate) async fn insert(
    change: &mut Change<'_>,
    office_id: OfficeId,
    new: NewMember,
) -> Result<member::Model> {
    if let Some(gone) = returning::gone(change, office_id, &new.email).await? {
        return returning::come_back(change, gone, new).await;
    }
    let row = member::Model {
        id: change.id(),
        office_id,
        email: new.email,
        name: new.name,
        roles: new.roles,
        password_hash: new.password_hash,
        state: MemberState::Active,
        muted_mail: MailKinds::default(),
        version: 1,
        created_at: change.now,
        departed_at: None,
    };
    let written = member::ActiveModel::from(row).reset_all().insert(change.tx()).await;
    let row = taken(written, "email", "a member of this office has this e-mail address already")?;
    change.note_in(office_id, "createMember", "Member", row.id.0, json!({ "roles": names(&row.roles) }));
    Ok(row)
}

fn roles(field: &str, mut roles: Vec<Role>) -> Result<Roles> {
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        return refuse(RefusalCode::Required, field, "a member holds at least one role");
    }
    Ok(Roles(roles))
}

fn names(roles: &Roles) -> Vec<&'static str> {
    roles.0.iter().map(|role| role_name(*role)).collect()
}

/// Changes a member's name or roles.
pub async fn update(
    office: &Office,
    permit: &Permit<op::UpdateMember>,
    input: UpdateMember,
) -> Result<member::Model> {
    let name = input.name.map(|name| fields::line(&office.limits, "name", &name)).transpose()?;
    let new_roles = input.roles.map(|given| roles("roles", given)).transpose()?;
    let mut change = office.begin(permit.requester()).await?;
    let row = active(&change, input.member_id).await?;
    same_version("member", input.expected_version, row.version)?;
    if let Some(roles) = &new_roles {
        keeps_one_of_each(&change, &row, |role| roles.contains(role)).await?;
        if !conversations::may_settle(roles) {
            conversations::give_back(&change, row.id).await?;
        }
    }
    let version = row.version + 1;
    let renamed = name.is_some();
    let mut edit = member::ActiveModel::from(row);
    edit.version = Set(version);
    if let Some(name) = name {
        edit.name = Set(name);
    }
    if let Some(roles) = new_roles {
        edit.roles = Set(roles);
    }
    let row = edit.update(change.tx()).await?;
    let detail = json!({ "roles": names(&row.roles), "renamed": renamed });
    change.note("updateMember", "Member", row.id.0, detail);
    change.commit().await?;
    Ok(row)
}

/// The member, locked; one who has departed cannot be changed.
async fn active(change: &Change<'_>, id: MemberId) -> Result<member::Model> {
    let row = locked::<member::Entity>(change, id).await?;
    if row.state == MemberState::Departed {
        return refuse(RefusalCode::IllegalState, "memberId", "this member has departed");
    }
    Ok(row)
}

/// An office without an administrator could not be managed any more, and one without a coordinator decides nothing: neither
/// loses its last.
async fn keeps_one_of_each(
    change: &Change<'_>,
    leaving: &member::Model,
    keeps: impl Fn(Role) -> bool,
) -> Result<()> {
    for role in [Role::Administrator, Role::Coordinator] {
        if !leaving.roles.contains(role) || keeps(role) {
            continue;
        }
        let others = member::Entity::find()
            .filter(member::Column::OfficeId.eq(leaving.office_id))
            .filter(member::Column::State.eq(MemberState::Active))
            .filter(member::Column::Id.ne(leaving.id))
            .filter(json_holds(member::Column::Roles, &format!("\"{}\"", role_name(role))))
            .limit(1)
            .count(change.tx())
            .await?;
        if others == 0 {
            let name = role_name(role).to_lowercase();
            let message = format!("this is the office's last {name}: give the role to somebody else first");
            return refuse(RefusalCode::IllegalState, "memberId", message);
        }
    }
    Ok(())
}

/// The active member with this id.
pub(crate) async fn named(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    field: &str,
    id: MemberId,
) -> Result<member::Model> {
    match read::one::<member::Entity>(db, office_id, id).await {
        Ok(row) if row.state == MemberState::Active => Ok(row),
        Ok(_) | Err(OfficeError::NotFound(_)) => {
            refuse(RefusalCode::NotFound, field, "there is no such active member in this office")
        }
        Err(error) => Err(error),
    }
}

/// The active member with this id, where the thing needs somebody who may write: a steward, an author, a keeper.
pub(crate) async fn at_work(
    db: &impl ConnectionTrait,
    office_id: OfficeId,
    field: &str,
    id: MemberId,
) -> Result<member::Model> {
    let row = named(db, office_id, field, id).await?;
    if row.is_at_work() {
        return Ok(row);
    }
    let message = format!(
        "{} only administers and could do nothing with it: name a member with the role MEMBER, PROJECT_MANAGER or COORDINATOR",
        row.name
    );
    refuse(RefusalCode::Invalid, field, message)
}
