//! Every failure of the transport, and how it is read.

use std::sync::Arc;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::rig::{MemoryFeed, clock, limits, message_for, networked};
use crate::{ConnectionSettings, Connector, Http, LookUp, Outcome, PlatformKind, connect, fake};

pub(super) fn connector(kind: PlatformKind, address: &str, allow_private_hosts: bool) -> Box<dyn Connector> {
    let settings = ConnectionSettings {
        base_url: Some(address.parse().unwrap()),
        // A name for some, an id for others.
        username: Some("104520000000017".to_owned()),
        allow_private_hosts,
        ..ConnectionSettings::default()
    };
    let http = Http::new(limits()).unwrap();
    let (secret, feed) = (Some(fake::FakePlatform::secret()), Arc::new(MemoryFeed::default()));
    connect(kind, &settings, secret, &http, feed, clock()).unwrap()
}

async fn publish(kind: PlatformKind, address: &str, allow_private_hosts: bool) -> (Outcome, LookUp) {
    let connector = connector(kind, address, allow_private_hosts);
    let message = message_for(kind, "k");
    (connector.publish(&message).await, connector.look_up(&message).await)
}

fn code(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::NotSent { cause, .. } => ("not sent", &cause.code),
        Outcome::Refused(cause) => ("refused", &cause.code),
        Outcome::Delivered(_) => ("delivered", ""),
        Outcome::CredentialRejected(cause) => ("credential", &cause.code),
        Outcome::Unknown(cause) => ("unknown", &cause.code),
        Outcome::Preparing { .. } => ("preparing", ""),
    }
}

/// A listener that answers everything with the same bytes.
pub(super) async fn answering(bytes: &'static [u8]) -> (String, tokio::task::JoinSet<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut serving = tokio::task::JoinSet::new();
    serving.spawn(async move {
        // Kept open: closing with unread bytes would reset the connection under the answer.
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            stream.read_u8().await.unwrap();
            stream.write_all(bytes).await.unwrap();
            kept.push(stream);
        }
    });
    (address, serving)
}

#[tokio::test]
async fn a_request_that_never_left_was_not_sent() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (plain, _serving) = answering(b"this is no TLS at all").await;
    let rows = [
        (format!("http://{free}"), true, ("not sent", "CONNECT_FAILED")),
        ("https://nothing.invalid".to_owned(), false, ("not sent", "DNS_FAILED")),
        (format!("https://{plain}"), true, ("not sent", "TLS_FAILED")),
        (format!("https://{plain}"), false, ("refused", "ADDRESS_REFUSED")),
        ("https://localhost".to_owned(), false, ("refused", "ADDRESS_REFUSED")),
        ("https://[::1]".to_owned(), false, ("refused", "ADDRESS_REFUSED")),
        ("http://169.254.169.254".to_owned(), true, ("refused", "ADDRESS_REFUSED")),
    ];
    for kind in networked() {
        for (address, private, expected) in &rows {
            let (outcome, found) = publish(kind, address, *private).await;
            assert_eq!(code(&outcome), *expected, "{kind} {address}");
            assert_ne!(found, LookUp::Absent, "{kind} {address}");
            let host = address.split_once("//").unwrap().1;
            assert!(!format!("{outcome:?}{found:?}").contains(host), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_redirect_elsewhere_is_not_followed() {
    let rows: [(&[u8], &str); 2] = [
        (
            b"HTTP/1.1 301 Moved\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "REDIRECTED_ELSEWHERE",
        ),
        (
            b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            "REDIRECTED_TOO_OFTEN",
        ),
    ];
    for (bytes, expected) in rows {
        let (address, _serving) = answering(bytes).await;
        let address = format!("http://{address}");
        let (outcome, _) = publish(PlatformKind::WordPress, &address, true).await;
        assert_eq!(code(&outcome), ("refused", expected));
        for kind in [PlatformKind::Bluesky, PlatformKind::LinkedIn, PlatformKind::X, PlatformKind::YouTube] {
            let (outcome, _) = publish(kind, &address, true).await;
            assert_eq!(code(&outcome), ("refused", "REDIRECTED"), "{kind}");
        }
    }
}
