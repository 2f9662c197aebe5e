//! `masthead channel connect`.

use anyhow::{Context as _, bail};
use office::{
    Requester,
    channels::{self, BeginAuthorization, ConnectChannel},
    entity::{ChannelId, channel_authorization, channel_authorization::AuthorizationState},
    read,
};
use url::Url;
use worker::PlatformAuthorizer;

use super::{
    super::{office::operator, password},
    Desk,
};
use crate::{cli::ConnectArgs, commands::find, output};

/// Tries to fetch the credential.
const TRIES: u32 = 3;

/// Connects, looks at the account and says what was found; `false`: it does not work.
pub(super) async fn run(desk: &Desk<'_>, arguments: ConnectArgs) -> anyhow::Result<bool> {
    let who = operator(desk.office, &arguments.office).await?;
    let id = find::channel(desk.office, &who, &arguments.channel).await?;
    if arguments.secret.ask {
        if !Box::pin(ask(desk, &who, id, arguments)).await? {
            return Ok(false);
        }
    } else {
        with_secret(desk, &who, id, arguments).await?;
    }
    desk.look_at(&who, id).await
}

async fn with_secret(
    desk: &Desk<'_>,
    who: &Requester,
    id: ChannelId,
    arguments: ConnectArgs,
) -> anyhow::Result<()> {
    let file = arguments.secret.secret_file.context("say where the secret is with --secret-file")?;
    let expected_version = desk.channel(who, id).await?.version;
    let input = ConnectChannel {
        channel_id: id,
        expected_version,
        base_url: arguments.base_url,
        username: arguments.username,
        allow_private_host: arguments.allow_private_host,
        honours_keys: arguments.honours_keys,
        secret: password::read(&file)?,
        expires_at: find::time_opt(desk.office, who, arguments.expires_at.as_ref()).await?,
    };
    channels::connect(desk.office, &who.permit()?, input).await?;
    Ok(())
}

async fn ask(
    desk: &Desk<'_>,
    who: &Requester,
    id: ChannelId,
    arguments: ConnectArgs,
) -> anyhow::Result<bool> {
    let redirect = format!("{}{}", desk.settings.public_url(), api::CALLBACK);
    let input = BeginAuthorization {
        channel_id: id,
        expected_version: desk.channel(who, id).await?.version,
        base_url: arguments.base_url,
        username: arguments.username,
        allow_private_host: arguments.allow_private_host,
        redirect_uri: Url::parse(&redirect).context("server.public_url is not an address")?,
    };
    let begun =
        channels::begin_authorization(desk.office, &who.permit()?, &PlatformAuthorizer, input).await?;
    output::message("Open this address in a browser, and agree as the account that the channel is:");
    output::line(begun.url.as_str());
    output::message(&format!(
        "It comes back to {redirect} (server.public_url and port of the settings), which must be registered at the platform. \
         Paste that whole address here, soon:"
    ));
    let mut address = String::new();
    std::io::stdin().read_line(&mut address).context("the address could not be read from standard input")?;
    if address.trim().is_empty() {
        bail!("there is no address: nothing was connected");
    }
    let row = channels::complete_authorization(desk.office, &who.permit()?, address.trim()).await?;
    let row = fetch(desk, who, row).await?;
    if row.state == AuthorizationState::Granted {
        return Ok(true);
    }
    let cause = [row.cause_code, row.cause_detail].map(Option::unwrap_or_default).join(": ");
    output::message(&format!("the channel is not connected: {cause}"));
    Ok(false)
}

/// A running worker may be quicker: whoever fetches it, the question says what came of it.
async fn fetch(
    desk: &Desk<'_>,
    who: &Requester,
    asked: channel_authorization::Model,
) -> anyhow::Result<channel_authorization::Model> {
    let accounts = desk.accounts()?;
    let mut row = asked;
    for _ in 0..TRIES {
        if row.state != AuthorizationState::Answered {
            break;
        }
        accounts.fetch().await?;
        row = read::one::<channel_authorization::Entity>(desk.office.db().read(), who.office_id, row.id)
            .await?;
    }
    Ok(row)
}
