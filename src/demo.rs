//! `masthead demo`: a made-up office in a temporary folder, served until stopped.
//!
//! Its story is told through the office's own functions, each with the permit of the member who does it: the demo has no
//! way round a rule. Tokens are those that signing in gives. Nothing is asked of any platform.

use anyhow::Context as _;
use office::IdSource as _;
use secrecy::SecretString;

use crate::{
    config::{Environment, Settings},
    output::Form,
    service::{Roles, Service},
    wiring,
};

mod announce;
mod channels;
mod drafts;
mod folder;
mod front_door;
mod initiatives;
mod partners;
mod people;
mod reviewing;
mod story;

/// Minutes for which a demo's access tokens are good: longer than anybody looks at it.
const TOKEN_MINUTES: i64 = 12 * 60;

/// Tells the story and serves it.
pub(crate) async fn run(settings: &Settings, form: Form, environment: &Environment) -> anyhow::Result<()> {
    let folder = folder::Folder::make(&format!("masthead-demo-{}", office::SystemIds.next()))?;
    let settings = settings_for(settings, &folder);
    let office = wiring::open(&settings).await?;
    let service = Service::start(office.clone(), &settings, Roles::BOTH, environment)?;
    let at = service.addresses.clone().context("the demo has an API")?;
    let story = story::tell(&office, &at.url).await?;
    let tokens = front_door::sign_everybody_in(at.bound, &story).await?;
    announce::announce(&at, &story, &tokens, form)?;
    let stopped = service.until_stopped().await;
    drop(folder);
    stopped
}

/// The same settings, but nothing that is there already is touched.
fn settings_for(settings: &Settings, folder: &folder::Folder) -> Settings {
    let mut settings = settings.clone();
    folder.path().clone_into(&mut settings.data.dir);
    settings.database.url = SecretString::default();
    settings.secrets.master_key = SecretString::default();
    settings.limits.access_token_minutes = TOKEN_MINUTES;
    settings
}
