//! YouTube's Data API as whoever the token belongs to: an authenticated call, and a piece of an upload. It does not know films.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use reqwest::{
    Method, RequestBuilder,
    header::{self, HeaderName},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use url::Url;

use super::failure;
use crate::{
    clock::Clock,
    http::{Http, HttpLimits, Line, answer::Answer, failure::Failure, guard},
    settings::{ConnectError, ConnectionSettings},
};

const HOME: &str = "https://www.googleapis.com";

#[derive(Debug)]
pub(super) struct Api {
    line: Line,
    base: Url,
    settings: ConnectionSettings,
    token: SecretString,
    clock: Arc<dyn Clock>,
}

/// What a piece of an upload carries, and how long it may take.
pub(super) struct Piece<'a> {
    pub(super) content: Bytes,
    pub(super) media_type: &'a str,
    /// `Content-Range`.
    pub(super) range: String,
    pub(super) within: Duration,
}

impl Api {
    pub(super) fn new(
        settings: &ConnectionSettings,
        secret: Option<SecretString>,
        http: &Http,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, ConnectError> {
        let mut settings = settings.clone();
        if settings.base_url.is_none() {
            settings.base_url = Url::parse(HOME).ok();
        }
        Ok(Self {
            base: settings.checked_base()?,
            line: http.line(settings.allow_private_hosts),
            token: secret.ok_or(ConnectError::CredentialMissing)?,
            settings,
            clock,
        })
    }

    pub(super) fn limits(&self) -> &HttpLimits {
        self.line.limits()
    }

    /// How long nothing more is to be asked, as the last answer said.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.line.wait()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn get(&self, route: &str, query: &[(&str, &str)]) -> Result<Answer, Failure> {
        self.call(Method::GET, route, query, None).await
    }

    pub(super) async fn call(
        &self,
        method: Method,
        route: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let request = self.request(method, self.address(route, query));
        let request = body.into_iter().fold(request, RequestBuilder::json);
        failure::checked(self.line.exchange(request).await?, self.now())
    }

    /// Asks for an upload. The answer names an address in its `Location`.
    pub(super) async fn ask_for_upload(
        &self,
        query: &[(&str, &str)],
        body: &Value,
        length: u64,
        media_type: &str,
    ) -> Result<Answer, Failure> {
        let request = self.request(Method::POST, self.address("/upload/youtube/v3/videos", query)).json(body);
        let request = request
            .header(HeaderName::from_static("x-upload-content-length"), length)
            .header(HeaderName::from_static("x-upload-content-type"), media_type);
        failure::checked(self.line.exchange(request).await?, self.now())
    }

    /// The address of an upload, as it was told. The token goes there too, so it must be the channel's own site.
    pub(super) fn upload_address(&self, told: Option<&str>) -> Result<Url, Failure> {
        let Some(told) = told else {
            return Err(Failure::not_sent("GARBAGE_ANSWER", "the platform told no address for the upload"));
        };
        let url = Url::parse(told).ok().filter(|url| self.settings.check(url).is_ok());
        url.filter(|url| guard::same_site(&self.base, url)).ok_or_else(|| {
            let detail = "the platform told an address for the upload that is not on its own site";
            Failure::refused("UPLOAD_ADDRESS_REFUSED", detail)
        })
    }

    /// Sends captions with what is said of them, in one request as Google takes it: the answer whatever its status.
    pub(super) async fn send_captions(
        &self,
        method: Method,
        body: &Value,
        content: &[u8],
        boundary: &str,
    ) -> Result<Answer, Failure> {
        let said = format!("--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{body}\r\n");
        let file = format!("--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n");
        let end = format!("\r\n--{boundary}--\r\n");
        let query = [("uploadType", "multipart"), ("part", "snippet")];
        let request = self
            .request(method, self.address("/upload/youtube/v3/captions", &query))
            .header(header::CONTENT_TYPE, format!("multipart/related; boundary={boundary}"))
            .body([said.as_bytes(), file.as_bytes(), content, end.as_bytes()].concat());
        self.line.exchange(request).await
    }

    /// Sends a piece to an upload's address: the answer whatever its status.
    pub(super) async fn put(&self, place: &Url, piece: Piece<'_>) -> Result<Answer, Failure> {
        let request = self
            .request(Method::PUT, place.clone())
            .header(header::CONTENT_TYPE, piece.media_type)
            .header(header::CONTENT_RANGE, piece.range)
            .header(header::CONTENT_LENGTH, piece.content.len())
            .body(piece.content)
            .timeout(piece.within);
        self.line.exchange(request).await
    }

    /// What the status and the reasons of an answer say.
    pub(super) fn checked(&self, answer: Answer) -> Result<Answer, Failure> {
        failure::checked(answer, self.now())
    }

    fn request(&self, method: Method, url: Url) -> RequestBuilder {
        self.line.request(method, url).bearer_auth(self.token.expose_secret())
    }

    fn address(&self, route: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{route}", self.base.path().trim_end_matches('/')));
        url.set_query(None);
        url.query_pairs_mut().extend_pairs(query);
        url
    }
}

/// A deletion is answered with nothing at all; whoever says something else is not the platform.
pub(super) fn done(answer: &Answer) -> Result<(), Failure> {
    if answer.body.is_empty() {
        return Ok(());
    }
    let detail = "the platform's answer cannot be read";
    Err(Failure::unknown("GARBAGE_ANSWER", detail).with_status(answer.status))
}
