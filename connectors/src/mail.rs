//! Mail by SMTP: one message to one recipient, in steps that tell what is certain. It knows the conversation and its
//! time-outs; it does not know why somebody gets mail, how often to try, or what the time is.
//!
//! The one moment that nobody can tell about is between the last byte of a message and the server's answer to it. So the
//! steps are apart: after [`Session::offer`] nothing of the message has left, and whoever calls can write that down before
//! [`Session::hand_over`].

use std::{future::Future, io, sync::Arc, time::Duration};

use lettre::{
    message::Mailbox,
    transport::smtp::{
        Error as SmtpError,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
        response::Severity,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;

use crate::Cause;

mod letter;

pub use letter::Letter;

/// How the conversation is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// Begun in the clear, then STARTTLS; a server that does not offer it gets no mail.
    Starttls,
    /// TLS from the first byte.
    Implicit,
    /// None: for a server on this machine.
    None,
}

/// A mail server and in whose name it is spoken to.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the conversation is protected.
    pub tls: MailTls,
    /// Certificates (PEM) of an authority that is trusted besides those of this machine.
    pub authority: Option<Vec<u8>>,
    /// The user, where it wants one.
    pub username: Option<String>,
    /// The user's password; it is only used with a user.
    pub password: SecretString,
    /// The sender's address.
    pub from: String,
    /// The sender's name; may be empty.
    pub from_name: String,
    /// Where answers go; none: to the sender.
    pub reply_to: Option<String>,
    /// To make a connection, TLS included.
    pub connect: Duration,
    /// For one answer before the message.
    pub answer: Duration,
    /// For the message and its answer.
    pub delivery: Duration,
}

/// Why a mail server's settings do not fit.
#[derive(Debug, Error)]
pub enum MailSettingsError {
    /// An address is none.
    #[error("{0} is not an e-mail address")]
    Address(&'static str),
    /// The authority's certificates cannot be read.
    #[error("the certificates of mail.ca_file cannot be read")]
    Authority(#[source] SmtpError),
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailFailure {
    /// Certainly not taken, and another time it may be.
    Later(Cause),
    /// Certainly not taken, and a repeat would be refused as well.
    Refused(Cause),
    /// It may have been taken.
    Unknown(Cause),
}

/// Speaks to one mail server.
#[derive(Clone)]
pub struct Mailer {
    server: Arc<MailServer>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    tls: Option<TlsParameters>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("host", &self.server.host).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Checks what can be checked without asking the server.
    pub fn new(server: MailServer) -> Result<Self, MailSettingsError> {
        let mailbox = |setting, address: &str, name: &str| {
            let address = address.parse().map_err(|_no_address| MailSettingsError::Address(setting))?;
            let name = Some(letter::line(name)).filter(|name| !name.is_empty());
            Ok::<_, MailSettingsError>(Mailbox::new(name, address))
        };
        let from = mailbox("mail.from", &server.from, &server.from_name)?;
        let reply_to =
            server.reply_to.as_deref().map(|address| mailbox("mail.reply_to", address, "")).transpose()?;
        let tls = match server.tls {
            MailTls::None => None,
            MailTls::Starttls | MailTls::Implicit => Some(parameters(&server)?),
        };
        Ok(Self { server: Arc::new(server), from, reply_to, tls })
    }

    /// The domain of the sender's address: what message ids end in.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// The longest time that one message can take: whoever holds it must hold it longer.
    pub fn longest(&self) -> Duration {
        // A connection with its greeting, TLS and sign-in; MAIL, RCPT and DATA; the message.
        self.server.connect + 7 * self.server.answer + self.server.delivery
    }

    /// Connects and signs in. A server that does not is no recipient's fault: every failure is [`MailFailure::Later`].
    pub async fn open(&self) -> Result<Session, MailFailure> {
        let server = &self.server;
        let hello = ClientId::Domain(self.domain().to_owned());
        let at = (server.host.as_str(), server.port);
        let implicit = self.tls.clone().filter(|_| server.tls == MailTls::Implicit);
        let connecting = AsyncSmtpConnection::connect_tokio1(at, None, &hello, implicit, None);
        let mut connection = within(server.connect + server.answer, connecting)
            .await
            .map_err(|trouble| unreachable(&trouble))?;
        if let (MailTls::Starttls, Some(tls)) = (server.tls, self.tls.clone()) {
            let encrypting = connection.starttls(tls, &hello);
            within(2 * server.answer, encrypting).await.map_err(|trouble| unreachable(&trouble))?;
        }
        if let Some(username) = &server.username {
            let secret = server.password.expose_secret().to_owned();
            let credentials = Credentials::new(username.clone(), secret);
            let signing_in = connection.auth(DEFAULT_MECHANISMS, &credentials);
            within(server.answer, signing_in).await.map_err(|trouble| later("SIGN_IN", &trouble))?;
        }
        Ok(Session { mailer: self.clone(), connection, begun: false })
    }
}

fn parameters(server: &MailServer) -> Result<TlsParameters, MailSettingsError> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.authority {
        let certificate = Certificate::from_pem(pem).map_err(MailSettingsError::Authority)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(MailSettingsError::Authority)
}

/// A conversation with the server.
pub struct Session {
    mailer: Mailer,
    connection: AsyncSmtpConnection,
    /// Whether a message was begun in it, so that the next one must clear the table first.
    begun: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(..)")
    }
}

/// A message for which the server holds out its hand. Nothing of it has left.
#[derive(Debug)]
pub struct Offered(Vec<u8>);

impl Session {
    /// Names sender and recipient, and hears whether the server would take a message. Never [`MailFailure::Unknown`].
    pub async fn offer(&mut self, letter: &Letter) -> Result<Offered, MailFailure> {
        let (to, text) = letter.write(&self.mailer.from, self.mailer.reply_to.as_ref())?;
        if std::mem::replace(&mut self.begun, true) {
            self.say("RSET\r\n").await.map_err(|trouble| later("CONVERSATION", &trouble))?;
        }
        let from = Mail::new(Some(self.mailer.from.email.clone()), Vec::new());
        // Who may not send is a matter of settings: the recipient has not even been named.
        self.say(from).await.map_err(|trouble| later("SENDER", &trouble))?;
        self.say(Rcpt::new(to, Vec::new())).await.map_err(|trouble| judged(&trouble))?;
        self.say(Data).await.map_err(|trouble| judged(&trouble))?;
        Ok(Offered(text))
    }

    /// Gives the message. Taken only when the server has said so.
    pub async fn hand_over(&mut self, offered: Offered) -> Result<(), MailFailure> {
        let giving = self.connection.message(&offered.0);
        match within(self.mailer.server.delivery, giving).await {
            Ok(_) => Ok(()),
            // An answer with a number is an answer: the server has not taken it.
            Err(trouble) if trouble.status().is_some() => Err(judged(&trouble)),
            Err(trouble) => Err(MailFailure::Unknown(trouble.cause("NO_ANSWER"))),
        }
    }

    /// Ends the conversation. What was taken stays so, whatever becomes of the farewell.
    pub async fn close(mut self) {
        drop(within(self.mailer.server.answer, self.connection.quit()).await);
    }

    async fn say<C: std::fmt::Display>(&mut self, command: C) -> Result<(), Trouble> {
        within(self.mailer.server.answer, self.connection.command(command)).await.map(drop)
    }
}

/// Why a step did not come to its end.
#[derive(Debug)]
enum Trouble {
    Smtp(SmtpError),
    TimedOut,
}

impl Trouble {
    fn status(&self) -> Option<u16> {
        match self {
            Self::Smtp(error) => error.status().map(u16::from),
            Self::TimedOut => None,
        }
    }

    /// The server's own words are left out: they repeat addresses.
    fn cause(&self, code: &str) -> Cause {
        let Some(status) = self.status() else {
            let detail = match self {
                Self::TimedOut => "the mail server did not answer in time",
                Self::Smtp(error) if error.is_tls() => UNTRUSTED,
                Self::Smtp(error) => broke_off(error),
            };
            return Cause::new(code, detail);
        };
        Cause::new(format!("{code}_{status}"), format!("the mail server answered {status}"))
            .with_status(status)
    }
}

const UNTRUSTED: &str = "the mail server's certificate was not accepted; see mail.ca_file";

/// Why there was no answer, from what lies at the bottom of the error.
fn broke_off(error: &SmtpError) -> &'static str {
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(cause) = cause.downcast_ref::<io::Error>() {
            return match cause.kind() {
                io::ErrorKind::ConnectionRefused => "nobody answers at the mail server's port",
                // What the TLS library finds wrong comes as invalid data.
                io::ErrorKind::InvalidData => UNTRUSTED,
                _ => "the connection to the mail server could not be made, or broke off",
            };
        }
        next = cause.source();
    }
    "the conversation with the mail server broke off"
}

/// Runs one step, for so long at most.
async fn within<T>(time: Duration, step: impl Future<Output = Result<T, SmtpError>>) -> Result<T, Trouble> {
    match tokio::time::timeout(time, step).await {
        Ok(done) => done.map_err(Trouble::Smtp),
        Err(_elapsed) => Err(Trouble::TimedOut),
    }
}

fn unreachable(trouble: &Trouble) -> MailFailure {
    later("UNREACHABLE", trouble)
}

fn later(code: &str, trouble: &Trouble) -> MailFailure {
    MailFailure::Later(trouble.cause(code))
}

/// 5 is for good, 4 and silence are not (RFC 5321, 4.2.1).
fn judged(trouble: &Trouble) -> MailFailure {
    let for_good = match trouble {
        Trouble::Smtp(error) => {
            error.status().is_some_and(|code| matches!(code.severity, Severity::PermanentNegativeCompletion))
        }
        Trouble::TimedOut => false,
    };
    let cause = trouble.cause("SMTP");
    if for_good { MailFailure::Refused(cause) } else { MailFailure::Later(cause) }
}
