//! `masthead member`: adding, listing and changing the people of an office.

use anyhow::Context as _;
use office::entity::member::{self, Role};
use office::{Office, Requester, members, paging::PageRequest, policy::role_name};
use serde::Serialize;

use super::{import, office::operator, password};
use crate::{
    cli::{MemberCommand, RoleName},
    config::Settings,
    output::{self, Form},
    wiring,
};

/// Members read at a time.
const PAGE: u64 = 500;

#[derive(Serialize)]
struct Row {
    id: String,
    email: String,
    name: String,
    roles: Vec<&'static str>,
    state: member::MemberState,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Member => Self::Member,
            RoleName::ProjectManager => Self::ProjectManager,
            RoleName::Coordinator => Self::Coordinator,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

fn row(member: member::Model) -> Row {
    let roles = member.roles.0.iter().map(|role| role_name(*role)).collect();
    let id = member.id.to_string();
    Row { id, email: member.email, name: member.name, roles, state: member.state, password: None }
}

pub(super) async fn run(command: MemberCommand, form: Form, settings: &Settings) -> anyhow::Result<()> {
    let office = wiring::open(settings).await?;
    let done = act(&office, command, form).await;
    wiring::close(&office).await;
    done
}

async fn act(office: &Office, command: MemberCommand, form: Form) -> anyhow::Result<()> {
    match command {
        MemberCommand::List { office: of } => list(office, &operator(office, &of).await?, form).await,
        MemberCommand::Add { email, name, roles, password, office: of } => {
            let operator = operator(office, &of).await?;
            let password = password::get(&password)?;
            let roles = roles.into_iter().map(Role::from).collect();
            let new = members::CreateMember {
                client_key: None,
                email,
                name,
                roles,
                password: Some(password.secret.clone()),
            };
            let added = members::create(office, &operator.permit()?, new).await?;
            report(form, "added", added, Some(&password))
        }
        MemberCommand::Import { sheet, office: of } => {
            let operator = operator(office, &of).await?;
            let lines =
                members::import(office, &operator.permit()?, &import::text(&sheet)?, sheet.dry_run).await?;
            anyhow::ensure!(import::tell(&lines, sheet.dry_run, form)?, "not all of the sheet was taken");
            Ok(())
        }
        MemberCommand::SetRoles { email, roles, office: of } => {
            let operator = operator(office, &of).await?;
            let found = find(office, &operator, &email).await?;
            let edit = members::UpdateMember {
                member_id: found.id,
                expected_version: found.version,
                name: None,
                roles: Some(roles.into_iter().map(Role::from).collect()),
            };
            let changed = members::update(office, &operator.permit()?, edit).await?;
            report(form, "changed the roles of", changed, None)
        }
        MemberCommand::SetPassword { email, password, office: of } => {
            let operator = operator(office, &of).await?;
            let member_id = find(office, &operator, &email).await?.id;
            let password = password::get(&password)?;
            let new = members::SetPassword { member_id, current: None, new: password.secret.clone() };
            let changed = members::set_password(office, &operator.permit()?, new).await;
            let changed = changed.with_context(|| format!("the password of {email} was not set"))?;
            report(form, "set the password of", changed, Some(&password))
        }
        MemberCommand::Depart { email, office: of } => {
            let operator = operator(office, &of).await?;
            let member_id = find(office, &operator, &email).await?.id;
            // At the command line nobody is asked which tokens the office goes on using: all that they made are revoked.
            let leaver = members::DepartMember { member_id, keep_integrations: Vec::new() };
            let departed = members::depart(office, &operator.permit()?, leaver).await?;
            report(form, "recorded the departure of", departed, None)
        }
    }
}

fn report(
    form: Form,
    done: &str,
    member: member::Model,
    password: Option<&password::Password>,
) -> anyhow::Result<()> {
    if form == Form::Json {
        let made = password.and_then(password::Password::to_show).map(str::to_owned);
        return output::json(&Row { password: made, ..row(member) });
    }
    let row = row(member);
    output::message(&format!("{done} {} ({})", row.email, row.roles.join(", ")));
    if let Some(password) = password {
        password.show();
    }
    Ok(())
}

async fn list(office: &Office, operator: &Requester, form: Form) -> anyhow::Result<()> {
    let rows: Vec<_> =
        all(office, operator, members::MemberFilter::default()).await?.into_iter().map(row).collect();
    output::list(form, &["e-mail", "name", "roles", "state"], &rows, |row| {
        vec![
            row.email.clone(),
            row.name.clone(),
            row.roles.join(","),
            format!("{:?}", row.state).to_uppercase(),
        ]
    })
}

pub(super) async fn find(
    office: &Office,
    operator: &Requester,
    email: &str,
) -> anyhow::Result<member::Model> {
    let email = email.trim().to_lowercase();
    let filter = members::MemberFilter { search: Some(email.clone()), ..members::MemberFilter::default() };
    let found = all(office, operator, filter).await?.into_iter().find(|member| member.email == email);
    found.with_context(|| format!("no member has the address {email}; see: masthead member list"))
}

async fn all(
    office: &Office,
    operator: &Requester,
    filter: members::MemberFilter,
) -> anyhow::Result<Vec<member::Model>> {
    let permit = operator.permit()?;
    let (mut rows, mut request) = (Vec::new(), PageRequest::first(PAGE));
    loop {
        let page = members::list(office, &permit, &filter, &request).await?;
        request.after = page.items.last().map(members::cursor);
        rows.extend(page.items);
        if !page.has_next {
            return Ok(rows);
        }
    }
}
