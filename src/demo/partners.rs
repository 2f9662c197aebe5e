//! Whom the office supports.

use office::{
    Office,
    entity::InitiativeId,
    partners::{self, CreatePartner},
};

use super::{people::Person, story::permit};

/// A partner of one initiative, and one of the whole office.
pub(super) async fn tell(
    office: &Office,
    (manager, coordinator): (&Person, &Person),
    heart: InitiativeId,
) -> anyhow::Result<()> {
    let nurses = CreatePartner {
        client_key: None,
        name: "Rural Nurses' Network".to_owned(),
        why: "They bring the home visits to the villages, and their members ask what we answer.".to_owned(),
        language: None,
        accounts: vec!["https://social.example.org/@ruralnurses".to_owned(), "x:ruralnurses".to_owned()],
        initiative_id: Some(heart),
        keeper_id: None,
        ends_on: None,
    };
    partners::create(office, &permit(office, manager).await?, nurses).await?;
    let library = CreatePartner {
        client_key: None,
        name: "Coast Health Library".to_owned(),
        why: "They lend what we recommend, and explain it in plain words.".to_owned(),
        language: None,
        accounts: vec!["https://bsky.app/profile/library.example.org".to_owned()],
        initiative_id: None,
        keeper_id: None,
        ends_on: None,
    };
    partners::create(office, &permit(office, coordinator).await?, library).await?;
    Ok(())
}
