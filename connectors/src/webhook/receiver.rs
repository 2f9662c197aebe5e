//! One receiver: its address, and one signed request. It does not know what a message says.

use std::sync::Arc;

use reqwest::{Method, RequestBuilder, header};
use secrecy::SecretString;
use url::Url;

use super::signature::Signer;
use crate::{
    clock::Clock,
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure},
    message::Message,
    settings::{ConnectError, ConnectionSettings},
};

#[derive(Debug)]
pub(super) struct Receiver {
    line: Line,
    address: Url,
    signer: Signer,
    clock: Arc<dyn Clock>,
    channel: Channel,
}

/// Which channel sends, as the receiver is told.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) id: Option<String>,
    pub(super) handle: Option<String>,
}

/// What is asked without a body. It stands in the address, and is what is signed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    Ping,
    Key(&'a str),
    Id(&'a str),
}

impl<'a> Question<'a> {
    fn pair(self) -> (&'static str, &'a str) {
        match self {
            Self::Ping => ("ping", "1"),
            Self::Key(key) => ("key", key),
            Self::Id(id) => ("id", id),
        }
    }
}

impl Receiver {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        Ok(Self {
            line: http.line(settings.allow_private_hosts),
            address: settings.checked_base()?,
            signer: Signer::new(&secret.ok_or(ConnectError::CredentialMissing)?),
            clock,
            channel: Channel { id: settings.channel_id.clone(), handle: settings.channel_handle.clone() },
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<std::time::Duration> {
        self.line.wait()
    }

    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// What it is called while it says no name.
    pub(super) fn name(&self) -> String {
        self.address.host_str().unwrap_or_default().to_owned()
    }

    /// Where an answer says that the message is.
    pub(super) fn location(&self, answer: &Answer) -> Option<String> {
        let url = self.address.join(answer.header(header::LOCATION)?).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| url.to_string())
    }

    /// Sends a document, and gives the answer whatever its status.
    pub(super) async fn deliver(
        &self,
        method: Method,
        message: &Message,
        document: Vec<u8>,
    ) -> Result<Answer, Failure> {
        let mut request = self.signed(method, self.address.clone(), &document);
        request = request.header("idempotency-key", &message.idempotency_key);
        if let Some(due) = message.due_at {
            request = request.header("x-due-ms", due.timestamp_millis());
        }
        if !message.media.is_empty() {
            // Nothing goes before this request, so it may take the time of what would.
            request = request.timeout(self.limits().longest_publish());
        }
        self.line.exchange(request.header(header::CONTENT_TYPE, "application/json").body(document)).await
    }

    /// Asks something, and gives the answer whatever its status.
    pub(super) async fn ask(&self, method: Method, question: Question<'_>) -> Result<Answer, Failure> {
        let (name, value) = question.pair();
        let mut url = self.address.clone();
        url.query_pairs_mut().append_pair(name, value);
        let content = format!("{method} {name}={value}");
        self.line.exchange(self.signed(method, url, content.as_bytes())).await
    }

    fn signed(&self, method: Method, url: Url, content: &[u8]) -> RequestBuilder {
        let signature = self.signer.sign(self.clock.now(), content);
        let mut request = self
            .line
            .request(method, url)
            .header("x-masthead-timestamp", signature.timestamp)
            .header("x-masthead-signature", signature.value);
        if let Some(id) = &self.channel.id {
            request = request.header("x-channel", id);
        }
        request
    }
}
