//! Signing in as everybody does: by the API, over the wire. A dozen lines of HTTP to our own address, so that the demo
//! needs no client library and mints no token by itself.

use std::net::SocketAddr;

use anyhow::{Context as _, anyhow};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{people::Person, story::Story};

/// What to send as `Authorization: Bearer …`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tokens {
    pub(super) administrator: String,
    pub(super) coordinator: String,
    pub(super) project_manager: String,
    pub(super) member: String,
    pub(super) other_office: String,
    pub(super) integration: String,
}

/// A token for each role.
pub(super) async fn sign_everybody_in(at: SocketAddr, story: &Story) -> anyhow::Result<Tokens> {
    Ok(Tokens {
        administrator: sign_in(at, &story.administrator).await?,
        coordinator: sign_in(at, &story.coordinator).await?,
        project_manager: sign_in(at, &story.project_manager).await?,
        member: sign_in(at, &story.member).await?,
        other_office: sign_in(at, &story.other_office).await?,
        integration: story.integration.expose_secret().to_owned(),
    })
}

async fn sign_in(at: SocketAddr, person: &Person) -> anyhow::Result<String> {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }";
    let input = json!({ "email": person.email, "password": person.password.expose_secret(), "office": person.office });
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();
    let answer = post(at, &body).await.context("the demo could not reach its own API")?;
    let token = answer.pointer("/data/signIn/session/accessToken").and_then(Value::as_str);
    token.map(str::to_owned).ok_or_else(|| anyhow!("{} could not sign in: {answer}", person.email))
}

async fn post(at: SocketAddr, body: &str) -> anyhow::Result<Value> {
    let mut connection = TcpStream::connect(at).await?;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {at}\r\ncontent-type: application/json\r\naccept: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(body.as_bytes()).await?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await?;
    let start = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(0, |at| at + 4);
    Ok(serde_json::from_slice(answer.get(start..).unwrap_or_default())?)
}
