//! A request as the fake platform reads it, and its reply in bytes. It does not know any dialect.

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, BufReader},
    net::TcpStream,
};
use url::Url;

/// One request, whole.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: Url,
    head: String,
    body: Vec<u8>,
}

impl Request {
    /// `None` when the connection ends before the request does.
    pub(super) async fn read(stream: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let mut first = head.lines().next()?.split(' ');
        let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
        let url = Url::parse("http://fake").ok()?.join(&target).ok()?;
        let mut request = Self { method, url, head, body: Vec::new() };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        request.body.resize(length, 0);
        stream.read_exact(&mut request.body).await.ok()?;
        Some(request)
    }

    pub(super) fn header(&self, wanted: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    }

    /// The path's parts.
    pub(super) fn route(&self) -> (&str, Vec<&str>) {
        (self.method.as_str(), self.url.path().split('/').filter(|part| !part.is_empty()).collect())
    }

    pub(super) fn query(&self, wanted: &str) -> Option<String> {
        self.url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as it came.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// A text field of a form with files.
    pub(super) fn form(&self, wanted: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body);
        let (_, from) = body.split_once(&format!("name=\"{wanted}\""))?;
        let (_, value) = from.split_once("\r\n\r\n")?;
        Some(value.split_once("\r\n--")?.0.to_owned())
    }

    /// The content of a file in a form.
    pub(super) fn file(&self, wanted: &str) -> Option<&[u8]> {
        let (_, boundary) = self.header("content-type")?.split_once("boundary=")?;
        let after = |from: &[u8], mark: &str| {
            let at = from.windows(mark.len()).position(|window| window == mark.as_bytes())?;
            Some(at + mark.len())
        };
        let part = self.body.get(after(&self.body, &format!("name=\"{wanted}\""))?..)?;
        let content = part.get(after(part, "\r\n\r\n")?..)?;
        let end = format!("\r\n--{boundary}");
        content.get(..after(content, &end)?.checked_sub(end.len())?)
    }

    pub(super) fn body_contains(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// A reply before it is written.
#[derive(Debug)]
pub(super) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::raw(status, body.to_string().into_bytes()).with("Content-Type", "application/json".to_owned())
    }

    pub(super) fn raw(status: u16, body: Vec<u8>) -> Self {
        Self { status, headers: Vec::new(), body }
    }

    /// What it says, otherwise, where that is JSON.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Value)) {
        if let Ok(mut said) = serde_json::from_slice(&self.body) {
            change(&mut said);
            self.body = said.to_string().into_bytes();
        }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(super) fn into_bytes(self, date: DateTime<Utc>, without_body: bool) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Answer\r\nConnection: close\r\n", self.status);
        let date = ("Date", date.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        let length = ("Content-Length", self.body.len().to_string());
        for (name, value) in self.headers.into_iter().chain([date, length]) {
            head.extend([name, ": ", &value, "\r\n"]);
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if !without_body {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}
