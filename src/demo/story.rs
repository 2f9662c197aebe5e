//! The story: two offices, their people, what they run, where they speak, and what is on its way out.

use office::Office;
use office::entity::OfficeId;
use secrecy::SecretString;

use super::{
    channels, drafts, initiatives, partners,
    people::{self, Person},
};

/// What the demo needs to know of what was told.
pub(super) struct Story {
    pub(super) administrator: Person,
    pub(super) coordinator: Person,
    pub(super) project_manager: Person,
    pub(super) member: Person,
    pub(super) other_office: Person,
    /// Token of the web site that pulls the list of channels.
    pub(super) integration: SecretString,
    /// The public news page.
    pub(super) news_page: String,
    /// Address of an account that the directory lists, to verify.
    pub(super) account: &'static str,
}

/// Where the news page of an office is; with `.atom` at its end, for feed readers.
pub(super) fn news_page(url: &str, slug: &str) -> String {
    format!("{url}/feed/{slug}/{}", channels::NEWS)
}

/// Tells it all.
pub(super) async fn tell(office: &Office, url: &str) -> anyhow::Result<Story> {
    let cast = people::pacific(office).await?;
    let news_page = news_page(url, people::PACIFIC);
    let running = initiatives::tell(office, &cast).await?;
    let channels = channels::tell(office, &cast, &news_page).await?;
    drafts::tell(office, &cast, &running, &channels).await?;
    partners::tell(office, (&cast.project_manager, &cast.coordinator), running.heart).await?;
    // After all that he took part in: the channel that he leaves has one steward too few.
    people::leaves(office, &cast.administrator, &cast.leaver).await?;
    let integration = people::web_site(office, &cast.administrator).await?;
    let other_office = northern(office, url).await?;
    Ok(Story {
        administrator: cast.administrator,
        coordinator: cast.coordinator,
        project_manager: cast.project_manager,
        member: cast.member,
        other_office,
        integration,
        news_page,
        account: channels::BLUESKY_URL,
    })
}

/// Another office of the same deployment: it sees nothing of the first but its directory.
async fn northern(office: &Office, url: &str) -> anyhow::Result<Person> {
    let (lead, colleague) = people::northern(office).await?;
    let page = news_page(url, people::NORTHERN);
    channels::news_of_northern(office, &lead, &colleague, &page).await?;
    Ok(lead)
}

/// A person who acts: the permit is asked for anew each time, with the roles of that moment.
pub(super) async fn permit<O: office::policy::Op>(
    office: &Office,
    person: &Person,
) -> office::Result<office::policy::Permit<O>> {
    office::members::requester_for(office, person.id).await?.permit()
}

/// Tomorrow, or another day from now.
pub(super) fn day(office: &Office, days: i64) -> chrono::NaiveDate {
    (office.now() + chrono::TimeDelta::days(days)).date_naive()
}

/// Which office a person is in.
pub(super) async fn office_of(office: &Office, person: &Person) -> office::Result<OfficeId> {
    Ok(office::members::requester_for(office, person.id).await?.office_id)
}
