//! The room from which mail leaves: a few at a time, each claimed, offered, marked, handed over and settled. It decides
//! nothing: `office` says which mail and when, `connectors` what the server said of it.

use std::time::Duration;

use chrono::TimeDelta;
use connectors::mail::{Letter, MailFailure, Mailer, Session};
use entity::{InitiativeId, WorkerId, mail::MailKind};
use futures::future::join_all;
use office::{
    Office, Result,
    mail::{self, Claimed, Delivery},
};
use tokio_util::sync::CancellationToken;

use crate::outcome::cause;

/// A lease must outlive the longest conversation by this much.
const MARGIN: TimeDelta = TimeDelta::seconds(5);

/// How the room works.
#[derive(Debug, Clone)]
pub struct MailroomSettings {
    /// Where a mail's link leads, with `{kind}` and `{id}` in the place of what it is about.
    pub link: String,
    /// How an initiative is named there: as clients of the API know it.
    pub initiative: fn(InitiativeId) -> String,
    /// Between looks at the outbox though nobody rang.
    pub every: Duration,
    /// Mails that one conversation of a look sends, at most.
    pub at_once: usize,
    /// Conversations with the server at the same time, at most.
    pub conversations: u64,
}

/// Sends mail.
#[derive(Debug, Clone)]
pub struct Mailroom {
    office: Office,
    mailer: Mailer,
    id: WorkerId,
    settings: MailroomSettings,
}

impl Mailroom {
    /// `id` is new for each process.
    pub fn new(office: Office, mailer: Mailer, id: WorkerId, settings: MailroomSettings) -> Self {
        Self { office, mailer, id, settings }
    }

    /// Sends what is due, and again whenever something was written or time has passed, until `stop` is cancelled.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let bell = self.office.bell().clone();
            let rung = bell.mail().notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            if let Err(error) = self.send(&stop).await {
                tracing::error!(%error, "mail could not be looked after; the next look tries again");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = &mut rung => {}
                () = tokio::time::sleep(self.settings.every) => {}
            }
        }
    }

    /// One look: sweeps up, then sends what is due, in as many conversations as there are mails for: a server that lets
    /// one mail wait keeps no other from leaving.
    pub async fn send(&self, stop: &CancellationToken) -> Result<()> {
        mail::sweep(&self.office, self.id).await?;
        let due = mail::due(&self.office, self.settings.conversations).await?;
        // To its end each: a conversation that is broken off leaves a mail in doubt.
        join_all((0..due).map(|_| self.converse(stop))).await.into_iter().collect()
    }

    /// One conversation, while there is mail. Nothing is claimed while the server does not answer.
    async fn converse(&self, stop: &CancellationToken) -> Result<()> {
        let mut session = None;
        for _ in 0..self.settings.at_once {
            if stop.is_cancelled() || mail::due(&self.office, 1).await? == 0 {
                break;
            }
            let mut open = match session.take() {
                Some(open) => open,
                None => match self.mailer.open().await {
                    Ok(open) => open,
                    Err(failure) => {
                        tracing::warn!(
                            cause.code = code(&failure),
                            "the mail server cannot be spoken to; mail waits"
                        );
                        return Ok(());
                    }
                },
            };
            let hold = TimeDelta::from_std(self.mailer.longest()).unwrap_or(TimeDelta::hours(1)) + MARGIN;
            let Some(claimed) = mail::claim(&self.office, self.id, hold, self.mailer.domain()).await? else {
                session = Some(open);
                break;
            };
            let (delivery, usable) = self.deliver(&mut open, &claimed).await?;
            session = usable.then_some(open);
            let Some(delivery) = delivery else { continue };
            mail::settle(&self.office, self.id, &claimed.mail, &delivery).await?;
        }
        if let Some(open) = session {
            open.close().await;
        }
        Ok(())
    }

    /// What came of it, unless the lease was lost; and whether the conversation may go on.
    async fn deliver(&self, session: &mut Session, claimed: &Claimed) -> Result<(Option<Delivery>, bool)> {
        let offered = match session.offer(&self.letter(claimed)).await {
            Ok(offered) => offered,
            Err(failure) => {
                let usable = matches!(&failure, MailFailure::Refused(_)) || answered(&failure);
                return Ok((Some(told(claimed, failure)), usable));
            }
        };
        if !mail::handing_over(&self.office, self.id, &claimed.mail).await? {
            // The server waits for a message that must not come: only an end of the conversation says so.
            return Ok((None, false));
        }
        Ok(match session.hand_over(offered).await {
            Ok(()) => (Some(Delivery::Sent), true),
            Err(failure) => {
                let usable = answered(&failure);
                (Some(told(claimed, failure)), usable)
            }
        })
    }

    fn letter(&self, claimed: &Claimed) -> Letter {
        let (mail, office, domain) = (&claimed.mail, &claimed.office, self.mailer.domain());
        let thread = mail.initiative_id.map(|id| format!("{}@{domain}", mail::thread_of(id)));
        let named = mail.initiative_id.map(self.settings.initiative);
        let link = link(&self.settings.link, mail.kind, named.as_deref());
        let ending = mail::closing_lines(&office.language, &office.name, &link, mail.kind);
        Letter {
            to: claimed.member.email.clone(),
            to_name: claimed.member.name.clone(),
            subject: mail.subject.clone(),
            text: format!("{}{ending}", mail.body),
            message_id: mail.message_id.clone().unwrap_or_default(),
            thread,
            list: format!("{}.masthead.{domain}", office.slug),
            date: mail.created_at,
        }
    }
}

/// Where a mail's link leads. What is about nothing alone, such as tasks, has no id.
fn link(template: &str, kind: MailKind, id: Option<&str>) -> String {
    let template = if id.is_none() { template.replace("/{id}", "") } else { template.to_owned() };
    template.replace("{kind}", about(kind)).replace("{id}", id.unwrap_or_default())
}

/// What a mail's link opens.
fn about(kind: MailKind) -> &'static str {
    match kind {
        MailKind::InitiativeProposed
        | MailKind::InitiativeAsked
        | MailKind::InitiativeAnswered
        | MailKind::InitiativeDecided
        | MailKind::InitiativeClosing => "initiative",
        MailKind::TasksDue => "tasks",
    }
}

fn told(claimed: &Claimed, failure: MailFailure) -> Delivery {
    tracing::warn!(mail.id = %claimed.mail.id, cause.code = code(&failure), "a mail was not sent");
    match failure {
        MailFailure::Later(why) => Delivery::Later(cause(why)),
        MailFailure::Refused(why) => Delivery::Refused(cause(why)),
        MailFailure::Unknown(why) => Delivery::Unknown(cause(why)),
    }
}

fn reason(failure: &MailFailure) -> &connectors::Cause {
    match failure {
        MailFailure::Later(why) | MailFailure::Refused(why) | MailFailure::Unknown(why) => why,
    }
}

fn code(failure: &MailFailure) -> &str {
    &reason(failure).code
}

/// Whether the server said something: then it still listens.
fn answered(failure: &MailFailure) -> bool {
    reason(failure).http_status.is_some()
}
