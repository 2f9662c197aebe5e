//! Bringing members in from a sheet, line by line: each is added as `createMember` adds them, without a password, or refused
//! with the reason. Who is here already stays as they are, so that a repeat is safe.

use std::collections::HashSet;

use entity::{member, member::Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{CreateMember, NewMember, insert};
use crate::{
    Office,
    error::{OfficeError, Refusal, RefusalCode, Result, refuse},
    policy::{self, Permit, op},
    sheet::{self, Heading, Imported, ImportedLine, Line},
};

/// The columns, and which a sheet must have.
const COLUMNS: &[Heading] = &[("email", true), ("name", true), ("roles", true)];

/// Brings members in. `dry_run`: nothing is written, and the rows tell what would be.
pub async fn import(
    office: &Office,
    permit: &Permit<op::ImportMembers>,
    csv: &str,
    dry_run: bool,
) -> Result<Vec<ImportedLine<member::Model>>> {
    let lines = sheet::read(&office.limits, csv, COLUMNS)?;
    let mut told = Vec::new();
    let mut seen = HashSet::new();
    for line in lines {
        let name = line.cell("email").to_lowercase();
        let outcome = if seen.insert(name.clone()) {
            match one(office, permit, &line, dry_run).await {
                Ok(outcome) => outcome,
                Err(OfficeError::Refused(refusal)) => Imported::Refused(*refusal),
                Err(fault) => return Err(fault),
            }
        } else {
            Imported::Refused(Refusal::new(
                RefusalCode::Taken,
                "email",
                "an earlier line is of the same member",
            ))
        };
        told.push(ImportedLine { line: line.number, name, outcome });
    }
    Ok(told)
}

async fn one(
    office: &Office,
    permit: &Permit<op::ImportMembers>,
    line: &Line,
    dry_run: bool,
) -> Result<Imported<member::Model>> {
    let roles = line.list("roles").iter().map(|word| role(word)).collect::<Result<_>>()?;
    let (email, name) = (line.cell("email").to_owned(), line.cell("name").to_owned());
    let input = CreateMember { client_key: None, email, name, roles, password: None };
    let new = NewMember::check(office, "", input).await?;
    let mut change = office.begin(permit.requester()).await?;
    let here = member::Entity::find()
        .filter(member::Column::OfficeId.eq(change.office_id()))
        .filter(member::Column::Email.eq(&new.email));
    if let Some(row) = here.one(change.tx()).await? {
        if row.state == member::MemberState::Departed {
            let message = "this member has left, and a sheet brings nobody back: where they are here again, add them (createMember)";
            return refuse(RefusalCode::IllegalState, "email", message);
        }
        return Ok(Imported::Known(row));
    }
    let office_id = change.office_id();
    let row = insert(&mut change, office_id, new).await?;
    if !dry_run {
        change.commit().await?;
    }
    Ok(Imported::Created(row))
}

fn role(word: &str) -> Result<Role> {
    const ROLES: [Role; 4] = [Role::Member, Role::ProjectManager, Role::Coordinator, Role::Administrator];
    let found = ROLES.into_iter().find(|role| policy::role_name(*role).eq_ignore_ascii_case(word));
    let known = || ROLES.map(policy::role_name).join(", ");
    found.map_or_else(
        || {
            refuse(
                RefusalCode::Invalid,
                "roles",
                format!("no role is called “{word}”; roles are: {}, separated by semicolons", known()),
            )
        },
        Ok,
    )
}
