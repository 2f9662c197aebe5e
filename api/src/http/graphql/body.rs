//! A request's body: read up to a limit, JSON up to a depth, one operation and no batch. Knows its form, not its meaning.

use actix_web::{
    http::StatusCode,
    web::{Bytes, BytesMut, Payload},
};
use futures::StreamExt as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Stopped;
use crate::error::Code;

/// One operation, as a client sends it.
#[derive(Debug, Deserialize)]
pub(in crate::http) struct Operation {
    pub(in crate::http) query: String,
    #[serde(default, rename = "operationName")]
    pub(in crate::http) name: Option<String>,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub(in crate::http) variables: Map<String, Value>,
}

fn null_as_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a body of at most `limit` bytes.
pub(super) async fn read(mut payload: Payload, limit: usize) -> Result<Bytes, Stopped> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken| bad("the body ended early"))?;
        if body.len() + chunk.len() > limit {
            let message = format!("the body is longer than {limit} bytes");
            return Err(Stopped::new(StatusCode::PAYLOAD_TOO_LARGE, Code::BadRequest, message));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The body did not arrive in time.
pub(super) fn too_slow() -> Stopped {
    let message = "the body did not arrive in time: send it at once";
    Stopped::new(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message)
}

/// Reads the operation.
pub(super) fn parse(body: &[u8], depth: usize) -> Result<Operation, Stopped> {
    if deepest(body) > depth {
        return Err(bad(format!("the body nests deeper than {depth}")));
    }
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'[') {
        return Err(bad("send one operation a request: batches are not taken"));
    }
    let form = "send {\"query\": …, \"operationName\": …, \"variables\": {…}}";
    serde_json::from_slice(body).map_err(|error| bad(format!("{form}: {error}")))
}

fn bad(message: impl Into<String>) -> Stopped {
    Stopped::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
}

/// How deep the brackets of a JSON text nest, without reading it otherwise.
pub(in crate::http) fn deepest(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        if in_text {
            in_text = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_of_texts() {
        assert_eq!(deepest(br#"{"a": [1, {"b": "[[[ \" {{"}], "c": []}"#), 3);
        assert_eq!(deepest(b"[[[["), 4);
    }

    #[test]
    fn one_operation_is_read_and_nothing_else() {
        let operation = parse(br#" {"query": "{a}", "variables": null, "extensions": {}} "#, 64).unwrap();
        assert!(operation.variables.is_empty());
        for wrong in
            [&b"[]"[..], b"{}", b"", b"\"a\"", br#"{"query": 1}"#, br#"{"query": "a", "variables": []}"#]
        {
            assert_eq!(parse(wrong, 64).unwrap_err().status, StatusCode::BAD_REQUEST);
        }
    }
}
