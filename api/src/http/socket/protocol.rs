//! The messages of `graphql-transport-ws`, and why a socket closes. Pure.

use std::borrow::Cow;

use async_graphql::{Response, ServerError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::http::graphql::{self, Operation};

/// Why a socket closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    pub(super) reason: Cow<'static, str>,
}

impl Close {
    pub(super) fn new(code: u16, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// What the client sent is not of the protocol.
    pub(super) fn invalid(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(4400, what)
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(4401, "Unauthorized")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(4403, "Forbidden")
    }

    pub(super) fn late() -> Self {
        Self::new(4408, "Connection initialisation timeout")
    }

    pub(super) fn duplicate(id: &str) -> Self {
        Self::new(4409, format!("Subscriber for {id} already exists"))
    }

    pub(super) fn twice() -> Self {
        Self::new(4429, "Too many initialisation requests")
    }

    /// The service stops; connect again.
    pub(super) fn restart() -> Self {
        Self::new(1012, "Service restart")
    }

    pub(super) fn too_big() -> Self {
        Self::new(1009, "Message too big")
    }
}

/// What a client sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Incoming {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Value>,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Operation,
    },
    Complete {
        id: String,
    },
}

impl Incoming {
    /// Reads a message.
    pub(super) fn read(text: &str, depth: usize) -> Result<Self, Close> {
        if graphql::deepest(text.as_bytes()) > depth {
            return Err(Close::invalid("Invalid message: nested too deep"));
        }
        let message: Self = serde_json::from_str(text).map_err(|_form| Close::invalid("Invalid message"))?;
        match &message {
            Self::Subscribe { id, .. } if id.is_empty() || id.len() > 128 => {
                Err(Close::invalid("Invalid message: an id has 1 to 128 characters"))
            }
            _ => Ok(message),
        }
    }
}

/// What the service sends.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    ConnectionAck {},
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Value>,
    },
    Next {
        id: &'a str,
        payload: &'a Response,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_protocol_are_read_and_others_close_with_4400() {
        for good in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":{"authorization":"Bearer a"}}"#,
            r#"{"type":"ping","payload":{}}"#,
            r#"{"type":"pong"}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"subscription {a}"}}"#,
            r#"{"type":"complete","id":"1"}"#,
        ] {
            assert!(Incoming::read(good, 64).is_ok(), "{good}");
        }
        for bad in [
            "",
            "[]",
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"subscribe","payload":{"query":"a"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"a"}}"#,
            r#"{"type":"connection_init","payload":[]}"#,
        ] {
            assert_eq!(Incoming::read(bad, 64).unwrap_err().code, 4400, "{bad}");
        }
    }

    #[test]
    fn messages_are_written_as_the_protocol_has_them() {
        let ack = serde_json::to_string(&Outgoing::ConnectionAck {}).unwrap();
        assert_eq!(ack, r#"{"type":"connection_ack"}"#);
        let done = serde_json::to_string(&Outgoing::Complete { id: "1" }).unwrap();
        assert_eq!(done, r#"{"type":"complete","id":"1"}"#);
    }
}
