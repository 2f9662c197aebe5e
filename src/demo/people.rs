//! The people of the two offices, and the web site that reads the directory.

use anyhow::Context as _;
use office::entity::{
    MemberId, OfficeId,
    integration::Scope,
    member::{self, Role},
};
use office::{
    Actor, Office, Requester, handbooks, integrations,
    members::{self, CreateMember, DepartMember, UpdateMember},
    offices::{self, CreateOffice, FirstAdministrator},
};
use secrecy::SecretString;

use super::story::{office_of, permit};

/// Slug of the office that the story is about.
pub(super) const PACIFIC: &str = "pacific-ehealth";
/// Slug of the other one.
pub(super) const NORTHERN: &str = "northern-telehealth";

/// Somebody who can sign in.
pub(super) struct Person {
    pub(super) id: MemberId,
    pub(super) email: String,
    pub(super) password: SecretString,
    /// Slug of the office.
    pub(super) office: &'static str,
}

/// Everybody at the Pacific eHealth Office.
pub(super) struct Cast {
    pub(super) administrator: Person,
    pub(super) coordinator: Person,
    pub(super) project_manager: Person,
    pub(super) second_manager: Person,
    pub(super) member: Person,
    pub(super) leaver: Person,
}

pub(super) async fn pacific(office: &Office) -> anyhow::Result<Cast> {
    let founder = ("Amara Osei", "amara.osei@pacific-ehealth.example");
    let administrator =
        found(office, "Pacific eHealth Office", PACIFIC, "America/Vancouver", founder).await?;
    let team = Team { office, administrator: &administrator, slug: PACIFIC };
    let coordinator = team.add("Noor Haddad", "noor.haddad", &[Role::Coordinator]).await?;
    let project_manager = team.add("Tomas Lindqvist", "tomas.lindqvist", &[Role::ProjectManager]).await?;
    let second_manager = team.add("Priya Raman", "priya.raman", &[Role::ProjectManager]).await?;
    let member = team.add("Mei Castillo", "mei.castillo", &[Role::Member]).await?;
    let leaver = team.add("Jonah Reyes", "jonah.reyes", &[Role::Member]).await?;
    let cast = Cast { administrator, coordinator, project_manager, second_manager, member, leaver };
    let Cast { administrator, coordinator, project_manager, second_manager, member, leaver } = &cast;
    for person in [administrator, coordinator, project_manager, second_manager, member, leaver] {
        acknowledge(office, person).await?;
    }
    Ok(cast)
}

/// A small office: one person does everything but approve their own words, another helps.
pub(super) async fn northern(office: &Office) -> anyhow::Result<(Person, Person)> {
    let founder = ("Sana Whitefeather", "sana.whitefeather@northern-telehealth.example");
    let lead = found(office, "Northern Telehealth Network", NORTHERN, "America/Whitehorse", founder).await?;
    let team = Team { office, administrator: &lead, slug: NORTHERN };
    let colleague = team.add("Elias Moreau", "elias.moreau", &[Role::ProjectManager]).await?;
    let roles = vec![Role::Member, Role::ProjectManager, Role::Coordinator, Role::Administrator];
    let edit = UpdateMember { member_id: lead.id, expected_version: 1, name: None, roles: Some(roles) };
    members::update(office, &permit(office, &lead).await?, edit).await?;
    for person in [&lead, &colleague] {
        acknowledge(office, person).await?;
    }
    Ok((lead, colleague))
}

async fn found(
    office: &Office,
    name: &str,
    slug: &'static str,
    time_zone: &str,
    (founder, email): (&str, &str),
) -> anyhow::Result<Person> {
    let password = office::new_token("")?;
    let new = CreateOffice {
        name: name.to_owned(),
        slug: slug.to_owned(),
        time_zone: time_zone.to_owned(),
        language: "en-CA".to_owned(),
    };
    let first =
        FirstAdministrator { name: founder.to_owned(), email: email.to_owned(), password: password.clone() };
    let (_, member) = offices::create(office, new, first).await?;
    Ok(person(member, password, slug))
}

fn person(member: member::Model, password: SecretString, office: &'static str) -> Person {
    Person { id: member.id, email: member.email, password, office }
}

/// Who adds members to which office.
struct Team<'a> {
    office: &'a Office,
    administrator: &'a Person,
    slug: &'static str,
}

impl Team<'_> {
    async fn add(&self, name: &str, address: &str, roles: &[Role]) -> anyhow::Result<Person> {
        let password = office::new_token("")?;
        let new = CreateMember {
            client_key: None,
            email: format!("{address}@{}.example", self.slug),
            name: name.to_owned(),
            roles: roles.to_vec(),
            password: Some(password.clone()),
        };
        let permit = permit(self.office, self.administrator).await?;
        Ok(person(members::create(self.office, &permit, new).await?, password, self.slug))
    }
}

async fn acknowledge(office: &Office, person: &Person) -> anyhow::Result<()> {
    let office_id = office_of(office, person).await?;
    let handbook = handbooks::in_force(office, office.db().read(), office_id).await?;
    handbooks::acknowledge(office, &permit(office, person).await?, handbook.id).await?;
    Ok(())
}

/// Somebody goes, and what they looked after is to be handed over.
pub(super) async fn leaves(office: &Office, administrator: &Person, who: &Person) -> anyhow::Result<()> {
    let leaver = DepartMember { member_id: who.id, keep_integrations: Vec::new() };
    members::depart(office, &permit(office, administrator).await?, leaver).await?;
    Ok(())
}

/// The university's web site pulls the list of channels and shows what is planned.
pub(super) async fn web_site(office: &Office, administrator: &Person) -> anyhow::Result<SecretString> {
    let office_id: OfficeId = office_of(office, administrator).await?;
    let new = integrations::CreateIntegration {
        client_key: None,
        name: "University web site".to_owned(),
        scopes: vec![Scope::DirectoryRead, Scope::OfficeRead],
    };
    // As an operator does with `masthead token create`.
    let operator = Requester::new(office_id, Actor::Operator);
    let (_, token) = integrations::create(office, &operator.permit()?, new).await?;
    token.context("a new integration has a token")
}
