//! Mail: the server that the settings name, and the room that sends by it. Knows how settings become a mailer, and how to see
//! that it works; not what a mail says.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use connectors::mail::{MailFailure, MailServer, MailTls, Mailer};
use office::Office;
use office::entity::WorkerId;
use secrecy::ExposeSecret as _;
use worker::{Mailroom, MailroomSettings};

use crate::config::{MailTlsName, Settings};

/// The mailer; none where no server is set.
pub(crate) fn mailer(settings: &Settings) -> anyhow::Result<Option<Mailer>> {
    let mail = &settings.mail;
    if mail.host.is_empty() {
        return Ok(None);
    }
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let authority = some(&mail.ca_file)
        .map(|path| std::fs::read(&path).with_context(|| format!("mail.ca_file {path} cannot be read")))
        .transpose()?;
    let server = MailServer {
        host: mail.host.clone(),
        port: mail.port,
        tls: match mail.tls {
            MailTlsName::Starttls => MailTls::Starttls,
            MailTlsName::Implicit => MailTls::Implicit,
            MailTlsName::None => MailTls::None,
        },
        authority,
        username: some(&mail.username),
        password: mail.password.expose_secret().into(),
        from: mail.from.clone(),
        from_name: mail.from_name.clone(),
        reply_to: some(&mail.reply_to),
        connect: Duration::from_secs(mail.connect_seconds),
        answer: Duration::from_secs(mail.answer_seconds),
        delivery: Duration::from_secs(mail.delivery_seconds),
    };
    Ok(Some(Mailer::new(server).context("[mail] does not fit")?))
}

/// The room that sends; none where no server is set.
pub(crate) fn mailroom(
    office: &Office,
    settings: &Settings,
    id: WorkerId,
) -> anyhow::Result<Option<Mailroom>> {
    let Some(mailer) = mailer(settings)? else { return Ok(None) };
    let front = || format!("{}/", settings.public_url());
    let given = &settings.mail.link;
    let room = MailroomSettings {
        link: if given.is_empty() { front() } else { given.clone() },
        initiative: api::initiative_id,
        every: Duration::from_secs(settings.mail.every_seconds),
        at_once: settings.mail.at_once,
        conversations: settings.mail.conversations,
    };
    Ok(Some(Mailroom::new(office.clone(), mailer, id, room)))
}

/// Whether the server takes a connection and knows us. No mail is sent.
pub(crate) async fn works(mailer: &Mailer) -> anyhow::Result<()> {
    let session = mailer.open().await.map_err(|failure| told(&failure))?;
    session.close().await;
    Ok(())
}

/// Why a step failed, in words.
pub(crate) fn told(failure: &MailFailure) -> anyhow::Error {
    match failure {
        MailFailure::Later(why) | MailFailure::Refused(why) => anyhow!("{why}"),
        MailFailure::Unknown(why) => anyhow!("{why}: it may have arrived"),
    }
}
